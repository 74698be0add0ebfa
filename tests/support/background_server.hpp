// background_server: a raw_server with an event loop and a thread of its own, for clients whose loop is to be watched,
// or that block, or are other programs.
#pragma once

#include "support/raw_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <string>
#include <thread>
#include <utility>

namespace forage::testing {

class background_server {
public:
    explicit background_server(raw_server::script answers, raw_server_options options = {})
        : server_{io_, std::move(answers), std::move(options)}, url_{server_.url()}, thread_{[this] { io_.run(); }} {}
    explicit background_server(raw_answer always, raw_server_options options = {})
        : server_{io_, std::move(always), std::move(options)}, url_{server_.url()}, thread_{[this] { io_.run(); }} {}
    ~background_server() { stop(); }
    background_server(const background_server&)            = delete;
    background_server& operator=(const background_server&) = delete;

    [[nodiscard]] const std::string& url() const noexcept { return url_; }

    /// Ends it, and says how many bytes it has sent.
    std::size_t stop() {
        if (thread_.joinable()) {
            boost::asio::post(io_, [this] { server_.stop(); });
            thread_.join();
        }
        return server_.bytes_sent();
    }

private:
    boost::asio::io_context io_{1};
    raw_server server_;
    std::string url_;
    std::thread thread_;
};

}  // namespace forage::testing
