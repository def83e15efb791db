/* tests/unit/lab/attribution_test.c — shares are Shapley values of what was replayed, and they add up. */
#include "unit.h"

#include <math.h>

#include "base/rng.h"
#include "lab/lab.h"

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

static bool near(double a, double b) { return fabs(a - b) < 1e-9 * (1 + fabs(a) + fabs(b)); }

/* --- shares from values -------------------------------------------------------------------------------------------------- */

enum { MOST = 6, FACTORIAL_MOST = 720 };

static void random_values(struct rng *r, int players, double *value)
{
    for (int set = 0; set < 1 << players; set++)
        value[set] = 200 * rng_unit(r) - 100;
}

/* Every order of so many players, each once. */
static int all_orders(int players, int (*order)[MOST])
{
    int count = 0, digit[MOST] = {0};
    for (;;) {
        bool used[MOST] = {false};
        bool fine = true;
        for (int i = 0; i < players; i++) {
            fine = fine && !used[digit[i]];
            used[digit[i]] = true;
        }
        if (fine)
            memcpy(order[count++], digit, sizeof digit);
        int at = 0;
        while (at < players && ++digit[at] == players)
            digit[at++] = 0;
        if (at == players)
            return count;
    }
}

static void by_all_orders(int players, const double *value, double *share)
{
    static int order[FACTORIAL_MOST][MOST];
    const int count = all_orders(players, order);
    for (int i = 0; i < players; i++)
        share[i] = 0;
    for (int o = 0; o < count; o++)
        for (int k = 0, set = 0; k < players; k++) {
            const int player = order[o][k], with = set | 1 << player;
            share[player] += (value[with] - value[set]) / count;
            set = with;
        }
}

TEST(shares_are_averages_over_all_orders)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(1, 0, 1, 0));
    for (int game = 0; game < 40; game++) {
        const int players = 1 + game % MOST;
        double value[1 << MOST], share[MOST], want[MOST], sum = 0;
        random_values(&r, players, value);
        lab_shapley(players, value, share);
        by_all_orders(players, value, want);
        for (int i = 0; i < players; i++) {
            assert_true(near(share[i], want[i]));
            sum += share[i];
        }
        assert_true(near(sum, value[(1 << players) - 1] - value[0]));
    }
}

TEST(a_hand_made_game_has_the_shares_of_the_textbook)
{
    UNUSED_STATE;
    const double glove[8] = {[3] = 1, [5] = 1, [7] = 1};        /* one left glove, two right ones: 4/6, 1/6, 1/6 */
    double share[3];
    lab_shapley(3, glove, share);
    assert_true(near(share[0], 4.0 / 6) && near(share[1], 1.0 / 6) && near(share[2], 1.0 / 6));
}

TEST(equals_get_equal_shares_and_who_changes_nothing_gets_none)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(2, 0, 1, 0));
    double value[16], share[4];
    for (int set = 0; set < 16; set++)
        value[set] = 100 * rng_unit(&r);
    for (int set = 0; set < 16; set++) {
        if ((set & 3) == 2)
            value[set] = value[set ^ 3];                        /* players 0 and 1 alike */
        if (set & 8)
            value[set] = value[set ^ 8];                        /* player 3 changes nothing */
    }
    lab_shapley(4, value, share);
    assert_true(near(share[0], share[1]));
    assert_false(share[3] < 0 || share[3] > 0);
}

TEST(all_orders_as_the_sample_give_the_exact_shares)
{
    UNUSED_STATE;
    enum { N = 4, ORDERS = 24 };
    static int order[FACTORIAL_MOST][MOST];
    struct rng r = rng_at(rng_key(3, 0, 1, 0));
    double value[1 << N], want[N], share[N], error[N], at[ORDERS * (N + 1)];
    uint16_t place[ORDERS * N];
    int used = 0;
    random_values(&r, N, value);
    assert_int_equal(all_orders(N, order), ORDERS);
    for (int o = 0; o < ORDERS; o++) {
        if (order[o][0] > order[o][N - 1])
            continue;                                           /* it is the other way round of another */
        for (int back = 0; back < 2; back++, used++)
            for (int k = 0, set = 0; k <= N; k++) {
                at[used * (N + 1) + k] = value[set];
                if (k == N)
                    break;
                const int player = order[o][back ? N - 1 - k : k];
                place[used * N + player] = (uint16_t)k;
                set |= 1 << player;
            }
    }
    assert_int_equal(used, ORDERS);
    lab_shapley(N, value, want);
    lab_shapley_sampled(N, ORDERS, place, at, share, error);
    for (int i = 0; i < N; i++)
        assert_true(near(share[i], want[i]) && error[i] > 0);
}

