/* mind/candidates.c — what a seat could do this turn: keep its word and else hold, each single row that is allowed besides, breaking its word,
 * and some pairs. Candidate 0 is always keeping its word and holding. Of a move with many targets a few are tried: the one its rule picks, then the first ones allowed. */
#include <string.h>

#include "base/panic.h"
#include "mind/mind_private.h"

static const double EASED_TO = 0.5;             /* of the setting's level: half-way is what easing usually means */

struct list { struct candidate *at; int count, room; struct plan base; };     /* base: what is owed this turn */

static struct candidate with_base(const struct plan *base)
{
    struct candidate c = {.rows = base->rows, .kept = base->rows};
    for (int i = 0; i < base->rows; i++)
        c.row[i] = base->row[i];
    return c;
}

static void list_add(struct list *list, struct row row)
{
    if (list->count == list->room)
        return;
    struct candidate c = with_base(&list->base);
    c.row[c.rows++] = row;
    list->at[list->count++] = c;
}

static struct row row_of(enum row_verb verb, int move, int target, int setting, double level)
{
    return (struct row){verb, move, target, setting, level};
}

static void add_if_allowed(struct list *list, const struct view *v, struct arena *scratch, struct row row)
{
    for (int i = 0; i < list->base.rows; i++)
        if (list->base.row[i].move == row.move && list->base.row[i].verb == row.verb)
            return;                             /* owed, so done already */
    if (view_judge(v, scratch, &list->base, row) == NULL)
        list_add(list, row);
}

/* Imposing at each setting, but not again what already stands unless that would do something. */
static void add_doing(struct list *list, const struct view *v, struct arena *scratch, int move, int target, const struct measure_seen *now)
{
    const struct move *is = &view_program(v)->move[move];
    bool stands = is->measure && (now->stage == STAGE_IMPOSED || now->stage == STAGE_ENFORCED);
    bool again = is->decay > 0 || is->effects.count > 0 || is->outcomes > 0;
    if (!is->measure || is->settings <= 1) {
        if (!stands || again)
            add_if_allowed(list, v, scratch, row_of(ROW_DO, move, target, -1, -1));
        return;
    }
    for (int s = 0; s < is->settings; s++)
        if (!stands || s != now->setting || again)
            add_if_allowed(list, v, scratch, row_of(ROW_DO, move, target, s, -1));
}

static void add_rows(struct list *list, const struct view *v, struct arena *scratch, int move, int target)
{
    const struct move *is = &view_program(v)->move[move];
    struct measure_seen now = {.stage = STAGE_NONE, .setting = -1};
    if (is->measure)
        now = view_measure(v, move, target < 0 ? 0 : target);
    add_doing(list, v, scratch, move, target, &now);
    if (!is->measure)
        return;
    switch (now.stage) {
    case STAGE_NONE:
        if (is->threat.written)
            add_if_allowed(list, v, scratch, row_of(ROW_THREATEN, move, target, -1, -1));
        break;
    case STAGE_LIFTED:
    case STAGE_EASED:
        add_if_allowed(list, v, scratch, row_of(ROW_SNAPBACK, move, target, -1, -1));
        if (now.stage == STAGE_EASED)
            add_if_allowed(list, v, scratch, row_of(ROW_LIFT, move, target, -1, -1));
        break;
    case STAGE_IMPOSED:
    case STAGE_ENFORCED:
        add_if_allowed(list, v, scratch, row_of(ROW_LIFT, move, target, -1, -1));
        if (is->ease.given && now.setting >= 0 && now.setting < is->settings)
            add_if_allowed(list, v, scratch, row_of(ROW_EASE, move, target, -1, EASED_TO * is->setting[now.setting].level));
        break;
    case STAGE_THREATENED:
    case STAGE_ANNOUNCED:
        break;
    }
}

/* A few targets: those with a measure that stands (they can be lifted), then those that may be chosen now. */
static int own_targets(const struct view *v, const struct move *is, int move, int *target)
{
    int allowed[MOST_CANDIDATES], count = 0, n = view_targets(v, move, allowed, MOST_CANDIDATES);
    for (int i = 0; i < n && count < MOST_TARGETS; i++)
        target[count++] = allowed[i];
    for (int t = 0; t < is->targets && is->measure && count < 2 * MOST_TARGETS; t++) {
        enum stage stage = view_measure(v, move, t).stage;
        bool listed = false;
        for (int i = 0; i < count; i++)
            listed = listed || target[i] == t;
        if (!listed && (stage == STAGE_IMPOSED || stage == STAGE_ENFORCED || stage == STAGE_EASED))
            target[count++] = t;
    }
    return count;
}

