/* cli/why.c — `demarche why`: whose doing a number was, in shares that add up exactly to the difference as shown.
 * The shares are worked out in lab/attribution.c; here they get names, bars and a sentence on how. Of a stock the game's own ledger
 * follows, if the play can be played as a game and then gives the same number to the last bit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"
#include "game/game.h"
#include "lab/lab.h"
#include "page/report.h"

enum { MOST_THREADS = 256, MOST_ORDERS_DRAWN = 100000, LEDGER_LINES_MOST = 256, SKIPPED_SHOWN = 12, TURNS_LISTED = 3, PERCENT_MOST = 99999 };

enum { PLAY, TURN, BY, DRAWS, SEED, SAMPLED_ORDERS, JOBS, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [PLAY] = {"play", 0, "NAME", "the play that is asked about"},
    [TURN] = {"turn", 0, "A..B", "moves of these turns only, and the number in turn B; the whole play unless told otherwise"},
    [BY] = {"by", 0, "moves|seats", "a share for each move of each seat (the default), or for each seat"},
    [DRAWS] = {"draws", 0, "median|drawn", "median, the default: every parameter at its value and every draw at its median"},
    [SEED] = {"seed", 's', "N", "parameters and chances drawn from this seed, as in the first run of `run --seed N`"},
    [SAMPLED_ORDERS] = {"orders", 0, "N", "of more than ten moves or seats: how many orders are drawn; 256 unless told otherwise"},
    [JOBS] = {"jobs", 'j', "N", "threads; as many as there are cores unless told otherwise, never a matter for the results"},
    [JSON] = {"json", 0, "", "everything as JSON"},
};

struct asked { struct why_asked why; const struct program *p; const char *scenario; };

/* --- options ------------------------------------------------------------------------------------------------------------ */

static bool whole(const struct parsed *given, int option, long least, long most, long otherwise, long *out)
{
    const char *text = given->value[option];
    *out = otherwise;
    if (!text || (text_to_long(text, strlen(text), out) && *out >= least && *out <= most))
        return true;
    cli_usage("why", "--%s takes a whole number from %ld to %ld, not '%s'", rows[option].name, least, most, text);
    return false;
}

static bool find_play(struct arena *a, const struct program *p, const char *name, int *play)
{
    const char **known = ARENA_ARRAY(a, p->plays + 1, const char *);
    for (int i = 0; i < p->plays; i++)
        known[i] = p->play[i].name;
    *play = name ? program_play(p, name) : -1;
    if (*play >= 0)
        return true;
    const char *near = name ? text_nearest(name, known, p->plays) : NULL;
    if (p->plays == 0)
        cli_usage("why", "%s has no plays, so nobody has done anything to ask about", p->id);
    else if (!name)
        cli_usage("why", "say which play with --play NAME; the first one in %s is '%s'", p->id, known[0]);
    else
        cli_usage("why", "there is no play '%s' in %s; %s '%s'%s", name, p->id, near ? "did you mean" : "the first one there is", near ? near : known[0],
                  near ? "?" : "");
    return false;
}

static bool find_number(struct arena *a, const struct program *p, const char *text, struct why_asked *why)
{
    if (program_find_value(p, text, &why->quantity, &why->element))
        return true;
    const char *name = arena_copy(a, text, strcspn(text, "["));
    const int q = program_quantity(p, name);
    if (q >= 0) {
        const struct quantity *is = &p->quantity[q];
        cli_usage("why", "'%s' is not one number of %s; ask for one such as '%s'", text, name,
                  program_element_name(p, a, is->name, is->dims, is->dim, 0));
        return false;
    }
    const char **known = ARENA_ARRAY(a, p->quantities + 1, const char *);
    for (int i = 0; i < p->quantities; i++)
        known[i] = p->quantity[i].name;
    const char *near = text_nearest(name, known, p->quantities);
    if (near)
        cli_usage("why", "there is no quantity '%s' in %s; did you mean '%s'?", name, p->id, near);
    else
        cli_usage("why", "there is no quantity '%s' in %s", name, p->id);
    return false;
}

