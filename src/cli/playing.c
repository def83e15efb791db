/* cli/playing.c — a table that is laid, new or as it was left, goes to the screen, to lines, or is told.
 * With a terminal and no seat named, whoever shows the game asks; without a terminal and without a seat, personas play it all. */
#include "cli/playing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "cli/cli.h"
#include "line/line.h"
#include "tui/tui.h"

enum { SCRIPT_MOST = 1 << 20 };

static bool wants_lines(const struct playing *how)
{
    const char *linear = getenv("DEMARCHE_LINEAR"), *term = getenv("TERM");
    return how->linear || how->script || (linear && *linear && strcmp(linear, "0") != 0) || (term && strcmp(term, "dumb") == 0);
}

int playing_table(struct arena *a, const char *command, struct play_table *t, const struct playing *how)
{
    bool terminal = os_terminal_in() && os_terminal_out();
    struct line_options lines = {.in = stdin, .out = stdout, .reads_on = os_terminal_in()};
    if (how->watch && (!terminal || wants_lines(how)))
        return line_watch(a, t, stdout);
    if (how->watch) {
        t->seat = t->program->seats;
        return tui_play(a, t, how->back);
    }
    if (t->seat < 0 && how->script)
        return cli_usage(command, "--script plays a seat; name it with --as");
    if (t->seat < 0 && !terminal)
        return line_watch(a, t, stdout);
    if (t->seat < 0 && how->no_input)
        return cli_usage(command, "which seat? Name it with --as, for example --as %s", t->program->seat[0].name);
    if (terminal && !wants_lines(how))
        return tui_play(a, t, how->back);
    if (how->script) {
        size_t length;
        int error = os_read_file(a, how->script, SCRIPT_MOST, &lines.script, &length);
        if (error) {
            fprintf(stderr, "demarche: cannot read the script %s: %s\n", how->script, os_error(error));
            return EXIT_INPUT;
        }
    }
    return line_play(a, t, &lines);
}
