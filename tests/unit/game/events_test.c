/* tests/unit/game/events_test.c — events fire when they should and once, endings in their order, scores as they are weighed. */
#include "table.h"

static struct test_table t;
static int fresh(void **state) { (void)state; table_begin(&t); return 0; }
static int gone(void **state) { (void)state; table_done(&t); return 0; }
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

static struct event *adding(const char *name)
{
    struct event *e = table_event(&t, name);
    table_add(&t, &e->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    return e;
}

/* z after each of so many turns, as digits. */
static const char *course(struct sim *s, int turns)
{
    static char text[16];
    for (int i = 0; i < turns; i++) {
        table_pass(&t, s);
        text[i] = (char)('0' + (int)table_at(s, TABLE_Z));
    }
    text[turns] = 0;
    return text;
}

TEST(a_date_fires_in_the_turn_in_which_it_falls)
{
    UNUSED_STATE;
    struct event *e = adding("march");
    e->dated = true;
    e->on = 2017 * 12 + 2.5;
    assert_string_equal(course(table_sim(&t, 1), 4), "0111");
}

TEST(a_date_whose_condition_does_not_hold_then_never_fires)
{
    UNUSED_STATE;
    struct event *e = adding("march");
    e->dated = true;
    e->on = 2017 * 12 + 2;
    e->when = table_code(&t, OP_LT, table_constant(&t, 1.5), t.b.p.turn_slot);
    assert_string_equal(course(table_sim(&t, 1), 4), "0000");
}

TEST(a_condition_fires_once_and_again_after_its_cooldown)
{
    UNUSED_STATE;
    struct event *e = adding("late");
    e->when = table_code(&t, OP_LT, table_constant(&t, 0.5), t.b.p.turn_slot);
    struct sim *s = table_sim(&t, 1);
    assert_string_equal(course(s, 5), "01111");
    e->cooldown = 2;
    sim_begin(s);
    assert_string_equal(course(s, 6), "011223");
}

TEST(each_turn_fires_each_turn_and_by_hand_never)
{
    UNUSED_STATE;
    struct event *e = adding("each");
    e->each_turn = true;
    struct event *hand = adding("hand");
    hand->by_hand = true;
    struct sim *s = table_sim(&t, 1);
    assert_string_equal(course(s, 4), "1234");
    e->cooldown = 2;
    sim_begin(s);
    assert_string_equal(course(s, 5), "11223");
}

TEST(chance_is_drawn_each_turn_until_it_comes_and_a_cooldown_allows_it_again)
{
    UNUSED_STATE;
    enum { LANES = 2000 };
    struct event *e = adding("luck");
    e->chance = table_value(&t, 0.25);
    e->chance_stream = (int)build_stream(&t.b, "luck", false);
    struct sim *s = table_sim(&t, LANES);
    for (int again = 0; again < 2; again++) {
        e->cooldown = again;
        sim_begin(s);
        table_pass(&t, s);
        table_pass(&t, s);
        double sum = 0, most = 0;
        for (int l = 0; l < LANES; l++) {
            const double z = sim_values(s, TABLE_Z, 0, false)[l];
            sum += z;
            most = z > most ? z : most;
        }
        assert_true(again ? sum > 900 && sum < 1100 : sum > 780 && sum < 970);     /* a quarter, twice; or 1 - (3/4)^2, once */
        assert_true(most == again + 1);
    }
    e->cooldown = 3;
    sim_begin(s);
    table_pass(&t, s);
    table_pass(&t, s);
    for (int l = 0; l < LANES; l++)
        assert_true(sim_values(s, TABLE_Z, 0, false)[l] <= 1);
}

TEST(under_medians_a_chance_is_true_above_one_half)
{
    UNUSED_STATE;
    struct event *e = adding("luck");
    const struct code_ref half = table_value(&t, 0.5), more = table_value(&t, 0.51);
    e->chance_stream = (int)build_stream(&t.b, "luck", false);
    e->chance = half;
    struct sim *s = table_sim(&t, 1);
    sim_start(s, 1, 0, false, true);
    sim_begin(s);
    assert_string_equal(course(s, 3), "000");
    e->chance = more;
    e->cooldown = 1;
    assert_string_equal(course(s, 3), "123");
}

TEST(events_of_one_turn_do_not_see_each_other)
{
    UNUSED_STATE;
    struct event *first = adding("first"), *second = adding("second");
    first->when = second->when = table_code(&t, OP_LT, table_slot(&t, TABLE_Z), table_constant(&t, 0.5));
    assert_string_equal(course(table_sim(&t, 1), 3), "222");
}

static void two_endings(void)
{
    t.ending[0] = (struct ending){.name = "horizon", .title = "Horizon", .when = NO_CODE, .at_end = true, .worth = t.worth[0]};
    t.ending[1] = (struct ending){.name = "high", .title = "High", .when = table_code(&t, OP_LT, table_constant(&t, 102.5), table_slot(&t, TABLE_X)), .worth = t.worth[1]};
    for (int e = 0; e < 2; e++)
        for (int s = 0; s < 2; s++)
            t.worth[e][s] = table_value(&t, 10 * (e + 1) + s);
    t.b.p.endings = 2;
}

TEST(endings_are_judged_in_order_and_at_end_only_at_the_horizon)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "up", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    two_endings();
    struct sim *s = table_sim(&t, 2);
    const unsigned char first[] = {1, 0};
    struct order o = table_order(&t, ROW_DO, m);
    o.lanes = first;
    for (int turn = 0; turn < 6; turn++) {
        assert_int_equal(sim_ending(s, 1), -1);
        sim_turn(s, &o, 1, true, false);
    }
    assert_int_equal(sim_ending(s, 0), 1);
    assert_int_equal(sim_ending_turn(s, 0), 3);
    assert_int_equal(sim_ending(s, 1), 0);
    assert_int_equal(sim_ending_turn(s, 1), 6);
}

