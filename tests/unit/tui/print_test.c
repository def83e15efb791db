/* tests/unit/tui/print_test.c — whole screens as text, held to files in tests/unit/tui/screens/; DEMARCHE_ACCEPT=1 rewrites them (then
 * read the diff). And every screen at many sizes: no row longer than the window, plain letters where only those are to be had. */
#include "unit.h"
#include "base/text.h"
#include "fake_view.h"
#include "lab/forecast.h"
#include "tui/tui_private.h"

enum { TEXT_MOST = 1 << 18 };
static char got[TEXT_MOST], wanted[TEXT_MOST];

/* What may come, made up: it falls with the plan and stays without. */
static const struct forecast *made_up(void *self, const struct view *v, const struct plan *plan, struct number of, bool now)
{
    enum { TURNS = 6 };
    static struct band hold[TURNS], with[TURNS], change[TURNS];
    static struct forecast_value value;
    static struct seen_value seen;
    static struct forecast f;
    const int left = FAKE_TURNS - view_turn(v), turns = left < TURNS ? left : TURNS;
    (void)self;
    if (!now || turns < 1)
        return NULL;
    value = (struct forecast_value){of.quantity, of.element};
    seen = view_value(v, of.quantity, of.element, view_turn(v));
    for (int t = 0; t < turns; t++) {
        hold[t] = (struct band){seen.value * 0.95, seen.value, seen.value * 1.05};
        with[t] = (struct band){seen.value * (0.9 - 0.05 * t), seen.value * (1 - 0.05 * t), seen.value * (1.02 - 0.02 * t)};
    }
    f = (struct forecast){.turns = turns, .lanes = 256, .values = 1, .planned = plan->rows > 0, .value = &value, .now = &seen, .hold = hold, .plan = with, .change = change};
    return &f;
}

static void print(struct view view, struct tui_print how)
{
    FILE *out = tmpfile();
    assert_non_null(out);
    fake_table_begin();
    bool good = tui_print_screen(&view, &how, out);
    rewind(out);
    size_t n = fread(got, 1, sizeof got - 1, out);
    got[n] = '\0';
    fclose(out);
    if (!good)
        fail_msg("%s", got);
}

static void golden(const char *name, struct view view, struct tui_print how)
{
    char path[256];
    snprintf(path, sizeof path, "tests/unit/tui/screens/%s.expect", name);
    print(view, how);
    if (getenv("DEMARCHE_ACCEPT")) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        fputs(got, out);
        fclose(out);
        return;
    }
    FILE *in = fopen(path, "r");
    if (!in)
        fail_msg("there is no %s; DEMARCHE_ACCEPT=1 writes it", path);
    size_t n = fread(wanted, 1, sizeof wanted - 1, in);
    wanted[n] = '\0';
    fclose(in);
    if (strcmp(got, wanted))
        fail_msg("%s differs; now it is\n%s", path, got);
}

static const struct view talking = {.turn = 4, .news = 5, .table = true};
static const struct view midgame = {.turn = 4, .news = 5}, first = {.news = 3}, last = {.turn = 12, .over = true, .open = true, .news = 2};
#define AT(w, h) .columns = (w), .rows = (h)

