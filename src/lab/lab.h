/* lab/lab.h — many runs: ensembles, claims, comparisons with the record. */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stdio.h>
#include "game/sim.h"

/* --- run ------------------------------------------------------------------------------------------------------------------ */
struct run_options {
    int play;                   /* -1: nothing is done */
    int runs; uint64_t seed; int threads;
    bool median;                /* parameters at their values, draws at their medians */
    int turns;                  /* 0: the play's or the scenario's */
    FILE *csv;                  /* or NULL: run,turn,time,quantity,value in run order */
    FILE *summary;              /* or NULL: for each quantity at the end mean, 10, 50, 90 % */
    bool summary_json;
    void (*progress)(void *self, int done, int of); void *self;
};
/* 0, or -1 with *error (arena) if every run failed. *failed counts the runs left out of the summary; the first failure is worded
 * in *first_failure. Results do not depend on `threads`. */
int lab_run(struct arena *a, const struct program *p, const struct run_options *o, int *failed, const char **first_failure);

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

#endif
