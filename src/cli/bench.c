/* cli/bench.c — how long things take, beside a model written by hand in C that runs in the same process. Roof and growth: bench_costs.c.
 * Absolute times wander with the machine; the ratio to the reference is what is compared from one day to the next, so the reference
 * loop below must never be made faster or slower. It uses our own exp and ln: no library decides how fast it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/isa.h"
#include "base/json.h"
#include "base/os.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "cli/bench_private.h"
#include "cli/by_hand.h"
#include "cli/cli.h"
#include "engine/world.h"
#include "lab/forecast.h"
#include "lab/lab.h"
#include "lang/compile.h"
#include "mind/mind.h"

/* --- the reference ------------------------------------------------------------------------------------------------------ */

enum { REFERENCE_STEPS = 120 };

/* Eight stocks, some thirty auxiliaries, one draw a step: a small model of trade under sanctions, 120 Euler steps. */
static double reference_run(uint64_t seed)
{
    double coal = 98, other = 110, reserves = 4500, trust = 0.5, tension = 0.3, effort = 0.2, caution = 0.1, programme = 60;
    const double dt = 0.25;
    for (int step = 0; step < REFERENCE_STEPS; step++) {
        struct rng r = rng_at(rng_key(seed, 0, 17, (uint64_t)step));
        double noise = 0.9 + 0.2 * rng_unit(&r);
        double rule = step > 8 ? 0.8 : 0.0, listed = step > 40 ? 0.5 : 0.1;
        double applied = effort < 0.7 ? effort / 0.7 : 1.0, enforced = rule * applied;
        double blocked = coal * enforced, idle = 0.6 * blocked, room = (1.4 - 1.0) * other * (1 - 0.5 * enforced);
        double wanted = idle < room ? idle : room, extra = wanted * (1 - pm_exp(-0.05 * step));
        double fear = caution * listed, discount = 0.3 * fear + 0.1 * enforced;
        double income = (coal - blocked + other + extra) * (1 - discount) * noise;
        double wages = 25 * (1 - 0.4 * enforced), bill = 210 * pm_exp(-0.2 * discount), aid = tension > 0.5 ? 20 * trust : 10 * trust;
        double pressure = 1 - income / (98.0 + 110.0), strain = pm_ln(1 + (pressure > 0 ? pressure : 0));
        double will = 0.5 + 0.4 * trust - 0.3 * fear, heat = 0.2 * pressure + 0.1 * listed;
        double spend = programme > 0 ? 12 * (1 - strain) : 0, drift = pm_sqrt(1 + tension * tension) - 1;
        coal += dt * (0.02 * (98 * noise - coal) - 0.05 * blocked);
        other += dt * (0.1 * extra - 0.03 * (other - 110));
        reserves += dt * (income + wages + aid - bill - spend);
        trust += dt * (0.05 * (0.5 - trust) - 0.08 * listed * trust);
        tension += dt * (heat - 0.2 * tension - 0.05 * drift);
        effort += dt * (will - effort) / 3;
        caution += dt * (listed * (1 - caution) - 0.1 * caution);
        programme += dt * (spend / 60 - 0.02 * tension);
    }
    return coal + other + reserves + trust + tension + effort + caution + programme;
}

static volatile double kept;            /* so that no compiler drops the work */

/* Runs a second. Measured anew beside every figure, because a machine's clock wanders. */
static double reference_rate(void)
{
    double began = os_seconds(), spent;
    uint64_t runs = 0;
    do {
        for (int i = 0; i < 100; i++)
            kept = reference_run(++runs);
    } while ((spent = os_seconds() - began) < 0.15);
    return (double)runs / spent;
}

/* --- what is measured --------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds to read, check and compile, and with its plays what `check` does in all: the median of several. Negative if it cannot be. */
static double reading_time(const char *path, bool with_plays)
{
    enum { TIMES = 7 };
    double spent[TIMES];
    for (int i = 0; i < TIMES; i++) {
        struct arena a;
        struct diags d;
        const char *unreadable;
        arena_init(&a, "bench");
        diags_init(&d, &a);
        double began = os_seconds();
        struct reading *r = read_scenario(&a, &d, path, &unreadable);
        const struct program *p = r ? lang_compile(&a, &d, r) : NULL;
        struct play_finding finding[8];
        if (p && with_plays)
            lab_plays(&a, p, finding, 8);
        spent[i] = os_seconds() - began;
        arena_done(&a);
        if (!p)
            return -1;
    }
    qsort(spent, TIMES, sizeof *spent, by_size);
    return spent[TIMES / 2];
}

