/* tests/unit/engine/verify_test.c — broken programs are refused, and what is not refused runs (hence its place with the engine). */
#include "unit.h"
#include "base/panic.h"
#include "engine/build.h"
#include "engine/world.h"

static struct arena arena;
static struct build b;
static const char *const firms[] = {"north", "south", "east"};
static const double table_x[] = {0, 5, 10}, table_y[] = {0, 1, 0};

enum { RING = 6, SHARES = 3 };

/* A program with something of everything that has a place to miss. */
static struct program *everything(void)
{
    build_begin(&b, &arena);
    uint32_t one = build_constant(&b, 1), two = build_constant(&b, 2), k = build_parameter(&b, "k", PRIOR_TRIANGULAR, (struct parameter_element){2, 1, 3});
    uint32_t twice = build_parameter(&b, "twice", PRIOR_COMPUTED, (struct parameter_element){0, 0, 0});
    uint32_t turn_stream = build_stream(&b, "draw:a", false), step_stream = build_stream(&b, "draw:b", true);
    uint32_t harvest = build_state(&b, "harvest", 1), noise = build_state(&b, "noise", 1), ring = build_state(&b, "ring", RING);
    uint32_t before = build_state(&b, "before", 1), kept = build_state(&b, "kept", 1), mean = build_state(&b, "mean", 1);
    uint32_t range = build_work(&b, 2 * SHARES), shares = build_work(&b, SHARES);
    b.table[b.p.tables++] = (struct table){table_x, table_y, 3};
    build_set(&b, "firm", 3, firms);
    struct move *m = build_move(&b, "list_firm", 0);
    build_block(&b, BLOCK_PARAMETERS);
    build_op_into(&b, OP_MUL, twice, k, two);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", k);
    build_block(&b, BLOCK_TURN_DRAWS);
    build_op_into(&b, OP_NORMAL, harvest, one, two, turn_stream);
    build_block(&b, BLOCK_STEP_DRAWS);
    build_op_into(&b, OP_TRIANGULAR, noise, one, two, twice, step_stream);
    build_block(&b, BLOCK_AUX);
    uint32_t y = build_op(&b, OP_LOOKUP, x, 0);
    for (uint32_t i = 0; i < 2 * SHARES; i++)
        build_op_into(&b, OP_ADD, range + i, y, one);
    build_into(&b, OP_SHARE, shares, x, range, range + SHARES, SHARES);
    build_op(&b, OP_GATHER, y, range, 2, SHARES);
    build_op(&b, OP_RANK, range, SHARES, 1);
    b.guard = y;
    build_op(&b, OP_BEST, range, range + SHARES, SHARES);
    build_op(&b, OP_DIV, x, y);
    build_op(&b, OP_RINGGET, ring, two, one, RING);
    build_block(&b, BLOCK_CHANGE);
    b.stock[0].rate = build_op(&b, OP_SUB, noise, harvest);
    b.stock[0].floor = one;
    build_block(&b, BLOCK_STEP_END);
    build_into(&b, OP_RINGPUT, ring, x, RING, 0, 0);
    build_block(&b, BLOCK_TURN_KEEP);
    build_op_into(&b, OP_COPY, kept, x);
    build_block(&b, BLOCK_FIXED);
    uint32_t cost = build_op(&b, OP_ADD, b.p.target_slot, one);
    m->cost = (struct code_ref){BLOCK_FIXED, cost};
    b.kept_step[b.p.kept_steps++] = (struct kept){x, before};
    b.kept_turn[b.p.kept_turns++] = (struct kept){kept, before};
    b.mean[b.p.means++] = (struct mean_of){y, mean};
    return build_program(&b);
}

static void run(struct program *p)
{
    struct world *w = world_new(&arena, p, 9);
    engine_draw_parameters(w);
    engine_start(w);
    engine_turn_draws(w);
    engine_turn_keep(w);
    engine_value(w, p->move[0].cost);
    engine_turn_kept(w);
    engine_run_turn(w, NULL);
    engine_hash(w, 8);
}

TEST(a_whole_program_passes)
{
    UNUSED_STATE;
    struct program *p = everything();
    const char *wrong = program_verify(p);
    if (wrong)
        fail_msg("%s", wrong);
    run(p);
}

static struct instr *find(enum op op)
{
    for (uint32_t i = 0; i < b.p.code_count; i++)
        if (b.code[i].op == op)
            return &b.code[i];
    fail();
    return NULL;
}

