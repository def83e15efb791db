/* lab/indices.c — which parameters make an output spread: first-order and total Sobol indices.
 *
 * Two independent samples A and B of `runs` points, and for each factor i the sample AB_i: A with the one column from B. With V the
 * variance of A and B together
 *   first_i = mean(B (AB_i - A)) / V        (Saltelli et al. 2010, table 2 b)
 *   total_i = mean((A - AB_i)^2) / (2 V)    (Jansen 1999)
 * Outputs are centred first, which changes no expectation and steadies the first. Everything that the model draws is one more factor,
 * `chance`: A has the luck of run k, B that of run runs + k. Errors are those of a ratio of means, linearised; for points that are spread
 * more evenly than plain draws they are on the careful side. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/panic.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/lab_private.h"
#include "lab/ranks.h"
#include "lab/sample.h"

enum { BLOCKS_A_THREAD = 4, MIX_A = -1, MIX_B = -2 };

struct study {
    struct arena *arena;
    const struct program *p;
    const struct indices_asked *q;
    const struct sampler *sampler;
    int dimensions, factors, turns, lanes, first_block, mix;        /* mix: A, B or the factor that comes from B */
    struct share own;                   /* of the wave, which blocks are this rank's */
    struct sim **sim;
    double *to;                         /* [outputs][runs] of the sample being run */
    double *a, *b, *ab;
    unsigned char *good_to, *good_a, *good_b, *good_ab;            /* [runs] */
    struct trouble *trouble;            /* [blocks] the first of each */
    struct indices *out;
};

const char *sampling_name(enum sampling sampling)
{
    switch (sampling) {
    case SAMPLING_PLAIN: return "plain";
    case SAMPLING_LHS:   return "lhs";
    case SAMPLING_SOBOL: return "sobol";
    }
    UNREACHABLE();
}

static bool from_b(const struct study *s, int factor)
{
    return s->mix == MIX_B || s->mix == factor;
}

static void run_block(void *self, int number, int thread)
{
    struct study *s = self;
    struct sim *sim = s->sim[thread];
    const int block = s->first_block + s->own.first + number, first = block * s->lanes;
    const int runs = s->q->runs - first < s->lanes ? s->q->runs - first : s->lanes;
    const bool other_luck = s->factors > s->dimensions && from_b(s, s->dimensions);
    stage_place(sim, s->turns, s->q->seed, (uint64_t)first + (other_luck ? (uint64_t)s->q->runs : 0), false, false);
    for (int l = 0; l < runs; l++)
        for (int d = 0; d < s->dimensions; d++)
            sampler_put(s->sampler, sim, l, d, sampler_unit(s->sampler, from_b(s, d), d, first + l));
    sim_begin(sim);
    for (int t = 0; t < s->turns; t++)
        stage_turn(sim, s->p, s->q->play, t);
    for (int o = 0; o < s->q->outputs; o++)
        memcpy(s->to + (size_t)o * (size_t)s->q->runs + (size_t)first, sim_values(sim, s->q->output[o].quantity, s->q->output[o].element, false),
               (size_t)runs * sizeof *s->to);
    s->trouble[block].any = false;
    for (int l = 0; l < runs; l++) {
        struct trouble t = stage_trouble(sim, l);
        s->good_to[first + l] = !t.any;
        if (t.any && !s->trouble[block].any)
            s->trouble[block] = t;
    }
}

/* What another rank has run of these blocks: values, what failed, and why. */
static void move_part(struct study *s, int rank, struct share part)
{
    const int first = (s->first_block + part.first) * s->lanes, most = s->q->runs - first, wanted = part.count * s->lanes;
    const int runs = wanted < most ? wanted : most;
    const bool gives = lab_rank() == rank;
    if (part.count == 0 || rank == 0 || !(gives || lab_rank() == 0))
        return;
    for (int o = 0; o < s->q->outputs; o++) {
        double *of = s->to + (size_t)o * (size_t)s->q->runs + (size_t)first;
        if (gives)
            ranks_send(of, (size_t)runs * sizeof *of);
        else
            ranks_receive(rank, of, (size_t)runs * sizeof *of);
    }
    if (gives) {
        ranks_send(s->good_to + first, (size_t)runs);
        ranks_send_trouble(s->trouble + s->first_block + part.first, part.count);
    } else {
        ranks_receive(rank, s->good_to + first, (size_t)runs);
        ranks_receive_trouble(rank, s->arena, s->trouble + s->first_block + part.first, part.count);
    }
}

