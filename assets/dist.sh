#!/bin/sh
# Writes what a package has beside the program: manual pages and completions.
# usage: assets/dist.sh QA FOLDER, such as: assets/dist.sh target/release/qa target/dist
set -eu
qa=$1 folder=$2
mkdir -p "$folder"
"$qa" man >"$folder/qa.1"
for command in check convert init completions man config keys discover; do
    "$qa" man "$command" >"$folder/qa-$command.1"
done
# The names are those under which the shells look for them.
"$qa" completions bash >"$folder/qa"
"$qa" completions zsh >"$folder/_qa"
"$qa" completions fish >"$folder/qa.fish"
