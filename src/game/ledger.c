/* game/ledger.c — why each number moved, in lines that add up exactly.
 * The engine posts the terms of each stock's change and what bounds refused during the run; effects and events post what they really
 * did. Nothing else moves a stock, so the lines are the whole change. */
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "game/game_private.h"

static int turn_now(const struct game *g) { return g->live->w->turn - g->from; }

static int value_of(const struct game *g, int quantity, int element) { return g->first_value[quantity] + element; }

static const char *name_of(const char *title, const char *name) { return title ? title : name; }

/* --- posting ---------------------------------------------------------------------------------------------------------------- */

/* Who knows of the cause: of an act of this turn by its own setting (its life changes only after its effects). */
static uint32_t cause_known(struct game *g, int move, int target)
{
    for (int i = 0; i < g->live->acts; i++) {
        const struct act *act = &g->live->act[i];
        if (act->row.move == move && act->mask[0] && act->row.verb == ROW_DO && act->target[0] == target)
            return act_known(g, act);
    }
    return move_known(g, move, target);
}

static bool among(struct effects effects, const struct effect *e)
{
    for (int i = 0; i < effects.count; i++)
        if (&effects.at[i] == e)
            return true;
    return false;
}

/* What was done with the move: a threat of it is not the thing itself. */
static const char *done_how(const struct move *m, const struct effect *e)
{
    bool lifts = among(m->lift.effects, e);
    for (int i = 0; i < m->settings; i++)
        lifts = lifts || among(m->setting[i].lift, e);
    return among(m->threat.effects, e) ? "by the threat of" : among(m->ease.effects, e) ? "by easing" : lifts ? "by lifting" : among(m->snapback.effects, e) ? "by putting back" : "by";
}

void ledger_effect(struct game *g, int source, int target, const struct effect *e, int element, double amount)
{
    const struct program *p = g->p;
    struct ledger_line line = {.turn = turn_now(g), .value = value_of(g, e->quantity, element), .amount = amount, .known = UINT32_MAX,
                               .move = source, .target = target};
    if (!g->playing)
        return;
    if (source < 0) {
        line.text = news_event(g, -1 - source);
    } else {
        const struct move *m = &p->move[source];
        line.text = arena_printf(g->arena, "%s %s (%s)", done_how(m, e), name_of(m->title, m->name), name_of(p->seat[m->seat].title, p->seat[m->seat].name));
        line.known = cause_known(g, source, target);
    }
    *LIST_ADD(g->arena, g->ledger) = line;
}

void ledger_refused(struct game *g, const struct effect *e, int element, bool floor, double amount)
{
    if (g->playing)
        *LIST_ADD(g->arena, g->ledger) = (struct ledger_line){.turn = turn_now(g), .value = value_of(g, e->quantity, element),
            .text = floor ? "refused by floor" : "refused by ceiling", .amount = amount, .known = UINT32_MAX, .move = -1};
}

/* In the review of the turn that has just been run. */
void ledger_deal(struct game *g, int quantity, int element, const struct monitor *m, const char *what, double amount)
{
    const int number = deal_number(g, m->deal);
    const uint32_t known = m->channel == CHANNEL_PUBLIC ? UINT32_MAX : m->to | 1u << m->clause.seat;
    if (g->playing)
        *LIST_ADD(g->arena, g->ledger) = (struct ledger_line){.turn = g->turn_played, .value = value_of(g, quantity, element), .amount = amount, .known = known,
            .text = m->deal == 0 ? arena_printf(g->arena, "%s by %s", what, name_of(g->p->seat[m->clause.seat].title, g->p->seat[m->clause.seat].name))
                                 : arena_printf(g->arena, "promise %d.%d of %s %s", number, m->place + 1, name_of(g->p->seat[m->clause.seat].title, g->p->seat[m->clause.seat].name), what),
            .move = -1};
}

/* Called before the world's turn moves on. */
void ledger_post(void *self, int quantity, int element, const double *term, int terms, double floor, double ceiling)
{
    struct game *g = self;
    const int turn = turn_now(g), value = value_of(g, quantity, element);
    if (!g->playing || turn < 0 || turn >= g->turns)
        return;
    ENSURE(terms == g->p->quantity[quantity].stock[element].terms);
    if (terms)
        memcpy(&g->term[(size_t)turn * (size_t)g->terms + (size_t)g->first_term[value]], term, (size_t)terms * sizeof *term);
    g->refused_floor[(size_t)turn * (size_t)g->values + (size_t)value] = floor;
    g->refused_ceiling[(size_t)turn * (size_t)g->values + (size_t)value] = ceiling;
}

