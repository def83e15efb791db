/* lab/sample.c — plain draws, Latin hypercube and Sobol sequence, each turned into parameters by the quantile functions that draw them.
 * A dimension is keyed by its parameter's name, so another parameter in the scenario moves no other dimension of plain draws or of a
 * Latin hypercube. In a Sobol sequence its place counts. */
#include "lab/sample.h"

#include "base/panic.h"
#include "base/rng.h"
#include "base/text.h"
#include "engine/world.h"

struct dimension { int parameter, element; uint64_t stream; };          /* element -1: all, together */

struct sampler {
    const struct program *p;
    enum sampling how;
    uint64_t seed;
    uint32_t runs;
    int dimensions;
    struct dimension *dimension;                /* arena */
    uint32_t (*direction)[SOBOL_BITS];          /* arena [copies * dimensions], of a Sobol sequence */
};

static bool any_drawn(const struct parameter *q)
{
    for (int e = 0; e < q->count; e++)
        if (engine_is_drawn(q, e))
            return true;
    return false;
}

static int list_dimensions(const struct program *p, struct dimension *to)
{
    int count = 0;
    for (int i = 0; i < p->parameters; i++) {
        const struct parameter *q = &p->parameter[i];
        if (q->together && any_drawn(q)) {
            if (to)
                to[count] = (struct dimension){i, -1, 0};
            count++;
        }
        for (int e = 0; !q->together && e < q->count; e++)
            if (engine_is_drawn(q, e)) {
                if (to)
                    to[count] = (struct dimension){i, e, 0};
                count++;
            }
    }
    return count;
}

const char *sampler_name(const struct sampler *s, struct arena *a, int dimension)
{
    const struct dimension *d = &s->dimension[dimension];
    const struct parameter *q = &s->p->parameter[d->parameter];
    return d->element < 0 ? q->name : program_element_name(s->p, a, q->name, q->dims, q->dim, d->element);
}

struct sampler *sampler_new(struct arena *a, const struct program *p, enum sampling how, uint64_t seed, int runs, int copies, const char **error)
{
    REQUIRE(runs >= 1 && copies >= 1);
    struct sampler *s = ARENA_NEW(a, struct sampler);
    *s = (struct sampler){.p = p, .how = how, .seed = seed, .runs = (uint32_t)runs, .dimensions = list_dimensions(p, NULL)};
    if (how == SAMPLING_SOBOL && s->dimensions * copies > SOBOL_MOST) {
        *error = arena_printf(a, "%d parameters are drawn, and a Sobol sequence has dimensions for %d; use --sample lhs", s->dimensions, SOBOL_MOST / copies);
        return NULL;
    }
    s->dimension = ARENA_ARRAY(a, s->dimensions, struct dimension);
    list_dimensions(p, s->dimension);
    for (int d = 0; d < s->dimensions; d++)     /* as the engine names them: plain points are the engine's own draws */
        s->dimension[d].stream = text_hash(arena_printf(a, "parameter:%s", sampler_name(s, a, d)));
    if (how == SAMPLING_SOBOL) {
        s->direction = arena_alloc(a, (size_t)(s->dimensions * copies) * sizeof *s->direction);
        for (int d = 0; d < s->dimensions * copies; d++)
            sobol_directions(d, s->direction[d]);
    }
    return s;
}

int sampler_dimensions(const struct sampler *s)
{
    return s->dimensions;
}

static double plain_unit(uint64_t seed, uint64_t run, uint64_t stream)
{
    struct rng r = rng_at(rng_key(seed, run, stream, 0));
    return rng_unit(&r);
}

/* Where `at` goes in a permutation of 0..count-1 that the key picks: four rounds of a Feistel network over the next even number of bits,
 * again until the place exists (at most four tries on average). Nothing is stored, so any number of runs has its permutation. */
static uint32_t shuffled(uint32_t at, uint32_t count, uint64_t key)
{
    int half = 1;
    while (half < 16 && ((uint64_t)1 << (2 * half)) < count)
        half++;
    const uint32_t mask = ((uint32_t)1 << half) - 1;
    do {
        uint32_t left = at >> half, right = at & mask;
        for (uint64_t round = 1; round <= 4; round++) {
            uint32_t next = left ^ ((uint32_t)rng_mix(key + (round << 32 | right)) & mask);
            left = right;
            right = next;
        }
        at = left << half | right;
    } while (at >= count);
    return at;
}

double sampler_unit(const struct sampler *s, int copy, int dimension, int run)
{
    REQUIRE(dimension >= 0 && dimension < s->dimensions && run >= 0 && (uint32_t)run < s->runs);
    const uint64_t stream = s->dimension[dimension].stream, place = (uint64_t)run + (uint64_t)copy * s->runs;
    switch (s->how) {
    case SAMPLING_PLAIN:
        return plain_unit(s->seed, place, stream);
    case SAMPLING_LHS:
        return (shuffled((uint32_t)run, s->runs, rng_key(s->seed, (uint64_t)copy, stream, 1)) + plain_unit(s->seed, place, stream)) / s->runs;
    case SAMPLING_SOBOL: {
        const uint32_t *direction = s->direction[copy * s->dimensions + dimension];
        uint32_t key = (uint32_t)rng_key(s->seed, (uint64_t)copy, stream, 2);
        return (sobol_scramble(sobol_point(direction, (uint32_t)run), key) + 0.5) / 4294967296.0;
    }
    }
    UNREACHABLE();
}

void sampler_put(const struct sampler *s, struct sim *sim, int lane, int dimension, double u)
{
    const struct dimension *d = &s->dimension[dimension];
    const struct parameter *q = &s->p->parameter[d->parameter];
    for (int e = d->element < 0 ? 0 : d->element; e < (d->element < 0 ? q->count : d->element + 1); e++)
        if (engine_is_drawn(q, e))
            sim_set_parameter(sim, d->parameter, e, lane, engine_prior(q, e, u));
}
