/* engine/kernels.h — instructions over lanes: the loops that everything else waits for.
 * Compiled three times, by lanes_sse2.c, lanes_avx2.c and lanes_avx512.c, each with its LANE_BYTES and the name of its table; the bits
 * are the same. Written with the compilers' vectors rather than plain loops: a result may lie in the place of an operand (registers
 * are used again), which a vectoriser must otherwise check for at run time, and vectors stay vectors at -O0.
 * A failing lane is noted before its result is stored, since guard and operands may be where the result goes. */
#ifndef ENGINE_KERNELS_H
#define ENGINE_KERNELS_H

#include "engine/engine_private.h"
#include "engine/vectors.h"

#ifndef KERNELS
#define KERNELS kernels_sse2
#endif
_Static_assert(LANES_STEP % WIDTH == 0, "a row is a whole number of vectors");

/* The usual instruction costs one test here. */
static inline void fail_where(struct world *w, const struct instr *in, enum failure_kind kind, int lane, M bad)
{
    for (int i = 0; i < WIDTH; i++)
        if (bad[i])
            lane_fail(w, in, kind, lane + i);
}

#define UNLIKELY(x)     __builtin_expect((x), 0)
/* Over n lanes; a whole tile is a number that the compiler knows. */
#define EACH(...)       do { if (n == LANES_TILE) { UNROLL for (int l = 0; l < LANES_TILE; l += WIDTH) { __VA_ARGS__ } } \
                             else { for (int l = 0; l < n; l += WIDTH) { __VA_ARGS__ } } } while (0)
#define A               (*(const V *)(a + l))
#define B               (*(const V *)(b + l))
#define C               (*(const V *)(c + l))
#define E               (*(const V *)(e + l))
#define PUT(x)          (*(V *)(d + l) = (x))

#define ROW_A           const double *a = s->a + from;
#define ROW_AB          ROW_A const double *b = s->b + from;
#define ROW_ABC         ROW_AB const double *c = s->c + from;
#define ROW_ABCE        ROW_ABC const double *e = s->e + from;
#define LOAD_A          const V x = A; (void)x;
#define LOAD_AB         LOAD_A const V y = B; (void)y;
#define LOAD_ABC        LOAD_AB V z = C;
#define LOAD_ABCE       LOAD_ABC V u = E;
#define BEGIN(name, rows) \
    static void name(struct world *w, const struct step *s, int from, int to) \
    { \
        const int n = to - from; \
        double *d = s->d + from; \
        rows

/* A function over lanes, and the same followed by FINITE of its result: what is finite gives 0 when taken from itself. */
#define KERNEL(name, rows, load, result)                                                                                            \
    BEGIN(name, rows)                                                                                                               \
        (void)w;                                                                                                                    \
        EACH(load PUT(result););                                                                                                    \
    }                                                                                                                               \
    BEGIN(name##_finite, rows)                                                                                                      \
        M odd = {0};                                                                                                                \
        EACH(load V r = (result); odd |= (M)(r - r); PUT(r););                                                                      \
        if (UNLIKELY(any(odd)))                                                                                                     \
            lanes_finite(w, s->finite, from, to);                                                                                   \
    }
#define KERNEL_1(name, result) KERNEL(name, ROW_A, LOAD_A, result)
#define KERNEL_2(name, result) KERNEL(name, ROW_AB, LOAD_AB, result)
#define KERNEL_3(name, result) KERNEL(name, ROW_ABC, LOAD_ABC, result)
#define KERNEL_4(name, result) KERNEL(name, ROW_ABCE, LOAD_ABCE, result)

/* With a division or a root in it. Several vectors are worked out as if nothing could fail, which shows in a result that is not finite;
 * only then, and before anything is stored, they are looked at one by one. With and without FINITE. */
