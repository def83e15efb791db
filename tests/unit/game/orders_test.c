/* tests/unit/game/orders_test.c — plans are judged on what a seat may know, paid in their order, answered, and drawn for. */
#include "table.h"

static struct test_table t;
static int fresh(void **state) { (void)state; table_begin(&t); return 0; }
static int gone(void **state) { (void)state; table_done(&t); return 0; }
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

static double budget(struct sim *s, int seat) { return table_read(s, t.b.seat[seat].budget, 0); }

static const char *reason(const struct sim *s, int index)
{
    int seat;
    struct row row;
    return sim_refusal(s, index, &seat, &row);
}

TEST(cost_is_paid_in_row_order_until_the_budget_is_spent)
{
    UNUSED_STATE;
    struct move *dear = table_move(&t, "dear", 0, -1), *cheap = table_move(&t, "cheap", 0, -1);
    dear->cost = table_value(&t, 2);
    cheap->cost = table_value(&t, 1);
    struct sim *s = table_sim(&t, 1);
    struct order o[4] = {table_order(&t, ROW_DO, dear), table_order(&t, ROW_DO, dear), table_order(&t, ROW_DO, cheap), table_order(&t, ROW_DO, cheap)};
    sim_turn(s, o, 4, true, false);
    assert_int_equal(table_refusals(s), 2);         /* the second dear one, and the second cheap one */
    assert_non_null(strstr(reason(s, 0), "costs more capital than is left"));
    close_to(budget(s, 0), 0);
    close_to(table_life(s, dear, MOVE_TIMES), 1);
    close_to(table_life(s, cheap, MOVE_TIMES), 1);
}

TEST(the_budget_grows_at_every_brief_but_the_first_up_to_its_most)
{
    UNUSED_STATE;
    struct sim *s = table_sim(&t, 1);
    close_to(budget(s, 0), 3);
    table_pass(&t, s);
    close_to(budget(s, 0), 3);
    table_pass(&t, s);
    close_to(budget(s, 0), 4);
    table_pass(&t, s);
    close_to(budget(s, 0), 4);
}

TEST(sealed_plans_do_not_see_each_other_and_an_order_lets_later_seats_see)
{
    UNUSED_STATE;
    struct move *first = table_measure(&t, "first", 1, -1), *second = table_move(&t, "second", 0, -1), *own = table_move(&t, "own", 1, -1);
    second->requires = (struct code_ref){-1, move_slot(first, 0, MOVE_ON)};
    own->requires = second->requires;
    static const int later[] = {1, 0};
    struct order o[3] = {table_order(&t, ROW_DO, first), table_order(&t, ROW_DO, second), table_order(&t, ROW_DO, own)};
    struct sim *s = table_sim(&t, 1);
    sim_turn(s, o, 3, true, false);
    assert_int_equal(table_refusals(s), 1);         /* the other's row is refused; one's own later row may build on the first */
    close_to(table_life(s, second, MOVE_TIMES), 0);
    close_to(table_life(s, own, MOVE_TIMES), 1);
    t.b.p.sealed = false;
    t.b.p.order = later;
    sim_begin(s);
    sim_turn(s, o, 3, true, false);
    assert_int_equal(table_refusals(s), 0);
    close_to(table_life(s, second, MOVE_TIMES), 1);
}

TEST(a_seat_orders_no_more_rows_than_it_may)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "step", 0, -1);
    t.b.seat[0].rows = 1;
    struct sim *s = table_sim(&t, 1);
    table_turn(&t, s, m, ROW_DO, m, ROW_DO);
    assert_int_equal(table_refusals(s), 1);
    struct order o[2] = {table_order(&t, ROW_DO, m), table_order(&t, ROW_DO, m)};
    sim_turn(s, o, 2, false, false);                /* plays are not rationed */
    assert_int_equal(table_refusals(s), 0);
}

TEST(a_target_must_be_allowed_and_is_the_first_that_can_be_done_if_none_is_named)
{
    UNUSED_STATE;
    static const char *const elements[] = {"p", "q", "r"};
    struct move *m = table_move(&t, "hit", 0, build_set(&t.b, "thing", 3, elements));
    m->allowed = table_code(&t, OP_LT, table_constant(&t, 0), t.b.p.target_slot);
    m->requires = table_code(&t, OP_LT, table_constant(&t, 1), t.b.p.target_slot);
    const struct code_ref third = table_value(&t, 2);
    struct sim *s = table_sim(&t, 1);
    struct order o = table_order(&t, ROW_DO, m);
    o.row.target = 0;
    sim_turn(s, &o, 1, true, false);
    assert_int_equal(table_refusals(s), 1);
    assert_non_null(strstr(reason(s, 0), "p cannot be chosen now"));
    o.row.target = -1;
    sim_turn(s, &o, 1, true, false);
    assert_int_equal(table_refusals(s), 0);
    close_to(table_read(s, move_slot(m, 2, MOVE_TIMES), 0), 1);
    m->pick = third;
    sim_turn(s, &o, 1, true, false);
    close_to(table_read(s, move_slot(m, 2, MOVE_TIMES), 0), 2);
}

