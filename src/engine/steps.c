/* engine/steps.c — from turn 0 through the Euler steps of each turn.
 * A step: ramps, draws of the step, auxiliaries, changes, what is kept of the past, then the stocks move. Time is worked out from whole
 * numbers each time and never added up. */
#include "base/panic.h"
#include "engine/engine_private.h"

static void put_moment(struct world *w, double time)
{
    const struct program *p = w->program;
    world_fill(w, p->time_slot, time);
    world_fill(w, p->month_slot, program_calendar_month(p, time));
}

/* All pairs at once: what one pair gives may be what another keeps. */
static void copy_kept(struct world *w, const struct kept *kept, int count, const bool *skip)
{
    double *scratch = world_own(w)->scratch;
    for (int from = 0; from < w->stride; from += LANES_TILE) {
        int n = w->stride - from < LANES_TILE ? w->stride - from : LANES_TILE;
        for (int i = 0; i < count; i++)
            for (int l = 0; l < n; l++)
                scratch[(size_t)i * LANES_TILE + (size_t)l] = row(w, kept[i].from)[from + l];
        for (int i = 0; i < count; i++)
            for (int l = 0; l < n; l++)
                if (!skip || !skip[i])
                    row(w, kept[i].to)[from + l] = scratch[(size_t)i * LANES_TILE + (size_t)l];
    }
}

void engine_turn_keep(struct world *w)
{
    engine_block(w, BLOCK_TURN_KEEP);
}

void engine_turn_kept(struct world *w)
{
    copy_kept(w, w->program->kept_turn, w->program->kept_turns, NULL);
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
        copy_kept(w, p->kept_step, p->kept_steps, by_start);
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
    put_moment(w, program_moment(p, 0));
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

static void move_ramps(struct world *w)
{
    const struct program *p = w->program;
    for (int m = 0; m < p->moves; m++)
        for (int t = 0; t < p->move[m].targets; t++)
            world_own(w)->kernels->ramp(row(w, move_slot(&p->move[m], t, MOVE_LEFT)), row(w, move_slot(&p->move[m], t, MOVE_LEVEL)),
                                        row(w, move_slot(&p->move[m], t, MOVE_GOAL)), 0, w->stride);
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

static void hold(struct world *w)
{
    struct world_own *own = world_own(w);
    double *to = own->held;
    for (int i = 0; i < own->helds; i++)
        for (int l = 0; l < w->stride; l++)
            *to++ = row(w, own->held_slot[i])[l];
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

static void move_stocks(struct world *w, double dt, bool terms)
{
    const struct world_own *own = world_own(w);
    double *sum = own->ledger;
    for (int i = 0; i < own->moveds; i++) {
        const struct moved *m = &own->moved[i];
        struct bounds b = {m->rate, m->floor, m->ceiling};
        double *x = row(w, m->value);
        if (terms && m->terms >= 0) {
            struct refused r = refused_of(x[0], b, dt);
            sum += m->terms;
            *sum++ += r.floor;
            *sum++ += r.ceiling;
        }
        own->kernels->move(x, b, dt, 0, w->stride);
    }
}

/* Sums of the turn so far; divided by the steps at its end. */
static void add_means(struct world *w, bool first)
{
    const struct program *p = w->program;
    for (int i = 0; i < p->means; i++)
        world_own(w)->kernels->sum(row(w, p->mean[i].mean), row(w, p->mean[i].value), first, 0, w->stride);
}

static void end_means(struct world *w)
{
    const struct program *p = w->program;
    for (int i = 0; i < p->means; i++)
        world_own(w)->kernels->scale(row(w, p->mean[i].mean), p->time.steps, 0, w->stride);
}

static void run_step(struct world *w, int k, bool terms)
{
    const struct program *p = w->program;
    const struct time_spec *t = &p->time;
    w->step = k;
    move_ramps(w);
    engine_block(w, BLOCK_STEP_DRAWS);
    engine_block(w, BLOCK_AUX);
    if (terms)
        engine_block(w, BLOCK_CHANGE);
    else
        lanes_plan(w, world_own(w)->change_bare);
    add_means(w, k == 0);
    engine_block(w, BLOCK_STEP_END);
    copy_kept(w, p->kept_step, p->kept_steps, NULL);    /* before the stocks move: a pair may name a stock itself */
    hold(w);
    if (terms)
        add_terms(w, t->turn / t->steps);
    move_stocks(w, t->turn / t->steps, terms);
    put_moment(w, k + 1 == t->steps ? program_moment(p, w->turn + 1) : program_moment(p, w->turn) + t->turn * (k + 1) / t->steps);
    world_fill(w, p->step_slot, (double)w->turn * t->steps + (k + 1));
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
    for (int k = 0; k < p->time.steps; k++)
        run_step(w, k, ledger != NULL);
    end_means(w);
    if (ledger)
        post_ledger(w, ledger);
    w->turn++;
    w->step = -1;
    world_fill(w, p->turn_slot, w->turn);
    world_fill(w, p->turn_start_slot, program_moment(p, w->turn));
    engine_block(w, BLOCK_AUX);
}
