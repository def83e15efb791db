/* mind/mind_private.h — what the files of this room share. */
#ifndef MIND_MIND_PRIVATE_H
#define MIND_MIND_PRIVATE_H

#include "base/text.h"
#include "game/bargain.h"
#include "mind/mind.h"

enum {
    LANES = 128,                /* of the imagined sim: candidates times draws fit in one or several fillings */
    LANES_SCRIPT = 16,          /* a script looks at one future, the best of as many beliefs */
    BELIEFS = 256,              /* of which the futures are picked; judgement: two fillings of the sim */
    DRAWS = 8, DRAWS_LAST = 16, /* futures a candidate is tried on, at first and in the final round */
    FINALISTS = LANES / DRAWS_LAST,
    MOST_CANDIDATES = 96, MOST_TARGETS = 4, MOST_KEPT = 4, MOST_TOGETHER = MOST_KEPT + 2, PAIRED = 5,
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
    double *theirs;                     /* [lanes] what a deal is worth to the other side */
    unsigned char *keeps[MOST_SEATS];   /* [lanes] where each seat is taken to keep its word */
    struct bargaining *bargaining;      /* what is tried; bargains.c */
    int proposed_turn[MOST_SEATS];      /* when it last put something to each seat; -1 never */
    int best_turn; struct row best_row; bool best_any;      /* what it would do this turn without a deal */
    char reason[REASON];
};

static inline bool mind_scripted(const struct mind *m) { return m->persona && m->persona->rules > 0; }
uint64_t mind_key(const struct mind *m, const char *purpose, int turn);         /* for imagining and choosing */
void mind_believe(struct mind *m, const struct view *v);                        /* once before imagining, in each plan or answer */
void mind_imagine(struct mind *m, int draws);                                   /* lane l: future l % draws of this turn */

/* ahead.c */
struct orders { struct order at[MOST_ORDERS]; int count; };
/* lanes first..first+count-1; the mask is the mind's own, one for each place in the list. */
void orders_add(struct mind *m, struct orders *o, int seat, struct row row, int first, int count);
void orders_scripts(struct mind *m, struct orders *o);
void orders_duties(struct mind *m, struct orders *o, int but, const unsigned char *lanes);      /* what all but one seat owe this turn */
void guess_others(struct mind *m, const struct view *v);        /* m->other, once a turn */
const double *quick_cares(const struct program *p, int seat);
int turns_ahead(const struct mind *m, const struct view *v);
/* The turn in hand with these orders, then more until `turns` are done: scripts go on, each seat keeps its word in the lanes of keeps[seat]
 * (NULL: everywhere), everybody otherwise holds. */
void ahead_turns(struct mind *m, struct orders *o, int turns, const unsigned char *const *keeps);
const char *points(double x, char out[static NUMBER_TEXT]);      /* to a tenth */
void ahead_plan(struct mind *m, const struct view *v, struct plan *plan);
bool ahead_answer(struct mind *m, const struct view *v, struct tabled tabled);

/* candidates.c: what could be done. */
/* The first `kept` rows are what the seat owes this turn; candidate 0 is that alone. breaks: what it owes is left out. value: mean over its
 * futures, in points. */
struct candidate { struct row row[MOST_TOGETHER]; int rows, kept; bool breaks; double value; };
static inline int candidate_own(const struct candidate *c) { return c->rows - c->kept; }
int candidates_own(const struct mind *m, const struct view *v, struct candidate *at, int room);
int candidates_pairs(const struct view *v, const struct candidate *best, int count, struct candidate *at, int room);
/* The same for another seat, which has no view here: judged on lane 0 of the mind's sim, freshly imagined. */
int candidates_other(struct mind *m, int seat, struct candidate *at, int room);

void try_all(struct mind *m, const struct view *v, struct candidate *at, int count, int draws);
int ahead_choose(const struct mind *m, const struct candidate *at, int count, const char *purpose, int turn);

/* bargains.c: proposals and their answers */
struct bargaining *bargaining_new(struct arena *a);
bool bargains_propose(struct mind *m, const struct view *v);
void bargains_reply(struct mind *m, const struct view *v, int number);

/* worth.c: what a seat would make of where the lanes stand. */
void worth_of(struct mind *m, int seat, const double *cares, double *value);    /* [lanes] points; NaN for a lane that failed */
double worth_mean(const double *value, int count);                              /* of those that did not fail; -1e9 if all did */

#endif
