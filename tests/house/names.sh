# tests/house/names.sh — the engine knows no country: outside comments no country, capital or weapon is named in src/, but in the examples of help,
# which say how a line is written (the files listed). A new scenario adds the words it brings. (Coal is left out: messages use it as the example of a good.)
bad=0
examples="src/page/talk.def src/page/actions.def src/base/diag.def src/lang/schema.c src/cli/cli.c"
words='china|chinese|beijing|(north_|south_|north |south )?korean?s?|pyongyang|united states|american?s?|washington|iran|iranians?|tehran|europe|europeans?|russia|japan|india|moscow|seoul|tokyo|brussels|nuclear|missiles?|uranium|seafood|textiles?|tankers?|embargo|centrifuges?'
for f in $(find src -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort); do
    case " $examples " in *" $f "*) continue ;; esac
    # comments become blanks, line by line, so that numbers of lines stay
    awk '{ out = ""; while (length($0)) {
               if (inside) { i = index($0, "*/"); if (!i) { $0 = ""; break } $0 = substr($0, i + 2); inside = 0; continue }
               i = index($0, "/*"); j = index($0, "//"); if (j && (!i || j < i) && substr($0, j - 1, 1) != ":") { out = out substr($0, 1, j - 1); $0 = ""; break }
               if (!i) { out = out $0; break } out = out substr($0, 1, i - 1); $0 = substr($0, i + 2); inside = 1 }
           print out }' "$f" | grep -niwE "$words" | sed "s|^|$f:|" >>build/names.found
done
[ -s build/names.found ] && { cat build/names.found; echo "these words belong into a scenario"; bad=1; }
rm -f build/names.found
exit $bad
