/* lang/views.c — who sees what: seen_by, groups, and how hidden an auxiliary is by what it is worked out from. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

static bool is_spec(const struct node *n)
{
    if (node_is_text(n))
        return true;
    static const char *const keys[] = {"error", "points", "lag", "as"};
    for (int i = 0; i < 4; i++)
        if (node_get(n, keys[i]) != NULL)
            return true;
    return false;
}

/* {us: exact, …} or one word for all, rather than a map from elements to such. */
static bool is_viewers(const struct model *m, const struct node *n)
{
    if (is_spec(n))
        return true;
    for (int i = 0; n->kind == NODE_MAP && i < n->count; i++)
        if ((find_seat(m, n->key[i]->text) >= 0 || strcmp(n->key[i]->text, "otherwise") == 0) && is_spec(n->item[i]))
            return true;
    return false;
}

static struct seen read_spec(struct model *m, const struct node *n)
{
    struct seen s = {.kind = SEEN_EXACT, .as = -1};
    if (node_is_text(n)) {
        if (strcmp(n->text, "none") == 0)
            s.kind = SEEN_NONE;
        else if (strcmp(n->text, "exact") != 0)
            diag_error(m->d, n->at, D_NOT_A_CHOICE, "'%s' cannot stand here; write exact, none, {error: 10%%, lag: 1} or {as: quantity}", n->text);
        return s;
    }
    const struct node *const as = node_get(n, "as"), *const error = node_get(n, "error"), *const points = node_get(n, "points"), *const lag = node_get(n, "lag");
    if (node_is_text(as)) {
        s.kind = SEEN_AS;
        s.as = find_quantity(m, as->text);
        if (s.as < 0) {
            const char *const near = nearest_name(m, as->text, false);
            diag_error(m->d, as->at, D_UNKNOWN_NAME, "no quantity is called '%s'; %s", as->text, did_you_mean(m, near, "quantities stand in `quantities`"));
            s.kind = SEEN_NONE;
        }
        return s;
    }
    double x = 0;
    if (error != NULL && points != NULL)
        diag_error(m->d, points->at, D_ONE_OF, "'error' and 'points' cannot both stand here: an error is a share of the value or an amount; keep one");
    if (error != NULL && node_number(m, error, &s.error))
        s.kind = SEEN_NOISY;
    if (points != NULL && node_number(m, points, &s.error)) {
        s.kind = SEEN_NOISY;
        s.points = true;
    }
    if (lag != NULL && node_number(m, lag, &x)) {
        s.kind = SEEN_NOISY;
        bool const whole = x >= 0 && x <= 1000 && x == pm_floor(x);
        s.lag = whole ? (int)x : 0;
        if (!whole)
            diag_error(m->d, lag->at, D_NOT_WHOLE, "a lag is a whole number of turns, from 0 on");
    }
    if (s.error < 0)
        diag_error(m->d, error != NULL ? error->at : points->at, D_BAD_RANGE, "an error is not negative");
    return s;
}

static void read_viewers(struct model *m, const struct node *n, struct seen *seen)
{
    for (int seat = 0; seat < m->seats.count; seat++)
        seen[seat] = (struct seen){.kind = SEEN_EXACT, .as = -1};
    if (is_spec(n)) {
        for (int seat = 0; seat < m->seats.count; seat++)
            seen[seat] = read_spec(m, n);
        return;
    }
    const struct node *const other = node_get(n, "otherwise");
    for (int seat = 0; other != NULL && seat < m->seats.count; seat++)
        seen[seat] = read_spec(m, other);
    for (int i = 0; n->kind == NODE_MAP && i < n->count; i++) {
        int const seat = find_seat(m, n->key[i]->text);
        if (seat >= 0)
            seen[seat] = read_spec(m, n->item[i]);
        else if (n->item[i] != other) {
            const char *const near = text_nearest(n->key[i]->text, m->seats.at, m->seats.count);
            diag_error(m->d, n->key[i]->at, D_UNKNOWN_SEAT, "no seat is called '%s'; %s", n->key[i]->text, did_you_mean(m, near, "seats stand in `seats`"));
        }
    }
}

