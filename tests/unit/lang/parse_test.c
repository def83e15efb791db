/* tests/unit/lang/parse_test.c — an operator that binds otherwise than the page says gives a model that runs and is wrong; and a finding
 * inside an expression must point at the sign that is meant, however the expression is quoted. */
#include "unit.h"

#include "base/arena.h"
#include "base/text.h"
#include "lang/expr.h"

static struct arena arena;
static struct diags found;

static int begin(void **state_)
{
    UNUSED_STATE;
    arena_init(&arena, "test");
    diags_init(&found, &arena);
    return 0;
}

static int end(void **state_)
{
    UNUSED_STATE;
    arena_done(&arena);
    return 0;
}

/* The value of x in a file of one key. */
static const struct expr *read_file(const char *text)
{
    diags_init(&found, &arena);
    const struct node *const root = read_yaml(&arena, &found, "x.yaml", text, strlen(text));
    assert_int_equal(found.errors, 0);
    return expr_read(&arena, &found, root->item[0]);
}

static const struct expr *read(const char *expression) { return read_file(arena_printf(&arena, "x: \"%s\"\n", expression)); }

/* A tree in brackets, each operator first. */
static const char *tree(const struct expr *e)
{
    static const char *const signs[] = {"+", "-", "*", "/", "^", "=", "!=", "<", "<=", ">", ">=", "and", "or"};
    char number[NUMBER_TEXT];
    struct text t;
    text_init(&t, &arena);
    switch (e->kind) {
    case EX_NUMBER: return arena_printf(&arena, "%s", text_number(e->number, number));
    case EX_DATE: return arena_printf(&arena, "date%s", text_number(e->number, number));
    case EX_TRUTH: return e->number != 0 ? "true" : "false";
    case EX_BINARY: text_addf(&t, "(%s", signs[e->op]); break;
    case EX_NEG: text_add(&t, "(neg"); break;
    case EX_NOT: text_add(&t, "(not"); break;
    case EX_IF: text_add(&t, "(if"); break;
    case EX_IN: text_add(&t, "(in"); break;
    case EX_NAME:
        if (e->args == 0)
            return e->name;
        text_addf(&t, "(at %s", e->name);
        break;
    case EX_CALL: case EX_OVER: case EX_BEST: text_addf(&t, "(%s", e->name); break;
    case EX_CONVERT: text_add(&t, "(convert"); break;
    }
    for (int i = 0; i < e->args; i++)
        text_addf(&t, " %s", tree(e->arg[i]));
    for (int i = 0; i < e->binders; i++)
        text_addf(&t, " over %s in %s", e->binder[i].name, e->binder[i].set_name);
    if (e->where != NULL)
        text_addf(&t, " where %s", tree(e->where));
    if (e->otherwise != NULL)
        text_addf(&t, " otherwise %s", tree(e->otherwise));
    text_add(&t, ")");
    return t.at;
}

static void reads_as(const char *expression, const char *wanted)
{
    const struct expr *const e = read(expression);
    if (e == NULL)
        fail_msg("'%s' is not read: %s", expression, found.found.at[0].text);
    else
        assert_string_equal(tree(e), wanted);
}

/* The one error of a file: where it stands, how long it is, and a word in it. */
static void is_refused(const char *file, int line, int column, int length, const char *word)
{
    const struct expr *const e = read_file(file);
    assert_null(e);
    assert_int_equal(found.errors, 1);
    const struct finding *const f = &found.found.at[found.found.count - 1];
    struct place const place = diags_place(&found, f->at);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(f->at.length, length);
    if (strstr(f->text, word) == NULL)
        fail_msg("'%s' is not in: %s", word, f->text);
}

TEST(powers_bind_tightest_and_group_to_the_right)
{
    UNUSED_STATE;
    reads_as("-2 ^ 2", "(neg (^ 2 2))");
    reads_as("2 ^ 3 ^ 2", "(^ 2 (^ 3 2))");
    reads_as("2 ^ -x ^ 2", "(^ 2 (neg (^ x 2)))");
    reads_as("a * b ^ c", "(* a (^ b c))");
    reads_as("a[i] ^ 2", "(^ (at a i) 2)");
    reads_as("50% ^ 2", "(^ 0.5 2)");
}

TEST(sums_and_products_group_to_the_left)
{
    UNUSED_STATE;
    reads_as("a - b - c", "(- (- a b) c)");
    reads_as("a / b / c", "(/ (/ a b) c)");
    reads_as("a - b * c", "(- a (* b c))");
    reads_as("a / b * c", "(* (/ a b) c)");
    reads_as("-a * b", "(* (neg a) b)");
    reads_as("a - -b", "(- a (neg b))");
    reads_as("+a", "a");
    reads_as("(a - (b - c))", "(- a (- b c))");
}

TEST(not_binds_looser_than_a_comparison_and_tighter_than_and)
{
    UNUSED_STATE;
    reads_as("not a = b", "(not (= a b))");
    reads_as("not a and b", "(and (not a) b)");
    reads_as("a or b and c", "(or a (and b c))");
    reads_as("a and b or c", "(or (and a b) c)");
    reads_as("not x in [1, 2]", "(not (in x 1 2))");
    reads_as("a + 1 < b * 2", "(< (+ a 1) (* b 2))");
    reads_as("a <> b", "(!= a b)");
    reads_as("a == b", "(= a b)");
}

TEST(an_if_takes_all_that_follows_and_nests)
{
    UNUSED_STATE;
    reads_as("if a then 1 else 2 + 3", "(if a 1 (+ 2 3))");
    reads_as("if a then if b then 1 else 2 else 3", "(if a (if b 1 2) 3)");
    reads_as("if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))");
    reads_as("(if a then 1 else 2) + 3", "(+ (if a 1 2) 3)");
}

