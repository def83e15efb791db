/* lab/attribution.c — whose doing a number is: the play again with some of its moves left out, one subset a lane, all on the same draws.
 *
 * What was done is recorded once, row by row, and then replayed as it stands: a rule that answered a move is not asked again when that
 * move is left out, or its answer would be put down to the wrong player. Rows that were refused as it happened are no part of it.
 * Every lane carries the seed and run of lane 0, so that subsets differ by what was done and by nothing else; sums are made here, in
 * the order of the subsets, so that neither threads nor lanes show in a share. */
#include <math.h>
#include <string.h>

#include "base/panic.h"
#include "base/rng.h"
#include "base/text.h"
#include "base/thread.h"
#include "lab/lab_private.h"

enum { NOBODY = 0, EVERYBODY = 1, FIRST_OF_ORDERS = 2, DECIMALS_MOST = 12, FEW_LINES = 5, SINGLES_AT_FAILURE = 12 };

struct hand { unsigned char *masks, *deal, *no_deal; struct sim *sim; };        /* a thread's own: [MOST_ORDERS][lanes] and the lanes */

struct replay {
    const struct program *p;
    const struct why_asked *asked;
    int turns;                          /* to the moment asked about */
    bool flow, rationed;
    LIST_OF(struct done_row) row;       /* all that was done, turn by turn in the order of the play */
    int *first_row;                     /* [turns + 1] */
    int *owner;                         /* [rows] player, or -1: outside the span, stays in every replay */
    int *deal_owner;                    /* [deals of the play] likewise */
    int players, sets, lanes;
    bool exact;                         /* a set is a bit set of players; else NOBODY, EVERYBODY, then each order's beginnings */
    uint16_t *place;                    /* [orders][players] */
    double *value;                      /* [sets] */
    struct trouble *trouble;            /* [blocks] the first of each */
    int *trouble_set;                   /* [blocks] */
    struct hand *hand;
};

/* --- shares from values ------------------------------------------------------------------------------------------------------ */

void lab_shapley(int players, const double *value, double *share)
{
    double weight[EXACT_PLAYERS_MOST];
    REQUIRE(players >= 0 && players <= EXACT_PLAYERS_MOST);
    for (int size = 0; size < players; size++) {        /* size! (players - size - 1)! / players! */
        weight[size] = 1.0 / players;
        for (int i = 1; i <= size; i++)
            weight[size] *= (double)i / (players - i);
    }
    for (int i = 0; i < players; i++)
        share[i] = 0;
    for (unsigned set = 0; set < 1u << players; set++) {
        int size = 0;
        for (int i = 0; i < players; i++)
            size += set >> i & 1;
        for (int i = 0; i < players; i++)
            if (!(set >> i & 1))
                share[i] += weight[size] * (value[set | 1u << i] - value[set]);
    }
}

void lab_shapley_sampled(int players, int orders, const uint16_t *place, const double *value, double *share, double *error)
{
    REQUIRE(orders >= 4 && orders % 2 == 0);
    const int pairs = orders / 2;
    const size_t width = (size_t)players + 1;
    for (int i = 0; i < players; i++) {
        double mean = 0, squares = 0;                   /* Welford: shares may be small beside what they sway about */
        for (int pair = 0; pair < pairs; pair++) {
            double two = 0;
            for (int o = 2 * pair; o < 2 * pair + 2; o++) {
                const double *at = value + (size_t)o * width + place[(size_t)o * (size_t)players + (size_t)i];
                two += at[1] - at[0];
            }
            const double before = two / 2 - mean;
            mean += before / (pair + 1);
            squares += before * (two / 2 - mean);
        }
        share[i] = mean;
        error[i] = sqrt(squares / (pairs - 1) / pairs);
    }
}

static double ten_to(int n)
{
    double x = 1;
    for (int i = 0; i < n; i++)
        x *= 10;
    return x;
}