/* "3..7" or "3", counted from 1. */
static bool find_turns(const struct program *p, const char *text, struct why_asked *why)
{
    const int turns = p->play[why->play].turns > 0 ? p->play[why->play].turns : p->time.turns;
    long from = 1, to = turns;
    if (text) {
        const char *dots = strstr(text, "..");
        const size_t n = dots ? (size_t)(dots - text) : strlen(text);
        const char *last = dots ? dots + 2 : text;
        if (!text_to_long(text, n, &from) || !text_to_long(last, strlen(last), &to) || from < 1 || to < from || to > turns) {
            cli_usage("why", "--turn takes A..B with turns from 1 to %d, not '%s'", turns, text);
            return false;
        }
    }
    why->from = (int)from - 1;
    why->to = (int)to - 1;
    return true;
}

static bool read_options(const struct parsed *given, struct why_asked *why)
{
    long seed, jobs, orders;
    const char *by = given->value[BY], *draws = given->value[DRAWS];
    if (!whole(given, SEED, 0, INT64_MAX, 1, &seed) || !whole(given, JOBS, 1, MOST_THREADS, os_cores(), &jobs) ||
        !whole(given, SAMPLED_ORDERS, 4, MOST_ORDERS_DRAWN, ORDERS_DEFAULT, &orders))
        return false;
    if (orders % 2) {
        cli_usage("why", "--orders takes an even number: each order is also taken backwards");
        return false;
    }
    if (by && strcmp(by, "moves") != 0 && strcmp(by, "seats") != 0) {
        cli_usage("why", "--by is moves or seats, not '%s'", by);
        return false;
    }
    if (draws && strcmp(draws, "median") != 0 && strcmp(draws, "drawn") != 0) {
        cli_usage("why", "--draws is median or drawn, not '%s'", draws);
        return false;
    }
    *why = (struct why_asked){.by_seats = by && strcmp(by, "seats") == 0, .seed = (uint64_t)seed, .threads = (int)jobs, .orders = (int)orders,
                              .median = draws ? strcmp(draws, "median") == 0 : !given->value[SEED]};
    return true;
}

/* --- names ------------------------------------------------------------------------------------------------------------------ */

static const char *seat_words(const struct program *p, int seat) { return p->seat[seat].title ? p->seat[seat].title : p->seat[seat].name; }
static const char *seat_short(const struct program *p, int seat) { return p->seat[seat].short_name ? p->seat[seat].short_name : p->seat[seat].name; }

/* " T1 T6", or " T1 to T9" where there are many. */
static void add_turns(struct text *t, const struct player *player)
{
    int count = 0, last = -1;
    for (int i = 0; i < player->rows; i++) {
        count += player->row[i].turn != last;
        last = player->row[i].turn;
    }
    if (count > TURNS_LISTED) {
        text_addf(t, " T%d to T%d", player->row[0].turn + 1, last + 1);
        return;
    }
    last = -1;
    for (int i = 0; i < player->rows; i++)
        if (player->row[i].turn != last)
            text_addf(t, " T%d", (last = player->row[i].turn) + 1);
}

/* "Ban imports of a good: coal (CN T1)", "China (6 moves)" */
static const struct play_deal *deal_of(const struct asked *q, const struct player *player) { return &q->p->play[q->why.play].deal[player->deal]; }

static const char *deal_words(const struct asked *q, struct arena *a, const struct player *player)
{
    static const char *const kind[] = {"Deal", "Deal", "Threat", "Assurance", "Statement", "Report"};
    const struct play_deal *d = deal_of(q, player);
    struct text t;
    text_init(&t, a);
    text_addf(&t, "%s of T%d (%s", kind[d->proposal->kind], d->turn + 1, seat_short(q->p, d->proposal->from));
    for (int s = 0; s < q->p->seats; s++)
        if (d->proposal->to >> s & 1)
            text_addf(&t, ", %s", seat_short(q->p, s));
    text_add(&t, ")");
    return t.at;
}

