/* page/report_why.c — why a number moved, and where a number comes from.
 * The lines of a why add up exactly. They are shown with three digits of the largest, and what rounding leaves over goes to the largest
 * line, so that whoever adds the lines up gets the total that is printed. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { LINES_MOST = 256, BEHIND_MOST = 24, KNOWN_MOST = 4096, CITED_BY_MOST = 12 };

/* --- why ------------------------------------------------------------------------------------------------------------------------- */

/* In the units shown: scales times 100. */
static double shown_amount(const struct program *p, int quantity, double amount)
{
    return amount * (figure_is_scale(p, quantity) ? 100 : 1);
}

static const char *amount_words(struct arena *a, double shown, double step)
{
    double x = figure_rounded(shown, step);
    if (x == 0)
        return shown == 0 ? "no change" : "next to nothing";
    return arena_printf(a, "%s %s", x > 0 ? "up" : "down", figure_text(a, fabs(x), step));
}

/* Turns the amounts into what is printed; returns the step. */
static double round_lines(const struct program *p, int quantity, struct why_line *line, int count, double *change)
{
    double largest = 0, sum = 0;
    int at = -1;
    *change = shown_amount(p, quantity, *change);
    for (int i = 0; i < count; i++) {
        line[i].amount = shown_amount(p, quantity, line[i].amount);
        if (at < 0 || fabs(line[i].amount) > largest) {
            largest = fabs(line[i].amount);
            at = i;
        }
    }
    double step = figure_step(largest > fabs(*change) ? largest : *change, 0);
    *change = figure_rounded(*change, step);
    for (int i = 0; i < count; i++)
        if (i != at)
            sum += figure_rounded(line[i].amount, step);
    if (at >= 0)
        line[at].amount = figure_rounded(*change - sum, step);
    return step;
}

static const char *turns_words(struct arena *a, int from, int to)
{
    if (from + 1 == to)
        return arena_printf(a, "in turn %d", to);
    return arena_printf(a, "over turns %d to %d", from + 1, to);
}

static const char *kept_words(enum quantity_kind kind)
{
    switch (kind) {
    case Q_AUX:    return "It is worked out anew at every moment and keeps nothing, so it has no lines of its own";
    case Q_DRAW:   return "It is drawn by chance, and nothing that was done moved it";
    case Q_DATA:   return "It is read from data, and nothing that was done moved it";
    case Q_SWITCH: return "It is a switch: moves and events set it, and the newspaper tells of them";
    case Q_STOCK:  break;
    }
    return "";
}

/* What keeps no ledger: the numbers from which it is worked out, with how the seat saw each of them move. */
static void why_not_traced(struct doc *d, const struct view *v, struct number n, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct behind behind[BEHIND_MOST];
    int count = program_behind(p, a, n.quantity, n.element, behind, BEHIND_MOST);
    doc_heading(d, "%s: %s.", report_label(v, a, n), report_value(v, a, n, to, from));
    doc_text(d, "%s.", kept_words(p->quantity[n.quantity].kind));
    if (p->quantity[n.quantity].kind != Q_AUX)
        return;
    if (count == 0) {
        doc_text(d, p->quantity[n.quantity].parameters_only ? "It stands still during a game." : "No other number moves it; moves in force and time may.");
        return;
    }
    doc_text(d, count == 1 ? "What moves it is this number:" : "It comes from these %d numbers:", count);
    for (int i = 0; i < count && i < BEHIND_MOST; i++) {
        struct number from_it = {behind[i].quantity, behind[i].element};
        doc_item(d, i + 1, "%s: %s.", report_label(v, a, from_it), report_value(v, a, from_it, to, from));
    }
    if (count > BEHIND_MOST)
        doc_text(d, "And %d more.", count - BEHIND_MOST);
    doc_text(d, "Ask why of any of them.");
}

