// libFuzzer target for dom::parse: whatever the text, the tree hangs together, is no deeper than it may be, has the
// parts every page has, is the same the second time, and a budget that is too small is an error and nothing worse. The
// input's first byte says what stands before the rest: nothing, or enough open elements to come near the deepest level.
#include "fuzz/require.hpp"
#include "html/parse.hpp"
#include "support/tree_faults.hpp"
#include "text/utf8.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace {

namespace dom = forage::detail::dom;
using forage::detail::is_valid_utf8;
using forage::detail::overrun;
using forage::detail::read_budget;

using forage::fuzz::require;

std::string with_prefix(unsigned char choice, std::string_view rest) {
    constexpr std::string_view openings[] = {"<div>", "<b>", "<svg>", "<table><td>", "<template>", "<i><p>"};
    std::string text;
    if (choice >= 128) {
        const auto opening = openings[choice / 16 % std::size(openings)];
        for (int i = 0; i < 499 + choice % 16; ++i) text += opening;
    }
    text += rest;
    return text;
}

/// Exactly as long as it is, so that a byte read behind it is found.
struct exact_copy {
    std::unique_ptr<char[]> bytes;
    std::string_view text;

    explicit exact_copy(std::string_view from) : bytes{new char[from.size()]}, text{bytes.get(), from.size()} {
        from.copy(bytes.get(), from.size());
    }
};

void check_parts(const dom::tree& document) {
    using dom::name;
    dom::node_id html = dom::none;
    for (auto n = document.first_child(dom::tree::document); n != dom::none; n = document[n].next) {
        const auto kind = document[n].kind();
        require(kind != dom::node_kind::text, "text outside of the root");
        if (kind != dom::node_kind::element) continue;
        require(html == dom::none && document.is(n, name::html), "another root");
        html = n;
    }
    require(html != dom::none, "no root");
    int heads = 0, bodies = 0, framesets = 0;
    for (auto n = document.first_child(html); n != dom::none; n = document[n].next) {
        heads += document.is(n, name::head);
        bodies += document.is(n, name::body);
        framesets += document.is(n, name::frameset);
    }
    require(heads == 1, "not one head");
    require(bodies + framesets == 1, "neither body nor frames, or both");
}

void check_text(const dom::tree& document, bool is_valid) {
    for (dom::node_id n = dom::tree::document; n < document.size(); ++n) {
        const auto kind = document[n].kind();
        if (kind == dom::node_kind::text && document[n].parent != dom::none && document[n].next != dom::none) {
            require(document[document[n].next].kind() != dom::node_kind::text, "two texts in a row");
        }
        if (!is_valid || (kind != dom::node_kind::text && kind != dom::node_kind::comment)) continue;
        require(is_valid_utf8(document.text(n)), "text is no longer valid UTF-8");
    }
}

void require_same(const dom::tree& x, const dom::tree& y) {
    require(x.size() == y.size(), "another number of nodes the second time");
    for (dom::node_id n = 1; n < x.size(); ++n) {
        const auto &a = x[n], &b = y[n];
        require(
            a.parent == b.parent && a.previous == b.previous && a.next == b.next && a.a == b.a && a.b == b.b &&
                a.what == b.what && a.source == b.source,
            "another node the second time"
        );
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto given     = with_prefix(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
    const auto rewritten = dom::with_line_feeds(given);
    const exact_copy source{rewritten ? *rewritten : given};
    require(source.text.find('\r') == std::string_view::npos, "a carriage return is left");

    constexpr forage::read_options options{
        .max_memory = std::size_t{128} << 20, .time_limit = std::chrono::seconds{60}
    };
    read_budget budget{options};
    const auto document = dom::parse(source.text, budget);
    if (!document) {  // 4 kB of formatting elements may be a million nodes
        require(budget.why() == overrun::memory, "no tree, and not for memory");
        return 0;
    }
    if (const auto fault = forage::testing::tree_faults{*document}.find()) require(false, fault->c_str());
    check_parts(*document);
    check_text(*document, is_valid_utf8(source.text));

    const exact_copy again{source.text};
    read_budget second{options};
    require_same(*document, *dom::parse(again.text, second));

    auto small       = options;
    small.max_memory = std::size_t{64} * (1 + data[0]) + 2 * size;
    read_budget little{small};
    if (const auto other = dom::parse(source.text, little)) {
        require(other->size() == document->size(), "a smaller budget makes another tree");
    } else {
        require(little.why() == overrun::memory, "the small budget ended for another reason");
    }
    return 0;
}
