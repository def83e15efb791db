/* cli/cli.c — what commands share: reading options, saying how they were used wrongly, finding and reading scenarios.
 * Words to a person go to standard error; only asked-for help goes to standard output. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/panic.h"
#include "base/text.h"
#include "lang/compile.h"

enum { OPERANDS_MOST = 16, OPTIONS_MOST = 32, HELP_CELLS = 78, HELP_INDENT = 25, PLACES_MOST = 32, SCENARIOS_MOST = 512 };

static const struct { const char *name, *arguments, *help; } commands[] = {
#define COMMAND(name, group, arguments, help) {#name, arguments, help},
#include "cli/commands.def"
#undef COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* What a newcomer may type to see it work; one a command. */
static const struct { const char *command, *line; } examples[] = {
    {"play", "demarche play restraint-2017 --as us"},
    {"resume", "demarche resume"},
    {"branch", "demarche branch last --turn 3"},
    {"rename", "demarche rename last first-try"},
    {"remove", "demarche remove first-try"},
    {"replay", "demarche replay last --as us"},
    {"whatif", "demarche whatif last --turn 1 --drop coal_ban"},
    {"export", "demarche export last --csv data --codebook"},
    {"list", "demarche list seats restraint-2017"},
    {"show", "demarche show restraint-2017/seat/us"},
    {"report", "demarche report last --html report.html"},
    {"why", "demarche why restraint-2017 revenue --play coal_ban_only --turn 1..12"},
    {"verify", "demarche verify last"},
    {"forecast", "demarche forecast restraint-2017 --as us --plan 'list_bank(border_bank)' --of pressure"},
    {"run", "demarche run restraint-2017 --runs 100 --seed 7 --csv runs.csv"},
    {"tournament", "demarche tournament prisoners"},
    {"convert", "demarche convert prisoners --to nfg"},
    {"check", "demarche check restraint-2017 --claims"},
    {"preview", "demarche preview restraint-2017 --screen plan --turn 4 --size 120x40"},
    {"explain", "demarche explain seen_by"},
    {"sources", "demarche sources restraint-2017 --csv"},
    {"dump", "demarche dump restraint-2017"},
    {"schema", "demarche schema > demarche.schema.json"},
    {"bench", "demarche bench"},
    {"doctor", "demarche doctor"},
    {"help", "demarche help play"},
    {"version", "demarche version"},
};

/* --- used wrongly -------------------------------------------------------------------------------------------------------------- */

int cli_usage(const char *command, const char *format, ...)
{
    va_list args;
    if (command)
        fprintf(stderr, "demarche %s: ", command);
    else
        fputs("demarche: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

/* --- help of one command -------------------------------------------------------------------------------------------------------- */

static void print_option(const struct option_row *row)
{
    char lead[96];
    int n = row->letter ? snprintf(lead, sizeof lead, "  -%c, --%s%s%s", row->letter, row->name, *row->takes ? " " : "", row->takes)
                        : snprintf(lead, sizeof lead, "  --%s%s%s", row->name, *row->takes ? " " : "", row->takes);
    const char *rest = row->help, *line;
    size_t length;
    bool first = n < HELP_INDENT - 1;
    if (!first)
        printf("%s\n", lead);
    while (text_wrap(&rest, HELP_CELLS - HELP_INDENT, &line, &length)) {
        printf("%-*s%.*s\n", HELP_INDENT, first ? lead : "", (int)length, line);
        first = false;
    }
}

static void print_help(const char *command, const struct option_row *rows, int count)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(examples[i].command, command) == 0)
            printf("For example: %s\n", examples[i].line);
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, command) == 0)
            printf("\ndemarche %s%s%s%s\n  %s\n\n", command, *commands[i].arguments ? " " : "", commands[i].arguments, count ? " [options]" : "",
                   commands[i].help);
    for (int i = 0; i < count; i++)
        print_option(&rows[i]);
    print_option(&(struct option_row){"help", 'h', "", "this"});
}

/* --- options --------------------------------------------------------------------------------------------------------------------- */

static int option_named(const struct option_row *rows, int count, const char *name, size_t length)
{
    for (int i = 0; i < count; i++)
        if (strlen(rows[i].name) == length && strncmp(rows[i].name, name, length) == 0)
            return i;
    return -1;
}

static int option_lettered(const struct option_row *rows, int count, char letter)
{
    for (int i = 0; i < count; i++)
        if (rows[i].letter == letter)
            return i;
    return -1;
}

static void unknown_option(const char *command, const struct option_row *rows, int count, const char *given)
{
    const char *known[OPTIONS_MOST + 1];
    for (int i = 0; i < count; i++)
        known[i] = rows[i].name;
    known[count] = "help";
    size_t dashes = strspn(given, "-");
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(given + dashes, "="), given + dashes);
    const char *near = dashes == 2 ? text_nearest(word, known, count + 1) : NULL;
    if (near)
        cli_usage(command, "there is no option '%s'; did you mean '--%s'?", given, near);
    else
        cli_usage(command, "there is no option '%s'; `demarche %s -h` lists them", given, command);
}

