/* tests/fuzz/proposal_fuzz.c — a proposal from anywhere is read or refused with words and a place, and what is read prints and reads back the same. */
#include "code/proposal.h"
#include "playing.h"

static const char scenario[] =
    "demarche: 1\n"
    "id: proposals\n"
    "title: Proposals\n"
    "time: {start: 2017-02, turn: 1 month, turns: 6, steps: 2}\n"
    "sets: {good: [coal, ore, fish]}\n"
    "seats: {us: {name: US, short: US}, china: {name: China, short: CN}}\n"
    "moves:\n"
    "  ban: {seat: china, title: Ban, measure: {settings: {soft: 0.5, hard: 1}}, target: good}\n"
    "  list: {seat: us, title: List, measure: {}}\n"
    "  ease: {seat: us, title: Ease, measure: {}}\n"
    "  visit: {seat: us, title: Visit}\n"
    "terms: {calm: {seat: china, kept_when: heat < 1, judgement: probe}}\n"
    "dialogue: {vague: {much: [30%, 90%], soon: [1, 3]}, verify: {figures: {lag: 1}}}\n"
    "quantities:\n"
    "  heat: {title: Heat, start: 0.2, change: 0, judgement: probe}\n"
    "  trade[good]: {start: 1, judgement: probe}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct program *const p = fuzz_fixed(scenario);
    const struct proposal_place place = {size > 0 ? data[0] % 2 : 0, size > 1 ? data[1] % 5 : 0};
    struct arena arena;
    struct proposal proposal, again;
    int at;
    arena_init(&arena, "fuzz");
    const char *const text = arena_copy(&arena, (const char *)data, size), *const wrong = proposal_parse(p, &arena, place, text, &proposal, &at);
    ENSURE(at >= 0 && (size_t)at <= strlen(text));
    if (wrong != NULL) {
        ENSURE(*wrong != '\0');
    } else {
        ENSURE(proposal.clauses > 0 && proposal.clauses <= MOST_CLAUSES);
        ENSURE(proposal_parse(p, &arena, place, proposal_print(p, &arena, place, &proposal), &again, NULL) == NULL);
        ENSURE(proposal_same(&proposal, &again));
        ENSURE(*proposal_say(p, &arena, &proposal) != '\0');
    }
    arena_done(&arena);
    return 0;
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    fuzz_dictionary(count, arguments, "proposal");
    return 0;
}
