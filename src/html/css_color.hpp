// The colours that CSS writes, as far as they are plain: CSS Color Level 4, §4 to §6.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail {

struct css_color {
    std::uint32_t rgb   = 0;  ///< 0xRRGGBB
    bool is_transparent = false;

    friend bool operator==(const css_color&, const css_color&) = default;
};

/// Reads #rgb, #rrggbb and their kin with alpha, rgb(), rgba(), transparent, and the names that texts and their grounds
/// have most. Anything else: nothing.
[[nodiscard]] std::optional<css_color> read_css_color(std::string_view text) noexcept;

}  // namespace forage::detail
