/* cli/saves.c — saved games: where they lie, how they are named, opened, compiled and played again.
 * A file from elsewhere goes the same way as one's own: store/ checks it, lang/ compiles the scenario in it as it does any other. */
#include "cli/saves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "lang/compile.h"

enum { NAME_MOST = 80, GAMES_MOST = 4096 };

const char *games_folder(struct arena *a)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data == '/')
        return os_join(a, data, "demarche/games");
    return home && *home == '/' ? os_join(a, home, ".local/share/demarche/games") : NULL;
}

const char *games_path(struct arena *a, const char *name)
{
    const char *folder = games_folder(a);
    return folder ? arena_printf(a, "%s/%s%s", folder, name, GAMES_ENDING) : NULL;
}

bool games_name_fits(const char *name)
{
    const size_t n = strlen(name), plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
    return n > 0 && n <= NAME_MOST && plain == n && name[0] != '.' && name[0] != '-' && strcmp(name, "last") != 0;
}

const char *games_name_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const size_t n = strlen(name), ending = strlen(GAMES_ENDING);
    const bool ends = n > ending && strcmp(name + n - ending, GAMES_ENDING) == 0;
    return text_plain(a, arena_copy(a, name, ends ? n - ending : n));
}

static int by_age(const void *a, const void *b)
{
    const struct game_file *x = a, *y = b;
    return x->changed != y->changed ? (x->changed < y->changed) - (x->changed > y->changed) : strcmp(x->name, y->name);
}

int games_all(struct arena *a, const struct game_file **file)
{
    const char *folder = games_folder(a), *const *name;
    struct game_file *found = ARENA_ARRAY(a, GAMES_MOST, struct game_file);
    int names = 0, count = 0;
    *file = found;
    if (!folder || !os_is_folder(folder) || os_list(a, folder, &name, &names) != 0)
        return 0;
    for (int i = 0; i < names && count < GAMES_MOST; i++) {
        const size_t n = strlen(name[i]), ending = strlen(GAMES_ENDING);
        struct game_file one = {.path = os_join(a, folder, name[i])};
        if (n <= ending || strcmp(name[i] + n - ending, GAMES_ENDING) != 0 || os_changed(one.path, &one.changed) != 0)
            continue;
        one.name = games_name_of(a, one.path);
        found[count++] = one;
    }
    qsort(found, (size_t)count, sizeof *found, by_age);
    return count;
}

/* Its path, or NULL. */
static const char *look_for(struct arena *a, const char *name)
{
    const char *path = games_name_fits(name) ? games_path(a, name) : NULL;
    if (path && os_is_file(path))
        return path;
    const size_t n = strlen(name), ending = strlen(GAMES_ENDING);
    return os_is_file(name) && (strchr(name, '/') || (n > ending && strcmp(name + n - ending, GAMES_ENDING) == 0)) ? name : NULL;
}

bool games_is_one(struct arena *a, const char *name)
{
    const size_t n = strlen(name), ending = strlen(GAMES_ENDING);
    if (strcmp(name, "last") == 0 || (n > ending && strcmp(name + n - ending, GAMES_ENDING) == 0))
        return true;
    const char *path = games_name_fits(name) ? games_path(a, name) : NULL;
    return path && os_is_file(path);
}

const char *games_find(struct arena *a, const char *command, const char *name)
{
    const struct game_file *file;
    if (name && strcmp(name, "last") != 0) {
        const char *path = look_for(a, name);
        if (path)
            return path;
    }
    const int count = games_all(a, &file);
    if (!name || strcmp(name, "last") == 0) {
        if (!count)
            fprintf(stderr, "demarche %s: no game is saved yet; `demarche play` begins one\n", command);
        return count ? file[0].path : NULL;
    }
    const char **known = ARENA_ARRAY(a, count + 1, const char *);
    for (int i = 0; i < count; i++)
        known[i] = file[i].name;
    const char *near = text_nearest(name, known, count);
    if (near)
        fprintf(stderr, "demarche %s: there is no game '%s'; did you mean '%s'?\n", command, text_plain(a, name), near);
    else
        fprintf(stderr, "demarche %s: there is no game '%s'; `demarche list games` shows those saved, or give a file's path\n", command, text_plain(a, name));
    return NULL;
}

