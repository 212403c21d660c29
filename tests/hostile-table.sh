#!/usr/bin/env bash
# Prints the table of SECURITY.md: what of one hostile file reaches the terminal through qa and
# through other programs that show files. By hand, for it needs those programs; `QA` names the binary.
#
#     cargo build --release && tests/hostile-table.sh
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."
QA=$(realpath "${QA:-target/release/qa}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=$work/hostile.md

# Every line is an entry, so that a filter shows it.
names=(title clipboard link colour device c1 direction zero-width bell marks)
# shellcheck disable=SC2028
payloads=('\033]0;PWN\007' '\033]52;c;UFdO\007' '\033]8;;http://evil.example\033\\' '\033[38;5;201m'
    '\033P+q544e\033\\' '\302\23377m' '\342\200\256' '\342\200\213' '\007' '')
# What a terminal would obey or hide, and what is left when only its first byte is taken out.
obeyed=('\e\]0;PWN' '\e\]52;c;UFdO' '\e\]8;;http://evil' '\e\[38;5;201m' '\eP\+q544e' '\xc2\x9b77m'
    '\xe2\x80\xae' '\xe2\x80\x8b' 'x\x07x' '(\xcc\x81){100}')
litter=('\]0;PWN' '\]52;c;UF' '\]8;;http' '\[38;5;201m' 'P\+q544e' 'x.{0,9}77mx' '(?!)' '(?!)' '(?!)' '(?!)')
for n in "${!names[@]}"; do
    printf '## What is hostile %s x%bx?\n\nSo x%bx.\n\n' "${names[n]}" "${payloads[n]}" "${payloads[n]}"
done >"$file"
printf '## What is hostile too, a%s?\n\nSo.\n' "$(printf '\314\201%.0s' {1..5000})" >>"$file"

# Runs a command in a terminal of its own for a moment, and prints what it wrote.
in_terminal() {
    sleep 4 | TERM=xterm-256color timeout 4 script -qec "stty rows 60 cols 120; $1" /dev/null 2>/dev/null |
        head -c 4000000 || true
}

declare -A commands=(
    [qa]="$QA --no-state '$file'"
    ["qa --filter"]="$QA '$file' --filter hostile --json"
    [less]="less -f '$file'"
    ["less -R"]="less -f -R '$file'"
    [bat]="$(command -v batcat || command -v bat || echo no-bat) --paging=never --color=always '$file'"
    [fzf]="fzf <'$file'"
    [glow]="glow '$file'"
    [cat]="cat '$file'"
)
shown=()
for program in qa "qa --filter" less "less -R" bat fzf glow cat; do
    read -r binary _ <<<"${commands[$program]}"
    command -v "$binary" >/dev/null || continue
    shown+=("$program")
    in_terminal "${commands[$program]}" >"$work/$program"
    # Without the colours and moves that the program or the file made.
    perl -pe 's/\e\[[0-9;?]*[ -\/]*[@-~]//g' "$work/$program" >"$work/$program.text"
done

printf '| |'; printf ' %s |' "${shown[@]}"; printf '\n|-|'; printf -- '-|%.0s' "${shown[@]}"; printf '\n'
for n in "${!names[@]}"; do
    printf '| %s |' "${names[n]}"
    for program in "${shown[@]}"; do
        if ! grep -qa 'What is hostile' "$work/$program"; then
            printf ' not shown |'
        elif LC_ALL=C grep -qaP "${obeyed[n]}" "$work/$program"; then
            printf ' **passed** |'
        elif LC_ALL=C grep -qaP "${litter[n]}" "$work/$program.text"; then
            printf ' its letters |'
        else
            printf ' – |'
        fi
    done
    printf '\n'
done