/* What falls due this turn and can be done, in the order in which it was promised. */
static void owed_now(const struct view *v, struct arena *scratch, struct plan *base)
{
    struct duty duty[MOST_MONITORS];
    const struct plan nothing = {.rows = 0};
    int broken[MOST_MONITORS];
    const int duties = view_duties(v, duty, MOST_MONITORS), breaks = view_breaks(v, &nothing, duty, duties, broken);
    base->rows = 0;
    for (int i = 0; i < breaks && base->rows < MOST_KEPT; i++) {
        const struct duty *d = &duty[broken[i]];
        if (d->has_row && d->bargain->proposal.binding != BINDING_AUTO && view_judge(v, scratch, base, d->row) == NULL)
            base->row[base->rows++] = d->row;
    }
}

static void add_breaking(struct list *list)
{
    for (int i = 0; i < list->base.rows && list->count < list->room; i++) {
        struct candidate c = {.breaks = true};
        for (int k = 0; k < list->base.rows; k++)
            if (k != i)
                c.row[c.rows++] = list->base.row[k];
        c.kept = c.rows;
        list->at[list->count++] = c;
    }
}

int candidates_own(const struct mind *m, const struct view *v, struct candidate *at, int room)
{
    struct arena scratch;                       /* refusals are worded into it and thrown away */
    struct list list = {.at = at, .room = room};
    int move[MOST_CANDIDATES], moves = view_moves(v, move, MOST_CANDIDATES);
    arena_init(&scratch, "refusals");
    owed_now(v, &scratch, &list.base);
    at[list.count++] = with_base(&list.base);
    add_breaking(&list);
    for (int i = 0; i < moves; i++) {
        const struct move *is = &m->p->move[move[i]];
        if (is->answers >= 0)
            continue;
        if (is->target < 0) {
            add_rows(&list, v, &scratch, move[i], -1);
            continue;
        }
        int target[2 * MOST_TARGETS], targets = own_targets(v, is, move[i], target);
        for (int t = 0; t < targets; t++)
            add_rows(&list, v, &scratch, move[i], target[t]);
    }
    arena_done(&scratch);
    return list.count;
}

int candidates_pairs(const struct view *v, const struct candidate *best, int count, struct candidate *at, int room)
{
    struct arena scratch;
    int pairs = 0;
    arena_init(&scratch, "refusals");
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++) {
            const struct row *a = &best[i].row[best[i].kept], *b = &best[j].row[best[j].kept];
            if (candidate_own(&best[i]) != 1 || candidate_own(&best[j]) != 1 || a->move == b->move || pairs == room)
                continue;
            struct plan first = {.rows = best[i].rows};
            for (int k = 0; k < first.rows; k++)
                first.row[k] = best[i].row[k];
            if (view_judge(v, &scratch, &first, *b) != NULL)
                continue;
            at[pairs] = best[i];
            at[pairs].row[at[pairs].rows++] = *b;
            pairs++;
        }
    arena_done(&scratch);
    return pairs;
}

static bool other_may(struct mind *m, int seat, struct row row)
{
    unsigned char ok[LANES];
    sim_allowed(m->sim, seat, NULL, 0, row, true, ok);
    return ok[0] != 0;
}

int candidates_other(struct mind *m, int seat, struct candidate *at, int room)
{
    struct list list = {.at = at, .room = room};
    at[list.count++] = (struct candidate){.rows = 0};
    for (int i = 0; i < m->p->moves; i++) {
        const struct move *is = &m->p->move[i];
        if (is->seat != seat || is->answers >= 0)
            continue;
        int taken = 0;
        for (int t = 0; t < is->targets && taken < 2; t++) {
            struct row row = row_of(ROW_DO, i, is->target < 0 ? -1 : t, -1, -1);
            if (!other_may(m, seat, row))
                continue;
            list_add(&list, row);               /* at the setting it has unless told otherwise: quick means quick */
            taken++;
        }
    }
    return list.count;
}
