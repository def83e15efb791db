/* game/news.c — the newspaper: what happened in a turn, each item for the seats that can know of it.
 * A text is a plain sentence, or variants: lines "- tag | headline" with an indented story under each. One variant is chosen by the
 * move's name and the turn, so the paper is the same in every replay. Braces are filled in; none is ever printed. */
#include <string.h>

#include "base/panic.h"
#include "game/game_private.h"

static const char *name_of(const char *title, const char *name) { return title && *title ? title : name; }

static const char *seat_title(const struct program *p, int seat) { return name_of(p->seat[seat].title, p->seat[seat].name); }

/* --- texts with variants ----------------------------------------------------------------------------------------------------- */

struct blanks { const struct program *p; struct arena *a; int set, target; double time; };

static const char *blank(const struct blanks *b, const char *word, size_t n)
{
    const char *set = b->set >= 0 ? b->p->set[b->set].name : "";
    if (strlen(set) == n && strncmp(set, word, n) == 0 && n > 0 && b->target >= 0)
        return program_words(b->p, b->a, b->p->set[b->set].element[b->target]);
    if (n == 5 && strncmp(word, "month", n) == 0)
        return program_date_long(b->p, b->a, b->time);
    return "it";
}

static const char *fill(const struct blanks *b, const char *text, size_t n)
{
    struct text t;
    text_init(&t, b->a);
    text_add(&t, "");
    for (size_t i = 0; i < n; i++) {
        const char *close = text[i] == '{' ? memchr(text + i, '}', n - i) : NULL;
        if (close) {
            char *words = arena_text(b->a, blank(b, text + i + 1, (size_t)(close - text) - i - 1));
            const bool begins = t.length == 0 || (t.length > 1 && t.at[t.length - 1] == ' ' && strchr(".!?", t.at[t.length - 2]));
            if (begins && words[0] >= 'a' && words[0] <= 'z')
                words[0] = (char)(words[0] - ('a' - 'A'));
            text_add(&t, words);
            i = (size_t)(close - text);
        } else if (text[i] != '{' && text[i] != '}') {
            text_addn(&t, text + i, 1);
        }
    }
    return t.at;
}

static const char *line_end(const char *s) { return s + strcspn(s, "\n"); }

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

static const char *next_line(const char *s) { return *line_end(s) ? line_end(s) + 1 : line_end(s); }

static bool opens_variant(const char *line)
{
    const char *s = skip_blanks(line);
    return s[0] == '-' && s[1] == ' ' && memchr(s, '|', (size_t)(line_end(s) - s));
}

static int count_variants(const char *text)
{
    int n = 0;
    for (const char *s = text; s && *s; s = next_line(s))
        n += opens_variant(s);
    return n;
}

static enum news_tag tag_of(const char *s)
{
    return text_starts(s, "claim") ? NEWS_CLAIM : text_starts(s, "rumour") ? NEWS_RUMOUR : NEWS_FACT;
}

static const char *variant(const char *text, int wanted)
{
    for (const char *s = text; *s; s = next_line(s))
        if (opens_variant(s) && wanted-- == 0)
            return s;
    return NULL;
}

static struct news read_variant(const struct blanks *b, const char *at)
{
    const char *s = skip_blanks(skip_blanks(at) + 1), *bar = strchr(s, '|'), *headline = skip_blanks(bar + 1);
    struct news news = {.tag = tag_of(s), .headline = fill(b, headline, (size_t)(line_end(headline) - headline))};
    struct text story;
    text_init(&story, b->a);
    text_add(&story, "");
    for (const char *line = next_line(at); *line && !opens_variant(line); line = next_line(line)) {
        const char *words = skip_blanks(line);
        if (words < line_end(line))
            text_addf(&story, "%s%s", story.length ? " " : "", fill(b, words, (size_t)(line_end(words) - words)));
    }
    news.story = story.at;
    return news;
}

/* The text as news; `plain` is the headline over a plain sentence. Without it the sentence itself is the headline. */
static struct news tell(const struct game *g, const struct blanks *b, int turn, const char *stream, const char *text, const char *plain)
{
    const int n = text ? count_variants(text) : 0;
    if (n == 0)
        return (struct news){.tag = NEWS_FACT, .headline = plain ? plain : fill(b, text ? text : "", text ? strlen(text) : 0),
                             .story = plain && text ? fill(b, text, strlen(text)) : ""};
    const double u = engine_unit(g->live->w, 0, text_hash(stream), (uint64_t)(turn - 1));
    const int chosen = (int)(u * n);
    return read_variant(b, variant(text, chosen < n ? chosen : n - 1));
}

