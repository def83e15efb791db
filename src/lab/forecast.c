/* lab/forecast.c — futures imagined from a view, in blocks of lanes: the first half of a block holds, the second half plans.
 * Lane l of either half has the run that its place in the whole gives it, so neither blocks nor threads show in a result. Who is asked for
 * a quick choice is asked once, before the blocks, on a sim of its own; the rules of that choice are those of mind/ahead.c. */
#include "lab/forecast.h"

#include <math.h>
#include <string.h>

#include "base/panic.h"
#include "base/rng.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/lab_private.h"
#include "lab/quick.h"
#include "lab/summary.h"

enum { BELIEFS = 512, SCOUTS = 128, FUTURES = 4, CHOICES = SCOUTS / FUTURES, TARGETS = 2, THREADS_MOST = 64 };
static const double PAYS = 0.05;        /* points, as a mind has them */

/* What is done in the first turn, by whom; plan: only where the plan is tried. */
struct deed { int seat; struct row row; bool plan; };

struct worker {
    struct sim *sim;
    uint64_t *run;                      /* [BLOCK_LANES] */
    unsigned char *mask;                /* [BLOCK_LANES] lanes in which the plan is tried */
    double *sorted;                     /* [room.lanes] */
};

struct forecaster {
    const struct program *p;
    struct forecast_room room;
    struct worker *worker;              /* [threads] */
    struct beliefs *beliefs;
    struct sim *scout; uint64_t *scout_run; unsigned char *scout_mask;         /* [CHOICES][SCOUTS]; NULL where nobody needs one */
    double *worth;                      /* [SCOUTS] */
    double *value[2];                   /* [values][turns][lanes] of holding and of the plan */
    unsigned char *failed, *ended[2];   /* [lanes] */
    struct forecast_value *of, *shown; struct seen_value *now;
    struct band *band[3];
    struct forecast answer;
    /* The question in hand. */
    const struct view *view;
    const struct forecast_ask *ask;
    uint64_t key;
    int half;                           /* futures a block */
    struct deed deed[MOST_ORDERS]; int deeds;
};

/* --- memory --------------------------------------------------------------------------------------------------------------- */

static bool scripted(const struct program *p, int seat)
{
    return p->seat[seat].personas > 0 && p->seat[seat].persona[0].rules > 0;
}

static void scout_new(struct forecaster *f, struct arena *a)
{
    for (int s = 0; s < f->p->seats && !f->scout; s++)
        if (!scripted(f->p, s)) {
            f->scout = sim_new(a, f->p, SCOUTS);
            f->scout_run = ARENA_ARRAY(a, SCOUTS, uint64_t);
            f->scout_mask = ARENA_ARRAY(a, CHOICES * SCOUTS, unsigned char);
            f->worth = ARENA_ARRAY(a, SCOUTS, double);
        }
}

struct forecaster *forecaster_new(struct arena *a, const struct program *p, const struct forecast_room *room)
{
    REQUIRE(room->lanes > 0 && room->turns > 0 && room->values > 0 && room->threads > 0);
    struct forecaster *f = ARENA_NEW(a, struct forecaster);
    const size_t cells = (size_t)room->values * (size_t)room->turns;
    f->p = p;
    f->room = *room;
    if (f->room.threads > THREADS_MOST)
        f->room.threads = THREADS_MOST;
    f->worker = ARENA_ARRAY(a, f->room.threads, struct worker);
    for (int t = 0; t < f->room.threads; t++)
        f->worker[t] = (struct worker){sim_new(a, p, BLOCK_LANES), ARENA_ARRAY(a, BLOCK_LANES, uint64_t),
                                       ARENA_ARRAY(a, BLOCK_LANES, unsigned char), ARENA_ARRAY(a, room->lanes, double)};
    f->beliefs = beliefs_new(a, p, BELIEFS);
    scout_new(f, a);
    for (int side = 0; side < 2; side++) {
        f->value[side] = ARENA_ARRAY(a, cells * (size_t)room->lanes, double);
        f->ended[side] = ARENA_ARRAY(a, room->lanes, unsigned char);
    }
    f->failed = ARENA_ARRAY(a, room->lanes, unsigned char);
    f->of = ARENA_ARRAY(a, room->values, struct forecast_value);
    f->shown = ARENA_ARRAY(a, room->values, struct forecast_value);
    f->now = ARENA_ARRAY(a, room->values, struct seen_value);
    for (int i = 0; i < 3; i++)
        f->band[i] = ARENA_ARRAY(a, cells, struct band);
    return f;
}

