/* tests/fuzz/expr_fuzz.c — any bytes as one expression, in each place that takes one, in a scenario that has something of every kind.
 * The first byte chooses the place, the rest is the expression. */
#include "playing.h"

#include "base/text.h"

static const char before[] =
    "demarche: 1\n"
    "id: probe\n"
    "title: Probe\n"
    "time: {start: 2017-02, turn: 1 month, turns: 6, steps: 2}\n"
    "sets:\n"
    "  good: [coal, ore, fish]\n"
    "  heavy: {of: good, elements: [coal, ore]}\n"
    "  firm: 4\n"
    "networks:\n"
    "  brokers: {over: firm, links: clients(2), by: share, seed: 6}\n"
    "parameters:\n"
    "  k: {value: 2, range: [1, 3], judgement: probe}\n"
    "  fade: {value: 0.3, unit: 1/month, judgement: probe}\n"
    "  share[firm]: {is: \"index(firm) ^ -0.9\"}\n"
    "  base[good]: {value: {coal: 3, otherwise: 1}, unit: $m/month, judgement: probe}\n"
    "  curve: {table: [[0, 0], [5, 1], [10, 0]], judgement: probe}\n"
    "seats:\n"
    "  us: {name: US, short: US, budget: {per_turn: 1, most: 3, start: 2}, goals: {g: {title: G, weight: 1, score: \"100 * trust[us, china]\"}},\n"
    "    personas: {quick: {title: Q, patience: 1, precision: 2}}}\n"
    "  china: {name: China, short: CN, budget: {per_turn: 1, most: 3, start: 2}, goals: {g: {title: G, weight: 1, score: 50}},\n"
    "    personas: {quick: {title: Q, patience: 1, precision: 2}}}\n"
    "moves:\n"
    "  ban: {seat: china, title: Ban, measure: {settings: {soft: 0.5, hard: 1}, ramp: 2 turns, decay: 5%}, cost: 1, effects: {heat: +0.1}}\n"
    "  list: {seat: us, title: List, measure: {settings: {on: 1}}, target: firm, cost: 1, effects: {\"volume[coal]\": {add: -0.1, over: 2}}}\n"
    "  visit: {seat: us, title: Visit, cost: 1, effects: {\"trust[us, china]\": {push: 5%}}}\n"
    "quantities:\n"
    "  heat: {title: Heat, start: 0.2, change: -0.1 * heat, floor: 0, ceiling: 1, judgement: probe}\n"
    "  trust[by in seat, of in seat]: {title: Trust, start: 0.4, change: 0, floor: 0, ceiling: 1, judgement: probe}\n"
    "  volume[good]: {title: Volume, unit: $m, start: 5, change: \"base[good] - fade * volume[good]\", judgement: probe}\n"
    "  income: {title: Income, unit: $m/month, is: \"sum(base[good] over good)\"}\n"
    "  on: {title: On, switch: false}\n"
    "  luck: {title: Luck, draw: \"normal(1, 0.1)\", judgement: probe}\n"
    "plays:\n"
    "  nothing: {}\n";

