/* base/arena.h — memory by lifetime: program, game, turn, report.
 * What comes out is zeroed, aligned and never NULL (running out of memory is a panic). */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
    const char *name;                 /* borrowed; `doctor` prints it with the peak */
    struct arena_block *top;          /* owned chain of blocks                      */
    size_t used, peak;                /* bytes                                      */
};
struct arena_mark { struct arena_block *block; size_t at, used; };

void arena_init(struct arena *a, const char *name);
void arena_done(struct arena *a);                              /* frees everything; the arena may be used again */
void *arena_alloc(struct arena *a, size_t size);               /* aligned for any type and to 64 bytes when size >= 64 */
char *arena_copy(struct arena *a, const char *text, size_t length);   /* NUL-terminated copy */
char *arena_text(struct arena *a, const char *text);           /* NULL in, NULL out */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct arena_mark arena_mark(const struct arena *a);
void arena_reset(struct arena *a, struct arena_mark mark);     /* what was handed out since the mark is gone */

#define ARENA_ARRAY(a, count, type) ((type *)arena_alloc((a), (size_t)(count) * sizeof(type)))
#define ARENA_NEW(a, type)          ((type *)arena_alloc((a), sizeof(type)))

/* A growing array in an arena: LIST_OF(struct x) xs; *LIST_ADD(arena, xs) = …;  (old storage stays until the arena goes) */
#define LIST_OF(type) struct { type *at; int count, room; }
#define LIST_ADD(a, list)                                                                                     \
    (((list).count == (list).room                                                                             \
          ? ((list).at = arena_grow((a), (list).at, (list).count, &(list).room, sizeof *(list).at), 0) : 0),  \
     &(list).at[(list).count++])
void *arena_grow(struct arena *a, const void *old, int count, int *room, size_t size);

#endif
