/* lab/sample.h — where in the priors the runs of an ensemble lie: points of the unit cube, one dimension a draw of the parameters.
 * A point is a function of the seed and the run alone (and, for a Latin hypercube, of how many runs there are), so threads never show. */
#ifndef LAB_SAMPLE_H
#define LAB_SAMPLE_H

#include "lab/lab.h"

enum { SOBOL_MOST = 481, SOBOL_BITS = 32 };
void sobol_directions(int dimension, uint32_t direction[static SOBOL_BITS]);            /* dimension from 0 */
uint32_t sobol_point(const uint32_t direction[static SOBOL_BITS], uint32_t index);      /* a fraction of 2^32 */
uint32_t sobol_scramble(uint32_t x, uint32_t key);

struct sampler;
/* copies: how many points of the same dimensions each run has, all independent (2 for indices). NULL with *error (arena) if there are
 * more dimensions than the sequence has. */
struct sampler *sampler_new(struct arena *a, const struct program *p, enum sampling how, uint64_t seed, int runs, int copies, const char **error);
int sampler_dimensions(const struct sampler *s);
/* "rate", "rate[coal]": the parameter's element, or the parameter if one draw stands for all its elements. */
const char *sampler_name(const struct sampler *s, struct arena *a, int dimension);
double sampler_unit(const struct sampler *s, int copy, int dimension, int run);         /* in (0, 1) */
/* Puts the parameters of one dimension at u in one lane; between sim_start and sim_begin. */
void sampler_put(const struct sampler *s, struct sim *sim, int lane, int dimension, double u);

#endif
