/* lang/evaluate.c — an expression of parameters worked out at their values while a scenario is compiled: what a network is drawn by.
 * A small reading of the same tree that emit.c turns into code; what it cannot work out before the game is refused by its caller. */
#include <string.h>
#include "base/pmath.h"
#include "lang/model.h"

enum { MOST_EVALUATIONS = 64 };

static double at_values(struct scope *s, const struct expr *e, bool *sure);

static double unsure(bool *sure)
{
    *sure = false;
    return 0;
}

/* The element that a subscript names, as a place in `set`; -1 where it is not known yet. */
static int place_of(struct scope *s, const struct expr *e, int set)
{
    if (e->kind == EX_NAME && e->symbol == SYMBOL_BOUND) {
        int const at = scope_find(s, e->name);
        const struct bound *const b = at >= 0 ? &s->bound[at] : NULL;
        return b == NULL || b->runtime ? -1 : element_in(s->m, b->set, b->element, set);
    }
    return e->symbol == SYMBOL_ELEMENT ? element_in(s->m, e->kind == EX_NUMBER ? set : e->set, e->index, set) : -1;
}

int element_of_name(struct scope *s, const struct expr *e, int dims, const int *dim)
{
    int element = 0;
    for (int i = 0; i < dims; i++) {
        int const at = i < e->args ? place_of(s, e->arg[i], dim[i]) : -1;
        if (at < 0)
            return -1;
        element = element * s->m->sets.at[dim[i]].count + at;
    }
    return element;
}

static double named(struct scope *s, const struct expr *e, bool *sure)
{
    struct model *const m = s->m;
    bool const parameter = e->symbol == SYMBOL_PARAMETER;
    if (!parameter && e->symbol != SYMBOL_QUANTITY)
        return unsure(sure);
    int const dims = parameter ? m->parameters.at[e->index].dims : m->quantities.at[e->index].dims;
    const int *const dim = parameter ? m->parameters.at[e->index].dim : m->quantities.at[e->index].dim;
    int const element = element_of_name(s, e, dims, dim);
    if (element < 0)
        return unsure(sure);
    return parameter ? parameter_at_value(m, e->index, element, sure) : quantity_at_value(m, e->index, element, sure);
}

static struct scope bound_to(struct model *m, int dims, const int *dim, const char *const *dim_name, int element)
{
    struct scope s = {.m = m, .place = PLACE_MODEL};
    int at[MOST_DIMS];
    element_split(m, dims, dim, element, at);
    for (int i = 0; i < dims; i++) {
        scope_bind(&s, dim_name != NULL ? dim_name[i] : m->sets.at[dim[i]].name, dim[i]);
        s.bound[i].element = at[i];
    }
    return s;
}

double parameter_at_value(struct model *m, int parameter, int element, bool *sure)
{
    const struct m_parameter *const p = &m->parameters.at[parameter];
    const struct parameter_element *const value = m->p->parameter[parameter].element;
    if (p->is == NULL)
        return value != NULL && element < p->count ? value[element].value : unsure(sure);
    struct scope s = bound_to(m, p->dims, p->dim, NULL, element);
    return at_values(&s, p->is[element].expr, sure);
}

double quantity_at_value(struct model *m, int quantity, int element, bool *sure)
{
    const struct m_quantity *const q = &m->quantities.at[quantity];
    if ((q->kind != Q_AUX && q->kind != Q_STOCK) || q->main == NULL || m->evaluating >= MOST_EVALUATIONS)
        return unsure(sure);                             /* too deep is a ring, which emit.c reports */
    struct scope s = bound_to(m, q->dims, q->dim, q->dim_name, element);
    m->evaluating++;
    double const x = at_values(&s, q->main[element].expr, sure);
    m->evaluating--;
    return x;
}

static double binary(struct scope *s, const struct expr *e, bool *sure)
{
    double const a = at_values(s, e->arg[0], sure), b = *sure ? at_values(s, e->arg[1], sure) : 0;
    switch (e->op) {
    case BIN_ADD: return a + b;
    case BIN_SUB: return a - b;
    case BIN_MUL: return a * b;
    case BIN_DIV: return b != 0 ? a / b : unsure(sure);
    case BIN_POW: return a > 0 || (a == 0 && b > 0) ? pm_pow(a, b) : unsure(sure);
    case BIN_EQ: return a == b;
    case BIN_NE: return a != b;
    case BIN_LT: return a < b;
    case BIN_LE: return a <= b;
    case BIN_GT: return a > b;
    case BIN_GE: return a >= b;
    case BIN_AND: return a != 0 && b != 0;
    case BIN_OR: return a != 0 || b != 0;
    }
    return 0;
}

