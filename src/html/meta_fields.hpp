// Which meta elements say the same thing in different vocabularies, and whose word counts most.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace forage::detail {

enum class meta_field : std::uint8_t {
    title,
    author,
    published,
    modified,
    site_name,
    image,
    type,
    licence,
    url,
    card_label,
    card_value,
    keywords,
    count
};

/// Collects views, which must live as long.
class meta_fields {
public:
    static constexpr std::size_t most_values = 32;  ///< of one field

    /// `name` is that of the attribute name, property or itemprop, in whatever case.
    void see(std::string_view name, std::string_view content);

    /// The values of the best vocabulary that has any, in document order.
    [[nodiscard]] const std::vector<std::string_view>& all(meta_field f) const noexcept { return values_[index(f)]; }
    /// The first of them, or empty.
    [[nodiscard]] std::string_view first(meta_field f) const noexcept {
        return all(f).empty() ? std::string_view{} : all(f).front();
    }
    /// Whether they are itemprop's.
    [[nodiscard]] bool is_microdata(meta_field f) const noexcept { return ranks_[index(f)] == microdata_rank; }

private:
    static constexpr std::uint8_t microdata_rank = 2;
    static constexpr auto field_count            = static_cast<std::size_t>(meta_field::count);
    static constexpr std::size_t index(meta_field f) noexcept { return static_cast<std::size_t>(f); }

    std::array<std::vector<std::string_view>, field_count> values_;
    std::array<std::uint8_t, field_count> ranks_{};
};

}  // namespace forage::detail
