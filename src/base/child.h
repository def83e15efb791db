/* base/child.h — another program, spoken to in lines on its standard input and output. It may hang, die, babble or flood: every call
 * comes back within its time, and nothing it does ends this program (a write into a closed pipe is an error like another). Its standard
 * error stays that of this program. */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"

struct child;
enum { CHILD_FAILED = -1, CHILD_LATE = -2, CHILD_ENDED = -3, CHILD_LONG = -4 };         /* could not be started or asked; no whole line in time; it is gone; the line is longer than `most` */
const char *child_error(int error);                             /* "it did not answer in time", … */

/* By `sh -c command`, in a process group of its own. NULL if it cannot be started. */
struct child *child_start(struct arena *a, const char *command);
/* Writes the line and a newline, then waits for one line: without its newline, NUL-terminated, from the arena. What it said before it
 * was asked is thrown away. 0 or an error. */
int child_ask(struct child *c, struct arena *a, const char *line, double seconds, size_t most, const char **answer);
void child_end(struct child *c);                                /* ends it and all it started, and waits; may be called twice */

#endif
