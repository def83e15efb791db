/* lang/seats.c — seats with their budgets, goals and personas; rows and rules as personas and plays write them. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

static bool read_row(struct model *m, const struct node *n, int seat, struct row *row)
{
    if (!node_is_text(n)) {
        diag_error(m->d, n->at, D_BAD_ROW, "a row is words: a move, or threaten(move), lift(move) and the like");
        return false;
    }
    const char *const wrong = row_parse(m->p, m->a, n->text, row);
    if (wrong != NULL) {
        if (is_talk(m, n->text))
            diag_error(m->d, n->at, D_LATER_KEY, "what is said at the table stands in plays by date; scripted lines do not speak in this version, so leave it out for now");
        else
            diag_error(m->d, n->at, D_BAD_ROW, "%s", wrong);
        return false;
    }
    if (m->p->move[row->move].seat != seat) {
        diag_error(m->d, n->at, D_BAD_ROW, "'%s' is a move of '%s', not of '%s'; give it to that seat", m->p->move[row->move].name, m->seats.at[m->p->move[row->move].seat], m->seats.at[seat]);
        return false;
    }
    return true;
}

bool read_rows(struct model *m, const struct node *n, int seat, const struct row **row, int *rows, bool (*talk)(void *self, const struct node *n), void *self)
{
    int const many = n->kind == NODE_LIST ? n->count : 1;
    struct row *const out = ARENA_ARRAY(m->a, many > 0 ? many : 1, struct row);
    bool good = true;
    *row = out;
    *rows = 0;
    for (int i = 0; i < many; i++)
        if (talk && node_is_text(n->kind == NODE_LIST ? n->item[i] : n) && is_talk(m, (n->kind == NODE_LIST ? n->item[i] : n)->text))
            good = talk(self, n->kind == NODE_LIST ? n->item[i] : n) && good;
        else if (read_row(m, n->kind == NODE_LIST ? n->item[i] : n, seat, &out[*rows]))
            ++*rows;
        else
            good = false;
    return good;
}

const struct rule *read_rules(struct model *m, const struct node *list, int seat, int *count, bool lint)
{
    *count = 0;
    int const many = list->kind == NODE_LIST ? list->count : 1;         /* one alone needs no list */
    struct rule *const out = ARENA_ARRAY(m->a, many > 0 ? many : 1, struct rule);
    for (int i = 0; i < many; i++) {
        const struct node *const block = list->kind == NODE_LIST ? list->item[i] : list, *const rows = node_get(block, "do");
        if (block->kind != NODE_MAP || rows == NULL)
            continue;
        struct rule *const r = &out[*count];
        *r = (struct rule){.when = NO_CODE};
        struct scope s = {.m = m, .place = PLACE_TURN, .covered = !lint, .what = "a scripted line", .origin = new_origin(m, "a scripted line", block)};
        if (node_get(block, "when") != NULL) {
            struct expr *const e = read_expr(&s, node_get(block, "when"), TYPE_TRUTH, NULL);
            if (e == NULL)
                continue;
            r->when = emit_code(&s, e, true);
            r->said = expr_say_conditions(m, e, &r->by_turn);
        }
        if (read_rows(m, rows, seat, &r->row, &r->rows, NULL, NULL))
            ++*count;
    }
    return out;
}

