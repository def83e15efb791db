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
#define EACH            UNROLL for (int l = from; l < to; l += WIDTH)
#define A               (*(const V *)(a + l))
#define B               (*(const V *)(b + l))
#define C               (*(const V *)(c + l))
#define E               (*(const V *)(e + l))
#define PUT(x)          (*(V *)(d + l) = (x))

/* A function over lanes, and the same followed by FINITE of its result: what is finite gives 0 when taken from itself. */
#define KERNEL(name, rows, load, result)                                                                                            \
    static void name(struct world *w, const struct step *s, int from, int to)                                                       \
    {                                                                                                                               \
        double *d = row(w, s->in.d);                                                                                                \
        rows                                                                                                                        \
        EACH { load PUT(result); }                                                                                                  \
    }                                                                                                                               \
    static void name##_finite(struct world *w, const struct step *s, int from, int to)                                              \
    {                                                                                                                               \
        double *d = row(w, s->in.d);                                                                                                \
        M odd = {0};                                                                                                                \
        rows                                                                                                                        \
        EACH { load V r = (result); odd |= (M)(r - r); PUT(r); }                                                                    \
        if (UNLIKELY(any(odd)))                                                                                                     \
            lanes_finite(w, s->finite, from, to);                                                                                   \
    }
#define ROW_A           const double *a = row(w, s->in.a);
#define ROW_AB          ROW_A const double *b = row(w, s->in.b);
#define ROW_ABC         ROW_AB const double *c = row(w, s->in.c);
#define ROW_ABCE        ROW_ABC const double *e = row(w, s->in.e);
#define LOAD_A          const V x = A; (void)x;
#define LOAD_AB         LOAD_A const V y = B; (void)y;
#define LOAD_ABC        LOAD_AB V z = C;
#define LOAD_ABCE       LOAD_ABC V u = E;
#define KERNEL_1(name, result) KERNEL(name, ROW_A, LOAD_A, result)
#define KERNEL_2(name, result) KERNEL(name, ROW_AB, LOAD_AB, result)
#define KERNEL_3(name, result) KERNEL(name, ROW_ABC, LOAD_ABC, result)
#define KERNEL_4(name, result) KERNEL(name, ROW_ABCE, LOAD_ABCE, result)

static inline V lesser(V x, V y) { return CHOOSE(y < x, y, x); }
static inline V greater(V x, V y) { return CHOOSE(y > x, y, x); }
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
        fail_where(w, &s->in, FAIL_DIVIDE, l, bad);
        return (V)((M)(x / CHOOSE(bad, y + 1.0, y)) & ~bad);
    }
    return x / y;
}

static inline V root(struct world *w, const struct step *s, int l, V x)
{
    M bad = ~(M)(x >= 0.0);
    if (UNLIKELY(any(bad))) {
        fail_where(w, &s->in, FAIL_ROOT, l, bad);
        x = (V)((M)x & ~bad);
    }
    return v_sqrt(x);
}

static inline V exponential(struct world *w, const struct step *s, int l, V x)
{
    V r = v_exp(x);
    M bad = (M)(r > 0x1.fffffffffffffp+1023);
    if (UNLIKELY(any(bad))) {
        fail_where(w, &s->in, FAIL_OVERFLOW, l, bad);
        r = (V)((M)r & ~bad);
    }
    return r;
}

static inline V logarithm(struct world *w, const struct step *s, int l, V x)
{
    M bad = ~(M)(x > 0.0);
    if (UNLIKELY(any(bad))) {
        fail_where(w, &s->in, FAIL_LOGARITHM, l, bad);
        return (V)((M)v_ln(CHOOSE(bad, x - x + 1.0, x)) & ~bad);
    }
    return v_ln(x);
}

/* Exponentials and logarithms: several vectors together where none needs a second look, else one at a time. t is what the series is of,
 * then what it gives. */
