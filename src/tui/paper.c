/* tui/paper.c — the newspaper after a turn: stories on the left, what else happened and what moved on the right.
 * It is the page of the review, and opens above any other with N. `<` and `>` turn to other months. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

struct paper { int moment; struct pager pager; };

static const struct hint review_hints[] = {{"Enter", "next turn"}, {"w", "why"}, {"i", "measures"}, {"< >", "other turns"}, {"Space", "on"}, {NULL, NULL}};
static const struct hint last_hints[] = {{"Enter", "how it ended"}, {"w", "why"}, {"i", "measures"}, {"< >", "other turns"}, {NULL, NULL}};
static const struct hint later_hints[] = {{"Enter", "close"}, {"w", "why"}, {"< >", "other turns"}, {"Space", "on"}, {NULL, NULL}};

/* As page/ tags them in lists; here a line of its own below the headline. */
static const char *tag(struct ui *ui, struct news n)
{
    switch (n.tag) {
    case NEWS_FACT: return n.seat >= 0 ? arena_printf(&ui->frame, "fact, %s", ui_seat_title(ui, n.seat)) : "fact";
    case NEWS_CLAIM: return n.seat >= 0 ? arena_printf(&ui->frame, "claim, from %s", ui_seat_title(ui, n.seat)) : "claim";
    case NEWS_RUMOUR: return "rumour";
    }
    return "";
}

/* Stories in full on the left; headlines alone go to the right, unless there is no story at all or a headline would be cut there. */
static bool on_left(const struct news *n, bool stories)
{
    enum { ONE_LINE = 34 };                                          /* columns of the right at 80 */
    return !stories || (n->story && *n->story) || text_width(n->headline) > ONE_LINE;
}

static bool has_stories(const struct news *news, int count)
{
    for (int i = 0; i < count; i++)
        if (news[i].story && *news[i].story)
            return true;
    return false;
}

static struct doc *stories_of(struct ui *ui, const struct news *news, int count, bool stories, int moment)
{
    struct doc *doc = doc_new(&ui->pages);
    for (int i = 0, told = 0; i < count; i++) {
        if (!on_left(&news[i], stories))
            continue;
        if (told++ > 0)
            doc_gap(doc);
        doc_heading(doc, "%s", news[i].headline);
        if (news[i].story && *news[i].story)
            doc_text(doc, "%s", news[i].story);
        doc_quiet(doc, "%s", tag(ui, news[i]));
    }
    bool begins = moment == 0 && ui->program->summary && *ui->program->summary;
    if (count > 0 && begins)
        doc_gap(doc);
    if (begins)                                                      /* what the plan's panel says while nothing has happened */
        doc_text(doc, "%s", ui->program->summary);
    else if (count == 0)
        doc_text(doc, "No news this time.");
    return doc;
}

static int draw_also(struct canvas *c, struct area box, const struct news *news, int count, bool stories)
{
    int row = 0, others = 0;
    for (int i = 0; i < count; i++)
        others += !on_left(&news[i], stories);
    if (others == 0 || box.h < 2)
        return 0;
    canvas_text(c, box.x, box.y, box.w, ROLE_STRONG, "also");
    row++;
    for (int i = 0; i < count && row < box.h; i++) {
        if (on_left(&news[i], stories))
            continue;
        if (row == box.h - 1 && others > 1) {
            canvas_textf(c, box.x + 1, box.y + row++, box.w - 1, ROLE_DIM, "and %d more", others);
            break;
        }
        canvas_glyph(c, box.x + 1, box.y + row, ROLE_DIM, GLYPH_DOT);
        canvas_text(c, box.x + 3, box.y + row++, box.w - 3, ui_seat_role(news[i].seat), news[i].headline);
        others--;
    }
    return row + (row < box.h);
}

static bool about(struct seen_value s) { return !s.exact && s.give_or_take > 0; }

/* A sign that a figure is not exact, as on the dashboard. */
static const char *with_sign(struct ui *ui, struct seen_value s, const char *figure)
{
    return about(s) ? arena_printf(&ui->frame, "~%s", figure) : figure;
}

/* The numbers that moved, in the order in which they are watched: was, is, and the direction as a sign. */
static void draw_moved(struct ui *ui, struct canvas *c, struct area box, int moment)
{
    enum { FIGURE = 7 };                                             /* of which one cell keeps two figures apart */
    int row = 1, label = box.w - 2 * FIGURE - 2, more = 0;
    bool guessed = false;
    if (moment < 1 || box.h < 2)
        return;
    canvas_text(c, box.x, box.y, label, ROLE_STRONG, "what you saw change");
    canvas_right(c, box.x + label, box.y, FIGURE, ROLE_DIM, "was");
    canvas_right(c, box.x + label + FIGURE, box.y, FIGURE, ROLE_DIM, "is");
    for (int i = 0; i < ui->numbers; i++) {
        struct number n = ui->number[i];
        struct seen_value was = view_value(ui->view, n.quantity, n.element, moment - 1), is = view_value(ui->view, n.quantity, n.element, moment);
        if (!was.known || !is.known)
            continue;
        const char *before = report_figure(ui->program, &ui->frame, n, was), *after = report_figure(ui->program, &ui->frame, n, is);
        if (!strcmp(before, after))
            continue;
        if (row >= box.h - 1 && i + 1 < ui->numbers) {
            more++;
            continue;
        }
        bool up = is.value > was.value, mine = ui->program->quantity[n.quantity].good_for == ui->seat;
        enum role role = !mine ? ROLE_PLAIN : up ? ROLE_GOOD : ROLE_BAD;
        canvas_text(c, box.x + 1, box.y + row, label - 1, ROLE_PLAIN, ui_label_fit(ui, report_label(ui->view, &ui->frame, n), label - 1));
        canvas_right(c, box.x + label, box.y + row, FIGURE, ROLE_DIM, with_sign(ui, was, before));
        canvas_right(c, box.x + label + FIGURE, box.y + row, FIGURE, role, with_sign(ui, is, after));
        guessed = guessed || about(was) || about(is);
        canvas_glyph(c, box.x + label + 2 * FIGURE + 1, box.y + row, role, up ? GLYPH_UP : GLYPH_DOWN);
        row++;
    }
    if (more)
        canvas_textf(c, box.x + 1, box.y + row, box.w - 1, ROLE_DIM, "and %d more%s", more, guessed ? "; ~ seen with an error" : "");
    else if (row == 1)
        canvas_text(c, box.x + 1, box.y + 1, box.w - 1, ROLE_DIM, "nothing that you watch");
    if (guessed && !more && row < box.h)
        canvas_text(c, box.x + 1, box.y + row, box.w - 1, ROLE_DIM, "~ seen with an error");
}

