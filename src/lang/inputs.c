/* lang/inputs.c — what an expression hangs on, which way it goes with each, and what it lies between: so that pages can say in words what
 * a formula does. Nothing here is ever run, and nothing that is run hangs on it.
 *
 * The answers hold in every world that the scenario allows: an expression is read with intervals, stocks between their bounds, parameters in
 * their ranges. Where that tells nothing, the answer is that it depends. */
#include <string.h>
#include "base/pmath.h"
#include "lang/model.h"

enum { MOST_INPUTS = 48, MOST_UNROLLED = 16, ELEMENTS_APART = 64, DEEPEST = 4, WORK_EACH = 4000 };
enum { DEPENDS = 2 };                                        /* a way that is not known, while it is worked out */

struct interval { double low, high; };
struct reader {
    struct scope *s;
    bool wide;                                               /* parameters over their ranges, not at their values */
    bool drawn, by_target;
    int depth, work;
};

static struct interval range_of(struct reader *r, const struct expr *e);

#define WITHOUT_END (1e308 * 10)                             /* infinite */
static bool bounded(double x) { return x - x == 0; }

static const struct interval anything = {-WITHOUT_END, WITHOUT_END}, positive = {0, WITHOUT_END}, part = {0, 1};

static struct interval hull(struct interval a, struct interval b) { return (struct interval){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high}; }
static double times(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }        /* nothing of something unbounded is nothing */

static struct interval product(struct interval a, struct interval b)
{
    struct interval const x = {times(a.low, b.low), times(a.low, b.low)};
    double const ends[3] = {times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)};
    struct interval out = x;
    for (int i = 0; i < 3; i++)
        out = hull(out, (struct interval){ends[i], ends[i]});
    return out;
}

static struct interval quotient(struct interval a, struct interval b)
{
    if (b.low <= 0 && b.high >= 0) {
        if (b.low == 0 && b.high > 0)                        /* anything from some way off zero on */
            return (struct interval){a.low >= 0 ? (bounded(b.high) ? a.low / b.high : 0) : -WITHOUT_END, a.high <= 0 ? 0 : WITHOUT_END};
        return anything;
    }
    return product(a, (struct interval){1 / b.high, 1 / b.low});
}

/* --- what a name lies between -------------------------------------------------------------------------------------------------- */

static struct interval parameter_range(struct reader *r, const struct expr *e)
{
    struct model *const m = r->s->m;
    const struct m_parameter *const x = &m->parameters.at[e->index];
    const struct parameter *const p = &m->p->parameter[e->index];
    int const only = element_of_name(r->s, e, x->dims, x->dim);
    int const from = only >= 0 ? only : 0, to = only >= 0 ? only + 1 : x->count < MOST_UNROLLED * MOST_UNROLLED ? x->count : 0;
    struct interval out = {0, 0};
    r->by_target |= only < 0;
    if (to <= from)
        return anything;
    for (int i = from; i < to; i++) {
        struct interval one;
        if (x->is != NULL) {
            bool sure = true;
            double const value = parameter_at_value(m, e->index, i, &sure);
            one = sure ? (struct interval){value, value} : anything;
            r->drawn = true;
        } else if (p->element != NULL) {
            r->drawn |= p->element[i].low != p->element[i].high;
            one = r->wide ? (struct interval){p->element[i].low, p->element[i].high} : (struct interval){p->element[i].value, p->element[i].value};
            if (r->wide)
                one = hull(one, (struct interval){p->element[i].value, p->element[i].value});
        } else {
            one = anything;
        }
        out = i == from ? one : hull(out, one);
    }
    return out;
}

static bool bound_at(struct model *m, const struct choice *bound, double *x)
{
    bool sure = true;
    if (bound == NULL || bound[0].expr == NULL)
        return false;
    struct scope s = {.m = m, .place = PLACE_MODEL};
    struct reader r = {.s = &s, .wide = true, .depth = DEEPEST, .work = WORK_EACH};
    struct interval const one = range_of(&r, bound[0].expr);
    sure = one.low == one.high;
    *x = one.low;
    return sure;
}

