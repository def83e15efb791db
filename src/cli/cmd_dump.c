/* cli/cmd_dump.c — `demarche dump`: the compiled program with names, for whoever wants to see what a line of a scenario became.
 * (code/dump.c prints it; two files may not share a name.) */
#include <stdio.h>

#include "cli/cli.h"
#include "code/program.h"

int cmd_dump(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("dump", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("dump", "of which scenario? For example: demarche dump restraint-2017");
    arena_init(&a, "dump");
    const struct program *p = cli_load(&a, given.operand[0], false, &exit);
    if (p)
        program_dump(p, stdout);
    arena_done(&a);
    return exit;
}
