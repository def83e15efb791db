/* code/program.h — the waist: what a scenario is once lang has read it and before anything runs it.
 *
 * A program is data: slots, instructions, and the tables of seats, moves, events and texts that refer to them by number. A slot
 * is one double per lane. Everything that is state is a slot (also whether a measure is in force and what falls due next turn),
 * so a world can be copied, hashed and run in a thousand lanes without asking what it means.
 *
 * Everything here is in the arena that lang was given and const afterwards. Names are ids as written; titles are for people.
 */
#ifndef CODE_PROGRAM_H
#define CODE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

#define NO_SLOT UINT32_MAX
enum { MOST_DIMS = 4, MOST_SEATS = 16, MOST_SLOTS = 1 << 20, MOST_CODE = 1 << 22, LANGUAGE_VERSION = 1, RULES_VERSION = 2 };

enum op {
#define OP(name, operands, help) OP_##name,
#include "code/opcodes.def"
#undef OP
    OP_COUNT
};

/* Operands in the order of opcodes.def: d, then a, b, c, e as the row lists them; the guard g is always `guard`. */
struct instr { uint16_t op; uint16_t spare; uint32_t origin; uint32_t d, a, b, c, e; uint32_t guard; };

struct origin { const char *what; const char *path; int line; };     /* "change of reserves" in model.yaml, line 12 */
struct block { uint32_t first, count; };                              /* of program.code */

/* An expression: run the block (-1: nothing to run), then read the slot. It reads auxiliaries as last worked out (BLOCK_AUX). */
struct code_ref { int block; uint32_t slot; };
#define NO_CODE ((struct code_ref){-1, NO_SLOT})
static inline bool code_given(struct code_ref c) { return c.slot != NO_SLOT; }

/* Blocks with a fixed meaning. Block numbers above are referred to by code_ref. */
enum {
    BLOCK_PARAMETERS,       /* parameters worked out from others (`is`), after the drawn ones are in place              */
    BLOCK_START,            /* start of every stock, in order of need; delays' and smooths' stocks; initial(x)          */
    BLOCK_TURN_DRAWS,       /* draws once a turn, on the state at its start                                             */
    BLOCK_STEP_DRAWS,       /* draws `every: step`                                                                      */
    BLOCK_AUX,              /* every auxiliary from the state as it is                                                  */
    BLOCK_CHANGE,           /* after AUX: the terms and rates of every stock                                            */
    BLOCK_STEP_END,         /* what previous(x) of the model, rings and samples keep, worked out before the stocks move;
                             * then the engine copies program.kept_step pairs                                           */
    BLOCK_TURN_KEEP,        /* what previous(x) keeps of things judged once a turn, worked out at the start of the turn
                             * before its events, copied (program.kept_turn pairs) when plans have been resolved        */
    BLOCK_FIXED
};

/* --- time ------------------------------------------------------------------------------------------------------------- */
enum time_kind { TIME_NUMBER, TIME_MONTHS, TIME_YEARS, TIME_WEEKS, TIME_DAYS };
struct time_spec {
    enum time_kind kind;
    double start;           /* on the axis: a date is months since year 0 (2017-02 is 2017 * 12 + 1), divided by the months in the unit */
    double turn;            /* length of a turn in units of the axis */
    int turns, steps;       /* default horizon; Euler steps a turn */
    const char *unit;       /* "month", "year", "" for plain numbers */
};

/* --- sets ------------------------------------------------------------------------------------------------------------- */
struct set { const char *name; int count; const char *const *element; int parent; const int *of_parent; };   /* parent -1: a set of its own; else
                                                                     * of_parent[i] is element i's place in the parent */

/* --- networks: for pages, never run ------------------------------------------------------------------------------------- */
struct network_link { int from, to; double weight; };                   /* places in the sets */
struct network_map { const char *name; int from, to; const struct network_link *link; int links; };     /* from, to: sets, the same or two */

/* --- evidence --------------------------------------------------------------------------------------------------------- */
struct cited { const char *id, *title, *author, *date, *where; };                                     /* `sources` */
struct evidence { int source; const char *judgement, *tuned, *contested; };                            /* source: index or -1 */

/* --- what hangs on what: for pages, never run --------------------------------------------------------------------------- */
/* A number that an expression reads. element -1: several of them, or the chosen target's. way: what the expression does when that number
 * rises and all else stays: 1 it does not fall, -1 it does not rise, 0 it depends. */
