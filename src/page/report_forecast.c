/* page/report_forecast.c — charts of studies: what may come of a plan and of holding, and what many runs made of a number.
 * Figures are rounded as far as the spread of the whole fan allows, so that no digit is shown that the futures do not share. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lab/forecast.h"
#include "lab/lab.h"

enum { DIGITS = 5 };

struct picture { struct doc *d; struct arena *a; const struct view *v; const struct program *p; const struct forecast *f; int value; const struct plan *plan; double give; };

static const struct band *hold_at(const struct picture *c, int turn) { return &c->f->hold[c->value * c->f->turns + turn]; }
static const struct band *plan_at(const struct picture *c, int turn) { return &c->f->plan[c->value * c->f->turns + turn]; }
static const struct band *fan_at(const struct picture *c, int turn) { return c->f->planned ? plan_at(c, turn) : hold_at(c, turn); }
static struct number number_of(const struct picture *c) { return (struct number){c->f->value[c->value].quantity, c->f->value[c->value].element}; }

static const char *figure(const struct picture *c, double x)
{
    if (isnan(x))
        return "?";
    return report_figure(c->p, c->a, number_of(c), (struct seen_value){.known = true, .value = x, .give_or_take = c->give});
}

static struct picture picture_of(struct doc *d, const struct view *v, const struct forecast *f, int value, const struct plan *plan)
{
    struct picture c = {d, doc_arena(d), v, view_program(v), f, value, plan, 0};
    for (int t = 0; t < f->turns; t++)
        c.give = fmax(c.give, (fan_at(&c, t)->high - fan_at(&c, t)->low) / 4);
    return c;
}

/* "name a bank", "threaten: name a bank" */
static const char *row_words(const struct picture *c, struct row row)
{
    const char *said = row_say(c->p, c->a, row), *title = row.verb == ROW_DO ? said : strstr(said, ": ");
    if (!title || title == said)
        return words_named(c->p, c->a, said);
    return arena_printf(c->a, "%.*s%s", (int)(title + 2 - said), said, words_named(c->p, c->a, title + 2));
}

static const char *plan_words(const struct picture *c)
{
    struct text t;
    text_init(&t, c->a);
    for (int r = 0; r < c->plan->rows; r++)
        text_addf(&t, "%s%s", r == 0 ? "" : r + 1 == c->plan->rows ? " and " : ", ", row_words(c, c->plan->row[r]));
    return t.at;
}

static const char *between(const struct picture *c, const struct band *b)
{
    const char *low = figure(c, b->low), *high = figure(c, b->high);
    return strcmp(low, high) == 0 ? "" : arena_printf(c->a, ", between %s and %s", low, high);
}

static const char *sentence(const struct picture *c)
{
    const int last = c->f->turns - 1;
    struct text t;
    text_init(&t, c->a);
    text_addf(&t, "If you %s, %s by turn %d is likely %s%s", c->f->planned ? plan_words(c) : "hold", words_named(c->p, c->a, report_label(c->v, c->a, number_of(c))),
              view_turn(c->v) + c->f->turns, figure(c, fan_at(c, last)->middle), between(c, fan_at(c, last)));
    if (c->f->planned)
        text_addf(&t, ", against %s if you hold", figure(c, hold_at(c, last)->middle));
    text_add(&t, ".");
    return t.at;
}

static void heading(const struct picture *c)
{
    const char *unit = c->p->quantity[number_of(c).quantity].unit, *label = report_label(c->v, c->a, number_of(c));
    doc_gap(c->d);
    if (figure_is_scale(c->p, number_of(c).quantity))
        doc_heading(c->d, "%s, of 100", label);
    else if (unit && *unit && strcmp(unit, "1") != 0)
        doc_heading(c->d, "%s, %s", label, unit);
    else
        doc_heading(c->d, "%s", label);
}

static const char *turn_words(const struct picture *c, int t)
{
    const int turn = view_turn(c->v) + t;
    const char *date = program_date(c->p, c->a, view_time(c->v) + t * c->p->time.turn);
    return strcmp(date, arena_printf(c->a, "%d", turn)) == 0 ? arena_printf(c->a, "turn %d", turn + 1) : arena_printf(c->a, "turn %-3d%s", turn + 1, date);
}

