/* lab/ranks.h — one study in several processes: `mpirun -n 4 build/mpi/demarche run …`, of a program built with `make MPI=1`.
 *
 * Rank 0 reads, writes and sums up in the order of the runs; the others run their part and send it, so numbers never depend on how many
 * there are. Without MPI, or without mpirun, there is rank 0 alone and nothing here costs anything. Only one thread may call. */
#ifndef LAB_RANKS_H
#define LAB_RANKS_H

#include <stddef.h>
#include "lab/lab_private.h"

/* What one rank does of `blocks` that lie side by side. */
struct share { int first, count; };
struct share ranks_share(int blocks, int rank);
void ranks_tell(void *bytes, size_t size);              /* what rank 0 has there is there in all ranks; all must call */
void ranks_send(const void *bytes, size_t size);        /* to rank 0 */
void ranks_receive(int from, void *bytes, size_t size);
void ranks_send_trouble(const struct trouble *t, int count);
void ranks_receive_trouble(int from, struct arena *a, struct trouble *t, int count);

#endif
