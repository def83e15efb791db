/* page/report_brief.c — where a seat stands: the head of a turn, its brief, the newspaper, a word of the glossary.
 * An author's brief is split at `## Long form`; what stands above it is enough to begin. */
#include "page/report_private.h"

#include <string.h>

#include "base/text.h"

enum { NEWS_MOST = 64, NUMBERS_MOST = 512, DOUBTS_MOST = 6, CLAIMS_SHORT = 2, WORDS_MOST = 1024 };

static const char *end_mark(const char *s)
{
    size_t n = strlen(s);
    while (n && (s[n - 1] == '"' || s[n - 1] == '\'' || s[n - 1] == ')' || s[n - 1] == '\n' || s[n - 1] == ' '))
        n--;
    return n && strchr(".!?:;", s[n - 1]) ? "" : ".";
}

void report_turn_head(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    int seat = view_seat(v), turn = view_turn(v);
    const char *date = words_moment(v, a, turn), *yours = seat >= 0 ? arena_printf(a, " Your seat: %s.", words_seat(p, seat)) : "";
    if (view_over(v)) {
        doc_heading(d, "The game is over, %s. %s played.", date, words_count(a, turn, "turn was", "turns were"));
        return;
    }
    if (p->time.kind == TIME_NUMBER)
        doc_heading(d, "Turn %d of %d.%s", turn + 1, view_turns(v), yours);
    else
        doc_heading(d, "Turn %d of %d, %s.%s", turn + 1, view_turns(v), date, yours);
    if (seat >= 0 && seat_has_budget(&p->seat[seat])) {
        double budget = view_budget(v);
        doc_text(d, "You have %s %s to spend.", figure_text(a, budget, figure_step(budget, 0)), words_budget(p, seat));
    }
}

/* --- brief -------------------------------------------------------------------------------------------------------------------- */

static const char *short_form(struct arena *a, const char *brief)
{
    const char *cut = strstr(brief, "## Long form");
    return cut && (cut == brief || cut[-1] == '\n') ? arena_copy(a, brief, (size_t)(cut - brief)) : brief;
}

/* The heading that names the short form says nothing to whoever is shown nothing else. */
static const char *without_short_heading(struct arena *a, const char *brief)
{
    static const char heading[] = "## Short form\n";
    const char *at = strstr(brief, heading);
    if (!at)
        return brief;
    return arena_printf(a, "%.*s%s", (int)(at - brief), brief, at + strlen(heading));
}

static void brief_goals(struct doc *d, const struct view *v, const struct seat *s)
{
    struct arena *a = doc_arena(d);
    double sum = 0;
    for (int i = 0; i < s->goals; i++)
        sum += s->goal[i].weight;
    if (!s->goals)
        return;
    doc_gap(d);
    doc_heading(d, "What you are judged on, %s.", words_count(a, s->goals, "goal", "goals"));
    doc_text(d, "Scored from 0 to 100; 100 is best.");
    for (int i = 0; i < s->goals; i++) {
        const char *better = words_better(view_program(v), a, s->goal[i].from);
        doc_item(d, i + 1, "%s. Weight %s of 100. Now %s%s%s.", words_title(a, s->goal[i].title, s->goal[i].name),
                 figure_text(a, sum > 0 ? 100 * s->goal[i].weight / sum : 0, 1), words_goal(a, view_goal(v, i)), *better ? "; " : "", better);
    }
}

static void brief_budget(struct doc *d, const struct view *v, const struct seat *s)
{
    struct arena *a = doc_arena(d);
    const char *called = words_budget(view_program(v), view_seat(v));
    double budget = view_budget(v);
    if (!seat_has_budget(s))
        return;
    doc_gap(d);
    doc_heading(d, "What you can spend.");
    struct text t;
    text_init(&t, a);
    text_addf(&t, "You have %s %s.", figure_text(a, budget, figure_step(budget, 0)), called);
    if (s->per_turn > 0)
        text_addf(&t, " Each turn brings %s.", figure_text(a, s->per_turn, figure_step(s->per_turn, 0)));
    if (s->most > 0 && s->most < 1e6)
        text_addf(&t, " You can keep %s at most.", figure_text(a, s->most, figure_step(s->most, 0)));
    if (s->rows > 0 && s->rows < MOST_ROWS)
        text_addf(&t, " A turn takes %s from you at most.", words_count(a, s->rows, "order", "orders"));
    doc_text(d, "%s", t.at);
}

static void brief_moves(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    int seat = view_seat(v), count = 0;
    struct text t;
    text_init(&t, a);
    for (int m = 0; m < p->moves; m++)
        if (p->move[m].seat == seat && p->move[m].answers < 0)
            text_addf(&t, "%s%s", count++ ? "; " : "", words_named(p, a, words_title(a, p->move[m].title, p->move[m].name)));
    doc_gap(d);
    doc_heading(d, "What you can do, %s.", words_count(a, count, "move", "moves"));
    if (count)
        doc_text(d, "%s.", words_upper(a, t.at));
}

