# tests/fuzz.sh seeds|SECONDS PROGRAM... — fuzzers over tests/fuzz/<noun>/ (the seeds). A crash is kept in build/ and becomes a golden case.
how=$1; shift
bad=0
for program in "$@"; do
    noun=$(basename "$program" _fuzz)
    seeds=tests/fuzz/$noun
    found=build/fuzz/found/$noun
    mkdir -p "$found"
    [ -d "$seeds" ] || seeds=$found
    if [ "$how" = seeds ]; then
        "$program" -runs=20000 -seed=1 -max_len=4096 -artifact_prefix="$found-" "$found" "$seeds" >"$program.log" 2>&1 </dev/null
    else
        "$program" -max_total_time="$how" -max_len=65536 -artifact_prefix="$found-" "$found" "$seeds" 2>&1 </dev/null | tee "$program.log" | tail -3
        grep -q 'ERROR\|SUMMARY' "$program.log" && false
    fi
    if [ $? = 0 ]; then echo "pass fuzz $noun" >>build/tally
    else echo "fail fuzz $noun" >>build/tally; tail -40 "$program.log"; bad=1; fi
done
echo "fuzz: $# doors"
exit $bad
