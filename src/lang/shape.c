/* lang/shape.c — a tree held against the table: unknown and missing keys, and whether values look as their keys want.
 * Names are not resolved and expressions not read here. A broken node has had its finding; nothing more is said about it. */
#include "lang/schema_private.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LANGUAGE_VERSION = 1, SHOWN_MOST = 60 };

/* ---- small helpers ---- */

/* Where a finding about a whole block points: its name, or else the first thing in it. */
static struct span place_of(const struct node *name, const struct node *n)
{
    if (name != NULL)
        return name->at;
    while (n->kind != NODE_TEXT && n->count > 0)
        n = n->kind == NODE_MAP ? n->key[0] : n->item[0];
    return (struct span){n->at.at, n->kind == NODE_TEXT ? n->at.length : 1};
}

static bool found_enough(const struct diags *d)
{
    return d->errors >= d->most;
}

/* A text short enough for a message. */
static const char *shown(struct diags *d, const char *text)
{
    if (strlen(text) <= SHOWN_MOST)
        return text;
    return arena_printf(d->arena, "%.*s…", (int)text_fit(text, SHOWN_MOST), text);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_among(const char *s, const char *more)
{
    for (; *s != '\0'; s++)
        if (!is_letter(*s) && !is_digit(*s) && strchr(more, *s) == NULL)
            return false;
    return true;
}

/* ---- names ---- */

static bool name_fits(const char *s, enum key_style style)
{
    if (style == KEY_WORDS)
        return true;
    if (style == KEY_ID)
        return (is_letter(*s) || is_digit(*s)) && is_among(s, "_-");
    if (!is_letter(*s))
        return false;
    size_t length = 0;
    while (is_letter(s[length]) || is_digit(s[length]) || s[length] == '_')
        length++;
    if (s[length] == '\0' || style == KEY_NAME)
        return s[length] == '\0';
    const char *const rest = s + length;
    size_t const more = strlen(rest);
    if (rest[0] != '[' || rest[more - 1] != ']' || more < 3)
        return false;
    for (size_t i = 1; i + 1 < more; i++)
        if (!is_letter(rest[i]) && !is_digit(rest[i]) && strchr("_, ", rest[i]) == NULL)
            return false;
    return true;
}

static void check_name(struct diags *d, const struct node *n, enum key_style style)
{
    if (n->broken || name_fits(n->text, style))
        return;
    if (style == KEY_ID)
        diag_error(d, n->at, D_NOT_A_NAME, "'%s' cannot be an id; use letters, digits, - and _, and begin with a letter or digit",
                   shown(d, n->text));
    else if (style == KEY_SUBSCRIPT && strchr(n->text, '[') != NULL)
        diag_error(d, n->at, D_NOT_A_NAME, "'%s' cannot be a name; write it as price, price[good] or trust[by in seat, of in seat]",
                   shown(d, n->text));
    else
        diag_error(d, n->at, D_NOT_A_NAME, "'%s' cannot be a name; use letters a to z, digits and _, and begin with a letter",
                   shown(d, n->text));
}

/* ---- plain values: what is wrong with one, or NULL ---- */

static bool is_number(const struct node *n, double *x)
{
    size_t length = strlen(n->text);
    if (n->quoted)
        return false;
    if (length > 1 && n->text[length - 1] == '%')
        length--;
    return text_to_number(n->text, length, x);
}

static void wrong_number(struct diags *d, const struct node *n)
{
    const char *const s = n->text;
    const char *advice = "write one, as 3, 0.5, +0.02 or 12%";
    const char *const unsigned_ = s + (*s == '+' || *s == '-');
    if (n->quoted)
        advice = "take the quotes away";
    else if (is_digit(unsigned_[0]) && unsigned_[0] == '0' && is_digit(unsigned_[1]))
        advice = "a number does not begin with a spare 0, so leave that out";
    else if (*s != '\0' && is_among(s, ",+-") && strchr(s, ',') != NULL)
        advice = "write a decimal point, and nothing between thousands";
    else if (*s != '\0' && is_among(s, ". %+-") && strstr(s, " %") != NULL)
        advice = "write the % sign without a blank before it";
    else if (strpbrk(s, "+-*/^()") != NULL)
        advice = "an expression cannot stand here";
    diag_error(d, n->at, D_NOT_A_NUMBER, "'%s' is not a number; %s", shown(d, s), advice);
}

static void check_number(struct diags *d, const struct node *n)
{
    double x;
    if (!is_number(n, &x))
        wrong_number(d, n);
}

static void check_whole(struct diags *d, const struct node *n)
{
    long whole;
    double x;
    if (!n->quoted && text_to_long(n->text, strlen(n->text), &whole)) {
        if (whole < 0)
            diag_error(d, n->at, D_NOT_WHOLE, "'%s' is below zero; write a count, as 0, 3 or 12", n->text);
        return;
    }
    if (is_number(n, &x))
        diag_error(d, n->at, D_NOT_WHOLE, "'%s' is not a whole number; write one, as 3 or 12", n->text);
    else
        wrong_number(d, n);
}

static void check_truth(struct diags *d, const struct node *n)
{
    static const char *const yes[] = {"true", "yes", "on", "y"}, *const no[] = {"false", "no", "off", "n"};
    if (!n->quoted && (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0))
        return;
    const char *meant = NULL;
    for (int i = 0; i < 4; i++)
        meant = text_same(n->text, yes[i]) ? "true" : text_same(n->text, no[i]) ? "false" : meant;
    if (meant != NULL && n->quoted && strcmp(n->text, meant) == 0)
        diag_error(d, n->at, D_NOT_TRUTH, "\"%s\" in quotes is a text; take the quotes away", n->text);
    else if (meant != NULL)
        diag_error(d, n->at, D_NOT_TRUTH, "'%s' is only a word here; write %s", n->text, meant);
    else
        diag_error(d, n->at, D_NOT_TRUTH, "'%s' is neither true nor false; write one of the two", shown(d, n->text));
}

/* "2017-02": 0 if it is one, else what is wrong: 'f' form, 'm' month. A number is no date, but may stand for one. */
static char date_fault(const char *s, size_t n)
{
    if (n != 7 || s[4] != '-')
        return 'f';
    for (size_t i = 0; i < n; i++)
        if (i != 4 && !is_digit(s[i]))
            return 'f';
    int const month = (s[5] - '0') * 10 + s[6] - '0';
    return month >= 1 && month <= 12 ? '\0' : 'm';
}

static void check_date(struct diags *d, const struct node *n)
{
    const char *const s = n->text;
    size_t const length = strlen(s);
    double x;
    char const fault = n->quoted ? 'q' : date_fault(s, length);
    if (fault == '\0' || (!n->quoted && text_to_number(s, length, &x)))
        return;
    if (fault == 'q')
        diag_error(d, n->at, D_NOT_A_DATE, "'%s' in quotes is a text; take the quotes away", shown(d, s));
    else if (fault == 'm')
        diag_error(d, n->at, D_NOT_A_DATE, "'%s' has no such month; months go from 01 to 12", s);
    else if (length == 10 && date_fault(s, 7) == '\0' && s[7] == '-')
        diag_error(d, n->at, D_NOT_A_DATE, "days are not counted in '%s'; write the month alone, %.7s", s, s);
    else if (length == 6 && s[4] == '-' && is_digit(s[5]))
        diag_error(d, n->at, D_NOT_A_DATE, "'%s' is not a date; write two digits for the month, %.5s0%c", s, s, s[5]);
    else
        diag_error(d, n->at, D_NOT_A_DATE, "'%s' is not a date; write a month as 2017-02, or a plain number where time is one",
                   shown(d, s));
}

static const char *const units_of_time[] = {"turn", "turns", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week",
                                            "weeks", "month", "months", "quarter", "quarters", "year", "years", "decade", "decades"};
enum { UNITS = sizeof units_of_time / sizeof *units_of_time };

static void check_span(struct diags *d, const struct node *n)
{
    size_t const number = strcspn(n->text, " ");
    double x;
    if (n->quoted || !text_to_number(n->text, number, &x)) {
        diag_error(d, n->at, D_NOT_A_SPAN, "'%s' is not a length of time; write a number and a unit, as 3 turns or 2 months",
                   shown(d, n->text));
        return;
    }
    if (x < 0) {
        diag_error(d, n->at, D_NOT_A_SPAN, "'%s' is below zero; write a length of time, as 3 turns", shown(d, n->text));
        return;
    }
    if (n->text[number] == '\0')
        return;
    const char *const unit = n->text + number + strspn(n->text + number, " ");
    for (int i = 0; i < UNITS; i++)
        if (strcmp(unit, units_of_time[i]) == 0)
            return;
    const char *const near = strlen(unit) < 40 ? text_nearest(unit, units_of_time, UNITS) : NULL;
    if (near != NULL)
        diag_error(d, n->at, D_NOT_A_SPAN, "'%s' is not a unit of time; write %.*s %s", shown(d, unit), (int)number, n->text, near);
    else
        diag_error(d, n->at, D_NOT_A_SPAN, "'%s' is not a unit of time; write days, weeks, months or years, as 2 weeks", shown(d, unit));
}

static void check_words(struct diags *d, const struct node *n, const char *words)
{
    if (schema_words_have(words, n->text))
        return;
    struct text list;
    text_init(&list, d->arena);
    const char *known[8];
    int count = 0;
    for (const char *s = words; s != NULL && count < 8; count++) {
        const char *const bar = strstr(s, " | ");
        known[count] = arena_copy(d->arena, s, bar != NULL ? (size_t)(bar - s) : strlen(s));
        text_addf(&list, "%s%s", count == 0 ? "" : bar != NULL ? ", " : " or ", known[count]);
        s = bar != NULL ? bar + 3 : NULL;
    }
    const char *const near = strlen(n->text) < 40 ? text_nearest(n->text, known, count) : NULL;
    if (near != NULL && count > 1)
        diag_error(d, n->at, D_NOT_A_CHOICE, "'%s' cannot stand here; did you mean '%s'? (%s)", shown(d, n->text), near, list.at);
    else
        diag_error(d, n->at, D_NOT_A_CHOICE, "'%s' cannot stand here; write %s", shown(d, n->text), list.at);
}

/* ---- values ---- */

struct check {
    struct diags *d;
    const struct node *root;
};

static void check_block(struct check *c, const struct key_block *b, const struct node *map, const struct node *name);
static void check_field(struct check *c, const struct field *f, const struct node *key, const struct node *value);

static bool is_empty(const struct node *n)
{
    return n->kind == NODE_TEXT && n->text[0] == '\0';
}

static void wrong_shape(struct check *c, const struct node *n, const struct node *name, const char *shape)
{
    if (is_empty(n))
        diag_error(c->d, place_of(name, n), D_EMPTY_VALUE, "'%s' has no value; write %s", name != NULL ? shown(c->d, name->text) : "this", shape);
    else if (n->kind == NODE_TEXT)
        diag_error(c->d, n->at, D_WRONG_SHAPE, "'%s' cannot stand here; write %s", shown(c->d, n->text), shape);
    else if (name != NULL)
        diag_error(c->d, name->at, D_WRONG_SHAPE, "what stands under '%s' has another shape than it should; write %s", shown(c->d, name->text), shape);
    else
        diag_error(c->d, place_of(NULL, n), D_WRONG_SHAPE, "a %s cannot stand here; write %s", n->kind == NODE_LIST ? "list" : "block", shape);
}

/* A single value of a kind that is written as one. `f` gives choices and styles, and may be NULL. */
static void check_plain(struct check *c, enum field_kind kind, const struct field *f, const struct node *n, const struct node *name)
{
    if (n->broken)
        return;
    if (n->kind != NODE_TEXT) {
        diag_error(c->d, place_of(name, n), D_NOT_A_VALUE, "'%s' takes one value, not a %s; write %s",
                   name != NULL ? shown(c->d, name->text) : "this", n->kind == NODE_LIST ? "list" : "block",
                   kind == FIELD_EXPR ? "an expression" : kind == FIELD_TEXT ? "a text, in quotes if it has a colon or a bracket" : "the value alone");
        return;
    }
    if (n->text[0] == '\0') {
        diag_error(c->d, name != NULL ? name->at : n->at, D_EMPTY_VALUE, "'%s' has no value; write one, or leave the key out",
                   name != NULL ? shown(c->d, name->text) : "this");
        return;
    }
    switch (kind) {
    case FIELD_NUMBER: check_number(c->d, n); break;
    case FIELD_WHOLE:  check_whole(c->d, n); break;
    case FIELD_TRUTH:  check_truth(c->d, n); break;
    case FIELD_DATE:   check_date(c->d, n); break;
    case FIELD_SPAN:   check_span(c->d, n); break;
    case FIELD_NAME:
        if (f != NULL && f->shape != NULL)
            check_words(c->d, n, f->shape);
        else
            check_name(c->d, n, f != NULL ? schema_stands(f->block)->keys : KEY_NAME);
        break;
    case FIELD_TEXT: case FIELD_EXPR: case FIELD_UNIT:                    /* words, or read later */
    case FIELD_MAP: case FIELD_NAMED: case FIELD_LIST: case FIELD_ANY:    /* never asked for here */
        break;
    }
}

/* One thing of the kind that a list or a map from names holds: its block, or what may stand for it. */
static void check_one(struct check *c, const char *of, const struct node *n, const struct node *name)
{
    const struct stands *const s = schema_stands(of);
    const struct key_block *const b = schema_block(of);
    struct field const styled = {.key = of, .kind = FIELD_NAME, .block = of};
    if (n->broken)
        return;
    if (n->kind == NODE_MAP && b != NULL) {
        check_block(c, b, n, name);
    } else if (n->kind == NODE_LIST && s->list != NO_VALUE) {
        for (int i = 0; i < n->count; i++)
            check_plain(c, (enum field_kind)s->list, NULL, n->item[i], NULL);
        if (s->count > 0 && n->count != s->count)
            wrong_shape(c, n, name, s->shape);
    } else if (n->kind == NODE_TEXT && s->plain != NO_VALUE) {
        check_plain(c, (enum field_kind)s->plain, &styled, n, name);
    } else if (s->shape != NULL) {
        wrong_shape(c, n, name, s->shape);
    } else if (is_empty(n)) {
        diag_error(c->d, place_of(name, n), D_EMPTY_VALUE, "'%s' is empty; write what belongs to it below it, indented, or {} for nothing",
                   name != NULL ? shown(c->d, name->text) : "this");
    } else {
        diag_error(c->d, place_of(NULL, n), D_NOT_A_BLOCK, "%s is a block of keys; write them below it, indented, or in { }", s->one);
    }
}

static void check_named(struct check *c, const struct field *f, const struct node *value)
{
    for (int i = 0; i < value->count; i++) {
        const struct node *const name = value->key[i];
        check_name(c->d, name, schema_stands(f->block)->keys);
        check_one(c, f->block, value->item[i], name);
    }
}

static void check_list(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    const struct stands *const s = schema_stands(f->block);
    if (value->kind == NODE_LIST && s->count > 0 && value->count != s->count) {
        wrong_shape(c, value, key, s->shape);
        return;
    }
    if (value->kind != NODE_LIST && s->count > 1)
        wrong_shape(c, value, key, s->shape);
    else if (value->kind != NODE_LIST)
        check_one(c, f->block, value, key);
    for (int i = 0; value->kind == NODE_LIST && i < value->count; i++)
        check_one(c, f->block, value->item[i], NULL);
}

/* ---- values with a shape of their own ---- */

/* [[0, 0], [5, 1]] */
static void check_points(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind != NODE_LIST || value->count == 0) {
        wrong_shape(c, value, key, f->shape);
        return;
    }
    for (int i = 0; i < value->count; i++) {
        const struct node *const point = value->item[i];
        if (point->broken)
            continue;
        if (point->kind != NODE_LIST || point->count != 2) {
            wrong_shape(c, point, NULL, "points of two numbers, as [5, 1]");
            return;
        }
        for (int k = 0; k < 2; k++)
            check_plain(c, FIELD_NUMBER, NULL, point->item[k], NULL);
    }
}

