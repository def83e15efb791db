/* game/turn.c — one turn of a game. Read this first.
 *
 * brief -> plan -> talk -> commit -> resolve -> review, the same for a person, a persona and a script: all are struct seat_ops and
 * see only their view. What a phase does to the world is in phases.c, the same code that plays a thousand lanes of a study; here are
 * the seats, the record and the way back if a seat leaves or the model fails. */
#include <string.h>

#include "base/panic.h"
#include "base/rng.h"
#include "game/game_private.h"

static void turn_begin(struct game *g);
static void brief(struct game *g);
static bool open_table(struct game *g);
static bool plan(struct game *g);
static bool talk(struct game *g);
static bool record(struct game *g);
static void commit(struct game *g);
static void resolve(struct game *g);
static void review(struct game *g);
static enum turn_end publish(struct game *g);
static enum turn_end take_back(struct game *g, enum turn_end end);

enum turn_end game_turn(struct game *g)
{
    if (g->over)
        return TURN_OVER;
    turn_begin(g);                                  /* what is kept in case the turn must be taken back */
    brief(g);                                       /* budgets, draws, events */
    if (sim_lane_failed(g->live, 0))
        return take_back(g, TURN_FAILED);
    if (!open_table(g) || !plan(g) || !talk(g))     /* proposals are made; the seats plan; what was tabled is answered */
        return take_back(g, g->failure ? TURN_FAILED : TURN_LEFT);
    if (!record(g))                                 /* plans go on record before anything comes of them */
        return take_back(g, TURN_FAILED);
    commit(g);                                      /* cost is paid */
    resolve(g);                                     /* acts, outcomes, effects; then the model runs */
    if (sim_lane_failed(g->live, 0))
        return take_back(g, TURN_FAILED);
    review(g);                                      /* who noticed what, what is seen, endings, scores, hash */
    return publish(g);                              /* each seat is told */
}

/* --- what is kept, and the way back -------------------------------------------------------------------------------------------- */

static void turn_begin(struct game *g)
{
    sim_copy_lane(g->before, 0, g->live, 0);
    for (int i = 0; i < g->p->seats; i++) {
        sim_copy_lane(g->shadow_before[i], 0, g->shadow[i], 0);
        g->plan[i].rows = 0;
    }
    g->ledger_mark = g->ledger.count;
    g->news_mark = g->news.count;
    g->journal_mark = g->journal.count;
    g->planned_seats = g->tableds = g->orders = g->refusals = 0;
    g->turn_played = g->live->w->turn - g->from;
    g->asking_seats = false;
    table_begin_turn(g);
    g->failure = NULL;
}

const char *turn_failure(const struct game *g)
{
    const char *what, *path;
    int line, turn, step;
    if (!sim_failed(g->live, 0, &what, &path, &line, &turn, &step))
        return NULL;
    const char *at = step >= 0 ? arena_printf(g->arena, ", step %d", step + 1) : "";
    const char *where = *path ? arena_printf(g->arena, " (%s:%d)", path, line) : "";
    return arena_printf(g->arena, "turn %d%s: %s%s", turn - g->from + 1, at, what, where);
}

static enum turn_end take_back(struct game *g, enum turn_end end)
{
    if (end == TURN_FAILED && !g->failure)
        g->failure = turn_failure(g);
    sim_copy_lane(g->live, 0, g->before, 0);
    for (int i = 0; i < g->p->seats; i++)
        sim_copy_lane(g->shadow[i], 0, g->shadow_before[i], 0);
    g->ledger.count = g->ledger_mark;
    g->news.count = g->news_mark;
    table_take_back(g);
    g->journal.count = g->journal_mark;
    if (g->sink)
        g->sink->back(g->sink_self, g);
    g->probe_fresh = false;
    g->tableds = g->planned_seats = 0;
    sim_aux(g->live);
    return end;
}

/* --- brief, plan, talk ------------------------------------------------------------------------------------------------------------- */

static void brief(struct game *g)
{
    sim_brief(g->live, !g->playing);
    shadows_brief(g);
    news_brief(g);
    g->probe_fresh = false;
}

static void note_refusal(struct game *g, int seat, struct row row, enum refusal why)
{
    if (g->refusals == 2 * MOST_ORDERS)
        return;
    g->refusal[g->refusals].seat = seat;
    g->refusal[g->refusals].text = judge_words(g->live, g->arena, seat, row, why);
    g->refusals++;
}

static int rows_planned(const struct game *g)
{
    int n = 0;
    for (int i = 0; i < g->p->seats; i++)
        n += g->plan[i].rows;
    return n;
}

