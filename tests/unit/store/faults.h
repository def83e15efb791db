/* tests/unit/store/faults.h — a disk that fails when a test wants it to, or loses what was not synced; SQLite's memory likewise.
 * Every operation is counted. `fail_at` fails one of them, or with `for_good` all from there on; `cut_at` is a power cut: what was
 * written since the last sync is undone from some point on, the last of it torn, and the process is gone. */
#ifndef FAULTS_H
#define FAULTS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNDO_MOST_WRITES = 4096 };
struct undo { sqlite3_file *file; sqlite3_int64 at, size; int n; unsigned char *old; };
static struct {
    long count, fail_at, cut_at;
    bool for_good, full, failed;
    unsigned seed;
    struct undo undo[UNDO_MOST_WRITES]; int undos;
    long allocations, fail_allocation; bool allocation_failed;
} faults;
struct fault_file { sqlite3_file base; sqlite3_file *real; };
static sqlite3_vfs *real_vfs, fault_vfs;
static sqlite3_mem_methods real_memory;

static sqlite3_file *real_of(sqlite3_file *f) { return ((struct fault_file *)f)->real; }

static void forget(const sqlite3_file *file)
{
    int kept = 0;
    for (int i = 0; i < faults.undos; i++) {
        if (faults.undo[i].file != file)
            faults.undo[kept++] = faults.undo[i];
        else
            free(faults.undo[i].old);
    }
    faults.undos = kept;
}

static void power_cut(void)
{
    srand(faults.seed);
    const int stays = faults.undos ? rand() % (faults.undos + 1) : 0;
    for (int i = faults.undos - 1; i >= stays; i--) {
        struct undo *u = &faults.undo[i];
        const int torn = i == stays ? u->n / 2 : 0;         /* its first half reached the disk */
        if (u->n > torn)
            u->file->pMethods->xWrite(u->file, u->old + torn, u->n - torn, u->at + torn);
        if (u->size < u->at + u->n)
            u->file->pMethods->xTruncate(u->file, torn && u->size < u->at + torn ? u->at + torn : u->size);
    }
    _exit(3);
}

/* True if this operation fails. */
static bool fault(void)
{
    faults.count++;
    if (faults.cut_at && faults.count == faults.cut_at)
        power_cut();
    const bool now = faults.fail_at && (faults.count == faults.fail_at || (faults.for_good && faults.count > faults.fail_at));
    faults.failed = faults.failed || now;
    return now;
}

static void keep_old(sqlite3_file *f, int n, sqlite3_int64 at)
{
    if (!faults.cut_at || faults.undos == UNDO_MOST_WRITES)
        return;
    struct undo u = {.file = f, .at = at, .n = n, .old = calloc(1, (size_t)n + 1)};
    f->pMethods->xFileSize(f, &u.size);
    f->pMethods->xRead(f, u.old, n, at);
    faults.undo[faults.undos++] = u;
}

static int f_close(sqlite3_file *f)
{
    forget(real_of(f));
    const int code = real_of(f)->pMethods->xClose(real_of(f));
    sqlite3_free(real_of(f));
    return code;
}
static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) { return fault() ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), to, n, at); }
static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    if (fault())
        return faults.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    keep_old(real_of(f), n, at);
    return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) { return fault() ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), size); }
static int f_sync(sqlite3_file *f, int flags)
{
    (void)flags;                        /* the disk of a test need not wait */
    if (fault())
        return SQLITE_IOERR_FSYNC;
    forget(real_of(f));
    return SQLITE_OK;
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return fault() ? SQLITE_IOERR_FSTAT : real_of(f)->pMethods->xFileSize(real_of(f), size); }
static int f_lock(sqlite3_file *f, int how) { return fault() ? SQLITE_IOERR_LOCK : real_of(f)->pMethods->xLock(real_of(f), how); }
static int f_unlock(sqlite3_file *f, int how) { return real_of(f)->pMethods->xUnlock(real_of(f), how); }
static int f_reserved(sqlite3_file *f, int *out) { return fault() ? SQLITE_IOERR_CHECKRESERVEDLOCK : real_of(f)->pMethods->xCheckReservedLock(real_of(f), out); }
static int f_control(sqlite3_file *f, int op, void *arg) { return real_of(f)->pMethods->xFileControl(real_of(f), op, arg); }
static int f_sector(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int f_device(sqlite3_file *f) { (void)f; return 0; }     /* promises nothing */

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    static const sqlite3_io_methods methods = {.iVersion = 1, .xClose = f_close, .xRead = f_read, .xWrite = f_write, .xTruncate = f_truncate, .xSync = f_sync,
        .xFileSize = f_size, .xLock = f_lock, .xUnlock = f_unlock, .xCheckReservedLock = f_reserved, .xFileControl = f_control, .xSectorSize = f_sector,
        .xDeviceCharacteristics = f_device};
    struct fault_file *file = (struct fault_file *)f;
    (void)v;
    memset(file, 0, sizeof *file);
    if (fault())
        return SQLITE_CANTOPEN;
    file->real = sqlite3_malloc(real_vfs->szOsFile);
    if (!file->real)
        return SQLITE_NOMEM;
    memset(file->real, 0, (size_t)real_vfs->szOsFile);
    const int code = real_vfs->xOpen(real_vfs, name, file->real, flags, out);
    if (code == SQLITE_OK)
        file->base.pMethods = &methods;
    else
        sqlite3_free(file->real);
    return code;
}
static int v_delete(sqlite3_vfs *v, const char *name, int sync) { (void)v, (void)sync; return fault() ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, 0); }
static int v_access(sqlite3_vfs *v, const char *name, int flags, int *out) { (void)v; return fault() ? SQLITE_IOERR_ACCESS : real_vfs->xAccess(real_vfs, name, flags, out); }

static void *m_malloc(int n)
{
    if (faults.fail_allocation && ++faults.allocations == faults.fail_allocation) {
        faults.allocation_failed = true;
        return NULL;
    }
    return real_memory.xMalloc(n);
}
static void *m_realloc(void *p, int n)
{
    if (faults.fail_allocation && ++faults.allocations == faults.fail_allocation) {
        faults.allocation_failed = true;
        return NULL;
    }
    return real_memory.xRealloc(p, n);
}

/* Before anything else of SQLite. */
static inline void faults_install(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    static sqlite3_mem_methods mine;
    mine = real_memory;
    mine.xMalloc = m_malloc;
    mine.xRealloc = m_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &mine);
    real_vfs = sqlite3_vfs_find(NULL);
    fault_vfs = *real_vfs;
    fault_vfs.zName = "faults";
    fault_vfs.szOsFile = sizeof(struct fault_file);
    fault_vfs.pNext = NULL;
    fault_vfs.xOpen = v_open;
    fault_vfs.xDelete = v_delete;
    fault_vfs.xAccess = v_access;
    sqlite3_vfs_register(&fault_vfs, 1);
}

static inline void faults_none(void)
{
    for (int i = 0; i < faults.undos; i++)
        free(faults.undo[i].old);
    memset(&faults, 0, sizeof faults);
}

#endif
