/* tests/unit/base/child_test.c — programs that answer, hang, die, babble and flood. */
#include "unit.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "base/child.h"
#include "base/os.h"

static int asked(const char *command, double seconds, const char **answer)
{
    static struct arena a;
    arena_done(&a);
    arena_init(&a, "test");
    struct child *c = child_start(&a, command);
    assert_non_null(c);
    const int error = child_ask(c, &a, "question", seconds, 1000, answer);
    child_end(c);
    child_end(c);
    assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);     /* no zombie is left */
    return error;
}

static void who_answers_is_heard(void **state)
{
    const char *answer = NULL;
    (void)state;
    assert_int_equal(asked("while read x; do echo \"you said $x\"; done", 20, &answer), 0);
    assert_string_equal(answer, "you said question");
}

static void who_hangs_is_late_and_is_not_waited_for(void **state)
{
    const char *answer;
    const double began = os_seconds();
    (void)state;
    assert_int_equal(asked("sleep 1000", 0.2, &answer), CHILD_LATE);
    assert_true(os_seconds() - began < 100);
}

static void half_a_line_is_no_answer(void **state)
{
    const char *answer;
    (void)state;
    assert_int_equal(asked("read x; printf half; sleep 1000", 0.5, &answer), CHILD_LATE);
}

static void who_dies_is_gone(void **state)
{
    const char *answer;
    (void)state;
    assert_int_equal(asked("exit 3", 20, &answer), CHILD_ENDED);
    assert_int_equal(asked("read x; exit 0", 20, &answer), CHILD_ENDED);
    assert_int_equal(asked("no-such-program-anywhere 2>/dev/null", 20, &answer), CHILD_ENDED);
}

static void who_floods_is_cut_off(void **state)
{
    const char *answer;
    (void)state;
    assert_int_equal(asked("read x; head -c 100000 /dev/zero | tr '\\0' a; sleep 1000", 20, &answer), CHILD_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_answers_is_heard), cmocka_unit_test(who_hangs_is_late_and_is_not_waited_for), cmocka_unit_test(half_a_line_is_no_answer),
        cmocka_unit_test(who_dies_is_gone), cmocka_unit_test(who_floods_is_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
