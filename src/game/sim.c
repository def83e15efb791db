/* game/sim.c — games in lanes: their memory, their start, and what may be read of them.
 * The phases of a turn are in turn.c. An expression's failure counts only in the lanes that asked for it. */
#include "game/game_private.h"

#include <stdio.h>
#include <string.h>

#include "base/panic.h"

static uint32_t state_slots(const struct program *p) { return p->work_first - p->state_first; }

/* State, and the turn means (which a program may keep among its work). */
static size_t frozen_slots(const struct program *p) { return (size_t)state_slots(p) + (size_t)p->means; }

static uint32_t move_slots_all(const struct program *p, uint32_t *at)
{
    uint32_t n = 0;
    for (int m = 0; m < p->moves; m++) {
        if (at)
            at[m] = n;
        n += (uint32_t)p->move[m].targets * MOVE_SLOTS;
    }
    return n;
}

static void act_new(struct arena *a, struct act *act, int lanes)
{
    act->mask = ARENA_ARRAY(a, lanes, unsigned char);
    act->target = ARENA_ARRAY(a, lanes, int16_t);
    act->cost = ARENA_ARRAY(a, lanes, double);
}

struct sim *sim_new(struct arena *a, const struct program *p, int lanes)
{
    struct sim *s = ARENA_NEW(a, struct sim);
    REQUIRE(lanes > 0);
    s->p = p;
    s->w = world_new(a, p, lanes);
    s->lanes = lanes;
    s->horizon = p->time.turns;
    s->live = ARENA_ARRAY(a, lanes, unsigned char);
    s->ending = ARENA_ARRAY(a, lanes, int);
    s->ending_turn = ARENA_ARRAY(a, lanes, int);
    s->frozen = ARENA_ARRAY(a, frozen_slots(p) * (size_t)lanes, double);
    effects_plan_room(s, a);
    s->act = ARENA_ARRAY(a, MOST_ORDERS, struct act);
    for (int i = 0; i < MOST_ORDERS; i++)
        act_new(a, &s->act[i], lanes);
    s->masks = ARENA_ARRAY(a, (size_t)MOST_ORDERS * (size_t)lanes, unsigned char);
    s->mask_a = ARENA_ARRAY(a, lanes, unsigned char);
    s->mask_b = ARENA_ARRAY(a, lanes, unsigned char);
    s->mask_c = ARENA_ARRAY(a, lanes, unsigned char);
    s->mask_d = ARENA_ARRAY(a, lanes, unsigned char);
    s->reason = ARENA_ARRAY(a, lanes, unsigned char);
    act_new(a, &s->trial, lanes);
    s->target_each = ARENA_ARRAY(a, lanes, int16_t);
    for (int i = 0; i < SCRATCHES; i++)
        s->scratch[i] = ARENA_ARRAY(a, lanes, double);
    s->left = ARENA_ARRAY(a, lanes, double);
    s->rows = ARENA_ARRAY(a, lanes, int);
    s->need = ARENA_ARRAY(a, lanes, int);
    s->failures = ARENA_ARRAY(a, lanes, struct failure);
    s->failures_eval = ARENA_ARRAY(a, lanes, struct failure);
    s->saved_at = ARENA_ARRAY(a, p->moves, uint32_t);
    s->saved = ARENA_ARRAY(a, (size_t)move_slots_all(p, s->saved_at) * (size_t)s->w->stride, double);
    s->is_saved = ARENA_ARRAY(a, p->moves, unsigned char);
    s->event_masks = ARENA_ARRAY(a, (size_t)p->events * (size_t)lanes, unsigned char);
    s->fired = ARENA_ARRAY(a, p->events, unsigned char);
    s->due_mask = ARENA_ARRAY(a, lanes, unsigned char);
    s->due_done = ARENA_ARRAY(a, lanes, unsigned char);
    s->term_value = ARENA_ARRAY(a, p->terms + 1, double *);
    for (int i = 0; i < p->terms; i++)
        s->term_value[i] = ARENA_ARRAY(a, lanes, double);
    s->words = ARENA_ARRAY(a, SIM_WORDS, char);
    return s;
}

int sim_lanes(const struct sim *s) { return s->lanes; }
int sim_turns_done(const struct sim *s) { return s->w->turn; }
int sim_ending(const struct sim *s, int lane) { return s->ending[lane]; }
int sim_ending_turn(const struct sim *s, int lane) { return s->ending_turn[lane]; }
void sim_horizon(struct sim *s, int turns) { s->horizon = turns; }

/* --- start ------------------------------------------------------------------------------------------------------------- */

void sim_start(struct sim *s, uint64_t seed, uint64_t first_run, bool drawn, bool median)
{
    for (int l = 0; l < s->w->stride; l++) {
        s->w->seed[l] = seed;
        s->w->run[l] = first_run + (uint64_t)l;
        s->w->failure[l] = (struct failure){.kind = FAIL_NONE};
    }
    s->w->median = median;
    if (drawn)
        engine_draw_parameters(s->w);
    else
        engine_parameters_at_value(s->w);
}

