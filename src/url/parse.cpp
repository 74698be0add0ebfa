// url::parse. The standard describes a state machine; this reads the same language part by part, each part once:
// scheme, authority, path, query, fragment. Names of states are given where they matter.
// Source: https://url.spec.whatwg.org/#concept-basic-url-parser
#include "text/ascii.hpp"
#include "text/utf8.hpp"
#include "url/host.hpp"
#include "url/path.hpp"
#include "url/percent_encode.hpp"

#include <forage/files.hpp>
#include <forage/url.hpp>

#include <algorithm>

namespace forage {
namespace {

using detail::encode_set;
using detail::is_digit;
using detail::is_letter;

constexpr bool is_slash(char c) noexcept { return c == '/' || c == '\\'; }
constexpr bool is_space_or_control(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }
constexpr bool is_stripped(char c) noexcept { return c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_space_or_control(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space_or_control(text.back())) text.remove_suffix(1);
    return text;
}

// The length of the scheme `text` begins with, without its colon; 0 if it has none.
std::size_t scheme_length(std::string_view text) noexcept {
    if (text.empty() || !is_letter(text[0])) return 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ':') return i;
        if (!detail::is_letter_or_digit(c) && c != '+' && c != '-' && c != '.') return 0;
    }
    return 0;
}

std::string_view without_leading_slashes(std::string_view text) noexcept {
    while (!text.empty() && is_slash(text[0])) text.remove_prefix(1);
    return text;
}

// Where the first character of `stops` is, or the end. std::string_view::find_first_of would take 20 % of all the time.
template <char... stops>
std::size_t end_before(std::string_view text) noexcept {
    std::size_t end = 0;
    while (end < text.size() && ((text[end] != stops) && ...)) ++end;
    return end;
}

bool begins_with_two_slashes(std::string_view text) noexcept {
    return text.size() >= 2 && is_slash(text[0]) && is_slash(text[1]);
}

error bad_url(std::string what) { return error{errc::bad_url, std::move(what)}; }

error scheme_not_supported(std::string_view scheme) {
    constexpr std::size_t longest_shown = 32;
    std::string what                    = "scheme not supported: ";
    what.append(scheme.substr(0, longest_shown));
    return error{errc::bad_url, std::move(what), "only http and https can be fetched"};
}

}  // namespace

/// Fills a url. The functions return null, or the reason why the text is not one.
struct url_parser {
    url& out;

    /// `text` has neither outer spaces nor tabs and line breaks, and is valid UTF-8.
    static result<url> parse_clean(std::string_view text, const url* base) {
        url parsed;
        url_parser parser{parsed};
        const char* problem = nullptr;
        if (const auto length = scheme_length(text); length != 0) {
            const auto scheme = text.substr(0, length);
            const auto rest   = text.substr(length + 1);
            if (detail::equals_ignoring_case(scheme, "https"))
                parsed.scheme_ = "https";
            else if (detail::equals_ignoring_case(scheme, "http"))
                parsed.scheme_ = "http";
            else
                return scheme_not_supported(scheme);
            // "Special relative or authority state": with a base of the same scheme, "http:foo" is relative.
            if (base != nullptr && base->scheme_ == parsed.scheme_ && !begins_with_two_slashes(rest)) {
                parser.read_relative(rest, *base);
            } else {
                problem = parser.read_authority_and_path(without_leading_slashes(rest));
            }
        } else if (base == nullptr) {
            return bad_url("a relative URL, and nothing it is relative to");
        } else {
            parsed.scheme_ = base->scheme_;
            if (begins_with_two_slashes(text)) {
                problem = parser.read_authority_and_path(without_leading_slashes(text));
            } else {
                parser.read_relative(text, *base);
            }
        }
        if (problem != nullptr) return bad_url(problem);
        return parsed;
    }

