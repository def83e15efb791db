/* cli/longrun.c — one flag that a signal sets, one line on standard error. */
#include "cli/longrun.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"

enum { MOST_LANES = 4096, LINE = 60 };

static volatile sig_atomic_t caught;

static void catch_signal(int number)
{
    caught = number;
}

void longrun_begin(struct longrun *l, const char *what)
{
    const int asked[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction act = {.sa_handler = catch_signal, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)}, old;
    *l = (struct longrun){.what = what, .began = os_seconds()};
    sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (sigaction(asked[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(asked[i], &act, NULL);
}

void longrun_say(void *self, int done, int of, int from)
{
    struct longrun *l = self;
    const double now = os_seconds(), spent = now - l->began;
    if (done == of)
        longrun_clear(l);
    if (done == of || spent < 1 || now - l->said < 0.2 || done == from)
        return;
    fprintf(stderr, "\r%d of %d %s, about %.0f s left   ", done, of, l->what, spent / (done - from) * (of - done));
    fflush(stderr);
    l->said = now;
    l->shown = true;
}

bool longrun_stopped(void *self)
{
    (void)self;
    return caught != 0;
}

void longrun_clear(struct longrun *l)
{
    if (l->shown)
        fprintf(stderr, "\r%*s\r", LINE, "");
    l->shown = false;
}

int longrun_signal(void) { return caught; }

int longrun_lanes(void)
{
    const char *text = getenv("DEMARCHE_LANES");
    long lanes;
    return text && text_to_long(text, strlen(text), &lanes) && lanes >= 1 && lanes <= MOST_LANES ? (int)lanes : 0;
}