static const char *player_words(const struct asked *q, struct arena *a, const struct player *player)
{
    const struct program *p = q->p;
    struct text t;
    if (player->deal >= 0)
        return deal_words(q, a, player);
    text_init(&t, a);
    if (player->move < 0) {
        text_addf(&t, "%s (%d row%s)", seat_words(p, player->seat), player->rows, player->rows == 1 ? "" : "s");
        return t.at;
    }
    const struct move *m = &p->move[player->move];
    const struct row first = player->row[0].row;
    bool one_target = first.target >= 0, threats = first.verb == ROW_THREATEN;
    for (int i = 1; i < player->rows; i++) {
        one_target = one_target && player->row[i].row.target == first.target;
        threats = threats && player->row[i].row.verb == ROW_THREATEN;
    }
    text_add(&t, m->title ? m->title : m->name);
    if (one_target)
        text_addf(&t, ": %s", p->set[m->target].element[first.target]);
    text_addf(&t, " (%s%s", seat_short(p, player->seat), threats ? ", threatened" : "");
    add_turns(&t, player);
    text_add(&t, ")");
    return t.at;
}

static const char *player_name(const struct program *p, const struct player *player)
{
    return player->deal >= 0 ? "a deal" : player->move < 0 ? p->seat[player->seat].name : p->move[player->move].name;
}

/* "Pyongyang's revenue (revenue)" */
static const char *number_words(const struct program *p, struct arena *a, const struct why_asked *why)
{
    const struct quantity *q = &p->quantity[why->quantity];
    const char *name = program_element_name(p, a, q->name, q->dims, q->dim, why->element);
    return q->title ? arena_printf(a, "%s (%s)", q->title, name) : name;
}

static const char *turns_words(struct arena *a, const struct why_asked *why)
{
    return why->from == why->to ? arena_printf(a, "turn %d", why->from + 1) : arena_printf(a, "turns %d to %d", why->from + 1, why->to + 1);
}

static double units(const struct shown_shares *s)
{
    double x = 1;
    for (int i = 0; i < s->decimals; i++)
        x *= 10;
    return x;
}

static double amount(const struct shown_shares *s, long long count) { return (double)count / units(s); }

/* To the nearest, halves away from zero. */
static long long divided(long long n, long long by)
{
    const long long size = (2 * llabs(n) + llabs(by)) / (2 * llabs(by));
    return (n < 0) != (by < 0) ? -size : size;
}

static const char *figure(struct arena *a, const struct shown_shares *s, long long count, bool sign)
{
    return arena_printf(a, sign && count != 0 ? "%+.*f" : "%.*f", s->decimals, amount(s, count));
}

/* Whole percents of the difference; what rounding leaves over is on the largest. False where they would say nothing. */
static bool percents(const struct shown_shares *s, int players, long long *percent)
{
    const long long change = s->happened - s->nothing;
    long long left = 100;
    int largest = 0;
    for (int i = 0; i < players && change != 0; i++) {
        percent[i] = divided(100 * s->share[i], change);
        left -= percent[i];
        if (llabs(s->share[i]) > llabs(s->share[largest]))
            largest = i;
        if (llabs(percent[i]) > PERCENT_MOST)
            return false;
    }
    if (players)
        percent[largest] += left;
    return change != 0;
}

/* Places of the lines, the largest first; equals stay in the order of seats and moves. */
static int *by_size(struct arena *a, const long long *share, int count)
{
    int *at = ARENA_ARRAY(a, count + 1, int);
    for (int i = 0; i < count; i++) {
        int k = i;
        for (; k > 0 && llabs(share[at[k - 1]]) < llabs(share[i]); k--)
            at[k] = at[k - 1];
        at[k] = i;
    }
    return at;
}

/* --- text ------------------------------------------------------------------------------------------------------------------------ */

/* Lines with an amount, maybe an error and a percent, and what they add up to. */
struct line { const char *words; long long share; double error; };

/* What is nothing but the rounding of sums is shown as none. */
static const char *error_words(struct arena *a, const struct shown_shares *shown, double error)
{
    char text[NUMBER_TEXT];
    return arena_text(a, text_short(error * units(shown) < 1e-6 ? 0 : error, 2, text));
}

