/* tui/glyphs.h — how much the terminal's font is trusted with; apart, because <term.h> and code/program.h both have a struct term. */
#ifndef TUI_GLYPHS_H
#define TUI_GLYPHS_H

enum tui_glyphs { TUI_GLYPHS_FULL, TUI_GLYPHS_PLAIN, TUI_GLYPHS_ASCII };

#endif
