/* tests/unit/engine/opcode_test.c — every opcode against values worked out by hand, whatever the number of lanes. */
#include "unit.h"
#include "base/panic.h"
#include "engine/build.h"
#include "engine/world.h"

static struct arena arena;
static struct build b;
static const int lane_counts[] = {1, 7, 64};
enum { LANE_COUNTS = sizeof lane_counts / sizeof *lane_counts };

#define INF __builtin_inf()

/* One instruction over up to four operands, run with the others' lanes holding other numbers. */
struct case_ { enum op op; double x[3]; double want; enum failure_kind fail; };

static const struct case_ cases[] = {
    {OP_COPY, {2.5}, 2.5, FAIL_NONE},
    {OP_ADD, {2, 3}, 5, FAIL_NONE},
    {OP_SUB, {2, 3}, -1, FAIL_NONE},
    {OP_MUL, {2, 3}, 6, FAIL_NONE},
    {OP_DIV, {3, 4}, 0.75, FAIL_NONE},
    {OP_DIV, {3, 0}, 0, FAIL_DIVIDE},
    {OP_DIV, {3, -0.0}, 0, FAIL_DIVIDE},
    {OP_DIV, {3, INF}, 0, FAIL_NONE},
    {OP_NEG, {2}, -2, FAIL_NONE},
    {OP_POW, {2, 10}, 1024, FAIL_NONE},
    {OP_POW, {-2, 3}, -8, FAIL_NONE},
    {OP_POW, {9, 0.5}, 3, FAIL_NONE},
    {OP_POW, {0, 0}, 1, FAIL_NONE},
    {OP_POW, {0, 2}, 0, FAIL_NONE},
    {OP_POW, {-2, 0.5}, 0, FAIL_POWER},
    {OP_POW, {0, -1}, 0, FAIL_POWER},
    {OP_ABS, {-2.5}, 2.5, FAIL_NONE},
    {OP_SQRT, {6.25}, 2.5, FAIL_NONE},
    {OP_SQRT, {0}, 0, FAIL_NONE},
    {OP_SQRT, {-1}, 0, FAIL_ROOT},
    {OP_EXP, {0}, 1, FAIL_NONE},
    {OP_EXP, {-800}, 0, FAIL_NONE},
    {OP_EXP, {710}, 0, FAIL_OVERFLOW},
    {OP_LN, {1}, 0, FAIL_NONE},
    {OP_LN, {0}, 0, FAIL_LOGARITHM},
    {OP_LN, {-1}, 0, FAIL_LOGARITHM},
    {OP_LOG10, {1000}, 3, FAIL_NONE},
    {OP_LOG10, {0}, 0, FAIL_LOGARITHM},
    {OP_SIN, {0}, 0, FAIL_NONE},
    {OP_COS, {0}, 1, FAIL_NONE},
    {OP_TAN, {0}, 0, FAIL_NONE},
    {OP_ASIN, {0}, 0, FAIL_NONE},
    {OP_ASIN, {1.5}, 0, FAIL_ARC},
    {OP_ACOS, {1}, 0, FAIL_NONE},
    {OP_ACOS, {-1.5}, 0, FAIL_ARC},
    {OP_ATAN, {0}, 0, FAIL_NONE},
    {OP_FLOOR, {-2.5}, -3, FAIL_NONE},
    {OP_ROUND, {2.5}, 3, FAIL_NONE},
    {OP_ROUND, {-2.5}, -3, FAIL_NONE},
    {OP_TRUNC, {-2.9}, -2, FAIL_NONE},
    {OP_SIGN, {-7}, -1, FAIL_NONE},
    {OP_SIGN, {0}, 0, FAIL_NONE},
    {OP_SIGN, {0.1}, 1, FAIL_NONE},
    {OP_MOD, {7, 3}, 1, FAIL_NONE},
    {OP_MOD, {-7, 3}, 2, FAIL_NONE},
    {OP_MOD, {7, -3}, -2, FAIL_NONE},
    {OP_MOD, {7, 0}, 0, FAIL_DIVIDE},
    {OP_MIN, {2, 3}, 2, FAIL_NONE},
    {OP_MAX, {2, 3}, 3, FAIL_NONE},
    {OP_MAX, {2, INF}, INF, FAIL_NONE},
    {OP_SIGMOID, {0}, 0.5, FAIL_NONE},
    {OP_SIGMOID, {-1000}, 0, FAIL_NONE},
    {OP_SIGMOID, {1000}, 1, FAIL_NONE},
    {OP_EQ, {2, 2}, 1, FAIL_NONE},
    {OP_EQ, {2, 3}, 0, FAIL_NONE},
    {OP_NE, {2, 3}, 1, FAIL_NONE},
    {OP_LT, {2, INF}, 1, FAIL_NONE},
    {OP_LT, {2, 2}, 0, FAIL_NONE},
    {OP_LE, {2, 2}, 1, FAIL_NONE},
    {OP_LE, {INF, 2}, 0, FAIL_NONE},
    {OP_AND, {2, -1}, 1, FAIL_NONE},
    {OP_AND, {2, 0}, 0, FAIL_NONE},
    {OP_OR, {0, -1}, 1, FAIL_NONE},
    {OP_OR, {0, -0.0}, 0, FAIL_NONE},
    {OP_NOT, {0}, 1, FAIL_NONE},
    {OP_NOT, {3}, 0, FAIL_NONE},
    {OP_SELECT, {1, 5, 6}, 5, FAIL_NONE},
    {OP_SELECT, {0, 5, 6}, 6, FAIL_NONE},
    {OP_RATIO, {1, 4, 9}, 0.25, FAIL_NONE},
    {OP_RATIO, {1, 0, 9}, 9, FAIL_NONE},
};
enum { CASES = sizeof cases / sizeof *cases };

