#include "net/address_cache.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {

std::optional<result<addresses>> address_cache::find(const std::string& name, time_point now) {
    const auto found = entries_.find(name);
    if (found == entries_.end()) return std::nullopt;
    if (found->second.until > now) return found->second.known;
    entries_.erase(found);
    return std::nullopt;
}

void address_cache::keep(const std::string& name, addresses found, std::chrono::seconds time_to_live, time_point now) {
    put(name, {std::move(found), now + std::clamp(time_to_live, shortest, longest)}, now);
}

void address_cache::keep_denial(const std::string& name, error why, time_point now) {
    put(name, {std::move(why), now + denial}, now);
}

void address_cache::put(const std::string& name, entry e, time_point now) {
    if (entries_.size() >= limit && !entries_.contains(name)) {
        std::erase_if(entries_, [now](const auto& one) { return one.second.until <= now; });
    }
    if (entries_.size() >= limit && !entries_.contains(name)) {
        entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.second.until < b.second.until;
        }));
    }
    entries_.insert_or_assign(name, std::move(e));
}

}  // namespace forage::detail
