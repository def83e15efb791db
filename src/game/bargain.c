/* game/bargain.c — the table of the live game. What is said takes effect at once among the proposals; deals come into force, and what was
 * said becomes rows of the record, when plans are committed; whoever keeps the record is told at once (game_sink.said). A turn that is taken back
 * takes back what was said in it; from a file it is said again when the game goes on (record_say_again). */
#include "game/bargain.h"

#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

const char *const bargain_state_word[7] = {"on the table", "agreed", "declared", "refused", "countered", "withdrawn", "expired"};
const char *const reject_reason_word[6] = {"none", "price", "trust", "home", "order", "not-mine"};

enum { MOST_OPEN = 8, MOST_COUNTERS = 4, STANDS_FOR = 1 };      /* of one seat on the table; in a row; turns that a proposal stands unless it says */

static const char *seat_name(const struct game *g, int seat) { return g->p->seat[seat].title ? g->p->seat[seat].title : g->p->seat[seat].name; }

static struct proposal_place place_of(const struct game *g, int seat) { return (struct proposal_place){seat, g->from}; }

static struct bargain *find(const struct game *g, int number) { return number >= 1 && number <= g->bargain.count ? g->bargain.at[number - 1] : NULL; }

static bool two_sided(const struct proposal *q) { return q->kind == PROPOSAL_OFFER || q->kind == PROPOSAL_ASK; }

static bool is_party(const struct bargain *b, int seat) { return b->proposal.from == seat || (b->proposal.to >> seat & 1); }

static uint32_t known_to(const struct bargain *b)
{
    return b->proposal.channel == CHANNEL_PUBLIC ? UINT32_MAX : b->proposal.to | 1u << b->proposal.from;
}

bool bargain_waits_for(const struct bargain *b, int seat)
{
    return b->state == BARGAIN_ON_TABLE && (b->proposal.to >> seat & 1) && !(b->accepted >> seat & 1);
}

/* --- a turn begins, or is taken back ------------------------------------------------------------------------------------------------ */

void table_begin_turn(struct game *g)
{
    const int now = g->live->w->turn;
    for (int i = 0; i < g->bargain.count; i++) {
        struct bargain *b = g->bargain.at[i];
        if (b->state == BARGAIN_ON_TABLE && now > b->proposal.expires)
            b->state = BARGAIN_EXPIRED;
    }
    g->bargain_mark = g->bargain.count;
    g->said.count = g->bargain_kept.count = 0;
    for (int i = 0; i < g->bargain.count; i++)
        if (g->bargain.at[i]->state == BARGAIN_ON_TABLE || (g->bargain.at[i]->deal && !g->bargain.at[i]->over))
            *LIST_ADD(g->arena, g->bargain_kept) = *g->bargain.at[i];
}

void table_take_back(struct game *g)
{
    g->bargain.count = g->bargain_mark;
    for (int i = 0; i < g->bargain_kept.count; i++)
        *g->bargain.at[g->bargain_kept.at[i].number - 1] = g->bargain_kept.at[i];
    g->said.count = 0;
    g->talking = false;
}

/* --- saying ---------------------------------------------------------------------------------------------------------------------------- */

static void record(struct game *g, int seat, const char *what)
{
    *LIST_ADD(g->arena, g->said) = arena_printf(g->arena, "%s: %s", g->p->seat[seat].name, what);
}

static int clauses_spoken_for(const struct game *g)
{
    int n = 0;
    for (int i = 0; i < g->bargain.count; i++) {
        const struct bargain *b = g->bargain.at[i];
        if ((b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED) && !b->over && b->proposal.kind != PROPOSAL_REPORT)
            n += b->proposal.clauses;
    }
    return n;
}

static const char *no_room(const struct game *g, struct arena *a, int clauses)
{
    if (clauses_spoken_for(g) + clauses <= MOST_MONITORS)
        return NULL;
    return arena_printf(a, "at most %d clauses can be in force at once, and %d are; wait until some are over, or walk out of a deal", MOST_MONITORS, clauses_spoken_for(g));
}

/* What this seat is to pay for checks of its proposals when plans are committed: of those agreed or declared, and with on_table of those that may
 * yet be. but: the number of one that does not count. */
