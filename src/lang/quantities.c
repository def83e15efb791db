/* lang/quantities.c — parameters and quantities: their values, expressions, slots and code. */
#include <string.h>
#include "base/csv.h"
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

static struct scope scope_of(struct model *m, enum stands place, int dims, const int *dim, const char *const *dim_name, bool covered)
{
    struct scope s = {.m = m, .place = place, .covered = covered, .lint = true};
    for (int i = 0; i < dims; i++)
        scope_bind(&s, dim_name != NULL ? dim_name[i] : m->sets.at[dim[i]].name, dim[i]);
    return s;
}

const char *readable(struct model *m, const char *id)
{
    char *const t = arena_text(m->a, id);
    for (char *c = t; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    if (t[0] >= 'a' && t[0] <= 'z')
        t[0] = (char)(t[0] - 'a' + 'A');
    return t;
}

/* --- parameters ------------------------------------------------------------------------------------------------------------- */
static enum prior prior_of(struct model *m, const struct node *block)
{
    static const struct { const char *word; enum prior prior; } priors[] = {
        {"triangular", PRIOR_TRIANGULAR}, {"uniform", PRIOR_UNIFORM}, {"normal", PRIOR_NORMAL}, {"lognormal", PRIOR_LOGNORMAL}};
    const struct node *const n = node_get(block, "prior");
    for (int i = 0; n != NULL && i < 4; i++)
        if (strcmp(node_words(n, ""), priors[i].word) == 0)
            return priors[i].prior;
    if (n != NULL && m->d->errors == 0)
        diag_error(m->d, n->at, D_NOT_A_CHOICE, "a prior is triangular, uniform, normal or lognormal");
    return PRIOR_TRIANGULAR;
}

/* Reads [low, high] into e; false after a finding. */
bool read_range(struct model *m, const struct node *n, struct parameter_element *e)
{
    if (n->kind != NODE_LIST || n->count != 2) {
        diag_error(m->d, n->at, D_BAD_RANGE, "a range is two numbers, low and high, as [0.2, 0.5]");
        return false;
    }
    if (!node_number(m, n->item[0], &e->low) || !node_number(m, n->item[1], &e->high))
        return false;
    if (e->low > e->high) {
        diag_error(m->d, n->at, D_BAD_RANGE, "the range begins with its high end; write the low one first");
        return false;
    }
    if (e->value < e->low || e->value > e->high)
        diag_warning(m->d, n->at, D_OUTSIDE_RANGE, "the value %g lies outside its range; widen the range or move the value", e->value);
    return true;
}

static bool read_values(struct model *m, const struct m_parameter *x, struct parameter *p)
{
    const struct node *const value = node_get(x->node, "value"), *const range = node_get(x->node, "range"), *const spread = node_get(x->node, "spread");
    struct parameter_element *const e = ARENA_ARRAY(m->a, x->count, struct parameter_element);
    if (map_of_strangers(m, value, x->dims, x->dim) || map_of_strangers(m, range, x->dims, x->dim) || map_of_strangers(m, spread, x->dims, x->dim)) {
        p->element = e;
        return false;
    }
    map_check(m, value, x->dims, x->dim);
    map_check(m, range, x->dims, x->dim);
    map_check(m, spread, x->dims, x->dim);
    bool ranged = false;
    for (int i = 0; i < x->count; i++) {
        const struct node *const v = pick_element(m, value, x->dims, x->dim, i);
        if (v == NULL || !node_number(m, v, &e[i].value)) {
            if (v == NULL && m->d->errors == 0)
                diag_error(m->d, value->at, D_ELEMENT_MISSING, "nothing is said for %s; add it or `otherwise`", element_words(m, x->name, x->dims, x->dim, i));
            continue;
        }
        e[i].low = e[i].high = e[i].value;
        const struct node *const r = pick_element(m, range, x->dims, x->dim, i), *const s = pick_element(m, spread, x->dims, x->dim, i);
        double share;
        if (r != NULL)
            ranged |= read_range(m, r, &e[i]);
        else if (s != NULL && node_number(m, s, &share)) {
            double const width = share * (e[i].value < 0 ? -e[i].value : e[i].value);
            e[i].low = e[i].value - width;
            e[i].high = e[i].value + width;
            ranged = true;
        }
    }
    p->element = e;
    p->prior = ranged ? prior_of(m, x->node) : PRIOR_NONE;
    for (int i = 0; i < x->count && p->prior == PRIOR_LOGNORMAL; i++)
        if (!(e[i].low > 0)) {
            diag_error(m->d, range != NULL ? range->at : spread->at, D_BAD_RANGE, "a lognormal prior needs a range above 0");
            break;
        }
    return true;
}

static int read_points(struct model *m, const struct node *n)
{
    if (n->kind != NODE_LIST || n->count < 1) {
        diag_error(m->d, n->at, D_BAD_TABLE, "a table is a list of points, as [[0, 1], [10, 2]]");
        return -1;
    }
    double *const x = ARENA_ARRAY(m->a, n->count, double), *const y = ARENA_ARRAY(m->a, n->count, double);
    for (int i = 0; i < n->count; i++) {
        const struct node *const point = n->item[i];
        if (point->kind != NODE_LIST || point->count != 2) {
            diag_error(m->d, point->at, D_BAD_TABLE, "a point of a table is two numbers, as [0, 1]");
            return -1;
        }
        if (!node_number(m, point->item[0], &x[i]) || !node_number(m, point->item[1], &y[i]))
            return -1;
        if (i > 0 && !(x[i] > x[i - 1])) {
            diag_error(m->d, point->at, D_BAD_TABLE, "x must rise from point to point; %g follows %g", x[i], x[i - 1]);
            return -1;
        }
    }
    *LIST_ADD(m->a, m->tables) = (struct table){x, y, n->count};
    return m->tables.count - 1;
}

void build_parameters(struct model *m)
{
    struct parameter *const out = ARENA_ARRAY(m->a, m->parameters.count + 1, struct parameter);
    m->p->parameter = out;
    m->p->parameters = m->parameters.count;
    for (int i = 0; i < m->parameters.count; i++) {
        struct m_parameter *const x = &m->parameters.at[i];
        struct parameter *const p = &out[i];
        const struct node *const table = node_get(x->node, "table"), *const is = node_get(x->node, "is"), *const value = node_get(x->node, "value");
        *p = (struct parameter){.name = x->name, .title = node_words(node_get(x->node, "title"), readable(m, x->name)), .unit = node_words(node_get(x->node, "unit"), ""),
                                .dims = x->dims, .count = table != NULL ? 0 : x->count, .together = node_truth(m, node_get(x->node, "together"))};
        memcpy(p->dim, x->dim, sizeof p->dim);
        node_place(m, x->key, &p->path, &p->line);
        p->evidence = read_evidence(m, x->node);
        if (table != NULL) {
            if (x->dims > 0)
                diag_error(m->d, table->at, D_BAD_TABLE, "a table has no elements; give each its own name");
            x->table = read_points(m, table);
            if (x->table < 0)
                x->table = 0, *LIST_ADD(m->a, m->tables) = (struct table){.x = ARENA_NEW(m->a, double), .y = ARENA_NEW(m->a, double), .count = 1};
            x->count = 0;
        } else {
            x->first = slot_in(REGION_PARAMETER, m->parameter_slots);
            m->parameter_slots += (uint32_t)x->count;
        }
        p->first = x->first;
        if (value != NULL)
            read_values(m, x, p);
        else if (is != NULL) {
            p->prior = PRIOR_COMPUTED;
            p->element = ARENA_ARRAY(m->a, x->count, struct parameter_element);
        }
        if (!has_evidence(x->node) && is == NULL)
            diag_warning(m->d, x->key->at, D_NO_EVIDENCE, "parameter '%s' has no evidence; add source, judgement or tuned", x->name);
    }
}

/* An expression for each element; the same node is read once. */
static struct choice *read_choices(struct scope *s, const struct node *value, int count, int dims, const int *dim, bool element_type_free, enum type type, const struct unit *unit)
{
    struct model *const m = s->m;
    struct choice *const out = ARENA_ARRAY(m->a, count > 0 ? count : 1, struct choice);
    if (map_of_strangers(m, value, dims, dim))
        return out;
    map_check(m, value, dims, dim);
    for (int i = 0; i < count; i++) {
        const struct node *const n = pick_element(m, value, dims, dim, i);
        out[i].node = n;
        int same = -1;
        for (int k = i - 1; k >= 0 && same < 0; k--)
            if (out[k].node == n)
                same = k;
        if (same >= 0)
            out[i].expr = out[same].expr;
        else if (n != NULL && element_type_free) {
            out[i].expr = expr_read(m->a, m->d, n);
            if (out[i].expr != NULL)
                types_work(s, out[i].expr);
            if (out[i].expr != NULL && out[i].expr->type == TYPE_BROKEN)
                out[i].expr = NULL;
        } else if (n != NULL)
            out[i].expr = read_expr(s, n, type, unit);
    }
    return out;
}

/* --- quantities: types ----------------------------------------------------------------------------------------------------------- */
/* The unit of a name that states none: a literal under a name is a pure number of which nothing was said; of $m / $bn, people want the
 * number itself and not its thousandfold. */
static struct unit named(struct unit u)
{
    if (u.bare)
        return unit_unstated();
    if (unit_pure(&u))
        u.scale = 1;
    return u;
}

void parameter_types(struct model *m, int parameter)
{
    struct m_parameter *const x = &m->parameters.at[parameter];
    const struct node *const is = node_get(x->node, "is");
    if (x->typed || is == NULL || node_get(x->node, "value") != NULL || x->table >= 0)
        return;
    x->typed = true;                                    /* in a ring the unit counts as unstated; emit.c finds the ring */
    struct scope s = scope_of(m, PLACE_PARAMETER, x->dims, x->dim, x->dim_name, has_evidence(x->node));
    x->state = ARENA_ARRAY(m->a, x->count, unsigned char);
    x->is = read_choices(&s, is, x->count, x->dims, x->dim, false, TYPE_NUMBER, x->unit_stated ? &x->unit : NULL);
    bool first = true;
    for (int i = 0; i < x->count && !x->unit_stated; i++) {
        if (x->is[i].expr == NULL)
            continue;
        if (first)
            x->unit = named(x->is[i].expr->unit);
        first = false;
        int same = i;
        while (same > 0 && x->is[same - 1].node != x->is[i].node)
            same--;
        if (same > 0)
            x->is[i].expr = x->is[same - 1].expr;
        else if (!types_want(&s, &x->is[i].expr, TYPE_NUMBER, &x->unit))
            x->is[i].expr = NULL;
    }
}

void quantity_types(struct model *m, int quantity)
{
    struct m_quantity *q = &m->quantities.at[quantity];
    if (q->typed || q->typing)
        return;
    q->typing = true;
    q->type = q->kind == Q_SWITCH ? TYPE_TRUTH : TYPE_NUMBER;
    static const char *const keys[] = {[Q_STOCK] = "start", [Q_AUX] = "is", [Q_DRAW] = "draw", [Q_DATA] = NULL, [Q_SWITCH] = NULL};
    static const enum stands places[] = {[Q_STOCK] = PLACE_START, [Q_AUX] = PLACE_MODEL, [Q_DRAW] = PLACE_DRAW, [Q_DATA] = PLACE_MODEL, [Q_SWITCH] = PLACE_START};
    if (keys[q->kind] != NULL) {
        struct scope s = scope_of(m, places[q->kind], q->dims, q->dim, q->dim_name, q->covered);
        s.what = q->name;
        struct choice *const main = read_choices(&s, node_get(q->node, keys[q->kind]), q->count, q->dims, q->dim, true, TYPE_NUMBER, NULL);
        q = &m->quantities.at[quantity];
        q->main = main;
        bool first = true;
        for (int i = 0; i < q->count; i++) {
            struct expr *e = main[i].expr;
            if (e == NULL)
                continue;
            if (first) {
                q->type = q->kind == Q_STOCK ? TYPE_NUMBER : e->type;
                q->element_set = e->set;
                if (!q->unit_stated && q->type == TYPE_NUMBER)
                    q->unit = named(e->unit);
            }
            first = false;
            bool seen = false;
            for (int k = 0; k < i && !seen; k++)
                if (main[k].node == main[i].node) {
                    main[i].expr = main[k].expr;
                    seen = true;
                }
            if (!seen && !types_want(&s, &main[i].expr, q->type, &q->unit))
                main[i].expr = NULL;
        }
    }
    q->typed = true;
    q->typing = false;
}

/* Keys of stocks and draws under another kind would be passed over in silence. */
static void refuse_keys(struct model *m, const struct m_quantity *q)
{
    static const struct { const char *key; enum quantity_kind kind; const char *remedy; } keys[] = {
        {"change", Q_STOCK, "only a stock changes; give it a start, or leave change out"},
        {"floor", Q_STOCK, "only a stock is held; write max(…, floor) in the expression"},
        {"ceiling", Q_STOCK, "only a stock is held; write min(…, ceiling) in the expression"},
        {"every", Q_DRAW, "only draws are taken at times; leave it out"}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct node *const n = node_get(q->node, keys[i].key);
        if (n != NULL && q->kind != keys[i].kind)
            diag_error(m->d, n->at, D_NOT_HERE, "'%s' cannot stand here; %s", keys[i].key, keys[i].remedy);
    }
}

void type_quantities(struct model *m)
{
    for (int i = 0; i < m->parameters.count; i++)
        parameter_types(m, i);
    for (int i = 0; i < m->quantities.count; i++)
        quantity_types(m, i);
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const q = &m->quantities.at[i];
        refuse_keys(m, q);
        if (q->kind != Q_STOCK)
            continue;
        struct unit const rate = unit_over(q->unit, m->time_unit);
        struct scope s = scope_of(m, PLACE_MODEL, q->dims, q->dim, q->dim_name, q->covered);
        s.what = arena_printf(m->a, "change of %s", q->name);
        const struct node *const change = node_get(q->node, "change"), *const floor = node_get(q->node, "floor"), *const ceiling = node_get(q->node, "ceiling");
        if (change != NULL)
            q->change = read_choices(&s, change, q->count, q->dims, q->dim, false, TYPE_NUMBER, &rate);
        if (floor != NULL)
            q->floor = read_choices(&s, floor, q->count, q->dims, q->dim, false, TYPE_NUMBER, &q->unit);
        if (ceiling != NULL)
            q->ceiling = read_choices(&s, ceiling, q->count, q->dims, q->dim, false, TYPE_NUMBER, &q->unit);
    }
}

