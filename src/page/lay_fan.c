/* page/lay_fan.c — what runs over time from left to right: the fan of what may come, and the timeline of what was done.
 * Between the moments of a fan bands go straight. */
#include "page/doc_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { FAN_ROWS = 8, CELL_MOST = 8, CELL_LEAST = 2, LANE_CELL = 4 };

struct fan_sheet { const struct doc_fan *f; struct sheet s; int left, cell, pasts, rows; bool fine; double per_row; };

/* Rows from below, in quarters where dots are drawn. */
static int row_of(const struct fan_sheet *w, double x, int per_cell)
{
    const double at = (x - w->f->least) * w->per_row * per_cell;
    const int most = w->rows * per_cell - 1;
    return at < 0 ? 0 : at > most ? most : (int)(at + 0.5);
}

static void fan_cell(struct fan_sheet *w, int x, double at, enum doc_role role, enum doc_glyph sign)
{
    if (!isnan(at))
        sheet_put(&w->s, w->left + x, w->rows - 1 - row_of(w, at, 1), role, doc_sign(w->s.glyphs, sign));
}

static void fan_dot(struct fan_sheet *w, int x, double at, enum doc_role role)
{
    if (!isnan(at))
        sheet_dot(&w->s, 2 * w->left + x, 4 * w->rows - 1 - row_of(w, at, 4), role);
}

/* A series at a place between moments; place 0 is the last past moment, 1 the first ahead. */
static double between(const struct doc_fan *f, const double *series, double place)
{
    const int before = (int)floor(place);
    const double start = f->pasts > 0 ? f->past[f->pasts - 1] : NAN, part = place - before;
    const double a = before <= 0 ? (isnan(start) ? series[0] : start) : series[(before < f->points ? before : f->points) - 1];
    const double b = series[(before + 1 < f->points ? before + 1 : f->points) - 1];
    return a + part * (b - a);
}

static double past_at(const struct doc_fan *f, double place)
{
    const int before = (int)floor(place), after = before + 1 < f->pasts ? before + 1 : before;
    return f->past[before] + (place - before) * (f->past[after] - f->past[before]);
}

/* The cursor's column of now, then the cells of what is ahead. */
static void draw_ahead(struct fan_sheet *w, int from)
{
    const struct doc_fan *f = w->f;
    const int wide = w->cell * f->points;
    for (int x = 0; x < wide; x++) {
        const double place = (double)(x + 1) / w->cell, low = between(f, f->low, place), high = between(f, f->high, place);
        for (int r = isnan(low) ? 1 : row_of(w, low, 1); !isnan(low) && r <= row_of(w, high, 1); r++)
            sheet_put(&w->s, w->left + from + x, w->rows - 1 - r, DOC_QUIET, doc_sign(w->s.glyphs, SIGN_SHADE));
    }
    for (int x = 0; x < wide && !w->fine; x++) {
        const double place = (double)(x + 1) / w->cell;
        if (f->hold)
            fan_cell(w, from + x, between(f, f->hold, place), DOC_TEXT, SIGN_HOLD);
        fan_cell(w, from + x, between(f, f->middle, place), DOC_STRONG, SIGN_MIDDLE);
    }
    for (int x = 0; x < 2 * wide && w->fine; x++) {
        const double place = (x + 1) / (2.0 * w->cell);
        if (f->hold && x % 4 < 2)
            fan_dot(w, 2 * from + x, between(f, f->hold, place), DOC_TEXT);
    }
    for (int x = 0; x < 2 * wide && w->fine; x++)
        fan_dot(w, 2 * from + x, between(f, f->middle, (x + 1) / (2.0 * w->cell)), DOC_STRONG);
}

static void draw_past(struct fan_sheet *w)
{
    const struct doc_fan *f = w->f;
    const int wide = w->cell * (w->pasts - 1), skip = f->pasts - w->pasts;
    for (int x = 0; x <= wide * (w->fine ? 2 : 1); x++) {
        const double place = skip + (double)x / (w->cell * (w->fine ? 2 : 1));
        if (w->fine)
            fan_dot(w, x, past_at(f, place), DOC_STRONG);
        else
            fan_cell(w, x, past_at(f, place), DOC_TEXT, x % w->cell == 0 ? SIGN_PAST : SIGN_HOLD);
    }
}

