// What servers get wrong, byte by byte: each ends as a page or as one typed error.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"

#include <forage/scrape.hpp>

namespace forage::testing {
namespace {

using protocol_test = loopback_web;
using ending        = raw_answer::ending;

const std::string html_head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

struct broken_answer {
    const char* name;
    std::string bytes;
    errc expected;
};

CO_TEST_F(protocol_test, malformed_answers_are_refused) {
    const std::vector<broken_answer> cases{
        {"short body", html_head + "Content-Length: 100\r\n\r\n<p>short", errc::protocol},
        {"cut in the head", "HTTP/1.1 200 OK\r\nContent-Ty", errc::protocol},
        {"nothing at all", "", errc::connect_failed},
        {"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", errc::protocol},
        {"differing lengths", html_head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", errc::protocol},
        {"length and chunked",
         html_head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         errc::protocol},
        {"unknown transfer coding", html_head + "Transfer-Encoding: xchunked\r\n\r\nhello", errc::protocol},
        {"two transfer codings", html_head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", errc::protocol},
        {"negative length", html_head + "Content-Length: -1\r\n\r\n", errc::protocol},
        {"bad chunk size", html_head + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n", errc::protocol},
        {"cut in a chunk", html_head + "Transfer-Encoding: chunked\r\n\r\nFF\r\nhello", errc::protocol},
        {"NUL in a field", std::string{"HTTP/1.1 200 OK\r\nX: a"} + '\0' + "b\r\n\r\n", errc::protocol},
        {"bare line feed", "HTTP/1.1 200 OK\nContent-Type: text/html\n\nhello", errc::protocol},
        {"unasked upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n", errc::protocol},
        {"unknown content coding", html_head + "Content-Encoding: lzw\r\nContent-Length: 3\r\n\r\nabc", errc::bad_coding
        },
        {"declared too large", html_head + "Content-Length: 99999999999\r\n\r\n", errc::too_large},
    };
    for (const auto& c : cases) {
        raw_server server{io, raw_answer{c.bytes}};
        const auto web  = make_client();
        const auto page = co_await scrape_page(web, server.url());
        EXPECT_FALSE(page) << c.name;
        if (!page) {
            EXPECT_EQ(page.error().code, c.expected) << c.name << ": " << page.error().message();
        }
    }
}

CO_TEST_F(protocol_test, odd_but_right_answers_are_read) {
    const std::vector<std::pair<const char*, std::string>> cases{
        {"until close", html_head + "\r\n<title>odd</title>"},
        {"interim answers first",
         "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + html_head +
             "Content-Length: 18\r\n\r\n<title>odd</title>"},
        {"chunks, extensions, trailers",
         html_head + "Transfer-Encoding: chunked\r\n\r\n7;a=b\r\n<title>\r\nb\r\nodd</title>\r\n"
                     "0\r\nX-Trailer: 1\r\n\r\n"},
        {"HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>odd</title>"},
        {"no reason phrase", "HTTP/1.1 200 \r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<title>odd</title>"
        },
    };
    for (const auto& [name, bytes] : cases) {
        for (const std::size_t slice : {std::size_t{0}, std::size_t{1}}) {
            raw_answer answer{bytes};
            answer.slice = slice;
            raw_server server{io, answer};
            const auto web  = make_client();
            const auto page = co_await scrape_page(web, server.url());
            EXPECT_TRUE(page) << name << ": " << (page ? "" : page.error().message());
            if (page) {
                EXPECT_EQ(page->title, "odd") << name;
            }
        }
    }
}

CO_TEST_F(protocol_test, endless_answers_stop_at_a_bound) {
    const auto endless = [](std::string head, std::string again) {
        return [head, again](std::size_t, std::size_t, const std::string&) {
            raw_answer answer{head};
            std::string block;
            while (block.size() < 64 * 1024) block += again;
            answer.bytes  = head + block;
            answer.repeat = 2000;
            return answer;
        };
    };
    const std::vector<std::pair<const char*, raw_server::script>> cases{
        {"header", endless("HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")},
        {"body", endless(html_head + "\r\n", "<p>more")},
        {"chunk extension", endless(html_head + "Transfer-Encoding: chunked\r\n\r\n5;", "ext=value;")},
        {"trailers", endless(html_head + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-T: aaaaaaaaaaaaaaaa\r\n")},
        {"interim answers", endless("", "HTTP/1.1 102 Processing\r\n\r\n")},
    };
    for (const auto& [name, script] : cases) {
        raw_server server{io, script};
        const auto web  = make_client();
        const auto page = co_await scrape_page(web, server.url());
        EXPECT_FALSE(page) << name;
        if (!page) {
            const auto code = page.error().code;
            EXPECT_TRUE(code == errc::too_large || code == errc::protocol) << name << ": " << page.error().message();
        }
        EXPECT_LT(server.bytes_sent(), 30U << 20U) << name;
    }
}

CO_TEST_F(protocol_test, a_connection_with_bytes_left_over_is_not_used_again) {
    const std::string whole = html_head + "Content-Length: 18\r\n\r\n<title>one</title>";
    raw_server server{io, raw_answer{whole + "HTTP/1.1 200 OK\r\n\r\npoison", ending::keep}};
    const auto web = make_client();
    for (int i = 0; i < 2; ++i) {
        const auto page = co_await scrape_page(web, server.url());
        CO_ASSERT_TRUE(page);
        EXPECT_EQ(page->title, "one");
        EXPECT_FALSE(page->timing.reused);
    }
    EXPECT_EQ(server.connections(), 2U);
}

CO_TEST_F(protocol_test, a_kept_connection_that_breaks_is_replaced_once) {
    const std::string whole = html_head + "Content-Length: 18\r\n\r\n<title>one</title>";
    raw_server server{io, raw_server::script{[&](std::size_t, std::size_t request, const std::string&) {
                          if (request == 1) return raw_answer{whole, ending::keep};
                          return raw_answer{"", ending::reset};  // closes just as the second request comes
                      }}};
    const auto web = make_client();
    for (int i = 0; i < 3; ++i) {
        const auto page = co_await scrape_page(web, server.url());
        CO_ASSERT_TRUE(page);
    }
    EXPECT_EQ(web.stats().stale_retries, 2U);
    EXPECT_EQ(server.connections(), 3U);
}

CO_TEST_F(protocol_test, nothing_listens) {
    std::string url;
    {
        raw_server gone{io, raw_answer{}};
        url = gone.url();
    }
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url);
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::connect_failed);
    EXPECT_EQ(page.error().where, phase::connect);
}

}  // namespace
}  // namespace forage::testing
