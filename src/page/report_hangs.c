/* page/report_hangs.c — what hangs on what, in plain words: effects in the units that people see, and what a move in force bears on.
 * No formula of an author is ever printed here; what it lies between and which way it goes was worked out when the scenario was read. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { HANGS_NAMED = 4, ONWARD_NAMED = 8, ONWARD_DEEPEST = 6, ONWARD_MOST = 4096 };

/* --- names ------------------------------------------------------------------------------------------------------------------------- */

/* As it stands within a sentence: a title that is not the name of someone or something begins small. */
static const char *inside(const struct program *p, struct arena *a, struct number n)
{
    return words_named(p, a, words_number(p, a, n));
}

/* "a", "a and b", "a, b and c", "a, b and 3 more": of the inputs that go this way. */
static const char *listed(const struct program *p, struct arena *a, struct inputs from, int way)
{
    int place[HANGS_NAMED], count = 0;
    for (int i = 0; i < from.count; i++) {
        bool twice = false;                                  /* a quantity of which several elements are read is named once */
        for (int k = 0; k < i; k++)
            twice = twice || (from.at[k].quantity == from.at[i].quantity && from.at[k].way == from.at[i].way);
        if (from.at[i].way != way || twice)
            continue;
        if (count < HANGS_NAMED)
            place[count] = i;
        count++;
    }
    int shown = count < HANGS_NAMED ? count : HANGS_NAMED;
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < shown; i++) {
        bool last = i + 1 == shown && count == shown, alone = true;
        const struct input *in = &from.at[place[i]];
        for (int k = 0; k < from.count; k++)
            alone = alone && (from.at[k].quantity != in->quantity || k == place[i]);
        text_addf(&t, "%s%s", i == 0 ? "" : last ? " and " : ", ", inside(p, a, (struct number){in->quantity, alone ? in->element : -1}));
    }
    if (count > shown)
        text_addf(&t, " and %d more", count - shown);
    return t.at;
}

const char *words_hangs(const struct program *p, struct arena *a, struct inputs from, int sign)
{
    const char *higher = sign ? listed(p, a, from, sign) : "", *lower = sign ? listed(p, a, from, -sign) : "", *either = listed(p, a, from, 0);
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    if (*higher || *lower)
        text_addf(&t, "the more, %s%s%s%s%s", *higher ? "the higher " : "", higher, *higher && *lower ? " and " : "", *lower ? "the lower " : "", lower);
    if (sign == 0) {
        struct input *same = ARENA_ARRAY(a, from.count > 0 ? from.count : 1, struct input);
        for (int i = 0; i < from.count; i++)
            same[i] = (struct input){from.at[i].quantity, from.at[i].element, 0};
        either = listed(p, a, (struct inputs){same, from.count, false}, 0);
    }
    if (*either)
        text_addf(&t, "%sdepending on %s", t.length ? "; " : "", either);
    return t.at;
}

const char *words_better(const struct program *p, struct arena *a, struct inputs from)
{
    const char *higher = listed(p, a, from, 1), *lower = listed(p, a, from, -1), *either = listed(p, a, from, 0);
    if (*higher || *lower)
        return arena_printf(a, "%s%s%s%s%s, the better", *higher ? "the higher " : "", higher, *higher && *lower ? " and " : "", *lower ? "the lower " : "", lower);
    return *either ? arena_printf(a, "it hangs on %s", either) : "";
}

/* --- effects ------------------------------------------------------------------------------------------------------------------------ */

/* "US-China relation", "Trust, China towards United States", "Caution, the bank chosen". */
const char *report_effect_label(struct arena *a, const struct program *p, const struct move *m, const struct effect *e)
{
    const struct quantity *q = &p->quantity[e->quantity];
    if (e->stride == 0 || q->dims == 0 || !m || m->target < 0)
        return words_number(p, a, (struct number){e->quantity, (int)e->offset});
    struct text t;
    text_init(&t, a);
    text_add(&t, words_title(a, q->title, q->name));
    uint32_t step = (uint32_t)q->count, rest = e->offset, chosen = e->stride;
    for (int i = 0; i < q->dims; i++) {
        const struct set *set = &p->set[q->dim[i]];
        step /= set->count > 0 ? (uint32_t)set->count : 1;
        if (chosen >= step && step > 0) {
            text_addf(&t, ", the %s chosen", words_plain(a, set->name));
            chosen -= step;
        } else {
            text_addf(&t, ", %s", words_element(p, a, q->dim[i], (int)(rest / step)));
        }
        rest %= step;
    }
    return t.at;
}

