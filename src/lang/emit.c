/* lang/emit.c — expressions to instructions, once for every element.
 *
 * Values are shared within a block (the same operation on the same slots is done once), constants are folded, and an auxiliary is
 * worked out the moment something needs it, so a block comes out in order and a ring of auxiliaries is found with its path. An
 * operation that can fail carries the guard of the branch it stands in.
 */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "code/operands.h"
#include "lang/emit_private.h"

enum { MOST_EMITTED = 1 << 25 };

/* --- slots ------------------------------------------------------------------------------------------------------------------ */
uint32_t constant(struct model *m, double x)
{
    if (x == 0)
        x = 0;                                           /* one zero */
    uint64_t hash;
    memcpy(&hash, &x, sizeof x);
    hash = (hash ^ hash >> 31) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    uint32_t from = 0;
    for (int i; (i = index_next(&m->constant_index, hash, &from)) >= 0;)
        if (memcmp(&m->constants.at[i], &x, sizeof x) == 0)
            return slot_in(REGION_CONSTANT, (uint32_t)i);
    index_add(m->a, &m->constant_index, hash, m->constants.count);
    *LIST_ADD(m->a, m->constants) = x;
    return slot_in(REGION_CONSTANT, (uint32_t)m->constants.count - 1);
}

bool constant_value(const struct model *m, uint32_t slot, double *x)
{
    if (slot_region(slot) != REGION_CONSTANT)
        return false;
    *x = m->constants.at[slot_number(slot)];
    return true;
}

/* What a scenario asks for is counted while it is emitted: a few lines over large sets would otherwise run for hours before anybody
 * counted. After the finding nothing more is emitted, and no slot is handed out. */
static bool too_big(struct model *m, const char *what, long most)
{
    if (!m->too_big)
        diag_error(m->d, m->root->at, D_TOO_BIG, "the scenario unrolls to more than %ld %s; make sets smaller, or horizons and delays shorter", most, what);
    return m->too_big = true;
}

uint32_t new_state(struct model *m, uint32_t count, const char *name)
{
    if (m->too_big || (m->state_slots + count > MOST_SLOTS && too_big(m, "slots", MOST_SLOTS)))
        return slot_in(REGION_STATE, 0);
    uint32_t const first = m->state_slots;
    m->state_slots += count;
    for (uint32_t i = 0; i < count; i++)
        *LIST_ADD(m->a, m->state_names) = name == NULL ? NULL : count == 1 ? name : arena_printf(m->a, "%s.%u", name, i);
    return slot_in(REGION_STATE, first);
}

uint32_t new_work(struct model *m, uint32_t count)
{
    if (m->too_big || (m->work_slots + count > MOST_SLOTS && too_big(m, "slots", MOST_SLOTS)))
        return slot_in(REGION_WORK, 0);
    uint32_t const first = m->work_slots;
    m->work_slots += count;
    return slot_in(REGION_WORK, first);
}

struct builder *new_builder(struct model *m)
{
    struct builder *const b = ARENA_NEW(m->a, struct builder);
    b->block = m->builders.count;
    *LIST_ADD(m->a, m->builders) = b;
    return b;
}

uint32_t new_origin(struct model *m, const char *what, const struct node *n)
{
    struct origin *const o = LIST_ADD(m->a, m->origins);
    o->what = what;
    o->path = "";
    if (n != NULL)
        node_place(m, n, &o->path, &o->line);
    return (uint32_t)m->origins.count - 1;
}

int new_stream(struct model *m, const char *name, bool every_step)
{
    *LIST_ADD(m->a, m->streams) = (struct stream){.name = name, .hash = text_hash(name), .every_step = every_step};
    return m->streams.count - 1;
}

/* --- instructions ---------------------------------------------------------------------------------------------------------------- */
static bool can_fail(enum op op)
{
    switch (op) {
    case OP_DIV: case OP_POW: case OP_SQRT: case OP_EXP: case OP_LN: case OP_LOG10: case OP_ASIN: case OP_ACOS: case OP_MOD: case OP_GATHER:
    case OP_BEST: case OP_POISSON: case OP_FINITE:
        return true;
    default:
        return false;
    }
}

static uint32_t guard_slot(struct scope *s, struct guard *g)
{
    if (g == NULL)
        return s->m->one;
    if (g->slot != NO_SLOT)
        return g->slot;
    struct guard *const inner = s->guard;
    s->guard = NULL;
    uint32_t const own = g->negated ? emit_pure(s, OP_NOT, g->condition, 0, 0) : g->condition;
    g->slot = g->outer == NULL ? own : emit_pure(s, OP_AND, guard_slot(s, (struct guard *)g->outer), own, 0);
    s->guard = inner;
    return g->slot;
}

static struct instr *add_instr(struct scope *s, enum op op, uint32_t d, uint32_t a, uint32_t b, uint32_t c, uint32_t e, uint32_t guard)
{
    struct instr *const i = LIST_ADD(s->m->a, s->builder->code);
    *i = (struct instr){.op = (uint16_t)op, .origin = s->origin, .d = d, .a = a, .b = b, .c = c, .e = e, .guard = guard};
    return i;
}

