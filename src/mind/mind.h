/* mind/mind.h — personas: from a view to a plan, by script, one step or some turns ahead over imagined futures. */
#ifndef MIND_MIND_H
#define MIND_MIND_H

#include "game/game.h"

struct mind;
/* seat_ops for which `self` is a struct mind. */
extern const struct seat_ops mind_ops;
/* persona: index among the seat's; -1: the first, or holding if it has none. Memory from the arena, all of it now. */
struct mind *mind_new(struct arena *a, const struct program *p, int seat, int persona, uint64_t seed);
const char *mind_title(const struct mind *m);
/* Why it chose as it did in its last plan or answer: a sentence or two, true by construction (its own valuation). */
const char *mind_reason(const struct mind *m);

#endif
