/* cli/cmd_forecast.c — `demarche forecast`: what may come of a plan and of holding, as one seat can imagine it.
 * A game is opened and taken to the turn asked for; its seat then plans once, and leaves: the forecast is made from the view it has then. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"
#include "cli/seating.h"
#include "code/program.h"
#include "lab/forecast.h"
#include "page/report.h"

enum { MOST_TURNS = 60, MOST_LANES = 100000, MOST_VALUES = 64, DEFAULT_VALUES = 6, DEFAULT_TURNS = 6, DEFAULT_LANES = 256,
       WATCHED = 256, THREADS = 64 };

enum { AS, PLAN, TURNS, OF, LANES, SEED, OPENING, PLAY, UNTIL, JOBS, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [AS] = {"as", 0, "SEAT", "the seat whose view it is, by id or short name"},
    [PLAN] = {"plan", 0, "ROW; ROW", "what the seat would do this turn, as plays write it; without it it holds"},
    [TURNS] = {"turns", 0, "N", "turns ahead; 6 unless told otherwise, no more than the game has left"},
    [OF] = {"of", 0, "NAME,..", "quantities; without it the charted ones that the seat sees, at most 6"},
    [LANES] = {"lanes", 0, "N", "futures; 256 unless told otherwise"},
    [SEED] = {"seed", 's', "N", "of the game and of the futures; 1 unless told otherwise"},
    [OPENING] = {"opening", 0, "NAME", "begin at another place that the scenario offers"},
    [PLAY] = {"play", 0, "NAME", "the play that leads to the moment of --until"},
    [UNTIL] = {"until", 0, "DATE", "the turn to forecast from, such as 2017-06, reached as openings are"},
    [JOBS] = {"jobs", 'j', "N", "threads; as many as there are cores, never a matter for the results"},
    [JSON] = {"json", 0, "", "all bands as JSON"},
};

struct study {
    struct arena *arena;
    const struct program *p;
    const struct parsed *given;
    int seat, opening, turns, lanes, threads;
    uint64_t seed;
    struct forecast_value value[MOST_VALUES]; int values;
    struct plan plan;
    int exit;
};

/* --- what is asked ------------------------------------------------------------------------------------------------------ */

/* False after a message. */
static bool whole(const struct parsed *given, int option, long least, long most, long otherwise, long *out)
{
    const char *text = given->value[option];
    *out = otherwise;
    if (!text || (text_to_long(text, strlen(text), out) && *out >= least && *out <= most))
        return true;
    cli_usage("forecast", "--%s takes a whole number from %ld to %ld, not '%s'", rows[option].name, least, most, text);
    return false;
}

static bool no_such(const struct study *s, const char *what, const char *name, const char *const *known, int count)
{
    const char *near = text_nearest(name, known, count);
    if (near)
        cli_usage("forecast", "there is no %s '%s' in %s; did you mean '%s'?", what, name, s->p->id, near);
    else if (count)
        cli_usage("forecast", "there is no %s '%s' in %s; the first there is '%s'", what, name, s->p->id, known[0]);
    else
        cli_usage("forecast", "there is no %s '%s': %s has none", what, name, s->p->id);
    return false;
}

static bool find_opening(struct study *s, const char *name)
{
    const char **known = ARENA_ARRAY(s->arena, s->p->openings, const char *);
    for (int i = 0; i < s->p->openings; i++)
        known[i] = s->p->opening[i].name;
    s->opening = program_opening(s->p, name);
    return s->opening >= 0 || no_such(s, "opening", name, known, s->p->openings);
}

/* A play up to a date is an opening that the scenario did not write down: unrationed if need be, then the budgets of a first turn. */
static bool make_opening(struct study *s, const char *name, const char *until)
{
    const char **known = ARENA_ARRAY(s->arena, s->p->plays, const char *);
    for (int i = 0; i < s->p->plays; i++)
        known[i] = s->p->play[i].name;
    const int play = program_play(s->p, name);
    if (play < 0)
        return no_such(s, "play", name, known, s->p->plays);
    const int length = s->p->play[play].turns > s->p->time.turns ? s->p->play[play].turns : s->p->time.turns;
    int turn = 0;
    while (turn < length && strcmp(program_date(s->p, s->arena, program_moment(s->p, turn)), until) != 0)
        turn++;
    if (turn == length)
        return cli_usage("forecast", "--until takes a turn from %s to %s, not '%s'", program_date(s->p, s->arena, program_moment(s->p, 0)),
                         program_date(s->p, s->arena, program_moment(s->p, length - 1)), until), false;
    struct opening *opening = ARENA_NEW(s->arena, struct opening);
    struct program *with = ARENA_NEW(s->arena, struct program);
    *opening = (struct opening){.name = name, .turn = turn, .play = play, .turns = length - turn};
    *with = *s->p;
    with->opening = opening;
    with->openings = 1;
    s->p = with;
    s->opening = 0;
    return true;
}

