/* line/planner.c — `plan …`: a move by its number or name with target and setting in any order, or a row as scenarios write it.
 * What is missing is asked for; nothing is planned unless the game says that it could be. */
#include "line/line_private.h"

#include <string.h>

#include "base/text.h"

enum { TARGETS_MOST = 1024, FILLERS = 6 };

const struct plan *line_plan(const struct line *l)
{
    return &l->history[l->at];
}

void line_plan_reset(struct line *l)
{
    l->at = l->top = 0;
    l->history[0] = (struct plan){0};
}

/* --- what lasts when the game is left ---------------------------------------------------------------------------------------------- */

_Static_assert((int)UNDO_MOST == (int)DESK_PLANS, "a desk holds the whole history");

void line_desk_keep(struct line *l, bool sealed)
{
    struct keeper *k = l->table->keeper;
    if (!k || !k->name || view_over(l->v))
        return;
    struct desk *desk = ARENA_NEW(&l->turn, struct desk);
    memcpy(desk->plan, l->history, (size_t)(l->top + 1) * sizeof l->history[0]);
    desk->count = l->top + 1;
    desk->stands = l->at;
    desk->sealed = sealed;
    const char *trouble = k->desk(k, view_turn(l->v), view_seat(l->v), desk);
    if (trouble)
        line_sayf(l, "This could not be saved: %s.", trouble);
}

bool line_desk_find(struct line *l)
{
    struct keeper *k = l->table->keeper;
    struct desk *desk = ARENA_NEW(&l->turn, struct desk);
    if (!k || !k->name || !k->find_desk(k, view_turn(l->v), view_seat(l->v), desk))
        return false;
    memcpy(l->history, desk->plan, (size_t)desk->count * sizeof l->history[0]);
    l->top = desk->count - 1;
    l->at = desk->stands;
    return desk->sealed;
}

/* A changed plan goes on top of the one that stands; the oldest is forgotten when there is no more room. */
static struct plan *changed(struct line *l)
{
    if (l->at == UNDO_MOST - 1) {
        memmove(&l->history[0], &l->history[1], (UNDO_MOST - 1) * sizeof l->history[0]);
        l->at--;
    }
    l->history[l->at + 1] = l->history[l->at];
    l->top = ++l->at;
    return &l->history[l->at];
}

static double spent(const struct line *l)
{
    double sum = 0;
    const struct plan *plan = line_plan(l);
    for (int i = 0; i < plan->rows; i++)
        sum += view_cost(l->v, plan->row[i]);
    return sum;
}

static const char *left_words(struct line *l)
{
    char left[NUMBER_TEXT], has[NUMBER_TEXT];
    const char *called = l->p->seat[view_seat(l->v)].called;
    double budget = view_budget(l->v);
    if (!seat_has_budget(&l->p->seat[view_seat(l->v)]))
        return "nothing is rationed";
    return arena_printf(&l->turn, "you have %s left of %s%s%s", text_short(budget - spent(l), 3, left), text_short(budget, 3, has),
                        called && *called ? " " : "", called ? called : "");
}

/* --- from words to a row --------------------------------------------------------------------------------------------------------- */

static bool as_verb(const char *word, enum row_verb *verb)
{
    static const struct { const char *word; enum row_verb verb; } known[] = {
        {"do", ROW_DO}, {"impose", ROW_DO}, {"threaten", ROW_THREATEN}, {"ease", ROW_EASE}, {"lift", ROW_LIFT}, {"snapback", ROW_SNAPBACK},
        {"delay", ROW_DELAY}, {"announce", ROW_DELAY},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_same(known[i].word, word)) {
            *verb = known[i].verb;
            return true;
        }
    return false;
}

static bool is_filler(const char *word)
{
    static const char *const fillers[FILLERS] = {"to", "on", "at", "the", "as", "by"};
    for (int i = 0; i < FILLERS; i++)
        if (text_same(fillers[i], word))
            return true;
    return false;
}

/* "60%" or "0.6"; a bare number over 1 is taken as points of 100. */
static bool as_level(const char *word, double *level)
{
    size_t n = strlen(word);
    bool percent = n > 1 && word[n - 1] == '%';
    double x;
    if (!text_to_number(word, percent ? n - 1 : n, &x))
        return false;
    if (percent || x > 1)
        x /= 100;
    *level = x;
    return x >= 0 && x <= 1;
}

