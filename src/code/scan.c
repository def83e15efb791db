/* code/scan.c — words and marks of a typed line. */
#include "code/scan.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

void scan_blanks(struct scan *r)
{
    while (isspace((unsigned char)*r->at))
        r->at++;
}

bool scan_take(struct scan *r, char c)
{
    scan_blanks(r);
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

const char *scan_word(struct scan *r)
{
    scan_blanks(r);
    size_t n = strcspn(r->at, r->marks);
    const char *word = arena_copy(r->a, r->at, n);
    r->at += n;
    return word;
}

const char *scan_unknown(struct arena *a, const char *kind, const char *word, const char *const *known, int count, const char *of)
{
    const char *near = text_nearest(word, known, count);
    struct text all;
    if (near)
        return arena_printf(a, "%s has no %s '%s'; did you mean '%s'?", of, kind, word, near);
    if (count == 0)
        return arena_printf(a, "%s has no %s '%s', nor any other; leave it out", of, kind, word);
    text_init(&all, a);
    for (int i = 0; i < count && i < 8; i++)
        text_addf(&all, "%s%s", i ? ", " : "", known[i]);
    return arena_printf(a, "%s has no %s '%s'; write one of: %s%s", of, kind, word, all.at, count > 8 ? ", …" : "");
}
