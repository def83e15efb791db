/* page/report_table.c — the table in words: what was put before whom, how it was answered, what is owed and what became of it. */
#include "page/report_private.h"

#include <string.h>

#include "base/text.h"

enum { MOST_SHOWN = 1024 };     /* more than can be said in a long game */

static struct proposal_place place_of(const struct view *v, const struct bargain *b)
{
    return (struct proposal_place){b->proposal.from, view_first_turn(v)};
}

static const char *seats_words(const struct program *p, struct arena *a, unsigned seats)
{
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < p->seats; i++)
        if (seats >> i & 1)
            text_addf(&t, "%s%s", t.length ? " and " : "", words_seat(p, i));
    return t.at;
}

static const char *state_words(const struct view *v, struct arena *a, const struct bargain *b)
{
    const struct program *p = view_program(v);
    switch (b->state) {
    case BARGAIN_ON_TABLE:
        if (bargain_waits_for(b, view_seat(v)))
            return "It waits for your answer.";
        return arena_printf(a, "It waits for %s.", seats_words(p, a, b->proposal.to & ~b->accepted));
    case BARGAIN_AGREED:    return b->over ? "Agreed, and over." : b->deal ? "Agreed, and in force." : "Agreed; it comes into force when plans are committed.";
    case BARGAIN_DECLARED:  return b->over ? "Said, and over." : "Said.";
    case BARGAIN_REFUSED:
        return b->reason == REJECT_NONE ? arena_printf(a, "Refused by %s.", words_seat(p, b->answered_by))
                                        : arena_printf(a, "Refused by %s: %s.", words_seat(p, b->answered_by), reject_reason_word[b->reason]);
    case BARGAIN_COUNTERED: return arena_printf(a, "Answered by %s with %d.", words_seat(p, b->answered_by), b->countered_by);
    case BARGAIN_WITHDRAWN: return "Taken back.";
    case BARGAIN_EXPIRED:   return "Expired without an answer.";
    }
    return "";
}

static const char *status_words(const struct view *v, const struct bargain *b, int place)
{
    const bool open = view_open(v), owes = b->proposal.clause[place].seat == view_seat(v);
    if (open && b->untrue[place])
        return "declared broken, and it was not";
    if (open && b->short_of[place] > 1e-9 && b->deal && (b->status[place] < CLAUSE_FOUND || b->status[place] >= CLAUSE_CLOSED_KEPT) && b->status[place] != CLAUSE_PASSED)
        return b->short_of[place] > view_program(v)->dialogue.tolerance ? "broken, and nobody saw it" : "kept for the most part";
    switch (b->status[place]) {
    case CLAUSE_OPEN:           return b->deal ? "not due yet" : "not in force yet";
    case CLAUSE_KEPT:           return "kept so far";
    case CLAUSE_PARTIAL:        return "partly kept";
    case CLAUSE_UNKNOWN:        return "nobody can tell yet";
    case CLAUSE_FOUND:          return owes ? "seen to fall short" : "seen to fall short; it is yours to say what to make of it";
    case CLAUSE_SHORT:          return b->declared_by[place] >= 0 ? "declared broken" : "broken";
    case CLAUSE_EXCUSED:        return "released";
    case CLAUSE_CLOSED_KEPT:    return "kept";
    case CLAUSE_CLOSED_UNKNOWN: return "over; nobody could tell";
    case CLAUSE_PASSED:         return "fell short, and was let pass";
    }
    return "";
}

static const char *level_words(struct arena *a, const struct clause *c, double x)
{
    return c->level == LEVEL_NONE || c->not ? x > 0.5 ? "kept" : "not kept" : arena_printf(a, "%s percent", figure_text(a, 100 * x, 1));
}