static bool find_moment(struct study *s)
{
    const char *opening = s->given->value[OPENING], *play = s->given->value[PLAY], *until = s->given->value[UNTIL];
    s->opening = -1;
    if (!play != !until)
        return cli_usage("forecast", "--play and --until go together: --play NAME --until DATE"), false;
    if (play && opening)
        return cli_usage("forecast", "a play begins where the scenario does; leave --opening or --play out"), false;
    if (play)
        return make_opening(s, play, until);
    return !opening || find_opening(s, opening);
}

/* Names are parted by commas outside brackets. */
static bool find_values(struct study *s, const char *list)
{
    const char **known = ARENA_ARRAY(s->arena, s->p->quantities, const char *);
    for (int i = 0; i < s->p->quantities; i++)
        known[i] = s->p->quantity[i].name;
    while (*list) {
        size_t n = 0;
        for (bool inside = false; list[n] && (inside || list[n] != ','); n++)
            inside = list[n] == '[' || (inside && list[n] != ']');
        const char *name = arena_copy(s->arena, list, n);
        int quantity = -1, element = 0;
        list += n + (list[n] == ',');
        if (s->values == MOST_VALUES)
            return cli_usage("forecast", "--of takes at most %d quantities", MOST_VALUES), false;
        if (!program_find_value(s->p, name, &quantity, &element)) {
            const int whole_of = program_quantity(s->p, name);
            if (whole_of < 0)
                return no_such(s, "quantity", name, known, s->p->quantities);
            const struct quantity *q = &s->p->quantity[whole_of];
            return cli_usage("forecast", "'%s' has several elements; name one, such as %s", name,
                             program_element_name(s->p, s->arena, q->name, q->dims, q->dim, 0)), false;
        }
        s->value[s->values++] = (struct forecast_value){quantity, element};
    }
    return s->values > 0 || (cli_usage("forecast", "--of needs a quantity; `demarche show %s` lists them", s->p->id), false);
}

/* The charted numbers that the seat sees; where there are none, the first that it watches. */
static void watch(struct study *s, const struct view *v)
{
    struct number *number = ARENA_ARRAY(s->arena, WATCHED, struct number);
    const int count = report_watch(v, number, WATCHED);
    for (int charted = 1; charted >= 0 && !s->values; charted--)
        for (int i = 0; i < count && s->values < DEFAULT_VALUES; i++) {
            const struct number n = number[i];
            if (s->p->quantity[n.quantity].charted >= (charted == 1) && view_value(v, n.quantity, n.element, view_turn(v)).known)
                s->value[s->values++] = (struct forecast_value){n.quantity, n.element};
        }
}

/* 0, or how to leave after a message. */
static int read_plan(struct study *s, const struct view *v)
{
    const char *at = s->given->value[PLAN];
    while (at && *at) {
        const size_t n = strcspn(at, ";");
        const char *end = at + n, *text;
        while (at < end && *at == ' ')
            at++;
        size_t length = (size_t)(end - at);
        while (length && at[length - 1] == ' ')
            length--;
        text = arena_copy(s->arena, at, length);
        at = end + (*end == ';');
        struct row row;
        if (!length)
            continue;
        const char *wrong = row_parse(s->p, s->arena, text, &row);
        if (wrong)
            return cli_usage("forecast", "--plan '%s': %s", text, wrong);
        wrong = s->plan.rows == MOST_ROWS ? "too many rows for one turn" : view_judge(v, s->arena, &s->plan, row);
        if (wrong) {
            fprintf(stderr, "demarche: '%s' cannot be planned: %s\n", text, wrong);
            return EXIT_NO;
        }
        s->plan.row[s->plan.rows++] = row;
    }
    return EXIT_DONE;
}

static void print_text(const struct study *s, const struct view *v, const struct forecast *f)
{
    struct doc *d = doc_new(s->arena);
    report_forecast(d, v, &s->plan, f, s->seed);
    doc_print_as(d, stdout, 0, cli_glyphs());
}

