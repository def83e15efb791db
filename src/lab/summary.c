/* lab/summary.c — the end of many runs in a few numbers, as a table or as JSON. */
#include "lab/summary.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "lab/fan.h"
#include "lab/games.h"

enum { NUMBERS = 4, DIGITS = 6 };               /* mean, 10, 50, 90 % */
struct point { double (*at)[NUMBERS]; int runs, failed; };      /* at: arena [columns] */

struct summary {
    struct arena *arena;                        /* borrowed */
    int columns;
    struct quantiles *end;
    LIST_OF(struct point) points;
};

struct summary *summary_new(struct arena *a, int columns, int runs)
{
    struct summary *s = ARENA_NEW(a, struct summary);
    *s = (struct summary){.arena = a, .columns = columns, .end = quantiles_new(a, columns, runs, QUANTILE_CELLS)};
    return s;
}

void summary_add(struct summary *s, const double *end, size_t stride)
{
    quantiles_add(s->end, end, stride);
}

void summary_close(struct summary *s, int failed)
{
    static const double share[] = {0.1, 0.5, 0.9};
    struct point *point = LIST_ADD(s->arena, s->points);
    *point = (struct point){arena_alloc(s->arena, (size_t)s->columns * sizeof *point->at), quantiles_count(s->end), failed};
    for (int c = 0; c < s->columns; c++) {
        point->at[c][0] = quantiles_mean(s->end, c);
        quantiles_read(s->end, c, 3, share, &point->at[c][1]);
    }
    quantiles_clear(s->end);
}

bool summary_exact(const struct summary *s)
{
    return quantiles_exact(s->end);
}

/* In the order of declaration, which is the order of the columns. */
static const char *const *names_of(const struct summary *s, const struct program *p, const char *const **unit)
{
    const char **name = ARENA_ARRAY(s->arena, s->columns, const char *), **of = ARENA_ARRAY(s->arena, s->columns, const char *);
    int c = 0;
    for (int q = 0; q < p->quantities; q++)
        for (int i = 0; i < p->quantity[q].count; i++, c++) {
            const struct quantity *is = &p->quantity[q];
            name[c] = program_element_name(p, s->arena, is->name, is->dims, is->dim, i);
            of[c] = is->unit ? is->unit : "";
        }
    *unit = of;
    return name;
}

static void widen(int *width, int cells)
{
    if (cells > *width)
        *width = cells;
}

/* Of one run all four numbers are the same: one is enough.
 * Columns two blanks apart, numbers to the right; nothing but text, so that cut, sort and awk can go on from there. What is varied
 * stands first. */
void summary_print(const struct summary *s, const struct program *p, const struct summary_head *head, FILE *out)
{
    static const char *const many[NUMBERS] = {"mean", "10%", "50%", "90%"}, *const one[] = {"value"};
    const char *const *title = head->runs == 1 ? one : many;
    const int numbers = head->runs == 1 ? 1 : NUMBERS;
    const struct grid *g = head->grid;
    const char *const *unit, *const *name = names_of(s, p, &unit);
    char text[NUMBER_TEXT];
    int wide = text_width("quantity"), width[NUMBERS], varied[VARIES_MOST];
    for (int i = 0; i < g->varies; i++) {
        varied[i] = text_width(g->name[i]);
        for (int point = 0; point < s->points.count; point++)
            widen(&varied[i], (int)strlen(text_number(grid_value(g, point, i), text)));
    }
    for (int k = 0; k < numbers; k++)
        width[k] = text_width(title[k]);
    for (int c = 0; c < s->columns; c++) {
        widen(&wide, text_width(name[c]));
        for (int point = 0; point < s->points.count; point++)
            for (int k = 0; k < numbers; k++)
                widen(&width[k], (int)strlen(text_short(s->points.at[point].at[c][k], DIGITS, text)));
    }
    for (int i = 0; i < g->varies; i++)
        fprintf(out, "%*s%s  ", varied[i] - text_width(g->name[i]), "", g->name[i]);
    fprintf(out, "quantity%*s", wide - text_width("quantity"), "");
    for (int k = 0; k < numbers; k++)
        fprintf(out, "  %*s", width[k], title[k]);
    fputs("  unit\n", out);
    for (int point = 0; point < s->points.count; point++)
        for (int c = 0; c < s->columns; c++) {
            for (int i = 0; i < g->varies; i++)
                fprintf(out, "%*s  ", varied[i], text_number(grid_value(g, point, i), text));
            fprintf(out, "%s%*s", name[c], wide - text_width(name[c]), "");
            for (int k = 0; k < numbers; k++)
                fprintf(out, "  %*s", width[k], text_short(s->points.at[point].at[c][k], DIGITS, text));
            fprintf(out, "%s%s\n", unit[c][0] ? "  " : "", unit[c]);
        }
}

