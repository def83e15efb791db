/* line/line.c — a person at a prompt as seat_ops: brief and plan, answers, review; and the words that work in each.
 * Words come from page/actions.def and may be cut short while only one fits. A word that is not known never acts. */
#include "line/line_private.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum action {
#define ACTION(id, key, word, argument, palette, help) ACT_##id,
#include "page/actions.def"
    ACTIONS_PLAIN, ACT_BEFORE_TALK = ACTIONS_PLAIN - 1,
#include "page/talk.def"
#undef ACTION
    ACTIONS
};

static const struct { const char *word, *argument, *help; } actions[ACTIONS] = {
#define ACTION(id, key, word, argument, palette, help) {word, argument, help},
#include "page/actions.def"
#include "page/talk.def"
#undef ACTION
};

enum { NEWS_MOST = 64, MOVED_MOST = 8, WORD_MOST = 40 };
enum next { GO_ON, SEALED, LEFT };

/* --- which word ------------------------------------------------------------------------------------------------------------------ */

/* The words of the table are words only where there is one. */
static int actions_of(const struct line *l) { return l->p->dialogue.given ? ACTIONS : ACTIONS_PLAIN; }

static int action_exact(const struct line *l, const char *word)
{
    for (int i = 0; i < actions_of(l); i++)
        if (text_same(actions[i].word, word))
            return i;
    return -1;
}

bool line_is_word(const struct line *l, const char *word)
{
    return action_exact(l, word) >= 0;
}

/* The action meant, or -1 after saying what is nearest. */
static int action_of(struct line *l, const char *word)
{
    int found = action_exact(l, word), fits = 0;
    if (found >= 0)
        return found;
    struct text t;
    text_init(&t, &l->turn);
    for (int i = 0; i < actions_of(l); i++)
        if (text_starts(actions[i].word, word)) {
            text_addf(&t, "%s%s", fits++ ? " or " : "", actions[i].word);
            found = i;
        }
    if (fits == 1)
        return found;
    if (fits > 1) {
        line_sayf(l, "'%s' could be %s.", word, t.at);
        return -1;
    }
    if (strlen(word) > WORD_MOST) {
        line_sayf(l, "That is no word of the game. Type help for the words there are.");
        return -1;
    }
    const char *known[ACTIONS];
    for (int i = 0; i < actions_of(l); i++)
        known[i] = actions[i].word;
    const char *near = text_nearest(word, known, actions_of(l));
    if (near)
        line_sayf(l, "There is no word '%s'; did you mean '%s'?", word, near);
    else
        line_sayf(l, "There is no word '%s'. Type help for the words there are.", word);
    return -1;
}

static void help_all(struct line *l)
{
    struct doc *d = line_doc(l);
    doc_heading(d, "Words you can type, %d.", actions_of(l));
    for (int i = 0; i < actions_of(l); i++)
        doc_item(d, i + 1, "%s%s%s: %s.", actions[i].word, *actions[i].argument ? " " : "", actions[i].argument, actions[i].help);
    doc_text(d, "A word may be cut short while only one fits. A NAME may be a part of a title. help and a word tells more, also what a term of the "
                "game means.");
    line_say(l, d);
}

static void help_word(struct line *l, const char *word)
{
    int i = action_exact(l, word);
    struct doc *d = line_doc(l);
    if (i >= 0) {
        doc_text(d, "%s%s%s: %s.", actions[i].word, *actions[i].argument ? " " : "", actions[i].argument, actions[i].help);
        if (i == ACT_PLAN)
            doc_text(d, "Examples: plan 3, plan 3 coal, plan lift 2, or a row as scenarios write it. Without anything after it, plan reads the "
                        "plan out. A target that is missing is asked for.");
        if (i == ACT_WHY)
            doc_text(d, "Examples: why reserves, why reserves from 2. Without `from` it speaks of the last turn.");
        if (i == ACT_NUMBERS)
            doc_text(d, "numbers all reads every number you can see.");
    } else {
        report_word(d, l->p, word);
    }
    line_say(l, d);
}

/* --- what each word does ----------------------------------------------------------------------------------------------------------- */

static void say_numbers(struct line *l, const char *rest)
{
    struct doc *d = line_doc(l);
    if (*rest && text_starts("all", rest)) {
        report_numbers_all(d, l->v);
    } else {
        report_numbers(d, l->v);
        doc_text(d, "numbers all reads every one; why and a name tells what moved one.");
    }
    line_say(l, d);
}

