/* game/sim.h — whole games in lanes: the rules of a turn over a world ("A turn, exactly" in the language reference).
 *
 * A live game is one lane, a study or an imagined future many. Orders are given per lane by a mask, so that lanes can play
 * differently; everything else (events, outcomes, effects, endings) happens in each lane by its own state and draws.
 */
#ifndef GAME_SIM_H
#define GAME_SIM_H

#include "code/program.h"
#include "code/proposal.h"

/* What a vague word is taken to mean: by who owes the clause, and by whom it is owed to. */
struct reading_of { double amount; int turns; };
struct readings { struct reading_of by, to; };
/* Each to its own advantage. */
struct readings readings_usual(const struct program *p, const struct clause *clause);
/* A clause in force. status: as those to whom it is owed see it. */
struct monitor {
    int deal, place;                                /* number of the deal, from 1; place of the clause, from 0 */
    enum proposal_kind kind;
    struct clause clause;
    unsigned to;                                    /* to whom it is owed, as bits */
    int verify; enum remedy remedy; enum binding binding; enum channel channel;
    int since;                                      /* turn, from the scenario's start */
    enum clause_status status;
};
/* The row with which it can be kept now; false if there is none (what is refrained from, a term). */
bool monitor_row(const struct monitor *m, struct row *row);

struct sim;                                     /* opaque: holds a world; only game/ looks inside (game_private.h) */
struct game;

enum { MOST_ROWS = 16, MOST_ORDERS = 128 };
struct order { int seat; struct row row; const unsigned char *lanes; };      /* lanes NULL: all; [lanes] 0 or 1 otherwise */

struct sim *sim_new(struct arena *a, const struct program *p, int lanes);    /* all memory at once */
int sim_lanes(const struct sim *s);
/* Turn 0. Lane l gets seed and run first_run + l. drawn: parameters from their priors; else at their values. median: draws too. */
void sim_start(struct sim *s, uint64_t seed, uint64_t first_run, bool drawn, bool median);
/* Overwrites a parameter element in all lanes or one (lane >= 0) before sim_begin. */
void sim_set_parameter(struct sim *s, int parameter, int element, int lane, double x);
void sim_begin(struct sim *s);                  /* after sim_start and sim_set_parameter: start values, moment 0 */
void sim_copy_lane(struct sim *to, int to_lane, const struct sim *from, int from_lane);
void sim_copy(struct sim *to, const struct sim *from);      /* all lanes; both have as many */
void sim_other_luck(struct sim *s, uint64_t away);          /* from here on each lane draws as the run so far away does */

/* A deal comes into force in these lanes (NULL: all), with what each side reads into each clause's vague words (NULL: as readings_usual
 * has it). Between brief and the rest of a turn. False if there was no room for it in some lane; there it does not. */
bool sim_conclude(struct sim *s, const struct proposal *proposal, const struct readings *readings, const unsigned char *lanes);

/* The deal is not made in these lanes; those after it keep their numbers all the same, and with them the luck of who watches them. */
void sim_pass_over(struct sim *s, const unsigned char *lanes);
/* A report in these lanes (NULL: all): each of its clauses is what its maker says of the promises of that kind that it owes to those it reports
 * to: "china will enforce curb = 55%", "us will not visit" where a visit was promised. */
void sim_report(struct sim *s, const struct proposal *report, const unsigned char *lanes);

/* One turn for all lanes. Orders are carried out in seat order (or the scenario's), rows as given; a row that cannot be carried
 * out in a lane is refused there (sim_refused counts). rationed false: cost and the number of rows do not matter.
 * past_end: lanes that have ended go on (plays do; games stop). */
void sim_turn(struct sim *s, const struct order *order, int orders, bool rationed, bool past_end);
/* The same in three parts, for whoever must decide in between: brief (budget, draws, events), then orders, then the rest. */
void sim_turn_brief(struct sim *s, bool past_end);
void sim_turn_rest(struct sim *s, const struct order *order, int orders, bool rationed);
/* Between brief and rest: which lanes could carry out the row after `before` rows of the same seat. ok[lanes]. The reason of lane 0
 * is worded by game/judge.c. */
void sim_allowed(struct sim *s, int seat, const struct row *before, int rows, struct row row, bool rationed, unsigned char *ok);
/* Orders that a script gives at this moment: first rule whose `when` holds and whose rows can be done, lane by lane. Appends to
 * order[] (masks from the sim's own store, valid until the next turn); returns the new count. */
int sim_scripted(struct sim *s, int seat, const struct rule *rule, int rules, bool rationed, struct order *order, int orders);
/* Rows of a play at this turn (turn counted from the scenario's start), for all seats but those in skip (bit mask). */
int sim_play_orders(struct sim *s, const struct play *play, int turn, unsigned skip, struct order *order, int orders);
/* Rows with which a seat keeps its word now, in the lanes (NULL: all) where it owes something: for imagined futures in which it does.
 * Appends to order[] as sim_scripted does. */
int sim_duties(struct sim *s, int seat, const unsigned char *lanes, struct order *order, int orders);
/* What the play's seats agree or declare in this turn comes into force, unless one of its parties is in skip. False if there was no room. */
bool sim_play_deals(struct sim *s, const struct play *play, int turn, unsigned skip);
/* Why a row of lane 0 was refused in the last turn: for findings about plays. index 0.. ; NULL past the last. What another seat's
 * answer stopped is no refusal. */
const char *sim_refusal(const struct sim *s, int index, int *seat, struct row *row);

int sim_turns_done(const struct sim *s);
int sim_ending(const struct sim *s, int lane);                  /* index of the ending, or -1 while it goes on */
int sim_ending_turn(const struct sim *s, int lane);
void sim_horizon(struct sim *s, int turns);                     /* when `at: end` is judged; program's default otherwise */
const double *sim_values(const struct sim *s, int quantity, int element, bool flow);    /* [lanes] now; flow: mean of the last turn */
const double *sim_score(struct sim *s, int seat);               /* [lanes] weighted mean of goals 0..100, plus the ending's worth */
const double *sim_goal(struct sim *s, int seat, int goal);      /* [lanes] 0..100 */
const double *sim_code(struct sim *s, struct code_ref code);    /* [lanes] any expression now */
void sim_write(struct sim *s, uint32_t slot, int lane, double x);                       /* claims' samples only: a work slot */
bool sim_failed(const struct sim *s, int lane, const char **what, const char **path, int *line, int *turn, int *step);
uint64_t sim_ran(const struct sim *s);                          /* instructions of the engine so far, each once a lane */
uint64_t sim_hash(const struct sim *s, int lane);

#endif
