/* page/report_number.c — the numbers a seat watches: which, what they are called, and how they read with unit, certainty and direction.
 * A change is taken between the values as shown, so that a reader who subtracts gets the same. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { WATCH_ELEMENTS_MOST = 16, NUMBERS_SHORT = 12, NUMBERS_ALL = 512 };

/* --- which ------------------------------------------------------------------------------------------------------------------- */

/* What a seat thinks of itself (trust[us, us]) is no news to anybody. */
static bool on_diagonal(const struct quantity *q, const struct program *p, int element)
{
    if (q->dims != 2 || q->dim[0] != q->dim[1])
        return false;
    int size = p->set[q->dim[1]].count;
    return element / size == element % size;
}

static int add_elements(const struct view *v, int quantity, bool unknown_too, struct number *number, int count, int room)
{
    const struct program *p = view_program(v);
    const struct quantity *q = &p->quantity[quantity];
    if (q->count > WATCH_ELEMENTS_MOST)
        return count;
    for (int e = 0; e < q->count && count < room; e++)
        if (!on_diagonal(q, p, e) && (unknown_too || view_value(v, quantity, e, view_turn(v)).known))
            number[count++] = (struct number){quantity, e};
    return count;
}

int report_watch(const struct view *v, struct number *number, int room)
{
    const struct program *p = view_program(v);
    int count = 0;
    for (int q = 0; q < p->quantities; q++)
        if (p->quantity[q].charted)
            count = add_elements(v, q, true, number, count, room);
    for (int q = 0; q < p->quantities; q++)
        if (!p->quantity[q].charted && p->quantity[q].title && p->quantity[q].group)
            count = add_elements(v, q, false, number, count, room);
    bool chosen = false;                            /* where the scenario chooses nothing to be watched, all is */
    for (int q = 0; q < p->quantities; q++)
        chosen |= p->quantity[q].charted || p->quantity[q].group;
    for (int q = 0; q < p->quantities && !chosen; q++)
        count = add_elements(v, q, false, number, count, room);
    return count;
}

/* --- how it reads -------------------------------------------------------------------------------------------------------------- */

const char *words_number(const struct program *p, struct arena *a, struct number n)
{
    const struct quantity *q = &p->quantity[n.quantity];
    const char *title = words_title(a, q->title, q->name);
    if (q->dims == 0 || n.element < 0)
        return title;
    int place[MOST_DIMS], rest = n.element;
    for (int i = q->dims - 1; i >= 0; i--) {
        place[i] = rest % p->set[q->dim[i]].count;
        rest /= p->set[q->dim[i]].count;
    }
    if (q->dims == 2 && q->dim[0] == q->dim[1] && q->dim[0] == p->seat_set)
        return arena_printf(a, "%s, %s towards %s", title, words_seat(p, place[0]), words_seat(p, place[1]));
    struct text t;
    text_init(&t, a);
    text_add(&t, title);
    for (int i = 0; i < q->dims; i++)
        text_addf(&t, ", %s", words_element(p, a, q->dim[i], place[i]));
    return t.at;
}

const char *report_label(const struct view *v, struct arena *a, struct number n)
{
    return words_number(view_program(v), a, n);
}

static const char *unseen_words(const struct view *v, struct number n)
{
    const struct program *p = view_program(v);
    int seat = view_seat(v);
    const struct seen *seen = p->quantity[n.quantity].seen;
    if (seat >= 0 && seen && seen[n.element * p->seats + seat].kind != SEEN_NONE)
        return "no report has come yet";
    return "you cannot see it";
}

static const char *since_words(struct arena *a, int moment, int since)
{
    if (since == 0)
        return "since the start";
    if (since == moment - 1)
        return "in this turn";
    return arena_printf(a, "since turn %d", since);
}

const char *report_value(const struct view *v, struct arena *a, struct number n, int moment, int since)
{
    const struct program *p = view_program(v);
    struct seen_value now = view_value(v, n.quantity, n.element, moment);
    if (!now.known)
        return unseen_words(v, n);
    double give = now.exact ? 0 : now.give_or_take, step = figure_step(now.value, give);
    struct text t;
    text_init(&t, a);
    const char *amount = figure_amount(a, p, n.quantity, now.value, step);
    if (p->quantity[n.quantity].kind == Q_SWITCH)
        text_add(&t, amount);
    else if (give > 0) {
        double shown = figure_is_scale(p, n.quantity) ? give * 100 : give, by = figure_step(shown, shown);
        text_addf(&t, "about %s, give or take %s", amount, figure_text(a, shown, figure_is_scale(p, n.quantity) && by < 1 ? 1 : by));
    } else
        text_addf(&t, "%s, exact", amount);
    if (now.lag > 0 && moment - now.lag >= 0)
        text_addf(&t, ", as of %s", words_moment(v, a, moment - now.lag));
    struct seen_value then = since >= 0 ? view_value(v, n.quantity, n.element, since) : (struct seen_value){0};
    if (then.known && since < moment) {
        char *change = arena_text(a, figure_change(a, p, n.quantity, then.value, now.value, step));
        change[0] = (char)(change[0] - ('a' - 'A'));
        text_addf(&t, ". %s %s", change, since_words(a, moment, since));
    }
    return t.at;
}

