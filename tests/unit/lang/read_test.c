/* tests/unit/lang/read_test.c — a wrong place sends an author to the wrong line, so spans are held to the bytes they name; and what
 * YAML can do beyond plain data must be refused by name, or a small file could become a large or a surprising one. */
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/os.h"
#include "lang/node.h"

static struct arena arena;
static struct diags found;

static int begin(void **state_)
{
    UNUSED_STATE;
    arena_init(&arena, "test");
    diags_init(&found, &arena);
    return 0;
}

static int end(void **state_)
{
    UNUSED_STATE;
    arena_done(&arena);
    return 0;
}

static struct node *parse(const char *text)
{
    return read_yaml(&arena, &found, "x.yaml", text, strlen(text));
}

/* The one finding of a text: its number, line and column, and a word that must be in it. */
static void expect_finding(const char *text, enum diag_code code, int line, int column, const char *word)
{
    diags_init(&found, &arena);
    parse(text);
    assert_int_equal(found.found.count, 1);
    const struct finding *const f = &found.found.at[0];
    struct place const place = diags_place(&found, f->at);
    assert_int_equal(f->code, code);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    if (strstr(f->text, word) == NULL)
        fail_msg("'%s' is not in: %s", word, f->text);
}

/* The bytes of a file that a span names. */
static const char *bytes_of(struct span at)
{
    const struct source *const s = &found.sources.at[0];
    return arena_copy(&arena, s->text + (at.at - s->from), at.length);
}

TEST(keys_and_values_keep_order_and_text)
{
    UNUSED_STATE;
    const struct node *const n = parse("b: 010\na: [no, 2017-02, '3']\nc: {}\n");
    assert_int_equal(found.errors, 0);
    assert_int_equal(n->kind, NODE_MAP);
    assert_int_equal(n->count, 3);
    assert_string_equal(n->key[0]->text, "b");
    assert_string_equal(node_get(n, "b")->text, "010");
    const struct node *const a = node_get(n, "a");
    assert_int_equal(a->kind, NODE_LIST);
    assert_int_equal(a->count, 3);
    assert_string_equal(a->item[0]->text, "no");
    assert_false(a->item[1]->quoted);
    assert_true(a->item[2]->quoted);
    assert_int_equal(node_get(n, "c")->count, 0);
    assert_null(node_get(n, "d"));
    assert_null(node_get(NULL, "d"));
    assert_null(node_get(a, "d"));
}

TEST(accents_before_a_value_do_not_move_its_span)
{
    UNUSED_STATE;
    const struct node *const n = parse("\xC3\xA9t\xC3\xA9: \"\xC3\xA0 l'\xC3\xA9tang\"\nprix: \xE2\x82\xAC + fish  # \xC3\xA9\nz: {k: v}\n");
    assert_int_equal(found.errors, 0);
    assert_string_equal(bytes_of(n->key[0]->at), "\xC3\xA9t\xC3\xA9");
    assert_string_equal(bytes_of(n->item[0]->at), "\xC3\xA0 l'\xC3\xA9tang");
    assert_string_equal(bytes_of(n->item[1]->at), "\xE2\x82\xAC + fish");
    assert_string_equal(bytes_of(n->item[2]->at), "{k: v}");
    assert_string_equal(bytes_of(n->item[2]->item[0]->at), "v");
}

TEST(spans_hold_through_many_accents)
{
    UNUSED_STATE;
    struct text { char at[4000]; size_t length; } t = {.length = 0};
    for (int i = 0; i < 150; i++)
        t.length += (size_t)snprintf(t.at + t.length, sizeof t.at - t.length, "k%d\xC3\xA9: v%d\xE2\x82\xAC\n", i, i);
    const struct node *const n = parse(t.at);
    assert_int_equal(n->count, 150);
    for (int i = 0; i < 150; i++) {
        assert_string_equal(bytes_of(n->key[i]->at), n->key[i]->text);
        assert_string_equal(bytes_of(n->item[i]->at), n->item[i]->text);
        assert_true(n->item[i]->raw);
    }
}

TEST(raw_is_said_only_of_text_that_stands_there_letter_for_letter)
{
    UNUSED_STATE;
    const struct node *const n = parse("a: plain text\nb: \"quoted\"\nc: \"esc\\\"aped\"\nd: two\n  lines\ne: |\n  block\nf: 'it''s'\ng: 'fine'\n");
    static const bool raw[] = {true, true, false, false, false, false, true};
    for (int i = 0; i < 7; i++)
        assert_int_equal(n->item[i]->raw, raw[i]);
    assert_string_equal(bytes_of(n->item[1]->at), "quoted");
    assert_string_equal(n->item[3]->text, "two lines");
    assert_string_equal(bytes_of(n->item[3]->at), "two\n  lines");
    assert_string_equal(n->item[4]->text, "block\n");
    assert_true(n->item[4]->quoted);
    assert_string_equal(n->item[5]->text, "it's");
}

