/* code/proposal_read.c — a proposal from text. The grammar stands in proposal.h; one function here is one rule of it. */
#include "code/proposal_private.h"

#include <string.h>

#include "base/panic.h"
#include "base/pmath.h"
#include "base/text.h"
#include "code/scan.h"

const char *const kind_word[6] = {"ask", "offer", "threat", "assurance", "statement", "report"};
const char *const channel_word[3] = {"private", "public", "backchannel"};
const char *const remedy_word[4] = {"none", "snapback", "lapse", "reopen"};
const char *const binding_word[3] = {"auto", "duty", "intent"};
const char *const verb_word[7] = {"do", "impose", "enforce", "ease", "lift", "delay", NULL};
const char *const fact_word[6] = {"<", "<=", "=", "!=", ">=", ">"};

#define COUNT(x) ((int)(sizeof(x) / sizeof *(x)))

/* `seen`: where the word began that a finding speaks of. */
struct reader { struct scan scan; struct proposal_place place; const char *text, *seen; };

/* --- words ------------------------------------------------------------------------------------------------------------------------ */

static int word_in(const char *word, const char *const *known, int count)
{
    for (int i = 0; i < count; i++)
        if (known[i] && strcmp(word, known[i]) == 0)
            return i;
    return -1;
}

/* An arrow ends a word too: "us->china". */
static const char *word(struct reader *r)
{
    scan_blanks(&r->scan);
    r->seen = r->scan.at;
    char *w = arena_text(r->scan.a, scan_word(&r->scan));
    const size_t n = strlen(w);
    if (n > 0 && w[n - 1] == '-' && *r->scan.at == '>') {
        w[n - 1] = '\0';
        r->scan.at--;
    }
    return w;
}

static const char *peek(struct reader *r)
{
    struct reader ahead = *r;
    return word(&ahead);
}

static bool take_word(struct reader *r, const char *wanted)
{
    struct reader ahead = *r;
    if (strcmp(word(&ahead), wanted) != 0)
        return false;
    *r = ahead;
    return true;
}

static bool take_arrow(struct reader *r)
{
    scan_blanks(&r->scan);
    if (strncmp(r->scan.at, "->", 2) != 0)
        return false;
    r->scan.at += 2;
    return true;
}

static bool at_end(struct reader *r)
{
    scan_blanks(&r->scan);
    r->seen = r->scan.at;
    return *r->scan.at == '\0';
}

/* What stands here, for a finding: a word, a mark or the end. */
static const char *here(struct reader *r)
{
    const char *w = peek(r);
    scan_blanks(&r->scan);
    r->seen = r->scan.at;
    if (*w)
        return arena_printf(r->scan.a, "'%s' stands here", w);
    return *r->scan.at ? arena_printf(r->scan.a, "'%c' stands here", *r->scan.at) : "the text ends here";
}

static const char *list_of(struct arena *a, const char *const *known, int count)
{
    struct text t;
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < count; i++)
        if (known[i])
            text_addf(&t, "%s%s", t.length == 0 ? "" : i + 1 == count ? " or " : ", ", known[i]);
    return t.at;
}

/* --- seats, turns, shares ------------------------------------------------------------------------------------------------------ */

static const char *no_seat(struct reader *r, const char *w)
{
    const struct program *p = r->scan.p;
    const char **known = ARENA_ARRAY(r->scan.a, p->seats, const char *);
    for (int i = 0; i < p->seats; i++)
        known[i] = p->seat[i].name;
    return scan_unknown(r->scan.a, "seat", w, known, p->seats, "this scenario");
}

static const char *read_seat(struct reader *r, int *seat)
{
    const char *w = peek(r);
    if (!*w)
        return arena_printf(r->scan.a, "a seat is wanted, but %s; write one such as `%s`", here(r), r->scan.p->seats ? r->scan.p->seat[0].name : "us");
    word(r);
    *seat = program_seat(r->scan.p, w);
    return *seat < 0 ? no_seat(r, w) : NULL;
}