static void with_answer(enum answer_kind kind, bool silence_passes, struct move **ask, struct move **answer)
{
    *ask = table_move(&t, "ask", 0, -1);
    *answer = table_move(&t, "reply", 1, -1);
    (*ask)->answer = kind;
    (*ask)->answer_by = 1;
    (*ask)->answer_move = (int)(*answer - t.b.move);
    (*ask)->silence_passes = silence_passes;
    (*ask)->cost = table_value(&t, 2);
    (*answer)->answers = (int)(*ask - t.b.move);
    (*answer)->cost = table_value(&t, 1);
    table_add(&t, &(*ask)->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    table_add(&t, &(*answer)->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
}

TEST(what_is_refused_does_not_happen_and_its_cost_is_gone)
{
    UNUSED_STATE;
    struct move *ask, *veto;
    with_answer(ANSWER_REFUSE, true, &ask, &veto);
    struct sim *s = table_sim(&t, 1);
    table_turn(&t, s, ask, ROW_DO, veto, ROW_DO);
    close_to(table_at(s, TABLE_X), 100);
    close_to(table_at(s, TABLE_Z), 1);
    close_to(budget(s, 0), 1);
    close_to(budget(s, 1), 2);
    close_to(table_life(s, ask, MOVE_TIMES), 0);
    table_do(&t, s, ask);                           /* silence passes */
    close_to(table_at(s, TABLE_X), 101);
}

TEST(what_wants_assent_happens_only_with_it)
{
    UNUSED_STATE;
    struct move *ask, *join;
    with_answer(ANSWER_ACCEPT, false, &ask, &join);
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, ask);
    assert_int_equal(table_refusals(s), 0);         /* the other seat withheld it; no rule refused the row */
    close_to(table_at(s, TABLE_X), 100);
    table_turn(&t, s, ask, ROW_DO, join, ROW_DO);
    close_to(table_at(s, TABLE_X), 101);
    close_to(table_at(s, TABLE_Z), 1);
}

TEST(an_answer_to_nothing_is_not_given_and_costs_nothing)
{
    UNUSED_STATE;
    struct move *ask, *veto;
    with_answer(ANSWER_REFUSE, true, &ask, &veto);
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, veto);
    assert_int_equal(table_refusals(s), 1);
    close_to(table_at(s, TABLE_Z), 0);
    close_to(budget(s, 1), 3);
}

static struct move *with_outcomes(double first, bool otherwise)
{
    struct move *m = table_move(&t, "gamble", 0, -1);
    m->outcome_stream = (int)build_stream(&t.b, "gamble", false);
    m->outcome = t.outcome;
    m->outcomes = otherwise ? 2 : 1;
    t.outcome[0] = (struct outcome){.chance = table_value(&t, first), .title = "won"};
    t.outcome[1] = (struct outcome){.chance = NO_CODE, .otherwise = true, .title = "lost"};
    table_add(&t, &t.outcome[0].effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    table_add(&t, &t.outcome[1].effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    return m;
}

TEST(one_outcome_is_drawn_about_as_often_as_its_chance)
{
    UNUSED_STATE;
    struct move *m = with_outcomes(0.3, true);
    enum { LANES = 2000 };
    struct sim *s = table_sim(&t, LANES);
    table_do(&t, s, m);
    int won = 0;
    const double *x = sim_values(s, TABLE_X, 0, false), *z = sim_values(s, TABLE_Z, 0, false);
    for (int l = 0; l < LANES; l++) {
        assert_true(x[l] - 100 + z[l] == 1);        /* one of them, never both */
        won += x[l] > 100;
    }
    assert_in_range(won, 540, 660);
}

TEST(what_is_left_over_is_nothing_and_medians_take_the_outcome_at_one_half)
{
    UNUSED_STATE;
    struct move *m = with_outcomes(0.4, false);
    struct sim *s = table_sim(&t, 1);
    sim_start(s, 1, 0, false, true);
    sim_begin(s);
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_X), 100);
    t.outcome[0].chance = (struct code_ref){-1, table_slot(&t, TABLE_Y)};
    table_do(&t, s, m);
    close_to(table_at(s, TABLE_X), 101);
}