static void say_why(struct line *l, const char *rest)
{
    struct number n;
    int to = view_turn(l->v), from = to - 1;
    if (!*rest) {
        line_sayf(l, "Why what? Give a number's name, such as why %s.", l->p->quantities ? l->p->quantity[0].name : "reserves");
        return;
    }
    const char *name = rest, *since = NULL;
    for (const char *at = rest; (at = strstr(at, " from ")); at++)
        since = at;
    if (since) {
        name = arena_copy(&l->turn, rest, (size_t)(since - rest));
        from = word_moment(l, since + strlen(" from "));
        if (from < 0) {
            line_sayf(l, "'%s' is no turn that has begun; give its number or its month.", since + strlen(" from "));
            return;
        }
    }
    if (!word_number(l, name, &n))
        return;
    struct doc *d = line_doc(l);
    report_why(d, l->v, n, from < 0 ? 0 : from, to);
    line_say(l, d);
}

static bool is_source_name(const struct program *p, const char *name)
{
    for (int i = 0; i < p->citeds; i++)
        if (text_same(p->cited[i].id, name))
            return true;
    return program_parameter(p, name) >= 0 || program_move(p, name) >= 0 || program_quantity(p, name) >= 0;
}

static void say_source(struct line *l, const char *rest)
{
    struct number n;
    const char *name = rest;
    if (!*rest) {
        line_sayf(l, "Source of what? Give the name of a number, move, parameter or source.");
        return;
    }
    if (!is_source_name(l->p, rest)) {
        int found = -1;
        for (int m = 0; m < l->p->moves && found < 0; m++)
            if (l->p->move[m].title && word_contains(l->p->move[m].title, rest))
                found = m;
        if (found >= 0)
            name = l->p->move[found].name;
        else if (word_fits_number(l, rest) && word_number(l, rest, &n))
            name = l->p->quantity[n.quantity].name;
        else if (word_fits_number(l, rest))
            return;
    }
    struct doc *d = line_doc(l);
    report_source(d, l->p, name);
    line_say(l, d);
}

static void say_where(struct line *l)
{
    struct doc *d = line_doc(l);
    report_turn_head(d, l->v);
    if (!view_over(l->v)) {
        doc_text(d, "Phase: plan. No timer.");
        report_plan(d, l->v, line_plan(l));
    }
    line_say(l, d);
}

static enum next commit(struct line *l)
{
    struct doc *d = line_doc(l);
    report_plan(d, l->v, line_plan(l));
    struct duty owed;
    if (report_duties(d, l->v, line_plan(l)) == 0 && view_duties(l->v, &owed, 1) > 0)
        doc_text(d, "This breaks no promise.");
    line_say(l, d);
    switch (line_ask(l, "Seal the orders? yes or no.")) {
    case SAID_YES:     line_desk_keep(l, true); return SEALED;
    case SAID_NO:      line_sayf(l, "Not sealed. The plan stays as it is."); return GO_ON;
    case SAID_NOTHING: return LEFT;
    }
    return GO_ON;
}

static bool is_kept(const struct line *l)
{
    return l->table->keeper && l->table->keeper->name;
}

static enum next leave(struct line *l)
{
    const char *question = is_kept(l) ? "Leave the game? It is saved. yes or no." : "Leave the game? It is not saved. yes or no.";
    if (!view_over(l->v) && line_ask(l, question) == SAID_NO)
        return GO_ON;
    l->left = true;
    return LEFT;
}

