/* lang/model.h — a scenario while it is being compiled: what names mean (names.c), what expressions are (types.c), code (emit.c).
 *
 * Slots carry their region in the top four bits until lang/layout.c knows how large each region is and moves them to their place.
 * All of it is in one arena and dropped or kept with the program.
 */
#ifndef LANG_MODEL_H
#define LANG_MODEL_H

#include "base/diag.h"
#include "code/program.h"
#include "lang/expr.h"
#include "lang/node.h"

enum region { REGION_CONSTANT, REGION_PARAMETER, REGION_STATE, REGION_WORK, REGION_TEMP, REGION_NONE = 15 };
static inline uint32_t slot_in(enum region region, uint32_t n) { return (uint32_t)region << 28 | n; }
static inline enum region slot_region(uint32_t slot) { return (enum region)(slot >> 28); }
static inline uint32_t slot_number(uint32_t slot) { return slot & 0xfffffffu; }

/* Where an expression stands decides what it may say. */
enum stands {
    PLACE_PARAMETER,        /* parameters only */
    PLACE_MODEL,            /* is, change, floor: previous is a step ago */
    PLACE_START,
    PLACE_DRAW,
    PLACE_TURN,             /* judged once a turn: previous is a turn ago */
    PLACE_CLAIM
};

struct bound { const char *name; int set; bool runtime; int element; uint32_t slot; };
enum { MOST_BOUND = 24 };

struct guard { const struct guard *outer; uint32_t condition; bool negated; uint32_t slot; };

struct scope {
    struct model *m;
    enum stands place;
    struct bound bound[MOST_BOUND]; int bounds;
    bool covered;                   /* evidence stands on the block: bare numbers need none */
    bool lint;                      /* bare numbers are looked at */
    const char *what;               /* "change of reserves" for findings and origins */
    uint32_t origin;
    /* while code is emitted */
    struct builder *builder;
    bool at_start;                  /* BLOCK_START: read other things' starts */
    struct guard *guard;
    struct m_claim *claim;          /* PLACE_CLAIM: where samples go */
};

struct choice { struct expr *expr; const struct node *node; };      /* an element's own expression of a per-element map */

struct m_parameter {
    const char *name; const struct node *node, *key;
    int dims, dim[MOST_DIMS], count;
    const char *dim_name[MOST_DIMS];/* as for quantities */
    uint32_t first;
    bool typed;                     /* what is worked out gets its unit on demand */
    struct unit unit; bool unit_stated;
    int table;                      /* program.table, or -1 */
    struct choice *is;              /* [count] or NULL */
    unsigned char *state;           /* computed: 0 not yet, 1 in work, 2 done */
};

struct m_quantity {
    const char *name; const struct node *node, *key;
    enum quantity_kind kind;
    int dims, dim[MOST_DIMS], count;
    const char *dim_name[MOST_DIMS];/* names bound to the dims; NULL where one set stands twice unnamed */
    uint32_t first, mean;
    bool typed, typing;             /* unit and type are worked out on demand */
    enum type type; int element_set;
    struct unit unit; bool unit_stated;
    struct choice *main, *change, *floor, *ceiling;   /* [count]: is | start | draw; change; bounds (or NULL) */
    int *table;                     /* data: [count] */
    bool *data_linear;              /* data: [count] */
    bool every_step;
    bool covered;
    unsigned char *in_aux, *in_start, *in_draws;      /* 0 not yet, 1 in work, 2 done */
    bool parameters_only;
};

struct m_move { const char *name; const struct node *node, *key; int seat, target, targets; bool measure; uint32_t state; };
struct m_claim { LIST_OF(struct sample) samples; };

/* Code being built; one a block. */
struct builder {
    int block;
    LIST_OF(struct instr) code;
    uint32_t temps;
    struct cse { uint32_t *table; uint32_t room, used; } cse;
};

/* A call of a function that keeps something (smooth, delay, previous, initial, sample), met with certain elements bound. */
struct memory { const struct expr *call; bool turn, starting; int elements; int element[MOST_BOUND]; uint32_t slot; };

/* Work put off until every auxiliary is known: code that feeds a memory. */
struct later { enum { LATER_SMOOTH, LATER_DELAY_STORES, LATER_RING, LATER_STEP, LATER_TURN, LATER_SAMPLE } kind; struct scope scope; const struct expr *call; uint32_t slot; int stages; };

