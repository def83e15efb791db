/* engine/self_check.c — is this machine one on which the same seed gives the same bits?
 * The known bits were taken once, from gcc 12 at -O0; a build that gives others must not run. */
#include <float.h>
#include <string.h>

#include "base/pmath.h"
#include "base/rng.h"
#include "engine/world.h"

_Static_assert(FLT_EVAL_METHOD == 0, "doubles must be computed as doubles (on 32-bit x86: -msse2 -mfpmath=sse)");

static const uint64_t KNOWN_BITS = 0x7114a95d0b6e4752u;

static uint64_t put(uint64_t h, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return rng_mix(h ^ bits);
}

static uint64_t bits_of_kernels(void)
{
    uint64_t h = 0;
    for (int i = 1; i <= 64; i++) {
        double x = i * 0.37, u = i / 65.0;
        struct rng r = rng_at(rng_key((uint64_t)i, 1, 2, 3));
        h = put(h, pm_exp(x - 12));
        h = put(h, pm_ln(x));
        h = put(h, pm_log10(x));
        h = put(h, pm_pow(x, u * 5 - 2));
        h = put(h, pm_sin(x));
        h = put(h, pm_cos(x));
        h = put(h, pm_tan(x));
        h = put(h, pm_asin(u));
        h = put(h, pm_acos(u));
        h = put(h, pm_atan(x));
        h = put(h, pm_sqrt(x));
        h = put(h, pm_mod(x, u));
        h = put(h, pm_normal_quantile(u));
        h = put(h, pm_normal_cdf(x - 12));
        h = put(h, rng_unit(&r));
    }
    return h;
}

const char *engine_self_check(void)
{
    volatile double one = 1, half = 0x1p-53, small = 5e-311;
    if (one + half != 1 || -one - half != -1 || one + 3 * half != 1 + 0x1p-51)
        return "numbers are not rounded to nearest here; something has set another rounding mode";
    if (small / 2 == 0)
        return "tiny numbers are flushed to zero here; a library built with fast mathematics has been loaded";
    if (bits_of_kernels() != KNOWN_BITS)
        return "the mathematics of this build gives other bits than it must; build without fast mathematics or contraction";
    return NULL;
}
