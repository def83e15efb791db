/* engine/plan.c — what to run for each block: its instructions, fewer where two can go in one loop.
 * Done once, when a world is made. Only the blocks of a step are worth the thought; all others run as written. What is left out or
 * joined is what nobody can see: a result that the same block overwrites before its end and that nobody reads in between. */
#include "base/panic.h"
#include "code/operands.h"
#include "engine/engine_private.h"

enum { NEAR = 64 };                                 /* how far to look ahead: temporaries do not live longer */

struct draft {
    const struct operands *of;                      /* [OP_COUNT] operands_of, looked up once */
    struct instr *code;                             /* of the block, as it becomes */
    const struct instr **from, **finite;            /* [count] the program's own, for what checks its result */
    uint16_t *kernel;                               /* [count] an op or a pair; GONE if there is nothing left to run */
    int count;
    const bool *pinned;                             /* [slots] part of a range somewhere: left alone */
    const bool *unread;                             /* [slots] of no interest after this block */
};
enum { GONE = UINT16_MAX, SKIPPED = GONE - 1 };      /* SKIPPED: not run either, but what it overwrites is overwritten */

static bool runs(const struct draft *f, int i) { return f->kernel[i] != GONE && f->kernel[i] != SKIPPED; }

static bool changes_nothing_else(unsigned op)
{
    switch (op) {
    case OP_COPY: case OP_ADD: case OP_SUB: case OP_MUL: case OP_NEG: case OP_ABS: case OP_SIGN: case OP_MIN: case OP_MAX: case OP_SIGMOID:
    case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_AND: case OP_OR: case OP_NOT: case OP_SELECT: case OP_RATIO:
        return true;
    }
    return false;
}

static uint32_t *operand_of(struct instr *in, int k)
{
    return k == 0 ? &in->a : k == 1 ? &in->b : k == 2 ? &in->c : &in->e;
}

/* How often it reads the slot: as operands, as guard, or as what FINITE looks at. */
static int reads(const struct draft *f, int i, uint32_t slot)
{
    const struct instr *in = &f->code[i];
    int n = 0;
    if (!runs(f, i))
        return 0;
    if (f->kernel[i] >= OP_COUNT)                   /* a pair: its operands are what matters, and a pair's unused fields are harmless */
        return (in->a == slot) + (in->b == slot) + (in->c == slot) + (in->e == slot) + (in->guard == slot);
    struct operands o = f->of[in->op];
    for (int k = 0; k < o.count; k++)
        n += o.kind[k] == OPERAND_SLOT && operand_at(in, k) == slot;
    return n + (o.guarded && in->guard == slot) + (in->op == OP_FINITE && in->d == slot);
}

static bool writes(const struct draft *f, int i, uint32_t slot)
{
    return f->kernel[i] != GONE && f->code[i].d == slot;
}

/* Until where the value that i gives may be read: the place where it is overwritten, or the end if nobody cares afterwards; -1 if it
 * can be seen from elsewhere or is not known to be unseen. */
static int end_of(const struct draft *f, int i)
{
    uint32_t t = f->code[i].d;
    if (f->pinned[t])
        return -1;
    for (int k = i + 1; k < f->count && k <= i + NEAR; k++)
        if (writes(f, k, t))
            return f->code[k].op == OP_FINITE || f->code[k].op == OP_RINGPUT ? -1 : k;
    return f->unread[t] ? (f->count - 1 < i + NEAR ? f->count - 1 : -1) : -1;
}

static int uses(const struct draft *f, int i, int end, uint32_t slot, int *last)
{
    int n = 0;
    for (int k = i + 1; k <= end; k++) {
        int here = reads(f, k, slot);
        n += here;
        if (here)
            *last = k;
    }
    return n;
}

static void rename_reads(struct draft *f, int i, uint32_t from, uint32_t to)
{
    struct instr *in = &f->code[i];
    struct operands o = f->of[in->op];
    for (int k = 0; k < o.count; k++)
        if (o.kind[k] == OPERAND_SLOT && operand_at(in, k) == from)
            *operand_of(in, k) = to;
    if (o.guarded && in->guard == from)
        in->guard = to;
}

