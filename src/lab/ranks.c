/* lab/ranks.c — MPI's home. Everything that is sent has its size from what all ranks know; only troubles carry words of their own. */
#include "lab/ranks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef DEMARCHE_MPI
#include <mpi.h>
#endif

#include "base/panic.h"
#include "base/text.h"

enum { PART = 1 << 30, TAG = 7 };       /* a message counts its bytes in an int */

static int own, count = 1;

/* As Open MPI and the managers that MPICH works with tell what they start. */
static bool started_together(void)
{
    static const char *const names[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *size = getenv(names[i]);
        if (size && atoi(size) > 1)
            return true;
    }
    return false;
}

int lab_rank(void) { return own; }
int lab_ranks(void) { return count; }

struct share ranks_share(int blocks, int rank)
{
    const int first = (int)((long long)blocks * rank / count), end = (int)((long long)blocks * (rank + 1) / count);
    return (struct share){first, end - first};
}

#ifdef DEMARCHE_MPI

const char *lab_ranks_begin(void)
{
    int given;
    if (!started_together())
        return NULL;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given) != MPI_SUCCESS)
        return "MPI cannot be started";
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    if (own > 0 && (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)))
        return "a rank cannot be silenced";
    return NULL;
}

void lab_ranks_end(void)
{
    if (count > 1) {
        fflush(stdout);
        MPI_Finalize();
    }
}

bool lab_ranks_all(bool fine)
{
    int mine = fine, all = mine;
    if (count > 1)
        MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_LAND, MPI_COMM_WORLD);
    return all;
}

void ranks_tell(void *bytes, size_t size)
{
    for (size_t at = 0; count > 1 && at < size; at += PART)
        MPI_Bcast((char *)bytes + at, (int)(size - at < PART ? size - at : PART), MPI_BYTE, 0, MPI_COMM_WORLD);
}

void ranks_send(const void *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += PART)
        MPI_Send((const char *)bytes + at, (int)(size - at < PART ? size - at : PART), MPI_BYTE, 0, TAG, MPI_COMM_WORLD);
}

void ranks_receive(int from, void *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += PART)
        MPI_Recv((char *)bytes + at, (int)(size - at < PART ? size - at : PART), MPI_BYTE, from, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

#else

const char *lab_ranks_begin(void)
{
    return started_together() ? "this program was built without MPI, so its copies know nothing of each other; build one with 'make MPI=1'" : NULL;
}

void lab_ranks_end(void) {}
bool lab_ranks_all(bool fine) { return fine; }
void ranks_tell(void *bytes, size_t size) { (void)bytes, (void)size; }
void ranks_send(const void *bytes, size_t size) { (void)bytes, (void)size; UNREACHABLE(); }
void ranks_receive(int from, void *bytes, size_t size) { (void)from, (void)bytes, (void)size; UNREACHABLE(); }

#endif

/* The path lies somewhere else in another process. */
struct sent { int lane, line, turn, step; char what[TROUBLE_TEXT], path[256]; };

void ranks_send_trouble(const struct trouble *t, int lanes)
{
    int bad = 0;
    for (int l = 0; l < lanes; l++)
        bad += t[l].any;
    ranks_send(&bad, sizeof bad);
    for (int l = 0; l < lanes; l++)
        if (t[l].any) {
            struct sent s = {.lane = l, .line = t[l].line, .turn = t[l].turn, .step = t[l].step};
            snprintf(s.what, sizeof s.what, "%s", t[l].what);
            snprintf(s.path, sizeof s.path, "%s", t[l].path);
            ranks_send(&s, sizeof s);
        }
}

void ranks_receive_trouble(int from, struct arena *a, struct trouble *t, int lanes)
{
    int bad;
    for (int l = 0; l < lanes; l++)
        t[l].any = false;
    ranks_receive(from, &bad, sizeof bad);
    for (int i = 0; i < bad; i++) {
        struct sent s;
        ranks_receive(from, &s, sizeof s);
        REQUIRE(s.lane >= 0 && s.lane < lanes);
        t[s.lane] = (struct trouble){.any = true, .path = arena_text(a, s.path), .line = s.line, .turn = s.turn, .step = s.step};
        snprintf(t[s.lane].what, sizeof t[s.lane].what, "%s", s.what);
    }
}
