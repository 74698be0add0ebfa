// Whether a person sees an element, as far as its own style attribute tells. What style sheets do is not known.
#pragma once

#include "html/css_color.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail {

enum class concealment : std::uint8_t {
    none,
    unrendered,  ///< display: none, visibility: hidden or folded up, as menus and dialogs are until they are wanted
    disguised,   ///< rendered so that nobody sees it: beside the screen, without a size or a colour of its own
};

struct inline_style {
    concealment how = concealment::none;
    std::optional<css_color> color;
    std::optional<css_color> background;
    bool has_background = false;  ///< also one that is no plain colour
    bool has_no_font    = false;  ///< letters have no size, unless elements within give them one
};

/// Reads the declarations of a style attribute. Of two for one property the last counts. Opacity tells nothing: pages
/// that fade in start without. Linear.
[[nodiscard]] inline_style read_style(std::string_view style) noexcept;

}  // namespace forage::detail
