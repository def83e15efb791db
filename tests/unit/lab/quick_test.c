/* tests/unit/lab/quick_test.c — games in lanes: scripts, what pays a turn ahead, answers, and no lane that sees another. */
#include "unit.h"
#include "game/table.h"
#include "game/game_private.h"
#include "lab/quick.h"

enum { LANES = 5, TURNS = 3 };
static struct test_table t;
static struct persona persona[2];
static struct rule rule[2];
static struct row row[2];
static const int both[] = {0, 0};

static int fresh(void **state)
{
    (void)state;
    table_begin(&t);
    for (int s = 0; s < 2; s++) {
        persona[s] = (struct persona){.name = "it", .patience = 1, .precision = 1e6};
        t.b.seat[s].persona = &persona[s];
        t.b.seat[s].personas = 1;
    }
    return 0;
}

static int gone(void **state) { (void)state; table_done(&t); return 0; }

static void give_script(int seat, const struct move *m, struct code_ref when)
{
    row[seat] = table_row(ROW_DO, &t, m);
    rule[seat] = (struct rule){.when = when, .row = &row[seat], .rows = 1};
    persona[seat].first = &rule[seat];
    persona[seat].rules = 1;
}

static struct sim *play_from(int lanes, uint64_t first_run, int turns, const int *who)
{
    const struct program *p = build_program(&t.b);
    struct sim *s = sim_new(&t.arena, p, lanes);
    struct quick *q = quick_new(&t.arena, p, lanes, who);
    sim_start(s, 7, first_run, true, false);
    sim_begin(s);
    quick_begin(q, 7, first_run, false);
    for (int i = 0; i < turns; i++)
        quick_turn(q, s);
    return s;
}

TEST(a_script_does_what_it_can_pay_for)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "give", 0, -1);
    m->cost = table_value(&t, 3);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 10));
    give_script(0, m, NO_CODE);
    struct sim *s = play_from(LANES, 0, TURNS + 1, both);
    for (int l = 0; l < LANES; l++)                 /* 3 at first, then 1 a turn: in the first turn and in the fourth */
        assert_true(sim_values(s, TABLE_Z, 0, false)[l] == 20);
}

TEST(who_looks_a_turn_ahead_takes_what_pays_it_best)
{
    UNUSED_STATE;
    static const double worth[] = {2, 5, -4};
    for (int i = 0; i < 3; i++) {
        struct move *m = table_move(&t, i == 0 ? "two" : i == 1 ? "five" : "less", 1, -1);
        table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, worth[i]));
    }
    struct sim *s = play_from(LANES, 0, TURNS, both);
    for (int l = 0; l < LANES; l++)
        assert_true(sim_values(s, TABLE_Z, 0, false)[l] == 5 * TURNS);
    s = play_from(LANES, 0, TURNS, (const int[]){0, -1});
    assert_true(sim_values(s, TABLE_Z, 0, false)[0] == 0);         /* nobody sits there */
}

/* z or less of it, as a parameter of each lane says. */
TEST(each_lane_decides_by_its_own_state_and_in_any_company)
{
    UNUSED_STATE;
    const uint32_t p = build_parameter(&t.b, "p", PRIOR_UNIFORM, (struct parameter_element){0, -1, 1});
    struct move *m = table_move(&t, "dare", 1, -1);
    table_add(&t, &m->effects, table_effect_on(&t, TABLE_Z, EFFECT_ADD, (struct code_ref){-1, p}));
    persona[1].precision = 3;
    struct sim *s = play_from(LANES, 0, TURNS, both);
    bool up = false, rest = false;
    for (int l = 0; l < LANES; l++) {
        struct sim *alone = play_from(1, (uint64_t)l, TURNS, both);
        assert_true(sim_hash(alone, 0) == sim_hash(s, l));
        up = up || sim_values(s, TABLE_Z, 0, false)[l] > 0;
        rest = rest || sim_values(s, TABLE_Z, 0, false)[l] <= 0;
    }
    assert_true(up && rest);
}

TEST(what_is_tabled_is_answered_where_that_pays)
{
    UNUSED_STATE;
    for (int pays = 0; pays < 2; pays++) {
        gone(NULL);
        fresh(NULL);
        struct move *ask = table_move(&t, "ask", 0, -1), *accept = table_move(&t, "accept", 1, -1);
        ask->answer = ANSWER_ACCEPT;
        ask->answer_move = 1;
        ask->answer_by = 1;
        accept->answers = 0;
        table_add(&t, &ask->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, pays ? 3 : -3));
        give_script(0, ask, NO_CODE);
        struct sim *s = play_from(LANES, 0, 1, both);
        for (int l = 0; l < LANES; l++)
            assert_true(sim_values(s, TABLE_Z, 0, false)[l] == (pays ? 3 : 0));
    }
}

TEST(a_game_that_is_over_stays_as_it_ended)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "give", 1, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    t.ending[0] = (struct ending){.name = "enough", .when = table_code(&t, OP_LE, table_constant(&t, 2), table_slot(&t, TABLE_Z))};
    t.b.p.endings = 1;
    struct sim *s = play_from(LANES, 0, 5, both);
    for (int l = 0; l < LANES; l++)
        assert_true(sim_values(s, TABLE_Z, 0, false)[l] == 2 && sim_ending(s, l) == 0 && sim_ending_turn(s, l) == 2);
}

TEST(playing_takes_no_memory)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "give", 1, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 1));
    const struct program *p = build_program(&t.b);
    struct sim *s = sim_new(&t.arena, p, LANES);
    struct quick *q = quick_new(&t.arena, p, LANES, both);
    const struct arena_mark before = arena_mark(&t.arena);
    sim_start(s, 7, 0, true, false);
    sim_begin(s);
    quick_begin(q, 7, 0, false);
    for (int i = 0; i < TURNS; i++)
        quick_turn(q, s);
    const struct arena_mark after = arena_mark(&t.arena);
    assert_true(before.block == after.block && before.at == after.at && before.used == after.used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(a_script_does_what_it_can_pay_for), EACH(who_looks_a_turn_ahead_takes_what_pays_it_best),
        EACH(each_lane_decides_by_its_own_state_and_in_any_company), EACH(what_is_tabled_is_answered_where_that_pays),
        EACH(a_game_that_is_over_stays_as_it_ended), EACH(playing_takes_no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
