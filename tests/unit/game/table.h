/* tests/unit/game/table.h — a small table by hand: two seats, three stocks, and whatever moves and events a test adds.
 *     struct test_table t; table_begin(&t);
 *     struct move *m = table_move(&t, "push_it", 0, -1);
 *     table_effects(&m->effects, 1, table_effect(&t, 0, EFFECT_ADD, 5));
 *     struct sim *s = table_sim(&t, 1);
 * Stocks: x starts at 100 without bounds, y at 0.5 within 0..1, z at 0. Nothing changes by itself unless table_drift says so. */
#ifndef TABLE_H
#define TABLE_H

#include "unit.h"
#include "engine/build.h"
#include "game/game.h"

enum { TABLE_X, TABLE_Y, TABLE_Z, TABLE_STOCKS };
struct test_table {
    struct build b;
    struct arena arena;
    struct effect effect[8 * BUILD_MANY]; int effects;
    struct outcome outcome[BUILD_MANY]; int outcomes;
    struct event event[8];
    struct ending ending[4];
    struct goal goal[2][2];
    struct seen seen[TABLE_STOCKS * 2];
    struct term term[4];
    struct play play[2]; struct play_seat play_seat[2][2];
    struct opening opening[1];
    struct code_ref worth[4][2];
};

static inline uint32_t table_constant(struct test_table *t, double x) { return build_constant(&t->b, x); }
static inline struct code_ref table_value(struct test_table *t, double x) { return (struct code_ref){-1, table_constant(t, x)}; }
static inline uint32_t table_slot(const struct test_table *t, int stock) { return t->b.quantity[stock].first; }

/* An expression of one instruction, in a block of its own. */
static inline struct code_ref table_code(struct test_table *t, enum op op, uint32_t a, uint32_t b)
{
    const int block = t->b.p.blocks;
    build_block(&t->b, block);
    return (struct code_ref){block, build_op(&t->b, op, a, b)};
}

static inline void table_begin(struct test_table *t)
{
    static const char *const titles[] = {"Alpha", "Beta"}, *const names[] = {"a", "b"};
    memset(t, 0, sizeof *t);
    arena_init(&t->arena, "table");
    build_begin(&t->b, &t->arena);
    struct build *b = &t->b;
    b->p.time.turns = 6;
    build_block(b, BLOCK_START);
    build_stock(b, "x", build_constant(b, 100));
    build_stock(b, "y", build_constant(b, 0.5));
    build_stock(b, "z", build_constant(b, 0));
    b->stock[TABLE_Y].floor = build_constant(b, 0);
    b->stock[TABLE_Y].ceiling = build_constant(b, 1);
    for (int s = 0; s < 2; s++) {
        t->goal[s][0] = (struct goal){.name = "high", .title = "High", .weight = 1, .score = {-1, table_slot(t, s == 0 ? TABLE_X : TABLE_Z)}};
        b->seat[s] = (struct seat){.name = names[s], .title = titles[s], .short_name = names[s], .start = 3, .per_turn = 1, .most = 4, .called = "capital",
                                   .budget = build_state(b, "budget", 1), .goal = t->goal[s], .goals = 1};
    }
    b->p.seats = 2;
    for (int q = 0; q < TABLE_STOCKS; q++)
        b->quantity[q].seen = &t->seen[q * 2];
    b->p.event = t->event;
    b->p.ending = t->ending;
    b->p.play = t->play;
    b->p.opening = t->opening;
}

/* x changes by `rate` a month, in one line of the ledger. */
static inline void table_drift(struct test_table *t, double rate)
{
    build_block(&t->b, BLOCK_CHANGE);
    const uint32_t slot = build_op(&t->b, OP_COPY, table_constant(t, rate));
    t->term[0] = (struct term){"drift", slot};
    t->b.stock[TABLE_X].rate = slot;
    t->b.stock[TABLE_X].term = t->term;
    t->b.stock[TABLE_X].terms = 1;
}

/* x changes by z over the budget of b: fails when that is spent. */
static inline void table_fragile(struct test_table *t)
{
    build_block(&t->b, BLOCK_CHANGE);
    t->b.stock[TABLE_X].rate = build_op(&t->b, OP_DIV, table_slot(t, TABLE_Z), t->b.seat[1].budget);
}

