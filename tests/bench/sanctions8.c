/* tests/bench/sanctions8.c — the equations of scenarios/sanctions8 in plain C, one run at a time: the yardstick of the engine.
 *
 * It is what a careful C programmer would write who wants the engine's numbers and knows nothing of lanes: plain doubles, the C library's
 * exp, log and sqrt (which are faster than ours and as precise), -O2. What hangs on parameters or on the run alone is worked out once; no
 * mean is kept, nothing is checked. `demarche bench` refuses to compare unless its stocks agree with the engine's to 1e-9.
 *
 * The normal draw decides a third of its time, so it must be neither worse nor dearer than the engine's. Both use Wichura's AS 241, right
 * to some 1e-15. Two other yardsticks were tried and are wrong: Acklam's approximation alone (1e-9) is cheaper than the draw it is
 * compared with, and Acklam's with a step of Halley by erfc costs half as much again as AS 241 for the same digits, which flatters
 * the engine. So must it be made neither slower nor faster by anything but a better way to the same numbers. */
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

/* AS 241 as published: the normal quantile, within some 1e-15 of itself. */
static double normal(double p)
{
    double q = p - 0.5, r;
    if (fabs(q) <= 0.425) {
        r = 0.180625 - q * q;
        return q * (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r
                        + 4.5921953931549871457e+4) * r + 1.3731693765509461125e+4) * r + 1.9715909503065514427e+3) * r
                     + 1.3314166789178437745e+2) * r + 3.3871328727963666080e+0)
             / (((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r
                    + 2.1213794301586595867e+4) * r + 5.3941960214247511077e+3) * r + 6.8718700749205790830e+2) * r
                 + 4.2313330701600911252e+1) * r + 1);
    }
    r = sqrt(-log(q < 0 ? p : 1 - p));
    double z;
    if (r <= 5) {
        r -= 1.6;
        z = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
                 + 1.27045825245236838258e+0) * r + 3.64784832476320460504e+0) * r + 5.76949722146069140550e+0) * r
              + 4.63033784615654529590e+0) * r + 1.42343711074968357734e+0)
            / (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
                   + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e+0) * r
                + 2.05319162663775882187e+0) * r + 1);
    } else {
        r -= 5;
        z = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
                 + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e+0) * r
              + 5.46378491116411436990e+0) * r + 6.65790464350110377720e+0)
            / (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
                   + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                + 5.99832206555887937690e-1) * r + 1);
    }
    return q < 0 ? -z : z;
}

void by_hand_run(const double *parameter, uint64_t seed, uint64_t run, uint64_t stream, double *stock)
{
    const struct parameters *const p = (const struct parameters *)(const void *)parameter;
    const double dt = 1.0 / 4, income_start = p->volume_start * p->price_normal, parts_start = p->parts_part * p->imports_start * p->parts_time;
    const double abroad_start = p->imports_start * (1 - p->parts_part);
    const uint64_t of_run = rng_mix(rng_mix(rng_mix(seed) ^ stream) ^ run);
    double mood = 0, reserves = p->reserves_start, capital = p->capital_start, parts = parts_start, prices = 1, evasion = p->evasion_start;
    double support = p->support_normal, resolve = p->resolve_normal;
    for (int step = 0; step < 120; step++) {
        struct rng r = rng_at(rng_mix(of_run ^ (uint64_t)step));                /* rng_key(seed, run, stream, step) */
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
