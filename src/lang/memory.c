/* lang/memory.c — functions that keep something from step to step or turn to turn: smooth, delays, previous, initial, sample, trend.
 *
 * A call gets its own state the first time it is met with certain elements bound. What it reads is compiled later, when every
 * auxiliary is known, so that a ring through a memory is no ring.
 */
#include <string.h>
#include "base/pmath.h"
#include "lang/model.h"

enum { MOST_RING = 4096 };

/* Which memory is meant: not a call's address, which is another in every run, but where it stands in the file. */
static uint64_t hash_of(const struct scope *s, const struct expr *call, bool turn)
{
    uint64_t h = ((uint64_t)call->at.at << 32) ^ call->at.length ^ (turn ? 1u << 31 : 0);
    for (int k = -1; k < s->bounds; k++)
        h = (h ^ (uint64_t)(k < 0 ? s->bounds : s->bound[k].element)) * 0x9e3779b97f4a7c15u, h ^= h >> 29;
    return h;
}

static struct memory *find(struct scope *s, const struct expr *call, bool turn)
{
    struct model *const m = s->m;
    uint64_t const hash = hash_of(s, call, turn);
    uint32_t from = 0;
    for (int i; (i = index_next(&m->memory_index, hash, &from)) >= 0;) {
        struct memory *const x = &m->memories.at[i];
        bool same = x->call == call && x->turn == turn && x->elements == s->bounds;
        for (int k = 0; k < s->bounds && same; k++)
            same = x->element[k] == s->bound[k].element;
        if (same)
            return x;
    }
    return NULL;
}

/* Compiles e as it stands at the start into `slot`; a memory that needs itself for that is a ring. */
static void start_from(struct scope *s, struct memory *x, uint32_t slot, const struct expr *e, uint32_t factor_of, const struct expr *divided)
{
    struct scope start = *s;
    int const at = (int)(x - s->m->memories.at);
    start.builder = s->m->builders.at[BLOCK_START];
    start.at_start = true;
    start.guard = NULL;
    s->m->memories.at[at].starting = true;
    if (divided == NULL)
        emit_into(&start, slot, e);
    else {                                              /* first * t / n: what a store holds when as much flows out as in */
        uint32_t const t = emit(&start, divided), first = emit(&start, e);
        emit_op(&start, OP_COPY, slot, emit_pure(&start, OP_DIV, emit_pure(&start, OP_MUL, first, t, 0), factor_of, 0), 0, 0, 0);
    }
    s->m->memories.at[at].starting = false;
}

static void put_off(struct scope *s, const struct expr *call, int kind, uint32_t slot, int stages)
{
    struct later *const l = LIST_ADD(s->m->a, s->m->laters);
    l->kind = kind;
    l->scope = *s;
    l->scope.guard = NULL;
    l->scope.at_start = false;
    l->call = call;
    l->slot = slot;
    l->stages = stages;
}

static int stages_of(const struct expr *e)
{
    switch (e->index) {
    case FN_smooth3: case FN_delay3: return 3;
    case FN_smooth_n: case FN_delay_n: return (int)e->arg[2]->number;
    default: return 1;
    }
}

static const struct expr *first_of(const struct expr *e)
{
    int const at = e->index == FN_smooth_n || e->index == FN_delay_n ? 3 : 2;
    return e->args > at && e->index != FN_trend ? e->arg[at] : e->arg[0];
}

/* The most that a lag can be, in units of time; negative: not known. */
static double most_of(const struct model *m, const struct expr *e)
{
    if (e->kind == EX_NUMBER)
        return e->number;
    if (e->kind == EX_CONVERT) {
        double const x = most_of(m, e->arg[0]);
        return x < 0 ? x : x * e->number;
    }
    if (e->kind != EX_NAME || e->symbol != SYMBOL_PARAMETER)
        return -1;
    double most = -1;
    const struct parameter *const p = &m->p->parameter[e->index];
    if (p->prior == PRIOR_COMPUTED)
        return -1;
    for (int i = 0; i < p->count && p->element != NULL; i++)
        most = p->element[i].high > most ? p->element[i].high : most;
    return p->prior == PRIOR_NORMAL || p->prior == PRIOR_LOGNORMAL ? most * 2 : most;      /* tails beyond the 95 % */
}

