/* engine/vectors.h — the mathematics of base/pmath.c and the draws of base/rng.c, a vector of lanes at a time, to the same bits.
 * Each function follows its namesake operation by operation; what lies outside its range is left to that one, lane by lane. A test
 * holds them together over millions of points (tests/unit/engine/isa_test.c). LANE_BYTES is the width for which a file is compiled. */
#ifndef ENGINE_VECTORS_H
#define ENGINE_VECTORS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/pmath.h"
#include "base/pmath_tail.h"
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#ifndef LANE_BYTES
#define LANE_BYTES 16
#endif

typedef double V __attribute__((vector_size(LANE_BYTES), may_alias));
typedef int64_t M __attribute__((vector_size(LANE_BYTES), may_alias));      /* all ones where true */
typedef uint64_t U __attribute__((vector_size(LANE_BYTES), may_alias));
enum { WIDTH = LANE_BYTES / 8 };

#define TRUTH(m)        ((V)((M)(m) & (int64_t)0x3ff0000000000000))         /* 1.0 or 0.0 */
#define CHOOSE(m, y, z) ((V)(((M)(m) & (M)(y)) | (~(M)(m) & (M)(z))))
#define WHERE(m, y)     ((V)((M)(m) & (M)(y)))                              /* else 0 */
#ifdef __clang__
#define UNROLL          _Pragma("unroll 4")
#else
#define UNROLL          _Pragma("GCC unroll 4")
#endif

/* Series are chains in which each term waits for the last, so several vectors go through them together; j is a constant in each. */
enum { TOGETHER = 4 };
#define ALL(...) do { { enum { j = 0 }; __VA_ARGS__ } { enum { j = 1 }; __VA_ARGS__ } { enum { j = 2 }; __VA_ARGS__ } { enum { j = 3 }; __VA_ARGS__ } } while (0)

/* Is any bit set? */
static inline bool any(M m)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return _mm512_test_epi64_mask((__m512i)m, (__m512i)m) != 0;
#elif defined(__AVX2__) && LANE_BYTES == 32
    return !_mm256_testz_si256((__m256i)m, (__m256i)m);
#elif defined(__SSE2__) && LANE_BYTES == 16
    return _mm_movemask_epi8(_mm_cmpeq_epi8((__m128i)m, _mm_setzero_si128())) != 0xffff;
#else
    int64_t all = 0;
    for (int i = 0; i < WIDTH; i++)
        all |= m[i];
    return all != 0;
#endif
}

static inline V v_sqrt(V x)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return (V)_mm512_sqrt_pd((__m512d)x);
#elif defined(__AVX2__) && LANE_BYTES == 32
    return (V)_mm256_sqrt_pd((__m256d)x);
#elif defined(__SSE2__) && LANE_BYTES == 16
    return (V)_mm_sqrt_pd((__m128d)x);
#else
    V r;
    for (int i = 0; i < WIDTH; i++)
        r[i] = __builtin_sqrt(x[i]);
    return r;
#endif
}

static inline V v_abs(V x) { return (V)((M)x & INT64_MAX); }

