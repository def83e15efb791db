/* game/deals.c — deals in force, lane by lane: clauses are written into the monitors that the program reserved, judged at the end of each
 * turn, and billed.
 *
 * Three levels are kept apart: what a seat did (MONITOR_SHORT, how far it truly fell short), what the other side sees of it
 * (MONITOR_STATUS, by the method that was agreed), and what it says itself (reports, which are on record only). Only what is seen is
 * billed; what nobody sees costs nothing until the table is opened. No clause ever stops a row. */
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "game/game_private.h"

enum bound_by { BOUND, NOT_NOW, RELEASED };

static const double NEAR = 1e-9;            /* a level that misses by rounding is not short */

static double *at(struct sim *s, int k, enum monitor_slot what, int lane)
{
    return sim_at(s, s->p->dialogue.monitors + (uint32_t)k * MONITOR_SLOTS + (uint32_t)what, lane);
}

static int whole(struct sim *s, int k, enum monitor_slot what, int lane) { return (int)*at(s, k, what, lane); }

static bool in_use(struct sim *s, int k, int lane) { return *at(s, k, MONITOR_DEAL, lane) != 0; }

static bool is_final(int status) { return status >= CLAUSE_SHORT; }

static bool is_threat(const struct monitor *m) { return m->kind == PROPOSAL_THREAT; }

static bool is_final_at(struct sim *s, int k, int lane) { return is_final(whole(s, k, MONITOR_STATUS, lane)); }

static double within_one(double x) { return x < -1 ? -1 : x > 1 ? 1 : x; }

/* --- reading a monitor ------------------------------------------------------------------------------------------------------------- */

bool monitor_read(const struct sim *sim, int k, int lane, struct monitor *out)
{
    struct sim *s = (struct sim *)sim;                  /* reads only */
    if (!s->p->dialogue.given || !in_use(s, k, lane))
        return false;
    const int level = whole(s, k, MONITOR_LEVEL, lane), span = whole(s, k, MONITOR_SPAN, lane);
    *out = (struct monitor){
        .deal = whole(s, k, MONITOR_DEAL, lane), .place = whole(s, k, MONITOR_CLAUSE, lane), .kind = (enum proposal_kind)whole(s, k, MONITOR_KIND, lane),
        .to = (unsigned)*at(s, k, MONITOR_TO, lane), .verify = whole(s, k, MONITOR_VERIFY, lane), .remedy = (enum remedy)whole(s, k, MONITOR_REMEDY, lane),
        .binding = (enum binding)whole(s, k, MONITOR_BINDING, lane), .channel = (enum channel)whole(s, k, MONITOR_CHANNEL, lane),
        .since = whole(s, k, MONITOR_SINCE, lane), .status = (enum clause_status)whole(s, k, MONITOR_STATUS, lane),
        .clause = {.seat = whole(s, k, MONITOR_BY, lane), .not = *at(s, k, MONITOR_NOT, lane) != 0, .secret = *at(s, k, MONITOR_SECRET, lane) != 0,
                   .verb = (enum clause_verb)whole(s, k, MONITOR_VERB, lane), .move = whole(s, k, MONITOR_MOVE, lane), .target = whole(s, k, MONITOR_TARGET, lane),
                   .setting = whole(s, k, MONITOR_SETTING, lane), .term = whole(s, k, MONITOR_TERM, lane), .level = (enum level_kind)(level & 7),
                   .amount = level & 7 ? *at(s, k, MONITOR_AMOUNT, lane) : 0, .vague_level = (level >> 3) - 1, .span = (enum span_kind)(span & 7),
                   .from = whole(s, k, MONITOR_FROM, lane), .to = whole(s, k, MONITOR_UNTIL, lane), .vague_span = (span >> 3) - 1,
                   .condition = (enum condition_kind)whole(s, k, MONITOR_CONDITION, lane), .unless = *at(s, k, MONITOR_UNLESS, lane) != 0,
                   .clause = whole(s, k, MONITOR_OTHER, lane), .quantity = whole(s, k, MONITOR_QUANTITY, lane), .element = whole(s, k, MONITOR_ELEMENT, lane),
                   .op = (enum fact_op)whole(s, k, MONITOR_OP, lane), .value = *at(s, k, MONITOR_VALUE, lane)}};
    return true;
}

/* --- entering into force -------------------------------------------------------------------------------------------------------------- */

static bool standing_kind(const struct clause *c) { return c->not || c->verb == CLAUSE_ENFORCE || c->verb == CLAUSE_TERM || c->verb == CLAUSE_DELAY; }

/* What a clause without a date means: what is done, by the end of the next turn; what is refrained from or held, from now on. */
static struct clause with_dates(const struct clause *clause, int now)
{
    struct clause c = *clause;
    if (c.span == SPAN_NONE && standing_kind(&c))
        c.span = SPAN_FROM, c.from = now;
    else if (c.span == SPAN_NONE)
        c.span = SPAN_BY, c.to = now + 1;
    if (c.span == SPAN_EACH)
        c.from = now;
    return c;
}

static double level_now(struct sim *s, const struct clause *c, int lane)
{
    const struct move *m = &s->p->move[c->move];
    double best = 0;
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        if (*move_at(s, m, t, MOVE_LEVEL, lane) > best)
            best = *move_at(s, m, t, MOVE_LEVEL, lane);
    return best;
}

static double times_now(struct sim *s, const struct clause *c, int lane)
{
    const struct move *m = &s->p->move[c->move];
    double times = 0;
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        times += *move_at(s, m, t, MOVE_TIMES, lane);
    return times;
}

