/* tests/unit/page/fake_view.h — a game of two seats and six numbers that nothing runs: values and answers are what a test puts here.
 * It stands in for game/view.c, so a test that includes it never links the real one. */
#ifndef UNIT_FAKE_VIEW_H
#define UNIT_FAKE_VIEW_H

#include <string.h>
#include "game/bargain.h"

enum { Q_IMPORTS, Q_RELATION, Q_TROOPS, Q_TALKS, Q_HOARD, Q_TRUST, FAKE_QUANTITIES };
enum { M_BAN, M_NAME, M_PHONE, FAKE_MOVES };
enum { FAKE_MOMENTS = 8, FAKE_ELEMENTS = 4 };

struct view { int seat; };
static struct fake {
    int turn, turns;
    bool over, open;
    int ending;
    double budget, score[2];
    struct seen_value value[FAKE_QUANTITIES][FAKE_ELEMENTS][FAKE_MOMENTS];
    struct news news[4]; int news_count;
    const char *refusal;            /* what view_judge says of M_PHONE */
    struct measure_seen measure[FAKE_MOVES];
} fake;

static const double fake_constant[] = {0, 1};
static const struct stock_element fake_bounds[4] = {{0, 1, NO_SLOT, NULL, 0}, {0, 1, NO_SLOT, NULL, 0}, {0, 1, NO_SLOT, NULL, 0}, {0, 1, NO_SLOT, NULL, 0}};
static const struct stock_element fake_open[1] = {{NO_SLOT, NO_SLOT, NO_SLOT, NULL, 0}};
/* What hangs on what: imports are troops less gold; the relation, seen exactly, is drawn to imports. */
static const struct input fake_parts[] = {{Q_TROOPS, 0, 1}, {Q_HOARD, 0, -1}}, fake_lower[] = {{Q_RELATION, 0, -1}}, fake_both[] = {{Q_RELATION, 0, 1}, {Q_TROOPS, 0, -1}};
static const struct inputs fake_sum[] = {{fake_parts, 2, true}};
static const struct effect fake_effects[] = {
    {.op = EFFECT_PUSH, .quantity = Q_RELATION, .value = {-1, 1}, .when = {-1, NO_SLOT}, .over = 1, .least = 0.3, .most = 0.3, .note = "Relation: push 0.3 * up"},
    {.op = EFFECT_ADD, .quantity = Q_TROOPS, .value = {-1, 1}, .when = {-1, NO_SLOT}, .over = 2, .after = 1, .least = -12, .most = -3, .by_target = true,
     .from = {fake_lower, 1, false}, .note = "Troops: add -3 * size[good] * relation"},
    {.op = EFFECT_ADD, .quantity = Q_TRUST, .offset = 1, .value = {-1, 1}, .when = {-1, NO_SLOT}, .over = 1, .least = 0.05, .most = 0.05, .about = true, .note = "Trust: add up"},
    {.op = EFFECT_SET, .quantity = Q_TALKS, .value = {-1, 1}, .when = {-1, NO_SLOT}, .over = 1, .least = 1, .most = 1, .note = "Talks: set to true"},
};
static const struct bearing fake_bearing[] = {{Q_IMPORTS, BEARS_FORCE}, {Q_TROOPS, BEARS_PAST}};
static const struct inputs fake_reads_imports[] = {{(const struct input[]){{Q_IMPORTS, 0, 1}}, 1, false}};
static const struct seen fake_exact[8] = {{0}};
static const struct seen fake_noisy[2] = {{.kind = SEEN_NOISY, .error = 0.2, .lag = 1}, {.kind = SEEN_EXACT}};
static const struct seen fake_none[2] = {{.kind = SEEN_NONE}, {.kind = SEEN_EXACT}};
static const char *const fake_seat_names[] = {"east", "west"};
static const char *const fake_goods[] = {"coal", "iron_ore", "fish"};
static const struct set fake_set[] = {{"seat", 2, fake_seat_names, -1, NULL}, {"good", 3, fake_goods, -1, NULL}};
static const struct group fake_group[] = {{"world", "The world"}};
static const struct quantity fake_quantity[FAKE_QUANTITIES] = {
    [Q_IMPORTS] = {.name = "imports", .title = "Imports of coal", .unit = "$m/month", .kind = Q_AUX, .count = 1, .seen = fake_noisy, .charted = true,
                   .chart_high = 400, .good_for = -1, .mean = NO_SLOT, .from = fake_sum, .froms = 1, .evidence = {.source = 0}},
    [Q_RELATION] = {.name = "relation", .title = "Relation with the West", .unit = "", .group = "world", .scale = true, .kind = Q_STOCK, .count = 1, .stock = fake_bounds,
                    .seen = fake_exact, .good_for = 0, .mean = NO_SLOT, .from = fake_reads_imports, .froms = 1, .evidence = {.source = -1, .judgement = "a quiet year"}},
    [Q_TROOPS] = {.name = "troops", .title = "Troops at the border", .unit = "thousand", .group = "world", .kind = Q_STOCK, .count = 1,
                  .stock = fake_open, .seen = fake_exact, .good_for = -1, .mean = NO_SLOT, .evidence = {.source = -1}},
    [Q_TALKS] = {.name = "talks", .title = "Talks are on", .unit = "", .group = "world", .kind = Q_SWITCH, .count = 1, .stock = fake_open,
                 .seen = fake_exact, .good_for = -1, .mean = NO_SLOT, .evidence = {.source = -1}},
    [Q_HOARD] = {.name = "hoard", .title = "Hidden gold", .unit = "t", .kind = Q_STOCK, .count = 1, .stock = fake_open, .seen = fake_none,
                 .charted = true, .chart_high = 90, .good_for = -1, .mean = NO_SLOT, .evidence = {.source = -1}},
    [Q_TRUST] = {.name = "trust", .title = "Trust", .unit = "", .group = "world", .scale = true, .kind = Q_STOCK, .dims = 2, .dim = {0, 0}, .count = 4,
                 .stock = fake_bounds, .seen = fake_exact, .good_for = -1, .mean = NO_SLOT, .evidence = {.source = -1}},
};
static const struct setting fake_settings[] = {{.name = "quietly", .level = 0.5, .quiet = 0.3, .ceiling = 1}, {.name = "decree", .level = 1, .ceiling = 1}};
static const struct move fake_move[FAKE_MOVES] = {
    [M_BAN] = {.name = "ban", .title = "Ban a good", .measure = true, .target = 1, .targets = 3, .setting = fake_settings, .settings = 2, .ceiling = 0.8,
               .pick = {-1, NO_SLOT}, .cost = {-1, 1}, .answers = -1, .answer_move = -1, .effects = {fake_effects, 4}, .bearing = fake_bearing, .bearings = 2,
               .evidence = {.source = 0}},
    [M_NAME] = {.name = "name_bank", .title = "Name a bank", .target = -1, .targets = 1, .pick = {-1, NO_SLOT}, .answers = -1, .answer_move = -1,
                .evidence = {.source = -1, .judgement = "ours"}},
    [M_PHONE] = {.name = "phone", .title = "Pick up the telephone", .target = -1, .targets = 1, .pick = {-1, NO_SLOT}, .answers = -1, .answer_move = -1,
                 .evidence = {.source = -1}},
};
static const struct goal fake_goals[] = {{.name = "peace", .title = "Peace", .weight = 3, .from = {fake_both, 2, false}}, {.name = "trade", .title = "Trade", .weight = 1}};
static const struct seat fake_seat[] = {
    {.name = "east", .title = "The East", .short_name = "E", .per_turn = 1, .most = 5, .start = 3, .called = "capital", .goal = fake_goals, .goals = 2,
     .brief = "# The East\n\n**You are** the East.\n\n## Long form\n\nLonger *words*.\n"},
    {.name = "west", .title = "The West", .short_name = "W", .called = "capital"},
};
static const struct word fake_words[] = {{"snapback", "Relief taken back in one step."}, {"pressure", "What was lost."}};
static const struct cited fake_cited[] = {{"customs", "Customs record", "The customs", "2017", NULL}};
static const struct ending fake_endings[] = {{.name = "calm", .title = "A calm end", .text = "Nobody shot."}};
static const struct program fake_program = {
    .id = "fake", .title = "A fake dialogue", .time = {TIME_MONTHS, 2017 * 12 + 1, 1, 6, 1, "month"}, .parameter_first = 2, .constant = fake_constant,
    .set = fake_set, .sets = 2, .seat_set = 0, .quantity = fake_quantity, .quantities = FAKE_QUANTITIES, .group = fake_group, .groups = 1,
    .seat = fake_seat, .seats = 2, .move = fake_move, .moves = FAKE_MOVES, .word = fake_words, .words = 2, .cited = fake_cited, .citeds = 1,
    .ending = fake_endings, .endings = 1, .sealed = true,
};

