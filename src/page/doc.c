/* page/doc.c — a document and how it is laid out as lines; charts are laid out by lay_*.c, pages of HTML by doc_html.c.
 * A part keeps its words as written; widths are only known when lines are asked for. Blank lines never come in twos, nor at the
 * start or end, so reports may ask for a gap wherever a subject ends. */
#include "page/doc_private.h"

#include <stdarg.h>
#include <string.h>

#include "base/panic.h"
#include "base/text.h"
#include "page/report_private.h"

enum { CELLS_DEFAULT = 78, CELLS_LEAST = 8, MEASURE = 96, ENDLESS = 1000 };

struct doc *doc_new(struct arena *a)
{
    struct doc *d = ARENA_NEW(a, struct doc);
    d->arena = a;
    return d;
}

struct arena *doc_arena(const struct doc *d)
{
    return d->arena;
}

static void add(struct doc *d, enum doc_role role, int number, const char *label, const char *text)
{
    struct part *part = LIST_ADD(d->arena, d->part);
    *part = (struct part){.role = role, .number = number, .label = label, .text = text};
}

/* A chart's part: what it shows is borrowed, its own few fields are copied. */
static struct part *add_chart(struct doc *d, enum part_kind kind)
{
    struct part *part = LIST_ADD(d->arena, d->part);
    *part = (struct part){.kind = kind, .role = DOC_TEXT, .text = ""};
    return part;
}

void doc_table(struct doc *d, const struct doc_table *table) { add_chart(d, PART_TABLE)->is.table = *table; }
void doc_bars(struct doc *d, const struct doc_bars *bars) { add_chart(d, PART_BARS)->is.bars = *bars; }
void doc_ranges(struct doc *d, const struct doc_ranges *ranges) { add_chart(d, PART_RANGES)->is.ranges = *ranges; }
void doc_fan(struct doc *d, const struct doc_fan *fan) { add_chart(d, PART_FAN)->is.fan = *fan; }
void doc_timeline(struct doc *d, const struct doc_timeline *timeline) { add_chart(d, PART_TIMELINE)->is.timeline = *timeline; }
void doc_network(struct doc *d, const struct doc_network *network) { add_chart(d, PART_NETWORK)->is.network = *network; }

void doc_sparks(struct doc *d, const struct doc_spark *spark, int sparks)
{
    struct part *part = add_chart(d, PART_SPARKS);
    part->is.sparks.at = spark;
    part->is.sparks.count = sparks;
}

static const char *words_of(struct doc *d, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    REQUIRE(n >= 0);
    char *at = arena_alloc(d->arena, (size_t)n + 1);
    vsnprintf(at, (size_t)n + 1, format, args);
    return at;
}

#define ADD_FORMATTED(role, number, label)                        \
    do {                                                          \
        va_list args;                                             \
        va_start(args, format);                                   \
        const char *words = words_of(d, format, args);            \
        va_end(args);                                             \
        add(d, (role), (number), (label), words);                 \
    } while (0)

void doc_title(struct doc *d, const char *format, ...) { ADD_FORMATTED(DOC_TITLE, 0, NULL); }
void doc_heading(struct doc *d, const char *format, ...) { ADD_FORMATTED(DOC_HEADING, 0, NULL); }
void doc_text(struct doc *d, const char *format, ...) { ADD_FORMATTED(DOC_TEXT, 0, NULL); }
void doc_item(struct doc *d, int number, const char *format, ...) { ADD_FORMATTED(DOC_ITEM, number, NULL); }
void doc_pair(struct doc *d, const char *label, const char *format, ...) { ADD_FORMATTED(DOC_PAIR, 0, arena_text(d->arena, label)); }
void doc_quiet(struct doc *d, const char *format, ...) { ADD_FORMATTED(DOC_QUIET, 0, NULL); }
void doc_warn(struct doc *d, const char *format, ...) { ADD_FORMATTED(DOC_WARN, 0, NULL); }
void doc_gap(struct doc *d) { add(d, DOC_GAP, 0, NULL, ""); }

/* --- light marks ---------------------------------------------------------------------------------------------------------- */

/* Stars go only where they mark words: not in `2 * 3`, whose star stands between blanks. Backticks go as well. */
static const char *without_marks(struct arena *a, const char *s, size_t n)
{
    struct text t;
    text_init(&t, a);
    for (size_t i = 0; i < n; i++) {
        bool alone = s[i] == '*' && (i == 0 || s[i - 1] == ' ') && (i + 1 == n || s[i + 1] == ' ');
        if ((s[i] == '*' && !alone) || s[i] == '`')
            continue;
        text_addn(&t, s + i, 1);
    }
    return t.at;
}

static size_t count_of(const char *s, size_t n, char c)
{
    size_t i = 0;
    while (i < n && s[i] == c)
        i++;
    return i;
}

/* "- " or "* ": number 0; "12. ": 12. Returns the bytes of the mark, 0 if this line begins no item. */
static size_t item_mark(const char *s, size_t n, int *number)
{
    *number = 0;
    if (n > 2 && (s[0] == '-' || s[0] == '*') && s[1] == ' ')
        return 2;
    size_t i = 0;
    while (i < n && i < 4 && s[i] >= '0' && s[i] <= '9')
        *number = *number * 10 + (s[i++] - '0');
    return i > 0 && i + 1 < n && s[i] == '.' && s[i + 1] == ' ' ? i + 2 : 0;
}

struct paragraph { struct text words; enum doc_role role; int number; };

static void end_paragraph(struct doc *d, struct paragraph *p)
{
    if (p->words.length)
        add(d, p->role, p->number, NULL, without_marks(d->arena, p->words.at, p->words.length));
    text_init(&p->words, d->arena);
    p->role = DOC_TEXT;
}

