/* lang/read.c — from the bytes of a YAML file to nodes that know their place; the only code that meets libyaml.
 * Only libyaml's events are used, so aliases never unfold. Its marks count characters, not bytes; here alone they become bytes.
 * Nothing is typed: `no`, `010` and `2017-02` stay texts until the schema says what their key wants. */
#include "lang/node.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/os.h"
#include "base/text.h"
#include "code/program.h"

enum {
    DEPTH_MOST = 32,               /* libyaml's flow nesting is quadratic: 20,000 open brackets take it 1.2 s, 32 nothing */
    FILE_MOST = 4 << 20,
    WHOLE_MOST = 16 << 20,         /* all YAML files of a scenario together */
    INCLUDES_MOST = 100,
    LONG_MAP = 32,                 /* keys from which on a map is searched by halving */
    COMMAS_MOST = 16,              /* that an expression torn apart at its commas is looked for */
    STRIDE = 64                    /* characters from one known byte offset to the next */
};

struct reader {
    struct arena *arena;
    struct diags *found;
    yaml_parser_t parser;
    yaml_event_t event;            /* the one at hand; owned */
    bool event_held;
    bool failed;                   /* nothing after this can be read; a finding says why */
    const char *text;
    size_t length;
    uint32_t base;                 /* of the text in the shared space of spans */
    uint32_t *byte_at;             /* byte offset of every 64th character; NULL if all are one byte long */
};

typedef LIST_OF(struct node *) node_list;

/* ---- places ---- */

static void places_init(struct reader *r)
{
    if (text_chars(r->text, r->length) == r->length)
        return;
    r->byte_at = ARENA_ARRAY(r->arena, r->length / STRIDE + 2, uint32_t);
    size_t chars = 0;
    for (size_t i = 0; i < r->length; i++) {
        if (((unsigned char)r->text[i] & 0xC0) == 0x80)
            continue;
        if (chars % STRIDE == 0)
            r->byte_at[chars / STRIDE] = (uint32_t)i;
        chars++;
    }
    if (chars % STRIDE == 0)
        r->byte_at[chars / STRIDE] = (uint32_t)r->length;
}

/* A mark's character as a byte of the text. */
static size_t byte_of(const struct reader *r, size_t character)
{
    size_t at = character;
    if (r->byte_at != NULL) {
        at = r->byte_at[character / STRIDE];
        for (size_t left = character % STRIDE; left > 0 && at < r->length; left--)
            for (at++; at < r->length && ((unsigned char)r->text[at] & 0xC0) == 0x80;)
                at++;
    }
    return at < r->length ? at : r->length;
}

static struct span span_of(const struct reader *r, size_t from, size_t to)
{
    return (struct span){r->base + (uint32_t)from, to > from ? (uint32_t)(to - from) : 0};
}

static struct span event_span(const struct reader *r)
{
    return span_of(r, byte_of(r, r->event.start_mark.index), byte_of(r, r->event.end_mark.index));
}

static const char *source_at(const struct reader *r, struct span at)
{
    return r->text + (at.at - r->base);
}

/* Working out a line walks the file: not for findings that nobody will see. */
static bool found_enough(const struct diags *d)
{
    return d->errors >= d->most;
}

/* ---- what libyaml cannot read ---- */

/* A text in libyaml's words, said for an author. The first row whose words are in the problem (and its context) counts. */
static const struct trouble {
    const char *problem, *context;
    bool opens;                    /* show where the thing begins, if that is on another line */
    const char *say;
} troubles[] = {
    {"found character that cannot start any token", NULL, false,
     "a value cannot begin with this character; put the value in quotes"},
    {"mapping values are not allowed", NULL, false,
     "a colon with a blank after it cannot stand here; put a text that has one in quotes, or indent this key like its neighbours"},
    {"could not find expected ':'", NULL, false,
     "a key without a colon; write 'key: value', and put a text that goes over several lines in quotes or after '>'"},
    {"found unexpected end of stream", "quoted scalar", true,
     "these quotes are never closed; close them on the line where the text ends"},
    {"found unexpected document indicator", "quoted scalar", true,
     "these quotes are never closed; close them on the line where the text ends"},
    {"found unknown escape character", NULL, false,
     "a backslash inside \"double quotes\" begins an escape that does not exist; write \\\\ for a backslash, or use 'single quotes'"},
    {"found invalid", "quoted scalar", false,
     "a backslash inside \"double quotes\" begins an escape that does not exist; write \\\\ for a backslash, or use 'single quotes'"},
    {"did not find expected hexdecimal number", NULL, false,
     "an escape like \\x41 wants hexadecimal digits; write the character itself"},
    {"did not find expected ',' or ']'", NULL, true,
     "inside [ ] a comma or the closing bracket is missing; close what was opened, and quote an expression with a comma or bracket"},
    {"did not find expected ',' or '}'", NULL, true,
     "inside { } a comma or the closing brace is missing; an expression with a comma or bracket must be quoted, "
     "for instance when: \"max(a, b)\""},
    {"did not find expected '-' indicator", NULL, false,
     "a list goes on here with something else; begin each item with '- ', indented like the others"},
    {"block sequence entries are not allowed", NULL, false,
     "a list item cannot begin here; put '- ' on a line of its own below the key"},
    {"did not find expected key", NULL, false,
     "this line fits no block; indent it like its neighbours, and see that quotes and brackets before it are closed"},
    {"did not find expected node content", NULL, false,
     "a value is wanted here; see that commas and brackets around it are right"},
    {"comment or line break", NULL, false,
     "after '|' or '>' the text begins on the next line; move it there"},
    {"directive", NULL, false,
     "a line that begins with '%' is a directive, which a scenario does not need; delete it"},
    {"alphabetic or numeric", "alias", false,
     "'*' at the start of a value is an alias in YAML; put the value in quotes"},
    {"alphabetic or numeric", "anchor", false,
     "'&' at the start of a value is an anchor in YAML; put the value in quotes"},
    {"", "tag", false,
     "'!' at the start of a value is a tag in YAML; put the value in quotes"},
};

