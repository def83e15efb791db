/* tests/fuzz/playing.h — what fuzzers share: a text as a program, a program played by whoever orders anything at all. */
#ifndef FUZZ_PLAYING_H
#define FUZZ_PLAYING_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/panic.h"
#include "code/program.h"
#include "game/sim.h"
#include "lang/compile.h"
#include "lang/node.h"
#include "lang/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);

enum { FUZZ_LANES = 3, FUZZ_TURNS = 6, FUZZ_SLOTS = 20000, FUZZ_CODE = 50000, FUZZ_ORDERS = 8 };

static inline uint64_t fuzz_next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static inline int fuzz_below(uint64_t *state, int bound) { return bound > 0 ? (int)(fuzz_next(state) % (uint64_t)bound) : 0; }

/* Findings are printed too: their places must lie in the file. */
static inline void fuzz_print(const struct diags *found)
{
    static FILE *nowhere;
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "w");
    if (nowhere != NULL)
        diags_print(found, nowhere);
}

/* The one scenario of a harness, compiled once. */
static inline const struct program *fuzz_fixed(const char *scenario)
{
    static struct arena arena;
    static const struct program *p;
    struct diags found;
    if (p != NULL)
        return p;
    arena_init(&arena, "fixed");
    diags_init(&found, &arena);
    const struct reading reading = {.root = read_yaml(&arena, &found, "fixed.yaml", scenario, strlen(scenario)), .folder = ".", .path = "fixed.yaml", .whole = ""};
    p = reading.root != NULL ? lang_compile(&arena, &found, &reading) : NULL;
    if (p == NULL)
        diags_print(&found, stderr);
    INVARIANT(p != NULL);
    return p;
}

/* A row as row_parse could have given it. */
static inline struct row fuzz_row(const struct program *p, uint64_t *state)
{
    struct row row = {.verb = ROW_DO, .move = fuzz_below(state, p->moves), .target = -1, .setting = -1, .level = -1};
    const struct move *const m = &p->move[row.move];
    const int verb = fuzz_below(state, 6);
    if (m->measure || verb == ROW_THREATEN || verb == ROW_DELAY)
        row.verb = (enum row_verb)verb;
    if (m->target >= 0 && fuzz_below(state, 3) > 0)
        row.target = fuzz_below(state, p->set[m->target].count);
    if (m->measure && fuzz_below(state, 2))
        row.setting = fuzz_below(state, m->settings);
    if (m->measure && fuzz_below(state, 3) == 0)
        row.level = fuzz_below(state, 11) / 10.0;
    return row;
}

static inline int fuzz_orders(struct sim *s, const struct program *p, uint64_t *state, struct order *order)
{
    static const unsigned char some[FUZZ_LANES] = {1, 0, 1};
    int orders = 0;
    if (p->plays > 0 && fuzz_below(state, 2))
        orders = sim_play_orders(s, &p->play[fuzz_below(state, p->plays)], sim_turns_done(s), 0, order, orders);
    for (int i = 0; i < p->seats; i++)
        if (p->seat[i].personas > 0) {
            const struct persona *const who = &p->seat[i].persona[fuzz_below(state, p->seat[i].personas)];
            orders = sim_scripted(s, i, who->first, who->rules, true, order, orders);
        }
    for (int i = 0; p->moves > 0 && i < FUZZ_ORDERS && orders < MOST_ORDERS; i++) {
        const struct row row = fuzz_row(p, state);
        order[orders++] = (struct order){p->move[row.move].seat, row, fuzz_below(state, 2) ? some : NULL};
    }
    return orders;
}

/* A few turns of lanes that play differently, with everything read that screens and studies read. */
static inline void fuzz_play(struct arena *a, const struct program *p, uint64_t state)
{
    if (p->slots > FUZZ_SLOTS || p->code_count > FUZZ_CODE || p->time.steps > 16)
        return;
    struct order order[MOST_ORDERS];
    struct sim *const s = sim_new(a, p, FUZZ_LANES);
    const int turns = p->time.turns < FUZZ_TURNS ? p->time.turns : FUZZ_TURNS;
    sim_start(s, state, 0, fuzz_below(&state, 2) != 0, fuzz_below(&state, 4) == 0);
    sim_horizon(s, turns);
    sim_begin(s);
    for (int t = 0; t < turns; t++) {
        const bool rationed = fuzz_below(&state, 4) != 0;
        sim_turn_brief(s, t % 2 == 1);
        const int orders = fuzz_orders(s, p, &state, order);
        unsigned char ok[FUZZ_LANES];
        for (int i = 0; i < orders && i < 4; i++)
            sim_allowed(s, order[i].seat, NULL, 0, order[i].row, rationed, ok);
        sim_turn_rest(s, order, orders, rationed);
        for (int i = 0; i < p->seats; i++) {
            sim_score(s, i);
            for (int k = 0; k < p->seat[i].goals; k++)
                sim_goal(s, i, k);
        }
        for (int q = 0; q < p->quantities; q++)
            for (int e = 0; e < p->quantity[q].count && e < 8; e++)
                sim_values(s, q, e, t % 2 == 0);
        for (int l = 0; l < FUZZ_LANES; l++) {
            const char *what, *path;
            int line, turn, step;
            if (sim_failed(s, l, &what, &path, &line, &turn, &step))
                ENSURE(what != NULL && path != NULL);
            sim_hash(s, l);
        }
    }
}

/* The dictionary comes from the tables of keys and functions on every start, so that it cannot be out of date. */
static inline void fuzz_dictionary(int *count, char ***arguments, const char *noun)
{
    static char path[256], flag[300];
    static char *longer[64];
    snprintf(path, sizeof path, "build/fuzz/%s.dict", noun);
    snprintf(flag, sizeof flag, "-dict=%s", path);
    FILE *const out = *count < 60 ? fopen(path, "w") : NULL;
    if (out == NULL)
        return;
    schema_print_dictionary(out);
#define FUNCTION(name, least, most, help) fputs("\"" #name "(\"\n", out);
#include "lang/functions.def"
#undef FUNCTION
    fclose(out);
    memcpy(longer, *arguments, (size_t)*count * sizeof *longer);
    longer[(*count)++] = flag;
    *arguments = longer;
}

#endif
