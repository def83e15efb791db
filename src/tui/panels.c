/* tui/panels.c — sharing out rows or columns. Whole cells only, the same answer for the same question. */
#include "tui/panels.h"

/* One cell at a time to whoever has least for its weight: small numbers, so the plain way is fast enough. */
static int hand_out(struct panel *panel, int count, int left)
{
    while (left > 0) {
        int next = -1;
        for (int i = 0; i < count; i++) {
            struct panel *p = &panel[i];
            if (p->size == 0 || p->weight == 0 || p->size >= p->wanted)
                continue;
            if (next < 0 || (p->size - p->min) * panel[next].weight < (panel[next].size - panel[next].min) * p->weight)
                next = i;
        }
        if (next < 0)
            break;
        panel[next].size++;
        left--;
    }
    return left;
}

int panels_share(struct panel *panel, int count, int total)
{
    int need = 0, dropped = 0, heaviest = -1;
    for (int i = 0; i < count; i++) {
        panel[i].size = panel[i].min;
        need += panel[i].min;
    }
    while (need > total) {
        int least = -1;
        for (int i = 0; i < count; i++)
            if (panel[i].size > 0 && (least < 0 || panel[i].importance < panel[least].importance))
                least = i;
        if (least < 0)
            break;
        need -= panel[least].size;
        panel[least].size = 0;
        dropped++;
    }
    int left = hand_out(panel, count, total - need);
    for (int i = 0; i < count; i++)
        if (panel[i].size > 0 && (heaviest < 0 || panel[i].weight > panel[heaviest].weight))
            heaviest = i;
    if (heaviest >= 0)
        panel[heaviest].size += left;
    return dropped;
}
