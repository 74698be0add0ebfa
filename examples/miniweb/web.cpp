#include "web.hpp"

#include "form.hpp"
#include "offload.hpp"

#include <algorithm>
#include <thread>

namespace miniweb {

web::web(std::vector<site> sites, search_index& index, web_options options)
    : sites_{std::move(sites)}, index_{index}, options_{std::move(options)},
      pool_{std::max(1U, std::thread::hardware_concurrency())} {}

std::vector<std::string> web::hosts() const {
    std::vector<std::string> names;
    for (const auto& s : sites_) names.push_back(s.host());
    for (const auto name : {google_host, bing_host, duckduckgo_host}) names.emplace_back(name);
    return names;
}

void web::start(std::uint16_t port) {
    const std::string suffix = ':' + std::to_string(port);
    auto open = [&](std::optional<engine>& service, std::string_view host, std::size_t rate, std::string key) {
        const std::string self = "https://" + std::string{host} + suffix;
        service.emplace(index_, options_.quota, rate, self, suffix, std::move(key));
    };
    open(google_, google_host, options_.rate, options_.google_key);
    open(bing_, bing_host, options_.rate, options_.bing_key);
    open(duckduckgo_, duckduckgo_host, options_.duckduckgo_burst, {});
    duckduckgo_->ask_for_humans = options_.challenge;
}

response web::route(const request& asked) {
    const std::string path = split(asked.target).path;
    if (asked.host == google_host && path == "/customsearch/v1") return answer_google(asked, *google_);
    if (asked.host == bing_host && path == "/v7.0/search") return answer_bing(asked, *bing_);
    if (asked.host == duckduckgo_host && path == "/html/") return answer_duckduckgo(asked, *duckduckgo_);
    for (const auto& s : sites_)
        if (s.host() == asked.host) return s.answer(asked);
    const auto names = hosts();
    if (std::find(names.begin(), names.end(), asked.host) != names.end()) return {404, "text/plain", "not found\n"};
    return {421, "text/plain", "no such host here\n"};
}

boost::asio::awaitable<response> web::answer(request asked) {
    auto work = [this, asked = std::move(asked)] { return route(asked); };  // GCC12 G2: named before the await
    co_return co_await offload<response>(pool_, std::move(work));
}

}  // namespace miniweb
