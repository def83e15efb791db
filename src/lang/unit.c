/* lang/unit.c — units as powers of base words. Words are interned in a table that only grows: any word is a unit. */
#include "lang/unit.h"

#include <string.h>
#include "base/pmath.h"
#include "base/text.h"

/* Known multiples: one row a word, in terms of its base word. Months are equal: a year is 12, a day 12 / 365. */
static const struct { const char *word, *base; double factor; } multiples[] = {
    {"months", "month", 1}, {"year", "month", 12}, {"years", "month", 12}, {"quarter", "month", 3}, {"week", "month", 7 * 12 / 365.0},
    {"weeks", "month", 7 * 12 / 365.0}, {"day", "month", 12 / 365.0}, {"days", "month", 12 / 365.0}, {"turns", "turn", 1},
    {"$", "$m", 1e-6}, {"$k", "$m", 1e-3}, {"$bn", "$m", 1e3}, {"$b", "$m", 1e3}, {"$tn", "$m", 1e6},
    {"million", "thousand", 1e3}, {"billion", "thousand", 1e6}, {"bn", "thousand", 1e6}, {"person", "thousand", 1e-3}, {"people", "thousand", 1e-3},
    {"t", "Mt", 1e-6}, {"kt", "Mt", 1e-3}, {"points", "point", 1},
};

enum { WORDS = 256, WORD_BYTES = 24 };
static char words[WORDS][WORD_BYTES];
static int word_count;

static int intern(const char *word, size_t n)
{
    if (n == 0 || n >= WORD_BYTES)
        return -1;
    for (int i = 0; i < word_count; i++)
        if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
            return i;
    if (word_count == WORDS)
        return -1;
    memcpy(words[word_count], word, n);
    words[word_count][n] = '\0';
    return word_count++;
}

struct unit unit_none(void) { return (struct unit){.vouched = true, .scale = 1}; }
struct unit unit_unstated(void) { return (struct unit){.scale = 1}; }
struct unit unit_bare(void) { return (struct unit){.bare = true, .vouched = true, .scale = 1}; }
bool unit_pure(const struct unit *u) { return u->parts == 0; }

static bool add_part(struct unit *u, int base, double power)
{
    int at = 0;
    while (at < u->parts && u->part[at].base < base)
        at++;
    if (at < u->parts && u->part[at].base == base) {
        u->part[at].power += power;
        if (u->part[at].power == 0) {
            memmove(&u->part[at], &u->part[at + 1], (size_t)(u->parts - at - 1) * sizeof u->part[0]);
            u->parts--;
        }
        return true;
    }
    if (u->parts == UNIT_PARTS)
        return false;
    memmove(&u->part[at + 1], &u->part[at], (size_t)(u->parts - at) * sizeof u->part[0]);
    u->part[at].base = base;
    u->part[at].power = power;
    u->parts++;
    return true;
}

static bool word_char(char c) { return c != '\0' && strchr("/*^ \t", c) == NULL; }

static bool read_word(const char **s, struct unit *u, double sign)
{
    const char *const from = *s;
    while (word_char(**s))
        ++*s;
    size_t const n = (size_t)(*s - from);
    if (n == 0 || (n == 3 && memcmp(from, "per", 3) == 0))
        return false;                                   /* "$m per month" would be three words to be multiplied */
    double power = 1;
    if (**s == '^') {
        const char *const digits = ++*s;
        while (word_char(**s))
            ++*s;
        if (!text_to_number(digits, (size_t)(*s - digits), &power))
            return false;
    }
    if (n == 1 && *from == '1')
        return true;
    if (n == 1 && *from == '%') {
        u->scale *= sign > 0 ? 0.01 : 100;
        return true;
    }
    for (size_t i = 0; i < sizeof multiples / sizeof multiples[0]; i++)
        if (strlen(multiples[i].word) == n && memcmp(multiples[i].word, from, n) == 0) {
            u->scale *= pm_pow(multiples[i].factor, sign * power);
            return add_part(u, intern(multiples[i].base, strlen(multiples[i].base)), sign * power);
        }
    int const base = intern(from, n);
    return base >= 0 && add_part(u, base, sign * power);
}

