/* tests/unit/unit.h — what every test program includes first: cmocka and what cmocka wants before it.
 * A test is a sentence: `refused_order_leaves_no_trace`. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST(name) static void name(void **state_)
#define RUN(name) cmocka_unit_test(name)
#define UNUSED_STATE ((void)state_)

#endif
