/* tests/unit/line/line_test.c — words typed at the prompt: what fits acts, what does not never does, and the end of input leaves. */
#include "unit.h"

#include "line/line.h"
#include "page/fake_view.h"

/* --- a game that only asks the person once ------------------------------------------------------------------------------------- */

struct game { struct game_options options; int asked; struct plan plan; struct tabled tabled; bool tables; int answer; };
static struct game the_game;
static struct view person, everything = {-1};

struct game *game_open(struct arena *a, const struct program *p, const struct game_options *options, const char **error)
{
    (void)a, (void)p, (void)error;
    the_game.options = *options;
    return &the_game;
}

enum turn_end game_turn(struct game *g)
{
    struct plan plan = {.rows = 0};
    const struct seat_ops *ops = g->options.ops[0];
    void *self = g->options.self[0];
    g->asked++;
    if (!ops->plan(self, &person, &plan))
        return TURN_LEFT;
    g->plan = plan;
    if (g->tables && !ops->answer(self, &person, g->tabled, &g->answer))
        return TURN_LEFT;
    fake.turn++;
    fake.over = true;
    fake.open = true;
    fake.ending = 0;
    ops->tell(self, &person);
    return TURN_OVER;
}
const struct view *game_view(const struct game *g, int seat) { (void)g; return seat < 0 ? &everything : &person; }
const char *game_failure(const struct game *g) { (void)g; return "no reason"; }
const char *game_refusal(const struct game *g, int seat, int index) { (void)g, (void)seat, (void)index; return NULL; }

/* --- what is typed and what is said ---------------------------------------------------------------------------------------------- */

static struct arena arena;
static char said[65536];

