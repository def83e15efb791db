/* tests/unit/game/game_test.c — a game as its seats live it: what they are told, what they see, what they cannot, and what is on record. */
#include "table.h"
#include "base/rng.h"
#include "engine/world.h"
#include "game/game_private.h"

static struct test_table t;
static int fresh(void **state) { (void)state; table_begin(&t); return 0; }
static int gone(void **state) { (void)state; table_done(&t); return 0; }
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

/* A seat that orders what a test wrote down for each turn. */
struct script { struct plan plan[8]; int answer; int leaves_at, told, asked; };
static struct script scripts[2];

static bool script_plan(void *self, const struct view *v, struct plan *plan)
{
    const struct script *s = self;
    *plan = s->plan[view_turn(v)];
    return s->leaves_at != view_turn(v) + 1;
}

static bool script_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct script *s = self;
    struct tabled waiting[4];
    assert_int_equal(view_tabled(v, waiting, 4), 1);
    assert_int_equal(waiting[0].move, tabled.move);
    s->asked++;
    *answer = s->answer;
    return true;
}

static bool script_tell(void *self, const struct view *v)
{
    (void)v;
    ((struct script *)self)->told++;
    return true;
}

static const struct seat_ops script_ops = {.kind = "script", .plan = script_plan, .answer = script_answer, .tell = script_tell};
static const struct seat_ops person_ops = {.kind = "person", .plan = script_plan, .answer = script_answer, .tell = script_tell};

static void order_at(int seat, int turn, struct row row)
{
    struct plan *p = &scripts[seat].plan[turn];
    p->row[p->rows++] = row;
}

static void plain(void) { memset(scripts, 0, sizeof scripts); }

static struct game *open_with(const struct seat_ops *kind, uint64_t seed, int opening)
{
    static const struct seat_ops *ops[2];
    static void *self[2] = {&scripts[0], &scripts[1]};
    ops[0] = ops[1] = kind;
    const char *error;
    struct game_options o = {.seed = seed, .opening = opening, .ops = ops, .self = self};
    struct game *g = game_open(&t.arena, build_program(&t.b), &o, &error);
    if (!g)
        print_error("%s\n", error);
    assert_non_null(g);
    return g;
}

static struct game *open_game(uint64_t seed) { return open_with(&script_ops, seed, -1); }

static uint64_t hash_of(const struct game *g) { return sim_hash(g->live, 0); }

TEST(a_refused_order_leaves_no_trace)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "dear", 0, -1), *others = table_move(&t, "others", 1, -1);
    m->cost = table_value(&t, 9);
    plain();
    struct game *clean = open_game(5);
    game_turn(clean);
    order_at(0, 0, table_row(ROW_DO, &t, m));
    order_at(0, 0, table_row(ROW_DO, &t, others));
    struct game *tried = open_game(5);
    game_turn(tried);
    assert_true(hash_of(clean) == hash_of(tried));
    assert_int_equal(game_journal_rows(clean), game_journal_rows(tried));
    for (int i = 0; i < game_journal_rows(clean); i++)
        assert_string_equal(game_journal_row(clean, i).text, game_journal_row(tried, i).text);
    assert_non_null(strstr(game_refusal(tried, 0, 0), "costs more capital"));
    assert_non_null(strstr(game_refusal(tried, 0, 1), "this is a move of Beta"));
    assert_null(game_refusal(tried, 0, 2));
    assert_null(game_refusal(tried, 1, 0));
}

TEST(a_person_must_name_a_target_and_a_script_takes_the_first)
{
    UNUSED_STATE;
    static const char *const elements[] = {"big_one", "small_one"};
    struct move *m = table_move(&t, "hit", 0, build_set(&t.b, "firm", 2, elements));
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *person = open_with(&person_ops, 1, -1), *script = open_game(1);
    game_turn(person);
    assert_non_null(strstr(game_refusal(person, 0, 0), "name its target: which firm? (big_one, small_one)"));
    game_turn(script);
    assert_null(game_refusal(script, 0, 0));
    struct news news[4];
    assert_int_equal(view_news(game_view(script, 1), 1, news, 4), 1);
    assert_string_equal(news[0].headline, "Alpha: hit (big one)");
}

