/* game/measures.c — the life of measures: none, threatened, announced, imposed, enforced, eased, lifted, and back in one step.
 * Only the slots of moves change here; costs and effects are the orders'. Levels move during the run (engine), they are aimed here. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

static double at_most(double x, double most) { return x < most ? x : most; }

static int setting_of(const struct move *m, int setting) { return setting >= 0 ? setting : m->settings - 1; }

static double rule_of(const struct move *m, struct row row)
{
    const struct setting *s = &m->setting[setting_of(m, row.setting)];
    return at_most(at_most(row.level >= 0 ? row.level : s->level, s->ceiling), m->ceiling);
}

static void aim(struct sim *s, int lane, const struct move *m, int target, double goal, int ramp)
{
    *move_at(s, m, target, MOVE_GOAL, lane) = goal;
    *move_at(s, m, target, MOVE_LEFT, lane) = ramp;
    if (ramp == 0)
        *move_at(s, m, target, MOVE_LEVEL, lane) = goal;
}

/* A threat of the same turn against every target that does not stand was a threat against any: carrying it out once ends it. */
static void clear_threat(struct sim *s, int lane, const struct move *m, int target)
{
    const double threat = *move_at(s, m, target, MOVE_THREAT, lane);
    bool any = threat >= 0;
    for (int t = 0; any && t < m->targets; t++)
        any = *move_at(s, m, t, MOVE_ON, lane) != 0 || *move_at(s, m, t, MOVE_THREAT, lane) == threat;
    for (int t = 0; any && t < m->targets; t++)
        *move_at(s, m, t, MOVE_THREAT, lane) = -1;
    *move_at(s, m, target, MOVE_THREAT, lane) = -1;
}

static void fall(struct sim *s, int lane, const struct move *m, int target)
{
    *move_at(s, m, target, MOVE_ON, lane) = 0;
    *move_at(s, m, target, MOVE_EASED, lane) = 0;
    aim(s, lane, m, target, 0, m->ramp_down);
}

static void end_others(struct sim *s, int lane, const struct move *m)
{
    for (int i = 0; i < m->ends_count; i++) {
        const struct move *other = &s->p->move[m->ends[i]];
        for (int t = 0; t < other->targets; t++)
            if (*move_at(s, other, t, MOVE_ON, lane) != 0)
                fall(s, lane, other, t);
    }
}

static void impose(struct sim *s, int lane, const struct move *m, int target, int setting, double rule)
{
    *move_at(s, m, target, MOVE_ON, lane) = 1;
    *move_at(s, m, target, MOVE_EASED, lane) = 0;
    *move_at(s, m, target, MOVE_ANNOUNCED, lane) = -1;
    *move_at(s, m, target, MOVE_SETTING, lane) = setting;
    *move_at(s, m, target, MOVE_RULE, lane) = rule;
    aim(s, lane, m, target, rule, m->ramp_up);
}

static void done(struct sim *s, int lane, const struct move *m, int target)
{
    *move_at(s, m, target, MOVE_TIMES, lane) += 1;
    *move_at(s, m, target, MOVE_SINCE, lane) = s->w->turn;
    clear_threat(s, lane, m, target);
    end_others(s, lane, m);
}

bool life_possible(struct sim *s, int lane, struct row row, int target)
{
    const struct move *m = &s->p->move[row.move];
    if (target < 0) {
        for (int t = 0; t < m->targets; t++)
            if (life_possible(s, lane, row, t))
                return true;
        return false;
    }
    const bool on = *move_at(s, m, target, MOVE_ON, lane) != 0;
    switch (row.verb) {
    case ROW_DO:       return true;
    case ROW_DELAY:    return !on && *move_at(s, m, target, MOVE_ANNOUNCED, lane) < 0;
    case ROW_THREATEN: return !on && *move_at(s, m, target, MOVE_THREAT, lane) < 0;
    case ROW_LIFT:     return on;
    case ROW_EASE:     return on && life_eased_to(s, lane, row, target) < *move_at(s, m, target, MOVE_GOAL, lane);
    case ROW_SNAPBACK: return *move_at(s, m, target, MOVE_TIMES, lane) > 0 && (!on || *move_at(s, m, target, MOVE_EASED, lane) != 0);
    }
    UNREACHABLE();
}

double life_eased_to(struct sim *s, int lane, struct row row, int target)
{
    return row.level >= 0 ? row.level : *move_at(s, &s->p->move[row.move], target, MOVE_GOAL, lane) / 2;
}

void life_lane(struct sim *s, int lane, struct row row, int target)
{
    const struct move *m = &s->p->move[row.move];
    if (target < 0) {
        for (int t = 0; t < m->targets; t++)
            if (life_possible(s, lane, row, t))
                life_lane(s, lane, row, t);
        return;
    }
    switch (row.verb) {
    case ROW_DO:
        done(s, lane, m, target);
        if (m->measure)
            impose(s, lane, m, target, setting_of(m, row.setting), rule_of(m, row));
        break;
    case ROW_DELAY:     /* setting and rule wait with it */
        *move_at(s, m, target, MOVE_ANNOUNCED, lane) = s->w->turn;
        *move_at(s, m, target, MOVE_SETTING, lane) = setting_of(m, row.setting);
        *move_at(s, m, target, MOVE_RULE, lane) = rule_of(m, row);
        break;
    case ROW_THREATEN:
        *move_at(s, m, target, MOVE_THREAT, lane) = s->w->turn;
        break;
    case ROW_LIFT:
        fall(s, lane, m, target);
        break;
    case ROW_EASE:
        *move_at(s, m, target, MOVE_EASED, lane) = 1;
        aim(s, lane, m, target, life_eased_to(s, lane, row, target), m->ramp_down);
        break;
    case ROW_SNAPBACK:
        *move_at(s, m, target, MOVE_ON, lane) = 1;
        *move_at(s, m, target, MOVE_EASED, lane) = 0;
        aim(s, lane, m, target, *move_at(s, m, target, MOVE_RULE, lane), 0);
        break;
    }
}

