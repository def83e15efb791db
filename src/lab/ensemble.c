/* lab/ensemble.c — an ensemble: many runs of one play, as tidy rows and as a summary of the end.
 *
 * A run's number counts on from one point of the grid to the next; its luck is that of its place at the point.
 * Runs are cut into blocks of lanes and blocks into waves; threads take the blocks of a wave, each into a slot of its own, and the
 * slots are written out in order before the next wave. So memory stays what one wave needs, rows come in run order, and nothing
 * depends on the number of threads: block sizes come from the model alone, and sums are made here, run by run. */
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/panic.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/fan.h"
#include "lab/games.h"
#include "lab/lab_private.h"
#include "lab/quick.h"
#include "lab/ranks.h"
#include "lab/resume.h"
#include "lab/sample.h"
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
    double *values, *end;               /* [moments][columns][lanes]; the last moment */
    double *game;                       /* [numbers of a game][lanes], or NULL */
    struct trouble *trouble;            /* [lanes] */
};

struct ensemble {
    struct arena *arena;                /* borrowed */
    const struct program *p;
    const struct run_options *o;
    struct run_result *r;
    struct grid grid;
    const struct sampler *sampler;      /* or NULL: plain, or at the values */
    int turns, columns, lanes;
    int all, point_blocks, blocks;      /* runs in all; blocks of a point, and in all */
    bool across;                        /* at the values luck is the same for all, so a block may hold several points */
    const struct column *column;
    const char *const *moment;          /* [turns + 1] "3,2017-05," */
    struct sim **sim; struct quick **quick;             /* [threads]; quick NULL: no games */
    struct games *games;                /* or NULL */
    struct slot *slot;                  /* [wave] */
    int first_block;                    /* of the wave */
    struct share own;                   /* which of the wave are this rank's */
    int skip;                           /* runs before this one are in the csv already */
    struct summary *summary;
    struct fan *fan;                    /* or NULL */
    int chart_column;
    int point_failed, point_taken;      /* of the point that is being taken */
};

static int first_in(const struct ensemble *e, int block)
{
    return e->across ? block * e->lanes : block / e->point_blocks * e->o->runs + block % e->point_blocks * e->lanes;
}

static int block_of(const struct ensemble *e, int number)
{
    return e->across ? number / e->lanes : number / e->o->runs * e->point_blocks + number % e->o->runs / e->lanes;
}

static int runs_in(const struct ensemble *e, int block)
{
    int left = e->across ? e->all - block * e->lanes : e->o->runs - block % e->point_blocks * e->lanes;
    return left < e->lanes ? left : e->lanes;
}