/* --- items -------------------------------------------------------------------------------------------------------------------------- */

/* A claim says itself who claims, and a rumour is nobody's. */
static void add(struct game *g, struct news news, int seat, uint32_t known)
{
    news.seat = news.tag == NEWS_FACT ? seat : -1;
    if (news.headline && *news.headline)
        *LIST_ADD(g->arena, g->news) = (struct news_item){g->live->w->turn - g->from, news, known};
}

static struct blanks blanks_of(struct game *g, int set, int target)
{
    return (struct blanks){g->p, g->arena, set, target, program_moment(g->p, g->live->w->turn - 1)};
}

static const char *row_headline(struct game *g, const char *does, int move, int target)
{
    const struct move *m = &g->p->move[move];
    const char *of = m->target >= 0 && target >= 0 ? arena_printf(g->arena, " (%s)", program_words(g->p, g->arena, g->p->set[m->target].element[target])) : "";
    return arena_printf(g->arena, "%s%s: %s%s", seat_title(g->p, m->seat), does, name_of(m->title, m->name), of);
}

static void news_done(struct game *g, int move, int target, uint32_t known)
{
    const struct move *m = &g->p->move[move];
    const struct blanks b = blanks_of(g, m->target, target);
    add(g, tell(g, &b, g->live->w->turn, arena_printf(g->arena, "news:%s", m->name), m->says, row_headline(g, "", move, target)), m->seat, known);
}

static void news_act(struct game *g, const struct act *act)
{
    const struct move *m = &g->p->move[act->row.move];
    const uint32_t known = act_known(g, act);
    static const char *const does[] = {[ROW_THREATEN] = " threatens", [ROW_EASE] = " eases", [ROW_LIFT] = " lifts",
                                       [ROW_SNAPBACK] = " puts back", [ROW_DELAY] = " announces for next turn"};
    if (act->row.verb == ROW_DO)
        news_done(g, act->row.move, act->target[0], known);
    else
        add(g, (struct news){.tag = NEWS_FACT, .headline = row_headline(g, does[act->row.verb], act->row.move, act->target[0]), .story = ""}, m->seat, known);
    if (act->outcome >= 0 && act->outcome < m->outcomes && m->outcome[act->outcome].title)
        add(g, (struct news){.tag = NEWS_FACT, .headline = m->outcome[act->outcome].title, .story = row_headline(g, "", act->row.move, act->target[0])}, m->seat, known);
}

/* What was announced a turn ago and has come into force. */
static void news_announced(struct game *g)
{
    unsigned char due;
    for (int i = 0; i < g->p->moves; i++)
        for (int t = 0; g->p->move[i].measure && t < g->p->move[i].targets; t++)
            if (life_due(g->before, &g->p->move[i], t, &due))
                news_done(g, i, t, move_known(g, i, t));
}

static void news_not_passed(struct game *g)
{
    for (int i = 0; i < g->live->refusals; i++) {
        const struct row row = g->live->refused[i].row;
        if (g->live->refused[i].why != REFUSED_NOT_PASSED)
            continue;
        const struct move *m = &g->p->move[row.move];
        add(g, (struct news){.tag = NEWS_FACT, .headline = row_headline(g, "", row.move, row.target), .story = "It was put on the table and did not pass."},
            m->seat, 1u << m->seat | 1u << m->answer_by);
    }
}

static struct news told_event(struct game *g, int event, int turn)
{
    const struct event *e = &g->p->event[event];
    const struct blanks b = {g->p, g->arena, -1, -1, program_moment(g->p, turn - 1)};
    return tell(g, &b, turn, arena_printf(g->arena, "news:%s", e->name), e->headline ? e->headline : name_of(e->title, e->name), NULL);
}

/* As the paper told it when it came, also while its effects are still to come. */
const char *news_event(struct game *g, int event)
{
    const uint32_t last = g->p->event[event].last;
    const int came = last == NO_SLOT ? -1 : (int)*sim_at(g->live, last, 0);
    return told_event(g, event, came < 0 ? g->live->w->turn : came).headline;
}

