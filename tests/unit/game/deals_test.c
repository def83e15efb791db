/* tests/unit/game/deals_test.c — clauses in force: when they are judged, what is seen of them, what they cost, and what happens by itself. */
#include "table.h"
#include "game/game_private.h"

static struct test_table t;
static struct move *ban, *visit, *relief;
static struct stock_element trust_element[4];
static struct method method[3];
static struct vague vague[2];
static struct deal_term term[1];
static int trust;
static const struct setting ways[] = {{.name = "quiet", .level = 0.5, .quiet = 0.4, .ceiling = 1, .lift_cost = NO_CODE}, {.name = "open", .level = 1, .ceiling = 1, .lift_cost = NO_CODE}};
#define close_to(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

static void with_dialogue(void)
{
    struct build *b = &t.b;
    trust = b->p.quantities;
    const uint32_t first = build_state(b, "trust", 4);
    for (int i = 0; i < 4; i++) {
        trust_element[i] = (struct stock_element){build_constant(b, 0), build_constant(b, 1), NO_SLOT, NULL, 0};
        build_block(b, b->p.blocks);
        b->name[first + (uint32_t)i] = "trust";
    }
    b->quantity[b->p.quantities++] = (struct quantity){.name = "trust", .title = "Trust", .kind = Q_STOCK, .count = 4, .first = first, .mean = NO_SLOT, .stock = trust_element, .good_for = -1,
                                                       .evidence = {.source = -1}};
    method[0] = (struct method){.name = "figures", .title = "Figures", .lag = 1};
    method[1] = (struct method){.name = "blind", .title = "Blind"};
    method[2] = (struct method){.name = "word", .title = "Word", .reported = true};
    vague[0] = (struct vague){"much", false, 0.3, 0.9};
    vague[1] = (struct vague){"soon", true, 1, 3};
    term[0] = (struct deal_term){.name = "y_high", .title = "y stays high", .seat = 0, .exact_for = 3, .state = build_state(b, "term", TERM_SLOTS)};
    term[0].kept_when = table_code(&t, OP_LE, build_constant(b, 0.4), table_slot(&t, TABLE_Y));
    b->p.dialogue = (struct dialogue){.given = true, .trust = trust, .kept = 0.1, .fell_short = -0.5, .walk_out = -0.2, .false_claim = -0.4, .in_public = 1.5, .backchannel = 0.5,
                                      .audience = TABLE_Z, .idle_threat = 0.25, .credibility = -1, .tolerance = 0.15, .breaches = build_state(b, "breaches", 4),
                                      .deals = build_state(b, "deals", 4), .numbered = build_state(b, "numbered", 1),
                                      .monitors = build_state(b, "monitors", MOST_MONITORS * MONITOR_SLOTS)};
    b->p.method = method, b->p.methods = 3, b->p.vague = vague, b->p.vagues = 2, b->p.term = term, b->p.terms = 1;
}

static int fresh(void **state)
{
    (void)state;
    table_begin(&t);
    ban = table_measure(&t, "ban", 0, -1);
    ban->setting = ways, ban->settings = 2;
    visit = table_move(&t, "visit", 0, -1);
    relief = table_measure(&t, "relief", 1, -1);
    with_dialogue();
    return 0;
}
static int gone(void **state) { (void)state; table_done(&t); return 0; }

static struct sim *start(int lanes)
{
    struct sim *s = table_sim(&t, lanes);
    for (int l = 0; l < lanes; l++)
        for (int i = 0; i < 4; i++)
            *sim_at(s, t.b.quantity[trust].first + (uint32_t)i, l) = 0.5;
    return s;
}

static struct proposal read_as_a(const char *text)
{
    struct proposal q;
    const char *wrong = proposal_parse(&t.b.p, &t.arena, (struct proposal_place){0, 0}, text, &q, NULL);
    if (wrong)
        fail_msg("%s: %s", text, wrong);
    return q;
}

static void agree(struct sim *s, const char *text)
{
    const struct proposal q = read_as_a(text);
    assert_true(sim_conclude(s, &q, NULL, NULL));
}

