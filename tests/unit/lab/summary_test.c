/* tests/unit/lab/summary_test.c — percentiles lie straight between neighbours, and sums do not lose small numbers. */
#include "unit.h"
#include "heap.h"
#include "base/rng.h"
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

/* How patterns come that sorts dislike: all alike, up, down, up and down, teeth, and what fools a median of three. */
static double pattern(int kind, int i, int count, struct rng *r)
{
    const int half = count / 2;
    switch (kind) {
    case 0:  return 1;
    case 1:  return i;
    case 2:  return -i;
    case 3:  return i < half ? i : count - i;
    case 4:  return i % 7 - 3;
    case 5:  return i >= half ? 2 * (i - half + 1) : i % 2 == 0 ? i + 1 : half + i;
    default: return rng_unit(r) - 0.5;
    }
}

TEST(whatever_is_sorted_comes_out_in_order_and_whole)
{
    UNUSED_STATE;
    enum { MOST = 2000, KINDS = 7 };
    static double x[MOST];
    struct rng r = rng_at(rng_key(3, 0, 0, 0));
    for (int count = 0; count <= MOST; count += count < 40 ? 1 : 280)
        for (int kind = 0; kind < KINDS; kind++) {
            uint64_t before = 0, after = 0, bits;
            for (int i = 0; i < count; i++) {
                x[i] = pattern(kind, i, count, &r);
                memcpy(&bits, &x[i], sizeof bits);
                before += rng_mix(bits);
            }
            summary_sort(x, count);
            for (int i = 0; i < count; i++) {
                assert_true(i == 0 || x[i - 1] <= x[i]);
                memcpy(&bits, &x[i], sizeof bits);
                after += rng_mix(bits);
            }
            assert_true(before == after);
        }
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
                                       RUN(whatever_is_sorted_comes_out_in_order_and_whole),
                                       RUN(a_mean_keeps_small_numbers_beside_large_ones)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
