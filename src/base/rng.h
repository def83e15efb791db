/* base/rng.h — random numbers: PCG32 (XSH-RR 64/32; O'Neill 2014), held bit for bit to libpcg-cpp-dev in a test.
 * A draw is a function of its key: seed, run, the name of its stream and the turn (or step). Nothing is kept between draws, so a
 * draw more in one place moves nobody else's luck. Never seed with raw indices: neighbouring keys correlate in the first draw
 * (ENGINE: measured); rng_key mixes them (splitmix64). */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng { uint64_t state, inc; };

void rng_seed(struct rng *r, uint64_t state, uint64_t stream);
uint32_t rng_u32(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t bound);             /* 0..bound-1, unbiased (threshold rejection) */
void rng_advance(struct rng *r, uint64_t steps);
uint64_t rng_mix(uint64_t x);                                  /* splitmix64's finaliser */
/* seed: the game's; run: the lane's number in an ensemble; stream: text_hash of its name (and element); count: the turn or step. */
uint64_t rng_key(uint64_t seed, uint64_t run, uint64_t stream, uint64_t count);
struct rng rng_at(uint64_t key);                               /* a fresh generator for that key */
double rng_unit(struct rng *r);                                /* open interval (0, 1), 53 bits, two outputs */

#endif
