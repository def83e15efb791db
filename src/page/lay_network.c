/* page/lay_network.c — who is linked with whom, as a map. Places are worked out by +, -, *, / and square roots alone, so that the same map
 * comes out everywhere: nodes with a layer stand in rows, others push one another off and are drawn together by their links. */
#include "page/doc_private.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { STEPS = 200, STEPS_OF_MANY = 40, FEW = 40, MANY = 150, MAP_ROWS = 16, NAME_LEAST = 4 };

static int layers_of(const struct doc_network *n)
{
    int most = -1;
    for (int i = 0; i < n->nodes; i++)
        most = n->node[i].layer > most ? n->node[i].layer : most;
    return most + 1;
}

/* Where the links of a node draw it: the middle of those it is linked with; itself if there are none. */
static double pulled_to(const struct doc_network *n, const struct place *place, int node)
{
    double sum = 0;
    int count = 0;
    for (int k = 0; k < n->links; k++)
        if (n->link[k].from == node || n->link[k].to == node) {
            sum += place[n->link[k].from == node ? n->link[k].to : n->link[k].from].x;
            count++;
        }
    return count ? sum / count : place[node].x;
}

/* Rows: each is ordered by where its links lead, so that few of them cross; then spread evenly. */
static void place_rows(struct arena *a, const struct doc_network *n, struct place *place, int layers)
{
    int *order = ARENA_ARRAY(a, n->nodes + 1, int);
    double *pull = ARENA_ARRAY(a, n->nodes + 1, double);
    for (int pass = 0; pass < 8; pass++)
        for (int layer = 0; layer < layers; layer++) {
            int count = 0;
            for (int i = 0; i < n->nodes; i++)
                if (n->node[i].layer == layer) {
                    pull[i] = pass ? pulled_to(n, place, i) : 0;
                    int at = count++;
                    for (; at > 0 && pull[order[at - 1]] > pull[i]; at--)
                        order[at] = order[at - 1];
                    order[at] = i;
                }
            for (int k = 0; k < count; k++)
                place[order[k]] = (struct place){(k + 0.5) / count, layers > 1 ? (double)layer / (layers - 1) : 0.5};
        }
}

static void place_freely(struct arena *a, const struct doc_network *n, struct place *place)
{
    struct place *push = ARENA_ARRAY(a, n->nodes + 1, struct place);
    const double apart = 1 / sqrt(n->nodes);
    for (int i = 0; i < n->nodes; i++) {                             /* a spiral of squares: no two at one place */
        const int ring = (int)sqrt(i);
        place[i] = (struct place){0.5 + 0.1 * ring * ((i % 2) ? 1 : -1) + 0.013 * i, 0.5 + 0.1 * ring * ((i / 2 % 2) ? 1 : -1) + 0.007 * i};
    }
    const int steps = n->nodes <= FEW ? STEPS : n->nodes <= MANY ? STEPS_OF_MANY : 0;         /* a map of more is a cloud, and would take its time */
    for (int step = 0; step < steps; step++) {
        const double most = 0.1 * (steps - step) / steps;
        memset(push, 0, (size_t)n->nodes * sizeof *push);
        for (int i = 0; i < n->nodes; i++)
            for (int k = 0; k < n->nodes; k++) {
                const double dx = place[i].x - place[k].x, dy = place[i].y - place[k].y, d2 = dx * dx + dy * dy + 1e-9;
                push[i].x += k == i ? 0 : dx / d2 * apart * apart;
                push[i].y += k == i ? 0 : dy / d2 * apart * apart;
            }
        for (int i = 0; i < n->nodes; i++) {                         /* a pull to the middle, or what hangs together loosely drifts to the rim */
            push[i].x += (0.5 - place[i].x) * 0.4;
            push[i].y += (0.5 - place[i].y) * 0.4;
        }
        for (int k = 0; k < n->links; k++) {
            const int i = n->link[k].from, o = n->link[k].to;
            const double dx = place[i].x - place[o].x, dy = place[i].y - place[o].y, d = sqrt(dx * dx + dy * dy + 1e-9) / apart;
            push[i].x -= dx * d, push[i].y -= dy * d, push[o].x += dx * d, push[o].y += dy * d;
        }
        for (int i = 0; i < n->nodes; i++) {
            const double length = sqrt(push[i].x * push[i].x + push[i].y * push[i].y + 1e-12), cut = length > most ? most / length : 1;
            place[i].x += push[i].x * cut;
            place[i].y += push[i].y * cut;
        }
    }
    struct place low = place[0], high = place[0];
    for (int i = 0; i < n->nodes; i++) {
        low = (struct place){fmin(low.x, place[i].x), fmin(low.y, place[i].y)};
        high = (struct place){fmax(high.x, place[i].x), fmax(high.y, place[i].y)};
    }
    for (int i = 0; i < n->nodes; i++)
        place[i] = (struct place){high.x > low.x ? (place[i].x - low.x) / (high.x - low.x) : 0.5, high.y > low.y ? (place[i].y - low.y) / (high.y - low.y) : 0.5};
}

