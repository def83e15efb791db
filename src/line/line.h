/* line/line.h — the game as lines of text: one prompt, words of page/actions.def, the pages of page/report.h.
 * The same for pipes, screen readers, tests and people who like it. */
#ifndef LINE_LINE_H
#define LINE_LINE_H

#include <stdio.h>
#include "page/table.h"

struct line_options {
    FILE *in, *out;
    const char *script;         /* text of lines to take first, echoed as if typed; NULL none. `#` begins a comment line */
    bool reads_on;              /* when the script ends, go on from `in`; without a script `in` is always read */
};
/* Plays the person's seat of the table; asks which if none is set. 0 when the game ended or the person left, 1 if the world failed
 * (said on standard error). The end of input leaves as `quit` does. */
int line_play(struct arena *a, struct play_table *t, const struct line_options *o);
/* Every seat holds a persona: the game is told turn by turn. */
int line_watch(struct arena *a, struct play_table *t, FILE *out);

#endif