/* What was said of it, seen of it and true of it, apart: who is owed sees, who owes knows, and all do once the table is open. */
static const char *told_words(const struct view *v, struct arena *a, const struct bargain *b, int place)
{
    const struct clause *c = &b->proposal.clause[place];
    const bool owes = c->seat == view_seat(v), levelled = c->level != LEVEL_NONE && !c->not;
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    if (b->said[place] >= 0)
        text_addf(&t, " Said: %s.", level_words(a, c, b->said[place]));
    if (levelled && b->seen[place] >= 0 && (!owes || view_open(v)))
        text_addf(&t, " Seen: %s.", level_words(a, c, b->seen[place]));
    if (b->truth[place] >= 0 && (owes || view_open(v)) && (levelled || b->said[place] >= 0))
        text_addf(&t, " True: %s.", level_words(a, c, b->truth[place]));
    return t.at;
}

/* Two readings of a vague word and what came of it; each side's own is known to it, the other's once the table is open. */
static const char *reading_words(const struct view *v, struct arena *a, const struct bargain *b, int place)
{
    const struct program *p = view_program(v);
    const struct clause *c = &b->proposal.clause[place];
    const bool owes = c->seat == view_seat(v), owed = !owes && view_seat(v) >= 0 && (b->proposal.from == view_seat(v) || (b->proposal.to >> view_seat(v) & 1));
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    const bool both = view_open(v);
    const char *by = words_seat(p, c->seat), *to = "those to whom it is owed";
    for (int s = 0; s < p->seats; s++)
        if (s != c->seat && (b->proposal.from == s || (b->proposal.to >> s & 1)))
            to = words_seat(p, s);
    for (int kind = 0; kind < 2; kind++) {
        const int word = kind == 0 ? c->vague_level : c->vague_span;
        if (word < 0 || !(both || owes || owed))
            continue;
        const struct readings *r = &b->readings[place];
        const char *own = kind == 0 ? arena_printf(a, "%s percent", figure_text(a, 100 * r->by.amount, 1)) : words_count(a, r->by.turns, "turn", "turns");
        const char *other = kind == 0 ? arena_printf(a, "%s percent", figure_text(a, 100 * r->to.amount, 1)) : words_count(a, r->to.turns, "turn", "turns");
        const char *name = program_words(p, a, p->vague[word].name);
        if (both)
            text_addf(&t, " '%s': %s read %s, %s read %s.", name, by, own, to, other);
        else
            text_addf(&t, " You read '%s' as %s.", name, owes ? own : other);
    }
    return t.at;
}

void report_proposal(struct doc *d, const struct view *v, const struct bargain *b)
{
    struct arena *a = doc_arena(d);
    const struct program *p = view_program(v);
    doc_heading(d, "Proposal %d.", b->number);
    doc_text(d, "%s", proposal_say(p, a, &b->proposal));
    doc_quiet(d, "%s", proposal_print(p, a, place_of(v, b), &b->proposal));
    if (*b->why && b->proposal.from != view_seat(v))
        doc_quiet(d, "%s: %s", words_seat(p, b->proposal.from), b->why);
    doc_text(d, "%s", state_words(v, a, b));
    if (*b->answer_why && b->answered_by != view_seat(v))
        doc_quiet(d, "%s", b->answer_why);
    if (b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED)
        for (int i = 0; i < b->proposal.clauses; i++)
            doc_text(d, "%d.%d: %s.%s%s", b->number, i + 1, status_words(v, b, i), reading_words(v, a, b, i), told_words(v, a, b, i));
}

void report_said(struct doc *d, const struct view *v, const struct bargain *b)
{
    struct arena *a = doc_arena(d);
    doc_text(d, "%d. %s %s", b->number, proposal_say(view_program(v), a, &b->proposal), state_words(v, a, b));
    if (*b->answer_why && b->answered_by != view_seat(v))
        doc_quiet(d, "%s", b->answer_why);
}

