/* base/arena.c — memory by lifetime. One of the two places that call malloc (JSON's library is the other).
 * Fresh blocks come zeroed from calloc; arena_reset zeroes what it gives back, so arena_alloc never has to. Test builds define
 * ARENA_BLOCK small, so that block borders are everywhere. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/panic.h"

#ifndef ARENA_BLOCK
#define ARENA_BLOCK (64u * 1024u)
#endif
enum { LINE = 64 };

struct arena_block {
    struct arena_block *below;   /* owned */
    void *whole;                 /* owned: what calloc gave, before alignment */
    unsigned char *bytes;        /* aligned to LINE, inside `whole` */
    size_t size, at;
};

void arena_init(struct arena *a, const char *name)
{
    *a = (struct arena){.name = name};
}

static void block_free(struct arena_block *b)
{
    free(b->whole);
    free(b);
}

void arena_done(struct arena *a)
{
    while (a->top) {
        struct arena_block *gone = a->top;
        a->top = gone->below;
        block_free(gone);
    }
    a->used = 0;
}

static struct arena_block *block_new(struct arena *a, size_t size)
{
    REQUIRE(size <= SIZE_MAX - LINE);
    struct arena_block *b = calloc(1, sizeof *b);
    INVARIANT(b != NULL && "out of memory");
    b->whole = calloc(1, size + LINE);
    INVARIANT(b->whole != NULL && "out of memory");
    size_t off = (LINE - (uintptr_t)b->whole % LINE) % LINE;
    b->bytes = (unsigned char *)b->whole + off;
    b->size = size;
    b->below = a->top;
    a->top = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    REQUIRE(size <= SIZE_MAX / 4);
    size_t align = size >= LINE ? LINE : _Alignof(max_align_t);
    if (size == 0)
        size = 1;                /* so that two allocations are never the same pointer */
    struct arena_block *b = a->top;
    size_t at = b ? (b->at + align - 1) / align * align : 0;
    if (!b || at > b->size || size > b->size - at) {
        /* Blocks double with the arena, so a large one is a few blocks and not thousands. */
        size_t room = a->used < ARENA_BLOCK ? ARENA_BLOCK : a->used < ((size_t)8 << 20) ? a->used : (size_t)8 << 20;
        b = block_new(a, size > room ? size : room);
        at = 0;
    }
    b->at = at + size;
    a->used += size;
    if (a->used > a->peak)
        a->peak = a->used;
    return b->bytes + at;
}

char *arena_copy(struct arena *a, const char *text, size_t length)
{
    char *out = arena_alloc(a, length + 1);
    if (length)
        memcpy(out, text, length);
    return out;
}

char *arena_text(struct arena *a, const char *text)
{
    return text ? arena_copy(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    REQUIRE(n >= 0);
    char *out = arena_alloc(a, (size_t)n + 1);
    vsnprintf(out, (size_t)n + 1, format, again);
    va_end(again);
    return out;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->top, a->top ? a->top->at : 0, a->used};
}

void arena_reset(struct arena *a, struct arena_mark mark)
{
    while (a->top != mark.block) {
        struct arena_block *gone = a->top;
        REQUIRE(gone != NULL);   /* the mark is of another arena */
        a->top = gone->below;
        block_free(gone);
    }
    if (a->top) {
        REQUIRE(mark.at <= a->top->at);
        memset(a->top->bytes + mark.at, 0, a->top->at - mark.at);
        a->top->at = mark.at;
    }
    a->used = mark.used;
}

void *arena_grow(struct arena *a, const void *old, int count, int *room, size_t size)
{
    REQUIRE(count >= 0 && *room < INT32_MAX / 2);
    *room = *room ? *room * 2 : 8;
    void *fresh = arena_alloc(a, (size_t)*room * size);
    if (count)
        memcpy(fresh, old, (size_t)count * size);
    return fresh;
}
