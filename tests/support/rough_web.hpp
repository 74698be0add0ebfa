// rough_web: servers of every kind a client may meet, and URLs to them by lot.
#pragma once

#include "support/raw_server.hpp"

#include <forage/client.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <miniweb/certificates.hpp>
#include <miniweb/server.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace forage::testing {

/// Over http and https: sites that answer (quickly, at length, with redirects, with robots.txt), servers that never say
/// a word, that drip, that reset; and names whose DNS server never answers. The event loop must outlive it.
class rough_web {
public:
    /// `identity` is a certificate for 127.0.0.1.
    rough_web(boost::asio::io_context& io, const miniweb::tls_identity& identity);

    /// Of a client that may meet it, with limits and manners by lot. `ca_file` has the certificate's authority.
    [[nodiscard]] client_options options(const std::string& ca_file, std::mt19937_64& dice) const;

    /// Another URL with every call.
    [[nodiscard]] std::string any_url(std::mt19937_64& dice);
    /// Of a page that comes at once.
    [[nodiscard]] std::string good_url();

    /// Ends every connection, so that the loop can run out of work. Must be called on the loop's thread.
    void stop();

private:
    miniweb::response answer(const miniweb::request& asked) const;

    miniweb::server plain_;
    miniweb::server secure_;
    std::vector<std::unique_ptr<raw_server>> rough_;
    boost::asio::ip::udp::socket deaf_dns_;
    std::vector<std::string> places_;  ///< URLs but for a number at their end
    std::size_t asked_ = 0;
};

/// One with an event loop and a thread of its own, for clients that block, or whose time is measured.
class background_rough_web {
public:
    explicit background_rough_web(const miniweb::tls_identity& identity)
        : web_{io_, identity}, thread_{[this] { io_.run(); }} {}
    ~background_rough_web() { stop(); }
    background_rough_web(const background_rough_web&)            = delete;
    background_rough_web& operator=(const background_rough_web&) = delete;

    /// To make options and URLs of.
    [[nodiscard]] rough_web* operator->() noexcept { return &web_; }

    void stop() {
        if (!thread_.joinable()) return;
        boost::asio::post(io_, [this] { web_.stop(); });
        thread_.join();
    }

private:
    boost::asio::io_context io_{1};
    rough_web web_;
    std::thread thread_;
};

}  // namespace forage::testing
