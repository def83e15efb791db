/* tests/unit/code/row_test.c — rows read, print, and say what is wrong with them. */
#include "unit.h"
#include "base/panic.h"
#include "engine/build.h"

static struct arena arena;
static struct build b;
static const struct program *p;
static const char *const banks[] = {"border_bank", "port_bank", "3"};
static const struct setting decrees[] = {{.name = "informal", .level = 0.5}, {.name = "decree", .level = 1}};

enum { BAN, LIST, DRILL, LIFT };

static void set_up(void)
{
    build_begin(&b, &arena);
    int bank = build_set(&b, "bank", 3, banks);
    struct move *ban = build_move(&b, "coal_ban", -1);
    ban->setting = decrees, ban->settings = 2, ban->title = "Ban coal imports";
    build_move(&b, "list_bank", bank)->title = "List a bank";
    struct move *drill = build_move(&b, "drill", -1);
    drill->measure = false, drill->settings = 0, drill->title = NULL;
    build_move(&b, "lift", bank);                        /* a move may have a verb's name */
    p = build_program(&b);
}

static struct row parsed(const char *text)
{
    struct row row;
    const char *wrong = row_parse(p, &arena, text, &row);
    if (wrong)
        fail_msg("'%s': %s", text, wrong);
    return row;
}

static void reads(const char *text, enum row_verb verb, int move, int target, int setting, double level, const char *printed)
{
    struct row row = parsed(text);
    assert_int_equal(row.verb, verb);
    assert_int_equal(row.move, move);
    assert_int_equal(row.target, target);
    assert_int_equal(row.setting, setting);
    assert_true(row.level == level);
    assert_string_equal(row_print(p, &arena, row), printed);
    struct row again = parsed(printed);
    assert_true(again.verb == row.verb && again.move == row.move && again.target == row.target && again.setting == row.setting && again.level == row.level);
}

TEST(rows_read_and_print_back)
{
    UNUSED_STATE;
    reads("coal_ban", ROW_DO, BAN, -1, -1, -1, "coal_ban");
    reads("  do coal_ban / decree 60 % ", ROW_DO, BAN, -1, 1, 0.6, "coal_ban/decree 60%");
    reads("coal_ban/informal 0.6", ROW_DO, BAN, -1, 0, 0.6, "coal_ban/informal 60%");
    reads("coal_ban 0.125", ROW_DO, BAN, -1, -1, 0.125, "coal_ban 0.125");
    reads("impose list_bank(port_bank)", ROW_DO, LIST, 1, -1, -1, "list_bank(port_bank)");
    reads("list_bank( 2 )", ROW_DO, LIST, 1, -1, -1, "list_bank(port_bank)");
    reads("list_bank(3)", ROW_DO, LIST, 2, -1, -1, "list_bank(3)");
    reads("threaten(list_bank)", ROW_THREATEN, LIST, -1, -1, -1, "threaten list_bank");
    reads("threaten(list_bank(border_bank))", ROW_THREATEN, LIST, 0, -1, -1, "threaten list_bank(border_bank)");
    reads("ease coal_ban 50%", ROW_EASE, BAN, -1, -1, 0.5, "ease coal_ban 50%");
    reads("ease(coal_ban, 50%)", ROW_EASE, BAN, -1, -1, 0.5, "ease coal_ban 50%");
    reads("ease(coal_ban) 0%", ROW_EASE, BAN, -1, -1, 0, "ease coal_ban 0%");
    reads("snapback coal_ban", ROW_SNAPBACK, BAN, -1, -1, -1, "snapback coal_ban");
    reads("delay(coal_ban/decree)", ROW_DELAY, BAN, -1, 1, -1, "delay coal_ban/decree");
    reads("drill", ROW_DO, DRILL, -1, -1, -1, "drill");
    reads("lift coal_ban", ROW_LIFT, BAN, -1, -1, -1, "lift coal_ban");
    reads("lift", ROW_DO, LIFT, -1, -1, -1, "lift");
    reads("lift(port_bank)", ROW_DO, LIFT, 1, -1, -1, "do lift(port_bank)");
    reads("lift lift(port_bank)", ROW_LIFT, LIFT, 1, -1, -1, "lift lift(port_bank)");
}

TEST(every_row_prints_so_that_it_reads_back)
{
    UNUSED_STATE;
    static const double levels[] = {-1, 0, 0.07, 0.29, 0.57, 0.58, 1.0 / 3, 1, 1e-9};
    for (int verb = ROW_DO; verb <= ROW_DELAY; verb++)
        for (int move = 0; move < p->moves; move++)
            for (int target = -1; target < (p->move[move].target < 0 ? 0 : 3); target++)
                for (int setting = -1; setting < p->move[move].settings; setting++)
                    for (int i = 0; i < 9; i++) {
                        struct row row = {(enum row_verb)verb, move, target, setting, levels[i]};
                        if (!p->move[move].measure && (row.level >= 0 || (verb != ROW_DO && verb != ROW_THREATEN && verb != ROW_DELAY)))
                            continue;
                        struct row again = parsed(row_print(p, &arena, row));
                        assert_true(again.verb == row.verb && again.move == move && again.target == target && again.setting == setting
                                    && again.level == row.level);
                    }
}

