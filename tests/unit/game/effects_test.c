/* tests/unit/game/effects_test.c — effects act in their order, in their time, and give back what they really gave. */
#include "table.h"

static struct test_table t;
static int fresh(void **state) { (void)state; table_begin(&t); return 0; }
static int gone(void **state) { (void)state; table_done(&t); return 0; }
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

TEST(set_then_scale_then_adds_then_pushes)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "all", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_PUSH, 0.5));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_ADD, 0.1));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_ADD, 0.1));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_SCALE, 0.5));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_SET, 0.4));
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Y), 0.7);          /* 0.4, 0.2, 0.4, then half of the room that is left */
}

TEST(a_push_down_takes_part_of_what_is_there)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "down", 0, -1), *free_push = table_move(&t, "free", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_PUSH, -0.2));
    table_add(&t, &free_push->effects, table_effect(&t, TABLE_X, EFFECT_PUSH, 0.1));
    struct sim *s = table_sim(&t, 1);
    table_turn(&t, s, m, ROW_DO, free_push, ROW_DO);
    close_to(table_at(s, TABLE_Y), 0.4);
    close_to(table_at(s, TABLE_X), 110);          /* without a bound, part of the value */
}

TEST(all_are_worked_out_before_any)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "swap", 0, -1);
    table_add(&t, &m->effects, table_effect_on(&t, TABLE_X, EFFECT_SET, (struct code_ref){-1, table_slot(&t, TABLE_Z)}));
    table_add(&t, &m->effects, table_effect_on(&t, TABLE_Z, EFFECT_SET, (struct code_ref){-1, table_slot(&t, TABLE_X)}));
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_X), 0);
    close_to(table_at(s, TABLE_Z), 100);
}

TEST(floors_and_ceilings_come_last)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "over", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_ADD, 2));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_ADD, -1.8));
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Y), 0.7);
    table_do(&t, s, m);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Y), 1);
}

TEST(after_waits_and_over_spreads)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "later", 0, -1);
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_X, EFFECT_ADD, 6), 1, 3, 0));
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_Z, EFFECT_ADD, 6), 0, 3, 0));
    struct sim *s = table_sim(&t, 1);
    const double x[] = {100, 102, 104, 106, 106}, z[] = {2, 4, 6, 6, 6};
    table_do(&t, s, m);
    for (int i = 0; i < 5; i++) {
        close_to(table_at(s, TABLE_X), x[i]);
        close_to(table_at(s, TABLE_Z), z[i]);
        table_pass(&t, s);
    }
}

TEST(parts_of_two_orders_add_up)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "later", 0, -1);
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_Z, EFFECT_ADD, 4), 0, 2, 0));
    struct sim *s = table_sim(&t, 1);
    table_turn(&t, s, m, ROW_DO, m, ROW_DO);
    close_to(table_at(s, TABLE_Z), 4);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Z), 10);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Z), 12);
}

TEST(when_is_judged_at_each_part)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "later", 0, -1), *stop = table_move(&t, "stop", 0, -1);
    struct effect e = table_later(&t, table_effect(&t, TABLE_Z, EFFECT_ADD, 3), 0, 3, 0);
    e.when = table_code(&t, OP_LT, table_constant(&t, 50), table_slot(&t, TABLE_X));
    table_add(&t, &m->effects, e);
    table_add(&t, &stop->effects, table_effect(&t, TABLE_X, EFFECT_SET, 0));
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Z), 1);
    table_do(&t, s, stop);                        /* before its second part is due */
    close_to(table_at(s, TABLE_Z), 1);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Z), 1);
}

TEST(lasts_takes_back_what_was_really_added)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "for_a_while", 0, -1);
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_Y, EFFECT_ADD, 2), 0, 1, 2));
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_Y), 1);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Y), 1);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Y), 0.5);          /* half was added, so half is taken back */
}

TEST(effects_reach_the_chosen_target)
{
    UNUSED_STATE;
    static const char *const elements[] = {"p", "q", "r"};
    const int set = build_set(&t.b, "thing", 3, elements);
    struct move *m = table_move(&t, "hit", 0, set);
    struct effect e = table_effect_on(&t, TABLE_X, EFFECT_ADD, (struct code_ref){-1, t.b.p.target_slot});
    table_add(&t, &m->effects, e);
    struct effect stride = table_effect(&t, TABLE_X, EFFECT_ADD, 0);
    stride.offset = 0;
    table_add(&t, &m->effects, stride);
    struct sim *s = table_sim(&t, 1);
    struct order o = table_order(&t, ROW_DO, m);
    o.row.target = 2;
    sim_turn(s, &o, 1, true, false);
    close_to(table_at(s, TABLE_X), 102);
    close_to(table_read(s, move_slot(m, 2, MOVE_TIMES), 0), 1);
    close_to(table_read(s, move_slot(m, 0, MOVE_TIMES), 0), 0);
}

TEST(too_large_a_number_stops_its_lane)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "huge", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_SCALE, 1e300));
    struct sim *s = table_sim(&t, 1);
    const char *what, *path;
    int line, turn, step;
    table_do(&t, s, m);
    assert_false(sim_failed(s, 0, &what, &path, &line, &turn, &step));
    table_do(&t, s, m);
    assert_true(sim_failed(s, 0, &what, &path, &line, &turn, &step));
    assert_int_equal(turn, 1);
    assert_non_null(strstr(what, "too large"));
    assert_non_null(strstr(what, "in x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(set_then_scale_then_adds_then_pushes), EACH(a_push_down_takes_part_of_what_is_there), EACH(all_are_worked_out_before_any),
        EACH(floors_and_ceilings_come_last), EACH(after_waits_and_over_spreads), EACH(parts_of_two_orders_add_up),
        EACH(when_is_judged_at_each_part), EACH(lasts_takes_back_what_was_really_added), EACH(effects_reach_the_chosen_target),
        EACH(too_large_a_number_stops_its_lane)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
