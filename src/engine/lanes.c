/* engine/lanes.c — instructions over lanes: the loop that everything else waits for.
 * Written with the compilers' vectors rather than plain loops: a result may lie in the place of an operand (registers are used
 * again), which a vectoriser must otherwise check for at run time, and vectors stay vectors at -O0. LANE_BYTES is the width for which
 * this file is compiled; the bits do not depend on it.
 * A failing lane is noted before its result is stored, since guard and operands may be where the result goes. */
#include <stdint.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "engine/engine_private.h"

#ifndef LANE_BYTES
#define LANE_BYTES 16
#endif

typedef double V __attribute__((vector_size(LANE_BYTES), may_alias));
typedef int64_t M __attribute__((vector_size(LANE_BYTES), may_alias));      /* all ones where true */
enum { WIDTH = LANE_BYTES / 8 };
_Static_assert(LANES_LEAST % WIDTH == 0 && LANES_STEP % WIDTH == 0, "a row is a whole number of vectors");

#define TRUTH(m)        ((V)((M)(m) & (int64_t)0x3ff0000000000000))         /* 1.0 or 0.0 */
#define CHOOSE(m, y, z) ((V)(((M)(m) & (M)(y)) | (~(M)(m) & (M)(z))))

void lane_fail(struct world *w, const struct instr *in, enum failure_kind kind, int lane)
{
    if ((in->guard != NO_SLOT && row(w, in->guard)[lane] == 0) || w->failure[lane].kind != FAIL_NONE)
        return;
    w->failure[lane] = (struct failure){kind, in->origin, w->turn, w->step};
}

/* The usual instruction costs one test here. */
static inline void fail_where(struct world *w, const struct instr *in, enum failure_kind kind, int lane, M bad)
{
    int64_t any = 0;
    for (int i = 0; i < WIDTH; i++)
        any |= bad[i];
    if (any == 0)
        return;
    for (int i = 0; i < WIDTH; i++)
        if (bad[i])
            lane_fail(w, in, kind, lane + i);
}

#define EACH        for (int l = from; l < to; l += WIDTH)
#define X           (*(const V *)(a + l))
#define Y           (*(const V *)(b + l))
#define Z           (*(const V *)(c + l))
#define PUT(x)      (*(V *)(d + l) = (x))
#define EACH_LANE   for (int l = from, end = live(w, to); l < end; l++)

static void divide(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a), *b = row(w, in->b);
    double *d = row(w, in->d);
    EACH {
        V x = X, y = Y;
        M bad = (M)(y == 0.0);
        V r = x / CHOOSE(bad, y + 1.0, y);
        fail_where(w, in, FAIL_DIVIDE, l, bad);
        PUT((V)((M)r & ~bad));
    }
}

static void ratio(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a), *b = row(w, in->b), *c = row(w, in->c);
    double *d = row(w, in->d);
    EACH {
        V x = X, y = Y, z = Z;
        M none = (M)(y == 0.0);
        PUT(CHOOSE(none, z, x / CHOOSE(none, y + 1.0, y)));
    }
}

static void square_root(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH {
        V x = X, r;
        M bad = ~(M)(x >= 0.0);
        fail_where(w, in, FAIL_ROOT, l, bad);
        x = (V)((M)x & ~bad);
        for (int i = 0; i < WIDTH; i++)
            r[i] = __builtin_sqrt(x[i]);
        PUT(r);
    }
}

static void finite(struct world *w, const struct instr *in, int from, int to)
{
    double *d = row(w, in->d);
    const double *a = d;
    EACH {
        V x = X;
        M bad = ~(M)(x - x == 0.0);
        fail_where(w, in, FAIL_OVERFLOW, l, bad);
        PUT((V)((M)x & ~bad));
    }
}

static void power(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a), *b = row(w, in->b);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l], y = b[l], r = 0;
        if ((x < 0 && pm_floor(y) != y) || (x == 0 && y < 0))
            lane_fail(w, in, FAIL_POWER, l);
        else
            r = pm_pow(x, y);
        d[l] = r;
    }
}

static void modulo(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a), *b = row(w, in->b);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l], y = b[l], r = 0;
        if (y == 0)
            lane_fail(w, in, FAIL_DIVIDE, l);
        else
            r = pm_mod(x, y);
        d[l] = r;
    }
}

static void exponential(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double r = pm_exp(a[l]);
        if (r == __builtin_inf()) {
            lane_fail(w, in, FAIL_OVERFLOW, l);
            r = 0;
        }
        d[l] = r;
    }
}

static void logarithm(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l], r = 0;
        if (!(x > 0))
            lane_fail(w, in, FAIL_LOGARITHM, l);
        else
            r = in->op == OP_LN ? pm_ln(x) : pm_log10(x);
        d[l] = r;
    }
}

static void arc(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l], r = 0;
        if (!(x >= -1 && x <= 1))
            lane_fail(w, in, FAIL_ARC, l);
        else
            r = in->op == OP_ASIN ? pm_asin(x) : pm_acos(x);
        d[l] = r;
    }
}

static double sigmoid(double x)
{
    return 1 / (1 + pm_exp(-x));
}

