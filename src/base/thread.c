/* base/thread.c — numbered blocks over POSIX threads (their only home).
 * Threads take the next block from a counter; results go to places numbered by block, so the order of taking never shows. */
#include "base/thread.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/panic.h"

enum { THREADS_MAX = 256 };

struct pool { atomic_int next; int blocks; void (*work)(void *self, int block, int thread); void *self; };
struct hand { struct pool *pool; int thread; };

static void *hand_run(void *given)
{
    struct hand *h = given;
    for (;;) {
        int block = atomic_fetch_add(&h->pool->next, 1);
        if (block >= h->pool->blocks)
            return NULL;
        h->pool->work(h->pool->self, block, h->thread);
    }
}

void thread_run(int threads, int blocks, void (*work)(void *self, int block, int thread), void *self)
{
    REQUIRE(threads >= 1 && blocks >= 0);
    struct pool pool = {.blocks = blocks, .work = work, .self = self};
    struct hand hand[THREADS_MAX];
    pthread_t id[THREADS_MAX];
    int started = 1;
    if (threads > blocks)
        threads = blocks > 0 ? blocks : 1;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    for (int i = 0; i < threads; i++)
        hand[i] = (struct hand){&pool, i};
    while (started < threads && pthread_create(&id[started], NULL, hand_run, &hand[started]) == 0)
        started++;                      /* a thread the system refuses is no fault: the others take its blocks */
    hand_run(&hand[0]);
    for (int i = 1; i < started; i++)
        INVARIANT(pthread_join(id[i], NULL) == 0);
}
