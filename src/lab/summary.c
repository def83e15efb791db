/* lab/summary.c — the end of many runs in a few numbers.
 * Sums are compensated (Neumaier) and made in run order, so they are the same however many threads did the runs. */
#include "lab/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/panic.h"
#include "base/text.h"

enum { MOST_CELLS = 32 * 1024 * 1024 };         /* ends kept for percentiles: 256 MB */

struct summary {
    struct arena *arena;                        /* borrowed */
    int columns, every;                         /* one run in `every` is kept */
    int kept, room;
    double *end;                                /* [columns][room] */
    double *sum, *lost;                         /* [columns] */
    int runs;
};

struct summary *summary_new(struct arena *a, int columns, int runs)
{
    struct summary *s = ARENA_NEW(a, struct summary);
    *s = (struct summary){.arena = a, .columns = columns, .every = 1};
    while ((double)columns * ((double)runs / s->every) > MOST_CELLS)
        s->every++;
    s->room = (runs - 1) / s->every + 1;
    s->end = ARENA_ARRAY(a, (size_t)columns * (size_t)s->room, double);
    s->sum = ARENA_ARRAY(a, columns, double);
    s->lost = ARENA_ARRAY(a, columns, double);
    return s;
}

static void add_exactly(double *sum, double *lost, double x)
{
    double next = *sum + x;
    *lost += fabs(*sum) >= fabs(x) ? (*sum - next) + x : (x - next) + *sum;
    *sum = next;
}

void summary_add(struct summary *s, int run, const double *end, size_t stride)
{
    bool keep = run % s->every == 0;
    INVARIANT(!keep || s->kept < s->room);
    for (int c = 0; c < s->columns; c++) {
        double x = end[(size_t)c * stride];
        add_exactly(&s->sum[c], &s->lost[c], x);
        if (keep)
            s->end[(size_t)c * (size_t)s->room + (size_t)s->kept] = x;
    }
    s->kept += keep;
    s->runs++;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    if (x != y)
        return x < y ? -1 : 1;
    return signbit(y) - signbit(x) > 0 ? 1 : signbit(x) - signbit(y) > 0 ? -1 : 0;
}

void summary_sort(double *x, int count)
{
    if (count > 1)
        qsort(x, (size_t)count, sizeof *x, by_value);
}

double summary_quantile(const double *sorted, int count, double share)
{
    REQUIRE(count > 0);
    double place = share * (count - 1);
    int below = (int)floor(place);
    if (below >= count - 1)
        return sorted[count - 1];
    double part = place - below;
    return part == 0 ? sorted[below] : sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

struct line { const char *name, *unit; double mean, low, middle, high; };

/* In the order of declaration, which is the order of the columns. */
static struct line *lines_of(struct summary *s, const struct program *p)
{
    struct line *line = ARENA_ARRAY(s->arena, s->columns, struct line);
    int c = 0;
    for (int q = 0; q < p->quantities; q++)
        for (int i = 0; i < p->quantity[q].count; i++, c++) {
            const struct quantity *is = &p->quantity[q];
            double *end = s->end + (size_t)c * (size_t)s->room;
            summary_sort(end, s->kept);
            line[c] = (struct line){.name = program_element_name(p, s->arena, is->name, is->dims, is->dim, i), .unit = is->unit ? is->unit : "",
                                  .mean = s->runs ? (s->sum[c] + s->lost[c]) / s->runs : NAN, .low = NAN, .middle = NAN, .high = NAN};
            if (s->kept) {
                line[c].low = summary_quantile(end, s->kept, 0.1);
                line[c].middle = summary_quantile(end, s->kept, 0.5);
                line[c].high = summary_quantile(end, s->kept, 0.9);
            }
        }
    return line;
}

/* Columns two blanks apart, numbers to the right; nothing but text, so that cut, sort and awk can go on from there. */
void summary_print(struct summary *s, const struct program *p, const struct summary_head *head, FILE *out)
{
    (void)head;
    enum { NUMBERS = 4, DIGITS = 6 };
    static const char *const title[NUMBERS] = {"mean", "10%", "50%", "90%"};
    struct line *line = lines_of(s, p);
    char (*cell)[NUMBERS][NUMBER_TEXT] = arena_alloc(s->arena, (size_t)s->columns * sizeof *cell);
    int wide = text_width("quantity"), width[NUMBERS];
    for (int k = 0; k < NUMBERS; k++)
        width[k] = text_width(title[k]);
    for (int c = 0; c < s->columns; c++) {
        const double x[NUMBERS] = {line[c].mean, line[c].low, line[c].middle, line[c].high};
        if (text_width(line[c].name) > wide)
            wide = text_width(line[c].name);
        for (int k = 0; k < NUMBERS; k++) {
            int w = (int)strlen(text_short(x[k], DIGITS, cell[c][k]));
            if (w > width[k])
                width[k] = w;
        }
    }
    fprintf(out, "quantity%*s", wide - text_width("quantity"), "");
    for (int k = 0; k < NUMBERS; k++)
        fprintf(out, "  %*s", width[k], title[k]);
    fputs("  unit\n", out);
    for (int c = 0; c < s->columns; c++) {
        fprintf(out, "%s%*s", line[c].name, wide - text_width(line[c].name), "");
        for (int k = 0; k < NUMBERS; k++)
            fprintf(out, "  %*s", width[k], cell[c][k]);
        fprintf(out, "%s%s\n", line[c].unit[0] ? "  " : "", line[c].unit);
    }
}

void summary_json(struct summary *s, const struct program *p, const struct summary_head *head, FILE *out)
{
    struct line *line = lines_of(s, p);
    struct json *doc = json_document(), *list = json_new_array();
    json_set_text(doc, "scenario", p->id);
    json_set_text(doc, "play", head->play);
    json_set_whole(doc, "seed", (long long)head->seed);
    json_set_whole(doc, "runs", head->runs);
    json_set_whole(doc, "failed", head->failed);
    json_set_text(doc, "draws", head->median ? "median" : "drawn");
    json_set_whole(doc, "turns", head->turns);
    json_set_text(doc, "time", program_date(p, s->arena, program_moment(p, head->turns)));
    json_set_whole(doc, "percentiles_from_runs", s->kept);
    for (int c = 0; c < s->columns; c++) {
        struct json *one = json_new_object();
        json_set_text(one, "quantity", line[c].name);
        json_set_text(one, "unit", line[c].unit);
        json_set_number(one, "mean", line[c].mean);
        json_set_number(one, "p10", line[c].low);
        json_set_number(one, "p50", line[c].middle);
        json_set_number(one, "p90", line[c].high);
        json_add(list, one);
    }
    json_set(doc, "quantities", list);
    json_print(doc, out);
    json_free(doc);
}
