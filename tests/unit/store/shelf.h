/* tests/unit/store/shelf.h — a small table whose game is kept in a file: two seats that follow what a test wrote down, six turns.
 * Seat a builds (x + 5) and asks (b may refuse with "no"), b digs (z + 1); x drifts, a storm comes with a chance.
 * With shelf_talks they also talk: each turn both propose, and a answers b, and b what a offers then. */
#ifndef SHELF_H
#define SHELF_H

#include "game/table.h"
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/os.h"
#include "game/bargain.h"
#include "game/record.h"
#include "store/store.h"

enum { SHELF_TURNS = 6, BUILDS = 0, ASKS, DIGS, SAYS_NO };

static struct test_table shelf;
static const struct program *shelf_program;
static bool shelf_talks;
static char shelf_path[256];
static const struct store_seat shelf_seat[2] = {{"a", "person", "", "person"}, {"b", "persona", "digger", "Digger"}};

static inline void shelf_begin(void)
{
    table_begin(&shelf);
    table_drift(&shelf, -2);
    struct move *m[4] = {table_move(&shelf, "build", 0, -1), table_move(&shelf, "ask", 0, -1), table_move(&shelf, "dig", 1, -1),
                         table_move(&shelf, "no", 1, -1)};
    table_add(&shelf, &m[BUILDS]->effects, table_effect(&shelf, TABLE_X, EFFECT_ADD, 5));
    table_add(&shelf, &m[ASKS]->effects, table_effect(&shelf, TABLE_X, EFFECT_ADD, 1));
    table_add(&shelf, &m[DIGS]->effects, table_effect(&shelf, TABLE_Z, EFFECT_ADD, 1));
    m[BUILDS]->cost = table_value(&shelf, 1);
    m[ASKS]->answer = ANSWER_REFUSE;
    m[ASKS]->answer_by = 1;
    m[ASKS]->answer_move = SAYS_NO;
    m[ASKS]->silence_passes = true;
    m[SAYS_NO]->answers = ASKS;
    struct event *e = table_event(&shelf, "storm");
    e->chance = table_value(&shelf, 0.5);
    e->chance_stream = 0;
    e->cooldown = 1;
    shelf.b.p.streams = 1;
    shelf.b.stream[0] = (struct stream){"storm", 4711, false};
    table_add(&shelf, &e->effects, table_effect(&shelf, TABLE_X, EFFECT_ADD, -3));
    if (shelf_talks) {
        struct build *b = &shelf.b;
        b->p.dialogue = (struct dialogue){.given = true, .trust = -1, .audience = -1, .credibility = -1, .in_public = 1, .backchannel = 1, .tolerance = 0.15,
                                          .breaches = build_state(b, "breaches", 4), .deals = build_state(b, "deals", 4),
                                          .numbered = build_state(b, "numbered", 1), .monitors = build_state(b, "monitors", MOST_MONITORS * MONITOR_SLOTS)};
    }
    shelf_program = build_program(&shelf.b);
    snprintf(shelf_path, sizeof shelf_path, "build/shelf-%d.demarche", (int)getpid());
}

static inline void shelf_clear(void)
{
    static const char *const more[] = {"", "-wal", "-shm", "-journal"};
    char path[300];
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s%s", shelf_path, more[i]);
        unlink(path);
    }
}

static inline void shelf_end(void)
{
    shelf_clear();
    table_done(&shelf);
}

/* --- seats: what a does hangs on the turn alone, and so does what b says ----------------------------------------------------------------- */

static inline void shelf_say(const struct view *v, enum saying kind, int number, const char *text)
{
    struct arena a;
    struct proposal q;
    arena_init(&a, "say");
    const char *wrong = text ? proposal_parse(shelf_program, &a, (struct proposal_place){view_seat(v), 0}, text, &q, NULL) : NULL;
    if (!wrong)
        wrong = table_say(v, &a, &(struct say){.kind = kind, .number = number, .proposal = text ? &q : NULL, .reason = REJECT_PRICE}, &number);
    if (wrong)
        fail_msg("%s", wrong);
    arena_done(&a);
}

/* Three proposals a turn: b's (3n + 1), which a answers when it plans; a's (3n + 2), which b refuses at once, and a's word (3n + 3). */
static inline bool shelf_propose(void *self, const struct view *v)
{
    (void)self;
    if (view_seat(v) == 1)
        shelf_say(v, SAY_PROPOSE, 0, "offer b -> a private: b will dig by T9; a will build by T9");
    return true;
}

static inline void shelf_reply(void *self, const struct view *v, int number)
{
    (void)self;
    if (view_seat(v) == 1)
        shelf_say(v, SAY_REJECT, number, NULL);
}

