/* cli/check.c — `demarche check`: every mistake in a scenario, with its place; --claims also runs what its sources say.
 * Findings go to standard error (they are words to a person), the counts and claims to standard output. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/check_private.h"
#include "cli/cli.h"
#include "lab/lab.h"
#include "lang/compile.h"

enum { MOST_IN_PLAYS = 64, DRAWS_DEFAULT = 200, MOST_DRAWS = 100000, MOST_THREADS = 256 };

enum { STRICT, CLAIMS, DRAWS, JOBS, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [STRICT] = {"strict", 0, "", "warnings count as errors"},
    [CLAIMS] = {"claims", 0, "", "run the claims and print each with the numbers on both sides"},
    [DRAWS] = {"draws", 0, "N", "draws over the priors for claims that ask for a share of them; 200 unless told otherwise"},
    [JOBS] = {"jobs", 'j', "N", "threads; as many as there are cores unless told otherwise"},
    [JSON] = {"json", 0, "", "findings, counts and claims as JSON"},
};

struct checked { const char *name; struct arena arena; struct diags found; const struct program *p; };

/* --- plays -------------------------------------------------------------------------------------------------------------- */

/* A play is kept with its file and line; the place of that line's words among what was read. */
static struct span line_span(const struct diags *d, const char *path, int line)
{
    for (int i = 0; path && i < d->sources.count; i++) {
        const struct source *s = &d->sources.at[i];
        if (strcmp(s->path, path) != 0)
            continue;
        const char *at = s->text, *end = s->text + s->length;
        for (int n = 1; n < line && at < end; n++) {
            const char *next = memchr(at, '\n', (size_t)(end - at));
            at = next ? next + 1 : end;
        }
        while (at < end && *at == ' ')
            at++;
        size_t length = strcspn(at, ":\r\n");
        return (struct span){s->from + (uint32_t)(at - s->text), (uint32_t)length};
    }
    return (struct span){0, 0};
}

static void check_plays(struct checked *c)
{
    struct play_finding finding[MOST_IN_PLAYS];
    int count = lab_plays(&c->arena, c->p, finding, MOST_IN_PLAYS);
    for (int i = 0; i < count; i++) {
        const struct play *play = &c->p->play[finding[i].play];
        struct span at = line_span(&c->found, play->path, play->line);
        if (finding[i].failed)
            diag_warning(&c->found, at, D_PLAY_FAILS, "%s", finding[i].text);
        else
            diag_warning(&c->found, at, D_ROW_REFUSED, "%s", finding[i].text);
    }
}

/* --- one scenario ------------------------------------------------------------------------------------------------------- */

/* False if it cannot be read at all. */
static bool check_one(struct checked *c, const char *name)
{
    c->name = name;
    arena_init(&c->arena, "check");
    diags_init(&c->found, &c->arena);
    const char *path = cli_find_scenario(&c->arena, name), *unreadable = NULL;
    if (!path)
        return false;
    struct reading *r = read_scenario(&c->arena, &c->found, path, &unreadable);
    if (!r) {
        fprintf(stderr, "demarche: cannot read %s: %s\n", path, unreadable);
        return false;
    }
    c->p = lang_compile(&c->arena, &c->found, r);
    if (c->p)
        check_plays(c);
    return true;
}

static void print_count(FILE *out, const char **between, int n, const char *one, const char *many)
{
    if (n == 0)
        return;
    fprintf(out, "%s%d %s", *between, n, n == 1 ? one : many);
    *between = ", ";
}

static int count_stocks(const struct program *p)
{
    int stocks = 0;
    for (int i = 0; i < p->quantities; i++)
        stocks += p->quantity[i].kind == Q_STOCK;
    return stocks;
}

static int count_parameters(const struct program *p)
{
    int count = 0;
    for (int i = 0; i < p->parameters; i++)
        count += p->parameter[i].hidden_of == NULL;
    return count;
}

