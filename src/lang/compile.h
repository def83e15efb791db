/* lang/compile.h — from a reading to a checked program. */
#ifndef LANG_COMPILE_H
#define LANG_COMPILE_H

#include "base/diag.h"
#include "code/program.h"
#include "lang/node.h"

/* Structure, names, types, units, evidence: every mistake of one run goes into d. NULL if there was an error. Numbers without
 * evidence and units that cannot be vouched for are warnings. The program lives in the arena. */
const struct program *lang_compile(struct arena *a, struct diags *d, const struct reading *r);
/* What `sources` lists that the program itself does not keep: bare numbers in equations and effects, with their evidence. */

#endif
