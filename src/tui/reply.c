/* tui/reply.c — the talk: another seat has tabled a move that waits for this one's word. Only `+` and `-` (or `0`, silence) answer. */
#include "tui/tui_private.h"

static const struct hint accept_hints[] = {{"+", "accept"}, {"0", "stay silent"}, {"Space", "on"}, {"i", "measures"}, {NULL, NULL}};
static const struct hint refuse_hints[] = {{"-", "refuse"}, {"+", "let it pass"}, {"Space", "on"}, {"i", "measures"}, {NULL, NULL}};

static bool refuses(const struct ui *ui)
{
    return ui->program->move[ui->tabled.move].answer == ANSWER_REFUSE;
}

static void reply_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct pager *p = self;
    struct area in = ui_chrome(ui, c, "TALK", refuses(ui) ? refuse_hints : accept_hints);
    const struct move *m = &ui->program->move[ui->tabled.move];
    struct row row = {.verb = ROW_DO, .move = ui->tabled.move, .target = ui->tabled.target, .setting = -1, .level = -1};
    int x = in.x + 1, used = canvas_text(c, x, in.y, in.w - 2, ui_seat_role(ui->tabled.seat), ui_seat_title(ui, ui->tabled.seat));
    canvas_textf(c, x + used, in.y, in.w - 2 - used, ROLE_STRONG, " tables: %s", row_say(ui->program, &ui->frame, row));
    canvas_text(c, x, in.y + 1, in.w - 2, ROLE_NEEDS, refuses(ui) ? "> It is in your hands. - refuses it, + lets it pass." : "> It is in your hands. + accepts it, 0 is silence.");
    canvas_text(c, x, in.y + 2, in.w - 2, ROLE_PLAIN, m->silence_passes ? "If you say nothing, it passes." : "If you say nothing, it fails.");
    if (m->answer_move >= 0) {
        struct row answer = {.verb = ROW_DO, .move = m->answer_move, .target = -1, .setting = -1, .level = -1};
        double cost = view_cost(ui->view, answer);
        const struct move *own = &ui->program->move[m->answer_move];
        const char *price = cost == 0 ? "free" : arena_printf(&ui->frame, "%g of your %g", cost, view_budget(ui->view));
        canvas_textf(c, x, in.y + 3, in.w - 2, ROLE_PLAIN, "To %s: '%s', %s.", refuses(ui) ? "refuse" : "accept", own->title ? own->title : own->name, price);
    }
    canvas_across(c, in.x - 1, in.y + 4, in.w + 2);
    pager_draw(ui, c, (struct area){x, in.y + 5, in.w - 2, in.h - 5}, p);
}

static bool reply_key(struct ui *ui, void *self, int key)
{
    if (key == '+' || key == '-' || key == '0') {
        ui->answer = refuses(ui) ? key == '-' : key == '+';
        ui->end = UI_ANSWERED;
        return true;
    }
    if (key == UI_KEY_ENTER) {
        ui_say(ui, false, refuses(ui) ? "Answer with - or +." : "Answer with + or 0.");
        return true;
    }
    return pager_key(self, key);
}

static const struct page_ops reply_page = {.name = "answer", .draw = reply_draw, .key = reply_key, .size = sizeof(struct pager), .keys = "N b w s i ? q"};

void reply_base(struct ui *ui, struct tabled tabled)
{
    struct pager *p = ui_base(ui, &reply_page);
    struct doc *doc = doc_new(&ui->pages);
    ui->tabled = tabled;
    report_move(doc, ui->view, tabled.move);
    const struct move *m = &ui->program->move[tabled.move];
    if (m->answer_move >= 0) {
        doc_gap(doc);
        report_move(doc, ui->view, m->answer_move);
    }
    p->doc = doc;
}
