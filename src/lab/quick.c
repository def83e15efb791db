/* lab/quick.c — who does what in a game in lanes. Seats that look ahead decide first, by what stands after the brief; scripts follow, since
 * they may answer what was tabled; then those that look ahead answer. None of them sees a row of this turn but what lies on the table. */
#include "lab/quick.h"

#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "base/text.h"

enum { FUTURES = 2, MOST_CHOICES = 64 };
static const double BUDGET_WORTH = 0.1;         /* points a unit: it only decides between futures that are otherwise alike */
static const uint64_t OTHER_LUCK = (uint64_t)1 << 40;

struct quick {
    const struct program *p;            /* borrowed */
    int lanes;
    const struct persona *persona[MOST_SEATS];
    struct play scripts;                /* as one play of all seats that have one */
    unsigned without;                   /* bit set of the seats that have none */
    struct row choice[MOST_SEATS][MOST_CHOICES]; int choices[MOST_SEATS];       /* of those that look ahead; holding comes first and is no row */
    struct sim *trial;                  /* NULL where nobody looks ahead */
    double *worth, *value;              /* [lanes], [MOST_CHOICES + 1][lanes] */
    unsigned char *can;                 /* [MOST_CHOICES][lanes] */
    unsigned char *mask; int masks;     /* [MOST_ORDERS][lanes] of the turn in play */
    uint64_t seed, first_run; bool median;
};

/* --- worth ------------------------------------------------------------------------------------------------------------------ */

static bool lane_failed(const struct sim *s, int lane)
{
    const char *what, *path;
    int line, turn, step;
    return sim_failed(s, lane, &what, &path, &line, &turn, &step);
}

static void add_endings(struct sim *s, const struct program *p, int seat, double *worth)
{
    for (int e = 0; e < p->endings; e++) {
        const struct code_ref of = p->ending[e].worth ? p->ending[e].worth[seat] : NO_CODE;
        bool any = false;
        for (int l = 0; l < sim_lanes(s); l++)
            any = any || sim_ending(s, l) == e;
        if (!any || !code_given(of))
            continue;
        const double *points = sim_code(s, of);
        for (int l = 0; l < sim_lanes(s); l++)
            if (sim_ending(s, l) == e)
                worth[l] += points[l];
    }
}

void quick_worth(struct sim *s, const struct program *p, int seat, const struct persona *persona, double *worth)
{
    const struct seat *is = &p->seat[seat];
    const double *cares = persona ? persona->cares : NULL;
    double weights = 0;
    memset(worth, 0, (size_t)sim_lanes(s) * sizeof *worth);
    for (int g = 0; g < is->goals; g++)
        weights += is->goal[g].weight * (cares ? cares[g] : 1);
    for (int g = 0; g < is->goals && weights > 0; g++) {
        const double weight = is->goal[g].weight * (cares ? cares[g] : 1) / weights, *score = sim_goal(s, seat, g);
        for (int l = 0; l < sim_lanes(s); l++)
            worth[l] += weight * score[l];
    }
    if (is->budget != NO_SLOT) {
        const double *left = sim_code(s, (struct code_ref){-1, is->budget});
        for (int l = 0; l < sim_lanes(s); l++)
            worth[l] += BUDGET_WORTH * left[l];
    }
    add_endings(s, p, seat, worth);
    for (int l = 0; l < sim_lanes(s); l++)
        if (lane_failed(s, l))
            worth[l] = QUICK_FAILED;
}

/* --- memory ----------------------------------------------------------------------------------------------------------------- */

bool quick_can(const struct persona *persona) { return persona->rules > 0 || persona->patience <= 1; }

static bool looks_ahead(const struct quick *q, int seat) { return q->persona[seat] && q->persona[seat]->rules == 0; }

/* At the setting and the target that it has unless told otherwise: quick means quick. */
static void list_choices(struct quick *q, int seat)
{
    for (int m = 0; m < q->p->moves && q->choices[seat] < MOST_CHOICES; m++)
        if (q->p->move[m].seat == seat && q->p->move[m].answers < 0)
            q->choice[seat][q->choices[seat]++] = (struct row){ROW_DO, m, -1, -1, -1};
}

struct quick *quick_new(struct arena *a, const struct program *p, int lanes, const int *persona)
{
    struct quick *q = ARENA_NEW(a, struct quick);
    struct play_seat *script = ARENA_ARRAY(a, p->seats, struct play_seat);
    bool ahead = false;
    q->p = p;
    q->lanes = lanes;
    for (int s = 0; s < p->seats; s++) {
        q->persona[s] = persona[s] < 0 ? NULL : &p->seat[s].persona[persona[s]];
        REQUIRE(!q->persona[s] || quick_can(q->persona[s]));
        if (q->persona[s] && q->persona[s]->rules)
            script[s] = (struct play_seat){.rule = q->persona[s]->first, .rules = q->persona[s]->rules};
        else
            q->without |= 1u << s;
        if (looks_ahead(q, s))
            list_choices(q, s);
        ahead = ahead || looks_ahead(q, s);
    }
    q->scripts = (struct play){.name = "personas", .seat = script, .rationed = true};
    q->mask = ARENA_ARRAY(a, MOST_ORDERS * lanes, unsigned char);
    if (ahead) {
        q->trial = sim_new(a, p, lanes);
        q->worth = ARENA_ARRAY(a, lanes, double);
        q->value = ARENA_ARRAY(a, (MOST_CHOICES + 1) * lanes, double);
        q->can = ARENA_ARRAY(a, MOST_CHOICES * lanes, unsigned char);
    }
    return q;
}

