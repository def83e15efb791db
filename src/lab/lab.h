/* lab/lab.h — many runs: ensembles, claims, comparisons with the record, whose doing a number is. */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stdio.h>
#include "game/sim.h"

/* --- run ------------------------------------------------------------------------------------------------------------------ */
enum sampling { SAMPLING_PLAIN, SAMPLING_LHS, SAMPLING_SOBOL };          /* where in the priors the runs lie */
/* A parameter's element (-1: all of them) at `count` values from..to, ends included. Several make a grid, the last one turns fastest. */
struct vary { int parameter, element; double from, to; int count; };
enum { VARIES_MOST = 8, POINTS_MOST = 10000 };
struct output { int quantity, element; };

/* A quantity over the turns, at each point of a grid. */
enum { RUN_CHART_SHARES = 3 };                  /* 10, 50, 90 % */
struct run_chart_point { const char *where; int runs; const double (*at)[RUN_CHART_SHARES]; };     /* where: "usual 2", or ""; runs 0: every run failed; [moments] */
struct run_chart {
    const char *name, *unit; int moments; const int *moment; const char *const *date;               /* [moments] turns done, and when */
    int points; const struct run_chart_point *point;
};

struct run_options {
    int play;                   /* -1: nothing is done */
    const int *persona;         /* NULL, or [seats], with play -1: whole games, each seat taken by this quick persona (-1: it holds; quick.h) */
    int runs; uint64_t seed; int threads;                   /* runs at each point of the grid; run k has the same luck at every point */
    enum sampling sampling;
    bool median;                /* parameters at their values, draws at their medians */
    const struct vary *vary; int varies;                    /* what is varied is not drawn */
    int turns;                  /* 0: the play's or the scenario's */
    FILE *csv;                  /* or NULL: run,turn,time,quantity,value in run order; then a column for each that is varied */
    bool resume;                /* csv can be read too: go on after the last whole run in it */
    FILE *summary;              /* or NULL: for each quantity at the end mean, 10, 50, 90 % */
    bool summary_json;
    FILE *games;                /* or NULL: endings and scores of games; with summary_json they are part of the summary */
    struct output chart;
    /* NULL, or whoever draws 10, 50, 90 % of `chart` over the turns; with summary_json it is part of the summary and not called. */
    void (*charted)(void *self, const struct run_chart *chart);
    int lanes;                  /* 0: as many as are best; for tests that they do not matter */
    void (*progress)(void *self, int done, int of, int from); bool (*stopped)(void *self); void *self;      /* each NULL or asked between blocks */
};
enum run_end { RUN_DONE, RUN_STOPPED, RUN_ALL_FAILED, RUN_REFUSED };
struct run_result {
    int failed, done, of;       /* runs: left out of the summary, done, asked for */
    int resumed;                /* of those done: were in the csv already */
    bool disagrees;             /* refused, since the csv is not a beginning of these rows */
    bool estimated;             /* quantiles come from a t-digest */
    const char *first_failure, *refused;                    /* in words (arena), or NULL */
};
/* Results do not depend on `threads`. When stopped, what is done is summed up and the rows end with a whole run. Refused: the csv to go
 * on with does not agree, or there are more dimensions than the sequence has. */
enum run_end lab_run(struct arena *a, const struct program *p, const struct run_options *o, struct run_result *result);
double vary_value(const struct vary *v, int index);         /* clean decimals: 0.06, not 0.06000000000000001 */

/* First-order and total indices (I. Sobol 1993; Saltelli et al., Comput. Phys. Commun. 181, 2010; Jansen 1999) of outputs at the end. */
struct indices_asked {
    int play; int runs; uint64_t seed; int threads, turns;  /* runs * (factors + 2) in all */
    enum sampling sampling;
    const struct output *output; int outputs;
    void (*progress)(void *self, int done, int of, int from); bool (*stopped)(void *self); void *self;
};
struct index { double first, first_error, total, total_error; int runs; };     /* errors: one standard error; NaN: nothing varies */
struct indices {
    int factors, finished;      /* finished < factors: stopped */
    const char *const *factor;  /* [factors] parameters as drawn; last "chance" if the model draws: its luck as a whole */
    const struct index *index;  /* [outputs][factors] */
    const double *mean, *deviation;                         /* [outputs] */
    int runs, failed;           /* in all; failed are left out */
    const char *first_failure, *refused;
};
enum run_end lab_indices(struct arena *a, const struct program *p, const struct indices_asked *asked, struct indices *out);
void indices_print(struct arena *a, const struct program *p, const struct indices_asked *asked, const struct indices *is, FILE *out);
void indices_json(struct arena *a, const struct program *p, const struct indices_asked *asked, const struct indices *is, FILE *out);
const char *sampling_name(enum sampling sampling);          /* "plain", "lhs", "sobol" */

