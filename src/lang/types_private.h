/* lang/types_private.h — what types.c and types_over.c share. */
#ifndef LANG_TYPES_PRIVATE_H
#define LANG_TYPES_PRIVATE_H

#include "lang/model.h"

void type_be(struct expr *e, enum type type, struct unit unit);
void type_broken(struct expr *e);                       /* after a finding */
void type_not_here(struct scope *s, struct expr *e, const char *why);
const char *type_words(enum type type);
int function_named(const char *name);                   /* -1 */
struct unit types_alike(struct scope *s, struct expr **a, struct expr **b);
bool types_want_element(struct scope *s, struct expr *e, int set);
void types_work_quantity(struct scope *s, struct expr *e, int q);
void types_work_over(struct scope *s, struct expr *e);
void types_work_sample(struct scope *s, struct expr *e);

#endif