static bool lane_failed(const struct sim *s, int lane)
{
    const char *what, *path;
    int line, turn, step;
    return sim_failed(s, lane, &what, &path, &line, &turn, &step);
}

/* --- the others' quick choice --------------------------------------------------------------------------------------------- */

static void scout_imagine(struct forecaster *f, int futures)
{
    for (int l = 0; l < SCOUTS; l++)
        f->scout_run[l] = (uint64_t)(l % futures);
    view_imagine(f->beliefs, f->scout, f->scout_run);
}

/* What a seat's quick persona would make of where the scouts stand, in points. */
static void scout_worth(struct forecaster *f, int seat)
{
    quick_worth(f->scout, f->p, seat, f->p->seat[seat].personas > 0 ? &f->p->seat[seat].persona[0] : NULL, f->worth);
}

static double mean_worth(const struct forecaster *f, int first, int count)
{
    double sum = 0;
    int n = 0;
    for (int l = first; l < first + count; l++)
        if (f->worth[l] > QUICK_FAILED) {
            sum += f->worth[l];
            n++;
        }
    return n ? sum / n : QUICK_FAILED;
}

static struct order scout_order(struct forecaster *f, int place, int seat, struct row row, int first, int count)
{
    unsigned char *mask = f->scout_mask + (size_t)place * SCOUTS;
    memset(mask, 0, SCOUTS);
    memset(mask + first, 1, (size_t)count);
    return (struct order){seat, row, mask};
}

/* Choice 0 is holding; of a move with many targets the first that are allowed. */
static int choices_of(struct forecaster *f, int seat, struct row *row)
{
    unsigned char ok[SCOUTS];
    int count = 1;
    for (int i = 0; i < f->p->moves; i++) {
        const struct move *is = &f->p->move[i];
        for (int t = 0, taken = 0; is->seat == seat && is->answers < 0 && t < is->targets && taken < TARGETS && count < CHOICES; t++) {
            row[count] = (struct row){ROW_DO, i, is->target < 0 ? -1 : t, -1, -1};
            sim_allowed(f->scout, seat, NULL, 0, row[count], true, ok);
            taken += ok[0] != 0;
            count += ok[0] != 0;
        }
    }
    return count;
}

static void deed_add(struct forecaster *f, int seat, struct row row, bool plan)
{
    if (f->deeds < MOST_ORDERS)
        f->deed[f->deeds++] = (struct deed){seat, row, plan};
}

static void choose_quickly(struct forecaster *f, int seat)
{
    struct row row[CHOICES];
    struct order order[CHOICES];
    int best = 0;
    double best_worth = 0;
    scout_imagine(f, FUTURES);
    const int count = choices_of(f, seat, row), futures = SCOUTS / count;      /* the fewer choices, the surer */
    if (count == 1)
        return;
    scout_imagine(f, futures);
    for (int c = 1; c < count; c++)
        order[c - 1] = scout_order(f, c - 1, seat, row[c], c * futures, futures);
    sim_turn_rest(f->scout, order, count - 1, true);
    scout_worth(f, seat);
    const double holding = mean_worth(f, 0, futures);
    for (int c = 1; c < count; c++) {
        const double worth = mean_worth(f, c * futures, futures);
        if (worth > holding + PAYS && (best == 0 || worth > best_worth)) {
            best = c;
            best_worth = worth;
        }
    }
    if (best)
        deed_add(f, seat, row[best], false);
}

