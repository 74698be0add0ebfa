// The only place that includes spdlog.
#include <forage/logger.hpp>

#include <memory>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace forage {
namespace {

spdlog::level::level_enum spdlog_level(log_level level) {
    switch (level) {
    case log_level::trace: return spdlog::level::trace;
    case log_level::debug: return spdlog::level::debug;
    case log_level::info: return spdlog::level::info;
    case log_level::warning: return spdlog::level::warn;
    case log_level::error: return spdlog::level::err;
    case log_level::off: break;
    }
    return spdlog::level::off;
}

}  // namespace

logger spdlog_logger(log_level level) {
    // Not registered by name: several clients may each have one.
    auto sink    = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    auto backend = std::make_shared<spdlog::logger>("forage", std::move(sink));
    backend->set_level(spdlog_level(level));
    backend->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    return {level, [backend](log_level at, std::string_view line) {
                backend->log(spdlog_level(at), spdlog::string_view_t{line.data(), line.size()});
            }};
}

}  // namespace forage