TEST(judging_a_row_says_why_not_and_changes_nothing)
{
    UNUSED_STATE;
    struct move *ban = table_measure(&t, "ban", 0, -1), *next = table_move(&t, "next", 0, -1), *odd = table_move(&t, "odd", 0, -1);
    next->requires = (struct code_ref){-1, move_slot(ban, 0, MOVE_ON)};
    odd->requires = table_code(&t, OP_DIV, table_constant(&t, 1), table_slot(&t, TABLE_Z));
    plain();
    struct game *g = open_game(1);
    const struct view *v = game_view(g, 0);
    struct plan plan = {.rows = 0};
    const uint64_t before = hash_of(g);
    assert_non_null(strstr(view_judge(v, &t.arena, &plan, table_row(ROW_DO, &t, next)), "is not possible now; it needs:"));
    assert_non_null(strstr(view_judge(v, &t.arena, &plan, table_row(ROW_DO, &t, odd)), "cannot be worked out"));
    assert_non_null(strstr(view_judge(v, &t.arena, &plan, table_row(ROW_LIFT, &t, ban)), "is not in force"));
    assert_non_null(strstr(view_judge(v, &t.arena, &plan, (struct row){ROW_DO, 99, -1, -1, -1}), "no such move"));
    plan.row[plan.rows++] = table_row(ROW_DO, &t, ban);
    assert_null(view_judge(v, &t.arena, &plan, table_row(ROW_DO, &t, next)));
    assert_null(view_judge(v, &t.arena, &plan, table_row(ROW_LIFT, &t, ban)));
    int moves[4];
    assert_int_equal(view_moves(v, moves, 4), 1);
    assert_true(hash_of(g) == before);
    assert_int_equal(game_turn(g), TURN_PLAYED);
}

TEST(who_is_asked_may_refuse_and_only_then)
{
    UNUSED_STATE;
    struct move *ask = table_move(&t, "ask", 0, -1), *veto = table_move(&t, "veto", 1, -1);
    ask->answer = ANSWER_REFUSE;
    ask->answer_by = 1;
    ask->answer_move = (int)(veto - t.b.move);
    ask->silence_passes = true;
    veto->answers = (int)(ask - t.b.move);
    table_add(&t, &ask->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, ask));
    order_at(0, 1, table_row(ROW_DO, &t, ask));
    order_at(1, 2, table_row(ROW_DO, &t, veto));
    scripts[1].answer = 1;
    struct game *g = open_game(1);
    const struct view *v = game_view(g, 1);
    game_turn(g);
    close_to(view_value(v, TABLE_X, 0, 1).value, 100);
    assert_int_equal(scripts[1].asked, 1);
    scripts[1].answer = 0;
    game_turn(g);
    close_to(view_value(v, TABLE_X, 0, 2).value, 101);
    game_turn(g);
    assert_non_null(strstr(game_refusal(g, 1, 0), "only in answer to ask"));
}

TEST(what_is_seen_with_an_error_is_seen_the_same_in_every_replay)
{
    UNUSED_STATE;
    t.seen[TABLE_X * 2 + 1] = (struct seen){.kind = SEEN_NOISY, .error = 0.2, .lag = 1};
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_NONE};
    t.seen[TABLE_Y * 2 + 1] = (struct seen){.kind = SEEN_AS, .as = TABLE_X};
    table_drift(&t, 10);
    plain();
    struct game *one = open_game(3), *two = open_game(3), *other = open_game(4);
    for (int i = 0; i < 3; i++) {
        game_turn(one);
        game_turn(two);
        game_turn(other);
    }
    const struct view *v = game_view(one, 1);
    bool differs = false;
    for (int m = 0; m <= 3; m++) {
        const struct seen_value a = view_value(v, TABLE_X, 0, m), b = view_value(game_view(two, 1), TABLE_X, 0, m);
        assert_true(a.known && !a.exact && a.lag == 1);
        assert_true(a.value == b.value);
        differs = differs || a.value != view_value(game_view(other, 1), TABLE_X, 0, m).value;
        assert_true(view_value(v, TABLE_Y, 0, m).value == a.value);
    }
    assert_true(view_value(v, TABLE_X, 0, 1).value == view_value(v, TABLE_X, 0, 0).value);      /* both show the start */
    assert_true(differs);
    assert_false(view_value(v, TABLE_Z, 0, 3).known);
    close_to(view_value(game_view(one, 0), TABLE_X, 0, 3).value, 130);
}

