// Names with prefixes, in terms of the vocabularies that feeds and sitemaps use. Namespaces in XML 1.0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace forage::detail {

enum class vocabulary : std::uint8_t {
    none,  ///< no prefix, and no default namespace
    rss,
    rdf,
    atom,
    dublin_core,
    dublin_core_terms,
    content,
    media,
    itunes,
    sitemap,
    xml,
    other,
};

struct xml_name {
    vocabulary from = vocabulary::none;
    std::string_view local;
    bool has_prefix = false;

    [[nodiscard]] bool is(vocabulary v, std::string_view name) const noexcept { return from == v && local == name; }
};

/// The declarations in force, as a stack. A prefix that nothing declares has its usual meaning: templates forget it.
class namespace_bindings {
public:
    /// For an element at `depth` with an attribute `xmlns` or `xmlns:…`; others are passed over. At most 64 are in
    /// force at once, so that a name costs no more to look up; further ones are passed over too.
    void declare(std::size_t depth, std::string_view attribute, std::string_view uri);
    /// The element at `depth` has ended.
    void end(std::size_t depth) noexcept;

    [[nodiscard]] xml_name element(std::string_view name) const noexcept;
    /// Without a prefix, an attribute belongs to its element's vocabulary; here it has none.
    [[nodiscard]] xml_name attribute(std::string_view name) const noexcept;

private:
    struct binding {
        std::size_t depth;
        char prefix[16];
        std::size_t prefix_size;
        vocabulary to;
    };

    [[nodiscard]] xml_name resolve(std::string_view name, vocabulary without_prefix) const noexcept;
    [[nodiscard]] const binding* find(std::string_view prefix) const noexcept;

    std::vector<binding> bindings_;
};

}  // namespace forage::detail
