/* tests/unit/code/proposal_test.c — proposals read, print, say themselves, and say what is wrong with them. */
#include "unit.h"
#include "base/rng.h"
#include "code/proposal.h"
#include "engine/build.h"

static struct arena arena;
static struct build b;
static const struct program *p;
static const char *const banks[] = {"border_bank", "port_bank", "3"};
static const struct setting curbs[] = {{.name = "informal", .level = 0.5}, {.name = "decree", .level = 1}};
static const struct vague vague[] = {{"substantially", false, 0.3, 0.9}, {"promptly", true, 1, 3}};
static const struct method method[] = {{.name = "trade_data", .title = "Trade figures", .lag = 1, .error = 0.12}, {.name = "inspectors", .consent = true}};
static const struct deal_term term[] = {{.name = "effort_held", .title = "China holds enforcement at 70 % or more", .seat = 1, .kept_when = NO_CODE},
                                        {.name = "no_tests", .seat = 2, .kept_when = NO_CODE}};
static const struct proposal_place us = {0, 0}, open = {-1, 0}, june = {0, 4};

enum { US, CHINA, KOREA };

static void set_up(void)
{
    build_begin(&b, &arena);
    b.seat[US] = (struct seat){.name = "us", .title = "the United States", .short_name = "US"};
    b.seat[CHINA] = (struct seat){.name = "china", .title = "China", .short_name = "CN"};
    b.seat[KOREA] = (struct seat){.name = "north_korea", .title = "North Korea", .short_name = "KP"};
    b.p.seats = 3;
    const int bank = build_set(&b, "bank", 3, banks);
    struct move *m = build_move(&b, "list_bank", bank);
    m->seat = US, m->title = "Name a bank";
    m = build_move(&b, "labour_curb", -1);
    m->seat = CHINA, m->title = "Curb labour", m->setting = curbs, m->settings = 2;
    m = build_move(&b, "summit", -1);
    m->seat = US, m->title = "Meet at the summit", m->measure = false, m->settings = 0;
    m = build_move(&b, "ease", -1);                         /* a move may have a verb's name */
    m->seat = CHINA, m->title = "Ease the border";
    m = build_move(&b, "refrain", -1);
    m->seat = US, m->title = "UN text";
    build_block(&b, BLOCK_START);
    build_stock(&b, "pressure", build_constant(&b, 0.3));
    build_stock(&b, "heat", build_constant(&b, 0.3));
    b.quantity[1].title = "Heat", b.quantity[1].unit = "$m";
    b.p.vague = vague, b.p.vagues = 2, b.p.method = method, b.p.methods = 2, b.p.term = term, b.p.terms = 2;
    p = build_program(&b);
}

static struct proposal parsed(struct proposal_place place, const char *text)
{
    struct proposal q;
    int at;
    const char *wrong = proposal_parse(p, &arena, place, text, &q, &at);
    if (wrong)
        fail_msg("'%s': %d: %s", text, at, wrong);
    return q;
}

static void reads(struct proposal_place place, const char *text, const char *printed)
{
    const struct proposal q = parsed(place, text), again = parsed(place, printed);
    assert_string_equal(proposal_print(p, &arena, place, &q), printed);
    assert_true(proposal_same(&q, &again));
}