/* Goes on where the talk of the turn stands: what was said is not said twice. */
static inline void shelf_talk(const struct view *v)
{
    const int first = 3 * view_turn(v) + 1;
    const struct bargain *b;
    assert_non_null(b = view_bargain(v, first));
    if (bargain_waits_for(b, 0))
        shelf_say(v, view_turn(v) % 2 ? SAY_REJECT : SAY_ACCEPT, first, NULL);
    if (!(b = view_bargain(v, first + 1)))
        shelf_say(v, SAY_PROPOSE, 0, "offer a -> b private: a will build by T9; b will dig by T9");
    assert_int_equal(view_bargain(v, first + 1)->state, BARGAIN_REFUSED);      /* an answer given at once is there, or neither is what it answers */
    if (!view_bargain(v, first + 2))
        shelf_say(v, SAY_PROPOSE, 0, "assurance a -> b private: a will build by T9");
}

static inline bool shelf_plan(void *self, const struct view *v, struct plan *plan)
{
    const int turn = view_turn(v);
    (void)self;
    if (shelf_talks && view_seat(v) == 0)
        shelf_talk(v);
    if (view_seat(v) == 1)
        plan->row[plan->rows++] = (struct row){ROW_DO, DIGS, -1, -1, -1};
    else if (turn % 2 == 0)
        plan->row[plan->rows++] = (struct row){ROW_DO, BUILDS, -1, -1, -1};
    if (view_seat(v) == 0 && turn % 3 == 1)
        plan->row[plan->rows++] = (struct row){ROW_DO, ASKS, -1, -1, -1};
    return true;
}

static inline bool shelf_answer(void *self, const struct view *v, struct tabled tabled, int *answer)
{
    (void)self, (void)tabled;
    *answer = view_turn(v) == 4;
    return true;
}

static const struct seat_ops shelf_ops[2] = {
    {.kind = "person", .plan = shelf_plan, .answer = shelf_answer},
    {.kind = "persona", .plan = shelf_plan, .answer = shelf_answer, .propose = shelf_propose, .reply = shelf_reply}
};

static inline struct game *shelf_open_as(struct arena *a, uint64_t seed, int turns, bool median)
{
    static const struct seat_ops *const ops[2] = {&shelf_ops[0], &shelf_ops[1]};
    static void *const self[2] = {NULL, NULL};
    static const char *const who[2] = {"person", "Digger"};
    const struct game_options o = {.seed = seed, .turns = turns, .median = median, .opening = -1, .ops = ops, .self = self, .who = who};
    const char *error;
    struct game *g = game_open(a, shelf_program, &o, &error);
    assert_non_null(g);
    return g;
}

static inline struct game *shelf_open(struct arena *a, uint64_t seed) { return shelf_open_as(a, seed, SHELF_TURNS, false); }

/* A new game with a file. NULL with *words. */
static inline struct store *shelf_new(struct arena *a, struct game **g, const char **words)
{
    enum store_error error;
    *g = shelf_open(a, 5);
    struct store *s = store_create(a, shelf_path, *g, "test", "shelf", shelf_seat, NULL, &error, words);
    if (s)
        record_sink(*g, &store_sink, s);
    return s;
}

/* Played again from the file and handed to the seats; a turn that was cut off is carried out. NULL with *words. */
static inline struct store *shelf_resume(struct arena *a, struct game **g, const char **words)
{
    enum store_error error;
    struct store *s = store_open(a, shelf_path, true, NULL, &error, words);
    if (!s)
        return NULL;
    const struct store_game *is = store_game(s);
    struct replay *r = ARENA_NEW(a, struct replay);
    *g = shelf_open(a, is->seed);
    replay_begin(r, a, shelf_program, is->row, is->rows);
    for (int i = 0; i < 2; i++)
        record_take_seat(*g, i, r->ops[i], r->self[i]);
    for (int turn = replay_turns(r); turn > 0; turn--) {
        assert_int_equal(replay_turn(r, *g), TURN_PLAYED);
        assert_int_equal(r->differs, -1);
    }
    record_sink(*g, &store_sink, s);
    if (replay_cut(r)) {
        const enum turn_end end = replay_turn(r, *g);
        assert_int_equal(r->differs, -1);
        if (end != TURN_PLAYED)
            *words = game_failure(*g);
    }
    const int talk = replay_talk(r);
    if (talk >= 0)
        record_say_again(*g, &is->row[talk], is->rows - talk);
    for (int i = 0; i < 2; i++)
        record_take_seat(*g, i, &shelf_ops[i], NULL);
    return s;
}

/* The last link of the whole game, played without a file. */
static inline struct digest shelf_end_link(void)
{
    struct arena a;
    arena_init(&a, "end");
    struct game *g = shelf_open(&a, 5);
    while (game_turn(g) == TURN_PLAYED)
        ;
    assert_true(game_over(g));
    const struct digest d = game_journal_row(g, game_journal_rows(g) - 1).link;
    arena_done(&a);
    return d;
}

#endif