static double checks_to_come(const struct game *g, int seat, bool on_table, int but)
{
    double sum = 0;
    for (int i = 0; i < g->bargain.count; i++) {
        const struct bargain *b = g->bargain.at[i];
        const bool sure = (b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED) && !b->deal && !b->over;
        if (b->proposal.from == seat && b->proposal.verify >= 0 && b->number != but && (sure || (on_table && b->state == BARGAIN_ON_TABLE)))
            sum += g->p->method[b->proposal.verify].cost;
    }
    return sum;
}

double table_checks(const struct game *g, int seat)
{
    return seat >= 0 && seat_rationed(&g->p->seat[seat]) ? checks_to_come(g, seat, false, 0) : 0;
}

double view_checks(const struct view *v) { return table_checks(v->game, v->seat); }

static const char *may_propose(const struct game *g, struct arena *a, int seat, const struct say *say)
{
    const struct proposal *q = say->proposal;
    const int now = g->live->w->turn;
    int open = 0, chain = 0;
    if (q->from != seat)
        return arena_printf(a, "only %s can say that", seat_name(g, q->from));
    if (q->expires >= 0 && q->expires < now)
        return arena_text(a, "it would have expired already; name this turn or a later one");
    for (int i = 0; i < g->bargain.count; i++)
        open += g->bargain.at[i]->proposal.from == seat && g->bargain.at[i]->state == BARGAIN_ON_TABLE;
    if (open >= MOST_OPEN)
        return arena_printf(a, "%d of your proposals are on the table; wait for answers, or take one back", open);
    if (say->number) {
        const struct bargain *b = find(g, say->number);
        if (!b || !is_party(b, seat))
            return arena_printf(a, "there is no proposal %d for you to answer", say->number);
        if (!bargain_waits_for(b, seat))
            return arena_printf(a, "%d is %s; there is nothing to answer", b->number, bargain_state_word[b->state]);
        for (const struct bargain *c = b; c && c->counters; c = find(g, c->counters))
            chain++;
        if (chain >= MOST_COUNTERS)
            return arena_printf(a, "%d counters in a row are enough; accept %d, refuse it, or begin anew", chain, b->number);
    }
    const double checks = q->verify >= 0 ? g->p->method[q->verify].cost + checks_to_come(g, seat, true, say->number) : 0;
    if (q->verify >= 0 && checks > world_get(g->live->w, g->p->seat[seat].budget, 0) && seat_rationed(&g->p->seat[seat]))
        return arena_printf(a, "'%s' costs more than you have", g->p->method[q->verify].title);
    return two_sided(q) || q->kind == PROPOSAL_REPORT ? NULL : no_room(g, a, q->clauses);
}

static struct bargain *of_deal(struct game *g, int deal)
{
    for (int i = g->bargain.count; i > 0; i--)
        if (g->bargain.at[i - 1]->deal == deal)
            return g->bargain.at[i - 1];
    return NULL;
}

/* What this seat reads into vague words, for the record: " reads 1=0.6/0,2=0/3", or nothing. */
static const char *readings_text(const struct game *g, int seat, const struct proposal *q, const struct readings *readings)
{
    struct text t;
    text_init(&t, g->arena);
    text_add(&t, "");
    for (int i = 0; readings && i < q->clauses; i++) {
        const struct clause *c = &q->clause[i];
        const struct reading_of *r = c->seat == seat ? &readings[i].by : &readings[i].to;
        char amount[NUMBER_TEXT];
        if (c->vague_level >= 0 || c->vague_span >= 0)
            text_addf(&t, "%s%d=%s/%d", t.length ? "," : " reads ", i + 1, text_number(r->amount, amount), r->turns);
    }
    return t.at;
}

/* --- how promises are kept, as it is said -------------------------------------------------------------------------------------------- */

bool bargain_found(const struct bargain *b, int place, int seat)
{
    const int by = b->proposal.clause[place].seat;
    return b->deal && !b->over && b->status[place] == CLAUSE_FOUND && by != seat && is_party(b, seat);
}

bool bargain_asked(const struct view *v, const struct bargain *b, int place)
{
    return b->asked[place] >= 0 && b->asked[place] >= v->game->turn_played - 1 && b->deal && !b->over;
}

