/* tests/unit/code/program_test.c — names, moments and dumps of a program. */
#include "unit.h"
#include "base/panic.h"
#include "engine/build.h"

static struct arena arena;
static struct build b;
static struct program *p;
static const char *const seats[] = {"us", "china"}, *const goods[] = {"coal", "iron_ore", "fish"};

static void set_up(void)
{
    build_begin(&b, &arena);
    b.seat[0] = (struct seat){.name = "us", .short_name = "US", .budget = NO_SLOT};
    b.seat[1] = (struct seat){.name = "china", .short_name = "CN", .budget = NO_SLOT};
    b.p.seats = 2;
    int seat = build_set(&b, "seat", 2, seats), good = build_set(&b, "good", 3, goods);
    b.p.quantities = 2;
    b.quantity[0] = (struct quantity){.name = "reserves", .count = 1};
    b.quantity[1] = (struct quantity){.name = "exports", .dims = 2, .dim = {seat, good}, .count = 6};
    build_parameter(&b, "price", PRIOR_UNIFORM, (struct parameter_element){52.5, 45, 90});
    build_move(&b, "ban", -1);
    p = build_program(&b);
}

TEST(things_are_found_by_name)
{
    UNUSED_STATE;
    assert_int_equal(program_quantity(p, "exports"), 1);
    assert_int_equal(program_quantity(p, "Exports"), -1);
    assert_int_equal(program_parameter(p, "price"), 0);
    assert_int_equal(program_move(p, "ban"), 0);
    assert_int_equal(program_set(p, "good"), 1);
    assert_int_equal(program_element(p, 1, "fish"), 2);
    assert_int_equal(program_element(p, 1, "meat"), -1);
    assert_int_equal(program_element(p, 9, "meat"), -1);
    assert_int_equal(program_seat(p, "China"), 1);
    assert_int_equal(program_seat(p, "cn"), 1);
    assert_int_equal(program_seat(p, "kp"), -1);
    assert_int_equal(program_persona(p, 0, "hawk"), -1);
    assert_int_equal(program_play(p, "x"), -1);
    assert_int_equal(program_opening(p, "x"), -1);
}