static void write_monitor(struct sim *s, int k, int lane, const struct proposal *q, int place, int deal, const struct readings *readings)
{
    const int now = s->w->turn;
    const struct clause c = with_dates(&q->clause[place], now);
    const struct readings r = readings ? *readings : readings_usual(s->p, &q->clause[place]);
    const bool eases = c.verb == CLAUSE_EASE;
    const unsigned to = q->to ? q->to & ~(1u << c.seat) : ((1u << s->p->seats) - 1) & ~(1u << c.seat);
    /* In an offer or ask what a receiver promises is owed to who made it, and to the other parties. */
    const double value[MONITOR_SLOTS] = {
        [MONITOR_DEAL] = deal, [MONITOR_CLAUSE] = place, [MONITOR_KIND] = q->kind, [MONITOR_BY] = c.seat,
        [MONITOR_TO] = c.seat == q->from ? to : (q->to | 1u << q->from) & ~(1u << c.seat), [MONITOR_NOT] = c.not, [MONITOR_SECRET] = c.secret, [MONITOR_VERB] = c.verb,
        [MONITOR_MOVE] = c.move, [MONITOR_TARGET] = c.target, [MONITOR_SETTING] = c.setting, [MONITOR_TERM] = c.term,
        [MONITOR_LEVEL] = c.level + 8 * (c.vague_level + 1), [MONITOR_AMOUNT] = c.level == LEVEL_VAGUE ? r.by.amount : c.amount,
        [MONITOR_AMOUNT_READ] = c.level == LEVEL_VAGUE ? r.to.amount : c.amount, [MONITOR_SPAN] = c.span + 8 * (c.vague_span + 1), [MONITOR_FROM] = c.from,
        [MONITOR_UNTIL] = c.span == SPAN_VAGUE ? now + r.by.turns : c.to, [MONITOR_UNTIL_READ] = c.span == SPAN_VAGUE ? now + r.to.turns : c.to,
        [MONITOR_CONDITION] = c.condition, [MONITOR_UNLESS] = c.unless, [MONITOR_OTHER] = c.clause, [MONITOR_QUANTITY] = c.quantity, [MONITOR_ELEMENT] = c.element,
        [MONITOR_OP] = c.op, [MONITOR_VALUE] = c.value, [MONITOR_VERIFY] = q->verify, [MONITOR_REMEDY] = q->remedy, [MONITOR_BINDING] = q->binding,
        [MONITOR_CHANNEL] = q->channel, [MONITOR_SINCE] = now, [MONITOR_BASE] = c.term >= 0 ? 0 : eases ? level_now(s, &c, lane) : times_now(s, &c, lane),
        [MONITOR_STATUS] = CLAUSE_OPEN};
    for (int i = 0; i < MONITOR_SLOTS; i++)
        *at(s, k, (enum monitor_slot)i, lane) = value[i];
}

struct readings readings_usual(const struct program *p, const struct clause *c)
{
    struct readings r = {{0, 0}, {0, 0}};
    if (c->vague_level >= 0) {
        const struct vague *v = &p->vague[c->vague_level];
        const bool more = c->verb != CLAUSE_EASE;           /* who owes it reads it to its own advantage, the other to the contrary */
        r.by.amount = more ? v->low : v->high;
        r.to.amount = more ? v->high : v->low;
    }
    if (c->vague_span >= 0) {
        const struct vague *v = &p->vague[c->vague_span];
        r.by.turns = (int)v->high;
        r.to.turns = (int)v->low;
    }
    return r;
}

static int room_in(struct sim *s, int lane)
{
    int n = 0;
    for (int k = 0; k < MOST_MONITORS; k++)
        n += !in_use(s, k, lane);
    return n;
}

/* Deals in force between each two parties: counted anew from the monitors, so that no count can go astray. */
static void count_deals(struct sim *s, int lane)
{
    const int seats = s->p->seats;
    for (int i = 0; i < seats * seats; i++)
        *sim_at(s, s->p->dialogue.deals + (uint32_t)i, lane) = 0;
    for (int k = 0; k < MOST_MONITORS; k++) {
        if (!in_use(s, k, lane) || is_final_at(s, k, lane))
            continue;
        const unsigned parties = (unsigned)*at(s, k, MONITOR_TO, lane) | 1u << whole(s, k, MONITOR_BY, lane);
        bool first = true;                                  /* of its deal's open clauses, by place in the table */
        for (int i = 0; i < k && first; i++)
            first = !(in_use(s, i, lane) && !is_final_at(s, i, lane) && *at(s, i, MONITOR_DEAL, lane) == *at(s, k, MONITOR_DEAL, lane));
        for (int a = 0; first && a < seats; a++)
            for (int b = 0; b < seats; b++)
                if (a != b && (parties >> a & 1) && (parties >> b & 1))
                    *sim_at(s, s->p->dialogue.deals + (uint32_t)(a * seats + b), lane) += 1;
    }
}

static void count_terms(struct sim *s, int lane)
{
    for (int i = 0; i < s->p->terms; i++)
        *sim_at(s, s->p->term[i].state + TERM_PROMISED, lane) = *sim_at(s, s->p->term[i].state + TERM_KEPT, lane) = 0;
    for (int k = 0; k < MOST_MONITORS; k++) {
        const int term = in_use(s, k, lane) && !is_final_at(s, k, lane) ? whole(s, k, MONITOR_TERM, lane) : -1;
        if (term < 0 || *at(s, k, MONITOR_NOT, lane) != 0)
            continue;
        *sim_at(s, s->p->term[term].state + TERM_PROMISED, lane) += 1;
        *sim_at(s, s->p->term[term].state + TERM_KEPT, lane) += *at(s, k, MONITOR_SHORT, lane) <= NEAR;
    }
}

