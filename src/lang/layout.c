/* lang/layout.c — the last step: temporaries share slots, regions move to their place, and the program's tables are filled.
 * Every field of a program that holds a slot is moved here and nowhere else; program_verify looks afterwards whether one was missed. */
#include <string.h>
#include "base/text.h"
#include "code/operands.h"
#include "lang/model.h"

struct places { uint32_t parameter, state, work, temp; const uint32_t *temp_slot; };

static uint32_t place(const struct places *p, uint32_t slot)
{
    uint32_t const n = slot_number(slot);
    if (slot == NO_SLOT)
        return slot;
    switch (slot_region(slot)) {
    case REGION_CONSTANT: return n;
    case REGION_PARAMETER: return p->parameter + n;
    case REGION_STATE: return p->state + n;
    case REGION_WORK: return p->work + n;
    case REGION_TEMP: return p->temp + p->temp_slot[n];
    case REGION_NONE: break;
    }
    return NO_SLOT;
}

/* --- one block: what nobody reads goes, and temporaries that are done with make room ------------------------------------------------ */
static void visit_reads(const struct instr *i, void (*visit)(void *self, uint32_t slot), void *self)
{
    struct operands const o = operands_of(i->op);
    for (int k = 0; k < o.count; k++)
        if (o.kind[k] == OPERAND_SLOT || o.kind[k] == OPERAND_RANGE)
            visit(self, operand_at(i, k));
    if (o.guarded)
        visit(self, i->guard);
    if (i->op == OP_FINITE)
        visit(self, i->d);
}

struct use { uint32_t *last; uint32_t now; };

static void mark_use(void *self, uint32_t slot)
{
    struct use *const u = self;
    if (slot_region(slot) == REGION_TEMP && u->last[slot_number(slot)] < u->now)
        u->last[slot_number(slot)] = u->now;
}

/* last[t]: 1 + the last instruction that reads temporary t; 0: nobody. Instructions that only feed such are dropped. */
static uint32_t *sweep(struct model *m, struct builder *b)
{
    uint32_t *const last = ARENA_ARRAY(m->a, b->temps + 1, uint32_t);
    bool *const drop = ARENA_ARRAY(m->a, b->code.count + 1, bool);
    for (int i = b->code.count - 1; i >= 0; i--) {
        const struct instr *const x = &b->code.at[i];
        drop[i] = slot_region(x->d) == REGION_TEMP && last[slot_number(x->d)] == 0;
        struct use u = {last, (uint32_t)i + 1};
        if (!drop[i])
            visit_reads(x, mark_use, &u);
    }
    int kept = 0;
    uint32_t *const now = ARENA_ARRAY(m->a, b->code.count + 1, uint32_t);      /* old place + 1 -> new place + 1 */
    for (int i = 0; i < b->code.count; i++)
        if (!drop[i]) {
            b->code.at[kept++] = b->code.at[i];
            now[i] = (uint32_t)kept;
        }
    b->code.count = kept;
    for (uint32_t t = 0; t < b->temps; t++)
        if (last[t] > 0)
            last[t] = now[last[t] - 1];
    return last;
}

/* A temporary is written once and free after its last reader; the result of an instruction never takes the place of what it reads. */
static uint32_t share_temps(struct model *m, struct builder *b, const uint32_t *last, uint32_t *slot)
{
    LIST_OF(uint32_t) spare = {0};
    uint32_t used = 0;
    /* temporaries by the instruction that reads them last, as chains */
    uint32_t *const head = ARENA_ARRAY(m->a, b->code.count + 2, uint32_t), *const chain = ARENA_ARRAY(m->a, b->temps + 1, uint32_t);
    for (uint32_t t = 0; t < b->temps; t++) {
        chain[t] = head[last[t]];
        head[last[t]] = t + 1;
    }
    for (int i = 0; i < b->code.count; i++) {
        uint32_t const d = b->code.at[i].d;
        if (slot_region(d) == REGION_TEMP)
            slot[slot_number(d)] = spare.count > 0 ? spare.at[--spare.count] : used++;
        for (uint32_t t = head[i + 1]; t != 0; t = chain[t - 1])
            *LIST_ADD(m->a, spare) = slot[t - 1];
    }
    return used;
}

