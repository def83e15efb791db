/* page/lay_rows.c — tables and charts whose rows are read one by one: bars, ledgers, sparklines, ranges. */
#include "page/doc_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { GAP = 2, BAR_LEAST = 9, LABEL_LEAST = 8 };

static int widest(int width, const char *text)
{
    const int cells = text ? text_width(text) : 0;
    return cells > width ? cells : width;
}

/* Text over as many rows as it takes, its later lines indented. Returns how many rows. */
static int rows_of(const char *text, int cells)
{
    const char *line;
    size_t length;
    int rows = 0;
    while (text_wrap(&text, rows ? cells - 2 : cells, &line, &length))
        rows++;
    return rows ? rows : 1;
}

static void wrapped(struct sheet *s, int x, int y, int cells, enum doc_role role, const char *text)
{
    const char *line;
    size_t length;
    for (int row = 0; text_wrap(&text, row ? cells - 2 : cells, &line, &length); row++)
        sheet_text(s, x + (row ? 2 : 0), y + row, row ? cells - 2 : cells, role, arena_copy(s->arena, line, length));
}

/* --- tables ------------------------------------------------------------------------------------------------------------------------ */

void lay_table(struct arena *a, line_list *lines, const struct doc_table *t, int cells, enum doc_glyphs glyphs)
{
    int *width = ARENA_ARRAY(a, t->columns + 1, int), total = 0, soft = -1;
    bool head = false;
    for (int k = 0; k < t->columns; k++) {
        width[k] = widest(0, t->column[k].title);
        head = head || *t->column[k].title;
        for (int r = 0; r < t->rows; r++)
            width[k] = widest(width[k], t->cell[r * t->columns + k]);
        total += width[k] + (k ? GAP : 0);
        if (!t->column[k].right && (soft < 0 || width[k] > width[soft]))
            soft = k;
    }
    if (soft >= 0 && total > cells)
        width[soft] = width[soft] - (total - cells) > LABEL_LEAST ? width[soft] - (total - cells) : LABEL_LEAST;
    for (int r = head ? -1 : 0; r < t->rows; r++) {
        const char *soft_text = r < 0 || soft < 0 ? "" : t->cell[r * t->columns + soft];
        struct sheet s = sheet_new(a, cells, soft >= 0 ? rows_of(soft_text, width[soft]) : 1, glyphs);
        for (int k = 0, x = 0; k < t->columns; x += width[k++] + GAP) {
            const char *text = r < 0 ? t->column[k].title : t->cell[r * t->columns + k];
            const enum doc_role role = r < 0 ? DOC_QUIET : DOC_TEXT;
            if (t->column[k].right)
                sheet_right(&s, x, 0, width[k], role, text);
            else if (k == soft && r >= 0)
                wrapped(&s, x, 0, width[k], role, text);
            else
                sheet_text(&s, x, 0, width[k], role, text);
        }
        sheet_lines(&s, lines);
    }
}

/* --- bars and ledgers ----------------------------------------------------------------------------------------------------------------- */

struct bar_room { int label, amount, error, bar, share, axis; double least, most; };

static struct bar_room bar_room(const struct doc_bars *b, int cells)
{
    struct bar_room r = {.label = widest(0, b->total), .amount = widest(widest(0, b->amounts), b->total_amount), .error = widest(0, b->errors),
                         .share = widest(widest(0, b->shares), b->total_share)};
    for (int i = 0; i < b->bars; i++) {
        r.label = widest(r.label, b->bar[i].label);
        r.amount = widest(r.amount, b->bar[i].amount);
        r.error = widest(r.error, b->bar[i].error);
        r.share = widest(r.share, b->bar[i].share);
        r.least = fmin(r.least, b->bar[i].value);
        r.most = fmax(r.most, b->bar[i].value);
    }
    const int columns = r.amount + GAP + (r.error ? r.error + GAP : 0) + (r.share ? r.share + GAP : 0), label_most = cells * 44 / 100;
    r.label = r.label > label_most ? label_most : r.label;
    r.bar = cells - r.label - columns - GAP;
    if (r.bar < BAR_LEAST) {                                         /* numbers alone */
        r.bar = 0;
        r.label = cells - columns > LABEL_LEAST ? cells - columns : LABEL_LEAST;
    }
    if (r.bar > cells / 2)
        r.bar = cells / 2;
    r.axis = r.most > r.least ? (int)((r.bar - 1) * (-r.least / (r.most - r.least)) + 0.5) : 0;
    return r;
}

