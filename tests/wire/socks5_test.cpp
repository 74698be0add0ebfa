// SOCKS5 byte by byte, with proxies that break it at every step.
#include "support/loopback_web.hpp"
#include "support/turn_server.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ending = turn_server::ending;

const std::string page_answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<title>one</title>";

// RFC 1928 and RFC 1929, as a proxy says it.
const std::string no_login     = "\x05\x00"s;
const std::string wants_login  = "\x05\x02"s;
const std::string logged_in    = "\x01\x00"s;
const std::string connected    = "\x05\x00\x00\x01\x7F\x00\x00\x01\x12\x34"s;
constexpr std::size_t greeting = 3, greeting_with_login = 4;
constexpr std::size_t login   = 1 + 1 + 5 + 1 + 4;  // scout, p@ss
constexpr std::size_t request = 4 + 1 + sizeof "web.test" - 1 + 2;

class socks5_test : public loopback_web {
public:
    client_options through(const turn_server& server, bool with_login = false) {
        auto made = options();
        made.proxy =
            (with_login ? "socks5h://scout:p%40ss@127.0.0.1:" : "socks5://127.0.0.1:") + std::to_string(server.port());
        return made;
    }
    client client_through(const turn_server& server, bool with_login = false) {
        return client{io.get_executor(), through(server, with_login)};
    }
};

void expect_no_password(const error& e) {
    for (const char* text : {"p@ss", "p%40ss"}) {
        EXPECT_EQ(e.message().find(text), std::string::npos) << e.message();
    }
}

CO_TEST_F(socks5_test, asks_for_names_and_addresses) {
    struct question {
        const char* target;
        std::string asks;
    };
    const std::vector<question> cases{
        {"http://web.test:4660/", "\x05\x01\x00\x03\x08web.test\x12\x34"s},
        {"http://web.test./", "\x05\x01\x00\x03\x08web.test\x00\x50"s},
        {"http://127.0.0.2:65535/", "\x05\x01\x00\x01\x7F\x00\x00\x02\xFF\xFF"s},
        {"http://[2001:4860::1]/", "\x05\x01\x00\x04\x20\x01\x48\x60\0\0\0\0\0\0\0\0\0\0\0\x01\x00\x50"s},
    };
    for (const auto& c : cases) {
        turn_server server{io, {{greeting, no_login}, {c.asks.size(), connected}, {0, page_answer}}};
        const auto page = co_await scrape_page(client_through(server), c.target);
        EXPECT_TRUE(page) << c.target << ": " << page.error().message();
        EXPECT_TRUE(server.heard().starts_with("\x05\x01\x00"s + c.asks + "GET / HTTP/1.1\r\n")) << c.target;
        EXPECT_EQ(server.heard().find("Proxy-"), std::string::npos);
    }
}

CO_TEST_F(socks5_test, logs_in_if_it_is_asked_to) {
    turn_server strict{
        io, {{greeting_with_login, wants_login}, {login, logged_in}, {request, connected}, {0, page_answer}}
    };
    const auto page = co_await scrape_page(client_through(strict, true), "http://web.test/");
    EXPECT_TRUE(page) << page.error().message();
    EXPECT_TRUE(strict.heard().starts_with("\x05\x02\x00\x02\x01\x05scout\x04p@ss\x05"s));

    turn_server open{io, {{greeting_with_login, no_login}, {request, connected}, {0, page_answer}}};
    const auto without = co_await scrape_page(client_through(open, true), "http://web.test/");
    EXPECT_TRUE(without) << without.error().message();
    EXPECT_EQ(open.heard().find("p@ss"), std::string::npos);
}

CO_TEST_F(socks5_test, reads_whatever_address_the_proxy_has_bound) {
    for (const std::string& bound :
         {"\x05\x00\x00\x04"s + std::string(18, 'a'),
          "\x05\x00\x00\x03\x00\x12\x34"s,
          "\x05\x00\x00\x03\xFF"s + std::string(257, 'a')}) {
        turn_server server{io, {{greeting, no_login}, {request, bound}, {0, page_answer}}};
        const auto page = co_await scrape_page(client_through(server), "http://web.test/");
        EXPECT_TRUE(page) << page.error().message();
    }
}

