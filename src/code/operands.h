/* code/operands.h — what each operand of an instruction is, read from opcodes.def's operand strings: one table for whoever must look
 * through instructions (verify, dump). */
#ifndef CODE_OPERANDS_H
#define CODE_OPERANDS_H

#include "code/program.h"

enum operand_kind {
    OPERAND_SLOT,           /* one slot read: a b c                                    */
    OPERAND_RANGE,          /* the first of N slots read: A B M P (B with S: S apart)  */
    OPERAND_COUNT,          /* N                                                       */
    OPERAND_STRIDE,         /* S                                                       */
    OPERAND_PLACE,          /* K: one of the N                                         */
    OPERAND_TABLE,          /* T                                                       */
    OPERAND_STREAM          /* R                                                       */
};
enum { MOST_OPERANDS = 4 };
struct operands {
    const char *name;
    int count; enum operand_kind kind[MOST_OPERANDS];       /* in fields a, b, c, e */
    bool result_range;      /* writes one or more of d..d+N-1; else d alone */
    bool guarded;
};

struct operands operands_of(unsigned op);                   /* op < OP_COUNT */
static inline uint32_t operand_at(const struct instr *in, int i) { return i == 0 ? in->a : i == 1 ? in->b : i == 2 ? in->c : in->e; }

#endif
