/* page/report_end.c — how it ended, what it was worth, and what was hidden.
 * What a seat saw and what was true can only be laid side by side once the table is open. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { HIDDEN_MOST = 10, NUMBERS_MOST = 1024 };
static const double FIRST = 100;            /* charted numbers come before the others */
static const double NOTICED = 0.05;         /* a gap under a twentieth of the true value is not worth a line */

static void end_goals(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    int seat = view_seat(v);
    if (seat < 0)
        return;
    const struct seat *s = &p->seat[seat];
    double weights = 0, mean = 0;
    bool all = true;
    for (int i = 0; i < s->goals; i++) {
        struct seen_value x = view_goal(v, i);
        weights += s->goal[i].weight;
        mean += s->goal[i].weight * x.value;
        all = all && x.known && x.exact;
    }
    struct seen_value score = view_score(v, seat);
    if (score.known)
        doc_heading(d, "Your score as %s: %s.", words_seat(p, seat), figure_text(a, score.value, 1));
    if (s->goals)
        doc_text(d, "Goals are scored from 0 to 100; 100 is best.");
    for (int i = 0; i < s->goals; i++) {
        const char *better = words_better(p, a, s->goal[i].from);
        doc_item(d, i + 1, "%s: %s%s%s. Weight %s of 100.", words_title(a, s->goal[i].title, s->goal[i].name), words_goal(a, view_goal(v, i)), *better ? "; " : "",
                 better, figure_text(a, weights > 0 ? 100 * s->goal[i].weight / weights : 0, 1));
    }
    if (!score.known || !all || weights <= 0)
        return;
    double worth = score.value - mean / weights;
    if (fabs(worth) >= 0.5)
        doc_text(d, "The goals come to %s; this ending %s %s.", figure_text(a, mean / weights, 1), worth > 0 ? "adds" : "takes",
                 figure_text(a, fabs(worth), 1));
}

void words_scores(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    if (!view_open(v) || p->seats < 1)
        return;
    doc_gap(d);
    doc_heading(d, "The scores, %s.", words_count(a, p->seats, "seat", "seats"));
    for (int s = 0; s < p->seats; s++) {
        struct seen_value score = view_score(v, s);
        doc_item(d, s + 1, "%s: %s.", words_seat(p, s), score.known ? figure_text(a, score.value, 1) : "not known");
    }
}

/* A text that was cut out below a heading may bring the heading along. */
static bool begins_with_title(const char *text, const char *title)
{
    size_t n = strlen(title);
    while (text && (*text == '#' || *text == ' '))
        text++;
    return text && text_starts(text, title) && (text[n] == '\n' || text[n] == '\r');
}

void report_end(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    int ending = view_ending(v);
    if (ending >= 0) {
        const struct ending *e = &p->ending[ending];
        const char *title = words_title(doc_arena(d), e->title, e->name);
        if (!begins_with_title(e->text, title))
            doc_title(d, "%s", title);
        if (e->text && *e->text)
            doc_markdown(d, e->text);
    } else {
        doc_title(d, "The last turn is played");
    }
    doc_gap(d);
    end_goals(d, v);
    words_scores(d, v);
}

void report_questions(struct doc *d, const struct program *p)
{
    if (p->debriefs)
        doc_heading(d, "Questions to talk about, %d.", p->debriefs);
    for (int i = 0; i < p->debriefs; i++)
        doc_item(d, i + 1, "%s", p->debrief[i]);
    if (p->not_claimeds) {
        doc_gap(d);
        doc_heading(d, "What this game never claims to know, %d.", p->not_claimeds);
        for (int i = 0; i < p->not_claimeds; i++)
            doc_item(d, i + 1, "%s", p->not_claimed[i]);
    }
}

/* --- what was hidden --------------------------------------------------------------------------------------------------------------- */

struct gap { struct number n; double size; bool opened; };

static int add_gap(struct gap *gap, int count, struct gap fresh)
{
    int at = count < HIDDEN_MOST ? count : HIDDEN_MOST - 1;
    if (count >= HIDDEN_MOST && gap[at].size >= fresh.size)
        return count;
    while (at > 0 && gap[at - 1].size < fresh.size) {
        gap[at] = gap[at - 1];
        at--;
    }
    gap[at] = fresh;
    return count < HIDDEN_MOST ? count + 1 : count;
}

static const struct seen *declared(const struct view *v, struct number n)
{
    const struct program *p = view_program(v);
    const struct quantity *q = &p->quantity[n.quantity];
    return q->seen ? &q->seen[n.element * p->seats + view_seat(v)] : NULL;
}

/* How far the seat was off. Its view may have been opened with the table; then only what it could see at best is known. */
static struct gap gap_of(const struct view *v, const struct view *open, struct number n, int moment)
{
    struct seen_value truth = view_value(open, n.quantity, n.element, moment), seen = view_value(v, n.quantity, n.element, moment);
    const struct seen *how = declared(v, n);
    struct gap gap = {.n = n};
    if (!truth.known || !how || (how->kind == SEEN_EXACT && how->lag == 0))
        return gap;
    if (how->kind == SEEN_NONE) {
        gap.size = 1;
        return gap;
    }
    double size = fabs(truth.value);
    gap.opened = seen.known && seen.exact && seen.lag == 0 && seen.value == truth.value;
    if (gap.opened)
        gap.size = how->kind == SEEN_AS ? NOTICED : how->points && size > 0 ? how->error / size : how->error;
    else if (seen.known)
        gap.size = size > 0 ? fabs(seen.value - truth.value) / size : fabs(seen.value);
    return gap;
}

void report_hidden(struct doc *d, const struct view *v, const struct view *open)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct number *number = ARENA_ARRAY(a, NUMBERS_MOST, struct number);
    int moment = view_turn(v), count = report_watch(open, number, NUMBERS_MOST), gaps = 0;
    struct gap gap[HIDDEN_MOST];
    for (int i = 0; i < count; i++) {
        struct gap fresh = gap_of(v, open, number[i], moment);
        if (fresh.size >= NOTICED && p->quantity[number[i].quantity].charted)
            fresh.size += FIRST;
        if (fresh.size >= NOTICED)
            gaps = add_gap(gap, gaps, fresh);
    }
    doc_heading(d, "The table is open. What was hidden, %s.", words_count(a, gaps, "number", "numbers"));
    for (int i = 0; i < gaps; i++) {
        struct number n = gap[i].n;
        struct seen_value truth = view_value(open, n.quantity, n.element, moment);
        const struct seen *how = declared(v, n);
        const char *amount = figure_amount(a, p, n.quantity, truth.value, figure_step(truth.value, 0)), *label = report_label(v, a, n);
        if (how->kind == SEEN_NONE)
            doc_item(d, i + 1, "%s: you could not see it; it was %s.", label, amount);
        else if (!gap[i].opened)
            doc_item(d, i + 1, "%s: you saw %s; it was %s.", label, report_value(v, a, n, moment, -1), amount);
        else
            doc_item(d, i + 1, "%s: you saw %s; it was %s.", label, words_seen(a, p, n.quantity, how), amount);
    }
    if (!gaps)
        doc_text(d, "You could see all that you watched.");
    const struct bargain *any;
    if (p->dialogue.given && view_bargains(v, &any, 1)) {
        doc_gap(d);
        report_agreements(d, v);
    }
}
