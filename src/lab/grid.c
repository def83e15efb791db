/* lab/grid.c — what is varied, point by point. */
#include "lab/grid.h"

#include <string.h>

#include "base/panic.h"

double vary_value(const struct vary *v, int index)
{
    REQUIRE(index >= 0 && index < v->count);
    if (index == 0 || v->count == 1)
        return v->from;
    if (index == v->count - 1)
        return v->to;
    double x = (v->from * (v->count - 1 - index) + v->to * index) / (v->count - 1), clean;
    char text[NUMBER_TEXT];
    text_short(x, 15, text);            /* people type decimals and expect decimals */
    return text_to_number(text, strlen(text), &clean) ? clean : x;
}

struct grid grid_new(struct arena *a, const struct program *p, const struct vary *vary, int varies)
{
    const char **name = ARENA_ARRAY(a, varies, const char *);
    struct grid g = {vary, varies, 1, name};
    for (int i = 0; i < varies; i++) {
        const struct parameter *q = &p->parameter[vary[i].parameter];
        name[i] = vary[i].element < 0 ? q->name : program_element_name(p, a, q->name, q->dims, q->dim, vary[i].element);
        REQUIRE(vary[i].count >= 1 && g.points <= POINTS_MOST / vary[i].count);
        g.points *= vary[i].count;
    }
    return g;
}

double grid_value(const struct grid *g, int point, int vary)
{
    for (int i = g->varies - 1; i > vary; i--)
        point /= g->vary[i].count;
    return vary_value(&g->vary[vary], point % g->vary[vary].count);
}

void grid_put(const struct grid *g, const struct program *p, struct sim *s, int lane, int point)
{
    for (int i = 0; i < g->varies; i++) {
        const struct vary *v = &g->vary[i];
        const double x = grid_value(g, point, i);
        for (int e = v->element < 0 ? 0 : v->element; e < (v->element < 0 ? p->parameter[v->parameter].count : v->element + 1); e++)
            sim_set_parameter(s, v->parameter, e, lane, x);
    }
}

void grid_cells(const struct grid *g, int point, struct text *out)
{
    char number[NUMBER_TEXT];
    for (int i = 0; i < g->varies; i++) {
        text_addn(out, ",", 1);
        text_add(out, text_number(grid_value(g, point, i), number));
    }
}

const char *grid_words(struct arena *a, const struct grid *g, int point)
{
    struct text t;
    char number[NUMBER_TEXT];
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < g->varies; i++)
        text_addf(&t, "%s%s %s", i ? ", " : "", g->name[i], text_number(grid_value(g, point, i), number));
    return t.at ? t.at : "";
}
