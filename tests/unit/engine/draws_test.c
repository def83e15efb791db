/* tests/unit/engine/draws_test.c — draws follow their distributions, have their medians, and a lane's bits do not depend on its company. */
#include "unit.h"
#include "base/panic.h"
#include "base/pmath.h"
#include "base/text.h"
#include "engine/build.h"
#include "engine/world.h"

static struct arena arena;
static struct build b;
enum { MANY = 20000 };

static void assert_near(double x, double want, double within)
{
    if (!(x >= want - within && x <= want + within))
        fail_msg("%.9g is not within %.3g of %.9g", x, within, want);
}

static void keys(struct world *w, uint64_t seed, uint64_t first_run)
{
    for (int l = 0; l < w->lanes; l++)
        w->seed[l] = seed, w->run[l] = first_run + (uint64_t)l;
}

static void moments(const struct world *w, uint32_t slot, double *mean, double *sd)
{
    double sum = 0, squares = 0;
    for (int l = 0; l < w->lanes; l++)
        sum += world_get(w, slot, l);
    *mean = sum / w->lanes;
    for (int l = 0; l < w->lanes; l++)
        squares += (world_get(w, slot, l) - *mean) * (world_get(w, slot, l) - *mean);
    *sd = pm_sqrt(squares / w->lanes);
}

enum { D_NORMAL, D_UNIFORM, D_TRIANGULAR, D_LOGNORMAL, D_POISSON, D_CHANCE, D_KINDS };

/* normal(2, 3), uniform(-1, 3), triangular(0, 1, 4), lognormal(ln 2, 1/2), poisson(3.5), chance(0.3) */
static struct world *all_draws(int lanes, bool every_step, uint32_t *slot)
{
    build_begin(&b, &arena);
    uint32_t c[] = {build_constant(&b, 2), build_constant(&b, 3), build_constant(&b, -1), build_constant(&b, 0), build_constant(&b, 1),
                    build_constant(&b, 4), build_constant(&b, pm_ln(2)), build_constant(&b, 0.5), build_constant(&b, 3.5), build_constant(&b, 0.3)};
    static const char *const name[] = {"draw:n", "draw:u", "draw:t", "draw:l", "draw:p", "draw:c"};
    uint32_t s[D_KINDS];
    for (int i = 0; i < D_KINDS; i++)
        s[i] = build_stream(&b, name[i], every_step);
    build_block(&b, every_step ? BLOCK_STEP_DRAWS : BLOCK_TURN_DRAWS);
    for (int i = 0; i < D_KINDS; i++)
        slot[i] = build_state(&b, name[i], 1);
    build_op_into(&b, OP_NORMAL, slot[D_NORMAL], c[0], c[1], s[D_NORMAL]);
    build_op_into(&b, OP_UNIFORM, slot[D_UNIFORM], c[2], c[1], s[D_UNIFORM]);
    build_op_into(&b, OP_TRIANGULAR, slot[D_TRIANGULAR], c[3], c[4], c[5], s[D_TRIANGULAR]);
    build_op_into(&b, OP_LOGNORMAL, slot[D_LOGNORMAL], c[6], c[7], s[D_LOGNORMAL]);
    build_op_into(&b, OP_POISSON, slot[D_POISSON], c[8], s[D_POISSON]);
    build_op_into(&b, OP_CHANCE, slot[D_CHANCE], c[9], s[D_CHANCE]);
    const struct program *p = build_program(&b);
    assert_null(program_verify(p));
    struct world *w = world_new(&arena, p, lanes);
    keys(w, 7, 0);
    engine_parameters_at_value(w);
    engine_start(w);
    return w;
}

