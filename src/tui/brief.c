/* tui/brief.c — who you are and what you are judged on; the first page of a game, and one key away ever after. */
#include "tui/tui_private.h"

struct brief { bool long_form; struct pager pager; };

static const struct hint first_hints[] = {{"Enter", "begin"}, {"Space", "on"}, {"L", "long form"}, {NULL, NULL}};
static const struct hint later_hints[] = {{"Enter", "close"}, {"Space", "on"}, {"L", "long form"}, {"N", "news"}, {NULL, NULL}};

static void fill(struct ui *ui, struct brief *b)
{
    struct doc *doc = doc_new(&ui->pages);
    report_brief(doc, ui->view, b->long_form);
    b->pager = (struct pager){.doc = doc};
}

static void brief_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct brief *b = self;
    struct area in = ui_chrome(ui, c, "BRIEF", ui->brief_read ? later_hints : first_hints);
    pager_draw(ui, c, (struct area){in.x + 1, in.y, in.w - 2, in.h}, &b->pager);
}

static bool brief_key(struct ui *ui, void *self, int key)
{
    struct brief *b = self;
    if (key == 'L') {
        b->long_form = !b->long_form;
        fill(ui, b);
        return true;
    }
    if (key == UI_KEY_ENTER || key == UI_KEY_ESC) {
        ui->brief_read = true;
        ui_pop(ui);
        return true;
    }
    return pager_key(&b->pager, key);
}

static const struct page_ops brief_page = {.name = "brief", .draw = brief_draw, .key = brief_key, .size = sizeof(struct brief), .keys = "N w s i ? q"};

void brief_open(struct ui *ui)
{
    struct brief *b = ui_push(ui, &brief_page);
    fill(ui, b);
}