TEST(every_form_reads_and_prints_in_one_way)
{
    UNUSED_STATE;
    reads(us, "offer us -> china private expires T6: us will not list_bank until T8 if 2; china will enforce labour_curb >= 60% by T7; verify trade_data; "
              "remedy snapback; binding duty",
          "offer us -> china private expires T6: us will not list_bank until T8 if 2; china will enforce labour_curb >= 60% by T7; verify trade_data; remedy snapback");
    reads(us, "offer cn: us will summit by 2017-08", "offer us -> china private: us will summit by T7");
    reads(us, "ask kp,china public:north_korea will no_tests from T2 to T4 unless pressure<30%",
          "ask us -> china, north_korea public: north_korea will no_tests from T2 to T4 unless pressure < 0.3");
    reads(open, "threat us->china: us will list_bank(port_bank) from 2017-05 if heat >= 12.5", "threat us -> china private: us will list_bank(port_bank) from T4 if heat >= 12.5");
    reads(open, "statement us: us will do refrain each turn", "statement us: us will impose refrain each turn");
    reads(us, "statement : us will refrain list_bank(2)", "statement us: us will not list_bank(port_bank)");
    reads(us, "assurance china backchannel: us will refrain from list_bank until T3", "assurance us -> china backchannel: us will not list_bank until T3");
    reads(open, "report china -> us: china will labour_curb / decree substantially promptly; binding intent",
          "report china -> us private: china will labour_curb/decree substantially promptly; binding intent");
    reads(us, "offer china: china will ease labour_curb 40%; us will lift list_bank; verify none; remedy none; binding auto; secret us will delay summit by T2",
          "offer us -> china private: china will ease labour_curb <= 40%; us will lift list_bank; secret us will delay summit by T2; binding auto");
    reads(us, "offer china: china will ease; china will ease ease; china will effort_held until T4",
          "offer us -> china private: china will impose ease; china will ease ease; china will effort_held until T4");
    reads(june, "offer china expires T1: us will summit by T2; china will effort_held until 2017-09",
          "offer us -> china private expires T1: us will summit by T2; china will effort_held until T4");
}

TEST(what_is_left_out_has_one_meaning)
{
    UNUSED_STATE;
    const struct proposal q = parsed(us, "offer china: us will list_bank; china will labour_curb 60%");
    assert_int_equal(q.from, US);
    assert_int_equal(q.to, 1u << CHINA);
    assert_int_equal(q.channel, CHANNEL_PRIVATE);
    assert_int_equal(q.expires, -1);
    assert_int_equal(q.verify, -1);
    assert_int_equal(q.remedy, REMEDY_NONE);
    assert_int_equal(q.binding, BINDING_DUTY);
    assert_int_equal(q.clause[0].verb, CLAUSE_IMPOSE);
    assert_int_equal(q.clause[0].target, -1);
    assert_int_equal(q.clause[1].level, LEVEL_LEAST);
    assert_true(q.clause[1].amount == 0.6);
    assert_int_equal(parsed(june, "offer china: us will summit by T1").clause[0].to, 4);
}

static void refuses(struct proposal_place place, const char *text, const char *at_words, const char *want)
{
    struct proposal q;
    int at;
    const char *wrong = proposal_parse(p, &arena, place, text, &q, &at);
    if (!wrong)
        fail_msg("'%s' was read", text);
    assert_string_equal(wrong, want);
    if (strncmp(text + at, at_words, strlen(at_words)) != 0)
        fail_msg("'%s': seen at '%s', not at '%s'", text, text + at, at_words);
}

