// From the bytes of a feed or sitemap to its text: unpacked if it is gzipped, decoded, and counted.
#pragma once

#include "html/budget.hpp"

#include <forage/result.hpp>

#include <string>
#include <string_view>

namespace forage::detail {

/// The limits of one reading, whichever public function they are from.
struct reading_limits {
    std::string_view content_type;
    std::size_t max_memory;
    std::chrono::milliseconds time_limit;
    const std::atomic<bool>* stop;

    [[nodiscard]] read_options as_read_options() const noexcept {
        return {.max_memory = max_memory, .time_limit = time_limit, .stop = stop};
    }
};

/// Valid UTF-8: a view of the bytes where they are that already, else of `storage`.
struct source_text {
    std::string unpacked, storage;
    std::string_view text;
    bool truncated = false;  ///< unpacked as far as it goes

    source_text()                              = default;
    source_text(const source_text&)            = delete;  // `text` may point into it
    source_text& operator=(const source_text&) = delete;
};

/// Encoding: a byte order mark; UTF-16 by its first bytes; UTF-8 if the bytes are that and not all ASCII, whatever is
/// said; what `content_type`, then the XML declaration says, but for UTF-8 that it mostly is not; a guess.
/// Errors: bad_coding, cancelled, parse_failed (memory).
/// Source: RFC 7303 §3, XML 1.0 appendix F; that UTF-8 is believed before any declaration is ours.
[[nodiscard]] result<void>
read_source(std::string_view bytes, const reading_limits& limits, read_budget& budget, source_text& out);

}  // namespace forage::detail
