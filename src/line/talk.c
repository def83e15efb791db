/* line/talk.c — the table by typed words: proposals, replies, what is owed. */
#include "line/line_private.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

enum { WAITING_MOST = 256 };

/* What became of it: its answer, and the counter that came at once. */
static void say_outcome(struct line *l, int number)
{
    struct doc *d = line_doc(l);
    const struct bargain *b = view_bargain(l->v, number);
    if (b->proposal.kind != PROPOSAL_OFFER && b->proposal.kind != PROPOSAL_ASK)
        doc_text(d, "Said. It is %d at the table%s.", number, b->proposal.kind == PROPOSAL_REPORT ? "" : ", and binds you when you commit");
    else if (b->state == BARGAIN_ON_TABLE)
        doc_text(d, "Sent. %d is on the table, and waits for an answer.", number);
    else
        report_said(d, l->v, b);
    while (b->countered_by && (b = view_bargain(l->v, b->countered_by)))
        report_proposal(d, l->v, b);
    line_say(l, d);
}

/* The text with a mark under the place that was not understood. */
static void say_wrong(struct line *l, const char *text, int at, const char *wrong)
{
    enum { BEFORE = 30, AFTER = 38 };
    struct doc *d = line_doc(l);
    const char *from = text + (at > BEFORE ? at - BEFORE : 0);
    while (from < text + at && ((unsigned char)*from & 0xC0) == 0x80)
        from++;
    const char *shown = arena_copy(&l->turn, from, strlen(from) < BEFORE + AFTER ? strlen(from) : text_fit(from, BEFORE + AFTER));
    const int blanks = text_width(arena_copy(&l->turn, from, (size_t)(text + at - from)));
    doc_warn(d, "%c%s%s", toupper((unsigned char)wrong[0]), wrong + 1, wrong[strlen(wrong) - 1] == '?' ? "" : ".");
    line_say(l, d);
    fprintf(l->options->out, "  %s\n  %*s^\n", shown, blanks, "");
}

/* What this seat reads into each vague word: typed, or as usual. NULL in *readings if there are none. False: the game is left. */
static bool ask_readings(struct line *l, const struct proposal *q, struct readings **readings)
{
    struct readings *r = ARENA_ARRAY(&l->turn, MOST_CLAUSES, struct readings);
    *readings = NULL;
    for (int i = 0; i < q->clauses; i++) {
        const struct clause *c = &q->clause[i];
        r[i] = readings_usual(l->p, c);
        struct reading_of *own = c->seat == view_seat(l->v) ? &r[i].by : &r[i].to;
        for (int kind = 0; kind < 2; kind++) {
            const int word = kind == 0 ? c->vague_level : c->vague_span;
            const struct vague *vague = word < 0 ? NULL : &l->p->vague[word];
            const double unit = kind == 0 ? 100 : 1;
            while (vague) {
                const char *said;
                double x;
                line_sayf(l, "Clause %d: what does '%s' mean to you? From %g to %g %s; Enter, or usual: %g. The other side does not see it.", i + 1,
                          program_words(l->p, &l->turn, vague->name), unit * vague->low, unit * vague->high, kind == 0 ? "percent" : "turns",
                          kind == 0 ? 100 * own->amount : own->turns);
                if (!line_read(l, &said))
                    return false;
                if (text_same(said, "no") || text_same(said, "quit")) {
                    line_sayf(l, "Put aside; nothing was said.");
                    return false;
                }
                size_t n = strlen(said);
                n -= n && said[n - 1] == '%';
                *readings = r;
                if (!*said || text_same(said, "usual"))
                    break;
                if (!text_to_number(said, n, &x) || !(x >= unit * vague->low && x <= unit * vague->high))
                    continue;
                if (kind == 0)
                    own->amount = x / 100;
                else
                    own->turns = (int)x;
                break;
            }
        }
    }
    return true;
}

static bool send_it(struct line *l, const char *text, int counters)
{
    struct proposal q;
    int at, number;
    const struct proposal_place place = {view_seat(l->v), view_first_turn(l->v)};
    const char *wrong = proposal_parse(l->p, &l->turn, place, text, &q, &at);
    if (wrong) {
        say_wrong(l, text, at, wrong);
        return false;
    }
    struct doc *d = line_doc(l);
    struct readings *readings;
    doc_text(d, "In plain words: %s", proposal_say(l->p, &l->turn, &q));
    line_say(l, d);
    if (!ask_readings(l, &q, &readings))
        return false;
    if (line_ask(l, "Send it? yes or no.") != SAID_YES) {
        if (!l->left)
            line_sayf(l, "Not sent.");
        return false;
    }
    wrong = table_say(l->v, &l->turn, &(struct say){.kind = SAY_PROPOSE, .number = counters, .proposal = &q, .readings = readings}, &number);
    if (wrong)
        line_sayf(l, "It cannot be sent: %s.", wrong);
    else
        say_outcome(l, number);
    return wrong == NULL;
}

