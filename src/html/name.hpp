// Element and attribute names as small numbers: those of the standard have one for ever, others get one per document.
#pragma once

#include "html/growing_array.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forage::detail::dom {

/// A name in ASCII lower case. Above `first_unknown` a number means what the document's `name_table` says.
enum class name : std::uint32_t {
    none,
#define NAME(identifier, text) identifier,
#include "html/names.inc"
#undef NAME
    first_unknown,
};

inline constexpr std::size_t known_names = static_cast<std::size_t>(name::first_unknown);

[[nodiscard]] constexpr std::size_t index_of(name n) noexcept { return static_cast<std::size_t>(n); }

/// For tables and counters that are only kept for the names of the standard: those of documents share one place.
[[nodiscard]] constexpr std::size_t known_index(name n) noexcept { return n < name::first_unknown ? index_of(n) : 0; }

/// The known name that `text` is, whatever its case; none if there is none. `text` has ASCII letters, digits, '-', '.'
/// and ':' only. `readable` says up to where the memory behind `text` may be read; that is `text`'s end at least.
[[nodiscard]] name known_name(std::string_view text, const char* readable) noexcept;
[[nodiscard]] inline name known_name(std::string_view text) noexcept {
    return known_name(text, text.data() + text.size());
}

/// A known name as it is written.
[[nodiscard]] std::string_view text_of(name known) noexcept;

/// The names that one document uses.
class name_table {
public:
    explicit name_table(read_budget& budget) noexcept : letters_{budget}, unknown_{budget}, slots_{budget} {}

    /// The number of `lower`, which is in lower case. Throws budget_spent.
    [[nodiscard]] name intern(std::string_view lower);
    /// Its number if it has one, else none.
    [[nodiscard]] name find(std::string_view lower) const;
    [[nodiscard]] std::string_view text(name n) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return known_names + unknown_.size(); }

private:
    struct entry {
        std::uint32_t offset, length, hash;
    };

    [[nodiscard]] std::size_t slot_of(std::string_view lower, std::uint32_t hash) const noexcept;
    [[nodiscard]] std::string_view letters_of(const entry& e) const noexcept {
        return {letters_.data() + e.offset, e.length};
    }
    void grow();

    growing_array<char> letters_;
    growing_array<entry> unknown_;
    growing_array<std::uint32_t> slots_;  // 1 + index in unknown_; 0: free
};

}  // namespace forage::detail::dom
