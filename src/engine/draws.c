/* engine/draws.c — everything that chance decides.
 * A draw is a function of the lane's seed and run, the stream's name and a count (the turn; turn * steps + step where it is drawn every
 * step; 0 for parameters). Nothing is kept between draws, so a draw more here is nobody else's luck. Each takes one number u in
 * (0, 1) and turns it over its distribution, which makes the median the draw at u = 1/2. */
#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "engine/engine_private.h"

/* From the 5 % point of a normal distribution to its 95 % point, in standard deviations: 2 * 1.6448536269514722. */
static const double RANGE_SD = 2 * 1.6448536269514722;

static double unit_at(const struct world *w, int lane, uint64_t stream, uint64_t count)
{
    struct rng r = rng_at(rng_key(w->seed[lane], w->run[lane], stream, count));
    return rng_unit(&r);
}

double engine_unit(const struct world *w, int lane, uint64_t stream, uint64_t count)
{
    return w->median ? 0.5 : unit_at(w, lane, stream, count);
}

double engine_normal(const struct world *w, int lane, uint64_t stream, uint64_t count)
{
    return w->median ? 0 : pm_normal_quantile(unit_at(w, lane, stream, count));
}

/* low + pm_sqrt(u (high-low) (mode-low)) up to the mode, high - pm_sqrt((1-u) (high-low) (high-mode)) above. */
static double triangular(double low, double mode, double high, double u)
{
    double width = high - low;
    if (!(width > 0))
        return mode;
    if (!(mode > low))
        mode = low;
    if (mode > high)
        mode = high;
    const bool rising = u * width < mode - low;
    const double way = __builtin_sqrt(rising ? u * width * (mode - low) : (1 - u) * width * (high - mode));    /* exact, as pm_sqrt is */
    return rising ? low + way : high - way;
}

/* The smallest count whose cumulative chance reaches u. A mean of 700 needs some 900 terms at most; e ^ -700 is still a normal number. */
static double poisson(double mean, double u)
{
    double p = pm_exp(-mean), sum = p;
    int k = 0;
    while (sum < u && k < 2000) {
        k++;
        p *= mean / k;
        sum += p;
    }
    return k;
}

static uint64_t count_of(const struct world *w, const struct stream *s)
{
    uint64_t turn = (uint64_t)w->turn;
    return s->every_step ? turn * (uint64_t)w->program->time.steps + (uint64_t)(w->step < 0 ? 0 : w->step) : turn;
}

static double normal_at(const struct world *w, int lane, const struct stream *s, double mean, double sd)
{
    return w->median ? mean : mean + sd * pm_normal_quantile(unit_at(w, lane, s->hash, count_of(w, s)));
}

static double draw(struct world *w, const struct instr *in, int lane)
{
    const struct program *p = w->program;
    double a = row(w, in->a)[lane];
    const struct stream *s = &p->stream[in->op == OP_TRIANGULAR ? in->e : in->op == OP_POISSON || in->op == OP_CHANCE ? in->b : in->c];
    switch (in->op) {
    case OP_NORMAL:     return normal_at(w, lane, s, a, row(w, in->b)[lane]);
    case OP_LOGNORMAL:  return pm_exp(normal_at(w, lane, s, a, row(w, in->b)[lane]));
    }
    double u = engine_unit(w, lane, s->hash, count_of(w, s));
    switch (in->op) {
    case OP_UNIFORM: {
        double b = row(w, in->b)[lane];
        return w->median ? (a + b) / 2 : a + (b - a) * u;
    }
    case OP_TRIANGULAR: return triangular(a, row(w, in->b)[lane], row(w, in->c)[lane], u);
    case OP_CHANCE:     return w->median ? a > 0.5 : u < a;
    case OP_POISSON:
        if (a >= 0 && a <= 700)
            return poisson(a, u);
        lane_fail(w, in, FAIL_DRAW, lane);
        return 0;
    }
    UNREACHABLE();
}

void draws_run(struct world *w, const struct instr *in, int from, int to)
{
    double *d = row(w, in->d);
    for (int l = from, end = live(w, to); l < end; l++)
        d[l] = draw(w, in, l);
}

void engine_turn_draws(struct world *w)
{
    engine_block(w, BLOCK_TURN_DRAWS);
}

/* Parameters */

/* Range is 5 % to 95 % for normal and lognormal: the mean is its middle (of the logarithms), the standard deviation (high - low) / 3.29.
 * It is the ends for uniform and triangular, whose likeliest value is the parameter's own. */
double engine_prior(const struct parameter *q, int element, double u)
{
    const struct parameter_element *e = &q->element[element];
    switch (q->prior) {
    case PRIOR_TRIANGULAR: return triangular(e->low, e->value, e->high, u);
    case PRIOR_UNIFORM:    return e->low + (e->high - e->low) * u;
    case PRIOR_NORMAL:     return (e->low + e->high) / 2 + (e->high - e->low) / RANGE_SD * pm_normal_quantile(u);
    case PRIOR_LOGNORMAL: {
        double low = pm_ln(e->low), high = pm_ln(e->high);
        return pm_exp((low + high) / 2 + (high - low) / RANGE_SD * pm_normal_quantile(u));
    }
    case PRIOR_NONE: case PRIOR_COMPUTED: return e->value;
    }
    UNREACHABLE();
}

/* Without a width it is what it is. */
bool engine_is_drawn(const struct parameter *q, int element)
{
    return q->prior != PRIOR_NONE && q->prior != PRIOR_COMPUTED && q->element[element].low < q->element[element].high;
}

void engine_parameters_at_value(struct world *w)
{
    const struct program *p = w->program;
    for (int i = 0; i < p->parameters; i++)
        for (int e = 0; e < p->parameter[i].count; e++)
            world_fill(w, p->parameter[i].first + (uint32_t)e, p->parameter[i].element[e].value);
}

/* Units come a tile of lanes at a time; the same ones as unit_at gives. */
static void draw_element(struct world *w, const struct parameter *q, int e, uint64_t stream)
{
    const struct kernels *k = world_own(w)->kernels;
    double *x = row(w, q->first + (uint32_t)e);
    for (int from = 0, to; from < w->stride; from = to) {
        _Alignas(64) uint64_t key[LANES_TILE];
        _Alignas(64) double unit[LANES_TILE];
        to = tile_end(w, from);
        k->keys(w->seed + from, w->run + from, stream, to - from, key);
        k->units(key, 0, to - from, unit);
        const struct parameter_element range = q->element[e];
        const int end = live(w, to) - from;
        switch (q->prior) {
        case PRIOR_TRIANGULAR:
            for (int l = 0; l < end; l++)
                x[from + l] = triangular(range.low, range.value, range.high, unit[l]);
            break;
        case PRIOR_UNIFORM: case PRIOR_NORMAL: case PRIOR_LOGNORMAL: case PRIOR_NONE: case PRIOR_COMPUTED:
            for (int l = 0; l < end; l++)
                x[from + l] = engine_prior(q, e, unit[l]);
            break;
        }
    }
}

void engine_draw_parameters(struct world *w)
{
    const struct program *p = w->program;
    const uint64_t *stream = world_own(w)->parameter_stream;
    engine_parameters_at_value(w);
    for (int i = 0; i < p->parameters; stream += p->parameter[i++].count)
        for (int e = 0; e < p->parameter[i].count; e++)
            if (engine_is_drawn(&p->parameter[i], e))
                draw_element(w, &p->parameter[i], e, stream[e]);
}
