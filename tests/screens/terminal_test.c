/* tests/screens/terminal_test.c — the program in a terminal of our own: a pseudo-terminal whose other end is libvterm.
 * Every step waits until a text stands on the screen; nothing sleeps for a fixed time. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { PATIENCE = 60, MOST_COLUMNS = 500 };                          /* seconds until a text must be there; a slow machine is no failure */

struct terminal {
    int master, slave;          /* the slave stays open here, so that its settings can be read when the program is gone */
    pid_t pid;
    int columns, rows;
    bool other_screen, cursor_shown;
    VTerm *vt;
    VTermScreen *screen;
    struct termios before;
};

static int on_property(VTermProp property, VTermValue *value, void *self)
{
    struct terminal *t = self;
    if (property == VTERM_PROP_ALTSCREEN)
        t->other_screen = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        t->cursor_shown = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void set_size(struct terminal *t, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    t->columns = columns;
    t->rows = rows;
    if (t->vt)
        vterm_set_size(t->vt, rows, columns);
    assert_int_equal(ioctl(t->slave, TIOCSWINSZ, &size), 0);
}

/* Where games are kept: a folder of its own for every start, so that no test meets the games of another or of who runs it. */
static void own_shelf(void)
{
    static int shelves;
    char top[4096], path[4200];
    assert_non_null(getcwd(top, sizeof top));
    snprintf(path, sizeof path, "%s/build/shelf/%ld-%d", top, (long)getpid(), shelves++);
    setenv("XDG_DATA_HOME", path, 1);
}

/* With the games that the last start left behind. extra: NAME=VALUE of the environment, or NULL. */
static void start_again(struct terminal *t, const char *const *arguments, const char *term, const char *locale, const char *extra)
{
    *t = (struct terminal){.cursor_shown = true};
    t->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0);
    t->slave = open(ptsname(t->master), O_RDWR | O_NOCTTY);
    assert_true(t->slave >= 0);
    set_size(t, 80, 24);
    tcgetattr(t->slave, &t->before);
    t->vt = vterm_new(24, 80);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_reset(t->screen, 1);
    t->pid = fork();
    assert_true(t->pid >= 0);
    if (t->pid == 0) {
        char *argument[12] = {"./demarche"};
        for (int i = 0; arguments[i]; i++)
            argument[i + 1] = (char *)(size_t)arguments[i];
        setsid();
        ioctl(t->slave, TIOCSCTTY, 0);
        for (int fd = 0; fd < 3; fd++)
            dup2(t->slave, fd);
        close(t->slave);
        close(t->master);
        setenv("TERM", term, 1);
        setenv("LC_ALL", locale, 1);
        unsetenv("COLUMNS");
        unsetenv("LINES");
        unsetenv("NO_COLOR");
        unsetenv("FORCE_COLOR");
        unsetenv("DEMARCHE_COLOR");
        unsetenv("DEMARCHE_GLYPHS");
        unsetenv("DEMARCHE_LINEAR");
        unsetenv("DEMARCHE_PALETTE");
        if (extra)
            putenv((char *)(size_t)extra);
        execv(argument[0], argument);
        _exit(127);
    }
}

static void start(struct terminal *t, const char *const *arguments, const char *term, const char *locale, const char *extra)
{
    own_shelf();
    start_again(t, arguments, term, locale, extra);
}

static void row_text(struct terminal *t, int row, char *out, size_t room)
{
    VTermRect rect = {.start_row = row, .end_row = row + 1, .start_col = 0, .end_col = t->columns};
    size_t n = vterm_screen_get_text(t->screen, out, room - 1, rect);
    out[n] = '\0';
}

