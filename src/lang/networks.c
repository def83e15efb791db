/* lang/networks.c — who is linked to whom: listed, from a file, or drawn once while the scenario is compiled.
 *
 * A drawn network hangs on the scenario's seed and on parameters at their values, never on a game's seed: every play and every run has
 * the same. Links are fixed, so neighbours(…) and clients(…) unroll to plain sums (emit.c), and degree and betweenness are numbers.
 */
#include <string.h>
#include "base/csv.h"
#include "base/rng.h"
#include "base/text.h"
#include "lang/model.h"

enum { MOST_LINKS = 100000, BETWEENNESS_MOST = 1500 };     /* the latter takes the cube of it */

int find_network(const struct model *m, const char *name)
{
    for (int i = 0; i < m->networks.count; i++)
        if (strcmp(m->networks.at[i].name, name) == 0)
            return i;
    return -1;
}

static int set_of(struct model *m, const struct node *n)
{
    if (!node_is_text(n))
        return -1;
    int const set = find_set(m, n->text);
    if (set < 0) {
        LIST_OF(const char *) all = {0};
        for (int i = 0; i < m->sets.count; i++)
            *LIST_ADD(m->a, all) = m->sets.at[i].name;
        const char *const near = text_nearest(n->text, all.at, all.count);
        diag_error(m->d, n->at, D_UNKNOWN_SET, "no set is called '%s'; %s", n->text, did_you_mean(m, near, "sets stand in `sets`"));
    }
    return set;
}

void declare_networks(struct model *m)
{
    const struct node *const map = node_get(m->root, "networks");
    for (int i = 0; map != NULL && map->kind == NODE_MAP && i < map->count; i++) {
        const struct node *const block = map->item[i], *const over = node_get(block, "over"), *const from = node_get(block, "from"), *const to = node_get(block, "to");
        struct network n = {.name = map->key[i]->text, .node = block, .key = map->key[i], .seed = 1};
        if (over == NULL && (from == NULL || to == NULL)) {
            diag_error(m->d, map->key[i]->at, D_BAD_NETWORK, "a network is over one set, or from one to another; add `over: set`");
            continue;
        }
        n.from = set_of(m, over != NULL ? over : from);
        n.to = set_of(m, over != NULL ? over : to);
        if (n.from >= 0 && n.to >= 0)
            *LIST_ADD(m->a, m->networks) = n;
    }
}

static void add_link(struct model *m, struct network *n, int from, int to, double weight)
{
    if (n->links.count < MOST_LINKS)
        *LIST_ADD(m->a, n->links) = (struct link){from, to, weight};
    else if (!n->full) {
        n->full = true;
        diag_error(m->d, n->key->at, D_TOO_BIG, "the network has more than %d links; make it smaller", MOST_LINKS);
    }
}

/* --- given ---------------------------------------------------------------------------------------------------------------------- */
static int element_named(struct model *m, int set, const char *name, struct span at, const char *where)
{
    int const element = find_element(m, set, name);
    if (element < 0) {
        const char *const near = text_nearest(name, m->sets.at[set].element, m->sets.at[set].count);
        diag_error(m->d, at, D_UNKNOWN_ELEMENT, "%sset '%s' has no element '%s'; %s", where, m->sets.at[set].name, name, did_you_mean(m, near, "its elements stand in `sets`"));
    }
    return element;
}

static void read_pairs(struct model *m, struct network *n, const struct node *list)
{
    for (int i = 0; i < list->count; i++) {
        const struct node *const pair = list->item[i];
        double weight = 1;
        if (pair->kind != NODE_LIST || pair->count < 2 || pair->count > 3 || !node_is_text(pair->item[0]) || !node_is_text(pair->item[1])) {
            diag_error(m->d, pair->at, D_BAD_NETWORK, "a link is two elements, perhaps with a weight, as [dalian, north_bank, 0.5]");
            continue;
        }
        int const from = element_named(m, n->from, pair->item[0]->text, pair->item[0]->at, ""), to = element_named(m, n->to, pair->item[1]->text, pair->item[1]->at, "");
        if (pair->count == 3)
            node_number(m, pair->item[2], &weight);
        if (from >= 0 && to >= 0)
            add_link(m, n, from, to, weight);
    }
}