static struct json *quantities_json(const struct summary *s, const struct point *point, const char *const *name, const char *const *unit)
{
    struct json *list = json_new_array();
    for (int c = 0; c < s->columns; c++) {
        struct json *one = json_new_object();
        json_set_text(one, "quantity", name[c]);
        json_set_text(one, "unit", unit[c]);
        json_set_number(one, "mean", point->at[c][0]);
        json_set_number(one, "p10", point->at[c][1]);
        json_set_number(one, "p50", point->at[c][2]);
        json_set_number(one, "p90", point->at[c][3]);
        json_add(list, one);
    }
    return list;
}

static struct json *personas_json(const struct program *p, const int *persona)
{
    struct json *all = json_new_object();
    for (int s = 0; s < p->seats; s++)
        json_set_text(all, p->seat[s].name, persona[s] < 0 ? NULL : p->seat[s].persona[persona[s]].name);
    return all;
}

void summary_json(const struct summary *s, const struct program *p, const struct summary_head *head, const struct fan *fan, FILE *out)
{
    const struct grid *g = head->grid;
    const char *const *unit, *const *name = names_of(s, p, &unit);
    struct json *doc = json_document(), *points = g->varies ? json_new_array() : NULL;
    int kept = 0;
    for (int i = 0; i < s->points.count; i++)
        kept += s->points.at[i].runs;
    json_set_text(doc, "scenario", p->id);
    json_set_text(doc, "play", head->play);
    if (head->persona)
        json_set(doc, "personas", personas_json(p, head->persona));
    json_set_whole(doc, "seed", (long long)head->seed);
    json_set_whole(doc, "runs", head->runs);
    if (head->stopped)
        json_set_whole(doc, "stopped_after", head->stopped);
    json_set_whole(doc, "failed", head->failed);
    json_set_text(doc, "draws", head->median ? "median" : "drawn");
    if (head->sampling != SAMPLING_PLAIN)
        json_set_text(doc, "sample", sampling_name(head->sampling));
    json_set_whole(doc, "turns", head->turns);
    json_set_text(doc, "time", program_date(p, s->arena, program_moment(p, head->turns)));
    json_set_whole(doc, "percentiles_from_runs", kept);
    if (!summary_exact(s))
        json_set_text(doc, "percentiles", "t-digest");
    for (int i = 0; i < s->points.count; i++) {
        struct json *one = points ? json_new_object() : doc;
        if (points) {
            struct json *varied = json_new_object();
            for (int k = 0; k < g->varies; k++)
                json_set_number(varied, g->name[k], grid_value(g, i, k));
            json_set(one, "varied", varied);
            json_set_whole(one, "failed", s->points.at[i].failed);
        }
        if (head->games)
            games_json(head->games, i, one);
        json_set(one, "quantities", quantities_json(s, &s->points.at[i], name, unit));
        if (fan)
            fan_json(fan, i, one);
        if (points)
            json_add(points, one);
    }
    if (points)
        json_set(doc, "points", points);
    json_print(doc, out);
    json_free(doc);
}
