// legacy_blocking: code without coroutines, on several plain threads that share one client. Sees no Boost header.
//     legacy_blocking QUESTION...
#include "cli/printable.hpp"
#include "example_options.hpp"

#include <forage/blocking.hpp>

#include <iostream>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
    std::vector<std::string> questions(argv + 1, argv + argc);
    if (questions.empty()) questions = {"how does autoincrement work", "partial index"};

    forage::blocking::client web{options_from_environment()};  // keeps its connections between calls
    std::vector<std::string> answers(questions.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        threads.emplace_back([&, i] {
            auto found = forage::blocking::search(web, questions[i], {.count = 1});
            if (!found || found->hits.empty()) return;
            auto page = forage::blocking::scrape_page(web, found->hits.front().url);
            if (page) answers[i] = forage::cli::printable(page->title) + "\n  " + page->final_url;
        });
    }
    for (auto& thread : threads) thread.join();

    bool has_all = true;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        std::cout << questions[i] << ": " << (answers[i].empty() ? "nothing found" : answers[i]) << '\n';
        has_all = has_all && !answers[i].empty();
    }
    return has_all ? 0 : 1;
}