static bool same(double x, double y)
{
    return x == y;
}

/* In place: the result lies where the first operand was, as registers that are used again do. */
static void check_case(const struct case_ *c, int lanes, bool in_place, bool guarded_off)
{
    struct arena_mark mark = arena_mark(&arena);
    build_begin(&b, &arena);
    uint32_t x = build_work(&b, 3), guard = build_work(&b, 1), d = in_place ? x : build_work(&b, 1);
    b.guard = guard;
    build_block(&b, BLOCK_AUX);
    build_into(&b, c->op, d, x, x + 1, x + 2, 0);
    const struct program *p = build_program(&b);
    assert_null(program_verify(p));
    struct world *w = world_new(&arena, p, lanes);
    for (int l = 0; l < lanes; l++) {
        for (uint32_t i = 0; i < 3; i++)
            world_slot(w, x + i)[l] = l % 2 == 0 ? c->x[i] : 1;
        world_slot(w, guard)[l] = guarded_off ? 0 : 1;
    }
    engine_aux(w);
    for (int l = 0; l < lanes; l += 2) {
        if (!same(world_get(w, d, l), c->want))
            fail_msg("%s in lane %d of %d gives %.17g", operands_of(c->op).name, l, lanes, world_get(w, d, l));
        assert_int_equal(w->failure[l].kind, guarded_off ? FAIL_NONE : c->fail);
    }
    for (int l = 1; l < lanes; l += 2)
        assert_int_equal(w->failure[l].kind, FAIL_NONE);
    arena_reset(&arena, mark);
}

TEST(plain_opcodes_give_what_a_hand_works_out)
{
    UNUSED_STATE;
    for (int i = 0; i < CASES; i++)
        for (int n = 0; n < LANE_COUNTS; n++)
            for (int form = 0; form < 4; form++)
                check_case(&cases[i], lane_counts[n], form & 1, form & 2);
}

TEST(first_failure_stays_with_its_turn_and_step)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t zero = build_constant(&b, 0), one = build_constant(&b, 1);
    build_block(&b, BLOCK_AUX);
    build_op(&b, OP_DIV, one, zero);
    build_op(&b, OP_LN, zero);
    struct world *w = world_new(&arena, build_program(&b), 3);
    w->turn = 4, w->step = 2;
    engine_aux(w);
    w->turn = 5;
    engine_aux(w);
    assert_int_equal(w->failure[1].kind, FAIL_DIVIDE);
    assert_int_equal(w->failure[1].turn, 4);
    assert_int_equal(w->failure[1].step, 2);
    assert_string_equal(failure_text(FAIL_DIVIDE), "division by zero");
}