static double trust_of_b_in_a(struct sim *s, int lane) { return *sim_at(s, t.b.quantity[trust].first + 2, lane); }
static double breaches_by_a(struct sim *s, int lane) { return *sim_at(s, t.b.p.dialogue.breaches + 1, lane); }
static double deals_now(struct sim *s) { return *sim_at(s, t.b.p.dialogue.deals + 1, 0); }
static int status(struct sim *s, int k)
{
    struct monitor m;
    return monitor_read(s, k, 0, &m) ? (int)m.status : -1;
}

TEST(what_was_done_in_time_is_kept_and_trust_rises)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will visit by T3; b will not relief until T6");
    close_to(deals_now(s), 1);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_OPEN);
    table_do(&t, s, visit);
    assert_int_equal(status(s, 0), CLAUSE_CLOSED_KEPT);
    close_to(trust_of_b_in_a(s, 0), 0.5 + 0.1 * 0.5);
    assert_int_equal(status(s, 1), CLAUSE_KEPT);
    close_to(deals_now(s), 1);
    table_pass(&t, s);
    close_to(trust_of_b_in_a(s, 0), 0.55);              /* billed once */
}

TEST(what_was_not_done_in_time_is_short_billed_once_and_counted)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will visit by T2");
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_OPEN);
    close_to(trust_of_b_in_a(s, 0), 0.5);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), -1);                 /* over, and its monitor free */
    close_to(trust_of_b_in_a(s, 0), 0.25);
    close_to(breaches_by_a(s, 0), 1);
    close_to(deals_now(s), 0);
    table_pass(&t, s);
    close_to(trust_of_b_in_a(s, 0), 0.25);
}

TEST(what_is_refrained_from_is_judged_each_turn_until_its_end)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b public: a will not visit until T3");
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_KEPT);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), -1);
    close_to(trust_of_b_in_a(s, 0), 0.5 + 0.1 * 1.5 * 0.5);
    agree(s, "offer b backchannel: a will not visit until T6");
    table_do(&t, s, visit);
    close_to(trust_of_b_in_a(s, 0), 0.575 * (1 - 0.5 * 0.5));
    close_to(breaches_by_a(s, 0), 1);
}

TEST(a_duty_that_hangs_on_a_broken_one_is_released)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will visit by T1; b will not relief until T5 if 1");
    table_pass(&t, s);
    close_to(breaches_by_a(s, 0), 1);
    assert_int_equal(status(s, 0), -1);                 /* both are over: the one short, the other excused */
    agree(s, "offer b: a will visit by T2; b will not relief until T5");
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_SHORT);
    assert_int_equal(status(s, 1), CLAUSE_KEPT);        /* without a condition it binds all the same */
}

TEST(remedies_undo_or_release)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    table_do(&t, s, ban);
    agree(s, "offer b: a will lift ban by T2; b will relief by T3; a will visit by T4; remedy snapback");
    table_turn(&t, s, ban, ROW_LIFT, NULL, ROW_DO);
    close_to(table_life(s, ban, MOVE_ON), 0);
    table_pass(&t, s);                                  /* b does not keep its part */
    close_to(table_life(s, ban, MOVE_ON), 1);
    close_to(table_life(s, ban, MOVE_LEVEL), 1);
    assert_int_equal(status(s, 0), -1);
}

TEST(what_was_agreed_to_happen_by_itself_happens_for_nothing)
{
    UNUSED_STATE;
    ban->cost = table_value(&t, 2);
    struct sim *s = start(3);
    const unsigned char some[] = {1, 0, 1};
    const struct proposal q = read_as_a("offer b: a will ban/open by T2; binding auto");
    assert_true(sim_conclude(s, &q, NULL, some));
    table_pass(&t, s);
    close_to(table_read(s, move_slot(ban, 0, MOVE_ON), 0), 0);
    table_pass(&t, s);
    close_to(table_read(s, move_slot(ban, 0, MOVE_ON), 0), 1);
    close_to(table_read(s, move_slot(ban, 0, MOVE_ON), 1), 0);
    close_to(table_read(s, move_slot(ban, 0, MOVE_ON), 2), 1);
    close_to(table_read(s, t.b.seat[0].budget, 0), 4);
    close_to(trust_of_b_in_a(s, 0), 0.55);
}

