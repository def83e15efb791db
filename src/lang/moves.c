/* lang/moves.c — moves, and events, endings and questions, which share their scopes. */
#include <string.h>
#include "base/pmath.h"
#include "base/text.h"
#include "lang/model.h"

enum { RAMP_MOST = 10000 };

static struct scope turn_scope(struct model *m, const char *what, const struct node *at, bool covered)
{
    return (struct scope){.m = m, .place = PLACE_TURN, .covered = covered, .lint = true, .what = what, .origin = new_origin(m, what, at)};
}

static void bind_target(struct scope *s, int set)
{
    if (set < 0)
        return;
    scope_bind(s, s->m->sets.at[set].name, set);
    s->bound[s->bounds - 1].runtime = true;
    s->bound[s->bounds - 1].slot = s->m->p->target_slot;
}

static void check_chance(struct model *m, const struct node *n)
{
    double x;
    if (node_plain_number(n, &x) && (x < 0 || x > 1))
        diag_error(m->d, n->at, D_BAD_RANGE, "a chance lies between 0 and 1 (or 0%% and 100%%)");
}

/* A length of time that is counted in turns; 0 if none is given. */
static int whole_span(struct model *m, const struct node *n)
{
    double x;
    if (n == NULL || !node_span_turns(m, n, &x))
        return 0;
    double const turns = pm_round(x);
    if (x - turns > 1e-9 || turns - x > 1e-9 || turns < 1 || turns > 10000) {
        diag_error(m->d, n->at, D_NOT_WHOLE, "a whole number of turns is wanted here, from 1 on");
        return 0;
    }
    return (int)turns;
}

static struct code_ref read_cost(struct scope *s, const struct node *n)
{
    double x;
    if (n == NULL)
        return (struct code_ref){-1, constant(s->m, 0)};
    if (node_plain_number(n, &x) && x < 0)
        diag_error(s->m->d, n->at, D_BAD_RANGE, "a cost is not negative; what a move brings in, its effects say");
    struct scope own = *s;
    own.lint = false;
    struct expr *const e = read_expr(&own, n, TYPE_NUMBER, NULL);
    return e != NULL ? emit_code(&own, e, false) : (struct code_ref){-1, constant(s->m, 0)};
}

static void read_price(struct scope *s, const struct node *block, const char *whose, struct verb_price *price)
{
    struct scope own = *s;
    own.covered |= block != NULL && has_evidence(block);
    price->given = true;
    price->written = node_get(block, "effects") != NULL;
    price->cost = read_cost(&own, node_get(block, "cost"));
    price->effects = build_effects(s->m, node_get(block, "effects"), &own, whose);
}

static bool level_between(struct model *m, const struct node *n, double *x)
{
    if (!node_number(m, n, x))
        return false;
    if (*x >= 0 && *x <= 1)
        return true;
    diag_error(m->d, n->at, D_BAD_RANGE, "a level lies between 0 and 1 (or 0%% and 100%%)");
    *x = 1;
    return false;
}

static void read_settings(struct model *m, const struct node *measure, struct scope *s, struct move *mv)
{
    const struct node *const map = node_get(measure, "settings");
    int const n = map != NULL && map->kind == NODE_MAP && map->count > 0 ? map->count : 1;
    struct setting *const out = ARENA_ARRAY(m->a, n, struct setting);
    mv->setting = out;
    mv->settings = n;
    for (int i = 0; i < n; i++) {
        out[i] = (struct setting){.name = "on", .level = 1, .ceiling = 1, .lift_cost = NO_CODE};
        if (map == NULL || map->kind != NODE_MAP || map->count == 0)
            continue;
        const struct node *const block = map->item[i];
        out[i].name = map->key[i]->text;
        if (block->kind != NODE_MAP) {
            level_between(m, block, &out[i].level);
            continue;
        }
        const struct node *const level = node_get(block, "level"), *const quiet = node_get(block, "quiet"), *const ceiling = node_get(block, "ceiling"), *const lift = node_get(block, "lift");
        if (level != NULL)
            level_between(m, level, &out[i].level);
        if (quiet != NULL)
            level_between(m, quiet, &out[i].quiet);
        if (ceiling != NULL)
            level_between(m, ceiling, &out[i].ceiling);
        if (lift != NULL) {
            out[i].has_lift = true;
            out[i].lift_cost = read_cost(s, node_get(lift, "cost"));
            out[i].lift = build_effects(m, node_get(lift, "effects"), s, mv->name);
        }
    }
}