/* "scenarios/x: 132 parameters, 80 quantities (40 stocks), 39 moves, 25 plays, 26 claims; no findings" */
static void print_counts(const struct checked *c, FILE *out)
{
    const char *between = ": ";
    fputs(c->name, out);
    if (c->p) {
        print_count(out, &between, count_parameters(c->p), "parameter", "parameters");
        print_count(out, &between, c->p->quantities, "quantity", "quantities");
        int stocks = count_stocks(c->p);
        if (stocks)
            fprintf(out, " (%d stock%s)", stocks, stocks == 1 ? "" : "s");
        print_count(out, &between, c->p->moves, "move", "moves");
        print_count(out, &between, c->p->plays, "play", "plays");
        print_count(out, &between, c->p->claims, "claim", "claims");
        between = strcmp(between, ": ") == 0 ? ": " : "; ";
    }
    if (c->found.errors + c->found.warnings == 0) {
        fprintf(out, "%sno findings\n", between);
        return;
    }
    print_count(out, &between, c->found.errors, "error", "errors");
    print_count(out, &between, c->found.warnings, "warning", "warnings");
    fputc('\n', out);
}

static struct json *findings_json(const struct diags *d)
{
    static const char *const level[] = {[DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};
    struct json *list = json_new_array();
    for (int i = 0; i < d->found.count; i++) {
        const struct finding *f = &d->found.at[i];
        struct place at = diags_place(d, f->at);
        struct json *one = json_new_object();
        json_set_text(one, "file", at.path);
        json_set_whole(one, "line", at.line);
        json_set_whole(one, "column", at.column);
        json_set_text(one, "level", level[f->level]);
        json_set_whole(one, "code", f->code);
        json_set_text(one, "text", f->text);
        json_add(list, one);
    }
    return list;
}

static struct json *checked_json(struct checked *c, const struct claims_asked *asked, int *broken)
{
    struct json *one = json_new_object();
    json_set_text(one, "scenario", c->name);
    if (c->p) {
        json_set_whole(one, "parameters", count_parameters(c->p));
        json_set_whole(one, "quantities", c->p->quantities);
        json_set_whole(one, "stocks", count_stocks(c->p));
        json_set_whole(one, "moves", c->p->moves);
        json_set_whole(one, "plays", c->p->plays);
    }
    json_set_whole(one, "errors", c->found.errors);
    json_set_whole(one, "warnings", c->found.warnings);
    json_set(one, "findings", findings_json(&c->found));
    if (c->p && asked)
        *broken += check_claims_json(&c->arena, c->p, asked, one);
    return one;
}

/* --- the command -------------------------------------------------------------------------------------------------------- */

static bool whole(const struct parsed *given, int option, long most, long otherwise, int *out)
{
    const char *text = given->value[option];
    long n = otherwise;
    if (text && !(text_to_long(text, strlen(text), &n) && n >= 1 && n <= most)) {
        cli_usage("check", "--%s takes a whole number from 1 to %ld, not '%s'", rows[option].name, most, text);
        return false;
    }
    *out = (int)n;
    return true;
}

int cmd_check(int argc, char **argv)
{
    struct parsed given;
    struct claims_asked asked = {.seed = 1};
    int exit;
    if (!cli_parse("check", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands == 0)
        return cli_usage("check", "name at least one scenario: a folder, a file or an installed one");
    if (!whole(&given, DRAWS, MOST_DRAWS, DRAWS_DEFAULT, &asked.draws) || !whole(&given, JOBS, MOST_THREADS, os_cores(), &asked.threads))
        return EXIT_USAGE;
    bool claims = given.value[CLAIMS] != NULL, strict = given.value[STRICT] != NULL;
    struct json *doc = given.value[JSON] ? json_document() : NULL, *list = doc ? json_new_array() : NULL;
    bool unreadable = false, wrong = false;
    for (int i = 0; i < given.operands; i++) {
        struct checked c = {0};
        int broken = 0;
        if (!check_one(&c, given.operand[i])) {
            unreadable = true;
            arena_done(&c.arena);
            continue;
        }
        if (doc) {
            json_add(list, checked_json(&c, claims ? &asked : NULL, &broken));
        } else {
            diags_print(&c.found, stderr);
            print_counts(&c, stdout);
            if (claims && c.p)
                broken = check_claims_print(&c.arena, c.p, &asked, stdout);
        }
        wrong = wrong || c.found.errors > 0 || !c.p || broken > 0 || (strict && c.found.warnings > 0);
        arena_done(&c.arena);
    }
    if (doc) {
        json_set(doc, "scenarios", list);
        json_print(doc, stdout);
        json_free(doc);
    }
    return unreadable ? EXIT_INPUT : wrong ? EXIT_NO : EXIT_DONE;
}
