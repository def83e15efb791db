/* code/proposal_private.h — the words of the grammar, one table for reading and printing. */
#ifndef CODE_PROPOSAL_PRIVATE_H
#define CODE_PROPOSAL_PRIVATE_H

#include "code/proposal.h"

/* Indexed by the enums of proposal.h. */
extern const char *const kind_word[6], *const channel_word[3], *const remedy_word[4], *const binding_word[3], *const verb_word[7], *const fact_word[6];

#endif