TEST(elements_have_names_both_ways)
{
    UNUSED_STATE;
    const struct quantity *q = &p->quantity[1];
    int quantity, element;
    for (int e = 0; e < 6; e++) {
        const char *name = program_element_name(p, &arena, q->name, q->dims, q->dim, e);
        assert_true(program_find_value(p, name, &quantity, &element));
        assert_int_equal(quantity, 1);
        assert_int_equal(element, e);
    }
    assert_string_equal(program_element_name(p, &arena, q->name, q->dims, q->dim, 4), "exports[china,iron_ore]");
    assert_string_equal(program_element_name(p, &arena, "reserves", 0, NULL, 0), "reserves");
    assert_true(program_find_value(p, " exports [ china , iron_ore ] ", &quantity, &element) && element == 4);
    assert_true(program_find_value(p, "reserves", &quantity, &element) && quantity == 0 && element == 0);
    static const char *const wrong[] = {"exports", "exports[china]", "exports[china,iron_ore", "exports[china,iron_ore]x", "exports[china,iron_ore,us]",
                                        "exports[iron_ore,china]", "reserves[us]", "reserves[]", "reserve", "", "[", "exports[,]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(program_find_value(p, wrong[i], &quantity, &element));
}

static void dated(enum time_kind kind, double time, const char *date, const char *date_long, int month)
{
    p->time.kind = kind;
    assert_string_equal(program_date(p, &arena, time), date);
    assert_string_equal(program_date_long(p, &arena, time), date_long);
    assert_int_equal(program_calendar_month(p, time), month);
}

TEST(moments_read_as_dates)
{
    UNUSED_STATE;
    double months = 2017 * 12 + 1;
    dated(TIME_MONTHS, months, "2017-02", "February 2017", 2);
    dated(TIME_MONTHS, months + 11, "2018-01", "January 2018", 1);
    dated(TIME_MONTHS, months + 0.25, "2017.104", "2017.104", 2);
    dated(TIME_YEARS, 2017 + 1.0 / 12, "2017-02", "February 2017", 2);
    dated(TIME_YEARS, 2017.5, "2017-07", "July 2017", 7);
    dated(TIME_YEARS, 2016 + 11.0 / 12, "2016-12", "December 2016", 12);
    dated(TIME_WEEKS, months * (365.0 / 12) / 7, "2017-02", "February 2017", 2);
    dated(TIME_DAYS, (months + 2) * (365.0 / 12), "2017-04", "April 2017", 4);
    dated(TIME_DAYS, (months + 2) * (365.0 / 12) + 3, "2017.258", "2017.258", 4);
    dated(TIME_NUMBER, 3, "3", "3", 0);
    dated(TIME_NUMBER, 0.5, "0.5", "0.5", 0);
    p->time.kind = TIME_MONTHS;
    assert_true(program_moment(p, 3) == months + 3);
}

TEST(every_month_of_every_axis_is_itself)
{
    UNUSED_STATE;
    for (int m = 0; m < 600; m++) {
        double months = 1990 * 12 + m;
        const char *want = arena_printf(&arena, "%04d-%02d", 1990 + m / 12, m % 12 + 1);
        const struct { enum time_kind kind; double at; } axis[] = {
            {TIME_MONTHS, months}, {TIME_YEARS, 1990 + m / 12 + m % 12 / 12.0}, {TIME_WEEKS, months * (365.0 / 12) / 7}, {TIME_DAYS, months * (365.0 / 12)}};
        for (int i = 0; i < 4; i++) {
            p->time.kind = axis[i].kind;
            assert_string_equal(program_date(p, &arena, axis[i].at), want);
            assert_int_equal(program_calendar_month(p, axis[i].at), m % 12 + 1);
        }
    }
    p->time.kind = TIME_MONTHS;
}

TEST(a_dump_reads_as_written)
{
    UNUSED_STATE;
    static struct build d;
    build_begin(&d, &arena);
    uint32_t half = build_constant(&d, 0.5);
    build_parameter(&d, "price", PRIOR_UNIFORM, (struct parameter_element){52.5, 45, 90});
    uint32_t stream = build_stream(&d, "draw:harvest", false), range = build_work(&d, 3);
    build_block(&d, BLOCK_START);
    uint32_t x = build_stock(&d, "x", half);
    build_block(&d, BLOCK_AUX);
    uint32_t y = build_op(&d, OP_ADD, x, BUILD_CONSTANTS);
    d.guard = y;
    uint32_t z = build_op(&d, OP_DIV, y, x);
    build_op(&d, OP_SQRT, z);
    build_op(&d, OP_NORMAL, z, half, stream);
    build_op(&d, OP_BEST, range, range, 3);
    d.stock[0].rate = z;
    d.name[half] = NULL;
    const struct program *q = build_program(&d);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    program_dump(q, out);
    fclose(out);
    static const char *const want[] = {
        "program test\n", "instructions: 6 in 8 blocks; tables: 0; streams: 1\n", "time: start 24205, turn 1 month, 12 turns of 4 steps\n",
        "price = 52.5 uniform [45, 90]\n", "  x += dt * work5\n", "block 4 (auxiliaries): 5\n",
        "  COPY       x = 0.5\n", "  ADD        work4 = x + price\n", "  DIV        work5 = work4 / x   if work4\n", "  SQRT       work6 = work5   if work4\n",
        "  NORMAL     work7 = work5, 0.5, stream draw:harvest\n", "  BEST       work8 = work1..work3, work1..work3   if work4\n"};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (!strstr(text, want[i]))
            fail_msg("the dump lacks \"%s\":\n%s", want[i], text);
    free(text);
}

int main(void)
{
    arena_init(&arena, "test");
    set_up();
    const struct CMUnitTest tests[] = {
        RUN(things_are_found_by_name),
        RUN(elements_have_names_both_ways),
        RUN(moments_read_as_dates),
        RUN(every_month_of_every_axis_is_itself),
        RUN(a_dump_reads_as_written),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
