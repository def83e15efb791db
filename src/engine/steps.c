/* engine/steps.c — from turn 0 through the Euler steps of each turn.
 * A step: ramps, draws of the step, auxiliaries, changes, what is kept of the past, then the stocks move. Time is worked out from whole
 * numbers each time and never added up. A tile of lanes goes through all steps of a turn before the next one starts, so that what it reads
 * stays in the nearest cache; what does not move within a turn is worked out in its first step alone. */
#include "base/panic.h"
#include "engine/engine_private.h"

static void put_moment(struct world *w, double time, int from, int to)
{
    const struct program *p = w->program;
    const struct kernels *k = world_own(w)->kernels;
    k->fill(row(w, p->time_slot) + from, time, to - from);
    k->fill(row(w, p->month_slot) + from, program_calendar_month(p, time), to - from);
}

/* All pairs at once: what one pair gives may be what another keeps. */
static void copy_kept(struct world *w, const struct kept *kept, int count, const bool *skip, int from, int to)
{
    double *scratch = world_own(w)->scratch;
    const struct kernels *k = world_own(w)->kernels;
    for (int i = 0; i < count; i++)
        k->copy(scratch + (size_t)i * LANES_TILE, row(w, kept[i].from) + from, to - from);
    for (int i = 0; i < count; i++)
        if (!skip || !skip[i])
            k->copy(row(w, kept[i].to) + from, scratch + (size_t)i * LANES_TILE, to - from);
}

static void copy_kept_all(struct world *w, const struct kept *kept, int count, const bool *skip)
{
    for (int from = 0, to; from < w->stride; from = to) {
        to = tile_end(w, from);
        copy_kept(w, kept, count, skip, from, to);
    }
}

void engine_turn_keep(struct world *w)
{
    engine_block(w, BLOCK_TURN_KEEP);
}

void engine_turn_kept(struct world *w)
{
    copy_kept_all(w, w->program->kept_turn, w->program->kept_turns, NULL);
}

/* Turn 0 */

static void start_tables(struct world *w)
{
    static const enum move_slot never[] = {MOVE_SINCE, MOVE_THREAT, MOVE_ANNOUNCED, MOVE_SETTING};
    const struct program *p = w->program;
    for (int m = 0; m < p->moves; m++)
        for (int t = 0; t < p->move[m].targets; t++)
            for (int i = 0; i < (int)(sizeof never / sizeof *never); i++)
                world_fill(w, move_slot(&p->move[m], t, never[i]), -1);
    for (int e = 0; e < p->events; e++)
        if (p->event[e].last != NO_SLOT)
            world_fill(w, p->event[e].last, -1);
    for (int s = 0; s < p->seats; s++)
        if (p->seat[s].budget != NO_SLOT)
            world_fill(w, p->seat[s].budget, p->seat[s].start);
}

/* previous(x) shows at first what x is at the start. Where BLOCK_START says so itself there is nothing to do, and running STEP_END
 * would take a step that nobody took. */
static void start_kept(struct world *w)
{
    const struct program *p = w->program;
    const bool *by_start = world_own(w)->kept_by_start;
    bool all = true;
    for (int i = 0; i < p->kept_steps; i++)
        all = all && by_start[i];
    if (!all) {
        engine_block(w, BLOCK_STEP_END);
        copy_kept_all(w, p->kept_step, p->kept_steps, by_start);
        engine_block(w, BLOCK_AUX);
    }
    engine_block(w, BLOCK_TURN_KEEP);
    engine_turn_kept(w);
}

void engine_start(struct world *w)
{
    const struct program *p = w->program;
    bool median = w->median;
    for (uint32_t s = p->state_first; s < p->slots; s++)
        world_fill(w, s, 0);
    for (int l = 0; l < w->stride; l++)
        w->failure[l] = (struct failure){.kind = FAIL_NONE};
    w->turn = 0;
    w->step = -1;
    world_fill(w, p->time_slot, program_moment(p, 0));
    world_fill(w, p->month_slot, program_calendar_month(p, program_moment(p, 0)));
    world_fill(w, p->turn_start_slot, program_moment(p, 0));
    start_tables(w);
    w->median = true;
    engine_block(w, BLOCK_PARAMETERS);
    engine_block(w, BLOCK_START);
    engine_block(w, BLOCK_TURN_DRAWS);
    engine_block(w, BLOCK_STEP_DRAWS);
    engine_block(w, BLOCK_AUX);
    for (int i = 0; i < p->means; i++)
        for (int l = 0; l < w->stride; l++)
            row(w, p->mean[i].mean)[l] = row(w, p->mean[i].value)[l];
    start_kept(w);
    w->median = median;
}

/* Steps */

static void move_ramps(struct world *w, int from, int to)
{
    const struct program *p = w->program;
    for (int m = 0; m < p->moves; m++)
        for (int t = 0; t < p->move[m].targets; t++)
            world_own(w)->kernels->ramp(row(w, move_slot(&p->move[m], t, MOVE_LEFT)) + from, row(w, move_slot(&p->move[m], t, MOVE_LEVEL)) + from,
                                        row(w, move_slot(&p->move[m], t, MOVE_GOAL)) + from, to - from);
}

struct refused { double floor, ceiling; };                  /* of lane 0 */

