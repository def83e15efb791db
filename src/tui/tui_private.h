/* tui/tui_private.h — what the screens share: the person's state, the pages that lie on one another, and the parts they are drawn with.
 *
 * A page is a row of page_ops and some state of its own. The lowest page belongs to the phase (dashboard, reply, newspaper, end);
 * others open above it and close with Esc. Keys go to the top page first, then to what works everywhere. Memory: `pages` is a
 * stack that grows and shrinks with the pages, `turn` lasts from one plan to the next, `frame` one painting. */
#ifndef TUI_TUI_PRIVATE_H
#define TUI_TUI_PRIVATE_H

#include "game/game.h"
#include "page/doc.h"
#include "page/report.h"
#include "tui/canvas.h"
#include "tui/screen.h"
#include "tui/tui.h"

enum { MOST_PAGES = 16, MOST_NUMBERS = 128, MOST_CHOICES = 256, MOST_UNDO = 64, MOST_WIDTH = 200, MOST_HEIGHT = 60, LEAST_WIDTH = 80, LEAST_HEIGHT = 24,
       FILTER_ROOM = 48, FIELD_ROOM = 2048, MOST_NEWS = 64 };

/* Why the loop of a phase ended. */
enum ui_end { UI_GOING, UI_SEALED, UI_READY, UI_ANSWERED, UI_LEFT };

struct ui;
struct hint { const char *key, *word; };        /* of a footer; the last row has key NULL */
struct page_ops {
    const char *name;
    void (*draw)(struct ui *ui, struct canvas *c, void *self);
    bool (*key)(struct ui *ui, void *self, int key);        /* false: not mine; then what works everywhere */
    bool over;                  /* a pop-up: the page below is drawn first */
    bool alone;                 /* no key works here but its own (and ctrl-c) */
    size_t size;                /* of its state */
    const char *keys;           /* actions that work here, as in actions.def, parted by blanks; for the help page */
};
struct page { const struct page_ops *ops; void *self; struct arena_mark mark; };

struct filter { char text[FILTER_ROOM]; bool typing; };

struct field { char text[FIELD_ROOM]; size_t at; int top; };      /* at: of the cursor, in bytes; top: the first row shown */

/* What is being put into the plan, one question after the other. */
struct draft { struct row row; bool verb_set, target_set, setting_set, level_set; };

enum focus { FOCUS_MOVES, FOCUS_NUMBERS };
struct dash {
    enum focus focus;
    int number, move;           /* cursors */
    int number_top, move_top;
    struct filter filter;
};
struct move_line { int move; bool now; double cost; const char *state; };

struct ui {
    const struct view *view;
    const struct program *program;
    int seat;
    const char *phase;
    int columns, rows;
    enum tui_glyphs glyphs;
    struct arena turn, pages, frame;
    struct page page[MOST_PAGES]; int page_count;
    enum ui_end end;
    int answer;
    struct keeper *keeper;      /* NULL: nothing is kept */
    const char *const *who;     /* [seats] who plays them; NULL: not told */
    struct tabled tabled;
    bool on_terminal;           /* keys come from a terminal, not from a test */
    bool watching;              /* nobody plays: the person looks on */
    const struct view *open;    /* everything, once the game is over; else NULL */
    struct tui_ahead ahead;     /* who answers what may come of a move; ask NULL: nobody */
    bool ahead_now, ahead_waits;        /* the answer may take its time now; it is wanted and not there yet */

    struct plan plan, undo[MOST_UNDO];          /* undo[0..undo_at-1] before, [undo_at..undo_count-1] after */
    int undo_at, undo_count;
    struct draft draft;
    int choice[MOST_CHOICES];                   /* answers of the open question, in the order of its list; levels in percent */
    struct dash dash;
    struct number number[MOST_NUMBERS]; int numbers;
    struct move_line move[MOST_CHOICES]; int moves;         /* of this seat, in order of declaration; answers left out */
    double budget, spent;

