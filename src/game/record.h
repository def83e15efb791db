/* game/record.h — for whoever keeps, proves or studies a record: the truth at any time, and games played again from their rows.
 * Only store and cli may include this (tests/house/arrows.sh): a persona or a screen that could would see through everything. */
#ifndef GAME_RECORD_H
#define GAME_RECORD_H

#include "game/game.h"

const struct view *record_view(const struct game *g);           /* seat -1, also while the table is closed */
void record_take_seat(struct game *g, int seat, const struct seat_ops *ops, void *self);       /* from the next turn on */
void record_sink(struct game *g, const struct game_sink *sink, void *self);     /* from the next turn on; NULL: none */
/* What was said at the table in the turn in play, as its rows will say it; owned by the game. */
int record_said(const struct game *g, const char *const **text);
int record_turn(const struct game *g);                          /* the turn in play or played last, from 0, as its rows say */
const char *record_opening(const struct game *g);               /* its name, or NULL */
struct game_options record_options(const struct game *g);       /* as it was opened; turns as they came out */

/* A game played again: each seat does what its rows say, nobody is asked. */
struct replay_seat { struct replay *replay; int seat; };
/* One thing done otherwise. drop: a move that its seat's plan of that turn loses; else `row` is added to the plan of `seat`. */
struct replay_change { int turn; bool drop; int seat; struct row row; };
struct replay {
    const struct program *p;                /* borrowed, like the rows; their chain is checked by whoever reads them */
    const struct journal_row *row; int rows;
    const struct replay_change *change; int changes;
    int differs;                            /* the first row that came out otherwise or not at all, or -1; `rows`: one more came out */
    const char *came;                       /* that row as it came out ("turn kind text"), or NULL */
    const char *trouble;                    /* a row that cannot be read, in words, or NULL */
    struct arena *arena;
    bool leaves;                            /* the turn is left when its plans are asked for */
    int compared, turn;                     /* rows held to the game's so far; the turn that is planned */
    struct replay_seat seat[MOST_SEATS];
    const struct seat_ops *ops[MOST_SEATS]; void *self[MOST_SEATS];
};
void replay_begin(struct replay *r, struct arena *a, const struct program *p, const struct journal_row *row, int rows);
/* Turns with a state in the record: these can be played again whole. A turn that has only plans after them was cut off. */
int replay_turns(const struct replay *r);
bool replay_cut(const struct replay *r);                        /* the last turn is such a one */
/* After the whole turns only talk: it was on record at once, and the plans never came. Row of the first that was said; -1: no such talk. */
int replay_talk(const struct replay *r);
/* Says it again in the turn after the whole ones, and leaves that turn. NULL, or what is wrong with it. */
const char *replay_talk_wrong(struct replay *r, struct game *g);
/* In the game's next turn this talk is said again as soon as the table opens, instead of what seats would propose, and nobody answers it anew.
 * Rows are borrowed until then. TURN_FAILED if it cannot be. */
void record_say_again(struct game *g, const struct journal_row *row, int rows);
int replay_rules(const struct replay *r);                       /* the rules version of the first row; -1: it names none */
/* The next turn. Without changes its rows are held to the record: r->differs. Under other rules the first row may differ in their number. */
enum turn_end replay_turn(struct replay *r, struct game *g);
/* The row of a plan, "us: threaten list_bank; drill": into plan (answers, which are given in the talk, apart). NULL or what is wrong. */
const char *record_plan(const struct program *p, struct arena *a, const char *text, int seat, struct plan *plan, struct plan *answers);
const char *record_plan_text(const struct program *p, struct arena *a, int seat, const struct plan *plan);

#endif
