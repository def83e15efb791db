/* mind/bargains.c — bargaining over imagined futures.
 *
 * A deal is tried like a move: on the same futures as no deal at all, it is in force in some lanes and not in others; in them each side keeps
 * its word, the other only in as many futures as it is trusted to. What either side would do without the deal is taken from the quick guesses of
 * ahead.c, and is left undone where the deal forbids it: that is what makes a promise to refrain worth something.
 *
 * To propose: single clauses that we could give and that we could ask for are tried, then the most promising pairs of them. To reply:
 * accepting is tried against refusing; refusing, the nearest changes of the proposal that would be worth it. All choices are in proportion to
 * exp(precision * value), so they are never certain, and the same seed makes the same ones. */
#include <stdio.h>
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "mind/mind_private.h"

enum {
    FUTURES = 8, AT_ONCE = LANES / FUTURES,     /* deals tried in one filling, the first of them none */
    MOST_GIVES = 7, MOST_TAKES = 8, PAIRS = AT_ONCE - 1, AGAIN_AFTER = 2,
    LASTS = 4, SOON = 1                         /* turns a promise to refrain stands; turns until something is done */
};
struct clauses { struct clause at[LANES]; int count, most; };
/* A deal tried: what it adds for us and for the other side. */
struct trial { struct proposal proposal; bool none; double mine, theirs, kept; };   /* kept: mine if the other side surely keeps its word */
struct bargaining { struct clauses give, take; struct trial single[AT_ONCE], pair[AT_ONCE], reply[AT_ONCE]; };

struct bargaining *bargaining_new(struct arena *a) { return ARENA_NEW(a, struct bargaining); }

static const double WORTH_IT = 0.1;             /* points: less is no reason to talk */
static const double ASKED_LEVEL = 0.6, STEP = 0.15, TRUSTED = 0.7;      /* of what is asked first; of a counter; where no trust is kept */

/* --- trying deals ------------------------------------------------------------------------------------------------------------------- */

static double trust_in(const struct view *v, int other)
{
    const struct program *p = view_program(v);
    if (p->dialogue.trust < 0)
        return TRUSTED;
    const struct seen_value seen = view_value(v, p->dialogue.trust, view_seat(v) * p->seats + other, view_turn(v));
    return seen.known ? seen.value : TRUSTED;
}

/* What we would do this turn without any deal, tried once a turn. */
static void find_best(struct mind *m, const struct view *v)
{
    struct candidate at[MOST_CANDIDATES];
    if (m->best_turn == view_turn(v))
        return;
    const int count = candidates_own(m, v, at, MOST_CANDIDATES);
    int best = 0;
    try_all(m, v, at, count, DRAWS);
    for (int i = 1; i < count; i++)
        if (!at[i].breaks && at[i].value > at[best].value)
            best = i;
    m->best_turn = view_turn(v);
    m->best_any = candidate_own(&at[best]) > 0 && at[best].value > at[0].value;
    m->best_row = at[best].row[at[best].kept];
}

static bool forbidden(const struct trial *t, int seat, struct row row)
{
    for (int i = 0; !t->none && i < t->proposal.clauses; i++)
        if (t->proposal.clause[i].seat == seat && clause_forbids(&t->proposal.clause[i], row))
            return true;
    return false;
}

/* In lane l the other side keeps its word if it is trusted so far: futures are cut in equal parts, so nothing is left to luck. */
static void who_keeps(struct mind *m, const struct view *v)
{
    for (int s = 0; s < m->p->seats; s++) {
        const double trust = s == m->seat ? 1 : trust_in(v, s);
        for (int l = 0; l < m->lanes; l++)
            m->keeps[s][l] = (l % FUTURES + 0.5) / FUTURES < trust;
    }
}

/* What a seat would do anyway, but not in lanes where it keeps a deal that forbids it. */
static void do_anyway(struct mind *m, struct orders *o, const struct trial *at, int count, int seat, struct row row)
{
    if (o->count == MOST_ORDERS)
        return;
    unsigned char *mask = m->mask + (size_t)o->count * (size_t)m->lanes;
    for (int l = 0; l < m->lanes; l++) {
        const int c = l / FUTURES < count ? l / FUTURES : 0;
        mask[l] = !(forbidden(&at[c], seat, row) && m->keeps[seat][l]);
    }
    o->at[o->count++] = (struct order){seat, row, mask};
}

