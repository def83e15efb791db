/* tui/pick.c — a list to choose from, above whatever is on the screen; and the menu before a game. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

struct pick {
    const char *title;
    const char *const *item, *const *note;
    int count;
    void (*chosen)(struct ui *ui, int index);
    int cursor, top, height;
    struct filter filter;
    bool help, back, alone;             /* help: its keys are shown; back: Esc goes back from a menu; alone: a menu before a game */
    const char *said;                   /* below a menu, until the next key */
};
enum { ANSWER_NONE_YET = -4 };          /* below what tui_choose returns */

static const struct hint pick_hints[] = {{"Enter", "choose"}, {"/", "filter"}, {"Esc", "back"}, {"?", "keys"}, {NULL, NULL}};
static const struct hint help_hints[] = {{"any key", "back to the list"}, {NULL, NULL}};

static const char *const pick_keys[][2] = {
    {"up down, j k", "the line before and after; g G: the ends"},
    {"1 to 9", "go to that line"},
    {"Enter, Space", "choose"},
    {"/", "filter: only lines with the letters you type"},
    {"Esc", "back to where you came from"},
    {"q", "leave without choosing"},
};
enum { PICK_KEYS = sizeof pick_keys / sizeof *pick_keys, PICK_KEY = 14 };

static void draw_keys(struct canvas *c, struct area in)
{
    for (int i = 0; i < PICK_KEYS && i < in.h; i++) {
        canvas_text(c, in.x + 2, in.y + i, PICK_KEY, ROLE_KEY, pick_keys[i][0]);
        canvas_text(c, in.x + 2 + PICK_KEY, in.y + i, in.w - 2 - PICK_KEY, ROLE_PLAIN, pick_keys[i][1]);
    }
}

/* Indices that pass the filter; returns how many. */
static int passing(const struct pick *p, int *index, int room)
{
    int count = 0;
    for (int i = 0; i < p->count && count < room; i++)
        if (filter_lets(&p->filter, p->item[i]))
            index[count++] = i;
    return count;
}

static int widest(const char *const *text, int count)
{
    int most = 0;
    for (int i = 0; text && i < count; i++)
        if (text[i] && text_width(text[i]) > most)
            most = text_width(text[i]);
    return most;
}

static void draw_rows(struct canvas *c, struct area in, struct pick *p)
{
    int index[MOST_CHOICES], count = passing(p, index, MOST_CHOICES), label = widest(p->item, p->count);
    if (label > in.w - 6)
        label = in.w - 6;
    p->height = in.h;
    if (p->help) {
        draw_keys(c, in);
        return;
    }
    if (p->cursor >= count)
        p->cursor = count > 0 ? count - 1 : 0;
    list_show(p->cursor, count, in.h, &p->top);
    for (int i = 0; i < in.h && p->top + i < count; i++) {
        int at = p->top + i;
        bool here = at == p->cursor;
        if (here) {
            canvas_text(c, in.x, in.y + i, 1, ROLE_STRONG, ">");
            canvas_cursor(c, in.x + 2, in.y + i);
        }
        canvas_text(c, in.x + 2, in.y + i, label, ROLE_PLAIN, p->item[index[at]]);
        if (p->note && p->note[index[at]])
            canvas_text(c, in.x + 4 + label, in.y + i, in.w - 4 - label, ROLE_DIM, p->note[index[at]]);
        if (here)
            canvas_role(c, in.x + 2, in.y + i, in.w - 2, ROLE_FOCUS);
    }
    if (count == 0)
        canvas_text(c, in.x + 2, in.y, in.w - 2, ROLE_DIM, "nothing has these letters; Esc clears");
}

static const char *heading(struct ui *ui, const struct pick *p, int height)
{
    if (p->filter.typing || p->filter.text[0])
        return arena_printf(&ui->frame, "%s  /%s%s", p->title, p->filter.text, p->filter.typing ? "_" : "");
    if (p->count > height)
        return arena_printf(&ui->frame, "%s  %d of %d", p->title, p->cursor + 1, p->count);
    return p->title;
}

static void pick_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct pick *p = self;
    int note = widest(p->note, p->count), width = widest(p->item, p->count) + (note ? note + 2 : 0) + 8;
    int head = text_width(p->title) + 20;
    width = width < head ? head : width;
    width = width < 40 ? 40 : width > 74 ? 74 : width;
    int rows = p->count < 14 ? p->count : 14;
    if (p->help) {
        rows = PICK_KEYS;
        width = width < 66 ? 66 : width;
    }
    struct area in = ui_popup(ui, c, width, rows + 2, p->help ? "keys" : heading(ui, p, rows), p->help ? help_hints : pick_hints);
    draw_rows(c, in, p);
}

