# tests/same.sh PROGRAM... — one hash for every compiler, mode, instruction set and thread count.
# Every scenario is run by every build, and once more with the C library's fast paths switched off.
mkdir -p build
[ -x "$1" ] || { echo "same: no program yet"; exit 0; }
bad=0 count=0
first=$1
hash_of() { "$@" 2>build/same.said </dev/null | cksum; }
for scenario in scenarios/*/scenario.yaml; do
    [ -f "$scenario" ] || continue
    folder=${scenario%/scenario.yaml}
    if ! "$first" run "$folder" --runs 1 --seed 1 --csv - >/dev/null 2>build/same.said </dev/null; then
        echo "same: $folder does not run yet: $(head -1 build/same.said)"
        continue
    fi
    want=$(hash_of "$first" run "$folder" --runs 16 --seed 7 --csv -)
    for program in "$@"; do
        for setting in DEMARCHE_ISA= DEMARCHE_ISA=sse2 GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA_Usable; do
            count=$((count + 1))
            got=$(hash_of env "$setting" "$program" run "$folder" --runs 16 --seed 7 --csv -)
            if [ "$got" = "$want" ]; then echo "pass same $program $folder $setting" >>build/tally
            else echo "fail same $program $folder $setting" >>build/tally; echo "same: $program differs on $folder ($setting)"; bad=1; fi
        done
    done
done
echo "same: $count comparisons"
exit $bad
