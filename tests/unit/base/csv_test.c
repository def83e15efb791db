/* tests/unit/base/csv_test.c — tables as RFC 4180 has them, and a line for everything that is not one. */
#include "unit.h"
#include "base/csv.h"

static struct arena arena;
static const char *error;
static int error_line;

static bool table(struct csv *t, const char *text)
{
    error = NULL;
    error_line = 0;
    return csv_read(t, &arena, text, strlen(text), &error, &error_line);
}

TEST(quotes_commas_line_ends_and_mark)
{
    UNUSED_STATE;
    struct csv t;
    assert_true(table(&t, "\xEF\xBB\xBFname,value\r\n\"a, \"\"b\"\"\",1\r\n\"two\nlines\",\r\n\r\nlast,3"));
    assert_int_equal(t.columns, 2);
    assert_int_equal(t.rows, 3);
    assert_string_equal(t.name[0], "name");
    assert_string_equal(t.cell[0], "a, \"b\"");
    assert_string_equal(t.cell[2], "two\nlines");
    assert_string_equal(t.cell[3], "");
    assert_string_equal(t.cell[5], "3");
    assert_int_equal(t.line[0], 2);
    assert_int_equal(t.line[1], 3);
    assert_int_equal(t.line[2], 6);
    assert_int_equal(csv_column(&t, "value"), 1);
    assert_int_equal(csv_column(&t, "Value"), -1);
}

TEST(nothing_is_read_past_the_end)
{
    UNUSED_STATE;
    struct csv t;
    assert_true(csv_read(&t, &arena, "a,b\n1,\"", 6, &error, &error_line));       /* the quote lies beyond the six bytes */
    assert_string_equal(t.cell[1], "");
}

TEST(header_alone_is_a_table_without_rows)
{
    UNUSED_STATE;
    struct csv t;
    assert_true(table(&t, "a,b\n"));
    assert_int_equal(t.rows, 0);
}

static void refused(const char *text, int line, const char *part)
{
    struct csv t;
    assert_false(table(&t, text));
    assert_int_equal(error_line, line);
    assert_non_null(strstr(error, part));
    assert_int_equal(t.rows, 0);
}

TEST(what_is_no_table_is_refused_with_its_line)
{
    UNUSED_STATE;
    refused("", 1, "no row");
    refused("\n\n", 1, "no row");
    refused("a,b\n1\n", 2, "1 cells where the first row names 2");
    refused("a,b\n1,2\n\n1,2,3\n", 4, "3 cells");
    refused("a\nx\n\"open\n\n", 3, "never closes");
    refused("a\n\"x\"y\n", 2, "closing quote");
    refused("a\nx\"y\n", 2, "quote inside");
    refused("a\nx\ry\n", 2, "carriage return");
    refused("a,b,a\n", 1, "two columns are named 'a'");
    refused("a\n\xFF\n", 1, "UTF-8");
    struct csv t;
    assert_false(csv_read(&t, &arena, "a\nb\0c\n", 6, &error, &error_line));
    assert_int_equal(error_line, 2);
}

TEST(over_a_million_cells_is_refused)
{
    UNUSED_STATE;
    size_t n = 2 * 1000003;
    char *text = arena_alloc(&arena, n);
    for (size_t i = 0; i < n; i += 2)
        memcpy(text + i, "a\n", 2);
    struct csv t;
    assert_false(csv_read(&t, &arena, text, n, &error, &error_line));
    assert_non_null(strstr(error, "1,000,000"));
}

TEST(quoted_only_where_needed)
{
    UNUSED_STATE;
    struct text t;
    text_init(&t, &arena);
    csv_quote(&t, "plain");
    text_add(&t, ",");
    csv_quote(&t, "gdp[us,cn]");
    text_add(&t, ",");
    csv_quote(&t, "say \"no\"");
    assert_string_equal(t.at, "plain,\"gdp[us,cn]\",\"say \"\"no\"\"\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(quotes_commas_line_ends_and_mark), RUN(nothing_is_read_past_the_end), RUN(header_alone_is_a_table_without_rows), RUN(what_is_no_table_is_refused_with_its_line),
        RUN(over_a_million_cells_is_refused), RUN(quoted_only_where_needed),
    };
    arena_init(&arena, "test");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
