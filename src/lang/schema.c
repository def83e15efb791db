/* lang/schema.c — every key of the language, block by block: the one table.
 * A new key is a row here, its use in lang/emit.c, and a right and a wrong case in tests/golden/check. What a row says is what
 * authors read in `explain`, so help is a sentence for them, not for us. */
#include "lang/schema_private.h"

#include <string.h>

#define LATER "leave it out for now"
#define LATER_SECTION "leave the section out for now"
#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

static const struct field everywhere[] = {
    {"source", FIELD_LIST, .block = "source id", .help = "Where the numbers in this block come from: ids from sources."},
    {"judgement", FIELD_TEXT, .help = "Why these values, where no source gives them."},
    {"tuned", FIELD_TEXT, .help = "What the values were fitted to, and over which period."},
};

static const struct field scenario[] = {
    {"demarche", FIELD_WHOLE, .required = true, .help = "The version of the language; the first key of every scenario. This program knows 1."},
    {"id", FIELD_NAME, .block = "id", .fallback = "the name of the folder or file", .help = "A short name for commands and game files: letters, digits, - and _."},
    {"title", FIELD_TEXT, .fallback = "the id", .help = "What the menu shows."},
    {"summary", FIELD_TEXT, .help = "Two or three sentences for someone who chooses a scenario."},
    {"authors", FIELD_LIST, .block = "text", .help = "Who wrote it."},
    {"license", FIELD_TEXT, .help = "On which terms it may be passed on, as CC-BY-4.0."},
    {"length", FIELD_TEXT, .help = "How long a game takes, in words."},
    {"time", FIELD_MAP, .required = true, .block = "time", .help = "When it starts, how long a turn is, and how many there are."},
    {"openings", FIELD_NAMED, .block = "opening", .help = "Other places to start, each reached by a play that runs until then."},
    {"clocks", FIELD_NAMED, .block = "clock", .help = "Named timetables for classes: how many turns, how many seconds for each phase.", .later = LATER_SECTION},
    {"order", FIELD_ANY, .block = "order", .fallback = "sealed", .shape = "sealed, a list of seats, or {turn: one of these}",
     .help = "Who commits first: sealed lets all commit at once; a list lets later seats see what earlier ones committed."},
    {"include", FIELD_LIST, .block = "file", .help = "Further YAML files in the scenario's folder; their sections join those of this file."},
    {"sources", FIELD_NAMED, .block = "source", .help = "Books, data and reports that evidence points at."},
    {"seats", FIELD_NAMED, .block = "seat", .fallback = "none: a plain model", .help = "The roles that people or personas play."},
    {"sets", FIELD_NAMED, .block = "set", .help = "Lists of elements that quantities are written for, as good: [coal, iron_ore]. The seats are always one: seat."},
    {"networks", FIELD_NAMED, .block = "network", .help = "Who is linked to whom within a set, or between two; fixed, and the same in every play."},
    {"parameters", FIELD_NAMED, .block = "parameter", .help = "Constants and tables, each with its evidence."},
    {"quantities", FIELD_NAMED, .required = true, .block = "quantity", .help = "The model: what there is and how it changes."},
    {"groups", FIELD_NAMED, .block = "group", .help = "What quantities shown together share."},
    {"moves", FIELD_NAMED, .block = "move", .help = "What seats can do."},
    {"terms", FIELD_NAMED, .block = "term", .help = "Facts that seats can promise each other."},
    {"dialogue", FIELD_MAP, .block = "dialogue", .fallback = "nothing can be promised", .help = "What keeping and breaking a promise costs, and how it can be checked. {} will do."},
    {"events", FIELD_NAMED, .block = "event", .help = "What happens without any seat doing it."},
    {"endings", FIELD_NAMED, .block = "ending", .help = "How it can end; the first that holds counts, in this order."},
    {"questions", FIELD_NAMED, .block = "question", .help = "Predictions asked of players and scored when the answer is known."},
    {"plays", FIELD_NAMED, .block = "play", .help = "Scripted games: who does what when."},
    {"claims", FIELD_NAMED, .block = "claim", .help = "What must be true of the plays: the scenario's own tests."},
    {"compare", FIELD_NAMED, .block = "comparison", .help = "Observed series to lay beside the model."},
    {"glossary", FIELD_NAMED, .block = "word", .shape = "a word with a sentence on each line, or a file", .help = "Words that players may look up."},
    {"teaching", FIELD_LIST, .block = "text", .help = "Notes for whoever runs it: a list of texts, or a file."},
    {"debrief", FIELD_LIST, .block = "text", .help = "Questions for afterwards: a list of texts, or a file."},
    {"claims_not_made", FIELD_LIST, .block = "text", .help = "What the scenario must never be taken to say."},
};

