/* code/behind.c — what a worked-out number is worked out from: its instructions read backwards until they end in other quantities.
 * A value that the compiler shares between two quantities is told as the one that has it, not as what it is made of. */
#include "code/operands.h"
#include "code/program.h"

#include <string.h>

/* needed: slots whose last writer above is still to be found. found: by slot, a value of another quantity that was read. */
struct search { const struct program *p; bool *needed, *found; uint32_t own_first, own_count; };

static bool is_value(const struct program *p, uint32_t slot)
{
    for (int i = 0; i < p->quantities; i++)
        if (slot - p->quantity[i].first < (uint32_t)p->quantity[i].count)
            return true;
    return false;
}

static void read_slot(struct search *s, uint32_t slot)
{
    if (slot - s->own_first < s->own_count)
        s->needed[slot] = true;                     /* another element of the same: go on through it */
    else if (is_value(s->p, slot))
        s->found[slot] = true;
    else if (slot >= s->p->work_first)
        s->needed[slot] = true;
}

static void read_operands(struct search *s, const struct instr *in)
{
    struct operands o = operands_of(in->op);
    uint32_t count = 1, stride = 1;
    for (int i = 0; i < o.count; i++) {
        count = o.kind[i] == OPERAND_COUNT ? operand_at(in, i) : count;
        stride = o.kind[i] == OPERAND_STRIDE ? operand_at(in, i) : stride;
    }
    for (int i = 0; i < o.count; i++)
        if (o.kind[i] == OPERAND_SLOT)
            read_slot(s, operand_at(in, i));
        else if (o.kind[i] == OPERAND_RANGE)
            for (uint32_t k = 0; k < count && (in->op != OP_RINGGET || k == 0); k++)
                read_slot(s, operand_at(in, i) + k * stride);
}

/* True if the instruction writes a slot that is needed; then none of those it writes is needed above it. */
static bool writes_needed(struct search *s, const struct instr *in)
{
    struct operands o = operands_of(in->op);
    uint32_t count = 1;
    bool any = false;
    if (in->op == OP_FINITE)                        /* reads d */
        return false;
    for (int i = 0; o.result_range && i < o.count; i++)
        count = o.kind[i] == OPERAND_COUNT ? operand_at(in, i) : count;
    for (uint32_t k = 0; k < count; k++) {
        any = any || s->needed[in->d + k];
        s->needed[in->d + k] = false;
    }
    return any;
}

/* A needed work slot that is copied into a value of its own, or from one, has that value's name. */
static bool has_name(struct search *s, const struct instr *in)
{
    if (in->op != OP_COPY || !s->needed[in->a] || in->d - s->own_first < s->own_count || !is_value(s->p, in->d))
        return false;
    s->needed[in->a] = false;
    s->found[in->d] = true;
    return true;
}

static void search_block(struct search *s, struct block b)
{
    for (uint32_t i = b.count; i-- > 0;) {
        const struct instr *in = &s->p->code[b.first + i];
        if (!has_name(s, in) && writes_needed(s, in))
            read_operands(s, in);
    }
}

int program_behind(const struct program *p, struct arena *a, int quantity, int element, struct behind *out, int room)
{
    const struct quantity *q = &p->quantity[quantity];
    static const int blocks[] = {BLOCK_AUX, BLOCK_STEP_DRAWS, BLOCK_TURN_DRAWS};
    int count = 0;
    if (p->blocks < BLOCK_FIXED || q->kind != Q_AUX)
        return 0;
    struct search s = {p, arena_alloc(a, p->slots * sizeof(bool)), arena_alloc(a, p->slots * sizeof(bool)), q->first, (uint32_t)q->count};
    s.needed[q->first + (uint32_t)element] = true;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        search_block(&s, p->block[blocks[i]]);
    for (int i = 0; i < p->quantities; i++)
        for (int e = 0; e < p->quantity[i].count; e++)
            if (s.found[p->quantity[i].first + (uint32_t)e]) {
                if (count < room)
                    out[count] = (struct behind){i, e};
                count++;
            }
    return count;
}
