/* page/doc.h — one document, several writers: plain text, screen lines (and later HTML). A report fills a document; nobody else
 * lays words out. */
#ifndef PAGE_DOC_H
#define PAGE_DOC_H

#include <stdio.h>
#include "base/arena.h"

enum doc_role { DOC_TITLE, DOC_HEADING, DOC_TEXT, DOC_ITEM, DOC_PAIR, DOC_QUIET, DOC_WARN, DOC_GAP };
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

struct doc_line { enum doc_role role; const char *text; };                  /* text: arena, at most `cells` wide */
int doc_lines(const struct doc *d, struct arena *a, int cells, const struct doc_line **line);
void doc_print(const struct doc *d, FILE *out, int cells);                  /* 78 unless told otherwise (0) */

#endif
