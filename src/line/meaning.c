/* line/meaning.c — what a person meant by a word: part of a name is enough while only one fits. */
#include "line/line_private.h"

#include <string.h>

#include "base/text.h"

enum { NUMBERS_MOST = 2048, ELEMENTS_MOST = 64, MOVES_MOST = 512, OFFERED_MOST = 12 };

static char plain(char c)
{
    return c == '_' || c == '-' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool begins(const char *text, const char *part)
{
    while (*part && plain(*text) == plain(*part))
        text++, part++;
    return !*part;
}

static bool equals(const char *text, const char *other)
{
    return strlen(text) == strlen(other) && begins(text, other);
}

bool word_contains(const char *text, const char *part)
{
    for (; *text; text++)
        if (begins(text, part))
            return true;
    return !*part;
}

int word_tokens(struct line *l, const char *text, const char **token, int room)
{
    int count = 0;
    while (*text && count < room) {
        size_t n = strcspn(text, " \t");
        if (n)
            token[count++] = arena_copy(&l->turn, text, n);
        text += n + (text[n] != '\0');
    }
    return count;
}

int word_matches(const char *const *name, int count, const char *asked, int *place, int room)
{
    int found = 0;
    for (int how = 0; how < 3 && !found; how++)
        for (int i = 0; i < count; i++) {
            bool fits = how == 0 ? equals(name[i], asked) : how == 1 ? begins(name[i], asked) : word_contains(name[i], asked);
            if (fits && found++ < room)
                place[found - 1] = i;
        }
    return found;
}

/* --- numbers ----------------------------------------------------------------------------------------------------------------- */

struct names { const char **name; struct number *number; int count; };

static void add_name(struct names *n, const char *name, struct number number)
{
    if (n->count < NUMBERS_MOST) {
        n->name[n->count] = name;
        n->number[n->count++] = number;
    }
}

/* trust[us, us]: nobody asks for it. */
static bool of_itself(const struct program *p, const struct quantity *q, int element)
{
    return q->dims == 2 && q->dim[0] == q->dim[1] && element / p->set[q->dim[1]].count == element % p->set[q->dim[1]].count;
}

/* Every number by its label and by its name as written; those of large sets by the name alone. */
static struct names all_names(struct line *l)
{
    struct names n = {ARENA_ARRAY(&l->turn, NUMBERS_MOST, const char *), ARENA_ARRAY(&l->turn, NUMBERS_MOST, struct number), 0};
    for (int q = 0; q < l->p->quantities; q++) {
        const struct quantity *quantity = &l->p->quantity[q];
        for (int e = 0; e < quantity->count && e < ELEMENTS_MOST; e++) {
            struct number number = {q, e};
            if (of_itself(l->p, quantity, e))
                continue;
            if (quantity->title)
                add_name(&n, report_label(l->v, &l->turn, number), number);
            add_name(&n, program_element_name(l->p, &l->turn, quantity->name, quantity->dims, quantity->dim, e), number);
        }
    }
    return n;
}

static bool choose_number(struct line *l, const struct names *n, const int *place, int found, struct number *chosen)
{
    const char *item[OFFERED_MOST];
    struct number number[OFFERED_MOST];
    int count = 0;
    for (int i = 0; i < found; i++) {
        bool twice = false;
        for (int k = 0; k < count; k++)
            twice = twice || (number[k].quantity == n->number[place[i]].quantity && number[k].element == n->number[place[i]].element);
        if (twice || count == OFFERED_MOST)
            continue;
        number[count] = n->number[place[i]];
        item[count] = report_label(l->v, &l->turn, number[count]);
        count++;
    }
    int at = count == 1 ? 0 : line_choose(l, "Numbers that fit", item, count);
    if (at < 0)
        return false;
    *chosen = number[at];
    return true;
}

bool word_fits_number(struct line *l, const char *asked)
{
    int place[1], quantity, element;
    struct names n = all_names(l);
    return program_find_value(l->p, asked, &quantity, &element) || word_matches(n.name, n.count, asked, place, 1) > 0;
}

bool word_number(struct line *l, const char *asked, struct number *chosen)
{
    int place[2 * OFFERED_MOST], quantity, element;
    if (program_find_value(l->p, asked, &quantity, &element)) {
        *chosen = (struct number){quantity, element};
        return true;
    }
    struct names n = all_names(l);
    int found = word_matches(n.name, n.count, asked, place, 2 * OFFERED_MOST);
    if (found > 2 * OFFERED_MOST) {
        line_sayf(l, "'%s' fits %d numbers; say more of its name.", asked, found);
        return false;
    }
    if (found)
        return choose_number(l, &n, place, found, chosen);
    const char *near = text_nearest(asked, n.name, n.count);
    if (near)
        line_sayf(l, "There is no number '%s'; did you mean '%s'?", asked, near);
    else
        line_sayf(l, "There is no number '%s'. Type numbers to see what there is.", asked);
    return false;
}

/* --- moves --------------------------------------------------------------------------------------------------------------------- */

int word_move(struct line *l, const char *asked)
{
    int move[MOVES_MOST], count = view_moves(l->v, move, MOVES_MOST), place[OFFERED_MOST];
    long number;
    if (text_to_long(asked, strlen(asked), &number)) {
        if (number >= 1 && number <= count)
            return move[number - 1];
        line_sayf(l, "There is no move %ld; you can plan %d now. Type moves to see them.", number, count);
        return -1;
    }
    const char *name[2 * MOVES_MOST];
    int of[2 * MOVES_MOST], names = 0;
    for (int m = 0; m < l->p->moves && names + 2 <= 2 * MOVES_MOST; m++) {
        of[names] = m;
        name[names++] = l->p->move[m].name;
        of[names] = m;
        name[names++] = l->p->move[m].title ? l->p->move[m].title : l->p->move[m].name;
    }
    int found = word_matches(name, names, asked, place, OFFERED_MOST), first = found ? of[place[0]] : -1;
    bool one = found > 0 && found <= OFFERED_MOST;
    for (int i = 0; i < found && i < OFFERED_MOST; i++)
        one = one && of[place[i]] == first;
    if (one)
        return first;
    if (found) {
        line_sayf(l, "'%s' fits more than one move, such as '%s' and '%s'; say more.", asked, name[place[0]], name[place[1]]);
        return -1;
    }
    const char *near = text_nearest(asked, name, names);
    if (near)
        line_sayf(l, "There is no move '%s'; did you mean '%s'?", asked, near);
    else
        line_sayf(l, "There is no move '%s'. Type moves to see what you can plan.", asked);
    return -1;
}

int word_moment(struct line *l, const char *asked)
{
    long number;
    int now = view_turn(l->v);
    if (text_to_long(asked, strlen(asked), &number) && number >= 1 && number <= now + 1)
        return (int)number - 1;
    for (int moment = 0; moment <= now; moment++) {
        double time = view_time(l->v) - (now - moment) * l->p->time.turn;
        if (equals(program_date(l->p, &l->turn, time), asked) || equals(program_date_long(l->p, &l->turn, time), asked))
            return moment;
    }
    return -1;
}