void deals_count(struct sim *s, int lane)
{
    count_deals(s, lane);
    count_terms(s, lane);
}

bool sim_conclude(struct sim *s, const struct proposal *q, const struct readings *readings, const unsigned char *lanes)
{
    bool room = true;
    REQUIRE(s->p->dialogue.given && q->clauses > 0);
    for (int l = 0; l < s->lanes; l++) {
        if ((lanes && !lanes[l]) || !s->live[l])
            continue;
        if (room_in(s, l) < q->clauses) {
            room = false;
            continue;
        }
        const int deal = (int)(*sim_at(s, s->p->dialogue.numbered, l) += 1);
        for (int i = 0, k = 0; i < q->clauses; k++)
            if (!in_use(s, k, l)) {
                write_monitor(s, k, l, q, i, deal, readings ? &readings[i] : NULL);
                i++;
            }
        deals_count(s, l);
        s->aux_stale = true;
    }
    return room;
}

void sim_pass_over(struct sim *s, const unsigned char *lanes)
{
    for (int l = 0; l < s->lanes; l++)
        if (lanes[l] && s->live[l])
            *sim_at(s, s->p->dialogue.numbered, l) += 1;
}

/* --- what happens by itself -------------------------------------------------------------------------------------------------------------- */

static bool row_of(const struct clause *c, struct row *row)
{
    *row = (struct row){ROW_DO, c->move, c->target, c->setting, c->level == LEVEL_LEAST || c->level == LEVEL_EXACT ? c->amount : -1};
    switch (c->verb) {
    case CLAUSE_DO:
    case CLAUSE_IMPOSE:
    case CLAUSE_ENFORCE: return true;
    case CLAUSE_EASE:    row->verb = ROW_EASE; row->level = c->level == LEVEL_NONE ? -1 : c->amount; return true;
    case CLAUSE_LIFT:    row->verb = ROW_LIFT; row->level = -1; return true;
    case CLAUSE_DELAY:
    case CLAUSE_TERM:    return false;
    }
    UNREACHABLE();
}

bool monitor_row(const struct monitor *m, struct row *row) { return !m->clause.not && row_of(&m->clause, row); }

static bool due_by_itself(struct sim *s, int k, int seat, int lane, struct row *row)
{
    struct monitor m;
    if (!monitor_read(s, k, lane, &m) || m.clause.seat != seat || m.binding != BINDING_AUTO || is_final((int)m.status) || !monitor_row(&m, row))
        return false;
    const bool by = m.clause.span == SPAN_BY || m.clause.span == SPAN_VAGUE;
    const int due = by ? m.clause.to : m.clause.from > m.since ? m.clause.from : m.since;
    return due == s->w->turn && s->p->move[row->move].measure && (row->target >= 0 || s->p->move[row->move].target < 0);
}

static bool same_row(struct row a, struct row b)
{
    return a.verb == b.verb && a.move == b.move && a.target == b.target && a.setting == b.setting && a.level == b.level;
}

/* Measures only: what was agreed to happen by itself is done in the turn in which it is due. */
bool deals_due(struct sim *s, int k, int seat, unsigned char *done, unsigned char *mask, struct row *row)
{
    struct row other;
    int first = 0;
    while (first < s->lanes && (done[first] || !s->live[first] || !due_by_itself(s, k, seat, first, row)))
        first++;
    for (int l = 0; l < s->lanes; l++) {
        mask[l] = l >= first && !done[l] && s->live[l] && due_by_itself(s, k, seat, l, &other) && same_row(*row, other);
        done[l] |= mask[l];
    }
    return first < s->lanes;
}

/* --- how far short ------------------------------------------------------------------------------------------------------------------------ */

static bool done_in(struct sim *s, const struct clause *c, int lane, int turn)
{
    const struct move *m = &s->p->move[c->move];
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        if (*move_at(s, m, t, MOVE_SINCE, lane) == turn && (c->setting < 0 || *move_at(s, m, t, MOVE_SETTING, lane) == c->setting))
            return true;
    return false;
}

static bool standing_now(struct sim *s, const struct clause *c, int lane)
{
    const struct move *m = &s->p->move[c->move];
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++)
        if (*move_at(s, m, t, MOVE_ON, lane) != 0 && (c->setting < 0 || *move_at(s, m, t, MOVE_SETTING, lane) == c->setting))
            return true;
    return false;
}

/* What a whole breach would be, in points of level. */
static double promised_points(enum level_kind kind, double amount, bool eases)
{
    const double points = kind == LEVEL_MOST || (kind == LEVEL_VAGUE && eases) ? 1 - amount : amount;
    return points > 0.01 ? points : 0.01;
}

/* Points of level that are missing, as a share of what was promised; below zero: to spare. */
static double missing(enum level_kind kind, double amount, double level, bool eases)
{
    double gap = 0;
    switch (kind) {
    case LEVEL_NONE:  return 0;
    case LEVEL_LEAST: gap = amount - level; break;
    case LEVEL_MOST:  gap = level - amount; break;
    case LEVEL_EXACT: gap = level > amount ? level - amount : amount - level; break;
    case LEVEL_VAGUE: gap = eases ? level - amount : amount - level; break;
    }
    return within_one(gap / promised_points(kind, amount, eases));
}

static double did_not(bool did) { return did ? 0 : 1; }

