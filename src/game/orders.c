/* game/orders.c — what was planned is judged, paid, answered and carried out, seat by seat, over lanes.
 * commit judges and takes the cost; resolve works everybody's effects out on one state before any of them happens. */
#include <string.h>

#include "base/panic.h"
#include "base/rng.h"
#include "game/game_private.h"

enum { DRAW = -2 };             /* an outcome that is not known beforehand */

/* --- commit ------------------------------------------------------------------------------------------------------------------- */

static void count_announced(struct sim *s)
{
    unsigned char *due = s->mask_b;
    memset(s->need, 0, (size_t)s->lanes * sizeof *s->need);
    for (int i = 0; i < s->p->moves; i++) {
        const struct move *m = &s->p->move[i];
        const int entries = judge_entries(s->p, (struct row){ROW_DO, i, -1, -1, -1});
        for (int t = 0; m->measure && t < m->targets; t++)
            for (int l = 0, any = life_due(s, m, t, due); any && l < s->lanes; l++)
                s->need[l] += due[l] ? entries : 0;
    }
}

/* A shadow is told of what has been done already; there is nothing to judge. */
static void take_as_given(struct sim *s, struct act *act, const unsigned char *mask)
{
    for (int l = 0; l < s->lanes; l++) {
        act->mask[l] = mask[l];
        act->target[l] = (int16_t)(s->p->move[act->row.move].target < 0 ? 0 : act->row.target);
        act->cost[l] = 0;
        s->reason[l] = REFUSED_NOT;
    }
}

static void commit_row(struct sim *s, const struct order *order, bool rationed)
{
    ENSURE(s->acts < MOST_ORDERS);
    struct act *act = &s->act[s->acts++];
    unsigned char *mask = s->mask_b;
    for (int l = 0; l < s->lanes; l++)
        mask[l] = s->live[l] && (!order->lanes || order->lanes[l]);
    act->seat = order->seat;
    act->row = order->row;
    act->outcome = -1;
    act->forced_outcome = s->forced && s->forced_outcomes ? s->forced_outcomes[s->acts - 1] : DRAW;
    if (s->forced)
        take_as_given(s, act, mask);
    else
        judge_row(s, act, mask, (struct judging){.rationed = rationed, .answering = true});
    if (mask[0] && s->reason[0] != REFUSED_NOT)
        refuse(s, act->seat, act->row, (enum refusal)s->reason[0]);
    if (any_lane(act->mask, s->lanes))
        judge_done(s, act, rationed);
}

/* What a deal makes happen by itself is an act like any other, but costs nothing. */
static void commit_due(struct sim *s, int seat)
{
    struct row row;
    if (!s->p->dialogue.given || s->forced)
        return;
    for (int k = 0; k < MOST_MONITORS; k++) {
        memset(s->due_done, 0, (size_t)s->lanes);
        while (s->acts < MOST_ORDERS && deals_due(s, k, seat, s->due_done, s->due_mask, &row)) {
            const struct order order = {seat, row, s->due_mask};
            commit_row(s, &order, false);
            memset(s->act[s->acts - 1].cost, 0, (size_t)s->lanes * sizeof(double));
        }
    }
}

static void pay(struct sim *s, int seat)
{
    if (s->p->seat[seat].budget == NO_SLOT || !seat_rationed(&s->p->seat[seat]))
        return;
    double *budget = world_slot(s->w, s->p->seat[seat].budget);
    for (int l = 0; l < s->lanes; l++)
        if (s->live[l])
            budget[l] = s->left[l];
}

static void give_back(struct sim *s, struct act *act, int lane, enum refusal why)
{
    const uint32_t budget = s->p->seat[act->seat].budget;
    if (budget != NO_SLOT && seat_rationed(&s->p->seat[act->seat]) && s->charged)
        *sim_at(s, budget, lane) += act->cost[lane];
    act->mask[lane] = 0;
    if (lane == 0)
        refuse(s, act->seat, act->row, why);
}

/* --- talk: what was tabled, and whether it passes -------------------------------------------------------------------------------- */

static bool tables(const struct sim *s, const struct act *act)
{
    return act->row.verb == ROW_DO && s->p->move[act->row.move].answer != ANSWER_NONE;
}

static bool answered(const struct sim *s, int move, int lane)
{
    for (int i = 0; i < s->acts; i++)
        if (s->act[i].row.move == s->p->move[move].answer_move && s->act[i].row.verb == ROW_DO && s->act[i].mask[lane])
            return true;
    return false;
}

/* One move may answer several; it answers all of them that lie on the table. */
static bool asked_for(const struct sim *s, int answer, int lane)
{
    for (int i = 0; i < s->acts; i++)
        if (tables(s, &s->act[i]) && s->p->move[s->act[i].row.move].answer_move == answer && s->act[i].mask[lane])
            return true;
    return false;
}

