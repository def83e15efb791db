/* tui/panels.h — how room is shared out: each panel has what it must have, what it would like, its weight and its importance. */
#ifndef TUI_PANELS_H
#define TUI_PANELS_H

struct panel { int min, wanted, weight, importance; int size; };      /* size: the answer; 0 if it was left out */
/* Leaves out the least important until the rest fits, gives each up to what it wants by weight, then the rest to the heaviest. Returns
 * how many were left out. */
int panels_share(struct panel *panel, int count, int total);

#endif
