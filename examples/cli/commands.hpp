// The commands. Each gives the program's exit code: see run_report.hpp.
#pragma once

#include "cli/options.hpp"

#include <forage/detail/awaitable_fwd.hpp>

#include <string>

namespace forage::cli {

// On an event loop of forage::run, which cancels them on Ctrl-C; they then print what is there and end. They throw
// `forage::exception` when the client refuses its options.
[[nodiscard]] awaitable<int> search_command(options chosen);
[[nodiscard]] awaitable<int> research_command(options chosen);
/// `piped` is what standard input held, if `--urls -` asks for it.
[[nodiscard]] awaitable<int> scrape_command(options chosen, std::string piped);

// These need no event loop.
[[nodiscard]] int extract_command(const options& chosen);
[[nodiscard]] int feed_command(const options& chosen);
[[nodiscard]] int sitemap_command(const options& chosen);

}  // namespace forage::cli