TEST(byte_order_mark_and_crlf_are_fine)
{
    UNUSED_STATE;
    const struct node *const n = parse("\xEF\xBB\xBF" "a: 1\r\nb: x\r\n");
    assert_int_equal(found.errors, 0);
    assert_string_equal(n->key[0]->text, "a");
    assert_string_equal(node_get(n, "b")->text, "x");
    assert_int_equal(diags_place(&found, n->key[1]->at).line, 2);
    assert_int_equal(diags_place(&found, n->key[0]->at).column, 1);
}

TEST(a_comma_that_tears_an_expression_apart_is_told_as_that)
{
    UNUSED_STATE;
    expect_finding("a: {when: max(a, b)}\n", D_KEY_WITHOUT_VALUE, 1, 18,
                   "'b)' is a key without a value inside { }; an expression with a comma or bracket must be quoted, for instance when: \"max(a, b)\"");
    expect_finding("a: {when: max(a, b, c), b, x: 1, x: 2}\n", D_KEY_WITHOUT_VALUE, 1, 18, "for instance when: \"max(a, b, c), b\"");
    expect_finding("a: {x:1}\n", D_KEY_WITHOUT_VALUE, 1, 5, "write a blank after the colon, x: 1");
    expect_finding("a: {b}\n", D_KEY_WITHOUT_VALUE, 1, 5, "'b' is a key without a value");
    expect_finding("a: [max(a, b), c]\n", D_ITEM_SPLIT, 1, 5, "\"max(a, b)\"");
}

TEST(a_torn_map_is_marked_and_an_empty_block_value_is_not)
{
    UNUSED_STATE;
    const struct node *n = parse("a: {when: max(a, b)}\nc: {d: 1}\ne: [f(1, 2)]\n");
    assert_true(node_get(n, "a")->broken);
    assert_false(node_get(n, "c")->broken);
    assert_true(node_get(n, "e")->broken);
    assert_false(n->broken);
    diags_init(&found, &arena);
    n = parse("a:\nb: 1\n");
    assert_int_equal(found.errors, 0);
    assert_string_equal(node_get(n, "a")->text, "");
    assert_false(node_get(n, "a")->broken);
}

TEST(brackets_that_close_do_not_tear_a_list)
{
    UNUSED_STATE;
    parse("a: [threaten(list_bank), list_firm(3), \"f(1, 2)\"]\nb: [a) first, b) second]\n");
    assert_int_equal(found.errors, 0);
}

TEST(what_yaml_can_do_beyond_plain_data_is_refused_by_name)
{
    UNUSED_STATE;
    expect_finding("a: &x 1\n", D_ANCHOR, 1, 4, "'&x'");
    expect_finding("a: *x\n", D_ALIAS, 1, 4, "'*x'");
    expect_finding("a: !t 1\n", D_TAG, 1, 4, "tag");
    expect_finding("a: !!str 1\n", D_TAG, 1, 4, "tag");
    expect_finding("<<: {a: 1}\n", D_MERGE_KEY, 1, 1, "merge key");
    expect_finding("a: 1\n---\nb: 2\n", D_SECOND_DOCUMENT, 2, 1, "second document");
    expect_finding("a: 1\n...\nb: 2\n", D_SECOND_DOCUMENT, 3, 1, "end of the document");
    expect_finding("? [a]\n: 1\n", D_KEY_NOT_TEXT, 1, 3, "key");
    expect_finding("a: 1\nb: 2\na: 3\n", D_DUPLICATE_KEY, 3, 1, "first in line 1");
}

TEST(of_two_keys_alike_the_first_stays)
{
    UNUSED_STATE;
    const struct node *const n = parse("a: 1\nb: 2\na: 3\nc: 4\nb: 5\n");
    assert_int_equal(found.errors, 2);
    assert_int_equal(n->count, 3);
    assert_string_equal(node_get(n, "a")->text, "1");
    assert_string_equal(node_get(n, "b")->text, "2");
    assert_string_equal(n->key[2]->text, "c");
}

