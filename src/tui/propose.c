/* tui/propose.c — writing a proposal: its line, what it says in plain words or where it is wrong, and what can be promised. Asked once
 * before it is sent. */
#include <ctype.h>
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

struct editor {
    struct field field;
    int counters;                       /* the number it answers, or 0 */
    bool tried, asked;                  /* Enter was pressed on a wrong line; "send it?" stands */
    struct proposal proposal;           /* while asked */
    struct pager promisable, words;
};

static const struct hint write_hints[] = {{"Enter", "read it over"}, {"left/right", "move"}, {"PgUp PgDn", "the list"}, {"Esc", "put aside"}, {NULL, NULL}};
static const struct hint send_hints[] = {{"y", "send"}, {"n", "change it"}, {"Space", "on"}, {NULL, NULL}};

static const char *read_line(struct ui *ui, struct arena *a, const struct editor *e, struct proposal *q, int *at)
{
    return proposal_parse(ui->program, a, (struct proposal_place){ui->seat, view_first_turn(ui->view)}, e->field.text, q, at);
}

static const char *heading_of(struct ui *ui, const struct editor *e)
{
    return e->counters ? arena_printf(&ui->frame, "Your counter to %d. Change the line as you would have it.", e->counters)
                       : "Your offer. For another kind begin with ask, threat, assurance, report.";
}

static void editor_draw(struct ui *ui, struct canvas *c, void *self)
{
    enum { FIELD_ROWS = 8, STATUS_ROWS = 4 };
    struct editor *e = self;
    c->typing = true;                                                /* the frame names no keys of its own here */
    struct area in = ui_chrome(ui, c, "TALK", e->asked ? send_hints : write_hints);
    const int x = in.x + 1, w = in.w - 2;
    c->typing = false;
    if (e->asked) {
        canvas_text(c, x, in.y, w, ROLE_NEEDS, "> Send it? y: yes. n: no, back to the line.");
        canvas_across(c, in.x - 1, in.y + 1, in.w + 2);
        pager_draw(ui, c, (struct area){x, in.y + 2, w, in.h - 2}, &e->words);
        canvas_cursor(c, x + 2, in.y);
        return;
    }
    struct proposal q;
    int at = 0;
    const char *wrong = read_line(ui, &ui->frame, e, &q, &at);
    struct doc *d = doc_new(&ui->frame);
    const char *stop = wrong && wrong[strlen(wrong) - 1] == '?' ? "" : ".";
    if (wrong && e->tried)
        doc_warn(d, "%c%s%s", toupper((unsigned char)wrong[0]), wrong + 1, stop);
    else if (wrong)
        doc_quiet(d, "%c%s%s", toupper((unsigned char)wrong[0]), wrong + 1, stop);
    else
        doc_text(d, "%s", proposal_say(ui->program, &ui->frame, &q));
    canvas_text(c, x, in.y, w, ROLE_STRONG, heading_of(ui, e));
    int y = in.y + 1 + STATUS_ROWS + FIELD_ROWS, cursor_x, cursor_y;
    pager_draw(ui, c, (struct area){x, y + 1, w, in.y + in.h - y - 1}, &e->promisable);
    canvas_across(c, in.x - 1, y, in.w + 2);
    ui_head(c, x, y, w, "what can be promised");
    y = in.y + 1 + field_draw(ui, c, (struct area){x, in.y + 1, w, FIELD_ROWS}, &e->field, wrong ? at : -1);
    cursor_x = c->cursor_x;
    cursor_y = c->cursor_y;
    doc_into(ui, c, (struct area){x, y + (y < in.y + FIELD_ROWS), w, STATUS_ROWS}, d);
    canvas_cursor(c, cursor_x, cursor_y);
}

static void read_over(struct ui *ui, struct editor *e)
{
    int at;
    const char *wrong = read_line(ui, &ui->turn, e, &e->proposal, &at);
    e->tried = wrong != NULL;
    if (wrong) {
        e->field.at = (size_t)at;
        ui_say(ui, true, "It is not a proposal yet: see the mark.");
        return;
    }
    struct doc *d = doc_new(&ui->pages);
    doc_heading(d, "In plain words");
    doc_text(d, "%s", proposal_say(ui->program, &ui->pages, &e->proposal));
    e->words = (struct pager){.doc = d};
    e->asked = true;
    screen_forget();
}