static void read_links(struct model *m, struct network *n, const struct node *file)
{
    size_t length;
    const char *const text = file_beside(m, file->text, file->at, &length), *error;
    struct csv t;
    int line;
    if (text == NULL)
        return;
    if (!csv_read(&t, m->a, text, length, &error, &line)) {
        diag_error(m->d, file->at, D_BAD_DATA, "%s, line %d: %s", file->text, line, error);
        return;
    }
    int const from = csv_column(&t, "from"), to = csv_column(&t, "to"), weight = csv_column(&t, "weight");
    if (from < 0 || to < 0) {
        diag_error(m->d, file->at, D_BAD_DATA, "%s has no column '%s'; a file of links has the columns from, to and perhaps weight", file->text, from < 0 ? "from" : "to");
        return;
    }
    for (int r = 0; r < t.rows; r++) {
        const char *const *const cell = &t.cell[r * t.columns];
        const char *const where = arena_printf(m->a, "%s, line %d: ", file->text, t.line[r]);
        int const a = element_named(m, n->from, cell[from], file->at, where), b = element_named(m, n->to, cell[to], file->at, where);
        double w = 1;
        if (weight >= 0 && cell[weight][0] != '\0' && !text_to_number(cell[weight], strlen(cell[weight]), &w))
            diag_error(m->d, file->at, D_BAD_DATA, "%s'%s' is no number", where, cell[weight]);
        if (a >= 0 && b >= 0)
            add_link(m, n, a, b, w);
    }
}

/* --- drawn ------------------------------------------------------------------------------------------------------------------------- */
static double unit_at(const struct network *n, uint64_t count)
{
    struct rng r = rng_at(rng_key((uint64_t)n->seed, 0, text_hash(n->name), count));
    return rng_unit(&r);
}

static int choose(const double *weight, int count, double at)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += weight[i];
    double x = at * sum;
    for (int i = 0; i < count - 1; i++) {
        if (x < weight[i])
            return i;
        x -= weight[i];
    }
    return count - 1;
}

/* Each of the rest is the client of one of the first `hubs`, drawn by weight: one draw each, in the order of elements. */
static void draw_clients(struct model *m, struct network *n, int hubs, const double *weight)
{
    for (int i = hubs; i < m->sets.at[n->from].count; i++)
        add_link(m, n, i, choose(weight, hubs, unit_at(n, (uint64_t)i)), 1);
}

/* Preferential attachment (Barabasi and Albert 1999): each in turn links to `each` of those before it, likelier the more links they
 * have. Links go both ways. */
static void draw_preferential(struct model *m, struct network *n, int each)
{
    int const all = m->sets.at[n->from].count;
    double *const degree = ARENA_ARRAY(m->a, all + 1, double), *const open = ARENA_ARRAY(m->a, all + 1, double);
    for (int i = 1; i < all; i++) {
        for (int k = 0; k < i; k++)
            open[k] = degree[k] + 1;
        for (int j = 0; j < each && j < i; j++) {
            int const to = choose(open, i, unit_at(n, (uint64_t)i * 64 + (uint64_t)j));
            open[to] = 0;
            degree[to]++;
            degree[i]++;
            add_link(m, n, i, to, 1);
            add_link(m, n, to, i, 1);
        }
    }
}