static void add_lines(struct doc *d, struct arena *a, const struct shown_shares *shown, const struct line *line, int count, const char *total, bool errors)
{
    long long *share = ARENA_ARRAY(a, count + 1, long long), *percent = ARENA_ARRAY(a, count + 1, long long);
    struct doc_bar *bar = ARENA_ARRAY(a, count + 1, struct doc_bar);
    for (int i = 0; i < count; i++)
        share[i] = line[i].share;
    struct shown_shares s = *shown;
    s.share = share;
    const bool shares = percents(&s, count, percent);
    const int *at = by_size(a, share, count);
    for (int k = 0; k < count; k++) {
        const struct line *is = &line[at[k]];
        bar[k] = (struct doc_bar){is->words, figure(a, shown, is->share, true), errors ? error_words(a, shown, is->error) : NULL,
                                  shares ? arena_printf(a, "%lld%%", percent[at[k]]) : NULL, amount(shown, is->share)};
    }
    doc_bars(d, &(struct doc_bars){"amount", errors ? "+- s.e." : NULL, shares ? "share" : NULL, bar, count, total, figure(a, shown, s.happened - s.nothing, true),
                                   shares ? "100%" : NULL});
}

/* "... together: China -100.5, North Korea +20.7." from the lines as shown, so that they too add up. */
static void add_seats(struct doc *d, struct arena *a, const struct program *p, const struct attribution *w)
{
    struct text t;
    int count = 0;
    text_init(&t, a);
    for (int seat = 0; seat < p->seats; seat++) {
        long long sum = 0;
        int players = 0;
        for (int i = 0; i < w->players; i++)
            if (w->player[i].seat == seat && w->player[i].deal < 0) {
                sum += w->shown.share[i];
                players++;
            }
        if (players)
            text_addf(&t, "%s%s %s", count++ ? ", " : "Whose doing, the lines above together: ", seat_words(p, seat), figure(a, &w->shown, sum, true));
    }
    long long deals = 0;
    bool any = false;
    for (int i = 0; i < w->players; i++)
        if (w->player[i].deal >= 0)
            deals += w->shown.share[i], any = true;
    if (any)
        text_addf(&t, "%sdeals %s", count++ ? ", " : "Whose doing, the lines above together: ", figure(a, &w->shown, deals, true));
    if (count < 2)
        return;
    doc_gap(d);
    doc_text(d, "%s.", t.at);
}

/* What a deal was, with its bills and remedies and what it made conditional; all of it is left out where the deal is. */
static void add_deals(struct doc *d, struct arena *a, const struct asked *q, const struct attribution *w)
{
    for (int i = 0, said = 0; i < w->players; i++) {
        if (w->player[i].deal < 0)
            continue;
        if (!said++) {
            doc_gap(d);
            doc_heading(d, "What was promised");
        }
        doc_item(d, 0, "%s: %s", deal_words(q, a, &w->player[i]), proposal_say(q->p, a, deal_of(q, &w->player[i])->proposal));
    }
}

static void add_skipped(struct doc *d, struct arena *a, const struct program *p, const struct attribution *w)
{
    if (w->skipped.count == 0)
        return;
    doc_gap(d);
    doc_heading(d, "Skipped where it had become impossible");
    for (int i = 0; i < w->skipped.count && i < SKIPPED_SHOWN; i++) {
        const struct skipped_row *s = &w->skipped.at[i];
        const char *without = s->without >= 0 ? arena_printf(a, "without %s", player_name(p, &w->player[s->without])) : "without all the others";
        doc_item(d, 0, "%s: %s (%s T%d): %s", without, row_print(p, a, s->done.row), seat_short(p, s->done.seat), s->done.turn + 1, s->why);
    }
    if (w->skipped.count > SKIPPED_SHOWN)
        doc_item(d, 0, "and %d more, in --json", w->skipped.count - SKIPPED_SHOWN);
}

static const char *draws_words(struct arena *a, const struct why_asked *why)
{
    return why->median ? "draws at their medians" : arena_printf(a, "draws of seed %llu", (unsigned long long)why->seed);
}

