/* game/game_private.h — the true world: what struct sim and struct game hold. No other room may include this.
 *
 * A sim is the rules over lanes; a game is a sim of one lane with recorders beside it. Every buffer is made in sim_new or
 * game_open. Lane loops run over `lanes`; slots are strided by the world's stride.
 */
#ifndef GAME_GAME_PRIVATE_H
#define GAME_GAME_PRIVATE_H

#include "base/text.h"
#include "engine/world.h"
#include "game/bargain.h"
#include "game/game.h"

/* --- refusals ---------------------------------------------------------------------------------------------------------- */
enum refusal {
    REFUSED_NOT,                /* it can be done */
    REFUSED_UNKNOWN,            /* no such move, target or setting */
    REFUSED_OTHERS,             /* another seat's move */
    REFUSED_NO_TARGET_TAKEN,    /* a target for a move without one */
    REFUSED_NAME_TARGET,        /* a person must choose */
    REFUSED_NO_TARGET_LEFT,     /* none is allowed */
    REFUSED_TARGET,             /* this one is not allowed */
    REFUSED_REQUIRES,
    REFUSED_COST,
    REFUSED_ROWS,
    REFUSED_SETTING,
    REFUSED_LEVEL,
    REFUSED_ACT,                /* a verb of measures on an act */
    REFUSED_NO_THREAT,          /* cannot be threatened */
    REFUSED_STANDS,             /* already in force */
    REFUSED_THREATENED,         /* already threatened */
    REFUSED_ANNOUNCED,          /* already announced */
    REFUSED_NOT_STANDING,       /* not in force */
    REFUSED_LOW_ALREADY,        /* eased to where it is */
    REFUSED_NEVER,              /* snapback of what was neither eased nor lifted */
    REFUSED_ANSWER_ONLY,
    REFUSED_NOTHING_TABLED,
    REFUSED_NOT_PASSED,         /* tabled, and it did not pass */
    REFUSED_GONE,               /* could not be carried out any more; the cost is given back */
    REFUSED_FULL,               /* more effects in one turn than there is room for */
    REFUSED_TROUBLE             /* its requirement or cost cannot be worked out now */
};

/* --- orders as acts ---------------------------------------------------------------------------------------------------- */
/* One row of a seat, over lanes. target -1: none chosen (threaten any, lift all). */
struct act {
    int seat;
    struct row row;
    unsigned char *mask;        /* [lanes] where it is carried out */
    int16_t *target;            /* [lanes] */
    double *cost;               /* [lanes] paid */
    int outcome;                /* of lane 0; -1 none */
    int forced_outcome;         /* of a shadow, to which it is told */
};

/* What an effect does in one lane of one application. */
struct change {
    const struct effect *effect;
    double value, moved;        /* moved: what it really did */
    int source;                 /* move, or -1 - event */
    int target;
    unsigned char op;           /* enum effect_op */
    bool back;                  /* takes back what lasted */
};
struct changes { struct change *at; int count; };

/* An effect with something to come: found once, looked at every turn. */
struct pending { const struct effect *effect; int targets, source; };

enum { SCRATCHES = 8, SIM_WORDS = 256 };
struct sim {
    const struct program *p;            /* borrowed */
    struct world *w;                    /* owned, in the arena of sim_new */
    int lanes;
    int horizon, first_turn;            /* turns counted from the scenario's start; first_turn: budgets start there */
    bool aux_stale;                     /* auxiliaries are older than the state */
    bool past_end;                      /* of the turn in play */
    unsigned char *live;                /* [lanes] plays this turn: neither failed nor over */
    int *ending, *ending_turn;          /* [lanes] -1 while it goes on */
    double *frozen;                     /* [state slots + means][lanes] state of lanes that are over */

    struct changes *list;               /* [lanes] what is about to be applied */
    int list_room;
    struct pending *pending; int pendings;

