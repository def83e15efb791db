/* cli/glyphs.c — what signs standard output can be trusted with: DEMARCHE_GLYPHS first, then the locale. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

enum doc_glyphs cli_glyphs(void)
{
    const char *wish = getenv("DEMARCHE_GLYPHS");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || (wish && text_same(wish, "ascii")))
        return DOC_ASCII;
    return wish && text_same(wish, "plain") ? DOC_PLAIN : DOC_FULL;
}
