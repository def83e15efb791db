/* lab/quantiles.c — means and quantiles of many columns in one pass.
 * Sums are compensated (Neumaier) and made in run order, so they are the same however many threads did the runs. */
#include "lab/quantiles.h"

#include <math.h>

#include "base/panic.h"

enum { BUFFER = 2048, CENTROIDS = 4096 };       /* runs between two merges; room, some twice what smooth spreads need */
static const double WIDEST = 3.14159265358979323846 / 1000;

struct centroid { double mean, weight; };

struct quantiles {
    int columns, room, count, most;             /* room: of `kept`, in runs; most: of centroids */
    bool exact;
    int buffered;                               /* runs in `kept` */
    double *kept;                               /* arena [columns][room] */
    double *sum, *lost;                         /* arena [columns] */
    struct centroid *centroid, *merged;         /* arena [columns][most], [most]; not exact */
    int *centroids;                             /* arena [columns] */
};

struct quantiles *quantiles_new(struct arena *a, int columns, int runs, int cells)
{
    struct quantiles *q = ARENA_NEW(a, struct quantiles);
    *q = (struct quantiles){.columns = columns, .exact = (double)columns * (double)runs <= cells};
    q->room = q->exact || runs < BUFFER ? runs : BUFFER;
    q->most = runs < CENTROIDS ? runs : CENTROIDS;
    q->kept = ARENA_ARRAY(a, (size_t)columns * (size_t)q->room, double);
    q->sum = ARENA_ARRAY(a, columns, double);
    q->lost = ARENA_ARRAY(a, columns, double);
    q->centroids = ARENA_ARRAY(a, columns, int);
    if (!q->exact) {
        q->centroid = ARENA_ARRAY(a, (size_t)columns * (size_t)q->most, struct centroid);
        q->merged = ARENA_ARRAY(a, q->most, struct centroid);
    }
    return q;
}

void quantiles_clear(struct quantiles *q)
{
    q->count = q->buffered = 0;
    for (int c = 0; c < q->columns; c++) {
        q->sum[c] = q->lost[c] = 0;
        q->centroids[c] = 0;
    }
}

static void add_exactly(double *sum, double *lost, double x)
{
    double next = *sum + x;
    *lost += fabs(*sum) >= fabs(x) ? (*sum - next) + x : (x - next) + *sum;
    *sum = next;
}

/* Greedy from the left: a neighbour joins as long as what comes of it is no heavier than its place allows. What lies in the tails stays
 * alone, since there not even one run is allowed. */
static void merge_column(struct quantiles *q, int column)
{
    struct centroid *old = q->centroid + (size_t)column * (size_t)q->most, now = {0, 0};
    double *x = q->kept + (size_t)column * (size_t)q->room, before = 0;
    int olds = q->centroids[column], o = 0, i = 0, count = 0;
    summary_sort(x, q->buffered);
    while (o < olds || i < q->buffered) {
        bool take_old = i == q->buffered || (o < olds && old[o].mean <= x[i]);
        struct centroid next = take_old ? old[o++] : (struct centroid){x[i++], 1};
        double weight = now.weight + next.weight, share = (before + weight / 2) / q->count;
        if (now.weight > 0 && weight <= WIDEST * q->count * sqrt(share * (1 - share))) {
            now.mean += (next.mean - now.mean) * (next.weight / weight);
            now.weight = weight;
            continue;
        }
        if (now.weight > 0) {
            INVARIANT(count < q->most);
            before += now.weight;
            q->merged[count++] = now;
        }
        now = next;
    }
    if (now.weight > 0) {
        INVARIANT(count < q->most);
        q->merged[count++] = now;
    }
    for (int k = 0; k < count; k++)
        old[k] = q->merged[k];
    q->centroids[column] = count;
}

static void merge(struct quantiles *q)
{
    for (int c = 0; q->buffered > 0 && c < q->columns; c++)
        merge_column(q, c);
    q->buffered = 0;
}

