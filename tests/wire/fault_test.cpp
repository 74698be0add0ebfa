// A fault at every byte of small exchanges, over HTTP and HTTPS: each ends, by its deadline, as the page or as one
// error that fits, never as a part of the page, and leaves no descriptor behind.
#include "support/answer_shapes.hpp"
#include "support/fetch_body.hpp"
#include "support/loop_lateness.hpp"
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <forage/detail/run_bounded.hpp>

#include <array>
#include <cstdlib>
#include <optional>
#include <set>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using kind    = wire_fault::kind;
using framing = answer_shape::framing;
using clock   = std::chrono::steady_clock;

const std::string text = "forty-two bytes of text, neither more nor.";

struct fault_case {
    answer_shape shape;
    wire_fault fault;
    bool tls = false;
};

std::ostream& operator<<(std::ostream& out, const fault_case& c) {
    constexpr std::array names{"none", "cut", "reset", "stall", "corrupt", "drip"};
    return out << (c.tls ? "https, " : "http, ") << c.shape.name() << ", "
               << names.at(static_cast<std::size_t>(c.fault.what)) << " at byte " << c.fault.at;
}

class fault_test : public loopback_web {
protected:
    // For one exchange, long enough for a handshake; only those that stall take so long.
    const std::chrono::milliseconds limit  = 250ms * slowness;
    const ::miniweb::tls_identity identity = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});

    awaitable<void> try_all(std::vector<fault_case> cases, int lanes) {
        auto settings          = options();
        settings.host_failures = 0;  // every case has a server of its own on the same address
        settings.tls_timeout   = limit / 2;
        const client web{io.get_executor(), settings};
        const loop_lateness late{io};
        std::size_t at  = 0;
        const auto next = [&]() -> std::optional<awaitable<void>> {
            if (at == cases.size()) return std::nullopt;
            return try_one(web, cases[at++], late);
        };
        co_await detail::run_bounded(lanes, 0ms, next);
        EXPECT_GT(cases.size(), 0U);
    }

    // References: they outlive the lanes.
    awaitable<void> try_one(client web, const fault_case& c, const loop_lateness& late) {  // NOLINT
        raw_server_options how;
        if (c.tls) how.tls = identity;
        how.fault = [&c](std::size_t) { return c.fault; };
        raw_answer answer{c.shape.bytes(text)};
        raw_server server{io, answer, how};
        const auto began  = clock::now();
        const auto got    = co_await fetch_body(web, server.url(), limit);
        const auto lasted = clock::now() - began;
        EXPECT_LT(lasted, limit + 100ms + late.worst()) << c;
        if (got) {
            check_page(c, got->body);
        } else {
            check_error(c, got.error());
        }
    }

    static void check_page(const fault_case& c, const std::string& body) {
        const auto head   = c.shape.head(text).size();
        const bool has_it = body == text;
        // Without TLS and without any sign of its end, a body that is cut cannot be told from a whole one; nor can one
        // wrong byte be seen where nothing checks it. No byte at all is an empty body under every coding.
        const bool is_cut       = !c.tls && c.fault.what == kind::cut;
        const bool may_be_short = is_cut && !c.shape.shows_its_end() && c.fault.at >= head;
        const bool may_be_empty = is_cut && c.shape.ends == framing::close && c.fault.at == head;
        const bool may_be_wrong = !c.tls && c.fault.what == kind::corrupt && !c.shape.has_gzip && c.fault.at >= head;
        if (may_be_short || may_be_empty) {
            EXPECT_EQ(body, text.substr(0, c.fault.at - head)) << c;
        } else if (may_be_wrong) {
            EXPECT_EQ(body.size(), text.size()) << c;
        } else {
            EXPECT_TRUE(has_it) << c << ": " << body;
        }
        if (c.tls || may_be_short || may_be_empty || c.fault.what == kind::corrupt) return;
        EXPECT_GE(c.fault.at, c.shape.bytes(text).size()) << c;
    }

    static void check_error(const fault_case& c, const error& e) {
        std::set<errc> fitting{errc::protocol, errc::connect_failed};
        if (c.shape.has_gzip) fitting.insert(errc::bad_coding);
        if (c.tls) fitting.insert(errc::tls_failed);
        if (c.fault.what == kind::stall) fitting = {errc::timed_out};
        // A wrong byte in the length of a TLS record or in a chunk's size makes the client wait for more, or refuse it.
        if (c.fault.what == kind::corrupt) fitting.insert({errc::timed_out, errc::too_large, errc::bad_coding});
        EXPECT_TRUE(fitting.contains(e.code)) << c << ": " << e.message();
        EXPECT_FALSE(e.what.empty()) << c;
        EXPECT_NE(e.where, phase::none) << c << ": " << e.message();
        if (!c.tls && c.fault.what == kind::stall) {
            const auto head = c.shape.head(text).size();
            EXPECT_EQ(e.where, c.fault.at < head ? phase::first_byte : phase::body) << c << ": " << e.message();
        }
        if (!c.tls && c.fault.what != kind::stall && c.fault.what != kind::corrupt) {
            EXPECT_LT(c.fault.at, c.shape.bytes(text).size()) << c << ": " << e.message();
        }
    }
};

