/* tui/outlook.c — what may come of the marked move, asked of lab/ while a plan is made: the plan in hand and that move besides, against holding.
 * One question is kept with its answer, so that moving to and fro within a screen asks nothing twice. */
#include <string.h>

#include "lab/forecast.h"
#include "tui/tui_private.h"

enum { LANES = 256, TURNS = 8, VALUES = 1 };

struct ahead {
    struct arena *arena;                /* borrowed */
    const struct program *p;
    struct forecaster *forecaster;      /* made when it is first asked: a screen comes before its futures */
    uint64_t seed;
    int threads;
    const struct view *view; int turn; struct plan plan; struct number of;     /* the question that `answer` answers */
    const struct forecast *answer;
};

struct ahead *ahead_new(struct arena *a, const struct program *p, uint64_t seed, int threads)
{
    struct ahead *is = ARENA_NEW(a, struct ahead);
    is->seed = seed;
    is->arena = a;
    is->p = p;
    is->threads = threads;
    return is;
}

static bool same_plan(const struct plan *a, const struct plan *b)
{
    if (a->rows != b->rows)
        return false;
    for (int i = 0; i < a->rows; i++) {
        const struct row *x = &a->row[i], *y = &b->row[i];
        if (x->verb != y->verb || x->move != y->move || x->target != y->target || x->setting != y->setting || x->level < y->level || x->level > y->level)
            return false;
    }
    return true;
}

const struct forecast *ahead_ask(void *self, const struct view *v, const struct plan *plan, struct number of, bool now)
{
    struct ahead *is = self;
    const int left = view_turns(v) - view_turn(v), turns = left < TURNS ? left : TURNS;
    if (view_over(v) || turns < 1)
        return NULL;
    if (is->answer && is->view == v && is->turn == view_turn(v) && is->of.quantity == of.quantity && is->of.element == of.element && same_plan(&is->plan, plan))
        return is->answer;
    if (!now)
        return NULL;
    is->view = v;
    is->turn = view_turn(v);
    is->plan = *plan;
    is->of = of;
    if (!is->forecaster)
        is->forecaster = forecaster_new(is->arena, is->p, &(struct forecast_room){LANES, TURNS, VALUES, is->threads});
    const struct forecast_value value = {of.quantity, of.element};
    is->answer = NULL;
    const struct forecast *f = forecaster_ask(is->forecaster, v, &(struct forecast_ask){is->plan.rows ? &is->plan : NULL, LANES, turns, is->seed, &value, 1});
    is->answer = f->failed < f->lanes ? f : NULL;
    return is->answer;
}
