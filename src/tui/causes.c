/* tui/causes.c — why a number moved: one bar for each line of its ledger, left of the axis down, right of it up.
 * The amounts come from the game already rounded so that they add up; they are drawn here, never rounded again. What keeps no
 * ledger gets page/'s explanation instead. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

enum { MOST_LINES = 64, AMOUNT = 9, SHARE = 6, BAR_LEAST = 21 };
struct causes { struct number n; int span; struct pager pager; };    /* span 0: the whole game; k: turn k */

static const struct hint causes_hints[] = {{"< >", "turn"}, {"[ ]", "other number"}, {"s", "source"}, {"Esc", "back"}, {NULL, NULL}};

static void span_of(const struct ui *ui, const struct causes *s, int *from, int *to)
{
    *from = s->span == 0 ? 0 : s->span - 1;
    *to = s->span == 0 ? view_turn(ui->view) : s->span;
}

static void fill(struct ui *ui, struct causes *s)
{
    int from, to;
    struct doc *doc = doc_new(&ui->pages);
    span_of(ui, s, &from, &to);
    report_why(doc, ui->view, s->n, from, to);
    s->pager = (struct pager){.doc = doc};
}

/* Scales from 0 to 1 are shown times 100; how page/ shows a one tells. */
static double shown_times(struct ui *ui, struct number n)
{
    struct seen_value one = {.known = true, .exact = true, .value = 1};
    return !strcmp(report_figure(ui->program, &ui->frame, n, one), "100") ? 100 : 1;
}

static const char *amount(struct ui *ui, double x)
{
    char text[NUMBER_TEXT];
    return arena_printf(&ui->frame, "%s%s", x > 0 ? "+" : "", text_short(x, 12, text));
}

/* Half cells are not drawn: the amount beside the bar is exact. */
static void draw_bar(struct canvas *c, int x, int y, int cells, double share)
{
    int half = cells / 2, length = (int)(fabs(share) * half + 0.5);
    canvas_glyph(c, x + half, y, ROLE_FRAME, GLYPH_AXIS);
    for (int i = 1; i <= length && i <= half; i++)
        canvas_glyph(c, share < 0 ? x + half - i : x + half + i, y, ROLE_PLAIN, share < 0 ? GLYPH_MINUS_BAR : GLYPH_BAR);
}

static int draw_ledger(struct ui *ui, struct canvas *c, struct area box, struct number n, int from, int to)
{
    struct why_line line[MOST_LINES];
    double change = 0, most = 0, times = shown_times(ui, n);
    if (to <= from || ui->program->quantity[n.quantity].kind != Q_STOCK || (!view_value(ui->view, n.quantity, n.element, to).exact && !view_open(ui->view)))
        return 0;
    int count = view_why(ui->view, &ui->frame, n.quantity, n.element, from, to, line, MOST_LINES, &change);
    if (count <= 0)
        return 0;
    int bar = box.w / 3 > BAR_LEAST ? box.w / 3 : BAR_LEAST, label = box.w - bar - AMOUNT - SHARE - 4, row = 0;
    for (int i = 0; i < count; i++)
        most = fabs(line[i].amount) > most ? fabs(line[i].amount) : most;
    for (int i = 0; i < count && row < box.h - 2; i++, row++) {
        if (row == box.h - 3 && i + 1 < count) {                     /* the rest still belongs to the sum */
            double rest = 0;
            int lines = count - i;
            for (; i < count; i++)
                rest += line[i].amount;
            canvas_textf(c, box.x, box.y + row, label, ROLE_DIM, "%d more lines together", lines);
            canvas_right(c, box.x + label + 1, box.y + row, AMOUNT, ROLE_DIM, amount(ui, rest * times));
            continue;
        }
        canvas_text(c, box.x, box.y + row, label, ROLE_PLAIN, line[i].text);
        canvas_right(c, box.x + label + 1, box.y + row, AMOUNT, ROLE_STRONG, amount(ui, line[i].amount * times));
        draw_bar(c, box.x + label + AMOUNT + 2, box.y + row, bar, most > 0 ? line[i].amount / most : 0);
        if (change != 0)
            canvas_right(c, box.x + box.w - SHARE, box.y + row, SHARE, ROLE_DIM, arena_printf(&ui->frame, "%.0f%%", 100 * line[i].amount / change));
    }
    canvas_across(c, box.x + label + 1, box.y + row, AMOUNT);
    canvas_text(c, box.x, box.y + row + 1, label, ROLE_STRONG, "the change");
    canvas_right(c, box.x + label + 1, box.y + row + 1, AMOUNT, ROLE_STRONG, amount(ui, change * times));
    return row + 2;
}

static void causes_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct causes *s = self;
    int from, to;
    span_of(ui, s, &from, &to);
    struct area in = ui_chrome(ui, c, "WHY", causes_hints);
    int x = in.x + 1, w = in.w - 2;
    canvas_text(c, x, in.y, w, ROLE_STRONG, report_label(ui->view, &ui->frame, s->n));
    struct doc *doc = doc_new(&ui->frame);
    doc_text(doc, "%s.", report_value(ui->view, &ui->frame, s->n, to, to > 0 ? from : -1));
    int head = 1 + doc_into(ui, c, (struct area){x, in.y + 1, w, 2}, doc);
    const char *when = to <= from ? "before the first turn" : s->span == 0 ? "since the start" : arena_printf(&ui->frame, "turn %d, to %s", to, ui_moment(ui, &ui->frame, to));
    canvas_across(c, in.x - 1, in.y + head, in.w + 2);
    ui_head(c, in.x + 1, in.y + head, in.w - 2, arena_printf(&ui->frame, "why, %s", when));
    struct area box = {x, in.y + head + 1, w, in.h - head - 1};
    int used = draw_ledger(ui, c, (struct area){box.x, box.y, box.w, box.h - 4}, s->n, from, to);
    if (used == 0) {
        pager_draw(ui, c, box, &s->pager);
        return;
    }
    canvas_text(c, box.x, box.y + used + 1, w, ROLE_DIM, "Each line is one cause; together they are the change, to the last digit.");
    canvas_text(c, box.x, box.y + used + 2, w, ROLE_DIM, view_open(ui->view) ? "The table is open: nothing is held back." : "What this seat cannot know stands in one line, until the table is opened.");
    canvas_cursor(c, box.x, box.y);
}

static bool causes_key(struct ui *ui, void *self, int key)
{
    struct causes *s = self;
    int turns = view_turn(ui->view);
    switch (key) {
    case '<': s->span -= s->span > 0; break;
    case '>': s->span += s->span < turns; break;
    case '[': case ']':
        if (ui->numbers == 0)
            return true;
        ui->dash.number = (ui->dash.number + (key == ']' ? 1 : ui->numbers - 1)) % ui->numbers;
        s->n = ui->number[ui->dash.number];
        break;
    case 's': source_open(ui, ui->program->quantity[s->n.quantity].name); return true;
    case UI_KEY_ENTER: ui_pop(ui); return true;
    default: return pager_key(&s->pager, key);
    }
    fill(ui, s);
    return true;
}

static const struct page_ops causes_page = {.name = "why", .draw = causes_draw, .key = causes_key, .size = sizeof(struct causes), .keys = "s N b i ? q"};

void causes_open(struct ui *ui, struct number n)
{
    if (ui->numbers == 0) {
        ui_say(ui, false, "This seat watches no numbers.");
        return;
    }
    struct causes *s = ui_push(ui, &causes_page);
    s->n = n;
    s->span = view_turn(ui->view);
    fill(ui, s);
}