/* d = t straight after all: what gives t gives d instead, and t's readers read d. */
static void join_copy(struct draft *f, int i)
{
    uint32_t d = f->code[i].d, t = f->code[i].a;
    int made = i - 1, end, last = i;
    if (f->pinned[d] || f->pinned[t] || d == t)
        return;
    while (made >= 0 && made >= i - NEAR && !writes(f, made, t)) {
        if (writes(f, made, d) || reads(f, made, d))
            return;
        made--;
    }
    if (made < 0 || made < i - NEAR || f->code[made].op == OP_FINITE || f->of[f->code[made].op].result_range)
        return;
    end = end_of(f, made);
    if (end < i)
        return;
    uses(f, i, end, t, &last);
    for (int k = i + 1; k <= last; k++)
        if (writes(f, k, d) && (k < last || f->code[k].op == OP_FINITE))
            return;
    f->code[made].d = d;
    for (int k = made + 1; k <= end; k++)
        rename_reads(f, k, t, d);
    f->kernel[i] = GONE;
}

static void drop_unread(struct draft *f, int i)
{
    int end = end_of(f, i), last = i;
    if (changes_nothing_else(f->code[i].op) && end >= 0 && uses(f, i, end, f->code[i].d, &last) == 0)
        f->kernel[i] = GONE;
}

static const struct { uint16_t kernel, first, second; bool right; } pair[] = {
#define PAIR(name, rows, first, second, right, ...) {PAIR_##name, first, second, right},
#include "engine/pairs.def"
#undef PAIR
};

static bool commutes(unsigned op) { return op == OP_ADD || op == OP_MUL || op == OP_AND; }

/* Is what i reads still so at k, and does nobody in between mind that i comes later? */
static bool may_wait(const struct draft *f, int i, int k)
{
    struct operands o = f->of[f->code[i].op];
    for (int m = i + 1; m < k; m++)
        if (runs(f, m)) {
            if (o.guarded)
                return false;                       /* failures keep their order */
            for (int n = 0; n < o.count; n++)
                if (f->code[m].d == operand_at(&f->code[i], n) || f->of[f->code[m].op].result_range)
                    return false;
        }
    return true;
}

/* y + -x is y - x to the last bit. */
static bool join_minus(struct draft *f, int i, int k)
{
    struct instr *in = &f->code[k];
    uint32_t t = f->code[i].d, x = f->code[i].a;
    if (f->code[i].op != OP_NEG || in->op != OP_ADD || in->a == in->b)
        return false;
    if (in->a == t)
        in->a = in->b;
    in->b = x;
    in->op = f->kernel[k] = OP_SUB;
    return true;
}

static bool join_pair(struct draft *f, int i, int k)
{
    const struct instr first = f->code[i];
    struct instr *in = &f->code[k];
    for (size_t n = 0; n < sizeof pair / sizeof *pair; n++) {
        if (pair[n].first != first.op || pair[n].second != in->op)
            continue;
        bool right = in->a != first.d;
        if (right != pair[n].right && !commutes(in->op))
            continue;
        bool unary = f->of[first.op].count == 1, second_fails = f->of[in->op].guarded;
        uint32_t other = right ? in->a : in->b, another = in->c;
        f->kernel[k] = pair[n].kernel;
        in->a = first.a;
        in->b = unary ? other : first.b;
        in->c = other;
        in->e = another;
        if (!second_fails)
            in->origin = first.origin, in->guard = first.guard;
        return true;
    }
    return false;
}

/* A result with one reader goes where it is read. */
static void join(struct draft *f, int i)
{
    int end = end_of(f, i), k = i;
    uint32_t t = f->code[i].d;
    if (end < 0 || f->kernel[i] != f->code[i].op || uses(f, i, end, t, &k) != 1)
        return;
    if (f->kernel[k] != f->code[k].op || f->code[k].guard == t || f->code[k].op == OP_FINITE || !may_wait(f, i, k))
        return;
    if (f->of[f->code[i].op].guarded && f->of[f->code[k].op].guarded
        && (f->code[i].guard != f->code[k].guard || f->code[i].origin != f->code[k].origin))
        return;                                     /* one step has one guard and one origin */
    if (join_minus(f, i, k) || join_pair(f, i, k))
        f->kernel[i] = GONE;
}