static void draw_scale(struct fan_sheet *w, int end)
{
    const struct doc_fan *f = w->f;
    for (int y = 0; y < w->rows; y++)
        sheet_put(&w->s, w->left - 1, y, DOC_QUIET, doc_sign(w->s.glyphs, SIGN_DOWN));
    sheet_right(&w->s, 0, 0, w->left - 2, DOC_QUIET, f->most_text);
    sheet_right(&w->s, 0, w->rows - 1, w->left - 2, DOC_QUIET, f->least_text);
    sheet_put(&w->s, w->left - 1, w->rows, DOC_QUIET, doc_sign(w->s.glyphs, SIGN_CORNER));
    if (f->past_to)
        sheet_text(&w->s, w->left + (w->pasts - 1) * w->cell, w->rows, w->cell > 3 ? w->cell : 3, DOC_QUIET, f->past_to);
    int free_from = f->past_to ? (w->pasts - 1) * w->cell + text_width(f->past_to) : 0, widest = 1;
    for (int i = 0; i < f->points; i++)
        widest = text_width(f->label[i]) > widest ? text_width(f->label[i]) : widest;
    const int every = (widest + w->cell) / w->cell;                  /* labels at even steps, counted from the last, with a blank between */
    for (int i = 0; i < f->points; i++) {
        const int at = end + (i + 1) * w->cell - text_width(f->label[i]);
        if ((f->points - 1 - i) % every == 0 && at > free_from)
            sheet_text(&w->s, w->left + at, w->rows, text_width(f->label[i]), DOC_QUIET, f->label[i]);
    }
}

void lay_fan(struct arena *a, line_list *lines, const struct doc_fan *f, int cells, enum doc_glyphs glyphs)
{
    if (f->points + f->pasts < 2 || !(f->most > f->least))
        return;                                                      /* nothing moves: the numbers beside it have said so */
    int left = text_width(f->least_text) > text_width(f->most_text) ? text_width(f->least_text) : text_width(f->most_text);
    left = f->left > left + 2 ? f->left : left + 2;
    struct fan_sheet w = {.f = f, .left = left, .rows = f->rows > 1 ? f->rows : FAN_ROWS, .pasts = f->pasts > 0 ? f->pasts : 1};
    const int room = cells - left - 1;
    if (room < f->points)
        return;
    w.cell = f->cell > 0 ? f->cell : room / (f->points + w.pasts - 1);
    w.cell = w.cell > CELL_MOST && !f->cell ? CELL_MOST : w.cell < CELL_LEAST ? CELL_LEAST : w.cell;
    if (w.cell * f->points > room)
        w.cell = room / f->points;
    while (w.pasts > 1 && (w.pasts - 1 + f->points) * w.cell > room)
        w.pasts--;
    w.fine = doc_braille(glyphs, cells);
    w.per_row = (w.rows - 1) / (f->most - f->least);
    if (w.fine)
        w.per_row = (w.rows - 0.25) / (f->most - f->least);
    w.s = sheet_new(a, cells, w.rows + 1, glyphs);
    const int end = (w.pasts - 1) * w.cell + (f->pasts > 0);         /* a cell for now itself */
    draw_ahead(&w, end);
    if (f->pasts > 0)
        draw_past(&w);
    draw_scale(&w, end);
    sheet_lines(&w.s, lines);
}

/* --- the timeline --------------------------------------------------------------------------------------------------------------------- */

static void draw_lane(struct sheet *s, int y, const struct doc_timeline *t, const struct doc_lane *lane, int left, int cell, int from)
{
    sheet_text(s, 0, y, left - 1, lane->seat >= 0 ? (enum doc_role)(DOC_SEAT + lane->seat) : DOC_TEXT, lane->label);
    for (int i = from; i < t->turns; i++) {
        const int x = left + (i - from) * cell;
        const char *mark = lane->mark[i];
        const unsigned char bar = lane->bar ? lane->bar[i] : DOC_NO_BAR;
        int used = 0;
        if (mark && *mark)
            used = sheet_text(s, x, y, cell < 3 ? cell : 3, i == t->now ? DOC_STRONG : DOC_TEXT, mark);
        else if (!bar && i <= t->now)
            used = sheet_text(s, x, y, 1, DOC_QUIET, ".");
        for (int k = used; k < cell && bar; k++)
            sheet_put(s, x + k, y, DOC_TEXT, doc_sign(s->glyphs, bar == DOC_THICK_BAR ? SIGN_DOUBLE : SIGN_TRACK));
    }
}

void lay_timeline(struct arena *a, line_list *lines, const struct doc_timeline *t, int cells, enum doc_glyphs glyphs)
{
    const int left = DOC_TIMELINE_LABEL;
    int cell = LANE_CELL;
    if (cells >= 120 && t->turns * 6 <= cells - left)
        cell = 6;
    const int fit = (cells - left) / cell, from = t->turns > fit ? (t->now - fit / 2 > 0 ? (t->now - fit / 2 + fit > t->turns ? t->turns - fit : t->now - fit / 2) : 0) : 0;
    struct sheet s = sheet_new(a, cells, t->lanes + 2, glyphs);
    for (int i = from; i < t->turns && i - from < fit; i++) {
        sheet_text(&s, left + (i - from) * cell, 0, cell - 1, i == t->now ? DOC_STRONG : DOC_QUIET, t->turn[i]);
        sheet_text(&s, left + (i - from) * cell, 1, cell - 1, i == t->now ? DOC_STRONG : DOC_QUIET, t->date[i]);
    }
    for (int k = 0; k < t->lanes; k++)
        draw_lane(&s, k + 2, t, &t->lane[k], left, cell, from);
    sheet_lines(&s, lines);
}
