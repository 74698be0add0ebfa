// How long answers of DNS and TLS sessions are kept, and how many.
#include "net/address_cache.hpp"
#include "net/session_cache.hpp"

#include <gtest/gtest.h>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;

const addresses some{boost::asio::ip::make_address("192.0.2.1")};

bool holds(address_cache& cache, const std::string& name, address_cache::time_point at) {
    const auto known = cache.find(name, at);
    return known && *known;
}

TEST(address_cache, keeps_an_answer_for_its_time_within_bounds) {
    address_cache cache;
    const address_cache::time_point now{1000h};
    cache.keep("short.test", some, 0s, now);
    cache.keep("plain.test", some, 60s, now);
    cache.keep("long.test", some, 24h, now);
    EXPECT_TRUE(holds(cache, "short.test", now + address_cache::shortest - 1ms));
    EXPECT_FALSE(holds(cache, "short.test", now + address_cache::shortest));
    EXPECT_TRUE(holds(cache, "plain.test", now + 60s - 1ms));
    EXPECT_FALSE(holds(cache, "plain.test", now + 60s));
    EXPECT_TRUE(holds(cache, "long.test", now + address_cache::longest - 1ms));
    EXPECT_FALSE(holds(cache, "long.test", now + address_cache::longest));
    EXPECT_EQ(cache.size(), 0U) << "what has ended is forgotten when it is asked for";
}

TEST(address_cache, keeps_a_denial_briefly) {
    address_cache cache;
    const address_cache::time_point now{1000h};
    cache.keep_denial("none.test", error{errc::name_not_found, "no such name"}, now);
    const auto known = cache.find("none.test", now + address_cache::denial - 1ms);
    ASSERT_TRUE(known);
    ASSERT_FALSE(*known);
    EXPECT_EQ(known->error().code, errc::name_not_found);
    EXPECT_FALSE(cache.find("none.test", now + address_cache::denial));
    cache.keep_denial("none.test", error{errc::name_not_found}, now);
    cache.keep("none.test", some, 60s, now);
    EXPECT_TRUE(holds(cache, "none.test", now)) << "an answer takes a denial's place";
}

TEST(address_cache, is_bounded_and_drops_what_ends_first) {
    address_cache cache;
    const address_cache::time_point now{1000h};
    for (std::size_t i = 0; i < address_cache::limit; ++i) {
        cache.keep("n" + std::to_string(i), some, std::chrono::seconds{10 + (i == 7 ? -5 : 0)}, now);
    }
    cache.keep("n1", some, 20s, now);
    EXPECT_EQ(cache.size(), address_cache::limit) << "an entry that is renewed needs no room";
    cache.keep("new", some, 10s, now);
    EXPECT_EQ(cache.size(), address_cache::limit);
    EXPECT_FALSE(holds(cache, "n7", now));
    EXPECT_TRUE(holds(cache, "n8", now));
    cache.keep("much later", some, 10s, now + 15s);
    EXPECT_EQ(cache.size(), 2U) << "what has ended goes first, all of it";
}

TEST(session_cache, gives_a_single_use_session_once_and_others_again) {
    session_cache cache;
    const session_cache::time_point now{1000h};
    cache.put("once", {"ticket", now + 1h, true}, now);
    cache.put("often", {"session", now + 1h, false}, now);
    EXPECT_EQ(cache.take("once", now), "ticket");
    EXPECT_EQ(cache.take("once", now), std::nullopt);
    EXPECT_EQ(cache.take("often", now), "session");
    EXPECT_EQ(cache.take("often", now), "session");
    cache.put("often", {"newer", now + 1h, false}, now);
    EXPECT_EQ(cache.take("often", now), "newer");
    cache.forget("often");
    EXPECT_EQ(cache.take("often", now), std::nullopt);
}

TEST(session_cache, lets_sessions_end) {
    session_cache cache;
    const session_cache::time_point now{1000h};
    cache.put("over", {"x", now, false}, now);
    EXPECT_EQ(cache.size(), 0U);
    cache.put("soon", {"x", now + 1min, false}, now);
    EXPECT_EQ(cache.take("soon", now + 1min), std::nullopt);
    EXPECT_EQ(cache.size(), 0U);
    cache.put("in a week", {"x", now + 168h, false}, now);
    EXPECT_EQ(cache.take("in a week", now + session_cache::longest - 1s), "x");
    EXPECT_EQ(cache.take("in a week", now + session_cache::longest), std::nullopt);
}

TEST(session_cache, is_bounded_and_drops_what_ends_first) {
    session_cache cache;
    const session_cache::time_point now{1000h};
    for (std::size_t i = 0; i < session_cache::limit; ++i) {
        cache.put("o" + std::to_string(i), {"x", now + (i == 7 ? 5min : 10min), true}, now);
    }
    cache.put("new", {"x", now + 10min, true}, now);
    EXPECT_EQ(cache.size(), session_cache::limit);
    EXPECT_EQ(cache.take("o7", now), std::nullopt);
    EXPECT_EQ(cache.take("o8", now), "x");
}

}  // namespace
}  // namespace forage::detail
