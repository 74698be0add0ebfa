#include "cli/client_setup.hpp"

#include "cli/printable.hpp"

#include <forage/logger.hpp>

#include <algorithm>
#include <sys/resource.h>
#include <utility>

namespace forage::cli {

namespace {

void make_room_for_descriptors(std::size_t connections) {
    constexpr rlim_t others = 64;  // standard streams, files, event loop, name service
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto wanted = std::min(limit.rlim_max, static_cast<rlim_t>(connections) + others);
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);  // else connections fail one by one, with that reason
}

logger log_to_terminal(int verbosity) {
    if (verbosity == 0) return {};
    auto sink = spdlog_logger(verbosity == 1 ? log_level::debug : log_level::trace);
    return {sink.level, [write = std::move(sink.write)](log_level level, std::string_view line) {
                write(level, printable(line));
            }};
}

}  // namespace

client_options client_settings(const options& chosen) {
    auto settings                       = chosen.client;
    const auto lanes                    = static_cast<std::size_t>(chosen.concurrency.value_or(0));
    settings.log                        = log_to_terminal(chosen.verbosity);
    settings.max_connections            = std::max(settings.max_connections, lanes);
    settings.max_connections_per_origin = std::max(settings.max_connections_per_origin, lanes);
    make_room_for_descriptors(settings.max_connections);
    return settings;
}

}  // namespace forage::cli