/* [0, 1], true, false */
static void check_chart(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind == NODE_TEXT && !is_empty(value)) {
        check_truth(c->d, value);
        return;
    }
    if (value->kind != NODE_LIST || value->count != 2) {
        wrong_shape(c, value, key, f->shape);
        return;
    }
    for (int k = 0; k < 2; k++)
        check_plain(c, FIELD_NUMBER, NULL, value->item[k], NULL);
}

/* {series: imports} */
static void check_where(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind != NODE_MAP) {
        wrong_shape(c, value, key, f->shape);
        return;
    }
    for (int i = 0; i < value->count; i++)
        check_plain(c, FIELD_TEXT, NULL, value->item[i], value->key[i]);
}

/* 2017-02..2017-08 */
static void check_period(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    const char *const dots = value->kind == NODE_TEXT ? strstr(value->text, "..") : NULL;
    if (dots == NULL) {
        wrong_shape(c, value, key, f->shape);
        return;
    }
    struct node from = *value, to = *value;
    size_t const first = (size_t)(dots - value->text);
    from.text = arena_copy(c->d->arena, value->text, first);
    from.at.length = value->raw ? (uint32_t)first : value->at.length;
    to.text = dots + 2;
    to.at.at += value->raw ? (uint32_t)first + 2 : 0;
    to.at.length -= value->raw ? (uint32_t)first + 2 : 0;
    check_plain(c, FIELD_DATE, NULL, &from, key);
    check_plain(c, FIELD_DATE, NULL, &to, key);
}

