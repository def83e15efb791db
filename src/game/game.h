/* game/game.h — a game: seats, turns, record. Start reading at game/turn.c.
 *
 * brief -> plan -> talk -> commit -> resolve -> review, the same for a person, a persona and a script. Seats answer through
 * seat_ops and see only their view.
 */
#ifndef GAME_GAME_H
#define GAME_GAME_H

#include "base/digest.h"
#include "game/view.h"

struct game;

/* A seat's answers. Each returns false to leave the game (a person quits); the game then stays as it was at the turn's start. */
struct seat_ops {
    const char *kind;                                                   /* "person", "persona", "script", … */
    bool (*plan)(void *self, const struct view *v, struct plan *plan);  /* brief and plan; plan starts empty. Rows that cannot be done are refused with a reason by the game (tell) */
    /* Another seat tabled this. answer: 1 accept or refuse as the move says (its answer move is done), 0 silence. */
    bool (*answer)(void *self, const struct view *v, struct tabled tabled, int *answer);
    /* The table opens for talk: what it wants to propose it says now (table_say). NULL: it proposes nothing. */
    bool (*propose)(void *self, const struct view *v);
    /* Proposal `number` lies before it: it may answer at once (table_say), or stay silent. NULL: it answers when it is asked to plan. */
    void (*reply)(void *self, const struct view *v, int number);
    /* Another seat asks how clause `place` of deal `number` was kept: it may report at once (table_say), or stay silent. NULL: it reports when it likes. */
    void (*asked)(void *self, const struct view *v, int number, int place);
    bool (*tell)(void *self, const struct view *v);                     /* review: the turn is played; also once when the game is over */
};

struct game_options {
    uint64_t seed;
    int opening;                        /* index, or -1: the scenario's start */
    int turns;                          /* 0: the scenario's (or the opening's) */
    bool at_value, median;              /* parameters at their values; draws at their medians (for comparing runs) */
    const struct seat_ops *const *ops;  /* [seats] */
    void *const *self;                  /* [seats] */
    const char *const *who;             /* [seats] for the record: "person", "hawk" */
};

/* Where the record is kept besides memory while it is made. Each answers NULL, or in words what went wrong (valid until the next call). */
struct game_sink {
    /* What was said at the table since the turn began (record_said): by the seats that propose, or by one seat with all that was answered to
     * it at once. It lasts once this returns NULL; what fails fails again with intent. Without it, talk lasts when plans are committed. */
    const char *(*said)(void *self, const struct game *g);
    /* The turn's plans and answers are on record and nothing has come of them yet: they last once this returns NULL. Else the turn is
     * taken back. */
    const char *(*intent)(void *self, const struct game *g);
    const char *(*turn)(void *self, const struct game *g);      /* the turn is played and all its rows are there, before any seat is told */
    void (*back)(void *self, const struct game *g);             /* the turn is taken back: rows from game_journal_rows on are no more */
};

/* Memory from the arena. NULL with *error (arena) if it cannot start (an opening's play fails). */
struct game *game_open(struct arena *a, const struct program *p, const struct game_options *options, const char **error);
enum turn_end { TURN_PLAYED, TURN_OVER, TURN_LEFT, TURN_FAILED };       /* FAILED: stays at the last good turn; game_failure says where and why */
enum turn_end game_turn(struct game *g);
const char *game_failure(const struct game *g);
bool game_over(const struct game *g);
const struct view *game_view(const struct game *g, int seat);           /* seat -1: only once over */
uint64_t game_seed(const struct game *g);
const char *game_refusal(const struct game *g, int seat, int index);    /* rows of the last commit that were refused: sentences; NULL past the last */

/* The record: rows chained by SHA-256, intent before effect, one state hash a turn. */
struct journal_row { int turn; const char *kind, *text; struct digest link; };          /* kind: game, say, plan, answer, refused, event, state, ending */
/* The digest of all files of the scenario, names and texts: what the first row calls the program. */
struct digest journal_program(const struct program_file *file, int files);
/* The link of a row: the digest of the link before (zeros for the first) and "turn kind text". For whoever verifies a record. */
struct digest journal_link(struct digest before, const struct journal_row *row);
int game_journal_rows(const struct game *g);
struct journal_row game_journal_row(const struct game *g, int index);

#endif
