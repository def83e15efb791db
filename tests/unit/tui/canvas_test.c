/* tests/unit/tui/canvas_test.c — cells: nothing overflows, lines join, letters fold. */
#include "unit.h"
#include <math.h>
#include "tui/canvas.h"

static struct arena arena;

static const char *printed(const struct canvas *c)
{
    static char text[4096];
    FILE *out = tmpfile();
    canvas_print(c, false, out);
    rewind(out);
    size_t n = fread(text, 1, sizeof text - 1, out);
    text[n] = '\0';
    fclose(out);
    return text;
}

TEST(text_is_cut_with_an_ellipsis)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 12, 1, TUI_GLYPHS_FULL);
    assert_int_equal(canvas_text(&c, 0, 0, 8, ROLE_PLAIN, "reserves of grain"), 8);
    assert_string_equal(printed(&c), "reserve…\n");
}

TEST(text_stops_at_the_edge_of_the_canvas)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 5, 2, TUI_GLYPHS_FULL);
    canvas_text(&c, 3, 0, 40, ROLE_PLAIN, "abcdef");
    canvas_text(&c, -2, 1, 40, ROLE_PLAIN, "abcdef");
    canvas_text(&c, 0, 7, 40, ROLE_PLAIN, "nowhere");
    assert_string_equal(printed(&c), "   ab\ncdef\n");
}

TEST(half_a_wide_letter_is_never_left)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 6, 1, TUI_GLYPHS_FULL);
    canvas_text(&c, 0, 0, 6, ROLE_PLAIN, "港の船");
    canvas_text(&c, 1, 0, 1, ROLE_PLAIN, "x");
    assert_string_equal(printed(&c), " xの船\n");
    canvas_text(&c, 2, 0, 1, ROLE_PLAIN, "y");
    assert_string_equal(printed(&c), " xy 船\n");
    canvas_clear(&c, (struct area){0, 0, 6, 1});
    assert_int_equal(canvas_text(&c, 5, 0, 9, ROLE_PLAIN, "港"), 2);
    assert_string_equal(printed(&c), "\n");
}

TEST(marks_stay_on_their_letter)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 6, 1, TUI_GLYPHS_FULL);
    assert_int_equal(canvas_text(&c, 0, 0, 6, ROLE_PLAIN, "caf\x65\xCC\x81"), 4);
    assert_string_equal(printed(&c), "caf\x65\xCC\x81\n");
}

TEST(ascii_folds_and_keeps_the_width)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 20, 1, TUI_GLYPHS_ASCII);
    assert_int_equal(canvas_text(&c, 0, 0, 20, ROLE_PLAIN, "caf\xC3\xA9 \xE6\xB8\xAF \xE2\x80\x9C!\xE2\x80\x9D"), 11);
    assert_string_equal(printed(&c), "cafe ?? \"!\"\n");
}

TEST(lines_join_where_they_meet)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 5, 3, TUI_GLYPHS_FULL);
    canvas_box(&c, (struct area){0, 0, 5, 3});
    canvas_across(&c, 0, 1, 5);
    canvas_down(&c, 2, 0, 3);
    assert_string_equal(printed(&c), "┌─┬─┐\n├─┼─┤\n└─┴─┘\n");
    c.glyphs = TUI_GLYPHS_ASCII;
    assert_string_equal(printed(&c), "+-+-+\n+-+-+\n+-+-+\n");
}

TEST(a_course_shows_steps_and_what_is_not_known)
{
    UNUSED_STATE;
    struct canvas c = canvas_new(&arena, 4, 1, TUI_GLYPHS_FULL);
    canvas_spark(&c, 0, 0, ROLE_PLAIN, (const double[]){0, (double)NAN, 5, 10}, 4, 0, 10);
    assert_string_equal(printed(&c), "▁░▅█\n");
    c.glyphs = TUI_GLYPHS_ASCII;
    canvas_spark(&c, 0, 0, ROLE_PLAIN, (const double[]){0, (double)NAN, 5, 10}, 4, 0, 10);
    assert_string_equal(printed(&c), "_?-#\n");
}

int main(void)
{
    arena_init(&arena, "test");
    const struct CMUnitTest tests[] = {
        RUN(text_is_cut_with_an_ellipsis), RUN(text_stops_at_the_edge_of_the_canvas), RUN(half_a_wide_letter_is_never_left),
        RUN(marks_stay_on_their_letter), RUN(ascii_folds_and_keeps_the_width), RUN(lines_join_where_they_meet),
        RUN(a_course_shows_steps_and_what_is_not_known)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