/* sealed, [us, china], {3: …} */
static void check_order(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind == NODE_LIST) {
        for (int i = 0; i < value->count; i++)
            check_plain(c, FIELD_NAME, NULL, value->item[i], key);
    } else if (value->kind == NODE_TEXT) {
        if (strcmp(value->text, "sealed") != 0)
            wrong_shape(c, value, key, f->shape);
    } else {
        for (int i = 0; i < value->count; i++) {
            check_plain(c, FIELD_DATE, NULL, value->key[i], key);
            if (value->item[i]->kind == NODE_MAP)
                wrong_shape(c, value->item[i], value->key[i], "sealed, or a list of seats");
            else if (!value->item[i]->broken)
                check_order(c, f, value->key[i], value->item[i]);
        }
    }
}

/* exact, none, or {error: 30%, lag: 2}; at first one for each seat. A map whose values are all such again is one for each element. */
static bool holds_views(const struct node *map)
{
    const struct key_block *const view = schema_block("view");
    for (int i = 0; i < map->count; i++) {
        const struct node *const n = map->item[i];
        if (schema_field(view, map->key[i]->text) != NULL)
            return false;
        if (n->kind == NODE_TEXT && !schema_words_have("exact | none", n->text))
            return false;
    }
    return map->count > 0;
}

