/* base/digest.h — SHA-256 by libcrypto (its only home). */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 };
struct digest { uint8_t byte[DIGEST_BYTES]; };
struct digest digest_of(const void *data, size_t length);
/* The next link of a chain: digest of (before's bytes, then data). */
struct digest digest_chain(struct digest before, const void *data, size_t length);
const char *digest_text(struct digest d, char out[static DIGEST_TEXT]);   /* lower-case hexadecimal */

#endif
