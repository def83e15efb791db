/* mind/mind.h — personas: from a view to a plan, by script, one step or some turns ahead over imagined futures.
 *
 * A persona knows its seat's view and nothing else. Looking ahead, it tries each thing it could do on the same handful of imagined
 * futures, holds afterwards, and weighs its goals `patience` turns later (`patience` 1 is the quick, one-step persona). It chooses
 * in proportion to exp(precision * value), value in points of score: what a turn can do is worth tenths of a point to a few points, and
 * at precision 4 an option half a point better is chosen about seven times as often. Its effort is a number of futures, never a time,
 * so the same seed gives the same choice on every machine. */
#ifndef MIND_MIND_H
#define MIND_MIND_H

#include "game/game.h"

struct mind;
/* seat_ops for which `self` is a struct mind. */
extern const struct seat_ops mind_ops;
/* persona: index among the seat's; -1: the first, or holding if it has none. Memory from the arena, all of it now. */
struct mind *mind_new(struct arena *a, const struct program *p, int seat, int persona, uint64_t seed);
/* For games at their medians: it takes its best instead of drawing. */
void mind_take_best(struct mind *m, bool best);
const char *mind_title(const struct mind *m);
/* Why it chose as it did in its last plan or answer: a sentence or two, true by construction (its own valuation). */
const char *mind_reason(const struct mind *m);

#endif
