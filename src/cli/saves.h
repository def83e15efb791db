/* cli/saves.h — saved games: where they lie, how they are named, opened, compiled and played again. */
#ifndef CLI_SAVES_H
#define CLI_SAVES_H

#include "cli/cli.h"
#include "game/record.h"
#include "page/table.h"
#include "store/store.h"

#define GAMES_ENDING ".demarche"

const char *games_folder(struct arena *a);      /* $XDG_DATA_HOME/demarche/games, or below ~/.local/share; NULL: neither is known */
const char *games_path(struct arena *a, const char *name);      /* of a game in the folder; NULL without a folder */
bool games_name_fits(const char *name);         /* letters, figures, - _ . and not too long */
struct game_file { const char *name, *path; long long changed; };
int games_all(struct arena *a, const struct game_file **file);  /* the newest first */

/* A game as a person names it: by its name, by a file's path, or NULL or "last" for the newest. NULL after a message. */
const char *games_find(struct arena *a, const char *command, const char *name);
bool games_is_one(struct arena *a, const char *name);           /* whether a name means a saved game and no scenario: without a word */
const char *games_name_of(struct arena *a, const char *path);   /* "first-steps-cn-1" */

struct saved { struct store *store; const struct store_game *is; const struct program *p; const char *name, *path; };
/* Finds, opens, compiles. False after a message, with *exit set (3, or 6 for a file that is damaged). Close out->store. */
bool games_open(struct arena *a, const char *command, const char *name, bool writes, struct saved *out, int *exit);
const struct program *games_compile(struct arena *a, const struct store_game *is, const char *name, int *exit);
/* A game at its start, that the replay will play again. NULL with *error. */
struct game *games_begin(struct arena *a, const struct saved *s, struct replay *r, const char **error);
/* The same up to a moment (-1: all whole turns). NULL after a message, *exit set to 6. */
struct game *games_replay(struct arena *a, const struct saved *s, struct replay *r, int turns, int *exit);
const char *games_difference(struct arena *a, const struct saved *s, const struct replay *r);   /* what r->differs means, in words */
int games_person(const struct saved *s);        /* the seat that a person holds, or -1 */
/* Its scenario with one play more: what was done in the game; first: turn of the scenario at which it began. NULL with *trouble (played.c). */
const struct program *games_as_play(struct arena *a, const struct saved *s, int *play, int *first, const char **trouble);
int list_games(struct arena *a, bool json);

/* --- keeping.c: a game is saved while it is played ----------------------------------------------------------------------------------- */
struct keeping;
struct keeping *keeping_new(struct arena *a, struct play_table *t, const char *folder);         /* a new game, named when it opens */
/* A saved game whose seats are filled in t but the person's: played again up to where it was left. NULL after a message, *exit set. */
struct keeping *keeping_resume(struct arena *a, struct saved *s, struct play_table *t, int *exit);
/* The file is given back and the person told how to go on. Returns exit, or 7 if something could not be written. */
int keeping_end(struct keeping *k, int exit);

#endif
