/* lang/types.c — what an expression is: names resolved, types and units worked out, once per expression and not per element.
 * A broken node gets one finding; whoever uses it stays quiet. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/types_private.h"

const struct function_row functions[FN_COUNT] = {
#define FUNCTION(name, least, most, help) {#name, least, most, help},
#include "lang/functions.def"
#undef FUNCTION
};

void scope_bind(struct scope *s, const char *name, int set)
{
    if (s->bounds < MOST_BOUND)
        s->bound[s->bounds++] = (struct bound){.name = name, .set = set};
}

int scope_find(const struct scope *s, const char *name)
{
    for (int i = s->bounds - 1; i >= 0; i--)
        if (s->bound[i].name != NULL && strcmp(s->bound[i].name, name) == 0)
            return i;
    return -1;
}

void type_be(struct expr *e, enum type type, struct unit unit)
{
    e->type = type;
    e->unit = unit;
}

void type_broken(struct expr *e) { type_be(e, TYPE_BROKEN, unit_unstated()); }

const char *type_words(enum type type)
{
    switch (type) {
    case TYPE_NUMBER: return "a number";
    case TYPE_TRUTH: return "a truth";
    case TYPE_ELEMENT: return "an element";
    case TYPE_BROKEN: break;
    }
    return "nothing";
}

/* --- holding an expression to its place ------------------------------------------------------------------------------------- */
static void convert(struct model *m, struct expr **e, double factor, struct unit unit)
{
    if (factor == 1)
        return;
    struct expr *const c = ARENA_NEW(m->a, struct expr);
    *c = (struct expr){.kind = EX_CONVERT, .at = (*e)->at, .number = factor, .args = 1, .type = TYPE_NUMBER, .unit = unit};
    c->arg = ARENA_NEW(m->a, struct expr *);
    c->arg[0] = *e;
    *e = c;
}

/* Makes *e fit `unit`: a conversion, or a finding that names the two units. */
static bool want_unit(struct scope *s, struct expr **e, const struct unit *unit)
{
    struct expr *const x = *e;
    if (unit->bare || x->unit.bare)
        return true;
    if (unit_same(&x->unit, unit)) {
        convert(s->m, e, x->unit.scale / unit->scale, *unit);
        return true;
    }
    bool const sure = unit->vouched && x->unit.vouched;
    if (!sure && !((unit->vouched && !unit_pure(unit)) || (x->unit.vouched && !unit_pure(&x->unit))))
        return true;                                    /* nothing was stated on either side that could be held against it */
    const char *const is = unit_print(&x->unit, s->m->a), *const wanted = unit_print(unit, s->m->a);
    if (sure)
        diag_error(s->m->d, x->at, D_UNIT, "this is %s, but %s is wanted here; make the units agree", is, wanted);
    else
        diag_warning(s->m->d, x->at, D_UNIT, "this looks like %s, but %s is wanted here; give each name in it its unit", is, wanted);
    return !sure;
}

bool types_want(struct scope *s, struct expr **e, enum type type, const struct unit *unit)
{
    struct expr *const x = *e;
    if (x->type == TYPE_BROKEN)
        return false;
    if (x->type != type) {
        const char *const remedy = type == TYPE_TRUTH    ? "compare it with something, as x > 0"
                                   : type == TYPE_NUMBER ? (x->type == TYPE_TRUTH ? "write if … then 1 else 0" : "use index(…) for an element's place")
                                                         : "name an element";
        diag_error(s->m->d, x->at, D_TYPE, "%s is wanted here, but this is %s; %s", type_words(type), type_words(x->type), remedy);
        return false;
    }
    return type != TYPE_NUMBER || unit == NULL || want_unit(s, e, unit);
}

