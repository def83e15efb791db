/* tests/unit/page/report_test.c — what a seat is told: units, certainty and direction in words, lists that count themselves, nothing that it cannot see. */
#include "unit.h"

#include "base/text.h"
#include "page/fake_view.h"
#include "page/report.h"

static struct arena a;
static struct view view;
static struct doc *d;

static int start(void **state)
{
    (void)state;
    arena_init(&a, "test");
    view = fake_start();
    d = doc_new(&a);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_done(&a);
    return 0;
}

static const char *all(void)
{
    const struct doc_line *line;
    struct text t;
    text_init(&t, &a);
    int count = doc_lines(d, &a, 1000, &line);
    for (int i = 0; i < count; i++)
        text_addf(&t, "%s\n", line[i].text);
    return t.at;
}

static void says(const char *part)
{
    if (!strstr(all(), part))
        fail_msg("'%s' is not said in:\n%s", part, all());
}

static void never_says(const char *part)
{
    if (strstr(all(), part))
        fail_msg("'%s' is said in:\n%s", part, all());
}

static const char *value(int quantity, int since)
{
    return report_value(&view, &a, (struct number){quantity, 0}, 2, since);
}

TEST(money_reads_with_certainty_and_direction)
{
    UNUSED_STATE;
    assert_string_equal(value(Q_IMPORTS, 0), "about 131 million dollars a month, give or take 14. Down 80 since the start");
    assert_string_equal(value(Q_IMPORTS, 1), "about 131 million dollars a month, give or take 14. Down 40 in this turn");
    assert_string_equal(value(Q_IMPORTS, -1), "about 131 million dollars a month, give or take 14");
}

TEST(a_scale_reads_of_100)
{
    UNUSED_STATE;
    assert_string_equal(value(Q_RELATION, 0), "58 of 100, exact. Down 3 since the start");
    assert_string_equal(report_figure(&fake_program, &a, (struct number){Q_RELATION, 0}, view_value(&view, Q_RELATION, 0, 2)), "58");
}

TEST(what_did_not_move_says_so)
{
    UNUSED_STATE;
    assert_string_equal(value(Q_TROOPS, 0), "40 thousand, exact. No change since the start");
    assert_string_equal(value(Q_TALKS, -1), "no");
}

TEST(a_change_is_the_difference_of_what_is_shown)
{
    UNUSED_STATE;
    fake_put(Q_RELATION, 0, 1, 0.5849, 0);          /* 58 */
    fake_put(Q_RELATION, 0, 2, 0.5751, 0);          /* 58: shown alike, so no change */
    assert_string_equal(value(Q_RELATION, 1), "58 of 100, exact. No change in this turn");
}

TEST(what_cannot_be_seen_is_told_as_such)
{
    UNUSED_STATE;
    assert_string_equal(value(Q_HOARD, 0), "you cannot see it");
    fake.value[Q_IMPORTS][0][2].known = false;
    assert_string_equal(value(Q_IMPORTS, 0), "no report has come yet");
    assert_string_equal(report_figure(&fake_program, &a, (struct number){Q_HOARD, 0}, view_value(&view, Q_HOARD, 0, 2)), "?");
}

TEST(charted_numbers_come_first_and_nobody_trusts_himself)
{
    UNUSED_STATE;
    struct number n[32];
    assert_int_equal(report_watch(&view, n, 32), 7);
    assert_int_equal(n[0].quantity, Q_IMPORTS);
    assert_int_equal(n[1].quantity, Q_HOARD);
    assert_string_equal(report_label(&view, &a, n[5]), "Trust, The East towards The West");
    assert_string_equal(report_label(&view, &a, n[6]), "Trust, The West towards The East");
    assert_int_equal(report_watch(&view, n, 3), 3);
}

TEST(lists_say_how_many_they_are)
{
    UNUSED_STATE;
    report_numbers(d, &view);
    says("What you can see, 7 numbers.\n1. Imports of coal: about");
    says("2. Hidden gold: you cannot see it.");
}

TEST(moves_tell_cost_choice_and_setting)
{
    UNUSED_STATE;
    struct plan plan = {.rows = 0};
    fake.refusal = "what it requires does not hold now";
    report_moves(d, &view, &plan);
    says("Moves you can plan, 2.\n1. Ban a good. Costs 2. Choose 1 of 3. Setting: quietly or decree.\n2. Name a bank. Costs 1.\n");
    says("Not now, 1: pick up the telephone.");
}