/* "clients(10)": the word and its number. */
static bool drawn_by(struct model *m, const struct node *links, const char **word, int *number)
{
    const char *const open = strchr(links->text, '('), *const close = open != NULL ? strchr(open, ')') : NULL;
    long x = 0;
    if (close != NULL && close[1] == '\0' && text_to_long(open + 1, (size_t)(close - open - 1), &x)) {
        *word = arena_copy(m->a, links->text, (size_t)(open - links->text));
        *number = (int)x;
        if (x >= 1 && ((strcmp(*word, "clients") == 0 && x <= 10000) || (strcmp(*word, "preferential") == 0 && x <= 64)))
            return true;
    }
    diag_error(m->d, links->at, D_BAD_NETWORK, "links are clients(10), preferential(2), or a list of pairs, as [[a, b], [a, c]]");
    return false;
}

static const double *weights(struct model *m, const struct network *n, int hubs)
{
    double *const w = ARENA_ARRAY(m->a, hubs + 1, double);
    const struct node *const by = node_get(n->node, "by");
    for (int i = 0; i < hubs; i++)
        w[i] = 1;
    if (!node_is_text(by))
        return w;
    int const parameter = find_parameter(m, by->text), quantity = find_quantity(m, by->text);
    int const dims = parameter >= 0 ? m->parameters.at[parameter].dims : quantity >= 0 ? m->quantities.at[quantity].dims : 0;
    int const set = dims == 1 ? (parameter >= 0 ? m->parameters.at[parameter].dim[0] : m->quantities.at[quantity].dim[0]) : -1;
    if (set != n->from) {
        const char *const near = parameter < 0 && quantity < 0 ? nearest_name(m, by->text, false) : NULL;
        diag_error(m->d, by->at, D_BAD_NETWORK, "`by` names a parameter or quantity over '%s'; %s", m->sets.at[n->from].name, did_you_mean(m, near, "this is none"));
        return w;
    }
    for (int i = 0; i < hubs; i++) {
        bool sure = true;
        w[i] = parameter >= 0 ? parameter_at_value(m, parameter, i, &sure) : quantity_at_value(m, quantity, i, &sure);
        if (!sure || !(w[i] >= 0)) {
            diag_error(m->d, by->at, D_BAD_NETWORK, "'%s' cannot be worked out from parameters before the game, or is below 0; draw by something that can", by->text);
            w[i] = 1;
            break;
        }
    }
    return w;
}

static void draw_network(struct model *m, struct network *n, const struct node *links)
{
    const char *word;
    int number;
    const struct node *const seed = node_get(n->node, "seed");
    double x = 1;
    if (seed != NULL && node_number(m, seed, &x))
        n->seed = x >= -1e15 && x <= 1e15 ? (long)x : 1;
    if (x < -1e15 || x > 1e15)
        diag_error(m->d, seed->at, D_BAD_RANGE, "a seed is a whole number of at most fifteen digits");
    if (!drawn_by(m, links, &word, &number))
        return;
    if (n->from != n->to) {
        diag_error(m->d, links->at, D_BAD_NETWORK, "a network between two sets is listed or read from a file; only one over a set can be drawn");
        return;
    }
    int const all = m->sets.at[n->from].count, hubs = number < all ? number : all;
    if (strcmp(word, "preferential") == 0)
        draw_preferential(m, n, number);
    else
        draw_clients(m, n, hubs, weights(m, n, hubs));
}

/* --- what is known of it once ------------------------------------------------------------------------------------------------------------ */
static bool *linked_ways(struct model *m, const struct network *n)
{
    int const all = m->sets.at[n->from].count;
    bool *const linked = ARENA_ARRAY(m->a, (size_t)all * (size_t)all + 1, bool);
    for (int i = 0; i < n->links.count; i++)
        linked[n->links.at[i].from * all + n->links.at[i].to] = linked[n->links.at[i].to * all + n->links.at[i].from] = true;
    return linked;
}

/* How many an element is linked with, whichever way; between two sets, how many links begin at it. */
static double *degrees(struct model *m, const struct network *n, const bool *linked)
{
    int const all = m->sets.at[n->from].count;
    double *const degree = ARENA_ARRAY(m->a, all + 1, double);
    for (int i = 0; i < n->links.count && linked == NULL; i++)
        degree[n->links.at[i].from]++;
    for (int i = 0; i < all && linked != NULL; i++)
        for (int k = 0; k < all; k++)
            degree[i] += linked[i * all + k] && i != k;
    return degree;
}

