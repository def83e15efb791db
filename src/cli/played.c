/* cli/played.c — a saved game as a play of its own scenario, so that whatever asks of plays can ask of it.
 * Its turns are counted from the scenario's start; what an opening's play did before stands in front. */
#include <string.h>

#include "cli/saves.h"

static void add_rows(struct arena *a, struct play_seat *seat, int turn, const struct plan *plan, const struct plan *answers)
{
    const int rows = plan->rows + answers->rows;
    struct play_turn *all = ARENA_ARRAY(a, seat->turns + 1, struct play_turn);
    struct row *row = ARENA_ARRAY(a, rows + 1, struct row);
    if (rows == 0)
        return;
    for (int i = 0; i < rows; i++)
        row[i] = i < plan->rows ? plan->row[i] : answers->row[i - plan->rows];
    if (seat->turns)
        memcpy(all, seat->turn, (size_t)seat->turns * sizeof *all);
    all[seat->turns] = (struct play_turn){turn, row, rows};
    seat->turn = all;
    seat->turns++;
}

const struct program *games_as_play(struct arena *a, const struct saved *s, int *play, int *first, const char **trouble)
{
    struct program *p = ARENA_NEW(a, struct program);
    struct play *all = ARENA_ARRAY(a, s->p->plays + 1, struct play);
    struct play_seat *seat = ARENA_ARRAY(a, s->p->seats, struct play_seat);
    const int opening = *s->is->opening ? program_opening(s->p, s->is->opening) : -1;
    const struct opening *is = opening >= 0 ? &s->p->opening[opening] : NULL;
    *p = *s->p;
    *first = is ? is->turn : 0;
    *trouble = NULL;
    for (int i = 0; i < p->plays; i++)
        all[i] = s->p->play[i];
    for (int i = 0; is && is->play >= 0 && all[is->play].seat && i < p->seats; i++) {
        const struct play_seat *before = &all[is->play].seat[i];
        if (before->rules) {
            *trouble = "its opening follows rules, which cannot be told apart from what was done later";
            return NULL;
        }
        for (int k = 0; k < before->turns; k++) {
            struct plan plan = {.rows = 0}, none = {.rows = 0};
            for (int r = 0; r < before->turn[k].rows && r < MOST_ROWS; r++)
                plan.row[plan.rows++] = before->turn[k].row[r];
            if (before->turn[k].turn < *first)
                add_rows(a, &seat[i], before->turn[k].turn, &plan, &none);
        }
    }
    for (int i = 0; i < s->is->rows; i++)
        for (int k = 0; k < p->seats && strcmp(s->is->row[i].kind, "plan") == 0 && s->is->row[i].turn < s->is->turns_done; k++) {
            struct plan plan, answers;
            if (!record_plan(p, a, s->is->row[i].text, k, &plan, &answers))
                add_rows(a, &seat[k], *first + s->is->row[i].turn, &plan, &answers);
        }
    all[p->plays] = (struct play){.name = s->name, .turns = *first + s->is->turns_done, .rationed = !is, .seat = seat, .path = "game", .line = 1};
    *play = p->plays++;
    p->play = all;
    return p;
}