static const struct field time_block[] = {
    {"start", FIELD_DATE, .required = true, .help = "When the first turn begins: a month as 2017-02, or a plain number."},
    {"turn", FIELD_SPAN, .required = true, .help = "How long a turn is: 1 month, or a plain number if start is one. Rates of change are per this unit."},
    {"turns", FIELD_WHOLE, .required = true, .help = "How many turns a game has."},
    {"steps", FIELD_WHOLE, .fallback = "1", .help = "Into how many equal steps a turn is cut when the model is worked out."},
};

static const struct field opening[] = {
    {"at", FIELD_DATE, .required = true, .help = "Where play begins."},
    {"after", FIELD_NAME, .fallback = "nothing done", .help = "The play that runs until then."},
    {"turns", FIELD_WHOLE, .fallback = "what is left", .help = "How many turns are played from there."},
    {"title", FIELD_TEXT, .help = "What the menu shows."},
};

static const struct field clock_block[] = {
    {"turns", FIELD_WHOLE, .required = true, .help = "How many turns the class plays."},
    {"turn", FIELD_SPAN, .help = "How much of the scenario's time each of them takes."},
    {"brief", FIELD_NUMBER, .help = "Seconds to read the news."},
    {"plan", FIELD_NUMBER, .help = "Seconds to plan."},
    {"talk", FIELD_NUMBER, .help = "Seconds to talk."},
    {"commit", FIELD_NUMBER, .help = "Seconds to commit."},
    {"review", FIELD_NUMBER, .help = "Seconds to look at what came of it."},
};

static const struct field source[] = {
    {"title", FIELD_TEXT, .required = true, .help = "What it is called."},
    {"author", FIELD_LIST, .block = "text", .help = "Who wrote or published it."},
    {"date", FIELD_TEXT, .help = "When it appeared: 2017, 2017-06 or 2017-06-20."},
    {"url", FIELD_TEXT, .help = "Where it can be read."},
    {"doi", FIELD_TEXT, .help = "Its digital object identifier, without https://doi.org/."},
};

static const struct field seat[] = {
    {"name", FIELD_TEXT, .fallback = "the id", .help = "What the seat is called in full."},
    {"short", FIELD_TEXT, .fallback = "the id", .help = "Two or three letters for narrow columns; commands understand it too."},
    {"colour", FIELD_NAME, .shape = "blue | red | yellow | green | magenta | cyan | white", .help = "Its colour on screens that have colours."},
    {"budget", FIELD_MAP, .block = "budget", .fallback = "no limit", .help = "What the seat can spend on moves."},
    {"brief", FIELD_TEXT, .help = "What only this seat reads before it begins: a text, a file, or file.md#heading."},
    {"goals", FIELD_NAMED, .block = "goal", .help = "What the seat wants; its score is their weighted mean."},
    {"personas", FIELD_NAMED, .block = "persona", .help = "Characters that can play the seat when no person does."},
    {"rule", FIELD_NAME, .shape = "lead | majority | consensus | portfolio", .help = "How several people in one seat decide.", .later = LATER},
    {"portfolios", FIELD_NAMED, .block = "portfolio", .help = "Offices within the seat, each with its own moves, brief and goal.", .later = LATER},
};

static const struct field budget[] = {
    {"per_turn", FIELD_NUMBER, .fallback = "0", .help = "Added at each brief after the first."},
    {"most", FIELD_NUMBER, .fallback = "no limit", .help = "What can be saved up at most."},
    {"start", FIELD_NUMBER, .fallback = "per_turn", .help = "What there is in turn 1."},
    {"called", FIELD_TEXT, .fallback = "points", .help = "What players call it, as capital."},
    {"rows", FIELD_WHOLE, .fallback = "no limit", .help = "The most orders in one turn."},
};

static const struct field goal[] = {
    {"title", FIELD_TEXT, .fallback = "the id", .help = "What players read."},
    {"weight", FIELD_NUMBER, .fallback = "1", .help = "How much it counts beside the seat's other goals."},
    {"score", FIELD_EXPR, .required = true, .help = "From 0, nothing of it reached, to 100, all of it."},
};

static const struct field persona[] = {
    {"title", FIELD_TEXT, .fallback = "the id", .help = "What players read, as The hawk."},
    {"cares", FIELD_NAMED, .block = "care", .help = "How much more or less it cares about a goal than the seat does: a factor a goal."},
    {"patience", FIELD_WHOLE, .help = "How many turns it looks ahead."},
    {"precision", FIELD_NUMBER, .help = "How surely it takes what seems best to it; 0 is by chance."},
    {"first", FIELD_LIST, .block = "rule", .help = "A script instead: the first line that can be done is done."},
};

