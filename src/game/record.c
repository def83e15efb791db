/* game/record.c — a game played again from its rows, and what else whoever keeps a record may ask.
 * A plan's row is read as it was written; an answer is the row with which it was given, so nothing else need be kept of the talk. */
#include "game/record.h"

#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

const struct view *record_view(const struct game *g) { return &g->view[MOST_SEATS]; }
int record_turn(const struct game *g) { return g->turn_played; }

int record_said(const struct game *g, const char *const **text)
{
    *text = g->said.at;
    return g->said.count;
}

void record_say_again(struct game *g, const struct journal_row *row, int rows)
{
    g->talk = row;
    g->talks = rows;
}

const char *record_opening(const struct game *g) { return g->options.opening >= 0 ? g->p->opening[g->options.opening].name : NULL; }

struct game_options record_options(const struct game *g)
{
    struct game_options o = g->options;
    o.turns = g->turns;
    o.ops = g->ops;
    o.self = g->self;
    o.who = g->who;
    return o;
}

void record_take_seat(struct game *g, int seat, const struct seat_ops *ops, void *self)
{
    REQUIRE(seat >= 0 && seat < g->p->seats);
    g->ops[seat] = ops;
    g->self[seat] = self;
}

void record_sink(struct game *g, const struct game_sink *sink, void *self)
{
    g->sink = sink;
    g->sink_self = self;
}

/* --- plans as text --------------------------------------------------------------------------------------------------------------- */

const char *record_plan_text(const struct program *p, struct arena *a, int seat, const struct plan *plan)
{
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s:", p->seat[seat].name);
    for (int i = 0; i < plan->rows; i++) {
        const char *row = row_print(p, a, plan->row[i]);
        text_addf(&t, "%s %s%s", i ? ";" : "", strcmp(row, "nothing") == 0 ? "do " : "", row);     /* a move may have that name */
    }
    if (plan->rows == 0)
        text_add(&t, " nothing");
    return t.at;
}

const char *record_plan(const struct program *p, struct arena *a, const char *text, int seat, struct plan *plan, struct plan *answers)
{
    const size_t name = strlen(p->seat[seat].name);
    plan->rows = answers->rows = 0;
    if (strncmp(text, p->seat[seat].name, name) != 0 || strncmp(text + name, ": ", 2) != 0)
        return "it is not a plan of this seat";
    text += name + 2;
    if (strcmp(text, "nothing") == 0)
        return NULL;
    while (*text) {
        struct row row;
        const size_t n = strcspn(text, ";");
        const char *wrong = row_parse(p, a, arena_copy(a, text, n), &row);
        if (wrong)
            return wrong;
        struct plan *into = p->move[row.move].answers >= 0 ? answers : plan;
        if (into->rows == MOST_ROWS)
            return "it has more rows than a plan can hold";
        into->row[into->rows++] = row;
        text += n;
        text += strspn(text, "; ");
    }
    return NULL;
}

/* --- seats that do what the record says -------------------------------------------------------------------------------------------- */

static bool of_seat(const struct replay *r, const struct journal_row *row, int seat)
{
    const char *name = r->p->seat[seat].name;
    const size_t n = strlen(name);
    return strcmp(row->kind, "plan") == 0 && strncmp(row->text, name, n) == 0 && row->text[n] == ':';
}

/* The plan of a seat in a turn; nothing if the record has none. False after r->trouble. */
static bool planned(struct replay *r, int seat, int turn, struct plan *plan, struct plan *answers)
{
    plan->rows = answers->rows = 0;
    for (int i = 0; i < r->rows; i++) {
        if (r->row[i].turn != turn || !of_seat(r, &r->row[i], seat))
            continue;
        const char *wrong = record_plan(r->p, r->arena, r->row[i].text, seat, plan, answers);
        if (wrong)
            r->trouble = arena_printf(r->arena, "row %d (turn %d, plan) cannot be read: %s", i, turn + 1, wrong);
        return !wrong;
    }
    return true;
}

static void change_plan(const struct replay *r, int seat, int turn, struct plan *plan)
{
    for (int i = 0; i < r->changes; i++) {
        const struct replay_change *c = &r->change[i];
        if (c->turn != turn || c->seat != seat)
            continue;
        int kept = 0;
        for (int k = 0; c->drop && k < plan->rows; k++)
            if (plan->row[k].move != c->row.move || (c->row.target >= 0 && plan->row[k].target != c->row.target))
                plan->row[kept++] = plan->row[k];
        if (c->drop)
            plan->rows = kept;
        else if (plan->rows < MOST_ROWS)
            plan->row[plan->rows++] = c->row;
    }
}

static bool replay_plan(void *self, const struct view *v, struct plan *plan)
{
    struct replay_seat *s = self;
    struct plan answers;
    if (s->replay->leaves || !planned(s->replay, s->seat, view_turn(v), plan, &answers))
        return false;
    change_plan(s->replay, s->seat, view_turn(v), plan);
    return true;
}

static bool replay_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct replay_seat *s = self;
    struct plan plan, answers;
    *answer = 0;
    if (!planned(s->replay, s->seat, view_turn(v), &plan, &answers))
        return false;
    for (int i = 0; i < answers.rows; i++)
        if (answers.row[i].move == s->replay->p->move[tabled.move].answer_move)
            *answer = 1;
    return true;
}

/* --- what was said at the table ---------------------------------------------------------------------------------------------------- */

