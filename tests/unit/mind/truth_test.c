/* tests/unit/mind/truth_test.c — a persona chooses by what its seat sees: another truth under what is hidden from it changes nothing that it says or
 * does. And what it cares for, how far it looks and how exact it is can be seen in what it does. */
#include "game/table.h"
#include "game/game_private.h"
#include "mind/mind.h"

enum { GAMES = 4, ROWS = 64 };
static struct test_table t;
static struct persona persona[2];
static double cares[2][2];

/* a lives by x, b by z; a can push x or give to z, b can help x at a price. What b has of z, and y, a never sees. */
static int fresh(void **state)
{
    (void)state;
    table_begin(&t);
    struct build *b = &t.b;
    struct move *push = table_move(&t, "push", 0, -1), *gift = table_move(&t, "gift", 0, -1), *help = table_move(&t, "help", 1, -1);
    table_add(&t, &push->effects, table_effect(&t, TABLE_X, EFFECT_ADD, -1));
    table_add(&t, &push->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, -1));
    table_add(&t, &gift->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 6));
    table_add(&t, &gift->effects, table_effect(&t, TABLE_X, EFFECT_ADD, -2));
    table_add(&t, &help->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 7));
    table_add(&t, &help->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, -2));
    t.goal[0][0].score = table_code(&t, OP_MUL, table_slot(&t, TABLE_X), table_constant(&t, 0.5));      /* scores end at 100 */
    for (int s = 0; s < 2; s++) {
        cares[s][0] = 1;
        persona[s] = (struct persona){.name = "keen", .title = "Keen", .cares = cares[s], .patience = 3, .precision = 4};
        b->seat[s].persona = &persona[s];
        b->seat[s].personas = 1;
    }
    t.seen[TABLE_Y * 2].kind = t.seen[TABLE_Z * 2].kind = SEEN_NONE;
    b->p.dialogue = (struct dialogue){.given = true, .trust = -1, .audience = -1, .credibility = -1, .in_public = 1, .backchannel = 1, .tolerance = 0.15,
                                      .breaches = build_state(b, "breaches", 4), .deals = build_state(b, "deals", 4), .numbered = build_state(b, "numbered", 1),
                                      .monitors = build_state(b, "monitors", MOST_MONITORS * MONITOR_SLOTS)};
    build_program(b);
    return 0;
}

static int gone(void **state) { (void)state; table_done(&t); return 0; }

/* What a says, plans and gives as its reasons over a game, as text. hidden: the truth of z; offered: b puts this before it in the first turn. */
static const char *game_of_a(uint64_t seed, double hidden, const char *offered)
{
    struct mind *m = mind_new(&t.arena, &t.b.p, 0, 0, seed);
    const struct seat_ops *const ops[2] = {&mind_ops, NULL};
    void *const self[2] = {m, NULL};
    const char *error;
    struct text said;
    struct game *g = game_open(&t.arena, &t.b.p, &(struct game_options){.seed = seed, .opening = -1, .ops = ops, .self = self}, &error);
    assert_non_null(g);
    *sim_at(g->live, table_slot(&t, TABLE_Z), 0) = hidden;
    *sim_at(g->live, table_slot(&t, TABLE_Y), 0) = hidden > 50 ? 0.9 : 0.2;
    text_init(&said, &t.arena);
    if (offered) {
        struct proposal q;
        int number;
        assert_null(proposal_parse(&t.b.p, &t.arena, (struct proposal_place){1, 0}, offered, &q, NULL));
        table_begin_turn(g);
        g->talking = true;
        assert_null(table_say(&g->view[1], &t.arena, &(struct say){.kind = SAY_PROPOSE, .proposal = &q}, &number));
        text_addf(&said, "%s %s\n", bargain_state_word[view_bargain(&g->view[0], number)->state], mind_reason(m));
        return said.at;
    }
    while (game_turn(g) == TURN_PLAYED)
        text_addf(&said, "%s\n", mind_reason(m));
    for (int i = 0; i < game_journal_rows(g); i++) {
        const struct journal_row row = game_journal_row(g, i);
        if (strcmp(row.kind, "say") == 0 || strcmp(row.kind, "plan") == 0)
            text_addf(&said, "%d %s\n", row.turn, row.text);
    }
    return said.at;
}

