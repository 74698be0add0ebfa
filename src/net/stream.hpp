// A connected byte stream, plain or TLS, with the transport hidden.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <tuple>

namespace forage::detail {

/// Lives on one executor; one read and one write at a time. Destroying it closes the connection without ceremony: a
/// client never waits for TLS's closing handshake.
class stream {
public:
    using transferred = std::tuple<boost::system::error_code, std::size_t>;

    stream()                         = default;
    stream(const stream&)            = delete;
    stream& operator=(const stream&) = delete;
    virtual ~stream()                = default;

    virtual awaitable<transferred> read_some(boost::asio::mutable_buffer into) = 0;
    virtual awaitable<transferred> write_all(boost::asio::const_buffer from)   = 0;
    /// Whether an idle connection is still open and silent. Anything to read, or an end, says that it must not be used.
    [[nodiscard]] virtual bool is_quiet() noexcept = 0;
};

}  // namespace forage::detail
