/* store/store_private.h — an open game file and its statements. */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H

#include <sqlite3.h>
#include "base/text.h"
#include "game/record.h"
#include "store/store.h"

enum tables {
#define TABLE(name, words, constraint) TABLE_##name,
#define COLUMN(table, name, sql, unit, words)
#include "store/columns.def"
#undef TABLE
#undef COLUMN
    TABLES
};

struct store {
    struct arena *arena;            /* borrowed */
    sqlite3 *db;
    const char *path;
    bool writes;
    struct store_game game;
    sqlite3_stmt *insert[TABLES];   /* made when first used */
    int kept;                       /* rows of the journal that are in the file */
    struct digest last;             /* link of the last of them */
    int seen;                       /* rows of the game in hand that were held to the file's */
    LIST_OF(struct journal_row) talk; int talk_first;   /* said and not yet committed, kept as rows from this one on */
    int hurry, hurried;             /* turns a transaction takes, and how many it holds; 0: every turn its own */
    bool open_transaction;
    enum store_error trouble; const char *trouble_words;
    char words[256];
};

/* tables.c */
const char *tables_sql(struct arena *a, int table);             /* CREATE TABLE … as it stands in the file */
const char *tables_insert(struct arena *a, int table);
int tables_width(int table);                                    /* columns */
const char *tables_name(int table);
const char *tables_check(sqlite3 *db, struct arena *a);         /* NULL, or what is not ours */

/* file.c */
enum store_error store_error_of(int code);
const char *store_words(struct arena *a, sqlite3 *db, int code);
enum store_error store_connect(struct arena *a, const char *path, bool writes, sqlite3 **db, const char **words);
int store_run(sqlite3 *db, const char *sql);                    /* an SQLite code */
/* load.c */
enum store_error store_load(struct store *s, int *damaged, const char **words);
/* results.c */
int results_write(struct store *s, const struct game *g, int moment);           /* an SQLite code */
/* store.c */
int store_begin(struct store *s, bool lasting);                 /* a transaction; SQLite codes */
int store_commit(struct store *s);
int store_put(struct store *s, int table, const char *kinds, ...);
const char *store_failed(struct store *s, int code);            /* NULL, or what went wrong in words; the transaction is undone */
sqlite3_stmt *store_statement(struct store *s, int table);      /* its insertion, reset; NULL: s->db says why */

#endif
