/* lang/schema_private.h — the table's second half, for the checker and the printers only: what may stand in place of a block. */
#ifndef LANG_SCHEMA_PRIVATE_H
#define LANG_SCHEMA_PRIVATE_H

#include "lang/schema.h"

/* How the names look that an author gives to things. */
enum key_style {
    KEY_NAME,              /* import_ban: can stand in an expression */
    KEY_SUBSCRIPT,         /* the same, or trust[by in seat, of in seat] */
    KEY_ID,                /* customs-2016: hyphens too */
    KEY_WORDS              /* secondary sanctions: anything */
};

enum { NO_VALUE = -1 };

/* What a FIELD_LIST, FIELD_NAMED or FIELD_MAP holds when it is not a block: a list's items, a named thing's short form. */
struct stands {
    const char *block;             /* the name in struct field's `block`; there need not be a table of that name */
    const char *one;               /* what one of them is called in a sentence: "a move" */
    enum key_style keys;           /* of the names in a FIELD_NAMED of these */
    int plain;                     /* enum field_kind of a single value that may stand alone, or NO_VALUE */
    int list;                      /* enum field_kind of the items, if a list may stand there, or NO_VALUE */
    int count;                     /* exactly so many items of a FIELD_LIST; 0: any number */
    const char *shape;             /* said when something else stands there */
    const char *others;            /* any other key is allowed in the block, and its value is of this kind (see shape.c) */
};

/* Keys of which a block has exactly one (or at least one). */
struct choice { const char *block; bool several; const char *keys; const char *what; };

extern const struct key_block schema_blocks[];
extern const int schema_block_count;
extern const struct key_block schema_everywhere;      /* keys that any block may have */
extern const struct choice schema_choices[];
extern const int schema_choice_count;

const struct stands *schema_stands(const char *block);            /* never NULL */
bool schema_words_have(const char *words, const char *word);      /* words: "a | b | c" */

#endif