/* 0 or below: kept; up to 1: nothing of it. `amount`: as one side reads it. */
static double fell_short(struct sim *s, const struct monitor *m, int lane, double amount, const double *const *terms, double base)
{
    const struct clause *c = &m->clause;
    const int turn = s->w->turn - 1;
    const bool levelled = c->level != LEVEL_NONE;
    double x = 0;
    switch (c->verb) {
    case CLAUSE_TERM:   x = did_not(terms[c->term][lane] != 0); break;
    case CLAUSE_DO:     x = did_not(c->span == SPAN_EACH || c->not ? done_in(s, c, lane, turn) : times_now(s, c, lane) > base); break;
    case CLAUSE_IMPOSE:
        if (levelled)
            x = missing(c->level, amount, level_now(s, c, lane), false);
        else
            x = did_not(c->not ? done_in(s, c, lane, turn) : standing_now(s, c, lane));
        break;
    case CLAUSE_ENFORCE: x = levelled ? missing(c->level, amount, level_now(s, c, lane), false) : did_not(standing_now(s, c, lane)); break;
    case CLAUSE_EASE:    x = levelled ? missing(c->level, amount, level_now(s, c, lane), true) : did_not(level_now(s, c, lane) < base - NEAR || !standing_now(s, c, lane)); break;
    case CLAUSE_LIFT:    x = did_not(!standing_now(s, c, lane)); break;
    case CLAUSE_DELAY:   x = did_not(!done_in(s, c, lane, turn)); break;
    }
    return c->not ? did_not(x > NEAR) : x;
}

/* --- keeping one's word ---------------------------------------------------------------------------------------------------------------------- */

static enum bound_by bound_now(struct sim *s, const struct monitor *m, int lane);

/* The row with which the seat would keep clause k now, if it needs one: as soon as it is owed, and for a level again when it is aimed too low. */
static bool needs_row(struct sim *s, int k, int seat, int lane, struct row *row)
{
    struct monitor m;
    if (!monitor_read(s, k, lane, &m) || m.clause.seat != seat || is_final((int)m.status) || !monitor_row(&m, row) || bound_now(s, &m, lane) != BOUND)
        return false;
    const struct clause *c = &m.clause;
    const struct move *move = &s->p->move[c->move];
    const int turn = s->w->turn, t = c->target < 0 ? 0 : c->target;
    const bool once = c->span == SPAN_BY || c->span == SPAN_VAGUE;
    if ((once && turn > c->to) || (!once && turn < c->from) || (c->span == SPAN_FROM_TO && turn > c->to) || (c->span == SPAN_UNTIL && turn >= c->to))
        return false;
    switch (c->verb) {
    case CLAUSE_DO:      return c->span == SPAN_EACH || times_now(s, c, lane) <= *at(s, k, MONITOR_BASE, lane);
    case CLAUSE_IMPOSE:
    case CLAUSE_ENFORCE:
        if (!standing_now(s, c, lane))
            return true;
        return (c->level == LEVEL_LEAST || c->level == LEVEL_EXACT || c->level == LEVEL_VAGUE) && *move_at(s, move, t, MOVE_GOAL, lane) < *at(s, k, MONITOR_AMOUNT, lane) - NEAR;
    case CLAUSE_EASE:    return standing_now(s, c, lane) && *move_at(s, move, t, MOVE_EASED, lane) == 0;
    case CLAUSE_LIFT:    return standing_now(s, c, lane);
    case CLAUSE_DELAY:
    case CLAUSE_TERM:    return false;
    }
    UNREACHABLE();
}

int sim_duties(struct sim *s, int seat, const unsigned char *lanes, struct order *order, int orders)
{
    struct row row, other;
    for (int k = 0; s->p->dialogue.given && k < MOST_MONITORS; k++) {
        memset(s->due_done, 0, (size_t)s->lanes);
        for (int first = 0; first < s->lanes && orders < MOST_ORDERS && s->masks_used < MOST_ORDERS; first++) {
            if (s->due_done[first] || !s->live[first] || (lanes && !lanes[first]) || !needs_row(s, k, seat, first, &row))
                continue;
            unsigned char *mask = s->masks + (size_t)s->masks_used++ * (size_t)s->lanes;
            for (int l = 0; l < s->lanes; l++) {
                mask[l] = l >= first && !s->due_done[l] && s->live[l] && (!lanes || lanes[l]) && needs_row(s, k, seat, l, &other) && same_row(row, other);
                s->due_done[l] |= mask[l];
            }
            order[orders++] = (struct order){seat, row, mask};
        }
    }
    return orders;
}

/* --- when it is judged ------------------------------------------------------------------------------------------------------------------- */

static bool fact_holds(struct sim *s, const struct clause *c, int lane)
{
    const double x = *sim_at(s, s->p->quantity[c->quantity].first + (uint32_t)c->element, lane), v = c->value;
    switch (c->op) {
    case FACT_LESS:  return x < v;
    case FACT_MOST:  return x <= v;
    case FACT_EQUAL: return x == v;
    case FACT_OTHER: return x != v;
    case FACT_LEAST: return x >= v;
    case FACT_MORE:  return x > v;
    }
    UNREACHABLE();
}

static int other_clause(struct sim *s, const struct monitor *m, int lane)
{
    for (int k = 0; k < MOST_MONITORS; k++)
        if (in_use(s, k, lane) && whole(s, k, MONITOR_DEAL, lane) == m->deal && whole(s, k, MONITOR_CLAUSE, lane) == m->clause.clause)
            return k;
    return -1;
}

