/* tests/unit/tui/talk_test.c — the table under the keys: what is sent, what is asked first, and a line that takes any text. */
#include "unit.h"
#include "base/text.h"
#include "fake_view.h"
#include "tui/tui_private.h"

static struct ui ui;
static struct view view;

static int at_the_dashboard(void **state)
{
    (void)state;
    view = (struct view){.turn = 4, .news = 5, .table = true};
    fake_table_begin();
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

static void hit(int key)
{
    struct arena_mark mark = arena_mark(&ui.frame);
    struct canvas c = canvas_new(&ui.frame, ui.columns, ui.rows, ui.glyphs);
    ui_draw(&ui, &c);
    arena_reset(&ui.frame, mark);
    ui_key(&ui, key);
}

static void press(const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
        assert_int_not_equal(ui_key_named(name), UI_KEY_NONE);
        hit(ui_key_named(name));
    }
}

static void type(const char *text)
{
    while (*text)
        hit((int)text_next(&text));
}

static const char *top_page(void) { return ui.page[ui.page_count - 1].ops->name; }

TEST(accepting_asks_first)
{
    UNUSED_STATE;
    press("r Enter + n");
    assert_int_equal(fake_says, 0);
    press("+ Enter x");
    assert_int_equal(fake_says, 0);
    press("y");
    assert_int_equal(fake_says, 1);
    assert_int_equal(fake_said.kind, SAY_ACCEPT);
    assert_int_equal(fake_said.number, 1);
    assert_string_equal(top_page(), "table");
    press("Esc");
    assert_string_equal(top_page(), "plan");
}

TEST(refusing_takes_a_reason_and_one_that_waits_needs_no_list)
{
    UNUSED_STATE;
    press("r Down Enter - Esc");
    assert_int_equal(fake_says, 0);
    press("- Down Down Enter");
    assert_int_equal(fake_said.kind, SAY_REJECT);
    assert_int_equal(fake_said.number, 2);
    assert_int_equal(fake_said.reason, REJECT_TRUST);
    press("Esc r");
    assert_string_equal(top_page(), "proposal");
    press("- Enter Esc r");
    assert_string_equal(top_page(), "plan");
    assert_non_null(strstr(ui.notice, "Nothing waits"));
}

TEST(what_else_can_be_said_is_a_list_and_walking_out_asks_first)
{
    UNUSED_STATE;
    press("t x Down Down Enter Enter");
    assert_int_equal(fake_says, 0);
    press("x Down Down Enter Down Enter");
    assert_int_equal(fake_says, 1);
    assert_int_equal(fake_said.kind, SAY_WALK_OUT);
    assert_int_equal(fake_said.number, 3);
    assert_string_equal(top_page(), "table");
    press("Esc x Down Enter");
    assert_int_equal(fake_said.kind, SAY_ASK_ABOUT);
    assert_int_equal(fake_said.place, 1);
    press("Esc x Enter Enter");
    assert_int_equal(fake_said.kind, SAY_PROPOSE);
}

TEST(a_counter_begins_with_the_line_as_ones_own)
{
    UNUSED_STATE;
    press("r Enter o Enter y");
    assert_int_equal(fake_said.kind, SAY_PROPOSE);
    assert_int_equal(fake_said.number, 1);
    const struct bargain *b = &fake_bargain[3];
    assert_int_equal(b->proposal.from, 0);
    assert_int_equal(b->proposal.to, 1u << 1);
    assert_int_equal(b->proposal.clauses, 2);
}

TEST(an_offer_is_typed_read_over_and_sent)
{
    UNUSED_STATE;
    press("o Enter");
    type("talks by T6; south wil");
    press("Enter y");
    assert_int_equal(fake_says, 0);                                  /* wrong: nothing was asked, and y is text */
    press("Backspace");
    press("Home End");
    type("l text by T7");
    press("Enter n Enter y");
    assert_int_equal(fake_says, 1);
    assert_int_equal(fake_bargain[3].proposal.kind, PROPOSAL_OFFER);
    assert_int_equal(fake_bargain[3].proposal.to, 1u << 1);
    assert_int_equal(fake_bargain[3].proposal.clauses, 2);
}

TEST(a_line_put_aside_is_taken_up_again)
{
    UNUSED_STATE;
    press("r Enter o Esc Esc");
    assert_non_null(ui.unsent);
    press("o Enter Enter y");
    assert_int_equal(fake_said.number, 1);
    assert_null(ui.unsent);
    press("Esc o Esc");
    assert_null(ui.unsent);
}

TEST(letters_are_text_while_writing_and_a_resize_loses_none)
{
    UNUSED_STATE;
    press("o Enter");
    for (int i = 0; i < 60; i++) {
        ui.columns = 80 + i * 7 % 90;
        ui.rows = 24 + i % 30;
        type(i % 3 ? "qt? " : "港é");
        hit(UI_KEY_RESIZE);
    }
    ui.columns = 40;
    type("lost");                                                    /* nothing is typed into what is not seen */
    ui.columns = 80;
    assert_string_equal(top_page(), "write");
    press("Esc");
    assert_null(strstr(ui.unsent, "lost"));
    assert_non_null(strstr(ui.unsent, "qt? qt? 港éqt? "));
}

