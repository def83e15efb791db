/* lab/claims.c — what the sources say, executed.
 *
 * Each play that a claim speaks of is run once at the values and, if a claim asks for a share of the priors, once a draw; what its
 * claims read is kept as series. Then each claim's samples are filled in and its expression judged. All plays of one draw share
 * parameters and luck (same seed, same run), so that a claim which compares two plays compares what was done and nothing else. */
#include <math.h>

#include "base/panic.h"
#include "base/thread.h"
#include "lab/lab_private.h"

/* One quantity's element in one play: at[moment * width + run], run 0 at the values, then the draws. Of a flow, at[0] is empty and
 * at[t + 1] the mean of turn t. */
struct series { int play, quantity, element; bool flow; double *at; };

struct played { bool wanted, drawn; int turns; struct trouble *trouble; };      /* turns: as far as its claims look; trouble[width] */
struct job { int play, block; };                                                /* block -1: at the values */

struct hearing {
    const struct program *p;
    uint64_t seed;
    int draws, width, lanes, threads;
    LIST_OF(struct series) series;
    struct played *played;
    struct job *job; int jobs;
    struct sim **sim;
};

static int last_moment(const struct program *p, const struct sample *is)
{
    if (is->kind == SAMPLE_AT)
        return is->flow ? is->from + 1 : is->from;
    int end = stage_turns(p, is->play, 0);              /* a span of turns ends with the play */
    int to = is->flow ? is->to + 1 : is->to;
    return to < end ? to : end;
}

static struct series *series_of(struct hearing *h, const struct sample *is)
{
    for (int i = 0; i < h->series.count; i++) {
        struct series *s = &h->series.at[i];
        if (s->play == is->play && s->quantity == is->quantity && s->element == is->element && s->flow == is->flow)
            return s;
    }
    return NULL;
}

static void want_claim(struct hearing *h, struct arena *a, const struct claim *c)
{
    for (int i = 0; i < c->samples; i++) {
        const struct sample *is = &c->sample[i];
        struct played *play = &h->played[is->play];
        int last = last_moment(h->p, is);
        play->wanted = true;
        play->drawn = play->drawn || c->in > 0;
        if (last > play->turns)
            play->turns = last;
        if (!series_of(h, is))
            *LIST_ADD(a, h->series) = (struct series){is->play, is->quantity, is->element, is->flow, NULL};
    }
}

static void keep_moment(struct hearing *h, const struct sim *s, int play, int moment, int first, int runs)
{
    for (int i = 0; i < h->series.count; i++) {
        struct series *kept = &h->series.at[i];
        if (kept->play != play || (kept->flow && moment == 0))
            continue;
        const double *now = sim_values(s, kept->quantity, kept->element, kept->flow);
        for (int l = 0; l < runs; l++)
            kept->at[moment * h->width + first + l] = now[l];
    }
}

static void run_job(void *self, int number, int thread)
{
    struct hearing *h = self;
    struct job job = h->job[number];
    struct played *play = &h->played[job.play];
    struct sim *s = h->sim[thread];
    bool drawn = job.block >= 0;
    int first = drawn ? 1 + job.block * h->lanes : 0, runs = drawn ? h->width - first : 1;
    if (runs > h->lanes)
        runs = h->lanes;
    stage_begin(s, stage_turns(h->p, job.play, 0), h->seed, drawn ? (uint64_t)job.block * (uint64_t)h->lanes : 0, drawn, !drawn);
    keep_moment(h, s, job.play, 0, first, runs);
    for (int t = 0; t < play->turns; t++) {
        stage_turn(s, h->p, job.play, t);
        keep_moment(h, s, job.play, t + 1, first, runs);
    }
    for (int l = 0; l < runs; l++)
        play->trouble[first + l] = stage_trouble(s, l);
}

/* A number that a claim reads, in one run. */
static double sample_value(struct hearing *h, const struct sample *is, int run)
{
    const struct series *s = series_of(h, is);
    int from = is->flow ? is->from + 1 : is->from, to = last_moment(h->p, is);
    if (is->kind == SAMPLE_AT)
        return s->at[to * h->width + run];
    if (from > to)
        return NAN;                     /* the span lies outside the play */
    double sum = 0, greatest = -INFINITY, least = INFINITY;
    for (int m = from; m <= to; m++) {
        double x = s->at[m * h->width + run];
        sum += x;
        greatest = fmax(greatest, x);
        least = fmin(least, x);
    }
    switch (is->kind) {
    case SAMPLE_MEAN:     return sum / (to - from + 1);
    case SAMPLE_TOTAL:    return is->flow ? sum * h->p->time.turn : sum;
    case SAMPLE_GREATEST: return greatest;
    case SAMPLE_LEAST:    return least;
    case SAMPLE_AT:       break;
    }
    UNREACHABLE();
}

