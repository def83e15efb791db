/* lang/names.c — what names there are: time, sets, seats, moves, parameters, quantities, plays; and reading simple values. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

enum { ELEMENTS_MOST = 32768, STEPS_MOST = 1000000 };

/* --- finding ------------------------------------------------------------------------------------------------------------ */
int find_set(const struct model *m, const char *name)
{
    for (int i = 0; i < m->sets.count; i++)
        if (strcmp(m->sets.at[i].name, name) == 0)
            return i;
    return -1;
}

int find_element(const struct model *m, int set, const char *name)
{
    for (int i = 0; i < m->sets.at[set].count; i++)
        if (strcmp(m->sets.at[set].element[i], name) == 0)
            return i;
    return -1;
}

bool find_any_element(const struct model *m, const char *name, int *set, int *element)
{
    for (int i = 0; i < m->sets.count; i++)
        if (m->sets.at[i].parent < 0 && (*element = find_element(m, i, name)) >= 0) {
            *set = i;
            return true;
        }
    return false;
}

/* The index is brought up to date when it is asked; of two alike the first is found. */
#define FIND(what, list)                                                                        \
    int find_##what(const struct model *m, const char *name)                                    \
    {                                                                                           \
        struct index *const x = &((struct model *)m)->what##_index;                             \
        while (x->used < (uint32_t)m->list.count)                                               \
            index_add(m->a, x, text_hash(m->list.at[x->used].name), (int)x->used);              \
        uint32_t from = 0;                                                                      \
        int i, least = -1;                                                                      \
        while ((i = index_next(x, text_hash(name), &from)) >= 0)                                \
            if (strcmp(m->list.at[i].name, name) == 0 && (least < 0 || i < least))              \
                least = i;                                                                      \
        return least;                                                                           \
    }
FIND(quantity, quantities)
FIND(parameter, parameters)
FIND(move, moves)

int find_seat(const struct model *m, const char *name)
{
    for (int i = 0; i < m->seats.count; i++)
        if (strcmp(m->seats.at[i], name) == 0)
            return i;
    return -1;
}

int find_play(const struct model *m, const char *name)
{
    for (int i = 0; i < m->plays.count; i++)
        if (strcmp(m->plays.at[i], name) == 0)
            return i;
    return -1;
}

const char *nearest_name(struct model *m, const char *name, bool with_functions)
{
    LIST_OF(const char *) all = {0};
    if (m->d->errors >= m->d->most)
        return NULL;                                        /* nobody will read it */
    if (with_functions)
        for (int i = 0; i < FN_COUNT; i++)
            *LIST_ADD(m->a, all) = functions[i].name;
    else {
        for (int i = 0; i < m->quantities.count; i++)
            *LIST_ADD(m->a, all) = m->quantities.at[i].name;
        for (int i = 0; i < m->parameters.count; i++)
            *LIST_ADD(m->a, all) = m->parameters.at[i].name;
        for (int i = 0; i < m->sets.count; i++)
            for (int k = 0; k < m->sets.at[i].count && m->sets.at[i].parent < 0; k++)
                *LIST_ADD(m->a, all) = m->sets.at[i].element[k];
    }
    return text_nearest(name, all.at, all.count);
}

/* The end of a finding about a name: the nearest known one, or what else can be done. */
const char *did_you_mean(struct model *m, const char *near, const char *otherwise)
{
    return near != NULL ? arena_printf(m->a, "did you mean '%s'?", near) : otherwise;
}

static int top_set(const struct model *m, int set, int *element)
{
    while (m->sets.at[set].parent >= 0) {
        *element = m->sets.at[set].of_parent[*element];
        set = m->sets.at[set].parent;
    }
    return set;
}

int element_in(const struct model *m, int from, int element, int to)
{
    if (from == to)
        return element;
    int const top = top_set(m, from, &element);
    for (int i = 0; i < m->sets.at[to].count; i++) {
        int other = i;
        if (top_set(m, to, &other) == top && other == element)
            return i;
    }
    return -1;
}

bool sets_meet(const struct model *m, int a, int b)
{
    int zero = 0, other = 0;
    return a == b || (m->sets.at[a].count > 0 && m->sets.at[b].count > 0 && top_set(m, a, &zero) == top_set(m, b, &other));
}

/* --- simple values --------------------------------------------------------------------------------------------------------- */
const char *node_words(const struct node *n, const char *fallback) { return node_is_text(n) && n->text[0] != '\0' ? n->text : fallback; }

