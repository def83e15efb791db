/* tui/saying.c — what can be said of proposals and promises besides answering them: taken back, walked out of, declared broken, let pass, asked about,
 * reported; and what a person reads into a vague word, which is asked for before it binds. */
#include <string.h>
#include "base/text.h"
#include "tui/tui_private.h"

enum { MOST_SAID = 48, STEPS_OF_READING = 7 };
static const double LEVELS[] = {0, 0.25, 0.5, 0.75, 1};

/* --- what vague words are read as ------------------------------------------------------------------------------------------------- */

static bool vague_at(const struct clause *c, int kind) { return (kind == 0 ? c->vague_level : c->vague_span) >= 0; }

static void ask_reading(struct ui *ui);

/* The reading of this seat: what it owes, or what is owed to it. */
static struct reading_of *own_reading(struct ui *ui, int place)
{
    struct readings *r = &ui->reading.at[place];
    return ui->reading.proposal.clause[place].seat == ui->seat ? &r->by : &r->to;
}

static void reading_chosen(struct ui *ui, int index)
{
    const int place = ui->reading.next / 2;
    if (ui->reading.next % 2 == 0)
        own_reading(ui, place)->amount = ui->choice[index] / 100.0;
    else
        own_reading(ui, place)->turns = ui->choice[index];
    ui->reading.next++;
    ask_reading(ui);
}

static void ask_reading(struct ui *ui)
{
    const struct proposal *q = &ui->reading.proposal;
    const char *item[STEPS_OF_READING + 1], *note[STEPS_OF_READING + 1];
    while (ui->reading.next < 2 * q->clauses && !vague_at(&q->clause[ui->reading.next / 2], ui->reading.next % 2))
        ui->reading.next++;
    if (ui->reading.next == 2 * q->clauses) {
        ui->reading.done(ui, ui->reading.at);
        return;
    }
    const int place = ui->reading.next / 2, kind = ui->reading.next % 2;
    const struct clause *c = &q->clause[place];
    const struct vague *word = &ui->program->vague[kind == 0 ? c->vague_level : c->vague_span];
    const double low = kind == 0 ? 100 * word->low : word->low, high = kind == 0 ? 100 * word->high : word->high;
    const int usual = (int)(kind == 0 ? 100 * own_reading(ui, place)->amount + 0.5 : own_reading(ui, place)->turns + 0.5);
    int n = 0;
    ui->choice[n++] = usual;
    for (int i = 0; i < STEPS_OF_READING; i++) {
        const int x = (int)(low + (high - low) * i / (STEPS_OF_READING - 1) + 0.5);
        if (x != ui->choice[n - 1] && x != usual)
            ui->choice[n++] = x;
    }
    for (int i = 0; i < n; i++) {
        item[i] = arena_printf(&ui->turn, kind == 0 ? "%d percent" : ui->choice[i] == 1 ? "%d turn" : "%d turns", ui->choice[i]);
        note[i] = i == 0 ? "as you would: to your advantage" : "";
    }
    pick_open(ui, arena_printf(&ui->turn, "%d: '%s', to you alone, means", place + 1, program_words(ui->program, &ui->turn, word->name)), item, note, n, reading_chosen);
}

void saying_readings(struct ui *ui, const struct proposal *proposal, void (*done)(struct ui *ui, const struct readings *readings))
{
    bool any = false;
    ui->reading.proposal = *proposal;
    ui->reading.next = 0;
    ui->reading.done = done;
    for (int i = 0; i < proposal->clauses; i++) {
        ui->reading.at[i] = readings_usual(ui->program, &proposal->clause[i]);
        any = any || vague_at(&proposal->clause[i], 0) || vague_at(&proposal->clause[i], 1);
    }
    if (any)
        ask_reading(ui);
    else
        done(ui, NULL);
}

/* --- what can be said ------------------------------------------------------------------------------------------------------------- */

static void report_chosen(struct ui *ui, int index)
{
    const struct bargain *b = view_bargain(ui->view, ui->saying.say.number);
    const struct proposal report = report_on(b, ui->saying.say.place, ui->choice[index] / 100.0);
    talk_say(ui, &(struct say){.kind = SAY_PROPOSE, .proposal = &report});
}

static void report_open(struct ui *ui, const struct bargain *b, int place)
{
    const struct clause *c = &b->proposal.clause[place];
    const bool levelled = c->level != LEVEL_NONE && !c->not;
    const char *item[16], *note[16];
    int n = 0;
    if (levelled && b->truth[place] >= 0) {
        ui->choice[n] = (int)(100 * b->truth[place] + 0.5);
        item[n] = arena_printf(&ui->turn, "%d percent", ui->choice[n]);
        note[n++] = "as it is";
    }
    if (levelled && c->level != LEVEL_VAGUE) {
        ui->choice[n] = (int)(100 * c->amount + 0.5);
        item[n] = arena_printf(&ui->turn, "%d percent", ui->choice[n]);
        note[n++] = "as it was promised";
    }
    for (int i = 0; levelled && i < 5; i++) {
        ui->choice[n] = (int)(100 * LEVELS[i]);
        item[n] = arena_printf(&ui->turn, "%d percent", ui->choice[n]);
        note[n++] = "";
    }
    for (int i = 0; !levelled && i < 2; i++) {
        ui->choice[n] = i == 0 ? 100 : 0;
        item[n] = i == 0 ? "It is kept" : "It is not kept";
        note[n++] = "";
    }
    pick_open(ui, arena_printf(&ui->turn, "report on %d.%d", b->number, place + 1), item, note, n, report_chosen);
}