/* at[0] is no deal; lanes c * FUTURES … belong to at[c]. */
static void try_deals(struct mind *m, const struct view *v, struct trial *at, int count, int other)
{
    const unsigned char *keeps[MOST_SEATS];
    struct orders o = {.count = 0};
    unsigned char here[LANES];
    REQUIRE(count <= AT_ONCE && at[0].none);
    guess_others(m, v);
    find_best(m, v);
    mind_imagine(m, FUTURES);
    who_keeps(m, v);
    for (int s = 0; s < m->p->seats; s++)
        keeps[s] = m->keeps[s];
    for (int c = 1; c < count; c++) {
        memset(here, 0, sizeof here);
        memset(here + c * FUTURES, 1, FUTURES);
        sim_conclude(m->sim, &at[c].proposal, NULL, here);
    }
    if (m->best_any)
        do_anyway(m, &o, at, count, m->seat, m->best_row);
    for (int s = 0; s < m->p->seats; s++)
        for (int r = 0; s != m->seat && r < m->other[s].rows; r++)
            do_anyway(m, &o, at, count, s, m->other[s].row[r]);
    for (int s = 0; s < m->p->seats; s++)
        o.count = sim_duties(m->sim, s, keeps[s], o.at, o.count);
    ahead_turns(m, &o, turns_ahead(m, v), keeps);
    worth_of(m, m->seat, m->persona->cares, m->value);
    worth_of(m, other, quick_cares(m->p, other), m->theirs);
    int sure = 0;                                   /* the futures in which the other side keeps its word come first */
    while (sure < FUTURES && m->keeps[other][sure])
        sure++;
    for (int c = count - 1; c >= 0; c--) {
        at[c].mine = worth_mean(m->value + c * FUTURES, FUTURES) - worth_mean(m->value, FUTURES);
        at[c].theirs = worth_mean(m->theirs + c * FUTURES, FUTURES) - worth_mean(m->theirs, FUTURES);
        at[c].kept = sure ? worth_mean(m->value + c * FUTURES, sure) - worth_mean(m->value, sure) : at[c].mine;
    }
}

/* --- clauses to give and to ask for --------------------------------------------------------------------------------------------------------- */

static struct clause plain_clause(int seat, enum clause_verb verb, int move, int target)
{
    return (struct clause){.seat = seat, .verb = verb, .move = move, .target = target, .setting = -1, .term = -1, .vague_level = -1, .vague_span = -1, .from = -1, .to = -1,
                           .clause = -1, .quantity = -1};
}

static struct clause until(struct clause c, int turn) { c.span = SPAN_UNTIL, c.to = turn; return c; }
static struct clause by(struct clause c, int turn) { c.span = SPAN_BY, c.to = turn; return c; }
static struct clause refrain(struct clause c) { c.not = true; return c; }

static void add_clause(struct clauses *list, struct clause c)
{
    if (list->count < list->most)
        list->at[list->count++] = c;
}

static bool answered_only(const struct move *is) { return is->answers >= 0 || is->answer != ANSWER_NONE; }

static bool stands_at(const struct view *v, int move, int target)
{
    const enum stage stage = view_measure(v, move, target < 0 ? 0 : target).stage;
    return stage == STAGE_IMPOSED || stage == STAGE_ENFORCED || stage == STAGE_EASED;
}

/* The most that the measure can be held at, as it is imposed unless another setting is named, less what it wears in a turn. */
static double reachable(const struct move *is)
{
    const struct setting *usual = &is->setting[is->settings - 1];
    double most = usual->level < usual->ceiling ? usual->level : usual->ceiling;
    most = most < is->ceiling ? most : is->ceiling;
    return pm_floor(most * (1 - is->decay) * 20) / 20;
}

