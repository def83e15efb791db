/* code/proposal.h — what seats put before each other, as data and as text: asks, offers, threats, assurances, statements, reports.
 *
 *     proposal = kind [seat "->"] [seat {"," seat}] [channel] ["expires" T] ":" clause {";" clause} {";" ending}
 *     kind     = "ask" | "offer" | "threat" | "assurance" | "statement" | "report"
 *     channel  = "private" | "public" | "backchannel"
 *     clause   = ["secret"] seat "will" ["not"] act [level] [when] [("if" | "unless") (clause number | fact)]
 *     act      = [verb] move["(" target ")"]["/" setting] | term
 *     verb     = "do" | "impose" | "enforce" | "ease" | "lift" | "delay" | "refrain"
 *     level    = [">=" | "<=" | "="] percent | vague
 *     when     = "by" T | "from" T ["to" T] | "until" T | "each turn" | vague
 *     T        = "T7" | "2017-08"
 *     fact     = quantity comparison number
 *     ending   = "verify" method | "remedy" ("snapback" | "lapse" | "reopen" | "none") | "binding" ("auto" | "duty" | "intent")
 *
 * A clause binds only who makes the proposal or, in an offer or a request, who is asked to accept it.
 * The same line stands on a screen, in lines, scripts, plays and the record. What it leaves out has one meaning (below), so a proposal
 * prints in one way only and reads back as itself. Here are only words and data: whether it is wise or allowed is for game/ to say. */
#ifndef CODE_PROPOSAL_H
#define CODE_PROPOSAL_H

#include "code/program.h"

enum { MOST_CLAUSES = 8, MOST_TURN = 9999 };

enum proposal_kind { PROPOSAL_ASK, PROPOSAL_OFFER, PROPOSAL_THREAT, PROPOSAL_ASSURANCE, PROPOSAL_STATEMENT, PROPOSAL_REPORT };
enum channel { CHANNEL_PRIVATE, CHANNEL_PUBLIC, CHANNEL_BACK };
enum remedy { REMEDY_NONE, REMEDY_SNAPBACK, REMEDY_LAPSE, REMEDY_REOPEN };
enum binding { BINDING_AUTO, BINDING_DUTY, BINDING_INTENT };
enum clause_verb { CLAUSE_DO, CLAUSE_IMPOSE, CLAUSE_ENFORCE, CLAUSE_EASE, CLAUSE_LIFT, CLAUSE_DELAY, CLAUSE_TERM };
enum level_kind { LEVEL_NONE, LEVEL_LEAST, LEVEL_MOST, LEVEL_EXACT, LEVEL_VAGUE };
enum span_kind { SPAN_NONE, SPAN_BY, SPAN_FROM, SPAN_FROM_TO, SPAN_UNTIL, SPAN_EACH, SPAN_VAGUE };
enum condition_kind { CONDITION_NONE, CONDITION_CLAUSE, CONDITION_FACT };
enum fact_op { FACT_LESS, FACT_MOST, FACT_EQUAL, FACT_OTHER, FACT_LEAST, FACT_MORE };

/* Turns are counted from the scenario's start, 0 the first; "by" T means by the end of that turn, "until" T up to its beginning. */
struct clause {
    int seat;                               /* who will */
    bool not, secret;
    enum clause_verb verb;
    int move, target, setting;              /* of a verb; target, setting -1: any */
    int term;                               /* of CLAUSE_TERM; else -1 */
    enum level_kind level; double amount; int vague_level;              /* amount 0..1; vague_level: of LEVEL_VAGUE, else -1 */
    enum span_kind span; int from, to; int vague_span;                  /* BY, UNTIL: to; FROM: from; FROM_TO: both */
    enum condition_kind condition; bool unless;
    int clause;                             /* of CONDITION_CLAUSE: its place, 0 the first */
    int quantity, element; enum fact_op op; double value;               /* of CONDITION_FACT */
};
struct proposal {
    enum proposal_kind kind;
    int from; unsigned to;                  /* seat; seats as bits: none for a statement */
    enum channel channel;                   /* private unless it says otherwise; a statement is always public */
    int expires;                            /* turn, or -1 */
    int clauses; struct clause clause[MOST_CLAUSES];
    int verify;                             /* method, or -1 */
    enum remedy remedy; enum binding binding;                           /* none and a duty unless it says otherwise */
};

/* Whose words these are, and when turn 1 was (an opening begins later than the scenario). */
struct proposal_place { int seat, first_turn; };

/* NULL, or what is wrong with what to do (arena) and, in *at, the byte of `text` where it was seen. `at` may be NULL. */
const char *proposal_parse(const struct program *p, struct arena *a, struct proposal_place place, const char *text, struct proposal *proposal, int *at);
/* One line that proposal_parse reads back to the same. */
const char *proposal_print(const struct program *p, struct arena *a, struct proposal_place place, const struct proposal *proposal);
const char *clause_print(const struct program *p, struct arena *a, struct proposal_place place, const struct clause *clause);
/* In plain words, a sentence a clause: "China will hold 'curb workers' at 60 % or more by the end of August 2017." */
const char *proposal_say(const struct program *p, struct arena *a, const struct proposal *proposal);
const char *clause_say(const struct program *p, struct arena *a, const struct clause *clause);
/* Whether a row is what the clause's seat promises not to do: imposing what it refrains from, lifting or easing what it holds. */
bool clause_forbids(const struct clause *clause, struct row row);
bool proposal_same(const struct proposal *a, const struct proposal *b);

#endif