static bool number_text(const char *s, double *x)
{
    size_t n = strlen(s);
    bool const percent = n > 1 && s[n - 1] == '%';
    while (n > 0 && (s[n - 1] == '%' || s[n - 1] == ' '))
        n--;
    if (!text_to_number(s, n, x))
        return false;
    if (percent)
        *x /= 100;
    return true;
}

bool node_number(struct model *m, const struct node *n, double *x)
{
    *x = 0;
    if (node_is_text(n) && !n->quoted && number_text(n->text, x))
        return true;
    if (n != NULL)
        diag_error(m->d, n->at, D_NOT_A_NUMBER, "a number is wanted here%s%s%s; write it plainly, as 0.5, 12 or 30%%",
                   node_is_text(n) ? ", not '" : "", node_is_text(n) ? n->text : "", node_is_text(n) ? "'" : "");
    return false;
}

bool node_plain_number(const struct node *n, double *x) { return node_is_text(n) && !n->quoted && number_text(n->text, x); }

bool node_truth(struct model *m, const struct node *n)
{
    if (n == NULL)
        return false;
    if (node_is_text(n) && !n->quoted && strcmp(n->text, "true") == 0)
        return true;
    if (!node_is_text(n) || strcmp(n->text, "false") != 0)
        diag_error(m->d, n->at, D_NOT_TRUTH, "true or false is wanted here; 'yes' and 'no' are plain words");
    return false;
}

static const struct { const char *word; enum time_kind kind; double months; } units_of_time[] = {
    {"month", TIME_MONTHS, 1}, {"months", TIME_MONTHS, 1}, {"year", TIME_YEARS, 12}, {"years", TIME_YEARS, 12},
    {"week", TIME_WEEKS, 7 * 12 / 365.0}, {"weeks", TIME_WEEKS, 7 * 12 / 365.0}, {"day", TIME_DAYS, 12 / 365.0}, {"days", TIME_DAYS, 12 / 365.0},
};
enum { TIME_UNITS = sizeof units_of_time / sizeof units_of_time[0] };

/* "2 months": the number and the row of its unit; -1 for a plain number, -2 if it is neither. */
static int span_text(const char *s, double *x)
{
    size_t const n = strcspn(s, " ");
    if (!text_to_number(s, n, x))
        return -2;
    s += n + strspn(s + n, " ");
    if (*s == '\0' || strcmp(s, "turns") == 0 || strcmp(s, "turn") == 0)
        return -1;
    for (int i = 0; i < TIME_UNITS; i++)
        if (strcmp(s, units_of_time[i].word) == 0)
            return i;
    return -2;
}

double axis_of_months(const struct model *m, double months) { return time_of_months(&m->p->time, months); }

bool node_time(struct model *m, const struct node *n, double *time)
{
    *time = 0;
    if (!node_is_text(n)) {
        if (n != NULL)
            diag_error(m->d, n->at, D_NOT_A_DATE, "a date is wanted here, as 2017-02");
        return false;
    }
    double months;
    if (!n->quoted && date_read(n->text, strlen(n->text), &months)) {
        if (m->p->time.kind == TIME_NUMBER) {
            diag_error(m->d, n->at, D_NOT_A_DATE, "time is a plain number in this scenario; write a number instead of '%s'", n->text);
            return false;
        }
        *time = axis_of_months(m, months);
        return true;
    }
    if (!n->quoted && text_to_number(n->text, strlen(n->text), time))
        return true;
    diag_error(m->d, n->at, D_NOT_A_DATE, "'%s' is no date; write it as %s", n->text, m->p->time.kind == TIME_NUMBER ? "a plain number" : "2017-02");
    return false;
}

int node_turn(struct model *m, const struct node *n, int most)
{
    double time;
    if (!node_time(m, n, &time))
        return -1;
    double const turns = (time - m->p->time.start) / m->p->time.turn;
    double const whole = pm_round(turns);
    if (whole < 0 || turns - whole > 1e-6 || whole - turns > 1e-6) {
        diag_error(m->d, n->at, D_BAD_MOMENT, "no turn begins at '%s'; turns begin at %s and every %g %s after", n->text,
                   program_date(m->p, m->a, m->p->time.start), m->p->time.turn, m->p->time.unit[0] ? m->p->time.unit : "units");
        return -1;
    }
    if (most <= 0 && whole > STEPS_MOST) {
        diag_error(m->d, n->at, D_BAD_MOMENT, "'%s' is no moment that a game could come to; give an earlier one", n->text);
        return -1;
    }
    if (most > 0 && whole > most) {
        diag_error(m->d, n->at, D_BAD_MOMENT, "'%s' lies after the end, %s; give an earlier date or more turns", n->text,
                   program_date(m->p, m->a, m->p->time.start + most * m->p->time.turn));
        return -1;
    }
    return (int)whole;
}

