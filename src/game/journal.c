/* game/journal.c — what was meant and what came of it, in rows chained by SHA-256.
 * Plans are on record before any effect. A row's link is the digest of the link before and of "turn kind text"; the first row's
 * is that of zeros. A kind has no blank, so the three parts cannot run into each other. */
#include <stdio.h>

#include "base/digest.h"
#include "base/panic.h"
#include "game/game_private.h"
#include "game/record.h"

struct digest journal_link(struct digest before, const struct journal_row *row)
{
    struct arena a;
    arena_init(&a, "journal");
    struct text t;
    text_init(&t, &a);
    text_addf(&t, "%d %s %s", row->turn, row->kind, row->text);
    const struct digest link = digest_chain(before, t.at, t.length);
    arena_done(&a);
    return link;
}

/* Each file as "name length text", so that none runs into the next. */
struct digest journal_program(const struct program_file *file, int files)
{
    struct digest d = {{0}};
    for (int i = 0; i < files; i++) {
        struct arena a;
        arena_init(&a, "journal");
        struct text t;
        text_init(&t, &a);
        text_addf(&t, "%s %llu ", file[i].name, (unsigned long long)file[i].length);
        text_addn(&t, file[i].text, file[i].length);
        d = digest_chain(d, t.at, t.length);
        arena_done(&a);
    }
    return d;
}

void journal_add(struct game *g, const char *kind, const char *text)
{
    const struct digest none = {{0}}, before = g->journal.count ? g->journal.at[g->journal.count - 1].link : none;
    struct journal_row row = {.turn = g->turn_played, .kind = kind, .text = text};
    row.link = journal_link(before, &row);
    *LIST_ADD(g->arena, g->journal) = row;
}

void journal_begin(struct game *g)
{
    char hex[DIGEST_TEXT];
    const struct program *p = g->p;
    const struct game_options *o = &g->options;
    struct text t;
    text_init(&t, g->arena);
    text_addf(&t, "scenario %s program %s seed %llu rules %d", p->id ? p->id : "-", digest_text(journal_program(p->file, p->files), hex),
              (unsigned long long)o->seed, RULES_VERSION);
    text_addf(&t, " opening %s turns %d values %s draws %s", o->opening >= 0 ? p->opening[o->opening].name : "-", g->turns,
              o->at_value ? "given" : "drawn", o->median ? "median" : "drawn");
    for (int i = 0; i < p->seats; i++)
        text_addf(&t, " %s=%s", p->seat[i].name, g->who[i] ? g->who[i] : "-");
    journal_add(g, "game", t.at);
}

void journal_plan(struct game *g, int seat)
{
    journal_add(g, "plan", record_plan_text(g->p, g->arena, seat, &g->plan[seat]));
}

void journal_state(struct game *g)
{
    journal_add(g, "state", arena_printf(g->arena, "%016llx", (unsigned long long)sim_hash(g->live, 0)));
}

int game_journal_rows(const struct game *g) { return g->journal.count; }

struct journal_row game_journal_row(const struct game *g, int index)
{
    REQUIRE(index >= 0 && index < g->journal.count);
    return g->journal.at[index];
}
