#include "html/code_line_numbers.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {
namespace {

/// Takes the number off the front of a line.
std::optional<std::size_t> take_number(std::string_view& line) noexcept {
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
    std::size_t value       = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc{}) return std::nullopt;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    return value;
}

}  // namespace

void code_line_numbers::see(std::string_view shown) noexcept {
    const auto value = take_number(shown);
    if (!value || !trim(shown).empty()) return;
    if (count_ == 0) first_ = *value;
    if (*value == first_ + count_) ++count_;
}

std::optional<std::string> code_line_numbers::without(std::string_view code) const {
    while (code.ends_with('\n')) code.remove_suffix(1);
    const auto lines      = static_cast<std::size_t>(std::count(code.begin(), code.end(), '\n')) + 1;
    const bool is_between = lines == 2 * count_;
    if (count_ < 2 || (lines != count_ && !is_between)) return std::nullopt;
    std::string out;
    out.reserve(code.size());
    for (std::size_t i = 0; i < lines; ++i) {
        auto line = code.substr(0, code.find('\n'));
        code.remove_prefix(std::min(line.size() + 1, code.size()));
        if (!is_between || i % 2 == 0) {
            if (take_number(line) != first_ + (is_between ? i / 2 : i)) return std::nullopt;
            if (is_between) {
                if (!line.empty()) return std::nullopt;
                continue;
            }
        }
        if (!out.empty() || i > 1) out.push_back('\n');
        out += line;
    }
    if (trim(out).empty()) return std::nullopt;  // a list of numbers
    return out;
}

}  // namespace forage::detail
