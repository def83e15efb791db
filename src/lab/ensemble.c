/* lab/ensemble.c — an ensemble: many runs of one play, as tidy rows and as a summary of the end.
 *
 * Runs are cut into blocks of lanes and blocks into waves; threads take the blocks of a wave, each into a slot of its own, and the
 * slots are written out in order before the next wave. So memory stays what one wave needs, rows come in run order, and nothing
 * depends on the number of threads: block sizes come from the model alone, and sums are made here, run by run. */
#include <string.h>

#include "base/csv.h"
#include "base/panic.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/lab_private.h"
#include "lab/summary.h"

#ifdef DEMARCHE_TINY
enum { ROWS_A_BLOCK = 50 };             /* edges everywhere in tests */
#else
enum { ROWS_A_BLOCK = 200000 };         /* about 8 MB of text */
#endif
enum { SLOTS_A_THREAD = 4, THREADS_MOST = 256 };

struct column { int quantity, element; bool drawn; const char *cell; };         /* cell: "name," quoted as CSV asks */

struct slot {
    struct arena arena;                 /* owned; emptied after each wave */
    struct text rows;
    double *end;                        /* [columns][lanes] */
    struct trouble *trouble;            /* [lanes] */
};

struct ensemble {
    const struct program *p;
    const struct run_options *o;
    int turns, columns, lanes;
    const struct column *column;
    const char *const *moment;          /* [turns + 1] "3,2017-05," */
    struct sim **sim;                   /* [threads] */
    struct slot *slot;                  /* [wave] */
    int first_block;                    /* of the wave */
};

static int runs_in(const struct ensemble *e, int block)
{
    int left = e->o->runs - block * e->lanes;
    return left < e->lanes ? left : e->lanes;
}

static bool lane_failed(const struct sim *s, int lane)
{
    const char *what, *path;
    int line, turn, step;
    return sim_failed(s, lane, &what, &path, &line, &turn, &step);
}

/* values: [turns + 1][columns][lanes]; good: how many moments of each lane were reached before it failed. */
static void note_moment(struct ensemble *e, struct sim *s, int moment, int runs, double *values, int *good)
{
    for (int c = 0; c < e->columns; c++) {
        const double *now = sim_values(s, e->column[c].quantity, e->column[c].element, false);
        memcpy(values + ((size_t)moment * (size_t)e->columns + (size_t)c) * (size_t)e->lanes, now, (size_t)runs * sizeof *now);
    }
    for (int l = 0; l < runs; l++)
        if (good[l] == moment && !lane_failed(s, l))
            good[l] = moment + 1;
}

static void write_rows(const struct ensemble *e, struct text *out, int first_run, int runs, const double *values, const int *good)
{
    char number[NUMBER_TEXT];
    for (int l = 0; l < runs; l++)
        for (int t = 0; t < good[l]; t++)
            for (int c = 0; c < e->columns; c++) {
                if (t == 0 && e->column[c].drawn)
                    continue;           /* nothing has been drawn at the start */
                text_addf(out, "%d,", first_run + l);
                text_add(out, e->moment[t]);
                text_add(out, e->column[c].cell);
                text_add(out, text_number(values[((size_t)t * (size_t)e->columns + (size_t)c) * (size_t)e->lanes + (size_t)l], number));
                text_addn(out, "\n", 1);
            }
}

static void run_block(void *self, int block, int thread)
{
    struct ensemble *e = self;
    struct slot *slot = &e->slot[block];
    struct sim *s = e->sim[thread];
    int number = e->first_block + block, runs = runs_in(e, number);
    int moments = e->o->csv ? e->turns + 1 : 1;         /* without rows only the end is wanted */
    double *values = ARENA_ARRAY(&slot->arena, (size_t)moments * (size_t)e->columns * (size_t)e->lanes, double);
    int *good = ARENA_ARRAY(&slot->arena, e->lanes, int);

    stage_begin(s, e->turns, e->o->seed, (uint64_t)number * (uint64_t)e->lanes, !e->o->median, e->o->median);
    if (e->o->csv)
        note_moment(e, s, 0, runs, values, good);
    for (int t = 0; t < e->turns; t++) {
        stage_turn(s, e->p, e->o->play, t);
        if (e->o->csv)
            note_moment(e, s, t + 1, runs, values, good);
    }
    slot->end = values + (size_t)(moments - 1) * (size_t)e->columns * (size_t)e->lanes;
    if (!e->o->csv)
        note_moment(e, s, 0, runs, values, good);
    slot->trouble = ARENA_ARRAY(&slot->arena, e->lanes, struct trouble);
    for (int l = 0; l < runs; l++)
        slot->trouble[l] = stage_trouble(s, l);
    text_init(&slot->rows, &slot->arena);
    if (e->o->csv)
        write_rows(e, &slot->rows, number * e->lanes, runs, values, good);
}

