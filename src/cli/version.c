/* cli/version.c — `demarche version`: the program's version and those of what it reads. */
#include "cli/version.h"

#include <stdio.h>

#include "cli/cli.h"
#include "code/program.h"

int cmd_version(int argc, char **argv)
{
    struct parsed given;
    int exit;
    if (!cli_parse("version", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands)
        return cli_usage("version", "takes no names");
    printf("demarche %s\nlanguage %d, rules %d\n", DEMARCHE_VERSION, LANGUAGE_VERSION, RULES_VERSION);
    return EXIT_DONE;
}
