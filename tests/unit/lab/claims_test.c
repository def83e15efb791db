/* tests/unit/lab/claims_test.c — a claim holds at the values or in a share of the draws, and one that must fail holds by failing. */
#include "unit.h"
#include "heap.h"
#include "lab/lab.h"

static struct arena arena;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test");
    return 0;
}

static int gone(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static bool near(double a, double b)
{
    return a - b < 1e-9 && b - a < 1e-9;
}

TEST(both_sides_of_a_claim_are_told)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct claim_result r[3];
    lab_claims(&arena, &p, 20, 1, 1, r);
    assert_true(r[0].holds && r[0].at_values && near(r[0].share, -1));
    assert_true(near(r[0].sample[0], 72.9) && near(r[0].sample[1], 89.19));
    assert_true(r[1].at_values == false && r[1].holds);         /* greatest of 90, 81, 72.9 is not below the mean of 100, 90, 81, 72.9 */
    assert_true(near(r[1].sample[0], 90) && near(r[1].sample[1], 85.975));
    assert_true(r[2].holds && near(r[2].share, 1) && r[2].draws == 20 && r[2].failed == 0);
    assert_null(r[2].trouble);
}

TEST(draws_that_fail_are_counted_and_not_judged)
{
    UNUSED_STATE;
    struct program p = heap_program(0.1);
    struct claim_result one[3], two[3];
    lab_claims(&arena, &p, 50, 1, 1, one);
    lab_claims(&arena, &p, 50, 1, 2, two);
    assert_false(one[0].holds);                                 /* the run at the values fails */
    assert_non_null(strstr(one[0].trouble, "logarithm"));
    assert_in_range(one[2].failed, 5, 45);
    assert_true(near(one[2].share, 1));
    for (int i = 0; i < 3; i++)
        assert_true(one[i].holds == two[i].holds && one[i].failed == two[i].failed && near(one[i].share, two[i].share));
}

TEST(rows_that_are_refused_are_found)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct play_finding found[8];
    assert_int_equal(lab_plays(&arena, &p, found, 8), 0);
    static const struct row twice[] = {{ROW_DO, 0, -1, -1, -1}, {ROW_DO, 0, -1, -1, -1}};
    static const struct play_turn turn[] = {{0, twice, 2}};
    static const struct play_seat seats[2] = {{.turn = turn, .turns = 1}};
    static const struct play plays[] = {{.name = "greedy", .seat = seats, .rationed = true}};
    p.play = plays;                                             /* the budget is 1 in the first turn */
    p.plays = 1;
    assert_int_equal(lab_plays(&arena, &p, found, 8), 1);
    assert_false(found[0].failed);
    assert_non_null(strstr(found[0].text, "play 'greedy', 0, Keeper: refill: "));
    p = heap_program(0.1);
    assert_int_equal(lab_plays(&arena, &p, found, 8), 2);
    assert_true(found[0].failed && found[1].failed && found[1].play == 1);
}

TEST(a_comparison_stands_beside_two_plain_forecasts)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct compare_result r;
    lab_compare(&arena, &p, 0, &r);
    assert_true(r.model[0] != r.model[0]);                      /* before the play */
    assert_true(near(r.model[1], 90) && near(r.model[2], 81) && near(r.model[3], 72.9));
    assert_int_equal(r.fit_count, 2);
    assert_int_equal(r.test_count, 1);
    assert_true(near(r.fit, 1) && near(r.test, 2.1));           /* 91 - 90 and 80 - 81; 75 - 72.9 */
    assert_true(near(r.last_value * r.last_value * 3, 1 + 144 + 289));  /* 92 against 91, 80, 75 */
    assert_true(near(r.previous * r.previous * 3, 1 + 121 + 25));       /* 92, 91, 80 against 91, 80, 75 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(both_sides_of_a_claim_are_told), RUN(draws_that_fail_are_counted_and_not_judged),
                                       RUN(rows_that_are_refused_are_found), RUN(a_comparison_stands_beside_two_plain_forecasts)};
    return cmocka_run_group_tests(tests, fresh, gone);
}