void quick_begin(struct quick *q, uint64_t seed, uint64_t first_run, bool median)
{
    q->seed = seed;
    q->first_run = first_run;
    q->median = median;
}

/* --- one turn ahead ----------------------------------------------------------------------------------------------------------- */

/* Adds up what the seat would make of these orders and nothing else, over some futures. */
static void try_orders(struct quick *q, const struct sim *s, int seat, const struct order *order, int orders, double *value)
{
    memset(value, 0, (size_t)q->lanes * sizeof *value);
    for (int f = 1; f <= FUTURES; f++) {
        sim_copy(q->trial, s);
        sim_other_luck(q->trial, OTHER_LUCK * (uint64_t)f);
        sim_turn_rest(q->trial, order, orders, true);
        quick_worth(q->trial, q->p, seat, q->persona[seat], q->worth);
        for (int l = 0; l < q->lanes; l++)
            value[l] += q->worth[l] / FUTURES;
    }
}

static unsigned char *next_mask(struct quick *q)
{
    unsigned char *mask = q->mask + (size_t)q->masks++ * (size_t)q->lanes;
    memset(mask, 0, (size_t)q->lanes);
    return mask;
}

/* Place 0 is holding. In proportion to exp(precision * value), or the best. */
static int choose(const struct quick *q, int seat, int lane, int turn)
{
    const int count = q->choices[seat] + 1;
    const double *value = q->value + lane;
    double weight[MOST_CHOICES + 1], sum = 0;
    int best = 0;
    for (int c = 1; c < count; c++)
        if (q->can[(size_t)(c - 1) * (size_t)q->lanes + (size_t)lane] && value[(size_t)c * (size_t)q->lanes] > value[(size_t)best * (size_t)q->lanes])
            best = c;
    if (q->median)
        return best;
    for (int c = 0; c < count; c++) {
        const bool open = c == 0 || q->can[(size_t)(c - 1) * (size_t)q->lanes + (size_t)lane];
        sum += weight[c] = open ? pm_exp(q->persona[seat]->precision * (value[(size_t)c * (size_t)q->lanes] - value[(size_t)best * (size_t)q->lanes])) : 0;
    }
    struct rng r = rng_at(rng_key(q->seed, q->first_run + (uint64_t)lane, text_hash("a quick persona chooses") + (uint64_t)seat, (uint64_t)turn));
    double left = rng_unit(&r) * sum;
    for (int c = 0; c < count; c++)
        if ((left -= weight[c]) < 0)
            return c;
    return best;
}

static int plan_ahead(struct quick *q, struct sim *s, int seat, struct order *order, int orders)
{
    const size_t lanes = (size_t)q->lanes;
    unsigned char *mask[MOST_CHOICES] = {NULL};
    try_orders(q, s, seat, NULL, 0, q->value);
    for (int c = 0; c < q->choices[seat]; c++) {
        unsigned char *can = q->can + (size_t)c * lanes;
        sim_allowed(s, seat, NULL, 0, q->choice[seat][c], true, can);
        if (memchr(can, 1, lanes)) {
            const struct order tried = {seat, q->choice[seat][c], can};
            try_orders(q, s, seat, &tried, 1, q->value + (size_t)(c + 1) * lanes);
        }
    }
    for (int l = 0; l < q->lanes; l++) {
        const int c = choose(q, seat, l, sim_turns_done(s)) - 1;
        if (c < 0 || (!mask[c] && (orders == MOST_ORDERS || q->masks == MOST_ORDERS)))
            continue;
        if (!mask[c]) {
            mask[c] = next_mask(q);
            order[orders++] = (struct order){seat, q->choice[seat][c], mask[c]};
        }
        mask[c][l] = 1;
    }
    return orders;
}

/* What lies on the table is answered where that is better than silence. */
static int answer_ahead(struct quick *q, const struct sim *s, struct order *order, int orders)
{
    for (int i = 0, given = orders; i < given && orders < MOST_ORDERS && q->masks < MOST_ORDERS; i++) {
        const struct row row = order[i].row;
        const struct move *m = &q->p->move[row.move];
        if (row.verb != ROW_DO || m->answer == ANSWER_NONE || m->answer_move < 0 || !looks_ahead(q, m->answer_by))
            continue;
        const struct move *answer = &q->p->move[m->answer_move];
        const bool same = answer->target >= 0 && answer->target == m->target;
        unsigned char *mask = next_mask(q);
        for (int l = 0; l < q->lanes; l++)
            mask[l] = !order[i].lanes || order[i].lanes[l];
        try_orders(q, s, m->answer_by, order, orders, q->value);
        order[orders] = (struct order){m->answer_by, {ROW_DO, m->answer_move, same ? row.target : -1, -1, -1}, mask};
        try_orders(q, s, m->answer_by, order, orders + 1, q->value + q->lanes);
        for (int l = 0; l < q->lanes; l++)
            mask[l] = mask[l] && q->value[q->lanes + l] > q->value[l];
        orders++;
    }
    return orders;
}

void quick_turn(struct quick *q, struct sim *s)
{
    struct order order[MOST_ORDERS];
    int orders = 0;
    REQUIRE(sim_lanes(s) == q->lanes);
    q->masks = 0;
    sim_turn_brief(s, false);
    for (int seat = 0; seat < q->p->seats; seat++)
        if (looks_ahead(q, seat))
            orders = plan_ahead(q, s, seat, order, orders);
    orders = sim_play_orders(s, &q->scripts, -1, q->without, order, orders);
    orders = answer_ahead(q, s, order, orders);
    sim_turn_rest(s, order, orders, true);
}
