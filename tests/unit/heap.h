/* tests/unit/heap.h — a program made by hand, for tests of rooms that may not include lang.
 *
 * A heap of 100 loses a share (`rate`, 0.1, uniform from 0.05 to 0.15) a turn in one Euler step: 100, 90, 81, 72.9. A draw `noise`, and an
 * auxiliary `logged` = ln(rate - off), which fails where rate <= off. The keeper's goal is the heap; with `refill` it adds 10 to it. A
 * guest sits beside it and can do nothing. Play 0 does nothing, play 1 refills in turns 0 and 2. Three claims read the heap. */
#ifndef UNIT_HEAP_H
#define UNIT_HEAP_H

#include "code/program.h"

enum {
    HEAP_START, HEAP_TEN, HEAP_ONE, HEAP_OFF, HEAP_ZERO,                                        /* constants  */
    HEAP_RATE,                                                                                  /* parameters */
    HEAP_TIME, HEAP_TURN, HEAP_MONTH, HEAP_STEP, HEAP_TURN_START, HEAP_HEAP, HEAP_BUDGET, HEAP_NOISE,     /* state */
    HEAP_MOVE, HEAP_MOVE_END = HEAP_MOVE + MOVE_SLOTS - 1,
    HEAP_LOST, HEAP_CHANGE, HEAP_ABOVE, HEAP_LOGGED, HEAP_LEFT_SIDE, HEAP_RIGHT_SIDE, HEAP_VERDICT, HEAP_TARGET, /* work */
    HEAP_SLOTS,
    HEAP_CLAIM = BLOCK_FIXED, HEAP_BLOCKS
};

static double heap_constant[5] = {[HEAP_START] = 100, [HEAP_TEN] = 10, [HEAP_ONE] = 1, [HEAP_OFF] = -1};
static const struct instr heap_code[] = {
    {.op = OP_COPY, .d = HEAP_HEAP, .a = HEAP_START, .guard = NO_SLOT},
    {.op = OP_NORMAL, .d = HEAP_NOISE, .a = HEAP_ZERO, .b = HEAP_ONE, .c = 0, .guard = NO_SLOT},
    {.op = OP_SUB, .d = HEAP_ABOVE, .a = HEAP_RATE, .b = HEAP_OFF, .guard = NO_SLOT},
    {.op = OP_LN, .d = HEAP_LOGGED, .a = HEAP_ABOVE, .guard = NO_SLOT},
    {.op = OP_MUL, .d = HEAP_LOST, .a = HEAP_RATE, .b = HEAP_HEAP, .guard = NO_SLOT},
    {.op = OP_NEG, .d = HEAP_CHANGE, .a = HEAP_LOST, .guard = NO_SLOT},
    {.op = OP_LT, .d = HEAP_VERDICT, .a = HEAP_LEFT_SIDE, .b = HEAP_RIGHT_SIDE, .guard = NO_SLOT},
};
static const struct block heap_block[HEAP_BLOCKS] = {[BLOCK_START] = {0, 1}, [BLOCK_TURN_DRAWS] = {1, 1}, [BLOCK_AUX] = {2, 2},
                                                     [BLOCK_CHANGE] = {4, 2}, [HEAP_CLAIM] = {6, 1}};
static const struct origin heap_origin[] = {{"logged", "heap.yaml", 7}};
static const struct stream heap_stream[] = {{"noise", 4711, false}};
static const struct parameter_element heap_rate[] = {{0.1, 0.05, 0.15}};
static const struct parameter heap_parameter[] = {{.name = "rate", .count = 1, .first = HEAP_RATE, .prior = PRIOR_UNIFORM, .element = heap_rate,
                                                   .evidence = {.source = -1}}};
static const struct term heap_term[] = {{"-rate * heap", HEAP_CHANGE}};
static const struct stock_element heap_stock[] = {{NO_SLOT, NO_SLOT, HEAP_CHANGE, heap_term, 1}};
static const struct seen heap_seen[2];          /* exact for both seats */
#define HEAP_QUANTITY(n, k, slot) {.name = n, .kind = k, .count = 1, .first = slot, .mean = NO_SLOT, .seen = heap_seen, .good_for = -1, .evidence = {.source = -1}
static const struct quantity heap_quantity[] = {
    HEAP_QUANTITY("heap", Q_STOCK, HEAP_HEAP), .unit = "kg", .stock = heap_stock},
    HEAP_QUANTITY("noise", Q_DRAW, HEAP_NOISE)},
    HEAP_QUANTITY("logged", Q_AUX, HEAP_LOGGED)},
};
static const struct effect heap_effect[] = {{.op = EFFECT_ADD, .quantity = 0, .value = {-1, HEAP_TEN}, .when = {-1, NO_SLOT}, .over = 1, .ring = NO_SLOT,
                                             .back = NO_SLOT}};
