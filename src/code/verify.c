/* code/verify.c — a program from anywhere is safe to run.
 * Everything that the engine and the rules use as a place in an array is held to that array here, once, so that neither has to look
 * again. Arrays themselves are as long as their counts say: that is lang's (or a loader's) promise.
 * What is not checked: whether a program makes sense. */
#include "code/operands.h"
#include "code/program.h"

#define MUST(condition, words) do { if (!(condition)) return (words); } while (0)
#define PASS(check) do { const char *wrong_ = (check); if (wrong_) return wrong_; } while (0)

static bool inside(uint64_t first, uint64_t count, uint64_t from, uint64_t end)      /* [first, first+count) in [from, end) */
{
    return first >= from && first <= end && count <= end - first;
}

static bool apart(uint64_t a, uint64_t n, uint64_t b, uint64_t m)
{
    return a + n <= b || b + m <= a;
}

static bool finite_number(double x)
{
    return x - x == 0;
}

static bool given(const void *array, int count)
{
    return count == 0 || (count > 0 && array);
}

static bool in_state(const struct program *p, uint64_t first, uint64_t count)
{
    return inside(first, count, p->state_first, p->work_first);
}

static bool slot_or_none(const struct program *p, uint32_t slot)
{
    return slot == NO_SLOT || slot < p->slots;
}

/* --- the whole ---------------------------------------------------------------------------------------------------------- */

static const char *check_regions(const struct program *p)
{
    const uint32_t host[] = {p->time_slot, p->turn_slot, p->month_slot, p->step_slot, p->turn_start_slot};
    MUST(p->slots > 0 && p->slots <= MOST_SLOTS, "the number of slots is out of range");
    MUST(p->parameter_first <= p->state_first && p->state_first <= p->work_first && p->work_first <= p->slots, "regions of slots are out of order");
    MUST(p->parameter_first == 0 || p->constant, "constants are missing");
    for (int i = 0; i < 5; i++) {
        MUST(in_state(p, host[i], 1), "a slot of time lies outside the state");
        for (int j = 0; j < i; j++)
            MUST(host[i] != host[j], "two slots of time are one");
    }
    MUST(p->target_slot == NO_SLOT || inside(p->target_slot, 1, p->work_first, p->slots), "the target's slot is not a work slot");
    return NULL;
}

static const char *check_time(const struct time_spec *t)
{
    MUST((unsigned)t->kind <= TIME_DAYS, "time is of no known kind");
    MUST(finite_number(t->start) && t->start >= -1e12 && t->start <= 1e12 && t->turn > 0 && t->turn <= 1e9, "the start or the turn's length is out of range");
    MUST(t->turns >= 0 && t->turns <= 1000000 && t->steps >= 1 && t->steps <= 1000000, "turns or steps are out of range");
    return NULL;
}

static const char *check_arrays(const struct program *p)
{
    MUST(p->code_count <= MOST_CODE && (p->code_count == 0 || p->code), "instructions are missing or too many");
    MUST(p->blocks >= BLOCK_FIXED && p->block, "the fixed blocks are missing");
    MUST(given(p->origin, p->origins) && given(p->table, p->tables) && given(p->stream, p->streams), "origins, tables or streams are missing");
    MUST(given(p->kept_step, p->kept_steps) && given(p->kept_turn, p->kept_turns), "kept pairs are missing");
    MUST(given(p->hidden_stock, p->hidden_stocks) && given(p->mean, p->means), "hidden stocks or means are missing");
    MUST(given(p->set, p->sets) && given(p->parameter, p->parameters) && given(p->quantity, p->quantities), "sets, parameters or quantities are missing");
    MUST(p->seats <= MOST_SEATS && given(p->seat, p->seats) && given(p->move, p->moves) && given(p->event, p->events), "seats, moves or events are missing or too many");
    MUST(given(p->ending, p->endings) && given(p->question, p->questions) && given(p->opening, p->openings), "endings, questions or openings are missing");
    MUST(given(p->play, p->plays) && given(p->claim, p->claims) && given(p->compare, p->compares), "plays, claims or comparisons are missing");
    MUST(given(p->cited, p->citeds) && given(p->group, p->groups) && given(p->word, p->words), "sources, groups or words are missing");
    MUST(given(p->teaching, p->teachings) && given(p->debrief, p->debriefs) && given(p->not_claimed, p->not_claimeds), "texts are missing");
    return NULL;
}