    struct act *act; int acts;          /* [MOST_ORDERS] of the turn in play */
    unsigned char *masks; int masks_used;       /* [MOST_ORDERS][lanes] handed out by sim_scripted */
    unsigned char *mask_a, *mask_b, *mask_c, *mask_d;   /* [lanes] scratch */
    unsigned char *reason;              /* [lanes] enum refusal of the row just judged */
    struct act trial;                   /* the row that is being tried */
    int16_t *target_each;               /* [lanes] scratch */
    double *scratch[SCRATCHES];         /* [lanes] */
    double *left;                       /* [lanes] budget left of the seat in hand */
    int *rows, *need;                   /* [lanes] rows done by the seat in hand; room in list spoken for */
    struct failure *failures, *failures_eval;   /* [lanes] kept while judging, and while one expression runs */
    double *saved; uint32_t *saved_at;  /* moves' states while judging: [move slots][stride], where each move's begins */
    unsigned char *is_saved;            /* [moves] */
    bool charged;                       /* this turn's rows were paid for */
    unsigned char *event_masks;         /* [events][lanes] */
    unsigned char *fired;               /* [events] in lane 0 this turn */
    struct { int seat; struct row row; enum refusal why; } refused[MOST_ORDERS]; int refusals;
    char *words;                        /* what sim_failed and sim_refusal word */

    unsigned char *due_mask, *due_done; /* [lanes] scratch for what happens by itself */
    double **term_value;                /* [terms][lanes] whether each is kept */

    /* A shadow is told what happened instead of drawing and judging it. */
    bool forced;
    unsigned judges;                    /* seats that say themselves what they make of a promise found short (people), as bits; the others hold it broken */
    const unsigned char *forced_events; /* [events] or NULL */
    const int *forced_outcomes;         /* of the orders, in seat order; or NULL */
    struct game *record;                /* the live game, or NULL */
};

/* sim.c */
void sim_aux(struct sim *s);
/* Values in the lanes of mask, 0 elsewhere; failures count only there. Answers false where nothing was given: out is then `otherwise`. */
bool sim_eval(struct sim *s, struct code_ref code, const unsigned char *mask, double otherwise, double *out);
void sim_set_target(struct sim *s, const int16_t *target);
void sim_set_target_all(struct sim *s, int target);
bool sim_lane_failed(const struct sim *s, int lane);
void sim_fail(struct sim *s, int lane, enum failure_kind kind, uint32_t origin);
static inline double *sim_at(struct sim *s, uint32_t slot, int lane) { return world_slot(s->w, slot) + lane; }
static inline double *move_at(struct sim *s, const struct move *m, int target, enum move_slot what, int lane)
{
    return sim_at(s, move_slot(m, target, what), lane);
}
void sim_carry(struct sim *to, int to_lane, const struct sim *from, int from_lane);     /* what a turn in play keeps outside the state */
void sim_clear(struct sim *s);                              /* no orders, no endings: all but the world as sim_begin leaves it */
void sim_freeze(struct sim *s, int lane);                   /* a lane that has just ended */
void sim_thaw_ended(struct sim *s);
bool any_lane(const unsigned char *mask, int lanes);
enum { ORIGIN_MOVE = 1u << 30, ORIGIN_EFFECT = 1u << 29 };   /* failures outside the program's code: origin is ORIGIN_MOVE | move */

/* phases.c: the phases of a turn over lanes */
void sim_brief(struct sim *s, bool past_end);
void sim_commit(struct sim *s, const struct order *order, int orders, bool rationed);
void sim_resolve(struct sim *s);
void sim_run(struct sim *s, const struct engine_ledger *ledger);
void sim_review(struct sim *s);

/* measures.c: life cycle */
bool life_possible(struct sim *s, int lane, struct row row, int target);
void life_lane(struct sim *s, int lane, struct row row, int target);
void life_act(struct sim *s, const struct act *act);
void life_announced(struct sim *s);                         /* what was announced last turn is imposed */
bool life_due(struct sim *s, const struct move *m, int target, unsigned char *due);     /* announced before this turn */
double life_eased_to(struct sim *s, int lane, struct row row, int target);      /* the level after easing */
void threats_carried_out(struct sim *s, const struct act *act);     /* before it is: those that this act makes good */
void life_wear(struct sim *s);                              /* decay and lapses */
void moves_save(struct sim *s, struct row row);             /* keeps what the row may change, once */
void moves_restore(struct sim *s);

/* judge.c */
struct judging { bool rationed, answering, name_target; };
void judge_row(struct sim *s, struct act *act, const unsigned char *mask, struct judging how);  /* -> act->mask, target, cost; s->reason */
void judge_begin(struct sim *s, int seat);                  /* budget, rows; failures kept aside */
void judge_done(struct sim *s, const struct act *act, bool rationed);       /* reserves cost and takes the row's life as given */
void judge_end(struct sim *s);                              /* failures as they were */
void judge_cost(struct sim *s, const struct act *act, const unsigned char *mask, double *out);
int judge_entries(const struct program *p, struct row row); /* room in list that a row may need */
bool seat_rationed(const struct seat *seat);
const char *judge_words(const struct sim *s, struct arena *a, int seat, struct row row, enum refusal why);
void refuse(struct sim *s, int seat, struct row row, enum refusal why);