/* --- data ---------------------------------------------------------------------------------------------------------------------------- */
static bool cell_time(struct model *m, const char *s, double *time)
{
    double months;
    if (m->p->time.kind != TIME_NUMBER && date_read(s, strlen(s), &months)) {
        *time = axis_of_months(m, months);
        return true;
    }
    return m->p->time.kind == TIME_NUMBER && text_to_number(s, strlen(s), time);
}

/* The rows of a `data:` block as times and values in the file's order; rows whose time is a span (2017-Q1) are passed over. */
int read_data(struct model *m, const struct node *block, const double **time, const double **value)
{
    const struct node *const file = node_get(block, "file"), *const column = node_get(block, "column"), *const when = node_get(block, "time"), *const where = node_get(block, "where");
    size_t length;
    if (!node_is_text(file) || !node_is_text(column))
        return -1;
    const char *const text = file_beside(m, file->text, file->at, &length);
    if (text == NULL)
        return -1;
    struct csv t;
    const char *error;
    int line;
    if (!csv_read(&t, m->a, text, length, &error, &line)) {
        diag_error(m->d, file->at, D_BAD_DATA, "%s, line %d: %s", file->text, line, error);
        return -1;
    }
    int const at_value = csv_column(&t, column->text), at_time = node_is_text(when) ? csv_column(&t, when->text) : 0;
    if (at_value < 0 || at_time < 0) {
        const char *const missing = at_value < 0 ? column->text : when->text, *const near = text_nearest(missing, t.name, t.columns);
        diag_error(m->d, at_value < 0 ? column->at : when->at, D_BAD_DATA, "%s has no column '%s'; %s", file->text, missing, did_you_mean(m, near, "its first row names the columns"));
        return -1;
    }
    double *const x = ARENA_ARRAY(m->a, t.rows + 1, double), *const y = ARENA_ARRAY(m->a, t.rows + 1, double);
    int count = 0;
    for (int r = 0; r < t.rows; r++) {
        bool wanted = true;
        for (int k = 0; where != NULL && where->kind == NODE_MAP && k < where->count; k++) {
            int const c = csv_column(&t, where->key[k]->text);
            if (c < 0) {
                diag_error(m->d, where->key[k]->at, D_BAD_DATA, "%s has no column '%s'; its first row names the columns", file->text, where->key[k]->text);
                return -1;
            }
            wanted &= strcmp(t.cell[r * t.columns + c], node_words(where->item[k], "")) == 0;
        }
        const char *const v = t.cell[r * t.columns + at_value];
        if (!wanted || v[0] == '\0' || !cell_time(m, t.cell[r * t.columns + at_time], &x[count]))
            continue;
        if (!text_to_number(v, strlen(v), &y[count])) {
            diag_error(m->d, file->at, D_BAD_DATA, "%s, line %d: '%s' is no number; leave a cell empty where nothing is known", file->text, t.line[r], v);
            return -1;
        }
        count++;
    }
    if (count == 0) {
        diag_error(m->d, block->at, D_BAD_DATA, "%s has no row that fits; look at `where` and at the time column", file->text);
        return -1;
    }
    *time = x;
    *value = y;
    return count;
}

