/* base/json.c — JSON values by jansson (its only home), printed by our own writer.
 * jansson prints 0.1 as 0.10000000000000001; ours prints the shortest text that reads back. struct json is jansson's value under
 * another name, so nothing outside this file sees jansson. */
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/panic.h"
#include "base/text.h"

static json_t *inner(struct json *value)
{
    return (json_t *)(void *)value;
}

static struct json *outer(json_t *value)
{
    INVARIANT(value != NULL && "out of memory");
    return (struct json *)(void *)value;
}

/* Text from a person may hold bytes that are no UTF-8; they become U+FFFD rather than a broken document. */
static json_t *string_of(const char *text)
{
    if (!text)
        return json_null();
    size_t n = strlen(text);
    if (text_valid(text, n))
        return json_stringn_nocheck(text, n);
    struct arena arena;
    struct text clean;
    arena_init(&arena, "json");
    text_init(&clean, &arena);
    while (*text) {
        const char *from = text;
        if (text_next(&text) == 0xFFFD)
            text_add(&clean, "\xEF\xBF\xBD");
        else
            text_addn(&clean, from, (size_t)(text - from));
    }
    json_t *value = json_stringn_nocheck(clean.at, clean.length);
    arena_done(&arena);
    return value;
}

static json_t *number_of(double x)
{
    return x - x == 0 ? json_real(x) : json_null();
}

struct json *json_new_object(void)
{
    return outer(json_object());
}

struct json *json_new_array(void)
{
    return outer(json_array());
}

struct json *json_document(void)
{
    struct json *object = json_new_object();
    json_set_whole(object, "demarche", 1);
    return object;
}

void json_set(struct json *object, const char *key, struct json *value)
{
    REQUIRE(json_object_set_new(inner(object), key, inner(value)) == 0);
}

void json_set_text(struct json *object, const char *key, const char *text)
{
    json_set(object, key, outer(string_of(text)));
}

void json_set_number(struct json *object, const char *key, double x)
{
    json_set(object, key, outer(number_of(x)));
}

void json_set_whole(struct json *object, const char *key, long long n)
{
    json_set(object, key, outer(json_integer(n)));
}

void json_set_truth(struct json *object, const char *key, bool truth)
{
    json_set(object, key, outer(json_boolean(truth)));
}

void json_add(struct json *array, struct json *value)
{
    REQUIRE(json_array_append_new(inner(array), inner(value)) == 0);
}

void json_add_text(struct json *array, const char *text)
{
    json_add(array, outer(string_of(text)));
}

void json_add_number(struct json *array, double x)
{
    json_add(array, outer(number_of(x)));
}

static void print_string(const char *s, FILE *out)
{
    putc('"', out);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c == '\t')
            fputs("\\t", out);
        else if (c < 0x20 || c == 0x7F)
            fprintf(out, "\\u%04x", c);
        else
            putc(c, out);
    }
    putc('"', out);
}

static void print_value(json_t *v, int depth, FILE *out);

static void print_break(int depth, FILE *out)
{
    fprintf(out, "\n%*s", depth * 2, "");
}

static void print_object(json_t *v, int depth, FILE *out)
{
    const char *key, *before = "";
    json_t *child;
    putc('{', out);
    json_object_foreach(v, key, child) {            /* in the order of setting, since jansson 2.8 */
        fputs(before, out);
        print_break(depth + 1, out);
        print_string(key, out);
        fputs(": ", out);
        print_value(child, depth + 1, out);
        before = ",";
    }
    if (*before)
        print_break(depth, out);
    putc('}', out);
}

static void print_array(json_t *v, int depth, FILE *out)
{
    size_t count = json_array_size(v);
    putc('[', out);
    for (size_t i = 0; i < count; i++) {
        if (i)
            putc(',', out);
        print_break(depth + 1, out);
        print_value(json_array_get(v, i), depth + 1, out);
    }
    if (count)
        print_break(depth, out);
    putc(']', out);
}

static void print_value(json_t *v, int depth, FILE *out)
{
    char number[NUMBER_TEXT];
    switch (json_typeof(v)) {
    case JSON_OBJECT:  print_object(v, depth, out); break;
    case JSON_ARRAY:   print_array(v, depth, out); break;
    case JSON_STRING:  print_string(json_string_value(v), out); break;
    case JSON_INTEGER: fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(v)); break;
    case JSON_REAL:    fputs(text_number(json_real_value(v), number), out); break;
    case JSON_TRUE:    fputs("true", out); break;
    case JSON_FALSE:   fputs("false", out); break;
    case JSON_NULL:    fputs("null", out); break;
    }
}

void json_print(const struct json *value, FILE *out)
{
    print_value((json_t *)(uintptr_t)value, 0, out);  /* jansson's readers take no const; nothing is changed */
    putc('\n', out);
}

void json_free(struct json *value)
{
    if (value)
        json_decref(inner(value));
}

/* --- reading ------------------------------------------------------------------------------------------------------------------- */

static const json_t *inner_of(const struct json *value) { return (const json_t *)(const void *)value; }

struct json *json_read(struct arena *a, const char *text, const char **wrong)
{
    json_error_t error;
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!value) {
        *wrong = arena_text(a, error.text);
        return NULL;
    }
    return outer(value);
}

const struct json *json_get(const struct json *object, const char *key)
{
    return object ? (const struct json *)(const void *)json_object_get(inner_of(object), key) : NULL;
}

const char *json_as_text(const struct json *value) { return value ? json_string_value(inner_of(value)) : NULL; }

bool json_as_whole(const struct json *value, long long *n)
{
    if (!value || !json_is_integer(inner_of(value)))
        return false;
    *n = json_integer_value(inner_of(value));
    return true;
}

bool json_as_truth(const struct json *value, bool *truth)
{
    if (!value || !json_is_boolean(inner_of(value)))
        return false;
    *truth = json_is_true(inner_of(value));
    return true;
}

bool json_holds_array(const struct json *value) { return value && json_is_array(inner_of(value)); }

int json_count(const struct json *array) { return json_holds_array(array) ? (int)json_array_size(inner_of(array)) : 0; }

const struct json *json_at(const struct json *array, int index)
{
    return (const struct json *)(const void *)json_array_get(inner_of(array), (size_t)index);
}

const char *json_line(struct arena *a, const struct json *value)
{
    char *text = json_dumps(inner_of(value), JSON_COMPACT);
    const char *line = arena_text(a, text ? text : "");
    free(text);
    return line;
}
