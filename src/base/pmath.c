/* base/pmath.c — portable mathematics, written for the same bits everywhere first and for the last half ulp second.
 * Where lanes wait for it (exponential, logarithm, normal quantile) a polynomial is the shortest that serves, its coefficients in
 * base/pmath_series.h; elsewhere series are Taylor's with coefficients that anyone can check (1/(2n+1), 1/n!). Precision comes from
 * carrying the rounding error of the leading terms in a second double. No fused multiply-add may be made of this: see the flags in the
 * Makefile.
 * An order of operations changed here is a changed rule: it moves the hash of every recorded game. */
#include "base/pmath.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pmath_series.h"

_Static_assert(FLT_EVAL_METHOD == 0, "doubles must be computed as doubles (on 32-bit x86: -msse2 -mfpmath=sse)");

#define NOT_A_NUMBER ((double)NAN)
#define ENDLESS ((double)INFINITY)

static const double LOG2_E = 0x1.71547652b82fep+0;
static const double LN2_HIGH = 0x1.62e42fefa2000p-1, LN2_LOW = 0x1.9ef35793c7673p-41;     /* 40 bits: times any exponent is exact */
static const double TWO_THIRDS = 0x1.5555555555555p-1, TWO_THIRDS_UP = 0x1.555555p-1, TWO_THIRDS_LOW = 0x1.5555555555555p-27;
static const double ROUNDER = 0x1.8p52;                            /* added and taken off again it rounds what is below 2^51 */
static const double PI_2 = 0x1.921fb54442d18p+0, PI_2_LOW = 0x1.1a62633145c07p-54, TWO_PI = 0x1.921fb54442d18p+2;

/* Bits */

static uint64_t bits_of(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static double of_bits(uint64_t u)
{
    double x;
    memcpy(&x, &u, sizeof x);
    return x;
}

static bool finite_(double x)
{
    return x - x == 0;
}

static double times_two_to(double x, int k)                      /* |k| <= 2044, rounded once where the result is subnormal */
{
    if (k > 1023)
        return x * 0x1p1023 * of_bits((uint64_t)(1023 + k - 1023) << 52);
    if (k < -1022)
        return x * of_bits((uint64_t)(1023 + k + 1022) << 52) * 0x1p-1022;
    return x * of_bits((uint64_t)(1023 + k) << 52);
}

/* x = m * 2^k with m in [sqrt(1/2), sqrt(2)); x > 0 and finite. */
static double split_power(double x, int *k)
{
    int shift = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        shift = -54;
    }
    uint64_t u = bits_of(x);
    int e = (int)(u >> 52) - 1023;
    double m = of_bits((u & 0xFFFFFFFFFFFFFu) | (uint64_t)1023 << 52);
    if (m >= 0x1.6a09e667f3bcdp+0) {
        m *= 0.5;
        e++;
    }
    *k = e + shift;
    return m;
}

/* Sums and products in two doubles */

struct pair { double high, low; };

static struct pair pair_fast(double a, double b)                 /* |a| >= |b| */
{
    double s = a + b;
    return (struct pair){s, b - (s - a)};
}

static struct pair pair_sum(double a, double b)
{
    double s = a + b, c = s - a;
    return (struct pair){s, (a - (s - c)) + (b - c)};
}

