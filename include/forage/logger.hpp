// Where log lines go: a level and a function. The library writes nothing anywhere unless it is given one.
#pragma once

#include <functional>
#include <string_view>

namespace forage {

enum class log_level { trace, debug, info, warning, error, off };

/// `write` may be called from the client's strand and from worker threads, one line a call, without a line break.
/// Lines hold redacted URLs and no secrets, and nothing from a page goes in unescaped.
struct logger {
    log_level level = log_level::off;
    std::function<void(log_level, std::string_view)> write;
};

/// A logger that writes to standard error through spdlog, with time and level. Thread-safe.
[[nodiscard]] logger spdlog_logger(log_level level);

}  // namespace forage
