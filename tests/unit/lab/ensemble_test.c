/* tests/unit/lab/ensemble_test.c — rows come in run order with the values of their moment, whoever ran them. */
#include "unit.h"
#include "heap.h"
#include "lab/lab.h"

static struct arena arena;
static int failed;
static const char *why;

static int fresh(void **state)
{
    (void)state;
    arena_init(&arena, "test");
    return 0;
}

static int gone(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* What is written to csv or summary; *result what lab_run answered. */
static const char *written(const struct program *p, struct run_options o, bool summary, int *result)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    *(summary ? &o.summary : &o.csv) = out;
    struct run_result r;
    *result = lab_run(&arena, p, &o, &r);
    failed = r.failed;
    why = r.first_failure;
    fclose(out);
    const char *kept = arena_text(&arena, text);
    free(text);
    return kept;
}

TEST(turn_0_is_the_start_and_draws_begin_with_turn_1)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    int result;
    assert_null(program_verify(&p));
    const char *rows = written(&p, (struct run_options){.play = -1, .runs = 1, .seed = 1, .threads = 1, .median = true, .turns = 2}, false, &result);
    assert_int_equal(result, 0);
    assert_int_equal(failed, 0);
    assert_string_equal(rows, "run,turn,time,quantity,value\n"
                              "0,0,0,heap,100\n0,0,0,logged,0.09531017980432493\n"
                              "0,1,1,heap,90\n0,1,1,noise,0\n0,1,1,logged,0.09531017980432493\n"
                              "0,2,2,heap,81\n0,2,2,noise,0\n0,2,2,logged,0.09531017980432493\n");
}

TEST(a_play_acts_in_its_turns)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    int result;
    const char *rows = written(&p, (struct run_options){.play = 1, .runs = 1, .seed = 1, .threads = 1, .median = true}, false, &result);
    assert_non_null(strstr(rows, "\n0,1,1,heap,99\n"));         /* (100 + 10) * 0.9 */
    assert_non_null(strstr(rows, "\n0,2,2,heap,89.1\n"));
    assert_non_null(strstr(rows, "\n0,3,3,heap,89.19"));        /* (89.1 + 10) * 0.9 = 89.19 */
}

TEST(threads_never_show_in_the_rows)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct run_options o = {.play = -1, .runs = 101, .seed = 5, .threads = 1};
    int result;
    const char *one = written(&p, o, false, &result);
    o.threads = 7;
    assert_string_equal(one, written(&p, o, false, &result));
    assert_non_null(strstr(one, "\n100,3,3,logged,"));
    o.threads = 2;
    const char *end = written(&p, o, true, &result);
    o.threads = 1;
    assert_string_equal(end, written(&p, o, true, &result));
}

TEST(a_run_does_not_depend_on_how_many_there_are)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct run_options o = {.play = -1, .runs = 3, .seed = 5, .threads = 1};
    int result;
    const char *few = written(&p, o, false, &result);
    o.runs = 30;
    const char *many = written(&p, o, false, &result);
    assert_memory_equal(few, many, strlen(few));
}

TEST(a_run_that_fails_is_left_out_and_counted)
{
    UNUSED_STATE;
    struct program p = heap_program(0.1);       /* fails where the rate drawn is at most 0.1: about half */
    int result;
    const char *rows = written(&p, (struct run_options){.play = -1, .runs = 40, .seed = 1, .threads = 2}, false, &result);
    assert_int_equal(result, 0);
    assert_in_range(failed, 5, 35);
    assert_non_null(strstr(why, "heap.yaml:7: the logarithm of zero or of a negative number in logged"));
    int runs = 0;
    for (const char *at = rows; (at = strstr(at, ",3,3,heap,")) != NULL; at++)
        runs++;
    assert_int_equal(runs, 40 - failed);
    const char *end = written(&p, (struct run_options){.play = -1, .runs = 40, .seed = 1, .threads = 2}, true, &result);
    assert_null(strstr(end, "nan"));
}

TEST(if_every_run_fails_there_is_no_summary)
{
    UNUSED_STATE;
    struct program p = heap_program(0.1);
    int result;
    const char *end = written(&p, (struct run_options){.play = -1, .runs = 4, .seed = 1, .threads = 1, .median = true}, true, &result);
    assert_int_equal(result, RUN_ALL_FAILED);
    assert_int_equal(failed, 4);
    assert_string_equal(end, "");
    assert_non_null(strstr(why, "run 0 failed: heap.yaml:7: "));
}

