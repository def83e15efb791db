/* tests/unit/lab/forecast_test.c — a forecast comes from the view alone, on the same futures for both sides, whoever ran them. */
#include "unit.h"
#include "game/table.h"
#include "game/game_private.h"
#include "lab/forecast.h"

enum { LANES = 20, TURNS = 3 };
static struct test_table t;
static const struct row *planned;               /* by seat 0 in the first turn */
static struct rule rule; static struct row answer; static struct persona script;
static const struct forecast_value values[] = {{TABLE_X, 0}, {TABLE_Z, 0}};

static int fresh(void **state)
{
    (void)state;
    table_begin(&t);
    planned = NULL;
    return 0;
}

static int gone(void **state)
{
    (void)state;
    arena_done(&t.arena);
    return 0;
}

static bool plan_once(void *self, const struct view *v, struct plan *plan)
{
    (void)self;
    if (view_turn(v) == 0 && planned)
        plan->row[plan->rows++] = *planned;
    return true;
}

static const struct seat_ops acting = {.kind = "script", .plan = plan_once};

static struct game *open_game(void)
{
    static const struct seat_ops *ops[] = {&acting, NULL};
    static void *self[2];
    const char *error;
    const struct game_options o = {.seed = 2, .opening = -1, .ops = ops, .self = self};
    struct game *g = game_open(&t.arena, build_program(&t.b), &o, &error);
    assert_non_null(g);
    return g;
}

/* Bands are copied, because the next question overwrites them. */
struct answer { struct forecast f; struct band hold[6], plan[6], change[6]; };

static struct answer ask(const struct view *v, const struct plan *plan, int lanes, int threads)
{
    const struct forecast_room room = {lanes, TURNS, 2, threads};
    const struct forecast_ask question = {plan, lanes, TURNS, 7, values, 2};
    struct answer k = {.f = *forecaster_ask(forecaster_new(&t.arena, &t.b.p, &room), v, &question)};
    memcpy(k.hold, k.f.hold, sizeof k.hold);
    if (plan) {
        memcpy(k.plan, k.f.plan, sizeof k.plan);
        memcpy(k.change, k.f.change, sizeof k.change);
    }
    return k;
}

static bool same_bands(const struct answer *a, const struct answer *b)
{
    return memcmp(a->hold, b->hold, sizeof a->hold) == 0 && memcmp(a->plan, b->plan, sizeof a->plan) == 0 &&
           memcmp(a->change, b->change, sizeof a->change) == 0;
}

/* Seat 0 has done something quiet; seat 1 sees x with an error, z not at all, x + z with another error, and can add to z. */
static struct game *half_hidden(struct plan *plan)
{
    static struct setting quiet;
    static const struct seen both[2] = {[1] = {.kind = SEEN_NOISY, .error = 0.05}};
    build_block(&t.b, BLOCK_AUX);
    const uint32_t sum = build_op(&t.b, OP_ADD, table_slot(&t, TABLE_X), table_slot(&t, TABLE_Z));
    t.b.quantity[t.b.p.quantities++] = (struct quantity){.name = "both", .kind = Q_AUX, .count = 1, .first = sum, .mean = NO_SLOT, .seen = both,
                                                         .good_for = -1, .evidence = {.source = -1}};
    static struct row word;
    struct move *m = table_measure(&t, "word", 0, -1), *help = table_move(&t, "help", 1, -1);
    quiet = (struct setting){.name = "quiet", .level = 1, .quiet = 1e-9, .ceiling = 1, .lift_cost = NO_CODE};
    m->setting = &quiet;
    m->detect_stream = (int)build_stream(&t.b, "detect", false);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 5));
    table_add(&t, &help->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 2));
    t.seen[TABLE_X * 2 + 1] = (struct seen){.kind = SEEN_NOISY, .error = 0.1};
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_NONE};
    build_parameter(&t.b, "p", PRIOR_UNIFORM, (struct parameter_element){1, 0, 2});
    table_drift(&t, 1);
    word = table_row(ROW_DO, &t, m);
    planned = &word;
    *plan = (struct plan){.row = {table_row(ROW_DO, &t, help)}, .rows = 1};
    struct game *g = open_game();
    game_turn(g);
    return g;
}

