/* page/report_why.c — why a number moved, and where a number comes from.
 * The lines of a why add up exactly. They are shown with three digits of the largest, and what rounding leaves over goes to the largest
 * line, so that whoever adds the lines up gets the total that is printed. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { LINES_MOST = 256, STOCKS_NAMED = 24, BEHIND_NAMED = 8, SEARCHED_MOST = 256, KNOWN_MOST = 4096, CITED_BY_MOST = 12 };

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

/* What the seat sees instead of the number itself, if it sees something else. */
static struct number as_seen(const struct view *v, struct number n)
{
    const struct program *p = view_program(v);
    for (int depth = 0; depth < 8; depth++) {
        const struct quantity *q = &p->quantity[n.quantity];
        const struct seen *seen = q->seen && view_seat(v) >= 0 ? &q->seen[n.element * p->seats + view_seat(v)] : NULL;
        if (!seen || seen->kind != SEEN_AS || seen->as < 0 || n.element >= p->quantity[seen->as].count)
            break;
        n.quantity = seen->as;
    }
    return n;
}

/* One number that another is worked out from, as the seat saw it then and sees it now. */
struct part { struct number n; int way; bool seen, exact; struct seen_value then, now; const char *change; };

static struct part part_of(const struct view *v, struct arena *a, struct input in, int from, int to)
{
    const struct program *p = view_program(v);
    struct part part = {.n = {in.quantity, in.element}, .way = in.way, .change = "no change"};
    if (in.element < 0 && p->quantity[in.quantity].count == 1)
        part.n.element = 0;
    if (part.n.element < 0)
        return part;
    part.then = view_value(v, in.quantity, part.n.element, from);
    part.now = view_value(v, in.quantity, part.n.element, to);
    part.seen = part.then.known && part.now.known;
    part.exact = part.seen && part.then.exact && part.now.exact && part.then.lag == 0 && part.now.lag == 0;
    if (part.seen)
        part.change = figure_change(a, p, in.quantity, part.then.value, part.now.value, figure_step(part.now.value, part.exact ? 0 : part.now.give_or_take));
    return part;
}

static void name_more(const struct program *p, struct arena *a, struct text *t, int *count, struct number n)
{
    if (*count < STOCKS_NAMED)
        text_addf(t, "%s%s", *count ? "; " : "", words_number(p, a, n));
    ++*count;
}

/* A sum whose parts and whole are seen exactly is told as a ledger; what the seat cannot see is what is left. False if it is none. */
static bool why_sum(struct doc *d, const struct view *v, struct number n, const struct part *part, int parts, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct part whole = part_of(v, a, (struct input){n.quantity, n.element, 1}, from, to);
    struct why_line *line = ARENA_ARRAY(a, parts + 1, struct why_line);
    double change = whole.now.value - whole.then.value, told = 0, rest;
    int count = 0, unseen = 0;
    if (!whole.exact)
        return false;
    for (int i = 0; i < parts; i++) {
        if (part[i].seen && !part[i].exact)
            return false;
        unseen += !part[i].seen;
        double amount = part[i].seen ? part[i].way * (part[i].now.value - part[i].then.value) : 0;
        told += amount;
        if (amount != 0)
            line[count++] = (struct why_line){words_number(p, a, part[i].n), amount};
    }
    rest = change - told;
    if (unseen && rest != 0)
        line[count++] = (struct why_line){"Not known to you", rest};
    double step = round_lines(p, n.quantity, line, count, &change);
    const char *unit = figure_is_scale(p, n.quantity) ? "of 100" : figure_unit(a, p->quantity[n.quantity].unit, false);
    doc_heading(d, "%s, %s, your view: %s%s%s.", words_number(p, a, n), turns_words(a, from, to), amount_words(a, change, step), change != 0 && *unit ? " " : "",
                change != 0 ? unit : "");
    doc_text(d, "It keeps nothing of its own: at every moment it is the sum of %s.", words_count(a, parts, "number", "numbers"));
    for (int i = 0; i < count; i++)
        doc_item(d, i + 1, "%s: %s.", line[i].text, amount_words(a, line[i].amount, step));
    doc_text(d, "Total: %s.", amount_words(a, change, step));
    return true;
}

static void why_part(struct doc *d, const struct program *p, int number, const struct part *x)
{
    struct arena *a = doc_arena(d);
    int q = x->n.quantity;
    const char *about = x->exact || x->now.give_or_take <= 0 ? "" : "about ";
    bool rises = x->now.value > x->then.value;
    const char *pulls = !x->exact || x->way == 0 ? "" : rises == (x->way > 0) ? ", which raises it" : ", which lowers it";
    double step = figure_step(x->now.value, x->exact ? 0 : x->now.give_or_take);
    if (p->quantity[q].kind == Q_SWITCH)
        doc_item(d, number, "%s: %s.", words_number(p, a, x->n), x->change);
    else
        doc_item(d, number, "%s: from %s%s to %s%s%s.", words_number(p, a, x->n), about, figure_plain(a, p, q, x->then.value, step), about,
                 figure_amount(a, p, q, x->now.value, step), pulls);
}

