/* lab/tournament.c — the seatings and their games. A block is one seating's games of as many lanes; threads take blocks, and each game's
 * numbers lie in a place of their own, so sums are made afterwards in the order of the runs. */
#include "lab/tournament.h"

#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/games.h"
#include "lab/lab_private.h"
#include "lab/quick.h"

enum { WHOLE_SEATS = 3, THREADS_MOST = 256, WAVE_BLOCKS = 64 };

struct contest {
    struct arena *arena;
    const struct program *p;
    const struct tournament_asked *asked;
    int lanes, turns, blocks, first_block, numbers;     /* blocks: of a seating */
    int (*place)[MOST_SEATS];
    struct sim *sim[THREADS_MOST];
    struct arena scratch[THREADS_MOST];
    double *game;                                       /* [seatings * runs][numbers] */
    bool *bad;                                          /* [seatings * runs] */
    struct trouble *trouble;                            /* [seatings * blocks] of the first of its games that failed */
};

double tournament_seatings(const struct program *p, const struct entrants *seat, int *played)
{
    double all = 1;
    for (int s = 0; s < p->seats; s++)
        all *= seat[s].count;
    const double most = p->seats <= WHOLE_SEATS ? 2.0 * TOURNAMENT_GAMES_MOST : TOURNAMENT_SAMPLE;
    *played = (int)(all < most ? all : most);
    return all;
}

bool tournament_whole(const struct tournament *t) { return t->seatings == t->all; }

/* Which seatings: all in order, or a sample drawn one after another, those already drawn being drawn again. */
static void list_places(const struct contest *c, int seatings, double all)
{
    struct rng r = rng_at(rng_key(c->asked->seed, 0, text_hash("which seatings of a tournament"), 0));
    for (int i = 0; i < seatings; i++) {
        bool known = true;
        int number = i;
        while (known) {
            for (int s = 0; s < c->p->seats; s++) {
                const int count = c->asked->seat[s].count;
                c->place[i][s] = seatings < all ? (int)rng_below(&r, (uint32_t)count) : number % count;
                number /= count;
            }
            known = false;
            for (int k = 0; seatings < all && k < i && !known; k++)
                known = memcmp(c->place[k], c->place[i], (size_t)c->p->seats * sizeof(int)) == 0;
        }
    }
}

static void play_block(void *self, int block, int thread)
{
    struct contest *c = self;
    const int number = c->first_block + block, seating = number / c->blocks, first = number % c->blocks * c->lanes;
    const int left = c->asked->runs - first, runs = left < c->lanes ? left : c->lanes;
    int persona[MOST_SEATS];
    struct arena *scratch = &c->scratch[thread];
    struct sim *s = c->sim[thread];
    for (int k = 0; k < c->p->seats; k++)
        persona[k] = c->asked->seat[k].persona[c->place[seating][k]];
    struct quick *q = quick_new(scratch, c->p, c->lanes, persona);
    stage_begin(s, c->turns, c->asked->seed, (uint64_t)first, true, false);
    quick_begin(q, c->asked->seed, (uint64_t)first, false);
    for (int t = 0; t < c->turns; t++)
        quick_turn(q, s);
    double *out = ARENA_ARRAY(scratch, (size_t)c->numbers * (size_t)c->lanes, double);
    games_read(s, c->p, out);
    for (int k = 0; c->asked->goal && k < c->p->seats; k++)
        memcpy(out + (size_t)k * (size_t)c->lanes, sim_goal(s, k, c->asked->goal[k]), (size_t)c->lanes * sizeof *out);
    for (int l = 0; l < runs; l++) {
        const size_t game = (size_t)seating * (size_t)c->asked->runs + (size_t)(first + l);
        for (int n = 0; n < c->numbers; n++)
            c->game[game * (size_t)c->numbers + (size_t)n] = out[(size_t)n * (size_t)c->lanes + (size_t)l];
        const struct trouble trouble = stage_trouble(s, l);
        c->bad[game] = trouble.any;
        if (trouble.any && !c->trouble[number].any)
            c->trouble[number] = trouble;
    }
    arena_done(scratch);
}

