/* lang/reference.c — the table in other dresses: JSON Schema for editors, a reference page, `explain`, a dictionary for fuzzers.
 * Nothing here knows a key; a row that is added to the table shows up in all of them. */
#include "lang/schema_private.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

/* ---- in words ---- */

static const char *kind_words(enum field_kind kind)
{
    switch (kind) {
    case FIELD_TEXT:   return "a text";
    case FIELD_NAME:   return "a name";
    case FIELD_NUMBER: return "a number";
    case FIELD_WHOLE:  return "a whole number";
    case FIELD_TRUTH:  return "true or false";
    case FIELD_DATE:   return "a month as 2017-02, or a plain number";
    case FIELD_SPAN:   return "a length of time, as 3 turns";
    case FIELD_EXPR:   return "an expression";
    case FIELD_UNIT:   return "a unit, as $m/month";
    case FIELD_MAP:    return "a block";
    case FIELD_NAMED:  return "names, each with a block";
    case FIELD_LIST:   return "a list";
    case FIELD_ANY:    return "a value";
    }
    return "";
}

static void print_value(const struct field *f, FILE *out)
{
    const struct stands *const s = schema_stands(f->block);
    const char *const one = s->shape != NULL ? s->shape : s->one;
    switch (f->kind) {
    case FIELD_NAME: case FIELD_ANY:
        fputs(f->shape != NULL ? f->shape : kind_words(f->kind), out);
        break;
    case FIELD_MAP:
        if (f->shape != NULL)
            fputs(f->shape, out);
        else
            fprintf(out, "a block (see %s)", f->block);
        break;
    case FIELD_NAMED:
        if (schema_block(f->block) == NULL)
            fprintf(out, "names, each with %s", f->shape != NULL ? f->shape : one);
        else if (s->plain != NO_VALUE || s->list != NO_VALUE)
            fprintf(out, "names, each with %s (see %s)", one, f->block);
        else
            fprintf(out, "names, each with a block (see %s)", f->block);
        break;
    case FIELD_LIST:
        if (s->count > 0)
            fputs(one, out);
        else if (schema_block(f->block) != NULL)
            fprintf(out, "a list of %s (see %s)", one, f->block);
        else
            fprintf(out, "%s, or a list of them", one);
        break;
    case FIELD_TEXT: case FIELD_NUMBER: case FIELD_WHOLE: case FIELD_TRUTH: case FIELD_DATE: case FIELD_SPAN: case FIELD_EXPR: case FIELD_UNIT:
        fputs(kind_words(f->kind), out);
        break;
    }
    if (f->per_element)
        fputs("; or a map from elements, with otherwise", out);
}

static void print_field(const struct key_block *b, const struct field *f, const char *indent, FILE *out)
{
    fprintf(out, "%s%s.%s: ", indent, b->name, f->key);
    print_value(f, out);
    fprintf(out, "\n%s    %s\n", indent, f->help);
    if (f->required)
        fprintf(out, "%s    required\n", indent);
    else if (f->fallback != NULL)
        fprintf(out, "%s    if left out: %s\n", indent, f->fallback);
    if (f->later != NULL)
        fprintf(out, "%s    not yet available in this version; %s\n", indent, f->later);
}

static void print_block(const struct key_block *b, FILE *out)
{
    fprintf(out, "%s (%s)\n", b->title, b->name);
    for (int i = 0; i < schema_choice_count; i++)
        if (strcmp(schema_choices[i].block, b->name) == 0)
            fprintf(out, "  %s\n", schema_choices[i].what);
    for (int i = 0; i < b->count; i++)
        print_field(b, &b->field[i], "  ", out);
}

void schema_print_reference(FILE *out)
{
    fputs("The keys of a scenario, block by block.\n\n", out);
    for (int i = 0; i < schema_block_count; i++) {
        print_block(&schema_blocks[i], out);
        fputc('\n', out);
    }
    print_block(&schema_everywhere, out);
    fputc('\n', out);
    functions_print_reference(out);
}

bool schema_explain(const char *key, FILE *out)
{
    bool known = false;
    for (int i = 0; i <= schema_block_count; i++) {
        const struct key_block *const b = i < schema_block_count ? &schema_blocks[i] : &schema_everywhere;
        for (int k = 0; k < b->count; k++) {
            if (strcmp(b->field[k].key, key) != 0)
                continue;
            print_field(b, &b->field[k], "", out);
            known = true;
        }
    }
    const struct key_block *const block = schema_block(key);
    if (block != NULL) {
        if (known)
            fputc('\n', out);
        print_block(block, out);
    }
    return function_explain(key, out) || known || block != NULL;
}

