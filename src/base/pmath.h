/* base/pmath.h — portable mathematics: the same bits with every compiler, option and libm.
 * Only + - * / sqrt, comparisons and bit work; no libm call but sqrt, fabs and floor, which are exact. Compiled with
 * -ffp-contract=off like everything. Errors in ulp against glibc are measured in tests/unit/base/pmath_test.c.
 * Out of range: pm_exp clamps to 0 below -745 and gives inf above 709.78; pm_ln of 0 is -inf, of a negative number NaN (callers
 * that answer to people check first). */
#ifndef BASE_PMATH_H
#define BASE_PMATH_H

double pm_exp(double x);                 /* <= 1 ulp */
double pm_ln(double x);                  /* <= 1 ulp */
double pm_log10(double x);
double pm_pow(double x, double y);       /* <= 2 ulp by a logarithm in two doubles; y = -1, 1/2, 1..4 by the obvious operations; exact results come out exact */
double pm_sin(double x), pm_cos(double x), pm_tan(double x);     /* |x| <= 1e6 reduced in three parts; beyond, less exact but the same bits */
double pm_asin(double x), pm_acos(double x), pm_atan(double x);
double pm_sqrt(double x), pm_floor(double x), pm_trunc(double x);
double pm_round(double x);               /* halves away from zero */
double pm_mod(double a, double b);       /* sign of b; b != 0 */
double pm_normal_quantile(double p);     /* within 1e-15 of itself; p in (0, 1) */
double pm_normal_cdf(double z);

#endif