/* Everything that was said in the turn is said again in its order, as soon as the table opens. */
static bool replay_propose(void *self, const struct view *v)
{
    struct replay *r = ((struct replay_seat *)self)->replay;
    struct game *g = v->game;
    for (int i = 0; view_seat(v) == 0 && i < r->rows; i++) {
        if (r->row[i].turn != view_turn(v) || strcmp(r->row[i].kind, "say") != 0)
            continue;
        const char *wrong = table_replay(g, r->row[i].text);
        if (wrong && r->changes == 0) {
            r->trouble = arena_printf(r->arena, "row %d (turn %d, say) cannot be said again: %s", i, view_turn(v) + 1, wrong);
            return false;
        }
    }
    return true;
}

static const struct seat_ops replay_ops = {.propose = replay_propose, .kind = "record", .plan = replay_plan, .answer = replay_answer, .tell = NULL};

void replay_begin(struct replay *r, struct arena *a, const struct program *p, const struct journal_row *row, int rows)
{
    *r = (struct replay){.p = p, .row = row, .rows = rows, .arena = a, .differs = -1};
    for (int i = 0; i < p->seats; i++) {
        r->seat[i] = (struct replay_seat){r, i};
        r->ops[i] = &replay_ops;
        r->self[i] = &r->seat[i];
    }
}

int replay_turns(const struct replay *r)
{
    int turns = 0;
    for (int i = 0; i < r->rows; i++)
        turns += strcmp(r->row[i].kind, "state") == 0;
    return turns;
}

/* Talk and plans of a turn stand in this order, and plans are written together. */
bool replay_cut(const struct replay *r)
{
    const struct journal_row *last = r->rows > 1 ? &r->row[r->rows - 1] : NULL;
    return last && last->turn >= replay_turns(r) && strcmp(last->kind, "say") != 0;
}

int replay_talk(const struct replay *r)
{
    const int turn = replay_turns(r);
    int first = r->rows;
    while (first > 1 && r->row[first - 1].turn == turn && strcmp(r->row[first - 1].kind, "say") == 0)
        first--;
    return first < r->rows ? first : -1;
}

/* The number after " rules " and the text after it. */
static int rules_of(const char *text, const char **before_end, const char **after)
{
    const char *at = strstr(text, " rules ");
    int n = 0;
    if (!at)
        return -1;
    at += strlen(" rules ");
    *before_end = at;
    for (; *at >= '0' && *at <= '9' && n < 100000; at++)
        n = n * 10 + (*at - '0');
    *after = at;
    return n;
}

int replay_rules(const struct replay *r)
{
    const char *before, *after;
    return r->rows > 0 ? rules_of(r->row[0].text, &before, &after) : -1;
}

static bool same_but_rules(const char *a, const char *b)
{
    const char *before_a, *after_a, *before_b, *after_b;
    return rules_of(a, &before_a, &after_a) >= 0 && rules_of(b, &before_b, &after_b) >= 0 && before_a - a == before_b - b &&
           strncmp(a, b, (size_t)(before_a - a)) == 0 && strcmp(after_a, after_b) == 0;
}

static bool same_row(const struct journal_row *a, const struct journal_row *b)
{
    if (a->turn != b->turn || strcmp(a->kind, b->kind) != 0)
        return false;
    return strcmp(a->text, b->text) == 0 || (strcmp(a->kind, "game") == 0 && same_but_rules(a->text, b->text));
}

/* Rows of the game from `compared` on against the record's: at the start, after a turn that was cut off, after one that is there from end to
 * end. One that was cut off has all its plans and answers, which are written together, and nothing after them. */
enum extent { START, CUT, WHOLE };
static void compare(struct replay *r, const struct game *g, enum extent extent)
{
    const int count = game_journal_rows(g);
    for (; r->compared < count && r->compared < r->rows && r->differs < 0; r->compared++) {
        const struct journal_row came = game_journal_row(g, r->compared);
        if (!same_row(&came, &r->row[r->compared])) {
            r->differs = r->compared;
            r->came = arena_printf(r->arena, "%s %s", came.kind, came.text);
        }
    }
    if (r->differs < 0 && extent != START && r->compared < r->rows && r->row[r->compared].turn == record_turn(g))
        r->differs = r->compared;
    for (int i = r->compared; i < count && r->differs < 0; i++) {
        const struct journal_row came = game_journal_row(g, i);
        if (extent != CUT || strcmp(came.kind, "plan") == 0 || strcmp(came.kind, "answer") == 0 || strcmp(came.kind, "say") == 0) {
            r->differs = r->rows;
            r->came = arena_printf(r->arena, "%s %s", came.kind, came.text);
        }
    }
}

enum turn_end replay_turn(struct replay *r, struct game *g)
{
    if (r->compared == 0 && r->changes == 0)
        compare(r, g, START);
    const enum extent extent = view_turn(record_view(g)) < replay_turns(r) ? WHOLE : CUT;
    const enum turn_end end = r->differs < 0 ? game_turn(g) : TURN_LEFT;
    if (end == TURN_PLAYED && r->changes == 0)
        compare(r, g, extent);
    return end;
}

const char *replay_talk_wrong(struct replay *r, struct game *g)
{
    const int first = replay_talk(r);
    if (first < 0)
        return NULL;
    r->leaves = true;
    record_say_again(g, &r->row[first], r->rows - first);
    const enum turn_end end = game_turn(g);
    r->leaves = false;
    return end == TURN_LEFT ? NULL : end == TURN_FAILED ? game_failure(g) : "it is said after the end of the game";
}