static int target_of(struct line *l, const struct move *m, const char *word)
{
    if (m->target < 0)
        return -1;
    const struct set *set = &l->p->set[m->target];
    int place[2], found = word_matches(set->element, set->count, word, place, 2);
    if (found == 1 || (found > 1 && text_same(set->element[place[0]], word)))
        return place[0];
    if (found || m->target != l->p->seat_set)
        return -1;
    return program_seat(l->p, word);
}

static int setting_of(const struct move *m, const char *word)
{
    for (int i = 0; i < m->settings; i++)
        if (text_same(m->setting[i].name, word))
            return i;
    int found = -1;
    for (int i = 0; i < m->settings; i++)
        if (text_starts(m->setting[i].name, word))
            found = found < 0 ? i : -2;
    return found;
}

/* The rest of the words after the move. False after saying which word was not understood. */
static bool take_words(struct line *l, const char *const *token, int count, struct row *row)
{
    const struct move *m = &l->p->move[row->move];
    for (int i = 0; i < count; i++) {
        double level;
        int found;
        if (is_filler(token[i]) || as_verb(token[i], &row->verb))
            continue;
        if (row->target < 0 && i + 1 < count) {
            const char *two = arena_printf(&l->turn, "%s_%s", token[i], token[i + 1]);
            if ((found = target_of(l, m, two)) >= 0) {
                row->target = found;
                i++;
                continue;
            }
        }
        if (row->target < 0 && (found = target_of(l, m, token[i])) >= 0) {
            row->target = found;
            continue;
        }
        if (m->settings > 0 && (found = setting_of(m, token[i])) >= 0) {
            row->setting = found;
            continue;
        }
        if (m->measure && as_level(token[i], &level)) {
            row->level = level;
            continue;
        }
        line_sayf(l, "'%s' is neither a target nor a setting of this move. Type move %s to see what it takes.", token[i], m->name);
        return false;
    }
    return true;
}

/* Whether nothing need be chosen: no set of targets, one named, a rule that picks, or a verb that means any or all. */
static bool target_settled(const struct move *m, struct row row)
{
    if (m->target < 0 || row.target >= 0)
        return true;
    return row.verb == ROW_THREATEN || row.verb == ROW_LIFT || code_given(m->pick);
}

static const char *target_words(struct line *l, const struct move *m, int target)
{
    const struct set *set = &l->p->set[m->target];
    if (m->target == l->p->seat_set && l->p->seat[target].title)
        return l->p->seat[target].title;
    char *words = arena_text(&l->turn, set->element[target]);
    for (char *c = words; *c; c++)
        if (*c == '_')
            *c = ' ';
    return *words >= '0' && *words <= '9' ? arena_printf(&l->turn, "%s %s", set->name, words) : words;
}

static bool ask_target(struct line *l, struct row *row)
{
    const struct move *m = &l->p->move[row->move];
    const char **item = ARENA_ARRAY(&l->turn, TARGETS_MOST, const char *);
    int place[TARGETS_MOST], count = 0;
    const char *why = NULL;
    for (int t = 0; t < m->targets && count < TARGETS_MOST; t++) {
        struct row tried = *row;
        tried.target = t;
        const char *no = view_judge(l->v, &l->turn, line_plan(l), tried);
        if (no) {
            why = why ? why : no;
            continue;
        }
        place[count] = t;
        item[count++] = target_words(l, m, t);
    }
    if (!count) {
        line_sayf(l, "Not possible: %s.", why ? why : "there is nothing that it could be done to");
        return false;
    }
    int at = line_choose(l, "Targets", item, count);
    if (at < 0)
        return false;
    row->target = place[at];
    return true;
}

static bool ask_level(struct line *l, struct row *row)
{
    const char *said;
    line_sayf(l, "Ease to what level, 0 to 100? Enter goes back.");
    if (!line_read(l, &said))
        return false;
    if (line_is_word(l, arena_copy(&l->turn, said, strcspn(said, " \t")))) {
        l->pending = said;
        return false;
    }
    if (!as_level(said, &row->level)) {
        line_sayf(l, "Nothing was planned.");
        return false;
    }
    return true;
}

static void add_row(struct line *l, struct row row)
{
    const char *why = view_judge(l->v, &l->turn, line_plan(l), row);
    if (why) {
        size_t n = strlen(why);
        line_sayf(l, "Not planned: %s%s", why, n && strchr(".!?", why[n - 1]) ? "" : ".");
        return;
    }
    if (line_plan(l)->rows >= MOST_ROWS) {
        line_sayf(l, "Not planned: a plan holds %d lines at most.", MOST_ROWS);
        return;
    }
    char cost[NUMBER_TEXT];
    double price = view_cost(l->v, row);
    struct plan *plan = changed(l);
    plan->row[plan->rows++] = row;
    if (price == 0)
        line_sayf(l, "Planned: %s. Free; %s. Take it back with undo.", row_say(l->p, &l->turn, row), left_words(l));
    else
        line_sayf(l, "Planned: %s. Costs %s; %s. Take it back with undo.", row_say(l->p, &l->turn, row), text_short(price, 3, cost), left_words(l));
}