/* --- names -------------------------------------------------------------------------------------------------------------------- */
bool types_want_element(struct scope *s, struct expr *e, int set)
{
    struct model *const m = s->m;
    if (e->kind == EX_NUMBER && e->literal_whole && m->sets.at[set].count > 0) {
        char number[NUMBER_TEXT];
        int const at = find_element(m, set, text_number(e->number, number));
        if (at >= 0) {
            e->symbol = SYMBOL_ELEMENT;
            e->index = at;
            e->set = set;
            e->type = TYPE_ELEMENT;
            return true;
        }
        const struct set *const x = &m->sets.at[set];
        diag_error(m->d, e->at, D_UNKNOWN_ELEMENT, "set '%s' has no element '%s'; its elements go from %s to %s", x->name, number, x->element[0], x->element[x->count - 1]);
        type_broken(e);
        return false;
    }
    if (e->kind == EX_NAME && e->args == 0 && scope_find(s, e->name) < 0) {
        int home, at;
        bool const is_element = find_any_element(m, e->name, &home, &at);
        if (!is_element && find_quantity(m, e->name) < 0 && find_parameter(m, e->name) < 0) {
            const char *const near = text_nearest(e->name, m->sets.at[set].element, m->sets.at[set].count);
            int const other = find_set(m, e->name);
            diag_error(m->d, e->at, D_UNKNOWN_ELEMENT, "set '%s' has no element '%s'; %s", m->sets.at[set].name, e->name,
                       other >= 0 ? arena_printf(m->a, "'%s' is a set, and none of its elements is meant here; name one, or go over them, as sum(… over %s)", e->name, e->name) : did_you_mean(m, near, "its elements stand in `sets`"));
            e->type = TYPE_BROKEN;
            return false;
        }
    }
    types_work(s, e);
    if (e->type == TYPE_BROKEN)
        return false;
    if (e->type != TYPE_ELEMENT || !sets_meet(m, e->set, set)) {
        diag_error(m->d, e->at, D_SUBSCRIPTS, "an element of '%s' is wanted here; %s", m->sets.at[set].name,
                   e->type == TYPE_ELEMENT ? arena_printf(m->a, "this is one of '%s'", m->sets.at[e->set].name) : "this is no element");
        return false;
    }
    if (e->kind == EX_NAME && e->symbol == SYMBOL_ELEMENT && element_in(m, e->set, e->index, set) < 0) {
        diag_error(m->d, e->at, D_UNKNOWN_ELEMENT, "'%s' does not belong to '%s'; name one of its elements", e->name, m->sets.at[set].name);
        return false;
    }
    return true;
}

static void check_subscripts(struct scope *s, struct expr *e, int dims, const int *dim)
{
    struct model *const m = s->m;
    if (e->args != dims) {
        struct text form;
        text_init(&form, m->a);
        text_addf(&form, "%s", e->name);
        for (int i = 0; i < dims; i++)
            text_addf(&form, "%s%s", i == 0 ? "[" : ", ", m->sets.at[dim[i]].name);
        if (dims > 0)
            text_add(&form, "]");
        if (e->args == 0)
            diag_error(m->d, e->at, D_SUBSCRIPTS, "'%s' has a value for each element; write %s, or an aggregate over them", e->name, form.at);
        else
            diag_error(m->d, e->at, D_SUBSCRIPTS, "'%s' takes %d subscript%s, not %d; write %s", e->name, dims, dims == 1 ? "" : "s", e->args, form.at);
        e->type = TYPE_BROKEN;
        return;
    }
    for (int i = 0; i < dims; i++)
        if (!types_want_element(s, e->arg[i], dim[i]))
            e->type = TYPE_BROKEN;
}

void type_not_here(struct scope *s, struct expr *e, const char *why)
{
    diag_error(s->m->d, e->at, D_NOT_HERE, "'%s' cannot stand here; %s", e->name != NULL ? e->name : "this", why);
    type_broken(e);
}

void types_work_quantity(struct scope *s, struct expr *e, int q)
{
    struct model *const m = s->m;
    e->symbol = SYMBOL_QUANTITY;
    e->index = q;
    if (s->place == PLACE_PARAMETER) {
        type_not_here(s, e, "parameters hang on other parameters only");
        return;
    }
    if (s->place == PLACE_CLAIM) {
        type_not_here(s, e, "a claim reads plays: at(play, quantity, when)");
        return;
    }
    quantity_types(m, q);
    type_be(e, m->quantities.at[q].type, m->quantities.at[q].unit);
    e->set = m->quantities.at[q].element_set;
    check_subscripts(s, e, m->quantities.at[q].dims, m->quantities.at[q].dim);
}

