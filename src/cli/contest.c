/* cli/contest.c — which personas are entered, and the games between them. */
#include "cli/contest.h"

#include <errno.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/longrun.h"
#include "cli/seating.h"
#include "lab/quick.h"

enum { MOST_TURNS = 1000000, MOST_THREADS = 256, RUNS = 100 };

static bool whole_number(const char *command, const struct parsed *given, int option, const char *name, long least, long most, long otherwise, long *out)
{
    const char *text = given->value[option];
    *out = otherwise;
    if (!text || (text_to_long(text, strlen(text), out) && *out >= least && *out <= most))
        return true;
    cli_usage(command, "--%s takes a whole number from %ld to %ld, not '%s'", name, least, most, text);
    return false;
}

/* --- who is entered --------------------------------------------------------------------------------------------------------------- */

static bool add_entrant(struct arena *a, const struct program *p, const char *command, int seat, const char *name, struct entrants *to)
{
    int *list = ARENA_ARRAY(a, to->count + 1, int);
    int persona = -1;
    if (strcmp(name, "hold") != 0) {
        persona = program_persona(p, seat, name);
        if (persona < 0) {
            cli_usage(command, "seat %s has no persona '%s'; `demarche list personas %s` shows them", p->seat[seat].name, name, p->id);
            return false;
        }
        if (!quick_can(&p->seat[seat].persona[persona])) {
            cli_usage(command, "the persona '%s' of %s looks %d turns ahead, which takes a game of its own (demarche play); enter scripts and those that look one turn ahead",
                      name, p->seat[seat].name, p->seat[seat].persona[persona].patience);
            return false;
        }
    }
    for (int i = 0; i < to->count; i++) {
        if (to->persona[i] == persona)
            return cli_usage(command, "%s is entered twice for %s", name, p->seat[seat].name), false;
        list[i] = to->persona[i];
    }
    list[to->count] = persona;
    *to = (struct entrants){list, to->count + 1};
    return true;
}

static bool read_seat(struct arena *a, const struct program *p, const char *command, const char *one, struct entrants *entered)
{
    const char *equals = strchr(one, '=');
    if (!equals)
        return cli_usage(command, "--seats takes SEAT=PERSONA|PERSONA, such as %s=NAME|NAME, not '%s'", p->seat[0].name, one), false;
    const int seat = seating_seat(p, command, arena_copy(a, one, (size_t)(equals - one)));
    if (seat < 0)
        return false;
    for (const char *at = equals + 1;; at++) {
        const size_t n = strcspn(at, "|");
        if (!add_entrant(a, p, command, seat, arena_copy(a, at, n), &entered[seat]))
            return false;
        at += n;
        if (!*at)
            return true;
    }
}

/* Who was not named: all that are quick enough; a seat without any holds. */
static bool enter(struct arena *a, const struct program *p, const char *command, const char *seats, struct entrants *entered)
{
    while (seats && *seats) {
        const size_t n = strcspn(seats, ",");
        if (!read_seat(a, p, command, arena_copy(a, seats, n), entered))
            return false;
        seats += n + (seats[n] == ',');
    }
    for (int s = 0; s < p->seats; s++) {
        if (entered[s].count)
            continue;
        int left_out = 0;
        for (int i = 0; i < p->seat[s].personas; i++)
            if (!quick_can(&p->seat[s].persona[i]))
                left_out++;
            else if (!add_entrant(a, p, command, s, p->seat[s].persona[i].name, &entered[s]))
                return false;
        if (left_out)
            fprintf(stderr, "demarche: %s: %d of %d personas look farther ahead than a turn and are not entered\n", p->seat[s].name, left_out, p->seat[s].personas);
        if (!entered[s].count && !add_entrant(a, p, command, s, "hold", &entered[s]))
            return false;
    }
    return true;
}

static const int *goals_of(struct arena *a, const struct program *p, const char *command, const char *name)
{
    int *goal = ARENA_ARRAY(a, p->seats, int);
    for (int s = 0; s < p->seats; s++) {
        goal[s] = -1;
        for (int g = 0; g < p->seat[s].goals; g++)
            if (strcmp(p->seat[s].goal[g].name, name) == 0)
                goal[s] = g;
        if (goal[s] < 0) {
            cli_usage(command, "seat %s has no goal '%s'; --of takes one that every seat has, and without it the score counts", p->seat[s].name, name);
            return NULL;
        }
    }
    return goal;
}

