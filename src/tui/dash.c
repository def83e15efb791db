/* tui/dash.c — the dashboard: what the seat sees on the left, what it can do on the right, what may come of the marked move below.
 * Columns and bands of panels are shared out by panels.c; from 120 columns the marked move's page stands at the right, goals and measures
 * beside the fan; where it is tall enough, network, timeline and table have a band of their own (dash_more.c). */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "tui/panels.h"
#include "tui/tui_private.h"

enum { WIDE = 117, LABEL_GOOD = 26, GIVES_WIDTH = 46, FIGURE_MOST = 6, SPARK_LEAST = 8, SPARK_NARROW = 6, SPARK_MOST = 24, STATE_MOST = 12, MOST_ROWS_SHOWN = 2 * MOST_NUMBERS, HINT_TURNS = 2 };

/* --- what the cursor is on ------------------------------------------------------------------------------------------------- */

static const char *move_title(const struct ui *ui, int move)
{
    const struct move *m = &ui->program->move[move];
    return m->title && *m->title ? m->title : m->name;
}

/* Lines of ui->move that pass the filter. */
static int shown_moves(const struct ui *ui, int *line)
{
    int count = 0;
    for (int i = 0; i < ui->moves; i++)
        if (filter_lets(&ui->dash.filter, move_title(ui, ui->move[i].move)))
            line[count++] = i;
    return count;
}

struct number dash_number(const struct ui *ui)
{
    return ui->numbers > 0 ? ui->number[ui->dash.number] : (struct number){0, 0};
}

/* The planned line under the cursor, or -1: planned lines follow the moves in one list. */
static int planned_line(const struct ui *ui)
{
    int line[MOST_CHOICES], count = shown_moves(ui, line), at = ui->dash.move - count;
    return at >= 0 && at < ui->plan.rows ? at : -1;
}

int dash_move(const struct ui *ui)
{
    int line[MOST_CHOICES], count = shown_moves(ui, line), planned = planned_line(ui);
    if (planned >= 0)
        return ui->plan.row[planned].move;
    return ui->dash.move < count ? ui->move[line[ui->dash.move]].move : -1;
}

/* --- numbers --------------------------------------------------------------------------------------------------------------- */

/* Rows of the list: a number's index, or -1 - index for the heading above the elements of one quantity. */
static int number_rows(const struct ui *ui, int *row)
{
    int count = 0;
    for (int i = 0; i < ui->numbers; i++) {
        int q = ui->number[i].quantity;
        bool first = i == 0 || ui->number[i - 1].quantity != q, more = i + 1 < ui->numbers && ui->number[i + 1].quantity == q;
        if (first && more)
            row[count++] = -1 - i;
        row[count++] = i;
    }
    return count;
}

static bool has_heading(const struct ui *ui, int i)
{
    int q = ui->number[i].quantity;
    return (i > 0 && ui->number[i - 1].quantity == q) || (i + 1 < ui->numbers && ui->number[i + 1].quantity == q);
}

/* What a figure is counted in, as far as there is room beside its label: "$m/month", or "$m" before the slash; "" if there is none
 * or no room. Scales are of 100 and say nothing. */
static const char *short_unit(struct ui *ui, int i, int label, int cells)
{
    enum { HEAD_MOST = 3 };
    const char *unit = ui->program->quantity[ui->number[i].quantity].unit;
    if (!unit || !*unit || has_heading(ui, i))                       /* the heading says it once */
        return "";
    if (label + 1 + text_width(unit) <= cells)
        return unit;
    const char *head = arena_copy(&ui->frame, unit, strcspn(unit, "/"));
    return text_width(head) <= HEAD_MOST ? head : "";
}

/* A row of a panel: `>` where the keys act, a dot where the cursor waits in the other panel. */
static void mark_row(struct canvas *c, int x, int y, bool focused)
{
    if (focused)
        canvas_text(c, x, y, 1, ROLE_STRONG, ">");
    else
        canvas_glyph(c, x, y, ROLE_DIM, GLYPH_DOT);
}

/* Of a seat towards another: in full where there is room, else by short names, so that no two rows read alike. */
static const char *towards(struct ui *ui, struct number n, int cells)
{
    const struct program *p = ui->program;
    int seats = p->set[p->seat_set].count;
    const struct seat *by = &p->seat[n.element / seats], *of = &p->seat[n.element % seats];
    const char *from = by->title && *by->title ? by->title : by->name, *to = of->title && *of->title ? of->title : of->name;
    const char *said[] = {arena_printf(&ui->frame, "  %s towards %s", from, to), arena_printf(&ui->frame, "  %s to %s", from, to),
                          arena_printf(&ui->frame, "  %s to %s", by->short_name, to), arena_printf(&ui->frame, "  %s to %s", by->short_name, of->short_name)};
    int at = 0;
    while (at < 3 && text_width(said[at]) > cells)
        at++;
    return said[at];
}