static int ramp_steps(struct model *m, const struct node *n)
{
    double turns;
    if (n == NULL || !node_span_turns(m, n, &turns))
        return 0;
    if (turns > RAMP_MOST) {
        diag_error(m->d, n->at, D_NOT_WHOLE, "a ramp takes at most %d turns; write a shorter one", RAMP_MOST);
        return 0;
    }
    return (int)pm_round(turns * m->p->time.steps);
}

static void read_measure(struct model *m, const struct node *measure, struct scope *s, struct move *mv)
{
    const struct node *const ramp = node_get(measure, "ramp"), *const decay = node_get(measure, "decay"), *const ceiling = node_get(measure, "ceiling");
    mv->measure = true;
    mv->ceiling = 1;
    if (ceiling != NULL)
        level_between(m, ceiling, &mv->ceiling);
    if (decay != NULL)
        level_between(m, decay, &mv->decay);
    mv->ramp_up = ramp_steps(m, ramp != NULL && ramp->kind == NODE_MAP ? node_get(ramp, "up") : ramp);
    mv->ramp_down = ramp_steps(m, ramp != NULL && ramp->kind == NODE_MAP ? node_get(ramp, "down") : ramp);
    read_settings(m, measure, s, mv);
}

static const struct node *first_item(const struct node *n) { return n != NULL && n->kind == NODE_LIST ? (n->count > 0 ? n->item[0] : NULL) : n; }

static int move_named(struct model *m, const struct node *n)
{
    int const at = node_is_text(n) ? find_move(m, n->text) : -1;
    if (at < 0 && n != NULL) {
        LIST_OF(const char *) all = {0};
        for (int i = 0; i < m->moves.count; i++)
            *LIST_ADD(m->a, all) = m->moves.at[i].name;
        const char *const near = text_nearest(node_words(n, ""), all.at, all.count);
        diag_error(m->d, n->at, D_UNKNOWN_MOVE, "no move is called '%s'; %s", node_words(n, "…"), did_you_mean(m, near, "moves stand in `moves`"));
    }
    return at;
}

static void read_answer(struct model *m, const struct node *block, struct move *moves, int at)
{
    struct move *const mv = &moves[at];
    const struct node *const by = node_get(block, "by"), *const refuse = first_item(node_get(block, "refuse")), *const accept = first_item(node_get(block, "accept"));
    mv->answer_by = node_is_text(by) ? find_seat(m, by->text) : -1;
    if (mv->answer_by < 0) {
        diag_error(m->d, by != NULL ? by->at : block->at, D_UNKNOWN_SEAT, "no seat is called '%s'; seats stand in `seats`", node_words(by, "…"));
        return;
    }
    if (mv->answer_by == mv->seat) {
        diag_error(m->d, by->at, D_BAD_ANSWER, "'%s' makes this move itself; another seat answers it", m->seats.at[mv->seat]);
        return;
    }
    const struct node *const named = refuse != NULL ? refuse : accept;
    int const with = move_named(m, named);
    if (with < 0)
        return;
    if (m->moves.at[with].seat != mv->answer_by) {
        diag_error(m->d, named->at, D_BAD_ANSWER, "'%s' is no move of '%s', which is to answer with it", m->moves.at[with].name, m->seats.at[mv->answer_by]);
        return;
    }
    if (m->moves.at[with].target >= 0) {
        diag_error(m->d, named->at, D_BAD_ANSWER, "'%s' has a target; an answer is a move without one", m->moves.at[with].name);
        return;
    }
    mv->answer = refuse != NULL ? ANSWER_REFUSE : ANSWER_ACCEPT;
    mv->answer_move = with;
    moves[with].answers = at;
    const struct node *const silence = node_get(block, "silence");
    mv->silence_passes = silence != NULL ? strcmp(node_words(silence, ""), "passes") == 0 : refuse != NULL;
}