TEST(finite_refuses_what_has_overflowed)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t big = build_constant(&b, 1e308);
    build_block(&b, BLOCK_AUX);
    uint32_t d = build_op(&b, OP_MUL, big, big), e = build_op(&b, OP_SUB, d, d), f = build_op(&b, OP_COPY, big);
    build_op_into(&b, OP_FINITE, d, 0);
    build_op_into(&b, OP_FINITE, e, 0);
    build_op_into(&b, OP_FINITE, f, 0);
    struct world *w = world_new(&arena, build_program(&b), 7);
    engine_aux(w);
    assert_int_equal(w->failure[6].kind, FAIL_OVERFLOW);
    assert_true(world_get(w, d, 6) == 0 && world_get(w, e, 6) == 0 && world_get(w, f, 6) == 1e308);
}

TEST(tables_are_linear_between_points_and_flat_outside)
{
    UNUSED_STATE;
    static const double x[] = {0, 5, 10}, y[] = {0, 1, 0};
    static const double at[] = {-1, 0, 2.5, 5, 7.5, 10, 99, INF, -INF}, line[] = {0, 0, 0.5, 1, 0.5, 0, 0, 0, 0}, held[] = {0, 0, 0, 1, 1, 0, 0, 0, 0};
    build_begin(&b, &arena);
    b.table[b.p.tables++] = (struct table){x, y, 3};
    uint32_t where = build_work(&b, 1);
    build_block(&b, BLOCK_AUX);
    uint32_t lookup = build_op(&b, OP_LOOKUP, where, 0), hold = build_op(&b, OP_HOLD, where, 0);
    struct world *w = world_new(&arena, build_program(&b), 9);
    for (int l = 0; l < 9; l++)
        world_slot(w, where)[l] = at[l];
    engine_aux(w);
    for (int l = 0; l < 9; l++) {
        assert_true(world_get(w, lookup, l) == line[l]);
        assert_true(world_get(w, hold, l) == held[l]);
    }
}

TEST(gather_picks_by_place_and_fails_outside)
{
    UNUSED_STATE;
    static const double at[] = {0, 1.4, 1.6, 3, -1, INF, -0.4};
    static const double want[] = {10, 12, 14, 0, 0, 0, 10};
    build_begin(&b, &arena);
    uint32_t base = build_work(&b, 6), where = build_work(&b, 1);
    build_block(&b, BLOCK_AUX);
    uint32_t d = build_op(&b, OP_GATHER, where, base, 2, 3);
    struct world *w = world_new(&arena, build_program(&b), 7);
    for (int l = 0; l < 7; l++) {
        world_slot(w, where)[l] = at[l];
        for (uint32_t i = 0; i < 6; i++)
            world_slot(w, base + i)[l] = 10 + i;
    }
    engine_aux(w);
    for (int l = 0; l < 7; l++) {
        assert_true(world_get(w, d, l) == want[l]);
        assert_int_equal(w->failure[l].kind, l >= 3 && l <= 5 ? FAIL_ELEMENT : FAIL_NONE);
    }
}

TEST(rank_and_best_look_at_a_range)
{
    UNUSED_STATE;
    static const double x[] = {3, 7, 7, 1}, may[] = {1, 0, 1, 1}, ranks[] = {3, 1, 1, 4};
    build_begin(&b, &arena);
    uint32_t values = build_work(&b, 4), masks = build_work(&b, 4), none = build_work(&b, 4), other = build_constant(&b, -1);
    uint32_t rank[4];
    build_block(&b, BLOCK_AUX);
    for (uint32_t i = 0; i < 4; i++)
        rank[i] = build_op(&b, OP_RANK, values, 4, i);
    uint32_t best = build_op(&b, OP_BEST, values, masks, 4), all = build_op(&b, OP_BEST, values, values, 4);
    uint32_t otherwise = build_op(&b, OP_BESTOR, values, none, 4, other);
    const struct program *p = build_program(&b);
    assert_null(program_verify(p));
    for (int n = 0; n < LANE_COUNTS; n++) {
        struct world *w = world_new(&arena, p, lane_counts[n]);
        for (uint32_t i = 0; i < 4; i++)
            for (int l = 0; l < w->lanes; l++) {
                world_slot(w, values + i)[l] = x[i];
                world_slot(w, masks + i)[l] = may[i];
            }
        engine_aux(w);
        for (int l = 0; l < w->lanes; l++) {
            for (int i = 0; i < 4; i++)
                assert_true(world_get(w, rank[i], l) == ranks[i]);
            assert_true(world_get(w, best, l) == 2 && world_get(w, all, l) == 1 && world_get(w, otherwise, l) == -1);
            assert_int_equal(w->failure[l].kind, FAIL_NONE);
        }
    }
}