static bool has_words(const char *where, const char *words)
{
    return words == NULL || (where != NULL && strstr(where, words) != NULL);
}

static const char *opening(char c)
{
    return c == '{' ? "this '{'" : c == '[' ? "this '['" : "what begins here";
}

static void report_trouble(struct reader *r)
{
    const yaml_parser_t *const p = &r->parser;
    r->failed = true;
    if (p->error == YAML_MEMORY_ERROR) {
        diag_error(r->found, span_of(r, 0, 0), D_TOO_LARGE, "the file is too large for this machine; make it smaller");
        return;
    }
    if (p->error == YAML_READER_ERROR) {
        size_t const at = p->problem_offset < r->length ? p->problem_offset : r->length;
        diag_error(r->found, span_of(r, at, at + 1), D_CONTROL_CHARACTER,
                   "a control character stands here, which no text may have; delete it");
        return;
    }
    size_t const at = byte_of(r, p->problem_mark.index), from = byte_of(r, p->context_mark.index);
    struct span const here = span_of(r, at, at < r->length ? at + 1 : at);
    if (r->text[at] == '\t' || has_words(p->problem, "tab character")) {
        diag_error(r->found, here, D_TAB, "a tab stands where YAML counts blanks; indent with blanks");
        return;
    }
    if (has_words(p->problem, "<document start>")) {
        diag_error(r->found, here, D_SECOND_DOCUMENT,
                   "something stands after the end of the document; delete the line '...' or '---' before it");
        return;
    }
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        const struct trouble *const t = &troubles[i];
        if (!has_words(p->problem, t->problem) || !has_words(p->context, t->context))
            continue;
        if (t->opens && p->context_mark.line != p->problem_mark.line) {
            if (p->error == YAML_PARSER_ERROR)
                diag_error(r->found, span_of(r, from, from + 1), D_NOT_YAML,
                           "%s is still open in line %zu; close it, or put the missing comma",
                           opening(r->text[from]), p->problem_mark.line + 1);
            else
                diag_error(r->found, span_of(r, from, from + 1), D_NOT_YAML, "%s", t->say);
        } else {
            diag_error(r->found, here, D_NOT_YAML, "%s", t->say);
        }
        return;
    }
    diag_error(r->found, here, D_NOT_YAML, "the text is not YAML here (%s); see that quotes, brackets and indentation are right",
               p->problem != NULL ? p->problem : "unknown problem");
}

/* The next event is at hand; false once nothing can be read. */
static bool step(struct reader *r)
{
    if (r->event_held)
        yaml_event_delete(&r->event);
    r->event_held = false;
    if (r->failed)
        return false;
    if (!yaml_parser_parse(&r->parser, &r->event)) {
        report_trouble(r);
        return false;
    }
    r->event_held = true;
    return true;
}

/* ---- texts ---- */

static void refuse_properties(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    size_t const at = byte_of(r, r->event.start_mark.index);
    if (anchor != NULL)
        diag_error(r->found, span_of(r, at, at + 1), D_ANCHOR,
                   "'&%s' is an anchor, which a scenario may not have; write the value out wherever it is needed, or quote a text "
                   "that begins with '&'", (const char *)anchor);
    if (tag != NULL)
        diag_error(r->found, span_of(r, at, at + 1), D_TAG,
                   "a tag ('!') stands before this value; delete it, or quote a text that begins with '!'");
}

