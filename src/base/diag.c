/* base/diag.c — keeping findings and printing them with their line.
 * A note belongs to the finding before it and is printed there, wherever it points. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/panic.h"
#include "base/text.h"

enum { MOST_ERRORS = 20, SHOWN_CELLS = 110, SHOWN_BEFORE = 60 };

struct diag_row { int number; const char *name, *explanation; };
static const struct diag_row table[] = {
#define DIAG(number, name, explanation) {number, #name, explanation},
#include "base/diag.def"
#undef DIAG
};
enum { ROWS = sizeof table / sizeof *table };

void diags_init(struct diags *d, struct arena *arena)
{
    *d = (struct diags){.arena = arena, .most = MOST_ERRORS};
}

uint32_t diags_source(struct diags *d, const char *path, const char *text, uint32_t length)
{
    uint32_t from = 1;
    if (d->sources.count) {
        const struct source *last = &d->sources.at[d->sources.count - 1];
        from = last->from + last->length + 1;          /* the byte between is the end of the file, which can be pointed at */
    }
    REQUIRE(length < UINT32_MAX - from - 1);
    uint32_t lines = 1, at = 0;
    for (const char *c = text; (c = memchr(c, '\n', (size_t)(text + length - c))) != NULL; c++)
        lines++;
    uint32_t *line = ARENA_ARRAY(d->arena, lines, uint32_t);
    for (const char *c = text; (c = memchr(c, '\n', (size_t)(text + length - c))) != NULL; c++)
        line[++at] = (uint32_t)(c + 1 - text);
    *LIST_ADD(d->arena, d->sources) = (struct source){arena_text(d->arena, path), text, from, length, line, lines};
    return from;
}

/* Adding */

static bool known_already(const struct diags *d, enum diag_level level, struct span at, const char *text)
{
    for (int i = d->found.count - 1; i >= 0; i--) {
        const struct finding *f = &d->found.at[i];
        if (level == DIAG_NOTE && f->level != DIAG_NOTE)
            return false;                               /* two errors may share a note: "declared here" */
        if (f->level == level && f->at.at == at.at && strcmp(f->text, text) == 0)
            return true;
    }
    return false;
}

static void add(struct diags *d, enum diag_level level, struct span at, enum diag_code code, const char *format, va_list args)
{
    if (d->muted > 0)
        return;
    if (level == DIAG_NOTE && d->dropping)
        return;
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    REQUIRE(n >= 0);
    char *text = arena_alloc(d->arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, args);
    for (char *c = text; *c; c++)                       /* words quoted from a file must not steer the terminal */
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    bool repeat = known_already(d, level, at, text);
    if (level == DIAG_ERROR && !repeat)
        d->errors++;
    if (level == DIAG_WARNING && !repeat)
        d->warnings++;
    bool drop = repeat || (level == DIAG_ERROR && d->errors > d->most);
    if (level != DIAG_NOTE)
        d->dropping = drop;
    if (!drop)
        *LIST_ADD(d->arena, d->found) = (struct finding){level, code, at, text};
}

void diag_error(struct diags *d, struct span at, enum diag_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DIAG_ERROR, at, code, format, args);
    va_end(args);
}

void diag_warning(struct diags *d, struct span at, enum diag_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DIAG_WARNING, at, code, format, args);
    va_end(args);
}

void diag_note(struct diags *d, struct span at, enum diag_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, DIAG_NOTE, at, code, format, args);
    va_end(args);
}

/* Places */

static const struct source *source_of(const struct diags *d, uint32_t at)
{
    for (int i = 0; i < d->sources.count; i++) {
        const struct source *s = &d->sources.at[i];
        if (at >= s->from && at - s->from <= s->length)
            return s;
    }
    return NULL;
}

/* The last line that does not begin after `here`, from 0. */
static uint32_t line_of(const struct source *s, const char *here)
{
    uint32_t low = 0, high = s->lines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->text + s->line[middle] <= here)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int diags_line(const struct diags *d, struct span at, const char **path)
{
    const struct source *s = at.at ? source_of(d, at.at) : NULL;
    *path = s ? s->path : "";
    return s ? (int)line_of(s, s->text + (at.at - s->from)) + 1 : 0;
}

struct place diags_place(const struct diags *d, struct span at)
{
    const struct source *s = at.at ? source_of(d, at.at) : NULL;
    if (!s)
        return (struct place){0};
    struct place p = {.path = s->path, .line = 1};
    const char *here = s->text + (at.at - s->from), *start = s->text, *end = s->text + s->length, *c;
    if (s->length >= 3 && memcmp(start, "\xEF\xBB\xBF", 3) == 0)
        start += 3;                                     /* nobody sees the byte-order mark, so it has no column */
    if (here < start)
        here = start;
    uint32_t low = line_of(s, here);
    p.line = (int)low + 1;
    if (low > 0)
        start = s->text + s->line[low];
    for (c = here; c < end && *c != '\n'; c++) { }
    if (c > start && c[-1] == '\r')
        c--;
    p.line_text = start;
    p.line_length = (int)(c - start);
    p.column = 1 + (int)text_chars(start, (size_t)(here - start));
    return p;
}