static void show(struct terminal *t)
{
    char text[MOST_COLUMNS * 4 + 1];
    for (int row = 0; row < t->rows; row++) {
        row_text(t, row, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
}

static bool on_screen(struct terminal *t, const char *wanted)
{
    char text[MOST_COLUMNS * 4 + 1];
    for (int row = 0; row < t->rows; row++) {
        row_text(t, row, text, sizeof text);
        if (strstr(text, wanted))
            return true;
    }
    return false;
}

/* Reads what the program wrote, for at most so many milliseconds; false if there was nothing. */
static bool pump(struct terminal *t, int milliseconds)
{
    struct pollfd waiting = {.fd = t->master, .events = POLLIN};
    char bytes[8192];
    if (poll(&waiting, 1, milliseconds) <= 0 || !(waiting.revents & POLLIN))
        return false;
    ssize_t n = read(t->master, bytes, sizeof bytes);
    if (n > 0)
        vterm_input_write(t->vt, bytes, (size_t)n);
    return n > 0;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void wait_for(struct terminal *t, const char *wanted)
{
    for (double end = now() + PATIENCE; now() < end;) {
        if (on_screen(t, wanted) && !pump(t, 5))
            return;
        pump(t, 50);
    }
    show(t);
    fail_msg("'%s' never stood on the screen", wanted);
}

/* The first of two texts to appear: 0 or 1. */
static int wait_either(struct terminal *t, const char *first, const char *second)
{
    for (double end = now() + PATIENCE; now() < end;) {
        bool quiet = !pump(t, 30);
        if (quiet && on_screen(t, first))
            return 0;
        if (quiet && on_screen(t, second))
            return 1;
    }
    show(t);
    fail_msg("neither '%s' nor '%s' ever stood on the screen", first, second);
    return -1;
}

static void type(struct terminal *t, const char *keys)
{
    assert_int_equal(write(t->master, keys, strlen(keys)), (ssize_t)strlen(keys));
}

/* The status of the program when it has ended; what it still wrote is read on the way. */
static int ended(struct terminal *t)
{
    int status = 0;
    for (double end = now() + PATIENCE; now() < end;) {
        pump(t, 20);
        if (waitpid(t->pid, &status, WNOHANG) == t->pid) {
            while (pump(t, 20))
                ;
            t->pid = 0;
            return status;
        }
    }
    kill(t->pid, SIGKILL);
    waitpid(t->pid, &status, 0);
    show(t);
    fail_msg("the program did not end");
    return status;
}

static void assert_given_back(struct terminal *t)
{
    struct termios after;
    assert_int_equal(tcgetattr(t->slave, &after), 0);
    assert_int_equal(after.c_lflag & (ECHO | ICANON | ISIG), t->before.c_lflag & (ECHO | ICANON | ISIG));
    assert_int_equal(after.c_oflag & (OPOST | ONLCR), t->before.c_oflag & (OPOST | ONLCR));
    assert_false(t->other_screen);
    assert_true(t->cursor_shown);
}

static void stop(struct terminal *t)
{
    vterm_free(t->vt);
    close(t->master);
    close(t->slave);
}

static const char *const game[] = {"play", "first-steps", "--as", "china", "--seed", "1", NULL};

static void start_game(struct terminal *t)
{
    start(t, game, "xterm-256color", "C.UTF-8", NULL);
}

static void to_the_plan(struct terminal *t)
{
    wait_for(t, "BRIEF");
    wait_for(t, "Enter begin");
    type(t, "\r");
    wait_for(t, " PLAN ");
}

static void plan_one(struct terminal *t)
{
    type(t, "p");
    for (int question = 0; question < 5 && wait_either(t, "Planned:", "Enter choose"); question++)
        type(t, "\r");
    wait_for(t, "planned, ");
}

static void assert_cell(struct terminal *t, int x, int y, const char *wanted)
{
    VTermScreenCell cell;
    VTermPos at = {.row = y, .col = x};
    char text[8] = "";
    VTermRect rect = {.start_row = y, .end_row = y + 1, .start_col = x, .end_col = x + 1};
    assert_int_equal(vterm_screen_get_cell(t->screen, at, &cell), 1);
    text[vterm_screen_get_text(t->screen, text, sizeof text - 1, rect)] = '\0';
    assert_string_equal(text, wanted);
}

TEST(from_the_brief_to_the_second_turn)
{
    UNUSED_STATE;
    struct terminal t;
    start_game(&t);
    to_the_plan(&t);
    assert_true(t.other_screen);
    assert_cell(&t, 0, 0, "┌");
    assert_cell(&t, 79, 0, "┐");
    assert_cell(&t, 0, 23, "└");
    assert_cell(&t, 79, 23, "┘");
    assert_true(on_screen(&t, "nothing is planned yet"));
    plan_one(&t);
    type(&t, "c");
    wait_for(&t, "commit sheet");
    type(&t, "\033");
    wait_for(&t, "planned, ");
    type(&t, "c");
    wait_for(&t, "commit sheet");
    type(&t, "\r");
    wait_for(&t, "THE LONG TELEGRAM");
    type(&t, "w");
    wait_for(&t, " WHY ");
    type(&t, "\033");
    wait_for(&t, "Enter next turn");
    type(&t, "\r");
    wait_for(&t, " T2/");
    type(&t, "?");
    wait_for(&t, " HELP ");
    type(&t, "\033");
    wait_for(&t, " PLAN ");
    type(&t, "q");
    wait_for(&t, "Leave the game?");
    type(&t, "y");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

TEST(menus_go_back_one_by_one_and_show_their_keys)
{
    UNUSED_STATE;
    static const char *const alone[] = {NULL};
    struct terminal t;
    start(&t, alone, "xterm-256color", "C.UTF-8", NULL);
    wait_for(&t, "What there is");
    type(&t, "\033");
    wait_for(&t, "This is the first menu; q leaves.");
    type(&t, "?");
    wait_for(&t, "leave without choosing");
    type(&t, "x");
    wait_for(&t, "What there is");
    type(&t, "\r");
    wait_for(&t, "who are you?");
    type(&t, "\033");
    wait_for(&t, "What there is");
    type(&t, "\r");
    wait_for(&t, "who are you?");
    type(&t, "q");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

TEST(the_menu_begins_with_the_game_left_last)
{
    UNUSED_STATE;
    static const char *const alone[] = {NULL};
    struct terminal t;
    start_game(&t);
    to_the_plan(&t);
    plan_one(&t);
    type(&t, "q");
    wait_for(&t, "Leave the game?");
    type(&t, "y");
    assert_int_equal(ended(&t), 0);
    stop(&t);
    start_again(&t, alone, "xterm-256color", "C.UTF-8", NULL);
    wait_for(&t, "> Go on with First steps");
    type(&t, "\r");
    to_the_plan(&t);
    wait_for(&t, "planned, ");
    type(&t, "q");
    wait_for(&t, "Leave the game?");
    type(&t, "y");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

TEST(a_small_window_waits_and_goes_on_by_itself)
{
    UNUSED_STATE;
    struct terminal t;
    start_game(&t);
    to_the_plan(&t);
    set_size(&t, 60, 20);
    wait_for(&t, "This window is 60x20.");
    type(&t, "p");
    set_size(&t, 120, 40);
    wait_for(&t, "what you are judged on");
    assert_cell(&t, 119, 39, "┘");
    assert_true(on_screen(&t, "nothing is planned yet"));
    set_size(&t, 20, 3);
    wait_for(&t, "need 80x24");
    set_size(&t, 80, 24);
    wait_for(&t, " PLAN ");
    type(&t, "qy");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

static void signalled(int number, int code, int by_signal)
{
    struct terminal t;
    start_game(&t);
    wait_for(&t, "Enter begin");
    assert_int_equal(kill(t.pid, number), 0);
    int status = ended(&t);
    if (by_signal) {
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), by_signal);
    } else {
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), code);
    }
    assert_given_back(&t);
    stop(&t);
}

TEST(sigterm_gives_the_terminal_back) { UNUSED_STATE; signalled(SIGTERM, 143, 0); }
TEST(sighup_gives_the_terminal_back) { UNUSED_STATE; signalled(SIGHUP, 129, 0); }
TEST(a_crash_gives_the_terminal_back) { UNUSED_STATE; signalled(SIGSEGV, 0, SIGSEGV); }
TEST(an_abort_gives_the_terminal_back) { UNUSED_STATE; signalled(SIGABRT, 0, SIGABRT); }

TEST(ctrl_c_asks_and_the_second_leaves)
{
    UNUSED_STATE;
    struct terminal t;
    start_game(&t);
    to_the_plan(&t);
    type(&t, "\003");
    wait_for(&t, "Leave the game?");
    type(&t, "n");
    wait_for(&t, "nothing is planned yet");
    type(&t, "\003");
    wait_for(&t, "Leave the game?");
    type(&t, "\003");
    int status = ended(&t);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130);
    assert_given_back(&t);
    stop(&t);
}

static int coloured_cells(const char *const *arguments, const char *extra)
{
    struct terminal t;
    VTermScreenCell cell;
    int count = 0;
    start(&t, arguments, "xterm-256color", "C.UTF-8", extra);
    to_the_plan(&t);
    for (int y = 0; y < t.rows; y++)
        for (int x = 0; x < t.columns; x++) {
            vterm_screen_get_cell(t.screen, (VTermPos){.row = y, .col = x}, &cell);
            assert_true(VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));       /* the background stays the terminal's own */
            count += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
        }
    type(&t, "qy");
    assert_int_equal(ended(&t), 0);
    stop(&t);
    return count;
}

TEST(colours_come_as_they_are_wanted)
{
    UNUSED_STATE;
    static const char *const never[] = {"play", "first-steps", "--as", "china", "--seed", "1", "--color", "never", NULL};
    static const char *const always[] = {"--color=always", "play", "first-steps", "--as", "china", "--seed", "1", NULL};
    assert_int_not_equal(coloured_cells(game, NULL), 0);
    assert_int_equal(coloured_cells(game, "NO_COLOR=1"), 0);
    assert_int_equal(coloured_cells(game, "DEMARCHE_PALETTE=mono"), 0);
    assert_int_not_equal(coloured_cells(game, "DEMARCHE_PALETTE=light"), 0);
    assert_int_equal(coloured_cells(never, "FORCE_COLOR=1"), 0);
    assert_int_not_equal(coloured_cells(always, "NO_COLOR=1"), 0);
}

TEST(an_old_terminal_without_utf8_gets_ascii)
{
    UNUSED_STATE;
    struct terminal t;
    char text[MOST_COLUMNS * 4 + 1];
    start(&t, game, "vt100", "C", NULL);
    to_the_plan(&t);
    assert_cell(&t, 0, 0, "+");
    for (int row = 0; row < t.rows; row++) {
        row_text(&t, row, text, sizeof text);
        for (char *at = text; *at; at++)
            assert_in_range(*at, ' ', '~');
    }
    type(&t, "qy");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

/* Presses only what a hint on the screen names. Returns how many keys the first turn took. */
static int first_turn_by_hints(struct terminal *t)
{
    static const struct { const char *hint, *unless, *key; } rule[] = {
        {"Enter begin", NULL, "\r"}, {"Enter commit and play", NULL, "\r"}, {"Enter choose", NULL, "\r"},
        {"p plan", "planned, ", "p"}, {"c commit", "nothing is planned yet", "c"}};
    enum { RULES = sizeof rule / sizeof *rule, MOST_KEYS = 40 };
    int keys = 0;
    wait_for(t, "Enter begin");
    for (double end = now() + PATIENCE; now() < end;) {
        int fits = 0;
        while (pump(t, 100))
            ;
        if (on_screen(t, "Enter next turn"))
            return keys;
        while (fits < RULES && (!on_screen(t, rule[fits].hint) || (rule[fits].unless && on_screen(t, rule[fits].unless))))
            fits++;
        if (fits == RULES)
            continue;                                                /* "the others are planning" */
        type(t, rule[fits].key);
        assert_true(++keys <= MOST_KEYS);
    }
    show(t);
    fail_msg("the first turn was not played");
    return keys;
}

TEST(a_beginner_who_follows_the_hints_plays_a_turn_on_every_terminal)
{
    UNUSED_STATE;
    static const char *const terminal[][2] = {{"xterm-256color", "C.UTF-8"}, {"linux", "C.UTF-8"}, {"vt100", "C"}, {"xterm-256color", "C"}};
    for (size_t i = 0; i < sizeof terminal / sizeof *terminal; i++) {
        struct terminal t;
        start(&t, game, terminal[i][0], terminal[i][1], NULL);
        first_turn_by_hints(&t);
        type(&t, "q");
        wait_for(&t, "Leave the game?");
        type(&t, "y");
        assert_int_equal(ended(&t), 0);
        assert_given_back(&t);
        stop(&t);
    }
}

TEST(a_dumb_terminal_gets_lines)
{
    UNUSED_STATE;
    struct terminal t;
    start(&t, game, "dumb", "C", NULL);
    wait_for(&t, "> ");
    assert_false(t.other_screen);
    type(&t, "where\n");
    wait_for(&t, "Turn 1 of ");
    type(&t, "quit\n");
    if (wait_either(&t, "? ", "saved") == 0)
        type(&t, "y\n");
    assert_int_equal(ended(&t), 0);
    stop(&t);
}

TEST(a_storm_of_sizes_leaves_the_plan)
{
    UNUSED_STATE;
    static const int size[][2] = {{79, 24}, {1, 1}, {200, 60}, {80, 23}, {2, 90}, {120, 40}, {500, 200}, {40, 6}, {39, 5}};
    struct terminal t;
    start_game(&t);
    to_the_plan(&t);
    for (int round = 0; round < 5; round++)
        for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
            set_size(&t, size[i][0], size[i][1]);
            type(&t, round % 2 ? "w" : "j");
            pump(&t, 10);
        }
    set_size(&t, 80, 24);
    wait_for(&t, " WHY ");                                           /* keys that come while the window is too small do nothing */
    type(&t, "\033");
    wait_for(&t, "nothing is planned yet");
    type(&t, "q");
    wait_for(&t, "Leave the game?");
    type(&t, "y");
    assert_int_equal(ended(&t), 0);
    assert_given_back(&t);
    stop(&t);
}

TEST(a_terminal_that_cannot_place_text_is_told_of_linear)
{
    UNUSED_STATE;
    struct terminal t;
    start(&t, game, "unknown", "C.UTF-8", NULL);
    int status = ended(&t);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
    assert_true(on_screen(&t, "--linear"));
    stop(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(from_the_brief_to_the_second_turn), RUN(menus_go_back_one_by_one_and_show_their_keys), RUN(the_menu_begins_with_the_game_left_last),
        RUN(a_small_window_waits_and_goes_on_by_itself), RUN(sigterm_gives_the_terminal_back),
        RUN(sighup_gives_the_terminal_back), RUN(a_crash_gives_the_terminal_back), RUN(an_abort_gives_the_terminal_back), RUN(ctrl_c_asks_and_the_second_leaves),
        RUN(colours_come_as_they_are_wanted), RUN(an_old_terminal_without_utf8_gets_ascii),
        RUN(a_beginner_who_follows_the_hints_plays_a_turn_on_every_terminal), RUN(a_dumb_terminal_gets_lines), RUN(a_storm_of_sizes_leaves_the_plan), RUN(a_terminal_that_cannot_place_text_is_told_of_linear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
