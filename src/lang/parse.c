/* lang/parse.c — reads expressions: one token ahead, one function a level of binding.
 *
 * `or` < `and` < `not` < comparisons and `in` < + - < * / < unary - < ^ (to the right). So -2 ^ 2 is -4.
 */
#include <stdio.h>
#include <string.h>
#include "base/text.h"
#include "lang/expr.h"

enum token { T_END, T_NUMBER, T_DATE, T_WORD, T_MARK, T_BAD };

struct reader {
    struct arena *arena;
    struct diags *d;
    const struct node *node;
    const char *text;               /* of the node */
    size_t at, end;                 /* bytes not yet read, where to stop */
    /* the token at hand */
    enum token token;
    size_t from, to, last;          /* last: where the token before it ended */
    double number;
    bool whole;
    int depth, operators;
    bool broken;                    /* a finding was made: unwind quietly */
};
enum { MOST_DEPTH = 100, MOST_ARGS = 4096, MOST_OPERATORS = 500 };     /* a long sum is as deep as it is long for whoever walks it */

struct span node_part(const struct node *node, size_t from, size_t length)
{
    if (!node->raw)
        return node->at;
    return (struct span){node->at.at + (uint32_t)from, (uint32_t)(length > 0 ? length : 1)};
}

static struct span here(const struct reader *r) { return node_part(r->node, r->from, r->to - r->from); }

static struct expr *trouble(struct reader *r, struct span at, const char *text)
{
    if (!r->broken)
        diag_error(r->d, at, D_EXPRESSION, "%s", text);
    r->broken = true;
    return NULL;
}

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* 2017-13 and 2017-1 are differences to the letter; hardly anyone who writes them means that. */
static void warn_near_date(struct reader *r, size_t year_end)
{
    const char *const s = r->text + r->at;
    size_t const year = year_end - r->at;
    size_t n = year + 1;
    while (r->at + n < r->end && digit(s[n]))
        n++;
    bool const looks_so = year == 4 && (s[0] == '1' || s[0] == '2') && r->at + year < r->end && s[year] == '-' && n > year + 1 && n <= year + 3;
    if (looks_so && !(r->at + n < r->end && (letter(s[n]) || s[n] == '.' || s[n] == '%')))
        diag_warning(r->d, node_part(r->node, r->at, n), D_NOT_A_DATE, "'%.*s' is no date and counts as a difference; write a date as 2017-02, or blanks around the minus", (int)n, s);
}

static void read_number(struct reader *r)
{
    const char *const s = r->text;
    size_t i = r->at;
    if (i + 7 <= r->end && digit(s[i]) && digit(s[i + 1]) && digit(s[i + 2]) && digit(s[i + 3]) && s[i + 4] == '-' && digit(s[i + 5]) && digit(s[i + 6])) {
        size_t const n = i + 10 <= r->end && s[i + 7] == '-' && digit(s[i + 8]) && digit(s[i + 9]) ? 10 : 7;
        if (date_read(s + i, n, &r->number) && !(i + n < r->end && digit(s[i + n]))) {
            r->token = T_DATE;
            r->to = r->at = i + n;
            return;
        }
    }
    r->whole = true;
    while (i < r->end && digit(s[i]))
        i++;
    warn_near_date(r, i);
    if (i < r->end && s[i] == '.') {
        r->whole = false;
        for (i++; i < r->end && digit(s[i]); i++)
            ;
    }
    if (i < r->end && (s[i] == 'e' || s[i] == 'E')) {
        size_t k = i + 1;
        if (k < r->end && (s[k] == '+' || s[k] == '-'))
            k++;
        if (k < r->end && digit(s[k])) {
            r->whole = false;
            while (k < r->end && digit(s[k]))
                k++;
            i = k;
        }
    }
    r->to = i;
    r->token = T_NUMBER;
    char padded[64];                                /* ".5" reads as "0.5" */
    size_t const n = i - r->at;
    if (n > 60 || (i < r->end && letter(s[i]))) {
        r->token = T_BAD;
        while (i < r->end && (letter(s[i]) || digit(s[i])))
            i++;                                        /* 0x10 and 3a are marked whole */
        r->to = r->at = i;
        return;
    }
    snprintf(padded, sizeof padded, "%s%.*s%s", s[r->at] == '.' ? "0" : "", (int)n, s + r->at, s[i - 1] == '.' ? "0" : "");
    if (!text_to_number(padded, strlen(padded), &r->number))
        r->token = T_BAD;
    r->at = i;
}