TEST(a_forecast_never_depends_on_what_is_hidden)
{
    UNUSED_STATE;
    struct plan plan;
    struct game *g = half_hidden(&plan);
    const struct answer before = ask(game_view(g, 1), &plan, LANES, 1);
    /* another truth behind the same view: a hidden stock, the present value of what is seen with an error, the quiet measure, the
     * parameter */
    *sim_at(g->live, table_slot(&t, TABLE_Z), 0) = -1000;
    *sim_at(g->live, table_slot(&t, TABLE_X), 0) = 1;
    *sim_at(g->live, t.b.parameter[0].first, 0) = 1.9999;
    for (uint32_t k = 0; k < MOVE_SLOTS; k++)
        *sim_at(g->live, t.b.move[0].state + k, 0) = 3;
    const struct answer after = ask(game_view(g, 1), &plan, LANES, 1);
    assert_true(same_bands(&before, &after));
    assert_true(before.hold[0].low < before.hold[0].high);          /* it does not know x, and says so */
}

TEST(threads_never_show_in_a_forecast)
{
    UNUSED_STATE;
    struct plan plan;
    struct game *g = half_hidden(&plan);
    const struct answer one = ask(game_view(g, 1), &plan, LANES, 1), many = ask(game_view(g, 1), &plan, LANES, 5);
    assert_true(same_bands(&one, &many));
    const struct answer again = ask(game_view(g, 1), NULL, LANES, 2);
    assert_memory_equal(one.hold, again.hold, sizeof one.hold);     /* and holding is the same with and without a plan beside it */
}

TEST(asking_takes_no_memory)
{
    UNUSED_STATE;
    struct plan plan;
    struct game *g = half_hidden(&plan);
    const struct forecast_room room = {LANES, TURNS, 2, 1};
    const struct forecast_ask question = {&plan, LANES, TURNS, 7, values, 2};
    struct forecaster *f = forecaster_new(&t.arena, &t.b.p, &room);
    const struct arena_mark before = arena_mark(&t.arena);
    forecaster_ask(f, game_view(g, 1), &question);
    const struct arena_mark after = arena_mark(&t.arena);
    assert_true(before.block == after.block && before.at == after.at && before.used == after.used);
}

TEST(a_number_that_is_seen_as_another_goes_on_as_that_other)
{
    UNUSED_STATE;
    table_drift(&t, 1);
    struct answer k = ask(game_view(open_game(), 1), NULL, LANES, 1);
    assert_true(k.f.now[1].value == 0 && k.hold[TURNS].middle == 0);
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_AS, .as = TABLE_X};
    k = ask(game_view(open_game(), 1), NULL, LANES, 1);
    assert_true(k.f.now[1].value == 100 && k.hold[TURNS].middle == 101 && k.hold[TURNS + 2].middle == 103);
}

TEST(the_plan_and_holding_meet_the_same_futures)
{
    UNUSED_STATE;
    struct plan plan;
    struct game *g = half_hidden(&plan);
    const struct answer k = ask(game_view(g, 1), &plan, LANES, 1);
    for (int turn = 0; turn < TURNS; turn++) {
        const struct band *x = &k.change[turn], *z = &k.change[TURNS + turn];
        assert_true(x->low == 0 && x->high == 0);                   /* x is uncertain, and the plan does nothing to it */
        assert_true(z->low == 2 && z->middle == 2 && z->high == 2);
    }
    assert_int_equal(k.f.failed, 0);
    assert_false(k.f.now[1].known);
}

TEST(scripts_of_other_seats_are_followed_and_so_is_what_pays_the_rest)
{
    UNUSED_STATE;
    struct move *give = table_move(&t, "give", 1, -1);
    give->cost = table_value(&t, 1);
    table_add(&t, &give->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 10));
    struct game *g = open_game();
    struct answer k = ask(game_view(g, 0), NULL, LANES, 1);
    assert_true(k.hold[TURNS].middle == 10 && k.hold[TURNS + 2].middle == 10);     /* once: z is its goal; then it holds */
    answer = table_row(ROW_DO, &t, give);
    rule = (struct rule){.when = NO_CODE, .row = &answer, .rows = 1};
    script = (struct persona){.name = "giver", .first = &rule, .rules = 1};
    t.b.seat[1].persona = &script;
    t.b.seat[1].personas = 1;
    g = open_game();
    k = ask(game_view(g, 0), NULL, LANES, 1);
    assert_true(k.hold[TURNS].middle == 10 && k.hold[TURNS + 2].middle == 30);     /* in every turn */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(a_forecast_never_depends_on_what_is_hidden), EACH(threads_never_show_in_a_forecast), EACH(asking_takes_no_memory),
        EACH(a_number_that_is_seen_as_another_goes_on_as_that_other),
        EACH(the_plan_and_holding_meet_the_same_futures), EACH(scripts_of_other_seats_are_followed_and_so_is_what_pays_the_rest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
