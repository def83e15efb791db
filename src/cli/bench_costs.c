/* cli/bench_costs.c — what a turn is made of and how costs grow.
 * The roof: a turn of a lane is so many instructions of the engine, and an instruction costs so many cycles at best, which is what one
 * costs whose slots all lie in the nearest cache. A cycle is taken from a chain of dependent multiplications and additions, four
 * cycles each on the processors we know, because a clock that wanders takes both along. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/os.h"
#include "base/text.h"
#include "base/thread.h"
#include "cli/bench_private.h"
#include "cli/cli.h"
#include "engine/world.h"
#include "lang/compile.h"

static volatile uint64_t chained;           /* so that no compiler drops the chain */

/* Seconds of a cycle. */
static double cycle(void)
{
    enum { LINKS = 250000, CYCLES = 4 };
    double least = 1;
    for (int i = 0; i < 5; i++) {
        uint64_t x = chained;
        double began = os_seconds();
        for (int k = 0; k < LINKS; k++)
            x = x * 6364136223846793005u + 1442695040888963407u;
        double spent = os_seconds() - began;
        chained = x;
        least = spent < least ? spent : least;
    }
    return least / LINKS / CYCLES;
}

static void turns_of(struct world *w, int turns)
{
    engine_start(w);
    for (int t = 0; t < turns; t++)
        engine_run_turn(w, NULL);
}

static struct world *world_of(struct arena *a, const struct program *p, int lanes)
{
    struct world *w = world_new(a, p, lanes);
    for (int l = 0; l < w->stride; l++)
        w->seed[l] = 1, w->run[l] = (uint64_t)l;
    engine_parameters_at_value(w);
    return w;
}

/* Least seconds of so many turns from the start, of several times. */
static double least_time(struct world *w, int turns)
{
    double least = 1e9, end = os_seconds() + 0.06;
    for (int i = 0; i < 5 || os_seconds() < end; i++) {
        double began = os_seconds();
        turns_of(w, turns);
        double spent = os_seconds() - began;
        least = spent < least ? spent : least;
    }
    return least;
}

/* --- a model made for it -------------------------------------------------------------------------------------------------------- */

/* From a file, since a scenario is read from one. NULL if it cannot be written. */
static const struct program *made(struct arena *a, const char *text)
{
    const char *folder = getenv("TMPDIR"), *unreadable;
    char *path = arena_printf(a, "%s/demarche-bench-XXXXXX", folder ? folder : "/tmp");
    int file = mkstemp(path);
    if (file < 0)
        return NULL;
    FILE *out = fdopen(file, "w");
    struct diags d;
    diags_init(&d, a);
    const struct program *p = NULL;
    if (out && fputs(text, out) >= 0 && fclose(out) == 0) {
        const struct reading *r = read_scenario(a, &d, path, &unreadable);
        p = r ? lang_compile(a, &d, r) : NULL;
    }
    remove(path);
    return p;
}

static const char *of_firms(struct arena *a, int firms, const char *more)
{
    return arena_printf(a, "demarche: 1\nid: costs\ntitle: Firms\ntime: {start: 0, turn: 1, turns: 12, steps: 4}\nsets:\n  firm: %d\n"
        "parameters:\n  fade: {value: 0.1, judgement: an example}\nquantities:\n  x[firm]: {start: index(firm), change: \"aim[firm] - fade * x[firm]\"}\n"
        "  all_firms: {is: \"sum(x[firm] over firm)\"}\n  aim[firm]: {is: \"0.05 * all_firms / (all_firms + x[firm])\"}\n%s", firms, more);
}

/* Multiplications and additions one after another, few enough slots for the nearest cache. */
static const char *of_instructions(struct arena *a)
{
    struct text t;
    text_init(&t, a);
    text_add(&t, "demarche: 1\nid: chain\ntitle: Instructions\ntime: {start: 0, turn: 1, turns: 12, steps: 4}\nquantities:\n  q0: {start: 1, change: \"0.001 * q24\"}\n");
    for (int i = 1; i <= 24; i++)
        text_addf(&t, "  q%d: {is: \"0.5 * q%d + 0.25\", judgement: an example}\n", i, i - 1);
    return t.at;
}

