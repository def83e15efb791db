/* mind/ahead.c — looking ahead over imagined futures.
 *
 * 1. What would the others do this turn? Scripted ones follow their script; of the rest each takes what pays it best one turn ahead,
 *    judged in futures imagined from our view. What we table they answer if that pays them one turn ahead.
 * 2. Every single row we could give is tried on DRAWS futures; the best go on, alone and in pairs.
 * 3. The finalists are tried on DRAWS_LAST futures, and one of them is chosen.
 * All candidates meet the same futures (equal runs have equal beliefs and equal luck), so differences between them are due to them.
 * After the turn being planned everybody holds, except scripts. A search never searches inside itself. */
#include <stdio.h>
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/rng.h"
#include "base/text.h"
#include "mind/mind_private.h"

static const double PAYS = 0.05;                /* points: less than this is no reason for a quick persona to move */

/* --- orders for the sim ------------------------------------------------------------------------------------------------- */

void orders_add(struct mind *m, struct orders *o, int seat, struct row row, int first, int count)
{
    if (o->count == MOST_ORDERS)
        return;                         /* more orders than a turn can hold: those left out are not done in these futures */
    unsigned char *mask = m->mask + (size_t)o->count * (size_t)m->lanes;
    memset(mask, 0, (size_t)m->lanes);
    memset(mask + first, 1, (size_t)count);
    o->at[o->count++] = (struct order){seat, row, mask};
}

static const struct persona *quick_persona(const struct program *p, int seat)
{
    return p->seat[seat].personas > 0 ? &p->seat[seat].persona[0] : NULL;
}

static bool quick_scripted(const struct program *p, int seat)
{
    const struct persona *is = quick_persona(p, seat);
    return is && is->rules > 0;
}

const double *quick_cares(const struct program *p, int seat)
{
    const struct persona *is = quick_persona(p, seat);
    return is ? is->cares : NULL;
}

void orders_scripts(struct mind *m, struct orders *o)
{
    for (int s = 0; s < m->p->seats; s++)
        if (s != m->seat && quick_scripted(m->p, s)) {
            const struct persona *is = quick_persona(m->p, s);
            o->count = sim_scripted(m->sim, s, is->first, is->rules, true, o->at, o->count);
        }
}

static void orders_others(struct mind *m, struct orders *o, int but)
{
    for (int s = 0; s < m->p->seats; s++)
        for (int r = 0; s != but && r < m->other[s].rows; r++)
            orders_add(m, o, s, m->other[s].row[r], 0, m->lanes);
}

/* --- the others --------------------------------------------------------------------------------------------------------- */

static int best_of(const struct candidate *at, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (at[i].value > at[best].value)
            best = i;
    return best;
}

static void values_by_candidate(const struct mind *m, struct candidate *at, int count, int draws)
{
    for (int c = 0; c < count; c++)
        at[c].value = worth_mean(m->value + c * draws, draws);
}

/* A seat that looks one turn ahead, all others holding. */
static void guess_other(struct mind *m, int seat)
{
    enum { FUTURES = 4 };
    struct candidate at[LANES / FUTURES];
    struct orders o = {.count = 0};
    mind_imagine(m, FUTURES);
    const int count = candidates_other(m, seat, at, LANES / FUTURES), futures = LANES / count;     /* the fewer, the surer */
    mind_imagine(m, futures);
    for (int c = 1; c < count; c++)
        orders_add(m, &o, seat, at[c].row[0], c * futures, futures);
    sim_turn_rest(m->sim, o.at, o.count, true);
    worth_of(m, seat, quick_cares(m->p, seat), m->value);
    values_by_candidate(m, at, count, futures);
    int best = best_of(at, count);
    struct other *is = &m->other[seat];
    if (at[best].value > at[0].value + PAYS) {
        is->row[0] = at[best].row[0];
        is->rows = 1;
    }
}