/* "5", "1 to 4", "about 5": the size without its sign, in what is shown. */
static const char *size_words(struct arena *a, const struct effect *e, double low, double high)
{
    double least = fabs(low) < fabs(high) ? fabs(low) : fabs(high), most = fabs(low) < fabs(high) ? fabs(high) : fabs(low);
    bool rough = e->about || least != most;              /* two digits tell enough of what is not one figure */
    const char *from = figure_text(a, least, figure_step(least, rough ? least / 3 : 0)), *to = figure_text(a, most, figure_step(most, rough ? most / 3 : 0));
    const char *about = e->about ? "about " : "";
    if (strcmp(from, to) == 0)
        return arena_printf(a, "%s%s", about, to);
    if (least == 0)
        return arena_printf(a, "at most %s%s", about, to);
    return arena_printf(a, "%s%s to %s", about, from, to);
}

static bool bound_is(const struct program *p, const struct effect *e, bool floor, double *edge)
{
    const struct quantity *q = &p->quantity[e->quantity];
    uint32_t slot = q->stock ? floor ? q->stock[e->offset].floor : q->stock[e->offset].ceiling : NO_SLOT;
    if (slot == NO_SLOT || slot >= p->parameter_first)
        return false;
    *edge = p->constant[slot];
    return true;
}

int report_effect_way(const struct effect *e)
{
    double still = e->op == EFFECT_SCALE ? 1 : 0;
    return e->least >= still && e->most > still ? 1 : e->most <= still && e->least < still ? -1 : 0;
}

static const char *way_words(int sign) { return sign > 0 ? "up" : sign < 0 ? "down" : "up or down"; }

static double held(double x, double most) { return x > most ? most : x < -most ? -most : x; }

static const char *add_words(struct arena *a, const struct program *p, const struct effect *e)
{
    const struct quantity *q = &p->quantity[e->quantity];
    bool scale = figure_is_scale(p, e->quantity);
    double times = scale ? 100 : 1;
    if (e->least == 0 && e->most == 0)
        return "no change";
    if (!isfinite(e->least) || !isfinite(e->most))
        return way_words(report_effect_way(e));
    double low, high, room = bound_is(p, e, true, &low) && bound_is(p, e, false, &high) ? (high - low) * times : INFINITY;
    const char *size = size_words(a, e, held(e->least * times, room), held(e->most * times, room));      /* no more than from end to end */
    const char *unit = scale ? "of 100" : figure_unit(a, q->unit, strcmp(size, "1") == 0);
    if (report_effect_way(e) == 0)                                     /* the farther end bounds both */
        size = arena_printf(a, "by %s", size_words(a, e, 0, times * (fabs(e->least) > fabs(e->most) ? e->least : e->most)));
    return arena_printf(a, "%s %s%s%s", way_words(report_effect_way(e)), size, *unit ? " " : "", unit);
}

/* By how much that is now, for one who sees where the number stands. */
static const char *push_now(struct arena *a, const struct program *p, const struct view *v, const struct effect *e, double edge)
{
    if (!v || e->stride || e->least != e->most)
        return "";
    struct seen_value now = view_value(v, e->quantity, (int)e->offset, view_turn(v));
    double moves = fabs((edge - now.value) * e->least) * (figure_is_scale(p, e->quantity) ? 100 : 1);
    if (!now.known)
        return "";
    return arena_printf(a, " (now about %s)", figure_text(a, moves, figure_step(moves, moves)));
}

static const char *push_words(struct arena *a, const struct program *p, const struct view *v, const struct effect *e)
{
    int sign = report_effect_way(e);
    double edge;
    if (e->least == 0 && e->most == 0)
        return "no change";
    if (sign == 0 || !isfinite(e->least) || !isfinite(e->most))
        return arena_printf(a, "%s, a part of the way that is left", way_words(sign));
    const char *size = size_words(a, e, 100 * e->least, 100 * e->most);
    const struct quantity *q = &p->quantity[e->quantity];
    bool given = q->stock && (sign > 0 ? q->stock[e->offset].ceiling : q->stock[e->offset].floor) != NO_SLOT;
    if (!given)
        return arena_printf(a, "%s %s percent", way_words(sign), size);
    if (!bound_is(p, e, sign < 0, &edge))
        return arena_printf(a, "%s, %s percent of the way to its %s", way_words(sign), size, sign > 0 ? "ceiling" : "floor");
    double shown = figure_is_scale(p, e->quantity) ? 100 * edge : edge;
    return arena_printf(a, "%s, %s percent of the way to %s%s", way_words(sign), size, figure_text(a, shown, figure_step(shown, 0)), push_now(a, p, v, e, edge));
}

static const char *set_words(struct arena *a, const struct program *p, const struct effect *e)
{
    if (e->least == e->most)
        return arena_printf(a, "becomes %s", figure_amount(a, p, e->quantity, e->least, figure_step(e->least, 0)));
    if (p->quantity[e->quantity].kind == Q_SWITCH)
        return "becomes yes or no";
    if (!isfinite(e->least) || !isfinite(e->most))
        return "becomes something else";
    return arena_printf(a, "becomes %s to %s", figure_amount(a, p, e->quantity, e->least, figure_step(e->least, 0)),
                        figure_amount(a, p, e->quantity, e->most, figure_step(e->most, 0)));
}