/* --- as JSON -------------------------------------------------------------------------------------------------------------- */

static struct json *band_json(const struct band *b)
{
    struct json *one = json_new_object();
    json_set_number(one, "p10", b->low);
    json_set_number(one, "p50", b->middle);
    json_set_number(one, "p90", b->high);
    return one;
}

static struct json *value_json(const struct study *s, const struct view *v, const struct forecast *f, int i)
{
    const struct quantity *q = &s->p->quantity[f->value[i].quantity];
    struct json *one = json_new_object(), *list = json_new_array(), *now = json_new_object();
    json_set_text(one, "quantity", program_element_name(s->p, s->arena, q->name, q->dims, q->dim, f->value[i].element));
    json_set_text(one, "unit", q->unit ? q->unit : "");
    json_set_truth(now, "known", f->now[i].known);
    json_set_truth(now, "exact", f->now[i].exact);
    if (f->now[i].known) {
        json_set_number(now, "value", f->now[i].value);
        json_set_number(now, "give_or_take", f->now[i].give_or_take);
    }
    json_set(one, "now", now);
    for (int t = 0; t < f->turns; t++) {
        struct json *turn = json_new_object();
        const int at = i * f->turns + t;
        json_set_whole(turn, "turn", view_turn(v) + t + 1);
        json_set_text(turn, "time", program_date(s->p, s->arena, view_time(v) + t * s->p->time.turn));
        json_set(turn, "hold", band_json(&f->hold[at]));
        if (f->planned) {
            json_set(turn, "plan", band_json(&f->plan[at]));
            json_set(turn, "change", band_json(&f->change[at]));
        }
        json_add(list, turn);
    }
    json_set(one, "turns", list);
    return one;
}

static void print_json(const struct study *s, const struct view *v, const struct forecast *f)
{
    struct json *doc = json_document(), *list = json_new_array(), *plan = json_new_array();
    json_set_text(doc, "scenario", s->p->id);
    json_set_text(doc, "seat", s->p->seat[s->seat].name);
    json_set_whole(doc, "turn", view_turn(v) + 1);
    json_set_text(doc, "time", program_date(s->p, s->arena, view_time(v)));
    json_set_whole(doc, "seed", (long long)s->seed);
    json_set_whole(doc, "futures", f->lanes);
    json_set_whole(doc, "failed", f->failed);
    for (int r = 0; r < s->plan.rows; r++)
        json_add_text(plan, row_print(s->p, s->arena, s->plan.row[r]));
    json_set(doc, "plan", plan);
    json_set_whole(doc, "over_hold", f->ended_hold);
    if (f->planned)
        json_set_whole(doc, "over_plan", f->ended_plan);
    for (int i = 0; i < f->values; i++)
        json_add(list, value_json(s, v, f, i));
    json_set(doc, "quantities", list);
    json_print(doc, stdout);
    json_free(doc);
}

/* --- the command ------------------------------------------------------------------------------------------------------------ */

static int forecast_from(struct study *s, const struct view *v)
{
    const int left = view_turns(v) - view_turn(v), exit = read_plan(s, v);
    if (exit != EXIT_DONE)
        return exit;
    if (!s->values)
        watch(s, v);
    if (!s->values)
        return cli_usage("forecast", "this seat watches no numbers; name some with --of");
    const struct forecast_room room = {s->lanes, s->turns < left ? s->turns : left, s->values, s->threads};
    const struct forecast_ask ask = {s->plan.rows ? &s->plan : NULL, room.lanes, room.turns, s->seed, s->value, s->values};
    struct forecaster *made = forecaster_new(s->arena, s->p, &room);
    const struct forecast *f = forecaster_ask(made, v, &ask);
    if (f->failed == f->lanes) {
        fputs("demarche: the model fails in every future; `demarche run` says where\n", stderr);
        return EXIT_NO;
    }
    (s->given->value[JSON] ? print_json : print_text)(s, v, f);
    return EXIT_DONE;
}

static bool ask_and_leave(void *self, const struct view *v, struct plan *plan)
{
    struct study *s = self;
    plan->rows = 0;
    s->exit = forecast_from(s, v);
    return false;
}

static const struct seat_ops asking = {.kind = "forecast", .plan = ask_and_leave};