static void join_finite(struct draft *f, int i, const struct kernels *kernels)
{
    int k = i + 1;
    while (k < f->count && !runs(f, k))
        k++;
    if (!runs(f, i) || k == f->count || f->code[k].op != OP_FINITE || f->code[k].d != f->code[i].d || !kernels->by[f->kernel[i]][1])
        return;
    f->finite[i] = f->from[k];
    f->kernel[k] = GONE;
}

static void improve(struct draft *f, const struct kernels *kernels)
{
    for (int i = 0; i < f->count; i++)
        if (f->kernel[i] == OP_COPY)
            join_copy(f, i);
    for (int i = f->count - 1; i >= 0; i--)
        if (runs(f, i))
            drop_unread(f, i);
    for (int i = 0; i < f->count; i++)
        if (runs(f, i))
            join(f, i);
    for (int i = 0; i < f->count; i++)
        join_finite(f, i, kernels);
}

/* How a block's plan is made: moving NULL, all of it; else only what hangs on slots that move, `writers` being how many
 * instructions write each slot. */
struct planning { const struct operands *of; const bool *pinned, *unread; bool thought; const bool *moving; const uint16_t *writers; };

static bool reads_moving(struct operands o, const struct instr *in, const bool *moving)
{
    uint32_t count = 1, apart = 1;
    for (int k = 0; k < o.count; k++) {
        count = o.kind[k] == OPERAND_COUNT ? operand_at(in, k) : count;
        apart = o.kind[k] == OPERAND_STRIDE ? operand_at(in, k) : apart;
    }
    for (int k = 0; k < o.count; k++) {
        if (o.kind[k] == OPERAND_SLOT && moving[operand_at(in, k)])
            return true;
        for (uint32_t i = 0; o.kind[k] == OPERAND_RANGE && i < count; i++)
            if (moving[operand_at(in, k) + i * apart])
                return true;
    }
    return (o.guarded && in->guard != NO_SLOT && moving[in->guard]) || ((o.result_range || in->op == OP_FINITE) && moving[in->d]);
}

/* The last instruction before i that gives the slot; -1 if none of the block does. */
static int giver(const struct draft *f, int i, uint32_t slot)
{
    for (int k = i - 1; k >= 0; k--)
        if (f->code[k].d == slot && f->code[k].op != OP_FINITE)
            return k;
    return -1;
}

/* What i reads and what does not move is there already if one place alone ever writes it; else it is worked out again. */
static void need(struct draft *f, const struct planning *how, int i)
{
    const struct instr *in = &f->code[i];
    struct operands o = f->of[in->op];
    for (int k = 0; k <= o.count; k++) {
        uint32_t slot = k < o.count ? operand_at(in, k) : in->guard;
        if (k < o.count ? o.kind[k] != OPERAND_SLOT : !o.guarded || slot == NO_SLOT)
            continue;
        int g = giver(f, i, slot);
        if (g < 0 || f->kernel[g] != SKIPPED || how->writers[slot] <= 1)
            continue;
        f->kernel[g] = f->code[g].op;
        need(f, how, g);
    }
}

/* Ranges are left whole: where one is read, all that gives a part of it is worked out. */
static void need_range(struct draft *f, const struct planning *how, int i)
{
    struct operands o = f->of[f->code[i].op];
    bool range = o.result_range;
    for (int k = 0; k < o.count; k++)
        range = range || o.kind[k] == OPERAND_RANGE;
    for (int g = 0; range && g < i; g++)
        if (f->kernel[g] == SKIPPED && how->writers[f->code[g].d] > 1) {
            f->kernel[g] = f->code[g].op;
            need(f, how, g);
        }
}

