/* lang/compile.c — the order in which a reading becomes a program. Start here to follow a scenario through the room:
 * names_declare (what there is) -> types (what expressions are) -> emit (code, element by element) -> layout (slots in their place). */
#include "lang/compile.h"

#include <string.h>
#include "lang/model.h"
#include "lang/schema.h"

static void begin(struct model *m)
{
    struct program *const p = m->p;
    for (int i = 0; i < BLOCK_FIXED; i++)
        new_builder(m);
    new_origin(m, "the scenario", NULL);
    m->one = constant(m, 1);
    p->time_slot = new_state(m, 1, "time");
    p->turn_slot = new_state(m, 1, "turn");
    p->month_slot = new_state(m, 1, "month");
    p->step_slot = new_state(m, 1, "step");
    p->turn_start_slot = new_state(m, 1, "start of the turn");
    p->target_slot = new_work(m, 1);
    for (int i = 0; i < m->moves.count; i++) {
        struct m_move *const x = &m->moves.at[i];
        x->targets = x->target >= 0 ? m->sets.at[x->target].count : 1;
        x->state = new_state(m, (uint32_t)(x->targets * MOVE_SLOTS), NULL);
    }
    p->set = m->sets.at;
    p->sets = m->sets.count;
    p->seat_set = find_set(m, "seat");
    declare_dialogue(m);
}

const struct program *lang_compile(struct arena *a, struct diags *d, const struct reading *r)
{
    schema_check(d, r->root);
    if (d->errors > 0 || r->root->broken)
        return NULL;                                    /* names and equations are read once every block has its shape */
    struct model *const m = ARENA_NEW(a, struct model);
    m->a = a;
    m->d = d;
    m->reading = r;
    m->root = r->root;
    m->p = ARENA_NEW(a, struct program);
    build_heading(m);
    names_declare(m);
    find_proper_names(m);
    begin(m);
    build_parameters(m);
    type_quantities(m);
    build_networks(m);
    if (d->errors > 0 && m->quantities.count == 0)
        return NULL;
    build_quantities(m);
    build_views(m);
    build_moves(m);
    build_inputs(m);
    build_dialogue(m);
    build_seats(m);
    build_events(m);
    build_endings(m);
    build_questions(m);
    build_plays(m);
    build_claims(m);
    build_compares(m);
    build_openings(m);
    build_words(m);
    emit_laters(m);
    if (d->errors > 0)
        return NULL;
    layout(m);
    if (d->errors > 0)
        return NULL;
    const char *const wrong = program_verify(m->p);
    if (wrong != NULL)
        diag_error(d, r->root->at, D_INTERNAL, "the compiled program does not verify: %s; please report this scenario", wrong);
    m->p->files = read_files(r, &m->p->file);           /* data and texts are known only now */
    return wrong == NULL ? m->p : NULL;
}
