/* tui/dress.h — what a role wears: the palettes, and which of them is wanted. No terminal is met here, so tests can measure them.
 * Colours only repeat what a sign or a word says. The background is always the terminal's own. */
#ifndef TUI_DRESS_H
#define TUI_DRESS_H

#include <stdbool.h>
#include "tui/canvas.h"

enum { WEAR_BOLD = 1, WEAR_UNDERLINE = 2, WEAR_REVERSE = 4 };
enum palette_name { PALETTE_SAFE, PALETTE_CONTRAST, PALETTE_MONO, PALETTE_LIGHT, PALETTES };

/* of_256, of_8: a colour of so many, -1 the terminal's own. with, without: attributes where there are colours and where there are none. */
struct dress { short of_256, of_8; unsigned char with, without; };

const struct dress *dress_of(enum palette_name palette, enum role role);
enum palette_name dress_palette(void);          /* DEMARCHE_PALETTE; safe if it is not set or not known */
/* Whether colours are wanted, by DEMARCHE_COLOR (never, always; `--color` sets it), else FORCE_COLOR, else NO_COLOR. Where the
 * terminal has none, none are shown. */
bool dress_coloured(void);

#endif
