#!/usr/bin/env -S python3 -B
"""The tree as a whole: what lies at the top, how long files are, what they are called, how they begin, and words that
belong in the issue tracker."""
import re

from source_tree import code_files, main

TOP = {
    "CMakeLists.txt", "CMakePresets.json", "CHANGELOG.md", "LICENSE", "README.md",
    "cmake", "docs", "examples", "include", "src", "tests",
}  # fmt: skip
NOT_OURS = {"build"}  # in .gitignore
LONGEST = {"include": 500, "src": 500, "examples": 500, "tests": 400}
LONG = 300
SHORT_EXAMPLES = {"hello_search", "fan_out", "legacy_blocking", "inside_event_loop", "agent_tool_loop"}
VAGUE_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|manager|misc)(_|$)")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
TEXT = {".hpp", ".cpp", ".cmake", ".in", ".sh", ".py", ".md", ".txt", ".json"}


def check(root):
    for path in sorted(root.iterdir()):
        if path.name not in TOP | NOT_OURS and not path.name.startswith("."):
            yield f"{path.name}: does not belong at the top of the tree"
    for path in code_files(root):
        yield from check_code(path, (root / path).read_text().split("\n"))
    for top in sorted(TOP | {".ci"}):
        for path in [root / top, *sorted((root / top).rglob("*"))]:
            if path.is_file() and (path.suffix in TEXT or path.name == "run"):
                for number, line in enumerate(path.read_text().split("\n"), 1):
                    if word := UNFINISHED.search(line):
                        yield f"{path.relative_to(root)}:{number}: {word.group()}: finish it, or make it an issue"


def check_code(path, lines):
    length = len(lines) - 1
    limit = LONGEST[path.parts[0]]
    if path.parts[0] == "examples" and path.stem in SHORT_EXAMPLES:
        limit = 59
    if length > limit:
        yield f"{path}: {length} lines, at most {limit} are allowed"
    elif length > LONG and path.parts[0] != "tests":
        print(f"{path}: {length} lines; over {LONG} it is time to split it (not an error)")
    if VAGUE_NAMES.search(path.stem):
        yield f"{path}: the name does not say what is in it"
    # A .cpp beside a header of its name is introduced there.
    if path.suffix == ".hpp" and not lines[0].startswith("//"):
        yield f"{path}:1: does not begin with a comment that says what it is for"


main(
    check,
    bad=[
        ({"notes.txt": ""}, "notes.txt: does not belong"),
        ({"scripts/a.sh": ""}, "scripts: does not belong"),
        ({"src/core/a.cpp": "// a\n" + "int x;\n" * 500}, "501 lines, at most 500"),
        ({"tests/unit/a_test.cpp": "// a\n" * 401}, "401 lines, at most 400"),
        ({"examples/hello_search.cpp": "// a\n" * 60}, "60 lines, at most 59"),
        ({"src/core/string_utils.cpp": "// a\n"}, "the name does not say"),
        ({"src/core/a.hpp": "#pragma once\n"}, "does not begin with a comment"),
        ({"docs/a.md": "a TO" "DO is left\n"}, "docs/a.md:1: TO" "DO"),
        ({"CMakeLists.txt": "# FIX" "ME\n"}, "CMakeLists.txt:1: FIX" "ME"),
    ],
    good={
        "README.md": "",
        ".ci/run": "",
        "build/dev/x.txt": "TO" "DO",
        "src/core/a.hpp": "// a\n",
        "src/core/a.cpp": "int todo;\n" * 300,
        "tests/support/a.cpp": "// a\n" * 400,
    },
)
