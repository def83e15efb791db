# tests/prototype/scenario.awk — the model.yaml, networks.yaml and parameters.yaml of restraint-2017 as a plain model that can be driven by given inputs.
# Equations stay as they stand there, word for word. Taken out are what needs seats (who sees what, measures, trust between pairs): rules
# come from the inputs, and each stock gains what moves pushed it by. Figures that the scenario changed go back to the prototype's; this list
# is the list of those changes. Constants of decay are the ones that at one step a month leave what the prototype leaves.
BEGIN {
    split("law adopted relief curb talking trust clashed bought heard provocation scatter closed joint", names, " ")
    for (i in names) drop[names[i]] = 1
    is["text_work"] = "given_text_work * (1 - relief)"
    is["machinery_rule"] = "given_machinery_rule * (1 - relief)"
    is["oil_rule"] = "given_oil_rule * (1 - relief)"
    split("workers drive smuggling caution fresh reserves routes panic elite programme effort backlash face relations channel hawk allies tension seen_lax progress", names, " ")
    for (i in names) push[names[i]] = 1

    value["base"] = "{coal: 98.3, iron_ore: 6.25, textiles: 62.7, seafood: 16.0, other_goods: 30.9}"
    value["most"] = "{coal: 1.15, iron_ore: 5, textiles: 1.7, seafood: 2.6, other_goods: 1.8}"
    value["sub_time"] = 8
    value["enforce_time"] = "1.23285651806099"      # 1 / (1 - exp(-1 / 0.6))
    value["hold_part"] = 0                         # the store is let out otherwise; it stays empty on both sides
    value["remit"] = 0.6
    value["services"] = 35
    value["imports_start"] = 272
    value["progress_step"] = 0.012
    value["drive_fade"] = value["fear_fade"] = 0.3
    value["panic_fade"] = 0.25
    start["elite"] = 0.62
}
/^  [a-z_]+.*:/ { name = $1; sub(/[:[].*/, "", name) }
name in drop && FILENAME ~ /model|networks/ { next }
/^ *(seen_by|group|good_for|range):|^      [a-z_]+: \[/ { next }
FILENAME ~ /parameters/ && name in value && /value: / {
    sub(/, range: \[[^]]*\]/, "")
    if (!sub(/value: (\{[^}]*\}|[-0-9.]+)/, "value: " value[name])) { print "no figure for " name > "/dev/stderr"; exit 1 }
    set[name] = 1
}
FILENAME ~ /parameters/ { print; next }
{
    sub(/, seen_by: .*$/, "}")
    if (name in is) { if ($1 == "is:") print "    is: " is[name]; else print; next }
    gsub(/level\(import_ban, good\)/, "ban[good]")
    gsub(/not in_force\(import_ban, good\)/, "ban[good] = 0")
    gsub(/squeeze_size \* level\(fuel_squeeze\)/, "fuel_squeeze")
    gsub(/in_force\(moratorium\)/, "moratorium > 0")
    gsub(/in_force\(pause_exercises\)/, "paused > 0")
    gsub(/if talking then/, "if talking > 0 then")
    gsub(/ \* scatter$/, "")
    gsub(/trust\[china, us\]/, "trust_china_in_us")
    gsub(/trust\[us, north_korea\]/, "trust_us_in_north_korea")
    gsub(/trust\[north_korea, us\]/, "trust_north_korea_in_us")
    if (name in start && $1 == "start:") $0 = "    start: " start[name]
    if (name in push && $1 == "change:") $0 = $0 " + push_" (name == "workers" ? "workers[host]" : name == "caution" ? "bank_caution" : name)
    print
}