/* --- ranks ----------------------------------------------------------------------------------------------------------------- */
/* Started by mpirun, lab_run and lab_indices share their runs among the ranks, with the same results; each rank must then call them with
 * the same question. Before anything is said: ranks other than 0 fall silent. NULL, or why it cannot be. Only run is meant to call it. */
const char *lab_ranks_begin(void);
void lab_ranks_end(void);
int lab_rank(void);             /* 0 reads and writes; what lab_run and lab_indices answer is whole there, and in the others no more than the end */
int lab_ranks(void);
bool lab_ranks_all(bool fine);  /* is it so in every rank? All must ask */

/* --- claims --------------------------------------------------------------------------------------------------------------- */
struct claim_result {
    bool holds;                 /* as the claim wants it (a claim with verdict: fails must fail) */
    bool at_values;             /* the expression at the values alone */
    double share;               /* of draws over the priors in which the expression held; -1 if not asked */
    int draws, failed;
    const double *sample;       /* [claim.samples] the numbers on both sides, at the values */
    const char *trouble;        /* a run that failed, in words, or NULL */
};
/* draws: over the priors for claims with `in` (200 unless asked). result[p->claims]. */
void lab_claims(struct arena *a, const struct program *p, int draws, uint64_t seed, int threads, struct claim_result *result);
/* Runs every play at the values: rows that were refused, and plays in which the model fails. Returns how many findings; at most
 * room. "play 'history', June 2017, China: import_ban(coal): costs 2 and China has 1" */
struct play_finding { int play; bool failed; const char *text; };
int lab_plays(struct arena *a, const struct program *p, struct play_finding *finding, int room);

/* --- compare -------------------------------------------------------------------------------------------------------------- */
struct compare_result {
    const double *model;        /* [compare.count] in the same order as observed; NaN outside the play */
    double fit, test;           /* errors over the two spans; NaN if there is none */
    int fit_count, test_count;
    /* Baselines over fit and test together: the last value before, the turn before. NaN if there is none. They cannot speak of every
     * observation, so each says of how many it does. */
    double last_value, previous;
    int last_value_count, previous_count;
    const double *baseline; const int *baseline_count;      /* [compare.baselines] errors of the scenario's own, over both spans */
};
void lab_compare(struct arena *a, const struct program *p, int compare, struct compare_result *result);

/* --- attribution ----------------------------------------------------------------------------------------------------------- */
enum { EXACT_PLAYERS_MOST = 10, ORDERS_DEFAULT = 256 };
/* Shapley values. value[1 << players] by bit set of players. */
void lab_shapley(int players, const double *value, double *share);
/* The same from some orders, of which each second is the one before backwards. place[orders][players]: as the how-manieth each comes;
 * value[orders][players + 1]: with the first none, one, … all. error: one standard error, from the pairs. */
void lab_shapley_sampled(int players, int orders, const uint16_t *place, const double *value, double *share, double *error);
/* In units of 10^-decimals: three figures of the largest, four if there are more than five shares; none before the point is rounded away. The shares add up exactly to
 * happened - nothing: what rounding leaves over is on the largest. share[players] is given. */
struct shown_shares { int decimals; long long happened, nothing, *share; };
void lab_round_shares(int players, const double *share, double happened, double nothing, struct shown_shares *out);

struct why_asked {
    int play, quantity, element;
    int from, to;               /* turns from 0, inclusive: whose moves are asked about, and the end of the last is looked at */
    bool by_seats;              /* a player is a seat; else a move of a seat, all its rows of the span together. A deal is always a player of its own */
    uint64_t seed; bool median; /* draws of run 0; median: parameters at their values, draws at their medians */
    int orders;                 /* beyond EXACT_PLAYERS_MOST players: how many are drawn; even, at least 4 */
    int threads;
};
struct done_row { int turn, seat; struct row row; };
/* A move of a seat; with move -1 all that a seat did, or a deal: the place in the play's list, else -1. error 0 when exact. */
struct player { int seat, move, deal; const struct done_row *row; int rows; double share, error; };
struct skipped_row { struct done_row done; int without; const char *why; };        /* without: the player that was left out; -1: all others */
struct attribution {
    double start, happened, nothing;    /* nothing: without all players */
    bool flow;                          /* the mean of turn `to`; else at its end (start: at the very start) */
    const struct player *player; int players;
    struct shown_shares shown;
    bool exact; int replays;
    LIST_OF(struct skipped_row) skipped;
    const struct done_row *done; int dones;     /* all that was done up to then */
};
/* What was done is replayed with subsets of it left out, on the same draws; the shares sum to happened - nothing. 0, or -1 with *error
 * (arena) if a replay fails. */
int lab_attribute(struct arena *a, const struct program *p, const struct why_asked *asked, struct attribution *out, const char **error);

#endif
