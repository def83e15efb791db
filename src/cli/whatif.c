/* cli/whatif.c — `demarche whatif`: a saved game with one thing done otherwise, on the same draws. The others do what they did, as far as
 * they still can: whether they would have acted otherwise nobody can know, and the page says so. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/saves.h"
#include "page/report.h"

enum { TURN, DROP, ADD, OF, JSON, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [TURN] = {"turn", 0, "N", "the turn in which something is done otherwise"},
    [DROP] = {"drop", 0, "MOVE", "what is left out; a target narrows it, as in 'list_bank(border_bank)'"},
    [ADD] = {"add", 0, "ROW", "what is done as well, as plays write it"},
    [OF] = {"of", 0, "NAME,..", "these quantities only; otherwise those that differ most"},
    [JSON] = {"json", 0, "", "as JSON, every number"},
};

enum { CELLS = 78, TITLE_CELLS = 40, SHOWN_MOST = 12, REFUSALS_MOST = 64, VALUES_MOST = 64 };

struct number_then { int quantity, element; double was, would; };
struct asked {
    struct arena *a;
    const struct saved *s;
    const struct parsed *given;
    struct replay_change change;
    const char *refused[REFUSALS_MOST]; int refusals;
    struct number_then *at; int count;
};

/* False after a message. */
static bool find_change(struct asked *q)
{
    const char *turn = q->given->value[TURN], *drop = q->given->value[DROP], *add = q->given->value[ADD];
    const struct program *p = q->s->p;
    const int done = q->s->is->turns_done;
    long n;
    if (!turn || !text_to_long(turn, strlen(turn), &n) || n < 1 || n > done)
        return cli_usage("whatif", "--turn takes a turn that was played, from 1 to %d", done), false;
    if (!drop == !add)
        return cli_usage("whatif", "one change: --drop MOVE or --add ROW"), false;
    const char *wrong = row_parse(p, q->a, drop ? drop : add, &q->change.row);
    if (wrong)
        return cli_usage("whatif", "--%s: %s", drop ? "drop" : "add", wrong), false;
    q->change.turn = (int)n - 1;
    q->change.drop = drop != NULL;
    q->change.seat = p->move[q->change.row.move].seat;
    bool planned = false;
    for (int i = 0; i < q->s->is->rows && drop; i++) {
        struct plan plan, answers;
        if (q->s->is->row[i].turn != q->change.turn || strcmp(q->s->is->row[i].kind, "plan") != 0 ||
            record_plan(p, q->a, q->s->is->row[i].text, q->change.seat, &plan, &answers))
            continue;
        for (int k = 0; k < plan.rows; k++)
            planned = planned || (plan.row[k].move == q->change.row.move && (q->change.row.target < 0 || plan.row[k].target == q->change.row.target));
    }
    if (drop && !planned)
        return cli_usage("whatif", "%s did not plan '%s' in turn %ld; `demarche replay %s --text` tells what was done", p->seat[q->change.seat].name, drop, n,
                         q->s->name), false;
    if (add && p->move[q->change.row.move].answers >= 0)
        return cli_usage("whatif", "'%s' is an answer; it can only be given to what was asked", add), false;
    return true;
}

/* What may be looked at: everything once the game is over, else what its person sees. */
static const struct view *eyes(const struct asked *q, const struct game *g)
{
    const int person = games_person(q->s);
    return q->s->is->over || person < 0 ? record_view(g) : game_view(g, person);
}

static void note_refusals(struct asked *q, const struct game *g, int turn)
{
    for (int seat = 0; seat < q->s->p->seats; seat++) {
        const char *text;
        if (!q->s->is->over && games_person(q->s) >= 0 && seat != games_person(q->s))
            continue;
        for (int i = 0; (text = game_refusal(g, seat, i)) != NULL && q->refusals < REFUSALS_MOST; i++)
            q->refused[q->refusals++] = arena_printf(q->a, "Turn %d, %s: %s", turn + 1, q->s->p->seat[seat].name, text);
    }
}

