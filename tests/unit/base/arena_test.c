/* tests/unit/base/arena_test.c — what comes out of an arena is zeroed, aligned and gone after a reset. */
#include "unit.h"
#include "base/arena.h"

TEST(memory_is_zeroed_and_aligned)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    for (size_t size = 1; size < 3000; size += 37) {
        unsigned char *p = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)p % (size >= 64 ? 64 : _Alignof(max_align_t)), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    arena_done(&a);
}

TEST(reset_gives_back_and_zeroes_again)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    char *kept = arena_text(&a, "kept");
    struct arena_mark mark = arena_mark(&a);
    size_t used = a.used;
    memset(arena_alloc(&a, 40), 0xAA, 40);
    memset(arena_alloc(&a, 100000), 0xAA, 100000);
    arena_reset(&a, mark);
    assert_int_equal(a.used, used);
    assert_true(a.peak >= used + 100040);
    unsigned char *again = arena_alloc(&a, 40);
    for (int i = 0; i < 40; i++)
        assert_int_equal(again[i], 0);
    assert_string_equal(kept, "kept");
    arena_done(&a);
    assert_int_equal(a.used, 0);
}

TEST(mark_of_an_empty_arena_empties_it)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    struct arena_mark mark = arena_mark(&a);
    arena_alloc(&a, 10);
    arena_reset(&a, mark);
    assert_null(a.top);
    arena_done(&a);
}

TEST(list_grows_and_keeps_what_it_had)
{
    UNUSED_STATE;
    struct arena a;
    LIST_OF(int) xs = {0};
    arena_init(&a, "test");
    for (int i = 0; i < 5000; i++)
        *LIST_ADD(&a, xs) = i * 3;
    assert_int_equal(xs.count, 5000);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(xs.at[i], i * 3);
    arena_done(&a);
}

TEST(printf_and_text_copy)
{
    UNUSED_STATE;
    struct arena a;
    arena_init(&a, "test");
    assert_string_equal(arena_printf(&a, "%s-%d", "x", 7), "x-7");
    assert_null(arena_text(&a, NULL));
    assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(memory_is_zeroed_and_aligned), RUN(reset_gives_back_and_zeroes_again), RUN(mark_of_an_empty_arena_empties_it),
        RUN(list_grows_and_keeps_what_it_had), RUN(printf_and_text_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
