/* tui/screen.c — taking the terminal and giving it back, whatever happens.
 *
 * Signal handlers may not call ncurses, so what gives the terminal back is worked out at the start: one string to write and the
 * settings to restore. The same is done by a panic, a crash and a plain end. ncurses' own handler does SIGTSTP well and is left
 * in place; the size comes as a key. */
#include "tui/screen.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include "base/panic.h"
#include "base/text.h"

#undef columns                                                       /* <term.h> has taken the word */

static SCREEN *taken;
static struct termios settings_before;
static bool settings_known;
static char give_back[512];
static size_t give_back_length;
static volatile sig_atomic_t on_screen, interrupts;
static enum tui_glyphs glyphs_chosen;

/* Safe in a signal handler: write and tcsetattr only. */
static void restore_raw(void)
{
    if (!on_screen)
        return;
    on_screen = 0;
    ssize_t written = write(STDOUT_FILENO, give_back, give_back_length);
    (void)written;                                                   /* nothing can be done about a terminal that is gone */
    if (settings_known)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings_before);
}

static void on_end(int number)
{
    restore_raw();
    _exit(128 + number);
}

static void on_crash(int number)
{
    restore_raw();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_interrupt(int number)
{
    if (++interrupts > 1)
        on_end(number);
}

static void handle(int number, void (*how)(int))
{
    struct sigaction action = {.sa_handler = how};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static int collect(int c)
{
    if (give_back_length < sizeof give_back)
        give_back[give_back_length++] = (char)c;
    return c;
}

static void collect_capability(const char *name)
{
    char *text = tigetstr(name);
    if (text && text != (char *)-1)
        tputs(text, 1, collect);
}

/* Words first, then what the terminal and the locale can be trusted with. Doubt goes to ascii. */
static enum tui_glyphs choose_glyphs(void)
{
    const char *wish = getenv("DEMARCHE_GLYPHS"), *term = getenv("TERM");
    bool utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
    if (!utf8 || (wish && text_same(wish, "ascii")))
        return TUI_GLYPHS_ASCII;
    if (wcwidth(0x2500) != 1 || wcwidth(0x2588) != 1 || wcwidth(0x25B2) != 1)      /* ambiguous widths count double here */
        return TUI_GLYPHS_ASCII;
    if (wish && text_same(wish, "plain"))
        return TUI_GLYPHS_PLAIN;
    if (!(wish && text_same(wish, "full")) && term && (text_starts(term, "linux") || text_starts(term, "vt")))
        return TUI_GLYPHS_PLAIN;                                     /* console fonts lack the partial blocks */
    return TUI_GLYPHS_FULL;
}

bool screen_start(void)
{
    int found = 0;
    if (on_screen)
        return true;
    setlocale(LC_CTYPE, "");                                         /* numbers stay as they are written everywhere */
    const char *term = getenv("TERM");
    if (setupterm(NULL, STDOUT_FILENO, &found) != OK || !tigetstr("cup") || tigetstr("cup") == (char *)-1) {
        fprintf(stderr, "demarche: the terminal '%s' cannot place text; play with --linear\n", term ? term : "");
        return false;
    }
    settings_known = tcgetattr(STDIN_FILENO, &settings_before) == 0;
    use_tioctl(TRUE);                                                /* a stale COLUMNS never beats the window's real size */
    taken = newterm(NULL, stdout, stdin);
    if (!taken) {
        fprintf(stderr, "demarche: the terminal '%s' cannot be opened; play with --linear\n", term ? term : "");
        return false;
    }
    set_term(taken);
    set_escdelay(25);
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    curs_set(0);
    paint_start();
    glyphs_chosen = choose_glyphs();
    give_back_length = 0;
    collect_capability("sgr0");
    collect_capability("op");
    collect_capability("cnorm");
    collect_capability("rmkx");
    collect_capability("rmcup");
    collect('\r');
    interrupts = 0;
    on_screen = 1;
    handle(SIGINT, on_interrupt);
    handle(SIGTERM, on_end);
    handle(SIGHUP, on_end);
    handle(SIGQUIT, on_end);
    handle(SIGSEGV, on_crash);
    handle(SIGABRT, on_crash);
    handle(SIGBUS, on_crash);
    handle(SIGFPE, on_crash);
    handle(SIGILL, on_crash);
    panic_on_exit(restore_raw);
    return true;
}

void screen_end(void)
{
    if (!taken)
        return;
    static const int ours[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    endwin();
    on_screen = 0;
    panic_on_exit(NULL);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        handle(ours[i], SIG_DFL);
    delscreen(taken);
    taken = NULL;
}

void screen_size(int *columns, int *rows)
{
    getmaxyx(stdscr, *rows, *columns);
}

enum tui_glyphs screen_glyphs(void)
{
    return glyphs_chosen;
}

void screen_show(const struct canvas *c)
{
    paint_canvas(c);
    curs_set(c->typing ? 1 : 0);
    move(c->cursor_y, c->cursor_x);
    refresh();
}

static int translate(wint_t key)
{
    static const struct { int theirs, ours; } map[] = {
        {KEY_UP, UI_KEY_UP}, {KEY_DOWN, UI_KEY_DOWN}, {KEY_LEFT, UI_KEY_LEFT}, {KEY_RIGHT, UI_KEY_RIGHT},
        {KEY_PPAGE, UI_KEY_PAGE_UP}, {KEY_NPAGE, UI_KEY_PAGE_DOWN}, {KEY_HOME, UI_KEY_HOME}, {KEY_END, UI_KEY_END},
        {KEY_BTAB, UI_KEY_BACK_TAB}, {KEY_BACKSPACE, UI_KEY_BACKSPACE}, {KEY_F(1), UI_KEY_F1}, {KEY_RESIZE, UI_KEY_RESIZE},
        {KEY_ENTER, UI_KEY_ENTER}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (map[i].theirs == (int)key)
            return map[i].ours;
    return UI_KEY_NONE;
}

int screen_key(void)
{
    for (int failures = 0;;) {
        wint_t key = 0;
        if (interrupts == 1) {
            interrupts = 0;                                          /* told once; screen_stay counts the answer */
            handle(SIGINT, on_end);                                  /* and the next one leaves */
            return UI_KEY_LEAVE;
        }
        errno = 0;
        int kind = get_wch(&key);
        if (kind == KEY_CODE_YES)
            return translate(key);
        if (kind == OK) {
            if (key == '\r')
                return UI_KEY_ENTER;
            if (key == 0x7F || key == 8)
                return UI_KEY_BACKSPACE;
            if (key == 0x19)
                return 'Z';                                          /* ctrl-y, the other name of redo */
            if (key == 0x0C) {
                clearok(curscr, TRUE);                               /* ctrl-l: somebody else wrote on the terminal */
                return UI_KEY_REDRAW;
            }
            return key < ' ' && key != '\t' && key != 27 ? UI_KEY_NONE : (int)key;
        }
        if (errno == EINTR)
            continue;
        if (++failures > 3)
            return UI_KEY_GONE;
    }
}

bool screen_key_waits(int milliseconds)
{
    wint_t key = 0;
    if (interrupts == 1)
        return true;
    timeout(milliseconds);
    const int kind = get_wch(&key);
    timeout(-1);
    if (kind == KEY_CODE_YES)
        ungetch((int)key);
    else if (kind == OK)
        unget_wch((wchar_t)key);
    return kind != ERR || interrupts == 1;
}

void screen_forget(void)
{
    if (on_screen)
        flushinp();
}

void screen_stay(void)
{
    if (on_screen)
        handle(SIGINT, on_interrupt);
}
