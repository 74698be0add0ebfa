// One connection, one exchange: what it costs, which deadline ends it, and in which phase.
#include "core/with_deadline.hpp"
#include "http/connection.hpp"
#include "net/tls.hpp"
#include "support/co_test.hpp"
#include "support/loop_lateness.hpp"
#include "support/raw_server.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>

namespace forage::testing {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;
using detail::connection;
using detail::deadline;
using detail::message_limits;
using ending       = raw_answer::ending;
using milliseconds = std::chrono::milliseconds;

// Gives what it was told to, a piece a read, then the end.
class scripted_stream final : public detail::stream {
public:
    struct log {
        int reads = 0, writes = 0;
    };
    scripted_stream(std::deque<std::string> pieces, log& calls) : pieces_{std::move(pieces)}, calls_{calls} {}

    awaitable<transferred> read_some(net::mutable_buffer into) override {
        ++calls_.reads;
        if (pieces_.empty()) co_return transferred{net::error::eof, 0};
        const auto n = net::buffer_copy(into, net::buffer(pieces_.front()));
        pieces_.front().erase(0, n);
        if (pieces_.front().empty()) pieces_.pop_front();
        co_return transferred{boost::system::error_code{}, n};
    }
    awaitable<transferred> write_all(net::const_buffer from) override {
        ++calls_.writes;
        co_return transferred{boost::system::error_code{}, from.size()};
    }
    bool is_quiet() noexcept override { return true; }

private:
    std::deque<std::string> pieces_;
    log& calls_;
};

class message_exchange : public loop_fixture {
protected:
    const std::string get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    const std::string ok  = "HTTP/1.1 200 OK\r\n";

    awaitable<connection> connect(const raw_server& server) {
        const auto url  = server.url();
        const auto port = static_cast<net::ip::port_type>(std::stoi(url.substr(url.rfind(':') + 1)));
        net::ip::tcp::socket socket{io};
        const net::ip::tcp::endpoint there{net::ip::address_v4::loopback(), port};
        co_await socket.async_connect(there, net::use_awaitable);
        co_return connection{detail::plain_stream(std::move(socket))};
    }

    // How an exchange with a server that says `answer` ends, and after how long.
    struct ended {
        result<connection::reply> got;
        std::chrono::steady_clock::duration after{};
        std::chrono::steady_clock::duration late{};  // the loop
    };
    awaitable<ended> ask(raw_answer answer, message_limits limits, milliseconds first_byte, milliseconds until) {
        raw_server server{io, std::move(answer)};
        auto link = co_await connect(server);
        const loop_lateness watch{io};
        const auto began = std::chrono::steady_clock::now();
        ended how;
        how.got   = co_await link.exchange(get, limits, deadline::after(first_byte), deadline::after(until));
        how.after = std::chrono::steady_clock::now() - began;
        how.late  = watch.worst();
        co_return how;
    }

    // A gap of `between` before each byte from `slow` on.
    static raw_answer dripping(std::string bytes, milliseconds between) {
        raw_answer answer{std::move(bytes), ending::hang};
        answer.slice   = 1;
        answer.between = between;
        return answer;
    }