TEST(a_quiet_measure_cannot_be_told_without_a_method_and_with_one_a_turn_late)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will enforce ban >= 100% from T1");
    agree(s, "offer b: a will enforce ban >= 100% from T1; verify figures");
    struct order o = table_order(&t, ROW_DO, ban);
    o.row.setting = 0;
    sim_turn(s, &o, 1, true, false);
    assert_int_equal(status(s, 0), CLAUSE_UNKNOWN);
    assert_int_equal(status(s, 1), CLAUSE_OPEN);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_UNKNOWN);
    assert_int_equal(status(s, 1), -1);                 /* half short, seen a turn late, and over */
    close_to(trust_of_b_in_a(s, 0), 0.5 * (1 - 0.5 * 0.5));
    method[0].blind = (const int[]){(int)(ban - t.b.move)};
    method[0].blinds = 1;
    agree(s, "offer b: a will enforce ban >= 100% from T1; verify figures");
    table_pass(&t, s);
    assert_int_equal(status(s, 1), CLAUSE_UNKNOWN);
}

TEST(a_term_is_judged_by_its_own_test_and_asked_for_in_expressions)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will y_high until T9");
    close_to(*sim_at(s, term[0].state + TERM_PROMISED, 0), 1);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_KEPT);
    close_to(*sim_at(s, term[0].state + TERM_KEPT, 0), 1);
    *sim_at(s, table_slot(&t, TABLE_Y), 0) = 0.1;
    table_pass(&t, s);
    assert_int_equal(status(s, 0), -1);
    close_to(*sim_at(s, term[0].state + TERM_PROMISED, 0), 0);
    close_to(*sim_at(s, term[0].state + TERM_BROKEN, 0), 1);
    close_to(breaches_by_a(s, 0), 1);
}

TEST(a_threat_that_nothing_followed_is_billed_at_home)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "threat b public: a will ban by T2 unless y > 0.9");
    table_pass(&t, s);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Z), 0.25 * 1.5);
    close_to(trust_of_b_in_a(s, 0), 0.5);
    agree(s, "threat b: a will ban by T4 if y > 0.9");
    table_pass(&t, s);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_Z), 0.375);              /* its condition never came about */
}

TEST(a_threat_is_billed_once_by_whichever_road_it_was_made)
{
    UNUSED_STATE;
    ban->threat_lapses = 2;
    ban->threat.given = true;
    t.b.p.dialogue.credibility = TABLE_X;
    t.b.p.dialogue.carried_out = 10;
    t.b.p.dialogue.lapsed = -20;
    struct sim *s = start(1);
    table_verb(&t, s, ROW_THREATEN, ban);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_X), 80);                 /* by a row, dropped */
    close_to(table_at(s, TABLE_Z), 0.25 * 1.5);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_X), 80);
    table_verb(&t, s, ROW_THREATEN, ban);
    agree(s, "threat b: a will ban by T9");             /* and in words */
    table_do(&t, s, ban);
    close_to(table_at(s, TABLE_X), 90);                 /* carried out, once */
    table_verb(&t, s, ROW_LIFT, ban);
    agree(s, "threat b: a will ban by T8");
    table_verb(&t, s, ROW_THREATEN, ban);
    close_to(table_at(s, TABLE_X), 90);
    table_pass(&t, s);
    close_to(table_at(s, TABLE_X), 70);                 /* dropped, once */
    table_pass(&t, s);
    close_to(table_at(s, TABLE_X), 70);
}

TEST(a_remedy_snaps_back_in_one_step_whatever_the_ramp)
{
    UNUSED_STATE;
    ban->ramp_up = 6;
    struct sim *s = start(1);
    table_do(&t, s, ban);
    for (int i = 0; i < 6; i++)
        table_pass(&t, s);
    close_to(table_life(s, ban, MOVE_LEVEL), 1);
    agree(s, "offer b: a will lift ban by T9; b will relief by T9; remedy snapback");
    table_verb(&t, s, ROW_LIFT, ban);
    assert_true(table_life(s, ban, MOVE_ON) == 0);
    table_pass(&t, s);
    assert_true(table_life(s, ban, MOVE_LEVEL) == 1);
}

