/* tui/person.c — a person at the screen: the answers of a seat, and the game around them.
 * plan, answer and tell are phases; each shows its page and runs the loop until the person is through with it. */
#include "base/panic.h"
#include "tui/tui_private.h"

enum { EXIT_LEFT = 0, EXIT_BROKEN = 1, EXIT_NO_TERMINAL = 4, MOST_REASONS = 1024 };

struct person {
    struct ui ui;
    struct play_table *table;
    struct game *game;
    struct arena *arena;                /* of the game, borrowed */
    const char *reason[MOST_REASONS]; int reasons;
    bool end_shown;
    int replies;                        /* questions answered in this turn */
};

/* What the last commit could not do: the turn's own text, so it is asked for in every phase. */
static void take_refusals(struct person *p)
{
    const char *list[MOST_ROWS];
    int count = 0;
    for (const char *s; count < MOST_ROWS && (s = game_refusal(p->game, p->ui.seat, count)) != NULL; count++)
        list[count] = s;
    const char **kept = ARENA_ARRAY(&p->ui.turn, count + 1, const char *);
    for (int i = 0; i < count; i++)
        kept[i] = arena_text(&p->ui.turn, list[i]);
    p->ui.refused = kept;
    p->ui.refusals = count;
}

static bool person_plan(void *self, const struct view *v, struct plan *plan)
{
    struct person *p = self;
    struct ui *ui = &p->ui;
    ui_turn(ui, v);
    ui->plan = (struct plan){.rows = 0};
    ui->undo_at = ui->undo_count = 0;
    ui->dash.move = ui->dash.move_top = 0;
    ui->dash.focus = FOCUS_MOVES;
    ui->dash.filter = (struct filter){.typing = false};
    p->replies = 0;
    if (draft_find(ui)) {                           /* the game was left after these were sealed */
        *plan = ui->plan;
        return true;
    }
    if (view_turn(v) > 0)
        take_refusals(p);
    draft_refresh(ui);
    ui_base(ui, &dash_page);
    if (!ui->brief_read)
        brief_open(ui);
    if (ui_run(ui) == UI_LEFT)
        return false;
    *plan = ui->plan;
    draft_keep(ui, true);
    ui->turns_seen++;
    ui_base(ui, &dash_page);
    ui_show_waiting(ui, "The others are planning...");
    return true;
}

static bool person_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct person *p = self;
    struct keeper *k = p->ui.keeper;
    const int place = p->replies++;
    if (k && k->name && k->find_reply(k, view_turn(v), view_seat(v), place, answer))
        return true;
    ui_turn(&p->ui, v);
    reply_base(&p->ui, tabled);
    if (ui_run(&p->ui) == UI_LEFT)
        return false;
    *answer = p->ui.answer;
    if (k && k->name)
        k->reply(k, view_turn(v), view_seat(v), place, *answer);            /* what fails here fails again, and loudly, when the turn is recorded */
    ui_show_waiting(&p->ui, "The turn is being played...");
    return true;
}

/* One line a persona and turn, kept until the table is opened. */
static void take_reasons(struct person *p, const struct view *v)
{
    const struct play_table *t = p->table;
    const struct program *program = view_program(v);
    const int before = p->reasons;
    for (int s = 0; s < program->seats && p->reasons < MOST_REASONS; s++) {
        if ((s == p->ui.seat && !p->ui.watching) || !t->reason[s])
            continue;
        const char *why = t->reason[s](t->self[s]);
        if (why && *why)
            p->reason[p->reasons++] = arena_printf(p->arena, "T%d, %s: %s", view_turn(v), ui_seat_title(&p->ui, s), why);
    }
    if (p->ui.watching) {
        p->ui.reason = p->reason + before;
        p->ui.reasons = p->reasons - before;
    }
}

/* The newspaper; after the last turn also the end. */
static bool review(struct person *p, const struct view *v)
{
    struct ui *ui = &p->ui;
    ui_turn(ui, v);
    take_refusals(p);
    if (view_turn(v) > 0) {
        paper_review(ui);
        if (ui_run(ui) == UI_LEFT)
            return false;
    }
    return true;
}

static bool person_tell(void *self, const struct view *v)
{
    struct person *p = self;
    if (view_over(v) && p->end_shown)
        return true;
    p->end_shown = view_over(v);
    p->ui.view = v;
    p->ui.program = view_program(v);
    take_reasons(p, v);
    return review(p, v);
}

