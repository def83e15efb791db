/* page/report_map.c — who is linked with whom: the networks of a scenario as one map, with what the seat sees of each place on it.
 * Links are the scenario's and known to all; sizes and what is barred are as the seat sees them. */
#include "page/report_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { PER_ROW = 14, HEAVIEST = 6, LINKED_SHOWN = 6, NETWORK_SETS = 16 };

struct map {
    struct doc *d; struct arena *a; const struct view *v; const struct program *p;
    int set[NETWORK_SETS], sets;                    /* those that a network is over */
    int *first;                                     /* [sets] of the map's nodes */
    struct doc_node *node; double *weight; struct number *sized; int *degree; int nodes;
    struct doc_link *link; int links;
};

static int place_of_set(const struct map *m, int set)
{
    for (int i = 0; i < m->sets; i++)
        if (m->set[i] == set)
            return i;
    return -1;
}

static void add_set(struct map *m, int set)
{
    if (place_of_set(m, set) < 0 && m->sets < NETWORK_SETS)
        m->set[m->sets++] = set;
}

/* The number that says how heavy an element is: the first over the set that the scenario groups or charts, and the seat sees. */
static int sized_by(const struct map *m, int set)
{
    for (int q = 0; q < m->p->quantities; q++) {
        const struct quantity *is = &m->p->quantity[q];
        if (is->dims == 1 && is->dim[0] == set && is->kind != Q_SWITCH && (is->charted || is->group) && view_value(m->v, q, 0, view_turn(m->v)).known)
            return q;
    }
    return -1;
}

static bool barred(const struct map *m, int set, int element)
{
    for (int i = 0; i < m->p->moves; i++) {
        const struct move *is = &m->p->move[i];
        if (!is->measure || is->target != set)
            continue;
        const enum stage stage = view_measure(m->v, i, element).stage;
        if (stage == STAGE_IMPOSED || stage == STAGE_ENFORCED)
            return true;
    }
    return false;
}

static void add_nodes(struct map *m)
{
    int count = 0;
    for (int i = 0; i < m->sets; i++)
        count += m->p->set[m->set[i]].count;
    m->first = ARENA_ARRAY(m->a, m->sets + 1, int);
    m->node = ARENA_ARRAY(m->a, count + 1, struct doc_node);
    m->weight = ARENA_ARRAY(m->a, count + 1, double);
    m->sized = ARENA_ARRAY(m->a, count + 1, struct number);
    m->degree = ARENA_ARRAY(m->a, count + 1, int);
    for (int i = 0; i < m->sets; i++) {
        const struct set *set = &m->p->set[m->set[i]];
        const int by = sized_by(m, m->set[i]);
        double most = 0;
        m->first[i] = m->nodes;
        for (int e = 0; e < set->count; e++) {
            const struct seen_value s = by >= 0 ? view_value(m->v, by, e, view_turn(m->v)) : (struct seen_value){0};
            m->weight[m->nodes + e] = s.known ? fabs(s.value) : 0;
            m->sized[m->nodes + e] = (struct number){by, e};
            most = fmax(most, m->weight[m->nodes + e]);
        }
        for (int e = 0; e < set->count; e++, m->nodes++)
            m->node[m->nodes] = (struct doc_node){.name = words_plain(m->a, set->element[e]), .layer = -1, .size = most > 0 ? m->weight[m->nodes] / most : 0,
                                                  .barred = barred(m, m->set[i], e)};
    }
}

