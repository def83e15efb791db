/* game/phases.c — the phases of a turn over lanes, each a function. The live game calls the same ones (turn.c).
 * Lanes that are over are run with the others, because the engine runs all lanes, and then put back to where they ended. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

void sim_turn(struct sim *s, const struct order *order, int orders, bool rationed, bool past_end)
{
    sim_turn_brief(s, past_end);
    sim_turn_rest(s, order, orders, rationed);
}

void sim_turn_brief(struct sim *s, bool past_end) { sim_brief(s, past_end); }

void sim_turn_rest(struct sim *s, const struct order *order, int orders, bool rationed)
{
    sim_commit(s, order, orders, rationed);
    sim_resolve(s);
    sim_run(s, NULL);
    sim_review(s);
    s->masks_used = 0;
}

static void refill(struct sim *s)
{
    for (int i = 0; i < s->p->seats; i++) {
        const struct seat *seat = &s->p->seat[i];
        if (seat->budget == NO_SLOT || s->w->turn <= s->first_turn)
            continue;
        double *budget = world_slot(s->w, seat->budget);
        for (int l = 0; l < s->lanes; l++) {
            if (!s->live[l])
                continue;
            budget[l] += seat->per_turn;
            if (seat->most > 0 && budget[l] > seat->most)
                budget[l] = seat->most;
        }
    }
}

void sim_brief(struct sim *s, bool past_end)
{
    s->past_end = past_end;
    for (int l = 0; l < s->lanes; l++)
        s->live[l] = !sim_lane_failed(s, l) && (past_end || s->ending[l] < 0);
    sim_aux(s);
    engine_turn_keep(s->w);
    refill(s);
    engine_turn_draws(s->w);
    engine_aux_drawn(s->w);
    events_fire(s);
    sim_aux(s);
}

void sim_run(struct sim *s, const struct engine_ledger *ledger)
{
    effects_due(s);
    engine_run_turn(s->w, ledger);
    s->aux_stale = true;
    sim_thaw_ended(s);
}

void sim_review(struct sim *s)
{
    life_wear(s);
    sim_aux(s);
    deals_judge(s);
    sim_aux(s);
    endings_judge(s);
    for (int l = 0; l < s->lanes; l++)
        if (s->live[l] && s->ending[l] >= 0 && s->ending_turn[l] == s->w->turn)
            sim_freeze(s, l);
    sim_aux(s);
}
