/* store/results.c — what came of a moment, for other programs: truth, what seats saw, why stocks moved, scores.
 * One walk over the game serves writing and checking, so the two cannot differ. */
#include <string.h>

#include "store/store_private.h"

enum { CELLS_MOST = 8, LINES_MOST = 256 };

/* A value of a row: whole, real or text. */
struct cell { char kind; long long n; double x; const char *text; };
struct result { int table; struct cell cell[CELLS_MOST]; int cells; };
/* An SQLite code; not SQLITE_OK stops the walk. */
typedef int result_fn(void *self, const struct result *row);

static struct cell whole(long long n) { return (struct cell){.kind = 'n', .n = n}; }
static struct cell real(double x) { return (struct cell){.kind = 'x', .x = x}; }
static struct cell words(const char *text) { return (struct cell){.kind = 't', .text = text ? text : ""}; }

#define ROW(t, ...) (&(struct result){.table = TABLE_##t, .cell = {__VA_ARGS__}, .cells = sizeof((struct cell[]){__VA_ARGS__}) / sizeof(struct cell)})

/* Calls each(quantity, element, id) in order; the id counts elements. */
struct walk { const struct view *truth; const struct program *p; const struct game *g; int moment; result_fn *each; void *self; struct arena arena; };

static int walk_quantities(struct walk *w)
{
    int id = 0, code = SQLITE_OK;
    for (int q = 0; q < w->p->quantities; q++)
        for (int e = 0; e < w->p->quantity[q].count && code == SQLITE_OK; e++, id++) {
            const struct quantity *is = &w->p->quantity[q];
            const char *name = program_element_name(w->p, &w->arena, is->name, is->dims, is->dim, e);
            code = w->each(w->self, ROW(quantity, whole(id), words(name), words(is->title), words(is->unit)));
        }
    return code;
}

static int walk_truth(struct walk *w)
{
    int id = 0, code = SQLITE_OK;
    for (int q = 0; q < w->p->quantities; q++)
        for (int e = 0; e < w->p->quantity[q].count && code == SQLITE_OK; e++, id++)
            code = w->each(w->self, ROW(truth, whole(w->moment), whole(id), real(view_value(w->truth, q, e, w->moment).value)));
    return code;
}

static int walk_observations(struct walk *w)
{
    int code = SQLITE_OK;
    for (int s = 0; s < w->p->seats; s++) {
        int id = 0;
        for (int q = 0; q < w->p->quantities; q++)
            for (int e = 0; e < w->p->quantity[q].count && code == SQLITE_OK; e++, id++) {
                const struct seen_value v = view_value(game_view(w->g, s), q, e, w->moment);
                if (v.known)
                    code = w->each(w->self, ROW(observation, whole(w->moment), whole(s), whole(id), real(v.value), real(v.exact ? 0 : v.give_or_take),
                                                whole(v.lag)));
            }
    }
    return code;
}

static int walk_ledger(struct walk *w)
{
    int id = 0, code = SQLITE_OK;
    struct why_line line[LINES_MOST];
    double change;
    for (int q = 0; q < w->p->quantities; q++)
        for (int e = 0; e < w->p->quantity[q].count && code == SQLITE_OK; e++, id++) {
            const struct arena_mark mark = arena_mark(&w->arena);
            const int lines = view_why(w->truth, &w->arena, q, e, w->moment - 1, w->moment, line, LINES_MOST, &change);
            for (int i = 0; i < lines && code == SQLITE_OK; i++)
                code = w->each(w->self, ROW(ledger, whole(w->moment - 1), whole(id), whole(i), words(line[i].text), real(line[i].amount)));
            arena_reset(&w->arena, mark);
        }
    return code;
}

static int walk_scores(struct walk *w)
{
    int code = SQLITE_OK;
    for (int s = 0; s < w->p->seats && code == SQLITE_OK; s++)
        code = w->each(w->self, ROW(score, whole(w->moment), whole(s), real(view_score(w->truth, s).value)));
    return code;
}

static int walk(const struct game *g, int moment, result_fn *each, void *self)
{
    struct walk w = {.truth = record_view(g), .p = view_program(record_view(g)), .g = g, .moment = moment, .each = each, .self = self};
    arena_init(&w.arena, "results");
    int code = moment == 0 ? walk_quantities(&w) : SQLITE_OK;
    if (code == SQLITE_OK)
        code = walk_truth(&w);
    if (code == SQLITE_OK)
        code = walk_observations(&w);
    if (code == SQLITE_OK && moment > 0)
        code = walk_ledger(&w);
    if (code == SQLITE_OK)
        code = walk_scores(&w);
    arena_done(&w.arena);
    return code;
}

/* --- writing ---------------------------------------------------------------------------------------------------------------------- */

