/* tests/unit/lang/unit_test.c — a wrong factor between two units moves every number behind it in silence, so reading, combining and
 * converting are held to what a pencil says, and what is printed to what an author wrote. */
#include "unit.h"

#include "base/arena.h"
#include "lang/unit.h"

static struct arena arena;

static int begin(void **state_)
{
    UNUSED_STATE;
    arena_init(&arena, "test");
    return 0;
}

static int end(void **state_)
{
    UNUSED_STATE;
    arena_done(&arena);
    return 0;
}

static struct unit read(const char *text)
{
    struct unit u;
    if (!unit_read(text, &u))
        fail_msg("'%s' cannot be read", text);
    return u;
}

static const char *print(struct unit u) { return unit_print(&u, &arena); }

static bool same(struct unit a, struct unit b) { return unit_same(&a, &b); }

static void near(double x, double wanted, double off)
{
    if (!(x >= wanted - off && x <= wanted + off))
        fail_msg("%.17g is not %.17g", x, wanted);
}

/* What one of `from` is in `to`. */
static double factor(const char *from, const char *to)
{
    struct unit const a = read(from), b = read(to);
    assert_true(same(a, b));
    return a.scale / b.scale;
}

TEST(what_is_read_is_printed_in_the_same_words)
{
    UNUSED_STATE;
    static const char *const texts[] = {"$m", "$m/month", "1/month", "point^2", "kt", "$bn/year", "kg", "1/year", "kt^2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(print(read(texts[i])), texts[i]);
    assert_string_equal(print(read("month^-1")), "1/month");
    assert_string_equal(print(read("kg * m / s / s")), "kg m/s^2");
    assert_string_equal(print(unit_none()), "a pure number");
}

TEST(a_scale_that_no_word_stands_for_is_printed_as_a_number)
{
    UNUSED_STATE;
    struct unit u = read("$m");
    u.scale = 7;
    assert_string_equal(print(u), "$m (times 7)");
}

TEST(what_is_no_unit_is_refused)
{
    UNUSED_STATE;
    static const char *const texts[] = {"", " ", "/", "$m/", "$m per month", "kg^", "kg^x", "a_word_that_is_far_too_long_for_a_unit"};
    struct unit u;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (unit_read(texts[i], &u))
            fail_msg("'%s' was read", texts[i]);
}

TEST(the_order_of_parts_does_not_matter_and_cancelled_ones_are_gone)
{
    UNUSED_STATE;
    assert_true(same(read("$m/thousand/month"), read("$m/month/thousand")));
    assert_true(same(read("kg*m"), read("m*kg")));
    struct unit const u = read("kg*m/kg");
    assert_true(same(u, read("m")));
    assert_int_equal(u.parts, 1);
    assert_false(same(read("$m"), read("$m/month")));
    assert_false(same(read("m"), read("m^2")));
}

TEST(multiples_are_the_same_but_for_their_factor)
{
    UNUSED_STATE;
    near(factor("$bn", "$m"), 1000, 1e-9);
    near(factor("$", "$k"), 0.001, 1e-15);
    near(factor("year", "month"), 12, 0);
    near(factor("1/year", "1/month"), 1 / 12.0, 1e-15);
    near(factor("$bn/year", "$m/month"), 1000 / 12.0, 1e-9);
    near(factor("week", "day"), 7, 1e-12);
    near(factor("kt", "Mt"), 0.001, 1e-15);
    near(factor("million", "people"), 1e6, 1e-6);
    near(factor("$bn^2", "$m^2"), 1e6, 1e-6);
    near(factor("%", "1"), 0.01, 0);
    near(factor("%/year", "1/month"), 0.01 / 12, 1e-15);
}

TEST(products_and_quotients_add_and_take_powers)
{
    UNUSED_STATE;
    struct unit const flow = unit_over(read("$bn"), read("year"));
    assert_true(same(flow, read("$m/month")));
    near(flow.scale, 1000 / 12.0, 1e-9);
    struct unit const back = unit_times(flow, read("month"));
    assert_true(same(back, read("$m")));
    struct unit const share = unit_over(read("$m"), read("$bn"));
    assert_true(unit_pure(&share));
    near(share.scale, 0.001, 1e-15);
}

TEST(roots_undo_powers_scale_and_all)
{
    UNUSED_STATE;
    struct unit const square = unit_power(read("$bn"), 2), root = unit_power(square, 0.5);
    assert_true(same(square, read("$m^2")));
    near(square.scale, 1e6, 1e-6);
    assert_true(same(root, read("$m")));
    near(root.scale, 1000, 1e-9);
    struct unit const none = unit_power(read("$bn"), 0);
    assert_true(unit_pure(&none));
    near(none.scale, 1, 0);
}

TEST(a_bare_number_is_the_same_as_anything_and_stays_bare_only_among_its_like)
{
    UNUSED_STATE;
    assert_true(same(unit_bare(), read("$m/month")));
    assert_true(same(read("kg"), unit_bare()));
    assert_true(unit_times(unit_bare(), unit_bare()).bare);
    assert_false(unit_times(unit_bare(), read("kg")).bare);
    assert_false(unit_over(unit_bare(), unit_none()).bare);
}

TEST(a_unit_is_vouched_for_only_if_all_in_it_are)
{
    UNUSED_STATE;
    assert_true(unit_times(read("kg"), read("m")).vouched);
    assert_false(unit_times(read("kg"), unit_unstated()).vouched);
    assert_true(unit_times(read("kg"), unit_bare()).vouched);
    assert_false(unit_power(unit_unstated(), 0).vouched);
}

TEST(more_parts_than_fit_are_not_vouched_for)
{
    UNUSED_STATE;
    struct unit u = read("a1*a2*a3*a4*a5*a6");
    assert_int_equal(u.parts, UNIT_PARTS);
    u = unit_times(u, read("a7"));
    assert_false(u.vouched);
}

#define RUN_WITH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_WITH(what_is_read_is_printed_in_the_same_words), RUN_WITH(a_scale_that_no_word_stands_for_is_printed_as_a_number),
        RUN_WITH(what_is_no_unit_is_refused), RUN_WITH(the_order_of_parts_does_not_matter_and_cancelled_ones_are_gone),
        RUN_WITH(multiples_are_the_same_but_for_their_factor), RUN_WITH(products_and_quotients_add_and_take_powers),
        RUN_WITH(roots_undo_powers_scale_and_all), RUN_WITH(a_bare_number_is_the_same_as_anything_and_stays_bare_only_among_its_like),
        RUN_WITH(a_unit_is_vouched_for_only_if_all_in_it_are), RUN_WITH(more_parts_than_fit_are_not_vouched_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
