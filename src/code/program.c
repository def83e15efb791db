/* code/program.c — finding things in a program by their names, and its moments as people read them.
 * Ids are matched as written; seats in any case, by id or short name. */
#include "code/program.h"

#include <ctype.h>
#include <string.h>

#include "base/pmath.h"
#include "base/text.h"

/* Names */

#define FIND(array, count, field)                                                                             \
    do {                                                                                                      \
        for (int i = 0; i < (count); i++)                                                                     \
            if (strcmp((array)[i].field, name) == 0)                                                          \
                return i;                                                                                     \
        return -1;                                                                                            \
    } while (0)

int program_quantity(const struct program *p, const char *name)  { FIND(p->quantity, p->quantities, name); }
int program_parameter(const struct program *p, const char *name) { FIND(p->parameter, p->parameters, name); }
int program_move(const struct program *p, const char *name)      { FIND(p->move, p->moves, name); }
int program_play(const struct program *p, const char *name)      { FIND(p->play, p->plays, name); }
int program_set(const struct program *p, const char *name)       { FIND(p->set, p->sets, name); }
int program_opening(const struct program *p, const char *name)   { FIND(p->opening, p->openings, name); }

int program_seat(const struct program *p, const char *name)
{
    for (int i = 0; i < p->seats; i++)
        if (text_same(p->seat[i].name, name))
            return i;
    for (int i = 0; i < p->seats; i++)
        if (p->seat[i].short_name && text_same(p->seat[i].short_name, name))
            return i;
    return -1;
}

int program_element(const struct program *p, int set, const char *name)
{
    if (set < 0 || set >= p->sets)
        return -1;
    for (int i = 0; i < p->set[set].count; i++)
        if (strcmp(p->set[set].element[i], name) == 0)
            return i;
    return -1;
}

int program_persona(const struct program *p, int seat, const char *name)
{
    if (seat < 0 || seat >= p->seats)
        return -1;
    FIND(p->seat[seat].persona, p->seat[seat].personas, name);
}

const char *program_element_name(const struct program *p, struct arena *a, const char *name, int dims, const int *dim, int element)
{
    struct text t;
    int rest = element, size = 1;
    if (dims == 0)
        return name;
    for (int i = 0; i < dims; i++)
        size *= p->set[dim[i]].count;
    text_init(&t, a);
    text_add(&t, name);
    for (int i = 0; i < dims; i++) {
        int count = p->set[dim[i]].count;
        size /= count;
        text_addf(&t, "%s%s", i == 0 ? "[" : ",", p->set[dim[i]].element[rest / size % count]);
        rest %= size;
    }
    text_add(&t, "]");
    return t.at;
}

