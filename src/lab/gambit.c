/* lab/gambit.c — the empirical game in Gambit's file formats (NFG 1 and EFG 2 of its manual).
 * In a strategic game the first player's strategies turn fastest, as seatings do. A game tree has the seats choose one after the other,
 * each in one information set, since none knows whom the others sent. */
#include "base/text.h"
#include "lab/tournament.h"

/* Quotes and backslashes are escaped with a backslash; what would break a line becomes a blank. */
static void quote(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fputc('\\', out);
        fputc((unsigned char)*c < ' ' ? ' ' : *c, out);
    }
    fputc('"', out);
}

static void head(struct arena *a, const struct tournament *t, const char *kind, FILE *out)
{
    fprintf(out, "%s R ", kind);
    quote(out, arena_printf(a, "%s: personas, means of %d games a seating", t->p->id, t->asked.runs));
    fputs(" {", out);
    for (int s = 0; s < t->p->seats; s++) {
        fputc(' ', out);
        quote(out, t->p->seat[s].name);
    }
    fputs(" }", out);
}

static void comment(struct arena *a, const struct tournament *t, FILE *out)
{
    quote(out, arena_printf(a, "Made by demarche, seed %llu. It speaks of the model and of these personas, not of the world.", (unsigned long long)t->asked.seed));
    fputc('\n', out);
}

static void strategies(const struct tournament *t, int seat, FILE *out)
{
    fputs("{", out);
    for (int i = 0; i < t->asked.seat[seat].count; i++) {
        fputc(' ', out);
        quote(out, tournament_entrant(t, seat, i));
    }
    fputs(" }", out);
}

static void payoffs(const struct tournament *t, const struct seating *is, FILE *out)
{
    char number[NUMBER_TEXT];
    for (int s = 0; s < t->p->seats; s++)
        fprintf(out, "%s%s", s ? ", " : "", text_number(is->mean[s], number));
}

void gambit_nfg(struct arena *a, const struct tournament *t, FILE *out)
{
    head(a, t, "NFG 1", out);
    fputs("\n\n{", out);
    for (int s = 0; s < t->p->seats; s++) {
        fputc(' ', out);
        strategies(t, s, out);
        fputc('\n', out);
    }
    fputs("}\n", out);
    comment(a, t, out);
    fputs("\n{\n", out);
    for (int i = 0; i < t->seatings; i++) {
        fputs("{ \"\" ", out);
        payoffs(t, &t->seating[i], out);
        fputs(" }\n", out);
    }
    fputs("}\n", out);
    for (int i = 0; i < t->seatings; i++)
        fprintf(out, "%s%d", i ? " " : "", i + 1);
    fputc('\n', out);
}

static void branch(const struct tournament *t, int *place, int seat, FILE *out)
{
    if (seat == t->p->seats) {
        const int at = tournament_at(t, place);
        fprintf(out, "t \"\" %d \"\" { ", at + 1);
        payoffs(t, &t->seating[at], out);
        fputs(" }\n", out);
        return;
    }
    fprintf(out, "p \"\" %d 1 \"\" ", seat + 1);
    strategies(t, seat, out);
    fputs(" 0\n", out);
    for (place[seat] = 0; place[seat] < t->asked.seat[seat].count; place[seat]++)
        branch(t, place, seat + 1, out);
}

void gambit_efg(struct arena *a, const struct tournament *t, FILE *out)
{
    int place[MOST_SEATS] = {0};
    head(a, t, "EFG 2", out);
    fputc('\n', out);
    comment(a, t, out);
    fputc('\n', out);
    branch(t, place, 0, out);
}