static void check_views(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind != NODE_MAP) {
        wrong_shape(c, value, key, f->shape);
        return;
    }
    for (int i = 0; i < value->count; i++) {
        const struct node *const viewer = value->key[i], *const n = value->item[i];
        check_name(c->d, viewer, KEY_NAME);
        if (n->broken)
            continue;
        if (n->kind == NODE_MAP && holds_views(n))
            check_views(c, f, viewer, n);
        else if (n->kind == NODE_MAP)
            check_block(c, schema_block("view"), n, viewer);
        else if (n->kind == NODE_LIST || !schema_words_have("exact | none", n->text))
            wrong_shape(c, n, viewer, "exact, none, or {error: 10%, lag: 1}");
    }
}

/* What a seat does in a play: {2017-02: row, 2017-06: [row, row]}, or [{when: …, do: row}]. */
static void check_plan(struct check *c, const struct node *key, const struct node *value)
{
    static const struct field rows = {.key = "rows", .kind = FIELD_LIST, .block = "row"};
    if (value->kind == NODE_LIST) {
        for (int i = 0; i < value->count; i++)
            check_one(c, "rule", value->item[i], NULL);
        return;
    }
    for (int i = 0; i < value->count; i++) {
        check_date(c->d, value->key[i]);
        if (!value->item[i]->broken)
            check_list(c, &rows, value->key[i], value->item[i]);
    }
    (void)key;
}

