/* base/text.c — building, measuring, wrapping and comparing UTF-8. Never asks the locale.
 * Widths follow what terminals draw in C.UTF-8 for the scripts that scenarios use; emoji are not promised. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/panic.h"

enum { BAD_BYTE = 0xFFFD, DISTANCE_MAX = 99 };

/* Building */

void text_init(struct text *t, struct arena *arena)
{
    *t = (struct text){.arena = arena, .at = arena_copy(arena, "", 0), .room = 1};
}

static void text_make_room(struct text *t, size_t more)
{
    size_t need = t->length + more + 1;
    if (need <= t->room)
        return;
    size_t room = t->room < 64 ? 64 : t->room * 2;
    if (room < need)
        room = need;
    char *fresh = arena_alloc(t->arena, room);
    if (t->length)
        memcpy(fresh, t->at, t->length);
    t->at = fresh;
    t->room = room;
}

void text_addn(struct text *t, const char *s, size_t n)
{
    text_make_room(t, n);
    if (n)
        memcpy(t->at + t->length, s, n);
    t->length += n;
    t->at[t->length] = '\0';
}

void text_add(struct text *t, const char *s)
{
    text_addn(t, s, strlen(s));
}

void text_addf(struct text *t, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    REQUIRE(n >= 0);
    text_make_room(t, (size_t)n);
    vsnprintf(t->at + t->length, (size_t)n + 1, format, again);
    va_end(again);
    t->length += (size_t)n;
}

/* Reading code points */

/* One code point from at most n bytes; *used says how many it took (at least 1). U+FFFD and *ok = false for bytes that are none. */
static uint32_t decode(const unsigned char *s, size_t n, size_t *used, bool *ok)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = s[0];
    size_t length = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    *used = 1;
    *ok = length != 0 && length <= n;
    if (!*ok)
        return BAD_BYTE;
    uint32_t code = length == 1 ? c : c & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *ok = false;
            return BAD_BYTE;
        }
        code = code << 6 | (s[i] & 0x3F);
    }
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        *ok = false;
        return BAD_BYTE;
    }
    *used = length;
    return code;
}

bool text_valid(const char *s, size_t n)
{
    for (size_t i = 0, used; i < n; i += used) {
        bool ok;
        decode((const unsigned char *)s + i, n - i, &used, &ok);
        if (!ok)
            return false;
    }
    return true;
}

uint32_t text_next(const char **s)
{
    if (**s == '\0')
        return 0;
    size_t used;
    bool ok;
    uint32_t code = decode((const unsigned char *)*s, 4, &used, &ok);   /* stops at the NUL: it continues nothing */
    *s += used;
    return code;
}

size_t text_chars(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0, used; i < n; i += used, count++) {
        bool ok;
        decode((const unsigned char *)s + i, n - i, &used, &ok);
    }
    return count;
}

/* Measuring */

struct range { uint32_t from, to; };

/* Sorted. Marks that sit on the letter before them, joiners and the byte-order mark. */
static const struct range zero_wide[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5}, {0x05C7, 0x05C7},
    {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED},
    {0x0711, 0x0711}, {0x0730, 0x074A}, {0x0900, 0x0902}, {0x093A, 0x093A}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},
    {0x0951, 0x0957}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};