#define SERIES_LOOPS(load, argument, outside, many, one, result, keep)                                                              \
        int at = from;                                                                                                              \
        for (; at + WIDTH * TOGETHER <= to; at += WIDTH * TOGETHER) {                                                               \
            V g[TOGETHER];                                                                                                          \
            M far = {0};                                                                                                            \
            ALL(const int l = at + j * WIDTH; load g[j] = (argument); far |= outside(g[j]););                                       \
            if (UNLIKELY(any(far)))                                                                                                 \
                break;                                                                                                              \
            many(g);                                                                                                                \
            ALL(const int l = at + j * WIDTH; V t = g[j]; load keep(result) PUT(r););                                               \
        }                                                                                                                           \
        for (int l = at; l < to; l += WIDTH) { load V t = (argument); t = one(w, s, l, t); keep(result) PUT(r); }
#define KEEP(result)    V r = (result);
#define KEEP_ODD(result) V r = (result); odd |= (M)(r - r);
#define SERIES(name, rows, load, argument, outside, many, one, result)                                                              \
    static void name(struct world *w, const struct step *s, int from, int to)                                                       \
    {                                                                                                                               \
        double *d = row(w, s->in.d);                                                                                                \
        rows                                                                                                                        \
        SERIES_LOOPS(load, argument, outside, many, one, result, KEEP)                                                              \
    }                                                                                                                               \
    static void name##_finite(struct world *w, const struct step *s, int from, int to)                                              \
    {                                                                                                                               \
        double *d = row(w, s->in.d);                                                                                                \
        M odd = {0};                                                                                                                \
        rows                                                                                                                        \
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
        fail_where(w, &s->in, FAIL_POWER, l, bad);
    return r;
}

KERNEL_1(k_copy, x)
KERNEL_2(k_add, x + y)
KERNEL_2(k_sub, x - y)
KERNEL_2(k_mul, x * y)
KERNEL_2(k_div, quotient(w, s, l, x, y))
KERNEL_2(k_pow, power(w, s, l, x, y))
KERNEL_1(k_neg, -x)
KERNEL_1(k_abs, v_abs(x))
KERNEL_1(k_sqrt, root(w, s, l, x))
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
    const double *d = row(w, s->in.d);
    M odd = {0};
    EACH {
        V x = *(const V *)(d + l);
        odd |= (M)(x - x);
    }
    if (UNLIKELY(any(odd)))
        lanes_finite(w, &s->in, from, to);
}

/* Draws: LANES_TILE lanes at most at a time. */

static uint64_t draw_count(const struct world *w, const struct stream *stream)
{
    uint64_t turn = (uint64_t)w->turn;
    return stream->every_step ? turn * (uint64_t)w->program->time.steps + (uint64_t)(w->step < 0 ? 0 : w->step) : turn;
}

static void normals(double *unit, int n)
{
    for (int l = 0; l < n; l += WIDTH * TOGETHER) {
        V p[TOGETHER];
        for (int j = 0; j < TOGETHER; j++)
            p[j] = *(const V *)(unit + (l + j * WIDTH < n ? l + j * WIDTH : 0));
        quantiles(p);
        for (int j = 0; j < TOGETHER; j++)
            if (l + j * WIDTH < n)
                *(V *)(unit + l + j * WIDTH) = p[j];
    }
}

static void k_normal(struct world *w, const struct step *s, int from, int to)
{
    _Alignas(64) double unit[LANES_TILE];
    const double *a = row(w, s->in.a), *b = row(w, s->in.b);
    double *d = row(w, s->in.d);
    const struct stream *stream = &w->program->stream[s->in.c];
    if (w->median) {
        EACH PUT(A);
        return;
    }
    units(w->seed + from, w->run + from, stream->hash, draw_count(w, stream), to - from, unit);
    normals(unit, to - from);
    EACH PUT(A + B * *(const V *)(unit + (l - from)));
}

