/* cli/main.c — the program's door: finds the command in commands.def and runs it. `demarche` alone opens the menu on a terminal.
 * The locale decides which letters a terminal gets and nothing else: numbers never ask it. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/saves.h"
#include "code/program.h"
#include "tui/tui.h"

static const struct { const char *name; int (*run)(int argc, char **argv); } commands[] = {
#define COMMAND(name, group, arguments, help) {#name, cmd_##name},
#include "cli/commands.def"
#undef COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands, SCENARIOS_MOST = 64 };

static int run(const char *name)
{
    char command[32];
    snprintf(command, sizeof command, "%s", name);
    char *argv[] = {command, NULL};
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].run(1, argv);
    return EXIT_USAGE;
}

static int say_usage(void)
{
    fputs("demarche: a policy dialogue in turns. Play it, study it, write your own.\n"
          "\n"
          "  demarche play restraint-2017 --as us     play against personas\n"
          "  demarche play restraint-2017             watch personas play, or choose a seat\n"
          "  demarche list                            the scenarios there are\n"
          "  demarche show restraint-2017/seat/us     a brief, a move, a number, a source\n"
          "  demarche run restraint-2017 --csv -      a run as rows of data\n"
          "  demarche check FOLDER                    every mistake in a scenario\n"
          "  demarche doctor                          what this terminal can do\n"
          "\n"
          "`demarche help` lists all commands, `demarche COMMAND -h` the options of one.\n", stderr);
    return EXIT_USAGE;
}

/* The game that was left last, in words, if it can go on; NULL: there is none. */
static const char *last_game(struct arena *a, const char **title)
{
    const struct game_file *file;
    enum store_error error;
    const char *words = NULL, *where = NULL;
    struct store *s = games_all(a, &file) > 0 ? store_open(a, file[0].path, false, NULL, &error, &words) : NULL;
    const struct store_game *g = s ? store_game(s) : NULL;
    if (g && !g->over) {
        *title = arena_printf(a, "Go on with %s", text_plain(a, g->title));
        where = arena_printf(a, "turn %d of %d", g->turns_done + 1, g->turns);
    }
    if (s)
        store_close(s);
    return where;
}

/* The menu: the game that was left last, one line a scenario, then what else works. */
static int menu(void)
{
    struct arena a;
    const char *const *path, *play[SCENARIOS_MOST + 1] = {NULL}, *item[SCENARIOS_MOST + 5], *note[SCENARIOS_MOST + 5];
    arena_init(&a, "menu");
    int scenarios = cli_scenarios(&a, &path), count = 0, code = EXIT_DONE;
    note[0] = last_game(&a, &item[0]);
    const bool goes_on = note[0] != NULL;
    count += goes_on;
    for (int i = 0; i < scenarios && count < SCENARIOS_MOST; i++) {
        const struct program *p = cli_peek(&a, path[i]);
        if (!p || !p->seats)
            continue;
        play[count] = path[i];
        item[count] = arena_printf(&a, "Play %s", p->title && *p->title ? p->title : p->id);
        note[count++] = arena_printf(&a, "%d turns; take one of %d seats, or watch", p->time.turns, p->seats);
    }
    int first_other = count;
    item[count] = "What there is", note[count++] = "the scenarios, with seats and turns";
    item[count] = "Help", note[count++] = "all commands";
    item[count] = "Doctor", note[count++] = "what this terminal can do";
    item[count] = "Leave", note[count++] = "";
    int chosen;
    do {
        chosen = tui_choose("demarche", item, note, count, false);
        code = chosen >= goes_on && chosen < first_other ? play_from_menu(play[chosen]) : EXIT_DONE;
    } while (code == TUI_BACK);
    if (chosen == TUI_NO_TERMINAL)
        code = say_usage();
    else if (goes_on && chosen == 0)
        code = run("resume");
    else if (chosen == first_other)
        code = run("list");
    else if (chosen == first_other + 1)
        code = run("help");
    else if (chosen == first_other + 2)
        code = run("doctor");
    arena_done(&a);
    return code;
}

static int unknown(const char *name)
{
    const char *known[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        known[i] = commands[i].name;
    const char *near = text_nearest(name, known, COMMANDS);
    if (near)
        return cli_usage(NULL, "there is no command '%s'; did you mean '%s'?", name, near);
    return cli_usage(NULL, "there is no command '%s'; `demarche help` lists them", name);
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2)
        return os_terminal_in() && os_terminal_out() ? menu() : say_usage();
    if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0)
        return run("help");
    if (strcmp(argv[1], "-V") == 0 || strcmp(argv[1], "--version") == 0)
        return run("version");
    if (argv[1][0] == '-')
        return cli_usage(NULL, "there is no option '%s' without a command; `demarche help` lists the commands", argv[1]);
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return unknown(argv[1]);
}

/* `--color WHEN` stands anywhere before `--`, with any command and with none: it is taken out and told to whoever paints. */
static bool take_color(int *argc, char **argv)
{
    static const char *const times[] = {"never", "auto", "always"};
    static const char option[] = "--color";
    for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], option, sizeof option - 1) != 0 || (argv[i][sizeof option - 1] != '=' && argv[i][sizeof option - 1] != '\0'))
            continue;
        const bool joined = argv[i][sizeof option - 1] == '=';
        const char *when = joined ? argv[i] + sizeof option : i + 1 < *argc ? argv[i + 1] : "";
        bool known = false;
        for (size_t t = 0; t < sizeof times / sizeof *times; t++)
            known |= strcmp(times[t], when) == 0;
        if (!known) {
            cli_usage(NULL, "--color takes never, auto or always, not '%s'", when);
            return false;
        }
        setenv("DEMARCHE_COLOR", when, 1);
        const int taken = joined ? 1 : 2;
        memmove(&argv[i], &argv[i + taken], (size_t)(*argc - i - taken + 1) * sizeof *argv);
        *argc -= taken;
        i--;
    }
    return true;
}

int main(int argc, char **argv)
{
    os_hold_streams();
    signal(SIGPIPE, SIG_DFL);           /* a closed pipe ends the program without a word, as it should */
    setlocale(LC_CTYPE, "");
    static char said[4096];
    setvbuf(stderr, said, _IOLBF, sizeof said);     /* thousands of warnings, cell by cell, would be a write each */
    int code = take_color(&argc, argv) ? dispatch(argc, argv) : EXIT_USAGE;
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == EXIT_DONE) {
        fprintf(stderr, "demarche: not all could be written to standard output; is the disk full?\n");
        code = EXIT_LIMIT;
    }
    return code;
}