static const struct range two_wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xA960, 0xA97F},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool among(const struct range *table, int count, uint32_t code)
{
    int low = 0, high = count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (code < table[middle].from)
            high = middle - 1;
        else if (code > table[middle].to)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

static int cells_of(uint32_t code)
{
    if (code < 0x300)
        return 1;
    if (among(zero_wide, (int)(sizeof zero_wide / sizeof *zero_wide), code))
        return 0;
    return among(two_wide, (int)(sizeof two_wide / sizeof *two_wide), code) ? 2 : 1;
}

int text_width(const char *s)
{
    int cells = 0;
    while (*s)
        cells += cells_of(text_next(&s));
    return cells;
}

size_t text_fit(const char *s, int cells)
{
    const char *at = s, *end = s;
    while (*at) {
        cells -= cells_of(text_next(&at));
        if (cells < 0)
            break;
        end = at;
    }
    return (size_t)(end - s);
}

bool text_wrap(const char **s, int cells, const char **line, size_t *length)
{
    const char *start = *s, *at = start, *last_blank = NULL;
    int used = 0;
    if (!*start)
        return false;
    *line = start;
    for (;;) {
        const char *here = at;
        if (*here == '\0' || *here == '\n') {
            *length = (size_t)(here - start);
            *s = *here ? here + 1 : here;
            break;
        }
        uint32_t code = text_next(&at);
        used += cells_of(code);
        if (used > cells && code != ' ') {
            if (!last_blank)                       /* a word longer than the line is cut; one letter always goes through */
                last_blank = here > start ? here : at;
            *length = (size_t)(last_blank - start);
            *s = last_blank;
            while (**s == ' ')
                ++*s;
            if (**s == '\n' && *s > last_blank)    /* the blanks ended the paragraph: its newline belongs to this line */
                ++*s;
            break;
        }
        bool indent = code == ' ' && (here == start || (here[-1] == ' ' && !last_blank));
        if (code == ' ' && !indent && (here == start || here[-1] != ' '))
            last_blank = here;
    }
    while (*length > 0 && start[*length - 1] == ' ')
        --*length;
    return true;
}

/* Comparing */

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool text_starts(const char *s, const char *start)
{
    if (!s || !start)
        return false;
    for (; *start; s++, start++)
        if (lower((unsigned char)*s) != lower((unsigned char)*start))
            return false;
    return true;
}

bool text_same(const char *a, const char *b)
{
    return text_starts(a, b) && strlen(a) == strlen(b);
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

/* The text's code points in lower case, or -1 if there are more than DISTANCE_MAX. */
static int points_of(const char *s, uint32_t point[DISTANCE_MAX])
{
    int n = 0;
    while (*s) {
        if (n == DISTANCE_MAX)
            return -1;
        point[n++] = lower(text_next(&s));
    }
    return n;
}

int text_distance(const char *a, const char *b)
{
    uint32_t p[DISTANCE_MAX], q[DISTANCE_MAX];
    int row[3][DISTANCE_MAX + 1];                  /* the row before last is for swaps */
    int n = points_of(a, p), m = points_of(b, q);
    if (n < 0 || m < 0)
        return text_same(a, b) ? 0 : DISTANCE_MAX;
    for (int j = 0; j <= m; j++)
        row[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = row[i % 3], *before = row[(i + 2) % 3], *second = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int cost = p[i - 1] != q[j - 1];
            now[j] = least_of(least_of(before[j] + 1, now[j - 1] + 1), before[j - 1] + cost);
            if (i > 1 && j > 1 && p[i - 1] == q[j - 2] && p[i - 2] == q[j - 1])
                now[j] = least_of(now[j], second[j - 2] + 1);
        }
    }
    return row[n % 3][m];
}

const char *text_nearest(const char *word, const char *const known[], int count)
{
    int chars = (int)text_chars(word, strlen(word));
    int best = chars <= 3 ? 1 : chars <= 6 ? 2 : 3;        /* more edits than that, and it is another word */
    const char *nearest = NULL;
    best++;
    for (int i = 0; i < count; i++) {
        if (!known[i])
            continue;
        int d = text_distance(word, known[i]);
        if (d >= (int)text_chars(known[i], strlen(known[i])))
            continue;                                      /* nothing of it would be left */
        if (d > 1 && chars >= 3 && text_starts(known[i], word))
            d = 1;                                         /* the start of a long name is meant as that name */
        if (d < best) {
            best = d;
            nearest = known[i];
        }
    }
    return nearest;
}

uint64_t text_hash(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return h;
}

/* Of the character at s, of at most n bytes: its length if it is one of those, else 0. Below 0x20, 0x7F and U+0080..U+009F command a
 * terminal; U+2028..202E and U+2066..2069 break lines or turn their direction round, so that a text shows one thing and says another. */
static size_t commanding(const unsigned char *c, size_t n)
{
    if ((c[0] < 0x20 && c[0] != '\n' && c[0] != '\t') || c[0] == 0x7F)
        return 1;
    if (n >= 2 && c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0)
        return 2;
    bool const turns = n >= 3 && c[0] == 0xE2 && ((c[1] == 0x80 && c[2] >= 0xA8 && c[2] <= 0xAE) || (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9));
    return turns ? 3 : 0;
}

bool text_commands(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (commanding((const unsigned char *)s + i, n - i))
            return true;
    return false;
}

const char *text_plain(struct arena *arena, const char *s)
{
    size_t const n = strlen(s);
    if (text_valid(s, n) && !text_commands(s, n))
        return s;
    struct text t;
    text_init(&t, arena);
    for (size_t i = 0; i < n;) {
        unsigned char const c = (unsigned char)s[i];
        size_t const length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, command = commanding((const unsigned char *)s + i, n - i);
        bool const whole = !command && length <= n - i && text_valid(s + i, length);
        text_addn(&t, whole ? s + i : "?", whole ? length : 1);
        i += command ? command : whole ? length : 1;
    }
    return t.at;
}