struct link { int from, to; double weight; };
struct network {
    const char *name; const struct node *node, *key;
    int from, to;                   /* sets */
    long seed;
    LIST_OF(struct link) links; bool full;
    const double *degree, *betweenness;     /* [elements of from]; betweenness only where it is asked for */
};

enum { DEPTH_MOST = 1000 };     /* of expressions within one another, through the quantities that they name */

/* index.c: places in a list by a hash. Begin with *from = 0; -1: no further one. */
struct index { struct index_place { uint64_t hash; int place; } *at; uint32_t room, used; };
void index_add(struct arena *a, struct index *x, uint64_t hash, int place);
int index_next(const struct index *x, uint64_t hash, uint32_t *from);

struct text_file { const char *name, *text; size_t length; };

struct model {
    struct arena *a;
    struct diags *d;
    const struct reading *reading;
    const struct node *root;
    struct program *p;

    LIST_OF(struct set) sets;
    LIST_OF(struct m_parameter) parameters;
    LIST_OF(struct m_quantity) quantities;
    LIST_OF(struct m_move) moves;
    LIST_OF(const char *) seats;                /* ids, in order */
    LIST_OF(const char *) plays;
    LIST_OF(const char *) terms;
    LIST_OF(const char *) groups;

    LIST_OF(double) constants;
    LIST_OF(struct builder *) builders;
    LIST_OF(struct origin) origins;
    LIST_OF(struct table) tables;
    LIST_OF(struct stream) streams;
    LIST_OF(struct memory) memories;
    LIST_OF(struct later) laters; int laters_done;
    LIST_OF(struct kept) kept_step;
    LIST_OF(struct kept) kept_turn;
    LIST_OF(struct flow_stock) hidden;
    LIST_OF(struct mean_of) means;
    LIST_OF(struct parameter) made;             /* parameters made from effects' ranges */
    LIST_OF(const char *) state_names;          /* of state slots, for dump */
    uint32_t parameter_slots, state_slots, work_slots, one;     /* one: the constant 1 */
    struct unit time_unit;
    LIST_OF(uint32_t) fixed;                    /* work slots, ascending: parts of auxiliaries that hang on parameters alone */
    LIST_OF(int) path;                          /* quantities in work, for a cycle's path: quantity << 12 | element … */
    LIST_OF(int) path_element;
    LIST_OF(struct network) networks; bool uses_betweenness;
    int evaluating;                             /* how deep evaluate.c stands in quantities */
    struct index quantity_index, parameter_index, move_index, constant_index, memory_index;
    int typing_depth, emitting_depth, element_count;
    uint64_t emitted, instructions;             /* work done so far: a small file can ask for a great deal */
    bool too_big;                               /* it asks for too much, a finding says so, and nothing more is emitted */
    LIST_OF(struct text_file) files;            /* texts and data read so far: many headings stand in one file */
};

/* --- names.c ---------------------------------------------------------------------------------------------------------- */
void names_declare(struct model *m);                        /* time, sets, seats, moves, parameters, quantities, plays */
int find_set(const struct model *m, const char *name);
int find_element(const struct model *m, int set, const char *name);      /* -1 */
bool find_any_element(const struct model *m, const char *name, int *set, int *element);
int find_quantity(const struct model *m, const char *name);
int find_parameter(const struct model *m, const char *name);
int find_move(const struct model *m, const char *name);
int find_seat(const struct model *m, const char *name);     /* id or short name, any case */
int find_play(const struct model *m, const char *name);
const char *nearest_name(struct model *m, const char *name, bool functions);      /* among all that an expression may name; NULL */
const char *did_you_mean(struct model *m, const char *near, const char *otherwise);
/* Element `element` of `from` as a place in `to` (the same set, its part or its whole); -1 if it is not in there. */
int element_in(const struct model *m, int from, int element, int to);
bool sets_meet(const struct model *m, int a, int b);        /* one is the other or a part of it */
double axis_of_months(const struct model *m, double months);
/* A node as a time on the axis: 2017-02 or a plain number. False after a finding. */
bool node_time(struct model *m, const struct node *n, double *time);
/* The turn (0…) that begins at that time; -1 after a finding if none does. most: turns counted, or 0 for no bound. */
int node_turn(struct model *m, const struct node *n, int most);
/* "3 turns", "2 months" or a number of turns, as turns (may be fractional) */
bool node_span_turns(struct model *m, const struct node *n, double *turns);
bool node_number(struct model *m, const struct node *n, double *x);       /* finding if it is no number */
bool node_plain_number(const struct node *n, double *x);     /* the same for what may be an expression: no finding */
bool node_truth(struct model *m, const struct node *n);
const char *node_words(const struct node *n, const char *fallback);
/* name[a, b in c] of a section's key: its name and its sets. False after a finding. */
bool key_dims(struct model *m, const struct node *key, const char **name, int *dims, int *dim, const char **dim_name);
/* The value for an element: itself, or what a map from elements (nested for several sets) gives for it, or otherwise. NULL after a finding
 * (missing elements; unknown ones are found once per map by map_check). */