TEST(vague_words_are_read_by_each_side_to_its_own_advantage)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    agree(s, "offer b: a will enforce ban much from T1");
    struct order o = table_order(&t, ROW_DO, ban);
    o.row.level = 0.6;
    sim_turn(s, &o, 1, true, false);                    /* enough for a, which reads 30 %; not for b, which reads 90 % */
    assert_int_equal(status(s, 0), -1);
    close_to(trust_of_b_in_a(s, 0), 0.5 * (1 - 0.5 * 0.5 * (0.3 / 0.9)));
    const struct proposal q = read_as_a("offer b: a will visit soon");
    const struct readings both = {{0, 3}, {0, 3}};
    assert_true(sim_conclude(s, &q, &both, NULL));
    table_pass(&t, s);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_OPEN);
}

TEST(no_more_clauses_than_there_are_monitors)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    for (int i = 0; i < MOST_MONITORS / 8; i++)
        agree(s, "offer b: a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9");
    const struct proposal q = read_as_a("offer b: a will visit by T3");
    const uint64_t before = sim_hash(s, 0);
    assert_false(sim_conclude(s, &q, NULL, NULL));
    assert_true(sim_hash(s, 0) == before);
}

TEST(walking_out_costs_trust_releases_the_other_and_leaves_room)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    for (int i = 0; i < MOST_MONITORS / 8; i++)
        agree(s, "offer b: a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; a will visit by T9; b will relief by T9; a will visit by T9");
    deal_walk_out(s, 0, 1, 1);
    assert_int_equal(status(s, 6), CLAUSE_SHORT);
    assert_int_equal(status(s, 0), CLAUSE_EXCUSED);
    close_to(*sim_at(s, t.b.quantity[trust].first + 1, 0), 0.5 * 0.8);
    close_to(trust_of_b_in_a(s, 0), 0.5);
    deals_free(s, 0);
    agree(s, "offer b: a will visit by T3");
    assert_int_equal(status(s, 0), CLAUSE_OPEN);
}

static double trust_of_a_in_b(struct sim *s) { return *sim_at(s, t.b.quantity[trust].first + 1, 0); }

TEST(what_people_see_short_waits_for_their_word)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    s->judges = 2;                                      /* a person sits at b */
    agree(s, "offer b: a will visit by T1; a will not ban from T1; b will not relief until T9; remedy lapse");
    table_do(&t, s, ban);
    assert_int_equal(status(s, 0), CLAUSE_FOUND);
    assert_int_equal(status(s, 1), CLAUSE_FOUND);
    assert_int_equal(status(s, 2), CLAUSE_KEPT);        /* no remedy yet */
    close_to(breaches_by_a(s, 0), 0);
    close_to(trust_of_b_in_a(s, 0), 0.5 * 0.5 * 0.5);   /* what is seen is seen */
    deal_let_pass(s, 0, 0);
    deal_let_pass(s, 0, 1);
    assert_int_equal(status(s, 0), CLAUSE_PASSED);      /* its day is over */
    assert_int_equal(status(s, 1), CLAUSE_PARTIAL);     /* and this goes on */
    table_do(&t, s, ban);
    assert_int_equal(status(s, 1), CLAUSE_FOUND);
    assert_true(deal_declare(s, 0, 1, 1));
    close_to(breaches_by_a(s, 0), 1);
    assert_int_equal(status(s, 1), CLAUSE_SHORT);
    assert_int_equal(status(s, 2), CLAUSE_EXCUSED);
}