static const struct field rule[] = {
    {"when", FIELD_EXPR, .fallback = "always", .help = "The condition under which the line counts."},
    {"do", FIELD_LIST, .required = true, .block = "row", .help = "What is done: a move as in a play, or a list of them."},
};

static const struct field portfolio[] = {
    {"name", FIELD_TEXT, .help = "What the office is called."},
    {"owns", FIELD_LIST, .block = "name", .help = "The moves that need its consent."},
    {"brief", FIELD_TEXT, .help = "What only this office reads: a text or a file."},
    {"goal", FIELD_NAME, .help = "The goal that it cares about most."},
};

static const struct field set[] = {
    {"of", FIELD_NAME, .required = true, .help = "The set that this is a part of."},
    {"elements", FIELD_LIST, .required = true, .block = "element", .help = "The elements of that set which belong to the part."},
};

static const struct field network[] = {
    {"over", FIELD_NAME, .help = "The set whose elements are linked to each other."},
    {"from", FIELD_NAME, .help = "The set where links begin, if they lead to another set."},
    {"to", FIELD_NAME, .help = "The set where they end."},
    {"links", FIELD_ANY, .block = "links", .shape = "clients(10), preferential(2), or a list of pairs [[a, b], [a, c]]", .help = "Who is linked: each of the rest a client of one of the first ten; each linked to two before it; or the links themselves, perhaps with a weight."},
    {"by", FIELD_NAME, .fallback = "all alike", .help = "What makes one of the first likelier to be linked to: a parameter, or a quantity that hangs on parameters alone."},
    {"seed", FIELD_WHOLE, .fallback = "1", .help = "The number that fixes the draw."},
    {"redraw", FIELD_TRUTH, .fallback = "false", .help = "Draw the links anew in every game; not yet available."},
    {"file", FIELD_TEXT, .help = "A CSV file with the columns from, to and weight."},
};

static const struct field parameter[] = {
    {"title", FIELD_TEXT, .help = "What people read."},
    {"value", FIELD_NUMBER, .per_element = true, .help = "The number itself."},
    {"is", FIELD_EXPR, .per_element = true, .help = "An expression of other parameters, worked out once."},
    {"table", FIELD_ANY, .block = "points", .shape = "a list of points [[0, 0], [5, 1]]",
     .help = "Points of a curve for lookup(x, name); x rises, straight lines between them."},
    {"unit", FIELD_UNIT, .fallback = "1", .help = "What it is measured in, as $m/month."},
    {"range", FIELD_LIST, .per_element = true, .block = "pair", .help = "What it could be, from and to: runs over many games draw from it."},
    {"spread", FIELD_NUMBER, .per_element = true, .help = "The same as a share of the value: 10% is from nine tenths to eleven tenths."},
    {"prior", FIELD_NAME, .fallback = "triangular", .shape = "triangular | uniform | normal | lognormal", .help = "How draws lie in the range."},
    {"together", FIELD_TRUTH, .fallback = "false", .help = "One draw moves all elements, instead of one each."},
};

static const struct field quantity[] = {
    {"title", FIELD_TEXT, .per_element = true, .fallback = "the name", .help = "What people read."},
    {"unit", FIELD_UNIT, .per_element = true, .fallback = "1", .help = "What it is measured in, as $m/month."},
    {"start", FIELD_EXPR, .per_element = true, .help = "Makes it a stock: what there is at the start."},
    {"change", FIELD_EXPR, .per_element = true, .fallback = "0", .help = "How fast a stock changes, per unit of time; each + or - term is a line of its ledger."},
    {"is", FIELD_EXPR, .per_element = true, .help = "Makes it an auxiliary: worked out from other quantities whenever it is needed."},
    {"draw", FIELD_EXPR, .per_element = true, .help = "Makes it a draw: taken by chance, as \"normal(1, 0.08)\"."},
    {"data", FIELD_MAP, .per_element = true, .block = "data", .help = "Makes it data: read from a file at the current time."},
    {"switch", FIELD_TRUTH, .per_element = true, .help = "Makes it a switch: true or false at the start, changed by effects only."},
    {"every", FIELD_NAME, .fallback = "turn", .shape = "turn | step", .help = "How often a draw is taken."},
    {"floor", FIELD_EXPR, .per_element = true, .help = "A stock never falls below this; what is refused is a line of its ledger."},
    {"ceiling", FIELD_EXPR, .per_element = true, .help = "A stock never rises above this."},
    {"seen_by", FIELD_ANY, .per_element = true, .block = "views", .fallback = "all see it exactly",
     .shape = "{us: exact, china: {error: 10%, lag: 1}, north_korea: none}", .help = "How well each seat sees it; seats not listed see it exactly."},
    {"chart", FIELD_ANY, .per_element = true, .block = "chart", .shape = "[least, greatest], true or false", .help = "The scale of its chart, or whether it has one."},
    {"group", FIELD_NAME, .per_element = true, .help = "What it is shown together with."},
    {"format", FIELD_TEXT, .per_element = true, .help = "How its number is written."},
    {"good_for", FIELD_LIST, .per_element = true, .block = "name", .help = "The seats for whom more of it is good."},
};

