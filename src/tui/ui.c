/* tui/ui.c — the pages that lie on one another, the frame around them, and the keys that work everywhere. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "base/panic.h"
#include "base/text.h"
#include "tui/tui_private.h"

const struct action action_table[] = {
#define ACTION(id, key, word, argument, palette, help) {#id, key, word, argument, palette, help},
#include "page/actions.def"
#undef ACTION
};
const int action_count = (int)(sizeof action_table / sizeof *action_table);

void ui_open(struct ui *ui)
{
    arena_init(&ui->turn, "screen, turn");
    arena_init(&ui->pages, "screen, pages");
    arena_init(&ui->frame, "screen, frame");
    ui->columns = LEAST_WIDTH;
    ui->rows = LEAST_HEIGHT;
}

void ui_close(struct ui *ui)
{
    arena_done(&ui->turn);
    arena_done(&ui->pages);
    arena_done(&ui->frame);
}

void ui_turn(struct ui *ui, const struct view *v)
{
    while (ui->page_count > 0)
        ui_pop(ui);
    arena_done(&ui->turn);
    ui->view = v;
    ui->program = view_program(v);
    ui->seat = view_seat(v);
    ui->end = UI_GOING;
    ui->notice = ui->said = ui->unsent = NULL;
    ui->numbers = report_watch(v, ui->number, MOST_NUMBERS);
    if (ui->dash.number >= ui->numbers)
        ui->dash.number = 0;
}

/* --- pages ----------------------------------------------------------------------------------------------------------------- */

void ui_pop(struct ui *ui)
{
    REQUIRE(ui->page_count > 0);
    arena_reset(&ui->pages, ui->page[--ui->page_count].mark);
}

void *ui_push(struct ui *ui, const struct page_ops *ops)
{
    for (int i = 1; i < ui->page_count; i++)                         /* the same page again replaces the one that is open */
        if (ui->page[i].ops == ops) {
            while (ui->page_count > i)
                ui_pop(ui);
            break;
        }
    INVARIANT(ui->page_count < MOST_PAGES);
    struct page *page = &ui->page[ui->page_count++];
    page->ops = ops;
    page->mark = arena_mark(&ui->pages);
    page->self = ops->size ? arena_alloc(&ui->pages, ops->size) : NULL;
    return page->self;
}

void *ui_base(struct ui *ui, const struct page_ops *ops)
{
    while (ui->page_count > 0)
        ui_pop(ui);
    return ui_push(ui, ops);
}

void ui_say(struct ui *ui, bool warns, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ui->notice = ui->said = arena_text(&ui->turn, text);
    ui->notice_warns = ui->said_warns = warns;
}

/* --- leaving --------------------------------------------------------------------------------------------------------------- */

static const struct hint leave_hints[] = {{"y", "leave"}, {"n", "stay"}, {NULL, NULL}};

static void leave_draw(struct ui *ui, struct canvas *c, void *self)
{
    (void)self;
    struct area in = ui_popup(ui, c, 58, 6, "leave?", leave_hints);
    canvas_textf(c, in.x, in.y, in.w, ROLE_STRONG, "Leave the game?%s%s", ui->seed ? "  It has the " : "", ui->seed ? ui->seed : "");
    const bool kept = ui->keeper && ui->keeper->name;
    canvas_text(c, in.x, in.y + 1, in.w, ROLE_PLAIN, kept ? "It is saved, the plan in hand too;" : "It is not saved, but the same seed and the same orders");
    canvas_text(c, in.x, in.y + 2, in.w, ROLE_PLAIN, kept ? "demarche resume goes on from here." : "bring every turn back as it was.");
    canvas_cursor(c, in.x, in.y);
}

static bool leave_key(struct ui *ui, void *self, int key)
{
    (void)self;
    if (key == 'y' || key == 'Y' || key == UI_KEY_LEAVE) {
        ui->end = UI_LEFT;
    } else if (key == 'n' || key == 'N' || key == UI_KEY_ESC || key == 'q') {
        ui_pop(ui);
        screen_stay();
    }
    return true;
}

static const struct page_ops leave_page = {.name = "leave", .draw = leave_draw, .key = leave_key, .over = true, .alone = true, .keys = ""};

void ui_leave_open(struct ui *ui)
{
    if (ui->page_count > 0 && ui->page[ui->page_count - 1].ops == &leave_page)
        ui->end = UI_LEFT;
    else
        ui_push(ui, &leave_page);
}

/* --- keys ------------------------------------------------------------------------------------------------------------------ */

