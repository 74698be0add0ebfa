#include "net/search_list.hpp"

#include <algorithm>

namespace forage::detail {

std::vector<std::string> search_list::names_for(std::string_view host) const {
    if (host.ends_with('.')) return {std::string{host.substr(0, host.size() - 1)}};
    std::vector<std::string> names;
    if (static_cast<std::size_t>(std::count(host.begin(), host.end(), '.')) < dots) {
        for (const auto& domain : domains) names.push_back(std::string{host} + '.' + domain);
    }
    names.emplace_back(host);
    return names;
}

}  // namespace forage::detail