/* What the brief brought: it is read before planning, with what the turn before left. */
void news_brief(struct game *g)
{
    for (int i = 0; i < g->p->events; i++)
        if (g->live->fired[i])
            add(g, told_event(g, i, g->live->w->turn), -1, UINT32_MAX);
}

void news_turn(struct game *g)
{
    news_announced(g);
    for (int i = 0; i < g->live->acts; i++)
        if (g->live->act[i].mask[0])
            news_act(g, &g->live->act[i]);
    news_not_passed(g);
    if (sim_ending(g->live, 0) >= 0)
        add(g, (struct news){.tag = NEWS_FACT, .headline = name_of(g->p->ending[sim_ending(g->live, 0)].title, g->p->ending[sim_ending(g->live, 0)].name), .story = ""},
            -1, UINT32_MAX);
}

static const char *parties(struct game *g, const struct bargain *b)
{
    struct text t;
    text_init(&t, g->arena);
    text_add(&t, seat_title(g->p, b->proposal.from));
    for (int i = 0; i < g->p->seats; i++)
        if (b->proposal.to >> i & 1)
            text_addf(&t, " and %s", seat_title(g->p, i));
    return t.at;
}

static const char *clauses_said(struct game *g, const struct proposal *q)
{
    struct text t;
    text_init(&t, g->arena);
    text_add(&t, "");
    for (int i = 0; i < q->clauses; i++)
        text_addf(&t, "%s%s", i ? " " : "", clause_say(g->p, g->arena, &q->clause[i]));
    return t.at;
}

/* Told with the turn that is being played; a clause is judged when it has just ended. */
void news_deal(struct game *g, const struct bargain *b, uint32_t known)
{
    static const char *const declares[] = {[PROPOSAL_THREAT] = "threatens", [PROPOSAL_ASSURANCE] = "gives its word", [PROPOSAL_STATEMENT] = "declares"};
    const char *headline = b->state == BARGAIN_AGREED ? arena_printf(g->arena, "%s agree (%d)", parties(g, b), b->number)
                                                      : arena_printf(g->arena, "%s %s (%d)", seat_title(g->p, b->proposal.from), declares[b->proposal.kind], b->number);
    if (g->playing)
        *LIST_ADD(g->arena, g->news) = (struct news_item){g->live->w->turn + 1 - g->from,
            {.tag = NEWS_FACT, .headline = headline, .story = clauses_said(g, &b->proposal), .seat = b->proposal.from}, known};
}

void news_clause(struct game *g, const struct bargain *b, int place, enum clause_status status, uint32_t known)
{
    const struct clause *c = &b->proposal.clause[place];
    const int by = b->declared_by[place];
    const char *who = seat_title(g->p, c->seat), *headline;
    if (status == CLAUSE_SHORT && by >= 0)
        headline = arena_printf(g->arena, "%s declares that %s broke promise %d.%d", seat_title(g->p, by), who, b->number, place + 1);
    else
        headline = arena_printf(g->arena, status == CLAUSE_SHORT ? "%s is found to have broken promise %d.%d" : status == CLAUSE_FOUND ? "%s is seen to fall short of promise %d.%d"
                                                                 : "%s has kept promise %d.%d", who, b->number, place + 1);
    if (g->playing)                     /* what is said of it in the talk is told with the turn in play */
        *LIST_ADD(g->arena, g->news) = (struct news_item){g->turn_played + 1,
            {.tag = NEWS_FACT, .headline = headline, .story = clause_say(g->p, g->arena, c), .seat = by >= 0 ? by : c->seat}, known};
}

void news_noticed(struct game *g, int seat, int move, int target)
{
    add(g, (struct news){.tag = NEWS_FACT, .headline = row_headline(g, "", move, target), .story = "It was not announced. You have noticed it."},
        g->p->move[move].seat, 1u << seat);
}

int view_news(const struct view *v, int moment, struct news *news, int room)
{
    const struct game *g = v->game;
    int n = 0;
    for (int i = 0; i < g->news.count && n < room; i++) {
        const struct news_item *item = &g->news.at[i];
        if (item->moment == moment && (v->seat < 0 || g->open || (item->known >> v->seat & 1)))
            news[n++] = item->news;
    }
    return n;
}
