/* lab/tournament.h — personas against each other in lanes: what each seating scores, and what follows if scores were all that counts.
 *
 * A seating gives each seat one of the personas that are entered for it. Seatings come with the first seat turning fastest; each is played
 * `runs` times, and run k has the same luck in every seating, so what differs is who sat there. What is worked out from the means (best
 * answers, shares, equilibria) speaks of the model, of the personas entered and of no other game. */
#ifndef LAB_TOURNAMENT_H
#define LAB_TOURNAMENT_H

#include <stdio.h>
#include "code/program.h"

enum { TOURNAMENT_GAMES_MOST = 1000000, TOURNAMENT_SAMPLE = 256 };
struct entrants { const int *persona; int count; };              /* of a seat: indices; -1: the seat holds. At least one */
struct tournament_asked {
    const struct entrants *seat;        /* [seats] */
    const int *goal;                    /* [seats] which goal counts, or NULL: the score with what the ending is worth */
    int runs; uint64_t seed; int threads, turns;        /* turns 0: the scenario's */
    int lanes;                          /* 0: as many as are best; never a matter for results */
    void (*progress)(void *self, int done, int of, int from); bool (*stopped)(void *self); void *self;      /* each NULL or asked between seatings */
};
struct seating {
    const int *place;                   /* [seats] among the entrants */
    int games, failed;                  /* failed are left out */
    const double *mean, *spread;        /* [seats] points; spread: one standard deviation of a game */
    const int *ended;                   /* [endings + 1] the last: none */
};
struct tournament {
    const struct program *p;
    struct tournament_asked asked;
    const struct seating *seating; int seatings;
    double all;                         /* how many there are; more than seatings: a sample without repetition was played */
    const char *first_failure;          /* in words, or NULL */
};

/* The number of seatings there are, and of those that would be played: all with up to three seats, else at most TOURNAMENT_SAMPLE. */
double tournament_seatings(const struct program *p, const struct entrants *seat, int *played);
/* False if it was stopped. Memory from the arena. runs times seatings is at most TOURNAMENT_GAMES_MOST. Same results for any threads and lanes. */
bool tournament_play(struct arena *a, const struct program *p, const struct tournament_asked *asked, struct tournament *out);
bool tournament_whole(const struct tournament *t);
const char *tournament_entrant(const struct tournament *t, int seat, int place);        /* its name; "hold" */
const char *tournament_entrant_title(const struct tournament *t, int seat, int place);
int tournament_at(const struct tournament *t, const int *place);        /* of a whole tournament: index of the seating */

void tournament_print(struct arena *a, const struct tournament *t, FILE *out);
void tournament_json(struct arena *a, const struct tournament *t, FILE *out);
void tournament_csv(struct arena *a, const struct tournament *t, FILE *out);            /* a row a seating */

/* For Gambit: the empirical game, players = seats, strategies = entrants, payoffs = means. Of a whole tournament. */
void gambit_nfg(struct arena *a, const struct tournament *t, FILE *out);
void gambit_efg(struct arena *a, const struct tournament *t, FILE *out);

#endif