static void move_instr(const struct places *p, struct instr *i)
{
    struct operands const o = operands_of(i->op);
    uint32_t *const field[] = {&i->a, &i->b, &i->c, &i->e};
    for (int k = 0; k < o.count; k++)
        if (o.kind[k] == OPERAND_SLOT || o.kind[k] == OPERAND_RANGE)
            *field[k] = place(p, *field[k]);
    for (int k = o.count; k < MOST_OPERANDS; k++)
        *field[k] = 0;
    i->d = place(p, i->d);
    i->guard = o.guarded ? place(p, i->guard) : NO_SLOT;
}

static uint32_t lay_code(struct model *m, struct places *p)
{
    uint32_t total = 0, most = 0;
    for (int i = 0; i < m->builders.count; i++)
        total += (uint32_t)m->builders.at[i]->code.count;
    struct instr *const code = ARENA_ARRAY(m->a, total + 1, struct instr);
    struct block *const block = ARENA_ARRAY(m->a, m->builders.count, struct block);
    uint32_t at = 0;
    for (int i = 0; i < m->builders.count; i++) {
        struct builder *const b = m->builders.at[i];
        uint32_t *const slot = ARENA_ARRAY(m->a, b->temps + 1, uint32_t);
        uint32_t const used = share_temps(m, b, sweep(m, b), slot);
        most = used > most ? used : most;
        p->temp_slot = slot;
        block[i] = (struct block){at, (uint32_t)b->code.count};
        for (int k = 0; k < b->code.count; k++) {
            code[at] = b->code.at[k];
            move_instr(p, &code[at++]);
        }
    }
    m->p->code = code;
    m->p->code_count = at;
    m->p->block = block;
    m->p->blocks = m->builders.count;
    return most;
}

/* --- the tables -------------------------------------------------------------------------------------------------------------------------- */
static void move_code(const struct places *p, struct code_ref *c) { c->slot = place(p, c->slot); }

static void move_effects(const struct places *p, const struct effects *all)
{
    for (int i = 0; i < all->count; i++) {
        struct effect *const e = (struct effect *)&all->at[i];
        move_code(p, &e->value);
        move_code(p, &e->when);
        e->ring = place(p, e->ring);
        e->back = place(p, e->back);
    }
}

static void move_price(const struct places *p, struct verb_price *v)
{
    if (!v->given)
        v->cost = NO_CODE;
    move_code(p, &v->cost);
    move_effects(p, &v->effects);
}

static void move_moves(const struct places *p, struct program *out)
{
    for (int i = 0; i < out->moves; i++) {
        struct move *const mv = (struct move *)&out->move[i];
        mv->state = place(p, mv->state);
        move_code(p, &mv->allowed);
        move_code(p, &mv->pick);
        move_code(p, &mv->cost);
        move_code(p, &mv->requires);
        struct verb_price *const prices[] = {&mv->threat, &mv->ease, &mv->lift, &mv->snapback};
        for (int k = 0; k < 4; k++)
            move_price(p, prices[k]);
        move_effects(p, &mv->effects);
        for (int k = 0; k < mv->settings; k++) {
            struct setting *const s = (struct setting *)&mv->setting[k];
            move_code(p, &s->lift_cost);
            move_effects(p, &s->lift);
        }
        for (int k = 0; k < mv->outcomes; k++) {
            struct outcome *const o = (struct outcome *)&mv->outcome[k];
            move_code(p, &o->chance);
            move_effects(p, &o->effects);
        }
    }
}

static void move_rules(const struct places *p, const struct rule *rule, int rules)
{
    for (int i = 0; i < rules; i++)
        move_code(p, &((struct rule *)rule)[i].when);
}