static int open_and_ask(struct study *s)
{
    const struct seat_ops *ops[MOST_SEATS] = {NULL};
    void *self[MOST_SEATS] = {NULL};
    const char *who[MOST_SEATS] = {NULL}, *error;
    ops[s->seat] = &asking;
    self[s->seat] = s;
    const struct game_options options = {.seed = s->seed, .opening = s->opening, .ops = ops, .self = self, .who = who};
    struct game *g = game_open(s->arena, s->p, &options, &error);
    if (!g) {
        fprintf(stderr, "demarche: the game cannot begin: %s\n", error);
        return EXIT_NO;
    }
    s->exit = EXIT_NO;
    if (game_turn(g) == TURN_FAILED)
        fprintf(stderr, "demarche: the turn cannot begin: %s\n", game_failure(g));
    return s->exit;
}

static int study_scenario(struct study *s)
{
    if (s->p->seats == 0)
        return cli_usage("forecast", "%s has no seats, so nobody to forecast for; use 'run' instead", s->p->id);
    if (!s->given->value[AS])
        return cli_usage("forecast", "whose view? --as SEAT; the first there is '%s'", s->p->seat[0].name);
    if ((s->seat = seating_seat(s->p, "forecast", s->given->value[AS])) < 0 || !find_moment(s) ||
        (s->given->value[OF] && !find_values(s, s->given->value[OF])))
        return EXIT_USAGE;
    return open_and_ask(s);
}

/* Of a saved game: from where it stands, as its person sees it unless another seat may be looked through. */
static int study_game(struct study *s, const struct parsed *given)
{
    struct saved saved;
    struct replay r;
    int exit;
    if (!games_open(s->arena, "forecast", given->operand[0], false, &saved, &exit))
        return exit;
    const int person = games_person(&saved);
    s->p = saved.p;
    s->seat = given->value[AS] ? seating_seat(s->p, "forecast", given->value[AS]) : person;
    struct game *g = NULL;
    if (s->seat < 0)
        exit = given->value[AS] ? EXIT_USAGE : cli_usage("forecast", "whose view? --as SEAT; the first there is '%s'", s->p->seat[0].name);
    else if (saved.is->over)
        exit = cli_usage("forecast", "%s is over; branch it to play from an earlier turn", saved.name);
    else if (person >= 0 && s->seat != person)
        exit = cli_usage("forecast", "%s is not over, so only %s may be looked through", saved.name, s->p->seat[person].name);
    else if (given->value[OPENING] || given->value[PLAY] || given->value[UNTIL])
        exit = cli_usage("forecast", "a saved game stands where it was left; leave --opening, --play and --until out");
    else if (given->value[OF] && !find_values(s, given->value[OF]))
        exit = EXIT_USAGE;
    else
        g = games_replay(s->arena, &saved, &r, -1, &exit);
    if (g) {
        s->exit = EXIT_NO;
        if (!given->value[SEED])
            s->seed = saved.is->seed;
        for (int i = 0; i < s->p->seats; i++)
            record_take_seat(g, i, i == s->seat ? &asking : NULL, s);
        if (game_turn(g) == TURN_FAILED)
            fprintf(stderr, "demarche: the turn cannot begin: %s\n", game_failure(g));
        exit = s->exit;
    }
    store_close(saved.store);
    return exit;
}

int cmd_forecast(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    long turns, lanes, seed, jobs;
    if (!cli_parse("forecast", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("forecast", given.operands ? "one scenario at a time" : "name a scenario: a folder, a file or an installed one");
    const int cores = os_cores() < THREADS ? os_cores() : THREADS;
    if (!whole(&given, TURNS, 1, MOST_TURNS, DEFAULT_TURNS, &turns) || !whole(&given, LANES, 1, MOST_LANES, DEFAULT_LANES, &lanes) ||
        !whole(&given, SEED, 0, INT64_MAX, 1, &seed) || !whole(&given, JOBS, 1, THREADS, cores, &jobs))
        return EXIT_USAGE;
    arena_init(&a, "forecast");
    struct study *s = ARENA_NEW(&a, struct study);
    *s = (struct study){.arena = &a, .given = &given, .turns = (int)turns, .lanes = (int)lanes, .seed = (uint64_t)seed, .threads = (int)jobs};
    if (games_is_one(&a, given.operand[0]))
        exit = study_game(s, &given);
    else if ((s->p = cli_load(&a, given.operand[0], false, &exit)))
        exit = study_scenario(s);
    arena_done(&a);
    return exit;
}