struct proposal report_on(const struct bargain *b, int place, double level)
{
    struct proposal q = {.kind = PROPOSAL_REPORT, .channel = b->proposal.channel == CHANNEL_PUBLIC ? CHANNEL_PRIVATE : b->proposal.channel, .clauses = 1, .expires = -1,
                         .verify = -1, .binding = BINDING_DUTY, .clause = {b->proposal.clause[place]}};
    struct clause *c = &q.clause[0];
    q.from = c->seat;
    q.to = (b->proposal.to | 1u << b->proposal.from) & ~(1u << c->seat);
    c->span = SPAN_NONE, c->from = c->to = c->vague_span = -1;
    c->condition = CONDITION_NONE, c->clause = c->quantity = -1, c->element = 0, c->op = FACT_LESS, c->value = 0, c->unless = c->secret = false;
    const bool levelled = c->level != LEVEL_NONE && !c->not;
    c->level = levelled ? LEVEL_EXACT : LEVEL_NONE, c->amount = levelled ? level : 0, c->vague_level = -1;
    if (!levelled && level <= 0.5)
        c->not = !c->not;
    return q;
}

/* Its place among the monitors; -1: it is not in force. */
static int monitor_of(const struct game *g, const struct bargain *b, int place)
{
    struct monitor m;
    for (int k = 0; b->deal && k < MOST_MONITORS; k++)
        if (monitor_read(g->live, k, 0, &m) && m.deal == b->deal && m.place == place)
            return k;
    return -1;
}

static void note_report(struct game *g, const struct proposal *report)
{
    struct monitor m;
    sim_report(g->live, report, NULL);
    for (int k = 0; k < MOST_MONITORS; k++) {
        struct bargain *b = monitor_read(g->live, k, 0, &m) ? of_deal(g, m.deal) : NULL;
        if (b && monitor_said(g->live, k, 0) >= 0)
            b->said[m.place] = monitor_said(g->live, k, 0);
    }
}

static const char *may_speak_of(const struct game *g, struct arena *a, int seat, const struct say *say, const struct bargain *b)
{
    const int place = say->place;
    if (!b || !(known_to(b) >> seat & 1) || place < 0 || place >= b->proposal.clauses)
        return arena_printf(a, "there is no promise %d.%d that you know of", say->number, place + 1);
    if (!is_party(b, seat) || b->proposal.clause[place].seat == seat)
        return arena_printf(a, "promise %d.%d is not owed to you", b->number, place + 1);
    if (b->proposal.kind == PROPOSAL_THREAT)
        return arena_printf(a, "%d is a threat; nobody is owed one", b->number);
    if (!b->deal || b->status[place] >= CLAUSE_SHORT || monitor_of(g, b, place) < 0)
        return arena_printf(a, "promise %d.%d is %s", b->number, place + 1, b->deal ? "over" : "not in force yet");
    if (say->kind == SAY_LET_PASS && b->status[place] != CLAUSE_FOUND)
        return arena_printf(a, "promise %d.%d was not found short; there is nothing to let pass", b->number, place + 1);
    if (say->kind == SAY_DECLARE && b->status[place] == CLAUSE_OPEN)
        return arena_printf(a, "promise %d.%d is not due yet, so it cannot be broken", b->number, place + 1);
    if (say->kind == SAY_ASK_ABOUT && b->asked[place] == g->turn_played)
        return arena_printf(a, "you have asked about %d.%d already; the answer may come with the next turn", b->number, place + 1);
    return NULL;
}

static void declare(struct game *g, struct bargain *b, int place, int by)
{
    b->declared_by[place] = by;
    b->untrue[place] = !deal_declare(g->live, 0, monitor_of(g, b, place), by);
    deals_note(g);
    deals_free(g->live, 0);
    deals_count(g->live, 0);
}

static void speak_of(struct game *g, int seat, struct bargain *b, const struct say *say)
{
    static const char *const words[] = {[SAY_DECLARE] = "declare broken", [SAY_LET_PASS] = "let pass", [SAY_ASK_ABOUT] = "ask about"};
    const int debtor = b->proposal.clause[say->place].seat;
    record(g, seat, arena_printf(g->arena, "%s %d.%d", words[say->kind], b->number, say->place + 1));
    if (say->kind == SAY_DECLARE) {
        declare(g, b, say->place, seat);
    } else if (say->kind == SAY_LET_PASS) {
        deal_let_pass(g->live, 0, monitor_of(g, b, say->place));
        deals_note(g);
        deals_free(g->live, 0);
    } else {
        b->asked[say->place] = g->turn_played;
        if (g->ops[debtor] && g->ops[debtor]->asked && !g->retelling)
            g->ops[debtor]->asked(g->self[debtor], &g->view[debtor], b->number, say->place);
    }
}

