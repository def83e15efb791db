/* cli/export.c — `demarche export`: a saved game as tidy tables, with a codebook of every column and a manifest of every file.
 * What is written is what the file says; whether the file can be trusted is found out first and stands in the manifest. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/os.h"
#include "base/text.h"
#include "cli/saves.h"

enum { CSV, CODEBOOK, OPTIONS };
static const struct option_row rows[OPTIONS] = {
    [CSV] = {"csv", 0, "DIR", "write one table a file into this folder, which must be new or empty"},
    [CODEBOOK] = {"codebook", 0, "", "and codebook.csv: what each column is"},
};

enum { BLOB_SHOWN = 2 * DIGEST_BYTES };             /* hexadecimal; longer bytes are told by their digest */

struct exporting {
    struct arena *arena;
    const char *folder;
    struct json *manifest;                          /* list of files */
    FILE *out;
    const struct store_column *column;              /* of the table in hand */
    const char *trouble;
};

/* A file is written whole or told to have failed; its digest goes to the manifest. */
static bool keep(struct exporting *e, const char *name, const struct text *t)
{
    const char *path = os_join(e->arena, e->folder, name);
    char hex[DIGEST_TEXT];
    FILE *f = fopen(path, "wb");
    bool good = f && fwrite(t->at, 1, t->length, f) == t->length;
    good = f && fclose(f) == 0 && good;
    if (!good) {
        fprintf(stderr, "demarche export: %s cannot be written; is there room, and may the folder be written?\n", path);
        return false;
    }
    struct json *one = json_new_object();
    json_set_text(one, "name", name);
    json_set_whole(one, "bytes", (long long)t->length);
    json_set_text(one, "sha256", digest_text(digest_of(t->at, t->length), hex));
    json_add(e->manifest, one);
    return true;
}

struct table_text { struct text text; const struct store_column *column; const struct store_game *is; int row; };

static bool add_row(void *self, int columns, const char *const *value)
{
    struct table_text *t = self;
    char hex[DIGEST_TEXT];
    for (int i = 0; i < columns; i++) {
        const char *said = value[i] ? value[i] : "";
        if (strncmp(t->column[i].type, "bytes", 5) == 0 && strlen(said) > BLOB_SHOWN && t->row < t->is->files)
            said = digest_text(digest_of(t->is->file[t->row].text, t->is->file[t->row].length), hex);
        text_add(&t->text, i ? "," : "");
        csv_quote(&t->text, said);
    }
    text_add(&t->text, "\n");
    t->row++;
    return true;
}

static bool write_tables(struct exporting *e, const struct saved *s)
{
    const struct store_table *table;
    const struct store_column *column;
    const int tables = store_tables(&table), columns = store_columns(&column);
    int at = 0;
    for (int i = 0; i < tables; i++) {
        struct arena a;
        struct table_text t = {.column = &column[at], .is = s->is};
        const char *words = NULL;
        arena_init(&a, "export");
        text_init(&t.text, &a);
        for (int first = at; at < columns && strcmp(column[at].table, table[i].name) == 0; at++)
            text_addf(&t.text, "%s%s", at > first ? "," : "", column[at].name);
        text_add(&t.text, "\n");
        bool good = store_each_row(s->store, i, add_row, &t, &words) == STORE_OK;
        if (!good)
            fprintf(stderr, "demarche export: table '%s' cannot be read: %s\n", table[i].name, words);
        good = good && keep(e, arena_printf(&a, "%s.csv", table[i].name), &t.text);
        arena_done(&a);
        if (!good)
            return false;
    }
    return true;
}

static bool write_codebook(struct exporting *e)
{
    const struct store_column *column;
    const int columns = store_columns(&column);
    struct text t;
    text_init(&t, e->arena);
    text_add(&t, "file,column,type,unit,meaning\n");
    for (int i = 0; i < columns; i++) {
        text_addf(&t, "%s.csv,%s,", column[i].table, column[i].name);
        csv_quote(&t, column[i].type);
        text_addf(&t, ",%s,", column[i].unit);
        csv_quote(&t, column[i].words);
        text_add(&t, "\n");
    }
    return keep(e, "codebook.csv", &t);
}