static void sum_up(struct contest *c, struct tournament *t, int seating, struct seating *to)
{
    const int seats = c->p->seats, runs = c->asked->runs;
    const double *game = c->game + (size_t)seating * (size_t)runs * (size_t)c->numbers;
    const bool *bad = c->bad + (size_t)seating * (size_t)runs;
    double *mean = ARENA_ARRAY(c->arena, seats, double), *spread = ARENA_ARRAY(c->arena, seats, double);
    int *ended = ARENA_ARRAY(c->arena, c->p->endings + 1, int);
    *to = (struct seating){.place = c->place[seating], .mean = mean, .spread = spread, .ended = ended};
    for (int r = 0; r < runs; r++) {
        const double *is = game + (size_t)r * (size_t)c->numbers;
        if (bad[r]) {
            to->failed++;
            if (!t->first_failure)
                t->first_failure = stage_words(c->arena, c->p, c->trouble[seating * c->blocks + r / c->lanes]);
            continue;
        }
        to->games++;
        ended[is[seats] < 0 ? c->p->endings : (int)is[seats]]++;
        for (int s = 0; s < seats; s++) {               /* Welford's sums: nothing is lost where all games are alike */
            const double away = is[s] - mean[s];
            mean[s] += away / to->games;
            spread[s] += away * (is[s] - mean[s]);
        }
    }
    for (int s = 0; s < seats; s++)
        spread[s] = to->games > 1 ? pm_sqrt(spread[s] / (to->games - 1)) : 0;
}

static bool play_all(struct contest *c, int threads, int seatings)
{
    const struct tournament_asked *asked = c->asked;
    const int all = seatings * c->blocks;
    for (c->first_block = 0; c->first_block < all; c->first_block += WAVE_BLOCKS) {
        if (asked->stopped && asked->stopped(asked->self))
            return false;
        const int left = all - c->first_block;
        thread_run(threads, left < WAVE_BLOCKS ? left : WAVE_BLOCKS, play_block, c);
        const int done = left < WAVE_BLOCKS ? all : c->first_block + WAVE_BLOCKS;
        if (asked->progress)
            asked->progress(asked->self, (int)((double)done / all * seatings * asked->runs), seatings * asked->runs, 0);
    }
    return true;
}

bool tournament_play(struct arena *a, const struct program *p, const struct tournament_asked *asked, struct tournament *out)
{
    int seatings;
    struct contest *c = ARENA_NEW(a, struct contest);
    const double all = tournament_seatings(p, asked->seat, &seatings);
    const int lanes = asked->lanes ? asked->lanes : BLOCK_LANES, threads = asked->threads < THREADS_MOST ? asked->threads : THREADS_MOST;
    REQUIRE(p->seats >= 1 && p->seats <= MOST_SEATS && asked->runs >= 1 && threads >= 1 && (double)seatings * asked->runs <= TOURNAMENT_GAMES_MOST);
    *c = (struct contest){.arena = a, .p = p, .asked = asked, .lanes = lanes < asked->runs ? lanes : asked->runs,
                          .turns = stage_turns(p, -1, asked->turns), .numbers = games_numbers(p)};
    c->blocks = (asked->runs + c->lanes - 1) / c->lanes;
    c->place = arena_alloc(a, (size_t)seatings * sizeof *c->place);
    c->game = ARENA_ARRAY(a, (size_t)seatings * (size_t)asked->runs * (size_t)c->numbers, double);
    c->bad = ARENA_ARRAY(a, (size_t)seatings * (size_t)asked->runs, bool);
    c->trouble = ARENA_ARRAY(a, (size_t)seatings * (size_t)c->blocks, struct trouble);
    for (int t = 0; t < threads; t++) {
        c->sim[t] = sim_new(a, p, c->lanes);
        arena_init(&c->scratch[t], "tournament");
    }
    list_places(c, seatings, all);
    *out = (struct tournament){.p = p, .asked = *asked, .seatings = seatings, .all = all};
    if (!play_all(c, threads, seatings))
        return false;
    struct seating *seating = ARENA_ARRAY(a, seatings, struct seating);
    for (int i = 0; i < seatings; i++)
        sum_up(c, out, i, &seating[i]);
    out->seating = seating;
    return true;
}

const char *tournament_entrant(const struct tournament *t, int seat, int place)
{
    const int persona = t->asked.seat[seat].persona[place];
    return persona < 0 ? "hold" : t->p->seat[seat].persona[persona].name;
}

const char *tournament_entrant_title(const struct tournament *t, int seat, int place)
{
    const int persona = t->asked.seat[seat].persona[place];
    const struct persona *is = persona < 0 ? NULL : &t->p->seat[seat].persona[persona];
    return !is ? "Nobody (it holds)" : is->title ? is->title : is->name;
}

int tournament_at(const struct tournament *t, const int *place)
{
    int at = 0;
    REQUIRE(tournament_whole(t));
    for (int s = t->p->seats - 1; s >= 0; s--)
        at = at * t->asked.seat[s].count + place[s];
    return at;
}