static double called(struct scope *s, const struct expr *e, bool *sure)
{
    if (e->index == FN_size)
        return s->m->sets.at[e->arg[0]->index].count;
    if (e->index == FN_index) {
        int const at = place_of(s, e->arg[0], e->arg[0]->set);
        return at >= 0 ? at + 1 : unsure(sure);
    }
    double x[4] = {0};
    if (e->args < 1 || e->args > 4)
        return unsure(sure);
    for (int i = 0; i < e->args && *sure; i++)
        x[i] = at_values(s, e->arg[i], sure);
    switch (e->index) {
    case FN_abs: return x[0] < 0 ? -x[0] : x[0];
    case FN_sqrt: return x[0] >= 0 ? pm_sqrt(x[0]) : unsure(sure);
    case FN_exp: return pm_exp(x[0]);
    case FN_ln: return x[0] > 0 ? pm_ln(x[0]) : unsure(sure);
    case FN_floor: return pm_floor(x[0]);
    case FN_round: return pm_round(x[0]);
    case FN_clamp: return x[0] < x[1] ? x[1] : x[0] > x[2] ? x[2] : x[0];
    case FN_ratio: return x[1] != 0 ? x[0] / x[1] : x[2];
    case FN_min:
    case FN_max:
        for (int i = 1; i < e->args; i++)
            if (e->index == FN_min ? x[i] < x[0] : x[i] > x[0])
                x[0] = x[i];
        return x[0];
    default: break;
    }
    return unsure(sure);
}

struct total { double sum, product, least, greatest; int count, held; };

static void add_over(struct scope *s, const struct expr *e, int binder, struct total *t, bool *sure)
{
    if (binder < e->binders) {
        int const place = s->bounds;
        scope_bind(s, e->binder[binder].name, e->binder[binder].set);
        for (int i = 0; i < s->m->sets.at[e->binder[binder].set].count && *sure; i++) {
            s->bound[place].element = i;
            add_over(s, e, binder + 1, t, sure);
        }
        s->bounds = place;
        return;
    }
    if (e->where != NULL && at_values(s, e->where, sure) == 0)
        return;
    double const x = at_values(s, e->arg[0], sure);
    t->sum += x;
    t->product *= x;
    t->held += x != 0;
    if (t->count == 0 || x < t->least)
        t->least = x;
    if (t->count == 0 || x > t->greatest)
        t->greatest = x;
    t->count++;
}

static double aggregate(struct scope *s, const struct expr *e, bool *sure)
{
    struct total t = {.product = 1};
    add_over(s, e, 0, &t, sure);
    switch (e->index) {
    case FN_sum: return t.sum;
    case FN_product: return t.product;
    case FN_count: return t.held;
    case FN_any: return t.held > 0;
    case FN_all: return t.held == t.count;
    case FN_mean: return t.count > 0 ? t.sum / t.count : unsure(sure);
    case FN_min: return t.count > 0 ? t.least : unsure(sure);
    case FN_max: return t.count > 0 ? t.greatest : unsure(sure);
    default: break;
    }
    return unsure(sure);
}

static double at_values(struct scope *s, const struct expr *e, bool *sure)
{
    if (e == NULL || !*sure)
        return unsure(sure);
    switch (e->kind) {
    case EX_NUMBER:
    case EX_TRUTH: return e->number;
    case EX_NAME: return named(s, e, sure);
    case EX_NEG: return -at_values(s, e->arg[0], sure);
    case EX_NOT: return at_values(s, e->arg[0], sure) == 0;
    case EX_CONVERT: return e->number * at_values(s, e->arg[0], sure);
    case EX_BINARY: return binary(s, e, sure);
    case EX_IF: return at_values(s, e->arg[at_values(s, e->arg[0], sure) != 0 ? 1 : 2], sure);
    case EX_CALL: return called(s, e, sure);
    case EX_OVER: return aggregate(s, e, sure);
    case EX_DATE:
    case EX_BEST:
    case EX_IN: break;
    }
    return unsure(sure);
}
