/* lang/dialogue.c — what seats can promise each other: terms, methods, vague words, and what keeping and breaking costs. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "code/proposal.h"
#include "lang/emit_private.h"
#include "lang/types_private.h"

/* --- names first ---------------------------------------------------------------------------------------------------------------- */

void declare_dialogue(struct model *m)
{
    const struct node *const terms = node_get(m->root, "terms"), *const block = node_get(m->root, "dialogue");
    struct dialogue *const d = &m->p->dialogue;
    uint32_t const seats = (uint32_t)m->seats.count;
    *d = (struct dialogue){.given = block != NULL || terms != NULL, .trust = -1, .audience = -1, .credibility = -1, .in_public = 1, .backchannel = 1, .tolerance = 0.15};
    if (!d->given)
        return;
    if (seats == 0) {
        diag_error(m->d, (block != NULL ? block : terms)->at, D_UNKNOWN_SEAT, "there is a dialogue but no seats to hold it; add `seats`");
        d->given = false;
        return;
    }
    node_place(m, block != NULL ? block : terms, &d->path, &d->line);
    for (int i = 0; terms != NULL && terms->kind == NODE_MAP && i < terms->count; i++)
        *LIST_ADD(m->a, m->terms) = terms->key[i]->text;
    struct deal_term *const out = ARENA_ARRAY(m->a, m->terms.count + 1, struct deal_term);
    for (int i = 0; i < m->terms.count; i++)
        out[i].state = new_state(m, TERM_SLOTS, arena_printf(m->a, "promises of %s", m->terms.at[i]));
    m->p->term = out;
    m->p->terms = m->terms.count;
    d->breaches = new_state(m, seats * seats, "breaches");
    d->deals = new_state(m, seats * seats, "deals");
    d->numbered = new_state(m, 1, "deals so far");
    d->monitors = new_state(m, MOST_MONITORS * MONITOR_SLOTS, "clause in force");
}

static int find_term(const struct model *m, const char *name)
{
    for (int i = 0; i < m->terms.count; i++)
        if (strcmp(m->terms.at[i], name) == 0)
            return i;
    return -1;
}

/* --- asking in expressions ------------------------------------------------------------------------------------------------------- */

void work_promise_function(struct scope *s, struct expr *e)
{
    struct model *const m = s->m;
    bool const of_term = e->index != FN_breaches && e->index != FN_deals;
    if (s->place == PLACE_PARAMETER || s->place == PLACE_CLAIM) {
        type_not_here(s, e, "nobody has promised anything yet where parameters and claims stand");
        return;
    }
    if (!m->p->dialogue.given) {
        type_not_here(s, e, "this scenario has no `dialogue`, so nothing can be promised in it");
        return;
    }
    if (of_term) {
        struct expr *const term = e->arg[0];
        term->index = term->kind == EX_NAME && term->args == 0 ? find_term(m, term->name) : -1;
        if (term->index < 0) {
            const char *const near = term->kind == EX_NAME ? text_nearest(term->name, m->terms.at, m->terms.count) : NULL;
            diag_error(m->d, term->at, D_UNKNOWN_TERM, "no term is called '%s'; %s", term->name != NULL ? term->name : "…", did_you_mean(m, near, "terms stand in `terms`"));
            type_broken(e);
            return;
        }
        term->symbol = SYMBOL_TERM;
        type_be(e, TYPE_TRUTH, unit_none());
        return;
    }
    for (int i = 0; i < 2; i++)
        if (!types_want_element(s, e->arg[i], m->p->seat_set)) {
            type_broken(e);
            return;
        }
    type_be(e, TYPE_NUMBER, unit_bare());
}

uint32_t emit_promise(struct scope *s, const struct expr *e)
{
    struct model *const m = s->m;
    uint32_t const seats = (uint32_t)m->seats.count;
    if (e->index != FN_breaches && e->index != FN_deals) {
        uint32_t const state = m->p->term[e->arg[0]->index].state, zero = constant(m, 0);
        if (e->index == FN_promised)
            return emit_pure(s, OP_LT, zero, state + TERM_PROMISED, 0);
        if (e->index == FN_broken)
            return emit_pure(s, OP_LT, zero, state + TERM_BROKEN, 0);
        return emit_pure(s, OP_AND, emit_pure(s, OP_LT, zero, state + TERM_PROMISED, 0), emit_pure(s, OP_EQ, state + TERM_PROMISED, state + TERM_KEPT, 0), 0);
    }
    uint32_t const first = e->index == FN_breaches ? m->p->dialogue.breaches : m->p->dialogue.deals;
    struct which const a = emit_which(s, e->arg[0], m->p->seat_set), b = emit_which(s, e->arg[1], m->p->seat_set);
    if (!a.runtime && !b.runtime)
        return first + (uint32_t)a.element * seats + (uint32_t)b.element;
    uint32_t const row = a.runtime ? emit_pure(s, OP_MUL, a.slot, constant(m, seats), 0) : constant(m, (double)a.element * seats);
    return emit_shared(s, OP_GATHER, emit_pure(s, OP_ADD, row, b.runtime ? b.slot : constant(m, b.element), 0), first, 1, seats * seats);
}