/* --- opening ------------------------------------------------------------------------------------------------------------------------ */

const struct program *games_compile(struct arena *a, const struct store_game *is, const char *name, int *exit)
{
    struct diags found;
    const char *unreadable = NULL;
    diags_init(&found, a);
    struct reading *r = read_kept(a, &found, is->folder, is->file, is->files, &unreadable);
    const struct program *p = r ? lang_compile(a, &found, r) : NULL;
    const char *wrong = p ? program_verify(p) : NULL;
    *exit = EXIT_INPUT;
    if (!r)
        fprintf(stderr, "demarche: the scenario in %s cannot be read: %s\n", name, unreadable ? unreadable : "it is none");
    else if (!p) {
        fprintf(stderr, "demarche: the scenario in %s is not one that this version of the language takes:\n", name);
        diags_print(&found, stderr);
    } else if (wrong || !p->seats) {
        fprintf(stderr, "demarche: the scenario in %s cannot be played: %s\n", name, wrong ? wrong : "it has no seats");
        p = NULL;
    } else {
        *exit = EXIT_DONE;
    }
    return p;
}

bool games_open(struct arena *a, const char *command, const char *name, bool writes, struct saved *out, int *exit)
{
    enum store_error error;
    const char *words = NULL;
    *out = (struct saved){.path = games_find(a, command, name)};
    *exit = EXIT_INPUT;
    if (!out->path)
        return false;
    out->name = games_name_of(a, out->path);
    out->store = store_open(a, out->path, writes, NULL, &error, &words);
    if (!out->store) {
        fprintf(stderr, "demarche %s: %s cannot be opened: %s\n", command, out->name, words ? words : "it is damaged");
        *exit = error == STORE_DAMAGED ? EXIT_RECORD : error == STORE_BUSY ? EXIT_REACH : EXIT_INPUT;
        return false;
    }
    out->is = store_game(out->store);
    out->p = games_compile(a, out->is, out->name, exit);
    if (out->p && out->p->seats != out->is->seats) {
        fprintf(stderr, "demarche %s: %s names %d seats and its scenario has %d\n", command, out->name, out->is->seats, out->p->seats);
        *exit = EXIT_RECORD;
        out->p = NULL;
    }
    if (!out->p)
        store_close(out->store);
    return out->p != NULL;
}

int games_person(const struct saved *s)
{
    for (int i = 0; i < s->is->seats; i++)
        if (strcmp(s->is->seat[i].kind, "person") == 0)
            return i;
    return -1;
}

/* --- played again -------------------------------------------------------------------------------------------------------------------- */

struct game *games_begin(struct arena *a, const struct saved *s, struct replay *r, const char **error)
{
    const char *who[MOST_SEATS] = {NULL};
    replay_begin(r, a, s->p, s->is->row, s->is->rows);
    for (int i = 0; i < s->is->seats; i++)
        who[i] = s->is->seat[i].who;
    const int opening = *s->is->opening ? program_opening(s->p, s->is->opening) : -1;
    if (*s->is->opening && opening < 0) {
        *error = "its opening is not in its scenario";
        return NULL;
    }
    const struct game_options o = {.seed = s->is->seed, .opening = opening, .turns = s->is->turns, .at_value = s->is->at_values,
                                   .median = s->is->median, .ops = r->ops, .self = r->self, .who = who};
    return game_open(a, s->p, &o, error);
}

const char *games_difference(struct arena *a, const struct saved *s, const struct replay *r)
{
    const bool more = r->differs >= r->rows;
    const struct journal_row *row = &s->is->row[more ? r->rows - 1 : r->differs];
    const int rules = replay_rules(r);
    const char *what = more ? arena_printf(a, "turn %d comes out otherwise: a row is missing, '%s'", row->turn + 1, text_plain(a, r->came ? r->came : "?")) :
        arena_printf(a, "turn %d comes out otherwise: row %d is '%s %s' and played again %s", row->turn + 1, r->differs, row->kind,
                                    text_plain(a, row->text), r->came ? arena_printf(a, "it is '%s'", text_plain(a, r->came)) : "there is no such row");
    if (rules == RULES_VERSION)
        return what;
    return arena_printf(a, "%s. It was played under rules %d and this program plays by rules %d: the rules have changed, the file is whole", what, rules,
                        RULES_VERSION);
}

