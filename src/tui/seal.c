/* tui/seal.c — the commit sheet: the orders as they will be played, asked once. The only page where Enter commits. */
#include "base/text.h"
#include "tui/tui_private.h"

static const struct hint seal_hints[] = {{"Enter", "commit and play the turn"}, {"Esc", "back to the plan"}, {NULL, NULL}};

static void seal_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct pager *p = self;
    const struct doc_line *line;
    enum { WIDTH = 74, AROUND = 5 };
    int count = doc_lines(p->doc, &ui->frame, WIDTH - 4, &line);
    struct area in = ui_popup(ui, c, WIDTH, count + AROUND, "commit sheet", seal_hints);
    int room = in.h - 3 > 0 ? in.h - 3 : 1;
    pager_draw(ui, c, (struct area){in.x, in.y, in.w, room}, p);
    int y = in.y + in.h - 2;
    canvas_text(c, in.x, y, 31, ROLE_NEEDS, "> Commit and play this turn?");
    canvas_text(c, in.x + 32, y, in.w - 32, ROLE_PLAIN, "Enter: yes. Esc: back to the plan.");
    canvas_text(c, in.x, y + 1, in.w, ROLE_DIM, "Nothing can be changed after this.");
    canvas_cursor(c, in.x + 2, y);
}

static bool seal_key(struct ui *ui, void *self, int key)
{
    if (key == UI_KEY_ENTER || key == 'y')
        ui->end = UI_SEALED;
    else if (key == UI_KEY_ESC || key == UI_KEY_BACKSPACE || key == 'n' || key == 'q')
        ui_pop(ui);
    else if (key == 'z') {
        ui_pop(ui);
        draft_undo(ui);
    } else {
        pager_key(self, key);
    }
    return true;
}

static const struct page_ops seal_page = {.name = "commit", .draw = seal_draw, .key = seal_key, .over = true, .alone = true, .size = sizeof(struct pager), .keys = "z"};

void seal_open(struct ui *ui)
{
    struct pager *p = ui_push(ui, &seal_page);
    struct doc *doc = doc_new(&ui->pages);
    report_plan(doc, ui->view, &ui->plan);
    if (talk_here(ui) && report_duties(doc, ui->view, &ui->plan) == 0)
        doc_text(doc, "No promise is broken by this.");
    p->doc = doc;
}