static int data_table(struct model *m, const struct node *block)
{
    const double *time, *value;
    int const count = read_data(m, block, &time, &value);
    if (count < 0)
        return -1;
    for (int i = 1; i < count; i++)
        if (!(time[i] > time[i - 1])) {
            diag_error(m->d, block->at, D_BAD_DATA, "times must rise from row to row: %s follows %s", program_date(m->p, m->a, time[i]), program_date(m->p, m->a, time[i - 1]));
            return -1;
        }
    *LIST_ADD(m->a, m->tables) = (struct table){time, value, count};
    return m->tables.count - 1;
}

static void read_tables(struct model *m, struct m_quantity *q)
{
    const struct node *const data = node_get(q->node, "data");
    q->table = ARENA_ARRAY(m->a, q->count, int);
    q->data_linear = ARENA_ARRAY(m->a, q->count, bool);
    bool const whole = node_get(data, "file") != NULL;
    if (!whole)
        map_check(m, data, q->dims, q->dim);
    int shared = whole ? data_table(m, data) : -1;
    const struct node *block = data;
    for (int i = 0; i < q->count; i++) {
        if (!whole) {
            block = pick_element(m, data, q->dims, q->dim, i);
            shared = block != NULL ? data_table(m, block) : -1;
        }
        q->table[i] = shared >= 0 ? shared : 0;
        q->data_linear[i] = strcmp(node_words(node_get(block, "between"), "linear"), "linear") == 0;
    }
}