static int quick_orders(const struct program *p, struct sim *s, struct order *order)
{
    int orders = 0;
    for (int seat = 0; seat < p->seats; seat++)
        for (int i = 0; i < p->seat[seat].personas; i++)
            if (p->seat[seat].persona[i].rules > 0) {
                orders = sim_scripted(s, seat, p->seat[seat].persona[i].first, p->seat[seat].persona[i].rules, true, order, orders);
                break;
            }
    return orders;
}

void bench_game(const struct program *p, struct sim *s, struct order *order, uint64_t seed)
{
    sim_start(s, seed, 0, true, false);
    sim_begin(s);
    for (int t = 0; t < p->time.turns; t++) {
        sim_turn_brief(s, true);
        sim_turn_rest(s, order, quick_orders(p, s, order), true);
    }
}

/* Turns of one lane a second on one core. */
static double lane_turn_rate(struct arena *a, const struct program *p)
{
    struct order order[MOST_ORDERS];
    struct sim *s = sim_new(a, p, BENCH_LANES);
    double began = os_seconds(), spent, turns = 0;
    do {
        bench_game(p, s, order, 1);
        turns += (double)p->time.turns * BENCH_LANES;
    } while ((spent = os_seconds() - began) < 0.5);
    return turns / spent;
}

/* --- the engine beside a model written by hand ---------------------------------------------------------------------------- */

enum { HAND_LANES = 64 };

static void run_lanes(struct world *w, uint64_t first_run)
{
    for (int l = 0; l < w->stride; l++)
        w->seed[l] = 1, w->run[l] = first_run + (uint64_t)l;
    engine_start(w);
    for (int t = 0; t < w->program->time.turns; t++)
        engine_run_turn(w, NULL);
}

static bool near(double x, double y)
{
    double size = y < 0 ? -y : y, off = x < y ? y - x : x - y;
    return off <= 1e-9 * (size + 1);
}

/* The two must be the same model on the same draws; else a ratio says nothing. */
static bool agrees(struct world *w, const double *parameter, uint64_t stream)
{
    double stock[BY_HAND_STOCKS];
    run_lanes(w, 0);
    for (int l = 0; l < HAND_LANES; l++) {
        int n = 0;
        by_hand_run(parameter, 1, (uint64_t)l, stream, stock);
        for (int q = 0; q < w->program->quantities; q++)
            if (w->program->quantity[q].kind == Q_STOCK && !near(world_get(w, w->program->quantity[q].first, l), stock[n++]))
                return false;
    }
    return true;
}

static double engine_rate(struct world *w)
{
    double began = os_seconds(), spent, runs = 0;
    do {
        run_lanes(w, (uint64_t)runs);
        runs += HAND_LANES;
    } while ((spent = os_seconds() - began) < 0.04);
    return runs / spent;
}

static double hand_rate(const double *parameter, uint64_t stream)
{
    double began = os_seconds(), spent, runs = 0, stock[BY_HAND_STOCKS];
    do {
        for (int i = 0; i < HAND_LANES; i++) {
            by_hand_run(parameter, 1, (uint64_t)runs + (uint64_t)i, stream, stock);
            kept = stock[1];
        }
        runs += HAND_LANES;
    } while ((spent = os_seconds() - began) < 0.04);
    return runs / spent;
}

struct duel { double engine, hand, ratio; };      /* runs a second; ratio 0: not measured */

/* In turn, so that a clock that wanders takes both along; the median of the ratios. */
static struct duel beside_hand(struct arena *a, const struct program *p)
{
    enum { ROUNDS = 9 };
    double parameter[BY_HAND_PARAMETERS], ratio[ROUNDS], engine = 0, hand = 0;
    int stocks = 0;
    for (int q = 0; q < p->quantities; q++)
        stocks += p->quantity[q].kind == Q_STOCK ? p->quantity[q].count : 0;
    if (p->parameters != BY_HAND_PARAMETERS || stocks != BY_HAND_STOCKS || p->streams != 1)
        return (struct duel){0, 0, 0};
    for (int i = 0; i < BY_HAND_PARAMETERS; i++)
        parameter[i] = p->parameter[i].element[0].value;
    struct world *w = world_new(a, p, HAND_LANES);
    engine_parameters_at_value(w);
    if (!agrees(w, parameter, p->stream[0].hash))
        return (struct duel){0, 0, 0};
    for (int i = 0; i < ROUNDS; i++) {
        double e = engine_rate(w), h = hand_rate(parameter, p->stream[0].hash);
        ratio[i] = e / h;
        engine = e > engine ? e : engine;
        hand = h > hand ? h : hand;
    }
    qsort(ratio, ROUNDS, sizeof *ratio, by_size);
    return (struct duel){engine, hand, ratio[ROUNDS / 2]};
}

