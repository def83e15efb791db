/* cli/keeping.c — a game is saved while it is played: the keeper that line/ and tui/ see, over the store that they may not.
 * A game that cannot be saved is played all the same, after a word about it. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/panic.h"
#include "base/text.h"
#include "cli/saves.h"
#include "cli/version.h"

enum { NAMES_MOST = 100000 };

struct keeping {
    struct keeper keeper;               /* first: a keeper is its keeping */
    struct arena *arena;
    struct play_table *table;
    const struct program *p;
    const char *folder;                 /* of the scenario, a name */
    const char *path;
    struct store *store;                /* NULL: not kept */
    struct game *game;
    int rows_before;
    bool desk_used;
};

/* --- what line/ and tui/ ask --------------------------------------------------------------------------------------------------------- */

static const char *keep_desk(struct keeper *keeper, int turn, int seat, const struct desk *desk)
{
    struct keeping *k = (struct keeping *)keeper;
    struct store_desk kept = {.turn = turn, .count = desk->count, .stands = desk->stands, .sealed = desk->sealed};
    struct arena a;
    arena_init(&a, "desk");
    for (int i = 0; i < desk->count; i++)
        kept.text[i] = record_plan_text(k->p, &a, seat, &desk->plan[i]);
    const char *trouble = store_keep_desk(k->store, seat, &kept);
    k->desk_used = true;
    arena_done(&a);
    return trouble;
}

static bool find_desk(struct keeper *keeper, int turn, int seat, struct desk *desk)
{
    struct keeping *k = (struct keeping *)keeper;
    struct store_desk kept;
    struct arena a;
    arena_init(&a, "desk");
    bool found = keeper->resumed && store_find_desk(k->store, &a, seat, &kept) && kept.turn == turn;
    *desk = (struct desk){.stands = kept.stands, .sealed = kept.sealed};
    for (int i = 0; found && i < kept.count; i++) {
        struct plan answers;
        found = !record_plan(k->p, &a, kept.text[i], seat, &desk->plan[i], &answers) && answers.rows == 0;
        desk->count++;
    }
    arena_done(&a);
    return found;
}

static const char *keep_reply(struct keeper *keeper, int turn, int seat, int place, int answer)
{
    return store_keep_reply(((struct keeping *)keeper)->store, seat, turn, place, answer);
}

static bool find_reply(struct keeper *keeper, int turn, int seat, int place, int *answer)
{
    return keeper->resumed && store_find_reply(((struct keeping *)keeper)->store, seat, turn, place, answer);
}

/* --- a new game ------------------------------------------------------------------------------------------------------------------------ */

static const char *plain_name(struct arena *a, const char *text)
{
    char *name = arena_text(a, text);
    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", *c))
            *c = '-';
    return *name && *name != '-' ? name : arena_printf(a, "game%s", name);
}

static void seats_of(struct keeping *k, const struct game_options *o, struct store_seat *seat)
{
    for (int i = 0; i < k->p->seats; i++) {
        const char *persona = k->table->persona[i];
        const bool person = o->ops[i] && strcmp(o->ops[i]->kind, "person") == 0;
        seat[i] = (struct store_seat){k->p->seat[i].name, person ? "person" : persona ? "persona" : "nobody", person || !persona ? "" : persona,
                                      o->who[i] ? o->who[i] : ""};
    }
}