static int write_row(void *self, const struct result *row)
{
    struct store *s = self;
    sqlite3_stmt *stmt = store_statement(s, row->table);
    int code = stmt ? SQLITE_OK : sqlite3_extended_errcode(s->db);
    for (int i = 0; i < row->cells && code == SQLITE_OK; i++) {
        const struct cell *c = &row->cell[i];
        code = c->kind == 'n' ? sqlite3_bind_int64(stmt, i + 1, c->n) : c->kind == 'x' ? sqlite3_bind_double(stmt, i + 1, c->x)
                                                                     : sqlite3_bind_text(stmt, i + 1, c->text, -1, SQLITE_STATIC);
    }
    if (code == SQLITE_OK) {
        const int step = sqlite3_step(stmt);
        code = step == SQLITE_DONE ? SQLITE_OK : step;
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
    return code;
}

int results_write(struct store *s, const struct game *g, int moment)
{
    return walk(g, moment, write_row, s);
}

/* --- checking --------------------------------------------------------------------------------------------------------------------- */

static const struct { int table; const char *sql; } stored[] = {
    {TABLE_quantity, "SELECT * FROM quantity WHERE ?1 = 0 ORDER BY id"},
    {TABLE_truth, "SELECT * FROM truth WHERE moment = ?1 ORDER BY quantity"},
    {TABLE_observation, "SELECT * FROM observation WHERE moment = ?1 ORDER BY seat, quantity"},
    {TABLE_ledger, "SELECT * FROM ledger WHERE turn = ?1 - 1 ORDER BY quantity, place"},
    {TABLE_score, "SELECT * FROM score WHERE moment = ?1 ORDER BY seat"},
};
enum { STORED = sizeof stored / sizeof *stored };

struct checking { struct store *s; struct arena *a; sqlite3_stmt *stmt[TABLES]; const char *differs; int moment; };

static bool same_cell(sqlite3_stmt *stmt, int column, const struct cell *c)
{
    const int type = sqlite3_column_type(stmt, column);
    switch (c->kind) {
    case 'n': return type == SQLITE_INTEGER && sqlite3_column_int64(stmt, column) == c->n;
    case 'x': {
        const double x = sqlite3_column_double(stmt, column);
        if (c->x != c->x)
            return type == SQLITE_NULL;
        return type == SQLITE_FLOAT && (x == c->x);                         /* -0 is kept as 0 */
    }
    default: break;
    }
    const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(stmt, column) : NULL;
    return text && (size_t)sqlite3_column_bytes(stmt, column) == strlen(c->text) && strcmp(text, c->text) == 0;
}

static int check_row(void *self, const struct result *row)
{
    struct checking *c = self;
    sqlite3_stmt *stmt = c->stmt[row->table];
    const int step = sqlite3_step(stmt);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return step;
    bool same = step == SQLITE_ROW;
    for (int i = 0; i < row->cells && same; i++)
        same = same_cell(stmt, i, &row->cell[i]);
    if (!same)
        c->differs = arena_printf(c->a, "table '%s' does not say what came of the game after turn %d", tables_name(row->table), c->moment);
    return same ? SQLITE_OK : SQLITE_ABORT;
}

/* Results of moments that the record does not have: its last rows are gone. */
static const char *results_beyond(struct store *s, struct arena *a)
{
    static const char *const most[] = {"SELECT max(moment) FROM truth", "SELECT max(moment) FROM observation", "SELECT max(turn) + 1 FROM ledger",
                                       "SELECT max(moment) FROM score"};
    const char *words = NULL;
    for (size_t i = 0; i < sizeof most / sizeof *most && !words; i++) {
        sqlite3_stmt *stmt;
        int code = sqlite3_prepare_v2(s->db, most[i], -1, &stmt, NULL);
        if (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_int64(stmt, 0) > s->game.turns_done)
            words = arena_printf(a, "there is what came of turn %lld and no record of it", (long long)sqlite3_column_int64(stmt, 0));
        sqlite3_finalize(stmt);
    }
    return words;
}

const char *store_results_differ(struct store *s, struct arena *a, const struct game *g)
{
    const int moment = view_turn(record_view(g));
    struct checking c = {.s = s, .a = a, .moment = moment, .differs = moment == 0 ? results_beyond(s, a) : NULL};
    int code = SQLITE_OK;
    if (c.differs)
        return c.differs;
    for (int i = 0; i < STORED && code == SQLITE_OK; i++) {
        code = sqlite3_prepare_v2(s->db, stored[i].sql, -1, &c.stmt[stored[i].table], NULL);
        if (code == SQLITE_OK)
            code = sqlite3_bind_int(c.stmt[stored[i].table], 1, moment);
    }
    if (code == SQLITE_OK)
        code = walk(g, moment, check_row, &c);
    for (int i = 0; i < STORED && code == SQLITE_OK; i++) {                  /* nothing more than that */
        const int step = sqlite3_step(c.stmt[stored[i].table]);
        if (step == SQLITE_ROW)
            c.differs = arena_printf(a, "table '%s' has more than came of the game after turn %d", tables_name(stored[i].table), moment);
        code = step == SQLITE_DONE ? SQLITE_OK : step;
    }
    if (!c.differs && code != SQLITE_OK)
        c.differs = store_words(a, s->db, code);
    for (int i = 0; i < STORED; i++)
        sqlite3_finalize(c.stmt[stored[i].table]);
    return c.differs;
}
