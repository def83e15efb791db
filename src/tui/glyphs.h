/* tui/glyphs.h — how much the terminal's font is trusted with; apart, because <term.h> and code/program.h both have a struct term. */
#ifndef TUI_GLYPHS_H
#define TUI_GLYPHS_H

#include "page/glyphs.h"

enum tui_glyphs { TUI_GLYPHS_FULL = DOC_FULL, TUI_GLYPHS_PLAIN = DOC_PLAIN, TUI_GLYPHS_ASCII = DOC_ASCII };

#endif
