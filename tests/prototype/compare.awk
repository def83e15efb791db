# tests/prototype/compare.awk — holds a run's tidy CSV (the last file) to expected values.
# -v want=wide: columns turn,quantity,... as in history.csv; want=tidy: another run, of which the names that both have are compared.
# Equal is |got - expected| <= tolerance * |expected| + least. With a file of parts (-v parts=FILE, quantity,part) a value may be off by that part
# of the greatest value that its quantity takes. `except` names what is not compared. Prints the worst, and what is out of bounds.
function size(x) { return x < 0 ? -x : x }
function name_of(line) { sub(/^[^,]*,[^,]*,[^,]*,/, "", line); sub(/,[^,]*$/, "", line); return line }
BEGIN {
    FS = ","
    split(except, names, " ")
    for (i in names) left_out[names[i]] = 1
    if (parts != "") while ((getline line < parts) > 0) { split(line, pair, ","); part[pair[1]] = pair[2] }
    bad = count = 0
}
FNR == 1 { file++; if (file == 1 && want == "wide") for (i = 2; i <= NF; i++) column[i] = $i; next }
file == 1 && want == "wide" { for (i = 2; i <= NF; i++) expect($1, column[i], $i); next }
file == 1 { expect($2, name_of($0), $NF); next }
{
    name = name_of($0); key = $2 SUBSEP name
    if (!(name in greatest) || name in left_out) next
    if (!(key in expected)) { if (bad++ < 20) print "not expected: " name " at turn " $2; next }
    seen[key] = 1; count++; quantities[name] = 1
    off = size($NF - expected[key])
    if (parts != "") allowed = part[name] * greatest[name]; else allowed = tolerance * size(expected[key])
    if (!(off <= allowed + least)) {
        if (bad++ < 20) printf "turn %d, %s: %.12g expected, %.12g found\n", $2, name, expected[key], $NF
    }
    relative = off / ((parts != "" ? greatest[name] : size(expected[key])) + least)
    if (off > least && relative > worst) { worst = relative; worst_at = name " at turn " $2 }
}
function expect(turn, name, value) {
    expected[turn SUBSEP name] = value
    if (size(value) >= greatest[name]) greatest[name] = size(value)
}
END {
    if (want == "wide") for (key in expected) if (!(key in seen)) { split(key, at, SUBSEP); if (bad++ < 20) print "missing: " at[2] " at turn " at[1] }
    for (name in quantities) kinds++
    if (kinds < fewest) { bad++; print "only " kinds + 0 " quantities were compared, " fewest " are wanted" }
    if (verbose) printf "%d values of %d quantities, worst %.2g (%s)\n", count, kinds, worst, worst_at
    exit bad > 0
}
