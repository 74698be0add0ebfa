// What a robots.txt file says to one crawler: its own groups or those of '*', as one list of rules. RFC 9309 §2.2.
// Pure.
#pragma once

#include <forage/url.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Rules of one crawler beyond this many are ignored: they are all looked at for every URL. The longest lists of real
/// sites have some hundreds.
inline constexpr std::size_t max_robots_rules = 5'000;

/// Longer waits between two requests are cut to this. Crawl-delay is no part of RFC 9309, and some sites ask for hours.
inline constexpr std::chrono::milliseconds max_crawl_delay = std::chrono::seconds{30};

/// The name by which groups address a crawler with this User-Agent field: the product at its start, or the one after
/// "(compatible;" when that is Mozilla. Cut at the first character that a product token cannot have, such as a digit.
/// Empty when nothing is left; then only the groups of '*' apply. Source: RFC 9309 §2.2.1.
[[nodiscard]] std::string_view product_token(std::string_view user_agent) noexcept;

/// Whether `target` is a robots.txt file, which is always allowed (RFC 9309 §2.2.2).
[[nodiscard]] bool is_robots_file(const url& target) noexcept;

/// The rules for one crawler. Holds no more than their text, three times as long at most, and sixteen bytes for each.
class robots_rules {
public:
    /// No rules: everything is allowed.
    robots_rules() = default;

    /// Reads a robots.txt file for the crawler `token`, which `product_token` gives. Any text is one: lines that say
    /// nothing known are skipped, and those beyond `max_robots_bytes` are not read.
    [[nodiscard]] static robots_rules parse(std::string_view text, std::string_view token);

    /// Whether `target` may be fetched: the most specific rule that matches decides, in doubt Allow. /robots.txt always
    /// may. Takes time proportional to the number of rules and to the length of the target: about 10 ns for an octet of
    /// it and a rule with '*' when both are made to be slow, next to nothing otherwise.
    [[nodiscard]] bool allows(const url& target) const;

    /// The same for a path with its query, percent-encoded, by the rules alone: /robots.txt is nothing special.
    [[nodiscard]] bool permits(std::string_view path_and_query) const;

    /// The Crawl-delay of the groups that apply, the longest if there are several; never more than `max_crawl_delay`.
    [[nodiscard]] std::optional<std::chrono::milliseconds> crawl_delay() const noexcept { return crawl_delay_; }

    [[nodiscard]] std::size_t size() const noexcept { return rules_.size(); }
    /// How much memory they take.
    [[nodiscard]] std::size_t bytes() const noexcept { return patterns_.capacity() + rules_.capacity() * sizeof(rule); }

private:
    struct parser;

    struct rule {
        std::uint32_t begin  = 0;  // of its text in patterns_, which max_robots_bytes keeps small
        std::uint32_t length = 0;
        std::uint32_t octets = 0;  // as in robots_pattern
        bool allows          = false;
        bool reads_query     = false;
    };

    void add(std::string_view pattern, bool allows);
    void wait(std::string_view value) noexcept;
    void close();

    std::string patterns_;
    std::vector<rule> rules_;  // the most specific first
    std::optional<std::chrono::milliseconds> crawl_delay_;
};

}  // namespace forage::detail
