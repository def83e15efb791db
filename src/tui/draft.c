/* tui/draft.c — the plan as the person makes it: what can be done, questions one after the other, undo and redo.
 * The game judges every row (view_judge); nothing here decides what is allowed. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

static const struct row empty_row = {.verb = ROW_DO, .move = -1, .target = -1, .setting = -1, .level = -1};

static struct row row_of(int move)
{
    struct row row = empty_row;
    row.move = move;
    return row;
}

/* A price may hang on the target: the list shows that of the first one it could be done to. */
static struct row row_at_first(struct ui *ui, int move)
{
    struct row row = row_of(move);
    int first = 0;
    if (ui->program->move[move].target >= 0)
        row.target = view_targets(ui->view, move, &first, 1) > 0 ? first : 0;
    return row;
}

bool draft_planned(const struct ui *ui, int move)
{
    for (int i = 0; i < ui->plan.rows; i++)
        if (ui->plan.row[i].move == move)
            return true;
    return false;
}

/* The stage that stands out most among the targets: a list has one word for it. */
static const char *stage_of(struct ui *ui, int move)
{
    const struct move *m = &ui->program->move[move];
    enum stage most = STAGE_NONE;
    int standing = 0;
    for (int t = 0; t < m->targets; t++) {
        enum stage s = view_measure(ui->view, move, t).stage;
        standing += s != STAGE_NONE && s != STAGE_LIFTED;
        if (s != STAGE_LIFTED && s > most)
            most = s;
    }
    if (most == STAGE_NONE)
        return "";
    return standing > 1 ? arena_printf(&ui->turn, "%s %d", stage_name(most), standing) : stage_name(most);
}

static const char *state_of(struct ui *ui, int move, bool now)
{
    const struct move *m = &ui->program->move[move];
    if (draft_planned(ui, move))
        return "planned";
    const char *stage = m->measure ? stage_of(ui, move) : "";
    if (*stage)
        return stage;
    if (!now)
        return "not now";
    if (m->answer != ANSWER_NONE && m->answer_by >= 0)
        return arena_printf(&ui->turn, "asks %s", ui->program->seat[m->answer_by].short_name);
    return "";
}

/* True if a thing in force could be eased, lifted, snapped back: then the move has something to offer though it cannot be done anew. */
static bool other_verb(struct ui *ui, int move);

void draft_refresh(struct ui *ui)
{
    int now[MOST_CHOICES], count = view_moves(ui->view, now, MOST_CHOICES);
    ui->budget = view_budget(ui->view);
    ui->spent = 0;
    for (int i = 0; i < ui->plan.rows; i++)
        ui->spent += view_cost(ui->view, ui->plan.row[i]);
    ui->moves = 0;
    for (int m = 0; m < ui->program->moves && ui->moves < MOST_CHOICES; m++) {
        if (ui->program->move[m].seat != ui->seat || ui->program->move[m].answers >= 0)
            continue;
        struct move_line *line = &ui->move[ui->moves++];
        line->move = m;
        line->now = false;
        for (int i = 0; i < count; i++)
            line->now = line->now || now[i] == m;
        line->now = line->now || other_verb(ui, m);
        line->cost = view_cost(ui->view, row_at_first(ui, m));
        line->state = state_of(ui, m, line->now);
    }
}

/* --- what lasts when the game is left ---------------------------------------------------------------------------------------- */

/* On a desk the plans stand in the order in which they came about, so the one in hand lies among its undo. */
void draft_keep(struct ui *ui, bool sealed)
{
    struct keeper *k = ui->keeper;
    if (!k || !k->name)
        return;
    struct desk *desk = ARENA_NEW(&ui->turn, struct desk);
    const int plans = ui->undo_count + 1, lost = plans > DESK_PLANS && ui->undo_at > 0 ? plans - DESK_PLANS : 0;
    for (int i = lost; i < plans && desk->count < DESK_PLANS; i++)
        desk->plan[desk->count++] = i < ui->undo_at ? ui->undo[i] : i == ui->undo_at ? ui->plan : ui->undo[i - 1];
    desk->stands = ui->undo_at - lost;
    desk->sealed = sealed;
    const char *trouble = k->desk(k, view_turn(ui->view), ui->seat, desk);
    if (trouble)
        ui_say(ui, true, "This could not be saved: %s.", trouble);
}

