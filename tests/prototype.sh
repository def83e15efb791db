# tests/prototype.sh — the scenario restraint-2017 still is the model that was tried out first, where it says that it is.
# Three links of a chain, each at one step a month and with the prototype's figures; nothing here needs the prototype or the language it was in:
#   1  prototype.yaml, stocks moving one after the other, gives the prototype's own numbers (NAME.csv), to 1e-9 of each value. The prototype adds
#      1e-9 to one divisor, which leaves 1e-11.
#   2  the same equations with all stocks moving at once stay within the parts of order.csv: that is what the order within a month is worth.
#   3  the scenario's own model.yaml and networks.yaml, driven by the same inputs, gives the numbers of 2, to 1e-9. scenario.awk lists the figures that it sets
#      back and takes out what needs seats. The store of held cargo is empty in this link, and `output` is not compared: there the scenario differs.
# -v as first argument prints the worst of each. README.md of the scenario tells what differs and why.
verbose=0; [ "$1" = -v ] && verbose=1
program=${DEMARCHE:-./demarche}
here=tests/prototype scenario=scenarios/restraint-2017 place=build/prototype
bad=0 count=0
[ -x "$program" ] || { echo "prototype: no program yet"; exit 0; }
rm -rf $place; mkdir -p $place

compare() {   # NAME, then awk's arguments
    said=$1; shift; count=$((count + 1))
    if awk -v least=1e-12 -v verbose=$verbose "$@" >$place/said 2>&1; then echo "pass prototype $said" >>build/tally; [ $verbose = 0 ] || sed "s/^/$said: /" $place/said
    else echo "fail prototype $said" >>build/tally; echo "---- prototype: $said"; cat $place/said; bad=1; fi
}
run() {       # FOLDER OUT
    "$program" run "$1" --draws median --csv "$2" </dev/null >$place/said 2>&1 || { echo "---- prototype: $1 does not run"; grep -A 2 "error: " $place/said | head -30; bad=1; }
}
variant() {   # FOLDER INPUTS IN_SEQUENCE STORE
    mkdir -p "$1"
    cp "$here/$2.inputs.csv" "$1/inputs.csv"
    sed -e "s/\(in_sequence: {value: \)1/\1$3/" -e "s/\(store: {value: \)1/\1$4/" $here/prototype.yaml >"$1/scenario.yaml"
}

for name in history relief; do
    variant $place/$name $name 1 1
    run $place/$name $place/$name.csv
    compare "$name, in sequence" -v want=wide -v tolerance=1e-9 -f $here/compare.awk $here/$name.csv $place/$name.csv
    variant $place/$name.at_once $name 0 1
    run $place/$name.at_once $place/$name.at_once.csv
    compare "$name, all at once" -v want=wide -v parts=$here/order.csv -f $here/compare.awk $here/$name.csv $place/$name.at_once.csv
done

variant $place/no_store relief 0 0
run $place/no_store $place/no_store.csv
mkdir -p $place/scenario
for part in model networks parameters; do
    awk -f $here/scenario.awk $scenario/$part.yaml >$place/scenario/$part.yaml || bad=1
done
cp $scenario/sources.yaml $here/scenario.yaml $place/no_store/inputs.csv $place/scenario
run $place/scenario $place/scenario.csv
compare "the scenario's equations" -v want=tidy -v tolerance=1e-9 -v fewest=150 -v except="output text_work machinery_rule oil_rule" \
    -f $here/compare.awk $place/no_store.csv $place/scenario.csv
echo "prototype: $count comparisons"
exit $bad