TEST(a_refusal_of_the_game_is_said_and_the_line_stays)
{
    UNUSED_STATE;
    fake_bargains = FAKE_BARGAINS;
    for (int i = FAKE_LINES; i < FAKE_BARGAINS; i++)
        fake_bargain[i] = fake_bargain[2], fake_bargain[i].number = i + 1;
    press("r Enter o Enter y");
    assert_int_equal(fake_says, 0);
    assert_string_equal(top_page(), "write");
    assert_true(ui.notice_warns);
}

TEST(without_a_dialogue_there_are_no_such_keys)
{
    UNUSED_STATE;
    view.table = false;
    ui_turn(&ui, &view);
    draft_refresh(&ui);
    ui_base(&ui, &dash_page);
    press("t r o");
    assert_string_equal(top_page(), "plan");
    assert_null(talk_waits(&ui));
}

TEST(whoever_watches_says_nothing)
{
    UNUSED_STATE;
    ui.watching = true;
    press("t r o");
    assert_string_equal(top_page(), "plan");
}

TEST(the_plan_says_what_it_breaks)
{
    UNUSED_STATE;
    bool breaks = true;
    assert_non_null(talk_owed(&ui, &breaks));
    assert_false(breaks);
    ui.plan.row[ui.plan.rows++] = (struct row){.verb = ROW_DO, .move = 1, .target = 0, .setting = 0, .level = -1};
    assert_non_null(talk_owed(&ui, &breaks));
    assert_true(breaks);
}

TEST(a_field_takes_text_and_no_commands)
{
    UNUSED_STATE;
    static struct field f;
    field_set(&f, "");
    static const int hostile[] = {0, 1, 7, 27, 0x7F, 0x85, 0x9B, 0x202E, 0x2066, 0xD800, 0xDFFF, 0x110000, UI_KEY_UP, UI_KEY_F1, -1};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        field_key(&f, hostile[i]);
        assert_string_equal(f.text, "");
    }
    field_key(&f, 'a');
    field_key(&f, 0x6E2F);
    field_key(&f, 0x1F600);
    field_key(&f, UI_KEY_LEFT);
    field_key(&f, UI_KEY_LEFT);
    field_key(&f, 0xE9);
    assert_string_equal(f.text, "aé港\xF0\x9F\x98\x80");
    field_key(&f, UI_KEY_RIGHT);
    field_key(&f, UI_KEY_BACKSPACE);
    assert_string_equal(f.text, "aé\xF0\x9F\x98\x80");
    field_key(&f, UI_KEY_HOME);
    field_key(&f, UI_KEY_BACKSPACE);
    field_key(&f, UI_KEY_LEFT);
    assert_int_equal(f.at, 0);
    field_key(&f, UI_KEY_END);
    field_key(&f, UI_KEY_RIGHT);
    assert_int_equal(f.at, strlen(f.text));
}

TEST(a_field_that_is_full_stays_whole)
{
    UNUSED_STATE;
    static struct field f;
    field_set(&f, "x");
    for (int i = 0; i < 3 * FIELD_ROOM; i++)
        field_key(&f, i % 2 ? 0x6E2F : ' ');
    assert_true(strlen(f.text) < FIELD_ROOM);
    assert_true(strlen(f.text) > FIELD_ROOM - 4);
    assert_true(text_valid(f.text, strlen(f.text)));
    static char long_text[4 * FIELD_ROOM];
    for (size_t i = 0; i + 3 < sizeof long_text; i += 3)
        memcpy(long_text + i, "港", 3);
    field_set(&f, long_text);
    assert_true(text_valid(f.text, strlen(f.text)));
    assert_true(strlen(f.text) < FIELD_ROOM);
    press("o Enter");
    type(long_text);
    press("Home Enter End Left Esc");
    assert_true(text_valid(ui.unsent, strlen(ui.unsent)));
}

int main(void)
{
    fake_begin();
#define SCENE(f) cmocka_unit_test_setup_teardown(f, at_the_dashboard, leave)
    const struct CMUnitTest tests[] = {
        SCENE(accepting_asks_first), SCENE(what_else_can_be_said_is_a_list_and_walking_out_asks_first), SCENE(refusing_takes_a_reason_and_one_that_waits_needs_no_list), SCENE(a_counter_begins_with_the_line_as_ones_own),
        SCENE(an_offer_is_typed_read_over_and_sent), SCENE(a_line_put_aside_is_taken_up_again), SCENE(letters_are_text_while_writing_and_a_resize_loses_none),
        SCENE(a_refusal_of_the_game_is_said_and_the_line_stays), SCENE(without_a_dialogue_there_are_no_such_keys), SCENE(whoever_watches_says_nothing),
        SCENE(the_plan_says_what_it_breaks), SCENE(a_field_takes_text_and_no_commands), SCENE(a_field_that_is_full_stays_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