/* An answer to nothing is not given, and costs nothing. Then what was tabled passes or not; if not, its cost is gone. */
static void talk(struct sim *s)
{
    for (int i = 0; i < s->acts; i++) {
        struct act *act = &s->act[i];
        const bool answers = s->p->move[act->row.move].answers >= 0;
        for (int l = 0; answers && l < s->lanes; l++)
            if (act->mask[l] && !asked_for(s, act->row.move, l))
                give_back(s, act, l, REFUSED_NOTHING_TABLED);
    }
    for (int i = 0; i < s->acts; i++) {
        struct act *act = &s->act[i];
        const struct move *m = &s->p->move[act->row.move];
        for (int l = 0; tables(s, act) && l < s->lanes; l++) {
            if (!act->mask[l])
                continue;
            const bool passes = answered(s, act->row.move, l) ? m->answer == ANSWER_ACCEPT : m->silence_passes;
            if (passes)
                continue;
            act->mask[l] = 0;
            if (l == 0)
                refuse(s, act->seat, act->row, REFUSED_NOT_PASSED);
        }
    }
}

void sim_commit(struct sim *s, const struct order *order, int orders, bool rationed)
{
    REQUIRE(orders >= 0 && orders <= MOST_ORDERS);
    s->acts = s->refusals = 0;
    s->charged = rationed && !s->forced;
    count_announced(s);
    for (int k = 0; k < s->p->seats; k++) {
        const int seat = s->p->sealed || !s->p->order ? k : s->p->order[k];
        judge_begin(s, seat);
        for (int i = 0; i < orders; i++)
            if (order[i].seat == seat)
                commit_row(s, &order[i], rationed);
        commit_due(s, seat);
        if (s->p->sealed)
            moves_restore(s);
        judge_end(s);
        if (s->charged)
            pay(s, seat);
    }
    moves_restore(s);
    if (!s->forced)
        talk(s);
}

/* --- resolve ------------------------------------------------------------------------------------------------------------------------ */

/* Another seat's row may have ended what this one wants to lift or ease: then it is not done, and its cost is given back. */
static void drop_impossible(struct sim *s)
{
    bool needs = false;
    for (int i = 0; i < s->acts; i++)
        needs = needs || (s->act[i].row.verb != ROW_DO && s->act[i].row.verb != ROW_THREATEN);
    if (!needs || s->forced)
        return;
    for (int i = 0; i < s->acts; i++) {
        struct act *act = &s->act[i];
        if (!any_lane(act->mask, s->lanes))
            continue;
        moves_save(s, act->row);
        for (int l = 0; l < s->lanes; l++)
            if (act->mask[l] && !life_possible(s, l, act->row, act->target[l]))
                give_back(s, act, l, REFUSED_GONE);
        life_act(s, act);
    }
    moves_restore(s);
}

/* Two targets in one turn are two draws. */
static uint64_t luck_of(const struct move *m, uint64_t own, int target)
{
    return m->target < 0 ? own : rng_mix(own + rng_mix((uint64_t)target + 1));
}

/* Which outcome each lane draws: all chances are worked out before any effect. `forced`: DRAW, or what is known to have come of it. */
static void draw_outcomes(struct sim *s, const struct move *m, const unsigned char *mask, const int16_t *target, int forced, double *drawn)
{
    double *sum = s->scratch[4], *chance = s->scratch[5];
    const uint64_t own = m->outcomes ? s->p->stream[m->outcome_stream].hash : 0;
    for (int l = 0; l < s->lanes; l++) {
        sum[l] = 0;
        drawn[l] = forced == DRAW ? -1 : forced;
    }
    int rest = -1;
    for (int k = 0; k < m->outcomes && forced == DRAW; k++) {
        if (m->outcome[k].otherwise) {
            rest = k;                               /* what all the others leave over, wherever it is written */
            continue;
        }
        sim_set_target(s, target);
        sim_eval(s, m->outcome[k].chance, mask, 0, chance);
        for (int l = 0; l < s->lanes; l++) {
            if (!mask[l])
                continue;
            sum[l] += chance[l] < 0 ? 0 : chance[l] > 1 ? 1 : chance[l];
            if (sum[l] > 1 + 1e-9)
                sim_fail(s, l, FAIL_CHANCES, ORIGIN_MOVE | (uint32_t)(m - s->p->move));
            if (drawn[l] < 0 && engine_unit(s->w, l, luck_of(m, own, target[l]), (uint64_t)s->w->turn) <= sum[l])
                drawn[l] = k;
        }
    }
    for (int l = 0; rest >= 0 && l < s->lanes; l++)
        if (mask[l] && drawn[l] < 0)
            drawn[l] = rest;
}

