/* page/doc_html.c — a document as one page of HTML: no script, nothing loaded from elsewhere, every word escaped. Items that follow one
 * another become one list. Headings keep their order, and every picture has its sentence beside it, for readers that speak. */
#include "page/doc_private.h"

#include <string.h>

#include "base/text.h"

static const char style[] =
    "body{font:16px/1.45 Georgia,'Times New Roman',serif;color:#1a1a1a;background:#fff;max-width:46em;margin:2em auto;padding:0 1em}\n"
    "h1{font-size:1.6em;line-height:1.2;margin:1.2em 0 .4em}h2{font-size:1.15em;margin:1.4em 0 .3em;border-bottom:1px solid #bbb}\n"
    "p,ol,ul{margin:.4em 0}.quiet{color:#555;font-size:.92em}.warn{border-left:4px solid #b34700;padding-left:.6em}\n"
    "table{border-collapse:collapse;margin:.6em 0;font:14px/1.35 system-ui,sans-serif;width:100%}\n"
    "td,th{padding:.15em .6em .15em 0;text-align:left;vertical-align:top}th{color:#555;font-weight:normal;border-bottom:1px solid #bbb}\n"
    ".r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tfoot td{border-top:1px solid #333;font-weight:bold}\n"
    ".tl td,.tl th{padding:.1em .3em;text-align:center;white-space:nowrap}.tl td:first-child{text-align:left}.tl .thin{border-bottom:2px solid #0072b2}\n"
    ".tl .thick{border-bottom:5px solid #0072b2}.tl .now{background:#eee}svg{display:block;max-width:100%;height:auto}td svg{display:inline-block}\n"
    "svg text{font:12px system-ui,sans-serif;fill:#333}\n"
    "@media print{body{font-size:11pt;margin:0;max-width:none}h2{break-after:avoid}table,svg,li{break-inside:avoid}}\n";

void html_text(FILE *out, const char *text)
{
    struct arena a;
    arena_init(&a, "words of a page");
    for (const char *s = text_plain(&a, text ? text : ""); *s; s++)
        switch (*s) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        case '\'': fputs("&#39;", out); break;
        default: fputc(*s, out);
        }
    arena_done(&a);
}

static void element(FILE *out, const char *open, const char *text, const char *close)
{
    fputs(open, out);
    html_text(out, text);
    fprintf(out, "%s\n", close);
}

static void html_words(FILE *out, const struct part *part)
{
    switch (part->role) {
    case DOC_TITLE: element(out, "<h1>", part->text, "</h1>"); break;
    case DOC_HEADING: element(out, "<h2>", part->text, "</h2>"); break;
    case DOC_PAIR:
        element(out, "<p><b>", part->label, ":</b> ");
        element(out, "", part->text, "</p>");
        break;
    case DOC_QUIET: element(out, "<p class=\"quiet\">", part->text, "</p>"); break;
    case DOC_WARN: element(out, "<p class=\"warn\">", part->text, "</p>"); break;
    case DOC_ITEM:
        if (part->number)
            fprintf(out, "<li value=\"%d\">", part->number);
        element(out, part->number ? "" : "<li>", part->text, "</li>");
        break;
    case DOC_TEXT: case DOC_STRONG: case DOC_RISES: case DOC_FALLS: case DOC_SEAT: element(out, "<p>", part->text, "</p>"); break;
    case DOC_GAP: break;
    }
}

static void html_table(FILE *out, const struct doc_table *t)
{
    bool head = false;
    fputs("<table>\n", out);
    for (int k = 0; k < t->columns; k++)
        head = head || *t->column[k].title;
    for (int r = head ? -1 : 0; r < t->rows; r++) {
        fputs("<tr>", out);
        for (int k = 0; k < t->columns; k++) {
            fprintf(out, r < 0 ? "<th%s>" : "<td%s>", t->column[k].right ? " class=\"r\"" : "");
            html_text(out, r < 0 ? t->column[k].title : t->cell[r * t->columns + k]);
            fputs(r < 0 ? "</th>" : "</td>", out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

static const char *list_of(const struct part *part)
{
    return part->kind != PART_WORDS || part->role != DOC_ITEM ? NULL : part->number ? "ol" : "ul";
}

void doc_html(const struct doc *d, FILE *out, const char *name)
{
    const char *list = NULL;
    element(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>", name, "</title>");
    fprintf(out, "<style>\n%s</style>\n</head>\n<body>\n", style);
    for (int i = 0; i < d->part.count; i++) {
        const struct part *part = &d->part.at[i];
        const char *wants = list_of(part);
        if (list && (!wants || strcmp(list, wants))) {
            fprintf(out, "</%s>\n", list);
            list = NULL;
        }
        if (wants && !list)
            fprintf(out, "<%s>\n", list = wants);
        switch (part->kind) {
        case PART_WORDS: html_words(out, part); break;
        case PART_TABLE: html_table(out, &part->is.table); break;
        case PART_BARS: svg_bars(out, &part->is.bars); break;
        case PART_SPARKS: svg_sparks(out, part->is.sparks.at, part->is.sparks.count); break;
        case PART_RANGES: svg_ranges(out, &part->is.ranges); break;
        case PART_FAN: svg_fan(out, &part->is.fan); break;
        case PART_TIMELINE: svg_timeline(out, &part->is.timeline); break;
        case PART_NETWORK: svg_network(d->arena, out, &part->is.network); break;
        }
    }
    if (list)
        fprintf(out, "</%s>\n", list);
    fputs("</body>\n</html>\n", out);
}
