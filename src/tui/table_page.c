/* tui/table_page.c — the table of a game with a dialogue: what lies on it, answering what waits, and what came of it. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

const struct action talk_table[] = {
#define ACTION(id, key, word, argument, palette, help) {#id, key, word, argument, palette, help},
#include "page/talk.def"
#undef ACTION
};
const int talk_count = (int)(sizeof talk_table / sizeof *talk_table);

bool talk_here(const struct ui *ui)
{
    return ui->program->dialogue.given && !ui->watching && !view_over(ui->view);
}

static int waiting(const struct ui *ui, int *number)
{
    const struct bargain *b[MOST_CHOICES];
    const int n = view_bargains(ui->view, b, MOST_CHOICES);
    int count = 0;
    for (int i = 0; i < n; i++)
        if (bargain_waits_for(b[i], ui->seat))
            number[count++] = b[i]->number;
    return count;
}

static int found_short(const struct ui *ui)
{
    const struct bargain *b[MOST_CHOICES];
    const int n = view_bargains(ui->view, b, MOST_CHOICES);
    int found = 0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < b[i]->proposal.clauses; c++)
            found += bargain_found(b[i], c, ui->seat);
    return found;
}

const char *talk_waits(struct ui *ui)
{
    int number[MOST_CHOICES];
    const int n = talk_here(ui) ? waiting(ui, number) : 0;
    const int found = talk_here(ui) ? found_short(ui) : 0;
    if (found)
        return arena_printf(&ui->frame, found == 1 ? "%d promise is seen to fall short: x says what you make of it" : "%d promises are seen to fall short: x says what you make of them", found);
    return n == 0 ? NULL : n == 1 ? "1 proposal waits for your answer: t table, r reply" : arena_printf(&ui->frame, "%d proposals wait for your answer: t table, r reply", n);
}

const char *talk_owed(struct ui *ui, bool *breaks)
{
    struct duty duty[MOST_MONITORS];
    int broken[MOST_MONITORS];
    const int n = talk_here(ui) ? view_duties(ui->view, duty, MOST_MONITORS) : 0, b = view_breaks(ui->view, &ui->plan, duty, n, broken);
    *breaks = b > 0;
    if (n == 0)
        return NULL;
    if (b > 0 && n == 1)
        return "! breaks the promise you owe: t";
    if (b > 0)
        return arena_printf(&ui->frame, "! breaks %d of your %d promises: t", b, n);
    return arena_printf(&ui->frame, "you owe %d promise%s: t", n, n == 1 ? "" : "s");
}

/* --- the table ------------------------------------------------------------------------------------------------------------- */

struct table_text { const char *title; struct pager pager; };

static const struct hint table_hints[] = {{"r", "reply"}, {"o", "offer"}, {"x", "say more"}, {"Space", "on"}, {"Esc", "close"}, {NULL, NULL}};

static void table_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct table_text *t = self;
    struct area in = ui_chrome(ui, c, t->title, table_hints);
    pager_draw(ui, c, (struct area){in.x + 1, in.y, in.w - 2, in.h}, &t->pager);
}

static bool table_key(struct ui *ui, void *self, int key)
{
    struct table_text *t = self;
    if (key == UI_KEY_ENTER) {
        ui_pop(ui);
        return true;
    }
    return talk_key(ui, key) || pager_key(&t->pager, key);
}

static const struct page_ops table_page = {.name = "table", .draw = table_draw, .key = table_key, .size = sizeof(struct table_text), .keys = "o r t x N b w s i ? q"};

static struct doc *table_text_open(struct ui *ui, const char *title)
{
    struct table_text *t = ui_push(ui, &table_page);
    t->title = title;
    struct doc *doc = doc_new(&ui->pages);
    t->pager.doc = doc;
    return doc;
}

static void table_open(struct ui *ui)
{
    struct doc *d = table_text_open(ui, "TABLE");
    if (report_found(d, ui->view)) {
        doc_text(d, "x: declare it broken, let it pass, or ask. If you say nothing, it is declared broken when you commit.");
        doc_gap(d);
    }
    report_table(d, ui->view);
    doc_gap(d);
    report_agreements(d, ui->view);
    struct duty duty[MOST_MONITORS];
    if (view_duties(ui->view, duty, MOST_MONITORS) > 0) {
        doc_gap(d);
        doc_heading(d, "What you owe now.");
        report_duties(d, ui->view, &ui->plan);
    }
}

void talk_came_of(struct ui *ui, int number)
{
    while (ui->page_count > 1)
        ui_pop(ui);
    draft_refresh(ui);
    struct doc *d = table_text_open(ui, "TALK");
    const struct bargain *b = view_bargain(ui->view, number);
    for (; b; b = b->countered_by ? view_bargain(ui->view, b->countered_by) : NULL) {
        report_proposal(d, ui->view, b);
        doc_gap(d);
    }
    const char *waits = talk_waits(ui);
    if (waits)
        doc_text(d, "%s.", waits);
    doc_quiet(d, "Enter or Esc: back to the plan.");
}