static void next(struct reader *r)
{
    const char *const s = r->text;
    r->last = r->to;
    while (r->at < r->end && strchr(" \t\n\r", s[r->at]) != NULL && s[r->at] != '\0')
        r->at++;
    r->from = r->to = r->at;
    if (r->at >= r->end) {
        r->token = T_END;
        return;
    }
    char const c = s[r->at];
    if (digit(c) || (c == '.' && r->at + 1 < r->end && digit(s[r->at + 1]))) {
        read_number(r);
        return;
    }
    if (letter(c)) {
        while (r->at < r->end && (letter(s[r->at]) || digit(s[r->at])))
            r->at++;
        r->to = r->at;
        r->token = T_WORD;
        return;
    }
    static const char *const two[] = {"<=", ">=", "!=", "==", "<>"};
    r->token = T_MARK;
    r->to = r->at + 1;
    for (size_t i = 0; i < sizeof two / sizeof two[0]; i++)
        if (r->at + 1 < r->end && s[r->at] == two[i][0] && s[r->at + 1] == two[i][1])
            r->to = r->at + 2;
    if (strchr("+-*/^()[],=<>%!", c) == NULL) {
        r->token = T_BAD;
        const char *p = s + r->at;
        text_next(&p);                              /* a whole character, however many bytes */
        r->to = (size_t)(p - s) <= r->end && p > s + r->at ? (size_t)(p - s) : r->at + 1;
    }
    r->at = r->to;
}

static bool is_text(const struct reader *r, const char *text)
{
    return (r->token == T_WORD || r->token == T_MARK) && strlen(text) == r->to - r->from && memcmp(r->text + r->from, text, r->to - r->from) == 0;
}

static bool take(struct reader *r, const char *text)
{
    if (!is_text(r, text))
        return false;
    next(r);
    return true;
}

static const char *token_words(struct reader *r)
{
    if (r->token == T_END)
        return "the end";
    return arena_printf(r->arena, "'%.*s'", (int)(r->to - r->from), r->text + r->from);
}

/* What other languages write, and what is written here; NULL for anything else. */
static const char *instead(const struct reader *r)
{
    static const struct { const char *theirs, *ours; } habits[] = {
        {"&", "write 'and' between two conditions"}, {"|", "write 'or' between two conditions, abs(x) for a number without its sign"},
        {"!", "write 'not' before a condition"}, {"%", "a remainder is mod(a, b); % stands right after a number"},
        {"'", "no quotes stand inside an expression; a date is plain, as 2017-02"}, {"\"", "no quotes stand inside an expression"},
        {";", "arguments are parted by commas"}, {"−", "a minus is the plain -"}, {"–", "a minus is the plain -"}, {"×", "write *"}, {"·", "write *"},
        {"≤", "write <="}, {"≥", "write >="}, {"≠", "write !="}, {"for", "write 'over', as sum(x[f] over f in firm)"},
        {"elif", "write else if"}, {"elseif", "write else if"}, {"elsif", "write else if"},
    };
    const char *const s = r->text + r->from;
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
        size_t const n = strlen(habits[i].theirs);
        if (r->from + n <= r->end && memcmp(s, habits[i].theirs, n) == 0 && (r->token != T_WORD || r->to - r->from == n))
            return habits[i].ours;
    }
    return NULL;
}

/* The same for the token at hand, or `otherwise`. */
static const char *remedy(const struct reader *r, const char *otherwise)
{
    const char *const ours = instead(r);
    return ours != NULL ? ours : otherwise;
}

static bool want(struct reader *r, const char *text, const char *after)
{
    if (take(r, text))
        return true;
    trouble(r, here(r), arena_printf(r->arena, "'%s' is missing before %s; %s", text, token_words(r), remedy(r, after)));
    return false;
}

static struct expr *make(struct reader *r, enum ex kind, struct span at)
{
    struct expr *const e = ARENA_NEW(r->arena, struct expr);
    e->kind = kind;
    e->at = at;
    return e;
}

