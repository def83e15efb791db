/* tests/fuzz/number_fuzz.c — a number that is read prints and reads back to the same bits; any text can be walked, wrapped and measured. */
#include "base/text.h"

#include <string.h>

#include "base/panic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double x, back;
    char out[NUMBER_TEXT];
    if (text_to_number((const char *)data, size, &x)) {
        text_number(x, out);
        ENSURE(text_to_number(out, strlen(out), &back));
        ENSURE(memcmp(&x, &back, sizeof x) == 0);
        text_short(x, 1 + (int)(size % 15), out);
    }
    struct arena arena;
    arena_init(&arena, "fuzz");
    const char *s = arena_copy(&arena, (const char *)data, size), *line;
    size_t length, lines = 0, n = strlen(s);
    ENSURE(text_fit(s, 20) <= n && text_chars(s, n) <= n);
    while (text_wrap(&s, 1 + (int)(size % 30), &line, &length))
        ENSURE(++lines <= n + 1);
    arena_done(&arena);
    return 0;
}