static void k_uniform(struct world *w, const struct step *s, int from, int to)
{
    _Alignas(64) double unit[LANES_TILE];
    const double *a = row(w, s->in.a), *b = row(w, s->in.b);
    double *d = row(w, s->in.d);
    const struct stream *stream = &w->program->stream[s->in.c];
    if (w->median) {
        EACH PUT((A + B) / 2.0);
        return;
    }
    units(w->seed + from, w->run + from, stream->hash, draw_count(w, stream), to - from, unit);
    EACH { const V x = A; PUT(x + (B - x) * *(const V *)(unit + (l - from))); }
}

/* Stocks and means. */

static void k_move(double *x, struct bounds b, double dt, int from, int to)
{
    const double *rate = b.rate, *floor = b.floor, *ceiling = b.ceiling;
    EACH {
        V v = *(V *)(x + l);
        if (rate)
            v += *(const V *)(rate + l) * dt;
        if (floor)
            v = greater(v, *(const V *)(floor + l));
        if (ceiling)
            v = lesser(v, *(const V *)(ceiling + l));
        *(V *)(x + l) = v;
    }
}

static void k_fill(double *x, double with, int from, int to)
{
    const V v = (V){0} + with;
    EACH *(V *)(x + l) = v;
}

static void k_sum(double *sum, const double *x, bool first, int from, int to)
{
    if (first) {
        EACH *(V *)(sum + l) = *(const V *)(x + l);
    } else {
        EACH *(V *)(sum + l) += *(const V *)(x + l);
    }
}

static void k_scale(double *x, double divisor, int from, int to)
{
    EACH *(V *)(x + l) /= divisor;
}

/* Equal steps to the goal: the k-th of n sees k/n of the way, and the last is there exactly. */
static void k_ramp(double *left_row, double *level_row, const double *goal_row, int from, int to)
{
    EACH {
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

static void k_math(enum vector_math which, double *x, const double *y, int n)
{
    M bad;
    switch (which) {
    case VECTOR_EXP:      for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_exp(*(V *)(x + l)); return;
    case VECTOR_LN:       for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_ln(*(V *)(x + l)); return;
    case VECTOR_POW:      for (int l = 0; l < n; l += WIDTH) *(V *)(x + l) = v_pow(*(V *)(x + l), *(const V *)(y + l), &bad); return;
    case VECTOR_QUANTILE: normals(x, n); return;
    }
}

#define BOTH(name) {name, name##_finite}
const struct kernels KERNELS = {
    .by = {
        [OP_COPY] = BOTH(k_copy), [OP_ADD] = BOTH(k_add), [OP_SUB] = BOTH(k_sub), [OP_MUL] = BOTH(k_mul), [OP_DIV] = BOTH(k_div),
        [OP_POW] = BOTH(k_pow), [OP_NEG] = BOTH(k_neg), [OP_ABS] = BOTH(k_abs), [OP_SQRT] = BOTH(k_sqrt), [OP_EXP] = BOTH(k_exp), [OP_LN] = BOTH(k_ln),
        [OP_SIGN] = BOTH(k_sign), [OP_MIN] = BOTH(k_min), [OP_MAX] = BOTH(k_max), [OP_SIGMOID] = BOTH(k_sigmoid), [OP_EQ] = BOTH(k_eq),
        [OP_NE] = BOTH(k_ne), [OP_LT] = BOTH(k_lt), [OP_LE] = BOTH(k_le), [OP_AND] = BOTH(k_and), [OP_OR] = BOTH(k_or),
        [OP_NOT] = BOTH(k_not), [OP_SELECT] = BOTH(k_select), [OP_RATIO] = BOTH(k_ratio),
        [OP_FINITE] = {k_finite, NULL}, [OP_NORMAL] = {k_normal, NULL}, [OP_UNIFORM] = {k_uniform, NULL},
#define PAIR(NAME, rows, first, second, right, ...) [PAIR_##NAME] = BOTH(k_##NAME),
#include "engine/pairs.def"
#undef PAIR
    },
    .move = k_move, .fill = k_fill, .sum = k_sum, .scale = k_scale, .ramp = k_ramp, .math = k_math
};

#endif
