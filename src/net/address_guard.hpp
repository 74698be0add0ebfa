// The address guard: which hosts, addresses and ports may be connected to. Public ones only, unless allowed.
#pragma once

#include "net/address_block.hpp"
#include "net/public_address.hpp"

#include <forage/result.hpp>
#include <forage/url.hpp>

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// `text` in the form in which hosts are compared: as a URL would have it, without the dot at its end. Nothing, if it
/// is more or less than one name, or an address.
[[nodiscard]] std::optional<std::string> host_name(std::string_view text);

/// A name of `client_options::allow_hosts` as `host_name` gives it. Errors: bad_argument, also for addresses, ports and
/// patterns.
[[nodiscard]] result<std::string> allowed_host(std::string_view text);

class address_guard {
public:
    using host_set = std::set<std::string, std::less<>>;

    /// `allow_all`: every address, name and port. `blocks`: these addresses, for every host. `hosts`, as `allowed_host`
    /// gives them: every address and port, for these names alone.
    address_guard(bool allow_all, std::vector<address_block> blocks, host_set hosts = {})
        : allow_all_{allow_all}, blocks_{std::move(blocks)}, hosts_{std::move(hosts)} {}

    /// Before any look-up, of every hop: port, credentials, literal addresses, and names that can only mean this
    /// machine or network. Errors: bad_url, blocked_address.
    [[nodiscard]] result<void> check(const url& target) const;

    /// On the address that is about to be connected to, for `host` as `url::host()` gives it; without a host no name is
    /// known to be allowed. Errors: blocked_address.
    [[nodiscard]] result<void> check(const boost::asio::ip::address& address, std::string_view host = {}) const;

    /// On all addresses of a host that somebody else, a proxy, is going to connect to: which one it will take is out of
    /// our hands, so a bad one among them refuses the host. Errors: blocked_address.
    [[nodiscard]] result<void>
    check_all(std::span<const boost::asio::ip::address> addresses, std::string_view host) const;

    /// Whether `host` may have any address, so that no look-up can refuse it.
    [[nodiscard]] bool allows_any_address(std::string_view host) const;

private:
    bool allow_all_;
    std::vector<address_block> blocks_;
    host_set hosts_;
};

}  // namespace forage::detail
