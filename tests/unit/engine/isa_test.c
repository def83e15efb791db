/* tests/unit/engine/isa_test.c — the kernels of every instruction set give the bits of base/pmath.c and base/rng.c, and a whole turn gives
 * one hash whatever set, number of lanes and plan. What the processor lacks is tried with what it has. */
#include "unit.h"
#include "base/isa.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "engine/build.h"
#include "engine/engine_private.h"

static struct arena arena;
static struct build b;

static void choose(enum isa isa)
{
    setenv("DEMARCHE_ISA", isa_name(isa), 1);
}

static enum isa widest(void)
{
    unsetenv("DEMARCHE_ISA");
    return isa_chosen();
}

static uint64_t bits_of(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return x != x ? 1 : u;
}

static double scalar(enum vector_math which, double x, double y)
{
    if (which == VECTOR_POW)
        return (x < 0 && pm_floor(y) != y) || (x == 0 && y < 0) ? 0 : pm_pow(x, y);
    return which == VECTOR_EXP ? pm_exp(x) : which == VECTOR_LN ? pm_ln(x) : pm_normal_quantile(x);
}

enum { BATCH = 64 };
static void assert_same(enum vector_math which, const double *x, const double *power)
{
    _Alignas(64) double y[BATCH], by[BATCH];
    for (int isa = ISA_PLAIN; isa <= (int)widest(); isa++) {
        choose((enum isa)isa);
        memcpy(y, x, sizeof y);
        memcpy(by, power, sizeof by);
        kernels_for(LANES_STEP)->math(which, y, by, BATCH);
        for (int i = 0; i < BATCH; i++)
            if (bits_of(y[i]) != bits_of(scalar(which, x[i], by[i])))
                fail_msg("%s: %d of %a gives %a, not %a", isa_name((enum isa)isa), (int)which, x[i], y[i], scalar(which, x[i], by[i]));
    }
}

#ifdef DEMARCHE_TINY
enum { ROUNDS = 4000 };
#else
enum { ROUNDS = 40000 };
#endif

TEST(vectors_of_numbers_give_the_bits_of_single_ones)
{
    UNUSED_STATE;
    double x[BATCH], y[BATCH];
    struct rng r = rng_at(rng_key(5, 0, 0, 0));
    for (int n = 0; n < ROUNDS; n++) {
        double reach = n % 4 == 0 ? 1500 : n % 4 == 1 ? 60 : n % 4 == 2 ? 2 : 1e-3;
        for (int i = 0; i < BATCH; i++)
            x[i] = (rng_unit(&r) - 0.5) * reach;
        assert_same(VECTOR_EXP, x, x);
        for (int i = 0; i < BATCH; i++)
            x[i] = n % 2 ? rng_unit(&r) * 3 : pm_exp((rng_unit(&r) - 0.5) * 1400);
        assert_same(VECTOR_LN, x, x);
        for (int i = 0; i < BATCH; i++)
            x[i] = n % 4 ? rng_unit(&r) : pm_exp(-36 * rng_unit(&r));
        assert_same(VECTOR_QUANTILE, x, x);
        for (int i = 0; i < BATCH; i++) {
            x[i] = n % 2 ? rng_unit(&r) * 3 : pm_exp((rng_unit(&r) - 0.5) * 1400);
            y[i] = n % 3 ? (rng_unit(&r) - 0.5) * 8 : pm_round((rng_unit(&r) - 0.5) * 20) / 2;
        }
        assert_same(VECTOR_POW, x, y);
    }
}

TEST(odd_numbers_do_too)
{
    UNUSED_STATE;
    static const double odd[] = {0.0, -0.0, 1, -1, 0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp+1023, 708, -708, 708.5, 709.7, 709.79, 710, -745, -746,
                                 0.5, -0.5, 0x1.6a09e667f3bcdp+0, 0x1.6a09e667f3bccp+0, 0x1.62e42fefa39efp-1, 0x1.62e42fefa39efp-2, -0x1.62e42fefa39efp-2};
    double x[BATCH], y[BATCH];
    for (int n = 0; n < 23; n++) {
        for (int i = 0; i < BATCH; i++)
            x[i] = odd[i % 23], y[i] = odd[(i + n) % 23];
        x[40] = __builtin_inf(), x[41] = -__builtin_inf(), x[42] = __builtin_nan("");
        y[43] = __builtin_inf(), y[44] = -__builtin_inf(), y[45] = __builtin_nan("");
        assert_same(VECTOR_POW, x, y);
    }
    for (int i = 0; i < BATCH; i++)
        x[i] = odd[i % (int)(sizeof odd / sizeof *odd)];
    x[40] = __builtin_inf(), x[41] = -__builtin_inf(), x[42] = __builtin_nan("");
    assert_same(VECTOR_EXP, x, x);
    assert_same(VECTOR_LN, x, x);
    for (int i = 0; i < BATCH; i++)
        x[i] = i % 3 == 0 ? 0x1p-53 : i % 3 == 1 ? 1 - 0x1p-53 : i % 2 ? 0.02425 : 0.5;
    assert_same(VECTOR_QUANTILE, x, x);
}

