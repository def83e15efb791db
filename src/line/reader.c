/* line/reader.c — what is typed, what is said, and short questions.
 * A script's lines are echoed after the prompt as if typed, so that a transcript reads the same either way. */
#include "line/line_private.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

static const char *trimmed(struct arena *a, const char *s, size_t n)
{
    while (n && (*s == ' ' || *s == '\t'))
        s++, n--;
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t' || s[n - 1] == '\r' || s[n - 1] == '\n'))
        n--;
    return arena_copy(a, s, n);
}

/* The next line of the script that is no comment; NULL at its end. */
static const char *script_line(struct line *l)
{
    while (l->script && *l->script) {
        const char *s = l->script, *end = strchr(s, '\n');
        size_t n = end ? (size_t)(end - s) : strlen(s);
        l->script = end ? end + 1 : s + n;
        const char *text = trimmed(&l->turn, s, n);
        if (*text && *text != '#')
            return text;
    }
    l->script = NULL;
    return NULL;
}

/* A line longer than there is room for is read to its end and cut: nobody types so much on purpose. */
static const char *typed_line(struct line *l)
{
    char typed[TYPED_MOST];
    if (!fgets(typed, sizeof typed, l->options->in))
        return NULL;
    size_t n = strlen(typed);
    for (int c = n && typed[n - 1] == '\n' ? '\n' : ' '; c != '\n' && c != EOF;)
        c = fgetc(l->options->in);
    return trimmed(&l->turn, typed, n);
}

/* A command in place of an answer. */
static bool is_command(struct line *l, const char *said)
{
    return line_is_word(l, arena_copy(&l->turn, said, strcspn(said, " \t")));
}

bool line_read(struct line *l, const char **text)
{
    if (l->pending) {
        *text = l->pending;
        l->pending = NULL;
        return true;
    }
    fputs("> ", l->options->out);
    const char *line = script_line(l);
    if (line) {
        fprintf(l->options->out, "%s\n", text_plain(&l->turn, line));
    } else if (!l->options->script || l->options->reads_on) {
        fflush(l->options->out);
        line = typed_line(l);
    }
    if (!line) {
        fputc('\n', l->options->out);
        l->left = true;
        return false;
    }
    if (!text_valid(line, strlen(line)))
        line = "";
    *text = text_plain(&l->turn, line);         /* what is said of it must not command the terminal */
    return true;
}

struct doc *line_doc(struct line *l)
{
    return doc_new(&l->turn);
}

void line_say(struct line *l, const struct doc *d)
{
    doc_print(d, l->options->out, 0);
    l->last = d;
}

void line_sayf(struct line *l, const char *format, ...)
{
    va_list args;
    struct text t;
    char small[512];
    text_init(&t, &l->turn);
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n >= (int)sizeof small) {
        char *large = arena_alloc(&l->turn, (size_t)n + 1);
        va_start(args, format);
        vsnprintf(large, (size_t)n + 1, format, args);
        va_end(args);
        text_add(&t, large);
    } else {
        text_add(&t, small);
    }
    struct doc *d = line_doc(l);
    doc_text(d, "%s", t.at);
    line_say(l, d);
}

enum yes_no line_ask(struct line *l, const char *question)
{
    const char *said;
    for (;;) {
        line_sayf(l, "%s", question);
        if (!line_read(l, &said))
            return SAID_NOTHING;
        if (text_same(said, "quit")) {
            l->left = true;
            return SAID_NOTHING;
        }
        if (*said && text_starts("yes", said))
            return SAID_YES;
        if (*said && text_starts("no", said))
            return SAID_NO;
        if (is_command(l, said))
            line_sayf(l, "First the question: no goes back to where you were.");
    }
}

int line_choose(struct line *l, const char *heading, const char *const *item, int count)
{
    struct doc *d = line_doc(l);
    doc_heading(d, "%s, %d.", heading, count);
    for (int i = 0; i < count; i++)
        doc_item(d, i + 1, "%s.", item[i]);
    doc_text(d, "Which? A number or a name; Enter or none goes back.");
    line_say(l, d);
    const char *said;
    long number;
    int place[2];
    if (!line_read(l, &said) || !*said || text_same(said, "no") || text_same(said, "none"))
        return -1;
    if (text_same(said, "quit")) {
        l->left = true;
        return -1;
    }
    int found = word_matches(item, count, said, place, 2);
    bool is_number = text_to_long(said, strlen(said), &number);
    if (found == 1 && (!is_number || text_same(item[place[0]], said)))
        return place[0];
    if (is_number && number >= 1 && number <= count)
        return (int)number - 1;
    if (found == 0 && is_command(l, said))
        l->pending = said;
    else if (found > 1)
        line_sayf(l, "'%s' fits more than one of them. Nothing was chosen.", said);
    else
        line_sayf(l, "'%s' is not in the list. Nothing was chosen.", said);
    return -1;
}
