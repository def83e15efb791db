/* base/rng.c — PCG32 and the keys that its streams start from.
 * The constants of PCG32 are O'Neill's, those of the mixer splitmix64's; changing one moves every recorded game. */
#include "base/rng.h"

#include "base/panic.h"

static const uint64_t STEP = 6364136223846793005u;

void rng_seed(struct rng *r, uint64_t state, uint64_t stream)
{
    r->inc = stream << 1 | 1;
    r->state = (state + r->inc) * STEP + r->inc;
}

uint32_t rng_u32(struct rng *r)
{
    uint64_t old = r->state;
    r->state = old * STEP + r->inc;
    uint32_t shifted = (uint32_t)((old >> 18 ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return shifted >> turn | shifted << (-turn & 31);
}

uint32_t rng_below(struct rng *r, uint32_t bound)
{
    REQUIRE(bound > 0);
    uint32_t least = -bound % bound;     /* numbers below it would make the first outcomes likelier */
    for (;;) {
        uint32_t x = rng_u32(r);
        if (x >= least)
            return x % bound;
    }
}

void rng_advance(struct rng *r, uint64_t steps)
{
    uint64_t mul = STEP, add = r->inc, all_mul = 1, all_add = 0;   /* the step composed with itself by squaring */
    for (; steps; steps >>= 1) {
        if (steps & 1) {
            all_mul *= mul;
            all_add = all_add * mul + add;
        }
        add *= mul + 1;
        mul *= mul;
    }
    r->state = r->state * all_mul + all_add;
}

uint64_t rng_mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

uint64_t rng_key(uint64_t seed, uint64_t run, uint64_t stream, uint64_t count)
{
    return rng_mix(rng_mix(rng_mix(rng_mix(seed) ^ stream) ^ run) ^ count);
}

struct rng rng_at(uint64_t key)
{
    struct rng r;
    rng_seed(&r, key, rng_mix(key));
    return r;
}

double rng_unit(struct rng *r)
{
    uint64_t high = rng_u32(r), low = rng_u32(r);
    uint64_t k = (high << 32 | low) >> 12;                       /* 52 bits and a half below: never 0, never 1 */
    return ((double)k + 0.5) * 0x1p-52;
}
