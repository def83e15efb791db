/* game/scripted.c — what scripts and plays order: dated rows, and rules judged lane by lane. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

/* An answer is given only where its question lies on the table. */
static bool asked_for(const struct sim *s, const struct order *order, int orders, int answer, int lane)
{
    for (int i = 0; i < orders; i++) {
        const struct move *m = &s->p->move[order[i].row.move];
        if (m->answer != ANSWER_NONE && m->answer_move == answer && order[i].row.verb == ROW_DO && (!order[i].lanes || order[i].lanes[lane]))
            return true;
    }
    return false;
}

static void where_tabled(const struct sim *s, const struct rule *rule, const struct order *order, int orders, unsigned char *mask)
{
    for (int i = 0; i < rule->rows; i++) {
        const int answer = rule->row[i].move;
        for (int l = 0; s->p->move[answer].answers >= 0 && l < s->lanes; l++)
            mask[l] = mask[l] && asked_for(s, order, orders, answer, l);
    }
}

/* Lanes of mask in which all rows of the rule can be done, one after the other. */
static void where_doable(struct sim *s, int seat, const struct rule *rule, bool rationed, unsigned char *mask)
{
    const struct judging how = {.rationed = rationed, .answering = true};
    struct act *act = &s->trial;
    memset(s->need, 0, (size_t)s->lanes * sizeof *s->need);
    judge_begin(s, seat);
    act->seat = seat;
    for (int i = 0; i < rule->rows && any_lane(mask, s->lanes); i++) {
        act->row = rule->row[i];
        judge_row(s, act, mask, how);
        memcpy(mask, act->mask, (size_t)s->lanes);
        if (i + 1 < rule->rows)
            judge_done(s, act, rationed);
    }
    moves_restore(s);
    judge_end(s);
}

int sim_scripted(struct sim *s, int seat, const struct rule *rule, int rules, bool rationed, struct order *order, int orders)
{
    unsigned char *open = s->mask_a, *mask;
    double *when = s->scratch[7];
    memcpy(open, s->live, (size_t)s->lanes);
    const int given = orders;
    for (int i = 0; i < rules && any_lane(open, s->lanes); i++) {
        if (s->masks_used == MOST_ORDERS || orders + rule[i].rows > MOST_ORDERS)
            break;
        mask = s->masks + (size_t)s->masks_used * (size_t)s->lanes;
        sim_set_target_all(s, 0);
        sim_eval(s, rule[i].when, open, 1, when);
        for (int l = 0; l < s->lanes; l++)
            mask[l] = open[l] && when[l] != 0;
        where_tabled(s, &rule[i], order, given, mask);
        where_doable(s, seat, &rule[i], rationed, mask);
        if (!any_lane(mask, s->lanes))
            continue;
        s->masks_used++;
        for (int l = 0; l < s->lanes; l++)
            open[l] = open[l] && !mask[l];
        for (int k = 0; k < rule[i].rows; k++)
            order[orders++] = (struct order){seat, rule[i].row[k], mask};
    }
    return orders;
}

static bool answers_something(const struct sim *s, const struct play_seat *of)
{
    for (int i = 0; i < of->rules; i++)
        for (int k = 0; k < of->rule[i].rows; k++)
            if (s->p->move[of->rule[i].row[k].move].answers >= 0)
                return true;
    return false;
}

/* Dated rows first, and rules that may answer last: whatever the order of the seats, they see what the others have tabled. */
int sim_play_orders(struct sim *s, const struct play *play, int turn, unsigned skip, struct order *order, int orders)
{
    for (int seat = 0; seat < s->p->seats; seat++) {
        const struct play_seat *of = &play->seat[seat];
        if (skip & (1u << seat))
            continue;
        for (int i = 0; i < of->turns; i++)
            for (int k = 0; of->turn[i].turn == turn && k < of->turn[i].rows && orders < MOST_ORDERS; k++)
                order[orders++] = (struct order){seat, of->turn[i].row[k], NULL};
    }
    for (int pass = 0; pass < 2; pass++)
        for (int seat = 0; seat < s->p->seats; seat++) {
            const struct play_seat *of = &play->seat[seat];
            if (!(skip & (1u << seat)) && answers_something(s, of) == (pass == 1))
                orders = sim_scripted(s, seat, of->rule, of->rules, play->rationed, order, orders);
        }
    return orders;
}

bool sim_play_deals(struct sim *s, const struct play *play, int turn, unsigned skip)
{
    bool room = true;
    for (int i = 0; i < play->deals; i++) {
        const struct proposal *q = play->deal[i].proposal;
        if (play->deal[i].turn != turn || ((1u << q->from | q->to) & skip) != 0)
            continue;
        if (q->kind == PROPOSAL_REPORT)
            sim_report(s, q, NULL);
        else
            room = sim_conclude(s, q, NULL, NULL) && room;
    }
    return room;
}
