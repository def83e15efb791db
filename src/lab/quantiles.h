/* lab/quantiles.h — means and quantiles of many columns in one pass over the runs, in run order.
 *
 * Exact as long as all numbers fit into a stated number of cells. Beyond that a t-digest (T. Dunning, The t-digest, Software Impacts 7,
 * 2021): runs that lie close together become one centroid, of at most pi / 1000 * sqrt(q (1 - q)) of all runs at the share q. The 10, 50
 * and 90 % of a smooth spread are then off by well under a thousandth of its width. No libm and no order of threads in it: the same
 * runs give the same bits. */
#ifndef LAB_QUANTILES_H
#define LAB_QUANTILES_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"

enum { QUANTILE_CELLS = 32 * 1024 * 1024 };     /* numbers kept for exact quantiles: 256 MB */

struct quantiles;                               /* opaque */
struct quantiles *quantiles_new(struct arena *a, int columns, int runs, int cells);
void quantiles_clear(struct quantiles *q);      /* as new, for the same numbers of columns and runs */
void quantiles_add(struct quantiles *q, const double *x, size_t stride);        /* one run: column c at x[c * stride]; not NaN */
int quantiles_count(const struct quantiles *q);
bool quantiles_exact(const struct quantiles *q);
double quantiles_mean(const struct quantiles *q, int column);                   /* NaN without runs */
/* Straight between neighbours, as summary_quantile; NaN without runs. More runs may come afterwards. */
void quantiles_read(struct quantiles *q, int column, int shares, const double *share, double *out);

/* The value below which a share of the sorted numbers lies, straight between neighbours; count > 0. */
double summary_quantile(const double *sorted, int count, double share);
/* Sorts numbers, least first; an order for every double, so that equal inputs give equal outputs everywhere. */
void summary_sort(double *x, int count);

#endif