/* Asked of rank 0, which speaks for all. */
static bool stopped(const struct indices_asked *q)
{
    bool stop = q->stopped && q->stopped(q->self);
    ranks_tell(&stop, sizeof stop);
    return stop;
}

/* One sample; false if it was stopped on the way. */
static bool run_sample(struct study *s, int mix, double *to, unsigned char *good, int threads)
{
    int blocks = (s->q->runs - 1) / s->lanes + 1, wave = lab_ranks() * threads * BLOCKS_A_THREAD;
    ranks_tell(&wave, sizeof wave);     /* other machines may have other threads */
    s->mix = mix;
    s->to = to;
    s->good_to = good;
    for (s->first_block = 0; s->first_block < blocks; s->first_block += wave) {
        if (stopped(s->q))
            return false;
        int here = blocks - s->first_block < wave ? blocks - s->first_block : wave;
        s->own = ranks_share(here, lab_rank());
        thread_run(threads, s->own.count, run_block, s);
        for (int rank = 0; rank < lab_ranks(); rank++)
            move_part(s, rank, ranks_share(here, rank));
        int end = (s->first_block + here) * s->lanes;
        if (s->q->progress)
            s->q->progress(s->q->self, s->out->runs + (end < s->q->runs ? end : s->q->runs), s->q->runs * (s->factors + 2), 0);
    }
    s->out->runs += s->q->runs;
    for (int i = 0; i < s->q->runs; i++)
        s->out->failed += !good[i];
    ranks_tell(&s->out->failed, sizeof s->out->failed);
    for (int b = 0; b < blocks; b++)
        if (s->trouble[b].any && !s->out->first_failure)
            s->out->first_failure = stage_words(s->arena, s->p, s->trouble[b]);
    return true;
}

/* Mean and variance of A and B together, of the runs that failed in neither. */
static void measure(const struct study *s, int output, double *mean, double *variance)
{
    const double *a = s->a + (size_t)output * (size_t)s->q->runs, *b = s->b + (size_t)output * (size_t)s->q->runs;
    double sum = 0, squares = 0;
    int count = 0;
    for (int i = 0; i < s->q->runs; i++)
        if (s->good_a[i] && s->good_b[i]) {
            sum += a[i] / 2 + b[i] / 2;
            count++;
        }
    *mean = count ? sum / count : NAN;
    for (int i = 0; i < s->q->runs; i++)
        if (s->good_a[i] && s->good_b[i])
            squares += ((a[i] - *mean) * (a[i] - *mean) + (b[i] - *mean) * (b[i] - *mean)) / 2;
    *variance = count ? squares / count : NAN;
}

/* One standard error of mean(x) / mean(v): of the mean of what is left of x when the ratio's share of v is taken away. */
struct ratio { double x, v, xx, xv, vv; };

static void ratio_add(struct ratio *r, double x, double v)
{
    r->x += x;
    r->v += v;
    r->xx += x * x;
    r->xv += x * v;
    r->vv += v * v;
}

static void ratio_read(const struct ratio *r, int count, double *value, double *error)
{
    *value = r->x / r->v;
    double left = r->xx - 2 * *value * r->xv + *value * *value * r->vv;
    *error = sqrt(left > 0 ? left : 0) / r->v;
    if (count < 2)
        *error = NAN;
}

static struct index index_of(const struct study *s, int output, double mean, double variance)
{
    const size_t at = (size_t)output * (size_t)s->q->runs;
    struct ratio first = {0}, total = {0};
    struct index is = {NAN, NAN, NAN, NAN, 0};
    for (int i = 0; i < s->q->runs; i++) {
        if (!s->good_a[i] || !s->good_b[i] || !s->good_ab[i])
            continue;
        double a = s->a[at + (size_t)i] - mean, b = s->b[at + (size_t)i] - mean, ab = s->ab[at + (size_t)i] - mean, v = (a * a + b * b) / 2;
        ratio_add(&first, b * (ab - a), v);
        ratio_add(&total, (a - ab) * (a - ab) / 2, v);
        is.runs++;
    }
    if (!(variance > 1e-24 * mean * mean) || !(first.v > 0))
        return is;                      /* nothing but rounding varies */
    ratio_read(&first, is.runs, &is.first, &is.first_error);
    ratio_read(&total, is.runs, &is.total, &is.total_error);
    return is;
}