static void read_outcomes(struct model *m, const struct node *list, const struct scope *s, struct move *mv)
{
    int const n = list == NULL ? 0 : list->kind == NODE_LIST ? list->count : 1;
    struct outcome *const out = ARENA_ARRAY(m->a, n > 0 ? n : 1, struct outcome);
    double sum = 0, x;
    bool rest = false;
    for (int i = 0; i < n; i++) {
        const struct node *const block = list->kind == NODE_LIST ? list->item[i] : list, *const chance = node_get(block, "chance");
        struct scope own = *s;
        own.covered |= has_evidence(block);
        out[i] = (struct outcome){.chance = NO_CODE, .otherwise = node_truth(m, node_get(block, "otherwise")), .title = node_words(node_get(block, "title"), "")};
        struct unit const none = unit_none();
        check_chance(m, chance);
        if (out[i].otherwise && rest)
            diag_error(m->d, node_get(block, "otherwise")->at, D_BAD_EFFECT, "what is left over can go to one outcome only; give this one a chance");
        rest |= out[i].otherwise;
        if (node_plain_number(chance, &x) && x <= 1 && sum <= 1 && (sum += x) > 1 + 1e-9)
            diag_error(m->d, chance->at, D_BAD_RANGE, "the chances add up to more than 1 here; make them 100%% together, or less");
        if (chance != NULL)
            out[i].chance = emit_code(&own, read_expr(&own, chance, TYPE_NUMBER, &none), true);
        else if (!out[i].otherwise)
            diag_error(m->d, block->at, D_BAD_EFFECT, "an outcome has a chance, or otherwise: true");
        out[i].effects = build_effects(m, node_get(block, "effects"), &own, mv->name);
    }
    mv->outcome = out;
    mv->outcomes = n;
    mv->outcome_stream = new_stream(m, arena_printf(m->a, "outcome:%s", mv->name), false);
}

static void read_ends(struct model *m, const struct node *list, struct move *mv)
{
    int const n = list == NULL ? 0 : list->kind == NODE_LIST ? list->count : 1;
    int *const ends = ARENA_ARRAY(m->a, n > 0 ? n : 1, int);
    for (int i = 0; i < n; i++) {
        const struct node *const one = list->kind == NODE_LIST ? list->item[i] : list;
        int const at = move_named(m, one);
        if (at >= 0 && !m->moves.at[at].measure)
            diag_error(m->d, one->at, D_UNKNOWN_MOVE, "'%s' is an act, over when it is done; only a measure can be ended", m->moves.at[at].name);
        else if (at >= 0)
            ends[mv->ends_count++] = at;
    }
    mv->ends = ends;
}

static void read_target(struct model *m, const struct m_move *x, struct scope *s, struct move *mv)
{
    const struct node *const target = node_get(x->node, "target"), *const pick = node_get(x->node, "pick");
    mv->allowed = mv->pick = NO_CODE;
    if (x->target < 0) {
        if (pick != NULL && target == NULL)
            diag_error(m->d, pick->at, D_BAD_ROW, "a rule that picks needs something to pick from; add `target` with the set");
        return;
    }
    const char *const text = target->text;
    size_t const name = strlen(m->sets.at[x->target].name);
    const char *const rest = text + name + strspn(text + name, " \n");
    if (strncmp(rest, "where ", 6) == 0) {
        size_t const from = (size_t)(rest + 6 - text);
        struct expr *const e = read_expr_part(s, target, from, strlen(text) - from, TYPE_TRUTH, NULL);
        if (e != NULL) {
            read_only_exact(m, e, x->seat, "a target's condition");
            mv->allowed = emit_code(s, e, true);
        }
    } else if (*rest != '\0') {
        diag_error(m->d, target->at, D_BAD_ROW, "after the set comes 'where' and a condition: %s where …", m->sets.at[x->target].name);
    }
    if (pick != NULL) {
        struct scope own = *s;
        own.bounds = 0;
        struct expr *const e = read_expr(&own, pick, TYPE_ELEMENT, NULL);
        if (e != NULL && !sets_meet(m, e->set, x->target))
            diag_error(m->d, pick->at, D_SUBSCRIPTS, "the rule picks one of '%s', but the target is one of '%s'", m->sets.at[e->set].name, m->sets.at[x->target].name);
        else if (e != NULL) {
            read_only_exact(m, e, x->seat, "a rule that picks");
            mv->pick = emit_code(&own, e, true);
        }
    }
}