TEST(the_lines_of_why_add_up_to_the_change_exactly)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "push_it", 0, -1);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1.0 / 3));
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_PUSH, 0.0123));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Y, EFFECT_ADD, 0.9));
    struct event *e = table_event(&t, "storm");
    e->headline = "A storm";
    e->each_turn = true;
    table_add(&t, &e->effects, table_effect(&t, TABLE_X, EFFECT_ADD, -0.7));
    table_drift(&t, 0.31415926535);
    plain();
    for (int turn = 0; turn < 3; turn++)
        order_at(0, turn, table_row(ROW_DO, &t, m));
    struct game *g = open_game(1);
    for (int i = 0; i < 4; i++)
        game_turn(g);
    struct why_line line[8];
    double change, sum = 0;
    const struct view *v = game_view(g, 1);
    int n = view_why(v, &t.arena, TABLE_X, 0, 1, 4, line, 8, &change);
    assert_int_equal(n, 3);
    for (int i = 0; i < n; i++)
        sum += line[i].amount;
    assert_true(sum == change);
    const double truth = view_value(v, TABLE_X, 0, 4).value - view_value(v, TABLE_X, 0, 1).value;
    assert_true(change - truth < 1e-5 && truth - change < 1e-5);
    assert_string_equal(line[0].text, "drift");
    assert_string_equal(line[1].text, "A storm");
    assert_string_equal(line[2].text, "by push_it (Alpha)");
    close_to(line[1].amount, -2.1);
    n = view_why(v, &t.arena, TABLE_Y, 0, 0, 4, line, 8, &change);
    assert_int_equal(n, 2);
    assert_string_equal(line[1].text, "refused by ceiling");
    close_to(change, 0.5);
}

TEST(why_says_what_was_done_with_a_move_and_how_the_paper_told_an_event)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->threat.given = m->threat.written = true;
    table_add(&t, &m->threat.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 1));
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 2));
    table_add(&t, &m->lift.effects, table_effect(&t, TABLE_X, EFFECT_ADD, 4));
    struct event *e = table_event(&t, "storm");
    e->headline = "- fact | A storm in the bay\n  Ships wait.\n- rumour | They speak of a storm\n  Nobody saw it.\n";
    
    table_add(&t, &e->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 8));
    plain();
    order_at(0, 0, table_row(ROW_THREATEN, &t, m));
    order_at(0, 1, table_row(ROW_DO, &t, m));
    order_at(0, 2, table_row(ROW_LIFT, &t, m));
    struct game *g = open_game(1);
    for (int i = 0; i < 3; i++)
        game_turn(g);
    struct why_line line[8];
    struct news news[4];
    double change;
    assert_int_equal(view_why(game_view(g, 0), &t.arena, TABLE_X, 0, 0, 3, line, 8, &change), 4);
    assert_true(view_news(game_view(g, 0), 0, news, 4) > 0);
    assert_string_equal(line[0].text, news[0].headline);
    assert_null(strchr(line[0].text, '|'));
    assert_string_equal(line[1].text, "by the threat of ban (Alpha)");
    assert_string_equal(line[2].text, "by ban (Alpha)");
    assert_string_equal(line[3].text, "by lifting ban (Alpha)");
}

