/* base/number.c — numbers to and from text, always with a point whatever the locale.
 * The C library converts between digits and doubles exactly; the decimal point, the only thing a locale may change there, is kept out
 * of both directions: digits are read past it, and what is parsed is turned into "digits e exponent" first. */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/panic.h"

enum { DIGITS_MAX = 17, TYPED_MAX = 800 };         /* 767 digits decide any double; more than TYPED_MAX is no number of a person's */

struct decimal { char digit[DIGITS_MAX + 1]; int count, exponent; bool minus; };   /* d.ddd x 10^exponent, no trailing zeros */

static struct decimal decimal_of(double x, int digits)
{
    char raw[64];
    struct decimal d = {.count = 0};
    snprintf(raw, sizeof raw, "%.*e", digits - 1, x);
    char *e = strchr(raw, 'e');
    INVARIANT(e != NULL);
    d.minus = raw[0] == '-';
    for (char *c = raw; c < e; c++)
        if (*c >= '0' && *c <= '9')
            d.digit[d.count++] = *c;
    while (d.count > 1 && d.digit[d.count - 1] == '0')
        d.count--;
    d.digit[d.count] = '\0';
    d.exponent = (int)strtol(e + 1, NULL, 10);
    return d;
}

static double decimal_back(const struct decimal *d)
{
    char raw[64];
    snprintf(raw, sizeof raw, "%s%se%d", d->minus ? "-" : "", d->digit, d->exponent - (d->count - 1));
    return strtod(raw, NULL);
}

static char *put(char *at, const char *s, int n)
{
    memcpy(at, s, (size_t)n);
    return at + n;
}

static char *put_zeros(char *at, int n)
{
    memset(at, '0', (size_t)n);
    return at + n;
}

/* Plain digits between the two exponents, otherwise one digit, a point, the rest and an exponent of two figures or more.
 * At most 1 + 2 + 17 + 1 + 5 characters. */
static void decimal_write(const struct decimal *d, int least, int most, char out[static NUMBER_TEXT])
{
    int whole = d->exponent + 1;                   /* digits before the point */
    char *at = put(out, "-", d->minus);
    if (d->exponent < least || d->exponent >= most) {
        at = put(at, d->digit, 1);
        if (d->count > 1)
            at = put(put(at, ".", 1), d->digit + 1, d->count - 1);
        int size = abs(d->exponent);
        at = put(at, d->exponent < 0 ? "e-" : "e+", 2);
        if (size >= 100)
            *at++ = (char)('0' + size / 100);
        *at++ = (char)('0' + size / 10 % 10);
        *at++ = (char)('0' + size % 10);
    } else if (whole <= 0) {
        at = put(put_zeros(put(at, "0.", 2), -whole), d->digit, d->count);
    } else if (d->count <= whole) {
        at = put_zeros(put(at, d->digit, d->count), whole - d->count);
    } else {
        at = put(put(at, d->digit, whole), ".", 1);
        at = put(at, d->digit + whole, d->count - whole);
    }
    *at = '\0';
    ENSURE(at - out < NUMBER_TEXT);
}

static bool not_finite(double x, char out[static NUMBER_TEXT])
{
    if (x - x == 0)
        return false;
    strcpy(out, x != x ? "nan" : x > 0 ? "inf" : "-inf");
    return true;
}

const char *text_number(double x, char out[static NUMBER_TEXT])
{
    double size = x < 0 ? -x : x;
    if (not_finite(x, out))
        return out;
    if (size >= 1 && size < 1e15 && (double)(long long)x == x) {
        snprintf(out, NUMBER_TEXT, "%lld", (long long)x);
        return out;
    }
    /* Fifteen digits without trailing zeros are the shortest if they read back; below the normal range fewer can do. */
    struct decimal d;
    for (int digits = size < 0x1p-1022 ? 1 : 15; digits <= DIGITS_MAX; digits++) {
        d = decimal_of(x, digits);
        double back = decimal_back(&d);
        if (memcmp(&back, &x, sizeof x) == 0)
            break;
    }
    decimal_write(&d, -4, 16, out);
    return out;
}

const char *text_short(double x, int digits, char out[static NUMBER_TEXT])
{
    REQUIRE(digits >= 1 && digits <= 15);
    double size = x < 0 ? -x : x;
    if (not_finite(x, out))
        return out;
    if (size == 0)
        return strcpy(out, "0");
    if (size >= 1 && size < 1e9) {                 /* figures before the point are never rounded away: 123,456 is not 123,000 */
        int whole = 1;
        for (double ten = 10; ten <= size; ten *= 10)
            whole++;
        if (whole > digits)
            digits = whole;
    }
    struct decimal d = decimal_of(x, digits);
    decimal_write(&d, -4, 9, out);
    return out;
}

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

bool text_to_number(const char *s, size_t n, double *x)
{
    char raw[TYPED_MAX + 32];
    size_t at = 0, w = 0;
    long point = 0;                                /* digits after the point */
    if (n == 0 || n > TYPED_MAX)
        return false;
    if (s[at] == '+' || s[at] == '-')
        if (s[at++] == '-')
            raw[w++] = '-';
    if (at == n || !figure(s[at]))
        return false;                              /* ".5" is too easily read as 5 */
    if (s[at] == '0' && at + 1 < n && figure(s[at + 1]))
        return false;
    while (at < n && figure(s[at]))
        raw[w++] = s[at++];
    if (at < n && s[at] == '.') {
        at++;
        if (at == n || !figure(s[at]))
            return false;
        for (; at < n && figure(s[at]); point++)
            raw[w++] = s[at++];
    }
    long exponent = 0;
    if (at < n && (s[at] == 'e' || s[at] == 'E')) {
        bool minus = false;
        at++;
        if (at < n && (s[at] == '+' || s[at] == '-'))
            minus = s[at++] == '-';
        if (at == n)
            return false;
        for (; at < n && figure(s[at]); at++)
            if (exponent < 100000)
                exponent = exponent * 10 + (s[at] - '0');
        if (minus)
            exponent = -exponent;
    }
    if (at != n)
        return false;
    snprintf(raw + w, sizeof raw - w, "e%ld", exponent - point);
    double value = strtod(raw, NULL);
    if (value - value != 0)
        return false;
    *x = value;
    return true;
}

bool text_to_long(const char *s, size_t n, long *x)
{
    char raw[32];
    size_t at = n > 0 && (s[0] == '+' || s[0] == '-');
    if (n <= at || n >= sizeof raw || (s[at] == '0' && n > at + 1))
        return false;
    for (size_t i = at; i < n; i++)
        if (!figure(s[i]))
            return false;
    if (n - at > 18)                               /* eighteen figures fit any 64-bit long; more is no count of a person's */
        return false;
    memcpy(raw, s, n);
    raw[n] = '\0';
    long long value = strtoll(raw, NULL, 10);
    if (value != (long)value)
        return false;
    *x = (long)value;
    return true;
}
