#include "html/inline_style.hpp"

#include "text/ascii.hpp"

#include <charconv>

namespace forage::detail {
namespace {

/// A length with its unit.
struct length {
    double number = 0;
    std::string_view unit;
};

std::optional<length> read_length(std::string_view value) noexcept {
    length size;
    const auto [after, bad] = std::from_chars(value.data(), value.data() + value.size(), size.number);
    if (bad != std::errc{}) return std::nullopt;
    size.unit = trim(value.substr(static_cast<std::size_t>(after - value.data())));
    return size;
}

bool is_zero(std::string_view value) noexcept {
    const auto size = read_length(value);
    return size && size->number == 0;
}

/// Further to the left or above than anything that is to be scrolled to.
bool is_far_away(std::string_view value) noexcept {
    constexpr double pixels = -500, letters = -40, screens = -100;
    const auto size = read_length(value);
    if (!size) return false;
    if (size->unit.empty() || equals_ignoring_case(size->unit, "px")) return size->number <= pixels;
    if (size->unit == "%" || starts_with_ignoring_case(size->unit, "v")) return size->number <= screens;
    return size->number <= letters;
}

/// clip: rect(0 0 0 0), also of a pixel: what nothing remains of.
bool clips_all(std::string_view value) noexcept {
    if (!starts_with_ignoring_case(value, "rect(")) return false;
    double most = 0;
    for (std::size_t at = 5; at < value.size();) {
        const auto next = value.find_first_of("0123456789a)", at);  // a: of auto
        if (next == std::string_view::npos || value[next] == ')') break;
        if (value[next] == 'a') return false;
        double number           = 0;
        const auto [after, bad] = std::from_chars(value.data() + next, value.data() + value.size(), number);
        if (bad != std::errc{}) return false;
        if (number > most) most = number;
        at = static_cast<std::size_t>(after - value.data());
    }
    return most <= 1;
}

/// clip-path: inset(50%) and more.
bool insets_all(std::string_view value) noexcept {
    if (!starts_with_ignoring_case(value, "inset(")) return false;
    const auto size = read_length(trim(value.substr(6)));
    return size && size->unit.starts_with('%') && size->number >= 50;
}

/// A background that shows what is behind.
bool is_none(std::string_view value) noexcept {
    return equals_ignoring_case(value, "none") || equals_ignoring_case(value, "transparent");
}

bool is_any(std::string_view value, std::string_view one, std::string_view other) noexcept {
    return equals_ignoring_case(value, one) || equals_ignoring_case(value, other);
}

class style_reader {
public:
    void see(std::string_view property, std::string_view value) noexcept {
        const auto is = [&](std::string_view name) { return equals_ignoring_case(property, name); };
        if (is("display")) {
            is_displayed_ = !equals_ignoring_case(value, "none");
        } else if (is("visibility")) {
            is_visible_ = !is_any(value, "hidden", "collapse");
        } else if (is("font-size")) {
            style_.has_no_font = is_zero(value);
        } else if (is("width")) {
            has_no_width_ = is_zero(value);
        } else if (is("height") || is("max-height")) {
            has_no_height_ = is_zero(value);
        } else if (is("overflow")) {
            is_cut_ = is_any(value, "hidden", "clip");
        } else if (is("position")) {
            is_positioned_ = is_any(value, "absolute", "fixed");
        } else if (is("left") || is("right")) {
            is_beside_ = is_far_away(value);
        } else if (is("top") || is("bottom")) {
            is_above_ = is_far_away(value);
        } else if (is("padding") || is("padding-top") || is("padding-bottom")) {
            has_padding_ = !is_zero(value);
        } else if (is("text-indent")) {
            is_indented_ = is_far_away(value);
        } else if (is("clip")) {
            is_clipped_ = clips_all(value);
        } else if (is("clip-path")) {
            is_inset_ = insets_all(value);
        } else if (is("color")) {
            style_.color = read_css_color(value);
        } else if (is("background") || is("background-color")) {
            style_.background     = read_css_color(value);
            style_.has_background = !is_none(value);
        } else if (is("background-clip") || is("-webkit-background-clip")) {
            shows_ground_ = equals_ignoring_case(value, "text");
        }
    }

    [[nodiscard]] inline_style style() noexcept {
        // What is folded up is there to be unfolded; with a padding it has a height all the same.
        const bool is_folded     = is_cut_ && (has_no_width_ || (has_no_height_ && !has_padding_));
        const bool is_off_screen = is_positioned_ && (is_beside_ || is_above_ || is_clipped_);
        const bool is_colorless  = style_.color && style_.color->is_transparent && !shows_ground_;
        if (!is_displayed_ || !is_visible_ || is_folded) {
            style_.how = concealment::unrendered;
        } else if (is_off_screen || is_indented_ || is_inset_ || is_colorless) {
            style_.how = concealment::disguised;
        }
        return style_;
    }

private:
    inline_style style_;
    bool is_displayed_  = true;
    bool is_visible_    = true;
    bool has_no_width_  = false;
    bool has_no_height_ = false;
    bool is_cut_        = false;  // at its borders
    bool is_positioned_ = false;
    bool is_beside_     = false;  // the screen
    bool is_above_      = false;  // or below
    bool has_padding_   = false;
    bool is_clipped_    = false;
    bool is_indented_   = false;
    bool is_inset_      = false;
    bool shows_ground_  = false;  // through its letters
};

}  // namespace

inline_style read_style(std::string_view style) noexcept {
    style_reader reader;
    while (!style.empty()) {
        const std::size_t end              = style.find(';');
        const std::string_view declaration = style.substr(0, end);
        style.remove_prefix(end == std::string_view::npos ? style.size() : end + 1);
        const std::size_t colon = declaration.find(':');
        if (colon == std::string_view::npos) continue;
        std::string_view value = declaration.substr(colon + 1);
        value                  = value.substr(0, value.find("/*"));
        reader.see(trim(declaration.substr(0, colon)), trim(value.substr(0, value.find('!'))));
    }
    return reader.style();
}

}  // namespace forage::detail
