/* page/doc_svg.c — charts as inline pictures. Rows of charts stay rows of tables, with a small picture in each, so that they read and print
 * as text does; colours are those that most kinds of eyes tell apart, and nothing is told by colour alone. */
#include "page/doc_private.h"

#include <math.h>

enum { BAR_WIDE = 220, ROW_HIGH = 14, SPARK_WIDE = 160, SPARK_HIGH = 22, FAN_WIDE = 640, FAN_HIGH = 240, FAN_LEFT = 60, FAN_BELOW = 24, MAP_WIDE = 680, MAP_LAYER = 90 };
#define BLUE "#0072b2"
#define ORANGE "#d55e00"
#define GREY "#999"

static void cell(FILE *out, const char *tag, bool right, const char *text)
{
    fprintf(out, "<%s%s>", tag, right ? " class=\"r\"" : "");
    html_text(out, text);
    fprintf(out, "</%s>", tag);
}

/* Two decimals are enough for a picture, and the same everywhere. */
static double at(double x) { return isnan(x) ? 0 : floor(x * 100 + 0.5) / 100; }

void svg_bars(FILE *out, const struct doc_bars *b)
{
    double least = 0, most = 0;
    bool errors = b->errors != NULL, shares = b->shares != NULL;
    for (int i = 0; i < b->bars; i++) {
        least = fmin(least, b->bar[i].value);
        most = fmax(most, b->bar[i].value);
    }
    const double per = most > least ? BAR_WIDE / (most - least) : 0;
    fputs("<table>\n<tr><th></th>", out);
    cell(out, "th", true, b->amounts);
    if (errors)
        cell(out, "th", true, b->errors);
    fputs("<th></th>", out);
    if (shares)
        cell(out, "th", true, b->shares);
    fputs("</tr>\n", out);
    for (int i = 0; i < b->bars; i++) {
        const double x = b->bar[i].value, from = fmin(0, x) - least, wide = fabs(x);
        fputs("<tr>", out);
        cell(out, "td", false, b->bar[i].label);
        cell(out, "td", true, b->bar[i].amount);
        if (errors)
            cell(out, "td", true, b->bar[i].error);
        fprintf(out, "<td><svg width=\"%d\" height=\"%d\" role=\"img\"><rect x=\"%g\" y=\"2\" width=\"%g\" height=\"10\" fill=\"%s\"/><path d=\"M%g 0v%d\" stroke=\"#333\"/></svg></td>",
                BAR_WIDE + 2, ROW_HIGH, at(from * per), at(wide * per), x < 0 ? ORANGE : BLUE, at(-least * per), ROW_HIGH);
        if (shares)
            cell(out, "td", true, b->bar[i].share);
        fputs("</tr>\n", out);
    }
    if (b->total) {
        fputs("<tfoot><tr>", out);
        cell(out, "td", false, b->total);
        cell(out, "td", true, b->total_amount);
        fputs(errors ? "<td></td><td></td>" : "<td></td>", out);
        if (shares)
            cell(out, "td", true, b->total_share);
        fputs("</tr></tfoot>\n", out);
    }
    fputs("</table>\n", out);
}

/* A line through what is known; where nothing is known it breaks off. */
static void line_of(FILE *out, const double *value, int count, double x0, double step, double top, double high, double least, double most, const char *dress)
{
    bool drawing = false;
    fputs("<path fill=\"none\" d=\"", out);
    for (int i = 0; i < count; i++) {
        const double share = most > least ? (value[i] - least) / (most - least) : 0.5;
        if (!isnan(value[i]))
            fprintf(out, "%s%g %g", drawing ? "L" : "M", at(x0 + i * step), at(top + high * (1 - share)));
        drawing = !isnan(value[i]);
    }
    fprintf(out, "\" %s/>", dress);
}

