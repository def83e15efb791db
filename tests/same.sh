# tests/same.sh PROGRAM... — one hash for every compiler, mode, instruction set and thread count.
# Every scenario is run by every build, and once more with the C library's fast paths switched off.
mkdir -p build
[ -x "$1" ] || { echo "same: no program yet"; exit 0; }
bad=0 count=0
first=$1
hash_of() { "$@" 2>build/same.said </dev/null | cksum; }
slow=GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA_Usable
# compare WHAT WANTED SETTING PROGRAM ARGUMENTS...
compare() {
    what=$1 wanted=$2 setting=$3; shift 3
    count=$((count + 1))
    if [ "$(hash_of env "$setting" "$@")" = "$wanted" ]; then echo "pass same $1 $what $setting" >>build/tally
    else echo "fail same $1 $what $setting" >>build/tally; echo "same: $1 differs: $what ($setting)"; bad=1; fi
}
for scenario in scenarios/*/scenario.yaml; do
    [ -f "$scenario" ] || continue
    folder=${scenario%/scenario.yaml}
    if ! "$first" run "$folder" --runs 1 --seed 1 --csv - >/dev/null 2>build/same.said </dev/null; then
        echo "same: $folder does not run yet: $(head -1 build/same.said)"
        continue
    fi
    run=$(hash_of "$first" run "$folder" --runs 16 --seed 7 --csv -)
    other=$(hash_of "$first" run "$folder" --runs 16 --seed 8 --csv -)
    if [ "$run" = "$other" ]; then echo "same: the runs of $folder do not hang on the seed, so they prove nothing"; bad=1; fi
    play= game=
    if "$first" run "$folder" --play history --runs 1 --csv - >/dev/null 2>&1 </dev/null; then
        play=$(hash_of "$first" run "$folder" --play history --runs 64 --seed 7 --csv -)
    fi
    if "$first" list seats "$folder" 2>/dev/null </dev/null | grep -q .; then       # a whole game of personas, as it is told
        game=$(hash_of "$first" play "$folder" --seed 7)
    fi
    for program in "$@"; do
        for setting in DEMARCHE_ISA= DEMARCHE_ISA=sse2 "$slow"; do
            compare "runs of $folder" "$run" "$setting" "$program" run "$folder" --runs 16 --seed 7 --csv -
        done
        for jobs in 1 2; do
            [ -z "$play" ] || compare "history of $folder, $jobs jobs" "$play" "$slow" "$program" run "$folder" --play history --runs 64 --seed 7 -j $jobs --csv -
        done
        [ -z "$game" ] || compare "game of $folder" "$game" "$slow" "$program" play "$folder" --seed 7
    done
done
echo "same: $count comparisons"
exit $bad