static int start(void **state)
{
    (void)state;
    arena_init(&arena, "test");
    person = fake_start();
    the_game = (struct game){.answer = -1};
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static int play_with(const char *script, const char *typed, bool reads_on)
{
    static const struct seat_ops nobody = {.kind = "persona"};
    struct play_table table = {.program = &fake_program, .name = "fake", .seed = 7, .opening = -1, .seat = 0, .who = {NULL, "The hawk"}};
    FILE *in = tmpfile(), *out = tmpfile();
    assert_non_null(in);
    assert_non_null(out);
    table.ops[1] = &nobody;
    fputs(typed ? typed : "", in);
    rewind(in);
    struct line_options options = {.in = in, .out = out, .script = script, .reads_on = reads_on};
    int code = line_play(&arena, &table, &options);
    rewind(out);
    size_t n = fread(said, 1, sizeof said - 1, out);
    said[n] = '\0';
    fclose(in);
    fclose(out);
    return code;
}

static void play(const char *script)
{
    assert_int_equal(play_with(script, NULL, false), 0);
}

static void says(const char *part)
{
    if (!strstr(said, part))
        fail_msg("'%s' is not said in:\n%s", part, said);
}

static void never_says(const char *part)
{
    if (strstr(said, part))
        fail_msg("'%s' is said in:\n%s", part, said);
}

/* --- tests ------------------------------------------------------------------------------------------------------------------------- */

TEST(a_wrong_word_names_the_nearest_and_does_nothing)
{
    UNUSED_STATE;
    play("comit\nxyzzy\n");
    says("> comit\nThere is no word 'comit'; did you mean 'commit'?");
    says("There is no word 'xyzzy'. Type help for the words there are.");
    never_says("Seal");
    assert_int_equal(fake.turn, 2);
}

TEST(a_word_may_be_cut_short_while_only_one_fits)
{
    UNUSED_STATE;
    play("num\nm\n");
    says("What you can see, 7 numbers.");
    says("'m' could be moves or move or measures.");
}

TEST(end_of_input_leaves_without_a_turn)
{
    UNUSED_STATE;
    play("");
    assert_int_equal(the_game.asked, 1);
    assert_int_equal(fake.turn, 2);
}

TEST(a_plan_is_sealed_only_after_yes)
{
    UNUSED_STATE;
    play("plan 2\ncommit\nno\nplan\ncommit\nperhaps\nyes\n");
    says("Planned: ");
    says("Not sealed. The plan stays as it is.");
    says("Seal the orders? yes or no.\n> perhaps\nSeal the orders? yes or no.\n> yes\n");
    assert_int_equal(the_game.plan.rows, 1);
    assert_int_equal(the_game.plan.row[0].move, M_NAME);
    says("Turn 3 is played.");
    says("Your score as The East: 54.");
    says("The game is over.");
}

TEST(a_missing_target_is_asked_for_by_number_or_name)
{
    UNUSED_STATE;
    play("plan 1\n2\nundo\nplan ban\nfish\ncommit\ny\n");
    says("Targets, 3.\n1. coal.\n2. iron ore.\n3. fish.\n");
    assert_int_equal(the_game.plan.rows, 1);
    assert_int_equal(the_game.plan.row[0].target, 2);
}

TEST(target_and_setting_may_follow_in_any_order)
{
    UNUSED_STATE;
    play("plan 1 quietly iron ore\ncommit\ny\n");
    assert_int_equal(the_game.plan.row[0].target, 1);
    assert_int_equal(the_game.plan.row[0].setting, 0);
}

TEST(a_row_as_scenarios_write_it_is_understood)
{
    UNUSED_STATE;
    play("plan ban(fish)/decree\ncommit\ny\n");
    assert_int_equal(the_game.plan.rows, 1);
    assert_int_equal(the_game.plan.row[0].target, 2);
    assert_int_equal(the_game.plan.row[0].setting, 1);
}

TEST(what_is_not_allowed_is_not_planned_and_says_why)
{
    UNUSED_STATE;
    fake.refusal = "what it requires does not hold now";
    play("plan telephone\nplan ban coal\nplan ban fish\nplan banana\ncommit\nyes\n");
    says("Not planned: what it requires does not hold now.");
    says("Not planned: it costs more capital than is left; drop something");
    assert_int_equal(the_game.plan.rows, 1);
}

TEST(undo_and_redo_walk_through_the_plan)
{
    UNUSED_STATE;
    play("undo\nplan 2\nplan ban coal\ndrop 1\nundo\nundo\nredo\nredo\nredo\ncommit\nyes\n");
    says("There is nothing to undo in this turn.");
    says("There is nothing to redo.");
    assert_int_equal(the_game.plan.rows, 1);
    assert_int_equal(the_game.plan.row[0].move, M_BAN);
}

TEST(undo_reaches_far_and_forgets_the_oldest)
{
    UNUSED_STATE;
    char script[4096] = "";
    for (int i = 0; i < 80; i++)
        strcat(script, i % 2 ? "drop 1\n" : "plan 2\n");
    for (int i = 0; i < 80; i++)
        strcat(script, "undo\n");
    play(script);
    says("There is nothing to undo in this turn.");
}

TEST(quit_asks_and_says_whether_the_game_is_saved)
{
    UNUSED_STATE;
    play("quit\nno\nwhere\nquit\nyes\nwhere\n");
    says("Leave the game? It is not saved. yes or no.");
    says("Turn 3 of 6, April 2017. Your seat: The East.");
    assert_null(strstr(strstr(said, "> yes"), "> where"));
}

TEST(comments_and_blank_lines_of_a_script_are_passed_over)
{
    UNUSED_STATE;
    play("# run: play fake --script @\n\n   # another\nnews\n");
    never_says("# run");
    says("> news\nTHE LONG TELEGRAM");
}

TEST(after_the_script_the_terminal_goes_on_only_if_there_is_one)
{
    UNUSED_STATE;
    play_with("where\n", "news\n", false);
    never_says("LONG TELEGRAM");
    stop(NULL);
    start(NULL);
    play_with("where\n", "news\n", true);
    says("LONG TELEGRAM");
}

TEST(again_says_the_last_answer_once_more)
{
    UNUSED_STATE;
    play("numbers\nagain\n");
    const char *first = strstr(said, "What you can see");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "What you can see"));
}

