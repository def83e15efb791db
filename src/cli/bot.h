/* cli/bot.h — a seat taken by a program outside, which is asked in JSON, a line a question (scenarios/BOTS.md). It learns what the seat's view holds
 * and nothing else. When it does not answer, answers in a way that cannot be read, or ends, this is said once on standard error, the program is
 * ended, and the seat holds from then on. */
#ifndef CLI_BOT_H
#define CLI_BOT_H

#include "game/game.h"

struct bot;
extern const struct seat_ops bot_ops;
/* NULL after a message if it cannot be started. Call bot_end when the game is done. */
struct bot *bot_new(struct arena *a, const struct program *p, int seat, const char *command);
const char *bot_reason(void *bot);              /* what it said of its last plan ("why"), or NULL */
void bot_end(struct bot *b);

#endif
