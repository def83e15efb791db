/* tests/unit/base/text_test.c — UTF-8 measured, wrapped and compared; numbers to text and back. */
#include "unit.h"
#include "base/rng.h"
#include "base/text.h"

#include <locale.h>

static struct arena arena;

TEST(text_grows)
{
    UNUSED_STATE;
    struct text t;
    text_init(&t, &arena);
    assert_string_equal(t.at, "");
    for (int i = 0; i < 300; i++)
        text_addf(&t, "%d,", i % 10);
    text_addn(&t, "abcdef", 2);
    text_add(&t, "!");
    assert_int_equal(t.length, 603);
    assert_string_equal(t.at + 596, "8,9,ab!");
}

TEST(only_well_formed_bytes_are_valid)
{
    UNUSED_STATE;
    assert_true(text_valid("Übersee 中 ✓", strlen("Übersee 中 ✓")));
    assert_false(text_valid("\xC0\x80", 2));             /* overlong */
    assert_false(text_valid("\xED\xA0\x80", 3));         /* surrogate */
    assert_false(text_valid("\xF4\x90\x80\x80", 4));     /* beyond the last */
    assert_false(text_valid("\xE4\xB8", 2));             /* cut off */
    assert_false(text_valid("\x80", 1));
    assert_true(text_valid("a\0b", 3));
}

TEST(bad_bytes_are_read_one_by_one)
{
    UNUSED_STATE;
    const char *s = "\xE4\xB8" "a\xFF";
    assert_int_equal(text_next(&s), 0xFFFD);
    assert_int_equal(text_next(&s), 0xFFFD);
    assert_int_equal(text_next(&s), 'a');
    assert_int_equal(text_next(&s), 0xFFFD);
    assert_int_equal(text_next(&s), 0);
    assert_int_equal(text_next(&s), 0);
    assert_int_equal(text_chars("né中", strlen("né中")), 3);
}

TEST(width_counts_cells)
{
    UNUSED_STATE;
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("é"), 1);
    assert_int_equal(text_width("e\xCC\x81"), 1);        /* e and a combining accent */
    assert_int_equal(text_width("中国"), 4);
    assert_int_equal(text_width("북한"), 4);
    assert_int_equal(text_width("─│█⣿▲✓⚠€→"), 9);
    assert_int_equal(text_fit("中国", 3), 3);
    assert_int_equal(text_fit("abc", 10), 3);
    assert_int_equal(text_fit("e\xCC\x81x", 1), 3);
}

static const char *wrapped(const char *s, int cells)
{
    struct text t;
    const char *line;
    size_t n;
    text_init(&t, &arena);
    while (text_wrap(&s, cells, &line, &n)) {
        assert_true(t.length < 10000);
        text_addn(&t, line, n);
        text_add(&t, "|");
    }
    return t.at;
}

TEST(text_wraps_at_blanks)
{
    UNUSED_STATE;
    assert_string_equal(wrapped("", 10), "");
    assert_string_equal(wrapped("one two three", 7), "one two|three|");
    assert_string_equal(wrapped("one two three", 8), "one two|three|");
    assert_string_equal(wrapped("one two three", 3), "one|two|thr|ee|");
    assert_string_equal(wrapped("one   two", 4), "one|two|");
    assert_string_equal(wrapped("a\n\nb\n", 5), "a||b|");
    assert_string_equal(wrapped("ab \ncd", 2), "ab|cd|");
    assert_string_equal(wrapped("  in dent", 6), "  in|dent|");
    assert_string_equal(wrapped("中国中国", 5), "中国|中国|");
    assert_string_equal(wrapped("中国", 1), "中|国|");
}

TEST(comparing_ignores_the_case_of_ascii)
{
    UNUSED_STATE;
    assert_true(text_same("China", "cHINA"));
    assert_false(text_same("China", "Chin"));
    assert_false(text_same(NULL, NULL));
    assert_true(text_starts("Restraint", "rest"));
    assert_false(text_starts("re", "rest"));
}

TEST(distance_counts_edits_and_swaps)
{
    UNUSED_STATE;
    assert_int_equal(text_distance("", ""), 0);
    assert_int_equal(text_distance("abc", ""), 3);
    assert_int_equal(text_distance("quantity", "qauntity"), 1);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    assert_int_equal(text_distance("né", "ne"), 1);
    char lengthy[300];
    memset(lengthy, 'x', 299);
    lengthy[299] = 0;
    assert_int_equal(text_distance(lengthy, "x"), 99);
    assert_int_equal(text_distance(lengthy, lengthy), 0);
}

TEST(nearest_is_near_or_nothing)
{
    UNUSED_STATE;
    static const char *const known[] = {"quantities", "moves", "terms", "events", "us", "china"};
    assert_string_equal(text_nearest("quantites", known, 6), "quantities");
    assert_string_equal(text_nearest("move", known, 6), "moves");
    assert_string_equal(text_nearest("quant", known, 6), "quantities");
    assert_null(text_nearest("zebra", known, 6));
    assert_null(text_nearest("xy", known, 6));
}

