/* game/judge.c — may this row be done, and if not, why not and what to do.
 * Pure: a row is judged on the state at the turn's start (with the seat's own earlier rows taken as given) and nothing stays changed,
 * failures included: what cannot be worked out is a refusal, not a failed game. */
#include <stdio.h>
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

#define EPSILON 1e-9            /* of budget: a tenth added ten times is one */

/* A seat for which the scenario gives no budget at all is not rationed. */
bool seat_rationed(const struct seat *seat) { return seat->start > 0 || seat->per_turn > 0 || seat->most > 0; }

static int more(int a, int b) { return a > b ? a : b; }

int judge_entries(const struct program *p, struct row row)
{
    const struct move *m = &p->move[row.move];
    int most = 0, all = row.target < 0 ? m->targets : 1;
    switch (row.verb) {
    case ROW_DO:
    case ROW_DELAY:
        for (int i = 0; i < m->outcomes; i++)
            most = more(most, m->outcome[i].effects.count);
        return m->effects.count + most;
    case ROW_THREATEN: return m->threat.effects.count;
    case ROW_EASE:     return m->ease.effects.count * all;
    case ROW_SNAPBACK: return m->snapback.effects.count * all;
    case ROW_LIFT:
        most = m->lift.effects.count;
        for (int i = 0; i < m->settings; i++)
            most = more(most, m->setting[i].lift.count);
        return most * all;
    }
    UNREACHABLE();
}

/* What is wrong with the row in every lane alike. */
static enum refusal judge_form(const struct sim *s, int seat, struct row row, struct judging how)
{
    if (row.move < 0 || row.move >= s->p->moves)
        return REFUSED_UNKNOWN;
    const struct move *m = &s->p->move[row.move];
    if (m->seat != seat)
        return REFUSED_OTHERS;
    if (m->answers >= 0 && !how.answering)
        return REFUSED_ANSWER_ONLY;
    if (row.target >= 0 && m->target < 0)
        return REFUSED_NO_TARGET_TAKEN;
    if (row.target >= m->targets)
        return REFUSED_UNKNOWN;
    if (!m->measure && row.verb != ROW_DO && row.verb != ROW_THREATEN)
        return REFUSED_ACT;
    if (row.verb == ROW_THREATEN && !m->threat.given)
        return REFUSED_NO_THREAT;
    if (row.setting >= m->settings)
        return REFUSED_SETTING;
    if (row.level > 1 || (row.level >= 0 && !m->measure))
        return REFUSED_LEVEL;
    if (row.target < 0 && m->target >= 0 && how.name_target && !code_given(m->pick) && (row.verb == ROW_DO || row.verb == ROW_DELAY))
        return REFUSED_NAME_TARGET;
    return REFUSED_NOT;
}

/* Truth of a code in the lanes of mask; a lane in which it cannot be worked out is refused as trouble. */
static void judge_truth(struct sim *s, struct code_ref code, const unsigned char *mask, enum refusal why, unsigned char *reason)
{
    double *v = s->scratch[0];
    if (!code_given(code))
        return;
    sim_eval(s, code, mask, 1, v);
    for (int l = 0; l < s->lanes; l++)
        if (mask[l] && reason[l] == REFUSED_NOT)
            reason[l] = sim_lane_failed(s, l) ? REFUSED_TROUBLE : v[l] != 0 ? REFUSED_NOT : why;
}

