/* lab/meta.c — best answers, replicator dynamics (Taylor & Jonker 1978, several populations, in steps), equilibria by enumeration of
 * supports of equal size (as in Porter, Nudelman & Shoham 2008). In degenerate games not all mixed ones have supports of equal size. */
#include "lab/meta.h"

#include <math.h>
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"

const int meta_generation[META_STAGES] = {10, 100, 1000};
static const double GROWTH = 0.01;      /* a generation and point */

static int count_of(const struct tournament *t, int seat) { return t->asked.seat[seat].count; }

static double with_other(const struct tournament *t, int seating, int seat, int place, int of)
{
    int at[MOST_SEATS];
    memcpy(at, t->seating[seating].place, (size_t)t->p->seats * sizeof *at);
    at[seat] = place;
    return t->seating[tournament_at(t, at)].mean[of];
}

int meta_best(const struct tournament *t, int seat, int seating, bool *best)
{
    double most = with_other(t, seating, seat, 0, seat);
    int found = 0;
    for (int i = 1; i < count_of(t, seat); i++) {
        const double x = with_other(t, seating, seat, i, seat);
        most = x > most ? x : most;
    }
    for (int i = 0; i < count_of(t, seat); i++)
        found += best[i] = with_other(t, seating, seat, i, seat) >= most - META_TIE;
    return found;
}

static void sum_seat(struct arena *a, const struct tournament *t, int seat, struct meta_seat *out)
{
    const int n = count_of(t, seat);
    double *mean = ARENA_ARRAY(a, n, double), *spread = ARENA_ARRAY(a, n, double);
    int *best = ARENA_ARRAY(a, n, int), *beaten = ARENA_ARRAY(a, n, int);
    bool *is_best = ARENA_ARRAY(a, n, bool), *ahead = ARENA_ARRAY(a, n * n, bool);      /* ahead[i][k]: k is better everywhere so far */
    const int others = t->seatings / n;
    memset(ahead, true, (size_t)n * (size_t)n);
    for (int i = 0; i < t->seatings; i++)
        mean[t->seating[i].place[seat]] += t->seating[i].mean[seat] / others;
    for (int i = 0; i < t->seatings; i++) {             /* of a game: within seatings and between them */
        const struct seating *is = &t->seating[i];
        const double away = is->mean[seat] - mean[is->place[seat]];
        spread[is->place[seat]] += (is->spread[seat] * is->spread[seat] + away * away) / others;
        for (int k = 0; k < n; k++)
            ahead[is->place[seat] * n + k] = ahead[is->place[seat] * n + k] && with_other(t, i, seat, k, seat) > is->mean[seat] + META_TIE;
        if (is->place[seat] == 0) {
            meta_best(t, seat, i, is_best);
            for (int k = 0; k < n; k++)
                best[k] += is_best[k];
        }
    }
    for (int i = 0; i < n; i++) {
        spread[i] = pm_sqrt(spread[i]);
        beaten[i] = -1;
        for (int k = n - 1; k >= 0; k--)
            beaten[i] = ahead[i * n + k] ? k : beaten[i];
    }
    *out = (struct meta_seat){mean, spread, best, beaten, NULL, others};
}

/* --- shares over generations --------------------------------------------------------------------------------------------------- */

static void grow(const struct tournament *t, double *const *share, double *const *gain)
{
    const int seats = t->p->seats;
    for (int s = 0; s < seats; s++)
        memset(gain[s], 0, (size_t)count_of(t, s) * sizeof(double));
    for (int i = 0; i < t->seatings; i++)
        for (int s = 0; s < seats; s++) {
            double chance = 1;
            for (int o = 0; o < seats; o++)
                chance *= o == s ? 1 : share[o][t->seating[i].place[o]];
            gain[s][t->seating[i].place[s]] += chance * t->seating[i].mean[s];
        }
    for (int s = 0; s < seats; s++) {
        double mean = 0, sum = 0;
        for (int k = 0; k < count_of(t, s); k++)
            mean += share[s][k] * gain[s][k];
        for (int k = 0; k < count_of(t, s); k++)
            sum += share[s][k] *= pm_exp(GROWTH * (gain[s][k] - mean));
        for (int k = 0; k < count_of(t, s); k++)
            share[s][k] /= sum;
    }
}

static void evolve(struct arena *a, const struct tournament *t, struct meta_seat *seat)
{
    double *share[MOST_SEATS], *gain[MOST_SEATS];
    const double **kept[MOST_SEATS];
    for (int s = 0; s < t->p->seats; s++) {
        share[s] = ARENA_ARRAY(a, count_of(t, s), double);
        gain[s] = ARENA_ARRAY(a, count_of(t, s), double);
        seat[s].share = kept[s] = ARENA_ARRAY(a, META_STAGES, const double *);
        for (int k = 0; k < count_of(t, s); k++)
            share[s][k] = 1.0 / count_of(t, s);
    }
    for (int generation = 1, stage = 0; stage < META_STAGES; generation++) {
        grow(t, share, gain);
        if (generation != meta_generation[stage])
            continue;
        for (int s = 0; s < t->p->seats; s++) {
            double *copy = ARENA_ARRAY(a, count_of(t, s), double);
            memcpy(copy, share[s], (size_t)count_of(t, s) * sizeof *copy);
            kept[s][stage] = copy;
        }
        stage++;
    }
}

/* --- equilibria ---------------------------------------------------------------------------------------------------------------- */