static struct node *node_new(struct reader *r, enum node_kind kind, struct span at)
{
    struct node *const n = ARENA_NEW(r->arena, struct node);
    n->kind = kind;
    n->at = at;
    n->text = kind == NODE_TEXT ? "" : NULL;
    return n;
}

static struct node *read_text(struct reader *r)
{
    const char *const value = (const char *)r->event.data.scalar.value;
    size_t const length = r->event.data.scalar.length;
    yaml_scalar_style_t const style = r->event.data.scalar.style;
    bool const marks = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    bool const bare = r->event.data.scalar.anchor == NULL && r->event.data.scalar.tag == NULL;

    struct node *const n = node_new(r, NODE_TEXT, event_span(r));
    n->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    if (marks && bare && n->at.length >= 2) {
        n->at.at++;
        n->at.length -= 2;
    }
    while (!marks && n->at.length > 0 && strchr(" \t\r\n", source_at(r, n->at)[n->at.length - 1]) != NULL)
        n->at.length--;
    n->raw = (marks || !n->quoted) && n->at.length == length && memcmp(source_at(r, n->at), value, length) == 0;
    n->text = arena_copy(r->arena, value, length);
    if (text_commands(value, length)) {
        diag_error(r->found, n->at, D_CONTROL_CHARACTER, "the text has a control character in it; delete it");
        n->text = "";
        n->broken = true;
        n->raw = false;
    }
    return n;
}

/* ---- lists ---- */

/* How many more brackets open than close in an unquoted text. */
static int open_brackets(const struct node *n)
{
    if (n->kind != NODE_TEXT || n->quoted)
        return 0;
    int open = 0;
    for (const char *s = n->text; *s != '\0'; s++)
        open += *s == '(' ? 1 : *s == ')' ? -1 : 0;
    return open;
}

static struct node *read_value(struct reader *r, int depth);

/* [max(a, b)] is two items to YAML; nobody means that. */
static void find_split_items(struct reader *r, struct node *list)
{
    for (int i = 0; i + 1 < list->count; i++) {
        if (open_brackets(list->item[i]) <= 0)
            continue;
        int last = i;
        for (int open = open_brackets(list->item[i]); open > 0 && last + 1 < list->count && last < i + COMMAS_MOST;)
            open += open_brackets(list->item[++last]);
        if (open_brackets(list->item[last]) >= 0)
            continue;
        struct span const from = list->item[i]->at, to = list->item[last]->at;
        struct span const whole = {from.at, to.at + to.length - from.at};
        diag_error(r->found, whole, D_ITEM_SPLIT,
                   "the comma inside the brackets separates items of the list; put the whole in quotes: \"%.*s\"",
                   (int)(whole.length < 200 ? whole.length : 200), source_at(r, whole));
        list->broken = true;
        i = last;
    }
}

