/* lab/quick.h — whole games in lanes: quick personas in every seat, each lane deciding by its own state.
 *
 * A quick persona follows its script, or (patience 1) tries each thing that it could do one turn ahead, all others holding, on luck that
 * is not the game's, and chooses in proportion to exp(precision * value). It reads the numbers of its lane as they are: errors and lags of
 * seeing are for games that are played, one by one. */
#ifndef LAB_QUICK_H
#define LAB_QUICK_H

#include "game/sim.h"

/* What the seat's persona would make of where the lanes stand, in points: weighted goals, what an ending is worth, a little for budget
 * kept. worth[lanes of s]; a lane that failed has QUICK_FAILED. persona NULL: goals at their weights. */
#define QUICK_FAILED (-1e9)
void quick_worth(struct sim *s, const struct program *p, int seat, const struct persona *persona, double *worth);

struct quick;
/* persona[seats]: of each seat, or -1: it holds. Memory from the arena, all of it now. */
struct quick *quick_new(struct arena *a, const struct program *p, int lanes, const int *persona);
bool quick_can(const struct persona *persona);          /* a script, or no farther ahead than a turn */
/* Before turn 0 of a sim with as many lanes; lane l is run first_run + l. median: it takes its best. */
void quick_begin(struct quick *q, uint64_t seed, uint64_t first_run, bool median);
void quick_turn(struct quick *q, struct sim *s);        /* one turn; games that are over stay as they ended */

#endif