#define GUARDED(name, rows, load, result)                                                                                           \
    BEGIN(name, rows)                                                                                                               \
        M odd_at_all = {0};                                                                                                         \
        for (int at = 0; at < n; at += WIDTH * TOGETHER) {                                                                          \
            V g[TOGETHER];                                                                                                          \
            M odd = {0};                                                                                                            \
            if (n - at >= WIDTH * TOGETHER) {                                                                                       \
                enum { careful = 0 };                                                                                               \
                ALL(const int l = at + j * WIDTH; load g[j] = (result); odd |= (M)(g[j] - g[j]););                                  \
                if (!UNLIKELY(any(odd))) {                                                                                          \
                    ALL(const int l = at + j * WIDTH; PUT(g[j]););                                                                  \
                    continue;                                                                                                       \
                }                                                                                                                   \
            }                                                                                                                       \
            enum { careful = 1 };                                                                                                   \
            for (int l = at; l < n && l < at + WIDTH * TOGETHER; l += WIDTH) {                                                      \
                load V r = (result); odd_at_all |= (M)(r - r); PUT(r);                                                              \
            }                                                                                                                       \
        }                                                                                                                           \
        if (UNLIKELY(any(odd_at_all)) && s->finite)                                                                                 \
            lanes_finite(w, s->finite, from, to);                                                                                   \
    }
#define KERNEL_1_GUARDED(name, result) GUARDED(name, ROW_A, LOAD_A, result)
#define KERNEL_2_GUARDED(name, result) GUARDED(name, ROW_AB, LOAD_AB, result)
#define KERNEL_3_GUARDED(name, result) GUARDED(name, ROW_ABC, LOAD_ABC, result)

static inline V ratio(V x, V y, V z)
{
    M none = (M)(y == 0.0);
    return CHOOSE(none, z, x / CHOOSE(none, y + 1.0, y));
}

/* Division marks its lane where the divisor is 0 and gives 0 there. */
static inline V quotient(struct world *w, const struct step *s, int l, V x, V y)
{
    M bad = (M)(y == 0.0);
    if (UNLIKELY(any(bad))) {
        fail_where(w, s->in, FAIL_DIVIDE, l, bad);
        return (V)((M)(x / CHOOSE(bad, y + 1.0, y)) & ~bad);
    }
    return x / y;
}

static inline V root(struct world *w, const struct step *s, int l, V x)
{
    M bad = ~(M)(x >= 0.0);
    if (UNLIKELY(any(bad))) {
        fail_where(w, s->in, FAIL_ROOT, l, bad);
        x = (V)((M)x & ~bad);
    }
    return v_sqrt(x);
}

static inline V bare_quotient(V x, V y) { return x / y; }
#define QUOTIENT(x, y)  (careful ? quotient(w, s, from + l, x, y) : bare_quotient(x, y))
#define ROOT(x)         (careful ? root(w, s, from + l, x) : v_sqrt(x))

static inline V exponential(struct world *w, const struct step *s, int l, V x)
{
    V r = v_exp(x);
    M bad = (M)(r > 0x1.fffffffffffffp+1023);
    if (UNLIKELY(any(bad))) {
        fail_where(w, s->in, FAIL_OVERFLOW, l, bad);
        r = (V)((M)r & ~bad);
    }
    return r;
}

static inline V logarithm(struct world *w, const struct step *s, int l, V x)
{
    M bad = ~(M)(x > 0.0);
    if (UNLIKELY(any(bad))) {
        fail_where(w, s->in, FAIL_LOGARITHM, l, bad);
        return (V)((M)v_ln(CHOOSE(bad, x - x + 1.0, x)) & ~bad);
    }
    return v_ln(x);
}

/* Exponentials and logarithms: several vectors together where none needs a second look, else one at a time. t is what the series is of,
 * then what it gives. */