TEST(text_that_is_not_yaml_gets_one_helpful_finding)
{
    UNUSED_STATE;
    expect_finding("a:\n\tb: 1\n", D_TAB, 2, 1, "indent with blanks");
    expect_finding("a: [1, 2\nb: 3\n", D_NOT_YAML, 1, 4, "this '['");
    expect_finding("a: {b: 1\nc: {d: 1}\n", D_NOT_YAML, 1, 4, "this '{'");
    expect_finding("a: \"x\nb: 1\n", D_NOT_YAML, 1, 4, "quotes are never closed");
    expect_finding("a: b: c\n", D_NOT_YAML, 1, 5, "in quotes");
    expect_finding("a: @x\n", D_NOT_YAML, 1, 4, "in quotes");
    expect_finding("a: {w: trust[us, c] > 2}\n", D_NOT_YAML, 1, 13, "must be quoted");
    expect_finding("- a\nb: 1\n", D_NOT_YAML, 2, 1, "'- '");
    expect_finding("a: \"\\q\"\n", D_NOT_YAML, 1, 5, "backslash");
    assert_null(parse("a: b: c\n"));
}

TEST(only_utf_8_without_control_characters_is_read)
{
    UNUSED_STATE;
    expect_finding("a: caf\xE9\n", D_NOT_UTF8, 1, 7, "byte E9");
    expect_finding("a: \"\\e[31m\"\n", D_CONTROL_CHARACTER, 1, 5, "control");
    expect_finding("a: \"\\0\"\n", D_CONTROL_CHARACTER, 1, 5, "control");
    expect_finding("a: x\x01y\n", D_CONTROL_CHARACTER, 1, 5, "control");
    expect_finding("", D_EMPTY_FILE, 1, 1, "demarche: 1");
    expect_finding("# nothing\n", D_EMPTY_FILE, 1, 1, "demarche: 1");
}

TEST(blocks_may_stand_32_deep_and_no_deeper)
{
    UNUSED_STATE;
    char text[200];
    int n = sprintf(text, "a: ");
    for (int i = 0; i < 31; i++)
        text[n++] = '[';
    for (int i = 0; i < 31; i++)
        text[n++] = ']';
    text[n] = '\0';
    assert_non_null(parse(text));
    assert_int_equal(found.errors, 0);
    expect_finding("a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n", D_TOO_DEEP, 1, 35, "32 deep");
}

/* ---- scenarios of several files ---- */

static char folder[64];