/* --- terms -------------------------------------------------------------------------------------------------------------------------- */

static void read_term(struct model *m, const struct node *key, const struct node *block, struct deal_term *t)
{
    const struct node *const seat = node_get(block, "seat");
    t->name = key->text;
    t->title = node_words(node_get(block, "title"), readable(m, key->text));
    t->seat = node_is_text(seat) ? find_seat(m, seat->text) : -1;
    t->evidence = read_evidence(m, block);
    t->kept_when = NO_CODE;
    node_place(m, key, &t->path, &t->line);
    if (t->seat < 0) {
        const char *const near = text_nearest(node_words(seat, ""), m->seats.at, m->seats.count);
        diag_error(m->d, seat != NULL ? seat->at : key->at, D_UNKNOWN_SEAT, "no seat is called '%s'; %s", node_words(seat, "…"), did_you_mean(m, near, "seats stand in `seats`"));
        t->seat = 0;
    }
    const char *const what = arena_printf(m->a, "term %s", key->text);
    struct scope s = {.m = m, .place = PLACE_TURN, .covered = has_evidence(block), .lint = true, .what = what, .origin = new_origin(m, what, key)};
    struct expr *const e = read_expr(&s, node_get(block, "kept_when"), TYPE_TRUTH, NULL);
    if (e == NULL)
        return;
    for (int i = 0; i < m->seats.count; i++)
        if (hidden_as(m, e, i).kind == SEEN_EXACT)
            t->exact_for |= 1u << i;
    t->kept_when = emit_code(&s, e, true);
}

/* --- words and methods -------------------------------------------------------------------------------------------------------------- */

static void read_vagues(struct model *m, const struct node *map)
{
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct vague *const out = ARENA_ARRAY(m->a, n + 1, struct vague);
    for (int i = 0; i < n; i++) {
        const struct node *const pair = map->item[i];
        struct vague *const v = &out[i];
        v->name = map->key[i]->text;
        if (pair->kind != NODE_LIST || pair->count != 2 || !node_number(m, pair->item[0], &v->low) || !node_number(m, pair->item[1], &v->high))
            continue;
        v->turns = v->high > 1;
        if (v->low > v->high)
            diag_error(m->d, pair->at, D_BAD_RANGE, "the least comes first: [30%%, 90%%]");
        else if (v->low < 0 || (v->turns && (v->low != pm_floor(v->low) || v->high != pm_floor(v->high) || v->high > 1000)))
            diag_error(m->d, pair->at, D_BAD_RANGE, "a vague word is a level between 0 and 1, as [30%%, 90%%], or a number of turns, as [1, 3]");
    }
    m->p->vague = out;
    m->p->vagues = n;
}

static void read_blind(struct model *m, const struct node *list, struct method *method)
{
    int const many = list == NULL ? 0 : list->kind == NODE_LIST ? list->count : 1;
    int *const out = ARENA_ARRAY(m->a, many + 1, int);
    for (int i = 0; i < many; i++) {
        const struct node *const n = list->kind == NODE_LIST ? list->item[i] : list;
        int const move = node_is_text(n) ? find_move(m, n->text) : -1;
        if (move < 0)
            diag_error(m->d, n->at, D_UNKNOWN_MOVE, "no move is called '%s'; moves stand in `moves`", node_words(n, "…"));
        else
            out[method->blinds++] = move;
    }
    method->blind = out;
}

enum { LAG_MOST = 3 };              /* what is remembered of a clause's level (game/deals.h) */

