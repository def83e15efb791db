/* base/json.h — writing JSON through jansson (its only home). Values are built bottom-up and owned by what they are put into.
 * Keys keep the order in which they were set; numbers print in their shortest form. The first key of a document is "demarche": 1. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct json;                                                    /* opaque */
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_document(void);                               /* an object that begins with "demarche": 1 */
void json_set(struct json *object, const char *key, struct json *value);         /* takes value */
void json_set_text(struct json *object, const char *key, const char *text);      /* NULL becomes null */
void json_set_number(struct json *object, const char *key, double x);            /* not finite: null */
void json_set_whole(struct json *object, const char *key, long long n);
void json_set_truth(struct json *object, const char *key, bool truth);
void json_add(struct json *array, struct json *value);                           /* takes value */
void json_add_text(struct json *array, const char *text);
void json_add_number(struct json *array, double x);
void json_print(const struct json *value, FILE *out);                            /* indented by two, a newline at the end */
void json_free(struct json *value);

/* Reading one that came from outside: NULL with *wrong (arena) if it is none, or if a key comes twice. Freed by json_free; what is got from it
 * is borrowed. Of another kind, or not there: NULL, false. */
struct arena;
struct json *json_read(struct arena *a, const char *text, const char **wrong);
const struct json *json_get(const struct json *object, const char *key);
const char *json_as_text(const struct json *value);
bool json_as_whole(const struct json *value, long long *n);
bool json_as_truth(const struct json *value, bool *truth);
bool json_holds_array(const struct json *value);
int json_count(const struct json *array);                                        /* 0 of anything else */
const struct json *json_at(const struct json *array, int index);
const char *json_line(struct arena *a, const struct json *value);                /* in one line, without a newline */

#endif
