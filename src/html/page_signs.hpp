// What a page says it is, in metadata made for machines: Open Graph's og:type, the types of its JSON-LD, and
// whether it is for subscribers.
#pragma once

#include "html/tree.hpp"

#include <cstdint>

namespace forage::detail {

namespace sign {
enum bits : std::uint8_t {
    article = 1,
    product = 2,
    forum   = 4,
    listing = 8,
    paid    = 16,  ///< isAccessibleForFree: false
};
}  // namespace sign

/// The bits that a meta element or a script of JSON-LD tells. Any other element: 0. Linear.
[[nodiscard]] std::uint8_t signs_of(const dom::tree& tree, dom::node_id n) noexcept;

/// Whether a script element is JSON-LD.
[[nodiscard]] bool is_json_ld(const dom::tree& tree, dom::node_id script) noexcept;

}  // namespace forage::detail
