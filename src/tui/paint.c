/* tui/paint.c — roles become attributes, cells become characters on the terminal. What a role wears is in dress.c. */
#include <curses.h>
#include <wchar.h>
#include "base/text.h"
#include "tui/dress.h"
#include "tui/screen.h"

static attr_t attribute[ROLE_COUNT];
static short pair[ROLE_COUNT];

static attr_t worn(unsigned wear)
{
    return (wear & WEAR_BOLD ? A_BOLD : 0) | (wear & WEAR_UNDERLINE ? A_UNDERLINE : 0) | (wear & WEAR_REVERSE ? A_REVERSE : 0);
}

void paint_start(void)
{
    const enum palette_name palette = dress_palette();
    const bool colour = palette != PALETTE_MONO && dress_coloured() && has_colors() && start_color() == OK;
    if (colour)
        use_default_colors();
    const bool many = colour && COLORS >= 256;
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct dress *d = dress_of(palette, (enum role)role);
        const short hue = many ? d->of_256 : d->of_8;
        attribute[role] = worn(colour ? d->with : d->without);
        if (colour && !many && (role == ROLE_DIM || role == ROLE_FRAME) && palette != PALETTE_CONTRAST)
            attribute[role] = A_DIM;                                 /* eight colours have no grey that is sure to be seen */
        pair[role] = 0;
        if (colour && hue >= 0 && init_pair((short)(role + 1), hue, -1) == OK)
            pair[role] = (short)(role + 1);
    }
}

void paint_canvas(const struct canvas *c)
{
    int columns, rows;
    getmaxyx(stdscr, rows, columns);
    erase();
    for (int y = 0; y < c->rows && y < rows; y++)
        for (int x = 0; x < c->columns && x < columns; x++) {
            const struct cell *cell = &c->cell[y * c->columns + x];
            char text[9];
            wchar_t wide[3] = L"";
            cchar_t out;
            if (cell->width == 0)
                continue;
            const char *from = canvas_cell_text(c, x, y, text);
            wide[0] = (wchar_t)text_next(&from);
            wide[1] = (wchar_t)text_next(&from);
            if (wide[0] == L' ' && attribute[cell->role] == A_NORMAL)
                continue;
            setcchar(&out, wide, attribute[cell->role], pair[cell->role], NULL);
            mvadd_wch(y, x, &out);
        }
}
