/* tests/unit/lang/inputs_test.c — what pages are told of equations must hold in every world: a wrong way would teach the opposite. */
#include "unit.h"

#include <math.h>

#include "base/arena.h"
#include "base/diag.h"
#include "lang/compile.h"

static struct arena arena;
static struct diags found;
static const struct program *p;

static int begin(void **state_)
{
    UNUSED_STATE;
    static const char text[] =
        "demarche: 1\nid: inputs\ntitle: Inputs\ntime: {start: 2017-02, turn: 1 month, turns: 3}\n"
        "sets: {good: [coal, fish]}\n"
        "parameters:\n"
        "  size: {value: 0.2, range: [0.1, 0.3], judgement: ours}\n"
        "  weight[good]: {value: {coal: 0.1, fish: 0.4}, judgement: ours}\n"
        "  curve: {table: [[0, 5], [1, 2], [2, 1]], judgement: ours}\n"
        "quantities:\n"
        "  tension: {title: Tension, start: 0.5, change: \"-0.1 * (tension - 0.2) + size * trade\", floor: 0, ceiling: 1, judgement: ours}\n"
        "  caught[good]: {title: Caught, unit: kt, start: 3, change: 0, floor: 0, judgement: ours}\n"
        "  trade: {title: Trade with Lagash, is: \"0.5 * (1 - level(ban, coal)) * (1 - tension)\"}\n"
        "  total: {title: Lagash and the rest, is: \"sum(caught[good] over good) - fuel\"}\n"
        "  fuel: {title: Fuel, unit: kt, is: \"caught[coal] * tension\"}\n"
        "  price: {title: Price, is: \"lookup(tension, curve) + (if threatened(ban) then 1 else 0)\"}\n"
        "  odd: {title: Odd, is: \"if tension > 0.5 then trade else price\"}\n"
        "seats:\n"
        "  us: {name: Uruk, budget: {per_turn: 1}, goals: {calm: {weight: 1, score: 100 * (1 - tension)}}}\n"
        "moves:\n"
        "  ban:\n    seat: us\n    measure: {settings: {on: 1}}\n    target: good\n    cost: 1\n    judgement: ours\n"
        "    effects: {tension: {push: \"weight[good] * (1 - tension)\"}, \"caught[coal]\": {add: -2}}\n"
        "  talk: {seat: us, cost: 1, judgement: ours, effects: {tension: {push: -0.5 * size}}}\n";
    arena_init(&arena, "test");
    diags_init(&found, &arena);
    const struct reading reading = {.root = read_yaml(&arena, &found, "x.yaml", text, sizeof text - 1), .folder = ".", .path = "x.yaml", .whole = "", .whole_length = 0};
    p = reading.root != NULL ? lang_compile(&arena, &found, &reading) : NULL;
    if (p == NULL)
        fail_msg("%s", found.found.count > 0 ? found.found.at[0].text : "nothing was read");
    return 0;
}

static int end(void **state_)
{
    UNUSED_STATE;
    arena_done(&arena);
    return 0;
}

static struct inputs from(const char *name) { return quantity_from(&p->quantity[program_quantity(p, name)], 0); }

static int way(struct inputs in, const char *name)
{
    for (int i = 0; i < in.count; i++)
        if (in.at[i].quantity == program_quantity(p, name))
            return in.at[i].way;
    fail_msg("%s is not among them", name);
    return 9;
}

TEST(the_way_of_an_equation_is_known_where_it_holds_everywhere)
{
    UNUSED_STATE;
    assert_int_equal(way(from("trade"), "tension"), -1);
    assert_int_equal(way(from("fuel"), "tension"), 1);
    assert_int_equal(way(from("fuel"), "caught"), 1);
    assert_int_equal(way(from("price"), "tension"), -1);
    assert_int_equal(way(from("odd"), "tension"), 0);
    assert_int_equal(way(from("odd"), "trade"), 1);
    assert_int_equal(way(from("tension"), "trade"), 1);
    assert_int_equal(way(from("tension"), "tension"), -1);
    assert_int_equal(way(p->seat[0].goal[0].from, "tension"), -1);
}

TEST(a_plain_sum_lists_its_parts_with_their_signs)
{
    UNUSED_STATE;
    struct inputs const in = from("total");
    assert_true(in.sum);
    assert_int_equal(in.count, 3);
    assert_int_equal(in.at[0].element, 0);
    assert_int_equal(in.at[1].element, 1);
    assert_int_equal(in.at[1].way, 1);
    assert_int_equal(in.at[2].quantity, program_quantity(p, "fuel"));
    assert_int_equal(in.at[2].way, -1);
    assert_false(from("fuel").sum);
}

TEST(a_move_knows_the_equations_that_read_it)
{
    UNUSED_STATE;
    const struct move *const m = &p->move[program_move(p, "ban")];
    assert_int_equal(m->bearings, 2);
    assert_int_equal(m->bearing[0].quantity, program_quantity(p, "trade"));
    assert_int_equal(m->bearing[0].reads, BEARS_FORCE);
    assert_int_equal(m->bearing[1].quantity, program_quantity(p, "price"));
    assert_int_equal(m->bearing[1].reads, BEARS_THREAT);
    assert_int_equal(p->move[program_move(p, "talk")].bearings, 0);
}

static void near(double x, double wanted) { assert_true(fabs(x - wanted) < 1e-12); }

TEST(an_effect_lies_between_what_any_world_allows)
{
    UNUSED_STATE;
    const struct effect *const e = p->move[program_move(p, "ban")].effects.at;
    near(e[0].least, 0);
    near(e[0].most, 0.4);
    assert_true(e[0].by_target);
    assert_false(e[0].about);
    assert_int_equal(way(e[0].from, "tension"), -1);
    near(e[1].least, -2);
    near(e[1].most, -2);
    const struct effect *const talk = p->move[program_move(p, "talk")].effects.at;
    near(talk->least, -0.1);
    near(talk->most, -0.1);
    assert_true(talk->about);
}

TEST(the_terms_of_a_change_are_words_and_no_formula)
{
    UNUSED_STATE;
    const struct stock_element *const s = p->quantity[program_quantity(p, "tension")].stock;
    assert_int_equal(s->terms, 2);
    assert_string_equal(s->term[0].text, "its own drift back");
    assert_string_equal(s->term[1].text, "from trade with Lagash");
}

TEST(names_keep_their_great_letter_within_a_sentence)
{
    UNUSED_STATE;
    assert_string_equal(program_inside(p, &arena, "Lagash and the rest"), "Lagash and the rest");
    assert_string_equal(program_inside(p, &arena, "Lagash's trade"), "Lagash's trade");
    assert_string_equal(program_inside(p, &arena, "Trade with Lagash"), "trade with Lagash");
    assert_string_equal(program_inside(p, &arena, "UN texts"), "UN texts");
    assert_string_equal(program_words(p, &arena, "in_lagash_now"), "in Lagash now");
}

TEST(scales_are_told_from_other_numbers)
{
    UNUSED_STATE;
    assert_true(p->quantity[program_quantity(p, "tension")].scale);
    assert_false(p->quantity[program_quantity(p, "caught")].scale);
    assert_false(p->quantity[program_quantity(p, "price")].scale);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(the_way_of_an_equation_is_known_where_it_holds_everywhere), T(a_plain_sum_lists_its_parts_with_their_signs), T(a_move_knows_the_equations_that_read_it),
        T(an_effect_lies_between_what_any_world_allows), T(the_terms_of_a_change_are_words_and_no_formula), T(names_keep_their_great_letter_within_a_sentence),
        T(scales_are_told_from_other_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