/* A duty that hangs on another: if that one was found short first, this one is excused for good; a fact excuses for the turn. */
static enum bound_by bound_now(struct sim *s, const struct monitor *m, int lane)
{
    if (m->clause.condition == CONDITION_NONE)
        return BOUND;
    if (m->clause.condition == CONDITION_FACT)
        return fact_holds(s, &m->clause, lane) != m->clause.unless ? BOUND : NOT_NOW;
    const int k = other_clause(s, m, lane), status = k < 0 ? CLAUSE_EXCUSED : whole(s, k, MONITOR_STATUS, lane);
    if (m->clause.unless)
        return status == CLAUSE_CLOSED_KEPT ? RELEASED : status == CLAUSE_KEPT ? NOT_NOW : BOUND;
    return status == CLAUSE_SHORT || (status == CLAUSE_EXCUSED && k >= 0) ? RELEASED : BOUND;
}

/* Is it judged this turn, and is this the last time? `until`: as one side reads it. Something done once is kept as soon as it is done. */
static bool judged_now(const struct monitor *m, int turn, int until, bool kept, bool *last)
{
    const struct clause *c = &m->clause;
    *last = false;
    switch (c->span) {
    case SPAN_NONE:    break;               /* with_dates leaves none */
    case SPAN_BY:
    case SPAN_VAGUE:
        *last = turn >= until || (kept && c->level == LEVEL_NONE && !standing_kind(c));
        return *last || (c->not && turn <= until);
    case SPAN_FROM:    return turn >= c->from;
    case SPAN_FROM_TO: *last = turn >= c->to; return turn >= c->from;
    case SPAN_UNTIL:   *last = turn + 1 >= c->to; return turn < c->to;
    case SPAN_EACH:    return turn >= c->from;
    }
    return false;
}

/* --- what is seen of it -------------------------------------------------------------------------------------------------------------------- */

static bool public_act(struct sim *s, const struct clause *c, int lane)
{
    const struct move *m = &s->p->move[c->move];
    for (int t = c->target < 0 ? 0 : c->target; t < (c->target < 0 ? m->targets : c->target + 1); t++) {
        const int setting = (int)*move_at(s, m, t, MOVE_SETTING, lane);
        if (*move_at(s, m, t, MOVE_ON, lane) != 0 && setting >= 0 && setting < m->settings && m->setting[setting].quiet > 0)
            return false;
    }
    return true;
}

static bool blind_to(const struct method *method, int move)
{
    for (int i = 0; i < method->blinds; i++)
        if (method->blind[i] == move)
            return true;
    return false;
}

static bool has_level(const struct clause *c) { return c->level != LEVEL_NONE && !c->not; }

/* By a report alone: as far short as it says itself. */
static bool said_short(struct sim *s, const struct clause *c, int k, int lane, double *seen)
{
    const double said = *at(s, k, MONITOR_REPORTED, lane) - 1;
    if (said < 0)
        return false;
    *seen = has_level(c) ? missing(c->level, *at(s, k, MONITOR_AMOUNT_READ, lane), said, c->verb == CLAUSE_EASE) : did_not(said > 0.5);
    return true;
}

/* What the receivers make of it: a share short, at most 0 if kept. False: they cannot tell. What is done in the open is seen as it is; a
 * method errs by points of level, and takes a truth for its opposite only if it errs by more than half. */
static bool seen_short(struct sim *s, const struct monitor *m, int k, int lane, double *seen)
{
    const struct clause *c = &m->clause;
    const struct method *method = m->verify >= 0 ? &s->p->method[m->verify] : NULL;
    const bool open = c->term >= 0 ? (s->p->term[c->term].exact_for & m->to) != 0 : public_act(s, c, lane);
    *seen = *at(s, k, (enum monitor_slot)(MONITOR_SHORT + (method ? method->lag : 0)), lane);
    if (open)
        return true;
    if (method && method->reported)
        return said_short(s, c, k, lane, seen);
    if (!method || (c->move >= 0 && blind_to(method, c->move)))
        return false;
    if (method->error == 0)
        return true;
    const uint64_t stream = rng_mix(text_hash("verify") + rng_mix((uint64_t)m->deal * 64 + (uint64_t)m->place + 1));
    const double z = engine_normal(s->w, lane, stream, (uint64_t)(s->w->turn - 1));
    const double amount = *at(s, k, MONITOR_AMOUNT_READ, lane);
    if (has_level(c))
        *seen = within_one(*seen + method->error / promised_points(c->level, amount, c->verb == CLAUSE_EASE) * z);
    else
        *seen = *seen + method->error * z > 0.5;
    return true;
}

static enum clause_status status_of(const struct program *p, double seen)
{
    if (seen <= NEAR)
        return CLAUSE_KEPT;
    return seen <= p->dialogue.tolerance ? CLAUSE_PARTIAL : CLAUSE_SHORT;
}

/* --- the bill -------------------------------------------------------------------------------------------------------------------------------- */

static double pushed(struct sim *s, int lane, int quantity, int element, double push)
{
    const struct stock_element *stock = &s->p->quantity[quantity].stock[element];
    const double now = *sim_at(s, s->p->quantity[quantity].first + (uint32_t)element, lane);
    const uint32_t edge = push > 0 ? stock->ceiling : stock->floor;
    if (edge == NO_SLOT)
        return now + now * push;
    const double end = *sim_at(s, edge, lane);
    return push > 0 ? now + push * (end - now) : now + push * (now - end);
}

static void set_stock(struct sim *s, int lane, int quantity, int element, double x, const struct monitor *m, const char *what)
{
    double *stock = sim_at(s, s->p->quantity[quantity].first + (uint32_t)element, lane);
    const double before = *stock;
    *stock = value_clamped(s, lane, quantity, element, x);
    s->aux_stale = true;
    if (s->record && lane == 0 && *stock != before)
        ledger_deal(s->record, quantity, element, m, what, *stock - before);
}

