# tests/house/arrows.sh — src/ROOMS says which room may include which; third-party headers and malloc each have one home.
bad=0
say() { echo "$1"; bad=1; }

# Lines of code with comments blanked, as file:line:text.
code_of() {
    awk '{
        line = $0; out = ""
        while (length(line)) {
            if (open) { i = index(line, "*/"); if (!i) { line = ""; break } line = substr(line, i + 2); open = 0 }
            else { i = index(line, "/*"); if (!i) { out = out line; break } out = out substr(line, 1, i - 1); line = substr(line, i + 2); open = 1 }
        }
        sub(/^[ \t]*\/\/.*/, "", out)
        if (out != "") print FILENAME ":" FNR ":" out
    }' "$1"
}

home_of() {      # the rooms where a header may be included, or nothing if anywhere
    case $1 in
    yaml.h) echo lang ;;
    sqlite3.h) echo store ;;
    ncurses.h|curses.h|ncursesw/*|term.h) echo tui ;;
    jansson.h|openssl/*|pthread.h|stdatomic.h|threads.h) echo base ;;
    mpi.h) echo lab ;;
    math.h) echo base page lab tui ;;
    *) echo any ;;
    esac
}

for folder in src/*/; do
    room=$(basename "$folder")
    allowed=$(sed -n "s/^$room://p" src/ROOMS)
    grep -q "^$room:" src/ROOMS || say "src/$room is no room of src/ROOMS"
    for file in "$folder"*.c "$folder"*.h "$folder"*.def; do
        [ -f "$file" ] || continue
        while IFS=: read -r path line text; do
            name=$(printf '%s' "$text" | sed -n 's/^[ \t]*#[ \t]*include[ \t]*[<"]\([^>"]*\)[>"].*/\1/p')
            [ -n "$name" ] || continue
            case $text in
            *\"*)
                from=${name%%/*}
                case $name in
                */*) ;;
                *) say "$path:$line: write \"$room/$name\", with the room" ; continue ;;
                esac
                case " $room $allowed " in *" $from "*) ;; *) say "$path:$line: $room may not include $from (src/ROOMS)" ;; esac
                [ "$name" != game/record.h ] || case $room in game|store|cli) ;; *) say "$path:$line: game/record.h shows everything; only store and cli may" ;; esac
                case $name in *_private.h) [ "$from" = "$room" ] || say "$path:$line: $name is private to $from" ;; esac
                ;;
            *)
                home=$(home_of "$name")
                case " $home " in *" any "*|*" $room "*) ;; *) say "$path:$line: <$name> belongs in: $home" ;; esac
                ;;
            esac
        done <<T
$(code_of "$file" | grep '#[ 	]*include')
T
        [ "$room" = base ] || code_of "$file" | grep -E '(^|[^_[:alnum:].>])(malloc|calloc|realloc|free|strdup|strndup|asprintf)[ ]*\(' > build/arrows.said
        if [ "$room" != base ] && [ -s build/arrows.said ]; then
            sed 's/^/memory comes from arenas; malloc and its kin only in base: /' build/arrows.said
            bad=1
        fi
    done
done
exit $bad
