/* page/report_move.c — moves that can be planned, one move's page, the plan, measures in force. */
#include "page/report_private.h"

#include <string.h>

#include "base/text.h"
#include "game/bargain.h"

enum { TARGETS_MOST = 1024, TARGETS_NAMED = 12, MOVES_MOST = 512 };

static const struct { enum row_verb verb; const char *does; } verbs[] = {
    {ROW_DO, "do"}, {ROW_THREATEN, "threaten"}, {ROW_DELAY, "announce for the next turn"}, {ROW_EASE, "ease"}, {ROW_LIFT, "lift"},
    {ROW_SNAPBACK, "snap back"},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static struct row row_of(enum row_verb verb, int move, int target)
{
    return (struct row){.verb = verb, .move = move, .target = target, .setting = -1, .level = -1};
}

/* Half is what easing without a figure is shown as; what it may do hardly ever hangs on the figure. */
static struct row row_tried(enum row_verb verb, int move, int target)
{
    struct row row = row_of(verb, move, target);
    if (verb == ROW_EASE)
        row.level = 0.5;
    return row;
}

/* What one verb costs now over the targets it can be given to; false if it can be given to none. */
struct priced { double least, most; };
static bool verb_possible(const struct view *v, struct arena *a, const struct plan *plan, enum row_verb verb, int move, struct priced *price)
{
    if (verb == ROW_THREATEN && !view_program(v)->move[move].threat.written)
        return false;                                   /* a threat of which the scenario says nothing is nothing to offer */
    const struct move *m = &view_program(v)->move[move];
    static const struct plan nothing;
    bool found = false;
    for (int t = m->target >= 0 ? 0 : -1; t < (m->target >= 0 ? m->targets : 0); t++) {
        struct row row = row_tried(verb, move, t);
        if (view_judge(v, a, plan ? plan : &nothing, row))
            continue;
        double cost = view_cost(v, row);
        if (!found || cost < price->least)
            price->least = cost;
        if (!found || cost > price->most)
            price->most = cost;
        found = true;
    }
    return found;
}

static const char *cost_words(struct arena *a, struct priced price)
{
    if (price.least == price.most)
        return words_cost(a, price.least);
    return arena_printf(a, "Costs %s to %s", figure_text(a, price.least, figure_step(price.least, 0)), figure_text(a, price.most, figure_step(price.most, 0)));
}

static const char *cost_short(struct arena *a, struct priced price)
{
    return words_lower(a, cost_words(a, price));
}

static const char *settings_words(struct arena *a, const struct move *m)
{
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < m->settings; i++)
        text_addf(&t, "%s%s", i == 0 ? "" : i + 1 == m->settings ? " or " : ", ", words_plain(a, m->setting[i].name));
    return t.at;
}

/* --- the list ------------------------------------------------------------------------------------------------------------------- */

static const char *move_line(const struct view *v, struct arena *a, const struct plan *plan, int move)
{
    const struct program *p = view_program(v);
    const struct move *m = &p->move[move];
    struct priced price;
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s.", words_title(a, m->title, m->name));
    bool done = verb_possible(v, a, plan, ROW_DO, move, &price);
    if (done)
        text_addf(&t, " %s.", cost_words(a, price));
    int target[TARGETS_MOST], targets = view_targets(v, move, target, TARGETS_MOST);
    if (done && m->target >= 0 && !code_given(m->pick))
        text_addf(&t, " Choose 1 of %d.", targets);
    if (done && m->settings > 1)
        text_addf(&t, " Setting: %s.", settings_words(a, m));
    if (done && m->answer != ANSWER_NONE)
        text_addf(&t, " %s may %s it.", words_seat(p, m->answer_by), m->answer == ANSWER_REFUSE ? "refuse" : "accept or ignore");
    bool first = true;
    for (int i = 1; i < VERBS; i++)
        if (m->measure && verb_possible(v, a, plan, verbs[i].verb, move, &price)) {
            text_addf(&t, "%s %s, %s", first ? done ? " Or" : " You can" : ";", verbs[i].does, cost_short(a, price));
            first = false;
        }
    if (!first)
        text_add(&t, ".");
    return t.at;
}

void report_moves(struct doc *d, const struct view *v, const struct plan *plan)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    int move[MOVES_MOST], count = view_moves(v, move, MOVES_MOST);
    doc_heading(d, "Moves you can plan, %d.", count);
    for (int i = 0; i < count; i++)
        doc_item(d, i + 1, "%s", move_line(v, a, plan, move[i]));
    struct text t;
    text_init(&t, a);
    int others = 0;
    for (int m = 0; m < p->moves; m++) {
        bool listed = false;
        for (int i = 0; i < count; i++)
            listed = listed || move[i] == m;
        if (!listed && p->move[m].seat == view_seat(v) && p->move[m].answers < 0)
            text_addf(&t, "%s%s", others++ ? "; " : "", words_named(p, a, words_title(a, p->move[m].title, p->move[m].name)));
    }
    if (others)
        doc_quiet(d, "Not now, %d: %s.", others, t.at);
}

/* --- one move -------------------------------------------------------------------------------------------------------------------- */

