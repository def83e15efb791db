/* page/glyphs.h — how much of the letters beyond ASCII charts and screens may use. */
#ifndef PAGE_GLYPHS_H
#define PAGE_GLYPHS_H

/* full: boxes, steps, shades, and braille where it is wide enough; plain: boxes alone; ascii: nothing above 0x7E in what we draw ourselves. */
enum doc_glyphs { DOC_FULL, DOC_PLAIN, DOC_ASCII };

#endif
