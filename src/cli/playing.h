/* cli/playing.h — a table is handed to the screen, to lines, or told. */
#ifndef CLI_PLAYING_H
#define CLI_PLAYING_H

#include "page/table.h"

struct playing { bool linear; const char *script; bool no_input, watch, back; };      /* script: a file's path, or NULL; watch: nobody takes a seat; back: as tui_play */
/* The exit code. */
int playing_table(struct arena *a, const char *command, struct play_table *t, const struct playing *how);

#endif