/* Under a heading the element alone; else the whole. */
static const char *short_label(struct ui *ui, int i, int cells)
{
    const struct quantity *q = &ui->program->quantity[ui->number[i].quantity];
    const char *label = report_label(ui->view, &ui->frame, ui->number[i]), *title = q->title && *q->title ? q->title : q->name;
    size_t n = strlen(title);
    if (has_heading(ui, i) && q->dims == 2 && q->dim[0] == q->dim[1] && q->dim[0] == ui->program->seat_set)
        return towards(ui, ui->number[i], cells);
    if (has_heading(ui, i) && text_starts(label, title) && label[n] == ',')
        return arena_printf(&ui->frame, "  %s", label + n + 2);
    return label;
}

static void draw_spark(struct ui *ui, struct canvas *c, int x, int y, int cells, struct number n)
{
    double value[SPARK_MOST], low = 0, high = 0;
    const struct quantity *q = &ui->program->quantity[n.quantity];
    int now = view_turn(ui->view), count = now + 1 < cells ? now + 1 : cells, known = 0;
    for (int i = 0; i < count; i++) {
        struct seen_value s = view_value(ui->view, n.quantity, n.element, now - count + 1 + i);
        value[i] = s.known ? s.value : NAN;
        if (s.known) {
            low = known == 0 || s.value < low ? s.value : low;
            high = known == 0 || s.value > high ? s.value : high;
            known++;
        }
    }
    if (q->charted && q->chart_high > q->chart_low && low >= q->chart_low && high <= q->chart_high) {
        low = q->chart_low;
        high = q->chart_high;
    }
    canvas_spark(c, x, y, ROLE_PLAIN, value, count, low, high);
}

/* The three figures of a row as text, so that columns are as wide as they must be and the label gets the rest. */
struct figures { const char *now, *change, *give; bool up; };
struct widths { int label, now, spark, change, give; bool gives; };      /* gives: there is room for a column of errors */

/* The change as page/ words it, ". Down 11 since the start": taken between values as shown, so that who subtracts gets the same. */
static const char *change_of(struct ui *ui, struct number n, int moment, bool *up)
{
    const char *value = report_value(ui->view, &ui->frame, n, moment, 0);
    const char *rise = strstr(value, ". Up "), *fall = strstr(value, ". Down ");
    if (!rise && !fall)
        return "0";
    *up = rise != NULL;
    const char *figure = rise ? rise + strlen(". Up ") : fall + strlen(". Down ");
    return arena_copy(&ui->frame, figure, strcspn(figure, " "));
}

static struct figures figures_of(struct ui *ui, struct number n, bool gives)
{
    int moment = view_turn(ui->view);
    struct seen_value is = view_value(ui->view, n.quantity, n.element, moment), was = view_value(ui->view, n.quantity, n.element, 0);
    struct figures f = {.now = report_figure(ui->program, &ui->frame, n, is), .change = "", .give = ""};
    if (is.known && !is.exact && is.give_or_take > 0 && !gives)      /* no room to say how much: a sign that it is not exact */
        f.now = arena_printf(&ui->frame, "~%s", f.now);
    else if (is.known && !is.exact && is.give_or_take > 0)
        f.give = report_figure(ui->program, &ui->frame, n, (struct seen_value){.known = true, .value = is.give_or_take, .give_or_take = is.give_or_take});
    if (!is.known || !was.known || moment == 0 || ui->program->quantity[n.quantity].kind == Q_SWITCH)
        return f;
    f.change = change_of(ui, n, moment, &f.up);
    return f;
}

static void widen(int *width, const char *text, int most)
{
    int need = text_width(text);
    *width = need > most ? most : need > *width ? need : *width;
}

static struct widths widths_of(struct ui *ui, int cells)
{
    struct widths w = {.now = 3, .change = 4, .gives = cells >= GIVES_WIDTH};
    for (int i = 0; i < ui->numbers; i++) {
        struct figures f = figures_of(ui, ui->number[i], w.gives);
        widen(&w.now, f.now, FIGURE_MOST);
        widen(&w.change, f.change, FIGURE_MOST);
        widen(&w.give, f.give, FIGURE_MOST);
    }
    w.change += 1;                                                   /* the arrow */
    w.give += w.give > 0;
    int rest = cells - 1 - w.now - w.change - w.give - 3 - (w.give > 0), turns = view_turns(ui->view) + 1;
    w.spark = rest - LABEL_GOOD;
    int least = w.gives ? SPARK_LEAST : SPARK_NARROW;
    w.spark = w.spark < least ? least : w.spark > SPARK_MOST ? SPARK_MOST : w.spark;
    if (w.spark > turns && turns >= SPARK_LEAST)
        w.spark = turns;
    w.label = rest - w.spark;
    return w;
}

/* Since the start, with an arrow; its colour says for whom it is good, if the scenario does. */
static void draw_change(struct ui *ui, struct canvas *c, int x, int y, int width, struct number n, const struct figures *f)
{
    bool mine = ui->program->quantity[n.quantity].good_for == ui->seat;
    enum role role = !mine ? ROLE_PLAIN : f->up ? ROLE_GOOD : ROLE_BAD;
    if (!*f->change)
        return;
    if (!strcmp(f->change, "0")) {
        canvas_glyph(c, x, y, ROLE_DIM, GLYPH_SAME);
        return;
    }
    canvas_glyph(c, x, y, role, f->up ? GLYPH_UP : GLYPH_DOWN);
    canvas_text(c, x + 1, y, width - 1, role, f->change);
}