/* The turn in which a moment lies; a little before its beginning is at its beginning, as dates are not exact in binary. */
static int turn_of(const struct program *p, double time)
{
    const double turn = pm_floor((time - p->time.start) / p->time.turn + 1e-6);
    return turn < -1 ? -1 : turn > MOST_TURN ? MOST_TURN + 1 : (int)turn;
}

static const char *read_turn(struct reader *r, int *turn)
{
    const struct program *p = r->scan.p;
    struct arena *a = r->scan.a;
    const char *form = p->time.kind == TIME_NUMBER ? "`T7`" : "`T7` or `2017-08`";
    if (!*peek(r))
        return arena_printf(a, "a turn is wanted, but %s; write %s", here(r), form);
    const char *w = word(r);
    double months;
    long n;
    if ((*w == 'T' || *w == 't') && text_to_long(w + 1, strlen(w + 1), &n)) {
        if (n < 1 || n > MOST_TURN)
            return arena_printf(a, "there is no turn %ld; turns are counted from T1", n);
        *turn = (int)n - 1 + r->place.first_turn;
    } else if (p->time.kind != TIME_NUMBER && date_read(w, strlen(w), &months)) {
        *turn = turn_of(p, time_of_months(&p->time, months));
        if (*turn < r->place.first_turn)
            return arena_printf(a, "%s lies before the first turn, which begins in %s", w, program_date(p, a, program_moment(p, r->place.first_turn)));
    } else {
        return arena_printf(a, "'%s' is no turn; write %s", w, form);
    }
    return *turn > MOST_TURN ? arena_printf(a, "%s lies too far ahead; the last turn that can be named is T%d", w, MOST_TURN) : NULL;
}

/* "60%" or "0.6". */
static bool to_share(struct reader *r, const char *w, double *x)
{
    if (!text_to_number(w, strlen(w), x))
        return false;
    if (scan_take(&r->scan, '%'))
        *x /= 100;
    return true;
}

/* --- clauses -------------------------------------------------------------------------------------------------------------------------- */

/* A move as a row writes it, with target and setting, up to what follows them. */
static const char *move_text(struct reader *r)
{
    scan_blanks(&r->scan);
    const char *from = r->scan.at, *at = from + strcspn(from, r->scan.marks);
    for (;;) {
        const char *next = at + strspn(at, " \t\r\n");
        if (*next == '(') {
            at = next + strcspn(next, ")");
            at += *at == ')';
        } else if (*next == '/') {
            at = next + 1 + strspn(next + 1, " \t\r\n");
            at += strcspn(at, r->scan.marks);
        } else {
            break;
        }
    }
    r->scan.at = at;
    return arena_copy(r->scan.a, from, (size_t)(at - from));
}

static const char *no_act(struct reader *r, const char *w)
{
    const struct program *p = r->scan.p;
    const char **known = ARENA_ARRAY(r->scan.a, p->moves + p->terms, const char *);
    int count = 0;
    for (int i = 0; i < p->terms; i++)
        known[count++] = p->term[i].name;
    for (int i = 0; i < p->moves; i++)
        known[count++] = p->move[i].name;
    return scan_unknown(r->scan.a, p->terms ? "move or term" : "move", w, known, count, "this scenario");
}

static int term_of(const struct program *p, const char *w)
{
    for (int i = 0; i < p->terms; i++)
        if (strcmp(p->term[i].name, w) == 0)
            return i;
    return -1;
}

static const char *check_verb(struct reader *r, struct clause *c, const char *verb)
{
    const struct move *m = &r->scan.p->move[c->move];
    struct arena *a = r->scan.a;
    if (!*verb) {
        c->verb = m->measure ? CLAUSE_IMPOSE : CLAUSE_DO;
        return NULL;
    }
    if (m->measure && c->verb == CLAUSE_DO)
        c->verb = CLAUSE_IMPOSE;
    if (!m->measure && c->verb == CLAUSE_IMPOSE)
        c->verb = CLAUSE_DO;
    if (!m->measure && c->verb != CLAUSE_DO && c->verb != CLAUSE_DELAY)
        return arena_printf(a, "'%s' is an act, done once, so nobody can %s it; write `will %s`", m->name, verb, m->name);
    return NULL;
}

