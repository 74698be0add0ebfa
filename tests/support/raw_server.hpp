// A server that says exactly the bytes it is told to, over TCP or TLS, for answers no proper server would give.
#pragma once

#include "support/wire_fault.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <miniweb/certificates.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace forage::testing {

struct raw_answer {
    enum class ending {
        keep,
        close,  ///< over TLS with its closing alert
        cut,    ///< over TLS without
        hang,   ///< not a word until the client closes
        reset
    };
    static constexpr auto endless = std::numeric_limits<std::size_t>::max();

    std::string bytes;
    ending then       = ending::close;
    std::size_t slice = 0;                ///< send in slices of this size; 0: at once
    std::chrono::milliseconds between{};  ///< wait between slices
    std::chrono::microseconds linger{};   ///< wait before the end
    std::size_t repeat = 1;               ///< send the bytes from `again` on that often
    std::size_t again  = 0;
    raw_answer(std::string text = {}, ending e = ending::close) : bytes{std::move(text)}, then{e} {}

    /// `once`, then `text` without end.
    [[nodiscard]] static raw_answer without_end(std::string once, std::string_view text);
};

struct raw_server_options {
    std::optional<::miniweb::tls_identity> tls;               ///< https under this certificate; else http
    bool only_tls_1_1 = false;                                ///< an old server
    std::string greeting;                                     ///< sent, as it is, as soon as a client connects
    std::function<wire_fault(std::size_t connection)> fault;  ///< of each connection; they count from 1
};

/// Listens on 127.0.0.1 until stopped or destroyed. The script is asked once per request head that comes in.
class raw_server {
public:
    using script = std::function<raw_answer(std::size_t connection, std::size_t request, const std::string& head)>;

    raw_server(boost::asio::io_context& io, script answers, raw_server_options options = {});
    raw_server(boost::asio::io_context& io, raw_answer always, raw_server_options options = {});
    ~raw_server();
    raw_server(const raw_server&)            = delete;
    raw_server& operator=(const raw_server&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "/") const;
    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t requests() const;
    [[nodiscard]] std::size_t bytes_sent() const;  ///< TLS's own included
    void stop();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