/* Where nobody has said what to make of it, it is held to be broken; who asked waits a turn for the answer. */
static void declare_the_rest(struct game *g)
{
    for (int i = 0; i < g->bargain.count; i++) {
        struct bargain *b = g->bargain.at[i];
        for (int c = 0; b->deal && !b->over && c < b->proposal.clauses; c++) {
            int by = 0;
            if (b->status[c] != CLAUSE_FOUND || b->asked[c] == g->turn_played)
                continue;
            while (by == b->proposal.clause[c].seat || !is_party(b, by))
                by++;
            declare(g, b, c, by);
        }
    }
}

static void read_as(struct bargain *b, int seat, const struct readings *readings)
{
    for (int i = 0; readings && i < b->proposal.clauses; i++) {
        if (b->proposal.clause[i].seat == seat)
            b->readings[i].by = readings[i].by;
        else
            b->readings[i].to = readings[i].to;
    }
}

static struct bargain *propose(struct game *g, int seat, const struct say *say)
{
    struct bargain *b = ARENA_NEW(g->arena, struct bargain);
    *b = (struct bargain){.number = g->bargain.count + 1, .proposal = *say->proposal, .turn = g->turn_played, .answered_by = -1, .counters = say->number,
                          .why = say->why ? arena_text(g->arena, say->why) : "", .answer_why = ""};
    if (b->proposal.expires < 0)
        b->proposal.expires = g->live->w->turn + STANDS_FOR;
    for (int i = 0; i < b->proposal.clauses; i++) {
        b->readings[i] = readings_usual(g->p, &b->proposal.clause[i]);
        b->said[i] = b->seen[i] = b->truth[i] = b->asked[i] = b->declared_by[i] = -1;
    }
    read_as(b, seat, say->readings);
    if (b->proposal.kind == PROPOSAL_REPORT)
        note_report(g, &b->proposal);
    b->state = two_sided(&b->proposal) ? BARGAIN_ON_TABLE : BARGAIN_DECLARED;
    b->over = b->proposal.kind == PROPOSAL_REPORT;
    *LIST_ADD(g->arena, g->bargain) = b;
    struct bargain *old = find(g, say->number);
    if (old && say->number) {
        old->state = BARGAIN_COUNTERED;
        old->answered_by = seat;
        old->countered_by = b->number;
        old->answer_why = b->why;
    }
    const char *line = proposal_print(g->p, g->arena, place_of(g, seat), &b->proposal);
    const char *reads = readings_text(g, seat, &b->proposal, say->readings);
    record(g, seat, say->number ? arena_printf(g->arena, "%d for %d%s %s", b->number, say->number, reads, line) : arena_printf(g->arena, "%d%s %s", b->number, reads, line));
    return b;
}

static const char *may_answer(const struct game *g, struct arena *a, int seat, const struct say *say, const struct bargain *b)
{
    if (!b || !(known_to(b) >> seat & 1))
        return arena_printf(a, "there is no proposal %d on the table", say->number);
    if (say->kind >= SAY_DECLARE)
        return may_speak_of(g, a, seat, say, b);
    if (say->kind == SAY_WITHDRAW) {
        if (b->proposal.from != seat)
            return arena_printf(a, "%d is not yours to take back; refuse it instead", b->number);
        return b->state == BARGAIN_ON_TABLE ? NULL : arena_printf(a, "%d is %s and cannot be taken back%s", b->number, bargain_state_word[b->state],
                                                                   b->state == BARGAIN_AGREED ? "; walk out of it if you must" : "");
    }
    if (say->kind == SAY_WALK_OUT)
        return b->deal && !b->over && is_party(b, seat) ? NULL : arena_printf(a, "%d is not a deal in force that you could walk out of", b->number);
    if (!bargain_waits_for(b, seat)) {
        if (b->proposal.from == seat)
            return arena_printf(a, "%d is your own; others answer it", b->number);
        return arena_printf(a, b->accepted >> seat & 1 ? "you have accepted %d already" : "%d is %s; there is nothing to answer", b->number, bargain_state_word[b->state]);
    }
    return say->kind == SAY_ACCEPT ? no_room(g, a, b->proposal.clauses) : NULL;
}

static void accept(struct game *g, int seat, struct bargain *b, const struct say *say)
{
    b->accepted |= 1u << seat;
    read_as(b, seat, say->readings);
    record(g, seat, arena_printf(g->arena, "accept %d%s", b->number, readings_text(g, seat, &b->proposal, say->readings)));
    if ((b->proposal.to & ~b->accepted) == 0)
        b->state = BARGAIN_AGREED;
}

