#!/usr/bin/env -S python3 -B
"""Includes point down the layers, never up and never in a circle."""
from source_tree import code_files, includes, main

# Which layers a file of src/LAYER may include beside its own.
BELOW = {
    "core": {"text"},
    "net": {"core", "text"},
    "http": {"net", "core", "url", "text"},
    "text": set(),
    "url": {"text"},
    "html": {"text", "url"},
    "feed": {"http", "core", "html", "text", "url"},  # of http the undoing of gzip, of core JSON
    "search": {"http", "core", "url", "text"},
    "scrape": {"http", "net", "core", "html", "text", "url"},
    "research": {"search", "scrape", "http", "html", "text", "url", "core"},
    "blocking": {"core"},
}
# Pure layers: functions of bytes, without executor, clock or network. Of the public headers they may use these.
PURE = {"text", "url", "html"}
PURE_PUBLIC = {
    "forage/error.hpp",
    "forage/result.hpp",
    "forage/url.hpp",
    "forage/html.hpp",
    "forage/metadata.hpp",
    "forage/document.hpp",
    "forage/files.hpp",  # for invalid_utf8
    "forage/function_ref.hpp",
    "forage/detail/safe_in_co_await.hpp",
}


def check(root):
    graph = {}
    for path in code_files(root):
        top, inner = path.parts[0], "/".join(path.parts[1:])
        graph[str(path)] = targets = []
        for line, kind, name in includes((root / path).read_text()):
            where = f"{path}:{line}"
            if kind == "<" and name.startswith("forage/"):
                targets.append(f"include/{name}")
            elif kind == '"' and (root / "src" / name).is_file():
                targets.append(f"src/{name}")
            if top == "include":
                if kind == '"':
                    yield f'{where}: a public header includes "{name}"; it may only include <…>'
            elif top == "src":
                yield from check_source(root, where, inner.split("/")[0], kind, name)
            elif top == "examples" and kind == '"' and (root / "src" / name).is_file():
                yield f'{where}: an example includes "{name}", which is not public'
    yield from circles(graph)


def check_source(root, where, layer, kind, name):
    if layer not in BELOW:
        yield f"{where}: src/{layer} is not a layer that tests/checks/layers.py knows"
    elif kind == "<":
        if layer in PURE and (name.startswith("boost/") or (name.startswith("forage/") and name not in PURE_PUBLIC)):
            yield f"{where}: {layer} is pure and must not include <{name}>"
    elif not (root / "src" / name).is_file():
        yield f'{where}: no src/{name}; private headers are included by their path in src'
    else:
        other = name.split("/")[0]
        if other != layer and other not in BELOW[layer]:
            yield f"{where}: {layer} must not include {other} ({name})"


def circles(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            yield f"{node}: includes itself: {' -> '.join(path[path.index(node):] + [node])}"
        elif node in graph and node not in done:
            path.append(node)
            for target in graph[node]:
                yield from visit(target)
            path.pop()
            done.add(node)

    for start in graph:
        yield from visit(start)


DOWN = '#include "core/a.hpp"\n'
main(
    check,
    bad=[
        ({"src/core/a.hpp": '#include "http/b.hpp"\n', "src/http/b.hpp": ""}, "core must not include http"),
        ({"src/html/a.cpp": "#include <boost/asio/awaitable.hpp>\n"}, "html is pure"),
        ({"src/url/a.cpp": "#include <forage/client.hpp>\n"}, "url is pure"),
        ({"src/url/a.cpp": DOWN, "src/core/a.hpp": ""}, "url must not include core"),
        ({"src/text/a.cpp": '#include "url/b.hpp"\n', "src/url/b.hpp": ""}, "text must not include url"),
        ({"src/search/a.cpp": '#include "html/b.hpp"\n', "src/html/b.hpp": ""}, "search must not include html"),
        ({"src/blocking/a.cpp": '#include "http/b.hpp"\n', "src/http/b.hpp": ""}, "blocking must not include http"),
        ({"src/misc/a.cpp": DOWN, "src/core/a.hpp": ""}, "not a layer"),
        ({"src/http/b.cpp": '#include "b.hpp"\n', "src/http/b.hpp": ""}, "no src/b.hpp"),
        ({"include/forage/a.hpp": DOWN, "src/core/a.hpp": ""}, "a public header includes"),
        ({"examples/a.cpp": DOWN, "src/core/a.hpp": ""}, "an example includes"),
        ({"src/core/a.hpp": '#include "core/b.hpp"\n', "src/core/b.hpp": DOWN}, "includes itself"),
    ],
    good={
        "src/core/a.hpp": "",
        "src/http/b.hpp": DOWN,
        "src/research/c.cpp": '// #include "blocking/x.hpp"\n#include "http/b.hpp"\n#include <forage/client.hpp>\n',
        "include/forage/client.hpp": "#include <forage/error.hpp>\n",
        "include/forage/error.hpp": "#include <string>\n",
        "tests/unit/a_test.cpp": DOWN,
    },
)
