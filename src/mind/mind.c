/* mind/mind.c — a persona at its seat: what seat_ops asks, answered by script or by looking ahead (ahead.c).
 * A script reads only what the seat sees: its rules are judged in one future imagined from the view, never in the true world. */
#include "mind/mind_private.h"

#include <stdio.h>

#include "base/panic.h"
#include "base/rng.h"
#include "base/text.h"

uint64_t mind_key(const struct mind *m, const char *purpose, int turn)
{
    return rng_key(m->seed, (uint64_t)m->seat, text_hash(purpose), (uint64_t)turn);
}

void mind_believe(struct mind *m, const struct view *v)
{
    view_believe(v, m->beliefs, m->sim, mind_key(m, "a persona imagines", view_turn(v)));
}

void mind_imagine(struct mind *m, int draws)
{
    for (int l = 0; l < m->lanes; l++)
        m->run[l] = (uint64_t)(l % draws);
    view_imagine(m->beliefs, m->sim, m->run);
}

/* --- scripts ------------------------------------------------------------------------------------------------------------ */

/* The line that gave the plan its first row, as far as its condition holds in what the persona imagines; NULL if none does. */
static const struct rule *rule_of(struct mind *m, struct row row)
{
    for (int i = 0; i < m->persona->rules; i++) {
        const struct rule *rule = &m->persona->first[i];
        if (rule->rows > 0 && rule->row[0].move == row.move && rule->row[0].verb == row.verb && (!code_given(rule->when) || sim_code(m->sim, rule->when)[0] != 0))
            return rule;
    }
    return NULL;
}

static void script_reason(struct mind *m, const char *what, const struct rule *rule)
{
    if (rule && rule->said && rule->by_turn)
        snprintf(m->reason, sizeof m->reason, "Chose %s: by its script this is the turn for it, since %s.", what, rule->said);
    else if (rule && rule->said)
        snprintf(m->reason, sizeof m->reason, "Chose %s, since %s.", what, rule->said);
    else if (rule && rule->by_turn)
        snprintf(m->reason, sizeof m->reason, "Chose %s: by its script this is the turn for it.", what);
    else
        snprintf(m->reason, sizeof m->reason, "Chose %s: the first line of its script that can be done.", what);
}

static void script_plan(struct mind *m, const struct view *v, struct plan *plan)
{
    struct order order[MOST_ORDERS];
    struct arena a;
    arena_init(&a, "reason");
    mind_believe(m, v);
    mind_imagine(m, 1);
    int orders = sim_scripted(m->sim, m->seat, m->persona->first, m->persona->rules, true, order, 0);
    for (int i = 0; i < orders && plan->rows < MOST_ROWS; i++)
        if (!order[i].lanes || order[i].lanes[0])
            plan->row[plan->rows++] = order[i].row;
    if (plan->rows == 0) {
        snprintf(m->reason, sizeof m->reason, "Holds: no line of its script can be done now.");
    } else {
        struct text said;
        text_init(&said, &a);
        for (int r = 0; r < plan->rows; r++)
            text_addf(&said, "%s'%s'", r == 0 ? "" : r == plan->rows - 1 ? " and " : ", ", row_say(m->p, &a, plan->row[r]));
        script_reason(m, said.at, rule_of(m, plan->row[0]));
    }
    arena_done(&a);
}

/* It answers if a line of the script that holds now names the answer. */
static bool script_answer(struct mind *m, const struct view *v, struct tabled tabled)
{
    int answer = m->p->move[tabled.move].answer_move;
    mind_believe(m, v);
    mind_imagine(m, 1);
    for (int i = 0; i < m->persona->rules; i++) {
        const struct rule *rule = &m->persona->first[i];
        for (int r = 0; r < rule->rows; r++)
            if (rule->row[r].move == answer && (!code_given(rule->when) || sim_code(m->sim, rule->when)[0] != 0)) {
                snprintf(m->reason, sizeof m->reason, "Line %d of its script says to answer.", i + 1);
                return true;
            }
    }
    snprintf(m->reason, sizeof m->reason, "Kept silent: no line of its script says to answer.");
    return false;
}

/* --- what a game asks --------------------------------------------------------------------------------------------------- */

static bool mind_plan(void *self, const struct view *v, struct plan *plan)
{
    struct mind *m = self;
    REQUIRE(view_seat(v) == m->seat);
    plan->rows = 0;
    if (!m->persona)
        snprintf(m->reason, sizeof m->reason, "Holds: it has no persona.");
    else if (mind_scripted(m))
        script_plan(m, v, plan);
    else
        ahead_plan(m, v, plan);
    m->planned = *plan;
    m->planned_turn = view_turn(v);
    return true;
}

