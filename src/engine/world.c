/* engine/world.c — a program's slots over lanes: memory, copies and hashes.
 * Padded lanes hold numbers too; nobody looks at them. */
#include "engine/world.h"

#include <string.h>

#include "base/panic.h"
#include "base/rng.h"
#include "base/text.h"
#include "engine/engine_private.h"

const char *failure_text(enum failure_kind kind)
{
    switch (kind) {
    case FAIL_NONE:      return "no failure";
    case FAIL_DIVIDE:    return "division by zero";
    case FAIL_POWER:     return "a power that has no value (a negative base with a fractional exponent, or 0 to a negative one)";
    case FAIL_ROOT:      return "the square root of a negative number";
    case FAIL_OVERFLOW:  return "a number too large to hold";
    case FAIL_LOGARITHM: return "the logarithm of zero or of a negative number";
    case FAIL_ARC:       return "an arc sine or cosine outside -1..1";
    case FAIL_ELEMENT:   return "an element that its set does not have";
    case FAIL_NOTHING:   return "a choice from nothing";
    case FAIL_DRAW:      return "a count drawn with a mean below 0 or above 700";
    case FAIL_CHANCES:   return "chances that add up to more than 1";
    }
    UNREACHABLE();
}

static int stride_of(int lanes)
{
    if (lanes <= LANES_LEAST)
        return LANES_LEAST;
    return (lanes + LANES_STEP - 1) / LANES_STEP * LANES_STEP;
}

static size_t parameter_elements(const struct program *p)
{
    size_t n = 0;
    for (int i = 0; i < p->parameters; i++)
        n += (size_t)p->parameter[i].count;
    return n;
}

static size_t ledger_sums(const struct program *p)
{
    size_t n = 0;
    for (int q = 0; q < p->quantities; q++)
        if (p->quantity[q].kind == Q_STOCK)
            for (int e = 0; e < p->quantity[q].count; e++)
                n += (size_t)p->quantity[q].stock[e].terms + 2;
    return n;
}

static size_t kept_most(const struct program *p)
{
    return (size_t)(p->kept_steps > p->kept_turns ? p->kept_steps : p->kept_turns);
}

static int stocks_of(const struct program *p)
{
    int n = p->hidden_stocks;
    for (int q = 0; q < p->quantities; q++)
        n += p->quantity[q].kind == Q_STOCK ? p->quantity[q].count : 0;
    return n;
}

/* The slots that move the i-th stock. */
static struct flow_stock flow_of(const struct program *p, int i, int *terms)
{
    for (int q = 0; q < p->quantities; q++)
        if (p->quantity[q].kind == Q_STOCK) {
            if (i < p->quantity[q].count) {
                const struct stock_element *s = &p->quantity[q].stock[i];
                *terms = s->terms;
                return (struct flow_stock){p->quantity[q].first + (uint32_t)i, s->rate, s->floor, s->ceiling};
            }
            i -= p->quantity[q].count;
        }
    *terms = -1;
    return p->hidden_stock[i];
}

/* Rates, floors and ceilings that lie in the state, in the order in which stocks move. `slot` NULL: only counts. */
static int find_held(const struct program *p, uint32_t *slot)
{
    int n = 0, terms;
    for (int i = 0, all = stocks_of(p); i < all; i++) {
        struct flow_stock s = flow_of(p, i, &terms);
        uint32_t three[] = {s.rate, s.floor, s.ceiling};
        for (int k = 0; k < 3; k++)
            if (slot_is_state(p, three[k]) && (n++, slot))
                slot[n - 1] = three[k];
    }
    return n;
}

/* All stocks move at once: what is read here and moves too is put aside before each step, in the order of find_held. */
static const double *as_before(struct world_own *own, uint32_t slot, const double **held)
{
    if (slot == NO_SLOT)
        return NULL;
    if (!slot_is_state(own->w.program, slot))
        return row(&own->w, slot);
    const double *x = *held;
    *held += own->w.stride;
    return x;
}

static void find_moved(struct world_own *own)
{
    const double *held = own->held;
    for (int i = 0; i < own->moveds; i++) {
        int terms;
        struct flow_stock s = flow_of(own->w.program, i, &terms);
        struct moved m = {.value = s.value, .terms = terms};
        m.rate = as_before(own, s.rate, &held);
        m.floor = as_before(own, s.floor, &held);
        m.ceiling = as_before(own, s.ceiling, &held);
        own->moved[i] = m;
    }
}

static int step_streams(const struct program *p)
{
    int n = 0;
    for (int i = 0; i < p->streams; i++)
        n += p->stream[i].every_step;
    return n;
}

size_t world_bytes(const struct program *p, int lanes)
{
    size_t stride = (size_t)stride_of(lanes);
    return sizeof(struct world_own) + stride * ((size_t)p->slots * sizeof(double) + 2 * sizeof(uint64_t) + sizeof(struct failure))
         + parameter_elements(p) * sizeof(uint64_t) + (size_t)p->kept_steps * sizeof(bool)
         + (ledger_sums(p) + kept_most(p) * LANES_TILE) * sizeof(double)
         + (size_t)find_held(p, NULL) * (sizeof(uint32_t) + stride * sizeof(double))
         + (size_t)p->streams * sizeof(uint64_t *) + (size_t)step_streams(p) * stride * sizeof(uint64_t)
         + (size_t)stocks_of(p) * sizeof(struct moved) + (size_t)p->blocks * sizeof(struct plan)
         + plan_steps(p) * (sizeof(struct step) + sizeof(struct instr));
}