/* Everything that can move a stock, in whatever order chance puts it: every line of every turn and of the whole, as either seat sees it. */
TEST(lines_add_up_exactly_on_a_thousand_random_plays)
{
    UNUSED_STATE;
    enum { PLAYS = 1000, PLAY_TURNS = 4, KINDS = 6 };
    static const enum effect_op ops[KINDS] = {EFFECT_ADD, EFFECT_PUSH, EFFECT_SCALE, EFFECT_SET, EFFECT_ADD, EFFECT_PUSH};
    static const double sizes[KINDS] = {1.0 / 3, 0.0123, 1.1, 0.7, -0.9, -0.4};
    for (int k = 0; k < 2 * KINDS; k++) {
        struct move *m = table_move(&t, k % 2 ? "by_beta" : "by_alpha", k % 2, -1);
        for (int stock = 0; stock < TABLE_STOCKS; stock++) {
            struct effect e = table_effect(&t, stock, ops[k / 2], sizes[k / 2] * (stock == TABLE_X && ops[k / 2] == EFFECT_SET ? 100 : 1));
            table_add(&t, &m->effects, k % 3 == 0 ? table_later(&t, e, k % 2, 1 + k % 2, 2) : e);
        }
    }
    struct event *e = table_event(&t, "storm");
    e->chance = table_value(&t, 0.4);
    e->chance_stream = (int)build_stream(&t.b, "storm", false);
    table_add(&t, &e->effects, table_effect(&t, TABLE_X, EFFECT_ADD, -0.7));
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_NOISY, .error = 0.1};
    table_drift(&t, 0.31415926535);
    struct rng r = rng_at(rng_key(11, 0, 0, 0));
    int told = 0;
    for (int play = 0; play < PLAYS; play++) {
        const struct arena_mark mark = arena_mark(&t.arena);
        plain();
        for (int turn = 0; turn < PLAY_TURNS; turn++)
            for (int k = 0; k < 2 * KINDS; k++)
                if (rng_below(&r, 4) == 0)
                    order_at(k % 2, turn, table_row(ROW_DO, &t, &t.b.move[k]));
        struct game *g = open_game((uint64_t)play + 1);
        for (int turn = 0; turn < PLAY_TURNS; turn++)
            game_turn(g);
        for (int seat = 0; seat < 2; seat++)
            for (int stock = 0; stock < TABLE_STOCKS; stock++)
                for (int from = 0; from <= PLAY_TURNS; from++) {
                    struct why_line line[64];
                    double change, sum = 0;
                    const int first = from == PLAY_TURNS ? 0 : from, last = from == PLAY_TURNS ? PLAY_TURNS : from + 1;
                    const int n = view_why(game_view(g, seat), &t.arena, stock, 0, first, last, line, 64, &change);
                    for (int i = 0; i < n; i++)
                        sum += line[i].amount;
                    assert_true(n >= 0 && n <= 64 && sum == change);
                    told += n;
                }
        arena_reset(&t.arena, mark);
    }
    assert_true(told > 10 * PLAYS);
}

TEST(what_a_seat_cannot_know_is_one_line)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "word", 0, -1);
    static struct setting quiet;
    quiet = (struct setting){.name = "quiet", .level = 1, .quiet = 1e-9, .ceiling = 1, .lift_cost = NO_CODE};
    m->setting = &quiet;
    m->detect_stream = (int)build_stream(&t.b, "detect", false);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 5));
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 5));
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_NOISY, .error = 0.1};
    t.seen[TABLE_Y * 2 + 1] = (struct seen){.kind = SEEN_NONE};
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *g = open_game(1);
    game_turn(g);
    struct why_line line[4];
    struct news news[4];
    double change;
    assert_int_equal(view_why(game_view(g, 1), &t.arena, TABLE_X, 0, 0, 1, line, 4, &change), 1);
    assert_string_equal(line[0].text, "not known to you");
    assert_int_equal(view_why(game_view(g, 0), &t.arena, TABLE_X, 0, 0, 1, line, 4, &change), 1);
    assert_string_equal(line[0].text, "by word (Alpha)");
    assert_int_equal(view_why(game_view(g, 1), &t.arena, TABLE_Z, 0, 0, 1, line, 4, &change), 1);
    assert_string_equal(line[0].text, "not known to you");
    assert_int_equal(view_why(game_view(g, 1), &t.arena, TABLE_Y, 0, 0, 1, line, 4, &change), -1);
    assert_int_equal(view_news(game_view(g, 1), 1, news, 4), 0);
    assert_int_equal(view_news(game_view(g, 0), 1, news, 4), 1);
    assert_int_equal(view_measure(game_view(g, 1), 0, -1).stage, STAGE_NONE);
    assert_int_equal(view_measure(game_view(g, 0), 0, -1).stage, STAGE_ENFORCED);
}