static double weight(const struct dialogue *d, enum binding binding, enum channel channel, const struct clause *c)
{
    const double strength = binding == BINDING_INTENT ? 0.5 : 1, vague = c->vague_level >= 0 || c->vague_span >= 0 ? 0.5 : 1;
    return strength * vague * (channel == CHANNEL_PUBLIC ? d->in_public : channel == CHANNEL_BACK ? d->backchannel : 1);
}

static double weight_of(const struct sim *s, const struct monitor *m) { return weight(&s->p->dialogue, m->binding, m->channel, &m->clause); }

/* Without bounds a push is a share of what is there; with a floor of zero, as trust has, that is the same. */
double breach_push(const struct program *p, const struct proposal *q, const struct clause *c, double trust, bool owed)
{
    const double push = p->dialogue.fell_short * weight(&p->dialogue, q->binding, q->channel, c);
    return trust * (1 + within_one(owed ? push : push / 2));
}

/* Trust of those to whom it was owed; where all could see the promise, half as much with the others. */
static void bill_trust(struct sim *s, int lane, const struct monitor *m, double push, const char *what)
{
    const int q = s->p->dialogue.trust, seats = s->p->seats;
    if (q < 0 || push == 0)
        return;
    for (int seat = 0; seat < seats; seat++) {
        const bool owed = m->to >> seat & 1;
        if (seat == m->clause.seat || (!owed && m->channel != CHANNEL_PUBLIC))
            continue;
        const int element = seat * seats + m->clause.seat;
        set_stock(s, lane, q, element, pushed(s, lane, q, element, within_one(owed ? push : push / 2)), m, what);
    }
}

static void bill_stock(struct sim *s, int lane, int quantity, double amount, const struct monitor *m, const char *what)
{
    if (quantity < 0 || amount == 0)
        return;
    const int element = s->p->quantity[quantity].count > 1 ? m->clause.seat : 0;
    set_stock(s, lane, quantity, element, *sim_at(s, s->p->quantity[quantity].first + (uint32_t)element, lane) + amount, m, what);
}

static void bill_short(struct sim *s, int lane, const struct monitor *m, double seen)
{
    const struct dialogue *d = &s->p->dialogue;
    if (is_threat(m)) {
        bill_stock(s, lane, d->audience, d->idle_threat * (m->channel == CHANNEL_PUBLIC ? d->in_public : 1), m, "a threat not carried out");
        bill_stock(s, lane, d->credibility, d->lapsed, m, "a threat not carried out");
        return;
    }
    bill_trust(s, lane, m, d->fell_short * weight_of(s, m) * (seen < 1 ? seen : 1), "found broken");
}

/* It is a breach, said to be one. */
static void count_breach(struct sim *s, int lane, const struct monitor *m)
{
    const int seats = s->p->seats;
    for (int to = 0; to < seats; to++)
        if (m->to >> to & 1)
            *sim_at(s, s->p->dialogue.breaches + (uint32_t)(m->clause.seat * seats + to), lane) += 1;
}

/* Who is accused of what it did not do trusts the accuser less, and counts it as a broken word. */
static void bill_false_claim(struct sim *s, int lane, const struct monitor *m, int by)
{
    const struct dialogue *d = &s->p->dialogue;
    const int element = m->clause.seat * s->p->seats + by;
    *sim_at(s, d->breaches + (uint32_t)(by * s->p->seats + m->clause.seat), lane) += 1;
    if (d->trust >= 0 && d->false_claim != 0)
        set_stock(s, lane, d->trust, element, pushed(s, lane, d->trust, element, within_one(d->false_claim * weight_of(s, m))), m, "declared broken without cause");
}

static void bill_kept(struct sim *s, int lane, const struct monitor *m)
{
    if (is_threat(m))
        bill_stock(s, lane, s->p->dialogue.credibility, s->p->dialogue.carried_out, m, "a threat carried out");
    else
        bill_trust(s, lane, m, s->p->dialogue.kept * weight_of(s, m), "kept");
}

void threat_over(struct sim *s, int lane, int move, int target, bool carried_out)
{
    const struct move *is = &s->p->move[move];
    struct monitor m;
    if (!s->p->dialogue.given || s->forced)
        return;
    for (int k = 0; k < MOST_MONITORS; k++)
        if (monitor_read(s, k, lane, &m) && is_threat(&m) && !is_final((int)m.status) && m.clause.seat == is->seat && m.clause.move == move &&
            (m.clause.target < 0 || m.clause.target == target))
            return;
    m = (struct monitor){.kind = PROPOSAL_THREAT, .channel = CHANNEL_PUBLIC, .clause = {.seat = is->seat, .move = move, .target = target, .term = -1}};
    if (carried_out)
        bill_kept(s, lane, &m);
    else
        bill_short(s, lane, &m, 1);
}

/* A threat in words that nothing followed takes one by a row with it: it was the same threat. */
static void drop_row_threat(struct sim *s, int lane, const struct clause *c)
{
    const struct move *m = c->move < 0 ? NULL : &s->p->move[c->move];
    for (int t = m && c->target >= 0 ? c->target : 0; m && t < (c->target < 0 ? m->targets : c->target + 1); t++)
        *move_at(s, m, t, MOVE_THREAT, lane) = -1;
    s->aux_stale = true;
}

/* --- remedies ---------------------------------------------------------------------------------------------------------------------------------- */