static void read_goals(struct model *m, const struct node *map, int index, struct seat *seat)
{
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct goal *const out = ARENA_ARRAY(m->a, n + 1, struct goal);
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i];
        struct goal *const g = &out[seat->goals];
        if (block->kind != NODE_MAP)
            continue;
        const char *const what = arena_printf(m->a, "goal %s of %s", map->key[i]->text, seat->name);
        struct scope s = {.m = m, .place = PLACE_TURN, .covered = has_evidence(block), .lint = true, .what = what, .origin = new_origin(m, what, map->key[i])};
        *g = (struct goal){.name = map->key[i]->text, .title = node_words(node_get(block, "title"), readable(m, map->key[i]->text)), .weight = 1};
        if (node_get(block, "weight") != NULL)
            node_number(m, node_get(block, "weight"), &g->weight);
        if (g->weight < 0)
            diag_error(m->d, node_get(block, "weight")->at, D_BAD_RANGE, "a weight is not negative; turn the score round instead: 100 - …");
        struct expr *const e = read_expr(&s, node_get(block, "score"), TYPE_NUMBER, NULL);
        if (e == NULL)
            continue;
        g->seen = hidden_as(m, e, index);
        g->from = expr_inputs(&s, e);
        g->score = emit_code(&s, e, true);
        seat->goals++;
    }
    seat->goal = out;
}

static void read_cares(struct model *m, const struct node *map, const struct seat *seat, double *cares)
{
    for (int k = 0; k < seat->goals; k++)
        cares[k] = 1;
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        int at = -1;
        LIST_OF(const char *) names = {0};
        for (int k = 0; k < seat->goals; k++) {
            *LIST_ADD(m->a, names) = seat->goal[k].name;
            if (strcmp(seat->goal[k].name, map->key[i]->text) == 0)
                at = k;
        }
        if (at >= 0) {
            node_number(m, map->item[i], &cares[at]);
            continue;
        }
        const char *const near = text_nearest(map->key[i]->text, names.at, names.count);
        diag_error(m->d, map->key[i]->at, D_UNKNOWN_GOAL, "'%s' has no goal '%s'; %s", seat->name, map->key[i]->text, did_you_mean(m, near, "goals stand in `goals`"));
    }
}

static void read_personas(struct model *m, const struct node *map, int index, struct seat *seat)
{
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct persona *const out = ARENA_ARRAY(m->a, n + 1, struct persona);
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i], *const first = node_get(block, "first"), *const patience = node_get(block, "patience"), *const precision = node_get(block, "precision");
        if (block->kind != NODE_MAP)
            continue;
        struct persona *const p = &out[seat->personas++];
        double *const cares = ARENA_ARRAY(m->a, seat->goals + 1, double);
        double x = 1;
        *p = (struct persona){.name = map->key[i]->text, .title = node_words(node_get(block, "title"), readable(m, map->key[i]->text)), .cares = cares, .patience = 1, .precision = 4};
        read_cares(m, node_get(block, "cares"), seat, cares);
        if (patience != NULL && node_number(m, patience, &x)) {
            p->patience = x < 1 ? 1 : x > 60 ? 60 : (int)x;
            if (x < 1 || x > 60 || x != pm_floor(x))
                diag_error(m->d, patience->at, D_NOT_WHOLE, "patience is a whole number of turns from 1 to 60");
        }
        if (precision != NULL && node_number(m, precision, &p->precision) && p->precision < 0)
            diag_error(m->d, precision->at, D_BAD_RANGE, "precision is not negative: 0 chooses by chance");
        if (first != NULL)
            p->first = read_rules(m, first, index, &p->rules, false);
    }
    seat->persona = out;
}

static void read_budget(struct model *m, const struct node *block, struct seat *seat)
{
    seat->most = seat->start = NEVER_SHORT;
    seat->called = "points";
    if (block == NULL || block->kind != NODE_MAP)
        return;
    const struct node *const per = node_get(block, "per_turn"), *const most = node_get(block, "most"), *const start = node_get(block, "start"), *const rows = node_get(block, "rows");
    double x;
    if (per != NULL)
        node_number(m, per, &seat->per_turn);
    seat->start = seat->per_turn;
    if (start != NULL)
        node_number(m, start, &seat->start);
    if (most != NULL)
        node_number(m, most, &seat->most);
    const struct node *const all[] = {per, most, start};
    for (int i = 0; i < 3; i++)
        if (all[i] != NULL && (i == 0 ? seat->per_turn : i == 1 ? seat->most : seat->start) < 0)
            diag_error(m->d, all[i]->at, D_BAD_RANGE, "a budget is not negative; write what there is to spend");
    if (seat->start > seat->most)
        diag_error(m->d, start != NULL ? start->at : per->at, D_BAD_RANGE, "the budget starts above the most that can be saved up");
    seat->called = node_words(node_get(block, "called"), "points");
    if (rows != NULL && node_number(m, rows, &x)) {
        seat->rows = x > 0 ? x < NEVER_SHORT ? (int)x : NEVER_SHORT : 0;
        if (x < 1)
            diag_error(m->d, rows->at, D_BAD_RANGE, "a seat gives at least one order a turn; leave `rows` out for no limit");
    }
}

