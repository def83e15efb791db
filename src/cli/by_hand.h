/* cli/by_hand.h — scenarios/sanctions8 as someone would write it in C, for `demarche bench` to be held against. It lies in tests/bench,
 * is compiled at -O2 whatever the mode, and uses the C library's exp and log; its numbers are never hashed. */
#ifndef CLI_BY_HAND_H
#define CLI_BY_HAND_H

#include <stdint.h>

/* All turns of one run, on the draws that the engine takes for this seed and run; parameters in the order of the scenario. */
enum { BY_HAND_STOCKS = 8, BY_HAND_PARAMETERS = 39 };
void by_hand_run(const double *parameter, uint64_t seed, uint64_t run, uint64_t stream, double *stock);

#endif
