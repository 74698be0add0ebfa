#include "html/page_signs.hpp"

#include "text/ascii.hpp"

#include <array>
#include <string_view>

namespace forage::detail {
namespace {

struct typed {
    std::string_view name;
    std::uint8_t bits;
};

// Types of schema.org. Those of parts that any page may have (Organization, BreadcrumbList …) tell nothing.
constexpr auto types = std::to_array<typed>({
    {"Article", sign::article},
    {"NewsArticle", sign::article},
    {"ReportageNewsArticle", sign::article},
    {"AnalysisNewsArticle", sign::article},
    {"OpinionNewsArticle", sign::article},
    {"BlogPosting", sign::article},
    {"TechArticle", sign::article},
    {"ScholarlyArticle", sign::article},
    {"MedicalScholarlyArticle", sign::article},
    {"Recipe", sign::article},
    {"Product", sign::product},
    {"ProductGroup", sign::product},
    {"QAPage", sign::forum},
    {"DiscussionForumPosting", sign::forum},
    {"CollectionPage", sign::listing},
    {"ItemList", sign::listing},
    {"OfferCatalog", sign::listing},
    {"SearchResultsPage", sign::listing},
});

std::uint8_t type_named(std::string_view name) noexcept {
    for (const auto& each : types) {
        if (each.name == name) return each.bits;
    }
    return 0;
}

/// Every "@type" of it, whatever it is the type of.
std::uint8_t signs_of_json(std::string_view json) noexcept {
    constexpr std::string_view key = "\"@type\"";
    std::uint8_t all               = 0;
    for (auto at = json.find(key); at != std::string_view::npos; at = json.find(key, at)) {
        at += key.size();
        const auto begin = json.find('"', at);
        if (begin == std::string_view::npos) break;
        if (json.substr(at, begin - at).find_first_not_of(" \t\n\r:[") != std::string_view::npos) continue;
        const auto end = json.find('"', begin + 1);
        if (end == std::string_view::npos) break;
        all |= type_named(json.substr(begin + 1, end - begin - 1));
        at = end;
    }
    return all;
}

/// https://schema.org/isAccessibleForFree
std::uint8_t paid_sign_of_json(std::string_view json) noexcept {
    constexpr std::string_view key = "\"isAccessibleForFree\"";
    for (auto at = json.find(key); at != std::string_view::npos; at = json.find(key, at)) {
        at += key.size();
        const auto begin = json.find_first_not_of(" \t\n\r:\"", at);
        if (begin != std::string_view::npos && starts_with_ignoring_case(json.substr(begin), "false"))
            return sign::paid;
    }
    return 0;
}

}  // namespace

bool is_json_ld(const dom::tree& tree, dom::node_id script) noexcept {
    return equals_ignoring_case(tree.trimmed_value_of(script, dom::name::type), "application/ld+json");
}

std::uint8_t signs_of(const dom::tree& tree, dom::node_id n) noexcept {
    if (tree.is(n, dom::name::meta)) {
        if (tree.trimmed_value_of(n, dom::name::property) != "og:type") return 0;
        const auto type = tree.trimmed_value_of(n, dom::name::content);
        if (equals_ignoring_case(type, "article")) return sign::article;
        if (equals_ignoring_case(type, "product") || equals_ignoring_case(type, "og:product")) return sign::product;
        return 0;
    }
    if (!tree.is(n, dom::name::script) || !is_json_ld(tree, n)) return 0;
    const auto json = tree.first_text(n);
    return static_cast<std::uint8_t>(signs_of_json(json) | paid_sign_of_json(json));
}

}  // namespace forage::detail
