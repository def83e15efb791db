/* tui/print.c — a screen as text, for tests and previews: the same pages and keys, no terminal. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

/* Where a screen begins, and the keys that lead to it from there. */
static const struct { const char *name, *base, *keys; } screens[] = {
    {"plan", "plan", ""}, {"brief", "brief", ""}, {"news", "news", ""}, {"answer", "answer", ""}, {"end", "end", ""}, {"debrief", "end", ""},
    {"move", "plan", "Enter"}, {"why", "plan", "w"}, {"source", "plan", "s"}, {"measures", "plan", "i"}, {"network", "plan", "n"}, {"timeline", "plan", "T"},
    {"table", "plan", "t"}, {"reply", "plan", "r"}, {"offer", "plan", "o"}, {"help", "plan", "?"}, {"command", "plan", ":"}, {"commit", "plan", "c"}, {"leave", "plan", "q"}};
enum { SCREENS = sizeof screens / sizeof *screens };
const char *const tui_screens[] = {"plan", "brief", "news", "answer", "end", "debrief", "move", "why", "source", "measures", "network", "timeline", "table", "reply", "offer", "help", "command", "commit",
                                   "leave", NULL};

static const char *keys_to(const char *screen)
{
    for (int i = 0; i < SCREENS; i++)
        if (!strcmp(screens[i].name, screen))
            return screens[i].keys;
    return NULL;
}

static bool start_at(struct ui *ui, const struct tui_print *how)
{
    const char *base = "";
    for (int i = 0; i < SCREENS; i++)
        if (!strcmp(screens[i].name, how->screen))
            base = screens[i].base;
    if (!strcmp(base, "brief") || !strcmp(base, "plan")) {
        ui_base(ui, &dash_page);
        draft_refresh(ui);
        ui->brief_read = base[0] != 'b';
        if (!ui->brief_read)
            brief_open(ui);
    } else if (!strcmp(base, "news")) {
        paper_review(ui);
    } else if (!strcmp(base, "answer")) {
        reply_base(ui, how->tabled);
    } else if (!strcmp(base, "end")) {
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
    ui->ahead = how->ahead;
    ui->ahead_now = true;
    ui->open = how->open;
    ui_turn(ui, v);
    bool good = start_at(ui, how);
    if (!good)
        fprintf(out, "there is no screen '%s'\n", how->screen);
    const char *keys = good ? arena_printf(&own, "%s %s", keys_to(how->screen), how->keys ? how->keys : "") : "";
    for (const char *at = keys; good && *at;) {
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
