/* game/view.c — what one seat sees. Everything that leaves the game passes here, and is redacted here.
 * A view may be asked at any time; what must be worked out is worked out on the probe, a copy, so that asking changes nothing. */
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "game/game_private.h"

static bool sees_all(const struct view *v) { return v->seat < 0 || v->game->open; }

const struct program *view_program(const struct view *v) { return v->game->p; }
int view_seat(const struct view *v) { return v->seat; }
int view_turn(const struct view *v) { return v->game->live->w->turn - v->game->from; }
int view_turns(const struct view *v) { return v->game->turns; }
int view_first_turn(const struct view *v) { return v->game->from; }
double view_time(const struct view *v) { return program_moment(v->game->p, v->game->live->w->turn); }
bool view_over(const struct view *v) { return v->game->over; }
int view_ending(const struct view *v) { return sim_ending(v->game->live, 0); }
bool view_open(const struct view *v) { return v->game->open; }

/* --- values --------------------------------------------------------------------------------------------------------------------- */

static double *history_at(const struct game *g, double *of, int moment, int value) { return &of[(size_t)moment * (size_t)g->values + (size_t)value]; }

void history_keep(struct game *g, int moment)
{
    for (int q = 0; q < g->p->quantities; q++)
        for (int e = 0; e < g->p->quantity[q].count; e++) {
            const bool flow = g->p->quantity[q].mean != NO_SLOT;
            *history_at(g, g->value, moment, g->first_value[q] + e) = sim_values(g->live, q, e, false)[0];
            *history_at(g, g->mean, moment, g->first_value[q] + e) = sim_values(g->live, q, e, flow)[0];
        }
}

static double true_value(const struct game *g, int quantity, int element, int moment)
{
    const bool flow = g->p->quantity[quantity].mean != NO_SLOT && moment > 0;
    return *history_at(g, flow ? g->mean : g->value, moment, g->first_value[quantity] + element);
}

/* An observation stays within the bounds of what is observed; so does what is imagined of it, within the bounds of that world. */
double value_clamped(const struct sim *s, int lane, int quantity, int element, double x)
{
    const struct quantity *q = &s->p->quantity[quantity];
    if (!q->stock)
        return x;
    const uint32_t floor = q->stock[element].floor, ceiling = q->stock[element].ceiling;
    if (floor != NO_SLOT && x < world_get(s->w, floor, lane))
        x = world_get(s->w, floor, lane);
    if (ceiling != NO_SLOT && x > world_get(s->w, ceiling, lane))
        x = world_get(s->w, ceiling, lane);
    return x;
}

/* One draw a viewer, element and moment, from a stream of its own: the same in every replay. */
static struct seen_value noisy(const struct game *g, int seat, int quantity, int element, const struct seen *seen, int moment)
{
    const int at = moment > seen->lag ? moment - seen->lag : 0;
    const uint64_t stream = g->seen_stream[(size_t)seat * (size_t)g->values + (size_t)(g->first_value[quantity] + element)];
    const double truth = true_value(g, quantity, element, at), z = engine_normal(g->live->w, 0, stream, (uint64_t)(g->from + at));
    const double value = value_clamped(g->live, 0, quantity, element, seen->points ? truth + seen->error * z : truth * (1 + seen->error * z));
    const double size = value < 0 ? -value : value;
    return (struct seen_value){.known = true, .exact = seen->error == 0, .value = value,
                               .give_or_take = seen->points ? seen->error : seen->error * size, .lag = seen->lag};
}

static struct seen_value seen_by(const struct game *g, int seat, int quantity, int element, int moment, int depth)
{
    const struct quantity *q = &g->p->quantity[quantity];
    const struct seen *seen = q->seen && seat >= 0 ? &q->seen[element * g->p->seats + seat] : NULL;
    const struct seen_value unknown = {.known = false};
    switch (seen ? seen->kind : SEEN_EXACT) {
    case SEEN_EXACT: return (struct seen_value){.known = true, .exact = true, .value = true_value(g, quantity, element, moment)};
    case SEEN_NONE:  return unknown;
    case SEEN_NOISY: return noisy(g, seat, quantity, element, seen, moment);
    case SEEN_AS:
        if (depth > 8 || seen->as < 0 || element >= g->p->quantity[seen->as].count)
            return unknown;
        return seen_by(g, seat, seen->as, element, moment, depth + 1);
    }
    UNREACHABLE();
}

