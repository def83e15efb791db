/* tests/unit/lab/meta_test.c — small games whose equilibria everybody knows. */
#include "unit.h"

#include <math.h>

#include "lab/meta.h"

static struct arena a;

/* Two seats; pay[row][column][seat], rows and columns entrants. */
static struct tournament game_of(int rows, int columns, const double *pay)
{
    static struct seat seat[2];
    static struct program p;
    struct entrants *entered = ARENA_ARRAY(&a, 2, struct entrants);
    struct seating *seating = ARENA_ARRAY(&a, rows * columns, struct seating);
    p = (struct program){.seat = seat, .seats = 2};
    entered[0].count = rows;
    entered[1].count = columns;
    for (int i = 0; i < rows * columns; i++) {
        int *place = ARENA_ARRAY(&a, 2, int);
        double *mean = ARENA_ARRAY(&a, 2, double), *spread = ARENA_ARRAY(&a, 2, double);
        place[0] = i % rows;
        place[1] = i / rows;
        for (int s = 0; s < 2; s++)
            mean[s] = pay[(place[0] * columns + place[1]) * 2 + s];
        seating[i] = (struct seating){.place = place, .games = 1, .mean = mean, .spread = spread};
    }
    return (struct tournament){.p = &p, .asked = {.seat = entered, .runs = 1}, .seating = seating, .seatings = rows * columns, .all = rows * columns};
}

static int begin(void **state)
{
    (void)state;
    arena_init(&a, "test");
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_done(&a);
    return 0;
}

static void matching_pennies_has_one_mixed_equilibrium(void **state)
{
    static const double pay[] = {1, -1, -1, 1, -1, 1, 1, -1};
    struct tournament t = game_of(2, 2, pay);
    struct meta m;
    (void)state;
    meta_of(&a, &t, &m);
    assert_int_equal(m.pures, 0);
    assert_int_equal(m.mixeds, 1);
    for (int s = 0; s < 2; s++)
        assert_true(fabs(m.mixed[0].share[s][0] - 0.5) < 1e-12 && fabs(m.mixed[0].score[s]) < 1e-12);
}

static void battle_of_the_sexes_has_two_pure_ones_and_a_mixed_one(void **state)
{
    static const double pay[] = {2, 1, 0, 0, 0, 0, 1, 2};
    struct tournament t = game_of(2, 2, pay);
    struct meta m;
    (void)state;
    meta_of(&a, &t, &m);
    assert_int_equal(m.pures, 2);
    assert_true(m.strict[0] && m.strict[1]);
    assert_int_equal(m.mixeds, 1);
    assert_true(fabs(m.mixed[0].share[0][0] - 2.0 / 3) < 1e-12 && fabs(m.mixed[0].share[1][0] - 1.0 / 3) < 1e-12);
    assert_true(fabs(m.mixed[0].score[0] - 2.0 / 3) < 1e-12);
}

static void rock_paper_scissors_is_played_in_thirds(void **state)
{
    static const double pay[] = {0, 0, -1, 1, 1, -1, 1, -1, 0, 0, -1, 1, -1, 1, 1, -1, 0, 0};
    struct tournament t = game_of(3, 3, pay);
    struct meta m;
    (void)state;
    meta_of(&a, &t, &m);
    assert_int_equal(m.pures, 0);
    assert_int_equal(m.mixeds, 1);
    for (int k = 0; k < 3; k++) {
        assert_true(fabs(m.mixed[0].share[1][k] - 1.0 / 3) < 1e-12);
        assert_int_equal(m.seat[0].best[k], 1);
        assert_int_equal(m.seat[0].beaten[k], -1);
    }
}

static void who_defects_dominates_and_takes_over(void **state)
{
    static const double pay[] = {60, 60, 0, 100, 100, 0, 20, 20};
    struct tournament t = game_of(2, 2, pay);
    struct meta m;
    (void)state;
    meta_of(&a, &t, &m);
    assert_int_equal(m.pures, 1);
    assert_int_equal(m.pure[0], 3);
    assert_int_equal(m.mixeds, 0);
    assert_int_equal(m.seat[0].best[1], 2);
    assert_int_equal(m.seat[1].beaten[0], 1);
    assert_true(m.seat[0].share[2][1] > 0.999);
}

static void equal_scores_leave_shares_even_and_all_seatings_at_rest(void **state)
{
    static const double pay[] = {1, 1, 1, 1, 1, 1, 1, 1};
    struct tournament t = game_of(2, 2, pay);
    struct meta m;
    (void)state;
    meta_of(&a, &t, &m);
    assert_int_equal(m.pures, 4);
    assert_false(m.strict[0]);
    assert_true(m.seat[0].share[2][0] == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(matching_pennies_has_one_mixed_equilibrium, begin, end),
        cmocka_unit_test_setup_teardown(battle_of_the_sexes_has_two_pure_ones_and_a_mixed_one, begin, end),
        cmocka_unit_test_setup_teardown(rock_paper_scissors_is_played_in_thirds, begin, end),
        cmocka_unit_test_setup_teardown(who_defects_dominates_and_takes_over, begin, end),
        cmocka_unit_test_setup_teardown(equal_scores_leave_shares_even_and_all_seatings_at_rest, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