static void keep_moving(struct arena *a, const struct program *p, struct draft *f, const struct planning *how)
{
    bool *moving = ARENA_ARRAY(a, p->slots, bool);
    for (uint32_t s = 0; s < p->slots; s++)
        moving[s] = how->moving[s];
    for (int i = 0; i < f->count; i++)
        moving[f->code[i].d] = true;                /* whoever reads it before it is given reads an older one */
    for (int i = 0; i < f->count; i++) {
        const struct instr *in = &f->code[i];
        struct operands o = f->of[in->op];
        bool moves = o.result_range || reads_moving(o, in, moving);
        if (in->op != OP_FINITE)
            moving[in->d] = moves;
        for (int k = 0; o.result_range && k < o.count; k++)
            for (uint32_t e = 0; o.kind[k] == OPERAND_COUNT && e < operand_at(in, k); e++)
                moving[in->d + e] = true;
        if (!moves)
            f->kernel[i] = SKIPPED;
    }
    for (int i = f->count - 1; i >= 0; i--)
        if (f->kernel[i] != SKIPPED) {
            need(f, how, i);
            need_range(f, how, i);
        }
    for (int i = 0; i < f->count; i++)              /* what is worked out again is checked again: its place is shared */
        if (f->kernel[i] == SKIPPED && f->code[i].op == OP_FINITE) {
            int g = giver(f, i, f->code[i].d);
            if (g >= 0 && f->kernel[g] != SKIPPED)
                f->kernel[i] = OP_FINITE;
        }
}

static struct step step_of(const struct world *w, const struct kernels *kernels, const struct draft *f, int i, struct instr *own)
{
    const struct instr *in = &f->code[i];
    step_run *run = kernels->by[f->kernel[i]][f->finite[i] != NULL];
    uint32_t slot[] = {in->d, in->a, in->b, in->c, in->e};
    double *at[5];
    for (int k = 0; k < 5; k++)
        at[k] = slot[k] < w->program->slots ? row(w, slot[k]) : NULL;
    *own = *in;
    return (struct step){run ? run : lanes_one, at[0], at[1], at[2], at[3], at[4], f->finite[i], own};
}

/* Writes the block's steps and says how many there are. */
static struct plan plan_block(struct arena *a, const struct world_own *own, int block, struct planning how, struct step *step, struct instr *in)
{
    const struct program *p = own->w.program;
    struct arena_mark mark = arena_mark(a);
    struct block b = p->block[block];
    struct draft f = {.code = ARENA_ARRAY(a, b.count + 1, struct instr), .from = ARENA_ARRAY(a, b.count + 1, const struct instr *),
                      .finite = ARENA_ARRAY(a, b.count + 1, const struct instr *), .kernel = ARENA_ARRAY(a, b.count + 1, uint16_t),
                      .count = (int)b.count, .of = how.of, .pinned = how.pinned, .unread = how.unread};
    struct plan plan = {step, 0};
    for (int i = 0; i < f.count; i++) {
        f.from[i] = &p->code[b.first + (uint32_t)i];
        f.code[i] = *f.from[i];
        f.kernel[i] = f.code[i].op;
    }
    if (how.moving)
        keep_moving(a, p, &f, &how);
    if (how.thought)
        improve(&f, own->kernels);
    for (int i = 0; i < f.count; i++)
        if (runs(&f, i)) {
            step[plan.count] = step_of(&own->w, own->kernels, &f, i, &in[plan.count]);
            plan.count++;
        }
    arena_reset(a, mark);
    return plan;
}

static void pin(bool *pinned, const struct program *p, uint32_t first, uint32_t count, uint32_t apart)
{
    for (uint32_t i = 0; i < count && first + i * apart < p->slots; i++)
        pinned[first + i * apart] = true;
}

/* Slots that some instruction takes as one of several. */
static void find_pinned(const struct program *p, bool *pinned)
{
    for (uint32_t i = 0; i < p->code_count; i++) {
        const struct instr *in = &p->code[i];
        struct operands o = operands_of(in->op);
        uint32_t count = 1, apart = 1;
        for (int k = 0; k < o.count; k++) {
            count = o.kind[k] == OPERAND_COUNT ? operand_at(in, k) : count;
            apart = o.kind[k] == OPERAND_STRIDE ? operand_at(in, k) : apart;
        }
        for (int k = 0; k < o.count; k++)
            if (o.kind[k] == OPERAND_RANGE)
                pin(pinned, p, operand_at(in, k), count, apart);
        if (o.result_range)
            pin(pinned, p, in->d, count, 1);
    }
}

