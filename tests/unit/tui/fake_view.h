/* tests/unit/tui/fake_view.h — a game that is none: a program written by hand and every view_ function answered from tables, linked
 * instead of game/view.c, so that screens can be held to odd cases (long titles, wide letters, nothing known, much news).
 * Include it in one file of a test program. */
#ifndef FAKE_VIEW_H
#define FAKE_VIEW_H

#include "game/bargain.h"
#include "tui/tui.h"

enum { FAKE_TURNS = 12, FAKE_MOMENTS = FAKE_TURNS + 1 };

struct view {
    int turn, seat;
    bool over, open, poor, silent;      /* poor: nothing can be paid; silent: nothing is known */
    int news;
    bool table;                         /* the scenario has a dialogue, and fake_line lies on the table */
};

#define NO_EVIDENCE {-1, NULL, NULL, NULL}

static const char *const fake_good[] = {"coal", "iron_ore", "sea_food"};
static const char *const fake_seats[] = {"north", "south", "harbour"};
static const char *const fake_firm[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"};
static const struct set fake_set[] = {{"good", 3, fake_good, -1, NULL}, {"seat", 3, fake_seats, -1, NULL}, {"firm", 20, fake_firm, -1, NULL}};

/* By element and seat: exact but for what is marked. */
static const struct seen fake_exact[9] = {{.kind = SEEN_EXACT}};
static const struct seen fake_noisy[9] = {{.kind = SEEN_NOISY, .error = 0.1, .lag = 1}, {.kind = SEEN_EXACT}, {.kind = SEEN_EXACT}};
static const struct seen fake_never[9] = {{.kind = SEEN_NONE}, {.kind = SEEN_NONE}, {.kind = SEEN_NONE}};
static const struct term fake_terms[] = {{"closing of the border", 0}, {"what traders found instead", 0}};
static const struct stock_element fake_stock[] = {{NO_SLOT, NO_SLOT, NO_SLOT, fake_terms, 2}, {NO_SLOT, NO_SLOT, NO_SLOT, fake_terms, 2}, {NO_SLOT, NO_SLOT, NO_SLOT, fake_terms, 2}};

static const struct quantity fake_quantity[] = {
    {.name = "revenue", .title = "Revenue of the north", .unit = "$m/month", .kind = Q_STOCK, .count = 1, .stock = fake_stock, .seen = fake_noisy, .charted = true,
     .chart_low = 0, .chart_high = 300, .good_for = 1, .evidence = NO_EVIDENCE},
    {.name = "tension", .title = "Tension", .kind = Q_STOCK, .count = 1, .stock = fake_stock, .seen = fake_exact, .charted = true, .chart_low = 0, .chart_high = 1, .scale = true,
     .good_for = -1, .evidence = NO_EVIDENCE},
    {.name = "trade", .title = "Imports over the river, as the customs record them", .unit = "$m/month", .group = "trade", .kind = Q_STOCK, .dims = 1, .dim = {0}, .count = 3,
     .stock = fake_stock, .seen = fake_exact, .good_for = 0, .evidence = NO_EVIDENCE},
    {.name = "workers", .title = "Workers abroad, who come home when nobody looks", .unit = "thousand", .group = "trade", .kind = Q_STOCK, .count = 1, .stock = fake_stock,
     .seen = fake_never, .good_for = -1, .evidence = NO_EVIDENCE},
    {.name = "harbour", .title = "港の船 in the harbour", .group = "trade", .kind = Q_AUX, .count = 1, .seen = fake_exact, .good_for = -1, .evidence = NO_EVIDENCE},
};

static const struct effect fake_effects[] = {
    {.op = EFFECT_PUSH, .quantity = 1, .value = {-1, NO_SLOT}, .when = {-1, NO_SLOT}, .over = 1, .least = 0.18, .most = 0.18, .note = "Tension: push 18%"},
    {.op = EFFECT_ADD, .quantity = 2, .value = {-1, NO_SLOT}, .when = {-1, NO_SLOT}, .over = 1, .after = 1, .least = -20, .most = -20, .note = "Imports over the river (coal): add -20 $m/month"},
    {.op = EFFECT_SCALE, .quantity = 0, .value = {-1, NO_SLOT}, .when = {-1, NO_SLOT}, .over = 2, .lasts = 3, .least = 0.9, .most = 0.9, .note = "Revenue of the north: scale 0.9"}};
static const struct setting fake_settings[] = {{.name = "informal", .level = 0.5, .quiet = 0.45, .ceiling = 0.6}, {.name = "decree", .level = 1, .ceiling = 1}};
static const struct outcome fake_outcomes[] = {
    {.chance = {-1, NO_SLOT}, .title = "It works", .effects = {fake_effects, 1}}, {.chance = {-1, NO_SLOT}, .otherwise = true, .title = "Nobody notices"}};
#define NO_REF {-1, NO_SLOT}
#define MOVE(id, what, who) .name = id, .title = what, .seat = who, .target = -1, .targets = 1, .allowed = NO_REF, .pick = NO_REF, .cost = NO_REF, .requires = NO_REF, \
    .ceiling = 1, .evidence = NO_EVIDENCE
static const struct move fake_move[] = {
    {.answers = -1, .answer_move = -1, MOVE("talks", "Work the diplomatic and the security dialogue", 0), .help = "Two sides agree to differ, and to meet again.", .effects = {fake_effects, 3}},
    {.answers = -1, .answer_move = -1, MOVE("ban", "Close the border to one good", 0), .measure = true, .setting = fake_settings, .settings = 2, .effects = {fake_effects, 2}, .threat = {.given = true, .written = true},
     .threat_lapses = 3, .lift = {.given = true}},
    {.answers = -1, .answer_move = -1, MOVE("list_firm", "List a firm", 0), .measure = true, .setting = fake_settings + 1, .settings = 1, .effects = {fake_effects, 1}},
    {.answers = -1, .answer_move = -1, MOVE("look", "Send somebody to look", 0), .effects = {fake_effects, 1}, .outcome = fake_outcomes, .outcomes = 2},
    {.answers = -1, MOVE("offer", "Offer talks to the south", 0), .answer = ANSWER_ACCEPT, .answer_by = 1, .answer_move = 6, .silence_passes = false},
    {.answers = -1, MOVE("text", "Table a text", 1), .answer = ANSWER_REFUSE, .answer_by = 0, .answer_move = 7, .silence_passes = true, .effects = {fake_effects, 1}},
    {.answer_move = -1, MOVE("join", "Join the talks", 1), .answers = 4},
    {.answer_move = -1, MOVE("veto", "Block the text", 0), .answers = 5, .effects = {fake_effects, 1}},
    {.answers = -1, .answer_move = -1, MOVE("summit", "Meet the other leader in a garden far from both capitals", 0), .effects = {fake_effects, 2}},
};
#undef MOVE
static struct move fake_moves[sizeof fake_move / sizeof *fake_move];

static const struct goal fake_goal[] = {
    {.name = "calm", .title = "Calm on the river", .weight = 60, .score = NO_REF, .seen = {.kind = SEEN_EXACT}},
    {.name = "jobs", .title = "Work in the border towns, winter and summer", .weight = 40, .score = NO_REF, .seen = {.kind = SEEN_NOISY}}};
static const struct seat fake_seat[] = {
    {.name = "north", .title = "The North", .short_name = "NO", .per_turn = 1, .most = 5, .start = 2, .called = "capital", .rows = 3, .goal = fake_goal, .goals = 2, .budget = NO_SLOT,
     .brief = "# The North\n\n**You are** the government of the north. You live by the river and its trade.\n\n- You want calm.\n- You want work.\n\n## Long form\n\n"
              "Once there was a river, and people on both sides of it."},
    {.name = "south", .title = "The South", .short_name = "SO", .goal = fake_goal, .goals = 1, .budget = NO_SLOT},
    {.name = "harbour", .title = "The Free Harbour", .short_name = "HA", .budget = NO_SLOT}};
static const struct word fake_word[] = {{"snapback", "Relief that ends in one step."}, {"backlash", "Anger at being told."}};
static const char *const fake_question[] = {"Which number did you watch, and what did it leave out?"};
static const struct ending fake_ending[] = {{.name = "accord", .title = "An accord on the river", .text = "Both sides sign.\n\nNobody reads the annex.", .when = NO_REF}};
static const struct network_link fake_links[] = {{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}, {5, 6, 1}, {5, 7, 1}, {5, 8, 1}, {0, 5, 1}, {8, 9, 1}, {10, 11, 1}};
static const struct network_link fake_trade[] = {{0, 0, 1}, {5, 1, 1}, {8, 2, 1}};
static const struct network_map fake_network[] = {{"partners", 2, 2, fake_links, 10}, {"trades_in", 2, 0, fake_trade, 3}};
static struct program fake_program = {
    .network = fake_network, .networks = 2,
    .id = "two-banks", .summary = "Two banks of one river, and a game between them. Nothing in it is history.", .title = "Two banks of a river", .time = {TIME_MONTHS, 2017 * 12 + 1, 1, FAKE_TURNS, 4, "month"},
    .set = fake_set, .sets = 3, .seat_set = 1, .quantity = fake_quantity, .quantities = sizeof fake_quantity / sizeof *fake_quantity, .seat = fake_seat, .seats = 3, .sealed = true,
    .moves = sizeof fake_move / sizeof *fake_move, .word = fake_word, .words = 2, .debrief = fake_question, .debriefs = 1, .ending = fake_ending, .endings = 1};

/* The table: 1 and 2 wait for the north, 3 is agreed and binds it not to close the border. What is said is kept in fake_said. */
enum { FAKE_LINES = 3, FAKE_BARGAINS = 8 };
static const struct { int seat; const char *line; enum bargain_state state; } fake_line[FAKE_LINES] = {
    {1, "offer north: south will text by T6; north will talks by T6", BARGAIN_ON_TABLE},
    {2, "ask north: north will look by T7", BARGAIN_ON_TABLE},
    {0, "offer south: north will refrain ban until T9; south will text by T6", BARGAIN_AGREED}};
static struct bargain fake_bargain[FAKE_BARGAINS];
static int fake_bargains;
static void fake_nothing_said(struct bargain *b)
{
    for (int i = 0; i < MOST_CLAUSES; i++)
        b->said[i] = b->seen[i] = b->truth[i] = b->asked[i] = b->declared_by[i] = -1;
}
static struct say fake_said;
static int fake_says;

static void fake_table_begin(void)
{
    static struct arena a;
    arena_done(&a);
    arena_init(&a, "fake table");
    fake_says = 0;
    fake_said = (struct say){.number = 0};
    memset(fake_bargain, 0, sizeof fake_bargain);
    for (int i = 0; i < FAKE_LINES; i++) {
        struct bargain *b = &fake_bargain[i];
        *b = (struct bargain){.number = i + 1, .turn = 4, .state = fake_line[i].state, .answered_by = -1, .why = "", .answer_why = ""};
        fake_nothing_said(b);
        const char *wrong = proposal_parse(&fake_program, &a, (struct proposal_place){fake_line[i].seat, 0}, fake_line[i].line, &b->proposal, NULL);
        if (wrong) {
            fprintf(stderr, "fake table: %s\n", wrong);
            exit(1);
        }
    }
    fake_bargain[2].deal = 1;
    fake_bargain[2].accepted = 2;
    fake_bargains = FAKE_LINES;
}

static void fake_begin(void)
{
    memcpy(fake_moves, fake_move, sizeof fake_move);
    fake_moves[1].target = 0;
    fake_moves[1].targets = 3;
    fake_moves[2].target = 2;
    fake_moves[2].targets = 20;
    fake_program.move = fake_moves;
    fake_table_begin();
}

/* --- the view -------------------------------------------------------------------------------------------------------------- */

const struct program *view_program(const struct view *v)
{
    fake_program.dialogue.given = v->table;
    return &fake_program;
}
int view_seat(const struct view *v) { return v->seat; }
int view_turn(const struct view *v) { return v->turn; }
int view_turns(const struct view *v) { (void)v; return FAKE_TURNS; }
double view_time(const struct view *v) { return fake_program.time.start + v->turn; }
bool view_over(const struct view *v) { return v->over; }
int view_ending(const struct view *v) { return v->over ? 0 : -1; }
bool view_open(const struct view *v) { return v->open; }

struct seen_value view_value(const struct view *v, int quantity, int element, int moment)
{
    static const double base[] = {211, 0.42, 98, 60, 14};
    struct seen_value s = {.known = !v->silent && quantity != 3, .exact = quantity != 0, .give_or_take = quantity == 0 ? 14 : 0, .lag = quantity == 0};
    if (v->open)
        s = (struct seen_value){.known = true, .exact = true};
    double step = quantity == 0 ? -18.5 : quantity == 1 ? 0.03 : quantity == 2 ? (element == 0 ? -22 : 6) : 0;
    s.value = base[quantity] + 10 * element + step * moment;
    return s;
}

struct seen_value view_goal(const struct view *v, int goal)
{
    return (struct seen_value){.known = true, .exact = goal == 0, .value = goal == 0 ? 58 - 2 * v->turn : 40, .give_or_take = goal == 0 ? 0 : 6};
}

struct seen_value view_score(const struct view *v, int seat)
{
    return (struct seen_value){.known = seat == v->seat || v->open, .exact = true, .value = 51 + seat};
}

double view_budget(const struct view *v) { return v->poor ? 0 : 3; }
double view_cost(const struct view *v, struct row row) { (void)v; return row.move == 0 ? 1 : row.move == 8 ? 3 : row.move == 2 ? 1.5 : row.verb == ROW_LIFT ? 0 : row.move == 7 ? 1 : 0; }

int view_targets(const struct view *v, int move, int *target, int room)
{
    int count = 0;
    (void)v;
    for (int t = 0; fake_moves[move].target >= 0 && t < fake_moves[move].targets && count < room; t++)
        target[count++] = t;
    return count;
}

const char *view_judge(const struct view *v, struct arena *a, const struct plan *plan, struct row row)
{
    double spent = view_cost(v, row);
    for (int i = 0; i < plan->rows; i++)
        spent += view_cost(v, plan->row[i]);
    if (row.move == 8 && v->turn < 3)
        return "the leaders have only just met; wait until turn 4";
    if (spent > view_budget(v))
        return arena_printf(a, "it costs %g and %g is left", view_cost(v, row), view_budget(v) - spent + view_cost(v, row));
    if (row.move == 1 && row.target == 1 && (row.verb == ROW_DO || row.verb == ROW_THREATEN))
        return "it is in force already";
    if (row.verb != ROW_DO && row.verb != ROW_THREATEN && !(row.move == 1 && row.target == 1 && v->turn > 0))
        return "it is not in force";
    if (row.verb == ROW_THREATEN && !fake_moves[row.move].threat.given)
        return "it cannot be threatened";
    return plan->rows >= 3 ? "three orders a turn are the most; drop one first" : NULL;
}

int view_moves(const struct view *v, int *move, int room)
{
    int count = 0;
    for (int m = 0; m < fake_program.moves && count < room; m++)
        if (fake_moves[m].seat == v->seat && fake_moves[m].answers < 0 && !v->poor && !(m == 8 && v->turn < 3))
            move[count++] = m;
    return count;
}

const char *stage_name(enum stage stage)
{
    static const char *const name[] = {"none", "threatened", "announced", "imposed", "enforced", "eased", "lifted"};
    return name[stage];
}

struct measure_seen view_measure(const struct view *v, int move, int target)
{
    if (move == 1 && target == 1 && v->turn > 0)
        return (struct measure_seen){STAGE_ENFORCED, 0, 0.6, 0, true};
    return (struct measure_seen){STAGE_NONE, -1, 0, -1, false};
}

int view_news(const struct view *v, int moment, struct news *news, int room)
{
    static const struct news list[] = {
        {NEWS_FACT, -1, "The river freezes early", "Boats lie in the ice from bank to bank. Customs officers walk across and find nobody at home."},
        {NEWS_CLAIM, 1, "The South says that it never promised anything of the kind", "A spokesman reads three sentences and takes no questions."},
        {NEWS_RUMOUR, -1, "Lamps on the water at night", NULL}, {NEWS_FACT, 2, "The Free Harbour raises its fees", NULL}, {NEWS_FACT, -1, "A café opens", NULL}};
    int count = 0;
    (void)moment;
    for (int i = 0; i < v->news && count < room; i++)
        news[count++] = list[i % 5];
    return count;
}

int view_why(const struct view *v, struct arena *a, int quantity, int element, int from, int to, struct why_line *line, int room, double *change)
{
    (void)a;
    (void)room;
    *change = view_value(v, quantity, element, to).value - view_value(v, quantity, element, from).value;
    line[0] = (struct why_line){"closing of the border (decree, turn 1)", *change - 12.5};
    line[1] = (struct why_line){"what traders found instead", 16};
    line[2] = (struct why_line){"not known to you", -3.5};
    return 3;
}

int view_tabled(const struct view *v, struct tabled *tabled, int room)
{
    (void)v;
    if (room > 0)
        *tabled = (struct tabled){5, -1, 1};
    return 1;
}

void view_imagine(const struct beliefs *b, struct sim *into, const uint64_t *run) { (void)b; (void)into; (void)run; }

int view_first_turn(const struct view *v) { (void)v; return 0; }

int view_bargains(const struct view *v, const struct bargain **bargain, int room)
{
    int n = 0;
    for (; v->table && n < fake_bargains && n < room; n++)
        bargain[n] = &fake_bargain[n];
    return n;
}

const struct bargain *view_bargain(const struct view *v, int number) { return v->table && number >= 1 && number <= fake_bargains ? &fake_bargain[number - 1] : NULL; }
bool bargain_waits_for(const struct bargain *b, int seat) { return b->state == BARGAIN_ON_TABLE && (b->proposal.to >> seat & 1); }

double view_checks(const struct view *v) { (void)v; return 0; }

int view_duties(const struct view *v, struct duty *duty, int room)
{
    if (!v->table || room < 1)
        return 0;
    *duty = (struct duty){.bargain = &fake_bargain[2], .place = 0, .due = -1};
    return 1;
}

int view_breaks(const struct view *v, const struct plan *plan, const struct duty *duty, int duties, int *broken)
{
    (void)v, (void)duty;
    for (int i = 0; i < plan->rows && duties > 0; i++)
        if (plan->row[i].move == 1) {
            broken[0] = 0;
            return 1;
        }
    return 0;
}

bool bargain_found(const struct bargain *b, int place, int seat) { (void)b, (void)place, (void)seat; return false; }
bool bargain_asked(const struct view *v, const struct bargain *b, int place) { (void)v, (void)b, (void)place; return false; }
struct proposal report_on(const struct bargain *b, int place, double level) { (void)place, (void)level; return b->proposal; }
int view_breach_price(const struct view *v, const struct duty *duty, struct breach_price *price, int room)
{
    (void)v, (void)duty, (void)room;
    *price = (struct breach_price){1, 0.47, 0.33};
    return 1;
}

struct readings readings_usual(const struct program *p, const struct clause *c) { (void)p, (void)c; return (struct readings){{0, 0}, {0, 0}}; }

const char *table_say(const struct view *v, struct arena *a, const struct say *say, int *number)
{
    (void)v, (void)a;
    if (say->kind == SAY_PROPOSE && fake_bargains == FAKE_BARGAINS)
        return "8 of your proposals are on the table; wait for answers, or take one back";
    fake_said = *say;
    fake_says++;
    *number = say->number;
    struct bargain *old = say->number ? &fake_bargain[say->number - 1] : NULL;
    if (say->kind == SAY_PROPOSE) {
        struct bargain *b = &fake_bargain[fake_bargains++];
        *b = (struct bargain){.number = fake_bargains, .proposal = *say->proposal, .turn = 4, .answered_by = -1, .why = "", .answer_why = ""};
        fake_nothing_said(b);
        *number = b->number;
        if (old)
            old->state = BARGAIN_COUNTERED, old->answered_by = 0, old->countered_by = b->number;
    } else if (old && (say->kind == SAY_ACCEPT || say->kind == SAY_REJECT)) {
        old->state = say->kind == SAY_ACCEPT ? BARGAIN_AGREED : BARGAIN_REFUSED;
        old->answered_by = 0;
        old->reason = say->reason;
    }
    return NULL;
}

const char *const reject_reason_word[6] = {"none", "price", "trust", "home", "order", "not-mine"};

#endif
