/* page/report_figure.c — figures, units and names in words. Everything here is for reading aloud: no symbol that a voice would spell. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { FULL_SCALE = 100 };
static const double STEP_LEAST = 1e-6;

/* --- figures ---------------------------------------------------------------------------------------------------------------- */

static bool has_unit(const char *unit)
{
    return unit && *unit && strcmp(unit, "1") != 0;
}

bool figure_is_scale(const struct program *p, int quantity)
{
    return p->quantity[quantity].scale;
}

double figure_step(double value, double give_or_take)
{
    double size = fabs(value), step = size > 0 ? pow(10, floor(log10(size)) - 2) : STEP_LEAST;
    if (step > 1)
        step = 1;
    if (give_or_take > 0) {
        double coarse = pow(10, floor(log10(give_or_take)));
        if (give_or_take < 3 * coarse)
            coarse /= 10;
        if (coarse > step)
            step = coarse;
    }
    return step < STEP_LEAST ? STEP_LEAST : step;
}

double figure_rounded(double value, double step)
{
    double whole = floor(fabs(value) / step + 0.5) * step;
    return value < 0 && whole > 0 ? -whole : whole;
}

const char *figure_text(struct arena *a, double value, double step)
{
    if (!isfinite(value))
        return value != value ? "no number" : value > 0 ? "without end" : "without end, below zero";
    int decimals = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    char *at = arena_printf(a, "%.*f", decimals, figure_rounded(value, step));
    size_t n = strlen(at);
    if (strchr(at, '.')) {
        while (at[n - 1] == '0')
            at[--n] = '\0';
        if (at[n - 1] == '.')
            at[--n] = '\0';
    }
    return at;
}

static double shown(const struct program *p, int quantity, double value)
{
    return figure_is_scale(p, quantity) ? value * FULL_SCALE : value;
}

static double shown_step(const struct program *p, int quantity, double step)
{
    if (!figure_is_scale(p, quantity))
        return step;
    return step * FULL_SCALE < 1 ? 1 : step * FULL_SCALE;
}

const char *figure_amount(struct arena *a, const struct program *p, int quantity, double value, double step)
{
    const struct quantity *q = &p->quantity[quantity];
    if (q->kind == Q_SWITCH)
        return value != 0 ? "yes" : "no";
    const char *figure = figure_text(a, shown(p, quantity, value), shown_step(p, quantity, step));
    if (figure_is_scale(p, quantity))
        return arena_printf(a, "%s of 100", figure);       /* may be above 100 where full is only what is usual */
    const char *unit = figure_unit(a, q->unit, strcmp(figure, "1") == 0);
    return *unit ? arena_printf(a, "%s %s", figure, unit) : figure;
}

const char *figure_plain(struct arena *a, const struct program *p, int quantity, double value, double step)
{
    if (p->quantity[quantity].kind == Q_SWITCH)
        return value != 0 ? "yes" : "no";
    return figure_text(a, shown(p, quantity, value), shown_step(p, quantity, step));
}

const char *figure_change(struct arena *a, const struct program *p, int quantity, double from, double to, double step)
{
    if (p->quantity[quantity].kind == Q_SWITCH)
        return (from != 0) == (to != 0) ? "no change" : to != 0 ? "now yes" : "now no";
    double by = shown_step(p, quantity, step);
    double moved = figure_rounded(shown(p, quantity, to), by) - figure_rounded(shown(p, quantity, from), by);
    if (fabs(moved) < by / 2)
        return "no change";
    return arena_printf(a, "%s %s", moved > 0 ? "up" : "down", figure_text(a, fabs(moved), by));
}

const char *figure_about(struct arena *a, const char *change)
{
    const char *figure = strchr(change, ' ');
    bool moved = text_starts(change, "up ") || text_starts(change, "down ");
    return moved ? arena_printf(a, "%.*s about%s", (int)(figure - change), change, figure) : change;
}

/* --- units ------------------------------------------------------------------------------------------------------------------- */

