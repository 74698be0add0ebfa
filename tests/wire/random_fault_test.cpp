// Many exchanges at once over kept connections, with faults at random bytes of them: each ends as the page that was
// asked for or as one error. FORAGE_SEED repeats a run, FORAGE_EXCHANGES makes it a soak.
#include "support/answer_shapes.hpp"
#include "support/fetch_body.hpp"
#include "support/loop_lateness.hpp"
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/raw_server.hpp"
#include "support/setting.hpp"
#include "support/slowness.hpp"

#include <forage/detail/run_bounded.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using kind  = wire_fault::kind;
using clock = std::chrono::steady_clock;

constexpr std::uint64_t batch = 2'000;

// The text of page number `n`: of its own length, and no two alike.
std::string text_of(std::size_t n) {
    std::string text = "page " + std::to_string(n) + ": ";
    while (text.size() < n % 997) text += "line " + std::to_string(n + text.size()) + "; ";
    return text;
}

class random_fault : public loopback_web {
protected:
    // Above what an exchange takes here, below what a test may; a stalled one takes that long.
    const std::chrono::milliseconds limit = 100ms * slowness;
    const std::uint64_t seed              = setting("FORAGE_SEED", std::random_device{}());
    const std::uint64_t count             = setting("FORAGE_EXCHANGES", 4'000);

    // One of two servers; the faults of its connections, and the answers to its requests, are random.
    struct side {
        bool tls = false;
        std::mt19937_64 dice;
        std::optional<raw_server> server;
    };

    static std::size_t pick(std::mt19937_64& dice, std::size_t below) {
        return std::uniform_int_distribution<std::size_t>{0, below - 1}(dice);
    }

    static wire_fault fault_of(side& at) {
        constexpr std::array kinds{kind::none, kind::none, kind::cut, kind::reset, kind::corrupt, kind::stall};
        wire_fault fault{kinds.at(pick(at.dice, kinds.size())), pick(at.dice, 4'000)};
        // Stalls take their time.
        if (fault.what == kind::stall && pick(at.dice, 4) > 0) fault.what = kind::drip;
        fault.between = 0ms;
        return fault;
    }

    static raw_answer answer_of(side& at, const std::string& head) {
        const auto number = std::strtoull(head.c_str() + head.find("/") + 1, nullptr, 10);
        answer_shape shape;
        // A body that ends with a plain connection cannot be told from one that was cut.
        shape.ends     = static_cast<answer_shape::framing>(pick(at.dice, at.tls ? 3 : 2));
        shape.has_gzip = pick(at.dice, 2) == 0;
        raw_answer answer{shape.bytes(text_of(number)), raw_answer::ending::keep};
        if (shape.ends == answer_shape::framing::close) answer.then = raw_answer::ending::close;
        if (pick(at.dice, 8) == 0) answer.slice = 1 + pick(at.dice, 400);
        return answer;
    }

    void start(side& at) {
        raw_server_options how;
        if (at.tls) how.tls = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
        how.fault = [&at](std::size_t) { return fault_of(at); };
        at.server.emplace(
            io,
            raw_server::script{[&at](std::size_t, std::size_t, const std::string& head) { return answer_of(at, head); }
            },
            std::move(how)
        );
    }

    // References: they outlive the lanes.
    awaitable<void> exchange(client web, const side& at, std::size_t number, const loop_lateness& late) {  // NOLINT
        const auto began  = clock::now();
        const auto got    = co_await fetch_body(web, at.server->url("/" + std::to_string(number)), limit);
        const auto lasted = clock::now() - began;
        EXPECT_LT(lasted, limit + 100ms + late.worst()) << "exchange " << number << ", seed " << seed;
        if (got) {
            ++outcomes_["page"];
            check_page(at, number, got->body);
            co_return;
        }
        ++outcomes_[std::string{to_string(got.error().code)}];
        const auto code = got.error().code;
        const bool fits = code == errc::protocol || code == errc::connect_failed || code == errc::timed_out ||
                          code == errc::bad_coding || code == errc::too_large || (at.tls && code == errc::tls_failed);
        EXPECT_TRUE(fits) << got.error().message() << "; exchange " << number << ", seed " << seed;
    }

    void check_page(const side& at, std::size_t number, const std::string& body) const {
        const auto wanted = text_of(number);
        if (body == wanted) return;
        // Without TLS one wrong byte in a body that nothing checks cannot be seen; more than one can.
        std::size_t wrong = body.size() == wanted.size() ? 0 : 2;
        for (std::size_t i = 0; wrong < 2 && i < body.size(); ++i) wrong += body[i] == wanted[i] ? 0 : 1;
        EXPECT_TRUE(!at.tls && wrong == 1) << "another body; exchange " << number << ", seed " << seed;
    }

    // The exchanges `first` to `last`, with servers and a client of their own.
    awaitable<void> run_batch(std::uint64_t first, std::uint64_t last) {
        std::array<side, 2> sides;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            sides[i].tls = i == 1;
            sides[i].dice.seed(seed + first + i);
            start(sides[i]);
        }
        auto settings          = options();
        settings.host_failures = 0;
        settings.retry_budget  = 0;
        const client web{io.get_executor(), settings};
        std::mt19937_64 dice{seed + first};
        const loop_lateness late{io};
        auto number     = first;
        const auto next = [&]() -> std::optional<awaitable<void>> {
            if (number > last) return std::nullopt;
            return exchange(web, sides[pick(dice, 2)], number++, late);
        };
        co_await detail::run_bounded(32, 0ms, next);
    }

    std::map<std::string, std::size_t, std::less<>> outcomes_;
};

TEST_F(random_fault, every_exchange_ends_as_its_page_or_as_one_error) {
    std::cout << "FORAGE_SEED=" << seed << " FORAGE_EXCHANGES=" << count << std::endl;
    {
        const raw_server warm{io, raw_answer{}};  // the loop opens what it needs for good
    }
    const auto before = open_descriptors();
    // The loop must run out of work after each batch.
    for (std::uint64_t first = 1; first <= count && !HasFailure(); first += batch) {
        io.restart();
        run(run_batch(first, std::min(count, first + batch - 1)));
        EXPECT_EQ(open_descriptors(), before) << "after exchange " << first + batch - 1 << ", seed " << seed;
    }
    std::size_t ended = 0;
    for (const auto& [outcome, times] : outcomes_) {
        std::cout << outcome << ": " << times << '\n';
        ended += times;
    }
    EXPECT_EQ(ended, count);
    EXPECT_GT(outcomes_["page"], count / 4);
    EXPECT_LT(outcomes_["page"], count);
}

}  // namespace
}  // namespace forage::testing
