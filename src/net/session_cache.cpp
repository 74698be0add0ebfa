#include "net/session_cache.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {

void session_cache::put(const std::string& origin, session newest, time_point now) {
    newest.until = std::min(newest.until, now + longest);
    if (newest.until <= now) return;
    if (sessions_.size() >= limit && !sessions_.contains(origin)) {
        sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
            return a.second.until < b.second.until;
        }));
    }
    sessions_.insert_or_assign(origin, std::move(newest));
}

std::optional<std::string> session_cache::take(const std::string& origin, time_point now) {
    const auto found = sessions_.find(origin);
    if (found == sessions_.end()) return std::nullopt;
    if (found->second.until > now && !found->second.is_single_use) return found->second.bytes;
    std::optional<std::string> bytes;
    if (found->second.until > now) bytes = std::move(found->second.bytes);
    sessions_.erase(found);
    return bytes;
}

}  // namespace forage::detail
