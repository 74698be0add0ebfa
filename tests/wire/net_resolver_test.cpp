// Names to addresses, against a DNS server that answers as the test says.
#include "core/with_deadline.hpp"
#include "net/resolver.hpp"
#include "support/co_test.hpp"
#include "support/open_descriptors.hpp"
#include "support/sanitizers.hpp"
#include "support/scripted_dns.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <set>

namespace forage::testing {
namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;
using detail::addresses;
using detail::deadline;
using type  = scripted_dns::type;
using kind  = dns_script_answer::kind;
using clock = std::chrono::steady_clock;

const dns_script_answer nothing{std::vector<std::string>{}};

std::set<std::string> texts(const result<addresses>& found) {
    std::set<std::string> all;
    if (!found) return all;
    for (const auto& address : *found) all.insert(address.to_string());
    return all;
}

class net_resolver_test : public loop_fixture {
public:
    using host_map = std::vector<std::pair<std::string, std::string>>;
    detail::resolver names_by(const scripted_dns& server, const host_map& hosts = {}) {
        return {io.get_executor(), detail::given_hosts(hosts).value(), server.address()};
    }
    /// As many look-ups of one name at once.
    awaitable<std::vector<result<addresses>>> all_at_once(detail::resolver& names, std::string name, int count) {
        std::vector<result<addresses>> found(static_cast<std::size_t>(count));
        const auto one = [&](std::size_t i) -> awaitable<void> {
            found[i] = co_await names.resolve(name, deadline::after(5s));
        };
        using op = decltype(net::co_spawn(io, one(0), net::deferred));
        std::vector<op> group;
        for (std::size_t i = 0; i < found.size(); ++i) group.push_back(net::co_spawn(io, one(i), net::deferred));
        auto all = net::experimental::make_parallel_group(std::move(group));
        co_await all.async_wait(net::experimental::wait_for_all(), net::use_awaitable);
        co_return found;
    }
};

CO_TEST_F(net_resolver_test, asks_for_both_families_and_remembers_both) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::a) return {{"192.0.2.1", "192.0.2.2"}};
                            return {{"2001:db8::1"}};
                        }};
    auto names      = names_by(server);
    const auto both = std::set<std::string>{"192.0.2.1", "192.0.2.2", "2001:db8::1"};
    for (int i = 0; i < 3; ++i) {
        const auto found = co_await names.resolve("two.test", deadline::after(5s));
        EXPECT_EQ(texts(found), both);
    }
    EXPECT_EQ(server.asked(type::a), 1U);
    EXPECT_EQ(server.asked(type::aaaa), 1U);
}

CO_TEST_F(net_resolver_test, literals_and_given_names_ask_nobody) {
    scripted_dns server{io, [](const std::string&, type) { return nothing; }};
    auto names = names_by(server, {{"Given.Test", "192.0.2.9"}});
    for (const auto& [host, address] : std::vector<std::pair<std::string, std::string>>{
             {"192.0.2.7", "192.0.2.7"},
             {"[2001:db8::7]", "2001:db8::7"},
             {"given.test", "192.0.2.9"},
             {"given.test.", "192.0.2.9"},
         }) {
        const auto found = co_await names.resolve(host, deadline::after(5s));
        EXPECT_EQ(texts(found), std::set{address}) << host;
    }
    const auto local = co_await names.resolve("some.localhost", deadline::after(5s));
    EXPECT_TRUE(texts(local).contains("127.0.0.1"));
    EXPECT_EQ(server.asked(), 0U);
}

CO_TEST_F(net_resolver_test, equal_lookups_at_once_are_one) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            dns_script_answer answer{{asked == type::a ? "192.0.2.1" : "2001:db8::1"}};
                            answer.delay = 20ms;
                            return answer;
                        }};
    auto names       = names_by(server);
    const auto found = co_await all_at_once(names, "many.test", 20);
    EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const auto& one) { return texts(one).size() == 2; }), 20);
    EXPECT_EQ(server.asked(), 2U);
}

CO_TEST_F(net_resolver_test, no_time_to_live_still_holds_for_a_moment) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::a) return {{"192.0.2.1"}, 0};
                            return nothing;
                        }};
    auto names = names_by(server);
    for (int i = 0; i < 5; ++i) {
        const auto found = co_await names.resolve("volatile.test", deadline::after(5s));
        EXPECT_TRUE(found);
    }
    EXPECT_EQ(server.asked(type::a), 1U);
}

