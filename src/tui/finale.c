/* tui/finale.c — the end: how it ended, what it was worth, what was hidden, what to talk about, what the others were after. */
#include "tui/tui_private.h"

static const struct hint finale_hints[] = {{"Enter", "on, then leave"}, {"w", "why"}, {"N", "news"}, {"PgUp", "back"}, {NULL, NULL}};

static void finale_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct area in = ui_chrome(ui, c, ui->open ? "THE TABLE IS OPEN" : "THE END", finale_hints);
    pager_draw(ui, c, (struct area){in.x + 1, in.y, in.w - 2, in.h}, self);
}

/* Enter reads on and leaves only at the end, so that a second Enter on the page before loses nothing. */
static bool finale_key(struct ui *ui, void *self, int key)
{
    struct pager *p = self;
    if (key == UI_KEY_ENTER && !pager_at_end(p))
        return pager_key(p, UI_KEY_PAGE_DOWN);
    if (key == UI_KEY_ENTER || key == 'q') {
        ui->end = UI_READY;
        return true;
    }
    return pager_key(self, key);
}

static const struct page_ops finale_page = {.name = "end", .draw = finale_draw, .key = finale_key, .size = sizeof(struct pager), .keys = "N b w s i ? q"};

void finale_base(struct ui *ui)
{
    struct pager *p = ui_base(ui, &finale_page);
    struct doc *doc = doc_new(&ui->pages);
    report_debrief(doc, ui->view, ui->open, NULL, 0);
    if (ui->reasons > 0) {
        doc_gap(doc);
        doc_heading(doc, "What the others were after, turn by turn.");
        for (int i = 0; i < ui->reasons; i++)
            doc_item(doc, 0, "%s", ui->reason[i]);
    }
    p->doc = doc;
}