static struct pair pair_product(double a, double b)              /* Dekker; |a|, |b| below 2^990 */
{
    double p = a * b, ta = a * 134217729.0, tb = b * 134217729.0;
    double ah = ta - (ta - a), al = a - ah, bh = tb - (tb - b), bl = b - bh;
    return (struct pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static struct pair pair_times(struct pair a, struct pair b)
{
    struct pair p = pair_product(a.high, b.high);
    return pair_fast(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/* Exponential */

/* e^x = 2^k * e^r, |r| <= 0.3466; r = high - less, of which high is exact. */
static double exp_reduce(double x, double low, int *k, double *less)
{
    double whole = x * LOG2_E + ROUNDER - ROUNDER;               /* to the nearest, halves to even */
    *k = (int)whole;
    *less = whole * LN2_LOW - low;
    return x - whole * LN2_HIGH;
}

static double exp_series(double r)                               /* exp(r) - 1 - r for |r| <= 0.3466 */
{
    double p = EXP_FIRST;
#define TERM(t) p = p * r + (t);
    EXP_TERMS(TERM)
#undef TERM
    return r * r * p;
}

static bool exp_outside(double x, double *answer)
{
    if (x < 709.79 && x >= -745.14)
        return false;
    *answer = x != x ? x : x > 0 ? ENDLESS : 0;
    return true;
}

static double exp_pair(double x, double low)                     /* exp(x + low), low far below x, within some 0.52 ulp */
{
    double answer, less;
    int k;
    if (exp_outside(x, &answer))
        return answer;
    double high = exp_reduce(x, low, &k, &less), r = high - less, c = (high - r) - less;
    struct pair one = pair_fast(1, r);
    double y = one.high + (one.low + (exp_series(r) + (c + c * r)));
    return times_two_to(y, k);
}

/* One rounding in the sum and one at the end: within 0.8 ulp, and shorter. */
double pm_exp(double x)
{
    double answer, less;
    int k;
    if (exp_outside(x, &answer))
        return answer;
    double high = exp_reduce(x, 0, &k, &less);
    return times_two_to(1 + (high - (less - exp_series(high - less))), k);
}

/* Logarithms */

static double ln_series(double z)                                /* what ln((1+s)/(1-s)) = 2s + s*this lacks; z = s*s <= 0.0295 */
{
    double p = LN_FIRST;
#define TERM(t) p = p * z + (t);
    LN_TERMS(TERM)
#undef TERM
    return z * p;
}

/* What a logarithm says outside (0, inf): true and the answer. */
static bool ln_outside(double x, double *answer)
{
    if (x > 0 && finite_(x))
        return false;
    *answer = x == 0 ? -ENDLESS : x > 0 || x != x ? x : NOT_A_NUMBER;
    return true;
}

double pm_ln(double x)
{
    double answer;
    int k;
    if (ln_outside(x, &answer))
        return answer;
    double f = split_power(x, &k) - 1;                           /* exact */
    double s = f / (2 + f), half = 0.5 * f * f;
    /* ln(1 + f) = f - (f*f/2 - s * (f*f/2 + series)): f is exact, so only small terms carry errors. */
    double small = half - (s * (half + ln_series(s * s)) + k * LN2_LOW);
    return k * LN2_HIGH - (small - f);
}

/* The upper half of a number: 26 bits, so that the product of two of them is exact. */
static double upper(double x) { return of_bits(bits_of(x) & ~(uint64_t)0x7ffffff); }

/* ln x to some 65 bits; x in (0, inf). Parts of 26 bits whose products are exact, as in fdlibm's pow, but over the whole of
 * [sqrt(1/2), sqrt(2)): with s = f / (2 + f) = s_up + s_low, 3 ln(1 + f) / 2 = s * (3 + s*s + s*s*s*s * series). */
static struct pair ln_pair(double x)
{
    int k;
    double f = split_power(x, &k) - 1, d = 2 + f, part = 1 / d, s = f * part, s_up = upper(s), d_up = upper(d);
    double s_low = ((f - s_up * d_up) - s_up * (f - (d_up - 2))) * part, z = s * s, p = LN_FAR_FIRST;
#define TERM(t) p = p * z + (t);
    LN_FAR_TERMS(TERM)
#undef TERM
    double square = s_up * s_up, rest = z * z * p + s_low * (s_up + s);
    double t_up = upper(3 + square + rest), t_low = rest - ((t_up - 3) - square);
    double u = s_up * t_up, v = s_low * t_up + t_low * s, w_up = upper(u + v), w_low = v - (w_up - u);
    struct pair l = pair_fast(k * LN2_HIGH, TWO_THIRDS_UP * w_up);
    return pair_fast(l.high, l.low + (TWO_THIRDS_LOW * w_up + w_low * TWO_THIRDS + k * LN2_LOW));
}

double pm_log10(double x)
{
    double answer;
    if (ln_outside(x, &answer))
        return answer;
    struct pair l = pair_times(ln_pair(x), (struct pair){0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57});
    return l.high + l.low;
}

/* Powers */

static bool is_whole(double y)
{
    return floor(y) == y;
}

static double pow_of_positive(double x, double y)
{
    struct pair l = ln_pair(x);
    double about = y * l.high;
    if (about > 710)
        return ENDLESS;
    if (about < -746)
        return 0;
    double y_up = upper(y), l_up = upper(l.high);
    struct pair e = pair_fast(y_up * l_up, y * ((l.high - l_up) + l.low) + (y - y_up) * l_up);
    return exp_pair(e.high, e.low);
}

double pm_pow(double x, double y)
{
    if (y == 0 || x == 1)
        return 1;
    if (x != x || y != y)
        return x + y;
    /* Short ones by multiplication, each within 2 ulp, so that whoever writes x * x gets the bits of pow(x, 2). */
    if (y == 1)
        return x;
    if (y == 2)
        return x * x;
    if (y == 3)
        return x * x * x;
    if (y == 4)
        return (x * x) * (x * x);
    if (y == -1)
        return 1 / x;
    if (y == 0.5 && x >= 0)
        return sqrt(x);
    double size = fabs(x);
    bool odd = is_whole(y) && !is_whole(y * 0.5), negative = odd && (x < 0 || (x == 0 && 1 / x < 0));
    double result;
    if (!finite_(y))
        return size == 1 ? 1 : (size > 1) == (y > 0) ? ENDLESS : 0;
    if (size == 0 || !finite_(size))
        result = (size == 0) == (y < 0) ? ENDLESS : 0;
    else if (x < 0 && !is_whole(y))
        return NOT_A_NUMBER;
    else
        result = size == 1 ? 1 : pow_of_positive(size, y);
    return negative ? -result : result;
}

/* Circle */

static double sin_near(double r, double low)                     /* |r| <= pi/4 */
{
    double z = r * r, p = 1.0 / 355687428096000;
    p = p * z - 1.0 / 1307674368000;
    p = p * z + 1.0 / 6227020800;
    p = p * z - 1.0 / 39916800;
    p = p * z + 1.0 / 362880;
    p = p * z - 1.0 / 5040;
    p = p * z + 1.0 / 120;
    p = p * z - 1.0 / 6;
    return r + (r * z * p + low * (1 - 0.5 * z));
}

static double cos_near(double r, double low)
{
    double z = r * r, p = -1.0 / 6402373705728000;
    p = p * z + 1.0 / 20922789888000;
    p = p * z - 1.0 / 87178291200;
    p = p * z + 1.0 / 479001600;
    p = p * z - 1.0 / 3628800;
    p = p * z + 1.0 / 40320;
    p = p * z - 1.0 / 720;
    p = p * z + 1.0 / 24;
    double half = 0.5 * z, w = 1 - half;
    return w + (((1 - w) - half) + (z * z * p - r * low));
}

/* The quarter of the circle (0..3) and what is left, in two doubles. */
static int quarter_of(double x, struct pair *left)
{
    if (fabs(x) > 1e6)
        x = pm_mod(x, TWO_PI);                                   /* keeps the bits the same, not their meaning at 1e15 */
    double n = floor(x * 0x1.45f306dc9c883p-1 + 0.5);
    double t = x - n * 0x1.921fb54400000p+0;                     /* three parts of 33 bits: products by n are exact */
    struct pair a = pair_sum(t, -(n * 0x1.0b4611a600000p-34));
    struct pair b = pair_sum(a.high, -(n * 0x1.3198a2e000000p-69));
    *left = pair_fast(b.high, b.low + (a.low - n * 0x1.b839a252049c1p-104));
    return (int)((int64_t)n & 3);
}

double pm_sin(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    int quarter = quarter_of(x, &r);
    double y = quarter & 1 ? cos_near(r.high, r.low) : sin_near(r.high, r.low);
    return quarter & 2 ? -y : y;
}

double pm_cos(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    int quarter = quarter_of(x, &r);
    double y = quarter & 1 ? sin_near(r.high, r.low) : cos_near(r.high, r.low);
    return quarter == 1 || quarter == 2 ? -y : y;
}

double pm_tan(double x)
{
    struct pair r;
    if (!finite_(x))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    int quarter = quarter_of(x, &r);
    double s = sin_near(r.high, r.low), c = cos_near(r.high, r.low);
    return quarter & 1 ? -c / s : s / c;
}

static double atan_near(double t)                                /* t - atan(t) for |t| <= 7/16 */
{
    double z = t * t, p = 0;
    for (int n = 47; n >= 3; n -= 2)
        p = 1.0 / n - z * p;
    return t * z * p;
}

double pm_atan(double x)
{
    double size = fabs(x), high = 0, low = 0, t = size, y;
    if (x != x)
        return x;
    if (size >= 2.4375) {
        high = PI_2, low = PI_2_LOW, t = -1 / size;
    } else if (size >= 1.1875) {
        high = 0x1.f730bd281f69bp-1, low = 0x1.007887af0cbbdp-56, t = (size - 1.5) / (1 + 1.5 * size);
    } else if (size >= 0.6875) {
        high = 0.5 * PI_2, low = 0.5 * PI_2_LOW, t = (size - 1) / (size + 1);
    } else if (size >= 0.4375) {
        high = 0x1.dac670561bb4fp-2, low = 0x1.a2b7f222f65e2p-56, t = (2 * size - 1) / (2 + size);
    }
    y = high + (t - (atan_near(t) - low));
    return x < 0 ? -y : high == 0 ? x - atan_near(x) : y;
}

double pm_asin(double x)
{
    if (!(fabs(x) <= 1))
        return NOT_A_NUMBER;
    if (fabs(x) == 1)
        return x * PI_2;
    return pm_atan(x / sqrt((1 - x) * (1 + x)));
}

double pm_acos(double x)
{
    if (!(fabs(x) <= 1))
        return NOT_A_NUMBER;
    return x == -1 ? 2 * PI_2 : 2 * pm_atan(sqrt((1 - x) / (1 + x)));
}

/* Whole numbers and remainders */

double pm_sqrt(double x)
{
    return sqrt(x);
}

double pm_floor(double x)
{
    return floor(x);
}

double pm_trunc(double x)
{
    return x < 0 ? -floor(-x) : floor(x);
}

double pm_round(double x)
{
    double size = fabs(x), whole = floor(size);
    if (size - whole >= 0.5)                                     /* the difference is exact; size + 0.5 would not be */
        whole += 1;
    return x < 0 ? -whole : whole;
}

/* The remainder of a by b, both > 0 and finite, exactly: long division in binary. */
static double remainder_of(double a, double b)
{
    int n = 0;
    double c = b;
    if (a < b)
        return a;
    while (c <= a * 0.5) {                                       /* halving a is exact here, since a >= 2c is far from subnormal or b is tiny */
        c *= 2;
        n++;
    }
    for (; n >= 0; n--, c *= 0.5)
        if (a >= c)
            a -= c;                                              /* exact: c <= a < 2c */
    return a;
}

double pm_mod(double a, double b)
{
    if (!finite_(a) || b != b || b == 0)
        return NOT_A_NUMBER;
    double r = finite_(b) ? remainder_of(fabs(a), fabs(b)) : fabs(a);
    if (r == 0)
        return 0;
    if ((a < 0) == (b < 0))
        return b < 0 ? -r : r;
    r = fabs(b) - r;
    return b < 0 ? -r : r;
}

/* The normal distribution */

/* (1 + a) * exp(a*a/2) * Q(a) for a >= 0, where Q is the upper tail: smooth from 1/2 to 1/sqrt(2 pi) over t = (a-4)/(a+4), and so a
 * short sum of Chebyshev polynomials. Coefficients computed with 60 digits by interpolation at 48 nodes; the next is below 1e-19. */
enum { TAIL_TERMS = 26 };
static const double tail[TAIL_TERMS] = {
    0.465586599696378366, -0.0642375171233433089, -0.0111715095967212195, 0.0126363059943762301,
    -0.00482849064013174402, 0.00107938341061560133, -0.000119409952028524801, -6.84858837767667641e-6,
    4.06062971806549089e-6, -1.95275447083383642e-7, -1.13459443864675652e-7, 1.22739713842654205e-8,
    3.66244120334155896e-9, -5.08894850621062098e-10, -1.46024020120931642e-10, 1.83219665290642274e-11,
    6.85754440002754588e-12, -5.07727205804945484e-13, -3.45806436520477391e-13, 4.41292285580920736e-16,
    1.70548665722669114e-14, 1.51236532781150671e-15, -7.37010078341667753e-16, -1.61248855842648837e-16,
    2.13069262765081605e-17, 1.17348071405724047e-17
};

static double tail_scaled(double a)                              /* exp(a*a/2) * Q(a) */
{
    double t = 2 * ((a - 4) / (a + 4)), b = 0, c = 0;
    for (int i = TAIL_TERMS - 1; i > 0; i--) {
        double next = tail[i] + (t * b - c);                     /* Clenshaw */
        c = b;
        b = next;
    }
    return (tail[0] + (0.5 * t * b - c)) / (1 + a);
}

static double bell(double a)                                     /* exp(-a*a/2) */
{
    if (a > 40)
        return 0;
    struct pair square = pair_product(a, a);
    return exp_pair(-0.5 * square.high, -0.5 * square.low);
}

double pm_normal_cdf(double z)
{
    if (z != z)
        return z;
    double a = fabs(z), q = a > 40 ? 0 : bell(a) * tail_scaled(a);
    return z > 0 ? 1 - q : q;
}

#define ONE_DOUBLE(c) (c)
/* Wichura's algorithm AS 241 (Applied Statistics 37, 1988): three quotients of polynomials, each right to 1e-16 where it serves
 * but for its rounding. */
double pm_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -ENDLESS : p == 1 ? ENDLESS : NOT_A_NUMBER;
    double q = p - 0.5, x, above, below;
    if (fabs(q) <= QUANTILE_MIDDLE) {
        x = QUANTILE_MIDDLE_SQUARE - q * q;
        QUANTILE_SIDES(MIDDLE, ONE_DOUBLE)
        return q * above / below;
    }
    x = sqrt(-pm_ln(q < 0 ? p : 1 - p));                         /* 1 - p is exact from one half up */
    if (x <= QUANTILE_FAR) {
        x -= QUANTILE_TAIL_FROM;
        QUANTILE_SIDES(TAIL, ONE_DOUBLE)
    } else {
        x -= QUANTILE_FAR;
        QUANTILE_SIDES(END, ONE_DOUBLE)
    }
    return q < 0 ? -(above / below) : above / below;
}