/* The scenario's files under scenario/; a name that leads elsewhere, as only a forged file has, is left out. */
static bool write_scenario(struct exporting *e, const struct saved *s)
{
    for (int i = 0; i < s->is->files; i++) {
        const struct program_file *file = &s->is->file[i];
        const char *slash = strrchr(file->name, '/');
        if (file->name[0] == '/' || strstr(file->name, "..") || strchr(file->name, '\\') || text_commands(file->name, strlen(file->name)) || !*file->name)
            continue;
        const char *name = arena_printf(e->arena, "scenario/%s", file->name);
        const char *folder = slash ? arena_printf(e->arena, "scenario/%.*s", (int)(slash - file->name), file->name) : "scenario";
        struct text t;
        text_init(&t, e->arena);
        text_addn(&t, file->text, file->length);
        if (os_make_folder(os_join(e->arena, e->folder, folder)) != 0 || !keep(e, name, &t))
            return false;
    }
    return true;
}

static int export_game(struct arena *a, const struct saved *s, const struct parsed *given)
{
    struct exporting e = {.arena = a, .folder = given->value[CSV], .manifest = json_new_array()};
    const char *const *names;
    char hex[DIGEST_TEXT];
    int count = 0, verifies;
    struct replay r;
    if (os_is_folder(e.folder) && os_list(a, e.folder, &names, &count) == 0 && count > 0)
        return cli_usage("export", "the folder %s is not empty; name a new one", e.folder);
    if (os_make_folder(e.folder) != 0) {
        fprintf(stderr, "demarche export: the folder %s cannot be made\n", e.folder);
        return EXIT_INPUT;
    }
    const bool true_to_record = games_replay(a, s, &r, -1, &verifies) != NULL;
    bool good = write_tables(&e, s) && (!given->value[CODEBOOK] || write_codebook(&e)) && write_scenario(&e, s);
    struct json *doc = json_document();
    struct text t;
    json_set_text(doc, "game", s->name);
    json_set_text(doc, "made_by", s->is->made_by);
    json_set_text(doc, "scenario", s->is->folder);
    json_set_text(doc, "program", digest_text(s->is->program, hex));
    json_set_whole(doc, "seed", (long long)s->is->seed);
    json_set_whole(doc, "rules", replay_rules(&r));
    json_set_truth(doc, "verifies", true_to_record);
    json_set_text(doc, "last_link", digest_text(s->is->row[s->is->rows - 1].link, hex));
    json_set(doc, "files", e.manifest);
    text_init(&t, a);
    FILE *f = good ? fopen(os_join(a, e.folder, "manifest.json"), "wb") : NULL;
    if (f)
        json_print(doc, f);
    good = f && fclose(f) == 0 && good;
    json_free(doc);
    if (!good)
        return EXIT_LIMIT;
    fprintf(stderr, "%s is in %s as tables%s; manifest.json lists every file with its digest.\n", s->name, e.folder,
            given->value[CODEBOOK] ? ", and codebook.csv says what each column is" : "");
    return true_to_record ? EXIT_DONE : EXIT_RECORD;
}

int cmd_export(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    struct saved s;
    int exit;
    if (!cli_parse("export", argc, argv, rows, OPTIONS, &given, &exit))
        return exit;
    if (given.operands > 1)
        return cli_usage("export", "one game at a time, each into a folder of its own");
    if (!given.value[CSV])
        return cli_usage("export", "where to? --csv DIR, a new folder");
    arena_init(&a, "export");
    if (games_open(&a, "export", given.operands ? given.operand[0] : NULL, false, &s, &exit)) {
        exit = export_game(&a, &s, &given);
        store_close(s.store);
    }
    arena_done(&a);
    return exit;
}