static struct interval quantity_range(struct reader *r, const struct expr *e)
{
    struct model *const m = r->s->m;
    const struct m_quantity *const q = &m->quantities.at[e->index];
    struct interval out = anything;
    if (q->type == TYPE_TRUTH)
        return part;
    if (q->kind == Q_STOCK) {
        if (!bound_at(m, q->floor, &out.low))
            out.low = -WITHOUT_END;
        if (!bound_at(m, q->ceiling, &out.high))
            out.high = WITHOUT_END;
        return out;
    }
    if (q->kind != Q_AUX || q->main == NULL || r->depth >= DEEPEST)
        return anything;
    int const only = element_of_name(r->s, e, q->dims, q->dim), element = only >= 0 ? only : 0;
    if (only < 0 && q->count > 1)
        return anything;
    struct scope own = {.m = m, .place = PLACE_MODEL};
    int at[MOST_DIMS];
    element_split(m, q->dims, q->dim, element, at);
    for (int i = 0; i < q->dims; i++) {
        scope_bind(&own, q->dim_name[i], q->dim[i]);
        own.bound[i].element = at[i];
    }
    struct scope *const outer = r->s;
    r->s = &own;
    r->depth++;
    if (q->main[element].expr != NULL)
        out = range_of(r, q->main[element].expr);
    r->depth--;
    r->s = outer;
    return out;
}

static struct interval name_range(struct reader *r, const struct expr *e)
{
    switch (e->symbol) {
    case SYMBOL_QUANTITY: return quantity_range(r, e);
    case SYMBOL_PARAMETER: return parameter_range(r, e);
    case SYMBOL_TURN: return positive;
    case SYMBOL_MONTH: return (struct interval){1, 12};
    case SYMBOL_PI: return (struct interval){3.14, 3.15};
    case SYMBOL_NONE:
    case SYMBOL_BOUND:
    case SYMBOL_TABLE:
    case SYMBOL_TIME:
    case SYMBOL_ELEMENT:
    case SYMBOL_MOVE:
    case SYMBOL_TERM:
    case SYMBOL_SET: break;
    }
    return anything;
}

/* --- what an operation lies between ----------------------------------------------------------------------------------------------- */

static struct interval table_range(const struct model *m, const struct expr *e)
{
    struct interval out = anything;
    int const at = e->kind == EX_NAME && e->symbol == SYMBOL_TABLE ? m->parameters.at[e->index].table : -1;
    for (int i = 0; at >= 0 && i < m->tables.at[at].count; i++) {
        double const y = m->tables.at[at].y[i];
        out = i == 0 ? (struct interval){y, y} : hull(out, (struct interval){y, y});
    }
    return out;
}

static struct interval called(struct reader *r, const struct expr *e)
{
    struct interval x = e->args > 0 ? range_of(r, e->arg[0]) : anything, y;
    switch (e->index) {
    case FN_level:
    case FN_in_force:
    case FN_threatened:
    case FN_promised:
    case FN_kept:
    case FN_broken:
    case FN_elapsed:
    case FN_sigmoid: return part;
    case FN_turns_since:
    case FN_times:
    case FN_breaches:
    case FN_deals:
    case FN_size:
    case FN_index: return positive;
    case FN_abs: return x.low >= 0 ? x : x.high <= 0 ? (struct interval){-x.high, -x.low} : (struct interval){0, -x.low > x.high ? -x.low : x.high};
    case FN_sqrt: return (struct interval){x.low > 0 ? pm_sqrt(x.low) : 0, bounded(x.high) && x.high > 0 ? pm_sqrt(x.high) : WITHOUT_END};
    case FN_exp: return (struct interval){bounded(x.low) ? pm_exp(x.low) : 0, bounded(x.high) ? pm_exp(x.high) : WITHOUT_END};
    case FN_min:
    case FN_max:
        for (int i = 1; i < e->args; i++) {
            y = range_of(r, e->arg[i]);
            if (e->index == FN_min)
                x = (struct interval){x.low < y.low ? x.low : y.low, x.high < y.high ? x.high : y.high};
            else
                x = (struct interval){x.low > y.low ? x.low : y.low, x.high > y.high ? x.high : y.high};
        }
        return x;
    case FN_clamp: {
        struct interval const low = range_of(r, e->arg[1]), high = range_of(r, e->arg[2]);
        return (struct interval){x.low > low.low ? x.low : low.low, x.high < high.high ? x.high : high.high};
    }
    case FN_ratio: return hull(quotient(x, range_of(r, e->arg[1])), range_of(r, e->arg[2]));
    case FN_lookup: return table_range(r->s->m, e->arg[1]);
    case FN_previous:
    case FN_initial: return x;
    default: return anything;
    }
}