/* What the other side had eased, lifted or put in force as its part of the deal is undone in one step. */
static void undo(struct sim *s, int lane, const struct monitor *m)
{
    struct row row = {ROW_SNAPBACK, m->clause.move, m->clause.target, -1, -1};
    if (m->clause.not || m->clause.term >= 0 || !s->p->move[m->clause.move].measure)
        return;
    if (m->clause.verb == CLAUSE_IMPOSE || m->clause.verb == CLAUSE_ENFORCE)
        row.verb = ROW_LIFT;
    else if (m->clause.verb != CLAUSE_EASE && m->clause.verb != CLAUSE_LIFT)
        return;
    const int target = s->p->move[row.move].target < 0 ? 0 : row.target;
    if (life_possible(s, lane, row, target))
        life_lane(s, lane, row, target), s->aux_stale = true;
}

static void remedy(struct sim *s, int lane, const struct monitor *broken)
{
    struct monitor m;
    if (broken->remedy == REMEDY_NONE)
        return;
    for (int k = 0; k < MOST_MONITORS; k++) {
        if (!monitor_read(s, k, lane, &m) || m.deal != broken->deal || m.clause.seat == broken->clause.seat)
            continue;
        if (broken->remedy == REMEDY_SNAPBACK)
            undo(s, lane, &m);
        if (!is_final((int)m.status))
            *at(s, k, MONITOR_STATUS, lane) = CLAUSE_EXCUSED;
    }
}

/* A deal whose clauses are all over leaves its monitors. */
void deals_free(struct sim *s, int lane)
{
    for (int k = 0; k < MOST_MONITORS; k++) {
        bool open = !in_use(s, k, lane);
        for (int i = 0; i < MOST_MONITORS && !open; i++)
            open = in_use(s, i, lane) && *at(s, i, MONITOR_DEAL, lane) == *at(s, k, MONITOR_DEAL, lane) && !is_final_at(s, i, lane);
        if (open)
            continue;
        const double deal = *at(s, k, MONITOR_DEAL, lane);
        for (int i = 0; i < MOST_MONITORS; i++)
            for (int what = 0; *at(s, i, MONITOR_DEAL, lane) == deal && what < MONITOR_SLOTS; what++)
                if (what != MONITOR_DEAL)
                    *at(s, i, (enum monitor_slot)what, lane) = 0;
        for (int i = 0; i < MOST_MONITORS; i++)
            if (*at(s, i, MONITOR_DEAL, lane) == deal)
                *at(s, i, MONITOR_DEAL, lane) = 0;
    }
}

void deal_walk_out(struct sim *s, int lane, int deal, int seat)
{
    struct monitor m;
    for (int k = 0; k < MOST_MONITORS; k++) {
        if (!monitor_read(s, k, lane, &m) || m.deal != deal || is_final((int)m.status))
            continue;
        if (m.clause.seat == seat)
            bill_trust(s, lane, &m, s->p->dialogue.walk_out * weight_of(s, &m), "walked out of");
        *at(s, k, MONITOR_STATUS, lane) = m.clause.seat == seat ? CLAUSE_SHORT : CLAUSE_EXCUSED;
    }
    deals_count(s, lane);
}

double monitor_said(const struct sim *s, int k, int lane) { return *at((struct sim *)s, k, MONITOR_REPORTED, lane) - 1; }

double monitor_short(const struct sim *s, int k, int lane) { return *at((struct sim *)s, k, MONITOR_SHORT, lane); }

/* --- judging --------------------------------------------------------------------------------------------------------------------------------------- */

static void remember(struct sim *s, int k, int lane, double x)
{
    for (int i = MONITOR_SHORT_3; i > MONITOR_SHORT; i--)
        *at(s, k, (enum monitor_slot)i, lane) = *at(s, k, (enum monitor_slot)(i - 1), lane);
    *at(s, k, MONITOR_SHORT, lane) = x;
}

/* Figures that come late are looked at late: the last judgement waits for them. */
static int lateness(const struct program *p, const struct monitor *m) { return m->verify < 0 ? 0 : p->method[m->verify].lag; }

/* As people read it: a level, or 1 for kept and 0 for not. */
static double shown(const struct clause *c, double falls_short, double amount)
{
    if (!has_level(c))
        return falls_short <= NEAR;
    const double points = falls_short * promised_points(c->level, amount, c->verb == CLAUSE_EASE);
    const double level = c->level == LEVEL_MOST || c->verb == CLAUSE_EASE ? amount + points : amount - points;
    return level < 0 ? 0 : level > 1 ? 1 : level;
}

static double true_level(struct sim *s, const struct monitor *m, int lane, double own)
{
    return has_level(&m->clause) ? level_now(s, &m->clause, lane) : own <= NEAR;
}

/* --- what is said of it ------------------------------------------------------------------------------------------------------------------------------ */

static bool speaks_of(const struct clause *said, const struct clause *c)
{
    return said->seat == c->seat && said->term == c->term && said->move == c->move && (said->target < 0 || c->target < 0 || said->target == c->target);
}

void sim_report(struct sim *s, const struct proposal *report, const unsigned char *lanes)
{
    struct monitor m;
    for (int l = 0; l < s->lanes; l++)
        for (int k = 0; s->live[l] && (!lanes || lanes[l]) && k < MOST_MONITORS; k++)
            for (int i = 0; monitor_read(s, k, l, &m) && i < report->clauses; i++) {
                const struct clause *c = &report->clause[i];
                if (m.clause.seat != report->from || (report->to && !(m.to & report->to)) || !speaks_of(c, &m.clause))
                    continue;
                const bool levelled = has_level(&m.clause) && c->level != LEVEL_NONE && c->level != LEVEL_VAGUE;
                *at(s, k, MONITOR_REPORTED, l) = 1 + (levelled ? c->amount : c->not == m.clause.not);
            }
}