/* Printing */

/* Prints the characters from s to end within so many cells, tabs and unprintable ones as one cell; with `blank`, spaces instead. */
static int print_cells(const char *s, const char *end, int cells, int blank, FILE *out)
{
    int used = 0;
    while (s < end) {
        char one[8] = "";
        const char *from = s;
        uint32_t code = text_next(&s);
        if (s == from)
            s++;                                        /* a NUL inside the file */
        if (s > end)
            s = end;
        memcpy(one, from, (size_t)(s - from) < sizeof one ? (size_t)(s - from) : 0);
        if (code == '\t')
            strcpy(one, " ");
        else if (code < 0x20 || code == 0x7F || code == 0xFFFD || (code >= 0x80 && code < 0xA0))
            strcpy(one, "?");
        int width = text_width(one);
        if (used + width > cells)
            break;
        used += width;
        if (blank)
            for (int i = 0; i < width; i++)
                putc(blank, out);
        else
            fputs(one, out);
    }
    return used;
}

static void print_line(const struct place *p, struct span at, FILE *out)
{
    const char *start = p->line_text, *end = start + p->line_length, *here = start;
    for (int i = 1; i < p->column && here < end; i++)
        text_next(&here);
    const char *stop = here + at.length > end ? end : here + at.length;
    while ((int)text_chars(start, (size_t)(here - start)) > SHOWN_BEFORE)
        text_next(&start);                              /* a very long line is shown from shortly before the place */
    fputs("    ", out);
    print_cells(start, end, SHOWN_CELLS, 0, out);
    fputs("\n    ", out);
    int before = print_cells(start, here, SHOWN_CELLS, ' ', out);
    if (print_cells(here, stop, SHOWN_CELLS - before, '^', out) == 0)
        putc('^', out);
    putc('\n', out);
}

static void print_finding(const struct diags *d, const struct finding *f, FILE *out)
{
    static const char *const level[] = {[DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};
    struct place p = diags_place(d, f->at);
    if (p.path)
        fprintf(out, "%s:%d:%d: ", p.path, p.line, p.column);
    fprintf(out, "%s: %s", level[f->level], f->text);
    if (f->level != DIAG_NOTE)
        fprintf(out, " [D%03d]", (int)f->code);
    putc('\n', out);
    if (p.path)
        print_line(&p, f->at, out);
}

struct order { uint32_t at; int index; };

static int by_place(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

void diags_print(const struct diags *d, FILE *out)
{
    struct arena_mark mark = arena_mark(d->arena);
    struct order *order = ARENA_ARRAY(d->arena, d->found.count, struct order);
    int heads = 0, kept = 0;
    for (int i = 0; i < d->found.count; i++) {
        kept += d->found.at[i].level == DIAG_ERROR;
        if (i == 0 || d->found.at[i].level != DIAG_NOTE)
            order[heads++] = (struct order){d->found.at[i].at.at, i};
    }
    if (heads)
        qsort(order, (size_t)heads, sizeof *order, by_place);
    for (int h = 0; h < heads; h++) {
        int i = order[h].index;
        do
            print_finding(d, &d->found.at[i++], out);
        while (i < d->found.count && d->found.at[i].level == DIAG_NOTE);
    }
    if (d->errors > kept)
        fprintf(out, "%d more error%s\n", d->errors - kept, d->errors - kept == 1 ? "" : "s");
    arena_reset(d->arena, mark);
}

/* Explaining */

/* The row with the nth smallest number; rows are written by room and not by number. */
static const struct diag_row *row_nth(int n)
{
    for (int i = 0; i < ROWS; i++) {
        int below = 0;
        for (int j = 0; j < ROWS; j++)
            below += table[j].number < table[i].number;
        if (below == n)
            return &table[i];
    }
    return NULL;
}

const char *diag_explanation(int code)
{
    for (int i = 0; i < ROWS; i++)
        if (table[i].number == code)
            return table[i].explanation;
    return NULL;
}

bool diag_nth(int n, int *number, const char **name, const char **explanation)
{
    const struct diag_row *row = n < 0 ? NULL : row_nth(n);
    if (!row)
        return false;
    *number = row->number;
    *name = row->name;
    *explanation = row->explanation;
    return true;
}
