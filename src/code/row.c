/* code/row.c — a row of a plan, a play or a persona as text, both ways.
 * `[verb] move[(target)][/setting] [level]`, or the verb around it: `lift(coal_ban)`, `ease(coal_ban, 50%)`. A verb's name may also be
 * a move's; then it is the verb only if a move follows. */
#include <ctype.h>
#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/text.h"
#include "code/program.h"
#include "code/scan.h"

static const struct { const char *word; enum row_verb verb; } verbs[] = {
    {"do", ROW_DO}, {"threaten", ROW_THREATEN}, {"ease", ROW_EASE}, {"lift", ROW_LIFT}, {"snapback", ROW_SNAPBACK}, {"delay", ROW_DELAY},
    {"impose", ROW_DO},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int verb_of(const char *word)
{
    for (int i = 0; i < VERBS; i++)
        if (strcmp(verbs[i].word, word) == 0)
            return i;
    return -1;
}

static const char *read_move(struct scan *r, const char *word, struct row *row)
{
    const struct program *p = r->p;
    row->move = program_move(p, word);
    if (row->move >= 0)
        return NULL;
    const char **known = ARENA_ARRAY(r->a, p->moves, const char *);
    for (int i = 0; i < p->moves; i++)
        known[i] = p->move[i].name;
    return scan_unknown(r->a, "move", word, known, p->moves, "this scenario");
}

static const char *read_target(struct scan *r, struct row *row)
{
    const struct program *p = r->p;
    const struct move *m = &p->move[row->move];
    scan_blanks(r);
    size_t n = strcspn(r->at, "),");
    const char *word = r->at;
    while (n > 0 && isspace((unsigned char)word[n - 1]))
        n--;
    word = arena_copy(r->a, word, n);
    r->at += strcspn(r->at, "),");
    if (*r->at == ',')
        return arena_printf(r->a, "'%s' is given more than one target; write a row for each", m->name);
    if (*r->at != ')')
        return arena_printf(r->a, "the bracket after '%s' is not closed; write `%s(target)`", m->name, m->name);
    r->at++;
    if (n == 0)
        return arena_printf(r->a, "the brackets after '%s' are empty; write a target in them or leave them out", m->name);
    if (m->target < 0)
        return arena_printf(r->a, "'%s' takes no target; write `%s` alone", m->name, m->name);
    row->target = program_element(p, m->target, word);
    if (row->target >= 0)
        return NULL;
    const struct set *set = &p->set[m->target];
    long place;
    if (!text_to_long(word, n, &place))
        return scan_unknown(r->a, "element", word, set->element, set->count, arena_printf(r->a, "the set '%s'", set->name));
    if (place < 1 || place > set->count)
        return arena_printf(r->a, "the set '%s' has no element %ld; write a number from 1 to %d", set->name, place, set->count);
    row->target = (int)place - 1;
    return NULL;
}

static const char *read_setting(struct scan *r, struct row *row)
{
    const struct move *m = &r->p->move[row->move];
    const char *word = scan_word(r);
    if (!m->measure)
        return arena_printf(r->a, "'%s' is an act and has no settings; leave out `/%s`", m->name, word);
    for (int i = 0; i < m->settings; i++)
        if (strcmp(m->setting[i].name, word) == 0) {
            row->setting = i;
            return NULL;
        }
    const char **known = ARENA_ARRAY(r->a, m->settings, const char *);
    for (int i = 0; i < m->settings; i++)
        known[i] = m->setting[i].name;
    return scan_unknown(r->a, "setting", word, known, m->settings, arena_printf(r->a, "'%s'", m->name));
}

static const char *read_level(struct scan *r, struct row *row)
{
    const struct move *m = &r->p->move[row->move];
    const char *word = scan_word(r);
    double x;
    if (!text_to_number(word, strlen(word), &x))
        return arena_printf(r->a, "'%s' is no level; write one such as 60%% or 0.6", *word ? word : r->at);
    bool percent = scan_take(r, '%');
    if (percent)
        x /= 100;
    if (!(x >= 0 && x <= 1))
        return arena_printf(r->a, "a level of %s%s is outside 0..1; write one such as 60%% or 0.6", word, percent ? "%" : "");
    if (!m->measure)
        return arena_printf(r->a, "'%s' is an act and has no level; leave out %s%s", m->name, word, percent ? "%" : "");
    row->level = x;
    return NULL;
}

/* What may follow a move, in this order. `wrapped`: inside the verb's brackets, where a comma may stand before the level. */
static const char *read_rest(struct scan *r, struct row *row, bool wrapped)
{
    const char *wrong = NULL;
    if (row->target < 0 && scan_take(r, '('))
        wrong = read_target(r, row);
    if (!wrong && row->setting < 0 && scan_take(r, '/'))
        wrong = read_setting(r, row);
    if (wrong)
        return wrong;
    if (wrapped)
        scan_take(r, ',');
    scan_blanks(r);
    return *r->at != '\0' && *r->at != ')' && row->level < 0 ? read_level(r, row) : NULL;
}

static bool move_follows(const struct scan *r)
{
    struct scan ahead = *r;
    scan_take(&ahead, '(');
    return program_move(ahead.p, scan_word(&ahead)) >= 0;
}

static const char *check_verb(struct arena *a, const struct move *m, const struct row *row, const char *verb)
{
    bool of_measure = row->verb == ROW_EASE || row->verb == ROW_LIFT || row->verb == ROW_SNAPBACK;
    if (of_measure && !m->measure)
        return arena_printf(a, "'%s' is an act, done once, so there is nothing to %s; write `%s` to do it", m->name, verb, m->name);
    return NULL;
}

const char *row_parse(const struct program *p, struct arena *a, const char *text, struct row *row)
{
    struct scan r = {p, a, text, " \t\r\n(),/%"};
    const char *verb = "do", *word = scan_word(&r), *wrong;
    int v = verb_of(word);
    bool wrapped = false;
    *row = (struct row){.verb = ROW_DO, .move = -1, .target = -1, .setting = -1, .level = -1};
    if (*word == '\0')
        return arena_printf(a, "a row begins with a move or a verb, not with '%s'; write for instance `%s`", r.at, p->moves ? p->move[0].name : "move");
    if (v >= 0 && (program_move(p, word) < 0 || move_follows(&r))) {
        verb = word;
        row->verb = verbs[v].verb;
        wrapped = scan_take(&r, '(');
        word = scan_word(&r);
        if (*word == '\0')
            return arena_printf(a, "'%s' needs a move; write `%s %s`", verb, verb, p->moves ? p->move[0].name : "move");
    }
    if ((wrong = read_move(&r, word, row)) || (wrong = read_rest(&r, row, wrapped)))
        return wrong;
    if (wrapped) {
        if (!scan_take(&r, ')'))
            return arena_printf(a, "the bracket after '%s' is not closed; write `%s(%s)`", verb, verb, word);
        if ((wrong = read_rest(&r, row, false)))
            return wrong;
    }
    scan_blanks(&r);
    if (*r.at)
        return arena_printf(a, "nothing may follow a row, but '%s' does; leave it out", r.at);
    return check_verb(a, &p->move[row->move], row, verb);
}

static const char *word_of(enum row_verb verb)
{
    for (int i = 0; i < VERBS; i++)
        if (verbs[i].verb == verb)
            return verbs[i].word;
    UNREACHABLE();
}

/* "60%" where that reads back to the same, else "0.123". */
const char *share_text(struct arena *a, double share)
{
    char number[NUMBER_TEXT];
    double percent = pm_floor(share * 100 + 0.5);
    if (percent / 100 == share)
        return arena_printf(a, "%d%%", (int)percent);
    return arena_text(a, text_number(share, number));
}

const char *row_move_print(const struct program *p, struct arena *a, struct row row)
{
    const struct move *m = &p->move[row.move];
    struct text t;
    text_init(&t, a);
    text_add(&t, m->name);
    if (row.target >= 0 && m->target >= 0)
        text_addf(&t, "(%s)", p->set[m->target].element[row.target]);
    if (row.setting >= 0 && row.setting < m->settings)
        text_addf(&t, "/%s", m->setting[row.setting].name);
    return t.at;
}

const char *row_print(const struct program *p, struct arena *a, struct row row)
{
    const struct move *m = &p->move[row.move];
    struct text t;
    text_init(&t, a);
    if (row.verb != ROW_DO || (verb_of(m->name) >= 0 && row.target >= 0))
        text_addf(&t, "%s ", word_of(row.verb));
    text_add(&t, row_move_print(p, a, row));
    if (row.level >= 0)
        text_addf(&t, " %s", share_text(a, row.level));
    return t.at;
}

static void add_words(struct text *t, const char *id)
{
    for (; *id; id++)
        text_addn(t, *id == '_' ? " " : id, 1);
}

/* "Ban coal imports (decree)", "lift: Ban coal imports", "List a bank: border bank, 60 %". */
const char *row_say(const struct program *p, struct arena *a, struct row row)
{
    const struct move *m = &p->move[row.move];
    char number[NUMBER_TEXT];
    bool target = false;                        /* a bracket is open */
    struct text t;
    text_init(&t, a);
    if (row.verb != ROW_DO)
        text_addf(&t, "%s: ", word_of(row.verb));
    if (m->title && *m->title)
        text_add(&t, m->title);
    else
        add_words(&t, m->name);
    if (row.target >= 0 && m->target >= 0) {
        text_addf(&t, " (%s", program_words(p, a, p->set[m->target].element[row.target]));
        target = true;
    }
    if (row.setting >= 0 && row.setting < m->settings && m->settings > 1) {
        text_add(&t, target ? ", " : " (");
        add_words(&t, m->setting[row.setting].name);
        target = true;
    }
    if (target)
        text_add(&t, ")");
    if (row.level >= 0)
        text_addf(&t, "%s %s %%", row.verb == ROW_EASE ? " to" : ",", text_short(row.level * 100, 3, number));
    return t.at;
}
