/* lang/emit_private.h — what emit.c and aggregates.c share. */
#ifndef LANG_EMIT_PRIVATE_H
#define LANG_EMIT_PRIVATE_H

#include "lang/model.h"

/* An element as a place in a set: known now, or in a slot when it runs. */
struct which { bool runtime; int element; uint32_t slot; };

struct which emit_which(struct scope *s, const struct expr *e, int set);
struct which emit_outer(struct scope *s, const struct expr *e, int set);        /* the element bound outside, of that set */
/* The slot of an operation on these; the same operation on the same slots is done once. */
uint32_t emit_shared(struct scope *s, enum op op, uint32_t a, uint32_t b, uint32_t c, uint32_t e);
/* For lanes in which the condition holds (negated: does not hold) only: elsewhere it cannot fail. */
uint32_t emit_guarded(struct scope *s, const struct expr *e, uint32_t condition, bool negated);
uint32_t emit_over(struct scope *s, const struct expr *e);      /* sum, mean, …, rank, share, best */

#endif