/* The index chosen, TUI_LEFT, TUI_BACK or ANSWER_NONE_YET. */
static int pick_answer(struct pick *p, int key)
{
    int index[MOST_CHOICES], count = passing(p, index, MOST_CHOICES);
    if (key == UI_KEY_NONE || key == UI_KEY_RESIZE || key == UI_KEY_REDRAW)
        return ANSWER_NONE_YET;
    p->said = NULL;
    if (p->help) {
        p->help = false;
        return ANSWER_NONE_YET;
    }
    if (p->filter.typing && filter_key(&p->filter, key)) {
        p->cursor = 0;
        return ANSWER_NONE_YET;
    }
    if (key == '?' || key == UI_KEY_F1)
        p->help = true;
    else if (key == '/')
        p->filter.typing = true;
    else if (key == UI_KEY_ESC && p->filter.text[0])
        p->filter.text[0] = '\0';
    else if (key == 'q')
        return TUI_LEFT;
    else if ((key == UI_KEY_ESC || key == UI_KEY_BACKSPACE) && p->alone && !p->back)
        p->said = "This is the first menu; q leaves.";
    else if (key == UI_KEY_ESC || key == UI_KEY_BACKSPACE)
        return TUI_BACK;
    else if ((key == UI_KEY_ENTER || key == ' ') && count > 0)
        return index[p->cursor];
    else if (key >= '1' && key <= '9' && key - '1' < count)
        p->cursor = key - '1';
    else
        list_key(key, &p->cursor, count, p->height);
    return ANSWER_NONE_YET;
}

static bool pick_key(struct ui *ui, void *self, int key)
{
    struct pick *p = self;
    int answer = pick_answer(p, key);
    if (answer == ANSWER_NONE_YET)
        return true;
    void (*chosen)(struct ui *, int) = p->chosen;
    ui_pop(ui);
    if (answer >= 0)
        chosen(ui, answer);
    return true;
}

static const struct page_ops pick_page = {.name = "pick", .draw = pick_draw, .key = pick_key, .over = true, .alone = true, .size = sizeof(struct pick), .keys = ""};

void pick_open(struct ui *ui, const char *title, const char *const *item, const char *const *note, int count, void (*chosen)(struct ui *ui, int index))
{
    struct pick *p = ui_push(ui, &pick_page);
    const char **items = ARENA_ARRAY(&ui->pages, count, const char *), **notes = ARENA_ARRAY(&ui->pages, count, const char *);
    for (int i = 0; i < count; i++) {
        items[i] = arena_text(&ui->pages, item[i]);
        notes[i] = note && note[i] ? arena_text(&ui->pages, note[i]) : "";
    }
    *p = (struct pick){.title = arena_text(&ui->pages, title), .item = items, .note = notes, .count = count, .chosen = chosen};
}

/* --- the menu before a game ------------------------------------------------------------------------------------------------ */

static const struct hint menu_hints[] = {{"up/down", "move"}, {"Enter", "choose"}, {"/", "filter"}, {"?", "keys"}, {"q", "leave"}, {NULL, NULL}};
static const struct hint later_hints[] = {{"up/down", "move"}, {"Enter", "choose"}, {"Esc", "back"}, {"/", "filter"}, {"?", "keys"}, {"q", "leave"}, {NULL, NULL}};

static void draw_menu(struct ui *ui, struct canvas *c, struct pick *p)
{
    int w = ui->columns < LEAST_WIDTH ? ui->columns : LEAST_WIDTH, h = ui->rows < LEAST_HEIGHT ? ui->rows : LEAST_HEIGHT;
    struct area box = {(ui->columns - w) / 2, (ui->rows - h) / 2, w, h};
    canvas_box(c, box);
    ui_head(c, box.x + 2, box.y, w - 4, "demarche");
    ui_footer(c, box.x + 2, box.y + h - 1, w - 4, p->help ? help_hints : p->back ? later_hints : menu_hints);
    canvas_text(c, box.x + 4, box.y + 2, w - 8, ROLE_STRONG, heading(ui, p, h - 7));
    draw_rows(c, (struct area){box.x + 4, box.y + 4, w - 8, h - 7}, p);
    if (p->said)
        canvas_text(c, box.x + 4, box.y + h - 2, w - 8, ROLE_STRONG, p->said);
}

int tui_choose(const char *title, const char *const *item, const char *const *note, int count, bool back)
{
    struct ui ui = {.on_terminal = true};
    struct pick p = {.title = title, .item = item, .note = note, .count = count, .back = back, .alone = true};
    if (!screen_start())
        return TUI_NO_TERMINAL;
    ui_open(&ui);
    int answer = ANSWER_NONE_YET;
    while (answer == ANSWER_NONE_YET) {
        struct arena_mark mark = arena_mark(&ui.frame);
        screen_size(&ui.columns, &ui.rows);
        struct canvas c = canvas_new(&ui.frame, ui.columns, ui.rows, screen_glyphs());
        draw_menu(&ui, &c, &p);
        screen_show(&c);
        arena_reset(&ui.frame, mark);
        int key = screen_key();
        answer = key == UI_KEY_LEAVE || key == UI_KEY_GONE ? TUI_LEFT : pick_answer(&p, key);
    }
    ui_close(&ui);
    screen_end();
    return answer;
}