/* The first target that is allowed and meets what the move requires, lane by lane. */
static void pick_first(struct sim *s, const struct move *m, const unsigned char *mask, int16_t *target, unsigned char *reason)
{
    unsigned char *open = s->mask_d, *tried = s->mask_c;
    memcpy(open, mask, (size_t)s->lanes);
    for (int t = 0; t < m->targets && any_lane(open, s->lanes); t++) {
        memset(tried, REFUSED_NOT, (size_t)s->lanes);
        judge_end(s);                               /* what could not be worked out of one target says nothing of the next */
        sim_set_target_all(s, t);
        judge_truth(s, m->allowed, open, REFUSED_TARGET, tried);
        judge_truth(s, m->requires, open, REFUSED_REQUIRES, tried);
        for (int l = 0; l < s->lanes; l++)
            if (open[l] && tried[l] == REFUSED_NOT)
                target[l] = (int16_t)t, open[l] = 0;
    }
    for (int l = 0; l < s->lanes; l++)
        if (open[l] && reason[l] == REFUSED_NOT)
            reason[l] = REFUSED_NO_TARGET_LEFT;
    judge_end(s);
}

static void pick_by_rule(struct sim *s, const struct move *m, const unsigned char *mask, int16_t *target, unsigned char *reason)
{
    double *v = s->scratch[0];
    sim_eval(s, m->pick, mask, 0, v);
    for (int l = 0; l < s->lanes; l++) {
        if (!mask[l] || reason[l] != REFUSED_NOT)
            continue;
        const int place = v[l] > -1 && v[l] < m->targets ? (int)(v[l] + 0.5) : -1;
        if (sim_lane_failed(s, l) || place < 0 || place >= m->targets)
            reason[l] = REFUSED_NO_TARGET_LEFT;
        else
            target[l] = (int16_t)place;
    }
}

static void judge_target(struct sim *s, const struct move *m, struct row row, const unsigned char *mask, int16_t *target, unsigned char *reason)
{
    const bool does = row.verb == ROW_DO || row.verb == ROW_DELAY;
    for (int l = 0; l < s->lanes; l++)
        target[l] = (int16_t)(m->target < 0 ? 0 : row.target);
    if (m->target >= 0 && row.target < 0 && does) {
        if (code_given(m->pick))
            pick_by_rule(s, m, mask, target, reason);
        else
            pick_first(s, m, mask, target, reason);
    }
    sim_set_target(s, target);
    if (m->target >= 0 && (does || (row.verb == ROW_THREATEN && row.target >= 0)))
        judge_truth(s, m->allowed, mask, REFUSED_TARGET, reason);
    if (does)
        judge_truth(s, m->requires, mask, REFUSED_REQUIRES, reason);
}

static enum refusal why_not(struct sim *s, int lane, struct row row, int target)
{
    const struct move *m = &s->p->move[row.move];
    const int t = target < 0 ? 0 : target;
    const bool on = *move_at(s, m, t, MOVE_ON, lane) != 0;
    switch (row.verb) {
    case ROW_DO:       return REFUSED_NOT;
    case ROW_DELAY:    return on ? REFUSED_STANDS : REFUSED_ANNOUNCED;
    case ROW_THREATEN: return on ? REFUSED_STANDS : REFUSED_THREATENED;
    case ROW_LIFT:     return REFUSED_NOT_STANDING;
    case ROW_EASE:     return on ? REFUSED_LOW_ALREADY : REFUSED_NOT_STANDING;
    case ROW_SNAPBACK: return REFUSED_NEVER;
    }
    UNREACHABLE();
}

/* --- cost ---------------------------------------------------------------------------------------------------------------------- */

static void add_cost(struct sim *s, struct code_ref code, const unsigned char *mask, double *out)
{
    double *v = s->scratch[1];
    sim_eval(s, code, mask, 0, v);
    for (int l = 0; l < s->lanes; l++)
        if (mask[l] && v[l] > 0)
            out[l] += v[l];
}

/* Lifting costs what the setting in force says, or else the move. */
static void add_lift_cost(struct sim *s, const struct move *m, const int16_t *target, const unsigned char *mask, double *out)
{
    unsigned char *part = s->mask_d;
    for (int k = -1; k < m->settings; k++) {
        for (int l = 0; l < s->lanes; l++) {
            const int setting = mask[l] ? (int)*move_at(s, m, target[l], MOVE_SETTING, l) : -1;
            const bool own = setting >= 0 && setting < m->settings && m->setting[setting].has_lift;
            part[l] = mask[l] && (k < 0 ? !own : own && setting == k);
        }
        if (any_lane(part, s->lanes))
            add_cost(s, k < 0 ? m->lift.cost : m->setting[k].lift_cost, part, out);
    }
}

