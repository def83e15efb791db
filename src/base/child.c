/* base/child.c — pipes that never block, a clock for every wait. The child's group is killed as one, so what it started goes with it. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "base/text.h"

enum { READ_AT_ONCE = 4096, NO_PROGRAM = 127 };

struct child { pid_t process; int to, from; };

const char *child_error(int error)
{
    switch (error) {
    case CHILD_LATE: return "it did not answer in time";
    case CHILD_ENDED: return "it has ended";
    case CHILD_LONG: return "it said too much in one line";
    default: return "it could not be asked";
    }
}

static void close_pair(const int *pair)
{
    close(pair[0]);
    close(pair[1]);
}

static bool keep_open(int file, bool waits)
{
    const int flags = fcntl(file, F_GETFL);
    return fcntl(file, F_SETFD, FD_CLOEXEC) == 0 && flags >= 0 && (waits || fcntl(file, F_SETFL, flags | O_NONBLOCK) == 0);
}

struct child *child_start(struct arena *a, const char *command)
{
    int in[2], out[2];
    struct child *c = ARENA_NEW(a, struct child);
    if (pipe(in) != 0)
        return NULL;
    if (pipe(out) != 0) {
        close_pair(in);
        return NULL;
    }
    const bool kept = keep_open(in[1], false) && keep_open(out[0], false) && keep_open(in[0], true) && keep_open(out[1], true);
    c->process = kept ? fork() : -1;
    if (c->process == 0) {
        setpgid(0, 0);
        signal(SIGPIPE, SIG_DFL);
        if (dup2(in[0], STDIN_FILENO) >= 0 && dup2(out[1], STDOUT_FILENO) >= 0)
            execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(NO_PROGRAM);
    }
    if (c->process < 0) {
        close_pair(in);
        close_pair(out);
        return NULL;
    }
    setpgid(c->process, c->process);    /* here as well: whoever is first */
    close(in[0]);
    close(out[1]);
    c->to = in[1];
    c->from = out[0];
    signal(SIGPIPE, SIG_IGN);
    return c;
}

/* Until the file is ready or the moment has come. */
static bool wait_for(int file, short what, double until)
{
    struct pollfd one = {.fd = file, .events = what};
    for (;;) {
        const double left = until - os_seconds();
        if (left <= 0)
            return false;
        const int ready = poll(&one, 1, (int)(left * 1000) + 1);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return true;                /* the call that follows says what is wrong */
    }
}

static int say(struct child *c, const char *at, size_t left, double until)
{
    while (left > 0) {
        const ssize_t n = write(c->to, at, left);
        if (n > 0) {
            at += n;
            left -= (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            if (!wait_for(c->to, POLLOUT, until))
                return CHILD_LATE;
        } else if (n < 0 && errno != EINTR)
            return errno == EPIPE ? CHILD_ENDED : CHILD_FAILED;
    }
    return 0;
}

/* What was said unasked, as far as it is there already and no more than a flood's beginning. */
static void throw_away(struct child *c, size_t most)
{
    char heap[READ_AT_ONCE];
    size_t thrown = 0;
    ssize_t n;
    while (thrown < most && (n = read(c->from, heap, sizeof heap)) > 0)
        thrown += (size_t)n;
}

int child_ask(struct child *c, struct arena *a, const char *line, double seconds, size_t most, const char **answer)
{
    const double until = os_seconds() + seconds;
    struct text said;
    char heap[READ_AT_ONCE];
    if (c->process <= 0)
        return CHILD_ENDED;
    throw_away(c, most);
    int error = say(c, line, strlen(line), until);
    if (!error)
        error = say(c, "\n", 1, until);
    if (error)
        return error;
    text_init(&said, a);
    for (;;) {
        const ssize_t n = read(c->from, heap, sizeof heap);
        if (n == 0)
            return CHILD_ENDED;
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return CHILD_FAILED;
        if (n < 0 && !wait_for(c->from, POLLIN, until))
            return CHILD_LATE;
        if (n <= 0)
            continue;
        const char *end = memchr(heap, '\n', (size_t)n);
        text_addn(&said, heap, end ? (size_t)(end - heap) : (size_t)n);
        if (said.length > most)
            return CHILD_LONG;
        if (end) {
            *answer = arena_copy(a, said.length ? said.at : "", said.length);
            return 0;
        }
    }
}

void child_end(struct child *c)
{
    if (c->process <= 0)
        return;
    close(c->to);
    close(c->from);
    kill(-c->process, SIGKILL);
    while (waitpid(c->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    c->process = 0;
}
