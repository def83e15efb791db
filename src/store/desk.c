/* store/desk.c — what a person has begun and not yet done: plans as they came about, whether one is sealed, answers given. */
#include <string.h>

#include "base/panic.h"
#include "store/store_private.h"

/* A statement with up to four whole numbers. */
static int run_with(struct store *s, const char *sql, int count, const int *n)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = sqlite3_bind_int(stmt, i + 1, n[i]);
    if (code == SQLITE_OK) {
        const int step = sqlite3_step(stmt);
        code = step == SQLITE_DONE ? SQLITE_OK : step;
    }
    sqlite3_finalize(stmt);
    return code;
}

const char *store_keep_desk(struct store *s, int seat, const struct store_desk *desk)
{
    REQUIRE(s->writes && desk->count > 0 && desk->count <= STORE_DRAFTS && desk->stands >= 0 && desk->stands < desk->count);
    int code = store_begin(s, true);
    if (code == SQLITE_OK)
        code = run_with(s, "DELETE FROM desk WHERE seat = ?", 1, &seat);
    if (code == SQLITE_OK)
        code = run_with(s, "DELETE FROM draft WHERE seat = ?", 1, &seat);
    if (code == SQLITE_OK)
        code = store_put(s, TABLE_desk, "nnnn", (long long)seat, (long long)desk->turn, (long long)desk->stands, (long long)desk->sealed);
    for (int i = 0; i < desk->count && code == SQLITE_OK; i++)
        code = store_put(s, TABLE_draft, "nnt", (long long)seat, (long long)i, desk->text[i]);
    if (code == SQLITE_OK)
        code = store_commit(s);
    return store_failed(s, code);
}

bool store_find_desk(struct store *s, struct arena *a, int seat, struct store_desk *desk)
{
    sqlite3_stmt *stmt;
    bool found = false;
    *desk = (struct store_desk){.turn = -1};
    if (sqlite3_prepare_v2(s->db, "SELECT turn, stands, sealed FROM desk WHERE seat = ?", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_int(stmt, 1, seat);
        if (sqlite3_step(stmt) == SQLITE_ROW) {
            desk->turn = sqlite3_column_int(stmt, 0);
            desk->stands = sqlite3_column_int(stmt, 1);
            desk->sealed = sqlite3_column_int(stmt, 2) == 1;
            found = true;
        }
    }
    sqlite3_finalize(stmt);
    if (sqlite3_prepare_v2(s->db, "SELECT place, text FROM draft WHERE seat = ? ORDER BY place", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_int(stmt, 1, seat);
        while (sqlite3_step(stmt) == SQLITE_ROW && found) {
            const char *text = sqlite3_column_type(stmt, 1) == SQLITE_TEXT ? (const char *)sqlite3_column_text(stmt, 1) : NULL;
            found = text && desk->count < STORE_DRAFTS && sqlite3_column_int(stmt, 0) == desk->count &&
                    (size_t)sqlite3_column_bytes(stmt, 1) == strlen(text) && text_valid(text, strlen(text));
            if (found)
                desk->text[desk->count++] = arena_text(a, text);
        }
    }
    sqlite3_finalize(stmt);
    return found && desk->turn >= 0 && desk->stands >= 0 && desk->stands < desk->count;
}

const char *store_keep_reply(struct store *s, int seat, int turn, int place, int answer)
{
    int code = store_begin(s, true);
    if (code == SQLITE_OK)
        code = run_with(s, "DELETE FROM reply WHERE seat = ? AND place = ?", 2, (int[]){seat, place});
    if (code == SQLITE_OK)
        code = store_put(s, TABLE_reply, "nnnn", (long long)seat, (long long)place, (long long)turn, (long long)answer);
    if (code == SQLITE_OK)
        code = store_commit(s);
    return store_failed(s, code);
}

bool store_find_reply(struct store *s, int seat, int turn, int place, int *answer)
{
    sqlite3_stmt *stmt;
    bool found = false;
    if (sqlite3_prepare_v2(s->db, "SELECT answer FROM reply WHERE seat = ? AND turn = ? AND place = ?", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_int(stmt, 1, seat);
        sqlite3_bind_int(stmt, 2, turn);
        sqlite3_bind_int(stmt, 3, place);
        found = sqlite3_step(stmt) == SQLITE_ROW;
        *answer = found && sqlite3_column_int(stmt, 0) == 1;
    }
    sqlite3_finalize(stmt);
    return found;
}