/* [verb] move[(target)][/setting] | term. A verb's name may be a move's too; then it is the verb only if a move follows. */
static const char *read_act(struct reader *r, struct clause *c)
{
    const struct program *p = r->scan.p;
    const char *w = peek(r), *verb = "", *wrong;
    if (!*w)
        return arena_printf(r->scan.a, "what the seat will do is wanted, but %s; write a move such as `%s`", here(r), p->moves ? p->move[0].name : "move");
    const int v = strcmp(w, "refrain") == 0 ? CLAUSE_DO : word_in(w, verb_word, COUNT(verb_word));
    struct reader ahead = *r;
    word(&ahead);
    if (strcmp(w, "refrain") == 0)
        take_word(&ahead, "from");
    const char *next = peek(&ahead);
    if (v >= 0 && (program_move(p, w) < 0 || program_move(p, next) >= 0)) {
        verb = w;
        word(r);
        c->verb = (enum clause_verb)v;
        if (strcmp(w, "refrain") == 0) {
            if (c->not)
                return arena_text(r->scan.a, "'not refrain' says twice no; write `will` and the move");
            c->not = true;
            take_word(r, "from");
        }
        if (!*peek(r))
            return arena_printf(r->scan.a, "'%s' needs a move, but %s", verb, here(r));
    }
    w = peek(r);
    r->seen = r->scan.at + strspn(r->scan.at, " \t\r\n");
    if (program_move(p, w) < 0) {
        c->term = *verb ? -1 : term_of(p, w);
        if (c->term < 0)
            return no_act(r, w);
        word(r);
        c->verb = CLAUSE_TERM;
        return NULL;
    }
    struct row row;
    if ((wrong = row_parse(p, r->scan.a, arena_printf(r->scan.a, "do %s", move_text(r)), &row)))
        return wrong;
    c->move = row.move, c->target = row.target, c->setting = row.setting;
    return check_verb(r, c, verb);
}

static int vague_of(const struct program *p, const char *w, bool turns)
{
    for (int i = 0; i < p->vagues; i++)
        if (p->vague[i].turns == turns && strcmp(p->vague[i].name, w) == 0)
            return i;
    return -1;
}

static const char *act_words(struct reader *r, const struct clause *c)
{
    return c->term >= 0 ? r->scan.p->term[c->term].name : r->scan.p->move[c->move].name;
}

/* Only what has a level, a measure that is imposed, held or eased, can be promised at one. */
static const char *check_level(struct reader *r, const struct clause *c)
{
    if (c->verb == CLAUSE_IMPOSE || c->verb == CLAUSE_ENFORCE || c->verb == CLAUSE_EASE)
        return NULL;
    if (c->verb == CLAUSE_TERM || !r->scan.p->move[c->move].measure)
        return arena_printf(r->scan.a, "'%s' has no level; leave it out", act_words(r, c));
    return arena_printf(r->scan.a, "to %s '%s' has no level; leave it out or write `ease`", verb_word[c->verb], act_words(r, c));
}