static void add_how(struct doc *d, struct arena *a, const struct asked *q, const struct attribution *w)
{
    bool deals = false;
    for (int i = 0; i < w->players; i++)
        deals = deals || w->player[i].deal >= 0;
    const char *thing = deals ? "cause" : q->why.by_seats ? "seat" : "move";
    const char *quantum = w->shown.decimals ? arena_printf(a, "%.*f", w->shown.decimals, 1 / units(&w->shown)) : "1";
    doc_gap(d);
    doc_heading(d, "How this was worked out");
    if (w->exact)
        doc_text(d, "The play was replayed with every subset of its %d %s%s, all else as it happened and on the same draws: %d replays. A share "
                                      "is what a %s changes where it is added, averaged over all orders (Shapley value); nothing is left over.",
                                   w->players, thing, w->players == 1 ? "" : "s", w->replays, thing);
    else
        doc_text(d, "The %d %ss have too many subsets to play them all. They were added one by one, all else as it happened and on the same draws, "
                                      "in %d orders drawn from the stream why:orders of seed %llu, each second one backwards: %d replays. A share is what a %s "
                                      "changes where it is added, on average; s.e. is its standard error. The sum is exact.",
                                   w->players, thing, q->why.orders, (unsigned long long)q->why.seed, w->replays, thing);
    doc_text(d, "Rounded to %s, the rest on the largest line, so that the lines add up exactly. What nobody did (events, chance, the course of "
                                  "things) is in both numbers.", quantum);
}

static void add_attribution(struct doc *d, struct arena *a, const struct asked *q, const struct attribution *w)
{
    const struct program *p = q->p;
    const struct quantity *is = &p->quantity[q->why.quantity];
    const char *unit = is->unit && *is->unit ? arena_printf(a, " %s", is->unit) : "";
    const char *words = number_words(p, a, &q->why), *happened = figure(a, &w->shown, w->shown.happened, false);
    if (w->shown.happened != w->shown.nothing)
        doc_text(d, "Why is %s %s and not %s%s?", words, happened, figure(a, &w->shown, w->shown.nothing, false), unit);
    else
        doc_text(d, "Why is %s %s%s? It would be without these moves too.", words, happened, unit);
    doc_text(d, "%s turn %d (%s). Play '%s' of %s, %s.", w->flow ? "Mean of" : "End of", q->why.to + 1,
                               program_date_long(p, a, program_moment(p, q->why.to)), p->play[q->why.play].name, p->id, draws_words(a, &q->why));
    static const struct doc_column column[] = {{"", false}, {"", true}};
    const char **cell = ARENA_ARRAY(a, 4, const char *);
    cell[0] = "as it happened", cell[1] = figure(a, &w->shown, w->shown.happened, false);
    cell[2] = arena_printf(a, "nothing done in %s", turns_words(a, &q->why)), cell[3] = figure(a, &w->shown, w->shown.nothing, false);
    doc_gap(d);
    doc_table(d, &(struct doc_table){column, 2, cell, 2});
    doc_gap(d);
    if (w->players == 0) {
        doc_text(d, "Nobody did anything in %s of this play.", turns_words(a, &q->why));
        return;
    }
    struct line *line = ARENA_ARRAY(a, w->players, struct line);
    for (int i = 0; i < w->players; i++)
        line[i] = (struct line){player_words(q, a, &w->player[i]), w->shown.share[i], w->player[i].error};
    add_lines(d, a, &w->shown, line, w->players, "difference", !w->exact);
    if (!q->why.by_seats)
        add_seats(d, a, p, w);
    add_deals(d, a, q, w);
    add_skipped(d, a, p, w);
    add_how(d, a, q, w);
}

/* --- the ledger of a stock: the play as a game --------------------------------------------------------------------------------------- */

struct scripted { const struct attribution *w; const struct program *p; int seat; const struct play *play; };

static bool done_by(const struct scripted *s, const struct view *v, int i)
{
    return s->w->done[i].seat == s->seat && s->w->done[i].turn == view_turn(v);
}

static bool script_plan(void *self, const struct view *v, struct plan *plan)
{
    const struct scripted *s = self;
    for (int i = 0; i < s->w->dones && plan->rows < MOST_ROWS; i++)
        if (done_by(s, v, i) && s->p->move[s->w->done[i].row.move].answers < 0)
            plan->row[plan->rows++] = s->w->done[i].row;
    return true;
}

