/* tui/canvas.c — the buffer of cells behind every screen.
 * Three levels of glyphs: full, plain (no partial blocks or triangles) and ascii (also folds letters, for terminals that are not
 * UTF-8). A folded letter keeps its width, so a layout is the same at every level. */
#include "tui/canvas.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include "base/text.h"

enum { LINE_LEFT = 1, LINE_RIGHT = 2, LINE_UP = 4, LINE_DOWN = 8 };

static const char *const glyph_text[GLYPH_COUNT][3] = {
    [GLYPH_UP] = {"▲", "^", "+"},          [GLYPH_DOWN] = {"▼", "v", "-"},      [GLYPH_SAME] = {"=", "=", "="},
    [GLYPH_GIVE] = {"±", "±", "~"},        [GLYPH_MORE] = {"…", "…", "."},      [GLYPH_BAR] = {"█", "#", "#"},
    [GLYPH_MINUS_BAR] = {"▒", "=", "="},   [GLYPH_AXIS] = {"│", "│", "|"},      [GLYPH_DOT] = {"·", "·", "."},
    [GLYPH_UNKNOWN] = {"░", "?", "?"},     [GLYPH_TRACK] = {"─", "─", "-"},     [GLYPH_DOUBLE] = {"═", "═", "="},
};

static const char *const spark_full[8] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
static const char *const spark_plain[5] = {"_", ".", "-", "=", "#"};

/* By directions: left 1, right 2, up 4, down 8. */
static const char *const box_text[16] = {" ", "─", "─", "─", "│", "┘", "└", "┴", "│", "┐", "┌", "┬", "│", "┤", "├", "┼"};
static const char box_ascii[17] = " ---|+++|+++|+++";

struct canvas canvas_new(struct arena *a, int columns, int rows, enum tui_glyphs glyphs)
{
    struct canvas c = {.columns = columns, .rows = rows, .glyphs = glyphs};
    c.cell = ARENA_ARRAY(a, columns * rows, struct cell);
    canvas_clear(&c, (struct area){0, 0, columns, rows});
    return c;
}

static struct cell *cell_at(const struct canvas *c, int x, int y)
{
    return x < 0 || y < 0 || x >= c->columns || y >= c->rows ? NULL : &c->cell[y * c->columns + x];
}

/* Writes one character; a wide one that is half covered leaves a blank, never half a letter. */
static void put(struct canvas *c, int x, int y, enum role role, uint32_t code, int width)
{
    struct cell *to = cell_at(c, x, y);
    if (!to)
        return;
    struct cell *before = cell_at(c, x - 1, y), *after = cell_at(c, x + 1, y);
    if (to->width == 0 && before)
        *before = (struct cell){.width = 1, .role = before->role};
    if (to->width == 2 && after)
        *after = (struct cell){.width = 1, .role = after->role};
    if (width == 2 && !after) {
        width = 1;
        code = ' ';
    }
    *to = (struct cell){.code = code, .role = (uint8_t)role, .width = (uint8_t)width};
    if (width == 2) {
        struct cell *third = cell_at(c, x + 2, y);
        if (after->width == 2 && third)
            *third = (struct cell){.width = 1, .role = third->role};
        *after = (struct cell){.width = 0, .role = (uint8_t)role};
    }
}

void canvas_clear(struct canvas *c, struct area box)
{
    for (int y = box.y; y < box.y + box.h; y++)
        for (int x = box.x; x < box.x + box.w; x++)
            if (cell_at(c, x, y))
                put(c, x, y, ROLE_PLAIN, 0, 1);
}

