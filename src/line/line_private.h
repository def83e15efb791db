/* line/line_private.h — one person at a prompt: what is read from, what was said last, the plan and how to undo it. */
#ifndef LINE_LINE_PRIVATE_H
#define LINE_LINE_PRIVATE_H

#include "line/line.h"
#include "page/report.h"

enum { UNDO_MOST = 64, TYPED_MOST = 4096, TOKENS_MOST = 64 };

struct line {
    struct arena *arena;                /* borrowed: the game's lifetime */
    struct arena turn;                  /* owned: what is said and typed within a turn */
    const struct play_table *table;
    const struct program *p;
    const struct game *game;            /* for refusals; NULL before it is open */
    const struct view *v;               /* the person's, while it is asked */
    const struct line_options *options;
    const char *script;                 /* what is left of it; NULL when used up */
    const char *pending;                /* a command typed where a list asked: the prompt's next line; turn arena */
    const struct doc *last;             /* what `again` says */
    struct plan history[UNDO_MOST];     /* plans of this turn; history[at] is the one that stands */
    int at, top;
    int turn_replies;                   /* questions answered in this turn */
    bool left, greeted, ended;
    int told;                           /* turns whose review was said */
};

/* line.c */
bool line_is_word(const struct line *l, const char *word);                         /* an action's word in full */

/* reader.c — what is typed, and short questions */
bool line_read(struct line *l, const char **text);          /* after the prompt; trimmed; false at the end of input (then l->left) */
void line_say(struct line *l, const struct doc *d);          /* prints it and keeps it for `again` */
void line_sayf(struct line *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct doc *line_doc(struct line *l);
enum yes_no { SAID_NO, SAID_YES, SAID_NOTHING };             /* nothing: left */
enum yes_no line_ask(struct line *l, const char *question);
/* A numbered list to choose from by number or by part of a name; -1 if nothing was chosen. Another word of the game puts the list
 * aside and is done next. */
int line_choose(struct line *l, const char *heading, const char *const *item, int count);

/* meaning.c — what was meant */
bool word_contains(const char *text, const char *part);      /* in any case; `_` and blanks alike */
int word_tokens(struct line *l, const char *text, const char **token, int room);
/* Places of the names that fit best: equal, else beginning so, else holding it. Returns how many fit equally well. */
int word_matches(const char *const *name, int count, const char *asked, int *place, int room);
bool word_number(struct line *l, const char *asked, struct number *n);      /* says what is wrong and returns false */
bool word_fits_number(struct line *l, const char *asked);
int word_move(struct line *l, const char *asked);            /* by its number in `moves` or by name; -1 after saying why */
/* Moment at which a turn (its number) or a month begins; -1 if it is neither or lies ahead. */
int word_moment(struct line *l, const char *asked);

/* planner.c — `plan …` in its two forms */
const struct plan *line_plan(const struct line *l);
void line_plan_words(struct line *l, const char *rest);
void line_drop(struct line *l, const char *rest);
void line_undo(struct line *l);
void line_redo(struct line *l);
void line_plan_reset(struct line *l);
bool line_desk_find(struct line *l);                         /* what was on the desk when the game was left; true if it is sealed */
void line_desk_keep(struct line *l, bool sealed);            /* says so if it cannot be kept */

/* talk.c — the table, where the scenario has a dialogue */
void line_propose(struct line *l, const char *text);         /* the whole line: "offer china: …" */
void line_reply(struct line *l, const char *rest);
void line_withdraw(struct line *l, const char *rest);
void line_walk_out(struct line *l, const char *rest);
void line_clause_word(struct line *l, enum saying what, const char *rest);      /* "3.1": declared broken, let pass, asked about */
void line_report(struct line *l, const char *rest);          /* "3.1 60%", or a whole line */
void line_table(struct line *l, const char *rest);
void line_who(struct line *l);
void line_say_waiting(struct line *l, struct doc *d);        /* what waits for an answer; what is owed */

#endif