static void sure(struct ui *ui, int index)
{
    if (index == 1)
        talk_say(ui, &ui->saying.say);
}

static void ask_sure(struct ui *ui, const char *title, const char *yes, const char *note)
{
    const char *const item[] = {"Leave it as it is", yes}, *const notes[] = {"", note};
    pick_open(ui, title, item, notes, 2, sure);
}

static void who_open(struct ui *ui)
{
    struct doc *d = pager_open(ui, "WHO");
    report_seats(d, ui->view, ui->who);
}

static void said(struct ui *ui, int index)
{
    const int code = ui->choice[index], number = code / 1024, place = code / 64 % 16, what = code % 64;
    const struct bargain *b = number ? view_bargain(ui->view, number) : NULL;
    ui->saying.say = (struct say){.kind = (enum saying)what, .number = number, .place = place};
    if (!b) {
        who_open(ui);
        return;
    }
    switch ((enum saying)what) {
    case SAY_PROPOSE: report_open(ui, b, place); break;
    case SAY_WALK_OUT: ask_sure(ui, arena_printf(&ui->turn, "walk out of %d?", number), "Walk out of it", "it costs trust, frees the others, and is not taken back"); break;
    case SAY_DECLARE:
        if (bargain_found(b, place, ui->seat))
            talk_say(ui, &ui->saying.say);
        else
            ask_sure(ui, arena_printf(&ui->turn, "declare %d.%d broken?", number, place + 1), "Declare it broken", "it was not found short: a false claim, if it was kept");
        break;
    case SAY_WITHDRAW: case SAY_LET_PASS: case SAY_ASK_ABOUT: talk_say(ui, &ui->saying.say); break;
    case SAY_ACCEPT: case SAY_REJECT: break;
    }
}

struct listed { const char *item[MOST_SAID], *note[MOST_SAID]; int count; };

static void add(struct ui *ui, struct listed *l, enum saying what, const struct bargain *b, int place, const char *item)
{
    if (l->count == MOST_SAID - 1)
        return;
    ui->choice[l->count] = b->number * 1024 + place * 64 + (int)what;
    l->item[l->count] = item;
    l->note[l->count++] = clause_say(ui->program, &ui->turn, &b->proposal.clause[place]);
}

static bool is_party(const struct ui *ui, const struct bargain *b) { return b->proposal.from == ui->seat || (b->proposal.to >> ui->seat & 1); }

static void add_clause(struct ui *ui, struct listed *l, const struct bargain *b, int place)
{
    const enum clause_status status = b->status[place];
    const char *number = arena_printf(&ui->turn, "%d.%d", b->number, place + 1);
    if (status >= CLAUSE_SHORT)
        return;
    if (b->proposal.clause[place].seat == ui->seat) {
        add(ui, l, SAY_PROPOSE, b, place, arena_printf(&ui->turn, "Report on %s", number));
        return;
    }
    if (b->proposal.kind == PROPOSAL_THREAT)
        return;
    if (status == CLAUSE_FOUND)
        add(ui, l, SAY_LET_PASS, b, place, arena_printf(&ui->turn, "Let %s pass", number));
    if (status != CLAUSE_OPEN)
        add(ui, l, SAY_DECLARE, b, place, arena_printf(&ui->turn, "Declare %s broken", number));
    add(ui, l, SAY_ASK_ABOUT, b, place, arena_printf(&ui->turn, "Ask about %s", number));
}

void saying_open(struct ui *ui)
{
    const struct bargain *b[MOST_CHOICES];
    const int n = view_bargains(ui->view, b, MOST_CHOICES);
    struct listed l = {.count = 0};
    for (int found = 1; found >= 0; found--)                         /* what waits for a word first */
        for (int i = 0; i < n; i++)
            for (int c = 0; b[i]->deal && !b[i]->over && is_party(ui, b[i]) && c < b[i]->proposal.clauses; c++)
                if ((b[i]->status[c] == CLAUSE_FOUND) == (found == 1))
                    add_clause(ui, &l, b[i], c);
    for (int i = 0; i < n; i++) {
        if (b[i]->state == BARGAIN_ON_TABLE && b[i]->proposal.from == ui->seat)
            add(ui, &l, SAY_WITHDRAW, b[i], 0, arena_printf(&ui->turn, "Take back %d", b[i]->number));
        if (b[i]->deal && !b[i]->over && is_party(ui, b[i]))
            add(ui, &l, SAY_WALK_OUT, b[i], 0, arena_printf(&ui->turn, "Walk out of %d", b[i]->number));
    }
    ui->choice[l.count] = 0;
    l.item[l.count] = "Who sits where";
    l.note[l.count++] = "and how far you trust them";
    pick_open(ui, "say of the table", l.item, l.note, l.count, said);
}
