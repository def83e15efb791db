/* mind/mind_private.h — what the files of this room share. */
#ifndef MIND_MIND_PRIVATE_H
#define MIND_MIND_PRIVATE_H

#include "mind/mind.h"

enum {
    LANES = 128,                /* of the imagined sim: candidates times draws fit in one or several fillings */
    LANES_SCRIPT = 16,          /* a script looks at one future, the best of as many beliefs */
    BELIEFS = 256,              /* of which the futures are picked; judgement: two fillings of the sim */
    DRAWS = 8, DRAWS_LAST = 16, /* futures a candidate is tried on, at first and in the final round */
    FINALISTS = LANES / DRAWS_LAST,
    MOST_CANDIDATES = 96, MOST_TARGETS = 4, MOST_TOGETHER = 2, PAIRED = 5,
    MOST_TABLED = 16, REASON = 1024
};

/* What another seat is taken to do in the turn being planned. */
struct other { bool known; struct row row[MOST_TOGETHER]; int rows; };
/* Whether another seat would answer what we table. */
struct likely { int move, target; bool answers; };

struct mind {
    const struct program *p;
    int seat;
    const struct persona *persona;      /* NULL: it holds */
    uint64_t seed;
    bool best;
    struct sim *sim;                    /* LANES lanes looking ahead, LANES_SCRIPT alike for a script */
    struct beliefs *beliefs;            /* of the turn it plans or answers in */
    int lanes;
    uint64_t *run;                      /* [lanes] */
    unsigned char *mask;                /* [MOST_ORDERS][lanes] */
    double *value;                      /* [lanes] */
    struct plan planned;                /* its plan of the turn `planned_turn`, for answers given later in that turn */
    int planned_turn, other_turn;       /* -1: none yet */
    struct other other[MOST_SEATS];     /* of the turn other_turn */
    struct likely likely[MOST_TABLED]; int likelies;
    char reason[REASON];
};

static inline bool mind_scripted(const struct mind *m) { return m->persona && m->persona->rules > 0; }
uint64_t mind_key(const struct mind *m, const char *purpose, int turn);         /* for imagining and choosing */
void mind_believe(struct mind *m, const struct view *v);                        /* once before imagining, in each plan or answer */
void mind_imagine(struct mind *m, int draws);                                   /* lane l: future l % draws of this turn */

/* ahead.c */
void ahead_plan(struct mind *m, const struct view *v, struct plan *plan);
bool ahead_answer(struct mind *m, const struct view *v, struct tabled tabled);

/* candidates.c: what could be done. */
struct candidate { struct row row[MOST_TOGETHER]; int rows; double value; };    /* value: mean over its futures, in points */
int candidates_own(const struct mind *m, const struct view *v, struct candidate *at, int room);
int candidates_pairs(const struct view *v, const struct candidate *best, int count, struct candidate *at, int room);
/* The same for another seat, which has no view here: judged on lane 0 of the mind's sim, freshly imagined. */
int candidates_other(struct mind *m, int seat, struct candidate *at, int room);

/* worth.c: what a seat would make of where the lanes stand. */
void worth_of(struct mind *m, int seat, const double *cares, double *value);    /* [lanes] points; NaN for a lane that failed */
double worth_mean(const double *value, int count);                              /* of those that did not fail; -1e9 if all did */

#endif