/* Every element of every quantity, in the order of declaration, elements row-major. */
static int list_columns(struct arena *a, const struct program *p, const struct column **out)
{
    int count = 0, n = 0;
    for (int q = 0; q < p->quantities; q++)
        count += p->quantity[q].count;
    struct column *column = ARENA_ARRAY(a, count, struct column);
    for (int q = 0; q < p->quantities; q++)
        for (int i = 0; i < p->quantity[q].count; i++) {
            const struct quantity *is = &p->quantity[q];
            struct text cell;
            text_init(&cell, a);
            csv_quote(&cell, program_element_name(p, a, is->name, is->dims, is->dim, i));
            text_addn(&cell, ",", 1);
            column[n++] = (struct column){q, i, is->kind == Q_DRAW, cell.at};
        }
    *out = column;
    return count;
}

static void take_slot(struct ensemble *e, struct arena *a, struct slot *slot, int block, struct summary *summary, int *failed, const char **first_failure)
{
    int runs = runs_in(e, block);
    if (e->o->csv && slot->rows.length)
        fwrite(slot->rows.at, 1, slot->rows.length, e->o->csv);         /* the caller asks ferror once, at the end */
    for (int l = 0; l < runs; l++) {
        if (slot->trouble[l].any) {
            if ((*failed)++ == 0)
                *first_failure = arena_printf(a, "run %d failed: %s", block * e->lanes + l, stage_words(a, e->p, slot->trouble[l]));
            continue;
        }
        summary_add(summary, block * e->lanes + l, slot->end + l, (size_t)e->lanes);
    }
    arena_done(&slot->arena);
}

static const char *const *list_moments(struct arena *a, const struct program *p, int turns)
{
    const char **moment = ARENA_ARRAY(a, turns + 1, const char *);
    for (int t = 0; t <= turns; t++)
        moment[t] = arena_printf(a, "%d,%s,", t, program_date(p, a, program_moment(p, t)));
    return moment;
}

int lab_run(struct arena *a, const struct program *p, const struct run_options *o, int *failed, const char **first_failure)
{
    REQUIRE(o->runs >= 1 && o->threads >= 1 && o->play < p->plays);
    struct ensemble e = {.p = p, .o = o, .turns = stage_turns(p, o->play, o->turns)};
    e.columns = list_columns(a, p, &e.column);
    e.moment = list_moments(a, p, e.turns);

    double rows_a_run = ((double)e.turns + 1) * (double)(e.columns ? e.columns : 1);
    double fit = ROWS_A_BLOCK / rows_a_run;
    e.lanes = fit >= BLOCK_LANES ? BLOCK_LANES : fit >= 1 ? (int)fit : 1;
    if (e.lanes > o->runs)
        e.lanes = o->runs;
    int blocks = (o->runs - 1) / e.lanes + 1;
    int threads = o->threads < THREADS_MOST ? o->threads : THREADS_MOST;
    if (threads > blocks)
        threads = blocks;
    int wave = rows_a_run > 5.0 * ROWS_A_BLOCK ? threads : threads * SLOTS_A_THREAD;

    e.sim = ARENA_ARRAY(a, threads, struct sim *);
    for (int t = 0; t < threads; t++)
        e.sim[t] = sim_new(a, p, e.lanes);
    e.slot = ARENA_ARRAY(a, wave, struct slot);
    for (int i = 0; i < wave; i++)
        arena_init(&e.slot[i].arena, "block of runs");
    struct summary *summary = summary_new(a, e.columns, o->runs);

    *failed = 0;
    *first_failure = NULL;
    if (o->csv)
        fputs("run,turn,time,quantity,value\n", o->csv);
    for (e.first_block = 0; e.first_block < blocks; e.first_block += wave) {
        int here = blocks - e.first_block < wave ? blocks - e.first_block : wave;
        thread_run(threads, here, run_block, &e);
        for (int i = 0; i < here; i++)
            take_slot(&e, a, &e.slot[i], e.first_block + i, summary, failed, first_failure);
        int done = (e.first_block + here) * e.lanes;
        if (o->progress)
            o->progress(o->self, done < o->runs ? done : o->runs, o->runs);
    }
    if (*failed == o->runs)
        return -1;
    if (o->summary) {
        struct summary_head head = {o->play < 0 ? NULL : p->play[o->play].name, o->runs, *failed, e.turns, o->seed, o->median};
        (o->summary_json ? summary_json : summary_print)(summary, p, &head, o->summary);
    }
    return 0;
}