struct seen_value view_value(const struct view *v, int quantity, int element, int moment)
{
    REQUIRE(quantity >= 0 && quantity < v->game->p->quantities);
    REQUIRE(element >= 0 && element < v->game->p->quantity[quantity].count);
    REQUIRE(moment >= 0 && moment <= view_turn(v));
    return seen_by(v->game, v->seat, quantity, element, moment, 0);
}

static struct seen_value goal_seen(const struct view *v, int seat, int goal)
{
    struct game *g = v->game;
    const struct seen *seen = &g->p->seat[seat].goal[goal].seen;
    struct seen_value s = {.known = true, .exact = true, .value = sim_goal(game_probe(g, -1), seat, goal)[0]};
    if (sees_all(v) || seen->kind == SEEN_EXACT)
        return s;
    if (seen->kind != SEEN_NOISY)
        return (struct seen_value){.known = false};
    const uint64_t stream = text_hash(g->p->seat[seat].goal[goal].name) ^ g->seen_stream[(size_t)seat * (size_t)g->values];
    const double z = engine_normal(g->live->w, 0, stream, (uint64_t)g->live->w->turn);
    s.value += seen->error * z * (seen->points ? 1 : s.value);
    s.value = s.value < 0 ? 0 : s.value > 100 ? 100 : s.value;
    s.exact = seen->error == 0;
    s.give_or_take = seen->points ? seen->error : seen->error * s.value;
    s.lag = seen->lag;
    return s;
}

struct seen_value view_goal(const struct view *v, int goal)
{
    REQUIRE(v->seat >= 0 && goal >= 0 && goal < v->game->p->seat[v->seat].goals);
    return goal_seen(v, v->seat, goal);
}

struct seen_value view_score(const struct view *v, int seat)
{
    struct game *g = v->game;
    const struct seat *of = &g->p->seat[seat];
    struct seen_value s = {.known = true, .exact = true};
    double weights = 0;
    if (seat != v->seat && !sees_all(v))
        return (struct seen_value){.known = false};
    for (int i = 0; i < of->goals; i++) {
        const struct seen_value goal = goal_seen(v, seat, i);
        if (!goal.known)
            return (struct seen_value){.known = false};
        s.exact = s.exact && goal.exact;
        s.value += of->goal[i].weight * goal.value;
        s.give_or_take += of->goal[i].weight * of->goal[i].weight * goal.give_or_take * goal.give_or_take;
        weights += of->goal[i].weight;
    }
    if (weights > 0) {
        s.value /= weights;
        s.give_or_take = pm_sqrt(s.give_or_take) / weights;
    }
    if (g->over && sim_ending(g->live, 0) >= 0 && g->p->ending[sim_ending(g->live, 0)].worth)
        s.value += sim_code(game_probe(g, -1), g->p->ending[sim_ending(g->live, 0)].worth[seat])[0];
    return s;
}

double view_budget(const struct view *v)
{
    const uint32_t slot = v->seat < 0 ? NO_SLOT : v->game->p->seat[v->seat].budget;
    return slot == NO_SLOT ? 0 : world_get(v->game->live->w, slot, 0) - table_checks(v->game, v->seat);
}

/* --- what may be done ------------------------------------------------------------------------------------------------------------- */

/* Where later seats see what earlier ones have committed, those rows' lives are part of the state that is judged. */
struct sim *game_probe(struct game *g, int seat)
{
    const int rows_of = g->p->sealed || seat < 0 ? 0 : g->planned_seats;
    const int key = rows_of ? rows_of * MOST_SEATS + seat : 0;
    if (g->probe_fresh && g->probe_key == key)
        return g->probe;
    sim_copy_lane(g->probe, 0, g->live, 0);
    g->probe->live[0] = 1;
    for (int i = 0; i < rows_of; i++) {
        const int of = g->planned[i];
        for (int k = 0; of != seat && k < g->plan[of].rows; k++)
            life_lane(g->probe, 0, g->plan[of].row[k], g->plan[of].row[k].target);
    }
    g->probe->aux_stale = true;
    g->probe_fresh = true;
    g->probe_key = key;
    return g->probe;
}

