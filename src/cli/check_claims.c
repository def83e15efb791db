/* cli/check_claims.c — claims and comparisons with the record, for people and for programs.
 * One line a claim, which ends in `holds` or `does not hold`, so that `grep` can find what matters; what explains a line stands
 * indented below it. */
#include "cli/check_private.h"

#include <string.h>

#include "base/text.h"
#include "lab/lab.h"

enum { DIGITS = 4 };

static const char *number(struct arena *a, double x)
{
    char out[NUMBER_TEXT];
    return x == x ? arena_text(a, text_short(x, DIGITS, out)) : "-";
}

static const char *percent(struct arena *a, double share)
{
    return arena_printf(a, "%s %%", number(a, share * 100));
}

/* --- claims ------------------------------------------------------------------------------------------------------------- */

/* The plays that the claim looks at, and the furthest date: "ban_only, nothing 2018-01". */
static const char *horizon(struct arena *a, const struct program *p, const struct claim *c)
{
    struct text out;
    int last = 0;
    text_init(&out, a);
    text_add(&out, "");
    for (int i = 0; i < c->samples; i++) {
        bool listed = false;
        for (int j = 0; j < i; j++)
            listed = listed || c->sample[j].play == c->sample[i].play;
        if (!listed)
            text_addf(&out, "%s%s", out.length ? ", " : "", p->play[c->sample[i].play].name);
        int to = c->sample[i].kind == SAMPLE_AT ? c->sample[i].from : c->sample[i].to;
        if (to > last)
            last = to;
    }
    if (c->samples)
        text_addf(&out, " %s", program_date(p, a, program_moment(p, last)));
    return c->samples ? out.at : "-";
}

static const char *verdict(struct arena *a, const struct claim *c, const struct claim_result *r)
{
    if (r->share < 0)
        return c->fails ? r->at_values ? "held at the values and should fail" : "failed at the values, as it should" :
               r->at_values ? "held at the values" : "failed at the values";
    const char *lost = r->failed ? arena_printf(a, ", %d not to be judged", r->failed) : "";
    return arena_printf(a, "held in %s of %d draws (wanted %s%s%s)", percent(a, r->share), r->draws - r->failed, c->fails ? "less than " : "",
                        percent(a, c->in), lost);
}

/* Each number that the claim looks at, once, under the words that ask for it. */
static void print_samples(struct arena *a, const struct claim *c, const struct claim_result *r, FILE *out)
{
    for (int i = 0; i < c->samples; i++) {
        bool printed = false;
        for (int j = 0; j < i; j++)
            printed = printed || strcmp(c->sample[j].text, c->sample[i].text) == 0;
        if (!printed)
            fprintf(out, "    %s: %s\n", c->sample[i].text, number(a, r->sample[i]));
    }
}

static void print_claim(struct arena *a, const struct program *p, const struct claim *c, const struct claim_result *r, const int width[2], FILE *out)
{
    const char *where = horizon(a, p, c);
    fprintf(out, "%s%*s  %s%*s  %s  %s\n", c->name, width[0] - text_width(c->name), "", where, width[1] - text_width(where), "", verdict(a, c, r),
            r->holds ? "holds" : "does not hold");
    print_samples(a, c, r, out);
    if (!r->holds && c->text)
        fprintf(out, "    expect: %s%s\n", c->fails ? "not " : "", c->text);
    if (c->fails && c->why)
        fprintf(out, "    untrue here: %s\n", c->why);
    if (c->evidence.contested)
        fprintf(out, "    contested: %s\n", c->evidence.contested);
    if (r->trouble)
        fprintf(out, "    a run failed: %s\n", r->trouble);
}

/* --- comparisons -------------------------------------------------------------------------------------------------------- */

static const char *observed_date(struct arena *a, const struct program *p, int turn)
{
    return program_date(p, a, program_moment(p, turn));
}

static void print_span(struct arena *a, const struct program *p, const char *name, int from, int to, double error, int count, FILE *out)
{
    if (from < 0)
        return;
    fprintf(out, "    %-16s %8s  over %d from %s to %s\n", name, number(a, error), count, observed_date(a, p, from), observed_date(a, p, to));
}

static bool within(int turn, int from, int to)
{
    return from >= 0 && turn >= from && turn <= to;
}

/* Where periods are given, only what they hold is shown. */
static bool shown(const struct compare *c, const struct compare_result *r, int i)
{
    if (r->model[i] != r->model[i])
        return false;
    return (c->fit_from < 0 && c->test_from < 0) || within(c->at[i].turn, c->fit_from, c->fit_to) || within(c->at[i].turn, c->test_from, c->test_to);
}

static void print_baseline(struct arena *a, const char *name, double error, int count, const char *meaning, FILE *out)
{
    if (count)
        fprintf(out, "    %-16s %8s  over %d, %s\n", name, number(a, error), count, meaning);
}