/* ---- JSON Schema ---- */

static struct json *of_types(const char *a, const char *b, const char *c)
{
    struct json *const schema = json_new_object();
    if (b == NULL) {
        json_set_text(schema, "type", a);
        return schema;
    }
    struct json *const types = json_new_array();
    json_add_text(types, a);
    json_add_text(types, b);
    if (c != NULL)
        json_add_text(types, c);
    json_set(schema, "type", types);
    return schema;
}

static struct json *of_words(const char *words)
{
    struct json *const schema = json_new_object(), *const list = json_new_array();
    for (const char *s = words; s != NULL;) {
        const char *const bar = strstr(s, " | ");
        char word[64];
        size_t const length = bar != NULL ? (size_t)(bar - s) : strlen(s);
        snprintf(word, sizeof word, "%.*s", (int)length, s);
        json_add_text(list, word);
        s = bar != NULL ? bar + 3 : NULL;
    }
    json_set(schema, "enum", list);
    return schema;
}

static struct json *of_reference(const char *block)
{
    struct json *const schema = json_new_object();
    char where[96];
    snprintf(where, sizeof where, "#/$defs/%s", block);
    json_set_text(schema, "$ref", where);
    return schema;
}

static struct json *patterned(struct json *schema, const char *pattern)
{
    json_set_text(schema, "pattern", pattern);
    return schema;
}

/* A pattern holds for strings only, so a number passes as a number. */
static struct json *of_plain(enum field_kind kind)
{
    switch (kind) {
    case FIELD_NUMBER: return patterned(of_types("number", "string", NULL), "^[+-]?[0-9.]+([eE][+-]?[0-9]+)?%?$");
    case FIELD_WHOLE:  return of_types("integer", NULL, NULL);
    case FIELD_TRUTH:  return of_types("boolean", NULL, NULL);
    case FIELD_DATE:   return patterned(of_types("number", "string", NULL), "^[0-9]{4}-(0[1-9]|1[0-2])$");
    case FIELD_SPAN:   return patterned(of_types("number", "string", NULL), "^[0-9.]+( +[a-z]+)?$");
    case FIELD_NAME:   return of_types("string", "number", NULL);
    case FIELD_UNIT:   return of_types("string", "number", NULL);
    case FIELD_TEXT: case FIELD_EXPR: return of_types("string", "number", "boolean");
    case FIELD_MAP: case FIELD_NAMED: return of_types("object", NULL, NULL);
    case FIELD_LIST:   return of_types("array", NULL, NULL);
    case FIELD_ANY:    break;
    }
    return json_new_object();
}

static struct json *either(struct json *a, struct json *b)
{
    struct json *const schema = json_new_object(), *const list = json_new_array();
    json_add(list, a);
    json_add(list, b);
    json_set(schema, "anyOf", list);
    return schema;
}

static struct json *of_items(enum field_kind kind, int count)
{
    struct json *const schema = of_types("array", NULL, NULL);
    json_set(schema, "items", of_plain(kind));
    if (count > 0) {
        json_set_whole(schema, "minItems", count);
        json_set_whole(schema, "maxItems", count);
    }
    return schema;
}

/* One of what a list or a map from names holds. */
static struct json *of_one(const char *block)
{
    const struct stands *const s = schema_stands(block);
    struct json *schema = schema_block(block) != NULL ? of_reference(block) : NULL;
    if (s->plain != NO_VALUE)
        schema = schema != NULL ? either(of_plain((enum field_kind)s->plain), schema) : of_plain((enum field_kind)s->plain);
    if (s->list != NO_VALUE)
        schema = schema != NULL ? either(of_items((enum field_kind)s->list, s->count), schema) : of_items((enum field_kind)s->list, s->count);
    return schema != NULL ? schema : json_new_object();
}

static struct json *of_named(const struct field *f)
{
    struct json *const schema = of_types("object", NULL, NULL);
    json_set(schema, "additionalProperties", of_one(f->block));
    return f->shape != NULL ? either(of_types("string", NULL, NULL), schema) : schema;
}

static struct json *of_list(const struct field *f)
{
    const struct stands *const s = schema_stands(f->block);
    struct json *const schema = of_types("array", NULL, NULL);
    json_set(schema, "items", of_one(f->block));
    if (s->count > 0) {
        json_set_whole(schema, "minItems", s->count);
        json_set_whole(schema, "maxItems", s->count);
        return schema;
    }
    return either(of_one(f->block), schema);
}

