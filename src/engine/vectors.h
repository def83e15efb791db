/* engine/vectors.h — the mathematics of base/pmath.c and the draws of base/rng.c, a vector of lanes at a time, to the same bits.
 * Each function follows its namesake operation by operation; what lies outside its range is left to that one, lane by lane. A test
 * holds them together over millions of points (tests/unit/engine/isa_test.c). LANE_BYTES is the width for which a file is compiled. */
#ifndef ENGINE_VECTORS_H
#define ENGINE_VECTORS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/pmath.h"
#include "base/pmath_series.h"
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
#define SPLAT(c)        ((V){0} + (c))
#define CHOOSE(m, y, z) ((V)(((M)(m) & (M)(y)) | (~(M)(m) & (M)(z))))
#define WHERE(m, y)     ((V)((M)(m) & (M)(y)))                              /* else 0 */
#ifdef __clang__
#define UNROLL          _Pragma("unroll 8")
#else
#define UNROLL          _Pragma("GCC unroll 8")
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

/* y where it is less (greater) than x, else x: so the processor says it too, of zeros and of what is no number. */
static inline V lesser(V x, V y)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return (V)_mm512_min_pd((__m512d)y, (__m512d)x);
#elif defined(__AVX2__) && LANE_BYTES == 32
    return (V)_mm256_min_pd((__m256d)y, (__m256d)x);
#elif defined(__SSE2__) && LANE_BYTES == 16
    return (V)_mm_min_pd((__m128d)y, (__m128d)x);
#else
    return CHOOSE(y < x, y, x);
#endif
}

static inline V greater(V x, V y)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return (V)_mm512_max_pd((__m512d)y, (__m512d)x);
#elif defined(__AVX2__) && LANE_BYTES == 32
    return (V)_mm256_max_pd((__m256d)y, (__m256d)x);
#elif defined(__SSE2__) && LANE_BYTES == 16
    return (V)_mm_max_pd((__m128d)y, (__m128d)x);
#else
    return CHOOSE(y > x, y, x);
#endif
}

static inline V v_abs(V x) { return (V)((M)x & INT64_MAX); }

/* Exponential: pm_exp for |x| <= 708, where the result is neither subnormal nor infinite. */

static inline M exp_outside(V x) { return ~(M)(v_abs(x) <= 708.0); }

/* What is left of an argument when whole powers of two are out of it: e^(x + low) = power * e^(high - less). */
struct reduced { V high, less, r, power; };

static inline struct reduced reduce(V x, V low)
{
    V t = x * 0x1.71547652b82fep+0 + 0x1.8p52, k = t - 0x1.8p52;
    V high = x - k * 0x1.62e42fefa2000p-1, less = k * 0x1.9ef35793c7673p-41 - low;
    U power = ((U)t << 52) + (uint64_t)0x3ff0000000000000;                   /* the low bits of t are k */
    return (struct reduced){high, less, high - less, (V)power};
}

static inline V exp_inside_pair(V x, V low)                      /* exp_pair */
{
    struct reduced z = reduce(x, low);
    V p = SPLAT(EXP_FIRST);
#define TERM(t) p = p * z.r + (t);
    EXP_TERMS(TERM)
#undef TERM
    V c = (z.high - z.r) - z.less, s = 1.0 + z.r, rest = z.r - (s - 1.0);
    return (s + (rest + (z.r * z.r * p + (c + c * z.r)))) * z.power;
}

static inline V restore(struct reduced z, V p) { return (1.0 + (z.high - (z.less - z.r * z.r * p))) * z.power; }

static inline V exp_inside(V x)
{
    struct reduced z = reduce(x, (V){0});
    V p = SPLAT(EXP_FIRST);
#define TERM(t) p = p * z.r + (t);
    EXP_TERMS(TERM)
#undef TERM
    return restore(z, p);
}

static inline void exp_many(V *x)                                /* [TOGETHER], in place */
{
    struct reduced z[TOGETHER];
    V p[TOGETHER];
    ALL(z[j] = reduce(x[j], (V){0}); p[j] = SPLAT(EXP_FIRST););
#define TERM(t) ALL(p[j] = p[j] * z[j].r + (t););
    EXP_TERMS(TERM)
#undef TERM
    ALL(x[j] = restore(z[j], p[j]););
}

static inline V v_exp(V x)
{
    V r = exp_inside(x);
    M outside = exp_outside(x);
    if (__builtin_expect(any(outside), 0))
        for (int i = 0; i < WIDTH; i++)
            if (outside[i])
                r[i] = pm_exp(x[i]);
    return r;
}

/* Logarithm: pm_ln for normal numbers above 0. */