/* "first-steps-cn-1": the first number that is free. */
static const char *make_store(struct keeping *k, const struct game_options *o)
{
    const char *games = games_folder(k->arena), *words = "it is not known where games lie; set HOME or XDG_DATA_HOME";
    struct store_seat seat[MOST_SEATS];
    enum store_error error = STORE_FAILED;
    if (!games)
        return words;
    const int made = os_make_folder(games);
    if (made != 0)
        return arena_printf(k->arena, "the folder %s cannot be made: %s", games, made == OS_DENIED ? "this user may not write there" : os_error(made));
    seats_of(k, o, seat);
    const char *as = "watch";
    for (int i = 0; i < k->p->seats; i++)
        if (strcmp(seat[i].kind, "person") == 0)
            as = k->p->seat[i].short_name ? k->p->seat[i].short_name : k->p->seat[i].name;
    char *low = arena_text(k->arena, as);
    for (char *c = low; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    for (int n = 1; n < NAMES_MOST && !k->store; n++) {
        const char *name = plain_name(k->arena, arena_printf(k->arena, "%.40s-%.20s-%d", k->p->id, low, n));
        k->path = games_path(k->arena, name);
        if (os_is_file(k->path))
            continue;
        k->store = store_create(k->arena, k->path, k->game, DEMARCHE_VERSION, k->folder, seat, NULL, &error, &words);
        if (!k->store && !os_is_file(k->path))
            return words;
        k->keeper.name = k->store ? name : NULL;
    }
    return k->store ? NULL : words;
}

static struct game *open_new(struct keeper *keeper, struct arena *a, const struct game_options *o, const char **error)
{
    struct keeping *k = (struct keeping *)keeper;
    k->game = game_open(a, k->p, o, error);
    const char *trouble = k->game ? make_store(k, o) : NULL;
    if (trouble)
        fprintf(stderr, "demarche: this game will not be saved: %s\n", trouble);
    if (k->store)
        record_sink(k->game, &store_sink, k->store);
    return k->game;
}

struct keeping *keeping_new(struct arena *a, struct play_table *t, const char *folder)
{
    struct keeping *k = ARENA_NEW(a, struct keeping);
    *k = (struct keeping){.keeper = {open_new, keep_desk, keep_reply, find_desk, find_reply, NULL, false}, .arena = a, .table = t, .p = t->program,
                          .folder = folder};
    t->keeper = &k->keeper;
    return k;
}

/* --- a saved one ------------------------------------------------------------------------------------------------------------------------ */

static struct game *open_saved(struct keeper *keeper, struct arena *a, const struct game_options *o, const char **error)
{
    struct keeping *k = (struct keeping *)keeper;
    (void)a, (void)error;
    for (int i = 0; i < k->p->seats; i++)
        record_take_seat(k->game, i, o->ops[i], o->self[i]);
    return k->game;
}

/* A turn whose orders are on record and nothing else was cut off: it is carried out now. */
static bool finish_turn(struct keeping *k, const struct saved *s, struct replay *r, int *exit)
{
    if (!replay_cut(r))
        return true;
    const int turn = s->is->row[s->is->rows - 1].turn;
    const enum turn_end end = replay_turn(r, k->game);
    if (end == TURN_PLAYED && r->differs < 0)
        return true;
    if (end == TURN_FAILED) {                       /* its orders were taken back, and can be changed */
        fprintf(stderr, "demarche: turn %d was cut off and could not be finished: %s\n", turn + 1, game_failure(k->game));
        enum store_error error;
        *exit = EXIT_LIMIT;
        return !store_trouble(k->store, &error);
    }
    fprintf(stderr, "demarche: %s does not verify: %s\n", s->name, r->differs >= 0 ? games_difference(k->arena, s, r) : r->trouble ? r->trouble : "it ended before");
    *exit = EXIT_RECORD;
    return false;
}

struct keeping *keeping_resume(struct arena *a, struct saved *s, struct play_table *t, int *exit)
{
    struct keeping *k = ARENA_NEW(a, struct keeping);
    struct replay *r = ARENA_NEW(a, struct replay);
    replay_begin(r, a, s->p, s->is->row, s->is->rows);
    if (replay_rules(r) != RULES_VERSION) {
        fprintf(stderr, "demarche: %s was played under rules %d and this program plays by rules %d, so it cannot go on; it can still be verified, replayed and exported\n",
                s->name, replay_rules(r), RULES_VERSION);
        *exit = EXIT_REACH;
        return NULL;
    }
    struct game *g = games_replay(a, s, r, -1, exit);
    if (!g)
        return NULL;
    *k = (struct keeping){.keeper = {open_saved, keep_desk, keep_reply, find_desk, find_reply, s->name, true}, .arena = a, .table = t, .p = s->p,
                          .path = s->path, .store = s->store, .game = g, .rows_before = s->is->rows};
    record_sink(g, &store_sink, s->store);
    if (!finish_turn(k, s, r, exit))
        return NULL;
    const int talk = replay_talk(r);
    if (talk >= 0)
        record_say_again(g, &s->is->row[talk], s->is->rows - talk);
    t->keeper = &k->keeper;
    return k;
}

/* --- the end ------------------------------------------------------------------------------------------------------------------------------ */

int keeping_end(struct keeping *k, int exit)
{
    enum store_error error;
    if (!k->store)
        return exit;
    const bool trouble = store_trouble(k->store, &error) != NULL, over = game_over(k->game);
    const int seat = k->table->seat;
    const bool said = seat >= 0 && seat < k->p->seats && store_said_by(k->store, k->p->seat[seat].name);
    const bool nothing = !k->keeper.resumed && game_journal_rows(k->game) == 1 && !k->desk_used && !said;
    store_close(k->store);
    if (nothing) {
        os_remove(k->path);                         /* nobody decided anything, so there is nothing to keep */
        fprintf(stderr, "Nothing was decided, so no game was kept. The same game again: --seed %llu\n", (unsigned long long)game_seed(k->game));
    } else if (over) {
        fprintf(stderr, "Saved as %s. See it again with: demarche replay %s\n", k->keeper.name, k->keeper.name);
    } else {
        fprintf(stderr, "Saved as %s. Go on with: demarche resume %s\n", k->keeper.name, k->keeper.name);
    }
    return trouble ? EXIT_LIMIT : exit;
}