/* --- slots and code -------------------------------------------------------------------------------------------------------------------- */
/* Something per unit of time that is worked out: reported by its turn mean. A stock is a value at a moment, whatever its unit. */
bool quantity_flows(const struct model *m, const struct m_quantity *q)
{
    if (q->kind != Q_AUX && q->kind != Q_DATA && q->kind != Q_DRAW)
        return false;
    if (q->type != TYPE_NUMBER || m->time_unit.parts != 1)
        return false;
    for (int i = 0; i < q->unit.parts; i++)
        if (q->unit.part[i].base == m->time_unit.part[0].base && q->unit.part[i].power == -1)
            return true;
    return false;
}

static void allocate(struct model *m)
{
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const q = &m->quantities.at[i];
        bool const state = q->kind == Q_STOCK || q->kind == Q_SWITCH || q->kind == Q_DRAW;
        q->first = state ? new_state(m, (uint32_t)q->count, NULL) : new_work(m, (uint32_t)q->count);
        q->in_aux = ARENA_ARRAY(m->a, q->count, unsigned char);
        q->in_start = ARENA_ARRAY(m->a, q->count, unsigned char);
        q->in_draws = ARENA_ARRAY(m->a, q->count, unsigned char);
        if (q->kind == Q_DATA)
            read_tables(m, q);
    }
}

