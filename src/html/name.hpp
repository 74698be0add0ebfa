// Element and attribute names as small numbers: those of the standard have one for ever, others get one per document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// The names that one document uses.
class name_table {
public:
    /// The number of `lower`, which is in lower case.
    [[nodiscard]] name intern(std::string_view lower);
    /// Its number if it has one, else none.
    [[nodiscard]] name find(std::string_view lower) const noexcept;
    [[nodiscard]] std::string_view text(name n) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return known_names + unknown_.size(); }
    [[nodiscard]] std::size_t memory() const noexcept {
        return letters_.capacity() + unknown_.capacity() * sizeof(entry) + slots_.capacity() * sizeof(std::uint32_t);
    }

private:
    struct entry {
        std::uint32_t offset, length;
        std::size_t hash;
    };

    [[nodiscard]] std::size_t slot_of(std::string_view lower, std::size_t hash) const noexcept;
    void grow();

    std::string letters_;
    std::vector<entry> unknown_;
    std::vector<std::uint32_t> slots_;  // 1 + index in unknown_; 0: free
};

}  // namespace forage::detail::dom