TEST(a_lane_that_is_over_stays_as_it_ended_unless_play_goes_on)
{
    UNUSED_STATE;
    table_drift(&t, 1);
    two_endings();
    struct sim *s = table_sim(&t, 1);
    for (int turn = 0; turn < 3; turn++)
        table_pass(&t, s);
    assert_int_equal(sim_ending(s, 0), 1);
    const uint64_t end = sim_hash(s, 0);
    table_pass(&t, s);
    assert_true(sim_hash(s, 0) == end);
    close_to(table_at(s, TABLE_X), 103);
    sim_begin(s);
    for (int turn = 0; turn < 5; turn++)
        sim_turn(s, NULL, 0, true, true);
    assert_int_equal(sim_ending_turn(s, 0), 3);
    close_to(table_at(s, TABLE_X), 105);
}

TEST(scores_are_clamped_goals_weighed_and_worth_is_added_unclamped)
{
    UNUSED_STATE;
    t.goal[0][1] = (struct goal){.name = "half", .weight = 3, .score = table_value(&t, 40)};
    t.b.seat[0].goals = 2;
    two_endings();
    struct move *m = table_move(&t, "up", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 500));
    struct sim *s = table_sim(&t, 1);
    close_to(sim_score(s, 0)[0], 55);               /* (100 + 3 * 40) / 4 */
    table_do(&t, s, m);
    close_to(sim_goal(s, 0, 0)[0], 100);
    close_to(sim_score(s, 0)[0], 75);               /* and what the ending is worth */
    close_to(sim_score(s, 1)[0], 21);
}

TEST(a_lane_of_many_plays_as_a_game_of_its_own)
{
    UNUSED_STATE;
    enum { LANES = 9 };
    struct event *e = adding("luck");
    e->chance = table_value(&t, 0.4);
    e->chance_stream = (int)build_stream(&t.b, "luck", false);
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ramp_up = 6;
    m->decay = 0.05;
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_Y, EFFECT_PUSH, 0.3), 0, 2, 2));
    table_drift(&t, 0.7);
    two_endings();
    build_parameter(&t.b, "p", PRIOR_UNIFORM, (struct parameter_element){1, 0, 2});
    struct sim *many = table_sim(&t, LANES), *one = table_sim(&t, 1);
    static unsigned char mask[LANES];
    sim_start(many, 11, 100, true, false);
    sim_begin(many);
    for (int l = 0; l < LANES; l++)
        mask[l] = l % 2 == 0;
    for (int turn = 0; turn < 6; turn++) {
        struct order o = table_order(&t, ROW_DO, m);
        o.lanes = mask;
        sim_turn(many, &o, turn % 2 == 0, true, false);
    }
    for (int l = 0; l < LANES; l++) {
        sim_start(one, 11, 100 + (uint64_t)l, true, false);
        sim_begin(one);
        for (int turn = 0; turn < 6; turn++) {
            struct order o = table_order(&t, ROW_DO, m);
            sim_turn(one, &o, turn % 2 == 0 && mask[l], true, false);
        }
        assert_int_equal(sim_ending(one, 0), sim_ending(many, l));
        assert_true(sim_hash(one, 0) == sim_hash(many, l));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(a_date_fires_in_the_turn_in_which_it_falls), EACH(a_date_whose_condition_does_not_hold_then_never_fires),
        EACH(a_condition_fires_once_and_again_after_its_cooldown), EACH(each_turn_fires_each_turn_and_by_hand_never),
        EACH(chance_is_drawn_each_turn_until_it_comes_and_a_cooldown_allows_it_again), EACH(under_medians_a_chance_is_true_above_one_half),
        EACH(events_of_one_turn_do_not_see_each_other), EACH(endings_are_judged_in_order_and_at_end_only_at_the_horizon),
        EACH(a_lane_that_is_over_stays_as_it_ended_unless_play_goes_on), EACH(scores_are_clamped_goals_weighed_and_worth_is_added_unclamped),
        EACH(a_lane_of_many_plays_as_a_game_of_its_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
