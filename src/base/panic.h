/* base/panic.h — our own broken promises: stop at once, with the place.
 * On in release too. Never on input from a person, a file or a peer. */
#ifndef BASE_PANIC_H
#define BASE_PANIC_H

/* Runs first when the program must stop, at most once (the screen gives back the terminal here). */
void panic_on_exit(void (*last_words)(void));
_Noreturn void panic_at(const char *file, int line, const char *what, const char *condition);

#define CHECK_(what, cond) ((cond) ? (void)0 : panic_at(__FILE__, __LINE__, what, #cond))
#define REQUIRE(cond)   CHECK_("caller broke", cond)   /* on entry: the caller's promise */
#define ENSURE(cond)    CHECK_("result broke", cond)   /* on exit: ours                  */
#define INVARIANT(cond) CHECK_("state broke", cond)    /* in between: always true        */
#define UNREACHABLE()   panic_at(__FILE__, __LINE__, "reached", "a line that cannot run")

#endif