static bool script_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    const struct scripted *s = self;
    *answer = 0;
    for (int i = 0; i < s->w->dones; i++)
        if (done_by(s, v, i) && s->w->done[i].row.move == s->p->move[tabled.move].answer_move)
            *answer = 1;
    return true;
}

static bool script_tell(void *self, const struct view *v)
{
    (void)self;
    (void)v;
    return true;
}

static bool script_propose(void *self, const struct view *v)
{
    const struct scripted *s = self;
    for (int i = 0; i < s->play->deals; i++) {
        struct proposal q = *s->play->deal[i].proposal;
        struct arena scratch;
        int made;
        if (s->play->deal[i].turn != view_turn(v) || q.from != s->seat)
            continue;
        q.expires = -1;
        arena_init(&scratch, "why");
        table_say(v, &scratch, &(struct say){.kind = SAY_PROPOSE, .proposal = &q}, &made);
        arena_done(&scratch);
    }
    return true;
}

static void script_reply(void *self, const struct view *v, int number)
{
    struct arena scratch;
    int made;
    (void)self;
    arena_init(&scratch, "why");
    table_say(v, &scratch, &(struct say){.kind = SAY_ACCEPT, .number = number}, &made);
    arena_done(&scratch);
}

static const struct seat_ops script_ops = {.propose = script_propose, .reply = script_reply, .kind = "script", .plan = script_plan, .answer = script_answer, .tell = script_tell};

struct ledger { struct why_line *line; int lines; struct shown_shares shown; };

/* False if the play cannot be played as a game that comes to the same number. */
static bool find_ledger(struct arena *a, const struct asked *q, const struct attribution *w, struct ledger *out)
{
    const struct program *p = q->p;
    struct scripted script[MOST_SEATS];
    const struct seat_ops *ops[MOST_SEATS];
    void *self[MOST_SEATS];
    for (int i = 0; i < p->seats; i++) {
        script[i] = (struct scripted){w, p, i, &p->play[q->why.play]};
        ops[i] = &script_ops;
        self[i] = &script[i];
    }
    const struct game_options o = {.seed = q->why.seed, .opening = -1, .turns = p->play[q->why.play].turns, .at_value = q->why.median,
                                   .median = q->why.median, .ops = ops, .self = self};
    const char *error;
    struct game *g = game_open(a, p, &o, &error);
    enum turn_end end = TURN_PLAYED;
    while (g && end == TURN_PLAYED)
        end = game_turn(g);
    if (!g || end != TURN_OVER)
        return false;
    const struct view *v = game_view(g, -1);
    const int from = q->why.from, to = q->why.to + 1;
    if (view_turn(v) < to)
        return false;
    const struct seen_value before = view_value(v, q->why.quantity, q->why.element, from), after = view_value(v, q->why.quantity, q->why.element, to);
    if (w->flow || !before.known || !after.known || after.value < w->happened || after.value > w->happened)
        return false;
    double change, *share = ARENA_ARRAY(a, LEDGER_LINES_MOST, double);
    out->line = ARENA_ARRAY(a, LEDGER_LINES_MOST, struct why_line);
    out->lines = view_why(v, a, q->why.quantity, q->why.element, from, to, out->line, LEDGER_LINES_MOST, &change);
    if (out->lines < 0)
        return false;
    for (int i = 0; i < out->lines; i++)
        share[i] = out->line[i].amount;
    out->shown.share = ARENA_ARRAY(a, LEDGER_LINES_MOST, long long);
    lab_round_shares(out->lines, share, after.value, before.value, &out->shown);
    return true;
}

static void add_ledger(struct doc *d, struct arena *a, const struct asked *q, const struct ledger *l)
{
    doc_gap(d);
    if (l->lines == 0) {
        doc_text(d, "Its ledger over %s is empty: nothing moved it.", turns_words(a, &q->why));
        return;
    }
    doc_heading(d, "Its ledger over %s: %s at the start, %s at the end", turns_words(a, &q->why), figure(a, &l->shown, l->shown.nothing, false),
                figure(a, &l->shown, l->shown.happened, false));
    doc_gap(d);
    struct line *line = ARENA_ARRAY(a, l->lines + 1, struct line);
    for (int i = 0; i < l->lines; i++)
        line[i] = (struct line){l->line[i].text, l->shown.share[i], 0};
    add_lines(d, a, &l->shown, line, l->lines, "change", false);
}

