/* lang/schema.h — every key of the language in one table: the checker, "did you mean", `explain KEY`, the JSON Schema for
 * editors, the reference page and the fuzzer's dictionary all read it, so they cannot disagree. */
#ifndef LANG_SCHEMA_H
#define LANG_SCHEMA_H

#include <stdbool.h>
#include <stdio.h>
#include "base/diag.h"
#include "lang/node.h"

enum field_kind {
    FIELD_TEXT,            /* words for people; may be a file or file.md#heading where the help says so */
    FIELD_NAME,            /* an identifier: letters, digits, _ and (for ids of sources, scenarios, glossary) - and blanks where allowed */
    FIELD_NUMBER,          /* 0.5, +0.02, 12% */
    FIELD_WHOLE,           /* a whole number */
    FIELD_TRUTH,           /* true | false */
    FIELD_DATE,            /* 2017-02 or a plain number */
    FIELD_SPAN,            /* "3 turns", "2 months", or a number of turns */
    FIELD_EXPR,            /* an expression: read by lang/parse.c */
    FIELD_UNIT,            /* $m/month */
    FIELD_MAP,             /* a block with its own table (`block`) */
    FIELD_NAMED,           /* a map from names chosen by the author to blocks or shorthands (`block`) */
    FIELD_LIST,            /* a list of values of `of` (a single value is a list of one) */
    FIELD_ANY              /* checked by the code that builds it (several shapes); `shape` tells people what may stand here */
};

struct field {
    const char *key;
    enum field_kind kind;
    bool required;
    bool per_element;              /* may be a map from elements with `otherwise` */
    const char *block;             /* table of a FIELD_MAP or FIELD_NAMED */
    const char *fallback;          /* the default in words, or NULL */
    const char *shape;             /* FIELD_ANY and shorthands: what may stand here, for messages and the reference */
    const char *help;              /* one line */
    const char *later;             /* not NULL: known, but not yet; what to do meanwhile */
};
struct key_block { const char *name, *title; const struct field *field; int count; };

const struct key_block *schema_block(const char *name);              /* "scenario" is the root; "quantity", "move", … */
const struct field *schema_field(const struct key_block *b, const char *key);
/* Unknown keys (with the nearest known), missing required keys, shapes and plain values all through the tree. Names are not
 * resolved and expressions not read here. A key without a value inside { } gets its own message before any other. */
void schema_check(struct diags *d, const struct node *root);
void schema_print_json(FILE *out);                                /* JSON Schema, draft 2020-12 */
void schema_print_reference(FILE *out);                           /* plain text, block by block */
bool schema_explain(const char *key, FILE *out);                  /* every block that knows the key, and the function; false if none does */
/* lang/functions.c: what a function does and costs; false if there is none of the name. */
bool function_explain(const char *name, FILE *out);
void functions_print_reference(FILE *out);
void schema_print_dictionary(FILE *out);                          /* a token a line, as fuzzers read it */

#endif
