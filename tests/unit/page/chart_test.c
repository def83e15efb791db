/* tests/unit/page/chart_test.c — every chart at many widths and all levels of glyphs: never too wide, its numbers in it, and as HTML nothing
 * that a reader's words could break. */
#include "unit.h"

#include <math.h>

#include "base/text.h"
#include "page/doc.h"

static struct arena a;
static struct doc *d;

static int start(void **state)
{
    (void)state;
    arena_init(&a, "test");
    d = doc_new(&a);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_done(&a);
    return 0;
}

static const double low[] = {30, 28, 25, 20}, middle[] = {31, 33, 36, 38}, high[] = {32, 38, 45, 52}, hold[] = {31, 31, 30, 30}, past[] = {40, NAN, 35, 31};
static const char *const ahead[] = {"T5", "T6", "T7", "T8"};
static const struct doc_column column[] = {{"What", false}, {"was", true}, {"is", true}};
static const char *const cell[] = {"Imports of coal over the long river in winter", "211", "131", "<b>& \"Relation\"</b>", "58", "60"};
static const struct doc_bar bar[] = {{"coal ban, as long as it is kept by everybody who sits at the table", "-98.4", "2", "123%", -98.4},
                                     {"iron ore instead", "+8.9", "1", "-11%", 8.9}, {"nothing", "0", "0", "0%", 0}};