static void walk_out(struct game *g, int seat, struct bargain *b)
{
    record(g, seat, arena_printf(g->arena, "walk out of %d", b->number));
    deal_walk_out(g->live, 0, b->deal, seat);
    deals_note(g);
    deals_free(g->live, 0);
}

static void answer(struct game *g, int seat, struct bargain *b, const struct say *say)
{
    if (say->why)
        b->answer_why = arena_text(g->arena, say->why);
    switch (say->kind) {
    case SAY_ACCEPT:
        accept(g, seat, b, say);
        return;
    case SAY_REJECT:
        b->state = BARGAIN_REFUSED;
        b->answered_by = seat;
        b->reason = say->reason;
        record(g, seat, arena_printf(g->arena, "reject %d %s", b->number, reject_reason_word[say->reason]));
        return;
    case SAY_WITHDRAW:
        b->state = BARGAIN_WITHDRAWN;
        record(g, seat, arena_printf(g->arena, "withdraw %d", b->number));
        return;
    case SAY_WALK_OUT:
        walk_out(g, seat, b);
        return;
    case SAY_DECLARE:
    case SAY_LET_PASS:
    case SAY_ASK_ABOUT:
        speak_of(g, seat, b, say);
        return;
    case SAY_PROPOSE:
        break;
    }
    UNREACHABLE();
}

/* Whoever can answer at once does. A reply may be a counter, which is answered in turn; counters in a row are few. */
static void ask_replies(struct game *g, struct bargain *b)
{
    for (int seat = 0; seat < g->p->seats && b->state == BARGAIN_ON_TABLE && !g->retelling; seat++)
        if (bargain_waits_for(b, seat) && g->ops[seat] && g->ops[seat]->reply)
            g->ops[seat]->reply(g->self[seat], &g->view[seat], b->number);
}

/* What a seat says of itself lasts with all that is answered to it at once, so that a game that is cut off never stands between the two. */
static void say_lasts(struct game *g)
{
    if (g->speaking == 0 && g->asking_seats && !g->retelling && g->sink && g->sink->said)
        g->sink->said(g->sink_self, g);
}

static const char *say_it(const struct view *v, struct arena *a, const struct say *say, int *number)
{
    struct game *g = v->game;
    const char *wrong;
    *number = say->number;
    if (!g->p->dialogue.given)
        return "this scenario has no dialogue: nothing can be promised in it";
    if (!g->talking || v->seat < 0)
        return "the table is not open for talk now";
    if (say->kind == SAY_PROPOSE) {
        if ((wrong = may_propose(g, a, v->seat, say)))
            return wrong;
        struct bargain *made = propose(g, v->seat, say);
        *number = made->number;
        ask_replies(g, made);
        return NULL;
    }
    struct bargain *b = find(g, say->number);
    if ((wrong = may_answer(g, a, v->seat, say, b)))
        return wrong;
    answer(g, v->seat, b, say);
    g->probe_fresh = false;
    return NULL;
}

const char *table_say(const struct view *v, struct arena *a, const struct say *say, int *number)
{
    struct game *g = v->game;
    g->speaking++;
    const char *wrong = say_it(v, a, say, number);
    g->speaking--;
    if (!wrong)
        say_lasts(g);
    return wrong;
}

/* --- from the record ---------------------------------------------------------------------------------------------------------------------- */

static bool takes(const char **at, const char *words)
{
    const size_t n = strlen(words);
    if (strncmp(*at, words, n) != 0)
        return false;
    *at += n;
    return true;
}

static bool takes_number(const char **at, int *number)
{
    long n;
    const size_t length = strspn(*at, "0123456789");
    if (length == 0 || length > 6 || !text_to_long(*at, length, &n))
        return false;
    *number = (int)n;
    *at += length;
    return true;
}

/* As readings_text writes them; those that are not named stay as usual. */
static bool takes_readings(const char **at, struct readings *readings)
{
    int place, turns;
    double amount;
    do {
        if (!takes_number(at, &place) || place < 1 || place > MOST_CLAUSES || !takes(at, "="))
            return false;
        const size_t n = strcspn(*at, "/");
        if (!text_to_number(*at, n, &amount) || !(amount >= 0 && amount <= 1))
            return false;
        *at += n;
        if (!takes(at, "/") || !takes_number(at, &turns))
            return false;
        readings[place - 1].by = readings[place - 1].to = (struct reading_of){amount, turns};
    } while (takes(at, ","));
    return true;
}

