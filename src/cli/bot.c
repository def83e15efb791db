/* cli/bot.c — questions to a program in a seat, and what may be made of its answers. */
#include "cli/bot.h"

#include <stdio.h>
#include <string.h>

#include "base/child.h"
#include "base/json.h"
#include "base/text.h"
#include "code/proposal.h"
#include "game/bargain.h"

enum { ANSWER_MOST = 65536, SAYS_MOST = 8, TARGETS_MOST = 64, BARGAINS_MOST = 64, NEWS_MOST = 64, MOVES_MOST = 256, WORDS_MOST = 400 };
static const double SECONDS = 10;

struct bot {
    struct arena *arena;                        /* the game's */
    const struct program *p;
    int seat;
    struct child *child;                        /* NULL: it is out */
    const char *why;
};

/* --- asking ---------------------------------------------------------------------------------------------------------------------- */

static void put_out(struct bot *b, const char *why)
{
    if (!b->child)
        return;
    child_end(b->child);
    b->child = NULL;
    fprintf(stderr, "demarche: the program in the seat of %s is out: %s; the seat holds from here on, and the game goes on\n",
            b->p->seat[b->seat].title ? b->p->seat[b->seat].title : b->p->seat[b->seat].name, why);
}

/* Takes the question. The answer is freed by the caller; NULL: the program is out. */
static struct json *ask(struct bot *b, struct arena *a, struct json *question)
{
    const char *line = b->child ? json_line(a, question) : NULL, *said, *wrong = NULL;
    long long version = 0;
    json_free(question);
    if (!b->child || !line)
        return NULL;
    const int error = child_ask(b->child, a, line, SECONDS, ANSWER_MOST, &said);
    if (error) {
        put_out(b, child_error(error));
        return NULL;
    }
    struct json *answer = json_read(a, said, &wrong);
    if (!answer)
        put_out(b, arena_printf(a, "what it said is no JSON (%s)", wrong));
    else if (!json_as_whole(json_get(answer, "demarche"), &version) || version != 1) {
        put_out(b, "its answer does not begin with \"demarche\": 1, the version of the protocol");
        json_free(answer);
        answer = NULL;
    }
    return answer;
}

static void complain(const struct bot *b, const char *what, const char *said, const char *wrong)
{
    char shown[WORDS_MOST];
    snprintf(shown, sizeof shown, "%s", said ? said : "");
    for (char *c = shown; *c; c++)
        *c = (unsigned char)*c < ' ' || *c == 127 ? '?' : *c;
    fprintf(stderr, "demarche: the program in the seat of %s: %s '%.80s' is not taken: %s\n", b->p->seat[b->seat].name, what, shown, wrong);
}

/* --- what it is told ------------------------------------------------------------------------------------------------------------- */

static struct json *numbers(const struct view *v, struct arena *a)
{
    const struct program *p = view_program(v);
    struct json *all = json_new_array();
    for (int q = 0; q < p->quantities; q++)
        for (int e = 0; e < p->quantity[q].count; e++) {
            const struct quantity *is = &p->quantity[q];
            const struct seen_value seen = view_value(v, q, e, view_turn(v));
            if (!seen.known)
                continue;
            struct json *one = json_new_object();
            json_set_text(one, "name", program_element_name(p, a, is->name, is->dims, is->dim, e));
            json_set_number(one, "value", seen.value);
            if (!seen.exact)
                json_set_number(one, "give_or_take", seen.give_or_take);
            if (seen.lag)
                json_set_whole(one, "lag", seen.lag);
            json_add(all, one);
        }
    return all;
}

static void add_move(const struct view *v, struct arena *a, struct row row, struct json *to)
{
    const struct plan none = {.rows = 0};
    if (view_judge(v, a, &none, row))
        return;
    struct json *one = json_new_object();
    json_set_text(one, "row", row_print(view_program(v), a, row));
    json_set_number(one, "cost", view_cost(v, row));
    json_add(to, one);
}

