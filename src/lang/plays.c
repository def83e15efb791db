/* lang/plays.c — plays, openings, claims and comparisons: the scenario's own tests. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

/* --- plays --------------------------------------------------------------------------------------------------------------------- */
static int play_turns(struct model *m, const struct node *block, int otherwise)
{
    const struct node *const n = node_get(block, "turns");
    double x;
    if (n == NULL || !node_number(m, n, &x))
        return otherwise;
    if (x >= 1 && x <= 10000 && x == pm_floor(x))
        return (int)x;
    diag_error(m->d, n->at, D_NOT_WHOLE, "turns is a whole number from 1 to 10000");
    return otherwise;
}

static void merge_turn(struct model *m, struct play_seat *seat, struct play_turn turn)
{
    struct play_turn *const more = ARENA_ARRAY(m->a, seat->turns + 1, struct play_turn);
    int count = 0;
    bool placed = false;
    for (int i = 0; i < seat->turns; i++) {
        if (!placed && seat->turn[i].turn >= turn.turn) {
            more[count++] = turn;
            placed = true;
        }
        if (seat->turn[i].turn != turn.turn)            /* what this play says of a turn stands in place of what it builds on */
            more[count++] = seat->turn[i];
    }
    if (!placed)
        more[count++] = turn;
    seat->turn = more;
    seat->turns = count;
}

static void forget_sayings(struct sayings *said, int seat, int turn)
{
    int kept = 0;
    for (int i = 0; i < said->at.count; i++)
        if (said->at.at[i].seat != seat || said->at.at[i].turn != turn)
            said->at.at[kept++] = said->at.at[i];
    said->at.count = kept;
}

static void read_play_seat(struct model *m, const struct node *n, int seat, int turns, struct play_seat *out, struct sayings *said)
{
    if (n->kind == NODE_LIST) {
        out->rule = read_rules(m, n, seat, &out->rules, false);
        return;
    }
    for (int i = 0; n->kind == NODE_MAP && i < n->count; i++) {
        struct play_turn t = {.turn = node_turn(m, n->key[i], turns - 1)};
        if (t.turn < 0)
            continue;
        forget_sayings(said, seat, t.turn);
        said->seat = seat;
        said->turn = t.turn;
        read_rows(m, n->item[i], seat, &t.row, &t.rows, read_saying, said);
        merge_turn(m, out, t);
    }
    if (n->kind == NODE_TEXT)
        diag_error(m->d, n->at, D_BAD_ROW, "what a seat does is given by date, as {2017-02: coal_ban}, or as rules, as [{when: …, do: …}]");
}

/* done: 0 not yet, 1 in work, 2 done. A play is read after the one it builds on. */
static void read_play(struct model *m, const struct node *map, int at, struct play *out, struct sayings *said, unsigned char *done)
{
    if (done[at] == 2)
        return;
    const struct node *const block = map->item[at], *const like = node_get(block, "like");
    struct play *const p = &out[at];
    done[at] = 1;
    *p = (struct play){.name = map->key[at]->text, .turns = m->p->time.turns, .rationed = true};
    node_place(m, map->key[at], &p->path, &p->line);
    struct play_seat *const seats = ARENA_ARRAY(m->a, m->seats.count + 1, struct play_seat);
    p->seat = seats;
    int const base = node_is_text(like) ? find_play(m, like->text) : -1;
    if (like != NULL && base < 0) {
        const char *const near = text_nearest(node_words(like, ""), m->plays.at, m->plays.count);
        diag_error(m->d, like->at, D_UNKNOWN_PLAY, "no play is called '%s'; %s", node_words(like, "…"), did_you_mean(m, near, "plays stand in `plays`"));
    } else if (base >= 0 && done[base] == 1) {
        diag_error(m->d, like->at, D_UNKNOWN_PLAY, "'%s' builds on itself; begin somewhere", p->name);
    } else if (base >= 0) {
        read_play(m, map, base, out, said, done);
        for (int i = 0; i < said[base].at.count; i++)
            *LIST_ADD(m->a, said[at].at) = said[base].at.at[i];
        p->turns = out[base].turns;
        p->rationed = out[base].rationed;
        memcpy(seats, out[base].seat, (size_t)m->seats.count * sizeof *seats);
    }
    p->turns = play_turns(m, block, p->turns);
    if (node_get(block, "rationed") != NULL)
        p->rationed = node_truth(m, node_get(block, "rationed"));
    static const char *const own[] = {"title", "like", "turns", "rationed", "source", "judgement", "tuned"};
    for (int i = 0; block->kind == NODE_MAP && i < block->count; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof own / sizeof own[0]; k++)
            known |= strcmp(block->key[i]->text, own[k]) == 0;
        int const seat = find_seat(m, block->key[i]->text);
        if (seat >= 0)
            read_play_seat(m, block->item[i], seat, p->turns, &seats[seat], &said[at]);
        else if (!known) {
            const char *const near = text_nearest(block->key[i]->text, m->seats.at, m->seats.count);
            diag_error(m->d, block->key[i]->at, D_UNKNOWN_SEAT, "no seat is called '%s'; %s", block->key[i]->text, did_you_mean(m, near, "a play says by seat what is done"));
        }
    }
    p->deal = deals_of(m, &said[at], &p->deals);
    done[at] = 2;
}