TEST(what_is_quiet_may_be_noticed_and_stays_known)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "word", 0, -1);
    static struct setting quiet;
    quiet = (struct setting){.name = "quiet", .level = 1, .quiet = 0.4, .ceiling = 1, .lift_cost = NO_CODE};
    m->setting = &quiet;
    m->detect_stream = (int)build_stream(&t.b, "detect", false);
    table_add(&t, &m->effects, table_effect(&t, TABLE_X, EFFECT_ADD, 5));
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    int at_once = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct game *g = open_game(seed);
        bool knew = false;
        for (int turn = 0; turn < 5; turn++) {
            game_turn(g);
            const bool knows = view_measure(game_view(g, 1), 0, -1).stage == STAGE_ENFORCED;
            at_once += turn == 0 && knows;
            assert_true(knows || !knew);
            knew = knows;
        }
    }
    assert_in_range(at_once, 25, 55);
}

TEST(a_failing_model_takes_the_turn_back_and_says_where)
{
    UNUSED_STATE;
    struct move *spend = table_move(&t, "spend", 1, -1);
    spend->cost = table_value(&t, 3);
    table_fragile(&t);
    plain();
    order_at(1, 0, table_row(ROW_DO, &t, spend));
    struct game *g = open_game(1);
    const uint64_t before = hash_of(g);
    assert_int_equal(game_turn(g), TURN_FAILED);
    assert_string_equal(game_failure(g), "turn 1, step 1: division by zero in test (test.yaml:1)");
    assert_true(hash_of(g) == before);
    assert_int_equal(view_turn(game_view(g, 0)), 0);
    close_to(view_budget(game_view(g, 1)), 3);
    scripts[1].plan[0].rows = 0;
    assert_int_equal(game_turn(g), TURN_PLAYED);
}

TEST(who_leaves_leaves_the_game_as_it_was)
{
    UNUSED_STATE;
    struct event *e = table_event(&t, "storm");
    e->each_turn = true;
    table_add(&t, &e->effects, table_effect(&t, TABLE_X, EFFECT_ADD, -1));
    plain();
    struct game *g = open_game(1);
    game_turn(g);
    const uint64_t before = hash_of(g);
    const int rows = game_journal_rows(g);
    scripts[1].leaves_at = 2;
    assert_int_equal(game_turn(g), TURN_LEFT);
    assert_true(hash_of(g) == before);
    assert_int_equal(game_journal_rows(g), rows);
    scripts[1].leaves_at = 0;
    struct why_line line[2];
    double change;
    assert_int_equal(game_turn(g), TURN_PLAYED);
    assert_int_equal(view_why(game_view(g, 0), &t.arena, TABLE_X, 0, 1, 2, line, 2, &change), 1);
    close_to(change, -1);
}

TEST(the_record_is_a_chain_with_intent_before_effect)
{
    UNUSED_STATE;
    struct move *m = table_move(&t, "step", 0, -1);
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *g = open_game(9);
    while (game_turn(g) == TURN_PLAYED)
        ;
    assert_true(game_over(g));
    struct digest link = {{0}};
    int states = 0;
    for (int i = 0; i < game_journal_rows(g); i++) {
        const struct journal_row row = game_journal_row(g, i);
        link = journal_link(link, &row);
        assert_memory_equal(&link, &row.link, sizeof link);
        states += strcmp(row.kind, "state") == 0;
    }
    assert_int_equal(states, 6);
    assert_string_equal(game_journal_row(g, 0).kind, "game");
    assert_string_equal(game_journal_row(g, 1).kind, "plan");
    assert_string_equal(game_journal_row(g, 1).text, "a: step");
    assert_string_equal(game_journal_row(g, 2).text, "b: nothing");
    assert_string_equal(game_journal_row(g, 3).kind, "state");
    assert_int_equal(scripts[0].told, 6);
}

TEST(once_over_the_table_is_open)
{
    UNUSED_STATE;
    t.seen[TABLE_X * 2 + 1] = (struct seen){.kind = SEEN_NONE};
    plain();
    struct game *g = open_game(9);
    assert_false(view_score(game_view(g, 1), 0).known);
    while (game_turn(g) == TURN_PLAYED)
        ;
    assert_true(view_open(game_view(g, 1)));
    assert_true(view_value(game_view(g, -1), TABLE_X, 0, 2).exact);
    assert_false(view_value(game_view(g, 1), TABLE_X, 0, 2).known);         /* beside the truth stands what the seat saw */
    close_to(view_score(game_view(g, -1), 0).value, 100);
    assert_int_equal(game_turn(g), TURN_OVER);
}

