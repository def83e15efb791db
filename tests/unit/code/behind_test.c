/* tests/unit/code/behind_test.c — a worked-out number names the numbers it is worked out from, and no others. */
#include "unit.h"
#include "code/program.h"

/* Slots: 0 a constant, 1 time and its kin, 6 a stock, 7 another, 8..9 sold[2], 10 record, 11 revenue, 12.. work. */
enum { CONSTANT, TIME, STOCK = 6, OTHER, SOLD, RECORD = SOLD + 2, REVENUE, WORK, SLOTS = WORK + 4 };
enum { Q_STOCK_ONE, Q_STOCK_TWO, Q_SOLD, Q_RECORD, Q_REVENUE, QUANTITIES };

static const struct instr code[] = {
    {.op = OP_MUL, .d = SOLD, .a = STOCK, .b = CONSTANT},
    {.op = OP_FINITE, .d = SOLD, .guard = NO_SLOT},
    {.op = OP_MUL, .d = WORK, .a = OTHER, .b = CONSTANT},
    {.op = OP_ADD, .d = SOLD + 1, .a = WORK, .b = STOCK},
    {.op = OP_ADD, .d = WORK, .a = SOLD, .b = SOLD + 1},            /* the work slot again: what it held before is no matter */
    {.op = OP_COPY, .d = RECORD, .a = WORK},
    {.op = OP_FINITE, .d = RECORD, .guard = NO_SLOT},
    {.op = OP_ADD, .d = REVENUE, .a = WORK, .b = OTHER},            /* shares the sum that is the record */
};
enum { CODE = sizeof code / sizeof *code };
static const struct quantity quantity[QUANTITIES] = {
    {.name = "stock", .kind = Q_STOCK, .first = STOCK, .count = 1}, {.name = "other", .kind = Q_STOCK, .first = OTHER, .count = 1},
    {.name = "sold", .kind = Q_AUX, .first = SOLD, .count = 2}, {.name = "record", .kind = Q_AUX, .first = RECORD, .count = 1},
    {.name = "revenue", .kind = Q_AUX, .first = REVENUE, .count = 1},
};
static struct block block[BLOCK_FIXED];
static const struct program program = {.slots = SLOTS, .parameter_first = 1, .state_first = 1, .work_first = SOLD, .code = code, .code_count = CODE,
                                       .block = block, .blocks = BLOCK_FIXED, .quantity = quantity, .quantities = QUANTITIES};

static struct arena arena;
static struct behind found[8];

static int behind(int q, int element)
{
    block[BLOCK_AUX] = (struct block){0, CODE};
    arena_init(&arena, "test");
    int count = program_behind(&program, &arena, q, element, found, 8);
    arena_done(&arena);
    return count;
}

static void is(int at, int q, int element)
{
    assert_int_equal(found[at].quantity, q);
    assert_int_equal(found[at].element, element);
}

TEST(what_is_read_is_behind_it)
{
    UNUSED_STATE;
    assert_int_equal(behind(Q_SOLD, 0), 1);
    is(0, Q_STOCK_ONE, 0);
    assert_int_equal(behind(Q_SOLD, 1), 2);
    is(0, Q_STOCK_ONE, 0);
    is(1, Q_STOCK_TWO, 0);
    assert_int_equal(behind(Q_RECORD, 0), 2);
    is(0, Q_SOLD, 0);
    is(1, Q_SOLD, 1);
}

TEST(a_shared_value_is_told_by_its_name)
{
    UNUSED_STATE;
    assert_int_equal(behind(Q_REVENUE, 0), 2);
    is(0, Q_STOCK_TWO, 0);
    is(1, Q_RECORD, 0);
}

TEST(stocks_have_nothing_behind_them)
{
    UNUSED_STATE;
    assert_int_equal(behind(Q_STOCK_ONE, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_read_is_behind_it), cmocka_unit_test(a_shared_value_is_told_by_its_name),
                                       cmocka_unit_test(stocks_have_nothing_behind_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
