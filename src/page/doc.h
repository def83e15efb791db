/* page/doc.h — one document, three writers: plain text, screen lines with roles, HTML with inline SVG. A report fills a document; nobody
 * else lays words out or draws charts.
 *
 * What is added is borrowed until the document is written, but words given with a format, which are copied. Every chart carries its numbers
 * and its sentence, so that who does not see it loses nothing. */
#ifndef PAGE_DOC_H
#define PAGE_DOC_H

#include <stdbool.h>
#include <stdio.h>
#include "base/arena.h"
#include "page/glyphs.h"

/* Of lines and of spans within a line. From DOC_STRONG on they are of spans alone. */
enum doc_role { DOC_TITLE, DOC_HEADING, DOC_TEXT, DOC_ITEM, DOC_PAIR, DOC_QUIET, DOC_WARN, DOC_GAP, DOC_STRONG, DOC_RISES, DOC_FALLS, DOC_SEAT };
struct doc;
struct doc *doc_new(struct arena *a);
void doc_title(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doc_heading(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doc_text(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));      /* a paragraph */
void doc_item(struct doc *d, int number, const char *format, ...) __attribute__((format(printf, 3, 4)));   /* number 0: a dash */
void doc_pair(struct doc *d, const char *label, const char *format, ...) __attribute__((format(printf, 3, 4)));
void doc_quiet(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));     /* sources, asides: dim on a screen */
void doc_warn(struct doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
void doc_gap(struct doc *d);
/* Text with light marks as authors write briefs: `# heading`, `- item`, blank lines between paragraphs, **strong** and *em* lose their stars. */
void doc_markdown(struct doc *d, const char *text);

/* --- tables and charts ------------------------------------------------------------------------------------------------------------- */

/* The first column that is not right-aligned gets what room is left, and is wrapped. */
struct doc_column { const char *title; bool right; };                       /* title "" for none */
struct doc_table { const struct doc_column *column; int columns; const char *const *cell; int rows; };         /* cell[rows * columns] */
void doc_table(struct doc *d, const struct doc_table *table);

/* Labelled amounts with a bar each about one axis; with `total` a ledger, whose lines add up to it. NULL texts are left out. */
struct doc_bar { const char *label, *amount, *error, *share; double value; };
struct doc_bars {
    const char *amounts, *errors, *shares;                                  /* heads of the columns */
    const struct doc_bar *bar; int bars;
    const char *total, *total_amount, *total_share;
};
void doc_bars(struct doc *d, const struct doc_bars *bars);

/* One row a series: its name, what it is now, and its course. NaN: not known. */
struct doc_spark { const char *label, *now; const double *value; int count; double low, high; };
void doc_sparks(struct doc *d, const struct doc_spark *spark, int sparks);

/* Rows of three figures with a stroke from low to high and a point between: time runs downwards, so that each stroke is read with its
 * numbers. The rows of one chart share the scale from least to most. */
struct doc_range { const char *row, *time, *figure[3]; double low, middle, high; };
struct doc_ranges { const char *rows, *times, *figures[3]; double least, most; const char *least_text, *most_text; const struct doc_range *range; int ranges; };
void doc_ranges(struct doc *d, const struct doc_ranges *ranges);

/* What may come, over points of time: a band from low to high, the middle, and what comes of holding. */
struct doc_fan {
    const char *past_to;                    /* label of the last moment that is past: "T4"; NULL none */
    const char *const *label; int points;   /* of the moments ahead */
    const double *low, *middle, *high;      /* [points]; NaN: none */
    const double *hold;                     /* [points], or NULL */
    const double *past; int pasts;          /* as seen up to now, the last is now; NaN: not known */
    double least, most; const char *least_text, *most_text;                 /* the scale */
    int rows;                               /* cells high; 0: as many as are usual */
    int left, cell;                         /* cells before the axis and for a moment, to stand under something else; 0: as fits */
};
void doc_fan(struct doc *d, const struct doc_fan *fan);

/* Lanes over turns. A mark is at most three letters; bar: what goes on from one turn into the next. */
enum doc_bar_kind { DOC_NO_BAR, DOC_THIN_BAR, DOC_THICK_BAR };
struct doc_lane { const char *label; int seat; const char *const *mark; const unsigned char *bar; };           /* seat -1: nobody's; [turns] each */
struct doc_timeline { const char *const *turn, *const *date; int turns, now; const struct doc_lane *lane; int lanes; };
void doc_timeline(struct doc *d, const struct doc_timeline *timeline);
enum { DOC_TIMELINE_LABEL = 18 };

/* Who is linked with whom. size: 0..1; layer: its row from the top, or -1 in all for a free layout. */
struct doc_node { const char *name, *note; int layer; double size; bool barred, marked; };
struct doc_link { int from, to; double weight; };
struct doc_network { const struct doc_node *node; int nodes; const struct doc_link *link; int links; int rows; };
void doc_network(struct doc *d, const struct doc_network *network);

/* --- writers ------------------------------------------------------------------------------------------------------------------------- */

struct doc_span { int at, length; enum doc_role role; };                    /* bytes of the line's text */
struct doc_line { enum doc_role role; const char *text; const struct doc_span *span; int spans; };  /* text: arena, at most `cells` wide */
/* Words take at most 96 cells, beyond which lines are hard to read, unless 1000 or more are given: then nothing is wrapped. */
int doc_lines(const struct doc *d, struct arena *a, int cells, const struct doc_line **line);       /* with full glyphs */
int doc_lines_as(const struct doc *d, struct arena *a, int cells, enum doc_glyphs glyphs, const struct doc_line **line);
void doc_print(const struct doc *d, FILE *out, int cells);                  /* 78 unless told otherwise (0) */
void doc_print_as(const struct doc *d, FILE *out, int cells, enum doc_glyphs glyphs);
/* A whole page of its own: no script, no file beside it, everything escaped; prints well. `name` stands in the window's title. */
void doc_html(const struct doc *d, FILE *out, const char *name);

#endif
