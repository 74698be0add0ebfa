// The search list of resolv.conf(5): how short names are completed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct search_list {
    std::vector<std::string> domains;
    std::size_t dots = 1;  ///< names with as many dots (`ndots`) are complete

    /// The names to ask for, in turn. A complete name, or one with a dot at the end, is asked as it is and no other
    /// way: completing the names of foreign sites would tell the local domain's server about them, and let it answer.
    /// Pure.
    [[nodiscard]] std::vector<std::string> names_for(std::string_view host) const;
};

}  // namespace forage::detail
