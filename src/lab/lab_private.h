/* lab/lab_private.h — what the studies share: one turn of a play on a sim, and a failure in words. */
#ifndef LAB_LAB_PRIVATE_H
#define LAB_LAB_PRIVATE_H

#include "lab/lab.h"

#ifdef DEMARCHE_TINY
enum { BLOCK_LANES = 3 };               /* edges everywhere in tests */
#else
enum { BLOCK_LANES = 64 };              /* the engine's best tile; results never depend on it */
#endif

/* Where a lane failed. A sim words it into memory that the next question overwrites, so the words are kept here. */
enum { TROUBLE_TEXT = 160 };
struct trouble { bool any; char what[TROUBLE_TEXT]; const char *path; int line, turn, step; };

int stage_turns(const struct program *p, int play, int turns);          /* turns if given, else the play's, else the scenario's */
/* Before turn 0: parameters are in place and can still be set; sim_begin comes next. */
void stage_place(struct sim *s, int turns, uint64_t seed, uint64_t first_run, bool drawn, bool median);
/* Turn 0 of all lanes, before anything was done. */
void stage_begin(struct sim *s, int turns, uint64_t seed, uint64_t first_run, bool drawn, bool median);
/* The next turn with the play's rows (play -1: none). Goes on past endings. */
void stage_turn(struct sim *s, const struct program *p, int play, int turn);
struct trouble stage_trouble(const struct sim *s, int lane);
/* "model.yaml:12: division by zero in change of reserves, in 2017-05 (turn 4, step 2)"; outside the steps "…, at 2017-05 (3 turns done)" */
const char *stage_words(struct arena *a, const struct program *p, struct trouble t);

#endif
