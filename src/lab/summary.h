/* lab/summary.h — mean and 10, 50, 90 % of every quantity at the end of many runs.
 * Means are over every run. Percentiles are exact as long as all ends fit into a stated number of cells; beyond that they come from
 * every second, third, … run, and the summary says so. */
#ifndef LAB_SUMMARY_H
#define LAB_SUMMARY_H

#include <stdio.h>
#include "code/program.h"

struct summary;
struct summary_head { const char *play; int runs, failed, turns; uint64_t seed; bool median; };

struct summary *summary_new(struct arena *a, int columns, int runs);
/* The end of one run: column c at end[c * stride]. Runs come in order. */
void summary_add(struct summary *s, int run, const double *end, size_t stride);
void summary_print(struct summary *s, const struct program *p, const struct summary_head *head, FILE *out);
void summary_json(struct summary *s, const struct program *p, const struct summary_head *head, FILE *out);
/* The value below which a share of the sorted numbers lies, straight between neighbours; count > 0. */
double summary_quantile(const double *sorted, int count, double share);
/* Sorts numbers, least first; an order for every double, so that equal inputs give equal outputs everywhere. */
void summary_sort(double *x, int count);

#endif