static void draw_masthead(struct ui *ui, struct canvas *c, struct area in, int moment)
{
    const char *name = " THE LONG TELEGRAM ", *date = arena_printf(&ui->frame, " %s ", ui_moment(ui, &ui->frame, moment));
    for (int i = 1; i < in.w - 1; i++)
        canvas_glyph(c, in.x + i, in.y, ROLE_DIM, GLYPH_DOUBLE);
    canvas_text(c, in.x + 4, in.y, in.w - 8, ROLE_STRONG, name);
    canvas_right(c, in.x + in.w - 4 - text_width(date), in.y, text_width(date), ROLE_PLAIN, date);
}

static void fill(struct ui *ui, struct paper *p, int moment)
{
    struct news news[MOST_NEWS];
    int count = view_news(ui->view, moment, news, MOST_NEWS);
    p->moment = moment;
    struct doc *doc = stories_of(ui, news, count, has_stories(news, count), moment);
    if (ui->watching && moment == view_turn(ui->view) && ui->reasons > 0) {     /* who only watches may know what they are after */
        doc_gap(doc);
        doc_heading(doc, "What they are after");
        for (int i = 0; i < ui->reasons; i++)
            doc_item(doc, 0, "%s", ui->reason[i]);
    }
    p->pager = (struct pager){.doc = doc};
}

static void paper_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct paper *p = self;
    bool review = self == ui->page[0].self;                          /* the page of the phase, not one opened above another */
    struct area in = ui_chrome(ui, c, review ? "REVIEW" : "NEWS", !review ? later_hints : view_over(ui->view) ? last_hints : review_hints);
    struct news news[MOST_NEWS];
    int count = view_news(ui->view, p->moment, news, MOST_NEWS), left = (in.w - 1) / 2;
    draw_masthead(ui, c, in, p->moment);
    int below = p->moment == view_turn(ui->view) && ui->refusals > 0 ? ui->refusals + 1 : 0, body = in.h - 1 - below;
    canvas_across(c, in.x - 1, in.y + 1, in.w + 2);
    canvas_down(c, in.x + left, in.y + 1, body + (below > 0));
    pager_draw(ui, c, (struct area){in.x + 1, in.y + 2, left - 2, body - 1}, &p->pager);
    struct area right = {in.x + left + 2, in.y + 2, in.w - left - 3, body - 1};
    int used = draw_also(c, (struct area){right.x, right.y, right.w, right.h / 2}, news, count, has_stories(news, count));
    draw_moved(ui, c, (struct area){right.x, right.y + used, right.w, right.h - used}, p->moment);
    if (below > 0) {
        canvas_across(c, in.x - 1, in.y + 1 + body, in.w + 2);
        ui_head(c, in.x + 1, in.y + 1 + body, in.w - 2, "what could not be done");
        for (int i = 0; i < ui->refusals && i + 1 < below; i++)
            canvas_textf(c, in.x + 1, in.y + 2 + body + i, in.w - 2, ROLE_WARN, "! %s", ui->refused[i]);
    }
}

static bool paper_key(struct ui *ui, void *self, int key)
{
    struct paper *p = self;
    if (key == UI_KEY_ENTER) {
        if (ui->page_count > 1)
            ui_pop(ui);
        else
            ui->end = UI_READY;
        return true;
    }
    if ((key == '<' && p->moment > 0) || (key == '>' && p->moment < view_turn(ui->view))) {
        fill(ui, p, p->moment + (key == '>' ? 1 : -1));
        return true;
    }
    return key == '<' || key == '>' || pager_key(&p->pager, key);
}

static const struct page_ops paper_page = {.name = "news", .draw = paper_draw, .key = paper_key, .size = sizeof(struct paper), .keys = "b w s i ? q"};

void paper_open(struct ui *ui)
{
    if (ui->page_count > 0 && ui->page[0].ops == &paper_page) {      /* it is the page of this phase already */
        while (ui->page_count > 1)
            ui_pop(ui);
        return;
    }
    fill(ui, ui_push(ui, &paper_page), view_turn(ui->view));
}

void paper_review(struct ui *ui)
{
    struct news news[MOST_NEWS];
    ui->told_turn = view_turn(ui->view);
    ui->told = view_news(ui->view, ui->told_turn, news, MOST_NEWS);
    fill(ui, ui_base(ui, &paper_page), view_turn(ui->view));
}