/* Rows, options and screens call a seat by either name, in any case. */
static bool same_name(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++)
        if ((*a >= 'A' && *a <= 'Z' ? *a + 32 : *a) != (*b >= 'A' && *b <= 'Z' ? *b + 32 : *b))
            return false;
    return *a == *b;
}

static void check_short_names(struct model *m, const struct node *map, const struct seat *seat)
{
    for (int i = 0; i < m->seats.count; i++) {
        const struct node *const said = node_get(node_get(map, seat[i].name), "short");
        for (int k = 0; said != NULL && k < m->seats.count; k++)
            if (k != i && (same_name(seat[i].short_name, seat[k].name) || (k < i && same_name(seat[i].short_name, seat[k].short_name)))) {
                diag_error(m->d, said->at, D_NAME_TWICE, "'%s' is called '%s' already; choose another short name", seat[k].name, seat[i].short_name);
                break;
            }
    }
}

void build_seats(struct model *m)
{
    const struct node *const map = node_get(m->root, "seats");
    struct seat *const out = ARENA_ARRAY(m->a, m->seats.count + 1, struct seat);
    m->p->seat = out;
    m->p->seats = m->seats.count;
    for (int i = 0; i < m->seats.count; i++) {
        const struct node *const block = node_get(map, m->seats.at[i]);
        struct seat *const s = &out[i];
        *s = (struct seat){.name = m->seats.at[i], .title = node_words(node_get(block, "name"), readable(m, m->seats.at[i]))};
        s->short_name = node_words(node_get(block, "short"), s->name);
        s->colour = node_words(node_get(block, "colour"), NULL);
        s->brief = node_get(block, "brief") != NULL ? text_of(m, node_get(block, "brief")) : NULL;
        s->budget = new_state(m, 1, arena_printf(m->a, "budget of %s", s->name));
        read_budget(m, node_get(block, "budget"), s);
        read_goals(m, node_get(block, "goals"), i, s);
        read_personas(m, node_get(block, "personas"), i, s);
    }
    check_short_names(m, map, out);
    const struct node *const order = node_get(m->root, "order");
    m->p->sealed = order == NULL || order->kind != NODE_LIST;
    if (order != NULL && order->kind == NODE_MAP)
        diag_error(m->d, order->at, D_LATER_KEY, "an order that changes by turn is known but not yet available in this version; write sealed or one list of seats");
    if (m->p->sealed)
        return;
    int *const list = ARENA_ARRAY(m->a, m->seats.count + 1, int);
    int count = 0;
    bool taken[MOST_SEATS] = {false};
    for (int i = 0; i < order->count; i++) {
        int const seat = node_is_text(order->item[i]) ? find_seat(m, order->item[i]->text) : -1;
        if (seat < 0 || taken[seat])
            diag_error(m->d, order->item[i]->at, D_UNKNOWN_SEAT, seat < 0 ? "no seat is called '%s'; order lists the seats" : "'%s' stands in the order already", node_words(order->item[i], "…"));
        else {
            taken[seat] = true;
            list[count++] = seat;
        }
    }
    for (int i = 0; i < m->seats.count; i++)            /* whoever is not listed comes last */
        if (!taken[i])
            list[count++] = i;
    m->p->order = list;
}