static struct interval binary(struct reader *r, const struct expr *e)
{
    struct interval const a = range_of(r, e->arg[0]), b = range_of(r, e->arg[1]);
    switch (e->op) {
    case BIN_ADD: return (struct interval){a.low + b.low, a.high + b.high};
    case BIN_SUB: return (struct interval){a.low - b.high, a.high - b.low};
    case BIN_MUL: return product(a, b);
    case BIN_DIV: return quotient(a, b);
    case BIN_POW: return a.low >= 0 && a.high <= 1 && b.low >= 0 ? part : a.low >= 0 || (b.low == b.high && pm_floor(b.low / 2) * 2 == b.low) ? positive : anything;
    case BIN_EQ:
    case BIN_NE:
    case BIN_LT:
    case BIN_LE:
    case BIN_GT:
    case BIN_GE:
    case BIN_AND:
    case BIN_OR: break;
    }
    return part;
}

static struct interval over(struct reader *r, const struct expr *e)
{
    int const place = r->s->bounds;
    double count = 1;
    if (e->args < 1)
        return anything;
    for (int i = 0; i < e->binders; i++) {
        scope_bind(r->s, e->binder[i].name, e->binder[i].set);
        if (r->s->bounds > place + i)
            r->s->bound[place + i].runtime = true;
        count *= r->s->m->sets.at[e->binder[i].set].count;
    }
    bool const by_target = r->by_target;
    struct interval x = range_of(r, e->arg[0]);
    r->by_target = by_target;                                /* over all of them is no choice of one */
    r->s->bounds = place;
    switch (e->index) {
    case FN_sum:
        if (e->where != NULL)
            x = hull(x, (struct interval){0, 0});
        return (struct interval){times(count, x.low), times(count, x.high)};
    case FN_mean:
    case FN_min:
    case FN_max: return e->where == NULL ? x : e->otherwise != NULL ? hull(x, range_of(r, e->otherwise)) : x;
    case FN_any:
    case FN_all: return part;
    case FN_count: return (struct interval){0, count};
    case FN_rank:
    case FN_share: return positive;
    default: return anything;
    }
}

static struct interval range_of(struct reader *r, const struct expr *e)
{
    struct interval a;
    if (e == NULL || r->work <= 0)
        return anything;
    r->work--;
    switch (e->kind) {
    case EX_NUMBER: return (struct interval){e->number, e->number};
    case EX_TRUTH: return part;
    case EX_NAME: return name_range(r, e);
    case EX_CALL: return called(r, e);
    case EX_OVER: return over(r, e);
    case EX_NEG:
        a = range_of(r, e->arg[0]);
        return (struct interval){-a.high, -a.low};
    case EX_CONVERT: return product(range_of(r, e->arg[0]), (struct interval){e->number, e->number});
    case EX_BINARY: return binary(r, e);
    case EX_IF: return hull(range_of(r, e->arg[1]), range_of(r, e->arg[2]));
    case EX_NOT:
    case EX_IN: return part;
    case EX_DATE:
    case EX_BEST: break;
    }
    return anything;
}