/* Would the other seat answer this row of the plan? A script says so itself when its orders are gathered. */
static void answer_quickly(struct forecaster *f, struct row tabled)
{
    enum { HALF = SCOUTS / 2 };
    const struct move *is = &f->p->move[tabled.move];
    if (is->answer == ANSWER_NONE || tabled.verb != ROW_DO || is->answer_move < 0 || scripted(f->p, is->answer_by))
        return;
    const struct move *by = &f->p->move[is->answer_move];
    const bool same = by->target >= 0 && by->target == is->target;
    const struct row answer = {ROW_DO, is->answer_move, same ? tabled.target : -1, -1, -1};
    scout_imagine(f, HALF);
    const struct order order[] = {scout_order(f, 0, view_seat(f->view), tabled, 0, SCOUTS), scout_order(f, 1, is->answer_by, answer, HALF, HALF)};
    sim_turn_rest(f->scout, order, 2, true);
    scout_worth(f, is->answer_by);
    if (mean_worth(f, HALF, HALF) > mean_worth(f, 0, HALF))
        deed_add(f, is->answer_by, answer, true);
}

static void gather_deeds(struct forecaster *f)
{
    const struct plan *plan = f->ask->plan;
    const int seat = view_seat(f->view);
    f->deeds = 0;
    for (int r = 0; plan && r < plan->rows; r++)
        deed_add(f, seat, plan->row[r], true);
    for (int r = 0; plan && r < plan->rows; r++)
        answer_quickly(f, plan->row[r]);
    for (int s = 0; s < f->p->seats; s++)
        if (s != seat && !scripted(f->p, s))
            choose_quickly(f, s);
}

/* --- the futures ----------------------------------------------------------------------------------------------------------- */

static int first_orders(const struct forecaster *f, const struct worker *w, struct order *order)
{
    for (int i = 0; i < f->deeds; i++)
        order[i] = (struct order){f->deed[i].seat, f->deed[i].row, f->deed[i].plan ? w->mask : NULL};
    return f->deeds;
}

static void play_turn(const struct forecaster *f, const struct worker *w, int turn)
{
    struct order order[MOST_ORDERS];
    int orders = 0;
    if (turn == 0)
        orders = first_orders(f, w, order);             /* the view stands after the brief of its turn */
    else
        sim_turn_brief(w->sim, false);
    for (int s = 0; s < f->p->seats; s++)
        if (s != view_seat(f->view) && scripted(f->p, s)) {
            const struct persona *is = &f->p->seat[s].persona[0];
            orders = sim_scripted(w->sim, s, is->first, is->rules, true, order, orders);
        }
    sim_turn_rest(w->sim, order, orders, true);
}

static double *cell_of(const struct forecaster *f, int side, int value, int turn)
{
    return f->value[side] + ((size_t)value * (size_t)f->ask->turns + (size_t)turn) * (size_t)f->ask->lanes;
}

/* What the seat's number is: one that it sees as another is that other to it, and goes on as that. */
static struct forecast_value as_seen(const struct view *v, struct forecast_value value)
{
    const struct program *p = view_program(v);
    for (int i = 0; i < p->quantities; i++) {
        const struct quantity *q = &p->quantity[value.quantity];
        const struct seen *how = q->seen ? &q->seen[value.element * p->seats + view_seat(v)] : NULL;
        if (!how || how->kind != SEEN_AS || how->as < 0 || value.element >= p->quantity[how->as].count)
            break;
        value.quantity = how->as;
    }
    return value;
}

static void note_turn(struct forecaster *f, const struct worker *w, int turn, int first, int count)
{
    const int sides = f->ask->plan ? 2 : 1;
    for (int i = 0; i < f->ask->values; i++) {
        const double *now = sim_values(w->sim, f->shown[i].quantity, f->shown[i].element, true);
        for (int side = 0; side < sides; side++)
            memcpy(cell_of(f, side, i, turn) + first, now + side * f->half, (size_t)count * sizeof *now);
    }
}

static void fill_block(void *self, int block, int thread)
{
    struct forecaster *f = self;
    beliefs_fill(f->beliefs, f->worker[thread].sim, block * BLOCK_LANES);
}