static void draw_bar(struct sheet *s, const struct bar_room *r, int x, double value)
{
    const int to = r->most > r->least ? (int)((r->bar - 1) * ((value - r->least) / (r->most - r->least)) + 0.5) : r->axis;
    for (int i = 0; i < r->bar; i++)
        if (i == r->axis)
            sheet_put(s, x + i, 0, DOC_QUIET, doc_sign(s->glyphs, SIGN_DOWN));
        else if (i >= to && i < r->axis)
            sheet_put(s, x + i, 0, DOC_TEXT, doc_sign(s->glyphs, SIGN_LESS));
        else if (i <= to && i > r->axis)
            sheet_put(s, x + i, 0, DOC_TEXT, doc_sign(s->glyphs, SIGN_BAR));
}

static void bar_row(struct arena *a, line_list *lines, const struct bar_room *r, const struct doc_bar *bar, enum doc_role role, bool drawn, int cells, enum doc_glyphs glyphs)
{
    struct sheet s = sheet_new(a, cells, rows_of(bar->label, r->label), glyphs);
    int x = r->label + GAP;
    wrapped(&s, 0, 0, r->label, role, bar->label);
    sheet_right(&s, x, 0, r->amount, role == DOC_TEXT ? DOC_STRONG : role, bar->amount);
    x += r->amount + GAP;
    if (r->error)
        sheet_right(&s, x, 0, r->error, DOC_QUIET, bar->error);
    x += r->error ? r->error + GAP : 0;
    if (drawn)
        draw_bar(&s, r, x, bar->value);
    x += r->bar ? r->bar + GAP : 0;
    if (r->share)
        sheet_right(&s, x, 0, r->share, DOC_QUIET, bar->share);
    sheet_lines(&s, lines);
}

void lay_bars(struct arena *a, line_list *lines, const struct doc_bars *b, int cells, enum doc_glyphs glyphs)
{
    const struct bar_room r = bar_room(b, cells);
    if (b->amounts || b->shares)
        bar_row(a, lines, &r, &(struct doc_bar){"", b->amounts, b->errors, b->shares, 0}, DOC_QUIET, false, cells, glyphs);
    for (int i = 0; i < b->bars; i++)
        bar_row(a, lines, &r, &b->bar[i], DOC_TEXT, r.bar > 0, cells, glyphs);
    if (!b->total)
        return;
    struct sheet s = sheet_new(a, cells, 1, glyphs);
    for (int i = 0; i < r.amount; i++)
        sheet_put(&s, r.label + GAP + i, 0, DOC_QUIET, doc_sign(glyphs, SIGN_ACROSS));
    sheet_lines(&s, lines);
    bar_row(a, lines, &r, &(struct doc_bar){b->total, b->total_amount, NULL, b->total_share, 0}, DOC_STRONG, false, cells, glyphs);
}

/* --- sparklines ---------------------------------------------------------------------------------------------------------------------- */

