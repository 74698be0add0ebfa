#!/usr/bin/env bash
# Answers a question with sources: ./examples/demo.sh ["question"] [OPTION OF forage research…]
# Without an API key the web is miniweb, on this machine: the SQLite documentation behind HTTPS, DNS and three search
# services. With the key of a service in the environment (GOOGLE_SEARCH_API_KEY and GOOGLE_SEARCH_CX, BING_SEARCH_API_KEY,
# BRAVE_SEARCH_API_KEY, TAVILY_API_KEY, WEBIQ_API_KEY, EXA_API_KEY, SERPER_API_KEY, SEARXNG_URL), or `--provider duckduckgo`, it is the real one. Installs what is missing on Debian 12 and Ubuntu 24.04.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=cmake/packages.sh
. "$here/../cmake/packages.sh"

question="how does WAL mode handle checkpoints"
if (($# > 0)) && [[ $1 != -* ]]; then
    question=$1
    shift
fi
real_web=no
keys=${GOOGLE_SEARCH_API_KEY:-}${BING_SEARCH_API_KEY:-}${BRAVE_SEARCH_API_KEY:-}${TAVILY_API_KEY:-}${WEBIQ_API_KEY:-}${EXA_API_KEY:-}${SERPER_API_KEY:-}${SEARXNG_URL:-}
if [[ -n $keys || " $* " == *" --provider"[\ =]* ]]; then real_web=yes; fi

say() { echo "demo: $*" >&2; }

build=$here/../build/demo
build_programs() {
    # The preset's warnings-as-errors are for those who work on the library.
    (cd "$here/.." && cmake --preset release -B build/demo -D FORAGE_TESTS=OFF -D FORAGE_BENCHMARKS=OFF \
        -D FORAGE_WERROR=OFF --log-level=NOTICE) && cmake --build "$build" --target forage_cli miniweb
}

forage_packages library demo
mkdir -p "$build"
if [[ ! -x $build/examples/forage ]]; then say "building, which takes a few minutes the first time"; fi
# Ninja's progress is for a terminal; elsewhere only a failure is worth reading.
if [[ -t 2 ]]; then
    build_programs >&2
elif ! build_programs >"$build/build.log" 2>&1; then
    cat "$build/build.log" >&2
    exit 1
fi
forage=$build/examples/forage

if [[ $real_web == yes ]]; then
    say "asking the real web"
    exec "$forage" research "$question" "$@"
fi

pages=$build/pages
archive=$here/pages/sqlite-docs.tar.xz
if [[ ! -d $pages || $archive -nt $pages ]]; then
    rm -rf "$pages" "$pages.new"
    mkdir "$pages.new"
    tar -xJf "$archive" -C "$pages.new"
    mv "$pages.new" "$pages"
fi

run=$(mktemp -d)
miniweb=
# shellcheck disable=SC2317  # reached through the trap
cleanup() {
    if [[ -n $miniweb ]]; then
        kill "$miniweb" 2>/dev/null || true
        wait "$miniweb" 2>/dev/null || true
    fi
    rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

"$build/examples/miniweb/miniweb" --pages "sqlite.test=$pages/sqlite-docs" --index "$build/pages.index" --port 0 \
    --exit-with-parent --ca-out "$run/ca.pem" --env-out "$run/env" 2>"$run/log" &
miniweb=$!
# It writes the file when it serves. Ten seconds is for a machine that is busy with other things.
for ((tries = 0; tries < 200; tries++)); do
    if [[ -s $run/env ]]; then break; fi
    if ! kill -0 "$miniweb" 2>/dev/null; then break; fi
    sleep 0.05
done
if [[ ! -s $run/env ]]; then
    say "miniweb did not start:"
    cat "$run/log" >&2
    exit 1
fi
# shellcheck source=/dev/null
. "$run/env"

say "no API key in the environment: asking miniweb, the SQLite documentation as a web of its own on this machine"
status=0
GOOGLE_SEARCH_API_KEY=demo GOOGLE_SEARCH_CX=demo "$forage" research "$question" --ca-file "$MINIWEB_CA_FILE" \
    --dns-server "$MINIWEB_DNS" --allow-address 127.0.0.0/8 --google-url "$MINIWEB_GOOGLE_URL" \
    --bing-url "$MINIWEB_BING_URL" --duckduckgo-url "$MINIWEB_DUCKDUCKGO_URL" --no-quota "$@" || status=$?
exit $status