/* What floor and ceiling will refuse lane 0. */
static struct refused refused_of(double x, struct bounds b, double dt)
{
    struct refused r;
    if (b.rate)
        x += b.rate[0] * dt;
    double before = x;
    if (b.floor)
        x = x < b.floor[0] ? b.floor[0] : x;
    r.floor = x - before;
    before = x;
    if (b.ceiling)
        x = x > b.ceiling[0] ? b.ceiling[0] : x;
    r.ceiling = x - before;
    return r;
}

static void hold(struct world *w, int from, int to)
{
    const struct world_own *own = world_own(w);
    for (int i = 0; i < own->helds; i++)
        own->kernels->copy(own->held + (size_t)i * (size_t)w->stride + from, row(w, own->held_slot[i]) + from, to - from);
}

static void add_terms(struct world *w, double dt)
{
    const struct program *p = w->program;
    double *sum = world_own(w)->ledger;
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++, sum += 2)
            for (int i = 0; i < p->quantity[q].stock[e].terms; i++)
                *sum++ += row(w, p->quantity[q].stock[e].term[i].slot)[0] * dt;
}

static const double *row_at(const double *row, int from) { return row ? row + from : NULL; }

static void move_stocks(struct world *w, double dt, bool terms, int from, int to)
{
    const struct world_own *own = world_own(w);
    double *sum = own->ledger;
    for (int i = 0; i < own->moveds; i++) {
        const struct moved *m = &own->moved[i];
        struct bounds b = {row_at(m->rate, from), row_at(m->floor, from), row_at(m->ceiling, from)};
        double *x = row(w, m->value) + from;
        if (terms && m->terms >= 0) {
            struct refused r = refused_of(x[0], b, dt);
            sum += m->terms;
            *sum++ += r.floor;
            *sum++ += r.ceiling;
        }
        own->kernels->move(x, b, dt, to - from);
    }
}

/* Sums of the turn so far; divided by the steps at its end. */
static void add_means(struct world *w, bool first, int from, int to)
{
    const struct program *p = w->program;
    const struct kernels *k = world_own(w)->kernels;
    for (int i = 0; i < p->means; i++)
        (first ? k->copy : k->sum)(row(w, p->mean[i].mean) + from, row(w, p->mean[i].value) + from, to - from);
}

static void end_means(struct world *w, int from, int to)
{
    const struct program *p = w->program;
    for (int i = 0; i < p->means; i++)
        world_own(w)->kernels->scale(row(w, p->mean[i].mean) + from, p->time.steps, to - from);
}

static void run_step(struct world *w, int k, bool terms, int from, int to)
{
    const struct program *p = w->program;
    const struct time_spec *t = &p->time;
    const struct world_own *own = world_own(w);
    w->step = k;
    move_ramps(w, from, to);
    lanes_plan(w, own->plan[BLOCK_STEP_DRAWS], from, to);
    lanes_plan(w, k == 0 ? own->plan[BLOCK_AUX] : own->aux_moving, from, to);
    lanes_plan(w, terms ? own->plan[BLOCK_CHANGE] : own->change_bare, from, to);
    add_means(w, k == 0, from, to);
    lanes_plan(w, own->plan[BLOCK_STEP_END], from, to);
    copy_kept(w, p->kept_step, p->kept_steps, NULL, from, to);  /* before the stocks move: a pair may name a stock itself */
    hold(w, from, to);
    if (terms)
        add_terms(w, t->turn / t->steps);
    move_stocks(w, t->turn / t->steps, terms, from, to);
    put_moment(w, k + 1 == t->steps ? program_moment(p, w->turn + 1) : program_moment(p, w->turn) + t->turn * (k + 1) / t->steps, from, to);
    own->kernels->fill(row(w, p->step_slot) + from, (double)w->turn * t->steps + (k + 1), to - from);
}

static void find_run_keys(struct world *w, int from, int to)
{
    const struct world_own *own = world_own(w);
    for (int i = 0; i < w->program->streams; i++)
        if (own->run_key[i])
            own->kernels->keys(w->seed + from, w->run + from, w->program->stream[i].hash, to - from, own->run_key[i] + from);
}

/* Lane 0 alone keeps a ledger. */
static void run_tile(struct world *w, bool terms, int from, int to)
{
    find_run_keys(w, from, to);
    for (int k = 0; k < w->program->time.steps; k++)
        run_step(w, k, terms, from, to);
    end_means(w, from, to);
}

static void clear_ledger(struct world *w)
{
    const struct program *p = w->program;
    double *sum = world_own(w)->ledger;
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++)
            for (int i = 0; i < p->quantity[q].stock[e].terms + 2; i++)
                *sum++ = 0;
}

static void post_ledger(struct world *w, const struct engine_ledger *ledger)
{
    const struct program *p = w->program;
    const double *sum = world_own(w)->ledger;
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; p->quantity[q].kind == Q_STOCK && e < p->quantity[q].count; e++) {
            int terms = p->quantity[q].stock[e].terms;
            ledger->post(ledger->self, q, e, sum, terms, sum[terms], sum[terms + 1]);
            sum += terms + 2;
        }
}

void engine_run_turn(struct world *w, const struct engine_ledger *ledger)
{
    const struct program *p = w->program;
    if (ledger)
        clear_ledger(w);
    for (int from = 0, to; from < w->stride; from = to) {
        to = tile_end(w, from);
        run_tile(w, ledger != NULL && from == 0, from, to);
    }
    if (ledger)
        post_ledger(w, ledger);
    w->turn++;
    w->step = -1;
    world_fill(w, p->turn_slot, w->turn);
    world_fill(w, p->turn_start_slot, program_moment(p, w->turn));
}
