/* tests/unit/page/doc_test.c — a document becomes lines: wide enough, no blank line too many, marks of authors gone. */
#include "unit.h"

#include "base/text.h"
#include "page/doc.h"

static struct arena a;
static struct doc *d;
static const struct doc_line *line;

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

TEST(no_line_is_wider_than_asked)
{
    UNUSED_STATE;
    for (int i = 0; i < 30; i++) {
        doc_text(d, "A paragraph with \u00e9 and w\u00f6rds of differing length, %d times and then some more of it.", i);
        doc_item(d, i, "an item whose words go on and on until they need a second line at least");
        doc_pair(d, "A label that is itself rather long for what it says", "value");
    }
    for (int cells = 8; cells < 90; cells += 7) {
        int count = doc_lines(d, &a, cells, &line);
        for (int i = 0; i < count; i++)
            assert_true(text_width(line[i].text) <= cells);
    }
}

TEST(second_line_of_an_item_stands_under_its_words)
{
    UNUSED_STATE;
    doc_item(d, 12, "twelve words so that this one breaks");
    assert_int_equal(doc_lines(d, &a, 20, &line), 3);
    assert_string_equal(line[0].text, "12. twelve words so");
    assert_string_equal(line[1].text, "    that this one");
    assert_string_equal(line[2].text, "    breaks");
}

TEST(gaps_never_come_in_twos_or_at_the_ends)
{
    UNUSED_STATE;
    doc_gap(d);
    doc_text(d, "one");
    doc_gap(d);
    doc_gap(d);
    doc_text(d, "two");
    doc_gap(d);
    assert_int_equal(doc_lines(d, &a, 0, &line), 3);
    assert_string_equal(line[1].text, "");
    assert_int_equal(line[1].role, DOC_GAP);
}

TEST(authors_marks_are_read_and_gone)
{
    UNUSED_STATE;
    doc_markdown(d, "# Title\n\n**Strong** and *em* on\ntwo lines, 2 * 3.\n\n- one\n- two\n  goes on\n\n3. third\n## Next\r\n`code`");
    assert_int_equal(doc_lines(d, &a, 0, &line), 10);
    assert_string_equal(line[0].text, "Title");
    assert_int_equal(line[0].role, DOC_TITLE);
    assert_string_equal(line[2].text, "Strong and em on two lines, 2 * 3.");
    assert_string_equal(line[4].text, "- one");
    assert_string_equal(line[5].text, "- two goes on");
    assert_string_equal(line[7].text, "3. third");
    assert_int_equal(line[8].role, DOC_HEADING);
    assert_string_equal(line[9].text, "code");
}

TEST(an_empty_document_has_no_lines)
{
    UNUSED_STATE;
    doc_markdown(d, NULL);
    doc_markdown(d, "\n\n");
    assert_int_equal(doc_lines(d, &a, 0, &line), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_line_is_wider_than_asked, start, stop),
        cmocka_unit_test_setup_teardown(second_line_of_an_item_stands_under_its_words, start, stop),
        cmocka_unit_test_setup_teardown(gaps_never_come_in_twos_or_at_the_ends, start, stop),
        cmocka_unit_test_setup_teardown(authors_marks_are_read_and_gone, start, stop),
        cmocka_unit_test_setup_teardown(an_empty_document_has_no_lines, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