static void draw_number(struct ui *ui, struct canvas *c, struct area box, int y, int i, struct widths w)
{
    struct number n = ui->number[i];
    struct figures f = figures_of(ui, n, w.gives);
    bool known = strcmp(f.now, "?") != 0, here = ui->dash.number == i, focused = here && ui->dash.focus == FOCUS_NUMBERS;
    int x = box.x + 1;
    const char *label = short_label(ui, i, w.label), *unit = short_unit(ui, i, text_width(label), w.label);
    int room = w.label - (*unit ? text_width(unit) + 1 : 0), used = canvas_text(c, x, y, room, known ? ROLE_PLAIN : ROLE_DIM, label);
    canvas_text(c, x + used + 1, y, w.label - used - 1, ROLE_DIM, unit);
    x += w.label + 1;
    canvas_right(c, x, y, w.now, known ? ROLE_STRONG : ROLE_DIM, f.now);
    x += w.now + 1;
    draw_spark(ui, c, x, y, w.spark, n);
    x += w.spark + 1;
    draw_change(ui, c, x, y, w.change, n, &f);
    x += w.change + 1;
    if (*f.give) {
        canvas_glyph(c, x, y, ROLE_DIM, GLYPH_GIVE);
        canvas_text(c, x + 1, y, w.give - 1, ROLE_DIM, f.give);
    }
    if (here)
        mark_row(c, box.x, y, focused);
    if (focused) {
        canvas_role(c, box.x + 1, y, box.w - 1, ROLE_FOCUS);
        canvas_cursor(c, box.x + 1, y);
    }
}

/* "numbers 1-11 of 53": which of them are in sight, as long as there is room to say so. */
static const char *numbers_title(struct ui *ui, const int *row, int count, int height, int cells)
{
    int first = -1, last = -1;
    for (int i = ui->dash.number_top; i < count && i < ui->dash.number_top + height; i++)
        if (row[i] >= 0) {
            first = first < 0 ? row[i] : first;
            last = row[i];
        }
    if (count <= height || first < 0)
        return "numbers";
    const char *range = arena_printf(&ui->frame, "%d-%d of %d", first + 1, last + 1, ui->numbers), *title = arena_printf(&ui->frame, "numbers %s", range);
    return text_width(title) <= cells ? title : range;
}

static void draw_numbers(struct ui *ui, struct canvas *c, struct area box)
{
    int row[MOST_ROWS_SHOWN], count = number_rows(ui, row), cursor = 0;
    struct widths w = widths_of(ui, box.w);
    int x = box.x + 1 + w.label;
    canvas_right(c, x, box.y, w.now + 2, ROLE_DIM, " now ");
    canvas_text(c, x + w.now + 1, box.y, w.spark + 1, ROLE_DIM, w.spark >= 12 ? " turn by turn" : w.spark >= 7 ? " course " : " turns ");
    int since = x + w.now + w.spark + 2, room = box.x + box.w - since;
    canvas_text(c, since, box.y, room < w.change + 2 ? room : w.change + 2, ROLE_DIM, room < 7 ? " since" : " since ");
    if (w.give > 0)
        canvas_text(c, x + w.now + w.spark + w.change + 3, box.y, w.give + 1, ROLE_DIM, c->glyphs == TUI_GLYPHS_ASCII ? " ~ " : " ± ");
    for (int i = 0; i < count; i++)
        if (row[i] == ui->dash.number)
            cursor = i;
    struct area in = {box.x, box.y + 1, box.w, box.h - 1};
    list_show(cursor, count, in.h, &ui->dash.number_top);
    if (cursor > 0 && row[cursor - 1] < 0 && ui->dash.number_top == cursor)
        ui->dash.number_top--;                                       /* its heading comes along */
    ui_head(c, box.x + 1, box.y, w.label, numbers_title(ui, row, count, in.h, w.label - 3));
    for (int i = 0; i < in.h && ui->dash.number_top + i < count; i++) {
        int at = row[ui->dash.number_top + i];
        if (at >= 0) {
            draw_number(ui, c, in, in.y + i, at, w);
        } else {
            const struct quantity *q = &ui->program->quantity[ui->number[-1 - at].quantity];
            const char *unit = q->unit && *q->unit ? arena_printf(&ui->frame, " %s", q->unit) : "";
            int used = canvas_text(c, in.x + 1, in.y + i, in.w - 1 - text_width(unit), ROLE_DIM, q->title && *q->title ? q->title : q->name);
            canvas_text(c, in.x + 1 + used, in.y + i, in.w - 1 - used, ROLE_DIM, unit);
        }
    }
    if (ui->numbers == 0)
        canvas_text(c, in.x + 1, in.y, in.w - 1, ROLE_DIM, "this seat watches no numbers");
}

/* --- moves and the plan ---------------------------------------------------------------------------------------------------- */

static const char *figure(struct ui *ui, double x)
{
    char text[NUMBER_TEXT];
    return arena_text(&ui->frame, text_short(x, 3, text));
}

