/* lab/standing.c — a tournament told: tables for people, JSON and CSV for programs. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "lab/meta.h"

enum { SHOWN = 12, NAME_WIDE = 24 };

static const char *seat_title(const struct program *p, int s) { return p->seat[s].title ? p->seat[s].title : p->seat[s].name; }

static void pad(FILE *out, const char *text, int wide)
{
    fprintf(out, "%s%*s", text, text_width(text) < wide ? wide - text_width(text) : 0, "");
}

static int wide_of(const struct tournament *t)
{
    int wide = NAME_WIDE;
    for (int s = 0; s < t->p->seats; s++)
        for (int i = 0; i < t->asked.seat[s].count; i++) {
            const int is = text_width(tournament_entrant_title(t, s, i));
            wide = is > wide ? is : wide;
        }
    return wide;
}

static const char *seating_words(struct arena *a, const struct tournament *t, const int *place)
{
    struct text words;
    text_init(&words, a);
    for (int s = 0; s < t->p->seats; s++)
        text_addf(&words, "%s%s=%s", s ? ", " : "", t->p->seat[s].name, tournament_entrant(t, s, place[s]));
    return words.at;
}

static int totals(const struct tournament *t, int *ended, int *failed)
{
    int games = 0;
    for (int i = 0; i < t->seatings; i++) {
        games += t->seating[i].games;
        *failed += t->seating[i].failed;
        for (int e = 0; e <= t->p->endings; e++)
            ended[e] += t->seating[i].ended[e];
    }
    return games;
}

/* Places by mean, the greatest first; equal ones as entered. */
static int *ranked(struct arena *a, const double *mean, int count)
{
    int *order = ARENA_ARRAY(a, count, int);
    for (int i = 0; i < count; i++) {
        int at = i;
        for (; at > 0 && mean[order[at - 1]] < mean[i] - META_TIE; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static void print_seat(struct arena *a, const struct tournament *t, const struct meta_seat *is, int s, FILE *out)
{
    const int wide = wide_of(t), *order = ranked(a, is->mean, t->asked.seat[s].count);
    fputc('\n', out);
    pad(out, seat_title(t->p, s), wide);
    fprintf(out, "    mean  spread  best answer");
    for (int g = 0; g < META_STAGES; g++)
        fprintf(out, "  %6d", meta_generation[g]);
    fputc('\n', out);
    for (int i = 0; i < t->asked.seat[s].count; i++) {
        const int k = order[i];
        pad(out, tournament_entrant_title(t, s, k), wide);
        fprintf(out, "  %6.1f  %6.1f  %4d of %-4d", is->mean[k], is->spread[k], is->best[k], is->combinations);
        for (int g = 0; g < META_STAGES; g++)
            fprintf(out, "  %4.0f %%", 100 * is->share[g][k]);
        fputc('\n', out);
    }
}

static void say_dominance(const struct tournament *t, const struct meta *m, FILE *out)
{
    bool any = false;
    for (int s = 0; s < t->p->seats; s++)
        for (int i = 0; i < t->asked.seat[s].count; i++) {
            if (t->asked.seat[s].count > 1 && m->seat[s].best[i] == m->seat[s].combinations) {
                fprintf(out, "%s: %s is a best answer to everything that was tried.\n", seat_title(t->p, s), tournament_entrant_title(t, s, i));
                any = true;
            }
            if (m->seat[s].beaten[i] >= 0)
                fprintf(out, "%s: %s is always worse than %s.\n", seat_title(t->p, s), tournament_entrant_title(t, s, i),
                        tournament_entrant_title(t, s, m->seat[s].beaten[i]));
        }
    if (!any)
        fputs("No persona is a best answer to everything that was tried.\n", out);
}

static void print_mixed(const struct tournament *t, const struct meta_mixed *is, FILE *out)
{
    for (int s = 0; s < 2; s++) {
        fprintf(out, "%s%s", s ? "; " : "  ", t->p->seat[s].name);
        for (int i = 0; i < t->asked.seat[s].count; i++)
            if (is->share[s][i] > 0)
                fprintf(out, " %s %.1f %%", tournament_entrant(t, s, i), 100 * is->share[s][i]);
    }
    fprintf(out, ": %.1f and %.1f\n", is->score[0], is->score[1]);
}

static void print_equilibria(struct arena *a, const struct tournament *t, const struct meta *m, FILE *out)
{
    fprintf(out, "\nSeatings from which no seat would change alone: %d of %d%s\n", m->pures, t->seatings, m->pures > SHOWN ? "; the first are" : "");
    for (int i = 0; i < m->pures && i < SHOWN; i++) {
        const struct seating *is = &t->seating[m->pure[i]];
        fprintf(out, "  %s:", seating_words(a, t, is->place));
        for (int s = 0; s < t->p->seats; s++)
            fprintf(out, "%s%.1f", s == 0 ? " " : s + 1 < t->p->seats ? ", " : " and ", is->mean[s]);
        fputs(m->strict[i] ? "\n" : ", others as good\n", out);
    }
    if (m->support == 0)
        return;
    fprintf(out, "Mixed equilibria, up to %d personas a seat: %s%d\n", m->support, m->more ? "more than " : "", m->mixeds);
    for (int i = 0; i < m->mixeds && i < SHOWN; i++)
        print_mixed(t, &m->mixed[i], out);
    if (m->mixeds > SHOWN)
        fprintf(out, "  and others; --json has %s\n", m->more ? "some of them" : "them all");
}

static void print_endings(struct arena *a, const struct tournament *t, FILE *out)
{
    int *ended = ARENA_ARRAY(a, t->p->endings + 1, int), failed = 0, wide = NAME_WIDE;
    const int games = totals(t, ended, &failed);
    for (int e = 0; e < t->p->endings; e++) {
        const int is = text_width(t->p->ending[e].title ? t->p->ending[e].title : t->p->ending[e].name);
        wide = is > wide ? is : wide;
    }
    if (t->p->endings) {
        fputc('\n', out);
        pad(out, "Ending", wide);
        fprintf(out, "  %8s  %7s\n", "games", "share");
    }
    for (int e = 0; t->p->endings && e <= t->p->endings; e++)
        if (e < t->p->endings || ended[e]) {
            pad(out, e == t->p->endings ? "no ending" : t->p->ending[e].title ? t->p->ending[e].title : t->p->ending[e].name, wide);
            fprintf(out, "  %8d  %5.1f %%\n", ended[e], games ? 100.0 * ended[e] / games : 0);
        }
    if (failed)
        fprintf(out, "\n%d games failed and are left out.\n", failed);
}

/* Of a sample there are no best answers: only who did how well where it sat. */
static void print_sampled(struct arena *a, const struct tournament *t, int s, FILE *out)
{
    const int n = t->asked.seat[s].count, wide = wide_of(t);
    double *mean = ARENA_ARRAY(a, n, double);
    int *sat = ARENA_ARRAY(a, n, int);
    for (int i = 0; i < t->seatings; i++) {
        const int k = t->seating[i].place[s];
        mean[k] += (t->seating[i].mean[s] - mean[k]) / ++sat[k];
    }
    const int *order = ranked(a, mean, n);
    fputc('\n', out);
    pad(out, seat_title(t->p, s), wide);
    fputs("    mean  seatings\n", out);
    for (int i = 0; i < n; i++) {
        pad(out, tournament_entrant_title(t, s, order[i]), wide);
        if (sat[order[i]])
            fprintf(out, "  %6.1f  %8d\n", mean[order[i]], sat[order[i]]);
        else
            fprintf(out, "  %6s  %8d\n", "-", 0);
    }
}

void tournament_print(struct arena *a, const struct tournament *t, FILE *out)
{
    struct meta m;
    if (tournament_whole(t))
        fprintf(out, "%d seatings, %d games each, seed %llu.\n", t->seatings, t->asked.runs, (unsigned long long)t->asked.seed);
    else
        fprintf(out, "A sample of %d of %.0f seatings, %d games each, seed %llu. Best answers need them all.\n", t->seatings, t->all, t->asked.runs,
                (unsigned long long)t->asked.seed);
    if (tournament_whole(t)) {
        meta_of(a, t, &m);
        fprintf(out, "Mean: over all who sit elsewhere. On the right: the share of each persona after so many\ngenerations, if what scores more is taken up more.\n");
        for (int s = 0; s < t->p->seats; s++)
            print_seat(a, t, &m.seat[s], s, out);
    } else
        for (int s = 0; s < t->p->seats; s++)
            print_sampled(a, t, s, out);
    print_endings(a, t, out);
    if (tournament_whole(t)) {
        fputc('\n', out);
        say_dominance(t, &m, out);
        print_equilibria(a, t, &m, out);
    }
    fputs("\nThis speaks of the model, of these personas and of means as they came out; not of the world.\n", out);
}

/* --- for programs ---------------------------------------------------------------------------------------------------------------- */

static struct json *json_places(const struct tournament *t, const int *place)
{
    struct json *one = json_new_object();
    for (int s = 0; s < t->p->seats; s++)
        json_set_text(one, t->p->seat[s].name, tournament_entrant(t, s, place[s]));
    return one;
}

static struct json *json_numbers(const struct program *p, const double *x)
{
    struct json *one = json_new_object();
    for (int s = 0; s < p->seats; s++)
        json_set_number(one, p->seat[s].name, x[s]);
    return one;
}

static struct json *json_seating(const struct tournament *t, const struct seating *is)
{
    struct json *one = json_new_object(), *endings = json_new_object();
    json_set(one, "seating", json_places(t, is->place));
    json_set_whole(one, "games", is->games);
    json_set_whole(one, "failed", is->failed);
    json_set(one, "mean", json_numbers(t->p, is->mean));
    json_set(one, "spread", json_numbers(t->p, is->spread));
    for (int e = 0; e < t->p->endings; e++)
        json_set_whole(endings, t->p->ending[e].name, is->ended[e]);
    json_set(one, "endings", endings);
    json_set_whole(one, "no_ending", is->ended[t->p->endings]);
    return one;
}

static struct json *json_seat(const struct tournament *t, const struct meta *m, int s)
{
    struct json *one = json_new_object(), *personas = json_new_array();
    json_set_text(one, "seat", t->p->seat[s].name);
    if (m)
        json_set_whole(one, "combinations_of_others", m->seat[s].combinations);
    for (int i = 0; i < t->asked.seat[s].count; i++) {
        struct json *is = json_new_object(), *shares = json_new_object();
        json_set_text(is, "persona", tournament_entrant(t, s, i));
        if (!m) {
            json_free(shares);
            json_add(personas, is);
            continue;
        }
        json_set_number(is, "mean", m->seat[s].mean[i]);
        json_set_number(is, "spread", m->seat[s].spread[i]);
        json_set_whole(is, "best_answer_to", m->seat[s].best[i]);
        json_set_text(is, "always_worse_than", m->seat[s].beaten[i] < 0 ? NULL : tournament_entrant(t, s, m->seat[s].beaten[i]));
        for (int g = 0; g < META_STAGES; g++) {
            char name[16];
            snprintf(name, sizeof name, "%d", meta_generation[g]);
            json_set_number(shares, name, m->seat[s].share[g][i]);
        }
        json_set(is, "share_after", shares);
        json_add(personas, is);
    }
    json_set(one, "personas", personas);
    return one;
}

/* For each seat and each seating of the others: which of its personas answer best. */
static struct json *json_answers(struct arena *a, const struct tournament *t)
{
    struct json *all = json_new_array();
    for (int s = 0; s < t->p->seats; s++)
        for (int i = 0; i < t->seatings; i++) {
            if (t->seating[i].place[s] != 0)
                continue;
            bool *best = ARENA_ARRAY(a, t->asked.seat[s].count, bool);
            struct json *one = json_new_object(), *others = json_new_object(), *answers = json_new_array();
            meta_best(t, s, i, best);
            json_set_text(one, "seat", t->p->seat[s].name);
            for (int o = 0; o < t->p->seats; o++)
                if (o != s)
                    json_set_text(others, t->p->seat[o].name, tournament_entrant(t, o, t->seating[i].place[o]));
            for (int k = 0; k < t->asked.seat[s].count; k++)
                if (best[k])
                    json_add_text(answers, tournament_entrant(t, s, k));
            json_set(one, "against", others);
            json_set(one, "best", answers);
            json_add(all, one);
        }
    return all;
}

static void json_equilibria(const struct tournament *t, const struct meta *m, struct json *into)
{
    struct json *pure = json_new_array(), *mixed = json_new_array();
    for (int i = 0; i < m->pures; i++) {
        struct json *one = json_new_object();
        json_set(one, "seating", json_places(t, t->seating[m->pure[i]].place));
        json_set(one, "mean", json_numbers(t->p, t->seating[m->pure[i]].mean));
        json_set_truth(one, "strict", m->strict[i]);
        json_add(pure, one);
    }
    for (int i = 0; i < m->mixeds; i++) {
        struct json *one = json_new_object();
        for (int s = 0; s < 2; s++) {
            struct json *share = json_new_object();
            for (int k = 0; k < t->asked.seat[s].count; k++)
                if (m->mixed[i].share[s][k] > 0)
                    json_set_number(share, tournament_entrant(t, s, k), m->mixed[i].share[s][k]);
            json_set(one, t->p->seat[s].name, share);
        }
        json_set(one, "score", json_numbers(t->p, m->mixed[i].score));
        json_add(mixed, one);
    }
    json_set(into, "pure_equilibria", pure);
    if (m->support) {
        json_set_whole(into, "mixed_up_to", m->support);
        json_set(into, "mixed_equilibria", mixed);
        json_set_truth(into, "more_mixed", m->more);
    } else
        json_free(mixed);
}

void tournament_json(struct arena *a, const struct tournament *t, FILE *out)
{
    struct json *all = json_document(), *seats = json_new_array(), *seatings = json_new_array();
    struct meta m;
    const bool whole = tournament_whole(t);
    if (whole)
        meta_of(a, t, &m);
    json_set_text(all, "scenario", t->p->id);
    json_set_whole(all, "seed", (long long)t->asked.seed);
    json_set_whole(all, "games_a_seating", t->asked.runs);
    json_set_number(all, "seatings_there_are", t->all);
    json_set_whole(all, "seatings_played", t->seatings);
    for (int s = 0; s < t->p->seats; s++)
        json_add(seats, json_seat(t, whole ? &m : NULL, s));
    for (int i = 0; i < t->seatings; i++)
        json_add(seatings, json_seating(t, &t->seating[i]));
    json_set(all, "seats", seats);
    json_set(all, "seatings", seatings);
    if (whole) {
        json_set(all, "best_answers", json_answers(a, t));
        json_equilibria(t, &m, all);
    }
    json_set_text(all, "caveat", "This speaks of the model, of these personas and of means as they came out; not of the world.");
    json_print(all, out);
    json_free(all);
}

void tournament_csv(struct arena *a, const struct tournament *t, FILE *out)
{
    const struct program *p = t->p;
    struct text rows;
    char number[NUMBER_TEXT];
    text_init(&rows, a);
    for (int s = 0; s < p->seats; s++)
        text_addf(&rows, "%s,", p->seat[s].name);
    text_add(&rows, "games,failed");
    for (int s = 0; s < p->seats; s++)
        text_addf(&rows, ",mean_%s,spread_%s", p->seat[s].name, p->seat[s].name);
    for (int e = 0; e < p->endings; e++)
        text_addf(&rows, ",ended_%s", p->ending[e].name);
    text_add(&rows, ",no_ending\n");
    for (int i = 0; i < t->seatings; i++) {
        const struct seating *is = &t->seating[i];
        for (int s = 0; s < p->seats; s++)
            text_addf(&rows, "%s,", tournament_entrant(t, s, is->place[s]));
        text_addf(&rows, "%d,%d", is->games, is->failed);
        for (int s = 0; s < p->seats; s++) {
            text_addf(&rows, ",%s", text_number(is->mean[s], number));
            text_addf(&rows, ",%s", text_number(is->spread[s], number));
        }
        for (int e = 0; e <= p->endings; e++)
            text_addf(&rows, ",%d", is->ended[e]);
        text_add(&rows, "\n");
    }
    fwrite(rows.at, 1, rows.length, out);
}