const std::vector<answer_shape> shapes{
    {framing::length, false},
    {framing::length, true},
    {framing::chunks, false},
    {framing::chunks, true},
    {framing::close, false},
    {framing::close, true},
};

// More bytes than an exchange over TLS takes: handshake, tickets, the answer and the closing alert.
constexpr std::size_t tls_bytes = 2'600;

std::vector<fault_case> plain(kind what) {
    std::vector<fault_case> all;
    for (const auto& shape : shapes) {
        // With a byte to spare where a message ends by itself; one that ends with the connection cannot be stalled
        // there.
        const bool spare = shape.ends != framing::close;
        const auto size  = shape.bytes(text).size() + (spare ? 1 : 0);
        for (std::size_t at = 0; at < size; ++at) all.push_back({shape, {what, at}});
    }
    return all;
}

// At every byte if FORAGE_EVERY_BYTE is set, which takes a minute.
std::vector<fault_case> secure(kind what, answer_shape shape) {
    const std::size_t step = std::getenv("FORAGE_EVERY_BYTE") == nullptr ? 13 : 1;
    std::vector<fault_case> all;
    for (std::size_t at = 0; at < tls_bytes; at += step) all.push_back({shape, {what, at}, true});
    return all;
}

CO_TEST_F(fault_test, http_cut_at_every_byte) { co_await try_all(plain(kind::cut), 8); }
CO_TEST_F(fault_test, http_reset_at_every_byte) { co_await try_all(plain(kind::reset), 8); }
CO_TEST_F(fault_test, http_stalled_at_every_byte) { co_await try_all(plain(kind::stall), 64); }
CO_TEST_F(fault_test, http_corrupt_at_every_byte) { co_await try_all(plain(kind::corrupt), 8); }

CO_TEST_F(fault_test, https_cut_at_many_bytes) { co_await try_all(secure(kind::cut, {framing::close, false}), 4); }
CO_TEST_F(fault_test, https_reset_at_many_bytes) { co_await try_all(secure(kind::reset, {framing::chunks, false}), 4); }
CO_TEST_F(fault_test, https_corrupt_at_many_bytes) {
    co_await try_all(secure(kind::corrupt, {framing::length, false}), 4);
}
CO_TEST_F(fault_test, https_stalled_at_many_bytes) {
    co_await try_all(secure(kind::stall, {framing::length, true}), 16);
}

TEST_F(fault_test, no_descriptor_is_left) {
    std::vector<fault_case> some;
    for (const auto what : {kind::cut, kind::reset, kind::stall, kind::corrupt}) {
        for (const std::size_t at : {0U, 40U, 100U, 900U, 1'500U}) {
            some.push_back({shapes[0], {what, at}});
            some.push_back({shapes[2], {what, at}, true});
        }
    }
    run(try_all(some, 8));  // the loop opens what it needs for good
    io.restart();
    const auto before = open_descriptors();
    run(try_all(some, 8));
    EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace forage::testing