#define REFUSED(change, words)                                          \
    do {                                                                \
        struct program *p = everything();                               \
        change;                                                         \
        const char *wrong = program_verify(p);                          \
        if (!wrong || !strstr(wrong, words))                            \
            fail_msg("%s: %s", #change, wrong ? wrong : "passed");      \
    } while (0)

TEST(broken_instructions_are_refused)
{
    UNUSED_STATE;
    REFUSED(find(OP_ADD)->op = OP_COUNT, "kind");
    REFUSED(find(OP_ADD)->a = p->slots, "operand is outside");
    REFUSED(find(OP_ADD)->d = 3, "constant");
    REFUSED(find(OP_ADD)->d = p->slots, "outside the slots");
    REFUSED(find(OP_ADD)->d = p->parameter_first, "parameter");
    REFUSED(find(OP_ADD)->d = p->time_slot, "time");
    REFUSED(find(OP_ADD)->d = p->target_slot, "target");
    REFUSED(find(OP_ADD)->origin = 1, "origin");
    REFUSED(find(OP_DIV)->guard = p->slots, "guard");
    REFUSED(find(OP_LOOKUP)->b = 1, "table");
    REFUSED(find(OP_NORMAL)->c = 2, "stream");
    REFUSED(find(OP_TRIANGULAR)->e = NO_SLOT, "stream");
    REFUSED(find(OP_GATHER)->c = MOST_SLOTS, "range");
    REFUSED(find(OP_GATHER)->e = 0, "empty");
    REFUSED(find(OP_RANK)->c = SHARES, "place");
    REFUSED(find(OP_BEST)->a = p->slots - 1, "range");
    REFUSED(find(OP_BEST)->c = NO_SLOT, "range");
    REFUSED(find(OP_SHARE)->d = find(OP_SHARE)->b + 1, "SHARE");
    REFUSED(find(OP_SHARE)->e = MOST_SLOTS, "range");
    REFUSED(find(OP_RINGGET)->e = 0, "empty");
    REFUSED(find(OP_RINGGET)->a = p->slots - RING + 1, "range");
    REFUSED(find(OP_RINGPUT)->d = p->slots - RING + 1, "outside");
    REFUSED(find(OP_RINGPUT)->d = p->time_slot, "time");
}

TEST(broken_tables_are_refused)
{
    UNUSED_STATE;
    static const double falling[] = {0, 5, 5};
    REFUSED(b.table[0].x = falling, "rise");
    REFUSED(b.table[0].count = 0, "empty");
    REFUSED(b.block[BLOCK_AUX].count = p->code_count, "block");
    REFUSED(b.block[BLOCK_FIXED] = b.block[BLOCK_PARAMETERS], "shares code");
    REFUSED(p->blocks = BLOCK_FIXED - 1, "fixed blocks");
    REFUSED(p->work_first = p->state_first - 1, "order");
    REFUSED(p->time_slot = p->turn_slot, "one");
    REFUSED(p->step_slot = p->work_first, "outside the state");
    REFUSED(p->time.steps = 0, "steps");
    REFUSED(p->time.turn = __builtin_nan(""), "turn");
    REFUSED(b.kept_step[0].to = p->work_first, "kept");
    REFUSED(b.kept_step[0].to = p->step_slot, "kept");
    REFUSED(b.mean[0].mean = 0, "mean");
    REFUSED(b.quantity[0].first = p->work_first, "stock");
    REFUSED(b.quantity[0].count = 2, "elements");
    REFUSED(b.stock[0].rate = p->slots, "rate");
    REFUSED(b.parameter[0].first = 0, "parameter");
    REFUSED(b.move[0].targets = 4, "targets");
    REFUSED(b.move[0].state = p->work_first - 1, "state");
    REFUSED(b.move[0].cost.block = p->blocks, "block");
    REFUSED(b.move[0].seat = 1, "seat");
    REFUSED(p->target_slot = NO_SLOT, "targets");
    REFUSED(b.seat[0].budget = 0, "budget");
}

/* Chance changes to the numbers of a program; under a sanitizer, whatever passes must run without a stray access. */
static uint32_t seed = 20170201;
static uint32_t any(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

static uint32_t odd_number(const struct program *p)
{
    switch (any() % 8) {
    case 0: return NO_SLOT;
    case 1: return any();
    case 2: return p->slots - any() % 8;
    case 3: return p->state_first + any() % 16;
    case 4: return any() % 4;
    case 5: return p->work_first + any() % BUILD_WORK;
    }
    return any() % p->slots;
}

static void mutate(struct program *p)
{
    struct instr *in = &b.code[any() % p->code_count];
    uint32_t x = odd_number(p);
    switch (any() % 24) {
    case 0: case 1: in->op = (uint16_t)(any() % (OP_COUNT + 1)); return;
    case 2: case 3: in->d = x; return;
    case 4: case 5: in->a = x; return;
    case 6: case 7: in->b = x; return;
    case 8: case 9: in->c = x; return;
    case 10: case 11: in->e = x; return;
    case 12: in->guard = x; return;
    case 13: b.block[any() % BUILD_BLOCKS].first = any() % 64; return;
    case 14: b.block[any() % BUILD_BLOCKS].count = any() % 32; return;
    case 15: b.kept_step[0].from = x; return;
    case 16: b.kept_turn[0].to = x; return;
    case 17: b.mean[0].mean = x; return;
    case 18: b.stock[0].rate = x; return;
    case 19: b.quantity[0].first = x; return;
    case 20: b.move[0].state = x; return;
    case 21: p->time.steps = (int)(any() % 4); return;
    case 22: p->time_slot = x; return;
    case 23: b.move[0].cost = (struct code_ref){(int)(any() % 16) - 1, x}; return;
    }
}

TEST(whatever_passes_runs)
{
    UNUSED_STATE;
    int passed = 0;
    for (int round = 0; round < 100000; round++) {
        struct arena_mark mark = arena_mark(&arena);
        struct program *p = everything();
        for (uint32_t n = 1 + any() % 3; n > 0; n--)
            mutate(p);
        if (!program_verify(p)) {
            passed++;
            if (code_given(p->move[0].cost))
                run(p);
        }
        arena_reset(&arena, mark);
    }
    assert_true(passed > 5000 && passed < 95000);
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(a_whole_program_passes),
        RUN(broken_instructions_are_refused),
        RUN(broken_tables_are_refused),
        RUN(whatever_passes_runs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