static void push(struct reader *r, struct expr *e, struct expr *arg)
{
    struct expr **const more = ARENA_ARRAY(r->arena, e->args + 1, struct expr *);
    if (e->args > 0)
        memcpy(more, e->arg, (size_t)e->args * sizeof *more);
    more[e->args++] = arg;
    e->arg = more;
}

static struct span join(struct span a, struct span b)
{
    if (a.at == 0 || b.at < a.at)
        return a;
    return (struct span){a.at, b.at + b.length - a.at};
}

static struct expr *read_whole(struct reader *r);

/* From where e begins to the token just taken: a bracket belongs to what it closes. */
static struct expr *close(struct reader *r, struct expr *e, size_t from)
{
    if (e != NULL)
        e->at = node_part(r->node, from, r->last - from);
    return e;
}

static const char *word_of(struct reader *r) { return arena_copy(r->arena, r->text + r->from, r->to - r->from); }

static bool reserved(const char *w)
{
    static const char *const words[] = {"if", "then", "else", "and", "or", "not", "in", "over", "where", "by", "otherwise"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(w, words[i]) == 0)
            return true;
    return false;
}

/* "f in firm, g in firm" or "firm"; stops before `where`, `by`, `otherwise` or ')'. */
static bool read_binders(struct reader *r, struct expr *e)
{
    LIST_OF(struct binder) list = {0};
    do {
        if (r->token != T_WORD || list.count >= 8) {
            trouble(r, here(r), "a set's name is missing after 'over'; write for instance: sum(x[firm] over firm)");
            return false;
        }
        struct binder *const b = LIST_ADD(r->arena, list);
        b->name = b->set_name = word_of(r);
        b->at = here(r);
        b->set = -1;
        next(r);
        if (take(r, "in")) {
            if (r->token != T_WORD) {
                trouble(r, here(r), "a set's name is missing after 'in'; write for instance: sum(x[f] over f in firm)");
                return false;
            }
            b->set_name = word_of(r);
            b->at = here(r);
            next(r);
        }
    } while (take(r, ","));
    e->binder = list.at;
    e->binders = list.count;
    return true;
}

static bool read_where(struct reader *r, struct expr *e)
{
    if (take(r, "where") && (e->where = read_whole(r)) == NULL)
        return false;
    if (take(r, "otherwise") && (e->otherwise = read_whole(r)) == NULL)
        return false;
    return true;
}

static struct expr *read_call(struct reader *r, const char *name, struct span at)
{
    struct expr *const e = make(r, EX_CALL, at);
    e->name = name;
    if (strcmp(name, "best") == 0) {
        e->kind = EX_BEST;
        if (!read_binders(r, e) || !want(r, "by", "write best(firm by share[firm] where …)"))
            return NULL;
        push(r, e, read_whole(r));
        if (r->broken || !read_where(r, e) || !want(r, ")", "close the function's bracket"))
            return NULL;
        return e;
    }
    if (take(r, ")"))
        return e;
    do {
        if (e->args >= MOST_ARGS)
            return trouble(r, here(r), "too many arguments; a function takes a few thousand at most");
        push(r, e, read_whole(r));
        if (r->broken)
            return NULL;
    } while (take(r, ","));
    if (take(r, "over")) {
        e->kind = EX_OVER;
        if (!read_binders(r, e))
            return NULL;
    }
    if (!read_where(r, e))
        return NULL;
    if (e->kind == EX_CALL && (e->where != NULL || e->otherwise != NULL) && strcmp(name, "count") != 0)
        return trouble(r, e->at, "'where' stands in an aggregate; write for instance: sum(x[firm] over firm where open[firm])");
    return want(r, ")", "close the function's bracket") ? e : NULL;
}

static struct expr *read_name(struct reader *r)
{
    const char *const name = word_of(r);
    struct span const at = here(r);
    if (reserved(name) && strcmp(name, "by") != 0)      /* where a value is expected, `by` is a name: trust[by, of] */
        return trouble(r, at, arena_printf(r->arena, "'%s' cannot stand here; a value was expected", name));
    size_t const from = r->from;
    next(r);
    if (take(r, "("))
        return close(r, read_call(r, name, at), from);
    struct expr *const e = make(r, EX_NAME, at);
    e->name = name;
    if (strcmp(name, "true") == 0 || strcmp(name, "false") == 0) {
        e->kind = EX_TRUTH;
        e->number = name[0] == 't';
        return e;
    }
    if (!take(r, "["))
        return e;
    do {
        push(r, e, read_whole(r));
        if (r->broken)
            return NULL;
    } while (take(r, ","));
    return want(r, "]", "close the subscript's bracket") ? close(r, e, from) : NULL;
}

