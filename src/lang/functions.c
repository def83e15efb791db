/* lang/functions.c — the functions of the language as the reference tells them, with what they cost. */
#include <string.h>

#include "base/text.h"
#include "lang/model.h"
#include "lang/schema.h"

static const char *const cost[FN_COUNT] = {
#define FUNCTION(name, least, most, help)
#define COST(name, what) [FN_##name] = what,
#include "lang/functions.def"
#undef FUNCTION
};

static void print_wrapped(const char *rest, const char *indent, const char *first, const char *further, FILE *out)
{
    const char *line;
    size_t length;
    for (const char *lead = first; text_wrap(&rest, 68, &line, &length); lead = further)
        fprintf(out, "%s%s%.*s\n", indent, lead, (int)length, line);
}

static void print_function(int f, const char *indent, FILE *out)
{
    print_wrapped(functions[f].help, indent, "", "    ", out);
    if (cost[f] != NULL)
        print_wrapped(cost[f], indent, "    costs ", "    ", out);
}

bool function_explain(const char *name, FILE *out)
{
    for (int f = 0; f < FN_COUNT; f++)
        if (strcmp(functions[f].name, name) == 0) {
            print_function(f, "", out);
            return true;
        }
    return false;
}

void functions_print_reference(FILE *out)
{
    fputs("functions: one instruction a step or a few, where nothing else is said\n", out);
    for (int f = 0; f < FN_COUNT; f++)
        print_function(f, "  ", out);
}