static const struct { const char *name; int key; } key_name[] = {
    {"Enter", UI_KEY_ENTER}, {"Esc", UI_KEY_ESC}, {"Tab", UI_KEY_TAB}, {"S-Tab", UI_KEY_BACK_TAB}, {"Space", ' '},
    {"Up", UI_KEY_UP}, {"Down", UI_KEY_DOWN}, {"Left", UI_KEY_LEFT}, {"Right", UI_KEY_RIGHT}, {"PgUp", UI_KEY_PAGE_UP},
    {"PgDn", UI_KEY_PAGE_DOWN}, {"Home", UI_KEY_HOME}, {"End", UI_KEY_END}, {"Backspace", UI_KEY_BACKSPACE}, {"F1", UI_KEY_F1}};

int ui_key_named(const char *name)
{
    for (size_t i = 0; i < sizeof key_name / sizeof *key_name; i++)
        if (!strcmp(key_name[i].name, name))
            return key_name[i].key;
    const char *at = name;
    int code = (int)text_next(&at);
    return *at ? UI_KEY_NONE : code;
}

/* What a key means on every page of a game. */
static bool key_everywhere(struct ui *ui, int key)
{
    switch (key) {
    case 'N': paper_open(ui); return true;
    case 'b': brief_open(ui); return true;
    case 'w': causes_open(ui, dash_number(ui)); return true;
    case 'i': measures_open(ui); return true;
    case 'n': network_open(ui); return true;
    case 'T': timeline_open(ui); return true;
    case 's':
        if (ui->numbers > 0)
            source_open(ui, ui->program->quantity[dash_number(ui).quantity].name);
        return true;
    case '?': case UI_KEY_F1: keycard_open(ui); return true;
    case ':': palette_open(ui); return true;
    case 'q': ui_leave_open(ui); return true;
    case UI_KEY_ESC: case UI_KEY_BACKSPACE:
        if (ui->page_count > 1)
            ui_pop(ui);
        return true;
    default: return false;
    }
}

void ui_key(struct ui *ui, int key)
{
    if (key == UI_KEY_GONE) {
        ui->end = UI_LEFT;
        return;
    }
    if (key == UI_KEY_LEAVE || (key == 'q' && ui_too_small(ui))) {
        ui_leave_open(ui);
        return;
    }
    if (key == UI_KEY_NONE || key == UI_KEY_RESIZE || key == UI_KEY_REDRAW || ui->page_count == 0)
        return;
    struct page *top = &ui->page[ui->page_count - 1];
    if (ui_too_small(ui) && top->ops != &leave_page)
        return;                                                      /* nothing may happen that is not seen */
    ui->notice = NULL;
    if (!top->ops->key(ui, top->self, key) && !top->ops->alone)
        key_everywhere(ui, key);
}

enum ui_end ui_run(struct ui *ui)
{
    enum { AHEAD_PAUSE = 40 };                                       /* milliseconds without a key before futures are worked out */
    REQUIRE(ui->on_terminal);
    ui->end = UI_GOING;
    while (ui->end == UI_GOING) {
        struct arena_mark mark = arena_mark(&ui->frame);
        screen_size(&ui->columns, &ui->rows);
        ui->glyphs = screen_glyphs();
        struct canvas c = canvas_new(&ui->frame, ui->columns, ui->rows, ui->glyphs);
        ui_draw(ui, &c);
        screen_show(&c);
        arena_reset(&ui->frame, mark);
        ui->ahead_now = ui->ahead_waits && !screen_key_waits(AHEAD_PAUSE);
        if (!ui->ahead_now)                                          /* else the same again, with what may come */
            ui_key(ui, screen_key());
    }
    return ui->end;
}

/* --- frames ---------------------------------------------------------------------------------------------------------------- */

bool ui_too_small(const struct ui *ui)
{
    return ui->columns < LEAST_WIDTH || ui->rows < LEAST_HEIGHT;
}

static void draw_too_small(struct ui *ui, struct canvas *c)
{
    enum { BOX_WIDTH = 40, BOX_HEIGHT = 6 };
    bool asked = ui->page_count > 0 && ui->page[ui->page_count - 1].ops == &leave_page;
    if (ui->columns < BOX_WIDTH || ui->rows < BOX_HEIGHT) {
        canvas_text(c, 0, 0, ui->columns, ROLE_STRONG, asked ? "leave? y n" : "need 80x24; q leave");
        return;
    }
    struct area box = {(ui->columns - BOX_WIDTH) / 2, (ui->rows - BOX_HEIGHT) / 2, BOX_WIDTH, BOX_HEIGHT};
    canvas_box(c, box);
    canvas_textf(c, box.x + 2, box.y + 1, BOX_WIDTH - 4, ROLE_STRONG, "This window is %dx%d.", ui->columns, ui->rows);
    canvas_text(c, box.x + 2, box.y + 2, BOX_WIDTH - 4, ROLE_PLAIN, "demarche needs 80x24. Make it larger");
    canvas_text(c, box.x + 2, box.y + 3, BOX_WIDTH - 4, ROLE_PLAIN, "and it goes on by itself. As plain");
    canvas_text(c, box.x + 2, box.y + 4, BOX_WIDTH - 4, asked ? ROLE_NEEDS : ROLE_PLAIN,
                asked ? "Leave the game? y leave  n stay" : "text: play with --linear.  q leave");
}