    static message_limits gap(milliseconds between) {
        message_limits limits;
        limits.read_timeout = between;
        return limits;
    }
};

CO_TEST_F(message_exchange, a_small_answer_costs_one_write_and_one_read) {
    scripted_stream::log calls;
    std::deque<std::string> pieces{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"};
    connection link{std::make_unique<scripted_stream>(std::move(pieces), calls)};
    const auto got = co_await link.exchange(get, {}, deadline::after(1s), deadline::after(1s));
    CO_ASSERT_TRUE(got);
    EXPECT_EQ(got->response.body, "hello");
    EXPECT_TRUE(got->reusable);
    EXPECT_EQ(calls.writes, 1);
    EXPECT_EQ(calls.reads, 1);
}

CO_TEST_F(message_exchange, head_has_no_body_whatever_the_fields_say) {
    scripted_stream::log calls;
    std::deque<std::string> pieces{"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"};
    connection link{std::make_unique<scripted_stream>(std::move(pieces), calls)};
    const auto got = co_await link.exchange("HEAD / HTTP/1.1\r\n\r\n", {}, deadline::after(1s), deadline::after(1s));
    CO_ASSERT_TRUE(got);
    EXPECT_EQ(got->response.status, 200);
    EXPECT_EQ(got->response.body, "");
    EXPECT_TRUE(got->reusable);
}

CO_TEST_F(message_exchange, a_larger_body_is_cut_and_marked_if_that_is_wanted) {
    message_limits limits;
    limits.body_bytes = 100'000;
    limits.truncate   = true;
    std::vector<raw_answer> answers;
    answers.push_back(raw_answer::without_end(ok + "\r\n", "text "));
    answers.push_back(raw_answer::without_end(ok + "Content-Length: 99999999999\r\n\r\n", "text "));
    answers.push_back(raw_answer::without_end(ok + "Transfer-Encoding: chunked\r\n\r\n", "5\r\ntext \r\n"));
    for (const auto& answer : answers) {
        const auto how = co_await ask(answer, limits, 5s, 5s);
        CO_ASSERT_TRUE(how.got);
        EXPECT_TRUE(how.got->response.truncated);
        EXPECT_FALSE(how.got->reusable);
        EXPECT_EQ(how.got->response.body.size(), 100'000U);
        EXPECT_TRUE(how.got->response.body.ends_with("text text "));
        limits.truncate    = false;
        const auto refused = co_await ask(answer, limits, 5s, 5s);
        CO_ASSERT_TRUE(!refused.got);
        EXPECT_EQ(refused.got.error().code, errc::too_large);
        limits.truncate = true;
    }
}

CO_TEST_F(message_exchange, silence_ends_it_at_the_deadline_of_its_phase) {
    struct silence {
        const char* name;
        std::string said;
        phase where;
        milliseconds after;
    };
    const std::vector<silence> cases{
        {"nothing", "", phase::first_byte, 200ms},
        {"interim answers are not the answer", "HTTP/1.1 102 Processing\r\n\r\n", phase::first_byte, 200ms},
        {"in the head", "HTTP/1.1 200 OK\r\nConte", phase::first_byte, 80ms},
        {"before the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", phase::body, 80ms},
        {"in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", phase::body, 80ms},
        {"no end of the connection", "HTTP/1.1 200 OK\r\n\r\nhello", phase::body, 80ms},
        {"in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", phase::body, 80ms},
        {"in the trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", phase::body, 80ms},
    };
    for (const auto& c : cases) {
        raw_answer answer{c.said, ending::hang};
        const auto how = co_await ask(answer, gap(80ms), 200ms, 10s);
        EXPECT_FALSE(how.got) << c.name;
        if (how.got) continue;
        EXPECT_EQ(how.got.error().code, errc::timed_out) << c.name << ": " << how.got.error().message();
        EXPECT_EQ(how.got.error().where, c.where) << c.name << ": " << how.got.error().message();
        EXPECT_GE(how.after, c.after) << c.name;
        EXPECT_LT(how.after, c.after + 100ms + how.late) << c.name;
    }
}

CO_TEST_F(message_exchange, bytes_that_keep_coming_move_the_deadline_between_them_only) {
    const auto answer = dripping(ok + "Content-Length: 5\r\n\r\nhello", 5ms);  // 43 bytes
    const auto slow   = co_await ask(answer, gap(60ms), 1s, 10s);
    CO_ASSERT_TRUE(slow.got);
    EXPECT_EQ(slow.got->response.body, "hello");
    EXPECT_GT(slow.after, 120ms);

    const auto late = co_await ask(answer, gap(60ms), 1s, 100ms);
    CO_ASSERT_TRUE(!late.got);
    EXPECT_EQ(late.got.error().code, errc::timed_out);
    EXPECT_GE(late.after, 100ms);
    EXPECT_LT(late.after, 200ms + late.late);
}

CO_TEST_F(message_exchange, no_limit_between_bytes_is_no_limit) {
    const auto answer = dripping(ok + "Content-Length: 5\r\n\r\nhello", 3ms);
    const auto slow   = co_await ask(answer, {}, 0ms, 0ms);
    CO_ASSERT_TRUE(slow.got);
    EXPECT_EQ(slow.got->response.body, "hello");
}

CO_TEST_F(message_exchange, a_caller_that_gives_up_is_obeyed_in_the_body) {
    raw_server server{io, raw_answer{ok + "Content-Length: 5\r\n\r\nhe", ending::hang}};
    auto link      = co_await connect(server);
    const auto ask = [&]() -> awaitable<void> {
        const auto got = co_await link.exchange(get, gap(10s), deadline::after(10s), deadline::after(10s));
        EXPECT_FALSE(got) << "must not be reached";
    };
    const bool by_itself = co_await detail::ended_by(ask(), deadline::after(50ms));
    EXPECT_FALSE(by_itself);
}

}  // namespace
}  // namespace forage::testing