void report_why(struct doc *d, const struct view *v, struct number n, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    enum quantity_kind kind = p->quantity[n.quantity].kind;
    if (to <= from) {
        doc_text(d, "%s: %s.", report_label(v, a, n), report_value(v, a, n, to < 0 ? 0 : to, -1));
        doc_text(d, "No turn has been played in between, so nothing has moved it.");
        return;
    }
    if (kind != Q_STOCK) {
        why_not_traced(d, v, n, from, to);
        return;
    }
    struct why_line *line = ARENA_ARRAY(a, LINES_MOST, struct why_line);
    double change = 0;
    int count = view_why(v, a, n.quantity, n.element, from, to, line, LINES_MOST, &change);
    if (count <= 0 && !view_value(v, n.quantity, n.element, to).known) {
        doc_text(d, "%s: %s, so there is no why to tell.", report_label(v, a, n), report_value(v, a, n, to, -1));
        return;
    }
    double step = round_lines(p, n.quantity, line, count, &change);
    const char *unit = figure_is_scale(p, n.quantity) ? "of 100" : figure_unit(a, p->quantity[n.quantity].unit, false);
    doc_heading(d, "%s, %s, your view: %s%s%s.", report_label(v, a, n), turns_words(a, from, to), amount_words(a, change, step),
                change != 0 && *unit ? " " : "", change != 0 ? unit : "");
    for (int i = 0; i < count; i++)
        doc_item(d, i + 1, "%s: %s.", line[i].text, amount_words(a, line[i].amount, step));
    doc_text(d, "Total: %s.", amount_words(a, change, step));
}

/* --- where a number comes from ----------------------------------------------------------------------------------------------------- */

static const char *kind_words(enum quantity_kind kind)
{
    switch (kind) {
    case Q_STOCK:  return "A stock: it keeps its value and changes by what flows in and out";
    case Q_AUX:    return "Worked out from other numbers";
    case Q_DRAW:   return "Drawn by chance";
    case Q_DATA:   return "Read from data";
    case Q_SWITCH: return "A switch: yes or no";
    }
    return "";
}

static void source_quantity(struct doc *d, const struct program *p, int quantity)
{
    const struct quantity *q = &p->quantity[quantity];
    struct arena *a = doc_arena(d);
    const char *unit = figure_unit(a, q->unit, false);
    doc_title(d, "%s", words_title(a, q->title, q->name));
    doc_text(d, "%s. Written %s in the scenario%s%s.", kind_words(q->kind), q->name, *unit ? "; counted in " : "", unit);
    if (q->count > 1)
        doc_text(d, "It has %d values.", q->count);
    for (int s = 0; s < p->seats && q->seen; s++)
        doc_text(d, "%s %s%s.", words_seat(p, s), q->seen[s].kind == SEEN_NONE ? "" : "sees ", words_seen(a, p, quantity, &q->seen[s]));
    words_evidence(d, p, &q->evidence);
    if (q->path)
        doc_quiet(d, "In %s, line %d.", q->path, q->line);
}

static const char *prior_words(const struct parameter *q)
{
    switch (q->prior) {
    case PRIOR_NONE:       return "fixed";
    case PRIOR_TRIANGULAR: return "drawn once a game, likeliest at its value";
    case PRIOR_UNIFORM:    return "drawn once a game, anywhere in the range alike";
    case PRIOR_NORMAL:     return "drawn once a game, normal, the range holding nine in ten";
    case PRIOR_LOGNORMAL:  return "drawn once a game, log-normal, the range holding nine in ten";
    case PRIOR_COMPUTED:   return "worked out from other parameters";
    }
    return "";
}

static void source_parameter(struct doc *d, const struct program *p, int parameter)
{
    const struct parameter *q = &p->parameter[parameter];
    struct arena *a = doc_arena(d);
    const char *unit = figure_unit(a, q->unit, false);
    char value[NUMBER_TEXT], low[NUMBER_TEXT], high[NUMBER_TEXT];
    doc_title(d, "%s", words_title(a, q->title, q->name));
    doc_text(d, "A parameter, %s%s%s.", prior_words(q), *unit ? "; counted in " : "", unit);
    for (int e = 0; e < q->count && e < CITED_BY_MOST && q->element; e++) {
        const struct parameter_element *x = &q->element[e];
        const char *name = program_element_name(p, a, q->name, q->dims, q->dim, e);
        if (q->prior == PRIOR_COMPUTED)
            break;
        if (q->prior == PRIOR_NONE || x->low == x->high)
            doc_text(d, "%s: %s.", name, text_short(x->value, 6, value));
        else
            doc_text(d, "%s: %s, between %s and %s.", name, text_short(x->value, 6, value), text_short(x->low, 6, low), text_short(x->high, 6, high));
    }
    if (q->count > CITED_BY_MOST)
        doc_text(d, "And so on, %d values.", q->count);
    if (q->hidden_of)
        doc_text(d, "It is the range of an effect: %s.", q->hidden_of);
    words_evidence(d, p, &q->evidence);
    if (q->path)
        doc_quiet(d, "In %s, line %d.", q->path, q->line);
}