void guess_others(struct mind *m, const struct view *v)
{
    if (m->other_turn == view_turn(v))
        return;
    memset(m->other, 0, sizeof m->other);
    m->likelies = 0;
    m->other_turn = view_turn(v);
    for (int s = 0; s < m->p->seats; s++)
        if (s != m->seat && !quick_scripted(m->p, s))
            guess_other(m, s);
}

static struct row answer_row(const struct program *p, int move, int target)
{
    int answer = p->move[move].answer_move;
    bool same = p->move[answer].target >= 0 && p->move[answer].target == p->move[move].target;
    return (struct row){ROW_DO, answer, same ? target : -1, -1, -1};
}

/* Would the other seat give its answer to this row of ours? Half the futures with, half without, one turn ahead. A script is not asked
 * here: it answers lane by lane when its orders are gathered. */
static bool guess_answer(struct mind *m, struct row row)
{
    enum { HALF = LANES / 2 };
    const struct move *is = &m->p->move[row.move];
    if (quick_scripted(m->p, is->answer_by))
        return false;
    for (int i = 0; i < m->likelies; i++)
        if (m->likely[i].move == row.move && m->likely[i].target == row.target)
            return m->likely[i].answers;
    struct orders o = {.count = 0};
    mind_imagine(m, HALF);
    orders_add(m, &o, m->seat, row, 0, m->lanes);
    orders_add(m, &o, is->answer_by, answer_row(m->p, row.move, row.target), HALF, HALF);
    sim_turn_rest(m->sim, o.at, o.count, true);
    worth_of(m, is->answer_by, quick_cares(m->p, is->answer_by), m->value);
    bool answers = worth_mean(m->value + HALF, HALF) > worth_mean(m->value, HALF);
    if (m->likelies < MOST_TABLED)
        m->likely[m->likelies++] = (struct likely){row.move, row.target, answers};
    return answers;
}

/* --- trying ------------------------------------------------------------------------------------------------------------- */

int turns_ahead(const struct mind *m, const struct view *v)
{
    int left = view_turns(v) - view_turn(v), patience = m->persona->patience;
    int turns = patience < left ? patience : left;
    return turns > 1 ? turns : 1;
}

void orders_duties(struct mind *m, struct orders *o, int but, const unsigned char *lanes)
{
    for (int s = 0; s < m->p->seats; s++)
        if (s != but)
            o->count = sim_duties(m->sim, s, lanes, o->at, o->count);
}

void ahead_turns(struct mind *m, struct orders *o, int turns, const unsigned char *const *keeps)
{
    orders_scripts(m, o);
    sim_turn_rest(m->sim, o->at, o->count, true);
    for (int t = turns; t > 1; t--) {
        o->count = 0;
        sim_turn_brief(m->sim, false);
        for (int s = 0; s < m->p->seats; s++)
            o->count = sim_duties(m->sim, s, keeps ? keeps[s] : NULL, o->at, o->count);
        orders_scripts(m, o);
        sim_turn_rest(m->sim, o->at, o->count, true);
    }
}

/* From the orders of this turn on: everybody keeps its word and otherwise holds, but the scripts. Leaves what each lane is worth to us in
 * m->value. What we owe ourselves this turn is ours to choose. */
static void play_on(struct mind *m, const struct view *v, struct orders *o)
{
    orders_duties(m, o, m->seat, NULL);
    ahead_turns(m, o, turns_ahead(m, v), NULL);
    worth_of(m, m->seat, m->persona->cares, m->value);
}