static void build_move(struct model *m, struct move *moves, int at)
{
    const struct m_move *const x = &m->moves.at[at];
    struct move *const mv = &moves[at];
    bool const covered = has_evidence(x->node);
    struct scope s = turn_scope(m, arena_printf(m->a, "move %s", x->name), x->key, covered);
    bind_target(&s, x->target);
    node_place(m, x->key, &mv->path, &mv->line);
    mv->evidence = read_evidence(m, x->node);
    mv->cost = read_cost(&s, node_get(x->node, "cost"));
    mv->requires = NO_CODE;
    read_target(m, x, &s, mv);
    struct expr *const requires = read_expr(&s, node_get(x->node, "requires"), TYPE_TRUTH, NULL);
    if (requires != NULL) {
        read_only_exact(m, requires, x->seat, "a requirement");
        mv->requires = emit_code(&s, requires, true);
        mv->requires_said = expr_say(m, requires);
    }
    if (x->measure) {
        const struct node *const threat = node_get(x->node, "threat");
        read_measure(m, node_get(x->node, "measure"), &s, mv);
        read_price(&s, threat, mv->name, &mv->threat);
        mv->threat_lapses = whole_span(m, node_get(threat, "lapses"));
        read_price(&s, node_get(x->node, "ease"), mv->name, &mv->ease);
        read_price(&s, node_get(x->node, "lift"), mv->name, &mv->lift);
        read_price(&s, node_get(x->node, "snapback"), mv->name, &mv->snapback);
    } else {
        static const char *const only[] = {"threat", "ease", "lift", "snapback"};
        for (int i = 0; i < 4; i++)
            if (node_get(x->node, only[i]) != NULL)
                diag_error(m->d, node_get(x->node, only[i])->at, D_BAD_ANSWER, "'%s' belongs to a measure; add `measure:` or leave it out", only[i]);
    }
    read_ends(m, node_get(x->node, "ends"), mv);
    mv->effects = build_effects(m, node_get(x->node, "effects"), &s, mv->name);
    read_outcomes(m, node_get(x->node, "outcomes"), &s, mv);
    mv->detect_stream = new_stream(m, arena_printf(m->a, "detect:%s", mv->name), false);
    mv->says = node_get(x->node, "says") != NULL ? text_of(m, node_get(x->node, "says")) : NULL;
}

/* Names, seats and targets first: rows of personas and plays, and answers, refer to moves further down. */
static void declare(struct model *m, struct move *moves)
{
    for (int i = 0; i < m->moves.count; i++) {
        struct m_move *const x = &m->moves.at[i];
        moves[i] = (struct move){.name = x->name, .title = node_words(node_get(x->node, "title"), readable(m, x->name)), .seat = x->seat, .target = x->target,
                                 .targets = x->target >= 0 ? m->sets.at[x->target].count : 1, .state = x->state, .answers = -1, .answer_by = -1, .answer_move = -1};
    }
}

void build_moves(struct model *m)
{
    struct move *const moves = ARENA_ARRAY(m->a, m->moves.count + 1, struct move);
    declare(m, moves);
    m->p->move = moves;
    m->p->moves = m->moves.count;
    for (int i = 0; i < m->moves.count; i++)
        build_move(m, moves, i);
    for (int i = 0; i < m->moves.count; i++) {
        const struct node *const answer = node_get(m->moves.at[i].node, "answer");
        if (answer != NULL && answer->kind == NODE_MAP)
            read_answer(m, answer, moves, i);
    }
}