TEST(brief_at_80x24) { UNUSED_STATE; golden("brief_80x24", first, (struct tui_print){.screen = "brief", AT(80, 24)}); }
TEST(plan_at_80x24) { UNUSED_STATE; golden("plan_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "p"}); }
TEST(plan_in_ascii) { UNUSED_STATE; golden("plan_80x24_ascii", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .glyphs = TUI_GLYPHS_ASCII}); }
TEST(plan_with_roles) { UNUSED_STATE; golden("plan_80x24_roles", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .roles = true, .keys = "Tab"}); }
TEST(plan_at_100x30) { UNUSED_STATE; golden("plan_100x30", midgame, (struct tui_print){.screen = "plan", AT(100, 30)}); }
TEST(plan_at_120x40) { UNUSED_STATE; golden("plan_120x40", midgame, (struct tui_print){.screen = "plan", AT(120, 40), .keys = "Down"}); }
#define FAN .ahead = {made_up, NULL}
TEST(fan_at_80x24) { UNUSED_STATE; golden("fan_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), FAN}); }
TEST(fan_of_a_number) { UNUSED_STATE; golden("fan_number_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), FAN, .keys = "p Tab Down"}); }
TEST(fan_plain) { UNUSED_STATE; golden("fan_80x24_plain", midgame, (struct tui_print){.screen = "plan", AT(80, 24), FAN, .glyphs = TUI_GLYPHS_PLAIN}); }
TEST(fan_in_ascii) { UNUSED_STATE; golden("fan_80x24_ascii", midgame, (struct tui_print){.screen = "plan", AT(80, 24), FAN, .glyphs = TUI_GLYPHS_ASCII}); }
TEST(fan_at_120x40) { UNUSED_STATE; golden("fan_120x40", talking, (struct tui_print){.screen = "plan", AT(120, 40), FAN}); }
TEST(fan_at_200x60) { UNUSED_STATE; golden("fan_200x60", talking, (struct tui_print){.screen = "plan", AT(200, 60), FAN}); }
TEST(fan_with_roles) { UNUSED_STATE; golden("fan_120x40_roles", talking, (struct tui_print){.screen = "plan", AT(120, 40), FAN, .roles = true}); }
TEST(network_at_80x24) { UNUSED_STATE; golden("network_80x24", midgame, (struct tui_print){.screen = "network", AT(80, 24)}); }
TEST(network_in_ascii) { UNUSED_STATE; golden("network_120x40_ascii", midgame, (struct tui_print){.screen = "network", AT(120, 40), .glyphs = TUI_GLYPHS_ASCII}); }
TEST(timeline_at_80x24) { UNUSED_STATE; golden("timeline_80x24", talking, (struct tui_print){.screen = "timeline", AT(80, 24)}); }
TEST(timeline_at_120x40) { UNUSED_STATE; golden("timeline_120x40", talking, (struct tui_print){.screen = "timeline", AT(120, 40), .roles = true}); }
TEST(plan_when_nothing_is_known) { UNUSED_STATE; golden("plan_unknown", (struct view){.silent = true, .poor = true, .turn = 2}, (struct tui_print){.screen = "plan", AT(80, 24)}); }
TEST(move_at_80x24) { UNUSED_STATE; golden("move_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "Down Enter"}); }
TEST(question_above_the_plan) { UNUSED_STATE; golden("question_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "Down Down p PgDn"}); }
TEST(help_of_the_plan_names_every_key) { UNUSED_STATE; golden("help_plan_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "?"}); }
TEST(keys_of_a_question) { UNUSED_STATE; golden("keys_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "Down Down p ?"}); }
TEST(the_seed_stands_where_there_is_room) { UNUSED_STATE; golden("seed_80x24", first, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "Tab", .seed = "2017"}); }
TEST(leaving_names_the_seed) { UNUSED_STATE; golden("leave_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "q", .seed = "2017"}); }
TEST(news_before_anything_happened_say_what_it_is_about) { UNUSED_STATE; golden("news_first_80x24", (struct view){.news = 0}, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "N"}); }
TEST(commit_sheet) { UNUSED_STATE; golden("commit_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "p c"}); }
TEST(news_at_80x24) { UNUSED_STATE; golden("news_80x24", midgame, (struct tui_print){.screen = "news", AT(80, 24)}); }
TEST(why_at_80x24) { UNUSED_STATE; golden("why_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "w ] ]"}); }
TEST(help_filtered) { UNUSED_STATE; golden("help_80x24", midgame, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "? b a c k"}); }
TEST(answer_at_80x24) { UNUSED_STATE; golden("answer_80x24", midgame, (struct tui_print){.screen = "answer", AT(80, 24), .tabled = {5, -1, 1}}); }
TEST(end_at_80x24) { UNUSED_STATE; golden("end_80x24", last, (struct tui_print){.screen = "end", AT(80, 24)}); }
TEST(too_small_at_60x20) { UNUSED_STATE; golden("small_60x20", midgame, (struct tui_print){.screen = "plan", AT(60, 20)}); }

/* The table. */
TEST(talk_plan_80x24) { UNUSED_STATE; golden("talk_plan_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = NULL}); }
TEST(talk_plan_120x40) { UNUSED_STATE; golden("talk_plan_120x40", talking, (struct tui_print){.screen = "plan", AT(120, 40), .keys = NULL}); }
TEST(talk_help_80x24) { UNUSED_STATE; golden("talk_help_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "?"}); }
TEST(table_80x24) { UNUSED_STATE; golden("table_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "t"}); }
TEST(table_120x40) { UNUSED_STATE; golden("table_120x40", talking, (struct tui_print){.screen = "plan", AT(120, 40), .keys = "t"}); }
TEST(reply_pick_80x24) { UNUSED_STATE; golden("reply_pick_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r"}); }
TEST(reply_80x24) { UNUSED_STATE; golden("reply_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r Enter"}); }
TEST(reply_120x40) { UNUSED_STATE; golden("reply_120x40", talking, (struct tui_print){.screen = "plan", AT(120, 40), .keys = "r Enter"}); }
TEST(refuse_80x24) { UNUSED_STATE; golden("refuse_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r Enter -"}); }
TEST(accepted_80x24) { UNUSED_STATE; golden("accepted_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r Enter + y"}); }
TEST(write_80x24) { UNUSED_STATE; golden("write_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "o Enter t a l"}); }
TEST(write_120x40) { UNUSED_STATE; golden("write_120x40", talking, (struct tui_print){.screen = "plan", AT(120, 40), .keys = "o Enter t a l k s"}); }
TEST(counter_80x24) { UNUSED_STATE; golden("counter_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r Enter o Left Left x"}); }
TEST(send_80x24) { UNUSED_STATE; golden("send_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "r Enter o Enter"}); }
TEST(talk_commit_80x24) { UNUSED_STATE; golden("talk_commit_80x24", talking, (struct tui_print){.screen = "plan", AT(80, 24), .keys = "Down p Enter Enter Enter c"}); }

/* What is in `got` fits its window, row by row. */
static void assert_fits(struct tui_print how)
{
    int rows = 0;
    for (char *line = got, *end; *line; line = end + 1, rows++) {
        end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        if (text_width(line) > how.columns)
            fail_msg("%dx%d %s: this row is too long: %s", how.columns, how.rows, how.screen, line);
        for (const char *at = line; how.glyphs == TUI_GLYPHS_ASCII && *at; at++)
            if ((unsigned char)*at > 0x7E)
                fail_msg("%s is not ascii: %s", how.screen, line);
    }
    assert_int_equal(rows, how.rows);
}

static const struct { int columns, rows; } sizes[] = {{80, 24}, {81, 25}, {99, 24}, {80, 60}, {100, 30}, {117, 33}, {120, 40}, {160, 50}, {200, 60}, {300, 90}, {79, 24}, {80, 23}, {40, 6}, {39, 5}, {1, 1}};

TEST(no_row_is_too_long_at_any_size)
{
    UNUSED_STATE;
    static const char *const screens[] = {"brief", "plan", "news", "answer", "end"};
    static const char *const keys[] = {NULL, "Down Enter", "Down p", "Down Down p", "p c", "w", "?", "i", "N", "b L", "s", "Tab Enter", "q", "t", "r", "r Enter +", "r Enter -", "o Enter a b c", "r Enter o", "r Enter o Enter", "n", "T"};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int level = TUI_GLYPHS_FULL; level <= TUI_GLYPHS_ASCII; level++)
            for (size_t screen = 0; screen < sizeof screens / sizeof *screens; screen++)
                for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
                    struct tui_print how = {.screen = screens[screen], .columns = sizes[s].columns, .rows = sizes[s].rows, .glyphs = (enum tui_glyphs)level,
                                            .keys = keys[k], .tabled = {5, -1, 1}, FAN};
                    print(screen == 4 ? last : screen == 1 ? talking : midgame, how);
                    assert_fits(how);
                }
}

TEST(a_storm_of_keys_leaves_a_screen)
{
    UNUSED_STATE;
    static const char *const key[] = {"Up", "Down", "Left", "Right", "Enter", "Esc", "Tab", "S-Tab", "PgUp", "PgDn", "Home", "End", "Space", "Backspace",
                                      "p", "d", "z", "Z", "c", "w", "s", "i", "b", "N", "?", "/", "L", "<", ">", "[", "]", "+", "-", "0", "j", "k", "x", "1", "2", "F1", ":", "t", "r", "o", "y", "n", "T", "é", "港"};
    uint32_t draw = 12345;
    for (int storm = 0; storm < 60; storm++) {
        char keys[4096] = "";
        size_t n = 0;
        for (int i = 0; i < 200; i++) {
            draw = draw * 1664525u + 1013904223u;
            n += (size_t)snprintf(keys + n, sizeof keys - n, "%s ", key[(draw >> 16) % (sizeof key / sizeof *key)]);
        }
        struct tui_print how = {.screen = storm % 3 == 0 ? "news" : "plan", .columns = storm % 2 ? 80 : 120, .rows = storm % 2 ? 24 : 40, .keys = keys, FAN};
        print(storm % 4 < 2 ? midgame : talking, how);
        assert_fits(how);
    }
}

TEST(a_wrong_key_or_screen_is_named)
{
    UNUSED_STATE;
    struct view v = midgame;
    FILE *out = tmpfile();
    assert_false(tui_print_screen(&v, &(struct tui_print){.screen = "plan", AT(80, 24), .keys = "Hyper"}, out));
    assert_false(tui_print_screen(&v, &(struct tui_print){.screen = "map", AT(80, 24)}, out));
    fclose(out);
}

TEST(one_key_has_one_meaning)
{
    UNUSED_STATE;
    for (int i = 0; i < action_count + talk_count; i++)
        for (int j = 0; j < i; j++) {
            const char *one = i < action_count ? action_table[i].key : talk_table[i - action_count].key;
            const char *other = j < action_count ? action_table[j].key : talk_table[j - action_count].key;
            assert_false(*one && !strcmp(one, other));
        }
}

static void print_keys(struct view v, const char *keys, char *into)
{
    print(v, (struct tui_print){.screen = "plan", AT(80, 24), .keys = keys, FAN});
    snprintf(into, TEXT_MOST, "%s", got);
}

/* The palette and the key: the same screen, on the plan and above it. */
TEST(palette_entry_and_key_do_the_same)
{
    UNUSED_STATE;
    static char by_key[TEXT_MOST], by_name[TEXT_MOST];
    static const char *const before[] = {"", "N ", "i "};
    for (int i = 0; i < action_count + talk_count; i++) {
        const struct action *act = i < action_count ? &action_table[i] : &talk_table[i - action_count];
        for (size_t b = 0; *act->key && b < sizeof before / sizeof *before; b++) {
            char keys[512];
            size_t n = (size_t)snprintf(keys, sizeof keys, "%s: ", before[b]);
            for (const char *at = act->palette; *at; at++)
                n += (size_t)snprintf(keys + n, sizeof keys - n, *at == ' ' ? "Space " : "%c ", *at);
            snprintf(keys + n, sizeof keys - n, "Enter");
            print_keys(talking, keys, by_name);
            const bool plans = !keycard_among(KEYS_EVERYWHERE, act->key);
            snprintf(keys, sizeof keys, "%s%s%s", before[b], plans && b > 0 ? "Esc " : "", act->key);
            print_keys(talking, keys, by_key);
            assert_string_equal(by_name, by_key);
        }
    }
}

TEST(every_action_has_a_word_an_entry_and_a_page_that_knows_its_key)
{
    UNUSED_STATE;
    for (int i = 0; i < action_count + talk_count; i++) {
        const struct action *act = i < action_count ? &action_table[i] : &talk_table[i - action_count];
        assert_true(*act->word && *act->palette && *act->help);
        assert_true(!*act->key || keycard_among(dash_page.keys, act->key));
        assert_true(!*act->key || ui_key_named(act->key) != UI_KEY_NONE);
        for (int j = 0; j < i; j++) {
            const struct action *other = j < action_count ? &action_table[j] : &talk_table[j - action_count];
            assert_true(strcmp(act->word, other->word) != 0);
            assert_true(strcmp(act->palette, other->palette) != 0);
        }
    }
}

TEST(palette_at_80x24) { UNUSED_STATE; golden("palette_80x24", midgame, (struct tui_print){.screen = "command", AT(80, 24)}); }
TEST(palette_finds_a_number) { UNUSED_STATE; golden("palette_why_80x24", midgame, (struct tui_print){.screen = "command", AT(80, 24), .keys = "w h y Space r"}); }
TEST(palette_opens_what_it_names) { UNUSED_STATE; golden("palette_where_80x24", midgame, (struct tui_print){.screen = "command", AT(80, 24), .keys = "w h e r e Enter"}); }

int main(void)
{
    fake_begin();
    const struct CMUnitTest tests[] = {
        RUN(brief_at_80x24), RUN(plan_at_80x24), RUN(plan_in_ascii), RUN(plan_with_roles), RUN(plan_at_100x30), RUN(plan_at_120x40), RUN(plan_when_nothing_is_known),
        RUN(fan_at_80x24), RUN(fan_of_a_number), RUN(fan_plain), RUN(fan_in_ascii), RUN(fan_at_120x40), RUN(fan_at_200x60), RUN(fan_with_roles), RUN(network_at_80x24),
        RUN(network_in_ascii), RUN(timeline_at_80x24), RUN(timeline_at_120x40),
        RUN(move_at_80x24), RUN(question_above_the_plan), RUN(commit_sheet), RUN(news_at_80x24), RUN(why_at_80x24), RUN(help_filtered), RUN(answer_at_80x24),
        RUN(end_at_80x24), RUN(too_small_at_60x20), RUN(no_row_is_too_long_at_any_size), RUN(a_storm_of_keys_leaves_a_screen), RUN(a_wrong_key_or_screen_is_named),
        RUN(one_key_has_one_meaning), RUN(palette_entry_and_key_do_the_same), RUN(every_action_has_a_word_an_entry_and_a_page_that_knows_its_key),
        RUN(palette_at_80x24), RUN(palette_finds_a_number), RUN(palette_opens_what_it_names), RUN(help_of_the_plan_names_every_key), RUN(keys_of_a_question), RUN(the_seed_stands_where_there_is_room), RUN(leaving_names_the_seed),
        RUN(news_before_anything_happened_say_what_it_is_about),
        RUN(talk_plan_80x24), RUN(talk_plan_120x40), RUN(talk_help_80x24), RUN(table_80x24), RUN(table_120x40), RUN(reply_pick_80x24), RUN(reply_80x24), RUN(reply_120x40),
        RUN(refuse_80x24), RUN(accepted_80x24), RUN(write_80x24), RUN(write_120x40), RUN(counter_80x24), RUN(send_80x24), RUN(talk_commit_80x24)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