static const char *amount_words(struct arena *a, const struct program *p, const struct view *v, const struct effect *e)
{
    switch (e->op) {
    case EFFECT_SET:  return set_words(a, p, e);
    case EFFECT_ADD:  return add_words(a, p, e);
    case EFFECT_PUSH: return push_words(a, p, v, e);
    case EFFECT_SCALE: break;
    }
    if (e->least == 1 && e->most == 1)
        return "no change";
    if (report_effect_way(e) == 0 || !isfinite(e->least) || !isfinite(e->most))
        return arena_printf(a, "%s, in proportion to what it is", way_words(report_effect_way(e)));
    return arena_printf(a, "%s %s percent", way_words(report_effect_way(e)), size_words(a, e, 100 * (e->least - 1), 100 * (e->most - 1)));
}

const char *words_effect(struct arena *a, const struct program *p, const struct view *v, const struct move *m, const struct effect *e)
{
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s: %s", report_effect_label(a, p, m, e), amount_words(a, p, v, e));
    const char *hangs = words_hangs(p, a, e->from, e->op == EFFECT_SET ? 0 : report_effect_way(e));
    if (e->by_target && m && m->target >= 0)
        text_addf(&t, ", depending on the %s chosen", words_plain(a, p->set[m->target].name));
    if (*hangs)
        text_addf(&t, ", %s%s", e->by_target ? "and " : "", hangs);
    if (e->after > 0)
        text_addf(&t, ", %s later", words_count(a, e->after, "turn", "turns"));
    if (e->over > 1)
        text_addf(&t, ", spread over %d turns", e->over);
    if (e->lasts > 0)
        text_addf(&t, ", for %s", words_count(a, e->lasts, "turn", "turns"));
    if (code_given(e->when))
        text_add(&t, ", under a condition");
    return t.at;
}

/* --- what a move bears on --------------------------------------------------------------------------------------------------------------- */

static bool watched(const struct program *p, int quantity)
{
    return p->quantity[quantity].title && (p->quantity[quantity].charted || p->quantity[quantity].group);
}

static bool reads_any(const struct quantity *q, const unsigned char *reached, int depth)
{
    for (int i = 0; i < q->froms; i++)
        for (int k = 0; k < q->from[i].count; k++)
            if (reached[q->from[i].at[k].quantity] == depth)
                return true;
    return false;
}

/* Numbers that people watch, the nearest first: what reads a reached number is reached one step later. */
static const char *onward(struct arena *a, const struct program *p, unsigned char *reached)
{
    struct text t;
    int named = 0;
    text_init(&t, a);
    text_add(&t, "");
    for (int depth = 1; depth < ONWARD_DEEPEST && named < ONWARD_NAMED && p->quantities <= ONWARD_MOST; depth++)
        for (int q = 0; q < p->quantities; q++) {
            if (reached[q] || !reads_any(&p->quantity[q], reached, depth))
                continue;
            reached[q] = (unsigned char)(depth + 1);
            if (watched(p, q) && named < ONWARD_NAMED)
                text_addf(&t, "%s%s", named++ ? "; " : "", words_number(p, a, (struct number){q, -1}));
        }
    return t.at;
}

static void bears(struct doc *d, const struct program *p, const struct move *m, unsigned reads, unsigned not, const char *lead)
{
    struct arena *a = doc_arena(d);
    unsigned char *reached = ARENA_ARRAY(a, p->quantities + 1, unsigned char);
    struct text t;
    int count = 0;
    text_init(&t, a);
    for (int i = 0; i < m->bearings; i++)
        if ((m->bearing[i].reads & reads) && !(m->bearing[i].reads & not)) {
            text_addf(&t, "%s%s", count++ ? "; " : "", words_number(p, a, (struct number){m->bearing[i].quantity, -1}));
            reached[m->bearing[i].quantity] = 1;
        }
    if (!count)
        return;
    doc_gap(d);
    doc_heading(d, "%s it bears on %s.", lead, words_count(a, count, "number", "numbers"));
    doc_text(d, "%s.", t.at);
    const char *on = onward(a, p, reached);
    if (*on)
        doc_text(d, "Through %s on others, the nearest first: %s.", count > 1 ? "these" : "it", on);
}

void words_bearing(struct doc *d, const struct program *p, const struct move *m)
{
    bears(d, p, m, BEARS_FORCE, 0, "While in force,");
    bears(d, p, m, BEARS_THREAT, BEARS_FORCE, "While threatened,");
    bears(d, p, m, BEARS_PAST, BEARS_FORCE | BEARS_THREAT, "Once done,");
}
