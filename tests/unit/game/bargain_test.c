/* tests/unit/game/bargain_test.c — the life of proposals and deals over all orders of events, held to a model of a page.
 *
 * Every sequence of what can happen at a table of two and of three seats, up to a depth, is played from the start: proposing, countering,
 * assuring, accepting, refusing, taking back, walking out, and the end of a turn. After each the table is what the model says; what the model does not
 * allow is tried too, is refused, and leaves no trace. So nothing is lost, nothing is answered twice, and nothing is in force without the
 * assent of all whom it needs. */
#include "table.h"
#include "game/game_private.h"

enum { MANY = 3, NUMBERS = 3, DEEPEST = 8, TURNS = 12 };
enum what { PROPOSE, COUNTER, ASSURE, ACCEPT, REJECT, WITHDRAW, WALK_OUT, END_TURN };
struct happening { enum what what; int seat, number; };

/* The model: a proposal, and the table. */
struct known { int from; unsigned to, accepted; enum bargain_state state; int expires; bool in_force, over; };
struct model { struct known at[NUMBERS]; int count, turn, said; };

static struct test_table t;
static int seats, depth, numbers;
static long sequences, refused;
static struct happening script[DEEPEST];
static int length, next;
static struct model now, at_turn_start;
static struct game *g;
static bool at_the_end;
static struct happening allowed[96];
static int allows;

/* --- the model -------------------------------------------------------------------------------------------------------------------- */

static bool waits(const struct known *k, int seat) { return k->state == BARGAIN_ON_TABLE && (k->to >> seat & 1) && !(k->accepted >> seat & 1); }

static bool may(const struct model *m, struct happening h)
{
    const struct known *k = h.number >= 1 && h.number <= m->count ? &m->at[h.number - 1] : NULL;
    switch (h.what) {
    case PROPOSE:
    case ASSURE:   return true;
    case COUNTER:
    case ACCEPT:
    case REJECT:   return k && waits(k, h.seat);
    case WITHDRAW: return k && k->from == h.seat && k->state == BARGAIN_ON_TABLE;
    case WALK_OUT: return k && k->in_force && !k->over && (k->from == h.seat || (k->to >> h.seat & 1));
    case END_TURN: return true;
    }
    return false;
}

static void add(struct model *m, int from, bool assures)
{
    const unsigned others = ((1u << seats) - 1) & ~(1u << from);
    m->at[m->count++] = (struct known){.from = from, .to = others, .state = assures ? BARGAIN_DECLARED : BARGAIN_ON_TABLE, .expires = m->turn + (from != 0)};
}

static void happens(struct model *m, struct happening h)
{
    struct known *k = h.number ? &m->at[h.number - 1] : NULL;
    m->said += h.what != END_TURN;
    switch (h.what) {
    case PROPOSE:  add(m, h.seat, false); return;
    case ASSURE:   add(m, h.seat, true); return;
    case COUNTER:  k->state = BARGAIN_COUNTERED; add(m, h.seat, false); return;
    case ACCEPT:
        k->accepted |= 1u << h.seat;
        if (k->accepted == k->to)
            k->state = BARGAIN_AGREED;
        return;
    case REJECT:   k->state = BARGAIN_REFUSED; return;
    case WITHDRAW: k->state = BARGAIN_WITHDRAWN; return;
    case WALK_OUT: k->over = true; return;
    case END_TURN: break;
    }
    m->turn++;
    for (int i = 0; i < m->count; i++) {
        k = &m->at[i];
        k->in_force = k->in_force || k->state == BARGAIN_AGREED || k->state == BARGAIN_DECLARED;
        if (k->state == BARGAIN_ON_TABLE && m->turn > k->expires)
            k->state = BARGAIN_EXPIRED;
    }
}

/* --- the table, held to it -------------------------------------------------------------------------------------------------------- */

static int deals_in_monitors(void)
{
    struct monitor m;
    int n = 0;
    for (int k = 0; k < MOST_MONITORS; k++)
        n += monitor_read(g->live, k, 0, &m) && m.place == 0;
    return n;
}

static void is_as(const struct model *m)
{
    int in_force = 0;
    assert_int_equal(g->bargain.count, m->count);                    /* none lost */
    for (int i = 0; i < m->count; i++) {
        const struct bargain *b = g->bargain.at[i];
        const struct known *k = &m->at[i];
        assert_int_equal(b->number, i + 1);
        assert_int_equal(b->proposal.from, k->from);
        assert_int_equal(b->state, k->state);
        assert_int_equal(b->accepted, k->accepted);
        assert_int_equal(b->over, k->over);
        assert_int_equal(b->deal != 0, k->in_force);
        if (b->deal && k->state == BARGAIN_AGREED)
            assert_int_equal(b->accepted, b->proposal.to);           /* all have assented */
        in_force += k->in_force && !k->over;
    }
    assert_int_equal(deals_in_monitors(), in_force);                 /* and nothing else binds */
}

static struct proposal words_of(int from, bool assures)
{
    static const char names[MANY][2] = {"a", "b", "c"};
    struct proposal q;
    char text[160], to[16] = "", *end = to;
    for (int s = 0; s < seats; s++)
        if (s != from)
            end += snprintf(end, sizeof to - (size_t)(end - to), "%s%s", end == to ? "" : ", ", names[s]);
    snprintf(text, sizeof text, "%s %s expires T%d: %s will not visit%d until T99", assures ? "assurance" : "offer", to, now.turn + 1 + (from != 0), names[from], from);
    if (!assures) {
        const size_t n = strlen(text);
        const int other = from == 0 ? 1 : 0;
        snprintf(text + n, sizeof text - n, "; %s will not visit%d until T99", names[other], other);
    }
    assert_null(proposal_parse(&t.b.p, &t.arena, (struct proposal_place){from, 0}, text, &q, NULL));
    return q;
}

