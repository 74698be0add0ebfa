// JSON as pages contain it: valid or nearly so. Values lie in one array in document order, strings stay in the source.
#pragma once

#include "html/growing_array.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace forage::detail {

struct json_value {
    enum class kind : std::uint8_t { string, other, array, object };

    std::string_view key;   ///< of a member of an object, as it is written
    std::string_view text;  ///< of a string as it is written, without its quotes; of a number or literal
    std::uint32_t end = 0;  ///< the place behind the last value in it
    kind type         = kind::other;
};

/// Passed over: comments of HTML, CDATA and JavaScript, commas too many or too few, line breaks in strings, quotes in
/// strings that nothing ends at, brackets that do not match. What is deeper than `max_depth`, or comes after
/// `max_values`, is left out. Linear, without recursion.
class lenient_json {
public:
    static constexpr std::size_t max_depth  = 32;
    static constexpr std::size_t max_values = 16 * 1024;
    static constexpr std::size_t max_size   = 1024 * 1024;  ///< of one text; what is behind is not read

    static constexpr std::uint32_t nowhere = ~0u;

    explicit lenient_json(read_budget& budget) noexcept : values_{budget} {}

    /// Adds the values of a text, which must live as long. Throws budget_spent.
    void read(std::string_view text);

    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(values_.size()); }
    [[nodiscard]] const json_value& operator[](std::uint32_t i) const noexcept { return values_[i]; }

    /// The place of an object's first member of that name; nowhere if there is none, or it is no object.
    [[nodiscard]] std::uint32_t member(std::uint32_t object, std::string_view key) const noexcept;

private:
    friend class json_reader;
    growing_array<json_value> values_;
};

/// The text of a string: escapes undone, half surrogates as U+FFFD, and the character references of HTML that many
/// pages put there resolved. At most the first `most` bytes of `written` are read.
[[nodiscard]] std::string json_text(std::string_view written, std::size_t most);

/// `text` with character references resolved once more: some pages escape twice. Some few characters
/// take more bytes than their references.
[[nodiscard]] std::string resolve_references(std::string_view text);

}  // namespace forage::detail