static void emit_switches(struct model *m)
{
    struct scope s = {.m = m, .place = PLACE_START, .builder = m->builders.at[BLOCK_START]};
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const q = &m->quantities.at[i];
        if (q->kind != Q_SWITCH)
            continue;
        const struct node *const value = node_get(q->node, "switch");
        map_check(m, value, q->dims, q->dim);
        s.origin = new_origin(m, arena_printf(m->a, "start of %s", q->name), q->key);
        for (int k = 0; k < q->count; k++)
            emit_op(&s, OP_COPY, q->first + (uint32_t)k, constant(m, node_truth(m, pick_element(m, value, q->dims, q->dim, k)) ? 1 : 0), 0, 0, 0);
    }
}

static void emit_draws(struct model *m)
{
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const q = &m->quantities.at[i];
        for (int k = 0; k < q->count && q->kind == Q_DRAW; k++) {
            struct scope s = scope_of(m, PLACE_DRAW, q->dims, q->dim, q->dim_name, true);
            int at[MOST_DIMS];
            element_split(m, q->dims, q->dim, k, at);
            for (int d = 0; d < q->dims; d++)
                s.bound[d].element = at[d];
            s.builder = m->builders.at[q->every_step ? BLOCK_STEP_DRAWS : BLOCK_TURN_DRAWS];
            s.what = element_words(m, q->name, q->dims, q->dim, k);
            s.origin = new_origin(m, s.what, q->main[k].node != NULL ? q->main[k].node : q->key);
            if (q->main[k].expr != NULL)
                emit_into(&s, q->first + (uint32_t)k, q->main[k].expr);
        }
    }
}