TEST(the_paper_fills_blanks_and_never_prints_a_brace)
{
    UNUSED_STATE;
    static const char *const elements[] = {"north_bank"};
    struct move *m = table_move(&t, "list", 0, build_set(&t.b, "bank", 1, elements));
    m->says = "- claim | {bank} is named in {month}\n  Nobody knows {count} of {other}.\n  A second line.\n- claim | {bank} is named in {month}\n  Nobody knows {count} of {other}.\n  A second line.\n";
    struct event *e = table_event(&t, "storm");
    e->headline = "A {thing} passes";
    e->each_turn = true;
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *g = open_game(1);
    game_turn(g);
    struct news news[4];
    assert_int_equal(view_news(game_view(g, 0), 0, news, 4), 1);           /* the brief's news is there when people plan */
    assert_string_equal(news[0].headline, "A it passes");
    assert_int_equal(news[0].seat, -1);
    assert_int_equal(view_news(game_view(g, 0), 1, news, 4), 1);
    assert_int_equal(news[0].tag, NEWS_CLAIM);
    assert_int_equal(news[0].seat, -1);
    assert_string_equal(news[0].headline, "North bank is named in February 2017");
    assert_string_equal(news[0].story, "Nobody knows it of it. A second line.");
}

TEST(an_opening_plays_its_play_and_then_people_take_over)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->cost = table_value(&t, 9);
    table_drift(&t, 1);
    const struct row rows[] = {table_row(ROW_DO, &t, m)};
    const struct play_turn turns[] = {{1, rows, 1}};
    t.play_seat[0][0] = (struct play_seat){.turn = turns, .turns = 1};
    t.play[0] = (struct play){.name = "history", .turns = 2, .seat = t.play_seat[0]};
    t.b.p.plays = 1;
    t.opening[0] = (struct opening){.name = "april", .turn = 2, .play = 0};
    t.b.p.openings = 1;
    plain();
    struct game *g = open_with(&script_ops, 1, 0);
    const struct view *v = game_view(g, 1);
    assert_int_equal(view_turn(v), 0);
    assert_int_equal(view_turns(v), 4);
    close_to(view_value(v, TABLE_X, 0, 0).value, 102);
    close_to(view_time(v), 2017 * 12 + 3);
    close_to(view_budget(game_view(g, 0)), 3);
    assert_int_equal(view_measure(v, 0, -1).stage, STAGE_ENFORCED);
    game_turn(g);
    close_to(view_budget(game_view(g, 0)), 3);
    close_to(view_value(v, TABLE_X, 0, 1).value, 103);
    while (game_turn(g) == TURN_PLAYED)
        ;
    assert_int_equal(view_turn(v), 4);
}

TEST(under_an_order_a_later_seat_builds_on_what_an_earlier_one_committed)
{
    UNUSED_STATE;
    struct move *first = table_measure(&t, "first", 1, -1), *second = table_move(&t, "second", 0, -1);
    second->requires = (struct code_ref){-1, move_slot(first, 0, MOVE_ON)};
    static const int later[] = {1, 0};
    plain();
    order_at(1, 0, table_row(ROW_DO, &t, first));
    order_at(0, 0, table_row(ROW_DO, &t, second));
    struct game *g = open_game(1);
    game_turn(g);
    assert_non_null(game_refusal(g, 0, 0));
    t.b.p.sealed = false;
    t.b.p.order = later;
    g = open_game(1);
    game_turn(g);
    assert_null(game_refusal(g, 0, 0));
    close_to(sim_code(g->live, (struct code_ref){-1, move_slot(second, 0, MOVE_TIMES)})[0], 1);
}

enum { CANDIDATES = 40 };