static char folded(uint32_t code)
{
    static const struct { uint32_t from, to; const char *as; } fold[] = {
        {0xA0, 0xA0, " "}, {0xB1, 0xB1, "~"}, {0xB7, 0xB7, "."}, {0xC0, 0xC5, "A"}, {0xC7, 0xC7, "C"}, {0xC8, 0xCB, "E"}, {0xCC, 0xCF, "I"},
        {0xD1, 0xD1, "N"}, {0xD2, 0xD6, "O"}, {0xD7, 0xD7, "x"}, {0xD8, 0xD8, "O"}, {0xD9, 0xDC, "U"}, {0xE0, 0xE5, "a"}, {0xE7, 0xE7, "c"},
        {0xE8, 0xEB, "e"}, {0xEC, 0xEF, "i"}, {0xF1, 0xF1, "n"}, {0xF2, 0xF6, "o"}, {0xF8, 0xF8, "o"}, {0xF9, 0xFC, "u"},
        {0x2010, 0x2015, "-"}, {0x2018, 0x201B, "'"}, {0x201C, 0x201F, "\""}, {0x2022, 0x2022, "*"}, {0x2026, 0x2026, "."},
        {0x2190, 0x2190, "<"}, {0x2192, 0x2192, ">"}, {0x2212, 0x2212, "-"},
    };
    for (size_t i = 0; i < sizeof fold / sizeof *fold; i++)
        if (code >= fold[i].from && code <= fold[i].to)
            return fold[i].as[0];
    return '?';
}

/* One character after another until the cells are used up. */
static int put_run(struct canvas *c, int x, int y, int cells, enum role role, const char *text)
{
    int used = 0;
    while (*text) {
        const char *from = text;
        char one[8] = "";
        uint32_t code = text_next(&text);
        memcpy(one, from, (size_t)(text - from) < sizeof one ? (size_t)(text - from) : 0);
        if (code < ' ' || code == 0x7F)
            code = ' ';
        int width = text_width(one);
        if (width == 0) {                                            /* a mark belongs to the letter before it */
            struct cell *last = used > 0 ? cell_at(c, x + used - 1, y) : NULL;
            if (last && last->width == 1 && c->glyphs != TUI_GLYPHS_ASCII)
                last->mark = code;
            continue;
        }
        if (used + width > cells)
            break;
        if (c->glyphs == TUI_GLYPHS_ASCII && code > 0x7E) {
            for (int i = 0; i < width; i++)
                put(c, x + used + i, y, role, (unsigned char)folded(code), 1);
        } else {
            put(c, x + used, y, role, code, width);
        }
        used += width;
    }
    return used;
}

int canvas_text(struct canvas *c, int x, int y, int cells, enum role role, const char *text)
{
    if (cells <= 0 || !text)
        return 0;
    if (text_width(text) <= cells)
        return put_run(c, x, y, cells, role, text);
    int used = put_run(c, x, y, cells - 1, role, text);
    while (used > 1 && c->cell && cell_at(c, x + used - 1, y) && cell_at(c, x + used - 1, y)->code == ' ')
        used--;                                                      /* the ellipsis stands close to the word */
    return used + canvas_glyph(c, x + used, y, role, GLYPH_MORE);
}

int canvas_textf(struct canvas *c, int x, int y, int cells, enum role role, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return canvas_text(c, x, y, cells, role, text);
}

void canvas_right(struct canvas *c, int x, int y, int cells, enum role role, const char *text)
{
    int width = text_width(text);
    if (width >= cells)
        canvas_text(c, x, y, cells, role, text);
    else
        canvas_text(c, x + cells - width, y, width, role, text);
}

int canvas_glyph(struct canvas *c, int x, int y, enum role role, enum glyph g)
{
    return put_run(c, x, y, 1, role, glyph_text[g][c->glyphs]);
}

void canvas_role(struct canvas *c, int x, int y, int cells, enum role role)
{
    for (int i = 0; i < cells; i++) {
        struct cell *cell = cell_at(c, x + i, y);
        if (cell)
            cell->role = (uint8_t)role;
    }
}

static void add_lines(struct canvas *c, int x, int y, unsigned lines)
{
    struct cell *cell = cell_at(c, x, y);
    if (!cell)
        return;
    unsigned had = cell->code == 0 ? cell->lines : 0;
    put(c, x, y, ROLE_FRAME, 0, 1);
    cell->lines = (uint8_t)(had | lines);
}