void expr_between(struct scope *s, const struct expr *e, double *low, double *high, bool *drawn, bool *by_target)
{
    struct reader r = {.s = s, .work = WORK_EACH};
    struct interval const x = range_of(&r, e);
    *low = x.low == x.low ? x.low : -WITHOUT_END;
    *high = x.high == x.high ? x.high : WITHOUT_END;
    *drawn = r.drawn;
    *by_target = r.by_target;
}

/* --- which way it goes ---------------------------------------------------------------------------------------------------------- */

static int join(int a, int b) { return a == 0 || a == b ? b : b == 0 ? a : DEPENDS; }
static int turned(int way) { return way == DEPENDS ? DEPENDS : -way; }
static int scaled(int way, struct interval by) { return way == 0 ? 0 : by.low >= 0 ? way : by.high <= 0 ? turned(way) : DEPENDS; }

static bool reads(const struct expr *e, int quantity)
{
    if (e == NULL)
        return false;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_QUANTITY && e->index == quantity)
        return true;
    for (int i = 0; i < e->args; i++)
        if (reads(e->arg[i], quantity))
            return true;
    return reads(e->where, quantity) || reads(e->otherwise, quantity);
}

static int way_of(struct reader *r, const struct expr *e, int quantity);

/* A table's slope: 1 rising, -1 falling, 0 level. */
static int slope_of(const struct model *m, const struct expr *e)
{
    int const at = e->kind == EX_NAME && e->symbol == SYMBOL_TABLE ? m->parameters.at[e->index].table : -1;
    int slope = 0;
    for (int i = 1; at >= 0 && i < m->tables.at[at].count; i++) {
        double const rise = m->tables.at[at].y[i] - m->tables.at[at].y[i - 1];
        slope = join(slope, rise > 0 ? 1 : rise < 0 ? -1 : 0);
    }
    return at >= 0 ? slope : DEPENDS;
}

static int way_divided(struct reader *r, const struct expr *a, const struct expr *b, int quantity)
{
    int const above = way_of(r, a, quantity), below = way_of(r, b, quantity);
    struct interval const divisor = range_of(r, b);
    if (below != 0 && !(divisor.low >= 0 || divisor.high <= 0))
        return DEPENDS;
    return join(scaled(above, divisor), below != 0 ? scaled(turned(below), range_of(r, a)) : 0);
}

static int way_called(struct reader *r, const struct expr *e, int quantity)
{
    int way = 0;
    switch (e->index) {
    case FN_min:
    case FN_max:
    case FN_clamp:
        for (int i = 0; i < e->args; i++)
            way = join(way, way_of(r, e->arg[i], quantity));
        return way;
    case FN_sqrt:
    case FN_exp:
    case FN_ln:
    case FN_log10:
    case FN_sigmoid:
    case FN_floor:
    case FN_round:
    case FN_trunc:
    case FN_sign:
    case FN_previous:
    case FN_smooth:
    case FN_smooth3:
    case FN_delay:
    case FN_delay1:
    case FN_delay3:
        for (int i = 1; i < e->args; i++)
            if (reads(e->arg[i], quantity))
                return DEPENDS;
        return way_of(r, e->arg[0], quantity);
    case FN_abs: return scaled(way_of(r, e->arg[0], quantity), range_of(r, e->arg[0]));
    case FN_ratio: return join(way_divided(r, e->arg[0], e->arg[1], quantity), way_of(r, e->arg[2], quantity));
    case FN_lookup: {
        int const slope = slope_of(r->s->m, e->arg[1]);
        way = way_of(r, e->arg[0], quantity);
        return way == 0 || slope == 0 ? 0 : slope == DEPENDS ? DEPENDS : slope > 0 ? way : turned(way);
    }
    case FN_initial: return 0;
    default: break;
    }
    for (int i = 0; i < e->args; i++)
        if (reads(e->arg[i], quantity))
            return DEPENDS;
    return 0;
}

