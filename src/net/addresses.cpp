#include "net/addresses.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace forage::detail {

addresses in_connect_order(const addresses& found) {
    addresses six;
    addresses four;
    std::partition_copy(
        found.begin(),
        found.end(),
        std::back_inserter(six),
        std::back_inserter(four),
        [](const auto& address) { return address.is_v6(); }
    );
    addresses order;
    order.reserve(found.size());
    for (std::size_t i = 0; i < std::max(six.size(), four.size()); ++i) {
        if (i < six.size()) order.push_back(six[i]);
        if (i < four.size()) order.push_back(four[i]);
    }
    return order;
}

}  // namespace forage::detail