static void bands(const struct picture *c)
{
    static const struct doc_column column[] = {{"", false}, {"hold 10 %", true}, {"50 %", true}, {"90 %", true}, {"plan 10 %", true}, {"50 %", true}, {"90 %", true}};
    const int columns = c->f->planned ? 7 : 4;
    const struct seen_value now = c->f->now[c->value];
    const char **cell = ARENA_ARRAY(c->a, (c->f->turns + 1) * columns, const char *);
    for (int k = 0; k < columns; k++)
        cell[k] = k == 0 ? now.known && !now.exact ? "now, as seen" : "now" : k == 2 ? now.known ? figure(c, now.value) : "?" : "";
    for (int t = 0; t < c->f->turns; t++) {
        const char **row = cell + (t + 1) * columns;
        const struct band *side[2] = {hold_at(c, t), c->f->planned ? plan_at(c, t) : NULL};
        row[0] = turn_words(c, t);
        for (int k = 0; k < (columns - 1) / 3; k++) {
            row[1 + 3 * k] = figure(c, side[k]->low);
            row[2 + 3 * k] = figure(c, side[k]->middle);
            row[3 + 3 * k] = figure(c, side[k]->high);
        }
    }
    doc_table(c->d, &(struct doc_table){column, columns, cell, c->f->turns + 1});
}

/* pasts: how many moments before now are drawn with it. */
static void fan(const struct picture *c, int pasts, int rows)
{
    const struct forecast *f = c->f;
    const struct number n = number_of(c);
    double *all = ARENA_ARRAY(c->a, 4 * f->turns, double), *low = all, *middle = low + f->turns, *high = middle + f->turns, *hold = high + f->turns;
    double *past = ARENA_ARRAY(c->a, pasts + 1, double), least = INFINITY, most = -INFINITY;
    const char **label = ARENA_ARRAY(c->a, f->turns + 1, const char *);
    const int now = view_turn(c->v);
    for (int t = 0; t < f->turns; t++) {
        low[t] = fan_at(c, t)->low, middle[t] = fan_at(c, t)->middle, high[t] = fan_at(c, t)->high, hold[t] = hold_at(c, t)->middle;
        label[t] = arena_printf(c->a, "T%d", now + t + 1);
        least = fmin(least, fmin(low[t], hold[t]));
        most = fmax(most, fmax(high[t], hold[t]));
    }
    pasts = pasts < now ? pasts : now;
    for (int k = 0; k <= pasts; k++) {
        const struct seen_value s = k == pasts ? f->now[c->value] : view_value(c->v, n.quantity, n.element, now - pasts + k);
        past[k] = s.known ? s.value : NAN;
        least = fmin(least, past[k]);
        most = fmax(most, past[k]);
    }
    doc_fan(c->d, &(struct doc_fan){.past_to = pasts ? arena_printf(c->a, "T%d", now) : NULL, .label = label, .points = f->turns, .low = low, .middle = middle, .high = high,
                                    .hold = f->planned ? hold : NULL, .past = past, .pasts = pasts + 1, .least = least, .most = most,
                                    .least_text = figure(c, least), .most_text = figure(c, most), .rows = rows});
}

void report_fan(struct doc *d, const struct view *v, const struct plan *plan, const struct forecast *f, int value, int pasts, int rows, bool in_short)
{
    const struct picture c = picture_of(d, v, f, value, plan);
    const struct band *end = fan_at(&c, f->turns - 1), *hold = hold_at(&c, f->turns - 1);
    fan(&c, pasts, rows);
    if (!in_short) {
        doc_text(d, "%s", sentence(&c));
        return;
    }
    const char *low = figure(&c, end->low), *high = figure(&c, end->high), *range = strcmp(low, high) ? arena_printf(c.a, " (%s to %s)", low, high) : "";
    doc_text(d, "by T%d %s%s%s", view_turn(v) + f->turns, figure(&c, end->middle), range, f->planned ? arena_printf(c.a, "; holding %s", figure(&c, hold->middle)) : "");
}