static bool every_moment(const struct ensemble *e)
{
    return e->o->csv || e->fan;         /* without rows and charts only the end is wanted */
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

static void write_rows(const struct ensemble *e, struct arena *a, struct text *out, int lane, int number, const double *values, int good)
{
    char text[NUMBER_TEXT];
    struct text tail;
    text_init(&tail, a);
    grid_cells(&e->grid, number / e->o->runs, &tail);
    text_addn(&tail, "\n", 1);
    for (int t = 0; t < good; t++)
        for (int c = 0; c < e->columns; c++) {
            if (t == 0 && e->column[c].drawn)
                continue;               /* nothing has been drawn at the start */
            text_addf(out, "%d,", number % e->o->runs);
            text_add(out, e->moment[t]);
            text_add(out, e->column[c].cell);
            text_add(out, text_number(values[((size_t)t * (size_t)e->columns + (size_t)c) * (size_t)e->lanes + (size_t)lane], text));
            text_addn(out, tail.at, tail.length);
        }
}

static void begin_block(const struct ensemble *e, struct sim *s, int block)
{
    const int first = first_in(e, block);
    bool drawn = !e->o->median && !e->sampler;
    stage_place(s, e->turns, e->o->seed, e->across ? 0 : (uint64_t)(first % e->o->runs), drawn, e->o->median);
    for (int l = 0, runs = runs_in(e, block); l < runs; l++) {
        for (int d = 0; e->sampler && d < sampler_dimensions(e->sampler); d++)
            sampler_put(e->sampler, s, l, d, sampler_unit(e->sampler, 0, d, (first + l) % e->o->runs));
        grid_put(&e->grid, e->p, s, l, (first + l) / e->o->runs);
    }
    sim_begin(s);
}

static size_t game_numbers(const struct ensemble *e) { return (size_t)games_numbers(e->p) * (size_t)e->lanes; }

static void play_turn(const struct ensemble *e, struct sim *s, int thread, int turn)
{
    if (e->quick)
        quick_turn(e->quick[thread], s);
    else
        stage_turn(s, e->p, e->o->play, turn);
}

static void run_block(void *self, int block, int thread)
{
    struct ensemble *e = self;
    struct slot *slot = &e->slot[e->own.first + block];
    struct sim *s = e->sim[thread];
    int number = e->first_block + e->own.first + block, first = first_in(e, number), runs = runs_in(e, number);
    int moments = every_moment(e) ? e->turns + 1 : 1;
    int *good = ARENA_ARRAY(&slot->arena, e->lanes, int);
    slot->values = ARENA_ARRAY(&slot->arena, (size_t)moments * (size_t)e->columns * (size_t)e->lanes, double);

    begin_block(e, s, number);
    if (e->quick)
        quick_begin(e->quick[thread], e->o->seed, e->across ? 0 : (uint64_t)(first % e->o->runs), e->o->median);
    if (every_moment(e))
        note_moment(e, s, 0, runs, slot->values, good);
    for (int t = 0; t < e->turns; t++) {
        play_turn(e, s, thread, t);
        if (every_moment(e))
            note_moment(e, s, t + 1, runs, slot->values, good);
    }
    if (!every_moment(e))
        note_moment(e, s, 0, runs, slot->values, good);
    slot->end = slot->values + (size_t)(moments - 1) * (size_t)e->columns * (size_t)e->lanes;
    slot->trouble = ARENA_ARRAY(&slot->arena, e->lanes, struct trouble);
    for (int l = 0; l < runs; l++)
        slot->trouble[l] = stage_trouble(s, l);
    if (e->games) {
        slot->game = ARENA_ARRAY(&slot->arena, game_numbers(e), double);
        games_read(s, e->p, slot->game);
    }
    text_init(&slot->rows, &slot->arena);
    for (int l = 0; e->o->csv && l < runs; l++)
        if (first + l >= e->skip)
            write_rows(e, &slot->arena, &slot->rows, l, first + l, slot->values, good[l]);
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

static const char *const *list_moments(struct arena *a, const struct program *p, int turns)
{
    const char **moment = ARENA_ARRAY(a, turns + 1, const char *);
    for (int t = 0; t <= turns; t++)
        moment[t] = arena_printf(a, "%d,%s,", t, program_date(p, a, program_moment(p, t)));
    return moment;
}

/* --- what becomes of a run, in run order ------------------------------------------------------------------------------------ */

static void close_point(struct ensemble *e)
{
    summary_close(e->summary, e->point_failed);
    if (e->fan)
        fan_close(e->fan);
    if (e->games)
        games_close(e->games);
    e->point_failed = e->point_taken = 0;
}

/* values: all moments, or NULL if only the end is wanted; end NULL: the run failed. */
static void take_run(struct ensemble *e, const double *values, const double *end, size_t stride)
{
    if (end) {
        summary_add(e->summary, end, stride);
        if (e->fan)
            fan_add(e->fan, values + (size_t)e->chart_column * stride, (size_t)e->columns * stride);
    } else {
        e->r->failed++;
        e->point_failed++;
    }
    e->r->done++;
    if (++e->point_taken == e->o->runs)
        close_point(e);
}

static const char *failure_of(const struct ensemble *e, int number, struct trouble t)
{
    const char *where = grid_words(e->arena, &e->grid, number / e->o->runs);
    return arena_printf(e->arena, "run %d%s%s failed: %s", number % e->o->runs, where[0] ? " with " : "", where, stage_words(e->arena, e->p, t));
}

static void take_slot(struct ensemble *e, struct slot *slot, int block)
{
    const int first = first_in(e, block), runs = runs_in(e, block);
    if (e->o->csv && slot->rows.length)
        fwrite(slot->rows.at, 1, slot->rows.length, e->o->csv);         /* the caller asks ferror once, at the end */
    for (int l = 0; l < runs; l++) {
        if (first + l < e->skip)
            continue;
        bool bad = slot->trouble[l].any;
        if (bad && !e->r->first_failure)
            e->r->first_failure = failure_of(e, first + l, slot->trouble[l]);
        if (e->games && !bad)
            games_add(e->games, slot->game + l, (size_t)e->lanes);
        take_run(e, slot->values + l, bad ? NULL : slot->end + l, (size_t)e->lanes);
    }
    arena_done(&slot->arena);
}

/* --- going on with rows that are there ----------------------------------------------------------------------------------------- */

struct before { struct ensemble *e; double *values; int *place; int rows; };      /* place[rows]: of a row among values */

static void take_read(void *self, int number, const double *value)
{
    struct before *b = self;
    (void)number;
    for (int i = 0; value && i < b->rows; i++)
        b->values[b->place[i]] = value[i];
    take_run(b->e, b->values, value ? b->values + (size_t)b->e->turns * (size_t)b->e->columns : NULL, 1);
}

/* Runs one of them again: whole, it must come out as it stands in the file at `at`; failed (at < 0), it must fail. */
static bool check_run(struct ensemble *e, int number, long at)
{
    struct slot *slot = &e->slot[0];
    e->first_block = block_of(e, number);
    e->skip = 0;
    run_block(e, 0, 0);
    const int lane = number - first_in(e, e->first_block);
    bool same = slot->trouble[lane].any == (at < 0);
    if (same && at < 0 && !e->r->first_failure)
        e->r->first_failure = failure_of(e, number, slot->trouble[lane]);
    if (same && at >= 0) {
        struct text rows;
        text_init(&rows, &slot->arena);
        write_rows(e, &slot->arena, &rows, lane, number, slot->values, e->turns + 1);
        char *there = ARENA_ARRAY(&slot->arena, rows.length + 1, char);
        same = fseek(e->o->csv, at, SEEK_SET) == 0 && fread(there, 1, rows.length, e->o->csv) == rows.length &&
               (rows.length == 0 || memcmp(there, rows.at, rows.length) == 0);
    }
    arena_done(&slot->arena);
    if (!same)
        e->r->refused = arena_printf(e->arena, "run %d in it is not what this scenario, seed and flags give", number % e->o->runs);
    return same;
}

static bool go_on(struct ensemble *e, const char *header)
{
    struct arena *a = e->arena;
    const int most = (e->turns + 1) * e->columns;
    struct before b = {e, ARENA_ARRAY(a, most, double), ARENA_ARRAY(a, most, int), 0};
    const char **lead = ARENA_ARRAY(a, most, const char *);
    for (int t = 0; t <= e->turns; t++)
        for (int c = 0; c < e->columns; c++)
            if (t > 0 || !e->column[c].drawn) {
                lead[b.rows] = arena_printf(a, "%s%s", e->moment[t], e->column[c].cell);
                b.place[b.rows++] = t * e->columns + c;
            }
    struct rows_wanted wanted = {header, b.rows, lead, &e->grid, e->o->runs, take_read, &b};
    struct rows_found found;
    if (!resume_read(a, e->o->csv, &wanted, &found, &e->r->refused))
        return false;
    if ((found.first >= 0 && !check_run(e, found.first, found.first_at)) || (found.last > found.first && !check_run(e, found.last, found.last_at)) ||
        (found.lost >= 0 && !check_run(e, found.lost, -1)))
        return false;
    e->skip = e->r->resumed = found.done;
    fflush(e->o->csv);
    if (fseek(e->o->csv, found.end, SEEK_SET) != 0 || ftruncate(fileno(e->o->csv), found.end) != 0) {
        e->r->refused = "it cannot be written in the middle";
        return false;
    }
    if (found.end == 0)
        fputs(header, e->o->csv);
    return true;
}

/* --- between ranks ------------------------------------------------------------------------------------------------------------------ */

/* All moments where a chart wants them; else the end. */
static size_t numbers_sent(const struct ensemble *e)
{
    return (size_t)(e->fan ? e->turns + 1 : 1) * (size_t)e->columns * (size_t)e->lanes;
}

static void send_slot(const struct ensemble *e, struct slot *slot, int block)
{
    const size_t length = slot->rows.length;
    ranks_send(&length, sizeof length);
    ranks_send(slot->rows.at, length);
    ranks_send(e->fan ? slot->values : slot->end, numbers_sent(e) * sizeof(double));
    ranks_send_trouble(slot->trouble, runs_in(e, block));
    if (e->games)
        ranks_send(slot->game, game_numbers(e) * sizeof(double));
    arena_done(&slot->arena);
}

static void receive_slot(const struct ensemble *e, struct slot *slot, int block, int from)
{
    const size_t numbers = numbers_sent(e);
    size_t length;
    ranks_receive(from, &length, sizeof length);
    slot->rows = (struct text){.at = ARENA_ARRAY(&slot->arena, length + 1, char), .length = length};
    ranks_receive(from, slot->rows.at, length);
    slot->values = ARENA_ARRAY(&slot->arena, numbers, double);
    ranks_receive(from, slot->values, numbers * sizeof(double));
    slot->end = slot->values + numbers - (size_t)e->columns * (size_t)e->lanes;
    slot->trouble = ARENA_ARRAY(&slot->arena, e->lanes, struct trouble);
    ranks_receive_trouble(from, e->arena, slot->trouble, runs_in(e, block));
    if (e->games) {
        slot->game = ARENA_ARRAY(&slot->arena, game_numbers(e), double);
        ranks_receive(from, slot->game, game_numbers(e) * sizeof(double));
    }
}

static void collect(struct ensemble *e, int blocks)
{
    for (int rank = 0; rank < lab_ranks(); rank++) {
        const struct share part = ranks_share(blocks, rank);
        for (int i = part.first; i < part.first + part.count; i++) {
            const int block = e->first_block + i;
            if (lab_rank() == 0 && rank > 0)
                receive_slot(e, &e->slot[i], block, rank);
            if (lab_rank() == 0)
                take_slot(e, &e->slot[i], block);
            else if (lab_rank() == rank)
                send_slot(e, &e->slot[i], block);
        }
    }
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------- */

static void size_blocks(struct ensemble *e, double rows_a_run)
{
    double fit = ROWS_A_BLOCK / rows_a_run;
    e->across = e->o->median;
    e->all = e->grid.points * e->o->runs;
    e->lanes = e->o->lanes ? e->o->lanes : fit >= BLOCK_LANES ? BLOCK_LANES : fit >= 1 ? (int)fit : 1;
    int together = e->across ? e->all : e->o->runs;
    if (e->lanes > together)
        e->lanes = together;
    e->point_blocks = (e->o->runs - 1) / e->lanes + 1;
    e->blocks = e->across ? (e->all - 1) / e->lanes + 1 : e->grid.points * e->point_blocks;
}

/* Asked of rank 0, which speaks for all. */
static bool stopped(const struct run_options *o)
{
    bool stop = o->stopped && o->stopped(o->self);
    ranks_tell(&stop, sizeof stop);
    return stop;
}

static void run_all(struct ensemble *e, int threads, int wave)
{
    for (e->first_block = e->skip < e->all ? block_of(e, e->skip) : e->blocks; e->first_block < e->blocks && !stopped(e->o); e->first_block += wave) {
        int here = e->blocks - e->first_block < wave ? e->blocks - e->first_block : wave;
        e->own = ranks_share(here, lab_rank());
        thread_run(threads, e->own.count, run_block, e);
        collect(e, here);
        if (e->o->progress)
            e->o->progress(e->o->self, e->r->done, e->all, e->r->resumed);
    }
}

static const char *header_of(struct arena *a, const struct grid *g)
{
    struct text header;
    text_init(&header, a);
    text_add(&header, "run,turn,time,quantity,value");
    for (int i = 0; i < g->varies; i++) {
        text_addn(&header, ",", 1);
        csv_quote(&header, g->name[i]);
    }
    text_addn(&header, "\n", 1);
    return header.at;
}

static void show(const struct ensemble *e)
{
    const struct run_options *o = e->o;
    const struct run_result *r = e->r;
    struct summary_head head = {o->play < 0 ? NULL : e->p->play[o->play].name, o->runs, r->failed, e->turns, o->seed, o->median, o->sampling, &e->grid,
                                r->done < e->all ? r->done : 0, e->games, o->persona};
    if (o->charted && !o->summary_json)
        o->charted(o->self, fan_chart(e->fan, &e->grid));
    if (o->charted && !o->summary_json && (o->summary || o->games))
        fputc('\n', o->summary ? o->summary : o->games);
    if (o->games && !o->summary_json)
        games_print(e->games, &e->grid, o->games);
    if (o->games && !o->summary_json && o->summary)
        fputc('\n', o->games);
    if (o->summary && o->summary_json)
        summary_json(e->summary, e->p, &head, e->fan, o->summary);
    else if (o->summary)
        summary_print(e->summary, e->p, &head, o->summary);
}

static void chart_what(struct ensemble *e)
{
    const struct output of = e->o->chart;
    e->fan = fan_new(e->arena, e->p, of, e->turns, e->o->runs);
    while (e->column[e->chart_column].quantity != of.quantity || e->column[e->chart_column].element != of.element)
        e->chart_column++;
}

static bool begin_rows(struct ensemble *e)
{
    struct run_result *r = e->r;
    const char *header = header_of(e->arena, &e->grid);
    if (e->o->csv && e->o->resume && lab_rank() == 0)
        r->disagrees = !go_on(e, header);
    else if (e->o->csv && !e->o->resume)
        fputs(header, e->o->csv);
    ranks_tell(&r->disagrees, sizeof r->disagrees);
    ranks_tell(&e->skip, sizeof e->skip);
    return !r->disagrees;
}

static enum run_end sum_up(struct ensemble *e)
{
    const struct run_result *r = e->r;
    if (e->point_taken)
        close_point(e);
    if (r->failed == r->done && r->done)
        return RUN_ALL_FAILED;
    if (r->done)
        show(e);
    return r->done < e->all ? RUN_STOPPED : RUN_DONE;
}

enum run_end lab_run(struct arena *a, const struct program *p, const struct run_options *o, struct run_result *result)
{
    REQUIRE(o->runs >= 1 && o->threads >= 1 && o->play < p->plays && !(o->persona && (o->play >= 0 || o->resume)) && !(o->median && o->sampling != SAMPLING_PLAIN));
    struct ensemble e = {.arena = a, .p = p, .o = o, .r = result, .turns = stage_turns(p, o->play, o->turns), .grid = grid_new(a, p, o->vary, o->varies)};
    e.columns = list_columns(a, p, &e.column);
    e.moment = list_moments(a, p, e.turns);
    double rows_a_run = ((double)e.turns + 1) * (double)(e.columns ? e.columns : 1);
    size_blocks(&e, rows_a_run);
    *result = (struct run_result){.of = e.all};
    if (o->sampling != SAMPLING_PLAIN && !(e.sampler = sampler_new(a, p, o->sampling, o->seed, o->runs, 1, &result->refused)))
        return RUN_REFUSED;
    if (o->charted)
        chart_what(&e);
    e.summary = summary_new(a, e.columns, o->runs);
    result->estimated = !summary_exact(e.summary);

    int threads = o->threads < THREADS_MOST ? o->threads : THREADS_MOST;
    if (threads > e.blocks)
        threads = e.blocks;
    int wave = lab_ranks() * (rows_a_run > 5.0 * ROWS_A_BLOCK ? threads : threads * SLOTS_A_THREAD);
    ranks_tell(&wave, sizeof wave);     /* other machines may have other threads */
    e.sim = ARENA_ARRAY(a, threads, struct sim *);
    for (int t = 0; t < threads; t++)
        e.sim[t] = sim_new(a, p, e.lanes);
    if (o->persona) {
        e.games = games_new(a, p, o->runs);
        e.quick = ARENA_ARRAY(a, threads, struct quick *);
        for (int t = 0; t < threads; t++)
            e.quick[t] = quick_new(a, p, e.lanes, o->persona);
    }
    e.slot = ARENA_ARRAY(a, wave, struct slot);
    for (int i = 0; i < wave; i++)
        arena_init(&e.slot[i].arena, "block of runs");

    if (!begin_rows(&e))
        return RUN_REFUSED;
    run_all(&e, threads, wave);
    enum run_end end = lab_rank() == 0 ? sum_up(&e) : RUN_DONE;
    ranks_tell(&end, sizeof end);
    return end;
}
