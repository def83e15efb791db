# tests/replay.sh — games recorded by earlier versions still give their hashes.
# A moved hash is a moved rule: it needs a new rules version and a line in CHANGELOG.md, never a new recording.
program=${DEMARCHE:-./demarche}
mkdir -p build
[ -x "$program" ] || { echo "replay: no program yet"; exit 0; }
bad=0 count=0
for game in tests/replay/*; do
    case $game in *.md|*'*') continue ;; esac
    count=$((count + 1))
    if "$program" verify "$game" </dev/null >build/replay.said 2>&1; then echo "pass $game" >>build/tally
    else echo "fail $game" >>build/tally; echo "---- $game"; cat build/replay.said; bad=1; fi
done
echo "replay: $count recorded games"
exit $bad