TEST(dates_stand_without_blanks_and_differences_with_them)
{
    UNUSED_STATE;
    reads_as("2017-02", "date24205");
    reads_as("2017 - 2", "(- 2017 2)");
    reads_as("2016-02-15", "date24193.48275862069");
    reads_as("time-2017-02", "(- time date24205)");
    reads_as("x-1", "(- x 1)");
    assert_int_equal(found.found.count, 0);
    reads_as("2017-13", "(- 2017 13)");
    assert_int_equal(found.found.count, 1);
    assert_int_equal(found.errors, 0);
}

TEST(numbers_are_decimal)
{
    UNUSED_STATE;
    reads_as(".5 + 1e3 + 2.5e-1", "(+ (+ 0.5 1000) 0.25)");
    reads_as("12% + 5 %", "(+ 0.12 0.05)");
    is_refused("x: 010\n", 1, 4, 3, "decimal");
    is_refused("x: 0x10\n", 1, 4, 4, "decimal");
    is_refused("x: 1 + 3a\n", 1, 8, 2, "decimal");
}

TEST(aggregates_bind_names_of_their_own)
{
    UNUSED_STATE;
    reads_as("sum(x[f] over f in firm, g where x[f] > 1)", "(sum (at x f) over f in firm over g in g where (> (at x f) 1))");
    reads_as("max(x[f] over f in firm otherwise 3)", "(max (at x f) over f in firm otherwise 3)");
    reads_as("best(firm by share[firm] where not listed[firm])", "(best (at share firm) over firm in firm where (not (at listed firm)))");
    reads_as("share(amount, d[f], p[f] over f)", "(share amount (at d f) (at p f) over f in f)");
}

TEST(by_may_be_the_name_of_an_element)
{
    UNUSED_STATE;
    reads_as("trust[by, of]", "(at trust by of)");
    reads_as("best(by in seat by trust[by, us])", "(best (at trust by us) over by in seat)");
}

TEST(a_finding_points_inside_plain_and_quoted_text)
{
    UNUSED_STATE;
    is_refused("x: 1 + )\n", 1, 8, 1, "value");
    is_refused("x: \"1 + )\"\n", 1, 9, 1, "value");
    is_refused("x: '1 + )'\n", 1, 9, 1, "value");
    is_refused("key: \"max(1, 2\"\n", 1, 15, 1, "missing");
}

TEST(accents_before_and_in_an_expression_do_not_move_its_findings)
{
    UNUSED_STATE;
    is_refused("\xC3\xA9t\xC3\xA9: \"1 + )\"\n", 1, 11, 1, "value");
    is_refused("x: a + \xC3\xA9 + b\n", 1, 8, 2, "\xC3\xA9");
    is_refused("x: a \xE2\x88\x92 b\n", 1, 6, 3, "minus");
}

TEST(in_text_that_is_not_letter_for_letter_in_the_file_the_whole_is_marked)
{
    UNUSED_STATE;
    is_refused("x: 1 +\n  2 )\n", 1, 4, 9, "bracket");
    is_refused("x: >\n  1 +\n  )\n", 1, 4, 11, "value");
}

TEST(what_other_languages_write_is_met_with_what_is_written_here)
{
    UNUSED_STATE;
    is_refused("x: a && b\n", 1, 6, 1, "'and'");
    is_refused("x: \"a || b\"\n", 1, 7, 1, "'or'");
    is_refused("x: \"!a\"\n", 1, 5, 1, "'not'");
    is_refused("x: a ** 2\n", 1, 7, 1, "x ^ 2");
    is_refused("x: a % 2\n", 1, 6, 1, "mod(a, b)");
    is_refused("x: if a then 1 elif b then 2 else 3\n", 1, 16, 4, "else if");
}

TEST(comparisons_are_not_chained)
{
    UNUSED_STATE;
    is_refused("x: 1 < a < 2\n", 1, 10, 1, "a < b and b < c");
}

TEST(nesting_has_an_end)
{
    UNUSED_STATE;
    struct text t;
    text_init(&t, &arena);
    for (int i = 0; i < 200; i++)
        text_add(&t, "(");
    assert_null(read(t.at));
    assert_int_equal(found.errors, 1);
    text_init(&t, &arena);
    for (int i = 0; i < 200; i++)
        text_add(&t, "-");
    assert_null(read(arena_printf(&arena, "%s1", t.at)));
    assert_int_equal(found.errors, 1);
}

#define RUN_WITH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_WITH(powers_bind_tightest_and_group_to_the_right), RUN_WITH(sums_and_products_group_to_the_left),
        RUN_WITH(not_binds_looser_than_a_comparison_and_tighter_than_and), RUN_WITH(an_if_takes_all_that_follows_and_nests),
        RUN_WITH(dates_stand_without_blanks_and_differences_with_them), RUN_WITH(numbers_are_decimal),
        RUN_WITH(aggregates_bind_names_of_their_own), RUN_WITH(by_may_be_the_name_of_an_element),
        RUN_WITH(a_finding_points_inside_plain_and_quoted_text), RUN_WITH(accents_before_and_in_an_expression_do_not_move_its_findings),
        RUN_WITH(in_text_that_is_not_letter_for_letter_in_the_file_the_whole_is_marked),
        RUN_WITH(what_other_languages_write_is_met_with_what_is_written_here), RUN_WITH(comparisons_are_not_chained), RUN_WITH(nesting_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