/* --- instructions --------------------------------------------------------------------------------------------------------- */

static const char *check_result(const struct program *p, const struct instr *in, uint32_t count)
{
    const uint32_t host[] = {p->time_slot, p->turn_slot, p->month_slot, p->step_slot, p->turn_start_slot, p->target_slot};
    MUST(inside(in->d, count, p->parameter_first, p->slots), "an instruction writes into a constant or outside the slots");
    for (int i = 0; i < 6; i++)
        MUST(apart(in->d, count, host[i], 1), "an instruction writes time or the target");
    return NULL;
}

static const char *check_share(const struct instr *in)
{
    MUST(apart(in->d, in->e, in->a, 1) && apart(in->d, in->e, in->b, in->e) && apart(in->d, in->e, in->c, in->e), "SHARE writes over what it reads");
    return NULL;
}

static const char *check_instr(const struct program *p, const struct instr *in)
{
    MUST(in->op < OP_COUNT, "an instruction is of no known kind");
    MUST(in->origin < (uint32_t)p->origins, "an instruction's origin is out of range");
    struct operands o = operands_of(in->op);
    uint64_t count = 1, stride = 1;
    for (int i = 0; i < o.count; i++) {
        if (o.kind[i] == OPERAND_COUNT)
            count = operand_at(in, i);
        if (o.kind[i] == OPERAND_STRIDE)
            stride = operand_at(in, i);
    }
    MUST(count >= 1 && count <= MOST_SLOTS && stride <= MOST_SLOTS, "an instruction's range is empty or too long");
    for (int i = 0; i < o.count; i++) {
        uint32_t x = operand_at(in, i);
        switch (o.kind[i]) {
        case OPERAND_SLOT:   MUST(x < p->slots, "an operand is outside the slots"); break;
        case OPERAND_RANGE:  MUST(inside(x, (count - 1) * stride + 1, 0, p->slots), "a range of operands is outside the slots"); break;
        case OPERAND_PLACE:  MUST(x < count, "a place is outside its range"); break;
        case OPERAND_TABLE:  MUST(x < (uint32_t)p->tables, "a table is out of range"); break;
        case OPERAND_STREAM: MUST(x < (uint32_t)p->streams, "a stream is out of range"); break;
        case OPERAND_COUNT: case OPERAND_STRIDE: break;
        }
    }
    MUST(!o.guarded || slot_or_none(p, in->guard), "a guard is outside the slots");
    PASS(check_result(p, in, o.result_range ? (uint32_t)count : 1));
    return in->op == OP_SHARE ? check_share(in) : NULL;
}

/* Only BLOCK_PARAMETERS may write parameters: its instructions belong to no other block. */
static const char *check_code(const struct program *p)
{
    struct block own;
    for (int i = 0; i < p->blocks; i++)
        MUST(inside(p->block[i].first, p->block[i].count, 0, p->code_count), "a block is outside the code");
    own = p->block[BLOCK_PARAMETERS];
    for (int i = 0; i < p->blocks; i++)
        MUST(i == BLOCK_PARAMETERS || p->block[i].count == 0 || apart(p->block[i].first, p->block[i].count, own.first, own.count),
             "another block shares code with the parameters'");
    for (uint32_t i = 0; i < p->code_count; i++) {
        PASS(check_instr(p, &p->code[i]));
        MUST((i >= own.first && i - own.first < own.count) || p->code[i].d >= p->state_first, "an instruction outside BLOCK_PARAMETERS writes a parameter");
    }
    return NULL;
}