#define SERIES_LOOPS(load, argument, outside, many, one, result, keep)                                                              \
        int at = 0;                                                                                                                 \
        for (; at + WIDTH * TOGETHER <= n; at += WIDTH * TOGETHER) {                                                                \
            enum { careful = 0 };                                                                                                   \
            V g[TOGETHER];                                                                                                          \
            M far = {0};                                                                                                            \
            ALL(const int l = at + j * WIDTH; load g[j] = (argument); far |= outside(g[j]););                                       \
            if (UNLIKELY(any(far)))                                                                                                 \
                break;                                                                                                              \
            many(g);                                                                                                                \
            ALL(const int l = at + j * WIDTH; V t = g[j]; load keep(result) PUT(r););                                               \
            (void)careful;                                                                                                          \
        }                                                                                                                           \
        enum { careful = 1 };                                                                                                       \
        (void)careful;                                                                                                              \
        for (int l = at; l < n; l += WIDTH) { load V t = (argument); t = one(w, s, from + l, t); keep(result) PUT(r); }
#define KEEP(result)    V r = (result);
#define KEEP_ODD(result) V r = (result); odd |= (M)(r - r);
#define SERIES(name, rows, load, argument, outside, many, one, result)                                                              \
    BEGIN(name, rows)                                                                                                               \
        SERIES_LOOPS(load, argument, outside, many, one, result, KEEP)                                                              \
    }                                                                                                                               \
    BEGIN(name##_finite, rows)                                                                                                      \
        M odd = {0};                                                                                                                \
        SERIES_LOOPS(load, argument, outside, many, one, result, KEEP_ODD)                                                          \
        if (UNLIKELY(any(odd)))                                                                                                     \
            lanes_finite(w, s->finite, from, to);                                                                                   \
    }
static inline V bare_exp(struct world *w, const struct step *s, int l, V x) { (void)w, (void)s, (void)l; return v_exp(x); }
#define KERNEL_1_EXP(name, argument, result) SERIES(name, ROW_A, LOAD_A, argument, exp_outside, exp_many, exponential, result)
#define KERNEL_2_EXP(name, argument, result) SERIES(name, ROW_AB, LOAD_AB, argument, exp_outside, exp_many, exponential, result)
#define KERNEL_1_LN(name, argument, result)  SERIES(name, ROW_A, LOAD_A, argument, ln_outside, ln_many, logarithm, result)
#define KERNEL_2_LN(name, argument, result)  SERIES(name, ROW_AB, LOAD_AB, argument, ln_outside, ln_many, logarithm, result)

static inline V power(struct world *w, const struct step *s, int l, V x, V y)
{
    M bad;
    V r = v_pow(x, y, &bad);
    if (UNLIKELY(any(bad)))
        fail_where(w, s->in, FAIL_POWER, l, bad);
    return r;
}

KERNEL_1(k_copy, x)
KERNEL_2(k_add, x + y)
KERNEL_2(k_sub, x - y)
KERNEL_2(k_mul, x * y)
KERNEL_2_GUARDED(k_div, QUOTIENT(x, y))
KERNEL_2(k_pow, power(w, s, from + l, x, y))
KERNEL_1(k_neg, -x)
KERNEL_1(k_abs, v_abs(x))
KERNEL_1_GUARDED(k_sqrt, ROOT(x))
KERNEL_1_EXP(k_exp, x, t)
KERNEL_1_LN(k_ln, x, t)
KERNEL_1(k_sign, TRUTH(x > 0.0) - TRUTH(x < 0.0))
KERNEL_2(k_min, lesser(x, y))
KERNEL_2(k_max, greater(x, y))
SERIES(k_sigmoid, ROW_A, LOAD_A, -x, exp_outside, exp_many, bare_exp, 1.0 / (1.0 + t))
KERNEL_2(k_eq, TRUTH(x == y))
KERNEL_2(k_ne, TRUTH(x != y))
KERNEL_2(k_lt, TRUTH(x < y))
KERNEL_2(k_le, TRUTH(x <= y))
KERNEL_2(k_and, TRUTH((M)(x != 0.0) & (M)(y != 0.0)))
KERNEL_2(k_or, TRUTH((M)(x != 0.0) | (M)(y != 0.0)))
KERNEL_1(k_not, TRUTH(x == 0.0))
KERNEL_3(k_select, CHOOSE(x != 0.0, y, z))
KERNEL_3(k_ratio, ratio(x, y, z))

