/* tests/unit/lab/indices_test.c — indices of functions whose indices are known, and of what chance adds.
 * tests/golden/run/ishigami.yaml is the same function as an author would write it. */
#include "unit.h"
#include "heap.h"
#include "lab/lab.h"

enum {
    I_SEVEN, I_TENTH, I_X1, I_X2, I_X3, I_TIME, I_TURN, I_MONTH, I_STEP, I_TURN_START, I_SIN1, I_SIN2, I_SQUARE2, I_B, I_SQUARE3, I_FOURTH3, I_C, I_D,
    I_SUM, I_Y, I_TARGET, I_SLOTS
};
static const double i_constant[] = {7, 0.1};
#define I_OP(name, to, x, y) {.op = OP_##name, .d = to, .a = x, .b = y, .guard = NO_SLOT}
static const struct instr i_code[] = {
    I_OP(SIN, I_SIN1, I_X1, 0), I_OP(SIN, I_SIN2, I_X2, 0), I_OP(MUL, I_SQUARE2, I_SIN2, I_SIN2), I_OP(MUL, I_B, I_SEVEN, I_SQUARE2),
    I_OP(MUL, I_SQUARE3, I_X3, I_X3), I_OP(MUL, I_FOURTH3, I_SQUARE3, I_SQUARE3), I_OP(MUL, I_C, I_TENTH, I_FOURTH3), I_OP(MUL, I_D, I_C, I_SIN1),
    I_OP(ADD, I_SUM, I_SIN1, I_B), I_OP(ADD, I_Y, I_SUM, I_D),
};
static const struct origin i_origin[] = {{"y", "ishigami.yaml", 1}};
static const struct block i_block[BLOCK_FIXED] = {[BLOCK_AUX] = {0, 10}};
static const struct parameter_element i_range[] = {{0, -3.14159265358979323846, 3.14159265358979323846}};
#define I_PARAMETER(n, slot) {.name = n, .count = 1, .first = slot, .prior = PRIOR_UNIFORM, .element = i_range, .evidence = {.source = -1}}
static const struct parameter i_parameter[] = {I_PARAMETER("x1", I_X1), I_PARAMETER("x2", I_X2), I_PARAMETER("x3", I_X3)};
static const struct quantity i_quantity[] = {{.name = "y", .kind = Q_AUX, .count = 1, .first = I_Y, .mean = NO_SLOT, .good_for = -1, .evidence = {.source = -1}}};

static struct program ishigami(void)
{
    return (struct program){
        .id = "ishigami", .time = {TIME_NUMBER, 0, 1, 1, 1, ""}, .slots = I_SLOTS, .parameter_first = I_X1, .state_first = I_TIME, .work_first = I_SIN1,
        .constant = i_constant, .time_slot = I_TIME, .turn_slot = I_TURN, .month_slot = I_MONTH, .step_slot = I_STEP, .turn_start_slot = I_TURN_START,
        .target_slot = I_TARGET, .code = i_code, .code_count = sizeof i_code / sizeof *i_code, .block = i_block, .blocks = BLOCK_FIXED, .origin = i_origin, .origins = 1, .seat_set = -1,
        .parameter = i_parameter, .parameters = 3, .quantity = i_quantity, .quantities = 1, .sealed = true};
}

static bool near(double x, double y, double within)
{
    return x - y < within && y - x < within;
}

static void check_ishigami(enum sampling sampling, int runs, double within)
{
    static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    struct arena a;
    arena_init(&a, "test");
    struct program p = ishigami();
    assert_null(program_verify(&p));
    const struct output y = {0, 0};
    struct indices is;
    assert_int_equal(lab_indices(&a, &p, &(struct indices_asked){.play = -1, .runs = runs, .seed = 2017, .threads = 2, .sampling = sampling, .output = &y,
                                                                 .outputs = 1}, &is), RUN_DONE);
    assert_int_equal(is.factors, 3);
    assert_int_equal(is.runs, runs * 5);
    assert_true(near(is.mean[0], 3.5, within * 5) && near(is.deviation[0], 3.7208, within * 5));
    for (int i = 0; i < 3; i++) {
        assert_true(near(is.index[i].first, first[i], within) && near(is.index[i].total, total[i], within));
        assert_true(near(is.index[i].first, first[i], 4 * is.index[i].first_error) && near(is.index[i].total, total[i], 4 * is.index[i].total_error));
    }
    arena_done(&a);
}

TEST(a_sobol_sequence_finds_the_indices_of_ishigami) { UNUSED_STATE; check_ishigami(SAMPLING_SOBOL, 16384, 0.01); }
TEST(a_latin_hypercube_finds_them_too) { UNUSED_STATE; check_ishigami(SAMPLING_LHS, 16384, 0.03); }
TEST(plain_draws_find_them_too) { UNUSED_STATE; check_ishigami(SAMPLING_PLAIN, 16384, 0.04); }

TEST(chance_is_a_factor_of_its_own)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct program p = heap_program(-1);
    const struct output both[] = {{0, 0}, {1, 0}};      /* the heap hangs on the rate alone, the noise on chance alone */
    struct indices is;
    assert_int_equal(lab_indices(&a, &p, &(struct indices_asked){.play = -1, .runs = 500, .seed = 1, .threads = 3, .sampling = SAMPLING_SOBOL,
                                                                 .output = both, .outputs = 2}, &is), RUN_DONE);
    assert_int_equal(is.factors, 2);
    assert_string_equal(is.factor[0], "rate");
    assert_string_equal(is.factor[1], "chance");
    assert_true(near(is.index[0].first, 1, 0.1) && near(is.index[0].total, 1, 0.1) && is.index[1].total == 0);
    assert_true(is.index[2].total == 0 && near(is.index[3].first, 1, 0.2) && near(is.index[3].total, 1, 0.2));
    arena_done(&a);
}

TEST(runs_that_fail_are_left_out_and_threads_never_show)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct program p = heap_program(0.06);
    const struct output heap = {0, 0};
    struct indices one, many;
    struct indices_asked asked = {.play = -1, .runs = 100, .seed = 1, .threads = 1, .sampling = SAMPLING_PLAIN, .output = &heap, .outputs = 1};
    assert_int_equal(lab_indices(&a, &p, &asked, &one), RUN_DONE);
    asked.threads = 5;
    assert_int_equal(lab_indices(&a, &p, &asked, &many), RUN_DONE);
    assert_in_range(one.failed, 10, 90);
    assert_true(one.index[0].runs < 100 && one.index[0].first == many.index[0].first && one.index[0].total_error == many.index[0].total_error);
    assert_non_null(strstr(one.first_failure, "heap.yaml:7: "));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(a_sobol_sequence_finds_the_indices_of_ishigami), RUN(a_latin_hypercube_finds_them_too), RUN(plain_draws_find_them_too),
        RUN(chance_is_a_factor_of_its_own), RUN(runs_that_fail_are_left_out_and_threads_never_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
