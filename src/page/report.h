/* page/report.h — what a game shows, in words. Screens and lines print the same documents. */
#ifndef PAGE_REPORT_H
#define PAGE_REPORT_H

#include "game/bargain.h"
#include "game/game.h"
#include "page/doc.h"

/* The numbers a seat watches: charted ones first, then grouped ones, each element it can see. */
struct number { int quantity, element; };
int report_watch(const struct view *v, struct number *number, int room);
const char *report_label(const struct view *v, struct arena *a, struct number n);           /* "Imports of coal" */
/* "about 131 $m a month, give or take 14" with direction since `since` (a moment; -1: none): "; down 80 since February 2017" */
const char *report_value(const struct view *v, struct arena *a, struct number n, int moment, int since);
/* A short figure for a table cell: "131", "0.45" -> 45 where the scale is 0..1 (shown times 100), "?" unknown. */
const char *report_figure(const struct program *p, struct arena *a, struct number n, struct seen_value s);

void report_turn_head(struct doc *d, const struct view *v);                   /* "Turn 5 of 12, June 2017. You are …" */
void report_brief(struct doc *d, const struct view *v, bool long_form);
void report_news(struct doc *d, const struct view *v, int moment);
/* Items from `from` on, without a masthead, for whoever has told the first ones before; returns how many there are in all. What a brief
 * brings joins the news of its moment. */
int report_news_since(struct doc *d, const struct view *v, int moment, int from);
void report_numbers(struct doc *d, const struct view *v);                     /* the dozen that matter most; the heading says of how many */
void report_numbers_all(struct doc *d, const struct view *v);
/* One paragraph: what moved in the turn that ended at `moment`, "Home support 50, down 2." and so on, at most `most`. */
void report_moved(struct doc *d, const struct view *v, int moment, int most);
/* The same for onlookers: each number as the seat that knows it best sees it. */
void report_moved_best(struct doc *d, const struct view *const *view, int views, int moment, int most);
void report_moves(struct doc *d, const struct view *v, const struct plan *plan);
void report_move(struct doc *d, const struct view *v, int move);
/* What an effect moves, and which way: 1 up, -1 down, 0 either. For short lines; report_move tells the rest. m: whose it is, or NULL. */
const char *report_effect_label(struct arena *a, const struct program *p, const struct move *m, const struct effect *e);
int report_effect_way(const struct effect *e);
void report_plan(struct doc *d, const struct view *v, const struct plan *plan);
/* The table (game/bargain.h): open proposals and late answers; what was promised and became of it; one proposal with its line. */
void report_table(struct doc *d, const struct view *v);
void report_agreements(struct doc *d, const struct view *v);
void report_proposal(struct doc *d, const struct view *v, const struct bargain *b);
void report_said(struct doc *d, const struct view *v, const struct bargain *b);                  /* the same in a paragraph */
void report_promisable(struct doc *d, const struct program *p);               /* by the names that proposals use */
/* Who sits where (who[seat], NULL: not told), and how far this seat trusts them. */
void report_seats(struct doc *d, const struct view *v, const char *const *who);
/* What others were found to fall short of and waits for this seat's word; returns how many. */
int report_found(struct doc *d, const struct view *v);
/* What the seat owes now, with a warning for what the plan would break; returns how many. */
int report_duties(struct doc *d, const struct view *v, const struct plan *plan);
void report_measures(struct doc *d, const struct view *v);
void report_why(struct doc *d, const struct view *v, struct number n, int from, int to);
void report_source(struct doc *d, const struct program *p, const char *name);               /* quantity, parameter, move or source */
void report_word(struct doc *d, const struct program *p, const char *word);                 /* glossary */
void report_end(struct doc *d, const struct view *v);                         /* ending, goals, score; all seats' scores if open */
/* What the seat of v believed at the end, and what was true by the open view: the widest gaps first. */
void report_hidden(struct doc *d, const struct view *v, const struct view *open);
void report_questions(struct doc *d, const struct program *p);                /* to talk about afterwards; nothing if there are none */

/* Page one of the debrief, from the seat's view and the open one (NULL: the table is closed). decision: orders of all seats with the score of
 * the view's seat as it was and as it would have been without (NULL: not known). */
struct debrief_decision { int turn, seat; struct row row; double with, without; };
void report_debrief(struct doc *d, const struct view *v, const struct view *open, const struct debrief_decision *decision, int count);

/* The networks of a scenario as a map and the heaviest places on it; drawn false: in words alone, for lines. */
void report_network(struct doc *d, const struct view *v, bool drawn);
void report_map(struct doc *d, const struct view *v, int rows);              /* the map alone, so many cells high */
/* The game on one page: drawn, or turn by turn in words. rows > 0: the lanes alone, for a panel. */
void report_timeline(struct doc *d, const struct view *v, bool drawn, int rows);

/* --- charts of studies (lab/forecast.h, lab/lab.h) ------------------------------------------------------------------------------------ */
struct forecast;
struct run_chart;
/* The whole of a forecast: tables, fans, sentences. plan: what it was asked of. */
void report_forecast(struct doc *d, const struct view *v, const struct plan *plan, const struct forecast *f, uint64_t seed);
/* One of its numbers: the fan with so many moments before it, and its sentence, or in short its figures. rows 0: as many as are usual. */
void report_fan(struct doc *d, const struct view *v, const struct plan *plan, const struct forecast *f, int value, int pasts, int rows, bool in_short);
void report_runs(struct doc *d, const struct run_chart *chart);

#endif
