#include "http/no_proxy.hpp"

#include "net/host_text.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {
namespace ip = boost::asio::ip;

namespace {

constexpr std::string_view separators = ", \t\r\n";

// Takes ":PORT" off the end of `text`, if it is there. A colon in an IPv6 address without brackets begins no port.
std::optional<std::uint16_t> take_port(std::string_view& text) {
    const auto colon = text.rfind(':');
    if (colon == text.npos || (text.find(':') != colon && text[colon - 1] != ']')) return std::nullopt;
    std::uint16_t port    = 0;
    const auto digits     = text.substr(colon + 1);
    const auto [end, err] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (err != std::errc{} || end != digits.data() + digits.size() || port == 0) return std::nullopt;
    text.remove_suffix(digits.size() + 1);
    return port;
}

}  // namespace

no_proxy_list::no_proxy_list(std::string_view text) {
    while (!text.empty()) {
        const auto end  = std::min(text.find_first_of(separators), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        if (auto parsed = parse(word)) {
            entries_.push_back(*std::move(parsed));
        } else if (first_wrong_.empty()) {
            first_wrong_ = word;
        }
    }
}

std::optional<no_proxy_list::entry> no_proxy_list::parse(std::string_view text) {
    entry made;
    if (text == "*") return made;
    if (const auto block = address_block::parse(text)) {
        made.block = *block;
        return made;
    }
    made.port = take_port(text);
    if (text.starts_with("*.")) text.remove_prefix(1);
    while (text.starts_with('.')) text.remove_prefix(1);
    while (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty() || text.find_first_of(text.starts_with('[') ? "/\\?#@" : "/\\?#@:") != text.npos) {
        return std::nullopt;
    }
    // The same parser as for targets, so that both have one form.
    const auto site = url::parse("http://" + std::string{text} + '/');
    if (!site) return std::nullopt;
    if (site->kind() == url::host_kind::domain) {
        made.name = site->host();
        return made;
    }
    const auto block = address_block::parse(without_brackets(site->host()));
    if (!block) return std::nullopt;
    made.block = *block;
    return made;
}

bool no_proxy_list::contains(const url& target) const {
    return std::ranges::any_of(entries_, [&](const entry& e) { return matches(e, target); });
}

bool no_proxy_list::matches(const entry& e, const url& target) {
    if (e.port && *e.port != target.port()) return false;
    const std::string_view host{target.host()};
    if (e.block) {
        if (target.kind() == url::host_kind::domain) return false;
        boost::system::error_code ec;
        const auto address = ip::make_address(std::string{without_brackets(host)}, ec);
        return !ec && e.block->contains(address);
    }
    if (e.name.empty()) return true;
    return is_or_is_under(without_final_dot(host), e.name);
}

}  // namespace forage::detail