struct input { int quantity, element, way; };
/* In the order in which they are written; sum: the expression is these added up by their way, and nothing else. */
struct inputs { const struct input *at; int count; bool sum; };
/* A quantity whose equation reads a move: whether it is in force, threatened, or was ever done. */
enum { BEARS_FORCE = 1, BEARS_THREAT = 2, BEARS_PAST = 4 };
struct bearing { int quantity; unsigned reads; };

/* --- parameters ------------------------------------------------------------------------------------------------------- */
enum prior { PRIOR_NONE, PRIOR_TRIANGULAR, PRIOR_UNIFORM, PRIOR_NORMAL, PRIOR_LOGNORMAL, PRIOR_COMPUTED };
struct parameter_element { double value, low, high; };
struct parameter {
    const char *name, *title, *unit;
    int dims, dim[MOST_DIMS];               /* sets */
    int count;                              /* elements, row-major; 0: a table for lookup */
    uint32_t first;                         /* slots first..first+count-1 */
    enum prior prior; bool together;        /* together: one draw for all elements */
    const struct parameter_element *element;/* [count] */
    struct evidence evidence; const char *path; int line;
    const char *hidden_of;                  /* not NULL: made from an effect's `range`; says of which */
};

/* --- quantities ------------------------------------------------------------------------------------------------------- */
enum quantity_kind { Q_STOCK, Q_AUX, Q_DRAW, Q_DATA, Q_SWITCH };
enum seen_kind { SEEN_EXACT, SEEN_NONE, SEEN_NOISY, SEEN_AS };
struct seen { enum seen_kind kind; double error; bool points; int lag; int as; };      /* as: quantity (same element) */
struct term { const char *text; uint32_t slot; };                                      /* a top-level + or - term of `change`, signed */
struct stock_element {                      /* stocks only */
    uint32_t floor, ceiling;                /* slots or NO_SLOT */
    uint32_t rate;                          /* per unit of time */
    const struct term *term; int terms;
};
struct quantity {
    const char *name, *title, *unit, *group, *format;
    enum quantity_kind kind;
    int dims, dim[MOST_DIMS], count;
    uint32_t first;                         /* values: slots first..first+count-1 */
    uint32_t mean;                          /* turn means of something per unit of time: slots, or NO_SLOT */
    const struct stock_element *stock;      /* [count] of stocks and switches */
    const struct seen *seen;                /* [count * seats]: element-major */
    bool parameters_only;                   /* hangs on parameters alone */
    const struct inputs *from; int froms;   /* what it is worked out from (of a stock: its change): [count], or one for all, or none */
    bool charted; double chart_low, chart_high;
    bool scale;                             /* runs from 0 to 1 without a unit: shown "of 100" */
    int good_for;                           /* seat, or -1; up is good for it */
    struct evidence evidence; const char *path; int line;
};
struct kept { uint32_t from, to; };
struct table { const double *x, *y; int count; };
struct stream { const char *name; uint64_t hash; bool every_step; };

/* --- moves ------------------------------------------------------------------------------------------------------------ */
enum effect_op { EFFECT_SET, EFFECT_SCALE, EFFECT_ADD, EFFECT_PUSH };
struct effect {
    enum effect_op op;
    int quantity;                           /* a stock or switch */
    uint32_t offset, stride;                /* its element: offset + stride * chosen target */
    struct code_ref value, when;            /* when may be NO_CODE */
    int after, over, lasts;                 /* turns; over 1 and after 0: all now; lasts 0: for good */
    /* What is still to come is state. Part due k turns from now lies at ring + 2 * (target * ring_turns + (turn + k) % ring_turns):
     * the value, then 1 if something is due. `back` (one slot each) holds what is to be taken back. NO_SLOT if neither is needed. */
    uint32_t ring, back; int ring_turns, back_turns;
    const char *note;                       /* as the author wrote it: "Tension: push 18%" */
    /* What its size lies between whatever the world (infinite: no bound is known), and what it hangs on; for pages. */
    double least, most; bool about;         /* about: it hangs on parameters that are drawn */
    bool by_target;                         /* it differs by target */
    struct inputs from;
};
struct effects { const struct effect *at; int count; };
struct outcome { struct code_ref chance; bool otherwise; const char *title; struct effects effects; };
struct setting { const char *name; double level, quiet, ceiling; bool has_lift; struct code_ref lift_cost; struct effects lift; };

