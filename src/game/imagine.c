/* game/imagine.c — futures as a seat can imagine them: from its view and what is public, never from the truth.
 *
 * What a seat believes is a number of candidates, each a whole state with its parameters, and their weights (importance resampling; Rubin
 * 1988). Stocks that are seen with an error are drawn about what was seen, parameters from their ranges; a candidate weighs as much as the
 * numbers worked out from it agree with what the seat has seen of them. Futures pick their candidates by weight.
 *
 * Each seat has a shadow: a game of one lane at the scenario's own values, told of what the seat knows to have happened (its own acts,
 * public and noticed ones, events, and every stock it sees exactly). What the seat cannot see is taken from there. This file reads the
 * live game only through view_value, through what is public (events, budgets), through the seat's own measures, and through stocks
 * that the seat sees exactly (seen_exactly_now). */
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "base/text.h"
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

enum { LEAVE_ONE_OF = 8, HALVINGS = 30 };       /* of so many candidates the weights leave one at least */
static const double FAR = 4;            /* errors: what lies farther says no more, or one misread number would drown the rest */
static const double NEAREST = 0.02;     /* share of a number that is seen exactly: no model is held to it more nearly */

/* A number of the view, and how what a candidate gives for it now compares with it: `times` and `plus` bring it back to when it was seen. */
struct observation { uint32_t slot; double seen, error, times, plus; };

struct beliefs {
    const struct program *p;            /* borrowed */
    int candidates;
    double *value;                      /* [parameters and state][candidates] */
    unsigned char *differs;             /* [parameters and state] not the same in all candidates: most of a state is known */
    double *far;                        /* [candidates] half the sum of squares; negative: it failed */
    double *upto;                       /* [candidates] sums of weights, the last is the whole */
    struct observation *seen; int seens;
    const struct view *view;            /* whose they are */
    uint64_t seed;
};

/* --- shadows ---------------------------------------------------------------------------------------------------------------------- */

static double *shadow_kept(const struct game *g, int seat, int moment, int value)
{
    return &g->shadow_kept[((size_t)seat * (size_t)(g->turns + 1) + (size_t)moment) * (size_t)g->values + (size_t)value];
}