static struct json *of_field(const struct field *f)
{
    struct json *schema = NULL;
    if (f->kind == FIELD_NAME && f->shape != NULL)
        schema = of_words(f->shape);
    else if (f->kind == FIELD_MAP)
        schema = of_one(f->block);
    else if (f->kind == FIELD_NAMED)
        schema = of_named(f);
    else if (f->kind == FIELD_LIST)
        schema = of_list(f);
    else
        schema = of_plain(f->kind);
    if (f->per_element && f->kind != FIELD_ANY)
        schema = either(schema, of_types("object", NULL, NULL));
    json_set_text(schema, "description", f->help);
    if (f->later != NULL)
        json_set_truth(schema, "deprecated", true);
    return schema;
}

static struct json *of_required(const char *key)
{
    struct json *const schema = json_new_object(), *const keys = json_new_array();
    json_add_text(keys, key);
    json_set(schema, "required", keys);
    return schema;
}

static void set_choices(struct json *schema, const struct key_block *b)
{
    for (int i = 0; i < schema_choice_count; i++) {
        const struct choice *const choice = &schema_choices[i];
        if (strcmp(choice->block, b->name) != 0)
            continue;
        struct json *const list = json_new_array();
        char key[64];
        for (const char *s = choice->keys; *s != '\0'; s += strspn(s, " ")) {
            size_t const length = strcspn(s, " ");
            snprintf(key, sizeof key, "%.*s", (int)length, s);
            json_add(list, of_required(key));
            s += length;
        }
        json_set(schema, choice->several ? "anyOf" : "oneOf", list);
    }
}

static void set_block(struct json *schema, const struct key_block *b)
{
    struct json *const properties = json_new_object(), *const required = json_new_array();
    for (int i = 0; i < b->count; i++) {
        json_set(properties, b->field[i].key, of_field(&b->field[i]));
        if (b->field[i].required)
            json_add_text(required, b->field[i].key);
    }
    for (int i = 0; i < schema_everywhere.count; i++)
        json_set(properties, schema_everywhere.field[i].key, of_field(&schema_everywhere.field[i]));
    json_set_text(schema, "type", "object");
    json_set(schema, "properties", properties);
    json_set(schema, "required", required);
    set_choices(schema, b);
    if (schema_stands(b->name)->others == NULL)
        json_set_truth(schema, "additionalProperties", false);
    else
        json_set(schema, "additionalProperties", of_types("object", "array", NULL));
}

void schema_print_json(FILE *out)
{
    struct json *const document = json_new_object(), *const definitions = json_new_object();
    json_set_text(document, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_set_text(document, "title", "A demarche scenario");
    set_block(document, &schema_blocks[0]);
    for (int i = 1; i < schema_block_count; i++) {
        struct json *const schema = json_new_object();
        json_set_text(schema, "title", schema_blocks[i].title);
        set_block(schema, &schema_blocks[i]);
        json_set(definitions, schema_blocks[i].name, schema);
    }
    json_set(document, "$defs", definitions);
    json_print(document, out);
    json_free(document);
}

/* ---- the fuzzer's dictionary ---- */

static bool key_before(int block, int field)
{
    const char *const key = schema_blocks[block].field[field].key;
    for (int i = 0; i <= block; i++)
        for (int k = 0; k < (i == block ? field : schema_blocks[i].count); k++)
            if (strcmp(schema_blocks[i].field[k].key, key) == 0)
                return true;
    return false;
}

void schema_print_dictionary(FILE *out)
{
    static const char *const marks[] = {": ", "- ", "{", "}", "[", "]", ", ", "'", "\\\"", "\\x0a", "\\x0a  ", "\\x0d\\x0a", "# ", "|", ">",
                                        "&a ", "*a", "!t ", "<<: ", "---", "...", "otherwise: ", "2017-02", "12%", "010", "true", "no", "3 turns",
                                        "\\xef\\xbb\\xbf", "\\xc3\\xa9", "\\x09", "max(a, b)"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        fprintf(out, "\"%s\"\n", marks[i]);
    for (int i = 0; i < schema_block_count; i++)
        for (int k = 0; k < schema_blocks[i].count; k++)
            if (!key_before(i, k))
                fprintf(out, "\"%s: \"\n", schema_blocks[i].field[k].key);
    for (int k = 0; k < schema_everywhere.count; k++)
        fprintf(out, "\"%s: \"\n", schema_everywhere.field[k].key);
}
