// The little web as one function from request to response: sites and search services by host name.
#pragma once

#include "engines.hpp"
#include "server.hpp"
#include "site.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace miniweb {

inline constexpr std::string_view google_host     = "api.google.test";
inline constexpr std::string_view bing_host       = "api.bing.test";
inline constexpr std::string_view duckduckgo_host = "html.duckduckgo.test";

struct web_options {
    std::uint64_t quota          = 0;  ///< requests granted by each search service; 0: no limit
    std::size_t rate             = 0;  ///< requests a second granted by Google and Bing; 0: no limit
    std::size_t duckduckgo_burst = 0;  ///< the same for DuckDuckGo, which then shows its challenge
    bool challenge               = false;
    std::string google_key       = {};
    std::string bing_key         = {};
};

class web {
public:
    web(std::vector<site> sites, search_index& index, web_options options);

    /// Every name it answers to.
    [[nodiscard]] std::vector<std::string> hosts() const;

    /// Tells it the port its own URLs have. Call it once, before the first request.
    void start(std::uint16_t port);
    /// Files and searches run on a pool of its own. Await it on one executor, that of the server.
    [[nodiscard]] boost::asio::awaitable<response> answer(request asked);

    [[nodiscard]] std::string google_url() const { return google_->self + "/customsearch/v1"; }
    [[nodiscard]] std::string bing_url() const { return bing_->self + "/v7.0/search"; }
    [[nodiscard]] std::string duckduckgo_url() const { return duckduckgo_->self + "/html/"; }

private:
    [[nodiscard]] response route(const request& asked);

    const std::vector<site> sites_;
    search_index& index_;
    const web_options options_;
    std::optional<engine> google_, bing_, duckduckgo_;
    boost::asio::thread_pool pool_;  // last: joined before the rest goes
};

}  // namespace miniweb