static const struct field view[] = {
    {"error", FIELD_NUMBER, .help = "The seat sees it with this error, as a share of the value: 30%."},
    {"points", FIELD_NUMBER, .help = "The same in the quantity's own unit."},
    {"lag", FIELD_WHOLE, .fallback = "0", .help = "How many turns late."},
    {"as", FIELD_NAME, .help = "The seat sees this other quantity in its place."},
};

static const struct field data[] = {
    {"file", FIELD_TEXT, .required = true, .help = "A CSV file in the scenario's folder; its first row names the columns."},
    {"column", FIELD_TEXT, .required = true, .help = "The column with the values."},
    {"time", FIELD_TEXT, .fallback = "the first column", .help = "The column with the dates."},
    {"where", FIELD_ANY, .block = "where", .shape = "{column: value}", .help = "Only the rows with these values, for files that hold several series."},
    {"between", FIELD_NAME, .fallback = "linear", .shape = "linear | step", .help = "What holds between two rows: a straight line, or the earlier value."},
};

static const struct field group[] = {
    {"title", FIELD_TEXT, .help = "What people read."},
    {"seen_by", FIELD_ANY, .block = "views", .shape = "{us: exact, china: {error: 10%, lag: 1}, north_korea: none}", .help = "How well each seat sees its members, unless they say otherwise."},
    {"chart", FIELD_ANY, .block = "chart", .shape = "[least, greatest], true or false", .help = "The scale of its members' charts."},
    {"format", FIELD_TEXT, .help = "How its members' numbers are written."},
    {"good_for", FIELD_LIST, .block = "name", .help = "The seats for whom more of its members is good."},
};

static const struct field move[] = {
    {"seat", FIELD_NAME, .required = true, .help = "Who can do it."},
    {"title", FIELD_TEXT, .fallback = "the name", .help = "What players read."},
    {"measure", FIELD_MAP, .block = "measure", .fallback = "an act, done once", .help = "Makes it a measure, which stands until it is lifted. {} will do."},
    {"target", FIELD_EXPR, .help = "What it is aimed at, chosen by the player: a set, and where for which elements."},
    {"pick", FIELD_EXPR, .help = "What it is aimed at, by rule: best(firm by share[firm])."},
    {"cost", FIELD_EXPR, .fallback = "0", .help = "What it takes from the seat's budget."},
    {"requires", FIELD_EXPR, .help = "What must hold at the start of the turn."},
    {"threat", FIELD_MAP, .block = "threat", .help = "What threatening it costs and does."},
    {"ease", FIELD_MAP, .block = "ease", .help = "What easing it costs and does; effects scale with the points eased."},
    {"snapback", FIELD_MAP, .block = "snapback", .help = "What bringing it back in one step costs and does."},
    {"lift", FIELD_MAP, .block = "lift", .help = "What lifting it costs and does."},
    {"ends", FIELD_LIST, .block = "name", .help = "The measures that this move ends."},
    {"effects", FIELD_NAMED, .block = "effect", .help = "What it does to stocks and switches."},
    {"outcomes", FIELD_LIST, .block = "outcome", .help = "What may come of it besides; one is drawn."},
    {"answer", FIELD_MAP, .block = "answer", .help = "Another seat must answer before it takes effect."},
    {"says", FIELD_TEXT, .help = "What the newspaper says when it is done."},
};

static const struct field measure[] = {
    {"settings", FIELD_NAMED, .block = "setting", .fallback = "on: 1", .help = "The ways in which it can be imposed, each with its level."},
    {"ceiling", FIELD_EXPR, .fallback = "100%", .help = "How far it can be enforced at most."},
    {"ramp", FIELD_MAP, .block = "ramp", .fallback = "at once", .shape = "a length of time, as 2 turns, or {up: 2 turns, down: 1 turn}", .help = "How long the level takes to get there."},
    {"decay", FIELD_EXPR, .fallback = "0", .help = "The share of enforcement lost each turn unless it is renewed."},
};