TEST(refusals_say_where_and_what_to_do)
{
    UNUSED_STATE;
    refuses(us, "", "", "a proposal begins with its kind, which is ask, offer, threat, assurance, statement or report, but the text ends here");
    refuses(us, "deal china: us will summit", "deal", "a proposal begins with its kind, which is ask, offer, threat, assurance, statement or report, but 'deal' stands here");
    refuses(us, "offer chna: us will summit", "chna", "this scenario has no seat 'chna'; did you mean 'china'?");
    refuses(us, "offer china us will summit", "us", "':' is wanted before the clauses, but 'us' stands here");
    refuses(us, "offer: us will summit", "offer", "it is not said to whom; write `offer china: …`");
    refuses(us, "offer us: us will summit", "us", "the United States cannot speak to itself; name another seat");
    refuses(us, "offer china -> us: us will summit", "china", "nobody speaks for China but itself; leave out `china ->`");
    refuses(open, "offer china: us will summit", "china", "it is not said who speaks; write `offer us -> …`");
    refuses(us, "offer china, cn: us will summit", "cn", "China is named twice; leave one out");
    refuses(us, "statement private: us will summit", "private", "a statement is public; leave the channel out, or write an assurance");
    refuses(us, "offer china expires June: us will summit", "June", "'June' is no turn; write `T7` or `2017-08`");
    refuses(us, "offer china expires T0: us will summit", "T0", "there is no turn 0; turns are counted from T1");
    refuses(june, "offer china: us will summit by 2017-04", "2017-04", "2017-04 lies before the first turn, which begins in 2017-06");
    refuses(us, "offer china: us summit", "summit", "'will' is wanted after the seat, but 'summit' stands here; write `us will …`");
    refuses(us, "offer china: us will", "", "what the seat will do is wanted, but the text ends here; write a move such as `list_bank`");
    refuses(us, "offer china: us will sumit", "sumit", "this scenario has no move or term 'sumit'; did you mean 'summit'?");
    refuses(us, "offer china: us will list_bank(dandong)", "list_bank", "the set 'bank' has no element 'dandong'; write one of: border_bank, port_bank, 3");
    refuses(us, "offer china: us will labour_curb", "labour_curb", "'labour_curb' is for China to do, so the United States cannot promise it; write `china will …`");
    refuses(us, "offer china: us will enforce summit", "summit", "'summit' is an act, done once, so nobody can enforce it; write `will summit`");
    refuses(us, "offer china: us will summit >= 60%", "60%", "'summit' has no level; leave it out");
    refuses(us, "offer china: us will list_bank > 60%", ">", "a level is at least, at most or exactly so much; write `>= 60%`, `<= 60%` or `= 60%`");
    refuses(us, "offer china: us will list_bank >= 160%", "160", "a level of 160 is outside 0 to 100 %; write one such as 60%");
    refuses(us, "offer china: us will not refrain list_bank", "refrain", "'not refrain' says twice no; write `will` and the move");
    refuses(us, "offer china: us will summit from T4 to T2", "T2", "the span ends before it begins; write the earlier turn first");
    refuses(us, "offer china: us will summit until T1", "T1", "'until' the first turn is no time at all; name a later one");
    refuses(us, "offer china: us will summit each day", "day", "'each' is followed by `turn`, but 'day' stands here");
    refuses(us, "offer china: us will summit if 2", "offer", "clause 1 hangs on clause 2, but there are 1");
    refuses(us, "offer china: us will summit if 1", "offer", "clause 1 hangs on itself; name another");
    refuses(us, "assurance china: china will labour_curb", "assurance", "clause 1 is for China to keep, who has no say in this; make it an offer or a request");
    refuses(us, "offer china: us will summit; north_korea will no_tests", "offer",
            "clause 2 is for North Korea to keep, to whom this does not go; name that seat as well");
    refuses(us, "offer china: us will summit if 9", "9", "there is no clause 9; the first is 1 and the last that can be is 8");
    refuses(us, "offer china: us will summit if presure > 1", "presure", "this scenario has no quantity 'presure'; did you mean 'pressure'?");
    refuses(us, "offer china: us will summit if pressure", "", "'pressure' is compared with nothing; write for instance `pressure >= 1`");
    refuses(us, "offer china: us will summit if pressure > high", "high", "a number is wanted after '>', but 'high' stands here");
    refuses(us, "offer china: us will summit; verify spies", "spies",
            "this scenario has no method of verification 'spies'; write one of: trade_data, inspectors");
    refuses(us, "offer china: us will summit; remedy war", "war", "a remedy is none, snapback, lapse or reopen, but 'war' stands here");
    refuses(us, "offer china: us will summit; remedy none; remedy none", "remedy", "'remedy' is given twice; leave one out");
    refuses(us, "offer china: us will summit; binding auto; us will summit", "us", "clauses stand before verify, remedy and binding, but 'us' stands here");
    refuses(us, "offer china: us will summit soon", "soon", "a clause ends with ';' or the text, but 'soon' stands here");
    refuses(us, "offer china: us will summit;", "", "a seat is wanted, but the text ends here; write one such as `us`");
    refuses(us, "offer china: us will summit; us will summit; us will summit; us will summit; us will summit; us will summit; us will summit; us will summit; us will list_bank",
            "us will list_bank", "a proposal has at most 8 clauses; make two of it");
}