static const char *check_tables(const struct program *p)
{
    for (int i = 0; i < p->tables; i++) {
        const struct table *t = &p->table[i];
        MUST(t->count >= 1 && t->x && t->y, "a table is empty");
        for (int k = 0; k < t->count; k++) {
            MUST(finite_number(t->x[k]) && finite_number(t->y[k]), "a table holds what is no number");
            MUST(k == 0 || t->x[k - 1] < t->x[k], "a table's x does not rise");
        }
    }
    for (int i = 0; i < p->streams; i++)
        MUST(p->stream[i].name, "a stream has no name");
    return NULL;
}

/* --- sets, parameters, quantities ------------------------------------------------------------------------------------------- */

static const char *check_sets(const struct program *p)
{
    for (int i = 0; i < p->sets; i++) {
        const struct set *s = &p->set[i];
        MUST(s->name && s->count >= 0 && s->count <= MOST_SLOTS && given(s->element, s->count), "a set is broken");
        for (int e = 0; e < s->count; e++)
            MUST(s->element[e], "an element has no name");
        MUST(s->parent >= -1 && s->parent < p->sets && s->parent != i, "a set is part of none that is known");
        for (int e = 0; s->parent >= 0 && e < s->count; e++)
            MUST(s->of_parent && s->of_parent[e] >= 0 && s->of_parent[e] < p->set[s->parent].count, "an element is not its parent's");
    }
    MUST(given(p->network, p->networks), "networks are missing");
    for (int i = 0; i < p->networks; i++) {
        const struct network_map *n = &p->network[i];
        MUST(n->name && n->from >= 0 && n->from < p->sets && n->to >= 0 && n->to < p->sets && given(n->link, n->links), "a network is broken");
        for (int k = 0; k < n->links; k++)
            MUST(n->link[k].from >= 0 && n->link[k].from < p->set[n->from].count && n->link[k].to >= 0 && n->link[k].to < p->set[n->to].count, "a link leads nowhere");
    }
    MUST(p->seat_set >= -1 && p->seat_set < p->sets, "the set of seats is out of range");
    return NULL;
}

static const char *check_shape(const struct program *p, int dims, const int *dim, int count)
{
    int64_t size = 1;
    MUST(dims >= 0 && dims <= MOST_DIMS, "too many subscripts");
    for (int i = 0; i < dims; i++) {
        MUST(dim[i] >= 0 && dim[i] < p->sets, "a subscript is over no set");
        size *= p->set[dim[i]].count;
        MUST(size <= MOST_SLOTS, "too many elements");
    }
    MUST(count == size || (count == 0 && dims == 0), "the number of elements is not that of the sets");     /* a table has no elements */
    return NULL;
}

static const char *check_evidence(const struct program *p, const struct evidence *e)
{
    MUST(e->source >= -1 && e->source < p->citeds, "a source is out of range");
    return NULL;
}

static const char *check_parameters(const struct program *p)
{
    for (int i = 0; i < p->parameters; i++) {
        const struct parameter *q = &p->parameter[i];
        MUST(q->name, "a parameter has no name");
        MUST((unsigned)q->prior <= PRIOR_COMPUTED, "a prior is of no known kind");
        PASS(check_shape(p, q->dims, q->dim, q->count));
        PASS(check_evidence(p, &q->evidence));
        MUST(inside(q->first, (uint64_t)q->count, p->parameter_first, p->state_first), "a parameter lies outside the parameters");
        MUST(given(q->element, q->count), "a parameter has no values");
    }
    return NULL;
}

static const char *check_inputs(const struct program *p, struct inputs from)
{
    MUST(given(from.at, from.count), "what something hangs on is missing");
    for (int i = 0; i < from.count; i++) {
        MUST(from.at[i].quantity >= 0 && from.at[i].quantity < p->quantities, "something hangs on no known quantity");
        MUST(from.at[i].element >= -1 && from.at[i].element < p->quantity[from.at[i].quantity].count, "something hangs on no element of its quantity");
    }
    return NULL;
}

