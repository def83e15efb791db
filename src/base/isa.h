/* base/isa.h — which vector instructions this processor has, and which of them are asked for.
 * The bits of results do not depend on it; only how fast they come. */
#ifndef BASE_ISA_H
#define BASE_ISA_H

enum isa { ISA_PLAIN, ISA_AVX2, ISA_AVX512 };       /* plain: 16 bytes, which is SSE2 on x86 */

/* The widest there is; no wider than DEMARCHE_ISA=sse2|avx2|avx512 says, and never what the processor lacks. */
enum isa isa_chosen(void);
const char *isa_name(enum isa isa);

#endif