void line_propose(struct line *l, const char *text)
{
    if (!strchr(text, ':')) {
        struct doc *d = line_doc(l);
        report_promisable(d, l->p);
        doc_text(d, "A proposal names a seat and, after a colon, who will do what, by the names above; for example: offer %s: %s will … by T%d; %s will … >= 60%% by T%d.",
                 l->p->seat[view_seat(l->v) == 0 && l->p->seats > 1].name, l->p->seat[view_seat(l->v)].name, view_turn(l->v) + 2,
                 l->p->seat[view_seat(l->v) == 0 && l->p->seats > 1].name, view_turn(l->v) + 3);
        line_say(l, d);
        return;
    }
    send_it(l, text, 0);
}

/* A number and what follows it; 0 after saying what is wanted. */
static int number_of(struct line *l, const char **rest, const char *how)
{
    long number;
    const size_t n = strcspn(*rest, " ");
    if (!text_to_long(*rest, n, &number) || number < 1 || number > 1000000 || !view_bargain(l->v, (int)number)) {
        line_sayf(l, n ? "There is no proposal '%.*s' that you know of. %s" : "Which?%.*s %s", n ? (int)(n < 20 ? n : 20) : 0, *rest, how);
        return 0;
    }
    *rest += n;
    while (**rest == ' ')
        ++*rest;
    return (int)number;
}

static enum reject_reason reason_of(const char *word)
{
    for (int i = REJECT_NONE; i <= REJECT_NOT_MINE; i++)
        if (*word && text_starts(reject_reason_word[i], word))
            return (enum reject_reason)i;
    return REJECT_NONE;
}

/* "3.1": a promise that the seat knows of, and what follows; NULL after saying what is wanted. */
static const struct bargain *clause_of(struct line *l, const char **rest, int *place, const char *how)
{
    const size_t n = strcspn(*rest, " "), dot = strcspn(*rest, ".");
    long number = 0, clause = 0;
    const bool is_clause = dot < n && text_to_long(*rest, dot, &number) && text_to_long(*rest + dot + 1, n - dot - 1, &clause);
    const struct bargain *b = is_clause && number > 0 && number <= 1000000 ? view_bargain(l->v, (int)number) : NULL;
    if (!b || clause < 1 || clause > b->proposal.clauses) {
        line_sayf(l, n ? "There is no promise '%.*s' that you know of. %s" : "Which?%.*s %s", n ? (int)(n < 20 ? n : 20) : 0, *rest, how);
        return NULL;
    }
    *place = (int)clause - 1;
    *rest += n + strspn(*rest + n, " ");
    return b;
}

void line_clause_word(struct line *l, enum saying what, const char *rest)
{
    int place, made;
    const struct bargain *b = clause_of(l, &rest, &place, "agreements tells them with their numbers, such as 3.1.");
    if (!b)
        return;
    const bool judged = b->status[place] == CLAUSE_KEPT || b->status[place] == CLAUSE_PARTIAL || b->status[place] == CLAUSE_UNKNOWN;
    if (what == SAY_DECLARE && judged && b->proposal.clause[place].seat != view_seat(l->v) && line_ask(l, "It was not found short by the method agreed. If it was kept, this is a false claim. Declare it broken? yes or no.") != SAID_YES)
        return;
    const char *wrong = table_say(l->v, &l->turn, &(struct say){.kind = what, .number = b->number, .place = place}, &made);
    struct doc *d = line_doc(l);
    if (wrong)
        doc_text(d, "That cannot be: %s.", wrong);
    else if (what == SAY_ASK_ABOUT && b->said[place] < 0)
        doc_text(d, "Asked. What to make of it waits a turn for the answer.");
    else
        report_proposal(d, l->v, b);
    line_say(l, d);
}

void line_report(struct line *l, const char *rest)
{
    int place, made;
    double level = 1;
    if (*rest < '0' || *rest > '9') {
        line_propose(l, arena_printf(&l->turn, "report %s", rest));
        return;
    }
    const char *how = "Say report, the promise, and what you say of it: report 3.1 60%, report 3.1 kept, report 3.1 not.";
    const struct bargain *b = clause_of(l, &rest, &place, how);
    if (!b)
        return;
    size_t n = strlen(rest);
    const bool percent = n && rest[n - 1] == '%', levelled = b->proposal.clause[place].level != LEVEL_NONE && !b->proposal.clause[place].not;
    if (levelled ? !text_to_number(rest, percent ? n - 1 : n, &level) || !(level >= 0 && level <= 100) : !text_same(rest, "kept") && !text_same(rest, "not")) {
        line_sayf(l, levelled ? "How much? %s" : "Kept, or not? %s", how);
        return;
    }
    level = levelled ? level / 100 : text_same(rest, "kept");
    if (b->proposal.clause[place].seat != view_seat(l->v)) {
        line_sayf(l, "%d.%d is not yours to report on; ask %d.%d asks how it is kept.", b->number, place + 1, b->number, place + 1);
        return;
    }
    const struct proposal report = report_on(b, place, level);
    const char *wrong = table_say(l->v, &l->turn, &(struct say){.kind = SAY_PROPOSE, .proposal = &report}, &made);
    if (wrong)
        line_sayf(l, "It cannot be sent: %s.", wrong);
    else
        line_sayf(l, "Said: %s It is %d at the table; what is true stays beside it until the table is opened.", proposal_say(l->p, &l->turn, &report), made);
}

