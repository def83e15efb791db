/* cli/cmd_tournament.c — `demarche tournament`: personas against each other, every seating of them. */
#include <stdio.h>
#include <string.h>

#include "cli/contest.h"

enum { CSV = CONTEST_OPTIONS, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    CONTEST_ROWS,
    [CSV] = {"csv", 'o', "FILE", "a row for each seating; - for stdout, and then nothing else"},
    [JSON] = {"json", 0, "", "all of it as JSON"},
};

int cmd_tournament(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("tournament", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    const char *csv = given.value[CSV];
    const bool alone = csv && strcmp(csv, "-") == 0;
    if (alone && given.value[JSON])
        return cli_usage("tournament", "rows and JSON would mix on standard output; give --csv a file");
    FILE *out = csv ? contest_open(csv) : NULL;
    if (csv && !out)
        return EXIT_INPUT;
    arena_init(&a, "tournament");
    const struct tournament *t = contest_play(&a, "tournament", &given, false, &exit);
    if (t && out)
        tournament_csv(&a, t, out);
    if (out && !contest_close(out, csv))
        exit = EXIT_LIMIT;
    if (t && !alone)
        (given.value[JSON] ? tournament_json : tournament_print)(&a, t, stdout);
    arena_done(&a);
    return exit;
}
