/* cli/branch.c — `demarche branch`: a new game from an earlier turn of a saved one. It keeps what was done before, knows its parent, and
 * goes on with `resume`; the parent stays as it is. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"
#include "cli/version.h"

enum { TURN, NAME, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [TURN] = {"turn", 0, "N", "the turn to play anew; what was done before it stays"},
    [NAME] = {"name", 0, "NAME", "what to call it; the parent's name and the turn unless told otherwise"},
    [JSON] = {"json", 0, "", "name, path and parent as JSON"},
};

enum { NAMES_MOST = 1000, PARENT_MOST = 60 };

/* A path that is free, or NULL after a message. */
static const char *free_path(struct arena *a, const struct saved *s, const char *asked, int turn)
{
    const char *folder = games_folder(a), *path = NULL;
    if (!folder || os_make_folder(folder) != 0) {
        fprintf(stderr, "demarche branch: the folder of games cannot be made; see that HOME or XDG_DATA_HOME is right\n");
        return NULL;
    }
    if (asked) {
        if (!games_name_fits(asked))
            cli_usage("branch", "--name takes letters, figures, '-', '_' and '.', not '%s'", text_plain(a, asked));
        else if (os_is_file(path = games_path(a, asked))) {
            cli_usage("branch", "there is a game '%s' already; choose another --name", asked);
            path = NULL;
        }
        return path;
    }
    for (int n = 1; n < NAMES_MOST; n++) {
        const char *name = n == 1 ? arena_printf(a, "%.*s-t%d", PARENT_MOST, s->name, turn) : arena_printf(a, "%.*s-t%d-%d", PARENT_MOST, s->name, turn, n);
        path = games_path(a, games_name_fits(name) ? name : arena_printf(a, "branch-t%d-%d", turn, n));
        if (!os_is_file(path))
            return path;
    }
    cli_usage("branch", "there are too many branches of this turn; choose a --name");
    return NULL;
}

static int branch(struct arena *a, const struct saved *s, const struct parsed *given)
{
    const char *text = given->value[TURN], *words = NULL;
    struct replay r;
    long turn;
    int exit;
    if (!text)
        return cli_usage("branch", "from which turn? --turn N, from 1 to %d", s->is->turns_done + (s->is->over ? 0 : 1));
    const int most = s->is->turns_done + (s->is->over ? 0 : 1);
    if (!text_to_long(text, strlen(text), &turn) || turn < 1 || turn > most)
        return cli_usage("branch", "--turn takes a turn that was begun, from 1 to %d, not '%s'", most, text);
    if (!games_replay(a, s, &r, -1, &exit))         /* what is no game must not have children */
        return exit;
    const char *path = free_path(a, s, given->value[NAME], (int)turn);
    if (!path)
        return EXIT_USAGE;
    const enum store_error error = store_branch(a, path, s->store, DEMARCHE_VERSION, s->name, (int)turn - 1, &words);
    if (error != STORE_OK) {
        fprintf(stderr, "demarche branch: it cannot be saved: %s\n", words);
        return EXIT_LIMIT;
    }
    const char *name = games_name_of(a, path);
    if (given->value[JSON]) {
        struct json *doc = json_document();
        json_set_text(doc, "name", name);
        json_set_text(doc, "path", path);
        json_set_text(doc, "parent", s->name);
        json_set_whole(doc, "turn", turn);
        json_print(doc, stdout);
        json_free(doc);
    } else {
        fprintf(stderr, "%s begins at turn %ld of %s. Go on with: demarche resume %s\n", name, turn, s->name, name);
    }
    return EXIT_DONE;
}

int cmd_branch(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("branch", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("branch", given.operands ? "one game at a time" : "of which game? `demarche list games` shows those saved");
    arena_init(&a, "branch");
    if (games_open(&a, "branch", given.operand[0], false, &s, &exit)) {
        exit = branch(&a, &s, &given);
        store_close(s.store);
    }
    arena_done(&a);
    return exit;
}
