/* cli/seating.c — personas take their seats. cli alone may do this: screens and lines may not meet minds. */
#include "cli/seating.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/bot.h"
#include "cli/cli.h"
#include "mind/mind.h"


static const char *reason_of(void *self)
{
    return mind_reason(self);
}

static const char *names_of_seats(struct arena *a, const struct program *p)
{
    struct text t;
    text_init(&t, a);
    for (int s = 0; s < p->seats; s++)
        text_addf(&t, "%s%s", s ? ", " : "", p->seat[s].name);
    return t.at;
}

int seating_seat(const struct program *p, const char *command, const char *name)
{
    int seat = program_seat(p, name);
    if (seat < 0) {
        struct arena a;
        arena_init(&a, "message");
        cli_usage(command, "there is no seat '%s' in %s; it has %s", name, p->id, names_of_seats(&a, p));
        arena_done(&a);
    }
    return seat;
}

static bool persona_of(struct arena *a, const struct program *p, const char *command, int seat, const char *name, int *persona)
{
    *persona = program_persona(p, seat, name);
    if (*persona >= 0)
        return true;
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < p->seat[seat].personas; i++)
        text_addf(&t, "%s%s", i ? ", " : "", p->seat[seat].persona[i].name);
    if (p->seat[seat].personas)
        cli_usage(command, "seat %s has no persona '%s'; it has %s", p->seat[seat].name, name, t.at);
    else
        cli_usage(command, "seat %s has no persona '%s', and no other; leave it out of --bots and it holds", p->seat[seat].name, name);
    return false;
}

bool seating_personas(struct arena *a, const struct program *p, const char *command, const char *bots, int *persona)
{
    for (int s = 0; s < p->seats; s++)
        persona[s] = -1;
    while (bots && *bots) {
        size_t n = strcspn(bots, ",");
        const char *one = arena_copy(a, bots, n), *equals = strchr(one, '=');
        bots += n + (bots[n] == ',');
        if (!equals) {
            cli_usage(command, "--bots takes SEAT=PERSONA, such as %s=%s, not '%s'", p->seat[0].name,
                      p->seat[0].personas ? p->seat[0].persona[0].name : "NAME", one);
            return false;
        }
        int seat = seating_seat(p, command, arena_copy(a, one, (size_t)(equals - one)));
        if (seat >= 0 && text_starts(equals + 1, "exec:")) {
            if (strcmp(command, "play") != 0)
                return cli_usage(command, "a program takes a seat in `demarche play` only; name a persona for %s", p->seat[seat].name), false;
            continue;
        }
        if (seat < 0 || !persona_of(a, p, command, seat, equals + 1, &persona[seat]))
            return false;
    }
    return true;
}

/* A command runs to the next comma, and seats named with exec: take a program instead of a persona. */
static bool seat_programs(struct arena *a, struct play_table *t, const char *command, const char *bots)
{
    while (bots && *bots) {
        const size_t n = strcspn(bots, ",");
        const char *one = arena_copy(a, bots, n), *equals = strchr(one, '=');
        bots += n + (bots[n] == ',');
        if (!text_starts(equals + 1, "exec:"))
            continue;
        const int s = seating_seat(t->program, command, arena_copy(a, one, (size_t)(equals - one)));
        struct bot *b = bot_new(a, t->program, s, equals + 1 + strlen("exec:"));
        if (!b)
            return false;
        t->ops[s] = &bot_ops;
        t->self[s] = b;
        t->reason[s] = bot_reason;
        t->who[s] = "a program";
        t->persona[s] = NULL;
    }
    return true;
}

bool seating_fill(struct arena *a, struct play_table *t, const char *command, const char *bots)
{
    const struct program *p = t->program;
    int persona[MOST_SEATS];
    if (!seating_personas(a, p, command, bots, persona))
        return false;
    for (int s = 0; s < p->seats; s++) {
        struct mind *m = mind_new(a, p, s, persona[s], t->seed);
        mind_take_best(m, t->median);
        t->ops[s] = &mind_ops;
        t->self[s] = m;
        t->reason[s] = reason_of;
        t->who[s] = mind_title(m);
        t->persona[s] = persona[s] >= 0 ? p->seat[s].persona[persona[s]].name : p->seat[s].personas ? p->seat[s].persona[0].name : NULL;
    }
    return seat_programs(a, t, command, bots);
}

void seating_leave(struct play_table *t)
{
    for (int s = 0; s < t->program->seats; s++)
        if (t->reason[s] == bot_reason)
            bot_end(t->self[s]);
}

const struct view *seating_glance(struct arena *a, const struct program *p, int seat)
{
    struct play_table t = {.program = p, .seed = 1, .opening = -1, .seat = -1, .at_value = true, .median = true};
    const char *error = NULL;
    if (!seating_fill(a, &t, "show", NULL))
        return NULL;
    struct game_options options = play_table_options(&t);
    struct game *g = game_open(a, p, &options, &error);
    if (!g)
        fprintf(stderr, "demarche: the game cannot begin: %s\n", error);
    return g ? game_view(g, seat) : NULL;
}
