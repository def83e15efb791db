/* code/operands.c — opcodes.def's operand strings, taken apart.
 * A letter says what an operand is, not in which field it stands: they fill a, b, c, e from the left. */
#include "code/operands.h"

#include "base/panic.h"

static const struct { const char *name, *operands; } written[OP_COUNT] = {
#define OP(name, operands, help) [OP_##name] = {#name, operands},
#include "code/opcodes.def"
#undef OP
};

static enum operand_kind kind_of(char letter)
{
    switch (letter) {
    case 'a': case 'b': case 'c':           return OPERAND_SLOT;
    case 'A': case 'B': case 'M': case 'P': return OPERAND_RANGE;
    case 'N': return OPERAND_COUNT;
    case 'S': return OPERAND_STRIDE;
    case 'K': return OPERAND_PLACE;
    case 'T': return OPERAND_TABLE;
    case 'R': return OPERAND_STREAM;
    }
    UNREACHABLE();
}

struct operands operands_of(unsigned op)
{
    REQUIRE(op < OP_COUNT);
    struct operands o = {.name = written[op].name, .result_range = op == OP_SHARE || op == OP_RINGPUT};
    for (const char *s = written[op].operands; *s; s++) {
        if (*s == ' ' || *s == 'd')
            continue;
        if (*s == 'g')
            o.guarded = true;
        else {
            INVARIANT(o.count < MOST_OPERANDS);
            o.kind[o.count++] = kind_of(*s);
        }
    }
    if (op == OP_RINGGET)
        o.kind[0] = OPERAND_RANGE;          /* `a` is where the ring begins */
    return o;
}