static const struct seat_ops person_ops = {.kind = "person", .plan = person_plan, .answer = person_answer, .tell = person_tell};

/* The end has the open table beside it, which only the game can give. */
static void show_end(struct person *p)
{
    const struct view *v = game_view(p->game, p->ui.seat);
    ui_turn(&p->ui, v);
    take_refusals(p);
    p->ui.open = game_over(p->game) ? game_view(p->game, -1) : NULL;
    p->ui.reason = p->reason;
    p->ui.reasons = p->reasons;
    finale_base(&p->ui);
    ui_run(&p->ui);
}

/* Returns the seat; the number of seats for "only watch"; else as tui_choose. */
static int ask_seat(struct arena *a, const struct program *p, bool back)
{
    const char *item[MOST_SEATS + 1], *note[MOST_SEATS + 1];
    for (int s = 0; s < p->seats; s++) {
        const struct seat *seat = &p->seat[s];
        item[s] = seat->title && *seat->title ? seat->title : seat->name;
        note[s] = seat->goals > 0 ? arena_printf(a, "%d goal%s, first: %s", seat->goals, seat->goals == 1 ? "" : "s", seat->goal[0].title ? seat->goal[0].title : seat->goal[0].name) : "";
    }
    item[p->seats] = "Only watch";
    note[p->seats] = "the personas play among themselves";
    return tui_choose(arena_printf(a, "%s: who are you?", p->title ? p->title : p->id), item, note, p->seats + 1, back);
}

static enum turn_end watch_turn(struct person *p)
{
    enum turn_end end = game_turn(p->game);
    if (end != TURN_PLAYED && end != TURN_OVER)
        return end;
    const struct view *v = game_view(p->game, p->ui.seat);
    p->ui.view = v;
    p->ui.program = view_program(v);
    take_reasons(p, v);
    return review(p, v) ? end : TURN_LEFT;
}

int tui_play(struct arena *a, struct play_table *t, bool back)
{
    const struct program *program = t->program;
    struct person *p = ARENA_NEW(a, struct person);
    const char *error = NULL;
    int seat = t->seat;
    if (seat < 0 && program->seats > 0) {
        seat = ask_seat(a, program, back);
        if (seat < 0)
            return seat == TUI_NO_TERMINAL ? EXIT_NO_TERMINAL : seat == TUI_BACK ? TUI_BACK : EXIT_LEFT;
    }
    p->ui.watching = seat >= program->seats || seat < 0;
    p->ui.seat = p->ui.watching ? 0 : seat;
    p->table = t;
    p->arena = a;
    if (!p->ui.watching) {
        t->seat = seat;
        t->ops[seat] = &person_ops;
        t->self[seat] = p;
        t->who[seat] = "person";
    }
    p->game = play_table_open(a, t, &error);
    if (!p->game) {
        fprintf(stderr, "demarche: the game cannot go on: %s\n", error);
        return EXIT_BROKEN;
    }
    if (!screen_start())
        return EXIT_NO_TERMINAL;
    ui_open(&p->ui);
    p->ui.on_terminal = true;
    p->ui.seed = arena_printf(a, "seed %llu", (unsigned long long)game_seed(p->game));
    p->ui.keeper = t->keeper;
    p->ui.who = t->who;
    p->ui.ahead = (struct tui_ahead){ahead_ask, ahead_new(a, program, game_seed(p->game), 1)};
    p->ui.brief_read = t->keeper && t->keeper->resumed && view_turn(game_view(p->game, p->ui.seat)) > 0;
    enum turn_end end;
    do
        end = p->ui.watching ? watch_turn(p) : game_turn(p->game);
    while (end == TURN_PLAYED);
    if (end == TURN_OVER)
        show_end(p);
    const char *failure = end == TURN_FAILED ? arena_text(a, game_failure(p->game)) : NULL;
    ui_close(&p->ui);
    screen_end();
    if (failure) {
        fprintf(stderr, "demarche: the game cannot go on: %s\n", failure);
        return EXIT_BROKEN;
    }
    const bool kept = t->keeper && t->keeper->name;         /* then cli says how to go on */
    if (!kept && (end == TURN_LEFT || end == TURN_OVER))
        fprintf(stderr, "%s The same game again: demarche play %s --as %s --seed %llu\n", end == TURN_OVER ? "The end." : "Left.", t->name ? t->name : program->id,
                p->ui.watching ? "SEAT" : program->seat[p->ui.seat].name, (unsigned long long)game_seed(p->game));
    return EXIT_LEFT;
}
