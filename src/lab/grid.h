/* lab/grid.h — the points at which an ensemble is run: every combination of what is varied, the last parameter turning fastest.
 * Without anything varied there is one point. */
#ifndef LAB_GRID_H
#define LAB_GRID_H

#include "base/text.h"
#include "lab/lab.h"

struct grid { const struct vary *vary; int varies, points; const char *const *name; };      /* name[varies]: "leak", "leak[coal]" */
struct grid grid_new(struct arena *a, const struct program *p, const struct vary *vary, int varies);
double grid_value(const struct grid *g, int point, int vary);
void grid_put(const struct grid *g, const struct program *p, struct sim *s, int lane, int point);   /* between sim_start and sim_begin */
void grid_cells(const struct grid *g, int point, struct text *out);         /* ",0.02,0.1": what stands at the end of a row */
const char *grid_words(struct arena *a, const struct grid *g, int point);   /* "decay 0.02, leak 0.1"; "" without anything varied */

#endif
