/* tests/unit/base/diag_test.c — findings point at the exact character, whatever bytes stand before it. */
#include "unit.h"
#include "base/diag.h"

static struct arena arena;
static struct diags d;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test");
    diags_init(&d, &arena);
    return 0;
}

static int gone(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static uint32_t source(const char *path, const char *text)
{
    return diags_source(&d, path, text, (uint32_t)strlen(text));
}

static struct span at(uint32_t from, const char *text, const char *needle)
{
    const char *found = strstr(text, needle);
    assert_non_null(found);
    return (struct span){from + (uint32_t)(found - text), (uint32_t)strlen(needle)};
}

static const char *printed(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diags_print(&d, out);
    fclose(out);
    const char *kept = arena_text(&arena, text);
    free(text);
    return kept;
}

TEST(columns_count_characters)
{
    UNUSED_STATE;
    const char *text = "first: é\nÜber中: werth\nlast";
    uint32_t from = source("a.yaml", text);
    assert_int_equal(from, 1);
    struct place p = diags_place(&d, at(from, text, "werth"));
    assert_string_equal(p.path, "a.yaml");
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, 8);
    assert_int_equal(p.line_length, (int)strlen("Über中: werth"));
    diag_error(&d, at(from, text, "werth"), D_INTERNAL, "no such word; write '%s'", "worth");
    assert_string_equal(printed(), "a.yaml:2:8: error: no such word; write 'worth' [D001]\n"
                                   "    Über中: werth\n"
                                   "            ^^^^^\n");
}

TEST(byte_order_mark_and_carriage_returns_are_not_seen)
{
    UNUSED_STATE;
    const char *text = "\xEF\xBB\xBF" "kay: 1\r\nb: 2\r\n";
    uint32_t from = source("b.yaml", text);
    struct place p = diags_place(&d, at(from, text, "kay"));
    assert_int_equal(p.line, 1);
    assert_int_equal(p.column, 1);
    assert_int_equal(p.line_length, 6);
    p = diags_place(&d, (struct span){from, 0});
    assert_int_equal(p.column, 1);
    p = diags_place(&d, at(from, text, "2"));
    assert_int_equal(p.line, 2);
    assert_int_equal(p.column, 4);
    assert_int_equal(p.line_length, 4);
}

TEST(files_share_one_space_and_findings_sort_by_place)
{
    UNUSED_STATE;
    const char *one = "a\nb\n", *two = "c: d\n";
    uint32_t from_one = source("one", one), from_two = source("two", two);
    diag_warning(&d, at(from_two, two, "d"), D_INTERNAL, "third");
    diag_error(&d, at(from_one, one, "b"), D_INTERNAL, "second");
    diag_note(&d, at(from_two, two, "c"), D_INTERNAL, "its note");
    diag_error(&d, at(from_one, one, "a"), D_INTERNAL, "first");
    diag_error(&d, (struct span){0, 0}, D_INTERNAL, "placeless");
    assert_string_equal(printed(), "error: placeless [D001]\n"
                                   "one:1:1: error: first [D001]\n    a\n    ^\n"
                                   "one:2:1: error: second [D001]\n    b\n    ^\n"
                                   "two:1:1: note: its note\n    c: d\n    ^\n"
                                   "two:1:4: warning: third [D001]\n    c: d\n       ^\n");
    assert_int_equal(d.errors, 3);
    assert_int_equal(d.warnings, 1);
}

TEST(the_end_of_a_file_is_a_place)
{
    UNUSED_STATE;
    const char *one = "ab", *two = "c";
    uint32_t from = source("one", one);
    source("two", two);
    struct place p = diags_place(&d, (struct span){from + 2, 0});
    assert_string_equal(p.path, "one");
    assert_int_equal(p.column, 3);
    source("empty", "");
    p = diags_place(&d, (struct span){from + 3 + 2, 0});
    assert_string_equal(p.path, "empty");
    assert_int_equal(p.line, 1);
}

TEST(repeats_are_dropped_and_mutes_add_nothing)
{
    UNUSED_STATE;
    source("one", "abc");
    diag_error(&d, (struct span){1, 1}, D_INTERNAL, "same");
    diag_error(&d, (struct span){1, 1}, D_INTERNAL, "same");
    diag_note(&d, (struct span){2, 1}, D_INTERNAL, "note of the repeat");
    d.muted++;
    diag_error(&d, (struct span){2, 1}, D_INTERNAL, "muted");
    d.muted--;
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.found.count, 1);
}

TEST(errors_past_the_limit_are_counted)
{
    UNUSED_STATE;
    source("one", "abc");
    d.most = 2;
    for (int i = 0; i < 5; i++)
        diag_error(&d, (struct span){1, 1}, D_INTERNAL, "number %d", i);
    diag_note(&d, (struct span){1, 1}, D_INTERNAL, "a note of an error that was not kept");
    assert_int_equal(d.errors, 5);
    assert_non_null(strstr(printed(), "\n3 more errors\n"));
    assert_null(strstr(printed(), "number 2"));
    assert_null(strstr(printed(), "a note"));
}

TEST(control_characters_never_reach_the_terminal)
{
    UNUSED_STATE;
    const char *text = "a\x1b[31m\tb: \xFFq\n";
    uint32_t from = source("one", text);
    diag_error(&d, at(from, text, "q"), D_INTERNAL, "odd '%s'", "\x1b[0m");
    assert_string_equal(printed(), "one:1:12: error: odd '?[0m' [D001]\n    a?[31m b: ?q\n               ^\n");
}

TEST(a_very_long_line_is_shown_around_the_place)
{
    UNUSED_STATE;
    char *text = arena_alloc(&arena, 5001);
    memset(text, 'x', 5000);
    memcpy(text + 4000, "HERE", 4);
    uint32_t from = source("one", text);
    diag_error(&d, at(from, text, "HERE"), D_INTERNAL, "long");
    const char *said = printed();
    assert_true(strlen(said) < 300);
    assert_non_null(strstr(said, "one:1:4001:"));
    assert_non_null(strstr(said, "HERE"));
}

TEST(numbers_walk_in_order)
{
    UNUSED_STATE;
    int number, last = 0, n = 0;
    const char *name, *explanation;
    for (; diag_nth(n, &number, &name, &explanation); n++) {
        assert_true(number > last);
        assert_ptr_equal(diag_explanation(number), explanation);
        assert_true(strlen(explanation) > 20);
        last = number;
    }
    assert_true(n >= 1);
    assert_null(diag_explanation(99999));
}

int main(void)
{
#define FRESH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
    const struct CMUnitTest tests[] = {
        FRESH(columns_count_characters), FRESH(byte_order_mark_and_carriage_returns_are_not_seen),
        FRESH(files_share_one_space_and_findings_sort_by_place), FRESH(the_end_of_a_file_is_a_place),
        FRESH(repeats_are_dropped_and_mutes_add_nothing), FRESH(errors_past_the_limit_are_counted),
        FRESH(control_characters_never_reach_the_terminal), FRESH(a_very_long_line_is_shown_around_the_place),
        FRESH(numbers_walk_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
