/* tui/keycard.c — help: the keys that work here and the scenario's words, filtered as you type. Enter does the key or explains the word. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

enum { MOST_ROWS_OF_HELP = 512 };
struct help_row { const char *key, *name, *text; int press; const char *word; };       /* press: the key to send; word: of the glossary */
struct keycard { struct filter filter; int cursor, top, height; const char *keys; };

/* Keys that move; what acts is in actions.def. */
static const struct help_row moving[] = {
    {"arrows, h j k l", "move", "Tab: the other panel; 1 2: panel by number", 0, NULL},
    {"PgUp PgDn Space", "page", "in long texts; Home and End go to the ends", 0, NULL},
    {":", "command by name", "every action, with the word and the shell line that do the same", ':', NULL},
    {"/", "filter a list", "as you type; ! before it means not; Esc clears", 0, NULL},
    {"Space", "plan", "on a move: the same as p", 0, NULL},
    {"< >", "turn", "earlier and later, in the newspaper and on why pages", 0, NULL},
    {"[ ]", "the next one", "another move or number on a page about one", 0, NULL},
    {"+ - 0", "answer", "yes, no, silence, when another seat asks you", 0, NULL},
    {"> and dot", "where you are", "> in the panel that keys act on; the dot keeps your place in the other", 0, NULL},
    {"~ and ?", "how sure", "~: not exact; ?: you cannot see it. What has no unit is a count or of 100", 0, NULL},
    {"L", "long form", "of the brief", 0, NULL},
    {"Esc", "back", "never leaves; no wrong key loses anything, only commit and leave ask", 0, NULL},
    {"ctrl-c twice", "leave now", "the first asks", 0, NULL},
    {"ctrl-l", "paint again", "if something else wrote on the terminal", 0, NULL},
};

/* True if the key is among those of the page, parted by blanks. */
bool keycard_among(const char *keys, const char *key)
{
    size_t n = strlen(key);
    for (const char *at = keys; (at = strstr(at, key)) != NULL; at += n)
        if ((at == keys || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

static bool lets(const struct filter *f, const struct help_row *row)
{
    return filter_lets(f, row->key) || filter_lets(f, row->name) || filter_lets(f, row->text);
}

static int help_rows(struct ui *ui, const struct keycard *k, struct help_row *row)
{
    int count = 0;
    const int talks = talk_here(ui) ? talk_count : 0;
    for (int i = 0; i < action_count + talks; i++) {
        const struct action *act = i < action_count ? &action_table[i] : &talk_table[i - action_count];
        struct help_row one = {act->key, act->palette, act->help, 0, NULL};
        if (!*one.key || !keycard_among(k->keys, one.key) || !lets(&k->filter, &one))
            continue;
        one.press = ui_key_named(one.key);
        row[count++] = one;
    }
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        if (lets(&k->filter, &moving[i]))
            row[count++] = moving[i];
    for (int i = 0; i < ui->program->words && count < MOST_ROWS_OF_HELP; i++) {
        const struct word *w = &ui->program->word[i];
        struct help_row one = {"", w->word, w->meaning, 0, w->word};
        if (lets(&k->filter, &one))
            row[count++] = one;
    }
    return count;
}

static const struct hint keycard_hints[] = {{"type", "to filter"}, {"up/down", "move"}, {"Enter", "do it, or explain"}, {"Esc", "close"}, {NULL, NULL}};

static void keycard_draw(struct ui *ui, struct canvas *c, void *self)
{
    struct keycard *k = self;
    enum { KEY = 17, NAME = 21 };
    struct help_row *row = ARENA_ARRAY(&ui->frame, MOST_ROWS_OF_HELP, struct help_row);
    int count = help_rows(ui, k, row);
    struct area in = ui_chrome(ui, c, "HELP", keycard_hints);
    int used = canvas_textf(c, in.x + 1, in.y, in.w - 2, ROLE_STRONG, "Keys that work here, and words. Type to filter: %s", k->filter.text);
    canvas_cursor(c, in.x + 1 + used, in.y);
    canvas_right(c, in.x + in.w - 15, in.y, 14, ROLE_DIM, arena_printf(&ui->frame, "%d found", count));
    canvas_across(c, in.x - 1, in.y + 1, in.w + 2);
    k->height = in.h - 4;
    k->cursor = k->cursor >= count ? (count > 0 ? count - 1 : 0) : k->cursor;
    list_show(k->cursor, count, k->height, &k->top);
    for (int i = 0; i < k->height && k->top + i < count; i++) {
        const struct help_row *r = &row[k->top + i];
        int y = in.y + 2 + i;
        bool here = k->top + i == k->cursor;
        canvas_text(c, in.x + 1, y, 1, ROLE_STRONG, here ? ">" : " ");
        canvas_text(c, in.x + 3, y, KEY - 1, ROLE_KEY, *r->key ? r->key : "word");
        canvas_text(c, in.x + 3 + KEY, y, NAME - 1, ROLE_PLAIN, r->name);
        canvas_text(c, in.x + 3 + KEY + NAME, y, in.w - 4 - KEY - NAME, ROLE_DIM, r->text);
        if (here)
            canvas_role(c, in.x + 2, y, in.w - 3, ROLE_FOCUS);
    }
    canvas_across(c, in.x - 1, in.y + in.h - 2, in.w + 2);
    if (count > k->height && k->height > 0)
        ui_head(c, in.x + 1, in.y + in.h - 2, in.w - 2, arena_printf(&ui->frame, "%d to %d of %d", k->top + 1, k->top + k->height < count ? k->top + k->height : count, count));
    canvas_text(c, in.x + 1, in.y + in.h - 1, in.w - 2, ROLE_PLAIN, count > 0 ? row[k->cursor].text : "Nothing has these letters; Backspace takes one back.");
    c->typing = true;
}

static bool keycard_key(struct ui *ui, void *self, int key)
{
    struct keycard *k = self;
    struct help_row *row = ARENA_ARRAY(&ui->frame, MOST_ROWS_OF_HELP, struct help_row);
    int count = help_rows(ui, k, row);
    if (key == UI_KEY_ESC || key == UI_KEY_F1 || (key == UI_KEY_BACKSPACE && !k->filter.text[0]) || (key == '?' && !k->filter.text[0])) {
        ui_pop(ui);
    } else if (key == UI_KEY_ENTER) {
        if (count == 0)
            return true;
        const char *word = row[k->cursor].word;
        int press = row[k->cursor].press;
        ui_pop(ui);
        if (word)
            report_word(pager_open(ui, "WORD"), ui->program, word);
        else if (press)
            ui_key(ui, press);
    } else if (key >= ' ' && key < 0x7F) {                           /* letters filter here, even those that move elsewhere */
        filter_key(&k->filter, key);
        k->cursor = 0;
    } else if (!list_key(key, &k->cursor, count, k->height)) {
        filter_key(&k->filter, key);
    }
    return true;
}

static const struct page_ops keycard_page = {.name = "help", .draw = keycard_draw, .key = keycard_key, .alone = true, .size = sizeof(struct keycard), .keys = ""};

void keycard_open(struct ui *ui)
{
    const char *keys = ui->page_count > 0 ? ui->page[ui->page_count - 1].ops->keys : "";
    struct keycard *k = ui_push(ui, &keycard_page);
    k->keys = keys;
}
