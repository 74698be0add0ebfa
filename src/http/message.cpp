#include "http/message.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return to_lower(x) == to_lower(y);
    });
}

std::string_view find_field(const std::vector<field>& fields, std::string_view name) noexcept {
    for (const auto& f : fields) {
        if (equal_ignoring_case(f.name, name)) return f.value;
    }
    return {};
}

}  // namespace forage::detail
