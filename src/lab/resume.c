/* lab/resume.c — rows that were written before, line by line.
 * A run that failed left fewer rows or none; it is known by the run that follows. Of the last one nobody can say whether it failed or was
 * cut off, so it counts as cut off and is run again. */
#include "lab/resume.h"

#include <string.h>

#include "base/panic.h"

struct reading {
    struct arena *arena;                        /* borrowed */
    const struct rows_wanted *w;
    struct rows_found *found;
    FILE *csv;
    char *line; size_t room, length;            /* arena; without the line end */
    long at, next;                              /* where the line begins, and the one after it */
    int number, row;                            /* the run being read and how many of its rows have come; number -1: none */
    long run_at;
    int point; const char *tail;                /* what stands behind a value at this point */
    double *value;                              /* arena [rows] */
};

/* The next line; false at the end of the file or where it is torn. Longer than any that could be right: cut, and refused for it. */
static bool next_line(struct reading *r)
{
    r->at = r->next;
    if (!fgets(r->line, (int)r->room, r->csv))
        return false;
    r->length = strlen(r->line);
    r->next = r->at + (long)r->length;
    if (r->length && r->line[r->length - 1] == '\n') {
        r->line[--r->length] = '\0';
        return true;
    }
    return r->length + 1 == r->room;
}

static const char *tail_of(struct reading *r, int point)
{
    struct text tail;
    text_init(&tail, r->arena);
    text_add(&tail, "");
    grid_cells(r->w->grid, point, &tail);
    return tail.at ? tail.at : "";
}

/* A line as run number, lead of the row wanted, value and tail; false if it is not that. */
static bool split(const struct reading *r, int row, const char *tail, long *run, double *value)
{
    const char *comma = strchr(r->line, ','), *lead = r->w->lead[row];
    size_t leads = strlen(lead), tails = strlen(tail);
    if (!comma || !text_to_long(r->line, (size_t)(comma - r->line), run) || strncmp(comma + 1, lead, leads) != 0)
        return false;
    const char *number = comma + 1 + leads;
    size_t left = r->length - (size_t)(number - r->line);
    return left > tails && strcmp(number + left - tails, tail) == 0 && text_to_number(number, left - tails, value);
}

/* What has been read of the run is all there is of it. */
static void end_run(struct reading *r)
{
    struct rows_found *f = r->found;
    bool whole = r->row == r->w->rows;
    if (whole) {
        f->last = r->number;
        f->last_at = r->run_at;
        if (f->first < 0) {
            f->first = r->number;
            f->first_at = r->run_at;
        }
    } else if (f->lost < 0)
        f->lost = r->number;
    r->w->take(r->w->self, r->number, whole ? r->value : NULL);
}

/* Runs without a row, up to the one whose first row has come. */
static void begin_run(struct reading *r, int number)
{
    int missing = 0;
    if (r->number >= 0) {
        end_run(r);
        missing = r->number + 1;
    }
    for (; missing < number; missing++) {
        if (r->found->lost < 0)
            r->found->lost = missing;
        r->w->take(r->w->self, missing, NULL);
    }
    r->number = number;
    r->row = 0;
    r->run_at = r->at;
}

/* The first row of a run that comes after the one being read, at this point or a later one. */
static bool take_first_row(struct reading *r)
{
    long run;
    double value;
    for (int point = r->point; point < r->w->grid->points; point++) {
        const char *tail = point == r->point ? r->tail : tail_of(r, point);
        if (!split(r, 0, tail, &run, &value) || run < 0 || run >= r->w->runs)
            continue;
        long number = (long)point * r->w->runs + run;
        if (number <= r->number)
            continue;
        begin_run(r, (int)number);
        r->point = point;
        r->tail = tail;
        r->value[r->row++] = value;
        return true;
    }
    return false;
}

static bool take_line(struct reading *r)
{
    long run;
    double value;
    if (r->number >= 0 && r->row < r->w->rows && split(r, r->row, r->tail, &run, &value) && (long)r->point * r->w->runs + run == r->number) {
        r->value[r->row++] = value;
        return true;
    }
    return take_first_row(r);
}

static size_t longest_line(struct reading *r)
{
    enum { OTHERS = 64 };                       /* a run's number, a value, the line end */
    size_t most = strlen(r->w->header);
    for (int i = 0; i < r->w->rows; i++)
        if (strlen(r->w->lead[i]) > most)
            most = strlen(r->w->lead[i]);
    return most + OTHERS + (size_t)r->w->grid->varies * NUMBER_TEXT;
}

bool resume_read(struct arena *a, FILE *csv, const struct rows_wanted *wanted, struct rows_found *found, const char **refused)
{
    struct reading r = {.arena = a, .w = wanted, .found = found, .csv = csv, .number = -1};
    *found = (struct rows_found){.first = -1, .last = -1, .lost = -1};
    r.room = longest_line(&r);
    r.line = ARENA_ARRAY(a, r.room, char);
    r.value = ARENA_ARRAY(a, wanted->rows, double);
    r.tail = tail_of(&r, 0);
    rewind(csv);
    if (!next_line(&r)) {
        if (strncmp(r.line, wanted->header, r.length) == 0)
            return true;                        /* nothing, or not even the whole header */
        *refused = "its first line is not the header of these rows";
        return false;
    }
    if (strncmp(r.line, wanted->header, r.length) != 0 || wanted->header[r.length] != '\n') {
        *refused = "its first line is not the header of these rows";
        return false;
    }
    found->end = r.next;
    int line = 1;
    while (next_line(&r)) {
        line++;
        if (wanted->rows == 0 || !take_line(&r)) {
            *refused = arena_printf(a, "line %d is not the row that comes next with these flags: %.60s", line, r.line);
            return false;
        }
    }
    if (r.number < 0)
        return true;
    if (r.row == wanted->rows) {
        end_run(&r);
        found->done = r.number + 1;
        found->end = r.at;
    } else {
        found->done = r.number;
        found->end = r.run_at;
    }
    return true;
}
