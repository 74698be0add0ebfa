// forage: the command line program. What it takes and gives is in options.cpp; what it does is in the command files.
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/input.hpp"
#include "cli/options.hpp"
#include "cli/run_report.hpp"

#include <forage/error.hpp>
#include <forage/run.hpp>

#include <boost/asio/awaitable.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <malloc.h>
#include <utility>

namespace {

using namespace forage::cli;

int scrape(options chosen) {
    std::string piped;
    if (chosen.url_list == "-") {
        // Before there is an event loop that this could block; Ctrl-C here ends the program as it does any other.
        auto text = read_input("-");
        if (!text) {
            console{}.complain(text.error().message());
            return exit_nothing;
        }
        piped = *std::move(text);
    }
    return forage::run(scrape_command(std::move(chosen), std::move(piped)));
}

int run_command(options chosen) {
    switch (chosen.command) {
    case command::search: return forage::run(search_command(std::move(chosen)));
    case command::research: return forage::run(research_command(std::move(chosen)));
    case command::scrape: return scrape(std::move(chosen));
    case command::extract: return extract_command(chosen);
    case command::feed: return feed_command(chosen);
    case command::sitemap: return sitemap_command(chosen);
    }
    return exit_usage;
}

}  // namespace

int main(int argc, char** argv) {
    // Large blocks go back to the system when they are freed. Left alone, glibc comes to keep up to 64 MiB for each
    // thread (mallopt(3), M_MMAP_THRESHOLD), and what one page took would be added to what the next one takes.
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone shows as EPIPE: see console.hpp
    try {
        auto line = parse_command_line(argc, argv);
        if (line.chosen) return run_command(*std::move(line.chosen));
        if (line.exit_code == 0) {
            console{}.print(line.text);
        } else {
            std::fputs(line.text.c_str(), stderr);
        }
        return line.exit_code;
    } catch (const forage::exception& refused) {
        console{}.complain(refused.what());
        return refused.why().code == forage::errc::bad_argument ? exit_usage : exit_nothing;
    } catch (const std::exception& broken) {
        console{}.complain(broken.what());
        return exit_nothing;
    }
}
