/* engine/lanes_sse2.c — the kernels over vectors of 16 bytes: SSE2 on x86, plain vectors elsewhere. */
#define LANE_BYTES 16
#define KERNELS kernels_sse2
#include "engine/kernels.h"
