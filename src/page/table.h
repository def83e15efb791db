/* page/table.h — a game about to begin, as cli hands it to a screen or to lines: the program, who plays which seat, the seed.
 * (`struct table` is a lookup table of code/program.h; this is the table people sit at.)
 *
 * cli seats the personas; the seat of the person stays empty (ops NULL) and whoever shows the game fills it with its own answers. */
#ifndef PAGE_TABLE_H
#define PAGE_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include "game/game.h"

/* What a person has before them within a turn: plans as they came about, and which one stands. */
enum { DESK_PLANS = 64 };
struct desk { struct plan plan[DESK_PLANS]; int count, stands; bool sealed; };

/* Where a game is kept while it is played; cli makes one from store/. Words of trouble are valid until the next call. */
struct keeper {
    /* Opens the game, or goes on with one that was left: then its turns have been played again. */
    struct game *(*open)(struct keeper *k, struct arena *a, const struct game_options *o, const char **error);
    /* On disk when they return NULL; else what went wrong. turn: as view_turn. */
    const char *(*desk)(struct keeper *k, int turn, int seat, const struct desk *desk);
    const char *(*reply)(struct keeper *k, int turn, int seat, int place, int answer);
    /* What was on the desk when the game was left; false if nothing was. */
    bool (*find_desk)(struct keeper *k, int turn, int seat, struct desk *desk);
    bool (*find_reply)(struct keeper *k, int turn, int seat, int place, int *answer);
    const char *name;                           /* under which it can be resumed; NULL: it is not kept */
    bool resumed;                               /* it goes on; false: it begins */
};

struct play_table {
    const struct program *program;
    const char *name;                           /* of the scenario as it was asked for: to say how to play this again */
    uint64_t seed;
    int opening, turns;                         /* as in struct game_options: -1 and 0 for the scenario's own */
    int seat;                                   /* the person's; -1: ask which, or nobody's when all are seated (watching) */
    bool at_value, median;
    /* By seat. With seat -1 every seat holds its persona; a person who then chooses one takes it over. */
    const struct seat_ops *ops[MOST_SEATS];
    void *self[MOST_SEATS];
    const char *who[MOST_SEATS];                /* "person", or the persona's name */
    const char *persona[MOST_SEATS];            /* its name in the scenario; NULL for a person and for a seat that holds */
    struct keeper *keeper;                      /* NULL: the game is not kept */
    const char *(*reason[MOST_SEATS])(void *self);          /* by seat: why a persona chose as it did last; never asked of the person. NULL: none is given */
};

/* The same as options of a game, once all seats are filled; they borrow from the table. */
static inline struct game_options play_table_options(const struct play_table *t)
{
    return (struct game_options){.seed = t->seed, .opening = t->opening, .turns = t->turns, .at_value = t->at_value,
                                 .median = t->median, .ops = t->ops, .self = t->self, .who = t->who};
}

static inline struct game *play_table_open(struct arena *a, const struct play_table *t, const char **error)
{
    const struct game_options options = play_table_options(t);
    return t->keeper ? t->keeper->open(t->keeper, a, &options, error) : game_open(a, t->program, &options, error);
}

#endif