static uint32_t constant(double x)
{
    return build_constant(&b, x);
}

/* Two stocks with terms, drawn noise, pairs of most kinds, a division by zero in some lanes, a value that overflows. */
static const struct program *model(void)
{
    static struct term term[2];
    build_begin(&b, &arena);
    uint32_t one = constant(1), tenth = constant(0.1), big = constant(1e300), zero = constant(0), hundred = constant(100);
    uint32_t noise = build_state(&b, "noise", 1), luck = build_state(&b, "luck", 1);
    build_block(&b, BLOCK_START);
    uint32_t x = build_stock(&b, "x", one), y = build_stock(&b, "y", tenth);
    build_block(&b, BLOCK_STEP_DRAWS);
    build_op_into(&b, OP_NORMAL, noise, zero, one, build_stream(&b, "noise", true));
    build_op_into(&b, OP_UNIFORM, luck, zero, one, build_stream(&b, "luck", true));
    build_block(&b, BLOCK_AUX);
    uint32_t t = build_work(&b, 1), u = build_work(&b, 1), seen = build_work(&b, 2);
    b.name[seen] = "seen", b.name[seen + 1] = "also";
    static const enum op first[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MAX, OP_MIN, OP_LT, OP_LE, OP_EQ};
    static const enum op second[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MAX, OP_MIN, OP_AND};
    build_op_into(&b, OP_COPY, seen, zero);
    for (int i = 0; i < 9; i++)
        for (int k = 0; k < 7; k++) {
            build_op_into(&b, first[i], t, i % 2 ? noise : x, i % 3 ? luck : y);
            build_op_into(&b, second[k], u, (i + k) % 2 ? t : noise, (i + k) % 2 ? noise : t);
            build_op_into(&b, OP_MIN, u, u, hundred);
            build_op_into(&b, OP_MAX, t, u, zero);
            build_op_into(&b, OP_ADD, seen, seen, t);
        }
    build_op_into(&b, OP_LT, t, luck, tenth);
    build_op_into(&b, OP_SELECT, u, t, zero, one);
    build_op_into(&b, OP_DIV, t, one, u);
    build_op_into(&b, OP_EXP, u, noise);
    build_op_into(&b, OP_MUL, seen + 1, u, t);
    build_op_into(&b, OP_LN, t, u);
    build_op_into(&b, OP_SQRT, u, luck);
    build_op_into(&b, OP_MUL, t, t, u);
    build_op_into(&b, OP_SIGMOID, u, t);
    build_op_into(&b, OP_COPY, seen + 1, u);
    build_op_into(&b, OP_MUL, t, big, x);
    build_op_into(&b, OP_MUL, u, t, seen);
    build_op_into(&b, OP_FINITE, u, 0);
    build_block(&b, BLOCK_CHANGE);
    uint32_t in = build_work(&b, 1), out = build_work(&b, 1), rate = build_work(&b, 1);
    build_op_into(&b, OP_MUL, t, seen, tenth);
    build_op_into(&b, OP_COPY, in, t);
    build_op_into(&b, OP_NEG, u, x);
    build_op_into(&b, OP_COPY, out, u);
    build_op_into(&b, OP_ADD, t, t, u);
    build_op_into(&b, OP_COPY, rate, t);
    build_op_into(&b, OP_FINITE, rate, 0);
    build_op_into(&b, OP_SUB, u, seen + 1, y);
    build_op_into(&b, OP_COPY, seen + 1, u);
    term[0] = (struct term){"in", in}, term[1] = (struct term){"out", out};
    b.stock[0] = (struct stock_element){zero, hundred, rate, term, 2};
    b.stock[1].rate = seen + 1;
    b.block[BLOCK_FIXED] = b.block[BLOCK_AUX];
    b.block[BLOCK_FIXED + 1] = b.block[BLOCK_CHANGE];
    b.p.blocks = BLOCK_FIXED + 2;
    return build_program(&b);
}

