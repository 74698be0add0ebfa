// Whose fault a failure is: what comes of our own limits, options or haste, or of a proxy, is not held against a host.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>

#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

// Its servers hang until they are told to answer.
class blame_test : public loopback_web {
protected:
    raw_server::script asleep_until_woken() {
        return [this](std::size_t, std::size_t, const std::string&) {
            if (is_asleep) return raw_answer{"", raw_answer::ending::hang};
            return raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
        };
    }
    bool is_asleep = true;
};

CO_TEST_F(blame_test, what_a_proxy_refuses_is_not_held_against_the_host_behind_it) {
    for (const std::string answer :
         {"503 Service Unavailable\r\nRetry-After: 3600", "429 Slow Down", "502 Bad Gateway", "407 No", "403 No"}) {
        raw_server server{io, raw_answer{"HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"}};
        auto settings          = options();
        settings.proxy         = server.url();
        settings.host_failures = 2;
        const client web{io.get_executor(), settings};
        for (int i = 0; i < 4; ++i) {
            const auto page = co_await scrape_page(web, "https://web.test/");
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::proxy_failed) << page.error().message();
        }
        EXPECT_EQ(server.requests(), 4U) << answer;
        server.stop();
    }
}

}  // namespace
}  // namespace forage::testing