static uint32_t ring_slots(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    double const dt = m->p->time.turn / m->p->time.steps;
    double const most = most_of(m, e->arg[1]);
    double n = most >= 0 ? pm_round(most / dt) + 2 : (double)m->p->time.turns * m->p->time.steps + 2;
    if (n > MOST_RING) {
        diag_warning(m->d, e->at, D_TOO_BIG, "this delay could be longer than %d steps and is cut there; give its length a range", MOST_RING);
        n = MOST_RING;
    }
    return n < 2 ? 2 : (uint32_t)n;
}

static struct memory *make(struct scope *s, const struct expr *e, bool turn)
{
    struct model *const m = s->m;
    index_add(m->a, &m->memory_index, hash_of(s, e, turn), m->memories.count);
    struct memory *const x = LIST_ADD(m->a, m->memories);
    *x = (struct memory){.call = e, .turn = turn, .elements = s->bounds};
    for (int k = 0; k < s->bounds; k++)
        x->element[k] = s->bound[k].element;
    int const at = m->memories.count - 1;
    int const n = stages_of(e);
    const char *const name = arena_printf(m->a, "%s in %s", e->name, s->what != NULL ? s->what : "…");
    uint32_t slot;
    switch (e->index) {
    case FN_smooth: case FN_smooth3: case FN_smooth_n: case FN_trend:
        slot = m->memories.at[at].slot = new_state(m, (uint32_t)n, name);
        for (int k = 0; k < n; k++)
            start_from(s, &m->memories.at[at], slot + (uint32_t)k, first_of(e), 0, NULL);
        put_off(s, e, LATER_SMOOTH, slot, n);
        break;
    case FN_delay1: case FN_delay3: case FN_delay_n:
        slot = m->memories.at[at].slot = new_state(m, (uint32_t)n, name);
        for (int k = 0; k < n; k++)
            start_from(s, &m->memories.at[at], slot + (uint32_t)k, first_of(e), constant(m, n), e->arg[1]);
        put_off(s, e, LATER_DELAY_STORES, slot, n);
        break;
    case FN_delay: {
        uint32_t const ring = ring_slots(s, e);
        slot = m->memories.at[at].slot = new_state(m, ring + 1, name);      /* what came first, then the ring */
        start_from(s, &m->memories.at[at], slot, first_of(e), 0, NULL);
        put_off(s, e, LATER_RING, slot, (int)ring);
        break;
    }
    case FN_sample:
        slot = m->memories.at[at].slot = new_state(m, 1, name);
        start_from(s, &m->memories.at[at], slot, e->arg[2], 0, NULL);
        put_off(s, e, LATER_SAMPLE, slot, 1);
        break;
    default:                                            /* previous, initial */
        slot = m->memories.at[at].slot = new_state(m, 1, name);
        start_from(s, &m->memories.at[at], slot, e->arg[0], 0, NULL);
        if (e->index == FN_previous)
            put_off(s, e, turn ? LATER_TURN : LATER_STEP, slot, 1);
        break;
    }
    return &m->memories.at[at];
}

static uint32_t stage_time(struct scope *s, const struct expr *e, int stages)
{
    uint32_t const t = emit(s, e->arg[1]);
    return stages == 1 ? t : emit_pure(s, OP_DIV, t, constant(s->m, stages), 0);
}

uint32_t emit_memory(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    bool const turn = e->index == FN_previous && s->place == PLACE_TURN;
    if (e->index == FN_delay && e->arg[1]->kind == EX_NUMBER && pm_round(e->arg[1]->number / (m->p->time.turn / m->p->time.steps)) < 1)
        return emit(s, e->arg[0]);                      /* no lag at all */
    struct memory *x = find(s, e, turn);
    if (x != NULL && x->starting && s->at_start) {
        diag_error(m->d, e->at, D_CYCLE, "what this holds at the start hangs on itself; give its first value: %s", functions[e->index].help);
        return constant(m, 0);
    }
    if (x == NULL)
        x = make(s, e, turn);
    uint32_t const slot = x->slot;
    int const n = stages_of(e);
    switch (e->index) {
    case FN_smooth: case FN_smooth3: case FN_smooth_n:
        return slot + (uint32_t)n - 1;
    case FN_trend: {
        uint32_t const now = emit(s, e->arg[0]);
        return emit_pure(s, OP_RATIO, emit_pure(s, OP_SUB, now, slot, 0), emit_pure(s, OP_MUL, slot, emit(s, e->arg[1]), 0), constant(m, 0));
    }
    case FN_delay1: case FN_delay3: case FN_delay_n:
        return emit_pure(s, OP_DIV, slot + (uint32_t)n - 1, stage_time(s, e, n), 0);
    case FN_delay: {
        uint32_t const d = slot_in(REGION_TEMP, s->builder->temps++);
        emit_op(s, OP_RINGGET, d, slot + 1, emit(s, e->arg[1]), slot, ring_slots(s, e));
        return d;
    }
    case FN_sample:
        if (s->at_start)
            return slot;
        return emit_pure(s, OP_SELECT, emit(s, e->arg[1]), emit(s, e->arg[0]), slot);
    default:
        return slot;
    }
}

