/* cli/explain.c — `demarche explain`: what a key or a function of the language means, or a finding by its number. A word that belongs to
 * scenarios instead is looked for in those installed: whoever asks is told where it is shown. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"
#include "cli/cli.h"
#include "code/program.h"
#include "lang/schema.h"

enum { KNOWN_MOST = 4096, WORD_MOST = 80, WIDTH = 78 };

/* "D101", "d101" or "101": its number; -1 if it is not written so. */
static int finding_number(const char *word)
{
    long n;
    const char *digits = word[0] == 'D' || word[0] == 'd' ? word + 1 : word;
    return *digits && text_to_long(digits, strlen(digits), &n) && n > 0 && n < 10000 ? (int)n : -1;
}

static void print_wrapped(const char *text)
{
    const char *line;
    size_t length;
    while (text_wrap(&text, WIDTH, &line, &length))
        printf("%.*s\n", (int)length, line);
}

static int explain_finding(int number)
{
    const char *name, *meaning;
    for (int i = 0, at; diag_nth(i, &at, &name, &meaning); i++)
        if (at == number) {
            printf("D%03d %s\n", number, name);
            print_wrapped(meaning);
            return EXIT_DONE;
        }
    return cli_usage("explain", "there is no finding D%03d; `demarche check` prints the numbers there are", number);
}

/* What a scenario calls so: "a quantity and a word", "" if nothing. */
static const char *called_so(struct arena *a, const struct program *p, const char *word, const char **meaning)
{
    struct text t;
    bool is[] = {program_seat(p, word) >= 0, program_move(p, word) >= 0, program_quantity(p, word) >= 0, program_parameter(p, word) >= 0, false};
    static const char *const kind[] = {"a seat", "a move", "a quantity", "a parameter", "a word of its glossary"};
    enum { SO = sizeof is / sizeof *is };
    text_init(&t, a);
    text_add(&t, "");
    for (int i = 0; i < p->words; i++)
        if (text_same(p->word[i].word, word)) {
            is[SO - 1] = true;
            *meaning = p->word[i].meaning;
        }
    for (int i = 0; i < SO; i++)
        if (is[i])
            text_addf(&t, "%s%s", t.length ? " and " : "", kind[i]);
    return t.at;
}

/* False if no installed scenario knows the word. */
static bool explain_by_scenarios(struct arena *a, const char *word)
{
    const char *const *path;
    int count = cli_scenarios(a, &path), found = 0;
    for (int i = 0; i < count; i++) {
        const struct program *p = cli_peek(a, path[i]);
        const char *meaning = NULL, *as = p ? called_so(a, p, word, &meaning) : "";
        if (!*as)
            continue;
        if (!found++)
            printf("'%s' is no key of the language, but scenarios know it.\n", word);
        print_wrapped(arena_printf(a, "In %s it is %s%s%s", p->id, as, meaning ? ": " : ".", meaning ? meaning : ""));
        printf("  demarche show %s/%s\n", p->id, word);
    }
    return found > 0;
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
        return cli_usage("explain", "explain what? A key such as seen_by, a function such as rank, or a finding such as D101");
    int number = finding_number(given.operand[0]);
    if (number >= 0)
        return explain_finding(number);
    if (schema_explain(given.operand[0], stdout))
        return EXIT_DONE;
    arena_init(&a, "explain");
    exit = explain_by_scenarios(&a, given.operand[0]) ? EXIT_DONE : nearest_key(&a, given.operand[0]);
    arena_done(&a);
    return exit;
}