TEST(a_future_imagined_goes_on_as_the_game_does_where_nothing_is_hidden)
{
    UNUSED_STATE;
    struct move *m = table_measure(&t, "ban", 0, -1);
    m->ramp_up = 6;
    m->decay = 0.1;
    table_add(&t, &m->effects, table_later(&t, table_effect(&t, TABLE_Y, EFFECT_PUSH, 0.3), 1, 2, 2));
    struct event *e = table_event(&t, "storm");
    e->each_turn = true;
    table_add(&t, &e->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, -1));
    table_drift(&t, 1);
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *g = open_game(1);
    game_turn(g);
    struct sim *s = sim_new(&t.arena, &t.b.p, 2);
    const uint64_t run[] = {1, 2};
    sim_brief(g->live, false);
    shadows_brief(g);
    struct beliefs *b = beliefs_new(&t.arena, &t.b.p, CANDIDATES);
    view_believe(game_view(g, 1), b, s, 77);
    view_imagine(b, s, run);
    assert_true(sim_hash(s, 0) == sim_hash(g->live, 0));
    for (int turn = 0; turn < 3; turn++) {
        sim_turn_rest(s, NULL, 0, true);
        sim_turn_rest(g->live, NULL, 0, true);
        assert_true(sim_hash(s, 1) == sim_hash(g->live, 0));
        sim_turn_brief(s, false);
        sim_turn_brief(g->live, false);
    }
}

/* --- imagining -------------------------------------------------------------------------------------------------------------- */

enum { FUTURES = 6 };
static const uint64_t runs[FUTURES] = {1, 1, 2, 3, 4, 5};

static struct game *half_hidden(void)
{
    struct move *m = table_measure(&t, "word", 0, -1);
    static struct setting quiet;
    quiet = (struct setting){.name = "quiet", .level = 1, .quiet = 1e-9, .ceiling = 1, .lift_cost = NO_CODE};
    m->setting = &quiet;
    m->detect_stream = (int)build_stream(&t.b, "detect", false);
    table_add(&t, &m->effects, table_effect(&t, TABLE_Z, EFFECT_ADD, 5));
    t.seen[TABLE_X * 2 + 1] = (struct seen){.kind = SEEN_NOISY, .error = 0.1};
    t.seen[TABLE_Z * 2 + 1] = (struct seen){.kind = SEEN_NONE};
    build_parameter(&t.b, "p", PRIOR_UNIFORM, (struct parameter_element){1, 0, 2});
    plain();
    order_at(0, 0, table_row(ROW_DO, &t, m));
    struct game *g = open_game(2);
    game_turn(g);
    return g;
}

TEST(imagining_never_reads_the_hidden_truth)
{
    UNUSED_STATE;
    struct game *g = half_hidden();
    struct sim *before = sim_new(&t.arena, &t.b.p, FUTURES), *after = sim_new(&t.arena, &t.b.p, FUTURES);
    struct beliefs *b = beliefs_new(&t.arena, &t.b.p, CANDIDATES);
    view_believe(game_view(g, 1), b, before, 77);
    view_imagine(b, before, runs);
    /* another truth behind the same observations: hidden stocks, the present value of what is seen with an error, the quiet measure,
     * the parameter */
    *sim_at(g->live, table_slot(&t, TABLE_Z), 0) = -1000;
    *sim_at(g->live, table_slot(&t, TABLE_X), 0) = 1;
    *sim_at(g->live, t.b.parameter[0].first, 0) = 1.9999;
    for (uint32_t k = 0; k < MOVE_SLOTS; k++)
        *sim_at(g->live, t.b.move[0].state + k, 0) = 3;
    view_believe(game_view(g, 1), b, after, 77);
    view_imagine(b, after, runs);
    for (int l = 0; l < FUTURES; l++)
        assert_true(sim_hash(before, l) == sim_hash(after, l));
}

TEST(equal_runs_hold_equal_beliefs_and_others_differ)
{
    UNUSED_STATE;
    struct game *g = half_hidden();
    struct sim *s = sim_new(&t.arena, &t.b.p, FUTURES);
    struct beliefs *b = beliefs_new(&t.arena, &t.b.p, CANDIDATES);
    view_believe(game_view(g, 1), b, s, 77);
    view_imagine(b, s, runs);
    assert_true(sim_hash(s, 0) == sim_hash(s, 1));
    assert_true(sim_hash(s, 1) != sim_hash(s, 2));
    const double *x = sim_values(s, TABLE_X, 0, false), *z = sim_values(s, TABLE_Z, 0, false);
    assert_true(x[1] != x[2]);
    close_to(z[0], 0);                              /* it knows nothing of the quiet act */
    assert_int_equal(sim_turns_done(s), 1);
    sim_turn_rest(s, NULL, 0, true);
    assert_int_equal(sim_turns_done(s), 2);
    view_believe(game_view(g, 0), b, s, 77);
    view_imagine(b, s, runs);                       /* who did it knows, and sees both exactly */
    close_to(sim_values(s, TABLE_Z, 0, false)[3], 5);
    close_to(sim_values(s, TABLE_X, 0, false)[3], 100);
    close_to(sim_code(s, (struct code_ref){-1, move_slot(&t.b.move[0], 0, MOVE_ON)})[3], 1);
}

