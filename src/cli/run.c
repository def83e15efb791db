/* cli/run.c — `demarche run`: one run or many, as tidy rows, a summary of the end, a chart or indices.
 * Rows, summaries, charts and indices are the only things on standard output; everything else is said on standard error. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/longrun.h"
#include "cli/seating.h"
#include "lab/lab.h"
#include "lab/quick.h"
#include "page/report.h"

/* Of ten million runs a share is known to less than two hundredths of a percent; more would cost hours and tell nothing. */
enum { MOST_RUNS = 10000000, MOST_TURNS = 1000000, MOST_THREADS = 256 };

enum { PLAY, BOTS, RUNS, SEED, JOBS, SAMPLE, VARY, DRAWS, TURNS, CSV, RESUME, SUMMARY, CHART, INDICES, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [PLAY] = {"play", 0, "NAME", "the scripted play to run; without it nothing is done"},
    [BOTS] = {"bots", 0, "SEAT=NAME,..", "whole games instead: a script or quick persona in each seat"},
    [RUNS] = {"runs", 0, "N", "how many, with parameters and chances drawn; 1"},
    [SEED] = {"seed", 's', "N", "where the draws begin; 1"},
    [JOBS] = {"jobs", 'j', "N", "threads; all cores; never a matter for results"},
    [SAMPLE] = {"sample", 0, "HOW", "of the parameters: plain, lhs or sobol"},
    [VARY] = {"vary", 0, "NAME=a:b:n", "a parameter at n values; repeated: a grid"},
    [DRAWS] = {"draws", 0, "median|drawn", "median: parameters at values, draws at medians"},
    [TURNS] = {"turns", 0, "N", "how many; the play's or the scenario's"},
    [CSV] = {"csv", 'o', "FILE", "rows run,turn,time,quantity,value; - for stdout"},
    [RESUME] = {"resume", 0, "", "go on after the last whole run in FILE"},
    [SUMMARY] = {"summary", 0, "", "mean, 10, 50 and 90 % at the end; the default"},
    [CHART] = {"chart", 0, "QUANTITY", "its 10, 50 and 90 % over the turns"},
    [INDICES] = {"indices", 0, "Q[,..]", "Sobol indices of quantities at the end"},
    [JSON] = {"json", 0, "", "summary, chart or indices as JSON"},
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
    cli_usage("run", "--%s takes a whole number from %ld to %ld, not '%s'%s", rows[option].name, least, most, text,
              option == RUNS && text_to_long(text, strlen(text), out) && *out > most ? "; so many know a share to two hundredths of a percent, for more use other seeds" : "");
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

/* --- what is varied, and what is looked at ------------------------------------------------------------------------------------ */

/* "rate" or "rate[coal]", so many characters of it. */
static bool find_parameter(struct arena *a, const struct program *p, const char *name, struct vary *v)
{
    const char **known = ARENA_ARRAY(a, p->parameters, const char *);
    for (int i = 0; i < p->parameters; i++) {
        const struct parameter *q = &p->parameter[i];
        known[i] = q->name;
        if (q->count == 0 || q->prior == PRIOR_COMPUTED)
            continue;
        v->parameter = i;
        v->element = -1;
        if (strcmp(name, q->name) == 0)
            return true;
        for (v->element = 0; v->element < q->count; v->element++)
            if (strcmp(name, program_element_name(p, a, q->name, q->dims, q->dim, v->element)) == 0)
                return true;
    }
    char bare[64];
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(name, "["), name);
    int parameter = program_parameter(p, bare);
    const char *near = parameter >= 0 ? NULL : text_nearest(bare, known, p->parameters);
    if (parameter >= 0 && p->parameter[parameter].count == 0)
        cli_usage("run", "'%s' is a table; only numbers can be varied", bare);
    else if (parameter >= 0 && p->parameter[parameter].prior == PRIOR_COMPUTED)
        cli_usage("run", "'%s' is worked out from other parameters; vary one of those", bare);
    else if (parameter >= 0)
        cli_usage("run", "there is no '%s'; the first element is '%s'", name,
                  program_element_name(p, a, bare, p->parameter[parameter].dims, p->parameter[parameter].dim, 0));
    else if (near)
        cli_usage("run", "there is no parameter '%s' in %s; did you mean '%s'?", name, p->id, near);
    else
        cli_usage("run", "there is no parameter '%s' in %s; `demarche sources` lists them", name, p->id);
    return false;
}

