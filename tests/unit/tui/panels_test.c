/* tests/unit/tui/panels_test.c — sharing out room. */
#include "unit.h"
#include "tui/panels.h"

TEST(everybody_gets_what_they_must_have_then_what_they_want)
{
    UNUSED_STATE;
    struct panel p[] = {{.min = 5, .wanted = 10, .weight = 1, .importance = 3}, {.min = 3, .wanted = 4, .weight = 1, .importance = 2}};
    assert_int_equal(panels_share(p, 2, 10), 0);
    assert_int_equal(p[0].size, 6);
    assert_int_equal(p[1].size, 4);
}

TEST(the_least_important_is_left_out_first)
{
    UNUSED_STATE;
    struct panel p[] = {{.min = 5, .wanted = 10, .weight = 2, .importance = 3}, {.min = 3, .wanted = 4, .weight = 1, .importance = 1}, {.min = 3, .wanted = 4, .weight = 1, .importance = 2}};
    assert_int_equal(panels_share(p, 3, 9), 1);
    assert_int_equal(p[1].size, 0);
    assert_int_equal(p[0].size + p[2].size, 9);
}

TEST(the_rest_goes_to_the_heaviest)
{
    UNUSED_STATE;
    struct panel p[] = {{.min = 1, .wanted = 2, .weight = 1, .importance = 1}, {.min = 1, .wanted = 2, .weight = 3, .importance = 1}};
    panels_share(p, 2, 40);
    assert_int_equal(p[0].size, 2);
    assert_int_equal(p[1].size, 38);
}

TEST(no_room_leaves_everybody_out)
{
    UNUSED_STATE;
    struct panel p[] = {{.min = 3, .wanted = 4, .weight = 1, .importance = 1}};
    assert_int_equal(panels_share(p, 1, 2), 1);
    assert_int_equal(p[0].size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(everybody_gets_what_they_must_have_then_what_they_want), RUN(the_least_important_is_left_out_first),
                                       RUN(the_rest_goes_to_the_heaviest), RUN(no_room_leaves_everybody_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