/* clients(10), or [[a, b], [a, c, 0.5]]; networks.c reads what stands in it */
static void check_links(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->kind == NODE_MAP || (value->kind == NODE_LIST && value->count == 0))
        wrong_shape(c, value, key, f->shape);
}

static const struct { const char *block; void (*check)(struct check *, const struct field *, const struct node *, const struct node *); } shapes[] = {
    {"points", check_points}, {"chart", check_chart}, {"where", check_where}, {"period", check_period},
    {"order", check_order}, {"views", check_views}, {"links", check_links},
};

/* ---- one key and its value ---- */

/* A map where a value is wanted gives one for each element, in as many levels as there are subscripts. For a block to be meant
 * instead, one of its keys must be there. */
static bool is_by_element(const struct field *f, const struct node *value)
{
    if (!f->per_element || value->kind != NODE_MAP || (f->kind == FIELD_ANY && strcmp(f->block, "chart") != 0))
        return false;                                    /* of views, views.c tells viewers from elements */
    const struct key_block *const b = f->kind == FIELD_MAP ? schema_block(f->block) : NULL;
    for (int i = 0; b != NULL && i < value->count; i++)
        if (schema_field(b, value->key[i]->text) != NULL || value->item[i]->kind != NODE_MAP)
            return false;
    return true;
}

