// fan_out: your own coroutine for many inputs, two at a time. What fails is listed; the others go on.
//     fan_out URL...
#include "example_options.hpp"

#include <forage/forage.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

using namespace std::chrono_literals;

// Any coroutine that returns a value or a forage::result can be fanned out.
boost::asio::awaitable<forage::result<std::size_t>> count_links(forage::client web, std::string url) {
    auto page = co_await forage::scrape_page(web, url, {.timeout = 5s, .markdown = false});
    if (!page) co_return std::move(page).error();
    co_return page->links.size();
}

boost::asio::awaitable<int> count_all(std::vector<std::string> urls) {
    auto executor = co_await boost::asio::this_coro::executor;
    forage::client web{executor, options_from_environment()};

    // On GCC 12 name a lambda that captures before the co_await expression, or capture by reference
    // (docs/known_limits.md).
    auto count   = [&](std::string url) { return count_links(web, std::move(url)); };
    auto counted = co_await forage::fan_out(urls, {.concurrency = 2, .deadline = 20s}, count);

    for (std::size_t i = 0; i < counted.values.size(); ++i) {
        std::cout << counted.values[i] << " links on " << urls[counted.indices[i]] << '\n';
    }
    for (const auto& lost : counted.failures) std::cerr << urls[lost.index] << ": " << lost.error.message() << '\n';
    co_return counted.values.empty() ? 1 : 0;
}

int main(int argc, char** argv) { return forage::run(count_all(std::vector<std::string>(argv + 1, argv + argc))); }