static struct expr *read_atom(struct reader *r)
{
    struct span const at = here(r);
    if (r->token == T_NUMBER || r->token == T_DATE) {
        struct expr *const e = make(r, r->token == T_DATE ? EX_DATE : EX_NUMBER, at);
        e->number = r->number;
        e->literal_whole = r->whole;
        next(r);
        if (e->kind == EX_NUMBER && take(r, "%")) {
            e->number /= 100;
            e->literal_whole = false;
            e->at.length += r->node->raw;
        }
        return e;
    }
    if (r->token == T_WORD)
        return read_name(r);
    size_t const from = r->from;
    if (take(r, "(")) {
        struct expr *const e = read_whole(r);
        return e != NULL && want(r, ")", "close the bracket") ? close(r, e, from) : NULL;
    }
    if (r->token == T_END)
        return trouble(r, node_part(r->node, r->end > 0 ? r->end - 1 : 0, 1), "the expression ends too soon; a value is missing at its end");
    if (r->token == T_BAD)
        return trouble(r, at, arena_printf(r->arena, "%s cannot be read; %s", token_words(r), remedy(r, "numbers are decimal, names are letters, digits and _")));
    const char *const expected = from > 0 && r->text[from] == '*' && r->text[from - 1] == '*' ? "a power is written x ^ 2" : "a value was expected";
    return trouble(r, at, arena_printf(r->arena, "%s cannot stand here; %s", token_words(r), remedy(r, expected)));
}

static struct expr *read_unary(struct reader *r);

static struct expr *binary(struct reader *r, enum binary op, struct expr *a, struct expr *b)
{
    if (a == NULL || b == NULL)
        return NULL;
    if (++r->operators > MOST_OPERATORS)
        return trouble(r, b->at, "the expression is too long; split it into quantities of their own, or write an aggregate over a set");
    struct expr *const e = make(r, EX_BINARY, join(a->at, b->at));
    e->op = op;
    push(r, e, a);
    push(r, e, b);
    return e;
}

static struct expr *read_power(struct reader *r)
{
    struct expr *const e = read_atom(r);
    return e != NULL && take(r, "^") ? binary(r, BIN_POW, e, read_unary(r)) : e;
}

static struct expr *read_unary(struct reader *r)
{
    struct span const at = here(r);
    if (++r->depth > MOST_DEPTH)
        return trouble(r, at, "the expression is nested too deeply; split it into quantities of their own");
    struct expr *e;
    if (take(r, "-")) {
        struct expr *const a = read_unary(r);
        e = a == NULL ? NULL : make(r, EX_NEG, join(at, a->at));
        if (e != NULL)
            push(r, e, a);
    } else if (take(r, "+")) {
        e = read_unary(r);
    } else {
        e = read_power(r);
    }
    r->depth--;
    return e;
}

static struct expr *read_product(struct reader *r)
{
    struct expr *e = read_unary(r);
    while (e != NULL && (is_text(r, "*") || is_text(r, "/"))) {
        enum binary const op = take(r, "*") ? BIN_MUL : (next(r), BIN_DIV);
        e = binary(r, op, e, read_unary(r));
    }
    return e;
}

static struct expr *read_sum(struct reader *r)
{
    struct expr *e = read_product(r);
    while (e != NULL && (is_text(r, "+") || is_text(r, "-"))) {
        enum binary const op = take(r, "+") ? BIN_ADD : (next(r), BIN_SUB);
        e = binary(r, op, e, read_product(r));
    }
    return e;
}

static struct expr *read_in(struct reader *r, struct expr *left)
{
    if (!want(r, "[", "after 'in' comes a list: month in [8, 9], good in [coal, iron_ore]"))
        return NULL;
    struct expr *const e = make(r, EX_IN, left->at);
    push(r, e, left);
    do {
        push(r, e, read_sum(r));
        if (r->broken)
            return NULL;
    } while (take(r, ","));
    e->at = join(left->at, here(r));
    return want(r, "]", "close the list") ? e : NULL;
}

