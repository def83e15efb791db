/* game/effects.c — effects on stocks: worked out on the state before any of them, then applied together.
 * Order within one application: set, scale, the sum of adds, pushes, then floors and ceilings; ties as they were gathered, which is by
 * seat and then by declaration. Parts that come later wait in rings, which are state. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

enum { LIST_LEAST = 320 };      /* room for a lane's changes in one application; a row that finds less is refused */

/* --- room, and what may fall due ---------------------------------------------------------------------------------------------------- */

static bool waits(const struct effect *e) { return e->ring != NO_SLOT || e->back != NO_SLOT; }

static void add_pending(struct sim *s, struct effects effects, int targets, int source)
{
    for (int i = 0; i < effects.count; i++)
        if (waits(&effects.at[i])) {
            if (s->pending)
                s->pending[s->pendings] = (struct pending){&effects.at[i], targets, source};
            s->pendings++;
        }
}

static void pending_of_move(struct sim *s, int i)
{
    const struct move *m = &s->p->move[i];
    add_pending(s, m->effects, m->targets, i);
    for (int k = 0; k < m->outcomes; k++)
        add_pending(s, m->outcome[k].effects, m->targets, i);
    add_pending(s, m->threat.effects, m->targets, i);
    add_pending(s, m->ease.effects, m->targets, i);
    add_pending(s, m->lift.effects, m->targets, i);
    add_pending(s, m->snapback.effects, m->targets, i);
    for (int k = 0; k < m->settings; k++)
        add_pending(s, m->setting[k].lift, m->targets, i);
}

static void find_pending(struct sim *s)
{
    s->pendings = 0;
    for (int k = 0; k < s->p->seats; k++) {
        const int seat = s->p->sealed || !s->p->order ? k : s->p->order[k];
        for (int i = 0; i < s->p->moves; i++)
            if (s->p->move[i].seat == seat)
                pending_of_move(s, i);
    }
    for (int i = 0; i < s->p->events; i++)
        add_pending(s, s->p->event[i].effects, 1, -1 - i);
}

void effects_plan_room(struct sim *s, struct arena *a)
{
    int events = 0, due = 0;
    s->pending = NULL;
    find_pending(s);
    s->pending = ARENA_ARRAY(a, s->pendings, struct pending);
    find_pending(s);
    for (int i = 0; i < s->p->events; i++)
        events += s->p->event[i].effects.count;
    for (int i = 0; i < s->pendings; i++)
        due += 2 * s->pending[i].targets;
    s->list_room = LIST_LEAST;
    if (events > s->list_room)
        s->list_room = events;
    if (due > s->list_room)
        s->list_room = due;
    s->list = ARENA_ARRAY(a, s->lanes, struct changes);
    for (int l = 0; l < s->lanes; l++)
        s->list[l].at = ARENA_ARRAY(a, s->list_room, struct change);
}

/* --- gathering ------------------------------------------------------------------------------------------------------------------------ */

static int ring_place(int target, int turns, int turn) { return target * turns + turn % turns; }

static void push_change(struct sim *s, int lane, const struct effect *e, int op, double value, int target, int source, bool back)
{
    struct changes *list = &s->list[lane];
    ENSURE(list->count < s->list_room);
    list->at[list->count++] = (struct change){e, value, 0, source, target, (unsigned char)op, back};
}

/* One of n equal parts of the whole. A factor's parts are parts of what it adds. */
static double part_of(const struct effect *e, double value, int parts)
{
    if (parts == 1)
        return value;
    switch (e->op) {
    case EFFECT_SET:   return value;
    case EFFECT_SCALE: return 1 + (value - 1) / parts;
    case EFFECT_ADD:
    case EFFECT_PUSH:  return value / parts;
    }
    UNREACHABLE();
}

/* Two orders may have parts due in the same turn. */
static void put_in_ring(struct sim *s, int lane, const struct effect *e, double part, int target, int turn)
{
    const uint32_t slot = e->ring + 2 * (uint32_t)ring_place(target, e->ring_turns, turn);
    double *value = sim_at(s, slot, lane), *due = sim_at(s, slot + 1, lane);
    const bool first = *due == 0;
    switch (e->op) {
    case EFFECT_SET:   *value = part; break;
    case EFFECT_SCALE: *value = first ? part : *value * part; break;
    case EFFECT_ADD:
    case EFFECT_PUSH:  *value = first ? part : *value + part; break;
    }
    *due = 1;
}

