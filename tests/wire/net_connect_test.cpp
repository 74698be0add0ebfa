// Happy Eyeballs on 127.0.0.0/8, where every address is a host of its own.
#include "core/with_deadline.hpp"
#include "net/connect.hpp"
#include "support/black_hole.hpp"
#include "support/co_test.hpp"
#include "support/open_descriptors.hpp"
#include "support/sanitizers.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <optional>

namespace forage::testing {
namespace {

namespace net = boost::asio;
using tcp     = net::ip::tcp;
using namespace std::chrono_literals;
using detail::addresses;
using detail::deadline;
using clock = std::chrono::steady_clock;

// The first two hosts of each test do not connect, or do not listen; the third does.
constexpr const char* first  = "127.0.0.2";
constexpr const char* second = "127.0.0.3";
constexpr const char* third  = "127.0.0.4";

template <class... Texts>
addresses hosts(Texts... texts) {
    return {net::ip::make_address(texts)...};
}

class net_connect_test : public loop_fixture {
public:
    /// Listens on the third host; nothing needs to be accepted for connections to come about.
    tcp::acceptor listening{io, tcp::endpoint{net::ip::make_address(third), 0}};
    std::uint16_t port = listening.local_endpoint().port();
    std::vector<std::string> checked;
    std::string blocked;