static void number_is(double x, const char *want)
{
    char out[NUMBER_TEXT];
    double back;
    assert_string_equal(text_number(x, out), want);
    if (x - x == 0) {
        assert_true(text_to_number(out, strlen(out), &back));
        assert_memory_equal(&back, &x, sizeof x);
    }
}

TEST(numbers_print_in_their_shortest_form)
{
    UNUSED_STATE;
    number_is(0.1, "0.1");
    number_is(1e-5, "1e-05");
    number_is(3, "3");
    number_is(100, "100");
    number_is(-0.0, "-0");
    number_is(0, "0");
    number_is(0.0001, "0.0001");
    number_is(1e15, "1000000000000000");
    number_is(1e16, "1e+16");
    number_is(123456.789, "123456.789");
    number_is(1.0 / 3, "0.3333333333333333");
    number_is(2.0 / 3, "0.6666666666666666");
    number_is(0x1p-1074, "5e-324");
    number_is(1.7976931348623157e308, "1.7976931348623157e+308");
    number_is(1e100, "1e+100");
    char out[NUMBER_TEXT];
    assert_string_equal(text_number(1e308 * 10, out), "inf");
    assert_string_equal(text_number(-1e308 * 10, out), "-inf");
    assert_string_equal(text_number(1e308 * 10 * 0, out), "nan");
}

TEST(every_number_reads_back_to_its_bits)
{
    UNUSED_STATE;
    struct rng r = rng_at(42);
    char out[NUMBER_TEXT];
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = (uint64_t)rng_u32(&r) << 32 | rng_u32(&r);
        double x, back;
        memcpy(&x, &bits, sizeof x);
        if (x - x != 0)
            continue;
        text_number(x, out);
        assert_true(text_to_number(out, strlen(out), &back));
        assert_memory_equal(&back, &x, sizeof x);
    }
}

static const char *short_of(double x, int digits)
{
    static char out[NUMBER_TEXT];
    return text_short(x, digits, out);
}

TEST(numbers_for_people)
{
    UNUSED_STATE;
    assert_string_equal(short_of(3.14159, 3), "3.14");
    assert_string_equal(short_of(2.0, 3), "2");
    assert_string_equal(short_of(123456, 3), "123456");
    assert_string_equal(short_of(999.96, 4), "1000");
    assert_string_equal(short_of(0.00012345, 2), "0.00012");
    assert_string_equal(short_of(0.000012345, 2), "1.2e-05");
    assert_string_equal(short_of(-0.0, 2), "0");
    assert_string_equal(short_of(5e9, 2), "5e+09");
    assert_string_equal(short_of(-1234.5678, 6), "-1234.57");
}

static bool number_read(const char *s, double *x)
{
    return text_to_number(s, strlen(s), x);
}

TEST(strict_numbers_only)
{
    UNUSED_STATE;
    double x = 0;
    static const char *const refused[] = {"", "+", "-", "010", "00", ".5", "5.", "1e", "1e+", "inf", "nan", "0x10", " 1", "1 ", "1_000",
                                          "1,5", "1e400", "--1", "12:30"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(number_read(refused[i], &x));
    assert_true(number_read("+0.02", &x) && x == 0.02);
    assert_true(number_read("-4", &x) && x == -4);
    assert_true(number_read("1e6", &x) && x == 1e6);
    assert_true(number_read("1.10", &x) && x == 1.1);
    assert_true(number_read("0.0", &x) && x == 0);
    assert_true(number_read("1e-400", &x) && x == 0);
    assert_true(number_read("123456789012345678901234567890", &x) && x == 123456789012345678901234567890.0);
    assert_false(text_to_number("1\0", 2, &x));
    long n = 0;
    assert_true(text_to_long("-12", 3, &n) && n == -12);
    assert_false(text_to_long("012", 3, &n));
    assert_false(text_to_long("1.0", 3, &n));
    assert_false(text_to_long("-", 1, &n));
    assert_false(text_to_long("99999999999999999999", 20, &n));
}

TEST(locale_changes_no_number)
{
    UNUSED_STATE;
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();                                          /* not installed here */
    double x = 0;
    number_is(1.5, "1.5");
    assert_true(number_read("2.25", &x) && x == 2.25);
    setlocale(LC_ALL, "C");
}

TEST(hash_names_streams_and_never_changes)
{
    UNUSED_STATE;
    assert_true(text_hash("") == 0xcbf29ce484222325u);
    assert_true(text_hash("a") == 0xaf63dc4c8601ec8cu);
    assert_true(text_hash("foobar") == 0x85944171f73967e8u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(text_grows), RUN(only_well_formed_bytes_are_valid), RUN(bad_bytes_are_read_one_by_one), RUN(width_counts_cells),
        RUN(text_wraps_at_blanks), RUN(comparing_ignores_the_case_of_ascii), RUN(distance_counts_edits_and_swaps),
        RUN(nearest_is_near_or_nothing), RUN(numbers_print_in_their_shortest_form), RUN(every_number_reads_back_to_its_bits),
        RUN(numbers_for_people), RUN(strict_numbers_only), RUN(locale_changes_no_number), RUN(hash_names_streams_and_never_changes),
    };
    arena_init(&arena, "test");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
