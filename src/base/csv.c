/* base/csv.c — tables of RFC 4180, strictly: a file that could be read in two ways is refused with the line.
 * Cells are copied, so the text may go. Blank lines are skipped; a single empty cell is written "". */
#include "base/csv.h"

#include <string.h>

#include "base/panic.h"

enum { CELLS_MAX = 1000000, COLUMNS_MAX = 4096 };

struct reading {
    struct arena *arena;
    const char *at, *end;
    int line;
    const char *error;
    int error_line;
};

static bool fail(struct reading *r, int line, const char *error)
{
    r->error = error;
    r->error_line = line;
    return false;
}

static bool line_ends(const struct reading *r)
{
    return r->at == r->end || *r->at == '\n' || (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n');
}

static void line_over(struct reading *r)
{
    if (r->at < r->end && *r->at == '\r')
        r->at++;
    if (r->at < r->end && *r->at == '\n')
        r->at++;
    r->line++;
}

static bool cell_quoted(struct reading *r, const char **cell)
{
    int line = r->line;
    size_t n = 0;
    const char *from = ++r->at;
    for (;; r->at++) {
        if (r->at == r->end)
            return fail(r, line, "a quote opens here and never closes");
        if (*r->at == '"') {
            if (r->at + 1 == r->end || r->at[1] != '"')
                break;
            r->at++;
        } else if (*r->at == '\n') {
            r->line++;
        }
        n++;
    }
    char *out = arena_alloc(r->arena, n + 1);
    for (size_t i = 0; i < n; i++, from++) {
        out[i] = *from;
        if (*from == '"')
            from++;
    }
    r->at++;
    if (!line_ends(r) && *r->at != ',')
        return fail(r, r->line, "after a closing quote only a comma or the end of the line may follow");
    *cell = out;
    return true;
}

static bool cell_plain(struct reading *r, const char **cell)
{
    const char *from = r->at;
    for (; !line_ends(r) && *r->at != ','; r->at++) {
        if (*r->at == '"')
            return fail(r, r->line, "a quote inside a cell; put the whole cell in quotes and double the inner ones");
        if (*r->at == '\r')
            return fail(r, r->line, "a carriage return inside a cell; put the whole cell in quotes");
    }
    *cell = arena_copy(r->arena, from, (size_t)(r->at - from));
    return true;
}

static bool names_differ(struct reading *r, const struct csv *t)
{
    for (int i = 0; i < t->columns; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(t->name[i], t->name[j]) == 0)
                return fail(r, 1, arena_printf(r->arena, "two columns are named '%s'", t->name[i]));
    return true;
}

static bool read_rows(struct reading *r, struct csv *t)
{
    LIST_OF(const char *) cells = {0};
    LIST_OF(int) lines = {0};
    while (r->at < r->end) {
        int line = r->line, before = cells.count;
        if (line_ends(r)) {
            line_over(r);
            continue;
        }
        for (;;) {
            const char *cell = NULL;
            if (!(r->at < r->end && *r->at == '"' ? cell_quoted(r, &cell) : cell_plain(r, &cell)))
                return false;
            if (t->columns == 0 && cells.count == COLUMNS_MAX)
                return fail(r, 1, "more than 4096 columns");
            if (cells.count == CELLS_MAX)
                return fail(r, r->line, "more than 1,000,000 cells");
            *LIST_ADD(r->arena, cells) = cell;
            if (line_ends(r))
                break;
            r->at++;
        }
        line_over(r);
        int width = cells.count - before;
        if (t->columns == 0) {
            t->columns = width;
            t->name = cells.at;
            cells.at = NULL;
            cells.count = cells.room = 0;
            if (!names_differ(r, t))
                return false;
        } else if (width != t->columns) {
            return fail(r, line, arena_printf(r->arena, "%d cells where the first row names %d columns", width, t->columns));
        } else {
            *LIST_ADD(r->arena, lines) = line;
        }
    }
    if (t->columns == 0)
        return fail(r, 1, "no row; the first row must name the columns");
    t->cell = cells.at;
    t->rows = lines.count;
    t->line = lines.at;
    return true;
}

bool csv_read(struct csv *t, struct arena *arena, const char *text, size_t length, const char **error, int *error_line)
{
    struct reading r = {.arena = arena, .at = text, .end = text + length, .line = 1};
    *t = (struct csv){0};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        r.at += 3;
    for (const char *c = text; c < r.end; c++) {
        if (*c == '\0') {
            fail(&r, r.line, "a NUL byte; this is not a text file");
            break;
        }
        r.line += *c == '\n';
    }
    r.line = 1;
    if (!r.error && !text_valid(text, length))
        fail(&r, 1, "the file is not UTF-8");
    if (!r.error && read_rows(&r, t))
        return true;
    *t = (struct csv){0};
    *error = r.error;
    *error_line = r.error_line;
    return false;
}

int csv_column(const struct csv *t, const char *name)
{
    for (int i = 0; i < t->columns; i++)
        if (strcmp(t->name[i], name) == 0)
            return i;
    return -1;
}

void csv_quote(struct text *out, const char *cell)
{
    if (!strpbrk(cell, ",\"\r\n")) {
        text_add(out, cell);
        return;
    }
    text_add(out, "\"");
    for (const char *c = cell; *c; c++)
        text_addn(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    text_add(out, "\"");
}