/* effects.c */
void effects_gather(struct sim *s, struct effects effects, const unsigned char *mask, const int16_t *target, const double *points, int source);
void effects_apply(struct sim *s);
void effects_due(struct sim *s);
void effects_plan_room(struct sim *s, struct arena *a);

/* deals.c: clauses in force */
bool monitor_read(const struct sim *s, int k, int lane, struct monitor *out);       /* k: 0.. MOST_MONITORS - 1; false: free */
/* Lanes (not done yet; they are marked) in which clause k makes the same row of the seat happen by itself this turn. False: none. */
bool deals_due(struct sim *s, int k, int seat, unsigned char *done, unsigned char *mask, struct row *row);
void deal_walk_out(struct sim *s, int lane, int deal, int seat);    /* its other clauses are released; trust is billed */
/* The seat `by`, to whom it is owed, says that the clause is broken: as it was found, or else by its own lights, which is a false claim where
 * it was kept. The remedy falls due either way. Answers whether the claim was true. */
/* Trust after a clause was found broken altogether; owed: to whose trust it is, or only heard of in public. */
double breach_push(const struct program *p, const struct proposal *q, const struct clause *c, double trust, bool owed);
double monitor_said(const struct sim *s, int k, int lane);     /* what was reported of it; below 0: nothing */
bool deal_declare(struct sim *s, int lane, int k, int by);
void deal_let_pass(struct sim *s, int lane, int k);         /* what was found of it has no consequence; it goes on if it has not ended */
double monitor_short(const struct sim *s, int k, int lane);     /* how far it truly fell short when last judged */
/* A threat made by a row is carried out or has lapsed: billed by the same table as one made in words, unless the seat has said it in words too; then
 * that one is billed, when it is judged. */
void threat_over(struct sim *s, int lane, int move, int target, bool carried_out);
void deals_count(struct sim *s, int lane);                  /* deals and promised terms, from the monitors */
void deals_free(struct sim *s, int lane);                   /* the monitors of deals that are over */
void deals_judge(struct sim *s);                            /* once the turn is run: kept, short, billed */

/* events.c */
void events_fire(struct sim *s);
bool event_dated_now(const struct program *p, const struct event *e, int turn);

/* score.c */
void endings_judge(struct sim *s);

/* --- the live game ------------------------------------------------------------------------------------------------------ */
struct view { struct game *game; int seat; };

/* Why a stock moved: one cause in one turn. */
struct ledger_line { int turn, value; const char *text; double amount; uint32_t known; int move, target; };
struct news_item { int moment; struct news news; uint32_t known; };

struct game {
    struct arena *arena;                /* borrowed; the game's lifetime */
    const struct program *p;            /* borrowed */
    struct game_options options;
    const struct seat_ops *ops[MOST_SEATS];
    void *self[MOST_SEATS];
    const char *who[MOST_SEATS];
    struct sim *live, *before;          /* the truth, and the truth at the turn's start */
    struct sim *probe;                  /* a copy to judge and score on, so that asking changes nothing */
    struct sim *shadow[MOST_SEATS], *shadow_before[MOST_SEATS];     /* what a seat could work out from what it knows alone */
    bool probe_fresh; int probe_key;
    int from, turns;                    /* the opening's turn; turns to play from there */
    int turn_played;                    /* the turn in play or last played, from 0: journal rows belong to it */
    bool playing;                       /* people's turns, not the opening's */
    bool over, open;
    const char *failure;
    struct view view[MOST_SEATS + 1];

    /* The turn in play. */
    int planned_seats, planned[MOST_SEATS];     /* who has planned, in order */
    struct plan plan[MOST_SEATS];
    struct tabled tabled[MOST_ORDERS]; int tableds;
    struct order order[MOST_ORDERS]; int orders;
    struct { int seat; const char *text; } refusal[2 * MOST_ORDERS]; int refusals;