static const struct field setting[] = {
    {"level", FIELD_EXPR, .fallback = "1", .help = "How much of the measure, from 0 to 1."},
    {"title", FIELD_TEXT, .fallback = "the name", .help = "What players read."},
    {"quiet", FIELD_EXPR, .fallback = "announced to all", .help = "Not announced: the chance that another seat notices in a turn, at full level."},
    {"ceiling", FIELD_EXPR, .fallback = "the measure's", .help = "How far it can be enforced in this way."},
    {"lift", FIELD_MAP, .block = "lift", .fallback = "the move's", .help = "What lifting it from this setting costs and does."},
};

static const struct field ramp[] = {
    {"up", FIELD_SPAN, .fallback = "at once", .help = "How long it takes to rise."},
    {"down", FIELD_SPAN, .fallback = "at once", .help = "How long it takes to fall."},
};

static const struct field threat[] = {
    {"cost", FIELD_EXPR, .fallback = "0", .help = "What the threat takes from the budget."},
    {"lapses", FIELD_SPAN, .help = "After how long it is forgotten if nothing follows."},
    {"effects", FIELD_NAMED, .block = "effect", .help = "What the threat alone does."},
};

static const struct field priced[] = {                   /* ease, snapback and lift */
    {"cost", FIELD_EXPR, .fallback = "0", .help = "What it takes from the budget."},
    {"effects", FIELD_NAMED, .block = "effect", .help = "What it does to stocks and switches."},
};

static const struct field answer[] = {
    {"by", FIELD_NAME, .required = true, .help = "The seat that answers."},
    {"refuse", FIELD_LIST, .block = "name", .help = "The move by which it refuses."},
    {"accept", FIELD_LIST, .block = "name", .help = "The move by which it accepts."},
    {"silence", FIELD_NAME, .required = true, .shape = "passes | fails", .help = "What happens if it does neither."},
};

static const struct field effect[] = {
    {"add", FIELD_EXPR, .help = "So much more (or less)."},
    {"set", FIELD_EXPR, .help = "Exactly this from now on."},
    {"scale", FIELD_EXPR, .help = "So many times what is there."},
    {"push", FIELD_EXPR, .help = "This part of the room left to the ceiling; if negative, of what is there above the floor."},
    {"after", FIELD_SPAN, .fallback = "at once", .help = "So many turns later."},
    {"over", FIELD_SPAN, .help = "In equal parts over so many turns."},
    {"lasts", FIELD_SPAN, .help = "Taken back after so many turns."},
    {"when", FIELD_EXPR, .fallback = "always", .help = "Only if this holds, judged at each part."},
    {"for", FIELD_EXPR, .fallback = "the target", .help = "For other elements than the target: \"f in firm where broker[f] = firm\"."},
    {"range", FIELD_LIST, .block = "pair", .help = "What the size could be, from and to; drawn once a game."},
    {"prior", FIELD_NAME, .fallback = "triangular", .shape = "triangular | uniform | normal | lognormal", .help = "How draws lie in the range."},
};

static const struct field outcome[] = {
    {"chance", FIELD_EXPR, .help = "How likely it is; what is left over is nothing happening."},
    {"otherwise", FIELD_TRUTH, .help = "true: all that the other chances leave over."},
    {"title", FIELD_TEXT, .help = "What players read."},
    {"effects", FIELD_NAMED, .block = "effect", .help = "What it does, besides the move's own effects."},
};

static const struct field term[] = {
    {"seat", FIELD_NAME, .required = true, .help = "Who can promise it."},
    {"title", FIELD_TEXT, .help = "What players read."},
    {"kept_when", FIELD_EXPR, .required = true, .help = "What holds as long as it is kept."},
};

static const struct field dialogue[] = {
    {"trust", FIELD_NAME, .help = "The quantity that a breach moves: trust of one seat in another."},
    {"costs", FIELD_MAP, .block = "costs", .help = "What keeping and breaking a promise does to trust."},
    {"audience", FIELD_MAP, .block = "audience", .help = "What one's own public thinks of an idle threat."},
    {"credibility", FIELD_MAP, .block = "credibility", .help = "Whether threats are believed."},
    {"tolerance", FIELD_NUMBER, .fallback = "15%", .help = "How far short of a promise still counts as partly kept."},
    {"vague", FIELD_NAMED, .block = "vague word", .help = "Words whose meaning each side reads for itself, and between what bounds."},
    {"verify", FIELD_NAMED, .block = "method", .help = "The ways in which a promise can be checked."},
};

