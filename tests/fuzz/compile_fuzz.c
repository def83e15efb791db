/* tests/fuzz/compile_fuzz.c — any bytes as a whole scenario: findings or a program that verifies and can be played, never a crash or a
 * long wait. Long sets and horizons are left to the cases in tests/golden/hostile/: here they would only make each run slow. */
#include "playing.h"

#include "base/text.h"

enum { ELEMENTS_MOST = 12, TURNS_MOST = 60 };

static bool over(const struct node *n, double most)
{
    double x;
    if (n == NULL)
        return false;
    if (n->kind == NODE_TEXT)
        return text_to_number(n->text, strlen(n->text), &x) && x > most;
    for (int i = 0; i < n->count; i++)
        if (over(n->item[i], most))
            return true;
    return false;
}

static bool too_long(const struct node *root)
{
    const struct node *const time = node_get(root, "time");
    return over(node_get(root, "sets"), ELEMENTS_MOST) || over(node_get(time, "turns"), TURNS_MOST) || over(node_get(time, "steps"), TURNS_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diags found;
    arena_init(&arena, "fuzz");
    diags_init(&found, &arena);
    struct node *const root = read_yaml(&arena, &found, "scenario.yaml", (const char *)data, size);
    if (root != NULL && root->kind == NODE_MAP && !too_long(root)) {
        const struct reading reading = {.root = root, .folder = "tests/golden/names/parts", .path = "scenario.yaml", .whole = "", .whole_length = 0};
        const struct program *const p = lang_compile(&arena, &found, &reading);
        ENSURE(p != NULL || found.errors > 0);
        for (int i = 0; i < found.found.count; i++)
            ENSURE(found.found.at[i].code != D_INTERNAL);
        if (p != NULL) {
            ENSURE(program_verify(p) == NULL);
            fuzz_play(&arena, p, size);
        }
    }
    fuzz_print(&found);
    arena_done(&arena);
    return 0;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    fuzz_dictionary(count, arguments, "compile");
    return 0;
}
