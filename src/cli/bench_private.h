/* cli/bench_private.h — what the files of `demarche bench` share: a figure and what it is laid beside. */
#ifndef CLI_BENCH_PRIVATE_H
#define CLI_BENCH_PRIVATE_H

#include "base/arena.h"
#include "game/sim.h"

/* What the ratio of a figure is to. One table, in bench.c: words for people and the key in JSON. */
enum beside { BESIDE_NOTHING, BESIDE_REFERENCE, BESIDE_BY_HAND, BESIDE_ABOVE, BESIDE_ONE_THREAD, BESIDE_WHOLE };
struct measure { const char *name; double figure; const char *unit; double ratio; enum beside beside; };

enum { BENCH_LANES = 64, MOST_MEASURES = 64 };

/* bench_costs.c. Each appends to m and returns how many there are now. */
int measure_roof(struct arena *a, const struct program *flagship, struct measure *m, int count);
int measure_memory(struct arena *a, const struct program *flagship, struct measure *m, int count);
int measure_threads(struct arena *a, const struct program *flagship, struct measure *m, int count);
int measure_costs(struct arena *a, struct measure *m, int count);       /* against runs, turns, slots and sizes of sets */

/* One game of all lanes, every seat with its first scripted persona (bench.c). */
void bench_game(const struct program *p, struct sim *s, struct order *order, uint64_t seed);

#endif
