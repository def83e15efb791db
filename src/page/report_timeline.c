/* page/report_timeline.c — the whole game in one picture: measures as this seat knows them, what was reported, deals, and one number's course. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { LANES_MOST = 24, TURNS_SHOWN_MOST = 200, NEWS_MOST = 64, BARGAINS_MOST = 64, LETTERS = 4 };
struct times { struct doc *d; struct arena *a; const struct view *v; const struct program *p; int turns, now; struct doc_lane *lane; int lanes, more; };

static struct doc_lane *add_lane(struct times *t, int seat, const char *label, const char ***mark, unsigned char **bar)
{
    if (t->lanes == LANES_MOST) {
        t->more++;
        return NULL;
    }
    *mark = ARENA_ARRAY(t->a, t->turns + 1, const char *);
    *bar = ARENA_ARRAY(t->a, t->turns + 1, unsigned char);
    t->lane[t->lanes] = (struct doc_lane){label, seat, *mark, *bar};
    return &t->lane[t->lanes++];
}

static const char *short_name(const struct times *t, int seat)
{
    return seat < 0 ? "" : t->p->seat[seat].short_name ? t->p->seat[seat].short_name : t->p->seat[seat].name;
}

/* A measure's bar runs from its last beginning; before that its life is not known any more. Of what is only threatened or announced it is
 * known that it is so now. */
static void measures(struct times *t)
{
    static const char letter[] = {'.', 'T', 'A', 'I', 'E', 'e', 'L'};
    for (int i = 0; i < t->p->moves; i++)
        for (int target = 0; t->p->move[i].measure && target < t->p->move[i].targets; target++) {
            const struct move *m = &t->p->move[i];
            const struct measure_seen s = view_measure(t->v, i, target);
            const char **mark;
            unsigned char *bar;
            if (s.stage == STAGE_NONE || (s.stage == STAGE_LIFTED && s.since < 0))
                continue;
            const char *what = m->target >= 0 ? words_plain(t->a, t->p->set[m->target].element[target]) : words_title(t->a, m->title, m->name);
            const int since = s.since - view_first_turn(t->v), from = s.stage < STAGE_IMPOSED ? t->now : since < 0 ? 0 : since > t->now ? t->now : since;
            if (!add_lane(t, m->seat, arena_printf(t->a, "%s %s", short_name(t, m->seat), what), &mark, &bar))
                continue;
            mark[from] = arena_printf(t->a, s.level_known && s.stage >= STAGE_IMPOSED && s.stage != STAGE_LIFTED ? "%c%.0f" : "%c", letter[s.stage], 100 * s.level);
            if (text_width(mark[from]) > 3)
                mark[from] = arena_printf(t->a, "%c", letter[s.stage]);
            for (int k = from; k <= t->now && s.stage != STAGE_LIFTED; k++)
                bar[k] = s.stage >= STAGE_IMPOSED ? DOC_THICK_BAR : DOC_THIN_BAR;
        }
}

/* f, c, r: facts, claims and rumours of a turn, in that order, with how many where there is more than one. */
static void news(struct times *t)
{
    struct news item[NEWS_MOST];
    for (int seat = -1; seat < t->p->seats; seat++) {
        const char **mark;
        unsigned char *bar;
        bool any = false;
        for (int k = 0; k <= t->now && !any; k++) {
            const int count = view_news(t->v, k + 1, item, k + 1 <= view_turn(t->v) ? NEWS_MOST : 0);
            for (int i = 0; i < count; i++)
                any = any || item[i].seat == seat;
        }
        if (!any || !add_lane(t, seat, seat < 0 ? "reported" : arena_printf(t->a, "%s in the news", short_name(t, seat)), &mark, &bar))
            continue;
        for (int k = 0; k + 1 <= view_turn(t->v) && k < t->turns; k++) {
            int count = view_news(t->v, k + 1, item, NEWS_MOST), its = 0;
            enum news_tag first = NEWS_RUMOUR;
            for (int i = 0; i < count; i++)
                if (item[i].seat == seat) {
                    first = item[i].tag < first ? item[i].tag : first;
                    its++;
                }
            if (its)
                mark[k] = arena_printf(t->a, its > 1 ? "%c%d" : "%c", "fcr"[first], its);
        }
    }
}