/* A row that may be done enters the plan with its target chosen; any other leaves no trace but the sentence that its seat is told. */
static void take_row(struct game *g, int seat, struct row row, bool answering)
{
    int target = row.target;
    struct plan *p = &g->plan[seat];
    const bool full = p->rows == MOST_ROWS || rows_planned(g) == MOST_ORDERS;
    const enum refusal why = full ? REFUSED_ROWS : game_judge(g, seat, p, row, answering, &target, NULL);
    if (why != REFUSED_NOT) {
        note_refusal(g, seat, row, why);
        return;
    }
    if (g->p->move[row.move].target >= 0 && (row.verb == ROW_DO || row.verb == ROW_DELAY))
        row.target = target;
    p->row[p->rows++] = row;
}

/* What the seats propose lasts as one, before any is asked to plan. */
static bool open_table(struct game *g)
{
    const bool again = g->talks > 0;
    g->talking = g->p->dialogue.given;
    if (again && !table_say_again(g))
        return false;
    for (int seat = 0; g->talking && !again && seat < g->p->seats; seat++)
        if (g->ops[seat] && g->ops[seat]->propose && !g->ops[seat]->propose(g->self[seat], &g->view[seat]))
            return false;
    g->asking_seats = g->talking;
    const char *trouble = g->talking && g->sink && g->sink->said ? g->sink->said(g->sink_self, g) : NULL;
    if (trouble)
        g->failure = arena_printf(g->arena, "what was said at the table of turn %d could not be saved: %s. What was played before is safe", g->turn_played + 1, trouble);
    return !trouble;
}

static bool plan(struct game *g)
{
    for (int k = 0; k < g->p->seats; k++) {
        const int seat = g->p->sealed || !g->p->order ? k : g->p->order[k];
        struct plan wished = {.rows = 0};
        if (g->ops[seat] && !g->ops[seat]->plan(g->self[seat], &g->view[seat], &wished))
            return false;
        for (int i = 0; i < wished.rows && i < MOST_ROWS; i++)
            take_row(g, seat, wished.row[i], false);
        g->planned[g->planned_seats++] = seat;
    }
    return true;
}

static bool already_answered(const struct game *g, int seat, int move)
{
    for (int i = 0; i < g->plan[seat].rows; i++)
        if (g->plan[seat].row[i].move == move)
            return true;
    return false;
}

static void find_tabled(struct game *g)
{
    for (int seat = 0; seat < g->p->seats; seat++)
        for (int i = 0; i < g->plan[seat].rows; i++) {
            const struct row row = g->plan[seat].row[i];
            if (row.verb == ROW_DO && g->p->move[row.move].answer != ANSWER_NONE)
                g->tabled[g->tableds++] = (struct tabled){row.move, row.target, seat};
        }
}

static bool talk(struct game *g)
{
    find_tabled(g);
    for (int i = 0; i < g->tableds; i++) {
        const struct move *m = &g->p->move[g->tabled[i].move];
        const int by = m->answer_by;
        int answer = 0;
        if (already_answered(g, by, m->answer_move))
            continue;
        if (g->ops[by] && g->ops[by]->answer && !g->ops[by]->answer(g->self[by], &g->view[by], g->tabled[i], &answer))
            return false;
        if (answer)
            take_row(g, by, (struct row){ROW_DO, m->answer_move, -1, -1, -1}, true);
    }
    return true;
}

/* --- commit, resolve ----------------------------------------------------------------------------------------------------------------- */

static void journal_answers(struct game *g)
{
    for (int i = 0; i < g->tableds; i++) {
        const struct move *m = &g->p->move[g->tabled[i].move];
        const struct row row = {ROW_DO, g->tabled[i].move, g->tabled[i].target, -1, -1};
        const char *answer = already_answered(g, m->answer_by, m->answer_move) ? g->p->move[m->answer_move].name : "silence";
        journal_add(g, "answer", arena_printf(g->arena, "%s to %s: %s", g->p->seat[m->answer_by].name, row_print(g->p, g->arena, row), answer));
    }
}

static bool record(struct game *g)
{
    table_commit(g);
    for (int seat = 0; seat < g->p->seats; seat++) {
        journal_plan(g, seat);
        for (int i = 0; i < g->plan[seat].rows; i++)
            g->order[g->orders++] = (struct order){seat, g->plan[seat].row[i], NULL};
    }
    journal_answers(g);
    const char *trouble = g->sink ? g->sink->intent(g->sink_self, g) : NULL;
    if (trouble)
        g->failure = arena_printf(g->arena, "turn %d could not be saved: %s. Nothing of it has happened, and what was played before is safe",
                                  g->turn_played + 1, trouble);
    return !trouble;
}

static void commit(struct game *g)
{
    g->tableds = g->planned_seats = 0;
    sim_commit(g->live, g->order, g->orders, true);
}

static void resolve(struct game *g)
{
    const struct engine_ledger ledger = {g, ledger_post};
    sim_resolve(g->live);
    sim_run(g->live, &ledger);
    sim_review(g->live);
    g->probe_fresh = false;
}

/* --- review ---------------------------------------------------------------------------------------------------------------------------- */

