/* game/bargain.h — the table: what seats put before each other, how it is answered, and what was agreed.
 *
 * The life of a proposal. Whatever is final stays so: nothing is answered twice, and nothing is lost.
 *
 *     say propose ──> on the table ──┬─ every receiver accepts ──> agreed (a deal; it comes into force when plans are committed)
 *                                    ├─ one refuses ─────────────> refused, with a reason
 *                                    ├─ one answers with another > countered (the other is on the table in its place)
 *                                    ├─ its maker takes it back ─> withdrawn
 *                                    └─ its last turn ends ──────> expired
 *     threats, assurances and statements need no answer: declared at once, and in force like a deal of one side. A report is on record.
 *
 * The life of an agreed clause is enum clause_status (code/program.h); a deal is over when all its clauses are. */
#ifndef GAME_BARGAIN_H
#define GAME_BARGAIN_H

#include "game/view.h"

enum bargain_state { BARGAIN_ON_TABLE, BARGAIN_AGREED, BARGAIN_DECLARED, BARGAIN_REFUSED, BARGAIN_COUNTERED, BARGAIN_WITHDRAWN, BARGAIN_EXPIRED };
enum reject_reason { REJECT_NONE, REJECT_PRICE, REJECT_TRUST, REJECT_HOME, REJECT_ORDER, REJECT_NOT_MINE };
extern const char *const bargain_state_word[7], *const reject_reason_word[6];

struct bargain {
    int number;                             /* from 1, as it is called at the table */
    struct proposal proposal;
    int turn;                               /* of the game, 0.., in which it was made */
    enum bargain_state state;
    unsigned accepted;                      /* receivers that have accepted, as bits */
    int answered_by; enum reject_reason reason;     /* of a refusal or counter; -1 */
    int counters, countered_by;             /* numbers, or 0 */
    struct readings readings[MOST_CLAUSES];
    const char *why, *answer_why;           /* what its maker, and who refused or countered or accepted it last, say of it; "" for nothing */
    int deal;                               /* in force: its number among the monitors; 0: not yet or not any */
    bool over;                              /* a deal whose clauses are all final */
    enum clause_status status[MOST_CLAUSES];/* as those see it to whom the clause is owed */
    double short_of[MOST_CLAUSES];          /* how far it truly fell short when last judged; told once the table is open */
    /* What was said of a clause by who owes it, what was seen by those to whom it is owed, and what was true: a level, or 1 for kept and 0
     * for not; below 0: nothing. Seen is for those to whom it is owed, true for who owes it, until the table is open. */
    double said[MOST_CLAUSES], seen[MOST_CLAUSES], truth[MOST_CLAUSES];
    int asked[MOST_CLAUSES];                /* turn in which it was last asked about; -1 never */
    int declared_by[MOST_CLAUSES]; bool untrue[MOST_CLAUSES];      /* who declared it broken, or -1; without cause */
};

/* Of a clause found short, those to whom it is owed say: broken, let pass, or ask (then it waits a turn). Who says nothing holds it to be
 * broken. SAY_DECLARE also of a clause that was judged and not found short: a false claim where it was kept. A report is a proposal. */
enum saying { SAY_PROPOSE, SAY_ACCEPT, SAY_REJECT, SAY_WITHDRAW, SAY_WALK_OUT, SAY_DECLARE, SAY_LET_PASS, SAY_ASK_ABOUT };
struct say {
    enum saying kind;
    int number;                             /* of what is answered; SAY_PROPOSE: of what it counters, or 0 */
    int place;                              /* of the clause: SAY_DECLARE and what follows */
    enum reject_reason reason;
    const struct proposal *proposal;        /* SAY_PROPOSE */
    const char *why;                        /* a sentence for the other side, or NULL */
    const struct readings *readings;        /* [clauses] or NULL: as usual. Accepting: what this seat reads into the clauses */
};

/* The seat of the view says it, while the table is open for talk (from the brief until plans are committed). What others answer at once is
 * said before this returns. NULL, and *number is what was made or answered; or a sentence that says why not (arena). */
const char *table_say(const struct view *v, struct arena *a, const struct say *say, int *number);

/* What this seat knows of the table: what it made or received, and what is public. In the order in which it was made. */
int view_bargains(const struct view *v, const struct bargain **bargain, int room);
const struct bargain *view_bargain(const struct view *v, int number);          /* NULL: none that it knows of */
/* Whether it waits for this seat's answer. */
bool bargain_waits_for(const struct bargain *b, int seat);

/* A clause that is owed to this seat and was found short: it waits for this seat's word. */
bool bargain_found(const struct bargain *b, int place, int seat);
/* Who owes it is asked about it since this turn or the one before. */
bool bargain_asked(const struct view *v, const struct bargain *b, int place);
/* The report on clause `place` that says `level` of it (a level, or 1 kept, 0 not), for who owes it to say. */
struct proposal report_on(const struct bargain *b, int place, double level);

/* What this seat pays for checking what was agreed, when plans are committed; view_budget has it taken off already. */
double view_checks(const struct view *v);

/* A clause in force, or agreed this turn, that this seat owes. */
struct duty {
    const struct bargain *bargain; int place;
    int due;                                /* turn of the game, 0..; -1: each turn */
    bool has_row; struct row row;           /* with which it can be kept */
};
int view_duties(const struct view *v, struct duty *duty, int room);
/* What it would cost in trust if the duty were found broken altogether: of each seat that would hold it against this one and whose trust is known
 * here, before and after. */
struct breach_price { int seat; double before, after; };
int view_breach_price(const struct view *v, const struct duty *duty, struct breach_price *price, int room);
/* Which of them the plan would break this turn as far as the seat itself decides: places in duty[]. */
int view_breaks(const struct view *v, const struct plan *plan, const struct duty *duty, int duties, int *broken);

#endif