static void check_by_element(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->count == 0)
        diag_error(c->d, place_of(key, value), D_EMPTY_VALUE, "'%s' has no value; write one for each element, and otherwise for the rest", f->key);
    for (int i = 0; i < value->count; i++)
        check_field(c, f, value->key[i], value->item[i]);
}

static void check_field(struct check *c, const struct field *f, const struct node *key, const struct node *value)
{
    if (value->broken)
        return;
    if (is_by_element(f, value)) {
        check_by_element(c, f, key, value);
        return;
    }
    switch (f->kind) {
    case FIELD_TEXT: case FIELD_NAME: case FIELD_NUMBER: case FIELD_WHOLE: case FIELD_TRUTH: case FIELD_DATE: case FIELD_SPAN:
    case FIELD_EXPR: case FIELD_UNIT:
        check_plain(c, f->kind, f, value, key);
        break;
    case FIELD_MAP:
        check_one(c, f->block, value, key);
        break;
    case FIELD_NAMED:
        if (value->kind == NODE_MAP)
            check_named(c, f, value);
        else if (value->kind == NODE_LIST || f->shape == NULL)
            wrong_shape(c, value, key, f->shape != NULL ? f->shape : "a name on each line below it, indented, each with a colon");
        else
            check_plain(c, FIELD_TEXT, f, value, key);
        break;
    case FIELD_LIST:
        check_list(c, f, key, value);
        break;
    case FIELD_ANY:
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            if (f->block != NULL && strcmp(shapes[i].block, f->block) == 0)
                shapes[i].check(c, f, key, value);
        break;
    }
}