TEST(a_move_that_cannot_be_done_says_why)
{
    UNUSED_STATE;
    fake.refusal = "Pick up the telephone: nobody answers";
    report_move(d, &view, M_PHONE);
    says("Not possible now: pick up the telephone: nobody answers.");
}

TEST(a_plan_adds_up)
{
    UNUSED_STATE;
    struct plan plan = {.rows = 2, .row = {{ROW_DO, M_BAN, 0, -1, -1}, {ROW_DO, M_NAME, -1, -1, -1}}};
    report_plan(d, &view, &plan);
    says("Your orders for turn 3, 2 lines.");
    says("Together 3 of 3 capital; 0 left.");
}

TEST(why_lines_add_up_to_the_total)
{
    UNUSED_STATE;
    report_why(d, &view, (struct number){Q_RELATION, 0}, 1, 2);
    says("Relation with the West, in turn 2, your view: down 3 of 100.");
    says("1. By Ban a good (The West): down 5.\n2. Not known to you: up 2.\nTotal: down 3.");
}

TEST(why_of_what_is_worked_out_names_what_it_is_worked_out_from)
{
    UNUSED_STATE;
    fake_put(Q_TROOPS, 0, 1, 43, 0);
    report_why(d, &view, (struct number){Q_IMPORTS, 0}, 1, 2);
    says("Imports of coal: about 131 million dollars a month, give or take 14. Down 40 in this turn.");
    says("it is the sum of 2 numbers.\n1. Troops at the border: from 43 to 40 thousand, which lowers it.\n");
    says("Not known to you: Hidden gold.");
    says("It also hangs on a move: Ban a good.");
    never_says("Total");
}

TEST(a_sum_seen_exactly_has_lines_that_add_up_and_one_for_the_unseen)
{
    UNUSED_STATE;
    fake_put(Q_IMPORTS, 0, 1, 171, 0);
    fake_put(Q_IMPORTS, 0, 2, 131, 0);
    fake_put(Q_TROOPS, 0, 1, 43, 0);
    report_why(d, &view, (struct number){Q_IMPORTS, 0}, 1, 2);
    says("Imports of coal, in turn 2, your view: down 40 million dollars a month.");
    says("1. Troops at the border: down 3.\n2. Not known to you: down 37.\nTotal: down 40.");
}

TEST(a_stock_seen_with_an_error_has_no_ledger_to_tell)
{
    UNUSED_STATE;
    fake_put(Q_RELATION, 0, 2, 0.5, 0.05);
    report_why(d, &view, (struct number){Q_RELATION, 0}, 1, 2);
    says("what moved it is not known to you");
    says("it changes with 1 number.\n1. Imports of coal: from about 171 to about 131 million dollars a month.\n");
    says("such a change may be the error alone");
    never_says("Total");
}

TEST(effects_are_told_in_what_is_shown_and_never_as_a_formula)
{
    UNUSED_STATE;
    report_move(d, &view, M_BAN);
    says("1. Relation with the West: up, 30 percent of the way to 100 (now about 13).");
    says("2. Troops at the border: down 3 to 12 thousand, depending on the good chosen, and the more, the higher relation with the West, 1 turn later, spread over 2 turns.");
    says("3. Trust, The East towards The West: up about 5 of 100.");
    says("4. Talks are on: becomes yes.");
    never_says("*");
    never_says("push");
}

TEST(a_move_names_the_flows_that_it_bears_on)
{
    UNUSED_STATE;
    report_move(d, &view, M_BAN);
    says("While in force, it bears on 1 number.\nImports of coal.\nThrough it on others, the nearest first: Relation with the West.");
    says("Once done, it bears on 1 number.\nTroops at the border.\n");
}

TEST(a_review_marks_what_is_seen_with_an_error_and_says_so_once)
{
    UNUSED_STATE;
    report_moved(d, &view, 2, 8);
    says("Imports of coal about 131, down about 40. Relation with the West 58, down 2.\nAbout: seen with an error");
    d = doc_new(&a);
    fake.value[Q_IMPORTS][0][2].known = false;
    report_moved(d, &view, 2, 8);
    never_says("bout");
}

