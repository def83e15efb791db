/* lang/say.c — an expression in words for players: names by their titles, moves by what is asked of them, comparisons spelt out.
 * It need not read back; what an author wrote stands in the file. */
#include <string.h>
#include "base/text.h"
#include "lang/model.h"

struct saying { struct model *m; struct text out; };

static void say(struct saying *s, const struct expr *e, int outer);

static const char *lower_start(struct model *m, const char *title)
{
    char *const t = arena_text(m->a, title);
    if (t[0] >= 'A' && t[0] <= 'Z' && t[1] >= 'a' && t[1] <= 'z')
        t[0] = (char)(t[0] - 'A' + 'a');
    return t;
}

static const char *move_title(struct model *m, int move)
{
    return lower_start(m, node_words(node_get(m->moves.at[move].node, "title"), readable(m, m->moves.at[move].name)));
}

static void say_name(struct saying *s, const struct expr *e)
{
    struct model *const m = s->m;
    const char *words = readable(m, e->name);
    if (e->symbol == SYMBOL_QUANTITY)
        words = node_words(node_get(m->quantities.at[e->index].node, "title"), words);
    else if (e->symbol == SYMBOL_PARAMETER)
        words = node_words(node_get(m->parameters.at[e->index].node, "title"), words);
    text_add(&s->out, lower_start(m, words));
    for (int i = 0; i < e->args; i++) {
        text_add(&s->out, i == 0 ? " (" : ", ");
        say(s, e->arg[i], 0);
        if (i == e->args - 1)
            text_add(&s->out, ")");
    }
}

static void say_target(struct saying *s, const struct expr *e)
{
    if (e->args < 2)
        return;
    text_add(&s->out, " (");
    say(s, e->arg[1], 0);
    text_add(&s->out, ")");
}

static void say_call(struct saying *s, const struct expr *e)
{
    static const struct { int function; const char *before, *after; } moves[] = {
        {FN_level, "the level of ", ""}, {FN_in_force, "", " is in force"}, {FN_threatened, "", " is threatened"},
        {FN_turns_since, "turns since ", ""}, {FN_times, "times done: ", ""}};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (e->index == moves[i].function && e->kind == EX_CALL) {
            text_addf(&s->out, "%s'%s'", moves[i].before, move_title(s->m, e->arg[0]->index));
            say_target(s, e);
            text_add(&s->out, moves[i].after);
            return;
        }
    text_addf(&s->out, "%s(", e->kind == EX_BEST ? "best" : e->name);
    for (int i = 0; i < e->args; i++) {
        text_add(&s->out, i > 0 ? ", " : "");
        say(s, e->arg[i], 0);
    }
    for (int i = 0; i < e->binders; i++)
        text_addf(&s->out, "%s%s", i == 0 ? " over " : ", ", e->binder[i].set_name);
    if (e->where != NULL) {
        text_add(&s->out, " where ");
        say(s, e->where, 0);
    }
    text_add(&s->out, ")");
}

static void say_binary(struct saying *s, const struct expr *e, int outer)
{
    static const struct { const char *words; int binds; } ops[] = {
        [BIN_ADD] = {" + ", 4}, [BIN_SUB] = {" - ", 4}, [BIN_MUL] = {" * ", 5}, [BIN_DIV] = {" / ", 5}, [BIN_POW] = {" ^ ", 7},
        [BIN_EQ] = {" is ", 3}, [BIN_NE] = {" is not ", 3}, [BIN_LT] = {" is below ", 3}, [BIN_LE] = {" is at most ", 3},
        [BIN_GT] = {" is above ", 3}, [BIN_GE] = {" is at least ", 3}, [BIN_AND] = {" and ", 2}, [BIN_OR] = {" or ", 1}};
    int const binds = ops[e->op].binds;
    if (binds < outer)
        text_add(&s->out, "(");
    say(s, e->arg[0], binds);
    text_add(&s->out, ops[e->op].words);
    say(s, e->arg[1], e->op == BIN_SUB || e->op == BIN_DIV ? binds + 1 : binds);
    if (binds < outer)
        text_add(&s->out, ")");
}

static void say(struct saying *s, const struct expr *e, int outer)
{
    char number[NUMBER_TEXT];
    switch (e->kind) {
    case EX_NUMBER: text_add(&s->out, text_short(e->number, 6, number)); return;
    case EX_DATE: text_add(&s->out, program_date(s->m->p, s->m->a, axis_of_months(s->m, e->number))); return;
    case EX_TRUTH: text_add(&s->out, e->number != 0 ? "true" : "false"); return;
    case EX_NAME: say_name(s, e); return;
    case EX_CALL:
    case EX_OVER:
    case EX_BEST: say_call(s, e); return;
    case EX_CONVERT: say(s, e->arg[0], outer); return;
    case EX_BINARY: say_binary(s, e, outer); return;
    case EX_NEG:
        text_add(&s->out, "-");
        say(s, e->arg[0], 6);
        return;
    case EX_NOT:
        if (e->arg[0]->kind == EX_CALL && (e->arg[0]->index == FN_in_force || e->arg[0]->index == FN_threatened)) {
            text_addf(&s->out, "'%s'", move_title(s->m, e->arg[0]->arg[0]->index));
            say_target(s, e->arg[0]);
            text_add(&s->out, e->arg[0]->index == FN_in_force ? " is not in force" : " is not threatened");
            return;
        }
        text_add(&s->out, "not ");
        say(s, e->arg[0], 6);
        return;
    case EX_IF:
        text_add(&s->out, outer > 0 ? "(if " : "if ");
        say(s, e->arg[0], 0);
        text_add(&s->out, " then ");
        say(s, e->arg[1], 0);
        text_add(&s->out, " else ");
        say(s, e->arg[2], 0);
        text_add(&s->out, outer > 0 ? ")" : "");
        return;
    case EX_IN:
        say(s, e->arg[0], 4);
        for (int i = 1; i < e->args; i++) {
            text_add(&s->out, i == 1 ? " is " : i == e->args - 1 ? " or " : ", ");
            say(s, e->arg[i], 4);
        }
        return;
    }
}

const char *expr_say(struct model *m, const struct expr *e)
{
    struct saying s = {.m = m};
    text_init(&s.out, m->a);
    say(&s, e, 0);
    return s.out.at;
}