void line_reply(struct line *l, const char *rest)
{
    const int number = number_of(l, &rest, "Type table for what is there; reply 3 accept, reply 3 reject price, or reply 3 counter and a proposal.");
    if (!number)
        return;
    const size_t n = strcspn(rest, " ");
    const char *word = arena_copy(&l->turn, rest, n);
    rest += n + strspn(rest + n, " ");
    struct say said = {.kind = SAY_ACCEPT, .number = number};
    if (!*word) {
        struct doc *d = line_doc(l);
        report_proposal(d, l->v, view_bargain(l->v, number));
        doc_text(d, "Type reply %d accept, reply %d reject, or reply %d counter and the line above as you would have it.", number, number, number);
        line_say(l, d);
        return;
    }
    if (text_starts("counter", word)) {
        if (*rest)
            send_it(l, rest, number);
        else
            line_sayf(l, "Counter with what? Write a whole proposal after it; table %d shows the line that you would change.", number);
        return;
    }
    if (text_starts("reject", word) || text_same(word, "refuse"))
        said.kind = SAY_REJECT, said.reason = reason_of(rest);
    else if (!text_starts("accept", word)) {
        line_sayf(l, "'%.20s' is no reply; accept, reject or counter.", word);
        return;
    }
    int made;
    struct readings *readings = NULL;
    if (said.kind == SAY_ACCEPT && bargain_waits_for(view_bargain(l->v, number), view_seat(l->v)) &&
        !ask_readings(l, &view_bargain(l->v, number)->proposal, &readings))
        return;
    said.readings = readings;
    const char *wrong = table_say(l->v, &l->turn, &said, &made);
    struct doc *d = line_doc(l);
    if (wrong)
        doc_text(d, "That cannot be: %s.", wrong);
    else
        report_proposal(d, l->v, view_bargain(l->v, number));
    line_say(l, d);
}

static void take_leave(struct line *l, const char *rest, enum saying kind, const char *how, const char *done)
{
    int made;
    const int number = number_of(l, &rest, how);
    if (!number)
        return;
    if (kind == SAY_WALK_OUT && line_ask(l, "Walk out of it? It costs trust and cannot be undone. yes or no.") != SAID_YES)
        return;
    const char *wrong = table_say(l->v, &l->turn, &(struct say){.kind = kind, .number = number}, &made);
    if (wrong)
        line_sayf(l, "That cannot be: %s.", wrong);
    else
        line_sayf(l, done, number);
}

void line_withdraw(struct line *l, const char *rest) { take_leave(l, rest, SAY_WITHDRAW, "Say withdraw and its number.", "%d is taken back."); }
void line_walk_out(struct line *l, const char *rest) { take_leave(l, rest, SAY_WALK_OUT, "Say walkout and its number.", "You have walked out of %d."); }

void line_table(struct line *l, const char *rest)
{
    struct doc *d = line_doc(l);
    const int number = *rest ? number_of(l, &rest, "Say table alone for all.") : 0;
    if (*rest && !number)
        return;
    if (number)
        report_proposal(d, l->v, view_bargain(l->v, number));
    else
        report_table(d, l->v);
    line_say(l, d);
}

void line_who(struct line *l)
{
    struct doc *d = line_doc(l);
    report_seats(d, l->v, l->table->who);
    line_say(l, d);
}

/* With the turn's news: what waits for an answer, and what is owed. */
void line_say_waiting(struct line *l, struct doc *d)
{
    int waits = 0;
    const struct bargain *b[WAITING_MOST];
    const int n = view_bargains(l->v, b, WAITING_MOST);
    for (int i = 0; i < n; i++)
        if (bargain_waits_for(b[i], view_seat(l->v))) {
            report_said(d, l->v, b[i]);
            waits++;
        }
    if (waits)
        doc_text(d, "%s for your answer: reply and its number.", waits == 1 ? "It waits" : "They wait");
    if (report_found(d, l->v))
        doc_text(d, "What do you make of it? declare and its number, letpass, or ask. If you say nothing, it is declared broken when you commit.");
    report_duties(d, l->v, line_plan(l));
}
