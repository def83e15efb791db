/* cli/sources.c — `demarche sources`: every number of a scenario with its evidence, and sources that nothing rests on.
 * One list of rows feeds text, CSV and JSON alike. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "code/program.h"

enum { JSON, CSV, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [JSON] = {"json", 0, "", "as JSON"},
    [CSV] = {"csv", 0, "", "as CSV with a line of headings, one row a number"},
};

struct fact { const char *kind, *name, *unit, *value, *low, *high, *evidence, *says, *contested, *place; };
typedef LIST_OF(struct fact) facts;

/* Fifteen digits give back whatever was written; the sixteenth would only tell of a range worked out from a percentage. */
static const char *number(struct arena *a, double x)
{
    enum { DIGITS = 15 };
    char text[NUMBER_TEXT];
    return arena_text(a, text_short(x, DIGITS, text));
}

static struct fact fact_of(struct arena *a, const struct program *p, const char *kind, const char *name, const struct evidence *e, const char *path, int line)
{
    struct fact f = {.kind = kind, .name = name, .unit = "", .value = "", .low = "", .high = "", .evidence = "none", .says = "", .contested = "",
                     .place = path ? arena_printf(a, "%s:%d", path, line) : ""};
    if (e->source >= 0 && e->source < p->citeds) {
        f.evidence = "source";
        f.says = p->cited[e->source].id;
    } else if (e->tuned) {
        f.evidence = "tuned";
        f.says = e->tuned;
    } else if (e->judgement) {
        f.evidence = "judgement";
        f.says = e->judgement;
    }
    if (e->source >= 0 && e->judgement)
        f.says = arena_printf(a, "%s; judgement: %s", f.says, e->judgement);
    if (e->contested)
        f.contested = e->contested;
    return f;
}

static void add_parameter(struct arena *a, const struct program *p, const struct parameter *q, facts *list)
{
    for (int i = 0; i < q->count; i++) {
        const char *name = q->hidden_of ? arena_printf(a, "range of %s", q->hidden_of) : program_element_name(p, a, q->name, q->dims, q->dim, i);
        struct fact f = fact_of(a, p, "parameter", name, &q->evidence, q->path, q->line);
        f.unit = q->unit ? q->unit : "";
        if (q->prior == PRIOR_COMPUTED) {
            f.value = "worked out";
            *LIST_ADD(a, *list) = f;
            return;
        }
        f.value = number(a, q->element[i].value);
        if (q->prior != PRIOR_NONE) {
            f.low = number(a, q->element[i].low);
            f.high = number(a, q->element[i].high);
        }
        *LIST_ADD(a, *list) = f;
    }
}

static bool has_evidence(const struct evidence *e)
{
    return e->source >= 0 || e->judgement || e->tuned || e->contested;
}

/* Parameters all; of the rest what carries evidence of its own, and moves and events that do something always. */
static facts collect(struct arena *a, const struct program *p)
{
    facts list = {0};
    for (int i = 0; i < p->parameters; i++)
        add_parameter(a, p, &p->parameter[i], &list);
    for (int i = 0; i < p->quantities; i++)
        if (has_evidence(&p->quantity[i].evidence)) {
            struct fact f = fact_of(a, p, "quantity", p->quantity[i].name, &p->quantity[i].evidence, p->quantity[i].path, p->quantity[i].line);
            f.unit = p->quantity[i].unit ? p->quantity[i].unit : "";
            *LIST_ADD(a, list) = f;
        }
    for (int i = 0; i < p->moves; i++)
        *LIST_ADD(a, list) = fact_of(a, p, "move", p->move[i].name, &p->move[i].evidence, p->move[i].path, p->move[i].line);
    for (int i = 0; i < p->events; i++)
        if (p->event[i].effects.count || has_evidence(&p->event[i].evidence))
            *LIST_ADD(a, list) = fact_of(a, p, "event", p->event[i].name, &p->event[i].evidence, p->event[i].path, p->event[i].line);
    for (int i = 0; i < p->claims; i++)
        if (has_evidence(&p->claim[i].evidence))
            *LIST_ADD(a, list) = fact_of(a, p, "claim", p->claim[i].name, &p->claim[i].evidence, p->claim[i].path, p->claim[i].line);
    return list;
}

