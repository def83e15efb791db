/* tui/detail.c — one move: the track of its life, then its page as page/ words it. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

struct detail { int move; struct pager pager; };

/* --- effects in short ------------------------------------------------------------------------------------------------------ */

static enum detail_way way_of(const struct effect *e)
{
    const int way = e->op == EFFECT_SET ? 0 : report_effect_way(e);
    return way > 0 ? DETAIL_RAISES : way < 0 ? DETAIL_LOWERS : DETAIL_MOVES;
}

const char *detail_words(struct ui *ui, struct arena *a, const struct move *m, struct effects effects, enum detail_way way)
{
    static const char *const verb[DETAIL_WAYS] = {"raises ", "lowers ", "changes "};
    struct text t;
    int count = 0;
    text_init(&t, a);
    for (int i = 0; i < effects.count; i++) {
        const struct effect *e = &effects.at[i];
        if (way_of(e) != way)
            continue;
        text_addf(&t, "%s%s", count++ ? "; " : verb[way], report_effect_label(a, ui->program, m, e));
        if (e->after > 0)
            text_addf(&t, " %d turn%s later", e->after, e->after == 1 ? "" : "s");
    }
    return t.at ? t.at : "";
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

void detail_track(struct ui *ui, struct canvas *c, int x, int y, int cells, int move)
{
    const struct move *m = &ui->program->move[move];
    enum stage now = STAGE_NONE;
    int at = 0;
    for (int t = 0; t < m->targets; t++) {
        enum stage s = view_measure(ui->view, move, t).stage;
        now = s > now ? s : now;
    }
    for (int s = STAGE_NONE; s <= STAGE_LIFTED && at < cells; s++) {
        if (s > STAGE_NONE) {
            canvas_text(c, x + at, y, cells - at, ROLE_DIM, " ");
            canvas_glyph(c, x + at + 1, y, ROLE_DIM, GLYPH_TRACK);
            at += 3;
        }
        bool here = (enum stage)s == now;
        const char *name = stage_name((enum stage)s);
        at += canvas_text(c, x + at, y, cells - at, here ? ROLE_NEEDS : ROLE_DIM, here ? arena_printf(&ui->frame, "[%s]", name) : name);
    }
}

static const struct hint detail_hints[] = {{"p", "plan it"}, {"d", "drop it"}, {"[ ]", "other move"}, {"s", "source"}, {"Space", "on"}, {"Esc", "back"}, {NULL, NULL}};

static void show(struct ui *ui, struct detail *d, int move)
{
    d->move = move;
    d->pager = (struct pager){.doc = doc_new(&ui->pages)};
    report_move((struct doc *)d->pager.doc, ui->view, move);
}

static int place(const struct ui *ui, int move)
{
    for (int i = 0; i < ui->moves; i++)
        if (ui->move[i].move == move)
            return i;
    return -1;
}

static void detail_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct detail *d = self;
    int at = place(ui, d->move);
    struct area in = ui_chrome(ui, c, at < 0 ? "MOVE" : arena_printf(&ui->frame, "MOVE %d of %d", at + 1, ui->moves), detail_hints);
    if (ui->program->move[d->move].measure)
        detail_track(ui, c, in.x + 1, in.y, in.w - 2, d->move);
    else
        canvas_text(c, in.x + 1, in.y, in.w - 2, ROLE_DIM, "An act: done at once, and it can be done again.");
    canvas_across(c, in.x - 1, in.y + 1, in.w + 2);
    if (draft_planned(ui, d->move))
        ui_head(c, in.x + in.w - 12, in.y + 1, 11, "planned");
    pager_draw(ui, c, (struct area){in.x + 1, in.y + 2, in.w - 2, in.h - 2}, &d->pager);
}

static bool detail_key(struct ui *ui, void *self, int key)
{
    struct detail *d = self;
    int at = place(ui, d->move);
    switch (key) {
    case 'p': {
        int move = d->move;
        ui_pop(ui);                                                  /* planned or asked: either way the dashboard shows it */
        draft_plan(ui, move);
        return true;
    }
    case 'd': draft_drop_move(ui, d->move); return true;
    case 'z': draft_undo(ui); return true;
    case 'Z': draft_redo(ui); return true;
    case 'c': seal_open(ui); return true;
    case 's': source_open(ui, ui->program->move[d->move].name); return true;
    case ']': case '[':
        if (at >= 0)
            show(ui, d, ui->move[(at + (key == ']' ? 1 : ui->moves - 1)) % ui->moves].move);
        return true;
    case UI_KEY_ENTER: ui_pop(ui); return true;
    default: return pager_key(&d->pager, key);
    }
}

static const struct page_ops detail_page = {.name = "move", .draw = detail_draw, .key = detail_key, .size = sizeof(struct detail), .keys = "p d z Z c N b w s i ? q"};

void detail_open(struct ui *ui, int move)
{
    struct detail *d = ui_push(ui, &detail_page);
    show(ui, d, move);
}