/* The first play of the claim that failed in this run, if any did. */
static struct trouble claim_trouble(const struct hearing *h, const struct claim *c, int run)
{
    for (int i = 0; i < c->samples; i++)
        if (h->played[c->sample[i].play].trouble[run].any)
            return h->played[c->sample[i].play].trouble[run];
    return (struct trouble){0};
}

/* Judges the claim in runs first..first+runs-1, one a lane of the sim. verdict[l]: 1 holds, 0 does not, -1 cannot be said. */
static struct trouble judge_runs(struct hearing *h, struct sim *s, const struct claim *c, int first, int runs, signed char *verdict)
{
    bool drawn = first > 0;
    struct trouble trouble = {0};
    stage_begin(s, h->p->time.turns, h->seed, drawn ? (uint64_t)(first - 1) : 0, drawn, !drawn);
    for (int i = 0; i < c->samples; i++)
        for (int l = 0; l < runs; l++)
            sim_write(s, c->sample[i].slot, l, sample_value(h, &c->sample[i], first + l));
    const double *truth = sim_code(s, c->expect);
    for (int l = 0; l < runs; l++) {
        struct trouble here = claim_trouble(h, c, first + l);
        if (!here.any)
            here = stage_trouble(s, l);
        if (here.any && !trouble.any)
            trouble = here;
        verdict[l] = here.any ? -1 : truth[l] != 0;
    }
    return trouble;
}

static void judge_claim(struct hearing *h, struct arena *a, struct sim *s, const struct claim *c, struct claim_result *r)
{
    signed char verdict[BLOCK_LANES];
    *r = (struct claim_result){.share = -1};
    double *sample = ARENA_ARRAY(a, c->samples, double);
    for (int i = 0; i < c->samples; i++)
        sample[i] = sample_value(h, &c->sample[i], 0);
    r->sample = sample;
    struct trouble trouble = judge_runs(h, s, c, 0, 1, verdict);
    bool said = verdict[0] >= 0;
    r->at_values = verdict[0] == 1;
    if (c->in > 0) {
        int held = 0;
        for (int first = 1; first < h->width; first += h->lanes) {
            int runs = h->width - first < h->lanes ? h->width - first : h->lanes;
            struct trouble here = judge_runs(h, s, c, first, runs, verdict);
            if (!trouble.any)
                trouble = here;
            for (int l = 0; l < runs; l++) {
                held += verdict[l] == 1;
                r->failed += verdict[l] < 0;
            }
        }
        r->draws = h->draws;
        said = h->draws > r->failed;
        r->share = said ? (double)held / (h->draws - r->failed) : 0;
    }
    bool held = c->in > 0 ? r->share >= c->in : r->at_values;
    r->holds = said && held != c->fails;
    r->trouble = stage_words(a, h->p, trouble);
}

static void list_jobs(struct hearing *h, struct arena *a)
{
    int blocks = (h->draws + h->lanes - 1) / h->lanes;
    h->job = ARENA_ARRAY(a, (size_t)h->p->plays * (size_t)(blocks + 1), struct job);
    for (int play = 0; play < h->p->plays; play++) {
        if (!h->played[play].wanted)
            continue;
        for (int b = -1; b < (h->played[play].drawn ? blocks : 0); b++)
            h->job[h->jobs++] = (struct job){play, b};
    }
}

void lab_claims(struct arena *a, const struct program *p, int draws, uint64_t seed, int threads, struct claim_result *result)
{
    REQUIRE(draws >= 1 && threads >= 1);
    if (p->claims == 0)
        return;
    struct hearing h = {.p = p, .seed = seed, .draws = draws, .width = draws + 1, .lanes = draws < BLOCK_LANES ? draws : BLOCK_LANES};
    h.played = ARENA_ARRAY(a, p->plays, struct played);
    for (int i = 0; i < p->claims; i++)
        want_claim(&h, a, &p->claim[i]);
    for (int i = 0; i < p->plays; i++)
        h.played[i].trouble = ARENA_ARRAY(a, h.width, struct trouble);
    for (int i = 0; i < h.series.count; i++) {
        struct series *s = &h.series.at[i];
        s->at = ARENA_ARRAY(a, (size_t)(h.played[s->play].turns + 1) * (size_t)h.width, double);
    }
    list_jobs(&h, a);
    h.threads = threads < h.jobs ? threads : h.jobs > 0 ? h.jobs : 1;
    h.sim = ARENA_ARRAY(a, h.threads, struct sim *);
    for (int t = 0; t < h.threads; t++)
        h.sim[t] = sim_new(a, p, h.lanes);
    thread_run(h.threads, h.jobs, run_job, &h);
    for (int i = 0; i < p->claims; i++)
        judge_claim(&h, a, h.sim[0], &p->claim[i], &result[i]);
}