TEST(brief_is_short_unless_asked)
{
    UNUSED_STATE;
    report_brief(d, &view, false);
    says("You are the East.");
    never_says("Longer words.");
    says("What you are judged on, 2 goals.\nScored from 0 to 100; 100 is best.\n"
         "1. Peace. Weight 75 of 100. Now 60 of 100; the higher relation with the West and the lower troops at the border, the better.\n"
         "2. Trade. Weight 25 of 100. Now 20 of 100.\n");
    says("You have 3 capital. Each turn brings 1. You can keep 5 at most.");
    says("Imports of coal: what you see is off by 20 percent, more or less, and 1 turn old.");
    says("Hidden gold: you cannot see it.");
    d = doc_new(&a);
    report_brief(d, &view, true);
    says("Longer words.");
}

TEST(newspaper_tags_what_is_only_claimed)
{
    UNUSED_STATE;
    fake.news_count = 2;
    fake.news[0] = (struct news){NEWS_FACT, -1, "No coal came", "Ships wait."};
    fake.news[1] = (struct news){NEWS_CLAIM, 1, "\"We have stopped.\"", NULL};
    report_news(d, &view, 2);
    says("THE LONG TELEGRAM, April 2017");
    says("News, 2 items.\n1. Fact. No coal came. Ships wait.\n2. Claim, from The West. \"We have stopped.\"\n");
}

TEST(measures_are_listed_with_stage_and_level)
{
    UNUSED_STATE;
    fake.measure[M_BAN] = (struct measure_seen){STAGE_ENFORCED, 1, 0.8, 1, true};
    report_measures(d, &view);
    says("Measures you know of, 1.\n1. Ban a good, by The East: enforced, on coal, decree, level 80 of 100, since turn 2.\n");
}

TEST(the_end_gives_score_and_what_the_ending_added)
{
    UNUSED_STATE;
    fake.over = true;
    fake.ending = 0;
    report_end(d, &view);
    says("A calm end\nNobody shot.");
    says("Your score as The East: 54.");
    says("The goals come to 50; this ending adds 4.");
    never_says("The scores");
    fake.open = true;
    d = doc_new(&a);
    report_end(d, &view);
    says("The scores, 2 seats.");
}

TEST(what_was_hidden_comes_out_at_the_end)
{
    UNUSED_STATE;
    struct view open = {.seat = -1};
    report_hidden(d, &view, &open);
    says("What was hidden, 2 numbers.\n1. Hidden gold: you could not see it; it was 30 tonnes.\n2. Imports of coal: you saw about 131 million dollars a month, give or take 14; it was 162 million");
}

TEST(sources_name_who_says_so)
{
    UNUSED_STATE;
    report_source(d, &fake_program, "imports");
    says("Source: Customs record, The customs, 2017.");
    says("The East sees it give or take 20 percent, 1 turn late.");
    d = doc_new(&a);
    report_source(d, &fake_program, "customs");
    says("What rests on it, 2: imports, ban.");
    d = doc_new(&a);
    report_source(d, &fake_program, "import");
    says("did you mean 'imports'?");
}

TEST(glossary_takes_any_case_and_the_start_of_a_word)
{
    UNUSED_STATE;
    report_word(d, &fake_program, "Snapback");
    says("snapback: Relief taken back in one step.");
    d = doc_new(&a);
    report_word(d, &fake_program, "pres");
    says("pressure: What was lost.");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        T(money_reads_with_certainty_and_direction), T(a_scale_reads_of_100), T(what_did_not_move_says_so),
        T(a_change_is_the_difference_of_what_is_shown), T(what_cannot_be_seen_is_told_as_such),
        T(charted_numbers_come_first_and_nobody_trusts_himself), T(lists_say_how_many_they_are), T(moves_tell_cost_choice_and_setting),
        T(a_move_that_cannot_be_done_says_why), T(a_plan_adds_up), T(why_lines_add_up_to_the_total), T(why_of_what_is_worked_out_names_what_it_is_worked_out_from),
        T(a_sum_seen_exactly_has_lines_that_add_up_and_one_for_the_unseen), T(a_stock_seen_with_an_error_has_no_ledger_to_tell),
        T(effects_are_told_in_what_is_shown_and_never_as_a_formula), T(a_move_names_the_flows_that_it_bears_on),
        T(a_review_marks_what_is_seen_with_an_error_and_says_so_once),
       
        T(brief_is_short_unless_asked), T(newspaper_tags_what_is_only_claimed), T(measures_are_listed_with_stage_and_level),
        T(the_end_gives_score_and_what_the_ending_added), T(what_was_hidden_comes_out_at_the_end), T(sources_name_who_says_so),
        T(glossary_takes_any_case_and_the_start_of_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