/* ---- blocks ---- */

static const char *nearest_key(const struct key_block *b, const char *key)
{
    const char *known[64];
    int count = 0;
    if (strlen(key) > 40)
        return NULL;
    for (int i = 0; i < b->count && count < 60; i++)
        known[count++] = b->field[i].key;
    for (int i = 0; i < schema_everywhere.count; i++)
        known[count++] = schema_everywhere.field[i].key;
    return text_nearest(key, known, count);
}

/* The key of this block inside which the unknown one would be known. */
static const char *holder_of(const struct key_block *b, const char *key)
{
    for (int i = 0; i < b->count; i++) {
        const struct key_block *const inner = b->field[i].kind == FIELD_MAP ? schema_block(b->field[i].block) : NULL;
        for (int k = 0; inner != NULL && k < inner->count; k++)
            if (strcmp(inner->field[k].key, key) == 0)
                return b->field[i].key;
    }
    return NULL;
}

static void unknown_key(struct check *c, const struct key_block *b, const struct node *key)
{
    if (found_enough(c->d)) {
        diag_error(c->d, key->at, D_UNKNOWN_KEY, "unknown key");
        return;
    }
    const char *const one = strcmp(schema_stands(b->name)->one, "this block") == 0 ? b->title : schema_stands(b->name)->one;
    const char *const near = nearest_key(b, key->text), *const holder = holder_of(b, key->text);
    if (near != NULL)
        diag_error(c->d, key->at, D_UNKNOWN_KEY, "unknown key '%s' in %s; did you mean '%s'?", shown(c->d, key->text), one, near);
    else if (holder != NULL)
        diag_error(c->d, key->at, D_UNKNOWN_KEY, "unknown key '%s' in %s; it belongs inside %s", shown(c->d, key->text), one, holder);
    else
        diag_error(c->d, key->at, D_UNKNOWN_KEY, "unknown key '%s' in %s; `demarche explain %s` lists what may stand there",
                   shown(c->d, key->text), one, b->name);
}

static void check_pair(struct check *c, const struct key_block *b, const struct node *key, const struct node *value)
{
    const struct field *const f = schema_field(b, key->text);
    if (f == NULL && schema_stands(b->name)->others != NULL && value->kind != NODE_TEXT) {
        check_name(c->d, key, KEY_NAME);
        if (!value->broken)
            check_plan(c, key, value);
    } else if (f == NULL) {
        unknown_key(c, b, key);
    } else if (f->later != NULL) {
        diag_error(c->d, key->at, D_LATER_KEY, "'%s' is known but not yet available in this version; %s", key->text, f->later);
    } else {
        check_field(c, f, key, value);
    }
}

static bool has_word(const char *words, const char *word)
{
    size_t const length = strlen(word);
    for (const char *s = strstr(words, word); s != NULL; s = strstr(s + 1, word))
        if ((s == words || s[-1] == ' ') && (s[length] == ' ' || s[length] == '\0'))
            return true;
    return false;
}

/* True if an unknown key in this block was probably meant to be one of these: then that finding is enough. */
static bool misspelt_here(struct check *c, const struct key_block *b, const struct node *map, const char *keys)
{
    for (int i = 0; i < map->count && !found_enough(c->d); i++) {
        if (schema_field(b, map->key[i]->text) != NULL)
            continue;
        const char *const near = nearest_key(b, map->key[i]->text);
        if (near != NULL && has_word(keys, near))
            return true;
    }
    return false;
}