static const char *read_level(struct reader *r, struct clause *c)
{
    static const char *const mark[] = {">=", "<=", "="};
    static const enum level_kind kind[] = {LEVEL_LEAST, LEVEL_MOST, LEVEL_EXACT};
    struct arena *a = r->scan.a;
    scan_blanks(&r->scan);
    r->seen = r->scan.at;
    int m = -1;
    for (int i = 0; i < COUNT(mark) && m < 0; i++)
        if (strncmp(r->scan.at, mark[i], strlen(mark[i])) == 0)
            m = i;
    if (m < 0 && (*r->scan.at == '<' || *r->scan.at == '>'))
        return arena_printf(a, "a level is at least, at most or exactly so much; write `>= 60%%`, `<= 60%%` or `= 60%%`");
    const char *at = r->scan.at;
    if (m >= 0)
        r->scan.at += strlen(mark[m]);
    const char *w = peek(r);
    const int vague = m < 0 ? vague_of(r->scan.p, w, false) : -1;
    double x;
    if (vague >= 0) {
        word(r);
        c->level = LEVEL_VAGUE, c->vague_level = vague;
        return check_level(r, c);
    }
    struct reader ahead = *r;
    word(&ahead);
    if (!to_share(&ahead, w, &x)) {
        if (m < 0) {
            r->scan.at = at;
            return NULL;
        }
        return arena_printf(a, "a level is wanted after '%s', but %s; write one such as 60%%", mark[m], here(r));
    }
    *r = ahead;
    if (!(x >= 0 && x <= 1))
        return arena_printf(a, "a level of %s is outside 0 to 100 %%; write one such as 60%%", w);
    c->level = m < 0 ? (c->verb == CLAUSE_EASE ? LEVEL_MOST : LEVEL_LEAST) : kind[m];
    c->amount = x;
    return check_level(r, c);
}

static const char *check_span(struct reader *r, const struct clause *c)
{
    if (c->span == SPAN_FROM_TO && c->to < c->from)
        return arena_text(r->scan.a, "the span ends before it begins; write the earlier turn first");
    if (c->span == SPAN_UNTIL && c->to <= r->place.first_turn)
        return arena_text(r->scan.a, "'until' the first turn is no time at all; name a later one");
    return NULL;
}

static const char *read_span(struct reader *r, struct clause *c)
{
    const char *w = peek(r), *wrong = NULL;
    const int vague = vague_of(r->scan.p, w, true);
    if (vague >= 0) {
        word(r);
        c->span = SPAN_VAGUE, c->vague_span = vague;
    } else if (take_word(r, "by")) {
        c->span = SPAN_BY;
        wrong = read_turn(r, &c->to);
    } else if (take_word(r, "until")) {
        c->span = SPAN_UNTIL;
        wrong = read_turn(r, &c->to);
    } else if (take_word(r, "from")) {
        c->span = SPAN_FROM;
        wrong = read_turn(r, &c->from);
        if (!wrong && take_word(r, "to")) {
            c->span = SPAN_FROM_TO;
            wrong = read_turn(r, &c->to);
        }
    } else if (take_word(r, "each")) {
        c->span = SPAN_EACH;
        if (!take_word(r, "turn"))
            return arena_printf(r->scan.a, "'each' is followed by `turn`, but %s", here(r));
    }
    return wrong ? wrong : check_span(r, c);
}

/* A quantity as it is written, subscripts and blanks in them included. */
static const char *quantity_text(struct reader *r)
{
    scan_blanks(&r->scan);
    const char *from = r->scan.at;
    const char *at = from + strcspn(from, " \t\r\n()/%:;<>=![");
    const char *bracket = at + strspn(at, " \t\r\n");
    if (*bracket == '[') {
        at = bracket + strcspn(bracket, "]");
        at += *at == ']';
    }
    r->seen = from;
    r->scan.at = at;
    return arena_copy(r->scan.a, from, (size_t)(at - from));
}

static const char *no_quantity(struct reader *r, const char *w)
{
    const struct program *p = r->scan.p;
    const char **known = ARENA_ARRAY(r->scan.a, p->quantities, const char *);
    const char *bare = arena_copy(r->scan.a, w, strcspn(w, "[ "));
    for (int i = 0; i < p->quantities; i++) {
        known[i] = p->quantity[i].name;
        if (strcmp(known[i], bare) == 0)
            return arena_printf(r->scan.a, "'%s' does not name one number of '%s'; write one such as `%s`", w, bare,
                                program_element_name(p, r->scan.a, bare, p->quantity[i].dims, p->quantity[i].dim, 0));
    }
    return scan_unknown(r->scan.a, "quantity", bare, known, p->quantities, "this scenario");
}