static void name_streams(struct arena *a, const struct program *p, uint64_t *stream)
{
    struct arena_mark mark = arena_mark(a);
    for (int i = 0; i < p->parameters; i++) {
        const struct parameter *q = &p->parameter[i];
        for (int e = 0; e < q->count; e++) {
            const char *name = q->together ? q->name : program_element_name(p, a, q->name, q->dims, q->dim, e);
            *stream++ = text_hash(arena_printf(a, "parameter:%s", name));
        }
    }
    arena_reset(a, mark);
}

/* A kept value whose first value BLOCK_START works out itself is not the engine's to set. */
static void find_kept_by_start(struct arena *a, const struct program *p, bool *kept_by_start)
{
    struct arena_mark mark = arena_mark(a);
    bool *written = ARENA_ARRAY(a, p->slots, bool);
    struct block b = p->block[BLOCK_START];
    for (uint32_t i = b.first; i < b.first + b.count; i++)
        written[p->code[i].d] = true;
    for (int i = 0; i < p->kept_steps; i++)
        kept_by_start[i] = written[p->kept_step[i].to];
    arena_reset(a, mark);
}

struct world *world_new(struct arena *a, const struct program *p, int lanes)
{
    REQUIRE(lanes > 0);
    struct world_own *own = ARENA_NEW(a, struct world_own);
    struct world *w = &own->w;
    size_t stride = (size_t)stride_of(lanes);
    w->program = p;
    w->lanes = lanes;
    w->stride = (int)stride;
    w->step = -1;
    w->value = ARENA_ARRAY(a, stride * p->slots, double);
    w->seed = ARENA_ARRAY(a, stride, uint64_t);
    w->run = ARENA_ARRAY(a, stride, uint64_t);
    w->failure = ARENA_ARRAY(a, stride, struct failure);
    own->parameter_stream = ARENA_ARRAY(a, parameter_elements(p), uint64_t);
    own->kept_by_start = ARENA_ARRAY(a, p->kept_steps, bool);
    own->ledger = ARENA_ARRAY(a, ledger_sums(p), double);
    own->scratch = ARENA_ARRAY(a, kept_most(p) * LANES_TILE, double);
    own->helds = find_held(p, NULL);
    own->held_slot = ARENA_ARRAY(a, own->helds, uint32_t);
    own->held = ARENA_ARRAY(a, (size_t)own->helds * stride, double);
    find_held(p, own->held_slot);
    own->moveds = stocks_of(p);
    own->moved = ARENA_ARRAY(a, own->moveds, struct moved);
    find_moved(own);
    own->run_key = ARENA_ARRAY(a, p->streams, uint64_t *);
    for (int i = 0; i < p->streams; i++)
        own->run_key[i] = p->stream[i].every_step ? ARENA_ARRAY(a, stride, uint64_t) : NULL;
    own->kernels = kernels_for(w->stride);
    struct plan *plan = ARENA_ARRAY(a, p->blocks, struct plan);
    plan_blocks(a, own, plan, ARENA_ARRAY(a, plan_steps(p), struct step), ARENA_ARRAY(a, plan_steps(p), struct instr));
    ENSURE((uintptr_t)w->value % 64 == 0);
    name_streams(a, p, own->parameter_stream);
    find_kept_by_start(a, p, own->kept_by_start);
    for (uint32_t s = 0; s < p->parameter_first; s++)
        world_fill(w, s, p->constant[s]);
    return w;
}

uint64_t engine_ran(const struct world *w) { return world_own_const(w)->ran; }

void world_fill(struct world *w, uint32_t slot, double x)
{
    for (int from = 0, to; from < w->stride; from = to) {
        to = tile_end(w, from);
        world_own(w)->kernels->fill(row(w, slot) + from, x, to - from);
    }
}

/* The moment goes along: lanes of one world are all at the same one. */
void world_copy_lane(struct world *to, int to_lane, const struct world *from, int from_lane)
{
    const struct program *p = from->program;
    REQUIRE(to->program == p && to_lane >= 0 && to_lane < to->lanes && from_lane >= 0 && from_lane < from->lanes);
    for (uint32_t s = p->parameter_first; s < p->work_first; s++)
        row(to, s)[to_lane] = row(from, s)[from_lane];
    to->failure[to_lane] = from->failure[from_lane];
    to->turn = from->turn;
    to->step = from->step;
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    if (x != x)
        return 0x7ff8000000000000u;         /* one NaN for all: its sign is the machine's choice */
    if (x == 0)
        return 0;                           /* nor does the sign of zero mean anything to a model */
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

uint64_t engine_hash(const struct world *w, int lane)
{
    const struct program *p = w->program;
    REQUIRE(lane >= 0 && lane < w->lanes);
    uint64_t h = p->work_first - p->parameter_first;
    for (uint32_t s = p->parameter_first; s < p->work_first; s++)
        h = rng_mix(h ^ bits_of(row(w, s)[lane]));
    return h;
}