void build_plays(struct model *m)
{
    const struct node *const map = node_get(m->root, "plays");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct play *const out = ARENA_ARRAY(m->a, n + 1, struct play);
    unsigned char *const done = ARENA_ARRAY(m->a, n + 1, unsigned char);
    struct sayings *const said = ARENA_ARRAY(m->a, n + 1, struct sayings);
    for (int i = 0; i < n; i++)
        said[i].m = m;
    for (int i = 0; i < n; i++)
        read_play(m, map, i, out, said, done);
    m->p->play = out;
    m->p->plays = n;
}

static int play_of(struct model *m, const struct node *n)
{
    if (n == NULL)
        return -1;
    int const at = find_play(m, node_words(n, ""));
    if (at < 0) {
        const char *const near = text_nearest(node_words(n, ""), m->plays.at, m->plays.count);
        diag_error(m->d, n->at, D_UNKNOWN_PLAY, "no play is called '%s'; %s", node_words(n, "…"), did_you_mean(m, near, "plays stand in `plays`"));
    }
    return at;
}

void build_openings(struct model *m)
{
    const struct node *const map = node_get(m->root, "openings");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct opening *const out = ARENA_ARRAY(m->a, n + 1, struct opening);
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i], *const at = node_get(block, "at");
        struct opening *const o = &out[i];
        *o = (struct opening){.name = map->key[i]->text, .title = node_words(node_get(block, "title"), readable(m, map->key[i]->text)), .play = play_of(m, node_get(block, "after"))};
        int const turn = at != NULL ? node_turn(m, at, 0) : 0;
        o->turn = turn < 0 ? 0 : turn;
        o->turns = play_turns(m, block, m->p->time.turns - o->turn);
        if (o->turns < 1)
            diag_error(m->d, at->at, D_BAD_MOMENT, "nothing is left to play from there; give the opening its own `turns`");
        if (o->play >= 0 && o->turn > m->p->play[o->play].turns)
            diag_error(m->d, at->at, D_BAD_MOMENT, "play '%s' ends before this opening; give it more turns", m->p->play[o->play].name);
    }
    m->p->opening = out;
    m->p->openings = n;
}

/* --- claims ------------------------------------------------------------------------------------------------------------------------ */
static int moment_of(struct model *m, const struct expr *e, int most)
{
    double const time = e->kind == EX_DATE ? axis_of_months(m, e->number) : e->number;
    double const turns = (time - m->p->time.start) / m->p->time.turn, whole = pm_round(turns);
    if (turns - whole > 1e-6 || whole - turns > 1e-6 || whole < 0 || whole > most) {
        diag_error(m->d, e->at, D_BAD_MOMENT, whole < 0 || whole > most ? "%s lies outside the play, which runs from %s to %s" : "no turn begins at %s; the play runs from %s to %s", program_date(m->p, m->a, time),
                   program_date(m->p, m->a, m->p->time.start), program_date(m->p, m->a, program_moment(m->p, most)));
        return -1;
    }
    return (int)whole;
}