/* --- events ----------------------------------------------------------------------------------------------------------------------- */
void build_events(struct model *m)
{
    const struct node *const map = node_get(m->root, "events");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct event *const out = ARENA_ARRAY(m->a, n + 1, struct event);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i];
        if (block->kind != NODE_MAP)
            continue;
        struct event *const e = &out[count++];
        struct scope s = turn_scope(m, arena_printf(m->a, "event %s", map->key[i]->text), map->key[i], has_evidence(block));
        const struct node *const on = node_get(block, "on"), *const when = node_get(block, "when"), *const chance = node_get(block, "chance"), *const cooldown = node_get(block, "cooldown");
        *e = (struct event){.name = map->key[i]->text, .when = NO_CODE, .chance = NO_CODE, .last = new_state(m, 1, arena_printf(m->a, "last %s", map->key[i]->text))};
        e->headline = node_get(block, "headline") != NULL ? text_of(m, node_get(block, "headline")) : NULL;
        e->title = node_words(node_get(block, "title"), e->headline != NULL && strchr(e->headline, '\n') == NULL ? e->headline : readable(m, e->name));
        e->purpose = node_words(node_get(block, "purpose"), NULL);
        e->dated = on != NULL && node_time(m, on, &e->on);
        if (e->dated && e->on < m->p->time.start - 1e-9 * m->p->time.turn)
            diag_error(m->d, on->at, D_BAD_MOMENT, "%s lies before the start, %s; it would never happen", program_date(m->p, m->a, e->on), program_date(m->p, m->a, m->p->time.start));
        e->each_turn = node_get(block, "each") != NULL;
        if (on != NULL && e->each_turn)
            diag_error(m->d, node_get(block, "each")->at, D_ONE_OF, "'on' and 'each' cannot both stand here: an event comes at a date or in every turn; keep one");
        e->by_hand = node_get(block, "by") != NULL;
        e->chance_stream = new_stream(m, arena_printf(m->a, "event:%s", e->name), false);
        if (when != NULL)
            e->when = emit_code(&s, read_expr(&s, when, TYPE_TRUTH, NULL), true);
        if (chance != NULL)
            e->chance = emit_code(&s, read_expr(&s, chance, TYPE_NUMBER, NULL), true);
        check_chance(m, chance);
        e->cooldown = whole_span(m, cooldown);
        e->effects = build_effects(m, node_get(block, "effects"), &s, e->name);
        e->evidence = read_evidence(m, block);
        node_place(m, map->key[i], &e->path, &e->line);
    }
    m->p->event = out;
    m->p->events = count;
}

void build_endings(struct model *m)
{
    const struct node *const map = node_get(m->root, "endings");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct ending *const out = ARENA_ARRAY(m->a, n + 1, struct ending);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i], *const worth = node_get(block, "worth");
        if (block->kind != NODE_MAP)
            continue;
        struct ending *const e = &out[count++];
        struct scope s = turn_scope(m, arena_printf(m->a, "ending %s", map->key[i]->text), map->key[i], has_evidence(block));
        *e = (struct ending){.name = map->key[i]->text, .at_end = node_get(block, "at") != NULL, .when = NO_CODE};
        e->title = node_words(node_get(block, "title"), readable(m, e->name));
        e->text = node_get(block, "text") != NULL ? text_of(m, node_get(block, "text")) : NULL;
        e->when = emit_code(&s, read_expr(&s, node_get(block, "when"), TYPE_TRUTH, NULL), true);
        struct code_ref *const worths = ARENA_ARRAY(m->a, m->seats.count + 1, struct code_ref);
        for (int seat = 0; seat < m->seats.count; seat++)
            worths[seat] = (struct code_ref){-1, constant(m, 0)};
        s.lint = false;
        for (int k = 0; worth != NULL && worth->kind == NODE_MAP && k < worth->count; k++) {
            int const seat = find_seat(m, worth->key[k]->text);
            if (seat < 0)
                diag_error(m->d, worth->key[k]->at, D_UNKNOWN_SEAT, "no seat is called '%s'; seats stand in `seats`", worth->key[k]->text);
            else {
                struct expr *const x = read_expr(&s, worth->item[k], TYPE_NUMBER, NULL);
                if (x != NULL)
                    worths[seat] = emit_code(&s, x, true);
            }
        }
        e->worth = worths;
    }
    m->p->ending = out;
    m->p->endings = count;
}

void build_questions(struct model *m)
{
    const struct node *const map = node_get(m->root, "questions");
    int const n = map != NULL && map->kind == NODE_MAP ? map->count : 0;
    struct question *const out = ARENA_ARRAY(m->a, n + 1, struct question);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct node *const block = map->item[i];
        if (block->kind != NODE_MAP)
            continue;
        struct scope s = turn_scope(m, arena_printf(m->a, "question %s", map->key[i]->text), map->key[i], true);
        struct question *const q = &out[count++];
        *q = (struct question){.name = map->key[i]->text, .ask = node_words(node_get(block, "ask"), ""), .true_when = NO_CODE};
        q->true_when = emit_code(&s, read_expr(&s, node_get(block, "true_when"), TYPE_TRUTH, NULL), true);
        node_time(m, node_get(block, "at"), &q->at);
    }
    m->p->question = out;
    m->p->questions = count;
}