static void later_smooth(struct scope *s, const struct later *l)
{
    struct model *const m = s->m;
    uint32_t in = emit(s, l->call->arg[0]);
    uint32_t const t = stage_time(s, l->call, l->stages);
    for (int k = 0; k < l->stages; k++) {
        uint32_t const store = l->slot + (uint32_t)k, rate = new_work(m, 1);
        emit_op(s, OP_COPY, rate, emit_pure(s, OP_DIV, emit_pure(s, OP_SUB, in, store, 0), t, 0), 0, 0, 0);
        *LIST_ADD(m->a, m->hidden) = (struct flow_stock){store, rate, NO_SLOT, NO_SLOT};
        in = store;
    }
}

static void later_delay(struct scope *s, const struct later *l)
{
    struct model *const m = s->m;
    uint32_t in = emit(s, l->call->arg[0]);
    uint32_t const t = stage_time(s, l->call, l->stages);
    for (int k = 0; k < l->stages; k++) {
        uint32_t const store = l->slot + (uint32_t)k, rate = new_work(m, 1), out = emit_pure(s, OP_DIV, store, t, 0);
        emit_op(s, OP_COPY, rate, emit_pure(s, OP_SUB, in, out, 0), 0, 0, 0);
        *LIST_ADD(m->a, m->hidden) = (struct flow_stock){store, rate, NO_SLOT, NO_SLOT};
        in = out;
    }
}

static void keep(struct scope *s, const struct later *l, uint32_t value, bool turn)
{
    struct model *const m = s->m;
    uint32_t const pending = new_work(m, 1);
    emit_op(s, OP_COPY, pending, value, 0, 0, 0);
    if (turn) {                                         /* it is shown only when plans have been resolved: until then it is state */
        uint32_t const waiting = new_state(m, 1, NULL);
        emit_op(s, OP_COPY, waiting, pending, 0, 0, 0);
        *LIST_ADD(m->a, m->kept_turn) = (struct kept){waiting, l->slot};
    } else {
        *LIST_ADD(m->a, m->kept_step) = (struct kept){pending, l->slot};
    }
}

void emit_laters(struct model *m)
{
    for (; m->laters_done < m->laters.count; m->laters_done++) {
        struct later const l = m->laters.at[m->laters_done];
        struct scope s = l.scope;
        bool const change = l.kind == LATER_SMOOTH || l.kind == LATER_DELAY_STORES, turn = l.kind == LATER_TURN;
        s.builder = m->builders.at[change ? BLOCK_CHANGE : turn ? BLOCK_TURN_KEEP : BLOCK_STEP_END];
        switch (l.kind) {
        case LATER_SMOOTH: later_smooth(&s, &l); break;
        case LATER_DELAY_STORES: later_delay(&s, &l); break;
        case LATER_RING: emit_op(&s, OP_RINGPUT, l.slot + 1, emit(&s, l.call->arg[0]), (uint32_t)l.stages, 0, 0); break;
        case LATER_STEP: keep(&s, &l, emit(&s, l.call->arg[0]), false); break;
        case LATER_TURN: keep(&s, &l, emit(&s, l.call->arg[0]), true); break;
        case LATER_SAMPLE:
            keep(&s, &l, emit_pure(&s, OP_SELECT, emit(&s, l.call->arg[1]), emit(&s, l.call->arg[0]), l.slot), false);
            break;
        }
    }
}
