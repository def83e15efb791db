/* cli/cmd_preview.c — `demarche preview`: any screen of a game as text, at any size: to look at a scenario without playing it, and for tests.
 * Personas play all seats up to the turn asked for; the screen is then shown as its seat sees it while it plans. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/seating.h"
#include "tui/tui.h"

enum { SCREEN, SIZE, AS, TURN, KEYS, GLYPHS, ROLES, SEED, BOTS, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [SCREEN] = {"screen", 0, "NAME", "plan unless told otherwise; a name that is none lists them"},
    [SIZE] = {"size", 0, "WxH", "columns and rows; 80x24"},
    [AS] = {"as", 0, "SEAT", "whose eyes; the first seat"},
    [TURN] = {"turn", 0, "N", "the turn that is planned; 1. For 'end' or 'debrief' the game is played out"},
    [KEYS] = {"keys", 0, "'KEY KEY'", "pressed before it is shown, such as 'Down Enter'"},
    [GLYPHS] = {"glyphs", 0, "LEVEL", "full, plain or ascii"},
    [ROLES] = {"roles", 0, "", "mark what a colour would carry: {g:good} {b:bad} {w:warning} {f:focus} {1:the first seat}"},
    [SEED] = {"seed", 's', "N", "of the game; 1"},
    [BOTS] = {"bots", 0, "SEAT=NAME,..", "who plays the other seats, and this one until then"},
};

enum { LEAST = 1, MOST = 1000 };

/* A seat that does as its persona would, until its turn to be looked at has come. */
struct looked_at { const struct seat_ops *ops; void *self; int turn; struct tui_print *how; bool good, shown; struct arena *arena; uint64_t seed; };

static bool look_plan(void *self, const struct view *v, struct plan *plan)
{
    struct looked_at *l = self;
    if (view_turn(v) < l->turn)
        return l->ops->plan(l->self, v, plan);
    l->how->ahead = (struct tui_ahead){ahead_ask, ahead_new(l->arena, view_program(v), l->seed, 1)};
    struct tabled tabled[1];
    if (view_tabled(v, tabled, 1) > 0)
        l->how->tabled = tabled[0];
    l->good = tui_print_screen(v, l->how, stdout);
    l->shown = true;
    return false;
}

static bool look_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    const struct looked_at *l = self;
    return l->ops->answer(l->self, v, tabled, answer);
}

static bool look_propose(void *self, const struct view *v)
{
    const struct looked_at *l = self;
    return !l->ops->propose || l->ops->propose(l->self, v);
}

static void look_reply(void *self, const struct view *v, int number)
{
    const struct looked_at *l = self;
    if (l->ops->reply && view_turn(v) < l->turn)                     /* in its turn what waits is to be seen */
        l->ops->reply(l->self, v, number);
}

static bool look_tell(void *self, const struct view *v)
{
    const struct looked_at *l = self;
    return l->ops->tell(l->self, v);
}

static const struct seat_ops look_ops = {.kind = "preview", .plan = look_plan, .answer = look_answer, .propose = look_propose, .reply = look_reply, .tell = look_tell};

/* --- options ---------------------------------------------------------------------------------------------------------------------- */

static bool read_size(const char *text, int *columns, int *rows_)
{
    const char *x = text ? strchr(text, 'x') : NULL;
    long w = 80, h = 24;
    if (text && (!x || !text_to_long(text, (size_t)(x - text), &w) || !text_to_long(x + 1, strlen(x + 1), &h) || w < LEAST || h < LEAST || w > MOST || h > MOST))
        return cli_usage("preview", "--size takes columns and rows such as 120x40, each from %d to %d, not '%s'", LEAST, MOST, text), false;
    *columns = (int)w;
    *rows_ = (int)h;
    return true;
}

static bool read_screen(const char *name, const char **screen)
{
    int count = 0;
    struct arena a;
    struct text all;
    *screen = name ? name : "plan";
    while (tui_screens[count] && strcmp(tui_screens[count], *screen) != 0)
        count++;
    if (tui_screens[count])
        return true;
    arena_init(&a, "names of screens");
    text_init(&all, &a);
    for (int i = 0; tui_screens[i]; i++)
        text_addf(&all, "%s%s", i ? ", " : "", tui_screens[i]);
    cli_usage("preview", "there is no screen '%s'; there are: %s", *screen, all.at);
    arena_done(&a);
    return false;
}

