/* game/imagine.c — futures as a seat can imagine them: from its view and what is public, never from the truth.
 *
 * Each seat has a shadow: a game of one lane at the scenario's own values, told of what the seat knows to have happened (its own acts,
 * public and noticed ones, events, and every stock it sees exactly). What the seat cannot see is taken from there. This file reads the
 * live game only through view_value, through what is public (events, budgets), through the seat's own measures, and through stocks
 * that the seat sees exactly (seen_exactly_now). */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

static const struct seen *seen_of(const struct game *g, int seat, int quantity, int element)
{
    static const struct seen exactly = {.kind = SEEN_EXACT};
    const struct quantity *q = &g->p->quantity[quantity];
    return q->seen ? &q->seen[element * g->p->seats + seat] : &exactly;
}

static bool is_state(const struct program *p, uint32_t slot) { return slot >= p->state_first && slot < p->work_first; }

/* Stocks, switches and this turn's draws: what a state is made of. */
static bool carried(const struct program *p, int quantity)
{
    const enum quantity_kind kind = p->quantity[quantity].kind;
    return (kind == Q_STOCK || kind == Q_SWITCH || kind == Q_DRAW) && is_state(p, p->quantity[quantity].first);
}

/* After the brief's events; allowed only where nothing is hidden. */
static double seen_exactly_now(const struct game *g, int seat, int quantity, int element)
{
    REQUIRE(seen_of(g, seat, quantity, element)->kind == SEEN_EXACT);
    return world_get(g->live->w, g->p->quantity[quantity].first + (uint32_t)element, 0);
}

/* --- shadows ---------------------------------------------------------------------------------------------------------------------- */

void shadows_open(struct game *g)
{
    for (int seat = 0; seat < g->p->seats; seat++) {
        g->shadow[seat] = sim_new(g->arena, g->p, 1);
        g->shadow_before[seat] = sim_new(g->arena, g->p, 1);
        sim_start(g->shadow[seat], g->options.seed, 0, false, true);
        sim_begin(g->shadow[seat]);
        g->shadow[seat]->forced = true;
    }
}

static void teach(struct game *g, int seat)
{
    struct sim *s = g->shadow[seat];
    for (int q = 0; q < g->p->quantities; q++)
        for (int e = 0; carried(g->p, q) && e < g->p->quantity[q].count; e++)
            if (seen_of(g, seat, q, e)->kind == SEEN_EXACT)
                *sim_at(s, g->p->quantity[q].first + (uint32_t)e, 0) = seen_exactly_now(g, seat, q, e);
    s->aux_stale = true;
}

void shadows_brief(struct game *g)
{
    memcpy(g->told_events, g->live->fired, (size_t)g->p->events);
    for (int seat = 0; seat < g->p->seats; seat++) {
        g->shadow[seat]->forced_events = g->told_events;
        g->shadow[seat]->w->failure[0] = (struct failure){.kind = FAIL_NONE};     /* a guess that failed goes on with harmless numbers */
        sim_brief(g->shadow[seat], true);
        teach(g, seat);
    }
}

static int tell(struct game *g, int seat)
{
    int n = 0;
    for (int i = 0; i < g->live->acts; i++) {
        const struct act *act = &g->live->act[i];
        if (!act->mask[0] || !(act_known(g, act) >> seat & 1))
            continue;
        g->told[n] = (struct order){act->seat, act->row, NULL};
        if (g->p->move[act->row.move].target >= 0)
            g->told[n].row.target = act->target[0];
        g->told_outcomes[n++] = act->outcome;
    }
    return n;
}

void shadows_rest(struct game *g)
{
    for (int seat = 0; seat < g->p->seats; seat++) {
        struct sim *s = g->shadow[seat];
        const int told = tell(g, seat);
        s->forced_outcomes = g->told_outcomes;
        sim_commit(s, g->told, told, false);
        sim_resolve(s);
        sim_run(s, NULL);
        sim_review(s);
        teach(g, seat);
        sim_aux(s);
    }
}

/* What was done in secret is known from now on, as far as the rule says. */
void shadow_notices(struct game *g, int seat, int move, int target)
{
    struct sim *s = g->shadow[seat];
    const struct move *m = &g->p->move[move];
    const int setting = (int)*move_at(g->live, m, target, MOVE_SETTING, 0);
    life_lane(s, 0, (struct row){ROW_DO, move, target, setting, -1}, target);
    s->aux_stale = true;
}