bool unit_read(const char *text, struct unit *u)
{
    *u = unit_none();
    const char *s = text;
    double sign = 1;
    for (;;) {
        while (*s == ' ')
            s++;
        if (!read_word(&s, u, sign))
            return false;
        while (*s == ' ')
            s++;
        if (*s == '\0')
            return true;
        if (*s == '/')
            sign = -1, s++;
        else if (*s == '*')
            sign = 1, s++;
    }
}

/* kt is kept as a thousandth of Mt; people read what they wrote. Finds known multiples of the parts that make up the scale: said[i] is
 * the word for part i. */
static bool say_scale(const struct unit *u, int part, double scale, const char *said[UNIT_PARTS])
{
    if (part == u->parts || part == UNIT_PARTS)          /* the latter never: it tells gcc -O3 so */
        return scale > 1 - 1e-9 && scale < 1 + 1e-9;
    said[part] = words[u->part[part].base];
    if (say_scale(u, part + 1, scale, said))
        return true;
    for (size_t i = 0; i < sizeof multiples / sizeof multiples[0]; i++)
        if (strcmp(multiples[i].base, words[u->part[part].base]) == 0 && multiples[i].factor != 1) {
            said[part] = multiples[i].word;
            if (say_scale(u, part + 1, scale / pm_pow(multiples[i].factor, u->part[part].power), said))
                return true;
        }
    return false;
}

static void print_part(struct text *t, const struct unit *u, int i, bool below, const char *word)
{
    double const power = below ? -u->part[i].power : u->part[i].power;
    char number[NUMBER_TEXT];
    text_add(t, word);
    if (power != 1)
        text_addf(t, "^%s", text_number(power, number));
}

const char *unit_print(const struct unit *u, struct arena *a)
{
    struct text t;
    text_init(&t, a);
    const char *said[UNIT_PARTS];
    bool const whole = u->parts <= 4 && say_scale(u, 0, u->scale, said);     /* more parts would take long to try, and nobody writes them */
    for (int i = 0; i < u->parts && !whole; i++)
        said[i] = words[u->part[i].base];
    for (int i = 0; i < u->parts; i++)
        if (u->part[i].power > 0) {
            if (t.length > 0)
                text_add(&t, " ");
            print_part(&t, u, i, false, said[i]);
        }
    if (t.length == 0)
        text_add(&t, u->parts == 0 ? "a pure number" : "1");
    for (int i = 0; i < u->parts; i++)
        if (u->part[i].power < 0) {
            text_add(&t, "/");
            print_part(&t, u, i, true, said[i]);
        }
    if (!whole && u->scale != 1 && u->parts > 0) {
        char number[NUMBER_TEXT];
        text_addf(&t, " (times %s)", text_short(u->scale, 6, number));
    }
    return t.at;
}

bool unit_same(const struct unit *a, const struct unit *b)
{
    if (a->bare || b->bare)
        return true;
    if (a->parts != b->parts)
        return false;
    for (int i = 0; i < a->parts; i++)
        if (a->part[i].base != b->part[i].base || a->part[i].power != b->part[i].power)
            return false;
    return true;
}

static struct unit combine(struct unit a, struct unit b, double sign)
{
    struct unit u = a;
    u.bare = a.bare && b.bare;
    u.vouched = a.vouched && b.vouched;
    u.scale = sign > 0 ? a.scale * b.scale : a.scale / b.scale;
    for (int i = 0; i < b.parts; i++)
        if (!add_part(&u, b.part[i].base, sign * b.part[i].power))
            u.vouched = false;
    return u;
}

struct unit unit_times(struct unit a, struct unit b) { return combine(a, b, 1); }
struct unit unit_over(struct unit a, struct unit b) { return combine(a, b, -1); }

struct unit unit_power(struct unit a, double power)
{
    if (power == 0)
        return a.vouched ? unit_none() : unit_unstated();
    for (int i = 0; i < a.parts; i++)
        a.part[i].power *= power;
    a.scale = pm_pow(a.scale, power);
    return a;
}

struct unit unit_time(const char *time_unit)
{
    struct unit u;
    return time_unit[0] != '\0' && unit_read(time_unit, &u) ? u : unit_unstated();
}