TEST(draws_follow_their_distributions)
{
    UNUSED_STATE;
    uint32_t slot[D_KINDS];
    double mean, sd;
    struct world *w = all_draws(MANY, false, slot);
    engine_turn_draws(w);
    moments(w, slot[D_NORMAL], &mean, &sd);
    assert_near(mean, 2, 0.08), assert_near(sd, 3, 0.06);
    moments(w, slot[D_UNIFORM], &mean, &sd);
    assert_near(mean, 1, 0.04), assert_near(sd, 4 / pm_sqrt(12), 0.02);
    moments(w, slot[D_TRIANGULAR], &mean, &sd);
    assert_near(mean, 5.0 / 3, 0.03), assert_near(sd, pm_sqrt(13.0 / 18), 0.02);
    moments(w, slot[D_LOGNORMAL], &mean, &sd);
    assert_near(mean, 2 * pm_exp(0.125), 0.05);
    moments(w, slot[D_POISSON], &mean, &sd);
    assert_near(mean, 3.5, 0.05), assert_near(sd, pm_sqrt(3.5), 0.05);
    moments(w, slot[D_CHANCE], &mean, &sd);
    assert_near(mean, 0.3, 0.015);
    assert_int_equal(w->failure[0].kind, FAIL_NONE);
}

TEST(start_takes_medians)
{
    UNUSED_STATE;
    uint32_t slot[D_KINDS];
    struct world *w = all_draws(3, false, slot);
    assert_true(world_get(w, slot[D_NORMAL], 2) == 2);
    assert_true(world_get(w, slot[D_UNIFORM], 2) == 1);
    assert_near(world_get(w, slot[D_TRIANGULAR], 2), 4 - pm_sqrt(0.5 * 4 * 3), 1e-12);
    assert_near(world_get(w, slot[D_LOGNORMAL], 2), 2, 1e-15);
    assert_true(world_get(w, slot[D_POISSON], 2) == 3);
    assert_true(world_get(w, slot[D_CHANCE], 2) == 0);
    assert_false(w->median);
    assert_true(engine_unit(w, 0, 1, 0) != 0.5);
    w->median = true;
    assert_true(engine_unit(w, 0, 1, 0) == 0.5 && engine_normal(w, 0, 1, 0) == 0);
}

TEST(a_lane_has_the_same_bits_in_any_company)
{
    UNUSED_STATE;
    static const int counts[] = {7, 64, 1000};
    for (int step = 0; step < 2; step++)
        for (int n = 0; n < 3; n++) {
            uint32_t slot[D_KINDS];
            struct arena_mark mark = arena_mark(&arena);
            struct world *many = all_draws(counts[n], step == 1, slot);
            for (int turn = 0; turn < 3; turn++)
                engine_turn_draws(many), engine_run_turn(many, NULL);
            for (int l = 0; l < counts[n]; l += 1 + counts[n] / 9) {
                struct world *one = world_new(&arena, many->program, 1);
                keys(one, 7, (uint64_t)l);
                engine_parameters_at_value(one);
                engine_start(one);
                for (int turn = 0; turn < 3; turn++)
                    engine_turn_draws(one), engine_run_turn(one, NULL);
                assert_true(engine_hash(one, 0) == engine_hash(many, l));
            }
            assert_true(engine_hash(many, 0) != engine_hash(many, 1));
            arena_reset(&arena, mark);
        }
}

TEST(each_turn_and_each_step_draws_anew)
{
    UNUSED_STATE;
    uint32_t slot[D_KINDS];
    for (int step = 0; step < 2; step++) {
        struct world *w = all_draws(1, step == 1, slot);
        double seen[3];
        for (int turn = 0; turn < 3; turn++) {
            engine_turn_draws(w), engine_run_turn(w, NULL);
            seen[turn] = world_get(w, slot[D_NORMAL], 0);
            assert_true(turn == 0 || seen[turn] != seen[turn - 1]);
        }
        double mine = 2 + 3 * engine_normal(w, 0, text_hash("draw:n"), step == 1 ? 2 * 4 + 3 : 2);
        assert_true(seen[2] == mine);
    }
}