/* --- beliefs ------------------------------------------------------------------------------------------------------------------------ */

static void spread(struct sim *into, uint32_t slot, double x)
{
    double *at = world_slot(into->w, slot);
    for (int l = 0; l < into->w->stride; l++)
        at[l] = x;
}

static void from_shadow(const struct sim *shadow, struct sim *into)
{
    for (uint32_t slot = into->p->state_first; slot < into->p->work_first; slot++)
        spread(into, slot, world_get(shadow->w, slot, 0));
    for (int l = 0; l < into->lanes; l++)
        sim_carry(into, l, shadow, 0);
}

/* What was seen, give or take its error, drawn once a lane. */
static void around(const struct game *g, struct sim *into, int seat, int quantity, int element, struct seen_value seen, const struct seen *how)
{
    const uint64_t stream = ~g->seen_stream[(size_t)seat * (size_t)g->values + (size_t)(g->first_value[quantity] + element)];
    double *at = sim_at(into, g->p->quantity[quantity].first + (uint32_t)element, 0);
    for (int l = 0; l < into->lanes; l++) {
        const double z = engine_normal(into->w, l, stream, (uint64_t)into->w->turn);
        const double x = how->points ? seen.value + how->error * z : seen.value * (1 + how->error * z);
        at[l] = value_clamped(into, l, quantity, element, x);
    }
}

static void believe(const struct view *v, struct sim *into, int quantity, int element)
{
    const struct game *g = v->game;
    const struct program *p = g->p;
    const struct seen *how = seen_of(g, v->seat, quantity, element);
    switch (how->kind) {
    case SEEN_EXACT:
        spread(into, p->quantity[quantity].first + (uint32_t)element, seen_exactly_now(g, v->seat, quantity, element));
        return;
    case SEEN_NONE:
        return;         /* as the shadow has it */
    case SEEN_NOISY:
        if (p->quantity[quantity].kind != Q_DRAW)
            around(g, into, v->seat, quantity, element, view_value(v, quantity, element, view_turn(v)), how);
        return;
    case SEEN_AS:
        if (how->as >= 0 && carried(p, how->as) && element < p->quantity[how->as].count) {
            const struct seen_value seen = view_value(v, quantity, element, view_turn(v));
            if (seen.known)
                around(g, into, v->seat, quantity, element, seen, seen_of(g, v->seat, how->as, element));
        }
        return;
    }
    UNREACHABLE();
}

static void own_measures(const struct view *v, struct sim *into)
{
    for (int i = 0; i < into->p->moves; i++) {
        const struct move *m = &into->p->move[i];
        for (uint32_t k = 0; m->seat == v->seat && k < (uint32_t)m->targets * MOVE_SLOTS; k++)
            spread(into, m->state + k, world_get(v->game->live->w, m->state + k, 0));
    }
}

static void public_facts(const struct game *g, struct sim *into)
{
    for (int i = 0; i < g->p->events; i++)
        if (g->p->event[i].last != NO_SLOT)
            spread(into, g->p->event[i].last, world_get(g->live->w, g->p->event[i].last, 0));
    for (int i = 0; i < g->p->seats; i++)
        if (g->p->seat[i].budget != NO_SLOT)
            spread(into, g->p->seat[i].budget, world_get(g->live->w, g->p->seat[i].budget, 0));
}

void view_imagine(const struct view *v, struct sim *into, uint64_t seed, const uint64_t *run)
{
    const struct game *g = v->game;
    struct world *w = into->w;
    REQUIRE(v->seat >= 0 && into->p == g->p);
    sim_start(into, seed, 0, false, g->options.median);
    for (int l = 0; l < into->lanes; l++)
        w->run[l] = run[l];
    engine_draw_parameters(w);
    sim_begin(into);
    w->turn = g->live->w->turn;
    into->horizon = g->live->horizon;
    into->first_turn = g->live->first_turn;
    from_shadow(g->shadow[v->seat], into);
    own_measures(v, into);
    public_facts(g, into);
    engine_turn_draws(w);
    for (int q = 0; q < g->p->quantities; q++)
        for (int e = 0; carried(g->p, q) && e < g->p->quantity[q].count; e++)
            believe(v, into, q, e);
    for (int l = 0; l < w->stride; l++)
        w->failure[l] = (struct failure){.kind = FAIL_NONE};
    into->aux_stale = true;
    sim_aux(into);
}