void report_forecast(struct doc *d, const struct view *v, const struct plan *plan, const struct forecast *f, uint64_t seed)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    const int seat = view_seat(v);
    doc_text(d, "%s as %s sees it in %s (turn %d): %d turn%s ahead in %d futures, seed %llu.", p->title ? p->title : p->id, words_seat(p, seat),
             program_date_long(p, a, view_time(v)), view_turn(v) + 1, f->turns, f->turns == 1 ? "" : "s", f->lanes, (unsigned long long)seed);
    if (f->planned) {
        const struct picture c = picture_of(d, v, f, 0, plan);
        doc_text(d, "The plan: %s; then you hold. Holding meets the same futures.", plan_words(&c));
    }
    for (int i = 0; i < f->values; i++) {
        const struct picture c = picture_of(d, v, f, i, plan);
        heading(&c);
        bands(&c);
        fan(&c, 0, 0);
        doc_text(d, "%s", sentence(&c));
    }
    doc_gap(d);
    doc_quiet(d, "Shaded: 10 to 90 %% of futures; the strong line: half are below%s.", f->planned ? "; the thin one: so if you hold" : "");
    const bool to_the_end = view_turn(v) + f->turns == view_turns(v);       /* then it is over in all of them */
    if (!to_the_end && f->planned && (f->ended_hold || f->ended_plan))
        doc_text(d, "The game is over by then in %d of %d futures, in %d if you hold.", f->ended_plan, f->lanes - f->failed, f->ended_hold);
    else if (!to_the_end && f->ended_hold)
        doc_text(d, "The game is over by then in %d of %d futures.", f->ended_hold, f->lanes - f->failed);
    if (f->failed)
        doc_warn(d, "%d of %d futures failed and are left out.", f->failed, f->lanes);
}

/* --- many runs ------------------------------------------------------------------------------------------------------------------------ */

static const char *short_text(struct arena *a, double x)
{
    char text[NUMBER_TEXT];
    return arena_text(a, text_short(x, DIGITS, text));
}

static void runs_sentence(struct doc *d, const struct run_chart *c, const struct run_chart_point *point)
{
    struct arena *a = doc_arena(d);
    const double *begin = point->at[0], *end = point->at[c->moments - 1];
    const char *unit = *c->unit ? arena_printf(a, " %s", c->unit) : "", *middle = short_text(a, end[1]);
    const char *moves = end[1] > begin[1] ? "rises" : "falls";
    const char *said = end[1] == begin[1] ? arena_printf(a, "The median of %s ends where it began, at %s%s", c->name, middle, unit)
                                          : arena_printf(a, "The median of %s %s from %s to %s%s by %s", c->name, moves, short_text(a, begin[1]), middle, unit, c->date[c->moments - 1]);
    if (point->runs == 1)
        doc_text(d, "%s, in the one run.", said);
    else if (end[0] == end[2])
        doc_text(d, "%s, and the runs hardly differ.", said);
    else
        doc_text(d, "%s; eight in ten of %d runs end between %s and %s.", said, point->runs, short_text(a, end[0]), short_text(a, end[2]));
}

void report_runs(struct doc *d, const struct run_chart *c)
{
    struct arena *a = doc_arena(d);
    double least = INFINITY, most = -INFINITY;                       /* one scale, so that the points of a grid can be compared */
    for (int p = 0; p < c->points; p++)
        for (int i = 0; c->point[p].runs && i < c->moments; i++) {
            least = fmin(least, c->point[p].at[i][0]);
            most = fmax(most, c->point[p].at[i][2]);
        }
    for (int p = 0; p < c->points; p++) {
        const struct run_chart_point *point = &c->point[p];
        struct doc_range *range = ARENA_ARRAY(a, c->moments, struct doc_range);
        if (p)
            doc_gap(d);
        doc_heading(d, "%s%s%s%s%s", c->name, *c->unit ? ", " : "", c->unit, *point->where ? ", with " : "", point->where);
        if (!point->runs) {
            doc_text(d, "every run failed");
            continue;
        }
        for (int i = 0; i < c->moments; i++) {
            const double *x = point->at[i];
            range[i] = (struct doc_range){arena_printf(a, "%d", c->moment[i]), c->date[i], {short_text(a, x[0]), short_text(a, x[1]), short_text(a, x[2])}, x[0], x[1], x[2]};
        }
        doc_ranges(d, &(struct doc_ranges){"turn", "time", {"10 %", "50 %", "90 %"}, least, most, short_text(a, least), short_text(a, most), range, c->moments});
        runs_sentence(d, c, point);
    }
}
