// hello_search: one search, and the titles of the pages it found.
//     hello_search [QUESTION]
#include "cli/printable.hpp"
#include "example_options.hpp"

#include <forage/forage.hpp>

#include <chrono>
#include <iostream>
#include <string>

using namespace std::chrono_literals;

boost::asio::awaitable<int> hello(std::string question) {
    auto executor = co_await boost::asio::this_coro::executor;
    forage::client web{executor, options_from_environment()};

    auto found = co_await forage::search(web, question, {.count = 5, .timeout = 10s});
    if (!found) {
        std::cerr << found.error().message() << '\n';
        co_return 1;
    }
    auto pages = co_await forage::scrape_pages(web, found->urls(), {.concurrency = 5, .deadline = 20s});
    for (const auto& page : pages.values) {
        std::cout << forage::cli::printable(page.title) << "\n  " << page.final_url << '\n';
    }
    for (const auto& lost : pages.failures) std::cerr << lost.url << ": " << lost.error.message() << '\n';
    co_return pages.values.empty() ? 1 : 0;
}

int main(int argc, char** argv) { return forage::run(hello(argc > 1 ? argv[1] : "write-ahead log checkpoint")); }
