/* tests/unit/base/thread_test.c — every block once, whatever the number of threads. */
#include "unit.h"
#include "base/thread.h"

enum { BLOCKS = 500 };
struct tally { int times[BLOCKS]; int thread_most[BLOCKS]; };

static void work(void *self, int block, int thread)
{
    struct tally *t = self;
    t->times[block]++;
    t->thread_most[block] = thread;
}

TEST(every_block_runs_once)
{
    UNUSED_STATE;
    static const int threads[] = {1, 2, 3, 8, 64};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct tally t = {{0}, {0}};
        thread_run(threads[i], BLOCKS, work, &t);
        for (int b = 0; b < BLOCKS; b++) {
            assert_int_equal(t.times[b], 1);
            assert_in_range(t.thread_most[b], 0, threads[i] - 1);
        }
    }
}

TEST(no_blocks_is_no_work)
{
    UNUSED_STATE;
    struct tally t = {{0}, {0}};
    thread_run(4, 0, work, &t);
    thread_run(4, 1, work, &t);
    assert_int_equal(t.times[0], 1);
    assert_int_equal(t.times[1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(every_block_runs_once), RUN(no_blocks_is_no_work)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
