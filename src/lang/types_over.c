/* lang/types_over.c — what aggregates over sets are, and what claims read from plays.
 * Binders are bound for the expressions inside and unbound again; the amount of a share stands outside of them. */
#include "base/text.h"
#include "lang/types_private.h"

/* --- aggregates ---------------------------------------------------------------------------------------------------------------------- */
static bool bind_all(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    for (int i = 0; i < e->binders; i++) {
        struct binder *const b = &e->binder[i];
        b->set = find_set(m, b->set_name);
        if (b->set < 0) {
            int const at = scope_find(s, b->set_name);
            if (at >= 0)
                b->set = s->bound[at].set;              /* `over f` where f is bound already: its set */
        }
        if (b->set < 0) {
            LIST_OF(const char *) all = {0};
            for (int k = 0; k < m->sets.count; k++)
                *LIST_ADD(m->a, all) = m->sets.at[k].name;
            diag_error(m->d, b->at, D_UNKNOWN_SET, "no set is called '%s'; %s", b->set_name, did_you_mean(m, text_nearest(b->set_name, all.at, all.count), "sets stand in `sets`"));
            return false;
        }
        scope_bind(s, b->name, b->set);
    }
    return true;
}

/* rank and share speak of the element that is bound outside, of the same set. */
static bool outer_element(struct scope *s, struct expr *e, int outer)
{
    for (int i = outer - 1; i >= 0; i--)
        if (sets_meet(s->m, s->bound[i].set, e->binder[0].set)) {
            e->symbol = SYMBOL_BOUND;
            return true;
        }
    diag_error(s->m->d, e->at, D_NOT_HERE, "%s speaks of one element: it stands in a quantity over '%s'", e->name, s->m->sets.at[e->binder[0].set].name);
    return false;
}

void types_work_over(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    int const f = e->kind == EX_BEST ? FN_best : function_named(e->name);
    int const outer = s->bounds;
    type_broken(e);
    e->index = f;
    bool const aggregate = f == FN_min || f == FN_max || (f >= FN_sum && f <= FN_share);
    if (!aggregate) {
        diag_error(m->d, e->at, D_UNKNOWN_FUNCTION, "'%s' does not go over a set; %s", e->name, f < 0 ? did_you_mean(m, nearest_name(m, e->name, true), "sum, mean, min, max, product, any, all, count do") : functions[f].help);
        return;
    }
    int const wanted = f == FN_share ? 3 : 1;
    if (e->args != wanted) {
        diag_error(m->d, e->at, D_ARGUMENTS, "%s takes %d expression%s before 'over': %s", e->name, wanted, wanted == 1 ? "" : "s", functions[f].help);
        return;
    }
    bool good = true;
    if (f == FN_share) {                                /* the amount is outside what is bound */
        types_work(s, e->arg[0]);
        good = types_want(s, &e->arg[0], TYPE_NUMBER, NULL);
    }
    if (!bind_all(s, e)) {
        s->bounds = outer;
        return;
    }
    for (int i = f == FN_share ? 1 : 0; i < e->args; i++) {
        types_work(s, e->arg[i]);
        good &= types_want(s, &e->arg[i], f == FN_any || f == FN_all || f == FN_count ? TYPE_TRUTH : TYPE_NUMBER, NULL);
    }
    if (e->where != NULL) {
        types_work(s, e->where);
        good &= types_want(s, &e->where, TYPE_TRUTH, NULL);
    }
    s->bounds = outer;
    if (f == FN_rank || f == FN_share || f == FN_best) {
        if (e->binders != 1) {
            diag_error(m->d, e->at, D_ARGUMENTS, "%s goes over one set", e->name);
            good = false;
        } else if (f != FN_best) {
            good &= outer_element(s, e, outer);
        }
    }
    if (!good)
        return;
    if (e->otherwise != NULL && !(f == FN_min || f == FN_max || f == FN_mean || f == FN_best)) {
        diag_error(m->d, e->otherwise->at, D_ARGUMENTS, "%s of nothing has a value of its own; `otherwise` belongs to min, max, mean and best", e->name);
        return;
    }
    struct unit u = e->arg[0]->unit;
    if (f == FN_product && !u.bare && !unit_pure(&u))
        u = unit_unstated();
    if (f == FN_share)
        types_alike(s, &e->arg[0], &e->arg[1]);
    if (f == FN_any || f == FN_all)
        type_be(e, TYPE_TRUTH, unit_none());
    else if (f == FN_count || f == FN_rank)
        type_be(e, TYPE_NUMBER, unit_bare());
    else if (f == FN_best) {
        type_be(e, TYPE_ELEMENT, unit_none());
        e->set = e->binder[0].set;
    } else
        type_be(e, TYPE_NUMBER, u);
    if (e->otherwise != NULL) {
        if (f == FN_best) {
            if (!types_want_element(s, e->otherwise, e->set))
                type_broken(e);
        } else {
            types_work(s, e->otherwise);
            if (!types_want(s, &e->otherwise, TYPE_NUMBER, &u))
                type_broken(e);
        }
    }
}

/* --- claims ------------------------------------------------------------------------------------------------------------------------------ */
/* at(play, quantity[…], when) and its like: arguments are names, a value and moments, looked at when the sample is made (plays.c). */
void types_work_sample(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    int const wanted = e->index == FN_at ? 3 : 4;
    if (e->args != wanted) {
        diag_error(m->d, e->at, D_BAD_CLAIM, "%s takes %d arguments here: %s", e->name, wanted, e->index == FN_mean ? "mean(play, quantity, from, to)" : functions[e->index].help);
        return;
    }
    struct expr *const play = e->arg[0], *const q = e->arg[1];
    int const p = play->kind == EX_NAME ? find_play(m, play->name) : -1;
    if (p < 0) {
        const char *const near = play->kind == EX_NAME ? text_nearest(play->name, m->plays.at, m->plays.count) : NULL;
        diag_error(m->d, play->at, D_UNKNOWN_PLAY, "no play is called '%s'; %s", play->name != NULL ? play->name : "…", did_you_mean(m, near, "plays stand in `plays`"));
        return;
    }
    play->index = p;
    int const at = q->kind == EX_NAME ? find_quantity(m, q->name) : -1;
    if (at < 0) {
        diag_error(m->d, q->at, D_BAD_CLAIM, "a quantity is wanted here; %s", q->name != NULL ? did_you_mean(m, nearest_name(m, q->name, false), "quantities stand in `quantities`") : "give an expression a name of its own");
        return;
    }
    enum stands const place = s->place;
    s->place = PLACE_MODEL;
    types_work_quantity(s, q, at);
    s->place = place;
    for (int i = 2; i < e->args; i++)
        if (e->arg[i]->kind != EX_DATE && e->arg[i]->kind != EX_NUMBER) {
            diag_error(m->d, e->arg[i]->at, D_BAD_MOMENT, "a date is wanted here, written out, as 2017-12");
            return;
        }
    if (q->type == TYPE_BROKEN)
        return;
    bool const number = q->type == TYPE_NUMBER;
    struct unit u = q->unit;
    if (e->index == FN_total && quantity_flows(m, &m->quantities.at[at]))
        u = unit_times(u, m->time_unit);
    type_be(e, number ? TYPE_NUMBER : q->type, u);
    e->set = q->set;
    if (!number && e->index != FN_at) {
        diag_error(m->d, e->at, D_TYPE, "%s is of numbers; '%s' is %s", e->name, q->name, type_words(q->type));
        type_broken(e);
    }
}
