/* lab/resume.h — rows that were written before, read back: how many whole runs are in them, and what is in those.
 * The file is taken as it stands: a torn end is cut off, anything else that is not as these flags would write it is refused. */
#ifndef LAB_RESUME_H
#define LAB_RESUME_H

#include <stdio.h>
#include "lab/grid.h"

struct rows_wanted {
    const char *header;                         /* with its line end */
    int rows;                                   /* of a run that did not fail */
    const char *const *lead;                    /* [rows] "3,2017-05,store," */
    const struct grid *grid; int runs;          /* a point */
    /* Runs in their order, number counted on from point to point. value: [rows], or NULL if the run had failed. */
    void (*take)(void *self, int number, const double *value); void *self;
};
struct rows_found {
    int done;                                   /* whole runs and failed ones before them; where to go on */
    int first, last, lost;                      /* first and last whole run, first failed one; -1 */
    long first_at, last_at, end;                /* where they begin in the file; where to go on writing */
};
/* False with *refused (arena): why this is no beginning of those rows. */
bool resume_read(struct arena *a, FILE *csv, const struct rows_wanted *wanted, struct rows_found *found, const char **refused);

#endif