void lab_round_shares(int players, const double *share, double happened, double nothing, struct shown_shares *out)
{
    double largest = fabs(happened - nothing), greatest = fmax(fabs(happened), fabs(nothing));
    int at = 0;
    for (int i = 0; i < players; i++) {
        if (fabs(share[i]) > fabs(share[at]))
            at = i;
        largest = fmax(largest, fabs(share[i]));
        greatest = fmax(greatest, fabs(share[i]));
    }
    if (largest < 1e-9 * greatest || largest == 0)
        largest = greatest;                             /* nothing to tell apart: as many figures as the number itself */
    const double figures = players > FEW_LINES ? 1000 : 100;    /* the more lines, the more is left over for the largest */
    int decimals = 0;
    while (decimals < DECIMALS_MOST && largest > 0 && largest * ten_to(decimals) < figures && greatest * ten_to(decimals) < 1e14)
        decimals++;
    const double scale = ten_to(decimals);
    out->decimals = decimals;
    out->happened = llround(happened * scale);
    out->nothing = llround(nothing * scale);
    long long left = out->happened - out->nothing;
    for (int i = 0; i < players; i++)
        left -= out->share[i] = llround(share[i] * scale);
    if (players)
        out->share[at] += left;
}

/* --- what was done -------------------------------------------------------------------------------------------------------------- */

static bool same_row(struct row a, struct row b)
{
    return a.verb == b.verb && a.move == b.move && a.target == b.target && a.setting == b.setting && !(a.level < b.level) && !(a.level > b.level);
}

/* The play once, in one lane. Returns the number asked about. */
static double record(struct replay *r, struct arena *a, struct sim *s, struct trouble *trouble)
{
    const struct play *play = &r->p->play[r->asked->play];
    stage_begin(s, stage_turns(r->p, r->asked->play, 0), r->asked->seed, 0, !r->asked->median, r->asked->median);
    for (int t = 0; t < r->turns; t++) {
        struct order order[MOST_ORDERS];
        sim_turn_brief(s, true);
        if (r->p->dialogue.given)
            sim_play_deals(s, play, t, 0);
        const int orders = sim_play_orders(s, play, t, 0, order, 0), first = r->row.count;
        for (int i = 0; i < orders; i++)
            if (!order[i].lanes || order[i].lanes[0])
                *LIST_ADD(a, r->row) = (struct done_row){t, order[i].seat, order[i].row};
        sim_turn_rest(s, order, orders, play->rationed);
        int seat;
        struct row refused;
        for (int k = 0; sim_refusal(s, k, &seat, &refused); k++)
            for (int i = r->row.count - 1; i >= first; i--)
                if (r->row.at[i].seat == seat && same_row(r->row.at[i].row, refused)) {
                    memmove(&r->row.at[i], &r->row.at[i + 1], (size_t)(r->row.count - i - 1) * sizeof *r->row.at);
                    r->row.count--;
                    break;
                }
        r->first_row[t + 1] = r->row.count;
    }
    *trouble = stage_trouble(s, 0);
    return sim_values(s, r->asked->quantity, r->asked->element, r->flow)[0];
}

/* Players in the order of their seats, then of the moves' declaration. */
static struct player *find_players(struct replay *r, struct arena *a)
{
    const struct program *p = r->p;
    const bool seats = r->asked->by_seats;
    const struct play *play = &p->play[r->asked->play];
    struct player *player = ARENA_ARRAY(a, (seats ? p->seats : p->moves) + play->deals + 1, struct player);
    r->owner = ARENA_ARRAY(a, r->row.count + 1, int);
    for (int i = 0; i < r->row.count; i++)
        r->owner[i] = -1;
    for (int seat = 0; seat < p->seats; seat++)
        for (int m = 0; m < (seats ? 1 : p->moves); m++) {
            struct player *next = &player[r->players];
            *next = (struct player){.seat = seat, .move = seats ? -1 : m, .deal = -1};
            struct done_row *own = ARENA_ARRAY(a, r->row.count + 1, struct done_row);
            for (int i = 0; i < r->row.count; i++) {
                const struct done_row *d = &r->row.at[i];
                if (d->seat != seat || (!seats && d->row.move != m) || d->turn < r->asked->from || d->turn > r->asked->to)
                    continue;
                r->owner[i] = r->players;
                own[next->rows++] = *d;
            }
            next->row = own;
            r->players += next->rows > 0;
        }
    r->deal_owner = ARENA_ARRAY(a, play->deals + 1, int);
    for (int i = 0; i < play->deals; i++) {
        const struct play_deal *d = &play->deal[i];
        const bool asked = d->turn >= r->asked->from && d->turn <= r->asked->to && d->proposal->kind != PROPOSAL_REPORT;
        r->deal_owner[i] = asked ? r->players : -1;
        if (asked)
            player[r->players++] = (struct player){.seat = d->proposal->from, .move = -1, .deal = i};
    }
    return player;
}