/* What the engine itself reads. */
static void show_tables(const struct program *p, bool *unread)
{
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++) {
            const struct stock_element *s = &p->quantity[q].stock[e];
            uint32_t three[] = {s->rate, s->floor, s->ceiling};
            for (int i = 0; i < 3; i++)
                if (three[i] != NO_SLOT)
                    unread[three[i]] = false;
        }
    for (int i = 0; i < p->hidden_stocks; i++) {
        uint32_t three[] = {p->hidden_stock[i].rate, p->hidden_stock[i].floor, p->hidden_stock[i].ceiling};
        for (int k = 0; k < 3; k++)
            if (three[k] != NO_SLOT)
                unread[three[k]] = false;
    }
    for (int i = 0; i < p->means; i++)
        unread[p->mean[i].value] = false;
    for (int i = 0; i < p->kept_steps; i++)
        unread[p->kept_step[i].from] = false;
    for (int i = 0; i < p->kept_turns; i++)
        unread[p->kept_turn[i].from] = false;
}

/* Terms that only a ledger looks at: no other block reads them, and nothing that outlives the block is one of them. */
static void find_unread(const struct program *p, bool *unread)
{
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++)
            for (int i = 0; i < p->quantity[q].stock[e].terms; i++) {
                uint32_t slot = p->quantity[q].stock[e].term[i].slot;
                unread[slot] = slot >= p->work_first && p->slot_name && !p->slot_name[slot];
            }
    struct block change = p->block[BLOCK_CHANGE];
    for (uint32_t i = 0; i < p->code_count; i++) {
        const struct instr *in = &p->code[i];
        struct operands o = operands_of(in->op);
        if (i >= change.first && i < change.first + change.count)
            continue;
        unread[in->d] = false;
        for (int k = 0; k < o.count; k++)
            if (o.kind[k] == OPERAND_SLOT || o.kind[k] == OPERAND_RANGE)
                unread[operand_at(in, k)] = false;
        if (o.guarded && in->guard != NO_SLOT)
            unread[in->guard] = false;
    }
    show_tables(p, unread);
}

/* What moves from step to step of a turn: stocks, the moment, ramps, what is kept of the step before, and all that the other blocks of a
 * step give. */
static void find_moving(const struct world_own *own, bool *moving)
{
    const struct program *p = own->w.program;
    moving[p->time_slot] = moving[p->month_slot] = moving[p->step_slot] = true;
    for (int i = 0; i < own->moveds; i++)
        moving[own->moved[i].value] = true;
    for (int m = 0; m < p->moves; m++)
        for (int t = 0; t < p->move[m].targets; t++)
            moving[move_slot(&p->move[m], t, MOVE_LEVEL)] = moving[move_slot(&p->move[m], t, MOVE_LEFT)] = true;
    for (int i = 0; i < p->kept_steps; i++)
        moving[p->kept_step[i].to] = true;
    for (int i = 0; i < p->means; i++)
        moving[p->mean[i].mean] = true;
    static const int other[] = {BLOCK_STEP_DRAWS, BLOCK_CHANGE, BLOCK_STEP_END};
    for (int k = 0; k < 3; k++)
        for (uint32_t i = p->block[other[k]].first; i < p->block[other[k]].first + p->block[other[k]].count; i++) {
            const struct instr *in = &p->code[i];
            struct operands o = operands_of(in->op);
            moving[in->d] = true;
            for (int n = 0; o.result_range && n < o.count; n++)
                for (uint32_t e = 0; o.kind[n] == OPERAND_COUNT && e < operand_at(in, n); e++)
                    moving[in->d + e] = true;
        }
}

static void find_drawn(const struct program *p, bool *drawn)
{
    struct block b = p->block[BLOCK_TURN_DRAWS];
    for (uint32_t i = b.first; i < b.first + b.count; i++)
        drawn[p->code[i].d] = true;
    for (int i = 0; i < p->seats; i++)
        if (p->seat[i].budget != NO_SLOT)
            drawn[p->seat[i].budget] = true;
}

