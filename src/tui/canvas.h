/* tui/canvas.h — cells of text: everything is drawn here first, then painted on the terminal or printed as text.
 *
 * Nothing overflows: each call says how many cells it may use, and what does not fit is cut with an ellipsis. Lines join by
 * themselves: a cell remembers in which directions lines leave it, and becomes a corner, tee or cross when it is shown. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"
#include "tui/glyphs.h"

enum role {
    ROLE_PLAIN, ROLE_DIM, ROLE_STRONG, ROLE_FRAME, ROLE_KEY, ROLE_FOCUS, ROLE_NEEDS, ROLE_WARN, ROLE_GOOD, ROLE_BAD, ROLE_SEAT_A,
    ROLE_SEAT_B, ROLE_SEAT_C, ROLE_SEAT_D, ROLE_COUNT
};

enum glyph {
    GLYPH_UP, GLYPH_DOWN, GLYPH_SAME, GLYPH_GIVE, GLYPH_MORE, GLYPH_BAR, GLYPH_MINUS_BAR, GLYPH_AXIS, GLYPH_DOT, GLYPH_UNKNOWN, GLYPH_TRACK,
    GLYPH_DOUBLE, GLYPH_COUNT
};

struct cell {
    uint32_t code, mark;        /* 0: blank; mark: one combining character, or 0 */
    uint8_t role;
    uint8_t lines;              /* directions of box lines, if code is 0 */
    uint8_t width;              /* 2: wide; its right half has width 0 */
};

struct canvas {
    int columns, rows;
    enum tui_glyphs glyphs;
    struct cell *cell;          /* arena, [rows * columns] */
    int cursor_x, cursor_y;     /* of the current item: where the terminal's cursor rests, for readers */
    bool typing;                /* the cursor is where letters go: show it */
};

struct area { int x, y, w, h; };

struct canvas canvas_new(struct arena *a, int columns, int rows, enum tui_glyphs glyphs);
void canvas_clear(struct canvas *c, struct area box);
/* Text in one row, cut to `cells`; returns the cells it took. */
int canvas_text(struct canvas *c, int x, int y, int cells, enum role role, const char *text);
int canvas_textf(struct canvas *c, int x, int y, int cells, enum role role, const char *format, ...) __attribute__((format(printf, 6, 7)));
void canvas_right(struct canvas *c, int x, int y, int cells, enum role role, const char *text);    /* ends at x + cells */
int canvas_glyph(struct canvas *c, int x, int y, enum role role, enum glyph g);                    /* 1 */
void canvas_role(struct canvas *c, int x, int y, int cells, enum role role);                       /* recolours what is there */
void canvas_across(struct canvas *c, int x, int y, int cells);                                     /* a line to the right */
void canvas_down(struct canvas *c, int x, int y, int cells);                                       /* a line downwards */
void canvas_box(struct canvas *c, struct area box);
void canvas_cursor(struct canvas *c, int x, int y);
/* A row of steps between low and high; NaN: not known. Flat series (low = high) stand in the middle. */
void canvas_spark(struct canvas *c, int x, int y, enum role role, const double *value, int count, double low, double high);
/* What stands in a cell, as UTF-8 (at most 8 bytes and a NUL): lines and glyphs resolved. "" for the right half of a wide one. */
const char *canvas_cell_text(const struct canvas *c, int x, int y, char out[static 9]);
size_t canvas_utf8(uint32_t code, char *out);                        /* one code point, at most 4 bytes and no NUL; returns how many */
void canvas_print(const struct canvas *c, bool roles, FILE *out);

#endif