static void add_price(struct sim *s, struct row row, const int16_t *target, const unsigned char *mask, double *out)
{
    const struct move *m = &s->p->move[row.move];
    sim_set_target(s, target);
    switch (row.verb) {
    case ROW_DO:
    case ROW_DELAY:    add_cost(s, m->cost, mask, out); break;
    case ROW_THREATEN: if (m->threat.given) add_cost(s, m->threat.cost, mask, out); break;
    case ROW_EASE:     if (m->ease.given) add_cost(s, m->ease.cost, mask, out); break;
    case ROW_SNAPBACK: if (m->snapback.given) add_cost(s, m->snapback.cost, mask, out); break;
    case ROW_LIFT:     add_lift_cost(s, m, target, mask, out); break;
    }
}

/* A row without a target that means all costs what each costs. */
void judge_cost(struct sim *s, const struct act *act, const unsigned char *mask, double *out)
{
    const struct move *m = &s->p->move[act->row.move];
    unsigned char *part = s->mask_c;
    memset(out, 0, (size_t)s->lanes * sizeof *out);
    const bool all = act->row.target < 0 && m->target >= 0
                     && (act->row.verb == ROW_LIFT || act->row.verb == ROW_EASE || act->row.verb == ROW_SNAPBACK);
    if (!all) {
        add_price(s, act->row, act->target, mask, out);
        return;
    }
    int16_t *each = s->target_each;
    for (int t = 0; t < m->targets; t++) {
        for (int l = 0; l < s->lanes; l++) {
            each[l] = (int16_t)t;
            part[l] = mask[l] && life_possible(s, l, act->row, t);
        }
        if (any_lane(part, s->lanes))
            add_price(s, act->row, each, part, out);
    }
}

/* --- a row of a plan -------------------------------------------------------------------------------------------------------------- */

void judge_begin(struct sim *s, int seat)
{
    const double *budget = s->p->seat[seat].budget == NO_SLOT ? NULL : world_slot(s->w, s->p->seat[seat].budget);
    memcpy(s->failures, s->w->failure, (size_t)s->lanes * sizeof *s->failures);
    for (int l = 0; l < s->lanes; l++) {
        s->left[l] = budget ? budget[l] : 0;
        s->rows[l] = 0;
    }
}

/* What is worked out now is worked out on a state that never was: its failures are nobody's. */
void judge_end(struct sim *s)
{
    memcpy(s->w->failure, s->failures, (size_t)s->lanes * sizeof *s->failures);
}

void judge_row(struct sim *s, struct act *act, const unsigned char *mask, struct judging how)
{
    const struct seat *seat = &s->p->seat[act->seat];
    const enum refusal form = judge_form(s, act->seat, act->row, how);
    const int most = seat->rows > 0 && how.rationed && seat->rows < MOST_ROWS ? seat->rows : MOST_ROWS;
    unsigned char *reason = s->reason;
    memset(act->mask, 0, (size_t)s->lanes);
    memset(act->cost, 0, (size_t)s->lanes * sizeof *act->cost);
    memset(act->target, 0, (size_t)s->lanes * sizeof *act->target);
    memset(reason, form, (size_t)s->lanes);
    act->outcome = -1;
    judge_end(s);                                   /* a row that cannot be worked out spoils no other */
    if (form != REFUSED_NOT || !any_lane(mask, s->lanes))
        return;
    const struct move *m = &s->p->move[act->row.move];
    const int entries = judge_entries(s->p, act->row);
    for (int l = 0; l < s->lanes; l++)
        if (s->rows[l] >= most)
            reason[l] = REFUSED_ROWS;
        else if (s->need[l] + entries > s->list_room)
            reason[l] = REFUSED_FULL;
    judge_target(s, m, act->row, mask, act->target, reason);
    for (int l = 0; l < s->lanes; l++)
        if (mask[l] && reason[l] == REFUSED_NOT && !life_possible(s, l, act->row, act->target[l]))
            reason[l] = why_not(s, l, act->row, act->target[l]);
    for (int l = 0; l < s->lanes; l++)
        act->mask[l] = mask[l] && reason[l] == REFUSED_NOT;
    judge_cost(s, act, act->mask, act->cost);
    for (int l = 0; l < s->lanes; l++) {
        if (!act->mask[l])
            continue;
        if (sim_lane_failed(s, l))
            reason[l] = REFUSED_TROUBLE;
        else if (how.rationed && seat_rationed(seat) && act->cost[l] > s->left[l] + EPSILON)
            reason[l] = REFUSED_COST;
        act->mask[l] = reason[l] == REFUSED_NOT;
    }
}