struct split { V e, f, s, z; };                                  /* x = 2^e * (1 + f); s = f / (2 + f), z = s * s, for whoever wants them */

static inline struct split split(V x)
{
    const uint64_t root_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
    U u = (U)x + (one - root_half);                              /* its exponent counts from sqrt(1/2) on */
    V e = (V)((u >> 52) | (uint64_t)0x4330000000000000) - (0x1p52 + 1023);
    V f = (V)((u & (uint64_t)0xfffffffffffff) + root_half) - 1.0, s = f / (2.0 + f);
    return (struct split){e, f, s, s * s};
}

static inline V gather_up(struct split x, V p)
{
    V half = 0.5 * x.f * x.f, small = half - (x.s * (half + x.z * p) + x.e * 0x1.9ef35793c7673p-41);
    return x.e * 0x1.62e42fefa2000p-1 - (small - x.f);
}

static inline V ln_inside(V x)
{
    struct split y = split(x);
    V p = SPLAT(LN_FIRST);
#define TERM(t) p = p * y.z + (t);
    LN_TERMS(TERM)
#undef TERM
    return gather_up(y, p);
}

static inline void ln_many(V *x)                                 /* [TOGETHER], in place */
{
    struct split y[TOGETHER];
    V p[TOGETHER];
    ALL(y[j] = split(x[j]); p[j] = SPLAT(LN_FIRST););
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

static inline V upper(V x) { return (V)((M)x & ~(int64_t)0x7ffffff); }

static inline struct two ln_two(V x)
{
    struct split y = split(x);
    V d = 2.0 + y.f, part = 1.0 / d, s = y.f * part, s_up = upper(s), d_up = upper(d);
    V s_low = ((y.f - s_up * d_up) - s_up * (y.f - (d_up - 2.0))) * part, z = s * s, p = SPLAT(LN_FAR_FIRST);
#define TERM(t) p = p * z + (t);
    LN_FAR_TERMS(TERM)
#undef TERM
    V square = s_up * s_up, rest = z * z * p + s_low * (s_up + s);
    V t_up = upper(3.0 + square + rest), t_low = rest - ((t_up - 3.0) - square);
    V u = s_up * t_up, v = s_low * t_up + t_low * s, w_up = upper(u + v), w_low = v - (w_up - u);
    struct two l = two_fast(y.e * 0x1.62e42fefa2000p-1, 0x1.555555p-1 * w_up);
    return two_fast(l.high, l.low + (0x1.5555555555555p-27 * w_up + w_low * 0x1.5555555555555p-1 + y.e * 0x1.9ef35793c7673p-41));
}

/* Fails where x < 0 with a fractional y, and at 0 to a negative one; then it is 0. */
static inline V v_pow(V x, V y, M *bad)
{
    M short_cut = (M)(x == 1.0) | (M)(y == 0.0) | (M)(y == 1.0) | (M)(y == 2.0) | (M)(y == 3.0) | (M)(y == 4.0) | (M)(y == -1.0) | (M)(y == 0.5);
    M outside = ln_outside(x) | short_cut | ~(M)(v_abs(y) <= 1e100);
    struct two l = ln_two(CHOOSE(outside, (V){0} + 2.0, x));
    V by = CHOOSE(outside, (V){0} + 1.5, y);
    outside |= exp_outside(by * l.high);
    V by_up = upper(by), l_up = upper(l.high);
    struct two e = two_fast(by_up * l_up, by * ((l.high - l_up) + l.low) + (by - by_up) * l_up);
    V r = exp_inside_pair(e.high, e.low);
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

/* Normal quantile: pm_normal_quantile for n units (a multiple of WIDTH, at most MOST_UNITS), in place. Nearly a sixth lie in a tail, so
 * that most vectors would have one there: they are set aside, worked out together and put back. */
enum { MOST_UNITS = 64 };

static inline void quantile_middles(V *p)                        /* [TOGETHER], in place */
{
    V q[TOGETHER], r[TOGETHER], up[TOGETHER], down[TOGETHER];
    ALL(q[j] = p[j] - 0.5; r[j] = QUANTILE_MIDDLE_SQUARE - q[j] * q[j]; up[j] = SPLAT(MIDDLE_ABOVE_FIRST); down[j] = SPLAT(MIDDLE_BELOW_FIRST););
#define TERM(t) ALL(up[j] = up[j] * r[j] + (t););
    MIDDLE_ABOVE(TERM)
#undef TERM
#define TERM(t) ALL(down[j] = down[j] * r[j] + (t););
    MIDDLE_BELOW(TERM)
#undef TERM
    ALL(p[j] = q[j] * up[j] / down[j];);
}

static inline V quantile_tails(V p)
{
    M low = (M)(p < 0.5);
    V x = v_sqrt(-ln_inside(CHOOSE(low, p, 1.0 - p))), above, below;
    M far = (M)(x > QUANTILE_FAR);
    V far_x = x;
    x = x - QUANTILE_TAIL_FROM;
    QUANTILE_SIDES(TAIL, SPLAT)
    if (__builtin_expect(any(far), 0)) {
        V near_above = above, near_below = below;
        x = far_x - QUANTILE_FAR;
        QUANTILE_SIDES(END, SPLAT)
        above = CHOOSE(far, above, near_above);
        below = CHOOSE(far, below, near_below);
    }
    V z = above / below;
    return CHOOSE(low, -z, z);
}

/* Bit i: lane i is true. */
static inline unsigned bits_of_lanes(M m)
{
#if defined(__AVX512DQ__) && LANE_BYTES == 64
    return _mm512_movepi64_mask((__m512i)m);
#elif defined(__AVX2__) && LANE_BYTES == 32
    return (unsigned)_mm256_movemask_pd((__m256d)m);
#elif defined(__SSE2__) && LANE_BYTES == 16
    return (unsigned)_mm_movemask_pd((__m128d)m);
#else
    unsigned bits = 0;
    for (int i = 0; i < WIDTH; i++)
        bits |= (unsigned)(m[i] & 1) << i;
    return bits;
#endif
}

static inline void quantiles(double *p, int n)
{
    _Alignas(64) double aside[MOST_UNITS + WIDTH];
    int from[MOST_UNITS], tails = 0;
    uint64_t where = 0;
    for (int l = 0; l < n; l += WIDTH)
        where |= (uint64_t)bits_of_lanes((M)(v_abs(*(const V *)(p + l) - 0.5) > QUANTILE_MIDDLE)) << l;
    for (; where; where &= where - 1) {
        from[tails] = __builtin_ctzll(where);
        aside[tails] = p[from[tails]];
        tails++;
    }
    for (int l = 0; l < n; l += WIDTH * TOGETHER) {
        V z[TOGETHER];
        for (int j = 0; j < TOGETHER; j++)
            z[j] = *(const V *)(p + (l + j * WIDTH < n ? l + j * WIDTH : 0));
        quantile_middles(z);
        for (int j = 0; j < TOGETHER; j++)
            if (l + j * WIDTH < n)
                *(V *)(p + l + j * WIDTH) = z[j];
    }
    for (int i = tails; i % WIDTH != 0; i++)
        aside[i] = 0.01;                                         /* any */
    for (int i = 0; i < tails; i += WIDTH)
        *(V *)(aside + i) = quantile_tails(*(const V *)(aside + i));
    for (int i = 0; i < tails; i++)
        p[from[i]] = aside[i];
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
#if LANE_BYTES > 16
    DRAWN x = ((old >> 18 ^ old) >> 27) & (uint64_t)UINT32_MAX;
    return ((x | x << 32) >> (old >> 59)) & (uint64_t)UINT32_MAX;
#else
    uint32_t x = (uint32_t)((old >> 18 ^ old) >> 27), turn = (uint32_t)(old >> 59);
    return x >> turn | x << (-turn & 31);
#endif
}

static inline DRAWN v_unit_bits(DRAWN key)                       /* 52 bits */
{
    DRAWN inc = v_mix(key) << 1 | (uint64_t)1, state = (key + inc) * (uint64_t)PCG_STEP + inc, after = state * (uint64_t)PCG_STEP + inc;
    return (v_u32(state) << 32 | v_u32(after)) >> 12;
}

/* What a stream's keys share over a run, of lanes 0..n-1 (a multiple of WIDTH). */
static inline void run_keys(const uint64_t *seed, const uint64_t *run, uint64_t stream, int n, uint64_t *key)
{
    for (int l = 0; l < n; l += DRAWN_LANES)
        *(KEYS *)(key + l) = v_mix(v_mix(v_mix((DRAWN)*(const KEYS *)(seed + l)) ^ stream) ^ (DRAWN)*(const KEYS *)(run + l));
}

/* Units of these keys at this count. */
static inline void units(const uint64_t *key, uint64_t count, int n, double *unit)
{
    for (int l = 0; l < n; l += DRAWN_LANES)
        *(DRAWN *)(void *)(unit + l) = v_unit_bits(v_mix((DRAWN)*(const KEYS *)(key + l) ^ count)) | (uint64_t)0x4330000000000000;
    for (int l = 0; l < n; l += WIDTH) {
        V k = *(V *)(unit + l) - 0x1p52;
        *(V *)(unit + l) = (k + 0.5) * 0x1p-52;
    }
}

#endif
