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
};

static const struct hint pick_hints[] = {{"Enter", "choose"}, {"/", "filter"}, {"Esc", "back"}, {NULL, NULL}};

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

static void draw_rows(struct ui *ui, struct canvas *c, struct area in, struct pick *p)
{
    int index[MOST_CHOICES], count = passing(p, index, MOST_CHOICES), label = widest(p->item, p->count);
    if (label > in.w - 6)
        label = in.w - 6;
    (void)ui;
    p->height = in.h;
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
    struct area in = ui_popup(ui, c, width, rows + 2, heading(ui, p, rows), pick_hints);
    draw_rows(ui, c, in, p);
}

/* -2: nothing decided, -1: closed, else the index. */
static int pick_answer(struct pick *p, int key)
{
    int index[MOST_CHOICES], count = passing(p, index, MOST_CHOICES);
    if (p->filter.typing && filter_key(&p->filter, key)) {
        p->cursor = 0;
        return -2;
    }
    if (key == '/')
        p->filter.typing = true;
    else if (key == UI_KEY_ESC && p->filter.text[0])
        p->filter.text[0] = '\0';
    else if (key == UI_KEY_ESC || key == UI_KEY_BACKSPACE || key == 'q')
        return -1;
    else if ((key == UI_KEY_ENTER || key == ' ') && count > 0)
        return index[p->cursor];
    else if (key >= '1' && key <= '9' && key - '1' < count)
        p->cursor = key - '1';
    else
        list_key(key, &p->cursor, count, p->height);
    return -2;
}

static bool pick_key(struct ui *ui, void *self, int key)
{
    struct pick *p = self;
    int answer = pick_answer(p, key);
    if (answer == -2)
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

static const struct hint menu_hints[] = {{"up/down", "move"}, {"Enter", "choose"}, {"/", "filter"}, {"q", "leave"}, {NULL, NULL}};

static void draw_menu(struct ui *ui, struct canvas *c, struct pick *p)
{
    int w = ui->columns < LEAST_WIDTH ? ui->columns : LEAST_WIDTH, h = ui->rows < LEAST_HEIGHT ? ui->rows : LEAST_HEIGHT;
    struct area box = {(ui->columns - w) / 2, (ui->rows - h) / 2, w, h};
    canvas_box(c, box);
    ui_head(c, box.x + 2, box.y, w - 4, "demarche");
    ui_footer(c, box.x + 2, box.y + h - 1, w - 4, menu_hints);
    canvas_text(c, box.x + 4, box.y + 2, w - 8, ROLE_STRONG, heading(ui, p, h - 7));
    draw_rows(ui, c, (struct area){box.x + 4, box.y + 4, w - 8, h - 7}, p);
}

int tui_choose(const char *title, const char *const *item, const char *const *note, int count)
{
    struct ui ui = {.on_terminal = true};
    struct pick p = {.title = title, .item = item, .note = note, .count = count};
    if (!screen_start())
        return -2;
    ui_open(&ui);
    int answer = -2;
    while (answer == -2) {
        struct arena_mark mark = arena_mark(&ui.frame);
        screen_size(&ui.columns, &ui.rows);
        struct canvas c = canvas_new(&ui.frame, ui.columns, ui.rows, screen_glyphs());
        draw_menu(&ui, &c, &p);
        screen_show(&c);
        arena_reset(&ui.frame, mark);
        int key = screen_key();
        answer = key == UI_KEY_LEAVE || key == UI_KEY_GONE ? -1 : pick_answer(&p, key);
    }
    ui_close(&ui);
    screen_end();
    return answer;
}