static struct node *read_list(struct reader *r, int depth)
{
    struct node *const list = node_new(r, NODE_LIST, event_span(r));
    bool const flow = r->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    node_list items = {0};
    while (step(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
        struct node *const item = read_value(r, depth);
        if (item == NULL)
            return NULL;
        *LIST_ADD(r->arena, items) = item;
    }
    if (r->failed)
        return NULL;
    list->item = items.at;
    list->count = items.count;
    list->at.length = event_span(r).at + event_span(r).length - list->at.at;
    if (flow)
        find_split_items(r, list);
    return list;
}

/* ---- maps ---- */

struct pairs { node_list key, value; };

/* A comma tore an expression apart, or a blank is missing after a colon. One message for the whole map, before any other about it. */
static void find_valueless(struct reader *r, struct node *map, bool flow)
{
    for (int i = 0; flow && i < map->count; i++) {
        const struct node *const key = map->key[i], *const value = map->item[i];
        if (value->kind != NODE_TEXT || value->quoted || value->text[0] != '\0' || value->broken)
            continue;
        map->broken = true;
        if (found_enough(r->found)) {
            diag_error(r->found, key->at, D_KEY_WITHOUT_VALUE, "a key without a value inside { }");
            return;
        }
        const char *const colon = key->quoted ? NULL : strchr(key->text, ':');
        if (colon != NULL && colon[1] != '\0' && strchr(key->text, '(') == NULL) {
            diag_error(r->found, key->at, D_KEY_WITHOUT_VALUE, "'%s' is a key without a value inside { }; write a blank after the colon, %.*s: %s",
                       key->text, (int)(colon - key->text), key->text, colon + 1);
            return;
        }
        int last = i;
        while (last + 1 < map->count && map->item[last + 1]->kind == NODE_TEXT && !map->item[last + 1]->quoted &&
               map->item[last + 1]->text[0] == '\0')
            last++;
        const struct node *const name = i > 0 ? map->key[i - 1] : NULL, *const torn = i > 0 ? map->item[i - 1] : NULL;
        struct span whole = {0, 0};
        if (torn != NULL && torn->kind == NODE_TEXT && open_brackets(torn) > 0)
            whole = (struct span){torn->at.at, map->key[last]->at.at + map->key[last]->at.length - torn->at.at};
        if (whole.length > 0 && whole.length <= 200 && memchr(source_at(r, whole), '\n', whole.length) == NULL)
            diag_error(r->found, key->at, D_KEY_WITHOUT_VALUE,
                       "'%s' is a key without a value inside { }; an expression with a comma or bracket must be quoted, "
                       "for instance %s: \"%.*s\"", key->text, name->text, (int)whole.length, source_at(r, whole));
        else
            diag_error(r->found, key->at, D_KEY_WITHOUT_VALUE,
                       "'%s' is a key without a value inside { }; an expression with a comma or bracket must be quoted, "
                       "for instance when: \"max(a, b)\"", key->text);
        return;
    }
}

struct key_place { const char *text; int at; };

static int by_text(const void *a, const void *b)
{
    const struct key_place *const x = a, *const y = b;
    int const order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static void report_duplicate(struct diags *d, const struct node *again, const struct node *first)
{
    if (found_enough(d))
        diag_error(d, again->at, D_DUPLICATE_KEY, "a key stands twice in this block");
    else
        diag_error(d, again->at, D_DUPLICATE_KEY, "'%s' stands twice in this block, first in line %d; keep one of them",
                   again->text, diags_place(d, first->at).line);
}

/* Of two keys alike the first stays. By sorting, since a hostile file may have half a million of them. */
static void drop_duplicates(struct reader *r, struct node *map)
{
    int const count = map->count;
    if (count < 2)
        return;
    struct arena_mark const mark = arena_mark(r->arena);
    struct key_place *const sorted = ARENA_ARRAY(r->arena, count, struct key_place);
    int twice = 0;
    for (int i = 0; i < count; i++)
        sorted[i] = (struct key_place){map->key[i]->text, i};
    qsort(sorted, (size_t)count, sizeof *sorted, by_text);
    for (int i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[first].text, sorted[i].text) != 0) {
            first = i;
            continue;
        }
        twice++;
    }
    if (twice == 0) {
        int *const order = count >= LONG_MAP ? ARENA_ARRAY(r->arena, count, int) : NULL;
        for (int i = 0; order != NULL && i < count; i++)
            order[i] = sorted[i].at;
        map->order = order;
        if (order == NULL)
            arena_reset(r->arena, mark);
        return;
    }
    for (int i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[first].text, sorted[i].text) != 0) {
            first = i;
            continue;
        }
        if (!map->broken)
            report_duplicate(r->found, map->key[sorted[i].at], map->key[sorted[first].at]);
        map->item[sorted[i].at] = NULL;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (map->item[i] == NULL)
            continue;
        map->key[kept] = map->key[i];
        map->item[kept++] = map->item[i];
    }
    map->count = kept;
}

/* The key at hand; NULL with a finding if it cannot be one (then *dropped), or if reading failed. */
static struct node *read_key(struct reader *r, int depth, bool *dropped)
{
    *dropped = false;
    if (r->event.type == YAML_SCALAR_EVENT) {
        refuse_properties(r, r->event.data.scalar.anchor, r->event.data.scalar.tag);
        struct node *const key = read_text(r);
        *dropped = true;
        if (!key->quoted && strcmp(key->text, "<<") == 0)
            diag_error(r->found, key->at, D_MERGE_KEY, "'<<' is a merge key, which a scenario may not have; write the keys out here");
        else if (key->text[0] == '\0' && !key->broken)
            diag_error(r->found, key->at, D_KEY_NOT_TEXT, "a key without a name; write one before the colon");
        else
            *dropped = key->broken;
        return key;
    }
    struct span const at = event_span(r);
    bool const alias = r->event.type == YAML_ALIAS_EVENT;
    struct node *const key = read_value(r, depth);
    if (key != NULL && !alias)
        diag_error(r->found, (struct span){at.at, key->at.length > at.length ? key->at.length : at.length}, D_KEY_NOT_TEXT,
                   "a list or block stands where a key is wanted; a key is a word or a short text");
    *dropped = true;
    return key;
}

