/* store/load.c — a game out of its file, each value checked as coming from a stranger: types, lengths, order, digests, chain. */
#include <string.h>

#include "store/store_private.h"

struct loading { struct store *s; const char *wrong; int code; };

static sqlite3_stmt *ask(struct loading *l, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    if (!l->wrong && l->code == SQLITE_OK)
        l->code = sqlite3_prepare_v2(l->s->db, sql, -1, &stmt, NULL);
    return stmt;
}

/* Another row; false at the end or on trouble, the statement then done with. */
static bool next(struct loading *l, sqlite3_stmt **stmt)
{
    int code = *stmt && !l->wrong ? sqlite3_step(*stmt) : SQLITE_DONE;
    if (code == SQLITE_ROW)
        return true;
    if (l->code == SQLITE_OK && code != SQLITE_DONE)
        l->code = code;
    sqlite3_finalize(*stmt);
    *stmt = NULL;
    return false;
}

static void wrong(struct loading *l, const char *table, const char *what)
{
    if (!l->wrong)
        l->wrong = arena_printf(l->s->arena, "table '%s': %s", table, what);
}

static const char *text_at(struct loading *l, sqlite3_stmt *stmt, int column, const char *table)
{
    const int type = sqlite3_column_type(stmt, column);
    const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(stmt, column) : NULL;
    const int n = sqlite3_column_bytes(stmt, column);
    if (type == SQLITE_TEXT && !text) {
        l->code = SQLITE_NOMEM;
        return "";
    }
    if (!text || n > STORE_TEXT_MOST || (int)strlen(text) != n || !text_valid(text, (size_t)n)) {
        wrong(l, table, "a text is none");
        return "";
    }
    return arena_copy(l->s->arena, text, (size_t)n);
}

static long long whole_at(struct loading *l, sqlite3_stmt *stmt, int column, long long least, long long most, const char *table)
{
    const long long n = sqlite3_column_int64(stmt, column);
    if (sqlite3_column_type(stmt, column) != SQLITE_INTEGER || n < least || n > most) {
        wrong(l, table, arena_printf(l->s->arena, "%s is out of range", sqlite3_column_name(stmt, column)));
        return least;
    }
    return n;
}

static struct digest digest_at(struct loading *l, sqlite3_stmt *stmt, int column, bool optional, const char *table)
{
    struct digest d = {{0}};
    const int n = sqlite3_column_bytes(stmt, column);
    if (sqlite3_column_type(stmt, column) == SQLITE_BLOB && n == DIGEST_BYTES)
        memcpy(d.byte, sqlite3_column_blob(stmt, column), DIGEST_BYTES);
    else if (!optional || n != 0)
        wrong(l, table, "a digest is none");
    return d;
}

static void load_head(struct loading *l)
{
    struct store_game *g = &l->s->game;
    sqlite3_stmt *stmt = ask(l, "SELECT made_by, created, folder, title, program, seed, opening, turns, at_values, median, parent, parent_turn, "
                                "parent_link FROM game");
    int rows = 0;
    while (next(l, &stmt)) {
        g->made_by = text_at(l, stmt, 0, "game");
        g->created = text_at(l, stmt, 1, "game");
        g->folder = text_at(l, stmt, 2, "game");
        g->title = text_at(l, stmt, 3, "game");
        g->program = digest_at(l, stmt, 4, false, "game");
        g->seed = (uint64_t)whole_at(l, stmt, 5, 0, INT64_MAX, "game");
        g->opening = text_at(l, stmt, 6, "game");
        g->turns = (int)whole_at(l, stmt, 7, 1, 1000, "game");
        g->at_values = whole_at(l, stmt, 8, 0, 1, "game");
        g->median = whole_at(l, stmt, 9, 0, 1, "game");
        g->parent.name = text_at(l, stmt, 10, "game");
        g->parent.turns = (int)whole_at(l, stmt, 11, 0, 1000, "game");
        g->parent.link = digest_at(l, stmt, 12, true, "game");
        if (strchr(g->folder, '/') || !*g->folder)
            wrong(l, "game", "the scenario's folder is not a name");
        rows++;
    }
    if (l->code == SQLITE_OK && rows != 1)
        wrong(l, "game", "it does not have one row");
}