static void move_effects(struct doc *d, const struct view *v, const struct move *m, const char *heading, struct effects effects)
{
    struct arena *a = doc_arena(d);
    if (!effects.count)
        return;
    doc_gap(d);
    doc_heading(d, "%s, %s.", heading, words_count(a, effects.count, "effect", "effects"));
    for (int i = 0; i < effects.count; i++)
        doc_item(d, i + 1, "%s.", words_effect(a, view_program(v), v, m, &effects.at[i]));
}

static bool any_push(struct effects effects)
{
    for (int i = 0; i < effects.count; i++)
        if (effects.at[i].op == EFFECT_PUSH)
            return true;
    return false;
}

static bool pushes(const struct move *m)
{
    bool any = any_push(m->effects) || any_push(m->threat.effects) || any_push(m->ease.effects) || any_push(m->lift.effects) || any_push(m->snapback.effects);
    for (int i = 0; i < m->outcomes; i++)
        any = any || any_push(m->outcome[i].effects);
    return any;
}

static void move_outcomes(struct doc *d, const struct view *v, const struct move *m)
{
    struct arena *a = doc_arena(d);
    if (!m->outcomes)
        return;
    doc_gap(d);
    doc_heading(d, "Then chance decides between %s.", words_count(a, m->outcomes, "outcome", "outcomes"));
    for (int i = 0; i < m->outcomes; i++) {
        struct text t;
        text_init(&t, a);
        text_addf(&t, "%s.", m->outcome[i].title ? m->outcome[i].title : "Without a name");
        for (int k = 0; k < m->outcome[i].effects.count; k++)
            text_addf(&t, " %s.", words_effect(a, view_program(v), v, m, &m->outcome[i].effects.at[k]));
        doc_item(d, i + 1, "%s", t.at);
    }
}

static void move_measure(struct doc *d, const struct move *m)
{
    struct arena *a = doc_arena(d);
    if (!m->measure)
        return;
    struct text t;
    text_init(&t, a);
    text_add(&t, "A measure: it stands until it is lifted.");
    if (m->ceiling < 1)
        text_addf(&t, " It can be enforced up to %s of 100.", figure_text(a, 100 * m->ceiling, 1));
    if (m->ramp_up > 0)
        text_add(&t, " It takes time to reach its level.");
    if (m->decay > 0)
        text_addf(&t, " Enforcement fades by %s percent a turn unless renewed.", figure_text(a, 100 * m->decay, figure_step(100 * m->decay, 0)));
    doc_text(d, "%s", t.at);
    if (m->settings < 2)
        return;
    doc_gap(d);
    doc_heading(d, "Settings, %d; the last is taken if you name none.", m->settings);
    for (int i = 0; i < m->settings; i++) {
        const struct setting *s = &m->setting[i];
        text_init(&t, a);
        text_addf(&t, "%s: level %s of 100.", words_plain(a, s->name), figure_text(a, 100 * s->level, 1));
        if (s->quiet > 0)
            text_addf(&t, " Not announced; another seat notices it with a chance of %s percent a turn at full level.", figure_text(a, 100 * s->quiet, 1));
        if (s->ceiling < 1)
            text_addf(&t, " Enforced up to %s of 100.", figure_text(a, 100 * s->ceiling, 1));
        doc_item(d, i + 1, "%s", t.at);
    }
}

static void move_now(struct doc *d, const struct view *v, int move)
{
    const struct program *p = view_program(v);
    const struct move *m = &p->move[move];
    struct arena *a = doc_arena(d);
    static const struct plan nothing;
    struct priced price;
    if (m->seat != view_seat(v))
        return;
    bool any = false;
    for (int i = 0; i < VERBS; i++)
        if (verb_possible(v, a, NULL, verbs[i].verb, move, &price)) {
            char *does = arena_text(a, verbs[i].verb == ROW_DO && m->measure ? "impose" : verbs[i].does);
            does[0] = (char)(does[0] - ('a' - 'A'));
            doc_text(d, "%s: %s.", does, cost_short(a, price));
            any = true;
        }
    if (any && seat_has_budget(&p->seat[m->seat]))
        doc_text(d, "You have %s %s.", figure_text(a, view_budget(v), figure_step(view_budget(v), 0)), words_budget(p, m->seat));
    if (!any) {
        int target[1], targets = view_targets(v, move, target, 1);
        const char *why = m->target >= 0 && targets < 1 ? "there is nothing left that it could be done to"
                          : view_judge(v, a, &nothing, row_of(ROW_DO, move, targets > 0 && m->target >= 0 ? target[0] : -1));
        doc_warn(d, "Not possible now: %s.", why ? words_lower(a, why) : "the game says no");
    }
}