static enum next act(struct line *l, enum action what, const char *rest)
{
    struct doc *d = line_doc(l);
    bool over = view_over(l->v);
    switch (what) {
    case ACT_MOVES:
        report_moves(d, l->v, line_plan(l));
        line_say(l, d);
        break;
    case ACT_MOVE: {
        int move = *rest ? word_move(l, rest) : -1;
        if (!*rest)
            line_sayf(l, "Which move? Give its number or name, such as move 1.");
        if (move >= 0) {
            report_move(d, l->v, move);
            line_say(l, d);
        }
        break;
    }
    case ACT_PLAN:
        if (over) {
            line_sayf(l, "The game is over; nothing can be planned.");
        } else if (*rest) {
            line_plan_words(l, rest);
        } else {
            report_plan(d, l->v, line_plan(l));
            line_say(l, d);
        }
        break;
    case ACT_DROP:    line_drop(l, rest); break;
    case ACT_UNDO:    line_undo(l); break;
    case ACT_REDO:    line_redo(l); break;
    case ACT_COMMIT:
        if (!over)
            return commit(l);
        line_sayf(l, "The game is over; there is nothing to commit.");
        break;
    case ACT_NUMBERS: say_numbers(l, rest); break;
    case ACT_NEWS:
        report_news(d, l->v, view_turn(l->v));
        line_say(l, d);
        break;
    case ACT_BRIEF:
        report_brief(d, l->v, *rest && text_starts("long", rest));
        line_say(l, d);
        break;
    case ACT_WHY:     say_why(l, rest); break;
    case ACT_SOURCE:  say_source(l, rest); break;
    case ACT_INSPECT:
        report_measures(d, l->v);
        line_say(l, d);
        break;
    case ACT_NETWORK:
        report_network(d, l->v, false);
        line_say(l, d);
        break;
    case ACT_TIMELINE:
        report_timeline(d, l->v, false, 0);
        line_say(l, d);
        break;
    case ACT_DEBRIEF:
        if (over)
            report_debrief(d, l->v, l->game && view_open(l->v) ? game_view(l->game, -1) : NULL, NULL, 0);
        else
            doc_text(d, "The debrief opens the table; it comes when the game is over.");
        line_say(l, d);
        break;
    case ACT_WHERE:   say_where(l); break;
    case ACT_AGAIN:
        if (l->last)
            doc_print(l->last, l->options->out, 0);
        break;
    case ACT_HELP:
        if (*rest)
            help_word(l, rest);
        else
            help_all(l);
        break;
    case ACT_QUIT:    return leave(l);
    case ACT_ASK:
        if (*rest >= '0' && *rest <= '9')
            line_clause_word(l, SAY_ASK_ABOUT, rest);
        else
            line_propose(l, arena_printf(&l->turn, "ask %s", rest));
        break;
    case ACT_REPORT:  line_report(l, rest); break;
    case ACT_DECLARE: line_clause_word(l, SAY_DECLARE, rest); break;
    case ACT_LETPASS: line_clause_word(l, SAY_LET_PASS, rest); break;
    case ACT_OFFER:
    case ACT_THREAT:
    case ACT_ASSURANCE:
    case ACT_STATEMENT: line_propose(l, arena_printf(&l->turn, "%s %s", actions[what].word, rest)); break;
    case ACT_REPLY:   line_reply(l, rest); break;
    case ACT_WITHDRAW: line_withdraw(l, rest); break;
    case ACT_WALKOUT: line_walk_out(l, rest); break;
    case ACT_TABLE:   line_table(l, rest); break;
    case ACT_AGREEMENTS:
        report_agreements(d, l->v);
        line_say(l, d);
        break;
    case ACT_WHO:     line_who(l); break;
    case ACTIONS:     break;
    }
    return l->left ? LEFT : GO_ON;
}

/* Reads words until the plan is sealed or the person leaves. */
static enum next prompt(struct line *l)
{
    for (;;) {
        const char *said;
        if (!line_read(l, &said))
            return LEFT;
        size_t n = strcspn(said, " \t");
        if (!n)
            continue;
        const char *word = arena_copy(&l->turn, said, n), *rest = said + n;
        while (*rest == ' ' || *rest == '\t')
            rest++;
        int what = action_of(l, word);
        enum next next = what < 0 ? GO_ON : act(l, (enum action)what, rest);
        if (what == ACT_PLAN || what == ACT_DROP || what == ACT_UNDO || what == ACT_REDO)
            line_desk_keep(l, false);
        if (next != GO_ON)
            return next;
    }
}

/* --- the seat's answers ------------------------------------------------------------------------------------------------------------ */

static void say_turn(struct line *l)
{
    struct doc *d = line_doc(l);
    struct news news[1];
    report_turn_head(d, l->v);
    if (view_news(l->v, view_turn(l->v), news, 1) > 0)
        report_news(d, l->v, view_turn(l->v));
    if (l->p->dialogue.given)
        line_say_waiting(l, d);
    doc_text(d, "%s", l->greeted ? "What now? Common words: numbers, moves, plan, commit, help."
                                 : "What now? Begin with brief; then numbers, moves, plan, commit. help lists all words.");
    l->greeted = true;
    line_say(l, d);
}

