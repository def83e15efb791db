/* base/panic.c — stopping at once when a promise of our own is broken.
 * Says where and what on standard error and aborts, so that a debugger or a core file finds the place. */
#include "base/panic.h"

#include <stdio.h>
#include <stdlib.h>

static void (*last_words_once)(void);

void panic_on_exit(void (*last_words)(void))
{
    last_words_once = last_words;
}

_Noreturn void panic_at(const char *file, int line, const char *what, const char *condition)
{
    void (*last_words)(void) = last_words_once;
    last_words_once = NULL;            /* a panic inside the last words must not call them again */
    if (last_words)
        last_words();
    fprintf(stderr, "demarche: %s: %s (%s:%d). This is a fault in demarche itself.\n", what, condition, file, line);
    fflush(NULL);
    abort();
}