    /// "Relative state" and what follows.
    void read_relative(std::string_view text, const url& base) {
        out.username_ = base.username_;
        out.password_ = base.password_;
        out.host_     = base.host_;
        out.kind_     = base.kind_;
        out.port_     = base.port_;
        if (!text.empty() && is_slash(text[0])) {
            read_path(text);
            return;
        }
        out.path_ = base.path_;
        if (text.empty()) {
            out.query_ = base.query_;
        } else if (text[0] == '?') {
            read_query(text);
        } else if (text[0] == '#') {
            out.query_ = base.query_;
            read_fragment(text);
        } else {
            detail::shorten_path(out.path_);
            read_path(text);
        }
    }

    /// "Authority state" and what follows. `text` is behind the slashes.
    const char* read_authority_and_path(std::string_view text) {
        const auto end       = end_before<'/', '\\', '?', '#'>(text);
        auto authority       = text.substr(0, end);
        const auto separator = authority.rfind('@');
        if (separator != std::string_view::npos) {
            read_credentials(authority.substr(0, separator));
            authority.remove_prefix(separator + 1);
        }
        if (const char* problem = read_host_and_port(authority)) return problem;
        read_path(text.substr(end));
        return nullptr;
    }

    void read_credentials(std::string_view text) {
        const auto colon = text.find(':');
        detail::append_encoded(out.username_, text.substr(0, colon), encode_set::userinfo);
        if (colon != std::string_view::npos) {
            detail::append_encoded(out.password_, text.substr(colon + 1), encode_set::userinfo);
        }
    }

    const char* read_host_and_port(std::string_view authority) {
        bool in_brackets = false;
        std::size_t end  = 0;
        for (; end < authority.size(); ++end) {
            const char c = authority[end];
            if (c == ':' && !in_brackets) break;
            if (c == '[') in_brackets = true;
            if (c == ']') in_brackets = false;
        }
        if (end == 0) return "no host";
        auto host = detail::parse_host(authority.substr(0, end));
        if (host.problem != nullptr) return host.problem;
        out.host_ = std::move(host.text);
        out.kind_ = host.kind;
        return end == authority.size() ? nullptr : read_port(authority.substr(end + 1));
    }

    const char* read_port(std::string_view digits) {
        int port = 0;
        for (const char c : digits) {
            if (!is_digit(c)) return "the port is not a number";
            port = port * 10 + (c - '0');
            if (port > 65535) return "the port is larger than 65535";
        }
        if (!digits.empty() && port != (out.is_https() ? 443 : 80)) out.port_ = port;
        return nullptr;
    }

    /// `text` begins at the path, which may be empty.
    void read_path(std::string_view text) {
        const auto end = end_before<'?', '#'>(text);
        detail::append_path(out.path_, text.substr(0, end));
        text.remove_prefix(end);
        if (text.starts_with('?')) {
            read_query(text);
        } else if (text.starts_with('#')) {
            read_fragment(text);
        }
    }

    /// `text` begins with the '?'.
    void read_query(std::string_view text) {
        const auto end = std::min(text.find('#'), text.size());
        out.query_     = '?';
        detail::append_encoded(out.query_, text.substr(1, end - 1), encode_set::special_query);
        if (end != text.size()) read_fragment(text.substr(end));
    }

    /// `text` begins with the '#'.
    void read_fragment(std::string_view text) {
        out.fragment_ = '#';
        detail::append_encoded(out.fragment_, text.substr(1), encode_set::fragment);
    }
};

result<url> url::parse(std::string_view text, const url* base) {
    text              = trimmed(text);
    bool has_stripped = false, is_ascii = true;
    for (const char c : text) {
        has_stripped |= is_stripped(c);
        is_ascii &= static_cast<unsigned char>(c) < 0x80;
    }
    if (!has_stripped && is_ascii) return url_parser::parse_clean(text, base);

    auto clean = is_ascii ? std::string{text} : detail::make_valid_utf8(text, invalid_utf8::replace);
    clean.erase(std::remove_if(clean.begin(), clean.end(), is_stripped), clean.end());
    return url_parser::parse_clean(clean, base);
}

}  // namespace forage