void judge_done(struct sim *s, const struct act *act, bool rationed)
{
    const int entries = judge_entries(s->p, act->row);
    moves_save(s, act->row);
    for (int l = 0; l < s->lanes; l++)
        if (act->mask[l]) {
            s->left[l] -= rationed ? act->cost[l] : 0;
            s->rows[l]++;
            s->need[l] += entries;
        }
    life_act(s, act);
}

void sim_allowed(struct sim *s, int seat, const struct row *before, int rows, struct row row, bool rationed, unsigned char *ok)
{
    const struct judging how = {.rationed = rationed, .answering = true};
    struct act *act = &s->trial;
    memset(s->need, 0, (size_t)s->lanes * sizeof *s->need);
    judge_begin(s, seat);
    act->seat = seat;
    for (int i = 0; i < rows; i++) {
        act->row = before[i];
        judge_row(s, act, s->live, how);
        if (any_lane(act->mask, s->lanes))
            judge_done(s, act, rationed);
    }
    act->row = row;
    judge_row(s, act, s->live, how);
    memcpy(ok, act->mask, (size_t)s->lanes);
    moves_restore(s);
    judge_end(s);
}

/* --- in words ---------------------------------------------------------------------------------------------------------------------- */

static const char *readable(struct arena *a, const char *name)
{
    char *text = arena_text(a, name);
    for (char *c = text; *c; c++)
        if (*c == '_')
            *c = ' ';
    return text;
}

static const char *first_names(const struct program *p, struct arena *a, int set)
{
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < p->set[set].count && i < 4; i++)
        text_addf(&t, "%s%s", i ? ", " : "", p->set[set].element[i]);
    if (p->set[set].count > 4)
        text_add(&t, ", …");
    return t.at;
}

