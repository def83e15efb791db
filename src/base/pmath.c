/* base/pmath.c — portable mathematics, written for the same bits everywhere first and for the last half ulp second.
 * Series are Taylor's with coefficients that anyone can check (1/n!, 2/(2n+1), 1/(2n+1)); precision comes from carrying the rounding
 * error of the leading terms in a second double. No fused multiply-add may be made of this: see the flags in the Makefile.
 * An order of operations changed here is a changed rule: it moves the hash of every recorded game. */
#include "base/pmath.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pmath_tail.h"

_Static_assert(FLT_EVAL_METHOD == 0, "doubles must be computed as doubles (on 32-bit x86: -msse2 -mfpmath=sse)");

#define NOT_A_NUMBER ((double)NAN)
#define ENDLESS ((double)INFINITY)

static const double LOG2_E = 0x1.71547652b82fep+0;
static const double LN2_HIGH = 0x1.62e42fefa2000p-1, LN2_LOW = 0x1.9ef35793c7673p-41;     /* 40 bits: times any exponent is exact */
static const double PI_2 = 0x1.921fb54442d18p+0, PI_2_LOW = 0x1.1a62633145c07p-54, TWO_PI = 0x1.921fb54442d18p+2;

/* Bits */

static uint64_t bits_of(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static double of_bits(uint64_t u)
{
    double x;
    memcpy(&x, &u, sizeof x);
    return x;
}

static bool finite_(double x)
{
    return x - x == 0;
}

static double times_two_to(double x, int k)                      /* |k| <= 2044, rounded once where the result is subnormal */
{
    if (k > 1023)
        return x * 0x1p1023 * of_bits((uint64_t)(1023 + k - 1023) << 52);
    if (k < -1022)
        return x * of_bits((uint64_t)(1023 + k + 1022) << 52) * 0x1p-1022;
    return x * of_bits((uint64_t)(1023 + k) << 52);
}

/* x = m * 2^k with m in [sqrt(1/2), sqrt(2)); x > 0 and finite. */
static double split_power(double x, int *k)
{
    int shift = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        shift = -54;
    }
    uint64_t u = bits_of(x);
    int e = (int)(u >> 52) - 1023;
    double m = of_bits((u & 0xFFFFFFFFFFFFFu) | (uint64_t)1023 << 52);
    if (m >= 0x1.6a09e667f3bcdp+0) {
        m *= 0.5;
        e++;
    }
    *k = e + shift;
    return m;
}

/* Sums and products in two doubles */

struct pair { double high, low; };

static struct pair pair_fast(double a, double b)                 /* |a| >= |b| */
{
    double s = a + b;
    return (struct pair){s, b - (s - a)};
}

static struct pair pair_sum(double a, double b)
{
    double s = a + b, c = s - a;
    return (struct pair){s, (a - (s - c)) + (b - c)};
}

