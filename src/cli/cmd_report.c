/* cli/cmd_report.c — `demarche report`: page one of a game's debrief, as text or as one page of HTML that prints well.
 * It opens the table, so the game must be over. What a decision was worth is found by playing the game again without it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/saves.h"
#include "cli/seating.h"
#include "page/report.h"

enum { AS, HTML, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [AS] = {"as", 0, "SEAT", "whose game; its person's, or the first seat's of a game that was watched"},
    [HTML] = {"html", 0, "FILE", "as a page for a browser and the printer; - is standard output"},
};

enum { DECISIONS_MOST = 64 };

/* Its score without one order, or false if the game cannot go on without it. */
static bool score_without(struct arena *a, const struct saved *s, int seat, const struct replay_change *change, double *score)
{
    struct replay r;
    const char *error;
    struct game *g = games_begin(a, s, &r, &error);
    if (!g)
        return false;
    r.change = change;
    r.changes = 1;
    for (int turn = 0; turn < s->is->turns_done && !game_over(g); turn++) {
        const enum turn_end end = replay_turn(&r, g);
        if (end != TURN_PLAYED && end != TURN_OVER)
            return false;
    }
    const struct seen_value x = view_score(record_view(g), seat);
    *score = x.value;
    return x.known;
}

/* Every order of every seat, left out once. */
static int weigh(struct arena *a, const struct saved *s, int seat, double with, struct debrief_decision *decision)
{
    int count = 0;
    for (int i = 0; i < s->is->rows; i++)
        for (int by = 0; by < s->p->seats && strcmp(s->is->row[i].kind, "plan") == 0; by++) {
            struct plan plan, answers;
            if (s->is->row[i].turn >= s->is->turns_done || record_plan(s->p, a, s->is->row[i].text, by, &plan, &answers))
                continue;
            for (int k = 0; k < plan.rows && count < DECISIONS_MOST; k++) {
                const struct replay_change change = {.turn = s->is->row[i].turn, .drop = true, .seat = by, .row = plan.row[k]};
                struct arena own;
                double without;
                arena_init(&own, "a game without an order");
                if (score_without(&own, s, seat, &change, &without))
                    decision[count++] = (struct debrief_decision){change.turn, by, plan.row[k], with, without};
                arena_done(&own);
            }
        }
    return count;
}

static int write_html(const struct doc *d, const char *path, const char *name)
{
    const bool to_file = strcmp(path, "-") != 0;
    FILE *out = to_file ? fopen(path, "wb") : stdout;
    bool good = out != NULL;
    if (good)
        doc_html(d, out, name);
    good = good && !ferror(out);
    if (to_file && out)
        good = fclose(out) == 0 && good;
    if (!good)
        return fprintf(stderr, "demarche report: %s cannot be written; is there room, and may the file be written?\n", path), EXIT_LIMIT;
    if (to_file)
        fprintf(stderr, "Written to %s; any browser shows and prints it.\n", path);
    return EXIT_DONE;
}

static int report(struct arena *a, const struct saved *s, const struct parsed *given)
{
    const int person = games_person(s);
    int seat = person >= 0 ? person : 0, exit;
    struct replay r;
    if (given->value[AS] && (seat = seating_seat(s->p, "report", given->value[AS])) < 0)
        return EXIT_USAGE;
    if (!s->is->over)
        return cli_usage("report", "%s is not over, and a report opens the table; `demarche resume %s` goes on with it", s->name, s->name);
    struct game *g = games_replay(a, s, &r, -1, &exit);
    if (!g)
        return exit;
    struct debrief_decision *decision = ARENA_ARRAY(a, DECISIONS_MOST, struct debrief_decision);
    const struct seen_value score = view_score(record_view(g), seat);
    const int count = weigh(a, s, seat, score.value, decision);
    struct doc *d = doc_new(a);
    report_debrief(d, game_view(g, seat), game_view(g, -1), decision, count);
    doc_gap(d);
    doc_quiet(d, "The game %s, seed %llu, demarche %s. The same game again: demarche replay %s.", s->name, (unsigned long long)s->is->seed, s->is->made_by, s->name);
    if (given->value[HTML])
        return write_html(d, *given->value[HTML] ? given->value[HTML] : "-", s->p->title && *s->p->title ? s->p->title : s->p->id);
    doc_print_as(d, stdout, 0, cli_glyphs());
    return EXIT_DONE;
}

int cmd_report(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("report", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("report", "one game at a time");
    arena_init(&a, "report");
    if (games_open(&a, "report", given.operands ? given.operand[0] : NULL, false, &s, &exit)) {
        exit = report(&a, &s, &given);
        store_close(s.store);
    }
    arena_done(&a);
    return exit;
}