static const char *read_fact(struct reader *r, struct clause *c)
{
    static const enum fact_op longest_first[] = {FACT_MOST, FACT_LEAST, FACT_OTHER, FACT_LESS, FACT_MORE, FACT_EQUAL};
    struct arena *a = r->scan.a;
    const char *name = quantity_text(r);
    if (!*name)
        return arena_printf(a, "a clause's number or a fact is wanted, but %s; write `if 2` or `if %s > 1`", here(r),
                            r->scan.p->quantities ? r->scan.p->quantity[0].name : "quantity");
    if (!program_find_value(r->scan.p, name, &c->quantity, &c->element))
        return no_quantity(r, name);
    scan_blanks(&r->scan);
    r->seen = r->scan.at;
    int op = -1;
    for (int i = 0; i < COUNT(longest_first) && op < 0; i++)
        if (strncmp(r->scan.at, fact_word[longest_first[i]], strlen(fact_word[longest_first[i]])) == 0)
            op = (int)longest_first[i];
    if (op < 0)
        return arena_printf(a, "'%s' is compared with nothing; write for instance `%s >= 1`", name, name);
    c->op = (enum fact_op)op;
    r->scan.at += strlen(fact_word[op]);
    const char *w = peek(r);
    struct reader ahead = *r;
    word(&ahead);
    if (!to_share(&ahead, w, &c->value))
        return arena_printf(a, "a number is wanted after '%s', but %s", fact_word[op], here(r));
    *r = ahead;
    c->condition = CONDITION_FACT;
    return NULL;
}

static const char *read_condition(struct reader *r, struct clause *c)
{
    if (take_word(r, "unless"))
        c->unless = true;
    else if (!take_word(r, "if"))
        return NULL;
    const char *w = peek(r);
    long n;
    if (!text_to_long(w, strlen(w), &n))
        return read_fact(r, c);
    word(r);
    if (n < 1 || n > MOST_CLAUSES)
        return arena_printf(r->scan.a, "there is no clause %ld; the first is 1 and the last that can be is %d", n, MOST_CLAUSES);
    c->condition = CONDITION_CLAUSE;
    c->clause = (int)n - 1;
    return NULL;
}

static const char *check_owner(struct reader *r, const struct clause *c)
{
    const struct program *p = r->scan.p;
    const int owner = c->term >= 0 ? p->term[c->term].seat : p->move[c->move].seat;
    if (owner < 0 || owner == c->seat)
        return NULL;
    return arena_printf(r->scan.a, "'%s' is for %s to do, so %s cannot promise it; write `%s will …`", act_words(r, c), p->seat[owner].title,
                        p->seat[c->seat].title, p->seat[owner].name);
}

static const char *read_clause(struct reader *r, struct clause *c)
{
    const char *wrong;
    *c = (struct clause){.move = -1, .target = -1, .setting = -1, .term = -1, .vague_level = -1, .vague_span = -1, .from = -1, .to = -1, .clause = -1,
                         .quantity = -1};
    c->secret = take_word(r, "secret");
    if ((wrong = read_seat(r, &c->seat)))
        return wrong;
    if (!take_word(r, "will"))
        return arena_printf(r->scan.a, "'will' is wanted after the seat, but %s; write `%s will …`", here(r), r->scan.p->seat[c->seat].name);
    c->not = take_word(r, "not");
    if ((wrong = read_act(r, c)) || (wrong = check_owner(r, c)) || (wrong = read_level(r, c)) || (wrong = read_span(r, c)))
        return wrong;
    return read_condition(r, c);
}

/* --- head and endings --------------------------------------------------------------------------------------------------------------- */

static const char *read_choice(struct reader *r, const char *what, const char *const *known, int count, int *chosen)
{
    const char *w = peek(r);
    *chosen = word_in(w, known, count);
    if (*chosen < 0)
        return arena_printf(r->scan.a, "%s is %s, but %s", what, list_of(r->scan.a, known, count), here(r));
    word(r);
    return NULL;
}