    const char *seed;           /* "seed 2017"; NULL if it is not known */
    int told_turn, told;        /* how much of a turn's news the review has shown: what came with the brief after it is new */
    int answering;              /* the proposal whose refusal or acceptance is asked for */
    /* What vague words of a proposal are read as, asked for one by one (next: twice the clause's place, and one for its time). */
    struct { struct proposal proposal; struct readings at[MOST_CLAUSES]; int next; void (*done)(struct ui *ui, const struct readings *readings); } reading;
    struct { struct say say; } saying;          /* about to be said, once it is sure */
    const char *unsent; int unsent_counters;    /* a proposal given up while it was written; NULL none (turn arena) */
    const char *notice; bool notice_warns;      /* one line above the footer, until the next key (turn arena) */
    const char *said; bool said_warns;          /* the last of these in this turn; NULL none */
    const char *const *refused; int refusals;   /* of the last commit; turn arena */
    const char *const *reason; int reasons;     /* what personas said they were after: of all turns at the end, of this one while watching */
    bool brief_read;
    int turns_seen;             /* for hints, which fall silent after two turns */
};

/* --- ui.c: pages, keys that work everywhere, frames ----------------------------------------------------------------------- */
void ui_open(struct ui *ui);                    /* zeroed before */
void ui_close(struct ui *ui);
void ui_turn(struct ui *ui, const struct view *v);          /* a new turn or phase: what is kept by turn starts afresh */
void *ui_push(struct ui *ui, const struct page_ops *ops);  /* returns its state, zeroed */
void ui_pop(struct ui *ui);
void *ui_base(struct ui *ui, const struct page_ops *ops);   /* the only page */
void ui_key(struct ui *ui, int key);
void ui_draw(struct ui *ui, struct canvas *c);
enum ui_end ui_run(struct ui *ui);              /* until the phase ends */
void ui_show_waiting(struct ui *ui, const char *what);      /* "the others are planning…": one painting, then the caller works on */
void ui_say(struct ui *ui, bool warns, const char *format, ...) __attribute__((format(printf, 3, 4)));
struct area ui_chrome(struct ui *ui, struct canvas *c, const char *what, const struct hint *hint);  /* the frame; returns the inside */
struct area ui_popup(struct ui *ui, struct canvas *c, int w, int h, const char *title, const struct hint *hint);
void ui_head(struct canvas *c, int x, int y, int cells, const char *title);                         /* a title set into a line */
void ui_footer(struct canvas *c, int x, int y, int cells, const struct hint *hint);
const char *ui_moment(struct ui *ui, struct arena *a, int moment);                                  /* "June 2017" */
const char *ui_seat_title(struct ui *ui, int seat);
const char *ui_label_fit(struct ui *ui, const char *label, int cells);      /* cut in the middle, so that the element stays: "Imports…, coal" */
enum role ui_seat_role(int seat);
bool ui_too_small(const struct ui *ui);
void ui_leave_open(struct ui *ui);
int ui_key_named(const char *name);             /* "Enter", "PgDn", "p"; UI_KEY_NONE if there is no such key */

/* A list with a cursor: keeps the cursor in range and in sight. */
void list_show(int cursor, int count, int height, int *top);
bool list_key(int key, int *cursor, int count, int height);
bool filter_key(struct filter *f, int key);     /* while typing; true if it was used */
bool filter_lets(const struct filter *f, const char *text);

/* --- field.c: a line that is typed ----------------------------------------------------------------------------------------- */
void field_set(struct field *f, const char *text);          /* the cursor at its end; what has no room is left out */
bool field_key(struct field *f, int key);       /* false: not text and none of its keys */
int field_draw(struct ui *ui, struct canvas *c, struct area box, struct field *f, int mark);       /* mark: a byte, or -1; returns the rows used */

/* --- table_page.c, propose.c: the table of a game with a dialogue -------------------------------------------------------------- */
bool talk_here(const struct ui *ui);            /* there is a table, and the person sits at it */
bool talk_key(struct ui *ui, int key);          /* t, r, o, x; false where there is no table */
const char *talk_waits(struct ui *ui);          /* "2 proposals wait for your answer: …"; NULL (frame arena) */
const char *talk_owed(struct ui *ui, bool *breaks);         /* what the plan's panel says of promises; NULL: none are owed (frame arena) */
void talk_came_of(struct ui *ui, int number);   /* closes what is open and shows how it was answered */
void talk_say(struct ui *ui, const struct say *say);  /* at the table; what came of it, or why it cannot be */
/* saying.c */
void saying_open(struct ui *ui);                /* a list of what can be said of what lies on the table */
/* Asks for what this seat reads into the vague words, then calls done: NULL if there are none. The readings last while it runs. */
void saying_readings(struct ui *ui, const struct proposal *proposal, void (*done)(struct ui *ui, const struct readings *readings));
void propose_open(struct ui *ui);
void propose_counter(struct ui *ui, const struct bargain *b);