static const struct field costs[] = {
    {"kept", FIELD_NUMBER, .help = "A promise kept."},
    {"short", FIELD_NUMBER, .help = "A promise found broken."},
    {"false_claim", FIELD_NUMBER, .help = "A breach declared where there was none: what it does to the trust of who was accused."},
    {"walk_out", FIELD_NUMBER, .help = "Walking out of the talks."},
    {"in_public", FIELD_NUMBER, .help = "How many times as much if it was public."},
    {"backchannel", FIELD_NUMBER, .help = "How many times as much if it was by the back channel."},
};

static const struct field audience[] = {
    {"quantity", FIELD_NAME, .help = "What it moves."},
    {"idle_threat", FIELD_NUMBER, .help = "By how much, for a threat that nothing followed."},
};

static const struct field credibility[] = {
    {"quantity", FIELD_NAME, .help = "What it moves."},
    {"carried_out", FIELD_NUMBER, .help = "By how much, for a threat carried out."},
    {"lapsed", FIELD_NUMBER, .help = "By how much, for a threat dropped."},
};

static const struct field method[] = {
    {"title", FIELD_TEXT, .fallback = "the name", .help = "What players read."},
    {"lag", FIELD_WHOLE, .fallback = "0", .help = "How many turns late it tells."},
    {"error", FIELD_NUMBER, .fallback = "0", .help = "How far off it may be, in points of level."},
    {"blind", FIELD_LIST, .block = "name", .help = "The measures that it cannot see."},
    {"cost", FIELD_NUMBER, .fallback = "0", .help = "What it takes from the budget."},
    {"consent", FIELD_TRUTH, .fallback = "false", .help = "Whether the other side must agree to it."},
    {"reported", FIELD_TRUTH, .fallback = "false", .help = "Whether it only tells what the other side says of itself in a report."},
};

static const struct field event[] = {
    {"on", FIELD_DATE, .help = "It happens at the start of this turn, if when holds then."},
    {"when", FIELD_EXPR, .help = "What must hold. Alone: it happens the first time this holds."},
    {"chance", FIELD_EXPR, .help = "How likely it is in a turn."},
    {"each", FIELD_NAME, .shape = "turn", .help = "It happens in every turn, if when holds."},
    {"by", FIELD_NAME, .shape = "hand", .help = "It happens when whoever runs the game says so."},
    {"cooldown", FIELD_SPAN, .fallback = "once only", .help = "It may happen again after so many turns."},
    {"title", FIELD_TEXT, .fallback = "the headline", .help = "What it is called."},
    {"headline", FIELD_TEXT, .help = "What the newspaper says."},
    {"purpose", FIELD_TEXT, .help = "What whoever runs the game can use it for."},
    {"effects", FIELD_NAMED, .block = "effect", .help = "What it does to stocks and switches."},
};

static const struct field ending[] = {
    {"when", FIELD_EXPR, .required = true, .help = "What holds when it has come to this."},
    {"at", FIELD_NAME, .fallback = "any turn", .shape = "end", .help = "end: judged only when the last turn is over."},
    {"title", FIELD_TEXT, .fallback = "the name", .help = "What players read."},
    {"text", FIELD_TEXT, .help = "How it is told: a text, a file, or file.md#heading."},
    {"worth", FIELD_NAMED, .block = "worth", .help = "What is added to each seat's score."},
};

static const struct field question[] = {
    {"ask", FIELD_TEXT, .required = true, .help = "The question, as it is put to players."},
    {"true_when", FIELD_EXPR, .required = true, .help = "What must hold for the answer to be yes."},
    {"at", FIELD_DATE, .required = true, .help = "When it is settled."},
};

static const struct field play[] = {
    {"title", FIELD_TEXT, .help = "What it shows."},
    {"like", FIELD_NAME, .help = "The play that it builds on."},
    {"turns", FIELD_WHOLE, .fallback = "the scenario's", .help = "How many turns it runs."},
    {"rationed", FIELD_TRUTH, .fallback = "true", .help = "false: moves need not fit the budget."},
};

static const struct field claim[] = {
    {"says", FIELD_TEXT, .required = true, .help = "What is claimed, in a sentence."},
    {"expect", FIELD_EXPR, .required = true, .help = "The same of plays: at(play, quantity, when) and its like compared."},
    {"in", FIELD_NUMBER, .fallback = "at the values alone", .help = "In what share of runs over the ranges it must hold."},
    {"contested", FIELD_TEXT, .help = "What speaks against it; printed beside it."},
    {"verdict", FIELD_NAME, .fallback = "holds", .shape = "holds | fails", .help = "fails: the scenario holds it to be untrue here, so it must fail."},
    {"because", FIELD_TEXT, .help = "Why it is held to be untrue."},
};

