// Requests out and responses in, as pure functions of bytes.
#include "http/redirect.hpp"
#include "http/request_head.hpp"
#include "http/response_parser.hpp"

#include <gtest/gtest.h>

namespace forage::detail {
namespace {

http_request get(const char* text) {
    http_request request;
    request.target = url::parse(text).value();
    return request;
}

TEST(request_head, is_one_request_line_fields_and_an_empty_line) {
    auto request = get("https://example.com:8443/a b?q=\xC3\xA9#part");
    request.fields.push_back({"X-Key", "value"});
    const auto bytes = serialize(request, "agent/1");
    ASSERT_TRUE(bytes);
    EXPECT_TRUE(bytes->starts_with("GET /a%20b?q=%C3%A9 HTTP/1.1\r\nHost: example.com:8443\r\n")) << *bytes;
    EXPECT_NE(bytes->find("X-Key: value\r\n"), std::string::npos);
    EXPECT_NE(bytes->find("\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"), std::string::npos);
    EXPECT_TRUE(bytes->ends_with("\r\n\r\n"));
    EXPECT_EQ(bytes->find("#part"), std::string::npos);
}

TEST(request_head, refuses_what_would_break_out_of_a_line) {
    const auto refused = [](std::string name, std::string value) {
        auto request = get("http://example.com/");
        request.fields.push_back({std::move(name), std::move(value)});
        const auto bytes = serialize(request, "agent");
        return !bytes && bytes.error().code == errc::bad_argument &&
               bytes.error().message().find("secret") == std::string::npos;
    };
    EXPECT_TRUE(refused("X-Key", "secret\r\nEvil: 1"));
    EXPECT_TRUE(refused("X-Key", "secret\n"));
    EXPECT_TRUE(refused("X-Key", std::string{"secret\0", 7}));
    EXPECT_TRUE(refused("X-Key\r\nEvil", "secret"));
    EXPECT_TRUE(refused("X Key", "secret"));
    EXPECT_TRUE(refused("", "secret"));
    auto request   = get("http://example.com/");
    request.method = "GET / HTTP/1.1\r\nEvil: 1\r\n\r\nGET";
    EXPECT_FALSE(serialize(request, "agent"));
    EXPECT_FALSE(serialize(get("http://example.com/"), "agent\r\nEvil: 1"));
}

TEST(response_parser, gives_the_same_for_any_slicing) {
    const std::string message = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5;x=y\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: late\r\n\r\n";
    for (std::size_t step = 1; step <= message.size(); ++step) {
        response_parser parser{message_limits{}};
        std::string held;
        for (std::size_t at = 0; at < message.size(); at += step) {
            held += message.substr(at, step);
            const auto taken = parser.put(held);
            ASSERT_TRUE(taken) << step << ": " << taken.error().message();
            held.erase(0, *taken);
        }
        ASSERT_TRUE(parser.done()) << step;
        EXPECT_EQ(parser.body(), "hello, world");
        EXPECT_EQ(parser.fields().size(), 2U) << "trailers must not become fields";
        EXPECT_TRUE(parser.keeps_alive());
    }
}

TEST(response_parser, counts_fields_and_body_at_the_limit_and_one_beyond) {
    const auto outcome = [](int fields, int body) {
        std::string message = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < fields; ++i) message += "F" + std::to_string(i) + ": v\r\n";
        message += "\r\n" + std::string(static_cast<std::size_t>(body), 'b');
        message_limits limits;
        limits.header_fields = 10;
        limits.body_bytes    = 20;
        response_parser parser{limits};
        const auto taken = parser.put(message);
        return taken ? errc::ok : taken.error().code;
    };
    EXPECT_EQ(outcome(10, 20), errc::ok);
    EXPECT_EQ(outcome(11, 0), errc::too_large);
    EXPECT_EQ(outcome(0, 21), errc::too_large);
}

TEST(redirects, change_the_method_and_drop_credentials_as_rfc_9110_says) {
    auto request   = get("https://a.test/x/y");
    request.method = "POST";
    request.body   = "q=1";
    request.fields = {
        {"Authorization", "secret"}, {"X-Subscription-Token", "secret"}, {"Accept", "text/html"}, {"Content-Type", "t"}
    };
    const auto after = [&](int status, const char* location) {
        http_response answer;
        answer.status = status;
        answer.fields.push_back({"Location", location});
        return follow(request, answer, false);
    };
    const auto same = after(307, "../z").value().value();
    EXPECT_EQ(same.method, "POST");
    EXPECT_EQ(same.body, "q=1");
    EXPECT_EQ(same.fields.size(), 4U);
    EXPECT_EQ(same.target.text(), "https://a.test/z");
    const auto see_other = after(303, "/z").value().value();
    EXPECT_EQ(see_other.method, "GET");
    EXPECT_TRUE(see_other.body.empty());
    EXPECT_EQ(after(302, "/z").value()->method, "GET");
    EXPECT_EQ(after(308, "/z").value()->method, "POST");
    for (const char* elsewhere : {"https://b.test/", "https://a.test:444/", "https://sub.a.test/"}) {
        const auto next = after(307, elsewhere).value().value();
        ASSERT_EQ(next.fields.size(), 1U) << elsewhere;
        EXPECT_EQ(next.fields[0].name, "Accept");
    }
    EXPECT_EQ(after(302, "http://a.test/").error().code, errc::bad_redirect);
    EXPECT_EQ(after(302, "file:///etc/passwd").error().code, errc::bad_redirect);
    EXPECT_FALSE(after(200, "/z").value().has_value());
    EXPECT_FALSE(after(304, "/z").value().has_value());
}

}  // namespace
}  // namespace forage::detail