static int gather_outcomes(struct sim *s, const struct move *m, const unsigned char *mask, const int16_t *target, int forced)
{
    double *drawn = s->scratch[6];
    unsigned char *here = s->mask_c;
    draw_outcomes(s, m, mask, target, forced, drawn);
    for (int k = 0; k < m->outcomes; k++) {
        for (int l = 0; l < s->lanes; l++)
            here[l] = mask[l] && (int)drawn[l] == k;
        effects_gather(s, m->outcome[k].effects, here, target, NULL, (int)(m - s->p->move));
    }
    return mask[0] ? (int)drawn[0] : -1;
}

/* Lifting does what the setting in force says, or else the move. */
static void gather_lift(struct sim *s, const struct move *m, const unsigned char *mask, const int16_t *target)
{
    unsigned char *part = s->mask_d;
    for (int k = -1; k < m->settings; k++) {
        for (int l = 0; l < s->lanes; l++) {
            const int setting = mask[l] ? (int)*move_at(s, m, target[l], MOVE_SETTING, l) : -1;
            const bool own = setting >= 0 && setting < m->settings && m->setting[setting].has_lift;
            part[l] = mask[l] && (k < 0 ? !own : own && setting == k);
        }
        effects_gather(s, k < 0 ? m->lift.effects : m->setting[k].lift, part, target, NULL, (int)(m - s->p->move));
    }
}

static void gather_ease(struct sim *s, struct row row, const unsigned char *mask, const int16_t *target)
{
    const struct move *m = &s->p->move[row.move];
    double *points = s->scratch[4];
    for (int l = 0; l < s->lanes; l++)
        points[l] = mask[l] ? *move_at(s, m, target[l], MOVE_GOAL, l) - life_eased_to(s, l, row, target[l]) : 0;
    effects_gather(s, m->ease.effects, mask, target, points, row.move);
}

static void gather_row(struct sim *s, struct act *act, const unsigned char *mask, const int16_t *target)
{
    const struct move *m = &s->p->move[act->row.move];
    switch (act->row.verb) {
    case ROW_DO:
        effects_gather(s, m->effects, mask, target, NULL, act->row.move);
        act->outcome = gather_outcomes(s, m, mask, target, act->forced_outcome);
        break;
    case ROW_THREATEN: effects_gather(s, m->threat.effects, mask, target, NULL, act->row.move); break;
    case ROW_LIFT:     gather_lift(s, m, mask, target); break;
    case ROW_EASE:     gather_ease(s, act->row, mask, target); break;
    case ROW_SNAPBACK: effects_gather(s, m->snapback.effects, mask, target, NULL, act->row.move); break;
    case ROW_DELAY:    break;       /* its effects come with it */
    }
}

static void gather_act(struct sim *s, struct act *act)
{
    const struct move *m = &s->p->move[act->row.move];
    const bool all = act->row.target < 0 && m->target >= 0
                     && (act->row.verb == ROW_LIFT || act->row.verb == ROW_EASE || act->row.verb == ROW_SNAPBACK);
    unsigned char *part = s->mask_b;
    if (!all) {
        gather_row(s, act, act->mask, act->target);
        return;
    }
    for (int t = 0; t < m->targets; t++) {
        for (int l = 0; l < s->lanes; l++) {
            s->target_each[l] = (int16_t)t;
            part[l] = act->mask[l] && life_possible(s, l, act->row, t);
        }
        if (any_lane(part, s->lanes))
            gather_row(s, act, part, s->target_each);
    }
}

static void gather_announced(struct sim *s, int i)
{
    const struct move *m = &s->p->move[i];
    unsigned char *due = s->mask_b;
    for (int t = 0; m->measure && t < m->targets; t++) {
        if (!life_due(s, m, t, due))
            continue;
        for (int l = 0; l < s->lanes; l++)
            s->target_each[l] = (int16_t)t;
        effects_gather(s, m->effects, due, s->target_each, NULL, i);
        gather_outcomes(s, m, due, s->target_each, DRAW);
    }
}

/* In the order that settles ties: by seat, then by declaration, whatever the order of the rows. */
static void gather_all(struct sim *s)
{
    for (int k = 0; k < s->p->seats; k++) {
        const int seat = s->p->sealed || !s->p->order ? k : s->p->order[k];
        for (int i = 0; i < s->p->moves; i++) {
            if (s->p->move[i].seat != seat)
                continue;
            gather_announced(s, i);
            for (int at = 0; at < s->acts; at++)
                if (s->act[at].row.move == i && any_lane(s->act[at].mask, s->lanes))
                    gather_act(s, &s->act[at]);
        }
    }
}

void sim_resolve(struct sim *s)
{
    drop_impossible(s);
    gather_all(s);
    effects_apply(s);
    life_announced(s);
    for (int i = 0; i < s->acts; i++)
        if (any_lane(s->act[i].mask, s->lanes)) {
            threats_carried_out(s, &s->act[i]);
            life_act(s, &s->act[i]);
        }
    engine_turn_kept(s->w);
    s->aux_stale = true;
}