static const struct move heap_move[] = {{.name = "refill", .title = "Put ten more on the heap", .seat = 0, .target = -1, .targets = 1, .allowed = {-1, NO_SLOT},
                                         .pick = {-1, NO_SLOT}, .cost = {-1, HEAP_ONE}, .requires = {-1, NO_SLOT}, .state = HEAP_MOVE, .ceiling = 1,
                                         .threat = {.cost = {-1, NO_SLOT}}, .ease = {.cost = {-1, NO_SLOT}}, .lift = {.cost = {-1, NO_SLOT}},
                                         .snapback = {.cost = {-1, NO_SLOT}}, .effects = {heap_effect, 1}, .outcome_stream = -1, .answers = -1,
                                         .detect_stream = -1, .evidence = {.source = -1}}};
static const struct row heap_row[] = {{ROW_DO, 0, -1, -1, -1}};
static const struct rule heap_rule[] = {{.when = {-1, NO_SLOT}, .row = heap_row, .rows = 1}};
static const double heap_cares[] = {1};
static const struct goal heap_goal[] = {{.name = "heap", .title = "A large heap", .weight = 2, .score = {-1, HEAP_HEAP}}};
static const struct persona heap_persona[] = {
    {.name = "careful", .title = "The careful one", .cares = heap_cares, .patience = 2, .precision = 1000},
    {.name = "busy", .title = "The busy one", .cares = heap_cares, .first = heap_rule, .rules = 1},
};
static const struct seat heap_seat[] = {
    {.name = "keeper", .title = "Keeper", .short_name = "K", .per_turn = 1, .most = 3, .start = 1, .called = "strength", .rows = 3, .budget = HEAP_BUDGET,
     .goal = heap_goal, .goals = 1, .persona = heap_persona, .personas = 2},
    {.name = "guest", .title = "Guest", .short_name = "G", .budget = NO_SLOT},
};
static const struct play_turn heap_turn[] = {{0, heap_row, 1}, {2, heap_row, 1}};
static const struct play_seat heap_nothing[2], heap_refills[2] = {{.turn = heap_turn, .turns = 2}};
static const struct play heap_play[] = {{.name = "nothing", .seat = heap_nothing}, {.name = "refills", .seat = heap_refills}};
#define HEAP_SAMPLE(k, play, f, t, slot) {k, play, 0, 0, false, f, t, slot, "heap"}
static const struct sample heap_below[] = {HEAP_SAMPLE(SAMPLE_AT, 0, 3, 3, HEAP_LEFT_SIDE), HEAP_SAMPLE(SAMPLE_AT, 1, 3, 3, HEAP_RIGHT_SIDE)};
static const struct sample heap_spans[] = {HEAP_SAMPLE(SAMPLE_GREATEST, 0, 1, 3, HEAP_LEFT_SIDE), HEAP_SAMPLE(SAMPLE_MEAN, 0, 0, 3, HEAP_RIGHT_SIDE)};
static const struct claim heap_claim[] = {
    {.name = "below", .expect = {HEAP_CLAIM, HEAP_VERDICT}, .sample = heap_below, .samples = 2, .evidence = {.source = -1}},
    {.name = "spans", .expect = {HEAP_CLAIM, HEAP_VERDICT}, .sample = heap_spans, .samples = 2, .fails = true, .evidence = {.source = -1}},
    {.name = "often", .expect = {HEAP_CLAIM, HEAP_VERDICT}, .sample = heap_below, .samples = 2, .in = 0.9, .evidence = {.source = -1}},
};
static const struct observed heap_seen_series[] = {{-1, 92}, {0, 91}, {1, 80}, {2, 75}};
static const struct compare heap_compare[] = {{.name = "seen", .quantity = 0, .play = 0, .at = heap_seen_series, .count = 4, .fit_from = 0, .fit_to = 1,
                                               .test_from = 2, .test_to = 2}};

/* off: where ln begins to fail; -1: never. */
static struct program heap_program(double off)
{
    heap_constant[HEAP_OFF] = off;
    return (struct program){
        .id = "heap", .title = "A heap", .time = {TIME_NUMBER, 0, 1, 3, 1, ""},
        .slots = HEAP_SLOTS, .parameter_first = HEAP_RATE, .state_first = HEAP_TIME, .work_first = HEAP_LOST, .constant = heap_constant,
        .time_slot = HEAP_TIME, .turn_slot = HEAP_TURN, .month_slot = HEAP_MONTH, .step_slot = HEAP_STEP, .turn_start_slot = HEAP_TURN_START,
        .target_slot = HEAP_TARGET, .code = heap_code, .code_count = sizeof heap_code / sizeof *heap_code, .block = heap_block, .blocks = HEAP_BLOCKS,
        .origin = heap_origin, .origins = 1, .stream = heap_stream, .streams = 1, .seat_set = -1, .parameter = heap_parameter, .parameters = 1,
        .quantity = heap_quantity, .quantities = 3, .seat = heap_seat, .seats = 2, .sealed = true, .move = heap_move, .moves = 1,
        .play = heap_play, .plays = 2, .claim = heap_claim, .claims = 3, .compare = heap_compare, .compares = 1};
}

#endif
