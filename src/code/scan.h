/* code/scan.h — words and marks of a typed line, and what is said of a word that nothing has. */
#ifndef CODE_SCAN_H
#define CODE_SCAN_H

#include "code/program.h"

/* marks: what ends a word, the blanks among them. */
struct scan { const struct program *p; struct arena *a; const char *at, *marks; };
void scan_blanks(struct scan *r);                           /* over them */
bool scan_take(struct scan *r, char c);                     /* the mark, if it is next after blanks */
const char *scan_word(struct scan *r);                      /* up to a mark; "" if there is none */
/* "this scenario has no move 'x'; did you mean 'y'?" or, with nothing near, what there is. `of`: who has none. */
const char *scan_unknown(struct arena *a, const char *kind, const char *word, const char *const *known, int count, const char *of);

#endif