static bool person_plan(void *self, const struct view *v, struct plan *plan)
{
    struct line *l = self;
    l->v = v;
    l->last = NULL;
    arena_done(&l->turn);
    arena_init(&l->turn, "line turn");
    line_plan_reset(l);
    l->turn_replies = 0;
    bool sealed = line_desk_find(l);
    if (sealed) {
        line_sayf(l, "The orders of turn %d were sealed; the turn goes on.", view_turn(v) + 1);
        *plan = *line_plan(l);
        return true;
    }
    say_turn(l);
    if (line_plan(l)->rows > 0) {
        struct doc *d = line_doc(l);
        report_plan(d, v, line_plan(l));
        line_say(l, d);
    }
    if (prompt(l) == LEFT)
        return false;
    *plan = *line_plan(l);
    return true;
}

static bool person_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    struct line *l = self;
    const struct move *m = &l->p->move[tabled.move];
    struct keeper *k = is_kept(l) ? l->table->keeper : NULL;
    const int place = l->turn_replies++;
    l->v = v;
    if (k && k->find_reply(k, view_turn(v), view_seat(v), place, answer))
        return true;
    const char *from = l->p->seat[tabled.seat].title ? l->p->seat[tabled.seat].title : l->p->seat[tabled.seat].name;
    struct row asked = {.verb = ROW_DO, .move = tabled.move, .target = tabled.target, .setting = -1, .level = -1};
    struct row row = {.verb = ROW_DO, .move = m->answer_move, .target = -1, .setting = -1, .level = -1};
    const struct move *with = m->answer_move >= 0 ? &l->p->move[m->answer_move] : NULL;
    char number[NUMBER_TEXT];
    double cost = with ? view_cost(v, row) : 0;
    bool refuse = m->answer == ANSWER_REFUSE;
    line_sayf(l, "%s tables: %s. If you are silent it %s.", from, row_say(l->p, &l->turn, asked), m->silence_passes ? "passes" : "fails");
    const char *price = cost == 0 ? "free" : arena_printf(&l->turn, "costs %s", text_short(cost, 3, number));
    const char *question = arena_printf(&l->turn, "%s it%s%s? That is %s. yes or no.", refuse ? "Refuse" : "Accept", with ? " with: " : "",
                                        with ? (with->title ? with->title : with->name) : "", price);
    enum yes_no said = line_ask(l, question);
    if (said == SAID_NOTHING)
        return false;
    *answer = said == SAID_YES;
    const char *trouble = k ? k->reply(k, view_turn(v), view_seat(v), place, *answer) : NULL;
    if (trouble)
        line_sayf(l, "This could not be saved: %s.", trouble);
    return true;
}

static void say_review(struct line *l)
{
    struct doc *d = line_doc(l);
    int turn = view_turn(l->v), seat = view_seat(l->v);
    struct news news[NEWS_MOST];
    char number[NUMBER_TEXT];
    doc_gap(d);
    doc_heading(d, "Turn %d is played.", turn);
    for (int i = 0; l->game && game_refusal(l->game, seat, i); i++)
        doc_warn(d, "Not carried out: %s", game_refusal(l->game, seat, i));
    if (view_news(l->v, turn, news, NEWS_MOST) > 0)
        doc_text(d, "Headline: %s", news[0].headline);
    report_moved(d, l->v, turn, MOVED_MOST);
    struct seen_value score = view_score(l->v, seat);
    if (score.known)
        doc_text(d, "Your score if it ended now: %s.", text_short(score.value, 2, number));
    doc_gap(d);
    line_say(l, d);
    fputc('\n', l->options->out);
}

static void say_end(struct line *l)
{
    struct doc *d = line_doc(l);
    report_end(d, l->v);
    const struct view *open = l->game && view_open(l->v) ? game_view(l->game, -1) : NULL;
    if (open) {
        doc_gap(d);
        report_hidden(d, l->v, open);
    }
    doc_gap(d);
    report_questions(d, l->p);
    line_say(l, d);
}

static bool person_tell(void *self, const struct view *v)
{
    struct line *l = self;
    l->v = v;
    if (view_turn(v) > l->told)
        say_review(l);
    l->told = view_turn(v);
    if (!view_over(v) || l->ended)
        return true;
    l->ended = true;
    say_end(l);
    return true;
}