/* `points`: how much of the whole counts (easing), or NULL. */
static double scaled(const struct effect *e, double value, double points)
{
    switch (e->op) {
    case EFFECT_SET:   return value;
    case EFFECT_SCALE: return 1 + (value - 1) * points;
    case EFFECT_ADD:
    case EFFECT_PUSH:  return value * points;
    }
    UNREACHABLE();
}

static void gather_one(struct sim *s, const struct effect *e, const unsigned char *mask, const int16_t *target, const double *points, int source)
{
    const int parts = e->over > 1 ? e->over : 1;
    double *value = s->scratch[2], *when = s->scratch[3];
    const bool asks = e->after == 0 && sim_eval(s, e->when, mask, 1, when);
    sim_eval(s, e->value, mask, 0, value);
    for (int l = 0; l < s->lanes; l++) {
        if (!mask[l])
            continue;
        const int t = target && target[l] > 0 ? target[l] : 0;
        const double part = part_of(e, points ? scaled(e, value[l], points[l]) : value[l], parts);
        if (e->after == 0 && (!asks || when[l] != 0))
            push_change(s, l, e, e->op, part, t, source, false);
        for (int k = e->after == 0 ? 1 : 0; k < parts; k++)
            put_in_ring(s, l, e, part, t, s->w->turn + e->after + k);
    }
}

void effects_gather(struct sim *s, struct effects effects, const unsigned char *mask, const int16_t *target, const double *points, int source)
{
    if (!any_lane(mask, s->lanes))
        return;
    if (target)
        sim_set_target(s, target);
    else
        sim_set_target_all(s, 0);
    for (int i = 0; i < effects.count; i++)
        gather_one(s, &effects.at[i], mask, target, points, source);
}

/* --- applying -------------------------------------------------------------------------------------------------------------------------- */

static int element_of(const struct change *c) { return (int)(c->effect->offset + c->effect->stride * (uint32_t)c->target); }

static double *stock_of(struct sim *s, const struct change *c, int lane)
{
    return sim_at(s, s->p->quantity[c->effect->quantity].first + (uint32_t)element_of(c), lane);
}

static bool bound(struct sim *s, const struct change *c, int lane, bool floor, double *x)
{
    const struct quantity *q = &s->p->quantity[c->effect->quantity];
    if (!q->stock)
        return false;
    const uint32_t slot = floor ? q->stock[element_of(c)].floor : q->stock[element_of(c)].ceiling;
    if (slot == NO_SLOT)
        return false;
    *x = *sim_at(s, slot, lane);
    return true;
}

static double changed(struct sim *s, const struct change *c, int lane, double v)
{
    double edge;
    switch ((enum effect_op)c->op) {
    case EFFECT_SET:   return c->value;
    case EFFECT_SCALE: return v * c->value;
    case EFFECT_ADD:   return v + c->value;
    case EFFECT_PUSH:
        if (c->value > 0)
            return bound(s, c, lane, false, &edge) ? v + c->value * (edge - v) : v + v * c->value;
        return bound(s, c, lane, true, &edge) ? v + c->value * (v - edge) : v + v * c->value;
    }
    UNREACHABLE();
}

/* What a bound refuses is taken from what pushed against it, in proportion: an effect that `lasts` gives back only what was added. */
static void refuse_part(struct sim *s, struct changes *list, const struct change *at, int lane, double refused)
{
    double pushed = 0;
    const double *stock = stock_of(s, at, lane);
    for (int i = 0; i < list->count; i++)
        if (stock_of(s, &list->at[i], lane) == stock && list->at[i].moved * refused < 0)
            pushed += list->at[i].moved;
    if (pushed == 0)
        return;
    const double share = -refused / pushed > 1 ? 1 : -refused / pushed;
    for (int i = 0; i < list->count; i++)
        if (stock_of(s, &list->at[i], lane) == stock && list->at[i].moved * refused < 0)
            list->at[i].moved -= list->at[i].moved * share;
}