static void print_compare(struct arena *a, const struct program *p, const struct compare *c, const struct compare_result *r, FILE *out)
{
    const struct quantity *q = &p->quantity[c->quantity];
    fprintf(out, "\n%s: %s%s%s %s%s\n", c->name, program_element_name(p, a, q->name, q->dims, q->dim, c->element), q->unit && q->unit[0] ? ", " : "",
            q->unit ? q->unit : "", c->play < 0 ? "with nothing done" : "in play ", c->play < 0 ? "" : p->play[c->play].name);
    fprintf(out, "    %-10s  %10s  %10s  %10s\n", "time", "model", "observed", c->log_rms ? "ratio" : "difference");
    for (int i = 0; i < c->count; i++) {
        double model = r->model[i], seen = c->at[i].value;
        if (shown(c, r, i))
            fprintf(out, "    %-10s  %10s  %10s  %10s\n", observed_date(a, p, c->at[i].turn), number(a, model), number(a, seen),
                    c->log_rms ? (seen > 0 ? number(a, model / seen) : "-") : number(a, model - seen));
    }
    if (r->fit_count + r->test_count == 0)
        return;
    fprintf(out, "    root mean square of the %s:\n", c->log_rms ? "logarithm of the ratio" : "difference");
    print_span(a, p, "model, fit", c->fit_from, c->fit_to, r->fit, r->fit_count, out);
    print_span(a, p, "model, test", c->test_from, c->test_to, r->test, r->test_count, out);
    print_baseline(a, "last value", r->last_value, r->last_value_count, "as if nothing changed after the last value before", out);
    print_baseline(a, "one before", r->previous, r->previous_count, "as if each were the one before it", out);
    for (int b = 0; b < c->baselines; b++)
        print_baseline(a, c->baseline[b].name, r->baseline[b], r->baseline_count[b], "given by the scenario", out);
}

/* --- both --------------------------------------------------------------------------------------------------------------- */

static struct claim_result *judge(struct arena *a, const struct program *p, const struct claims_asked *asked, int *broken)
{
    struct claim_result *result = ARENA_ARRAY(a, p->claims, struct claim_result);
    lab_claims(a, p, asked->draws, asked->seed, asked->threads, result);
    *broken = 0;
    for (int i = 0; i < p->claims; i++)
        *broken += !result[i].holds;
    return result;
}

int check_claims_print(struct arena *a, const struct program *p, const struct claims_asked *asked, FILE *out)
{
    int broken, width[2] = {0, 0};
    const struct claim_result *result = judge(a, p, asked, &broken);
    for (int i = 0; i < p->claims; i++) {
        int name = text_width(p->claim[i].name), where = text_width(horizon(a, p, &p->claim[i]));
        width[0] = name > width[0] ? name : width[0];
        width[1] = where > width[1] ? where : width[1];
    }
    for (int i = 0; i < p->claims; i++)
        print_claim(a, p, &p->claim[i], &result[i], width, out);
    for (int i = 0; i < p->compares; i++) {
        struct compare_result r;
        lab_compare(a, p, i, &r);
        print_compare(a, p, &p->compare[i], &r, out);
    }
    fprintf(out, "%s%d of %d claim%s hold\n", p->compares ? "\n" : "", p->claims - broken, p->claims, p->claims == 1 ? "" : "s");
    return broken;
}

static struct json *claim_json(const struct claim *c, const struct claim_result *r)
{
    struct json *one = json_new_object(), *samples = json_new_array();
    json_set_text(one, "claim", c->name);
    json_set_text(one, "says", c->says);
    json_set_text(one, "expect", c->text);
    json_set_truth(one, "holds", r->holds);
    json_set_truth(one, "at_values", r->at_values);
    json_set_truth(one, "must_fail", c->fails);
    if (r->share >= 0) {
        json_set_number(one, "wanted_share", c->in);
        json_set_number(one, "share", r->share);
        json_set_whole(one, "draws", r->draws);
        json_set_whole(one, "failed", r->failed);
    }
    for (int i = 0; i < c->samples; i++) {
        struct json *sample = json_new_object();
        json_set_text(sample, "what", c->sample[i].text);
        json_set_number(sample, "value", r->sample[i]);
        json_add(samples, sample);
    }
    json_set(one, "samples", samples);
    if (c->evidence.contested)
        json_set_text(one, "contested", c->evidence.contested);
    if (r->trouble)
        json_set_text(one, "trouble", r->trouble);
    return one;
}

static struct json *compare_json(struct arena *a, const struct program *p, const struct compare *c, const struct compare_result *r)
{
    struct json *one = json_new_object(), *rows = json_new_array();
    json_set_text(one, "compare", c->name);
    json_set_text(one, "quantity", p->quantity[c->quantity].name);
    json_set_text(one, "play", c->play < 0 ? NULL : p->play[c->play].name);
    json_set_text(one, "error", c->log_rms ? "log_rms" : "rms");
    json_set_number(one, "fit", r->fit);
    json_set_whole(one, "fit_count", r->fit_count);
    json_set_number(one, "test", r->test);
    json_set_whole(one, "test_count", r->test_count);
    json_set_number(one, "last_value", r->last_value);
    json_set_whole(one, "last_value_count", r->last_value_count);
    json_set_number(one, "previous", r->previous);
    json_set_whole(one, "previous_count", r->previous_count);
    struct json *given = json_new_object();
    for (int b = 0; b < c->baselines; b++)
        json_set_number(given, c->baseline[b].name, r->baseline[b]);
    json_set(one, "baselines", given);
    for (int i = 0; i < c->count; i++) {
        if (r->model[i] != r->model[i])
            continue;
        struct json *row = json_new_object();
        json_set_text(row, "time", observed_date(a, p, c->at[i].turn));
        json_set_number(row, "model", r->model[i]);
        json_set_number(row, "observed", c->at[i].value);
        json_add(rows, row);
    }
    json_set(one, "rows", rows);
    return one;
}

int check_claims_json(struct arena *a, const struct program *p, const struct claims_asked *asked, struct json *into)
{
    int broken;
    const struct claim_result *result = judge(a, p, asked, &broken);
    struct json *claims = json_new_array(), *compares = json_new_array();
    for (int i = 0; i < p->claims; i++)
        json_add(claims, claim_json(&p->claim[i], &result[i]));
    for (int i = 0; i < p->compares; i++) {
        struct compare_result r;
        lab_compare(a, p, i, &r);
        json_add(compares, compare_json(a, p, &p->compare[i], &r));
    }
    json_set(into, "claims", claims);
    json_set(into, "compare", compares);
    return broken;
}
