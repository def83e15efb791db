/* lang/node.c — looking things up in a tree of nodes.
 * Maps are searched in the order written, for most are short; a long one has been sorted when it was read. */
#include "lang/node.h"

#include <string.h>

struct node *node_get(const struct node *map, const char *key)
{
    if (map == NULL || map->kind != NODE_MAP)
        return NULL;
    for (int low = 0, high = map->order != NULL ? map->count : 0; low < high;) {
        int const middle = low + (high - low) / 2, way = strcmp(map->key[map->order[middle]]->text, key);
        if (way == 0)
            return map->item[map->order[middle]];
        if (way < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (int i = 0; map->order == NULL && i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

bool node_is_text(const struct node *n)
{
    return n != NULL && n->kind == NODE_TEXT;
}