TEST(rounded_shares_add_up_to_the_rounded_difference)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(4, 0, 1, 0));
    for (int game = 0; game < 500; game++) {
        double share[7], happened = 0;
        long long shown[7], sum = 0;
        const double nothing = pow(10, 8 * rng_unit(&r) - 4), size = pow(10, 8 * rng_unit(&r) - 4);
        happened = nothing;
        for (int i = 0; i < 7; i++)
            happened += share[i] = size * (rng_unit(&r) - 0.5);
        struct shown_shares s = {.share = shown};
        lab_round_shares(7, share, happened, nothing, &s);
        for (int i = 0; i < 7; i++)
            sum += shown[i];
        assert_true(sum == s.happened - s.nothing);
        assert_in_range(s.decimals, 0, 12);
    }
    const double thirds[3] = {1.0 / 3, 1.0 / 3, 1.0 / 3 + 1e-6};
    long long shown[3];
    struct shown_shares s = {.share = shown};
    lab_round_shares(3, thirds, 11, 10, &s);
    assert_int_equal(s.decimals, 2);
    assert_true(shown[0] == 33 && shown[1] == 33 && shown[2] == 34);
}

/* --- replays ------------------------------------------------------------------------------------------------------------------ */

/* A pile of 100 loses a tenth a turn. Two seats have six moves each: on the pile they add 10, add 10 again, scale it by 1.5, set it to
 * 50, push it towards 200 by a third, or do nothing at all. The first move of the second seat waits until the first seat's first has been
 * done. */
enum { SEATS = 2, EACH = 6, MOVES = SEATS * EACH, TURNS = 4 };
enum {
    ZERO, HUNDRED, TENTH, TEN, HALF_MORE, FIFTY, THIRD, TIME, TURN, MONTH, STEP, TURN_START, PILE, DOOR, BUDGET_A, BUDGET_B, STATES,
    LOST = STATES + MOVES * MOVE_SLOTS, CHANGE, TARGET, SLOTS
};
enum { CONSTANTS = TIME };
static const double constant[CONSTANTS] = {0, 100, 0.1, 10, 1.5, 50, 1.0 / 3};
static const struct instr code[] = {
    {.op = OP_COPY, .d = PILE, .a = HUNDRED, .guard = NO_SLOT},
    {.op = OP_COPY, .d = DOOR, .a = ZERO, .guard = NO_SLOT},
    {.op = OP_MUL, .d = LOST, .a = TENTH, .b = PILE, .guard = NO_SLOT},
    {.op = OP_NEG, .d = CHANGE, .a = LOST, .guard = NO_SLOT},
};
static const struct block blocks[BLOCK_FIXED] = {[BLOCK_START] = {0, 2}, [BLOCK_CHANGE] = {2, 2}};
static const struct term term[] = {{"-pile / 10", CHANGE}};
static const struct stock_element pile_stock[] = {{NO_SLOT, NO_SLOT, CHANGE, term, 1}}, door_stock[] = {{NO_SLOT, NO_SLOT, ZERO, NULL, 0}};
static const struct seen seen[SEATS];
static const struct quantity quantity[] = {
    {.name = "pile", .kind = Q_STOCK, .count = 1, .first = PILE, .mean = NO_SLOT, .seen = seen, .good_for = -1, .stock = pile_stock, .evidence = {.source = -1}},
    {.name = "door", .kind = Q_STOCK, .count = 1, .first = DOOR, .mean = NO_SLOT, .seen = seen, .good_for = -1, .stock = door_stock, .evidence = {.source = -1}},
};
#define EFFECT(o, q, v) {.op = o, .quantity = q, .value = {-1, v}, .when = {-1, NO_SLOT}, .over = 1, .ring = NO_SLOT, .back = NO_SLOT}
static const struct effect effect[EACH][2] = {
    {EFFECT(EFFECT_ADD, 0, TEN), EFFECT(EFFECT_SET, 1, TEN)}, {EFFECT(EFFECT_ADD, 0, TEN)}, {EFFECT(EFFECT_SCALE, 0, HALF_MORE)},
    {EFFECT(EFFECT_SET, 0, FIFTY)}, {EFFECT(EFFECT_PUSH, 0, THIRD)},
};
static const int effects_of[EACH] = {2, 1, 1, 1, 0, 0};
static const struct seat seat[SEATS] = {{.name = "left", .budget = NO_SLOT, .rows = 16}, {.name = "right", .budget = NO_SLOT, .rows = 16}};
static struct move move[MOVES];
static char move_name[MOVES][16];
static struct row all_rows[MOVES];