static inline void fake_put(int quantity, int element, int moment, double value, double give)
{
    fake.value[quantity][element][moment] = (struct seen_value){true, give == 0, value, give, 0};
}

/* Turn 3 begins: two turns are done. */
static inline struct view fake_start(void)
{
    memset(&fake, 0, sizeof fake);
    fake.turn = 2;
    fake.turns = 6;
    fake.ending = -1;
    fake.budget = 3;
    fake.score[0] = 54;
    for (int m = 0; m <= 2; m++) {
        fake_put(Q_IMPORTS, 0, m, 211 - 40 * m, 14);
        fake_put(Q_RELATION, 0, m, 0.61 - 0.015 * m, 0);
        fake_put(Q_TROOPS, 0, m, 40, 0);
        fake_put(Q_TALKS, 0, m, 0, 0);
        for (int e = 0; e < 4; e++)
            fake_put(Q_TRUST, e, m, 0.4, 0);
    }
    return (struct view){0};
}

const struct program *view_program(const struct view *v) { (void)v; return &fake_program; }
int view_seat(const struct view *v) { return v->seat; }
int view_turn(const struct view *v) { (void)v; return fake.turn; }
int view_turns(const struct view *v) { (void)v; return fake.turns; }
double view_time(const struct view *v) { (void)v; return fake_program.time.start + fake.turn; }
bool view_over(const struct view *v) { (void)v; return fake.over; }
int view_ending(const struct view *v) { (void)v; return fake.ending; }
bool view_open(const struct view *v) { (void)v; return fake.open; }
double view_budget(const struct view *v) { (void)v; return fake.budget; }
struct seen_value view_value(const struct view *v, int quantity, int element, int moment)
{
    if (v->seat < 0 && (quantity == Q_HOARD || quantity == Q_IMPORTS))
        return (struct seen_value){true, true, quantity == Q_HOARD ? 30 : 162, 0, 0};
    return fake.value[quantity][element][moment];
}
struct seen_value view_goal(const struct view *v, int goal) { (void)v; return (struct seen_value){true, true, goal ? 20 : 60, 0, 0}; }
struct seen_value view_score(const struct view *v, int seat) { return (struct seen_value){v->seat == seat || fake.open, true, fake.score[seat], 0, 0}; }
double view_cost(const struct view *v, struct row row) { (void)v; return row.move == M_BAN ? 2 : row.move == M_NAME ? 1 : 0; }
int view_targets(const struct view *v, int move, int *target, int room)
{
    (void)v;
    int count = fake_move[move].target < 0 ? 0 : fake_move[move].targets;
    for (int i = 0; i < count && i < room; i++)
        target[i] = i;
    return count < room ? count : room;
}
const char *view_judge(const struct view *v, struct arena *a, const struct plan *plan, struct row row)
{
    (void)v, (void)a;
    double spent = 0;
    for (int i = 0; i < plan->rows; i++)
        spent += view_cost(v, plan->row[i]);
    if (row.move == M_PHONE)
        return fake.refusal;
    if (row.verb != ROW_DO)
        return "Ban a good is not in force; there is nothing to lift or ease";
    if (fake_move[row.move].target >= 0 && row.target < 0)
        return "name its target: which good? (coal, iron_ore, fish)";
    return spent + view_cost(v, row) > fake.budget ? "it costs more capital than is left; drop something, or wait a turn" : NULL;
}
int view_moves(const struct view *v, int *move, int room)
{
    (void)v;
    for (int i = 0; i < FAKE_MOVES && i < room; i++)
        move[i] = i;
    return fake.refusal ? FAKE_MOVES - 1 : FAKE_MOVES;
}
struct measure_seen view_measure(const struct view *v, int move, int target)
{
    (void)v;
    return target == 0 ? fake.measure[move] : (struct measure_seen){.stage = STAGE_NONE};
}
const char *stage_name(enum stage stage) { return stage == STAGE_ENFORCED ? "enforced" : "other"; }
int view_news(const struct view *v, int moment, struct news *news, int room)
{
    (void)v;
    for (int i = 0; moment == fake.turn && i < fake.news_count && i < room; i++)
        news[i] = fake.news[i];
    return moment == fake.turn ? fake.news_count : 0;
}
int view_why(const struct view *v, struct arena *a, int quantity, int element, int from, int to, struct why_line *line, int room, double *change)
{
    (void)v, (void)a, (void)quantity, (void)element, (void)from, (void)to, (void)room;
    line[0] = (struct why_line){"by Ban a good (The West)", -0.05};
    line[1] = (struct why_line){"not known to you", 0.02};
    *change = -0.03;
    return 2;
}