const struct node *pick_element(struct model *m, const struct node *value, int dims, const int *dim, int element);
void map_check(struct model *m, const struct node *value, int dims, const int *dim);
/* A map where no key is an element: a finding, and true. For values that are never maps themselves. */
bool map_of_strangers(struct model *m, const struct node *value, int dims, const int *dim);
bool is_element_map(const struct model *m, const struct node *value, int dims, const int *dim);
int elements_of(const struct model *m, int dims, const int *dim);
void element_split(const struct model *m, int dims, const int *dim, int element, int *at);
const char *element_words(struct model *m, const char *name, int dims, const int *dim, int element);
bool has_evidence(const struct node *block);
struct evidence read_evidence(struct model *m, const struct node *block);
void node_place(struct model *m, const struct node *n, const char **path, int *line);

/* --- networks.c, evaluate.c -------------------------------------------------------------------------------------------- */
void declare_networks(struct model *m);                     /* names and sets, so that expressions can name them */
void build_networks(struct model *m);                       /* links; once expressions are typed, before code */
int find_network(const struct model *m, const char *name);
double parameter_at_value(struct model *m, int parameter, int element, bool *sure);
double quantity_at_value(struct model *m, int quantity, int element, bool *sure);
/* Which element a name names, as far as its subscripts are known; -1 where one is not. */
int element_of_name(struct scope *s, const struct expr *e, int dims, const int *dim);

/* --- inputs.c: what hangs on what, for pages ------------------------------------------------------------------------------ */
/* What an expression reads and which way it goes with each. */
struct inputs expr_inputs(struct scope *s, const struct expr *e);
/* What it lies between in any world, parameters at their values (drawn: it reads one that is drawn; by_target: it differs by target). */
void expr_between(struct scope *s, const struct expr *e, double *low, double *high, bool *drawn, bool *by_target);
void build_inputs(struct model *m);                         /* of quantities, and which of them read a move; after moves */

/* --- dialogue.c -------------------------------------------------------------------------------------------------------- */
void declare_dialogue(struct model *m);                     /* terms and what is kept of promises, so that expressions can ask */
void build_dialogue(struct model *m);                       /* after moves and views */
void work_promise_function(struct scope *s, struct expr *e);            /* promised, kept, broken, breaches, deals */
uint32_t emit_promise(struct scope *s, const struct expr *e);

/* --- types.c ---------------------------------------------------------------------------------------------------------- */
/* Works out what e is. Then types_want holds it to what its place asks for: *e may get a conversion. unit NULL: any. */
void types_work(struct scope *s, struct expr *e);
bool types_want(struct scope *s, struct expr **e, enum type type, const struct unit *unit);
void quantity_types(struct model *m, int quantity);         /* on demand */
void parameter_types(struct model *m, int parameter);
struct expr *read_expr(struct scope *s, const struct node *n, enum type type, const struct unit *unit);   /* read, work out, want; NULL after a finding */
struct expr *read_expr_part(struct scope *s, const struct node *n, size_t from, size_t length, enum type type, const struct unit *unit);
/* Calls visit for every quantity that e names. */
void expr_quantities(const struct expr *e, void (*visit)(void *self, int quantity, const struct expr *at), void *self);
void scope_bind(struct scope *s, const char *name, int set);
int scope_find(const struct scope *s, const char *name);

enum function {
#define FUNCTION(name, least, most, help) FN_##name,
#include "lang/functions.def"
#undef FUNCTION
    FN_COUNT
};
struct function_row { const char *name; int least, most; const char *help; };
extern const struct function_row functions[FN_COUNT];

