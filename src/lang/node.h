/* lang/node.h — a YAML file as nodes that know their place. lang/read.c makes them (the only code that meets libyaml);
 * includes are already merged: a section given in two files is one map. */
#ifndef LANG_NODE_H
#define LANG_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/diag.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct span at;               /* of the whole node in its file (a text: without its quotes) */
    bool quoted;                  /* "…", '…', | or >: never read as a number, truth or date */
    bool raw;                     /* text stands in the file letter for letter: byte i of text is byte at.at + i (plain one-line scalars
                                   * and quoted ones without escapes), so that an expression's finding can point inside it */
    bool broken;                  /* a finding already says that this could not be read as written: check nothing in it, so that
                                   * one slip gets one message (a root is broken if one of its files is missing or not YAML) */
    const char *text;             /* NODE_TEXT; NUL-terminated; arena */
    int count;                    /* NODE_LIST: items; NODE_MAP: pairs */
    struct node **item;           /* values */
    struct node **key;            /* NODE_MAP: NODE_TEXT nodes, in the order written; no two alike */
    const int *order;             /* a long NODE_MAP: places in the order of the keys' bytes, for node_get; NULL: look at each */
};

/* NULL-safe lookups. */
struct node *node_get(const struct node *map, const char *key);
bool node_is_text(const struct node *n);

/* A scenario read whole: its folder's scenario.yaml or one file, with what `include:` names. NULL if it cannot be read at all
 * (then *unreadable says why: exit 3); otherwise findings are in d and the tree holds what could be read.
 * Data files and texts are read by lang_read_text under the same rules (inside the folder only). */
struct program_file;              /* code/program.h */
struct reading {
    struct node *root;            /* a map; `include` resolved; arena */
    const char *folder;           /* where data and texts are looked for */
    const char *path;             /* of the main file */
    const char *whole;            /* every YAML file read, concatenated in order */
    size_t whole_length;
    struct files_read *files;     /* every file read, data and texts too, as they stood: what a game file keeps (read_files); NULL: none are kept */
    const struct program_file *box; int boxed;      /* not NULL: files come from here and not from the disk */
};
struct reading *read_scenario(struct arena *a, struct diags *d, const char *path, const char **unreadable);
/* The same from files that a game kept, the main one first; folder: a name for findings. They stay borrowed. */
struct reading *read_kept(struct arena *a, struct diags *d, const char *folder, const struct program_file *file, int files, const char **unreadable);
int read_files(const struct reading *r, const struct program_file **file);
/* One YAML text from memory (fuzzing, tests). NULL only on a text that is not YAML at all (a finding says where). */
struct node *read_yaml(struct arena *a, struct diags *d, const char *path, const char *text, size_t length);
/* A file named by `name` (with its place): CSV data or a text. NULL after a finding. */
const char *read_beside(struct arena *a, struct diags *d, const struct reading *r, const char *name, struct span at, size_t *length);

#endif
