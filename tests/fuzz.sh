# tests/fuzz.sh seeds|SECONDS PROGRAM... — fuzzers over tests/fuzz/<noun>/ (the seeds). A crash is kept in build/ and becomes a golden case.
how=$1; shift
bad=0
for program in "$@"; do
    noun=$(basename "$program" _fuzz)
    seeds=tests/fuzz/$noun
    found=build/fuzz/found/$noun
    mkdir -p "$found"
    [ -d "$seeds" ] || seeds=$found
    [ "$noun" = compile ] && seeds="tests/golden scenarios"          # every scenario that there is
    if [ "$how" = seeds ]; then limits="-runs=20000 -seed=1 -max_len=4096"
    else limits="-max_total_time=$how -max_len=65536 -print_final_stats=1"; fi
    "$program" $limits -verbosity=0 -artifact_prefix="$found-" "$found" $seeds >"$program.log" 2>&1 </dev/null
    if [ $? = 0 ]; then echo "pass fuzz $noun" >>build/tally
    else echo "fail fuzz $noun" >>build/tally; tail -40 "$program.log"; bad=1; fi
done
echo "fuzz: $# doors"
exit $bad
