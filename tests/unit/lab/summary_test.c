/* tests/unit/lab/summary_test.c — percentiles lie straight between neighbours, and sums do not lose small numbers. */
#include "unit.h"
#include "heap.h"
#include "lab/summary.h"

TEST(a_quantile_lies_between_its_neighbours)
{
    UNUSED_STATE;
    const double x[] = {1, 2, 3, 4, 5};
    assert_true(summary_quantile(x, 5, 0) == 1);
    assert_true(summary_quantile(x, 5, 0.5) == 3);
    assert_true(summary_quantile(x, 5, 1) == 5);
    assert_true(summary_quantile(x, 5, 0.1) == 1.4);
    assert_true(summary_quantile(x, 1, 0.9) == 1);
}

TEST(sorting_puts_minus_zero_before_zero)
{
    UNUSED_STATE;
    double x[] = {3, 0.0, -1, -0.0};
    summary_sort(x, 4);
    assert_true(x[0] == -1 && x[1] == 0 && 1 / x[1] < 0 && 1 / x[2] > 0 && x[3] == 3);
}

TEST(a_mean_keeps_small_numbers_beside_large_ones)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct program p = heap_program(-1);
    struct summary *s = summary_new(&a, 3, 4);
    const double runs[4][3] = {{1e16, 1, 0}, {1, 2, 0}, {-1e16, 3, 0}, {1, 4, 0}};
    for (int i = 0; i < 4; i++)
        summary_add(s, runs[i], 1);
    summary_close(s, 0);
    struct grid none = {.points = 1};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    summary_json(s, &p, &(struct summary_head){.runs = 4, .turns = 3, .grid = &none}, NULL, out);
    fclose(out);
    assert_non_null(strstr(text, "\"mean\": 0.5"));     /* (1e16 + 1 - 1e16 + 1) / 4 */
    assert_non_null(strstr(text, "\"mean\": 2.5"));
    free(text);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(a_quantile_lies_between_its_neighbours), RUN(sorting_puts_minus_zero_before_zero),
                                       RUN(a_mean_keeps_small_numbers_beside_large_ones)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
