/* engine/world.h — a program's slots over lanes, and running its blocks.
 *
 * Pure: no files, no clock, no allocation once a world is made. An instruction runs over all lanes before the next one starts; a
 * lane never reads another lane, so the bits do not depend on how many lanes there are. A lane that fails keeps its first failure
 * and goes on with harmless numbers; whoever looks at results leaves it out.
 */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "code/program.h"

enum failure_kind { FAIL_NONE, FAIL_DIVIDE, FAIL_POWER, FAIL_ROOT, FAIL_OVERFLOW, FAIL_LOGARITHM, FAIL_ARC, FAIL_ELEMENT, FAIL_NOTHING,
                    FAIL_DRAW, FAIL_CHANCES };
struct failure { enum failure_kind kind; uint32_t origin; int turn, step; };        /* step -1: outside the Euler steps */
const char *failure_text(enum failure_kind kind);                                   /* "division by zero" */

struct world {
    const struct program *program;      /* borrowed; verified */
    int lanes, stride;                  /* stride: lanes rounded up; padded lanes are computed and ignored */
    bool median;                        /* every draw at its median, a chance true above one half */
    double *value;                      /* [slots][stride]: slot s of lane l is value[s * stride + l] */
    uint64_t *seed, *run;               /* [stride] keys of each lane's draws */
    struct failure *failure;            /* [stride] */
    int turn, step;                     /* for failures and draws; step -1 outside the steps */
};

/* All memory from the arena, at once. Constants are filled in. */
struct world *world_new(struct arena *a, const struct program *p, int lanes);
size_t world_bytes(const struct program *p, int lanes);
static inline double *world_slot(struct world *w, uint32_t slot) { return w->value + (size_t)slot * (size_t)w->stride; }
static inline double world_get(const struct world *w, uint32_t slot, int lane) { return w->value[(size_t)slot * (size_t)w->stride + (size_t)lane]; }
/* Parameters and state (not work, not keys unless asked) of one lane into another, also between worlds of one program. */
void world_copy_lane(struct world *to, int to_lane, const struct world *from, int from_lane);

/* Puts every drawn parameter at its value. */
void engine_parameters_at_value(struct world *w);
/* Draws every parameter from its prior, one stream a parameter and element (or one for all), keyed by the lane's seed and run. */
void engine_draw_parameters(struct world *w);
/* The same by hand, for samples that are not drawn one by one: does the element have a width, and what is it at u in (0, 1)? */
bool engine_is_drawn(const struct parameter *q, int element);
double engine_prior(const struct parameter *q, int element, double u);
/* After the parameters: those computed, then turn 0: time, starts, draws at their medians, auxiliaries, kept values. */
void engine_start(struct world *w);

void engine_block(struct world *w, int block);              /* one block over all lanes */
/* Runs the expression's block and gives its values, one a lane. Auxiliaries must be current (engine_aux). */
const double *engine_value(struct world *w, struct code_ref code);
void engine_aux(struct world *w);                           /* auxiliaries of the state as it is */

void engine_turn_draws(struct world *w);                    /* draws of the turn that begins */
/* Auxiliaries again where they were current before the turn's draws and nothing else but seats' budgets has changed since. */
void engine_aux_drawn(struct world *w);
void engine_turn_keep(struct world *w);                     /* works out what previous() will show; at the start, before events */
void engine_turn_kept(struct world *w);                     /* and shows it from now on; when plans have been resolved */
/* The turn's Euler steps: ramps move, step draws, AUX, CHANGE, STEP_END, stocks += rate * dt within floors and ceilings, turn
 * means. Then time and turn are one on; whoever reads auxiliaries of that moment calls engine_aux first, since often something else
 * changes before anybody does.
 * ledger (or NULL): called for each stock element, lane 0 only, with the sum over the steps of each term and of what floor and
 * ceiling refused. */
struct engine_ledger { void *self; void (*post)(void *self, int quantity, int element, const double *term, int terms, double floor, double ceiling); };
void engine_run_turn(struct world *w, const struct engine_ledger *ledger);

uint64_t engine_hash(const struct world *w, int lane);      /* of parameters and state: the same on every machine */
/* Standard draws for whoever is outside a program (outcomes, observations, personas): keyed like everything. */
double engine_unit(const struct world *w, int lane, uint64_t stream, uint64_t count);      /* (0,1); 0.5 when median */
double engine_normal(const struct world *w, int lane, uint64_t stream, uint64_t count);    /* mean 0, sd 1; 0 when median */
uint64_t engine_ran(const struct world *w);                 /* instructions done so far, each counted once a lane; fused ones are one */
const char *engine_self_check(void);                        /* rounding mode, FLT_EVAL_METHOD, known bits of the kernels; NULL if fine */

#endif
