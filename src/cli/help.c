/* cli/help.c — `demarche help`: the commands by group, or one command's own help. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

static const struct { const char *name, *group, *arguments, *help; int (*run)(int argc, char **argv); } commands[] = {
#define COMMAND(name, group, arguments, help) {#name, group, arguments, help, cmd_##name},
#include "cli/commands.def"
#undef COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int help_one(const char *name)
{
    static char ask[] = "-h";
    const char *known[COMMANDS];
    for (int i = 0; i < COMMANDS; i++) {
        char copy[32];
        known[i] = commands[i].name;
        if (strcmp(known[i], name) != 0)
            continue;
        snprintf(copy, sizeof copy, "%s", name);
        char *argv[] = {copy, ask, NULL};
        return commands[i].run(2, argv);
    }
    const char *near = text_nearest(name, known, COMMANDS);
    if (near)
        return cli_usage("help", "there is no command '%s'; did you mean '%s'?", name, near);
    return cli_usage("help", "there is no command '%s'; `demarche help` lists them", name);
}

int cmd_help(int argc, char **argv)
{
    struct parsed given;
    int exit;
    if (!cli_parse("help", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("help", "one command at a time");
    if (given.operands == 1)
        return help_one(given.operand[0]);
    puts("demarche: a policy dialogue in turns. Play it, study it, write your own.\n\nFor example: demarche play restraint-2017 --as us");
    const char *group = "";
    for (int i = 0; i < COMMANDS; i++) {
        char call[64];
        if (strcmp(group, commands[i].group) != 0)
            printf("\n%s\n", commands[i].group);
        group = commands[i].group;
        snprintf(call, sizeof call, "%s %s", commands[i].name, commands[i].arguments);
        printf("  %-20s %s\n", call, commands[i].help);
    }
    puts("\n`demarche COMMAND -h` shows a command's options. A scenario is a folder's path\nor the name of an installed one. `--color never|auto|always` goes with any of them.");
    return EXIT_DONE;
}
