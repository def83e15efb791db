# tests/programs.sh MODE PROGRAM... — runs test programs two at a time; shows what a failing one said; one line a program in build/tally.
mode=$1; shift
mkdir -p build
if [ "$mode" = --one ]; then
    mode=$1 program=$2
    log=$program.log
    if XDG_DATA_HOME="$(pwd -P)/build/home" LC_ALL=C.UTF-8 COLUMNS=80 LINES=24 TERM=dumb "$program" >"$log" 2>&1 </dev/null; then
        echo "pass $mode ${program#build/*/}" >>build/tally
        exit 0
    fi
    echo "fail $mode ${program#build/*/}" >>build/tally
    echo "---- $program"
    grep -v -e '\[ RUN' -e '\[       OK' -e '\[==========\]' "$log"
    exit 1
fi
[ $# -gt 0 ] || { echo "$mode: no test programs"; exit 0; }
if printf '%s\n' "$@" | xargs -P 2 -n 1 sh "$0" --one "$mode"; then echo "$mode: $# test programs passed"
else echo "$mode: a test program failed; run it alone to look inside"; exit 1; fi
