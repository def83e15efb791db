/* store/store.c — a game file is begun, written turn by turn, and given back.
 * Every order goes to the disk in a transaction of its own with fsync; whatever fails is rolled back, so the file is always the
 * game up to some moment. */
#include "store/store.h"

#include <stdarg.h>
#include <string.h>

#include "base/os.h"
#include "base/panic.h"
#include "store/store_private.h"

/* --- statements and trouble ------------------------------------------------------------------------------------------------------- */

sqlite3_stmt *store_statement(struct store *s, int table)
{
    if (!s->insert[table])
        sqlite3_prepare_v3(s->db, tables_insert(s->arena, table), -1, SQLITE_PREPARE_PERSISTENT, &s->insert[table], NULL);
    return s->insert[table];
}

/* NULL, or what went wrong in words; the transaction is undone. */
const char *store_failed(struct store *s, int code)
{
    s->trouble = store_error_of(code);
    s->trouble_words = NULL;
    if (s->trouble == STORE_OK)
        return NULL;
    struct arena a;
    arena_init(&a, "words");
    const char *words = store_words(&a, s->db, code);
    memcpy(s->words, words, strlen(words) < sizeof s->words ? strlen(words) + 1 : sizeof s->words);
    s->words[sizeof s->words - 1] = '\0';
    arena_done(&a);
    if (!sqlite3_get_autocommit(s->db))
        store_run(s->db, "ROLLBACK");
    s->open_transaction = false;
    return s->trouble_words = s->words;
}

const char *store_trouble(const struct store *s, enum store_error *error)
{
    *error = s->trouble;
    return s->trouble_words;
}

