#include "net/address_guard.hpp"

#include "net/host_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace forage::detail {
namespace ip = boost::asio::ip;

namespace {

// https://fetch.spec.whatwg.org/#port-blocking
constexpr std::array<std::uint16_t, 83> bad_ports{
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,   37,    42,   43,
    53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,  115,   117,  119,
    123,  135,  137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,   530,  531,
    532,  540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720,  1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
};
static_assert(std::is_sorted(bad_ports.begin(), bad_ports.end()));

// RFC 6761 §6.3, RFC 6762 §3, RFC 8375, and the top level that ICANN keeps for private use.
constexpr std::array<std::string_view, 4> local_names{"localhost", "local", "home.arpa", "internal"};

bool has_empty_label(std::string_view host) noexcept {
    host = without_final_dot(host);
    return host.empty() || host.starts_with('.') || host.ends_with('.') || host.find("..") != std::string_view::npos;
}

error refusal(std::string what, std::string_view host) {
    return error{errc::blocked_address, std::move(what), "allow the host or the address, if it is meant"}.on(host);
}

}  // namespace

std::optional<std::string> host_name(std::string_view text) {
    const auto parsed = url::parse("http://" + std::string{text});
    if (!parsed || parsed->kind() != url::host_kind::domain || has_empty_label(parsed->host())) return std::nullopt;
    // Whatever else there is, a user or a path, shows in the URL; a port may be the default one, which does not.
    const bool is_more = text.find(':') != std::string_view::npos || parsed->text() != "http://" + parsed->host() + '/';
    // A pattern, also one that is written as %2A, would be taken for a host of that name.
    if (is_more || parsed->host().find('*') != std::string::npos) return std::nullopt;
    return std::string{without_final_dot(parsed->host())};
}

result<std::string> allowed_host(std::string_view text) {
    if (auto name = host_name(text)) return *std::move(name);
    const auto parsed = url::parse("http://" + std::string{text});
    const auto* hint  = "write the name alone, as in wiki.intranet.example";
    if (text.find('*') != std::string_view::npos || (parsed && parsed->host().find('*') != std::string::npos))
        hint = "patterns are not known; name each host";
    else if (parsed && parsed->kind() != url::host_kind::domain)
        hint = "addresses belong in allow_addresses";
    return error{errc::bad_argument, "not a host name: " + std::string{text}, hint};
}

bool address_guard::allows_any_address(std::string_view host) const {
    return allow_all_ || hosts_.contains(without_final_dot(host));
}

result<void> address_guard::check(const url& target) const {
    const auto& host = target.host();
    if (!target.username().empty() || !target.password().empty()) {
        return error{errc::bad_url, "the URL carries a user name or password", "leave them out"}.on(host);
    }
    const bool is_name = target.kind() == url::host_kind::domain;
    if (is_name && has_empty_label(host)) {
        return error{errc::bad_url, "the host name has two dots in a row", "check the URL"}.on(host);
    }
    if (allow_all_ || (is_name && allows_any_address(host))) return result<void>::success();
    if (std::binary_search(bad_ports.begin(), bad_ports.end(), target.port())) {
        return refusal("port " + std::to_string(target.port()) + " belongs to another protocol", host);
    }
    if (!is_name) {
        return check(ip::make_address(without_brackets(host)), host);
    }
    // Where addresses are allowed, those that such a name resolves to decide.
    const auto name = without_final_dot(host);
    if (blocks_.empty() && std::any_of(local_names.begin(), local_names.end(), [name](std::string_view local) {
            return is_or_is_under(name, local);
        })) {
        return refusal("the name means this machine or network", host);
    }
    return result<void>::success();
}

result<void> address_guard::check(const ip::address& address, std::string_view host) const {
    if (allows_any_address(host) || is_public_unicast(address)) return result<void>::success();
    const auto end = reached(address);
    if (std::any_of(blocks_.begin(), blocks_.end(), [&](const address_block& block) {
            return block.contains(address) || block.contains(end);
        })) {
        return result<void>::success();
    }
    return refusal(address.to_string() + " is not a public address", host);
}

result<void> address_guard::check_all(std::span<const ip::address> addresses, std::string_view host) const {
    for (const auto& address : addresses) {
        if (auto allowed = check(address, host); !allowed) return allowed;
    }
    return result<void>::success();
}

}  // namespace forage::detail