/* State of a move by target (one if it has none): slots state + target * MOVE_SLOTS + … */
enum move_slot {
    MOVE_TIMES,             /* how often done (an act) or imposed */
    MOVE_SINCE,             /* turn in which it was last done; -1 never */
    MOVE_ON,                /* 1 from imposition until lifted, eased included */
    MOVE_LEVEL,             /* 0..1 as applied */
    MOVE_GOAL,              /* where level goes */
    MOVE_LEFT,              /* ramp steps left; 0: level stays */
    MOVE_RULE,              /* the level of the setting under its ceiling: what snapback returns to */
    MOVE_SETTING,           /* index, or -1 */
    MOVE_THREAT,            /* turn of the threat, or -1 */
    MOVE_ANNOUNCED,         /* turn in which it was announced (delay), or -1: imposed at the next */
    MOVE_EASED,             /* 1 while eased */
    MOVE_SLOTS
};
enum answer_kind { ANSWER_NONE, ANSWER_REFUSE, ANSWER_ACCEPT };
/* threat, ease, lift, snapback. given: it can be done (every measure can be threatened, eased and lifted); written: the scenario says
 * what it does, so that screens and personas think of it (a threat that says nothing is left to whoever asks for it). */
struct verb_price { bool given, written; struct code_ref cost; struct effects effects; };
struct move {
    const char *name, *title, *says, *help;
    int seat;
    bool measure;                           /* else an act */
    int target;                             /* set, or -1 */
    int targets;                            /* its size, or 1 */
    struct code_ref allowed;                /* of a target (program.target_slot holds it), or NO_CODE */
    struct code_ref pick;                   /* the rule that picks it, as an element's place, or NO_CODE */
    struct code_ref cost, requires;         /* requires may read the target too */
    const char *requires_said;              /* in words, or NULL */
    uint32_t state;                         /* MOVE_SLOTS slots a target */
    const struct setting *setting; int settings;        /* a measure has at least one; the default is the last written */
    double ceiling; int ramp_up, ramp_down; /* Euler steps */
    double decay;
    struct verb_price threat, ease, lift, snapback;
    int threat_lapses;                      /* turns; 0 never */
    const int *ends; int ends_count;        /* measures that this move ends */
    const struct bearing *bearing; int bearings;            /* equations that read it */
    struct effects effects;
    const struct outcome *outcome; int outcomes; int outcome_stream;
    enum answer_kind answer; int answer_by; int answer_move;   /* the move with which the other seat refuses or accepts */
    bool silence_passes;
    int answers;                            /* this move is done only as an answer, to that one or another that names it; -1 otherwise */
    int detect_stream;                      /* draws for who notices a quiet setting */
    struct evidence evidence; const char *path; int line;
};

/* A row of a plan, a play or a persona. */
enum row_verb { ROW_DO, ROW_THREATEN, ROW_EASE, ROW_LIFT, ROW_SNAPBACK, ROW_DELAY };
struct row { enum row_verb verb; int move; int target; int setting; double level; };   /* target, setting -1: none, any or by default; level < 0: none */

/* --- seats ------------------------------------------------------------------------------------------------------------ */
struct goal { const char *name, *title; double weight; struct code_ref score; struct seen seen; struct inputs from; };  /* seen by its own seat */
/* when NO_CODE: always. said: those of its conditions that can be said without a formula, or NULL; by_turn: it also asks for its turn. */
struct rule { struct code_ref when; const struct row *row; int rows; const char *said; bool by_turn; };
struct persona {
    const char *name, *title;
    const double *cares;                    /* [goals] weights times this */
    int patience; double precision;
    const struct rule *first; int rules;    /* scripted: the first line that can be done */
};
struct seat {
    const char *name, *title, *short_name, *colour, *brief;
    double per_turn, most, start; const char *called; int rows;     /* rows: most orders a turn */
    uint32_t budget;                        /* slot: what it has */
    const struct goal *goal; int goals;
    const struct persona *persona; int personas;
};

/* A seat for which the scenario gives no budget is never short of it, and is not told of any. */
enum { NEVER_SHORT = 1000000000 };
static inline bool seat_has_budget(const struct seat *s) { return s->start < NEVER_SHORT; }