/* --- the roof ------------------------------------------------------------------------------------------------------------------- */

struct speed { double instructions, cycles; };       /* of a turn of one lane */

static struct speed speed_alone(struct arena *a, const struct program *p)
{
    struct world *w = world_of(a, p, BENCH_LANES);
    turns_of(w, p->time.turns);
    uint64_t before = engine_ran(w);
    turns_of(w, p->time.turns);
    double lane_turns = (double)p->time.turns * BENCH_LANES, one = cycle();
    return (struct speed){(double)(engine_ran(w) - before) / lane_turns, least_time(w, p->time.turns) / one / lane_turns};
}

static struct speed speed_of_games(struct arena *a, const struct program *p)
{
    static struct order order[MOST_ORDERS];
    struct sim *s = sim_new(a, p, BENCH_LANES);
    bench_game(p, s, order, 1);
    uint64_t before = sim_ran(s);
    bench_game(p, s, order, 1);
    double instructions = (double)(sim_ran(s) - before), least = 1e9, one = cycle(), end = os_seconds() + 0.25;
    do {
        double began = os_seconds();
        bench_game(p, s, order, 1);
        double spent = os_seconds() - began;
        least = spent < least ? spent : least;
    } while (os_seconds() < end);
    double lane_turns = (double)p->time.turns * BENCH_LANES;
    return (struct speed){instructions / lane_turns, least / one / lane_turns};
}

int measure_roof(struct arena *a, const struct program *flagship, struct measure *m, int count)
{
    const struct program *chain = made(a, of_instructions(a));
    struct speed alone = speed_alone(a, flagship), games = speed_of_games(a, flagship);
    m[count++] = (struct measure){"instructions of a lane-turn", games.instructions, "", 0, BESIDE_NOTHING};
    m[count++] = (struct measure){"cycles of a lane-turn", games.cycles, "", 0, BESIDE_NOTHING};
    m[count++] = (struct measure){"cycles an instruction, all told", games.cycles / games.instructions, "", 0, BESIDE_NOTHING};
    m[count++] = (struct measure){"cycles an instruction, model alone", alone.cycles / alone.instructions, "",
                                  games.instructions * (alone.cycles / alone.instructions) / games.cycles, BESIDE_WHOLE};
    if (chain) {
        struct speed best = speed_alone(a, chain);
        double roof = best.cycles / best.instructions;
        m[count++] = (struct measure){"cycles an instruction at best", roof, "", games.instructions * roof / games.cycles, BESIDE_WHOLE};
    }
    return count;
}

/* --- memory ---------------------------------------------------------------------------------------------------------------------- */

int measure_memory(struct arena *a, const struct program *flagship, struct measure *m, int count)
{
    struct arena_mark mark = arena_mark(a);
    size_t used = a->used;
    sim_new(a, flagship, BENCH_LANES);
    size_t once = a->used - used;
    sim_new(a, flagship, 2 * BENCH_LANES);
    size_t twice = a->used - used - once;
    arena_reset(a, mark);
    double world = (double)(world_bytes(flagship, 2 * BENCH_LANES) - world_bytes(flagship, BENCH_LANES)) / BENCH_LANES;
    m[count++] = (struct measure){"memory of a lane, its world", world / 1e3, "kB", 0, BESIDE_NOTHING};
    m[count++] = (struct measure){"memory of a lane, a whole game", (double)(twice - once) / BENCH_LANES / 1e3, "kB", 0, BESIDE_NOTHING};
    m[count++] = (struct measure){"slots of 64 lanes", (double)flagship->slots * BENCH_LANES * sizeof(double) / 1e3, "kB", 0, BESIDE_NOTHING};
    return count;
}

/* --- threads ---------------------------------------------------------------------------------------------------------------------- */

enum { THREADS = 2, GAMES = 24 };
struct players { const struct program *p; struct sim *sim[THREADS]; struct order order[THREADS][MOST_ORDERS]; };

static void play_block(void *self, int block, int thread)
{
    struct players *all = self;
    bench_game(all->p, all->sim[thread], all->order[thread], (uint64_t)block);
}

static double play_all(struct players *all, int threads)
{
    double began = os_seconds();
    thread_run(threads, GAMES, play_block, all);
    return os_seconds() - began;
}

