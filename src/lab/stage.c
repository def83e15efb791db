/* lab/stage.c — a play on a sim, turn by turn, as every study runs it.
 * Rows are asked for after the brief, so that a play's rules see the events of their turn as a seat does. */
#include "lab/lab_private.h"

int stage_turns(const struct program *p, int play, int turns)
{
    if (turns > 0)
        return turns;
    return play >= 0 && p->play[play].turns > 0 ? p->play[play].turns : p->time.turns;
}

void stage_place(struct sim *s, int turns, uint64_t seed, uint64_t first_run, bool drawn, bool median)
{
    sim_start(s, seed, first_run, drawn, median);
    sim_horizon(s, turns);
}

void stage_begin(struct sim *s, int turns, uint64_t seed, uint64_t first_run, bool drawn, bool median)
{
    stage_place(s, turns, seed, first_run, drawn, median);
    sim_begin(s);
}

void stage_turn(struct sim *s, const struct program *p, int play, int turn)
{
    struct order order[MOST_ORDERS];
    int orders = 0;
    sim_turn_brief(s, true);
    if (play >= 0) {
        sim_play_deals(s, &p->play[play], turn, 0);
        orders = sim_play_orders(s, &p->play[play], turn, 0, order, 0);
    }
    sim_turn_rest(s, order, orders, play < 0 || p->play[play].rationed);
}

struct trouble stage_trouble(const struct sim *s, int lane)
{
    struct trouble t = {0};
    const char *what;
    t.any = sim_failed(s, lane, &what, &t.path, &t.line, &t.turn, &t.step);
    if (t.any)
        snprintf(t.what, sizeof t.what, "%s", what);
    return t;
}

const char *stage_words(struct arena *a, const struct program *p, struct trouble t)
{
    if (!t.any)
        return NULL;
    const char *when = program_date(p, a, program_moment(p, t.turn < 0 ? 0 : t.turn));
    const char *where = t.path && t.path[0] ? arena_printf(a, "%s:%d: ", t.path, t.line) : "";
    if (t.step < 0)
        return arena_printf(a, "%s%s, at %s (%d turn%s done)", where, t.what, when, t.turn, t.turn == 1 ? "" : "s");
    return arena_printf(a, "%s%s, in %s (turn %d, step %d)", where, t.what, when, t.turn + 1, t.step + 1);
}