static void clamp_one(struct sim *s, struct changes *list, const struct change *c, int lane)
{
    double *v = stock_of(s, c, lane), low, high;
    const double before = *v;
    bool floor = false;
    if (bound(s, c, lane, true, &low) && *v < low)
        *v = low, floor = true;
    if (bound(s, c, lane, false, &high) && *v > high)
        *v = high, floor = false;
    if (*v == before)
        return;
    if (s->record && lane == 0)
        ledger_refused(s->record, c->effect, element_of(c), floor, *v - before);
    refuse_part(s, list, c, lane, *v - before);
}

static void apply_lane(struct sim *s, struct changes *list, int lane)
{
    for (int op = EFFECT_SET; op <= EFFECT_PUSH; op++)
        for (int i = 0; i < list->count; i++) {
            struct change *c = &list->at[i];
            if (c->op != op)
                continue;
            double *v = stock_of(s, c, lane);
            const double now = changed(s, c, lane, *v);
            c->moved = now - *v;
            if (!(now - now == 0)) {     /* infinite or no number */
                sim_fail(s, lane, FAIL_OVERFLOW, ORIGIN_EFFECT | (uint32_t)c->effect->quantity);
                c->moved = 0;
                continue;
            }
            *v = now;
            if (s->record && lane == 0)
                ledger_effect(s->record, c->source, c->target, c->effect, element_of(c), c->moved);
        }
    for (int i = 0; i < list->count; i++)
        clamp_one(s, list, &list->at[i], lane);
    for (int i = 0; i < list->count; i++) {
        const struct change *c = &list->at[i];
        if (c->effect->lasts > 0 && !c->back && c->moved != 0)
            *sim_at(s, c->effect->back + (uint32_t)ring_place(c->target, c->effect->back_turns, s->w->turn + c->effect->lasts), lane) -= c->moved;
    }
}

void effects_apply(struct sim *s)
{
    for (int l = 0; l < s->lanes; l++) {
        if (s->list[l].count > 0) {
            apply_lane(s, &s->list[l], l);
            s->aux_stale = true;
        }
        s->list[l].count = 0;
    }
}

/* --- what falls due ---------------------------------------------------------------------------------------------------------------------- */

static void due_parts(struct sim *s, const struct pending *p, int target)
{
    const struct effect *e = p->effect;
    const uint32_t slot = e->ring + 2 * (uint32_t)ring_place(target, e->ring_turns, s->w->turn);
    double *value = sim_at(s, slot, 0), *due = sim_at(s, slot + 1, 0), *when = s->scratch[3];
    unsigned char *mask = s->mask_a;
    for (int l = 0; l < s->lanes; l++)
        mask[l] = s->live[l] && due[l] != 0;
    if (!any_lane(mask, s->lanes))
        return;
    sim_set_target_all(s, target);
    sim_eval(s, e->when, mask, 1, when);
    for (int l = 0; l < s->lanes; l++) {
        if (!mask[l])
            continue;
        if (when[l] != 0)
            push_change(s, l, e, e->op, value[l], target, p->source, false);
        value[l] = due[l] = 0;
    }
}

static void due_back(struct sim *s, const struct pending *p, int target)
{
    const struct effect *e = p->effect;
    double *back = sim_at(s, e->back + (uint32_t)ring_place(target, e->back_turns, s->w->turn), 0);
    for (int l = 0; l < s->lanes; l++)
        if (s->live[l] && back[l] != 0) {
            push_change(s, l, e, EFFECT_ADD, back[l], target, p->source, true);
            back[l] = 0;
        }
}

void effects_due(struct sim *s)
{
    for (int i = 0; i < s->pendings; i++)
        for (int t = 0; t < s->pending[i].targets; t++) {
            if (s->pending[i].effect->ring != NO_SLOT)
                due_parts(s, &s->pending[i], t);
            if (s->pending[i].effect->back != NO_SLOT)
                due_back(s, &s->pending[i], t);
        }
    effects_apply(s);
}