/* a:b:n */
static bool read_span(const char *text, struct vary *v)
{
    const char *first = strchr(text, ':'), *second = first ? strchr(first + 1, ':') : NULL;
    long count;
    if (!second || !text_to_number(text, (size_t)(first - text), &v->from) || !text_to_number(first + 1, (size_t)(second - first - 1), &v->to) ||
        !text_to_long(second + 1, strlen(second + 1), &count) || count < 1 || count > POINTS_MOST)
        return false;
    v->count = (int)count;
    return true;
}

static bool add_vary(struct arena *a, const struct program *p, const char *text, struct run_options *o, struct vary *vary)
{
    struct vary *v = &vary[o->varies];
    const char *equals = strchr(text, '=');
    if (o->varies == VARIES_MOST) {
        cli_usage("run", "--vary can be given %d times at most", VARIES_MOST);
        return false;
    }
    if (!equals || !read_span(equals + 1, v)) {
        cli_usage("run", "--vary takes NAME=from:to:how many, as in rate=0:0.2:11, not '%s'", text);
        return false;
    }
    if (!find_parameter(a, p, arena_copy(a, text, (size_t)(equals - text)), v))
        return false;
    for (int i = 0; i < o->varies; i++)
        if (vary[i].parameter == v->parameter && (vary[i].element < 0 || v->element < 0 || vary[i].element == v->element)) {
            cli_usage("run", "'%.*s' is varied twice; give it one --vary", (int)(equals - text), text);
            return false;
        }
    o->vary = vary;
    o->varies++;
    return true;
}

/* An option that may come several times; the shared reading keeps the last of each only. */
static bool read_varies(struct arena *a, const struct program *p, int argc, char **argv, struct run_options *o)
{
    struct vary *vary = ARENA_ARRAY(a, VARIES_MOST, struct vary);
    double points = 1;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *word = argv[i];
        if (strncmp(word, "--vary=", 7) == 0 && !add_vary(a, p, word + 7, o, vary))
            return false;
        if (strcmp(word, "--vary") == 0 && !add_vary(a, p, argv[++i], o, vary))
            return false;
        bool takes = false;             /* the next word is this one's, whatever it looks like */
        for (int k = 0; k < OPTIONS && strcmp(word, "--vary") != 0; k++)
            takes |= *rows[k].takes && ((word[0] == '-' && word[1] == '-' && strcmp(word + 2, rows[k].name) == 0) ||
                                        (rows[k].letter && word[0] == '-' && word[1] == rows[k].letter && word[2] == '\0'));
        i += takes;
    }
    for (int i = 0; i < o->varies; i++)
        points *= vary[i].count;
    if (points <= POINTS_MOST && points * o->runs <= MOST_RUNS)
        return true;
    cli_usage("run", "%.0f points with %d runs each are too many: at most %d points and %d runs in all", points, o->runs, POINTS_MOST, MOST_RUNS);
    return false;
}

static bool find_output(struct arena *a, const struct program *p, const char *name, struct output *out)
{
    if (program_find_value(p, name, &out->quantity, &out->element))
        return true;
    char bare[64];
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(name, "["), name);
    int q = program_quantity(p, bare);
    const char **known = ARENA_ARRAY(a, p->quantities, const char *);
    for (int i = 0; i < p->quantities; i++)
        known[i] = p->quantity[i].name;
    const char *near = q >= 0 ? NULL : text_nearest(bare, known, p->quantities);
    if (q >= 0)
        cli_usage("run", "'%s' does not name one number; name an element, as in '%s'", name,
                  program_element_name(p, a, bare, p->quantity[q].dims, p->quantity[q].dim, 0));
    else if (near)
        cli_usage("run", "there is no quantity '%s' in %s; did you mean '%s'?", name, p->id, near);
    else
        cli_usage("run", "there is no quantity '%s' in %s; the rows of --csv - name them all", name, p->id);
    return false;
}

