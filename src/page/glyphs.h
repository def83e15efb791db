/* page/glyphs.h — how much of the letters beyond ASCII charts and screens may use. */
#ifndef PAGE_GLYPHS_H
#define PAGE_GLYPHS_H

/* full: boxes, steps, shades, and braille in charts of at least 100 cells; plain: boxes alone; ascii: nothing above 0x7E in what we draw
 * ourselves; fine: full, with braille in smaller charts too, for panels of a wide screen. */
enum doc_glyphs { DOC_FULL, DOC_PLAIN, DOC_ASCII, DOC_FINE };

#endif