static const char *budget_called(const struct ui *ui)
{
    const char *called = ui->program->seat[ui->seat].called;
    return called && *called ? called : "points";
}

static void draw_move(struct ui *ui, struct canvas *c, struct area box, int y, const struct move_line *line, bool here, int cost, int state)
{
    bool focused = here && ui->dash.focus == FOCUS_MOVES;
    int title = box.w - 2 - cost - 1 - state;
    enum role role = line->now ? ROLE_PLAIN : ROLE_DIM;
    canvas_text(c, box.x + 2, y, title, role, move_title(ui, line->move));
    canvas_right(c, box.x + 2 + title, y, cost, role, line->cost == 0 ? "-" : figure(ui, line->cost));
    bool planned = draft_planned(ui, line->move);
    canvas_text(c, box.x + 2 + title + cost + 1, y, state, planned ? ROLE_STRONG : ROLE_DIM, line->state);
    if (here)
        mark_row(c, box.x, y, focused);
    if (focused) {
        canvas_role(c, box.x + 2, y, box.w - 2, ROLE_FOCUS);
        canvas_cursor(c, box.x + 2, y);
    }
}

static void draw_plan(struct ui *ui, struct canvas *c, struct area box, int cursor)
{
    if (ui->plan.rows > 0 && !seat_has_budget(&ui->program->seat[ui->seat]))
        canvas_text(c, box.x + 1, box.y, box.w - 1, ROLE_STRONG, "planned");
    else if (ui->plan.rows > 0)
        canvas_textf(c, box.x + 1, box.y, box.w - 1, ROLE_STRONG, "planned, %s of %s %s", figure(ui, ui->spent), figure(ui, ui->budget), budget_called(ui));
    else
        canvas_text(c, box.x + 1, box.y, box.w - 1, ROLE_DIM, "nothing is planned yet");
    for (int i = 0; i < ui->plan.rows && i + 1 < box.h; i++) {
        bool here = cursor == i, focused = here && ui->dash.focus == FOCUS_MOVES;
        if (here)
            mark_row(c, box.x, box.y + 1 + i, focused);
        canvas_textf(c, box.x + 2, box.y + 1 + i, box.w - 2, ROLE_PLAIN, "%d %s", i + 1, row_say(ui->program, &ui->frame, ui->plan.row[i]));
        if (focused) {
            canvas_role(c, box.x + 2, box.y + 1 + i, box.w - 2, ROLE_FOCUS);
            canvas_cursor(c, box.x + 2, box.y + 1 + i);
        }
    }
}

static void draw_owed(struct ui *ui, struct canvas *c, struct area box)
{
    bool breaks;
    const char *owed = talk_owed(ui, &breaks);
    if (owed)
        canvas_text(c, box.x + 1, box.y, box.w - 1, breaks ? ROLE_WARN : ROLE_PLAIN, owed);
}

static void draw_moves(struct ui *ui, struct canvas *c, struct area box)
{
    int line[MOST_CHOICES], count = shown_moves(ui, line), planned = planned_line(ui);
    struct filter *f = &ui->dash.filter;
    const char *left = !seat_has_budget(&ui->program->seat[ui->seat]) ? "free" : arena_printf(&ui->frame, "%s %s left", figure(ui, ui->budget - ui->spent), budget_called(ui));
    int left_width = text_width(left) + 2;
    const char *title = f->typing || f->text[0] ? arena_printf(&ui->frame, "moves /%s%s", f->text, f->typing ? "_" : "") : arena_printf(&ui->frame, "moves, %d", ui->moves);
    ui_head(c, box.x + 1, box.y, box.w - left_width - 2, title);
    canvas_textf(c, box.x + box.w - left_width - 1, box.y, left_width, ROLE_STRONG, " %s ", left);
    bool breaks;
    int owed = talk_owed(ui, &breaks) != NULL, plan_rows = 1 + ui->plan.rows + owed, most = (box.h - 1) / 2;
    if (plan_rows > most)
        plan_rows = most;
    struct area in = {box.x, box.y + 1, box.w, box.h - 1 - plan_rows};
    int cursor = ui->dash.move < count ? ui->dash.move : count - 1, cost = 1, state = 0;
    for (int i = 0; i < ui->moves; i++) {
        widen(&cost, figure(ui, ui->move[i].cost), FIGURE_MOST);
        widen(&state, ui->move[i].state, STATE_MOST);
    }
    list_show(cursor < 0 ? 0 : cursor, count, in.h, &ui->dash.move_top);
    for (int i = 0; i < in.h && ui->dash.move_top + i < count; i++) {
        int at = ui->dash.move_top + i;
        draw_move(ui, c, in, in.y + i, &ui->move[line[at]], at == ui->dash.move && planned < 0, cost + 1, state);
    }
    if (count == 0)
        canvas_text(c, in.x + 2, in.y, in.w - 2, ROLE_DIM, f->text[0] ? "no move has these letters; Esc clears" : "this seat has no moves");
    draw_plan(ui, c, (struct area){in.x, in.y + in.h, in.w, plan_rows - owed}, planned);
    draw_owed(ui, c, (struct area){in.x, in.y + in.h + plan_rows - 1, in.w, owed});
}

