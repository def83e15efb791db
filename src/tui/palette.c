/* tui/palette.c — commands by name: every action of page/actions.def and page/talk.def, found by its name or its typed word, with its
 * key, and below it the word that does the same in lines and the shell line, where there is one. Actions that take a name are listed
 * once more with each name ("why revenue"). What has a key is done by sending the key, so the two cannot differ. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

enum act {
#define ACTION(id, key, word, argument, palette, help) ACT_##id,
#include "page/actions.def"
#include "page/talk.def"
#undef ACTION
    ACTS
};

enum { MOST_COMMANDS = ACTS + 2 * MOST_NUMBERS + 2 * MOST_CHOICES };
struct command { enum act act; const char *name, *text, *key, *argument; int number, move; };      /* argument: typed after the word, or ""; number, move: -1 none */
struct palette { struct filter filter; int cursor, top, height; };

static const struct action *action_of(enum act act)
{
    return (int)act < action_count ? &action_table[act] : &talk_table[(int)act - action_count];
}

static const char *number_word(const struct ui *ui, struct arena *a, struct number n)
{
    const struct quantity *q = &ui->program->quantity[n.quantity];
    return q->dims > 0 ? program_element_name(ui->program, a, q->name, q->dims, q->dim, n.element) : q->name;
}

/* --- what is listed ---------------------------------------------------------------------------------------------------------- */

/* Typed letters begin a word of the name or of what is typed in lines, or stand anywhere in the help. 2: the first, 1: the second, 0: no. */
static int fits(const struct palette *p, const struct command *one)
{
    const struct action *act = action_of(one->act);
    const char *typed = p->filter.text;
    if (!*typed)
        return 2;
    if (text_starts(act->word, typed) || text_starts(one->name, typed))
        return 2;
    for (const char *at = one->name; (at = strchr(at, ' ')) != NULL; )
        if (text_starts(++at, typed))
            return 2;
    return filter_lets(&p->filter, one->name) || filter_lets(&p->filter, one->text) ? 1 : 0;
}

static int all_commands(struct ui *ui, struct command *all)
{
    struct arena *a = &ui->frame;
    int n = 0;
    const int acts = talk_here(ui) ? ACTS : action_count;
    for (int i = 0; i < acts; i++) {
        const struct action *act = action_of((enum act)i);
        all[n++] = (struct command){(enum act)i, act->palette, act->help, act->key, "", -1, -1};
    }
    for (int i = 0; i < ui->numbers; i++) {
        const char *word = number_word(ui, a, ui->number[i]), *label = report_label(ui->view, a, ui->number[i]);
        all[n++] = (struct command){ACT_WHY, arena_printf(a, "why %s", word), label, "", word, i, -1};
        all[n++] = (struct command){ACT_SOURCE, arena_printf(a, "source %s", word), label, "", word, i, -1};
    }
    for (int i = 0; i < ui->moves; i++) {
        const struct move *m = &ui->program->move[ui->move[i].move];
        const char *title = m->title ? m->title : m->name;
        all[n++] = (struct command){ACT_MOVE, arena_printf(a, "move %s", m->name), title, "", m->name, -1, ui->move[i].move};
        all[n++] = (struct command){ACT_PLAN, arena_printf(a, "plan %s", m->name), title, "", m->name, -1, ui->move[i].move};
    }
    return n;
}

/* Best matches first; within them in the order of the table. */
static int found(struct ui *ui, const struct palette *p, const struct command **list)
{
    struct command *all = ARENA_ARRAY(&ui->frame, MOST_COMMANDS, struct command);
    const int count = all_commands(ui, all);
    int n = 0;
    for (int good = 2; good > 0; good--)
        for (int i = 0; i < count; i++)
            if (fits(p, &all[i]) == good)
                list[n++] = &all[i];
    return n;
}

/* --- the same from a shell ----------------------------------------------------------------------------------------------------- */