/* Names with commas between them; a comma in brackets belongs to the name. */
static int find_outputs(struct arena *a, const struct program *p, const char *list, const struct output **out)
{
    LIST_OF(struct output) found = {0};
    for (const char *at = list; *at;) {
        size_t n = 0;
        for (int depth = 0; at[n] && (depth > 0 || at[n] != ','); n++)
            depth += (at[n] == '[') - (at[n] == ']');
        if (!find_output(a, p, arena_copy(a, at, n), LIST_ADD(a, found)))
            return 0;
        at += n + (at[n] == ',');
    }
    if (found.count == 0)
        cli_usage("run", "--indices needs the name of a quantity");
    *out = found.at;
    return found.count;
}

/* --- the command -------------------------------------------------------------------------------------------------------- */

/* Rank 0 opens for all; the others write nowhere. */
static FILE *open_rows(const char *path, bool resume, int *exit)
{
    if (lab_rank() > 0)
        return fopen("/dev/null", "wb");
    if (strcmp(path, "-") == 0)
        return stdout;
    FILE *out = fopen(path, resume && os_is_file(path) ? "r+b" : resume ? "w+b" : "wb");
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

static bool read_sampling(const struct parsed *given, enum sampling *out)
{
    static const enum sampling all[] = {SAMPLING_PLAIN, SAMPLING_LHS, SAMPLING_SOBOL};
    const char *how = given->value[SAMPLE];
    *out = given->value[INDICES] ? SAMPLING_SOBOL : SAMPLING_PLAIN;
    if (!how)
        return true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(how, sampling_name(all[i])) == 0) {
            *out = all[i];
            return true;
        }
    cli_usage("run", "--sample is plain, lhs (a Latin hypercube) or sobol, not '%s'", how);
    return false;
}

/* What cannot go together; false after a message. */
static bool fits_together(const struct parsed *given, bool median, bool shown)
{
    const char *csv = given->value[CSV];
    if (csv && strcmp(csv, "-") == 0 && shown)
        cli_usage("run", "rows and %s would mix on standard output; give --csv a file", given->value[CHART] ? "a chart" : "a summary");
    else if (given->value[BOTS] && given->value[PLAY])
        cli_usage("run", "a play says what all seats do; leave --play or --bots out");
    else if (given->value[BOTS] && given->value[RESUME])
        cli_usage("run", "rows do not say how games ended, so they cannot be gone on with; leave --resume or --bots out");
    else if (given->value[BOTS] && given->value[INDICES])
        cli_usage("run", "--indices are of plays; leave --bots out");
    else if (given->value[RESUME] && (!csv || strcmp(csv, "-") == 0))
        cli_usage("run", "--resume goes on with the rows in a file; name it with --csv FILE");
    else if (median && given->value[SAMPLE])
        cli_usage("run", "with --draws median nothing is sampled; leave --sample out");
    else if (median && given->value[INDICES])
        cli_usage("run", "with --draws median nothing varies; leave --draws out");
    else if (given->value[INDICES] && csv)
        cli_usage("run", "--indices writes no rows; leave --csv out");
    else if (given->value[INDICES] && given->value[VARY])
        cli_usage("run", "--indices takes parameters from their ranges; leave --vary out");
    else if (given->value[INDICES] && (given->value[CHART] || given->value[SUMMARY]))
        cli_usage("run", "--indices stands alone; leave --chart and --summary out");
    else
        return true;
    return false;
}

/* Ranks are taken to share one machine; -j says otherwise. */
static int jobs_for_us(void)
{
    int jobs = os_cores() / lab_ranks();
    return jobs > 1 ? jobs : 1;
}

static void draw_chart(void *self, const struct run_chart *chart)
{
    struct arena a;
    arena_init(&a, "chart");
    struct doc *d = doc_new(&a);
    (void)self;
    report_runs(d, chart);
    doc_print_as(d, stdout, 0, cli_glyphs());
    arena_done(&a);
}