TEST(chances_over_one_stop_the_lane_in_which_they_are)
{
    UNUSED_STATE;
    struct move *m = with_outcomes(0.9, true);
    t.outcome[1] = (struct outcome){.chance = {-1, table_slot(&t, TABLE_Y)}, .title = "too much"};
    struct sim *s = table_sim(&t, 2);
    const unsigned char only_second[] = {0, 1};
    struct order o = table_order(&t, ROW_DO, m);
    const char *what, *path;
    int line, turn, step;
    o.lanes = only_second;
    sim_turn(s, &o, 1, true, false);
    assert_false(sim_failed(s, 0, &what, &path, &line, &turn, &step));
    assert_true(sim_failed(s, 1, &what, &path, &line, &turn, &step));
    assert_non_null(strstr(what, "chances that add up to more than 1 in gamble"));
    assert_int_equal(step, -1);
}

TEST(a_requirement_that_cannot_be_worked_out_is_a_refusal_not_a_failure)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "odd", 0, -1);
    m->requires = table_code(&t, OP_DIV, table_constant(&t, 1), table_slot(&t, TABLE_Z));
    struct sim *s = table_sim(&t, 1);
    const char *what, *path;
    int line, turn, step;
    table_do(&t, s, m);
    assert_int_equal(table_refusals(s), 1);
    assert_false(sim_failed(s, 0, &what, &path, &line, &turn, &step));
}

TEST(trying_a_row_changes_nothing)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1), *next = table_move(&t, "next", 0, -1);
    m->cost = table_value(&t, 2);
    next->cost = table_value(&t, 2);
    next->requires = (struct code_ref){-1, move_slot(m, 0, MOVE_ON)};
    struct sim *s = table_sim(&t, 1);
    sim_turn_brief(s, false);
    const uint64_t before = sim_hash(s, 0);
    unsigned char ok;
    const struct row rows[] = {table_row(ROW_DO, &t, m)};
    sim_allowed(s, 0, NULL, 0, table_row(ROW_DO, &t, next), true, &ok);
    assert_int_equal(ok, 0);
    sim_allowed(s, 0, rows, 1, table_row(ROW_DO, &t, next), true, &ok);
    assert_int_equal(ok, 0);                        /* it may, and it cannot pay */
    sim_allowed(s, 0, rows, 1, table_row(ROW_DO, &t, next), false, &ok);
    assert_int_equal(ok, 1);
    assert_true(sim_hash(s, 0) == before);
    sim_turn_rest(s, NULL, 0, true);
}

TEST(a_script_takes_its_first_line_that_can_be_done_lane_by_lane)
{
    UNUSED_STATE;
    struct move *rich = table_move(&t, "rich", 0, -1), *poor = table_move(&t, "poor", 0, -1);
    rich->requires = table_code(&t, OP_LT, table_constant(&t, 100.5), table_slot(&t, TABLE_X));
    table_add(&t, &poor->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    struct sim *s = table_sim(&t, 2);
    const struct row rows[] = {table_row(ROW_DO, &t, rich), table_row(ROW_DO, &t, poor)};
    const struct rule rules[] = {{.when = NO_CODE, .row = &rows[0], .rows = 1}, {.when = NO_CODE, .row = &rows[1], .rows = 1}};
    const unsigned char second[] = {0, 1};
    struct order o[MOST_ORDERS] = {table_order(&t, ROW_DO, poor)};
    o[0].lanes = second;
    sim_turn(s, o, 1, true, false);                 /* lane 1 is at 101 */
    sim_turn_brief(s, false);
    int n = sim_scripted(s, 0, rules, 2, true, o, 0);
    assert_int_equal(n, 2);
    sim_turn_rest(s, o, n, true);
    close_to(table_read(s, move_slot(rich, 0, MOVE_TIMES), 0), 0);
    close_to(table_read(s, move_slot(rich, 0, MOVE_TIMES), 1), 1);
    close_to(table_read(s, move_slot(poor, 0, MOVE_TIMES), 0), 1);
    close_to(table_read(s, move_slot(poor, 0, MOVE_TIMES), 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(cost_is_paid_in_row_order_until_the_budget_is_spent), EACH(the_budget_grows_at_every_brief_but_the_first_up_to_its_most),
        EACH(sealed_plans_do_not_see_each_other_and_an_order_lets_later_seats_see), EACH(a_seat_orders_no_more_rows_than_it_may),
        EACH(a_target_must_be_allowed_and_is_the_first_that_can_be_done_if_none_is_named),
        EACH(what_is_refused_does_not_happen_and_its_cost_is_gone), EACH(what_wants_assent_happens_only_with_it),
        EACH(an_answer_to_nothing_is_not_given_and_costs_nothing), EACH(one_outcome_is_drawn_about_as_often_as_its_chance),
        EACH(what_is_left_over_is_nothing_and_medians_take_the_outcome_at_one_half),
        EACH(chances_over_one_stop_the_lane_in_which_they_are), EACH(a_requirement_that_cannot_be_worked_out_is_a_refusal_not_a_failure),
        EACH(trying_a_row_changes_nothing), EACH(a_script_takes_its_first_line_that_can_be_done_lane_by_lane)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