void doc_markdown(struct doc *d, const char *text)
{
    struct paragraph p = {.role = DOC_TEXT};
    text_init(&p.words, d->arena);
    while (text && *text) {
        const char *s = text, *end = strchr(text, '\n');
        size_t n = end ? (size_t)(end - text) : strlen(text);
        text += n + (end != NULL);
        while (n && (*s == ' ' || *s == '\t'))
            s++, n--;
        while (n && (s[n - 1] == ' ' || s[n - 1] == '\r' || s[n - 1] == '\t'))
            n--;
        size_t hashes = count_of(s, n, '#');
        int number;
        size_t mark = item_mark(s, n, &number);
        if (n == 0) {
            end_paragraph(d, &p);
            doc_gap(d);
        } else if (hashes && hashes < n && s[hashes] == ' ') {
            end_paragraph(d, &p);
            add(d, hashes == 1 ? DOC_TITLE : DOC_HEADING, 0, NULL, without_marks(d->arena, s + hashes + 1, n - hashes - 1));
        } else {
            if (mark) {
                end_paragraph(d, &p);
                p.role = DOC_ITEM;
                p.number = number;
            }
            if (p.words.length)
                text_add(&p.words, " ");
            text_addn(&p.words, s + mark, n - mark);
        }
    }
    end_paragraph(d, &p);
}

/* --- lines ---------------------------------------------------------------------------------------------------------------- */

static void add_line(struct arena *a, line_list *lines, enum doc_role role, const char *text)
{
    *LIST_ADD(a, *lines) = (struct doc_line){.role = role, .text = text};
}

/* The lead stands before the first line; the others begin under what follows it. */
static void lay(struct arena *a, line_list *lines, const struct part *part, const char *lead, int indent, int cells)
{
    const char *rest = part->text, *line;
    size_t length;
    bool first = true;
    if (cells - indent < CELLS_LEAST)
        indent = 0;
    while (text_wrap(&rest, cells - (first ? text_width(lead) : indent), &line, &length)) {
        if (first)
            add_line(a, lines, part->role, arena_printf(a, "%s%.*s", lead, (int)length, line));
        else
            add_line(a, lines, part->role, arena_printf(a, "%*s%.*s", indent, "", (int)length, line));
        first = false;
    }
    if (first)
        add_line(a, lines, part->role, arena_text(a, lead));
}

static void lay_words(struct arena *a, line_list *lines, const struct part *part, int cells)
{
    const char *lead = "";
    int indent = 0;
    switch (part->role) {
    case DOC_ITEM:
        lead = part->number ? arena_printf(a, "%d. ", part->number) : "- ";
        indent = text_width(lead);
        break;
    case DOC_PAIR:
        lead = arena_printf(a, "%s: ", part->label);
        if (text_width(lead) > cells / 2)
            lead = arena_printf(a, "%.*s: ", (int)text_fit(part->label, cells / 2), part->label);
        indent = 2;
        break;
    case DOC_TITLE: case DOC_HEADING: case DOC_TEXT: case DOC_QUIET: case DOC_WARN: case DOC_GAP:
    case DOC_STRONG: case DOC_RISES: case DOC_FALLS: case DOC_SEAT:
        break;
    }
    lay(a, lines, part, lead, indent, cells);
}

static void lay_part(struct arena *a, line_list *lines, const struct part *part, int cells, enum doc_glyphs glyphs)
{
    switch (part->kind) {
    case PART_WORDS: lay_words(a, lines, part, cells > MEASURE && cells < ENDLESS ? MEASURE : cells); break;
    case PART_TABLE: lay_table(a, lines, &part->is.table, cells, glyphs); break;
    case PART_BARS: lay_bars(a, lines, &part->is.bars, cells, glyphs); break;
    case PART_SPARKS: lay_sparks(a, lines, part->is.sparks.at, part->is.sparks.count, cells, glyphs); break;
    case PART_RANGES: lay_ranges(a, lines, &part->is.ranges, cells, glyphs); break;
    case PART_FAN: lay_fan(a, lines, &part->is.fan, cells, glyphs); break;
    case PART_TIMELINE: lay_timeline(a, lines, &part->is.timeline, cells, glyphs); break;
    case PART_NETWORK: lay_network(a, lines, &part->is.network, cells, glyphs); break;
    }
}

int doc_lines(const struct doc *d, struct arena *a, int cells, const struct doc_line **line)
{
    return doc_lines_as(d, a, cells, DOC_FULL, line);
}

int doc_lines_as(const struct doc *d, struct arena *a, int cells, enum doc_glyphs glyphs, const struct doc_line **line)
{
    line_list lines = {0};
    bool gap = false;
    if (cells <= 0)
        cells = CELLS_DEFAULT;
    if (cells < CELLS_LEAST)
        cells = CELLS_LEAST;
    for (int i = 0; i < d->part.count; i++) {
        const struct part *part = &d->part.at[i];
        if (part->role == DOC_GAP) {
            gap = lines.count > 0;
            continue;
        }
        if (gap)
            add_line(a, &lines, DOC_GAP, "");
        gap = false;
        lay_part(a, &lines, part, cells, glyphs);
    }
    *line = lines.at;
    return lines.count;
}

void doc_print(const struct doc *d, FILE *out, int cells)
{
    doc_print_as(d, out, cells, DOC_FULL);
}

void doc_print_as(const struct doc *d, FILE *out, int cells, enum doc_glyphs glyphs)
{
    struct arena_mark mark = arena_mark(d->arena);
    const struct doc_line *line;
    int lines = doc_lines_as(d, d->arena, cells, glyphs, &line);
    for (int i = 0; i < lines; i++)
        fprintf(out, "%s\n", line[i].text);
    arena_reset(d->arena, mark);
}
