// A selector that was read. The compound selectors of all its alternatives stand one after the other and have a bit
// each in words of 64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace forage::detail {

/// Selectors, §6: how the value of an attribute is compared. `exists` takes any.
enum class attribute_match : std::uint8_t { exists, equal, word, dash, prefix, suffix, substring };

/// One simple selector. `*` has none.
struct simple_selector {
    enum class kind : std::uint8_t { type, attribute };

    kind of             = kind::type;
    attribute_match how = attribute_match::exists;
    bool ignores_case   = false;  ///< of the value
    std::string name;             ///< as written
    std::string lower;            ///< the name in lower case
    std::string value;            ///< in lower case, if that is ignored
};

struct compound_selector {
    std::size_t first = 0;  ///< of its simple selectors
    std::size_t count = 0;
};

struct selector_program {
    static constexpr std::size_t most_compounds = 64;
    static constexpr std::size_t longest        = 1'024;

    std::vector<simple_selector> simple;
    std::vector<compound_selector> compounds;

    std::uint64_t starts            = 0;  ///< first of an alternative
    std::uint64_t ends              = 0;  ///< last of an alternative
    std::uint64_t before_child      = 0;  ///< the next one is for a child
    std::uint64_t before_descendant = 0;
};

}  // namespace forage::detail
