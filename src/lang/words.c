/* lang/words.c — texts: sources, groups, glossary, teaching notes, and texts that stand in files of their own. */
#include <string.h>
#include "base/text.h"
#include "lang/model.h"

static bool names_file(const char *s)
{
    if (strchr(s, ' ') != NULL || strchr(s, '\n') != NULL)
        return strstr(s, ".md#") != NULL && strchr(s, ' ') > strstr(s, ".md#");     /* file.md#A heading with blanks */
    const char *const dot = strrchr(s, '.');
    return dot != NULL && (strncmp(dot, ".md", 3) == 0 || strcmp(dot, ".txt") == 0 || strstr(s, ".md#") != NULL) && dot != s;
}

static const char *line_end(const char *s)
{
    const char *const end = strchr(s, '\n');
    return end != NULL ? end : s + strlen(s);
}

/* What stands under the heading, up to the next of its level or above. */
static const char *under_heading(struct model *m, const char *text, const char *heading)
{
    int level = 0;
    const char *from = NULL;
    for (const char *s = text; *s != '\0';) {
        const char *const end = line_end(s);
        size_t const marks = strspn(s, "#");
        if (marks > 0 && s[marks] == ' ') {
            if (from != NULL && (int)marks <= level)
                return arena_copy(m->a, from, (size_t)(s - from));
            const char *name = s + marks;
            name += strspn(name, " ");
            size_t n = (size_t)(end - name);
            while (n > 0 && (name[n - 1] == ' ' || name[n - 1] == '\r'))
                n--;
            if (from == NULL && text_same(arena_copy(m->a, name, n), heading)) {
                level = (int)marks;
                from = *end != '\0' ? end + 1 : end;
            }
        }
        s = *end != '\0' ? end + 1 : end;
    }
    return from != NULL ? arena_text(m->a, from) : NULL;
}

static const char *trimmed(struct model *m, const char *s)
{
    s += strspn(s, "\n\r");
    size_t n = strlen(s);
    while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == ' ' || s[n - 1] == '\r'))
        n--;
    return arena_copy(m->a, s, n);
}

const char *file_beside(struct model *m, const char *name, struct span at, size_t *length)
{
    for (int i = 0; i < m->files.count; i++)
        if (strcmp(m->files.at[i].name, name) == 0) {
            *length = m->files.at[i].length;
            return m->files.at[i].text;
        }
    const char *const text = read_beside(m->a, m->d, m->reading, name, at, length);
    if (text != NULL)
        *LIST_ADD(m->a, m->files) = (struct text_file){name, text, *length};
    return text;
}

const char *text_of(struct model *m, const struct node *n)
{
    if (!node_is_text(n))
        return NULL;
    if (!names_file(n->text))
        return trimmed(m, n->text);
    const char *const hash = strchr(n->text, '#');
    const char *const file = hash != NULL ? arena_copy(m->a, n->text, (size_t)(hash - n->text)) : n->text;
    size_t length;
    const char *const whole = file_beside(m, file, n->at, &length);
    if (whole == NULL)
        return NULL;
    if (hash == NULL)
        return trimmed(m, whole);
    const char *const part = under_heading(m, whole, hash + 1);
    if (part == NULL) {
        diag_error(m->d, n->at, D_UNKNOWN_TEXT, "%s has no heading '%s'; add it there, as: ### %s", file, hash + 1, hash + 1);
        return NULL;
    }
    return trimmed(m, part);
}

static const char *const *texts(struct model *m, const char *key, int *count)
{
    const struct node *const n = node_get(m->root, key);
    int const many = n == NULL ? 0 : n->kind == NODE_LIST ? n->count : 1;
    const char **const out = ARENA_ARRAY(m->a, many + 1, const char *);
    *count = 0;
    for (int i = 0; i < many; i++) {
        const char *const t = text_of(m, n->kind == NODE_LIST ? n->item[i] : n);
        if (t != NULL)
            out[(*count)++] = t;
    }
    return out;
}

