/* engine/lanes_avx512.c — the kernels over vectors of 64 bytes; see the Makefile for how this file is compiled. */
#ifdef __AVX512DQ__
#define LANE_BYTES 64
#define KERNELS kernels_avx512
#include "engine/kernels.h"
#endif
