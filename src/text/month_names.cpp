#include "text/month_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace forage::detail {
namespace {

struct month_name {
    std::string_view name;
    unsigned month;
};

constexpr auto months = [] {
    auto all = std::to_array<month_name>({
#define MONTH(number, name) {name, number},
#include "text/month_names.inc"
#undef MONTH
    });
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}();

/// Lower case of ASCII, Latin-1, Greek and Cyrillic: what month names begin with, or are written in as a whole.
std::string lower_of(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto b    = static_cast<unsigned char>(word[i]);
        const auto next = i + 1 < word.size() ? static_cast<unsigned char>(word[i + 1]) : 0u;
        const auto two  = [&](unsigned first, unsigned second) {
            out += static_cast<char>(first);
            out += static_cast<char>(second);
            ++i;
        };
        if (b == 0xC3 && next >= 0x80 && next <= 0x9E) {
            two(0xC3, next + 0x20);
        } else if (b == 0xD0 && next >= 0x90 && next <= 0x9F) {
            two(0xD0, next + 0x20);
        } else if (b == 0xD0 && next >= 0xA0 && next <= 0xAF) {
            two(0xD1, next - 0x20);
        } else if (b == 0xCE && next >= 0x91 && next <= 0x9F) {
            two(0xCE, next + 0x20);
        } else if (b == 0xCE && next >= 0xA0 && next <= 0xA9) {
            two(0xCF, next - 0x20);
        } else {
            out += to_lower(word[i]);
        }
    }
    return out;
}

}  // namespace

unsigned month_named(std::string_view word) {
    constexpr std::size_t longest = 24;
    if (word.size() > longest || word.size() < 3) return 0;
    const auto lower = lower_of(word);
    const auto found =
        std::lower_bound(months.begin(), months.end(), lower, [](const auto& a, const auto& b) { return a.name < b; });
    return found != months.end() && found->name == lower ? found->month : 0;
}

}  // namespace forage::detail