/* --- what seats can promise ---------------------------------------------------------------------------------------------- */
struct vague { const char *name; bool turns; double low, high; };       /* a word that each side reads for itself: levels 0..1, or turns */
struct method {                                                         /* how the keeping of a clause is seen */
    const char *name, *title;
    int lag; double error;                  /* turns; points of level, 0..1 */
    const int *blind; int blinds;           /* moves of which it sees nothing */
    double cost; bool consent;              /* of the budget of who asks for it; consent: the other must agree */
    bool reported;                          /* it tells only what who owes the clause has said of it (a report) */
};
/* State of a term, one slot each. */
enum term_slot { TERM_PROMISED, TERM_KEPT, TERM_BROKEN, TERM_SLOTS };     /* clauses in force; of them kept when last judged; ever broken */
struct deal_term {                          /* a fact that a seat can promise, besides what it does with its measures */
    const char *name, *title;
    int seat;
    struct code_ref kept_when;              /* a truth, judged once a turn */
    unsigned exact_for;                     /* seats that see exactly what it hangs on, as bits */
    uint32_t state;                         /* TERM_SLOTS slots */
    struct evidence evidence; const char *path; int line;
};
/* What promises cost. Pushes as effects have them: of the room left if positive, of what is there if negative. */
struct dialogue {
    bool given;                             /* without it nothing can be promised */
    int trust;                              /* stock [by, of] over the seats, or -1 */
    double kept, fell_short, walk_out, false_claim;     /* pushes of trust */
    double in_public, backchannel;          /* factors */
    int audience; double idle_threat;       /* stock, over the seats or of all; what is added. -1: none */
    int credibility; double carried_out, lapsed;
    double tolerance;                       /* points of level, 0..1: as far short is partly kept */
    uint32_t breaches, deals;               /* state: [by][of] clauses found broken; [a][b] deals in force */
    uint32_t numbered;                      /* state: how many deals there have been */
    uint32_t monitors;                      /* state: MOST_MONITORS times MONITOR_SLOTS */
    const char *path; int line;
};
/* A clause in force is MONITOR_SLOTS slots of state, so a world with its deals can be copied, hashed and run in lanes like any other. The
 * program reserves MOST_MONITORS of them; game/deals.c fills and judges them. */
enum monitor_slot {
    MONITOR_DEAL,           /* its deal's number, from 1; 0: free */
    MONITOR_CLAUSE,         /* its place in the deal, from 0 */
    MONITOR_KIND,           /* enum proposal_kind */
    MONITOR_BY, MONITOR_TO, /* who owes it; to whom (bits) */
    MONITOR_NOT, MONITOR_SECRET,
    MONITOR_VERB, MONITOR_MOVE, MONITOR_TARGET, MONITOR_SETTING, MONITOR_TERM,
    MONITOR_LEVEL, MONITOR_AMOUNT,                                  /* a vague amount is read by who owes it */
    MONITOR_AMOUNT_READ,                                            /* … and by whom it is owed to */
    MONITOR_SPAN, MONITOR_FROM, MONITOR_UNTIL, MONITOR_UNTIL_READ,
    MONITOR_CONDITION, MONITOR_UNLESS, MONITOR_OTHER, MONITOR_QUANTITY, MONITOR_ELEMENT, MONITOR_OP, MONITOR_VALUE,
    MONITOR_VERIFY, MONITOR_REMEDY, MONITOR_BINDING, MONITOR_CHANNEL,
    MONITOR_SINCE,          /* turn in which it came into force */
    MONITOR_BASE,           /* how often the move was done, or its level, when it did */
    MONITOR_STATUS,         /* enum clause_status, as the other side sees it */
    MONITOR_SHORT,          /* how far short it truly fell when last judged, as a share (below 0: to spare); and one, two, three turns before */
    MONITOR_SHORT_1, MONITOR_SHORT_2, MONITOR_SHORT_3,
    MONITOR_REPORTED,       /* 1 + what who owes it says of it: a level, or 1 kept and 0 not; 0: nothing was said */
    MONITOR_SLOTS
};
enum clause_status {        /* from CLAUSE_SHORT on it is over; FOUND: seen short, and those to whom it is owed have yet to say what they make of it */
    CLAUSE_OPEN, CLAUSE_KEPT, CLAUSE_PARTIAL, CLAUSE_UNKNOWN, CLAUSE_FOUND,
    CLAUSE_SHORT, CLAUSE_EXCUSED, CLAUSE_CLOSED_KEPT, CLAUSE_CLOSED_UNKNOWN, CLAUSE_PASSED
};
enum { MOST_MONITORS = 24 };

