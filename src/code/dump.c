/* code/dump.c — a program in words: slots with their names, blocks with their instructions, and what refers to which block.
 * For golden tests and for looking for a bug by comparing two dumps; stable from run to run and machine to machine. */
#include <stdio.h>

#include "base/panic.h"
#include "base/text.h"
#include "code/operands.h"
#include "code/program.h"

/* Names of slots */

static void put_number(FILE *out, double x)
{
    char text[NUMBER_TEXT];
    fputs(text_number(x, text), out);
}

static void put_slot(const struct program *p, FILE *out, uint32_t s)
{
    if (s == NO_SLOT)
        fputs("-", out);
    else if (s >= p->slots)
        fprintf(out, "?%lu", (unsigned long)s);
    else if (p->slot_name && p->slot_name[s])
        fputs(p->slot_name[s], out);
    else if (s < p->parameter_first)
        put_number(out, p->constant[s]);
    else if (s < p->state_first)
        fprintf(out, "param%lu", (unsigned long)(s - p->parameter_first));
    else if (s < p->work_first)
        fprintf(out, "state%lu", (unsigned long)(s - p->state_first));
    else
        fprintf(out, "work%lu", (unsigned long)(s - p->work_first));
}

static void put_range(const struct program *p, FILE *out, uint32_t first, uint64_t count)
{
    put_slot(p, out, first);
    if (count > 1) {
        fputs("..", out);
        put_slot(p, out, first + (uint32_t)(count - 1));
    }
}

/* Instructions */

static const char *infix(unsigned op)
{
    switch (op) {
    case OP_ADD: return "+";
    case OP_SUB: return "-";
    case OP_MUL: return "*";
    case OP_DIV: return "/";
    case OP_POW: return "^";
    case OP_EQ:  return "=";
    case OP_NE:  return "!=";
    case OP_LT:  return "<";
    case OP_LE:  return "<=";
    case OP_AND: return "and";
    case OP_OR:  return "or";
    }
    return NULL;
}

static void put_operand(const struct program *p, FILE *out, enum operand_kind kind, uint32_t x, uint64_t count, uint64_t stride)
{
    switch (kind) {
    case OPERAND_SLOT:   put_slot(p, out, x); return;
    case OPERAND_RANGE:  put_range(p, out, x, (count - 1) * stride + 1); return;
    case OPERAND_COUNT:  fprintf(out, "%lu of", (unsigned long)x); return;
    case OPERAND_STRIDE: fprintf(out, "every %lu", (unsigned long)x); return;
    case OPERAND_PLACE:  fprintf(out, "place %lu", (unsigned long)x); return;
    case OPERAND_TABLE:  fprintf(out, "table %lu", (unsigned long)x); return;
    case OPERAND_STREAM: fprintf(out, "stream %s", x < (uint32_t)p->streams ? p->stream[x].name : "?"); return;
    }
    UNREACHABLE();
}

static void put_operands(const struct program *p, FILE *out, const struct instr *in, struct operands o)
{
    uint64_t count = 1, stride = 1;
    bool first = true;
    for (int i = 0; i < o.count; i++) {
        if (o.kind[i] == OPERAND_COUNT)
            count = operand_at(in, i);
        if (o.kind[i] == OPERAND_STRIDE)
            stride = operand_at(in, i);
    }
    for (int i = 0; i < o.count; i++) {
        if (o.kind[i] == OPERAND_COUNT || (o.kind[i] == OPERAND_STRIDE && stride == 1))
            continue;
        if (!first)
            fputs(infix(in->op) ? "" : ", ", out);
        if (!first && infix(in->op))
            fprintf(out, " %s ", infix(in->op));
        put_operand(p, out, o.kind[i], operand_at(in, i), count, stride);
        first = false;
    }
}

static void put_instr(const struct program *p, FILE *out, const struct instr *in)
{
    if (in->op >= OP_COUNT) {
        fprintf(out, "  ?%u\n", in->op);
        return;
    }
    struct operands o = operands_of(in->op);
    fprintf(out, "  %-10s ", o.name);
    put_range(p, out, in->d, !o.result_range ? 1 : in->op == OP_SHARE ? in->e : in->b);
    if (o.count > 0)
        fputs(" = ", out);
    put_operands(p, out, in, o);
    if (o.guarded && in->guard != NO_SLOT) {
        fputs("   if ", out);
        put_slot(p, out, in->guard);
    }
    fputc('\n', out);
}

