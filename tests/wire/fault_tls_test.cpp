// What goes wrong at the stages of TLS, a case a line: each ends as one error of its phase, in time.
#include "support/answer_shapes.hpp"
#include "support/fetch_body.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using kind   = wire_fault::kind;
using ending = raw_answer::ending;

const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const std::string open  = "HTTP/1.1 200 OK\r\n\r\nhello";  // its end is the connection's

class fault_tls : public loopback_web {
protected:
    const ::miniweb::tls_identity identity = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});

    [[nodiscard]] raw_server_options secure(wire_fault fault = {}) const {
        raw_server_options how;
        how.tls   = identity;
        how.fault = [fault](std::size_t) { return fault; };
        return how;
    }
    [[nodiscard]] static raw_server_options greeting(std::string text) {
        raw_server_options how;
        how.greeting = std::move(text);
        return how;
    }
    [[nodiscard]] raw_server_options under(::miniweb::tls_identity other) const {
        auto how = secure();
        how.tls  = std::move(other);
        return how;
    }
    [[nodiscard]] raw_server_options old() const {
        auto how         = secure();
        how.only_tls_1_1 = true;
        return how;
    }
};

struct stage {
    const char* name;
    raw_server_options how;
    raw_answer answer;
    errc code;  ///< ok: the page comes
    phase where;
};

CO_TEST_F(fault_tls, each_stage_has_its_error) {
    const ::miniweb::certificate_authority stranger{"a stranger"};
    const std::vector<std::string> names{"web.test"}, addresses{"127.0.0.1"}, elsewhere{"192.0.2.1"};
    const auto expired = authority.issue({.names = names, .addresses = addresses, .not_before = -9h, .not_after = -1h});
    const auto other   = authority.issue({.names = names, .addresses = elsewhere});
    const auto unknown = stranger.issue({.names = names, .addresses = addresses});

    std::vector<stage> stages;
    const auto add = [&](const char* name, raw_server_options how, raw_answer answer, errc code, phase where) {
        stages.push_back({name, std::move(how), std::move(answer), code, where});
    };
    add("well", secure(), whole, errc::ok, phase::none);
    add("well, without a length", secure(), open, errc::ok, phase::none);
    add("stalled before ServerHello", secure({kind::stall, 0}), whole, errc::timed_out, phase::tls);
    add("stalled in ServerHello", secure({kind::stall, 40}), whole, errc::timed_out, phase::tls);
    add("stalled in the certificate", secure({kind::stall, 400}), whole, errc::timed_out, phase::tls);
    add("cut before ServerHello", secure({kind::cut, 0}), whole, errc::tls_failed, phase::tls);
    add("cut in the handshake", secure({kind::cut, 200}), whole, errc::tls_failed, phase::tls);
    add("reset before ServerHello", secure({kind::reset, 0}), whole, errc::tls_failed, phase::tls);
    add("reset in the handshake", secure({kind::reset, 200}), whole, errc::tls_failed, phase::tls);
    add("a wrong byte in ServerHello", secure({kind::corrupt, 10}), whole, errc::tls_failed, phase::tls);
    add("a byte at a time, too slowly", secure({kind::drip, 0, 10ms}), whole, errc::timed_out, phase::tls);
    add("garbage", greeting(std::string(64, '\x5A')), whole, errc::tls_failed, phase::tls);
    add("plain HTTP", greeting("HTTP/1.1 400 Bad Request\r\n\r\n"), whole, errc::tls_failed, phase::tls);
    add("an alert of its own", greeting({"\x15\x03\x03\x00\x02\x02\x28", 7}), whole, errc::tls_failed, phase::tls);
    add("TLS 1.1 only", old(), whole, errc::tls_failed, phase::tls);
    add("expired", under(expired), whole, errc::tls_failed, phase::tls);
    add("for another address", under(other), whole, errc::tls_failed, phase::tls);
    add("of an unknown issuer", under(unknown), whole, errc::tls_failed, phase::tls);
    add("no closing alert behind a whole answer", secure(), {whole, ending::cut}, errc::ok, phase::none);
    add("no closing alert where it is the end", secure(), {open, ending::cut}, errc::protocol, phase::body);
    add("reset where the closing alert is the end", secure(), {open, ending::reset}, errc::protocol, phase::body);
    add("closing alert in the body", secure(), {whole.substr(0, whole.size() - 1)}, errc::protocol, phase::body);
    add("closing alert in the head", secure(), {whole.substr(0, 30)}, errc::protocol, phase::first_byte);
    add("closing alert for an answer", secure(), {""}, errc::connect_failed, phase::first_byte);

    auto settings        = options();
    settings.tls_timeout = 150ms * slowness;
    const client web{io.get_executor(), settings};
    for (const auto& s : stages) {
        raw_server server{io, s.answer, s.how};
        auto url = server.url();
        url.replace(0, url.find(':'), "https");
        const auto got = co_await fetch_body(web, url, 5s);
        EXPECT_EQ(got ? errc::ok : got.error().code, s.code) << s.name << ": " << (got ? "" : got.error().message());
        if (got) {
            EXPECT_EQ(got->body, "hello") << s.name;
        } else {
            EXPECT_EQ(got.error().where, s.where) << s.name << ": " << got.error().message();
        }
    }
}

// Slow is not wrong, in the handshake nor behind it.
CO_TEST_F(fault_tls, a_byte_at_a_time_is_enough_if_there_is_time) {
    raw_server server{io, raw_answer{whole}, secure({kind::drip, 0, 0ms})};
    const auto web = make_client();
    const auto got = co_await fetch_body(web, server.url(), 20s);
    CO_ASSERT_TRUE(got);
    EXPECT_EQ(got->body, "hello");
}

}  // namespace
}  // namespace forage::testing