/* --- JSON ---------------------------------------------------------------------------------------------------------------------------- */

static struct json *done_json(const struct program *p, struct arena *a, struct done_row done)
{
    struct json *one = json_new_object();
    json_set_whole(one, "turn", done.turn + 1);
    json_set_text(one, "seat", p->seat[done.seat].name);
    json_set_text(one, "row", row_print(p, a, done.row));
    return one;
}

static struct json *players_json(const struct asked *q, struct arena *a, const struct attribution *w)
{
    const struct program *p = q->p;
    struct json *list = json_new_array();
    const int *at = by_size(a, w->shown.share, w->players);
    for (int k = 0; k < w->players; k++) {
        const int i = at[k];
        const struct player *player = &w->player[i];
        struct json *one = json_new_object(), *done = json_new_array();
        json_set_text(one, "seat", p->seat[player->seat].name);
        if (player->move >= 0)
            json_set_text(one, "move", p->move[player->move].name);
        if (player->deal >= 0)
            json_set_text(one, "deal", proposal_print(p, a, (struct proposal_place){player->seat, 0}, deal_of(q, player)->proposal));
        json_set_number(one, "share", amount(&w->shown, w->shown.share[i]));
        json_set_number(one, "value", player->share);
        if (!w->exact)
            json_set_number(one, "error", player->error);
        for (int r = 0; r < player->rows; r++)
            json_add(done, done_json(p, a, player->row[r]));
        json_set(one, "rows", done);
        json_add(list, one);
    }
    return list;
}

static struct json *skipped_json(const struct program *p, struct arena *a, const struct attribution *w)
{
    struct json *list = json_new_array();
    for (int i = 0; i < w->skipped.count; i++) {
        const struct skipped_row *s = &w->skipped.at[i];
        struct json *one = done_json(p, a, s->done);
        json_set_text(one, "without", s->without >= 0 ? player_name(p, &w->player[s->without]) : NULL);
        json_set_text(one, "why", s->why);
        json_add(list, one);
    }
    return list;
}

static struct json *ledger_json(const struct ledger *l)
{
    struct json *one = json_new_object(), *list = json_new_array();
    json_set_number(one, "from", amount(&l->shown, l->shown.nothing));
    json_set_number(one, "to", amount(&l->shown, l->shown.happened));
    json_set_number(one, "quantum", 1 / units(&l->shown));
    for (int i = 0; i < l->lines; i++) {
        struct json *line = json_new_object();
        json_set_text(line, "line", l->line[i].text);
        json_set_number(line, "share", amount(&l->shown, l->shown.share[i]));
        json_add(list, line);
    }
    json_set(one, "lines", list);
    return one;
}

static void print_json(struct arena *a, const struct asked *q, const struct attribution *w, const struct ledger *ledger)
{
    const struct program *p = q->p;
    const struct quantity *is = &p->quantity[q->why.quantity];
    struct json *doc = json_document();
    json_set_text(doc, "scenario", p->id);
    json_set_text(doc, "play", p->play[q->why.play].name);
    json_set_text(doc, "quantity", program_element_name(p, a, is->name, is->dims, is->dim, q->why.element));
    json_set_text(doc, "unit", is->unit);
    json_set_text(doc, "of", w->flow ? "mean" : "end");
    json_set_whole(doc, "from_turn", q->why.from + 1);
    json_set_whole(doc, "to_turn", q->why.to + 1);
    json_set_text(doc, "by", q->why.by_seats ? "seats" : "moves");
    json_set_text(doc, "draws", q->why.median ? "median" : "drawn");
    json_set_whole(doc, "seed", (long long)q->why.seed);
    json_set_number(doc, "start", w->start);
    json_set_number(doc, "happened", amount(&w->shown, w->shown.happened));
    json_set_number(doc, "nothing_done", amount(&w->shown, w->shown.nothing));
    json_set_number(doc, "difference", amount(&w->shown, w->shown.happened - w->shown.nothing));
    json_set_number(doc, "quantum", 1 / units(&w->shown));
    json_set_truth(doc, "exact", w->exact);
    if (!w->exact)
        json_set_whole(doc, "orders", q->why.orders);
    json_set_whole(doc, "replays", w->replays);
    json_set(doc, "shares", players_json(q, a, w));
    json_set(doc, "skipped", skipped_json(p, a, w));
    if (ledger)
        json_set(doc, "ledger", ledger_json(ledger));
    json_print(doc, stdout);
    json_free(doc);
}

