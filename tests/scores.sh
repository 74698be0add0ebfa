#!/usr/bin/env bash
# Prints how well pages are read, on the evaluation data, beside what other tools score on the same pages: main content,
# titles, authors and dates, code, Markdown that renders back. Fails below the floors that CI holds. FORAGE_CORPORA names
# the folder of the data. No arguments.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=cmake/packages.sh
. cmake/packages.sh

forage_packages library demo tests
export FORAGE_CORPORA=${FORAGE_CORPORA:-$PWD/../shared/corpora}
cmake --preset dev -D FORAGE_CORPORA="$FORAGE_CORPORA" --log-level=NOTICE
cmake --build --preset dev --target corpora_tests
exec build/dev/tests/corpora_tests --gtest_filter='html_main_content*:html_metadata*:html_code*:html_markdown*:html_block_ranges*'