void lay_sparks(struct arena *a, line_list *lines, const struct doc_spark *spark, int count, int cells, enum doc_glyphs glyphs)
{
    int label = 0, now = 0, course = 0;
    for (int i = 0; i < count; i++) {
        label = widest(label, spark[i].label);
        now = widest(now, spark[i].now);
        course = spark[i].count > course ? spark[i].count : course;
    }
    course = course > cells / 2 ? cells / 2 : course;
    if (label + now + course + 2 * GAP > cells)
        label = cells - now - course - 2 * GAP > LABEL_LEAST ? cells - now - course - 2 * GAP : LABEL_LEAST;
    for (int i = 0; i < count; i++) {
        struct sheet s = sheet_new(a, cells, 1, glyphs);
        const struct doc_spark *is = &spark[i];
        const int from = is->count > course ? is->count - course : 0;
        sheet_text(&s, 0, 0, label, DOC_TEXT, is->label);
        sheet_right(&s, label + GAP, 0, now, DOC_STRONG, is->now);
        for (int k = from; k < is->count; k++) {
            const double x = is->value[k];
            const bool known = !isnan(x);
            sheet_put(&s, label + now + 2 * GAP + k - from, 0, known ? DOC_TEXT : DOC_QUIET,
                      known ? doc_step(glyphs, is->high > is->low ? (x - is->low) / (is->high - is->low) : 0.5) : doc_sign(glyphs, SIGN_UNKNOWN));
        }
        sheet_lines(&s, lines);
    }
}

/* --- ranges -------------------------------------------------------------------------------------------------------------------------- */

enum { STROKE_LEAST = 12 };

static int cell_of(const struct doc_ranges *r, int cells, double x)
{
    const double width = r->most / 2 - r->least / 2;                 /* halves: the ends of the doubles are a scale, too */
    const double at = width > 0 ? floor((x / 2 - r->least / 2) / width * (cells - 1) + 0.5) : 0;
    return at >= 0 && at < cells ? (int)at : 0;
}

void lay_ranges(struct arena *a, line_list *lines, const struct doc_ranges *r, int cells, enum doc_glyphs glyphs)
{
    int row = widest(0, r->rows), time = widest(0, r->times), figure[3];
    for (int k = 0; k < 3; k++)
        figure[k] = widest(0, r->figures[k]);
    for (int i = 0; i < r->ranges; i++) {
        row = widest(row, r->range[i].row);
        time = widest(time, r->range[i].time);
        for (int k = 0; k < 3; k++)
            figure[k] = widest(figure[k], r->range[i].figure[k]);
    }
    const int stroke_at = row + time + figure[0] + figure[1] + figure[2] + 5 * GAP, room = cells - stroke_at, stroke = room >= STROKE_LEAST ? room : 0;
    const int low = text_width(r->least_text), high = text_width(r->most_text);
    for (int i = -1; i < r->ranges; i++) {
        struct sheet s = sheet_new(a, cells, 1, glyphs);
        const struct doc_range *is = i < 0 ? NULL : &r->range[i];
        const enum doc_role role = is ? DOC_TEXT : DOC_QUIET;
        sheet_right(&s, 0, 0, row, role, is ? is->row : r->rows);
        sheet_text(&s, row + GAP, 0, time, role, is ? is->time : r->times);
        for (int k = 0, x = row + time + 2 * GAP; k < 3; x += figure[k++] + GAP)
            sheet_right(&s, x, 0, figure[k], is && k == 1 ? DOC_STRONG : role, is ? is->figure[k] : r->figures[k]);
        if (!is && stroke) {
            sheet_text(&s, stroke_at, 0, stroke, DOC_QUIET, r->least_text);
            if (low + high < stroke && r->most > r->least)
                sheet_right(&s, stroke_at, 0, stroke, DOC_QUIET, r->most_text);
        }
        if (is && stroke && !isnan(is->middle)) {
            for (int x = cell_of(r, stroke, is->low); x <= cell_of(r, stroke, is->high); x++)
                sheet_put(&s, stroke_at + x, 0, DOC_TEXT, doc_sign(glyphs, SIGN_TRACK));
            sheet_put(&s, stroke_at + cell_of(r, stroke, is->middle), 0, DOC_STRONG, doc_sign(glyphs, SIGN_POINT));
        }
        sheet_lines(&s, lines);
    }
}
