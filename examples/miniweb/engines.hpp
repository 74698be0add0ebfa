// The three search services' wire formats over one index: each a function from request to response, errors included.
#pragma once

#include "index.hpp"
#include "server.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace miniweb {

/// How many requests a service grants: in all, and within any second. Zero: no limit. Thread-safe.
class allowance {
public:
    enum class verdict { granted, quota_spent, too_fast };

    allowance(std::uint64_t quota, std::size_t per_second) : quota_{quota}, per_second_{per_second} {}
    /// Counts a request. Refused ones count towards the second too: who hammers stays out.
    [[nodiscard]] verdict take();

private:
    std::mutex mutex_;
    const std::uint64_t quota_;
    const std::size_t per_second_;
    std::uint64_t granted_ = 0;
    std::deque<std::chrono::steady_clock::time_point> recent_;
};

/// One search service. Blocking, thread-safe.
struct engine {
    engine(
        search_index& index,
        std::uint64_t quota,
        std::size_t rate,
        std::string origin,
        std::string port,
        std::string only_key
    )
        : pages{index}, limits{quota, rate}, self{std::move(origin)}, page_port{std::move(port)},
          key{std::move(only_key)} {}

    search_index& pages;
    allowance limits;
    std::string self;             ///< its own origin, "https://api.google.test:1234"
    std::string page_port;        ///< ":1234", what follows a page's host name in its URL
    std::string key;              ///< the only key accepted; empty: any but none
    bool ask_for_humans = false;  ///< DuckDuckGo: answer everything with the challenge

    [[nodiscard]] std::string url_of(const hit& h) const { return "https://" + h.host + page_port + h.path; }
};

/// GET /customsearch/v1
[[nodiscard]] response answer_google(const request& asked, engine& google);
/// GET /v7.0/search
[[nodiscard]] response answer_bing(const request& asked, engine& bing);
/// GET or POST /html/
[[nodiscard]] response answer_duckduckgo(const request& asked, engine& duckduckgo);

/// FNV-1a: for ids that only have to look like ids.
[[nodiscard]] std::uint64_t digest(std::string_view text, std::uint64_t seed = 0);
[[nodiscard]] std::string hex(std::uint64_t number);

}  // namespace miniweb
