# tests/golden.sh check|accept [PATH...] — text out, held to what lies beside each case.
# A case is a file under tests/golden/ with a line `# run: ARGUMENTS` among its first ten; @ stands for the case's own path. Several such
# lines run one after another in one home, so a game can be played and then verified. CASE.expect holds what standard output and standard
# error said, in order, and `exit N`. Every case gets an empty home of its own under build/; no path of this machine reaches the output.
mode=$1; shift
program=${DEMARCHE:-./demarche}
limit=
command -v timeout >/dev/null 2>&1 && limit="timeout 120"

run_case() {
    case_path=$1
    place=build/golden/$(printf '%s' "$case_path" | tr '/' '_')
    rm -rf "$place"
    mkdir -p "$place/run"
    root=$(pwd -P)
    sed -n '1,10s/^# run: //p' "$case_path" | tr -d '\r' | while IFS= read -r arguments; do
        arguments=$(printf '%s' "$arguments" | sed "s|@|$case_path|g")
        eval "set -- $arguments"
        env -u DEMARCHE_LINEAR -u DEMARCHE_TRACE -u NO_COLOR LC_ALL=C.UTF-8 COLUMNS=80 LINES=24 TERM=dumb TZ=UTC HOME="$root/$place" \
            DEMARCHE_HOME="$root/$place" XDG_CONFIG_HOME="$root/$place/config" XDG_DATA_HOME="$root/$place/data" \
            XDG_STATE_HOME="$root/$place/state" XDG_CACHE_HOME="$root/$place/cache" XDG_RUNTIME_DIR="$root/$place/run" \
            $limit "$program" "$@" </dev/null >"$place/said" 2>&1
        code=$?
        sed "s|$root/||g" "$place/said"
        [ ! -s "$place/said" ] || [ -z "$(tail -c 1 "$place/said")" ] || echo
        echo "exit $code"
    done >"$place/got"
    if [ "$mode" = accept ]; then
        cmp -s "$place/got" "$case_path.expect" || { cp "$place/got" "$case_path.expect"; echo "accepted $case_path"; }
    elif [ -f "$case_path.expect" ] && cmp -s "$case_path.expect" "$place/got"; then
        echo "pass $case_path" >>build/tally
        rm -rf "$place"
    else
        echo "fail $case_path" >>build/tally
        echo "---- $case_path"
        if [ -f "$case_path.expect" ]; then diff -u "$case_path.expect" "$place/got" | head -60
        else echo "there is no $case_path.expect yet; 'make accept' writes it"; fi
        return 1
    fi
}

if [ "$mode" = --one ]; then
    mode=$1
    run_case "$2"
    exit
fi
mkdir -p build
[ -x "$program" ] || { echo "golden: no program yet"; exit 0; }
[ $# -gt 0 ] || set -- tests/golden
cases=$(grep -rl '^# run: ' "$@" | grep -v -e '\.expect$' -e '\.md$' | LC_ALL=C sort)
[ -n "$cases" ] || { echo "golden: no cases yet"; exit 0; }
count=$(printf '%s\n' "$cases" | wc -l | tr -d ' ')
if printf '%s\n' "$cases" | xargs -P 2 -n 1 sh "$0" --one "$mode"; then echo "golden: $count cases"
else echo "golden: some of $count cases differ; if the new text is right, 'make accept'"; exit 1; fi