/* --- answering one --------------------------------------------------------------------------------------------------------- */

struct answer { struct pager pager; int number; bool asked; };

static const struct hint answer_hints[] = {{"+", "accept"}, {"-", "refuse"}, {"o", "counter"}, {"Space", "on"}, {"Esc", "leave it open"}, {NULL, NULL}};
static const struct hint asked_hints[] = {{"y", "accept"}, {"n", "back"}, {NULL, NULL}};

static void answer_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct answer *t = self;
    c->typing = t->asked;                                            /* then the frame names no keys of its own */
    struct area in = ui_chrome(ui, c, "TALK", t->asked ? asked_hints : answer_hints);
    c->typing = false;
    const char *ask = t->asked ? "> Accept it? It binds you, and is not taken back. y: yes, n: no." : "> It waits for your answer. + accepts, - refuses, o answers with a counter.";
    canvas_text(c, in.x + 1, in.y, in.w - 2, ROLE_NEEDS, ask);
    canvas_across(c, in.x - 1, in.y + 1, in.w + 2);
    pager_draw(ui, c, (struct area){in.x + 1, in.y + 2, in.w - 2, in.h - 2}, &t->pager);
    canvas_cursor(c, in.x + 3, in.y);
}

void talk_say(struct ui *ui, const struct say *say)
{
    int made;
    const char *wrong = table_say(ui->view, &ui->turn, say, &made);
    if (wrong)
        ui_say(ui, true, "That cannot be: %s.", wrong);
    else
        talk_came_of(ui, say->kind == SAY_PROPOSE ? made : say->number);
}

static void accept(struct ui *ui, const struct readings *readings)
{
    talk_say(ui, &(struct say){.kind = SAY_ACCEPT, .number = ui->answering, .readings = readings});
}

static void refuse(struct ui *ui, int reason)
{
    talk_say(ui, &(struct say){.kind = SAY_REJECT, .number = ui->answering, .reason = (enum reject_reason)reason});
}

static void refuse_open(struct ui *ui)
{
    static const char *const item[] = {"No reason", "Price", "Trust", "Home", "Order", "Not ours"},
                            *const note[] = {"a plain no", "it costs us more than it brings", "we do not believe that it would be kept", "our own people would not have it",
                                             "the other side would have to go first", "what is asked is not ours to give"};
    pick_open(ui, "refuse it, and say why", item, note, 6, refuse);
}

static bool answer_key(struct ui *ui, void *self, int key)
{
    struct answer *t = self;
    if (t->asked) {
        if (key == 'y' || key == 'Y') {
            t->asked = false;
            ui->answering = t->number;
            saying_readings(ui, &view_bargain(ui->view, t->number)->proposal, accept);
        } else if (key == 'n' || key == 'N' || key == 'q' || key == UI_KEY_ESC || key == UI_KEY_BACKSPACE) {
            t->asked = false;
        } else {
            pager_key(&t->pager, key);
        }
        return true;
    }
    switch (key) {
    case '+': t->asked = true; return true;
    case '-':
        ui->answering = t->number;
        refuse_open(ui);
        return true;
    case 'o': propose_counter(ui, view_bargain(ui->view, t->number)); return true;
    case UI_KEY_ENTER: ui_say(ui, false, "Answer with +, - or o; Esc leaves it open."); return true;
    default: return pager_key(&t->pager, key);
    }
}

static const struct page_ops answer_page = {.name = "proposal", .draw = answer_draw, .key = answer_key, .size = sizeof(struct answer), .keys = "o N b w s i ? q"};

static void answer_open(struct ui *ui, int index)
{
    struct answer *t = ui_push(ui, &answer_page);
    struct doc *d = doc_new(&ui->pages);
    t->number = ui->choice[index];
    t->pager.doc = d;
    report_proposal(d, ui->view, view_bargain(ui->view, t->number));
}

static void reply_open(struct ui *ui)
{
    const char *item[MOST_CHOICES], *note[MOST_CHOICES];
    const int n = waiting(ui, ui->choice);
    if (n == 0) {
        ui_say(ui, false, "Nothing waits for your answer; t shows the table, o makes an offer.");
        return;
    }
    if (n == 1) {
        answer_open(ui, 0);
        return;
    }
    for (int i = 0; i < n; i++) {
        const struct bargain *b = view_bargain(ui->view, ui->choice[i]);
        item[i] = arena_printf(&ui->turn, "%d from %s", b->number, ui_seat_title(ui, b->proposal.from));
        note[i] = clause_say(ui->program, &ui->turn, &b->proposal.clause[0]);
    }
    pick_open(ui, "answer which?", item, note, n, answer_open);
}

bool talk_key(struct ui *ui, int key)
{
    if (!talk_here(ui))
        return false;
    switch (key) {
    case 't': table_open(ui); return true;
    case 'r': reply_open(ui); return true;
    case 'o': propose_open(ui); return true;
    case 'x': saying_open(ui); return true;
    default: return false;
    }
}
