/* tests/unit/engine/steps_test.c — the Euler steps: stocks, ramps, rings, what is kept, means, time and the ledger. */
#include "unit.h"
#include "base/panic.h"
#include "base/pmath.h"
#include "engine/build.h"
#include "engine/world.h"

static struct arena arena;
static struct build b;

static struct world *begin(int lanes)
{
    const struct program *p = build_program(&b);
    const char *wrong = program_verify(p);
    if (wrong)
        fail_msg("%s", wrong);
    struct world *w = world_new(&arena, p, lanes);
    engine_parameters_at_value(w);
    engine_start(w);
    return w;
}

TEST(decay_goes_as_euler_says)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 100), rate = build_constant(&b, -0.5);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    build_block(&b, BLOCK_CHANGE);
    b.stock[0].rate = build_op(&b, OP_MUL, x, rate);
    struct world *w = begin(5);
    double want = 100;
    assert_true(world_get(w, x, 4) == 100);
    for (int turn = 0; turn < 3; turn++) {
        engine_run_turn(w, NULL);
        for (int k = 0; k < 4; k++)
            want += want * -0.5 * 0.25;
        assert_true(world_get(w, x, 0) == want && world_get(w, x, 4) == want);
    }
    assert_int_equal(w->turn, 3);
}

TEST(all_stocks_move_at_once)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t one = build_constant(&b, 1), zero = build_constant(&b, 0);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", zero), y = build_stock(&b, "y", one);
    b.stock[0].rate = y;                            /* dx = y, dy = x, no copies between */
    b.stock[1].rate = x;
    b.p.time.steps = 1;
    struct world *w = begin(9);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, x, 8) == 1 && world_get(w, y, 8) == 1);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, x, 8) == 2 && world_get(w, y, 8) == 2);
}

struct posted { int calls; double term[2], floor, ceiling; };

static void post(void *self, int quantity, int element, const double *term, int terms, double floor, double ceiling)
{
    struct posted *to = self;
    (void)quantity, (void)element;
    to->calls++;
    for (int i = 0; i < terms; i++)
        to->term[i] = term[i];
    to->floor = floor, to->ceiling = ceiling;
}

TEST(ledger_has_every_term_and_what_bounds_refused)
{
    UNUSED_STATE;
    static struct term terms[2];
    struct posted got = {.calls = 0};
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 3), in = build_constant(&b, 2), out = build_constant(&b, -10), floor = build_constant(&b, 0);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    build_block(&b, BLOCK_CHANGE);
    b.stock[0].rate = build_op(&b, OP_ADD, in, out);
    terms[0] = (struct term){"in", in}, terms[1] = (struct term){"-out", out};
    b.stock[0].term = terms, b.stock[0].terms = 2, b.stock[0].floor = floor;
    struct world *w = begin(1);
    engine_run_turn(w, &(struct engine_ledger){&got, post});
    assert_int_equal(got.calls, 1);
    assert_true(world_get(w, x, 0) == 0);
    assert_true(got.term[0] == 2 && got.term[1] == -10 && got.floor == 5 && got.ceiling == 0);     /* 3 + 2 - 10 + 5 */
    engine_run_turn(w, &(struct engine_ledger){&got, post});
    assert_true(got.term[0] == 2 && got.term[1] == -10 && got.floor == 8);
}

TEST(ramp_shows_k_of_n_to_the_kth_step)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    struct move *m = build_move(&b, "ban", -1);
    uint32_t level = move_slot(m, 0, MOVE_LEVEL), ring = build_state(&b, "seen", 8), zero = build_constant(&b, 0);
    build_block(&b, BLOCK_AUX);
    uint32_t seen = build_op(&b, OP_COPY, level);
    build_block(&b, BLOCK_STEP_END);
    build_into(&b, OP_RINGPUT, ring, seen, 8, 0, 0);
    (void)zero;
    struct world *w = begin(3);
    assert_true(world_get(w, move_slot(m, 0, MOVE_SINCE), 2) == -1 && world_get(w, move_slot(m, 0, MOVE_SETTING), 2) == -1);
    assert_true(world_get(w, b.seat[0].budget, 2) == 3);
    world_slot(w, move_slot(m, 0, MOVE_GOAL))[2] = 0.8;
    world_slot(w, move_slot(m, 0, MOVE_LEFT))[2] = 5;
    engine_run_turn(w, NULL);
    engine_run_turn(w, NULL);
    for (uint32_t k = 1; k <= 8; k++) {
        double want = k < 5 ? 0.8 * k / 5 : 0.8, got = world_get(w, ring + k - 1, 2);
        assert_true(got - want < 1e-15 && want - got < 1e-15);
        assert_true(world_get(w, ring + k - 1, 1) == 0);
    }
    assert_true(world_get(w, level, 2) == 0.8);     /* exactly, at the end */
}