CO_TEST_F(net_resolver_test, denials_are_remembered_and_failures_are_not) {
    scripted_dns server{io, [](const std::string& name, type) -> dns_script_answer {
                            if (name == "none.test") return kind::no_name;
                            if (name == "empty.test") return nothing;
                            return kind::failure;
                        }};
    auto names = names_by(server);
    for (const auto* host : {"none.test", "empty.test"}) {
        const auto before = server.asked();
        for (int i = 0; i < 3; ++i) {
            const auto found = co_await names.resolve(host, deadline::after(5s));
            CO_ASSERT_TRUE(!found);
            EXPECT_EQ(found.error().code, errc::name_not_found);
            EXPECT_EQ(found.error().where, phase::resolve);
            EXPECT_EQ(found.error().host, host);
        }
        EXPECT_EQ(server.asked() - before, 2U) << host;
    }
    const auto failed = co_await names.resolve("broken.test", deadline::after(5s));
    CO_ASSERT_TRUE(!failed);
    EXPECT_EQ(failed.error().code, errc::resolve_failed);
    const auto before = server.asked();
    const auto again  = co_await names.resolve("broken.test", deadline::after(5s));
    EXPECT_FALSE(again);
    EXPECT_GE(server.asked() - before, 2U);
}

CO_TEST_F(net_resolver_test, a_family_that_is_silent_holds_up_the_other_only_briefly) {
    scripted_dns server{io, [](const std::string& name, type asked) -> dns_script_answer {
                            if (name == "only6.test") {
                                if (asked == type::aaaa) return {{"2001:db8::1"}};
                            } else if (asked == type::a) {
                                if (name == "none.test") return kind::no_name;
                                return {{"192.0.2.1"}};
                            }
                            return kind::silence;
                        }};
    auto names       = names_by(server);
    auto began       = clock::now();
    const auto found = co_await names.resolve("only4.test", deadline::after(10s));
    EXPECT_EQ(texts(found), std::set<std::string>{"192.0.2.1"});
    EXPECT_GE(clock::now() - began, 50ms);  // RFC 8305 §3
    EXPECT_LT(clock::now() - began, 1s);

    began            = clock::now();
    const auto other = co_await names.resolve("only6.test", deadline::after(10s));
    EXPECT_EQ(texts(other), std::set<std::string>{"2001:db8::1"});
    EXPECT_LT(clock::now() - began, 1s);

    began           = clock::now();
    const auto none = co_await names.resolve("none.test", deadline::after(10s));
    CO_ASSERT_TRUE(!none);
    EXPECT_EQ(none.error().code, errc::name_not_found);
    EXPECT_LT(clock::now() - began, 1s);
}

CO_TEST_F(net_resolver_test, a_wrong_denial_of_ipv6_does_not_hide_ipv4) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::aaaa) return kind::no_name;  // RFC 4074 §4.2
                            dns_script_answer answer{{"192.0.2.1"}};
                            answer.delay = 20ms;
                            return answer;
                        }};
    auto names       = names_by(server);
    const auto found = co_await names.resolve("half.test", deadline::after(5s));
    EXPECT_EQ(texts(found), std::set<std::string>{"192.0.2.1"});
}

CO_TEST_F(net_resolver_test, a_silent_server_ends_by_the_deadline_and_leaves_nothing) {
    scripted_dns server{io, [](const std::string&, type) -> dns_script_answer { return kind::silence; }};
    auto names       = names_by(server);
    const auto first = co_await names.resolve("first.test", deadline::after(50ms));  // opens what stays open
    const auto open  = open_descriptors();
    const auto began = clock::now();
    const auto found = co_await names.resolve("silent.test", deadline::after(100ms));
    CO_ASSERT_TRUE(!found);
    EXPECT_FALSE(first);
    EXPECT_EQ(found.error().code, errc::timed_out);
    EXPECT_EQ(found.error().where, phase::resolve);
    EXPECT_LT(clock::now() - began, 1s);
    EXPECT_EQ(open_descriptors(), open);
}