static struct expr *read_comparison(struct reader *r)
{
    static const struct { const char *mark; enum binary op; const char *instead; } marks[] = {
        {"=", BIN_EQ, NULL}, {"==", BIN_EQ, "="}, {"!=", BIN_NE, NULL}, {"<>", BIN_NE, "!="},
        {"<=", BIN_LE, NULL}, {">=", BIN_GE, NULL}, {"<", BIN_LT, NULL}, {">", BIN_GT, NULL},
    };
    struct expr *const e = read_sum(r);
    if (e == NULL)
        return NULL;
    if (take(r, "in"))
        return read_in(r, e);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct span const at = here(r);
        if (!take(r, marks[i].mark))
            continue;
        if (marks[i].instead != NULL)
            diag_note(r->d, at, D_COMPARISON, "'%s' is understood; write '%s'", marks[i].mark, marks[i].instead);
        struct expr *const c = binary(r, marks[i].op, e, read_sum(r));
        if (c == NULL)
            return NULL;
        if (r->token == T_MARK && strchr("=<>!", r->text[r->from]) != NULL)
            return trouble(r, here(r), "comparisons cannot be chained; write a < b and b < c");
        return c;
    }
    return e;
}

static struct expr *read_not(struct reader *r)
{
    struct span const at = here(r);
    if (!take(r, "not"))
        return read_comparison(r);
    if (++r->depth > MOST_DEPTH)
        return trouble(r, at, "the expression is nested too deeply; split it into quantities of their own");
    struct expr *const a = read_not(r);
    r->depth--;
    if (a == NULL)
        return NULL;
    struct expr *const e = make(r, EX_NOT, join(at, a->at));
    push(r, e, a);
    return e;
}

static struct expr *read_and(struct reader *r)
{
    struct expr *e = read_not(r);
    while (e != NULL && take(r, "and"))
        e = binary(r, BIN_AND, e, read_not(r));
    return e;
}

static struct expr *read_or(struct reader *r)
{
    struct expr *e = read_and(r);
    while (e != NULL && take(r, "or"))
        e = binary(r, BIN_OR, e, read_and(r));
    return e;
}

static struct expr *read_if(struct reader *r, struct span at)
{
    struct expr *const e = make(r, EX_IF, at);
    push(r, e, read_whole(r));
    if (r->broken || !want(r, "then", "write if … then … else …"))
        return NULL;
    push(r, e, read_whole(r));
    if (r->broken || !want(r, "else", "every 'if' has an 'else': if … then … else …"))
        return NULL;
    push(r, e, read_whole(r));
    return r->broken ? NULL : e;
}

static struct expr *read_whole(struct reader *r)
{
    struct span const at = here(r);
    if (++r->depth > MOST_DEPTH)
        return trouble(r, at, "the expression is nested too deeply; split it into quantities of their own");
    struct expr *const e = take(r, "if") ? read_if(r, at) : read_or(r);
    r->depth--;
    if (e == NULL)
        r->broken = true;
    return e;
}

struct expr *expr_read_part(struct arena *a, struct diags *d, const struct node *node, size_t from, size_t length)
{
    struct reader r = {.arena = a, .d = d, .node = node, .text = node->text, .at = from, .end = from + length};
    next(&r);
    if (r.token == T_END) {
        diag_error(d, node->at, D_EXPRESSION, "an expression is missing here; write a number or a formula");
        return NULL;
    }
    struct expr *const e = read_whole(&r);
    if (e == NULL || r.token == T_END)
        return e;
    if (r.token == T_BAD)
        return trouble(&r, here(&r), arena_printf(a, "%s cannot be read here; %s", token_words(&r), remedy(&r, "numbers are decimal, names are letters, digits and _")));
    if (is_text(&r, "over"))
        return trouble(&r, here(&r), "'over' stands inside a function; write for instance: sum(x[firm] over firm)");
    return trouble(&r, here(&r), arena_printf(a, "%s was not expected; %s", token_words(&r), remedy(&r, "an operator is missing before it, or a bracket too many")));
}

struct expr *expr_read(struct arena *a, struct diags *d, const struct node *node)
{
    if (!node_is_text(node)) {
        diag_error(d, node->at, D_EXPRESSION, "one expression is wanted here, not a block or a list; put it in one line");
        return NULL;
    }
    return expr_read_part(a, d, node, 0, strlen(node->text));
}
