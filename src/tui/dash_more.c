/* tui/dash_more.c — panels of the dashboard that come from documents: what may come of the marked move, the map, the timeline, the table.
 * Whatever they show stands on a page of its own, too: a panel is only the part for which there is room. */
#include "base/text.h"
#include "lab/forecast.h"
#include "tui/tui_private.h"

enum { PASTS = 4, SENTENCE_ROWS = 3, TALL = 10 };

/* The plan in hand, and the marked move if it could be added as it stands. Returns whether it was. */
static bool plan_ahead(struct ui *ui, struct plan *plan)
{
    const int move = ui->dash.focus == FOCUS_MOVES ? dash_move(ui) : -1;
    *plan = ui->plan;
    if (move < 0 || draft_planned(ui, move) || plan->rows == MOST_ROWS)
        return false;
    struct row row = {.verb = ROW_DO, .move = move, .target = -1, .setting = -1, .level = -1};
    int target = 0;
    if (ui->program->move[move].target >= 0 && view_targets(ui->view, move, &target, 1) == 1)
        row.target = target;
    if (view_judge(ui->view, &ui->frame, plan, row))
        return false;
    plan->row[plan->rows++] = row;
    return true;
}

const char *ahead_title(struct ui *ui)
{
    struct plan plan;
    if (!ui->ahead.ask || ui->numbers == 0 || view_over(ui->view))
        return NULL;
    const char *label = report_label(ui->view, &ui->frame, dash_number(ui));
    const bool marked = plan_ahead(ui, &plan);
    return arena_printf(&ui->frame, "%s, %s", marked ? "with this move" : plan.rows ? "with your plan" : "if you hold", label);
}

void ahead_draw(struct ui *ui, struct canvas *c, struct area box)
{
    struct plan plan;
    plan_ahead(ui, &plan);
    const struct forecast *f = ui->ahead.ask(ui->ahead.self, ui->view, &plan, dash_number(ui), ui->ahead_now);
    if (!f) {
        ui->ahead_waits = !ui->ahead_now;
        canvas_text(c, box.x, box.y, box.w, ROLE_DIM, ui->ahead_now ? "no future can be worked out" : "what may come...");
        return;
    }
    struct doc *doc = doc_new(&ui->frame);
    const bool tall = box.h >= TALL;
    report_fan(doc, ui->view, &plan, f, 0, PASTS, box.h - 1 - (tall ? SENTENCE_ROWS : 1), !tall);
    doc_into(ui, c, box, doc);
}

void map_draw(struct ui *ui, struct canvas *c, struct area box)
{
    struct doc *doc = doc_new(&ui->frame);
    report_map(doc, ui->view, box.h);
    doc_into(ui, c, box, doc);
}

void times_draw(struct ui *ui, struct canvas *c, struct area box)
{
    struct doc *doc = doc_new(&ui->frame);
    const struct doc_line *line;
    report_timeline(doc, ui->view, true, box.h);
    if (doc_lines_as(doc, &ui->frame, box.w, (enum doc_glyphs)ui->glyphs, &line) <= 2)
        canvas_text(c, box.x, box.y + 2, box.w, ROLE_DIM, "nothing has happened that you know of");
    doc_into(ui, c, box, doc);
}

void promises_draw(struct ui *ui, struct canvas *c, struct area box)
{
    struct doc *doc = doc_new(&ui->frame);
    report_table(doc, ui->view);
    doc_into(ui, c, box, doc);
}