/* First what it would do anyway, held back; then its terms; then what it could do, and undo. */
static void clauses_of(struct mind *m, const struct view *v, int seat, struct clauses *list)
{
    const struct program *p = m->p;
    const int now = view_turn(v) + view_first_turn(v);
    const bool ours = seat == m->seat;
    if (ours && m->best_any && m->best_row.verb == ROW_DO && p->move[m->best_row.move].measure)
        add_clause(list, until(refrain(plain_clause(seat, CLAUSE_IMPOSE, m->best_row.move, -1)), now + LASTS));
    for (int r = 0; !ours && r < m->other[seat].rows; r++)
        if (m->other[seat].row[r].verb == ROW_DO && p->move[m->other[seat].row[r].move].measure)
            add_clause(list, until(refrain(plain_clause(seat, CLAUSE_IMPOSE, m->other[seat].row[r].move, -1)), now + LASTS));
    for (int i = 0; i < p->terms; i++)
        if (p->term[i].seat == seat) {
            struct clause c = until(plain_clause(seat, CLAUSE_TERM, -1, -1), now + LASTS);
            c.term = i;
            add_clause(list, c);
        }
    for (int i = 0; i < p->moves; i++) {
        const struct move *is = &p->move[i];
        if (is->seat != seat || answered_only(is) || is->target >= 0)
            continue;
        if (is->measure && stands_at(v, i, -1))
            add_clause(list, by(plain_clause(seat, CLAUSE_LIFT, i, -1), now + SOON));
        else if (is->measure) {
            struct clause c = by(plain_clause(seat, CLAUSE_ENFORCE, i, -1), now + SOON + (is->ramp_up + p->time.steps - 1) / p->time.steps);
            c.level = LEVEL_LEAST, c.amount = reachable(is) < ASKED_LEVEL ? reachable(is) : ASKED_LEVEL;
            add_clause(list, c);
        } else
            add_clause(list, by(plain_clause(seat, CLAUSE_DO, i, -1), now + SOON));
    }
}

/* --- proposing -------------------------------------------------------------------------------------------------------------------------------- */

static int method_for(const struct mind *m, const struct view *v, const struct clause *take)
{
    for (int i = 0; i < m->p->methods; i++) {
        const struct method *method = &m->p->method[i];
        bool blind = method->consent || method->cost > view_budget(v);
        for (int k = 0; k < method->blinds; k++)
            blind = blind || method->blind[k] == take->move;
        if (!blind)
            return i;
    }
    return -1;
}

static bool needs_method(const struct program *p, const struct clause *c, int seat)
{
    if (c->term >= 0)
        return !(p->term[c->term].exact_for >> seat & 1);
    for (int i = 0; i < p->move[c->move].settings; i++)
        if (p->move[c->move].setting[i].quiet > 0)
            return true;
    return false;
}

static struct proposal offer_of(const struct mind *m, const struct view *v, int other, const struct clause *give, const struct clause *take)
{
    struct proposal q = {.kind = give ? PROPOSAL_OFFER : PROPOSAL_ASK, .from = m->seat, .to = 1u << other, .expires = -1, .verify = -1, .binding = BINDING_DUTY};
    if (give)
        q.clause[q.clauses++] = *give;
    if (take)
        q.clause[q.clauses++] = *take;
    if (give && take && (give->span == SPAN_UNTIL || give->span == SPAN_FROM)) {
        q.clause[0].condition = CONDITION_CLAUSE;
        q.clause[0].clause = 1;
    }
    if (take && needs_method(m->p, take, m->seat))
        q.verify = method_for(m, v, take);
    if (give && take)
        q.remedy = give->verb == CLAUSE_EASE || give->verb == CLAUSE_LIFT ? REMEDY_SNAPBACK : REMEDY_LAPSE;
    return q;
}

static int try_singles(struct mind *m, const struct view *v, int other, struct trial *at, int *gives)
{
    struct clauses *give = &m->bargaining->give, *take = &m->bargaining->take;
    int count = 1;
    give->count = take->count = 0;
    give->most = MOST_GIVES;
    take->most = MOST_TAKES;
    guess_others(m, v);
    find_best(m, v);
    clauses_of(m, v, m->seat, give);
    clauses_of(m, v, other, take);
    at[0] = (struct trial){.none = true};
    for (int i = 0; i < give->count; i++)
        at[count++] = (struct trial){.proposal = offer_of(m, v, other, &give->at[i], NULL)};
    *gives = give->count;
    for (int i = 0; i < take->count; i++)
        at[count++] = (struct trial){.proposal = offer_of(m, v, other, NULL, &take->at[i])};
    try_deals(m, v, at, count, other);
    return count;
}