/* The top-level + and - terms of a change, left to right; each is a line of the ledger. */
struct expr_term { const struct expr *e; bool minus; double factor; };

static void flatten(const struct expr *e, bool minus, double factor, struct expr_term *out, int *count, int room)
{
    if (e->kind == EX_BINARY && (e->op == BIN_ADD || e->op == BIN_SUB) && *count < room - 1) {
        flatten(e->arg[0], minus, factor, out, count, room - 1);
        flatten(e->arg[1], minus != (e->op == BIN_SUB), factor, out, count, room);
    } else if (e->kind == EX_NEG) {
        flatten(e->arg[0], !minus, factor, out, count, room);
    } else if (e->kind == EX_CONVERT) {
        flatten(e->arg[0], minus, factor * e->number, out, count, room);
    } else {
        out[(*count)++] = (struct expr_term){e, minus, factor};
    }
}

/* A term for people. Two of one stock never read alike: a ledger adds up what does. */
static const char *term_text(struct scope *s, const struct expr_term *t, const struct m_quantity *q, const struct term *before, int count)
{
    const char *const said = expr_say_term(s, t->e, t->minus, (int)(q - s->m->quantities.at)), *text = said;
    for (int i = 0, same = 1; i < count; i++)
        if (strcmp(before[i].text, text) == 0) {
            text = arena_printf(s->m->a, "%s, part %d", said, ++same);
            i = -1;
        }
    return text;
}