static void move_people(const struct places *p, struct program *out)
{
    for (int i = 0; i < out->seats; i++) {
        struct seat *const s = (struct seat *)&out->seat[i];
        s->budget = place(p, s->budget);
        for (int k = 0; k < s->goals; k++)
            move_code(p, &((struct goal *)s->goal)[k].score);
        for (int k = 0; k < s->personas; k++)
            move_rules(p, s->persona[k].first, s->persona[k].rules);
    }
    for (int i = 0; i < out->events; i++) {
        struct event *const e = (struct event *)&out->event[i];
        move_code(p, &e->when);
        move_code(p, &e->chance);
        e->last = place(p, e->last);
        move_effects(p, &e->effects);
    }
    for (int i = 0; i < out->endings; i++) {
        struct ending *const e = (struct ending *)&out->ending[i];
        move_code(p, &e->when);
        for (int k = 0; k < out->seats; k++)
            move_code(p, &((struct code_ref *)e->worth)[k]);
    }
    for (int i = 0; i < out->terms; i++) {
        struct deal_term *const t = (struct deal_term *)&out->term[i];
        move_code(p, &t->kept_when);
        t->state = place(p, t->state);
    }
    if (out->dialogue.given) {
        out->dialogue.breaches = place(p, out->dialogue.breaches);
        out->dialogue.deals = place(p, out->dialogue.deals);
        out->dialogue.numbered = place(p, out->dialogue.numbered);
        out->dialogue.monitors = place(p, out->dialogue.monitors);
    }
    for (int i = 0; i < out->questions; i++)
        move_code(p, &((struct question *)out->question)[i].true_when);
}

static void move_rest(const struct places *p, struct program *out)
{
    for (int i = 0; i < out->quantities; i++) {
        struct quantity *const q = (struct quantity *)&out->quantity[i];
        q->first = place(p, q->first);
        q->mean = place(p, q->mean);
        for (int k = 0; k < q->count && q->stock != NULL; k++) {
            struct stock_element *const s = (struct stock_element *)&q->stock[k];
            s->floor = place(p, s->floor);
            s->ceiling = place(p, s->ceiling);
            s->rate = place(p, s->rate);
            for (int t = 0; t < s->terms; t++)
                ((struct term *)s->term)[t].slot = place(p, s->term[t].slot);
        }
    }
    for (int i = 0; i < out->claims; i++) {
        move_code(p, &((struct claim *)out->claim)[i].expect);
        for (int k = 0; k < out->claim[i].samples; k++)
            ((struct sample *)out->claim[i].sample)[k].slot = place(p, out->claim[i].sample[k].slot);
    }
}

/* Plays share rule lists with the plays they build on: each list is moved once. */
static void move_plays(struct model *m, const struct places *p, struct program *out)
{
    LIST_OF(const struct rule *) moved = {0};
    for (int i = 0; i < out->plays; i++)
        for (int k = 0; k < out->seats; k++) {
            const struct play_seat *const s = &out->play[i].seat[k];
            bool seen = s->rules == 0;
            for (int n = 0; n < moved.count && !seen; n++)
                seen = moved.at[n] == s->rule;
            if (seen)
                continue;
            move_rules(p, s->rule, s->rules);
            *LIST_ADD(m->a, moved) = s->rule;
        }
}

static void finish_parameters(struct model *m, const struct places *p)
{
    int const n = m->p->parameters, made = m->made.count;
    struct parameter *const all = ARENA_ARRAY(m->a, n + made + 1, struct parameter);
    if (n > 0)
        memcpy(all, m->p->parameter, (size_t)n * sizeof *all);
    if (made > 0)
        memcpy(all + n, m->made.at, (size_t)made * sizeof *all);
    for (int i = 0; i < n + made; i++)
        all[i].first = all[i].count > 0 ? place(p, all[i].first) : p->parameter;
    m->p->parameter = all;
    m->p->parameters = n + made;
}

