/* code/proposal_say.c — a proposal in plain words: one sentence a clause, then how it is checked and what binds. */
#include "code/proposal_private.h"

#include <ctype.h>
#include <string.h>

#include "base/panic.h"
#include "base/text.h"

/* A move's title begins with a verb: inside a sentence it is written small, unless its second letter is a capital (an
 * abbreviation). */
static const char *inside(struct arena *a, const char *title)
{
    char *t = arena_text(a, title);
    if (isupper((unsigned char)t[0]) && !isupper((unsigned char)t[1]))
        t[0] = (char)tolower((unsigned char)t[0]);
    return t;
}

static const char *sentence(struct arena *a, const char *text)
{
    char *t = arena_text(a, text);
    t[0] = (char)toupper((unsigned char)t[0]);
    return t;
}

static const char *spaced(struct arena *a, const char *id)
{
    char *t = arena_text(a, id);
    for (char *c = t; *c; c++)
        if (*c == '_')
            *c = ' ';
    return t;
}

static const char *seat_name(const struct program *p, int seat) { return p->seat[seat].title ? p->seat[seat].title : p->seat[seat].name; }

/* "ban coal imports (decree)", "list a bank: border bank" */
static const char *move_words(const struct program *p, struct arena *a, const struct clause *c)
{
    return inside(a, row_say(p, a, (struct row){ROW_DO, c->move, c->target, c->setting, -1}));
}

static const char *move_quoted(const struct program *p, struct arena *a, const struct clause *c)
{
    return arena_printf(a, "'%s'", move_words(p, a, c));
}

static const char *act_words(const struct program *p, struct arena *a, const struct clause *c)
{
    switch (c->verb) {
    case CLAUSE_DO:
    case CLAUSE_IMPOSE:  return move_words(p, a, c);
    case CLAUSE_ENFORCE: return arena_printf(a, "hold %s", move_quoted(p, a, c));
    case CLAUSE_EASE:    return arena_printf(a, "ease %s", move_quoted(p, a, c));
    case CLAUSE_LIFT:    return arena_printf(a, "lift %s", move_quoted(p, a, c));
    case CLAUSE_DELAY:   return arena_printf(a, "put off %s", move_quoted(p, a, c));
    case CLAUSE_TERM:    break;
    }
    UNREACHABLE();
}

static const char *percent(struct arena *a, double share)
{
    char number[NUMBER_TEXT];
    return arena_printf(a, "%s percent", text_short(share * 100, 3, number));
}

static const char *level_words(const struct program *p, struct arena *a, const struct clause *c)
{
    const char *to = c->verb == CLAUSE_EASE ? "to" : "at";
    switch (c->level) {
    case LEVEL_NONE:  return "";
    case LEVEL_LEAST: return arena_printf(a, " %s %s or more", to, percent(a, c->amount));
    case LEVEL_MOST:  return arena_printf(a, " %s %s or less", to, percent(a, c->amount));
    case LEVEL_EXACT: return arena_printf(a, " %s %s", to, percent(a, c->amount));
    case LEVEL_VAGUE: return arena_printf(a, " '%s'", spaced(a, p->vague[c->vague_level].name));
    }
    UNREACHABLE();
}

static const char *turn_words(const struct program *p, struct arena *a, int turn)
{
    if (p->time.kind == TIME_NUMBER)
        return arena_printf(a, "turn %d", turn + 1);
    return program_date_long(p, a, program_moment(p, turn));
}

static const char *span_words(const struct program *p, struct arena *a, const struct clause *c)
{
    switch (c->span) {
    case SPAN_NONE:    return "";
    case SPAN_BY:      return arena_printf(a, ", by the end of %s", turn_words(p, a, c->to));
    case SPAN_UNTIL:   return arena_printf(a, ", until %s begins", turn_words(p, a, c->to));
    case SPAN_FROM:    return arena_printf(a, ", from %s on", turn_words(p, a, c->from));
    case SPAN_FROM_TO: return arena_printf(a, ", from %s to the end of %s", turn_words(p, a, c->from), turn_words(p, a, c->to));
    case SPAN_EACH:    return ", each turn";
    case SPAN_VAGUE:   return arena_printf(a, ", '%s'", spaced(a, p->vague[c->vague_span].name));
    }
    UNREACHABLE();
}

