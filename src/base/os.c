/* base/os.c — files, places and clocks of the machine.
 * Files are opened without waiting and asked what they are afterwards, so a pipe in a scenario's folder cannot hang a check. */
#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include "base/panic.h"

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

const char *os_error(int error)
{
    switch (error) {
    case 0:            return "nothing is wrong";
    case OS_MISSING:   return "there is no such file";
    case OS_NOT_FILE:  return "it is not a file of the expected kind";
    case OS_TOO_LARGE: return "the file is too large";
    case OS_DENIED:    return "this user may not read it";
    }
    return "the system could not read it";
}

static int error_of_errno(void)
{
    switch (errno) {
    case ENOENT:  return OS_MISSING;
    case ENOTDIR: return OS_MISSING;
    case EISDIR:  return OS_NOT_FILE;
    case EACCES:
    case EPERM:   return OS_DENIED;
    }
    return OS_FAILED;
}

static int read_all(int fd, char *into, size_t size, size_t *got)
{
    *got = 0;
    while (*got < size) {
        ssize_t n = read(fd, into + *got, size - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_of_errno();
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return 0;
}

int os_read_file(struct arena *a, const char *path, size_t most, const char **text, size_t *length)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int error = 0;
    if (fd < 0)
        return error_of_errno();
    if (fstat(fd, &st) != 0)
        error = error_of_errno();
    else if (!S_ISREG(st.st_mode))
        error = OS_NOT_FILE;
    else if (st.st_size < 0 || (uintmax_t)st.st_size > most)
        error = OS_TOO_LARGE;
    if (error == 0) {
        char *into = arena_alloc(a, (size_t)st.st_size + 1);
        error = read_all(fd, into, (size_t)st.st_size, length);   /* a file that grows meanwhile is read as it was */
        into[*length] = '\0';
        *text = into;
    }
    close(fd);
    return error;
}

bool os_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool os_is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);   /* names in a folder are unique */
}

int os_list(struct arena *a, const char *path, const char *const **names, int *count)
{
    LIST_OF(const char *) found = {0};
    DIR *folder = opendir(path);
    if (!folder)
        return error_of_errno();
    errno = 0;
    for (struct dirent *e; (e = readdir(folder)) != NULL;)
        if (e->d_name[0] != '.')
            *LIST_ADD(a, found) = arena_text(a, e->d_name);
    int error = errno ? error_of_errno() : 0;
    closedir(folder);
    if (found.count)
        qsort(found.at, (size_t)found.count, sizeof *found.at, by_bytes);
    *names = found.at;
    *count = found.count;
    return error;
}

const char *os_join(struct arena *a, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    if (name[0] == '/' || n == 0)
        return arena_text(a, name);
    return arena_printf(a, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", name);
}

bool os_inside(const char *folder, const char *path)
{
    char outer[PATH_MAX], inner[PATH_MAX];
    if (!realpath(folder, outer) || !realpath(path, inner))
        return false;
    size_t n = strlen(outer);
    if (n == 1)
        return true;                                              /* the root */
    return strncmp(outer, inner, n) == 0 && (inner[n] == '/' || inner[n] == '\0');
}

static int stat_of(const char *path, struct stat *st)
{
    if (stat(path, st) != 0)
        return error_of_errno();
    return S_ISREG(st->st_mode) ? 0 : OS_NOT_FILE;
}

int os_file_size(const char *path, long long *bytes)
{
    struct stat st;
    const int error = stat_of(path, &st);
    *bytes = error == 0 ? (long long)st.st_size : 0;
    return error;
}

int os_changed(const char *path, long long *when)
{
    struct stat st;
    const int error = stat_of(path, &st);
    *when = error == 0 ? (long long)st.st_mtime : 0;
    return error;
}

bool os_may(const char *path, bool write)
{
    return access(path, write ? W_OK : R_OK) == 0;
}

int os_make_folder(const char *path)
{
    char part[PATH_MAX];
    const size_t n = strlen(path);
    if (n == 0 || n >= sizeof part)
        return OS_FAILED;
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (!os_is_folder(part) && mkdir(part, 0700) != 0 && errno != EEXIST)
            return error_of_errno();
    }
    return os_is_folder(path) ? 0 : OS_NOT_FILE;
}

int os_make_file(const char *path)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return error_of_errno();
    close(fd);
    return 0;
}

int os_remove(const char *path)
{
    return unlink(path) == 0 ? 0 : error_of_errno();
}

/* link and unlink, since rename would replace a file that is there. */
int os_rename(const char *from, const char *to)
{
    if (link(from, to) == 0)
        return os_remove(from);
    if (errno == EEXIST || os_is_file(to))
        return OS_FAILED;
    return rename(from, to) == 0 ? 0 : error_of_errno();          /* a disk that knows no links */
}

const char *os_program_folder(struct arena *a)
{
    char path[PATH_MAX];
#ifdef __APPLE__
    char raw[PATH_MAX];
    uint32_t size = sizeof raw;
    if (_NSGetExecutablePath(raw, &size) != 0 || !realpath(raw, path))
        return ".";
#else
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return ".";
    path[n] = '\0';
#endif
    char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy(a, path, (size_t)(slash - path));
}

/* Reading only, so that what is written there fails and is noticed. */
void os_hold_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            return;
}

bool os_terminal_in(void)
{
    return isatty(STDIN_FILENO);
}

bool os_terminal_out(void)
{
    return isatty(STDOUT_FILENO);
}

bool os_terminal_err(void)
{
    return isatty(STDERR_FILENO);
}

/* A size from the environment, or 0. */
static int size_named(const char *name)
{
    const char *s = getenv(name);
    char *end;
    if (!s || !*s)
        return 0;
    long n = strtol(s, &end, 10);
    return *end == '\0' && n > 0 && n <= 10000 ? (int)n : 0;
}

void os_terminal_size(int *columns, int *rows)
{
    static const int asked[] = {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO};
    struct winsize size = {0};
    *columns = size_named("COLUMNS");
    *rows = size_named("LINES");
    for (int i = 0; i < 3 && size.ws_col == 0; i++)
        if (ioctl(asked[i], TIOCGWINSZ, &size) != 0)
            size = (struct winsize){0};
    if (*columns == 0)
        *columns = size.ws_col ? size.ws_col : 80;
    if (*rows == 0)
        *rows = size.ws_row ? size.ws_row : 24;
}

double os_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

const char *os_moment(struct arena *a, long long when)
{
    const time_t t = (time_t)when;
    struct tm tm;
    char text[32] = "?";
    if (localtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
    return arena_text(a, text);
}

const char *os_now_utc(struct arena *a)
{
    const time_t t = time(NULL);
    struct tm tm;
    char text[32] = "";
    if (gmtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return arena_text(a, text);
}

uint64_t os_fresh_seed(void)
{
    uint64_t raw = 0;
    size_t got = 0;
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (read_all(fd, (char *)&raw, sizeof raw, &got) != 0)
            got = 0;
        close(fd);
    }
    if (got != sizeof raw) {                                      /* a system without it: the clock does, it is only a fresh number */
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        raw = (uint64_t)t.tv_nsec * 2654435761u ^ (uint64_t)t.tv_sec ^ (uint64_t)getpid() << 20;
    }
    return 1 + raw % 999999;
}

int os_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (int)n;
}