static int static_element(struct model *m, const struct expr *q)
{
    const struct m_quantity *const x = &m->quantities.at[q->index];
    int element = 0;
    for (int i = 0; i < q->args; i++) {
        const struct expr *const at = q->arg[i];
        if (at->symbol != SYMBOL_ELEMENT) {
            diag_error(m->d, at->at, D_BAD_CLAIM, "an element is wanted here, written out");
            return -1;
        }
        int const place = element_in(m, at->kind == EX_NUMBER ? x->dim[i] : at->set, at->index, x->dim[i]);
        element = element * m->sets.at[x->dim[i]].count + (place < 0 ? 0 : place);
    }
    return element;
}

/* Every at(…) and its like becomes a sample with a slot; the call is renamed to the sample's text so that emit.c finds it. */
static void find_samples(struct model *m, struct m_claim *c, const struct node *node, struct expr *e)
{
    static const struct { int function; enum sample_kind kind; } kinds[] = {
        {FN_at, SAMPLE_AT}, {FN_mean, SAMPLE_MEAN}, {FN_total, SAMPLE_TOTAL}, {FN_greatest, SAMPLE_GREATEST}, {FN_least, SAMPLE_LEAST}};
    for (int k = 0; e->kind == EX_CALL && k < 5; k++) {
        if (e->index != kinds[k].function)
            continue;
        struct sample s = {.kind = kinds[k].kind, .play = e->arg[0]->index, .quantity = e->arg[1]->index, .from = -1, .to = -1};
        const struct m_quantity *const q = &m->quantities.at[s.quantity];
        int const turns = m->p->play[s.play].turns;
        s.flow = q->mean != NO_SLOT;
        s.element = static_element(m, e->arg[1]);
        int const last = s.flow ? turns - 1 : turns;
        s.from = moment_of(m, e->arg[2], last);
        s.to = e->args > 3 ? moment_of(m, e->arg[3], turns) : s.from;
        if (e->args > 3 && s.from >= 0 && s.to >= 0 && s.to < s.from)
            diag_error(m->d, e->arg[3]->at, D_BAD_MOMENT, "the span ends before it begins; from comes before to");
        s.slot = new_work(m, 1);
        s.text = node->raw && e->at.at >= node->at.at ? arena_copy(m->a, node->text + (e->at.at - node->at.at), e->at.length) : arena_text(m->a, e->name);
        *LIST_ADD(m->a, c->samples) = s;
        e->name = s.text;
        return;
    }
    for (int i = 0; i < e->args; i++)
        find_samples(m, c, node, e->arg[i]);
}

void build_claims(struct model *m)
{
    const struct node *const map = node_get(m->root, "claims");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct claim *const out = ARENA_ARRAY(m->a, n + 1, struct claim);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i], *const expect = node_get(block, "expect"), *const in = node_get(block, "in");
        if (block->kind != NODE_MAP || expect == NULL)
            continue;
        struct m_claim samples = {{0}};
        const char *const what = arena_printf(m->a, "claim %s", map->key[i]->text);
        struct scope s = {.m = m, .place = PLACE_CLAIM, .covered = true, .what = what, .origin = new_origin(m, what, map->key[i]), .claim = &samples};
        struct claim *const c = &out[count];
        *c = (struct claim){.name = map->key[i]->text, .says = node_words(node_get(block, "says"), ""), .text = node_words(expect, ""), .expect = NO_CODE};
        c->why = node_words(node_get(block, "because"), node_words(node_get(block, "judgement"), NULL));
        c->fails = strcmp(node_words(node_get(block, "verdict"), "holds"), "fails") == 0;
        if (in != NULL && node_number(m, in, &c->in) && (c->in < 0 || c->in > 1))
            diag_error(m->d, in->at, D_BAD_RANGE, "a share of runs lies between 0%% and 100%%");
        c->evidence = read_evidence(m, block);
        node_place(m, map->key[i], &c->path, &c->line);
        struct expr *const e = read_expr(&s, expect, TYPE_TRUTH, NULL);
        if (e == NULL)
            continue;
        find_samples(m, &samples, expect, e);
        if (samples.samples.count == 0) {
            diag_error(m->d, expect->at, D_BAD_CLAIM, "the claim reads no play; compare values as at(play, quantity, when)");
            continue;
        }
        c->expect = emit_code(&s, e, true);
        c->sample = samples.samples.at;
        c->samples = samples.samples.count;
        count++;
    }
    m->p->claim = out;
    m->p->claims = count;
}