TEST(a_summary_of_one_run_is_that_run)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    int result;
    const char *end = written(&p, (struct run_options){.play = -1, .runs = 1, .seed = 1, .threads = 1, .median = true}, true, &result);
    assert_string_equal(end, "quantity      value  unit\n"
                             "heap           72.9  kg\n"
                             "noise             0\n"
                             "logged    0.0953102\n");
}

/* Rows of a grid in which about half the runs fail, gone on with after so many bytes. */
static const char *gone_on(const struct program *p, struct run_options o, const char *whole, size_t bytes, bool *refused)
{
    FILE *file = tmpfile();
    struct run_result r;
    char *text = ARENA_ARRAY(&arena, strlen(whole) + 100, char);
    fwrite(whole, 1, bytes, file);
    o.csv = file;
    o.resume = true;
    *refused = lab_run(&arena, p, &o, &r) == RUN_REFUSED;
    rewind(file);
    text[fread(text, 1, strlen(whole) + 99, file)] = '\0';
    fclose(file);
    return text;
}

TEST(rows_cut_off_anywhere_are_gone_on_with)
{
    UNUSED_STATE;
    struct program p = heap_program(0.1);
    const struct vary vary = {0, 0, 0.09, 0.13, 3};
    struct run_options o = {.play = -1, .runs = 9, .seed = 1, .threads = 2, .turns = 2};
    int result;
    bool refused;
    for (int grid = 0; grid < 2; grid++) {
        if (grid) {
            o.vary = &vary;             /* every run of the first point fails */
            o.varies = 1;
            o.runs = 2;
        }
        const char *whole = written(&p, o, false, &result);
        assert_int_equal(result, RUN_DONE);
        for (size_t cut = 0; cut <= strlen(whole); cut++) {
            assert_string_equal(gone_on(&p, o, whole, cut, &refused), whole);
            assert_false(refused);
        }
    }
}

TEST(rows_of_another_seed_or_another_shape_are_refused)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    struct run_options o = {.play = -1, .runs = 9, .seed = 1, .threads = 2, .turns = 2}, other = o;
    int result;
    bool refused;
    const char *whole = written(&p, o, false, &result);
    other.seed = 2;
    assert_string_equal(gone_on(&p, other, whole, strlen(whole), &refused), whole);
    assert_true(refused);
    other = o;
    other.turns = 3;
    gone_on(&p, other, whole, strlen(whole), &refused);
    assert_true(refused);
    other = o;
    other.runs = 8;
    gone_on(&p, other, whole, strlen(whole), &refused);
    assert_true(refused);
    other.runs = 20;                    /* more runs than before are welcome */
    gone_on(&p, other, whole, strlen(whole), &refused);
    assert_false(refused);
}

TEST(a_run_has_the_same_luck_at_every_point)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    const struct vary vary = {0, -1, 0, 0.5, 2};
    int result;
    const char *rows = written(&p, (struct run_options){.play = -1, .runs = 5, .seed = 1, .threads = 2, .turns = 1, .vary = &vary, .varies = 1}, false, &result);
    const char *noise = strstr(rows, "\n4,1,1,noise,"), *tail = strstr(noise, ",0\n");
    assert_non_null(strstr(rows, "run,turn,time,quantity,value,rate\n0,0,0,heap,100,0\n"));
    assert_non_null(strstr(rows, "\n4,1,1,heap,50,0.5\n"));
    const char *again = arena_printf(&arena, "%.*s,0.5\n", (int)(tail - noise), noise);
    assert_non_null(strstr(rows, again));
}

static bool at_once(void *self) { (void)self; return true; }

TEST(what_is_stopped_ends_with_a_whole_run)
{
    UNUSED_STATE;
    struct program p = heap_program(-1);
    int result;
    const char *rows = written(&p, (struct run_options){.play = -1, .runs = 5, .seed = 1, .threads = 1, .stopped = at_once}, false, &result);
    assert_int_equal(result, RUN_STOPPED);
    assert_string_equal(rows, "run,turn,time,quantity,value\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RUN(turn_0_is_the_start_and_draws_begin_with_turn_1), RUN(a_play_acts_in_its_turns), RUN(threads_never_show_in_the_rows),
        RUN(a_run_does_not_depend_on_how_many_there_are), RUN(a_run_that_fails_is_left_out_and_counted), RUN(if_every_run_fails_there_is_no_summary),
        RUN(a_summary_of_one_run_is_that_run), RUN(rows_cut_off_anywhere_are_gone_on_with),
        RUN(rows_of_another_seed_or_another_shape_are_refused), RUN(a_run_has_the_same_luck_at_every_point), RUN(what_is_stopped_ends_with_a_whole_run),
    };
    return cmocka_run_group_tests(tests, fresh, gone);
}