static void work_name(struct scope *s, struct expr *e)
{
    static const struct { const char *name; enum symbol symbol; } words[] = {{"time", SYMBOL_TIME}, {"turn", SYMBOL_TURN}, {"month", SYMBOL_MONTH}, {"pi", SYMBOL_PI}};
    struct model *const m = s->m;
    int i = e->args == 0 ? scope_find(s, e->name) : -1;
    if (i >= 0) {
        e->symbol = SYMBOL_BOUND;
        e->set = s->bound[i].set;
        type_be(e, TYPE_ELEMENT, unit_none());
        return;
    }
    if ((i = find_quantity(m, e->name)) >= 0) {
        types_work_quantity(s, e, i);
        return;
    }
    if ((i = find_parameter(m, e->name)) >= 0) {
        e->symbol = m->parameters.at[i].table >= 0 ? SYMBOL_TABLE : SYMBOL_PARAMETER;
        e->index = i;
        parameter_types(m, i);
        type_be(e, TYPE_NUMBER, m->parameters.at[i].unit);
        if (e->symbol == SYMBOL_TABLE) {
            diag_error(m->d, e->at, D_TYPE, "'%s' is a table; read it with lookup(x, %s)", e->name, e->name);
            type_broken(e);
            return;
        }
        check_subscripts(s, e, m->parameters.at[i].dims, m->parameters.at[i].dim);
        return;
    }
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (strcmp(e->name, words[k].name) == 0 && e->args == 0) {
            e->symbol = words[k].symbol;
            type_be(e, TYPE_NUMBER, unit_bare());
            if (e->symbol != SYMBOL_PI && (s->place == PLACE_PARAMETER || s->place == PLACE_CLAIM))
                type_not_here(s, e, "there is no present moment here");
            else if (e->symbol == SYMBOL_MONTH && m->p->time.kind == TIME_NUMBER)
                diag_warning(m->d, e->at, D_NOT_A_DATE, "there is no calendar here and month is always 0, for time is a plain number; start at a date, as 2017-01, or use time");
            return;
        }
    int set, element;
    if (e->args == 0 && find_any_element(m, e->name, &set, &element)) {
        e->symbol = SYMBOL_ELEMENT;
        e->index = element;
        e->set = set;
        type_be(e, TYPE_ELEMENT, unit_none());
        return;
    }
    set = find_set(m, e->name);
    const char *otherwise = "quantities, parameters and elements can be named";
    if (set >= 0)
        otherwise = arena_printf(m->a, "it is a set, and none of its elements is meant here; write for instance sum(x[%s] over %s)", e->name, e->name);
    else if (strcmp(e->name, "True") == 0 || strcmp(e->name, "TRUE") == 0 || strcmp(e->name, "False") == 0 || strcmp(e->name, "FALSE") == 0)
        otherwise = "truths are true and false";
    else if (function_named(e->name) >= 0)
        otherwise = arena_printf(m->a, "it is a function, and its bracket is round: %s", functions[function_named(e->name)].help);
    else if (find_move(m, e->name) >= 0)
        otherwise = arena_printf(m->a, "it is a move; write level(%s), in_force(%s) or times(%s)", e->name, e->name, e->name);
    diag_error(m->d, e->at, D_UNKNOWN_NAME, "nothing is called '%s'; %s", e->name, set >= 0 || find_move(m, e->name) >= 0 || function_named(e->name) >= 0 ? otherwise : did_you_mean(m, nearest_name(m, e->name, false), otherwise));
    type_broken(e);
}

/* --- arithmetic ----------------------------------------------------------------------------------------------------------------- */
/* Whether a number stands there as one writes it: 2, -2 or 1/3. Its value is then in *x. */
static bool literal(const struct expr *e, double *x)
{
    if (e->kind == EX_NUMBER)
        *x = e->number;
    else if (e->kind == EX_NEG && e->arg[0]->kind == EX_NUMBER)
        *x = -e->arg[0]->number;
    else if (e->kind == EX_BINARY && e->op == BIN_DIV && e->arg[0]->kind == EX_NUMBER && e->arg[1]->kind == EX_NUMBER && e->arg[1]->number != 0)
        *x = e->arg[0]->number / e->arg[1]->number;
    else
        return false;
    return true;
}

/* Two things that must be alike: the second is brought to the first's unit, or the first to the second's if the first is bare. After a
 * finding the unit counts as unstated, so that whatever is made of it stays quiet. */
struct unit types_alike(struct scope *s, struct expr **a, struct expr **b)
{
    if ((*a)->unit.bare)
        return (*b)->unit;
    if ((*b)->unit.bare)
        return (*a)->unit;
    struct unit u = (*a)->unit;
    bool good;
    if (!u.vouched && unit_pure(&u) && !unit_same(&u, &(*b)->unit)) {
        u = (*b)->unit;                                 /* the stated side decides */
        good = want_unit(s, a, &u);
    } else {
        good = want_unit(s, b, &u);
    }
    u.vouched = (*a)->unit.vouched && (*b)->unit.vouched;
    return good ? u : unit_bare();
}

static bool numbers(struct scope *s, struct expr *e, int from, int to)
{
    bool good = true;
    for (int i = from; i < to; i++)
        good &= types_want(s, &e->arg[i], TYPE_NUMBER, NULL);
    return good;
}

static void want_plain(struct scope *s, struct expr **e)
{
    struct unit const none = unit_none();
    types_want(s, e, TYPE_NUMBER, &none);
}

static void work_power(struct scope *s, struct expr *e)
{
    double power;
    if (literal(e->arg[1], &power) && !e->arg[0]->unit.bare) {
        type_be(e, TYPE_NUMBER, unit_power(e->arg[0]->unit, power));
        return;
    }
    want_plain(s, &e->arg[1]);
    if (!e->arg[0]->unit.bare && !unit_pure(&e->arg[0]->unit) && e->arg[0]->unit.vouched) {
        diag_error(s->m->d, e->arg[0]->at, D_UNIT, "this is %s, and only a plain number can be raised to a power that is not written out; divide it by something alike",
                   unit_print(&e->arg[0]->unit, s->m->a));
        type_broken(e);
        return;
    }
    bool const sure = e->arg[0]->unit.vouched && e->arg[1]->unit.vouched;
    type_be(e, TYPE_NUMBER, e->arg[0]->unit.bare && e->arg[1]->unit.bare ? unit_bare() : sure ? unit_none() : unit_unstated());
}