/* Shortest paths through an element, links taken both ways, as a share of all pairs of others (Brandes 2001). */
static double *betweennesses(struct model *m, const struct network *n, const bool *linked)
{
    int const all = m->sets.at[n->from].count;
    double *const total = ARENA_ARRAY(m->a, all + 1, double), *const paths = ARENA_ARRAY(m->a, all + 1, double), *const gain = ARENA_ARRAY(m->a, all + 1, double);
    int *const distance = ARENA_ARRAY(m->a, all + 1, int), *const queue = ARENA_ARRAY(m->a, all + 1, int);
    for (int s = 0; s < all; s++) {
        for (int i = 0; i < all; i++)
            distance[i] = -1, paths[i] = gain[i] = 0;
        int head = 0, tail = 0;
        distance[s] = 0;
        paths[s] = 1;
        queue[tail++] = s;
        while (head < tail) {
            int const v = queue[head++];
            for (int w = 0; w < all; w++) {
                if (!linked[v * all + w] || w == v)
                    continue;
                if (distance[w] < 0) {
                    distance[w] = distance[v] + 1;
                    queue[tail++] = w;
                }
                if (distance[w] == distance[v] + 1)
                    paths[w] += paths[v];
            }
        }
        for (int k = tail - 1; k > 0; k--) {
            int const w = queue[k];
            for (int v = 0; v < all; v++)
                if (linked[v * all + w] && distance[v] == distance[w] - 1)
                    gain[v] += paths[v] / paths[w] * (1 + gain[w]);
            total[w] += gain[w];
        }
    }
    for (int i = 0; i < all && all > 2; i++)
        total[i] /= (double)(all - 1) * (all - 2);
    return total;
}

void build_networks(struct model *m)
{
    for (int i = 0; i < m->networks.count; i++) {
        struct network *const n = &m->networks.at[i];
        const struct node *const links = node_get(n->node, "links"), *const file = node_get(n->node, "file");
        if (node_truth(m, node_get(n->node, "redraw")))
            diag_error(m->d, node_get(n->node, "redraw")->at, D_LATER_KEY, "a network drawn anew in every game is known but not yet available in this version; leave it out for now");
        if (node_is_text(file))
            read_links(m, n, file);
        else if (links == NULL)
            diag_error(m->d, n->key->at, D_BAD_NETWORK, "a network has links: clients(10), preferential(2), a list of pairs, or a file");
        else if (links->kind == NODE_LIST)
            read_pairs(m, n, links);
        else if (links->kind == NODE_TEXT)
            draw_network(m, n, links);
        const bool *const linked = n->from == n->to ? linked_ways(m, n) : NULL;
        n->degree = degrees(m, n, linked);
        if (linked == NULL || !m->uses_betweenness)
            continue;
        int const members = m->sets.at[n->from].count;
        if (members > BETWEENNESS_MOST)
            diag_error(m->d, n->key->at, D_TOO_BIG, "betweenness is worked out for networks of at most %d; this one has %d", BETWEENNESS_MOST, members);
        n->betweenness = members > BETWEENNESS_MOST ? n->degree : betweennesses(m, n, linked);
    }
    struct network_map *const map = ARENA_ARRAY(m->a, m->networks.count + 1, struct network_map);
    for (int i = 0; i < m->networks.count; i++) {                    /* for pages */
        const struct network *const n = &m->networks.at[i];
        struct network_link *const link = ARENA_ARRAY(m->a, n->links.count + 1, struct network_link);
        for (int k = 0; k < n->links.count; k++)
            link[k] = (struct network_link){n->links.at[k].from, n->links.at[k].to, n->links.at[k].weight};
        map[i] = (struct network_map){n->name, n->from, n->to, link, n->links.count};
    }
    m->p->network = map;
    m->p->networks = m->networks.count;
}
