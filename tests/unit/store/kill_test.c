/* tests/unit/store/kill_test.c — a program that plays is killed at any moment; what it said was on disk is, and the game ends as if nothing
 * had happened. 20 games; DEMARCHE_KILLS=1000 for more, DEMARCHE_LONG=1 for 1,000. */
#include "unit.h"
#include "store/shelf.h"
#include "store/faults.h"

#include <signal.h>
#include <time.h>

/* What is told through the pipe: turn, DESK + turn, CREATED, SAID + rows said in each turn. */
enum { DESK = 20, CREATED = 100, SAID = 120, MOST_SAID = 8 };

static int pipe_out;
static void tell(int what)
{
    const unsigned char byte = (unsigned char)what;
    if (write(pipe_out, &byte, 1) != 1)
        _exit(9);
}

static const char *intent(void *self, const struct game *g)
{
    const char *trouble = store_sink.intent(self, g);
    if (!trouble)
        tell(record_turn(g));
    return trouble;
}
static const char *turn(void *self, const struct game *g) { return store_sink.turn(self, g); }
static void back(void *self, const struct game *g) { store_sink.back(self, g); }
/* What lasts of the talk is told as its length; rows of the turn in play and of no other. */
static const char *said(void *self, const struct game *g)
{
    const char *trouble = store_sink.said(self, g), *const *text;
    if (!trouble)
        tell(SAID + MOST_SAID * record_turn(g) + record_said(g, &text));
    return trouble;
}
static const struct game_sink telling = {said, intent, turn, back};

static const char *const desk_text[2] = {"a: nothing", "a: build"};

/* In the child: plays to the end, from the file if there is one. */
static void play_on(bool created)
{
    struct arena a;
    struct game *g = NULL;
    const char *words = NULL;
    arena_init(&a, "child");
    struct store *s = created ? shelf_resume(&a, &g, &words) : shelf_new(&a, &g, &words);
    if (!s)
        _exit(8);
    if (!created)
        tell(CREATED);
    record_sink(g, &telling, s);
    while (!game_over(g)) {
        const struct store_desk desk = {.turn = view_turn(game_view(g, 0)), .count = 2, .stands = 1, .text = {desk_text[0], desk_text[1]}};
        if (store_keep_desk(s, 0, &desk))
            _exit(7);
        tell(DESK + desk.turn);
        if (game_turn(g) != TURN_PLAYED && !game_over(g))
            _exit(6);
    }
    store_close(s);
    _exit(0);
}

static uint64_t state = 88172645463325252u;
static uint64_t random_below(uint64_t n)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state % n;
}

/* A child that is killed after so many microseconds (0: not at all). What it told goes to *created, *sealed, *desk. Answers whether it ended by itself. */
static bool run_child(long wait, bool *created, int *sealed, int *desk, int *talk)
{
    int ends[2], status;
    unsigned char said;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        pipe_out = ends[1];
        play_on(*created);
    }
    close(ends[1]);
    if (wait) {
        const struct timespec t = {wait / 1000000, wait % 1000000 * 1000};
        nanosleep(&t, NULL);
        kill(child, SIGKILL);
    }
    while (read(ends[0], &said, 1) == 1) {
        if (said == CREATED)
            *created = true;
        else if (said >= SAID)
            *talk = said - SAID;
        else if (said >= DESK)
            *desk = said - DESK;
        else
            *sealed = said;
    }
    close(ends[0]);
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        fail_msg("the child failed with %d", WEXITSTATUS(status));
    return WIFEXITED(status);
}

static void holds(bool over, int sealed, int desk, int talk, const struct digest *end)
{
    struct arena a;
    enum store_error error;
    const char *words = NULL;
    arena_init(&a, "holds");
    struct store *s = store_open(&a, shelf_path, false, NULL, &error, &words);
    if (!s)
        fail_msg("it does not open: %s", words);
    const struct store_game *is = store_game(s);
    int planned = -1;
    for (int i = 0; i < is->rows; i++)
        planned = strcmp(is->row[i].kind, "plan") == 0 ? is->row[i].turn : planned;
    assert_true(planned >= sealed);
    int said = 0;
    for (int i = 0; i < is->rows && talk >= 0; i++)
        said += strcmp(is->row[i].kind, "say") == 0 && is->row[i].turn == talk / MOST_SAID;
    assert_true(talk < 0 || said >= talk % MOST_SAID);
    struct store_desk found;
    if (desk >= 0 && is->turns_done == desk) {
        assert_true(store_find_desk(s, &a, 0, &found));
        assert_int_equal(found.turn, desk);
        assert_int_equal(found.count, 2);
    }
    if (over)
        assert_memory_equal(&is->row[is->rows - 1].link, end, sizeof *end);
    store_close(s);
    arena_done(&a);
}

static void kill_many(bool talks)
{
    shelf_talks = talks;
    const char *asked = getenv("DEMARCHE_KILLS");
    const int games = asked ? atoi(asked) : getenv("DEMARCHE_LONG") ? 1000 : 20;
    shelf_begin();
    const struct digest end = shelf_end_link();
    bool created = false;
    int sealed = -1, desk = -1, talk = -1, kills = 0;
    const double before = os_seconds();
    assert_true(run_child(0, &created, &sealed, &desk, &talk));
    const long whole = (long)(1e6 * (os_seconds() - before)) + 1000;
    for (int i = 0; i < games; i++) {
        shelf_clear();
        created = false;
        sealed = desk = talk = -1;
        for (bool over = false; !over;) {
            over = run_child(1 + (long)random_below((uint64_t)whole), &created, &sealed, &desk, &talk);
            kills += !over;
            if (!created && !over)
                shelf_clear();              /* killed before it could say that there is a game */
            else
                holds(over, sealed, desk, talk, &end);
        }
    }
    assert_true(kills > 0);
    print_message("%d games, %d kills\n", games, kills);
    shelf_end();
}

TEST(a_game_killed_at_any_moment_goes_on_to_the_same_end) { UNUSED_STATE; kill_many(false); }
TEST(what_was_said_at_the_table_before_a_plan_was_sealed_survives_too) { UNUSED_STATE; kill_many(true); }

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(a_game_killed_at_any_moment_goes_on_to_the_same_end),
                                       RUN(what_was_said_at_the_table_before_a_plan_was_sealed_survives_too)};
    faults_install();                       /* a process that is killed loses nothing that it wrote, synced or not: no need to wait for the disk */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
