/* tests/unit/lang/schema_test.c — the table must hang together, or a key is accepted that nothing explains; and a wrong value must be
 * told at its place with what to write instead. One wrong scenario a finding: tests/golden/check. */
#include "unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "lang/schema_private.h"

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

#define HEAD "demarche: 1\ntime: {start: 0, turn: 1, turns: 3}\n"

static void check(const char *text)
{
    diags_init(&found, &arena);
    schema_check(&found, read_yaml(&arena, &found, "x.yaml", text, strlen(text)));
}

static void expect_nothing(const char *text)
{
    check(text);
    if (found.found.count > 0)
        fail_msg("%s gave: %s", text, found.found.at[0].text);
}

static void expect(const char *text, enum diag_code code, const char *word)
{
    check(text);
    if (found.found.count != 1)
        fail_msg("%s gave %d findings, first: %s", text, found.found.count, found.found.count > 0 ? found.found.at[0].text : "-");
    if (found.found.at[0].code != code || strstr(found.found.at[0].text, word) == NULL)
        fail_msg("%s gave %d: %s", text, (int)found.found.at[0].code, found.found.at[0].text);
}

/* A quantity's key with this value. */
static const char *with(const char *key, const char *value)
{
    return arena_printf(&arena, HEAD "quantities: {a: {start: 1}}\nparameters: {p: {value: 1, %s: %s}}\n", key, value);
}

TEST(every_row_of_the_table_is_whole)
{
    UNUSED_STATE;
    for (int i = 0; i < schema_block_count; i++) {
        const struct key_block *const b = &schema_blocks[i];
        assert_ptr_equal(schema_block(b->name), b);
        for (int k = 0; k < b->count; k++) {
            const struct field *const f = &b->field[k];
            assert_ptr_equal(schema_field(b, f->key), f);
            if (f->help == NULL || strchr(".?!", f->help[strlen(f->help) - 1]) == NULL)
                fail_msg("%s.%s: help is a sentence", b->name, f->key);
            bool const holds = f->kind == FIELD_MAP || f->kind == FIELD_NAMED || f->kind == FIELD_LIST;
            if (holds && schema_block(f->block) == NULL && schema_stands(f->block)->block == NULL)
                fail_msg("%s.%s: nothing is known of '%s'", b->name, f->key, f->block != NULL ? f->block : "NULL");
            if (f->kind == FIELD_ANY && f->shape == NULL)
                fail_msg("%s.%s: what may stand there?", b->name, f->key);
            if (f->required && f->fallback != NULL)
                fail_msg("%s.%s: required, and yet with a default", b->name, f->key);
        }
    }
    assert_null(schema_block("nowhere"));
    assert_null(schema_block(NULL));
}

TEST(every_block_is_reached_from_the_root)
{
    UNUSED_STATE;
    for (int i = 1; i < schema_block_count; i++) {
        bool reached = strcmp(schema_blocks[i].name, "view") == 0 || strcmp(schema_blocks[i].name, "rule") == 0;
        for (int j = 0; j < schema_block_count; j++)
            for (int k = 0; k < schema_blocks[j].count; k++)
                reached = reached || (schema_blocks[j].field[k].block != NULL && strcmp(schema_blocks[j].field[k].block, schema_blocks[i].name) == 0);
        if (!reached)
            fail_msg("no key holds a '%s'", schema_blocks[i].name);
    }
}

TEST(the_least_scenario_is_right)
{
    UNUSED_STATE;
    expect_nothing("demarche: 1\nid: x\ntitle: X\ntime: {start: 0, turn: 1, turns: 3, steps: 1}\nquantities: {a: {start: 1, change: 0}}\n");
    expect_nothing(HEAD "quantities: {a: {start: 1}}\n");
    schema_check(&found, NULL);
    assert_int_equal(found.errors, 0);
}

