# tests/house/engine.sh OBJECTS — the engine is pure: it calls base, code and itself, and of the C library only what is listed here.
# No memory of its own, no files, no clock, and of mathematics only what IEEE 754 makes exact.
bad=0
B=${1:-build/release}
c_library="memcpy memset memmove memcmp strcmp strlen sqrt floor fabs"
ls "$B"/engine/*.o >/dev/null 2>&1 || exit 0
nm "$B"/base/*.o "$B"/code/*.o "$B"/engine/*.o 2>/dev/null | awk 'NF == 3 && $2 ~ /[A-TV-Z]/ { print $3 }' | grep -v '^os_\|^json_\|^thread_' | sort -u >build/engine.known
for object in "$B"/engine/*.o; do
    for symbol in $(nm -u "$object" | awk '{ print $NF }'); do
        case $symbol in __stack_chk_*|__asan_*|__ubsan_*|__sanitizer_*|__sancov_*|_GLOBAL_OFFSET_TABLE_|__cpu_model|__cpu_indicator_init) continue ;; esac
        case " $c_library " in *" $symbol "*) continue ;; esac
        grep -qx "$symbol" build/engine.known || { echo "$object calls $symbol"; bad=1; }
    done
done
exit $bad