/* NULL: there is none. What looks into a game wants it kept; what tells the truth wants it over. */
static const char *shell_line(struct ui *ui, const struct command *one)
{
    const char *id = ui->program->id, *seat = ui->program->seat[ui->seat].name;
    const char *game = ui->keeper ? ui->keeper->name : NULL;
    struct arena *a = &ui->frame;
    switch (one->act) {
    case ACT_BRIEF:
        return arena_printf(a, "demarche show %s/seat/%s", id, seat);
    case ACT_MOVE:
        return one->move >= 0 ? arena_printf(a, "demarche show %s/move/%s", id, one->argument) : NULL;
    case ACT_PLAN:
        return game && one->move >= 0 && ui->program->move[one->move].target < 0 ? arena_printf(a, "demarche forecast %s --as %s --plan %s", game, seat, one->argument) : NULL;
    case ACT_SOURCE:
        return one->number >= 0 ? arena_printf(a, "demarche show %s/%s", id, ui->program->quantity[ui->number[one->number].quantity].name)
                                : arena_printf(a, "demarche sources %s", id);
    case ACT_WHY:
        return game && view_over(ui->view) && one->number >= 0 ? arena_printf(a, "demarche why %s '%s'", game, one->argument) : NULL;
    case ACT_NEWS:
        return game ? arena_printf(a, "demarche replay %s --as %s", game, seat) : NULL;
    case ACT_DEBRIEF:
        return game && view_over(ui->view) ? arena_printf(a, "demarche report %s", game) : NULL;
    case ACT_QUIT:
        return game ? arena_printf(a, "demarche resume %s", game) : NULL;
    case ACT_HELP:
        return "demarche help";
    case ACT_MOVES: case ACT_DROP: case ACT_UNDO: case ACT_REDO: case ACT_COMMIT: case ACT_NUMBERS: case ACT_INSPECT: case ACT_NETWORK: case ACT_TIMELINE:
    case ACT_WHERE: case ACT_AGAIN: case ACT_ASK: case ACT_OFFER: case ACT_THREAT: case ACT_ASSURANCE: case ACT_STATEMENT: case ACT_REPORT: case ACT_REPLY:
    case ACT_WITHDRAW: case ACT_WALKOUT: case ACT_DECLARE: case ACT_LETPASS: case ACT_TABLE: case ACT_AGREEMENTS: case ACT_WHO: case ACTS:
        break;
    }
    return NULL;
}

/* --- doing it -------------------------------------------------------------------------------------------------------------------- */

/* The key is sent to the page that lies below, if it has it; keys of the plan also from pages above the plan. */
static void press(struct ui *ui, const char *key)
{
    const struct page *top = &ui->page[ui->page_count - 1];
    const bool here = keycard_among(top->ops->keys, key), planning = ui->page[0].ops == &dash_page;
    if (!here && planning && keycard_among(dash_page.keys, key))
        while (ui->page_count > 1)
            ui_pop(ui);
    else if (!here && keycard_among(dash_page.keys, key) && !keycard_among(KEYS_EVERYWHERE, key)) {
        ui_say(ui, true, "That is done while you plan a turn.");
        return;
    }
    ui_key(ui, ui_key_named(key));
}

static void plan_move(struct ui *ui, int move)
{
    if (ui->page[0].ops != &dash_page) {
        ui_say(ui, true, "That is done while you plan a turn.");
        return;
    }
    while (ui->page_count > 1)
        ui_pop(ui);
    draft_plan(ui, move);
}

static void with_name(struct ui *ui, enum act act, int number, int move)
{
    if (act == ACT_WHY)
        causes_open(ui, ui->number[number]);
    else if (act == ACT_SOURCE)
        source_open(ui, ui->program->quantity[ui->number[number].quantity].name);
    else if (act == ACT_MOVE)
        detail_open(ui, move);
    else
        plan_move(ui, move);
}

static void debrief(struct ui *ui)
{
    if (view_over(ui->view))
        report_debrief(pager_open(ui, "DEBRIEF"), ui->view, ui->open, NULL, 0);
    else
        ui_say(ui, false, "The debrief comes when the game is over.");
}

static void do_act(struct ui *ui, enum act act)
{
    switch (act) {
    case ACT_MOVES: report_moves(pager_open(ui, "MOVES"), ui->view, &ui->plan); break;
    case ACT_NUMBERS: report_numbers_all(pager_open(ui, "NUMBERS"), ui->view); break;
    case ACT_WHERE: {
        struct doc *doc = pager_open(ui, "WHERE");
        report_turn_head(doc, ui->view);
        if (!view_over(ui->view))
            report_plan(doc, ui->view, &ui->plan);
        break;
    }
    case ACT_AGAIN:
        if (ui->said)
            ui_say(ui, ui->said_warns, "%s", ui->said);
        else
            ui_say(ui, false, "Nothing was said in this turn.");
        break;
    case ACT_DEBRIEF: debrief(ui); break;
    case ACT_ASK: case ACT_THREAT: case ACT_ASSURANCE: case ACT_STATEMENT: press(ui, action_of(ACT_OFFER)->key); break;
    case ACT_REPORT: case ACT_WITHDRAW: case ACT_WALKOUT: case ACT_LETPASS: press(ui, action_of(ACT_DECLARE)->key); break;
    case ACT_AGREEMENTS: report_agreements(pager_open(ui, "PROMISES"), ui->view); break;
    case ACT_WHO: report_seats(pager_open(ui, "WHO"), ui->view, ui->who); break;
    case ACT_MOVE: case ACT_PLAN: case ACT_DROP: case ACT_UNDO: case ACT_REDO: case ACT_COMMIT: case ACT_NEWS: case ACT_BRIEF: case ACT_WHY: case ACT_SOURCE:
    case ACT_INSPECT: case ACT_NETWORK: case ACT_TIMELINE: case ACT_HELP: case ACT_QUIT: case ACT_OFFER: case ACT_REPLY: case ACT_DECLARE: case ACT_TABLE:
        press(ui, action_of(act)->key);
        break;
    case ACTS: break;
    }
}

