/* lang/move_effects.c — what moves and events do to stocks and switches, when, and for how long. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

struct setting_of { struct model *m; const struct scope *outer; int targets; const char *whose; };   /* what all effects of one block share */

static bool whole_turns(struct model *m, const struct node *n, int least, int *turns)
{
    double x;
    if (n == NULL || !node_span_turns(m, n, &x))
        return false;
    double const whole = pm_round(x);
    *turns = least;
    if (x - whole > 1e-9 || whole - x > 1e-9 || x < least || x > 1000) {
        diag_error(m->d, n->at, D_BAD_EFFECT, "a whole number of turns from %d to 1000 is wanted here", least);
        return false;
    }
    *turns = (int)whole;
    return true;
}

/* The stock that the key names: quantity and element, of which one subscript may be the chosen target. */
static bool read_place(struct scope *s, const struct node *key, struct effect *e)
{
    struct model *const m = s->m;
    struct expr *const x = expr_read(m->a, m->d, key);
    if (x == NULL)
        return false;
    int const q = x->kind == EX_NAME ? find_quantity(m, x->name) : -1;
    if (q < 0 || (m->quantities.at[q].kind != Q_STOCK && m->quantities.at[q].kind != Q_SWITCH)) {
        LIST_OF(const char *) stocks = {0};
        for (int i = 0; i < m->quantities.count; i++)
            if (m->quantities.at[i].kind == Q_STOCK || m->quantities.at[i].kind == Q_SWITCH)
                *LIST_ADD(m->a, stocks) = m->quantities.at[i].name;
        const char *const near = x->name != NULL ? text_nearest(x->name, stocks.at, stocks.count) : NULL;
        diag_error(m->d, key->at, D_NOT_A_STOCK, q >= 0 ? "'%s' is worked out, not kept, so no effect can change it; change a stock that it is worked out from" : "no stock or switch is called '%s'; %s",
                   x->name != NULL ? x->name : key->text, did_you_mean(m, near, "effects change stocks and switches"));
        return false;
    }
    types_work(s, x);
    if (x->type == TYPE_BROKEN)
        return false;
    const struct m_quantity *const target = &m->quantities.at[q];
    e->quantity = q;
    int stride = target->count;
    for (int i = 0; i < target->dims; i++) {
        const struct expr *const at = x->arg[i];
        stride /= m->sets.at[target->dim[i]].count;
        if (at->kind == EX_NAME && at->symbol == SYMBOL_BOUND) {
            const struct bound *const b = &s->bound[scope_find(s, at->name)];
            if (!b->runtime) {
                int const place = element_in(m, b->set, b->element, target->dim[i]);
                if (place < 0)
                    return false;
                e->offset += (uint32_t)(place * stride);
            } else if (b->set == target->dim[i]) {
                e->stride += (uint32_t)stride;
            } else {
                diag_error(m->d, at->at, D_SUBSCRIPTS, "the target is one of '%s', but '%s' goes over '%s'; use for: to go over the elements", m->sets.at[b->set].name, target->name,
                           m->sets.at[target->dim[i]].name);
                return false;
            }
        } else if (at->symbol == SYMBOL_ELEMENT) {
            int const place = element_in(m, at->kind == EX_NUMBER ? target->dim[i] : at->set, at->index, target->dim[i]);
            e->offset += (uint32_t)(place < 0 ? 0 : place * stride);
        } else {
            diag_error(m->d, at->at, D_SUBSCRIPTS, "an element or the target is wanted here, written out; use for: and when: to choose by rule");
            return false;
        }
    }
    return true;
}

static const struct { const char *key; enum effect_op op; const char *word; } operations[] = {
    {"add", EFFECT_ADD, "add"}, {"set", EFFECT_SET, "set to"}, {"scale", EFFECT_SCALE, "times"}, {"push", EFFECT_PUSH, "push"}};

/* `range` on an effect: its size is a parameter of its own, drawn once a game. */
static struct code_ref made_parameter(struct setting_of *c, const struct node *block, const struct node *value, const struct node *range, const struct node *key)
{
    struct model *const m = c->m;
    struct parameter_element *const e = ARENA_NEW(m->a, struct parameter_element);
    if (!node_number(m, value, &e->value))
        return NO_CODE;
    e->low = e->high = e->value;
    if (!read_range(m, range, e))
        return NO_CODE;
    static const char *const words[] = {"triangular", "uniform", "normal", "lognormal"};
    static const enum prior priors[] = {PRIOR_TRIANGULAR, PRIOR_UNIFORM, PRIOR_NORMAL, PRIOR_LOGNORMAL};
    enum prior prior = PRIOR_TRIANGULAR;
    for (int i = 0; i < 4; i++)
        if (strcmp(node_words(node_get(block, "prior"), ""), words[i]) == 0)
            prior = priors[i];
    struct parameter *const p = LIST_ADD(m->a, m->made);
    *p = (struct parameter){.name = arena_printf(m->a, "%s.%s", c->whose, key->text), .title = arena_printf(m->a, "effect of %s on %s", c->whose, key->text), .unit = "", .count = 1,
                            .first = slot_in(REGION_PARAMETER, m->parameter_slots++), .prior = prior, .element = e, .hidden_of = c->whose};
    p->evidence = read_evidence(m, block);
    node_place(m, key, &p->path, &p->line);
    return (struct code_ref){-1, p->first};
}

