/* cli/run.c — `demarche run`: one run or many, as tidy rows or as a summary of the end.
 * Rows and summaries are the only things on standard output; everything else is said on standard error. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "lab/lab.h"

enum { MOST_RUNS = 100000000, MOST_TURNS = 1000000, MOST_THREADS = 256 };

enum { PLAY, RUNS, SEED, JOBS, CSV, SUMMARY, DRAWS, TURNS, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [PLAY] = {"play", 0, "NAME", "the scripted play to run; without it nothing is done"},
    [RUNS] = {"runs", 0, "N", "how many runs; 1 unless told otherwise, with parameters and chances drawn from the seed"},
    [SEED] = {"seed", 's', "N", "where the draws begin; 1 unless told otherwise"},
    [JOBS] = {"jobs", 'j', "N", "threads; as many as there are cores unless told otherwise, never a matter for the results"},
    [CSV] = {"csv", 'o', "FILE", "rows run,turn,time,quantity,value to a file, - for standard output"},
    [SUMMARY] = {"summary", 0, "", "mean, 10, 50 and 90 % of every quantity at the end; the default without --csv"},
    [DRAWS] = {"draws", 0, "median|drawn", "median: every parameter at its value and every draw at its median"},
    [TURNS] = {"turns", 0, "N", "how many turns; the play's or the scenario's unless told otherwise"},
    [JSON] = {"json", 0, "", "the summary as JSON"},
};

/* A whole number of an option within bounds, or `otherwise` if it is not given. False after a message. */
static bool whole(const struct parsed *given, int option, long least, long most, long otherwise, long *out)
{
    const char *text = given->value[option];
    *out = otherwise;
    if (!text)
        return true;
    if (text_to_long(text, strlen(text), out) && *out >= least && *out <= most)
        return true;
    cli_usage("run", "--%s takes a whole number from %ld to %ld, not '%s'", rows[option].name, least, most, text);
    return false;
}

static int find_play(struct arena *a, const struct program *p, const char *name)
{
    int play = program_play(p, name);
    if (play >= 0)
        return play;
    const char **known = ARENA_ARRAY(a, p->plays, const char *);
    for (int i = 0; i < p->plays; i++)
        known[i] = p->play[i].name;
    const char *near = text_nearest(name, known, p->plays);
    if (near)
        cli_usage("run", "there is no play '%s' in %s; did you mean '%s'?", name, p->id, near);
    else if (p->plays)
        cli_usage("run", "there is no play '%s' in %s; the first one there is '%s'", name, p->id, known[0]);
    else
        cli_usage("run", "there is no play '%s': %s has no plays; leave --play out", name, p->id);
    return -1;
}

/* --- progress ----------------------------------------------------------------------------------------------------------- */

struct clock { double began, said; bool shown; };

static void say_progress(void *self, int done, int of)
{
    struct clock *c = self;
    double now = os_seconds(), spent = now - c->began;
    if (done == of) {
        if (c->shown)
            fprintf(stderr, "\r%*s\r", 60, "");
        return;
    }
    if (spent < 1 || now - c->said < 0.2)
        return;
    fprintf(stderr, "\r%d of %d runs, about %.0f s left   ", done, of, spent / done * (of - done));
    fflush(stderr);
    c->said = now;
    c->shown = true;
}

/* --- the command -------------------------------------------------------------------------------------------------------- */

static FILE *open_rows(const char *path, int *exit)
{
    if (strcmp(path, "-") == 0)
        return stdout;
    FILE *out = fopen(path, "wb");
    if (!out) {
        fprintf(stderr, "demarche: cannot write %s: %s; name another file\n", path, strerror(errno));
        *exit = EXIT_INPUT;
    }
    return out;
}

/* True if everything that was written has reached the file. */
static bool close_rows(FILE *out, const char *path)
{
    bool fine = fflush(out) == 0 && !ferror(out);
    if (out != stdout)
        fine = fclose(out) == 0 && fine;
    if (!fine)
        fprintf(stderr, "demarche: could not write all rows to %s; what is there is not complete\n", strcmp(path, "-") == 0 ? "standard output" : path);
    return fine;
}

static bool read_options(const struct parsed *given, struct run_options *o, int *exit)
{
    long runs, seed, jobs, turns;
    const char *draws = given->value[DRAWS], *csv = given->value[CSV];
    *exit = EXIT_USAGE;
    if (!whole(given, RUNS, 1, MOST_RUNS, 1, &runs) || !whole(given, SEED, 0, INT64_MAX, 1, &seed) ||
        !whole(given, JOBS, 1, MOST_THREADS, os_cores(), &jobs) || !whole(given, TURNS, 1, MOST_TURNS, 0, &turns))
        return false;
    if (draws && strcmp(draws, "median") != 0 && strcmp(draws, "drawn") != 0) {
        cli_usage("run", "--draws is median or drawn, not '%s'", draws);
        return false;
    }
    bool summary = !csv || given->value[SUMMARY] || given->value[JSON];
    if (csv && strcmp(csv, "-") == 0 && summary) {
        cli_usage("run", "rows and a summary would mix on standard output; give --csv a file");
        return false;
    }
    *o = (struct run_options){.play = -1, .runs = (int)runs, .seed = (uint64_t)seed, .threads = (int)jobs, .turns = (int)turns,
                              .median = draws && strcmp(draws, "median") == 0, .summary = summary ? stdout : NULL,
                              .summary_json = given->value[JSON] != NULL};
    return true;
}

static int run_and_report(struct arena *a, const struct program *p, struct run_options *o, const char *csv)
{
    int exit = EXIT_DONE, failed = 0;
    const char *first_failure = NULL;
    struct clock clock = {.began = os_seconds()};
    if (csv && !(o->csv = open_rows(csv, &exit)))
        return exit;
    if (os_terminal_err()) {
        o->progress = say_progress;
        o->self = &clock;
    }
    bool some = lab_run(a, p, o, &failed, &first_failure) == 0;
    if (csv && !close_rows(o->csv, csv))
        exit = EXIT_LIMIT;
    if (!some) {
        fprintf(stderr, "demarche: %s%s\n", o->runs == 1 ? "" : "every run failed: ", first_failure);
        return EXIT_NO;
    }
    if (failed)
        fprintf(stderr, "demarche: %d of %d runs failed and are left out: %s\n", failed, o->runs, first_failure);
    return exit;
}

int cmd_run(int argc, char **argv)
{
    struct parsed given;
    struct run_options o;
    int exit;
    if (!cli_parse("run", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("run", given.operands ? "one scenario at a time" : "name a scenario: a folder, a file or an installed one");
    if (!read_options(&given, &o, &exit))
        return exit;
    struct arena a;
    arena_init(&a, "run");
    const struct program *p = cli_load(&a, given.operand[0], false, &exit);
    if (p) {
        exit = EXIT_USAGE;
        if (!given.value[PLAY] || (o.play = find_play(&a, p, given.value[PLAY])) >= 0)
            exit = run_and_report(&a, p, &o, given.value[CSV]);
    }
    arena_done(&a);
    return exit;
}