/* The numbers a seat steers by that it cannot trust: those it never sees, then those with an error or a delay. */
static void brief_doubts(struct doc *d, const struct view *v, bool long_form)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct number *number = ARENA_ARRAY(a, NUMBERS_MOST, struct number);
    int count = report_watch(v, number, NUMBERS_MOST), told = 0;
    LIST_OF(const char *) doubt = {0};
    for (int i = 0; i < count && doubt.count < DOUBTS_MOST; i++) {
        const struct quantity *q = &p->quantity[number[i].quantity];
        const struct seen *seen = &q->seen[number[i].element * p->seats + view_seat(v)];
        const char *label = report_label(v, a, number[i]);
        if (seen->kind == SEEN_NONE)
            *LIST_ADD(a, doubt) = arena_printf(a, "%s: you cannot see it.", label);
        else if (seen->kind == SEEN_NOISY && seen->points && seen->error > 0)
            *LIST_ADD(a, doubt) = arena_printf(a, "%s: what you see is off by %s, more or less.", label,
                                               figure_amount(a, p, number[i].quantity, seen->error, figure_step(seen->error, seen->error)));
        else if (seen->kind == SEEN_NOISY && seen->error > 0)
            *LIST_ADD(a, doubt) = arena_printf(a, "%s: what you see is off by %s percent, more or less%s.", label,
                                               figure_text(a, 100 * seen->error, figure_step(100 * seen->error, 0)),
                                               seen->lag ? arena_printf(a, ", and %s old", words_count(a, seen->lag, "turn", "turns")) : "");
        else if (seen->lag > 0)
            *LIST_ADD(a, doubt) = arena_printf(a, "%s: you see it %s late.", label, words_count(a, seen->lag, "turn", "turns"));
    }
    for (int i = 0; i < p->not_claimeds && (long_form || p->not_claimeds <= CLAIMS_SHORT); i++)
        *LIST_ADD(a, doubt) = arena_printf(a, "This game never claims to know: %s%s", words_lower(a, p->not_claimed[i]), end_mark(p->not_claimed[i]));
    if (p->not_claimeds > CLAIMS_SHORT && !long_form)
        *LIST_ADD(a, doubt) = arena_printf(a, "There are %d things that this game never claims to know; the long form names them.", p->not_claimeds);
    if (!doubt.count)
        return;
    doc_gap(d);
    doc_heading(d, "What may be wrong, %s.", words_count(a, doubt.count, "thing", "things"));
    for (int i = 0; i < doubt.count; i++)
        doc_item(d, ++told, "%s", doubt.at[i]);
}

void report_brief(struct doc *d, const struct view *v, bool long_form)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    const struct seat *s = &p->seat[view_seat(v)];
    const char *brief = s->brief ? s->brief : "";
    const char *first = short_form(a, brief);
    bool more = strlen(first) < strlen(brief);
    if (*brief)
        doc_markdown(d, without_short_heading(a, long_form ? brief : first));
    else
        doc_title(d, "%s", words_seat(p, view_seat(v)));
    brief_goals(d, v, s);
    brief_budget(d, v, s);
    brief_moves(d, v);
    brief_doubts(d, v, long_form);
    if (more && !long_form) {
        doc_gap(d);
        doc_quiet(d, "There is a long form of this brief.");
    }
}

/* --- newspaper ------------------------------------------------------------------------------------------------------------------ */

static const char *tag_words(struct arena *a, const struct program *p, struct news n)
{
    switch (n.tag) {
    case NEWS_FACT:   return "Fact";
    case NEWS_CLAIM:  return n.seat >= 0 ? arena_printf(a, "Claim, from %s", words_seat(p, n.seat)) : "Claim";
    case NEWS_RUMOUR: return "Rumour";
    }
    return "Fact";
}

static void news_item(struct doc *d, const struct program *p, int number, struct news n)
{
    struct arena *a = doc_arena(d);
    doc_item(d, number, "%s. %s%s%s%s", tag_words(a, p, n), n.headline, end_mark(n.headline), n.story && *n.story ? " " : "",
             n.story && *n.story ? arena_printf(a, "%s%s", n.story, end_mark(n.story)) : "");
}

void report_news(struct doc *d, const struct view *v, int moment)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct news *news = ARENA_ARRAY(a, NEWS_MOST, struct news);
    int count = view_news(v, moment, news, NEWS_MOST);
    if (p->time.kind == TIME_NUMBER)
        doc_title(d, "THE LONG TELEGRAM");
    else
        doc_title(d, "THE LONG TELEGRAM, %s", words_moment(v, a, moment));
    if (count == 0) {
        doc_text(d, "No news.");
        return;
    }
    doc_heading(d, "News, %s.", words_count(a, count, "item", "items"));
    for (int i = 0; i < count; i++)
        news_item(d, p, i + 1, news[i]);
}

int report_news_since(struct doc *d, const struct view *v, int moment, int from)
{
    struct news *news = ARENA_ARRAY(doc_arena(d), NEWS_MOST, struct news);
    int count = view_news(v, moment, news, NEWS_MOST);
    for (int i = from; i < count; i++)
        news_item(d, view_program(v), 0, news[i]);
    return count;
}

/* --- glossary -------------------------------------------------------------------------------------------------------------------- */

void report_word(struct doc *d, const struct program *p, const char *word)
{
    struct arena *a = doc_arena(d);
    const char *known[WORDS_MOST];
    int count = 0;
    for (int i = 0; i < p->words && count < WORDS_MOST; i++) {
        if (text_same(p->word[i].word, word)) {
            doc_text(d, "%s: %s%s", p->word[i].word, p->word[i].meaning, end_mark(p->word[i].meaning));
            return;
        }
        known[count++] = p->word[i].word;
    }
    for (int i = 0; i < count; i++)
        if (*word && text_starts(known[i], word)) {
            report_word(d, p, known[i]);
            return;
        }
    const char *near = text_nearest(word, known, count);
    if (near) {
        doc_text(d, "'%s' is not in the glossary; did you mean '%s'?", word, near);
        return;
    }
    doc_text(d, "'%s' is not in the glossary.", word);
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < count; i++)
        text_addf(&t, "%s%s", i ? ", " : "", known[i]);
    if (count)
        doc_text(d, "It explains %s: %s.", words_count(a, count, "word", "words"), t.at);
}