TEST(best_of_nothing_fails)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t values = build_work(&b, 3);
    build_block(&b, BLOCK_AUX);
    uint32_t d = build_op(&b, OP_BEST, values, values, 3);
    struct world *w = world_new(&arena, build_program(&b), 1);
    engine_aux(w);
    assert_int_equal(w->failure[0].kind, FAIL_NOTHING);
    assert_true(world_get(w, d, 0) == 0);
}

static void share(double amount, const double *demand, const double *priority, uint32_t n, double *got)
{
    struct arena_mark mark = arena_mark(&arena);
    build_begin(&b, &arena);
    uint32_t a = build_work(&b, 1), demands = build_work(&b, n), priorities = build_work(&b, n), d = build_work(&b, n);
    build_block(&b, BLOCK_AUX);
    build_into(&b, OP_SHARE, d, a, demands, priorities, n);
    const struct program *p = build_program(&b);
    assert_null(program_verify(p));
    struct world *w = world_new(&arena, p, 1);
    world_slot(w, a)[0] = amount;
    for (uint32_t i = 0; i < n; i++)
        world_slot(w, demands + i)[0] = demand[i], world_slot(w, priorities + i)[0] = priority[i];
    engine_aux(w);
    for (uint32_t i = 0; i < n; i++)
        got[i] = world_get(w, d + i, 0);
    arena_reset(&arena, mark);
}

TEST(share_serves_by_priority_and_splits_equals)
{
    UNUSED_STATE;
    double got[4];
    share(10, (double[]){4, 4, 8, 3}, (double[]){1, 3, 2, 1}, 4, got);
    assert_true(got[1] == 4 && got[2] == 6 && got[0] == 0 && got[3] == 0);
    share(10, (double[]){3, 6, 6, 2}, (double[]){2, 1, 1, 2}, 4, got);
    assert_true(got[0] == 3 && got[3] == 2 && got[1] == 2.5 && got[2] == 2.5);
    share(100, (double[]){3, 6, -6, 2}, (double[]){2, 1, 1, 2}, 4, got);
    assert_true(got[0] == 3 && got[1] == 6 && got[2] == 0 && got[3] == 2);
    share(-5, (double[]){3, 6, 6, 2}, (double[]){2, 1, 1, 2}, 4, got);
    assert_true(got[0] == 0 && got[1] == 0 && got[2] == 0 && got[3] == 0);
}

TEST(share_never_gives_more_than_there_is)
{
    UNUSED_STATE;
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        double demand[7], priority[7], got[7], amount, sum = 0;
        for (int i = 0; i < 7; i++) {
            seed = seed * 1664525 + 1013904223;
            demand[i] = (seed >> 8) / 1e6;
            seed = seed * 1664525 + 1013904223;
            priority[i] = seed >> 30;
        }
        seed = seed * 1664525 + 1013904223;
        amount = (seed >> 8) / 3e5;
        share(amount, demand, priority, 7, got);
        for (int i = 0; i < 7; i++) {
            assert_true(got[i] >= 0 && got[i] <= demand[i]);
            sum += got[i];
        }
        assert_true(sum <= amount);
        double wanted = 0;
        for (int i = 0; i < 7; i++)
            wanted += demand[i];
        assert_true(sum >= (wanted < amount ? wanted : amount) * (1 - 1e-14));
    }
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(plain_opcodes_give_what_a_hand_works_out),
        RUN(first_failure_stays_with_its_turn_and_step),
        RUN(finite_refuses_what_has_overflowed),
        RUN(tables_are_linear_between_points_and_flat_outside),
        RUN(gather_picks_by_place_and_fails_outside),
        RUN(rank_and_best_look_at_a_range),
        RUN(best_of_nothing_fails),
        RUN(share_serves_by_priority_and_splits_equals),
        RUN(share_never_gives_more_than_there_is),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
