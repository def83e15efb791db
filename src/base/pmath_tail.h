/* base/pmath_tail.h — the coefficients of the normal distribution's tail, in one place for numbers one at a time (base/pmath.c) and
 * for vectors of them (engine/vectors.h).
 * (1 + a) * exp(a*a/2) * Q(a) for a >= 0, where Q is the upper tail: smooth from 1/2 to 1/sqrt(2 pi) over t = (a-4)/(a+4), and so a
 * short sum of Chebyshev polynomials. Coefficients computed with 60 digits by interpolation at 48 nodes; the next is below 1e-19. */
#ifndef BASE_PMATH_TAIL_H
#define BASE_PMATH_TAIL_H

enum { TAIL_TERMS = 26 };
#define TAIL_COEFFICIENTS \
    0.465586599696378366, -0.0642375171233433089, -0.0111715095967212195, 0.0126363059943762301, \
    -0.00482849064013174402, 0.00107938341061560133, -0.000119409952028524801, -6.84858837767667641e-6, \
    4.06062971806549089e-6, -1.95275447083383642e-7, -1.13459443864675652e-7, 1.22739713842654205e-8, \
    3.66244120334155896e-9, -5.08894850621062098e-10, -1.46024020120931642e-10, 1.83219665290642274e-11, \
    6.85754440002754588e-12, -5.07727205804945484e-13, -3.45806436520477391e-13, 4.41292285580920736e-16, \
    1.70548665722669114e-14, 1.51236532781150671e-15, -7.37010078341667753e-16, -1.61248855842648837e-16, \
    2.13069262765081605e-17, 1.17348071405724047e-17

#endif
