/* tests/unit/base/pmath_test.c — errors in units of the last place against the C library's long doubles, and one hash of everything
 * that must come out the same with every compiler and option. */
#include "unit.h"
#include "base/digest.h"
#include "base/pmath.h"
#include "base/rng.h"

#include <float.h>
#include <math.h>

enum { POINTS = 100000 };

static double ulps(double got, long double want)
{
    double near = (double)want;
    if (got == near || (isnan(got) && isnan(near)))
        return 0;
    if (!isfinite(got) || !isfinite(near))
        return 1e9;
    return (double)(fabsl(got - want) / (long double)(nextafter(fabs(near), INFINITY) - fabs(near)));
}

/* Valgrind and some machines have long doubles no better than doubles; the bounds then get the reference's own half ulp. */
static double slack(void)
{
    return LDBL_MANT_DIG > 60 ? 0 : 1;
}

#define WORST(low, high, ours, reference, bound)                                        \
    do {                                                                                \
        struct rng r_ = rng_at(11);                                                     \
        double worst_ = 0;                                                              \
        for (int i_ = 0; i_ < POINTS; i_++) {                                           \
            double x = (low) + ((high) - (low)) * rng_unit(&r_);                        \
            double e_ = ulps(ours, reference);                                          \
            worst_ = e_ > worst_ ? e_ : worst_;                                         \
        }                                                                               \
        print_message("  %-24s %.2f ulp over [%g, %g]\n", #ours, worst_, (double)(low), (double)(high)); \
        assert_true(worst_ <= (bound) + slack());                                       \
    } while (0)

TEST(exponential_and_logarithms_within_one_ulp)
{
    UNUSED_STATE;
    WORST(-1, 1, pm_exp(x), expl(x), 0.95);
    WORST(-700, 700, pm_exp(x), expl(x), 0.95);
    WORST(0.5, 2, pm_ln(x), logl(x), 0.9);
    WORST(0, 1e9, pm_ln(x), logl(x), 0.9);
    WORST(0, 1e-300, pm_ln(x), logl(x), 0.9);
    WORST(0, 1000, pm_log10(x), log10l(x), 0.6);
}

TEST(powers_within_one_ulp)
{
    UNUSED_STATE;
    WORST(0, 1000, pm_pow(x, 1.5), powl(x, 1.5L), 0.8);
    WORST(0, 1000, pm_pow(x, 3), powl(x, 3), 1.5);
    WORST(0, 1000, pm_pow(x, 4), powl(x, 4), 2);
    WORST(0.5, 2, pm_pow(x, 1000.25), powl(x, 1000.25L), 1);
    WORST(-500, 500, pm_pow(2.75, x), powl(2.75L, x), 1);
    WORST(-50000, 50000, pm_pow(0.9921875, x), powl(0.9921875L, x), 1);
    WORST(-50, 50, pm_pow(x, 13), powl(x, 13), 0.8);
}

TEST(circle_functions)
{
    UNUSED_STATE;
    WORST(-10, 10, pm_sin(x), sinl(x), 1);
    WORST(-10, 10, pm_cos(x), cosl(x), 1);
    WORST(-10, 10, pm_tan(x), tanl(x), 2.5);
    WORST(-1e6, 1e6, pm_sin(x), sinl(x), 1);
    WORST(-1e6, 1e6, pm_cos(x), cosl(x), 1);
    WORST(-5, 5, pm_atan(x), atanl(x), 1);
    WORST(-1, 1, pm_asin(x), asinl(x), 2.5);
    WORST(-1, 1, pm_acos(x), acosl(x), 2.5);
}

TEST(normal_distribution)
{
    UNUSED_STATE;
    WORST(-37, 0, pm_normal_cdf(x), 0.5L * erfcl(-x / sqrtl(2)), 5);
    WORST(-2, 8, pm_normal_cdf(x), 0.5L * erfcl(-x / sqrtl(2)), 5);
    struct rng r = rng_at(5);
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
        double p = rng_unit(&r) * (i & 1 ? 1 : 1e-9);
        double back = (double)(0.5L * erfcl(-(long double)pm_normal_quantile(p) / sqrtl(2)));
        double e = fabs(back - p) / (p < 0.5 ? p : 1 - p);
        worst = e > worst ? e : worst;
    }
    print_message("  quantile then cdf: %.2g of p\n", worst);
    assert_true(worst < 1e-13);
    assert_true(pm_normal_quantile(0.5) == 0);
    assert_true(pm_normal_quantile(0.25) == -pm_normal_quantile(0.75));
}