static bool names_targets(const struct game *g, int seat) { return g->ops[seat] && strcmp(g->ops[seat]->kind, "person") == 0; }

enum refusal game_judge(struct game *g, int seat, const struct plan *plan, struct row row, bool answering, int *target, double *cost)
{
    struct sim *s = game_probe(g, seat);
    const struct judging how = {.rationed = true, .answering = answering, .name_target = !answering && names_targets(g, seat)};
    const struct judging before = {.rationed = true, .answering = true};
    const unsigned char one = 1;
    struct act *act = &s->trial;
    s->need[0] = 0;
    act->seat = seat;
    judge_begin(s, seat);
    s->left[0] -= table_checks(g, seat);
    for (int i = 0; i < plan->rows; i++) {
        act->row = plan->row[i];
        judge_row(s, act, &one, before);
        if (act->mask[0])
            judge_done(s, act, true);
    }
    act->row = row;
    judge_row(s, act, &one, how);
    const enum refusal why = (enum refusal)s->reason[0];
    if (target)
        *target = act->target[0];
    if (cost)
        *cost = act->cost[0];
    moves_restore(s);
    judge_end(s);
    return why;
}

const char *view_judge(const struct view *v, struct arena *a, const struct plan *plan, struct row row)
{
    REQUIRE(v->seat >= 0);
    if (plan->rows >= MOST_ROWS)
        return arena_text(a, "the plan is full; drop something first");
    return judge_words(v->game->probe, a, v->seat, row, game_judge(v->game, v->seat, plan, row, false, NULL, NULL));
}

double view_cost(const struct view *v, struct row row)
{
    struct sim *s = game_probe(v->game, v->seat);
    const unsigned char one = 1;
    double cost = 0;
    if (row.move < 0 || row.move >= s->p->moves || row.target >= s->p->move[row.move].targets)
        return 0;
    struct act *act = &s->trial;
    act->seat = s->p->move[row.move].seat;
    act->row = row;
    act->target[0] = (int16_t)(s->p->move[row.move].target < 0 ? 0 : row.target);
    judge_begin(s, act->seat);
    judge_cost(s, act, &one, &cost);
    judge_end(s);
    return cost;
}

int view_targets(const struct view *v, int move, int *target, int room)
{
    const struct move *m = &v->game->p->move[move];
    const struct plan nothing = {.rows = 0};
    int n = 0;
    for (int t = 0; m->target >= 0 && t < m->targets && n < room; t++) {
        const enum refusal why = game_judge(v->game, m->seat, &nothing, (struct row){ROW_DO, move, t, -1, -1}, true, NULL, NULL);
        if (why == REFUSED_NOT || why == REFUSED_COST)
            target[n++] = t;
    }
    return n;
}

static bool possible(struct game *g, int seat, int move)
{
    static const enum row_verb verbs[] = {ROW_DO, ROW_THREATEN, ROW_LIFT, ROW_EASE, ROW_SNAPBACK};
    const struct plan nothing = {.rows = 0};
    const struct move *m = &g->p->move[move];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (verbs[i] == ROW_THREATEN && !m->threat.written)
            continue;
        const enum refusal why = game_judge(g, seat, &nothing, (struct row){verbs[i], move, -1, -1, -1}, false, NULL, NULL);
        if (why == REFUSED_NOT)
            return true;
        for (int t = 0; why == REFUSED_NAME_TARGET && t < m->targets; t++)
            if (game_judge(g, seat, &nothing, (struct row){verbs[i], move, t, -1, -1}, false, NULL, NULL) == REFUSED_NOT)
                return true;
    }
    return false;
}

int view_moves(const struct view *v, int *move, int room)
{
    int n = 0;
    for (int i = 0; v->seat >= 0 && i < v->game->p->moves && n < room; i++)
        if (v->game->p->move[i].seat == v->seat && v->game->p->move[i].answers < 0 && possible(v->game, v->seat, i))
            move[n++] = i;
    return n;
}