static const char *condition_words(const struct program *p, struct arena *a, const struct clause *c)
{
    static const char *const op[] = {"is below", "is at most", "is", "is not", "is at least", "is above"};
    if (c->condition == CONDITION_NONE)
        return "";
    if (c->condition == CONDITION_CLAUSE)
        return arena_printf(a, c->unless ? ", unless clause %d is kept" : ", provided clause %d is kept", c->clause + 1);
    const struct quantity *q = &p->quantity[c->quantity];
    char number[NUMBER_TEXT];
    const char *unit = q->unit && *q->unit && strcmp(q->unit, "1") != 0 ? arena_printf(a, " %s", q->unit) : "";
    const char *name = q->title ? program_element_name(p, a, q->title, q->dims, q->dim, c->element) : program_element_name(p, a, spaced(a, q->name), q->dims, q->dim, c->element);
    return arena_printf(a, ", %s %s %s %s%s", c->unless ? "unless" : "provided", inside(a, name), op[c->op], text_short(c->value, 6, number), unit);
}

const char *clause_say(const struct program *p, struct arena *a, const struct clause *c)
{
    const char *seat = seat_name(p, c->seat), *secret = c->secret ? "In secret: " : "", *tail;
    tail = arena_printf(a, "%s%s", span_words(p, a, c), condition_words(p, a, c));
    if (c->verb == CLAUSE_TERM) {
        const struct deal_term *t = &p->term[c->term];
        const char *what = t->title ? t->title : spaced(a, t->name);
        return sentence(a, arena_printf(a, "%s%s %s: %s%s.", secret, seat, c->not ? "does not promise" : "promises", what, tail));
    }
    return sentence(a, arena_printf(a, "%s%s will %s%s%s%s.", secret, seat, c->not ? "not " : "", act_words(p, a, c), level_words(p, a, c), tail));
}

static const char *seats_words(const struct program *p, struct arena *a, unsigned seats)
{
    struct text t;
    int left = 0;
    for (int i = 0; i < p->seats; i++)
        left += (int)(seats >> i & 1);
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < p->seats; i++)
        if (seats >> i & 1) {
            text_addf(&t, "%s%s", t.length == 0 ? "" : left == 1 ? " and " : ", ", seat_name(p, i));
            left--;
        }
    return t.at;
}

static const char *head_words(const struct program *p, struct arena *a, const struct proposal *q)
{
    static const char *const how[] = {"in private", "in public", "by a back channel"};
    const char *from = seat_name(p, q->from), *to = seats_words(p, a, q->to);
    switch (q->kind) {
    case PROPOSAL_ASK:       return arena_printf(a, "%s asks %s, %s.", from, to, how[q->channel]);
    case PROPOSAL_OFFER:     return arena_printf(a, "%s offers %s, %s.", from, to, how[q->channel]);
    case PROPOSAL_THREAT:    return arena_printf(a, "%s threatens %s, %s.", from, to, how[q->channel]);
    case PROPOSAL_ASSURANCE: return arena_printf(a, "%s assures %s, %s.", from, to, how[q->channel]);
    case PROPOSAL_STATEMENT: return arena_printf(a, "%s states in public.", from);
    case PROPOSAL_REPORT:    return arena_printf(a, "%s reports to %s, %s.", from, to, how[q->channel]);
    }
    UNREACHABLE();
}

static void add_ending(const struct program *p, struct arena *a, struct text *t, const struct proposal *q)
{
    static const char *const remedy[] = {NULL, "If it is broken, what was eased or lifted comes back at once.", "If it is broken, the other side is free of it.",
                                         "If it is broken, it is talked about anew."};
    static const char *const binding[] = {"It happens by itself when it is due.", NULL, "It says what is meant, and binds nobody."};
    if (q->verify >= 0)
        text_addf(t, " Whether it is kept is judged by %s.", p->method[q->verify].title ? inside(a, p->method[q->verify].title) : spaced(a, p->method[q->verify].name));
    if (remedy[q->remedy])
        text_addf(t, " %s", remedy[q->remedy]);
    if (binding[q->binding])
        text_addf(t, " %s", binding[q->binding]);
    if (q->expires >= 0)
        text_addf(t, " It stands until the end of %s.", turn_words(p, a, q->expires));
}

const char *proposal_say(const struct program *p, struct arena *a, const struct proposal *q)
{
    struct text t;
    text_init(&t, a);
    text_add(&t, sentence(a, head_words(p, a, q)));
    for (int i = 0; i < q->clauses; i++)
        if (q->clauses > 1)
            text_addf(&t, " %d. %s", i + 1, clause_say(p, a, &q->clause[i]));
        else
            text_addf(&t, " %s", clause_say(p, a, &q->clause[i]));
    add_ending(p, a, &t, q);
    return t.at;
}