static const char *check_seen(const struct program *p, const struct seen *s, int count)
{
    MUST((unsigned)s->kind <= SEEN_AS && s->lag >= 0, "what a seat sees is of no known kind");
    MUST(s->kind != SEEN_AS || (s->as >= 0 && s->as < p->quantities && p->quantity[s->as].count >= count), "what a seat sees instead is out of range");
    return NULL;
}

static const char *check_stock(const struct program *p, const struct stock_element *s)
{
    MUST(slot_or_none(p, s->floor) && slot_or_none(p, s->ceiling) && slot_or_none(p, s->rate), "a stock's bounds or rate are outside the slots");
    MUST(given(s->term, s->terms), "a stock's terms are missing");
    for (int i = 0; i < s->terms; i++)
        MUST(s->term[i].text && s->term[i].slot < p->slots, "a term is outside the slots");
    return NULL;
}

/* The engine moves stocks by itself, so they must not lie on time. */
static bool free_state(const struct program *p, uint64_t first, uint64_t count)
{
    return in_state(p, first, count) && apart(first, count, p->time_slot, 1) && apart(first, count, p->turn_slot, 1)
        && apart(first, count, p->month_slot, 1) && apart(first, count, p->step_slot, 1) && apart(first, count, p->turn_start_slot, 1);
}

static const char *check_words(const struct program *p)
{
    MUST(given(p->proper, p->propers), "names are missing");
    for (int i = 0; i < p->propers; i++)
        MUST(p->proper[i], "a name is missing");
    return NULL;
}

static const char *check_quantity(const struct program *p, const struct quantity *q)
{
    MUST(q->name && (unsigned)q->kind <= Q_SWITCH, "a quantity has no name or is of no known kind");
    PASS(check_shape(p, q->dims, q->dim, q->count));
    PASS(check_evidence(p, &q->evidence));
    MUST(inside(q->first, (uint64_t)q->count, 0, p->slots), "a quantity lies outside the slots");
    MUST(q->mean == NO_SLOT || inside(q->mean, (uint64_t)q->count, p->state_first, p->slots), "a quantity's means lie outside the slots");
    MUST(q->good_for >= -1 && q->good_for < p->seats, "a quantity is good for no known seat");
    MUST(q->seen || p->seats == 0 || q->count == 0, "who sees a quantity is missing");
    for (int i = 0; i < q->count * p->seats; i++)
        PASS(check_seen(p, &q->seen[i], q->count));
    MUST(given(q->from, q->froms), "what a quantity is worked out from is missing");
    for (int i = 0; i < q->froms; i++)
        PASS(check_inputs(p, q->from[i]));
    if (q->kind != Q_STOCK && q->kind != Q_SWITCH)
        return NULL;
    MUST(free_state(p, q->first, (uint64_t)q->count), "a stock lies outside the state");
    MUST(given(q->stock, q->count), "a stock's rates are missing");
    for (int i = 0; i < q->count; i++)
        PASS(check_stock(p, &q->stock[i]));
    return NULL;
}

static const char *check_flows(const struct program *p)
{
    for (int i = 0; i < p->kept_steps + p->kept_turns; i++) {
        struct kept k = i < p->kept_steps ? p->kept_step[i] : p->kept_turn[i - p->kept_steps];
        MUST(k.from < p->slots && free_state(p, k.to, 1), "a kept value lies outside the state");
    }
    for (int i = 0; i < p->hidden_stocks; i++) {
        struct flow_stock h = p->hidden_stock[i];
        MUST(free_state(p, h.value, 1) && slot_or_none(p, h.rate) && slot_or_none(p, h.floor) && slot_or_none(p, h.ceiling), "a hidden stock lies outside the state");
    }
    for (int i = 0; i < p->means; i++)
        MUST(p->mean[i].value < p->slots && (free_state(p, p->mean[i].mean, 1) || inside(p->mean[i].mean, 1, p->work_first, p->slots)), "a mean lies outside the slots");
    return NULL;
}

/* --- seats, moves, events ------------------------------------------------------------------------------------------------- */