TEST(a_count_with_an_impossible_mean_fails)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t a = build_work(&b, 1), s = build_stream(&b, "s", false);
    build_block(&b, BLOCK_AUX);
    uint32_t d = build_op(&b, OP_POISSON, a, s);
    struct world *w = world_new(&arena, build_program(&b), 4);
    keys(w, 1, 0);
    world_slot(w, a)[0] = -1, world_slot(w, a)[1] = 701, world_slot(w, a)[2] = 700, world_slot(w, a)[3] = 0;
    engine_aux(w);
    assert_int_equal(w->failure[0].kind, FAIL_DRAW);
    assert_int_equal(w->failure[1].kind, FAIL_DRAW);
    assert_int_equal(w->failure[2].kind, FAIL_NONE);
    assert_near(world_get(w, d, 2), 700, 150);
    assert_true(world_get(w, d, 3) == 0);
}

static double quantile(const struct world *w, uint32_t slot, double at)
{
    int below = 0;
    for (int l = 0; l < w->lanes; l++)
        below += world_get(w, slot, l) < at;
    return (double)below / w->lanes;
}

TEST(parameters_fill_their_ranges)
{
    UNUSED_STATE;
    build_begin(&b, &arena);
    uint32_t t = build_parameter(&b, "t", PRIOR_TRIANGULAR, (struct parameter_element){52.5, 45, 90});
    uint32_t u = build_parameter(&b, "u", PRIOR_UNIFORM, (struct parameter_element){1, 0, 4});
    uint32_t n = build_parameter(&b, "n", PRIOR_NORMAL, (struct parameter_element){10, 5, 15});
    uint32_t g = build_parameter(&b, "g", PRIOR_LOGNORMAL, (struct parameter_element){1, 0.5, 2});
    uint32_t k = build_parameter(&b, "k", PRIOR_NONE, (struct parameter_element){42, 0, 0});
    struct world *w = world_new(&arena, build_program(&b), MANY);
    keys(w, 3, 0);
    engine_draw_parameters(w);
    double mean, sd;
    moments(w, t, &mean, &sd);
    assert_near(mean, (52.5 + 45 + 90) / 3, 0.3);
    assert_near(quantile(w, t, 45), 0, 0), assert_near(quantile(w, t, 90), 1, 0);
    assert_near(quantile(w, u, 1), 0.25, 0.015);
    assert_near(quantile(w, n, 5), 0.05, 0.007), assert_near(quantile(w, n, 15), 0.95, 0.007);
    assert_near(quantile(w, g, 0.5), 0.05, 0.007), assert_near(quantile(w, g, 1), 0.5, 0.015), assert_near(quantile(w, g, 2), 0.95, 0.007);
    assert_true(world_get(w, k, MANY - 1) == 42);
    engine_parameters_at_value(w);
    assert_true(world_get(w, t, 5) == 52.5 && world_get(w, g, 5) == 1);
}

TEST(parameters_drawn_together_share_their_luck)
{
    UNUSED_STATE;
    static const char *const good[] = {"coal", "iron"};
    static const struct parameter_element e[] = {{1, 0, 2}, {10, 0, 20}};
    for (int together = 0; together < 2; together++) {
        build_begin(&b, &arena);
        build_set(&b, "good", 2, good);
        uint32_t x = build_parameter(&b, "x", PRIOR_UNIFORM, e[0]);
        b.parameter[0].count = 2, b.parameter[0].dims = 1, b.parameter[0].element = e, b.parameter[0].together = together;
        const struct program *p = build_program(&b);
        assert_null(program_verify(p));
        struct world *w = world_new(&arena, p, 8);
        keys(w, 3, 0);
        engine_draw_parameters(w);
        for (int l = 0; l < 8; l++) {
            double first = world_get(w, x, l), second = world_get(w, x + 1, l) / 10;
            assert_true(together ? first - second < 1e-12 && second - first < 1e-12 : first - second > 1e-6 || second - first > 1e-6);
        }
    }
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(draws_follow_their_distributions),
        RUN(start_takes_medians),
        RUN(a_lane_has_the_same_bits_in_any_company),
        RUN(each_turn_and_each_step_draws_anew),
        RUN(a_count_with_an_impossible_mean_fails),
        RUN(parameters_fill_their_ranges),
        RUN(parameters_drawn_together_share_their_luck),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