bool draft_find(struct ui *ui)
{
    struct keeper *k = ui->keeper;
    struct desk *desk = ARENA_NEW(&ui->turn, struct desk);
    if (!k || !k->name || !k->find_desk(k, view_turn(ui->view), ui->seat, desk))
        return false;
    ui->plan = desk->plan[desk->stands];
    ui->undo_at = desk->stands;
    ui->undo_count = desk->count - 1;
    for (int i = 0; i < desk->count; i++)
        if (i != desk->stands)
            ui->undo[i < desk->stands ? i : i - 1] = desk->plan[i];
    return desk->sealed;
}

/* --- changes and their undo ------------------------------------------------------------------------------------------------ */

static void remember(struct ui *ui)
{
    if (ui->undo_at == MOST_UNDO) {
        memmove(ui->undo, ui->undo + 1, (MOST_UNDO - 1) * sizeof *ui->undo);
        ui->undo_at--;
    }
    ui->undo[ui->undo_at++] = ui->plan;
    ui->undo_count = ui->undo_at;
}

bool draft_add(struct ui *ui, struct row row)
{
    const char *refusal = view_judge(ui->view, &ui->turn, &ui->plan, row);
    if (!refusal && ui->plan.rows == MOST_ROWS)
        refusal = "the plan is full; drop a line first";
    if (refusal) {
        ui_say(ui, true, "%s", refusal);
        return false;
    }
    remember(ui);
    ui->plan.row[ui->plan.rows++] = row;
    draft_refresh(ui);
    ui_say(ui, false, "Planned: %s. z undo, c commit.", row_say(ui->program, &ui->turn, row));
    draft_keep(ui, false);
    return true;
}

void draft_drop(struct ui *ui, int line)
{
    if (line < 0 || line >= ui->plan.rows)
        return;
    remember(ui);
    ui_say(ui, false, "Dropped: %s. z undo.", row_say(ui->program, &ui->turn, ui->plan.row[line]));
    memmove(ui->plan.row + line, ui->plan.row + line + 1, (size_t)(ui->plan.rows - line - 1) * sizeof *ui->plan.row);
    ui->plan.rows--;
    draft_refresh(ui);
    draft_keep(ui, false);
}

void draft_drop_move(struct ui *ui, int move)
{
    for (int i = ui->plan.rows - 1; i >= 0; i--)
        if (ui->plan.row[i].move == move) {
            draft_drop(ui, i);
            return;
        }
    ui_say(ui, false, "Nothing of this is planned.");
}

static void swap_plans(struct ui *ui, int with)
{
    struct plan now = ui->plan;
    ui->plan = ui->undo[with];
    ui->undo[with] = now;
    draft_refresh(ui);
}

void draft_undo(struct ui *ui)
{
    if (ui->undo_at == 0) {
        ui_say(ui, false, "There is nothing to take back.");
        return;
    }
    swap_plans(ui, --ui->undo_at);
    ui_say(ui, false, "Taken back; Z does it again.");
    draft_keep(ui, false);
}

void draft_redo(struct ui *ui)
{
    if (ui->undo_at == ui->undo_count) {
        ui_say(ui, false, "There is nothing to do again.");
        return;
    }
    swap_plans(ui, ui->undo_at++);
    ui_say(ui, false, "Done again; z takes it back.");
    draft_keep(ui, false);
}

/* --- questions ------------------------------------------------------------------------------------------------------------- */

static void ask_next(struct ui *ui);

static bool judged(struct ui *ui, struct row row)
{
    return view_judge(ui->view, &ui->frame, &ui->plan, row) == NULL;
}

/* Some target, setting or level with which the verb could be planned. */
static bool verb_can(struct ui *ui, int move, enum row_verb verb)
{
    const struct move *m = &ui->program->move[move];
    struct row row = row_of(move);
    row.verb = verb;
    row.level = verb == ROW_EASE ? 0 : -1;
    struct arena_mark mark = arena_mark(&ui->frame);
    bool can = false;
    for (int t = 0; !can && t < m->targets; t++) {
        row.target = m->target < 0 ? -1 : t;
        can = judged(ui, row);
    }
    arena_reset(&ui->frame, mark);
    return can;
}

