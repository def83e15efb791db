/* tui/dress.c — the palettes. tests/unit/tui/dress_test.c measures how far apart the colours of each are for three kinds of colour
 * blindness; a colour changed here is measured there. */
#include "tui/dress.h"

#include <stdlib.h>
#include <string.h>
#include "base/text.h"

enum { RED = 1, YELLOW = 3, BLUE = 4, MAGENTA = 5, CYAN = 6, OWN = -1 };      /* of the first eight */

static const char *const name[PALETTES] = {[PALETTE_SAFE] = "safe", [PALETTE_CONTRAST] = "contrast", [PALETTE_MONO] = "mono", [PALETTE_LIGHT] = "light"};

#define ALWAYS_THE_SAME \
    [ROLE_PLAIN] = {OWN, OWN, 0, 0}, [ROLE_STRONG] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD}, [ROLE_FOCUS] = {OWN, OWN, WEAR_REVERSE, WEAR_REVERSE}
#define WARNS (WEAR_BOLD | WEAR_UNDERLINE)

static const struct dress dress[PALETTES][ROLE_COUNT] = {
    /* Okabe and Ito's hues near their place among 256. */
    [PALETTE_SAFE] = {
        ALWAYS_THE_SAME,
        [ROLE_DIM] = {246, OWN, 0, 0}, [ROLE_FRAME] = {243, OWN, 0, 0}, [ROLE_KEY] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD},
        [ROLE_NEEDS] = {OWN, OWN, WEAR_BOLD | WEAR_REVERSE, WEAR_BOLD | WEAR_REVERSE},
        [ROLE_WARN] = {203, RED, WEAR_BOLD, WARNS}, [ROLE_GOOD] = {75, CYAN, 0, WEAR_BOLD}, [ROLE_BAD] = {214, YELLOW, 0, 0},
        [ROLE_SEAT_A] = {117, CYAN, 0, 0}, [ROLE_SEAT_B] = {214, YELLOW, 0, 0}, [ROLE_SEAT_C] = {170, MAGENTA, 0, 0}, [ROLE_SEAT_D] = {250, RED, 0, 0}},
    /* The terminal's own and yellow; what is bad for you is yellow, what is good is bold. */
    [PALETTE_CONTRAST] = {
        ALWAYS_THE_SAME,
        [ROLE_DIM] = {OWN, OWN, 0, 0}, [ROLE_FRAME] = {OWN, OWN, 0, 0}, [ROLE_KEY] = {226, YELLOW, WEAR_BOLD, WEAR_BOLD},
        [ROLE_NEEDS] = {226, YELLOW, WEAR_BOLD | WEAR_REVERSE, WEAR_BOLD | WEAR_REVERSE},
        [ROLE_WARN] = {226, YELLOW, WARNS, WARNS}, [ROLE_GOOD] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD}, [ROLE_BAD] = {226, YELLOW, 0, 0},
        [ROLE_SEAT_A] = {OWN, OWN, 0, 0}, [ROLE_SEAT_B] = {OWN, OWN, 0, 0}, [ROLE_SEAT_C] = {OWN, OWN, 0, 0}, [ROLE_SEAT_D] = {OWN, OWN, 0, 0}},
    [PALETTE_MONO] = {
        ALWAYS_THE_SAME,
        [ROLE_DIM] = {OWN, OWN, 0, 0}, [ROLE_FRAME] = {OWN, OWN, 0, 0}, [ROLE_KEY] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD},
        [ROLE_NEEDS] = {OWN, OWN, WEAR_BOLD | WEAR_REVERSE, WEAR_BOLD | WEAR_REVERSE},
        [ROLE_WARN] = {OWN, OWN, WARNS, WARNS}, [ROLE_GOOD] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD}, [ROLE_BAD] = {OWN, OWN, 0, 0},
        [ROLE_SEAT_A] = {OWN, OWN, 0, 0}, [ROLE_SEAT_B] = {OWN, OWN, 0, 0}, [ROLE_SEAT_C] = {OWN, OWN, 0, 0}, [ROLE_SEAT_D] = {OWN, OWN, 0, 0}},
    /* For light backgrounds: the same hues, dark. */
    [PALETTE_LIGHT] = {
        ALWAYS_THE_SAME,
        [ROLE_DIM] = {240, OWN, 0, 0}, [ROLE_FRAME] = {243, OWN, 0, 0}, [ROLE_KEY] = {OWN, OWN, WEAR_BOLD, WEAR_BOLD},
        [ROLE_NEEDS] = {OWN, OWN, WEAR_BOLD | WEAR_REVERSE, WEAR_BOLD | WEAR_REVERSE},
        [ROLE_WARN] = {124, RED, WEAR_BOLD, WARNS}, [ROLE_GOOD] = {25, BLUE, 0, WEAR_BOLD}, [ROLE_BAD] = {136, MAGENTA, 0, 0},
        [ROLE_SEAT_A] = {25, BLUE, 0, 0}, [ROLE_SEAT_B] = {130, RED, 0, 0}, [ROLE_SEAT_C] = {53, MAGENTA, 0, 0}, [ROLE_SEAT_D] = {241, OWN, 0, 0}},
};

const struct dress *dress_of(enum palette_name palette, enum role role)
{
    return &dress[palette][role];
}

enum palette_name dress_palette(void)
{
    const char *wish = getenv("DEMARCHE_PALETTE");
    for (int i = 0; wish && i < PALETTES; i++)
        if (text_same(wish, name[i]))
            return (enum palette_name)i;
    return PALETTE_SAFE;
}

bool dress_coloured(void)
{
    const char *wish = getenv("DEMARCHE_COLOR"), *force = getenv("FORCE_COLOR"), *none = getenv("NO_COLOR");
    if (wish && (text_same(wish, "never") || text_same(wish, "always")))
        return text_same(wish, "always");
    if (force && *force)
        return strcmp(force, "0") != 0;
    return !(none && *none);
}