static const struct field comparison[] = {
    {"quantity", FIELD_EXPR, .required = true, .help = "The model's side."},
    {"data", FIELD_MAP, .required = true, .block = "data", .help = "The observed side."},
    {"play", FIELD_NAME, .fallback = "nothing done", .help = "The play that is compared."},
    {"baselines", FIELD_NAMED, .block = "data", .help = "Other forecasts of the same series, judged beside the model: a name and its data each."},
    {"error", FIELD_NAME, .fallback = "rms", .shape = "rms | log_rms", .help = "How distance is measured: root mean square, of differences or of logarithms."},
    {"fit", FIELD_ANY, .block = "period", .shape = "2017-02..2017-08", .help = "The period that values were tuned on."},
    {"test", FIELD_ANY, .block = "period", .shape = "2017-02..2017-08", .help = "The period that was kept apart to test on."},
    {"title", FIELD_TEXT, .help = "What people read."},
};

#define BLOCK(name, title, rows) {name, title, rows, COUNT(rows)}

const struct key_block schema_blocks[] = {
    BLOCK("scenario", "A scenario", scenario),
    BLOCK("time", "time", time_block),
    BLOCK("opening", "An opening", opening),
    BLOCK("clock", "A clock", clock_block),
    BLOCK("source", "A source", source),
    BLOCK("seat", "A seat", seat),
    BLOCK("budget", "A budget", budget),
    BLOCK("goal", "A goal", goal),
    BLOCK("persona", "A persona", persona),
    BLOCK("rule", "A scripted line", rule),
    BLOCK("portfolio", "A portfolio", portfolio),
    BLOCK("set", "A part of a set", set),
    BLOCK("network", "A network", network),
    BLOCK("parameter", "A parameter", parameter),
    BLOCK("quantity", "A quantity", quantity),
    BLOCK("view", "How a seat sees a quantity", view),
    BLOCK("data", "data", data),
    BLOCK("group", "A group", group),
    BLOCK("move", "A move", move),
    BLOCK("measure", "measure", measure),
    BLOCK("setting", "A setting", setting),
    BLOCK("ramp", "ramp", ramp),
    BLOCK("threat", "threat", threat),
    BLOCK("ease", "ease", priced),
    BLOCK("snapback", "snapback", priced),
    BLOCK("lift", "lift", priced),
    BLOCK("answer", "answer", answer),
    BLOCK("effect", "An effect", effect),
    BLOCK("outcome", "An outcome", outcome),
    BLOCK("term", "A term", term),
    BLOCK("dialogue", "dialogue", dialogue),
    BLOCK("costs", "costs", costs),
    BLOCK("audience", "audience", audience),
    BLOCK("credibility", "credibility", credibility),
    BLOCK("method", "A method of checking", method),
    BLOCK("event", "An event", event),
    BLOCK("ending", "An ending", ending),
    BLOCK("question", "A question", question),
    BLOCK("play", "A play", play),
    BLOCK("claim", "A claim", claim),
    BLOCK("comparison", "A comparison", comparison),
};
const int schema_block_count = COUNT(schema_blocks);
const struct key_block schema_everywhere = BLOCK("any", "Any block", everywhere);

