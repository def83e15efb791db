/* page/sheet.c — cells on which charts are drawn before they become lines. Nothing overflows: what lies outside is not written. */
#include "page/doc_private.h"

#include <string.h>

#include "base/text.h"

enum { BRAILLE = 0x2800, RIGHT_HALF = 0xFFFFFFFFu };

static const uint32_t signs[SIGN_COUNT][3] = {
    [SIGN_ACROSS] = {0x2500, 0x2500, '-'}, [SIGN_DOWN] = {0x2502, 0x2502, '|'},   [SIGN_CORNER] = {0x2514, 0x2514, '+'}, [SIGN_TICK] = {0x2524, 0x2524, '|'},
    [SIGN_BAR] = {0x2588, '#', '#'},       [SIGN_LESS] = {0x2592, '=', '='},      [SIGN_SHADE] = {0x2591, '.', '.'},     [SIGN_MIDDLE] = {0x2593, '#', '#'},
    [SIGN_HOLD] = {0x2500, '-', '-'},      [SIGN_POINT] = {0x25CF, 0x25CF, 'o'},  [SIGN_TRACK] = {0x2500, 0x2500, '-'},  [SIGN_DOUBLE] = {0x2550, 0x2550, '='},
    [SIGN_UNKNOWN] = {0x2591, '?', '?'},   [SIGN_PAST] = {0x25CF, 0x25CF, 'o'},   [SIGN_MORE] = {0x2026, 0x2026, '.'},
};

uint32_t doc_sign(enum doc_glyphs level, enum doc_glyph sign) { return signs[sign][level == DOC_FINE ? DOC_FULL : level]; }

uint32_t doc_step(enum doc_glyphs level, double share)
{
    static const char plain[] = "_.-=#";
    const bool full = level == DOC_FULL || level == DOC_FINE;
    const int steps = full ? 8 : 5, at = share >= 0 ? (int)(share * steps) : 0, step = at >= steps ? steps - 1 : at;
    return full ? 0x2581u + (uint32_t)step : (uint32_t)plain[step];
}

bool doc_braille(enum doc_glyphs level, int cells)
{
    enum { WIDE = 100 };
    return level == DOC_FINE || (level == DOC_FULL && cells >= WIDE);
}

struct sheet sheet_new(struct arena *a, int w, int h, enum doc_glyphs glyphs)
{
    struct sheet s = {.arena = a, .w = w > 0 ? w : 0, .h = h > 0 ? h : 0, .glyphs = glyphs};
    s.cell = ARENA_ARRAY(a, s.w * s.h + 1, struct sheet_cell);
    for (int i = 0; i < s.w * s.h; i++)
        s.cell[i].role = DOC_TEXT;
    return s;
}

static struct sheet_cell *at(struct sheet *s, int x, int y)
{
    return x < 0 || y < 0 || x >= s->w || y >= s->h ? NULL : &s->cell[y * s->w + x];
}

void sheet_put(struct sheet *s, int x, int y, enum doc_role role, uint32_t code)
{
    struct sheet_cell *cell = at(s, x, y);
    if (cell)
        *cell = (struct sheet_cell){.code = code, .role = (uint8_t)role};
}

