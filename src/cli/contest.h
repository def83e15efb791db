/* cli/contest.h — a tournament as the command line asks for it: what `tournament` and `convert` share. */
#ifndef CLI_CONTEST_H
#define CLI_CONTEST_H

#include "cli/cli.h"
#include "lab/tournament.h"

/* Both commands begin their option rows with these. */
enum { CONTEST_SEATS, CONTEST_OF, CONTEST_RUNS, CONTEST_SEED, CONTEST_TURNS, CONTEST_JOBS, CONTEST_OPTIONS };
#define CONTEST_ROWS                                                                                                     \
    [CONTEST_SEATS] = {"seats", 0, "SEAT=A|B,..", "who is entered where; all that follow a script or look one turn ahead"}, \
    [CONTEST_OF] = {"of", 0, "GOAL", "count a goal that each seat has by this name; the score"},                         \
    [CONTEST_RUNS] = {"runs", 0, "N", "games of each seating, with parameters and chances drawn; 100"},                   \
    [CONTEST_SEED] = {"seed", 's', "N", "where the draws begin; 1"},                                                      \
    [CONTEST_TURNS] = {"turns", 0, "N", "how many; the scenario's"},                                                      \
    [CONTEST_JOBS] = {"jobs", 'j', "N", "threads; all cores; never a matter for results"}

/* Plays it. NULL with *exit after a message. whole: a sample of seatings will not do. */
const struct tournament *contest_play(struct arena *a, const char *command, const struct parsed *given, bool whole, int *exit);
/* Where results go: FILE of an option or standard output. NULL after a message. */
FILE *contest_open(const char *path);
bool contest_close(FILE *out, const char *path);        /* false after a message: not all of it was written */

#endif
