// Bytes to an HTTP/1.1 response: a push parser without any I/O, strict where RFC 9112 asks for it.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct message_limits {
    std::size_t header_bytes  = 64 * 1024;
    std::size_t header_fields = 256;
    std::size_t body_bytes    = 10 * 1024 * 1024;  ///< on the wire, still coded
    bool truncate             = false;             ///< a larger body ends there, and is marked; else `too_large`
    std::chrono::milliseconds read_timeout{};      ///< from one byte to the next once an answer has begun; 0: none
};

/// One response. Interim (1xx) responses are parsed as messages of their own; the caller begins anew after one. The
/// outcome does not depend on how the bytes are cut, and what is held is bounded: the body by its limit, what is not
/// taken by `header_bytes`. The framing of a chunked body may take `header_bytes` + `body_bytes` beside the data.
/// Source: RFC 9112 §2.2, §4 to §7.
class response_parser {
public:
    /// `answers_head`: the request was HEAD, so that no body follows whatever the fields say.
    explicit response_parser(const message_limits& limits, bool answers_head = false);
    ~response_parser();
    response_parser(const response_parser&)            = delete;
    response_parser& operator=(const response_parser&) = delete;

    /// Takes what it can of `bytes` and says how much; the rest must be given again, with more behind it. Not to be
    /// called again after an error. Errors: protocol, too_large.
    [[nodiscard]] result<std::size_t> put(std::string_view bytes);
    /// The peer has closed. Errors: protocol, when the message is not complete.
    [[nodiscard]] result<void> put_end();

    [[nodiscard]] bool header_done() const noexcept;
    [[nodiscard]] bool done() const noexcept;
    /// Whether the connection may carry another exchange (RFC 9112 §9.3).
    [[nodiscard]] bool keeps_alive() const noexcept;
    /// Whether the body went on beyond what is here.
    [[nodiscard]] bool is_truncated() const noexcept;

    [[nodiscard]] int status() const noexcept;
    [[nodiscard]] std::vector<field>& fields() noexcept;
    [[nodiscard]] std::string& body() noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace forage::detail
