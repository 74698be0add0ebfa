// How a run went: its exit code, its failures as lines, its counters as JSON.
#pragma once

#include <forage/client.hpp>
#include <forage/error.hpp>
#include <forage/scrape.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace forage::cli {

class console;

// The exit codes, as --help documents them.
inline constexpr int exit_all         = 0;
inline constexpr int exit_nothing     = 1;
inline constexpr int exit_usage       = 2;
inline constexpr int exit_some        = 3;
inline constexpr int exit_interrupted = 130;

struct tally {
    std::size_t ok         = 0;
    std::size_t failed     = 0;
    bool was_interrupted   = false;
    std::uint64_t consumed = 0;  ///< bytes read without a client: `extract`
};

[[nodiscard]] int exit_code(const tally& run);

/// One line each. When the run was interrupted, what had not begun or was cut off is one line together.
void report_failures(console& out, std::span<const scrape_failure> failures);

/// Whether Ctrl-C cut the run short: a deadline gives `timed_out`, only the caller gives `cancelled`.
[[nodiscard]] bool was_interrupted(std::span<const scrape_failure> failures);

/// Wall and CPU time since the program began.
class stopwatch {
public:
    [[nodiscard]] double wall_seconds() const;
    /// User and system time of all threads of the process.
    [[nodiscard]] static double cpu_seconds();

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// What each request of a run did, for `--stats`: the first 10,000.
class request_log {
public:
    /// Makes a client made of `settings` report here. The log must outlive it.
    void listen(client_options& settings);
    /// A JSON array.
    [[nodiscard]] std::string json() const { return "[" + lines_ + "]"; }

private:
    std::string lines_;
    std::size_t count_ = 0;
};

/// The object `--stats` prints.
[[nodiscard]] std::string
stats_json(const tally& run, const client_stats& client, double wall, double cpu, const request_log& requests = {});

}  // namespace forage::cli
