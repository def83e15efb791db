# tests/house.sh OBJECTS — the rules of the house, one script each.
bad=0 count=0
mkdir -p build
for rule in tests/house/*.sh; do
    count=$((count + 1))
    if sh "$rule" "$1" >build/house.said 2>&1; then echo "pass $rule" >>build/tally
    else echo "fail $rule" >>build/tally; echo "---- $rule"; cat build/house.said; bad=1; fi
done
echo "house: $count rules"
exit $bad