static void by_lane(struct world *w, const struct instr *in, int from, int to, double (*of)(double))
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE
        d[l] = of(a[l]);
}

/* What needs no failing and no call. Slots that an instruction lacks are row 0, never looked at. */
static void plain(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a), *b = a, *c = a;
    double *d = row(w, in->d);
    switch (in->op) {
    case OP_COPY: EACH PUT(X); return;
    case OP_NEG:  EACH PUT(-X); return;
    case OP_ABS:  EACH PUT((V)((M)X & INT64_MAX)); return;
    case OP_SIGN: EACH { V x = X; PUT(TRUTH(x > 0.0) - TRUTH(x < 0.0)); } return;
    case OP_NOT:  EACH PUT(TRUTH(X == 0.0)); return;
    }
    b = row(w, in->b);
    switch (in->op) {
    case OP_ADD:  EACH PUT(X + Y); return;
    case OP_SUB:  EACH PUT(X - Y); return;
    case OP_MUL:  EACH PUT(X * Y); return;
    case OP_MIN:  EACH { V x = X, y = Y; PUT(CHOOSE(y < x, y, x)); } return;
    case OP_MAX:  EACH { V x = X, y = Y; PUT(CHOOSE(y > x, y, x)); } return;
    case OP_EQ:   EACH PUT(TRUTH(X == Y)); return;
    case OP_NE:   EACH PUT(TRUTH(X != Y)); return;
    case OP_LT:   EACH PUT(TRUTH(X < Y)); return;
    case OP_LE:   EACH PUT(TRUTH(X <= Y)); return;
    case OP_AND:  EACH PUT(TRUTH((M)(X != 0.0) & (M)(Y != 0.0))); return;
    case OP_OR:   EACH PUT(TRUTH((M)(X != 0.0) | (M)(Y != 0.0))); return;
    }
    c = row(w, in->c);
    EACH { V x = X; PUT(CHOOSE(x != 0.0, Y, Z)); }                           /* OP_SELECT */
}

static void run_one(struct world *w, const struct instr *in, int from, int to)
{
    switch ((enum op)in->op) {
    case OP_COPY: case OP_ADD: case OP_SUB: case OP_MUL: case OP_NEG: case OP_ABS: case OP_SIGN: case OP_MIN: case OP_MAX:
    case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_AND: case OP_OR: case OP_NOT: case OP_SELECT:
        plain(w, in, from, to);
        return;
    case OP_DIV:    divide(w, in, from, to); return;
    case OP_RATIO:  ratio(w, in, from, to); return;
    case OP_SQRT:   square_root(w, in, from, to); return;
    case OP_FINITE: finite(w, in, from, to); return;
    case OP_POW:    power(w, in, from, to); return;
    case OP_MOD:    modulo(w, in, from, to); return;
    case OP_EXP:    exponential(w, in, from, to); return;
    case OP_LN: case OP_LOG10:  logarithm(w, in, from, to); return;
    case OP_ASIN: case OP_ACOS: arc(w, in, from, to); return;
    case OP_SIN:     by_lane(w, in, from, to, pm_sin); return;
    case OP_COS:     by_lane(w, in, from, to, pm_cos); return;
    case OP_TAN:     by_lane(w, in, from, to, pm_tan); return;
    case OP_ATAN:    by_lane(w, in, from, to, pm_atan); return;
    case OP_FLOOR:   by_lane(w, in, from, to, pm_floor); return;
    case OP_ROUND:   by_lane(w, in, from, to, pm_round); return;
    case OP_TRUNC:   by_lane(w, in, from, to, pm_trunc); return;
    case OP_SIGMOID: by_lane(w, in, from, to, sigmoid); return;
    case OP_LOOKUP: case OP_HOLD: case OP_GATHER: case OP_RANK: case OP_BEST: case OP_BESTOR: case OP_SHARE:
    case OP_RINGGET: case OP_RINGPUT:
        wide_run(w, in, from, to);
        return;
    case OP_NORMAL: case OP_UNIFORM: case OP_TRIANGULAR: case OP_LOGNORMAL: case OP_POISSON: case OP_CHANCE:
        draws_run(w, in, from, to);
        return;
    case OP_COUNT: break;
    }
    UNREACHABLE();
}

void lanes_run(struct world *w, const struct instr *code, uint32_t count, int from, int to)
{
    for (const struct instr *in = code, *end = code + count; in < end; in++)
        run_one(w, in, from, to);
}

/* A tile of lanes at a time, so that a block's slots stay near. */
void engine_block(struct world *w, int block)
{
    const struct program *p = w->program;
    REQUIRE(block >= 0 && block < p->blocks);
    struct block b = p->block[block];
    for (int from = 0; from < w->stride; from += LANES_TILE)
        lanes_run(w, p->code + b.first, b.count, from, from + LANES_TILE < w->stride ? from + LANES_TILE : w->stride);
}

const double *engine_value(struct world *w, struct code_ref code)
{
    REQUIRE(code_given(code));
    if (code.block >= 0)
        engine_block(w, code.block);
    return row(w, code.slot);
}

void engine_aux(struct world *w)
{
    engine_block(w, BLOCK_AUX);
}