static bool other_verb(struct ui *ui, int move)
{
    const struct move *m = &ui->program->move[move];
    if (!m->measure)
        return false;
    bool stands = false;
    for (int t = 0; t < m->targets && !stands; t++)
        stands = view_measure(ui->view, move, t).stage != STAGE_NONE;
    return stands && (verb_can(ui, move, ROW_LIFT) || verb_can(ui, move, ROW_EASE) || verb_can(ui, move, ROW_SNAPBACK));
}

const char *draft_why_not(struct ui *ui, int move)
{
    for (int i = 0; i < ui->moves; i++)
        if (ui->move[i].move == move && ui->move[i].now)
            return NULL;
    return view_judge(ui->view, &ui->frame, &ui->plan, row_of(move));
}

static void chosen_verb(struct ui *ui, int index)
{
    ui->draft.row.verb = (enum row_verb)ui->choice[index];
    ui->draft.verb_set = true;
    ask_next(ui);
}

static void chosen_target(struct ui *ui, int index)
{
    ui->draft.row.target = ui->choice[index];
    ui->draft.target_set = true;
    ask_next(ui);
}

static void chosen_setting(struct ui *ui, int index)
{
    ui->draft.row.setting = ui->choice[index];
    ui->draft.setting_set = true;
    ask_next(ui);
}

static void chosen_level(struct ui *ui, int index)
{
    ui->draft.row.level = ui->choice[index] / 100.0;
    ui->draft.level_set = true;
    ask_next(ui);
}

static const char *cost_note(struct ui *ui, struct row row)
{
    char figure[NUMBER_TEXT];
    double cost = view_cost(ui->view, row);
    return cost == 0 ? "free" : arena_printf(&ui->frame, "costs %s", text_short(cost, 3, figure));
}

/* True if a list was opened. If it can only be done, it is done without asking. */
static bool ask_verb(struct ui *ui)
{
    static const struct { enum row_verb verb; const char *act, *measure; } verbs[] = {
        {ROW_DO, "Do it", "Impose it"}, {ROW_THREATEN, "Threaten it", "Threaten to impose it"}, {ROW_DELAY, "Announce it", "Announce it: in force next turn"},
        {ROW_EASE, "Ease it", "Ease it: the rule stays, its level falls"}, {ROW_LIFT, "Lift it", "Lift it"}, {ROW_SNAPBACK, "Snap back", "Snap back to the rule's full level"}};
    const struct move *m = &ui->program->move[ui->draft.row.move];
    const char *item[8], *note[8];
    int count = 0;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if ((!m->measure && verbs[i].verb != ROW_DO) || (verbs[i].verb == ROW_THREATEN && !m->threat.written))
            continue;
        if (!verb_can(ui, ui->draft.row.move, verbs[i].verb))
            continue;
        struct row row = ui->draft.row;
        row.verb = verbs[i].verb;
        ui->choice[count] = (int)verbs[i].verb;
        item[count] = m->measure ? verbs[i].measure : verbs[i].act;
        row.target = row_at_first(ui, row.move).target;
        note[count++] = cost_note(ui, row);
    }
    if (count > 1 || (count == 1 && ui->choice[0] != ROW_DO)) {       /* what was not asked for is never planned unasked */
        pick_open(ui, m->title ? m->title : m->name, item, note, count, chosen_verb);
        return true;
    }
    ui->draft.row.verb = count == 1 ? (enum row_verb)ui->choice[0] : ROW_DO;
    ui->draft.verb_set = true;
    return false;
}