struct game *games_replay(struct arena *a, const struct saved *s, struct replay *r, int turns, int *exit)
{
    const char *error = NULL;
    struct game *g = games_begin(a, s, r, &error);
    *exit = EXIT_RECORD;
    if (!g) {
        fprintf(stderr, "demarche: %s cannot be played again: %s\n", s->name, error);
        return NULL;
    }
    const int whole = replay_turns(r), most = turns >= 0 && turns < whole ? turns : whole;
    for (int t = 0; t < most; t++) {
        const enum turn_end end = replay_turn(r, g);
        if (r->differs >= 0 || end != TURN_PLAYED) {
            const char *why = r->differs >= 0 ? games_difference(a, s, r) : r->trouble ? r->trouble : end == TURN_FAILED ? game_failure(g) : "it ended before";
            fprintf(stderr, "demarche: %s does not verify: %s\n", s->name, why);
            return NULL;
        }
    }
    *exit = EXIT_DONE;
    return g;
}

/* --- list --------------------------------------------------------------------------------------------------------------------------- */

static const char *state_words(struct arena *a, const struct store_game *g)
{
    return g->over ? arena_printf(a, "over after %d turn%s", g->turns_done, g->turns_done == 1 ? "" : "s")
                   : arena_printf(a, "turn %d of %d", g->turns_done + 1, g->turns);
}

static const char *seats_words(struct arena *a, const struct store_game *g)
{
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < g->seats; i++)
        if (strcmp(g->seat[i].kind, "person") == 0)
            text_addf(&t, "%s%s", t.length ? ", " : "", text_plain(a, g->seat[i].name));
    return t.length ? t.at : "watched";
}

static void list_one(struct arena *a, const struct game_file *file, const struct store_game *g, const char *words, struct json *list)
{
    struct json *one = json_new_object();
    json_set_text(one, "name", file->name);
    json_set_text(one, "path", file->path);
    json_set_truth(one, "reads", g != NULL);
    if (g) {
        json_set_text(one, "title", g->title);
        json_set_text(one, "seats", seats_words(a, g));
        json_set_whole(one, "seed", (long long)g->seed);
        json_set_whole(one, "turns_done", g->turns_done);
        json_set_whole(one, "turns", g->turns);
        json_set_truth(one, "over", g->over);
        json_set_text(one, "created", g->created);
        json_set_text(one, "parent", *g->parent.name ? g->parent.name : NULL);
    } else {
        json_set_text(one, "trouble", words);
    }
    json_add(list, one);
}

int list_games(struct arena *a, bool json)
{
    const struct game_file *file;
    const int count = games_all(a, &file);
    struct json *doc = json_document(), *list = json_new_array();
    if (!json && !count)
        fprintf(stderr, "demarche: no game is saved yet; `demarche play` begins one\n");
    for (int i = 0; i < count; i++) {
        struct arena one;
        enum store_error error;
        const char *words = NULL;
        arena_init(&one, "a game");
        struct store *s = store_open(&one, file[i].path, false, NULL, &error, &words);
        const struct store_game *g = s ? store_game(s) : NULL;
        if (json)
            list_one(&one, &file[i], g, words, list);
        else if (g)
            printf("%-26s %-16s %s, %s. %s\n", file[i].name, os_moment(&one, file[i].changed), seats_words(&one, g), state_words(&one, g),
                   text_plain(&one, g->title));
        else
            printf("%-26s %-16s cannot be opened: %s\n", file[i].name, os_moment(&one, file[i].changed), words ? words : "it is damaged");
        if (s)
            store_close(s);
        arena_done(&one);
    }
    json_set(doc, "games", list);
    if (json)
        json_print(doc, stdout);
    json_free(doc);
    return EXIT_DONE;
}
