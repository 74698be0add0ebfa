// cli_fixture: the command line program, called with the options that lead to the loopback web.
#pragma once

#include "support/child_process.hpp"
#include "support/miniweb_fixture.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace forage::testing {

/// A page whose every part tries to work on the terminal.
inline constexpr const char* hostile_name = "hostile.html";
inline constexpr const char* hostile_page =
    "<!doctype html><title>zebrafinch \x1b]0;owned\x07 \xE2\x80\xAEgpj.exe</title>"
    "<p>zebrafinch \x1b[31mred \xC2\x9B 2J\x7F\b\b <a href='/x'>li\x1bnk</a></p><pre><code>a\x1b[0m</code></pre>";

class cli_fixture : public ::testing::Test {
protected:
    using strings = std::vector<std::string>;

    static void SetUpTestSuite() {
        const std::vector<std::pair<std::string, std::string>> own{{hostile_name, hostile_page}};
        web_ = std::make_unique<miniweb>(own);
    }
    static void TearDownTestSuite() { web_.reset(); }

    static child_command command(const strings& arguments, std::string input = {}) {
        strings more;
        if (arguments[0] == "scrape") more = web_->network_options();
        if (arguments[0] == "search" || arguments[0] == "research") more = web_->options();
        // Ours come first: the last of repeated options counts.
        strings words{example_program("forage"), arguments[0]};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), arguments.begin() + 1, arguments.end());
        return {.words = std::move(words), .environment = web_->environment(), .input = std::move(input)};
    }
    static child_outcome run(const strings& arguments, std::string input = {}) {
        return run_child(command(arguments, std::move(input)));
    }
    static std::string page(std::string_view name) { return web_->page(name); }
    static std::string google_url() {
        for (const auto& [name, value] : web_->environment())
            if (name == "FORAGE_GOOGLE_URL") return value;
        return {};
    }

private:
    static inline std::unique_ptr<miniweb> web_;
};

}  // namespace forage::testing
