/* tests/unit/tui/draft_test.c — the plan under the keys: what is asked, what is undone, and that only the commit sheet commits. */
#include "unit.h"
#include "fake_view.h"
#include "tui/tui_private.h"

static struct ui ui;
static struct view view;

static int at_the_dashboard(void **state)
{
    (void)state;
    view = (struct view){.turn = 4, .news = 5};
    memset(&ui, 0, sizeof ui);
    ui_open(&ui);
    ui_turn(&ui, &view);
    ui.brief_read = true;
    draft_refresh(&ui);
    ui_base(&ui, &dash_page);
    return 0;
}

static int leave(void **state)
{
    (void)state;
    ui_close(&ui);
    return 0;
}

/* As a person would: the screen is drawn before each key. */
static void press(const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
        struct arena_mark mark = arena_mark(&ui.frame);
        struct canvas c = canvas_new(&ui.frame, ui.columns, ui.rows, ui.glyphs);
        ui_draw(&ui, &c);
        arena_reset(&ui.frame, mark);
        assert_int_not_equal(ui_key_named(name), UI_KEY_NONE);
        ui_key(&ui, ui_key_named(name));
    }
}

TEST(p_plans_d_drops_z_and_Z_undo_and_redo)
{
    UNUSED_STATE;
    press("p");
    assert_int_equal(ui.plan.rows, 1);
    assert_int_equal(ui.plan.row[0].move, 0);
    press("d");
    assert_int_equal(ui.plan.rows, 0);
    press("z");
    assert_int_equal(ui.plan.rows, 1);
    press("z");
    assert_int_equal(ui.plan.rows, 0);
    press("Z Z");
    assert_int_equal(ui.plan.rows, 0);
    press("Z z z z");
    assert_int_equal(ui.plan.rows, 0);
}

TEST(a_measure_asks_verb_target_and_setting)
{
    UNUSED_STATE;
    press("Down p Enter Down Enter Enter");
    assert_int_equal(ui.plan.rows, 1);
    assert_int_equal(ui.plan.row[0].move, 1);
    assert_int_equal(ui.plan.row[0].verb, ROW_DO);
    assert_int_equal(ui.plan.row[0].target, 2);                      /* iron ore stands already and is not offered */
    assert_int_equal(ui.plan.row[0].setting, 0);
}

TEST(one_target_is_no_question)
{
    UNUSED_STATE;
    press("Down p / L i f t Enter Enter");
    assert_int_equal(ui.plan.rows, 1);
    assert_int_equal(ui.plan.row[0].verb, ROW_LIFT);
    assert_int_equal(ui.plan.row[0].target, 1);
}

TEST(a_refusal_says_why_and_plans_nothing)
{
    UNUSED_STATE;
    view.turn = 0;
    press("End p");
    assert_int_equal(ui.plan.rows, 0);
    assert_true(ui.notice_warns);
    assert_non_null(strstr(ui.notice, "wait until turn 4"));
}

TEST(esc_in_a_question_plans_nothing)
{
    UNUSED_STATE;
    press("Down p Enter Esc");
    assert_int_equal(ui.plan.rows, 0);
    assert_int_equal(ui.page_count, 1);
}

TEST(enter_commits_nowhere_but_on_the_commit_sheet)
{
    UNUSED_STATE;
    press("p Enter Enter Tab Enter Enter w Enter N Enter b Enter i Enter");
    assert_int_equal(ui.end, UI_GOING);
    press("c Esc");
    assert_int_equal(ui.end, UI_GOING);
    press("c Enter");
    assert_int_equal(ui.end, UI_SEALED);
}

TEST(leaving_asks_first)
{
    UNUSED_STATE;
    press("q n");
    assert_int_equal(ui.end, UI_GOING);
    press("q y");
    assert_int_equal(ui.end, UI_LEFT);
}

TEST(ctrl_c_twice_leaves)
{
    UNUSED_STATE;
    ui_key(&ui, UI_KEY_LEAVE);
    assert_int_equal(ui.end, UI_GOING);
    ui_key(&ui, UI_KEY_LEAVE);
    assert_int_equal(ui.end, UI_LEFT);
}

TEST(nothing_happens_that_is_not_seen)
{
    UNUSED_STATE;
    ui.columns = 60;
    press("p c Enter");
    assert_int_equal(ui.plan.rows, 0);
    assert_int_equal(ui.end, UI_GOING);
    ui.columns = 80;
    press("p");
    assert_int_equal(ui.plan.rows, 1);
}

TEST(the_cursor_is_on_the_current_item)
{
    UNUSED_STATE;
    press("Down");
    struct canvas c = canvas_new(&ui.frame, ui.columns, ui.rows, ui.glyphs);
    char text[9];
    ui_draw(&ui, &c);
    assert_string_equal(canvas_cell_text(&c, c.cursor_x, c.cursor_y, text), "C");
    assert_string_equal(canvas_cell_text(&c, c.cursor_x - 2, c.cursor_y, text), ">");
}

TEST(an_answer_needs_plus_or_minus)
{
    UNUSED_STATE;
    reply_base(&ui, (struct tabled){5, -1, 1});
    press("Enter Space Esc");
    assert_int_equal(ui.end, UI_GOING);
    press("+");
    assert_int_equal(ui.end, UI_ANSWERED);
    assert_int_equal(ui.answer, 0);                                  /* a text that can be refused: + lets it pass */
    reply_base(&ui, (struct tabled){5, -1, 1});
    press("-");
    assert_int_equal(ui.answer, 1);
}

int main(void)
{
    fake_begin();
#define WITH_DASHBOARD(name) cmocka_unit_test_setup_teardown(name, at_the_dashboard, leave)
    const struct CMUnitTest tests[] = {
        WITH_DASHBOARD(p_plans_d_drops_z_and_Z_undo_and_redo), WITH_DASHBOARD(a_measure_asks_verb_target_and_setting), WITH_DASHBOARD(one_target_is_no_question),
        WITH_DASHBOARD(a_refusal_says_why_and_plans_nothing), WITH_DASHBOARD(esc_in_a_question_plans_nothing),
        WITH_DASHBOARD(enter_commits_nowhere_but_on_the_commit_sheet), WITH_DASHBOARD(leaving_asks_first), WITH_DASHBOARD(ctrl_c_twice_leaves),
        WITH_DASHBOARD(nothing_happens_that_is_not_seen), WITH_DASHBOARD(the_cursor_is_on_the_current_item), WITH_DASHBOARD(an_answer_needs_plus_or_minus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