/* --- comparisons --------------------------------------------------------------------------------------------------------------------- */
static bool read_period(struct model *m, const struct node *n, int *from, int *to)
{
    *from = *to = -1;
    if (n == NULL)
        return false;
    const char *const text = node_words(n, "");
    const char *const dots = strstr(text, "..");
    if (dots == NULL) {
        diag_error(m->d, n->at, D_BAD_MOMENT, "a period is two dates, as 2017-02..2017-08");
        return false;
    }
    struct node a = *n, b = *n;
    a.text = arena_copy(m->a, text, (size_t)(dots - text));
    b.text = dots + 2;
    *from = node_turn(m, &a, 0);
    *to = node_turn(m, &b, 0);
    if (*from >= 0 && *to < *from && *to >= 0)
        diag_error(m->d, n->at, D_BAD_MOMENT, "the period ends before it begins");
    return *from >= 0 && *to >= 0;
}

static const struct observed *read_observed(struct model *m, const struct node *data, int turns, int *count_out)
{
    const double *time, *value;
    int const n = read_data(m, data, &time, &value);
    struct observed *const out = ARENA_ARRAY(m->a, n > 0 ? n : 1, struct observed);
    int count = 0;
    for (int i = 0; i < n; i++) {
        double const t = (time[i] - m->p->time.start) / m->p->time.turn, whole = pm_round(t);
        if (whole >= -1 && whole < turns && t - whole < 1e-6 && whole - t < 1e-6)       /* -1: the value before, for the baselines */
            out[count++] = (struct observed){(int)whole, value[i]};
    }
    for (int i = 1; i < count; i++)                     /* in order of time; files need not be */
        for (int k = i; k > 0 && out[k].turn < out[k - 1].turn; k--) {
            struct observed const x = out[k];
            out[k] = out[k - 1];
            out[k - 1] = x;
        }
    *count_out = count;
    return out;
}

static void read_baselines(struct model *m, const struct node *map, struct compare *c, int turns)
{
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct baseline *const out = ARENA_ARRAY(m->a, n + 1, struct baseline);
    for (int i = 0; i < n; i++) {
        out[i].name = map->key[i]->text;
        out[i].at = read_observed(m, map->item[i], turns, &out[i].count);
    }
    c->baseline = out;
    c->baselines = n;
}

void build_compares(struct model *m)
{
    const struct node *const map = node_get(m->root, "compare");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct compare *const out = ARENA_ARRAY(m->a, n + 1, struct compare);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i], *const quantity = node_get(block, "quantity"), *const data = node_get(block, "data");
        if (block->kind != NODE_MAP || quantity == NULL || data == NULL)
            continue;
        struct compare *const c = &out[count];
        *c = (struct compare){.name = map->key[i]->text, .play = play_of(m, node_get(block, "play"))};
        node_place(m, map->key[i], &c->path, &c->line);
        struct scope s = {.m = m, .place = PLACE_TURN, .covered = true, .what = c->name};
        struct expr *const e = read_expr(&s, quantity, TYPE_NUMBER, NULL);
        if (e == NULL)
            continue;
        if (e->kind != EX_NAME || e->symbol != SYMBOL_QUANTITY) {
            diag_error(m->d, quantity->at, D_BAD_CLAIM, "a quantity is wanted here, or one of its elements; give an expression a name of its own");
            continue;
        }
        c->quantity = e->index;
        c->element = static_element(m, e);
        c->log_rms = strcmp(node_words(node_get(block, "error"), "rms"), "log_rms") == 0;
        int const turns = c->play >= 0 ? m->p->play[c->play].turns : m->p->time.turns;
        c->at = read_observed(m, data, turns, &c->count);
        read_baselines(m, node_get(block, "baselines"), c, turns);
        read_period(m, node_get(block, "fit"), &c->fit_from, &c->fit_to);
        read_period(m, node_get(block, "test"), &c->test_from, &c->test_to);
        if (c->element >= 0)
            count++;
    }
    m->p->compare = out;
    m->p->compares = count;
}
