/* cli/cmd_verify.c — `demarche verify`: is the chain of a game whole, and does it come out the same when it is played again?
 * A changed rule is told from a damaged file: the first row names the rules under which the game was played. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/saves.h"

enum { JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [JSON] = {"json", 0, "", "as JSON"},
};

/* What was found out about one file. */
struct verdict {
    const char *name, *words;           /* words: what is wrong; NULL: nothing */
    int rows, turns, row, turn, rules;  /* row, turn: where it is wrong; -1: nowhere */
    bool talk;                          /* of the last turn only what was said at the table is there */
    bool cut;                           /* the last turn has orders and no results */
    int exit;
};

/* Plays it again; each moment's tables are held to what comes out. */
static void play_again(struct arena *a, const struct saved *s, struct verdict *v)
{
    struct replay r;
    const char *error = NULL;
    struct game *g = games_begin(a, s, &r, &error);
    v->rules = replay_rules(&r);
    v->exit = EXIT_RECORD;
    if (!g) {
        v->words = error;
        return;
    }
    v->words = store_results_differ(s->store, a, g);
    for (int turn = 0; turn < s->is->turns_done && !v->words; turn++) {
        const enum turn_end end = replay_turn(&r, g);
        v->turn = turn + 1;
        if (r.differs >= 0) {
            v->row = r.differs;
            v->turn = s->is->row[r.differs < r.rows ? r.differs : r.rows - 1].turn + 1;
            v->words = games_difference(a, s, &r);
        } else if (end != TURN_PLAYED) {
            v->words = r.trouble ? r.trouble : end == TURN_FAILED ? game_failure(g) : arena_printf(a, "turn %d comes after the end", turn + 1);
        } else {
            v->words = store_results_differ(s->store, a, g);
        }
    }
    if (!v->words && replay_cut(&r)) {
        const int cut = s->is->row[s->is->rows - 1].turn;
        v->cut = true;
        if (game_over(g) || replay_turn(&r, g) == TURN_LEFT || r.differs >= 0) {
            v->turn = cut + 1;
            v->row = r.differs;
            v->words = r.differs >= 0 ? games_difference(a, s, &r) : r.trouble ? r.trouble : arena_printf(a, "turn %d comes after the end", cut + 1);
        }
    }
    const int more = r.compared > 0 ? r.compared : 1;
    if (!v->words && !v->cut && s->is->rows > more) {
        v->talk = replay_talk(&r) == more;
        v->words = v->talk ? replay_talk_wrong(&r, g) : arena_printf(a, "row %d comes after the end", more);
        v->turn = s->is->row[more].turn + 1;
        v->row = v->words ? more : -1;
    }
    if (!v->words) {
        v->turn = -1;
        v->exit = EXIT_DONE;
    }
}

static struct verdict verify(struct arena *a, const char *named)
{
    struct verdict v = {.name = text_plain(a, named), .row = -1, .turn = -1, .rules = -1, .exit = EXIT_INPUT};
    const char *path = games_find(a, "verify", named);
    enum store_error error;
    if (!path) {
        v.words = "there is no such game";
        return v;
    }
    struct saved s = {.path = path, .name = games_name_of(a, path)};
    v.name = s.name;
    s.store = store_open(a, path, false, &v.row, &error, &v.words);
    if (!s.store) {
        v.exit = error == STORE_DAMAGED ? EXIT_RECORD : error == STORE_BUSY ? EXIT_REACH : EXIT_INPUT;
        return v;
    }
    s.is = store_game(s.store);
    v.rows = s.is->rows;
    v.turns = s.is->turns_done;
    if (v.row >= 0) {
        v.exit = EXIT_RECORD;
        v.turn = v.rows ? s.is->row[v.rows - 1].turn + 1 : 1;
    } else if ((s.p = games_compile(a, s.is, s.name, &v.exit)) == NULL) {
        v.words = "its scenario cannot be read";
    } else if (s.p->seats != s.is->seats) {
        v.words = "its seats are not those of its scenario";
        v.exit = EXIT_RECORD;
    } else {
        play_again(a, &s, &v);
    }
    store_close(s.store);
    return v;
}

static void say(struct arena *a, const struct verdict *v)
{
    if (v->words) {
        fprintf(stderr, "demarche: %s does not verify: %s\n", v->name, v->words);
        return;
    }
    printf("%s verifies: %d row%s, %d turn%s played again%s.%s\n", v->name, v->rows, v->rows == 1 ? "" : "s", v->turns, v->turns == 1 ? "" : "s",
           v->turns ? ", each with the same state" : "", v->cut ? " The turn after was cut off; `demarche resume` carries its orders out." :
           v->talk ? " What was said at the table of the next turn is on record; `demarche resume` goes on from there." : "");
    if (v->rules != RULES_VERSION)
        printf("%s", arena_printf(a, "It was played under rules %d; rules %d of this program give the same.\n", v->rules, RULES_VERSION));
}

int cmd_verify(int argc, char **argv)
{
    struct parsed given;
    int exit;
    if (!cli_parse("verify", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (!given.operands)
        return cli_usage("verify", "name a saved game, or a file; `demarche list games` shows those saved");
    struct json *doc = json_document(), *list = json_new_array();
    for (int i = 0; i < given.operands; i++) {
        struct arena a;
        arena_init(&a, "verify");
        const struct verdict v = verify(&a, given.operand[i]);
        if (!given.value[JSON])
            say(&a, &v);
        struct json *one = json_new_object();
        json_set_text(one, "name", v.name);
        json_set_truth(one, "verifies", !v.words);
        json_set_whole(one, "rows", v.rows);
        json_set_whole(one, "turns", v.turns);
        json_set_whole(one, "rules", v.rules);
        json_set_truth(one, "cut_off", v.cut);
        json_set_truth(one, "only_talk", v.talk);
        json_set_text(one, "wrong", v.words);
        if (v.row >= 0)
            json_set_whole(one, "row", v.row);
        if (v.turn >= 0)
            json_set_whole(one, "turn", v.turn);
        json_add(list, one);
        exit = exit == EXIT_DONE ? v.exit : exit;
        arena_done(&a);
    }
    json_set(doc, "games", list);
    if (given.value[JSON])
        json_print(doc, stdout);
    json_free(doc);
    return exit;
}
