// client: the handle all network operations go through. It shares connections, caches and limits.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/logger.hpp>
#include <forage/provider.hpp>
#include <forage/quota.hpp>
#include <forage/request_record.hpp>
#include <forage/secret.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace forage {

/// Settings for the life of a client. It owns strings, so on GCC 12 build it before a co_await expression, not inside
/// one (docs/known_limits.md). Keys left empty are read from the environment: those of `services` at the first search,
/// the others when the client is made.
struct client_options {
    // Identity and search services.
    std::string user_agent = "forage/0.1";
    secret google_key;      ///< else GOOGLE_SEARCH_API_KEY
    std::string google_cx;  ///< else GOOGLE_SEARCH_CX
    secret bing_key;        ///< else BING_SEARCH_API_KEY
    std::string google_url     = "https://www.googleapis.com/customsearch/v1";
    std::string bing_url       = "https://api.bing.microsoft.com/v7.0/search";
    std::string duckduckgo_url = "https://html.duckduckgo.com/html/";
    std::map<provider, service_access> services;  ///< keys and addresses of all others
    quota_options quota;  ///< how often services may be asked; nothing is limited without a file

    // Trust. Certificates and host names are always verified; there is no switch for that.
    std::string ca_file;       ///< PEM file of further certificate authorities
    bool system_trust = true;  ///< trust the system's store as well

    // The address guard: public addresses only, unless allowed here.
    bool allow_private = false;                ///< allow every address and port
    std::vector<std::string> allow_addresses;  ///< addresses and CIDR blocks, e.g. "127.0.0.1", "10.1.0.0/16"
    std::vector<std::string> allow_hosts;      ///< names that may have any address, e.g. "wiki.intranet.example"

    // Proxies: "http://[USER:PASSWORD@]HOST:PORT", or socks5:// and socks5h://, which both leave names to the proxy.
    secret proxy;                   ///< for all requests; a secret, as it may hold a password
    std::string no_proxy;           ///< with `proxy`: comma-separated hosts to reach directly, as in the environment
    bool proxy_environment = true;  ///< without `proxy`: obey http_proxy, https_proxy, all_proxy and no_proxy

    // Cookies: kept for the life of the client and sent by the rules of RFC 6265bis, or not at all.
    bool cookies = false;

    // Names. `hosts` overrides DNS for single names, like curl's --resolve.
    std::vector<std::pair<std::string, std::string>> hosts;  ///< {name, address}: no ports
    std::string dns_server;                                  ///< "ADDRESS:PORT"; empty: /etc/resolv.conf

    // Limits.
    std::size_t max_connections            = 256;  ///< open at once, idle ones included; at least one
    std::size_t max_connections_per_origin = 64;   ///< at least one
    std::size_t max_header_bytes           = 64 * 1024;
    std::size_t max_body_bytes             = 10 * 1024 * 1024;  ///< on the wire, and again when decoded
    int max_redirects                      = 10;
    bool allow_https_to_http               = false;  ///< follow redirects from https to http

    // Manners towards a host (name and port). The clocks of a host that asked to be left alone run for all requests.
    bool respect_robots          = true;           ///< `scrape_page`, `scrape_pages` and `research` obey robots.txt
    std::size_t host_concurrency = 0;              ///< requests in flight at one host; 0: max_connections_per_origin
    std::chrono::milliseconds host_delay{0};       ///< least time between the starts of two requests to a host
    int host_failures = 5;                         ///< in a row, after which a host is left alone; 0: never
    std::chrono::milliseconds host_pause{10'000};  ///< for so long, then one request tries again
    double retry_budget = 0.1;                     ///< retries per request, over 10 s; a few always may; 0: none at all

    // Time per phase; every operation has a total of its own besides.
    std::chrono::milliseconds resolve_timeout    = std::chrono::seconds{5};
    std::chrono::milliseconds connect_timeout    = std::chrono::seconds{5};
    std::chrono::milliseconds tls_timeout        = std::chrono::seconds{5};
    std::chrono::milliseconds first_byte_timeout = std::chrono::seconds{30};
    std::chrono::milliseconds read_timeout       = std::chrono::seconds{15};   ///< from one byte to the next
    std::chrono::milliseconds total_timeout      = std::chrono::seconds{120};  ///< of calls that set none; never none
    std::chrono::milliseconds idle_timeout       = std::chrono::seconds{30};  ///< of a kept connection; 0: none is kept
    std::chrono::milliseconds max_connection_age =
        std::chrono::minutes{5};  ///< then it is not used again; 0: none is kept

    forage::logger log;

    /// Called after every request, on the client's strand, for metrics. Must not block or throw.
    std::function<void(const request_record&)> on_request;
};

/// Counters since the client was made.
struct client_stats {
    std::uint64_t requests           = 0;
    std::uint64_t connections_opened = 0;
    std::uint64_t connections_reused = 0;  ///< requests that went over a kept connection
    std::uint64_t tls_handshakes     = 0;
    std::uint64_t tls_resumed        = 0;  ///< of them, by a session kept from before
    std::uint64_t retries            = 0;  ///< requests repeated because the one before failed
    std::uint64_t robots_fetched     = 0;  ///< robots.txt files asked for
    std::uint64_t stale_retries      = 0;  ///< kept connections that turned out closed, replaced by a fresh one
    std::uint64_t bytes_received     = 0;  ///< header and body bytes, below TLS's framing
    std::uint64_t bytes_decoded      = 0;  ///< body bytes after Content-Encoding
};

namespace detail {
class client_impl;
}

/// A cheap, copyable handle; copies share everything. An operation keeps what it needs alive, so the handle may be
/// destroyed while operations run. When the last handle and operation are gone, connections are closed.
///
/// Its event loop must outlive it, as with every Asio object.
///
/// Threads: handles may be copied and used from any thread. The work runs on one strand of the executor given here.
class client {
public:
    /// Does no I/O. Throws `forage::exception` if an option makes no sense (an address block or an entry of `hosts`
    /// that does not parse).
    explicit client(boost::asio::any_io_executor executor);
    client(boost::asio::any_io_executor executor, client_options options);

    /// A snapshot of the counters. May be called from any thread.
    [[nodiscard]] client_stats stats() const;

    /// Cancels the operations begun before it, also those that have not come to run yet (they end with
    /// `errc::cancelled`), and closes the kept connections.
    /// The client stays usable. May be called from any thread; returns at once.
    void cancel();

    [[nodiscard]] const std::shared_ptr<detail::client_impl>& impl() const noexcept { return impl_; }

private:
    std::shared_ptr<detail::client_impl> impl_;
};

}  // namespace forage