static int way_binary(struct reader *r, const struct expr *e, int quantity)
{
    int const a = way_of(r, e->arg[0], quantity), b = way_of(r, e->arg[1], quantity);
    switch (e->op) {
    case BIN_ADD: return join(a, b);
    case BIN_SUB: return join(a, turned(b));
    case BIN_MUL: return join(scaled(a, range_of(r, e->arg[1])), b != 0 ? scaled(b, range_of(r, e->arg[0])) : 0);
    case BIN_DIV: return way_divided(r, e->arg[0], e->arg[1], quantity);
    case BIN_POW: return b != 0 ? DEPENDS : a == 0 ? 0 : range_of(r, e->arg[0]).low >= 0 ? scaled(a, range_of(r, e->arg[1])) : DEPENDS;
    case BIN_EQ:
    case BIN_NE:
    case BIN_LT:
    case BIN_LE:
    case BIN_GT:
    case BIN_GE:
    case BIN_AND:
    case BIN_OR: break;
    }
    return a == 0 && b == 0 ? 0 : DEPENDS;
}

static int way_over(struct reader *r, const struct expr *e, int quantity)
{
    int const place = r->s->bounds;
    bool const adds = e->kind == EX_OVER && (e->index == FN_sum || e->index == FN_mean || e->index == FN_min || e->index == FN_max);
    if (!adds || reads(e->where, quantity) || e->args < 1)
        return reads(e, quantity) ? DEPENDS : 0;
    for (int i = 0; i < e->binders; i++) {
        scope_bind(r->s, e->binder[i].name, e->binder[i].set);
        if (r->s->bounds > place + i)
            r->s->bound[place + i].runtime = true;
    }
    int const way = way_of(r, e->arg[0], quantity);
    r->s->bounds = place;
    return join(way, e->otherwise != NULL ? way_of(r, e->otherwise, quantity) : 0);
}

/* As to all elements of the quantity together. */
static int way_of(struct reader *r, const struct expr *e, int quantity)
{
    if (e == NULL)
        return 0;
    if (r->work <= 0)
        return DEPENDS;
    r->work--;
    switch (e->kind) {
    case EX_NUMBER:
    case EX_DATE:
    case EX_TRUTH: return 0;
    case EX_NAME:
        for (int i = 0; i < e->args; i++)
            if (reads(e->arg[i], quantity))
                return DEPENDS;
        return e->symbol == SYMBOL_QUANTITY && e->index == quantity ? 1 : 0;
    case EX_CALL: return way_called(r, e, quantity);
    case EX_OVER:
    case EX_BEST: return way_over(r, e, quantity);
    case EX_NEG: return turned(way_of(r, e->arg[0], quantity));
    case EX_CONVERT: return scaled(way_of(r, e->arg[0], quantity), (struct interval){e->number, e->number});
    case EX_BINARY: return way_binary(r, e, quantity);
    case EX_IF: return reads(e->arg[0], quantity) ? DEPENDS : join(way_of(r, e->arg[1], quantity), way_of(r, e->arg[2], quantity));
    case EX_NOT:
    case EX_IN: break;
    }
    return reads(e, quantity) ? DEPENDS : 0;
}

/* --- what it reads --------------------------------------------------------------------------------------------------------------- */

struct list { struct input at[MOST_INPUTS]; int count; };

static bool add_input(struct list *list, int quantity, int element, int way)
{
    for (int i = 0; i < list->count; i++)
        if (list->at[i].quantity == quantity && list->at[i].element == element)
            return false;
    if (list->count < MOST_INPUTS)
        list->at[list->count++] = (struct input){quantity, element, way};
    return true;
}

/* How many times the body of an aggregate stands if it is written out; 0 where that would be too long. */
static int unrolled(const struct model *m, const struct expr *e)
{
    long n = 1;
    for (int i = 0; i < e->binders; i++)
        n = n > MOST_UNROLLED ? n : n * m->sets.at[e->binder[i].set].count;
    return n <= MOST_UNROLLED ? (int)n : 0;
}

