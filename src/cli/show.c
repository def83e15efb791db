/* cli/show.c — `demarche show SCENARIO[/[KIND/]NAME]`: one thing of a scenario as the game itself shows it.
 * The scenario may be a path with slashes, so KIND/NAME is looked for from the right. Without a kind, everything of that name is shown. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/seating.h"
#include "page/report.h"

enum { LONG, JSON, OPTIONS };
enum { NAMES_MOST = 4096 };
static const struct option_row rows[OPTIONS] = {
    [LONG] = {"long", 0, "", "the long form of a seat's brief"},
    [JSON] = {"json", 0, "", "as JSON"},
};

enum kind { KIND_SCENARIO, KIND_SEAT, KIND_MOVE, KIND_QUANTITY, KIND_PARAMETER, KIND_SOURCE, KIND_WORD, KINDS };
static const char *const kind_names[KINDS] = {"scenario", "seat", "move", "quantity", "parameter", "source", "word"};

struct item { const char *scenario, *name; enum kind kind; };    /* KINDS: whatever has the name */

static int kind_of(const char *word)
{
    for (int i = 1; i < KINDS; i++)
        if (strcmp(kind_names[i], word) == 0)
            return i;
    return -1;
}

/* False after a message. */
static bool split(struct arena *a, const char *text, struct item *item)
{
    char *copy = arena_text(a, text), *last = strrchr(copy, '/');
    *item = (struct item){.scenario = copy, .kind = KIND_SCENARIO};
    if (!last || os_is_folder(text) || os_is_file(text))
        return true;
    *last = '\0';
    char *before = strrchr(copy, '/');
    int kind = before ? kind_of(before + 1) : -1;
    if (kind > 0) {
        *before = '\0';
        item->kind = (enum kind)kind;
        item->name = last + 1;
        return true;
    }
    if (kind_of(last + 1) > 0) {
        cli_usage("show", "which %s? Add its name: demarche show %s/%s/NAME", last + 1, copy, last + 1);
        return false;
    }
    if (before && !os_is_folder(copy) && !os_is_file(copy)) {
        const char *near = text_nearest(before + 1, kind_names + 1, KINDS - 1);
        if (near)
            cli_usage("show", "there is no kind '%s'; did you mean '%s'?", before + 1, near);
        else
            cli_usage("show", "there is no kind '%s'; there are seat, move, quantity, parameter, source and word", before + 1);
        return false;
    }
    if (last[1] && (!os_is_folder(copy) || os_is_file(os_join(a, copy, "scenario.yaml")))) {
        item->kind = KINDS;
        item->name = last + 1;
        return true;
    }
    *last = '/';
    return true;
}

static void show_scenario(struct doc *d, struct arena *a, const struct program *p)
{
    doc_title(d, "%s", p->title ? p->title : p->id);
    if (p->summary)
        doc_text(d, "%s", p->summary);
    if (p->length)
        doc_text(d, "It takes %s.", p->length);
    doc_text(d, "It begins in %s and has %d turns.", program_date_long(p, a, p->time.start), p->time.turns);
    if (p->seats) {
        doc_gap(d);
        doc_heading(d, "Seats, %d.", p->seats);
        for (int i = 0; i < p->seats; i++)
            doc_item(d, i + 1, "%s (%s).", p->seat[i].title ? p->seat[i].title : p->seat[i].name, p->seat[i].name);
    }
    if (p->openings) {
        doc_gap(d);
        doc_heading(d, "Other places to begin, %d.", p->openings);
        for (int i = 0; i < p->openings; i++)
            doc_item(d, i + 1, "%s: %s.", p->opening[i].name, p->opening[i].title ? p->opening[i].title : p->opening[i].name);
    }
    if (p->moves) {
        doc_gap(d);
        doc_heading(d, "Moves, %d.", p->moves);
        for (int i = 0; i < p->moves; i++)
            doc_item(d, i + 1, "%s: %s.", p->move[i].name, p->move[i].title ? p->move[i].title : p->move[i].name);
    }
    if (p->not_claimeds) {
        doc_gap(d);
        doc_heading(d, "What it never claims to know, %d.", p->not_claimeds);
        for (int i = 0; i < p->not_claimeds; i++)
            doc_item(d, i + 1, "%s", p->not_claimed[i]);
    }
    if (p->authors)
        doc_quiet(d, "By %s%s%s.", p->authors, p->license ? ", " : "", p->license ? p->license : "");
}

/* Adds the names of a kind to a list with room. */
static int names_of(const struct program *p, enum kind kind, const char **known, int count)
{
    switch (kind) {
    case KIND_SEAT:      for (int i = 0; i < p->seats && count < NAMES_MOST; i++) known[count++] = p->seat[i].name; break;
    case KIND_MOVE:      for (int i = 0; i < p->moves && count < NAMES_MOST; i++) known[count++] = p->move[i].name; break;
    case KIND_QUANTITY:  for (int i = 0; i < p->quantities && count < NAMES_MOST; i++) known[count++] = p->quantity[i].name; break;
    case KIND_PARAMETER: for (int i = 0; i < p->parameters && count < NAMES_MOST; i++) known[count++] = p->parameter[i].name; break;
    case KIND_SOURCE:    for (int i = 0; i < p->citeds && count < NAMES_MOST; i++) known[count++] = p->cited[i].id; break;
    case KIND_WORD:      for (int i = 0; i < p->words && count < NAMES_MOST; i++) known[count++] = p->word[i].word; break;
    case KIND_SCENARIO:
    case KINDS:          break;
    }
    return count;
}

