/* base/thread.h — a fixed pool that runs numbered blocks; which thread takes which block never shows in a result. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

/* Calls work(self, block, thread) for block 0..blocks-1 on `threads` threads (1: the caller alone) and waits for all. */
void thread_run(int threads, int blocks, void (*work)(void *self, int block, int thread), void *self);

#endif