static void deals(struct times *t)
{
    const struct bargain *bargain[BARGAINS_MOST];
    const int count = view_bargains(t->v, bargain, BARGAINS_MOST), first = view_first_turn(t->v);
    for (int i = 0; i < count; i++) {
        const struct bargain *b = bargain[i];
        const char **mark;
        unsigned char *bar;
        if ((b->state != BARGAIN_AGREED && b->state != BARGAIN_DECLARED) || !add_lane(t, -1, arena_printf(t->a, "deal %d, from %s", b->number, short_name(t, b->proposal.from)), &mark, &bar))
            continue;
        const int from = b->turn < t->turns ? b->turn : t->turns - 1;
        int until = t->now;
        bool broken = false;
        for (int k = 0; k < b->proposal.clauses; k++) {
            const int last = b->proposal.clause[k].to - first;
            until = last > until ? last : until;
            broken = broken || b->status[k] == CLAUSE_SHORT;
        }
        until = until >= t->turns ? t->turns - 1 : until;
        mark[from] = arena_printf(t->a, "%d", b->number);
        for (int k = from; k <= (b->over ? t->now : until); k++)
            bar[k] = DOC_THICK_BAR;
        if (broken && from < t->now)
            mark[t->now] = "!";
    }
}

static void course(struct times *t, int rows)
{
    struct number n;
    double *past = ARENA_ARRAY(t->a, t->now + 2, double), least = INFINITY, most = -INFINITY;
    if (report_watch(t->v, &n, 1) < 1 || view_turn(t->v) < 1)
        return;
    for (int k = 0; k < view_turn(t->v); k++) {
        const struct seen_value s = view_value(t->v, n.quantity, n.element, k + 1);
        past[k] = s.known ? s.value : NAN;
        least = fmin(least, past[k]);
        most = fmax(most, past[k]);
    }
    doc_gap(t->d);
    doc_heading(t->d, "%s, as you saw it", report_label(t->v, t->a, n));
    doc_fan(t->d, &(struct doc_fan){.past = past, .pasts = view_turn(t->v), .least = least, .most = most, .rows = rows, .left = DOC_TIMELINE_LABEL, .cell = LETTERS,
                                    .least_text = report_figure(t->p, t->a, n, (struct seen_value){.known = true, .exact = true, .value = least}),
                                    .most_text = report_figure(t->p, t->a, n, (struct seen_value){.known = true, .exact = true, .value = most})});
}

static void in_words(const struct times *t)
{
    struct news item[NEWS_MOST];
    for (int k = 1; k <= view_turn(t->v); k++) {
        const int count = view_news(t->v, k, item, NEWS_MOST);
        doc_heading(t->d, "Turn %d, %s: %s.", k, words_moment(t->v, t->a, k - 1), count ? words_count(t->a, count, "item", "items") : "nothing was reported");
        for (int i = 0; i < count; i++)
            doc_item(t->d, i + 1, "%s", item[i].headline);
    }
    if (view_turn(t->v) < 1)
        doc_text(t->d, "Nothing has happened yet.");
}

void report_timeline(struct doc *d, const struct view *v, bool drawn, int rows)
{
    struct times t = {.d = d, .a = doc_arena(d), .v = v, .p = view_program(v), .turns = view_turns(v)};
    t.turns = t.turns > TURNS_SHOWN_MOST ? TURNS_SHOWN_MOST : t.turns;
    t.now = view_over(v) ? view_turn(v) - 1 : view_turn(v);
    t.now = t.now < 0 ? 0 : t.now >= t.turns ? t.turns - 1 : t.now;
    if (!drawn) {
        in_words(&t);
        return;
    }
    t.lane = ARENA_ARRAY(t.a, LANES_MOST, struct doc_lane);
    const char **turn = ARENA_ARRAY(t.a, t.turns + 1, const char *), **date = ARENA_ARRAY(t.a, t.turns + 1, const char *);
    for (int k = 0; k < t.turns; k++) {
        const char *when = words_moment(v, t.a, k);
        turn[k] = arena_printf(t.a, "T%d", k + 1);
        date[k] = t.p->time.kind == TIME_NUMBER ? "" : strlen(when) > 4 && when[0] >= 'A' ? arena_copy(t.a, when, 3) : when;
    }
    measures(&t);
    news(&t);
    deals(&t);
    doc_timeline(d, &(struct doc_timeline){turn, date, t.turns, t.now, t.lane, t.lanes});
    if (rows > 0)
        return;
    if (t.lanes == 0)
        doc_text(d, "Nothing has happened that you know of.");
    if (t.more)
        doc_text(d, "And %d more lines for which there is no room.", t.more);
    course(&t, 6);
    doc_gap(d);
    doc_quiet(d, "T threatened, A announced, I imposed, E enforced, e eased, L lifted, with the level of 100; f fact, c claim, r rumour and how many; "
                 "deals by their number, ! one that fell short.");
}