/* As many candidates as fit at once: lanes c * draws … belong to candidate c. */
static void try_some(struct mind *m, const struct view *v, struct candidate *at, int count, int draws)
{
    struct orders o = {.count = 0};
    bool answered[MOST_CANDIDATES][MOST_TOGETHER] = {{false}};
    for (int c = 0; c < count; c++)             /* before the futures are filled in: guessing uses the same sim */
        for (int r = 0; r < at[c].rows; r++)
            if (m->p->move[at[c].row[r].move].answer != ANSWER_NONE && at[c].row[r].verb == ROW_DO)
                answered[c][r] = guess_answer(m, at[c].row[r]);
    mind_imagine(m, draws);
    for (int c = 0; c < count; c++)
        for (int r = 0; r < at[c].rows; r++) {
            const struct move *is = &m->p->move[at[c].row[r].move];
            orders_add(m, &o, m->seat, at[c].row[r], c * draws, draws);
            if (answered[c][r])
                orders_add(m, &o, is->answer_by, answer_row(m->p, at[c].row[r].move, at[c].row[r].target), c * draws, draws);
        }
    orders_others(m, &o, m->seat);
    play_on(m, v, &o);
    values_by_candidate(m, at, count, draws);
}

void try_all(struct mind *m, const struct view *v, struct candidate *at, int count, int draws)
{
    int most = LANES / draws;
    for (int from = 0; from < count; from += most)
        try_some(m, v, at + from, count - from < most ? count - from : most, draws);
}

/* Best first, ties in the order they came: the first candidate of equals is the plainer one. */
static void sort_candidates(struct candidate *at, int count)
{
    for (int i = 1; i < count; i++) {
        struct candidate moved = at[i];
        int j = i;
        for (; j > 0 && at[j - 1].value < moved.value; j--)
            at[j] = at[j - 1];
        at[j] = moved;
    }
}

/* In proportion to exp(precision * value); its best if it is told so. */
int ahead_choose(const struct mind *m, const struct candidate *at, int count, const char *purpose, int turn)
{
    double weight[FINALISTS], sum = 0;
    int best = best_of(at, count);
    REQUIRE(count <= FINALISTS);
    if (m->best)
        return best;
    for (int i = 0; i < count; i++) {
        weight[i] = pm_exp(m->persona->precision * (at[i].value - at[best].value));
        sum += weight[i];
    }
    struct rng r = rng_at(mind_key(m, purpose, turn));
    double left = rng_unit(&r) * sum;
    for (int i = 0; i < count; i++)
        if ((left -= weight[i]) < 0)
            return i;
    return best;
}

/* --- reasons ------------------------------------------------------------------------------------------------------------ */

const char *points(double x, char out[static NUMBER_TEXT])
{
    return text_short(pm_round(x * 10) / 10, 6, out);
}

/* "to hold", "to keep its word", "'Inspect at the border' and 'threaten: Ban coal'" */
static const char *say(const struct mind *m, struct arena *a, const struct candidate *is)
{
    const int own = candidate_own(is);
    const struct row *row = &is->row[is->kept];
    if (is->breaks)
        return "to break its word";
    if (own == 0)
        return is->kept ? "to keep its word" : "to hold";
    const char *first = row_say(m->p, a, row[0]);
    const char *kept = is->kept ? "to keep its word and " : "";
    return own == 1 ? arena_printf(a, "%s'%s'", kept, first) : arena_printf(a, "%s'%s' and '%s'", kept, first, row_say(m->p, a, row[1]));
}

static bool is_hold(const struct candidate *is) { return candidate_own(is) == 0 && !is->breaks; }