static int unit_of_time(const char *word)
{
    for (size_t i = 0; i < sizeof units_of_time / sizeof units_of_time[0]; i++)
        if (strcmp(units_of_time[i].word, word) == 0)
            return (int)i;
    return -1;
}

bool node_span_turns(struct model *m, const struct node *n, double *turns)
{
    *turns = 0;
    int const unit = node_is_text(n) ? span_text(n->text, turns) : -2;
    if (unit == -2) {
        if (n != NULL)
            diag_error(m->d, n->at, D_NOT_A_SPAN, "a length of time is wanted here, as 3 turns or 2 months");
        return false;
    }
    if (unit >= 0) {
        int const own = m->p->time.kind == TIME_NUMBER ? unit_of_time(m->p->time.unit) : -1;    /* years without a calendar are years all the same */
        if (m->p->time.kind == TIME_NUMBER && own < 0) {
            diag_error(m->d, n->at, D_NOT_A_SPAN, "time has no months in this scenario; count in turns, as 3 turns");
            return false;
        }
        *turns = *turns * units_of_time[unit].months / (own >= 0 ? units_of_time[own].months : time_months(&m->p->time)) / m->p->time.turn;
    }
    if (*turns < 0) {
        diag_error(m->d, n->at, D_NOT_A_SPAN, "a length of time is not negative; write it as 3 turns");
        return false;
    }
    return true;
}

void node_place(struct model *m, const struct node *n, const char **path, int *line)
{
    *line = diags_line(m->d, n->at, path);
}

bool has_evidence(const struct node *block)
{
    return node_get(block, "source") != NULL || node_get(block, "judgement") != NULL || node_get(block, "tuned") != NULL;
}

struct evidence read_evidence(struct model *m, const struct node *block)
{
    struct evidence e = {.source = -1};
    const struct node *source = node_get(block, "source");
    int const many = source == NULL ? 0 : source->kind == NODE_LIST ? source->count : 1;
    for (int k = many - 1; k >= 0; k--) {
        const struct node *const one = source->kind == NODE_LIST ? source->item[k] : source;
        if (!node_is_text(one))
            continue;
        int found = -1;
        LIST_OF(const char *) ids = {0};
        for (int i = 0; i < m->p->citeds; i++) {
            *LIST_ADD(m->a, ids) = m->p->cited[i].id;
            if (strcmp(m->p->cited[i].id, one->text) == 0)
                found = i;
        }
        if (found < 0) {
            const char *const near = text_nearest(one->text, ids.at, ids.count);
            diag_error(m->d, one->at, D_UNKNOWN_SOURCE, "no source '%s' in `sources`; %s", one->text, did_you_mean(m, near, "add it there"));
        } else {
            e.source = found;
        }
    }
    e.judgement = node_words(node_get(block, "judgement"), NULL);
    e.tuned = node_words(node_get(block, "tuned"), NULL);
    e.contested = node_words(node_get(block, "contested"), NULL);
    return e;
}

/* --- elements --------------------------------------------------------------------------------------------------------------- */
int elements_of(const struct model *m, int dims, const int *dim)
{
    double n = 1;
    for (int i = 0; i < dims; i++)
        n *= m->sets.at[dim[i]].count;
    return n > MOST_SLOTS ? MOST_SLOTS + 1 : (int)n;
}

void element_split(const struct model *m, int dims, const int *dim, int element, int *at)
{
    for (int i = dims - 1; i >= 0; i--) {
        int const n = m->sets.at[dim[i]].count;
        at[i] = element % n;
        element /= n;
    }
}

const char *element_words(struct model *m, const char *name, int dims, const int *dim, int element)
{
    if (dims == 0)
        return name;
    int at[MOST_DIMS];
    element_split(m, dims, dim, element, at);
    struct text t;
    text_init(&t, m->a);
    text_addf(&t, "%s[", name);
    for (int i = 0; i < dims; i++)
        text_addf(&t, "%s%s", i > 0 ? "," : "", m->sets.at[dim[i]].element[at[i]]);
    text_add(&t, "]");
    return t.at;
}

