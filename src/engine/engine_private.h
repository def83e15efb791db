/* engine/engine_private.h — what the files of engine/ share: the whole of a world, and one function a family of instructions.
 * `from` and `to` are lanes, multiples of 8; what a function writes it writes there only. */
#ifndef ENGINE_ENGINE_PRIVATE_H
#define ENGINE_ENGINE_PRIVATE_H

#include "engine/world.h"

/* A row of slots is a multiple of LANES_STEP lanes; a world of one or two lanes (a live game, a rehearsal) takes LANES_LEAST, since
 * six idle lanes cost as much as busy ones. */
enum { LANES_LEAST = 2, LANES_STEP = 8, LANES_TILE = 64 };

struct world_own {
    struct world w;                         /* first: a pointer to the one is a pointer to the other                      */
    uint64_t *parameter_stream;             /* arena [all elements of all parameters], hash of "parameter:name[element]"  */
    bool *kept_by_start;                    /* arena [kept_steps]: BLOCK_START writes it; else the engine does            */
    double *ledger;                         /* arena: for each stock element its terms, then floor, then ceiling          */
    double *scratch;                        /* arena [most kept pairs][LANES_TILE]                                        */
    uint32_t *held_slot; int helds;         /* rates, floors and ceilings that are state: another stock, perhaps          */
    double *held;                           /* arena [helds][stride]: as they are before any stock moves                  */
};
static inline struct world_own *world_own(struct world *w) { return (struct world_own *)w; }

static inline double *row(const struct world *w, uint32_t slot) { return w->value + (size_t)slot * (size_t)w->stride; }
static inline bool slot_is_state(const struct program *p, uint32_t slot) { return slot >= p->state_first && slot < p->work_first; }
/* Lanes that count: the padded ones need no work where a lane costs something. */
static inline int live(const struct world *w, int to) { return to < w->lanes ? to : w->lanes; }

/* Marks the lane, unless its guard says that the branch is not taken or it has failed before. */
void lane_fail(struct world *w, const struct instr *in, enum failure_kind kind, int lane);

void lanes_run(struct world *w, const struct instr *code, uint32_t count, int from, int to);      /* lanes.c: any instruction */
void wide_run(struct world *w, const struct instr *in, int from, int to);                          /* wide.c: tables, ranges, rings */
void draws_run(struct world *w, const struct instr *in, int from, int to);                         /* draws.c */

void world_fill(struct world *w, uint32_t slot, double x);                                         /* in all lanes */

#endif