static void refuses(const char *text, const char *want)
{
    struct row row;
    const char *wrong = row_parse(p, &arena, text, &row);
    if (!wrong)
        fail_msg("'%s' was read", text);
    assert_string_equal(wrong, want);
}

TEST(refusals_say_what_to_do)
{
    UNUSED_STATE;
    refuses("", "a row begins with a move or a verb, not with ''; write for instance `coal_ban`");
    refuses("(x)", "a row begins with a move or a verb, not with '(x)'; write for instance `coal_ban`");
    refuses("threaten", "'threaten' needs a move; write `threaten coal_ban`");
    refuses("coalban", "this scenario has no move 'coalban'; did you mean 'coal_ban'?");
    refuses("zzz", "this scenario has no move 'zzz'; write one of: coal_ban, list_bank, drill, lift");
    refuses("coal_ban/decre", "'coal_ban' has no setting 'decre'; did you mean 'decree'?");
    refuses("coal_ban(port_bank)", "'coal_ban' takes no target; write `coal_ban` alone");
    refuses("list_bank(port_bnk)", "the set 'bank' has no element 'port_bnk'; did you mean 'port_bank'?");
    refuses("list_bank(4)", "the set 'bank' has no element 4; write a number from 1 to 3");
    refuses("list_bank(port_bank, border_bank)", "'list_bank' is given more than one target; write a row for each");
    refuses("list_bank()", "the brackets after 'list_bank' are empty; write a target in them or leave them out");
    refuses("list_bank(port_bank", "the bracket after 'list_bank' is not closed; write `list_bank(target)`");
    refuses("threaten(coal_ban", "the bracket after 'threaten' is not closed; write `threaten(coal_ban)`");
    refuses("coal_ban 60", "a level of 60 is outside 0..1; write one such as 60% or 0.6");
    refuses("coal_ban 120%", "a level of 120% is outside 0..1; write one such as 60% or 0.6");
    refuses("coal_ban hard", "'hard' is no level; write one such as 60% or 0.6");
    refuses("coal_ban 60% now", "nothing may follow a row, but 'now' does; leave it out");
    refuses("drill/on", "'drill' is an act and has no settings; leave out `/on`");
    refuses("drill 50%", "'drill' is an act and has no level; leave out 50%");
    refuses("lift drill", "'drill' is an act, done once, so there is nothing to lift; write `drill` to do it");
}

TEST(rows_are_said_in_words)
{
    UNUSED_STATE;
    assert_string_equal(row_say(p, &arena, parsed("coal_ban/decree 60%")), "Ban coal imports (decree), 60 %");
    assert_string_equal(row_say(p, &arena, parsed("ease coal_ban 50%")), "ease: Ban coal imports to 50 %");
    assert_string_equal(row_say(p, &arena, parsed("list_bank(port_bank)")), "List a bank (port bank)");
    assert_string_equal(row_say(p, &arena, parsed("threaten list_bank(1)")), "threaten: List a bank (border bank)");
    assert_string_equal(row_say(p, &arena, parsed("drill")), "drill");
}

TEST(any_bytes_are_a_row_or_a_refusal)
{
    UNUSED_STATE;
    static const char *const part[] = {"lift", "coal_ban", "list_bank", "(", ")", "/", ",", " ", "%", "60", "0.6", "port_bank", "decree", "\xC3", "\n", "x"};
    uint32_t seed = 1;
    for (int round = 0; round < 50000; round++) {
        struct arena_mark mark = arena_mark(&arena);
        struct text t;
        struct row row;
        text_init(&t, &arena);
        text_add(&t, "");
        for (int n = (int)(round % 9); n > 0; n--) {
            seed = seed * 1664525 + 1013904223;
            text_add(&t, part[seed >> 28]);
        }
        const char *wrong = row_parse(p, &arena, t.at, &row);
        if (wrong)
            assert_true(strstr(wrong, "; ") != NULL || strstr(wrong, "did you mean") != NULL);
        else
            row_say(p, &arena, parsed(row_print(p, &arena, row)));
        arena_reset(&arena, mark);
    }
}

int main(void)
{
    arena_init(&arena, "test");
    set_up();
    const struct CMUnitTest tests[] = {
        RUN(rows_read_and_print_back),
        RUN(every_row_prints_so_that_it_reads_back),
        RUN(refusals_say_what_to_do),
        RUN(rows_are_said_in_words),
        RUN(any_bytes_are_a_row_or_a_refusal),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
