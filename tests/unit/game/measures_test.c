/* tests/unit/game/measures_test.c — a measure lives as the language says: threatened, announced, imposed, enforced, eased, lifted, back. */
#include "table.h"

static struct test_table t;
static int fresh(void **state) { (void)state; table_begin(&t); return 0; }
static int gone(void **state) { (void)state; table_done(&t); return 0; }
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

TEST(a_ramp_moves_in_equal_steps_and_is_whole_at_its_end)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ramp_up = 8;                                 /* two turns of four steps */
    m->ramp_down = 4;
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_life(s, m, MOVE_LEVEL), 0.5);
    close_to(table_life(s, m, MOVE_LEFT), 4);
    table_pass(&t, s);
    close_to(table_life(s, m, MOVE_LEVEL), 1);
    table_verb(&t, s, ROW_LIFT, m);
    close_to(table_life(s, m, MOVE_LEVEL), 0);
    close_to(table_life(s, m, MOVE_ON), 0);
}

TEST(decay_wears_the_application_once_the_ramp_is_over)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ramp_up = 8;
    m->decay = 0.1;
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_life(s, m, MOVE_LEVEL), 0.5);
    table_pass(&t, s);
    close_to(table_life(s, m, MOVE_LEVEL), 0.9);
    table_pass(&t, s);
    close_to(table_life(s, m, MOVE_LEVEL), 0.81);
    close_to(table_life(s, m, MOVE_RULE), 1);
    m->ramp_up = 0;
    table_do(&t, s, m);                             /* renewed, and worn for one turn */
    close_to(table_life(s, m, MOVE_LEVEL), 0.9);
    close_to(table_life(s, m, MOVE_TIMES), 2);
}

TEST(the_least_of_setting_ceiling_and_level_rules)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ceiling = 0.8;
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, m);
    close_to(table_life(s, m, MOVE_LEVEL), 0.8);
    struct order o = table_order(&t, ROW_DO, m);
    o.row.level = 0.3;
    sim_turn(s, &o, 1, true, false);
    close_to(table_life(s, m, MOVE_LEVEL), 0.3);
}

TEST(a_threat_lapses_unless_carried_out)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->threat.given = true;
    m->threat_lapses = 2;
    table_add(&t, &m->threat.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    struct sim *s = table_sim(&t, 1);
    table_verb(&t, s, ROW_THREATEN, m);
    close_to(table_life(s, m, MOVE_THREAT), 0);
    close_to(table_at(s, TABLE_X), 101);
    table_verb(&t, s, ROW_THREATEN, m);             /* already threatened */
    assert_int_equal(table_refusals(s), 1);
    close_to(table_life(s, m, MOVE_THREAT), -1);
    table_verb(&t, s, ROW_THREATEN, m);
    table_do(&t, s, m);
    close_to(table_life(s, m, MOVE_THREAT), -1);
    close_to(table_life(s, m, MOVE_ON), 1);
    table_verb(&t, s, ROW_THREATEN, m);             /* it stands */
    assert_int_equal(table_refusals(s), 1);
}

TEST(a_threat_against_any_is_carried_out_by_one)
{
    UNUSED_STATE;
    static const char *const elements[] = {"p", "q"};
    struct move *m = table_measure(&t, "list", 0, build_set(&t.b, "firm", 2, elements));
    m->threat.given = true;
    struct sim *s = table_sim(&t, 1);
    table_verb(&t, s, ROW_THREATEN, m);
    close_to(table_read(s, move_slot(m, 1, MOVE_THREAT), 0), 0);
    struct order o = table_order(&t, ROW_DO, m);
    o.row.target = 0;
    sim_turn(s, &o, 1, true, false);
    close_to(table_read(s, move_slot(m, 1, MOVE_THREAT), 0), -1);
}

TEST(easing_scales_its_effects_and_snapback_is_one_step)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ramp_up = m->ramp_down = 4;
    m->ease.given = m->snapback.given = true;
    table_add(&t, &m->ease.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 10));
    table_add(&t, &m->snapback.effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    struct sim *s = table_sim(&t, 1);
    table_verb(&t, s, ROW_EASE, m);                 /* nothing stands yet */
    assert_int_equal(table_refusals(s), 1);
    table_do(&t, s, m);
    struct order o = table_order(&t, ROW_EASE, m);
    o.row.level = 0.6;
    sim_turn(s, &o, 1, true, false);
    close_to(table_at(s, TABLE_X), 104);            /* ten times the four tenths eased */
    close_to(table_life(s, m, MOVE_LEVEL), 0.6);
    close_to(table_life(s, m, MOVE_EASED), 1);
    close_to(table_life(s, m, MOVE_ON), 1);
    sim_turn(s, &o, 1, true, false);                /* it is there already */
    assert_int_equal(table_refusals(s), 1);
    table_verb(&t, s, ROW_SNAPBACK, m);
    close_to(table_life(s, m, MOVE_LEVEL), 1);
    close_to(table_life(s, m, MOVE_EASED), 0);
    close_to(table_at(s, TABLE_Z), 1);
}

TEST(snapback_brings_back_what_was_lifted_but_not_what_never_was)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    struct sim *s = table_sim(&t, 1);
    table_verb(&t, s, ROW_SNAPBACK, m);
    assert_int_equal(table_refusals(s), 1);
    table_do(&t, s, m);
    table_verb(&t, s, ROW_LIFT, m);
    table_verb(&t, s, ROW_SNAPBACK, m);
    assert_int_equal(table_refusals(s), 0);
    close_to(table_life(s, m, MOVE_LEVEL), 1);
    close_to(table_life(s, m, MOVE_ON), 1);
}