static inline struct move *table_move(struct test_table *t, const char *name, int seat, int target)
{
    struct move *m = build_move(&t->b, name, target);
    m->seat = seat;
    m->measure = false;
    m->settings = 0;
    m->threat.cost = m->ease.cost = m->lift.cost = m->snapback.cost = NO_CODE;
    return m;
}

static inline struct move *table_measure(struct test_table *t, const char *name, int seat, int target)
{
    struct move *m = table_move(t, name, seat, target);
    m->measure = true;
    m->settings = 1;
    return m;
}

static inline struct effect table_effect_on(struct test_table *t, int stock, enum effect_op op, struct code_ref value)
{
    (void)t;
    return (struct effect){.op = op, .quantity = stock, .value = value, .when = NO_CODE, .over = 1, .ring = NO_SLOT, .back = NO_SLOT};
}

static inline struct effect table_effect(struct test_table *t, int stock, enum effect_op op, double value)
{
    return table_effect_on(t, stock, op, table_value(t, value));
}

static inline struct effect table_later(struct test_table *t, struct effect e, int after, int over, int lasts)
{
    e.after = after;
    e.over = over;
    e.lasts = lasts;
    if (after + over > 1) {
        e.ring_turns = after + over;
        e.ring = build_state(&t->b, "ring", 2 * (uint32_t)e.ring_turns);
    }
    if (lasts) {
        e.back_turns = lasts + 1;
        e.back = build_state(&t->b, "back", (uint32_t)e.back_turns);
    }
    return e;
}

static inline void table_add(struct test_table *t, struct effects *to, struct effect e)
{
    assert_true(t->effects < 8 * BUILD_MANY);
    if (to->count == 0)
        to->at = &t->effect[t->effects];
    t->effect[t->effects++] = e;
    to->count++;
}

static inline struct event *table_event(struct test_table *t, const char *name)
{
    struct event *e = &t->event[t->b.p.events++];
    *e = (struct event){.name = name, .title = name, .when = NO_CODE, .chance = NO_CODE, .chance_stream = -1, .last = build_state(&t->b, "last", 1)};
    return e;
}

static inline struct sim *table_sim(struct test_table *t, int lanes)
{
    struct sim *s = sim_new(&t->arena, build_program(&t->b), lanes);
    sim_start(s, 7, 0, false, false);
    sim_begin(s);
    return s;
}

static inline void table_done(struct test_table *t) { arena_done(&t->arena); }

static inline double table_at(struct sim *s, int stock) { return sim_values(s, stock, 0, false)[0]; }
static inline double table_read(struct sim *s, uint32_t slot, int lane) { return sim_code(s, (struct code_ref){-1, slot})[lane]; }

static inline struct row table_row(enum row_verb verb, const struct test_table *t, const struct move *m)
{
    return (struct row){verb, (int)(m - t->b.move), -1, -1, -1};
}

static inline struct order table_order(const struct test_table *t, enum row_verb verb, const struct move *m)
{
    return (struct order){m->seat, table_row(verb, t, m), NULL};
}

/* One turn with up to two rows. */
static inline void table_turn(struct test_table *t, struct sim *s, const struct move *first, enum row_verb verb, const struct move *second, enum row_verb verb2)
{
    struct order o[2];
    int n = 0;
    if (first)
        o[n++] = table_order(t, verb, first);
    if (second)
        o[n++] = table_order(t, verb2, second);
    sim_turn(s, o, n, true, false);
}

static inline void table_pass(struct test_table *t, struct sim *s) { table_turn(t, s, NULL, ROW_DO, NULL, ROW_DO); }
static inline void table_do(struct test_table *t, struct sim *s, const struct move *m) { table_turn(t, s, m, ROW_DO, NULL, ROW_DO); }
static inline void table_verb(struct test_table *t, struct sim *s, enum row_verb verb, const struct move *m) { table_turn(t, s, m, verb, NULL, ROW_DO); }

static inline double table_life(struct sim *s, const struct move *m, enum move_slot what) { return table_read(s, move_slot(m, 0, what), 0); }

static inline int table_refusals(const struct sim *s)
{
    int seat, n = 0;
    struct row row;
    while (sim_refusal(s, n, &seat, &row))
        n++;
    return n;
}

#endif