void canvas_across(struct canvas *c, int x, int y, int cells)
{
    for (int i = 0; i < cells; i++)
        add_lines(c, x + i, y, (i > 0 ? LINE_LEFT : 0u) | (i < cells - 1 ? LINE_RIGHT : 0u));
}

void canvas_down(struct canvas *c, int x, int y, int cells)
{
    for (int i = 0; i < cells; i++)
        add_lines(c, x, y + i, (i > 0 ? LINE_UP : 0u) | (i < cells - 1 ? LINE_DOWN : 0u));
}

void canvas_box(struct canvas *c, struct area box)
{
    canvas_across(c, box.x, box.y, box.w);
    canvas_across(c, box.x, box.y + box.h - 1, box.w);
    canvas_down(c, box.x, box.y, box.h);
    canvas_down(c, box.x + box.w - 1, box.y, box.h);
}

void canvas_cursor(struct canvas *c, int x, int y)
{
    c->cursor_x = x;
    c->cursor_y = y;
}

void canvas_spark(struct canvas *c, int x, int y, enum role role, const double *value, int count, double low, double high)
{
    int steps = c->glyphs == TUI_GLYPHS_FULL ? 8 : 5;
    for (int i = 0; i < count; i++) {
        if (isnan(value[i])) {
            canvas_glyph(c, x + i, y, ROLE_DIM, GLYPH_UNKNOWN);
            continue;
        }
        double share = high > low ? (value[i] - low) / (high - low) : 0.5;
        int step = (int)(share * steps);
        step = share < 0 || step < 0 ? 0 : step >= steps ? steps - 1 : step;
        put_run(c, x + i, y, 1, role, c->glyphs == TUI_GLYPHS_FULL ? spark_full[step] : spark_plain[step]);
    }
}

size_t canvas_utf8(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

const char *canvas_cell_text(const struct canvas *c, int x, int y, char out[static 9])
{
    const struct cell *cell = cell_at(c, x, y);
    out[0] = '\0';
    if (!cell || cell->width == 0)
        return out;
    if (cell->code == 0) {
        if (c->glyphs == TUI_GLYPHS_ASCII) {
            out[0] = box_ascii[cell->lines];
            out[1] = '\0';
        } else {
            strcpy(out, box_text[cell->lines]);
        }
        return out;
    }
    size_t n = canvas_utf8(cell->code, out);
    if (cell->mark)
        n += canvas_utf8(cell->mark, out + n);
    out[n] = '\0';
    return out;
}

/* Letters for the roles that carry meaning; the rest is dress. */
static const char role_letter[ROLE_COUNT] = {
    [ROLE_FOCUS] = 'f', [ROLE_NEEDS] = '!', [ROLE_WARN] = 'w', [ROLE_GOOD] = 'g', [ROLE_BAD] = 'b',
    [ROLE_SEAT_A] = '1', [ROLE_SEAT_B] = '2', [ROLE_SEAT_C] = '3', [ROLE_SEAT_D] = '4'};

void canvas_print(const struct canvas *c, bool roles, FILE *out)
{
    for (int y = 0; y < c->rows; y++) {
        char letter = '\0', text[9];
        int last = c->columns - 1;
        while (last >= 0 && (!strcmp(canvas_cell_text(c, last, y, text), " ") && !(roles && role_letter[cell_at(c, last, y)->role])))
            last--;
        for (int x = 0; x <= last; x++) {
            char now = roles ? role_letter[cell_at(c, x, y)->role] : '\0';
            if (now != letter) {
                if (letter)
                    fputc('}', out);
                if (now)
                    fprintf(out, "{%c:", now);
                letter = now;
            }
            fputs(canvas_cell_text(c, x, y, text), out);
        }
        if (letter)
            fputc('}', out);
        fputc('\n', out);
    }
}
