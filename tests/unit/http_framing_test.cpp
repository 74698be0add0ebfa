// Where a response ends, by RFC 9112 §6.3 and §7.1, and what of it is refused: the parser as a function of bytes.
#include "http/response_parser.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::detail {
namespace {

const std::string ok = "HTTP/1.1 200 OK\r\n";

struct parsed {
    errc code       = errc::ok;
    int status      = 0;
    bool truncated  = false;
    bool keep_alive = false;
    std::string body;
};

// The whole connection's bytes, then its end.
parsed read(std::string_view bytes, const message_limits& limits = {}, bool answers_head = false) {
    response_parser parser{limits, answers_head};
    parsed got;
    const auto taken = parser.put(bytes);
    if (!taken) {
        got.code = taken.error().code;
        return got;
    }
    if (!parser.done()) {
        if (const auto end = parser.put_end(); !end) {
            got.code = end.error().code;
            return got;
        }
    }
    got.status     = parser.status();
    got.truncated  = parser.is_truncated();
    got.keep_alive = parser.keeps_alive();
    got.body       = parser.body();
    return got;
}

message_limits small(std::size_t body, bool truncate = false) {
    message_limits limits;
    limits.body_bytes = body;
    limits.truncate   = truncate;
    return limits;
}

TEST(framing, a_length_counts_once_however_often_it_is_said) {
    for (const char* length : {"5", "5, 5", "5,5 ,5", "005"}) {
        EXPECT_EQ(read(ok + "Content-Length: " + length + "\r\n\r\nhello").body, "hello") << length;
    }
    EXPECT_EQ(read(ok + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello").body, "hello");
    for (const char* length : {"5, 6", "-5", "+5", "0x5", "5 5", "5;", "", ",", "5,", "99999999999999999999", "5.0"}) {
        EXPECT_EQ(read(ok + "Content-Length: " + length + "\r\n\r\nhello").code, errc::protocol) << length;
    }
    EXPECT_EQ(read(ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!").code, errc::protocol);
}

TEST(framing, a_length_beside_a_transfer_coding_is_refused_either_way_round) {
    const std::string length = "Content-Length: 5\r\n", chunked = "Transfer-Encoding: chunked\r\n";
    EXPECT_EQ(read(ok + length + chunked + "\r\n0\r\n\r\n").code, errc::protocol);
    EXPECT_EQ(read(ok + chunked + length + "\r\n0\r\n\r\n").code, errc::protocol);
}

TEST(framing, chunked_is_the_only_transfer_coding) {
    for (const char* coding : {"chunked", "ChunKed", " chunked ", "chunked,", ", ,chunked\t,"}) {
        EXPECT_EQ(read(ok + "TRANSFER-encoding:" + coding + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n").body, "hello") << coding;
    }
    for (const char* coding :
         {"gzip", "gzip, chunked", "chunked, gzip", ",", "chunked, chunked", "xchunked", "identity", "chunked;q=1", ""
         }) {
        EXPECT_EQ(read(ok + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n").code, errc::protocol) << coding;
    }
    const std::string twice = "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    EXPECT_EQ(read(ok + twice).code, errc::protocol);
    EXPECT_EQ(read("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").code, errc::protocol);
}

TEST(framing, some_answers_have_no_body_whatever_their_fields_say) {
    for (const char* status : {"204 No Content", "304 Not Modified", "100 Continue"}) {
        const auto got = read("HTTP/1.1 " + std::string{status} + "\r\nContent-Length: 99999999999\r\n\r\n");
        EXPECT_EQ(got.code, errc::ok) << status;
        EXPECT_EQ(got.body, "") << status;
    }
    const auto head = read(ok + "Content-Length: 99999999999\r\n\r\n", {}, true);
    EXPECT_EQ(head.code, errc::ok);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_EQ(read(ok + "Transfer-Encoding: chunked\r\n\r\n", {}, true).code, errc::ok);
}

TEST(framing, a_body_that_is_cut_is_never_a_page) {
    EXPECT_EQ(read(ok + "Content-Length: 5\r\n\r\nhell").code, errc::protocol);
    const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nT: v\r\n\r\n";
    for (std::size_t size = 0; size < chunked.size(); ++size) {
        EXPECT_EQ(read(chunked.substr(0, size)).code, errc::protocol) << size;
    }
    EXPECT_EQ(read(chunked).body, "hello");
    EXPECT_EQ(read(ok + "\r\nhel").body, "hel");  // its end is the connection's: not to be told from a cut
}

TEST(framing, chunks_are_read_with_what_may_stand_around_them) {
    const auto body = [](const std::string& chunks) {
        return read(ok + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    };
    for (const char* chunks :
         {"5\r\nhello\r\n0\r\n\r\n",
          "0005\r\nhello\r\n000\r\n\r\n",
          "5;a\r\nhello\r\n0;b=\"c;d\"\r\n\r\n",
          "5 ; a = b\r\nhello\r\n0\r\n\r\n",
          "5  \r\nhello\r\n0\r\n\r\n",
          "2\r\nhe\r\n3\r\nllo\r\n0\r\nContent-Length: 3\r\nTransfer-Encoding: x\r\n folded\r\n\r\n"}) {
        EXPECT_EQ(body(chunks).body, "hello") << chunks;
        EXPECT_TRUE(body(chunks).keep_alive) << chunks;
    }
    for (const char* chunks :
         {"\r\nhello\r\n0\r\n\r\n",
          " 5\r\nhello\r\n0\r\n\r\n",
          "+5\r\nhello\r\n0\r\n\r\n",
          "-5\r\nhello\r\n0\r\n\r\n",
          "0x5\r\nhello\r\n0\r\n\r\n",
          "5 5\r\nhello\r\n0\r\n\r\n",
          "g\r\nhello\r\n0\r\n\r\n",
          "5\nhello\n0\n\n",
          "5;a\nhello\r\n0\r\n\r\n",
          "5\rhello\r\n0\r\n\r\n",
          "5\r\nhello0\r\n\r\n",
          "5\r\nhello!\r\n0\r\n\r\n",
          "10000000000000005\r\nhello\r\n0\r\n\r\n",
          "5\r\nhello\r\n0\r\nno colon\r\n\r\n",
          "5\r\nhello\r\n0\r\nT: a\nU: b\r\n\r\n"}) {
        EXPECT_EQ(body(chunks).code, errc::protocol) << chunks;
    }
}

TEST(framing, the_body_is_bounded_at_its_limit_and_not_before) {
    const std::vector<std::pair<const char*, std::string>> five{
        {"length", ok + "Content-Length: 5\r\n\r\nhello"},
        {"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"},
        {"close", ok + "\r\nhello"},
    };
    for (const auto& [name, bytes] : five) {
        EXPECT_EQ(read(bytes, small(5)).body, "hello") << name;
        EXPECT_EQ(read(bytes, small(4)).code, errc::too_large) << name;
        const auto whole = read(bytes, small(5, true));
        EXPECT_EQ(whole.body, "hello") << name;
        EXPECT_FALSE(whole.truncated) << name;
        const auto cut = read(bytes, small(4, true));
        EXPECT_EQ(cut.body, "hell") << name;
        EXPECT_TRUE(cut.truncated) << name;
        EXPECT_FALSE(cut.keep_alive) << name;
    }
    EXPECT_EQ(read(ok + "Content-Length: 99999\r\n\r\nhe", small(4, true)).code, errc::protocol);
}

TEST(framing, what_is_around_the_data_is_bounded_too) {
    const std::string head = ok + "Transfer-Encoding: chunked\r\n\r\n";
    const auto repeated    = [](std::string_view text, std::size_t times) {
        std::string all;
        for (std::size_t i = 0; i < times; ++i) all += text;
        return all;
    };
    message_limits limits = small(10'000);
    limits.header_bytes   = 1'000;
    EXPECT_EQ(read(head + "5;" + std::string(2'000, 'x'), limits).code, errc::too_large);
    EXPECT_EQ(read(head + "0\r\n" + repeated("T: v\r\n", 1'000), limits).code, errc::too_large);
    EXPECT_EQ(read(head + repeated("1;" + std::string(500, 'x') + "\r\na\r\n", 30), limits).code, errc::too_large);
    limits.truncate = true;
    EXPECT_EQ(read(head + repeated("1;" + std::string(500, 'x') + "\r\na\r\n", 30), limits).code, errc::too_large);
    // Chunks of one byte are a waste, but no attack.
    EXPECT_EQ(read(head + repeated("1\r\na\r\n", 2'000) + "0\r\n\r\n", limits).body.size(), 2'000U);
}

TEST(framing, a_body_without_a_limit_may_have_any_framing) {
    const std::string head = ok + "Transfer-Encoding: chunked\r\n\r\n";
    std::string chunks;
    for (int i = 0; i < 20'000; ++i) chunks += "1\r\na\r\n";
    const auto got = read(head + chunks + "0\r\n\r\n", small(SIZE_MAX));
    EXPECT_EQ(got.code, errc::ok);
    EXPECT_EQ(got.body.size(), 20'000U);
}

TEST(response_head, is_forgiven_what_servers_do_and_refused_what_would_be_guessing) {
    for (const char* line :
         {"HTTP/1.1 200 OK",
          "HTTP/1.1 200",
          "HTTP/1.1 200 ",
          "\r\nHTTP/1.1 200 OK",
          "HTTP/1.2 200",
          "HTTP/1.9 200 X",
          "HTTP/1.1 200 \xE9t\xE9"}) {
        const auto got = read(std::string{line} + "\r\nContent-Length: 5\r\n\r\nhello");
        EXPECT_EQ(got.body, "hello") << line;
        EXPECT_EQ(got.status, 200) << line;
        EXPECT_TRUE(got.keep_alive) << line;
    }
    for (const char* line :
         {"ICY 200 OK",
          "HTTP/2 200 OK",
          "HTTP/2.0 200 OK",
          "HTTP/1.10 200 OK",
          "http/1.1 200 OK",
          "HTTP/1.1 099 X",
          "HTTP/1.1 20 OK",
          "HTTP/1.1 2000 OK",
          "HTTP/1.1 2x0 OK",
          "HTTP/1.1  200 OK",
          "HTTP/1.1\t200 OK",
          "HTTP/1.1 200OK",
          "HTTP/1.1",
          "HTTP/1.1 ",
          "\r\n\r\nHTTP/1.1 200 OK",
          "HTTP/1.1 200 a\x01"
          "b",
          " HTTP/1.1 200"}) {
        EXPECT_EQ(read(std::string{line} + "\r\nContent-Length: 5\r\n\r\nhello").code, errc::protocol) << line;
    }
    EXPECT_EQ(read("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n").status, 999);
}

TEST(response_head, fields_are_lines_of_a_name_and_a_value) {
    for (const char* field :
         {"X:",
          "X:\t v \t",
          "X: a\r\n b",
          "X: \xC3\xA9",
          "X: a: b",
          "Connection: a, b",
          "Connection: ,, keep-alive,",
          "Connection:",
          "Keep-Alive: timeout=5"}) {
        EXPECT_EQ(read(ok + field + "\r\nContent-Length: 5\r\n\r\nhello").body, "hello") << field;
    }
    for (const char* field :
         {"no colon",
          ": no name",
          "X : blank before the colon",
          " starts with a blank",
          "X: a\rb",
          "X: a\nY: b",
          "X\xC3: v"}) {
        EXPECT_EQ(read(ok + field + "\r\nContent-Length: 5\r\n\r\nhello").code, errc::protocol) << field;
    }
    EXPECT_EQ(read(ok + std::string{"X: a\0b", 6} + "\r\n\r\n").code, errc::protocol);
}

TEST(response_head, folded_fields_are_one_line) {
    const auto value = [](const std::string& fields) {
        response_parser parser{message_limits{}};
        const auto taken = parser.put(ok + fields + "\r\n");
        return taken && !parser.fields().empty() ? parser.fields()[0].value : "refused";
    };
    EXPECT_EQ(value("X: one\r\n two\r\n\t three\r\n"), "one two three");
    EXPECT_EQ(value("X:\r\n one\r\n \r\nY: v\r\n"), "one");
    const std::string half(10'000, 'x');
    EXPECT_EQ(value("X: " + half + "\r\n " + half + "\r\n"), half + ' ' + half);
    EXPECT_EQ(read(ok + "Content-Length:\r\n 5\r\n\r\nhello").body, "hello");
}

TEST(response_head, an_odd_connection_is_one_to_be_closed) {
    const std::string body = "Content-Length: 5\r\n\r\nhello";
    for (const char* odd : {"Keep-Alive; x=y", "keep-alive, foo bar", "keep-alive,\r\n (x)", "\"close\"", "\xE9"}) {
        const auto got = read(ok + "connection: " + odd + "\r\n" + body);
        EXPECT_EQ(got.body, "hello") << odd;
        EXPECT_FALSE(got.keep_alive) << odd;
    }
    EXPECT_TRUE(read(ok + "Connection: Keep-Alive\r\n" + body).keep_alive);
    EXPECT_TRUE(read("HTTP/1.0 200 OK\r\nConnection: a, keep-alive\r\n" + body).keep_alive);
    EXPECT_FALSE(read("HTTP/1.0 200 OK\r\n" + body).keep_alive);
    EXPECT_FALSE(read(ok + "Connection: a, CLOSE\r\n" + body).keep_alive);
    EXPECT_EQ(read(ok + "Connection: a\x01\r\n" + body).code, errc::protocol);
}

TEST(response_head, is_bounded_at_its_limit_and_not_before) {
    const std::string head = ok + "X: " + std::string(100, 'x') + "\r\n\r\n";
    message_limits limits;
    limits.header_bytes = head.size();
    EXPECT_EQ(read(head + "body", limits).body, "body");
    limits.header_bytes = head.size() - 1;
    EXPECT_EQ(read(head + "body", limits).code, errc::too_large);
}

}  // namespace
}  // namespace forage::detail