static void find_pure(struct arena *a, const struct tournament *t, struct meta *out)
{
    int widest = 1;
    for (int s = 0; s < t->p->seats; s++)
        widest = count_of(t, s) > widest ? count_of(t, s) : widest;
    bool *best = ARENA_ARRAY(a, widest, bool);
    LIST_OF(int) pure = {0};
    LIST_OF(bool) strict = {0};
    for (int i = 0; i < t->seatings; i++) {
        bool rests = true, alone = true;
        for (int s = 0; s < t->p->seats && rests; s++) {
            alone = meta_best(t, s, i, best) == 1 && alone;
            rests = best[t->seating[i].place[s]];
        }
        if (!rests)
            continue;
        *LIST_ADD(a, pure) = i;
        *LIST_ADD(a, strict) = alone;
    }
    out->pure = pure.at;
    out->pures = pure.count;
    out->strict = strict.at;
}

/* Shares of the other seat's support that make all of this seat's support worth the same. False: none, or not one only. */
static bool make_even(const double *pay, int wide, const int *mine, const int *theirs, int k, double *share, double *worth)
{
    double m[META_SUPPORT + 1][META_SUPPORT + 2] = {{0}};
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++)
            m[i][j] = pay[mine[i] * wide + theirs[j]];
        m[i][k] = -1;
    }
    for (int j = 0; j < k; j++)
        m[k][j] = 1;
    m[k][k + 1] = 1;
    for (int c = 0; c <= k; c++) {                      /* Gauss and Jordan, the greatest first */
        int top = c;
        for (int i = c + 1; i <= k; i++)
            top = fabs(m[i][c]) > fabs(m[top][c]) ? i : top;
        if (fabs(m[top][c]) < META_TIE)
            return false;
        for (int j = 0; j <= k + 1; j++) {
            const double held = m[c][j];
            m[c][j] = m[top][j];
            m[top][j] = held;
        }
        for (int i = 0; i <= k; i++) {
            const double times = i == c ? 0 : m[i][c] / m[c][c];
            for (int j = c; j <= k + 1 && times != 0; j++)
                m[i][j] -= times * m[c][j];
        }
    }
    for (int j = 0; j < k; j++)
        if (!((share[j] = m[j][k + 1] / m[j][j]) > META_TIE))
            return false;
    *worth = m[k][k + 1] / m[k][k];
    return true;
}

static bool none_better(const double *pay, int tall, int wide, const int *theirs, int k, const double *share, double worth)
{
    for (int i = 0; i < tall; i++) {
        double x = 0;
        for (int j = 0; j < k; j++)
            x += pay[i * wide + theirs[j]] * share[j];
        if (x > worth + META_TIE)
            return false;
    }
    return true;
}

/* The next choice of k of n in order; false after the last. */
static bool next_choice(int *choice, int k, int n)
{
    int i = k - 1;
    while (i >= 0 && choice[i] == n - k + i)
        i--;
    if (i < 0)
        return false;
    for (choice[i]++; i + 1 < k; i++)
        choice[i + 1] = choice[i] + 1;
    return true;
}

static void first_choice(int *choice, int k)
{
    for (int i = 0; i < k; i++)
        choice[i] = i;
}

static const double *spread_out(struct arena *a, const int *place, const double *share, int k, int n)
{
    double *all = ARENA_ARRAY(a, n, double);
    for (int i = 0; i < k; i++)
        all[place[i]] = share[i];
    return all;
}

static void find_mixed(struct arena *a, const struct tournament *t, struct meta *out)
{
    const int rows = count_of(t, 0), columns = count_of(t, 1);
    double *pay = ARENA_ARRAY(a, rows * columns, double), *turned = ARENA_ARRAY(a, rows * columns, double);
    struct meta_mixed *mixed = ARENA_ARRAY(a, META_MIXED_MOST, struct meta_mixed);
    for (int i = 0; i < t->seatings; i++) {
        const int *at = t->seating[i].place;
        pay[at[0] * columns + at[1]] = t->seating[i].mean[0];
        turned[at[1] * rows + at[0]] = t->seating[i].mean[1];
    }
    out->support = rows <= META_WIDE && columns <= META_WIDE ? META_SUPPORT : 2;
    out->mixed = mixed;
    for (int k = 2; k <= out->support && k <= rows && k <= columns; k++) {
        int mine[META_SUPPORT], theirs[META_SUPPORT];
        first_choice(mine, k);
        do {
            first_choice(theirs, k);
            do {
                double share[2][META_SUPPORT], worth[2];
                if (!make_even(pay, columns, mine, theirs, k, share[1], &worth[0]) || !make_even(turned, rows, theirs, mine, k, share[0], &worth[1]) ||
                    !none_better(pay, rows, columns, theirs, k, share[1], worth[0]) || !none_better(turned, columns, rows, mine, k, share[0], worth[1]))
                    continue;
                out->more = out->mixeds == META_MIXED_MOST;
                if (!out->more)
                    mixed[out->mixeds++] = (struct meta_mixed){{spread_out(a, mine, share[0], k, rows), spread_out(a, theirs, share[1], k, columns)},
                                                               {worth[0], worth[1]}};
            } while (next_choice(theirs, k, columns));
        } while (next_choice(mine, k, rows));
    }
}

void meta_of(struct arena *a, const struct tournament *t, struct meta *out)
{
    REQUIRE(tournament_whole(t));
    struct meta_seat *seat = ARENA_ARRAY(a, t->p->seats, struct meta_seat);
    *out = (struct meta){.seat = seat};
    for (int s = 0; s < t->p->seats; s++)
        sum_seat(a, t, s, &seat[s]);
    evolve(a, t, seat);
    find_pure(a, t, out);
    if (t->p->seats == 2)
        find_mixed(a, t, out);
}
