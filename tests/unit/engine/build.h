/* tests/unit/engine/build.h — small programs made by hand, for tests. Regions have fixed sizes; what is emitted goes to the block that
 * was begun last, and what lies in no block belongs to a block of its own.
 *     struct build b; build_begin(&b, &arena);
 *     uint32_t x = build_stock(&b, "x", build_constant(&b, 5));
 *     build_block(&b, BLOCK_CHANGE); b.stock[0].rate = build_op(&b, OP_NEG, x);
 *     const struct program *p = build_program(&b); */
#ifndef BUILD_H
#define BUILD_H

#include "base/arena.h"
#include "base/text.h"
#include "code/operands.h"
#include "code/program.h"

enum { BUILD_CONSTANTS = 64, BUILD_PARAMETERS = 16, BUILD_STATE = 1200, BUILD_WORK = 128, BUILD_CODE = 512, BUILD_BLOCKS = 64, BUILD_MANY = 32 };

struct build {
    struct arena *a;
    struct program p;
    double constant[BUILD_CONSTANTS];
    const char *name[BUILD_CONSTANTS + BUILD_PARAMETERS + BUILD_STATE + BUILD_WORK];
    struct instr code[BUILD_CODE];
    struct block block[BUILD_BLOCKS];
    struct origin origin[1];
    struct table table[BUILD_MANY];
    struct stream stream[BUILD_MANY];
    struct kept kept_step[BUILD_MANY], kept_turn[BUILD_MANY];
    struct mean_of mean[BUILD_MANY];
    struct flow_stock hidden[BUILD_MANY];
    struct set set[BUILD_MANY];
    struct parameter parameter[BUILD_MANY];
    struct parameter_element element[BUILD_MANY];
    struct quantity quantity[BUILD_MANY];
    struct stock_element stock[BUILD_MANY];
    struct move move[BUILD_MANY];
    struct setting setting[BUILD_MANY];
    struct seat seat[4];
    struct seen seen[BUILD_MANY];
    uint32_t constants, parameters, states, works;
    int open;                                           /* block that instructions go to */
    uint32_t guard;                                     /* of what is emitted next */
};

static inline uint32_t build_constant(struct build *b, double x)
{
    b->constant[b->constants] = x;
    return b->constants++;
}

static inline uint32_t build_state(struct build *b, const char *name, uint32_t count)
{
    uint32_t s = BUILD_CONSTANTS + BUILD_PARAMETERS + b->states;
    b->states += count;
    b->name[s] = name;
    return s;
}

static inline uint32_t build_work(struct build *b, uint32_t count)
{
    uint32_t s = BUILD_CONSTANTS + BUILD_PARAMETERS + BUILD_STATE + b->works;
    b->works += count;
    return s;
}

static inline void build_begin(struct build *b, struct arena *a)
{
    memset(b, 0, sizeof *b);
    b->a = a;
    b->guard = NO_SLOT;
    b->p.blocks = BLOCK_FIXED;
    b->p.time = (struct time_spec){.kind = TIME_MONTHS, .start = 2017 * 12 + 1, .turn = 1, .turns = 12, .steps = 4, .unit = "month"};
    b->p.id = "test";
    b->p.seat_set = -1;
    b->p.sealed = true;
    b->p.time_slot = build_state(b, "time", 1);
    b->p.turn_slot = build_state(b, "turn", 1);
    b->p.month_slot = build_state(b, "month", 1);
    b->p.step_slot = build_state(b, "step", 1);
    b->p.turn_start_slot = build_state(b, "turn_start", 1);
    b->p.target_slot = build_work(b, 1);
    b->origin[0] = (struct origin){"test", "test.yaml", 1};
}

/* Instructions from here on belong to this block, which must not have been begun before. */
static inline void build_block(struct build *b, int block)
{
    b->open = block;
    if (block >= b->p.blocks)
        b->p.blocks = block + 1;
    b->block[block] = (struct block){b->p.code_count, 0};
}

static inline uint32_t build_into(struct build *b, enum op op, uint32_t d, uint32_t x, uint32_t y, uint32_t z, uint32_t e)
{
    b->code[b->p.code_count++] = (struct instr){.op = (uint16_t)op, .d = d, .a = x, .b = y, .c = z, .e = e, .guard = b->guard};
    b->block[b->open].count++;
    return d;
}

