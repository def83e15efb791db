/* page/report_private.h — what the reports share: figures, units and names in words. */
#ifndef PAGE_REPORT_PRIVATE_H
#define PAGE_REPORT_PRIVATE_H

#include "page/report.h"

/* Numbers of a scale from 0 to 1 are shown times 100: "58 of 100". */
bool figure_is_scale(const struct program *p, int quantity);
/* The step to which a value is rounded when shown: three digits, whole numbers at most; coarser where the error is. */
double figure_step(double value, double give_or_take);
double figure_rounded(double value, double step);
const char *figure_text(struct arena *a, double value, double step);                    /* "131", "0.45" */
/* "$m/month" -> "million dollars a month"; "" for none. one: a single point, not points. */
const char *figure_unit(struct arena *a, const char *unit, bool one);
/* "131 million dollars a month" or "58 of 100": an amount of a quantity without its certainty. */
const char *figure_amount(struct arena *a, const struct program *p, int quantity, double value, double step);
/* The same without its unit: "131", "58". */
const char *figure_plain(struct arena *a, const struct program *p, int quantity, double value, double step);
/* "up 3", "down 0.2", "no change", on the values as rounded. */
const char *figure_change(struct arena *a, const struct program *p, int quantity, double from, double to, double step);

/* "up 3" -> "up about 3": of a change between values that are seen with an error. */
const char *figure_about(struct arena *a, const char *change);

const char *words_plain(struct arena *a, const char *name);                             /* "coal_ban" -> "coal ban" */
const char *words_title(struct arena *a, const char *title, const char *name);          /* the title, or the name in plain words */
const char *words_lower(struct arena *a, const char *sentence);                         /* first letter small, unless the word is in capitals */
/* A title within a sentence: begins small, unless its first word is a name (it stands in capitals within another title too). */
const char *words_named(const struct program *p, struct arena *a, const char *title);
const char *words_upper(struct arena *a, const char *sentence);                         /* first letter great */
const char *words_count(struct arena *a, int count, const char *one, const char *many); /* "1 item", "3 items" */
/* "Trust, China towards United States": a number's name without a view; element -1: of all of them. */
const char *words_number(const struct program *p, struct arena *a, struct number n);
/* "the more, the higher the price and the lower the debt; depending on rain". sign 1: what grows with it grows, -1: what shrinks. "" for none. */
const char *words_hangs(const struct program *p, struct arena *a, struct inputs from, int sign);
/* "the higher trade and the lower tension, the better"; "" where nothing is known of it. */
const char *words_better(const struct program *p, struct arena *a, struct inputs from);
/* One effect in plain words and in the units in which the number is shown; m: whose it is, v: who asks (NULL: nobody). */
const char *words_effect(struct arena *a, const struct program *p, const struct view *v, const struct move *m, const struct effect *e);
/* What a move in force bears on, and what that bears on in turn. */
void words_bearing(struct doc *d, const struct program *p, const struct move *m);
const char *words_element(const struct program *p, struct arena *a, int set, int element);
const char *words_target(const struct program *p, struct arena *a, const struct move *m, int target);
const char *words_seat(const struct program *p, int seat);
const char *words_cost(struct arena *a, double cost);    /* "Free", "Costs 2" */
const char *words_budget(const struct program *p, int seat);                            /* "capital", "points" */
const char *words_moment(const struct view *v, struct arena *a, int moment);            /* "June 2017" */
void words_evidence(struct doc *d, const struct program *p, const struct evidence *e);   /* "Source: …", "Judgement: …" */

/* "it give or take 20 percent, 2 turns late", "it exactly", "cannot see it": goes after "sees", the last alone. */
const char *words_seen(struct arena *a, const struct program *p, int quantity, const struct seen *s);

void words_scores(struct doc *d, const struct view *v);                                  /* of all seats, once the table is open */
struct arena *doc_arena(const struct doc *d);
/* The best value of a goal's score as its seat sees it: "58 of 100". */
const char *words_goal(struct arena *a, struct seen_value s);

#endif