    /* The table. */
    LIST_OF(struct bargain *) bargain; int bargain_mark;        /* by number - 1 */
    LIST_OF(struct bargain) bargain_kept;       /* those that could change, as they were when the turn began */
    LIST_OF(const char *) said;         /* this turn, for the record */
    int speaking; bool asking_seats;    /* table_say within table_say; the table is open and the seats' own proposals are made */
    bool talking, retelling;            /* retelling: what the record says is said again; nobody answers it */
    const struct journal_row *talk; int talks;  /* borrowed; of a turn that was left, to be said again when the table opens */

    /* History: value and turn mean of every element at every moment. */
    int *first_value; int values;       /* element e of quantity q is first_value[q] + e */
    double *value, *mean;               /* [turns + 1][values] */
    double *shadow_kept;                /* [seats][turns + 1][values] the same of the shadows; turn means of flows */
    uint64_t *seen_stream;              /* [seats][values] */
    double *term; int *first_term; int terms;       /* [turns][terms] */
    double *refused_floor, *refused_ceiling;        /* [turns][values] */
    LIST_OF(struct ledger_line) ledger; int ledger_mark, news_mark;
    LIST_OF(struct news_item) news;
    LIST_OF(struct journal_row) journal;
    int journal_mark;                   /* rows before the turn in play */
    const struct game_sink *sink; void *sink_self;      /* NULL: the record stays in memory */
    int *first_noticed; uint32_t *noticed;  /* by move and target: seats that have noticed a quiet measure */
    unsigned char *told_events; int told_outcomes[MOST_ORDERS];     /* what shadows are told */
    struct order told[MOST_ORDERS];
};

/* ledger.c */
void ledger_effect(struct game *g, int source, int target, const struct effect *e, int element, double amount);
void ledger_refused(struct game *g, const struct effect *e, int element, bool floor, double amount);
void ledger_post(void *self, int quantity, int element, const double *term, int terms, double floor, double ceiling);
void ledger_deal(struct game *g, int quantity, int element, const struct monitor *m, const char *what, double amount);
void ledger_notice(struct game *g, int move, int target, int seat);
/* news.c */
void news_brief(struct game *g);
const char *news_event(struct game *g, int event);          /* an event's headline */
void news_turn(struct game *g);
void news_noticed(struct game *g, int seat, int move, int target);

void news_deal(struct game *g, const struct bargain *b, uint32_t known);
void news_clause(struct game *g, const struct bargain *b, int place, enum clause_status status, uint32_t known);

/* bargain.c */
void table_begin_turn(struct game *g);
double table_checks(const struct game *g, int seat);            /* what it is to pay for checks at the next commit */
void table_opening(struct game *g, const struct play *play);    /* what an opening's play agrees this turn */
void table_take_back(struct game *g);
const char *table_replay(struct game *g, const char *text);     /* what a row of the record says is said; NULL, or what is wrong */
bool table_say_again(struct game *g);                       /* g->talk; false after g->failure */
void table_commit(struct game *g);                          /* deals come into force; what was said goes on record */
bool deal_party(struct game *g, int deal, int seat);
int deal_number(struct game *g, int deal);                  /* as the table calls it; 0: none such */
void deal_seen(struct game *g, const struct monitor *m, double seen, double truth);      /* levels, or 1 and 0; seen below 0: not to be told */
void deals_note(struct game *g);                            /* what became of clauses, before their monitors are free again */

/* journal.c */
void journal_add(struct game *g, const char *kind, const char *text);
void journal_begin(struct game *g);
void journal_plan(struct game *g, int seat);
void journal_state(struct game *g);
/* view.c */
void history_keep(struct game *g, int moment);
double value_clamped(const struct sim *s, int lane, int quantity, int element, double x);
uint32_t move_known(const struct game *g, int move, int target);    /* which seats know of this measure's present life */
uint32_t act_known(const struct game *g, const struct act *act);
struct sim *game_probe(struct game *g, int seat);           /* the state after the brief (with earlier seats' rows, where later seats see them) */
enum refusal game_judge(struct game *g, int seat, const struct plan *plan, struct row row, bool answering, int *target, double *cost);
/* imagine.c */
void shadows_open(struct game *g);
void shadows_brief(struct game *g);
void shadows_rest(struct game *g);
void shadows_keep(struct game *g, int moment);
void shadows_deals(struct game *g);                         /* each is told of the deals that its seat knows */
void shadow_notices(struct game *g, int seat, int move, int target);
/* turn.c */
void turn_opening(struct game *g, const struct play *play);    /* one turn of an opening's play */
const char *turn_failure(const struct game *g);          /* in words, or NULL */

#endif