/* --- how hidden ---------------------------------------------------------------------------------------------------------------- */
static struct seen more_hidden(struct seen a, struct seen b)
{
    bool const none = a.kind == SEEN_NONE || b.kind == SEEN_NONE || a.kind == SEEN_AS || b.kind == SEEN_AS;
    if (none)
        return (struct seen){.kind = SEEN_NONE, .as = -1};
    if (b.kind == SEEN_EXACT)
        return a;
    if (a.kind == SEEN_EXACT)
        return b;
    struct seen s = a;
    if (b.error > s.error) {
        s.error = b.error;
        s.points = b.points;
    }
    s.lag = b.lag > s.lag ? b.lag : s.lag;
    return s;
}

struct hiding { struct model *m; int seat; struct seen seen; const struct expr *whole; };

/* How much e moves with quantity q where that is a fixed number; 0 where it hangs on something else. An error in points is carried
 * along by it, so that a score of 100 * x is as unsure as x, times 100. */
static double slope(const struct model *m, const struct expr *e, int q, bool *sure);

static double fixed(const struct model *m, const struct expr *e, bool *is)
{
    if (e->kind == EX_NUMBER)
        return e->number;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_PARAMETER && e->args == 0 && m->p->parameter[e->index].element != NULL && m->p->parameter[e->index].prior != PRIOR_COMPUTED)
        return m->p->parameter[e->index].element[0].value;
    if (e->kind == EX_BINARY && (e->op == BIN_ADD || e->op == BIN_SUB || e->op == BIN_MUL || e->op == BIN_DIV)) {
        double const a = fixed(m, e->arg[0], is), b = fixed(m, e->arg[1], is);
        if (e->op == BIN_DIV && b == 0)
            *is = false;
        return !*is ? 0 : e->op == BIN_ADD ? a + b : e->op == BIN_SUB ? a - b : e->op == BIN_MUL ? a * b : a / b;
    }
    if (e->kind == EX_CONVERT)
        return e->number * fixed(m, e->arg[0], is);
    *is = false;
    return 0;
}

static double slope_of_product(const struct model *m, const struct expr *e, int q, bool *sure)
{
    for (int k = 0; k < 2; k++) {
        bool is = true;
        double const factor = fixed(m, e->arg[k], &is);
        if (is && (e->op == BIN_MUL || (k == 1 && factor != 0)))
            return slope(m, e->arg[1 - k], q, sure) * (e->op == BIN_MUL ? factor : 1 / factor);
    }
    *sure = false;
    return 0;
}

static double slope(const struct model *m, const struct expr *e, int q, bool *sure)
{
    bool is = true;
    fixed(m, e, &is);
    if (is)
        return 0;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_QUANTITY)
        return e->index == q ? 1 : 0;
    if (e->kind == EX_NEG)
        return -slope(m, e->arg[0], q, sure);
    if (e->kind == EX_CONVERT)
        return e->number * slope(m, e->arg[0], q, sure);
    if (e->kind == EX_BINARY && (e->op == BIN_ADD || e->op == BIN_SUB)) {
        double const a = slope(m, e->arg[0], q, sure), b = slope(m, e->arg[1], q, sure);
        return e->op == BIN_ADD ? a + b : a - b;
    }
    if (e->kind == EX_BINARY && (e->op == BIN_MUL || e->op == BIN_DIV))
        return slope_of_product(m, e, q, sure);
    *sure = false;
    return 0;
}