static bool read_options(const struct parsed *given, struct run_options *o, int *exit)
{
    long runs, seed, jobs, turns;
    const char *draws = given->value[DRAWS], *csv = given->value[CSV];
    enum sampling sampling;
    *exit = EXIT_USAGE;
    if (!whole(given, RUNS, 1, MOST_RUNS, 1, &runs) || !whole(given, SEED, 0, INT64_MAX, 1, &seed) ||
        !whole(given, JOBS, 1, MOST_THREADS, jobs_for_us(), &jobs) || !whole(given, TURNS, 1, MOST_TURNS, 0, &turns) || !read_sampling(given, &sampling))
        return false;
    if (draws && strcmp(draws, "median") != 0 && strcmp(draws, "drawn") != 0) {
        cli_usage("run", "--draws is median or drawn, not '%s'", draws);
        return false;
    }
    bool median = draws && strcmp(draws, "median") == 0, chart = given->value[CHART] != NULL;
    bool games = given->value[BOTS] && !(csv && strcmp(csv, "-") == 0);
    bool summary = (!csv && !chart && !games) || given->value[SUMMARY] || given->value[JSON];
    if (!fits_together(given, median, summary || chart))
        return false;
    *o = (struct run_options){.play = -1, .runs = (int)runs, .seed = (uint64_t)seed, .threads = (int)jobs, .turns = (int)turns, .sampling = sampling,
                              .median = median, .summary = summary ? stdout : NULL, .summary_json = given->value[JSON] != NULL,
                              .games = games ? stdout : NULL, .charted = chart ? draw_chart : NULL,
                              .resume = given->value[RESUME] != NULL, .stopped = longrun_stopped, .lanes = longrun_lanes()};
    return true;
}

static void say_stopped(const struct run_result *r, const char *csv)
{
    fprintf(stderr, "demarche: stopped after %d of %d runs; ", r->done, r->of);
    if (csv && strcmp(csv, "-") != 0)
        fprintf(stderr, "%s ends with a whole run, and the same command with --resume goes on from there\n", csv);
    else
        fprintf(stderr, "what was printed is about these\n");
}

static int run_and_report(struct arena *a, const struct program *p, struct run_options *o, const char *csv)
{
    int exit = EXIT_DONE;
    struct run_result r;
    struct longrun clock;
    if (csv)
        o->csv = open_rows(csv, o->resume, &exit);
    if (!lab_ranks_all(!csv || o->csv)) {
        if (o->csv && o->csv != stdout)
            fclose(o->csv);
        return exit;
    }
    if (os_terminal_err())
        o->progress = longrun_say;
    o->self = &clock;
    longrun_begin(&clock, "runs");
    enum run_end end = lab_run(a, p, o, &r);
    longrun_clear(&clock);
    if (csv && !close_rows(o->csv, csv))
        exit = EXIT_LIMIT;
    if (lab_rank() > 0)
        return exit;                    /* rank 0 says how it went */
    switch (end) {
    case RUN_REFUSED:
        if (r.disagrees)
            fprintf(stderr, "demarche: cannot go on with %s: %s; use the flags it was made with, or another file\n", csv, r.refused);
        else
            fprintf(stderr, "demarche: %s\n", r.refused);
        return r.disagrees ? EXIT_INPUT : EXIT_USAGE;
    case RUN_ALL_FAILED:
        fprintf(stderr, "demarche: %s%s\n", o->runs == 1 ? "" : "every run failed: ", r.first_failure);
        return longrun_signal() ? 128 + longrun_signal() : EXIT_NO;
    case RUN_STOPPED:
        say_stopped(&r, csv);
        exit = 128 + longrun_signal();
        break;
    case RUN_DONE:
        break;
    }
    if (r.failed)
        fprintf(stderr, "demarche: %d of %d runs failed and are left out: %s\n", r.failed, r.done, r.first_failure);
    if (r.estimated && (o->summary || o->charted))
        fprintf(stderr, "demarche: too many numbers to keep; the shares are from a t-digest, within about a thousandth of the spread\n");
    return exit;
}