void quantiles_add(struct quantiles *q, const double *x, size_t stride)
{
    REQUIRE(!q->exact || q->buffered < q->room);
    for (int c = 0; c < q->columns; c++) {
        double here = x[(size_t)c * stride];
        add_exactly(&q->sum[c], &q->lost[c], here);
        q->kept[(size_t)c * (size_t)q->room + (size_t)q->buffered] = here;
    }
    q->buffered++;
    q->count++;
    if (!q->exact && q->buffered == q->room)
        merge(q);
}

int quantiles_count(const struct quantiles *q) { return q->count; }
bool quantiles_exact(const struct quantiles *q) { return q->exact; }

double quantiles_mean(const struct quantiles *q, int column)
{
    return q->count ? (q->sum[column] + q->lost[column]) / q->count : NAN;
}

/* A centroid stands at the middle of the ranks it covers; between two of them the way is straight. */
static double from_centroids(const struct centroid *c, int count, double place)
{
    double before = 0, last_place = 0, last = c[0].mean;
    for (int i = 0; i < count; i++) {
        double here = before + (c[i].weight - 1) / 2;
        if (place <= here)
            return here > last_place ? last + (place - last_place) / (here - last_place) * (c[i].mean - last) : c[i].mean;
        before += c[i].weight;
        last_place = here;
        last = c[i].mean;
    }
    return last;
}

void quantiles_read(struct quantiles *q, int column, int shares, const double *share, double *out)
{
    double *kept = q->kept + (size_t)column * (size_t)q->room;
    if (q->exact)
        summary_sort(kept, q->buffered);
    else
        merge(q);
    for (int i = 0; i < shares; i++)
        out[i] = q->count == 0 ? NAN : q->exact ? summary_quantile(kept, q->count, share[i])
                 : from_centroids(q->centroid + (size_t)column * (size_t)q->most, q->centroids[column], share[i] * (q->count - 1));
}

/* Sorting takes no memory, so that a forecast takes none: qsort would. */
static bool before(double x, double y)
{
    return x < y || (x == y && signbit(x) && !signbit(y));
}

static void sift(double *x, int from, int count)
{
    const double moved = x[from];
    for (int child; (child = 2 * from + 1) < count; from = child) {
        child += child + 1 < count && before(x[child], x[child + 1]);
        if (!before(moved, x[child]))
            break;
        x[from] = x[child];
    }
    x[from] = moved;
}

static void sort_by_heap(double *x, int count)
{
    for (int i = count / 2 - 1; i >= 0; i--)
        sift(x, i, count);
    for (int last = count - 1; last > 0; last--) {
        const double most = x[0];
        x[0] = x[last];
        x[last] = most;
        sift(x, 0, last);
    }
}

static void sort_by_hand(double *x, int count)
{
    for (int i = 1; i < count; i++) {
        const double moved = x[i];
        int j = i;
        for (; j > 0 && before(moved, x[j - 1]); j--)
            x[j] = x[j - 1];
        x[j] = moved;
    }
}

static double middle_of(double x, double y, double z)
{
    if (before(y, x))
        return before(z, y) ? y : before(z, x) ? z : x;
    return before(z, x) ? x : before(z, y) ? z : y;
}

/* Quicksort; where it splits badly too often (depth), a heap. */
static void sort_part(double *x, int count, int depth)
{
    enum { FEW = 16 };
    while (count > FEW) {
        if (depth-- == 0) {
            sort_by_heap(x, count);
            return;
        }
        const double middle = middle_of(x[0], x[count / 2], x[count - 1]);
        int low = 0, high = count - 1;
        while (low <= high) {
            while (before(x[low], middle))
                low++;
            while (before(middle, x[high]))
                high--;
            if (low <= high) {
                const double moved = x[low];
                x[low++] = x[high];
                x[high--] = moved;
            }
        }
        sort_part(x, high + 1, depth);
        x += low;
        count -= low;
    }
    sort_by_hand(x, count);
}

void summary_sort(double *x, int count)
{
    int depth = 0;
    for (int n = count; n > 1; n /= 2)
        depth += 2;
    sort_part(x, count, depth);
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
