/* store/store.h — the game file: one SQLite database a game (SQLite's only home).
 *
 * Application id "Dmrc", user version STORE_VERSION; the tables are those of store/columns.def. `journal` is the game: played again
 * from its rows, with the files in `file`, everything else comes out the same. The tables quantity, truth, observation, ledger and score say
 * for other programs what came of it; desk, draft and reply hold what a person has begun and not yet done.
 *
 * Writing: write-ahead log, fsync at every seal, intent, draft and word at the table (synchronous FULL); what came of a turn can be worked out again and does
 * not wait for the disk. Whoever writes holds the file for itself. Reading: a file may come from anywhere. Its size, schema, types, places
 * and chain are checked before anything is used, statements are prepared, and nothing that a schema could run is trusted.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "game/game.h"

enum { STORE_APPLICATION = 0x446d7263, STORE_VERSION = 1 };
enum { STORE_FILE_MOST = 1 << 28, STORE_ROWS_MOST = 1 << 20, STORE_TEXT_MOST = 1 << 20, STORE_FILES_MOST = 1000, STORE_DRAFTS = 64 };

enum store_error {
    STORE_OK,
    STORE_MISSING,              /* no such file */
    STORE_OTHER,                /* not a game file */
    STORE_NEWER,                /* of a later version of the program */
    STORE_DAMAGED,              /* it was one; `words` says where it broke */
    STORE_BUSY,                 /* another program has it */
    STORE_FULL,                 /* no room on the disk */
    STORE_READ_ONLY,            /* it may be read and not written */
    STORE_DENIED,               /* it may not even be read */
    STORE_FAILED                /* the disk or the memory failed */
};

struct store;                   /* opaque; in an arena, but store_close gives the file back */

struct store_seat { const char *name, *kind, *persona, *who; };         /* kind: "person", "persona" or "nobody"; none NULL */
struct store_parent { const char *name; int turns; struct digest link; };       /* name NULL: none */

/* A whole game as it stands in the file, checked. Arena of store_open. */
struct store_game {
    const char *made_by, *created, *folder, *title, *opening;   /* opening "": none */
    struct digest program;
    uint64_t seed;
    int turns;
    bool at_values, median;
    struct store_parent parent;
    const struct program_file *file; int files;
    const struct store_seat *seat; int seats;
    const struct journal_row *row; int rows;        /* row 0 is there; the chain holds */
    int turns_done;                                 /* rows of kind state */
    bool over;                                      /* it has an ending or all its turns */
};

/* Reads and checks. writes: and holds the file for itself until store_close. NULL with *error, and *words for a person: what is wrong and, where
 * something can be done, what (arena). A damaged chain is STORE_DAMAGED unless `damaged` is not NULL: it then gets the first bad row (or -1)
 * and the game is given as far as it can be read. */
struct store *store_open(struct arena *a, const char *path, bool writes, int *damaged, enum store_error *error, const char **words);
const struct store_game *store_game(const struct store *s);
/* A new file (must not exist; private to its user), made by a version of the program and begun with the game's first row and the values of the start. */
struct store *store_create(struct arena *a, const char *path, const struct game *g, const char *made_by, const char *folder,
                           const struct store_seat *seat, const struct store_parent *parent, enum store_error *error, const char **words);
/* A new file with the first `turns` turns of another; nothing on its desk. */
enum store_error store_branch(struct arena *a, const char *path, struct store *from, const char *made_by, const char *parent, int turns,
                              const char **words);
/* The file is given back; a log beside it is folded in. Unsaved things there are none. */
void store_close(struct store *s);

/* The game writes itself down: record_sink(g, &store_sink, s). Rows that are in the file already are held to the game's. */
extern const struct game_sink store_sink;
/* Many games in a row by personas alone: no fsync, and only the journal is written; one transaction for `turns` turns. */
void store_hurry(struct store *s, int turns);
bool store_said_by(const struct store *s, const char *seat);   /* whether it said something in the turn in play, at the table */
const char *store_trouble(const struct store *s, enum store_error *error);     /* the last thing that could not be written, or NULL */

/* What a person has begun: plans of the turn, the one that stands, whether it is sealed. On disk when they return NULL; else why not. */
struct store_desk { int turn, count, stands; bool sealed; const char *text[STORE_DRAFTS]; };
const char *store_keep_desk(struct store *s, int seat, const struct store_desk *desk);
bool store_find_desk(struct store *s, struct arena *a, int seat, struct store_desk *desk);      /* false: none, or it makes no sense */
const char *store_keep_reply(struct store *s, int seat, int turn, int place, int answer);
bool store_find_reply(struct store *s, int seat, int turn, int place, int *answer);

/* Whether the tables for other programs say of this moment (turns played so far) what this game, played again, says: NULL, or what does not, in
 * words. Results of the last turn may be missing altogether: they were cut off, and come when the game goes on. */
const char *store_results_differ(struct store *s, struct arena *a, const struct game *g);

/* The tables as data. Columns of columns.def in order. */
struct store_column { const char *table, *name, *type, *unit, *words; };
int store_columns(const struct store_column **column);
struct store_table { const char *name, *words; };
int store_tables(const struct store_table **table);
/* One row of values as text; a blob in hexadecimal, NULL for nothing (arena of one row). False stops. */
typedef bool store_row_fn(void *self, int columns, const char *const *value);
enum store_error store_each_row(struct store *s, int table, store_row_fn *each, void *self, const char **words);

#endif
