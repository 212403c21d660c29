#!/usr/bin/env bash
# Runs fuzz targets for so many seconds each: all of them, or those that are named (`keys`,
# `load:html`). The status is that of the first one that fails; what it failed on is in `artifacts`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
seconds=${1:?usage: run.sh SECONDS [TARGET...]}
shift

# On a stable toolchain; without a sanitiser, for there is no unsafe code.
export RUSTC_BOOTSTRAP=1
# Handing work to other threads takes longer than most inputs do.
export RAYON_NUM_THREADS=1
cargo fuzz build -s none || exit 1
if [[ $# -eq 0 ]]; then
    set -- keys sanitise layout query engine package pieces load:detected
    for format in seeds/load/*/; do
        name=$(basename "$format")
        [[ $name == detected ]] || set -- "$@" "load:$name"
    done
fi

status=0
for name in "$@"; do
    target=${name%%:*}
    folder=${name/://}
    unset QA_FUZZ_FORMAT
    [[ $name == *:* && $name != *:detected ]] && export QA_FUZZ_FORMAT=${name##*:}
    mkdir -p "corpus/$folder" "artifacts/$folder"
    printf '== %s\n' "$name"
    target/*/release/"$target" "corpus/$folder" "seeds/$folder" "-max_total_time=$seconds" \
        -timeout=10 -rss_limit_mb=3000 "-artifact_prefix=artifacts/$folder/" || status=$?
done
exit "$status"
