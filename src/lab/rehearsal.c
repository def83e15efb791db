/* lab/rehearsal.c — what happens to the scenario's own plays: rows that could not be carried out, and runs that fail. */
#include "lab/lab_private.h"

struct findings { struct play_finding *at; int count, room; };

static void add(struct findings *f, int play, bool failed, const char *text)
{
    if (f->count < f->room)
        f->at[f->count++] = (struct play_finding){play, failed, text};
}

static const char *seat_title(const struct program *p, int seat)
{
    return p->seat[seat].title ? p->seat[seat].title : p->seat[seat].name;
}

/* What the turn that has just been played refused. */
static void add_refused(struct arena *a, const struct program *p, struct findings *f, const struct sim *s, int play, int turn)
{
    int seat;
    struct row row;
    const char *why;
    for (int k = 0; (why = sim_refusal(s, k, &seat, &row)) != NULL; k++)
        add(f, play, false, arena_printf(a, "play '%s', %s, %s: %s: %s", p->play[play].name, program_date_long(p, a, program_moment(p, turn)),
                                             seat_title(p, seat), row_print(p, a, row), why));
}

int lab_plays(struct arena *a, const struct program *p, struct play_finding *finding, int room)
{
    struct findings f = {finding, 0, room};
    struct sim *s = p->plays ? sim_new(a, p, 1) : NULL;
    for (int play = 0; play < p->plays; play++) {
        int turns = stage_turns(p, play, 0);
        stage_begin(s, turns, 1, 0, false, true);
        for (int t = 0; t < turns; t++) {
            stage_turn(s, p, play, t);
            add_refused(a, p, &f, s, play, t);
            struct trouble trouble = stage_trouble(s, 0);
            if (trouble.any) {
                add(&f, play, true, arena_printf(a, "play '%s' fails at the values: %s", p->play[play].name, stage_words(a, p, trouble)));
                break;
            }
        }
    }
    return f.count;
}