static const struct { const char *unit, *words; } known_units[] = {
    {"$", "dollars"}, {"$k", "thousand dollars"}, {"$m", "million dollars"}, {"$bn", "billion dollars"},
    {"t", "tonnes"}, {"kt", "thousand tonnes"}, {"Mt", "million tonnes"}, {"kg", "kilograms"},
    {"%", "percent"}, {"km", "kilometres"}, {"TWh", "terawatt-hours"}, {"GWh", "gigawatt-hours"}, {"MW", "megawatts"}, {"GW", "gigawatts"},
};

static const char *factor(struct arena *a, const char *s, size_t n, bool one, bool below)
{
    for (size_t i = 0; i < sizeof known_units / sizeof *known_units; i++)
        if (strlen(known_units[i].unit) == n && strncmp(known_units[i].unit, s, n) == 0) {
            const char *words = known_units[i].words;
            size_t length = strlen(words);
            return one && strcmp(words, "percent") != 0 && n == 1 ? arena_copy(a, words, length - 1) : words;
        }
    char *word = arena_copy(a, s, n);
    bool english = n > 2;
    for (size_t i = 0; i < n; i++)
        english = english && word[i] >= 'a' && word[i] <= 'z';
    static const char *const uncounted[] = {"thousand", "million", "billion", "percent", "people", "staff"};
    for (size_t i = 0; i < sizeof uncounted / sizeof *uncounted; i++)
        english = english && strcmp(word, uncounted[i]) != 0;
    if (!english || one || below || word[n - 1] == 's')
        return word;
    return arena_printf(a, "%ss", word);
}

const char *figure_unit(struct arena *a, const char *unit, bool one)
{
    if (!has_unit(unit))
        return "";
    const char *slash = strchr(unit, '/');
    if (strpbrk(unit, "*^()") || (slash && strchr(slash + 1, '/')))
        return unit;
    if (!slash)
        return factor(a, unit, strlen(unit), one, false);
    const char *below = factor(a, slash + 1, strlen(slash + 1), true, true);
    static const char *const times[] = {"month", "year", "week", "day", "turn", "quarter"};
    bool time = false;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        time = time || strcmp(below, times[i]) == 0;
    const char *above = slash == unit + 1 && *unit == '1' ? "" : factor(a, unit, (size_t)(slash - unit), one, false);
    return arena_printf(a, "%s%s%s %s", above, *above ? " " : "", time ? "a" : "per", below);
}

/* --- names ------------------------------------------------------------------------------------------------------------------- */

const char *words_plain(struct arena *a, const char *name)
{
    char *at = arena_text(a, name ? name : "");
    for (char *c = at; *c; c++)
        if (*c == '_')
            *c = ' ';
    return at;
}

const char *words_title(struct arena *a, const char *title, const char *name)
{
    return title && *title ? title : words_plain(a, name);
}

const char *words_lower(struct arena *a, const char *sentence)
{
    char *at = arena_text(a, sentence);
    if (at[0] >= 'A' && at[0] <= 'Z' && at[1] >= 'a' && at[1] <= 'z')
        at[0] = (char)(at[0] + ('a' - 'A'));
    return at;
}

const char *words_named(const struct program *p, struct arena *a, const char *title)
{
    return program_inside(p, a, title);
}

const char *words_upper(struct arena *a, const char *sentence)
{
    char *at = arena_text(a, sentence);
    if (at[0] >= 'a' && at[0] <= 'z')
        at[0] = (char)(at[0] - ('a' - 'A'));
    return at;
}

const char *words_count(struct arena *a, int count, const char *one, const char *many)
{
    return arena_printf(a, "%d %s", count, count == 1 ? one : many);
}

const char *words_seat(const struct program *p, int seat)
{
    const struct seat *s = &p->seat[seat];
    return s->title && *s->title ? s->title : s->name;
}