/* What record() wrote: "3 offer …", "4 for 3 offer …", "accept 3", "reject 3 price", "withdraw 3", "walk out of 3", "declare broken 3.1", "let
 * pass 3.1", "ask about 3.1". */
static const char *read_said(const struct game *g, struct arena *a, int seat, const char *text, struct say *say, struct proposal *q)
{
    struct readings *readings = ARENA_ARRAY(a, MOST_CLAUSES, struct readings);
    const char *at = text;
    *say = (struct say){.kind = SAY_PROPOSE};
    int number = 0;
    if (takes(&at, "accept "))
        say->kind = SAY_ACCEPT;
    else if (takes(&at, "reject "))
        say->kind = SAY_REJECT;
    else if (takes(&at, "withdraw "))
        say->kind = SAY_WITHDRAW;
    else if (takes(&at, "walk out of "))
        say->kind = SAY_WALK_OUT;
    else if (takes(&at, "declare broken "))
        say->kind = SAY_DECLARE;
    else if (takes(&at, "let pass "))
        say->kind = SAY_LET_PASS;
    else if (takes(&at, "ask about "))
        say->kind = SAY_ASK_ABOUT;
    if (!takes_number(&at, &number))
        return "it is nothing that can be said at the table";
    if (say->kind == SAY_PROPOSE) {
        if (takes(&at, " for ") && !takes_number(&at, &say->number))
            return "what it answers has no number";
        say->proposal = q;
        if (takes(&at, " reads ")) {
            say->readings = readings;
            if (!takes_readings(&at, readings))
                return "what it reads into vague words is not to be understood";
        }
        at += strspn(at, " ");
        return proposal_parse(g->p, a, place_of(g, seat), at, q, NULL);
    }
    say->number = number;
    if (say->kind >= SAY_DECLARE && (!takes(&at, ".") || !takes_number(&at, &say->place)))
        return "it names no clause";
    say->place -= say->kind >= SAY_DECLARE;
    if (say->kind == SAY_ACCEPT && takes(&at, " reads ")) {
        say->readings = readings;
        if (!takes_readings(&at, readings))
            return "what it reads into vague words is not to be understood";
    }
    at += strspn(at, " ");
    for (int i = REJECT_NONE; say->kind == SAY_REJECT && i <= REJECT_NOT_MINE; i++)
        if (strcmp(at, reject_reason_word[i]) == 0)
            say->reason = (enum reject_reason)i;
    return NULL;
}

const char *table_replay(struct game *g, const char *text)
{
    struct proposal q;
    struct say say;
    int number;
    for (int seat = 0; seat < g->p->seats; seat++) {
        const char *at = text, *wrong;
        if (!takes(&at, g->p->seat[seat].name) || !takes(&at, ": "))
            continue;
        wrong = read_said(g, g->arena, seat, at, &say, &q);
        return wrong ? wrong : table_say(&g->view[seat], g->arena, &say, &number);
    }
    return "it is said by none of the seats";
}

bool table_say_again(struct game *g)
{
    const char *wrong = NULL;
    g->retelling = true;
    for (int i = 0; i < g->talks && !wrong; i++) {
        wrong = table_replay(g, g->talk[i].text);
        if (!wrong && strcmp(g->said.at[g->said.count - 1], g->talk[i].text) != 0)
            wrong = arena_printf(g->arena, "it comes out as '%s'", g->said.at[g->said.count - 1]);
        if (wrong)
            g->failure = arena_printf(g->arena, "what was said at the table of turn %d cannot be said again: %s", g->turn_played + 1, wrong);
    }
    g->retelling = false;
    g->talks = 0;
    return !wrong;
}

/* --- commit: what was said goes on record, deals come into force ------------------------------------------------------------------------ */

static void conclude(struct game *g, struct bargain *b)
{
    const uint32_t known = known_to(b);
    const bool room = sim_conclude(g->live, &b->proposal, b->readings, NULL);
    ENSURE(room);                           /* looked at when it was accepted */
    b->deal = (int)world_get(g->live->w, g->p->dialogue.numbered, 0);
    if (b->proposal.verify >= 0 && seat_rationed(&g->p->seat[b->proposal.from])) {
        double *budget = sim_at(g->live, g->p->seat[b->proposal.from].budget, 0);
        *budget -= g->p->method[b->proposal.verify].cost;
        if (*budget < 0)
            *budget = 0;
    }
    news_deal(g, b, known);
}

