/* lab/games.h — how many games ended: which endings came how often, and what each seat scored; for each point of a grid. */
#ifndef LAB_GAMES_H
#define LAB_GAMES_H

#include <stdio.h>
#include "lab/grid.h"

struct games;
struct json;
struct games *games_new(struct arena *a, const struct program *p, int runs);
int games_numbers(const struct program *p);             /* of one game: the score of each seat, the ending's index or -1, turns played */
void games_read(struct sim *s, const struct program *p, double *to);                    /* [games_numbers][lanes of s] */
void games_add(struct games *g, const double *game, size_t stride);     /* one game, in the order of the runs */
void games_close(struct games *g);                      /* the games since the last one were one point of the grid */
void games_print(const struct games *g, const struct grid *grid, FILE *out);
void games_json(const struct games *g, int point, struct json *into);

#endif