int view_tabled(const struct view *v, struct tabled *tabled, int room)
{
    const struct game *g = v->game;
    int n = 0;
    for (int i = 0; i < g->tableds && n < room; i++)
        if (g->p->move[g->tabled[i].move].answer_by == v->seat)
            tabled[n++] = g->tabled[i];
    return n;
}

/* --- measures ------------------------------------------------------------------------------------------------------------------------ */

const char *stage_name(enum stage stage)
{
    switch (stage) {
    case STAGE_NONE:       return "none";
    case STAGE_THREATENED: return "threatened";
    case STAGE_ANNOUNCED:  return "announced";
    case STAGE_IMPOSED:    return "imposed";
    case STAGE_ENFORCED:   return "enforced";
    case STAGE_EASED:      return "eased";
    case STAGE_LIFTED:     return "lifted";
    }
    UNREACHABLE();
}

static uint32_t setting_known(const struct game *g, int move, int target, int setting)
{
    const struct move *m = &g->p->move[move];
    if (!m->measure || setting < 0 || setting >= m->settings || m->setting[setting].quiet <= 0)
        return UINT32_MAX;
    return 1u << m->seat | g->noticed[g->first_noticed[move] + (target < 0 ? 0 : target)];
}

uint32_t move_known(const struct game *g, int move, int target)
{
    return setting_known(g, move, target, (int)*move_at(g->live, &g->p->move[move], target < 0 ? 0 : target, MOVE_SETTING, 0));
}

uint32_t act_known(const struct game *g, const struct act *act)
{
    const struct move *m = &g->p->move[act->row.move];
    switch (act->row.verb) {
    case ROW_DO:
    case ROW_DELAY:    return setting_known(g, act->row.move, act->target[0], act->row.setting >= 0 ? act->row.setting : m->settings - 1);
    case ROW_THREATEN: return UINT32_MAX;
    case ROW_LIFT:
    case ROW_EASE:
    case ROW_SNAPBACK: return move_known(g, act->row.move, act->target[0]);
    }
    UNREACHABLE();
}

static enum stage stage_of(struct sim *s, const struct move *m, int t)
{
    if (*move_at(s, m, t, MOVE_ON, 0) != 0)
        return *move_at(s, m, t, MOVE_EASED, 0) != 0 ? STAGE_EASED : *move_at(s, m, t, MOVE_LEFT, 0) > 0 ? STAGE_IMPOSED : STAGE_ENFORCED;
    if (*move_at(s, m, t, MOVE_ANNOUNCED, 0) >= 0)
        return STAGE_ANNOUNCED;
    if (*move_at(s, m, t, MOVE_THREAT, 0) >= 0)
        return STAGE_THREATENED;
    return m->measure && *move_at(s, m, t, MOVE_TIMES, 0) > 0 ? STAGE_LIFTED : STAGE_NONE;
}

struct measure_seen view_measure(const struct view *v, int move, int target)
{
    const struct game *g = v->game;
    const struct move *m = &g->p->move[move];
    const int t = target < 0 ? 0 : target;
    REQUIRE(t < m->targets);
    struct measure_seen seen = {.stage = STAGE_NONE, .setting = -1, .since = -1};
    const enum stage stage = stage_of(g->live, m, t);
    if (!sees_all(v) && stage != STAGE_THREATENED && !(move_known(g, move, t) >> v->seat & 1))
        return seen;
    seen.stage = stage;
    seen.setting = (int)*move_at(g->live, m, t, MOVE_SETTING, 0);
    seen.since = (int)*move_at(g->live, m, t, MOVE_SINCE, 0);
    if (seen.since >= 0)
        seen.since -= g->from;
    const bool quiet = seen.setting >= 0 && seen.setting < m->settings && m->setting[seen.setting].quiet > 0;
    seen.level_known = sees_all(v) || v->seat == m->seat || !quiet;
    seen.level = *move_at(g->live, m, t, seen.level_known ? MOVE_LEVEL : MOVE_RULE, 0);
    return seen;
}