static const char *check_ref(const struct program *p, struct code_ref c)
{
    MUST(slot_or_none(p, c.slot), "an expression's value is outside the slots");
    MUST(c.block == -1 || (c.block >= 0 && c.block < p->blocks && c.slot != NO_SLOT), "an expression's block is out of range");
    return NULL;
}

static const char *check_stream(const struct program *p, int stream)
{
    MUST(stream >= -1 && stream < p->streams, "a stream is out of range");
    return NULL;
}

static const char *check_effect(const struct program *p, const struct effect *e, int targets)
{
    MUST((unsigned)e->op <= EFFECT_PUSH, "an effect is of no known kind");
    MUST(e->quantity >= 0 && e->quantity < p->quantities, "an effect is on no known quantity");
    const struct quantity *q = &p->quantity[e->quantity];
    MUST(q->kind == Q_STOCK || q->kind == Q_SWITCH, "an effect is on what is neither stock nor switch");
    MUST(inside(e->offset, (uint64_t)e->stride * (uint64_t)(targets - 1) + 1, 0, (uint64_t)q->count), "an effect is on no element of its quantity");
    PASS(check_ref(p, e->value));
    MUST(code_given(e->value), "an effect has no value");
    PASS(check_ref(p, e->when));
    PASS(check_inputs(p, e->from));
    MUST(e->after >= 0 && e->over >= 0 && e->lasts >= 0, "an effect's turns are below 0");
    MUST(e->ring_turns >= 0 && e->back_turns >= 0, "an effect's rings are too short");
    if (e->ring != NO_SLOT)
        MUST(e->ring_turns > 0 && free_state(p, e->ring, 2u * (uint64_t)targets * (uint64_t)e->ring_turns), "what is due lies outside the state");
    if (e->back != NO_SLOT)
        MUST(e->back_turns > 0 && free_state(p, e->back, (uint64_t)targets * (uint64_t)e->back_turns), "what is to be taken back lies outside the state");
    return NULL;
}

static const char *check_effects(const struct program *p, const struct effects *e, int targets)
{
    MUST(given(e->at, e->count), "effects are missing");
    for (int i = 0; i < e->count; i++)
        PASS(check_effect(p, &e->at[i], targets));
    return NULL;
}

static const char *check_price(const struct program *p, const struct verb_price *v, int targets)
{
    PASS(check_ref(p, v->cost));
    return check_effects(p, &v->effects, targets);
}

static const char *check_settings(const struct program *p, const struct move *m)
{
    MUST(given(m->setting, m->settings) && (!m->measure || m->settings > 0), "a measure has no settings");
    for (int i = 0; i < m->settings; i++) {
        MUST(m->setting[i].name, "a setting has no name");
        PASS(check_ref(p, m->setting[i].lift_cost));
        PASS(check_effects(p, &m->setting[i].lift, m->targets));
    }
    return NULL;
}

