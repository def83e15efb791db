/* game/events.c — what comes from outside: at a date, on a condition, by chance, each turn.
 * All are judged on the state at the turn's start, before the effects of any. An event by hand never fires by itself. */
#include <string.h>

#include "game/game_private.h"

/* The turn in which the date falls. A hair is allowed for dates that are not exact in binary. */
bool event_dated_now(const struct program *p, const struct event *e, int turn)
{
    const double begin = program_moment(p, turn), hair = 1e-9 * p->time.turn;
    return e->on >= begin - hair && e->on < begin + p->time.turn - hair;
}

static bool may_fire(const struct event *e, double last, int turn)
{
    if (last < 0)
        return true;
    if (e->cooldown > 0)
        return turn - last >= e->cooldown;
    return e->each_turn;
}

static void choose(struct sim *s, int i, unsigned char *fires)
{
    const struct event *e = &s->p->event[i];
    double *when = s->scratch[2], *chance = s->scratch[3];
    memset(fires, 0, (size_t)s->lanes);
    if (e->by_hand || (e->dated && !event_dated_now(s->p, e, s->w->turn)))
        return;
    for (int l = 0; l < s->lanes; l++)
        fires[l] = s->live[l] && (e->last == NO_SLOT || may_fire(e, *sim_at(s, e->last, l), s->w->turn));
    if (!any_lane(fires, s->lanes))
        return;
    sim_set_target_all(s, 0);
    sim_eval(s, e->when, fires, 1, when);
    for (int l = 0; l < s->lanes; l++)
        fires[l] = fires[l] && when[l] != 0;
    if (!code_given(e->chance) || !any_lane(fires, s->lanes))
        return;
    sim_eval(s, e->chance, fires, 1, chance);
    const uint64_t stream = s->p->stream[e->chance_stream].hash;
    for (int l = 0; l < s->lanes; l++)
        fires[l] = fires[l] && engine_unit(s->w, l, stream, (uint64_t)s->w->turn) < chance[l];
}

/* Effects are gathered as each is chosen and applied after the last, so no event sees another's. When each fired is noted at the end
 * for the same reason. */
void events_fire(struct sim *s)
{
    memset(s->fired, 0, (size_t)s->p->events);
    for (int i = 0; i < s->p->events; i++) {
        unsigned char *fires = s->event_masks + (size_t)i * (size_t)s->lanes;
        if (s->forced_events)
            memset(fires, s->forced_events[i], (size_t)s->lanes);
        else
            choose(s, i, fires);
        effects_gather(s, s->p->event[i].effects, fires, NULL, NULL, -1 - i);
        s->fired[i] = fires[0];
    }
    for (int i = 0; i < s->p->events; i++) {
        const unsigned char *fires = s->event_masks + (size_t)i * (size_t)s->lanes;
        if (s->p->event[i].last == NO_SLOT || !any_lane(fires, s->lanes))
            continue;
        for (int l = 0; l < s->lanes; l++)
            if (fires[l])
                *sim_at(s, s->p->event[i].last, l) = s->w->turn;
    }
    effects_apply(s);
}
