#include "html/css_color.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace forage::detail {
namespace {

struct named_color {
    std::string_view name;
    std::uint32_t rgb;
};

constexpr auto names = std::to_array<named_color>({
    {"black", 0x000000},
    {"blue", 0x0000FF},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"grey", 0x808080},
    {"ivory", 0xFFFFF0},
    {"red", 0xFF0000},
    {"silver", 0xC0C0C0},
    {"snow", 0xFFFAFA},
    {"white", 0xFFFFFF},
    {"whitesmoke", 0xF5F5F5},
    {"yellow", 0xFFFF00},
});

std::optional<css_color> from_hex(std::string_view digits) noexcept {
    const bool is_short = digits.size() == 3 || digits.size() == 4;
    if (!is_short && digits.size() != 6 && digits.size() != 8) return std::nullopt;
    const std::size_t width = is_short ? 1 : 2;
    std::array<std::uint32_t, 4> parts{0, 0, 0, 0xFF};
    for (std::size_t i = 0; i * width < digits.size(); ++i) {
        const int high = hex_value(digits[i * width]), low = hex_value(digits[i * width + width - 1]);
        if (high < 0 || low < 0) return std::nullopt;
        parts[i] = static_cast<std::uint32_t>(high * 16 + low);
    }
    return css_color{parts[0] << 16 | parts[1] << 8 | parts[2], parts[3] == 0};
}

/// Numbers and percentages, with commas, slashes or spaces between them.
std::optional<css_color> from_function(std::string_view arguments) noexcept {
    std::array<double, 4> parts{0, 0, 0, 1};
    std::size_t count = 0;
    const char* p     = arguments.data();
    const char* end   = p + arguments.size();
    while (p != end && count < parts.size()) {
        if (is_space(*p) || *p == ',' || *p == '/') {
            ++p;
            continue;
        }
        const auto [after, bad] = std::from_chars(p, end, parts[count]);
        if (bad != std::errc{} || !std::isfinite(parts[count])) return std::nullopt;
        p = after;
        if (p != end && *p == '%') {
            parts[count] *= count < 3 ? 2.55 : 0.01;
            ++p;
        }
        ++count;
    }
    if (count < 3) return std::nullopt;
    const auto channel = [&](std::size_t i) { return static_cast<std::uint32_t>(std::clamp(parts[i], 0.0, 255.0)); };
    return css_color{channel(0) << 16 | channel(1) << 8 | channel(2), parts[3] <= 0};
}

}  // namespace

std::optional<css_color> read_css_color(std::string_view text) noexcept {
    text = trim(text);
    if (text.starts_with('#')) return from_hex(text.substr(1));
    if (equals_ignoring_case(text, "transparent")) return css_color{0, true};
    if (starts_with_ignoring_case(text, "rgb(") || starts_with_ignoring_case(text, "rgba(")) {
        const auto open = text.find('(');
        return from_function(text.substr(open + 1, text.find(')') - open - 1));
    }
    for (const auto& each : names) {
        if (equals_ignoring_case(text, each.name)) return css_color{each.rgb, false};
    }
    return std::nullopt;
}

}  // namespace forage::detail