static struct node *read_map(struct reader *r, int depth)
{
    struct node *const map = node_new(r, NODE_MAP, event_span(r));
    bool const flow = r->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct pairs pairs = {0};
    while (step(r) && r->event.type != YAML_MAPPING_END_EVENT) {
        bool dropped;
        struct node *const key = read_key(r, depth, &dropped);
        if (key == NULL || !step(r))
            return NULL;
        struct node *const value = read_value(r, depth);
        if (value == NULL)
            return NULL;
        if (dropped)
            continue;
        *LIST_ADD(r->arena, pairs.key) = key;
        *LIST_ADD(r->arena, pairs.value) = value;
    }
    if (r->failed)
        return NULL;
    map->key = pairs.key.at;
    map->item = pairs.value.at;
    map->count = pairs.key.count;
    map->at.length = event_span(r).at + event_span(r).length - map->at.at;
    find_valueless(r, map, flow);
    drop_duplicates(r, map);
    return map;
}

/* The value that begins with the event at hand. NULL once reading has failed. */
static struct node *read_value(struct reader *r, int depth)
{
    bool const collection = r->event.type == YAML_SEQUENCE_START_EVENT || r->event.type == YAML_MAPPING_START_EVENT;
    if (collection && depth >= DEPTH_MOST) {
        size_t const at = byte_of(r, r->event.start_mark.index);
        diag_error(r->found, span_of(r, at, at + 1), D_TOO_DEEP, "blocks stand more than %d deep in one another here; close some of them",
                   DEPTH_MOST);
        r->failed = true;
        return NULL;
    }
    if (r->event.type == YAML_SEQUENCE_START_EVENT) {
        refuse_properties(r, r->event.data.sequence_start.anchor, r->event.data.sequence_start.tag);
        return read_list(r, depth + 1);
    }
    if (r->event.type == YAML_MAPPING_START_EVENT) {
        refuse_properties(r, r->event.data.mapping_start.anchor, r->event.data.mapping_start.tag);
        return read_map(r, depth + 1);
    }
    if (r->event.type == YAML_ALIAS_EVENT) {
        struct node *const n = node_new(r, NODE_TEXT, event_span(r));
        diag_error(r->found, n->at, D_ALIAS,
                   "'*%s' is an alias, which a scenario may not have; write the value out here, or quote a text that begins with '*'",
                   (const char *)r->event.data.alias.anchor);
        n->broken = true;
        return n;
    }
    refuse_properties(r, r->event.data.scalar.anchor, r->event.data.scalar.tag);
    return read_text(r);
}

/* ---- one file ---- */

static struct node *read_document(struct reader *r)
{
    while (step(r) && (r->event.type == YAML_STREAM_START_EVENT || r->event.type == YAML_DOCUMENT_START_EVENT))
        continue;
    if (r->failed)
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        diag_error(r->found, span_of(r, 0, 0), D_EMPTY_FILE, "the file is empty; a scenario begins with 'demarche: 1'");
        return NULL;
    }
    struct node *const root = read_value(r, 0);
    if (root == NULL)
        return NULL;
    while (step(r) && r->event.type == YAML_DOCUMENT_END_EVENT)
        continue;
    if (!r->failed && r->event.type == YAML_DOCUMENT_START_EVENT)
        diag_error(r->found, event_span(r), D_SECOND_DOCUMENT,
                   "a second document begins here, and a file holds one; delete the line '---', or move what follows to a file of its own");
    return root;
}

static size_t first_bad_byte(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        unsigned char const c = (unsigned char)s[i];
        size_t const long_ = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (long_ > n - i || !text_valid(s + i, long_))
            return i;
        i += long_;
    }
    return n;
}

struct node *read_yaml(struct arena *a, struct diags *d, const char *path, const char *text, size_t length)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    bool const large = length > FILE_MOST;
    if (large)
        length = 0;
    const char *const kept = arena_copy(a, text, length);
    struct reader r = {.arena = a, .found = d, .text = kept, .length = length};
    r.base = diags_source(d, path, kept, (uint32_t)length);
    if (large) {
        diag_error(d, span_of(&r, 0, 0), D_TOO_LARGE, "the file is larger than %d MiB; move parts to files of their own and name them in "
                   "include", FILE_MOST >> 20);
        return NULL;
    }
    if (!text_valid(kept, length)) {
        size_t const at = first_bad_byte(kept, length);
        diag_error(d, span_of(&r, at, at + 1), D_NOT_UTF8, "the file is not UTF-8 (byte %02X here); save it as UTF-8",
                   at < length ? (unsigned)(unsigned char)kept[at] : 0u);
        return NULL;
    }
    places_init(&r);
    if (!yaml_parser_initialize(&r.parser)) {
        diag_error(d, span_of(&r, 0, 0), D_TOO_LARGE, "the file is too large for this machine; make it smaller");
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)kept, length);
    struct node *const root = read_document(&r);
    if (r.event_held)
        yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return root;
}

/* ---- a scenario: one main file and what it includes ---- */

