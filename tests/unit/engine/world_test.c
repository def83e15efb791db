/* tests/unit/engine/world_test.c — copying and hashing lanes, and the check of the machine. */
#include "unit.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include "base/panic.h"
#include "engine/build.h"
#include "engine/world.h"

static struct arena arena;
static struct build b;

static struct world *counting(int lanes, uint32_t *x)
{
    build_begin(&b, &arena);
    uint32_t one = build_constant(&b, 1);
    build_block(&b, BLOCK_START);
    *x = build_stock(&b, "x", one);
    b.stock[0].rate = *x;
    struct world *w = world_new(&arena, build_program(&b), lanes);
    engine_parameters_at_value(w);
    engine_start(w);
    return w;
}

TEST(a_copied_lane_goes_on_as_the_one_it_came_from)
{
    UNUSED_STATE;
    uint32_t x;
    struct world *w = counting(3, &x);
    world_slot(w, x)[1] = 5;
    engine_run_turn(w, NULL);
    struct world *fork = world_new(&arena, w->program, 100);
    world_copy_lane(fork, 97, w, 1);
    assert_true(engine_hash(fork, 97) == engine_hash(w, 1));
    assert_int_equal(fork->turn, 1);
    engine_aux(fork);
    engine_run_turn(fork, NULL);
    engine_run_turn(w, NULL);
    assert_true(engine_hash(fork, 97) == engine_hash(w, 1));
    assert_true(engine_hash(w, 0) != engine_hash(w, 1));
}

TEST(hash_knows_no_sign_of_zero_nor_kinds_of_nan)
{
    UNUSED_STATE;
    uint32_t x;
    struct world *w = counting(2, &x);
    world_slot(w, x)[0] = 0.0, world_slot(w, x)[1] = -0.0;
    assert_true(engine_hash(w, 0) == engine_hash(w, 1));
    world_slot(w, x)[0] = __builtin_nan(""), world_slot(w, x)[1] = -__builtin_nan("");
    assert_true(engine_hash(w, 0) == engine_hash(w, 1));
    world_slot(w, x)[1] = 1;
    assert_true(engine_hash(w, 0) != engine_hash(w, 1));
}

TEST(memory_is_as_announced)
{
    UNUSED_STATE;
    uint32_t x;
    struct world *w = counting(1, &x);
    size_t before = arena.used;
    world_new(&arena, w->program, 1000);
    size_t used = arena.used - before, said = world_bytes(w->program, 1000);
    assert_true(used >= said && used < said + 16384);
}

/* What malloc has given out, where the C library says so. */
static size_t given_out(void)
{
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    return mallinfo2().uordblks;
#else
    return 0;
#endif
}

TEST(nothing_is_allocated_after_a_world_is_made)
{
    UNUSED_STATE;
    uint32_t x;
    struct world *w = counting(200, &x), *fork = world_new(&arena, w->program, 3);
    size_t used = arena.used, given = given_out();
    engine_draw_parameters(w);
    engine_start(w);
    for (int t = 0; t < 5; t++) {
        engine_turn_keep(w);
        engine_turn_draws(w);
        engine_run_turn(w, NULL);
        engine_aux(w);
        engine_hash(w, 7);
        world_copy_lane(fork, 1, w, 5);
    }
    assert_true(arena.used == used && given_out() == given);
}

TEST(starting_again_begins_anew)
{
    UNUSED_STATE;
    uint32_t x;
    struct world *w = counting(2, &x);
    uint64_t first = engine_hash(w, 0);
    engine_run_turn(w, NULL);
    w->failure[0].kind = FAIL_DIVIDE;
    assert_true(engine_hash(w, 0) != first);
    engine_start(w);
    assert_true(engine_hash(w, 0) == first && w->failure[0].kind == FAIL_NONE && w->turn == 0);
}

TEST(this_machine_gives_the_known_bits)
{
    UNUSED_STATE;
    const char *wrong = engine_self_check();
    if (wrong)
        fail_msg("%s", wrong);
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(a_copied_lane_goes_on_as_the_one_it_came_from),
        RUN(hash_knows_no_sign_of_zero_nor_kinds_of_nan),
        RUN(memory_is_as_announced),
        RUN(nothing_is_allocated_after_a_world_is_made),
        RUN(starting_again_begins_anew),
        RUN(this_machine_gives_the_known_bits),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