void table_commit(struct game *g)
{
    g->talking = false;
    for (int i = 0; i < g->said.count; i++)
        journal_add(g, "say", g->said.at[i]);
    declare_the_rest(g);
    for (int i = 0; i < g->bargain.count; i++) {
        struct bargain *b = g->bargain.at[i];
        if ((b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED) && !b->deal && !b->over)
            conclude(g, b);
    }
    shadows_deals(g);
}

/* Deals of an opening are on the table's list from the start. */
void table_opening(struct game *g, const struct play *play)
{
    for (int i = 0; i < play->deals; i++) {
        const struct say said = {.kind = SAY_PROPOSE, .proposal = play->deal[i].proposal};
        if (play->deal[i].turn != g->live->w->turn || clauses_spoken_for(g) + said.proposal->clauses > MOST_MONITORS)
            continue;
        struct bargain *b = propose(g, said.proposal->from, &said);
        if (b->proposal.kind == PROPOSAL_REPORT)
            continue;
        b->accepted = b->proposal.to;
        b->state = two_sided(&b->proposal) ? BARGAIN_AGREED : BARGAIN_DECLARED;
        sim_conclude(g->live, &b->proposal, b->readings, NULL);
        b->deal = (int)world_get(g->live->w, g->p->dialogue.numbered, 0);
    }
    g->said.count = 0;
    shadows_deals(g);
}

/* --- review: what became of the clauses ----------------------------------------------------------------------------------------------------- */

void deal_seen(struct game *g, const struct monitor *m, double seen, double truth)
{
    struct bargain *b = of_deal(g, m->deal);
    if (!b)
        return;
    b->seen[m->place] = seen;
    b->truth[m->place] = truth;
}

bool deal_party(struct game *g, int deal, int seat)
{
    const struct bargain *b = of_deal(g, deal);
    return b && is_party(b, seat);
}

int deal_number(struct game *g, int deal)
{
    const struct bargain *b = of_deal(g, deal);
    return b ? b->number : 0;
}

void deals_note(struct game *g)
{
    struct monitor m;
    for (int k = 0; k < MOST_MONITORS; k++) {
        struct bargain *b = monitor_read(g->live, k, 0, &m) ? of_deal(g, m.deal) : NULL;
        if (!b)
            continue;
        if (b->status[m.place] != m.status && (m.status == CLAUSE_FOUND || m.status == CLAUSE_SHORT || m.status == CLAUSE_CLOSED_KEPT))
            news_clause(g, b, m.place, m.status, known_to(b));
        b->status[m.place] = m.status;
        b->short_of[m.place] = monitor_short(g->live, k, 0);
    }
    for (int i = 0; i < g->bargain.count; i++) {
        struct bargain *b = g->bargain.at[i];
        bool over = b->deal > 0;
        for (int c = 0; c < b->proposal.clauses; c++)
            over = over && b->status[c] >= CLAUSE_SHORT;
        b->over = b->over || over;
    }
}

/* --- what a seat sees of it -------------------------------------------------------------------------------------------------------------- */

static bool knows(const struct view *v, const struct bargain *b)
{
    return v->seat < 0 || v->game->open || (known_to(b) >> v->seat & 1);
}

int view_bargains(const struct view *v, const struct bargain **bargain, int room)
{
    const struct game *g = v->game;
    int n = 0;
    for (int i = 0; i < g->bargain.count && n < room; i++)
        if (knows(v, g->bargain.at[i]))
            bargain[n++] = g->bargain.at[i];
    return n;
}

const struct bargain *view_bargain(const struct view *v, int number)
{
    const struct bargain *b = find(v->game, number);
    return b && knows(v, b) ? b : NULL;
}

static struct monitor as_monitor(const struct bargain *b, int place)
{
    return (struct monitor){.deal = b->deal, .place = place, .kind = b->proposal.kind, .clause = b->proposal.clause[place], .status = b->status[place]};
}

/* Turn of the scenario by whose end it must be done; -1: each turn. */
static int due_turn(const struct game *g, const struct bargain *b, int place)
{
    const struct clause *c = &b->proposal.clause[place];
    const int made = b->turn + g->from;
    switch (c->span) {
    case SPAN_BY:    return c->to;
    case SPAN_VAGUE: return made + b->readings[place].by.turns;
    case SPAN_NONE:  return c->not || c->verb == CLAUSE_ENFORCE || c->verb == CLAUSE_TERM || c->verb == CLAUSE_DELAY ? -1 : made + 1;
    case SPAN_FROM:
    case SPAN_FROM_TO:
    case SPAN_UNTIL:
    case SPAN_EACH:  return -1;
    }
    UNREACHABLE();
}

