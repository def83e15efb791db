/* lang/unit.h — units of expressions: what they are made of, and the factor between known multiples ($bn, year, kt).
 *
 * A name whose block gives no `unit` counts as a pure number, but an expression that leans on one is only `vouched` for as far as
 * that is true: a mismatch between vouched units is an error, any other a warning. A bare number takes the unit its place asks for.
 */
#ifndef LANG_UNIT_H
#define LANG_UNIT_H

#include <stdbool.h>
#include "base/arena.h"

enum { UNIT_PARTS = 6 };
struct unit {
    bool bare;                           /* a literal: fits anywhere */
    bool vouched;                        /* every name in it has a stated unit */
    int parts;
    struct { int base; double power; } part[UNIT_PARTS];      /* sorted by base */
    double scale;                        /* this unit in its base units: $bn is 1000 of $m */
};

struct unit unit_bare(void);
struct unit unit_none(void);             /* a pure number, vouched */
struct unit unit_unstated(void);         /* a pure number because nothing was said */
/* "$m/month", "1/month", "$m/thousand/month", "point^2", "1", "%". False if it cannot be read. */
bool unit_read(const char *text, struct unit *u);
const char *unit_print(const struct unit *u, struct arena *a);
bool unit_pure(const struct unit *u);    /* no parts */
bool unit_same(const struct unit *a, const struct unit *b);        /* but for the scale; a bare one is the same as any */
struct unit unit_times(struct unit a, struct unit b);
struct unit unit_over(struct unit a, struct unit b);
struct unit unit_power(struct unit a, double power);
struct unit unit_time(const char *time_unit);                      /* of the axis: month …; unstated on a plain axis */

#endif
