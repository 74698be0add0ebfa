#include "research/page_role.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array asides{"login"sv,    "signin"sv,    "signup"sv,     "register"sv, "logout"sv,
                            "account"sv,  "cart"sv,      "checkout"sv,   "search"sv,   "tag"sv,
                            "tags"sv,     "category"sv,  "categories"sv, "privacy"sv,  "terms"sv,
                            "cookies"sv,  "imprint"sv,   "impressum"sv,  "contact"sv,  "donate"sv,
                            "download"sv, "downloads"sv, "copyright"sv,  "license"sv,  "bugs"sv};
constexpr std::array indexes{"genindex"sv, "bookindex"sv, "modindex"sv, "py-modindex"sv, "index"sv, "keyword_index"sv};
constexpr std::array contents{"contents"sv, "toc"sv, "sitemap"sv, "site-map"sv, "doclist"sv, "archive"sv, "archives"sv};
constexpr std::array manuals{
    "docs"sv,
    "documentation"sv,
    "manual"sv,
    "reference"sv,
    "library"sv,
    "library reference"sv,
    "guide"sv,
    "user guide"sv,
    "api reference"sv,
    "reference manual"sv,
    "user manual"sv
};

// Calls `see` with the names of the last two parts of a path, without what follows a dot: folders further up say
// little.
template <class See>
bool any_name_of(std::string_view path, See see) {
    for (int parts = 0; parts < 2 && !path.empty(); ++parts) {
        const auto slash = path.rfind('/');
        const auto part  = path.substr(slash + 1);
        if (see(part.substr(0, part.find('.')))) return true;
        path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
    return false;
}

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::any_of(list.begin(), list.end(), [word](auto each) { return equals_ignoring_case(word, each); });
}

bool has_label(std::string_view host, std::string_view label) {
    while (!host.empty()) {
        const auto first = host.substr(0, host.find('.'));
        if (first == label) return true;
        host.remove_prefix(std::min(first.size() + 1, host.size()));
    }
    return false;
}

}  // namespace

page_role role_of(const url& target, std::string_view link_text) {
    const auto text = trim(link_text);
    auto path       = std::string_view{target.path()};
    // "index.html" is the folder's page, and may be about anything.
    if (const auto last = path.substr(path.rfind('/') + 1); starts_with_ignoring_case(last, "index."))
        path.remove_suffix(last.size() + 1);
    if (holds(asides, text) || any_name_of(path, [](std::string_view name) { return holds(asides, name); }))
        return page_role::aside;
    const auto is_index = [](std::string_view name) {
        return holds(indexes, name) || starts_with_ignoring_case(name, "genindex-");
    };
    const auto has = [text](std::string_view words) {
        return find_ignoring_case(text, words) != std::string_view::npos;
    };
    if (holds(indexes, text) || has("general index") || has("module index") || any_name_of(path, is_index))
        return page_role::index;
    // Of the path the last part alone: "/docs/" has everything in it.
    auto last = path.substr(path.rfind('/') + 1);
    last      = last.substr(0, last.find('.'));
    if (holds(contents, text) || holds(contents, last) || has("table of contents") || has("site map") ||
        starts_with_ignoring_case(text, "list of "))
        return page_role::contents;
    return holds(manuals, text) || holds(manuals, last) ? page_role::manual : page_role::content;
}

site_class class_of(const url& target) {
    const std::string_view host = target.host(), path = target.path();
    for (const auto label : {"github"sv, "gitlab"sv, "codeberg"sv, "sourcehut"sv, "bitbucket"sv})
        if (has_label(host, label)) return site_class::code_host;
    for (const auto label :
         {"stackoverflow"sv,
          "stackexchange"sv,
          "superuser"sv,
          "serverfault"sv,
          "reddit"sv,
          "forum"sv,
          "forums"sv,
          "discuss"sv,
          "community"sv})
        if (has_label(host, label)) return site_class::forum;
    for (const auto label : {"docs"sv, "doc"sv, "developer"sv, "learn"sv, "manual"sv, "readthedocs"sv, "devdocs"sv})
        if (has_label(host, label)) return site_class::documentation;
    for (const auto part : {"/docs/"sv, "/doc/"sv, "/documentation/"sv, "/manual/"sv, "/reference/"sv})
        if (path.find(part) != std::string_view::npos) return site_class::documentation;
    for (const auto label : {"wikipedia"sv, "rfc-editor"sv, "w3"sv, "ietf"sv, "arxiv"sv})
        if (has_label(host, label)) return site_class::reference;
    return site_class::other;
}

}  // namespace forage::detail
