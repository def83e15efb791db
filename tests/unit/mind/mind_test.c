/* tests/unit/mind/mind_test.c — a persona does what its own valuation says, by script or by looking ahead, the same every time. */
#include "unit.h"
#include "heap.h"
#include "mind/mind.h"

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

struct seated { struct game *game; struct mind *keeper; };

static struct seated open_table(const struct program *p, int persona, uint64_t seed)
{
    const struct seat_ops **ops = ARENA_ARRAY(&arena, 2, const struct seat_ops *);
    void **self = ARENA_ARRAY(&arena, 2, void *);
    const char **who = ARENA_ARRAY(&arena, 2, const char *), *error = NULL;
    for (int s = 0; s < 2; s++) {
        ops[s] = &mind_ops;
        self[s] = mind_new(&arena, p, s, s == 0 ? persona : -1, seed);
        who[s] = mind_title(self[s]);
    }
    struct game_options o = {.seed = 1, .opening = -1, .at_value = true, .ops = ops, .self = self, .who = who};
    struct game *g = game_open(&arena, p, &o, &error);
    assert_non_null(g);
    return (struct seated){g, self[0]};
}

static double heap_now(const struct seated *t)
{
    const struct view *v = game_view(t->game, 0);
    return view_value(v, 0, 0, view_turn(v)).value;
}

TEST(looking_ahead_takes_what_pays)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct seated t = open_table(&p, 0, 1);
    assert_int_equal(game_turn(t.game), TURN_PLAYED);
    assert_true(heap_now(&t) > 98.99 && heap_now(&t) < 99.01);          /* it refilled: (100 + 10) * 0.9 */
    const char *why = mind_reason(t.keeper);
    assert_non_null(strstr(why, "Chose '"));
    assert_non_null(strstr(why, "Put ten more on the heap': worth "));
    assert_non_null(strstr(why, " to it 2 turns ahead, against "));
    assert_non_null(strstr(why, " for holding. It tried 2 things"));
}

TEST(a_script_does_its_first_line_that_can_be_done)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct seated t = open_table(&p, 1, 1);
    assert_string_equal(mind_title(t.keeper), "The busy one");
    assert_int_equal(game_turn(t.game), TURN_PLAYED);
    assert_true(heap_now(&t) > 98.99 && heap_now(&t) < 99.01);
    assert_non_null(strstr(mind_reason(t.keeper), "script"));
}

TEST(the_same_seed_gives_the_same_game)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    static const struct persona erratic[] = {{.name = "erratic", .cares = heap_cares, .patience = 3, .precision = 0.01}};
    static struct seat seats[2];
    memcpy(seats, heap_seat, sizeof seats);
    seats[0].persona = erratic;
    seats[0].personas = 1;
    p.seat = seats;
    for (uint64_t seed = 1; seed < 6; seed++) {
        struct seated one = open_table(&p, 0, seed), two = open_table(&p, 0, seed);
        enum turn_end end;
        do {
            end = game_turn(one.game);
            assert_int_equal(game_turn(two.game), end);
            assert_string_equal(mind_reason(one.keeper), mind_reason(two.keeper));
            assert_true(heap_now(&one) == heap_now(&two));
        } while (end == TURN_PLAYED);
        assert_int_equal(end, TURN_OVER);
    }
}

TEST(who_cares_little_tries_everything)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    static const struct persona erratic[] = {{.name = "erratic", .cares = heap_cares, .patience = 2, .precision = 0}};
    static struct seat seats[2];
    memcpy(seats, heap_seat, sizeof seats);
    seats[0].persona = erratic;
    seats[0].personas = 1;
    p.seat = seats;
    int refilled = 0, games = 40;
    for (int i = 0; i < games; i++) {
        struct seated t = open_table(&p, 0, (uint64_t)i + 1);
        game_turn(t.game);
        refilled += heap_now(&t) > 95;
    }
    assert_in_range(refilled, 8, 32);           /* at precision 0 a coin is tossed */
    struct seated best = open_table(&p, 0, 1);
    mind_take_best(best.keeper, true);
    game_turn(best.game);
    assert_true(heap_now(&best) > 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(looking_ahead_takes_what_pays), RUN(a_script_does_its_first_line_that_can_be_done),
                                       RUN(the_same_seed_gives_the_same_game), RUN(who_cares_little_tries_everything)};
    return cmocka_run_group_tests(tests, fresh, gone);
}