static void run_block(void *self, int block, int thread)
{
    struct forecaster *f = self;
    struct worker *w = &f->worker[thread];
    const int first = block * f->half, left = f->ask->lanes - first, count = left < f->half ? left : f->half;
    for (int l = 0; l < BLOCK_LANES; l++) {
        w->run[l] = (uint64_t)(first + l % f->half);
        w->mask[l] = l >= f->half;
    }
    view_imagine(f->beliefs, w->sim, w->run);
    for (int t = 0; t < f->ask->turns; t++) {
        play_turn(f, w, t);
        note_turn(f, w, t, first, count);
    }
    for (int l = 0; l < count; l++)
        f->failed[first + l] = 0;
    for (int side = 0; side < (f->ask->plan ? 2 : 1); side++)
        for (int l = 0; l < count; l++) {
            f->failed[first + l] |= lane_failed(w->sim, side * f->half + l);
            f->ended[side][first + l] = sim_ending(w->sim, side * f->half + l) >= 0;
        }
}

/* --- the answer -------------------------------------------------------------------------------------------------------------- */

static struct band band_of(const struct forecaster *f, double *sorted, const double *x, const double *less)
{
    int n = 0;
    for (int l = 0; l < f->ask->lanes; l++)
        if (!f->failed[l])
            sorted[n++] = less ? x[l] - less[l] : x[l];
    if (n == 0)
        return (struct band){NAN, NAN, NAN};
    summary_sort(sorted, n);
    return (struct band){summary_quantile(sorted, n, 0.1), summary_quantile(sorted, n, 0.5), summary_quantile(sorted, n, 0.9)};
}

static void sum_up(void *self, int cell, int thread)
{
    struct forecaster *f = self;
    double *sorted = f->worker[thread].sorted;
    const double *hold = cell_of(f, 0, 0, cell), *plan = cell_of(f, 1, 0, cell);
    f->band[0][cell] = band_of(f, sorted, hold, NULL);
    if (!f->ask->plan)
        return;
    f->band[1][cell] = band_of(f, sorted, plan, NULL);
    f->band[2][cell] = band_of(f, sorted, plan, hold);
}

const struct forecast *forecaster_ask(struct forecaster *f, const struct view *v, const struct forecast_ask *ask)
{
    REQUIRE(view_program(v) == f->p && view_seat(v) >= 0);
    REQUIRE(ask->lanes > 0 && ask->lanes <= f->room.lanes && ask->values > 0 && ask->values <= f->room.values);
    REQUIRE(ask->turns > 0 && ask->turns <= f->room.turns && ask->turns <= view_turns(v) - view_turn(v));
    f->view = v;
    f->ask = ask;
    /* Never the game's own seed: run 0 of that has the luck which the game will have. */
    f->key = rng_key(ask->seed, (uint64_t)view_seat(v), text_hash("a forecast"), (uint64_t)view_turn(v));
    f->half = ask->plan ? BLOCK_LANES / 2 : BLOCK_LANES;
    f->answer = (struct forecast){.turns = ask->turns, .lanes = ask->lanes, .values = ask->values, .planned = ask->plan != NULL, .value = f->of,
                                  .now = f->now, .hold = f->band[0], .plan = ask->plan ? f->band[1] : NULL, .change = ask->plan ? f->band[2] : NULL};
    for (int i = 0; i < ask->values; i++) {
        f->of[i] = ask->value[i];
        f->shown[i] = as_seen(v, ask->value[i]);
        f->now[i] = view_value(v, f->of[i].quantity, f->of[i].element, view_turn(v));
    }
    beliefs_begin(f->beliefs, v, f->key);
    thread_run(f->room.threads, (BELIEFS - 1) / BLOCK_LANES + 1, fill_block, f);
    beliefs_weigh(f->beliefs);
    gather_deeds(f);
    thread_run(f->room.threads, (ask->lanes - 1) / f->half + 1, run_block, f);
    thread_run(f->room.threads, ask->values * ask->turns, sum_up, f);
    for (int l = 0; l < ask->lanes; l++) {
        f->answer.failed += f->failed[l];
        f->answer.ended_hold += !f->failed[l] && f->ended[0][l];
        f->answer.ended_plan += ask->plan && !f->failed[l] && f->ended[1][l];
    }
    return &f->answer;
}