/* Binds the aggregate's elements for its k-th body, or all of them as not known. Returns where the scope stood. */
static int bind_body(struct scope *s, const struct expr *e, int k, bool apart)
{
    int const place = s->bounds;
    for (int i = 0; i < e->binders; i++) {
        int const size = s->m->sets.at[e->binder[i].set].count;
        scope_bind(s, e->binder[i].name, e->binder[i].set);
        if (s->bounds <= place + i)
            break;
        s->bound[place + i].runtime = !apart;
        s->bound[place + i].element = size > 0 ? k % size : 0;
        k = size > 0 ? k / size : 0;
    }
    return place;
}

static void collect(struct scope *s, const struct expr *e, struct list *list)
{
    if (e == NULL || list->count >= MOST_INPUTS)
        return;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_QUANTITY) {
        const struct m_quantity *const q = &s->m->quantities.at[e->index];
        add_input(list, e->index, element_of_name(s, e, q->dims, q->dim), 0);
    }
    int const bodies = e->binders > 0 ? unrolled(s->m, e) : 0;
    for (int k = 0; k < (bodies > 0 ? bodies : 1); k++) {
        int const place = bind_body(s, e, k, bodies > 0);
        for (int i = 0; i < e->args; i++)
            collect(s, e->arg[i], list);
        collect(s, e->where, list);
        s->bounds = place;
    }
    collect(s, e->otherwise, list);
}

/* Whether e is numbers added and taken away and nothing else; they are put in the list. */
static bool plain_sum(struct scope *s, const struct expr *e, bool minus, struct list *list)
{
    bool plain = true;
    if (e->kind == EX_BINARY && (e->op == BIN_ADD || e->op == BIN_SUB))
        return plain_sum(s, e->arg[0], minus, list) && plain_sum(s, e->arg[1], minus != (e->op == BIN_SUB), list);
    if (e->kind == EX_NEG)
        return plain_sum(s, e->arg[0], !minus, list);
    if (e->kind == EX_OVER && e->index == FN_sum && e->where == NULL) {
        int const bodies = unrolled(s->m, e);
        for (int k = 0; k < bodies && plain; k++) {
            int const place = bind_body(s, e, k, true);
            plain = plain_sum(s, e->arg[0], minus, list);
            s->bounds = place;
        }
        return plain && bodies > 0;
    }
    if (e->kind != EX_NAME || e->symbol != SYMBOL_QUANTITY || list->count >= MOST_INPUTS || e->type != TYPE_NUMBER)
        return false;
    const struct m_quantity *const q = &s->m->quantities.at[e->index];
    int const element = element_of_name(s, e, q->dims, q->dim);
    return element >= 0 && add_input(list, e->index, element, minus ? -1 : 1);
}

static struct inputs kept(struct model *m, const struct list *list, bool sum)
{
    struct input *const at = ARENA_ARRAY(m->a, list->count > 0 ? list->count : 1, struct input);
    if (list->count > 0)
        memcpy(at, list->at, (size_t)list->count * sizeof *at);
    return (struct inputs){at, list->count, sum};
}

struct inputs expr_inputs(struct scope *s, const struct expr *e)
{
    struct list list = {.count = 0};
    if (e == NULL)
        return (struct inputs){0};
    if (plain_sum(s, e, false, &list) && list.count > 1)
        return kept(s->m, &list, true);
    list.count = 0;
    collect(s, e, &list);
    struct reader r = {.s = s, .wide = true, .work = WORK_EACH};
    for (int i = 0; i < list.count; i++) {
        int const way = way_of(&r, e, list.at[i].quantity);
        list.at[i].way = way == DEPENDS ? 0 : way;
    }
    return kept(s->m, &list, false);
}

/* --- all quantities -------------------------------------------------------------------------------------------------------------- */

struct borne { struct bearing *at; int count, room; };