static bool mind_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct mind *m = self;
    *answer = 0;
    if (!m->persona)
        snprintf(m->reason, sizeof m->reason, "Kept silent: it has no persona.");
    else if (m->p->move[tabled.move].answer_move >= 0)
        *answer = mind_scripted(m) ? script_answer(m, v, tabled) : ahead_answer(m, v, tabled);
    return true;
}

static bool mind_tell(void *self, const struct view *v)
{
    (void)self, (void)v;                /* everything it needs is in the view when it plans again */
    return true;
}

static bool bargains(const struct mind *m) { return m->persona && !mind_scripted(m); }

/* It says what is so: whoever would deceive must be a person. */
static void report(const struct view *v, const struct bargain *b, int place)
{
    struct arena a;
    int made;
    if (b->truth[place] < 0)
        return;                                     /* it was not judged yet: there is nothing to say */
    arena_init(&a, "report");
    const struct proposal said = report_on(b, place, b->truth[place]);
    table_say(v, &a, &(struct say){.kind = SAY_PROPOSE, .proposal = &said}, &made);
    arena_done(&a);
}

static void mind_asked(void *self, const struct view *v, int number, int place)
{
    (void)self;
    report(v, view_bargain(v, number), place);
}

/* What is checked by reports alone is reported whenever it has changed. */
static void report_what_is_due(const struct mind *m, const struct view *v)
{
    struct duty duty[MOST_MONITORS];
    const int n = view_duties(v, duty, MOST_MONITORS);
    for (int i = 0; i < n; i++) {
        const struct bargain *b = duty[i].bargain;
        const int place = duty[i].place, method = b->proposal.verify;
        if (b->deal && method >= 0 && m->p->method[method].reported && (b->said[place] < b->truth[place] || b->said[place] > b->truth[place]))
            report(v, b, place);
    }
}

static bool mind_propose(void *self, const struct view *v)
{
    struct mind *m = self;
    report_what_is_due(m, v);
    return !bargains(m) || bargains_propose(m, v);
}

static void mind_reply(void *self, const struct view *v, int number)
{
    struct mind *m = self;
    struct arena a;
    int answered;
    if (bargains(m)) {
        bargains_reply(m, v, number);
        return;
    }
    arena_init(&a, "reply");
    snprintf(m->reason, sizeof m->reason, m->persona ? "Refuses: it follows a script, which does not bargain." : "Refuses: nobody sits there who could bargain.");
    table_say(v, &a, &(struct say){.kind = SAY_REJECT, .number = number, .why = m->reason}, &answered);
    arena_done(&a);
}

const struct seat_ops mind_ops = {.kind = "persona", .plan = mind_plan, .answer = mind_answer, .propose = mind_propose, .reply = mind_reply, .asked = mind_asked, .tell = mind_tell};

struct mind *mind_new(struct arena *a, const struct program *p, int seat, int persona, uint64_t seed)
{
    REQUIRE(seat >= 0 && seat < p->seats && persona < p->seat[seat].personas);
    const struct seat *is = &p->seat[seat];
    struct mind *m = ARENA_NEW(a, struct mind);
    *m = (struct mind){.p = p, .seat = seat, .seed = seed, .planned_turn = -1, .other_turn = -1};
    m->best_turn = -1;
    for (int s = 0; s < p->seats; s++)
        m->proposed_turn[s] = -1;
    m->persona = is->personas == 0 ? NULL : &is->persona[persona < 0 ? 0 : persona];
    if (!m->persona)
        return m;
    m->lanes = mind_scripted(m) ? LANES_SCRIPT : LANES;
    m->sim = sim_new(a, p, m->lanes);
    m->beliefs = beliefs_new(a, p, mind_scripted(m) ? LANES_SCRIPT : BELIEFS);
    m->run = ARENA_ARRAY(a, m->lanes, uint64_t);
    if (!mind_scripted(m)) {
        m->mask = ARENA_ARRAY(a, MOST_ORDERS * m->lanes, unsigned char);
        m->value = ARENA_ARRAY(a, m->lanes, double);
        m->bargaining = bargaining_new(a);
        m->theirs = ARENA_ARRAY(a, m->lanes, double);
        for (int s = 0; s < p->seats; s++)
            m->keeps[s] = ARENA_ARRAY(a, m->lanes, unsigned char);
    }
    return m;
}

void mind_take_best(struct mind *m, bool best) { m->best = best; }

const char *mind_title(const struct mind *m)
{
    return !m->persona ? "nobody" : m->persona->title ? m->persona->title : m->persona->name;
}

const char *mind_reason(const struct mind *m) { return m->reason; }