TEST(proposals_are_said_in_plain_words)
{
    UNUSED_STATE;
    struct proposal q = parsed(us, "offer china expires T6: us will not list_bank until 2017-09 if 2; china will enforce labour_curb >= 60% by 2017-08; verify trade_data; remedy snapback");
    assert_string_equal(proposal_say(p, &arena, &q),
                        "The United States offers China, in private. 1. The United States will not name a bank, until September 2017 begins, provided clause 2 is kept. "
                        "2. China will hold 'curb labour' at 60 percent or more, by the end of August 2017. Whether it is kept is judged by trade figures. If it is broken, "
                        "what was eased or lifted comes back at once. It stands until the end of July 2017.");
    q = parsed(us, "threat china public: us will list_bank(port_bank) promptly unless heat < 12.5; binding intent");
    assert_string_equal(proposal_say(p, &arena, &q), "The United States threatens China, in public. The United States will name a bank (port bank), 'promptly', unless "
                                                     "heat is below 12.5 $m. It says what is meant, and binds nobody.");
    q = parsed(us, "ask china, kp: china will effort_held each turn; kp will no_tests from T2 to T3");
    assert_string_equal(proposal_say(p, &arena, &q), "The United States asks China and North Korea, in private. 1. China promises: China holds enforcement at 70 % or more, each "
                                                     "turn. 2. North Korea promises: no tests, from March 2017 to the end of April 2017.");
}

/* --- proposals by chance ------------------------------------------------------------------------------------------------------------- */

static int below(struct rng *r, int n) { return (int)rng_below(r, (uint32_t)n); }

static struct clause any_clause(struct rng *r, int clauses, int self);

/* Of a seat that has a say in it. */
static struct clause bound_clause(struct rng *r, const struct proposal *q, int self)
{
    const bool answered = q->kind == PROPOSAL_OFFER || q->kind == PROPOSAL_ASK;
    struct clause c;
    do
        c = any_clause(r, q->clauses, self);
    while (c.seat != q->from && !(answered && (q->to >> c.seat & 1)));
    return c;
}

static struct clause any_clause(struct rng *r, int clauses, int self)
{
    struct clause c = {.move = -1, .target = -1, .setting = -1, .term = -1, .vague_level = -1, .vague_span = -1, .from = -1, .to = -1, .clause = -1, .quantity = -1};
    c.not = below(r, 2), c.secret = below(r, 8) == 0;
    if (below(r, 5) == 0) {
        c.verb = CLAUSE_TERM;
        c.term = below(r, p->terms);
        c.seat = p->term[c.term].seat;
    } else {
        c.move = below(r, p->moves);
        const struct move *m = &p->move[c.move];
        c.seat = m->seat;
        c.verb = m->measure ? (enum clause_verb)(CLAUSE_IMPOSE + below(r, 5)) : below(r, 2) ? CLAUSE_DO : CLAUSE_DELAY;
        c.target = m->target < 0 ? -1 : below(r, m->targets + 1) - 1;
        c.setting = below(r, m->settings + 1) - 1;
        if (c.verb == CLAUSE_IMPOSE || c.verb == CLAUSE_ENFORCE || c.verb == CLAUSE_EASE) {
            c.level = (enum level_kind)below(r, 5);
            if (c.level == LEVEL_VAGUE)
                c.vague_level = 0;
            else if (c.level != LEVEL_NONE)
                c.amount = below(r, 2) ? below(r, 101) / 100.0 : rng_unit(r);
        }
    }
    c.span = (enum span_kind)below(r, 7);
    if (c.span == SPAN_VAGUE)
        c.vague_span = 1;
    if (c.span == SPAN_FROM || c.span == SPAN_FROM_TO)
        c.from = 4 + below(r, 30);
    if (c.span == SPAN_BY || c.span == SPAN_UNTIL)
        c.to = 5 + below(r, 30);
    if (c.span == SPAN_FROM_TO)
        c.to = c.from + below(r, 9);
    c.condition = (enum condition_kind)below(r, 3);
    if (c.condition == CONDITION_CLAUSE && clauses == 1)
        c.condition = CONDITION_NONE;
    c.unless = c.condition != CONDITION_NONE && below(r, 2);
    if (c.condition == CONDITION_CLAUSE)
        c.clause = (self + 1 + below(r, clauses - 1)) % clauses;
    if (c.condition == CONDITION_FACT)
        c.quantity = below(r, p->quantities), c.op = (enum fact_op)below(r, 6), c.value = (rng_unit(r) - 0.5) * (below(r, 2) ? 1 : 1e9);
    return c;
}

