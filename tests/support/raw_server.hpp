// A server that says exactly the bytes it is told to, for answers no proper server would give.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace forage::testing {

struct raw_answer {
    enum class ending { keep, close, hang, reset };

    std::string bytes;
    ending then       = ending::close;
    std::size_t slice = 0;                ///< send in slices of this size; 0: at once
    std::chrono::milliseconds between{};  ///< wait between slices
    std::size_t repeat = 1;               ///< send `bytes` that often
    raw_answer(std::string text = {}, ending e = ending::close) : bytes{std::move(text)}, then{e} {}
};

/// Listens on 127.0.0.1 until stopped or destroyed. The script is asked once per request head that comes in.
class raw_server {
public:
    using script = std::function<raw_answer(std::size_t connection, std::size_t request, const std::string& head)>;

    raw_server(boost::asio::io_context& io, script answers);
    raw_server(boost::asio::io_context& io, raw_answer always);
    ~raw_server();
    raw_server(const raw_server&)            = delete;
    raw_server& operator=(const raw_server&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "/") const;
    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t requests() const;
    [[nodiscard]] std::size_t bytes_sent() const;
    void stop();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
