# tests/same.sh PROGRAM... — one hash for every compiler, mode, instruction set, block of lanes, thread and rank count.
# Every scenario is run by every build, and once more with the C library's fast paths switched off; the smallest one in all combinations.
# Where there is mpirun, build/mpi/demarche gives the same with 1, 2 and 4 ranks.
mkdir -p build
[ -x "$1" ] || { echo "same: no program yet"; exit 0; }
bad=0 count=0
first=$1
began=$(date +%s)
hash_of() { "$@" 2>build/same.said </dev/null | cksum; }
slow=GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA_Usable
# compare WHAT WANTED SETTINGS COMMAND... — settings are words; the command may begin with a launcher.
compare() {
    what=$1 wanted=$2 settings=$3; shift 3
    count=$((count + 1))
    # shellcheck disable=SC2086
    if [ "$(hash_of env $settings "$@")" = "$wanted" ]; then echo "pass same $1 $what $settings" >>build/tally
    else echo "fail same $1 $what $settings" >>build/tally; echo "same: $1 differs: $what ($settings)"; sed 1q build/same.said; bad=1; fi
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
    play= game= games= forecast=
    if "$first" run "$folder" --play history --runs 1 --csv - >/dev/null 2>&1 </dev/null; then
        play=$(hash_of "$first" run "$folder" --play history --runs 64 --seed 7 --csv -)
    fi
    if "$first" list seats "$folder" 2>/dev/null </dev/null | grep -q .; then       # a whole game of personas, as it is told
        game=$(hash_of "$first" play "$folder" --no-save --seed 7)
        forecast=$(hash_of "$first" forecast "$folder" --as us --lanes 100 --turns 3 --seed 7 --json)
        games=$(hash_of "$first" run "$folder" --bots us=quick --runs 20 --seed 7 --json)
    fi
    for program in "$@"; do
        for setting in DEMARCHE_ISA= DEMARCHE_ISA=sse2 "$slow"; do
            compare "runs of $folder" "$run" "$setting" "$program" run "$folder" --runs 16 --seed 7 --csv -
        done
        for jobs in 1 2; do
            [ -z "$forecast" ] || compare "forecast of $folder, $jobs jobs" "$forecast" "$slow" "$program" forecast "$folder" --as us --lanes 100 --turns 3 --seed 7 -j $jobs --json
            [ -z "$play" ] || compare "history of $folder, $jobs jobs" "$play" "$slow" "$program" run "$folder" --play history --runs 64 --seed 7 -j $jobs --csv -
        done
        [ -z "$game" ] || compare "game of $folder" "$game" "$slow" "$program" play "$folder" --no-save --seed 7
        [ -z "$games" ] || compare "games in lanes of $folder" "$games" "$slow" "$program" run "$folder" --bots us=quick --runs 20 --seed 7 --json
    done
done

# Every build, instruction set (the widest there is, where the one asked for is missing), block of lanes and thread count.
small=scenarios/first-steps
if [ -d $small ]; then
    all=$(hash_of "$first" run $small --play quarrel --runs 1000 --seed 7 --json)
    for program in "$@"; do
        for isa in sse2 avx2 avx512; do
            for lanes in 1 7 64 1000; do
                for jobs in 1 2; do
                    compare "$jobs jobs" "$all" "DEMARCHE_ISA=$isa DEMARCHE_LANES=$lanes" "$program" run $small --play quarrel --runs 1000 --seed 7 -j $jobs --json
                done
            done
        done
    done
fi

# Ranks: what `run` can show, and rows that are gone on with.
together=build/mpi/demarche
if [ -x $together ] && command -v mpirun >/dev/null 2>&1; then
    [ "$(id -u)" != 0 ] || export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1        # a test may run as root
    export OMPI_MCA_rmaps_base_oversubscribe=1
    ranked() {
        alone=$(hash_of "$first" run "$@")
        for ranks in 1 2 4; do compare "$ranks ranks: $*" "$alone" DEMARCHE_ISA= mpirun -n $ranks $together run "$@"; done
    }
    flagship=scenarios/restraint-2017
    ranked $small --play quarrel --runs 1000 --seed 7 --json
    ranked $flagship --play history --runs 300 --seed 7 --csv -
    ranked $flagship --play history --runs 300 --seed 7 --json --chart pressure
    ranked $flagship --runs 40 --sample sobol --vary drive_fade=0.2:0.6:3 --summary
    ranked $flagship --bots us=hawk,cn=quick,kp=hawk --runs 100 --seed 7 --json
    ranked scenarios/sanctions8 --runs 200 --indices reserves
    ranked tests/golden/run/fails.yaml --runs 200 --csv -
    whole=$(hash_of "$first" run $flagship --runs 90 --seed 7 --csv -)
    for ranks in 2 4; do
        "$first" run $flagship --runs 90 --seed 7 --csv - 2>/dev/null | head -c 4000000 >build/same.rows
        mpirun -n $ranks $together run $flagship --runs 90 --seed 7 --csv build/same.rows --resume >/dev/null 2>build/same.said </dev/null
        compare "rows gone on with by $ranks ranks" "$whole" DEMARCHE_ISA= cat build/same.rows
    done
    rm -f build/same.rows
fi
echo "same: $count comparisons in $(($(date +%s) - began)) s"
exit $bad
