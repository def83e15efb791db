/* base/text.h — UTF-8 text: building, measuring, wrapping, comparing, numbers to and from text. Never asks the locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

/* A text that grows in an arena; `at` is always NUL-terminated once something was added ("" before). */
struct text { struct arena *arena; char *at; size_t length, room; };
void text_init(struct text *t, struct arena *arena);
void text_add(struct text *t, const char *s);
void text_addn(struct text *t, const char *s, size_t n);
void text_addf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool text_valid(const char *s, size_t n);                      /* well-formed UTF-8 */
uint32_t text_next(const char **s);                            /* one code point; moves on; 0 at the end, U+FFFD for bad bytes */
size_t text_chars(const char *s, size_t n);                    /* code points in n bytes */
int text_width(const char *s);                                 /* terminal cells: 0 combining, 2 wide CJK, else 1 */
size_t text_fit(const char *s, int cells);                     /* bytes of the longest start that fits in so many cells */
/* The next line of at most `cells` cells, broken at blanks or a newline; returns its bytes, *s moves past it; 0 cells of text may
 * be an empty line. False at the end. */
bool text_wrap(const char **s, int cells, const char **line, size_t *length);

/* The same with '?' for every byte that is no text and every character that would command a terminal or turn its lines round. */
const char *text_plain(struct arena *arena, const char *s);
bool text_commands(const char *s, size_t n);                    /* has such a character, lines and tabs aside */

bool text_same(const char *a, const char *b);                  /* ASCII letters in any case; NULL equals nothing */
bool text_starts(const char *s, const char *start);            /* the same reading */
int text_distance(const char *a, const char *b);               /* edits (with swaps) from a to b, at most 99 */
/* The known word nearest to `word`, or NULL if none is near enough to be meant. */
const char *text_nearest(const char *word, const char *const known[], int count);

/* Numbers: base/number.c. */
enum { NUMBER_TEXT = 32 };
/* The shortest decimal that reads back to the same bits ("0.1", "1e-05", "3", "inf", "-inf", "nan"). Returns `out`. */
const char *text_number(double x, char out[static NUMBER_TEXT]);
/* A number for people: `digits` significant digits, no exponent between 1e-4 and 1e9, no trailing zeros, thousands as they are. */
const char *text_short(double x, int digits, char out[static NUMBER_TEXT]);
/* Strict: the whole of n bytes is [+-] decimal, no leading zero before a digit ("010"), no "inf"; finite. */
bool text_to_number(const char *s, size_t n, double *x);
bool text_to_long(const char *s, size_t n, long *x);
uint64_t text_hash(const char *s);                             /* FNV-1a 64; names streams, so it never changes */

#endif
