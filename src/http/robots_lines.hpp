// The lines of a robots.txt file, as RFC 9309 §2.2 writes them and as people do. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail {

/// RFC 9309 §2.5: what must be read at least; what comes after it is ignored, with the line that it cuts. A body that
/// was cut when it was fetched has to be longer than this, or its last line is taken for whole.
inline constexpr std::size_t max_robots_bytes = 500 * 1024;

struct robots_line {
    enum class kind : std::uint8_t { user_agent, allow, disallow, crawl_delay, other };

    kind what = kind::other;
    std::string_view value;
};

/// One line, without its end. A '#' and what follows is a comment. The colon may be missing between two words, and the
/// misspellings count that are common enough for crawlers to have agreed on them.
[[nodiscard]] robots_line read_robots_line(std::string_view line) noexcept;

/// Hands out the lines of a file, which end in CR, LF or CRLF; a byte order mark, or what is left of one, is skipped.
class robots_lines {
public:
    explicit robots_lines(std::string_view text) noexcept;

    [[nodiscard]] std::optional<robots_line> next() noexcept;

private:
    std::string_view rest_;
};

/// The letters, '-' and '_' at the start of `text`: all that a product token may have (RFC 9309 §2.2.1).
[[nodiscard]] std::string_view leading_product_token(std::string_view text) noexcept;

/// The number of seconds at the start of `value`, digits with an optional fraction, cut to `longest`. Nothing when
/// there is none.
[[nodiscard]] std::optional<std::chrono::milliseconds>
read_crawl_delay(std::string_view value, std::chrono::milliseconds longest) noexcept;

}  // namespace forage::detail