/* What changed with then and now, then in a line each what did not, what is many, and what the seat cannot see. */
static void why_parts(struct doc *d, const struct program *p, const struct part *part, int parts)
{
    struct arena *a = doc_arena(d);
    struct text same, many, hidden;
    int sames = 0, manys = 0, hiddens = 0, told = 0;
    bool about = false;
    text_init(&same, a), text_init(&many, a), text_init(&hidden, a);
    for (int i = 0; i < parts; i++) {
        if (part[i].n.element < 0) {
            name_more(p, a, &many, &manys, part[i].n);
        } else if (!part[i].seen) {
            name_more(p, a, &hidden, &hiddens, part[i].n);
        } else if (strcmp(part[i].change, "no change") == 0) {
            name_more(p, a, &same, &sames, part[i].n);
        } else {
            why_part(d, p, ++told, &part[i]);
            about = about || (!part[i].exact && part[i].now.give_or_take > 0);
        }
    }
    if (sames)
        doc_text(d, "Without a change: %s.", same.at);
    if (manys)
        doc_text(d, "Of many values: %s.", many.at);
    if (hiddens)
        doc_text(d, "Not known to you: %s.", hidden.at);
    if (about)
        doc_quiet(d, "About: seen with an error; such a change may be the error alone.");
}

/* Moves that its equation reads, with what the seat knows of them. */
static void why_moves(struct doc *d, const struct view *v, int quantity)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct text t;
    int count = 0;
    text_init(&t, a);
    for (int i = 0; i < p->moves; i++)
        for (int k = 0; k < p->move[i].bearings; k++) {
            enum stage stage = STAGE_NONE;
            if (p->move[i].bearing[k].quantity != quantity)
                continue;
            for (int x = 0; x < p->move[i].targets; x++) {
                enum stage of_one = view_measure(v, i, x).stage;
                stage = of_one != STAGE_NONE && (stage == STAGE_NONE || of_one < STAGE_LIFTED) ? of_one : stage;
            }
            text_addf(&t, "%s%s%s%s%s", count++ ? "; " : "", words_title(a, p->move[i].title, p->move[i].name), stage == STAGE_NONE ? "" : " (",
                      stage == STAGE_NONE ? "" : stage_name(stage), stage == STAGE_NONE ? "" : ")");
        }
    if (count)
        doc_text(d, "It also hangs on %s: %s.", count == 1 ? "a move" : "moves", t.at);
}

struct search { struct number at[SEARCHED_MOST]; int count; };

static void search_add(struct search *s, struct number n)
{
    for (int i = 0; i < s->count; i++)
        if (s->at[i].quantity == n.quantity && s->at[i].element == n.element)
            return;
    if (s->count < SEARCHED_MOST)
        s->at[s->count++] = n;
}

/* The stocks from which, through other numbers, it is worked out: they have a ledger each. Those that did not move are counted. */
static void why_stocks(struct doc *d, const struct view *v, struct number n, const struct part *part, int parts, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct search s = {.count = 0};
    struct text t;
    int named = 0, more = 0;
    text_init(&t, a);
    search_add(&s, n);
    for (int i = 0; i < s.count; i++) {
        const struct quantity *q = &p->quantity[s.at[i].quantity];
        struct inputs in = q->kind == Q_STOCK ? (struct inputs){0} : quantity_from(q, s.at[i].element < 0 ? 0 : s.at[i].element);
        for (int k = 0; k < in.count; k++)
            search_add(&s, (struct number){in.at[k].quantity, in.at[k].element < 0 && p->quantity[in.at[k].quantity].count == 1 ? 0 : in.at[k].element});
    }
    for (int i = 1; i < s.count; i++) {
        const struct quantity *q = &p->quantity[s.at[i].quantity];
        struct part most = {.seen = false};
        bool first = true, direct = false;
        for (int k = 1; k < i; k++)
            first = first && s.at[k].quantity != s.at[i].quantity;
        for (int k = 0; k < parts; k++)
            direct = direct || part[k].n.quantity == s.at[i].quantity;
        if (q->kind != Q_STOCK || !first || direct || s.at[i].quantity == n.quantity)
            continue;
        for (int k = i; k < s.count; k++) {                  /* of several elements the one that moved most */
            if (s.at[k].quantity != s.at[i].quantity || s.at[k].element < 0)
                continue;
            struct part x = part_of(v, a, (struct input){s.at[k].quantity, s.at[k].element, 0}, from, to);
            if (x.seen && strcmp(x.change, "no change") != 0 && (!most.seen || fabs(x.now.value - x.then.value) > fabs(most.now.value - most.then.value)))
                most = x;
        }
        if (!most.seen || named == BEHIND_NAMED) {
            more += !most.seen;
            continue;
        }
        text_addf(&t, "%s%s (%s)", named++ ? "; " : "", words_number(p, a, most.n), most.exact ? most.change : figure_about(a, most.change));
    }
    if (named)
        doc_text(d, "Behind them stand stocks, of which you can ask why in turn: %s%s.", t.at, more ? arena_printf(a, "; and %s that did not move as far as you know", words_count(a, more, "other", "others")) : "");
}