static int width_of(uint32_t code)
{
    char text[5] = "";
    if (code < 0x80)
        return 1;
    const unsigned char bytes[4] = {(unsigned char)(code < 0x800 ? 0xC0 | code >> 6 : code < 0x10000 ? 0xE0 | code >> 12 : 0xF0 | code >> 18),
                                    (unsigned char)(0x80 | ((code < 0x800 ? code : code < 0x10000 ? code >> 6 : code >> 12) & 0x3F)),
                                    (unsigned char)(0x80 | ((code < 0x10000 ? code : code >> 6) & 0x3F)), (unsigned char)(0x80 | (code & 0x3F))};
    memcpy(text, bytes, code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
    return text_width(text);
}

int sheet_text(struct sheet *s, int x, int y, int cells, enum doc_role role, const char *text)
{
    int used = 0;
    const bool cut = text && text_width(text) > cells;
    for (uint32_t code; text && used < cells && (code = text_next(&text)) != 0;) {
        const int width = width_of(code);
        if (width == 0)
            continue;
        if (used + width > cells - cut)
            break;
        sheet_put(s, x + used, y, role, code < ' ' || code == 0x7F ? ' ' : code);
        if (width == 2)
            sheet_put(s, x + used + 1, y, role, RIGHT_HALF);
        used += width;
    }
    if (cut && cells > 0)
        sheet_put(s, x + used++, y, role, doc_sign(s->glyphs, SIGN_MORE));
    return used;
}

void sheet_right(struct sheet *s, int x, int y, int cells, enum doc_role role, const char *text)
{
    const int width = text ? text_width(text) : 0, left = width < cells ? cells - width : 0;
    sheet_text(s, x + left, y, cells - left, role, text);
}

void sheet_dot(struct sheet *s, int x, int y, enum doc_role role)
{
    static const uint8_t bit[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    struct sheet_cell *cell = x < 0 || y < 0 ? NULL : at(s, x / 2, y / 4);
    if (!cell)
        return;
    if (!cell->dots)
        *cell = (struct sheet_cell){.role = (uint8_t)role};
    cell->dots |= bit[y % 4][x % 2];
}

static int size(int x) { return x < 0 ? -x : x; }

static char slope(int dx, int dy)
{
    if (2 * size(dy) < size(dx))
        return '-';
    if (2 * size(dx) < size(dy))
        return '|';
    return (dx < 0) == (dy < 0) ? '\\' : '/';
}

void sheet_stroke(struct sheet *s, int x0, int y0, int x1, int y1, enum doc_role role)
{
    const bool fine = doc_braille(s->glyphs, s->w);
    const char sign = slope(x1 - x0, y1 - y0);
    if (fine)
        x0 = 2 * x0 + 1, x1 = 2 * x1 + 1, y0 = 4 * y0 + 2, y1 = 4 * y1 + 2;
    const int dx = size(x1 - x0), dy = size(y1 - y0), steps = dx > dy ? dx : dy;
    for (int i = 0; i <= steps; i++) {
        const int x = x0 + (steps ? (2 * i * (x1 - x0) + steps) / (2 * steps) : 0), y = y0 + (steps ? (2 * i * (y1 - y0) + steps) / (2 * steps) : 0);
        if (fine) {
            sheet_dot(s, x, y, role);
            continue;
        }
        const uint32_t code = s->glyphs != DOC_FULL && s->glyphs != DOC_FINE ? (uint32_t)sign : sign == '-' ? 0x2500u : sign == '|' ? 0x2502u : sign == '/' ? 0x2571u : 0x2572u;
        sheet_put(s, x, y, role, code);
    }
}

static uint32_t code_of(const struct sheet_cell *cell)
{
    return cell->dots ? BRAILLE + (uint32_t)cell->dots : cell->code ? cell->code : ' ';
}

static void add_code(struct text *t, uint32_t code)
{
    char bytes[4];
    size_t n = 1;
    if (code < 0x80) {
        bytes[0] = (char)code;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6), bytes[1] = (char)(0x80 | (code & 0x3F)), n = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12), bytes[1] = (char)(0x80 | (code >> 6 & 0x3F)), bytes[2] = (char)(0x80 | (code & 0x3F)), n = 3;
    } else {
        bytes[0] = (char)(0xF0 | code >> 18), bytes[1] = (char)(0x80 | (code >> 12 & 0x3F)), bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (code & 0x3F)), n = 4;
    }
    text_addn(t, bytes, n);
}

void sheet_lines(struct sheet *s, line_list *lines)
{
    for (int y = 0; y < s->h; y++) {
        LIST_OF(struct doc_span) span = {0};
        struct text t;
        int last = s->w - 1, role = DOC_TEXT;
        const struct sheet_cell *row = s->cell + y * s->w;
        while (last >= 0 && code_of(&row[last]) == ' ')
            last--;
        text_init(&t, s->arena);
        text_add(&t, "");
        for (int x = 0; x <= last; x++) {
            if (row[x].code == RIGHT_HALF)
                continue;
            if (row[x].role != role && row[x].role != DOC_TEXT)
                *LIST_ADD(s->arena, span) = (struct doc_span){(int)t.length, 0, (enum doc_role)row[x].role};
            role = row[x].role;
            add_code(&t, code_of(&row[x]));
            if (role != DOC_TEXT)
                span.at[span.count - 1].length = (int)t.length - span.at[span.count - 1].at;
        }
        *LIST_ADD(s->arena, *lines) = (struct doc_line){DOC_TEXT, t.at, span.at, span.count};
    }
}
