#include "http/proxy_url.hpp"

#include "http/message.hpp"
#include "url/percent_encode.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace forage::detail {
namespace {

constexpr std::size_t longest_url = 4096;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

error wrong(std::string what, std::string hint = "write http://[USER:PASSWORD@]HOST:PORT, or socks5://…") {
    return error{errc::bad_argument, std::move(what), std::move(hint)};
}

result<proxy::protocol> protocol_of(std::string_view scheme) {
    if (equal_ignoring_case(scheme, "http")) return proxy::protocol::http;
    if (equal_ignoring_case(scheme, "socks5") || equal_ignoring_case(scheme, "socks5h")) {
        return proxy::protocol::socks5;
    }
    if (equal_ignoring_case(scheme, "https")) {
        return wrong(
            "TLS to the proxy itself is not spoken",
            "use the proxy's http:// or socks5:// port; https pages stay private"
        );
    }
    return wrong("the scheme is not http, socks5 or socks5h");
}

result<proxy::login> login_of(std::string_view userinfo, proxy::protocol speaks) {
    const auto colon = userinfo.find(':');
    proxy::login as;
    as.user             = percent_decode(userinfo.substr(0, colon));
    const auto password = colon == userinfo.npos ? std::string{} : percent_decode(userinfo.substr(colon + 1));
    if (std::ranges::any_of(as.user, is_control) || std::ranges::any_of(password, is_control)) {
        return wrong("the user name or password holds control characters");
    }
    // RFC 7617 §2: the first colon ends the user name.
    if (speaks == proxy::protocol::http && as.user.find(':') != std::string::npos) {
        return wrong("the user name holds a colon, which HTTP cannot say");
    }
    // RFC 1929 §2
    const auto fits = [](const std::string& part) { return !part.empty() && part.size() <= 255; };
    if (speaks == proxy::protocol::socks5 && (!fits(as.user) || !fits(password))) {
        return wrong("SOCKS5 takes a user name and a password of 1 to 255 bytes each");
    }
    as.password = password;
    return as;
}

std::optional<std::uint16_t> port_in(std::string_view digits) {
    std::uint16_t port    = 0;
    const auto [end, err] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (err != std::errc{} || end != digits.data() + digits.size() || port == 0) return std::nullopt;
    return port;
}

}  // namespace

result<proxy> parse_proxy_url(std::string_view text) {
    if (text.size() > longest_url) return wrong("longer than any proxy's URL");
    if (std::ranges::any_of(text, [](char c) { return is_control(c) || c == ' '; })) {
        return wrong("spaces or control characters in it");
    }
    proxy made;
    if (const auto end = text.find("://"); end != text.npos) {
        const auto speaks = protocol_of(text.substr(0, end));
        if (!speaks) return speaks.error();
        made.speaks = *speaks;
        text.remove_prefix(end + 3);
    }
    if (text.ends_with('/')) text.remove_suffix(1);
    if (text.find_first_of("/?#\\") != text.npos) {
        return wrong("something stands behind HOST:PORT", "write / ? # and \\ in a password as %2F %3F %23 %5C");
    }
    if (const auto at = text.rfind('@'); at != text.npos) {
        auto as = login_of(text.substr(0, at), made.speaks);
        if (!as) return std::move(as).error();
        made.as = *std::move(as);
        text.remove_prefix(at + 1);
    }
    const auto colon = text.rfind(':');
    const auto port  = colon == text.npos ? std::nullopt : port_in(text.substr(colon + 1));
    if (!port) return wrong("no port from 1 to 65535 at its end");
    made.port = *port;

    // A colon outside of brackets would be a second port to the URL's parser.
    const auto host = text.substr(0, colon);
    const bool bare = !host.starts_with('[') && host.find(':') != host.npos;
    const auto site = url::parse("http://" + std::string{host} + '/');
    if (bare || !site) return wrong("not a host name or address", "write IPv6 addresses in brackets");
    made.host = site->host();
    return made;
}

}  // namespace forage::detail
