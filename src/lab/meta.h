/* lab/meta.h — the game whose strategies are personas: what a whole tournament says if each seat chose its persona once and for all.
 * Means are taken as they are, so whatever is nearer together than their errors is not told apart. */
#ifndef LAB_META_H
#define LAB_META_H

#include "lab/tournament.h"

#define META_TIE 1e-9                   /* points: as good as the best */
enum { META_SUPPORT = 4, META_WIDE = 12, META_MIXED_MOST = 20 };

struct meta_seat {
    const double *mean, *spread;        /* [entrants] over all that sit elsewhere, each seating alike; of a game */
    const int *best;                    /* [entrants] against how many of the combinations of the others it is a best answer */
    const int *beaten;                  /* [entrants] the entrant that does better against every combination, or -1 */
    const double *(*share);             /* [META_STAGES][entrants] of the replicator dynamics */
    int combinations;
};
enum { META_STAGES = 3 };
extern const int meta_generation[META_STAGES];          /* 10, 100, 1000 */
/* Each seat's share of personas starts even; in a generation a share grows by exp(0.01) for each point above its seat's mean. */
struct meta_mixed { const double *share[2]; double score[2]; };
struct meta {
    const struct meta_seat *seat;       /* [seats] */
    const int *pure; int pures;         /* indices of seatings from which no seat would change alone */
    const bool *strict;                 /* [pures] each seat would lose by changing */
    const struct meta_mixed *mixed; int mixeds;         /* two seats: in which at least two of each seat's are played; at most META_MIXED_MOST */
    int support;                        /* up to so many were tried; 0: none (other than two seats) */
    bool more;                          /* there are more mixed ones than were kept */
};
void meta_of(struct arena *a, const struct tournament *t, struct meta *out);
/* Best answers of a seat against one seating's others: bit by bit, true for each entrant. Returns how many. */
int meta_best(const struct tournament *t, int seat, int seating, bool *best);

#endif