CO_TEST_F(socks5_test, every_reply_is_told_in_words) {
    const std::vector<std::pair<int, const char*>> replies{
        {1, "failed"},
        {2, "rules do not allow"},
        {3, "cannot reach the host's network"},
        {4, "cannot reach the host"},
        {5, "the host refused"},
        {6, "did not answer before packets expired"},
        {7, "does not make TCP connections"},
        {8, "type of address"},
        {9, "unknown reply 9"},
        {255, "unknown reply 255"},
    };
    for (const auto& [reply, says] : replies) {
        // Two bytes have to do: what refuses may leave out the rest.
        turn_server server{io, {{greeting, no_login}, {request, "\x05"s + static_cast<char>(reply)}}};
        const auto page = co_await scrape_page(client_through(server), "http://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed) << reply;
        EXPECT_EQ(page.error().where, phase::proxy) << reply;
        EXPECT_EQ(page.error().host, "web.test") << reply;
        EXPECT_NE(page.error().what.find(says), std::string::npos) << reply << ": " << page.error().what;
    }
}

CO_TEST_F(socks5_test, broken_handshakes_end_at_once) {
    struct broken {
        const char* name;
        std::vector<turn> turns;
        bool with_login;
        const char* says;
    };
    // All hang behind the fault, which proves that it was seen in what had come.
    const std::vector<broken> cases{
        {"wants a login", {{greeting, wants_login}}, false, "not offered"},
        {"no kind of login will do", {{greeting, "\x05\xFF"s}}, false, "wants a user name"},
        {"nor with a login", {{greeting_with_login, "\x05\xFF"s}}, true, "not spoken here"},
        {"GSSAPI", {{greeting_with_login, "\x05\x01"s}}, true, "not offered"},
        {"wrong password", {{greeting_with_login, wants_login}, {login, "\x01\x01"s}}, true, "refuses the user name"},
        {"wrong version of the login",
         {{greeting_with_login, wants_login}, {login, "\x05\x00"s}},
         true,
         "does not speak SOCKS5"},
        {"SOCKS4", {{greeting, "\x00\x5B"s}}, false, "does not speak SOCKS5"},
        {"HTTP", {{greeting, "HTTP/1.1 400 Bad Request\r\n\r\n"s}}, false, "does not speak SOCKS5"},
        {"wrong version of the reply", {{greeting, no_login}, {request, "\x04\x00\x00\x01"s}}, false, "not speak"},
        {"unknown type of address", {{greeting, no_login}, {request, "\x05\x00\x00\x02"s}}, false, "not speak"},
    };
    for (const auto& c : cases) {
        turn_server server{io, c.turns, ending::hang};
        const auto page = co_await scrape_page(client_through(server, c.with_login), "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed) << c.name << ": " << page.error().message();
        EXPECT_EQ(page.error().where, phase::proxy) << c.name;
        EXPECT_NE(page.error().what.find(c.says), std::string::npos) << c.name << ": " << page.error().what;
        expect_no_password(page.error());
    }
}

// The turns of a handshake that is cut off behind each byte of its answers.
std::vector<std::vector<turn>> cut_off_handshakes() {
    std::vector<std::vector<turn>> all;
    const std::vector<turn> whole{{greeting_with_login, wants_login}, {login, logged_in}, {request, connected}};
    for (std::size_t last = 0; last < whole.size(); ++last) {
        for (std::size_t size = 0; size < whole[last].says.size(); ++size) {
            all.emplace_back(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(last) + 1);
            all.back().back().says.resize(size);
        }
    }
    return all;
}

CO_TEST_F(socks5_test, a_proxy_that_closes_early_is_said_so) {
    for (const auto& turns : cut_off_handshakes()) {
        turn_server server{io, turns};
        const auto page = co_await scrape_page(client_through(server, true), "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed) << page.error().message();
        EXPECT_NE(page.error().what.find("closed the connection"), std::string::npos) << page.error().what;
    }
}

CO_TEST_F(socks5_test, a_proxy_that_stalls_ends_by_its_deadline) {
    for (const auto& turns : cut_off_handshakes()) {
        turn_server server{io, turns, ending::hang};
        auto settings            = through(server, true);
        settings.connect_timeout = 50ms;
        const client web{io.get_executor(), settings};
        const auto page = co_await scrape_page(web, "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::timed_out) << page.error().message();
        EXPECT_EQ(page.error().where, phase::proxy);
        expect_no_password(page.error());
    }
}

CO_TEST_F(socks5_test, waiting_for_a_proxy_can_be_cancelled) {
    for (const auto& turns : cut_off_handshakes()) {
        turn_server server{io, turns, ending::hang};
        auto web          = client_through(server, true);
        auto cancel_later = [&]() -> awaitable<void> {
            co_await let_pass(20ms);
            web.cancel();
        };
        boost::asio::co_spawn(io, cancel_later(), [](std::exception_ptr) {});
        const auto page = co_await scrape_page(web, "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::cancelled) << page.error().message();
    }
}

CO_TEST_F(socks5_test, a_name_too_long_for_it_is_not_cut) {
    turn_server server{io, {{greeting, no_login}}};
    std::string name;
    while (name.size() <= 255) name += "label.";
    auto settings        = through(server);
    settings.allow_hosts = {name + "test"};
    const auto page      = co_await scrape_page(client{io.get_executor(), settings}, "http://" + name + "test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::proxy_failed) << page.error().message();
    EXPECT_NE(page.error().what.find("255 bytes"), std::string::npos) << page.error().what;
    EXPECT_EQ(server.heard(), "");
}

}  // namespace
}  // namespace forage::testing