static int measure_hand(struct arena *a, struct measure *m)
{
    struct diags d;
    const char *unreadable, *path = cli_find_scenario(a, "sanctions8");
    diags_init(&d, a);
    struct reading *r = path ? read_scenario(a, &d, path, &unreadable) : NULL;
    const struct program *p = r ? lang_compile(a, &d, r) : NULL;
    struct duel b = p ? beside_hand(a, p) : (struct duel){0, 0, 0};
    if (p && b.ratio == 0)
        fputs("demarche: sanctions8 is not the model written by hand; nothing to compare\n", stderr);
    if (b.ratio == 0)
        return 0;
    m[0] = (struct measure){"sanctions8 by hand in C", b.hand, "runs/s", 1, BESIDE_BY_HAND};
    m[1] = (struct measure){arena_printf(a, "sanctions8 in lanes, %s", isa_name(isa_chosen())), b.engine, "runs/s", b.ratio, BESIDE_BY_HAND};
    return 2;
}

static int searching_persona(const struct program *p, int seat)
{
    for (int i = 0; i < p->seat[seat].personas; i++)
        if (p->seat[seat].persona[i].rules == 0)
            return i;
    return -1;
}

/* Seconds of a whole game in which every seat looks ahead. Negative if it cannot be played. */
static double game_time(struct arena *a, const struct program *p)
{
    const struct seat_ops *ops[MOST_SEATS];
    void *self[MOST_SEATS];
    const char *who[MOST_SEATS], *error;
    for (int s = 0; s < p->seats; s++) {
        ops[s] = &mind_ops;
        self[s] = mind_new(a, p, s, searching_persona(p, s), 1);
        who[s] = mind_title(self[s]);
    }
    struct game_options o = {.seed = 1, .opening = -1, .ops = ops, .self = self, .who = who};
    double began = os_seconds();
    struct game *g = game_open(a, p, &o, &error);
    if (!g)
        return -1;
    enum turn_end end;
    while ((end = game_turn(g)) == TURN_PLAYED)
        ;
    return end == TURN_OVER ? os_seconds() - began : -1;
}

/* A forecast as the screen asks for it: 1,024 futures of six turns, with the first thing that the seat could do and holding. */
struct asker { struct arena *a; const struct program *p; int seat; double seconds; };

static bool ask_again(void *self, const struct view *v, struct plan *plan)
{
    enum { FUTURES = 1024, AHEAD = 6, ROUNDS = 9 };
    struct asker *k = self;
    struct plan tried = {.rows = 0};
    const int left = view_turns(v), turns = left < AHEAD ? left : AHEAD;
    for (int i = 0; i < k->p->moves && tried.rows == 0; i++) {
        const struct row row = {ROW_DO, i, -1, -1, -1};
        if (k->p->move[i].seat == k->seat && view_judge(v, k->a, plan, row) == NULL)
            tried.row[tried.rows++] = row;
    }
    const struct forecast_room room = {FUTURES, turns, 1, os_cores()};
    const struct forecast_value value = {0, 0};
    const struct forecast_ask ask = {&tried, FUTURES, turns, 1, &value, 1};
    struct forecaster *f = forecaster_new(k->a, k->p, &room);
    for (int i = 0; i < ROUNDS; i++) {
        const double began = os_seconds();
        kept = forecaster_ask(f, v, &ask)->hold[0].middle;
        const double spent = os_seconds() - began;
        k->seconds = i == 0 || spent < k->seconds ? spent : k->seconds;
    }
    return false;
}

static double forecast_time(struct arena *a, const struct program *p)
{
    static const struct seat_ops asking = {.kind = "bench", .plan = ask_again};
    struct asker k = {.a = a, .p = p, .seconds = -1};
    const struct seat_ops *ops[MOST_SEATS] = {&asking};
    void *self[MOST_SEATS] = {&k};
    const char *who[MOST_SEATS] = {NULL}, *error;
    struct game_options o = {.seed = 1, .opening = -1, .ops = ops, .self = self, .who = who};
    struct game *g = game_open(a, p, &o, &error);
    if (g)
        game_turn(g);
    return k.seconds;
}

/* --- the command -------------------------------------------------------------------------------------------------------- */

