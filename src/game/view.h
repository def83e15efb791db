/* game/view.h — what one seat sees, and nothing else. The only way screens, lines and minds learn anything about a game. */
#ifndef GAME_VIEW_H
#define GAME_VIEW_H

#include "code/program.h"
#include "game/sim.h"

struct view;                                    /* opaque; of one seat (or -1: everything, once the table is open) */

struct plan { struct row row[MOST_ROWS]; int rows; };

const struct program *view_program(const struct view *v);
int view_seat(const struct view *v);
int view_turn(const struct view *v);            /* turns done since the game began, 0 in its first turn */
int view_turns(const struct view *v);           /* how many it will have */
int view_first_turn(const struct view *v);      /* turns of the scenario that lie before the game: clauses count from the scenario's start */
double view_time(const struct view *v);         /* on the axis: the turn that begins (or the end) */
bool view_over(const struct view *v);
int view_ending(const struct view *v);          /* index, or -1 */
bool view_open(const struct view *v);           /* the table is open: everything may be seen */

/* A quantity as seen at a moment (0: the start … view_turn: now). Flows are turn means once a turn has been played. Also when the table
 * is open a seat's view shows what it saw; the truth stands in the view of seat -1. */
struct seen_value { bool known, exact; double value, give_or_take; int lag; };          /* give_or_take: one standard error */
struct seen_value view_value(const struct view *v, int quantity, int element, int moment);
struct seen_value view_goal(const struct view *v, int goal);                            /* of its own seat */
struct seen_value view_score(const struct view *v, int seat);                           /* own; others' once open */
double view_budget(const struct view *v);                                               /* before what is planned, less what agreed checks will cost */
double view_cost(const struct view *v, struct row row);

/* Targets of a move that may be chosen now: places in its set. */
int view_targets(const struct view *v, int move, int *target, int room);
/* NULL if the row could be added to the plan; else why not and what to do (arena). */
const char *view_judge(const struct view *v, struct arena *a, const struct plan *plan, struct row row);
/* The moves of its seat that could be planned now in some way (answers excluded), in order of declaration. */
int view_moves(const struct view *v, int *move, int room);

/* A measure's life as this seat knows it (quiet ones: only one's own and those noticed). */
enum stage { STAGE_NONE, STAGE_THREATENED, STAGE_ANNOUNCED, STAGE_IMPOSED, STAGE_ENFORCED, STAGE_EASED, STAGE_LIFTED };
const char *stage_name(enum stage stage);
struct measure_seen { enum stage stage; int setting; double level; int since; bool level_known; };
struct measure_seen view_measure(const struct view *v, int move, int target);

/* The newspaper: what happened in the turn that ended at `moment` (moment 0: before the game). */
enum news_tag { NEWS_FACT, NEWS_CLAIM, NEWS_RUMOUR };
struct news { enum news_tag tag; int seat; const char *headline, *story; };             /* seat -1: nobody's */
int view_news(const struct view *v, int moment, struct news *news, int room);

/* Why a stock moved between two moments: lines that add up exactly to the change as shown. What this seat cannot see is one line. */
struct why_line { const char *text; double amount; };
int view_why(const struct view *v, struct arena *a, int quantity, int element, int from, int to, struct why_line *line, int room, double *change);

/* What tabled moves wait for this seat's answer in the talk. */
struct tabled { int move, target, seat; };
int view_tabled(const struct view *v, struct tabled *tabled, int room);

/* What the seat believes of where this game stands after the brief of the turn: so many whole states with their parameters, and how well
 * each agrees with what the seat has seen. Hidden stocks and parameters are drawn: what is seen with an error about what was seen, what it
 * cannot see from the scenario's own start carried along by what is public, parameters from their ranges; numbers that are worked out from
 * them (auxiliaries) weigh a candidate by how near it comes to what was seen of them. Nothing comes from the truth. The more candidates,
 * the nearer; the effort is their number, never a time. */
struct beliefs;
struct beliefs *beliefs_new(struct arena *a, const struct program *p, int candidates);         /* all memory at once */
int beliefs_candidates(const struct beliefs *b);
void view_believe(const struct view *v, struct beliefs *b, struct sim *with, uint64_t seed);    /* with: any sim of the program, to work in */
/* The same in three parts, for threads: beliefs_fill draws candidates first … first + lanes of `with` - 1, in any order, all of them once. */
void beliefs_begin(struct beliefs *b, const struct view *v, uint64_t seed);
void beliefs_fill(struct beliefs *b, struct sim *with, int first);
void beliefs_weigh(struct beliefs *b);

/* Fills `into` (sim_new, any number of lanes) with imagined games that stand where the game stands of which b are beliefs. Lane l has the
 * luck of (the beliefs' seed, run[l]) and the candidate that run[l] picks by weight: lanes with equal run hold equal beliefs and have equal
 * luck. */
void view_imagine(const struct beliefs *b, struct sim *into, const uint64_t *run);

#endif
