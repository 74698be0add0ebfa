// One HTTP/1.1 connection: a request out, a response in, any number of times.
#pragma once

#include "core/deadline.hpp"
#include "http/message.hpp"
#include "http/response_parser.hpp"
#include "net/stream.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace forage::detail {

class connection {
public:
    /// `peer` is the address at the other end, in words.
    explicit connection(std::unique_ptr<stream> connected, std::string peer = {})
        : stream_{std::move(connected)}, peer_{std::move(peer)} {}

    struct reply {
        http_response response;
        bool reusable = false;  ///< the connection may carry another exchange
    };

    /// Sends `request` and reads one final response; interim ones are skipped. Its first byte must come by
    /// `first_byte`, each further one within `limits.read_timeout` of the one before, all by `until`. After a failure
    /// the connection must be dropped. Errors: timed_out, protocol, too_large, connect_failed (the connection broke);
    /// their phase is send, first_byte (until the head is whole) or body.
    awaitable<result<reply>> exchange(std::string request, message_limits limits, deadline first_byte, deadline until);

    /// Whether anything of an answer came in the last exchange: if not, and the connection was a kept one, the request
    /// may be sent again on another (RFC 9112 §9.3.1).
    [[nodiscard]] bool got_anything() const noexcept { return received_ != 0; }
    [[nodiscard]] std::size_t bytes_received() const noexcept { return received_; }  ///< in the last exchange
    [[nodiscard]] const std::string& peer() const noexcept { return peer_; }

    /// How long the last exchange was in its two phases, up to its failure if it failed: until the final head was
    /// whole, and from there to the end.
    struct durations {
        std::chrono::microseconds first_byte{};
        std::chrono::microseconds body{};
    };
    [[nodiscard]] const durations& took() const noexcept { return took_; }

    [[nodiscard]] bool is_quiet() const noexcept { return stream_->is_quiet(); }

private:
    // What one exchange has reached; its phases run under deadlines of their own.
    struct progress;
    awaitable<void> send_and_hear(progress& now);
    awaitable<void> read_rest(progress& now);
    awaitable<bool> read_more(progress& now);

    std::unique_ptr<stream> stream_;
    std::string peer_;
    std::size_t received_ = 0;
    durations took_;
};

}  // namespace forage::detail