static int not_found(const struct program *p, const struct item *item)
{
    const char *known[NAMES_MOST], *what = item->kind == KINDS ? "seat, move, number, source or word" : kind_names[item->kind];
    int count = 0;
    for (int kind = KIND_SEAT; kind < KINDS; kind++)
        if (item->kind == KINDS || (int)item->kind == kind)
            count = names_of(p, (enum kind)kind, known, count);
    const char *near = text_nearest(item->name, known, count);
    if (near)
        return cli_usage("show", "there is no %s '%s' in %s; did you mean '%s'?", what, item->name, p->id, near);
    return cli_usage("show", "there is no %s '%s' in %s; `demarche show %s` lists what it has", what, item->name, p->id,
                     item->scenario);
}

static bool is_known(const struct program *p, const struct item *item)
{
    switch (item->kind) {
    case KIND_SCENARIO:  return true;
    case KIND_SEAT:      return program_seat(p, item->name) >= 0;
    case KIND_MOVE:      return program_move(p, item->name) >= 0;
    case KIND_QUANTITY:  return program_quantity(p, item->name) >= 0;
    case KIND_PARAMETER: return program_parameter(p, item->name) >= 0;
    case KIND_SOURCE:
        for (int i = 0; i < p->citeds; i++)
            if (strcmp(p->cited[i].id, item->name) == 0)
                return true;
        return false;
    case KIND_WORD:
        for (int i = 0; i < p->words; i++)
            if (text_same(p->word[i].word, item->name))
                return true;
        return false;
    case KINDS:
        for (int kind = KIND_SEAT; kind < KINDS; kind++)
            if (is_known(p, &(struct item){item->scenario, item->name, (enum kind)kind}))
                return true;
        return false;
    }
    return false;
}

static bool fill(struct doc *d, struct arena *a, const struct program *p, const struct item *item, bool long_form)
{
    int at;
    const struct view *v;
    switch (item->kind) {
    case KIND_SCENARIO:
        show_scenario(d, a, p);
        return true;
    case KIND_SEAT:
        v = seating_glance(a, p, program_seat(p, item->name));
        if (v)
            report_brief(d, v, long_form);
        return v != NULL;
    case KIND_MOVE:
        at = program_move(p, item->name);
        v = seating_glance(a, p, p->move[at].seat);
        if (v)
            report_move(d, v, at);
        return v != NULL;
    case KIND_QUANTITY:
    case KIND_PARAMETER:
    case KIND_SOURCE:
        report_source(d, p, item->name);
        return true;
    case KIND_WORD:
        report_word(d, p, item->name);
        return true;
    case KINDS:
        break;
    }
    return false;
}

static void print_json(const struct program *p, struct arena *a, const struct item *item, const struct doc *d)
{
    struct json *doc = json_document(), *lines = json_new_array();
    const struct doc_line *line;
    int count = doc_lines(d, a, 10000, &line);
    json_set_text(doc, "scenario", p->id);
    json_set_text(doc, "kind", kind_names[item->kind]);
    json_set_text(doc, "name", item->name ? item->name : p->id);
    for (int i = 0; i < count; i++)
        if (*line[i].text)
            json_add_text(lines, line[i].text);
    json_set(doc, "text", lines);
    json_print(doc, stdout);
    json_free(doc);
}

/* The item, or everything that has its name if no kind was given: first the thing itself, then the word for it. Its kind is known then. */
static bool fill_all(struct doc *d, struct arena *a, const struct program *p, struct item *item, bool long_form)
{
    enum kind first = item->kind;
    bool fine = true;
    if (item->kind != KINDS)
        return fill(d, a, p, item, long_form);
    for (int kind = KIND_SEAT; kind < KINDS && fine; kind++) {
        struct item one = {item->scenario, item->name, (enum kind)kind};
        if (!is_known(p, &one))
            continue;
        if (first == KINDS)
            first = one.kind;
        else
            doc_gap(d);
        fine = fill(d, a, p, &one, long_form);
    }
    item->kind = first;
    return fine;
}

int cmd_show(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct item item;
    int exit;
    if (!cli_parse("show", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("show", "show what? For example: demarche show restraint-2017/seat/us");
    arena_init(&a, "show");
    exit = EXIT_USAGE;
    if (split(&a, given.operand[0], &item)) {
        const struct program *p = cli_load(&a, item.scenario, false, &exit);
        if (p && !is_known(p, &item)) {
            exit = not_found(p, &item);
        } else if (p) {
            struct doc *d = doc_new(&a);
            if (!fill_all(d, &a, p, &item, given.value[LONG] != NULL))
                exit = EXIT_NO;
            else if (given.value[JSON])
                print_json(p, &a, &item, d);
            else
                doc_print(d, stdout, 0);
        }
    }
    arena_done(&a);
    return exit;
}