/* A measure newly imposed is a new secret; a standing one that was public stays known. */
static void forget_old_secrets(struct game *g)
{
    for (int i = 0; i < g->live->acts; i++) {
        const struct act *act = &g->live->act[i];
        const struct move *m = &g->p->move[act->row.move];
        if (!act->mask[0] || !m->measure || (act->row.verb != ROW_DO && act->row.verb != ROW_DELAY))
            continue;
        uint32_t *noticed = &g->noticed[g->first_noticed[act->row.move] + act->target[0]];
        const int before = (int)*move_at(g->before, m, act->target[0], MOVE_SETTING, 0);
        if (*move_at(g->before, m, act->target[0], MOVE_ON, 0) == 0)
            *noticed = 0;
        else if (before >= 0 && before < m->settings && m->setting[before].quiet <= 0)
            *noticed = UINT32_MAX;
    }
}

static bool done_this_turn(const struct game *g, int move, int target)
{
    return *move_at(g->live, &g->p->move[move], target, MOVE_SINCE, 0) == g->live->w->turn - 1;
}

static void look_for(struct game *g, int move, int target)
{
    const struct move *m = &g->p->move[move];
    const int setting = (int)*move_at(g->live, m, target, MOVE_SETTING, 0);
    const double quiet = setting >= 0 && setting < m->settings ? m->setting[setting].quiet : 0;
    uint32_t *noticed = &g->noticed[g->first_noticed[move] + target];
    if (*move_at(g->live, m, target, MOVE_ON, 0) == 0 || quiet <= 0)
        return;
    for (int seat = 0; seat < g->p->seats; seat++) {
        if (seat == m->seat || (*noticed >> seat & 1))
            continue;
        const uint64_t stream = rng_mix(g->p->stream[m->detect_stream].hash + rng_mix((uint64_t)seat * 4096 + (uint64_t)target + 1));
        if (engine_unit(g->live->w, 0, stream, (uint64_t)(g->live->w->turn - 1)) >= quiet * *move_at(g->live, m, target, MOVE_LEVEL, 0))
            continue;
        *noticed |= 1u << seat;
        ledger_notice(g, move, target, seat);
        if (!done_this_turn(g, move, target)) {
            news_noticed(g, seat, move, target);
            shadow_notices(g, seat, move, target);
        }
    }
}

static void detect(struct game *g)
{
    for (int i = 0; i < g->p->moves; i++)
        for (int t = 0; g->p->move[i].measure && t < g->p->move[i].targets; t++)
            look_for(g, i, t);
}

static void journal_turn(struct game *g)
{
    for (int i = 0; i < g->p->events; i++)
        if (g->live->fired[i])
            journal_add(g, "event", g->p->event[i].name);
    for (int i = 0; i < g->live->refusals; i++) {
        const struct row row = g->live->refused[i].row;
        const int seat = g->live->refused[i].seat;
        note_refusal(g, seat, row, g->live->refused[i].why);
        journal_add(g, "refused", arena_printf(g->arena, "%s: %s", g->p->seat[seat].name, row_print(g->p, g->arena, row)));
    }
    journal_state(g);
    if (sim_ending(g->live, 0) >= 0)
        journal_add(g, "ending", g->p->ending[sim_ending(g->live, 0)].name);
}

static void review(struct game *g)
{
    forget_old_secrets(g);
    detect(g);
    shadows_rest(g);
    history_keep(g, g->live->w->turn - g->from);
    shadows_keep(g, g->live->w->turn - g->from);
    news_turn(g);
    journal_turn(g);
}

/* When the last turn is told, the game is over and the table open. */
static enum turn_end publish(struct game *g)
{
    bool stays = true;
    g->over = g->open = sim_ending(g->live, 0) >= 0 || g->live->w->turn >= g->from + g->turns;
    const char *trouble = g->sink ? g->sink->turn(g->sink_self, g) : NULL;
    if (trouble) {                                  /* the orders are on disk already and will be carried out again */
        g->failure = arena_printf(g->arena, "what came of turn %d could not be saved: %s. Its orders are safe; to go on later, resume the game",
                                  g->turn_played + 1, trouble);
        return TURN_FAILED;
    }
    for (int seat = 0; seat < g->p->seats; seat++)
        if (g->ops[seat] && g->ops[seat]->tell)
            stays = g->ops[seat]->tell(g->self[seat], &g->view[seat]) && stays;
    return stays || g->over ? TURN_PLAYED : TURN_LEFT;
}

/* A turn of an opening: the same phases, with a play's orders and without seats or record. */
void turn_opening(struct game *g, const struct play *play)
{
    turn_begin(g);
    brief(g);
    table_opening(g, play);
    if (play->seat)
        g->orders = sim_play_orders(g->live, play, g->live->w->turn, 0, g->order, 0);
    sim_commit(g->live, g->order, g->orders, false);
    sim_resolve(g->live);
    sim_run(g->live, NULL);
    sim_review(g->live);
    g->live->masks_used = 0;
    forget_old_secrets(g);
    detect(g);
    shadows_rest(g);
    g->failure = turn_failure(g);
}
