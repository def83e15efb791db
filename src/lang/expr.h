/* lang/expr.h — an expression as a tree that knows its places; lang/parse.c reads it, lang/types.c works out what each node is,
 * lang/emit.c turns it into code once for every element. */
#ifndef LANG_EXPR_H
#define LANG_EXPR_H

#include "base/diag.h"
#include "code/program.h"
#include "lang/node.h"
#include "lang/unit.h"

enum ex {
    EX_NUMBER, EX_DATE, EX_TRUTH,
    EX_NAME,            /* name, arg: subscripts */
    EX_CALL,            /* name(arg, …) */
    EX_OVER,            /* name(arg over binders where … otherwise …): sum, rank, share, … */
    EX_BEST,            /* best(binder by arg[0] where … otherwise …) */
    EX_NEG, EX_NOT, EX_BINARY, EX_IF,
    EX_IN,              /* arg[0] in [arg[1], …] */
    EX_CONVERT          /* made by types.c: arg[0] times number, from one unit to its multiple */
};
enum type { TYPE_NUMBER, TYPE_TRUTH, TYPE_ELEMENT, TYPE_BROKEN };      /* broken: a finding was made; say no more */

enum symbol {
    SYMBOL_NONE, SYMBOL_BOUND, SYMBOL_QUANTITY, SYMBOL_PARAMETER, SYMBOL_TABLE, SYMBOL_TIME, SYMBOL_TURN, SYMBOL_MONTH, SYMBOL_PI,
    SYMBOL_ELEMENT, SYMBOL_MOVE, SYMBOL_TERM, SYMBOL_SET
};

enum binary { BIN_ADD, BIN_SUB, BIN_MUL, BIN_DIV, BIN_POW, BIN_EQ, BIN_NE, BIN_LT, BIN_LE, BIN_GT, BIN_GE, BIN_AND, BIN_OR };

/* `over f in firm`: name f, set firm; `over firm`: both firm. */
struct binder { const char *name; const char *set_name; struct span at; int set; };

struct expr {
    enum ex kind;
    struct span at;
    double number;                  /* NUMBER, DATE (months since year 0), TRUTH, CONVERT (factor) */
    bool literal_whole;             /* as written without a fraction */
    enum binary op;
    const char *name;
    struct expr **arg; int args;
    struct binder *binder; int binders;
    struct expr *where, *otherwise;
    /* worked out by lang/types.c */
    enum type type;
    int set;                        /* TYPE_ELEMENT: of which set */
    struct unit unit;
    enum symbol symbol; int index;  /* quantity, parameter, element, move, bound: place in the scope; CALL, OVER: function */
};

/* The whole of a node's text as one expression; NULL after a finding. Nesting deeper than 100 is refused. */
struct expr *expr_read(struct arena *a, struct diags *d, const struct node *node);
/* The same for text that is no node of its own (a target's `where`), which stands in `node` from byte `from` on. */
struct expr *expr_read_part(struct arena *a, struct diags *d, const struct node *node, size_t from, size_t length);
/* The place of bytes from..from+length of a node's text. */
struct span node_part(const struct node *node, size_t from, size_t length);

#endif