static struct proposal any_proposal(struct rng *r)
{
    struct proposal q = {.kind = (enum proposal_kind)below(r, 6), .from = US, .expires = below(r, 2) ? -1 : 4 + below(r, 20), .clauses = 1 + below(r, MOST_CLAUSES)};
    q.to = q.kind == PROPOSAL_STATEMENT ? 0 : 2u << below(r, 2) | (below(r, 3) == 0 ? 2u : 0);
    q.channel = q.kind == PROPOSAL_STATEMENT ? CHANNEL_PUBLIC : (enum channel)below(r, 3);
    q.verify = below(r, p->methods + 1) - 1;
    q.remedy = (enum remedy)below(r, 4), q.binding = (enum binding)below(r, 3);
    for (int i = 0; i < q.clauses; i++)
        q.clause[i] = bound_clause(r, &q, i);
    return q;
}

TEST(a_hundred_thousand_proposals_print_and_read_back_the_same)
{
    UNUSED_STATE;
    struct rng r = rng_at(rng_key(2017, 0, 1, 0));
    for (int i = 0; i < 100000; i++) {
        const struct arena_mark mark = arena_mark(&arena);
        const struct proposal q = any_proposal(&r);
        const char *line = proposal_print(p, &arena, june, &q);
        const struct proposal again = parsed(june, line);
        if (!proposal_same(&q, &again))
            fail_msg("read back as another: %s\n%s", line, proposal_print(p, &arena, june, &again));
        assert_string_equal(proposal_print(p, &arena, june, &again), line);
        assert_true(strlen(proposal_say(p, &arena, &q)) > 20);
        arena_reset(&arena, mark);
    }
}

TEST(any_words_are_a_proposal_or_a_refusal)
{
    UNUSED_STATE;
    static const char *const part[] = {"offer", "china", "us", "will", "not", "list_bank", "(", ")", ":", ";", "by", "T3", ">=", "60%", "if", "2", "until",
                                       "pressure", "->", ",", "verify", "trade_data", "remedy", "snapback", "refrain", "ease", "secret", "expires", "\xC3", "[", "each", "/"};
    struct rng r = rng_at(rng_key(2017, 0, 2, 0));
    for (int round = 0; round < 100000; round++) {
        const struct arena_mark mark = arena_mark(&arena);
        struct text t;
        struct proposal q;
        int at;
        text_init(&t, &arena);
        text_add(&t, below(&r, 2) ? "offer china: us will " : "");
        for (int n = below(&r, 14); n > 0; n--)
            text_addf(&t, "%s%s", part[below(&r, 32)], below(&r, 4) ? " " : "");
        const char *wrong = proposal_parse(p, &arena, us, t.at, &q, &at);
        assert_true(at >= 0 && at <= (int)t.length);
        if (!wrong) {
            const struct proposal again = parsed(us, proposal_print(p, &arena, us, &q));
            assert_true(proposal_same(&q, &again));
        } else {
            assert_true(*wrong);
        }
        arena_reset(&arena, mark);
    }
}

int main(void)
{
    arena_init(&arena, "test");
    set_up();
    const struct CMUnitTest tests[] = {
        RUN(every_form_reads_and_prints_in_one_way),
        RUN(what_is_left_out_has_one_meaning),
        RUN(refusals_say_where_and_what_to_do),
        RUN(proposals_are_said_in_plain_words),
        RUN(a_hundred_thousand_proposals_print_and_read_back_the_same),
        RUN(any_words_are_a_proposal_or_a_refusal),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&arena);
    return failed;
}
