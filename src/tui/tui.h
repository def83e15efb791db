/* tui/tui.h — the game on a screen of text cells (ncurses' only home). Actions and pages are those of page/; here they get keys
 * and places. Everything is drawn into a buffer of cells first, so the same screens print as text for tests. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>
#include <stdio.h>
#include "base/arena.h"
#include "page/report.h"
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

/* What may come of a plan, as lab/forecast.h has it, of one number. now: it may take its time; else only what is known already is answered.
 * NULL: nothing. The answer stays until the next question. */
struct ahead;
struct ahead *ahead_new(struct arena *a, const struct program *p, uint64_t seed, int threads);      /* outlook.c: asks lab/; small until it is asked */
const struct forecast *ahead_ask(void *self, const struct view *v, const struct plan *plan, struct number of, bool now);
struct tui_ahead { const struct forecast *(*ask)(void *self, const struct view *v, const struct plan *plan, struct number of, bool now); void *self; };

/* A screen as text, for tests and previews: the game as one seat sees it, at a size, after some keys. */
struct tui_print {
    const char *screen;         /* one of tui_screens: where the keys start */
    int columns, rows;
    enum tui_glyphs glyphs;
    bool roles;                 /* mark what a colour would carry, as {g:…}, to see that no meaning hangs on it alone */
    const char *keys;           /* as the help prints them, parted by blanks: "j j Enter PgDn"; NULL none */
    struct tabled tabled;       /* for "answer" */
    const char *seed;           /* as the screen names it; NULL not at all */
    struct tui_ahead ahead;     /* ask NULL: no fan */
    const struct view *open;    /* everything, for the end of a game; or NULL */
};
extern const char *const tui_screens[];         /* names, ended by NULL */
/* False with a line on `out` if the screen or a key has no such name. */
bool tui_print_screen(const struct view *v, const struct tui_print *how, FILE *out);

#endif