/* --- pager.c: long texts -------------------------------------------------------------------------------------------------- */
struct pager { const struct doc *doc; int top, lines, height; bool typing; };       /* typing: beside a field, so Space turns no page */
void pager_draw(struct ui *ui, struct canvas *c, struct area box, struct pager *p);
bool pager_key(struct pager *p, int key);
bool pager_at_end(const struct pager *p);            /* as it was last drawn */
struct doc *pager_open(struct ui *ui, const char *title);   /* a page of its own; fill the document it returns */
int doc_into(struct ui *ui, struct canvas *c, struct area box, const struct doc *doc);              /* from its start; returns the rows used */

/* --- draft.c:  what can be done, the plan, its undo ----------------------------------------------------------------------- */
void draft_refresh(struct ui *ui);             /* after every change of the plan */
bool draft_add(struct ui *ui, struct row row); /* false: refused, and said why */
void draft_drop(struct ui *ui, int line);
void draft_drop_move(struct ui *ui, int move); /* the last planned line of it */
void draft_undo(struct ui *ui);
void draft_redo(struct ui *ui);
void draft_plan(struct ui *ui, int move);      /* asks what has to be asked, then adds */
bool draft_find(struct ui *ui);                /* what was on the desk when the game was left; true if it is sealed */
void draft_keep(struct ui *ui, bool sealed);   /* says so if it cannot be kept */
const char *draft_why_not(struct ui *ui, int move);        /* a sentence; NULL if it can be planned */
bool draft_planned(const struct ui *ui, int move);

/* --- pages ---------------------------------------------------------------------------------------------------------------- */
extern const struct page_ops dash_page;
void paper_review(struct ui *ui);               /* pages of a phase: the lowest one */
void reply_base(struct ui *ui, struct tabled tabled);
void finale_base(struct ui *ui);
void brief_open(struct ui *ui);
void paper_open(struct ui *ui);
void detail_open(struct ui *ui, int move);
void detail_track(struct ui *ui, struct canvas *c, int x, int y, int cells, int move);              /* the life of a measure, one row */
/* The effects that go one way, in short: "raises Tension 18%; Trust (china, us)". "" if there are none. The exact words are on the move's page. */
enum detail_way { DETAIL_RAISES, DETAIL_LOWERS, DETAIL_MOVES, DETAIL_WAYS };
const char *detail_words(struct ui *ui, struct arena *a, const struct move *m, struct effects effects, enum detail_way way);
void keycard_open(struct ui *ui);
bool keycard_among(const char *keys, const char *key);       /* among keys parted by blanks, as in page_ops */
void palette_open(struct ui *ui);               /* commands by name */
#define KEYS_EVERYWHERE "N b w s i n T ? q"       /* ui.c does these on every page that is not alone */
void seal_open(struct ui *ui);
void causes_open(struct ui *ui, struct number n);
void source_open(struct ui *ui, const char *name);
void measures_open(struct ui *ui);
void network_open(struct ui *ui);
void timeline_open(struct ui *ui);
/* --- dash_more.c: panels of the dashboard that come from documents. Each draws below its own head. ---------------------------------------- */
const char *ahead_title(struct ui *ui);         /* "Pressure if you name a bank"; NULL: nobody can say what may come */
void ahead_draw(struct ui *ui, struct canvas *c, struct area box);
void map_draw(struct ui *ui, struct canvas *c, struct area box);
void times_draw(struct ui *ui, struct canvas *c, struct area box);
void promises_draw(struct ui *ui, struct canvas *c, struct area box);
struct number dash_number(const struct ui *ui);             /* under the cursor, or the first */
int dash_move(const struct ui *ui);                         /* likewise; -1 on no move */

/* A pop-up list. chosen gets the index; Esc closes it unasked. Texts are copied. */
void pick_open(struct ui *ui, const char *title, const char *const *item, const char *const *note, int count, void (*chosen)(struct ui *ui, int index));

struct action { const char *id, *key, *word, *argument, *palette, *help; };
extern const struct action action_table[];
extern const int action_count;
extern const struct action talk_table[];        /* of a table; those without a key are for lines */
extern const int talk_count;

#endif