static struct editor *editor_of(struct ui *ui)
{
    for (int i = ui->page_count - 1; i >= 0; i--)
        if (strcmp(ui->page[i].ops->name, "write") == 0)
            return ui->page[i].self;
    return NULL;
}

static void send_it(struct ui *ui, const struct readings *readings)
{
    int number;
    struct editor *e = editor_of(ui);
    const struct say say = {.kind = SAY_PROPOSE, .number = e->counters, .proposal = &e->proposal, .readings = readings};
    const char *wrong = table_say(ui->view, &ui->turn, &say, &number);
    if (wrong) {
        e->asked = false;
        ui_say(ui, true, "It cannot be sent: %s.", wrong);
        return;
    }
    ui->unsent = NULL;
    talk_came_of(ui, number);
}

static void put_aside(struct ui *ui, const struct editor *e)
{
    ui->unsent = arena_text(&ui->turn, e->field.text);
    ui->unsent_counters = e->counters;
    ui_pop(ui);
    ui_say(ui, false, "Not sent. Your line is kept for this turn: o takes it up again.");
}

static bool editor_key(struct ui *ui, void *self, int key)
{
    struct editor *e = self;
    if (e->asked) {
        if (key == 'y' || key == 'Y')
            saying_readings(ui, &e->proposal, send_it);
        else if (key == 'n' || key == 'N' || key == UI_KEY_ESC || key == UI_KEY_BACKSPACE)
            e->asked = false;
        else
            pager_key(&e->words, key);
        return true;
    }
    switch (key) {
    case UI_KEY_ENTER: read_over(ui, e); break;
    case UI_KEY_ESC: put_aside(ui, e); break;
    case UI_KEY_UP: case UI_KEY_DOWN: case UI_KEY_PAGE_UP: case UI_KEY_PAGE_DOWN: pager_key(&e->promisable, key); break;
    default: field_key(&e->field, key); break;
    }
    return true;
}

static const struct page_ops editor_page = {.name = "write", .draw = editor_draw, .key = editor_key, .alone = true, .size = sizeof(struct editor), .keys = ""};

static void editor_open(struct ui *ui, const char *text, int counters)
{
    struct editor *e = ui_push(ui, &editor_page);
    struct doc *d = doc_new(&ui->pages);
    field_set(&e->field, text);
    e->counters = counters;
    report_promisable(d, ui->program);
    e->promisable = (struct pager){.doc = d, .typing = true};
}

void propose_counter(struct ui *ui, const struct bargain *b)
{
    struct proposal q = b->proposal;
    const unsigned own = 1u << ui->seat;
    q.kind = PROPOSAL_OFFER;
    q.to = (q.to | 1u << q.from) & ~own;
    q.from = ui->seat;
    q.expires = -1;
    const char *line = proposal_print(ui->program, &ui->turn, (struct proposal_place){ui->seat, view_first_turn(ui->view)}, &q);
    editor_open(ui, line, b->number);
}

/* A line put aside goes on as what it was, unless what it answers has been answered. */
static void take_up(struct ui *ui)
{
    const struct bargain *b = ui->unsent_counters ? view_bargain(ui->view, ui->unsent_counters) : NULL;
    editor_open(ui, ui->unsent, b && bargain_waits_for(b, ui->seat) ? b->number : 0);
}

static void begin(struct ui *ui, int index)
{
    const struct program *p = ui->program;
    const int seat = ui->choice[index];
    if (seat < 0)
        take_up(ui);
    else
        editor_open(ui, arena_printf(&ui->turn, "offer %s: %s will ", p->seat[seat].name, p->seat[ui->seat].name), 0);
}

void propose_open(struct ui *ui)
{
    const char *item[MOST_SEATS + 1], *note[MOST_SEATS + 1];
    int n = 0;
    if (ui->unsent) {
        item[n] = "Go on";
        note[n] = ui->unsent;
        ui->choice[n++] = -1;
    }
    for (int s = 0; s < ui->program->seats; s++)
        if (s != ui->seat) {
            item[n] = ui_seat_title(ui, s);
            note[n] = ui->unsent ? "a new offer" : "";
            ui->choice[n++] = s;
        }
    if (n == 1)
        begin(ui, 0);
    else if (n > 1)
        pick_open(ui, "an offer to whom?", item, note, n, begin);
}
