/* lab/fan.c — the fan of one quantity, drawn sideways: time runs down the page, so a line of numbers stands beside each stroke and the
 * whole is read line by line by whoever hears a screen. */
#include "lab/fan.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "lab/quantiles.h"

enum { SHARES = 3, LINE_CELLS = 78, DIGITS = 5, STROKE_LEAST = 12 };
static const double share[SHARES] = {0.1, 0.5, 0.9};

struct spread { double (*at)[SHARES]; int runs; };      /* arena [shown] */

struct fan {
    struct arena *arena;                        /* borrowed */
    const struct program *p;
    const char *name, *unit;
    int turns, shown, moment[FAN_LINES];
    struct quantiles *q;
    LIST_OF(struct spread) points;
};

/* The first and the last moment, and every k-th before the last. A draw is first made in turn 1. */
static void pick_moments(struct fan *f, int first)
{
    int every = 1;
    while ((f->turns - first) / every + 2 > FAN_LINES)
        every++;
    if ((f->turns - first) % every)
        f->moment[f->shown++] = first;
    for (int t = first + (f->turns - first) % every; t <= f->turns; t += every)
        f->moment[f->shown++] = t;
}

struct fan *fan_new(struct arena *a, const struct program *p, struct output of, int turns, int runs)
{
    const struct quantity *is = &p->quantity[of.quantity];
    struct fan *f = ARENA_NEW(a, struct fan);
    f->arena = a;
    f->p = p;
    f->name = program_element_name(p, a, is->name, is->dims, is->dim, of.element);
    f->unit = is->unit ? is->unit : "";
    f->turns = turns;
    pick_moments(f, is->kind == Q_DRAW ? 1 : 0);
    f->q = quantiles_new(a, f->shown, runs, QUANTILE_CELLS);
    return f;
}

void fan_add(struct fan *f, const double *at, size_t stride)
{
    double here[FAN_LINES];
    for (int i = 0; i < f->shown; i++)
        here[i] = at[(size_t)f->moment[i] * stride];
    quantiles_add(f->q, here, 1);
}

void fan_close(struct fan *f)
{
    struct spread *point = LIST_ADD(f->arena, f->points);
    *point = (struct spread){arena_alloc(f->arena, FAN_LINES * sizeof *point->at), quantiles_count(f->q)};
    for (int i = 0; i < f->shown; i++)
        quantiles_read(f->q, i, SHARES, share, point->at[i]);
    quantiles_clear(f->q);
}

static const char *date_of(const struct fan *f, int line)
{
    return program_date(f->p, f->arena, program_moment(f->p, f->moment[line]));
}

struct layout { int turn, time, number[SHARES], stroke; double low, high; };

static void widen(int *width, int cells)
{
    if (cells > *width)
        *width = cells;
}

/* All points share one scale, so that their fans can be compared. */
static struct layout lay_out(const struct fan *f)
{
    struct layout l = {.turn = 4, .time = 4, .number = {4, 4, 4}, .low = INFINITY, .high = -INFINITY};
    char text[NUMBER_TEXT];
    for (int p = 0; p < f->points.count; p++)
        for (int i = 0; f->points.at[p].runs && i < f->shown; i++)
            for (int k = 0; k < SHARES; k++) {
                double x = f->points.at[p].at[i][k];
                l.low = fmin(l.low, x);
                l.high = fmax(l.high, x);
                widen(&l.number[k], (int)strlen(text_short(x, DIGITS, text)));
            }
    for (int i = 0; i < f->shown; i++) {
        widen(&l.turn, snprintf(text, sizeof text, "%d", f->moment[i]));
        widen(&l.time, text_width(date_of(f, i)));
    }
    l.stroke = LINE_CELLS - l.turn - l.time - l.number[0] - l.number[1] - l.number[2] - 10;
    if (l.stroke < STROKE_LEAST)
        l.stroke = 0;                           /* numbers alone */
    return l;
}

static int cell_of(const struct layout *l, double x)
{
    double width = l->high / 2 - l->low / 2;    /* halves: the ends of the doubles are a scale, too */
    return width > 0 ? (int)floor((x / 2 - l->low / 2) / width * (l->stroke - 1) + 0.5) : 0;
}

static void print_stroke(const struct layout *l, const double *x, bool ascii, FILE *out)
{
    int from = cell_of(l, x[0]), middle = cell_of(l, x[1]), to = cell_of(l, x[2]);
    fprintf(out, "  %*s", from, "");
    for (int c = from; c <= to; c++)
        fputs(c == middle ? (ascii ? "o" : "●") : ascii ? "-" : "─", out);
}