/* --- events, endings, questions --------------------------------------------------------------------------------------- */
struct event {
    const char *name, *title, *headline, *purpose;
    double on; bool dated;                  /* on: time on the axis */
    struct code_ref when, chance; int chance_stream;
    int cooldown;                           /* turns; 0: once only, unless each_turn */
    bool each_turn, by_hand;
    uint32_t last;                          /* slot: turn in which it last fired; -1 never */
    struct effects effects;
    struct evidence evidence; const char *path; int line;
};
struct ending { const char *name, *title, *text; struct code_ref when; bool at_end; const struct code_ref *worth; };  /* [seats] */
struct question { const char *name, *ask; struct code_ref true_when; double at; };

/* --- plays, claims, comparisons ---------------------------------------------------------------------------------------- */
struct play_turn { int turn; const struct row *row; int rows; };                        /* turn counted from the scenario's start, 0.. */
struct play_seat { const struct play_turn *turn; int turns; const struct rule *rule; int rules; };
struct proposal;                                                                        /* code/proposal.h */
struct play_deal { int turn; const struct proposal *proposal; };                        /* agreed by all whom it needs, or declared, in that turn */
struct play {
    const char *name; int turns; bool rationed;
    const struct play_seat *seat;                                                       /* [seats] */
    const struct play_deal *deal; int deals;                                            /* by turn */
    const char *path; int line;
};

enum sample_kind { SAMPLE_AT, SAMPLE_MEAN, SAMPLE_TOTAL, SAMPLE_GREATEST, SAMPLE_LEAST };
struct sample {
    enum sample_kind kind; int play;
    int quantity, element; bool flow;       /* flow: turn means; else values at moments */
    int from, to;                           /* moments (turns done); SAMPLE_AT: from */
    uint32_t slot;                          /* where the claim's code reads it */
    const char *text;                       /* "at(nothing, income, 2018-01)" */
};
struct claim {
    const char *name, *says, *why;          /* why: of a claim with verdict: fails */
    struct code_ref expect;
    const struct sample *sample; int samples;
    double in;                              /* share of runs over the priors; 0: at the values alone */
    bool fails;                             /* it must fail */
    const char *text;                       /* the expression as written */
    struct evidence evidence; const char *path; int line;
};
struct observed { int turn; double value; };
struct baseline { const char *name; const struct observed *at; int count; };
struct compare {
    const char *name; int quantity, element, play; bool log_rms;     /* else rms */
    const struct observed *at; int count;
    const struct baseline *baseline; int baselines;                   /* other forecasts of the same */
    int fit_from, fit_to, test_from, test_to;                         /* turns, inclusive; -1: not given */
    const char *path; int line;
};
struct opening { const char *name, *title; int turn; int play; int turns; };            /* play -1: none; turns: played from there */
struct word { const char *word, *meaning; };
struct group { const char *name, *title; };

/* A file of the scenario, named from its folder ("scenario.yaml", "data/prices.csv"); text as it stood on disk, NUL-terminated. */
struct program_file { const char *name, *text; size_t length; };

/* --- the program -------------------------------------------------------------------------------------------------------- */
struct program {
    const char *id, *title, *summary, *authors, *license, *length;
    const char *folder;                     /* where it was read from */
    const struct program_file *file; int files;     /* all that it was made from, the main file first: for hashes and game files */
    struct time_spec time;

    /* Slots: constants, then parameters, then state (copied, hashed), then work (worked out anew). */
    uint32_t slots, parameter_first, state_first, work_first;
    const double *constant;                 /* [parameter_first] */
    const char *const *slot_name;           /* [slots] for dump and trace; NULL for temporaries */
    uint32_t time_slot, turn_slot, month_slot, step_slot, turn_start_slot;     /* state; the host writes them */
    uint32_t target_slot;                   /* work: the chosen target, 0.. */

    const struct instr *code; uint32_t code_count;
    const struct block *block; int blocks;
    const struct origin *origin; int origins;
    const struct table *table; int tables;
    const struct stream *stream; int streams;
    const struct kept *kept_step; int kept_steps;
    const struct kept *kept_turn; int kept_turns;
    struct flow_stock { uint32_t value, rate, floor, ceiling; } const *hidden_stock; int hidden_stocks;  /* of smooth, delay1, … */
    struct mean_of { uint32_t value, mean; } const *mean; int means;