TEST(a_breach_declared_without_cause_is_billed_to_who_declared_it)
{
    UNUSED_STATE;
    struct sim *s = start(1);
    s->judges = 2;
    agree(s, "offer b: a will not visit until T9; b will not relief until T9; remedy lapse");
    agree(s, "offer b: a will enforce ban >= 100% from T1");
    struct order o = table_order(&t, ROW_DO, ban);
    o.row.setting = 0;
    sim_turn(s, &o, 1, true, false);                    /* half of it, quietly: b cannot tell */
    assert_int_equal(status(s, 0), CLAUSE_KEPT);
    assert_int_equal(status(s, 2), CLAUSE_UNKNOWN);
    assert_false(deal_declare(s, 0, 0, 1));
    close_to(trust_of_a_in_b(s), 0.5 * 0.6);
    close_to(*sim_at(s, t.b.p.dialogue.breaches + 2, 0), 1);
    close_to(breaches_by_a(s, 0), 0);
    assert_int_equal(status(s, 1), CLAUSE_EXCUSED);     /* it is out of the deal all the same */
    assert_true(deal_declare(s, 0, 2, 1));              /* on suspicion, and right */
    close_to(breaches_by_a(s, 0), 1);
    close_to(trust_of_b_in_a(s, 0), 0.5 * (1 - 0.5 * 0.5));
    close_to(trust_of_a_in_b(s), 0.3);
}

TEST(a_report_is_all_that_a_method_of_reports_sees)
{
    UNUSED_STATE;
    struct sim *s = start(2);
    const unsigned char first[] = {1, 0};
    agree(s, "offer b: a will enforce ban >= 80% from T1; verify word");
    struct order o = table_order(&t, ROW_DO, ban);
    o.row.setting = 0;
    sim_turn(s, &o, 1, true, false);
    assert_int_equal(status(s, 0), CLAUSE_UNKNOWN);
    struct proposal q = read_as_a("report b: a will enforce ban = 80%");
    sim_report(s, &q, first);
    table_pass(&t, s);
    assert_int_equal(status(s, 0), CLAUSE_KEPT);
    close_to(monitor_said(s, 0, 0), 0.8);
    close_to(monitor_short(s, 0, 0), (0.8 - 0.5) / 0.8);            /* the truth stays beside it */
    assert_true(monitor_said(s, 0, 1) < 0);
    q = read_as_a("report b: a will enforce ban = 30%");
    sim_report(s, &q, NULL);
    table_pass(&t, s);
    close_to(breaches_by_a(s, 0), 1);                   /* it has said so itself */
    close_to(breaches_by_a(s, 1), 1);
}

TEST(lanes_do_not_hear_of_each_others_deals)
{
    UNUSED_STATE;
    struct sim *one = start(1), *many = start(7);
    const unsigned char some[] = {0, 1, 0, 0, 0, 1, 0};
    const struct proposal q = read_as_a("offer b: a will visit by T2; b will relief by T3 if 1; remedy lapse");
    sim_conclude(many, &q, NULL, some);
    for (int i = 0; i < 4; i++) {
        table_pass(&t, one);
        table_pass(&t, many);
    }
    close_to(breaches_by_a(many, 0), 0);
    close_to(breaches_by_a(many, 1), 1);
    close_to(trust_of_b_in_a(many, 5), 0.25);
    assert_true(sim_hash(one, 0) == sim_hash(many, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define SET(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
        SET(what_was_done_in_time_is_kept_and_trust_rises),
        SET(what_was_not_done_in_time_is_short_billed_once_and_counted),
        SET(what_is_refrained_from_is_judged_each_turn_until_its_end),
        SET(a_duty_that_hangs_on_a_broken_one_is_released),
        SET(remedies_undo_or_release),
        SET(what_was_agreed_to_happen_by_itself_happens_for_nothing),
        SET(a_quiet_measure_cannot_be_told_without_a_method_and_with_one_a_turn_late),
        SET(a_term_is_judged_by_its_own_test_and_asked_for_in_expressions),
        SET(a_threat_that_nothing_followed_is_billed_at_home),
        SET(a_threat_is_billed_once_by_whichever_road_it_was_made),
        SET(a_remedy_snaps_back_in_one_step_whatever_the_ramp),
        SET(vague_words_are_read_by_each_side_to_its_own_advantage),
        SET(no_more_clauses_than_there_are_monitors),
        SET(walking_out_costs_trust_releases_the_other_and_leaves_room),
        SET(what_people_see_short_waits_for_their_word),
        SET(a_breach_declared_without_cause_is_billed_to_who_declared_it),
        SET(a_report_is_all_that_a_method_of_reports_sees),
        SET(lanes_do_not_hear_of_each_others_deals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