/* Whether s[0..n) without the blanks around it is `word`. */
static bool is_word(const char *s, size_t n, const char *word)
{
    while (n > 0 && isspace((unsigned char)*s))
        s++, n--;
    while (n > 0 && isspace((unsigned char)s[n - 1]))
        n--;
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

static int element_at(const struct set *set, const char *s, size_t n)
{
    for (int i = 0; i < set->count; i++)
        if (is_word(s, n, set->element[i]))
            return i;
    return -1;
}

/* "a,b]" with blanks anywhere between; what follows the bracket must be blank. */
static bool read_subscripts(const struct program *p, const struct quantity *q, const char *s, int *element)
{
    int at = 0;
    for (int i = 0; i < q->dims; i++) {
        size_t n = strcspn(s, ",]");
        int e = element_at(&p->set[q->dim[i]], s, n);
        if (e < 0 || s[n] != (i + 1 == q->dims ? ']' : ','))
            return false;
        at = at * p->set[q->dim[i]].count + e;
        s += n + 1;
    }
    *element = at;
    return q->dims > 0 && s[strspn(s, " \t")] == '\0';
}

bool program_find_value(const struct program *p, const char *text, int *quantity, int *element)
{
    size_t n = strcspn(text, "[");
    for (int i = 0; i < p->quantities; i++) {
        const struct quantity *q = &p->quantity[i];
        if (!is_word(text, n, q->name))
            continue;
        *quantity = i;
        if (text[n] == '[')
            return read_subscripts(p, q, text + n + 1, element);
        *element = 0;
        return q->count == 1;
    }
    return false;
}

/* Time */

bool date_read(const char *text, size_t n, double *months)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if ((n != 7 && n != 10) || text[4] != '-' || (n == 10 && text[7] != '-'))
        return false;
    for (size_t i = 0; i < n; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    if (month < 1 || month > 12)
        return false;
    *months = year * 12 + month - 1;
    if (n == 10) {
        const int day = (text[8] - '0') * 10 + text[9] - '0';
        const bool leap = month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        if (day < 1 || day > days[month - 1] + leap)
            return false;
        *months += (double)(day - 1) / (days[month - 1] + leap);
    }
    return true;
}

double time_months(const struct time_spec *t)
{
    switch (t->kind) {
    case TIME_YEARS: return 12;
    case TIME_WEEKS: return 7 * 12 / 365.0;
    case TIME_DAYS: return 12 / 365.0;
    case TIME_MONTHS:
    case TIME_NUMBER: break;
    }
    return 1;
}

double time_of_months(const struct time_spec *t, double months) { return months / time_months(t); }

static const double MONTHS_IN_DAY = 12.0 / 365;

static double size_of(double x)
{
    return x < 0 ? -x : x;
}

static double months_of(const struct time_spec *t, double time)
{
    switch (t->kind) {
    case TIME_NUMBER: break;
    case TIME_MONTHS: return time;
    case TIME_YEARS:  return time * 12;
    case TIME_WEEKS:  return time * 7 * MONTHS_IN_DAY;
    case TIME_DAYS:   return time * MONTHS_IN_DAY;
    }
    return 0;
}

double program_moment(const struct program *p, int turn)
{
    return p->time.start + turn * p->time.turn;
}

/* A month's boundary is met within rounding: an hour is 1.4e-3 months, so nothing else is taken for one. */
int program_calendar_month(const struct program *p, double time)
{
    if (p->time.kind == TIME_NUMBER)
        return 0;
    double whole = pm_floor(months_of(&p->time, time) + 1e-7), year = pm_floor(whole / 12);
    double month = whole - year * 12 + 1;
    return month >= 1 && month <= 12 ? (int)month : 1;
}

/* True if the moment is the first of a month. */
static bool first_of_month(const struct program *p, double time, int *year, int *month)
{
    double months = months_of(&p->time, time), whole = pm_floor(months + 0.5);
    if (p->time.kind == TIME_NUMBER || !(size_of(months - whole) <= 1e-9 + size_of(months) * 1e-12) || size_of(whole) > 1e6)
        return false;
    double y = pm_floor(whole / 12);
    *year = (int)y;
    *month = (int)(whole - y * 12) + 1;
    return true;
}

static const char *decimal(const struct program *p, struct arena *a, double time)
{
    char number[NUMBER_TEXT];
    if (p->time.kind == TIME_NUMBER)
        return arena_text(a, text_short(time, 10, number));
    return arena_text(a, text_short(months_of(&p->time, time) / 12, 7, number));     /* 2017.104: to some hours */
}

const char *program_date(const struct program *p, struct arena *a, double time)
{
    int year, month;
    return first_of_month(p, time, &year, &month) ? arena_printf(a, "%04d-%02d", year, month) : decimal(p, a, time);
}

const char *program_date_long(const struct program *p, struct arena *a, double time)
{
    static const char *const name[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                                       "November", "December"};
    int year, month;
    return first_of_month(p, time, &year, &month) ? arena_printf(a, "%s %d", name[month - 1], year) : decimal(p, a, time);
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

/* "China's" begins with the name China; any_case: so does "china". */
static bool is_proper(const struct program *p, const char *word, bool any_case)
{
    size_t n = 0;
    while (is_letter(word[n]))
        n++;
    for (int i = 0; i < p->propers; i++) {
        const char *name = p->proper[i];
        size_t k = 0;
        while (k < n && (any_case ? small(name[k]) == small(word[k]) : name[k] == word[k]) && name[k])
            k++;
        if (n > 0 && k == n && !name[n])
            return true;
    }
    return false;
}

const char *program_words(const struct program *p, struct arena *a, const char *id)
{
    char *at = arena_text(a, id);
    for (char *c = at; *c; c++)
        if (*c == '_')
            *c = ' ';
    for (char *c = at; *c; c++)
        if (*c >= 'a' && *c <= 'z' && (c == at || c[-1] == ' ') && is_proper(p, c, true))
            *c = (char)(*c - ('a' - 'A'));
    return at;
}

const char *program_inside(const struct program *p, struct arena *a, const char *title)
{
    char *at = arena_text(a, title);
    bool word = (at[1] >= 'a' && at[1] <= 'z') || (at[0] == 'A' && at[1] == ' ');           /* and not "UN", nor "I" */
    if (at[0] >= 'A' && at[0] <= 'Z' && word && !is_proper(p, at, false))
        at[0] = (char)(at[0] + ('a' - 'A'));
    return at;
}