TEST(ring_gives_back_what_went_in_so_many_steps_ago)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t ring = build_state(&b, "ring", 6), lag = build_constant(&b, 1.25), first = build_constant(&b, -7), none = build_constant(&b, 0);
    build_block(&b, BLOCK_AUX);
    uint32_t late = build_op(&b, OP_RINGGET, ring, lag, first, 6), soon = build_op(&b, OP_RINGGET, ring, none, first, 6);
    build_block(&b, BLOCK_STEP_END);
    build_into(&b, OP_RINGPUT, ring, b.p.step_slot, 6, 0, 0);
    struct world *w = begin(7);
    assert_true(world_get(w, late, 6) == -7 && world_get(w, soon, 6) == -7);
    for (int turn = 1; turn <= 5; turn++) {
        engine_run_turn(w, NULL);
        engine_aux(w);                              /* of step 4 * turn; 1.25 months are five steps */
        assert_true(world_get(w, late, 6) == (turn == 1 ? -7 : 4 * turn - 5));
        assert_true(world_get(w, soon, 6) == 4 * turn - 1);
    }
}

TEST(previous_is_a_step_ago_in_the_model_and_the_start_at_first)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 10), one = build_constant(&b, 1), before = build_state(&b, "before", 2);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    b.stock[0].rate = one;
    b.p.time.steps = 1;
    b.kept_step[b.p.kept_steps++] = (struct kept){x, before};              /* a pair may name the stock itself */
    b.kept_step[b.p.kept_steps++] = (struct kept){before, before + 1};     /* and the pair before it */
    build_block(&b, BLOCK_AUX);
    uint32_t shown = build_op(&b, OP_COPY, before);
    struct world *w = begin(1);
    assert_true(world_get(w, before, 0) == 10 && world_get(w, shown, 0) == 10);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, x, 0) == 11 && world_get(w, before, 0) == 10);
    engine_run_turn(w, NULL);
    engine_run_turn(w, NULL);
    engine_aux(w);
    assert_true(world_get(w, x, 0) == 13 && world_get(w, before, 0) == 12 && world_get(w, before + 1, 0) == 11 && world_get(w, shown, 0) == 12);
}

/* A temporary is used twice, once for what does not move; a named value does not move; the world is set between turns. */
TEST(what_does_not_move_within_a_turn_is_worked_out_once_and_is_the_same)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 1), small = build_constant(&b, 0.01), rule = build_state(&b, "rule", 1), temporary = build_work(&b, 1);
    uint32_t fixed = build_work(&b, 1), moving = build_work(&b, 1), rate = build_work(&b, 1);
    b.name[fixed] = "fixed", b.name[moving] = "moving";
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    build_block(&b, BLOCK_AUX);
    build_op_into(&b, OP_EXP, fixed, rule);
    build_op_into(&b, OP_FINITE, fixed, 0);
    build_op_into(&b, OP_MUL, temporary, rule, rule);
    build_op_into(&b, OP_ADD, moving, temporary, x);
    build_op_into(&b, OP_MUL, temporary, moving, fixed);
    build_op_into(&b, OP_SUB, moving, temporary, rule);
    build_op_into(&b, OP_FINITE, moving, 0);
    build_block(&b, BLOCK_CHANGE);
    build_op_into(&b, OP_MUL, rate, moving, small);
    b.stock[0].rate = rate;
    struct world *w = begin(9), *by_hand = world_new(&arena, w->program, 9);
    engine_parameters_at_value(by_hand);
    engine_start(by_hand);
    double dt = w->program->time.turn / w->program->time.steps;
    for (int turn = 0; turn < 3; turn++) {
        for (int l = 0; l < 9; l++)
            world_slot(w, rule)[l] = world_slot(by_hand, rule)[l] = turn * 0.25 + l;
        engine_run_turn(w, NULL);
        for (int step = 0; step < w->program->time.steps; step++) {
            engine_block(by_hand, BLOCK_AUX);
            engine_block(by_hand, BLOCK_CHANGE);
            for (int l = 0; l < 9; l++)
                world_slot(by_hand, x)[l] += world_get(by_hand, rate, l) * dt;
        }
        for (int l = 0; l < 9; l++)
            assert_true(world_get(w, x, l) == world_get(by_hand, x, l));
    }
}

TEST(what_the_start_says_of_previous_stands)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t five = build_constant(&b, 5), one = build_constant(&b, 1), before = build_state(&b, "before", 1), next = build_work(&b, 1);
    build_block(&b, BLOCK_START);
    build_op_into(&b, OP_COPY, before, five);
    build_block(&b, BLOCK_AUX);
    build_op_into(&b, OP_ADD, next, before, one);                          /* counter: previous(counter) + 1 */
    b.kept_step[b.p.kept_steps++] = (struct kept){next, before};
    struct world *w = begin(1);
    assert_true(world_get(w, before, 0) == 5);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, before, 0) == 9);                             /* four steps */
}