static void give_reason(struct mind *m, const struct view *v, const struct candidate *at, int count, int chosen, int tried)
{
    struct arena a;
    struct text said;
    char here[NUMBER_TEXT], there[NUMBER_TEXT];
    int hold = 0, next = -1, turns = turns_ahead(m, v);
    arena_init(&a, "reason");
    text_init(&said, &a);
    for (int i = 0; i < count; i++) {
        if (is_hold(&at[i]))
            hold = i;
        if (i != chosen && (next < 0 || at[i].value > at[next].value))
            next = i;
    }
    text_addf(&said, "Chose %s: worth %s to it %d turn%s ahead", say(m, &a, &at[chosen]), points(at[chosen].value, here), turns, turns == 1 ? "" : "s");
    if (chosen != hold)
        text_addf(&said, ", against %s for holding", points(at[hold].value, there));
    if (next >= 0 && (next != hold || chosen == hold))
        text_addf(&said, "; %s was %s, at %s", at[next].value > at[chosen].value ? "better" : "next best", say(m, &a, &at[next]), points(at[next].value, there));
    if (next < 0)
        text_add(&said, "; there was nothing else it could do.");
    else
        text_addf(&said, ". It tried %d things over imagined futures%s.", tried, at[next].value > at[chosen].value ? " and does not always take its best" : "");
    snprintf(m->reason, sizeof m->reason, "%s", said.at);
    arena_done(&a);
}

/* --- planning and answering --------------------------------------------------------------------------------------------- */

/* Puts holding and the best of the rest in front; returns how many go on. */
static int finalists(struct candidate *at, int count)
{
    sort_candidates(at, count);
    int most = count < FINALISTS ? count : FINALISTS;
    for (int i = most; i < count; i++)
        if (is_hold(&at[i]))
            at[most - 1] = at[i];       /* holding is always in the last round: reasons speak of it */
    return most;
}

void ahead_plan(struct mind *m, const struct view *v, struct plan *plan)
{
    struct candidate at[MOST_CANDIDATES];
    mind_believe(m, v);
    guess_others(m, v);
    int count = candidates_own(m, v, at, MOST_CANDIDATES - PAIRED * PAIRED);
    try_all(m, v, at, count, DRAWS);
    sort_candidates(at, count);
    int pairs = candidates_pairs(v, at, count < PAIRED + 1 ? count : PAIRED + 1, at + count, LANES / DRAWS);
    if (pairs)
        try_all(m, v, at + count, pairs, DRAWS);
    int tried = count + pairs;
    count = finalists(at, tried);
    try_all(m, v, at, count, DRAWS_LAST);
    int chosen = ahead_choose(m, at, count, "a persona chooses", view_turn(v));
    for (int r = 0; r < at[chosen].rows; r++)
        plan->row[plan->rows++] = at[chosen].row[r];
    give_reason(m, v, at, count, chosen, tried);
}

bool ahead_answer(struct mind *m, const struct view *v, struct tabled tabled)
{
    struct candidate at[2] = {{.rows = 0}, {.row = {answer_row(m->p, tabled.move, tabled.target)}, .rows = 1}};
    struct orders o = {.count = 0};
    mind_believe(m, v);
    guess_others(m, v);
    mind_imagine(m, DRAWS_LAST);
    orders_add(m, &o, tabled.seat, (struct row){ROW_DO, tabled.move, tabled.target, -1, -1}, 0, m->lanes);
    for (int r = 0; m->planned_turn == view_turn(v) && r < m->planned.rows; r++)
        orders_add(m, &o, m->seat, m->planned.row[r], 0, m->lanes);
    orders_add(m, &o, m->seat, at[1].row[0], DRAWS_LAST, DRAWS_LAST);
    orders_others(m, &o, tabled.seat);
    play_on(m, v, &o);
    values_by_candidate(m, at, 2, DRAWS_LAST);
    int chosen = ahead_choose(m, at, 2, "a persona answers", view_turn(v) * 1024 + tabled.move);
    struct arena a;
    char here[NUMBER_TEXT], there[NUMBER_TEXT];
    arena_init(&a, "reason");
    snprintf(m->reason, sizeof m->reason, "Asked about '%s', it chose %s: worth %s to it, against %s for %s.",
             m->p->move[tabled.move].title ? m->p->move[tabled.move].title : m->p->move[tabled.move].name,
             chosen ? say(m, &a, &at[1]) : "silence", points(at[chosen].value, here), points(at[!chosen].value, there),
             chosen ? "silence" : "answering");
    arena_done(&a);
    return chosen == 1;
}
