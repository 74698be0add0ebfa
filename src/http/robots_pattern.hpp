// Paths in robots.txt and the targets they are compared with, both in one normal form. RFC 9309 §2.2.2 and §2.2.3.
// Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

/// A pattern in normal form: a '*' is a wildcard, a '$' stands only at the end and means the end of the target. Every
/// other octet is meant literally.
struct robots_pattern {
    std::string text;
    std::size_t octets = 0;      ///< as written, but for percent-encoding: the more, the more specific the rule
    bool reads_query   = false;  ///< to be compared with `robots_target::open_query`

    explicit robots_pattern(std::string_view written);
};

/// The path and query of a URL, in normal form.
struct robots_target {
    std::string plain;
    std::string open_query;  ///< in the query, reserved characters without a purpose there are decoded

    /// `path_and_query` is the request target, percent-encoded as a URL is: octets beyond ASCII match only wildcards.
    explicit robots_target(std::string_view path_and_query);
};

/// Whether `pattern` matches the beginning of `target`, or all of it when it ends in '$'; both in normal form. Takes
/// the first place where a piece between wildcards fits and never goes back.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view target) noexcept;

}  // namespace forage::detail