/* --- emit.c ----------------------------------------------------------------------------------------------------------- */
uint32_t constant(struct model *m, double x);
bool constant_value(const struct model *m, uint32_t slot, double *x);
uint32_t new_state(struct model *m, uint32_t count, const char *name);      /* name may be NULL */
uint32_t new_work(struct model *m, uint32_t count);
struct builder *new_builder(struct model *m);
uint32_t new_origin(struct model *m, const char *what, const struct node *n);
int new_stream(struct model *m, const char *name, bool every_step);
uint32_t emit(struct scope *s, const struct expr *e);                       /* the slot of its value */
void emit_into(struct scope *s, uint32_t slot, const struct expr *e);
void emit_op(struct scope *s, enum op op, uint32_t d, uint32_t a, uint32_t b, uint32_t c, uint32_t ee);     /* not shared, not folded */
uint32_t emit_pure(struct scope *s, enum op op, uint32_t a, uint32_t b, uint32_t c);
void ensure_quantity(struct scope *s, int quantity, int element);           /* its auxiliary (or, at the start, its start) is worked out before */
void ensure_all(struct model *m);                                          /* every auxiliary; then what was put off */
struct code_ref emit_code(struct scope *s, const struct expr *e, bool copy);/* a block of its own; copy: its value survives changes of state */

/* --- memory.c: functions that keep something ------------------------------------------------------------------------------ */
uint32_t emit_memory(struct scope *s, const struct expr *call);
void emit_laters(struct model *m);

/* --- quantities.c, moves.c, seats.c, plays.c, words.c, layout.c -------------------------------------------------------------- */
void build_parameters(struct model *m);
void type_quantities(struct model *m);
void build_quantities(struct model *m);
bool quantity_flows(const struct model *m, const struct m_quantity *q);  /* has turn means */
void build_views(struct model *m);                         /* after quantities: who sees what */
void build_seats(struct model *m);
void build_moves(struct model *m);
void build_events(struct model *m);
void build_endings(struct model *m);
void build_questions(struct model *m);
void build_plays(struct model *m);
void build_claims(struct model *m);
void build_compares(struct model *m);
void build_openings(struct model *m);
void build_heading(struct model *m);                       /* id, title, sources; before evidence is read */
void build_words(struct model *m);
/* What an `and` asks for, as far as it can be said without a formula; NULL if nothing can. *by_turn: it asks for certain turns or months. */
const char *expr_say_conditions(struct model *m, const struct expr *e, bool *by_turn);
void find_proper_names(struct model *m);                    /* say.c: before anything is said */
/* A term of a stock's change, without a formula: what it comes from, or what it does to the stock (`own`) itself. */
const char *expr_say_term(struct scope *s, const struct expr *e, bool minus, int own);
const char *expr_say(struct model *m, const struct expr *e);     /* say.c: in words for players */
struct effects build_effects(struct model *m, const struct node *map, const struct scope *s, const char *whose);
void read_only_exact(struct model *m, const struct expr *e, int seat, const char *what);
struct seen hidden_as(struct model *m, const struct expr *e, int seat);     /* as the most hidden of what it reads */
const char *file_beside(struct model *m, const char *name, struct span at, size_t *length);     /* read_beside, once for each file */
const char *text_of(struct model *m, const struct node *n);                 /* words, a file, or file.md#heading */
const char *readable(struct model *m, const char *id);      /* "iron_ore" as "Iron ore" */
bool read_range(struct model *m, const struct node *n, struct parameter_element *e);
int read_data(struct model *m, const struct node *block, const double **time, const double **value);
/* talk: called for what is said at the table ("offer …", "accept"); NULL where nothing can be said. */
bool read_rows(struct model *m, const struct node *n, int seat, const struct row **row, int *rows, bool (*talk)(void *self, const struct node *n), void *self);
bool is_talk(const struct model *m, const char *row);                              /* dialogue.c */
/* What a play's seats say, by turn; what comes of it. */
struct saying_at { int turn, seat; const struct node *node; const struct proposal *proposal; };     /* proposal NULL: accept */
struct sayings { struct model *m; LIST_OF(struct saying_at) at; int seat, turn; };
bool read_saying(void *sayings, const struct node *n);      /* dialogue.c: a talk of read_rows */
const struct play_deal *deals_of(struct model *m, const struct sayings *said, int *deals);
const struct rule *read_rules(struct model *m, const struct node *list, int seat, int *count, bool lint);
void layout(struct model *m);                              /* temporaries to slots, regions to their place, the program's tables */

#endif
