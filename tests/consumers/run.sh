#!/usr/bin/env bash
# Uses the library as a stranger would: tests/consumers/run.sh BUILD_DIR [WAY…]
# Installs the build tree to a scratch prefix and builds and runs a program against it by each way: find_package,
# pkg_config (both from the installed tree), add_subdirectory, fetch_content (both from the sources). Default: all.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
shift
ways=("$@")
if ((${#ways[@]} == 0)); then ways=(find_package pkg_config add_subdirectory fetch_content); fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix=$scratch/moved
# Installed in one place and used in another: nothing in the tree may know where it was put.
cmake --install "$build" --prefix "$scratch/installed" >"$scratch/install.log" || { cat "$scratch/install.log"; exit 1; }
mv "$scratch/installed" "$prefix"
libdir=$(dirname "$(find "$prefix" -name 'libforage.*' -print -quit)")
export LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PKG_CONFIG_PATH=$libdir/pkgconfig

with_cmake() {  # SOURCE BINARY [CMAKE ARGUMENT…]
    cmake -S "$here/$1" -B "$scratch/$2" -G Ninja --log-level=NOTICE -D CMAKE_BUILD_TYPE=Debug \
        -D CMAKE_CXX_FLAGS_DEBUG="-O0" "${@:3}" && cmake --build "$scratch/$2"
}

use() {
    case $1 in
    find_package) with_cmake find_package find_package -D CMAKE_PREFIX_PATH="$prefix" ;;
    pkg_config) mkdir -p "$scratch/pkg_config" && "$here/pkg_config/build.sh" "$scratch/pkg_config/reader" ;;
    add_subdirectory) with_cmake add_subdirectory source -D VIA=add_subdirectory ;;
    fetch_content) with_cmake add_subdirectory source -D VIA=fetch_content ;;
    *) echo "no such way: $1" >&2 && return 2 ;;
    esac
}

for way in "${ways[@]}"; do
    binary=$scratch/$way
    if [[ $way == add_subdirectory || $way == fetch_content ]]; then binary=$scratch/source; fi
    rm -f "$binary/reader"
    if ! use "$way" >"$scratch/log" 2>&1; then
        cat "$scratch/log"
        echo "consumers: $way: does not build"
        exit 1
    fi
    said=$("$binary/reader")
    if [[ $said != "t https://example.com/c refused" ]]; then
        echo "consumers: $way: the program said: $said"
        exit 1
    fi
    echo "consumers: $way: ok"
done
