#include "http/set_cookie.hpp"

#include "http/cookie_date.hpp"
#include "http/field_text.hpp"
#include "http/message.hpp"

#include <algorithm>
#include <cstddef>

namespace forage::detail {
namespace {

// RFC 6265bis §5.6, steps 5 and 6 of its two lists.
constexpr std::size_t longest_pair      = 4096;
constexpr std::size_t longest_attribute = 1024;

// The part before the first semicolon, which leaves `rest` with it.
std::string_view take_part(std::string_view& rest) noexcept {
    const auto end  = std::min(rest.find(';'), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

// §5.6.2
std::optional<std::chrono::seconds> max_age_in(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::chrono::seconds age{};
    for (const char c : text) age = std::min(age * 10 + std::chrono::seconds{c - '0'}, longest_cookie_age);
    return negative ? std::chrono::seconds{} : age;
}

// §5.6.3
std::string domain_in(std::string_view text) {
    if (text.starts_with('.')) text.remove_prefix(1);
    std::string domain{text};
    for (char& c : domain) c = to_lower(c);
    return domain;
}

// §5.6.7
same_site same_site_in(std::string_view text) noexcept {
    if (equal_ignoring_case(text, "none")) return same_site::none;
    if (equal_ignoring_case(text, "strict")) return same_site::strict;
    if (equal_ignoring_case(text, "lax")) return same_site::lax;
    return same_site::unset;
}

void take_attribute(set_cookie& cookie, std::string_view name, std::string_view value) {
    const auto is = [name](std::string_view known) { return equal_ignoring_case(name, known); };
    if (is("expires")) {
        if (const auto date = parse_cookie_date(value)) cookie.expires = date;
    } else if (is("max-age")) {
        if (const auto age = max_age_in(value)) cookie.max_age = age;
    } else if (is("domain")) {
        cookie.domain = domain_in(value);
    } else if (is("path")) {
        cookie.path = value.starts_with('/') ? value : std::string_view{};
    } else if (is("secure")) {
        cookie.secure = true;
    } else if (is("httponly")) {
        cookie.http_only = true;
    } else if (is("samesite")) {
        cookie.site = same_site_in(value);
    }
}

}  // namespace

std::optional<set_cookie> parse_set_cookie(std::string_view value) {
    if (!std::all_of(value.begin(), value.end(), is_field_char)) return std::nullopt;
    const auto pair   = take_part(value);
    const auto equals = pair.find('=');
    set_cookie cookie;
    if (equals != std::string_view::npos) cookie.name = without_blanks(pair.substr(0, equals));
    cookie.value = without_blanks(equals == std::string_view::npos ? pair : pair.substr(equals + 1));
    if (cookie.name.size() + cookie.value.size() > longest_pair) return std::nullopt;

    while (!value.empty()) {
        const auto attribute = take_part(value);
        const auto at        = std::min(attribute.find('='), attribute.size());
        const auto content   = without_blanks(attribute.substr(std::min(at + 1, attribute.size())));
        if (content.size() <= longest_attribute)
            take_attribute(cookie, without_blanks(attribute.substr(0, at)), content);
    }
    return cookie;
}

}  // namespace forage::detail