static struct json *moves(const struct view *v, struct arena *a)
{
    const struct program *p = view_program(v);
    int move[MOVES_MOST], target[TARGETS_MOST];
    struct json *all = json_new_array();
    for (int i = 0, count = view_moves(v, move, MOVES_MOST); i < count; i++) {
        const struct move *m = &p->move[move[i]];
        const int targets = m->target < 0 ? 1 : view_targets(v, move[i], target, TARGETS_MOST);
        for (int t = 0; t < targets && t < TARGETS_MOST; t++)
            for (int s = m->measure ? 0 : -1; s < (m->measure ? m->settings : 0); s++)
                add_move(v, a, (struct row){ROW_DO, move[i], m->target < 0 ? -1 : target[t], s, -1}, all);
        for (int verb = ROW_THREATEN; m->measure && verb <= ROW_SNAPBACK; verb++)
            if (verb != ROW_EASE)
                add_move(v, a, (struct row){(enum row_verb)verb, move[i], -1, -1, -1}, all);
    }
    return all;
}

static struct json *table(const struct view *v, struct arena *a)
{
    const struct bargain *is[BARGAINS_MOST];
    const struct program *p = view_program(v);
    struct json *all = json_new_array();
    int count = view_bargains(v, is, BARGAINS_MOST);
    for (int i = 0; i < count && i < BARGAINS_MOST; i++) {
        struct json *one = json_new_object();
        json_set_whole(one, "number", is[i]->number);
        json_set_text(one, "from", p->seat[is[i]->proposal.from].name);
        json_set_text(one, "state", bargain_state_word[is[i]->state]);
        json_set_text(one, "text", proposal_print(p, a, (struct proposal_place){is[i]->proposal.from, view_first_turn(v)}, &is[i]->proposal));
        json_set_truth(one, "waits_for_you", bargain_waits_for(is[i], view_seat(v)));
        json_add(all, one);
    }
    return all;
}

static struct json *news_of(const struct view *v)
{
    static const char *const tag[] = {"fact", "claim", "rumour"};
    struct news news[NEWS_MOST];
    struct json *all = json_new_array();
    int count = view_news(v, view_turn(v), news, NEWS_MOST);
    for (int i = 0; i < count && i < NEWS_MOST; i++) {
        struct json *one = json_new_object();
        json_set_text(one, "tag", tag[news[i].tag]);
        json_set_text(one, "headline", news[i].headline);
        json_add(all, one);
    }
    return all;
}

static struct json *question_of(const struct bot *b, const struct view *v, struct arena *a, const char *what)
{
    struct json *q = json_document();
    json_set_text(q, "ask", what);
    json_set_text(q, "scenario", b->p->id);
    json_set_text(q, "seat", b->p->seat[b->seat].name);
    json_set_whole(q, "turn", view_turn(v) + 1);
    json_set_whole(q, "turns", view_turns(v));
    json_set_text(q, "date", program_date(b->p, a, view_time(v)));
    if (seat_has_budget(&b->p->seat[b->seat]))
        json_set_number(q, "budget", view_budget(v));
    return q;
}

/* --- what it answers ------------------------------------------------------------------------------------------------------------- */

static bool bot_plan(void *self, const struct view *v, struct plan *plan)
{
    struct bot *b = self;
    struct arena a;
    if (!b->child)
        return true;
    arena_init(&a, "bot");
    struct json *q = question_of(b, v, &a, "plan");
    json_set(q, "numbers", numbers(v, &a));
    json_set(q, "news", news_of(v));
    json_set(q, "moves", moves(v, &a));
    json_set(q, "proposals", table(v, &a));
    struct json *answer = ask(b, &a, q);
    const struct json *rows = json_get(answer, "plan");
    if (answer && !json_holds_array(rows))
        put_out(b, "its answer to \"plan\" has no list of rows under \"plan\"; [] is holding");
    b->why = NULL;
    for (int i = 0; i < json_count(rows); i++) {
        const char *text = json_as_text(json_at(rows, i)), *wrong = "a row is a text";
        struct row row;
        if (plan->rows == MOST_ROWS) {
            complain(b, "row", text, "there are too many");
            break;
        }
        if (!text || (wrong = row_parse(b->p, &a, text, &row)) || (wrong = view_judge(v, &a, plan, row)))
            complain(b, "row", text, wrong);
        else
            plan->row[plan->rows++] = row;
    }
    const char *why = json_as_text(json_get(answer, "why"));
    if (why && strlen(why) < WORDS_MOST) {
        char *kept = arena_text(b->arena, why);
        for (char *c = kept; *c; c++)
            *c = (unsigned char)*c < ' ' || *c == 127 ? ' ' : *c;
        b->why = kept;
    }
    json_free(answer);
    arena_done(&a);
    return true;
}