static const char *note_of(struct model *m, const struct node *key, const struct effect *e, enum effect_op op, const char *value)
{
    const struct m_quantity *const q = &m->quantities.at[e->quantity];
    const char *const title = node_words(node_get(q->node, "title"), readable(m, q->name));
    const char *const bracket = strchr(key->text, '[');
    struct text t;
    text_init(&t, m->a);
    text_addf(&t, "%s", title);
    if (bracket != NULL) {
        text_add(&t, " (");
        for (const char *c = bracket + 1; *c != '\0' && *c != ']'; c++)
            text_addn(&t, *c == '_' ? " " : c, 1);
        text_add(&t, ")");
    }
    const char *word = "";
    for (int i = 0; i < 4; i++)
        if (operations[i].op == op)
            word = operations[i].word;
    text_addf(&t, ": %s %s", word, value);
    if (e->after > 0)
        text_addf(&t, ", after %d turn%s", e->after, e->after == 1 ? "" : "s");
    if (e->over > 1)
        text_addf(&t, ", over %d turns", e->over);
    if (e->lasts > 0)
        text_addf(&t, ", for %d turn%s", e->lasts, e->lasts == 1 ? "" : "s");
    return t.at;
}

static void reserve(struct setting_of *c, struct effect *e)
{
    struct model *const m = c->m;
    e->ring = e->back = NO_SLOT;
    if (e->after > 0 || e->over > 1) {
        e->ring_turns = e->after + e->over;
        e->ring = new_state(m, (uint32_t)(2 * e->ring_turns * c->targets), NULL);
    }
    if (e->lasts > 0) {
        e->back_turns = e->lasts + 1;
        e->back = new_state(m, (uint32_t)(e->back_turns * c->targets), NULL);
    }
}

/* A share of the room that is left: no more than all of it, and up only where there is a ceiling. */
static void check_push(struct model *m, const struct effect *e, const struct node *value)
{
    const struct m_quantity *const q = &m->quantities.at[e->quantity];
    double x;
    if (!node_plain_number(value, &x))
        return;
    if (x < -1 || x > 1)
        diag_error(m->d, value->at, D_BAD_RANGE, "a push lies between -100%% and 100%%: it is a share of the room that is left");
    else if (x > 0 && q->ceiling == NULL)
        diag_error(m->d, value->at, D_BAD_EFFECT, "'%s' has no ceiling, so there is no room to push into; give it a ceiling, or add or scale", q->name);
}

static struct code_ref measured(struct scope *s, struct effect *e, const struct expr *x)
{
    if (x != NULL) {
        expr_between(s, x, &e->least, &e->most, &e->about, &e->by_target);
        e->from = expr_inputs(s, x);
    }
    return emit_code(s, x, true);
}

static struct code_ref read_value(struct setting_of *c, struct scope *s, struct effect *e, const struct node *value)
{
    struct model *const m = c->m;
    const struct m_quantity *const q = &m->quantities.at[e->quantity];
    struct unit const plain = unit_none();
    if (q->type == TYPE_TRUTH) {
        if (e->op != EFFECT_SET) {
            diag_error(m->d, value->at, D_BAD_EFFECT, "'%s' is a switch: it can only be set, as {set: true}", q->name);
            return NO_CODE;
        }
        double x;
        if (node_is_text(value) && !value->quoted && text_to_number(value->text, strlen(value->text), &x) && (x == 0 || x == 1)) {
            e->least = e->most = x;
            return (struct code_ref){-1, constant(m, x)};
        }
        return measured(s, e, read_expr(s, value, TYPE_TRUTH, NULL));
    }
    return measured(s, e, read_expr(s, value, TYPE_NUMBER, e->op == EFFECT_ADD || e->op == EFFECT_SET ? &q->unit : &plain));
}

