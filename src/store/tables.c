/* store/tables.c — the tables of a game file as SQL, and whether a file has these and nothing else.
 * A file's schema must be ours to the letter: then no trigger, view, index or generated column of somebody else can run. */
#include <string.h>

#include "store/store_private.h"

static const struct { const char *name, *words, *constraint; } tables[TABLES] = {
#define TABLE(name, words, constraint) {#name, words, constraint},
#define COLUMN(table, name, sql, unit, words)
#include "store/columns.def"
#undef TABLE
#undef COLUMN
};

static const struct { int table; const char *sql; struct store_column column; } columns[] = {
#define TABLE(name, words, constraint)
#define COLUMN(table, name, sql, unit, words) {TABLE_##table, sql, {#table, #name, sql, unit, words}},
#include "store/columns.def"
#undef TABLE
#undef COLUMN
};
enum { COLUMNS = sizeof columns / sizeof *columns };

const char *tables_name(int table) { return tables[table].name; }

int tables_width(int table)
{
    int n = 0;
    for (int i = 0; i < COLUMNS; i++)
        n += columns[i].table == table;
    return n;
}

const char *tables_sql(struct arena *a, int table)
{
    struct text t;
    int n = 0;
    text_init(&t, a);
    text_addf(&t, "CREATE TABLE %s (", tables[table].name);
    for (int i = 0; i < COLUMNS; i++)
        if (columns[i].table == table)
            text_addf(&t, "%s%s %s", n++ ? ", " : "", columns[i].column.name, columns[i].sql);
    text_add(&t, *tables[table].constraint ? tables[table].constraint : ")");
    return t.at;
}

const char *tables_insert(struct arena *a, int table)
{
    struct text t;
    text_init(&t, a);
    text_addf(&t, "INSERT INTO %s VALUES (", tables[table].name);
    for (int i = 0; i < tables_width(table); i++)
        text_add(&t, i ? ", ?" : "?");
    text_add(&t, ")");
    return t.at;
}

/* The one row of a table's name, or -1. */
static int table_named(const char *name)
{
    for (int i = 0; i < TABLES; i++)
        if (strcmp(tables[i].name, name) == 0)
            return i;
    return -1;
}

const char *tables_check(sqlite3 *db, struct arena *a)
{
    sqlite3_stmt *all;
    const char *wrong = NULL;
    bool seen[TABLES] = {false};
    if (sqlite3_prepare_v2(db, "SELECT type, name, tbl_name, sql FROM sqlite_master", -1, &all, NULL) != SQLITE_OK)
        return "its schema cannot be read";
    int code;
    while (!wrong && (code = sqlite3_step(all)) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(all, 0), *name = (const char *)sqlite3_column_text(all, 1);
        const char *of = (const char *)sqlite3_column_text(all, 2), *sql = (const char *)sqlite3_column_text(all, 3);
        const int table = type && name && of && sql && strcmp(type, "table") == 0 && strcmp(name, of) == 0 ? table_named(name) : -1;
        if (table < 0)
            wrong = arena_printf(a, "it has a %s '%s' that no game file has", type ? text_plain(a, type) : "part", name ? text_plain(a, name) : "?");
        else if (seen[table] || strcmp(sql, tables_sql(a, table)) != 0)
            wrong = arena_printf(a, "its table '%s' is not that of a game file", tables[table].name);
        else
            seen[table] = true;
    }
    if (!wrong && code != SQLITE_DONE)
        wrong = "its schema cannot be read";
    for (int i = 0; i < TABLES && !wrong; i++)
        if (!seen[i])
            wrong = arena_printf(a, "its table '%s' is missing", tables[i].name);
    sqlite3_finalize(all);
    return wrong;
}

int store_columns(const struct store_column **column)
{
    static struct store_column all[COLUMNS];
    static const char *const types[] = {"INTEGER", "TEXT", "BLOB", "REAL"}, *const says[] = {"integer", "text", "bytes, in hexadecimal", "number"};
    for (int i = 0; i < COLUMNS; i++) {
        all[i] = columns[i].column;
        for (int k = 0; k < 4; k++)
            if (strncmp(columns[i].sql, types[k], strlen(types[k])) == 0)
                all[i].type = says[k];
    }
    *column = all;
    return COLUMNS;
}

int store_tables(const struct store_table **table)
{
    static struct store_table all[TABLES];
    for (int i = 0; i < TABLES; i++)
        all[i] = (struct store_table){tables[i].name, tables[i].words};
    *table = all;
    return TABLES;
}