/* As hidden as the element that `at` names, or as the most hidden of all where it names none for certain. */
static struct seen worst_of(struct model *m, int quantity, const struct expr *at, int seat)
{
    const struct quantity *const q = &m->p->quantity[quantity];
    int element = 0;
    bool sure = true;
    for (int i = 0; i < at->args && i < q->dims; i++) {
        sure &= at->arg[i]->kind == EX_NAME && at->arg[i]->symbol == SYMBOL_ELEMENT && at->arg[i]->set == q->dim[i];
        element = element * m->sets.at[q->dim[i]].count + (sure ? at->arg[i]->index : 0);
    }
    if (sure && element < q->count)
        return q->seen[element * m->seats.count + seat];
    struct seen s = {.kind = SEEN_EXACT, .as = -1};
    for (int k = 0; k < q->count; k++)
        s = more_hidden(s, q->seen[k * m->seats.count + seat]);
    return s;
}

static void derive(struct model *m, int quantity);

static void add_hidden(void *self, int quantity, const struct expr *at)
{
    struct hiding *const h = self;
    derive(h->m, quantity);
    struct seen s = worst_of(h->m, quantity, at, h->seat);
    if (s.kind == SEEN_NOISY && s.points) {
        bool sure = true;
        double const by = slope(h->m, h->whole, quantity, &sure);
        if (sure)
            s.error *= by < 0 ? -by : by;
    }
    h->seen = more_hidden(h->seen, s);
}

struct seen hidden_as(struct model *m, const struct expr *e, int seat)
{
    struct hiding h = {m, seat, {.kind = SEEN_EXACT, .as = -1}, e};
    expr_quantities(e, add_hidden, &h);
    return h.seen;
}

static bool reads_world(const struct expr *e)            /* time or a move: not parameters alone */
{
    if (e == NULL)
        return false;
    if (e->kind == EX_NAME && (e->symbol == SYMBOL_TIME || e->symbol == SYMBOL_TURN || e->symbol == SYMBOL_MONTH || e->symbol == SYMBOL_MOVE))
        return true;
    if (e->kind == EX_CALL && e->index >= FN_step && e->index <= FN_elapsed)
        return true;
    if (e->kind == EX_CALL && e->index >= FN_promised && e->index <= FN_deals)
        return true;
    for (int i = 0; i < e->args; i++)
        if (reads_world(e->arg[i]))
            return true;
    return reads_world(e->where) || reads_world(e->otherwise);
}

static void add_world(void *self, int quantity, const struct expr *at)
{
    (void)at;
    struct hiding *const h = self;
    derive(h->m, quantity);
    if (!h->m->quantities.at[quantity].parameters_only)
        h->seat = -1;
}

/* Works out an auxiliary's views from what it reads; others have theirs from the start. in_aux marks: 2 done before, 3 in work, 4 done. */
static void derive(struct model *m, int quantity)
{
    struct m_quantity *const x = &m->quantities.at[quantity];
    struct quantity *const q = &((struct quantity *)m->p->quantity)[quantity];
    if (x->kind != Q_AUX || x->in_aux[0] >= 3)
        return;
    x->in_aux[0] = 3;
    struct hiding only = {m, 0, {.kind = SEEN_EXACT}, NULL};
    bool world = false;
    for (int k = 0; k < x->count; k++)
        if (x->main[k].expr != NULL) {
            world |= reads_world(x->main[k].expr);
            expr_quantities(x->main[k].expr, add_world, &only);
        }
    x->parameters_only = q->parameters_only = !world && only.seat >= 0;
    const struct node *const said = node_get(x->node, "seen_by"), *const group = node_get(node_get(node_get(m->root, "groups"), q->group != NULL ? q->group : ""), "seen_by");
    if (said == NULL && group == NULL && !x->parameters_only)
        for (int k = 0; k < x->count; k++)
            for (int seat = 0; seat < m->seats.count; seat++)
                ((struct seen *)q->seen)[k * m->seats.count + seat] = x->main[k].expr != NULL ? hidden_as(m, x->main[k].expr, seat) : (struct seen){.kind = SEEN_EXACT, .as = -1};
    x->in_aux[0] = 4;
}