/* Months, weeks and days are counted from the year 0: a plain number there is hardly what its author means. */
static void warn_no_moment(struct scope *s, const struct expr *e)
{
    double x;
    enum time_kind const kind = s->m->p->time.kind;
    if ((kind == TIME_MONTHS || kind == TIME_WEEKS || kind == TIME_DAYS) && literal(e, &x))
        diag_warning(s->m->d, e->at, D_NOT_A_DATE, "time is a date in this scenario; write one, as 2018-01, or compare `turn` with a number");
}

static bool is_time(const struct expr *e) { return e->kind == EX_NAME && e->symbol == SYMBOL_TIME; }

static void work_comparison(struct scope *s, struct expr *e)
{
    struct expr *const a = e->arg[0], *const b = e->arg[1];
    type_be(e, TYPE_TRUTH, unit_none());
    if (a->type == TYPE_BROKEN || b->type == TYPE_BROKEN) {
        type_broken(e);
        return;
    }
    bool const order = e->op != BIN_EQ && e->op != BIN_NE;
    if (a->type != b->type || (order && a->type != TYPE_NUMBER)) {
        diag_error(s->m->d, e->at, D_TYPE, "%s cannot be compared with %s; compare like with like", type_words(a->type), type_words(b->type));
        type_broken(e);
    } else if (a->type == TYPE_NUMBER) {
        if (is_time(a) || is_time(b))
            warn_no_moment(s, is_time(a) ? b : a);
        types_alike(s, &e->arg[0], &e->arg[1]);
    } else if (a->type == TYPE_ELEMENT && !sets_meet(s->m, a->set, b->set)) {
        diag_error(s->m->d, e->at, D_TYPE, "an element of '%s' is never one of '%s'; compare elements of one set", s->m->sets.at[a->set].name, s->m->sets.at[b->set].name);
        type_broken(e);
    }
}

/* firm = 3 as in x[3]: a number beside an element names one. */
static void work_beside(struct scope *s, const struct expr *a, struct expr *b)
{
    if (a->type == TYPE_ELEMENT && b->kind == EX_NUMBER)
        types_want_element(s, b, a->set);
    else
        types_work(s, b);
}

static void work_binary(struct scope *s, struct expr *e)
{
    types_work(s, e->arg[0]);
    work_beside(s, e->arg[0], e->arg[1]);
    if (e->op == BIN_AND || e->op == BIN_OR) {
        bool const left = types_want(s, &e->arg[0], TYPE_TRUTH, NULL), right = types_want(s, &e->arg[1], TYPE_TRUTH, NULL);
        bool const good = left && right;
        good ? type_be(e, TYPE_TRUTH, unit_none()) : type_broken(e);
        return;
    }
    if (e->op >= BIN_EQ && e->op <= BIN_GE) {
        work_comparison(s, e);
        return;
    }
    if (!numbers(s, e, 0, 2)) {
        type_broken(e);
        return;
    }
    type_be(e, TYPE_NUMBER, unit_bare());
    if (e->op == BIN_ADD || e->op == BIN_SUB)
        e->unit = types_alike(s, &e->arg[0], &e->arg[1]);
    else if (e->op == BIN_MUL)
        e->unit = unit_times(e->arg[0]->unit, e->arg[1]->unit);
    else if (e->op == BIN_DIV)
        e->unit = unit_over(e->arg[0]->unit, e->arg[1]->unit);
    else
        work_power(s, e);
}

static void work_if(struct scope *s, struct expr *e)
{
    for (int i = 0; i < 3; i++)
        types_work(s, e->arg[i]);
    bool good = types_want(s, &e->arg[0], TYPE_TRUTH, NULL);
    struct expr *const a = e->arg[1], *const b = e->arg[2];
    if (a->type == TYPE_BROKEN || b->type == TYPE_BROKEN) {
        type_broken(e);
        return;
    }
    if (a->type == TYPE_ELEMENT && b->type == TYPE_ELEMENT && a->set != b->set) {
        diag_error(s->m->d, e->at, D_TYPE, "one branch gives an element of '%s', the other one of '%s'; both must be of one set", s->m->sets.at[a->set].name, s->m->sets.at[b->set].name);
        good = false;
    } else if (a->type != b->type) {
        diag_error(s->m->d, e->at, D_TYPE, "one branch gives %s, the other %s; both must be alike", type_words(a->type), type_words(b->type));
        good = false;
    }
    e->set = a->set;
    if (!good)
        type_broken(e);
    else
        type_be(e, a->type, a->type == TYPE_NUMBER ? types_alike(s, &e->arg[1], &e->arg[2]) : unit_none());
}