/* --- replays ----------------------------------------------------------------------------------------------------------------------- */

static bool has(const struct replay *r, int set, int player)
{
    if (r->exact)
        return (unsigned)set >> player & 1;
    if (set < FIRST_OF_ORDERS)
        return set == EVERYBODY;
    const int order = (set - FIRST_OF_ORDERS) / (r->players - 1), first = (set - FIRST_OF_ORDERS) % (r->players - 1) + 1;
    return r->place[(size_t)order * (size_t)r->players + (size_t)player] < first;
}

/* What was agreed in this turn, in the sets that have it. */
static void make_deals(const struct replay *r, struct hand *h, int first, int lanes, const unsigned char *choice, int turn)
{
    const struct play *play = &r->p->play[r->asked->play];
    for (int i = 0; i < play->deals; i++) {
        const int owner = r->deal_owner[i];
        if (play->deal[i].turn != turn)
            continue;
        for (int l = 0; l < sim_lanes(h->sim); l++) {
            h->deal[l] = l < lanes && (owner < 0 || (choice ? choice[owner] : has(r, first + l, owner)));
            h->no_deal[l] = !h->deal[l];
        }
        if (play->deal[i].proposal->kind == PROPOSAL_REPORT) {
            sim_report(h->sim, play->deal[i].proposal, h->deal);
            continue;
        }
        sim_conclude(h->sim, play->deal[i].proposal, NULL, h->deal);
        sim_pass_over(h->sim, h->no_deal);
    }
}

/* Lane l plays set first + l, or its own choice of players. choice (or NULL): [players] for all lanes. */
static void play_sets(const struct replay *r, struct hand *h, int first, int lanes, const unsigned char *choice, int turn)
{
    struct order order[MOST_ORDERS];
    int orders = 0;
    sim_turn_brief(h->sim, true);
    make_deals(r, h, first, lanes, choice, turn);
    for (int i = r->first_row[turn]; i < r->first_row[turn + 1]; i++) {
        unsigned char *mask = h->masks + (size_t)orders * (size_t)sim_lanes(h->sim);
        const int owner = r->owner[i];
        for (int l = 0; l < sim_lanes(h->sim); l++)
            mask[l] = l < lanes && (owner < 0 || (choice ? choice[owner] : has(r, first + l, owner)));
        order[orders++] = (struct order){r->row.at[i].seat, r->row.at[i].row, mask};
    }
    sim_turn_rest(h->sim, order, orders, r->rationed);
}

static void begin_alike(const struct replay *r, struct sim *s)
{
    stage_begin(s, stage_turns(r->p, r->asked->play, 0), r->asked->seed, 0, !r->asked->median, r->asked->median);
    for (int l = 1; l < sim_lanes(s); l++)
        sim_copy_lane(s, l, s, 0);
}

static void run_block(void *self, int block, int thread)
{
    struct replay *r = self;
    struct hand *h = &r->hand[thread];
    const int first = block * r->lanes, lanes = r->sets - first < r->lanes ? r->sets - first : r->lanes;
    begin_alike(r, h->sim);
    for (int t = 0; t < r->turns; t++)
        play_sets(r, h, first, lanes, NULL, t);
    memcpy(r->value + first, sim_values(h->sim, r->asked->quantity, r->asked->element, r->flow), (size_t)lanes * sizeof *r->value);
    for (int l = 0; l < lanes && !r->trouble[block].any; l++) {
        r->trouble[block] = stage_trouble(h->sim, l);
        r->trouble_set[block] = first + l;
    }
}