static void read_method(struct model *m, const struct node *key, const struct node *block, struct method *out)
{
    const struct node *const lag = node_get(block, "lag"), *const error = node_get(block, "error"), *const cost = node_get(block, "cost");
    double x = 0;
    *out = (struct method){.name = key->text, .title = node_words(node_get(block, "title"), readable(m, key->text))};
    if (strcmp(key->text, "none") == 0)
        diag_error(m->d, key->at, D_NAME_TWICE, "`verify none` says that nothing is checked; call the method otherwise");
    if (lag != NULL && node_number(m, lag, &x)) {
        out->lag = x < 0 ? 0 : x > LAG_MOST ? LAG_MOST : (int)x;
        if (x > LAG_MOST)
            diag_error(m->d, lag->at, D_BAD_RANGE, "a method tells at most %d turns late", LAG_MOST);
    }
    if (error != NULL && node_number(m, error, &out->error) && !(out->error >= 0 && out->error <= 1))
        diag_error(m->d, error->at, D_BAD_RANGE, "an error is points of level between 0 and 1, as 12%%");
    if (cost != NULL && node_number(m, cost, &out->cost) && out->cost < 0)
        diag_error(m->d, cost->at, D_BAD_RANGE, "a cost is not negative");
    if (node_get(block, "consent") != NULL)
        out->consent = node_truth(m, node_get(block, "consent"));
    if (node_get(block, "reported") != NULL)
        out->reported = node_truth(m, node_get(block, "reported"));
    read_blind(m, node_get(block, "blind"), out);
}

static void read_methods(struct model *m, const struct node *map)
{
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct method *const out = ARENA_ARRAY(m->a, n + 1, struct method);
    for (int i = 0; i < n; i++)
        read_method(m, map->key[i], map->item[i], &out[i]);
    m->p->method = out;
    m->p->methods = n;
}

/* --- what it costs ------------------------------------------------------------------------------------------------------------------- */

/* A stock over the seats: `dims` of them, or with `or_none` of none. -1 after a finding. */
static int stock_of_seats(struct model *m, const struct node *n, int dims, bool or_none, const char *shape)
{
    int const q = node_is_text(n) ? find_quantity(m, n->text) : -1;
    if (n == NULL)
        return -1;
    if (q < 0) {
        const char *const near = nearest_name(m, node_words(n, ""), false);
        diag_error(m->d, n->at, D_UNKNOWN_NAME, "no quantity is called '%s'; %s", node_words(n, "…"), did_you_mean(m, near, "quantities stand in `quantities`"));
        return -1;
    }
    const struct m_quantity *const x = &m->quantities.at[q];
    bool fits = x->kind == Q_STOCK && (x->dims == dims || (or_none && x->dims == 0));
    for (int i = 0; fits && i < x->dims; i++)
        fits = x->dim[i] == m->p->seat_set;
    if (fits)
        return q;
    diag_error(m->d, n->at, D_NOT_A_STOCK, "'%s' is not a stock of that shape; what is wanted here is %s", n->text, shape);
    return -1;
}

static void number_of(struct model *m, const struct node *block, const char *key, double *x)
{
    if (node_get(block, key) != NULL)
        node_number(m, node_get(block, key), x);
}

static void push_of(struct model *m, const struct node *block, const char *key, double *x)
{
    number_of(m, block, key, x);
    if (!(*x >= -1 && *x <= 1))
        diag_error(m->d, node_get(block, key)->at, D_BAD_RANGE, "a push is a share of the room left, or of what is there, between -100%% and 100%%");
}

static void factor_of(struct model *m, const struct node *block, const char *key, double *x)
{
    number_of(m, block, key, x);
    if (*x < 0)
        diag_error(m->d, node_get(block, key)->at, D_BAD_RANGE, "a factor is not negative");
}

static void read_costs(struct model *m, const struct node *block, struct dialogue *d)
{
    push_of(m, block, "kept", &d->kept);
    push_of(m, block, "short", &d->fell_short);
    push_of(m, block, "walk_out", &d->walk_out);
    push_of(m, block, "false_claim", &d->false_claim);
    factor_of(m, block, "in_public", &d->in_public);
    factor_of(m, block, "backchannel", &d->backchannel);
}