static bool prepare(struct study *s, int threads)
{
    const struct indices_asked *q = s->q;
    s->sampler = sampler_new(s->arena, s->p, q->sampling, q->seed, q->runs, 2, &s->out->refused);
    if (!s->sampler)
        return false;
    s->dimensions = sampler_dimensions(s->sampler);
    s->factors = s->dimensions + (s->p->streams > 0);
    const char **name = ARENA_ARRAY(s->arena, s->factors + 1, const char *);
    for (int d = 0; d < s->dimensions; d++)
        name[d] = sampler_name(s->sampler, s->arena, d);
    if (s->factors > s->dimensions)
        name[s->dimensions] = "chance";
    s->out->factor = name;
    s->out->factors = s->factors;
    if (s->factors == 0) {
        s->out->refused = "nothing is drawn in it: no parameter has a range, no quantity a draw";
        return false;
    }
    if ((double)q->runs * (s->factors + 2) > INT32_MAX) {
        s->out->refused = arena_printf(s->arena, "%d runs times %d samples are more than can be counted; take fewer --runs", q->runs, s->factors + 2);
        return false;
    }
    s->lanes = q->runs < BLOCK_LANES ? q->runs : BLOCK_LANES;
    const size_t all = (size_t)q->runs * (size_t)q->outputs;
    s->a = ARENA_ARRAY(s->arena, all, double);
    s->b = ARENA_ARRAY(s->arena, all, double);
    s->ab = ARENA_ARRAY(s->arena, all, double);
    s->good_a = ARENA_ARRAY(s->arena, q->runs, unsigned char);
    s->good_b = ARENA_ARRAY(s->arena, q->runs, unsigned char);
    s->good_ab = ARENA_ARRAY(s->arena, q->runs, unsigned char);
    s->trouble = ARENA_ARRAY(s->arena, (q->runs - 1) / s->lanes + 1, struct trouble);
    s->sim = ARENA_ARRAY(s->arena, threads, struct sim *);
    for (int t = 0; t < threads; t++)
        s->sim[t] = sim_new(s->arena, s->p, s->lanes);
    return true;
}

enum run_end lab_indices(struct arena *a, const struct program *p, const struct indices_asked *asked, struct indices *out)
{
    REQUIRE(asked->runs >= 1 && asked->threads >= 1 && asked->outputs >= 1);
    struct study s = {.arena = a, .p = p, .q = asked, .turns = stage_turns(p, asked->play, asked->turns), .out = out};
    *out = (struct indices){0};
    if (!prepare(&s, asked->threads))
        return RUN_REFUSED;
    struct index *index = ARENA_ARRAY(a, (size_t)asked->outputs * (size_t)s.factors, struct index);
    double *mean = ARENA_ARRAY(a, asked->outputs, double), *variance = ARENA_ARRAY(a, asked->outputs, double), *deviation = ARENA_ARRAY(a, asked->outputs, double);
    out->index = index;
    out->mean = mean;
    out->deviation = deviation;
    if (!run_sample(&s, MIX_A, s.a, s.good_a, asked->threads) || !run_sample(&s, MIX_B, s.b, s.good_b, asked->threads))
        return RUN_STOPPED;
    if (out->failed == out->runs)
        return RUN_ALL_FAILED;
    for (int o = 0; o < asked->outputs; o++) {
        measure(&s, o, &mean[o], &variance[o]);
        deviation[o] = sqrt(variance[o]);
    }
    for (; out->finished < s.factors; out->finished++) {
        if (!run_sample(&s, out->finished, s.ab, s.good_ab, asked->threads))
            return RUN_STOPPED;
        for (int o = 0; o < asked->outputs; o++)
            index[o * s.factors + out->finished] = index_of(&s, o, mean[o], variance[o]);
    }
    return RUN_DONE;
}

