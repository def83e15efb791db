/* store/rows.c — the tables of a file as rows of text, for whoever writes them out. */
#include "base/panic.h"
#include "store/store_private.h"

enum { WIDTH_MOST = 16 };

static const char *value_text(struct arena *a, sqlite3_stmt *stmt, int column)
{
    char number[NUMBER_TEXT];
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL:    return NULL;
    case SQLITE_INTEGER: return arena_printf(a, "%lld", (long long)sqlite3_column_int64(stmt, column));
    case SQLITE_FLOAT:   return arena_text(a, text_number(sqlite3_column_double(stmt, column), number));
    case SQLITE_BLOB: {
        const unsigned char *bytes = sqlite3_column_blob(stmt, column);
        const int n = sqlite3_column_bytes(stmt, column);
        char *hex = arena_alloc(a, 2 * (size_t)n + 1);
        for (int i = 0; i < n && bytes; i++) {
            hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
            hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
        }
        return hex;
    }
    }
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? arena_text(a, text) : NULL;
}

enum store_error store_each_row(struct store *s, int table, store_row_fn *each, void *self, const char **words)
{
    sqlite3_stmt *stmt;
    const int width = tables_width(table);
    struct arena a;
    REQUIRE(width <= WIDTH_MOST);
    arena_init(&a, "rows");
    int code = sqlite3_prepare_v2(s->db, arena_printf(&a, "SELECT * FROM %s", tables_name(table)), -1, &stmt, NULL);
    int step = SQLITE_DONE;
    bool stays = true;
    while (code == SQLITE_OK && stays && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        const struct arena_mark mark = arena_mark(&a);
        const char *value[WIDTH_MOST];
        for (int i = 0; i < width; i++)
            value[i] = value_text(&a, stmt, i);
        stays = each(self, width, value);
        arena_reset(&a, mark);
    }
    sqlite3_finalize(stmt);
    arena_done(&a);
    if (code == SQLITE_OK && stays && step != SQLITE_DONE)
        code = step;
    *words = code == SQLITE_OK ? NULL : store_words(s->arena, s->db, code);
    return store_error_of(code);
}