/* Where the scale begins and ends, above the strokes. */
static void print_head(const struct layout *l, FILE *out)
{
    static const char *const title[SHARES] = {"10 %", "50 %", "90 %"};
    fprintf(out, "%*s  %-*s", l->turn, "turn", l->time, "time");
    for (int k = 0; k < SHARES; k++)
        fprintf(out, "  %*s", l->number[k], title[k]);
    if (l->stroke) {
        char low[NUMBER_TEXT], high[NUMBER_TEXT];
        text_short(l->low, DIGITS, low);
        text_short(l->high, DIGITS, high);
        int between = l->stroke - (int)strlen(low) - (int)strlen(high);
        if (between > 0 && l->high > l->low)
            fprintf(out, "  %s%*s%s", low, between, "", high);
        else
            fprintf(out, "  %s", low);
    }
    fputc('\n', out);
}

/* What the chart says, for whoever does not see it. */
static void print_sentence(const struct fan *f, const struct spread *point, FILE *out)
{
    char start[NUMBER_TEXT], low[NUMBER_TEXT], middle[NUMBER_TEXT], high[NUMBER_TEXT];
    const double *begin = point->at[0], *end = point->at[f->shown - 1];
    const char *unit = f->unit[0] ? arena_printf(f->arena, " %s", f->unit) : "", *said, *line;
    size_t length;
    text_short(begin[1], DIGITS, start);
    text_short(end[0], DIGITS, low);
    text_short(end[1], DIGITS, middle);
    text_short(end[2], DIGITS, high);
    const char *moves = end[1] > begin[1] ? "rises" : end[1] < begin[1] ? "falls" : "stays the same", *when = date_of(f, f->shown - 1);
    said = end[1] == begin[1] ? arena_printf(f->arena, "The median of %s ends where it began, at %s%s", f->name, middle, unit)
                              : arena_printf(f->arena, "The median of %s %s from %s to %s%s by %s", f->name, moves, start, middle, unit, when);
    said = point->runs == 1 ? arena_printf(f->arena, "%s, in the one run.", said)
           : end[0] == end[2] ? arena_printf(f->arena, "%s, and the runs hardly differ.", said)
                              : arena_printf(f->arena, "%s; eight in ten of %d runs end between %s and %s.", said, point->runs, low, high);
    while (text_wrap(&said, LINE_CELLS, &line, &length))
        fprintf(out, "%.*s\n", (int)length, line);
}

void fan_print(const struct fan *f, const struct grid *g, bool ascii, FILE *out)
{
    struct layout l = lay_out(f);
    char text[NUMBER_TEXT];
    for (int p = 0; p < f->points.count; p++) {
        const struct spread *point = &f->points.at[p];
        const char *where = grid_words(f->arena, g, p);
        if (p)
            fputc('\n', out);
        fprintf(out, "%s%s%s%s%s\n", f->name, f->unit[0] ? ", " : "", f->unit, where[0] ? ", with " : "", where);
        if (!point->runs) {
            fputs("every run failed\n", out);
            continue;
        }
        print_head(&l, out);
        for (int i = 0; i < f->shown; i++) {
            fprintf(out, "%*d  %-*s", l.turn, f->moment[i], l.time, date_of(f, i));
            for (int k = 0; k < SHARES; k++)
                fprintf(out, "  %*s", l.number[k], text_short(point->at[i][k], DIGITS, text));
            if (l.stroke)
                print_stroke(&l, point->at[i], ascii, out);
            fputc('\n', out);
        }
        print_sentence(f, point, out);
    }
}

void fan_json(const struct fan *f, int point, struct json *into)
{
    struct json *chart = json_new_object(), *turns = json_new_array();
    json_set_text(chart, "quantity", f->name);
    json_set_text(chart, "unit", f->unit);
    for (int i = 0; i < f->shown; i++) {
        struct json *one = json_new_object();
        json_set_whole(one, "turn", f->moment[i]);
        json_set_text(one, "time", date_of(f, i));
        json_set_number(one, "p10", f->points.at[point].at[i][0]);
        json_set_number(one, "p50", f->points.at[point].at[i][1]);
        json_set_number(one, "p90", f->points.at[point].at[i][2]);
        json_add(turns, one);
    }
    json_set(chart, "turns", turns);
    json_set(into, "chart", chart);
}
