// When a search service is left alone after failures in a row: which failures are its own, and what ends the row.
#include "support/co_test.hpp"
#include "unit/search_script.hpp"

#include <gtest/gtest.h>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using detail::deadline;
using detail::search_call;

class search_breaker : public loop_fixture {
public:
    search_breaker() {
        script.options.host_failures = 3;
        call.retry                   = no_retry;
    }
    /// What comes of one search, which the script has an answer for.
    awaitable<errc> outcome() {
        const auto found = co_await search_provider_pages(script.context(), provider::google, call, until);
        co_return found ? errc::ok : found.error().code;
    }
    awaitable<errc> outcome_of(int status) {
        script.answer(status, status == 200 ? google_nothing : "");
        co_return co_await outcome();
    }

    search_script script;
    search_call call{"wal mode", search_options{}};
    deadline until = deadline::after(60s);
};

CO_TEST_F(search_breaker, opens_after_failures_of_the_service) {
    for (const auto where : {phase::connect, phase::tls, phase::first_byte}) {
        script.fail(errc::timed_out, where);
        const auto code = co_await outcome();
        EXPECT_EQ(code, errc::timed_out);
    }
    const auto code = co_await outcome();
    EXPECT_EQ(code, errc::host_unavailable);
    EXPECT_EQ(script.requests.size(), 3U);
}

CO_TEST_F(search_breaker, does_not_open_for_what_is_not_the_services_fault) {
    for (const auto where : {phase::queue, phase::resolve, phase::proxy, phase::decode, phase::read}) {
        for (int i = 0; i < 2; ++i) {
            script.fail(errc::timed_out, where);
            const auto code = co_await outcome();
            EXPECT_EQ(code, errc::timed_out) << to_string(where);
        }
    }
    script.fail(errc::connect_failed, phase::queue);
    const auto code = co_await outcome();
    EXPECT_EQ(code, errc::connect_failed);
}

CO_TEST_F(search_breaker, any_answer_ends_the_row) {
    for (const auto status : {400, 403, 429}) {
        for (int i = 0; i < 2; ++i) {
            const auto code = co_await outcome_of(500);
            EXPECT_EQ(code, errc::server_error);
        }
        const auto code = co_await outcome_of(status);
        EXPECT_NE(code, errc::server_error);
    }
    const auto code = co_await outcome_of(200);
    EXPECT_EQ(code, errc::ok);
}

CO_TEST_F(search_breaker, the_one_that_tries_opens_the_door_by_any_answer) {
    for (int i = 0; i < 3; ++i) co_await outcome_of(500);
    const auto shut = co_await outcome();
    EXPECT_EQ(shut, errc::host_unavailable);
    script.now += script.options.host_pause;
    const auto tried = co_await outcome_of(400);
    EXPECT_EQ(tried, errc::bad_request);
    const auto next = co_await outcome_of(200);
    EXPECT_EQ(next, errc::ok);
}

}  // namespace
}  // namespace forage::testing
