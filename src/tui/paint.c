/* tui/paint.c — roles become attributes, cells become characters on the terminal.
 * Colours only repeat what a sign or a word says. The background is the terminal's own, so light terminals work; DEMARCHE_PALETTE
 * (safe, contrast, light, mono) chooses, NO_COLOR leaves bold, underline and reverse. */
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "base/text.h"
#include "tui/screen.h"

struct dress { short of_256, of_8; attr_t with, without; };          /* colour -1: the terminal's own; attributes with colours and without */

/* Okabe and Ito's hues at their nearest of 256: told apart by all common kinds of colour blindness. */
static const struct dress safe[ROLE_COUNT] = {
    [ROLE_PLAIN] = {-1, -1, A_NORMAL, A_NORMAL},
    [ROLE_DIM] = {246, -1, A_NORMAL, A_NORMAL},
    [ROLE_STRONG] = {-1, -1, A_BOLD, A_BOLD},
    [ROLE_FRAME] = {243, -1, A_NORMAL, A_NORMAL},
    [ROLE_KEY] = {-1, -1, A_BOLD, A_BOLD},
    [ROLE_FOCUS] = {-1, -1, A_REVERSE, A_REVERSE},
    [ROLE_NEEDS] = {-1, -1, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE},
    [ROLE_WARN] = {209, COLOR_RED, A_BOLD, A_BOLD | A_UNDERLINE},
    [ROLE_GOOD] = {75, COLOR_CYAN, A_NORMAL, A_BOLD},
    [ROLE_BAD] = {214, COLOR_YELLOW, A_NORMAL, A_NORMAL},
    [ROLE_SEAT_A] = {117, COLOR_CYAN, A_NORMAL, A_NORMAL},
    [ROLE_SEAT_B] = {215, COLOR_YELLOW, A_NORMAL, A_NORMAL},
    [ROLE_SEAT_C] = {182, COLOR_MAGENTA, A_NORMAL, A_NORMAL},
    [ROLE_SEAT_D] = {250, COLOR_WHITE, A_NORMAL, A_NORMAL},
};
static const short contrast_256[ROLE_COUNT] = {
    [ROLE_PLAIN] = -1, [ROLE_DIM] = -1, [ROLE_STRONG] = -1, [ROLE_FRAME] = -1, [ROLE_KEY] = 226, [ROLE_FOCUS] = -1, [ROLE_NEEDS] = 226,
    [ROLE_WARN] = 226, [ROLE_GOOD] = -1, [ROLE_BAD] = 226, [ROLE_SEAT_A] = -1, [ROLE_SEAT_B] = -1, [ROLE_SEAT_C] = -1, [ROLE_SEAT_D] = -1};
static const short light_256[ROLE_COUNT] = {
    [ROLE_PLAIN] = -1, [ROLE_DIM] = 240, [ROLE_STRONG] = -1, [ROLE_FRAME] = 245, [ROLE_KEY] = -1, [ROLE_FOCUS] = -1, [ROLE_NEEDS] = -1,
    [ROLE_WARN] = 160, [ROLE_GOOD] = 25, [ROLE_BAD] = 130, [ROLE_SEAT_A] = 24, [ROLE_SEAT_B] = 130, [ROLE_SEAT_C] = 90, [ROLE_SEAT_D] = 240};

static attr_t attribute[ROLE_COUNT];
static short pair[ROLE_COUNT];

void paint_start(void)
{
    const char *none = getenv("NO_COLOR"), *palette = getenv("DEMARCHE_PALETTE");
    bool colour = !(none && *none) && !(palette && text_same(palette, "mono")) && has_colors() && start_color() == OK;
    if (colour)
        use_default_colors();
    bool many = colour && COLORS >= 256;
    for (int role = 0; role < ROLE_COUNT; role++) {
        short hue = many ? safe[role].of_256 : safe[role].of_8;
        if (many && palette && text_same(palette, "contrast"))
            hue = contrast_256[role];
        if (many && palette && text_same(palette, "light"))
            hue = light_256[role];
        attribute[role] = colour ? safe[role].with : safe[role].without;
        if (colour && !many && (role == ROLE_DIM || role == ROLE_FRAME))
            attribute[role] = A_DIM;
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