/* Pairs that should leave both better off, by the sum of what their halves did, the most for the side that gets least first. */
static int try_pairs(struct mind *m, const struct view *v, int other, const struct trial *single, int count, int gives, struct trial *at)
{
    struct { int give, take; double least; } best[PAIRS];
    int pairs = 0;
    for (int g = 1; g <= gives; g++)
        for (int t = gives + 1; t < count; t++) {
            const double mine = single[g].mine + single[t].mine, theirs = single[g].theirs + single[t].theirs, least = mine < theirs ? mine : theirs;
            int k = pairs < PAIRS ? pairs : PAIRS - 1;
            /* Each half must be worth something to whom it is owed: nobody offers what the other does not want. */
            if (least <= 0 || single[g].theirs <= 0 || single[t].mine <= 0 || (pairs == PAIRS && least <= best[k].least))
                continue;
            for (; k > 0 && best[k - 1].least < least; k--)
                best[k] = best[k - 1];
            best[k].give = g, best[k].take = t, best[k].least = least;
            pairs += pairs < PAIRS;
        }
    at[0] = (struct trial){.none = true};
    for (int i = 0; i < pairs; i++)
        at[i + 1] = (struct trial){.proposal = offer_of(m, v, other, &single[best[i].give].proposal.clause[0], &single[best[i].take].proposal.clause[0])};
    if (pairs)
        try_deals(m, v, at, pairs + 1, other);
    return pairs + 1;
}

/* Of the deals that are worth it to both, and of saying nothing, one in proportion to exp(precision * value). */
static int choose_deal(const struct mind *m, const struct trial *at, int count, int turn)
{
    struct candidate chosen[FINALISTS] = {{.rows = 0, .value = 0}};
    int place[FINALISTS] = {0}, n = 1;
    for (int i = 1; i < count && n < FINALISTS; i++)
        if (at[i].mine > WORTH_IT && at[i].theirs > 0) {
            place[n] = i;
            chosen[n++].value = at[i].mine;
        }
    return place[ahead_choose(m, chosen, n, "a persona proposes", turn)];
}

static bool has_said(const struct view *v, int other)
{
    const struct bargain *b[64];
    const int n = view_bargains(v, b, 64);
    for (int i = 0; i < n; i++)
        if (b[i]->state == BARGAIN_ON_TABLE && ((b[i]->proposal.from == view_seat(v) && (b[i]->proposal.to >> other & 1)) || bargain_waits_for(b[i], view_seat(v))))
            return true;
    return false;
}

static void propose_to(struct mind *m, const struct view *v, int other)
{
    struct trial *single = m->bargaining->single, *pair = m->bargaining->pair;
    int gives, number;
    const int count = try_singles(m, v, other, single, &gives);
    const int pairs = try_pairs(m, v, other, single, count, gives, pair);
    const int chosen = pairs > 1 ? choose_deal(m, pair, pairs, view_turn(v) * MOST_SEATS + other) : 0;
    if (chosen == 0)
        return;
    struct arena a;
    char mine[NUMBER_TEXT], theirs[NUMBER_TEXT];
    arena_init(&a, "proposal");
    snprintf(m->reason, sizeof m->reason, "Proposes it because it is worth %s to it over %d turns, and by its guess %s to %s.", points(pair[chosen].mine, mine),
             turns_ahead(m, v), points(pair[chosen].theirs, theirs), m->p->seat[other].title);
    m->proposed_turn[other] = view_turn(v);
    table_say(v, &a, &(struct say){.kind = SAY_PROPOSE, .proposal = &pair[chosen].proposal, .why = m->reason}, &number);     /* refused: it was not to be */
    arena_done(&a);
}