/* --- shown ------------------------------------------------------------------------------------------------------------------ */

/* Largest total first; what ties keeps its order of declaration. */
static const int *by_total(struct arena *a, const struct indices *is, const struct index *index)
{
    int *order = ARENA_ARRAY(a, is->factors, int);
    for (int i = 0; i < is->finished; i++) {
        int at = i;
        for (; at > 0 && index[order[at - 1]].total < index[i].total; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static const char *output_name(struct arena *a, const struct program *p, struct output o)
{
    const struct quantity *is = &p->quantity[o.quantity];
    return program_element_name(p, a, is->name, is->dims, is->dim, o.element);
}

static const char *fixed(struct arena *a, double x)
{
    return isnan(x) ? "-" : arena_printf(a, "%.4f", fabs(x) < 0.00005 ? 0.0 : x);
}

void indices_print(struct arena *a, const struct program *p, const struct indices_asked *asked, const struct indices *is, FILE *out)
{
    int quantity = text_width("quantity"), factor = text_width("factor");
    for (int o = 0; o < asked->outputs; o++)
        if (text_width(output_name(a, p, asked->output[o])) > quantity)
            quantity = text_width(output_name(a, p, asked->output[o]));
    for (int i = 0; i < is->factors; i++)
        if (text_width(is->factor[i]) > factor)
            factor = text_width(is->factor[i]);
    fprintf(out, "quantity%*s  factor%*s    first   error    total   error\n", quantity - text_width("quantity"), "", factor - text_width("factor"), "");
    for (int o = 0; o < asked->outputs; o++) {
        const struct index *index = is->index + (size_t)o * (size_t)is->factors;
        const char *name = output_name(a, p, asked->output[o]);
        const int *order = by_total(a, is, index);
        for (int i = 0; i < is->finished; i++) {
            const struct index *x = &index[order[i]];
            const char *of = is->factor[order[i]];
            fprintf(out, "%s%*s  %s%*s  %7s  %6s  %7s  %6s\n", name, quantity - text_width(name), "", of, factor - text_width(of), "", fixed(a, x->first),
                    fixed(a, x->first_error), fixed(a, x->total), fixed(a, x->total_error));
        }
    }
}

void indices_json(struct arena *a, const struct program *p, const struct indices_asked *asked, const struct indices *is, FILE *out)
{
    struct json *doc = json_document(), *list = json_new_array();
    const int turns = stage_turns(p, asked->play, asked->turns);
    json_set_text(doc, "scenario", p->id);
    json_set_text(doc, "play", asked->play < 0 ? NULL : p->play[asked->play].name);
    json_set_whole(doc, "seed", (long long)asked->seed);
    json_set_text(doc, "sample", sampling_name(asked->sampling));
    json_set_whole(doc, "runs_a_sample", asked->runs);
    json_set_whole(doc, "runs", is->runs);
    json_set_whole(doc, "failed", is->failed);
    json_set_whole(doc, "turns", turns);
    json_set_text(doc, "time", program_date(p, a, program_moment(p, turns)));
    json_set_text(doc, "estimators", "first-order Saltelli 2010, total Jansen 1999; one standard error");
    for (int o = 0; o < asked->outputs; o++) {
        struct json *one = json_new_object(), *factors = json_new_array();
        json_set_text(one, "quantity", output_name(a, p, asked->output[o]));
        json_set_number(one, "mean", is->mean[o]);
        json_set_number(one, "deviation", is->deviation[o]);
        for (int i = 0; i < is->finished; i++) {
            const struct index *x = &is->index[(size_t)o * (size_t)is->factors + (size_t)i];
            struct json *f = json_new_object();
            json_set_text(f, "factor", is->factor[i]);
            json_set_number(f, "first", x->first);
            json_set_number(f, "first_error", x->first_error);
            json_set_number(f, "total", x->total);
            json_set_number(f, "total_error", x->total_error);
            json_set_whole(f, "runs", x->runs);
            json_add(factors, f);
        }
        json_set(one, "factors", factors);
        json_add(list, one);
    }
    json_set(doc, "quantities", list);
    json_print(doc, out);
    json_free(doc);
}