TEST(numbers_are_decimal_and_say_what_is_wrong_with_them)
{
    UNUSED_STATE;
    static const char *const right[] = {"0.5", "+0.02", "12%", "-4", "100", "0", "5%"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        expect_nothing(with("spread", right[i]));
    expect(with("spread", "010"), D_NOT_A_NUMBER, "spare 0");
    expect(with("spread", "\"5\""), D_NOT_A_NUMBER, "quotes away");
    expect(with("spread", "1 %"), D_NOT_A_NUMBER, "without a blank");
    expect(with("spread", "some"), D_NOT_A_NUMBER, "'some' is not a number");
    expect(with("spread", "a + 1"), D_NOT_A_NUMBER, "an expression cannot");
    expect(with("spread", "inf"), D_NOT_A_NUMBER, "'inf'");
    expect(with("spread", "{a: 1, otherwise: 010}"), D_NOT_A_NUMBER, "spare 0");
    expect_nothing(with("spread", "{a: 1, b: {c: 2, otherwise: 3%}}"));
    expect(with("range", "[1, 2, 3]"), D_WRONG_SHAPE, "two numbers");
    expect(with("range", "3"), D_WRONG_SHAPE, "two numbers");
    expect_nothing(with("range", "{a: [1, 2], otherwise: [3, 4]}"));
}

TEST(truths_are_true_and_false_alone)
{
    UNUSED_STATE;
    expect_nothing(with("together", "true"));
    expect(with("together", "no"), D_NOT_TRUTH, "'no' is only a word here; write false");
    expect(with("together", "True"), D_NOT_TRUTH, "write true");
    expect(with("together", "\"true\""), D_NOT_TRUTH, "quotes");
    expect(with("together", "1"), D_NOT_TRUTH, "neither true nor false");
}

TEST(dates_have_months_and_spans_have_units)
{
    UNUSED_STATE;
    static const struct { const char *start; enum diag_code code; const char *word; } dates[] = {
        {"2017-13", D_NOT_A_DATE, "no such month"}, {"2017-00", D_NOT_A_DATE, "no such month"},
        {"2017-2", D_NOT_A_DATE, "2017-02"}, {"2017-06-20", D_NOT_A_DATE, "2017-06"}, {"soon", D_NOT_A_DATE, "'soon' is not a date"},
        {"\"2017-02\"", D_NOT_A_DATE, "quotes"},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        expect(arena_printf(&arena, "demarche: 1\ntime: {start: %s, turn: 1, turns: 3}\nquantities: {a: {start: 1}}\n", dates[i].start),
               dates[i].code, dates[i].word);
    static const struct { const char *turn, *word; } spans[] = {{"3 mnths", "3 months"}, {"-1", "below zero"}, {"month", "a number and a unit"}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        expect(arena_printf(&arena, "demarche: 1\ntime: {start: 2017-02, turn: %s, turns: 3}\nquantities: {a: {start: 1}}\n", spans[i].turn),
               D_NOT_A_SPAN, spans[i].word);
    expect_nothing("demarche: 1\ntime: {start: 2017-12, turn: 2 weeks, turns: 3}\nquantities: {a: {start: 1}}\n");
}

TEST(a_misspelt_key_is_told_once_with_the_one_that_was_meant)
{
    UNUSED_STATE;
    expect(HEAD "quantities: {a: {strat: 1}}\n", D_UNKNOWN_KEY, "did you mean 'start'?");
    expect("demarche: 1\ntmie: {start: 0, turn: 1, turns: 3}\nquantities: {a: {start: 1}}\n", D_UNKNOWN_KEY, "'time'");
    expect(HEAD "quantities: {a: {start: 1, zzzzzz: 1}}\n", D_UNKNOWN_KEY, "demarche explain quantity");
    expect(HEAD "quantities: {a: {start: 1}}\nmoves: {m: {seat: s, settings: {on: 1}}}\n", D_UNKNOWN_KEY, "belongs inside measure");
}

TEST(a_block_has_exactly_one_of_the_keys_that_tell_its_kind)
{
    UNUSED_STATE;
    expect(HEAD "quantities: {a: {title: T}}\n", D_ONE_OF, "write one of these keys");
    expect(HEAD "quantities: {a: {start: 1, is: 2}}\n", D_ONE_OF, "cannot both stand here");
    expect_nothing(HEAD "quantities: {a: {start: 1}}\nevents: {e: {on: 3, when: a > 1}}\n");
    expect(HEAD "quantities: {a: {start: 1}}\nevents: {e: {title: T}}\n", D_ONE_OF, "brings it about");
}

TEST(keys_that_are_not_there_yet_say_so)
{
    UNUSED_STATE;
    expect(HEAD "quantities: {a: {start: 1}}\nclocks: {n: {turns: 6}}\n", D_LATER_KEY,
           "'clocks' is known but not yet available in this version; leave the section out for now");
    expect(HEAD "quantities: {a: {start: 1}}\nseats: {s: {rule: nonsense}}\n", D_LATER_KEY, "'rule' is known");
}

TEST(broken_nodes_get_no_second_finding)
{
    UNUSED_STATE;
    expect(HEAD "quantities: {a: {is: max(a, b), nmae: 3}}\n", D_KEY_WITHOUT_VALUE, "must be quoted");
    expect(HEAD "quantities: {a: {start: *x}}\n", D_ALIAS, "alias");
}

TEST(views_may_be_given_for_each_seat_and_element)
{
    UNUSED_STATE;
    expect_nothing(HEAD "quantities: {a: {start: 1, seen_by: {us: exact, cn: {error: 10%, lag: 1}, nk: none, x: {as: b}}}}\n");
    expect_nothing(HEAD "quantities: {a: {start: 1, seen_by: {coal: {us: exact, cn: {error: 10%}}, otherwise: {us: none}}}}\n");
    expect(HEAD "quantities: {a: {start: 1, seen_by: {us: {eror: 30%}}}}\n", D_UNKNOWN_KEY, "'error'");
    expect(HEAD "quantities: {a: {start: 1, seen_by: {us: hidden}}}\n", D_WRONG_SHAPE, "exact, none");
}

TEST(plans_of_plays_are_rows_by_date_or_lines_by_condition)
{
    UNUSED_STATE;
    expect_nothing(HEAD "quantities: {a: {start: 1}}\nplays: {p: {turns: 2, us: {1: [m, n(2)], 2017-02: m}, cn: [{when: a > 1, do: m}, {do: n}]}}\n");
    expect(HEAD "quantities: {a: {start: 1}}\nplays: {p: {turn: 2}}\n", D_UNKNOWN_KEY, "'turns'");
    expect(HEAD "quantities: {a: {start: 1}}\nplays: {p: {us: {2017-14: m}}}\n", D_NOT_A_DATE, "no such month");
    expect(HEAD "quantities: {a: {start: 1}}\nplays: {p: {us: [{when: a > 1}]}}\n", D_MISSING_KEY, "'do'");
}

TEST(the_version_comes_first)
{
    UNUSED_STATE;
    expect("time: {start: 0, turn: 1, turns: 3}\nquantities: {a: {start: 1}}\n", D_LANGUAGE_VERSION, "add the line 'demarche: 1'");
    expect("id: x\n" HEAD "quantities: {a: {start: 1}}\n", D_LANGUAGE_VERSION, "first key");
    expect("demarche: 2\nnew_key: 1\n", D_LANGUAGE_VERSION, "which knows 1");
    expect("demarche: one\ntime: {start: 0, turn: 1, turns: 3}\nquantities: {a: {start: 1}}\n", D_NOT_A_NUMBER, "'one'");
}

/* What a printer writes, as text. */
static const char *printed(void (*print)(FILE *))
{
    static char text[1 << 18];
    FILE *const file = tmpfile();
    assert_non_null(file);
    print(file);
    rewind(file);
    size_t const length = fread(text, 1, sizeof text - 1, file);
    assert_true(length < sizeof text - 1);
    text[length] = '\0';
    fclose(file);
    return text;
}

static void explain_push(FILE *out)
{
    assert_true(schema_explain("push", out));
    assert_false(schema_explain("no such key", out));
}

TEST(every_key_shows_up_in_every_print)
{
    UNUSED_STATE;
    void (*const print[])(FILE *) = {schema_print_reference, schema_print_json, schema_print_dictionary};
    for (size_t p = 0; p < sizeof print / sizeof *print; p++) {
        const char *const text = printed(print[p]);
        for (int i = 0; i < schema_block_count; i++)
            for (int k = 0; k < schema_blocks[i].count; k++)
                if (strstr(text, schema_blocks[i].field[k].key) == NULL)
                    fail_msg("print %zu lacks %s.%s", p, schema_blocks[i].name, schema_blocks[i].field[k].key);
    }
    assert_non_null(strstr(printed(explain_push), "effect.push: an expression"));
}

#define RUN_WITH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_WITH(every_row_of_the_table_is_whole), RUN_WITH(every_block_is_reached_from_the_root), RUN_WITH(the_least_scenario_is_right),
        RUN_WITH(numbers_are_decimal_and_say_what_is_wrong_with_them), RUN_WITH(truths_are_true_and_false_alone),
        RUN_WITH(dates_have_months_and_spans_have_units), RUN_WITH(a_misspelt_key_is_told_once_with_the_one_that_was_meant),
        RUN_WITH(a_block_has_exactly_one_of_the_keys_that_tell_its_kind), RUN_WITH(keys_that_are_not_there_yet_say_so),
        RUN_WITH(broken_nodes_get_no_second_finding), RUN_WITH(views_may_be_given_for_each_seat_and_element),
        RUN_WITH(plans_of_plays_are_rows_by_date_or_lines_by_condition), RUN_WITH(the_version_comes_first),
        RUN_WITH(every_key_shows_up_in_every_print),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