TEST(exact_results_come_out_exact)
{
    UNUSED_STATE;
    for (int base = -30; base <= 30; base++) {
        double want = 1;
        for (int k = 0; k <= 64 && fabs(want) < 9e15; k++, want *= base)
            assert_true(pm_pow(base, k) == want);
    }
    for (int k = -300; k <= 300; k++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", k);
        assert_true(pm_log10(strtod(text, NULL)) == k);
    }
    assert_true(pm_exp(0) == 1 && pm_ln(1) == 0 && pm_pow(9, 0.5) == 3 && pm_pow(4, 1.5) == 8 && pm_pow(8, -1) == 0.125);
}

TEST(edges_answer_as_promised)
{
    UNUSED_STATE;
    assert_true(pm_exp(-746) == 0 && isinf(pm_exp(710)) && isnan(pm_exp(NAN)) && pm_exp(-INFINITY) == 0);
    assert_true(pm_exp(-745) == 0x1p-1074 && pm_exp(709.78) < INFINITY);
    assert_true(pm_ln(0) == -INFINITY && isnan(pm_ln(-1)) && isinf(pm_ln(INFINITY)));
    assert_true(isnan(pm_pow(-2, 0.3)) && pm_pow(0, -2) == INFINITY && pm_pow(-2, 3) == -8 && pm_pow(0, 3) == 0);
    assert_true(pm_pow(2, INFINITY) == INFINITY && pm_pow(0.5, INFINITY) == 0 && pm_pow(10, 400) == INFINITY && pm_pow(10, -400) == 0);
    assert_true(isnan(pm_asin(1.5)) && isnan(pm_acos(-1.5)) && isnan(pm_sin(INFINITY)));
    assert_true(pm_asin(1) == 0x1.921fb54442d18p+0 && pm_acos(1) == 0 && pm_acos(-1) == 0x1.921fb54442d18p+1);
    assert_true(pm_atan(INFINITY) == 0x1.921fb54442d18p+0);
    assert_true(pm_round(0.49999999999999994) == 0 && pm_round(2.5) == 3 && pm_round(-2.5) == -3 && pm_round(4503599627370497.0) == 4503599627370497.0);
    assert_true(pm_trunc(-2.7) == -2 && pm_floor(-2.2) == -3);
    assert_true(pm_mod(-7, 3) == 2 && pm_mod(7, -3) == -2 && pm_mod(5.5, 2) == 1.5 && pm_mod(1e300, 7) == fmod(1e300, 7) && isnan(pm_mod(1, 0)));
}

TEST(remainders_are_exact)
{
    UNUSED_STATE;
    struct rng r = rng_at(9);
    for (int i = 0; i < 20000; i++) {
        double a = rng_unit(&r) * pm_exp(rng_unit(&r) * 60), b = rng_unit(&r) * pm_exp(rng_unit(&r) * 20);
        assert_true(pm_mod(a, b) == fmod(a, b));
    }
}

/* A hash over all functions on a grid. It is the same with gcc, clang, -O0 to -O3 and the sanitizers; if it moves, the rules moved. */
TEST(one_hash_for_every_compiler_and_option)
{
    UNUSED_STATE;
    struct rng r = rng_at(2017);
    struct digest d = digest_of("pmath", 5);
    for (int i = 0; i < 20000; i++) {
        double u = rng_unit(&r), x = (u - 0.5) * 40, y = pm_exp(x);
        double row[] = {y, pm_ln(y), pm_log10(y), pm_pow(y, u), pm_pow(u, x), pm_sin(x), pm_cos(x), pm_tan(x), pm_asin(u), pm_acos(u),
                        pm_atan(x), pm_round(x), pm_mod(x, u), pm_normal_quantile(u), pm_normal_cdf(x)};
        d = digest_chain(d, row, sizeof row);
    }
    char text[DIGEST_TEXT];
    assert_string_equal(digest_text(d, text), "8cf4fdd2ead8418eed18718e9e0be5ca7921b2b98ad7d8f7295df8cf889e3cf2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(exponential_and_logarithms_within_one_ulp), RUN(powers_within_one_ulp), RUN(circle_functions), RUN(normal_distribution),
        RUN(exact_results_come_out_exact), RUN(edges_answer_as_promised), RUN(remainders_are_exact),
        RUN(one_hash_for_every_compiler_and_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