void build_dialogue(struct model *m)
{
    const struct node *const block = node_get(m->root, "dialogue"), *const terms = node_get(m->root, "terms");
    struct dialogue *const d = &m->p->dialogue;
    if (!d->given)
        return;
    for (int i = 0; i < m->terms.count; i++)
        read_term(m, terms->key[i], terms->item[i], &((struct deal_term *)m->p->term)[i]);
    read_vagues(m, node_get(block, "vague"));
    read_methods(m, node_get(block, "verify"));
    d->trust = stock_of_seats(m, node_get(block, "trust"), 2, false, "trust[by in seat, of in seat]");
    read_costs(m, node_get(block, "costs"), d);
    const struct node *const audience = node_get(block, "audience"), *const credibility = node_get(block, "credibility");
    d->audience = stock_of_seats(m, node_get(audience, "quantity"), 1, true, "a stock of all, or over the seats");
    number_of(m, audience, "idle_threat", &d->idle_threat);
    d->credibility = stock_of_seats(m, node_get(credibility, "quantity"), 1, true, "a stock of all, or over the seats");
    number_of(m, credibility, "carried_out", &d->carried_out);
    number_of(m, credibility, "lapsed", &d->lapsed);
    number_of(m, block, "tolerance", &d->tolerance);
    if (!(d->tolerance >= 0 && d->tolerance <= 1))
        diag_error(m->d, node_get(block, "tolerance")->at, D_BAD_RANGE, "a tolerance is points of level between 0 and 1, as 15%%");
}

/* --- what is said in plays ----------------------------------------------------------------------------------------------------------- */

bool is_talk(const struct model *m, const char *row)
{
    static const char *const words[] = {"offer", "ask", "threat", "assurance", "statement", "report", "accept"};
    size_t const n = strcspn(row, " :");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == n && strncmp(words[i], row, n) == 0)
            return find_move(m, words[i]) < 0;          /* a move of that name is what is meant */
    return false;
}

bool read_saying(void *self, const struct node *n)
{
    struct sayings *const said = self;
    struct model *const m = said->m;
    if (!m->p->dialogue.given) {
        diag_error(m->d, n->at, D_BAD_ROW, "this scenario has no `dialogue`, so nothing can be said in it; add one, `dialogue: {}` will do");
        return false;
    }
    struct saying_at const at = {.turn = said->turn, .seat = said->seat, .node = n};
    if (strcmp(n->text, "accept") == 0) {
        *LIST_ADD(m->a, said->at) = at;
        return true;
    }
    struct proposal *const q = ARENA_NEW(m->a, struct proposal);
    int where;
    const char *const wrong = proposal_parse(m->p, m->a, (struct proposal_place){said->seat, 0}, n->text, q, &where);
    if (wrong != NULL) {
        size_t const length = strcspn(n->text + where, " :;,");
        diag_error(m->d, n->raw ? node_part(n, (size_t)where, length > 0 ? length : 1) : n->at, D_BAD_PROPOSAL, "%s", wrong);
        return false;
    }
    struct saying_at *const made = LIST_ADD(m->a, said->at);
    *made = at;
    made->proposal = q;
    return true;
}

/* The turn in which the last of them accepts, while it stands; -1 if one does not. */
static int agreed_at(const struct model *m, const struct sayings *said, const struct saying_at *made)
{
    const struct proposal *const q = made->proposal;
    int const last = q->expires >= 0 ? q->expires : made->turn + 1;
    int turn = made->turn;
    if (q->kind != PROPOSAL_OFFER && q->kind != PROPOSAL_ASK)
        return made->turn;
    for (int seat = 0; seat < m->seats.count; seat++) {
        int first = -1;
        if ((q->to >> seat & 1) == 0)
            continue;
        for (int i = 0; i < said->at.count; i++) {
            const struct saying_at *const a = &said->at.at[i];
            if (a->proposal == NULL && a->seat == seat && a->turn >= made->turn && a->turn <= last && (first < 0 || a->turn < first))
                first = a->turn;
        }
        if (first < 0)
            return -1;
        turn = first > turn ? first : turn;
    }
    return turn;
}

const struct play_deal *deals_of(struct model *m, const struct sayings *said, int *deals)
{
    struct play_deal *const out = ARENA_ARRAY(m->a, said->at.count + 1, struct play_deal);
    *deals = 0;
    for (int i = 0; i < said->at.count; i++) {
        const struct saying_at *const made = &said->at.at[i];
        int const turn = made->proposal != NULL ? agreed_at(m, said, made) : -1;
        int k = *deals;
        if (turn < 0)
            continue;
        for (; k > 0 && out[k - 1].turn > turn; k--)
            out[k] = out[k - 1];
        out[k] = (struct play_deal){turn, made->proposal};
        ++*deals;
    }
    return out;
}
