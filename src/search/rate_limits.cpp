#include "search/rate_limits.hpp"

#include "http/retry_after.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using time_point = rate_limits::time_point;

constexpr std::int64_t year       = 366LL * 24 * 3600;
constexpr std::int64_t longest    = 32LL * 24 * 3600;  // of a window
constexpr std::int64_t first_date = 1'000'000'000;     // seconds; what is larger counts from 1970, some in milliseconds
constexpr std::int64_t long_time  = 3600;
constexpr std::size_t most_parts  = 16;

struct window {
    std::optional<std::int64_t> left;
    std::optional<time_point> renewed;
};

std::optional<std::int64_t> number(std::string_view text) noexcept {
    text                      = trim(text);
    std::int64_t value        = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole       = end == text.data() + text.size() || *end == '.';  // of "12.5" the 12
    return failure == std::errc{} && is_whole ? std::optional{value} : std::nullopt;
}

std::vector<std::string_view> parts_of(std::string_view list, char between) {
    std::vector<std::string_view> parts;
    while (!list.empty() && parts.size() < most_parts) {
        const auto end = std::min(list.find(between), list.size());
        parts.push_back(trim(list.substr(0, end)));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

// What lies further away is another unit, or a mistake.
std::optional<time_point> within(time_point then, time_point now) {
    return then - now <= seconds{longest} ? std::optional{then} : std::nullopt;
}

std::optional<time_point> moment(std::optional<std::int64_t> value, time_point now) {
    if (!value || *value < 0) return std::nullopt;
    if (*value < first_date) return within(now + seconds{*value}, now);
    const bool is_ms = *value >= first_date * 100;
    return within(time_point{seconds{std::min(is_ms ? *value / 1000 : *value, first_date * 9)}}, now);
}

// "1, 14832" beside "1, 1419704": a number for each window, the longest last. A limit of 0 is none.
std::vector<window> windows_of_fields(const provider_answer& answer, const std::string& prefix) {
    const auto left    = parts_of(answer.field_value(prefix + "Remaining"), ',');
    const auto renewed = parts_of(answer.field_value(prefix + "Reset"), ',');
    const auto limits  = parts_of(answer.field_value(prefix + "Limit"), ',');
    std::vector<window> windows;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (i < limits.size() && number(limits[i]) == 0) continue;
        auto& each = windows.emplace_back();
        each.left  = number(left[i]);
        if (i < renewed.size()) each.renewed = moment(number(renewed[i]), answer.now);
    }
    return windows;
}

// RateLimit: "burst";r=0;t=2, "day";r=41;t=3600, and before that limit=100, remaining=0, reset=9.
std::vector<window> windows_of_items(const provider_answer& answer) {
    std::vector<window> windows;
    bool is_old = false;
    for (const auto item : parts_of(answer.field_value("RateLimit"), ',')) {
        window found;
        for (const auto parameter : parts_of(item, ';')) {
            const auto equals = parameter.find('=');
            if (equals == std::string_view::npos) continue;
            const auto name  = trim(parameter.substr(0, equals));
            const auto value = number(parameter.substr(equals + 1));
            is_old           = is_old || name == "remaining" || name == "reset";
            if (name == "r" || name == "remaining") found.left = value;
            if (name == "t" || name == "reset") found.renewed = moment(value, answer.now);
        }
        if (!found.left && !found.renewed) continue;
        if (is_old && !windows.empty()) {
            auto& one = windows.front();
            if (found.left) one.left = found.left;
            if (found.renewed) one.renewed = found.renewed;
        } else {
            windows.push_back(found);
        }
    }
    return windows;
}

// "50" beside "1s".
std::optional<milliseconds> gap_of(const provider_answer& answer) {
    const auto limit  = number(answer.field_value("X-Rate-Limit-Limit"));
    auto interval     = trim(answer.field_value("X-Rate-Limit-Interval"));
    milliseconds unit = seconds{1};
    if (interval.ends_with('m')) unit = std::chrono::minutes{1};
    if (interval.ends_with('h')) unit = std::chrono::hours{1};
    if (interval.ends_with('s') || interval.ends_with('m') || interval.ends_with('h')) interval.remove_suffix(1);
    const auto length = number(interval);
    if (!limit || *limit <= 0 || !length || *length <= 0 || *length > long_time) return std::nullopt;
    return unit * *length / *limit;
}

}  // namespace

void postpone(std::optional<time_point>& not_before, time_point until) noexcept {
    not_before = not_before ? std::max(*not_before, until) : until;
}

rate_limits combined(rate_limits a, const rate_limits& b) {
    if (b.not_before) postpone(a.not_before, *b.not_before);
    if (b.gap) a.gap = std::max(a.gap.value_or(milliseconds{0}), *b.gap);
    a.is_spent = a.is_spent || b.is_spent;
    a.is_long  = a.is_long || b.is_long;
    return a;
}

rate_limits read_rate_limits(const provider_answer& answer) {
    rate_limits found;
    found.gap = gap_of(answer);
    if (const auto after = parse_retry_after(answer.field_value("Retry-After"), answer.now))
        postpone(found.not_before, *after);
    if (const auto after = number(answer.field_value("retry-after-ms")); after && *after >= 0)
        postpone(found.not_before, answer.now + milliseconds{std::min(*after, year * 1000)});

    auto windows = windows_of_items(answer);
    for (const char* prefix : {"X-RateLimit-", "RateLimit-"})
        if (windows.empty()) windows = windows_of_fields(answer, prefix);
    for (const auto& each : windows) {
        if (each.left != 0) continue;
        found.is_spent     = true;
        const bool is_last = &each == &windows.back() && windows.size() > 1 && !each.renewed;
        found.is_long = found.is_long || is_last || (each.renewed && *each.renewed - answer.now > seconds{long_time});
        if (each.renewed) postpone(found.not_before, *each.renewed);
    }
    return found;
}

}  // namespace forage::detail
