/* lang/say.c — an expression in words for players: names by their titles, moves by what is asked of them, comparisons spelt out.
 * It need not read back; what an author wrote stands in the file. */
#include <string.h>
#include "base/text.h"
#include "lang/model.h"

enum { MOST_PROPER = 256 };

struct saying { struct model *m; struct text out; };

static void say(struct saying *s, const struct expr *e, int outer);

static const char *move_title(struct model *m, int move)
{
    return program_inside(m->p, m->a, node_words(node_get(m->moves.at[move].node, "title"), readable(m, m->moves.at[move].name)));
}

static void say_name(struct saying *s, const struct expr *e)
{
    struct model *const m = s->m;
    const char *words = readable(m, e->name);
    if (e->symbol == SYMBOL_QUANTITY)
        words = node_words(node_get(m->quantities.at[e->index].node, "title"), words);
    else if (e->symbol == SYMBOL_PARAMETER)
        words = node_words(node_get(m->parameters.at[e->index].node, "title"), words);
    text_add(&s->out, program_inside(m->p, m->a, words));
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
    static const struct { int function; const char *after; } terms[] = {{FN_promised, "is promised"}, {FN_kept, "is kept"}, {FN_broken, "was broken"}};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        if (e->index == terms[i].function && e->kind == EX_CALL) {
            text_addf(&s->out, "'%s' %s", s->m->terms.at[e->arg[0]->index], terms[i].after);
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

/* A bare number beside something that is shown of 100 is said so too. */
static bool say_of_100(struct saying *s, const struct expr *number, const struct expr *beside)
{
    char text[NUMBER_TEXT];
    bool const scale = beside->kind == EX_NAME && beside->symbol == SYMBOL_QUANTITY && beside->index < s->m->p->quantities && s->m->p->quantity[beside->index].scale;
    bool const level = beside->kind == EX_CALL && beside->index == FN_level;
    double x;
    if (number->kind == EX_NUMBER)
        x = number->number;
    else if (number->kind == EX_BINARY && number->op == BIN_DIV && number->arg[0]->kind == EX_NUMBER && number->arg[1]->kind == EX_NUMBER && number->arg[1]->number != 0)
        x = number->arg[0]->number / number->arg[1]->number;             /* 1/2 */
    else
        return false;
    if (!scale && !level)
        return false;
    text_addf(&s->out, "%s of 100", text_short(100 * x, 6, text));
    return true;
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
    bool const compares = e->op >= BIN_EQ && e->op <= BIN_GE;
    if (!compares || !say_of_100(s, e->arg[0], e->arg[1]))
        say(s, e->arg[0], binds);
    text_add(&s->out, ops[e->op].words);
    if (!compares || !say_of_100(s, e->arg[1], e->arg[0]))
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

/* --- conditions of a script ------------------------------------------------------------------------------------------------- */

static bool has_formula(const struct expr *e)
{
    if (e == NULL)
        return false;
    if ((e->kind == EX_BINARY && e->op <= BIN_POW && !(e->op == BIN_DIV && e->arg[0]->kind == EX_NUMBER && e->arg[1]->kind == EX_NUMBER)) || e->kind == EX_IF || e->kind == EX_OVER
        || e->kind == EX_BEST || e->kind == EX_CONVERT || e->kind == EX_IN)
        return true;
    if (e->kind == EX_CALL && !(e->index >= FN_level && e->index <= FN_times))
        return true;
    for (int i = 0; i < e->args; i++)
        if (has_formula(e->arg[i]))
            return true;
    return false;
}

static bool asks_for_time(const struct expr *e)
{
    if (e == NULL)
        return false;
    if (e->kind == EX_NAME && (e->symbol == SYMBOL_TURN || e->symbol == SYMBOL_MONTH || e->symbol == SYMBOL_TIME))
        return true;
    for (int i = 0; i < e->args; i++)
        if (asks_for_time(e->arg[i]))
            return true;
    return false;
}

static void say_conditions(struct saying *s, const struct expr *e, bool *by_turn)
{
    if (e->kind == EX_BINARY && e->op == BIN_AND) {
        say_conditions(s, e->arg[0], by_turn);
        say_conditions(s, e->arg[1], by_turn);
    } else if (asks_for_time(e)) {
        *by_turn = true;
    } else if (!has_formula(e)) {
        text_add(&s->out, s->out.length > 0 ? " and " : "");
        say(s, e, 2);
    }
}

const char *expr_say_conditions(struct model *m, const struct expr *e, bool *by_turn)
{
    struct saying s = {.m = m};
    text_init(&s.out, m->a);
    say_conditions(&s, e, by_turn);
    return s.out.length > 0 ? s.out.at : NULL;
}

/* --- terms of a ledger ------------------------------------------------------------------------------------------------------- */

enum { TERM_NAMED = 3 };

/* A quantity with the elements that it names, where those are not the stock's own. */
static const char *input_words(struct scope *s, struct input in)
{
    struct model *const m = s->m;
    const struct m_quantity *const q = &m->quantities.at[in.quantity];
    const char *const title = program_inside(m->p, m->a, node_words(node_get(q->node, "title"), readable(m, q->name)));
    int at[MOST_DIMS];
    bool own = q->dims <= s->bounds;
    if (q->dims == 0 || in.element < 0)
        return title;
    element_split(m, q->dims, q->dim, in.element, at);
    for (int i = 0; i < q->dims; i++)
        own = own && s->bound[i].set == q->dim[i] && s->bound[i].element == at[i];
    if (own)
        return title;
    struct text t;
    text_init(&t, m->a);
    text_add(&t, title);
    for (int i = 0; i < q->dims; i++)
        text_addf(&t, "%s%s", i == 0 ? " (" : ", ", program_words(m->p, m->a, m->sets.at[q->dim[i]].element[at[i]]));
    text_add(&t, ")");
    return t.at;
}

static void add_moves(struct model *m, const struct expr *e, struct text *t, uint64_t *named)
{
    if (e == NULL)
        return;
    if (e->kind == EX_NAME && e->symbol == SYMBOL_MOVE && !(e->index < 64 && (*named >> e->index & 1))) {
        text_addf(t, "%s'%s'", t->length > 0 ? " and " : "", move_title(m, e->index));
        if (e->index < 64)
            *named |= (uint64_t)1 << e->index;
    }
    for (int i = 0; i < e->args; i++)
        add_moves(m, e->arg[i], t, named);
    add_moves(m, e->where, t, named);
    add_moves(m, e->otherwise, t, named);
}

const char *expr_say_term(struct scope *s, const struct expr *e, bool minus, int own)
{
    struct model *const m = s->m;
    if (e->kind == EX_NAME) {
        const struct m_quantity *const q = e->symbol == SYMBOL_QUANTITY ? &m->quantities.at[e->index] : NULL;
        const char *const said = q != NULL ? input_words(s, (struct input){e->index, element_of_name(s, e, q->dims, q->dim), 0}) : expr_say(m, e);
        return minus ? arena_printf(m->a, "less %s", said) : said;
    }
    struct inputs const from = expr_inputs(s, e);
    struct text others, moves;
    int way = 0, count = 0, more = 0;
    bool itself = false;
    uint64_t named = 0;
    text_init(&others, m->a), text_init(&moves, m->a);
    for (int i = 0; i < from.count; i++) {
        bool twice = false;
        for (int k = 0; k < i; k++)
            twice = twice || from.at[k].quantity == from.at[i].quantity;
        if (from.at[i].quantity == own) {
            itself = true;
            way = minus ? -from.at[i].way : from.at[i].way;
        } else if (!twice && count++ < TERM_NAMED) {
            struct input one = from.at[i];                       /* of several elements the name of all */
            for (int k = i + 1; k < from.count; k++)
                one.element = from.at[k].quantity == one.quantity ? -1 : one.element;
            text_addf(&others, "%s%s", count > 1 ? ", " : "", input_words(s, one));
        } else {
            more += !twice;
        }
    }
    if (more > 0)
        text_addf(&others, " and %d more", more);
    add_moves(m, e, &moves, &named);
    if (count == 0 && moves.length == 0)
        return !itself ? "a steady change" : way > 0 ? "its own growth" : way < 0 ? "its own drift back" : "its own course";
    if (count == 0)
        return arena_printf(m->a, "from %s%s", moves.at, itself ? " and itself" : "");
    return arena_printf(m->a, "%s %s%s%s%s", itself && way < 0 ? "follows" : "from", others.at, moves.length > 0 ? ", with " : "", moves.length > 0 ? moves.at : "",
                        itself && way >= 0 ? " and itself" : "");
}

/* --- names ------------------------------------------------------------------------------------------------------------------- */

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

typedef LIST_OF(const char *) word_list;

/* A word with a great letter within a sentence is a name; at its beginning it tells nothing, unless `all` counts. */
static void add_names(struct model *m, word_list *names, const char *text, bool all)
{
    bool begins = true;
    for (const char *s = text; s != NULL && *s != '\0';) {
        size_t n = 0;
        while (letter(s[n]))
            n++;
        if (n > 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && (all || !begins)) {
            const char *const word = arena_copy(m->a, s, n);
            bool known = false;
            for (int i = 0; i < names->count && !known; i++)
                known = strcmp(names->at[i], word) == 0;
            if (!known && names->count < MOST_PROPER)
                *LIST_ADD(m->a, *names) = word;
        }
        begins = n == 0 ? begins || *s == '.' || *s == '!' || *s == '?' || *s == ':' || *s == '"' : false;
        s += n > 0 ? n : 1;
    }
}

void find_proper_names(struct model *m)
{
    word_list names = {0};
    const struct node *const seats = node_get(m->root, "seats");
    for (int i = 0; seats != NULL && seats->kind == NODE_MAP && i < seats->count; i++) {
        const struct node *const goals = node_get(seats->item[i], "goals");
        add_names(m, &names, node_words(node_get(seats->item[i], "name"), NULL), true);
        for (int k = 0; goals != NULL && goals->kind == NODE_MAP && k < goals->count; k++)
            add_names(m, &names, node_words(node_get(goals->item[k], "title"), NULL), false);
    }
    add_names(m, &names, node_words(node_get(m->root, "summary"), NULL), false);
    for (int i = 0; i < m->quantities.count; i++)
        add_names(m, &names, node_words(node_get(m->quantities.at[i].node, "title"), NULL), false);
    for (int i = 0; i < m->moves.count; i++)
        add_names(m, &names, node_words(node_get(m->moves.at[i].node, "title"), NULL), false);
    m->p->proper = names.at;
    m->p->propers = names.count;
}
