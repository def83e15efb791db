/* lab/summary.h — mean and 10, 50, 90 % of every quantity at the end of many runs, for each point of a grid.
 * Exact or, beyond what fits into memory, from a t-digest (quantiles.h); then the summary says so. */
#ifndef LAB_SUMMARY_H
#define LAB_SUMMARY_H

#include <stdio.h>
#include "code/program.h"
#include "lab/grid.h"
#include "lab/quantiles.h"

struct summary;
struct fan;
struct games;
/* stopped: after so many runs in all, or 0. games: what became of games, or NULL. */
struct summary_head {
    const char *play; int runs, failed, turns; uint64_t seed; bool median; enum sampling sampling; const struct grid *grid; int stopped;
    const struct games *games; const int *persona;      /* [seats] or NULL */
};

struct summary *summary_new(struct arena *a, int columns, int runs);
/* The end of one run: column c at end[c * stride]. Runs come in order. */
void summary_add(struct summary *s, const double *end, size_t stride);
/* The runs since the last one were one point of the grid; `failed` more were left out. Call it at least once. */
void summary_close(struct summary *s, int failed);
bool summary_exact(const struct summary *s);
void summary_print(const struct summary *s, const struct program *p, const struct summary_head *head, FILE *out);
void summary_json(const struct summary *s, const struct program *p, const struct summary_head *head, const struct fan *fan, FILE *out);

#endif
