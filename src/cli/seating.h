/* cli/seating.h — who sits where before a game begins: personas by seat, as screens and lines take them. */
#ifndef CLI_SEATING_H
#define CLI_SEATING_H

#include "page/table.h"

/* Seats a persona in every seat: those named in `bots` ("us=hawk,china=exec:./mine.py", exec: a program, bot.h; NULL none), else each seat's first. `command` is for
 * messages. False after a message. */
bool seating_fill(struct arena *a, struct play_table *t, const char *command, const char *bots);
/* The game is done: programs in seats are ended. */
void seating_leave(struct play_table *t);
/* The same without seating anyone: persona[seats], -1 for a seat that is not named. False after a message. */
bool seating_personas(struct arena *a, const struct program *p, const char *command, const char *bots, int *persona);
/* A seat by id or short name in any case; -1 after a message that names those there are. */
int seating_seat(const struct program *p, const char *command, const char *name);
/* A game at its start as one seat sees it, nothing played, for pages that are shown outside a game. NULL after a message. */
const struct view *seating_glance(struct arena *a, const struct program *p, int seat);

#endif