static bool ask_target(struct ui *ui)
{
    const struct move *m = &ui->program->move[ui->draft.row.move];
    const struct set *set = &ui->program->set[m->target];
    const char **item = ARENA_ARRAY(&ui->frame, MOST_CHOICES, const char *), **note = ARENA_ARRAY(&ui->frame, MOST_CHOICES, const char *);
    int allowed[MOST_CHOICES], count = 0, allows = 0;
    if (ui->draft.row.verb == ROW_DO || ui->draft.row.verb == ROW_DELAY)
        allows = view_targets(ui->view, ui->draft.row.move, allowed, MOST_CHOICES);
    if (ui->draft.row.verb != ROW_DO && ui->draft.row.verb != ROW_DELAY) {
        struct row all = ui->draft.row;                              /* without a target: a threat means any, the rest all that stand */
        all.level = all.verb == ROW_EASE ? 0 : -1;
        if (judged(ui, all)) {
            ui->choice[count] = -1;
            item[count] = all.verb == ROW_THREATEN ? "any of them" : "all that stand";
            note[count++] = cost_note(ui, all);
        }
    }
    int wholes = count;
    for (int t = 0; t < m->targets && count < MOST_CHOICES; t++) {
        bool may = ui->draft.row.verb != ROW_DO && ui->draft.row.verb != ROW_DELAY;
        for (int i = 0; i < allows; i++)
            may = may || allowed[i] == t;
        struct row row = ui->draft.row;
        row.target = t;
        row.level = row.verb == ROW_EASE ? 0 : -1;
        if (!may || !judged(ui, row))
            continue;
        bool seat = m->target == ui->program->seat_set && t < ui->program->seats;
        char *words = arena_text(&ui->frame, seat ? ui_seat_title(ui, t) : set->element[t]);
        for (char *at = words; *at; at++)
            if (*at == '_')
                *at = ' ';
        ui->choice[count] = t;
        item[count] = words[0] >= '0' && words[0] <= '9' ? arena_printf(&ui->frame, "%s %s", set->name, words) : words;
        note[count++] = cost_note(ui, row);
    }
    if (count == 0)
        return false;
    if (count - wholes == 1) {                                       /* one target is no question */
        ui->draft.row.target = ui->choice[wholes];
        ui->draft.target_set = true;
        return false;
    }
    pick_open(ui, arena_printf(&ui->frame, "%s: which %s?", m->title ? m->title : m->name, set->name), item, note, count, chosen_target);
    return true;
}

static bool ask_setting(struct ui *ui)
{
    const struct move *m = &ui->program->move[ui->draft.row.move];
    const char *item[MOST_ROWS], *note[MOST_ROWS];
    int count = 0;
    for (int i = 0; i < m->settings && count < MOST_ROWS; i++) {
        const struct setting *s = &m->setting[i];
        struct row row = ui->draft.row;
        row.setting = i;
        if (!judged(ui, row))
            continue;
        ui->choice[count] = i;
        item[count] = s->name;
        struct text t;
        text_init(&t, &ui->frame);
        text_addf(&t, "level %.0f%%", 100 * s->level);
        if (s->ceiling > 0 && s->ceiling < 1)
            text_addf(&t, ", at most %.0f%%", 100 * s->ceiling);
        if (s->quiet > 0)
            text_addf(&t, ", quiet: others notice with %.0f%% a turn", 100 * s->quiet);
        note[count++] = t.at;
    }
    if (count > 1) {
        pick_open(ui, arena_printf(&ui->frame, "%s: how?", m->title ? m->title : m->name), item, note, count, chosen_setting);
        return true;
    }
    ui->draft.row.setting = count == 1 ? ui->choice[0] : -1;
    ui->draft.setting_set = true;
    return false;
}

static bool ask_level(struct ui *ui)
{
    static const double levels[] = {0.75, 0.5, 0.25, 0};
    const struct move *m = &ui->program->move[ui->draft.row.move];
    const char *item[8], *note[8];
    int count = 0;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct row row = ui->draft.row;
        row.level = levels[i];
        if (!judged(ui, row))
            continue;
        ui->choice[count] = (int)(100 * levels[i]);
        item[count] = arena_printf(&ui->frame, "to %.0f%%", 100 * levels[i]);
        note[count++] = cost_note(ui, row);
    }
    ui->draft.level_set = count == 0;
    if (count > 0)
        pick_open(ui, arena_printf(&ui->frame, "%s: ease it how far?", m->title ? m->title : m->name), item, note, count, chosen_level);
    return count > 0;
}

static void ask_next(struct ui *ui)
{
    struct draft *d = &ui->draft;
    const struct move *m = &ui->program->move[d->row.move];
    if (!d->verb_set && ask_verb(ui))
        return;
    if (!d->target_set && m->target >= 0 && ask_target(ui))
        return;
    bool imposes = d->row.verb == ROW_DO || d->row.verb == ROW_DELAY;
    if (!d->setting_set && m->measure && imposes && m->settings > 1 && ask_setting(ui))
        return;
    if (!d->level_set && d->row.verb == ROW_EASE && ask_level(ui))
        return;
    draft_add(ui, d->row);
}

void draft_plan(struct ui *ui, int move)
{
    ui->draft = (struct draft){.row = row_of(move)};
    ask_next(ui);
}