    awaitable<result<detail::connected>> connect_to(addresses candidates, deadline until = deadline::after(10s)) {
        const auto allowed = [this](const net::ip::address& address) -> result<void> {
            checked.push_back(address.to_string());
            if (blocked.find(address.to_string()) == std::string::npos) return result<void>::success();
            return error{errc::blocked_address, address.to_string() + " is not for us"};
        };
        co_return co_await detail::connect(allowed, std::move(candidates), port, until);
    }
};

CO_TEST_F(net_connect_test, tells_whom_it_reached) {
    const auto reached = co_await connect_to(hosts(third));
    CO_ASSERT_TRUE(reached);
    EXPECT_EQ(reached->peer, "127.0.0.4:" + std::to_string(port));
    EXPECT_TRUE(reached->socket.is_open());
    EXPECT_EQ(detail::to_text({net::ip::make_address("2001:db8::1"), 443}), "[2001:db8::1]:443");
}

CO_TEST_F(net_connect_test, after_a_refusal_the_next_is_tried_at_once) {
    const auto began   = clock::now();
    const auto reached = co_await connect_to(hosts(first, second, third));
    CO_ASSERT_TRUE(reached);
    EXPECT_EQ(reached->peer, "127.0.0.4:" + std::to_string(port));
    EXPECT_LT(clock::now() - began, detail::connection_attempt_delay);
}

CO_TEST_F(net_connect_test, beside_a_silent_address_the_next_is_tried_after_a_while) {
    const black_hole silent{first, port};
    const auto open    = open_descriptors();
    const auto began   = clock::now();
    const auto reached = co_await connect_to(hosts(first, third));
    const auto took    = clock::now() - began;
    CO_ASSERT_TRUE(reached);
    EXPECT_EQ(reached->peer, "127.0.0.4:" + std::to_string(port));
    EXPECT_GE(took, detail::connection_attempt_delay);
    EXPECT_LT(took, 2 * detail::connection_attempt_delay);
    EXPECT_EQ(open_descriptors(), open + 1) << "the attempt that lost is closed";
}

CO_TEST_F(net_connect_test, an_address_is_checked_right_before_its_attempt) {
    const auto reached = co_await connect_to(hosts(third, first, second));
    EXPECT_TRUE(reached);
    EXPECT_EQ(checked, std::vector<std::string>{third});
}

CO_TEST_F(net_connect_test, blocked_addresses_are_passed_over) {
    blocked            = std::string{first} + ' ' + second;
    const auto reached = co_await connect_to(hosts(first, second, third));
    CO_ASSERT_TRUE(reached);
    EXPECT_EQ(reached->peer, "127.0.0.4:" + std::to_string(port));

    const auto refused = co_await connect_to(hosts(first, "127.0.0.5", second));
    CO_ASSERT_TRUE(!refused);
    EXPECT_EQ(refused.error().code, errc::connect_failed);
    EXPECT_NE(refused.error().what.find("127.0.0.5: Connection refused"), std::string::npos) << refused.error().what;
}

CO_TEST_F(net_connect_test, all_blocked_is_said_so_and_nothing_is_connected_to) {
    blocked           = third;
    const auto failed = co_await connect_to(hosts(third));
    CO_ASSERT_TRUE(!failed);
    EXPECT_EQ(failed.error().code, errc::blocked_address);
    EXPECT_EQ(failed.error().where, phase::connect);
    listening.non_blocking(true);
    boost::system::error_code nobody;
    tcp::socket came{io};
    listening.accept(came, nobody);
    EXPECT_EQ(nobody, net::error::would_block);
}

CO_TEST_F(net_connect_test, refused_and_nothing_at_all) {
    const auto refused = co_await connect_to(hosts(first));
    CO_ASSERT_TRUE(!refused);
    EXPECT_EQ(refused.error().code, errc::connect_failed);
    EXPECT_NE(refused.error().what.find("127.0.0.2"), std::string::npos);
    EXPECT_NE(refused.error().hint.find("port"), std::string::npos);
    const auto nowhere = co_await connect_to(hosts());
    CO_ASSERT_TRUE(!nowhere);
    EXPECT_EQ(nowhere.error().code, errc::connect_failed);
}

CO_TEST_F(net_connect_test, a_family_without_a_way_does_not_stand_in_the_way) {
    // Where there is a way to IPv6, nothing answers at this address, and the next is tried beside it.
    const auto reached = co_await connect_to(hosts(third, "2001:db8::1"));
    CO_ASSERT_TRUE(reached);
    EXPECT_EQ(checked.front(), "2001:db8::1");
    EXPECT_EQ(reached->peer, "127.0.0.4:" + std::to_string(port));

    const auto refused = co_await connect_to(hosts("2001:db8::1", first), deadline::after(400ms));
    CO_ASSERT_TRUE(!refused);
    if (refused.error().code != errc::timed_out) {  // as it is where there is a way to IPv6
        EXPECT_NE(refused.error().what.find("127.0.0.2: Connection refused"), std::string::npos)
            << refused.error().what;
    }
}

CO_TEST_F(net_connect_test, silence_everywhere_ends_by_the_deadline) {
    const black_hole one{first, port};
    const black_hole other{second, port};
    const auto open   = open_descriptors();
    const auto began  = clock::now();
    const auto failed = co_await connect_to(hosts(first, second), deadline::after(400ms));
    CO_ASSERT_TRUE(!failed);
    EXPECT_EQ(failed.error().code, errc::timed_out);
    EXPECT_EQ(failed.error().where, phase::connect);
    EXPECT_NE(failed.error().what.find(first), std::string::npos) << failed.error().what;
    EXPECT_GE(clock::now() - began, 400ms);
    EXPECT_LT(clock::now() - began, 1s);
    EXPECT_EQ(open_descriptors(), open);
}

CO_TEST_F(net_connect_test, cancelled_in_the_middle_it_leaves_nothing_open) {
    const black_hole one{first, port};
    const black_hole other{second, port};
    const auto open = open_descriptors();
    // Long enough for both attempts to run.
    const auto outcome = co_await detail::with_deadline(connect_to(hosts(first, second)), deadline::after(350ms));
    EXPECT_FALSE(outcome);
    EXPECT_EQ(checked.size(), 2U);
    EXPECT_EQ(open_descriptors(), open);
}

CO_TEST_F(net_connect_test, without_descriptors_it_fails_with_advice_and_recovers) {
#ifdef FORAGE_ADDRESS_SANITIZER
    co_return;  // UBSan tells readable memory by opening a pipe
#endif
    {
        const descriptor_limit none{0};
        const auto failed = co_await connect_to(hosts(first, second, third));
        CO_ASSERT_TRUE(!failed);
        EXPECT_EQ(failed.error().code, errc::connect_failed);
        EXPECT_NE(failed.error().hint.find("limit of open files"), std::string::npos) << failed.error().message();
        EXPECT_EQ(checked.size(), 3U) << "each address once";
    }
    const auto reached = co_await connect_to(hosts(third));
    EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace forage::testing
