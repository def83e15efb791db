/* mind/worth.c — the weighted mean of a seat's goals, with what the ending is worth and a little for budget kept.
 * Budget counts for so little that it only decides between futures that are otherwise alike: an order that changes nothing is not
 * worth giving. */
#include "base/panic.h"
#include "mind/mind_private.h"

static const double BUDGET_WORTH = 0.1;         /* points a unit; judgement */
static const double ALL_FAILED = -1e9;

/* One NaN without a library: lanes that failed are marked and skipped. */
static double not_known(void)
{
    double zero = 0;
    return zero / zero;
}

void worth_of(struct mind *m, int seat, const double *cares, double *value)
{
    const struct seat *is = &m->p->seat[seat];
    double weights = 0;
    for (int l = 0; l < m->lanes; l++)
        value[l] = 0;
    for (int g = 0; g < is->goals; g++)
        weights += is->goal[g].weight * (cares ? cares[g] : 1);
    for (int g = 0; g < is->goals && weights > 0; g++) {
        double weight = is->goal[g].weight * (cares ? cares[g] : 1) / weights;
        const double *score = sim_goal(m->sim, seat, g);
        for (int l = 0; l < m->lanes; l++)
            value[l] += weight * score[l];
    }
    if (is->budget != NO_SLOT) {
        const double *left = sim_code(m->sim, (struct code_ref){-1, is->budget});
        for (int l = 0; l < m->lanes; l++)
            value[l] += BUDGET_WORTH * left[l];
    }
    for (int e = 0; e < m->p->endings; e++) {
        struct code_ref worth = m->p->ending[e].worth ? m->p->ending[e].worth[seat] : NO_CODE;
        bool any = false;
        for (int l = 0; l < m->lanes; l++)
            any = any || sim_ending(m->sim, l) == e;
        if (!any || !code_given(worth))
            continue;
        const double *points = sim_code(m->sim, worth);
        for (int l = 0; l < m->lanes; l++)
            if (sim_ending(m->sim, l) == e)
                value[l] += points[l];
    }
    for (int l = 0; l < m->lanes; l++) {
        const char *what, *path;
        int line, turn, step;
        if (sim_failed(m->sim, l, &what, &path, &line, &turn, &step))
            value[l] = not_known();
    }
}

double worth_mean(const double *value, int count)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; i < count; i++)
        if (value[i] == value[i]) {
            sum += value[i];
            n++;
        }
    return n ? sum / n : ALL_FAILED;
}
