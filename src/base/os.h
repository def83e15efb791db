/* base/os.h — files, places and clocks of the machine. Errors are negative; os_error names the last one in words. */
#ifndef BASE_OS_H
#define BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

enum { OS_MISSING = -1, OS_NOT_FILE = -2, OS_TOO_LARGE = -3, OS_DENIED = -4, OS_FAILED = -5 };
const char *os_error(int error);                                /* "there is no such file", … */
/* A whole regular file, NUL-terminated; at most `most` bytes. Returns 0 or an error. */
int os_read_file(struct arena *a, const char *path, size_t most, const char **text, size_t *length);
bool os_is_folder(const char *path);
bool os_is_file(const char *path);
/* Names in a folder, sorted by bytes, without those that begin with a dot; 0 or an error. */
int os_list(struct arena *a, const char *path, const char *const **names, int *count);
const char *os_join(struct arena *a, const char *folder, const char *name);
/* True if `path` (existing) lies inside `folder` once links are followed: no include or data file reaches outside its scenario. */
bool os_inside(const char *folder, const char *path);
int os_file_size(const char *path, long long *bytes);           /* of a regular file; 0 or an error */
int os_changed(const char *path, long long *when);              /* seconds since 1970 in which it was last written; 0 or an error */
bool os_may(const char *path, bool write);                      /* whether this user may read it, or write it */
/* Files that are the user's alone: folders (with those above them) 0700, a new empty file 0600 (an error if there is one). 0 or an error. */
int os_make_folder(const char *path);
int os_make_file(const char *path);
int os_remove(const char *path);                                /* a file; 0 or an error */
int os_rename(const char *from, const char *to);                /* within one folder; replaces nothing: OS_FAILED if `to` is there */
const char *os_program_folder(struct arena *a);                 /* where the running program lies, or "." */
void os_hold_streams(void);                                     /* a closed standard stream is held open, so that no file takes its number */
bool os_terminal_in(void);
bool os_terminal_out(void);
bool os_terminal_err(void);
void os_terminal_size(int *columns, int *rows);                 /* COLUMNS/LINES, then the terminal, then 80x24 */
double os_seconds(void);                                        /* monotonic; for progress and benches, never for a result */
const char *os_moment(struct arena *a, long long when);         /* "2026-11-24 17:30" as the clock on the wall has it */
const char *os_now_utc(struct arena *a);                        /* "2026-11-24T17:30:00Z" */
uint64_t os_fresh_seed(void);                                   /* from the system's entropy, 1..999999 so that it can be read aloud */
int os_cores(void);

#endif