enum { JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {[JSON] = {"json", 0, "", "the figures as JSON"}};

static const struct { const char *words, *key; } beside[] = {
    [BESIDE_NOTHING] = {"", NULL}, [BESIDE_REFERENCE] = {"reference runs", "reference_runs"}, [BESIDE_BY_HAND] = {"times by hand", "times_by_hand"},
    [BESIDE_ABOVE] = {"times the line above", "times_above"}, [BESIDE_ONE_THREAD] = {"times one thread", "times_one_thread"},
    [BESIDE_WHOLE] = {"of a lane-turn's cycles", "of_lane_turn"}
};

static void print_measures(const struct measure *m, int count, FILE *out)
{
    fprintf(out, "%-38s %9s  %-6s  %s\n", "measure", "figure", "unit", "beside");
    for (int i = 0; i < count; i++) {
        fprintf(out, "%-38s %9.4g", m[i].name, m[i].figure);
        if (m[i].beside != BESIDE_NOTHING)
            fprintf(out, "  %-6s  %.4g %s\n", m[i].unit, m[i].ratio, beside[m[i].beside].words);
        else if (*m[i].unit)
            fprintf(out, "  %s\n", m[i].unit);
        else
            fputc('\n', out);
    }
}

static void print_json(const char *scenario, const struct measure *m, int count, FILE *out)
{
    struct json *doc = json_document(), *list = json_new_array();
    json_set_text(doc, "scenario", scenario);
    for (int i = 0; i < count; i++) {
        struct json *one = json_new_object();
        json_set_text(one, "measure", m[i].name);
        json_set_number(one, "figure", m[i].figure);
        json_set_text(one, "unit", m[i].unit);
        if (m[i].beside != BESIDE_NOTHING)
            json_set_number(one, beside[m[i].beside].key, m[i].ratio);
        json_add(list, one);
    }
    json_set(doc, "measures", list);
    json_print(doc, out);
    json_free(doc);
}

/* The largest of the installed scenarios is the one that shows what things cost. */
static const char *largest_scenario(struct arena *a)
{
    const char *const *path, *best = NULL;
    size_t most = 0;
    int count = cli_scenarios(a, &path);
    for (int i = 0; i < count; i++) {
        struct diags d;
        const char *unreadable;
        diags_init(&d, a);
        struct reading *r = read_scenario(a, &d, path[i], &unreadable);
        if (r && r->whole_length > most) {
            most = r->whole_length;
            best = path[i];
        }
    }
    return best;
}

static struct measure measure_time(const char *name, double seconds, double before)
{
    return (struct measure){name, seconds * 1e3, "ms", seconds * (before + reference_rate()) / 2, BESIDE_REFERENCE};
}

static int measure_all(struct arena *a, const char *path, const struct program *p, struct measure *m)
{
    int n = 0;
    double reference = reference_rate();
    m[n++] = (struct measure){"reference", reference, "runs/s", 1, BESIDE_REFERENCE};
    m[n++] = measure_time("reading, checking, compiling", reading_time(path, false), reference);
    reference = reference_rate();
    m[n++] = measure_time("check, with its plays", reading_time(path, true), reference);
    reference = reference_rate();
    double lanes = lane_turn_rate(a, p);
    m[n++] = (struct measure){"lane-turns", lanes, "/s", lanes * 2 / (reference + reference_rate()), BESIDE_REFERENCE};
    reference = reference_rate();
    double game = p->seats ? game_time(a, p) : -1;
    if (game >= 0)
        m[n++] = measure_time("a game of personas looking ahead", game, reference);
    reference = reference_rate();
    double forecast = p->seats && p->quantities ? forecast_time(a, p) : -1;
    if (forecast >= 0)
        m[n++] = measure_time(arena_printf(a, "a forecast, %d thread%s", os_cores(), os_cores() == 1 ? "" : "s"), forecast, reference);
    n += measure_hand(a, m + n);
    n = measure_threads(a, p, m, n);
    n = measure_roof(a, p, m, n);
    n = measure_memory(a, p, m, n);
    return measure_costs(a, m, n);
}

int cmd_bench(int argc, char **argv)
{
    struct parsed given;
    struct measure m[MOST_MEASURES];
    struct arena a;
    int exit;
    if (!cli_parse("bench", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("bench", "one scenario at a time");
    arena_init(&a, "bench");
    const char *path = given.operands ? cli_find_scenario(&a, given.operand[0]) : largest_scenario(&a);
    if (!path) {
        if (!given.operands)
            fputs("demarche: no scenario is installed; name one\n", stderr);
        arena_done(&a);
        return EXIT_INPUT;
    }
    const struct program *p = cli_load(&a, path, false, &exit);
    if (p) {
        exit = EXIT_DONE;
        int count = measure_all(&a, path, p, m);
        if (given.value[JSON])
            print_json(p->id, m, count, stdout);
        else
            print_measures(m, count, stdout);
    }
    arena_done(&a);
    return exit;
}
