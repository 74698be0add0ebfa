#include "cli/run_report.hpp"

#include "cli/console.hpp"
#include "cli/redacted.hpp"

#include <forage/json.hpp>

#include <algorithm>
#include <charconv>
#include <sys/resource.h>

namespace forage::cli {

namespace {

double seconds_of(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; }

/// Fixed notation with microseconds, whatever the locale.
std::string fixed(double seconds) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, seconds, std::chars_format::fixed, 6);
    return {digits, end.ptr};
}

bool is_left_over(const scrape_failure& f) { return f.error.code == errc::cancelled || f.error.code == errc::not_run; }

}  // namespace

int exit_code(const tally& run) {
    if (run.was_interrupted) return run.ok == 0 ? exit_interrupted : exit_some;
    if (run.failed == 0) return exit_all;
    return run.ok == 0 ? exit_nothing : exit_some;
}

bool was_interrupted(std::span<const scrape_failure> failures) {
    return std::ranges::any_of(failures, [](const auto& f) { return f.error.code == errc::cancelled; });
}

void report_failures(console& out, std::span<const scrape_failure> failures) {
    const bool sums_up    = was_interrupted(failures);
    std::size_t left_over = 0;
    for (const auto& f : failures) {
        if (sums_up && is_left_over(f)) {
            ++left_over;
        } else {
            out.complain(redacted_url(f.url) + ": " + f.error.message());
        }
    }
    if (left_over > 0) out.complain("interrupted: " + std::to_string(left_over) + " pages not fetched");
}

double stopwatch::wall_seconds() const {
    return std::chrono::duration<double>{std::chrono::steady_clock::now() - begin_}.count();
}

double stopwatch::cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

void request_log::listen(client_options& settings) {
    settings.on_request = [this](const request_record& record) {
        constexpr std::size_t most = 10'000;
        if (++count_ > most) return;
        if (!lines_.empty()) lines_ += ',';
        lines_ += to_json(record);
    };
}

std::string
stats_json(const tally& run, const client_stats& client, double wall, double cpu, const request_log& requests) {
    std::string out  = "{";
    const auto field = [&](std::string_view name, const std::string& value) {
        if (out.size() > 1) out += ',';
        out += '"';
        out += name;
        out += "\":" + value;
    };
    field("pages_ok", std::to_string(run.ok));
    field("pages_failed", std::to_string(run.failed));
    field("bytes_wire", std::to_string(client.bytes_received));
    field("bytes_decoded", std::to_string(client.bytes_decoded + run.consumed));
    field("wall_s", fixed(wall));
    field("cpu_s", fixed(cpu));
    field("connections_opened", std::to_string(client.connections_opened));
    field("connections_reused", std::to_string(client.connections_reused));
    field("tls_handshakes", std::to_string(client.tls_handshakes));
    field("tls_resumed", std::to_string(client.tls_resumed));
    field("retries", std::to_string(client.retries));
    field("robots_fetched", std::to_string(client.robots_fetched));
    field("requests", requests.json());
    return out + "}";
}

}  // namespace forage::cli