void ui_draw(struct ui *ui, struct canvas *c)
{
    ui->ahead_waits = false;
    if (ui_too_small(ui)) {
        draw_too_small(ui, c);
        return;
    }
    int first = ui->page_count - 1;
    while (first > 0 && ui->page[first].ops->over)
        first--;
    for (int i = first; i < ui->page_count; i++)
        ui->page[i].ops->draw(ui, c, ui->page[i].self);
}

void ui_show_waiting(struct ui *ui, const char *what)
{
    if (!ui->on_terminal)
        return;
    struct arena_mark mark = arena_mark(&ui->frame);
    screen_size(&ui->columns, &ui->rows);
    struct canvas c = canvas_new(&ui->frame, ui->columns, ui->rows, ui->glyphs);
    ui_draw(ui, &c);
    if (!ui_too_small(ui)) {
        static const struct hint none[] = {{NULL, NULL}};
        struct area in = ui_popup(ui, &c, 44, 3, "", none);
        canvas_text(&c, in.x, in.y, in.w, ROLE_STRONG, what);
    }
    screen_show(&c);
    arena_reset(&ui->frame, mark);
}

void ui_head(struct canvas *c, int x, int y, int cells, const char *title)
{
    if (cells < 5 || !*title)
        return;
    int n = canvas_text(c, x + 1, y, cells - 3, ROLE_STRONG, title);
    canvas_text(c, x, y, 1, ROLE_PLAIN, " ");
    canvas_text(c, x + 1 + n, y, 1, ROLE_PLAIN, " ");
}

void ui_footer(struct canvas *c, int x, int y, int cells, const struct hint *hint)
{
    int at = 0;
    for (; hint->key; hint++) {
        int need = text_width(hint->key) + 1 + text_width(hint->word) + 2;
        if (at + need > cells)
            continue;
        canvas_text(c, x + at, y, 1, ROLE_PLAIN, " ");
        canvas_text(c, x + at + 1, y, need, ROLE_KEY, hint->key);
        canvas_textf(c, x + at + 1 + text_width(hint->key), y, need, ROLE_PLAIN, " %s ", hint->word);
        at += need;
    }
}

const char *ui_moment(struct ui *ui, struct arena *a, int moment)
{
    return program_date_long(ui->program, a, view_time(ui->view) - (view_turn(ui->view) - moment) * ui->program->time.turn);
}

const char *ui_seat_title(struct ui *ui, int seat)
{
    if (seat < 0)
        return "everybody";
    const struct seat *s = &ui->program->seat[seat];
    return s->title && *s->title ? s->title : s->name;
}

enum role ui_seat_role(int seat)
{
    return seat < 0 ? ROLE_DIM : (enum role)(ROLE_SEAT_A + seat % 4);
}

struct area ui_chrome(struct ui *ui, struct canvas *c, const char *what, const struct hint *hint)
{
    struct area box = {0, 0, ui->columns, ui->rows};
    if (box.w > MOST_WIDTH) {
        box.x = (box.w - MOST_WIDTH) / 2;
        box.w = MOST_WIDTH;
    }
    if (box.h > MOST_HEIGHT) {
        box.y = (box.h - MOST_HEIGHT) / 2;
        box.h = MOST_HEIGHT;
    }
    canvas_clear(c, box);
    canvas_box(c, box);

    int turn = view_turn(ui->view) + 1, turns = view_turns(ui->view), right = box.x + box.w - 2;
    const char *you = ui->watching ? "watching" : ui_seat_title(ui, ui->seat);
    int you_width = text_width(you) < 30 ? text_width(you) : 30;
    canvas_textf(c, right - you_width - 2, box.y, you_width + 2, ROLE_PLAIN, " ");
    canvas_text(c, right - you_width - 1, box.y, you_width, ui_seat_role(ui->seat), you);
    canvas_text(c, right - 1, box.y, 1, ROLE_PLAIN, " ");

    int x = box.x + 2, end = right - you_width - 4;
    ui_head(c, x, box.y, end - x, ui->program->id);
    x += text_width(ui->program->id) + 4;
    const char *when = view_over(ui->view) || turn > turns ? arena_printf(&ui->frame, "after T%d, %s", turn - 1, ui_moment(ui, &ui->frame, turn - 1))
                                                           : arena_printf(&ui->frame, "T%d/%d %s", turn, turns, ui_moment(ui, &ui->frame, view_turn(ui->view)));
    if (x < end)
        ui_head(c, x, box.y, end - x, when);
    x += text_width(when) + 4;
    if (x < end)
        ui_head(c, x, box.y, end - x, what);
    x += text_width(what) + 4;
    if (ui->seed && x + text_width(ui->seed) + 2 <= end)             /* only whole: a part of a number is another number */
        canvas_textf(c, end - text_width(ui->seed) - 2, box.y, text_width(ui->seed) + 2, ROLE_DIM, " %s ", ui->seed);