static void dump_blocks(const struct program *p, FILE *out)
{
    static const char *const name[BLOCK_FIXED] = {
        [BLOCK_PARAMETERS] = "parameters", [BLOCK_START] = "start", [BLOCK_TURN_DRAWS] = "turn draws", [BLOCK_STEP_DRAWS] = "step draws",
        [BLOCK_AUX] = "auxiliaries", [BLOCK_CHANGE] = "changes", [BLOCK_STEP_END] = "step end", [BLOCK_TURN_KEEP] = "turn keep",
    };
    for (int i = 0; i < p->blocks; i++) {
        struct block b = p->block[i];
        fprintf(out, "\nblock %d", i);
        if (i < BLOCK_FIXED)
            fprintf(out, " (%s)", name[i]);
        fprintf(out, ": %lu\n", (unsigned long)b.count);
        for (uint32_t k = 0; k < b.count; k++)
            put_instr(p, out, &p->code[b.first + k]);
    }
}

/* Slots */

static void dump_named(const struct program *p, FILE *out, const char *what, uint32_t from, uint32_t to)
{
    uint32_t named = 0;
    for (uint32_t s = from; s < to; s++)
        named += p->slot_name && p->slot_name[s] != NULL;
    fprintf(out, "\n%s: %lu", what, (unsigned long)(to - from));
    if (named < to - from)
        fprintf(out, ", %lu without a name", (unsigned long)(to - from - named));
    fputc('\n', out);
    for (uint32_t s = from; s < to; s++)
        if (p->slot_name && p->slot_name[s])
            fprintf(out, "  %5lu %s\n", (unsigned long)s, p->slot_name[s]);
}

static void dump_constants(const struct program *p, FILE *out)
{
    fprintf(out, "\nconstants: %lu\n", (unsigned long)p->parameter_first);
    for (uint32_t s = 0; s < p->parameter_first; s++) {
        fprintf(out, "  %5lu ", (unsigned long)s);
        if (p->slot_name && p->slot_name[s])
            fprintf(out, "%s = ", p->slot_name[s]);
        put_number(out, p->constant[s]);
        fputc('\n', out);
    }
}

static void dump_parameters(const struct program *p, FILE *out)
{
    static const char *const prior[] = {[PRIOR_NONE] = "", [PRIOR_TRIANGULAR] = " triangular", [PRIOR_UNIFORM] = " uniform",
                                        [PRIOR_NORMAL] = " normal", [PRIOR_LOGNORMAL] = " lognormal", [PRIOR_COMPUTED] = " computed"};
    fprintf(out, "\nparameters: %lu slots\n", (unsigned long)(p->state_first - p->parameter_first));
    for (int i = 0; i < p->parameters; i++)
        for (int e = 0; e < p->parameter[i].count; e++) {
            const struct parameter *q = &p->parameter[i];
            fprintf(out, "  %5lu ", (unsigned long)(q->first + (uint32_t)e));
            put_slot(p, out, q->first + (uint32_t)e);
            if (q->prior != PRIOR_COMPUTED) {
                fputs(" = ", out);
                put_number(out, q->element[e].value);
            }
            fputs(prior[q->prior], out);
            if (q->prior != PRIOR_NONE && q->prior != PRIOR_COMPUTED) {
                fputs(" [", out);
                put_number(out, q->element[e].low);
                fputs(", ", out);
                put_number(out, q->element[e].high);
                fprintf(out, "]%s", q->together ? " together" : "");
            }
            fputc('\n', out);
        }
}

/* What the engine does by itself, and who refers to which block */

static void dump_stock(const struct program *p, FILE *out, uint32_t value, uint32_t rate, uint32_t floor, uint32_t ceiling)
{
    fputs("  ", out);
    put_slot(p, out, value);
    if (rate != NO_SLOT) {
        fputs(" += dt * ", out);
        put_slot(p, out, rate);
    }
    if (floor != NO_SLOT) {
        fputs("   floor ", out);
        put_slot(p, out, floor);
    }
    if (ceiling != NO_SLOT) {
        fputs("   ceiling ", out);
        put_slot(p, out, ceiling);
    }
    fputc('\n', out);
}

static void dump_flows(const struct program *p, FILE *out)
{
    fputs("\nstocks\n", out);
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; (p->quantity[q].kind == Q_STOCK || p->quantity[q].kind == Q_SWITCH) && e < p->quantity[q].count; e++) {
            const struct stock_element *s = &p->quantity[q].stock[e];
            dump_stock(p, out, p->quantity[q].first + (uint32_t)e, s->rate, s->floor, s->ceiling);
            for (int i = 0; i < s->terms; i++) {
                fprintf(out, "    %s: ", s->term[i].text);
                put_slot(p, out, s->term[i].slot);
                fputc('\n', out);
            }
        }
    for (int i = 0; i < p->hidden_stocks; i++)
        dump_stock(p, out, p->hidden_stock[i].value, p->hidden_stock[i].rate, p->hidden_stock[i].floor, p->hidden_stock[i].ceiling);
    for (int i = 0; i < p->kept_steps + p->kept_turns; i++) {
        struct kept k = i < p->kept_steps ? p->kept_step[i] : p->kept_turn[i - p->kept_steps];
        fprintf(out, "  kept each %s: ", i < p->kept_steps ? "step" : "turn");
        put_slot(p, out, k.to);
        fputs(" = ", out);
        put_slot(p, out, k.from);
        fputc('\n', out);
    }
    for (int i = 0; i < p->means; i++) {
        fputs("  mean: ", out);
        put_slot(p, out, p->mean[i].mean);
        fputs(" of ", out);
        put_slot(p, out, p->mean[i].value);
        fputc('\n', out);
    }
}

