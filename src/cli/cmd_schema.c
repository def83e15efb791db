/* cli/cmd_schema.c — `demarche schema`: the language as editors, readers and fuzzers want it, all from the one table in lang/schema.c. */
#include <stdio.h>

#include "cli/cli.h"
#include "lang/schema.h"

enum { REFERENCE, DICTIONARY, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [REFERENCE] = {"reference", 0, "", "the reference page: every key, block by block, in plain text"},
    [DICTIONARY] = {"dictionary", 0, "", "a token a line, for fuzzers"},
};

int cmd_schema(int argc, char **argv)
{
    struct parsed given;
    int exit;
    if (!cli_parse("schema", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands)
        return cli_usage("schema", "takes no names; it speaks of the language, not of one scenario");
    if (given.value[REFERENCE] && given.value[DICTIONARY])
        return cli_usage("schema", "--reference or --dictionary, not both");
    if (given.value[REFERENCE])
        schema_print_reference(stdout);
    else if (given.value[DICTIONARY])
        schema_print_dictionary(stdout);
    else
        schema_print_json(stdout);
    return EXIT_DONE;
}
