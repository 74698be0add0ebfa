// no_proxy: the hosts that are reached without the proxy.
#pragma once

#include "net/address_guard.hpp"

#include <forage/url.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A list as curl reads it: entries between commas or spaces; a name stands for itself and all names below it, with a
/// dot or `*.` before it or without; an address or CIDR block for addresses that stand in URLs (names are not looked
/// up); `*` for everything. An entry may end in a port, and then counts for that port only. Pure, and immutable.
/// Source: https://curl.se/docs/manpage.html#--noproxy; ports as in Go's and Python's libraries.
class no_proxy_list {
public:
    no_proxy_list() = default;
    /// Entries that make no sense match nothing: their hosts go to the proxy.
    explicit no_proxy_list(std::string_view text);

    [[nodiscard]] bool contains(const url& target) const;
    /// The first entry that makes no sense, or empty.
    [[nodiscard]] const std::string& first_wrong() const noexcept { return first_wrong_; }

private:
    struct entry {
        std::string name;                    // in the form of url::host(); empty: every host
        std::optional<address_block> block;  // instead of a name
        std::optional<std::uint16_t> port;
    };
    static std::optional<entry> parse(std::string_view text);
    static bool matches(const entry& e, const url& target);

    std::vector<entry> entries_;
    std::string first_wrong_;
};

}  // namespace forage::detail