static struct pair pair_product(double a, double b)              /* Dekker; |a|, |b| below 2^990 */
{
    double p = a * b, ta = a * 134217729.0, tb = b * 134217729.0;
    double ah = ta - (ta - a), al = a - ah, bh = tb - (tb - b), bl = b - bh;
    return (struct pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static struct pair pair_times(struct pair a, struct pair b)
{
    struct pair p = pair_product(a.high, b.high);
    return pair_fast(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static struct pair pair_plus(struct pair a, struct pair b)
{
    struct pair s = pair_sum(a.high, b.high);
    return pair_fast(s.high, s.low + (a.low + b.low));
}

/* Exponential */

static double exp_series(double r)                               /* exp(r) - 1 - r for |r| <= 0.35 */
{
    double p = 1.0 / 6227020800;
    p = p * r + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 1.0 / 2;
    return r * r * p;
}

static double exp_pair(double x, double low)                     /* exp(x + low), low far below x */
{
    if (!(x < 709.79))
        return x != x ? x : ENDLESS;
    if (x < -745.14)
        return 0;
    int k = (int)(x * LOG2_E + (x < 0 ? -0.5 : 0.5));
    double high = x - k * LN2_HIGH, less = k * LN2_LOW - low;    /* the first is exact */
    double r = high - less, c = (high - r) - less;
    struct pair one = pair_fast(1, r);
    double y = one.high + (one.low + (exp_series(r) + (c + c * r)));
    return times_two_to(y, k);
}

double pm_exp(double x)
{
    return exp_pair(x, 0);
}

/* Logarithms */

static double ln_series(double z)                                /* 2/3 z + 2/5 z^2 + ...: what ln((1+s)/(1-s)) = 2s + s*this lacks; z = s*s */
{
    double p = 2.0 / 25;
    p = p * z + 2.0 / 23;
    p = p * z + 2.0 / 21;
    p = p * z + 2.0 / 19;
    p = p * z + 2.0 / 17;
    p = p * z + 2.0 / 15;
    p = p * z + 2.0 / 13;
    p = p * z + 2.0 / 11;
    p = p * z + 2.0 / 9;
    p = p * z + 2.0 / 7;
    p = p * z + 2.0 / 5;
    p = p * z + 2.0 / 3;
    return z * p;
}

/* What a logarithm says outside (0, inf): true and the answer. */
static bool ln_outside(double x, double *answer)
{
    if (x > 0 && finite_(x))
        return false;
    *answer = x == 0 ? -ENDLESS : x > 0 || x != x ? x : NOT_A_NUMBER;
    return true;
}

double pm_ln(double x)
{
    double answer;
    int k;
    if (ln_outside(x, &answer))
        return answer;
    double f = split_power(x, &k) - 1;                           /* exact */
    double s = f / (2 + f), half = 0.5 * f * f;
    /* ln(1 + f) = f - (f*f/2 - s * (f*f/2 + series)): f is exact, so only small terms carry errors. */
    double small = half - (s * (half + ln_series(s * s)) + k * LN2_LOW);
    return k * LN2_HIGH - (small - f);
}

static struct pair ln_pair(double x)                             /* ln x to some 65 bits; x in (0, inf) */
{
    int k;
    double m = split_power(x, &k), f = m - 1;
    struct pair d = pair_fast(2, f);                             /* 2 + f */
    double s = f / d.high;
    struct pair back = pair_product(s, d.high);
    struct pair two_s = {2 * s, 2 * ((((f - back.high) - back.low) - s * d.low) / d.high)};
    struct pair z = pair_times((struct pair){s, 0.5 * two_s.low}, (struct pair){s, 0.5 * two_s.low});
    double q = z.high, p = 1.0 / 25;
    p = p * q + 1.0 / 23;
    p = p * q + 1.0 / 21;
    p = p * q + 1.0 / 19;
    p = p * q + 1.0 / 17;
    p = p * q + 1.0 / 15;
    p = p * q + 1.0 / 13;
    p = p * q + 1.0 / 11;
    p = p * q + 1.0 / 9;
    p = p * q + 1.0 / 7;
    p = p * q + 1.0 / 5;
    struct pair third = pair_times(z, (struct pair){0x1.5555555555555p-2, 0x1.5555555555555p-56});
    struct pair sum = pair_plus(pair_fast(1, third.high), (struct pair){q * q * p, third.low});
    struct pair l = pair_times(two_s, sum);
    struct pair whole = pair_fast(k * LN2_HIGH, k * LN2_LOW);
    return pair_plus(whole, l);
}

double pm_log10(double x)
{
    double answer;
    if (ln_outside(x, &answer))
        return answer;
    struct pair l = pair_times(ln_pair(x), (struct pair){0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57});
    return l.high + l.low;
}

/* Powers */

static bool is_whole(double y)
{
    return floor(y) == y;
}

static double pow_of_positive(double x, double y)
{
    struct pair l = ln_pair(x);
    double about = y * l.high;
    if (about > 710)
        return ENDLESS;
    if (about < -746)
        return 0;
    struct pair p = pair_product(y, l.high);
    struct pair e = pair_fast(p.high, p.low + y * l.low);
    return exp_pair(e.high, e.low);
}

double pm_pow(double x, double y)
{
    if (y == 0 || x == 1)
        return 1;
    if (x != x || y != y)
        return x + y;
    /* Short ones by multiplication, each within 2 ulp, so that whoever writes x * x gets the bits of pow(x, 2). */
    if (y == 1)
        return x;
    if (y == 2)
        return x * x;
    if (y == 3)
        return x * x * x;
    if (y == 4)
        return (x * x) * (x * x);
    if (y == -1)
        return 1 / x;
    if (y == 0.5 && x >= 0)
        return sqrt(x);
    double size = fabs(x);
    bool odd = is_whole(y) && !is_whole(y * 0.5), negative = odd && (x < 0 || (x == 0 && 1 / x < 0));
    double result;
    if (!finite_(y))
        return size == 1 ? 1 : (size > 1) == (y > 0) ? ENDLESS : 0;
    if (size == 0 || !finite_(size))
        result = (size == 0) == (y < 0) ? ENDLESS : 0;
    else if (x < 0 && !is_whole(y))
        return NOT_A_NUMBER;
    else
        result = size == 1 ? 1 : pow_of_positive(size, y);
    return negative ? -result : result;
}

/* Circle */

static double sin_near(double r, double low)                     /* |r| <= pi/4 */
{
    double z = r * r, p = 1.0 / 355687428096000;
    p = p * z - 1.0 / 1307674368000;
    p = p * z + 1.0 / 6227020800;
    p = p * z - 1.0 / 39916800;
    p = p * z + 1.0 / 362880;
    p = p * z - 1.0 / 5040;
    p = p * z + 1.0 / 120;
    p = p * z - 1.0 / 6;
    return r + (r * z * p + low * (1 - 0.5 * z));
}

static double cos_near(double r, double low)
{
    double z = r * r, p = -1.0 / 6402373705728000;
    p = p * z + 1.0 / 20922789888000;
    p = p * z - 1.0 / 87178291200;
    p = p * z + 1.0 / 479001600;
    p = p * z - 1.0 / 3628800;
    p = p * z + 1.0 / 40320;
    p = p * z - 1.0 / 720;
    p = p * z + 1.0 / 24;
    double half = 0.5 * z, w = 1 - half;
    return w + (((1 - w) - half) + (z * z * p - r * low));
}

/* The quarter of the circle (0..3) and what is left, in two doubles. */
static int quarter_of(double x, struct pair *left)
{
    if (fabs(x) > 1e6)
        x = pm_mod(x, TWO_PI);                                   /* keeps the bits the same, not their meaning at 1e15 */
    double n = floor(x * 0x1.45f306dc9c883p-1 + 0.5);
    double t = x - n * 0x1.921fb54400000p+0;                     /* three parts of 33 bits: products by n are exact */
    struct pair a = pair_sum(t, -(n * 0x1.0b4611a600000p-34));
    struct pair b = pair_sum(a.high, -(n * 0x1.3198a2e000000p-69));
    *left = pair_fast(b.high, b.low + (a.low - n * 0x1.b839a252049c1p-104));
    return (int)((int64_t)n & 3);
}

double pm_sin(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    int quarter = quarter_of(x, &r);
    double y = quarter & 1 ? cos_near(r.high, r.low) : sin_near(r.high, r.low);
    return quarter & 2 ? -y : y;
}

double pm_cos(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    int quarter = quarter_of(x, &r);
    double y = quarter & 1 ? sin_near(r.high, r.low) : cos_near(r.high, r.low);
    return quarter == 1 || quarter == 2 ? -y : y;
}

double pm_tan(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    int quarter = quarter_of(x, &r);
    double s = sin_near(r.high, r.low), c = cos_near(r.high, r.low);
    return quarter & 1 ? -c / s : s / c;
}

static double atan_near(double t)                                /* t - atan(t) for |t| <= 7/16 */
{
    double z = t * t, p = 0;
    for (int n = 47; n >= 3; n -= 2)
        p = 1.0 / n - z * p;
    return t * z * p;
}

double pm_atan(double x)
{
    double size = fabs(x), high = 0, low = 0, t = size, y;
    if (x != x)
        return x;
    if (size >= 2.4375) {
        high = PI_2, low = PI_2_LOW, t = -1 / size;
    } else if (size >= 1.1875) {
        high = 0x1.f730bd281f69bp-1, low = 0x1.007887af0cbbdp-56, t = (size - 1.5) / (1 + 1.5 * size);
    } else if (size >= 0.6875) {
        high = 0.5 * PI_2, low = 0.5 * PI_2_LOW, t = (size - 1) / (size + 1);
    } else if (size >= 0.4375) {
        high = 0x1.dac670561bb4fp-2, low = 0x1.a2b7f222f65e2p-56, t = (2 * size - 1) / (2 + size);
    }
    y = high + (t - (atan_near(t) - low));
    return x < 0 ? -y : high == 0 ? x - atan_near(x) : y;
}

double pm_asin(double x)
{
    if (!(fabs(x) <= 1))
        return NOT_A_NUMBER;
    if (fabs(x) == 1)
        return x * PI_2;
    return pm_atan(x / sqrt((1 - x) * (1 + x)));
}

double pm_acos(double x)
{
    if (!(fabs(x) <= 1))
        return NOT_A_NUMBER;
    return x == -1 ? 2 * PI_2 : 2 * pm_atan(sqrt((1 - x) / (1 + x)));
}

/* Whole numbers and remainders */

double pm_sqrt(double x)
{
    return sqrt(x);
}

double pm_floor(double x)
{
    return floor(x);
}

double pm_trunc(double x)
{
    return x < 0 ? -floor(-x) : floor(x);
}

double pm_round(double x)
{
    double size = fabs(x), whole = floor(size);
    if (size - whole >= 0.5)                                     /* the difference is exact; size + 0.5 would not be */
        whole += 1;
    return x < 0 ? -whole : whole;
}

/* The remainder of a by b, both > 0 and finite, exactly: long division in binary. */
static double remainder_of(double a, double b)
{
    int n = 0;
    double c = b;
    if (a < b)
        return a;
    while (c <= a * 0.5) {                                       /* halving a is exact here, since a >= 2c is far from subnormal or b is tiny */
        c *= 2;
        n++;
    }
    for (; n >= 0; n--, c *= 0.5)
        if (a >= c)
            a -= c;                                              /* exact: c <= a < 2c */
    return a;
}

double pm_mod(double a, double b)
{
    if (!finite_(a) || b != b || b == 0)
        return NOT_A_NUMBER;
    double r = finite_(b) ? remainder_of(fabs(a), fabs(b)) : fabs(a);
    if (r == 0)
        return 0;
    if ((a < 0) == (b < 0))
        return b < 0 ? -r : r;
    r = fabs(b) - r;
    return b < 0 ? -r : r;
}

/* The normal distribution */

static const double tail[TAIL_TERMS] = {TAIL_COEFFICIENTS};

static double tail_scaled(double a)                              /* exp(a*a/2) * Q(a) */
{
    double t = 2 * ((a - 4) / (a + 4)), b = 0, c = 0;
    for (int i = TAIL_TERMS - 1; i > 0; i--) {
        double next = tail[i] + (t * b - c);                     /* Clenshaw */
        c = b;
        b = next;
    }
    return (tail[0] + (0.5 * t * b - c)) / (1 + a);
}

static double bell(double a)                                     /* exp(-a*a/2) */
{
    if (a > 40)
        return 0;
    struct pair square = pair_product(a, a);
    return exp_pair(-0.5 * square.high, -0.5 * square.low);
}

double pm_normal_cdf(double z)
{
    if (z != z)
        return z;
    double a = fabs(z), q = a > 40 ? 0 : bell(a) * tail_scaled(a);
    return z > 0 ? 1 - q : q;
}

double pm_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -ENDLESS : p == 1 ? ENDLESS : NOT_A_NUMBER;
    double q = p < 0.5 ? p : 1 - p, a;                           /* the lower tail; 1 - p is exact from one half up */
    if (q < 0.02425) {
        double r = sqrt(-2 * pm_ln(q));
        double above = ((((-7.784894002430293e-03 * r - 3.223964580411365e-01) * r - 2.400758277161838e+00) * r
                         - 2.549732539343734e+00) * r + 4.374664141464968e+00) * r + 2.938163982698783e+00;
        double below = (((7.784695709041462e-03 * r + 3.224671290700398e-01) * r + 2.445134137142996e+00) * r
                        + 3.754408661907416e+00) * r + 1;
        a = above / below;
    } else {
        double c = q - 0.5, r = c * c;
        double above = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                          + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * c;
        double below = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                         + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1;
        a = above / below;
    }
    /* Acklam's is right to 1.2e-9; one step of Halley for the rest. a <= 0. */
    double e = bell(a), u = (e * tail_scaled(-a) - q) * 0x1.40d931ff62706p+1 / e;
    a -= u / (1 + 0.5 * a * u);
    return p < 0.5 ? a : -a;
}
