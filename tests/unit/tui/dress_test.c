/* tests/unit/tui/dress_test.c — the palettes, seen by eyes of three kinds of colour blindness: roles that share a screen stay apart.
 *
 * The transforms are those of G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, severity 1.0, on linear RGB. Distances
 * are those of CIE 1976 L*a*b* (2.3 is just seen), contrasts those of WCAG 2. */
#include "unit.h"

#include <math.h>
#include "tui/dress.h"

enum eyes { ORDINARY, PROTAN, DEUTAN, TRITAN, EYES };
static const char *const eyes_name[EYES] = {"ordinary", "protan", "deutan", "tritan"};
static const double transform[EYES][3][3] = {
    [ORDINARY] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [PROTAN] = {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
    [DEUTAN] = {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
    [TRITAN] = {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

/* Far enough for letters, which are thin: more than six times what is just seen between two fields. */
#define FAR_ENOUGH 15.0
#define READABLE 3.0            /* contrast against the background that a palette is for */

struct rgb { double c[3]; };

static double linear(double s)
{
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

/* xterm's first eight, its cube of 216 and its 24 greys. */
static struct rgb rgb_of(int colour)
{
    static const int first[8][3] = {{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0}, {0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229}};
    static const int step[6] = {0, 95, 135, 175, 215, 255};
    int value[3];
    assert_true((colour >= 0 && colour < 8) || (colour >= 16 && colour < 256));
    for (int i = 0; i < 3; i++)
        value[i] = colour < 8 ? first[colour][i] : colour >= 232 ? 8 + 10 * (colour - 232) : step[(colour - 16) / (i == 0 ? 36 : i == 1 ? 6 : 1) % 6];
    return (struct rgb){{linear(value[0] / 255.0), linear(value[1] / 255.0), linear(value[2] / 255.0)}};
}

static struct rgb seen_by(enum eyes eyes, struct rgb in)
{
    struct rgb out;
    for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (int j = 0; j < 3; j++)
            sum += transform[eyes][i][j] * in.c[j];
        out.c[i] = sum < 0 ? 0 : sum > 1 ? 1 : sum;
    }
    return out;
}

static double light(struct rgb in)
{
    return 0.2126 * in.c[0] + 0.7152 * in.c[1] + 0.0722 * in.c[2];
}

static double f(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static double distance(struct rgb a, struct rgb b)
{
    double lab[2][3];
    const struct rgb both[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const double *c = both[i].c;
        double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505), y = f(light(both[i])), z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
        lab[i][0] = 116 * y - 16;
        lab[i][1] = 500 * (x - y);
        lab[i][2] = 200 * (y - z);
    }
    return sqrt(pow(lab[0][0] - lab[1][0], 2) + pow(lab[0][1] - lab[1][1], 2) + pow(lab[0][2] - lab[1][2], 2));
}

/* What stands side by side and means different things. Seats are told apart from seats; risen, fallen and a warning from each other. */
static const enum role together[][4] = {{ROLE_GOOD, ROLE_BAD, ROLE_WARN, ROLE_COUNT}, {ROLE_SEAT_A, ROLE_SEAT_B, ROLE_SEAT_C, ROLE_SEAT_D}};

/* The terminal's own colour is that of its letters. */
static struct rgb worn(short colour, bool on_light)
{
    return colour >= 0 ? rgb_of(colour) : on_light ? rgb_of(16) : rgb_of(7);
}

static int too_close(enum palette_name palette, bool many)
{
    const bool on_light = palette == PALETTE_LIGHT;
    int found = 0;
    for (size_t g = 0; g < sizeof together / sizeof *together; g++)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < i; j++) {
                if (together[g][i] == ROLE_COUNT || together[g][j] == ROLE_COUNT)
                    continue;
                const struct dress *a = dress_of(palette, together[g][i]), *b = dress_of(palette, together[g][j]);
                for (int eyes = 0; eyes < EYES; eyes++) {
                    const double apart = distance(seen_by((enum eyes)eyes, worn(many ? a->of_256 : a->of_8, on_light)),
                                                  seen_by((enum eyes)eyes, worn(many ? b->of_256 : b->of_8, on_light)));
                    if (apart >= FAR_ENOUGH)
                        continue;
                    found++;
                    print_message("palette %d of %d colours, %s eyes: roles %d and %d are %.1f apart\n", palette, many ? 256 : 8, eyes_name[eyes], together[g][i], together[g][j], apart);
                }
            }
    return found;
}

TEST(roles_that_share_a_screen_stay_apart)
{
    UNUSED_STATE;
    assert_int_equal(too_close(PALETTE_SAFE, true) + too_close(PALETTE_SAFE, false) + too_close(PALETTE_LIGHT, true) + too_close(PALETTE_LIGHT, false), 0);
}

TEST(two_colours_that_a_kind_of_eyes_cannot_tell_are_found)
{
    UNUSED_STATE;
    const struct rgb red = rgb_of(124), green = rgb_of(64);
    assert_true(distance(red, green) > 60);
    assert_true(distance(seen_by(DEUTAN, red), seen_by(DEUTAN, green)) < distance(red, green) / 2);
    assert_true(distance(rgb_of(16), rgb_of(231)) > 99 && distance(rgb_of(16), rgb_of(231)) < 101);
}

TEST(every_colour_can_be_read_on_its_background)
{
    UNUSED_STATE;
    for (int palette = 0; palette < PALETTES; palette++)
        for (int role = 0; role < ROLE_COUNT; role++) {
            const short colour = dress_of((enum palette_name)palette, (enum role)role)->of_256;
            if (colour < 0)
                continue;
            const double l = light(rgb_of(colour)), contrast = palette == PALETTE_LIGHT ? 1.05 / (l + 0.05) : (l + 0.05) / 0.05;
            if (contrast < READABLE)
                fail_msg("palette %d, role %d: contrast %.2f", palette, role, contrast);
        }
}

TEST(without_colours_nothing_is_lost)
{
    UNUSED_STATE;
    for (int palette = 0; palette < PALETTES; palette++) {
        assert_int_equal(dress_of((enum palette_name)palette, ROLE_FOCUS)->without, WEAR_REVERSE);
        assert_int_not_equal(dress_of((enum palette_name)palette, ROLE_GOOD)->without, dress_of((enum palette_name)palette, ROLE_BAD)->without);
        assert_int_not_equal(dress_of((enum palette_name)palette, ROLE_WARN)->without, dress_of((enum palette_name)palette, ROLE_BAD)->without);
    }
}

TEST(who_decides_about_colours)
{
    UNUSED_STATE;
    static const struct { const char *color, *force, *none; bool coloured; } way[] = {
        {NULL, NULL, NULL, true}, {NULL, NULL, "1", false}, {NULL, NULL, "", true}, {NULL, "1", "1", true}, {NULL, "0", NULL, false},
        {"always", NULL, "1", true}, {"never", "1", NULL, false}, {"auto", NULL, "1", false}, {"pink", NULL, NULL, true}};
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        const char *const variable[] = {"DEMARCHE_COLOR", "FORCE_COLOR", "NO_COLOR"}, *const value[] = {way[i].color, way[i].force, way[i].none};
        for (int v = 0; v < 3; v++) {
            if (value[v])
                setenv(variable[v], value[v], 1);
            else
                unsetenv(variable[v]);
        }
        assert_true(dress_coloured() == way[i].coloured);
    }
    setenv("DEMARCHE_PALETTE", "light", 1);
    assert_int_equal(dress_palette(), PALETTE_LIGHT);
    setenv("DEMARCHE_PALETTE", "sepia", 1);
    assert_int_equal(dress_palette(), PALETTE_SAFE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {RUN(roles_that_share_a_screen_stay_apart), RUN(two_colours_that_a_kind_of_eyes_cannot_tell_are_found),
                                       RUN(every_colour_can_be_read_on_its_background), RUN(without_colours_nothing_is_lost), RUN(who_decides_about_colours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