static void add_links(struct map *m)
{
    int count = 0;
    for (int i = 0; i < m->p->networks; i++)
        count += m->p->network[i].links;
    m->link = ARENA_ARRAY(m->a, count + 1, struct doc_link);
    for (int i = 0; i < m->p->networks; i++) {
        const struct network_map *n = &m->p->network[i];
        const int from = place_of_set(m, n->from), to = place_of_set(m, n->to);
        for (int k = 0; k < n->links && from >= 0 && to >= 0; k++) {
            const struct doc_link link = {m->first[from] + n->link[k].from, m->first[to] + n->link[k].to, n->link[k].weight};
            bool known = link.from == link.to;
            for (int o = 0; o < m->links && !known; o++)             /* drawn once, whichever way it was written */
                known = (m->link[o].from == link.from && m->link[o].to == link.to) || (m->link[o].from == link.to && m->link[o].to == link.from);
            if (known)
                continue;
            m->link[m->links++] = link;
            if (n->from == n->to)
                m->degree[link.from]++, m->degree[link.to]++;
        }
    }
}

/* Rows from above: a set that others lead to stands higher; of a set linked within itself the few with many links stand above the rest. */
static void set_layers(struct map *m)
{
    int rank[NETWORK_SETS] = {0}, layer = 0;
    for (int pass = 0; pass < m->sets; pass++)
        for (int i = 0; i < m->p->networks; i++) {
            const int from = place_of_set(m, m->p->network[i].from), to = place_of_set(m, m->p->network[i].to);
            if (from != to && from >= 0 && to >= 0 && rank[from] <= rank[to] && rank[to] < m->sets)
                rank[from] = rank[to] + 1;
        }
    for (int r = 0; r <= m->sets; r++)
        for (int i = 0; i < m->sets; i++) {
            const int count = m->p->set[m->set[i]].count, first = m->first[i];
            int hubs = 0;
            if (rank[i] != r)
                continue;
            for (int e = 0; e < count; e++)
                hubs += m->degree[first + e] > 1;
            const bool split = hubs > 0 && 2 * hubs <= count && count > 3;
            for (int e = 0; e < count; e++)
                m->node[first + e].layer = layer + (split && m->degree[first + e] <= 1);
            layer += 1 + split;
        }
    int in_layer[2 * NETWORK_SETS + 2] = {0};
    bool wide = layer < 2;                                           /* one row says less than a free map; too many in a row cannot be read */
    for (int i = 0; i < m->nodes; i++)
        wide = ++in_layer[m->node[i].layer] > PER_ROW || wide;
    for (int i = 0; i < m->nodes && wide; i++)
        m->node[i].layer = -1;
}

/* In a free map who is linked with nobody would only take room. */
static struct doc_network drawn_of(const struct map *m, int rows, int *left_out)
{
    int *at = ARENA_ARRAY(m->a, m->nodes + 1, int), count = 0;
    bool *linked = ARENA_ARRAY(m->a, m->nodes + 1, bool);
    struct doc_node *node = ARENA_ARRAY(m->a, m->nodes + 1, struct doc_node);
    struct doc_link *link = ARENA_ARRAY(m->a, m->links + 1, struct doc_link);
    for (int k = 0; k < m->links; k++)
        linked[m->link[k].from] = linked[m->link[k].to] = true;
    for (int i = 0; i < m->nodes; i++)
        if (linked[i] || m->node[i].layer >= 0) {
            at[i] = count;
            node[count++] = m->node[i];
        }
    for (int k = 0; k < m->links; k++)
        link[k] = (struct doc_link){at[m->link[k].from], at[m->link[k].to], m->link[k].weight};
    *left_out = m->nodes - count;
    return (struct doc_network){node, count, link, m->links, rows};
}

static const char *linked_with(const struct map *m, int node)
{
    struct text t;
    int count = 0;
    text_init(&t, m->a);
    for (int k = 0; k < m->links; k++)
        if (m->link[k].from == node || m->link[k].to == node) {
            if (count < LINKED_SHOWN)
                text_addf(&t, "%s%s", count ? ", " : "", m->node[m->link[k].from == node ? m->link[k].to : m->link[k].from].name);
            count++;
        }
    if (count > LINKED_SHOWN)
        text_addf(&t, " and %d more", count - LINKED_SHOWN);
    return count ? t.at : "nobody";
}

