#!/usr/bin/env bash
# Builds the fuzz targets and runs them, two at a time: tests/fuzz/run.sh [SECONDS] [TARGET…]
# 60 s each and all targets by default; `url` is the target of url_fuzz.cpp. Each reads regressions/NAME first, once, then
# starts from corpus/NAME, what earlier runs found (build/fuzz/corpus/NAME) and what FORAGE_CORPORA has for it. One line a
# target at the end; an input that crashes, leaks, takes over 2 s or over 512 MB lies in build/fuzz/crashes/NAME and belongs
# in regressions/NAME. Fails if there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=60
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
fi
here=tests/fuzz
programs=build/asan/tests/fuzz
build=build/fuzz  # what they find
names=("$@")
if ((${#names[@]} == 0)); then
    for source in "$here"/*_fuzz.cpp; do names+=("$(basename "$source" _fuzz.cpp)"); done
fi

cmake --preset asan --log-level=NOTICE >/dev/null
nice cmake --build --preset asan --target "${names[@]/%/_fuzz}"

# ASan keeps freed memory for a while to catch its use: no more of it than fits well below the limit.
export ASAN_OPTIONS=quarantine_size_mb=64 UBSAN_OPTIONS=print_stacktrace=1

run_target() {  # NAME; leaves its summary line in the log folder
    local name=$1 program=$programs/$1_fuzz log=$build/logs/$1 seeds=() status=0 verdict=ok
    local folder
    mkdir -p "$build/corpus/$name" "$build/crashes/$name"
    python3 -B $here/corpora_seeds.py "$name" "$build/seeds/$name"
    for folder in "$here/corpus/$name" "$build/seeds/$name"; do
        if [[ -d $folder ]]; then seeds+=("$folder"); fi
    done
    local limits=(-timeout=2 -rss_limit_mb=512 -artifact_prefix="$build/crashes/$name/")
    case $name in
        tokenizer | tree | text | markdown) limits+=(-dict="$here/html.dict") ;;
    esac
    : >"$log.log"
    if [[ -d $here/regressions/$name ]]; then
        "$program" "${limits[@]}" "$here/regressions/$name"/* >>"$log.log" 2>&1 || status=$?
        if ((status != 0)); then verdict="CRASH on a known input"; fi
    fi
    if ((status == 0)); then
        "$program" "${limits[@]}" -max_len=65536 -max_total_time="$seconds" -print_final_stats=1 \
            "$build/corpus/$name" "${seeds[@]}" >>"$log.log" 2>&1 || status=$?
        if ((status != 0)); then verdict="CRASH"; fi
    fi
    printf '%-14s %10s runs %8s/s  %s\n' "$name" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log.log")" \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log.log")" "$verdict" >"$log.summary"
    if ((status != 0)); then tail -n 40 "$log.log" >&2; fi
    return "$status"
}

mkdir -p "$build/logs"
rm -f "$build"/logs/*.summary
failed=0
running=0
for name in "${names[@]}"; do
    if ((running == 2)); then
        wait -n || failed=1
        running=$((running - 1))
    fi
    run_target "$name" &
    running=$((running + 1))
done
while ((running > 0)); do
    wait -n || failed=1
    running=$((running - 1))
done
cat "$build"/logs/*.summary
exit "$failed"
