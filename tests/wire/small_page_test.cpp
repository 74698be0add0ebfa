// Small pages are read on the event loop's own thread, within a budget that dear ones do not keep to: a worker has
// them.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"

#include <forage/scrape.hpp>

#include <algorithm>
#include <string>

namespace forage::testing {
namespace {

class small_page_test : public loopback_web {
protected:
    awaitable<page> read(std::string body) {
        raw_server server{io, raw_answer{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body}};
        const client web{io.get_executor(), options()};
        auto got = co_await scrape_page(web, server.url());
        server.stop();
        EXPECT_TRUE(got) << got.error().message();
        co_return got ? *std::move(got) : page{};
    }
};

CO_TEST_F(small_page_test, is_read) {
    const auto page = co_await read("<title>small</title><p>a page<pre>and code</pre><a href=x>link</a>");
    EXPECT_EQ(page.title, "small");
    EXPECT_EQ(page.text, "a page\nand code\nlink");
    EXPECT_EQ(page.links.size(), 1U);
    EXPECT_EQ(page.code.size(), 1U);
}

// Three kilobytes that the standard turns into tens of thousands of elements: more than the small budget has.
CO_TEST_F(small_page_test, that_is_dear_is_read_all_the_same) {
    constexpr int count = 200;
    std::string html    = "<p>";
    for (int i = 0; i < count; ++i) html += "<b a" + std::to_string(i) + '>';
    for (int i = 0; i < count; ++i) html += "</p><p>x";
    const auto page = co_await read(html);
    EXPECT_EQ(std::ranges::count(page.text, 'x'), count);
}

}  // namespace
}  // namespace forage::testing
