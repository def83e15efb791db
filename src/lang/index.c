/* lang/index.c — places in a growing list, found by a hash: a hostile file has a hundred thousand names, and each is looked for. */
#include "lang/model.h"

static void put(struct index *x, uint64_t hash, int place)
{
    uint32_t k = (uint32_t)hash & (x->room - 1);
    while (x->at[k].place != 0)
        k = (k + 1) & (x->room - 1);
    x->at[k].hash = hash;
    x->at[k].place = place + 1;
}

void index_add(struct arena *a, struct index *x, uint64_t hash, int place)
{
    if (x->used * 2 >= x->room) {
        struct index more = {.room = x->room == 0 ? 64 : x->room * 2};
        more.at = arena_alloc(a, more.room * sizeof *more.at);
        for (uint32_t k = 0; k < x->room; k++)
            if (x->at[k].place != 0)
                put(&more, x->at[k].hash, x->at[k].place - 1);
        more.used = x->used;
        *x = more;
    }
    put(x, hash, place);
    x->used++;
}

int index_next(const struct index *x, uint64_t hash, uint32_t *from)
{
    for (; x->room > 0; ++*from) {
        const uint32_t k = ((uint32_t)hash + *from) & (x->room - 1);
        if (x->at[k].place == 0)
            break;
        if (x->at[k].hash == hash) {
            ++*from;
            return x->at[k].place - 1;
        }
    }
    return -1;
}
