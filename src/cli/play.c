/* cli/play.c — `demarche play`: seats the table, then hands it to the screen, to lines, or tells a game of personas.
 * With a terminal and no seat named, whoever shows the game asks; without a terminal and without a seat, personas play it all. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/saves.h"
#include "cli/playing.h"
#include "cli/seating.h"
#include "tui/tui.h"

enum { MOST_TURNS = 1000 };

enum { AS, BOTS, SEED, TURNS, OPENING, LINEAR, SCRIPT, DRAWS, NO_SAVE, NO_INPUT, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [AS] = {"as", 0, "SEAT", "the seat you take, by id or short name; without it you are asked, or watch"},
    [BOTS] = {"bots", 0, "SEAT=NAME,..", "personas for the other seats, each seat's first unless named; exec:COMMAND is a program"},
    [SEED] = {"seed", 's', "N", "the same seed and orders give the same game; drawn and printed if not given"},
    [TURNS] = {"turns", 0, "N", "how many turns; the scenario's unless told otherwise"},
    [OPENING] = {"opening", 0, "NAME", "begin at another place that the scenario offers"},
    [LINEAR] = {"linear", 0, "", "lines of text instead of a screen; the same game"},
    [SCRIPT] = {"script", 0, "FILE", "take lines from a file first, then from the terminal if there is one"},
    [DRAWS] = {"draws", 0, "median", "every parameter at its value and every draw at its median"},
    [NO_SAVE] = {"no-save", 0, "", "keep nothing of this game; otherwise it is saved as it is played"},
    [NO_INPUT] = {"no-input", 0, "", "never ask: exit 2 and name the option that answers"},
};

/* NULL after a message, or with *left if the person left the list. *asked: there was a list to come back to. */
static const char *pick_scenario(struct arena *a, bool may_ask, bool *left, bool *asked)
{
    const char *const *path;
    int count = cli_scenarios(a, &path);
    if (count == 0) {
        cli_usage("play", "no scenario is installed; set DEMARCHE_SCENARIOS to a folder that holds some, or name one by its path");
        return NULL;
    }
    if (!may_ask) {
        cli_usage("play", "which scenario? `demarche list` shows them; for example: demarche play %s", strrchr(path[0], '/') ? strrchr(path[0], '/') + 1 : path[0]);
        return NULL;
    }
    const char **name = ARENA_ARRAY(a, count, const char *), **playable = ARENA_ARRAY(a, count, const char *);
    int found = 0;
    for (int i = 0; i < count; i++) {
        const struct program *p = cli_peek(a, path[i]);
        if (!p || !p->seats)
            continue;
        name[found] = p->title && *p->title ? p->title : p->id;
        playable[found++] = path[i];
    }
    int at = found == 1 ? 0 : tui_choose("Which scenario?", name, NULL, found, false);
    if (at == TUI_NO_TERMINAL)
        cli_usage("play", "which scenario? `demarche list` shows them");
    *left = at == TUI_LEFT;
    *asked = found > 1;
    return at >= 0 ? playable[at] : NULL;
}

static int opening_of(const struct program *p, const char *name)
{
    int at = program_opening(p, name);
    const char *known[64];
    int count = p->openings < 64 ? p->openings : 64;
    if (at >= 0)
        return at;
    for (int i = 0; i < count; i++)
        known[i] = p->opening[i].name;
    const char *near = text_nearest(name, known, count);
    if (near)
        cli_usage("play", "there is no opening '%s'; did you mean '%s'?", name, near);
    else if (count)
        cli_usage("play", "there is no opening '%s'; the first there is '%s'", name, known[0]);
    else
        cli_usage("play", "%s has no openings; leave --opening out", p->id);
    return -1;
}

/* False after a message. */
static bool read_options(struct arena *a, const struct parsed *given, const struct program *p, struct play_table *t)
{
    long seed, turns;
    const char *text = given->value[SEED];
    t->seed = text ? 0 : os_fresh_seed();
    if (text) {
        if (!text_to_long(text, strlen(text), &seed) || seed < 0)
            return cli_usage("play", "--seed takes a whole number from 0, not '%s'", text), false;
        t->seed = (uint64_t)seed;
    }
    if ((text = given->value[TURNS])) {
        if (!text_to_long(text, strlen(text), &turns) || turns < 1 || turns > MOST_TURNS)
            return cli_usage("play", "--turns takes a whole number from 1 to %d, not '%s'", MOST_TURNS, text), false;
        t->turns = (int)turns;
    }
    t->opening = -1;
    if (given->value[OPENING] && (t->opening = opening_of(p, given->value[OPENING])) < 0)
        return false;
    if (given->value[DRAWS]) {
        if (strcmp(given->value[DRAWS], "median") != 0)
            return cli_usage("play", "--draws is median, not '%s'", given->value[DRAWS]), false;
        t->at_value = t->median = true;
    }
    t->seat = -1;
    if (given->value[AS] && (t->seat = seating_seat(p, "play", given->value[AS])) < 0)
        return false;
    return seating_fill(a, t, "play", given->value[BOTS]);
}

static const char *folder_name(struct arena *a, const struct program *p)
{
    const char *slash = strrchr(p->folder, '/'), *name = slash ? slash + 1 : p->folder;
    return *name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 ? arena_text(a, name) : p->id;
}

static int play(struct arena *a, const struct parsed *given, struct play_table *t, bool back)
{
    const struct playing how = {.linear = given->value[LINEAR], .script = given->value[SCRIPT], .no_input = given->value[NO_INPUT], .back = back};
    struct keeping *k = given->value[NO_SAVE] ? NULL : keeping_new(a, t, folder_name(a, t->program));
    const int exit = playing_table(a, "play", t, &how);
    seating_leave(t);
    return k ? keeping_end(k, exit) : exit;
}

/* back: a menu before this one brought us here. */
static int play_named(struct arena *a, const struct parsed *given, const char *name, bool back)
{
    int exit;
    const struct program *p = cli_load(a, name, false, &exit);
    struct play_table t = {.program = p, .name = name};
    if (p && !p->seats)
        exit = cli_usage("play", "%s has no seats; it is a model to run: demarche run %s", p->id, name);
    else if (p)
        exit = read_options(a, given, p, &t) ? play(a, given, &t, back) : EXIT_USAGE;
    return exit;
}

static int play_asked(int argc, char **argv, bool back)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("play", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("play", "one scenario at a time");
    bool terminal = os_terminal_in() && os_terminal_out(), left = false, asked = false;
    do {
        arena_init(&a, "play");
        const char *name = given.operands ? given.operand[0] : pick_scenario(&a, terminal && !given.value[NO_INPUT], &left, &asked);
        exit = name ? play_named(&a, &given, name, back || asked) : left ? EXIT_DONE : EXIT_USAGE;
        arena_done(&a);
    } while (asked && exit == TUI_BACK);
    return exit;
}

int play_from_menu(const char *name)
{
    char command[] = "play", argument[4096];
    snprintf(argument, sizeof argument, "%s", name);
    char *argv[] = {command, argument, NULL};
    return play_asked(2, argv, true);
}

int cmd_play(int argc, char **argv)
{
    return play_asked(argc, argv, false);
}