bool deal_declare(struct sim *s, int lane, int k, int by)
{
    struct monitor m;
    REQUIRE(monitor_read(s, k, lane, &m) && !is_final((int)m.status) && (m.to >> by & 1));
    const double truly = *at(s, k, MONITOR_SHORT, lane);
    const bool found = m.status == CLAUSE_FOUND, is_true = found || truly > s->p->dialogue.tolerance;
    if (!found && is_true)
        bill_short(s, lane, &m, truly);
    if (is_true)
        count_breach(s, lane, &m);
    else
        bill_false_claim(s, lane, &m, by);
    *at(s, k, MONITOR_STATUS, lane) = CLAUSE_SHORT;
    remedy(s, lane, &m);
    deals_count(s, lane);
    s->aux_stale = true;
    return is_true;
}

void deal_let_pass(struct sim *s, int lane, int k)
{
    struct monitor m;
    bool last;
    REQUIRE(monitor_read(s, k, lane, &m) && m.status == CLAUSE_FOUND);
    judged_now(&m, s->w->turn - 1 - lateness(s->p, &m), whole(s, k, MONITOR_UNTIL_READ, lane), false, &last);
    *at(s, k, MONITOR_STATUS, lane) = last ? CLAUSE_PASSED : CLAUSE_PARTIAL;
    deals_count(s, lane);
    s->aux_stale = true;
}

/* --- judging, clause by clause ------------------------------------------------------------------------------------------------------------------------ */

static void judge_one(struct sim *s, int k, int lane, const double *const *terms)
{
    struct monitor m;
    if (!monitor_read(s, k, lane, &m) || is_final((int)m.status))
        return;
    if (m.status == CLAUSE_FOUND) {             /* waits for a word; where nobody gives one it is held to be broken */
        for (int by = 0; s->judges == 0 && by < s->p->seats && m.status == CLAUSE_FOUND; by++)
            if (m.to >> by & 1) {
                deal_declare(s, lane, k, by);
                m.status = CLAUSE_SHORT;
            }
        return;
    }
    const int turn = s->w->turn - 1, late = lateness(s->p, &m);
    const double base = *at(s, k, MONITOR_BASE, lane);
    const enum bound_by bound = bound_now(s, &m, lane);
    if (bound == RELEASED) {
        *at(s, k, MONITOR_STATUS, lane) = CLAUSE_EXCUSED;
        return;
    }
    const double own = fell_short(s, &m, lane, *at(s, k, MONITOR_AMOUNT, lane), terms, base);
    const double theirs = fell_short(s, &m, lane, *at(s, k, MONITOR_AMOUNT_READ, lane), terms, base);
    bool last, last_late;
    const bool counts = judged_now(&m, turn, whole(s, k, MONITOR_UNTIL_READ, lane), theirs <= NEAR, &last) && bound == BOUND;
    remember(s, k, lane, counts ? theirs : 0);
    if (counts && own > NEAR && m.clause.term >= 0 && !m.clause.not)
        *sim_at(s, s->p->term[m.clause.term].state + TERM_BROKEN, lane) = 1;
    const bool judged = judged_now(&m, turn - late, whole(s, k, MONITOR_UNTIL_READ, lane), theirs <= NEAR, &last_late);
    if (!judged || (bound == NOT_NOW && !last_late))
        return;
    double seen = 0;
    const bool known = bound != BOUND || seen_short(s, &m, k, lane, &seen);
    enum clause_status status = known ? status_of(s->p, seen) : CLAUSE_UNKNOWN;
    if (s->record && lane == 0)
        deal_seen(s->record, &m, known ? shown(&m.clause, seen, *at(s, k, MONITOR_AMOUNT_READ, lane)) : -1, true_level(s, &m, lane, own));
    if (status == CLAUSE_SHORT) {
        bill_short(s, lane, &m, seen);
        if (is_threat(&m))
            drop_row_threat(s, lane, &m.clause);
        else if (m.to & s->judges)
            status = CLAUSE_FOUND;
        else
            count_breach(s, lane, &m);
    } else if (last_late && status != CLAUSE_UNKNOWN) {
        if (status == CLAUSE_KEPT && bound == BOUND)
            bill_kept(s, lane, &m);
        status = CLAUSE_CLOSED_KEPT;
    } else if (last_late)
        status = CLAUSE_CLOSED_UNKNOWN;
    *at(s, k, MONITOR_STATUS, lane) = status;
    if (status == CLAUSE_SHORT)
        remedy(s, lane, &m);
}

static bool any_monitor(struct sim *s)
{
    for (int k = 0; k < MOST_MONITORS; k++)
        for (int l = 0; l < s->lanes; l++)
            if (s->live[l] && in_use(s, k, l))
                return true;
    return false;
}

static const double *const *term_values(struct sim *s)
{
    for (int i = 0; i < s->p->terms; i++)
        sim_eval(s, s->p->term[i].kept_when, s->live, 1, s->term_value[i]);
    return (const double *const *)s->term_value;
}

void deals_judge(struct sim *s)
{
    if (!s->p->dialogue.given || s->forced || !any_monitor(s))
        return;
    const double *const *terms = term_values(s);
    for (int l = 0; l < s->lanes; l++) {
        if (!s->live[l])
            continue;
        for (int pass = 0; pass < 2; pass++)            /* those that hang on another clause come after it */
            for (int k = 0; k < MOST_MONITORS; k++)
                if ((*at(s, k, MONITOR_CONDITION, l) == CONDITION_CLAUSE) == (pass == 1))
                    judge_one(s, k, l, terms);
        if (s->record && l == 0)
            deals_note(s->record);
        deals_free(s, l);
        deals_count(s, l);
    }
}