/* --- the page -------------------------------------------------------------------------------------------------------------------- */

static const struct hint palette_hints[] = {{"type", "to filter"}, {"up/down", "move"}, {"Tab", "complete"}, {"Enter", "do it"}, {"Esc", "close"}, {NULL, NULL}};

static void palette_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct palette *p = self;
    enum { WIDTH = 74, ROWS = 10, NAME = 27, KEY = 6, AROUND = 7 };
    const struct command **list = ARENA_ARRAY(&ui->frame, MOST_COMMANDS, const struct command *);
    const int count = found(ui, p, list);
    const struct area in = ui_popup(ui, c, WIDTH, ROWS + AROUND, "command", palette_hints);
    const int used = canvas_textf(c, in.x, in.y, in.w - 12, ROLE_STRONG, ": %s", p->filter.text);
    canvas_cursor(c, in.x + used, in.y);
    canvas_right(c, in.x + in.w - 12, in.y, 12, ROLE_DIM, arena_printf(&ui->frame, "%d found", count));
    canvas_across(c, in.x - 2, in.y + 1, in.w + 4);
    p->height = in.h - 5 > 0 ? in.h - 5 : 1;
    p->cursor = p->cursor >= count ? (count > 0 ? count - 1 : 0) : p->cursor;
    list_show(p->cursor, count, p->height, &p->top);
    for (int i = 0; i < p->height && p->top + i < count; i++) {
        const struct command *one = list[p->top + i];
        const bool here = p->top + i == p->cursor;
        const int y = in.y + 2 + i;
        canvas_text(c, in.x, y, 1, ROLE_STRONG, here ? ">" : " ");
        canvas_text(c, in.x + 2, y, NAME - 1, ROLE_PLAIN, one->name);
        canvas_text(c, in.x + 2 + NAME, y, in.w - 2 - NAME - KEY - 1, ROLE_DIM, one->text);
        canvas_right(c, in.x + in.w - KEY, y, KEY, ROLE_KEY, one->key);
        if (here)
            canvas_role(c, in.x + 1, y, in.w - 1, ROLE_FOCUS);
    }
    const int y = in.y + in.h - 3;
    canvas_across(c, in.x - 2, y, in.w + 4);
    if (count == 0) {
        canvas_text(c, in.x, y + 1, in.w, ROLE_PLAIN, "Nothing has these letters; Backspace takes one back.");
    } else {
        const struct command *one = list[p->cursor];
        const struct action *act = action_of(one->act);
        const char *shell = shell_line(ui, one);
        canvas_textf(c, in.x, y + 1, in.w, ROLE_PLAIN, "in lines:      %s %s", act->word, *one->argument ? one->argument : act->argument);
        canvas_textf(c, in.x, y + 2, in.w, shell ? ROLE_PLAIN : ROLE_DIM, "from a shell:  %s", shell ? shell : "none: it is done in the game");
    }
    c->typing = true;
}

static void complete(struct palette *p, const char *name)
{
    snprintf(p->filter.text, sizeof p->filter.text, "%s", name);
    p->cursor = 0;
}

static bool palette_key(struct ui *ui, void *self, int key)
{
    struct palette *p = self;
    const struct command **list = ARENA_ARRAY(&ui->frame, MOST_COMMANDS, const struct command *);
    const int count = found(ui, p, list);
    if (key == UI_KEY_ESC || (key == UI_KEY_BACKSPACE && !p->filter.text[0])) {
        ui_pop(ui);
    } else if (key == UI_KEY_ENTER) {
        if (count == 0)
            return true;
        const struct command one = *list[p->cursor < count ? p->cursor : count - 1];
        ui_pop(ui);
        if (one.number >= 0 || one.move >= 0)
            with_name(ui, one.act, one.number, one.move);
        else
            do_act(ui, one.act);
    } else if (key == UI_KEY_TAB && count > 0) {
        complete(p, list[p->cursor < count ? p->cursor : count - 1]->name);
    } else if (key >= ' ' && key < 0x7F) {
        filter_key(&p->filter, key);
        p->cursor = 0;
    } else if (!list_key(key, &p->cursor, count, p->height)) {
        filter_key(&p->filter, key);
        p->cursor = 0;
    }
    return true;
}

static const struct page_ops palette_page = {.name = "command", .draw = palette_draw, .key = palette_key, .over = true, .alone = true, .size = sizeof(struct palette), .keys = ""};

void palette_open(struct ui *ui)
{
    ui_push(ui, &palette_page);
}
