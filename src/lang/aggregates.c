/* lang/aggregates.c — what goes over sets: sum, mean, min, any …, rank, share, best.
 *
 * Members that `where` leaves out for certain have no code at all. Members of a rank, a share or a best keep their place in the set
 * all the same, for these give places or are asked for one.
 */
#include "lang/emit_private.h"

struct member { uint32_t value[3], condition; };      /* condition: the constant 1 if there is no `where` */

/* whole: who is left out for certain stands in the list all the same, under the condition 0 */
struct members { struct arena *a; struct member *at; int count, room; bool conditional, whole; };

static void collect(struct scope *s, const struct expr *e, int binder, int from, struct members *out)
{
    struct model *const m = s->m;
    if (binder < e->binders) {
        int const place = s->bounds;
        scope_bind(s, e->binder[binder].name, e->binder[binder].set);
        for (int i = 0; i < m->sets.at[e->binder[binder].set].count && !m->too_big; i++) {
            s->bound[place].element = i;
            collect(s, e, binder + 1, from, out);
        }
        s->bounds = place;
        return;
    }
    uint32_t const condition = e->where != NULL ? emit(s, e->where) : m->one;
    double x;
    bool const known = constant_value(m, condition, &x);
    if (known && x == 0 && !out->whole)
        return;
    bool const certain = known && x != 0;
    struct guard g = {.outer = s->guard, .condition = condition, .slot = NO_SLOT};
    if (!certain) {
        s->guard = &g;
        out->conditional = true;
    }
    struct member member = {.condition = certain ? m->one : condition};
    for (int i = from; i < e->args; i++)
        member.value[i] = emit(s, e->arg[i]);
    if (!certain)
        s->guard = (struct guard *)g.outer;
    *LIST_ADD(m->a, *out) = member;
}

static uint32_t range_of(struct scope *s, const struct members *all, int value, bool negate)
{
    bool contiguous = all->count > 0 && !negate && slot_region(all->at[0].value[value]) != REGION_TEMP;
    for (int i = 1; i < all->count && contiguous; i++)
        contiguous = all->at[i].value[value] == all->at[0].value[value] + (uint32_t)i;
    if (contiguous)
        return all->at[0].value[value];
    uint32_t const first = new_work(s->m, (uint32_t)all->count);
    for (int i = 0; i < all->count; i++)
        emit_op(s, negate ? OP_NEG : OP_COPY, first + (uint32_t)i, all->at[i].value[value], 0, 0, 0);
    return first;
}

static uint32_t conditions_of(struct scope *s, const struct members *all)
{
    uint32_t const first = new_work(s->m, (uint32_t)all->count);
    for (int i = 0; i < all->count; i++)
        emit_op(s, OP_COPY, first + (uint32_t)i, all->at[i].condition, 0, 0, 0);
    return first;
}

static uint32_t accumulate(struct scope *s, const struct members *all, enum op op, double nothing, bool truths)
{
    uint32_t const none = constant(s->m, nothing);
    uint32_t sum = NO_SLOT;
    for (int i = 0; i < all->count; i++) {
        uint32_t x = all->at[i].value[0];
        if (all->at[i].condition != s->m->one)
            x = truths && nothing == 0 ? emit_pure(s, OP_AND, all->at[i].condition, x, 0) : emit_pure(s, OP_SELECT, all->at[i].condition, x, none);
        sum = sum == NO_SLOT ? x : emit_pure(s, op, sum, x, 0);
    }
    return sum == NO_SLOT ? none : sum;
}

static uint32_t count_of(struct scope *s, const struct members *all)
{
    uint32_t sum = constant(s->m, 0);
    for (int i = 0; i < all->count; i++)
        sum = emit_pure(s, OP_ADD, sum, all->at[i].condition, 0);
    return sum;
}

static uint32_t of_nothing(struct scope *s, const struct expr *e)
{
    diag_error(s->m->d, e->at, D_ARGUMENTS, "%s of nothing has no value; add `otherwise x`", e->name);
    return constant(s->m, 0);
}

static uint32_t extreme(struct scope *s, const struct expr *e, const struct members *all)
{
    bool const least = e->index == FN_min;
    if (all->count == 0 && e->otherwise != NULL)
        return emit(s, e->otherwise);
    if (all->count == 0)
        return of_nothing(s, e);
    if (!all->conditional) {
        uint32_t x = all->at[0].value[0];
        for (int i = 1; i < all->count; i++)
            x = emit_pure(s, least ? OP_MIN : OP_MAX, x, all->at[i].value[0], 0);
        return x;
    }
    uint32_t const values = range_of(s, all, 0, least), masks = conditions_of(s, all), n = (uint32_t)all->count;
    uint32_t const place = slot_in(REGION_TEMP, s->builder->temps++), found = slot_in(REGION_TEMP, s->builder->temps++);
    if (e->otherwise == NULL)
        emit_op(s, OP_BEST, place, values, masks, n, 0);
    else
        emit_op(s, OP_BESTOR, place, values, masks, n, constant(s->m, 0));
    emit_op(s, OP_GATHER, found, place, values, 1, n);
    uint32_t const x = least ? emit_pure(s, OP_NEG, found, 0, 0) : found;
    if (e->otherwise == NULL)
        return x;
    uint32_t const any = emit_pure(s, OP_LT, constant(s->m, 0), count_of(s, all), 0);
    return emit_pure(s, OP_SELECT, any, x, emit_guarded(s, e->otherwise, any, true));
}

