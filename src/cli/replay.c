/* cli/replay.c — `demarche replay`: a saved game turn by turn, forwards and back, as a seat that may be looked through saw it.
 * While a game goes on only its person's own seat may be: the others' secrets are part of it. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"
#include "cli/seating.h"
#include "page/report.h"

enum { TURN, AS, TEXT, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [TURN] = {"turn", 0, "N", "begin after turn N; 0 is the start"},
    [AS] = {"as", 0, "SEAT", "whose eyes; any seat once the game is over, and of games that were watched"},
    [TEXT] = {"text", 0, "", "all of it at once, as without a terminal"},
};

enum { MOVED_MOST = 10, TYPED_MOST = 64 };
struct showing { struct saved *s; int seat; };

static void orders_of(struct doc *d, struct arena *a, const struct showing *w, int turn)
{
    const struct saved *s = w->s;
    for (int i = 0; i < s->is->rows; i++)
        for (int seat = 0; seat < s->p->seats && s->is->row[i].turn == turn && strcmp(s->is->row[i].kind, "plan") == 0; seat++) {
            struct plan plan, answers;
            if ((seat != w->seat && !s->is->over && games_person(s) >= 0) || record_plan(s->p, a, s->is->row[i].text, seat, &plan, &answers))
                continue;
            struct text t;
            text_init(&t, a);
            for (int k = 0; k < plan.rows + answers.rows; k++)
                text_addf(&t, "%s%s", k ? "; " : "", row_say(s->p, a, k < plan.rows ? plan.row[k] : answers.row[k - plan.rows]));
            doc_item(d, 0, "%s: %s.", s->p->seat[seat].title ? s->p->seat[seat].title : s->p->seat[seat].name, t.length ? t.at : "nothing");
        }
}

/* What stands after `turn` turns. */
static void show(struct arena *a, const struct showing *w, const struct game *g, bool ends)
{
    const struct view *v = game_view(g, w->seat);
    const struct program *p = w->s->p;
    struct doc *d = doc_new(a);
    const int turn = view_turn(v);
    char number[NUMBER_TEXT];
    const char *date = program_date_long(p, a, view_time(v) - (turn > 0 ? p->time.turn : 0));
    if (turn == 0) {
        doc_title(d, "%s", p->title && *p->title ? p->title : p->id);
        doc_text(d, "%s, seed %llu, as %s saw it. %d of %d turns were played.", w->s->name, (unsigned long long)w->s->is->seed,
                 p->seat[w->seat].title ? p->seat[w->seat].title : p->seat[w->seat].name, w->s->is->turns_done, w->s->is->turns);
        report_numbers(d, v);
    } else {
        doc_heading(d, "Turn %d of %d%s%s", turn, view_turns(v), p->time.kind == TIME_NUMBER ? "" : ", ", p->time.kind == TIME_NUMBER ? "" : date);
        orders_of(d, a, w, turn - 1);
        struct news news[1];
        if (view_news(v, turn, news, 1) > 0)
            report_news(d, v, turn);
        report_moved(d, v, turn, MOVED_MOST);
        const struct seen_value score = view_score(v, w->seat);
        if (score.known)
            doc_text(d, "Score if it ended then: %s.", text_short(score.value, 2, number));
    }
    if (ends && game_over(g)) {
        doc_gap(d);
        report_end(d, v);
        doc_gap(d);
        report_hidden(d, v, game_view(g, -1));
    }
    doc_gap(d);
    doc_print(d, stdout, 0);
    fputc('\n', stdout);
}

/* Turns from..to, each as the game then stood. */
static int show_turns(const struct showing *w, int from, int to)
{
    struct arena a;
    struct replay r;
    int exit;
    arena_init(&a, "replay");
    struct game *g = games_replay(&a, w->s, &r, from, &exit);
    for (int turn = from; g && turn <= to; turn++) {
        if (turn > from && (replay_turn(&r, g) != TURN_PLAYED || r.differs >= 0)) {
            fprintf(stderr, "demarche: %s does not verify: %s\n", w->s->name, r.differs >= 0 ? games_difference(&a, w->s, &r) : "it ends before");
            exit = EXIT_RECORD;
            break;
        }
        show(&a, w, g, turn == w->s->is->turns_done);
    }
    arena_done(&a);
    return exit;
}

static int step(const struct showing *w, int turn)
{
    char said[TYPED_MOST];
    const int last = w->s->is->turns_done;
    int exit = show_turns(w, turn, turn);
    while (exit == EXIT_DONE) {
        printf("Turn %d of %d. Enter or n: on; b: back; a number: that turn; q: leave.\n> ", turn, last);
        fflush(stdout);
        if (!fgets(said, sizeof said, stdin) || said[0] == 'q')
            break;
        said[strcspn(said, "\r\n")] = '\0';
        long number;
        int to = turn;
        if (!*said || strcmp(said, "n") == 0)
            to = turn + 1;
        else if (strcmp(said, "b") == 0)
            to = turn - 1;
        else if (text_to_long(said, strlen(said), &number) && number >= 0 && number <= last)
            to = (int)number;
        if (to < 0 || to > last || to == turn) {
            printf(to > last ? "That was the last turn that was played.\n" : to < 0 ? "That is the start.\n" : "A turn from 0 to %d.\n", last);
            continue;
        }
        turn = to;
        exit = show_turns(w, turn, turn);
    }
    return exit;
}

static int replay(struct arena *a, struct saved *s, const struct parsed *given)
{
    const char *text = given->value[TURN], *as = given->value[AS];
    const int person = games_person(s);
    struct showing w = {s, person >= 0 ? person : 0};
    long turn = 0;
    (void)a;
    if (as && (w.seat = seating_seat(s->p, "replay", as)) < 0)
        return EXIT_USAGE;
    if (as && w.seat != person && person >= 0 && !s->is->over)
        return cli_usage("replay", "%s is not over yet, so only %s may be looked through", s->name, s->p->seat[person].name);
    if (text && (!text_to_long(text, strlen(text), &turn) || turn < 0 || turn > s->is->turns_done))
        return cli_usage("replay", "--turn takes a turn that was played, from 0 to %d, not '%s'", s->is->turns_done, text);
    if (os_terminal_in() && os_terminal_out() && !given->value[TEXT])
        return step(&w, (int)turn);
    return show_turns(&w, (int)turn, s->is->turns_done);
}

int cmd_replay(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("replay", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("replay", "one game at a time");
    arena_init(&a, "replay");
    if (games_open(&a, "replay", given.operands ? given.operand[0] : NULL, false, &s, &exit)) {
        exit = replay(&a, &s, &given);
        store_close(s.store);
    }
    arena_done(&a);
    return exit;
}
