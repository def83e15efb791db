/* lab/fan.h — one quantity over the turns of many runs: 10, 50 and 90 %, a line a turn with its numbers beside it.
 * At most FAN_LINES moments are looked at, evenly spaced, so long plays fit a screen and memory does not grow with turns. */
#ifndef LAB_FAN_H
#define LAB_FAN_H

#include <stdio.h>
#include "lab/grid.h"

enum { FAN_LINES = 26 };
struct fan;
struct json;
struct fan *fan_new(struct arena *a, const struct program *p, struct output of, int turns, int runs);
/* One run: the quantity at moment t is at at[t * stride]. */
void fan_add(struct fan *f, const double *at, size_t stride);
void fan_close(struct fan *f);                  /* the runs since the last one were one point of the grid */
const struct run_chart *fan_chart(const struct fan *f, const struct grid *g);       /* in the arena of the fan */
void fan_json(const struct fan *f, int point, struct json *into);

#endif