/* --- below ----------------------------------------------------------------------------------------------------------------- */

/* Text over some rows, the last cut if it does not fit. Returns the rows used. */
static int draw_wrapped(struct canvas *c, struct area box, enum role role, const char *text)
{
    const char *line;
    size_t length;
    int row = 0;
    char buffer[1024];
    while (row < box.h && text_wrap(&text, box.w, &line, &length)) {
        snprintf(buffer, sizeof buffer, "%.*s", (int)length, line);
        int used = canvas_text(c, box.x, box.y + row, box.w, role, buffer);
        if (row == box.h - 1 && *text)
            canvas_glyph(c, box.x + (used < box.w ? used : box.w - 1), box.y + row, role, GLYPH_MORE);
        row++;
    }
    return row;
}

static void draw_number_preview(struct ui *ui, struct canvas *c, struct area box)
{
    struct number n = dash_number(ui);
    if (ui->numbers == 0)
        return;
    int used = draw_wrapped(c, box, ROLE_STRONG, report_label(ui->view, &ui->frame, n));
    box.y += used;
    box.h -= used;
    int now = view_turn(ui->view);
    const char *value = report_value(ui->view, &ui->frame, n, now, now > 0 ? 0 : -1);
    used = draw_wrapped(c, box, ROLE_PLAIN, arena_printf(&ui->frame, "%s.", value));
    if (used < box.h)
        canvas_text(c, box.x, box.y + used, box.w, ROLE_DIM, "Enter or w: why it moved.  s: where it comes from, and who sees it.");
}

static void draw_move_preview(struct ui *ui, struct canvas *c, struct area box)
{
    int move = dash_move(ui);
    if (move < 0)
        return;
    const struct move *m = &ui->program->move[move];
    const char *refusal = draft_planned(ui, move) ? NULL : draft_why_not(ui, move);
    canvas_text(c, box.x, box.y, box.w, ROLE_STRONG, move_title(ui, move));
    box.y++;
    box.h--;
    if (refusal) {
        int used = draw_wrapped(c, (struct area){box.x, box.y, box.w, box.h > 2 ? 2 : box.h}, ROLE_WARN, arena_printf(&ui->frame, "Not now: %s.", refusal));
        box.y += used;
        box.h -= used;
    }
    int shown = 0;
    for (int way = 0; way < DETAIL_WAYS && box.h > 0; way++) {
        const char *words = detail_words(ui, &ui->frame, m, m->effects, (enum detail_way)way);
        if (!*words)
            continue;
        bool last = box.h == 1 || way == DETAIL_MOVES;
        int used = draw_wrapped(c, (struct area){box.x, box.y, box.w, last ? box.h : box.h - (way == DETAIL_RAISES && box.h > 1)}, ROLE_PLAIN, words);
        box.y += used;
        box.h -= used;
        shown++;
    }
    if (m->outcomes > 0 && box.h > 0)
        canvas_textf(c, box.x, box.y, box.w, ROLE_PLAIN, "then chance decides between %d outcomes: Enter", m->outcomes);
    else if (shown == 0 && box.h > 0)
        canvas_text(c, box.x, box.y, box.w, ROLE_DIM, m->answer != ANSWER_NONE ? "It does nothing until it is answered: Enter." : "It changes nothing by itself.");
}

static void draw_goals(struct ui *ui, struct canvas *c, struct area box)
{
    const struct seat *s = &ui->program->seat[ui->seat];
    enum { BAR = 10, FIGURE = 4 };
    for (int i = 0; i < s->goals && i < box.h; i++) {
        struct seen_value v = view_goal(ui->view, i);
        int title = box.w - BAR - FIGURE - 2, bar = v.known ? (int)(v.value / 100 * BAR + 0.5) : 0;
        canvas_text(c, box.x, box.y + i, title, ROLE_PLAIN, s->goal[i].title ? s->goal[i].title : s->goal[i].name);
        char text[NUMBER_TEXT];
        canvas_right(c, box.x + title, box.y + i, FIGURE, ROLE_STRONG, v.known ? text_short(floor(v.value + 0.5), 3, text) : "?");
        for (int k = 0; k < BAR; k++)
            canvas_glyph(c, box.x + title + FIGURE + 1 + k, box.y + i, k < bar ? ROLE_PLAIN : ROLE_DIM, k < bar ? GLYPH_BAR : GLYPH_DOT);
    }
}

