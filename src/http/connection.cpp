#include "http/connection.hpp"

#include "core/with_deadline.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

namespace forage::detail {
namespace net = boost::asio;

namespace {

constexpr int max_interim          = 10;
constexpr std::size_t first_buffer = 16 * 1024;  // a TLS record
using time_point                   = std::chrono::steady_clock::time_point;

std::chrono::microseconds between(time_point from, time_point to) {
    return std::chrono::duration_cast<std::chrono::microseconds>(to - from);
}

}  // namespace

struct connection::progress {
    std::string request;
    message_limits limits;
    bool asks_for_head;
    std::optional<response_parser> parser;
    std::string buffer;  // bytes read and not yet parsed: [begin, end)
    std::size_t begin = 0;
    std::size_t end   = 0;
    int interim       = 0;
    bool is_sent      = false;
    error failed{errc::ok};
    time_point head_at{};
    deadline next_byte;

    progress(std::string bytes, const message_limits& l)
        : request{std::move(bytes)}, limits{l}, asks_for_head{request.starts_with("HEAD ")} {
        parser.emplace(limits, asks_for_head);
    }

    [[nodiscard]] bool is_over() const { return failed.code != errc::ok || parser->done(); }
    // Whether the final response has begun: nothing, or interim ones alone, does not count.
    [[nodiscard]] bool has_begun() const { return begin < end || parser->header_done(); }
    [[nodiscard]] phase where() const {
        if (!is_sent) return phase::send;
        return parser->header_done() ? phase::body : phase::first_byte;
    }

    void fail(error e) { failed = std::move(e).at(where()); }

    // Parses what is in the buffer. Interim responses are dropped here.
    void parse() {
        while (begin < end) {
            const bool had_head = parser->header_done();
            auto taken          = parser->put({buffer.data() + begin, end - begin});
            if (!taken) return fail(taken.error());
            begin += *taken;
            if (!had_head && parser->header_done()) head_at = std::chrono::steady_clock::now();
            if (!parser->done() || parser->status() >= 200) break;
            if (parser->status() == 101) return fail(error{errc::protocol, "switched protocols unasked"});
            if (++interim > max_interim) return fail(error{errc::protocol, "endless interim answers"});
            parser.emplace(limits, asks_for_head);
        }
    }

    // Room to read into: what is left moves to the front, and the buffer grows up to the header's limit.
    net::mutable_buffer room() {
        if (begin > 0) {
            std::copy(
                buffer.begin() + static_cast<std::ptrdiff_t>(begin),
                buffer.begin() + static_cast<std::ptrdiff_t>(end),
                buffer.begin()
            );
            end -= begin;
            begin = 0;
        }
        if (end == buffer.size()) {
            buffer.resize(
                std::min(std::max(buffer.size() * 2, first_buffer), std::max(limits.header_bytes, first_buffer))
            );
        }
        return {buffer.data() + end, buffer.size() - end};
    }

    void fail_late() {
        const bool is_stalled = next_byte.has_passed();
        std::string what{is_stalled ? "the server stopped in the middle of its answer" : "no complete answer in time"};
        fail(error{errc::timed_out, std::move(what), "allow more time, or try again later"});
    }

    [[nodiscard]] connection::durations since(time_point began) const {
        const auto now = std::chrono::steady_clock::now();
        if (!parser->header_done()) return {between(began, now), {}};
        return {between(began, head_at), between(head_at, now)};
    }

    connection::reply finish() {
        connection::reply got;
        got.response.status    = parser->status();
        got.response.fields    = std::move(parser->fields());
        got.response.body      = std::move(parser->body());
        got.response.truncated = parser->is_truncated();
        // Bytes behind the message belong to nobody we asked (RFC 9112 §9.3): such a connection is not used again.
        got.reusable = parser->keeps_alive() && begin == end;
        return got;
    }
};

awaitable<bool> connection::read_more(progress& now) {  // NOLINT: awaited in place
    const auto [ec, n] = co_await stream_->read_some(now.room());
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    received_ += n;
    now.end += n;
    now.next_byte = deadline::after(now.limits.read_timeout);
    if (n > 0) now.parse();
    if (now.is_over()) co_return false;
    if (!ec) co_return true;
    // The peer closed. Only a plain end of stream can end a message that has no length; a TLS connection that was cut
    // without closing alerts is a truncation.
    if (ec != net::error::eof || !now.parser->header_done()) {
        now.fail(error{
            received_ == 0 ? errc::connect_failed : errc::protocol,
            "the connection broke: " + ec.message(),
            "the server is at fault; try again later",
        });
    } else if (auto complete = now.parser->put_end(); !complete) {
        now.fail(complete.error());
    }
    co_return false;
}

awaitable<void> connection::send_and_hear(progress& now) {  // NOLINT: awaited in place
    const auto [ec, n] = co_await stream_->write_all(net::buffer(now.request));
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec) {
        now.fail(error{errc::connect_failed, "the connection broke while sending: " + ec.message()});
        co_return;
    }
    now.is_sent = true;
    // GCC12 G7: an await in a loop's condition breaks a coroutine without locals, so each outcome gets a name.
    for (bool more = true; more && !now.has_begun();) {
        const bool came = co_await read_more(now);
        more            = came;
    }
}

awaitable<void> connection::read_rest(progress& now) {  // NOLINT: awaited in place
    for (bool more = true; more;) {
        const bool came = co_await read_more(now);
        more            = came;
    }
}

awaitable<result<connection::reply>>
connection::exchange(std::string request, message_limits limits, deadline first_byte, deadline until) {
    progress now{std::move(request), limits};
    received_        = 0;
    took_            = {};
    const auto began = std::chrono::steady_clock::now();

    // A small answer comes whole with its first byte, and needs no second wait.
    bool in_time = co_await ended_by(send_and_hear(now), earlier(first_byte, until));
    if (in_time && !now.is_over()) {
        const auto due = [&now, until] { return earlier(now.next_byte, until); };
        auto rest      = read_rest(now);
        in_time        = co_await ended_by(std::move(rest), due);
    }
    if (!in_time && !now.is_over()) now.fail_late();
    took_ = now.since(began);
    if (now.failed.code != errc::ok) co_return std::move(now.failed);
    co_return now.finish();
}

}  // namespace forage::detail
