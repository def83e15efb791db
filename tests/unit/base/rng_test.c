/* tests/unit/base/rng_test.c — PCG32 bit for bit as its authors', keys without neighbours' likeness. */
#include "unit.h"
#include "base/rng.h"
#include "base/text.h"

TEST(published_outputs)
{
    UNUSED_STATE;
    /* The demonstration of O'Neill's library: seed 42, stream 54. */
    static const uint32_t want[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e};
    struct rng r;
    rng_seed(&r, 42, 54);
    for (int i = 0; i < 6; i++)
        assert_int_equal(rng_u32(&r), want[i]);
}

/* The same walk as the C++ program below prints. */
static uint64_t walk(uint64_t seed, uint64_t stream)
{
    struct rng r;
    uint64_t h = 0;
    rng_seed(&r, seed, stream);
    for (int i = 0; i < 100000; i++)
        h = h * 31 + rng_u32(&r);
    for (uint32_t i = 1; i < 20000; i++)
        h = h * 31 + rng_below(&r, i * 214013u | 1u);
    static const uint64_t jump[] = {1, 2, 1000, 1u << 31, (uint64_t)1 << 63, (uint64_t)-1000};
    for (int i = 0; i < 6; i++) {
        rng_advance(&r, jump[i]);
        h = h * 31 + rng_u32(&r);
    }
    return h;
}

static const char reference[] =
    "#include <pcg_random.hpp>\n#include <cstdio>\n"
    "int main(){for(uint64_t s=0;s<8;s++){pcg32 r(s*0x9e3779b97f4a7c15ULL,s*77);uint64_t h=0;"
    "for(int i=0;i<100000;i++)h=h*31+r();"
    "for(uint32_t i=1;i<20000;i++)h=h*31+r(i*214013u|1u);"
    "const uint64_t jump[]={1,2,1000,1u<<31,(uint64_t)1<<63,(uint64_t)-1000};"
    "for(int i=0;i<6;i++){r.advance(jump[i]);h=h*31+r();}"
    "std::printf(\"%016llx\\n\",(unsigned long long)h);}}\n";

TEST(same_bits_as_the_reference_library)
{
    UNUSED_STATE;
    char folder[] = "build/pcg-XXXXXX", path[64], command[256], line[64];
    if (system("printf '#include <pcg_random.hpp>\\n' | g++ -E -x c++ - >/dev/null 2>&1") != 0)
        skip();                                          /* no C++ compiler or no libpcg-cpp-dev */
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.cpp", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(reference, f);
    fclose(f);
    snprintf(command, sizeof command, "g++ -O1 -o %s/r %s && %s/r; rm -rf %s", folder, path, folder, folder);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    int n = 0;
    for (; fgets(line, sizeof line, p); n++)
        assert_true(strtoull(line, NULL, 16) == walk((uint64_t)n * 0x9e3779b97f4a7c15u, (uint64_t)n * 77));
    pclose(p);
    assert_int_equal(n, 8);
}

TEST(advance_is_as_many_steps)
{
    UNUSED_STATE;
    struct rng a = rng_at(7), b = a;
    for (int i = 0; i < 1000; i++)
        rng_u32(&a);
    rng_advance(&b, 1000);
    assert_true(a.state == b.state);
    rng_advance(&b, 0);
    assert_true(a.state == b.state);
}

TEST(below_is_below_and_reaches_all)
{
    UNUSED_STATE;
    struct rng r = rng_at(1);
    int seen[7] = {0};
    for (int i = 0; i < 7000; i++)
        seen[rng_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 850, 1150);
    assert_int_equal(rng_below(&r, 1), 0);
}

TEST(unit_is_open_at_both_ends)
{
    UNUSED_STATE;
    struct rng r = rng_at(3);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double u = rng_unit(&r);
        assert_true(u > 0 && u < 1);
        sum += u;
    }
    assert_true(sum > 49600 && sum < 50400);
}

TEST(neighbouring_keys_do_not_look_alike)
{
    UNUSED_STATE;
    enum { N = 100000 };
    uint64_t stream = text_hash("harvest");
    double cross[3] = {0}, before[3] = {0};
    for (uint64_t i = 0; i < N; i++) {
        struct rng r[3] = {rng_at(rng_key(i, 0, stream, 1)), rng_at(rng_key(1, i, stream, 1)), rng_at(rng_key(1, 0, stream, i))};
        for (int k = 0; k < 3; k++) {
            double u = rng_unit(&r[k]) - 0.5;
            cross[k] += u * before[k];
            before[k] = u;
        }
    }
    for (int k = 0; k < 3; k++) {
        double correlation = cross[k] / N * 12;
        assert_true(correlation > -0.015 && correlation < 0.015);
    }
}

TEST(keys_never_change)
{
    UNUSED_STATE;
    /* Recorded games rest on these four. */
    assert_true(rng_mix(0) == 0xe220a8397b1dcdafu);
    assert_true(rng_key(1, 2, text_hash("harvest"), 3) == rng_mix(rng_mix(rng_mix(rng_mix(1) ^ text_hash("harvest")) ^ 2) ^ 3));
    struct rng r = rng_at(rng_key(1, 2, text_hash("harvest"), 3));
    assert_int_equal(rng_u32(&r), 0x48bd2865);
    assert_true(rng_unit(&r) == 0x1.62bcc6db9f564p-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(published_outputs), RUN(same_bits_as_the_reference_library), RUN(advance_is_as_many_steps), RUN(below_is_below_and_reaches_all),
        RUN(unit_is_open_at_both_ends), RUN(neighbouring_keys_do_not_look_alike), RUN(keys_never_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