static int uses(const struct program *p, int source)
{
    int count = 0;
    for (int i = 0; i < p->parameters; i++)
        count += p->parameter[i].evidence.source == source;
    for (int i = 0; i < p->quantities; i++)
        count += p->quantity[i].evidence.source == source;
    for (int i = 0; i < p->moves; i++)
        count += p->move[i].evidence.source == source;
    for (int i = 0; i < p->events; i++)
        count += p->event[i].evidence.source == source;
    for (int i = 0; i < p->claims; i++)
        count += p->claim[i].evidence.source == source;
    return count;
}

static void print_text(const struct program *p, const facts *list)
{
    int without = 0;
    for (int i = 0; i < list->count; i++) {
        const struct fact *f = &list->at[i];
        char value[128] = "";
        if (*f->low)
            snprintf(value, sizeof value, " = %s (%s to %s)", f->value, f->low, f->high);
        else if (*f->value)
            snprintf(value, sizeof value, " = %s", f->value);
        printf("%-9s %s%s%s%s: %s%s%s", f->kind, f->name, value, *f->unit ? " " : "", f->unit, f->evidence, *f->says ? ": " : "", f->says);
        printf("%s%s\n", *f->contested ? "; contested: " : "", f->contested);
        without += strcmp(f->evidence, "none") == 0;
    }
    printf("\n%d entries, %d without evidence.\n\nSources, %d.\n", list->count, without, p->citeds);
    for (int i = 0; i < p->citeds; i++) {
        const struct cited *c = &p->cited[i];
        int count = uses(p, i);
        printf("%-16s %s%s%s%s%s. ", c->id, c->title ? c->title : "", c->author ? ", " : "", c->author ? c->author : "", c->date ? ", " : "",
               c->date ? c->date : "");
        if (count)
            printf("Used %d time%s.\n", count, count == 1 ? "" : "s");
        else
            printf("Never used.\n");
    }
}

static void print_csv(struct arena *a, const facts *list)
{
    puts("kind,name,unit,value,low,high,evidence,says,contested,place");
    for (int i = 0; i < list->count; i++) {
        const struct fact *f = &list->at[i];
        const char *cell[] = {f->kind, f->name, f->unit, f->value, f->low, f->high, f->evidence, f->says, f->contested, f->place};
        struct text t;
        text_init(&t, a);
        for (size_t k = 0; k < sizeof cell / sizeof *cell; k++) {
            if (k)
                text_add(&t, ",");
            csv_quote(&t, cell[k]);
        }
        puts(t.at);
    }
}

static void set_number(struct json *one, const char *key, const char *text)
{
    double x;
    if (text_to_number(text, strlen(text), &x))
        json_set_number(one, key, x);
    else
        json_set_text(one, key, NULL);
}

static void print_json(const struct program *p, const facts *list)
{
    struct json *doc = json_document(), *numbers = json_new_array(), *cited = json_new_array();
    json_set_text(doc, "scenario", p->id);
    for (int i = 0; i < list->count; i++) {
        const struct fact *f = &list->at[i];
        struct json *one = json_new_object();
        json_set_text(one, "kind", f->kind);
        json_set_text(one, "name", f->name);
        json_set_text(one, "unit", f->unit);
        set_number(one, "value", f->value);
        set_number(one, "low", f->low);
        set_number(one, "high", f->high);
        json_set_text(one, "evidence", f->evidence);
        json_set_text(one, "says", *f->says ? f->says : NULL);
        json_set_text(one, "contested", *f->contested ? f->contested : NULL);
        json_set_text(one, "place", *f->place ? f->place : NULL);
        json_add(numbers, one);
    }
    for (int i = 0; i < p->citeds; i++) {
        const struct cited *c = &p->cited[i];
        struct json *one = json_new_object();
        json_set_text(one, "id", c->id);
        json_set_text(one, "title", c->title);
        json_set_text(one, "author", c->author);
        json_set_text(one, "date", c->date);
        json_set_text(one, "where", c->where);
        json_set_whole(one, "used", uses(p, i));
        json_add(cited, one);
    }
    json_set(doc, "numbers", numbers);
    json_set(doc, "sources", cited);
    json_print(doc, stdout);
    json_free(doc);
}

int cmd_sources(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("sources", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("sources", "of which scenario? For example: demarche sources restraint-2017");
    if (given.value[JSON] && given.value[CSV])
        return cli_usage("sources", "--json or --csv, not both");
    arena_init(&a, "sources");
    const struct program *p = cli_load(&a, given.operand[0], false, &exit);
    if (p) {
        facts list = collect(&a, p);
        if (given.value[JSON])
            print_json(p, &list);
        else if (given.value[CSV])
            print_csv(&a, &list);
        else
            print_text(p, &list);
    }
    arena_done(&a);
    return exit;
}
