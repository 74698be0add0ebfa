#include "http/proxy_connect.hpp"

#include "http/request_head.hpp"
#include "http/response_parser.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace forage::detail {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

constexpr auto as_values         = net::as_tuple(net::use_awaitable);
constexpr std::size_t head_limit = 16 * 1024;  // interim answers included
constexpr std::size_t read_step  = 2 * 1024;

error failed(std::string what, std::string hint = {}) {
    return error{errc::proxy_failed, std::move(what), std::move(hint)}.at(phase::proxy);
}

error broken(const boost::system::error_code& ec) {
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec == net::error::eof) return failed("closed the connection instead of an answer to CONNECT", "check its port");
    return failed("the connection broke during CONNECT: " + ec.message());
}

error not_http() { return failed("answers CONNECT with something else than HTTP", "check its scheme and port"); }

// Whether no more bytes can make an answer of these: the wait for the end of a head would be in vain.
bool cannot_be_http(std::string_view begun) {
    constexpr std::string_view protocol = "HTTP/1.";
    if (begun.substr(0, protocol.size()) != protocol.substr(0, begun.size())) return true;
    for (auto at = begun.find('\n'); at != begun.npos; at = begun.find('\n', at + 1)) {
        if (begun[at - 1] != '\r') return true;  // not at 0, where an H is
    }
    return false;
}

struct answer {
    int status = 0;
    std::vector<field> fields;
};

result<answer> read_head(std::string_view head) {
    message_limits limits;
    limits.header_bytes = head_limit;
    // RFC 9110 §9.3.6: whatever length a 2xx answer claims, no body follows; that of a refusal is not read.
    limits.body_bytes = std::numeric_limits<std::size_t>::max();
    response_parser parser{limits};
    const auto taken = parser.put(head);
    if (!taken || *taken != head.size() || !parser.header_done()) return not_http();
    answer got;
    got.status = parser.status();
    got.fields = std::move(parser.fields());
    return got;
}

// Takes the final answer out of what was received, and drops interim ones. Nothing: more must come.
std::optional<result<answer>> take_answer(std::string& received) {
    for (;;) {
        const auto end = received.find("\r\n\r\n");
        if (cannot_be_http(std::string_view{received}.substr(0, end))) return not_http();
        if (end == received.npos) return std::nullopt;
        auto got = read_head(std::string_view{received}.substr(0, end + 4));
        received.erase(0, end + 4);
        if (!got || got->status >= 200 || got->status == 101) return got;
    }
}

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<answer>> receive(tcp::socket& socket, std::string& received) {
    std::size_t total = 0;
    std::string piece(read_step, '\0');
    while (total < head_limit) {
        const auto room    = std::min(piece.size(), head_limit - total);
        const auto [ec, n] = co_await socket.async_read_some(net::buffer(piece, room), as_values);
        total += n;
        received.append(piece, 0, n);
        if (auto got = take_answer(received)) co_return *std::move(got);
        if (ec) co_return broken(ec);
    }
    co_return failed("answers CONNECT with a head larger than " + std::to_string(head_limit) + " bytes");
}

// NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)

bool offers_basic(const std::vector<field>& fields) {
    return std::ranges::any_of(fields, [](const field& f) {
        return equal_ignoring_case(f.name, "Proxy-Authenticate") &&
               equal_ignoring_case(std::string_view{f.value}.substr(0, 5), "Basic");
    });
}

error login_refusal(const std::vector<field>& fields, const proxy& via) {
    const bool asks = !find_field(fields, "Proxy-Authenticate").empty();
    if (asks && !offers_basic(fields)) return failed("wants a kind of login that is not spoken here", "Basic is");
    if (via.as) return failed("refuses the user name and password", "check them");
    return failed("wants a user name and password", "give them: http://USER:PASSWORD@HOST:PORT");
}

}  // namespace

error proxy_refusal(int status, const std::vector<field>& fields, const proxy& via) {
    const auto refusal = [&] {
        switch (status) {
        case 407: return login_refusal(fields, via);
        case 403:
        case 405: return failed("its rules do not allow this host or port", "ask those who run it");
        case 502:
        case 503:
        case 504: return failed("cannot reach the host", "check the host, or try again later");
        default: return failed("refuses with status " + std::to_string(status));
        }
    };
    return refusal().status(status);
}

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<void>> http_connect(tcp::socket& socket, const proxy& via, const url& target, std::string user_agent) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    const auto request = serialize_connect(target, user_agent, via);
    if (!request) co_return request.error();
    const auto [ec, n] = co_await net::async_write(socket, net::buffer(*request), as_values);
    if (ec) co_return broken(ec);

    std::string received;
    const auto got = co_await receive(socket, received);
    if (!got) co_return got.error();
    if (got->status < 200 || got->status > 299) co_return proxy_refusal(got->status, got->fields, via);
    // The host waits for us to begin TLS; what comes before that is not from it.
    if (!received.empty()) co_return failed("sent bytes behind its answer to CONNECT");
    co_return result<void>::success();
}

}  // namespace forage::detail
