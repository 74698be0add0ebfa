#!/usr/bin/env -S python3 -B
"""Each heavy header is included by one source file of the library, and by no header at all."""
from source_tree import code_files, includes, main

HEAVY = {
    "Beast": "boost/beast",
    "gumbo": "gumbo.h",
    "spdlog": "spdlog/",
    "nlohmann/json": "nlohmann/",
    "expat": "expat.h",
    "SQLite": "sqlite3.h",
}


def check(root):
    users = {}
    for path in code_files(root):
        for line, _, name in includes((root / path).read_text()):
            for what, start in HEAVY.items():
                if not name.startswith(start):
                    continue
                if path.suffix == ".hpp":
                    yield f"{path}:{line}: {what} in a header"
                else:
                    users.setdefault((path.parts[0], what), {}).setdefault(path, line)
    for (top, what), files in users.items():
        # Beast takes 15 s to compile: tests and examples may have one such file each as well. The others are cheap there.
        if len(files) > 1 and (top == "src" or what == "Beast"):
            for path, line in list(files.items())[1:]:
                yield f"{path}:{line}: {what} is included here, and already in {next(iter(files))}"


JSON = "#include <nlohmann/json.hpp>\n"
BEAST = "#include <boost/beast/http.hpp>\n"
main(
    check,
    bad=[
        ({"src/core/a.cpp": JSON, "src/core/b.cpp": JSON}, "already in src/core/a.cpp"),
        ({"src/html/a.cpp": "#include <gumbo.h>\n", "src/html/b.cpp": "#include <gumbo.h>\n"}, "gumbo"),
        ({"src/html/a.hpp": "#include <spdlog/spdlog.h>\n"}, "spdlog in a header"),
        ({"src/feed/a.hpp": "#include <expat.h>\n"}, "expat in a header"),
        ({"include/forage/a.hpp": BEAST}, "Beast in a header"),
        ({"tests/wire/a.cpp": BEAST, "tests/wire/b.cpp": BEAST}, "Beast is included here"),
    ],
    good={
        "src/core/a.cpp": JSON + "#include <nlohmann/json_fwd.hpp>\n",
        "src/http/a.cpp": BEAST,
        "tests/support/a.cpp": BEAST,
        "tests/unit/a.cpp": JSON,
        "tests/unit/b.cpp": JSON,
    },
)
