/* page/doc_private.h — what the writers of documents share: the parts, and a sheet of cells that charts are drawn on. */
#ifndef PAGE_DOC_PRIVATE_H
#define PAGE_DOC_PRIVATE_H

#include <stdint.h>
#include "page/doc.h"

enum part_kind { PART_WORDS, PART_TABLE, PART_BARS, PART_SPARKS, PART_RANGES, PART_FAN, PART_TIMELINE, PART_NETWORK };
struct part {
    enum part_kind kind;
    enum doc_role role; int number; const char *label, *text;       /* words */
    union {
        struct doc_table table;
        struct doc_bars bars;
        struct { const struct doc_spark *at; int count; } sparks;
        struct doc_ranges ranges;
        struct doc_fan fan;
        struct doc_timeline timeline;
        struct doc_network network;
    } is;
};
struct doc { struct arena *arena; LIST_OF(struct part) part; };
typedef LIST_OF(struct doc_line) line_list;

/* --- sheet.c: cells with roles, which become lines ------------------------------------------------------------------------------- */
struct sheet_cell { uint32_t code; uint8_t role, dots; };            /* dots: of braille, then no letter; role DOC_TEXT is plain */
struct sheet { struct arena *arena; int w, h; enum doc_glyphs glyphs; struct sheet_cell *cell; };
struct sheet sheet_new(struct arena *a, int w, int h, enum doc_glyphs glyphs);
/* Cut to `cells`, ASCII letters for others where only those are to be had; returns the cells used. Outside the sheet nothing is written. */
int sheet_text(struct sheet *s, int x, int y, int cells, enum doc_role role, const char *text);
void sheet_right(struct sheet *s, int x, int y, int cells, enum doc_role role, const char *text);
void sheet_put(struct sheet *s, int x, int y, enum doc_role role, uint32_t code);
/* One of two by two by four dots in a cell: x in half cells, y in quarters. It takes the place of a letter. */
void sheet_dot(struct sheet *s, int x, int y, enum doc_role role);
/* A straight stroke from cell to cell, in dots where they are to be had, else in `- | / \`; it goes below what is written later. */
void sheet_stroke(struct sheet *s, int x0, int y0, int x1, int y1, enum doc_role role);
void sheet_lines(struct sheet *s, line_list *lines);                 /* appends; blanks at the ends are cut */

/* What is drawn, by level. */
enum doc_glyph { SIGN_ACROSS, SIGN_DOWN, SIGN_CORNER, SIGN_TICK, SIGN_BAR, SIGN_LESS, SIGN_SHADE, SIGN_MIDDLE, SIGN_HOLD, SIGN_POINT, SIGN_TRACK, SIGN_DOUBLE,
                 SIGN_UNKNOWN, SIGN_PAST, SIGN_MORE, SIGN_COUNT };
uint32_t doc_sign(enum doc_glyphs level, enum doc_glyph sign);
uint32_t doc_step(enum doc_glyphs level, double share);              /* of a sparkline: 0..1 */
bool doc_braille(enum doc_glyphs level, int cells);

/* --- lay_*.c: parts as lines ----------------------------------------------------------------------------------------------------------- */
void lay_table(struct arena *a, line_list *lines, const struct doc_table *t, int cells, enum doc_glyphs glyphs);
void lay_bars(struct arena *a, line_list *lines, const struct doc_bars *b, int cells, enum doc_glyphs glyphs);
void lay_sparks(struct arena *a, line_list *lines, const struct doc_spark *s, int count, int cells, enum doc_glyphs glyphs);
void lay_ranges(struct arena *a, line_list *lines, const struct doc_ranges *r, int cells, enum doc_glyphs glyphs);
void lay_fan(struct arena *a, line_list *lines, const struct doc_fan *f, int cells, enum doc_glyphs glyphs);
void lay_timeline(struct arena *a, line_list *lines, const struct doc_timeline *t, int cells, enum doc_glyphs glyphs);
void lay_network(struct arena *a, line_list *lines, const struct doc_network *n, int cells, enum doc_glyphs glyphs);
struct place { double x, y; };                                       /* 0..1 each */
void network_places(struct arena *a, const struct doc_network *n, struct place *place);

/* --- svg.c: charts as pictures --------------------------------------------------------------------------------------------------------- */
void html_text(FILE *out, const char *text);                         /* escaped; what commands a terminal or turns lines round becomes '?' */
void svg_bars(FILE *out, const struct doc_bars *b);
void svg_sparks(FILE *out, const struct doc_spark *s, int count);
void svg_ranges(FILE *out, const struct doc_ranges *r);
void svg_fan(FILE *out, const struct doc_fan *f);
void svg_timeline(FILE *out, const struct doc_timeline *t);
void svg_network(struct arena *a, FILE *out, const struct doc_network *n);

#endif