/* The element of `set` that is bound around e. */
static uint32_t mean_of(struct scope *s, const struct expr *e, const struct members *all)
{
    if (all->count == 0)
        return e->otherwise != NULL ? emit(s, e->otherwise) : of_nothing(s, e);
    uint32_t const sum = accumulate(s, all, OP_ADD, 0, false), count = count_of(s, all);
    if (e->otherwise == NULL)
        return emit_pure(s, OP_DIV, sum, count, 0);
    return emit_pure(s, OP_RATIO, sum, count, emit_guarded(s, e->otherwise, count, true));
}

struct which emit_outer(struct scope *s, const struct expr *e, int set)
{
    struct which w = {0};
    for (int i = s->bounds - 1; i >= 0; i--)
        if (sets_meet(s->m, s->bound[i].set, set)) {
            struct expr const name = {.kind = EX_NAME, .name = s->bound[i].name, .symbol = SYMBOL_BOUND, .set = s->bound[i].set, .at = e->at};
            return emit_which(s, &name, set);
        }
    return w;
}

/* What the element of which a rank speaks has itself: it is compared with the members, though `where` may leave it out. */
static uint32_t own_value(struct scope *s, const struct expr *e, struct which own)
{
    int const place = s->bounds;
    scope_bind(s, e->binder[0].name, e->binder[0].set);
    s->bound[place].runtime = own.runtime;
    s->bound[place].element = own.element;
    s->bound[place].slot = own.slot;
    uint32_t const x = emit(s, e->arg[0]);
    s->bounds = place;
    return x;
}

static uint32_t rank_of(struct scope *s, const struct expr *e, const struct members *all, struct which own)
{
    if (!own.runtime && !all->conditional)
        return emit_shared(s, OP_RANK, range_of(s, all, 0, false), (uint32_t)all->count, (uint32_t)own.element, 0);
    uint32_t const mine = own_value(s, e, own);
    uint32_t sum = s->m->one;
    for (int i = 0; i < all->count; i++)
        sum = emit_pure(s, OP_ADD, sum, emit_pure(s, OP_AND, all->at[i].condition, emit_pure(s, OP_LT, mine, all->at[i].value[0], 0), 0), 0);
    return sum;
}

/* Who is left out asks for nothing. */
static uint32_t share_of(struct scope *s, uint32_t amount, struct members *all, struct which own)
{
    uint32_t const n = (uint32_t)all->count, d = new_work(s->m, n);
    for (uint32_t i = 0; i < n; i++)
        if (all->at[i].condition != s->m->one)
            all->at[i].value[1] = emit_pure(s, OP_SELECT, all->at[i].condition, all->at[i].value[1], constant(s->m, 0));
    emit_op(s, OP_SHARE, d, amount, range_of(s, all, 1, false), range_of(s, all, 2, false), n);
    return own.runtime ? emit_shared(s, OP_GATHER, own.slot, d, 1, n) : d + (uint32_t)own.element;
}

static uint32_t best_of(struct scope *s, const struct expr *e, const struct members *all)
{
    struct model *const m = s->m;
    uint32_t const values = range_of(s, all, 0, false), masks = conditions_of(s, all), d = slot_in(REGION_TEMP, s->builder->temps++);
    if (e->otherwise == NULL) {
        emit_op(s, OP_BEST, d, values, masks, (uint32_t)all->count, 0);
        return d;
    }
    struct which const w = emit_which(s, e->otherwise, e->binder[0].set);
    emit_op(s, OP_BESTOR, d, values, masks, (uint32_t)all->count, w.runtime ? w.slot : constant(m, w.element));
    return d;
}

uint32_t emit_over(struct scope *s, const struct expr *e)
{
    bool const shares = e->index == FN_share, ranks = e->index == FN_rank;
    struct members all = {.a = s->m->a, .whole = shares || ranks || e->index == FN_best};
    struct which const own = shares || ranks ? emit_outer(s, e, e->binder[0].set) : (struct which){0};
    uint32_t const amount = shares ? emit(s, e->arg[0]) : 0;
    collect(s, e, 0, shares ? 1 : 0, &all);
    switch (e->index) {
    case FN_sum: return accumulate(s, &all, OP_ADD, 0, false);
    case FN_product: return accumulate(s, &all, OP_MUL, 1, false);
    case FN_any: return accumulate(s, &all, OP_OR, 0, true);
    case FN_all: return accumulate(s, &all, OP_AND, 1, true);
    case FN_count: return accumulate(s, &all, OP_ADD, 0, true);
    case FN_min:
    case FN_max: return extreme(s, e, &all);
    case FN_mean: return mean_of(s, e, &all);
    case FN_rank: return rank_of(s, e, &all, own);
    case FN_share: return share_of(s, amount, &all, own);
    default: return best_of(s, e, &all);
    }
}