void shadows_open(struct game *g)
{
    g->shadow_kept = ARENA_ARRAY(g->arena, (size_t)g->p->seats * (size_t)(g->turns + 1) * (size_t)g->values, double);
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

/* --- deals -------------------------------------------------------------------------------------------------------------------------- */

/* A deal that the seat knows of, without what it cannot know: how far others truly fell short, and what they read into vague words. */
static void teach_monitor(struct game *g, int seat, int k)
{
    const struct program *p = g->p;
    const uint32_t from = p->dialogue.monitors + (uint32_t)k * MONITOR_SLOTS;
    struct sim *s = g->shadow[seat];
    struct monitor m;
    const bool there = monitor_read(g->live, k, 0, &m);
    const bool known = there && (m.channel == CHANNEL_PUBLIC || m.clause.seat == seat || (m.to >> seat & 1) || deal_party(g, m.deal, seat));
    for (uint32_t i = 0; i < MONITOR_SLOTS; i++)
        *sim_at(s, from + i, 0) = known ? world_get(g->live->w, from + i, 0) : 0;
    if (!known)
        return;
    const double found = m.status == CLAUSE_SHORT || m.status == CLAUSE_FOUND ? 1 : 0;
    for (uint32_t i = MONITOR_SHORT; i <= MONITOR_SHORT_3; i++)
        *sim_at(s, from + i, 0) = found;
    const bool owes = m.clause.seat == seat;
    *sim_at(s, from + (owes ? MONITOR_AMOUNT_READ : MONITOR_AMOUNT), 0) = *sim_at(s, from + (owes ? MONITOR_AMOUNT : MONITOR_AMOUNT_READ), 0);
    *sim_at(s, from + (owes ? MONITOR_UNTIL_READ : MONITOR_UNTIL), 0) = *sim_at(s, from + (owes ? MONITOR_UNTIL : MONITOR_UNTIL_READ), 0);
    if (m.clause.term >= 0 && m.status == CLAUSE_SHORT)
        *sim_at(s, p->term[m.clause.term].state + TERM_BROKEN, 0) = 1;
}

void shadows_deals(struct game *g)
{
    const struct dialogue *d = &g->p->dialogue;
    const int seats = g->p->seats;
    for (int seat = 0; d->given && seat < seats; seat++) {
        struct sim *s = g->shadow[seat];
        for (int k = 0; k < MOST_MONITORS; k++)
            teach_monitor(g, seat, k);
        *sim_at(s, d->numbered, 0) = world_get(g->live->w, d->numbered, 0);
        for (int other = 0; other < seats; other++) {
            const uint32_t ours = (uint32_t)(seat * seats + other), theirs = (uint32_t)(other * seats + seat);
            *sim_at(s, d->breaches + ours, 0) = world_get(g->live->w, d->breaches + ours, 0);
            *sim_at(s, d->breaches + theirs, 0) = world_get(g->live->w, d->breaches + theirs, 0);
        }
        deals_count(s, 0);
        s->aux_stale = true;
    }
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

/* What the seat would have expected to see, kept as the truth is. */
void shadows_keep(struct game *g, int moment)
{
    for (int seat = 0; seat < g->p->seats; seat++)
        for (int q = 0; q < g->p->quantities; q++)
            for (int e = 0; e < g->p->quantity[q].count; e++)
                *shadow_kept(g, seat, moment, g->first_value[q] + e) = sim_values(g->shadow[seat], q, e, moment > 0)[0];
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
    shadows_deals(g);
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

static void carry_from_shadow(const struct sim *shadow, struct sim *into)
{
    for (int i = 0; i < into->p->means; i++)
        spread(into, into->p->mean[i].mean, world_get(shadow->w, into->p->mean[i].mean, 0));
    for (int i = 0; i < into->p->kept_turns; i++)
        spread(into, into->p->kept_turn[i].from, world_get(shadow->w, into->p->kept_turn[i].from, 0));
}

static void from_shadow(const struct sim *shadow, struct sim *into)
{
    for (uint32_t slot = into->p->state_first; slot < into->p->work_first; slot++)
        spread(into, slot, world_get(shadow->w, slot, 0));
    carry_from_shadow(shadow, into);
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

/* --- candidates and their weights ---------------------------------------------------------------------------------------------------- */

struct beliefs *beliefs_new(struct arena *a, const struct program *p, int candidates)
{
    int numbers = 0;
    REQUIRE(candidates > 0);
    struct beliefs *b = ARENA_NEW(a, struct beliefs);
    for (int q = 0; q < p->quantities; q++)
        numbers += p->quantity[q].count;
    b->p = p;
    b->candidates = candidates;
    b->value = ARENA_ARRAY(a, (size_t)(p->work_first - p->parameter_first) * (size_t)candidates, double);
    b->differs = ARENA_ARRAY(a, p->work_first - p->parameter_first, unsigned char);
    b->far = ARENA_ARRAY(a, candidates, double);
    b->upto = ARENA_ARRAY(a, candidates, double);
    b->seen = ARENA_ARRAY(a, numbers, struct observation);
    return b;
}

int beliefs_candidates(const struct beliefs *b) { return b->candidates; }

/* How the number has moved since it was seen is taken from the shadow: in proportion where its error is a share. */
static void observe(struct beliefs *b, int quantity, int element)
{
    const struct view *v = b->view;
    const struct game *g = v->game;
    const struct seen *how = seen_of(g, v->seat, quantity, element);
    if (how->kind != SEEN_EXACT && how->kind != SEEN_NOISY)
        return;
    const struct seen_value seen = view_value(v, quantity, element, view_turn(v));
    const double size = seen.value < 0 ? -seen.value : seen.value;
    const int moment = view_turn(v) > seen.lag ? view_turn(v) - seen.lag : 0;
    const double then = *shadow_kept(g, v->seat, moment, g->first_value[quantity] + element);
    const double now = sim_values(g->shadow[v->seat], quantity, element, false)[0];
    struct observation o = {g->p->quantity[quantity].first + (uint32_t)element, seen.value, seen.give_or_take > 0 ? seen.give_or_take : NEAREST * size, 1, 0};
    if (!(o.error > 0))
        return;
    if (!how->points && now * then > 0)
        o.times = then / now;
    else
        o.plus = then - now;
    b->seen[b->seens++] = o;
}

void beliefs_begin(struct beliefs *b, const struct view *v, uint64_t seed)
{
    REQUIRE(v->seat >= 0 && b->p == v->game->p);
    b->view = v;
    b->seed = seed;
    b->seens = 0;
    for (int q = 0; q < b->p->quantities; q++)
        for (int e = 0; b->p->quantity[q].kind == Q_AUX && e < b->p->quantity[q].count; e++)
            observe(b, q, e);
}

/* Where the game stands, in every lane; parameters and state are still to come. */
static void stand(const struct view *v, struct sim *into, uint64_t seed)
{
    const struct game *g = v->game;
    struct world *w = into->w;
    REQUIRE(into->p == g->p);
    sim_clear(into);
    for (int l = 0; l < w->stride; l++)
        w->seed[l] = seed;
    w->median = g->options.median;
    w->turn = g->live->w->turn;
    w->step = -1;
    into->horizon = g->live->horizon;
    into->first_turn = g->live->first_turn;
}

static void work_out(struct sim *into)
{
    for (int l = 0; l < into->w->stride; l++)
        into->w->failure[l] = (struct failure){.kind = FAIL_NONE};
    into->aux_stale = true;
    sim_aux(into);
}

static double half_square(const struct observation *o, double now)
{
    double z = (now * o->times + o->plus - o->seen) / o->error;
    if (!(z > -FAR))
        z = -FAR;
    if (z > FAR)
        z = FAR;
    return z * z / 2;
}

void beliefs_fill(struct beliefs *b, struct sim *with, int first)
{
    const struct view *v = b->view;
    const struct game *g = v->game;
    struct world *w = with->w;
    const int count = b->candidates - first < with->lanes ? b->candidates - first : with->lanes;
    REQUIRE(first >= 0 && count > 0);
    stand(v, with, b->seed);
    for (int l = 0; l < w->stride; l++)
        w->run[l] = (uint64_t)(first + l);
    engine_draw_parameters(w);
    engine_block(w, BLOCK_PARAMETERS);
    from_shadow(g->shadow[v->seat], with);
    own_measures(v, with);
    public_facts(g, with);
    engine_turn_draws(w);
    for (int q = 0; q < g->p->quantities; q++)
        for (int e = 0; carried(g->p, q) && e < g->p->quantity[q].count; e++)
            believe(v, with, q, e);
    work_out(with);
    for (uint32_t s = b->p->parameter_first; s < b->p->work_first; s++)
        memcpy(b->value + (size_t)(s - b->p->parameter_first) * (size_t)b->candidates + first, world_slot(w, s), (size_t)count * sizeof(double));
    double *far = b->far + first;
    for (int l = 0; l < count; l++)
        far[l] = 0;
    for (int i = 0; i < b->seens; i++) {
        const double *now = world_slot(w, b->seen[i].slot);
        for (int l = 0; l < count; l++)
            far[l] += half_square(&b->seen[i], now[l]);
    }
    for (int l = 0; l < count; l++)
        if (sim_lane_failed(with, l))
            far[l] = -1;
}

static void find_differences(struct beliefs *b)
{
    for (uint32_t s = 0; s < b->p->work_first - b->p->parameter_first; s++) {
        const double *of = b->value + (size_t)s * (size_t)b->candidates;
        b->differs[s] = memcmp(of, of + 1, (size_t)(b->candidates - 1) * sizeof *of) != 0;
    }
}

/* Sums of weights exp(-sharp * far); answers how many candidates of equal weight they are worth. */
static double sum_weights(struct beliefs *b, double nearest, double sharp)
{
    double sum = 0, squares = 0;
    for (int c = 0; c < b->candidates; c++) {
        const double weight = b->far[c] < 0 ? 0 : pm_exp(sharp * (nearest - b->far[c]));
        sum += weight;
        squares += weight * weight;
        b->upto[c] = sum;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/* What is seen hangs together (many numbers are worked out from few), so their errors are not counted in full where that would leave too
 * few candidates: all squares are weighed less, alike (a power of the likelihood; Miller and Dunson 2019). */
void beliefs_weigh(struct beliefs *b)
{
    double nearest = -1, low = 0, high = 1;
    int fine = 0;
    find_differences(b);
    for (int c = 0; c < b->candidates; c++)
        if (b->far[c] >= 0) {
            nearest = nearest < 0 || b->far[c] < nearest ? b->far[c] : nearest;
            fine++;
        }
    if (fine == 0) {            /* every guess fails: take them as they are */
        for (int c = 0; c < b->candidates; c++)
            b->upto[c] = c + 1;
        return;
    }
    const double wanted = (double)fine / LEAVE_ONE_OF;
    if (sum_weights(b, nearest, 1) >= wanted)
        return;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (low + high) / 2;
        if (sum_weights(b, nearest, middle) >= wanted)
            low = middle;
        else
            high = middle;
    }
    sum_weights(b, nearest, low);
}

void view_believe(const struct view *v, struct beliefs *b, struct sim *with, uint64_t seed)
{
    beliefs_begin(b, v, seed);
    for (int first = 0; first < b->candidates; first += with->lanes)
        beliefs_fill(b, with, first);
    beliefs_weigh(b);
}

/* --- futures ------------------------------------------------------------------------------------------------------------------------- */

/* Runs 0, 1, 2, … are spread evenly over the weights (van der Corput), from a place that the seed picks. */
static int pick(const struct beliefs *b, uint64_t run, double shift)
{
    uint32_t mirror = 0;
    for (int bit = 0; bit < 32; bit++)
        mirror |= (uint32_t)(run >> bit & 1) << (31 - bit);
    double u = mirror / 4294967296.0 + shift;
    u = (u < 1 ? u : u - 1) * b->upto[b->candidates - 1];
    int low = 0, high = b->candidates - 1;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (b->upto[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* What has been agreed this turn comes into force when plans are committed: whoever knows of it reckons with it. */
static void agreed_now(const struct view *v, struct sim *into)
{
    for (int i = 1; i <= v->game->bargain.count; i++) {
        const struct bargain *b = view_bargain(v, i);
        if (b && (b->state == BARGAIN_AGREED || b->state == BARGAIN_DECLARED) && !b->deal && !b->over)
            sim_conclude(into, &b->proposal, NULL, NULL);
    }
}

void view_imagine(const struct beliefs *b, struct sim *into, const uint64_t *run)
{
    const struct program *p = b->p;
    struct world *w = into->w;
    stand(b->view, into, b->seed);
    struct rng shift = rng_at(rng_key(b->seed, 0, text_hash("which belief"), (uint64_t)w->turn));
    const double begin = rng_unit(&shift);
    for (int l = 0; l < into->lanes; l++) {
        w->run[l] = run[l];
        into->need[l] = pick(b, run[l], begin);
    }
    for (uint32_t s = p->parameter_first; s < p->work_first; s++) {
        const double *from = b->value + (size_t)(s - p->parameter_first) * (size_t)b->candidates;
        double *to = world_slot(w, s);
        if (!b->differs[s - p->parameter_first])
            spread(into, s, *from);
        else
            for (int l = 0; l < into->lanes; l++)
                to[l] = from[into->need[l]];
    }
    carry_from_shadow(b->view->game->shadow[b->view->seat], into);
    agreed_now(b->view, into);
    work_out(into);
}