static const char *say(struct happening h)
{
    static const enum saying kind[] = {SAY_PROPOSE, SAY_PROPOSE, SAY_PROPOSE, SAY_ACCEPT, SAY_REJECT, SAY_WITHDRAW, SAY_WALK_OUT};
    const struct proposal q = h.what <= ASSURE ? words_of(h.seat, h.what == ASSURE) : (struct proposal){.clauses = 0};
    int number;
    return table_say(&g->view[h.seat], &t.arena, &(struct say){.kind = kind[h.what], .number = h.number, .reason = REJECT_PRICE, .proposal = &q}, &number);
}

static void try_all_now(void)
{
    const uint64_t before = sim_hash(g->live, 0);
    allows = 0;
    for (int what = PROPOSE; what <= END_TURN; what++)
        for (int seat = 0; seat < (what == END_TURN ? 1 : what == ASSURE ? 1 : seats); seat++)
            for (int number = 0; number <= now.count + 1; number++) {
                const struct happening h = {(enum what)what, seat, number};
                const bool about = what != PROPOSE && what != ASSURE && what != END_TURN, makes = what <= ASSURE;
                if (about != (number > 0) || (makes && now.count == numbers))
                    continue;
                if (may(&now, h)) {
                    assert_in_range(allows, 0, 95);
                    allowed[allows++] = h;
                    continue;
                }
                assert_non_null(say(h));
                refused++;
            }
    is_as(&now);
    assert_int_equal(g->said.count, now.said - at_turn_start.said);
    assert_true(sim_hash(g->live, 0) == before);
}

static bool first_seat_plans(void *self, const struct view *v, struct plan *plan)
{
    (void)self, (void)v, (void)plan;
    is_as(&now);
    at_turn_start = now;
    while (next < length) {
        const struct happening h = script[next++];
        if (h.what != END_TURN) {
            assert_null(say(h));
            happens(&now, h);
            is_as(&now);
            continue;
        }
        happens(&now, h);
        return true;
    }
    at_the_end = true;
    try_all_now();
    return false;
}

static const struct seat_ops first_ops = {.kind = "test", .plan = first_seat_plans};

static void play_script(void)
{
    static const struct seat_ops *const ops[MANY] = {&first_ops, NULL, NULL};
    const char *error;
    int rows = 0;
    now = at_turn_start = (struct model){.count = 0};
    next = 0;
    at_the_end = false;
    g = game_open(&t.arena, &t.b.p, &(struct game_options){.seed = 1, .opening = -1, .ops = ops}, &error);
    assert_non_null(g);
    while (!at_the_end) {
        const enum turn_end end = game_turn(g);
        assert_int_equal(end, at_the_end ? TURN_LEFT : TURN_PLAYED);
    }
    for (int i = 0; i < game_journal_rows(g); i++)
        rows += strcmp(game_journal_row(g, i).kind, "say") == 0;
    assert_int_equal(rows, at_turn_start.said);                      /* all that was said before this turn is on record, once */
    is_as(&at_turn_start);                                           /* and the turn that was left is taken back whole */
    sequences++;
}

static void explore(void)
{
    struct happening each[96];
    struct arena_mark mark = arena_mark(&t.arena);
    play_script();
    const int count = allows;
    memcpy(each, allowed, sizeof each);
    arena_reset(&t.arena, mark);
    if (length == depth)
        return;
    for (int i = 0; i < count; i++) {
        script[length++] = each[i];
        explore();
        length--;
    }
}

static void all_orders(int of_seats, int of_numbers, int deep)
{
    static const char *const names[] = {"visit0", "visit1", "visit2"};
    table_begin(&t);
    struct build *b = &t.b;
    seats = of_seats;
    depth = deep;
    numbers = of_numbers;
    length = 0;
    sequences = refused = 0;
    b->p.time.turns = TURNS;
    for (int q = 0; q < TABLE_STOCKS; q++)
        b->quantity[q].seen = NULL;
    if (seats == MANY) {
        b->seat[2] = b->seat[1];
        b->seat[2].name = b->seat[2].short_name = "c";
        b->seat[2].budget = build_state(b, "budget", 1);
        b->p.seats = MANY;
    }
    for (int s = 0; s < seats; s++)
        table_move(&t, names[s], s, -1);
    b->p.dialogue = (struct dialogue){.given = true, .trust = -1, .audience = -1, .credibility = -1, .in_public = 1, .backchannel = 1, .tolerance = 0.15,
                                      .breaches = build_state(b, "breaches", MANY * MANY), .deals = build_state(b, "deals", MANY * MANY),
                                      .numbered = build_state(b, "numbered", 1), .monitors = build_state(b, "monitors", MOST_MONITORS * MONITOR_SLOTS)};
    build_program(b);
    explore();
    print_message("%d seats, %d deep: %ld sequences, %ld things refused\n", seats, depth, sequences, refused);
    assert_true(sequences > 500 && refused > sequences);
    table_done(&t);
}

static int deeper(void) { return getenv("DEMARCHE_LONG") ? 1 : 0; }

/* A deal of three that one of them leaves takes five steps. */
TEST(two_seats_in_every_order) { UNUSED_STATE; all_orders(2, NUMBERS, 5 + deeper()); }
TEST(three_seats_in_every_order) { UNUSED_STATE; all_orders(3, 1 + deeper(), 6); }

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_seats_in_every_order), cmocka_unit_test(three_seats_in_every_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