struct scenario {
    struct arena *arena;
    struct diags *found;
    struct reading *reading;
    struct text whole;
    node_list names;               /* the include items taken so far */
};

/* True if the name could only lead somewhere inside the folder, as far as its letters tell; links are looked at afterwards. */
static bool name_stays_inside(const char *name)
{
    if (name[0] == '\0' || name[0] == '/' || name[0] == '~' || strchr(name, '\\') != NULL)
        return false;
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

struct files_read { LIST_OF(struct program_file) file; };

/* A file is kept once, under the name by which it was asked for. */
static void keep_file(struct arena *a, const struct reading *r, const char *name, const char *text, size_t length)
{
    for (int i = 0; r->files != NULL && i < r->files->file.count; i++)
        if (strcmp(r->files->file.at[i].name, name) == 0)
            return;
    if (r->files != NULL)
        *LIST_ADD(a, r->files->file) = (struct program_file){arena_text(a, name), text, length};
}

int read_files(const struct reading *r, const struct program_file **file)
{
    *file = r->files != NULL ? r->files->file.at : NULL;
    return r->files != NULL ? r->files->file.count : 0;
}

/* From the box: only what was kept is there. */
static const char *file_boxed(struct arena *a, struct diags *d, const struct reading *r, const char *name, struct span at, const char **path,
                              size_t *length)
{
    *path = os_join(a, r->folder, name);
    for (int i = 0; i < r->boxed; i++)
        if (strcmp(r->box[i].name, name) == 0) {
            *length = r->box[i].length;
            return r->box[i].text;
        }
    diag_error(d, at, D_FILE_MISSING, "there is no file '%s' among those that were kept; see that the name is right", name);
    return NULL;
}

/* The text of a file inside the scenario's folder, or NULL after a finding. */
static const char *file_inside(struct arena *a, struct diags *d, const struct reading *r, const char *name, struct span at,
                               const char **path, size_t *length)
{
    const char *const folder = r->folder;
    if (!name_stays_inside(name)) {
        diag_error(d, at, D_FILE_OUTSIDE,
                   "'%s' is not a place inside the scenario's folder; name a file in it, as data/prices.csv", name);
        return NULL;
    }
    if (r->box != NULL)
        return file_boxed(a, d, r, name, at, path, length);
    *path = strcmp(folder, ".") == 0 ? arena_text(a, name) : os_join(a, folder, name);
    if (os_is_folder(*path)) {
        diag_error(d, at, D_FILE_UNREADABLE, "'%s' is a folder; name a file in it", name);
        return NULL;
    }
    if (!os_is_file(*path)) {
        diag_error(d, at, D_FILE_MISSING, "there is no file '%s' in the scenario's folder; see that the name is right", name);
        return NULL;
    }
    if (!os_inside(folder, *path)) {
        diag_error(d, at, D_FILE_OUTSIDE, "'%s' leads out of the scenario's folder; put the file itself there instead of a link", name);
        return NULL;
    }
    const char *text = NULL;
    int const error = os_read_file(a, *path, FILE_MOST, &text, length);
    if (error == OS_TOO_LARGE)
        diag_error(d, at, D_TOO_LARGE, "'%s' is larger than %d MiB; split it", name, FILE_MOST >> 20);
    else if (error != 0)
        diag_error(d, at, D_FILE_UNREADABLE, "'%s' cannot be read: %s; see that it may be", name, os_error(error));
    return error == 0 ? text : NULL;
}

const char *read_beside(struct arena *a, struct diags *d, const struct reading *r, const char *name, struct span at, size_t *length)
{
    const char *path = NULL;
    const char *text = file_inside(a, d, r, name, at, &path, length);
    if (text == NULL)
        return NULL;
    keep_file(a, r, name, text, *length);
    if (*length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        *length -= 3;
    }
    if (!text_valid(text, *length) || memchr(text, '\0', *length) != NULL) {
        diag_error(d, at, D_NOT_UTF8, "'%s' is not a text in UTF-8; save it as UTF-8", name);
        return NULL;
    }
    int line = 1;
    for (const char *s = text, *const end = text + *length; s < end; line++) {
        const char *const feed = memchr(s, '\n', (size_t)(end - s)), *const stop = feed != NULL ? feed : end;
        if (text_commands(s, (size_t)(stop - s) - (stop > s && stop[-1] == '\r'))) {
            diag_error(d, at, D_CONTROL_CHARACTER, "'%s' has a control character in line %d; delete it", name, line);
            return NULL;
        }
        s = stop + (feed != NULL);
    }
    return text;
}

static void report_given_twice(struct scenario *s, const struct node *again, const struct node *first)
{
    struct diags *const d = s->found;
    if (found_enough(d)) {
        diag_error(d, again->at, D_DUPLICATE_SECTION, "given twice in the files of this scenario");
        return;
    }
    struct place const place = diags_place(d, first->at);
    diag_error(d, again->at, D_DUPLICATE_SECTION, "'%s' is given already in %s, line %d; keep one of them",
               again->text, place.path != NULL ? place.path : "another file", place.line);
}

static void merge_lists(struct scenario *s, struct node *into, const struct node *more)
{
    struct node **const items = ARENA_ARRAY(s->arena, into->count + more->count + 1, struct node *);
    for (int i = 0; i < into->count + more->count; i++)
        items[i] = i < into->count ? into->item[i] : more->item[i - into->count];
    into->item = items;
    into->count += more->count;
    into->broken = into->broken || more->broken;
}

/* Two maps become one; `sections`: what stands in both is put together too, else it is a finding. By sorting, so that two long
 * maps cost little more than reading them did. */
static void merge_maps(struct scenario *s, struct node *into, const struct node *more, bool sections)
{
    int const had = into->count, count = had + more->count;
    struct node **const keys = ARENA_ARRAY(s->arena, count + 1, struct node *);
    struct node **const items = ARENA_ARRAY(s->arena, count + 1, struct node *);
    struct key_place *const sorted = ARENA_ARRAY(s->arena, count + 1, struct key_place);
    for (int i = 0; i < count; i++) {
        keys[i] = i < had ? into->key[i] : more->key[i - had];
        items[i] = i < had ? into->item[i] : more->item[i - had];
        sorted[i] = (struct key_place){keys[i]->text, i};
    }
    qsort(sorted, (size_t)count, sizeof *sorted, by_text);
    for (int i = 1; i < count; i++) {
        int const first = sorted[i - 1].at, again = sorted[i].at;
        if (strcmp(keys[first]->text, keys[again]->text) != 0)
            continue;
        if (sections && items[first]->kind == NODE_MAP && items[again]->kind == NODE_MAP)
            merge_maps(s, items[first], items[again], false);
        else if (sections && items[first]->kind == NODE_LIST && items[again]->kind == NODE_LIST)
            merge_lists(s, items[first], items[again]);
        else
            report_given_twice(s, keys[again], keys[first]);
        items[again] = NULL;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (items[i] == NULL)
            continue;
        keys[kept] = keys[i];
        items[kept++] = items[i];
    }
    into->key = keys;
    into->item = items;
    into->count = kept;
    into->order = NULL;
    into->broken = into->broken || more->broken;
}

/* A file's sections join the main file's. */
static void merge_file(struct scenario *s, struct node *file)
{
    int kept = 0;
    for (int i = 0; i < file->count; i++) {
        if (strcmp(file->key[i]->text, "include") == 0) {
            diag_error(s->found, file->key[i]->at, D_NESTED_INCLUDE,
                       "an included file cannot include others; name them in the main file's include");
            continue;
        }
        file->key[kept] = file->key[i];
        file->item[kept++] = file->item[i];
    }
    file->count = kept;
    file->order = NULL;
    merge_maps(s, s->reading->root, file, true);
}

static void keep_whole(struct scenario *s, const char *text, size_t length)
{
    text_addn(&s->whole, text, length);
    if (length > 0 && text[length - 1] != '\n')
        text_add(&s->whole, "\n");
}

static bool included_already(struct scenario *s, const struct node *name)
{
    for (int i = 0; i < s->names.count; i++)
        if (strcmp(s->names.at[i]->text, name->text) == 0)
            return true;
    *LIST_ADD(s->arena, s->names) = (struct node *)name;
    return false;
}

/* False if the scenario is not whole without it: what is missing would only look like further mistakes. */
static bool include_file(struct scenario *s, const struct node *name)
{
    if (!node_is_text(name)) {
        diag_error(s->found, name->at, D_NOT_A_VALUE, "include takes names of files; write [model.yaml, moves.yaml]");
        return false;
    }
    if (name->broken)
        return false;
    if (included_already(s, name)) {
        diag_error(s->found, name->at, D_DUPLICATE_SECTION, "'%s' is included twice; keep one of them", name->text);
        return true;
    }
    const char *path = NULL;
    size_t length = 0;
    const char *const text = file_inside(s->arena, s->found, s->reading, name->text, name->at, &path, &length);
    if (text == NULL)
        return false;
    keep_file(s->arena, s->reading, name->text, text, length);
    if (strcmp(path, s->reading->path) == 0) {
        diag_error(s->found, name->at, D_NESTED_INCLUDE, "'%s' includes itself; take its name out of include", name->text);
        return true;
    }
    if (s->whole.length + length > WHOLE_MOST) {
        diag_error(s->found, name->at, D_TOO_LARGE, "the files of this scenario have more than %d MiB together; leave something out",
                   WHOLE_MOST >> 20);
        return false;
    }
    keep_whole(s, text, length);
    struct node *const file = read_yaml(s->arena, s->found, path, text, length);
    if (file == NULL)
        return false;
    if (file->kind != NODE_MAP) {
        diag_error(s->found, file->at, D_NOT_A_BLOCK, "an included file holds sections, as quantities: or moves:; begin it with one");
        return false;
    }
    merge_file(s, file);
    return !file->broken;
}

static void resolve_includes(struct scenario *s)
{
    struct node *const root = s->reading->root;
    struct node *const include = node_get(root, "include");
    if (include == NULL || include->broken)
        return;
    int kept = 0;
    for (int i = 0; i < root->count; i++) {
        if (root->item[i] == include)
            continue;
        root->key[kept] = root->key[i];
        root->item[kept++] = root->item[i];
    }
    root->count = kept;
    root->order = NULL;
    if (include->kind == NODE_TEXT && !include_file(s, include))
        root->broken = true;
    if (include->kind == NODE_MAP) {
        diag_error(s->found, include->at, D_NOT_A_LIST, "include takes a list of files; write [model.yaml, moves.yaml]");
        root->broken = true;
    }
    for (int i = 0; include->kind == NODE_LIST && i < include->count; i++) {
        if (i == INCLUDES_MOST) {
            diag_error(s->found, include->item[i]->at, D_TOO_LARGE, "more than %d files are included; join some of them", INCLUDES_MOST);
            root->broken = true;
            break;
        }
        if (!include_file(s, include->item[i]))
            root->broken = true;
    }
}

static const char *folder_of(struct arena *a, const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash == NULL ? "." : slash == path ? "/" : arena_copy(a, path, (size_t)(slash - path));
}

static struct reading *read_main(struct arena *a, struct diags *d, struct reading *reading, const char *text, size_t length);

struct reading *read_scenario(struct arena *a, struct diags *d, const char *path, const char **unreadable)
{
    struct reading *const reading = ARENA_NEW(a, struct reading);
    bool const folder = os_is_folder(path);
    reading->path = folder ? os_join(a, path, "scenario.yaml") : arena_text(a, path);
    reading->folder = folder ? arena_text(a, path) : folder_of(a, path);
    *unreadable = NULL;

    const char *text = NULL;
    size_t length = 0;
    int const error = os_read_file(a, reading->path, FILE_MOST, &text, &length);
    if (error == OS_MISSING && folder)
        *unreadable = arena_printf(a, "the folder '%s' has no scenario.yaml; name a scenario's folder or its file", path);
    else if (error == OS_TOO_LARGE)
        *unreadable = arena_printf(a, "'%s' is larger than %d MiB; move parts to files of their own and name them in include",
                                   reading->path, FILE_MOST >> 20);
    else if (error != 0)
        *unreadable = arena_printf(a, "cannot read '%s': %s", reading->path, os_error(error));
    if (error != 0)
        return NULL;
    return read_main(a, d, reading, text, length);
}

struct reading *read_kept(struct arena *a, struct diags *d, const char *folder, const struct program_file *file, int files, const char **unreadable)
{
    struct reading *const reading = ARENA_NEW(a, struct reading);
    *unreadable = NULL;
    if (files == 0 || file[0].length > FILE_MOST) {
        *unreadable = files == 0 ? "no file of it was kept" : "its main file is too large";
        return NULL;
    }
    *reading = (struct reading){.folder = arena_text(a, folder), .path = os_join(a, folder, file[0].name), .box = file, .boxed = files};
    return read_main(a, d, reading, file[0].text, file[0].length);
}

static struct reading *read_main(struct arena *a, struct diags *d, struct reading *reading, const char *text, size_t length)
{
    const char *const slash = strrchr(reading->path, '/');
    reading->files = ARENA_NEW(a, struct files_read);
    keep_file(a, reading, slash != NULL ? slash + 1 : reading->path, text, length);
    struct scenario s = {.arena = a, .found = d, .reading = reading};
    text_init(&s.whole, a);
    keep_whole(&s, text, length);
    reading->root = read_yaml(a, d, reading->path, text, length);
    if (reading->root == NULL || reading->root->kind != NODE_MAP) {
        if (reading->root != NULL)
            diag_error(d, reading->root->at, D_NOT_A_BLOCK, "a scenario is a block of keys; begin with 'demarche: 1'");
        reading->root = ARENA_NEW(a, struct node);
        reading->root->kind = NODE_MAP;
        reading->root->broken = true;
    }
    resolve_includes(&s);
    reading->whole = s.whole.at != NULL ? s.whole.at : "";
    reading->whole_length = s.whole.length;
    return reading;
}