static int work_out_indices(struct arena *a, const struct program *p, const struct run_options *o, const char *names)
{
    struct longrun clock;
    struct indices_asked asked = {.play = o->play, .runs = o->runs, .seed = o->seed, .threads = o->threads, .turns = o->turns, .sampling = o->sampling,
                                  .progress = os_terminal_err() ? longrun_say : NULL, .stopped = longrun_stopped, .self = &clock};
    struct indices is;
    asked.outputs = find_outputs(a, p, names, &asked.output);
    if (asked.outputs == 0)
        return EXIT_USAGE;
    longrun_begin(&clock, "runs");
    enum run_end end = lab_indices(a, p, &asked, &is);
    longrun_clear(&clock);
    if (lab_rank() > 0)
        return EXIT_DONE;
    switch (end) {
    case RUN_REFUSED:
        return cli_usage("run", "no indices of %s: %s", p->id, is.refused);
    case RUN_ALL_FAILED:
        fprintf(stderr, "demarche: every run failed: %s\n", is.first_failure);
        return EXIT_NO;
    case RUN_STOPPED:
        fprintf(stderr, "demarche: stopped after %d of %d parameters; indices need all runs of one\n", is.finished, is.factors);
        break;
    case RUN_DONE:
        break;
    }
    if (is.finished)
        (o->summary_json ? indices_json : indices_print)(a, p, &asked, &is, stdout);
    if (is.failed)
        fprintf(stderr, "demarche: %d of %d runs failed and are left out: %s\n", is.failed, is.runs, is.first_failure);
    return end == RUN_STOPPED ? 128 + longrun_signal() : EXIT_DONE;
}

static bool not_quick(const struct seat *seat, const struct persona *is, const struct persona *other)
{
    if (other)
        cli_usage("run", "the persona '%s' of %s looks %d turns ahead, which takes a game of its own (demarche play); '%s' is quick enough", is->name,
                  seat->name, is->patience, other->name);
    else
        cli_usage("run", "the persona '%s' of %s looks %d turns ahead, which takes a game of its own (demarche play); leave the seat out and it holds",
                  is->name, seat->name, is->patience);
    return false;
}

/* Each seat's first quick persona unless named. False after a message. */
static bool seat_bots(struct arena *a, const struct program *p, const char *bots, struct run_options *o)
{
    int *persona = ARENA_ARRAY(a, p->seats, int);
    if (p->seats == 0)
        return cli_usage("run", "%s has no seats, so nobody plays; leave --bots out", p->id), false;
    if (!seating_personas(a, p, "run", bots, persona))
        return false;
    for (int s = 0; s < p->seats; s++) {
        const struct seat *seat = &p->seat[s];
        const struct persona *is = persona[s] < 0 ? NULL : &seat->persona[persona[s]];
        int quick = 0;
        while (quick < seat->personas && !quick_can(&seat->persona[quick]))
            quick++;
        if (is && !quick_can(is))
            return not_quick(seat, is, quick < seat->personas ? &seat->persona[quick] : NULL);
        if (!is)
            persona[s] = quick < seat->personas ? quick : -1;
    }
    o->persona = persona;
    return true;
}

static int run_command(int argc, char **argv)
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
    if (!lab_ranks_all(p != NULL)) {
        if (p)
            fprintf(stderr, "demarche: %s cannot be read where another rank runs\n", given.operand[0]);
        exit = EXIT_INPUT;
    } else {
        exit = EXIT_USAGE;
        if ((!given.value[BOTS] || seat_bots(&a, p, given.value[BOTS], &o)) &&
            (!given.value[PLAY] || (o.play = find_play(&a, p, given.value[PLAY])) >= 0) && read_varies(&a, p, argc, argv, &o) &&
            (!given.value[CHART] || find_output(&a, p, given.value[CHART], &o.chart)))
            exit = given.value[INDICES] ? work_out_indices(&a, p, &o, given.value[INDICES]) : run_and_report(&a, p, &o, given.value[CSV]);
    }
    arena_done(&a);
    return exit;
}

int cmd_run(int argc, char **argv)
{
    const char *refused = lab_ranks_begin();
    if (refused) {
        fprintf(stderr, "demarche: %s\n", refused);
        return EXIT_LIMIT;
    }
    int exit = run_command(argc, argv);
    lab_ranks_end();
    return exit;
}