TEST(what_is_announced_is_imposed_at_the_next_resolve_without_further_cost)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->cost = table_value(&t, 2);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 5));
    struct sim *s = table_sim(&t, 1);
    table_verb(&t, s, ROW_DELAY, m);
    close_to(table_life(s, m, MOVE_ANNOUNCED), 0);
    close_to(table_life(s, m, MOVE_ON), 0);
    close_to(table_read(s, t.b.seat[0].budget, 0), 1);
    close_to(table_at(s, TABLE_X), 100);
    table_pass(&t, s);
    close_to(table_life(s, m, MOVE_ON), 1);
    close_to(table_life(s, m, MOVE_ANNOUNCED), -1);
    close_to(table_life(s, m, MOVE_SINCE), 1);
    close_to(table_at(s, TABLE_X), 105);
    close_to(table_read(s, t.b.seat[0].budget, 0), 2);
}

TEST(the_setting_in_force_says_what_lifting_does)
{
    UNUSED_STATE;
    static struct setting settings[2];
    struct move *m = table_measure(&t, "ban", 0, -1);
    settings[0] = (struct setting){.name = "word", .level = 0.5, .ceiling = 1, .has_lift = true, .lift_cost = table_value(&t, 0)};
    settings[1] = (struct setting){.name = "decree", .level = 1, .ceiling = 1, .lift_cost = NO_CODE};
    table_add(&t, &settings[0].lift, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    m->setting = settings;
    m->settings = 2;
    m->lift.given = true;
    m->lift.cost = table_value(&t, 1);
    table_add(&t, &m->lift.effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    struct sim *s = table_sim(&t, 1);
    struct order o = table_order(&t, ROW_DO, m);
    o.row.setting = 0;
    sim_turn(s, &o, 1, true, false);
    close_to(table_life(s, m, MOVE_LEVEL), 0.5);
    table_verb(&t, s, ROW_LIFT, m);
    close_to(table_at(s, TABLE_X), 101);
    close_to(table_at(s, TABLE_Z), 0);
    close_to(table_read(s, t.b.seat[0].budget, 0), 4);
    table_do(&t, s, m);                             /* the last setting is the default */
    table_verb(&t, s, ROW_LIFT, m);
    close_to(table_at(s, TABLE_Z), 1);
    close_to(table_read(s, t.b.seat[0].budget, 0), 3);
}

TEST(lifting_without_a_target_lifts_all_at_the_price_of_each)
{
    UNUSED_STATE;
    static const char *const elements[] = {"p", "q", "r"};
    struct move *m = table_measure(&t, "list", 0, build_set(&t.b, "firm", 3, elements));
    m->lift.given = true;
    m->lift.cost = table_value(&t, 1);
    table_add(&t, &m->lift.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    struct sim *s = table_sim(&t, 1);
    struct order o[2] = {table_order(&t, ROW_DO, m), table_order(&t, ROW_DO, m)};
    o[0].row.target = 0;
    o[1].row.target = 2;
    sim_turn(s, o, 2, true, false);
    table_verb(&t, s, ROW_LIFT, m);
    close_to(table_at(s, TABLE_X), 102);
    close_to(table_read(s, t.b.seat[0].budget, 0), 2);      /* 3 + 1 - 2 */
    close_to(table_read(s, move_slot(m, 2, MOVE_ON), 0), 0);
}

TEST(a_move_ends_measures_without_their_price_of_lifting)
{
    UNUSED_STATE;
    struct move *truce = table_measure(&t, "truce", 1, -1), *strike = table_move(&t, "strike", 0, -1);
    static int ends[1];
    truce->lift.given = true;
    table_add(&t, &truce->lift.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    ends[0] = (int)(truce - t.b.move);
    strike->ends = ends;
    strike->ends_count = 1;
    struct sim *s = table_sim(&t, 1);
    table_do(&t, s, truce);
    table_do(&t, s, strike);
    close_to(table_life(s, truce, MOVE_ON), 0);
    close_to(table_at(s, TABLE_X), 100);
}

TEST(what_another_has_ended_cannot_be_lifted_and_its_cost_is_given_back)
{
    UNUSED_STATE;
    struct move *truce = table_measure(&t, "truce", 1, -1), *strike = table_move(&t, "strike", 0, -1);
    static int ends[1];
    truce->lift.given = true;
    truce->lift.cost = table_value(&t, 2);
    ends[0] = (int)(truce - t.b.move);
    strike->ends = ends;
    strike->ends_count = 1;
    struct sim *s = table_sim(&t, 1);
    int seat;
    struct row row;
    table_do(&t, s, truce);
    table_turn(&t, s, strike, ROW_DO, truce, ROW_LIFT);
    assert_int_equal(table_refusals(s), 1);
    assert_non_null(strstr(sim_refusal(s, 0, &seat, &row), "given back"));
    assert_int_equal(seat, 1);
    close_to(table_read(s, t.b.seat[1].budget, 0), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(a_ramp_moves_in_equal_steps_and_is_whole_at_its_end), EACH(decay_wears_the_application_once_the_ramp_is_over),
        EACH(the_least_of_setting_ceiling_and_level_rules), EACH(a_threat_lapses_unless_carried_out),
        EACH(a_threat_against_any_is_carried_out_by_one), EACH(easing_scales_its_effects_and_snapback_is_one_step),
        EACH(snapback_brings_back_what_was_lifted_but_not_what_never_was),
        EACH(what_is_announced_is_imposed_at_the_next_resolve_without_further_cost), EACH(the_setting_in_force_says_what_lifting_does),
        EACH(lifting_without_a_target_lifts_all_at_the_price_of_each), EACH(a_move_ends_measures_without_their_price_of_lifting),
        EACH(what_another_has_ended_cannot_be_lifted_and_its_cost_is_given_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