void network_places(struct arena *a, const struct doc_network *n, struct place *place)
{
    const int layers = layers_of(n);
    if (n->nodes < 1)
        return;
    if (layers > 0)
        place_rows(a, n, place, layers);
    else
        place_freely(a, n, place);
}

static const char *last_word(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank && blank[1] ? blank + 1 : name;
}

/* A name for few cells: its last word, where that tells the nodes of its row apart; else its first. */
static const char *short_name(struct arena *a, const struct doc_network *n, int node, int cells)
{
    const char *name = n->node[node].name;
    if (text_width(name) <= cells)
        return name;
    for (int i = 0; i < n->nodes; i++)
        if (i != node && n->node[i].layer == n->node[node].layer && !strcmp(last_word(n->node[i].name), last_word(name)))
            return arena_copy(a, name, strcspn(name, " "));
    return last_word(name);
}

/* "[house a ###]": a node with its size in up to three signs, `x` for one that is barred. */
static void draw_node(struct sheet *s, const struct doc_network *n, int at, int x, int y, int cells)
{
    const struct doc_node *node = &n->node[at];
    const int blocks = node->barred ? 1 : node->size > 0.66 ? 3 : node->size > 0.33 ? 2 : node->size > 0.02 ? 1 : 0;
    int name = cells - 2 - (blocks ? blocks + 1 : 0);
    name = name < NAME_LEAST ? cells - 2 : name;
    const char *called = short_name(s->arena, n, at, name);
    const int width = text_width(called);
    name = width < name ? width : name;
    const bool sign = cells - 2 >= name + (blocks ? blocks + 1 : 0);
    const int all = name + 2 + (sign && blocks ? blocks + 1 : 0);
    x -= all / 2;
    x = x < 0 ? 0 : x + all > s->w ? s->w - all : x;
    const enum doc_role role = node->marked ? DOC_STRONG : node->barred ? DOC_WARN : DOC_TEXT;
    sheet_put(s, x, y, role, node->marked ? '>' : '[');
    sheet_text(s, x + 1, y, name, role, called);
    if (sign && blocks)
        sheet_put(s, x + 1 + name, y, role, ' ');
    for (int k = 0; sign && k < blocks; k++)
        sheet_put(s, x + 2 + name + k, y, role, node->barred ? 'x' : doc_sign(s->glyphs, SIGN_MIDDLE));
    sheet_put(s, x + all - 1, y, role, node->marked ? '<' : ']');
}

void lay_network(struct arena *a, line_list *lines, const struct doc_network *n, int cells, enum doc_glyphs glyphs)
{
    struct place *place = ARENA_ARRAY(a, n->nodes + 1, struct place);
    const int layers = layers_of(n), rows = n->rows > 1 ? n->rows : layers > 0 ? 4 * layers - 3 : MAP_ROWS;
    struct sheet s = sheet_new(a, cells, rows, glyphs);
    network_places(a, n, place);
    int *row = ARENA_ARRAY(a, n->nodes + 1, int), *column = ARENA_ARRAY(a, n->nodes + 1, int), *in_layer = ARENA_ARRAY(a, layers + 1, int);
    for (int i = 0; i < n->nodes; i++) {
        const int edge = layers > 0 ? 0 : cells / 10;
        column[i] = edge + (int)(place[i].x * (cells - 1 - 2 * edge) + 0.5);
        row[i] = (int)(place[i].y * (rows - 1) + 0.5);
        if (layers > 0)
            in_layer[n->node[i].layer]++;
    }
    for (int k = 0; k < n->links; k++)
        sheet_stroke(&s, column[n->link[k].from], row[n->link[k].from], column[n->link[k].to], row[n->link[k].to], DOC_QUIET);
    for (int i = 0; i < n->nodes; i++) {
        const int room = layers > 0 ? cells / in_layer[n->node[i].layer] - 1 : cells / 5;
        draw_node(&s, n, i, column[i], row[i], room < 3 ? 3 : room);
    }
    sheet_lines(&s, lines);
}