static struct program pile_program(const struct play *play)
{
    for (int i = 0; i < MOVES; i++) {
        const int kind = i % EACH;
        snprintf(move_name[i], sizeof move_name[i], "m%d", i);
        const struct verb_price none = {.cost = {-1, NO_SLOT}};
        move[i] = (struct move){.name = move_name[i], .seat = i / EACH, .target = -1, .targets = 1, .allowed = {-1, NO_SLOT}, .pick = {-1, NO_SLOT},
                                .cost = {-1, NO_SLOT}, .requires = {-1, i == EACH ? (uint32_t)DOOR : NO_SLOT}, .requires_said = "an open door",
                                .state = STATES + (uint32_t)i * MOVE_SLOTS, .ceiling = 1, .threat = none, .ease = none, .lift = none, .snapback = none,
                                .effects = {effect[kind], effects_of[kind]}, .outcome_stream = -1, .answers = -1, .detect_stream = -1,
                                .evidence = {.source = -1}};
        all_rows[i] = (struct row){ROW_DO, i, -1, -1, -1};
    }
    return (struct program){
        .id = "pile", .time = {TIME_NUMBER, 0, 1, TURNS, 1, ""}, .slots = SLOTS, .parameter_first = CONSTANTS, .state_first = TIME, .work_first = LOST,
        .constant = constant, .time_slot = TIME, .turn_slot = TURN, .month_slot = MONTH, .step_slot = STEP, .turn_start_slot = TURN_START,
        .target_slot = TARGET, .code = code, .code_count = sizeof code / sizeof *code, .block = blocks, .blocks = BLOCK_FIXED, .seat_set = -1,
        .quantity = quantity, .quantities = 2, .seat = seat, .seats = SEATS, .sealed = true, .move = move, .moves = MOVES, .play = play, .plays = 1};
}

/* A random play: each move of the list in some turns. */
struct script { struct play_turn turn[SEATS][TURNS]; struct row row[SEATS][TURNS][EACH]; struct play_seat seats[SEATS]; struct play play; };

static void random_script(struct script *s, struct rng *r, int each)
{
    memset(s, 0, sizeof *s);
    for (int k = 0; k < SEATS; k++) {
        for (int t = 0; t < TURNS; t++) {
            struct play_turn *turn = &s->turn[k][t];
            *turn = (struct play_turn){t, s->row[k][t], 0};
            for (int m = 0; m < each; m++)
                if (rng_below(r, 2))
                    s->row[k][t][turn->rows++] = (struct row){ROW_DO, k * EACH + m, -1, -1, -1};
        }
        s->seats[k] = (struct play_seat){.turn = s->turn[k], .turns = TURNS};
    }
    s->play = (struct play){.name = "random", .seat = s->seats};
}

static struct attribution attribute(const struct program *p, struct why_asked asked)
{
    struct attribution out;
    const char *error = NULL;
    if (asked.threads == 0)
        asked.threads = 1;
    asked.orders = 8;
    asked.median = true;
    assert_int_equal(lab_attribute(&arena, p, &asked, &out, &error), 0);
    return out;
}

static double sum_of(const struct attribution *w)
{
    double sum = 0;
    for (int i = 0; i < w->players; i++)
        sum += w->player[i].share;
    return sum;
}

TEST(sums_are_exact_on_random_plays)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(5, 0, 1, 0));
    for (int game = 0; game < 1000; game++) {
        const struct arena_mark mark = arena_mark(&arena);
        struct script s;
        random_script(&s, &r, game % 3 == 0 && game < 60 ? EACH : 1 + game % 4);
        const struct program p = pile_program(&s.play);
        const int from = game % 2, to = 2 + game % 2;
        const struct attribution w = attribute(&p, (struct why_asked){.from = from, .to = to, .by_seats = game % 5 == 4});
        assert_true(near(sum_of(&w), w.happened - w.nothing));
        long long shown = 0;
        for (int i = 0; i < w.players; i++)
            shown += w.shown.share[i];
        assert_true(shown == w.shown.happened - w.shown.nothing);
        assert_true(w.exact == (w.players <= EXACT_PLAYERS_MOST));
        for (int i = 0; i < w.players; i++)
            if (!w.player[i].rows || (w.player[i].move >= 0 && w.player[i].move % EACH >= 4))
                assert_false(w.player[i].share < 0 || w.player[i].share > 0);   /* it has no effect */
        arena_reset(&arena, mark);
    }
}

TEST(threads_do_not_show)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(6, 0, 1, 0));
    for (int game = 0; game < 4; game++) {
        struct script s;
        random_script(&s, &r, game < 2 ? EACH : 3);
        const struct program p = pile_program(&s.play);
        const struct attribution one = attribute(&p, (struct why_asked){.to = 3}), two = attribute(&p, (struct why_asked){.to = 3, .threads = 3});
        assert_int_equal(one.players, two.players);
        for (int i = 0; i < one.players; i++)
            assert_true(memcmp(&one.player[i].share, &two.player[i].share, sizeof(double)) == 0 &&
                        memcmp(&one.player[i].error, &two.player[i].error, sizeof(double)) == 0);
    }
}