static const char *read_method(struct reader *r, int *method)
{
    const struct program *p = r->scan.p;
    const char *w = peek(r);
    if (!*w)
        return arena_printf(r->scan.a, "a method is wanted after 'verify', but %s", here(r));
    word(r);
    *method = -1;
    if (strcmp(w, "none") == 0)
        return NULL;
    const char **known = ARENA_ARRAY(r->scan.a, p->methods, const char *);
    for (int i = 0; i < p->methods; i++) {
        known[i] = p->method[i].name;
        if (strcmp(known[i], w) == 0)
            *method = i;
    }
    return *method < 0 ? scan_unknown(r->scan.a, "method of verification", w, known, p->methods, "this scenario") : NULL;
}

/* True if what stands here is an ending; *wrong if it is a bad one. */
static bool read_ending(struct reader *r, struct proposal *q, unsigned *given, const char **wrong)
{
    static const char *const name[] = {"verify", "remedy", "binding"};
    const int e = word_in(peek(r), name, COUNT(name));
    int chosen = 0;
    if (e < 0)
        return false;
    word(r);
    if (*given >> e & 1) {
        *wrong = arena_printf(r->scan.a, "'%s' is given twice; leave one out", name[e]);
        return true;
    }
    *given |= 1u << e;
    switch (e) {
    case 0:
        *wrong = read_method(r, &q->verify);
        return true;
    case 1:
        *wrong = read_choice(r, "a remedy", remedy_word, COUNT(remedy_word), &chosen);
        q->remedy = (enum remedy)chosen;
        return true;
    case 2:
        *wrong = read_choice(r, "a strength", binding_word, COUNT(binding_word), &chosen);
        q->binding = (enum binding)chosen;
        return true;
    }
    UNREACHABLE();
}

static const char *read_receivers(struct reader *r, struct proposal *q)
{
    const char *wrong;
    do {
        int seat;
        if ((wrong = read_seat(r, &seat)))
            return wrong;
        if (q->to >> seat & 1)
            return arena_printf(r->scan.a, "%s is named twice; leave one out", r->scan.p->seat[seat].title);
        q->to |= 1u << seat;
    } while (scan_take(&r->scan, ','));
    return NULL;
}

static bool names_channel(const char *w)
{
    return word_in(w, channel_word, COUNT(channel_word)) >= 0 || strcmp(w, "expires") == 0;
}

/* [seat "->"] [seat {"," seat}]; the seat of a statement is its speaker. */
static const char *read_parties(struct reader *r, struct proposal *q)
{
    const char *wrong = NULL;
    bool arrow = take_arrow(r);
    scan_blanks(&r->scan);
    if (!arrow && *r->scan.at != ':' && !names_channel(peek(r))) {
        struct reader ahead = *r;
        int seat;
        if (!read_seat(&ahead, &seat) && (take_arrow(&ahead) || q->kind == PROPOSAL_STATEMENT)) {
            if (r->place.seat >= 0 && seat != r->place.seat) {
                r->seen = r->scan.at;
                return arena_printf(r->scan.a, "nobody speaks for %s but itself; leave out `%s ->`", r->scan.p->seat[seat].title, r->scan.p->seat[seat].name);
            }
            q->from = seat;
            *r = ahead;
            scan_blanks(&r->scan);
        }
        if (*r->scan.at != ':' && !names_channel(peek(r)))
            wrong = read_receivers(r, q);
    } else if (arrow) {
        wrong = read_receivers(r, q);
    }
    if (wrong)
        return wrong;
    if (q->from < 0)
        return arena_printf(r->scan.a, "it is not said who speaks; write `%s %s -> …`", kind_word[q->kind], r->scan.p->seats ? r->scan.p->seat[0].name : "us");
    if (q->to >> q->from & 1)
        return arena_printf(r->scan.a, "%s cannot speak to itself; name another seat", r->scan.p->seat[q->from].title);
    return NULL;
}