static void draw_orders(struct replay *r, struct arena *a)
{
    const int n = r->players;
    const uint64_t stream = text_hash("why:orders");
    int *next = ARENA_ARRAY(a, n, int);
    r->place = ARENA_ARRAY(a, (size_t)r->asked->orders * (size_t)n, uint16_t);
    for (int pair = 0; pair < r->asked->orders / 2; pair++) {
        struct rng luck = rng_at(rng_key(r->asked->seed, (uint64_t)pair, stream, 0));
        uint16_t *one = r->place + (size_t)(2 * pair) * (size_t)n, *two = one + n;
        for (int i = 0; i < n; i++)
            next[i] = i;
        for (int k = n - 1; k >= 0; k--) {
            const int from = (int)rng_below(&luck, (uint32_t)k + 1), player = next[from];
            next[from] = next[k];
            one[player] = (uint16_t)k;
            two[player] = (uint16_t)(n - 1 - k);
        }
    }
}

/* With everybody in the place where lab_shapley_sampled looks for it. */
static void shares_from_orders(const struct replay *r, struct arena *a, double *share, double *error)
{
    const int n = r->players, orders = r->asked->orders;
    double *value = ARENA_ARRAY(a, (size_t)orders * (size_t)(n + 1), double);
    for (int o = 0; o < orders; o++) {
        double *at = value + (size_t)o * (size_t)(n + 1);
        at[0] = r->value[NOBODY];
        memcpy(at + 1, r->value + FIRST_OF_ORDERS + (size_t)o * (size_t)(n - 1), (size_t)(n - 1) * sizeof *at);
        at[n] = r->value[EVERYBODY];
    }
    lab_shapley_sampled(n, orders, r->place, value, share, error);
}

static void make_hands(struct replay *r, struct arena *a, int threads)
{
    r->hand = ARENA_ARRAY(a, threads, struct hand);
    for (int t = 0; t < threads; t++) {
        r->hand[t].sim = sim_new(a, r->p, r->lanes);
        r->hand[t].masks = ARENA_ARRAY(a, (size_t)MOST_ORDERS * (size_t)r->lanes, unsigned char);
        r->hand[t].deal = ARENA_ARRAY(a, r->lanes, unsigned char);
        r->hand[t].no_deal = ARENA_ARRAY(a, r->lanes, unsigned char);
    }
}

/* The replay that failed, in words: "without A, B: model.yaml:12: division by zero ..." */
static const char *failed_set(const struct replay *r, struct arena *a, const struct player *player, int block)
{
    struct text t;
    int left_out = 0;
    text_init(&t, a);
    for (int i = 0; i < r->players; i++)
        if (!has(r, r->trouble_set[block], i) && ++left_out <= SINGLES_AT_FAILURE)
            text_addf(&t, "%s%s", left_out > 1 ? ", " : "without ", player[i].deal >= 0 ? "a deal" : player[i].move < 0 ? r->p->seat[player[i].seat].name : r->p->move[player[i].move].name);
    return arena_printf(a, "%s%s the model fails, so nothing can be said: %s", left_out ? t.at : "as it happened", left_out > SINGLES_AT_FAILURE ? ", ..." : "",
                        stage_words(a, r->p, r->trouble[block]));
}

/* --- what became impossible ------------------------------------------------------------------------------------------------------------- */

/* One lane, in which refusals have words. Rows that were named before are not named again for want of all the others. */
static void find_skipped(struct replay *r, struct arena *a, struct hand *h, const unsigned char *choice, int without, struct attribution *out)
{
    begin_alike(r, h->sim);
    for (int t = 0; t < r->turns; t++) {
        int seat;
        struct row row;
        const char *why;
        play_sets(r, h, 0, 1, choice, t);
        for (int k = 0; (why = sim_refusal(h->sim, k, &seat, &row)) != NULL; k++) {
            bool known = false;
            for (int i = 0; without < 0 && i < out->skipped.count && !known; i++) {
                const struct done_row *d = &out->skipped.at[i].done;
                known = d->turn == t && d->seat == seat && same_row(d->row, row);
            }
            if (!known)
                *LIST_ADD(a, out->skipped) = (struct skipped_row){{t, seat, row}, without, arena_text(a, why)};
        }
    }
}

