/* store/file.c — an SQLite connection that trusts nothing in the file, and what its errors mean to a person. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "store/store_private.h"

enum store_error store_error_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK: case SQLITE_DONE: case SQLITE_ROW: return STORE_OK;
    case SQLITE_BUSY: case SQLITE_LOCKED:    return STORE_BUSY;
    case SQLITE_FULL:                        return STORE_FULL;
    case SQLITE_READONLY:                    return STORE_READ_ONLY;
    case SQLITE_PERM: case SQLITE_AUTH:      return STORE_DENIED;
    case SQLITE_NOTADB:                      return STORE_OTHER;
    case SQLITE_CORRUPT: case SQLITE_FORMAT: return STORE_DAMAGED;
    }
    return STORE_FAILED;
}

const char *store_words(struct arena *a, sqlite3 *db, int code)
{
    switch (store_error_of(code)) {
    case STORE_OK:        return "nothing is wrong";
    case STORE_MISSING:   return "there is no such file";
    case STORE_OTHER:     return "it is not a game file";
    case STORE_NEWER:     return "it is of a later version";
    case STORE_DAMAGED:   return "the file is damaged";
    case STORE_BUSY:      return "another program has this game open; leave it there first";
    case STORE_FULL:      return "the disk is full; make room on it";
    case STORE_READ_ONLY: return "the file may only be read; copy it to a folder of your own";
    case STORE_DENIED:    return "this user may not open it";
    case STORE_FAILED:    break;
    }
    if ((code & 0xff) == SQLITE_NOMEM)
        return "there is not enough memory";
    if ((code & 0xff) == SQLITE_CANTOPEN)
        return "it cannot be opened; see that the file and its folder may be read";
    return arena_printf(a, "the disk reports an error (%s)", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

int store_run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int set_limits(sqlite3 *db)
{
    static const struct { int which, most; } limits[] = {
        {SQLITE_LIMIT_LENGTH, 8 << 20}, {SQLITE_LIMIT_SQL_LENGTH, 10000}, {SQLITE_LIMIT_COLUMN, 32}, {SQLITE_LIMIT_EXPR_DEPTH, 20},
        {SQLITE_LIMIT_COMPOUND_SELECT, 2}, {SQLITE_LIMIT_FUNCTION_ARG, 8}, {SQLITE_LIMIT_ATTACHED, 0}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 16},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 32}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    static const struct { int which, on; } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_DQS_DDL, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].which, limits[i].most);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        sqlite3_db_config(db, settings[i].which, settings[i].on, NULL);
    return store_run(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA locking_mode=EXCLUSIVE");
}

static int whole_of(sqlite3 *db, const char *sql, long long *n)
{
    sqlite3_stmt *one;
    int code = sqlite3_prepare_v2(db, sql, -1, &one, NULL);
    *n = 0;
    if (code == SQLITE_OK && (code = sqlite3_step(one)) == SQLITE_ROW) {
        *n = sqlite3_column_int64(one, 0);
        code = SQLITE_OK;
    }
    const int end = sqlite3_finalize(one);
    return code == SQLITE_OK ? end : code;
}

static int text_is(sqlite3 *db, const char *sql, const char *wanted, bool *is)
{
    sqlite3_stmt *one;
    int code = sqlite3_prepare_v2(db, sql, -1, &one, NULL);
    *is = false;
    if (code == SQLITE_OK && (code = sqlite3_step(one)) == SQLITE_ROW) {
        const char *said = (const char *)sqlite3_column_text(one, 0);
        *is = said && strcmp(said, wanted) == 0;
        code = SQLITE_OK;
    }
    const int end = sqlite3_finalize(one);
    return code == SQLITE_OK ? end : code;
}

/* Whether it is ours: by its marks, then its b-trees, then its schema. */
static enum store_error check(sqlite3 *db, struct arena *a, const char **words)
{
    long long application = 0, version = 0;
    bool utf8 = false, whole = false;
    int code = whole_of(db, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = whole_of(db, "PRAGMA user_version", &version);
    if (code == SQLITE_OK && application != STORE_APPLICATION) {
        *words = "it is not a game file of demarche";
        return STORE_OTHER;
    }
    if (code == SQLITE_OK && version > STORE_VERSION) {
        *words = arena_printf(a, "it is a game file of version %lld and this program knows up to %d; a newer demarche can read it", version, STORE_VERSION);
        return STORE_NEWER;
    }
    if (code == SQLITE_OK)
        code = text_is(db, "PRAGMA encoding", "UTF-8", &utf8);
    if (code == SQLITE_OK)
        code = text_is(db, "PRAGMA quick_check(1)", "ok", &whole);
    if (code != SQLITE_OK) {
        *words = store_words(a, db, code);
        return store_error_of(code);
    }
    const char *schema = whole && utf8 && version >= 1 ? tables_check(db, a) : NULL;
    if (sqlite3_errcode(db) == SQLITE_NOMEM) {                      /* what was not there to be read is no damage */
        *words = store_words(a, db, SQLITE_NOMEM);
        return STORE_FAILED;
    }
    const char *wrong = version < 1 || !utf8 ? "its head is not that of a game file" : !whole ? "its pages do not fit together" : schema;
    *words = wrong;
    return wrong ? STORE_DAMAGED : STORE_OK;
}

/* A log or a journal lies beside it, or its head (bytes 18 and 19) says that there was a log when it was written last. */
static bool has_log(struct arena *a, const char *path)
{
    if (os_is_file(arena_printf(a, "%s-wal", path)) || os_is_file(arena_printf(a, "%s-journal", path)))
        return true;
    char head[20] = "";
    FILE *f = fopen(path, "rb");
    const bool read = f && fread(head, 1, sizeof head, f) == sizeof head;
    if (f)
        fclose(f);
    return read && memcmp(head, "SQLite format 3", 16) == 0 && (head[18] == 2 || head[19] == 2);
}

enum store_error store_connect(struct arena *a, const char *path, bool writes, sqlite3 **db, const char **words)
{
    long long size = 0;
    *db = NULL;
    *words = NULL;
    const int missing = os_file_size(path, &size);
    if (missing == 0 && size > STORE_FILE_MOST) {
        *words = arena_printf(a, "it is larger than %d MiB, which no game is", STORE_FILE_MOST >> 20);
        return STORE_OTHER;
    }
    if (missing != 0) {
        *words = os_error(missing);
        return missing == OS_DENIED ? STORE_DENIED : missing == OS_MISSING ? STORE_MISSING : missing == OS_NOT_FILE ? STORE_OTHER : STORE_FAILED;
    }
    if (size == 0 || !os_may(path, false)) {
        *words = size == 0 ? "it is empty; no game was ever begun in it" : os_error(OS_DENIED);
        return size == 0 ? STORE_OTHER : STORE_DENIED;
    }
    if (writes && !os_may(path, true)) {
        *words = "the file may only be read; copy it to a folder of your own";
        return STORE_READ_ONLY;
    }
    /* A program that was killed leaves a file that has a log beside it, which only who may write can fold in; nothing else is written. */
    const bool log = has_log(a, path), folds = log && os_may(path, true);
    int code = sqlite3_open_v2(path, db, (writes || folds ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(*db, 1);
        code = set_limits(*db);
    }
    if (code == SQLITE_OK && (writes || folds))
        code = store_run(*db, "BEGIN EXCLUSIVE; ROLLBACK");             /* the lock, before anything is read */
    if (code == SQLITE_OK && folds)
        code = store_run(*db, "PRAGMA journal_mode=DELETE");
    enum store_error error = STORE_OK;
    if (code != SQLITE_OK) {
        error = store_error_of(code);
        *words = store_words(a, *db, code);
        if (log && !folds)
            *words = "it was cut off while it was written; copy it, with the files beside it that begin with its name, to a folder of your own";
    } else {
        error = check(*db, a, words);
    }
    if (error != STORE_OK) {
        sqlite3_close(*db);
        *db = NULL;
    }
    return error;
}