void build_views(struct model *m)
{
    int const seats = m->seats.count;
    for (int i = 0; i < m->quantities.count; i++) {
        struct m_quantity *const x = &m->quantities.at[i];
        struct quantity *const q = &((struct quantity *)m->p->quantity)[i];
        struct seen *const seen = ARENA_ARRAY(m->a, x->count * seats + 1, struct seen);
        q->seen = seen;
        const struct node *said = node_get(x->node, "seen_by");
        if (said == NULL)
            said = node_get(node_get(node_get(m->root, "groups"), q->group != NULL ? q->group : ""), "seen_by");
        bool const per_element = said != NULL && !is_viewers(m, said) && is_element_map(m, said, x->dims, x->dim);
        if (per_element)
            map_check(m, said, x->dims, x->dim);
        const struct node *last = NULL;
        for (int k = 0; k < x->count; k++) {
            const struct node *n = said;
            const struct node *outer = NULL;
            if (per_element)
                for (int d = 0, at[MOST_DIMS]; d < x->dims && n != NULL && !is_viewers(m, n); d++) {
                    element_split(m, x->dims, x->dim, k, at);
                    const struct node *const own = node_get(n, m->sets.at[x->dim[d]].element[at[d]]), *const other = node_get(n, "otherwise");
                    outer = other != NULL ? other : outer;
                    n = own != NULL ? own : outer;
                }
            for (int seat = 0; seat < seats; seat++)
                seen[k * seats + seat] = (struct seen){.kind = SEEN_EXACT, .as = -1};
            if (n != NULL && n == last)
                memcpy(&seen[k * seats], &seen[(k - 1) * seats], (size_t)seats * sizeof *seen);
            else if (n != NULL)
                read_viewers(m, n, &seen[k * seats]);
            last = n;
        }
    }
    for (int i = 0; i < m->quantities.count; i++)
        derive(m, i);
}

/* --- requirements --------------------------------------------------------------------------------------------------------------------- */
struct reader_of { struct model *m; int seat; const char *what; };

static void must_be_exact(void *self, int quantity, const struct expr *at)
{
    const struct reader_of *const r = self;
    struct seen const s = worst_of(r->m, quantity, at, r->seat);
    if (s.kind != SEEN_EXACT)
        diag_error(r->m->d, at->at, D_SEES_NOT, "%s may read only what '%s' sees exactly, and it does not see '%s' so; ask something that it sees, or change seen_by",
                   r->what, r->m->seats.at[r->seat], r->m->quantities.at[quantity].name);
}

static bool can_be_quiet(const struct m_move *x)
{
    const struct node *const settings = node_get(node_get(x->node, "measure"), "settings");
    for (int i = 0; settings != NULL && settings->kind == NODE_MAP && i < settings->count; i++)
        if (node_get(settings->item[i], "quiet") != NULL)
            return true;
    return false;
}

/* What another seat may do without announcing it is not seen exactly either. */
static void no_quiet_moves(struct model *m, const struct expr *e, const struct reader_of *r)
{
    if (e == NULL)
        return;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_MOVE && m->moves.at[e->index].seat != r->seat && can_be_quiet(&m->moves.at[e->index]))
        diag_error(m->d, e->at, D_SEES_NOT, "%s may read only what '%s' sees exactly, and '%s' can be done quietly; ask something that it sees", r->what, m->seats.at[r->seat], m->moves.at[e->index].name);
    for (int i = 0; i < e->args; i++)
        no_quiet_moves(m, e->arg[i], r);
    no_quiet_moves(m, e->where, r);
    no_quiet_moves(m, e->otherwise, r);
}

void read_only_exact(struct model *m, const struct expr *e, int seat, const char *what)
{
    struct reader_of r = {m, seat, what};
    no_quiet_moves(m, e, &r);
    expr_quantities(e, must_be_exact, &r);
}