static const char *read_head(struct reader *r, struct proposal *q)
{
    struct arena *a = r->scan.a;
    const char *wrong;
    int chosen;
    if ((wrong = read_choice(r, "a proposal begins with its kind, which", kind_word, COUNT(kind_word), &chosen)))
        return wrong;
    q->kind = (enum proposal_kind)chosen;
    q->channel = q->kind == PROPOSAL_STATEMENT ? CHANNEL_PUBLIC : CHANNEL_PRIVATE;
    if ((wrong = read_parties(r, q)))
        return wrong;
    const int channel = word_in(peek(r), channel_word, COUNT(channel_word));
    if (channel >= 0) {
        word(r);
        if (q->kind == PROPOSAL_STATEMENT && channel != CHANNEL_PUBLIC)
            return arena_text(a, "a statement is public; leave the channel out, or write an assurance");
        q->channel = (enum channel)channel;
    }
    if (take_word(r, "expires") && (wrong = read_turn(r, &q->expires)))
        return wrong;
    if (!scan_take(&r->scan, ':'))
        return arena_printf(a, "':' is wanted before the clauses, but %s", here(r));
    return NULL;
}

/* The whole: who is spoken to, and conditions that name clauses which are there, others than their own. */
static const char *check_whole(struct reader *r, const struct proposal *q)
{
    struct arena *a = r->scan.a;
    r->seen = r->text;
    if (q->kind == PROPOSAL_STATEMENT && q->to)
        return arena_text(a, "a statement is made to nobody in particular; leave the seats out, or write an assurance");
    if (q->kind != PROPOSAL_STATEMENT && !q->to)
        return arena_printf(a, "it is not said to whom; write `%s %s: …`", kind_word[q->kind], r->scan.p->seats > 1 ? r->scan.p->seat[q->from == 0].name : "seat");
    const bool answered = q->kind == PROPOSAL_OFFER || q->kind == PROPOSAL_ASK;
    for (int i = 0; i < q->clauses; i++) {
        const struct clause *c = &q->clause[i];
        const char *who = r->scan.p->seat[c->seat].title;
        if (c->seat != q->from && !answered)
            return arena_printf(a, "clause %d is for %s to keep, who has no say in this; make it an offer or a request", i + 1, who);
        if (c->seat != q->from && !(q->to >> c->seat & 1))
            return arena_printf(a, "clause %d is for %s to keep, to whom this does not go; name that seat as well", i + 1, who);
        if (c->condition == CONDITION_CLAUSE && c->clause >= q->clauses)
            return arena_printf(a, "clause %d hangs on clause %d, but there are %d", i + 1, c->clause + 1, q->clauses);
        if (c->condition == CONDITION_CLAUSE && c->clause == i)
            return arena_printf(a, "clause %d hangs on itself; name another", i + 1);
    }
    return NULL;
}

static const char *read_proposal(struct reader *r, struct proposal *q)
{
    const char *wrong;
    unsigned given = 0;
    *q = (struct proposal){.from = r->place.seat, .expires = -1, .verify = -1, .remedy = REMEDY_NONE, .binding = BINDING_DUTY};
    if ((wrong = read_head(r, q)))
        return wrong;
    do {
        if (q->clauses > 0 && read_ending(r, q, &given, &wrong)) {
            if (wrong)
                return wrong;
        } else if (given && strcmp(peek(r), "secret") != 0) {
            return arena_printf(r->scan.a, "clauses stand before verify, remedy and binding, but %s", here(r));
        } else if (q->clauses == MOST_CLAUSES) {
            at_end(r);
            return arena_printf(r->scan.a, "a proposal has at most %d clauses; make two of it", MOST_CLAUSES);
        } else if ((wrong = read_clause(r, &q->clause[q->clauses++]))) {
            return wrong;
        }
    } while (scan_take(&r->scan, ';'));
    if (!at_end(r))
        return arena_printf(r->scan.a, "a clause ends with ';' or the text, but %s", here(r));
    return check_whole(r, q);
}

const char *proposal_parse(const struct program *p, struct arena *a, struct proposal_place place, const char *text, struct proposal *proposal, int *at)
{
    struct reader r = {{p, a, text, " \t\r\n(),/%:;<>=!["}, place, text, text};
    const char *wrong = read_proposal(&r, proposal);
    if (at)
        *at = wrong ? (int)(r.seen - text) : 0;
    return wrong;
}