const char *judge_words(const struct sim *s, struct arena *a, int seat, struct row row, enum refusal why)
{
    const struct program *p = s->p;
    if (why == REFUSED_UNKNOWN && (row.move < 0 || row.move >= p->moves))
        return arena_text(a, "no such move; choose one of your list");
    const struct move *m = &p->move[row.move];
    const char *title = m->title ? m->title : m->name, *called = p->seat[seat].called ? p->seat[seat].called : "budget";
    const char *set = m->target >= 0 ? readable(a, p->set[m->target].name) : "";
    const char *element = m->target >= 0 && row.target >= 0 && row.target < m->targets ? readable(a, p->set[m->target].element[row.target]) : set;
    switch (why) {
    case REFUSED_NOT:             return NULL;
    case REFUSED_UNKNOWN:         return arena_printf(a, "%s: there is no such %s; choose one of %s", title, set, first_names(p, a, m->target));
    case REFUSED_OTHERS:          return arena_printf(a, "%s: this is a move of %s; choose one of your own", title, p->seat[m->seat].title ? p->seat[m->seat].title : p->seat[m->seat].name);
    case REFUSED_NO_TARGET_TAKEN: return arena_printf(a, "%s takes no target; write it without brackets", title);
    case REFUSED_NAME_TARGET:     return arena_printf(a, "name its target: which %s? (%s)", set, first_names(p, a, m->target));
    case REFUSED_NO_TARGET_LEFT:  return arena_printf(a, "%s: no %s can be chosen now; try again when the situation has changed", title, set);
    case REFUSED_TARGET:          return arena_printf(a, "%s: %s cannot be chosen now; choose another %s", title, element, set);
    case REFUSED_REQUIRES:        return arena_printf(a, "%s is not possible now; it needs: %s", title, m->requires_said ? m->requires_said : "what its page says");
    case REFUSED_COST:            return arena_printf(a, "%s costs more %s than is left; drop something, or wait a turn", title, called);
    case REFUSED_ROWS:            return arena_printf(a, "the plan is full; drop something before you add %s", title);
    case REFUSED_SETTING:         return arena_printf(a, "%s has no such setting; look at the move's page for those it has", title);
    case REFUSED_LEVEL:           return m->measure ? arena_printf(a, "%s: a level lies between 0%% and 100%%", title) : arena_printf(a, "%s is done or not done; leave the level out", title);
    case REFUSED_ACT:             return arena_printf(a, "%s is done once and does not stand; it can only be done", title);
    case REFUSED_NO_THREAT:       return arena_printf(a, "%s cannot be threatened; it can only be done", title);
    case REFUSED_STANDS:          return arena_printf(a, "%s is already in force; to renew it, do it again", title);
    case REFUSED_THREATENED:      return arena_printf(a, "%s is already threatened; carry it out or let the threat lapse", title);
    case REFUSED_ANNOUNCED:       return arena_printf(a, "%s is already announced for the next turn", title);
    case REFUSED_NOT_STANDING:    return arena_printf(a, "%s is not in force; there is nothing to lift or ease", title);
    case REFUSED_LOW_ALREADY:     return arena_printf(a, "%s is not above that level; ease it to a lower one", title);
    case REFUSED_NEVER:           return arena_printf(a, "%s was neither eased nor lifted; impose it instead", title);
    case REFUSED_ANSWER_ONLY:     return arena_printf(a, "%s is done only in answer to %s, when that is on the table", title, p->move[m->answers].title ? p->move[m->answers].title : p->move[m->answers].name);
    case REFUSED_NOTHING_TABLED:  return arena_printf(a, "%s answers something, and nothing was on the table", title);
    case REFUSED_NOT_PASSED:      return arena_printf(a, "%s was put on the table and did not pass", title);
    case REFUSED_GONE:            return arena_printf(a, "%s could not be carried out any more; its cost is given back", title);
    case REFUSED_FULL:            return arena_printf(a, "%s: too much happens in this turn already; do it next turn", title);
    case REFUSED_TROUBLE:         return arena_printf(a, "%s: its requirement or cost cannot be worked out now (a division by zero or the like); try another", title);
    }
    UNREACHABLE();
}

void refuse(struct sim *s, int seat, struct row row, enum refusal why)
{
    if (s->refusals == MOST_ORDERS)
        return;
    s->refused[s->refusals].seat = seat;
    s->refused[s->refusals].row = row;
    s->refused[s->refusals].why = why;
    s->refusals++;
}

const char *sim_refusal(const struct sim *s, int index, int *seat, struct row *row)
{
    int at = 0;                                     /* what was tabled and did not pass was carried out all the same: the other seat refused it, not the rules */
    for (int seen = 0; at < s->refusals; at++)
        if (s->refused[at].why != REFUSED_NOT_PASSED && seen++ == index)
            break;
    if (index < 0 || at >= s->refusals)
        return NULL;
    index = at;
    *seat = s->refused[index].seat;
    *row = s->refused[index].row;
    struct arena a;
    arena_init(&a, "refusal");
    snprintf(s->words, SIM_WORDS, "%s", judge_words(s, &a, *seat, *row, s->refused[index].why));
    arena_done(&a);
    return s->words;
}