static const char *check_move(const struct program *p, const struct move *m)
{
    MUST(m->name && m->seat >= 0 && m->seat < p->seats, "a move has no name or no seat");
    MUST(m->target >= -1 && m->target < p->sets, "a move's targets are no set");
    MUST(m->targets == (m->target < 0 ? 1 : p->set[m->target].count) && m->targets >= 1, "a move's targets are not those of the set");
    MUST(m->target < 0 || p->target_slot != NO_SLOT, "a move has targets and the program no slot for one");
    MUST(free_state(p, m->state, (uint64_t)m->targets * MOVE_SLOTS), "a move's state lies outside the state");
    PASS(check_ref(p, m->allowed));
    PASS(check_ref(p, m->pick));
    PASS(check_ref(p, m->cost));
    PASS(check_ref(p, m->requires));
    PASS(check_settings(p, m));
    MUST(given(m->bearing, m->bearings), "what a move bears on is missing");
    for (int i = 0; i < m->bearings; i++)
        MUST(m->bearing[i].quantity >= 0 && m->bearing[i].quantity < p->quantities, "a move bears on no known quantity");
    MUST(m->ramp_up >= 0 && m->ramp_down >= 0 && m->threat_lapses >= 0, "a ramp or a threat is below 0");
    PASS(check_price(p, &m->threat, m->targets));
    PASS(check_price(p, &m->ease, m->targets));
    PASS(check_price(p, &m->lift, m->targets));
    PASS(check_price(p, &m->snapback, m->targets));
    MUST(given(m->ends, m->ends_count), "what a move ends is missing");
    for (int i = 0; i < m->ends_count; i++)
        MUST(m->ends[i] >= 0 && m->ends[i] < p->moves, "a move ends what is no move");
    PASS(check_effects(p, &m->effects, m->targets));
    MUST(given(m->outcome, m->outcomes), "outcomes are missing");
    for (int i = 0; i < m->outcomes; i++) {
        PASS(check_ref(p, m->outcome[i].chance));
        PASS(check_effects(p, &m->outcome[i].effects, m->targets));
    }
    PASS(check_stream(p, m->outcome_stream));
    PASS(check_stream(p, m->detect_stream));
    MUST((unsigned)m->answer <= ANSWER_ACCEPT, "an answer is of no known kind");
    MUST(m->answer == ANSWER_NONE || (m->answer_by >= 0 && m->answer_by < p->seats && m->answer_move >= 0 && m->answer_move < p->moves), "an answer is no seat's move");
    MUST(m->answers >= -1 && m->answers < p->moves, "a move answers what is no move");
    return check_evidence(p, &m->evidence);
}

static const char *check_rows(const struct program *p, const struct row *row, int rows)
{
    MUST(given(row, rows), "rows are missing");
    for (int i = 0; i < rows; i++) {
        MUST((unsigned)row[i].verb <= ROW_DELAY, "a row's verb is not known");
        MUST(row[i].move >= 0 && row[i].move < p->moves, "a row is of no known move");
        MUST(row[i].target >= -1 && row[i].target < p->move[row[i].move].targets, "a row's target is out of range");
        MUST(row[i].setting >= -1 && row[i].setting < p->move[row[i].move].settings, "a row's setting is out of range");
    }
    return NULL;
}

static const char *check_rules(const struct program *p, const struct rule *rule, int rules)
{
    MUST(given(rule, rules), "rules are missing");
    for (int i = 0; i < rules; i++) {
        PASS(check_ref(p, rule[i].when));
        PASS(check_rows(p, rule[i].row, rule[i].rows));
    }
    return NULL;
}

static const char *check_seat(const struct program *p, const struct seat *s)
{
    MUST(s->name, "a seat has no name");
    MUST(s->budget == NO_SLOT || free_state(p, s->budget, 1), "a seat's budget lies outside the state");
    MUST(given(s->goal, s->goals) && given(s->persona, s->personas), "goals or personas are missing");
    for (int i = 0; i < s->goals; i++) {
        PASS(check_ref(p, s->goal[i].score));
        MUST(s->goal[i].name && code_given(s->goal[i].score), "a goal has no score");
        PASS(check_inputs(p, s->goal[i].from));
    }
    for (int i = 0; i < s->personas; i++) {
        MUST(s->persona[i].name && (s->goals == 0 || s->persona[i].cares), "a persona has no name or no cares");
        PASS(check_rules(p, s->persona[i].first, s->persona[i].rules));
    }
    return NULL;
}

static const char *check_event(const struct program *p, const struct event *e)
{
    MUST(e->name, "an event has no name");
    PASS(check_ref(p, e->when));
    PASS(check_ref(p, e->chance));
    PASS(check_stream(p, e->chance_stream));
    MUST(e->last == NO_SLOT || free_state(p, e->last, 1), "an event's state lies outside the state");
    MUST(e->cooldown >= 0, "an event's cooldown is below 0");
    PASS(check_effects(p, &e->effects, 1));
    return check_evidence(p, &e->evidence);
}

