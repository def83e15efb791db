/* tests/unit/base/digest_test.c — SHA-256 and its chain. */
#include "unit.h"
#include "base/digest.h"

TEST(published_digests)
{
    UNUSED_STATE;
    char text[DIGEST_TEXT];
    assert_string_equal(digest_text(digest_of("", 0), text), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(digest_text(digest_of("abc", 3), text), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(chain_is_the_digest_of_both)
{
    UNUSED_STATE;
    struct digest first = digest_of("abc", 3), want, got = digest_chain(first, "de", 2);
    uint8_t both[DIGEST_BYTES + 2];
    memcpy(both, first.byte, DIGEST_BYTES);
    memcpy(both + DIGEST_BYTES, "de", 2);
    want = digest_of(both, sizeof both);
    assert_memory_equal(got.byte, want.byte, DIGEST_BYTES);
    got = digest_chain(first, "ed", 2);
    assert_memory_not_equal(got.byte, want.byte, DIGEST_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(published_digests), RUN(chain_is_the_digest_of_both)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
