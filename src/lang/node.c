/* lang/node.c — looking things up in a tree of nodes.
 * Maps are searched in the order written: blocks are short, and a scenario is read once. */
#include "lang/node.h"

#include <string.h>

struct node *node_get(const struct node *map, const char *key)
{
    if (map == NULL || map->kind != NODE_MAP)
        return NULL;
    for (int i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

bool node_is_text(const struct node *n)
{
    return n != NULL && n->kind == NODE_TEXT;
}
