/* line/watch.c — personas play every seat and the game is told turn by turn: what each did, why it chose so, what moved.
 * A persona's own answers are wrapped, so that what it planned and why can be told once all plans are sealed. */
#include "line/line.h"

#include "base/text.h"
#include "page/report.h"

enum { MOVED_MOST = 10, NEWS_MOST = 64 };

struct watched {
    const struct seat_ops *ops;         /* borrowed: the persona's */
    void *self;
    struct plan plan;                   /* of this turn */
    int answers, said_yes;
};

static bool watched_plan(void *self, const struct view *v, struct plan *plan)
{
    struct watched *w = self;
    bool stays = w->ops->plan(w->self, v, plan);
    w->plan = *plan;
    w->answers = w->said_yes = 0;
    return stays;
}

static bool watched_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct watched *w = self;
    bool stays = w->ops->answer(w->self, v, tabled, answer);
    w->answers++;
    w->said_yes += *answer == 1;
    return stays;
}

static bool watched_tell(void *self, const struct view *v)
{
    struct watched *w = self;
    return w->ops->tell(w->self, v);
}

static bool watched_propose(void *self, const struct view *v)
{
    struct watched *w = self;
    return !w->ops->propose || w->ops->propose(w->self, v);
}

static void watched_reply(void *self, const struct view *v, int number)
{
    struct watched *w = self;
    if (w->ops->reply)
        w->ops->reply(w->self, v, number);
}

static const struct seat_ops watched_ops = {.kind = "persona", .propose = watched_propose, .reply = watched_reply, .plan = watched_plan, .answer = watched_answer, .tell = watched_tell};

static const char *seat_name(const struct program *p, int seat)
{
    return p->seat[seat].title ? p->seat[seat].title : p->seat[seat].name;
}

/* Whoever watches may know what the seats do not: what is not announced is told as such. */
static bool is_public(const struct program *p, struct row row)
{
    const struct move *m = &p->move[row.move];
    int setting = row.setting >= 0 ? row.setting : m->settings - 1;
    return setting < 0 || m->setting[setting].quiet <= 0;
}

static void tell_seat(struct doc *d, struct arena *a, const struct play_table *t, int seat, const struct watched *w)
{
    const struct program *p = t->program;
    struct text said;
    int count = 0;
    text_init(&said, a);
    for (int i = 0; i < w->plan.rows; i++)
        text_addf(&said, "%s%s%s", count++ ? "; " : "", is_public(p, w->plan.row[i]) ? "" : "without saying so, ", row_say(p, a, w->plan.row[i]));
    if (!count)
        text_add(&said, "nothing new");
    if (w->answers)
        text_addf(&said, "; answered %d of %d that were put to it", w->said_yes, w->answers);
    doc_text(d, "%s, %s: %s.", seat_name(p, seat), t->who[seat], said.at);
    const char *why = t->reason[seat] ? t->reason[seat](w->self) : NULL;
    if (why && *why)
        doc_quiet(d, "Why: %s", why);
}

/* told: how many items of the turn before have been told; the rest came with this turn's brief. */
static void tell_turn(FILE *out, const struct game *g, const struct play_table *t, const struct watched *w, int turns, int *told)
{
    const struct program *p = t->program;
    struct arena a;
    arena_init(&a, "watch turn");
    struct doc *d = doc_new(&a);
    const struct view *view[MOST_SEATS];
    for (int s = 0; s < p->seats; s++)
        view[s] = game_view(g, s);
    int turn = view_turn(view[0]);
    const char *date = program_date_long(p, &a, view_time(view[0]) - p->time.turn);
    doc_gap(d);
    doc_heading(d, "Turn %d of %d%s%s", turn, turns, p->time.kind == TIME_NUMBER ? "" : ", ", p->time.kind == TIME_NUMBER ? "" : date);
    report_news_since(d, view[0], turn - 1, *told);
    for (int number = 1, more = 1; more; number++) {
        const struct bargain *b = NULL;
        more = 0;
        for (int s = 0; s < p->seats && !b; s++)
            b = view_bargain(view[s], number);
        more = b != NULL;
        for (int s = 0; s < p->seats && b && b->turn == turn - 1; s++)
            if (b->proposal.from == s)
                report_said(d, view[s], b);
    }
    for (int s = 0; s < p->seats; s++)
        tell_seat(d, &a, t, s, &w[s]);
    struct news *news = ARENA_ARRAY(&a, NEWS_MOST, struct news);
    *told = view_news(view[0], turn, news, NEWS_MOST);
    if (*told > 0)
        report_news(d, view[0], turn);
    report_moved_best(d, view, p->seats, turn, MOVED_MOST);
    doc_print(d, out, 0);
    fputc('\n', out);
    fflush(out);
    arena_done(&a);
}

static void tell_end(FILE *out, const struct game *g)
{
    struct arena a;
    arena_init(&a, "watch end");
    struct doc *d = doc_new(&a);
    report_end(d, game_view(g, -1));
    doc_gap(d);
    report_questions(d, view_program(game_view(g, -1)));
    doc_print(d, out, 0);
    arena_done(&a);
}

static void tell_start(FILE *out, const struct play_table *t)
{
    struct arena a;
    arena_init(&a, "watch start");
    struct doc *d = doc_new(&a);
    const struct program *p = t->program;
    doc_title(d, "%s", p->title && *p->title ? p->title : p->id);
    doc_text(d, "Personas play all %d seats; you watch. Seed %llu.", p->seats, (unsigned long long)t->seed);
    if (t->keeper && t->keeper->name)
        doc_text(d, "Saved as %s.", t->keeper->name);
    doc_print(d, out, 0);
    fputc('\n', out);
    arena_done(&a);
}

int line_watch(struct arena *a, struct play_table *t, FILE *out)
{
    struct watched *w = ARENA_ARRAY(a, MOST_SEATS, struct watched);
    struct play_table wrapped = *t;
    for (int s = 0; s < t->program->seats; s++) {
        w[s] = (struct watched){.ops = t->ops[s], .self = t->self[s]};
        wrapped.ops[s] = &watched_ops;
        wrapped.self[s] = &w[s];
    }
    const char *error = NULL;
    struct game *g = play_table_open(a, &wrapped, &error);
    enum turn_end end = g ? TURN_PLAYED : TURN_FAILED;
    if (g)
        tell_start(out, t);
    int told = 0;
    while (end == TURN_PLAYED) {
        int before = view_turn(game_view(g, 0));
        end = game_turn(g);
        if (view_turn(game_view(g, 0)) > before)
            tell_turn(out, g, t, w, view_turns(game_view(g, 0)), &told);
    }
    if (end == TURN_FAILED) {
        fprintf(stderr, "demarche: the game cannot go on: %s\n", g ? game_failure(g) : error);
        return 1;
    }
    tell_end(out, g);
    return 0;
}