static void put(const char *name, const char *text)
{
    FILE *const file = fopen(os_join(&arena, folder, name), "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int begin_folder(void **state_)
{
    strcpy(folder, "/tmp/demarche-read-XXXXXX");
    return begin(state_) != 0 || mkdtemp(folder) == NULL;
}

static int end_folder(void **state_)
{
    const char *const *names = NULL;
    int count = 0;
    if (os_list(&arena, folder, &names, &count) == 0)
        for (int i = 0; i < count; i++)
            if (unlink(os_join(&arena, folder, names[i])) != 0)
                rmdir(os_join(&arena, folder, names[i]));
    rmdir(folder);
    return end(state_);
}

static struct reading *scenario(void)
{
    const char *unreadable = NULL;
    struct reading *const r = read_scenario(&arena, &found, folder, &unreadable);
    assert_non_null(r);
    return r;
}

TEST(sections_of_included_files_join)
{
    UNUSED_STATE;
    put("scenario.yaml", "demarche: 1\ninclude: [a.yaml, b.yaml]\nteaching: [one]\nquantities: {x: 1}");
    put("a.yaml", "quantities: {y: 2}\nteaching: [two]\n");
    put("b.yaml", "\xEF\xBB\xBFquantities: {z: 3}\nmoves: {m: 1}\n");
    const struct reading *const r = scenario();
    assert_int_equal(found.errors, 0);
    assert_null(node_get(r->root, "include"));
    assert_int_equal(node_get(r->root, "quantities")->count, 3);
    assert_string_equal(node_get(r->root, "quantities")->key[2]->text, "z");
    assert_int_equal(node_get(r->root, "teaching")->count, 2);
    assert_string_equal(node_get(node_get(r->root, "moves"), "m")->text, "1");
    assert_string_equal(r->folder, folder);
    assert_non_null(strstr(r->whole, "{x: 1}\nquantities: {y: 2}\n"));
    assert_int_equal(strlen(r->whole), r->whole_length);
    const struct node *const z = node_get(node_get(r->root, "quantities"), "z");
    assert_non_null(strstr(diags_place(&found, z->at).path, "b.yaml"));
}

TEST(what_two_files_both_give_is_told_with_both_places)
{
    UNUSED_STATE;
    put("scenario.yaml", "demarche: 1\ninclude: a.yaml\nquantities: {x: 1}\ntitle: T\n");
    put("a.yaml", "quantities: {y: 2, x: 2}\ntitle: U\n");
    const struct reading *const r = scenario();
    assert_int_equal(found.errors, 2);
    assert_int_equal(found.found.at[0].code, D_DUPLICATE_SECTION);
    assert_string_equal(node_get(node_get(r->root, "quantities"), "x")->text, "1");
    int in_a = 0;
    for (int i = 0; i < 2; i++) {
        in_a += strstr(diags_place(&found, found.found.at[i].at).path, "a.yaml") != NULL;
        assert_non_null(strstr(found.found.at[i].text, "scenario.yaml, line"));
    }
    assert_int_equal(in_a, 2);
}

TEST(no_file_outside_the_folder_is_read)
{
    UNUSED_STATE;
    static const char *const names[] = {"../x.yaml", "/etc/passwd", "a/../../x", "~/x", "'a\\b'", "link.yaml", "''"};
    assert_int_equal(symlink("/etc/passwd", os_join(&arena, folder, "link.yaml")), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        diags_init(&found, &arena);
        put("scenario.yaml", arena_printf(&arena, "demarche: 1\ninclude: [%s]\n", names[i]));
        const struct reading *const r = scenario();
        assert_int_equal(found.errors, 1);
        assert_int_equal(found.found.at[0].code, D_FILE_OUTSIDE);
        assert_true(r->root->broken);
        size_t length = 0;
        assert_null(read_beside(&arena, &found, r, "link.yaml", (struct span){0, 0}, &length));
    }
}

TEST(a_missing_or_wrong_included_file_breaks_the_whole_once)
{
    UNUSED_STATE;
    put("scenario.yaml", "demarche: 1\ninclude: [none.yaml, bad.yaml, inner.yaml, inner.yaml]\n");
    put("bad.yaml", "a: b: c\n");
    put("inner.yaml", "include: [more.yaml]\n");
    const struct reading *const r = scenario();
    static const enum diag_code codes[] = {D_FILE_MISSING, D_NOT_YAML, D_NESTED_INCLUDE, D_DUPLICATE_SECTION};
    assert_int_equal(found.errors, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(found.found.at[i].code, codes[i]);
    assert_true(r->root->broken);
}

TEST(a_scenario_that_cannot_be_read_says_why)
{
    UNUSED_STATE;
    const char *unreadable = NULL;
    assert_null(read_scenario(&arena, &found, folder, &unreadable));
    assert_non_null(strstr(unreadable, "has no scenario.yaml"));
    assert_null(read_scenario(&arena, &found, os_join(&arena, folder, "nowhere.yaml"), &unreadable));
    assert_non_null(strstr(unreadable, "nowhere.yaml"));
    assert_int_equal(found.errors, 0);
    put("scenario.yaml", "- a list\n");
    const struct reading *const r = scenario();
    assert_int_equal(found.errors, 1);
    assert_int_equal(r->root->kind, NODE_MAP);
    assert_true(r->root->broken);
}

TEST(data_beside_a_scenario_are_read_without_their_mark)
{
    UNUSED_STATE;
    put("scenario.yaml", "demarche: 1\n");
    put("d.csv", "\xEF\xBB\xBFtime,x\n1,2\n");
    const struct reading *const r = scenario();
    size_t length = 0;
    const char *const text = read_beside(&arena, &found, r, "d.csv", (struct span){1, 1}, &length);
    assert_string_equal(text, "time,x\n1,2\n");
    assert_int_equal(length, 11);
    assert_null(read_beside(&arena, &found, r, "e.csv", (struct span){1, 1}, &length));
    assert_int_equal(found.found.at[0].code, D_FILE_MISSING);
}

#define RUN_WITH(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define RUN_IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, begin_folder, end_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN_WITH(keys_and_values_keep_order_and_text), RUN_WITH(accents_before_a_value_do_not_move_its_span),
        RUN_WITH(spans_hold_through_many_accents), RUN_WITH(raw_is_said_only_of_text_that_stands_there_letter_for_letter),
        RUN_WITH(byte_order_mark_and_crlf_are_fine), RUN_WITH(a_comma_that_tears_an_expression_apart_is_told_as_that),
        RUN_WITH(a_torn_map_is_marked_and_an_empty_block_value_is_not), RUN_WITH(brackets_that_close_do_not_tear_a_list),
        RUN_WITH(what_yaml_can_do_beyond_plain_data_is_refused_by_name), RUN_WITH(of_two_keys_alike_the_first_stays),
        RUN_WITH(text_that_is_not_yaml_gets_one_helpful_finding), RUN_WITH(only_utf_8_without_control_characters_is_read),
        RUN_WITH(blocks_may_stand_32_deep_and_no_deeper), RUN_IN_FOLDER(sections_of_included_files_join),
        RUN_IN_FOLDER(what_two_files_both_give_is_told_with_both_places), RUN_IN_FOLDER(no_file_outside_the_folder_is_read),
        RUN_IN_FOLDER(a_missing_or_wrong_included_file_breaks_the_whole_once), RUN_IN_FOLDER(a_scenario_that_cannot_be_read_says_why),
        RUN_IN_FOLDER(data_beside_a_scenario_are_read_without_their_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