void sim_set_parameter(struct sim *s, int parameter, int element, int lane, double x)
{
    REQUIRE(parameter >= 0 && parameter < s->p->parameters);
    REQUIRE(element >= 0 && element < s->p->parameter[parameter].count);
    double *at = world_slot(s->w, s->p->parameter[parameter].first + (uint32_t)element);
    for (int l = lane < 0 ? 0 : lane; l < (lane < 0 ? s->w->stride : lane + 1); l++)
        at[l] = x;
}

void sim_begin(struct sim *s)
{
    engine_start(s->w);
    sim_clear(s);
}

void sim_clear(struct sim *s)
{
    s->aux_stale = false;
    s->past_end = false;
    s->first_turn = 0;
    s->acts = s->masks_used = s->refusals = 0;
    memset(s->is_saved, 0, (size_t)s->p->moves);
    memset(s->fired, 0, (size_t)s->p->events);
    for (int l = 0; l < s->lanes; l++) {
        s->ending[l] = s->ending_turn[l] = -1;
        s->list[l].count = 0;
        s->live[l] = 1;
    }
}

void sim_carry(struct sim *to, int to_lane, const struct sim *from, int from_lane)
{
    for (int i = 0; i < to->p->means; i++)
        *sim_at(to, to->p->mean[i].mean, to_lane) = world_get(from->w, to->p->mean[i].mean, from_lane);
    for (int i = 0; i < to->p->kept_turns; i++)
        *sim_at(to, to->p->kept_turn[i].from, to_lane) = world_get(from->w, to->p->kept_turn[i].from, from_lane);
}

void sim_copy_lane(struct sim *to, int to_lane, const struct sim *from, int from_lane)
{
    REQUIRE(to->p == from->p);
    world_copy_lane(to->w, to_lane, from->w, from_lane);
    to->w->seed[to_lane] = from->w->seed[from_lane];
    to->w->run[to_lane] = from->w->run[from_lane];
    to->w->failure[to_lane] = from->w->failure[from_lane];
    sim_carry(to, to_lane, from, from_lane);
    to->w->turn = from->w->turn;
    to->w->step = -1;
    to->w->median = from->w->median;
    to->horizon = from->horizon;
    to->first_turn = from->first_turn;
    to->ending[to_lane] = from->ending[from_lane];
    to->ending_turn[to_lane] = from->ending_turn[from_lane];
    to->live[to_lane] = from->live[from_lane];
    if (from->ending[from_lane] >= 0)
        for (size_t i = 0; i < frozen_slots(to->p); i++)
            to->frozen[i * (size_t)to->lanes + (size_t)to_lane] = from->frozen[i * (size_t)from->lanes + (size_t)from_lane];
    to->aux_stale = true;
}

static void copy_rows(struct sim *to, const struct sim *from, uint32_t first, uint32_t count)
{
    const size_t stride = (size_t)to->w->stride;
    memcpy(world_slot(to->w, first), from->w->value + (size_t)first * stride, (size_t)count * stride * sizeof(double));
}

void sim_copy(struct sim *to, const struct sim *from)
{
    const struct program *p = to->p;
    const size_t lanes = (size_t)to->lanes, stride = (size_t)to->w->stride;
    REQUIRE(p == from->p && to->lanes == from->lanes);
    sim_clear(to);
    copy_rows(to, from, p->parameter_first, p->work_first - p->parameter_first);
    for (int i = 0; i < p->means; i++)
        copy_rows(to, from, p->mean[i].mean, 1);
    for (int i = 0; i < p->kept_turns; i++)
        copy_rows(to, from, p->kept_turn[i].from, 1);
    memcpy(to->w->seed, from->w->seed, stride * sizeof *to->w->seed);
    memcpy(to->w->run, from->w->run, stride * sizeof *to->w->run);
    memcpy(to->w->failure, from->w->failure, stride * sizeof *to->w->failure);
    to->w->turn = from->w->turn;
    to->w->step = -1;
    to->w->median = from->w->median;
    to->horizon = from->horizon;
    to->first_turn = from->first_turn;
    to->past_end = from->past_end;
    memcpy(to->live, from->live, lanes);
    memcpy(to->ending, from->ending, lanes * sizeof *to->ending);
    memcpy(to->ending_turn, from->ending_turn, lanes * sizeof *to->ending_turn);
    for (int l = 0; l < to->lanes; l++)
        if (from->ending[l] >= 0) {
            memcpy(to->frozen, from->frozen, frozen_slots(p) * lanes * sizeof *to->frozen);
            break;
        }
    to->aux_stale = true;
}

void sim_other_luck(struct sim *s, uint64_t away)
{
    for (int l = 0; l < s->w->stride; l++)
        s->w->run[l] += away;
}

/* --- lanes that are over stay as they ended --------------------------------------------------------------------------------- */

static double *frozen_at(struct sim *s, size_t i, int lane) { return &s->frozen[i * (size_t)s->lanes + (size_t)lane]; }

static double *frozen_source(struct sim *s, size_t i, int lane)
{
    const uint32_t states = state_slots(s->p);
    return i < states ? sim_at(s, s->p->state_first + (uint32_t)i, lane) : sim_at(s, s->p->mean[i - states].mean, lane);
}