#define PAIR(NAME, rows, first, second, right, ...) KERNEL_##rows(k_##NAME, __VA_ARGS__)
#include "engine/pairs.def"
#undef PAIR

static void k_finite(struct world *w, const struct step *s, int from, int to)
{
    const int n = to - from;
    const double *d = s->d + from;
    M odd = {0};
    EACH(V x = *(const V *)(d + l); odd |= (M)(x - x););
    if (UNLIKELY(any(odd)))
        lanes_finite(w, s->in, from, to);
}

/* Draws: LANES_TILE lanes at most at a time. */
_Static_assert((int)LANES_TILE <= (int)MOST_UNITS, "the quantiles of a tile are worked out together");

static uint64_t draw_count(const struct world *w, const struct stream *stream)
{
    uint64_t turn = (uint64_t)w->turn;
    return stream->every_step ? turn * (uint64_t)w->program->time.steps + (uint64_t)(w->step < 0 ? 0 : w->step) : turn;
}

static void units_of(const struct world *w, const struct step *s, int from, int n, double *unit)
{
    const struct stream *stream = &w->program->stream[s->in->c];
    const uint64_t *run_key = world_own_const(w)->run_key[s->in->c];
    if (run_key && w->step >= 0)
        units(run_key + from, draw_count(w, stream), n, unit);
    else {
        _Alignas(64) uint64_t key[LANES_TILE];
        run_keys(w->seed + from, w->run + from, stream->hash, n, key);
        units(key, draw_count(w, stream), n, unit);
    }
}

BEGIN(k_normal, ROW_AB)
    _Alignas(64) double unit[LANES_TILE];
    if (w->median) {
        EACH(PUT(A););
        return;
    }
    units_of(w, s, from, n, unit);
    quantiles(unit, n);
    EACH(PUT(A + B * *(const V *)(unit + l)););
}

BEGIN(k_uniform, ROW_AB)
    _Alignas(64) double unit[LANES_TILE];
    if (w->median) {
        EACH(PUT((A + B) / 2.0););
        return;
    }
    units_of(w, s, from, n, unit);
    EACH(const V x = A; PUT(x + (B - x) * *(const V *)(unit + l)););
}

/* Stocks and means. */

#define MOVE(...)       EACH(V v = *(V *)(x + l); __VA_ARGS__ *(V *)(x + l) = v;)
#define BY_RATE         v += *(const V *)(rate + l) * dt;
#define TO_FLOOR        v = greater(v, *(const V *)(floor + l));
#define TO_CEILING      v = lesser(v, *(const V *)(ceiling + l));

static void k_move(double *x, struct bounds b, double dt, int n)
{
    const double *rate = b.rate, *floor = b.floor, *ceiling = b.ceiling;
    if (rate && floor && ceiling)
        MOVE(BY_RATE TO_FLOOR TO_CEILING);
    else if (rate && floor)
        MOVE(BY_RATE TO_FLOOR);
    else if (rate && !ceiling)
        MOVE(BY_RATE);
    else
        MOVE(if (rate) { BY_RATE } if (floor) { TO_FLOOR } if (ceiling) { TO_CEILING });
}

static void k_fill(double *x, double with, int n)
{
    const V v = (V){0} + with;
    EACH(*(V *)(x + l) = v;);
}

static void k_copy_row(double *to, const double *x, int n)
{
    EACH(*(V *)(to + l) = *(const V *)(x + l););
}