static void name_slots(struct model *m, const struct places *p)
{
    struct program *const out = m->p;
    const char **const name = ARENA_ARRAY(m->a, out->slots + 1, const char *);
    char number[NUMBER_TEXT];
    for (int i = 0; i < m->constants.count; i++)
        name[i] = arena_text(m->a, text_number(m->constants.at[i], number));
    for (int i = 0; i < out->parameters; i++)
        for (int k = 0; k < out->parameter[i].count; k++)
            name[out->parameter[i].first + (uint32_t)k] = program_element_name(out, m->a, out->parameter[i].name, out->parameter[i].dims, out->parameter[i].dim, k);
    for (uint32_t i = 0; i < m->state_slots; i++)
        name[p->state + i] = m->state_names.at[i];
    static const char *const words[] = {"times", "since", "on", "level", "goal", "left", "rule", "setting", "threat", "announced", "eased"};
    for (int i = 0; i < out->moves; i++)
        for (int t = 0; t < out->move[i].targets; t++)
            for (int k = 0; k < MOVE_SLOTS; k++)
                name[move_slot(&out->move[i], t, (enum move_slot)k)] =
                    out->move[i].target < 0 ? arena_printf(m->a, "%s.%s", out->move[i].name, words[k]) : arena_printf(m->a, "%s(%s).%s", out->move[i].name, out->set[out->move[i].target].element[t], words[k]);
    for (int i = 0; i < out->quantities; i++) {
        const struct quantity *const q = &out->quantity[i];
        for (int k = 0; k < q->count; k++) {
            const char *const own = program_element_name(out, m->a, q->name, q->dims, q->dim, k);
            name[q->first + (uint32_t)k] = own;
            if (q->mean != NO_SLOT)
                name[q->mean + (uint32_t)k] = arena_printf(m->a, "mean of %s", own);
        }
    }
    name[out->target_slot] = "target";
    out->slot_name = name;
}

void layout(struct model *m)
{
    struct program *const out = m->p;
    struct places p = {.parameter = (uint32_t)m->constants.count};
    p.state = p.parameter + m->parameter_slots;
    p.work = p.state + m->state_slots;
    p.temp = p.work + m->work_slots;
    uint64_t code = 0;
    for (int i = 0; i < m->builders.count; i++)
        code += (uint64_t)m->builders.at[i]->code.count;
    if (p.temp > MOST_SLOTS / 2 || code > MOST_CODE) {
        diag_error(m->d, m->root->at, D_TOO_BIG, "the scenario unrolls to %u slots and %llu instructions; %d and %d are the most, so make sets smaller", p.temp, (unsigned long long)code, MOST_SLOTS / 2,
                   MOST_CODE);
        return;
    }
    out->slots = p.temp + lay_code(m, &p);
    out->parameter_first = p.parameter;
    out->state_first = p.state;
    out->work_first = p.work;
    out->constant = m->constants.at;
    uint32_t *const host[] = {&out->time_slot, &out->turn_slot, &out->month_slot, &out->step_slot, &out->turn_start_slot, &out->target_slot};
    for (int i = 0; i < 6; i++)
        *host[i] = place(&p, *host[i]);
    finish_parameters(m, &p);
    move_moves(&p, out);
    move_people(&p, out);
    move_rest(&p, out);
    move_plays(m, &p, out);
    for (int i = 0; i < m->kept_step.count; i++)
        m->kept_step.at[i] = (struct kept){place(&p, m->kept_step.at[i].from), place(&p, m->kept_step.at[i].to)};
    for (int i = 0; i < m->kept_turn.count; i++)
        m->kept_turn.at[i] = (struct kept){place(&p, m->kept_turn.at[i].from), place(&p, m->kept_turn.at[i].to)};
    for (int i = 0; i < m->hidden.count; i++) {
        struct flow_stock *const h = &m->hidden.at[i];
        *h = (struct flow_stock){place(&p, h->value), place(&p, h->rate), NO_SLOT, NO_SLOT};
    }
    for (int i = 0; i < m->means.count; i++)
        m->means.at[i] = (struct mean_of){place(&p, m->means.at[i].value), place(&p, m->means.at[i].mean)};
    out->kept_step = m->kept_step.at, out->kept_steps = m->kept_step.count;
    out->kept_turn = m->kept_turn.at, out->kept_turns = m->kept_turn.count;
    out->hidden_stock = m->hidden.at, out->hidden_stocks = m->hidden.count;
    out->mean = m->means.at, out->means = m->means.count;
    out->origin = m->origins.at, out->origins = m->origins.count;
    out->table = m->tables.at, out->tables = m->tables.count;
    out->stream = m->streams.at, out->streams = m->streams.count;
    name_slots(m, &p);
}
