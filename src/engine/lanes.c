/* engine/lanes.c — instructions over lanes: which build of the kernels runs them, and those that no kernel does.
 * What is done one lane at a time is done for lanes that count only; a failing lane is noted before its result is stored, since guard
 * and operands may be where the result goes. */
#include "base/isa.h"
#include "base/panic.h"
#include "base/pmath.h"
#include "engine/engine_private.h"

#define EACH_LANE   for (int l = from, end = live(w, to); l < end; l++)

const struct kernels *kernels_for(int stride)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (stride % LANES_STEP == 0)
        switch (isa_chosen()) {
        case ISA_PLAIN:  break;
        case ISA_AVX2:   return &kernels_avx2;
        case ISA_AVX512: return &kernels_avx512;
        }
#else
    (void)stride;
#endif
    return &kernels_sse2;
}

void lane_fail(struct world *w, const struct instr *in, enum failure_kind kind, int lane)
{
    if ((in->guard != NO_SLOT && row(w, in->guard)[lane] == 0) || w->failure[lane].kind != FAIL_NONE)
        return;
    w->failure[lane] = (struct failure){kind, in->origin, w->turn, w->step};
}

void lanes_finite(struct world *w, const struct instr *in, int from, int to)
{
    double *d = row(w, in->d);
    for (int l = from; l < to; l++)
        if (d[l] - d[l] != 0) {
            lane_fail(w, in, FAIL_OVERFLOW, l);
            d[l] = 0;
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

static void logarithm_to_ten(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l], r = 0;
        if (!(x > 0))
            lane_fail(w, in, FAIL_LOGARITHM, l);
        else
            r = pm_log10(x);
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

static void by_lane(struct world *w, const struct instr *in, int from, int to, double (*of)(double))
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE
        d[l] = of(a[l]);
}

void lanes_one(struct world *w, const struct step *s, int from, int to)
{
    const struct instr *in = s->in;
    switch ((enum op)in->op) {
    case OP_MOD:   modulo(w, in, from, to); return;
    case OP_LOG10: logarithm_to_ten(w, in, from, to); return;
    case OP_ASIN: case OP_ACOS: arc(w, in, from, to); return;
    case OP_SIN:   by_lane(w, in, from, to, pm_sin); return;
    case OP_COS:   by_lane(w, in, from, to, pm_cos); return;
    case OP_TAN:   by_lane(w, in, from, to, pm_tan); return;
    case OP_ATAN:  by_lane(w, in, from, to, pm_atan); return;
    case OP_FLOOR: by_lane(w, in, from, to, pm_floor); return;
    case OP_ROUND: by_lane(w, in, from, to, pm_round); return;
    case OP_TRUNC: by_lane(w, in, from, to, pm_trunc); return;
    case OP_LOOKUP: case OP_HOLD: case OP_GATHER: case OP_RANK: case OP_BEST: case OP_BESTOR: case OP_SHARE:
    case OP_RINGGET: case OP_RINGPUT:
        wide_run(w, in, from, to);
        return;
    case OP_TRIANGULAR: case OP_LOGNORMAL: case OP_POISSON: case OP_CHANCE:
        draws_run(w, in, from, to);
        return;
    /* these have kernels of every width */
    case OP_COPY: case OP_ADD: case OP_SUB: case OP_MUL: case OP_DIV: case OP_POW: case OP_NEG: case OP_ABS: case OP_SQRT: case OP_EXP: case OP_LN:
    case OP_SIGN: case OP_MIN: case OP_MAX: case OP_SIGMOID: case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_AND: case OP_OR:
    case OP_NOT: case OP_SELECT: case OP_RATIO: case OP_FINITE: case OP_NORMAL: case OP_UNIFORM: case OP_COUNT:
        break;
    }
    UNREACHABLE();
}

void lanes_plan(struct world *w, struct plan plan, int from, int to)
{
    world_own(w)->ran += (uint64_t)plan.count * (uint64_t)(to - from);
    for (const struct step *s = plan.step, *end = s + plan.count; s < end; s++)
        s->run(w, s, from, to);
}

/* A tile of lanes at a time, so that a block's slots stay near. */
void engine_block(struct world *w, int block)
{
    REQUIRE(block >= 0 && block < w->program->blocks);
    for (int from = 0, to; from < w->stride; from = to) {
        to = tile_end(w, from);
        lanes_plan(w, world_own(w)->plan[block], from, to);
    }
}

const double *engine_value(struct world *w, struct code_ref code)
{
    REQUIRE(code_given(code));
    if (code.block >= 0)
        engine_block(w, code.block);
    return row(w, code.slot);
}

void engine_aux_drawn(struct world *w)
{
    for (int from = 0, to; from < w->stride; from = to) {
        to = tile_end(w, from);
        lanes_plan(w, world_own(w)->aux_drawn, from, to);
    }
}

void engine_aux(struct world *w)
{
    engine_block(w, BLOCK_AUX);
}