/* --- the games ------------------------------------------------------------------------------------------------------------------------ */

static const struct tournament *play(struct arena *a, const char *command, const struct program *p, const struct parsed *given, bool whole, int *exit)
{
    struct tournament_asked asked = {.lanes = longrun_lanes()};
    struct entrants *entered = ARENA_ARRAY(a, p->seats, struct entrants);
    struct tournament *t = ARENA_NEW(a, struct tournament);
    struct longrun clock;
    long runs, seed, turns, jobs;
    int seatings;
    *exit = EXIT_USAGE;
    if (p->seats == 0)
        return cli_usage(command, "%s has no seats, so nobody plays", p->id), NULL;
    if (!whole_number(command, given, CONTEST_RUNS, "runs", 1, TOURNAMENT_GAMES_MOST, RUNS, &runs) ||
        !whole_number(command, given, CONTEST_SEED, "seed", 0, INT64_MAX, 1, &seed) ||
        !whole_number(command, given, CONTEST_TURNS, "turns", 1, MOST_TURNS, 0, &turns) ||
        !whole_number(command, given, CONTEST_JOBS, "jobs", 1, MOST_THREADS, os_cores(), &jobs) ||
        !enter(a, p, command, given->value[CONTEST_SEATS], entered) ||
        (given->value[CONTEST_OF] && !(asked.goal = goals_of(a, p, command, given->value[CONTEST_OF]))))
        return NULL;
    const double all = tournament_seatings(p, entered, &seatings);
    if ((double)seatings * (double)runs > TOURNAMENT_GAMES_MOST)
        return cli_usage(command, "%.0f seatings with %ld games each are more than %d games; take fewer --runs, or name fewer personas with --seats", all, runs,
                         TOURNAMENT_GAMES_MOST), NULL;
    if (whole && seatings < all)
        return cli_usage(command, "a game needs all %.0f seatings, and with so many seats at most %d are played; name fewer personas with --seats", all, TOURNAMENT_SAMPLE), NULL;
    asked.seat = entered;
    asked.runs = (int)runs;
    asked.seed = (uint64_t)seed;
    asked.turns = (int)turns;
    asked.threads = (int)jobs;
    asked.progress = os_terminal_err() ? longrun_say : NULL;
    asked.stopped = longrun_stopped;
    asked.self = &clock;
    longrun_begin(&clock, "games");
    if (!tournament_play(a, p, &asked, t)) {
        longrun_clear(&clock);
        fprintf(stderr, "demarche: stopped; a tournament needs all its games, so nothing is printed\n");
        *exit = 128 + longrun_signal();
        return NULL;
    }
    t->asked.self = NULL;
    for (int i = 0; i < t->seatings; i++)
        if (t->seating[i].games == 0) {
            fprintf(stderr, "demarche: every game of a seating failed: %s\n", t->first_failure);
            *exit = EXIT_NO;
            return NULL;
        }
    if (t->first_failure)
        fprintf(stderr, "demarche: games that failed are left out; the first: %s\n", t->first_failure);
    *exit = EXIT_DONE;
    return t;
}

const struct tournament *contest_play(struct arena *a, const char *command, const struct parsed *given, bool whole, int *exit)
{
    const struct program *p;
    *exit = EXIT_USAGE;
    if (given->operands != 1)
        return cli_usage(command, given->operands ? "one scenario at a time" : "name a scenario: a folder, a file or an installed one"), NULL;
    p = cli_load(a, given->operand[0], false, exit);
    return p ? play(a, command, p, given, whole, exit) : NULL;
}

FILE *contest_open(const char *path)
{
    FILE *out = !path || strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (!out)
        fprintf(stderr, "demarche: cannot write %s: %s; name another file\n", path, strerror(errno));
    return out;
}

bool contest_close(FILE *out, const char *path)
{
    bool fine = fflush(out) == 0 && !ferror(out);
    if (out != stdout)
        fine = fclose(out) == 0 && fine;
    if (!fine)
        fprintf(stderr, "demarche: could not write all of it to %s\n", out == stdout ? "standard output" : path);
    return fine;
}
