#include "text/time_zone.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace forage::detail {
namespace {

constexpr auto zones = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"z", "Z"},
    {"gmt", "Z"},
    {"ut", "Z"},
    {"utc", "Z"},
    {"est", "-05:00"},
    {"edt", "-04:00"},
    {"cst", "-06:00"},
    {"cdt", "-05:00"},
    {"mst", "-07:00"},
    {"mdt", "-06:00"},
    {"pst", "-08:00"},
    {"pdt", "-07:00"},
});

bool are_digits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

std::optional<std::string> time_zone(std::string_view text) {
    for (const auto& [name, offset] : zones) {
        if (equals_ignoring_case(text, name)) return std::string{offset};
    }
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto hours = text.substr(1, 2);
    auto minutes     = text.substr(3);
    if (minutes.starts_with(':')) minutes.remove_prefix(1);
    if (minutes.empty() && text.size() == 3) minutes = "00";
    if (!are_digits(hours) || !are_digits(minutes) || minutes.size() != 2) return std::nullopt;
    if (hours > "14" || minutes > "59") return std::nullopt;
    return std::string{text[0]} + std::string{hours} + ':' + std::string{minutes};
}

}  // namespace forage::detail
