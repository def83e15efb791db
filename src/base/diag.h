/* base/diag.h — findings: what is wrong in a person's file, where, and what to do.
 * Files read together share one address space of bytes, so a span is eight bytes wherever it points. Lines and columns are worked
 * out only when printed; columns count characters. Findings are kept in the order found and printed sorted by place. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"

struct span { uint32_t at, length; };          /* at = 0 is "no place": the first file starts at byte 1 */

struct source { const char *path; const char *text; uint32_t from, length; const uint32_t *line; uint32_t lines; };   /* arena; text is NUL-terminated; line: where each begins */

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

enum diag_code {
#define DIAG(number, name, explanation) D_##name = number,
#include "base/diag.def"
#undef DIAG
};

struct finding { enum diag_level level; enum diag_code code; struct span at; const char *text; };

struct diags {
    struct arena *arena;                       /* borrowed */
    LIST_OF(struct source) sources;
    LIST_OF(struct finding) found;
    int errors, warnings;                      /* counted, also past the limit */
    int most;                                  /* errors kept; 20 unless set */
    int muted;                                 /* while > 0 nothing is added (trial readings) */
    bool dropping;                             /* the last error or warning was not kept, so its notes are not either */
};

void diags_init(struct diags *d, struct arena *arena);
/* Takes the text as the next file; the copy is borrowed and must outlive the findings. Returns its first byte in the shared space. */
uint32_t diags_source(struct diags *d, const char *path, const char *text, uint32_t length);

/* One sentence: what is wrong; what to do. Repeats of the same message at the same place are dropped. */
void diag_error(struct diags *d, struct span at, enum diag_code code, const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_warning(struct diags *d, struct span at, enum diag_code code, const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_note(struct diags *d, struct span at, enum diag_code code, const char *format, ...) __attribute__((format(printf, 4, 5)));

struct place { const char *path; int line, column; const char *line_text; int line_length; };   /* 1-based; path NULL without a place */
struct place diags_place(const struct diags *d, struct span at);
int diags_line(const struct diags *d, struct span at, const char **path);    /* the line alone, which costs little; 0 and "" without a place */
/* "file:line:col: error: … [Dnnn]", the line, a caret line as wide as the span. Then "N more errors" if some were not kept. */
void diags_print(const struct diags *d, FILE *out);
const char *diag_explanation(int code);        /* NULL if there is no such number */
/* For `explain`: walks the numbers in order; false at the end. */
bool diag_nth(int n, int *number, const char **name, const char **explanation);

#endif