static const struct stands stands[] = {
    /* block          one of them           names          alone         a list        items */
    {"scenario",      "a scenario",         KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"opening",       "an opening",         KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"clock",         "a clock",            KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"source",        "a source",           KEY_ID,        NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"seat",          "a seat",             KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"goal",          "a goal",             KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"persona",       "a persona",          KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"rule",          "a scripted line",    KEY_NAME,      NO_VALUE,     NO_VALUE,     0, "{when: condition, do: move}", NULL},
    {"portfolio",     "a portfolio",        KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"element",       "an element",         KEY_NAME,      FIELD_TEXT,   NO_VALUE,     0, NULL, NULL},
    {"set",           "a set",              KEY_NAME,      FIELD_WHOLE,  FIELD_NAME,   0, "a list of elements, their number, or {of: set, elements: [a, b]}", NULL},
    {"network",       "a network",          KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"parameter",     "a parameter",        KEY_SUBSCRIPT, NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"quantity",      "a quantity",         KEY_SUBSCRIPT, NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"view",          "how a seat sees it", KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"group",         "a group",            KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"move",          "a move",             KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"setting",       "a setting",          KEY_NAME,      FIELD_EXPR,   NO_VALUE,     0, "a level, or {level: 0.5, quiet: 45%}", NULL},
    {"ramp",          "ramp",               KEY_NAME,      FIELD_SPAN,   NO_VALUE,     0, NULL, NULL},
    {"effect",        "an effect",          KEY_SUBSCRIPT, FIELD_EXPR,   NO_VALUE,     0, "what is added, or {push: 5%}", NULL},
    {"outcome",       "an outcome",         KEY_NAME,      NO_VALUE,     NO_VALUE,     0, "{chance: 0.5, title: …, effects: {…}}", NULL},
    {"term",          "a term",             KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"vague word",    "a vague word",       KEY_NAME,      NO_VALUE,     FIELD_NUMBER, 2, "[least, greatest]", NULL},
    {"method",        "a method",           KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"event",         "an event",           KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"ending",        "an ending",          KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"question",      "a question",         KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"play",          "a play",             KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, "plan"},
    {"claim",         "a claim",            KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"comparison",    "a comparison",       KEY_NAME,      NO_VALUE,     NO_VALUE,     0, NULL, NULL},
    {"word",          "a word",             KEY_WORDS,     FIELD_TEXT,   NO_VALUE,     0, "a sentence", NULL},
    {"care",          "a goal's factor",    KEY_NAME,      FIELD_NUMBER, NO_VALUE,     0, "a number", NULL},
    {"worth",         "a worth",            KEY_NAME,      FIELD_NUMBER, NO_VALUE,     0, "a number", NULL},
    {"source id",     "a source",           KEY_ID,        FIELD_NAME,   NO_VALUE,     0, "the id of a source", NULL},
    {"id",            "an id",              KEY_ID,        FIELD_NAME,   NO_VALUE,     0, "an id", NULL},
    {"name",          "a name",             KEY_NAME,      FIELD_NAME,   NO_VALUE,     0, "a name", NULL},
    {"row",           "a move",             KEY_NAME,      FIELD_TEXT,   NO_VALUE,     0, "a move, as list_firm(3)", NULL},
    {"text",          "a text",             KEY_NAME,      FIELD_TEXT,   NO_VALUE,     0, "a text", NULL},
    {"file",          "a file",             KEY_NAME,      FIELD_TEXT,   NO_VALUE,     0, "the name of a file", NULL},
    {"pair",          "a number",           KEY_NAME,      FIELD_NUMBER, NO_VALUE,     2, "two numbers, [from, to]", NULL},
};
static const struct stands itself = {NULL, "this block", KEY_NAME, NO_VALUE, NO_VALUE, 0, NULL, NULL};

const struct choice schema_choices[] = {
    {"quantity",  false, "start is draw data switch",
     "a quantity is a stock (start), an auxiliary (is), a draw (draw), data (data) or a switch (switch)"},
    {"parameter", false, "value is table", "a parameter has a value, is worked out (is), or is a table"},
    {"effect",    false, "add set scale push", "an effect adds, sets, scales or pushes (add, set, scale, push)"},
    {"outcome",   false, "chance otherwise", "an outcome has a chance, or is what is left over (otherwise: true)"},
    {"answer",    false, "refuse accept", "an answer names the move by which to refuse, or the move by which to accept"},
    {"event",     true,  "on when chance each by", "an event needs something that brings it about: on, when, chance, each: turn, or by: hand"},
};
const int schema_choice_count = COUNT(schema_choices);

const struct key_block *schema_block(const char *name)
{
    for (int i = 0; name != NULL && i < schema_block_count; i++)
        if (strcmp(schema_blocks[i].name, name) == 0)
            return &schema_blocks[i];
    return NULL;
}

static const struct field *own_field(const struct key_block *b, const char *key)
{
    for (int i = 0; i < b->count; i++)
        if (strcmp(b->field[i].key, key) == 0)
            return &b->field[i];
    return NULL;
}

const struct field *schema_field(const struct key_block *b, const char *key)
{
    const struct field *const own = own_field(b, key);
    return own != NULL ? own : own_field(&schema_everywhere, key);
}

const struct stands *schema_stands(const char *block)
{
    for (int i = 0; block != NULL && i < COUNT(stands); i++)
        if (strcmp(stands[i].block, block) == 0)
            return &stands[i];
    return &itself;
}

bool schema_words_have(const char *words, const char *word)
{
    size_t const length = strlen(word);
    for (const char *s = words; s != NULL; s = strstr(s, " | ")) {
        s += strncmp(s, " | ", 3) == 0 ? 3 : 0;
        if (length > 0 && strncmp(s, word, length) == 0 && (s[length] == '\0' || s[length] == ' '))
            return true;
    }
    return false;
}