static bool read_glyphs(const char *text, enum tui_glyphs *glyphs)
{
    static const char *const level[] = {"full", "plain", "ascii"};
    *glyphs = TUI_GLYPHS_FULL;
    for (int i = 0; text && i < 3; i++)
        if (strcmp(level[i], text) == 0) {
            *glyphs = (enum tui_glyphs)i;
            return true;
        }
    return !text || (cli_usage("preview", "--glyphs is full, plain or ascii, not '%s'", text), false);
}

/* --- the command ------------------------------------------------------------------------------------------------------------------ */

static int show_end(struct arena *a, struct game *g, int seat, struct tui_print *how)
{
    enum turn_end end;
    do
        end = game_turn(g);
    while (end == TURN_PLAYED);
    (void)a;
    if (end != TURN_OVER)
        return fprintf(stderr, "demarche: the game cannot go on: %s\n", game_failure(g) ? game_failure(g) : "somebody left"), EXIT_NO;
    how->open = game_view(g, -1);
    return tui_print_screen(game_view(g, seat), how, stdout) ? EXIT_DONE : EXIT_USAGE;
}

static int preview(struct arena *a, const struct program *p, const struct parsed *given, struct tui_print *how)
{
    long turn = 1, seed = 1;
    const char *error = NULL;
    const bool end = strcmp(how->screen, "end") == 0 || strcmp(how->screen, "debrief") == 0;
    if (p->seats == 0)
        return cli_usage("preview", "%s has no seats, so nobody sees a screen", p->id);
    if (given->value[TURN] && (!text_to_long(given->value[TURN], strlen(given->value[TURN]), &turn) || turn < 1 || turn > p->time.turns))
        return cli_usage("preview", "--turn takes a turn from 1 to %d, not '%s'", p->time.turns, given->value[TURN]);
    if (given->value[SEED] && (!text_to_long(given->value[SEED], strlen(given->value[SEED]), &seed) || seed < 0))
        return cli_usage("preview", "--seed takes a whole number from 0, not '%s'", given->value[SEED]);
    const int seat = given->value[AS] ? seating_seat(p, "preview", given->value[AS]) : 0;
    struct play_table t = {.program = p, .seed = (uint64_t)seed, .opening = -1, .seat = -1};
    if (seat < 0 || !seating_fill(a, &t, "preview", given->value[BOTS]))
        return EXIT_USAGE;
    struct looked_at look = {t.ops[seat], t.self[seat], (int)turn - 1, how, true, false, a, (uint64_t)seed};
    if (!end) {
        t.ops[seat] = &look_ops;
        t.self[seat] = &look;
    }
    struct game_options options = play_table_options(&t);
    struct game *g = game_open(a, p, &options, &error);
    if (!g)
        return fprintf(stderr, "demarche: the game cannot begin: %s\n", error), EXIT_NO;
    if (end)
        return show_end(a, g, seat, how);
    while (!look.shown && game_turn(g) == TURN_PLAYED)
        continue;
    if (!look.shown)
        return fprintf(stderr, "demarche: the game is over before turn %ld\n", turn), EXIT_NO;
    return look.good ? EXIT_DONE : EXIT_USAGE;
}

int cmd_preview(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct tui_print how = {.screen = "plan"};
    int exit;
    if (!cli_parse("preview", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("preview", given.operands ? "one scenario at a time" : "name a scenario: a folder, a file or an installed one");
    if (!read_screen(given.value[SCREEN], &how.screen) || !read_size(given.value[SIZE], &how.columns, &how.rows) || !read_glyphs(given.value[GLYPHS], &how.glyphs))
        return EXIT_USAGE;
    how.roles = given.value[ROLES] != NULL;
    how.keys = given.value[KEYS];
    how.seed = given.value[SEED];
    arena_init(&a, "preview");
    const struct program *p = cli_load(&a, given.operand[0], false, &exit);
    if (p)
        exit = preview(&a, p, &given, &how);
    arena_done(&a);
    return exit;
}
