// What the three services share.
#include "engines.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>

namespace miniweb {

allowance::verdict allowance::take() {
    const std::lock_guard lock{mutex_};
    if (per_second_ != 0) {
        const auto now = std::chrono::steady_clock::now();
        while (!recent_.empty() && now - recent_.front() >= std::chrono::seconds{1}) recent_.pop_front();
        recent_.push_back(now);
        // One more than the limit is enough to know, and bounds the memory.
        if (recent_.size() > per_second_ + 1) recent_.pop_front();
        if (recent_.size() > per_second_) return verdict::too_fast;
    }
    if (quota_ != 0 && granted_ >= quota_) return verdict::quota_spent;
    ++granted_;
    return verdict::granted;
}

std::uint64_t digest(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ seed;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

std::string hex(std::uint64_t number) {
    std::array<char, 20> text{};
    std::snprintf(text.data(), text.size(), "%016" PRIx64, number);
    return text.data();
}

}  // namespace miniweb
