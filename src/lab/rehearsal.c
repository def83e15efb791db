/* lab/rehearsal.c — what happens to the scenario's own plays: rows that could not be carried out, and runs that fail.
 * A play is a block of its own, so two cores halve the wait; findings come out in the order of the plays whoever made them. */
#include "base/os.h"
#include "base/thread.h"
#include "lab/lab_private.h"

enum { MOST_THREADS = 16 };

struct rehearsal {
    const struct program *p;
    struct sim *sim[MOST_THREADS];
    struct arena words[MOST_THREADS];
    struct findings { LIST_OF(struct play_finding) list; } *of;      /* [plays]; in the arena of the thread that played it */
};

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
        *LIST_ADD(a, f->list) = (struct play_finding){play, false, arena_printf(a, "play '%s', %s, %s: %s: %s", p->play[play].name,
                                                      program_date_long(p, a, program_moment(p, turn)), seat_title(p, seat), row_print(p, a, row), why)};
}

static void rehearse(void *self, int play, int thread)
{
    struct rehearsal *r = self;
    struct arena *a = &r->words[thread];
    struct sim *s = r->sim[thread];
    const int turns = stage_turns(r->p, play, 0);
    stage_begin(s, turns, 1, 0, false, true);
    for (int t = 0; t < turns; t++) {
        stage_turn(s, r->p, play, t);
        add_refused(a, r->p, &r->of[play], s, play, t);
        struct trouble trouble = stage_trouble(s, 0);
        if (trouble.any) {
            *LIST_ADD(a, r->of[play].list) = (struct play_finding){play, true, arena_printf(a, "play '%s' fails at the values: %s", r->p->play[play].name, stage_words(a, r->p, trouble))};
            return;
        }
    }
}

int lab_plays(struct arena *a, const struct program *p, struct play_finding *finding, int room)
{
    int threads = os_cores(), count = 0;
    threads = threads > MOST_THREADS ? MOST_THREADS : threads < 1 ? 1 : threads;
    struct rehearsal *r = ARENA_NEW(a, struct rehearsal);
    r->p = p;
    r->of = ARENA_ARRAY(a, p->plays + 1, struct findings);
    for (int t = 0; t < threads; t++) {
        arena_init(&r->words[t], "rehearsal");
        r->sim[t] = p->plays > 0 ? sim_new(a, p, 1) : NULL;
    }
    thread_run(threads, p->plays, rehearse, r);
    for (int play = 0; play < p->plays; play++)
        for (int i = 0; i < r->of[play].list.count && count < room; i++) {
            finding[count] = r->of[play].list.at[i];
            finding[count].text = arena_text(a, finding[count].text);
            count++;
        }
    for (int t = 0; t < threads; t++)
        arena_done(&r->words[t]);
    return count;
}