static void work_in(struct scope *s, struct expr *e)
{
    bool good = true;
    for (int i = 0; i < e->args; i++) {
        i == 0 ? types_work(s, e->arg[0]) : work_beside(s, e->arg[0], e->arg[i]);
        good &= e->arg[i]->type != TYPE_BROKEN;
    }
    type_be(e, TYPE_TRUTH, unit_none());
    for (int i = 1; i < e->args && good; i++) {
        if (e->arg[i]->type != e->arg[0]->type || (e->arg[0]->type == TYPE_ELEMENT && !sets_meet(s->m, e->arg[0]->set, e->arg[i]->set))) {
            diag_error(s->m->d, e->arg[i]->at, D_TYPE, "the list holds %s where %s is looked for; list things that are alike", type_words(e->arg[i]->type), type_words(e->arg[0]->type));
            good = false;
        } else if (e->arg[0]->type == TYPE_NUMBER && !e->arg[0]->unit.bare) {
            want_unit(s, &e->arg[i], &e->arg[0]->unit);
        }
    }
    if (!good)
        type_broken(e);
}

/* --- functions --------------------------------------------------------------------------------------------------------------------- */
int function_named(const char *name)
{
    for (int i = 0; i < FN_COUNT; i++)
        if (strcmp(functions[i].name, name) == 0)
            return i;
    return -1;
}

static bool is_later(int f)
{
    return f == FN_persona;
}

static void work_move_function(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    struct expr *const move = e->arg[0];
    if (s->place == PLACE_PARAMETER || s->place == PLACE_CLAIM) {
        type_not_here(s, e, "nobody has moved yet where parameters and claims stand");
        return;
    }
    int const index = move->kind == EX_NAME && move->args == 0 ? find_move(m, move->name) : -1;
    if (index < 0) {
        LIST_OF(const char *) all = {0};
        for (int i = 0; i < m->moves.count; i++)
            *LIST_ADD(m->a, all) = m->moves.at[i].name;
        const char *const near = move->name != NULL ? text_nearest(move->name, all.at, all.count) : NULL;
        diag_error(m->d, move->at, D_UNKNOWN_MOVE, "no move is called '%s'; %s", move->name != NULL ? move->name : "…", did_you_mean(m, near, "moves stand in `moves`"));
        type_broken(e);
        return;
    }
    move->symbol = SYMBOL_MOVE;
    move->index = index;
    const struct m_move *const mv = &m->moves.at[index];
    if (e->index != FN_times && e->index != FN_turns_since && !mv->measure) {
        diag_error(m->d, e->at, D_NOT_HERE, "'%s' is an act, done once and over; only a measure can be in force, so ask times(%s) or turns_since(%s)", mv->name, mv->name, mv->name);
        type_broken(e);
        return;
    }
    if (e->args == 2) {
        if (mv->target < 0) {
            diag_error(m->d, e->arg[1]->at, D_ARGUMENTS, "'%s' has no target; write %s(%s)", mv->name, e->name, mv->name);
            type_broken(e);
            return;
        }
        if (!types_want_element(s, e->arg[1], mv->target)) {
            type_broken(e);
            return;
        }
    }
    bool const truth = e->index == FN_in_force || e->index == FN_threatened;
    type_be(e, truth ? TYPE_TRUTH : TYPE_NUMBER, e->index == FN_level || truth ? unit_none() : unit_bare());
}

/* Functions that keep something between steps: where they may stand, and what comes out. */
static void work_memory_function(struct scope *s, struct expr *e)
{
    bool const turn_too = e->index == FN_previous || e->index == FN_initial;
    if (s->place == PLACE_PARAMETER || s->place == PLACE_CLAIM || (s->place == PLACE_TURN && !turn_too)) {
        type_not_here(s, e, "it keeps something from step to step; give it a quantity of its own and name that here");
        return;
    }
    for (int i = 0; i < e->args; i++)
        types_work(s, e->arg[i]);
    if (e->arg[0]->type == TYPE_BROKEN) {
        type_broken(e);
        return;
    }
    if (turn_too) {
        type_be(e, e->arg[0]->type, e->arg[0]->unit);
        e->set = e->arg[0]->set;
        return;
    }
    types_want(s, &e->arg[0], TYPE_NUMBER, NULL);
    type_be(e, TYPE_NUMBER, e->arg[0]->unit);
    if (e->index == FN_sample) {
        types_want(s, &e->arg[1], TYPE_TRUTH, NULL);
        types_want(s, &e->arg[2], TYPE_NUMBER, &e->unit);
        return;
    }
    types_want(s, &e->arg[1], TYPE_NUMBER, s->m->p->time.kind == TIME_NUMBER && s->m->p->time.unit[0] == '\0' ? NULL : &s->m->time_unit);
    double lag;
    if (literal(e->arg[1], &lag) && (lag < 0 || (lag == 0 && e->index != FN_delay))) {
        diag_error(s->m->d, e->arg[1]->at, D_ARGUMENTS, "a length of time is above 0; the past is %s(x, 2)", e->name);
        type_broken(e);
        return;
    }
    int first = 2;
    if (e->index == FN_smooth_n || e->index == FN_delay_n) {
        first = 3;
        double n;
        if (!literal(e->arg[2], &n) || n < 1 || n > 32 || n != pm_floor(n)) {
            diag_error(s->m->d, e->arg[2]->at, D_ARGUMENTS, "the number of stages is a whole number from 1 to 32, written out");
            type_broken(e);
            return;
        }
        e->arg[2]->number = n;                          /* 6 / 2 is 3 stages */
    }
    if (e->args > first)
        types_want(s, &e->arg[first], TYPE_NUMBER, &e->unit);
    if (e->index == FN_trend)
        e->unit = unit_over(unit_none(), s->m->time_unit);
}