void report_table(struct doc *d, const struct view *v)
{
    const struct bargain *b[MOST_SHOWN];
    struct arena *a = doc_arena(d);
    const int n = view_bargains(v, b, MOST_SHOWN);
    int open = 0;
    for (int i = 0; i < n; i++)
        open += b[i]->state == BARGAIN_ON_TABLE;
    doc_heading(d, "On the table, %d.", open);
    for (int i = 0; i < n; i++)
        if (b[i]->state == BARGAIN_ON_TABLE)
            doc_text(d, "%d. %s %s", b[i]->number, proposal_say(view_program(v), a, &b[i]->proposal), state_words(v, a, b[i]));
    int last = 0;
    for (int i = 0; i < n; i++)
        last += b[i]->state != BARGAIN_ON_TABLE && b[i]->turn >= view_turn(v) - 1;
    if (last)
        doc_gap(d);
    if (last)
        doc_heading(d, "Answered lately, %d.", last);
    for (int i = 0; i < n; i++)
        if (b[i]->state != BARGAIN_ON_TABLE && b[i]->turn >= view_turn(v) - 1)
            doc_text(d, "%d, from %s to %s. %s", b[i]->number, words_seat(view_program(v), b[i]->proposal.from),
                     b[i]->proposal.to ? seats_words(view_program(v), a, b[i]->proposal.to) : "everybody", state_words(v, a, b[i]));
}

void report_agreements(struct doc *d, const struct view *v)
{
    const struct bargain *b[MOST_SHOWN];
    struct arena *a = doc_arena(d);
    const struct program *p = view_program(v);
    const int n = view_bargains(v, b, MOST_SHOWN);
    int count = 0;
    for (int i = 0; i < n; i++)
        count += b[i]->state == BARGAIN_AGREED || (b[i]->state == BARGAIN_DECLARED && b[i]->proposal.kind != PROPOSAL_REPORT);
    doc_heading(d, "Promises, from %d agreement%s.", count, count == 1 ? "" : "s");
    for (int i = 0; i < n; i++) {
        if (b[i]->state != BARGAIN_AGREED && (b[i]->state != BARGAIN_DECLARED || b[i]->proposal.kind == PROPOSAL_REPORT))
            continue;
        for (int c = 0; c < b[i]->proposal.clauses; c++)
            doc_text(d, "%d.%d %s: %s %s.%s%s", b[i]->number, c + 1, b[i]->proposal.clause[c].seat == view_seat(v) ? "yours" : "theirs",
                     clause_say(p, a, &b[i]->proposal.clause[c]), words_upper(a, status_words(v, b[i], c)), reading_words(v, a, b[i], c), told_words(v, a, b[i], c));
    }
    if (count == 0)
        doc_text(d, "Nothing has been agreed.");
}

void report_promisable(struct doc *d, const struct program *p)
{
    struct arena *a = doc_arena(d);
    for (int seat = 0; seat < p->seats; seat++) {
        doc_heading(d, "%s can promise", words_seat(p, seat));
        for (int i = 0; i < p->moves; i++)
            if (p->move[i].seat == seat && p->move[i].answers < 0)
                doc_item(d, 0, "%s%s: %s.", p->move[i].name, p->move[i].target >= 0 ? arena_printf(a, "(%s)", p->set[p->move[i].target].name) : "",
                         words_title(a, p->move[i].title, p->move[i].name));
        for (int i = 0; i < p->terms; i++)
            if (p->term[i].seat == seat)
                doc_item(d, 0, "%s: %s.", p->term[i].name, words_title(a, p->term[i].title, p->term[i].name));
    }
    if (p->methods) {
        doc_heading(d, "How it can be checked");
        for (int i = 0; i < p->methods; i++)
            doc_item(d, 0, "verify %s: %s.", p->method[i].name, words_title(a, p->method[i].title, p->method[i].name));
    }
}

void report_seats(struct doc *d, const struct view *v, const char *const *who)
{
    const struct program *p = view_program(v);
    const int own = view_seat(v), trust = p->dialogue.trust;
    struct arena *a = doc_arena(d);
    doc_heading(d, "At the table, %d.", p->seats);
    for (int s = 0; s < p->seats; s++) {
        const char *trusts = "", *is = s == own ? ": you" : !who ? "" : arena_printf(a, ": %s", who[s] ? who[s] : "nobody");
        if (s != own && trust >= 0 && own >= 0) {
            const struct number n = {trust, own * p->seats + s};
            trusts = arena_printf(a, " Your trust: %s.", report_figure(p, a, n, view_value(v, trust, n.element, view_turn(v))));
        }
        doc_item(d, s + 1, "%s%s.%s", words_seat(p, s), is, trusts);
    }
}