TEST(a_hidden_truth_changes_nothing_that_is_proposed_planned_or_given_as_a_reason)
{
    UNUSED_STATE;
    int proposed = 0;
    for (uint64_t seed = 1; seed <= GAMES; seed++) {
        const char *one = game_of_a(seed, 0, NULL), *other = game_of_a(seed, 90, NULL);
        assert_string_equal(one, other);
        proposed += strstr(one, "offer") != NULL || strstr(one, "ask") != NULL;
    }
    assert_true(proposed > 0);
}

TEST(nor_how_a_proposal_is_answered)
{
    UNUSED_STATE;
    for (uint64_t seed = 1; seed <= GAMES; seed++) {
        const char *one = game_of_a(seed, 0, "offer a: b will help by T2; a will gift by T2");
        assert_string_equal(one, game_of_a(seed, 90, "offer a: b will help by T2; a will gift by T2"));
        assert_true(text_starts(one, "agreed") || strstr(one, "refused") || strstr(one, "countered"));
    }
}

static int accepted(const char *offered)
{
    int n = 0;
    for (uint64_t seed = 1; seed <= 3 * GAMES; seed++)
        n += text_starts(game_of_a(seed, 0, offered), "agreed");
    return n;
}

/* Keeping both promises is worth 2.5 points to a. */
TEST(what_is_worth_it_is_accepted_and_precision_says_how_surely)
{
    UNUSED_STATE;
    assert_int_equal(accepted("offer a: b will help by T2; a will gift by T2"), 3 * GAMES);
    assert_int_equal(accepted("offer a: a will gift by T2; b will not help until T5"), 0);
    persona[0].precision = 0;
    assert_in_range(accepted("offer a: b will help by T2; a will gift by T2"), 2, 3 * GAMES - 2);       /* a coin is tossed */
}

TEST(what_it_does_not_care_for_is_worth_nothing_to_it)
{
    UNUSED_STATE;
    t.goal[0][1] = (struct goal){.name = "kind", .title = "Kind", .weight = 1, .score = {-1, table_slot(&t, TABLE_Z)}};
    t.b.seat[0].goals = 2;
    cares[0][0] = 0, cares[0][1] = 1;
    const char *who_cares = game_of_a(1, 0, "offer a: a will gift by T2; b will not help until T5");
    assert_true(text_starts(who_cares, "agreed"));
    cares[0][0] = 1, cares[0][1] = 0;
    assert_false(text_starts(game_of_a(1, 0, "offer a: a will gift by T2; b will not help until T5"), "agreed"));
}

TEST(who_looks_no_further_than_this_turn_does_not_see_what_comes_later)
{
    UNUSED_STATE;
    const char *later = "offer a: b will help by T3; a will gift by T5";
    t.b.move[2].effects.count = 0;                      /* the help does nothing now … */
    table_add(&t, &t.b.move[2].effects, table_later(&t, table_effect(&t, TABLE_X, EFFECT_ADD, 9), 2, 1, 0));
    build_program(&t.b);
    persona[0].patience = 5;
    assert_true(strstr(game_of_a(1, 0, later), "agreed") != NULL);
    persona[0].patience = 1;
    assert_true(strstr(game_of_a(1, 0, later), "agreed") == NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        T(a_hidden_truth_changes_nothing_that_is_proposed_planned_or_given_as_a_reason), T(nor_how_a_proposal_is_answered),
        T(what_is_worth_it_is_accepted_and_precision_says_how_surely), T(what_it_does_not_care_for_is_worth_nothing_to_it),
        T(who_looks_no_further_than_this_turn_does_not_see_what_comes_later)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