static bool valid_name(const char *s, size_t n)
{
    if (n == 0 || !((s[0] >= 'a' && s[0] <= 'z') || (s[0] >= 'A' && s[0] <= 'Z') || s[0] == '_'))
        return false;
    for (size_t i = 1; i < n; i++)
        if (!((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') || s[i] == '_' || (s[i] >= '0' && s[i] <= '9')))
            return false;
    return true;
}

static size_t word_at(const char *s)
{
    size_t n = 0;
    while (s[n] == '_' || (s[n] >= '0' && s[n] <= '9') || (s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z'))
        n++;
    return n;
}

bool key_dims(struct model *m, const struct node *key, const char **name, int *dims, int *dim, const char **dim_name)
{
    const char *s = key->text;
    size_t n = word_at(s);
    *dims = 0;
    *name = arena_copy(m->a, s, n);
    if (!valid_name(s, n))
        goto bad;
    s += n;
    s += strspn(s, " ");
    if (*s == '\0')
        return true;
    if (*s++ != '[')
        goto bad;
    for (;;) {
        s += strspn(s, " ");
        n = word_at(s);
        const char *bound = arena_copy(m->a, s, n), *set_name = bound;
        struct span at = node_part(key, (size_t)(s - key->text), n);
        if (n == 0 || *dims == MOST_DIMS)
            goto bad;
        s += n;
        s += strspn(s, " ");
        if (strncmp(s, "in ", 3) == 0) {
            s += 3;
            s += strspn(s, " ");
            n = word_at(s);
            set_name = arena_copy(m->a, s, n);
            at = node_part(key, (size_t)(s - key->text), n);
            s += n;
            s += strspn(s, " ");
        }
        int const set = find_set(m, set_name);
        if (set < 0) {
            LIST_OF(const char *) all = {0};
            for (int i = 0; i < m->sets.count; i++)
                *LIST_ADD(m->a, all) = m->sets.at[i].name;
            const char *const near = text_nearest(set_name, all.at, all.count);
            diag_error(m->d, at, D_UNKNOWN_SET, "no set is called '%s'; %s", set_name, did_you_mean(m, near, "add it to `sets`"));
            return false;
        }
        dim_name[*dims] = bound;
        dim[(*dims)++] = set;
        if (*s == ',') {
            s++;
            continue;
        }
        if (*s == ']' && s[1 + strspn(s + 1, " ")] == '\0')
            break;
        goto bad;
    }
    for (int i = 0; i < *dims; i++)                     /* one set twice under its own name binds neither */
        for (int k = 0; k < *dims; k++)
            if (i != k && dim_name[i] != NULL && dim_name[k] != NULL && strcmp(dim_name[i], dim_name[k]) == 0)
                dim_name[i] = dim_name[k] = NULL;
    return true;
bad:
    diag_error(m->d, key->at, D_NOT_A_NAME, "'%s' is no name here; write name or name[set] or name[a in set, b in set], at most %d sets", key->text, MOST_DIMS);
    return false;
}

static bool key_of_map(const struct model *m, const char *key, int set)
{
    return strcmp(key, "otherwise") == 0 || find_element(m, set, key) >= 0;
}

bool is_element_map(const struct model *m, const struct node *value, int dims, const int *dim)
{
    if (value == NULL || value->kind != NODE_MAP || dims == 0 || value->count == 0)
        return false;
    for (int i = 0; i < value->count; i++)
        if (key_of_map(m, value->key[i]->text, dim[0]))
            return true;
    return false;
}

/* covered: an `otherwise` further out speaks for what is not listed here. */
static void check_map(struct model *m, const struct node *value, int dims, const int *dim, bool covered)
{
    if (!is_element_map(m, value, dims, dim))
        return;
    struct set const *const set = &m->sets.at[dim[0]];
    bool const otherwise = covered || node_get(value, "otherwise") != NULL;
    for (int i = 0; i < value->count; i++) {
        const char *const key = value->key[i]->text;
        if (!key_of_map(m, key, dim[0])) {
            const char *const near = text_nearest(key, set->element, set->count);
            diag_error(m->d, value->key[i]->at, D_UNKNOWN_ELEMENT, "set '%s' has no element '%s'; %s", set->name, key, did_you_mean(m, near, "its elements stand in `sets`"));
        }
        check_map(m, value->item[i], dims - 1, dim + 1, otherwise && strcmp(key, "otherwise") != 0);
    }
    for (int i = 0; i < set->count && !otherwise; i++)
        if (node_get(value, set->element[i]) == NULL) {
            diag_error(m->d, value->at, D_ELEMENT_MISSING, "nothing is said for element '%s'; add it or `otherwise`", set->element[i]);
            break;
        }
}

void map_check(struct model *m, const struct node *value, int dims, const int *dim) { check_map(m, value, dims, dim, false); }

bool map_of_strangers(struct model *m, const struct node *value, int dims, const int *dim)
{
    if (value == NULL || value->kind != NODE_MAP || value->count == 0)
        return false;
    if (dims > 0 && is_element_map(m, value, dims, dim)) {
        bool found = false;
        for (int i = 0; i < value->count; i++)
            found |= map_of_strangers(m, value->item[i], dims - 1, dim + 1);
        return found;
    }
    if (dims == 0) {
        diag_error(m->d, value->at, D_NOT_A_VALUE, "a map gives a value for each element, and there are none here; write the set behind the name, as x[good]");
        return true;
    }
    const struct set *const set = &m->sets.at[dim[0]];
    const char *const near = text_nearest(value->key[0]->text, set->element, set->count);
    diag_error(m->d, value->key[0]->at, D_UNKNOWN_ELEMENT, "set '%s' has no element '%s'; %s", set->name, value->key[0]->text, did_you_mean(m, near, "its elements stand in `sets`"));
    return true;
}

/* What a map further in leaves out, the nearest `otherwise` further out says. */
static const struct node *pick_from(const struct model *m, const struct node *value, int dims, const int *dim, const int *at, const struct node *outer)
{
    if (!is_element_map(m, value, dims, dim))
        return value;
    const struct node *const own = node_get(value, m->sets.at[dim[0]].element[at[0]]), *const other = node_get(value, "otherwise");
    if (other != NULL)
        outer = pick_from(m, other, dims - 1, dim + 1, at + 1, outer);
    return own != NULL ? pick_from(m, own, dims - 1, dim + 1, at + 1, outer) : outer;
}

const struct node *pick_element(struct model *m, const struct node *value, int dims, const int *dim, int element)
{
    int at[MOST_DIMS];
    element_split(m, dims, dim, element, at);
    return pick_from(m, value, dims, dim, at, NULL);
}

/* --- declaring ---------------------------------------------------------------------------------------------------------------- */
static void declare_time(struct model *m)
{
    struct time_spec *const t = &m->p->time;
    *t = (struct time_spec){.kind = TIME_NUMBER, .turn = 1, .turns = 1, .steps = 1, .unit = ""};
    const struct node *const time = node_get(m->root, "time");
    if (time == NULL || time->kind != NODE_MAP)
        return;
    const struct node *const start = node_get(time, "start"), *const turn = node_get(time, "turn");
    double length = 1;
    int const unit = node_is_text(turn) ? span_text(turn->text, &length) : -1;
    if (unit >= 0) {
        t->kind = units_of_time[unit].kind;
        static const char *const words[] = {"", "month", "year", "week", "day"};
        t->unit = words[t->kind];
    } else if (unit == -2) {
        diag_error(m->d, turn->at, D_BAD_TIME, "'%s' is no length of a turn; write 1 month, 2 weeks, 1 year or a plain number", turn->text);
    }
    t->turn = length > 0 ? length : 1;
    if (turn != NULL && !(length > 0))
        diag_error(m->d, turn->at, D_BAD_TIME, "a turn must have some length; write 1 month or a number above 0");
    if (t->turn > 1e9) {
        diag_error(m->d, turn->at, D_BAD_TIME, "a turn of this length cannot be counted; write one below 1000000000");
        t->turn = 1;
    }
    double months;
    bool const dated = node_is_text(start) && date_read(start->text, strlen(start->text), &months);
    if (dated && t->kind == TIME_NUMBER)
        t->kind = TIME_MONTHS, t->unit = "month";       /* start: 2017-02, turn: 1 */
    if (start != NULL) {
        enum time_kind const kind = t->kind;
        if (!dated)
            t->kind = TIME_NUMBER;                      /* a plain number is read as such … */
        node_time(m, start, &t->start);
        if (!(t->start >= -1e12 && t->start <= 1e12)) {
            diag_error(m->d, start->at, D_BAD_TIME, "time cannot start so far out; write a date, as 2017-02, or a number nearer to 0");
            t->start = 0;
        }
        t->kind = dated ? kind : TIME_NUMBER;           /* … and then the axis has no calendar, though its unit keeps its name */
    }
    static const struct { const char *key; int most; size_t offset; } counts[] = {
        {"turns", 10000, offsetof(struct time_spec, turns)}, {"steps", 10000, offsetof(struct time_spec, steps)}};
    for (int i = 0; i < 2; i++) {
        const struct node *const n = node_get(time, counts[i].key);
        double x;
        if (n == NULL || !node_number(m, n, &x))
            continue;
        if (x < 1 || x > counts[i].most || x != pm_floor(x))
            diag_error(m->d, n->at, D_BAD_TIME, "%s is a whole number from 1 to %d, not %s", counts[i].key, counts[i].most, n->text);
        else
            *(int *)((char *)t + counts[i].offset) = (int)x;
    }
    if ((long)t->turns * t->steps > STEPS_MOST) {
        diag_error(m->d, time->at, D_BAD_TIME, "%d turns of %d steps are too many; a game has at most %d steps, so write fewer", t->turns, t->steps, STEPS_MOST);
        t->turns = t->steps = 1;
    }
}

static const char *const *element_list(struct model *m, const struct node *list, int *count)
{
    LIST_OF(const char *) names = {0};
    for (int i = 0; i < list->count; i++) {
        const struct node *const n = list->kind == NODE_LIST ? list->item[i] : list->key[i];
        if (!node_is_text(n) || !valid_name(n->text, strlen(n->text))) {
            diag_error(m->d, n->at, D_NOT_A_NAME, "an element is a name: letters, digits and _, a letter first");
            continue;
        }
        int set, element;
        bool twice = find_any_element(m, n->text, &set, &element);
        for (int k = 0; k < names.count; k++)
            twice |= strcmp(names.at[k], n->text) == 0;
        if (twice)
            diag_error(m->d, n->at, D_NAME_TWICE, "element '%s' stands in a set already; an element stands in one set only, rename it or use `of:` for a part", n->text);
        else
            *LIST_ADD(m->a, names) = n->text;
    }
    *count = names.count;
    return names.at;
}

/* Elements of all sets together are bounded: each may be looked for in all of them. */
static bool elements_fit(struct model *m, const struct node *n, long count)
{
    if (m->element_count + count <= ELEMENTS_MOST) {
        m->element_count += (int)count;
        return true;
    }
    if (!m->too_big)
        diag_error(m->d, n->at, D_TOO_BIG, "the sets have more than %d elements together; make them smaller", ELEMENTS_MOST);
    m->too_big = true;
    return false;
}

static void add_set(struct model *m, const struct node *key, const char *name, int count, const char *const *element, int parent, const int *of_parent)
{
    if (find_set(m, name) >= 0) {
        diag_error(m->d, key->at, D_NAME_TWICE, "set '%s' is given already%s; rename it", name, strcmp(name, "seat") == 0 ? " (the seats are the set 'seat')" : "");
        return;
    }
    if (count < 1) {
        diag_error(m->d, key->at, D_BAD_RANGE, "set '%s' has no element; list at least one", name);
        return;
    }
    *LIST_ADD(m->a, m->sets) = (struct set){.name = name, .count = count, .element = element, .parent = parent, .of_parent = of_parent};
}

static void declare_part(struct model *m, const struct node *key, const struct node *n)
{
    const struct node *const of = node_get(n, "of"), *const elements = node_get(n, "elements");
    int const parent = node_is_text(of) ? find_set(m, of->text) : -1;
    if (parent < 0) {
        if (of != NULL)
            diag_error(m->d, of->at, D_UNKNOWN_SET, "no set is called '%s' above this line; a part names its whole after `of:`", node_words(of, "?"));
        return;
    }
    if (elements == NULL || elements->kind != NODE_LIST || !elements_fit(m, elements, elements->count))
        return;
    int *const of_parent = ARENA_ARRAY(m->a, elements->count + 1, int);
    const char **const names = ARENA_ARRAY(m->a, elements->count + 1, const char *);
    int count = 0;
    for (int i = 0; i < elements->count; i++) {
        const char *const name = node_words(elements->item[i], "");
        int const at = find_element(m, parent, name);
        if (at < 0) {
            const char *const near = text_nearest(name, m->sets.at[parent].element, m->sets.at[parent].count);
            diag_error(m->d, elements->item[i]->at, D_UNKNOWN_ELEMENT, "set '%s' has no element '%s'; %s", m->sets.at[parent].name, name, did_you_mean(m, near, "a part lists elements of its whole"));
            continue;
        }
        of_parent[count] = at;
        names[count++] = m->sets.at[parent].element[at];
    }
    add_set(m, key, key->text, count, names, parent, of_parent);
}

static void declare_sets(struct model *m)
{
    const struct node *const seats = node_get(m->root, "seats");
    if (seats != NULL && seats->kind == NODE_MAP && seats->count > 0) {
        if (seats->count > MOST_SEATS) {
            diag_error(m->d, seats->at, D_TOO_BIG, "%d seats are too many; a table has at most %d", seats->count, MOST_SEATS);
            return;
        }
        int count;
        const char *const *const names = element_list(m, seats, &count);
        for (int i = 0; i < count; i++)
            *LIST_ADD(m->a, m->seats) = names[i];
        if (count > 0)
            add_set(m, seats->key[0], "seat", count, names, -1, NULL);
    }
    const struct node *const sets = node_get(m->root, "sets");
    for (int i = 0; sets != NULL && sets->kind == NODE_MAP && i < sets->count; i++) {
        const struct node *const key = sets->key[i], *const n = sets->item[i];
        long many;
        if (!valid_name(key->text, strlen(key->text)))
            diag_error(m->d, key->at, D_NOT_A_NAME, "'%s' is no name for a set; use letters, digits and _, a letter first", key->text);
        else if (n->kind == NODE_MAP)
            declare_part(m, key, n);
        else if (n->kind == NODE_LIST) {
            int count;
            if (!elements_fit(m, n, n->count))
                continue;
            const char *const *const names = element_list(m, n, &count);
            add_set(m, key, key->text, count, names, -1, NULL);
        } else if (text_to_long(n->text, strlen(n->text), &many) && many >= 1 && many <= 10000) {
            if (!elements_fit(m, n, many))
                continue;
            const char **const names = ARENA_ARRAY(m->a, many, const char *);
            for (int k = 0; k < many; k++)
                names[k] = arena_printf(m->a, "%d", k + 1);
            add_set(m, key, key->text, (int)many, names, -1, NULL);
        } else {
            diag_error(m->d, n->at, D_WRONG_SHAPE, "a set is a list of elements, as [coal, iron_ore], a number of them from 1 to 10000, or {of: set, elements: […]}");
        }
    }
}

static bool reserved_name(const char *s)
{
    static const char *const words[] = {"time", "turn", "month", "pi", "true", "false", "if", "then", "else", "and", "or", "not", "in", "over", "where", "by", "otherwise"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(s, words[i]) == 0)
            return true;
    return false;
}

static bool name_free(struct model *m, const struct node *key, const char *name)
{
    int set, element;
    const char *taken = NULL;
    if (find_quantity(m, name) >= 0)
        taken = "a quantity";
    else if (find_parameter(m, name) >= 0)
        taken = "a parameter";
    else if (find_set(m, name) >= 0)
        taken = "a set";
    else if (find_any_element(m, name, &set, &element))
        taken = "an element";
    else if (reserved_name(name))
        taken = "a word of the language";
    if (taken != NULL)
        diag_error(m->d, key->at, D_NAME_TWICE, "'%s' is %s already; rename one of them", name, taken);
    return taken == NULL;
}

static struct unit declared_unit(struct model *m, const struct node *block, bool *stated)
{
    const struct node *unit = node_get(block, "unit");
    struct unit u = unit_unstated();
    if (unit != NULL && unit->kind == NODE_MAP && unit->count > 0)
        unit = unit->item[0];                           /* a map from elements: one unit for all, the first */
    *stated = node_is_text(unit);
    if (*stated && !unit_read(unit->text, &u)) {
        diag_error(m->d, unit->at, D_BAD_UNIT, "'%s' is no unit; write words with * and /, as $m/month or 1/month", unit->text);
        u = unit_unstated();
    }
    return u;
}

static void declare_parameters(struct model *m)
{
    const struct node *const map = node_get(m->root, "parameters");
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        struct m_parameter x = {.node = map->item[i], .key = map->key[i], .table = -1};
        if (!key_dims(m, x.key, &x.name, &x.dims, x.dim, x.dim_name) || !name_free(m, x.key, x.name))
            continue;
        x.unit = declared_unit(m, x.node, &x.unit_stated);
        x.count = elements_of(m, x.dims, x.dim);
        *LIST_ADD(m->a, m->parameters) = x;
    }
}

static void declare_quantities(struct model *m)
{
    static const struct { const char *key; enum quantity_kind kind; } kinds[] = {
        {"start", Q_STOCK}, {"is", Q_AUX}, {"draw", Q_DRAW}, {"data", Q_DATA}, {"switch", Q_SWITCH}};
    const struct node *const map = node_get(m->root, "quantities");
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        struct m_quantity x = {.node = map->item[i], .key = map->key[i], .mean = NO_SLOT, .kind = Q_AUX};
        if (!key_dims(m, x.key, &x.name, &x.dims, x.dim, x.dim_name) || !name_free(m, x.key, x.name))
            continue;
        bool known = false;
        for (int k = 0; k < 5 && !known; k++)
            if (node_get(x.node, kinds[k].key) != NULL) {
                x.kind = kinds[k].kind;
                known = true;
            }
        if (!known) {                                   /* shape.c has said so; a lone `change` is a stock without a start */
            if (m->d->errors == 0)
                diag_error(m->d, x.key->at, D_ONE_OF, "'%s' has none of start, is, draw, data and switch; one of them tells what it is", x.name);
            continue;
        }
        x.count = elements_of(m, x.dims, x.dim);
        if (x.count > MOST_SLOTS) {
            diag_error(m->d, x.key->at, D_TOO_BIG, "'%s' has too many elements; a program has at most %d slots", x.name, MOST_SLOTS);
            continue;
        }
        x.covered = has_evidence(x.node);
        x.unit = declared_unit(m, x.node, &x.unit_stated);
        const struct node *const every = node_get(x.node, "every");
        x.every_step = node_is_text(every) && strcmp(every->text, "step") == 0;
        *LIST_ADD(m->a, m->quantities) = x;
    }
}

static void declare_moves(struct model *m)
{
    const struct node *const map = node_get(m->root, "moves");
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        struct m_move x = {.node = map->item[i], .key = map->key[i], .name = map->key[i]->text, .target = -1, .seat = -1};
        if (x.node->kind != NODE_MAP)
            continue;
        if (!valid_name(x.name, strlen(x.name))) {
            diag_error(m->d, x.key->at, D_NOT_A_NAME, "'%s' is no name for a move; use letters, digits and _, a letter first", x.name);
            continue;
        }
        const struct node *const seat = node_get(x.node, "seat");
        if (node_is_text(seat) && (x.seat = find_seat(m, seat->text)) < 0) {
            const char *const near = text_nearest(seat->text, m->seats.at, m->seats.count);
            diag_error(m->d, seat->at, D_UNKNOWN_SEAT, "no seat is called '%s'; %s", seat->text, did_you_mean(m, near, "seats stand in `seats`"));
        }
        if (x.seat < 0)
            x.seat = 0;
        x.measure = node_get(x.node, "measure") != NULL;
        const struct node *const target = node_get(x.node, "target");
        if (node_is_text(target)) {
            size_t const n = word_at(target->text);
            x.target = find_set(m, arena_copy(m->a, target->text, n));
            if (x.target < 0)
                diag_error(m->d, node_part(target, 0, n), D_UNKNOWN_SET, "a target begins with a set, as: firm where share[firm] > 0; no set is called '%.*s'", (int)n, target->text);
        }
        *LIST_ADD(m->a, m->moves) = x;
    }
    if (m->moves.count > 0 && m->seats.count == 0) {
        diag_error(m->d, m->moves.at[0].key->at, D_UNKNOWN_SEAT, "there are moves but no seats to make them; add `seats`");
        m->moves.count = 0;
    }
}

void names_declare(struct model *m)
{
    declare_time(m);
    m->time_unit = unit_time(m->p->time.unit);
    declare_sets(m);
    declare_parameters(m);
    declare_quantities(m);
    declare_moves(m);
    declare_networks(m);
    const struct node *const plays = node_get(m->root, "plays");
    for (int i = 0; plays != NULL && plays->kind == NODE_MAP && i < plays->count; i++)
        *LIST_ADD(m->a, m->plays) = plays->key[i]->text;
}