/* No table: nothing was said and nothing is owed. */
int view_first_turn(const struct view *v) { (void)v; return 0; }
int view_bargains(const struct view *v, const struct bargain **bargain, int room) { (void)v, (void)bargain, (void)room; return 0; }
const struct bargain *view_bargain(const struct view *v, int number) { (void)v, (void)number; return NULL; }
bool bargain_waits_for(const struct bargain *b, int seat) { (void)b, (void)seat; return false; }
double view_checks(const struct view *v) { (void)v; return 0; }
int view_duties(const struct view *v, struct duty *duty, int room) { (void)v, (void)duty, (void)room; return 0; }
int view_breaks(const struct view *v, const struct plan *plan, const struct duty *duty, int duties, int *broken)
{
    (void)v, (void)plan, (void)duty, (void)duties, (void)broken;
    return 0;
}
bool bargain_found(const struct bargain *b, int place, int seat) { (void)b, (void)place, (void)seat; return false; }
bool bargain_asked(const struct view *v, const struct bargain *b, int place) { (void)v, (void)b, (void)place; return false; }
struct proposal report_on(const struct bargain *b, int place, double level) { (void)place, (void)level; return b->proposal; }
int view_breach_price(const struct view *v, const struct duty *duty, struct breach_price *price, int room)
{
    (void)v, (void)duty, (void)price, (void)room;
    return 0;
}
struct readings readings_usual(const struct program *p, const struct clause *c) { (void)p, (void)c; return (struct readings){{0, 0}, {0, 0}}; }
const char *table_say(const struct view *v, struct arena *a, const struct say *say, int *number)
{
    (void)v, (void)a, (void)say, (void)number;
    return "nobody sits there";
}
const char *const reject_reason_word[6] = {"none", "price", "trust", "home", "order", "not-mine"};

#endif
