/* tests/unit/base/json_test.c — documents in the order of setting, numbers in their shortest form. */
#include "unit.h"
#include "base/json.h"

#include <math.h>

static void prints(struct json *value, const char *want)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    json_print(value, out);
    fclose(out);
    assert_string_equal(text, want);
    free(text);
    json_free(value);
}

TEST(document_keeps_its_order)
{
    UNUSED_STATE;
    struct json *d = json_document(), *list = json_new_array(), *inner = json_new_object();
    json_set_number(d, "z", 0.1);
    json_set_whole(d, "a", 9007199254740993);
    json_set_truth(d, "m", true);
    json_add_number(list, 1e-5);
    json_add_text(list, "two");
    json_set_text(inner, "k", NULL);
    json_add(list, inner);
    json_set(d, "list", list);
    prints(d, "{\n  \"demarche\": 1,\n  \"z\": 0.1,\n  \"a\": 9007199254740993,\n  \"m\": true,\n  \"list\": [\n    1e-05,\n    \"two\",\n"
              "    {\n      \"k\": null\n    }\n  ]\n}\n");
}

TEST(empty_things_and_no_numbers)
{
    UNUSED_STATE;
    prints(json_new_object(), "{}\n");
    prints(json_new_array(), "[]\n");
    struct json *a = json_new_array();
    json_add_number(a, NAN);
    json_add_number(a, INFINITY);
    prints(a, "[\n  null,\n  null\n]\n");
}

TEST(text_is_escaped_and_mended)
{
    UNUSED_STATE;
    struct json *a = json_new_array();
    json_add_text(a, "é \"q\" \\ \n\t\x01");
    json_add_text(a, "bad \xFF byte");
    prints(a, "[\n  \"é \\\"q\\\" \\\\ \\n\\t\\u0001\",\n  \"bad \xEF\xBF\xBD byte\"\n]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(document_keeps_its_order), RUN(empty_things_and_no_numbers), RUN(text_is_escaped_and_mended)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