static struct game *play_changed(struct asked *q, struct replay *r)
{
    const char *error = NULL;
    struct game *g = games_begin(q->a, q->s, r, &error);
    if (!g)
        return NULL;
    r->change = &q->change;
    r->changes = 1;
    for (int turn = 0; turn < q->s->is->turns_done && !game_over(g); turn++) {
        if (replay_turn(r, g) != TURN_PLAYED) {
            fprintf(stderr, "demarche: with this change the game cannot go on: %s\n", game_failure(g) ? game_failure(g) : r->trouble ? r->trouble : "it ends");
            return NULL;
        }
        if (turn >= q->change.turn)
            note_refusals(q, g, turn);
    }
    return g;
}

static double size(double x) { return x < 0 ? -x : x; }

/* By how much of itself a number differs. */
static double weight(const struct number_then *n)
{
    const double scale = size(n->was) > size(n->would) ? size(n->was) : size(n->would);
    return scale > 0 ? size(n->would - n->was) / scale : 0;
}

static void sort(struct number_then *at, int count)
{
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && weight(&at[k]) > weight(&at[k - 1]); k--) {
            const struct number_then swap = at[k];
            at[k] = at[k - 1];
            at[k - 1] = swap;
        }
}

static bool listed(const char *list, const char *name)
{
    for (size_t n; *list; list += n + (list[n] == ',')) {
        n = strcspn(list, ",");
        if (strlen(name) == n && strncmp(list, name, n) == 0)
            return true;
    }
    return false;
}

/* Numbers at the last moment that both games reached. */
static bool compare(struct asked *q, const struct game *was, const struct game *would)
{
    const struct program *p = q->s->p;
    const struct view *a = eyes(q, was), *b = eyes(q, would);
    const char *of = q->given->value[OF];
    const int moment = view_turn(b) < view_turn(a) ? view_turn(b) : view_turn(a);
    int elements = 0;
    for (int i = 0; i < p->quantities; i++)
        elements += p->quantity[i].count;
    q->at = ARENA_ARRAY(q->a, elements + 1, struct number_then);
    for (int i = 0; i < p->quantities; i++)
        for (int e = 0; e < p->quantity[i].count; e++) {
            const char *name = program_element_name(p, q->a, p->quantity[i].name, p->quantity[i].dims, p->quantity[i].dim, e);
            const struct seen_value x = view_value(a, i, e, moment), y = view_value(b, i, e, moment);
            if (!x.known || !y.known || (of && !listed(of, name) && !listed(of, p->quantity[i].name)))
                continue;
            q->at[q->count++] = (struct number_then){i, e, x.value, y.value};
        }
    if (of && !q->count)
        return cli_usage("whatif", "--of names nothing that can be seen here: '%s'", of), false;
    if (!of)
        sort(q->at, q->count);
    return true;
}

static const char *change_words(const struct asked *q)
{
    const struct program *p = q->s->p;
    return arena_printf(q->a, "%s %s: %s, turn %d", q->change.drop ? "without" : "with", p->seat[q->change.seat].title ? p->seat[q->change.seat].title
                        : p->seat[q->change.seat].name, row_say(p, q->a, q->change.row), q->change.turn + 1);
}

static const char *figure(const struct asked *q, struct number is, double x)
{
    return report_figure(q->s->p, q->a, is, (struct seen_value){.known = true, .exact = true, .value = x});
}

