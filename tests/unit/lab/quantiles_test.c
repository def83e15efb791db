/* tests/unit/lab/quantiles_test.c — one pass is exact as long as it can be, and near enough beyond. */
#include "unit.h"
#include "base/rng.h"
#include "lab/quantiles.h"

static const double share[] = {0.1, 0.5, 0.9, 0, 1};

static double number(int run, int column)
{
    struct rng r = rng_at(rng_key(1, (uint64_t)run, 4711, (uint64_t)column));
    double u = rng_unit(&r);
    return column ? u * u * 1000 : run % 7;        /* skewed; many alike */
}

TEST(few_runs_are_exact)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct quantiles *q = quantiles_new(&a, 1, 5, 5);
    const double x[] = {5, 1, 4, 2, 3};
    double out[5];
    assert_true(quantiles_exact(q));
    for (int i = 0; i < 5; i++)
        quantiles_add(q, &x[i], 1);
    quantiles_read(q, 0, 5, share, out);
    assert_true(out[0] == 1.4 && out[1] == 3 && out[2] == 4.6 && out[3] == 1 && out[4] == 5 && quantiles_mean(q, 0) == 3);
    quantiles_clear(q);
    quantiles_read(q, 0, 1, share, out);
    assert_true(out[0] != out[0] && quantiles_count(q) == 0);
    arena_done(&a);
}

TEST(many_runs_are_near_within_a_thousandth_of_the_spread)
{
    UNUSED_STATE;
    enum { RUNS = 50000 };
    struct arena a;
    arena_init(&a, "test");
    struct quantiles *near = quantiles_new(&a, 2, RUNS, 1000), *exact = quantiles_new(&a, 2, RUNS, 2 * RUNS);
    assert_false(quantiles_exact(near));
    for (int i = 0; i < RUNS; i++) {
        const double x[] = {number(i, 0), number(i, 1)};
        quantiles_add(near, x, 1);
        quantiles_add(exact, x, 1);
    }
    for (int c = 0; c < 2; c++) {
        double want[5], got[5];
        quantiles_read(exact, c, 5, share, want);
        quantiles_read(near, c, 5, share, got);
        assert_true(quantiles_mean(near, c) == quantiles_mean(exact, c));
        assert_true(got[3] == want[3] && got[4] == want[4]);
        for (int k = 0; k < 3; k++)
            assert_true(got[k] - want[k] < 0.001 * (want[4] - want[3]) && want[k] - got[k] < 0.001 * (want[4] - want[3]));
    }
    arena_done(&a);
}

TEST(one_pass_over_few_runs_is_exact_even_without_room)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct quantiles *q = quantiles_new(&a, 1, 3, 1);
    double out[5];
    for (int i = 0; i < 3; i++)
        quantiles_add(q, &(double){3 - i}, 1);
    quantiles_read(q, 0, 5, share, out);
    assert_true(out[3] == 1 && out[1] == 2 && out[4] == 3);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(few_runs_are_exact), RUN(many_runs_are_near_within_a_thousandth_of_the_spread),
                                       RUN(one_pass_over_few_runs_is_exact_even_without_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