int store_begin(struct store *s, bool lasting)
{
    int code = SQLITE_OK;
    if (s->hurry) {
        if (!s->open_transaction)
            code = store_run(s->db, "BEGIN IMMEDIATE");
        s->open_transaction = code == SQLITE_OK;
        return code;
    }
    code = store_run(s->db, lasting ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    return code == SQLITE_OK ? store_run(s->db, "BEGIN IMMEDIATE") : code;
}

int store_commit(struct store *s)
{
    return s->hurry ? SQLITE_OK : store_run(s->db, "COMMIT");
}

/* One row of cells: 'n' long long, 't' const char *, 'b' struct digest *, 'f' struct program_file *, '-' an empty blob. */
int store_put(struct store *s, int table, const char *kinds, ...)
{
    va_list args;
    sqlite3_stmt *stmt = store_statement(s, table);
    int code = stmt ? SQLITE_OK : sqlite3_extended_errcode(s->db);
    va_start(args, kinds);
    for (int i = 0; kinds[i] && code == SQLITE_OK; i++) {
        if (kinds[i] == 'n') {
            code = sqlite3_bind_int64(stmt, i + 1, va_arg(args, long long));
        } else if (kinds[i] == 't') {
            const char *text = va_arg(args, const char *);
            code = sqlite3_bind_text(stmt, i + 1, text ? text : "", -1, SQLITE_STATIC);
        } else if (kinds[i] == 'b') {
            code = sqlite3_bind_blob(stmt, i + 1, va_arg(args, const struct digest *)->byte, DIGEST_BYTES, SQLITE_STATIC);
        } else if (kinds[i] == 'f') {
            const struct program_file *file = va_arg(args, const struct program_file *);
            code = sqlite3_bind_blob(stmt, i + 1, file->text, (int)file->length, SQLITE_STATIC);
        } else {
            code = sqlite3_bind_zeroblob(stmt, i + 1, 0);
        }
    }
    va_end(args);
    if (code == SQLITE_OK) {
        const int step = sqlite3_step(stmt);
        code = step == SQLITE_DONE ? SQLITE_OK : step;
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
    return code;
}

/* --- opening and closing ----------------------------------------------------------------------------------------------------------- */

/* The log is begun anew; it is folded in when the file is closed, so a closed game is one file that can be copied. */
static int begin_log(sqlite3 *db)
{
    return store_run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
}

struct store *store_open(struct arena *a, const char *path, bool writes, int *damaged, enum store_error *error, const char **words)
{
    struct store *s = ARENA_NEW(a, struct store);
    *s = (struct store){.arena = a, .path = arena_text(a, path), .writes = writes};
    *error = store_connect(a, path, writes, &s->db, words);
    if (*error == STORE_OK)
        *error = store_load(s, damaged, words);
    if (*error == STORE_OK && writes) {
        const int code = begin_log(s->db);
        if (code != SQLITE_OK) {
            *error = store_error_of(code);
            *words = store_words(a, s->db, code);
        }
    }
    if (*error == STORE_OK)
        return s;
    store_close(s);
    return NULL;
}

const struct store_game *store_game(const struct store *s) { return &s->game; }

void store_close(struct store *s)
{
    if (!s->db)
        return;
    if (s->open_transaction)
        store_run(s->db, "COMMIT");
    for (int i = 0; i < TABLES; i++)
        sqlite3_finalize(s->insert[i]);
    if (s->writes)
        store_run(s->db, "PRAGMA journal_mode=DELETE");
    sqlite3_close(s->db);
    s->db = NULL;
}

/* --- a new file ---------------------------------------------------------------------------------------------------------------------- */

static int put_row(struct store *s, int at, const struct journal_row *row)
{
    const struct digest link = journal_link(s->last, row);
    const int code = store_put(s, TABLE_journal, "nnttb", (long long)at, (long long)row->turn, row->kind, row->text, &link);
    if (code == SQLITE_OK) {
        s->last = link;
        s->kept = at + 1;
    }
    return code;
}

static int make_tables(struct store *s)
{
    int code = SQLITE_OK;
    for (int i = 0; i < TABLES && code == SQLITE_OK; i++)
        code = store_run(s->db, tables_sql(s->arena, i));
    if (code == SQLITE_OK)
        code = store_run(s->db, arena_printf(s->arena, "PRAGMA application_id=%d; PRAGMA user_version=%d", STORE_APPLICATION, STORE_VERSION));
    return code;
}

static int put_head(struct store *s)
{
    const struct store_game *g = &s->game;
    const bool child = g->parent.name && *g->parent.name;
    int code = store_put(s, TABLE_game, child ? "nttttbntnnntnb" : "nttttbntnnntn-", 1ll, g->made_by, g->created, g->folder, g->title, &g->program,
                   (long long)g->seed, g->opening, (long long)g->turns, (long long)g->at_values, (long long)g->median, g->parent.name,
                   (long long)g->parent.turns, &g->parent.link);
    for (int i = 0; i < g->files && code == SQLITE_OK; i++)
        code = store_put(s, TABLE_file, "ntf", (long long)i, g->file[i].name, &g->file[i]);
    for (int i = 0; i < g->seats && code == SQLITE_OK; i++)
        code = store_put(s, TABLE_seat, "ntttt", (long long)i, g->seat[i].name, g->seat[i].kind, g->seat[i].persona, g->seat[i].who);
    return code;
}

/* An empty private file with a log. NULL after *error and *words. */
static struct store *make_file(struct arena *a, const char *path, enum store_error *error, const char **words)
{
    struct store *s = ARENA_NEW(a, struct store);
    *s = (struct store){.arena = a, .path = arena_text(a, path), .writes = true};
    const int made = os_make_file(path);
    *error = STORE_OK;
    if (made != 0) {
        *error = made == OS_DENIED ? STORE_DENIED : STORE_FAILED;
        *words = os_is_file(path) ? "there is such a file already" : made == OS_DENIED ? "this user may not write there" : "it cannot be made there";
        return NULL;
    }
    int code = sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(s->db, 1);
        code = store_run(s->db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY");
    }
    if (code == SQLITE_OK)
        code = begin_log(s->db);
    if (code == SQLITE_OK)
        return s;
    *error = store_error_of(code);
    *words = store_words(a, s->db, code);
    store_close(s);
    os_remove(path);
    return NULL;
}

/* Either it stands whole or there is no file. */
static struct store *made(struct store *s, int code, enum store_error *error, const char **words)
{
    if (code == SQLITE_OK)
        code = store_run(s->db, "COMMIT");
    if (code == SQLITE_OK)
        return s;
    *error = store_error_of(code);
    *words = store_words(s->arena, s->db, code);
    if (!sqlite3_get_autocommit(s->db))
        store_run(s->db, "ROLLBACK");
    store_close(s);
    os_remove(s->path);
    return NULL;
}

static const char *or_empty(const char *s) { return s ? s : ""; }

struct store *store_create(struct arena *a, const char *path, const struct game *g, const char *made_by, const char *folder, const struct store_seat *seat,
                           const struct store_parent *parent, enum store_error *error, const char **words)
{
    const struct program *p = view_program(record_view(g));
    const struct game_options o = record_options(g);
    struct store *s = make_file(a, path, error, words);
    if (!s)
        return NULL;
    s->game = (struct store_game){.made_by = made_by, .created = os_now_utc(a), .folder = folder, .title = or_empty(p->title),
                                  .opening = or_empty(record_opening(g)), .program = journal_program(p->file, p->files), .seed = o.seed, .turns = o.turns,
                                  .at_values = o.at_value, .median = o.median, .file = p->file, .files = p->files, .seat = seat, .seats = p->seats};
    s->game.parent.name = "";
    if (parent)
        s->game.parent = *parent;
    const struct journal_row first = game_journal_row(g, 0);
    int code = store_run(s->db, "BEGIN IMMEDIATE");
    if (code == SQLITE_OK)
        code = make_tables(s);
    if (code == SQLITE_OK)
        code = put_head(s);
    if (code == SQLITE_OK)
        code = put_row(s, 0, &first);
    if (code == SQLITE_OK)
        code = results_write(s, g, 0);
    return made(s, code, error, words);
}

/* --- the game writes itself down ----------------------------------------------------------------------------------------------------- */

static bool same_row(const struct journal_row *a, const struct journal_row *b)
{
    return a->turn == b->turn && strcmp(a->kind, b->kind) == 0 && strcmp(a->text, b->text) == 0;
}

/* A row that is in the file, as it was read from it or said since; NULL: it was written with its game's own row. */
static const struct journal_row *row_kept(const struct store *s, int at)
{
    if (at >= s->talk_first && at - s->talk_first < s->talk.count)
        return &s->talk.at[at - s->talk_first];
    return at < s->game.rows ? &s->game.row[at] : NULL;
}

/* Rows of the game that the file has are held to it, the others are added. */
static int keep_rows(struct store *s, const struct game *g)
{
    int code = SQLITE_OK;
    for (; s->seen < game_journal_rows(g) && code == SQLITE_OK; s->seen++) {
        const struct journal_row row = game_journal_row(g, s->seen), *kept = row_kept(s, s->seen);
        if (s->seen >= s->kept)
            code = put_row(s, s->seen, &row);
        else if (kept ? !same_row(&row, kept) : s->seen > 0)
            code = SQLITE_CORRUPT;
    }
    return code;
}

static int link_of(struct store *s, int row, struct digest *link)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(s->db, "SELECT link FROM journal WHERE row = ?", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int(stmt, 1, row);
    if (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW && sqlite3_column_bytes(stmt, 0) == DIGEST_BYTES) {
        memcpy(link->byte, sqlite3_column_blob(stmt, 0), DIGEST_BYTES);
        code = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Talk of a turn that was left, and not said this time, is no more: rows from `rows` on, if they are talk. */
static int forget_talk(struct store *s, int rows)
{
    struct digest last;
    const struct journal_row *first = rows < s->kept ? row_kept(s, rows) : NULL;
    if (!first || strcmp(first->kind, "say") != 0)
        return SQLITE_OK;
    int code = link_of(s, rows - 1, &last);
    if (code == SQLITE_OK)
        code = store_run(s->db, arena_printf(s->arena, "DELETE FROM journal WHERE row >= %d", rows));
    if (code == SQLITE_OK) {
        s->last = last;
        s->kept = rows;
        s->game.rows = s->game.rows < rows ? s->game.rows : rows;
        s->talk.count = rows > s->talk_first ? rows - s->talk_first : 0;
    }
    return code;
}

static int keep_talk(struct store *s, int turn, int first, const char *const *text, int count)
{
    int code = SQLITE_OK;
    if (s->talk.count == 0 || s->talk_first != first) {
        s->talk.count = 0;
        s->talk_first = first;
    }
    for (int i = 0; i < count && code == SQLITE_OK; i++) {
        const struct journal_row row = {.turn = turn, .kind = "say", .text = text[i]}, *kept = first + i < s->kept ? row_kept(s, first + i) : NULL;
        if (kept && same_row(&row, kept)) {
            if (s->talk.count == i)
                *LIST_ADD(s->arena, s->talk) = *kept;
            continue;
        }
        code = forget_talk(s, first + i);
        if (code == SQLITE_OK && s->kept != first + i)
            code = SQLITE_CORRUPT;
        if (code == SQLITE_OK)
            code = put_row(s, first + i, &row);
        if (code == SQLITE_OK) {
            s->talk.count = i;
            *LIST_ADD(s->arena, s->talk) = (struct journal_row){.turn = turn, .kind = "say", .text = arena_text(s->arena, text[i])};
        }
    }
    return code == SQLITE_OK ? forget_talk(s, first + count) : code;
}

/* What is said goes on record as it is said: the rows with which the turn's record will begin when its plans are committed. */
static const char *said(void *self, const struct game *g)
{
    struct store *s = self;
    const int kept = s->kept, talks = s->talk.count, talk_first = s->talk_first, rows = s->game.rows;
    const struct digest last = s->last;
    const char *const *text;
    const int count = record_said(g, &text), first = game_journal_rows(g);
    if (s->hurry || (count == 0 && s->kept <= first))
        return NULL;
    int code = store_begin(s, true);
    if (code == SQLITE_OK)
        code = keep_talk(s, record_turn(g), first, text, count);
    if (code == SQLITE_OK)
        code = store_commit(s);
    if (code != SQLITE_OK) {
        s->kept = kept, s->talk.count = talks, s->talk_first = talk_first, s->game.rows = rows;
        s->last = last;
    }
    return store_failed(s, code);
}

bool store_said_by(const struct store *s, const char *seat)
{
    const size_t n = strlen(seat);
    for (int i = 0; i < s->talk.count; i++)
        if (strncmp(s->talk.at[i].text, seat, n) == 0 && s->talk.at[i].text[n] == ':')
            return true;
    return false;
}

static const char *intent(void *self, const struct game *g)
{
    struct store *s = self;
    const int kept = s->kept, seen = s->seen;
    const struct digest last = s->last;
    int code = store_begin(s, true);
    if (code == SQLITE_OK)
        code = keep_rows(s, g);
    if (code == SQLITE_OK)
        code = store_commit(s);
    if (code != SQLITE_OK) {
        s->kept = kept;
        s->seen = seen;
        s->last = last;
    }
    return store_failed(s, code);
}

static const char *played(void *self, const struct game *g)
{
    struct store *s = self;
    int code = store_begin(s, false);
    if (code == SQLITE_OK)
        code = keep_rows(s, g);
    if (code == SQLITE_OK && !s->hurry)
        code = results_write(s, g, view_turn(record_view(g)));
    if (code == SQLITE_OK && !s->hurry)
        code = store_run(s->db, "DELETE FROM desk; DELETE FROM draft; DELETE FROM reply");
    if (code == SQLITE_OK)
        code = store_commit(s);
    if (code == SQLITE_OK && s->hurry && ++s->hurried >= s->hurry) {
        code = store_run(s->db, "COMMIT");
        s->open_transaction = false;
        s->hurried = 0;
    }
    return store_failed(s, code);
}

/* Orders of a turn that the model could not finish are no more, and what was sealed can be changed. */
static void taken_back(void *self, const struct game *g)
{
    struct store *s = self;
    const int rows = game_journal_rows(g);
    struct digest last;
    if (s->seen <= rows)
        return;                                         /* none of its rows were written or held to the file's */
    s->seen = rows;
    int code = store_begin(s, true);
    if (code == SQLITE_OK)
        code = link_of(s, rows - 1, &last);
    if (code == SQLITE_OK)
        code = store_run(s->db, arena_printf(s->arena, "DELETE FROM journal WHERE row >= %d; UPDATE desk SET sealed = 0; DELETE FROM reply", rows));
    if (code == SQLITE_OK)
        code = store_commit(s);
    if (code == SQLITE_OK) {
        s->last = last;
        s->kept = rows;
        s->game.rows = s->game.rows < rows ? s->game.rows : rows;
        s->talk.count = 0;
    }
    store_failed(s, code);
}

const struct game_sink store_sink = {.said = said, .intent = intent, .turn = played, .back = taken_back};

void store_hurry(struct store *s, int turns)
{
    REQUIRE(turns > 0 && s->writes);
    s->hurry = turns;
    store_run(s->db, "PRAGMA synchronous=OFF");
}

/* --- branching ------------------------------------------------------------------------------------------------------------------------- */

/* Rows of tables of results up to a moment, as they stand. */
static int copy_results(struct store *from, struct store *to, int table, const char *where)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(from->db, arena_printf(to->arena, "SELECT * FROM %s %s", tables_name(table), where), -1, &stmt, NULL), step = SQLITE_DONE;
    while (code == SQLITE_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        sqlite3_stmt *insert = store_statement(to, table);
        code = insert ? SQLITE_OK : sqlite3_extended_errcode(to->db);
        for (int i = 0; i < tables_width(table) && code == SQLITE_OK; i++)
            code = sqlite3_bind_value(insert, i + 1, sqlite3_column_value(stmt, i));
        if (code == SQLITE_OK) {
            const int put_step = sqlite3_step(insert);
            code = put_step == SQLITE_DONE ? SQLITE_OK : put_step;
            sqlite3_reset(insert);
            sqlite3_clear_bindings(insert);
        }
    }
    sqlite3_finalize(stmt);
    return code != SQLITE_OK ? code : step == SQLITE_DONE ? SQLITE_OK : step;
}

enum store_error store_branch(struct arena *a, const char *path, struct store *from, const char *made_by, const char *parent, int turns, const char **words)
{
    static const struct { int table; const char *where; } results[] = {
        {TABLE_quantity, ""}, {TABLE_truth, "WHERE moment <= %d"}, {TABLE_observation, "WHERE moment <= %d"}, {TABLE_ledger, "WHERE turn < %d"},
        {TABLE_score, "WHERE moment <= %d"},
    };
    enum store_error error = STORE_OK;
    struct store *s = make_file(a, path, &error, words);
    if (!s)
        return error;
    int rows = 0;
    while (rows < from->game.rows && (rows == 0 || from->game.row[rows].turn < turns))
        rows++;
    s->game = from->game;
    s->game.created = os_now_utc(a);
    s->game.made_by = made_by;
    s->game.parent = (struct store_parent){parent, turns, from->game.row[rows - 1].link};
    int code = store_run(s->db, "BEGIN IMMEDIATE");
    if (code == SQLITE_OK)
        code = make_tables(s);
    if (code == SQLITE_OK)
        code = put_head(s);
    for (int i = 0; i < rows && code == SQLITE_OK; i++)
        code = put_row(s, i, &from->game.row[i]);
    for (size_t i = 0; i < sizeof results / sizeof *results && code == SQLITE_OK; i++)
        code = copy_results(from, s, results[i].table, *results[i].where ? arena_printf(a, results[i].where, turns) : "");
    if (!made(s, code, &error, words))
        return error;
    store_close(s);
    return STORE_OK;
}
