#!/usr/bin/env -S python3 -B
"""The coroutine checks of clang-tidy-19 (see .clang-tidy) on every source file of the library."""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from source_tree import main

CONFIG = Path(__file__).parents[2] / ".clang-tidy"


def check(root):
    if (root / "CMakeLists.txt").is_file():
        commands = configure(root)
        files = sorted({entry["file"] for entry in commands if entry["file"].startswith(f"{root}/src/")})
        arguments = ["-p", str(root / "build/tidy")]
    else:
        files, arguments = [str(path) for path in (root / "src").rglob("*.cpp")], []
    with ThreadPoolExecutor(2) as pool:
        for offences in pool.map(lambda path: tidy(root, path, arguments), files):
            yield from offences


def configure(root):
    """A build tree that is only configured, for clang's compile commands."""
    build = root / "build/tidy"
    options = [f"-DFORAGE_{part}=OFF" for part in ("TESTS", "EXAMPLES", "BENCHMARKS")]
    options += ["-DCMAKE_CXX_COMPILER=clang++-19", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-GNinja"]
    environment = {key: value for key, value in os.environ.items() if key != "CMAKE_CXX_COMPILER_LAUNCHER"}
    run = subprocess.run(["cmake", "-S", root, "-B", build, *options], capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        sys.exit(f"tidy: configuring failed:\n{run.stderr}")
    return json.loads((build / "compile_commands.json").read_text())


def tidy(root, path, arguments):
    command = ["clang-tidy-19", f"--config-file={CONFIG}", "--quiet", *arguments, path]
    if not arguments:
        command += ["--", "-std=c++20"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return [] if run.returncode == 0 else [run.stdout.strip() or run.stderr.strip()]


TASK = """#include <coroutine>
#include <mutex>
struct task {
    struct promise_type {
        task get_return_object() { return {}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
};
"""
main(
    check,
    bad=[
        ({"src/core/a.cpp": TASK + "task f(const int& x) { co_await std::suspend_never{}; (void)x; }\n"}, "avoid-reference"),
        (
            {"src/core/a.cpp": TASK + "void f(int x) { auto g = [x]() -> task { (void)x; co_return; }; g(); }\n"},
            "avoid-capturing-lambda",
        ),
        (
            {
                "src/core/a.cpp": TASK
                + "std::mutex m;\ntask f() { std::lock_guard l{m}; co_await std::suspend_always{}; }\n"
            },
            "hostile-raii",
        ),
    ],
    good={
        "src/core/a.cpp": TASK
        + "// NOLINTNEXTLINE(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place\n"
        + "task f(const int& x) { co_await std::suspend_never{}; (void)x; }\n"
        + "task g(int x) { co_await std::suspend_never{}; (void)x; }\n"
    },
)