bool cli_parse(const char *command, int argc, char **argv, const struct option_row *rows, int count, struct parsed *out, int *exit)
{
    REQUIRE(count <= OPTIONS_MOST);
    memset(out, 0, sizeof *out);
    *exit = EXIT_USAGE;
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (ended || word[0] != '-' || word[1] == '\0') {
            if (out->operands == OPERANDS_MOST) {
                cli_usage(command, "takes at most %d names at a time", OPERANDS_MOST);
                return false;
            }
            out->operand[out->operands++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            ended = true;
            continue;
        }
        if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0) {
            print_help(command, rows, count);
            *exit = EXIT_DONE;
            return false;
        }
        bool is_long = word[1] == '-';
        const char *name = word + (is_long ? 2 : 1), *equals = is_long ? strchr(name, '=') : NULL;
        int option = is_long ? option_named(rows, count, name, equals ? (size_t)(equals - name) : strlen(name))
                             : option_lettered(rows, count, name[0]);
        if (option < 0) {
            unknown_option(command, rows, count, word);
            return false;
        }
        const char *value = equals ? equals + 1 : !is_long && name[1] ? name + 1 : NULL;
        if (!*rows[option].takes && value) {
            cli_usage(command, "--%s takes nothing after it, not '%s'", rows[option].name, value);
            return false;
        }
        if (*rows[option].takes && !value) {
            if (i + 1 == argc) {
                cli_usage(command, "--%s needs %s after it", rows[option].name, rows[option].takes);
                return false;
            }
            value = argv[++i];
        }
        out->value[option] = value ? value : "";
    }
    *exit = EXIT_DONE;
    return true;
}

/* --- scenarios --------------------------------------------------------------------------------------------------------------------- */

/* Where scenarios are looked for by name, in order. */
static int places(struct arena *a, const char **place, int room)
{
    int count = 0;
    const char *asked = getenv("DEMARCHE_SCENARIOS");
    while (asked && *asked && count < room - 4) {
        size_t n = strcspn(asked, ":");
        if (n)
            place[count++] = arena_copy(a, asked, n);
        asked += n + (asked[n] != '\0');
    }
    const char *program = os_program_folder(a);
    place[count++] = "scenarios";
    place[count++] = os_join(a, program, "scenarios");
    place[count++] = os_join(a, program, "../share/demarche/scenarios");
    return count;
}

static const char *scenario_at(struct arena *a, const char *folder, const char *name)
{
    const char *path = os_join(a, folder, name);
    if (os_is_folder(path) && os_is_file(os_join(a, path, "scenario.yaml")))
        return path;
    const char *file = arena_printf(a, "%s.yaml", path);
    return os_is_file(file) ? file : NULL;
}

static const char *name_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".yaml") == 0 ? arena_copy(a, name, n - 5) : name;
}

int cli_scenarios(struct arena *a, const char *const **path)
{
    const char *place[PLACES_MOST], **found = ARENA_ARRAY(a, SCENARIOS_MOST, const char *);
    int count = places(a, place, PLACES_MOST), all = 0;
    for (int i = 0; i < count; i++) {
        const char *const *names;
        int named = 0;
        if (!os_is_folder(place[i]) || os_list(a, place[i], &names, &named) != 0)
            continue;
        for (int k = 0; k < named && all < SCENARIOS_MOST; k++) {
            const char *name = name_of(a, names[k]), *at = scenario_at(a, place[i], name);
            bool known = !at;
            for (int m = 0; m < all && !known; m++)
                known = strcmp(name_of(a, found[m]), name) == 0;
            if (!known)
                found[all++] = at;
        }
    }
    *path = found;
    return all;
}

const char *cli_find_scenario(struct arena *a, const char *name)
{
    if (os_is_file(name) || (os_is_folder(name) && os_is_file(os_join(a, name, "scenario.yaml"))))
        return name;
    if (os_is_folder(name) && strchr(name, '/')) {
        fprintf(stderr, "demarche: there is no scenario.yaml in '%s'; name a scenario's folder or its file\n", name);
        return NULL;
    }
    const char *place[PLACES_MOST];
    int count = places(a, place, PLACES_MOST);
    for (int i = 0; i < count && !strchr(name, '/'); i++) {
        const char *at = scenario_at(a, place[i], name);
        if (at)
            return at;
    }
    const char *const *path, *known[SCENARIOS_MOST];
    int all = cli_scenarios(a, &path);
    for (int i = 0; i < all; i++)
        known[i] = name_of(a, path[i]);
    const char *near = text_nearest(name, known, all);
    if (all == 0)
        fprintf(stderr, "demarche: there is no scenario '%s', and none is installed; set DEMARCHE_SCENARIOS to a folder that holds some, or give a path\n", name);
    else if (near)
        fprintf(stderr, "demarche: there is no scenario '%s'; did you mean '%s'?\n", name, near);
    else
        fprintf(stderr, "demarche: there is no scenario '%s'; `demarche list` shows those installed, or give a folder's path\n", name);
    return NULL;
}

const struct program *cli_load(struct arena *a, const char *name, bool warnings, int *exit)
{
    struct diags found;
    const char *path = cli_find_scenario(a, name), *unreadable = NULL;
    *exit = EXIT_INPUT;
    if (!path)
        return NULL;
    diags_init(&found, a);
    struct reading *r = read_scenario(a, &found, path, &unreadable);
    if (!r) {
        fprintf(stderr, "demarche: cannot read %s: %s\n", path, unreadable ? unreadable : "it is not a scenario");
        return NULL;
    }
    const struct program *p = lang_compile(a, &found, r);
    if (!p || (warnings && found.found.count))
        diags_print(&found, stderr);
    if (!p)
        return NULL;
    const char *wrong = program_verify(p);
    if (wrong) {
        fprintf(stderr, "demarche: the program made from %s is not safe to run: %s; please report it\n", path, wrong);
        return NULL;
    }
    *exit = EXIT_DONE;
    return p;
}

const struct program *cli_peek(struct arena *a, const char *path)
{
    struct diags found;
    const char *unreadable;
    diags_init(&found, a);
    struct reading *r = read_scenario(a, &found, path, &unreadable);
    return r ? lang_compile(a, &found, r) : NULL;
}
