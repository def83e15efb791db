/* cli/longrun.h — what commands share that play many games: progress with the time left, being stopped by a signal. One at a time. */
#ifndef CLI_LONGRUN_H
#define CLI_LONGRUN_H

#include <stdbool.h>

struct longrun { const char *what; double began, said; bool shown; };   /* what: "runs", "games" */

/* From here on a first SIGINT, SIGTERM or SIGHUP asks to stop, a second one ends the program at once. */
void longrun_begin(struct longrun *l, const char *what);
/* For `progress` and `stopped` of what lab/ is asked, with the longrun as self. Progress goes to standard error, at most five times a second. */
void longrun_say(void *self, int done, int of, int from);
bool longrun_stopped(void *self);
void longrun_clear(struct longrun *l);          /* takes the line of progress away */
int longrun_signal(void);                       /* the one that asked to stop, or 0 */
/* For tests: lanes a block by DEMARCHE_LANES, or 0. Never a matter for results. */
int longrun_lanes(void);

#endif
