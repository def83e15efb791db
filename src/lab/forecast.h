/* lab/forecast.h — what may come of a plan and of holding, as one seat can imagine it: bands of chosen quantities turn by turn.
 *
 * Everything comes from the seat's view: hidden stocks and parameters are drawn from its beliefs, never from the truth. A number that the
 * seat sees as another goes on as that other: its futures begin where the seat sees it. The plan and holding meet the same futures, so what
 * differs between them is due to the plan. The other seats follow their quick personas as a mind takes them to: scripts in every turn; who
 * has none does in the first turn what pays it best one turn ahead, and holds afterwards. The seat itself holds after its plan. A future
 * that ends stays as it ended; one that fails is left out of both sides and counted. */
#ifndef LAB_FORECAST_H
#define LAB_FORECAST_H

#include "game/view.h"

struct forecast_value { int quantity, element; };
struct band { double low, middle, high; };              /* 10, 50, 90 %; NaN if every future failed */
struct forecast {
    int turns, lanes, failed, values;
    bool planned;
    int ended_hold, ended_plan;                         /* futures over by the last turn */
    const struct forecast_value *value;                 /* [values] */
    const struct seen_value *now;                       /* [values] as the seat sees it */
    /* [values][turns]: turn means of flows, other quantities as the turn ends. plan and change (plan less holding, future by future)
     * only if planned. */
    const struct band *hold, *plan, *change;
};

struct forecast_room { int lanes, turns, values, threads; };            /* the most that will be asked */
struct forecast_ask {
    const struct plan *plan;                            /* NULL: holding alone. Rows that the view allows */
    int lanes, turns;                                   /* turns: no more than the game has left */
    uint64_t seed;
    const struct forecast_value *value; int values;
};
struct forecaster;
/* All memory at once, so that asking takes none. */
struct forecaster *forecaster_new(struct arena *a, const struct program *p, const struct forecast_room *room);
/* While the seat of the view plans, in the turn that it plans for. What is answered stays until the next question. It depends on the
 * view and the question alone, never on threads. */
const struct forecast *forecaster_ask(struct forecaster *f, const struct view *v, const struct forecast_ask *ask);

#endif