void life_act(struct sim *s, const struct act *act)
{
    for (int l = 0; l < s->lanes; l++)
        if (act->mask[l])
            life_lane(s, l, act->row, act->target[l]);
    s->aux_stale = true;
}

/* Where it was announced before this turn; false if nowhere, as nearly always. */
bool life_due(struct sim *s, const struct move *m, int target, unsigned char *due)
{
    const double *announced = move_at(s, m, target, MOVE_ANNOUNCED, 0), now = s->w->turn;
    double latest = -1;
    for (int l = 0; l < s->lanes; l++)
        latest = announced[l] > latest ? announced[l] : latest;
    if (latest < 0)
        return false;
    for (int l = 0; l < s->lanes; l++)
        due[l] = s->live[l] && announced[l] >= 0 && announced[l] < now;
    return any_lane(due, s->lanes);
}

void life_announced(struct sim *s)
{
    unsigned char *due = s->mask_b;
    for (int i = 0; i < s->p->moves; i++) {
        const struct move *m = &s->p->move[i];
        for (int t = 0; m->measure && t < m->targets; t++)
            for (int l = 0, any = life_due(s, m, t, due); any && l < s->lanes; l++)
                if (due[l]) {
                    if (*move_at(s, m, t, MOVE_THREAT, l) >= 0)
                        threat_over(s, l, i, t, true);
                    done(s, l, m, t);
                    impose(s, l, m, t, (int)*move_at(s, m, t, MOVE_SETTING, l), *move_at(s, m, t, MOVE_RULE, l));
                    s->aux_stale = true;
                }
    }
}

static void wear(struct sim *s, const struct move *m, int target)
{
    if (m->decay <= 0 && m->threat_lapses <= 0)
        return;
    const double *on = move_at(s, m, target, MOVE_ON, 0), *left = move_at(s, m, target, MOVE_LEFT, 0);
    double *level = move_at(s, m, target, MOVE_LEVEL, 0), *threat = move_at(s, m, target, MOVE_THREAT, 0);
    for (int l = 0; l < s->lanes; l++) {
        if (!s->live[l])
            continue;
        if (m->decay > 0 && on[l] != 0 && left[l] == 0) {
            level[l] *= 1 - m->decay;
            s->aux_stale = true;
        }
        if (m->threat_lapses > 0 && threat[l] >= 0 && s->w->turn - threat[l] >= m->threat_lapses) {
            threat[l] = -1;
            s->aux_stale = true;
        }
    }
}

/* A threat that names no target hangs over all of them, and is over once. */
static void lapse(struct sim *s, int move)
{
    const struct move *m = &s->p->move[move];
    for (int l = 0; m->threat_lapses > 0 && l < s->lanes; l++) {
        int t = 0;
        while (t < m->targets && !(*move_at(s, m, t, MOVE_THREAT, l) >= 0 && s->w->turn - *move_at(s, m, t, MOVE_THREAT, l) >= m->threat_lapses))
            t++;
        if (s->live[l] && t < m->targets)
            threat_over(s, l, move, t, false);
    }
}

void threats_carried_out(struct sim *s, const struct act *act)
{
    const struct move *m = &s->p->move[act->row.move];
    for (int l = 0; act->row.verb == ROW_DO && m->measure && l < s->lanes; l++)
        if (act->mask[l] && *move_at(s, m, act->target[l], MOVE_THREAT, l) >= 0)
            threat_over(s, l, act->row.move, act->target[l], true);
}

void life_wear(struct sim *s)
{
    for (int i = 0; s->p->dialogue.given && i < s->p->moves; i++)
        lapse(s, i);
    for (int i = 0; i < s->p->moves; i++)
        for (int t = 0; t < s->p->move[i].targets; t++)
            wear(s, &s->p->move[i], t);
}

/* --- trying a row and taking it back ------------------------------------------------------------------------------------------ */

static void move_save(struct sim *s, int i)
{
    const struct move *m = &s->p->move[i];
    const size_t stride = (size_t)s->w->stride;
    if (s->is_saved[i])
        return;
    s->is_saved[i] = 1;
    memcpy(s->saved + (size_t)s->saved_at[i] * stride, world_slot(s->w, m->state), (size_t)m->targets * MOVE_SLOTS * stride * sizeof(double));
}

void moves_save(struct sim *s, struct row row)
{
    const struct move *m = &s->p->move[row.move];
    move_save(s, row.move);
    for (int i = 0; i < m->ends_count; i++)
        move_save(s, m->ends[i]);
}

void moves_restore(struct sim *s)
{
    const size_t stride = (size_t)s->w->stride;
    for (int i = 0; i < s->p->moves; i++) {
        const struct move *m = &s->p->move[i];
        if (!s->is_saved[i])
            continue;
        s->is_saved[i] = 0;
        s->aux_stale = true;
        memcpy(world_slot(s->w, m->state), s->saved + (size_t)s->saved_at[i] * stride, (size_t)m->targets * MOVE_SLOTS * stride * sizeof(double));
    }
}
