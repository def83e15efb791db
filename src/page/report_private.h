/* page/report_private.h — what the reports share: figures, units and names in words. */
#ifndef PAGE_REPORT_PRIVATE_H
#define PAGE_REPORT_PRIVATE_H

#include "page/report.h"

/* Numbers of a scale from 0 to 1 are shown times 100: "58 of 100". A scale has no unit, and either bounds or a chart from 0 to about 1. */
bool figure_is_scale(const struct program *p, int quantity);
/* The step to which a value is rounded when shown: three digits, whole numbers at most; coarser where the error is. */
double figure_step(double value, double give_or_take);
double figure_rounded(double value, double step);
const char *figure_text(struct arena *a, double value, double step);                    /* "131", "0.45" */
/* "$m/month" -> "million dollars a month"; "" for none. one: a single point, not points. */
const char *figure_unit(struct arena *a, const char *unit, bool one);
/* "131 million dollars a month" or "58 of 100": an amount of a quantity without its certainty. */
const char *figure_amount(struct arena *a, const struct program *p, int quantity, double value, double step);
/* "up 3", "down 0.2", "no change", on the values as rounded. */
const char *figure_change(struct arena *a, const struct program *p, int quantity, double from, double to, double step);

const char *words_plain(struct arena *a, const char *name);                             /* "coal_ban" -> "coal ban" */
const char *words_title(struct arena *a, const char *title, const char *name);          /* the title, or the name in plain words */
const char *words_lower(struct arena *a, const char *sentence);                         /* first letter small, unless the word is in capitals */
const char *words_count(struct arena *a, int count, const char *one, const char *many); /* "1 item", "3 items" */
const char *words_element(const struct program *p, struct arena *a, int set, int element);
const char *words_target(const struct program *p, struct arena *a, const struct move *m, int target);
const char *words_seat(const struct program *p, int seat);
const char *words_cost(struct arena *a, double cost);    /* "Free", "Costs 2" */
const char *words_budget(const struct program *p, int seat);                            /* "capital", "points" */
const char *words_moment(const struct view *v, struct arena *a, int moment);            /* "June 2017" */
void words_evidence(struct doc *d, const struct program *p, const struct evidence *e);   /* "Source: …", "Judgement: …" */

/* "it give or take 20 percent, 2 turns late", "it exactly", "cannot see it": goes after "sees", the last alone. */
const char *words_seen(struct arena *a, const struct program *p, int quantity, const struct seen *s);

struct arena *doc_arena(const struct doc *d);
/* The best value of a goal's score as its seat sees it: "58 of 100". */
const char *words_goal(struct arena *a, struct seen_value s);

#endif