#define BUILD_PICK(a, b, c, d, e, ...) (a), (b), (c), (d)
/* Up to four operands, in the order of opcodes.def. */
#define build_op(b, op, ...) build_into(b, op, build_work(b, 1), BUILD_PICK(__VA_ARGS__, 0, 0, 0, 0, 0))
#define build_op_into(b, op, d, ...) build_into(b, op, d, BUILD_PICK(__VA_ARGS__, 0, 0, 0, 0, 0))

/* Emits the start too, so BLOCK_START must be the block begun last. */
static inline uint32_t build_stock(struct build *b, const char *name, uint32_t start)
{
    int n = b->p.quantities++;
    uint32_t s = build_state(b, name, 1);
    b->stock[n] = (struct stock_element){NO_SLOT, NO_SLOT, NO_SLOT, NULL, 0};
    b->quantity[n] = (struct quantity){.name = name, .kind = Q_STOCK, .count = 1, .first = s, .mean = NO_SLOT, .stock = &b->stock[n], .good_for = -1,
                                       .evidence = {.source = -1}, .seen = b->seen};
    build_op_into(b, OP_COPY, s, start);
    return s;
}

static inline uint32_t build_parameter(struct build *b, const char *name, enum prior prior, struct parameter_element e)
{
    int n = b->p.parameters++;
    uint32_t s = BUILD_CONSTANTS + b->parameters++;
    b->element[n] = e;
    b->name[s] = name;
    b->parameter[n] = (struct parameter){.name = name, .count = 1, .first = s, .prior = prior, .element = &b->element[n], .evidence = {.source = -1}};
    return s;
}

static inline uint32_t build_stream(struct build *b, const char *name, bool every_step)
{
    b->stream[b->p.streams] = (struct stream){name, text_hash(name), every_step};
    return (uint32_t)b->p.streams++;
}

static inline int build_set(struct build *b, const char *name, int count, const char *const *element)
{
    b->set[b->p.sets] = (struct set){name, count, element, -1, NULL};
    return b->p.sets++;
}

static inline struct move *build_move(struct build *b, const char *name, int target)
{
    struct move *m = &b->move[b->p.moves++];
    *m = (struct move){.name = name, .title = name, .measure = true, .target = target, .targets = target < 0 ? 1 : b->set[target].count,
                       .allowed = NO_CODE, .pick = NO_CODE, .cost = NO_CODE, .requires = NO_CODE, .settings = 1, .ceiling = 1,
                       .threat.cost = NO_CODE, .ease.cost = NO_CODE, .lift.cost = NO_CODE, .snapback.cost = NO_CODE,
                       .outcome_stream = -1, .detect_stream = -1, .answers = -1, .evidence = {.source = -1}};
    m->setting = &b->setting[b->p.moves - 1];
    b->setting[b->p.moves - 1] = (struct setting){.name = "on", .level = 1, .ceiling = 1, .lift_cost = NO_CODE};
    m->state = build_state(b, name, MOVE_SLOTS * (uint32_t)m->targets);
    if (b->p.seats == 0) {
        b->seat[0] = (struct seat){.name = "one", .short_name = "1", .budget = build_state(b, "budget", 1), .start = 3};
        b->p.seats = 1;
    }
    return m;
}

/* The builder's own program, so whoever breaks it on purpose can. */
static inline struct program *build_program(struct build *b)
{
    struct program *p = &b->p;
    p->parameter_first = BUILD_CONSTANTS;
    p->state_first = BUILD_CONSTANTS + BUILD_PARAMETERS;
    p->work_first = p->state_first + BUILD_STATE;
    p->slots = p->work_first + BUILD_WORK;
    p->constant = b->constant, p->slot_name = b->name, p->code = b->code, p->block = b->block;
    p->origin = b->origin, p->origins = 1, p->table = b->table, p->stream = b->stream;
    p->kept_step = b->kept_step, p->kept_turn = b->kept_turn, p->mean = b->mean, p->hidden_stock = b->hidden;
    p->set = b->set, p->parameter = b->parameter, p->quantity = b->quantity, p->move = b->move, p->seat = b->seat;
    return p;
}

#endif