static void work_draw(struct scope *s, struct expr *e)
{
    if (s->place != PLACE_DRAW) {
        type_not_here(s, e, "a draw is a quantity of its own: name: {draw: \"normal(1, 0.1)\"}, and its name stands here");
        return;
    }
    for (int i = 0; i < e->args; i++)
        types_work(s, e->arg[i]);
    if (!numbers(s, e, 0, e->args)) {
        type_broken(e);
        return;
    }
    if (e->index == FN_chance || e->index == FN_poisson || e->index == FN_lognormal) {
        for (int i = 0; i < e->args; i++)
            want_plain(s, &e->arg[i]);
        type_be(e, e->index == FN_chance ? TYPE_TRUTH : TYPE_NUMBER, e->index == FN_chance ? unit_none() : unit_bare());
        return;
    }
    struct unit u = types_alike(s, &e->arg[0], &e->arg[1]);
    if (e->args == 3)
        want_unit(s, &e->arg[2], &u);
    type_be(e, TYPE_NUMBER, u);
}

static void work_alike(struct scope *s, struct expr *e, int from)
{
    if (!numbers(s, e, from, e->args)) {
        type_broken(e);
        return;
    }
    struct unit u = e->arg[from]->unit;
    for (int i = from + 1; i < e->args; i++)
        u = types_alike(s, &e->arg[from], &e->arg[i]);
    for (int i = from + 1; i < e->args; i++)           /* all the rest once the unit is settled */
        if (!u.bare)
            want_unit(s, &e->arg[i], &u);
    type_be(e, TYPE_NUMBER, u);
}

static void work_set_function(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    struct expr *const x = e->arg[0];
    int const at = x->kind == EX_NAME && x->args == 0 ? scope_find(s, x->name) : -1;
    int const set = x->kind == EX_NAME && x->args == 0 ? find_set(m, x->name) : -1;
    type_be(e, TYPE_NUMBER, unit_bare());
    if (e->index == FN_size) {
        x->symbol = SYMBOL_SET;
        x->index = set >= 0 ? set : at >= 0 ? s->bound[at].set : -1;
        if (x->index < 0) {
            diag_error(m->d, x->at, D_UNKNOWN_SET, "size wants a set, as size(firm); no set is called '%s'", x->name != NULL ? x->name : "…");
            type_broken(e);
        }
        return;
    }
    types_work(s, x);
    if (x->type != TYPE_ELEMENT) {
        if (x->type != TYPE_BROKEN)
            diag_error(m->d, x->at, D_TYPE, "index wants an element, as index(firm) where firm is bound");
        type_broken(e);
    }
}

static void work_lookup(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    types_work(s, e->arg[0]);
    struct expr *const t = e->arg[1];
    int const p = t->kind == EX_NAME && t->args == 0 ? find_parameter(m, t->name) : -1;
    if (p < 0 || m->parameters.at[p].table < 0) {
        LIST_OF(const char *) all = {0};
        for (int i = 0; i < m->parameters.count; i++)
            if (m->parameters.at[i].table >= 0)
                *LIST_ADD(m->a, all) = m->parameters.at[i].name;
        const char *const near = t->name != NULL ? text_nearest(t->name, all.at, all.count) : NULL;
        diag_error(m->d, t->at, D_BAD_TABLE, "lookup wants a table; %s", did_you_mean(m, near, "give a parameter `table: [[0, 1], [10, 2]]` and name it here"));
        type_broken(e);
        return;
    }
    t->symbol = SYMBOL_TABLE;
    t->index = p;
    if (!types_want(s, &e->arg[0], TYPE_NUMBER, NULL))
        type_broken(e);
    else
        type_be(e, TYPE_NUMBER, m->parameters.at[p].unit);
}

static bool meets_bound(const struct scope *s, int set)
{
    for (int i = s->bounds - 1; i >= 0; i--)
        if (sets_meet(s->m, s->bound[i].set, set))
            return true;
    return false;
}