void svg_sparks(FILE *out, const struct doc_spark *spark, int count)
{
    fputs("<table>\n", out);
    for (int i = 0; i < count; i++) {
        const struct doc_spark *is = &spark[i];
        fputs("<tr>", out);
        cell(out, "td", false, is->label);
        cell(out, "td", true, is->now);
        fprintf(out, "<td><svg width=\"%d\" height=\"%d\" role=\"img\">", SPARK_WIDE, SPARK_HIGH);
        line_of(out, is->value, is->count, 2, is->count > 1 ? (SPARK_WIDE - 4.0) / (is->count - 1) : 0, 2, SPARK_HIGH - 4, is->low, is->high, "stroke=\"" BLUE "\" stroke-width=\"2\"");
        fputs("</svg></td></tr>\n", out);
    }
    fputs("</table>\n", out);
}

void svg_ranges(FILE *out, const struct doc_ranges *r)
{
    const double per = r->most > r->least ? (BAR_WIDE - 8) / (r->most - r->least) : 0;
    fputs("<table>\n<tr>", out);
    cell(out, "th", true, r->rows);
    cell(out, "th", false, r->times);
    for (int k = 0; k < 3; k++)
        cell(out, "th", true, r->figures[k]);
    fputs("<th>", out);
    html_text(out, r->least_text);
    fputs(" to ", out);
    html_text(out, r->most_text);
    fputs("</th></tr>\n", out);
    for (int i = 0; i < r->ranges; i++) {
        const struct doc_range *is = &r->range[i];
        fputs("<tr>", out);
        cell(out, "td", true, is->row);
        cell(out, "td", false, is->time);
        for (int k = 0; k < 3; k++)
            cell(out, "td", true, is->figure[k]);
        fprintf(out, "<td><svg width=\"%d\" height=\"%d\" role=\"img\">", BAR_WIDE, ROW_HIGH);
        if (!isnan(is->middle))
            fprintf(out, "<path d=\"M%g 7H%g\" stroke=\"" BLUE "\" stroke-width=\"2\"/><circle cx=\"%g\" cy=\"7\" r=\"4\" fill=\"" BLUE "\"/>", at(4 + (is->low - r->least) * per),
                    at(4 + (is->high - r->least) * per), at(4 + (is->middle - r->least) * per));
        fputs("</svg></td></tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void label(FILE *out, double x, double y, const char *anchor, const char *text)
{
    fprintf(out, "<text x=\"%g\" y=\"%g\" text-anchor=\"%s\">", at(x), at(y), anchor);
    html_text(out, text);
    fputs("</text>", out);
}

void svg_fan(FILE *out, const struct doc_fan *f)
{
    if (f->points + f->pasts < 2 || !(f->most > f->least))
        return;
    const int pasts = f->pasts > 0 ? f->pasts : 1, before = pasts - 1;
    const double step = (FAN_WIDE - FAN_LEFT - 40.0) / (before + f->points), now = FAN_LEFT + before * step, high = FAN_HIGH - FAN_BELOW - 10.0, per = high / (f->most - f->least);
    const double start = f->pasts > 0 ? f->past[f->pasts - 1] : NAN;
    fprintf(out, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">", FAN_WIDE, FAN_HIGH, FAN_WIDE);
    fprintf(out, "<path d=\"M%d 10V%dH%d\" stroke=\"#333\" fill=\"none\"/>", FAN_LEFT, FAN_HIGH - FAN_BELOW, FAN_WIDE - 10);
    fputs("<path fill=\"#cfe3f2\" d=\"", out);
    const char *go = "M";
    if (!isnan(start) && f->points > 0) {
        fprintf(out, "M%g %g", at(now), at(10 + (f->most - start) * per));
        go = "L";
    }
    for (int i = 0; i < f->points; i++, go = "L")
        fprintf(out, "%s%g %g", go, at(now + (i + 1) * step), at(10 + (f->most - f->high[i]) * per));
    for (int i = f->points - 1; i >= 0; i--)
        fprintf(out, "L%g %g", at(now + (i + 1) * step), at(10 + (f->most - f->low[i]) * per));
    fputs(f->points > 0 ? "Z\"/>" : "\"/>", out);
    if (f->hold)
        line_of(out, f->hold, f->points, now + step, step, 10, high, f->least, f->most, "stroke=\"#333\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"");
    line_of(out, f->middle, f->points, now + step, step, 10, high, f->least, f->most, "stroke=\"" BLUE "\" stroke-width=\"3\"");
    if (!isnan(start) && f->points > 0)
        fprintf(out, "<path d=\"M%g %gL%g %g\" stroke=\"" BLUE "\" stroke-width=\"3\"/>", at(now), at(10 + (f->most - start) * per), at(now + step), at(10 + (f->most - f->middle[0]) * per));
    if (f->pasts > 1)
        line_of(out, f->past, f->pasts, FAN_LEFT, step, 10, high, f->least, f->most, "stroke=\"#333\" stroke-width=\"2\"");
    label(out, FAN_LEFT - 6, 14, "end", f->most_text);
    label(out, FAN_LEFT - 6, FAN_HIGH - FAN_BELOW, "end", f->least_text);
    if (f->past_to)
        label(out, now, FAN_HIGH - 8, "middle", f->past_to);
    for (int i = 0; i < f->points; i++)
        label(out, now + (i + 1) * step, FAN_HIGH - 8, "middle", f->label[i]);
    fputs("</svg>\n", out);
}

void svg_timeline(FILE *out, const struct doc_timeline *t)
{
    static const char *const bar_class[] = {"", "thin", "thick"};
    fputs("<table class=\"tl\">\n", out);
    for (int head = 0; head < 2; head++) {
        fputs("<tr><th></th>", out);
        for (int i = 0; i < t->turns; i++)
            cell(out, "th", false, head ? t->date[i] : t->turn[i]);
        fputs("</tr>\n", out);
    }
    for (int k = 0; k < t->lanes; k++) {
        fputs("<tr>", out);
        cell(out, "td", false, t->lane[k].label);
        for (int i = 0; i < t->turns; i++) {
            fprintf(out, "<td class=\"%s%s\">", t->lane[k].bar ? bar_class[t->lane[k].bar[i] % 3] : "", i == t->now ? " now" : "");
            html_text(out, t->lane[k].mark[i]);
            fputs("</td>", out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

void svg_network(struct arena *a, FILE *out, const struct doc_network *n)
{
    struct place *place = ARENA_ARRAY(a, n->nodes + 1, struct place);
    int layers = 0;
    network_places(a, n, place);
    for (int i = 0; i < n->nodes; i++)
        layers = n->node[i].layer + 1 > layers ? n->node[i].layer + 1 : layers;
    const double high = layers > 0 ? MAP_LAYER * layers : 420;
    fprintf(out, "<svg viewBox=\"0 0 %d %g\" width=\"%d\" role=\"img\">", MAP_WIDE, high, MAP_WIDE);
    for (int k = 0; k < n->links; k++) {
        const struct place from = place[n->link[k].from], to = place[n->link[k].to];
        fprintf(out, "<path d=\"M%g %gL%g %g\" stroke=\"" GREY "\"/>", at(30 + from.x * (MAP_WIDE - 60)), at(24 + from.y * (high - 60)), at(30 + to.x * (MAP_WIDE - 60)), at(24 + to.y * (high - 60)));
    }
    for (int i = 0; i < n->nodes; i++) {
        const double x = 30 + place[i].x * (MAP_WIDE - 60), y = 24 + place[i].y * (high - 60);
        fprintf(out, "<circle cx=\"%g\" cy=\"%g\" r=\"%g\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>", at(x), at(y), at(5 + 14 * sqrt(n->node[i].size > 0 ? n->node[i].size : 0)),
                n->node[i].barred ? "#fff" : "#cfe3f2", n->node[i].barred ? ORANGE : BLUE);
        label(out, x, y + 32 > high ? y - 12 : y + 32, "middle", n->node[i].name);
    }
    fputs("</svg>\n", out);
}
