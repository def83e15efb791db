/* tests/fuzz/csv_fuzz.c — a table from anywhere is read or refused with a line, and what is read can be written and read again. */
#include "base/csv.h"

#include <string.h>

#include "base/panic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct csv t, again;
    struct text out;
    const char *error = NULL;
    int line = 0;
    arena_init(&arena, "fuzz");
    if (!csv_read(&t, &arena, (const char *)data, size, &error, &line)) {
        ENSURE(error != NULL && line >= 1);
        arena_done(&arena);
        return 0;
    }
    text_init(&out, &arena);
    text_add(&out, "\xEF\xBB\xBF");       /* or a first name that begins with one would lose it */
    for (int i = -t.columns; i < t.rows * t.columns; i++) {
        const char *cell = i < 0 ? t.name[i + t.columns] : t.cell[i];
        if (t.columns == 1 && !*cell)
            text_add(&out, "\"\"");
        else
            csv_quote(&out, cell);
        text_add(&out, (i + t.columns) % t.columns == t.columns - 1 ? "\n" : ",");
    }
    ENSURE(csv_read(&again, &arena, out.at, out.length, &error, &line));
    ENSURE(again.rows == t.rows && again.columns == t.columns);
    for (int i = 0; i < t.rows * t.columns; i++)
        ENSURE(strcmp(t.cell[i], again.cell[i]) == 0);
    arena_done(&arena);
    return 0;
}