TEST(kept_of_the_turn_shows_when_plans_have_been_resolved)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 10), one = build_constant(&b, 1), before = build_state(&b, "before", 1), kept = build_state(&b, "kept", 1);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    b.stock[0].rate = one;
    b.kept_turn[b.p.kept_turns++] = (struct kept){kept, before};
    build_block(&b, BLOCK_TURN_KEEP);
    build_op_into(&b, OP_COPY, kept, x);
    struct world *w = begin(2);
    assert_true(world_get(w, before, 1) == 10);
    engine_run_turn(w, NULL);
    engine_turn_keep(w);
    world_slot(w, x)[1] = 50;                                              /* an event */
    assert_true(world_get(w, before, 1) == 10);
    engine_turn_kept(w);
    assert_true(world_get(w, before, 1) == 11);
}

TEST(means_are_over_the_steps_of_a_turn)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t start = build_constant(&b, 8), four = build_constant(&b, 4), mean = build_state(&b, "mean", 1);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", start);
    b.stock[0].rate = four;
    b.mean[b.p.means++] = (struct mean_of){x, mean};
    struct world *w = begin(1);
    assert_true(world_get(w, mean, 0) == 8);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, mean, 0) == (8 + 9 + 10 + 11) / 4.0 && world_get(w, x, 0) == 12);
}

TEST(time_is_worked_out_from_whole_numbers)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    b.p.time = (struct time_spec){.kind = TIME_NUMBER, .start = 0.3, .turn = 0.1, .turns = 100, .steps = 3, .unit = ""};
    uint32_t in_steps = build_state(&b, "in_steps", 3);
    build_block(&b, BLOCK_STEP_END);
    build_into(&b, OP_RINGPUT, in_steps, b.p.time_slot, 3, 0, 0);
    struct world *w = begin(1);
    for (int turn = 1; turn <= 100; turn++)
        engine_run_turn(w, NULL);
    double last = 0.3 + 99 * 0.1;
    assert_true(world_get(w, b.p.time_slot, 0) == 0.3 + 100 * 0.1 && world_get(w, b.p.turn_start_slot, 0) == 0.3 + 100 * 0.1);
    assert_true(world_get(w, b.p.turn_slot, 0) == 100 && world_get(w, b.p.step_slot, 0) == 300 && world_get(w, b.p.month_slot, 0) == 0);
    assert_true(world_get(w, in_steps, 0) == last && world_get(w, in_steps + 1, 0) == last + 0.1 * 1 / 3 && world_get(w, in_steps + 2, 0) == last + 0.1 * 2 / 3);
}

TEST(month_follows_the_calendar_within_a_turn)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    b.p.time.turn = 3;
    b.p.time.steps = 3;
    uint32_t months = build_state(&b, "months", 3);
    build_block(&b, BLOCK_STEP_END);
    build_into(&b, OP_RINGPUT, months, b.p.month_slot, 3, 0, 0);
    struct world *w = begin(1);
    for (int turn = 0; turn < 4; turn++)
        engine_run_turn(w, NULL);
    assert_true(world_get(w, months, 0) == 11 && world_get(w, months + 1, 0) == 12 && world_get(w, months + 2, 0) == 1);
    assert_true(world_get(w, b.p.month_slot, 0) == 2);
}

TEST(hidden_stocks_smooth)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t goal = build_constant(&b, 16), held = build_state(&b, "smoothed", 1);
    b.p.time.steps = 2;
    build_block(&b, BLOCK_CHANGE);
    uint32_t rate = build_op(&b, OP_SUB, goal, held);
    b.hidden[b.p.hidden_stocks++] = (struct flow_stock){held, rate, NO_SLOT, NO_SLOT};
    struct world *w = begin(1);
    engine_run_turn(w, NULL);
    assert_true(world_get(w, held, 0) == 12);
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(decay_goes_as_euler_says),
        RUN(all_stocks_move_at_once),
        RUN(ledger_has_every_term_and_what_bounds_refused),
        RUN(ramp_shows_k_of_n_to_the_kth_step),
        RUN(ring_gives_back_what_went_in_so_many_steps_ago),
        RUN(previous_is_a_step_ago_in_the_model_and_the_start_at_first),
        RUN(what_does_not_move_within_a_turn_is_worked_out_once_and_is_the_same),
        RUN(what_the_start_says_of_previous_stands),
        RUN(kept_of_the_turn_shows_when_plans_have_been_resolved),
        RUN(means_are_over_the_steps_of_a_turn),
        RUN(time_is_worked_out_from_whole_numbers),
        RUN(month_follows_the_calendar_within_a_turn),
        RUN(hidden_stocks_smooth),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