static void read_sources(struct model *m)
{
    const struct node *const map = node_get(m->root, "sources");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct cited *const out = ARENA_ARRAY(m->a, n + 1, struct cited);
    for (int i = 0; i < n; i++) {
        const struct node *const b = map->item[i], *const author = node_get(b, "author"), *const url = node_get(b, "url"), *const doi = node_get(b, "doi");
        struct text t;
        text_init(&t, m->a);
        for (int k = 0; author != NULL && author->kind == NODE_LIST && k < author->count; k++)
            text_addf(&t, "%s%s", k > 0 ? ", " : "", node_words(author->item[k], ""));
        out[i] = (struct cited){.id = map->key[i]->text, .title = node_words(node_get(b, "title"), map->key[i]->text), .author = t.length > 0 ? t.at : node_words(author, NULL),
                                .date = node_words(node_get(b, "date"), NULL)};
        out[i].where = doi != NULL ? arena_printf(m->a, "https://doi.org/%s", node_words(doi, "")) : node_words(url, NULL);
    }
    m->p->cited = out;
    m->p->citeds = n;
}

/* "- **term**: meaning", several lines each, as a glossary file has them. */
struct words_list { LIST_OF(struct word) list; };

static void words_of_file(struct model *m, const char *text, struct words_list *out)
{
    for (const char *s = text; *s != '\0';) {
        const char *end = line_end(s);
        if (strncmp(s, "- **", 4) == 0) {
            const char *const close = strstr(s + 4, "**");
            if (close != NULL && close < end) {
                const char *from = close + 2;
                from += strspn(from, ": ");
                struct text t;
                text_init(&t, m->a);
                text_addn(&t, from, (size_t)(end - from));
                while (*end == '\n' && end[1] == ' ') {
                    const char *line = end + 1;
                    line += strspn(line, " ");
                    end = line_end(line);
                    text_add(&t, " ");
                    text_addn(&t, line, (size_t)(end - line));
                }
                struct word *const w = LIST_ADD(m->a, out->list);
                *w = (struct word){arena_copy(m->a, s + 4, (size_t)(close - s - 4)), t.at};
            }
        }
        s = *end != '\0' ? end + 1 : end;
    }
}

void build_words(struct model *m)
{
    const struct node *const glossary = node_get(m->root, "glossary"), *const groups = node_get(m->root, "groups");
    struct words_list words = {{0}};
    for (int i = 0; glossary != NULL && glossary->kind == NODE_MAP && i < glossary->count; i++)
        *LIST_ADD(m->a, words.list) = (struct word){glossary->key[i]->text, node_words(glossary->item[i], "")};
    if (node_is_text(glossary)) {
        const char *const text = text_of(m, glossary);
        if (text != NULL)
            words_of_file(m, text, &words);
    }
    m->p->word = words.list.at;
    m->p->words = words.list.count;
    m->p->teaching = texts(m, "teaching", &m->p->teachings);
    m->p->debrief = texts(m, "debrief", &m->p->debriefs);
    m->p->not_claimed = texts(m, "claims_not_made", &m->p->not_claimeds);
    int const n = groups != NULL && groups->kind == NODE_MAP ? groups->count : 0;
    struct group *const out = ARENA_ARRAY(m->a, n + 1, struct group);
    for (int i = 0; i < n; i++)
        out[i] = (struct group){groups->key[i]->text, node_words(node_get(groups->item[i], "title"), readable(m, groups->key[i]->text))};
    m->p->group = out;
    m->p->groups = n;
}

void build_heading(struct model *m)
{
    struct program *const p = m->p;
    const char *folder = strrchr(m->reading->folder, '/');
    folder = folder != NULL && folder[1] != '\0' ? folder + 1 : m->reading->folder;
    const char *file = strrchr(m->reading->path, '/');
    file = file != NULL ? file + 1 : m->reading->path;
    if (strcmp(file, "scenario.yaml") != 0)             /* a single file: its name without the ending */
        folder = arena_copy(m->a, file, strcspn(file, "."));
    p->id = node_words(node_get(m->root, "id"), folder);
    p->title = node_words(node_get(m->root, "title"), p->id);
    p->summary = node_words(node_get(m->root, "summary"), "");
    const struct node *const authors = node_get(m->root, "authors");
    p->authors = node_words(authors != NULL && authors->kind == NODE_LIST && authors->count > 0 ? authors->item[0] : authors, "");
    p->license = node_words(node_get(m->root, "license"), "");
    p->length = node_words(node_get(m->root, "length"), "");
    p->folder = m->reading->folder;
    read_sources(m);
}
