#!/usr/bin/env -S python3 -B
"""Every public header compiles alone, pulls in none of the libraries behind this one, and the blocking ones no Boost."""
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from source_tree import main

HIDDEN = re.compile(
    r"/(boost/beast/|boost/asio/ssl|openssl/|gumbo\.h|ares\.h|sqlite3\.h|spdlog/|nlohmann/|zlib\.h|expat|unicode/|libpq)"
)
WITHOUT_BOOST = {
    "forage/blocking.hpp", "forage/client.hpp", "forage/search.hpp", "forage/scrape.hpp", "forage/research.hpp",
    "forage/document.hpp", "forage/feed.hpp", "forage/sitemap.hpp", "forage/html.hpp", "forage/url.hpp", "forage/json.hpp", "forage/files.hpp", "forage/result.hpp",
}  # fmt: skip


def check(root):
    headers = sorted(path.relative_to(root / "include") for path in (root / "include").rglob("*.hpp"))
    with ThreadPoolExecutor(2) as pool:
        for offences in pool.map(lambda header: check_header(root, str(header)), headers):
            yield from offences


def check_header(root, header):
    compiler = os.environ.get("CXX", "c++")
    flags = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror", f"-I{root}/include"]
    program = f"#include <{header}>\n"
    command = [compiler, *flags, "-x", "c++", "-fsyntax-only", "-H", "-"]
    run = subprocess.run(command, input=program, capture_output=True, text=True)
    if run.returncode != 0:
        return [f"include/{header}: does not compile alone:\n{errors(run.stderr)}"]
    offences = []
    pulled = re.findall(r"^\.+ (\S+)$", run.stderr, re.M)
    for path in pulled:
        if HIDDEN.search(path):
            return [f"include/{header}: pulls in {path}"]
        if header in WITHOUT_BOOST and "/boost/" in path:
            return [f"include/{header}: pulls in {path}, and must be free of Boost"]
    return offences


def errors(text):
    return "\n".join(line for line in text.split("\n") if not re.match(r"^(\.+ |Multiple include guards|/\S+$)", line))


JSON = "#pragma once\n#include <nlohmann/json.hpp>\n"
main(
    check,
    bad=[
        ({"include/forage/a.hpp": "#pragma once\ninline std::string s;\n"}, "does not compile alone"),
        ({"include/forage/a.hpp": "#pragma once\ninline int f(long x) { return x; }\n"}, "does not compile alone"),
        ({"include/forage/a.hpp": JSON}, "nlohmann"),
        ({"include/forage/a.hpp": "#pragma once\n#include <openssl/ssl.h>\n"}, "openssl"),
        ({"include/forage/blocking.hpp": "#pragma once\n#include <boost/version.hpp>\n"}, "must be free of Boost"),
    ],
    good={
        "include/forage/a.hpp": "#pragma once\n#include <boost/version.hpp>\n",
        "include/forage/blocking.hpp": "#pragma once\n#include <string>\n",
    },
)
