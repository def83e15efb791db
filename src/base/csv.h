/* base/csv.h — RFC 4180 tables: quotes, embedded commas and line ends, CRLF, a byte-order mark. First row: column names. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/text.h"

struct csv {
    int columns, rows;                   /* rows without the header */
    const char **name;                   /* [columns] */
    const char **cell;                   /* [rows * columns], never NULL */
    int *line;                           /* [rows] 1-based line in the file where the row starts */
};
/* False with *error (arena) and *error_line if the text is not a table (ragged row, open quote, over 1,000,000 cells). */
bool csv_read(struct csv *t, struct arena *arena, const char *text, size_t length, const char **error, int *error_line);
int csv_column(const struct csv *t, const char *name);         /* -1 if there is none */
void csv_quote(struct text *out, const char *cell);            /* quoted only where the format asks for it */

#endif
