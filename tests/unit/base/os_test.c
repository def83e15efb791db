/* tests/unit/base/os_test.c — files and folders, and what is neither. */
#include "unit.h"
#include "base/os.h"

#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char folder[] = "build/os-XXXXXX";

static const char *in(const char *name)
{
    return os_join(&arena, folder, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(in(name), "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

TEST(a_file_is_read_whole_or_refused_with_a_reason)
{
    UNUSED_STATE;
    const char *text = NULL;
    size_t n = 0;
    write_file("a", "hello\n");
    assert_int_equal(os_read_file(&arena, in("a"), 6, &text, &n), 0);
    assert_string_equal(text, "hello\n");
    assert_int_equal(n, 6);
    assert_int_equal(os_read_file(&arena, in("a"), 5, &text, &n), OS_TOO_LARGE);
    assert_int_equal(os_read_file(&arena, in("none"), 5, &text, &n), OS_MISSING);
    assert_int_equal(os_read_file(&arena, folder, 5, &text, &n), OS_NOT_FILE);
    assert_int_equal(mkfifo(in("pipe"), 0600), 0);
    assert_int_equal(os_read_file(&arena, in("pipe"), 5, &text, &n), OS_NOT_FILE);
    assert_non_null(strstr(os_error(OS_MISSING), "no such file"));
}

TEST(names_come_sorted_without_hidden_ones)
{
    UNUSED_STATE;
    const char *const *names;
    int count = 0;
    write_file("b", "");
    write_file(".hidden", "");
    write_file("B", "");
    assert_int_equal(os_list(&arena, folder, &names, &count), 0);
    assert_int_equal(count, 4);
    assert_string_equal(names[0], "B");
    assert_string_equal(names[1], "a");
    assert_string_equal(names[3], "pipe");
    assert_int_equal(os_list(&arena, in("none"), &names, &count), OS_MISSING);
}

TEST(links_do_not_reach_outside)
{
    UNUSED_STATE;
    assert_int_equal(mkdir(in("inner"), 0700), 0);
    assert_int_equal(symlink("../a", in("inner/link")), 0);
    assert_true(os_inside(folder, in("a")));
    assert_true(os_inside(folder, folder));
    assert_false(os_inside(in("inner"), in("inner/link")));
    assert_false(os_inside(in("inner"), in("a")));
    assert_int_equal(mkdir(in("inner2"), 0700), 0);
    assert_false(os_inside(in("inner"), in("inner2")));
    assert_true(os_is_folder(in("inner")) && !os_is_folder(in("a")) && os_is_file(in("a")) && !os_is_file(in("inner")));
}

TEST(join_knows_absolute_names)
{
    UNUSED_STATE;
    assert_string_equal(os_join(&arena, "a", "b"), "a/b");
    assert_string_equal(os_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(os_join(&arena, "a", "/b"), "/b");
    assert_string_equal(os_join(&arena, "", "b"), "b");
}

TEST(terminal_size_follows_the_environment)
{
    UNUSED_STATE;
    int columns, rows;
    setenv("COLUMNS", "100", 1);
    setenv("LINES", "30", 1);
    os_terminal_size(&columns, &rows);
    assert_int_equal(columns, 100);
    assert_int_equal(rows, 30);
    setenv("COLUMNS", "many", 1);
    os_terminal_size(&columns, &rows);
    assert_true(columns > 0 && columns != 100);
}

TEST(machine_answers)
{
    UNUSED_STATE;
    assert_true(os_is_folder(os_program_folder(&arena)));
    assert_true(os_cores() >= 1);
    double t = os_seconds();
    assert_true(os_seconds() >= t);
    for (int i = 0; i < 100; i++) {
        uint64_t seed = os_fresh_seed();
        assert_true(seed >= 1 && seed <= 999999);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(a_file_is_read_whole_or_refused_with_a_reason), RUN(names_come_sorted_without_hidden_ones), RUN(links_do_not_reach_outside),
        RUN(join_knows_absolute_names), RUN(terminal_size_follows_the_environment), RUN(machine_answers),
    };
    arena_init(&arena, "test");
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        failed++;
    arena_done(&arena);
    return failed;
}