static void add_bearing(struct model *m, struct borne *b, int quantity, unsigned reads_it)
{
    if (b->count > 0 && b->at[b->count - 1].quantity == quantity) {     /* quantities come in order */
        b->at[b->count - 1].reads |= reads_it;
        return;
    }
    if (b->count == b->room) {
        int const room = b->room > 0 ? 2 * b->room : 4;
        struct bearing *const wider = ARENA_ARRAY(m->a, room, struct bearing);
        if (b->count > 0)
            memcpy(wider, b->at, (size_t)b->count * sizeof *wider);
        b->at = wider;
        b->room = room;
    }
    b->at[b->count++] = (struct bearing){quantity, reads_it};
}

static void find_moves(struct model *m, const struct expr *e, int quantity, struct borne *b)
{
    if (e == NULL)
        return;
    if (e->kind == EX_CALL && e->args > 0 && e->arg[0]->kind == EX_NAME && e->arg[0]->symbol == SYMBOL_MOVE) {
        static const struct { int function; unsigned reads; } ways[] = {
            {FN_level, BEARS_FORCE}, {FN_in_force, BEARS_FORCE}, {FN_threatened, BEARS_THREAT}, {FN_turns_since, BEARS_PAST}, {FN_times, BEARS_PAST}};
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
            if (e->index == ways[i].function)
                add_bearing(m, &b[e->arg[0]->index], quantity, ways[i].reads);
    }
    for (int i = 0; i < e->args; i++)
        find_moves(m, e->arg[i], quantity, b);
    find_moves(m, e->where, quantity, b);
    find_moves(m, e->otherwise, quantity, b);
}

static void quantity_inputs(struct model *m, int quantity, struct borne *b)
{
    struct m_quantity *const x = &m->quantities.at[quantity];
    struct quantity *const q = &((struct quantity *)m->p->quantity)[quantity];
    const struct choice *const made = x->kind == Q_STOCK ? x->change : x->kind == Q_AUX || x->kind == Q_DRAW ? x->main : NULL;
    if (made == NULL || x->count == 0)
        return;
    int const apart = x->count <= ELEMENTS_APART ? x->count : 1;
    struct inputs *const from = ARENA_ARRAY(m->a, apart, struct inputs);
    for (int k = 0; k < x->count; k++)
        if (k == 0 || made[k].expr != made[k - 1].expr)
            find_moves(m, made[k].expr, quantity, b);
    for (int k = 0; k < apart; k++) {
        struct scope s = {.m = m, .place = PLACE_MODEL};
        int at[MOST_DIMS];
        element_split(m, x->dims, x->dim, k, at);
        for (int i = 0; i < x->dims; i++) {
            scope_bind(&s, x->dim_name[i], x->dim[i]);
            s.bound[i].element = at[i];
            s.bound[i].runtime = apart < x->count;
        }
        from[k] = expr_inputs(&s, made[k].expr);
    }
    q->from = from;
    q->froms = apart;
}

/* What a seat sees instead of a scale is shown as one. */
static void show_alike(struct model *m, int quantity)
{
    const struct quantity *const q = &m->p->quantity[quantity];
    for (int i = 0; q->scale && q->seen != NULL && i < q->count * m->seats.count; i++) {
        struct quantity *const as = q->seen[i].kind == SEEN_AS && q->seen[i].as >= 0 ? &((struct quantity *)m->p->quantity)[q->seen[i].as] : NULL;
        if (as != NULL && (as->unit[0] == '\0' || strcmp(as->unit, "1") == 0))
            as->scale = true;
    }
}

void build_inputs(struct model *m)
{
    struct borne *const b = ARENA_ARRAY(m->a, m->moves.count + 1, struct borne);
    if (m->d->errors > 0 || m->too_big)
        return;
    for (int i = 0; i < m->quantities.count; i++) {
        quantity_inputs(m, i, b);
        show_alike(m, i);
    }
    for (int i = 0; i < m->p->moves; i++) {
        struct move *const move = &((struct move *)m->p->move)[i];
        move->bearing = b[i].at;
        move->bearings = b[i].count;
    }
}
