// Links to places in the same page are most of the links in documentation; they need no parse.
#include "html/link_resolver.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

// No fetchable URL is longer, and a long base in front of many short links must not multiply a page's size.
constexpr std::size_t max_url = 8 * 1024;

/// Characters that a fragment keeps as they are, whatever the parser.
bool is_plain(char c) noexcept { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; }

}  // namespace

link_resolver::link_resolver(std::string_view document_url) {
    if (document_url.empty()) return;
    if (auto parsed = url::parse(document_url)) use(std::move(*parsed));
}

void link_resolver::use(url base) {
    without_fragment_ = base.without_fragment().text();
    text_             = base.text();
    base_             = std::move(base);
}

void link_resolver::set_base(std::string_view href) {
    if (std::exchange(base_is_set_, true) || href.size() > max_url) return;
    if (auto parsed = url::parse(href, base_ ? &*base_ : nullptr)) use(std::move(*parsed));
}

bool link_resolver::resolve(std::string_view href, std::string& out) const {
    if (href.size() > max_url) return false;
    if (href.starts_with('#') && base_ && std::all_of(href.begin() + 1, href.end(), is_plain)) {
        if (without_fragment_.size() + href.size() > max_url) return false;
        out.assign(without_fragment_).append(href);
        return true;
    }
    const auto parsed = url::parse(href, base_ ? &*base_ : nullptr);
    if (!parsed) return false;
    out = parsed->text();
    return out.size() <= max_url;
}

}  // namespace forage::detail
