/* cli/explain.c — `demarche explain`: what a key of the language means, or a finding by its number or name. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"
#include "cli/cli.h"
#include "lang/schema.h"

enum { KNOWN_MOST = 4096, WORD_MOST = 80 };

/* "D101", "d101" or "101": its number; -1 if it is not written so. */
static int finding_number(const char *word)
{
    long n;
    const char *digits = word[0] == 'D' || word[0] == 'd' ? word + 1 : word;
    return *digits && text_to_long(digits, strlen(digits), &n) && n > 0 && n < 10000 ? (int)n : -1;
}

static int explain_finding(int number)
{
    const char *name, *meaning;
    for (int i = 0, at; diag_nth(i, &at, &name, &meaning); i++)
        if (at == number) {
            const char *rest = meaning, *line;
            size_t length;
            printf("D%03d %s\n", number, name);
            while (text_wrap(&rest, 78, &line, &length))
                printf("%.*s\n", (int)length, line);
            return EXIT_DONE;
        }
    return cli_usage("explain", "there is no finding D%03d; `demarche check` prints the numbers there are", number);
}

/* The schema's dictionary holds a token a line; it is read back to know the words that are near. */
static int nearest_key(struct arena *a, const char *word)
{
    const char **known = ARENA_ARRAY(a, KNOWN_MOST, const char *);
    char line[256];
    int count = 0;
    FILE *f = tmpfile();
    if (f) {
        schema_print_dictionary(f);
        rewind(f);
        while (count < KNOWN_MOST && fgets(line, sizeof line, f)) {
            const char *from = strchr(line, '"');
            from = from ? from + 1 : line;
            size_t n = strspn(from, "abcdefghijklmnopqrstuvwxyz_0123456789");
            if (n > 1 && n < WORD_MOST)
                known[count++] = arena_copy(a, from, n);
        }
        fclose(f);
    }
    const char *near = text_nearest(word, known, count);
    if (near)
        return cli_usage("explain", "the language has no key '%s'; did you mean '%s'?", word, near);
    return cli_usage("explain", "the language has no key '%s'; `demarche schema --reference` lists them all", word);
}

int cmd_explain(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("explain", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands != 1)
        return cli_usage("explain", "explain what? A key such as seen_by, or a finding such as D101");
    int number = finding_number(given.operand[0]);
    if (number >= 0)
        return explain_finding(number);
    if (schema_explain(given.operand[0], stdout))
        return EXIT_DONE;
    arena_init(&a, "explain");
    exit = nearest_key(&a, given.operand[0]);
    arena_done(&a);
    return exit;
}
