# tests/exported.sh — an exported game is whole: the codebook has every column of every table and no other, the manifest every file with its size
# and SHA-256, and the script printed in scenarios/README.md reads the tables (where there is python3).
program=${DEMARCHE:-./demarche}
place=build/exported
[ -x "$program" ] || { echo "exported: no program yet"; exit 0; }
rm -rf "$place"
mkdir -p "$place"
# wrong WHAT — says so and ends.
wrong() { echo "fail exported" >>build/tally; echo "exported: $1"; exit 1; }
demarche() { env -u DEMARCHE_LINEAR LC_ALL=C.UTF-8 HOME="$place" XDG_DATA_HOME="$PWD/$place/data" "$program" "$@" </dev/null; }

demarche play first-steps --as cn --bots us=hawk --seed 7 --linear --script tests/golden/games/parts/begin.txt >"$place/said" 2>&1 || wrong "no game: $(tail -1 "$place/said")"
demarche export last --csv "$place/data-of-it" --codebook >"$place/said" 2>&1 || wrong "no export: $(tail -1 "$place/said")"
cd "$place/data-of-it" || exit 1

for table in *.csv; do
    [ "$table" = codebook.csv ] || head -1 "$table" | tr ',' '\n' | sed "s/^/$table,/"
done | LC_ALL=C sort >../columns
sed 1d codebook.csv | cut -d, -f1,2 | LC_ALL=C sort >../named
cmp -s ../columns ../named || wrong "the codebook and the tables differ: $(diff ../columns ../named | sed -n 2p)"
sed 1d codebook.csv | grep -v '^[a-z]*\.csv,[a-z_]*,[^,]*.*,..*$' >../empty && wrong "no meaning: $(head -1 ../empty)"

find . -type f ! -name manifest.json | sed 's|^\./||' | LC_ALL=C sort >../files
sed -n 's/^ *"name": "\(.*\)",$/\1/p' manifest.json | LC_ALL=C sort >../listed
cmp -s ../files ../listed || wrong "the manifest and the files differ: $(diff ../files ../listed | sed -n 2p)"
if command -v sha256sum >/dev/null 2>&1; then
    awk -F'"' '$2 == "name" { name = $4 } $2 == "sha256" { print $4 "  " name }' manifest.json >../sums
    sha256sum --quiet -c ../sums >../said 2>&1 || wrong "a digest is not that of its file: $(head -1 ../said)"
fi

cd ../../.. || exit 1
if command -v python3 >/dev/null 2>&1; then
    sed -n '/^    import csv/,/^    # end/s/^    //p' scenarios/README.md >"$place/read.py"
    [ -s "$place/read.py" ] || wrong "scenarios/README.md has no script"
    python3 "$place/read.py" "$place/data-of-it" >"$place/said" 2>&1 || wrong "the script fails: $(tail -1 "$place/said")"
    grep -q '^0  china  ' "$place/said" || wrong "the script says: $(head -1 "$place/said")"
fi
echo "pass exported" >>build/tally
echo "exported: $(wc -l <build/exported/columns | tr -d ' ') columns, $(wc -l <build/exported/files | tr -d ' ') files"
