/* lab/fan.c — the fan of one quantity: three shares at so many moments as a page has lines for. page/report_runs.c draws it. */
#include "lab/fan.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "lab/quantiles.h"

enum { SHARES = RUN_CHART_SHARES };
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

const struct run_chart *fan_chart(const struct fan *f, const struct grid *g)
{
    struct run_chart *c = ARENA_NEW(f->arena, struct run_chart);
    struct run_chart_point *point = ARENA_ARRAY(f->arena, f->points.count + 1, struct run_chart_point);
    const char **date = ARENA_ARRAY(f->arena, f->shown + 1, const char *);
    for (int i = 0; i < f->shown; i++)
        date[i] = date_of(f, i);
    for (int p = 0; p < f->points.count; p++)
        point[p] = (struct run_chart_point){grid_words(f->arena, g, p), f->points.at[p].runs, (const double (*)[SHARES])f->points.at[p].at};
    *c = (struct run_chart){f->name, f->unit, f->shown, f->moment, date, f->points.count, point};
    return c;
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
