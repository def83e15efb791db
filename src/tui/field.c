/* tui/field.c — a line of text that a person types and changes: shown over as many rows as it needs, with a mark under a place in it.
 * Only text goes in: what would command a terminal or turn its lines round is left out, typed or pasted. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

enum { MOST_ROWS_OF_FIELD = 128 };

void field_set(struct field *f, const char *text)
{
    *f = (struct field){.at = 0};
    for (const char *at = text; *at;) {
        const char *from = at;
        text_next(&at);
        size_t n = (size_t)(at - from);
        if (f->at + n >= sizeof f->text)
            break;
        memcpy(f->text + f->at, from, n);
        f->at += n;
    }
}

static size_t before(const struct field *f, size_t at)
{
    while (at > 0 && ((unsigned char)f->text[--at] & 0xC0) == 0x80)
        ;
    return at;
}

static size_t after(const struct field *f, size_t at)
{
    const char *next = f->text + at;
    text_next(&next);
    return (size_t)(next - f->text);
}

static bool put_in(struct field *f, uint32_t code)
{
    char bytes[8];
    const bool is_character = code >= ' ' && code != 0x7F && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (!is_character)
        return false;
    const size_t n = canvas_utf8(code, bytes), had = strlen(f->text);
    if (text_commands(bytes, n) || had + n >= sizeof f->text)
        return true;
    memmove(f->text + f->at + n, f->text + f->at, had - f->at + 1);
    memcpy(f->text + f->at, bytes, n);
    f->at += n;
    return true;
}

bool field_key(struct field *f, int key)
{
    switch (key) {
    case UI_KEY_LEFT: f->at = before(f, f->at); return true;
    case UI_KEY_RIGHT: f->at = after(f, f->at); return true;
    case UI_KEY_HOME: f->at = 0; return true;
    case UI_KEY_END: f->at = strlen(f->text); return true;
    case UI_KEY_BACKSPACE: {
        const size_t from = before(f, f->at);
        memmove(f->text + from, f->text + f->at, strlen(f->text + f->at) + 1);
        f->at = from;
        return true;
    }
    default: return key > 0 && put_in(f, (uint32_t)key);
    }
}

/* Where rows begin, as bytes, after a blank where there is one; start[rows] is the end of the text, which has a cell of its own. */
static int rows_of(const struct field *f, int cells, size_t *start)
{
    int rows = 1, used = 0, used_to_blank = 0;
    size_t blank = 0;                                                /* where a row could begin; 0: nowhere in this one */
    start[0] = 0;
    for (size_t at = 0; f->text[at] && rows < MOST_ROWS_OF_FIELD;) {
        const size_t next = after(f, at);
        char one[8];
        memcpy(one, f->text + at, next - at);
        one[next - at] = '\0';
        const int width = text_width(one);
        if (used + width > cells) {
            start[rows++] = blank ? blank : at;
            used = blank ? used - used_to_blank : 0;
            blank = 0;
        }
        used += width;
        at = next;
        if (one[0] == ' ') {
            blank = at;
            used_to_blank = used;
        }
    }
    const size_t end = strlen(f->text);
    if (used >= cells && rows < MOST_ROWS_OF_FIELD)
        start[rows++] = end;
    start[rows] = end;
    return rows;
}

static int row_at(const size_t *start, int rows, size_t at)
{
    int row = 0;
    while (row + 1 < rows && start[row + 1] <= at)
        row++;
    return row;
}

static const char *part(struct arena *a, const struct field *f, size_t from, size_t to)
{
    return arena_copy(a, f->text + from, to - from);
}

int field_draw(struct ui *ui, struct canvas *c, struct area box, struct field *f, int mark)
{
    size_t start[MOST_ROWS_OF_FIELD + 1];
    const int rows = rows_of(f, box.w, start), here = row_at(start, rows, f->at), marked = mark < 0 ? -1 : row_at(start, rows, (size_t)mark);
    const int height = box.h - 1;                                    /* one row is the mark's */
    list_show(here, rows, height, &f->top);
    int y = box.y;
    for (int row = f->top; row < rows && row < f->top + height; row++) {
        canvas_text(c, box.x, y, box.w, ROLE_NEEDS, part(&ui->frame, f, start[row], start[row + 1]));
        if (row == here)
            canvas_cursor(c, box.x + text_width(part(&ui->frame, f, start[row], f->at)), y);
        y++;
        if (row == marked)
            canvas_text(c, box.x + text_width(part(&ui->frame, f, start[row], (size_t)mark)), y++, 1, ROLE_WARN, "^");
    }
    c->typing = true;
    return y - box.y;
}
