/* tests/unit/lab/sample_test.c — samples fill the unit cube as they promise, and plain ones are the engine's own draws. */
#include "unit.h"
#include "heap.h"
#include "engine/world.h"
#include "lab/grid.h"
#include "lab/sample.h"

static struct arena arena;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test");
    return 0;
}

static int gone(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

TEST(plain_points_are_the_draws_of_the_engine)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    const char *error;
    struct sampler *s = sampler_new(&arena, &p, SAMPLING_PLAIN, 5, 40, 1, &error);
    struct sim *sim = sim_new(&arena, &p, 40);
    assert_int_equal(sampler_dimensions(s), 1);
    assert_string_equal(sampler_name(s, &arena, 0), "rate");
    sim_start(sim, 5, 0, true, false);
    for (int run = 0; run < 40; run++)
        assert_true(sim_code(sim, (struct code_ref){-1, HEAP_RATE})[run] == engine_prior(&p.parameter[0], 0, sampler_unit(s, 0, 0, run)));
}

TEST(a_latin_hypercube_has_one_run_in_every_slice)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    const char *error;
    const int sizes[] = {1, 2, 3, 7, 64, 100, 1000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const int runs = sizes[k];
        struct sampler *s = sampler_new(&arena, &p, SAMPLING_LHS, 9, runs, 2, &error);
        for (int copy = 0; copy < 2; copy++) {
            bool *hit = ARENA_ARRAY(&arena, runs, bool);
            for (int i = 0; i < runs; i++) {
                double u = sampler_unit(s, copy, 0, i);
                assert_true(u > 0 && u < 1);
                assert_false(hit[(int)(u * runs)]);
                hit[(int)(u * runs)] = true;
            }
        }
    }
}

TEST(a_sobol_sequence_begins_as_published)
{
    UNUSED_STATE;
    static const double known[3][4] = {{0, 0.5, 0.25, 0.75}, {0, 0.5, 0.75, 0.25}, {0, 0.5, 0.75, 0.25}};
    uint32_t direction[SOBOL_BITS];
    for (int d = 0; d < 3; d++) {
        sobol_directions(d, direction);
        for (uint32_t i = 0; i < 4; i++)
            assert_true(sobol_point(direction, i) / 4294967296.0 == known[d][i]);
    }
}

TEST(every_dimension_of_a_scrambled_sequence_is_even)
{
    UNUSED_STATE;
    uint32_t direction[SOBOL_BITS];
    for (int d = 0; d < SOBOL_MOST; d++) {
        bool hit[256] = {false};
        sobol_directions(d, direction);
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t box = sobol_scramble(sobol_point(direction, i), 0x9e3779b9u * (uint32_t)d) >> 24;
            assert_false(hit[box]);
            hit[box] = true;
        }
    }
}

TEST(scrambling_moves_the_points)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    const char *error;
    struct sampler *one = sampler_new(&arena, &p, SAMPLING_SOBOL, 1, 8, 1, &error), *two = sampler_new(&arena, &p, SAMPLING_SOBOL, 2, 8, 1, &error);
    assert_true(sampler_unit(one, 0, 0, 3) != sampler_unit(two, 0, 0, 3));
    struct sampler *more = sampler_new(&arena, &p, SAMPLING_SOBOL, 1, 800, 1, &error);
    assert_true(sampler_unit(one, 0, 0, 3) == sampler_unit(more, 0, 0, 3));
}

TEST(what_is_varied_takes_clean_decimals)
{
    UNUSED_STATE;
    const struct vary v = {0, -1, 0, 0.2, 11};
    assert_true(vary_value(&v, 0) == 0 && vary_value(&v, 3) == 0.06 && vary_value(&v, 10) == 0.2);
    const struct vary one = {0, -1, 0.3, 0.9, 1};
    assert_true(vary_value(&one, 0) == 0.3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(plain_points_are_the_draws_of_the_engine), RUN(a_latin_hypercube_has_one_run_in_every_slice), RUN(a_sobol_sequence_begins_as_published),
        RUN(every_dimension_of_a_scrambled_sequence_is_even), RUN(scrambling_moves_the_points), RUN(what_is_varied_takes_clean_decimals),
    };
    return cmocka_run_group_tests(tests, fresh, gone);
}
