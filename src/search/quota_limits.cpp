#include "search/quota_limits.hpp"

#include "core/environment.hpp"

#include <forage/html.hpp>

#include <filesystem>

namespace forage {

std::string default_quota_file() {
    // The XDG specification has paths that are not absolute ignored.
    std::filesystem::path state{detail::environment("XDG_STATE_HOME")};
    if (!state.is_absolute()) {
        state = detail::environment("HOME");
        if (!state.is_absolute()) return {};
        state /= ".local/state";
    }
    return state / "forage" / "quota.sqlite";
}

namespace detail {
namespace {

std::int64_t known_price(provider p) noexcept {
    switch (p) {
    case provider::google:
    case provider::brave: return 5'000;
    case provider::exa: return 7'000;
    default: return 0;
    }
}

}  // namespace

quota_limits quota_limits::of(const quota_options& options, provider p, bool has_key) {
    static const service_quota as_all;
    const auto found = options.services.find(p);
    const auto& own  = found == options.services.end() ? as_all : found->second;
    quota_limits limits;
    limits.per_day             = own.per_day.value_or(has_key ? options.per_day : 0);
    limits.per_month           = own.per_month.value_or(has_key ? options.per_month : 0);
    limits.micro_usd           = own.micro_usd.value_or(known_price(p));
    limits.micro_usd_per_month = options.micro_usd_per_month;
    return limits;
}

asked_service::asked_service(std::string_view service, std::string_view key) : name_{service}, account_{service} {
    constexpr unsigned bits = 32;  // enough to tell keys apart, and none can be found from it
    if (!key.empty()) account_.append("#").append(std::to_string(hash_of_words(key) >> bits));
}

}  // namespace detail
}  // namespace forage