static void draw_measures(struct ui *ui, struct canvas *c, struct area box)
{
    int row = 0, more = 0;
    for (int i = 0; i < ui->program->moves; i++) {
        const struct move *m = &ui->program->move[i];
        for (int t = 0; m->measure && t < m->targets; t++) {
            struct measure_seen s = view_measure(ui->view, i, t);
            if (s.stage == STAGE_NONE || s.stage == STAGE_LIFTED)
                continue;
            if (row == box.h - 1 && more == 0 && row > 0) {
                more++;
                continue;
            }
            if (row >= box.h || more) {
                more++;
                continue;
            }
            enum { STAGE = 16 };
            struct row say = {.verb = ROW_DO, .move = i, .target = m->target < 0 ? -1 : t, .setting = -1, .level = -1};
            canvas_text(c, box.x, box.y + row, 3, ui_seat_role(m->seat), ui->program->seat[m->seat].short_name);
            canvas_text(c, box.x + 4, box.y + row, box.w - STAGE - 5, ROLE_PLAIN, row_say(ui->program, &ui->frame, say));
            if (s.level_known && s.stage >= STAGE_IMPOSED)
                canvas_textf(c, box.x + box.w - STAGE, box.y + row, STAGE, ROLE_DIM, "%s %.0f", stage_name(s.stage), 100 * s.level);
            else
                canvas_text(c, box.x + box.w - STAGE, box.y + row, STAGE, ROLE_DIM, stage_name(s.stage));
            row++;
        }
    }
    if (more)
        canvas_textf(c, box.x, box.y + box.h - 1, box.w, ROLE_DIM, "%d more: i", more);
    if (row == 0)
        canvas_text(c, box.x, box.y, box.w, ROLE_DIM, "none that you know of");
}

/* One headline: who or what says so, and the seat it is about. */
static void draw_headline(struct ui *ui, struct canvas *c, struct area box, struct news n)
{
    enum { TAG = 10 };
    const char *tag = n.tag == NEWS_FACT ? "fact" : n.tag == NEWS_RUMOUR ? "rumour" : "claim";
    canvas_text(c, box.x, box.y, TAG, ROLE_DIM, tag);
    if (n.seat >= 0)
        canvas_text(c, box.x + 7, box.y, 3, ui_seat_role(n.seat), ui->program->seat[n.seat].short_name);
    canvas_text(c, box.x + TAG + 1, box.y, box.w - TAG - 1, ROLE_PLAIN, n.headline);
}

/* What earlier turns told, newest turn first, as far as there is room: the list has been read once, so it may end anywhere. */
static void draw_earlier(struct ui *ui, struct canvas *c, struct area box)
{
    enum { LEAST = 3 };                                              /* a gap, the turn, a headline */
    struct news news[MOST_NEWS];
    for (int moment = view_turn(ui->view) - 1; moment >= 0 && box.h >= LEAST; moment--) {
        int count = view_news(ui->view, moment, news, MOST_NEWS);
        if (count == 0)
            continue;
        canvas_textf(c, box.x, box.y + 1, box.w, ROLE_DIM, "before, %s", ui_moment(ui, &ui->frame, moment));
        box.y += 2;
        box.h -= 2;
        for (int i = 0; i < count && box.h > 0; i++, box.y++, box.h--)
            draw_headline(ui, c, (struct area){box.x, box.y, box.w, 1}, news[i]);
    }
}

