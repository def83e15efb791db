/* base/isa.c — the processor is asked, and then whoever started the program.
 * Asked anew each time (some tens of nanoseconds), so that nothing need be kept and a test may change its mind. */
#include "base/isa.h"

#include <stdlib.h>
#include <string.h>

#include "base/panic.h"

static enum isa widest(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return ISA_AVX512;
    if (__builtin_cpu_supports("avx2"))
        return ISA_AVX2;
#endif
    return ISA_PLAIN;
}

const char *isa_name(enum isa isa)
{
    switch (isa) {
    case ISA_PLAIN:  return "sse2";
    case ISA_AVX2:   return "avx2";
    case ISA_AVX512: return "avx512";
    }
    UNREACHABLE();
}

enum isa isa_chosen(void)
{
    const char *wanted = getenv("DEMARCHE_ISA");
    enum isa best = widest();
    for (int i = 0; wanted && i < (int)best; i++)
        if (strcmp(wanted, isa_name((enum isa)i)) == 0)
            return (enum isa)i;
    return best;
}