void sim_freeze(struct sim *s, int lane)
{
    for (size_t i = 0; i < frozen_slots(s->p); i++)
        *frozen_at(s, i, lane) = *frozen_source(s, i, lane);
}

/* A turn ran over all lanes; those that had ended before go back to their end. */
void sim_thaw_ended(struct sim *s)
{
    for (int l = 0; l < s->lanes; l++) {
        if (s->live[l] || s->ending[l] < 0)
            continue;
        for (size_t i = 0; i < frozen_slots(s->p); i++)
            *frozen_source(s, i, l) = *frozen_at(s, i, l);
        s->w->failure[l] = (struct failure){.kind = FAIL_NONE};
        s->aux_stale = true;
    }
}

/* --- expressions ------------------------------------------------------------------------------------------------------------ */

void sim_aux(struct sim *s)
{
    if (s->aux_stale)
        engine_aux(s->w);
    s->aux_stale = false;
}

bool any_lane(const unsigned char *mask, int lanes) { return memchr(mask, 1, (size_t)lanes) != NULL; }

bool sim_eval(struct sim *s, struct code_ref code, const unsigned char *mask, double otherwise, double *out)
{
    if (!code_given(code)) {
        for (int l = 0; l < s->lanes; l++)
            out[l] = mask[l] ? otherwise : 0;
        return false;
    }
    sim_aux(s);
    const bool runs = code.block >= 0;
    if (runs)
        memcpy(s->failures_eval, s->w->failure, (size_t)s->lanes * sizeof *s->failures_eval);
    const double *v = engine_value(s->w, code);
    for (int l = 0; l < s->lanes; l++) {
        out[l] = mask[l] ? v[l] : 0;
        if (runs && !mask[l])
            s->w->failure[l] = s->failures_eval[l];
    }
    return true;
}

void sim_set_target(struct sim *s, const int16_t *target)
{
    double *at = world_slot(s->w, s->p->target_slot);
    for (int l = 0; l < s->lanes; l++)
        at[l] = target[l] < 0 ? 0 : target[l];
}

void sim_set_target_all(struct sim *s, int target)
{
    double *at = world_slot(s->w, s->p->target_slot);
    for (int l = 0; l < s->w->stride; l++)
        at[l] = target < 0 ? 0 : target;
}

/* --- failures --------------------------------------------------------------------------------------------------------------- */

bool sim_lane_failed(const struct sim *s, int lane) { return s->w->failure[lane].kind != FAIL_NONE; }

void sim_fail(struct sim *s, int lane, enum failure_kind kind, uint32_t origin)
{
    if (!sim_lane_failed(s, lane))
        s->w->failure[lane] = (struct failure){.kind = kind, .origin = origin, .turn = s->w->turn, .step = -1};
}

bool sim_failed(const struct sim *s, int lane, const char **what, const char **path, int *line, int *turn, int *step)
{
    const struct failure f = s->w->failure[lane];
    const struct program *p = s->p;
    const char *in = "", *file = "";
    int at = 0;
    if (f.kind == FAIL_NONE)
        return false;
    if (f.origin & ORIGIN_MOVE) {
        const struct move *m = &p->move[f.origin & ~(uint32_t)ORIGIN_MOVE];
        in = m->name, file = m->path, at = m->line;
    } else if (f.origin & ORIGIN_EFFECT) {
        const struct quantity *q = &p->quantity[f.origin & ~(uint32_t)ORIGIN_EFFECT];
        in = q->name, file = q->path, at = q->line;
    } else if (f.origin < (uint32_t)p->origins) {
        in = p->origin[f.origin].what, file = p->origin[f.origin].path, at = p->origin[f.origin].line;
    }
    snprintf(s->words, SIM_WORDS, "%s in %s", failure_text(f.kind), in ? in : "");
    *what = s->words;
    *path = file ? file : "";
    *line = at;
    *turn = f.turn;
    *step = f.step;
    return true;
}

/* --- what may be read --------------------------------------------------------------------------------------------------------- */

const double *sim_values(const struct sim *s, int quantity, int element, bool flow)
{
    const struct quantity *q = &s->p->quantity[quantity];
    REQUIRE(element >= 0 && element < q->count);
    const uint32_t first = flow && q->mean != NO_SLOT ? q->mean : q->first;
    if (s->aux_stale)
        sim_aux((struct sim *)s);       /* worked out late, not changed */
    return world_slot(s->w, first + (uint32_t)element);
}

const double *sim_code(struct sim *s, struct code_ref code)
{
    sim_aux(s);
    return engine_value(s->w, code);
}

void sim_write(struct sim *s, uint32_t slot, int lane, double x)
{
    REQUIRE(slot >= s->p->work_first && slot < s->p->slots);
    *sim_at(s, slot, lane) = x;
}

uint64_t sim_ran(const struct sim *s) { return engine_ran(s->w); }

uint64_t sim_hash(const struct sim *s, int lane) { return engine_hash(s->w, lane); }
