/* engine/engine_private.h — what the files of engine/ share: the whole of a world, and one function a family of instructions.
 * `from` and `to` are lanes, multiples of 8; what a function writes it writes there only. */
#ifndef ENGINE_ENGINE_PRIVATE_H
#define ENGINE_ENGINE_PRIVATE_H

#include "engine/world.h"

/* A row of slots is a multiple of LANES_STEP lanes; a world of one or two lanes (a live game, a rehearsal) takes LANES_LEAST, since
 * six idle lanes cost as much as busy ones. */
enum { LANES_LEAST = 2, LANES_STEP = 8, LANES_TILE = 64 };

/* What is run: an instruction or a pair of them (pairs.def), perhaps with the FINITE that follows. */
struct step;
typedef void step_run(struct world *w, const struct step *s, int from, int to);
struct step {                               /* what a kernel needs in one line of the cache */
    step_run *run;
    double *d; const double *a, *b, *c, *e;     /* rows; NULL where it is no slot */
    const struct instr *finite;             /* borrowed from the program; or NULL */
    const struct instr *in;                 /* arena: of a pair, only guard and origin say something */
};
struct plan { const struct step *step; uint32_t count; };                          /* of a block, or of a block without what only ledgers read */

enum {
    PAIR_FIRST = OP_COUNT - 1,
#define PAIR(name, rows, first, second, right, ...) PAIR_##name,
#include "engine/pairs.def"
#undef PAIR
    KERNEL_COUNT
};
struct bounds { const double *rate, *floor, *ceiling; };    /* rows; NULL: none */
enum vector_math { VECTOR_EXP, VECTOR_LN, VECTOR_QUANTILE, VECTOR_POW };
/* The loops for one width of vector. An operation that has none here is done one at a time. */
struct kernels {
    step_run *by[KERNEL_COUNT][2];          /* alone, and with FINITE of the result */
    void (*move)(double *x, struct bounds b, double dt, int n);                    /* n lanes, at most a tile */
    void (*fill)(double *x, double with, int n);
    void (*copy)(double *to, const double *x, int n);
    void (*sum)(double *sum, const double *x, int n);
    void (*scale)(double *x, double divisor, int n);
    void (*ramp)(double *left, double *level, const double *goal, int n);
    void (*keys)(const uint64_t *seed, const uint64_t *run, uint64_t stream, int n, uint64_t *key);
    void (*units)(const uint64_t *key, uint64_t count, int n, double *unit);
    void (*math)(enum vector_math which, double *x, const double *y, int n);       /* for tests; y of VECTOR_POW alone */
};
extern const struct kernels kernels_sse2, kernels_avx2, kernels_avx512;
const struct kernels *kernels_for(int stride);                                     /* lanes.c: what isa_chosen says */

struct moved { uint32_t value; const double *rate, *floor, *ceiling; int terms; };       /* rows; terms: -1 for a hidden stock */

struct world_own {
    struct world w;                         /* first: a pointer to the one is a pointer to the other                      */
    const struct kernels *kernels;
    uint64_t ran;                           /* instructions so far, each once a lane                                      */
    const struct plan *plan;                /* arena [blocks]                                                             */
    struct plan change_bare;                /* BLOCK_CHANGE without terms: a turn that keeps no ledger                    */
    struct plan aux_moving;                 /* BLOCK_AUX without what stays as it is from the turn's first step on        */
    struct plan aux_drawn;                  /* BLOCK_AUX's part that hangs on draws of the turn and on budgets             */
    uint64_t **run_key;                     /* arena [streams]: for those drawn every step what their keys share over a run
                                             * [stride], as of the turn that runs; else NULL                              */
    uint64_t *parameter_stream;             /* arena [all elements of all parameters], hash of "parameter:name[element]"  */
    struct moved *moved; int moveds;        /* arena: every stock in the order in which they move, hidden ones last       */
    bool *kept_by_start;                    /* arena [kept_steps]: BLOCK_START writes it; else the engine does            */
    double *ledger;                         /* arena: for each stock element its terms, then floor, then ceiling          */
    double *scratch;                        /* arena [most kept pairs][LANES_TILE]                                        */
    uint32_t *held_slot; int helds;         /* rates, floors and ceilings that are state: another stock, perhaps          */
    double *held;                           /* arena [helds][stride]: as they are before any stock moves                  */
};
static inline struct world_own *world_own(struct world *w) { return (struct world_own *)w; }

static inline const struct world_own *world_own_const(const struct world *w) { return (const struct world_own *)w; }

static inline double *row(const struct world *w, uint32_t slot) { return w->value + (size_t)slot * (size_t)w->stride; }
static inline bool slot_is_state(const struct program *p, uint32_t slot) { return slot >= p->state_first && slot < p->work_first; }
/* Lanes come in tiles: for (int from = 0, to; from < w->stride && (to = tile_end(w, from)); from = to) */
static inline int tile_end(const struct world *w, int from) { return from + LANES_TILE < w->stride ? from + LANES_TILE : w->stride; }
/* Lanes that count: the padded ones need no work where a lane costs something. */
static inline int live(const struct world *w, int to) { return to < w->lanes ? to : w->lanes; }

/* Marks the lane, unless its guard says that the branch is not taken or it has failed before. */
void lane_fail(struct world *w, const struct instr *in, enum failure_kind kind, int lane);

void lanes_one(struct world *w, const struct step *s, int from, int to);                           /* lanes.c: any instruction, one at a time */
void lanes_finite(struct world *w, const struct instr *in, int from, int to);                      /* lanes.c: FINITE where something is not */
void lanes_plan(struct world *w, struct plan plan, int from, int to);                              /* lanes.c: over lanes of one tile */
/* plan.c: what to run for each block. Room for plan_steps(p) steps and as many instructions; after everything else of the world. */
size_t plan_steps(const struct program *p);
void plan_blocks(struct arena *a, struct world_own *own, struct plan *plan, struct step *step, struct instr *in);
void wide_run(struct world *w, const struct instr *in, int from, int to);                          /* wide.c: tables, ranges, rings */
void draws_run(struct world *w, const struct instr *in, int from, int to);                         /* draws.c */

void world_fill(struct world *w, uint32_t slot, double x);                                         /* in all lanes */

#endif