/* One effect with its scope complete (an element of `for` bound); condition: of the `for`'s where. */
static bool one_effect(struct setting_of *c, struct scope *s, const struct node *key, const struct node *block, const struct expr *condition, struct effect *e)
{
    struct model *const m = c->m;
    *e = (struct effect){.over = 1, .ring = NO_SLOT, .back = NO_SLOT, .value = NO_CODE, .when = NO_CODE, .op = EFFECT_ADD};
    if (!read_place(s, key, e))
        return false;
    const struct node *value = block;
    if (block->kind == NODE_MAP) {
        value = NULL;
        for (int i = 0; i < 4; i++) {
            const struct node *const n = node_get(block, operations[i].key);
            if (n != NULL && value != NULL)
                diag_error(m->d, n->at, D_BAD_EFFECT, "an effect has one of add, set, scale and push; split it in two moves or drop one");
            if (n != NULL) {
                value = n;
                e->op = operations[i].op;
            }
        }
        if (value == NULL) {
            diag_error(m->d, block->at, D_BAD_EFFECT, "an effect has one of add, set, scale and push, as {push: 5%%}");
            return false;
        }
        whole_turns(m, node_get(block, "after"), 0, &e->after);
        whole_turns(m, node_get(block, "over"), 1, &e->over);
        whole_turns(m, node_get(block, "lasts"), 1, &e->lasts);
        if (e->over > 1 && e->op != EFFECT_ADD) {
            diag_error(m->d, node_get(block, "over")->at, D_BAD_EFFECT, "only an add can come in parts; give `over` to an add");
            e->over = 1;
        }
    }
    const struct node *const range = node_get(block, "range"), *const when = node_get(block, "when");
    if (range != NULL) {
        e->value = made_parameter(c, block, value, range, key);
        e->about = true;
        if (node_plain_number(value, &e->least))
            e->most = e->least;
    } else
        e->value = read_value(c, s, e, value);
    if (e->op == EFFECT_PUSH)
        check_push(m, e, value);
    struct expr *w = when != NULL ? read_expr(s, when, TYPE_TRUTH, NULL) : NULL;
    if (condition != NULL && w != NULL) {
        struct expr *const both = ARENA_NEW(m->a, struct expr);
        *both = (struct expr){.kind = EX_BINARY, .op = BIN_AND, .at = w->at, .args = 2, .type = TYPE_TRUTH};
        both->arg = ARENA_ARRAY(m->a, 2, struct expr *);
        both->arg[0] = (struct expr *)condition;
        both->arg[1] = w;
        w = both;
    } else if (condition != NULL) {
        w = (struct expr *)condition;
    }
    if (w != NULL)
        e->when = emit_code(s, w, true);
    if (!code_given(e->value))
        return false;
    reserve(c, e);
    e->note = note_of(m, key, e, e->op, node_words(value, "…"));
    return true;
}

/* for: "f in firm where broker[f] = firm" */
static int effects_for(struct setting_of *c, const struct node *key, const struct node *block, const struct node *clause, struct effect **out)
{
    struct model *const m = c->m;
    const char *const text = clause->text;
    size_t const name = strcspn(text, " ");
    const char *rest = text + name + strspn(text + name, " ");
    size_t const in = strcspn(rest, " ");
    const char *set_at = rest + in + strspn(rest + in, " ");
    size_t const set_length = strcspn(set_at, " ");
    int const set = find_set(m, arena_copy(m->a, set_at, set_length));
    const char *where = set_at + set_length + strspn(set_at + set_length, " ");
    bool const conditional = strncmp(where, "where ", 6) == 0;
    if (strncmp(rest, "in ", 3) != 0 || set < 0 || (*where != '\0' && !conditional)) {
        diag_error(m->d, clause->at, D_BAD_EFFECT, "write for: \"f in set where condition\"; %s", set < 0 ? "no set is called so" : "something else stands there");
        return 0;
    }
    int const n = m->sets.at[set].count;
    *out = ARENA_ARRAY(m->a, n, struct effect);
    int count = 0;
    const char *const bound = arena_copy(m->a, text, name);
    struct scope s = *c->outer;
    s.covered |= has_evidence(block);
    scope_bind(&s, bound, set);
    struct expr *condition = NULL;
    if (conditional) {
        size_t const from = (size_t)(where + 6 - text);
        condition = read_expr_part(&s, clause, from, strlen(text) - from, TYPE_TRUTH, NULL);
        if (condition == NULL)
            return 0;
    }
    for (int k = 0; k < n; k++) {
        struct scope own = s;
        own.bound[own.bounds - 1].element = k;
        count += one_effect(c, &own, key, block, condition, &(*out)[count]);
    }
    return count;
}

static struct effects all_effects(struct setting_of *c, const struct node *map)
{
    struct model *const m = c->m;
    LIST_OF(struct effect) list = {0};
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        const struct node *const key = map->key[i], *const block = map->item[i], *const clause = node_get(block, "for");
        if (node_is_text(clause)) {
            struct effect *some;
            int const n = effects_for(c, key, block, clause, &some);
            for (int k = 0; k < n; k++)
                *LIST_ADD(m->a, list) = some[k];
            continue;
        }
        struct scope s = *c->outer;
        s.covered |= has_evidence(block);
        struct effect e;
        if (one_effect(c, &s, key, block, NULL, &e))
            *LIST_ADD(m->a, list) = e;
    }
    return (struct effects){list.at, list.count};
}

struct effects build_effects(struct model *m, const struct node *map, const struct scope *s, const char *whose)
{
    int targets = 1;
    for (int i = 0; i < s->bounds; i++)
        if (s->bound[i].runtime)
            targets = m->sets.at[s->bound[i].set].count;
    struct setting_of c = {m, s, targets, whose};
    return all_effects(&c, map);
}