/* After the start; what is checked is not written anew. */
static void count_writers(const struct program *p, uint16_t *writers)
{
    for (int b = 0; b < p->blocks; b++)
        for (uint32_t i = p->block[b].first; b != BLOCK_START && b != BLOCK_PARAMETERS && i < p->block[b].first + p->block[b].count; i++)
            if (p->code[i].op != OP_FINITE && writers[p->code[i].d] < UINT16_MAX)
                writers[p->code[i].d]++;
}

/* Places that parts of expressions share: several write them, and no block reads what another has left there. */
static void find_shared(struct arena *a, const struct program *p, const struct operands *of, const uint16_t *writers, bool *shared)
{
    struct arena_mark mark = arena_mark(a);
    int *written = ARENA_ARRAY(a, p->slots, int);           /* the last block that wrote it, and one */
    for (uint32_t s = p->work_first; s < p->slots; s++)
        shared[s] = p->slot_name && !p->slot_name[s] && writers[s] > 1;
    for (int b = 0; b < p->blocks; b++)
        for (uint32_t i = p->block[b].first; i < p->block[b].first + p->block[b].count; i++) {
            const struct instr *in = &p->code[i];
            const struct operands *o = &of[in->op];
            for (int k = 0; k < o->count; k++)
                if ((o->kind[k] == OPERAND_SLOT && written[operand_at(in, k)] != b + 1) || o->kind[k] == OPERAND_RANGE)
                    shared[operand_at(in, k)] = false;
            if (o->guarded && in->guard != NO_SLOT && written[in->guard] != b + 1)
                shared[in->guard] = false;
            if (in->op == OP_FINITE && written[in->d] != b + 1)
                shared[in->d] = false;
            written[in->d] = b + 1;
        }
    show_tables(p, shared);
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++)
            for (int i = 0; i < p->quantity[q].stock[e].terms; i++)
                shared[p->quantity[q].stock[e].term[i].slot] = false;
    arena_reset(a, mark);
}

size_t plan_steps(const struct program *p)
{
    size_t n = p->block[BLOCK_CHANGE].count + 2 * p->block[BLOCK_AUX].count;
    for (int b = 0; b < p->blocks; b++)
        n += p->block[b].count;
    return n;
}

void plan_blocks(struct arena *a, struct world_own *own, struct plan *plan, struct step *step, struct instr *in)
{
    const struct program *p = own->w.program;
    struct arena_mark mark = arena_mark(a);
    bool *pinned = ARENA_ARRAY(a, p->slots, bool), *unread = ARENA_ARRAY(a, p->slots, bool), *shared = ARENA_ARRAY(a, p->slots, bool);
    bool *moving = ARENA_ARRAY(a, p->slots, bool), *drawn = ARENA_ARRAY(a, p->slots, bool);
    uint16_t *writers = ARENA_ARRAY(a, p->slots, uint16_t);
    struct operands *of = ARENA_ARRAY(a, OP_COUNT, struct operands);
    for (unsigned op = 0; op < OP_COUNT; op++)
        of[op] = operands_of(op);
    find_drawn(p, drawn);
    find_pinned(p, pinned);
    find_unread(p, unread);
    find_moving(own, moving);
    count_writers(p, writers);
    find_shared(a, p, of, writers, shared);
    for (uint32_t i = p->work_first; i < p->slots; i++)
        unread[i] = unread[i] || shared[i];
    size_t used = 0;
    for (int b = 0; b < p->blocks; b++) {
        bool thought = b == BLOCK_STEP_DRAWS || b == BLOCK_AUX || b == BLOCK_CHANGE || b == BLOCK_STEP_END;
        plan[b] = plan_block(a, own, b, (struct planning){of, pinned, shared, thought, NULL, NULL}, step + used, in + used);
        used += plan[b].count;
    }
    own->plan = plan;
    own->change_bare = plan_block(a, own, BLOCK_CHANGE, (struct planning){of, pinned, unread, true, NULL, NULL}, step + used, in + used);
    used += own->change_bare.count;
    own->aux_moving = plan_block(a, own, BLOCK_AUX, (struct planning){of, pinned, shared, true, moving, writers}, step + used, in + used);
    used += own->aux_moving.count;
    own->aux_drawn = plan_block(a, own, BLOCK_AUX, (struct planning){of, pinned, shared, true, drawn, writers}, step + used, in + used);
    arena_reset(a, mark);
}