const char *words_element(const struct program *p, struct arena *a, int set, int element)
{
    if (set == p->seat_set && element < p->seats)
        return words_seat(p, element);
    const char *name = p->set[set].element[element];
    bool digits = name[0] >= '0' && name[0] <= '9';
    return digits ? arena_printf(a, "%s %s", words_plain(a, p->set[set].name), name) : program_words(p, a, name);
}

const char *words_target(const struct program *p, struct arena *a, const struct move *m, int target)
{
    return m->target >= 0 && target >= 0 ? words_element(p, a, m->target, target) : "";
}

const char *words_budget(const struct program *p, int seat)
{
    const char *called = p->seat[seat].called;
    return called && *called ? called : "points";
}

const char *words_cost(struct arena *a, double cost)
{
    return cost == 0 ? "Free" : arena_printf(a, "Costs %s", figure_text(a, cost, figure_step(cost, 0)));
}

const char *words_moment(const struct view *v, struct arena *a, int moment)
{
    const struct program *p = view_program(v);
    return program_date_long(p, a, view_time(v) - (view_turn(v) - moment) * p->time.turn);
}

const char *words_goal(struct arena *a, struct seen_value s)
{
    if (!s.known)
        return "you cannot see how it stands";
    const char *figure = figure_text(a, s.value, s.exact ? 1 : figure_step(s.value, s.give_or_take) < 1 ? 1 : figure_step(s.value, s.give_or_take));
    if (s.exact)
        return arena_printf(a, "%s of 100", figure);
    return arena_printf(a, "about %s of 100, give or take %s", figure, figure_text(a, s.give_or_take, figure_step(s.give_or_take, s.give_or_take)));
}

static bool ends_sentence(const char *s)
{
    size_t n = strlen(s);
    return n && strchr(".!?", s[n - 1]);
}

void words_evidence(struct doc *d, const struct program *p, const struct evidence *e)
{
    if (e->source >= 0 && e->source < p->citeds) {
        const struct cited *c = &p->cited[e->source];
        struct text t;
        text_init(&t, doc_arena(d));
        text_addf(&t, "Source: %s", c->title ? c->title : c->id);
        if (c->author && *c->author)
            text_addf(&t, ", %s", c->author);
        if (c->date && *c->date)
            text_addf(&t, ", %s", c->date);
        if (c->where && *c->where)
            text_addf(&t, ", %s", c->where);
        doc_quiet(d, "%s%s", t.at, ends_sentence(t.at) ? "" : ".");
    }
    if (e->judgement && *e->judgement)
        doc_quiet(d, "Judgement of the authors: %s%s", e->judgement, ends_sentence(e->judgement) ? "" : ".");
    if (e->tuned && *e->tuned)
        doc_quiet(d, "Tuned: %s%s", e->tuned, ends_sentence(e->tuned) ? "" : ".");
    if (e->contested && *e->contested)
        doc_quiet(d, "Contested: %s%s", e->contested, ends_sentence(e->contested) ? "" : ".");
}

/* --- who sees what ----------------------------------------------------------------------------------------------------------- */

const char *words_seen(struct arena *a, const struct program *p, int quantity, const struct seen *s)
{
    switch (s->kind) {
    case SEEN_NONE:
        return "cannot see it";
    case SEEN_AS:
        return arena_printf(a, "%s instead", words_named(p, a, words_title(a, p->quantity[s->as].title, p->quantity[s->as].name)));
    case SEEN_EXACT:
    case SEEN_NOISY:
        break;
    }
    struct text t;
    text_init(&t, a);
    text_add(&t, s->error > 0 ? "it" : "it exactly");
    if (s->error > 0 && s->points)
        text_addf(&t, " give or take %s", figure_amount(a, p, quantity, s->error, figure_step(s->error, s->error)));
    else if (s->error > 0)
        text_addf(&t, " give or take %s percent", figure_text(a, FULL_SCALE * s->error, figure_step(FULL_SCALE * s->error, 0)));
    if (s->lag > 0)
        text_addf(&t, ", %s late", words_count(a, s->lag, "turn", "turns"));
    return t.at;
}
