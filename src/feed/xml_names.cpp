#include "feed/xml_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t max_bindings = 64;

using entry = std::pair<std::string_view, vocabulary>;

// Without scheme and trailing slash or '#', of which people write either.
constexpr std::array<entry, 20> vocabularies{{
    {"my.netscape.com/rdf/simple/0.9", vocabulary::rss},
    {"channel.netscape.com/rdf/simple/0.9", vocabulary::rss},
    {"purl.org/rss/1.0", vocabulary::rss},
    {"purl.org/net/rss1.1", vocabulary::rss},
    {"backend.userland.com/rss", vocabulary::rss},
    {"backend.userland.com/rss2", vocabulary::rss},
    {"blogs.law.harvard.edu/tech/rss", vocabulary::rss},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", vocabulary::rdf},
    {"www.w3.org/2005/atom", vocabulary::atom},
    {"purl.org/atom/ns", vocabulary::atom},
    {"purl.org/dc/elements/1.1", vocabulary::dublin_core},
    {"purl.org/dc/elements/1.0", vocabulary::dublin_core},
    {"purl.org/dc/terms", vocabulary::dublin_core_terms},
    {"purl.org/rss/1.0/modules/content", vocabulary::content},
    {"search.yahoo.com/mrss", vocabulary::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", vocabulary::itunes},
    {"www.sitemaps.org/schemas/sitemap/0.9", vocabulary::sitemap},
    {"www.google.com/schemas/sitemap/0.84", vocabulary::sitemap},
    {"www.google.com/schemas/sitemap/0.9", vocabulary::sitemap},
    {"www.w3.org/xml/1998/namespace", vocabulary::xml},
}};

constexpr std::array<entry, 8> usual_prefixes{{
    {"rdf", vocabulary::rdf},
    {"atom", vocabulary::atom},
    {"dc", vocabulary::dublin_core},
    {"dcterms", vocabulary::dublin_core_terms},
    {"content", vocabulary::content},
    {"media", vocabulary::media},
    {"itunes", vocabulary::itunes},
    {"xml", vocabulary::xml},
}};

template <std::size_t Size>
vocabulary look_up(const std::array<entry, Size>& in, std::string_view what) noexcept {
    const auto* const found =
        std::find_if(in.begin(), in.end(), [&](const entry& e) { return equals_ignoring_case(what, e.first); });
    return found == in.end() ? vocabulary::other : found->second;
}

vocabulary vocabulary_of(std::string_view uri) noexcept {
    uri = trim(uri);
    if (uri.empty()) return vocabulary::none;
    if (const auto scheme = uri.find("://"); scheme != std::string_view::npos) uri.remove_prefix(scheme + 3);
    while (!uri.empty() && (uri.back() == '/' || uri.back() == '#')) uri.remove_suffix(1);
    return look_up(vocabularies, uri);
}

}  // namespace

void namespace_bindings::declare(std::size_t depth, std::string_view attribute, std::string_view uri) {
    if (attribute == "xmlns") {
        attribute = {};
    } else if (attribute.starts_with("xmlns:")) {
        attribute.remove_prefix(6);
    } else {
        return;
    }
    binding added{depth, {}, attribute.size(), vocabulary_of(uri)};
    if (attribute.size() > sizeof added.prefix || bindings_.size() == max_bindings) return;
    std::copy(attribute.begin(), attribute.end(), added.prefix);
    bindings_.push_back(added);
}

void namespace_bindings::end(std::size_t depth) noexcept {
    while (!bindings_.empty() && bindings_.back().depth >= depth) bindings_.pop_back();
}

const namespace_bindings::binding* namespace_bindings::find(std::string_view prefix) const noexcept {
    const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(), [&](const binding& b) {
        return std::string_view{b.prefix, b.prefix_size} == prefix;
    });
    return found == bindings_.rend() ? nullptr : &*found;
}

xml_name namespace_bindings::resolve(std::string_view name, vocabulary without_prefix) const noexcept {
    const auto colon = name.find(':');
    if (colon == std::string_view::npos) return {without_prefix, name, false};
    const auto prefix    = name.substr(0, colon);
    const auto* declared = find(prefix);
    return {declared != nullptr ? declared->to : look_up(usual_prefixes, prefix), name.substr(colon + 1), true};
}

xml_name namespace_bindings::element(std::string_view name) const noexcept {
    const auto* declared = find({});
    return resolve(name, declared != nullptr ? declared->to : vocabulary::none);
}

xml_name namespace_bindings::attribute(std::string_view name) const noexcept { return resolve(name, vocabulary::none); }

}  // namespace forage::detail
