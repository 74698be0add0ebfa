// Answers without end, one for each thing that can go on: all stop at a bound, and little is read.
#include "support/fetch_body.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"

#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

struct endless_answer {
    const char* name;
    std::string once;
    std::string again;
    errc expected;
};

const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

const std::vector<endless_answer> cases{
    {"empty lines", "", "\r\n", errc::protocol},
    {"status line", "HTTP/1.1 200 ", "so far so good ", errc::too_large},
    {"header fields", "HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", errc::too_large},
    {"one header field", "HTTP/1.1 200 OK\r\nX-Filler: ", "a", errc::too_large},
    {"one folded field", "HTTP/1.1 200 OK\r\nX-Filler: ", "a\r\n b", errc::too_large},
    {"interim answers", "", "HTTP/1.1 102 Processing\r\n\r\n", errc::protocol},
    {"header of an interim answer", "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", errc::too_large},
    {"body until close", "HTTP/1.1 200 OK\r\n\r\n", "more and ", errc::too_large},
    {"body with a length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "more and ", errc::too_large},
    {"chunks", chunked, "400\r\n" + std::string(1024, 'x') + "\r\n", errc::too_large},
    {"tiny chunks", chunked, "1\r\nx\r\n", errc::too_large},
    {"tiny chunks, long extensions", chunked, "1;" + std::string(4'000, 'x') + "\r\nx\r\n", errc::too_large},
    {"one chunk extension", chunked + "5;", "name=value;", errc::too_large},
    {"digits of a chunk's size", chunked, "0", errc::too_large},
    {"blanks behind a chunk's size", chunked + "5", " ", errc::too_large},
    {"trailers", chunked + "0\r\n", "X-Trailer: aaaaaaaaaaaaaaaa\r\n", errc::too_large},
    {"one trailer", chunked + "0\r\nX-Trailer: ", "a", errc::too_large},
};

using message_endless = loopback_web;

awaitable<void> try_all(loopback_web& here, const raw_server_options& how) {  // NOLINT: awaited in place
    for (const auto& c : cases) {
        raw_server server{here.io, raw_answer::without_end(c.once, c.again), how};
        const auto web = here.make_client();
        const auto got = co_await fetch_body(web, server.url(), 20s);
        EXPECT_FALSE(got) << c.name;
        if (got) continue;
        EXPECT_EQ(got.error().code, c.expected) << c.name << ": " << got.error().message();
        // The limits: 10 MiB of body and about as much of framing. What more was sent lies in the sockets' buffers.
        EXPECT_LT(server.bytes_sent(), 30U << 20U) << c.name;
    }
}

CO_TEST_F(message_endless, over_http) {
    const raw_server_options plain;
    co_await try_all(*this, plain);
}

CO_TEST_F(message_endless, over_https) {
    raw_server_options how;
    how.tls = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
    co_await try_all(*this, how);
}

}  // namespace
}  // namespace forage::testing