static void emit_change(struct model *m, struct m_quantity *q, int k, struct stock_element *out)
{
    enum { MOST_TERMS = 64 };
    struct scope s = scope_of(m, PLACE_MODEL, q->dims, q->dim, q->dim_name, true);
    int at[MOST_DIMS];
    element_split(m, q->dims, q->dim, k, at);
    for (int d = 0; d < q->dims; d++)
        s.bound[d].element = at[d];
    s.builder = m->builders.at[BLOCK_CHANGE];
    s.what = arena_printf(m->a, "change of %s", element_words(m, q->name, q->dims, q->dim, k));
    const struct choice *const c = q->change != NULL ? &q->change[k] : NULL;
    s.origin = new_origin(m, s.what, c != NULL && c->node != NULL ? c->node : q->key);
    out->rate = new_work(m, 1);
    if (c == NULL || c->expr == NULL) {
        emit_op(&s, OP_COPY, out->rate, constant(m, 0), 0, 0, 0);
        return;
    }
    struct expr_term terms[MOST_TERMS];
    int count = 0;
    flatten(c->expr, false, 1, terms, &count, MOST_TERMS);
    struct term *const lines = ARENA_ARRAY(m->a, count, struct term);
    uint32_t sum = NO_SLOT;
    for (int i = 0; i < count; i++) {
        uint32_t x = emit(&s, terms[i].e);
        if (terms[i].factor != 1)
            x = emit_pure(&s, OP_MUL, x, constant(m, terms[i].factor), 0);
        if (terms[i].minus)
            x = emit_pure(&s, OP_NEG, x, 0, 0);
        lines[i] = (struct term){term_text(&s, &terms[i], q, lines, i), new_work(m, 1)};
        emit_op(&s, OP_COPY, lines[i].slot, x, 0, 0, 0);
        sum = sum == NO_SLOT ? x : emit_pure(&s, OP_ADD, sum, x, 0);
    }
    bool const zero = count == 1 && slot_region(sum) == REGION_CONSTANT && m->constants.at[slot_number(sum)] == 0;
    out->term = lines;
    out->terms = zero ? 0 : count;                      /* change: 0 has no line */
    emit_op(&s, OP_COPY, out->rate, sum, 0, 0, 0);
    emit_op(&s, OP_FINITE, out->rate, 0, 0, 0, 0);
}

static uint32_t emit_bound(struct model *m, struct m_quantity *q, int k, const struct choice *choice)
{
    if (choice == NULL || choice[k].expr == NULL)
        return NO_SLOT;
    struct scope s = scope_of(m, PLACE_MODEL, q->dims, q->dim, q->dim_name, true);
    int at[MOST_DIMS];
    element_split(m, q->dims, q->dim, k, at);
    for (int d = 0; d < q->dims; d++)
        s.bound[d].element = at[d];
    s.builder = m->builders.at[BLOCK_AUX];
    s.origin = new_origin(m, arena_printf(m->a, "bound of %s", q->name), choice[k].node);
    uint32_t const x = emit(&s, choice[k].expr);
    if (slot_region(x) != REGION_TEMP)
        return x;
    uint32_t const own = new_work(m, 1);
    emit_op(&s, OP_COPY, own, x, 0, 0, 0);
    return own;
}

/* A key of how a quantity is shown may be a map from elements too; the quantity is shown as its first element is. */
static const struct node *shown(struct model *m, const struct m_quantity *x, const char *key)
{
    const struct node *const n = node_get(x->node, key);
    if (!is_element_map(m, n, x->dims, x->dim))
        return n;
    map_check(m, n, x->dims, x->dim);
    return pick_element(m, n, x->dims, x->dim, 0);
}

