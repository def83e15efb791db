# tests/house/headers.sh — every header compiles alone, in gcc and clang.
bad=0
flags="-std=c11 -Wall -Wextra -Werror -D_POSIX_C_SOURCE=200809L -U_XOPEN_SOURCE -D_XOPEN_SOURCE=700 -Isrc -fsyntax-only -x c"
libraries=$(${PKG_CONFIG:-pkg-config} --cflags jansson libcrypto yaml-0.1 ncursesw sqlite3 2>/dev/null)
for compiler in gcc clang; do
    command -v $compiler >/dev/null 2>&1 || continue
    for header in src/*/*.h; do
        [ -f "$header" ] || continue
        printf '#include "%s"\nextern int nothing;\n' "${header#src/}" | $compiler $libraries $flags - || { echo "$header does not compile alone ($compiler)"; bad=1; }
    done
done
exit $bad