/* neighbours(network, x[f]) and its like speak of the element that is bound outside; x is read at the elements linked with it. */
static void work_network_function(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    struct expr *const name = e->arg[0];
    int const at = name->kind == EX_NAME && name->args == 0 ? find_network(m, name->name) : -1;
    if (at < 0) {
        LIST_OF(const char *) all = {0};
        for (int i = 0; i < m->networks.count; i++)
            *LIST_ADD(m->a, all) = m->networks.at[i].name;
        const char *const near = name->name != NULL ? text_nearest(name->name, all.at, all.count) : NULL;
        diag_error(m->d, name->at, D_BAD_NETWORK, "no network is called '%s'; %s", name->name != NULL ? name->name : "…", did_you_mean(m, near, "networks stand in `networks`"));
        return;
    }
    const struct network *const n = &m->networks.at[at];
    name->index = at;
    int const own = e->index == FN_clients ? n->to : n->from;
    if (!meets_bound(s, own)) {
        diag_error(m->d, e->at, D_NOT_HERE, "%s speaks of one element: it stands in a quantity over '%s'", e->name, m->sets.at[own].name);
        return;
    }
    if (e->index == FN_degree || e->index == FN_betweenness) {
        m->uses_betweenness |= e->index == FN_betweenness;
        if (e->index == FN_betweenness && n->from != n->to)
            diag_error(m->d, e->at, D_BAD_NETWORK, "betweenness is of a network over one set");
        type_be(e, TYPE_NUMBER, unit_bare());
        return;
    }
    int const outer = s->bounds, other = e->index == FN_clients ? n->from : n->to;
    scope_bind(s, m->sets.at[other].name, other);
    types_work(s, e->arg[1]);
    bool const good = types_want(s, &e->arg[1], TYPE_NUMBER, NULL);
    s->bounds = outer;
    if (good)
        type_be(e, TYPE_NUMBER, e->arg[1]->unit);
}

static void work_time_function(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    if (s->place == PLACE_PARAMETER || s->place == PLACE_CLAIM) {
        type_not_here(s, e, "there is no present moment here");
        return;
    }
    for (int i = 0; i < e->args; i++)
        types_work(s, e->arg[i]);
    if (!numbers(s, e, 0, e->args)) {
        type_broken(e);
        return;
    }
    warn_no_moment(s, e->arg[0]);
    if (e->index == FN_ramp)
        warn_no_moment(s, e->arg[2]);
    if (e->index == FN_elapsed)
        type_be(e, TYPE_NUMBER, unit_none());
    else if (e->index == FN_ramp)
        type_be(e, TYPE_NUMBER, e->arg[1]->unit.bare ? unit_bare() : unit_times(e->arg[1]->unit, m->time_unit));
    else
        type_be(e, TYPE_NUMBER, e->arg[1]->unit);
}

static void work_plain_function(struct scope *s, struct expr *e)
{
    for (int i = 0; i < e->args; i++)
        types_work(s, e->arg[i]);
    if (!numbers(s, e, 0, e->args)) {
        type_broken(e);
        return;
    }
    switch (e->index) {
    case FN_abs: case FN_floor: case FN_round: case FN_trunc:
        type_be(e, TYPE_NUMBER, e->arg[0]->unit);
        return;
    case FN_sign:
        type_be(e, TYPE_NUMBER, unit_bare());
        return;
    case FN_sqrt:
        type_be(e, TYPE_NUMBER, e->arg[0]->unit.bare ? unit_bare() : unit_power(e->arg[0]->unit, 0.5));
        return;
    case FN_mod: case FN_min: case FN_max: case FN_clamp:
        work_alike(s, e, 0);
        return;
    case FN_ratio: {
        struct unit u = unit_over(e->arg[0]->unit, e->arg[1]->unit);
        type_be(e, TYPE_NUMBER, u);
        types_want(s, &e->arg[2], TYPE_NUMBER, &u);
        return;
    }
    default:
        break;
    }
    want_plain(s, &e->arg[0]);                           /* exp, ln, sin … */
    type_be(e, TYPE_NUMBER, e->arg[0]->unit.bare ? unit_bare() : e->arg[0]->unit.vouched ? unit_none() : unit_unstated());
}