/* --- the command ----------------------------------------------------------------------------------------------------------------------- */

static int answer(struct arena *a, const struct asked *q, bool json)
{
    struct attribution w;
    struct ledger ledger;
    const char *error;
    if (lab_attribute(a, q->p, &q->why, &w, &error) != 0) {
        fprintf(stderr, "demarche: %s\n", error);
        return EXIT_NO;
    }
    const bool stock = q->p->quantity[q->why.quantity].kind == Q_STOCK;
    const bool kept = stock && find_ledger(a, q, &w, &ledger);
    if (json) {
        print_json(a, q, &w, kept ? &ledger : NULL);
        return EXIT_DONE;
    }
    struct doc *d = doc_new(a);
    add_attribution(d, a, q, &w);
    if (kept)
        add_ledger(d, a, q, &ledger);
    else if (stock) {
        doc_gap(d);
        doc_text(d, "Its ledger, line by line, is left to the game (`why` at the table): played there, under its budgets and to its endings, this play does "
                    "not come to the same number.");
    }
    doc_print_as(d, stdout, 0, cli_glyphs());
    return EXIT_DONE;
}

/* Of a game: its seed and draws as they were, and what was done in it as a play. The truth is told, so it must be over. */
static int answer_game(struct arena *a, struct asked *q, const struct parsed *given)
{
    struct saved s;
    struct replay r;
    int exit, first;
    const char *trouble;
    if (!games_open(a, "why", given->operand[0], false, &s, &exit))
        return exit;
    struct game *g = games_replay(a, &s, &r, -1, &exit);
    if (g && (given->value[PLAY] || given->value[SEED] || given->value[DRAWS]))
        exit = cli_usage("why", "a saved game has its own play, seed and draws; leave --play, --seed and --draws out");
    else if (g && !s.is->over)
        exit = cli_usage("why", "%s is not over, and whose doing a number is would give away what is hidden; `why` at the table tells what you may know", s.name);
    else if (g && !(q->p = games_as_play(a, &s, &q->why.play, &first, &trouble)))
        exit = cli_usage("why", "%s cannot be taken apart: %s", s.name, trouble);
    else if (g && find_number(a, q->p, given->operand[1], &q->why) && find_turns(q->p, given->value[TURN], &q->why)) {
        q->why.seed = s.is->seed;
        q->why.median = s.is->median;
        q->why.from = !given->value[TURN] && q->why.from < first ? first : q->why.from;
        exit = answer(a, q, given->value[JSON] != NULL);
    } else if (g) {
        exit = EXIT_USAGE;
    }
    store_close(s.store);
    return exit;
}

int cmd_why(int argc, char **argv)
{
    struct parsed given;
    struct asked q = {0};
    int exit;
    if (!cli_parse("why", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 2)
        return cli_usage("why", "name a scenario or a saved game, and a quantity: demarche why restraint-2017 revenue --play history");
    if (!read_options(&given, &q.why))
        return EXIT_USAGE;
    struct arena a;
    arena_init(&a, "why");
    q.scenario = given.operand[0];
    if (games_is_one(&a, q.scenario)) {
        exit = answer_game(&a, &q, &given);
        arena_done(&a);
        return exit;
    }
    q.p = cli_load(&a, q.scenario, false, &exit);
    if (q.p) {
        exit = EXIT_USAGE;
        if (find_play(&a, q.p, given.value[PLAY], &q.why.play) && find_number(&a, q.p, given.operand[1], &q.why) && find_turns(q.p, given.value[TURN], &q.why))
            exit = answer(&a, &q, given.value[JSON] != NULL);
    }
    arena_done(&a);
    return exit;
}
