/* tests/unit/store/fault_test.c — the Nth thing that a game asks of the disk or of memory fails, or the power goes: the file is the game up to
 * some moment, nothing that was said to be on disk is missing, and the game goes on to the same end. Some N; all with DEMARCHE_LONG=1. */
#include "unit.h"
#include "store/shelf.h"
#include "store/faults.h"

static int step_of(int otherwise) { return getenv("DEMARCHE_LONG") ? 1 : otherwise; }

struct said { bool created; int sealed; bool desk; };       /* what the store said was on disk; sealed: turn, or -1 */

static struct said *tells;
static int pipe_out = -1;
static const char *intent(void *self, const struct game *g)
{
    const char *trouble = store_sink.intent(self, g);
    if (!trouble)
        tells->sealed = record_turn(g);
    return trouble;
}
static const char *turn(void *self, const struct game *g) { return store_sink.turn(self, g); }
static void back(void *self, const struct game *g) { store_sink.back(self, g); }
static const struct game_sink telling = {.intent = intent, .turn = turn, .back = back};

/* Two turns in a new file, then the file again for a third. Stops where something fails; every failure has words. */
static void play_some(struct said *said)
{
    struct arena a;
    struct game *g = NULL;
    const char *words = NULL;
    arena_init(&a, "some");
    tells = said;
    *said = (struct said){.sealed = -1};
    struct store *s = shelf_new(&a, &g, &words);
    said->created = s != NULL;
    if (!s)
        assert_non_null(words);
    for (int part = 0; s && part < 2; part++) {
        bool good = true;
        const struct store_desk desk = {.turn = view_turn(game_view(g, 0)), .count = 1, .text = {"a: build"}};
        record_sink(g, &telling, s);
        good = !store_keep_desk(s, 0, &desk);
        for (int t = 0; good && t < 2 - part; t++) {
            const enum turn_end end = game_turn(g);
            good = end == TURN_PLAYED;
            if (end == TURN_FAILED)
                assert_non_null(game_failure(g));
        }
        store_close(s);
        s = good && part == 0 ? shelf_resume(&a, &g, &words) : NULL;
    }
    arena_done(&a);
}

/* After it: without faults. */
static void holds(const struct said *said, const struct digest *end, const char *after, long n)
{
    struct arena a;
    struct game *g = NULL;
    const char *words = NULL;
    arena_init(&a, "holds");
    if (!said->created) {
        arena_done(&a);
        return;
    }
    struct store *s = shelf_resume(&a, &g, &words);
    if (!s)
        fail_msg("after %s %ld it does not open: %s", after, n, words ? words : "?");
    int planned = -1;
    for (int i = 0; i < game_journal_rows(g); i++)
        planned = strcmp(game_journal_row(g, i).kind, "plan") == 0 ? game_journal_row(g, i).turn : planned;
    if (planned < said->sealed)
        fail_msg("after %s %ld turn %d is missing, which was said to be saved", after, n, said->sealed);
    while (game_turn(g) == TURN_PLAYED)
        ;
    if (!game_over(g))
        fail_msg("after %s %ld it cannot go on: %s", after, n, game_failure(g));
    const struct digest link = game_journal_row(g, game_journal_rows(g) - 1).link;
    assert_memory_equal(&link, end, sizeof link);
    store_close(s);
    enum store_error error;
    s = store_open(&a, shelf_path, false, NULL, &error, &words);
    assert_non_null(s);
    assert_memory_equal(&store_game(s)->row[store_game(s)->rows - 1].link, end, sizeof *end);
    store_close(s);
    arena_done(&a);
}

TEST(whatever_the_disk_refuses_the_file_stays_a_game)
{
    UNUSED_STATE;
    shelf_begin();
    const struct digest end = shelf_end_link();
    for (int kind = 0; kind < 4; kind++) {                  /* once or for good; an error or a full disk */
        int faulted = 0;
        for (long n = 1 + kind; ; n += step_of(5)) {
            struct said said;
            shelf_clear();
            faults_none();
            faults.fail_at = n;
            faults.for_good = kind & 1;
            faults.full = kind & 2;
            play_some(&said);
            const bool failed = faults.failed;
            faults_none();
            holds(&said, &end, "fault", n);
            if (!failed)
                break;
            faulted++;
        }
        assert_true(faulted > 20);
    }
    shelf_end();
}

TEST(whatever_memory_is_refused_the_file_stays_a_game)
{
    UNUSED_STATE;
    shelf_begin();
    const struct digest end = shelf_end_link();
    int faulted = 0;
    for (long n = 1; ; n += step_of(37)) {
        struct said said;
        shelf_clear();
        faults_none();
        faults.fail_allocation = n;
        play_some(&said);
        const bool failed = faults.allocation_failed;
        faults_none();
        holds(&said, &end, "allocation", n);
        if (!failed)
            break;
        faulted++;
    }
    assert_true(faulted > 20);
    shelf_end();
}

static const char *telling_intent(void *self, const struct game *g)
{
    const char *trouble = store_sink.intent(self, g);
    const unsigned char byte = (unsigned char)record_turn(g);
    if (!trouble && write(pipe_out, &byte, 1) != 1)
        _exit(9);
    return trouble;
}
static const struct game_sink piping = {.intent = telling_intent, .turn = turn, .back = back};

static void play_until_the_cut(void)
{
    struct arena a;
    struct game *g = NULL;
    const char *words = NULL;
    const unsigned char created = 200;
    arena_init(&a, "cut");
    struct store *s = shelf_new(&a, &g, &words);
    if (!s || write(pipe_out, &created, 1) != 1)
        _exit(8);
    record_sink(g, &piping, s);
    for (int t = 0; t < 3; t++) {
        const struct store_desk desk = {.turn = t, .count = 1, .text = {"a: build"}};
        if (store_keep_desk(s, 0, &desk) || game_turn(g) != TURN_PLAYED)
            _exit(7);
    }
    store_close(s);
    _exit(0);
}

TEST(what_was_said_to_be_on_disk_is_there_after_a_power_cut)
{
    UNUSED_STATE;
    int cuts = 0;
    shelf_begin();
    const struct digest end = shelf_end_link();
    for (long n = 1; ; n += step_of(3)) {
        struct said said = {.sealed = -1};
        int ends[2], status;
        unsigned char byte;
        shelf_clear();
        assert_int_equal(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            pipe_out = ends[1];
            faults_none();
            faults.cut_at = n;
            faults.seed = (unsigned)n;
            play_until_the_cut();
        }
        close(ends[1]);
        while (read(ends[0], &byte, 1) == 1) {
            if (byte == 200)
                said.created = true;
            else
                said.sealed = byte;
        }
        close(ends[0]);
        waitpid(child, &status, 0);
        assert_true(WIFEXITED(status));
        faults_none();
        if (WEXITSTATUS(status) != 3 && WEXITSTATUS(status) != 0)
            fail_msg("the child failed with %d at %ld", WEXITSTATUS(status), n);
        holds(&said, &end, "power cut", n);
        if (WEXITSTATUS(status) == 0)
            break;
        cuts++;
    }
    assert_true(cuts > 20);
    shelf_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(whatever_the_disk_refuses_the_file_stays_a_game), RUN(whatever_memory_is_refused_the_file_stays_a_game),
                                       RUN(what_was_said_to_be_on_disk_is_there_after_a_power_cut)};
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
