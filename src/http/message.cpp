#include "http/message.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view find_field(const std::vector<field>& fields, std::string_view name) noexcept {
    for (const auto& f : fields) {
        if (equal_ignoring_case(f.name, name)) return f.value;
    }
    return {};
}

}  // namespace forage::detail
