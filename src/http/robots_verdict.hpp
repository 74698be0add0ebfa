// What a site's /robots.txt lets us do, judged by what came of fetching it. RFC 9309 §2.3.1. Pure.
#pragma once

#include "http/robots_rules.hpp"

#include <forage/error.hpp>
#include <forage/url.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail {

/// RFC 9309 §2.3.1.2: so many redirects in a row are followed at least, to other hosts too. The verdict is on the
/// authority that was asked first.
inline constexpr int min_robots_redirects = 5;

/// One verdict holds for a scheme, host and port (RFC 9309 §2.3). Safe to share between threads.
class robots_verdict {
public:
    enum class kind : std::uint8_t {
        allow_all,     ///< no file, or one without rules for us
        disallow_all,  ///< unreachable: the site cannot say what it allows
        rules,
    };

    /// For a complete answer: its final status and its body, decoded, of which only more than `max_robots_bytes` may be
    /// missing. A 2xx is read; 3xx and 4xx mean that there is no file. So does 429, by the letter of the RFC: the page
    /// itself will be answered likewise, and its Retry-After obeyed. Every other status is a failing server's. `token`
    /// as `product_token` gives it.
    [[nodiscard]] static robots_verdict from_answer(int status, std::string_view body, std::string_view token);

    /// For a fetch that failed on the site's side, so not for `cancelled`. bad_redirect means that there is no file
    /// (RFC 9309 §2.3.1.2), everything else that the site is unreachable.
    [[nodiscard]] static robots_verdict from_failure(errc code) noexcept;

    [[nodiscard]] kind what() const noexcept { return kind_; }
    [[nodiscard]] bool allows(const url& target) const;
    /// How many octets `allows` may have to look at: one takes about a nanosecond.
    [[nodiscard]] std::size_t effort(const url& target) const noexcept {
        return rules_.size() * (target.path().size() + target.query().size());
    }
    /// How much memory its rules take.
    [[nodiscard]] std::size_t bytes() const noexcept { return rules_.bytes(); }
    [[nodiscard]] std::optional<std::chrono::milliseconds> crawl_delay() const noexcept { return rules_.crawl_delay(); }

    /// How long this holds: a day at most (RFC 9309 §2.4). An unreachable site is asked again much sooner, and as long
    /// as it is unreachable an older verdict of another kind may still be followed.
    [[nodiscard]] std::chrono::seconds lifetime() const noexcept;

private:
    explicit robots_verdict(kind what) noexcept : kind_{what} {}

    kind kind_;
    robots_rules rules_;
};

}  // namespace forage::detail