static void load_files(struct loading *l)
{
    LIST_OF(struct program_file) file = {0};
    sqlite3_stmt *stmt = ask(l, "SELECT place, name, text FROM file ORDER BY place");
    while (next(l, &stmt)) {
        const int n = sqlite3_column_bytes(stmt, 2);
        const void *bytes = sqlite3_column_blob(stmt, 2);
        whole_at(l, stmt, 0, file.count, file.count, "file");
        if (n > 0 && !bytes && sqlite3_errcode(l->s->db) == SQLITE_NOMEM)
            l->code = SQLITE_NOMEM;
        if (sqlite3_column_type(stmt, 2) != SQLITE_BLOB || (n > 0 && !bytes) || file.count == STORE_FILES_MOST) {
            wrong(l, "file", "a file is no text, or there are too many");
            continue;
        }
        const char *name = text_at(l, stmt, 1, "file");
        *LIST_ADD(l->s->arena, file) = (struct program_file){name, arena_copy(l->s->arena, n ? bytes : "", (size_t)n), (size_t)n};
    }
    l->s->game.file = file.at;
    l->s->game.files = file.count;
    if (l->wrong || l->code != SQLITE_OK)
        return;
    const struct digest d = journal_program(file.at, file.count);
    if (memcmp(&d, &l->s->game.program, sizeof d) != 0)
        wrong(l, "file", "the scenario in it is not the one that was played");
}

static void load_seats(struct loading *l)
{
    LIST_OF(struct store_seat) seat = {0};
    sqlite3_stmt *stmt = ask(l, "SELECT seat, name, kind, persona, who FROM seat ORDER BY seat");
    while (next(l, &stmt)) {
        whole_at(l, stmt, 0, seat.count, seat.count, "seat");
        if (seat.count == MOST_SEATS) {
            wrong(l, "seat", "there are too many");
            continue;
        }
        const struct store_seat is = {text_at(l, stmt, 1, "seat"), text_at(l, stmt, 2, "seat"), text_at(l, stmt, 3, "seat"), text_at(l, stmt, 4, "seat")};
        if (strcmp(is.kind, "person") != 0 && strcmp(is.kind, "persona") != 0 && strcmp(is.kind, "nobody") != 0)
            wrong(l, "seat", "a seat is neither a person's nor a persona's");
        *LIST_ADD(l->s->arena, seat) = is;
    }
    l->s->game.seat = seat.at;
    l->s->game.seats = seat.count;
}

/* The first row that breaks the chain goes to *damaged if it is asked for. */
static void load_journal(struct loading *l, int *damaged)
{
    LIST_OF(struct journal_row) row = {0};
    struct digest link = {{0}};
    struct store_game *g = &l->s->game;
    sqlite3_stmt *stmt = ask(l, "SELECT row, turn, kind, text, link FROM journal ORDER BY row");
    int bad = -1;
    while (next(l, &stmt)) {
        const char *was_wrong = l->wrong;
        struct journal_row is = {.turn = 0};
        whole_at(l, stmt, 0, row.count, row.count, "journal");
        is.turn = (int)whole_at(l, stmt, 1, row.count ? row.at[row.count - 1].turn : 0, 1000, "journal");
        is.kind = text_at(l, stmt, 2, "journal");
        is.text = text_at(l, stmt, 3, "journal");
        is.link = digest_at(l, stmt, 4, false, "journal");
        link = journal_link(link, &is);
        if (!l->wrong && (memcmp(&link, &is.link, sizeof link) != 0 || strchr(is.kind, ' ') || (row.count == 0) != (strcmp(is.kind, "game") == 0)))
            wrong(l, "journal", arena_printf(l->s->arena, "the chain is broken at row %d (turn %d)", row.count, is.turn + 1));
        if (row.count == STORE_ROWS_MOST)
            wrong(l, "journal", "there are too many rows");
        if (l->wrong && l->wrong != was_wrong)
            bad = row.count;
        if (!l->wrong)
            *LIST_ADD(l->s->arena, row) = is;
    }
    if (l->code == SQLITE_OK && !l->wrong && row.count == 0) {
        bad = 0;
        wrong(l, "journal", "it is empty");
    }
    g->row = row.at;
    g->rows = row.count;
    l->s->kept = row.count;
    l->s->last = row.count ? row.at[row.count - 1].link : (struct digest){{0}};
    for (int i = 0; i < row.count; i++) {
        g->turns_done += strcmp(row.at[i].kind, "state") == 0;
        g->over = g->over || strcmp(row.at[i].kind, "ending") == 0;
    }
    g->over = g->over || g->turns_done >= g->turns;
    if (damaged)
        *damaged = bad;
}

enum store_error store_load(struct store *s, int *damaged, const char **words)
{
    struct loading l = {.s = s};
    load_head(&l);
    load_files(&l);
    load_seats(&l);
    const bool sound = !l.wrong;
    load_journal(&l, damaged);
    if (l.code != SQLITE_OK) {
        *words = store_words(s->arena, s->db, l.code);
        return store_error_of(l.code);
    }
    *words = l.wrong;
    return !l.wrong || (sound && damaged) ? STORE_OK : STORE_DAMAGED;
}