    const struct set *set; int sets;
    const struct network_map *network; int networks;
    int seat_set;                           /* index of the set `seat`, or -1 */
    const struct parameter *parameter; int parameters;
    const struct quantity *quantity; int quantities;
    const struct group *group; int groups;
    const struct seat *seat; int seats;
    bool sealed; const int *order;          /* [seats] when not sealed */
    const struct move *move; int moves;
    const struct vague *vague; int vagues;
    const struct method *method; int methods;
    const struct deal_term *term; int terms;
    struct dialogue dialogue;
    const struct event *event; int events;
    const struct ending *ending; int endings;
    const struct question *question; int questions;
    const struct opening *opening; int openings;
    const struct play *play; int plays;
    const struct claim *claim; int claims;
    const struct compare *compare; int compares;
    const struct cited *cited; int citeds;
    const struct word *word; int words;
    const char *const *proper; int propers; /* names of people and places in titles: words that keep their great letter */
    const char *const *teaching; int teachings;
    const char *const *debrief; int debriefs;
    const char *const *not_claimed; int not_claimeds;
};

static inline struct inputs quantity_from(const struct quantity *q, int element)
{
    return q->froms == 0 ? (struct inputs){0} : q->from[q->froms > element ? element : 0];
}

/* Lookups by id; -1 if there is none. Seats also by short name, in any case. */
int program_quantity(const struct program *p, const char *name);
int program_parameter(const struct program *p, const char *name);
int program_move(const struct program *p, const char *name);
int program_seat(const struct program *p, const char *name);
int program_play(const struct program *p, const char *name);
int program_set(const struct program *p, const char *name);
int program_element(const struct program *p, int set, const char *name);
int program_persona(const struct program *p, int seat, const char *name);
int program_opening(const struct program *p, const char *name);

/* "reserves", "exports[coal]", "trust[us,china]" */
const char *program_element_name(const struct program *p, struct arena *a, const char *name, int dims, const int *dim, int element);
/* Finds "exports[coal]" or "exports" (element 0 if it has one only). False if there is none such. */
bool program_find_value(const struct program *p, const char *text, int *quantity, int *element);
/* A moment as people read it: "2017-03" or "3"; long: "March 2017" or "3". The axis value is time.start + turns * time.turn. */
const char *program_date(const struct program *p, struct arena *a, double time);
const char *program_date_long(const struct program *p, struct arena *a, double time);
double program_moment(const struct program *p, int turn);      /* start + turn * length */
/* "2017-02" or "2017-02-18" as months since year 0; false if it is no date. */
bool date_read(const char *text, size_t n, double *months);
double time_months(const struct time_spec *t);                 /* months in the axis' unit; 1 on a plain axis */
double time_of_months(const struct time_spec *t, double months);
int program_calendar_month(const struct program *p, double time);   /* 1..12; 0 on a plain axis */
/* An id in words: "in_china" -> "in China", names with their great letters. */
const char *program_words(const struct program *p, struct arena *a, const char *id);
/* A title as it stands within a sentence: its first letter small, unless its first word is a name or in capitals. */
const char *program_inside(const struct program *p, struct arena *a, const char *title);
static inline uint32_t move_slot(const struct move *m, int target, enum move_slot what)
{
    return m->state + (uint32_t)target * MOVE_SLOTS + (uint32_t)what;
}

/* code/verify.c — a program from anywhere is safe to run: operands in range, results never in constants, rings and ranges inside
 * the slots. Returns NULL or what is wrong (static text). */
const char *program_verify(const struct program *p);
/* code/dump.c — for `demarche dump`: slots, blocks and instructions with names. */
#include <stdio.h>
void program_dump(const struct program *p, FILE *out);

/* code/row.c — a row as text. `[threaten|ease|lift|snapback|delay] move[(target)][/setting] [level]`; verbs may also be written
 * `lift(move)` or `threaten(move(target))`. Returns NULL or what is wrong with what to do (arena). Case as written. */
const char *row_parse(const struct program *p, struct arena *a, const char *text, struct row *row);
const char *row_print(const struct program *p, struct arena *a, struct row row);               /* reads back by row_parse */
const char *row_move_print(const struct program *p, struct arena *a, struct row row);          /* its move, target and setting alone */
const char *share_text(struct arena *a, double share);          /* "60%" where that reads back to the same bits, else "0.123" */
const char *row_say(const struct program *p, struct arena *a, struct row row);                 /* for people: "lift the coal ban (decree)" */

#endif