static void why_lone(struct doc *d, const struct view *v, enum quantity_kind kind, int quantity)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct text t;
    int count = 0;
    text_init(&t, a);
    switch (kind) {
    case Q_DRAW: doc_text(d, "Chance alone moves it: it is drawn anew, and it keeps nothing."); return;
    case Q_DATA: doc_text(d, "It is read from a record, and nothing that is done here moves it."); return;
    case Q_STOCK:
    case Q_AUX: doc_text(d, "Nothing that changes stands behind it."); return;
    case Q_SWITCH: break;
    }
    for (int i = 0; i < p->moves; i++) {
        bool sets = false;
        for (int k = 0; k < p->move[i].effects.count; k++)
            sets = sets || p->move[i].effects.at[k].quantity == quantity;
        if (sets)
            text_addf(&t, "%s%s", count++ ? "; " : "", words_title(a, p->move[i].title, p->move[i].name));
    }
    if (count)
        doc_text(d, "It is a switch, and these moves set it: %s.", t.at);
    else
        doc_text(d, "It is a switch: it stays as it is until an event sets it.");
}

static void why_worked_out(struct doc *d, const struct view *v, struct number asked, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct number n = as_seen(v, asked);
    const struct quantity *q = &p->quantity[n.quantity];
    struct inputs in = quantity_from(q, n.element);
    struct part *part = ARENA_ARRAY(a, in.count + 1, struct part);
    if (n.quantity != asked.quantity)
        doc_text(d, "What you see of %s is this: %s.", words_named(p, a, words_number(p, a, asked)), words_named(p, a, words_number(p, a, n)));
    for (int i = 0; i < in.count; i++)
        part[i] = part_of(v, a, in.at[i], from, to);
    if (!(in.sum && why_sum(d, v, n, part, in.count, from, to))) {
        doc_heading(d, "%s: %s.", words_number(p, a, n), report_value(v, a, n, to, from));
        if (in.count == 0) {
            why_lone(d, v, q->kind, n.quantity);
        } else {
            doc_text(d, "It keeps nothing of its own: it is %s %s.", in.sum ? "the sum of" : q->kind == Q_DRAW ? "drawn by chance around" : "worked out at every moment from",
                     words_count(a, in.count, "number", "numbers"));
            why_parts(d, p, part, in.count);
        }
    }
    why_moves(d, v, n.quantity);
    why_stocks(d, v, n, part, in.count, from, to);
}

/* A stock that is seen with an error has no ledger that the seat could know; what can move it is no secret. */
static void why_unsure(struct doc *d, const struct view *v, struct number n, int from, int to)
{
    const struct program *p = view_program(v);
    struct arena *a = doc_arena(d);
    struct inputs in = quantity_from(&p->quantity[n.quantity], n.element);
    struct part *part = ARENA_ARRAY(a, in.count + 1, struct part);
    int parts = 0;
    doc_heading(d, "%s, %s, your view: %s.", words_number(p, a, n), turns_words(a, from, to), report_value(v, a, n, to, from));
    doc_text(d, "You see it with an error or late, so that what moved it is not known to you, and a part of the change may be the error alone.");
    for (int i = 0; i < in.count; i++)
        if (in.at[i].quantity != n.quantity)
            part[parts++] = part_of(v, a, in.at[i], from, to);
    if (parts)
        doc_text(d, "Beside what moves and events do to it at once, it changes with %s.", words_count(a, parts, "number", "numbers"));
    why_parts(d, p, part, parts);
    why_moves(d, v, n.quantity);
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
    struct part whole = part_of(v, a, (struct input){n.quantity, n.element, 0}, from, to);
    if (!whole.now.known) {
        doc_text(d, "%s: %s, so there is no why to tell.", report_label(v, a, n), report_value(v, a, n, to, -1));
        return;
    }
    if (kind != Q_STOCK) {
        why_worked_out(d, v, n, from, to);
        return;
    }
    if (!whole.exact && !view_open(v)) {
        why_unsure(d, v, n, from, to);
        return;
    }
    struct why_line *line = ARENA_ARRAY(a, LINES_MOST, struct why_line);
    double change = 0;
    int count = view_why(v, a, n.quantity, n.element, from, to, line, LINES_MOST, &change);
    double step = round_lines(p, n.quantity, line, count, &change);
    const char *unit = figure_is_scale(p, n.quantity) ? "of 100" : figure_unit(a, p->quantity[n.quantity].unit, false);
    doc_heading(d, "%s, %s, your view: %s%s%s.", report_label(v, a, n), turns_words(a, from, to), amount_words(a, change, step),
                change != 0 && *unit ? " " : "", change != 0 ? unit : "");
    for (int i = 0; i < count; i++)
        doc_item(d, i + 1, "%s: %s.", words_upper(a, line[i].text), amount_words(a, line[i].amount, step));
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
