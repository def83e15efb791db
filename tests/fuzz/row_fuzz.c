/* tests/fuzz/row_fuzz.c — a row from anywhere is read or refused with words, and what is read prints and reads back the same. */
#include "playing.h"

static const char scenario[] =
    "demarche: 1\n"
    "id: rows\n"
    "title: Rows\n"
    "time: {start: 2017-02, turn: 1 month, turns: 6, steps: 2}\n"
    "sets: {good: [coal, ore, fish], firm: 12}\n"
    "seats: {us: {name: US, short: US}}\n"
    "moves:\n"
    "  ban: {seat: us, title: Ban, measure: {settings: {soft: 0.5, hard: 1}}, effects: {heat: 0.1}}\n"
    "  list: {seat: us, title: List, measure: {settings: {on: 1}}, target: firm, effects: {heat: 0.1}}\n"
    "  lift: {seat: us, title: Lift, effects: {heat: 0.1}}\n"
    "  ease: {seat: us, title: Ease, measure: {settings: {on: 1}}, target: good, effects: {heat: 0.1}}\n"
    "  visit: {seat: us, title: Visit, target: good, effects: {heat: 0.1}}\n"
    "quantities: {heat: {title: Heat, start: 0.2, change: 0, judgement: probe}}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct program *const p = fuzz_fixed(scenario);
    struct arena arena;
    struct row row, again;
    arena_init(&arena, "fuzz");
    const char *const wrong = row_parse(p, &arena, arena_copy(&arena, (const char *)data, size), &row);
    if (wrong != NULL) {
        ENSURE(*wrong != '\0');
    } else {
        ENSURE(row.move >= 0 && row.move < p->moves && row.level <= 1);
        const char *const back = row_parse(p, &arena, row_print(p, &arena, row), &again);
        ENSURE(back == NULL);
        ENSURE(row.verb == again.verb && row.move == again.move && row.target == again.target && row.setting == again.setting &&
               row.level == again.level);
        ENSURE(*row_say(p, &arena, row) != '\0');
    }
    arena_done(&arena);
    return 0;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    fuzz_dictionary(count, arguments, "row");
    return 0;
}
