#!/usr/bin/env -S python3 -B
"""Constructs that are not used here: what loses errors, what blocks a loop, and the co_await expressions that GCC 12
miscompiles (it destroys braced and captured temporaries twice; docs/known_limits.md).

A place where a GCC 12 rule does not apply says so on its line: `// GCC12 G2: <reason>`."""
import re

from source_tree import code_files, includes, line_of, main, without_comments_and_literals

BANNED = [
    (r"\bdetached\b", "detached: its exceptions vanish; let something own the coroutine and join it"),
    (r"\bawaitable_operators\b", "awaitable_operators lose errors; use with_deadline or fan_out"),
    (r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(", "a sleep blocks the thread; wait for the event"),
    (r"\belse\s*\{\s*\}", "an empty branch (GCC12 G5)"),
]
BANNED_HEADERS = {"boost/asio/detached.hpp", "boost/asio/experimental/awaitable_operators.hpp"}


def check(root):
    for path in code_files(root):
        raw = (root / path).read_text()
        for line, _, name in includes(raw):
            if name in BANNED_HEADERS:
                yield f"{path}:{line}: <{name}> is not used here"
        text = without_comments_and_literals(raw)
        text = re.sub(r"^[ \t]*#[^\n]*", lambda m: " " * len(m.group()), text, flags=re.M)
        for pattern, why in BANNED:
            for match in re.finditer(pattern, text):
                yield f"{path}:{line_of(text, match.start())}: {why}"
        found = set()
        for match in re.finditer(r"\bco_await\b", text):
            found.update(miscompiled(text, match.start(), match.end()))
        lines = raw.split("\n")
        for position, rule, why in sorted(found):
            number = line_of(text, position)
            if f"GCC12 {rule}:" not in lines[number - 1]:
                yield f"{path}:{number}: {why} (GCC12 {rule})"


def miscompiled(text, start, end):
    """(position, rule, why) of what GCC 12 gets wrong in the full expression of one co_await."""
    before = text[max(text.rfind(c, 0, start) for c in ";{}") + 1 : start]
    if re.search(r"\?\s*$", before) or re.search(r"\?[^:?]*[^:]:\s*$", before):
        yield start, "G3", "a branch of ?: is awaited; write if and else"
    if re.search(r"(^|,)\s*\.\w+\s*=\s*$", before):
        yield start, "G6", "an aggregate is made around the await; await into a variable first"
    if awaited_condition(text, start):
        yield start, "G7", "an awaited condition corrupts a frame without local variables; await into a variable first"

    depth, at = 0, end
    while at < len(text):
        c = text[at]
        if c == "[" and begins_lambda(text, at):
            close = matching(text, at)
            if copies(text[at + 1 : close]):
                yield at, "G2", "a lambda that captures by value inside a co_await expression; name it first"
            at = after_lambda(text, close)
            continue
        if c == "?" and re.match(r"\?\s*co_await\b", text[at:]):
            yield at, "G3", "a branch of ?: is awaited; write if and else"
        if c == "{" and text[:at].rstrip().endswith("("):
            yield at, "G1", "a braced argument inside a co_await expression; name it first"
        if c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif c == ";" and depth == 0:
            break
        at += 1
    if re.match(r"\)\s*\{\s*\}", text[at:]):
        yield start, "G5", "an empty branch after an awaited condition"


def awaited_condition(text, start):
    """True if the co_await stands in the condition of an if, while or switch that declares nothing."""
    depth = 0
    for at in range(start - 1, -1, -1):
        if text[at] in ")]":
            depth += 1
        elif text[at] in "([":
            if depth > 0:
                depth -= 1
            elif re.search(r"\b(if|while|switch)\s*$", text[:at]):
                return not re.match(r"\s*[\w:<>,&*\s]*[\s&*]\w+\s*=[^=]", text[at + 1 : start])
        elif text[at] in ";{}":
            return False
    return False


def begins_lambda(text, at):
    before = text[:at].rstrip()
    if text[at + 1] == "[" or before.endswith("["):
        return False  # an attribute
    if re.search(r"\b(return|co_return|co_await|co_yield)$", before):
        return True
    return not re.search(r"[\w)\]\"]$", before)


def copies(captures):
    """True if a capture list copies anything: all but &, &x, &x = y and this."""
    captured = [part.strip() for part in re.split(r",(?![^({\[]*[)}\]])", captures)]
    return any(part and not part.startswith("&") and part != "this" for part in captured)


def matching(text, at):
    depth = 0
    for i in range(at, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    return len(text) - 1


def after_lambda(text, capture_end):
    """Past the body: what is awaited in there is another expression."""
    at = capture_end + 1
    while at < len(text) and text[at] not in "{;":
        at = matching(text, at) + 1 if text[at] in "([" else at + 1
    return matching(text, at) + 1 if at < len(text) and text[at] == "{" else at


def sample(body):
    return {"src/core/a.cpp": f"awaitable<int> f() {{\n    {body}\n}}\n"}


main(
    check,
    bad=[
        ({"src/core/a.cpp": "void f() { co_spawn(ex, g(), asio::detached); }\n"}, "a.cpp:1: detached"),
        ({"examples/a.cpp": "#include <boost/asio/detached.hpp>\n"}, "is not used here"),
        ({"src/core/a.cpp": "using namespace asio::experimental::awaitable_operators;\n"}, "lose errors"),
        ({"tests/unit/a_test.cpp": "void f() { std::this_thread::sleep_for(1s); }\n"}, "a sleep"),
        ({"examples/a.cpp": "void f() { ::usleep (5); }\n"}, "a sleep"),
        (sample('co_return co_await f({.name = "x"});'), "a.cpp:2: a braced argument"),
        (sample("auto r = co_await f(\n        {1, 2});"), "a.cpp:3: a braced argument"),
        (sample("co_await fan_out(urls, {}, [name](int i) { return g(name, i); });"), "captures by value"),
        (sample("co_await run([&a, p = std::move(p)]() -> awaitable<void> { co_return; });"), "captures by value"),
        (sample("co_await run([=] { return 1; });"), "captures by value"),
        (sample("co_await run([*this] { return 1; });"), "captures by value"),
        (sample("auto page = cached ? co_await read(cache) : fetch(u);"), "a branch of ?:"),
        (sample("auto page = cached ? read(cache) : co_await fetch(u);"), "a branch of ?:"),
        (sample("auto o = opts{.size = co_await size()};"), "an aggregate is made around"),
        (sample("if (auto r = co_await ok()) {}"), "an empty branch"),
        (sample("while (co_await more(now)) ++n;"), "an awaited condition"),
        (sample("if (!f(a, co_await more(now))) ++n;"), "an awaited condition"),
        (sample("do { ++n; } while (n == 1 && co_await more(now));"), "an awaited condition"),
        (sample("if (done) { g(); } else {}"), "an empty branch"),
    ],
    good={
        "src/core/a.cpp": """
// asio::detached is banned, std::this_thread::sleep_for() too; co_await f({1})
awaitable<int> f(map& m) {
    const char* s = "co_await f({}) detached";
    auto named = [p = std::move(p)]() -> awaitable<void> { co_await g(); };
    co_await run(named);
    co_await run([&](int i) { return g({i}); });
    co_await run([this, &m, &n = m.size()] { return m[0] ? 1 : 2; });
    co_await run([x] { return x; });  // GCC12 G2: an int
    steady_timer timer{co_await this_coro::executor, 1s};
    const auto found = co_await f("x", {.count = 10});
    if (const auto r = co_await ok()) { g(); } else { h(m["a"], m[0]); }
    if (auto& r = co_await ok(); r) g();
    if (m.empty()) co_await g();
    while (n > 0 && co_await ok()) --n;  // GCC12 G7: n is a local variable
    for (auto x : co_await all()) g({x});
    co_return co_await f(a ? 1 : 2);
}
std::size_t sleepers = 1'000;
""",
    },
)
