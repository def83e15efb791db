/* tests/unit/store/store_test.c — a game in its file: what is written comes back, what was tampered with does not pass. */
#include "unit.h"
#include "store/shelf.h"
#include "store/faults.h"

static struct arena arena;
static int fresh(void **state) { (void)state; shelf_begin(); arena_init(&arena, "test"); return 0; }
static int gone(void **state) { (void)state; arena_done(&arena); shelf_end(); return 0; }

static void play_turns(int turns)
{
    struct game *g = NULL;
    const char *words = NULL;
    struct store *s = shelf_new(&arena, &g, &words);
    assert_null(words);
    assert_non_null(s);
    for (int i = 0; i < turns; i++)
        assert_int_equal(game_turn(g), TURN_PLAYED);
    store_close(s);
}

static struct store *open_it(bool writes, enum store_error *error)
{
    const char *words = NULL;
    struct store *s = store_open(&arena, shelf_path, writes, NULL, error, &words);
    assert_true(s != NULL || words != NULL);
    return s;
}

static enum store_error opens(void)
{
    enum store_error error;
    struct store *s = open_it(false, &error);
    if (s)
        store_close(s);
    return error;
}

static void change(const char *sql)
{
    sqlite3 *db;
    char *said = NULL;
    assert_int_equal(sqlite3_open(shelf_path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s: %s", sql, said);
    sqlite3_close(db);
}

/* NULL, or what is wrong when the file is played again. */
static const char *proof(void)
{
    enum store_error error;
    const char *words = NULL;
    struct store *s = store_open(&arena, shelf_path, false, NULL, &error, &words);
    if (!s)
        return words;
    const struct store_game *is = store_game(s);
    struct replay r;
    struct game *g = shelf_open_as(&arena, is->seed, is->turns, is->median);
    replay_begin(&r, &arena, shelf_program, is->row, is->rows);
    for (int i = 0; i < 2; i++)
        record_take_seat(g, i, r.ops[i], r.self[i]);
    words = store_results_differ(s, &arena, g);
    for (int i = 0; i < is->turns_done && !words; i++) {
        if (replay_turn(&r, g) != TURN_PLAYED)
            words = "it ends before";
        else if (r.differs >= 0)
            words = "a row comes out otherwise";
        else
            words = store_results_differ(s, &arena, g);
    }
    if (!words && replay_cut(&r) && (replay_turn(&r, g) != TURN_PLAYED || r.differs >= 0))
        words = "what comes after the last turn is no turn";
    store_close(s);
    return words;
}

TEST(what_was_played_is_in_the_file)
{
    UNUSED_STATE;
    enum store_error error;
    play_turns(3);
    struct store *s = open_it(false, &error);
    const struct store_game *is = store_game(s);
    struct game *g = shelf_open(&arena, 5);
    for (int i = 0; i < 3; i++)
        game_turn(g);
    assert_int_equal(is->rows, game_journal_rows(g));
    for (int i = 0; i < is->rows; i++) {
        const struct journal_row row = game_journal_row(g, i);
        assert_int_equal(is->row[i].turn, row.turn);
        assert_string_equal(is->row[i].kind, row.kind);
        assert_string_equal(is->row[i].text, row.text);
        assert_memory_equal(&is->row[i].link, &row.link, sizeof row.link);
    }
    assert_int_equal(is->turns_done, 3);
    assert_int_equal(is->turns, SHELF_TURNS);
    assert_false(is->over);
    assert_int_equal(is->seed, 5);
    assert_string_equal(is->seat[0].kind, "person");
    assert_string_equal(is->seat[1].persona, "digger");
    store_close(s);
    assert_null(proof());
}

TEST(a_closed_game_is_one_file_for_its_user_alone)
{
    UNUSED_STATE;
    char beside[300];
    play_turns(1);
    snprintf(beside, sizeof beside, "%s-wal", shelf_path);
    assert_int_not_equal(access(beside, F_OK), 0);
    FILE *f = fopen(shelf_path, "rb");
    unsigned char head[100];
    assert_int_equal(fread(head, 1, sizeof head, f), 100);
    fclose(f);
    assert_memory_equal(head + 68, "Dmrc", 4);
}

TEST(a_game_that_was_left_ends_as_the_one_that_was_not)
{
    UNUSED_STATE;
    const struct digest end = shelf_end_link();
    for (int left = 0; left <= SHELF_TURNS; left++) {
        const char *words = NULL;
        struct game *g = NULL;
        shelf_clear();
        play_turns(left);
        struct store *s = shelf_resume(&arena, &g, &words);
        assert_null(words);
        while (game_turn(g) == TURN_PLAYED)
            ;
        store_close(s);
        enum store_error error;
        s = open_it(false, &error);
        const struct store_game *is = store_game(s);
        assert_true(is->over);
        assert_memory_equal(&is->row[is->rows - 1].link, &end, sizeof end);
        store_close(s);
        assert_null(proof());
    }
}

TEST(the_desk_comes_back_as_it_was)
{
    UNUSED_STATE;
    struct game *g = NULL;
    const char *words = NULL;
    enum store_error error;
    int answer = 0;
    struct store *s = shelf_new(&arena, &g, &words);
    struct store_desk desk = {.turn = 0, .count = 3, .stands = 1, .text = {"a: nothing", "a: build", "a: build; ask"}}, found;
    assert_null(store_keep_desk(s, 0, &desk));
    assert_null(store_keep_reply(s, 1, 0, 0, 1));
    store_close(s);
    s = open_it(true, &error);
    assert_true(store_find_desk(s, &arena, 0, &found));
    assert_false(store_find_desk(s, &arena, 1, &found));
    assert_true(store_find_desk(s, &arena, 0, &found));
    assert_int_equal(found.count, 3);
    assert_int_equal(found.stands, 1);
    assert_false(found.sealed);
    assert_string_equal(found.text[2], "a: build; ask");
    assert_true(store_find_reply(s, 1, 0, 0, &answer));
    assert_int_equal(answer, 1);
    assert_false(store_find_reply(s, 1, 1, 0, &answer));
    desk.sealed = true;
    desk.count = 2;
    assert_null(store_keep_desk(s, 0, &desk));
    assert_true(store_find_desk(s, &arena, 0, &found));
    assert_true(found.sealed);
    assert_int_equal(found.count, 2);
    store_close(s);
    s = shelf_resume(&arena, &g, &words);
    assert_int_equal(game_turn(g), TURN_PLAYED);        /* a turn that is played clears it */
    assert_false(store_find_desk(s, &arena, 0, &found));
    assert_false(store_find_reply(s, 1, 0, 0, &answer));
    store_close(s);
}

TEST(two_programs_never_write_one_game)
{
    UNUSED_STATE;
    enum store_error error;
    play_turns(1);
    struct store *s = open_it(true, &error);
    const pid_t child = fork();
    if (child == 0) {
        const char *words = NULL;
        struct store *other = store_open(&arena, shelf_path, true, NULL, &error, &words);
        _exit(other == NULL && error == STORE_BUSY ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    store_close(s);
    assert_int_equal(opens(), STORE_OK);
}

TEST(orders_without_results_are_carried_out_when_the_game_goes_on)
{
    UNUSED_STATE;
    const struct digest end = shelf_end_link();
    for (int at = 0; at < SHELF_TURNS; at++) {
        shelf_clear();
        play_turns(at + 1);
        char sql[400];
        snprintf(sql, sizeof sql, "DELETE FROM journal WHERE turn = %d AND kind NOT IN ('game', 'plan', 'answer'); DELETE FROM truth WHERE moment > %d; "
                 "DELETE FROM observation WHERE moment > %d; DELETE FROM score WHERE moment > %d; DELETE FROM ledger WHERE turn >= %d", at, at, at, at, at);
        change(sql);
        assert_null(proof());
        struct game *g = NULL;
        const char *words = NULL;
        struct store *s = shelf_resume(&arena, &g, &words);
        assert_null(words);
        assert_int_equal(view_turn(game_view(g, 0)), at + 1);
        while (game_turn(g) == TURN_PLAYED)
            ;
        store_close(s);
        enum store_error error;
        s = open_it(false, &error);
        assert_memory_equal(&store_game(s)->row[store_game(s)->rows - 1].link, &end, sizeof end);
        store_close(s);
        assert_null(proof());
    }
}

TEST(orders_of_a_turn_that_the_model_cannot_finish_are_gone_from_the_file)
{
    UNUSED_STATE;
    table_done(&shelf);
    table_begin(&shelf);
    struct move *spend = table_move(&shelf, "spend", 1, -1);
    spend->cost = table_value(&shelf, 3);
    table_fragile(&shelf);
    shelf_program = build_program(&shelf.b);
    struct game *g = shelf_open(&arena, 5);
    enum store_error error;
    const char *words = NULL;
    struct store *s = store_create(&arena, shelf_path, g, "test", "shelf", shelf_seat, NULL, &error, &words);
    assert_non_null(s);
    record_sink(g, &store_sink, s);
    static const struct journal_row row = {0, "plan", "b: spend", {{0}}};
    struct replay r;
    replay_begin(&r, &arena, shelf_program, &row, 1);
    for (int i = 0; i < 2; i++)
        record_take_seat(g, i, r.ops[i], r.self[i]);
    const struct store_desk desk = {.turn = 0, .count = 1, .stands = 0, .sealed = true, .text = {"b: spend"}};
    assert_null(store_keep_desk(s, 1, &desk));
    assert_int_equal(game_turn(g), TURN_FAILED);
    assert_int_equal(game_journal_rows(g), 1);
    struct store_desk found;
    assert_true(store_find_desk(s, &arena, 1, &found));
    assert_false(found.sealed);
    store_close(s);
    s = open_it(false, &error);
    assert_int_equal(store_game(s)->rows, 1);
    store_close(s);
}

/* --- tampering --------------------------------------------------------------------------------------------------------------------------- */

static void flip(sqlite3 *db, int row, const char *column, int bit)
{
    char sql[100];
    sqlite3_stmt *get, *set;
    snprintf(sql, sizeof sql, "SELECT %s FROM journal WHERE row = ?", column);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &get, NULL), SQLITE_OK);
    sqlite3_bind_int(get, 1, row);
    assert_int_equal(sqlite3_step(get), SQLITE_ROW);
    snprintf(sql, sizeof sql, "UPDATE journal SET %s = ? WHERE row = ?", column);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &set, NULL), SQLITE_OK);
    sqlite3_bind_int(set, 2, row);
    const int type = sqlite3_column_type(get, 0);
    if (type == SQLITE_INTEGER) {
        sqlite3_bind_int64(set, 1, sqlite3_column_int64(get, 0) ^ 1ll << bit);
    } else {
        unsigned char bytes[2000];
        const int n = sqlite3_column_bytes(get, 0);
        memcpy(bytes, sqlite3_column_blob(get, 0), (size_t)n);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        if (type == SQLITE_TEXT)
            sqlite3_bind_text(set, 1, (const char *)bytes, n, SQLITE_TRANSIENT);
        else
            sqlite3_bind_blob(set, 1, bytes, n, SQLITE_TRANSIENT);
    }
    sqlite3_finalize(get);
    assert_int_equal(sqlite3_step(set), SQLITE_DONE);
    sqlite3_finalize(set);
}