static const struct spot { const char *head, *tail; } spots[] = {
    {"  probe: {title: P, is: '", "'}\n"},
    {"  probe[good]: {title: P, is: '", "'}\n"},
    {"  probe: {title: P, start: 1, change: '", "'}\n"},
    {"  probe[heavy, firm]: {title: P, start: '", "', change: 0}\n"},
    {"  probe: {title: P, draw: '", "'}\n"},
    {"  probe: {title: P, draw: '", "', every: step}\n"},
    {"  probe: {title: P, start: 1, change: 1, floor: '", "'}\n"},
    {"  other: {title: O, is: 1}\nevents:\n  probe: {title: P, headline: P, when: '", "', effects: {heat: 0.1}}\n"},
    {"  other: {title: O, is: 1}\nevents:\n  probe: {title: P, each: turn, headline: P, effects: {heat: {add: '", "', over: 2, when: heat > 0}}}\n"},
    {"  other: {title: O, is: 1}\nevents:\n  probe: {title: P, headline: P, chance: '", "', cooldown: 1, effects: {\"trust[us, china]\": {push: 5%}}}\n"},
    {"  other: {title: O, is: 1}\nendings:\n  probe: {title: P, when: '", "', worth: {us: 1, china: 2}}\n"},
    {"  other: {title: O, is: 1}\nclaims:\n  probe: {says: P, judgement: probe, expect: '", "'}\n"},
    {"  other: {title: O, is: 1}\nquestions:\n  probe: {ask: P, at: 2017-05, true_when: '", "'}\n"},
};
static const struct spot move_spots[] = {
    {"  probe: {seat: us, title: P, cost: 1, requires: '", "', effects: {heat: 0.1}}\n"},
    {"  probe: {seat: us, title: P, cost: '", "', target: firm, effects: {heat: 0.1}}\n"},
    {"  probe: {seat: us, title: P, cost: 1, target: '", "', effects: {heat: 0.1}}\n"},
    {"  probe: {seat: us, title: P, cost: 1, target: firm, pick: '", "', effects: {heat: 0.1}}\n"},
    {"  probe: {seat: us, title: P, cost: 1, target: good, effects: {\"volume[good]\": {add: '", "', after: 1, lasts: 2}}}\n"},
    {"  probe: {seat: us, title: P, cost: 1, outcomes: [{chance: '", "', title: A, effects: {heat: 0.1}}, {otherwise: true, title: B}]}\n"},
};
enum { SPOTS = sizeof spots / sizeof *spots, MOVE_SPOTS = sizeof move_spots / sizeof *move_spots };

static void add_expression(struct text *t, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)s[i];
        text_addn(t, c < 0x20 || c == 0x7F || c == '\'' ? " " : s + i, 1);
    }
}

static const struct program *compile_at(struct arena *a, struct diags *found, int at, const char *expression, size_t length)
{
    struct text t;
    text_init(&t, a);
    const struct spot *const spot = at < SPOTS ? &spots[at] : &move_spots[at - SPOTS];
    const char *const cut = strstr(before, at < SPOTS ? "plays:\n" : "quantities:\n");
    text_addn(&t, before, (size_t)(cut - before));
    text_add(&t, spot->head);
    add_expression(&t, expression, length);
    text_add(&t, spot->tail);
    text_add(&t, cut);
    struct node *const root = read_yaml(a, found, "scenario.yaml", t.at, t.length);
    if (root == NULL || root->kind != NODE_MAP)
        return NULL;
    const struct reading reading = {.root = root, .folder = "tests/golden/names/parts", .path = "scenario.yaml", .whole = "", .whole_length = 0};
    return lang_compile(a, found, &reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || !text_valid((const char *)data + 1, size - 1))
        return 0;
    struct arena arena;
    struct diags found;
    arena_init(&arena, "fuzz");
    diags_init(&found, &arena);
    const struct program *const p = compile_at(&arena, &found, data[0] % (SPOTS + MOVE_SPOTS), (const char *)data + 1, size - 1);
    ENSURE(p != NULL || found.errors > 0);
    for (int i = 0; i < found.found.count; i++)
        ENSURE(found.found.at[i].code != D_INTERNAL);
    if (p != NULL)
        fuzz_play(&arena, p, size);
    fuzz_print(&found);
    arena_done(&arena);
    return 0;
}

/* A mistake in the scenario itself would leave every expression unread, and nobody would notice. */
int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    struct arena arena;
    struct diags found;
    arena_init(&arena, "fuzz");
    diags_init(&found, &arena);
    if (compile_at(&arena, &found, 0, "1", 1) == NULL) {
        diags_print(&found, stderr);
        UNREACHABLE();
    }
    arena_done(&arena);
    fuzz_dictionary(count, arguments, "expr");
    return 0;
}
