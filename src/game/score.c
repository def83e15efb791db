/* game/score.c — goals, scores and endings.
 * A goal is clamped to 0..100; the score is their weighted mean, and the ending's worth is added unclamped. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

static double clamp_goal(double x) { return x < 0 ? 0 : x > 100 ? 100 : x; }

static void all_lanes(struct sim *s, unsigned char *mask) { memset(mask, 1, (size_t)s->lanes); }

const double *sim_goal(struct sim *s, int seat, int goal)
{
    REQUIRE(seat >= 0 && seat < s->p->seats && goal >= 0 && goal < s->p->seat[seat].goals);
    double *out = s->scratch[4];
    all_lanes(s, s->mask_a);
    sim_set_target_all(s, 0);
    sim_eval(s, s->p->seat[seat].goal[goal].score, s->mask_a, 0, out);
    for (int l = 0; l < s->lanes; l++)
        out[l] = clamp_goal(out[l]);
    return out;
}

static void add_worth(struct sim *s, int seat, double *score)
{
    double *worth = s->scratch[4];
    for (int e = 0; e < s->p->endings; e++) {
        const struct ending *ending = &s->p->ending[e];
        for (int l = 0; l < s->lanes; l++)
            s->mask_a[l] = s->ending[l] == e;
        if (!ending->worth || !any_lane(s->mask_a, s->lanes))
            continue;
        sim_eval(s, ending->worth[seat], s->mask_a, 0, worth);
        for (int l = 0; l < s->lanes; l++)
            score[l] += worth[l];
    }
}

const double *sim_score(struct sim *s, int seat)
{
    REQUIRE(seat >= 0 && seat < s->p->seats);
    const struct seat *of = &s->p->seat[seat];
    double *score = s->scratch[5], weights = 0;
    memset(score, 0, (size_t)s->lanes * sizeof *score);
    for (int i = 0; i < of->goals; i++) {
        const double *goal = sim_goal(s, seat, i);
        for (int l = 0; l < s->lanes; l++)
            score[l] += of->goal[i].weight * goal[l];
        weights += of->goal[i].weight;
    }
    for (int l = 0; l < s->lanes && weights > 0; l++)
        score[l] /= weights;
    add_worth(s, seat, score);
    return score;
}

/* In the order written, the first that holds; `at: end` only at the horizon. */
void endings_judge(struct sim *s)
{
    double *when = s->scratch[2];
    sim_set_target_all(s, 0);
    for (int e = 0; e < s->p->endings; e++) {
        const struct ending *ending = &s->p->ending[e];
        if (ending->at_end && s->w->turn < s->horizon)
            continue;
        for (int l = 0; l < s->lanes; l++)
            s->mask_a[l] = s->live[l] && s->ending[l] < 0;
        if (!any_lane(s->mask_a, s->lanes))
            return;
        sim_eval(s, ending->when, s->mask_a, 1, when);
        for (int l = 0; l < s->lanes; l++)
            if (s->mask_a[l] && when[l] != 0) {
                s->ending[l] = e;
                s->ending_turn[l] = s->w->turn;
            }
    }
}
