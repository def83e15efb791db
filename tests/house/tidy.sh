# tests/house/tidy.sh — no path of one machine, no notes to self, no file too long to read, no two files of one name.
bad=0
files=$(git ls-files -co --exclude-standard 2>/dev/null || find . -path ./build -prune -o -path ./.git -prune -o -type f -print | sed 's|^\./||')
code=$(printf '%s\n' "$files" | grep -E '(\.[ch]|\.def|\.sh|\.md|\.yaml|\.expect|^Makefile|^\.ci/.*|ROOMS)$' | grep -v '^tests/house/tidy\.sh$')
existing=
for f in $code; do [ -f "$f" ] && existing="$existing $f"; done

paths='(^|[^[:alnum:]_.])/(wor''k|home/[a-z]+|root|Users/[A-Za-z]+)/'
if grep -nE "$paths" $existing; then echo "these are paths of one machine"; bad=1; fi
if grep -nwE 'TO''DO|FIX''ME|XX''X' $existing; then echo "finish it, or write it into an issue"; bad=1; fi

# Longer than 1,000 lines, each with its reason:
long_allowed=""
for f in $existing; do
    case $f in *.expect|*.md|scenarios/*) continue ;; esac
    lines=$(wc -l <"$f")
    case " $long_allowed " in *" $f "*) continue ;; esac
    [ "$lines" -le 1000 ] || { echo "$f has $lines lines; look for a second noun"; bad=1; }
done

twice=$(printf '%s\n' $existing | grep '\.c$' | sed 's|.*/||' | LC_ALL=C sort | uniq -d)
[ -z "$twice" ] || { echo "two files are named: $twice"; bad=1; }
exit $bad
