/* cli/doctor.c — `demarche doctor`: what this terminal and machine can do, one line a matter, for reading aloud over a telephone.
 * Exit 1 if something would keep a game from being played rightly. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/version.h"
#include "engine/world.h"
#include "tui/dress.h"

enum { COLUMNS_LEAST = 80, ROWS_LEAST = 24 };

static void say(const char *what, const char *how)
{
    printf("%-11s %s\n", what, how);
}

static const char *colours(const char *term)
{
    const char *deep = getenv("COLORTERM");
    if (!dress_coloured())
        return "none, as NO_COLOR, FORCE_COLOR=0 or --color never asks; nothing is lost";
    if (dress_palette() == PALETTE_MONO)
        return "none, as DEMARCHE_PALETTE=mono asks; nothing is lost";
    if (!term || strcmp(term, "dumb") == 0)
        return "none; nothing is lost";
    if (deep && *deep)
        return "millions; a few are used";
    return strstr(term, "256") ? "256; a few are used" : "as the terminal has them";
}

static void say_terminal(void)
{
    const char *term = getenv("TERM");
    char line[160];
    int columns, lines;
    bool is = os_terminal_in() && os_terminal_out();
    snprintf(line, sizeof line, "%s; input %s, output %s", term && *term ? term : "TERM is not set",
             os_terminal_in() ? "a terminal" : "not a terminal", os_terminal_out() ? "a terminal" : "not a terminal");
    say("terminal", line);
    os_terminal_size(&columns, &lines);
    snprintf(line, sizeof line, "%d columns, %d rows%s", columns, lines,
             columns < COLUMNS_LEAST || lines < ROWS_LEAST ? "; the screen needs 80 and 24, `--linear` needs no size" : "");
    say("size", line);
    say("colours", colours(term));
    say("playing", is && term && strcmp(term, "dumb") != 0 ? "on a screen; `--linear` for lines of text" : "as lines of text");
}

static void say_letters(void)
{
    const char *set = nl_langinfo(CODESET), *name = setlocale(LC_CTYPE, NULL);
    char line[160];
    bool utf8 = strcmp(set, "UTF-8") == 0;
    snprintf(line, sizeof line, "%s, letters %s%s", name ? name : "unknown", set, utf8 ? "" : "; boxes are drawn with - | and +; LC_ALL=C.UTF-8 gives lines");
    say("locale", line);
    if (utf8) {
        say("glyphs", "\u2500\u2502\u250c\u2510 \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588 \u2591\u2592\u2593 \u25b2\u25bc");
        say("", "You should see four box lines, eight rising steps, three shades, two arrows.");
    }
}

static void say_scenarios(struct arena *a)
{
    const char *const *path;
    int count = cli_scenarios(a, &path);
    char line[400];
    snprintf(line, sizeof line, "%d found%s", count, count ? "" : "; set DEMARCHE_SCENARIOS to a folder that holds some");
    say("scenarios", line);
    for (int i = 0; i < count; i++)
        say("", path[i]);
}

int cmd_doctor(int argc, char **argv)
{
    struct parsed given;
    struct arena a;
    int exit;
    if (!cli_parse("doctor", argc, argv, NULL, 0, &given, &exit))
        return exit;
    if (given.operands)
        return cli_usage("doctor", "takes no names");
    arena_init(&a, "doctor");
    char line[160];
    snprintf(line, sizeof line, "%s, language %d, rules %d", DEMARCHE_VERSION, LANGUAGE_VERSION, RULES_VERSION);
    say("demarche", line);
#if defined(__clang__)
    say("built by", "clang " __clang_version__);
#elif defined(__GNUC__)
    say("built by", "gcc " __VERSION__);
#endif
    snprintf(line, sizeof line, "%d cores", os_cores());
    say("machine", line);
    const char *wrong = engine_self_check();
    say("arithmetic", wrong ? wrong : "gives the bits it should; a seed plays the same game here as elsewhere");
    say_terminal();
    say_letters();
    say_scenarios(&a);
    arena_done(&a);
    return wrong ? EXIT_NO : EXIT_DONE;
}
