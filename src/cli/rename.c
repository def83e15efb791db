/* cli/rename.c — `demarche rename` and `demarche remove`: saved games are files, named as their games are. Removing asks first. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"

/* The file alone, checked and not held by another program. False after a message. */
static bool is_free(struct arena *a, const char *command, const char *path, bool may_be_damaged, int *exit)
{
    enum store_error error;
    const char *words = NULL;
    struct store *s = store_open(a, path, true, NULL, &error, &words);
    *exit = EXIT_DONE;
    if (s) {
        store_close(s);                             /* its log is folded in: a log beside it would be left behind */
        return true;
    }
    if (may_be_damaged && (error == STORE_DAMAGED || error == STORE_OTHER || error == STORE_NEWER))
        return true;
    fprintf(stderr, "demarche %s: %s cannot be opened: %s\n", command, games_name_of(a, path), words ? words : "it is damaged");
    *exit = error == STORE_BUSY ? EXIT_REACH : EXIT_INPUT;
    return false;
}

static int rename_game(struct arena *a, const char *old, const char *fresh)
{
    const char *path = games_find(a, "rename", old);
    int exit = EXIT_INPUT;
    if (!path)
        return exit;
    if (!games_name_fits(fresh))
        return cli_usage("rename", "a name has letters, figures, '-', '_' and '.', and at most 80 of them, not '%s'", text_plain(a, fresh));
    if (!is_free(a, "rename", path, false, &exit))
        return exit;
    const char *slash = strrchr(path, '/');
    const char *to = arena_printf(a, "%.*s%s%s", slash ? (int)(slash - path) + 1 : 0, path, fresh, GAMES_ENDING);
    if (os_is_file(to))
        return cli_usage("rename", "there is a game '%s' already; choose another name", fresh);
    const int error = os_rename(path, to);
    if (error != 0) {
        fprintf(stderr, "demarche rename: %s cannot be renamed; see that its folder may be written\n", games_name_of(a, path));
        return EXIT_INPUT;
    }
    fprintf(stderr, "%s is now %s. Go on with: demarche resume %s\n", games_name_of(a, path), fresh, fresh);
    return EXIT_DONE;
}

int cmd_rename(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("rename", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands != 2)
        return cli_usage("rename", "name a saved game and then what to call it: demarche rename last first-try");
    arena_init(&a, "rename");
    exit = rename_game(&a, given.operand[0], given.operand[1]);
    arena_done(&a);
    return exit;
}

enum { YES, NO_INPUT, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [YES] = {"yes", 0, "", "remove without asking"},
    [NO_INPUT] = {"no-input", 0, "", "never ask: exit 2 and name the option that answers"},
};

static bool says_yes(const char *name)
{
    char said[16] = "";
    fprintf(stderr, "Remove %s for good? yes or no. ", name);
    return fgets(said, sizeof said, stdin) && (said[0] == 'y' || said[0] == 'Y');
}

static int remove_game(struct arena *a, const char *named, const struct parsed *given)
{
    const char *path = games_find(a, "remove", named), *name;
    int exit = EXIT_INPUT;
    if (!path)
        return exit;
    name = games_name_of(a, path);
    if (!given->value[YES] && (given->value[NO_INPUT] || !os_terminal_in()))
        return cli_usage("remove", "%s would be gone for good; add --yes if that is meant", name);
    if (!is_free(a, "remove", path, true, &exit))
        return exit;
    if (!given->value[YES] && !says_yes(name)) {
        fprintf(stderr, "%s stays.\n", name);
        return EXIT_NO;
    }
    if (os_remove(path) != 0) {
        fprintf(stderr, "demarche remove: %s cannot be removed; see that its folder may be written\n", name);
        return EXIT_INPUT;
    }
    os_remove(arena_printf(a, "%s-wal", path));
    fprintf(stderr, "%s is removed.\n", name);
    return EXIT_DONE;
}

int cmd_remove(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("remove", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (!given.operands)
        return cli_usage("remove", "name a saved game; `demarche list games` shows them");
    arena_init(&a, "remove");
    for (int i = 0; i < given.operands; i++) {
        const int one = remove_game(&a, given.operand[i], &given);
        exit = exit == EXIT_DONE ? one : exit;
    }
    arena_done(&a);
    return exit;
}