/* Seat 1 sees x exactly and x + p with an error; p is anywhere between 0 and 2. So it must come to think that p is about what it was. */
TEST(beliefs_come_near_to_what_is_seen_of_what_is_worked_out)
{
    UNUSED_STATE;
    enum { MANY = 256 };
    static struct seen seen[2];
    const uint32_t p = build_parameter(&t.b, "p", PRIOR_UNIFORM, (struct parameter_element){1, 0, 2});
    build_block(&t.b, BLOCK_AUX);
    const uint32_t sum = build_op(&t.b, OP_ADD, table_slot(&t, TABLE_X), p);
    const int aux = t.b.p.quantities++;
    seen[1] = (struct seen){.kind = SEEN_NOISY, .points = true, .error = 0.1};
    t.b.quantity[aux] = (struct quantity){.name = "sum", .kind = Q_AUX, .count = 1, .first = sum, .mean = NO_SLOT, .seen = seen, .good_for = -1,
                                          .evidence = {.source = -1}};
    table_drift(&t, 7);                             /* what was seen is a turn old where x has moved on */
    plain();
    struct game *g = open_game(2);
    game_turn(g);
    struct beliefs *b = beliefs_new(&t.arena, &t.b.p, MANY);
    struct sim *s = sim_new(&t.arena, &t.b.p, MANY);
    uint64_t run[MANY];
    for (int i = 0; i < MANY; i++)
        run[i] = (uint64_t)i;
    double middle[2], width[2];
    for (int error = 0; error < 2; error++) {
        seen[1].error = error ? 0.1 : 1000;         /* at first it says nothing */
        view_believe(game_view(g, 1), b, s, 5);
        view_imagine(b, s, run);
        const double *x = sim_values(s, aux, 0, false);
        double sum_of = 0, squares = 0;
        for (int l = 0; l < MANY; l++)
            sum_of += x[l] / MANY;
        for (int l = 0; l < MANY; l++)
            squares += (x[l] - sum_of) * (x[l] - sum_of) / MANY;
        middle[error] = sum_of, width[error] = squares;
    }
    const double told = view_value(game_view(g, 1), aux, 0, 1).value;
    assert_true(middle[0] > 107.9 && middle[0] < 108.1 && width[0] > 0.3);
    assert_true(middle[1] > told - 0.1 && middle[1] < told + 0.1 && width[1] < 0.03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define EACH(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        EACH(a_refused_order_leaves_no_trace), EACH(a_person_must_name_a_target_and_a_script_takes_the_first),
        EACH(judging_a_row_says_why_not_and_changes_nothing), EACH(who_is_asked_may_refuse_and_only_then),
        EACH(what_is_seen_with_an_error_is_seen_the_same_in_every_replay), EACH(the_lines_of_why_add_up_to_the_change_exactly),
        EACH(why_says_what_was_done_with_a_move_and_how_the_paper_told_an_event), EACH(lines_add_up_exactly_on_a_thousand_random_plays),
        EACH(what_a_seat_cannot_know_is_one_line), EACH(what_is_quiet_may_be_noticed_and_stays_known),
        EACH(a_failing_model_takes_the_turn_back_and_says_where), EACH(who_leaves_leaves_the_game_as_it_was),
        EACH(the_record_is_a_chain_with_intent_before_effect), EACH(once_over_the_table_is_open),
        EACH(the_paper_fills_blanks_and_never_prints_a_brace), EACH(an_opening_plays_its_play_and_then_people_take_over),
        EACH(under_an_order_a_later_seat_builds_on_what_an_earlier_one_committed),
        EACH(a_future_imagined_goes_on_as_the_game_does_where_nothing_is_hidden), EACH(imagining_never_reads_the_hidden_truth), EACH(equal_runs_hold_equal_beliefs_and_others_differ),
        EACH(beliefs_come_near_to_what_is_seen_of_what_is_worked_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