/* What came with the brief stands first: the review has shown the rest. */
static void draw_messages(struct ui *ui, struct canvas *c, struct area box)
{
    struct news news[MOST_NEWS];
    const char *waits = talk_waits(ui);
    if (waits) {
        canvas_textf(c, box.x, box.y++, box.w, ROLE_NEEDS, "> %s", waits);
        box.h--;
    }
    int now = view_turn(ui->view), count = view_news(ui->view, now, news, MOST_NEWS), row = 0, total = count + ui->refusals;
    int told = ui->told_turn == now && ui->told < count ? ui->told : 0;
    for (int i = 0; i < ui->refusals && row < box.h; i++, row++)
        canvas_textf(c, box.x, box.y + row, box.w, ROLE_WARN, "! not done: %s", ui->refused[i]);
    for (int i = 0; i < count && row < box.h; i++, row++) {
        if (row == box.h - 1 && total > box.h) {
            canvas_textf(c, box.x, box.y + row, box.w, ROLE_DIM, "%d more in the newspaper: N", count - i);
            return;
        }
        draw_headline(ui, c, (struct area){box.x, box.y + row, box.w, 1}, news[(i + told) % count]);
    }
    if (now == 0 && ui->program->summary && row + (row > 0) < box.h) /* nothing has happened yet: what it is all about */
        draw_wrapped(c, (struct area){box.x, box.y + row + (row > 0), box.w, box.h - row - (row > 0)}, ROLE_PLAIN, ui->program->summary);
    else if (total == 0)
        canvas_text(c, box.x, box.y + row++, box.w, ROLE_DIM, "no news");
    if (now > 0)
        draw_earlier(ui, c, (struct area){box.x, box.y + row, box.w, box.h - row});
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

static const struct hint move_hints[] = {{"Enter", "more"}, {"p", "plan"}, {"c", "commit"}, {"Tab", "numbers"}, {"w", "why"}, {"N", "news"},
                                         {"d", "drop"}, {"z", "undo"}, {"b", "brief"}, {"i", "measures"}, {"/", "filter"}, {NULL, NULL}};
static const struct hint talk_hints[] = {{"Enter", "more"}, {"p", "plan"}, {"c", "commit"}, {"t", "table"}, {"r", "reply"}, {"o", "offer"}, {"Tab", "numbers"},
                                         {"w", "why"}, {"N", "news"}, {"d", "drop"}, {"z", "undo"}, {"b", "brief"}, {"i", "measures"}, {"/", "filter"}, {NULL, NULL}};
static const struct hint number_hints[] = {{"Enter", "why"}, {"s", "source"}, {"Tab", "moves"}, {"c", "commit"}, {"N", "news"}, {"b", "brief"},
                                           {"i", "measures"}, {"z", "undo"}, {NULL, NULL}};

static const char *preview_title(struct ui *ui)
{
    return ui->dash.focus == FOCUS_NUMBERS ? "this number" : "what it does";
}

/* --- layout: three bands of panels above the news. What does not fit is left out by importance and named beside the news. ----------------- */

enum band { BAND_TOP, BAND_MIDDLE, BAND_LOWER, BAND_NEWS, BANDS };
struct spot { const char *title; void (*draw)(struct ui *ui, struct canvas *c, struct area box); };

static void preview_draw(struct ui *ui, struct canvas *c, struct area box)
{
    if (ui->dash.focus == FOCUS_NUMBERS)
        draw_number_preview(ui, c, box);
    else
        draw_move_preview(ui, c, box);
}

/* The whole page of the marked move, as far as there is room. */
static void detail_draw(struct ui *ui, struct canvas *c, struct area box)
{
    struct doc *doc = doc_new(&ui->frame);
    if (ui->dash.focus == FOCUS_NUMBERS) {
        draw_number_preview(ui, c, box);
    } else if (dash_move(ui) >= 0) {
        report_move(doc, ui->view, dash_move(ui));
        doc_into(ui, c, box, doc);
    }
}

/* A band of panels with a head each; widths are what each gets, lines between them. */
static void draw_band(struct ui *ui, struct canvas *c, struct area in, const struct spot *spot, const int *width, int spots)
{
    int x = in.x;
    canvas_across(c, in.x - 1, in.y, in.w + 2);
    for (int i = 0; i < spots; x += width[i++] + 1) {
        const int w = i + 1 == spots ? in.x + in.w - x : width[i];
        if (i + 1 < spots)
            canvas_down(c, x + w, in.y, in.h + 1);
        ui_head(c, x + 1, in.y, w - 1, spot[i].title);
        spot[i].draw(ui, c, (struct area){x + 1, in.y + 1, w - 2, in.h - 1});
    }
}

/* What the lower band could hold here, in the order of reading. */
static int lower_spots(struct ui *ui, struct spot *spot)
{
    int count = 0;
    if (ui->program->networks > 0)
        spot[count++] = (struct spot){"network (n)", map_draw};
    spot[count++] = (struct spot){"timeline (T)", times_draw};
    if (talk_here(ui))
        spot[count++] = (struct spot){"table (t)", promises_draw};
    return count;
}

static int middle_spots(struct ui *ui, bool wide, struct spot *spot)
{
    int count = 0;
    const char *ahead = ahead_title(ui);
    if (ahead)
        spot[count++] = (struct spot){ahead, ahead_draw};
    if (!wide)
        spot[count++] = (struct spot){preview_title(ui), preview_draw};
    if (wide)
        spot[count++] = (struct spot){"what you are judged on", draw_goals};
    if (wide)
        spot[count++] = (struct spot){"measures in force (i)", draw_measures};
    return count;
}

/* "+2: network (n), timeline (T)" */
static void name_left_out(struct ui *ui, struct canvas *c, struct area news, const struct spot *spot, int spots)
{
    struct text t;
    text_init(&t, &ui->frame);
    text_addf(&t, " +%d:", spots);
    for (int i = 0; i < spots; i++)
        text_addf(&t, "%s %s", i ? "," : "", spot[i].title);
    text_add(&t, " ");
    if (spots > 0 && text_width(t.at) < news.w - 10)
        canvas_right(c, news.x, news.y, news.w - 1, ROLE_DIM, t.at);
}

static void dash_draw(struct ui *ui, struct canvas *c, void *self)
{
    (void)self;
    if (!ui->notice && ui->turns_seen < HINT_TURNS && ui->plan.rows == 0)
        ui->notice = "Enter shows what a move does, p plans it, c commits and plays the turn.";
    struct area in = ui_chrome(ui, c, "PLAN", ui->dash.focus == FOCUS_NUMBERS ? number_hints : talk_here(ui) ? talk_hints : move_hints);
    struct panel column[3] = {{.min = in.w >= WIDE ? GIVES_WIDTH : 40, .wanted = 54, .weight = 1, .importance = 3}, {.min = 37, .wanted = 56, .weight = 1, .importance = 3},
                              {.min = 32, .wanted = 60, .weight = 2, .importance = 1}};
    panels_share(column, 3, in.w - 2);
    if (column[2].size == 0)
        panels_share(column, 2, in.w - 1);
    const bool wide = column[2].size > 0;
    struct spot middle[3], lower[3];
    const int middles = middle_spots(ui, wide, middle), lowers = lower_spots(ui, lower);
    int number_row[MOST_ROWS_SHOWN], rows = number_rows(ui, number_row), goals = ui->program->seat[ui->seat].goals, want = ui->moves + 2 + ui->plan.rows;
    struct panel band[BANDS] = {
        [BAND_TOP] = {.min = wide ? 12 : 10, .wanted = 1 + (rows > want ? rows : want), .weight = 3, .importance = 4},
        [BAND_MIDDLE] = {.min = wide ? 7 : 6, .wanted = wide ? 1 + (goals > 11 ? goals : 11) : 8, .weight = 2, .importance = 2},
        [BAND_LOWER] = {.min = 9, .wanted = 13, .weight = 1, .importance = 1},
        [BAND_NEWS] = {.min = 4, .wanted = 8, .weight = 1, .importance = 3}};
    panels_share(band, BANDS, in.h);

    int x = in.x, y = in.y, left = column[0].size;
    const int top = band[BAND_TOP].size;
    canvas_across(c, in.x - 1, y, in.w + 2);
    canvas_down(c, x + left, y, top + 1);
    if (wide)
        canvas_down(c, x + left + 1 + column[1].size, y, top + 1);
    draw_numbers(ui, c, (struct area){x, y, left, top});
    draw_moves(ui, c, (struct area){x + left + 1, y, column[1].size, top});
    if (wide) {
        struct area box = {x + left + column[1].size + 2, y, in.x + in.w - (x + left + column[1].size + 2), top};
        ui_head(c, box.x + 1, box.y, box.w - 1, preview_title(ui));
        detail_draw(ui, c, (struct area){box.x + 1, box.y + 1, box.w - 2, box.h - 1});
    }
    y += top;
    const int width[3] = {left, column[1].size, column[2].size};
    if (band[BAND_MIDDLE].size > 0)
        draw_band(ui, c, (struct area){in.x, y, in.w, band[BAND_MIDDLE].size}, middle, width, middles);
    y += band[BAND_MIDDLE].size;
    const int shown = band[BAND_LOWER].size == 0 ? 0 : wide || lowers < 2 ? lowers : 2;
    if (shown > 0)
        draw_band(ui, c, (struct area){in.x, y, in.w, band[BAND_LOWER].size}, lower, width, shown);
    y += band[BAND_LOWER].size;
    canvas_across(c, in.x - 1, y, in.w + 2);
    ui_head(c, x + 1, y, in.w - 1, "news");
    name_left_out(ui, c, (struct area){x, y, in.w, 1}, lower + shown, lowers - shown);
    draw_messages(ui, c, (struct area){x + 1, y + 1, in.w - 2, band[BAND_NEWS].size - 1});
    c->typing = ui->dash.filter.typing;
}

static bool move_key(struct ui *ui, int key)
{
    struct dash *d = &ui->dash;
    int line[MOST_CHOICES], count = shown_moves(ui, line) + ui->plan.rows, move = dash_move(ui);
    if (list_key(key, &d->move, count, 8))
        return true;
    switch (key) {
    case UI_KEY_ENTER:
        if (move >= 0)
            detail_open(ui, move);
        return true;
    case 'p': case ' ':
        if (planned_line(ui) >= 0)
            ui_say(ui, false, "This line is planned already; d drops it.");
        else if (move >= 0)
            draft_plan(ui, move);
        return true;
    case 's':
        if (move >= 0)
            source_open(ui, ui->program->move[move].name);
        return true;
    default: return false;
    }
}

static bool dash_key(struct ui *ui, void *self, int key)
{
    struct dash *d = &ui->dash;
    (void)self;
    if (d->filter.typing && filter_key(&d->filter, key)) {
        d->move = 0;
        return true;
    }
    switch (key) {
    case UI_KEY_TAB: case UI_KEY_BACK_TAB: d->focus = d->focus == FOCUS_MOVES ? FOCUS_NUMBERS : FOCUS_MOVES; return true;
    case UI_KEY_LEFT: case 'h': case '1': d->focus = FOCUS_NUMBERS; return true;
    case UI_KEY_RIGHT: case 'l': case '2': d->focus = FOCUS_MOVES; return true;
    case '/':
        d->focus = FOCUS_MOVES;
        d->filter.typing = true;
        return true;
    case UI_KEY_ESC: case UI_KEY_BACKSPACE: d->filter.text[0] = '\0'; return true;
    case 'c': seal_open(ui); return true;
    case 'z': draft_undo(ui); return true;
    case 'Z': draft_redo(ui); return true;
    case 'd': {
        int line = planned_line(ui);
        if (line >= 0)
            draft_drop(ui, line);
        else if (dash_move(ui) >= 0)
            draft_drop_move(ui, dash_move(ui));
        return true;
    }
    default: break;
    }
    if (talk_key(ui, key))
        return true;
    if (d->focus == FOCUS_MOVES)
        return move_key(ui, key);
    if (list_key(key, &d->number, ui->numbers, 8))
        return true;
    if (key == UI_KEY_ENTER && ui->numbers > 0) {
        causes_open(ui, dash_number(ui));
        return true;
    }
    return key == 'p';                                               /* no move is marked: nothing to plan */
}

const struct page_ops dash_page = {.name = "plan", .draw = dash_draw, .key = dash_key, .keys = "Enter p d z Z c o r t x N b w s i n T ? q"};
