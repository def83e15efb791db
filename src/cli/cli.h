/* cli/cli.h — what commands share: options, finding scenarios, exit codes. One file a command, one table of them (commands.def). */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/diag.h"
#include "page/glyphs.h"

struct program;          /* code/program.h; not included here, since lang/schema.h knows another `struct key_block` */

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_TERMINAL = 4, EXIT_REACH = 5, EXIT_RECORD = 6, EXIT_LIMIT = 7 };

/* One option of a command: long name without dashes, short letter or 0, what it takes ("" nothing) and what it means. */
struct option_row { const char *name; char letter; const char *takes, *help; };
struct parsed { int operands; const char *operand[16]; const char *value[32]; };  /* value[i] of option row i: NULL absent, "" given without a value */
/* Options before or after operands, `--` ends them, `--name=value` or `--name value`. -h prints help and sets *exit to 0. False: leave
 * with *exit (2 after a message with the nearest known option). `command` names the row of commands.def. */
bool cli_parse(const char *command, int argc, char **argv, const struct option_row *rows, int count, struct parsed *out, int *exit);
int cli_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));     /* "demarche check: …; what to do", exit 2 */

/* A scenario by path (file or folder) or by name among the installed ones. NULL with *path unset if there is none (message printed). */
const char *cli_find_scenario(struct arena *a, const char *name);
/* Paths of the installed scenarios, ordered by place and then by name; the same name further on is left out. */
int cli_scenarios(struct arena *a, const char *const **path);
/* Reads, checks, compiles; prints findings to standard error. NULL with *exit set (3: cannot be read or is wrong). warnings: print
 * them too. */
const struct program *cli_load(struct arena *a, const char *name, bool warnings, int *exit);

/* The same without a word about mistakes; NULL if there is one. */
const struct program *cli_peek(struct arena *a, const char *path);

enum doc_glyphs cli_glyphs(void);               /* for charts on standard output */

/* `demarche play NAME` from the menu: TUI_BACK (tui/tui.h) if the person comes back to it. */
int play_from_menu(const char *name);

#define COMMAND(name, group, arguments, help) int cmd_##name(int argc, char **argv);
#include "cli/commands.def"
#undef COMMAND

#endif
