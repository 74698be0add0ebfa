#!/bin/sh
# Without CMake: what pkg-config says is all it takes. build.sh OUTPUT
set -e
# shellcheck disable=SC2046  # flags are words
${CXX:-c++} -std=c++20 $(pkg-config --cflags forage) "$(dirname "$0")/../reader.cpp" $(pkg-config --libs forage) -o "$1"