static void describe(struct model *m, struct m_quantity *x, struct quantity *q)
{
    const struct node *const group = shown(m, x, "group");
    *q = (struct quantity){.name = x->name, .title = node_words(node_get(x->node, "title"), readable(m, x->name)), .unit = node_words(shown(m, x, "unit"), ""),
                           .group = node_words(group, NULL), .kind = x->kind, .dims = x->dims, .count = x->count, .first = x->first, .mean = x->mean, .good_for = -1};
    memcpy(q->dim, x->dim, sizeof q->dim);
    node_place(m, x->key, &q->path, &q->line);
    q->evidence = read_evidence(m, x->node);
    const struct node *const groups = node_get(node_get(m->root, "groups"), q->group != NULL ? q->group : "");
    if (q->group != NULL && node_get(m->root, "groups") != NULL && groups == NULL) {
        const struct node *const all = node_get(m->root, "groups");
        LIST_OF(const char *) names = {0};
        for (int i = 0; all->kind == NODE_MAP && i < all->count; i++)
            *LIST_ADD(m->a, names) = all->key[i]->text;
        const char *const near = text_nearest(q->group, names.at, names.count);
        diag_warning(m->d, group->at, D_UNKNOWN_GROUP, "group '%s' is not listed in `groups`; %s", q->group, did_you_mean(m, near, "add it there"));
    }
    const struct node *chart = shown(m, x, "chart"), *good = shown(m, x, "good_for"), *format = shown(m, x, "format");
    chart = chart != NULL ? chart : node_get(groups, "chart");
    good = good != NULL ? good : node_get(groups, "good_for");
    q->format = node_words(format != NULL ? format : node_get(groups, "format"), NULL);
    if (chart != NULL && chart->kind == NODE_LIST && chart->count == 2) {
        bool const low = node_number(m, chart->item[0], &q->chart_low), high = node_number(m, chart->item[1], &q->chart_high);
        q->charted = low && high;                    /* both are read first, so that each has its finding */
    } else if (chart != NULL && node_is_text(chart))
        q->charted = strcmp(chart->text, "true") == 0;
    if (good != NULL && good->kind == NODE_LIST && good->count > 0)
        good = good->item[0];
    if (node_is_text(good) && (q->good_for = find_seat(m, good->text)) < 0)
        diag_error(m->d, good->at, D_UNKNOWN_SEAT, "no seat is called '%s'; seats stand in `seats`", good->text);
}

/* A scale has no unit, and either a chart or, in a stock, bounds from 0 to about 1. */
static bool is_scale(const struct model *m, const struct m_quantity *x, const struct quantity *q)
{
    static const double most = 1.5;                     /* a chart may leave a little room above full: 1.2 is still a scale, 4 is not */
    double low, high;
    if ((q->unit[0] != '\0' && strcmp(q->unit, "1") != 0) || x->kind == Q_SWITCH)
        return false;
    if (q->charted)
        return q->chart_low >= 0 && q->chart_high > 0 && q->chart_high <= most;
    return x->kind == Q_STOCK && x->count > 0 && constant_value(m, q->stock[0].floor, &low) && constant_value(m, q->stock[0].ceiling, &high) && low == 0 && high == 1;
}

void build_quantities(struct model *m)
{
    allocate(m);
    emit_switches(m);
    ensure_all(m);
    emit_draws(m);
    struct quantity *const out = ARENA_ARRAY(m->a, m->quantities.count + 1, struct quantity);
    m->p->quantity = out;
    m->p->quantities = m->quantities.count;
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const q = &m->quantities.at[i];
        if (quantity_flows(m, q)) {
            q->mean = new_state(m, (uint32_t)q->count, NULL);
            for (int k = 0; k < q->count; k++)
                *LIST_ADD(m->a, m->means) = (struct mean_of){q->first + (uint32_t)k, q->mean + (uint32_t)k};
        }
        describe(m, q, &out[i]);
        if (q->kind != Q_STOCK && q->kind != Q_SWITCH) {
            out[i].scale = is_scale(m, q, &out[i]);
            continue;
        }
        struct stock_element *const stock = ARENA_ARRAY(m->a, q->count, struct stock_element);
        for (int k = 0; k < q->count; k++) {
            if (q->kind == Q_STOCK) {
                emit_change(m, q, k, &stock[k]);
                stock[k].floor = emit_bound(m, q, k, q->floor);
                stock[k].ceiling = emit_bound(m, q, k, q->ceiling);
            } else {
                stock[k] = (struct stock_element){.floor = constant(m, 0), .ceiling = m->one, .rate = constant(m, 0)};
            }
        }
        out[i].stock = stock;
        out[i].scale = is_scale(m, q, &out[i]);
    }
}
