/* tui/screen.h — the terminal itself: start and end, signals, keys, painting a canvas. The only two files that know ncurses are
 * screen.c and paint.c. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/canvas.h"

enum {
    UI_KEY_NONE = 0, UI_KEY_TAB = '\t', UI_KEY_ENTER = '\n', UI_KEY_ESC = 27,
    UI_KEY_UP = 0x200000, UI_KEY_DOWN, UI_KEY_LEFT, UI_KEY_RIGHT, UI_KEY_PAGE_UP, UI_KEY_PAGE_DOWN, UI_KEY_HOME, UI_KEY_END,
    UI_KEY_BACK_TAB, UI_KEY_BACKSPACE, UI_KEY_F1, UI_KEY_RESIZE, UI_KEY_REDRAW,
    UI_KEY_LEAVE,               /* the first ctrl-c; the second leaves at once */
    UI_KEY_GONE                 /* no terminal any more */
};

bool screen_start(void);        /* false after a message that names --linear: the terminal cannot be addressed */
void screen_end(void);          /* gives it back as it was; may be called twice */
void screen_size(int *columns, int *rows);
enum tui_glyphs screen_glyphs(void);
void screen_show(const struct canvas *c);
int screen_key(void);           /* waits */
bool screen_key_waits(int milliseconds);        /* whether a key is there, or comes in that time */
void screen_forget(void);       /* keys already typed or pasted: a question that comes up is answered after it was seen */
void screen_stay(void);         /* a ctrl-c was answered with "stay" */

void paint_start(void);         /* paint.c */
void paint_canvas(const struct canvas *c);

#endif
