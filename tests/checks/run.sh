#!/usr/bin/env bash
# Runs the checks that keep the tree in order, all or those named: tests/checks/run.sh [NAME…]
# Each first proves on samples that it can fail.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit

checks=("$@")
if ((${#checks[@]} == 0)); then checks=(files format layers heavy_headers coroutines headers tidy); fi
failed=()
for check in "${checks[@]}"; do
    if "./$check.py"; then
        echo "check $check: ok"
    else
        echo "check $check: FAILED"
        failed+=("$check")
    fi
done
((${#failed[@]} == 0))
