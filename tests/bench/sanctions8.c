/* tests/bench/sanctions8.c — the equations of scenarios/sanctions8 in plain C, one run at a time.
 * The yardstick of the engine, so it must never be made slower: what hangs on parameters alone is worked out once, no mean is kept and
 * nothing is checked. `demarche bench` compares its stocks with the engine's, so an equation changed there is changed here. */
#include <math.h>

#include "base/rng.h"
#include "cli/by_hand.h"

struct parameters {
    double volume_start, price_normal, price_noise, mood_time, sanction_from, sanction_size, discount_most, fee_size, evasion_start, evasion_most,
        evasion_time, reserves_start, imports_start, debt_service, cover_wanted, cover_alarm, ration_least, rate_el, import_block, parts_part,
        parts_time, capital_start, capital_life, capital_share, parts_share, invest_part, output_start, unrest_drag, home_part, pass_through,
        prices_time, support_normal, support_time, hardship_weight, rally_weight, resolve_normal, resolve_time, tired_weight, sight_weight;
};
_Static_assert(sizeof(struct parameters) == BY_HAND_PARAMETERS * sizeof(double), "as many as the scenario has");

static inline double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* Acklam's approximation with one step of Halley, by the library's erfc: the draw that a scenario's normal() takes. */
static double normal(double p)
{
    double q = p < 0.5 ? p : 1 - p, z;
    if (q < 0.02425) {
        double r = sqrt(-2 * log(q));
        z = (((((-7.784894002430293e-03 * r - 3.223964580411365e-01) * r - 2.400758277161838e+00) * r - 2.549732539343734e+00) * r
              + 4.374664141464968e+00) * r + 2.938163982698783e+00)
            / ((((7.784695709041462e-03 * r + 3.224671290700398e-01) * r + 2.445134137142996e+00) * r + 3.754408661907416e+00) * r + 1);
    } else {
        double c = q - 0.5, r = c * c;
        z = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r
              - 3.066479806614716e+01) * r + 2.506628277459239e+00) * c
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r
                - 1.328068155288572e+01) * r + 1);
    }
    double e = 0.5 * erfc(-z * 0.70710678118654752) - q, u = e * 2.5066282746310002 * exp(z * z / 2);
    z -= u / (1 + z * u / 2);
    return p < 0.5 ? z : -z;
}

void by_hand_run(const double *parameter, uint64_t seed, uint64_t run, uint64_t stream, double *stock)
{
    const struct parameters *const p = (const struct parameters *)(const void *)parameter;
    const double dt = 1.0 / 4, income_start = p->volume_start * p->price_normal, parts_start = p->parts_part * p->imports_start * p->parts_time;
    const double abroad_start = p->imports_start * (1 - p->parts_part);
    double mood = 0, reserves = p->reserves_start, capital = p->capital_start, parts = parts_start, prices = 1, evasion = p->evasion_start;
    double support = p->support_normal, resolve = p->resolve_normal;
    for (int step = 0; step < 120; step++) {
        struct rng r = rng_at(rng_key(seed, run, stream, (uint64_t)step));
        double news = normal(rng_unit(&r));
        double sanction = step / 4 >= p->sanction_from ? p->sanction_size : 0;
        double bite = sanction * resolve, blocked = bite * (1 - evasion), fee = p->fee_size * sqrt(bite);
        double discount = p->discount_most * bite + fee * evasion;
        double evasion_aim = p->evasion_start + (p->evasion_most - p->evasion_start) * bite;
        double world_price = p->price_normal * exp(mood), sold = p->volume_start * (1 - blocked);
        double income = sold * world_price * (1 - discount), lost = 1 - income / income_start;
        double cover = reserves / p->imports_start, comfort = clamp(cover / p->cover_wanted, 0, 1);
        double ration = cover < p->cover_alarm ? p->ration_least + (1 - p->ration_least) * comfort : 1;
        double rate = exp(p->rate_el * (1 - comfort));
        double output = exp(p->capital_share * log(capital / p->capital_start) + p->parts_share * log(parts / parts_start));
        double imports = p->imports_start * output / rate * ration * (1 - p->import_block * blocked);
        double parts_in = p->parts_part * imports, parts_used = parts / p->parts_time, wear = capital / p->capital_life;
        double investment = p->invest_part * p->output_start * output * (1 - p->unrest_drag * (p->support_normal - support));
        double goods = p->home_part * output + (1 - p->home_part) * (imports - parts_in) / abroad_start;
        double prices_aim = 1 - p->pass_through + p->pass_through * rate + (1 - goods);
        double hardship = clamp(1 - output / prices, 0, 1);
        double support_aim = clamp(p->support_normal - p->hardship_weight * hardship + p->rally_weight * bite, 0, 1);
        double dear_oil = bite * world_price / p->price_normal;
        double resolve_aim = clamp(p->resolve_normal - p->tired_weight * dear_oil + p->sight_weight * lost, 0, 1);
        mood += dt * (p->price_noise * news - mood / p->mood_time);
        reserves += dt * (income - imports - p->debt_service);
        reserves = reserves < 0 ? 0 : reserves;
        capital += dt * (investment - wear);
        capital = capital < 1000 ? 1000 : capital;
        parts += dt * (parts_in - parts_used);
        parts = parts < 10 ? 10 : parts;
        prices += dt * ((prices_aim - prices) / p->prices_time);
        prices = prices < 0.1 ? 0.1 : prices;
        evasion = clamp(evasion + dt * ((evasion_aim - evasion) / p->evasion_time), 0, 1);
        support = clamp(support + dt * ((support_aim - support) / p->support_time), 0, 1);
        resolve = clamp(resolve + dt * ((resolve_aim - resolve) / p->resolve_time), 0, 1);
    }
    const double end[BY_HAND_STOCKS] = {mood, reserves, capital, parts, prices, evasion, support, resolve};
    for (int i = 0; i < BY_HAND_STOCKS; i++)
        stock[i] = end[i];
}
