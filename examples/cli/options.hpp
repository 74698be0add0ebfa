// What the command line asks for, as values. Parsing is in options.cpp.
#pragma once

#include "cli/research_wishes.hpp"

#include <forage/client.hpp>
#include <forage/html.hpp>
#include <forage/search.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::cli {

enum class command : std::uint8_t { search, scrape, extract, feed, sitemap, research };
enum class output_format : std::uint8_t { text, markdown, json, jsonl };

struct options {
    cli::command command{};
    std::string query;              ///< of search and research
    std::vector<std::string> urls;  ///< of scrape
    std::string url_list;           ///< of scrape: a file, or "-"; empty: none
    std::string file;               ///< of extract, feed and sitemap: a file, or "-"
    std::string batch;              ///< of extract: a folder, instead of a file
    std::string base;               ///< of extract, feed and sitemap

    std::vector<provider> chain;  ///< empty: the default one
    bool together = false;        ///< ask all of it at once
    std::optional<int> count;     ///< hits of a search, pages of a research
    std::optional<int> concurrency;
    std::chrono::milliseconds timeout{std::chrono::seconds{10}};  ///< for one page or search
    std::chrono::milliseconds deadline{};                         ///< for everything; zero means none

    output_format format = output_format::text;
    bool fetch_only      = false;
    bool truncate        = false;
    bool metadata        = false;                      ///< of scrape and extract: as lines before the text
    html_reader reader   = html_reader::forage;        ///< of scrape and extract
    extraction_mode mode = extraction_mode::balanced;  ///< the same
    int retries          = 2;
    research_wishes research;
    bool stats    = false;
    int verbosity = 0;

    client_options client;  ///< keys are left to the environment
};

/// Either options, or the text to print and the code to end with: help (0) or a usage error (2).
struct command_line {
    std::optional<options> chosen;
    int exit_code = 0;
    std::string text;
};

[[nodiscard]] command_line parse_command_line(int count, const char* const* arguments);

/// "1.5" as 1,500 ms. Nothing unless it is a number of seconds above 0 and at most a day.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_seconds(std::string_view text);

}  // namespace forage::cli