static void put_ref(const struct program *p, FILE *out, const char *what, struct code_ref c)
{
    if (!code_given(c))
        return;
    fprintf(out, "    %s: ", what);
    put_slot(p, out, c.slot);
    if (c.block >= 0)
        fprintf(out, " of block %d", c.block);
    fputc('\n', out);
}

static void put_effects(const struct program *p, FILE *out, const struct effects *effects)
{
    static const char *const name[] = {[EFFECT_SET] = "set", [EFFECT_SCALE] = "scale", [EFFECT_ADD] = "add", [EFFECT_PUSH] = "push"};
    for (int i = 0; i < effects->count; i++) {
        const struct effect *e = &effects->at[i];
        fprintf(out, "    effect on %s, element %lu + %lu * target; after %d, over %d, lasts %d\n", p->quantity[e->quantity].name,
                (unsigned long)e->offset, (unsigned long)e->stride, e->after, e->over, e->lasts);
        put_ref(p, out, name[e->op], e->value);
        put_ref(p, out, "when", e->when);
    }
}

static void dump_move(const struct program *p, FILE *out, const struct move *m)
{
    fprintf(out, "  %s %s of %s, %d target%s, state from %lu\n", m->measure ? "measure" : "act", m->name, p->seat[m->seat].name, m->targets,
            m->targets == 1 ? "" : "s", (unsigned long)m->state);
    put_ref(p, out, "allowed", m->allowed);
    put_ref(p, out, "pick", m->pick);
    put_ref(p, out, "cost", m->cost);
    put_ref(p, out, "requires", m->requires);
    put_effects(p, out, &m->effects);
    for (int i = 0; i < m->outcomes; i++) {
        fprintf(out, "    outcome %d%s\n", i + 1, m->outcome[i].otherwise ? ", otherwise" : "");
        put_ref(p, out, "chance", m->outcome[i].chance);
        put_effects(p, out, &m->outcome[i].effects);
    }
}

static void dump_play(const struct program *p, FILE *out)
{
    if (p->moves)
        fputs("\nmoves\n", out);
    for (int i = 0; i < p->moves; i++)
        dump_move(p, out, &p->move[i]);
    if (p->events)
        fputs("\nevents\n", out);
    for (int i = 0; i < p->events; i++) {
        fprintf(out, "  %s\n", p->event[i].name);
        put_ref(p, out, "when", p->event[i].when);
        put_ref(p, out, "chance", p->event[i].chance);
        put_effects(p, out, &p->event[i].effects);
    }
    if (p->endings)
        fputs("\nendings\n", out);
    for (int i = 0; i < p->endings; i++) {
        fprintf(out, "  %s\n", p->ending[i].name);
        put_ref(p, out, "when", p->ending[i].when);
    }
    if (p->claims)
        fputs("\nclaims\n", out);
    for (int i = 0; i < p->claims; i++) {
        fprintf(out, "  %s\n", p->claim[i].name);
        put_ref(p, out, "expect", p->claim[i].expect);
    }
}

void program_dump(const struct program *p, FILE *out)
{
    char start[NUMBER_TEXT], turn[NUMBER_TEXT];
    fprintf(out, "program %s\n", p->id ? p->id : "-");
    fprintf(out, "slots: %lu (%lu constants, %lu parameters, %lu state, %lu work)\n", (unsigned long)p->slots, (unsigned long)p->parameter_first,
            (unsigned long)(p->state_first - p->parameter_first), (unsigned long)(p->work_first - p->state_first),
            (unsigned long)(p->slots - p->work_first));
    fprintf(out, "instructions: %lu in %d blocks; tables: %d; streams: %d\n", (unsigned long)p->code_count, p->blocks, p->tables, p->streams);
    fprintf(out, "time: start %s, turn %s%s%s, %d turns of %d steps\n", text_number(p->time.start, start), text_number(p->time.turn, turn),
            p->time.unit && *p->time.unit ? " " : "", p->time.unit ? p->time.unit : "", p->time.turns, p->time.steps);
    dump_constants(p, out);
    dump_parameters(p, out);
    dump_named(p, out, "state", p->state_first, p->work_first);
    dump_named(p, out, "work", p->work_first, p->slots);
    dump_flows(p, out);
    dump_play(p, out);
    dump_blocks(p, out);
}