int report_found(struct doc *d, const struct view *v)
{
    const struct bargain *b[MOST_SHOWN];
    struct arena *a = doc_arena(d);
    const int n = view_bargains(v, b, MOST_SHOWN);
    int found = 0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < b[i]->proposal.clauses; c++)
            if (bargain_found(b[i], c, view_seat(v))) {
                doc_text(d, "%s falls short of %d.%d, as you see it. %s%s", words_seat(view_program(v), b[i]->proposal.clause[c].seat), b[i]->number, c + 1,
                         clause_say(view_program(v), a, &b[i]->proposal.clause[c]), told_words(v, a, b[i], c));
                found++;
            }
    return found;
}

/* What it costs to be found out, before it is done. */
static const char *price_words(const struct view *v, struct arena *a, const struct duty *duty)
{
    const struct program *p = view_program(v);
    const struct proposal *q = &duty->bargain->proposal;
    struct breach_price price[MOST_SEATS];
    const int n = view_breach_price(v, duty, price, MOST_SEATS);
    struct text t;
    text_init(&t, a);
    text_add(&t, "If it is found broken");
    for (int i = 0; i < n; i++)
        text_addf(&t, "%s the trust of %s in you falls from %s to %s", i == 0 ? "," : i + 1 < n ? "," : " and", words_seat(p, price[i].seat),
                  figure_text(a, 100 * price[i].before, 1), figure_text(a, 100 * price[i].after, 1));
    if (q->kind == PROPOSAL_THREAT)
        text_addf(&t, "%s your threats count for less", n ? ", and" : ",");
    else if (n == 0)
        text_add(&t, ", it costs you no trust that is counted here");
    if (q->remedy == REMEDY_SNAPBACK)
        text_add(&t, "; what the other side had eased or granted for it is undone");
    else if (q->remedy != REMEDY_NONE)
        text_add(&t, "; the other side is free of its part");
    if (q->verify >= 0 && p->method[q->verify].reported)
        text_addf(&t, ". It is checked by %s alone: by what you report.", words_lower(a, p->method[q->verify].title));
    else if (q->verify >= 0)
        text_addf(&t, ". It is checked by %s%s.", words_lower(a, p->method[q->verify].title),
                  p->method[q->verify].lag ? arena_printf(a, ", %s late", words_count(a, p->method[q->verify].lag, "turn", "turns")) : "");
    else
        text_add(&t, ". Nobody checks it by any method; what is done in the open is seen.");
    return t.at;
}

int report_duties(struct doc *d, const struct view *v, const struct plan *plan)
{
    struct duty duty[MOST_MONITORS];
    int broken[MOST_MONITORS];
    struct arena *a = doc_arena(d);
    const int n = view_duties(v, duty, MOST_MONITORS), breaks = view_breaks(v, plan, duty, n, broken);
    for (int i = 0; i < n; i++) {
        const struct clause *c = &duty[i].bargain->proposal.clause[duty[i].place];
        bool is_broken = false;
        for (int k = 0; k < breaks; k++)
            is_broken = is_broken || broken[k] == i;
        const char *line = arena_printf(a, "%d.%d you owe: %s", duty[i].bargain->number, duty[i].place + 1, clause_say(view_program(v), a, c));
        if (is_broken) {
            doc_warn(d, "This plan breaks it. %s", line);
            doc_text(d, "%s", price_words(v, a, &duty[i]));
        }
        else if (duty[i].due < 0 || duty[i].due <= view_turn(v) + 1)
            doc_text(d, "%s", line);
        if (bargain_asked(v, duty[i].bargain, duty[i].place))
            doc_text(d, "You are asked how %d.%d is kept.%s", duty[i].bargain->number, duty[i].place + 1,
                     duty[i].bargain->said[duty[i].place] >= 0 ? "" : arena_printf(a, " Say report %d.%d and a level, or kept, or not.", duty[i].bargain->number, duty[i].place + 1));
    }
    return breaks;
}