static void cited_by(struct text *t, int *count, const struct evidence *e, int source, const char *name)
{
    if (e->source != source)
        return;
    if (*count < CITED_BY_MOST)
        text_addf(t, "%s%s", *count ? ", " : "", name);
    ++*count;
}

static void source_cited(struct doc *d, const struct program *p, int source)
{
    const struct cited *c = &p->cited[source];
    struct arena *a = doc_arena(d);
    doc_title(d, "%s", c->title ? c->title : c->id);
    if (c->author)
        doc_pair(d, "By", "%s", c->author);
    if (c->date)
        doc_pair(d, "Date", "%s", c->date);
    if (c->where && *c->where)
        doc_pair(d, "Where", "%s", c->where);
    struct text t;
    text_init(&t, a);
    int count = 0;
    for (int i = 0; i < p->parameters; i++)
        if (!p->parameter[i].hidden_of)
            cited_by(&t, &count, &p->parameter[i].evidence, source, p->parameter[i].name);
    for (int i = 0; i < p->quantities; i++)
        cited_by(&t, &count, &p->quantity[i].evidence, source, p->quantity[i].name);
    for (int i = 0; i < p->moves; i++)
        cited_by(&t, &count, &p->move[i].evidence, source, p->move[i].name);
    for (int i = 0; i < p->events; i++)
        cited_by(&t, &count, &p->event[i].evidence, source, p->event[i].name);
    for (int i = 0; i < p->claims; i++)
        cited_by(&t, &count, &p->claim[i].evidence, source, p->claim[i].name);
    if (count)
        doc_text(d, "What rests on it, %d: %s%s.", count, t.at, count > CITED_BY_MOST ? " and so on" : "");
    else
        doc_text(d, "Nothing in the scenario rests on it.");
}

static bool called(const char *name, const char *title, const char *asked)
{
    return text_same(name, asked) || (title && text_same(title, asked));
}

static void source_move(struct doc *d, const struct program *p, int move)
{
    const struct move *m = &p->move[move];
    struct arena *a = doc_arena(d);
    doc_title(d, "%s", words_title(a, m->title, m->name));
    doc_text(d, "A move of %s.", words_seat(p, m->seat));
    words_evidence(d, p, &m->evidence);
    if (m->path)
        doc_quiet(d, "In %s, line %d.", m->path, m->line);
}

void report_source(struct doc *d, const struct program *p, const char *name)
{
    int quantity, element;
    if (program_find_value(p, name, &quantity, &element)) {
        source_quantity(d, p, quantity);
        return;
    }
    const char **known = ARENA_ARRAY(doc_arena(d), KNOWN_MOST, const char *);
    int count = 0;
    for (int i = 0; i < p->quantities && count < KNOWN_MOST; known[count++] = p->quantity[i++].name)
        if (called(p->quantity[i].name, p->quantity[i].title, name)) {
            source_quantity(d, p, i);
            return;
        }
    for (int i = 0; i < p->moves && count < KNOWN_MOST; known[count++] = p->move[i++].name)
        if (called(p->move[i].name, p->move[i].title, name)) {
            source_move(d, p, i);
            return;
        }
    for (int i = 0; i < p->parameters && count < KNOWN_MOST; known[count++] = p->parameter[i++].name)
        if (called(p->parameter[i].name, p->parameter[i].title, name)) {
            source_parameter(d, p, i);
            return;
        }
    for (int i = 0; i < p->citeds && count < KNOWN_MOST; known[count++] = p->cited[i++].id)
        if (called(p->cited[i].id, p->cited[i].title, name)) {
            source_cited(d, p, i);
            return;
        }
    const char *near = text_nearest(name, known, count);
    doc_text(d, "There is no quantity, move, parameter or source named '%s'%s%s%s", name, near ? "; did you mean '" : "", near ? near : "",
             near ? "'?" : ".");
}