static void k_sum(double *sum, const double *x, int n)
{
    EACH(*(V *)(sum + l) += *(const V *)(x + l););
}

static void k_scale(double *x, double divisor, int n)
{
    EACH(*(V *)(x + l) /= divisor;);
}

/* Equal steps to the goal: the k-th of n sees k/n of the way, and the last is there exactly. */
static void k_ramp(double *left_row, double *level_row, const double *goal_row, int n)
{
    for (int l = 0; l < n; l += WIDTH) {
        V left = *(V *)(left_row + l);
        M on = (M)(left > 0.0), more = (M)(left > 1.0);
        if (!any(on))
            continue;
        V level = *(V *)(level_row + l), goal = *(const V *)(goal_row + l);
        V next = level + (goal - level) / CHOOSE(on, left, (V){0} + 1.0);
        *(V *)(level_row + l) = CHOOSE(on, CHOOSE(more, next, goal), level);
        *(V *)(left_row + l) = CHOOSE(on, WHERE(more, left - 1.0), left);
    }
}

static void k_keys(const uint64_t *seed, const uint64_t *run, uint64_t stream, int n, uint64_t *key) { run_keys(seed, run, stream, n, key); }
static void k_units(const uint64_t *key, uint64_t count, int n, double *unit) { units(key, count, n, unit); }

static void k_math(enum vector_math which, double *x, const double *y, int n)
{
    M bad;
    switch (which) {
    case VECTOR_EXP:      for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_exp(*(V *)(x + l)); return;
    case VECTOR_LN:       for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_ln(*(V *)(x + l)); return;
    case VECTOR_POW:      for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_pow(*(V *)(x + l), *(const V *)(y + l), &bad); return;
    case VECTOR_QUANTILE: quantiles(x, n); return;
    }
}

#define BOTH(name) {name, name##_finite}
#define SAME(name) {name, name}
const struct kernels KERNELS = {
    .by = {
        [OP_COPY] = BOTH(k_copy), [OP_ADD] = BOTH(k_add), [OP_SUB] = BOTH(k_sub), [OP_MUL] = BOTH(k_mul), [OP_DIV] = SAME(k_div),
        [OP_POW] = BOTH(k_pow), [OP_NEG] = BOTH(k_neg), [OP_ABS] = BOTH(k_abs), [OP_SQRT] = SAME(k_sqrt), [OP_EXP] = BOTH(k_exp), [OP_LN] = BOTH(k_ln),
        [OP_SIGN] = BOTH(k_sign), [OP_MIN] = BOTH(k_min), [OP_MAX] = BOTH(k_max), [OP_SIGMOID] = BOTH(k_sigmoid), [OP_EQ] = BOTH(k_eq),
        [OP_NE] = BOTH(k_ne), [OP_LT] = BOTH(k_lt), [OP_LE] = BOTH(k_le), [OP_AND] = BOTH(k_and), [OP_OR] = BOTH(k_or),
        [OP_NOT] = BOTH(k_not), [OP_SELECT] = BOTH(k_select), [OP_RATIO] = BOTH(k_ratio),
        [OP_FINITE] = {k_finite, NULL}, [OP_NORMAL] = {k_normal, NULL}, [OP_UNIFORM] = {k_uniform, NULL},
#define OF_1 BOTH
#define OF_2 BOTH
#define OF_3 BOTH
#define OF_4 BOTH
#define OF_2_EXP BOTH
#define OF_2_LN BOTH
#define OF_2_GUARDED SAME
#define OF_3_GUARDED SAME
#define PAIR(NAME, rows, first, second, right, ...) [PAIR_##NAME] = OF_##rows(k_##NAME),
#include "engine/pairs.def"
#undef PAIR
    },
    .move = k_move, .fill = k_fill, .copy = k_copy_row, .sum = k_sum, .scale = k_scale, .ramp = k_ramp, .keys = k_keys, .units = k_units,
    .math = k_math
};

#endif