static const struct seat_ops person_ops = {.kind = "person", .plan = person_plan, .answer = person_answer, .tell = person_tell};

/* --- a game ------------------------------------------------------------------------------------------------------------------------ */

static void greet(struct line *l)
{
    const struct program *p = l->p;
    struct doc *d = line_doc(l);
    doc_title(d, "%s", p->title && *p->title ? p->title : p->id);
    if (is_kept(l))
        doc_text(d, "Plain text. Type help at any time, quit to leave. The game is saved as %s. Seed %llu.", l->table->keeper->name,
                 (unsigned long long)l->table->seed);
    else
        doc_text(d, "Plain text. Type help at any time, quit to leave; this game is not saved. Seed %llu.", (unsigned long long)l->table->seed);
    for (int s = 0; s < p->seats; s++)
        doc_text(d, "%s: %s.", p->seat[s].title ? p->seat[s].title : p->seat[s].name, s == l->table->seat ? "you" : l->table->who[s]);
    line_say(l, d);
    fputc('\n', l->options->out);
}

enum seat_asked { SEAT_TAKEN, SEAT_WATCH, SEAT_NONE };

static enum seat_asked ask_seat(struct line *l, struct play_table *t)
{
    const char *item[MOST_SEATS + 1], *said;
    int seats = l->p->seats, place[2];
    long number;
    struct doc *d = line_doc(l);
    doc_heading(d, "Which seat do you take? %d to choose from.", seats);
    for (int s = 0; s < seats; s++) {
        item[s] = l->p->seat[s].title ? l->p->seat[s].title : l->p->seat[s].name;
        doc_item(d, s + 1, "%s.", item[s]);
    }
    item[seats] = "Only watch";
    doc_item(d, seats + 1, "%s.", item[seats]);
    line_say(l, d);
    while (line_read(l, &said) && !text_same(said, "quit")) {
        int at = program_seat(l->p, said), found = word_matches(item, seats + 1, said, place, 2);
        if (at < 0 && text_to_long(said, strlen(said), &number) && number >= 1 && number <= seats + 1)
            at = (int)number - 1;
        if (at < 0 && *said && found == 1)
            at = place[0];
        if (at == seats)
            return SEAT_WATCH;
        t->seat = at;
        if (at >= 0)
            return SEAT_TAKEN;
        line_sayf(l, "A number from 1 to %d, a name, or quit.", seats + 1);
    }
    return SEAT_NONE;
}

/* When the game is over its pages can still be read; moves are gone. */
static void read_on(struct line *l)
{
    l->v = game_view(l->game, l->table->seat);
    line_plan_reset(l);
    line_sayf(l, "The game is over. numbers all, why, news, source and measures still answer; quit leaves.");
    prompt(l);
}

int line_play(struct arena *a, struct play_table *t, const struct line_options *o)
{
    struct line *l = ARENA_NEW(a, struct line);
    const char *error = NULL;
    *l = (struct line){.arena = a, .table = t, .p = t->program, .options = o, .script = o->script};
    arena_init(&l->turn, "line turn");
    int code = 0;
    enum seat_asked asked = t->seat >= 0 ? SEAT_TAKEN : ask_seat(l, t);
    if (asked == SEAT_WATCH) {
        code = line_watch(a, t, o->out);
    } else if (asked == SEAT_TAKEN) {
        t->ops[t->seat] = &person_ops;
        t->self[t->seat] = l;
        t->who[t->seat] = "person";
        struct game *g = play_table_open(a, t, &error);
        enum turn_end end = g ? TURN_PLAYED : TURN_FAILED;
        l->game = g;
        if (g) {
            greet(l);
            l->v = game_view(g, t->seat);
            l->told = view_turn(l->v);
            l->greeted = t->keeper && t->keeper->resumed;
            if (l->greeted && l->told > 0)
                say_review(l);
        }
        while (end == TURN_PLAYED)
            end = game_turn(g);
        if (end == TURN_FAILED) {
            fflush(o->out);
            fprintf(stderr, "demarche: the game cannot go on: %s\n", g ? game_failure(g) : error);
            code = 1;
        } else if (end == TURN_OVER && !l->left) {
            read_on(l);
        }
    }
    fflush(o->out);
    arena_done(&l->turn);
    return code;
}
