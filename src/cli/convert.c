/* cli/convert.c — `demarche convert`: a scenario's game of personas, for Gambit. */
#include <stdio.h>
#include <string.h>

#include "cli/contest.h"

enum { TO = CONTEST_OPTIONS, OUTPUT, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    CONTEST_ROWS,
    [TO] = {"to", 0, "nfg|efg", "a strategic game, or a tree in which the seats choose unseen"},
    [OUTPUT] = {"output", 'o', "FILE", "where to; standard output"},
};

int cmd_convert(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("convert", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    const char *to = given.value[TO];
    if (!to || (strcmp(to, "nfg") != 0 && strcmp(to, "efg") != 0))
        return cli_usage("convert", to ? "--to is nfg or efg, not '%s'" : "to what? --to nfg is a strategic game, --to efg a tree", to);
    arena_init(&a, "convert");
    const struct tournament *t = contest_play(&a, "convert", &given, true, &exit);
    FILE *out = t ? contest_open(given.value[OUTPUT]) : NULL;
    if (t && !out)
        exit = EXIT_INPUT;
    if (out) {
        (strcmp(to, "nfg") == 0 ? gambit_nfg : gambit_efg)(&a, t, out);
        exit = contest_close(out, given.value[OUTPUT]) ? exit : EXIT_LIMIT;
    }
    arena_done(&a);
    return exit;
}