void emit_op(struct scope *s, enum op op, uint32_t d, uint32_t a, uint32_t b, uint32_t c, uint32_t e)
{
    if (!s->m->too_big)
        add_instr(s, op, d, a, b, c, e, can_fail(op) ? guard_slot(s, s->guard) : s->m->one);
}

/* What comes of constants, if that is certain and does not fail. */
static bool fold(const struct model *m, enum op op, uint32_t a, uint32_t b, uint32_t c, double *x)
{
    double p, q = 0, r = 0;
    if (!constant_value(m, a, &p))
        return false;
    bool const has_q = constant_value(m, b, &q), has_r = constant_value(m, c, &r);
    switch (op) {
    case OP_NEG: *x = -p; return true;
    case OP_NOT: *x = p == 0; return true;
    case OP_ABS: *x = p < 0 ? -p : p; return true;
    case OP_FLOOR: *x = pm_floor(p); return true;
    case OP_ROUND: *x = pm_round(p); return true;
    case OP_TRUNC: *x = pm_trunc(p); return true;
    case OP_SQRT: *x = p < 0 ? 0 : pm_sqrt(p); return p >= 0;
    case OP_EXP: *x = pm_exp(p); return p < 700;
    case OP_LN: *x = p > 0 ? pm_ln(p) : 0; return p > 0;
    default: break;
    }
    if (!has_q)
        return false;
    switch (op) {
    case OP_ADD: *x = p + q; return true;
    case OP_SUB: *x = p - q; return true;
    case OP_MUL: *x = p * q; return true;
    case OP_DIV: *x = q != 0 ? p / q : 0; return q != 0;
    case OP_POW: *x = p > 0 ? pm_pow(p, q) : 0; return p > 0;
    case OP_MIN: *x = p < q ? p : q; return true;
    case OP_MAX: *x = p > q ? p : q; return true;
    case OP_EQ: *x = p == q; return true;
    case OP_NE: *x = p != q; return true;
    case OP_LT: *x = p < q; return true;
    case OP_LE: *x = p <= q; return true;
    case OP_AND: *x = p != 0 && q != 0; return true;
    case OP_OR: *x = p != 0 || q != 0; return true;
    case OP_SELECT: *x = p != 0 ? q : r; return has_r;
    default: return false;
    }
}

static uint64_t mix_instr(const struct instr *i)
{
    uint64_t h = i->op;
    uint32_t const part[] = {i->a, i->b, i->c, i->e, i->guard};
    for (int k = 0; k < 5; k++)
        h = (h ^ part[k]) * 0x9e3779b97f4a7c15u, h ^= h >> 29;
    return h;
}

static void cse_grow(struct model *m, struct builder *b)
{
    uint32_t const room = b->cse.room == 0 ? 64 : b->cse.room * 2;
    uint32_t *const table = ARENA_ARRAY(m->a, room, uint32_t);           /* instruction index + 1; 0 free */
    for (uint32_t k = 0; k < b->cse.room; k++)
        if (b->cse.table[k] != 0) {
            uint64_t h = mix_instr(&b->code.at[b->cse.table[k] - 1]);
            while (table[h & (room - 1)] != 0)
                h++;
            table[h & (room - 1)] = b->cse.table[k];
        }
    b->cse.table = table;
    b->cse.room = room;
}

/* What hangs on parameters alone stays where it is put, so that the engine can work it out once for all steps of a turn; other parts of
 * expressions share their places. */
