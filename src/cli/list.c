/* cli/list.c — `demarche list`: scenarios, saved games, or the seats or personas of a scenario. A scenario that cannot be read is listed as such. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/saves.h"
#include "code/program.h"

enum { JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [JSON] = {"json", 0, "", "as JSON"},
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int list_scenarios(struct arena *a, bool json)
{
    const char *const *path;
    int count = cli_scenarios(a, &path);
    struct json *doc = json_document(), *list = json_new_array();
    if (!json && !count)
        fprintf(stderr, "demarche: no scenario is installed; set DEMARCHE_SCENARIOS to a folder that holds some\n");
    for (int i = 0; i < count; i++) {
        const struct program *p = cli_peek(a, path[i]);
        if (!json && !p)
            printf("%-18s has mistakes; `demarche check %s` shows them\n", last_part(path[i]), last_part(path[i]));
        else if (!json)
            printf("%-18s %s. %d seat%s, %d turns.\n", last_part(path[i]), p->title ? p->title : p->id, p->seats, p->seats == 1 ? "" : "s",
                   p->time.turns);
        struct json *one = json_new_object();
        json_set_text(one, "name", last_part(path[i]));
        json_set_text(one, "path", path[i]);
        json_set_truth(one, "reads", p != NULL);
        if (p) {
            json_set_text(one, "title", p->title);
            json_set_whole(one, "seats", p->seats);
            json_set_whole(one, "turns", p->time.turns);
        }
        json_add(list, one);
    }
    json_set(doc, "scenarios", list);
    if (json)
        json_print(doc, stdout);
    json_free(doc);
    return EXIT_DONE;
}

static int list_seats(const struct program *p, bool json)
{
    struct json *doc = json_document(), *list = json_new_array();
    for (int i = 0; i < p->seats; i++) {
        const struct seat *s = &p->seat[i];
        if (!json)
            printf("%-18s %s (%s). %d goal%s, %d persona%s.\n", s->name, s->title ? s->title : s->name,
                   s->short_name ? s->short_name : s->name, s->goals, s->goals == 1 ? "" : "s", s->personas, s->personas == 1 ? "" : "s");
        struct json *one = json_new_object();
        json_set_text(one, "name", s->name);
        json_set_text(one, "title", s->title);
        json_set_text(one, "short", s->short_name);
        json_set_whole(one, "goals", s->goals);
        json_set_whole(one, "personas", s->personas);
        json_add(list, one);
    }
    json_set(doc, "seats", list);
    if (json)
        json_print(doc, stdout);
    json_free(doc);
    return EXIT_DONE;
}

static int list_personas(const struct program *p, bool json)
{
    struct json *doc = json_document(), *list = json_new_array();
    for (int i = 0; i < p->seats; i++)
        for (int k = 0; k < p->seat[i].personas; k++) {
            const struct persona *x = &p->seat[i].persona[k];
            char id[96];
            snprintf(id, sizeof id, "%s=%s", p->seat[i].name, x->name);
            if (!json && x->rules)
                printf("%-26s %s. Follows a script.\n", id, x->title ? x->title : x->name);
            else if (!json)
                printf("%-26s %s. Looks %d turn%s ahead.\n", id, x->title ? x->title : x->name, x->patience, x->patience == 1 ? "" : "s");
            struct json *one = json_new_object();
            json_set_text(one, "seat", p->seat[i].name);
            json_set_text(one, "name", x->name);
            json_set_text(one, "title", x->title);
            json_set_truth(one, "scripted", x->rules > 0);
            json_add(list, one);
        }
    json_set(doc, "personas", list);
    if (json)
        json_print(doc, stdout);
    json_free(doc);
    return EXIT_DONE;
}

int cmd_list(int argc, char **argv)
{
    static const char *const kinds[] = {"scenarios", "seats", "personas", "games"};
    enum { KINDS = sizeof kinds / sizeof *kinds, GAMES = KINDS - 1 };
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("list", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    const char *kind = given.operands ? given.operand[0] : kinds[0];
    int which = -1;
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i], kind) == 0)
            which = i;
    if (which < 0) {
        const char *near = text_nearest(kind, kinds, KINDS);
        return near ? cli_usage("list", "there are no '%s'; did you mean '%s'?", kind, near)
                    : cli_usage("list", "there are no '%s'; it lists scenarios, games, seats SCENARIO or personas SCENARIO", kind);
    }
    const bool alone = which == 0 || which == GAMES;
    if (given.operands != (alone ? 1 : 2) && given.operands)
        return cli_usage("list", !alone ? "of which scenario? demarche list %s SCENARIO" : "`%s` takes nothing after it", kind);
    arena_init(&a, "list");
    bool json = given.value[JSON] != NULL;
    if (which == 0) {
        exit = list_scenarios(&a, json);
    } else if (which == GAMES) {
        exit = list_games(&a, json);
    } else {
        const struct program *p = cli_load(&a, given.operand[1], false, &exit);
        if (p)
            exit = which == 1 ? list_seats(p, json) : list_personas(p, json);
    }
    arena_done(&a);
    return exit;
}