static bool bot_answer(void *self, const struct view *v, struct tabled tabled, int *taken)
{
    struct bot *b = self;
    struct arena a;
    bool yes = false;
    *taken = 0;
    if (!b->child)
        return true;
    arena_init(&a, "bot");
    struct json *q = question_of(b, v, &a, "answer");
    json_set_text(q, "tabled", row_print(b->p, &a, (struct row){ROW_DO, tabled.move, tabled.target, -1, -1}));
    json_set_text(q, "by", b->p->seat[tabled.seat].name);
    json_set_text(q, "your_move", b->p->move[tabled.move].answer_move < 0 ? NULL : b->p->move[b->p->move[tabled.move].answer_move].name);
    struct json *answer = ask(b, &a, q);
    if (answer && !json_as_truth(json_get(answer, "answer"), &yes))
        put_out(b, "its answer to \"answer\" has neither true nor false under \"answer\"");
    *taken = yes;
    json_free(answer);
    arena_done(&a);
    return true;
}

static bool bot_propose(void *self, const struct view *v)
{
    struct bot *b = self;
    struct arena a;
    if (!b->child)
        return true;
    arena_init(&a, "bot");
    struct json *q = question_of(b, v, &a, "propose");
    json_set(q, "proposals", table(v, &a));
    struct json *answer = ask(b, &a, q);
    const struct json *says = json_get(answer, "propose");
    if (answer && !json_holds_array(says))
        put_out(b, "its answer to \"propose\" has no list under \"propose\"; [] is silence");
    for (int i = 0; i < json_count(says) && i < SAYS_MOST; i++) {
        const char *text = json_as_text(json_at(says, i)), *wrong = "a proposal is a text";
        struct proposal proposal;
        int number;
        if (!text || (wrong = proposal_parse(b->p, &a, (struct proposal_place){b->seat, view_first_turn(v)}, text, &proposal, NULL)) ||
            (wrong = table_say(v, &a, &(struct say){.kind = SAY_PROPOSE, .proposal = &proposal}, &number)))
            complain(b, "proposal", text, wrong);
    }
    json_free(answer);
    arena_done(&a);
    return true;
}

static void bot_reply(void *self, const struct view *v, int number)
{
    struct bot *b = self;
    struct arena a;
    bool yes = false;
    int made;
    if (!b->child)
        return;
    arena_init(&a, "bot");
    struct json *q = question_of(b, v, &a, "reply");
    json_set_whole(q, "number", number);
    json_set(q, "proposals", table(v, &a));
    struct json *answer = ask(b, &a, q);
    const struct json *accept = json_get(answer, "accept");
    if (accept && json_as_truth(accept, &yes)) {
        const char *wrong = table_say(v, &a, &(struct say){.kind = yes ? SAY_ACCEPT : SAY_REJECT, .number = number, .reason = REJECT_PRICE}, &made);
        if (wrong)
            complain(b, "reply", yes ? "accept" : "reject", wrong);
    } else if (accept)
        put_out(b, "its answer to \"reply\" has neither true nor false under \"accept\"; without it there is silence");
    json_free(answer);
    arena_done(&a);
}

static bool bot_tell(void *self, const struct view *v)
{
    struct bot *b = self;
    if (view_over(v))
        bot_end(b);
    return true;
}

const struct seat_ops bot_ops = {.kind = "program", .plan = bot_plan, .answer = bot_answer, .propose = bot_propose, .reply = bot_reply, .tell = bot_tell};

struct bot *bot_new(struct arena *a, const struct program *p, int seat, const char *command)
{
    struct bot *b = ARENA_NEW(a, struct bot);
    *b = (struct bot){.arena = a, .p = p, .seat = seat, .child = child_start(a, command)};
    if (b->child)
        return b;
    fprintf(stderr, "demarche: the program for %s cannot be started: %s\n", p->seat[seat].name, command);
    return NULL;
}

const char *bot_reason(void *bot) { return ((struct bot *)bot)->why; }

void bot_end(struct bot *b)
{
    if (b->child)
        child_end(b->child);
    b->child = NULL;
}