/* First each player alone is left out, then each alone is left in: whatever hangs on others shows in one or the other. */
static void name_skipped(struct replay *r, struct arena *a, struct attribution *out)
{
    struct hand one = {.sim = sim_new(a, r->p, 1), .masks = ARENA_ARRAY(a, MOST_ORDERS, unsigned char), .deal = ARENA_ARRAY(a, 1, unsigned char),
                       .no_deal = ARENA_ARRAY(a, 1, unsigned char)};
    unsigned char *choice = ARENA_ARRAY(a, r->players, unsigned char);
    for (int alone = 0; alone < 2; alone++)
        for (int i = 0; i < r->players; i++) {
            memset(choice, !alone, (size_t)r->players);
            choice[i] = (unsigned char)alone;
            find_skipped(r, a, &one, choice, alone ? -1 : i, out);
        }
}

/* --- the whole -------------------------------------------------------------------------------------------------------------------------------- */

static int run_sets(struct replay *r, struct arena *a, const struct player *player, const char **error)
{
    r->exact = r->players <= EXACT_PLAYERS_MOST;
    if (!r->exact)
        draw_orders(r, a);
    r->sets = r->exact ? 1 << r->players : FIRST_OF_ORDERS + r->asked->orders * (r->players - 1);
    r->lanes = r->sets < BLOCK_LANES ? r->sets : BLOCK_LANES;
    const int blocks = (r->sets - 1) / r->lanes + 1, threads = r->asked->threads < blocks ? r->asked->threads : blocks;
    r->value = ARENA_ARRAY(a, r->sets, double);
    r->trouble = ARENA_ARRAY(a, blocks, struct trouble);
    r->trouble_set = ARENA_ARRAY(a, blocks, int);
    make_hands(r, a, threads);
    thread_run(threads, blocks, run_block, r);
    for (int b = 0; b < blocks; b++)
        if (r->trouble[b].any) {
            *error = failed_set(r, a, player, b);
            return -1;
        }
    return 0;
}

int lab_attribute(struct arena *a, const struct program *p, const struct why_asked *asked, struct attribution *out, const char **error)
{
    REQUIRE(asked->play >= 0 && asked->play < p->plays && asked->threads >= 1);
    REQUIRE(asked->from >= 0 && asked->from <= asked->to && asked->to < stage_turns(p, asked->play, 0));
    struct replay r = {.p = p, .asked = asked, .turns = asked->to + 1, .flow = p->quantity[asked->quantity].mean != NO_SLOT,
                       .rationed = p->play[asked->play].rationed};
    struct trouble trouble;
    r.first_row = ARENA_ARRAY(a, r.turns + 1, int);
    struct sim *once = sim_new(a, p, 1);
    stage_begin(once, stage_turns(p, asked->play, 0), asked->seed, 0, !asked->median, asked->median);
    *out = (struct attribution){.flow = r.flow, .start = sim_values(once, asked->quantity, asked->element, false)[0]};
    out->happened = record(&r, a, once, &trouble);
    if (trouble.any) {
        *error = arena_printf(a, "the play fails: %s", stage_words(a, p, trouble));
        return -1;
    }
    struct player *player = find_players(&r, a);
    if (run_sets(&r, a, player, error) != 0)
        return -1;
    const double again = r.value[r.exact ? r.sets - 1 : EVERYBODY];
    if (again < out->happened || again > out->happened) {
        *error = "what was done hangs on rows that were refused, so it cannot be replayed without them; take them out of the play";
        return -1;
    }
    out->nothing = r.value[NOBODY];
    out->players = r.players;
    out->player = player;
    out->exact = r.exact;
    out->replays = r.sets;
    double *share = ARENA_ARRAY(a, r.players + 1, double), *wide = ARENA_ARRAY(a, r.players + 1, double);
    if (r.exact)
        lab_shapley(r.players, r.value, share);
    else
        shares_from_orders(&r, a, share, wide);
    out->shown.share = ARENA_ARRAY(a, r.players + 1, long long);
    lab_round_shares(r.players, share, out->happened, out->nothing, &out->shown);
    for (int i = 0; i < r.players; i++) {
        player[i].share = share[i];
        player[i].error = wide[i];
    }
    name_skipped(&r, a, out);
    out->done = r.row.at;
    out->dones = r.row.count;
    return 0;
}
