/* game/open.c — a program, a seed and who sits where become a game that stands at its first turn.
 * An opening's play is played here, unrationed and past endings; then people take over with the budgets of a first turn. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

static void copy_options(struct game *g, const struct game_options *o)
{
    g->options = *o;
    for (int i = 0; i < g->p->seats; i++) {
        g->ops[i] = o->ops ? o->ops[i] : NULL;
        g->self[i] = o->self ? o->self[i] : NULL;
        g->who[i] = o->who && o->who[i] ? arena_text(g->arena, o->who[i]) : g->ops[i] ? g->ops[i]->kind : NULL;
    }
    for (int i = 0; i < g->p->seats; i++)
        g->view[i] = (struct view){g, i};
    g->view[MOST_SEATS] = (struct view){g, -1};
}

static void name_values(struct game *g)
{
    const struct program *p = g->p;
    g->seen_stream = ARENA_ARRAY(g->arena, p->seats * g->values, uint64_t);
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; e < p->quantity[q].count; e++) {
            const struct arena_mark mark = arena_mark(g->arena);
            const char *name = program_element_name(p, g->arena, p->quantity[q].name, p->quantity[q].dims, p->quantity[q].dim, e);
            for (int seat = 0; seat < p->seats; seat++)
                g->seen_stream[(size_t)seat * (size_t)g->values + (size_t)(g->first_value[q] + e)] =
                    text_hash(arena_printf(g->arena, "seen:%s:%s", p->seat[seat].name, name));
            arena_reset(g->arena, mark);
        }
}

static void plan_history(struct game *g)
{
    const struct program *p = g->p;
    const size_t turns = (size_t)g->turns;
    int targets = 0;
    g->first_value = ARENA_ARRAY(g->arena, p->quantities, int);
    for (int q = 0; q < p->quantities; q++) {
        g->first_value[q] = g->values;
        g->values += p->quantity[q].count;
    }
    g->first_term = ARENA_ARRAY(g->arena, g->values, int);
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; e < p->quantity[q].count; e++) {
            g->first_term[g->first_value[q] + e] = g->terms;
            g->terms += p->quantity[q].stock ? p->quantity[q].stock[e].terms : 0;
        }
    g->value = ARENA_ARRAY(g->arena, (turns + 1) * (size_t)g->values, double);
    g->mean = ARENA_ARRAY(g->arena, (turns + 1) * (size_t)g->values, double);
    g->term = ARENA_ARRAY(g->arena, turns * (size_t)g->terms, double);
    g->refused_floor = ARENA_ARRAY(g->arena, turns * (size_t)g->values, double);
    g->refused_ceiling = ARENA_ARRAY(g->arena, turns * (size_t)g->values, double);
    g->first_noticed = ARENA_ARRAY(g->arena, p->moves, int);
    for (int m = 0; m < p->moves; m++) {
        g->first_noticed[m] = targets;
        targets += p->move[m].targets;
    }
    g->noticed = ARENA_ARRAY(g->arena, targets, uint32_t);
    g->told_events = ARENA_ARRAY(g->arena, p->events, unsigned char);
    name_values(g);
}

static int turns_of(const struct program *p, const struct game_options *o)
{
    const struct opening *opening = o->opening >= 0 ? &p->opening[o->opening] : NULL;
    if (o->turns > 0)
        return o->turns;
    if (!opening)
        return p->time.turns;
    return opening->turns > 0 ? opening->turns : p->time.turns > opening->turn ? p->time.turns - opening->turn : 1;
}

static void first_budgets(struct game *g)
{
    for (int i = 0; i < g->p->seats; i++)
        for (int who = -1; who < g->p->seats; who++) {
            struct sim *s = who < 0 ? g->live : g->shadow[who];
            if (g->p->seat[i].budget != NO_SLOT)
                *sim_at(s, g->p->seat[i].budget, 0) = g->p->seat[i].start;
            s->first_turn = g->from;
            s->ending[0] = s->ending_turn[0] = -1;
        }
}

static bool play_opening(struct game *g, const char **error)
{
    const struct opening *opening = &g->p->opening[g->options.opening];
    static const struct play nothing_is_done = {.name = "nothing"};
    for (int turn = 0; turn < opening->turn; turn++) {
        turn_opening(g, opening->play >= 0 ? &g->p->play[opening->play] : &nothing_is_done);
        if (sim_lane_failed(g->live, 0)) {
            *error = arena_printf(g->arena, "the opening '%s' cannot be played: %s", opening->name, g->failure ? g->failure : "its play fails");
            return false;
        }
    }
    g->news.count = 0;
    return true;
}

struct game *game_open(struct arena *a, const struct program *p, const struct game_options *o, const char **error)
{
    struct game *g = ARENA_NEW(a, struct game);
    *error = NULL;
    g->arena = a;
    g->p = p;
    if (p->seats == 0 || p->seats > MOST_SEATS) {
        *error = arena_text(a, "this scenario has no seats: it is a plain model; use 'run' instead");
        return NULL;
    }
    if (o->opening >= p->openings) {
        *error = arena_text(a, "there is no such opening; see the scenario's list");
        return NULL;
    }
    copy_options(g, o);
    g->turns = turns_of(p, o);
    g->from = o->opening >= 0 ? p->opening[o->opening].turn : 0;
    plan_history(g);
    g->live = sim_new(a, p, 1);
    g->before = sim_new(a, p, 1);
    g->probe = sim_new(a, p, 1);
    sim_start(g->live, o->seed, 0, !o->at_value, o->median);
    sim_begin(g->live);
    sim_horizon(g->live, g->from + g->turns);
    g->live->record = g;
    shadows_open(g);
    if (o->opening >= 0 && !play_opening(g, error))
        return NULL;
    if (sim_lane_failed(g->live, 0)) {
        *error = arena_printf(a, "the scenario cannot start: %s", turn_failure(g));
        return NULL;
    }
    first_budgets(g);
    history_keep(g, 0);
    shadows_keep(g, 0);
    for (int i = 0; i < p->seats; i++)
        if (g->who[i] && strcmp(g->who[i], "person") == 0)
            g->live->judges |= 1u << i;
    g->playing = true;
    g->turn_played = 0;                             /* an opening's turns are not on record */
    journal_begin(g);
    return g;
}

uint64_t game_seed(const struct game *g) { return g->options.seed; }
bool game_over(const struct game *g) { return g->over; }
const char *game_failure(const struct game *g) { return g->failure; }

const struct view *game_view(const struct game *g, int seat)
{
    REQUIRE(seat >= -1 && seat < g->p->seats);
    REQUIRE(seat >= 0 || g->open);
    return seat < 0 ? &g->view[MOST_SEATS] : &g->view[seat];
}

const char *game_refusal(const struct game *g, int seat, int index)
{
    for (int i = 0; i < g->refusals; i++)
        if (g->refusal[i].seat == seat && index-- == 0)
            return g->refusal[i].text;
    return NULL;
}
