#!/usr/bin/env -S python3 -B
"""Every C++ file is as clang-format-19 leaves it."""
import re
import subprocess
from pathlib import Path

from source_tree import code_files, main

STYLE = Path(__file__).parents[2] / ".clang-format"


def check(root):
    files = [str(path) for path in code_files(root)]
    if not files:
        return
    command = ["clang-format-19", f"--style=file:{STYLE}", "--dry-run", "--Werror", *files]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if run.returncode == 0:
        return
    named = sorted(set(re.findall(r"^(\S+?):\d+:\d+: ", run.stderr, re.M)))
    if not named:
        yield f"clang-format-19 failed: {run.stderr}"
    for path in named:
        yield f"{path}: not formatted; run clang-format-19 -i {path}"


main(
    check,
    bad=[({"src/core/a.cpp": "int  x;\n"}, "src/core/a.cpp: not formatted")],
    good={"src/core/a.cpp": "int x;\n"},
)
