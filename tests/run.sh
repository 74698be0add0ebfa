#!/usr/bin/env bash
# Builds the library and its tests and runs them, all or what the arguments say: ./tests/run.sh [CTEST ARGUMENT…]
# Installs what is missing on Debian 12 and Ubuntu 24.04. FORAGE_CORPORA names the folder of the evaluation data.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=cmake/packages.sh
. cmake/packages.sh

forage_packages library demo tests
# Warnings are errors where the compilers are the ones the project is built with every day; others may know more warnings.
werror=OFF
if [[ $(forage_system) == "debian 12" ]]; then werror=ON; fi
cmake --preset dev -D FORAGE_CORPORA="${FORAGE_CORPORA:-}" -D FORAGE_WERROR=$werror --log-level=NOTICE
cmake --build --preset dev
corpora=${FORAGE_CORPORA:-../shared/corpora}  # as in tests/CMakeLists.txt
if [[ ! -d $corpora ]]; then
    echo "forage: no evaluation data in $corpora (set FORAGE_CORPORA): the tests that read it will be counted as skipped"
fi
exec ctest --preset dev --no-label-summary "$@"
