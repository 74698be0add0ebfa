// What the elements of a feed mean: one table for RSS, Atom and the modules that both use.
#pragma once

#include "feed/xml_names.hpp"

#include <cstdint>

namespace forage::detail {

enum class feed_field : std::uint8_t {
    none,
    title,
    link,  ///< as text in RSS, as attributes in Atom
    summary,
    content,
    id,
    author,  ///< a name
    person,  ///< an element that holds one
    published,
    updated,
    category,
    enclosure,
    language,
};

struct field_meaning {
    feed_field field = feed_field::none;
    bool stands_in   = false;  ///< for the format's own element, where that is missing
};

/// The meaning of an element in an entry or in a feed's own part.
[[nodiscard]] field_meaning meaning_of(const xml_name& name) noexcept;

}  // namespace forage::detail