static const struct doc_spark spark[] = {{"Pressure", "31", past, 4, 0, 60}, {"Flat", "5", high, 4, 5, 5}};
static const struct doc_range range[] = {{"1", "2017-02", {"10", "12", "15"}, 10, 12, 15}, {"2", "2017-03", {"12", "20", "30"}, 12, 20, 30}, {"3", "2017-04", {"?", "?", "?"}, NAN, NAN, NAN}};
static const char *const turn[] = {"T1", "T2", "T3", "T4", "T5", "T6"}, *const date[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun"};
static const char *const mark[] = {"A", NULL, "", "E60", NULL, NULL};
static const unsigned char thick[] = {DOC_THIN_BAR, DOC_THICK_BAR, DOC_THICK_BAR, DOC_NO_BAR, DOC_NO_BAR, DOC_NO_BAR};
static const struct doc_lane lane[] = {{"us  names a bank that is far away", 0, mark, NULL}, {"cn  coal", 1, mark, thick}};
static const struct doc_node node[] = {{"house a", "30%", 0, 1, false, true}, {"house b", NULL, 0, 0.4, true, false}, {"trader with a long name", NULL, 1, 0.1, false, false}, {"trader d", NULL, 1, 0, false, false}};
static const struct doc_link linked[] = {{0, 2, 1}, {1, 3, 0.5}, {0, 3, 1}};

static void fill(bool layers)
{
    static struct doc_node free_node[4];
    memcpy(free_node, node, sizeof node);
    for (int i = 0; i < 4 && !layers; i++)
        free_node[i].layer = -1;
    doc_title(d, "A & B <script>alert('x')</script>");
    doc_item(d, 1, "one");
    doc_item(d, 2, "two \"quoted\"");
    doc_item(d, 0, "a dash");
    doc_pair(d, "Label", "value");
    doc_table(d, &(struct doc_table){column, 3, cell, 2});
    doc_bars(d, &(struct doc_bars){"amount", "+- s.e.", "share", bar, 3, "difference", "-89.5", "100%"});
    doc_bars(d, &(struct doc_bars){.bar = bar, .bars = 3});
    doc_sparks(d, spark, 2);
    doc_ranges(d, &(struct doc_ranges){"turn", "time", {"10 %", "50 %", "90 %"}, 10, 30, "10", "30", range, 3});
    doc_fan(d, &(struct doc_fan){.past_to = "T4", .label = ahead, .points = 4, .low = low, .middle = middle, .high = high, .hold = hold, .past = past, .pasts = 4, .least = 20,
                                 .most = 52, .least_text = "20", .most_text = "52"});
    doc_fan(d, &(struct doc_fan){.label = ahead, .points = 4, .low = low, .middle = middle, .high = high, .least = 20, .most = 52, .least_text = "20", .most_text = "52", .rows = 12});
    doc_timeline(d, &(struct doc_timeline){turn, date, 6, 3, lane, 2});
    doc_network(d, &(struct doc_network){layers ? node : free_node, 4, linked, 3, 0});
    doc_warn(d, "careful");
    doc_quiet(d, "aside");
}

TEST(no_chart_is_wider_than_asked)
{
    UNUSED_STATE;
    const struct doc_line *line;
    fill(true);
    fill(false);
    for (int glyphs = DOC_FULL; glyphs <= DOC_ASCII; glyphs++)
        for (int cells = 8; cells <= 210; cells += cells < 40 ? 3 : 17) {
            int count = doc_lines_as(d, &a, cells, (enum doc_glyphs)glyphs, &line);
            for (int i = 0; i < count; i++) {
                if (text_width(line[i].text) > cells)
                    fail_msg("%d cells, and %d in: %s", cells, text_width(line[i].text), line[i].text);
                int end = 0;
                for (int k = 0; k < line[i].spans; k++) {
                    assert_true(line[i].span[k].at >= end && line[i].span[k].length > 0);
                    end = line[i].span[k].at + line[i].span[k].length;
                }
                assert_true(end <= (int)strlen(line[i].text));
            }
        }
}

TEST(ascii_charts_are_ascii)
{
    UNUSED_STATE;
    const struct doc_line *line;
    fill(true);
    for (int cells = 40; cells <= 140; cells += 50) {
        int count = doc_lines_as(d, &a, cells, DOC_ASCII, &line);
        for (int i = 0; i < count; i++)
            for (const char *s = line[i].text; *s; s++)
                if ((unsigned char)*s > 0x7E)
                    fail_msg("not ascii: %s", line[i].text);
    }
}

static const char *all(int cells, enum doc_glyphs glyphs)
{
    const struct doc_line *line;
    struct text t;
    text_init(&t, &a);
    int count = doc_lines_as(d, &a, cells, glyphs, &line);
    for (int i = 0; i < count; i++)
        text_addf(&t, "%s\n", line[i].text);
    return t.at;
}

TEST(a_ledger_reads_like_one)
{
    UNUSED_STATE;
    doc_bars(d, &(struct doc_bars){"amount", NULL, "share", bar + 1, 2, "difference", "+8.9", "100%"});
    assert_string_equal(all(60, DOC_ASCII),
                        "                  amount                               share\n"
                        "iron ore instead    +8.9  1  |#######################   -11%\n"
                        "nothing                0  0  |                            0%\n"
                        "                  ------\n"
                        "difference          +8.9                                100%\n");
}

TEST(braille_is_for_wide_pages_of_full_glyphs)
{
    UNUSED_STATE;
    fill(true);
    const char *braille = "\xE2\xA0", *more = "\xE2\xA2";
    assert_true(strstr(all(120, DOC_FULL), braille) || strstr(all(120, DOC_FULL), more));
    assert_null(strstr(all(80, DOC_FULL), braille));
    assert_null(strstr(all(120, DOC_PLAIN), braille));
}

TEST(numbers_stand_beside_every_chart)
{
    UNUSED_STATE;
    fill(true);
    const char *const wanted[] = {"-98.4", "+8.9", "211", "123%", "20", "52", "T8", "2017-03", "E60", "house a"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(all(80, DOC_PLAIN), wanted[i]))
            fail_msg("%s is missing", wanted[i]);
}

TEST(html_is_whole_and_escaped)
{
    UNUSED_STATE;
    static char page[1 << 17];
    FILE *out = tmpfile();
    fill(true);
    doc_text(d, "a byte that commands: \x1b[31m, and ]]> --> </style>");
    doc_html(d, out, "R & D </title><script>");
    rewind(out);
    page[fread(page, 1, sizeof page - 1, out)] = '\0';
    fclose(out);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "\x1b"));
    assert_null(strstr(page, "http"));
    assert_null(strstr(page, "nan"));
    assert_non_null(strstr(page, "A &amp; B &lt;script&gt;alert(&#39;x&#39;)"));
    assert_non_null(strstr(page, "<li value=\"2\">two &quot;quoted&quot;</li>"));
    static const char *const pair[][2] = {{"<table", "</table>"}, {"<svg", "</svg>"}, {"<ol>", "</ol>"}, {"<ul>", "</ul>"}, {"<tr>", "</tr>"}, {"<h1>", "</h1>"}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        int opened = 0, closed = 0;
        for (const char *s = page; (s = strstr(s, pair[i][0])) != NULL; s++)
            opened++;
        for (const char *s = page; (s = strstr(s, pair[i][1])) != NULL; s++)
            closed++;
        assert_true(opened > 0);
        assert_int_equal(opened, closed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)
        T(no_chart_is_wider_than_asked), T(ascii_charts_are_ascii), T(a_ledger_reads_like_one), T(braille_is_for_wide_pages_of_full_glyphs),
        T(numbers_stand_beside_every_chart), T(html_is_whole_and_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