/* In turn, several times, the least of each: neighbours on the machine take cores away now and then. */
int measure_threads(struct arena *a, const struct program *flagship, struct measure *m, int count)
{
    static struct players all;
    double one = 1e9, two = 1e9;
    if (os_cores() < THREADS)
        return count;
    all.p = flagship;
    for (int t = 0; t < THREADS; t++)
        all.sim[t] = sim_new(a, flagship, BENCH_LANES);
    for (int i = 0; i < 5; i++) {
        double spent = play_all(&all, 1);
        one = spent < one ? spent : one;
        spent = play_all(&all, THREADS);
        two = spent < two ? spent : two;
    }
    m[count++] = (struct measure){"lane-turns on two threads", flagship->time.turns * (double)BENCH_LANES * GAMES / two, "/s", one / two, BESIDE_ONE_THREAD};
    return count;
}

/* --- how costs grow ------------------------------------------------------------------------------------------------------------------ */

static const int sizes[] = {1, 10, 100, 1000};
enum { SIZES = sizeof sizes / sizeof *sizes };

static int add_growth(struct measure *m, int count, const char *name, const char *unit, const double *figure)
{
    static const char *const of[SIZES] = {"1", "10", "100", "1000"};
    static char words[MOST_MEASURES][40];
    for (int i = 0; i < SIZES && figure[i] > 0; i++, count++) {
        snprintf(words[count], sizeof words[count], "%s: %s", name, of[i]);
        m[count] = (struct measure){words[count], figure[i], unit, i ? figure[i] / figure[i - 1] : 0, i ? BESIDE_ABOVE : BESIDE_NOTHING};
    }
    return count;
}

static double time_of_runs(struct arena *a, const struct program *p, int runs)
{
    struct arena_mark mark = arena_mark(a);
    int lanes = runs < BENCH_LANES ? runs : BENCH_LANES;
    double spent = least_time(world_of(a, p, lanes), p->time.turns) * ((runs - 1) / lanes + 1);
    arena_reset(a, mark);
    return spent;
}

static int measure_size(struct arena *a, struct measure *m, int count)
{
    double slots[SIZES] = {0}, reading[SIZES] = {0}, turn[SIZES] = {0}, ranked[SIZES] = {0};
    for (int i = 0; i < SIZES; i++)
        for (int k = 0; k < 2; k++) {
            struct arena_mark mark = arena_mark(a);
            const char *text = of_firms(a, sizes[i], k ? "  place[firm]: {is: \"rank(x[firm] over firm)\"}\n" : "");
            double began = os_seconds();
            const struct program *p = made(a, text);
            if (p && k == 0) {
                reading[i] = (os_seconds() - began) * 1e3;
                slots[i] = p->slots;
            }
            if (p)
                (k ? ranked : turn)[i] = least_time(world_of(a, p, BENCH_LANES), 4) / 4 / BENCH_LANES * 1e6;
            arena_reset(a, mark);
        }
    count = add_growth(m, count, "slots of a model by its firms", "", slots);
    count = add_growth(m, count, "reading it", "ms", reading);
    count = add_growth(m, count, "a lane-turn of it", "us", turn);
    return add_growth(m, count, "a lane-turn with a rank for each", "us", ranked);
}

int measure_costs(struct arena *a, struct measure *m, int count)
{
    struct diags d;
    const char *unreadable, *path = cli_find_scenario(a, "sanctions8");
    diags_init(&d, a);
    struct reading *r = path ? read_scenario(a, &d, path, &unreadable) : NULL;
    const struct program *p = r ? lang_compile(a, &d, r) : NULL;
    double runs[SIZES], turns[SIZES];
    if (p) {
        struct world *w = world_of(a, p, BENCH_LANES);
        for (int i = 0; i < SIZES; i++) {
            runs[i] = time_of_runs(a, p, sizes[i]) * 1e3;
            turns[i] = least_time(w, sizes[i]) / BENCH_LANES * 1e6;
        }
        count = add_growth(m, count, "runs of sanctions8", "ms", runs);
        count = add_growth(m, count, "turns of sanctions8, a lane", "us", turns);
    }
    return measure_size(a, m, count);
}
