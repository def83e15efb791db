/* code/proposal_print.c — a proposal as its one line, and in plain words. */
#include "code/proposal_private.h"

#include <string.h>

#include "base/panic.h"
#include "base/text.h"

/* --- the line ------------------------------------------------------------------------------------------------------------------------- */

static void add_turn(struct text *t, struct proposal_place place, int turn) { text_addf(t, "T%d", turn - place.first_turn + 1); }

static void add_act(const struct program *p, struct arena *a, struct text *t, const struct clause *c)
{
    if (c->verb == CLAUSE_TERM) {
        text_add(t, p->term[c->term].name);
        return;
    }
    const struct move *m = &p->move[c->move];
    const bool plain = c->verb == (m->measure ? CLAUSE_IMPOSE : CLAUSE_DO);
    /* A move that is called like a verb or a term is told from it by its own verb. */
    bool told = !plain || strcmp(m->name, "refrain") == 0;
    for (int i = 0; i < (int)(sizeof verb_word / sizeof *verb_word); i++)
        told = told || (verb_word[i] && strcmp(m->name, verb_word[i]) == 0);
    if (told)
        text_addf(t, "%s ", verb_word[c->verb]);
    text_add(t, row_move_print(p, a, (struct row){ROW_DO, c->move, c->target, c->setting, -1}));
}

static void add_level(const struct program *p, struct arena *a, struct text *t, const struct clause *c)
{
    switch (c->level) {
    case LEVEL_NONE:  return;
    case LEVEL_LEAST: text_addf(t, " >= %s", share_text(a, c->amount)); return;
    case LEVEL_MOST:  text_addf(t, " <= %s", share_text(a, c->amount)); return;
    case LEVEL_EXACT: text_addf(t, " = %s", share_text(a, c->amount)); return;
    case LEVEL_VAGUE: text_addf(t, " %s", p->vague[c->vague_level].name); return;
    }
    UNREACHABLE();
}

static void add_span(const struct program *p, struct text *t, struct proposal_place place, const struct clause *c)
{
    switch (c->span) {
    case SPAN_NONE:  return;
    case SPAN_BY:    text_add(t, " by "); add_turn(t, place, c->to); return;
    case SPAN_UNTIL: text_add(t, " until "); add_turn(t, place, c->to); return;
    case SPAN_FROM:  text_add(t, " from "); add_turn(t, place, c->from); return;
    case SPAN_FROM_TO:
        text_add(t, " from ");
        add_turn(t, place, c->from);
        text_add(t, " to ");
        add_turn(t, place, c->to);
        return;
    case SPAN_EACH:  text_add(t, " each turn"); return;
    case SPAN_VAGUE: text_addf(t, " %s", p->vague[c->vague_span].name); return;
    }
    UNREACHABLE();
}

static const char *value_name(const struct program *p, struct arena *a, const struct clause *c)
{
    const struct quantity *q = &p->quantity[c->quantity];
    return program_element_name(p, a, q->name, q->dims, q->dim, c->element);
}

static void add_condition(const struct program *p, struct arena *a, struct text *t, const struct clause *c)
{
    char number[NUMBER_TEXT];
    if (c->condition == CONDITION_NONE)
        return;
    text_add(t, c->unless ? " unless " : " if ");
    if (c->condition == CONDITION_CLAUSE)
        text_addf(t, "%d", c->clause + 1);
    else
        text_addf(t, "%s %s %s", value_name(p, a, c), fact_word[c->op], text_number(c->value, number));
}

const char *clause_print(const struct program *p, struct arena *a, struct proposal_place place, const struct clause *c)
{
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s%s will %s", c->secret ? "secret " : "", p->seat[c->seat].name, c->not ? "not " : "");
    add_act(p, a, &t, c);
    add_level(p, a, &t, c);
    add_span(p, &t, place, c);
    add_condition(p, a, &t, c);
    return t.at;
}

const char *proposal_print(const struct program *p, struct arena *a, struct proposal_place place, const struct proposal *q)
{
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s %s", kind_word[q->kind], p->seat[q->from].name);
    for (int i = 0, n = 0; i < p->seats; i++)
        if (q->to >> i & 1)
            text_addf(&t, "%s%s", n++ ? ", " : " -> ", p->seat[i].name);
    if (q->kind != PROPOSAL_STATEMENT)
        text_addf(&t, " %s", channel_word[q->channel]);
    if (q->expires >= 0) {
        text_add(&t, " expires ");
        add_turn(&t, place, q->expires);
    }
    for (int i = 0; i < q->clauses; i++)
        text_addf(&t, "%s %s", i ? ";" : ":", clause_print(p, a, place, &q->clause[i]));
    if (q->verify >= 0)
        text_addf(&t, "; verify %s", p->method[q->verify].name);
    if (q->remedy != REMEDY_NONE)
        text_addf(&t, "; remedy %s", remedy_word[q->remedy]);
    if (q->binding != BINDING_DUTY)
        text_addf(&t, "; binding %s", binding_word[q->binding]);
    return t.at;
}

bool clause_forbids(const struct clause *c, struct row row)
{
    const bool hits = c->move >= 0 && row.move == c->move && (c->target < 0 || row.target < 0 || row.target == c->target)
                      && (c->setting < 0 || row.setting < 0 || row.setting == c->setting);
    const bool undoes = row.verb == ROW_LIFT || row.verb == ROW_EASE, does = row.verb == ROW_DO || row.verb == ROW_SNAPBACK || row.verb == ROW_DELAY;
    if (!hits)
        return false;
    switch (c->verb) {
    case CLAUSE_DO:
    case CLAUSE_IMPOSE:  return c->not ? does && c->level == LEVEL_NONE : undoes;
    case CLAUSE_ENFORCE: return c->not ? does && c->level == LEVEL_NONE : undoes;
    case CLAUSE_EASE:
    case CLAUSE_LIFT:    return c->not ? undoes : row.verb == ROW_DO || row.verb == ROW_SNAPBACK;
    case CLAUSE_DELAY:   return does;
    case CLAUSE_TERM:    return false;
    }
    return false;
}

bool proposal_same(const struct proposal *a, const struct proposal *b)
{
    bool same = a->kind == b->kind && a->from == b->from && a->to == b->to && a->channel == b->channel && a->expires == b->expires
                && a->clauses == b->clauses && a->verify == b->verify && a->remedy == b->remedy && a->binding == b->binding;
    for (int i = 0; same && i < a->clauses; i++) {
        const struct clause *x = &a->clause[i], *y = &b->clause[i];
        same = x->seat == y->seat && x->not == y->not && x->secret == y->secret && x->verb == y->verb && x->move == y->move && x->target == y->target
               && x->setting == y->setting && x->term == y->term && x->level == y->level && x->amount == y->amount && x->vague_level == y->vague_level
               && x->span == y->span && x->from == y->from && x->to == y->to && x->vague_span == y->vague_span && x->condition == y->condition
               && x->unless == y->unless && x->clause == y->clause && x->quantity == y->quantity && x->element == y->element && x->op == y->op
               && x->value == y->value;
    }
    return same;
}