bool bargains_propose(struct mind *m, const struct view *v)
{
    mind_believe(m, v);
    for (int other = 0; other < m->p->seats; other++) {
        const bool lately = m->proposed_turn[other] >= 0 && view_turn(v) - m->proposed_turn[other] < AGAIN_AFTER;
        if (other != m->seat && !lately && !has_said(v, other))
            propose_to(m, v, other);
    }
    return true;
}

/* --- replying ---------------------------------------------------------------------------------------------------------------------------------- */

static bool step_level(struct clause *c, double by)
{
    if (c->level != LEVEL_LEAST && c->level != LEVEL_MOST)
        return false;
    const double x = c->amount + (c->level == LEVEL_LEAST ? by : -by);
    if (x < STEP || x > 1)
        return false;
    c->amount = pm_round(x * 20) / 20;              /* people speak in steps of five */
    return true;
}

static void drop_clause(struct proposal *q, int place)
{
    for (int i = place; i + 1 < q->clauses; i++)
        q->clause[i] = q->clause[i + 1];
    q->clauses--;
    for (int i = 0; i < q->clauses; i++) {
        struct clause *c = &q->clause[i];
        if (c->condition == CONDITION_CLAUSE && c->clause == place)
            c->condition = CONDITION_NONE, c->clause = -1, c->unless = false;
        else if (c->condition == CONDITION_CLAUSE && c->clause > place)
            c->clause--;
    }
}

/* The nearest changes that favour us, or with `against` the other side: less of what one side promises, more of what the other does, a clause struck. */
static int steps_of(const struct mind *m, const struct proposal *was, bool against, struct trial *at, int room)
{
    int n = 0;
    for (int i = 0; i < was->clauses; i++)
        for (int step = 1; step <= 2 && n < room; step++) {
            at[n] = (struct trial){.proposal = *was};
            n += step_level(&at[n].proposal.clause[i], ((was->clause[i].seat == m->seat) != against ? -STEP : STEP) * step);
        }
    for (int i = 0; i < was->clauses && was->clauses > 1 && n < room; i++)
        if ((was->clause[i].seat == m->seat) != against) {
            at[n] = (struct trial){.proposal = *was};
            drop_clause(&at[n++].proposal, i);
        }
    return n;
}

/* What it would be worth if one side's part alone were promised; 0 clauses: that side promises nothing. */
static bool part_of(const struct proposal *was, int seat, bool ours, struct trial *at)
{
    *at = (struct trial){.proposal = *was};
    for (int i = was->clauses - 1; i >= 0; i--)
        if ((was->clause[i].seat == seat) != ours)
            drop_clause(&at->proposal, i);
    return at->proposal.clauses > 0;
}

/* The nearest changes that favour us, as offers of ours. */
static int changes_of(const struct mind *m, const struct proposal *was, struct trial *at, int room)
{
    const int n = steps_of(m, was, false, at, room);
    for (int i = 0; i < n; i++) {
        struct proposal *q = &at[i].proposal;
        q->kind = PROPOSAL_OFFER;
        q->to = (q->to | 1u << q->from) & ~(1u << m->seat);
        q->from = m->seat;
        q->expires = -1;
        if (q->verify >= 0 && m->p->method[q->verify].cost > 0)
            q->verify = was->verify;
    }
    return n;
}

static int best_change(const struct trial *at, int first, int count)
{
    int best = -1;
    for (int i = first; i < count; i++)
        if (at[i].mine > WORTH_IT && (best < 0 || at[i].theirs > at[best].theirs))
            best = i;
    return best;
}

static const char *changed_words(struct arena *a, const struct proposal *was, const struct proposal *now)
{
    for (int i = 0; i < now->clauses && now->clauses == was->clauses; i++)
        if (now->clause[i].amount != was->clause[i].amount)
            return arena_printf(a, "clause %d at %s%s", i + 1, share_text(a, now->clause[i].amount),
                                now->clause[i].amount < was->clause[i].amount ? " or less" : " or more");
    for (int i = 0; i < was->clauses; i++)
        if (i >= now->clauses || now->clause[i].seat != was->clause[i].seat || now->clause[i].move != was->clause[i].move || now->clause[i].term != was->clause[i].term ||
            now->clause[i].not != was->clause[i].not)
            return arena_printf(a, "it without clause %d", i + 1);
    return "fewer promises of its own";
}

