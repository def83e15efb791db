/* base/digest.c — SHA-256 by libcrypto. A failure here can only be a broken library, so it is a panic. */
#include "base/digest.h"

#include <openssl/evp.h>

#include "base/panic.h"

static struct digest digest_two(const void *first, size_t first_length, const void *second, size_t second_length)
{
    struct digest d;
    unsigned length = 0;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    INVARIANT(c != NULL && "out of memory");
    INVARIANT(EVP_DigestInit_ex(c, EVP_sha256(), NULL) == 1);
    INVARIANT(first_length == 0 || EVP_DigestUpdate(c, first, first_length) == 1);
    INVARIANT(second_length == 0 || EVP_DigestUpdate(c, second, second_length) == 1);
    INVARIANT(EVP_DigestFinal_ex(c, d.byte, &length) == 1);
    ENSURE(length == DIGEST_BYTES);
    EVP_MD_CTX_free(c);
    return d;
}

struct digest digest_of(const void *data, size_t length)
{
    return digest_two(data, length, NULL, 0);
}

struct digest digest_chain(struct digest before, const void *data, size_t length)
{
    return digest_two(before.byte, sizeof before.byte, data, length);
}

const char *digest_text(struct digest d, char out[static DIGEST_TEXT])
{
    static const char figure[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = figure[d.byte[i] >> 4];
        out[2 * i + 1] = figure[d.byte[i] & 15];
    }
    out[DIGEST_TEXT - 1] = '\0';
    return out;
}
