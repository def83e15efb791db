/* cli/check_private.h — `check --claims`: how claims and comparisons are shown (check_claims.c), for check.c. */
#ifndef CLI_CHECK_PRIVATE_H
#define CLI_CHECK_PRIVATE_H

#include <stdio.h>
#include "base/json.h"
#include "code/program.h"

struct claims_asked { int draws, threads; uint64_t seed; };
/* Judges and prints every claim, then every comparison. Returns how many claims do not hold. */
int check_claims_print(struct arena *a, const struct program *p, const struct claims_asked *asked, FILE *out);
/* The same into "claims" and "compare" of an object. */
int check_claims_json(struct arena *a, const struct program *p, const struct claims_asked *asked, struct json *into);

#endif