static void work_call(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    int const f = function_named(e->name);
    type_broken(e);
    if (f < 0) {
        const char *const near = nearest_name(m, e->name, true);
        bool const value = find_quantity(m, e->name) >= 0 || find_parameter(m, e->name) >= 0;
        diag_error(m->d, e->at, D_UNKNOWN_FUNCTION, "no function is called '%s'; %s", e->name,
                   value ? arena_printf(m->a, "it is a value: subscripts stand in [ ], a product needs *") : strcmp(e->name, "log") == 0 ? "ln(x) is the natural logarithm, log10(x) the one to base ten" : did_you_mean(m, near, "see `demarche schema --reference`"));
        return;
    }
    e->index = f;
    bool const spans = s->place == PLACE_CLAIM && (f == FN_mean || f == FN_at || f == FN_total || f == FN_greatest || f == FN_least);
    if (is_later(f)) {
        diag_error(m->d, e->at, D_LATER_KEY, "'%s' is known but not yet available in this version; leave it out for now", e->name);
        return;
    }
    if (spans) {
        types_work_sample(s, e);
        return;
    }
    if ((f >= FN_sum && f <= FN_share && f != FN_mean) || f == FN_mean) {
        diag_error(m->d, e->at, D_ARGUMENTS, "%s goes over a set: %s", e->name, functions[f].help);
        return;
    }
    if (f >= FN_at && f <= FN_least) {
        type_not_here(s, e, "it reads a play, which only claims do");
        return;
    }
    if (e->args < functions[f].least || e->args > functions[f].most) {
        diag_error(m->d, e->at, D_ARGUMENTS, "%s does not take %d argument%s: %s", e->name, e->args, e->args == 1 ? "" : "s", functions[f].help);
        return;
    }
    if (f >= FN_level && f <= FN_times)
        work_move_function(s, e);
    else if (f >= FN_promised && f <= FN_deals)
        work_promise_function(s, e);
    else if (f >= FN_normal && f <= FN_chance)
        work_draw(s, e);
    else if (f >= FN_delay && f <= FN_sample)
        work_memory_function(s, e);
    else if (f >= FN_neighbours && f <= FN_betweenness)
        work_network_function(s, e);
    else if (f == FN_size || f == FN_index)
        work_set_function(s, e);
    else if (f == FN_lookup)
        work_lookup(s, e);
    else if (f >= FN_step && f <= FN_elapsed)
        work_time_function(s, e);
    else
        work_plain_function(s, e);
}

/* --- one expression ------------------------------------------------------------------------------------------------------------------------ */
static bool well_known(double x)
{
    if (x == 0 || x == 1 || x == 2 || x == 12 || x == 100 || x == 0.5)
        return true;
    for (double p = 1e-12; p < 1e13; p *= 10)
        if (x > p * (1 - 1e-12) && x < p * (1 + 1e-12))
            return true;
    return false;
}

static void work(struct scope *s, struct expr *e)
{
    switch (e->kind) {
    case EX_NUMBER:
        type_be(e, TYPE_NUMBER, unit_bare());
        if (s->lint && !s->covered && !well_known(e->number)) {
            char number[NUMBER_TEXT];
            diag_warning(s->m->d, e->at, D_BARE_NUMBER, "the number %s has no evidence; make it a parameter, or give its block a source or judgement", text_number(e->number, number));
        }
        return;
    case EX_DATE:
        type_be(e, TYPE_NUMBER, unit_bare());
        if (s->m->p->time.kind == TIME_NUMBER) {
            diag_error(s->m->d, e->at, D_NOT_A_DATE, "time is a plain number in this scenario; write a number here, or blanks for a difference: a - b");
            type_broken(e);
        }
        return;
    case EX_TRUTH: type_be(e, TYPE_TRUTH, unit_none()); return;
    case EX_NAME: work_name(s, e); return;
    case EX_CALL: work_call(s, e); return;
    case EX_OVER:
    case EX_BEST: types_work_over(s, e); return;
    case EX_NEG:
        types_work(s, e->arg[0]);
        types_want(s, &e->arg[0], TYPE_NUMBER, NULL) ? type_be(e, TYPE_NUMBER, e->arg[0]->unit) : type_broken(e);
        return;
    case EX_NOT:
        types_work(s, e->arg[0]);
        types_want(s, &e->arg[0], TYPE_TRUTH, NULL) ? type_be(e, TYPE_TRUTH, unit_none()) : type_broken(e);
        return;
    case EX_BINARY: work_binary(s, e); return;
    case EX_IF: work_if(s, e); return;
    case EX_IN: work_in(s, e); return;
    case EX_CONVERT: return;
    }
}

/* Through names this goes from quantity to quantity; the machine's stack is finite. */
void types_work(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    if (++m->typing_depth > DEPTH_MOST) {
        diag_error(m->d, e->at, D_TOO_BIG, "equations use one another in too long a row here; declare first what others use, or leave steps out");
        type_broken(e);
    } else {
        work(s, e);
    }
    m->typing_depth--;
}

static struct expr *finish(struct scope *s, struct expr *e, enum type type, const struct unit *unit)
{
    if (e == NULL)
        return NULL;
    types_work(s, e);
    return types_want(s, &e, type, unit) ? e : NULL;
}

struct expr *read_expr(struct scope *s, const struct node *n, enum type type, const struct unit *unit)
{
    return n == NULL ? NULL : finish(s, expr_read(s->m->a, s->m->d, n), type, unit);
}

struct expr *read_expr_part(struct scope *s, const struct node *n, size_t from, size_t length, enum type type, const struct unit *unit)
{
    return finish(s, expr_read_part(s->m->a, s->m->d, n, from, length), type, unit);
}

void expr_quantities(const struct expr *e, void (*visit)(void *self, int quantity, const struct expr *at), void *self)
{
    if (e == NULL)
        return;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_QUANTITY)
        visit(self, e->index, e);
    for (int i = 0; i < e->args; i++)
        expr_quantities(e->arg[i], visit, self);
    expr_quantities(e->where, visit, self);
    expr_quantities(e->otherwise, visit, self);
}