static void heaviest(const struct map *m, int place, bool drawn)
{
    const struct set *set = &m->p->set[m->set[place]];
    const int first = m->first[place], by = m->sized[first].quantity;
    int order[HEAVIEST], count = 0;
    for (int e = 0; e < set->count; e++) {
        int at = count < HEAVIEST ? count : HEAVIEST;
        while (at > 0 && m->weight[first + order[at - 1]] < m->weight[first + e]) {
            if (at < HEAVIEST)
                order[at] = order[at - 1];
            at--;
        }
        if (at < HEAVIEST) {
            order[at] = e;
            count += count < HEAVIEST;
        }
    }
    doc_gap(m->d);
    doc_heading(m->d, "%s, %s of %d", words_upper(m->a, words_plain(m->a, set->name)), count < set->count ? arena_printf(m->a, "%d", count) : "all", set->count);
    if (by >= 0)
        doc_quiet(m->d, "By %s, as you see it.", words_named(m->p, m->a, words_number(m->p, m->a, (struct number){by, -1})));
    struct doc_bar *bar = ARENA_ARRAY(m->a, count + 1, struct doc_bar);
    for (int i = 0; i < count; i++) {
        const int node = first + order[i];
        const char *amount = by < 0 ? "" : report_figure(m->p, m->a, m->sized[node], view_value(m->v, by, order[i], view_turn(m->v)));
        bar[i] = (struct doc_bar){arena_printf(m->a, "%s%s", m->node[node].name, m->node[node].barred ? ", barred" : ""), amount, NULL, NULL, m->weight[node]};
        if (!drawn)
            doc_item(m->d, i + 1, "%s%s%s%s. Linked with %s.", m->node[node].name, *amount ? ": " : "", amount, m->node[node].barred ? ", barred" : "", linked_with(m, node));
    }
    if (drawn && by >= 0)
        doc_bars(m->d, &(struct doc_bars){.bar = bar, .bars = count});
}

static struct map map_of(struct doc *d, const struct view *v)
{
    struct map m = {.d = d, .a = doc_arena(d), .v = v, .p = view_program(v)};
    for (int i = 0; i < m.p->networks; i++) {
        add_set(&m, m.p->network[i].to);
        add_set(&m, m.p->network[i].from);
    }
    add_nodes(&m);
    add_links(&m);
    set_layers(&m);
    return m;
}

void report_map(struct doc *d, const struct view *v, int rows)
{
    const struct map m = map_of(d, v);
    int left_out;
    const struct doc_network drawn = drawn_of(&m, rows, &left_out);
    if (drawn.nodes > 0)
        doc_network(d, &drawn);
}

void report_network(struct doc *d, const struct view *v, bool drawn)
{
    const struct map m = map_of(d, v);
    if (m.nodes == 0) {
        doc_text(d, "This scenario has no network.");
        return;
    }
    int most = 0;
    struct text t;
    text_init(&t, m.a);
    for (int i = 0; i < m.sets; i++)
        text_addf(&t, "%s%d in '%s'", i ? ", " : "", m.p->set[m.set[i]].count, words_plain(m.a, m.p->set[m.set[i]].name));
    for (int i = 0; i < m.nodes; i++)
        most = m.degree[i] > m.degree[most] ? i : most;
    doc_heading(d, "Who is linked with whom: %s; %s.", t.at, words_count(m.a, m.links, "link", "links"));
    if (drawn) {
        int left_out;
        const struct doc_network is = drawn_of(&m, 0, &left_out);
        if (is.nodes > 0)
            doc_network(d, &is);
        doc_quiet(d, "The more blocks, the heavier, as you see it; x: barred.%s", left_out ? " Who is linked with nobody is left out." : "");
    }
    if (m.degree[most] > 1)
        doc_text(d, "Most links within its kind: %s, with %s.", m.node[most].name, linked_with(&m, most));
    for (int i = 0; i < m.sets; i++)
        heaviest(&m, i, drawn);
    doc_gap(d);
    doc_quiet(d, "The links are the scenario's and the same in every game. The map does not tell what happens when one place on it is closed: trade moves.");
}
