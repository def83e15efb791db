/* lab/games.c — endings counted, scores as mean and 10, 50, 90 %. */
#include "lab/games.h"

#include <string.h>

#include "base/json.h"
#include "base/panic.h"
#include "base/text.h"
#include "lab/quantiles.h"

enum { NUMBERS = 4, DIGITS = 4 };                       /* mean, 10, 50, 90 % */
struct point { int games; const int *ended; double (*score)[NUMBERS]; double turns; };     /* ended[endings + 1], the last: none */

struct games {
    struct arena *arena;                                /* borrowed */
    const struct program *p;
    struct quantiles *score;
    int *ended; double turns; int count;                /* of the point being taken */
    LIST_OF(struct point) points;
};

int games_numbers(const struct program *p) { return p->seats + 2; }

struct games *games_new(struct arena *a, const struct program *p, int runs)
{
    struct games *g = ARENA_NEW(a, struct games);
    *g = (struct games){.arena = a, .p = p, .score = quantiles_new(a, p->seats, runs, QUANTILE_CELLS)};
    g->ended = ARENA_ARRAY(a, p->endings + 1, int);
    return g;
}

void games_read(struct sim *s, const struct program *p, double *to)
{
    const size_t lanes = (size_t)sim_lanes(s);
    for (int seat = 0; seat < p->seats; seat++)
        memcpy(to + (size_t)seat * lanes, sim_score(s, seat), lanes * sizeof *to);
    double *ending = to + (size_t)p->seats * lanes, *turns = ending + lanes;
    for (size_t l = 0; l < lanes; l++) {
        ending[l] = sim_ending(s, (int)l);
        turns[l] = ending[l] < 0 ? sim_turns_done(s) : sim_ending_turn(s, (int)l);
    }
}

void games_add(struct games *g, const double *game, size_t stride)
{
    const int ending = (int)game[(size_t)g->p->seats * stride];
    REQUIRE(ending >= -1 && ending < g->p->endings);
    quantiles_add(g->score, game, stride);
    g->ended[ending < 0 ? g->p->endings : ending]++;
    g->turns += game[((size_t)g->p->seats + 1) * stride];
    g->count++;
}

void games_close(struct games *g)
{
    static const double share[] = {0.1, 0.5, 0.9};
    struct point *point = LIST_ADD(g->arena, g->points);
    int *ended = ARENA_ARRAY(g->arena, g->p->endings + 1, int);
    memcpy(ended, g->ended, (size_t)(g->p->endings + 1) * sizeof *ended);
    *point = (struct point){g->count, ended, arena_alloc(g->arena, (size_t)g->p->seats * sizeof *point->score), g->count ? g->turns / g->count : 0};
    for (int s = 0; s < g->p->seats; s++) {
        point->score[s][0] = quantiles_mean(g->score, s);
        quantiles_read(g->score, s, 3, share, &point->score[s][1]);
    }
    quantiles_clear(g->score);
    memset(g->ended, 0, (size_t)(g->p->endings + 1) * sizeof *ended);
    g->turns = g->count = 0;
}

/* --- shown ------------------------------------------------------------------------------------------------------------------ */

static const char *ending_name(const struct program *p, int e)
{
    return e == p->endings ? "no ending" : p->ending[e].title ? p->ending[e].title : p->ending[e].name;
}

static const char *seat_name(const struct program *p, int s) { return p->seat[s].title ? p->seat[s].title : p->seat[s].name; }

static void print_point(const struct games *g, const struct point *at, FILE *out)
{
    static const char *const title[NUMBERS] = {"mean", "10%", "50%", "90%"};
    const struct program *p = g->p;
    int wide = text_width("ending");
    for (int e = 0; e <= p->endings; e++)
        wide = text_width(ending_name(p, e)) > wide ? text_width(ending_name(p, e)) : wide;
    for (int s = 0; s < p->seats; s++)
        wide = text_width(seat_name(p, s)) > wide ? text_width(seat_name(p, s)) : wide;
    fprintf(out, "ending%*s  %8s  %7s\n", wide - text_width("ending"), "", "games", "share");
    for (int e = 0; e <= p->endings; e++)
        if (at->ended[e] || e < p->endings)
            fprintf(out, "%s%*s  %8d  %5.1f %%\n", ending_name(p, e), wide - text_width(ending_name(p, e)), "", at->ended[e],
                    at->games ? 100.0 * at->ended[e] / at->games : 0);
    fprintf(out, "\nscore%*s", wide - text_width("score"), "");
    for (int k = 0; k < NUMBERS; k++)
        fprintf(out, "  %7s", title[k]);
    fputc('\n', out);
    for (int s = 0; s < p->seats; s++) {
        char text[NUMBER_TEXT];
        fprintf(out, "%s%*s", seat_name(p, s), wide - text_width(seat_name(p, s)), "");
        for (int k = 0; k < NUMBERS; k++)
            fprintf(out, "  %7s", text_short(at->score[s][k], DIGITS, text));
        fputc('\n', out);
    }
}

void games_print(const struct games *g, const struct grid *grid, FILE *out)
{
    for (int i = 0; i < g->points.count; i++) {
        const char *words = grid_words(g->arena, grid, i);
        if (i > 0)
            fputc('\n', out);
        if (*words)
            fprintf(out, "%s\n", words);
        print_point(g, &g->points.at[i], out);
    }
}

void games_json(const struct games *g, int point, struct json *into)
{
    const struct program *p = g->p;
    const struct point *at = &g->points.at[point];
    struct json *endings = json_new_array(), *scores = json_new_array();
    for (int e = 0; e <= p->endings; e++) {
        struct json *one = json_new_object();
        json_set_text(one, "ending", e == p->endings ? NULL : p->ending[e].name);
        json_set_whole(one, "games", at->ended[e]);
        json_set_number(one, "share", at->games ? (double)at->ended[e] / at->games : 0);
        json_add(endings, one);
    }
    for (int s = 0; s < p->seats; s++) {
        struct json *one = json_new_object();
        json_set_text(one, "seat", p->seat[s].name);
        json_set_number(one, "mean", at->score[s][0]);
        json_set_number(one, "p10", at->score[s][1]);
        json_set_number(one, "p50", at->score[s][2]);
        json_set_number(one, "p90", at->score[s][3]);
        json_add(scores, one);
    }
    json_set_whole(into, "games", at->games);
    json_set_number(into, "turns_a_game", at->turns);
    json_set(into, "endings", endings);
    json_set(into, "scores", scores);
}
