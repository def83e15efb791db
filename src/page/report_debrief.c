/* page/report_debrief.c — page one of the debrief: how it ended, which decisions mattered most, what was hidden, what to talk about. */
#include "page/report_private.h"

#include <math.h>

#include "base/text.h"

enum { DECISIONS_SHOWN = 6, PROMISES_MOST = 64, COURSES = 8, MOMENTS_MOST = 400 };
static const double NOTICEABLE = 0.05;          /* of 100 points of score */

static void goals(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    const struct seat *s = &p->seat[view_seat(v)];
    struct arena *a = doc_arena(d);
    struct doc_bar *bar = ARENA_ARRAY(a, s->goals + 1, struct doc_bar);
    double weights = 0;
    for (int i = 0; i < s->goals; i++)
        weights += s->goal[i].weight;
    for (int i = 0; i < s->goals; i++) {
        const struct seen_value x = view_goal(v, i);
        bar[i] = (struct doc_bar){words_title(a, s->goal[i].title, s->goal[i].name), x.known ? figure_text(a, x.value, 1) : "?", NULL,
                                  arena_printf(a, "%.0f%%", weights > 0 ? 100 * s->goal[i].weight / weights : 0), x.known ? x.value : 0};
    }
    if (s->goals)
        doc_bars(d, &(struct doc_bars){.amounts = "of 100", .shares = "weight", .bar = bar, .bars = s->goals});
}

static void courses(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct number number[COURSES];
    const int count = report_watch(v, number, COURSES), moments = view_turn(v) + 1 < MOMENTS_MOST ? view_turn(v) + 1 : MOMENTS_MOST;
    struct doc_spark *spark = ARENA_ARRAY(a, count + 1, struct doc_spark);
    for (int i = 0; i < count; i++) {
        double *value = ARENA_ARRAY(a, moments, double);
        struct doc_spark *is = &spark[i];
        *is = (struct doc_spark){report_label(v, a, number[i]), "?", value, moments, INFINITY, -INFINITY};
        for (int k = 0; k < moments; k++) {
            const struct seen_value s = view_value(v, number[i].quantity, number[i].element, view_turn(v) + 1 - moments + k);
            value[k] = s.known ? s.value : NAN;
            is->low = fmin(is->low, value[k]);
            is->high = fmax(is->high, value[k]);
            is->now = report_figure(p, a, number[i], s);
        }
    }
    if (count == 0)
        return;
    doc_gap(d);
    doc_heading(d, "How your numbers went, turn by turn");
    doc_sparks(d, spark, count);
}

static int by_weight(struct arena *a, const struct debrief_decision *decision, int count, const int **order)
{
    int *at = ARENA_ARRAY(a, count + 1, int), shown = 0;
    for (int i = 0; i < count; i++) {
        int k = shown;
        if (fabs(decision[i].with - decision[i].without) < NOTICEABLE)
            continue;
        for (; k > 0 && fabs(decision[at[k - 1]].with - decision[at[k - 1]].without) < fabs(decision[i].with - decision[i].without); k--)
            at[k] = at[k - 1];
        at[k] = i;
        shown++;
    }
    *order = at;
    return shown;
}

static void decisions(struct doc *d, const struct view *v, const struct debrief_decision *decision, int count)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    const int *order, shown = by_weight(a, decision, count, &order), most = shown < DECISIONS_SHOWN ? shown : DECISIONS_SHOWN, seat = view_seat(v);
    struct doc_bar *bar = ARENA_ARRAY(a, most + 1, struct doc_bar);
    doc_gap(d);
    doc_heading(d, "The decisions that mattered most to your score");
    if (shown == 0) {
        doc_text(d, count ? "Of %s none moved your score: without any one of them it would have been the same." : "Nobody did anything.", words_count(a, count, "order", "orders"));
        return;
    }
    for (int i = 0; i < most; i++) {
        const struct debrief_decision *is = &decision[order[i]];
        const double worth = is->with - is->without;
        const char *who = is->seat == seat ? "you" : words_seat(p, is->seat);
        bar[i] = (struct doc_bar){arena_printf(a, "T%d, %s: %s", is->turn + 1, who, words_named(p, a, row_say(p, a, is->row))),
                                  arena_printf(a, "%+.1f", floor(worth * 10 + 0.5) / 10), NULL, NULL, worth};
    }
    doc_bars(d, &(struct doc_bars){.amounts = "points", .bar = bar, .bars = most});
    if (shown > most)
        doc_text(d, "And %d more that moved it less.", shown - most);
    doc_quiet(d, "Each order was left out once, on the same draws; the others did what they had done, as far as they still could. A plus: it helped you.");
}

void report_debrief(struct doc *d, const struct view *v, const struct view *open, const struct debrief_decision *decision, int count)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    const int ending = view_ending(v), seat = view_seat(v);
    const struct seen_value score = view_score(v, seat);
    doc_title(d, "%s, as %s: %s", words_title(a, p->title, p->id), words_seat(p, seat),
              ending >= 0 ? words_named(p, a, words_title(a, p->ending[ending].title, p->ending[ending].name)) : "the last turn is played");
    doc_text(d, "%s of %d were played, to %s.%s", words_count(a, view_turn(v), "turn", "turns"), view_turns(v), words_moment(v, a, view_turn(v) > 0 ? view_turn(v) - 1 : 0),
             score.known ? arena_printf(a, " Your score: %s of 100.", figure_text(a, score.value, 1)) : "");
    if (ending >= 0 && p->ending[ending].text)
        doc_markdown(d, p->ending[ending].text);
    doc_gap(d);
    doc_heading(d, "What you were judged on");
    goals(d, v);
    words_scores(d, v);
    courses(d, v);
    if (decision)
        decisions(d, v, decision, count);
    if (open) {
        doc_gap(d);
        report_hidden(d, v, open);
    }
    const struct bargain *bargain[PROMISES_MOST];
    if (view_bargains(v, bargain, PROMISES_MOST) > 0) {
        doc_gap(d);
        report_agreements(d, v);
    }
    if (p->debriefs + p->not_claimeds > 0) {
        doc_gap(d);
        report_questions(d, p);
    }
}