int view_duties(const struct view *v, struct duty *duty, int room)
{
    const struct game *g = v->game;
    int n = 0;
    for (int i = 0; i < g->bargain.count; i++) {
        const struct bargain *b = g->bargain.at[i];
        const bool holds = (b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED) && !b->over;
        for (int c = 0; holds && c < b->proposal.clauses && n < room; c++) {
            const struct monitor m = as_monitor(b, c);
            if (m.clause.seat != v->seat || b->status[c] >= CLAUSE_SHORT)
                continue;
            const int due = due_turn(g, b, c);
            duty[n] = (struct duty){.bargain = b, .place = c, .due = due < 0 ? -1 : due - g->from};
            duty[n].has_row = monitor_row(&m, &duty[n].row);
            n++;
        }
    }
    return n;
}

static bool stands(const struct view *v, const struct clause *c)
{
    const struct move *m = &v->game->p->move[c->move];
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        if (*move_at(v->game->live, m, t, MOVE_ON, 0) != 0)
            return true;
    return false;
}

static bool done_since(const struct view *v, const struct clause *c, int turn)
{
    const struct move *m = &v->game->p->move[c->move];
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        if (*move_at(v->game->live, m, t, MOVE_SINCE, 0) >= turn)
            return true;
    return false;
}

/* Turns before the one in which it is due that a measure must be imposed in, so that its ramp is over by then. */
static int lead(const struct program *p, const struct clause *c)
{
    const int steps = p->time.steps > 0 ? p->time.steps : 1, ramp = p->move[c->move].ramp_up;
    return c->level == LEVEL_NONE || ramp <= steps ? 0 : (ramp + steps - 1) / steps - 1;
}

/* Only what rows decide: whether a fact comes about is for the model to say. */
static bool plan_breaks(const struct view *v, const struct plan *plan, const struct duty *d)
{
    const struct clause *c = &d->bargain->proposal.clause[d->place];
    bool does = false;
    if (c->term >= 0)
        return false;
    for (int i = 0; i < plan->rows; i++) {
        if (clause_forbids(c, plan->row[i]))
            return true;
        does = does || (plan->row[i].move == c->move && (c->target < 0 || plan->row[i].target == c->target) && plan->row[i].verb == d->row.verb);
    }
    if (does || !d->has_row || (d->due >= 0 && d->due - lead(v->game->p, c) > view_turn(v)))
        return false;
    switch (c->verb) {
    case CLAUSE_DO:      return !done_since(v, c, d->bargain->turn + v->game->from);
    case CLAUSE_IMPOSE:
    case CLAUSE_ENFORCE: return !stands(v, c);
    case CLAUSE_EASE:
    case CLAUSE_LIFT:    return stands(v, c) && c->level == LEVEL_NONE;
    case CLAUSE_DELAY:
    case CLAUSE_TERM:    return false;
    }
    UNREACHABLE();
}

int view_breach_price(const struct view *v, const struct duty *duty, struct breach_price *price, int room)
{
    const struct game *g = v->game;
    const struct program *p = g->p;
    const struct bargain *b = duty->bargain;
    const int trust = p->dialogue.trust;
    int n = 0;
    for (int seat = 0; trust >= 0 && b->proposal.kind != PROPOSAL_THREAT && seat < p->seats && n < room; seat++) {
        const bool owed = b->proposal.kind == PROPOSAL_STATEMENT || is_party(b, seat);
        if (seat == v->seat || (!owed && b->proposal.channel != CHANNEL_PUBLIC))
            continue;
        const int element = seat * p->seats + v->seat;
        const struct seen_value now = view_value(v, trust, element, view_turn(v));
        if (!now.known)
            continue;
        price[n].seat = seat;
        price[n].before = now.value;
        price[n].after = value_clamped(g->live, 0, trust, element, breach_push(p, &b->proposal, &b->proposal.clause[duty->place], now.value, owed));
        n++;
    }
    return n;
}

int view_breaks(const struct view *v, const struct plan *plan, const struct duty *duty, int duties, int *broken)
{
    int n = 0;
    for (int i = 0; i < duties; i++)
        if (plan_breaks(v, plan, &duty[i]))
            broken[n++] = i;
    return n;
}