static void check_choices(struct check *c, const struct key_block *b, const struct node *map, const struct node *name)
{
    for (int i = 0; i < schema_choice_count; i++) {
        const struct choice *const choice = &schema_choices[i];
        if (strcmp(choice->block, b->name) != 0)
            continue;
        const struct node *first = NULL, *second = NULL;
        for (int k = 0; k < map->count; k++) {
            if (!has_word(choice->keys, map->key[k]->text))
                continue;
            second = first != NULL && second == NULL ? map->key[k] : second;
            first = first == NULL ? map->key[k] : first;
        }
        if (first == NULL && misspelt_here(c, b, map, choice->keys))
            continue;
        if (first == NULL)
            diag_error(c->d, place_of(name, map), D_ONE_OF, "%s; write one of these keys", choice->what);
        else if (second != NULL && !choice->several)
            diag_error(c->d, second->at, D_ONE_OF, "'%s' and '%s' cannot both stand here: %s; keep one", first->text, second->text, choice->what);
    }
}

static void check_missing(struct check *c, const struct key_block *b, const struct node *map, const struct node *name)
{
    for (int i = 0; i < b->count; i++) {
        const struct field *const f = &b->field[i];
        if (!f->required || node_get(map, f->key) != NULL || strcmp(f->key, "demarche") == 0 ||
            misspelt_here(c, b, map, f->key))
            continue;
        if (map == c->root)
            diag_error(c->d, place_of(NULL, map), D_MISSING_KEY, "the scenario has no '%s'; add it: %s", f->key, f->help);
        else if (name != NULL)
            diag_error(c->d, name->at, D_MISSING_KEY, "'%s' needs '%s'; add it: %s", shown(c->d, name->text), f->key, f->help);
        else
            diag_error(c->d, place_of(NULL, map), D_MISSING_KEY, "%s needs '%s'; add it: %s", schema_stands(b->name)->one, f->key, f->help);
    }
}

static void check_block(struct check *c, const struct key_block *b, const struct node *map, const struct node *name)
{
    if (map->broken)
        return;
    for (int i = 0; i < map->count; i++)
        check_pair(c, b, map->key[i], map->item[i]);
    check_missing(c, b, map, name);
    check_choices(c, b, map, name);
}

/* The first key says in which language the rest is written; false if it is one that we do not know. */
static bool check_version(struct check *c)
{
    const struct node *const root = c->root, *const version = node_get(root, "demarche");
    long number = 0;
    if (version == NULL) {
        diag_error(c->d, place_of(NULL, root), D_LANGUAGE_VERSION, "a scenario begins with its language version; add the line 'demarche: %d' at the top",
                   LANGUAGE_VERSION);
        return true;
    }
    if (strcmp(root->key[0]->text, "demarche") != 0)
        for (int i = 0; i < root->count; i++)
            if (root->item[i] == version)
                diag_error(c->d, root->key[i]->at, D_LANGUAGE_VERSION, "'demarche' must be the first key; move this line to the top");
    if (version->kind != NODE_TEXT || version->broken || version->quoted || !text_to_long(version->text, strlen(version->text), &number))
        return true;                                          /* the table says what is wrong with it */
    if (number == LANGUAGE_VERSION)
        return true;
    diag_error(c->d, version->at, D_LANGUAGE_VERSION, "version %s of the language is not known to this program, which knows %d; write demarche: %d, "
               "or use a newer program", version->text, LANGUAGE_VERSION, LANGUAGE_VERSION);
    return false;
}

void schema_check(struct diags *d, const struct node *root)
{
    struct check c = {.d = d, .root = root};
    if (root == NULL || root->broken)
        return;
    if (root->kind != NODE_MAP) {
        diag_error(d, place_of(NULL, root), D_NOT_A_BLOCK, "a scenario is a block of keys; begin with 'demarche: %d'", LANGUAGE_VERSION);
        return;
    }
    if (check_version(&c))
        check_block(&c, schema_block("scenario"), root, NULL);
}