void report_move(struct doc *d, const struct view *v, int move)
{
    const struct program *p = view_program(v);
    const struct move *m = &p->move[move];
    struct arena *a = doc_arena(d);
    doc_title(d, "%s", words_title(a, m->title, m->name));
    if (m->help && *m->help)
        doc_text(d, "%s", m->help);
    doc_text(d, "A move of %s. Written %s in orders.", words_seat(p, m->seat), m->name);
    move_measure(d, m);
    move_now(d, v, move);
    if (m->requires_said)
        doc_text(d, "It needs: %s.", m->requires_said);
    if (m->answer != ANSWER_NONE)
        doc_text(d, "It is tabled first. %s may %s; silence %s.", words_seat(p, m->answer_by), m->answer == ANSWER_REFUSE ? "refuse" : "accept",
                 m->silence_passes ? "lets it pass" : "makes it fail");
    if (m->answers >= 0)
        doc_text(d, "It is done only as the answer to: %s.", words_named(p, a, words_title(a, p->move[m->answers].title, p->move[m->answers].name)));
    if (m->threat.written && m->threat_lapses > 0)
        doc_text(d, "It can be threatened first. A threat lapses after %s.", words_count(a, m->threat_lapses, "turn", "turns"));
    if (m->target >= 0) {
        int target[TARGETS_MOST], count = view_targets(v, move, target, TARGETS_MOST);
        struct text t;
        text_init(&t, a);
        for (int i = 0; i < count && i < TARGETS_NAMED; i++)
            text_addf(&t, "%s%s", i ? ", " : "", words_target(p, a, m, target[i]));
        if (count)
            doc_text(d, "%s, %d: %s%s.", code_given(m->pick) ? "Whom it can meet; a rule picks" : "You choose whom it meets", count, t.at,
                     count > TARGETS_NAMED ? " and so on" : "");
    }
    move_effects(d, v, m, "What it does at once", m->effects);
    move_outcomes(d, v, m);
    words_bearing(d, p, m);
    move_effects(d, v, m, "What the threat alone does", m->threat.effects);
    move_effects(d, v, m, "What easing it does", m->ease.effects);
    move_effects(d, v, m, "What lifting it does", m->lift.effects);
    move_effects(d, v, m, "What snapping back does", m->snapback.effects);
    if (pushes(m))
        doc_quiet(d, "A part of the way: done a second time it moves less, since less of the way is left.");
    doc_gap(d);
    words_evidence(d, p, &m->evidence);
}

/* --- plan and measures -------------------------------------------------------------------------------------------------------------- */

void report_plan(struct doc *d, const struct view *v, const struct plan *plan)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    double spent = 0, budget = view_budget(v);
    if (!plan->rows) {
        doc_heading(d, "Nothing is planned for turn %d.", view_turn(v) + 1);
        doc_text(d, "What stands goes on as it is.");
        return;
    }
    doc_heading(d, "Your orders for turn %d, %s.", view_turn(v) + 1, words_count(a, plan->rows, "line", "lines"));
    for (int i = 0; i < plan->rows; i++) {
        double cost = view_cost(v, plan->row[i]);
        spent += cost;
        char *say = arena_text(a, row_say(p, a, plan->row[i]));
        if (say[0] >= 'a' && say[0] <= 'z')
            say[0] = (char)(say[0] - ('a' - 'A'));
        doc_item(d, i + 1, "%s. %s.", say, words_cost(a, cost));
    }
    if (view_checks(v) > 0)
        doc_text(d, "Checking what was agreed takes %s besides.", figure_text(a, view_checks(v), figure_step(view_checks(v), 0)));
    if (seat_has_budget(&p->seat[view_seat(v)]))
        doc_text(d, "Together %s of %s %s; %s left.", figure_text(a, spent, figure_step(spent, 0)), figure_text(a, budget, figure_step(budget, 0)),
                 words_budget(p, view_seat(v)), figure_text(a, budget - spent, figure_step(budget - spent, 0)));
    if (seat_has_budget(&p->seat[view_seat(v)]) && spent > budget + 1e-9)
        doc_warn(d, "That is more than you have; an order that cannot be paid is not carried out. Drop one.");
}

void report_measures(struct doc *d, const struct view *v)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    LIST_OF(const char *) lines = {0};
    for (int i = 0; i < p->moves; i++) {
        const struct move *m = &p->move[i];
        for (int t = 0; m->measure && t < m->targets; t++) {
            struct measure_seen s = view_measure(v, i, t);
            if (s.stage == STAGE_NONE)
                continue;
            struct text line;
            text_init(&line, a);
            text_addf(&line, "%s, by %s: %s", words_title(a, m->title, m->name), words_seat(p, m->seat), stage_name(s.stage));
            if (m->target >= 0)
                text_addf(&line, ", on %s", words_target(p, a, m, t));
            if (s.setting >= 0 && m->settings > 1)
                text_addf(&line, ", %s", words_plain(a, m->setting[s.setting].name));
            if (s.stage >= STAGE_IMPOSED && s.stage <= STAGE_EASED && s.level_known)
                text_addf(&line, ", level %s of 100", figure_text(a, 100 * s.level, 1));
            if (s.since >= 0)
                text_addf(&line, ", since turn %d", s.since + 1);
            text_add(&line, ".");
            *LIST_ADD(a, lines) = line.at;
        }
    }
    doc_heading(d, "Measures you know of, %d.", lines.count);
    for (int i = 0; i < lines.count; i++)
        doc_item(d, i + 1, "%s", lines.at[i]);
}