    static const struct hint help[] = {{"?", "keys"}, {"q", "leave"}, {NULL, NULL}};
    int help_width = c->typing ? 0 : text_width("? keys") + text_width("q leave") + 4;
    ui_footer(c, box.x + 2, box.y + box.h - 1, box.w - 4 - help_width, hint);
    if (!c->typing)
        ui_footer(c, box.x + box.w - 2 - help_width, box.y + box.h - 1, help_width, help);
    if (ui->notice) {
        if (ui->notice_warns)
            canvas_text(c, box.x + 2, box.y + box.h - 2, 1, ROLE_WARN, "!");
        else
            canvas_glyph(c, box.x + 2, box.y + box.h - 2, ROLE_STRONG, GLYPH_DOT);
        canvas_text(c, box.x + 4, box.y + box.h - 2, box.w - 6, ui->notice_warns ? ROLE_WARN : ROLE_STRONG, ui->notice);
    }
    return (struct area){box.x + 1, box.y + 1, box.w - 2, box.h - 3};
}

struct area ui_popup(struct ui *ui, struct canvas *c, int w, int h, const char *title, const struct hint *hint)
{
    int most_w = ui->columns - 6, most_h = ui->rows - 2;
    w = w > most_w ? most_w : w;
    h = h > most_h ? most_h : h;
    struct area box = {(ui->columns - w) / 2, (ui->rows - h) / 2, w, h};
    canvas_clear(c, (struct area){box.x - 1, box.y, w + 2, h});
    canvas_box(c, box);
    ui_head(c, box.x + 2, box.y, w - 4, title);
    ui_footer(c, box.x + 2, box.y + h - 1, w - 4, hint);
    return (struct area){box.x + 2, box.y + 1, w - 4, h - 2};
}

const char *ui_label_fit(struct ui *ui, const char *label, int cells)
{
    const char *tail = strrchr(label, ',');
    int tail_width = tail ? text_width(tail) : 0;
    if (text_width(label) <= cells || !tail || tail_width + 6 > cells)
        return label;
    size_t n = text_fit(label, cells - tail_width - 1);
    while (n > 0 && label[n - 1] == ' ')
        n--;
    return arena_printf(&ui->frame, "%.*s%s%s", (int)n, label, ui->glyphs == TUI_GLYPHS_ASCII ? "." : "\xE2\x80\xA6", tail);
}

/* --- lists ----------------------------------------------------------------------------------------------------------------- */

void list_show(int cursor, int count, int height, int *top)
{
    if (height < 1)
        height = 1;
    if (cursor < *top)
        *top = cursor;
    if (cursor >= *top + height)
        *top = cursor - height + 1;
    if (*top > count - height)
        *top = count - height;
    if (*top < 0)
        *top = 0;
}

bool list_key(int key, int *cursor, int count, int height)
{
    int to = *cursor, page = height > 1 ? height - 1 : 1;
    switch (key) {
    case UI_KEY_UP: case 'k': to--; break;
    case UI_KEY_DOWN: case 'j': to++; break;
    case UI_KEY_PAGE_UP: to -= page; break;
    case UI_KEY_PAGE_DOWN: to += page; break;
    case UI_KEY_HOME: case 'g': to = 0; break;
    case UI_KEY_END: case 'G': to = count - 1; break;
    default: return false;
    }
    *cursor = to >= count ? (count > 0 ? count - 1 : 0) : to < 0 ? 0 : to;
    return true;
}

bool filter_key(struct filter *f, int key)
{
    size_t n = strlen(f->text);
    if (key == UI_KEY_ENTER) {
        f->typing = false;
    } else if (key == UI_KEY_ESC || (key == UI_KEY_BACKSPACE && n == 0)) {
        f->typing = false;
        f->text[0] = '\0';
    } else if (key == UI_KEY_BACKSPACE) {
        f->text[n - 1] = '\0';
    } else if (key >= ' ' && key < 0x7F && n + 1 < sizeof f->text) {
        f->text[n] = (char)key;
        f->text[n + 1] = '\0';
    } else {
        return false;
    }
    return true;
}

bool filter_lets(const struct filter *f, const char *text)
{
    const char *want = f->text;
    bool not = *want == '!';
    if (not)
        want++;
    if (!*want)
        return true;
    for (; *text; text++)
        if (text_starts(text, want))
            return !not;
    return not;
}