static int bits_of(sqlite3 *db, int row, const char *column)
{
    char sql[100];
    sqlite3_stmt *get;
    snprintf(sql, sizeof sql, "SELECT %s FROM journal WHERE row = ?", column);
    sqlite3_prepare_v2(db, sql, -1, &get, NULL);
    sqlite3_bind_int(get, 1, row);
    const int bits = sqlite3_step(get) != SQLITE_ROW ? 0 : sqlite3_column_type(get, 0) == SQLITE_INTEGER ? 63 : 8 * sqlite3_column_bytes(get, 0);
    sqlite3_finalize(get);
    return bits;
}

/* Every bit with DEMARCHE_LONG set, else every fifth. */
TEST(every_flipped_bit_of_a_row_is_found)
{
    UNUSED_STATE;
    static const char *const columns[] = {"turn", "kind", "text", "link"};
    const int step = getenv("DEMARCHE_LONG") ? 1 : 5;
    int flipped = 0;
    sqlite3 *db;
    play_turns(1);
    for (int row = 0; row < 5; row++)
        for (int c = 0; c < 4; c++) {
            assert_int_equal(sqlite3_open(shelf_path, &db), SQLITE_OK);
            const int bits = bits_of(db, row, columns[c]);
            sqlite3_exec(db, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY", NULL, NULL, NULL);
            for (int bit = row % step; bit < bits; bit += step, flipped++) {
                struct arena a = arena;
                enum store_error error;
                const char *words;
                int damaged = -1;
                flip(db, row, columns[c], bit);
                arena_init(&arena, "flip");
                struct store *s = store_open(&arena, shelf_path, false, &damaged, &error, &words);
                if (s)
                    store_close(s);
                if (s == NULL ? error != STORE_DAMAGED : damaged != row)
                    fail_msg("row %d, %s, bit %d: %d", row, columns[c], bit, damaged);
                arena_done(&arena);
                arena = a;
                flip(db, row, columns[c], bit);
            }
            sqlite3_close(db);
        }
    assert_true(flipped > 400);
    assert_null(proof());
}

/* The links made right again by somebody who knows how. */
static void chain_again(void)
{
    sqlite3 *db;
    sqlite3_stmt *get, *set;
    struct digest link = {{0}};
    assert_int_equal(sqlite3_open(shelf_path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT row, turn, kind, text FROM journal ORDER BY row", -1, &get, NULL);
    sqlite3_prepare_v2(db, "UPDATE journal SET link = ? WHERE row = ?", -1, &set, NULL);
    while (sqlite3_step(get) == SQLITE_ROW) {
        const struct journal_row row = {sqlite3_column_int(get, 1), (const char *)sqlite3_column_text(get, 2), (const char *)sqlite3_column_text(get, 3), {{0}}};
        link = journal_link(link, &row);
        sqlite3_bind_blob(set, 1, link.byte, sizeof link.byte, SQLITE_TRANSIENT);
        sqlite3_bind_int(set, 2, sqlite3_column_int(get, 0));
        sqlite3_step(set);
        sqlite3_reset(set);
    }
    sqlite3_finalize(get);
    sqlite3_finalize(set);
    sqlite3_close(db);
}

TEST(rows_changed_swapped_dropped_or_added_are_found_even_with_their_links_made_right)
{
    UNUSED_STATE;
    static const char *const tampers[] = {
        "UPDATE journal SET text = 'a: nothing' WHERE turn = 0 AND text = 'a: build'",
        "UPDATE journal SET text = 'a: build' WHERE turn = 1 AND text = 'a: ask'",
        "UPDATE journal SET text = '0000000000000000' WHERE turn = 1 AND kind = 'state'",
        "UPDATE journal SET row = 1000 WHERE row = 1; UPDATE journal SET row = 1 WHERE row = 2; UPDATE journal SET row = 2 WHERE row = 1000",
        "DELETE FROM journal WHERE row = 3; UPDATE journal SET row = row + 1000 WHERE row > 3; UPDATE journal SET row = row - 1001 WHERE row > 1000",
        "DELETE FROM journal WHERE row = (SELECT max(row) FROM journal)",
        "INSERT INTO journal SELECT max(row) + 1, max(turn), 'event', 'storm', zeroblob(32) FROM journal",
        "INSERT INTO journal SELECT max(row) + 1, max(turn) + 1, 'plan', 'a: build', zeroblob(32) FROM journal",
        "UPDATE journal SET text = replace(text, 'seed 5', 'seed 6') WHERE row = 0",
        "UPDATE game SET seed = 6", "UPDATE game SET turns = 7", "UPDATE game SET median = 1",
        "UPDATE truth SET value = value + 1 WHERE moment = 2 AND quantity = 0", "DELETE FROM truth WHERE moment = 2 AND quantity = 1",
        "UPDATE observation SET value = 4 WHERE moment = 3 AND seat = 1", "UPDATE ledger SET cause = 'nobody' WHERE turn = 0",
        "UPDATE ledger SET amount = -amount WHERE turn = 1", "INSERT INTO score VALUES (9, 0, 1)", "UPDATE quantity SET name = 'y' WHERE id = 0",
        "DELETE FROM score WHERE moment = 3",
    };
    for (size_t i = 0; i < sizeof tampers / sizeof *tampers; i++)
        for (int right = 0; right < 2; right++) {
            shelf_clear();
            play_turns(3);
            assert_null(proof());
            change(tampers[i]);
            if (right)
                chain_again();
            if (!proof())
                fail_msg("not found%s: %s", right ? ", chained again" : "", tampers[i]);
        }
}

TEST(a_changed_rule_is_no_damage)
{
    UNUSED_STATE;
    struct replay r;
    enum store_error error;
    play_turns(2);
    char sql[120];
    snprintf(sql, sizeof sql, "UPDATE journal SET text = replace(text, ' rules %d ', ' rules 0 ') WHERE row = 0", RULES_VERSION);
    change(sql);
    assert_int_equal(opens(), STORE_DAMAGED);
    chain_again();
    assert_null(proof());
    struct store *s = open_it(false, &error);
    replay_begin(&r, &arena, shelf_program, store_game(s)->row, store_game(s)->rows);
    assert_int_equal(replay_rules(&r), 0);
    store_close(s);
}

/* --- files from elsewhere ------------------------------------------------------------------------------------------------------------------ */

TEST(a_schema_that_is_not_ours_to_the_letter_is_refused)
{
    UNUSED_STATE;
    static const char *const schemas[] = {
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END", "CREATE VIEW v AS SELECT 1", "CREATE INDEX i ON journal(text)",
        "CREATE TABLE more (x)", "DROP TABLE reply", "ALTER TABLE desk ADD COLUMN more", "ALTER TABLE journal RENAME COLUMN text TO words",
        "DROP TABLE journal; CREATE VIEW journal AS SELECT 0 AS row, 0 AS turn, 'game' AS kind, '' AS text, zeroblob(32) AS link",
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'game'",
    };
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        shelf_clear();
        play_turns(1);
        change(schemas[i]);
        if (opens() != STORE_DAMAGED)
            fail_msg("taken: %s", schemas[i]);
    }
}

TEST(values_of_the_wrong_kind_are_refused)
{
    UNUSED_STATE;
    static const char *const changes[] = {
        "UPDATE game SET seed = 'five'", "UPDATE game SET seed = -1", "UPDATE game SET turns = 1001", "UPDATE game SET turns = 0",
        "UPDATE game SET folder = '../../etc'", "UPDATE game SET folder = ''", "UPDATE game SET title = x'ff'", "UPDATE game SET program = x'00'",
        "DELETE FROM game", "UPDATE game SET at_values = 2", "UPDATE seat SET kind = 'ghost'", "UPDATE seat SET seat = 9 WHERE seat = 1",
        "UPDATE journal SET turn = -1 WHERE row = 1", "UPDATE journal SET turn = 1000000 WHERE row = 3", "UPDATE journal SET kind = 'two words' WHERE row = 2",
        "UPDATE journal SET text = CAST(text AS BLOB) WHERE row = 1", "UPDATE journal SET link = 'short' WHERE row = 1", "DELETE FROM journal",
        "UPDATE journal SET text = CAST(x'00' AS TEXT) WHERE row = 1", "UPDATE journal SET text = hex(zeroblob(1000000)) WHERE row = 1",
        "INSERT INTO file VALUES (0, 'scenario.yaml', x'41')", "INSERT INTO file VALUES (3, 'x', 'text')", "UPDATE game SET made_by = CAST(x'80' AS TEXT)",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        shelf_clear();
        play_turns(1);
        change(changes[i]);
        if (opens() != STORE_DAMAGED)
            fail_msg("taken: %s", changes[i]);
    }
}

static void write_file(const char *bytes, size_t n)
{
    FILE *f = fopen(shelf_path, "wb");
    assert_non_null(f);
    fwrite(bytes, 1, n, f);
    fclose(f);
}

TEST(what_is_no_game_file_is_told_from_one_that_is_damaged_or_newer)
{
    UNUSED_STATE;
    assert_int_equal(opens(), STORE_MISSING);
    write_file("", 0);
    assert_int_equal(opens(), STORE_OTHER);
    write_file("demarche: 1\nquantities: {}\n", 26);
    assert_int_equal(opens(), STORE_OTHER);
    shelf_clear();
    change("CREATE TABLE journal (row)");
    assert_int_equal(opens(), STORE_OTHER);
    shelf_clear();
    play_turns(1);
    change("PRAGMA user_version=2");
    assert_int_equal(opens(), STORE_NEWER);
    change("PRAGMA user_version=0");
    assert_int_equal(opens(), STORE_DAMAGED);
    change("PRAGMA user_version=1; PRAGMA application_id=7");
    assert_int_equal(opens(), STORE_OTHER);
}

/* A bit anywhere in the file: it is refused, or what it says is still the game. */
TEST(a_flipped_bit_anywhere_never_gives_another_game)
{
    UNUSED_STATE;
    static char bytes[1 << 20];
    play_turns(2);
    FILE *f = fopen(shelf_path, "rb");
    const size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    const size_t step = getenv("DEMARCHE_LONG") ? 61 : 1543;
    int refused = 0;
    for (size_t bit = 0; bit < 8 * n; bit += step) {
        struct arena a = arena;
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        write_file(bytes, n);
        arena_init(&arena, "flip");
        enum store_error error;
        const char *words = NULL;
        struct store *s = store_open(&arena, shelf_path, false, NULL, &error, &words);
        refused += s == NULL;
        if (s) {
            struct game *g = shelf_open(&arena, 5);
            game_turn(g), game_turn(g);
            assert_int_equal(store_game(s)->rows, game_journal_rows(g));
            for (int i = 0; i < store_game(s)->rows; i++) {
                const struct journal_row row = game_journal_row(g, i);
                assert_memory_equal(&store_game(s)->row[i].link, &row.link, sizeof row.link);
            }
            store_close(s);
        }
        arena_done(&arena);
        arena = a;
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(refused > 0);
}

TEST(a_file_cut_short_is_refused)
{
    UNUSED_STATE;
    static char bytes[1 << 20];
    play_turns(2);
    FILE *f = fopen(shelf_path, "rb");
    const size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size_t cut = 4096; cut < n; cut += 1009) {
        write_file(bytes, n - cut);
        assert_int_not_equal(opens(), STORE_OK);
    }
}

/* --- branches, data ------------------------------------------------------------------------------------------------------------------------- */

TEST(a_branch_is_the_game_up_to_a_turn_and_knows_its_parent)
{
    UNUSED_STATE;
    enum store_error error;
    const char *words = NULL;
    char parent[256];
    play_turns(4);
    struct store *s = open_it(false, &error);
    const struct store_game *is = store_game(s);
    snprintf(parent, sizeof parent, "%s", shelf_path);
    strcat(shelf_path, "-child");
    for (int turns = 0; turns <= 4; turns++) {
        assert_int_equal(store_branch(&arena, shelf_path, s, "test", "parent", turns, &words), STORE_OK);
        struct store *child = open_it(false, &error);
        const struct store_game *c = store_game(child);
        assert_int_equal(c->turns_done, turns);
        assert_string_equal(c->parent.name, "parent");
        assert_int_equal(c->parent.turns, turns);
        assert_memory_equal(&c->parent.link, &is->row[c->rows - 1].link, sizeof c->parent.link);
        store_close(child);
        assert_null(proof());
        assert_int_not_equal(store_branch(&arena, shelf_path, s, "test", "parent", turns, &words), STORE_OK);       /* never over a file */
        shelf_clear();
    }
    store_close(s);
    snprintf(shelf_path, sizeof shelf_path, "%s", parent);
}

static bool count_row(void *self, int columns, const char *const *value)
{
    assert_true(columns > 0 && value != NULL);
    ++*(int *)self;
    return true;
}

TEST(the_tables_are_as_the_list_of_columns_says)
{
    UNUSED_STATE;
    const struct store_table *table;
    const struct store_column *column;
    const char *words = NULL;
    enum store_error error;
    play_turns(2);
    struct store *s = open_it(false, &error);
    const int tables = store_tables(&table), columns = store_columns(&column);
    for (int i = 0; i < tables; i++) {
        int rows = 0;
        assert_int_equal(store_each_row(s, i, count_row, &rows, &words), STORE_OK);
        if (strcmp(table[i].name, "truth") == 0)
            assert_int_equal(rows, 3 * TABLE_STOCKS);
    }
    for (int i = 0; i < columns; i++) {
        assert_non_null(column[i].words);
        assert_true(*column[i].words && *column[i].type);
    }
    store_close(s);
}

/* Bench mode: no fsync, the journal alone. */
TEST(games_written_in_a_hurry_verify_too)
{
    UNUSED_STATE;
    struct game *g = NULL;
    const char *words = NULL;
    struct store *s = shelf_new(&arena, &g, &words);
    store_hurry(s, 4);
    while (game_turn(g) == TURN_PLAYED)
        ;
    store_close(s);
    enum store_error error;
    const struct digest end = shelf_end_link();
    s = open_it(false, &error);
    assert_memory_equal(&store_game(s)->row[store_game(s)->rows - 1].link, &end, sizeof end);
    store_close(s);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, gone)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_was_played_is_in_the_file), T(a_closed_game_is_one_file_for_its_user_alone), T(a_game_that_was_left_ends_as_the_one_that_was_not),
        T(the_desk_comes_back_as_it_was), T(two_programs_never_write_one_game), T(orders_without_results_are_carried_out_when_the_game_goes_on),
        T(orders_of_a_turn_that_the_model_cannot_finish_are_gone_from_the_file), T(every_flipped_bit_of_a_row_is_found),
        T(rows_changed_swapped_dropped_or_added_are_found_even_with_their_links_made_right), T(a_changed_rule_is_no_damage),
        T(a_schema_that_is_not_ours_to_the_letter_is_refused), T(values_of_the_wrong_kind_are_refused),
        T(what_is_no_game_file_is_told_from_one_that_is_damaged_or_newer), T(a_flipped_bit_anywhere_never_gives_another_game),
        T(a_file_cut_short_is_refused), T(a_branch_is_the_game_up_to_a_turn_and_knows_its_parent), T(the_tables_are_as_the_list_of_columns_says),
        T(games_written_in_a_hurry_verify_too),
    };
    faults_install();                       /* for the sake of speed: its syncs do not wait for the disk */
    faults_none();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