/* The smallest change, in the order in which they were tried, with which the answer would be the contrary. */
static int first_that(const struct trial *at, int first, int count, bool pays)
{
    for (int i = first; i < first + count; i++)
        if ((at[i].mine > WORTH_IT) == pays)
            return i;
    return -1;
}

/* " The other side's part alone is worth 3.1 to it, its own alone -1.2." Either is tried like the whole. */
static const char *halves_words(struct arena *a, const struct trial *theirs, const struct trial *ours)
{
    char brings[NUMBER_TEXT], costs[NUMBER_TEXT];
    if (!theirs || !ours)
        return "";
    return arena_printf(a, " The other side's part alone is worth %s to it, its own alone %s.", points(theirs->mine, brings), points(ours->mine, costs));
}

void bargains_reply(struct mind *m, const struct view *v, int number)
{
    struct trial *at = m->bargaining->reply;
    const struct bargain *b = view_bargain(v, number);
    struct arena a;
    char worth[NUMBER_TEXT];
    REQUIRE(b && bargain_waits_for(b, m->seat));
    const struct proposal was = b->proposal;
    mind_believe(m, v);
    at[0] = (struct trial){.none = true};
    at[1] = (struct trial){.proposal = was};
    struct trial *part = at + 2;
    const bool two_parts = part_of(&was, m->seat, false, &part[0]) && part_of(&was, m->seat, true, &part[1]);
    const int first = two_parts ? 4 : 2, betters = changes_of(m, &was, at + first, AT_ONCE - first), worse = first + betters;
    const int worses = steps_of(m, &was, true, at + worse, AT_ONCE - worse), count = first + betters;
    try_deals(m, v, at, worse + worses, was.from);
    const struct candidate choice[2] = {{.value = 0}, {.value = at[1].mine}};
    const bool accepts = ahead_choose(m, choice, 2, "a persona answers a proposal", view_turn(v) * 4096 + number) == 1;
    const int better = accepts ? -1 : best_change(at, first, count);
    struct say said = {.kind = accepts ? SAY_ACCEPT : SAY_REJECT, .number = number};
    arena_init(&a, "reply");
    const char *halves = halves_words(&a, two_parts ? &part[0] : NULL, two_parts ? &part[1] : NULL);
    if (accepts) {
        const int flip = at[1].mine > WORTH_IT ? first_that(at, worse, worses, false) : -1;
        snprintf(m->reason, sizeof m->reason, "Accepts: it is worth %s to it over %d turns.%s%s", points(at[1].mine, worth), turns_ahead(m, v), halves,
                 at[1].mine <= WORTH_IT ? " It does not always take its best." : flip < 0 ? "" :
                 arena_printf(&a, " It would refuse %s.", changed_words(&a, &was, &at[flip].proposal)));
    } else if (better >= 0) {
        said.kind = SAY_PROPOSE;
        said.proposal = &at[better].proposal;
        snprintf(m->reason, sizeof m->reason, "As it stands it is worth %s to it; it would accept %s.%s", points(at[1].mine, worth), changed_words(&a, &was, &at[better].proposal), halves);
    } else if (at[1].mine > WORTH_IT) {
        snprintf(m->reason, sizeof m->reason, "Refuses, though it is worth %s to it: it does not always take its best.", points(at[1].mine, worth));
    } else if (at[1].kept > WORTH_IT) {
        said.reason = REJECT_TRUST;
        snprintf(m->reason, sizeof m->reason, "Refuses: kept by both it would be worth %s to it, but it does not trust that it would be.%s", points(at[1].kept, worth), halves);
    } else {
        said.reason = REJECT_PRICE;
        snprintf(m->reason, sizeof m->reason, "Refuses: it is worth %s to it, and no small change would mend that.%s", points(at[1].mine, worth), halves);
    }
    int made;
    said.why = m->reason;
    if (table_say(v, &a, &said, &made) && said.kind == SAY_PROPOSE)
        table_say(v, &a, &(struct say){.kind = SAY_REJECT, .number = number, .reason = REJECT_PRICE}, &made);      /* counters enough */
    arena_done(&a);
}
