/* tests/fuzz/read_fuzz.c — any bytes as a scenario: reading and checking must end in findings, never in a crash or a long wait.
 * With libFuzzer: make fuzz. Without: build with -DFUZZ_ALONE and name files; each is read once. Seeds lie in tests/fuzz/read/. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/panic.h"
#include "lang/node.h"
#include "lang/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);

/* What node.h promises to those who walk the tree. */
static void hold_to_promises(const struct diags *d, const struct node *n)
{
    const struct source *const file = &d->sources.at[0];
    INVARIANT(n->at.at >= file->from && n->at.at + n->at.length <= file->from + file->length);
    if (n->raw) {
        INVARIANT(n->kind == NODE_TEXT && strlen(n->text) == n->at.length);
        INVARIANT(memcmp(n->text, file->text + (n->at.at - file->from), n->at.length) == 0);
    }
    INVARIANT((n->kind == NODE_TEXT) == (n->text != NULL));
    for (int i = 0; n->kind != NODE_TEXT && i < n->count; i++) {
        if (n->kind == NODE_MAP) {
            INVARIANT(n->key[i]->kind == NODE_TEXT && n->key[i]->text[0] != '\0');
            INVARIANT(node_get(n, n->key[i]->text) == n->item[i]);
            hold_to_promises(d, n->key[i]);
        }
        hold_to_promises(d, n->item[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diags found;
    arena_init(&arena, "fuzz");
    diags_init(&found, &arena);
    const struct node *const root = read_yaml(&arena, &found, "scenario.yaml", (const char *)data, size);
    INVARIANT(root != NULL || found.errors > 0);
    if (root != NULL)
        hold_to_promises(&found, root);
    schema_check(&found, root);
    FILE *const nowhere = fopen("/dev/null", "w");
    if (nowhere != NULL) {
        diags_print(&found, nowhere);
        fclose(nowhere);
    }
    arena_done(&arena);
    return 0;
}

#ifdef FUZZ_ALONE

int main(int count, char **names)
{
    for (int i = 1; i < count; i++) {
        FILE *const file = fopen(names[i], "rb");
        if (file == NULL) {
            fprintf(stderr, "cannot open %s\n", names[i]);
            return 1;
        }
        static uint8_t bytes[1 << 20];
        size_t const size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        LLVMFuzzerTestOneInput(bytes, size);
        printf("read %s\n", names[i]);
    }
    return 0;
}

#else

/* The dictionary comes from the table of keys on every start, so that it cannot be out of date. */
int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    static char path[] = "build/fuzz/read.dict", flag[] = "-dict=build/fuzz/read.dict";
    static char *longer[64];
    FILE *const out = *count < 60 ? fopen(path, "w") : NULL;
    if (out == NULL)
        return 0;
    schema_print_dictionary(out);
    fclose(out);
    memcpy(longer, *arguments, (size_t)*count * sizeof *longer);
    longer[(*count)++] = flag;
    *arguments = longer;
    return 0;
}

#endif
