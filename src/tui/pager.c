/* tui/pager.c — a document on the screen: wrapped to the width there is, read page by page. Words come from page/; here they get roles. */
#include "base/text.h"
#include "tui/tui_private.h"

static enum role role_of(enum doc_role role)
{
    switch (role) {
    case DOC_TITLE: case DOC_HEADING: case DOC_STRONG: return ROLE_STRONG;
    case DOC_QUIET: return ROLE_DIM;
    case DOC_WARN: return ROLE_WARN;
    case DOC_RISES: return ROLE_GOOD;
    case DOC_FALLS: return ROLE_BAD;
    case DOC_TEXT: case DOC_ITEM: case DOC_PAIR: case DOC_GAP: case DOC_SEAT: break;
    }
    return role >= DOC_SEAT ? ui_seat_role((int)role - DOC_SEAT) : ROLE_PLAIN;
}

/* A line, then its spans over it: bytes before a span say where its cells begin. */
static void draw_line(struct ui *ui, struct canvas *c, int x, int y, int cells, const struct doc_line *line)
{
    canvas_text(c, x, y, cells, role_of(line->role), line->text);
    for (int i = 0; i < line->spans; i++) {
        const struct doc_span *span = &line->span[i];
        const int from = text_width(arena_copy(&ui->frame, line->text, (size_t)span->at));
        const int width = text_width(arena_copy(&ui->frame, line->text + span->at, (size_t)span->length));
        if (from < cells)
            canvas_role(c, x + from, y, from + width > cells ? cells - from : width, role_of(span->role));
    }
}

/* Charts may use the whole width; words keep to a measure that reads well. Braille is for wide screens. */
static int lines_of(struct ui *ui, const struct doc *doc, struct area box, const struct doc_line **line)
{
    enum { WIDE = 100 };
    const enum doc_glyphs glyphs = ui->glyphs == TUI_GLYPHS_FULL && ui->columns >= WIDE ? DOC_FINE : (enum doc_glyphs)ui->glyphs;
    return doc_lines_as(doc, &ui->frame, box.w, glyphs, line);
}

int doc_into(struct ui *ui, struct canvas *c, struct area box, const struct doc *doc)
{
    const struct doc_line *line;
    int count = lines_of(ui, doc, box, &line), row = 0;
    for (; row < count && row < box.h; row++) {
        if (row == box.h - 1 && count > box.h) {
            canvas_textf(c, box.x, box.y + row, box.w, ROLE_DIM, "%d more lines: Enter", count - row);
            continue;
        }
        draw_line(ui, c, box.x, box.y + row, box.w, &line[row]);
    }
    return row;
}

/* The topmost line there is to go to: one row of a text too long for its box says what is left. */
static int last_top(const struct pager *p)
{
    return p->lines > p->height ? p->lines - p->height + 1 : 0;
}

void pager_draw(struct ui *ui, struct canvas *c, struct area box, struct pager *p)
{
    const struct doc_line *line;
    p->lines = lines_of(ui, p->doc, box, &line);
    p->height = box.h;
    if (p->top > last_top(p))
        p->top = last_top(p);
    int rows = box.h;
    if (p->lines > box.h) {
        rows--;                                                      /* the last row says what is left */
        int below = p->lines - p->top - rows;
        if (below > 0)
            canvas_textf(c, box.x, box.y + rows, box.w, ROLE_DIM, "%d more line%s: %sPgDn", below, below == 1 ? "" : "s", p->typing ? "" : "Space or ");
        else
            canvas_text(c, box.x, box.y + rows, box.w, ROLE_DIM, "the end; PgUp goes back");
    }
    for (int row = 0; row < rows && p->top + row < p->lines; row++)
        draw_line(ui, c, box.x, box.y + row, box.w, &line[p->top + row]);
    canvas_cursor(c, box.x, box.y);
}

bool pager_at_end(const struct pager *p)
{
    return p->top >= last_top(p);
}

bool pager_key(struct pager *p, int key)
{
    int page = p->height > 3 ? p->height - 2 : 1, most = last_top(p);
    switch (key) {
    case UI_KEY_DOWN: case 'j': p->top++; break;
    case UI_KEY_UP: case 'k': p->top--; break;
    case UI_KEY_PAGE_DOWN: case ' ': p->top += page; break;
    case UI_KEY_PAGE_UP: p->top -= page; break;
    case UI_KEY_HOME: case 'g': p->top = 0; break;
    case UI_KEY_END: case 'G': p->top = p->lines; break;
    default: return false;
    }
    if (p->top > most)
        p->top = most;
    if (p->top < 0)
        p->top = 0;
    return true;
}

/* --- a page that is one text ----------------------------------------------------------------------------------------------- */

struct text_page { const char *title; struct pager pager; };

static const struct hint text_hints[] = {{"Space", "on"}, {"PgUp", "back"}, {"Esc", "close"}, {NULL, NULL}};

static void text_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct text_page *t = self;
    struct area in = ui_chrome(ui, c, t->title, text_hints);
    pager_draw(ui, c, (struct area){in.x + 1, in.y, in.w - 2, in.h}, &t->pager);
}

static bool text_key(struct ui *ui, void *self, int key)
{
    struct text_page *t = self;
    if (key == UI_KEY_ENTER) {
        ui_pop(ui);
        return true;
    }
    return pager_key(&t->pager, key);
}

static const struct page_ops text_page_ops = {.name = "text", .draw = text_draw, .key = text_key, .size = sizeof(struct text_page), .keys = "N b w s i n T ? q"};

struct doc *pager_open(struct ui *ui, const char *title)
{
    struct text_page *t = ui_push(ui, &text_page_ops);
    struct doc *doc = doc_new(&ui->pages);
    t->title = arena_text(&ui->pages, title);
    t->pager.doc = doc;
    return doc;
}

void measures_open(struct ui *ui)
{
    report_measures(pager_open(ui, "MEASURES"), ui->view);
}

void source_open(struct ui *ui, const char *name)
{
    report_source(pager_open(ui, "SOURCE"), ui->program, name);
}

void network_open(struct ui *ui)
{
    report_network(pager_open(ui, "NETWORK"), ui->view, true);
}

void timeline_open(struct ui *ui)
{
    report_timeline(pager_open(ui, "TIMELINE"), ui->view, true, 0);
}