void ledger_notice(struct game *g, int move, int target, int seat)
{
    for (int i = 0; i < g->ledger.count; i++)
        if (g->ledger.at[i].move == move && g->ledger.at[i].target == target)
            g->ledger.at[i].known |= 1u << seat;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------- */

struct why { LIST_OF(struct why_line) line; struct arena *arena; };

static void add_line(struct why *w, const char *text, double amount)
{
    if (amount == 0)
        return;
    for (int i = 0; i < w->line.count; i++)
        if (strcmp(w->line.at[i].text, text) == 0) {
            w->line.at[i].amount += amount;
            return;
        }
    *LIST_ADD(w->arena, w->line) = (struct why_line){text, amount};
}

static void gather(const struct game *g, struct why *w, int seat, int quantity, int element, int from, int to)
{
    const int value = value_of(g, quantity, element);
    const struct stock_element *stock = &g->p->quantity[quantity].stock[element];
    for (int turn = from; turn < to; turn++) {
        for (int i = 0; i < stock->terms; i++)
            add_line(w, stock->term[i].text, g->term[(size_t)turn * (size_t)g->terms + (size_t)(g->first_term[value] + i)]);
        add_line(w, "refused by floor", g->refused_floor[(size_t)turn * (size_t)g->values + (size_t)value]);
        add_line(w, "refused by ceiling", g->refused_ceiling[(size_t)turn * (size_t)g->values + (size_t)value]);
    }
    for (int i = 0; i < g->ledger.count; i++) {
        const struct ledger_line *line = &g->ledger.at[i];
        const bool known = g->open || seat < 0 || (line->known >> seat & 1);
        if (line->value == value && line->turn >= from && line->turn < to)
            add_line(w, known ? line->text : "not known to you", line->amount);
    }
}

static double size(double x) { return x < 0 ? -x : x; }

static int largest(const struct why *w)
{
    int at = 0;
    for (int i = 1; i < w->line.count; i++)
        if (size(w->line.at[i].amount) > size(w->line.at[at].amount))
            at = i;
    return at;
}

/* Decimal places that leave six significant digits of the change, or of the largest line where the lines all but cancel. */
static int places(double change, double most)
{
    double x = size(change) > most * 1e-6 ? size(change) : most, power = 1;
    int k = 5;
    for (; x >= power * 10 && k > -15; k--)
        power *= 10;
    for (; x < power && k < 20; k++)
        power /= 10;
    return k;
}

static double ten_to(int k)
{
    double x = 1;
    for (int i = 0; i < k; i++)
        x *= 10;
    return x;
}

static double in_quanta(double x, int k) { return pm_round(k >= 0 ? x * ten_to(k) : x / ten_to(-k)); }
static double from_quanta(double n, int k) { return k >= 0 ? n / ten_to(k) : n * ten_to(-k); }

/* Rounded to the quantum, the rest on the largest line. */
static void round_lines(struct why *w, double change)
{
    if (w->line.count == 0)
        return;
    const int main_line = largest(w);
    const int k = places(change, size(w->line.at[main_line].amount));
    double rest = in_quanta(change, k);
    for (int i = 0; i < w->line.count; i++)
        if (i != main_line)
            rest -= in_quanta(w->line.at[i].amount, k);
    for (int i = 0; i < w->line.count; i++)
        w->line.at[i].amount = from_quanta(i == main_line ? rest : in_quanta(w->line.at[i].amount, k), k);
}

/* The change is what the lines add up to in their order, so it is so to the last bit. */
static int copy_lines(const struct why *w, struct why_line *line, int room, double *change)
{
    int n = 0;
    *change = 0;
    for (int i = 0; i < w->line.count; i++) {
        if (w->line.at[i].amount == 0)
            continue;
        if (n < room)
            line[n++] = w->line.at[i];
        else if (room > 0) {
            line[room - 1].text = "all else";
            line[room - 1].amount += w->line.at[i].amount;
        }
    }
    for (int i = 0; i < n; i++)
        *change += line[i].amount;
    return n;
}

int view_why(const struct view *v, struct arena *a, int quantity, int element, int from, int to, struct why_line *line, int room, double *change)
{
    const struct game *g = v->game;
    const struct quantity *q = &g->p->quantity[quantity];
    const struct seen *seen = q->seen && v->seat >= 0 ? &q->seen[element * g->p->seats + v->seat] : NULL;
    const bool exact = g->open || !seen || seen->kind == SEEN_EXACT;
    struct why w = {.arena = a};
    *change = 0;
    REQUIRE(from >= 0 && to >= from && to <= view_turn(v));
    if (!q->stock)
        return -1;
    if (exact) {
        gather(g, &w, v->seat, quantity, element, from, to);
        *change = g->value[(size_t)to * (size_t)g->values + (size_t)value_of(g, quantity, element)]
                  - g->value[(size_t)from * (size_t)g->values + (size_t)value_of(g, quantity, element)];
    } else {
        const struct seen_value then = view_value(v, quantity, element, from), now = view_value(v, quantity, element, to);
        if (!then.known || !now.known)
            return -1;
        *change = now.value - then.value;
        add_line(&w, "not known to you", *change);
    }
    round_lines(&w, *change);
    return copy_lines(&w, line, room, change);
}
