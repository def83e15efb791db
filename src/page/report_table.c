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
    const bool open = view_open(v);
    if (open && b->short_of[place] > 1e-9 && b->status[place] != CLAUSE_SHORT && b->deal)
        return "broken, and nobody saw it";
    switch (b->status[place]) {
    case CLAUSE_OPEN:           return b->deal ? "not due yet" : "not in force yet";
    case CLAUSE_KEPT:           return "kept so far";
    case CLAUSE_PARTIAL:        return "partly kept";
    case CLAUSE_UNKNOWN:        return "nobody can tell yet";
    case CLAUSE_SHORT:          return "broken";
    case CLAUSE_EXCUSED:        return "released";
    case CLAUSE_CLOSED_KEPT:    return "kept";
    case CLAUSE_CLOSED_UNKNOWN: return "over; nobody could tell";
    }
    return "";
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
            doc_text(d, "%d.%d: %s.", b->number, i + 1, status_words(v, b, i));
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
            doc_text(d, "%d.%d %s: %s %s.", b[i]->number, c + 1, b[i]->proposal.clause[c].seat == view_seat(v) ? "yours" : "theirs",
                     clause_say(p, a, &b[i]->proposal.clause[c]), status_words(v, b[i], c));
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
        if (is_broken)
            doc_warn(d, "This plan breaks it. %s", line);
        else if (duty[i].due < 0 || duty[i].due <= view_turn(v) + 1)
            doc_text(d, "%s", line);
    }
    return breaks;
}