static const char *check_table_of_play(const struct program *p)
{
    for (int i = 0; i < p->seats; i++)
        PASS(check_seat(p, &p->seat[i]));
    for (int i = 0; i < p->moves; i++)
        PASS(check_move(p, &p->move[i]));
    for (int i = 0; i < p->events; i++)
        PASS(check_event(p, &p->event[i]));
    MUST(p->sealed || p->seats == 0 || p->order, "the order of seats is missing");
    for (int i = 0; !p->sealed && i < p->seats; i++)
        MUST(p->order[i] >= 0 && p->order[i] < p->seats, "the order names no known seat");
    for (int i = 0; i < p->endings; i++) {
        const struct ending *e = &p->ending[i];
        PASS(check_ref(p, e->when));
        MUST(e->name && (e->worth || p->seats == 0), "an ending has no name or no worth");
        for (int s = 0; s < p->seats; s++)
            PASS(check_ref(p, e->worth[s]));
    }
    for (int i = 0; i < p->questions; i++)
        PASS(check_ref(p, p->question[i].true_when));
    return NULL;
}

/* --- plays, claims, comparisons ----------------------------------------------------------------------------------------------- */

static const char *check_play(const struct program *p, const struct play *y)
{
    MUST(y->name && y->turns >= 0 && (y->seat || p->seats == 0), "a play is broken");
    for (int s = 0; s < p->seats; s++) {
        const struct play_seat *x = &y->seat[s];
        MUST(given(x->turn, x->turns), "a play's turns are missing");
        for (int i = 0; i < x->turns; i++)
            PASS(check_rows(p, x->turn[i].row, x->turn[i].rows));
        PASS(check_rules(p, x->rule, x->rules));
    }
    return NULL;
}

static bool is_value(const struct program *p, int quantity, int element)
{
    return quantity >= 0 && quantity < p->quantities && element >= 0 && element < p->quantity[quantity].count;
}

static const char *check_claim(const struct program *p, const struct claim *c)
{
    MUST(c->name && code_given(c->expect), "a claim has no name or nothing to expect");
    PASS(check_ref(p, c->expect));
    PASS(check_evidence(p, &c->evidence));
    MUST(given(c->sample, c->samples), "a claim's samples are missing");
    for (int i = 0; i < c->samples; i++) {
        const struct sample *s = &c->sample[i];
        MUST((unsigned)s->kind <= SAMPLE_LEAST && s->play >= -1 && s->play < p->plays && is_value(p, s->quantity, s->element), "a sample is of nothing known");
        MUST(s->from >= 0 && s->to >= -1 && inside(s->slot, 1, p->work_first, p->slots), "a sample's moment or slot is out of range");
    }
    return NULL;
}

static const char *check_scripts(const struct program *p)
{
    for (int i = 0; i < p->plays; i++)
        PASS(check_play(p, &p->play[i]));
    for (int i = 0; i < p->claims; i++)
        PASS(check_claim(p, &p->claim[i]));
    for (int i = 0; i < p->compares; i++) {
        const struct compare *c = &p->compare[i];
        MUST(c->name && is_value(p, c->quantity, c->element) && c->play >= -1 && c->play < p->plays && given(c->at, c->count), "a comparison is of nothing known");
    }
    for (int i = 0; i < p->openings; i++)
        MUST(p->opening[i].name && p->opening[i].turn >= 0 && p->opening[i].turns >= 0 && p->opening[i].play >= -1 && p->opening[i].play < p->plays,
             "an opening is out of range");
    return NULL;
}

const char *program_verify(const struct program *p)
{
    PASS(check_regions(p));
    PASS(check_time(&p->time));
    PASS(check_arrays(p));
    PASS(check_tables(p));
    PASS(check_code(p));
    PASS(check_sets(p));
    PASS(check_parameters(p));
    for (int i = 0; i < p->quantities; i++)
        PASS(check_quantity(p, &p->quantity[i]));
    PASS(check_words(p));
    PASS(check_flows(p));
    PASS(check_table_of_play(p));
    return check_scripts(p);
}