static bool is_fixed(const struct model *m, uint32_t slot)
{
    if (slot_region(slot) == REGION_CONSTANT || slot_region(slot) == REGION_PARAMETER)
        return true;
    int low = 0, high = m->fixed.count;
    while (low < high) {
        int const middle = (low + high) / 2;
        if (m->fixed.at[middle] == slot)
            return true;
        if (m->fixed.at[middle] < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool slots_alone(enum op op)                      /* its operands are slots that it reads, and its result is one value */
{
    switch (op) {
    case OP_ADD: case OP_SUB: case OP_MUL: case OP_DIV: case OP_NEG: case OP_POW: case OP_ABS: case OP_SQRT: case OP_EXP: case OP_LN: case OP_LOG10:
    case OP_MIN: case OP_MAX: case OP_SELECT: case OP_RATIO: case OP_LT: case OP_LE: case OP_EQ: case OP_NE: case OP_AND: case OP_OR: case OP_NOT:
        return true;
    default:
        return false;
    }
}

static uint32_t place_for(struct scope *s, const struct instr *key)
{
    struct model *const m = s->m;
    bool fixed = s->builder == m->builders.at[BLOCK_AUX] && slots_alone((enum op)key->op) && is_fixed(m, key->a) && is_fixed(m, key->guard);
    struct operands const o = fixed ? operands_of(key->op) : (struct operands){0};
    for (int k = 1; k < o.count; k++)
        fixed = fixed && is_fixed(m, operand_at(key, k));
    if (!fixed)
        return slot_in(REGION_TEMP, s->builder->temps++);
    uint32_t const slot = new_work(m, 1);
    *LIST_ADD(m->a, m->fixed) = slot;
    return slot;
}

uint32_t emit_shared(struct scope *s, enum op op, uint32_t a, uint32_t b, uint32_t c, uint32_t e)
{
    double x;
    if (s->m->too_big)
        return s->m->one;
    if (fold(s->m, op, a, b, c, &x) && x - x == 0)
        return constant(s->m, x);
    uint32_t const guard = can_fail(op) ? guard_slot(s, s->guard) : s->m->one;
    struct builder *const w = s->builder;
    struct instr const key = {.op = (uint16_t)op, .a = a, .b = b, .c = c, .e = e, .guard = guard};
    if (w->cse.used * 2 >= w->cse.room)
        cse_grow(s->m, w);
    uint64_t h = mix_instr(&key);
    for (; w->cse.table[h & (w->cse.room - 1)] != 0; h++) {
        const struct instr *const i = &w->code.at[w->cse.table[h & (w->cse.room - 1)] - 1];
        if (i->op == op && i->a == a && i->b == b && i->c == c && i->e == e && i->guard == guard)
            return i->d;
    }
    if (++s->m->instructions > MOST_CODE && too_big(s->m, "instructions", MOST_CODE))
        return s->m->one;
    uint32_t const d = place_for(s, &key);
    add_instr(s, op, d, a, b, c, e, guard);
    w->cse.table[h & (w->cse.room - 1)] = (uint32_t)w->code.count;
    w->cse.used++;
    return d;
}

uint32_t emit_pure(struct scope *s, enum op op, uint32_t a, uint32_t b, uint32_t c) { return emit_shared(s, op, a, b, c, 0); }

void emit_into(struct scope *s, uint32_t slot, const struct expr *e)
{
    uint32_t const r = emit(s, e);
    struct builder *const b = s->builder;
    struct instr *const last = b->code.count > 0 ? &b->code.at[b->code.count - 1] : NULL;
    bool const fixed = s->m->fixed.count > 0 && s->m->fixed.at[s->m->fixed.count - 1] == r;
    if ((slot_region(r) == REGION_TEMP || fixed) && last != NULL && last->d == r) {
        last->d = slot;                                  /* nobody has read it yet: write it where it belongs */
        if (fixed && slot_number(r) + 1 == s->m->work_slots)
            s->m->fixed.count--, s->m->work_slots--;
    }
    else
        emit_op(s, OP_COPY, slot, r, 0, 0, 0);
}

/* --- elements --------------------------------------------------------------------------------------------------------------------------- */
/* A table that maps places in one set to places in another (-1 where there is none). */
static int map_table(struct model *m, int from, int to)
{
    int const n = m->sets.at[from].count;
    double *const x = ARENA_ARRAY(m->a, n + 1, double), *const y = ARENA_ARRAY(m->a, n + 1, double);
    for (int i = 0; i < n; i++) {
        x[i] = i;
        y[i] = element_in(m, from, i, to);
    }
    *LIST_ADD(m->a, m->tables) = (struct table){.x = x, .y = y, .count = n};
    return m->tables.count - 1;
}

struct which emit_which(struct scope *s, const struct expr *e, int set)
{
    struct model *const m = s->m;
    struct which w = {0};
    int home = e->set;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_BOUND) {
        const struct bound *const b = &s->bound[scope_find(s, e->name)];
        w = (struct which){.runtime = b->runtime, .element = b->element, .slot = b->slot};
        home = b->set;
    } else if (e->symbol == SYMBOL_ELEMENT && (e->kind == EX_NAME || e->kind == EX_NUMBER)) {
        w.element = e->index;
    } else {
        double x;
        w.slot = emit(s, e);
        w.runtime = !constant_value(m, w.slot, &x);
        w.element = w.runtime || m->too_big ? 0 : (int)x;
    }
    if (home == set)
        return w;
    if (w.runtime)
        w.slot = emit_shared(s, OP_HOLD, w.slot, (uint32_t)map_table(m, home, set), 0, 0);
    else
        w.element = element_in(m, home, w.element, set);
    if (!w.runtime && w.element < 0) {                    /* bound over the whole, asked of a part */
        diag_error(m->d, e->at, D_UNKNOWN_ELEMENT, "'%s' does not belong to '%s' for every element; go over the part instead", e->name != NULL ? e->name : "this", m->sets.at[set].name);
        w.element = 0;
    }
    return w;
}

/* The slot of name[…]: at once if all subscripts are known, else gathered lane by lane. ensure is called for what may be read. */
static uint32_t subscripted(struct scope *s, const struct expr *e, uint32_t first, int dims, const int *dim, void (*ensure)(struct scope *s, int what, int element), int what)
{
    struct model *const m = s->m;
    int stride[MOST_DIMS], flat = 0, runtimes = 0, count = 1, last = 0;
    struct which w[MOST_DIMS];
    for (int i = dims - 1; i >= 0; i--) {
        stride[i] = count;
        count *= m->sets.at[dim[i]].count;
    }
    for (int i = 0; i < dims; i++) {
        w[i] = emit_which(s, e->arg[i], dim[i]);
        if (w[i].runtime)
            runtimes++, last = i;
        else
            flat += w[i].element * stride[i];
    }
    if (runtimes == 0) {
        ensure(s, what, flat);
        return first + (uint32_t)flat;
    }
    for (int k = 0; k < count; k++)
        ensure(s, what, k);
    if (runtimes == 1)
        return emit_shared(s, OP_GATHER, w[last].slot, first + (uint32_t)flat, (uint32_t)stride[last], (uint32_t)m->sets.at[dim[last]].count);
    uint32_t sum = constant(m, flat);
    for (int i = 0; i < dims; i++)
        if (w[i].runtime)
            sum = emit_pure(s, OP_ADD, sum, emit_pure(s, OP_MUL, w[i].slot, constant(m, stride[i]), 0), 0);
    return emit_shared(s, OP_GATHER, sum, first, 1, (uint32_t)count);
}

/* --- what must be there first --------------------------------------------------------------------------------------------------------------- */
static struct scope element_scope(struct model *m, int dims, const int *dim, const char *const *dim_name, int element, enum stands place, struct builder *b)
{
    struct scope s = {.m = m, .place = place, .builder = b};
    int at[MOST_DIMS];
    element_split(m, dims, dim, element, at);
    for (int i = 0; i < dims; i++) {
        scope_bind(&s, dim_name != NULL ? dim_name[i] : m->sets.at[dim[i]].name, dim[i]);
        s.bound[i].element = at[i];
    }
    return s;
}

static void report_cycle(struct model *m, int quantity, int element)
{
    struct text t;
    text_init(&t, m->a);
    int from = 0;
    for (int i = 0; i < m->path.count; i++)
        if (m->path.at[i] == quantity && m->path_element.at[i] == element)
            from = i;
    for (int i = from; i < m->path.count; i++) {
        const struct m_quantity *const q = &m->quantities.at[m->path.at[i]];
        text_addf(&t, "%s -> ", element_words(m, q->name, q->dims, q->dim, m->path_element.at[i]));
    }
    const struct m_quantity *const q = &m->quantities.at[quantity];
    text_add(&t, element_words(m, q->name, q->dims, q->dim, element));
    bool starting = false;                              /* what a memory holds at the start is asked for */
    for (int i = 0; i < m->memories.count; i++)
        starting |= m->memories.at[i].starting;
    diag_error(m->d, q->key->at, D_CYCLE, "each of these needs the next one first: %s; %s", t.at,
               starting ? "at the start even previous(x) is x: write if turn = 0 then … else previous(x), or delay(x, t, first)" : "a stock, previous(…) or delay(…) must stand somewhere in the ring");
}

static void emit_median_draw(struct scope *s, uint32_t slot, const struct expr *e);

static void emit_element(struct model *m, int quantity, int element, int block)
{
    struct m_quantity *const q = &m->quantities.at[quantity];
    struct builder *const b = m->builders.at[block];
    bool const at_start = block == BLOCK_START;
    struct scope s = element_scope(m, q->dims, q->dim, q->dim_name, element, at_start ? PLACE_START : PLACE_MODEL, b);
    s.at_start = at_start;
    s.what = element_words(m, q->name, q->dims, q->dim, element);
    const struct choice *const main = q->main != NULL ? &q->main[element] : NULL;
    s.origin = new_origin(m, at_start && q->kind == Q_STOCK ? arena_printf(m->a, "start of %s", s.what) : s.what, main != NULL ? main->node : q->key);
    uint32_t const slot = q->first + (uint32_t)element;
    if (q->kind == Q_DATA) {
        uint32_t const table = (uint32_t)q->table[element];
        emit_op(&s, q->data_linear[element] ? OP_LOOKUP : OP_HOLD, slot, m->p->time_slot, table, 0, 0);
        return;
    }
    if (main == NULL || main->expr == NULL)
        return;
    *LIST_ADD(m->a, m->path) = quantity;
    *LIST_ADD(m->a, m->path_element) = element;
    if (q->kind == Q_DRAW)
        emit_median_draw(&s, slot, main->expr);
    else
        emit_into(&s, slot, main->expr);
    if (q->type == TYPE_NUMBER)
        emit_op(&s, OP_FINITE, slot, 0, 0, 0, 0);
    m->path.count--;
    m->path_element.count--;
}

/* Draws of a step are taken before its auxiliaries; what they hang on is worked out in their own block too, or they would see the step
 * before. */
void ensure_quantity(struct scope *s, int quantity, int element)
{
    struct m_quantity *const q = &s->m->quantities.at[quantity];
    bool const worked = q->kind == Q_AUX || q->kind == Q_DATA;
    if (!s->at_start && !worked)
        return;
    int const block = s->at_start ? BLOCK_START : s->builder == s->m->builders.at[BLOCK_STEP_DRAWS] ? BLOCK_STEP_DRAWS : BLOCK_AUX;
    unsigned char *const state = block == BLOCK_START ? &q->in_start[element] : block == BLOCK_AUX ? &q->in_aux[element] : &q->in_draws[element];
    if (*state == 2)
        return;
    if (*state == 1) {
        report_cycle(s->m, quantity, element);
        *state = 2;
        return;
    }
    *state = 1;
    emit_element(s->m, quantity, element, block);
    *state = 2;
}

static void ensure_parameter(struct scope *s, int parameter, int element)
{
    struct model *const m = s->m;
    struct m_parameter *const p = &m->parameters.at[parameter];
    if (p->is == NULL || p->state[element] == 2)
        return;
    if (p->state[element] == 1) {
        diag_error(m->d, p->key->at, D_CYCLE, "'%s' hangs on itself; a parameter is worked out from others", p->name);
        p->state[element] = 2;
        return;
    }
    p->state[element] = 1;
    struct scope own = element_scope(m, p->dims, p->dim, p->dim_name, element, PLACE_PARAMETER, m->builders.at[BLOCK_PARAMETERS]);
    own.what = element_words(m, p->name, p->dims, p->dim, element);
    own.origin = new_origin(m, own.what, p->is[element].node != NULL ? p->is[element].node : p->key);
    if (p->is[element].expr != NULL) {
        emit_into(&own, p->first + (uint32_t)element, p->is[element].expr);
        emit_op(&own, OP_FINITE, p->first + (uint32_t)element, 0, 0, 0, 0);
    }
    p->state[element] = 2;
}

void ensure_all(struct model *m)
{
    struct scope s = {.m = m, .builder = m->builders.at[BLOCK_PARAMETERS]};
    for (int i = 0; i < m->parameters.count; i++)
        for (int k = 0; k < m->parameters.at[i].count && m->parameters.at[i].is != NULL; k++)
            ensure_parameter(&s, i, k);
    s.builder = m->builders.at[BLOCK_START];
    s.at_start = true;
    for (int i = 0; i < m->quantities.count; i++)
        for (int k = 0; k < m->quantities.at[i].count; k++)
            ensure_quantity(&s, i, k);
    s.builder = m->builders.at[BLOCK_AUX];
    s.at_start = false;
    for (int i = 0; i < m->quantities.count; i++)
        for (int k = 0; k < m->quantities.at[i].count; k++)
            ensure_quantity(&s, i, k);
}

/* --- networks -------------------------------------------------------------------------------------------------------------------------------------- */
static uint32_t linked_sum(struct scope *s, const struct expr *e, const struct network *n, int element)
{
    struct model *const m = s->m;
    bool const clients = e->index == FN_clients;
    int const place = s->bounds, other = clients ? n->from : n->to;
    uint32_t sum = NO_SLOT;
    scope_bind(s, m->sets.at[other].name, other);
    for (int i = 0; i < n->links.count; i++) {
        const struct link l = n->links.at[i];
        if ((clients ? l.to : l.from) != element)
            continue;
        s->bound[place].element = clients ? l.from : l.to;
        uint32_t x = emit(s, e->arg[1]);
        if (l.weight != 1)
            x = emit_pure(s, OP_MUL, x, constant(m, l.weight), 0);
        sum = sum == NO_SLOT ? x : emit_pure(s, OP_ADD, sum, x, 0);
    }
    s->bounds = place;
    return sum == NO_SLOT ? constant(m, 0) : sum;
}

static uint32_t network_value(struct scope *s, const struct expr *e, const struct network *n, int element)
{
    if (e->index == FN_degree || e->index == FN_betweenness)
        return constant(s->m, (e->index == FN_degree ? n->degree : n->betweenness)[element]);
    return linked_sum(s, e, n, element);
}

static uint32_t network_function(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    const struct network *const n = &m->networks.at[e->arg[0]->index];
    int const set = e->index == FN_clients ? n->to : n->from;
    struct which const own = emit_outer(s, e, set);
    if (!own.runtime)
        return network_value(s, e, n, own.element);
    uint32_t const count = (uint32_t)m->sets.at[set].count, first = new_work(m, count);
    for (uint32_t i = 0; i < count; i++)                 /* a chosen target: the value of each, of which one is taken */
        emit_op(s, OP_COPY, first + i, network_value(s, e, n, (int)i), 0, 0, 0);
    return emit_shared(s, OP_GATHER, own.slot, first, 1, count);
}

/* --- functions ------------------------------------------------------------------------------------------------------------------------------------ */
static uint32_t move_value(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    const struct m_move *const mv = &m->moves.at[e->arg[0]->index];
    enum move_slot const what = e->index == FN_level ? MOVE_LEVEL : e->index == FN_in_force ? MOVE_ON : e->index == FN_threatened ? MOVE_THREAT : e->index == FN_times ? MOVE_TIMES : MOVE_SINCE;
    uint32_t const first = mv->state + (uint32_t)what;
    uint32_t x;
    if (mv->target < 0)
        x = first;
    else if (e->args == 2) {
        struct which const w = emit_which(s, e->arg[1], mv->target);
        x = w.runtime ? emit_shared(s, OP_GATHER, w.slot, first, MOVE_SLOTS, (uint32_t)mv->targets) : first + (uint32_t)w.element * MOVE_SLOTS;
    } else {
        x = first;
        for (int i = 1; i < mv->targets; i++)
            x = emit_pure(s, what == MOVE_TIMES ? OP_ADD : OP_MAX, x, first + (uint32_t)i * MOVE_SLOTS, 0);
    }
    if (e->index == FN_threatened)
        return emit_pure(s, OP_LE, constant(m, 0), x, 0);
    if (e->index != FN_turns_since)
        return x;
    double const never = 1e308 * 10;                      /* infinite */
    return emit_pure(s, OP_SELECT, emit_pure(s, OP_LT, x, constant(m, 0), 0), constant(m, never), emit_pure(s, OP_SUB, m->p->turn_slot, x, 0));
}

static uint32_t time_function(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    uint32_t const now = m->p->time_slot, zero = constant(m, 0), a = emit(s, e->arg[0]);
    if (e->index == FN_elapsed) {
        uint32_t const length = constant(m, m->p->time.turn);
        uint32_t const after = emit_pure(s, OP_SUB, emit_pure(s, OP_ADD, m->p->turn_start_slot, length, 0), a, 0);
        return emit_pure(s, OP_MIN, emit_pure(s, OP_MAX, emit_pure(s, OP_DIV, after, length, 0), zero, 0), m->one, 0);
    }
    uint32_t const b = emit(s, e->arg[1]), since = emit_pure(s, OP_LE, a, now, 0);
    if (e->index == FN_step)
        return emit_pure(s, OP_SELECT, since, b, zero);
    uint32_t const c = emit(s, e->arg[2]);
    if (e->index == FN_pulse)
        return emit_pure(s, OP_SELECT, emit_pure(s, OP_AND, since, emit_pure(s, OP_LT, now, emit_pure(s, OP_ADD, a, c, 0), 0), 0), b, zero);
    uint32_t const held = emit_pure(s, OP_MIN, emit_pure(s, OP_MAX, now, a, 0), emit_pure(s, OP_MAX, c, a, 0), 0);
    return emit_pure(s, OP_MUL, b, emit_pure(s, OP_SUB, held, a, 0), 0);
}

/* "x" and "x#2" are streams of x; "xy" is not. */
static bool is_stream_of(const char *stream, const char *what)
{
    size_t const n = strlen(what);
    return strncmp(stream, what, n) == 0 && (stream[n] == '\0' || stream[n] == '#');
}

static uint32_t draw_function(struct scope *s, const struct expr *e)
{
    static const enum op ops[] = {OP_NORMAL, OP_UNIFORM, OP_TRIANGULAR, OP_LOGNORMAL, OP_POISSON, OP_CHANCE};
    uint32_t arg[3] = {0};
    for (int i = 0; i < e->args; i++)
        arg[i] = emit(s, e->arg[i]);
    int same = 0;                                        /* a second draw in one expression has a stream of its own */
    for (int i = 0; i < s->m->streams.count; i++)
        same += is_stream_of(s->m->streams.at[i].name, s->what) && s->builder->block == (s->m->streams.at[i].every_step ? BLOCK_STEP_DRAWS : BLOCK_TURN_DRAWS);
    const char *const name = arena_printf(s->m->a, same > 0 ? "%s#%d" : "%s", s->what, same + 1);
    uint32_t const stream = (uint32_t)new_stream(s->m, name, s->builder->block == BLOCK_STEP_DRAWS), d = slot_in(REGION_TEMP, s->builder->temps++);
    enum op const op = ops[e->index - FN_normal];
    if (e->args == 1)
        emit_op(s, op, d, arg[0], stream, 0, 0);
    else if (e->args == 2)
        emit_op(s, op, d, arg[0], arg[1], stream, 0);
    else
        emit_op(s, op, d, arg[0], arg[1], arg[2], stream);
    return d;
}

static uint32_t emit_call(struct scope *s, const struct expr *e)
{
    static const struct { int function; enum op op; } simple[] = {
        {FN_abs, OP_ABS}, {FN_floor, OP_FLOOR}, {FN_round, OP_ROUND}, {FN_trunc, OP_TRUNC}, {FN_sign, OP_SIGN}, {FN_sqrt, OP_SQRT}, {FN_exp, OP_EXP},
        {FN_ln, OP_LN}, {FN_log10, OP_LOG10}, {FN_sin, OP_SIN}, {FN_cos, OP_COS}, {FN_tan, OP_TAN}, {FN_asin, OP_ASIN}, {FN_acos, OP_ACOS},
        {FN_atan, OP_ATAN}, {FN_sigmoid, OP_SIGMOID}, {FN_mod, OP_MOD}, {FN_min, OP_MIN}, {FN_max, OP_MAX}, {FN_ratio, OP_RATIO}};
    struct model *const m = s->m;
    int const f = e->index;
    if (f >= FN_level && f <= FN_times)
        return move_value(s, e);
    if (f >= FN_promised && f <= FN_deals)
        return emit_promise(s, e);
    if (f >= FN_delay && f <= FN_sample)
        return emit_memory(s, e);
    if (f >= FN_step && f <= FN_elapsed)
        return time_function(s, e);
    if (f >= FN_normal && f <= FN_chance)
        return draw_function(s, e);
    if (f >= FN_neighbours && f <= FN_betweenness)
        return network_function(s, e);
    if (s->place == PLACE_CLAIM)
        for (int i = 0; i < s->claim->samples.count; i++)
            if (s->claim->samples.at[i].text == e->name)   /* made by plays.c: the call's own text names it */
                return s->claim->samples.at[i].slot;
    if (f == FN_size)
        return constant(m, m->sets.at[e->arg[0]->index].count);
    if (f == FN_index) {
        struct which const w = emit_which(s, e->arg[0], e->arg[0]->set);
        return w.runtime ? emit_pure(s, OP_ADD, w.slot, m->one, 0) : constant(m, w.element + 1);
    }
    if (f == FN_lookup)
        return emit_shared(s, OP_LOOKUP, emit(s, e->arg[0]), (uint32_t)m->parameters.at[e->arg[1]->index].table, 0, 0);
    if (f == FN_clamp) {
        uint32_t const x = emit(s, e->arg[0]), low = emit(s, e->arg[1]);
        return emit_pure(s, OP_MIN, emit_pure(s, OP_MAX, x, low, 0), emit(s, e->arg[2]), 0);
    }
    uint32_t x = emit(s, e->arg[0]);
    for (size_t i = 0; i < sizeof simple / sizeof simple[0]; i++) {
        if (simple[i].function != f)
            continue;
        if (e->args == 1 && (f == FN_min || f == FN_max))
            return x;
        if (e->args == 1)
            return emit_pure(s, simple[i].op, x, 0, 0);
        if (f == FN_ratio) {
            uint32_t const b = emit(s, e->arg[1]);
            return emit_pure(s, OP_RATIO, x, b, emit_guarded(s, e->arg[2], b, true));
        }
        for (int k = 1; k < e->args; k++)
            x = emit_pure(s, simple[i].op, x, emit(s, e->arg[k]), 0);
        return x;
    }
    return constant(m, 0);                               /* a call that types.c found wrong: no code of it is ever run */
}

/* At the start a draw stands at its median: the same expression with each draw replaced. */
static uint32_t median_of(struct scope *s, const struct expr *e)
{
    uint32_t const a = emit(s, e->arg[0]), half = constant(s->m, 0.5);
    switch (e->index) {
    case FN_normal: return a;
    case FN_uniform: return emit_pure(s, OP_MUL, emit_pure(s, OP_ADD, a, emit(s, e->arg[1]), 0), half, 0);
    case FN_lognormal: return emit_pure(s, OP_EXP, a, 0, 0);
    case FN_chance: return emit_pure(s, OP_LT, half, a, 0);
    case FN_poisson: return emit_pure(s, OP_FLOOR, emit_pure(s, OP_ADD, a, constant(s->m, 1.0 / 3), 0), 0, 0);
    default: break;
    }
    uint32_t const mode = emit(s, e->arg[1]), high = emit(s, e->arg[2]);
    uint32_t const middle = emit_pure(s, OP_MUL, emit_pure(s, OP_ADD, a, high, 0), half, 0), width = emit_pure(s, OP_SUB, high, a, 0);
    uint32_t const below = emit_pure(s, OP_SUB, high, emit_pure(s, OP_SQRT, emit_pure(s, OP_MUL, emit_pure(s, OP_MUL, width, emit_pure(s, OP_SUB, high, mode, 0), 0), half, 0), 0, 0), 0);
    uint32_t const above = emit_pure(s, OP_ADD, a, emit_pure(s, OP_SQRT, emit_pure(s, OP_MUL, emit_pure(s, OP_MUL, width, emit_pure(s, OP_SUB, mode, a, 0), 0), half, 0), 0, 0), 0);
    return emit_pure(s, OP_SELECT, emit_pure(s, OP_LE, middle, mode, 0), above, below);
}

static void emit_median_draw(struct scope *s, uint32_t slot, const struct expr *e)
{
    s->place = PLACE_DRAW;
    emit_into(s, slot, e);
}

/* --- operators --------------------------------------------------------------------------------------------------------------------------------------- */
uint32_t emit_guarded(struct scope *s, const struct expr *e, uint32_t condition, bool negated)
{
    struct guard g = {.outer = s->guard, .condition = condition, .negated = negated, .slot = NO_SLOT};
    s->guard = &g;
    uint32_t const x = emit(s, e);
    s->guard = (struct guard *)g.outer;
    return x;
}

static uint32_t same_element(struct scope *s, const struct expr *a, const struct expr *b)
{
    int const set = b->set >= 0 && s->m->sets.at[a->set].parent < 0 ? a->set : b->set;
    int top = set;
    while (s->m->sets.at[top].parent >= 0)
        top = s->m->sets.at[top].parent;
    struct which const x = emit_which(s, a, top), y = emit_which(s, b, top);
    return emit_pure(s, OP_EQ, x.runtime ? x.slot : constant(s->m, x.element), y.runtime ? y.slot : constant(s->m, y.element), 0);
}

static uint32_t emit_equal(struct scope *s, const struct expr *a, const struct expr *b)
{
    if (a->type == TYPE_ELEMENT)
        return same_element(s, a, b);
    uint32_t x = emit(s, a), y = emit(s, b);
    return emit_pure(s, OP_EQ, x, y, 0);
}

static uint32_t emit_binary(struct scope *s, const struct expr *e)
{
    const struct expr *const l = e->arg[0], *const r = e->arg[1];
    double known;
    if (e->op == BIN_AND || e->op == BIN_OR) {
        uint32_t const a = emit(s, l);
        bool const or = e->op == BIN_OR;
        if (constant_value(s->m, a, &known))
            return (known != 0) == or ? a : emit(s, r);
        return emit_pure(s, or ? OP_OR : OP_AND, a, emit_guarded(s, r, a, or), 0);
    }
    if (e->op == BIN_EQ || e->op == BIN_NE) {
        uint32_t const same = emit_equal(s, l, r);
        return e->op == BIN_EQ ? same : emit_pure(s, OP_NOT, same, 0, 0);
    }
    uint32_t const a = emit(s, l), b = emit(s, r);
    switch (e->op) {
    case BIN_ADD: return emit_pure(s, OP_ADD, a, b, 0);
    case BIN_SUB: return emit_pure(s, OP_SUB, a, b, 0);
    case BIN_MUL: return emit_pure(s, OP_MUL, a, b, 0);
    case BIN_DIV: return emit_pure(s, OP_DIV, a, b, 0);
    case BIN_POW: return emit_pure(s, OP_POW, a, b, 0);
    case BIN_LT: return emit_pure(s, OP_LT, a, b, 0);
    case BIN_LE: return emit_pure(s, OP_LE, a, b, 0);
    case BIN_GT: return emit_pure(s, OP_LT, b, a, 0);
    case BIN_GE: return emit_pure(s, OP_LE, b, a, 0);
    case BIN_EQ: case BIN_NE: case BIN_AND: case BIN_OR: break;
    }
    return a;
}

static uint32_t emit_name(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    switch (e->symbol) {
    case SYMBOL_BOUND: {
        const struct bound *const b = &s->bound[scope_find(s, e->name)];
        return b->runtime ? b->slot : constant(m, b->element);
    }
    case SYMBOL_QUANTITY: {
        const struct m_quantity *const q = &m->quantities.at[e->index];
        return subscripted(s, e, q->first, q->dims, q->dim, ensure_quantity, e->index);
    }
    case SYMBOL_PARAMETER: {
        const struct m_parameter *const p = &m->parameters.at[e->index];
        return subscripted(s, e, p->first, p->dims, p->dim, ensure_parameter, e->index);
    }
    /* at the start both are known, so that `if turn = 0 then x else previous(…)` needs no previous there */
    case SYMBOL_TIME: return s->at_start ? constant(m, m->p->time.start) : m->p->time_slot;
    case SYMBOL_TURN: return s->at_start ? constant(m, 0) : m->p->turn_slot;
    case SYMBOL_MONTH: return m->p->month_slot;
    case SYMBOL_PI: return constant(m, 3.14159265358979323846);
    case SYMBOL_ELEMENT: return constant(m, e->index);
    case SYMBOL_NONE: case SYMBOL_TABLE: case SYMBOL_MOVE: case SYMBOL_TERM: case SYMBOL_SET: break;
    }
    return constant(m, 0);
}

static uint32_t emit_any(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    switch (e->kind) {
    case EX_NUMBER: return constant(m, e->symbol == SYMBOL_ELEMENT ? e->index : e->number);
    case EX_DATE: return constant(m, axis_of_months(m, e->number));
    case EX_TRUTH: return constant(m, e->number);
    case EX_NAME: return emit_name(s, e);
    case EX_CALL:
        if (s->at_start && s->place == PLACE_DRAW && e->index >= FN_normal && e->index <= FN_chance)
            return median_of(s, e);
        return emit_call(s, e);
    case EX_OVER:
    case EX_BEST: return emit_over(s, e);
    case EX_NEG: return emit_pure(s, OP_NEG, emit(s, e->arg[0]), 0, 0);
    case EX_NOT: return emit_pure(s, OP_NOT, emit(s, e->arg[0]), 0, 0);
    case EX_BINARY: return emit_binary(s, e);
    case EX_CONVERT: return emit_pure(s, OP_MUL, emit(s, e->arg[0]), constant(m, e->number), 0);
    case EX_IF: {
        double known;
        uint32_t const c = emit(s, e->arg[0]);
        if (constant_value(m, c, &known))
            return emit(s, e->arg[known != 0 ? 1 : 2]);
        uint32_t const a = emit_guarded(s, e->arg[1], c, false), b = emit_guarded(s, e->arg[2], c, true);
        return emit_pure(s, OP_SELECT, c, a, b);
    }
    case EX_IN: {
        uint32_t any = constant(m, 0);
        for (int i = 1; i < e->args; i++)
            any = emit_pure(s, OP_OR, any, emit_equal(s, e->arg[0], e->arg[i]), 0);
        return any;
    }
    }
    return m->one;
}

uint32_t emit(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    if (m->too_big || (++m->emitted > MOST_EMITTED && too_big(m, "terms", MOST_EMITTED)))
        return m->one;
    if (m->emitting_depth == DEPTH_MOST) {
        diag_error(m->d, e->at, D_TOO_BIG, "equations use one another in too long a row here; declare first what others use, or leave steps out");
        m->too_big = true;
        return m->one;
    }
    m->emitting_depth++;
    uint32_t const slot = emit_any(s, e);
    m->emitting_depth--;
    return slot;
}

struct code_ref emit_code(struct scope *s, const struct expr *e, bool copy)
{
    if (e == NULL)
        return NO_CODE;
    struct builder *const b = new_builder(s->m);
    s->builder = b;
    s->guard = NULL;
    uint32_t const r = emit(s, e);
    enum region const region = slot_region(r);
    if (b->code.count == 0 && region != REGION_TEMP && !(copy && region != REGION_CONSTANT && region != REGION_PARAMETER)) {
        s->m->builders.count--;                          /* nothing to run */
        return (struct code_ref){-1, r};
    }
    uint32_t const out = new_work(s->m, 1);
    emit_op(s, OP_COPY, out, r, 0, 0, 0);
    return (struct code_ref){b->block, out};
}
