#include "http/proxy_settings.hpp"

#include "http/proxy_url.hpp"

#include <utility>

namespace forage::detail {
namespace {

// A list is text that may be shown, unlike a proxy's URL.
result<no_proxy_list> list_from_options(const std::string& text) {
    no_proxy_list list{text};
    if (list.first_wrong().empty()) return list;
    return error{
        errc::bad_argument,
        "no_proxy: not a host, address or block: " + list.first_wrong(),
        "correct it, or leave it out"
    }
        .at(phase::proxy);
}

}  // namespace

result<proxy_settings> proxy_settings::from(const client_options& options, const environment& variable) {
    proxy_settings made;
    auto list = list_from_options(options.no_proxy);
    if (!list) return std::move(list).error();
    made.direct_ = *std::move(list);

    if (!options.proxy.empty()) {
        auto parsed = parse_proxy_url(options.proxy.reveal());
        if (!parsed) {
            parsed.error().what.insert(0, "proxy: ");
            return std::move(parsed).error().at(phase::proxy);
        }
        made.http_  = *parsed;
        made.https_ = *std::move(parsed);
    } else if (options.proxy_environment) {
        made.http_  = from_environment(variable, {"http_proxy", "all_proxy", "ALL_PROXY"});
        made.https_ = from_environment(variable, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
        if (options.no_proxy.empty()) {
            const auto lower = variable("no_proxy");
            made.direct_     = no_proxy_list{lower.empty() ? variable("NO_PROXY") : lower};
        }
    }
    return made;
}

proxy_settings::choice
proxy_settings::from_environment(const environment& variable, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const auto value = variable(name);
        if (value.empty()) continue;
        auto parsed = parse_proxy_url(value);
        if (parsed) return parsed;
        auto wrong = std::move(parsed).error();
        return error{errc::proxy_failed, std::string{name} + ": " + wrong.what, wrong.hint}.at(phase::proxy);
    }
    return std::nullopt;
}

result<const proxy*> proxy_settings::for_target(const url& target) const {
    const auto& chosen   = target.is_https() ? https_ : http_;
    const proxy* nothing = nullptr;
    if (!chosen || direct_.contains(target)) return nothing;
    if (!*chosen) return chosen->error();
    return &**chosen;
}

}  // namespace forage::detail