/* Both seats add ten and scale in one turn: ((100 + what is added) scaled first) then a tenth is lost. */
TEST(alike_moves_have_like_shares)
{
    UNUSED_STATE;
    const struct row left[] = {{ROW_DO, 1, -1, -1, -1}, {ROW_DO, 2, -1, -1, -1}}, right[] = {{ROW_DO, EACH + 1, -1, -1, -1}, {ROW_DO, EACH + 2, -1, -1, -1}};
    const struct play_turn turns[SEATS] = {{0, left, 2}, {0, right, 2}};
    const struct play_seat seats[SEATS] = {{.turn = &turns[0], .turns = 1}, {.turn = &turns[1], .turns = 1}};
    const struct play play = {.name = "alike", .seat = seats};
    const struct program p = pile_program(&play);
    const struct attribution w = attribute(&p, (struct why_asked){.to = 0});
    assert_int_equal(w.players, 4);
    assert_true(near(w.nothing, 90) && near(w.happened, (100 * 2.25 + 20) * 0.9));      /* scales come before adds */
    assert_true(near(w.player[0].share, 9) && near(w.player[2].share, 9));
    assert_true(near(w.player[1].share, w.player[3].share) && near(w.player[1].share, 125 * 0.9 / 2));
    const struct attribution seatwise = attribute(&p, (struct why_asked){.to = 0, .by_seats = true});
    assert_int_equal(seatwise.players, 2);
    assert_true(near(seatwise.player[0].share, seatwise.player[1].share));
}

/* The left opens the door in turn 0; the right goes through in turn 1. Without the left the right cannot: v = 72.9.., and the ten of the
 * right need both. */
TEST(what_becomes_impossible_is_skipped_and_named)
{
    UNUSED_STATE;
    const struct row open[] = {{ROW_DO, 0, -1, -1, -1}}, enter[] = {{ROW_DO, EACH, -1, -1, -1}};
    const struct play_turn first = {0, open, 1}, second = {1, enter, 1};
    const struct play_seat seats[SEATS] = {{.turn = &first, .turns = 1}, {.turn = &second, .turns = 1}};
    const struct play play = {.name = "door", .seat = seats};
    const struct program p = pile_program(&play);
    const struct attribution w = attribute(&p, (struct why_asked){.to = 1});
    assert_int_equal(w.players, 2);
    assert_true(near(w.nothing, 81) && near(w.happened, 81 + 8.1 + 9));
    assert_true(near(w.player[0].share, 8.1 + 4.5) && near(w.player[1].share, 4.5));
    assert_int_equal(w.skipped.count, 1);
    assert_int_equal(w.skipped.at[0].without, 0);
    assert_int_equal(w.skipped.at[0].done.turn, 1);
    assert_int_equal(w.skipped.at[0].done.row.move, EACH);
    assert_non_null(strstr(w.skipped.at[0].why, "an open door"));
}

/* Of turn 1 alone only the second is a player; the first stays as it happened. */
TEST(what_lies_outside_the_span_stays)
{
    UNUSED_STATE;
    const struct row add[] = {{ROW_DO, 1, -1, -1, -1}}, scale[] = {{ROW_DO, EACH + 2, -1, -1, -1}};
    const struct play_turn first = {0, add, 1}, second = {1, scale, 1};
    const struct play_seat seats[SEATS] = {{.turn = &first, .turns = 1}, {.turn = &second, .turns = 1}};
    const struct play play = {.name = "two", .seat = seats};
    const struct program p = pile_program(&play);
    const struct attribution w = attribute(&p, (struct why_asked){.from = 1, .to = 2});
    assert_int_equal(w.players, 1);
    assert_true(near(w.nothing, 110 * 0.729) && near(w.happened, 110 * 0.729 * 1.5));
    assert_true(near(w.player[0].share, 110 * 0.729 * 0.5));
    const struct attribution none = attribute(&p, (struct why_asked){.from = 2, .to = 2});
    assert_int_equal(none.players, 0);
    assert_true(near(none.happened, none.nothing));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(shares_are_averages_over_all_orders), RUN(a_hand_made_game_has_the_shares_of_the_textbook),
        RUN(equals_get_equal_shares_and_who_changes_nothing_gets_none), RUN(all_orders_as_the_sample_give_the_exact_shares),
        RUN(rounded_shares_add_up_to_the_rounded_difference), RUN(sums_are_exact_on_random_plays), RUN(threads_do_not_show),
        RUN(alike_moves_have_like_shares), RUN(what_becomes_impossible_is_skipped_and_named), RUN(what_lies_outside_the_span_stays)};
    return cmocka_run_group_tests(tests, fresh, gone);
}