static void unheard(void *self, int quantity, int element, const double *sums, int terms, double floor, double ceiling)
{
    double *sum = self;
    (void)quantity, (void)element;
    for (int i = 0; i < terms; i++)
        *sum += sums[i];
    *sum += floor + ceiling;
}

/* Of the lane with this number, run among others. */
static uint64_t hash_of(const struct program *p, int lanes, uint64_t first_run, int lane, bool ledger)
{
    struct arena_mark mark = arena_mark(&arena);
    struct world *w = world_new(&arena, p, lanes);
    double sum = 0;
    for (int l = 0; l < w->stride; l++)
        w->seed[l] = 9, w->run[l] = first_run + (uint64_t)l;
    engine_parameters_at_value(w);
    engine_start(w);
    for (int t = 0; t < 3; t++)
        engine_run_turn(w, ledger ? &(struct engine_ledger){&sum, unheard} : NULL);
    struct failure f = w->failure[lane];
    uint64_t h = rng_mix(engine_hash(w, lane) ^ (uint64_t)f.kind) ^ rng_mix((uint64_t)(f.turn * 16 + f.step + 1) << 8 | f.origin);
    arena_reset(&arena, mark);
    return h;
}

TEST(a_lane_has_one_hash_on_every_instruction_set_in_any_company)
{
    UNUSED_STATE;
    static const int lanes[] = {1, 2, 7, 64, 1000};
    const struct program *p = model();
    assert_null(program_verify(p));
    choose(ISA_PLAIN);
    uint64_t want = hash_of(p, 1, 3, 0, true);
    for (int isa = ISA_PLAIN; isa <= (int)widest(); isa++)
        for (int i = 0; i < 5; i++)
            for (int ledger = 0; ledger < 2; ledger++) {
                choose((enum isa)isa);
                int lane = lanes[i] > 3 ? 3 : 0;
                assert_true(hash_of(p, lanes[i], lane ? 0 : 3, lane, ledger) == want);
            }
}

/* Blocks of a step are run by their plan, all others as written. */
static uint64_t hash_after(const struct program *p, int aux, int change, const uint32_t *shown, int count)
{
    struct arena_mark mark = arena_mark(&arena);
    struct world *w = world_new(&arena, p, 64);
    uint64_t h = 0;
    for (int l = 0; l < w->stride; l++)
        w->seed[l] = 9, w->run[l] = (uint64_t)l;
    engine_parameters_at_value(w);
    engine_start(w);
    for (int step = 0; step < 4; step++) {
        w->step = step;
        engine_block(w, BLOCK_STEP_DRAWS);
        engine_block(w, aux);
        engine_block(w, change);
        for (int l = 0; l < w->lanes; l++) {
            for (int i = 0; i < count; i++)
                h = rng_mix(h ^ bits_of(world_get(w, shown[i], l)));
            h = rng_mix(h ^ (uint64_t)w->failure[l].kind ^ (uint64_t)(w->failure[l].step + 1) << 8);
        }
    }
    arena_reset(&arena, mark);
    return h;
}

TEST(a_plan_shows_what_its_block_says)
{
    UNUSED_STATE;
    const struct program *p = model();
    uint32_t shown[8], n = 0;
    for (uint32_t s = p->work_first; s < p->slots; s++)
        if (b.name[s])
            shown[n++] = s;
    shown[n++] = b.stock[0].rate, shown[n++] = b.stock[0].term[0].slot, shown[n++] = b.stock[0].term[1].slot;
    assert_true(hash_after(p, BLOCK_AUX, BLOCK_CHANGE, shown, (int)n) == hash_after(p, BLOCK_FIXED, BLOCK_FIXED + 1, shown, (int)n));
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(vectors_of_numbers_give_the_bits_of_single_ones),
        RUN(odd_numbers_do_too),
        RUN(a_lane_has_one_hash_on_every_instruction_set_in_any_company),
        RUN(a_plan_shows_what_its_block_says),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
