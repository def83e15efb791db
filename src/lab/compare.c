/* lab/compare.c — the model beside the record, and beside two forecasts that anyone could make.
 * A flow is compared by its mean over the turn, a stock by its value at the turn's end. Baselines know the record up to where they
 * stand: `last value` never looks again after the spans begin, `previous` looks at the turn before. */
#include <math.h>

#include "base/panic.h"
#include "lab/lab_private.h"

/* Sum of squared errors. A logarithm of what is not above zero makes the sum NaN: then there is no error to speak of. */
struct error { double squares; int count; };

static void error_add(struct error *e, bool log_rms, double model, double observed)
{
    double d = log_rms ? (model > 0 && observed > 0 ? log(model) - log(observed) : NAN) : model - observed;
    e->squares += d * d;
    e->count++;
}

static double error_rms(struct error e)
{
    return e.count ? sqrt(e.squares / e.count) : NAN;
}

static bool within(int turn, int from, int to)
{
    return from >= 0 && turn >= from && turn <= to;
}

static const struct observed *observed_at(const struct compare *c, int turn)
{
    for (int i = 0; i < c->count; i++)
        if (c->at[i].turn == turn)
            return &c->at[i];
    return NULL;
}

/* Runs the play at the values and notes the model's figure for each observation. */
static void run_model(struct arena *a, const struct program *p, const struct compare *c, double *model)
{
    int turns = stage_turns(p, c->play, 0);
    bool flow = p->quantity[c->quantity].mean != NO_SLOT;
    struct sim *s = sim_new(a, p, 1);
    stage_begin(s, turns, 1, 0, false, true);
    for (int i = 0; i < c->count; i++)
        model[i] = NAN;
    for (int t = 0; t < turns; t++) {
        stage_turn(s, p, c->play, t);
        if (stage_trouble(s, 0).any)
            return;
        for (int i = 0; i < c->count; i++)
            if (c->at[i].turn == t)
                model[i] = sim_values(s, c->quantity, c->element, flow)[0];
    }
}

/* Errors of the two baselines over what the model is judged on. Without an observation before the spans the first one inside them
 * starts the baselines and is not counted. */
static void run_baselines(const struct compare *c, const bool *judged, struct compare_result *r)
{
    const struct observed *last = NULL;
    int first = -1;
    for (int i = 0; i < c->count; i++)
        if (judged[i] && (first < 0 || c->at[i].turn < c->at[first].turn))
            first = i;
    for (int i = 0; i < c->count && first >= 0; i++)
        if (c->at[i].turn < c->at[first].turn && (!last || c->at[i].turn > last->turn))
            last = &c->at[i];
    if (!last && first >= 0)
        last = &c->at[first];
    struct error constant = {0}, previous = {0};
    for (int i = 0; i < c->count; i++) {
        if (!judged[i] || &c->at[i] == last)
            continue;
        error_add(&constant, c->log_rms, last->value, c->at[i].value);
        const struct observed *before = observed_at(c, c->at[i].turn - 1);
        if (before)
            error_add(&previous, c->log_rms, before->value, c->at[i].value);
    }
    r->last_value = error_rms(constant);
    r->last_value_count = constant.count;
    r->previous = error_rms(previous);
    r->previous_count = previous.count;
}

/* The forecasts that the scenario brings along. */
static void run_given(struct arena *a, const struct compare *c, const bool *judged, struct compare_result *r)
{
    double *error = ARENA_ARRAY(a, c->baselines + 1, double);
    int *count = ARENA_ARRAY(a, c->baselines + 1, int);
    for (int b = 0; b < c->baselines; b++) {
        struct error e = {0};
        for (int k = 0; k < c->baseline[b].count; k++)
            for (int i = 0; i < c->count; i++)
                if (judged[i] && c->at[i].turn == c->baseline[b].at[k].turn)
                    error_add(&e, c->log_rms, c->baseline[b].at[k].value, c->at[i].value);
        error[b] = error_rms(e);
        count[b] = e.count;
    }
    r->baseline = error;
    r->baseline_count = count;
}

void lab_compare(struct arena *a, const struct program *p, int compare, struct compare_result *result)
{
    REQUIRE(compare >= 0 && compare < p->compares);
    const struct compare *c = &p->compare[compare];
    double *model = ARENA_ARRAY(a, c->count, double);
    bool *judged = ARENA_ARRAY(a, c->count, bool);
    struct error fit = {0}, test = {0};
    run_model(a, p, c, model);
    for (int i = 0; i < c->count; i++) {
        bool in_fit = within(c->at[i].turn, c->fit_from, c->fit_to), in_test = within(c->at[i].turn, c->test_from, c->test_to);
        judged[i] = (in_fit || in_test) && !isnan(model[i]);
        if (judged[i] && in_fit)
            error_add(&fit, c->log_rms, model[i], c->at[i].value);
        if (judged[i] && in_test)
            error_add(&test, c->log_rms, model[i], c->at[i].value);
    }
    *result = (struct compare_result){.model = model, .fit = error_rms(fit), .test = error_rms(test), .fit_count = fit.count, .test_count = test.count};
    run_baselines(c, judged, result);
    run_given(a, c, judged, result);
}