TEST(a_command_typed_where_a_list_asks_is_done_and_nothing_is_chosen)
{
    UNUSED_STATE;
    play("why trust\nwhere\n");
    says("Which? A number or a name; Enter or none goes back.");
    says("> where\n");
    says("Phase: plan.");
    play("commit\nnews\nno\n");
    says("First the question: no goes back to where you were.");
}

TEST(why_finds_a_number_by_part_of_its_title)
{
    UNUSED_STATE;
    play("why with the\nwhy relation from 1\nwhy relation from march 2017\nwhy relation from 9\nwhy nonsense\nwhy trust\n2\n");
    says("> why with the\nRelation with the West, in turn 2");
    says("Relation with the West, over turns 1 to 2");
    says("'9' is no turn that has begun");
    says("There is no number 'nonsense'.");
    says("Numbers that fit, 2.");
}

TEST(help_lists_every_word_and_explains_terms)
{
    UNUSED_STATE;
    play("help\nhelp snapback\nhelp plan\n");
    says("Words you can type, ");
    says("snapback: Relief taken back in one step.");
    says("Examples: plan 3");
}

TEST(an_answer_is_yes_no_or_leaving)
{
    UNUSED_STATE;
    the_game.tables = true;
    the_game.tabled = (struct tabled){M_NAME, -1, 1};
    play("commit\nyes\nyes\n");
    says("The West tables: ");
    assert_int_equal(the_game.answer, 1);
    stop(NULL);
    start(NULL);
    the_game.tables = true;
    the_game.tabled = (struct tabled){M_NAME, -1, 1};
    play("commit\nyes\n");
    assert_int_equal(the_game.answer, -1);
    assert_int_equal(fake.turn, 2);
}

TEST(hostile_input_is_only_not_understood)
{
    UNUSED_STATE;
    static char typed[20000];
    memset(typed, 'a', sizeof typed - 2);
    typed[sizeof typed - 2] = '\n';
    play_with(NULL, typed, true);
    says("That is no word of the game.");
    stop(NULL);
    start(NULL);
    play_with(NULL, "\xff\xfe\n\x01\nplan\nplan plan\nplan 99999999999999999999\nplan -1\ndrop\ndrop 0\nmove\nmove x\nsource\nwhy\nplan 1 /(((\nwhy [\n", true);
    says("Nothing is planned");
}

TEST(no_line_is_wider_than_78)
{
    UNUSED_STATE;
    play("help\nbrief long\nmoves\nmove 1\nnumbers all\nsource imports\nmeasures\nplan 2\ncommit\nyes\n");
    for (const char *at = said; *at;) {
        size_t n = strcspn(at, "\n");
        if (n > 78)
            fail_msg("too wide: %.*s", (int)n, at);
        at += n + (at[n] != '\0');
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        T(a_wrong_word_names_the_nearest_and_does_nothing), T(a_word_may_be_cut_short_while_only_one_fits), T(end_of_input_leaves_without_a_turn),
        T(a_plan_is_sealed_only_after_yes), T(a_missing_target_is_asked_for_by_number_or_name), T(target_and_setting_may_follow_in_any_order),
        T(a_row_as_scenarios_write_it_is_understood), T(what_is_not_allowed_is_not_planned_and_says_why), T(undo_and_redo_walk_through_the_plan),
        T(undo_reaches_far_and_forgets_the_oldest), T(quit_asks_and_says_whether_the_game_is_saved), T(comments_and_blank_lines_of_a_script_are_passed_over),
        T(after_the_script_the_terminal_goes_on_only_if_there_is_one), T(again_says_the_last_answer_once_more),
        T(why_finds_a_number_by_part_of_its_title), T(a_command_typed_where_a_list_asks_is_done_and_nothing_is_chosen), T(help_lists_every_word_and_explains_terms), T(an_answer_is_yes_no_or_leaving),
        T(hostile_input_is_only_not_understood), T(no_line_is_wider_than_78),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