CO_TEST_F(net_resolver_test, who_leaves_does_not_take_the_answer_from_the_others) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::aaaa) return nothing;
                            dns_script_answer answer{{"192.0.2.1"}};
                            answer.delay = 150ms;
                            return answer;
                        }};
    auto names           = names_by(server);
    const auto impatient = [&]() -> awaitable<void> {
        const auto found = co_await names.resolve("slow.test", deadline::after(20ms));
        EXPECT_FALSE(found);
    };
    const auto patient = [&]() -> awaitable<void> {
        const auto found = co_await names.resolve("slow.test", deadline::after(5s));
        EXPECT_EQ(texts(found), std::set<std::string>{"192.0.2.1"});
    };
    auto leaves = net::co_spawn(io, impatient(), net::deferred);
    auto stays  = net::co_spawn(io, patient(), net::deferred);
    auto both   = net::experimental::make_parallel_group(std::move(leaves), std::move(stays));
    co_await both.async_wait(net::experimental::wait_for_all(), net::use_awaitable);
    EXPECT_EQ(server.asked(), 2U);
}

CO_TEST_F(net_resolver_test, every_lookup_has_a_port_of_its_own) {
    scripted_dns server{io, [](const std::string& name, type asked) -> dns_script_answer {
                            if (name == "waits.test") return kind::silence;  // so that the sockets overlap
                            if (asked == type::a) return {{"192.0.2.1"}};
                            return nothing;
                        }};
    auto names       = names_by(server);
    const auto waits = [&]() -> awaitable<void> {
        const auto found = co_await names.resolve("waits.test", deadline::after(300ms));
        EXPECT_FALSE(found);
    };
    const auto asks = [&]() -> awaitable<void> {
        for (int i = 0; i < 8; ++i) {
            const auto found = co_await names.resolve("n" + std::to_string(i) + ".test", deadline::after(5s));
            EXPECT_TRUE(found);
        }
    };
    auto one  = net::co_spawn(io, waits(), net::deferred);
    auto two  = net::co_spawn(io, asks(), net::deferred);
    auto both = net::experimental::make_parallel_group(std::move(one), std::move(two));
    co_await both.async_wait(net::experimental::wait_for_all(), net::use_awaitable);
    const std::set<std::uint16_t> ports(server.ports().begin(), server.ports().end());
    EXPECT_GT(ports.size(), 4U);
}

CO_TEST_F(net_resolver_test, a_long_answer_is_cut) {
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::aaaa) return nothing;
                            std::vector<std::string> all;
                            for (int i = 0; i < 25; ++i) all.push_back("192.0.2." + std::to_string(i));
                            return all;
                        }};
    auto names       = names_by(server);
    const auto found = co_await names.resolve("many.test", deadline::after(5s));
    EXPECT_EQ(texts(found).size(), 16U);
}

CO_TEST_F(net_resolver_test, without_descriptors_nothing_is_asked_and_nothing_remembered) {
#ifdef FORAGE_ADDRESS_SANITIZER
    co_return;  // UBSan tells readable memory by opening a pipe
#endif
    scripted_dns server{io, [](const std::string&, type asked) -> dns_script_answer {
                            if (asked == type::a) return {{"192.0.2.1"}};
                            return nothing;
                        }};
    auto names          = names_by(server);
    const auto is_typed = [](const result<addresses>& found) {
        return !found && found.error().code == errc::resolve_failed;
    };
    {
        const descriptor_limit none{0};
        const auto unset_up = co_await names.resolve("a.test", deadline::after(5s));
        EXPECT_TRUE(is_typed(unset_up));
    }
    const auto later = co_await names.resolve("a.test", deadline::after(5s));
    EXPECT_TRUE(later);
    {
        const descriptor_limit none{0};
        const auto unasked = co_await names.resolve("b.test", deadline::after(5s));
        CO_ASSERT_TRUE(is_typed(unasked));
        EXPECT_NE(unasked.error().message().find("descriptor"), std::string::npos) << unasked.error().message();
    }
    const auto found = co_await names.resolve("b.test", deadline::after(5s));
    EXPECT_EQ(texts(found), std::set<std::string>{"192.0.2.1"});
    EXPECT_EQ(server.asked(type::a), 2U);
}

}  // namespace
}  // namespace forage::testing
