/* engine/wide.c — instructions that look at many slots of a lane: tables, choices among elements, shares, rings of the past.
 * All read before they write, lane by lane, so a result may take the place of what was looked at; only SHARE's may not (verify). */
#include "base/panic.h"
#include "base/pmath.h"
#include "engine/engine_private.h"

#define EACH_LANE for (int l = from, end = live(w, to); l < end; l++)

/* The last point at or before x; -1 if there is none. */
static int point_at(const struct table *t, double x)
{
    int low = -1, high = t->count;                      /* x[low] <= x < x[high] */
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (t->x[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void lookup(struct world *w, const struct instr *in, int from, int to)
{
    const struct table *t = &w->program->table[in->b];
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double x = a[l];
        int i = point_at(t, x);
        if (i < 0)
            d[l] = t->y[0];
        else if (i == t->count - 1 || in->op == OP_HOLD)
            d[l] = t->y[i];
        else
            d[l] = t->y[i] + (t->y[i + 1] - t->y[i]) * ((x - t->x[i]) / (t->x[i + 1] - t->x[i]));
    }
}

static void gather(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    double *d = row(w, in->d);
    EACH_LANE {
        double place = pm_round(a[l]), r = 0;
        if (place >= 0 && place < in->e)
            r = row(w, in->b + in->c * (uint32_t)place)[l];
        else
            lane_fail(w, in, FAIL_ELEMENT, l);
        d[l] = r;
    }
}

/* Eight lanes at a time, which vectorises; fewer only in a world of one or two. */
static int lanes_here(int from, int to) { return to - from < LANES_STEP ? to - from : LANES_STEP; }

static void rank(struct world *w, const struct instr *in, int from, int to)
{
    const double *mine = row(w, in->a + in->c);
    for (int l = from; l < to; l += LANES_STEP) {
        const int n = lanes_here(l, to);
        double place[LANES_STEP];
        for (int i = 0; i < n; i++)
            place[i] = 1;
        for (uint32_t s = 0; s < in->b; s++) {
            const double *other = row(w, in->a + s);
            for (int i = 0; i < n; i++)
                place[i] += other[l + i] > mine[l + i] ? 1.0 : 0.0;
        }
        double *d = row(w, in->d);
        for (int i = 0; i < n; i++)
            d[l + i] = place[i];
    }
}

static void best(struct world *w, const struct instr *in, int from, int to)
{
    double *d = row(w, in->d);
    for (int l = from; l < to; l += LANES_STEP) {
        const int n = lanes_here(l, to);
        double place[LANES_STEP], value[LANES_STEP];
        for (int i = 0; i < n; i++)
            place[i] = -1, value[i] = 0;
        for (uint32_t s = 0; s < in->c; s++) {
            const double *x = row(w, in->a + s) + l, *may = row(w, in->b + s) + l;
            for (int i = 0; i < n; i++) {
                bool better = may[i] != 0 && (place[i] < 0 || x[i] > value[i]);
                place[i] = better ? (double)s : place[i];
                value[i] = better ? x[i] : value[i];
            }
        }
        for (int i = 0; i < n; i++) {
            double r = place[i];
            if (r < 0 && in->op == OP_BESTOR)
                r = row(w, in->e)[l + i];
            else if (r < 0) {
                lane_fail(w, in, FAIL_NOTHING, l + i);
                r = 0;
            }
            d[l + i] = r;
        }
    }
}

static double at_least_0(double x)
{
    return x > 0 ? x : 0;
}

/* Added in the order of elements, as a sum in a scenario is, shares never make more than the amount: what rounding adds to a
 * proportional split is taken from the largest share. */
static void share_exactly(const struct world *w, const struct instr *in, int lane, double amount)
{
    for (int tries = 0; tries < 64; tries++) {
        double sum = 0, most = 0;
        uint32_t largest = 0;
        for (uint32_t i = 0; i < in->e; i++) {
            double x = row(w, in->d + i)[lane];
            sum += x;
            if (x > most)
                most = x, largest = i;
        }
        if (!(sum > amount))
            return;
        row(w, in->d + largest)[lane] = at_least_0(most - (sum - amount) * (tries + 1));
    }
    for (uint32_t i = 0; i < in->e; i++)                /* only numbers at the edge of what doubles hold come here */
        row(w, in->d + i)[lane] = 0;
}

static void share_lane(const struct world *w, const struct instr *in, int lane)
{
    double left = at_least_0(row(w, in->a)[lane]), amount = left;
    for (uint32_t i = 0; i < in->e; i++)
        row(w, in->d + i)[lane] = -1;                   /* not served yet */
    for (uint32_t served = 0; served < in->e;) {
        double first = 0, demand = 0;
        bool any = false;
        for (uint32_t i = 0; i < in->e; i++) {
            double priority = row(w, in->c + i)[lane];
            if (row(w, in->d + i)[lane] < 0 && priority == priority && (!any || priority > first))
                first = priority, any = true;
        }
        for (uint32_t i = 0; i < in->e; i++)
            if (row(w, in->d + i)[lane] < 0 && !(row(w, in->c + i)[lane] != first))
                demand += at_least_0(row(w, in->b + i)[lane]);
        bool enough = demand <= left;
        double part = enough ? 1 : left / demand;
        uint32_t before = served;
        for (uint32_t i = 0; i < in->e; i++) {
            double *d = row(w, in->d + i) + lane;
            if (*d < 0 && !(row(w, in->c + i)[lane] != first)) {
                *d = at_least_0(row(w, in->b + i)[lane]) * part;
                served++;
            }
        }
        left = enough ? left - demand : 0;
        if (served == before) {                         /* priorities that are no numbers come last and get nothing */
            for (uint32_t i = 0; i < in->e; i++)
                if (row(w, in->d + i)[lane] < 0)
                    row(w, in->d + i)[lane] = 0;
            break;
        }
    }
    share_exactly(w, in, lane, amount);
}

/* Which step this lane is at; the host counts it up, so it is a whole number from 0. */
static int64_t step_of(const struct world *w, int lane)
{
    double s = row(w, w->program->step_slot)[lane];
    return s >= 0 && s < 0x1p53 ? (int64_t)s : 0;
}

static void ring_get(struct world *w, const struct instr *in, int from, int to)
{
    const struct time_spec *time = &w->program->time;
    const double *b = row(w, in->b), *c = row(w, in->c), dt = time->turn / time->steps;
    double *d = row(w, in->d);
    EACH_LANE {
        double k = pm_round(b[l] / dt);
        int64_t back = !(k >= 1) ? 1 : k > in->e ? (int64_t)in->e : (int64_t)k, put = step_of(w, l) - back;
        d[l] = put < 0 ? c[l] : row(w, in->a + (uint32_t)(put % in->e))[l];
    }
}

static void ring_put(struct world *w, const struct instr *in, int from, int to)
{
    const double *a = row(w, in->a);
    EACH_LANE
        row(w, in->d + (uint32_t)(step_of(w, l) % in->b))[l] = a[l];
}

void wide_run(struct world *w, const struct instr *in, int from, int to)
{
    switch (in->op) {
    case OP_LOOKUP: case OP_HOLD: lookup(w, in, from, to); return;
    case OP_GATHER:               gather(w, in, from, to); return;
    case OP_RANK:                 rank(w, in, from, to); return;
    case OP_BEST: case OP_BESTOR: best(w, in, from, to); return;
    case OP_SHARE:                EACH_LANE share_lane(w, in, l); return;
    case OP_RINGGET:              ring_get(w, in, from, to); return;
    case OP_RINGPUT:              ring_put(w, in, from, to); return;
    }
    UNREACHABLE();
}
