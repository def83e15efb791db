/* engine/lanes_avx2.c — the kernels over vectors of 32 bytes; see the Makefile for how this file is compiled. */
#ifdef __AVX2__
#define LANE_BYTES 32
#define KERNELS kernels_avx2
#include "engine/kernels.h"
#endif
