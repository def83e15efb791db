/* tui/tui.h — the game on a screen of text cells (ncurses' only home). Actions and pages are those of page/; here they get keys
 * and places. Everything is drawn into a buffer of cells first, so the same screens print as text for tests. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>
#include <stdio.h>
#include "base/arena.h"
#include "page/table.h"
#include "tui/glyphs.h"

/* Plays a whole game on the terminal, the person in t->seat (asked for if -1; "only watch" is one of the answers). Returns the
 * exit code: 0 also when the person left, 1 when the game cannot go on, 4 when the terminal cannot show it (said on standard
 * error); TUI_BACK if `back` and the person goes back from the question of the seat. Signals restore the terminal and end the program
 * with 128 + their number. */
int tui_play(struct arena *a, struct play_table *t, bool back);

/* A menu on the terminal: the index chosen, or one of these. back: there is a menu before this one, and Esc goes there; else Esc
 * only says so, and q leaves. note: one for each item, or NULL. */
enum { TUI_LEFT = -1, TUI_NO_TERMINAL = -2, TUI_BACK = -3 };
int tui_choose(const char *title, const char *const *item, const char *const *note, int count, bool back);

/* A screen as text, for tests and previews: the game as one seat sees it, at a size, after some keys. */
struct tui_print {
    const char *screen;         /* "brief", "plan", "news", "answer" or "end": where the keys start */
    int columns, rows;
    enum tui_glyphs glyphs;
    bool roles;                 /* mark what a colour would carry, as {g:…}, to see that no meaning hangs on it alone */
    const char *keys;           /* as the help prints them, parted by blanks: "j j Enter PgDn"; NULL none */
    struct tabled tabled;       /* for "answer" */
    const char *seed;           /* as the screen names it; NULL not at all */
};
/* False with a line on `out` if the screen or a key has no such name. */
bool tui_print_screen(const struct view *v, const struct tui_print *how, FILE *out);

#endif