/* Cut towards 0, |x| < 2^51; of -0 and what becomes it the sign may be either. */
static inline V v_trunc(V x)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return (V)_mm512_roundscale_pd((__m512d)x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
#elif defined(__AVX2__) && LANE_BYTES == 32
    return (V)_mm256_round_pd((__m256d)x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
#else
    const V magic = (V){0} + 0x1.8p52;
    V near = (x + magic) - magic, one_of_x = (V)(((M)x & INT64_MIN) | (M)((V){0} + 1.0));
    return near - WHERE(v_abs(near) > v_abs(x), one_of_x);
#endif
}

/* Exponential: exp_pair of base/pmath.c for |x| <= 708, where the result is neither subnormal nor infinite. */

static inline M exp_outside(V x) { return ~(M)(v_abs(x) <= 708.0); }

/* What is left of an argument when whole powers of two are out of it: e^(x + low) = 2^k * e^(r + c). */
struct reduced { V r, c, power; };

static inline struct reduced reduce(V x, V low)
{
    const V magic = (V){0} + 0x1.8p52;
    V t = x * 0x1.71547652b82fep+0 + ((V)(((M)(x < 0.0) & INT64_MIN) | (M)((V){0} + 0.5)));
    V k = v_trunc(t);
    V high = x - k * 0x1.62e42fefa2000p-1, less = k * 0x1.9ef35793c7673p-41 - low;
    V r = high - less;
    U power = ((U)(k + magic) << 52) + (uint64_t)0x3ff0000000000000;         /* the low bits of k + magic are k */
    return (struct reduced){r, (high - r) - less, (V)power};
}

static inline V restore(struct reduced x, V p)
{
    V s = 1.0 + x.r, low = x.r - (s - 1.0);
    return (s + (low + (x.r * x.r * p + (x.c + x.c * x.r)))) * x.power;
}

#define EXP_FIRST (1.0 / 6227020800)
#define EXP_TERMS(TERM) TERM(1.0 / 479001600) TERM(1.0 / 39916800) TERM(1.0 / 3628800) TERM(1.0 / 362880) TERM(1.0 / 40320) TERM(1.0 / 5040) \
    TERM(1.0 / 720) TERM(1.0 / 120) TERM(1.0 / 24) TERM(1.0 / 6) TERM(1.0 / 2)

static inline V exp_inside(V x, V low)
{
    struct reduced z = reduce(x, low);
    V p = (V){0} + EXP_FIRST;
#define TERM(t) p = p * z.r + (t);
    EXP_TERMS(TERM)
#undef TERM
    return restore(z, p);
}

static inline void exp_all(V *x, const V *low)                   /* [TOGETHER], in place */
{
    struct reduced z[TOGETHER];
    V p[TOGETHER];
    ALL(z[j] = reduce(x[j], low[j]); p[j] = (V){0} + EXP_FIRST;);
#define TERM(t) ALL(p[j] = p[j] * z[j].r + (t););
    EXP_TERMS(TERM)
#undef TERM
    ALL(x[j] = restore(z[j], p[j]););
}

static inline void exp_many(V *x)
{
    const V none[TOGETHER] = {{0}};
    exp_all(x, none);
}

static inline V v_exp(V x)
{
    V r = exp_inside(x, (V){0});
    M outside = exp_outside(x);
    if (__builtin_expect(any(outside), 0))
        for (int i = 0; i < WIDTH; i++)
            if (outside[i])
                r[i] = pm_exp(x[i]);
    return r;
}

/* Logarithm: pm_ln for normal numbers above 0. */

struct split { V e, f, s, z; };                                  /* x = 2^e * (1 + f), s = f / (2 + f), z = s * s */

static inline struct split split(V x)
{
    M u = (M)x;
    V e = (V)((M)((U)u >> 52) | (int64_t)0x4330000000000000) - (0x1p52 + 1023);
    V m = (V)((u & (int64_t)0xFFFFFFFFFFFFF) | (int64_t)0x3ff0000000000000);
    M big = (M)(m >= 0x1.6a09e667f3bcdp+0);
    m = CHOOSE(big, m * 0.5, m);
    V f = m - 1.0, s = f / (2.0 + f);
    return (struct split){e + TRUTH(big), f, s, s * s};
}

static inline V gather_up(struct split x, V p)
{
    V half = 0.5 * x.f * x.f, small = half - (x.s * (half + x.z * p) + x.e * 0x1.9ef35793c7673p-41);
    return x.e * 0x1.62e42fefa2000p-1 - (small - x.f);
}

#define LN_FIRST (2.0 / 25)
#define LN_TERMS(TERM) TERM(2.0 / 23) TERM(2.0 / 21) TERM(2.0 / 19) TERM(2.0 / 17) TERM(2.0 / 15) TERM(2.0 / 13) TERM(2.0 / 11) TERM(2.0 / 9) \
    TERM(2.0 / 7) TERM(2.0 / 5) TERM(2.0 / 3)

static inline V ln_inside(V x)
{
    struct split y = split(x);
    V p = (V){0} + LN_FIRST;
#define TERM(t) p = p * y.z + (t);
    LN_TERMS(TERM)
#undef TERM
    return gather_up(y, p);
}

static inline void ln_many(V *x)                                 /* [TOGETHER], in place */
{
    struct split y[TOGETHER];
    V p[TOGETHER];
    ALL(y[j] = split(x[j]); p[j] = (V){0} + LN_FIRST;);
#define TERM(t) ALL(p[j] = p[j] * y[j].z + (t););
    LN_TERMS(TERM)
#undef TERM
    ALL(x[j] = gather_up(y[j], p[j]););
}

static inline M ln_outside(V x) { return ~((M)(x >= 0x1p-1022) & (M)(x <= 0x1.fffffffffffffp+1023)); }

static inline V v_ln(V x)
{
    V r = ln_inside(x);
    M outside = ln_outside(x);
    if (__builtin_expect(any(outside), 0))
        for (int i = 0; i < WIDTH; i++)
            if (outside[i])
                r[i] = pm_ln(x[i]);
    return r;
}

/* Power: pm_pow where it goes by a logarithm in two doubles and nothing is near the end of its range. */

struct two { V high, low; };

static inline struct two two_fast(V a, V b)
{
    V s = a + b;
    return (struct two){s, b - (s - a)};
}

static inline struct two two_product(V a, V b)
{
    V p = a * b, ta = a * 134217729.0, tb = b * 134217729.0;
    V ah = ta - (ta - a), al = a - ah, bh = tb - (tb - b), bl = b - bh;
    return (struct two){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline struct two two_times(struct two a, struct two b)
{
    struct two p = two_product(a.high, b.high);
    return two_fast(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static inline struct two two_plus(struct two a, struct two b)
{
    V s = a.high + b.high, c = s - a.high, low = (a.high - (s - c)) + (b.high - c);
    return two_fast(s, low + (a.low + b.low));
}

static inline struct two ln_two(V x)
{
    struct split y = split(x);
    struct two d = two_fast((V){0} + 2.0, y.f);
    V s = y.f / d.high;
    struct two back = two_product(s, d.high);
    V two_s_low = 2.0 * ((((y.f - back.high) - back.low) - s * d.low) / d.high);
    struct two half = {s, 0.5 * two_s_low}, z = two_times(half, half);
    V q = z.high, p = (V){0} + 1.0 / 25;
#define TERM(t) p = p * q + (t);
    TERM(1.0 / 23) TERM(1.0 / 21) TERM(1.0 / 19) TERM(1.0 / 17) TERM(1.0 / 15) TERM(1.0 / 13) TERM(1.0 / 11) TERM(1.0 / 9) TERM(1.0 / 7) TERM(1.0 / 5)
#undef TERM
    struct two third = two_times(z, (struct two){(V){0} + 0x1.5555555555555p-2, (V){0} + 0x1.5555555555555p-56});
    struct two sum = two_plus(two_fast((V){0} + 1.0, third.high), (struct two){q * q * p, third.low});
    struct two l = two_times((struct two){2.0 * s, two_s_low}, sum);
    return two_plus(two_fast(y.e * 0x1.62e42fefa2000p-1, y.e * 0x1.9ef35793c7673p-41), l);
}

/* Fails where x < 0 with a fractional y, and at 0 to a negative one; then it is 0. */
static inline V v_pow(V x, V y, M *bad)
{
    M short_cut = (M)(x == 1.0) | (M)(y == 0.0) | (M)(y == 1.0) | (M)(y == 2.0) | (M)(y == 3.0) | (M)(y == 4.0) | (M)(y == -1.0) | (M)(y == 0.5);
    M outside = ln_outside(x) | short_cut | ~(M)(v_abs(y) <= 1e100);
    struct two l = ln_two(CHOOSE(outside, (V){0} + 2.0, x));
    V by = CHOOSE(outside, (V){0} + 1.5, y);
    outside |= exp_outside(by * l.high);
    struct two p = two_product(by, l.high), e = two_fast(p.high, p.low + by * l.low);
    V r = exp_inside(e.high, e.low);
    *bad = (M){0};
    if (any(outside))
        for (int i = 0; i < WIDTH; i++)
            if (outside[i]) {
                bool none = (x[i] < 0 && pm_floor(y[i]) != y[i]) || (x[i] == 0 && y[i] < 0);
                r[i] = none ? 0 : pm_pow(x[i], y[i]);
                (*bad)[i] = none ? -1 : 0;
            }
    return r;
}

/* Normal quantile: pm_normal_quantile for p in [2^-53, 1 - 2^-53], which is all that rng_unit gives. */

static inline V quantile_tail(V q)
{
    V r = v_sqrt(-2.0 * ln_inside(q));
    V above = ((((-7.784894002430293e-03 * r - 3.223964580411365e-01) * r - 2.400758277161838e+00) * r
                - 2.549732539343734e+00) * r + 4.374664141464968e+00) * r + 2.938163982698783e+00;
    V below = (((7.784695709041462e-03 * r + 3.224671290700398e-01) * r + 2.445134137142996e+00) * r
               + 3.754408661907416e+00) * r + 1.0;
    return above / below;
}

static inline V quantile_first(V q)
{
    V c = q - 0.5, r = c * c;
    V above = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                 + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * c;
    V below = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1.0;
    V a = above / below;
    M tail = (M)(q < 0.02425);
    if (any(tail))
        a = CHOOSE(tail, quantile_tail(CHOOSE(tail, q, (V){0} + 0.01)), a);
    return a;
}

static inline void bell_all(const V *a, V *e)                     /* [TOGETHER]; |a| <= 37 */
{
    V less[TOGETHER];
    ALL(V p = a[j] * a[j]; V t = a[j] * 134217729.0; V high = t - (t - a[j]); V low = a[j] - high;
        less[j] = -0.5 * (((high * high - p) + high * low + low * high) + low * low);
        e[j] = -0.5 * p;);
    exp_all(e, less);
}

static inline void quantiles(V *p)                               /* [TOGETHER], in place */
{
    static const double tail[TAIL_TERMS] = {TAIL_COEFFICIENTS};
    V q[TOGETHER], a[TOGETHER], t[TOGETHER], b[TOGETHER], c[TOGETHER], e[TOGETHER];
    ALL(q[j] = CHOOSE(p[j] < 0.5, p[j], 1.0 - p[j]);
        a[j] = quantile_first(q[j]);
        t[j] = 2.0 * ((-a[j] - 4.0) / (-a[j] + 4.0));
        b[j] = c[j] = (V){0};);
    for (int i = TAIL_TERMS - 1; i > 0; i--)
        ALL(V next = tail[i] + (t[j] * b[j] - c[j]);
            c[j] = b[j];
            b[j] = next;);
    bell_all(a, e);
    ALL(V scaled = (tail[0] + (0.5 * t[j] * b[j] - c[j])) / (1.0 + -a[j]);
        V u = (e[j] * scaled - q[j]) * 0x1.40d931ff62706p+1 / e[j];
        V z = a[j] - u / (1.0 + 0.5 * a[j] * u);
        p[j] = CHOOSE(p[j] < 0.5, z, -z););
}

/* Draws: rng_unit of rng_at(rng_key(...)), for lanes of one stream and count. */

#define PCG_STEP 6364136223846793005u

#if LANE_BYTES > 16
typedef U DRAWN;
typedef uint64_t KEYS __attribute__((vector_size(LANE_BYTES), may_alias, aligned(8)));
#else
typedef uint64_t DRAWN __attribute__((may_alias));               /* no shift by lane in SSE2: one at a time is faster */
typedef DRAWN KEYS;
#endif
enum { DRAWN_LANES = (int)(sizeof(DRAWN) / 8) };

static inline DRAWN v_mix(DRAWN x)
{
    x += (uint64_t)0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * (uint64_t)0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * (uint64_t)0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static inline DRAWN v_u32(DRAWN old)
{
    DRAWN x = ((old >> 18 ^ old) >> 27) & (uint64_t)UINT32_MAX;
    return ((x | x << 32) >> (old >> 59)) & (uint64_t)UINT32_MAX;
}

static inline DRAWN v_unit_bits(DRAWN key)                       /* 52 bits */
{
    DRAWN inc = v_mix(key) << 1 | (uint64_t)1, state = (key + inc) * (uint64_t)PCG_STEP + inc, after = state * (uint64_t)PCG_STEP + inc;
    return (v_u32(state) << 32 | v_u32(after)) >> 12;
}

/* Units of lanes 0..n-1 (a multiple of WIDTH) of these seeds and runs. */
static inline void units(const uint64_t *seed, const uint64_t *run, uint64_t stream, uint64_t count, int n, double *unit)
{
    for (int l = 0; l < n; l += DRAWN_LANES) {
        DRAWN key = v_mix(v_mix(v_mix(v_mix((DRAWN)*(const KEYS *)(seed + l)) ^ stream) ^ (DRAWN)*(const KEYS *)(run + l)) ^ count);
        *(DRAWN *)(void *)(unit + l) = v_unit_bits(key) | (uint64_t)0x4330000000000000;
    }
    for (int l = 0; l < n; l += WIDTH) {
        V k = *(V *)(unit + l) - 0x1p52;
        *(V *)(unit + l) = (k + 0.5) * 0x1p-52;
    }
}

#endif