static void print_text(const struct asked *q, const struct game *would)
{
    const struct program *p = q->s->p;
    const struct view *v = eyes(q, would);
    struct doc *d = doc_new(q->a);
    int shown = 0;
    doc_title(d, "%s, %s", q->s->name, change_words(q));
    if (view_turn(v) < q->s->is->turns_done)
        doc_warn(d, "With this change the game ends after turn %d: %s.", view_turn(v), view_ending(v) >= 0 && p->ending[view_ending(v)].title
                 ? p->ending[view_ending(v)].title : "an ending comes about");
    doc_print(d, stdout, 0);
    printf("\n%-*s %11s %11s %11s\n", TITLE_CELLS, arena_printf(q->a, "after turn %d", view_turn(v)), "as it was", "otherwise", "difference");
    for (int i = 0; i < q->count && shown < (q->given->value[OF] ? VALUES_MOST : SHOWN_MOST); i++) {
        const struct number_then *n = &q->at[i];
        if (!q->given->value[OF] && !(weight(n) > 1e-9))
            continue;
        const struct number is = {n->quantity, n->element};
        const char *label = report_label(v, q->a, is);
        const int fit = (int)text_fit(label, TITLE_CELLS);
        printf("%.*s%*s %11s %11s %11s\n", fit, label, TITLE_CELLS - text_width(arena_copy(q->a, label, (size_t)fit)), "", figure(q, is, n->was),
               figure(q, is, n->would), arena_printf(q->a, "%s%s", n->would > n->was ? "+" : "", figure(q, is, n->would - n->was)));
        shown++;
    }
    if (!shown)
        printf("Nothing comes out otherwise.\n");
    d = doc_new(q->a);
    doc_gap(d);
    if (q->refusals)
        doc_heading(d, "What could not be done any more, %d.", q->refusals);
    for (int i = 0; i < q->refusals; i++)
        doc_item(d, 0, "%s", q->refused[i]);
    doc_quiet(d, "The same seed and draws. All seats do what they did, as far as they can; whether they would have acted otherwise nobody knows.");
    doc_print(d, stdout, 0);
    fputc('\n', stdout);
}

static void print_json(const struct asked *q, const struct game *would)
{
    const struct program *p = q->s->p;
    struct json *doc = json_document(), *list = json_new_array(), *refused = json_new_array();
    json_set_text(doc, "game", q->s->name);
    json_set_text(doc, q->change.drop ? "drop" : "add", row_print(p, q->a, q->change.row));
    json_set_text(doc, "seat", p->seat[q->change.seat].name);
    json_set_whole(doc, "turn", q->change.turn + 1);
    json_set_whole(doc, "moment", view_turn(record_view(would)));
    for (int i = 0; i < q->count; i++) {
        const struct number_then *n = &q->at[i];
        const struct quantity *is = &p->quantity[n->quantity];
        struct json *one = json_new_object();
        json_set_text(one, "quantity", program_element_name(p, q->a, is->name, is->dims, is->dim, n->element));
        json_set_number(one, "was", n->was);
        json_set_number(one, "would_be", n->would);
        json_add(list, one);
    }
    for (int i = 0; i < q->refusals; i++)
        json_add_text(refused, q->refused[i]);
    json_set(doc, "numbers", list);
    json_set(doc, "refused", refused);
    json_print(doc, stdout);
    json_free(doc);
}

static int whatif(struct asked *q)
{
    struct replay r, changed;
    int exit;
    if (!find_change(q))
        return EXIT_USAGE;
    struct game *was = games_replay(q->a, q->s, &r, -1, &exit);
    if (!was)
        return exit;
    struct game *would = play_changed(q, &changed);
    if (!would)
        return EXIT_NO;
    if (!compare(q, was, would))
        return EXIT_USAGE;
    (q->given->value[JSON] ? print_json : print_text)(q, would);
    return EXIT_DONE;
}

int cmd_whatif(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("whatif", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("whatif", given.operands ? "one game at a time" : "of which game? `demarche list games` shows those saved");
    arena_init(&a, "whatif");
    if (games_open(&a, "whatif", given.operand[0], false, &s, &exit)) {
        struct asked *q = ARENA_NEW(&a, struct asked);
        *q = (struct asked){.a = &a, .s = &s, .given = &given};
        exit = whatif(q);
        store_close(s.store);
    }
    arena_done(&a);
    return exit;
}
