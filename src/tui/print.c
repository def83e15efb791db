/* tui/print.c — a screen as text, for tests and previews: the same pages and keys, no terminal. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

static bool start_at(struct ui *ui, const struct tui_print *how)
{
    if (!strcmp(how->screen, "brief") || !strcmp(how->screen, "plan")) {
        ui_base(ui, &dash_page);
        draft_refresh(ui);
        ui->brief_read = how->screen[0] != 'b';
        if (!ui->brief_read)
            brief_open(ui);
    } else if (!strcmp(how->screen, "news")) {
        paper_review(ui);
    } else if (!strcmp(how->screen, "answer")) {
        reply_base(ui, how->tabled);
    } else if (!strcmp(how->screen, "end")) {
        finale_base(ui);
    } else {
        return false;
    }
    return true;
}

static void draw(struct ui *ui, const struct tui_print *how, FILE *out)
{
    struct arena_mark mark = arena_mark(&ui->frame);
    struct canvas c = canvas_new(&ui->frame, ui->columns, ui->rows, ui->glyphs);
    ui_draw(ui, &c);
    if (out)
        canvas_print(&c, how->roles, out);
    arena_reset(&ui->frame, mark);
}

bool tui_print_screen(const struct view *v, const struct tui_print *how, FILE *out)
{
    struct arena own;
    arena_init(&own, "screen, printed");
    struct ui *ui = ARENA_NEW(&own, struct ui);
    ui_open(ui);
    ui->columns = how->columns;
    ui->rows = how->rows;
    ui->glyphs = how->glyphs;
    ui->seed = how->seed ? arena_printf(&own, "seed %s", how->seed) : NULL;
    ui_turn(ui, v);
    bool good = start_at(ui, how);
    if (!good)
        fprintf(out, "there is no screen '%s'\n", how->screen);
    for (const char *at = how->keys ? how->keys : ""; good && *at;) {
        size_t n = strcspn(at, " ");
        if (n == 0) {
            at++;
            continue;
        }
        const char *name = arena_copy(&own, at, n);
        int key = ui_key_named(name);
        good = key != UI_KEY_NONE;
        if (!good)
            fprintf(out, "there is no key '%s'\n", name);
        draw(ui, how, NULL);                                         /* pages learn their heights by being drawn */
        ui_key(ui, key);
        at += n;
    }
    if (good)
        draw(ui, how, out);
    ui_close(ui);
    arena_done(&own);
    return good;
}