const char *report_figure(const struct program *p, struct arena *a, struct number n, struct seen_value s)
{
    if (!s.known)
        return "?";
    if (p->quantity[n.quantity].kind == Q_SWITCH)
        return s.value != 0 ? "yes" : "no";
    bool scale = figure_is_scale(p, n.quantity);
    double value = scale ? s.value * 100 : s.value, give = s.exact ? 0 : scale ? s.give_or_take * 100 : s.give_or_take;
    double step = figure_step(value, give);
    return figure_text(a, value, scale && step < 1 ? 1 : step);
}

/* --- pages --------------------------------------------------------------------------------------------------------------------- */

static void numbers_up_to(struct doc *d, const struct view *v, int most)
{
    struct arena *a = doc_arena(d);
    struct number *number = ARENA_ARRAY(a, NUMBERS_ALL, struct number);
    int count = report_watch(v, number, NUMBERS_ALL), show = count < most ? count : most, moment = view_turn(v);
    if (show < count)
        doc_heading(d, "What you can see, %d of %d numbers.", show, count);
    else
        doc_heading(d, "What you can see, %s.", words_count(a, count, "number", "numbers"));
    for (int i = 0; i < show; i++)
        doc_item(d, i + 1, "%s: %s.", report_label(v, a, number[i]), report_value(v, a, number[i], moment, moment > 0 ? 0 : -1));
}

void report_numbers(struct doc *d, const struct view *v)
{
    numbers_up_to(d, v, NUMBERS_SHORT);
}

void report_numbers_all(struct doc *d, const struct view *v)
{
    numbers_up_to(d, v, NUMBERS_ALL);
}

static bool in_list(const struct number *number, int count, struct number n)
{
    for (int i = 0; i < count; i++)
        if (number[i].quantity == n.quantity && number[i].element == n.element)
            return true;
    return false;
}

/* The view in which it is known exactly, else in which it is known at all. */
static const struct view *best_view(const struct view *const *view, int views, struct number n, int moment)
{
    const struct view *best = view[0];
    bool any = false;
    for (int i = 0; i < views; i++) {
        struct seen_value s = view_value(view[i], n.quantity, n.element, moment);
        if (s.known && s.exact && s.lag == 0)
            return view[i];
        if (s.known && !any)
            best = view[i];
        any = any || s.known;
    }
    return best;
}

/* A number that is seen with an error jumps by itself; only a change beyond the error is worth telling. */
static double doubt(struct seen_value s)
{
    return s.exact ? 0 : s.give_or_take;
}

void report_moved_best(struct doc *d, const struct view *const *view, int views, int moment, int most)
{
    const struct program *p = view_program(view[0]);
    struct arena *a = doc_arena(d);
    struct number *number = ARENA_ARRAY(a, NUMBERS_ALL, struct number), *seen = ARENA_ARRAY(a, NUMBERS_ALL, struct number);
    int count = 0, told = 0;
    bool guessed = false;
    for (int i = 0; i < views; i++) {
        int more = report_watch(view[i], seen, NUMBERS_ALL);
        for (int k = 0; k < more && count < NUMBERS_ALL; k++)
            if (!in_list(number, count, seen[k]))
                number[count++] = seen[k];
    }
    struct text t;
    text_init(&t, a);
    for (int i = 0; i < count && told < most; i++) {
        const struct view *v = best_view(view, views, number[i], moment);
        struct seen_value was = view_value(v, number[i].quantity, number[i].element, moment - 1);
        struct seen_value now = view_value(v, number[i].quantity, number[i].element, moment);
        if (!was.known || !now.known)
            continue;
        if (fabs(now.value - was.value) < doubt(was) || fabs(now.value - was.value) < doubt(now))
            continue;
        double step = figure_step(now.value, doubt(now));
        const char *change = figure_change(a, p, number[i].quantity, was.value, now.value, step);
        if (strcmp(change, "no change") == 0)
            continue;
        bool about = doubt(now) > 0 || doubt(was) > 0;
        text_addf(&t, "%s%s %s%s, %s.", told++ ? " " : "", report_label(v, a, number[i]), about ? "about " : "", report_figure(p, a, number[i], now),
                  about ? figure_about(a, change) : change);
        guessed = guessed || about;
    }
    if (told)
        doc_text(d, "%s", t.at);
    if (guessed)
        doc_quiet(d, "About: seen with an error; such a change may be the error alone.");
    if (!told)
        doc_text(d, "No number has moved by more than its doubt.");
}

void report_moved(struct doc *d, const struct view *v, int moment, int most)
{
    report_moved_best(d, &v, 1, moment, most);
}