static void complete_row(struct line *l, struct row row)
{
    if (row.verb == ROW_EASE && row.level < 0 && !ask_level(l, &row))
        return;
    if (!target_settled(&l->p->move[row.move], row) && !ask_target(l, &row))
        return;
    add_row(l, row);
}

/* A name of one or more words, then the rest: the longest start that is one move's name. Says why if there is none. */
static int named_move(struct line *l, const char *const *token, int count, int *used)
{
    const char *name[1024];
    int of[1024], names = 0, place[8];
    for (int m = 0; m < l->p->moves && names + 2 <= 1024; m++) {
        if (l->p->move[m].seat != view_seat(l->v))
            continue;
        of[names] = m;
        name[names++] = l->p->move[m].name;
        of[names] = m;
        name[names++] = l->p->move[m].title ? l->p->move[m].title : l->p->move[m].name;
    }
    for (int words = count; words > 0; words--) {
        struct text t;
        text_init(&t, &l->turn);
        for (int i = 0; i < words; i++)
            text_addf(&t, "%s%s", i ? " " : "", token[i]);
        int found = word_matches(name, names, t.at, place, 8);
        bool one = found > 0 && found <= 8;
        for (int i = 1; one && i < found; i++)
            one = of[place[i]] == of[place[0]];
        if (one) {
            *used = words;
            return of[place[0]];
        }
    }
    *used = 1;
    return count ? word_move(l, token[0]) : -1;
}

void line_plan_words(struct line *l, const char *rest)
{
    const char *token[TOKENS_MOST];
    struct row row = {.verb = ROW_DO, .move = -1, .target = -1, .setting = -1, .level = -1};
    int count = word_tokens(l, rest, token, TOKENS_MOST), used = 1, first = 0;
    long number;
    if (!text_to_long(token[0], strlen(token[0]), &number)) {
        struct row parsed;
        if (!row_parse(l->p, &l->turn, rest, &parsed)) {
            complete_row(l, parsed);
            return;
        }
    }
    while (first < count && (as_verb(token[first], &row.verb) || is_filler(token[first])))
        first++;
    if (first == count) {
        line_sayf(l, "Plan what? Give a move's number or name, such as plan 1.");
        return;
    }
    if (text_to_long(token[first], strlen(token[first]), &number))
        row.move = word_move(l, token[first]);
    else
        row.move = named_move(l, token + first, count - first, &used);
    if (row.move < 0)
        return;
    if (!take_words(l, token + first + used, count - first - used, &row))
        return;
    complete_row(l, row);
}

/* --- changing it --------------------------------------------------------------------------------------------------------------------- */

void line_drop(struct line *l, const char *rest)
{
    long n;
    int rows = line_plan(l)->rows;
    if (!rows) {
        line_sayf(l, "Nothing is planned.");
        return;
    }
    if (!text_to_long(rest, strlen(rest), &n) || n < 1 || n > rows) {
        line_sayf(l, "Drop which line? A number from 1 to %d; type plan to see them.", rows);
        return;
    }
    struct row gone = line_plan(l)->row[n - 1];
    struct plan *plan = changed(l);
    memmove(&plan->row[n - 1], &plan->row[n], (size_t)(rows - n) * sizeof plan->row[0]);
    plan->rows--;
    line_sayf(l, "Dropped: %s; %s.", row_say(l->p, &l->turn, gone), left_words(l));
}

static void say_stand(struct line *l, const char *what)
{
    int rows = line_plan(l)->rows;
    line_sayf(l, "%s. The plan has %d %s; %s.", what, rows, rows == 1 ? "line" : "lines", left_words(l));
}

void line_undo(struct line *l)
{
    if (l->at == 0) {
        line_sayf(l, "There is nothing to undo in this turn.");
        return;
    }
    l->at--;
    say_stand(l, "Undone");
}

void line_redo(struct line *l)
{
    if (l->at == l->top) {
        line_sayf(l, "There is nothing to redo.");
        return;
    }
    l->at++;
    say_stand(l, "Done again");
}
