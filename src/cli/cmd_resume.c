/* cli/cmd_resume.c — `demarche resume`: a saved game is played again up to where it was left, then goes on. Personas are seated as they were
 * and are asked from there on; what they did before comes from the record. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/saves.h"
#include "cli/playing.h"
#include "cli/seating.h"

enum { LINEAR, SCRIPT, NO_INPUT, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [LINEAR] = {"linear", 0, "", "lines of text instead of a screen; the same game"},
    [SCRIPT] = {"script", 0, "FILE", "take lines from a file first, then from the terminal if there is one"},
    [NO_INPUT] = {"no-input", 0, "", "never ask: exit 2 and name the option that answers"},
};

/* "us=hawk,kp=seller": the personas as they sat. */
static const char *bots_of(struct arena *a, const struct saved *s)
{
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < s->is->seats; i++)
        if (strcmp(s->is->seat[i].kind, "persona") == 0)
            text_addf(&t, "%s%s=%s", t.length ? "," : "", s->p->seat[i].name, s->is->seat[i].persona);
    return t.at;
}

static int resume(struct arena *a, struct saved *s, const struct parsed *given)
{
    int exit = EXIT_RECORD;
    struct play_table t = {.program = s->p, .name = s->p->id, .seed = s->is->seed, .turns = s->is->turns, .at_value = s->is->at_values,
                           .median = s->is->median, .seat = games_person(s)};
    t.opening = *s->is->opening ? program_opening(s->p, s->is->opening) : -1;
    if (!seating_fill(a, &t, "resume", bots_of(a, s))) {
        store_close(s->store);
        return EXIT_RECORD;
    }
    struct keeping *k = keeping_resume(a, s, &t, &exit);
    if (!k) {
        store_close(s->store);
        return exit;
    }
    const struct playing how = {.linear = given->value[LINEAR], .script = given->value[SCRIPT], .no_input = given->value[NO_INPUT], .watch = t.seat < 0};
    return keeping_end(k, playing_table(a, "resume", &t, &how));
}

int cmd_resume(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("resume", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("resume", "one game at a time");
    arena_init(&a, "resume");
    if (games_open(&a, "resume", given.operands ? given.operand[0] : NULL, true, &s, &exit))
        exit = resume(&a, &s, &given);
    arena_done(&a);
    return exit;
}
